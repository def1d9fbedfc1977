//! Long tables: one row a value.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::{Found, Join, Reader, Target};
use crate::codes::is_same;
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
        // Written at once: memory that is first read and then written takes the kernel twice, and all processors with it.
        let rows = std::iter::repeat_n(0, areas).collect();
        Said { target, rows, column: FieldColumn::new(areas) }
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
                for OfColumn { column, said } in part.columns {
                    let place = *places.entry(column).or_insert_with(|| {
                        let (indicator, period, field) = column;
                        let column =
                            roles.fields.iter().find(|(other, _)| *other == field).map_or(0, |(_, column)| *column);
                        let target = self.target(column, indicator, period, field);
                        all.push(Said::nothing(target, self.geography().len()));
                        all.len() - 1
                    });
                    let Said { target, rows, column } = &mut all[place];
                    let is_number = target.is_number();
                    for SaidOnce { area, row, cell } in said {
                        let first = &mut rows[area as usize];
                        if *first != 0 {
                            let again = SaidBefore { row, first: (self.number, *first) };
                            self.said_again.push(*target, again);
                            continue;
                        }
                        *first = row;
                        self.has_value[area as usize] |= is_number && cell.is_number();
                        column.put(area as usize, cell);
                    }
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
    columns: Vec<OfColumn>,
    /// How many rows fill a field that the indicator's kind has not.
    without_field: BTreeMap<(usize, Field), usize>,
}

/// What they say of one column.
struct OfColumn {
    column: Column,
    said: Vec<SaidOnce>,
}

/// What one row says of a column.
struct SaidOnce {
    area: u32,
    row: u32,
    cell: Kept,
}

impl<'a> Rows<'a> {
    fn read(
        mut reader: Reader<'a>,
        part: &Part<'_>,
        roles: &Roles,
        is_read: impl Fn(usize) -> bool,
    ) -> Result<Rows<'a>, Unusual> {
        let mut subjects = Subjects::default();
        let (mut columns, mut without_field): (Vec<OfColumn>, _) = (Vec::new(), BTreeMap::new());
        // Of one column, too, where several texts speak of it: what it says first is then what stands in the first row.
        let mut places: BTreeMap<Column, usize> = BTreeMap::new();
        part.try_for_each(|row| {
            let Some(area) = reader.area(&row, roles.code_column) else { return };
            let subject = subjects.of(&row, roles, &reader);
            let Some((indicator, period)) = subject.named else { return subject.tell(&row, &mut reader) };
            if !is_read(indicator) {
                return;
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
                    let column = (indicator, period, *field);
                    *places.entry(column).or_insert_with(|| {
                        columns.push(OfColumn { column, said: Vec::new() });
                        columns.len() - 1
                    })
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
                    Ok(cell) => {
                        let row = u32::try_from(row.number()).unwrap_or(u32::MAX);
                        columns[place].said.push(SaidOnce { area: area as u32, row, cell });
                    }
                    Err(problem) => reader.fault(&row, Some(*column), problem),
                }
            }
        })?;
        Ok(Rows { found: reader.found, columns, without_field })
    }
}

/// What rows speak of, by what stands in their columns of indicators and periods.
#[derive(Default)]
struct Subjects {
    known: Vec<Subject>,
    by_texts: HashMap<String, HashMap<String, usize>>,
    last: usize,
}

/// An indicator and a period.
struct Subject {
    texts: (String, String),
    /// Which they are, where both are known.
    named: Option<(usize, Period)>,
    /// Whether the manifest explains other labels, and not that of the indicator.
    is_left_out: bool,
    /// What is wrong with a row that speaks of it, and in which column.
    faults: Vec<(usize, Problem)>,
    /// For each field, where its column stands among those of the rows.
    places: Vec<Option<usize>>,
}

impl Subjects {
    fn of(&mut self, row: &Row<'_>, roles: &Roles, reader: &Reader<'_>) -> &mut Subject {
        let text = |column: Option<usize>| column.map_or("", |column| row.cell(column));
        let texts = (text(roles.indicator_column), text(roles.period_column));
        let is_of = |number: &usize| {
            let known = self.known.get(*number).map(|subject| &subject.texts);
            known.is_some_and(|own| is_same(&own.0, texts.0) && is_same(&own.1, texts.1))
        };
        // Rows often speak of the same, or of what came next before.
        let next = if self.last + 1 < self.known.len() { self.last + 1 } else { 0 };
        self.last = match [self.last, next].into_iter().find(is_of) {
            Some(number) => number,
            None => self.looked_up(texts, roles, reader),
        };
        &mut self.known[self.last]
    }

    /// Where it stands, or what it was added as.
    fn looked_up(&mut self, (indicator, period): (&str, &str), roles: &Roles, reader: &Reader<'_>) -> usize {
        if let Some(number) = self.by_texts.get(indicator).and_then(|periods| periods.get(period)) {
            return *number;
        }
        let number = self.known.len();
        self.by_texts.entry(indicator.to_owned()).or_default().insert(period.to_owned(), number);
        self.known.push(Subject::read((indicator.to_owned(), period.to_owned()), roles, reader));
        number
    }
}

impl Subject {
    fn read(texts: (String, String), roles: &Roles, reader: &Reader<'_>) -> Subject {
        let places = roles.fields.iter().map(|_| None).collect();
        let mut subject = Subject { texts, named: None, is_left_out: false, faults: Vec::new(), places };
        let indicator = match (roles.fixed_indicator, roles.indicator_column) {
            (Some(fixed), _) => fixed,
            (None, Some(column)) => subject.named_indicator(column, reader),
            (None, None) => None,
        };
        let period = match (roles.fixed_period, roles.period_column) {
            (Some(fixed), _) => Some(fixed),
            (None, Some(column)) => {
                let bad = |error| (column, Problem::error("bad-period", format!("{error}")));
                reader.period(&subject.texts.1).map_err(|error| subject.faults.push(bad(error))).ok()
            }
            (None, None) => None,
        };
        subject.named = indicator.zip(period);
        subject
    }

    /// The indicator that a row names, by its id or by a label that the manifest explains.
    fn named_indicator(&mut self, column: usize, reader: &Reader<'_>) -> Option<usize> {
        let (labels, label) = (&reader.section.indicators, &self.texts.0);
        let id = match labels.get(label) {
            Some(id) => id,
            None if labels.is_empty() => label,
            None => {
                self.is_left_out = true;
                return None;
            }
        };
        let position = reader.indicators.position(id);
        if position.is_none() && !reader.indicators.is_known(id) {
            self.faults.push((column, reader.indicators.unknown(id)));
        }
        position
    }

    /// Says of a row why it says nothing.
    fn tell(&self, row: &Row<'_>, reader: &mut Reader<'_>) {
        for (column, problem) in &self.faults {
            reader.fault(row, Some(*column), problem.clone());
        }
        if self.is_left_out {
            *reader.found.labels_left_out.entry(self.texts.0.clone()).or_default() += 1;
        }
    }
}
