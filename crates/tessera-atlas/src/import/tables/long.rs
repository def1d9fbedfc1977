//! Long tables: one row a value.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::{Found, Join, Reader, Target};
use crate::import::raw::{FieldColumn, Kept, SaidBefore};
use crate::manifest::Field;
use crate::period::Period;
use crate::problem::{Problem, Severity, Tally, did_you_mean};
use crate::table::{Content, Needed, Part, Row, Unusual};

/// What the table says of one field of an indicator in one period.
struct Said<'a> {
    target: Target<'a>,
    /// By area the row that says it; 0 where none does.
    rows: Vec<u32>,
    column: FieldColumn,
}

impl<'a> Said<'a> {
    fn nothing(target: Target<'a>, areas: usize) -> Said<'a> {
        Said { target, rows: vec![0; areas], column: FieldColumn::new(areas) }
    }
}

impl<'a> Join<'a> {
    pub(super) fn long(&mut self) -> Result<(), Unusual> {
        let section = &self.section.value;
        let roles: Vec<&str> =
            ["area_code", "indicator", "period"].into_iter().chain(Field::ALL.map(Field::word)).collect();
        for role in section.columns.keys().filter(|role| !roles.contains(&role.as_str())) {
            let problem = Problem::error("unknown-key", format!("a long table has no column `{role}`"))
                .maybe_cure(did_you_mean(role, roles.iter().copied()));
            self.problems.push(self.section.problem_at(&["columns", role], problem));
        }
        let code_column = self.role("area_code");
        let indicator_column = if section.indicator.is_none() { self.role("indicator") } else { None };
        let period_column = if section.period.is_none() { self.role("period") } else { None };
        let mut fields: Vec<(Field, usize)> = Vec::new();
        for field in Field::ALL {
            let is_there =
                section.columns.contains_key(field.word()) || self.table.optional_column(field.word()).is_some();
            if is_there && let Some(column) = self.role(field.word()) {
                fields.push((field, column));
            }
        }
        if fields.is_empty() {
            let problem = Problem::error("missing-column", "the table has no column of values").value(&section.file);
            self.problems.push(self.section.problem(problem.cure("name one: `columns = { value = \"…\" }`")));
        }
        let fixed_indicator = section.indicator.as_deref().map(|id| self.indicator(&["indicator"], id));
        for (label, id) in &section.indicators {
            self.indicator(&["indicators", label], id);
        }
        let fixed_period = section.period.as_deref().and_then(|period| self.period(period).ok());
        let Some(code_column) = code_column else { return Ok(()) };
        if (section.indicator.is_none() && indicator_column.is_none())
            || (fixed_period.is_none() && period_column.is_none())
        {
            return Ok(());
        }
        let roles = Roles { code_column, fields, fixed_indicator, indicator_column, fixed_period, period_column };
        let (reader, only) = (self.reader(), self.only);
        let is_read = |indicator: usize| only.is_none_or(|only| only.contains(&indicator));
        let mut all: Vec<Said<'a>> = Vec::new();
        let mut places: BTreeMap<Column, usize> = BTreeMap::new();
        self.open.in_parts(
            &roles.needed(),
            |part| Rows::read(reader.clone(), &part, &roles, is_read),
            |part| {
                self.take(part.found);
                for ((indicator, field), rows) in part.without_field {
                    (0..rows.min(Tally::NAMED)).for_each(|_| _ = self.may_have(indicator, field, field.word()));
                    self.tally.count(Severity::Error, "bad-field", rows.saturating_sub(Tally::NAMED));
                }
                let place = |column: &Column| {
                    *places.entry(*column).or_insert_with(|| {
                        let (indicator, period, field) = *column;
                        let column =
                            roles.fields.iter().find(|(other, _)| *other == field).map_or(0, |(_, column)| *column);
                        let target = self.target(column, indicator, period, field);
                        all.push(Said::nothing(target, self.geography().len()));
                        all.len() - 1
                    })
                };
                let places: Vec<usize> = part.columns.iter().map(place).collect();
                for SaidOnce { column, area, row, cell } in part.said {
                    let said = &mut all[places[column as usize]];
                    let first = &mut said.rows[area as usize];
                    if *first != 0 {
                        let again = SaidBefore { row, first: (self.number, *first) };
                        self.said_again.push(said.target, again);
                        continue;
                    }
                    *first = row;
                    self.has_value[area as usize] |= said.target.is_number() && cell.is_number();
                    said.column.put(area as usize, cell);
                }
            },
        )?;
        for Said { target, rows, column } in all.into_iter().filter(|said| said.target.field != Field::Note) {
            self.keep(target, &Arc::new(rows), column);
        }
        Ok(())
    }

    /// Where the column of a role stands in a long table.
    fn role(&mut self, role: &str) -> Option<usize> {
        let heading = self.section.value.columns.get(role).map_or(role, |named| named.indicator.as_str());
        self.column(heading)
    }
}

/// What of a long table is what.
struct Roles {
    code_column: usize,
    fields: Vec<(Field, usize)>,
    /// Set where all rows speak of one; it may be withheld.
    fixed_indicator: Option<Option<usize>>,
    indicator_column: Option<usize>,
    fixed_period: Option<Period>,
    period_column: Option<usize>,
}

impl Roles {
    fn needed(&self) -> Needed {
        let of = |is_note: bool| {
            let fields = self.fields.iter().filter(move |(field, _)| (*field == Field::Note) == is_note);
            fields.map(|(_, column)| *column)
        };
        Needed {
            code: Some(self.code_column),
            texts: self.indicator_column.into_iter().chain(self.period_column).chain(of(true)).collect(),
            values: of(false).collect(),
        }
    }
}

/// A column, by indicator, period and field.
type Column = (usize, Period, Field);

/// What some rows of a table say.
struct Rows<'a> {
    found: Found<'a>,
    columns: Vec<Column>,
    said: Vec<SaidOnce>,
    /// How many rows fill a field that the indicator's kind has not.
    without_field: BTreeMap<(usize, Field), usize>,
}

/// What one row says of one column, which is counted from 0 among those of the rows.
struct SaidOnce {
    column: u32,
    area: u32,
    row: u32,
    cell: Kept,
}

impl<'a> Rows<'a> {
    fn read(reader: Reader<'a>, part: &Part<'_>, roles: &Roles, is_read: impl Fn(usize) -> bool) -> Rows<'a> {
        let mut reader = reader;
        let mut subjects = Subjects::default();
        let (mut columns, mut said, mut without_field) = (Vec::new(), Vec::with_capacity(part.len()), BTreeMap::new());
        for row in part.rows() {
            let Some(area) = reader.area(&row, roles.code_column) else { continue };
            let subject = subjects.of(&row, roles, &reader);
            for (column, problem) in &subject.faults {
                reader.fault(&row, Some(*column), problem.clone());
            }
            if let Some(label) = subject.label_left_out {
                *reader.found.labels_left_out.entry(label.to_owned()).or_default() += 1;
            }
            let (Some(indicator), Some(period)) = (subject.indicator, subject.period) else { continue };
            if !is_read(indicator) {
                continue;
            }
            let target = &reader.indicators.public[indicator];
            for ((field, column), place) in roles.fields.iter().zip(&mut subject.places) {
                let content = row.content(*column);
                if matches!(field, Field::Numerator | Field::Denominator) && !target.kind.has_parts() {
                    // Indicators of several kinds share the columns: those without parts leave these empty.
                    if content != Content::Text("") {
                        *without_field.entry((indicator, *field)).or_default() += 1;
                    }
                    continue;
                }
                let place = *place.get_or_insert_with(|| {
                    columns.push((indicator, period, *field));
                    columns.len() - 1
                });
                if *field == Field::Note {
                    reader.note(area, target, period, row.cell(*column));
                    continue;
                }
                let cell = match reader.cells.number(content, target, *field) {
                    Some(number) => Ok(Kept::from(number)),
                    None => reader.cells.read(content, target, *field).map(|cell| Kept::from(&cell)),
                };
                match cell {
                    Ok(cell) => said.push(SaidOnce {
                        column: place as u32,
                        area: area as u32,
                        row: u32::try_from(row.number()).unwrap_or(u32::MAX),
                        cell,
                    }),
                    Err(problem) => reader.fault(&row, Some(*column), problem),
                }
            }
        }
        Rows { found: reader.found, columns, said, without_field }
    }
}

/// What rows speak of, by what stands in their columns of indicators and periods.
#[derive(Default)]
struct Subjects<'t> {
    known: Vec<Subject<'t>>,
    by_texts: HashMap<(&'t str, &'t str), usize>,
    last: usize,
}

/// An indicator and a period.
struct Subject<'t> {
    texts: (&'t str, &'t str),
    indicator: Option<usize>,
    period: Option<Period>,
    label_left_out: Option<&'t str>,
    /// What is wrong with a row that speaks of it, and in which column.
    faults: Vec<(usize, Problem)>,
    /// For each field, where its column stands among those of the rows.
    places: Vec<Option<usize>>,
}

impl<'t> Subjects<'t> {
    fn of(&mut self, row: &Row<'t>, roles: &Roles, reader: &Reader<'_>) -> &mut Subject<'t> {
        let text = |column: Option<usize>| column.map_or("", |column| row.cell(column));
        let texts = (text(roles.indicator_column), text(roles.period_column));
        let is_of = |number: &usize| self.known.get(*number).is_some_and(|subject| subject.texts == texts);
        // Rows often speak of the same, or of what came next before.
        let next = (self.last + 1) % self.known.len().max(1);
        let known = [self.last, next].into_iter().find(is_of).or_else(|| self.by_texts.get(&texts).copied());
        self.last = known.unwrap_or_else(|| {
            self.known.push(Subject::read(texts, roles, reader));
            self.by_texts.insert(texts, self.known.len() - 1);
            self.known.len() - 1
        });
        &mut self.known[self.last]
    }
}

impl<'t> Subject<'t> {
    fn read(texts: (&'t str, &'t str), roles: &Roles, reader: &Reader<'_>) -> Subject<'t> {
        let places = roles.fields.iter().map(|_| None).collect();
        let mut subject =
            Subject { texts, indicator: None, period: None, label_left_out: None, faults: Vec::new(), places };
        subject.indicator = match (roles.fixed_indicator, roles.indicator_column) {
            (Some(fixed), _) => fixed,
            (None, Some(column)) => subject.named_indicator(column, reader),
            (None, None) => None,
        };
        subject.period = match (roles.fixed_period, roles.period_column) {
            (Some(fixed), _) => Some(fixed),
            (None, Some(column)) => {
                let bad = |error| (column, Problem::error("bad-period", format!("{error}")));
                reader.period(texts.1).map_err(|error| subject.faults.push(bad(error))).ok()
            }
            (None, None) => None,
        };
        subject
    }

    /// The indicator that a row names, by its id or by a label that the manifest explains.
    fn named_indicator(&mut self, column: usize, reader: &Reader<'_>) -> Option<usize> {
        let (labels, label) = (&reader.section.indicators, self.texts.0);
        let id = match labels.get(label) {
            Some(id) => id,
            None if labels.is_empty() => label,
            None => {
                self.label_left_out = Some(label);
                return None;
            }
        };
        let position = reader.indicators.position(id);
        if position.is_none() && !reader.indicators.is_known(id) {
            self.faults.push((column, reader.indicators.unknown(id)));
        }
        position
    }
}
