//! Long tables: one row a value.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::{Found, Join, Reader, Target};
use crate::bytes::is_same;
use crate::cell::plain_number_before;
use crate::import::raw::{FieldColumn, Kept, SaidBefore};
use crate::manifest::Field;
use crate::parallel::in_parallel;
use crate::period::Period;
use crate::problem::{Problem, Severity, Tally, did_you_mean};
use crate::table::{Content, Needed, Part, Row, TakeRows, Unusual};

/// What the table says of one field of an indicator in one period.
struct Said<'a> {
    target: Target<'a>,
    /// By area the row that says it; 0 where none does.
    rows: Vec<u32>,
    column: FieldColumn,
}

/// What is said of a field of which nothing is said yet.
struct Empty {
    rows: Vec<u32>,
    column: FieldColumn,
}

impl Empty {
    fn of(areas: usize) -> Empty {
        // Written at once: memory that is first read and then written takes the kernel twice, and all processors with it.
        Empty { rows: std::iter::repeat_n(0, areas).collect(), column: FieldColumn::new(areas) }
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
        let foreseen = roles.foreseen(self.table.headings().len());
        let (reader, only) = (self.reader(), self.only);
        let is_read = |indicator: usize| only.is_none_or(|only| only.contains(&indicator));
        let mut all: Vec<Said<'a>> = Vec::new();
        let mut places: BTreeMap<Column, usize> = BTreeMap::new();
        self.open.in_parts(
            &roles.needed(),
            |part| Rows::read(reader.clone(), &part, &roles, foreseen.as_deref(), &is_read),
            |part| {
                self.take(part.found);
                for ((indicator, field), rows) in part.without_field {
                    (0..rows.min(Tally::NAMED)).for_each(|_| _ = self.may_have(indicator, field, field.word()));
                    self.tally.count(Severity::Error, "bad-field", rows.saturating_sub(Tally::NAMED));
                }
                let is_new = |own: &&OfColumn| !places.contains_key(&own.column);
                let areas = self.geography().len();
                // On all processors: what is written for the first time takes the kernel longer than what is said does.
                let mut empty =
                    in_parallel(part.columns.iter().filter(is_new).count(), |_| Empty::of(areas)).into_iter();
                for OfColumn { column, said } in part.columns {
                    let place = *places.entry(column).or_insert_with(|| {
                        let (indicator, period, field) = column;
                        let column =
                            roles.fields.iter().find(|(other, _)| *other == field).map_or(0, |(_, column)| *column);
                        let target = self.target(column, indicator, period, field);
                        let Empty { rows, column } = empty.next().unwrap_or_else(|| Empty::of(areas));
                        all.push(Said { target, rows, column });
                        all.len() - 1
                    });
                    let Said { target, rows, column } = &mut all[place];
                    for SaidOnce { area, row, cell } in said {
                        let first = &mut rows[area as usize];
                        if *first != 0 {
                            let again = SaidBefore { row, first: (self.number, *first) };
                            self.said_again.push(*target, again);
                            continue;
                        }
                        *first = row;
                        column.put(area as usize, cell);
                    }
                }
            },
        )?;
        for Said { target, rows, column } in all.into_iter().filter(|said| said.target.field != Field::Note) {
            if target.is_number() {
                self.has_value.iter_mut().zip(column.are_numbers()).for_each(|(has_value, is)| *has_value |= is);
            }
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

/// What of a cell is known before it is read.
#[derive(Clone, Copy)]
enum Foreseen {
    /// The code of the area of the row before.
    Code,
    /// The text of the indicator that comes next.
    Indicator,
    /// The text of its period.
    Period,
    /// A number, of the field at this position.
    Number(usize),
}

impl Roles {
    /// What is known of each of so many cells of a row, where all are read.
    fn foreseen(&self, columns: usize) -> Option<Vec<Foreseen>> {
        let foreseen = |column: usize| {
            let named = [
                (Some(self.code_column), Foreseen::Code),
                (self.indicator_column, Foreseen::Indicator),
                (self.period_column, Foreseen::Period),
            ];
            let fields = self.fields.iter().enumerate();
            let numbers = fields.map(|(position, (_, column))| (Some(*column), Foreseen::Number(position)));
            let mut of_column = named.into_iter().chain(numbers).filter(|(own, _)| *own == Some(column));
            // A column of two fields is read by cells.
            of_column.next().filter(|_| of_column.next().is_none()).map(|(_, foreseen)| foreseen)
        };
        (0..columns).map(foreseen).collect()
    }

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

impl SaidOnce {
    #[inline]
    fn of(row: u64, area: usize, cell: Kept) -> SaidOnce {
        SaidOnce { area: area as u32, row: u32::try_from(row).unwrap_or(u32::MAX), cell }
    }
}

impl<'a> Rows<'a> {
    fn read(
        reader: Reader<'a>,
        part: &Part<'_>,
        roles: &Roles,
        foreseen: Option<&[Foreseen]>,
        is_read: &impl Fn(usize) -> bool,
    ) -> Result<Rows<'a>, Unusual> {
        let mut rows = RowsRead {
            reader,
            roles,
            foreseen,
            is_read,
            subjects: Subjects::default(),
            columns: Vec::new(),
            places: BTreeMap::new(),
            without_field: BTreeMap::new(),
        };
        part.hand_to(&mut rows)?;
        let RowsRead { reader, columns, without_field, .. } = rows;
        Ok(Rows { found: reader.found, columns, without_field })
    }
}

/// Rows on their way into columns.
struct RowsRead<'a, 'r, IsRead> {
    reader: Reader<'a>,
    roles: &'r Roles,
    foreseen: Option<&'r [Foreseen]>,
    is_read: &'r IsRead,
    subjects: Subjects,
    columns: Vec<OfColumn>,
    /// Of one column, too, where several texts speak of it: what it says first is then what stands in the first row.
    places: BTreeMap<Column, usize>,
    without_field: BTreeMap<(usize, Field), usize>,
}

impl<IsRead: Fn(usize) -> bool> TakeRows for RowsRead<'_, '_, IsRead> {
    #[inline]
    fn take(&mut self, row: &Row<'_>) {
        let Some(area) = self.reader.area(row, self.roles.code_column) else { return };
        let number = self.subjects.of(row, self.roles, &self.reader, self.is_read);
        let subject = &self.subjects.known[number];
        if subject.fields.is_empty() {
            return subject.tell(row, &mut self.reader);
        }
        for (of, field) in subject.fields.iter().enumerate() {
            // Most cells hold a number, of a column that was there before.
            if let Some(column) =
                field.place.filter(|_| field.takes_numbers).and_then(|place| self.columns.get_mut(place))
                && let Some(number) = row.content(field.column).number()
            {
                column.said.push(SaidOnce::of(row.number(), area, Kept::from(number)));
            } else {
                return self.take_from(of, row, area, number);
            }
        }
    }

    /// Most long tables say of each area the same in the same order: what stands in a row but for numbers is then known.
    #[inline]
    fn take_known(&mut self, row: u64, text: &[u8], separator: u8) -> Option<usize> {
        let foreseen = self.foreseen?;
        let (area, code) = self.reader.found.matching.last()?;
        let next = self.subjects.next();
        let Subject { texts, fields, .. } = self.subjects.known.get(next)?;
        let mut numbers = [0.0; Field::ALL.len()];
        let mut rest = text;
        for (column, cell) in foreseen.iter().enumerate() {
            let end = if column + 1 < foreseen.len() { separator } else { b'\n' };
            let length = match cell {
                Foreseen::Code => length_before(end, rest, code)?,
                Foreseen::Indicator => length_before(end, rest, &texts.0)?,
                Foreseen::Period => length_before(end, rest, &texts.1)?,
                Foreseen::Number(position) => {
                    // Of a column that was there before, whose cells can say every number.
                    fields.get(*position).filter(|field| field.takes_numbers && field.place.is_some())?;
                    let (number, length) = plain_number_before(end, rest)?;
                    *numbers.get_mut(*position)? = number;
                    length
                }
            };
            rest = rest.get(length + 1..)?;
        }
        for (field, number) in fields.iter().zip(numbers) {
            if let Some(column) = field.place.and_then(|place| self.columns.get_mut(place)) {
                column.said.push(SaidOnce::of(row, area, Kept::from(number)));
            }
        }
        self.subjects.last = next;
        self.reader.found.count_again();
        Some(text.len() - rest.len())
    }
}

/// How many bytes the text of a cell has, where it is this one and a certain byte follows.
#[inline]
fn length_before(end: u8, rest: &[u8], text: &str) -> Option<usize> {
    let own = rest.get(..text.len())?;
    (rest.get(text.len()) == Some(&end) && is_same(own, text.as_bytes())).then_some(text.len())
}

impl<IsRead: Fn(usize) -> bool> RowsRead<'_, '_, IsRead> {
    /// Takes what a row says of the fields of a subject, from one of them on.
    #[inline(never)]
    fn take_from(&mut self, first: usize, row: &Row<'_>, area: usize, subject: usize) {
        let RowsRead { reader, subjects, columns, places, without_field, .. } = self;
        let Subject { named: Some((indicator, period)), fields, .. } = &mut subjects.known[subject] else { return };
        let target = &reader.indicators.public[*indicator];
        for FieldOf { field, column, place, .. } in fields.iter_mut().skip(first) {
            let content = row.content(*column);
            if matches!(field, Field::Numerator | Field::Denominator) && !target.kind.has_parts() {
                // Indicators of several kinds share the columns: those without parts leave these empty.
                if content != Content::Text("") {
                    *without_field.entry((*indicator, *field)).or_default() += 1;
                }
                continue;
            }
            let place = *place.get_or_insert_with(|| {
                let column = (*indicator, *period, *field);
                *places.entry(column).or_insert_with(|| {
                    columns.push(OfColumn { column, said: Vec::new() });
                    columns.len() - 1
                })
            });
            if *field == Field::Note {
                reader.note(area, target, *period, row.cell(*column));
                continue;
            }
            match reader.cells.read(content, target, *field) {
                Ok(cell) => columns[place].said.push(SaidOnce::of(row.number(), area, Kept::from(&cell))),
                Err(problem) => reader.fault(row, Some(*column), problem),
            }
        }
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
    /// The fields that are read; none where nothing is.
    fields: Vec<FieldOf>,
}

/// A field of a subject.
struct FieldOf {
    field: Field,
    /// Where it stands in the table.
    column: usize,
    /// Where its column stands among those of the rows, once there is one.
    place: Option<usize>,
    /// Whether it can say every number.
    takes_numbers: bool,
}

impl Subjects {
    /// The number of what came behind the last one before.
    #[inline]
    fn next(&self) -> usize {
        if self.last + 1 < self.known.len() { self.last + 1 } else { 0 }
    }

    /// The number of what a row speaks of.
    #[inline]
    fn of(&mut self, row: &Row<'_>, roles: &Roles, reader: &Reader<'_>, is_read: impl Fn(usize) -> bool) -> usize {
        let text = |column: Option<usize>| match column {
            Some(column) => row.cell(column),
            None => "",
        };
        let texts = (text(roles.indicator_column), text(roles.period_column));
        let is_of = |number: usize| {
            let known = self.known.get(number).map(|subject| &subject.texts);
            known.is_some_and(|own| {
                is_same(own.0.as_bytes(), texts.0.as_bytes()) && is_same(own.1.as_bytes(), texts.1.as_bytes())
            })
        };
        // Rows often speak of the same, or of what came next before.
        let next = self.next();
        self.last = if is_of(self.last) {
            self.last
        } else if is_of(next) {
            next
        } else {
            self.looked_up(texts, roles, reader, is_read)
        };
        self.last
    }

    /// Where it stands, or what it was added as.
    #[inline(never)]
    fn looked_up(
        &mut self,
        (indicator, period): (&str, &str),
        roles: &Roles,
        reader: &Reader<'_>,
        is_read: impl Fn(usize) -> bool,
    ) -> usize {
        if let Some(number) = self.by_texts.get(indicator).and_then(|periods| periods.get(period)) {
            return *number;
        }
        let number = self.known.len();
        self.by_texts.entry(indicator.to_owned()).or_default().insert(period.to_owned(), number);
        let mut subject = Subject::read((indicator.to_owned(), period.to_owned()), roles, reader);
        if let Some((indicator, _)) = subject.named.filter(|(indicator, _)| is_read(*indicator)) {
            let target = &reader.indicators.public[indicator];
            let field = |(field, column): &(Field, usize)| {
                let takes_numbers = *field != Field::Note && reader.cells.take_numbers(target, *field);
                FieldOf { field: *field, column: *column, place: None, takes_numbers }
            };
            subject.fields = roles.fields.iter().map(field).collect();
        }
        self.known.push(subject);
        number
    }
}

impl Subject {
    fn read(texts: (String, String), roles: &Roles, reader: &Reader<'_>) -> Subject {
        let mut subject = Subject { texts, named: None, is_left_out: false, faults: Vec::new(), fields: Vec::new() };
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
            reader.fault_of_key(row, *column, problem.clone());
        }
        if self.is_left_out {
            *reader.found.labels_left_out.entry(self.texts.0.clone()).or_default() += 1;
        }
    }
}
