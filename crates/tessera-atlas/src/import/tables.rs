//! Values: from the rows of tables to raw columns in the fixed order of a geography. Joining happens here and never again.

use std::collections::BTreeMap;

use serde::Serialize;

use super::indicators::Indicators;
use super::matching::Matching;
use crate::catalogue::Indicator;
use crate::cell::{Cell, Status};
use crate::column::Numbers;
use crate::folder::AtlasFolder;
use crate::geography::Geography;
use crate::manifest::{Field, Kind, Layout, Located, Manifest, TableSection};
use crate::note::Note;
use crate::period::{NotAPeriod, Period, YearStart};
use crate::problem::{Problem, Problems, Tally, did_you_mean};
use crate::table::{Dialect, Row, Table};
use crate::words::count;

/// How a table joined with its geography.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TableReport {
    /// The file.
    pub file: String,
    /// The sheet, where the file is a workbook.
    pub sheet: Option<String>,
    /// How the file is written, where it is a text file.
    pub dialect: Option<Dialect>,
    /// The geography.
    pub geography: String,
    /// Rows with an area code.
    pub rows: usize,
    /// Rows whose code is an area of the atlas.
    pub matched: usize,
    /// Rows of areas that exist, but not in this atlas.
    pub elsewhere: usize,
    /// Codes that are of another vintage or unknown, sorted.
    pub unmatched: Vec<String>,
    /// How many rows or cells say again what was said before.
    pub duplicates: usize,
    /// Areas of the atlas to which the table gives no number.
    pub without_value: Vec<String>,
}

/// Where a raw column belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ColumnKey {
    pub(super) geography: usize,
    pub(super) indicator: usize,
    pub(super) period: Period,
}

/// Everything that tables say of one indicator in one period, by position.
#[derive(Debug, Default)]
pub(super) struct RawColumn {
    /// The values themselves; empty where no table gives any.
    pub(super) values: Numbers,
    /// What stands beside those values or in their place.
    pub(super) marks: BTreeMap<u32, Vec<Status>>,
    /// Numerators, denominators and limits.
    pub(super) parts: BTreeMap<Field, Numbers>,
    /// What stands beside numerators and denominators or in their place.
    pub(super) part_marks: BTreeMap<u32, Vec<Status>>,
    /// Where each cell was said: it may be said once.
    said: BTreeMap<Field, Vec<Source>>,
}

/// The number of a table, counted from 0, and a row of it; row 0 stands for nowhere.
#[derive(Debug, Clone, Copy, Default)]
struct Source {
    table: u32,
    row: u32,
}

impl RawColumn {
    /// Whether a table gives the value itself of this area, be it a number or the reason for none.
    pub(super) fn is_supplied(&self, area: usize) -> bool {
        self.said.get(&Field::Value).and_then(|sources| sources.get(area)).is_some_and(|source| source.row != 0)
    }

    /// The number of the first table that says anything of it, counted from 0.
    pub(super) fn table(&self) -> Option<usize> {
        let mut sources = self.said.values().flatten().filter(|source| source.row != 0);
        sources.next().map(|source| source.table as usize)
    }

    fn put(&mut self, field: Field, area: usize, count: usize, cell: Cell) {
        let (numbers, marks) = match field {
            Field::Value => (&mut self.values, Some(&mut self.marks)),
            Field::Numerator | Field::Denominator => (self.parts.entry(field).or_default(), Some(&mut self.part_marks)),
            Field::Lower | Field::Upper | Field::Note => (self.parts.entry(field).or_default(), None),
        };
        numbers.resize(count, None);
        numbers[area] = cell.value;
        if !cell.status.is_empty()
            && let (Some(marks), Ok(position)) = (marks, u32::try_from(area))
        {
            let marks = marks.entry(position).or_default();
            marks.extend(cell.status);
            marks.sort_unstable();
            marks.dedup();
        }
    }
}

/// What all tables say.
#[derive(Debug, Default)]
pub(super) struct Raw {
    columns: Vec<RawColumn>,
    positions: BTreeMap<ColumnKey, usize>,
    pub(super) notes: Vec<Note>,
}

impl Raw {
    /// Every column, in the order of its key.
    pub(super) fn into_columns(mut self) -> Vec<(ColumnKey, RawColumn)> {
        let columns = &mut self.columns;
        self.positions.into_iter().map(|(key, position)| (key, std::mem::take(&mut columns[position]))).collect()
    }

    /// The day on which another table says that this year starts.
    fn other_start(&self, indicator: usize, period: Period) -> Option<YearStart> {
        let Period::SplitYear(_, own) = period else { return None };
        let mut periods = self.positions.keys().filter(|key| key.indicator == indicator).map(|key| key.period);
        periods.find_map(|other| match other {
            Period::SplitYear(_, start) if other.is_written_as(&period) && start != own => Some(start),
            _ => None,
        })
    }

    fn position(&mut self, key: ColumnKey) -> usize {
        *self.positions.entry(key).or_insert_with(|| {
            self.columns.push(RawColumn::default());
            self.columns.len() - 1
        })
    }
}

pub(super) fn read_tables(
    folder: &AtlasFolder,
    manifest: &Manifest,
    geographies: &[Geography],
    indicators: &Indicators,
    problems: &mut Problems,
    reports: &mut Vec<TableReport>,
) -> Raw {
    let mut raw = Raw::default();
    for (section, number) in manifest.tables.iter().zip(0..) {
        let TableSection { geography, layout, .. } = &section.value;
        // One that is missing was named when the manifest was validated or when its boundaries were read.
        let Some(position) = geographies.iter().position(|other| other.id == *geography) else { continue };
        let Some(table) = Table::read(folder, section.value.place(), problems) else { continue };
        let mut join = Join {
            tables: &manifest.tables,
            number,
            section,
            table: &table,
            position,
            matching: Matching::new(geographies, position),
            year_starts: year_starts(manifest, &section.value),
            indicators,
            raw: &mut raw,
            has_value: vec![false; geographies[position].len()],
            duplicates: 0,
            labels_left_out: BTreeMap::new(),
            tally: table.tally(),
            problems,
        };
        match layout {
            Layout::Wide => join.wide(),
            Layout::Long => join.long(),
        }
        reports.push(join.finish());
    }
    raw
}

/// The day on which years such as 2018/19 start in a table. One that cannot be read was named when the manifest was
/// validated.
fn year_starts(manifest: &Manifest, table: &TableSection) -> YearStart {
    let day = table.year_starts.as_ref().or(manifest.atlas.value.year_starts.as_ref());
    day.and_then(|day| day.parse().ok()).unwrap_or_default()
}

/// One table on its way into the columns of one geography.
struct Join<'a> {
    tables: &'a [Located<TableSection>],
    number: u32,
    section: &'a Located<TableSection>,
    table: &'a Table,
    position: usize,
    matching: Matching<'a>,
    year_starts: YearStart,
    indicators: &'a Indicators,
    raw: &'a mut Raw,
    /// Whether any row gives the area a value.
    has_value: Vec<bool>,
    duplicates: usize,
    /// Labels in the column of indicators that the manifest does not explain, and how many rows have them.
    labels_left_out: BTreeMap<String, usize>,
    tally: Tally,
    problems: &'a mut Problems,
}

/// Where a cell goes.
#[derive(Clone, Copy)]
struct Target<'a> {
    /// The column of the table.
    column: usize,
    /// The raw column and its field.
    raw: usize,
    field: Field,
    indicator: &'a Indicator,
    period: Period,
}

impl<'a> Join<'a> {
    fn geography(&self) -> &'a Geography {
        self.matching.geography
    }

    fn wide(&mut self) {
        let targets = self.wide_targets();
        let code = self.section.value.code.as_deref();
        let Some(code_column) = code.and_then(|heading| self.column(heading)) else { return };
        let mut first_rows = vec![0; self.geography().len()];
        for row in self.table.rows() {
            let Some(area) = self.area(&row, code_column) else { continue };
            let first = std::mem::replace(&mut first_rows[area], row.number());
            if first != 0 {
                first_rows[area] = first;
                self.duplicates += 1;
                let problem = Problem::error("duplicate-row", "this area stands twice in the table")
                    .value(row.cell(code_column))
                    .cure(format!("keep one of the rows (the first is row {first})"));
                self.fault(&row, None, problem);
                continue;
            }
            for target in &targets {
                self.put(&row, area, *target);
            }
        }
    }

    fn wide_targets(&mut self) -> Vec<Target<'a>> {
        let section = self.section;
        let mut targets = Vec::new();
        for (heading, named) in &section.value.columns {
            let column = self.column(heading);
            let indicator = self.indicator(&named.indicator);
            let period = named.period.as_ref().or(section.value.period.as_ref());
            // A period that cannot be read was named when the manifest was validated.
            let Some(period) = period.and_then(|period| self.period(period).ok()) else { continue };
            if let (Some(column), Some(indicator)) = (column, indicator)
                && self.may_have(indicator, named.field)
            {
                targets.push(self.target(column, indicator, period, named.field));
            }
        }
        targets
    }

    fn long(&mut self) {
        let section = &self.section.value;
        let roles: Vec<&str> =
            ["area_code", "indicator", "period"].into_iter().chain(Field::ALL.map(Field::word)).collect();
        for role in section.columns.keys().filter(|role| !roles.contains(&role.as_str())) {
            let problem = Problem::error("unknown-key", format!("a long table has no column `{role}`"))
                .maybe_cure(did_you_mean(role, roles.iter().copied()));
            self.problems.push(self.section.problem(problem));
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
        let fixed_indicator = section.indicator.as_deref().map(|id| self.indicator(id));
        for id in section.indicators.values() {
            self.indicator(id);
        }
        let fixed_period = section.period.as_deref().and_then(|period| self.period(period).ok());
        let Some(code_column) = code_column else { return };
        if (section.indicator.is_none() && indicator_column.is_none())
            || (fixed_period.is_none() && period_column.is_none())
        {
            return;
        }
        for row in self.table.rows() {
            let Some(area) = self.area(&row, code_column) else { continue };
            let indicator = fixed_indicator.unwrap_or_else(|| self.row_indicator(&row, indicator_column?));
            let period = fixed_period.or_else(|| self.row_period(&row, period_column?));
            let (Some(indicator), Some(period)) = (indicator, period) else { continue };
            for (field, column) in &fields {
                let is_part = matches!(field, Field::Numerator | Field::Denominator);
                // Indicators of several kinds share the columns: those without parts leave these empty.
                if is_part && row.cell(*column).is_empty() && !self.kind(indicator).has_parts() {
                    continue;
                }
                if self.may_have(indicator, *field) {
                    let target = self.target(*column, indicator, period, *field);
                    self.put(&row, area, target);
                }
            }
        }
    }

    /// Where the column of a role stands in a long table.
    fn role(&mut self, role: &str) -> Option<usize> {
        let heading = self.section.value.columns.get(role).map_or(role, |named| named.indicator.as_str());
        self.column(heading)
    }

    /// The indicator that a row of a long table names, by its id or by a label that the manifest explains.
    fn row_indicator(&mut self, row: &Row<'_>, column: usize) -> Option<usize> {
        let labels = &self.section.value.indicators;
        let label = row.cell(column);
        let id = match labels.get(label) {
            Some(id) => id,
            None if labels.is_empty() => label,
            None => {
                *self.labels_left_out.entry(label.to_owned()).or_default() += 1;
                return None;
            }
        };
        let position = self.indicators.position(id);
        if position.is_none() && !self.indicators.is_known(id) {
            let problem = self.indicators.unknown(id);
            self.fault(row, Some(column), problem);
        }
        position
    }

    fn row_period(&mut self, row: &Row<'_>, column: usize) -> Option<Period> {
        self.period(row.cell(column))
            .map_err(|error| self.fault(row, Some(column), Problem::error("bad-period", format!("{error}"))))
            .ok()
    }

    fn period(&self, text: &str) -> Result<Period, NotAPeriod> {
        Ok(text.parse::<Period>()?.starting(self.year_starts))
    }

    /// Where a heading stands; a missing one becomes a problem.
    fn column(&mut self, heading: &str) -> Option<usize> {
        self.table.column(heading).map_err(|problem| self.problems.push(problem)).ok()
    }

    /// The position of a published indicator; an unknown one becomes a problem, a withheld one is passed over.
    fn indicator(&mut self, id: &str) -> Option<usize> {
        if !self.indicators.is_known(id) {
            self.problems.push(self.section.problem(self.indicators.unknown(id)));
        }
        self.indicators.position(id)
    }

    fn kind(&self, indicator: usize) -> Kind {
        self.indicators.public[indicator].kind
    }

    /// Whether the indicator's kind has such a field.
    fn may_have(&mut self, indicator: usize, field: Field) -> bool {
        let is_part = matches!(field, Field::Numerator | Field::Denominator);
        let indicator = &self.indicators.public[indicator];
        if is_part && !indicator.kind.has_parts() {
            let message = format!("`{}` is a {}, which has no {}", indicator.id, indicator.kind.word(), field.word());
            let problem = self.section.problem(Problem::error("bad-field", message).value(self.table.file()));
            self.tally.push(problem.cure("leave `field` out, or mend the indicator's `kind`"), self.problems);
            return false;
        }
        true
    }

    fn target(&mut self, column: usize, indicator: usize, period: Period, field: Field) -> Target<'a> {
        let key = ColumnKey { geography: self.position, indicator, period };
        if !self.raw.positions.contains_key(&key)
            && let Some(other) = self.raw.other_start(indicator, period)
        {
            let id = &self.indicators.public[indicator].id;
            let message = format!("`{id}` in {period} starts on another day in another table");
            let problem = Problem::error("two-year-starts", message).value(self.table.file());
            let cure = format!("say the same `year_starts` for all tables of `{id}` (another says {other})");
            self.tally.push(self.section.problem(problem.cure(cure)), self.problems);
        }
        Target {
            column,
            // A note alone makes no column.
            raw: if field == Field::Note { 0 } else { self.raw.position(key) },
            field,
            indicator: &self.indicators.public[indicator],
            period,
        }
    }

    /// The position of the row's area; a code that is none is counted, or named.
    fn area(&mut self, row: &Row<'_>, code_column: usize) -> Option<usize> {
        self.matching.area(row.cell(code_column)).unwrap_or_else(|problem| {
            self.fault(row, Some(code_column), problem);
            None
        })
    }

    fn put(&mut self, row: &Row<'_>, area: usize, target: Target<'_>) {
        let text = row.cell(target.column);
        if target.field == Field::Note {
            if !text.is_empty() {
                self.raw.notes.push(Note {
                    area_code: self.geography().areas()[area].code.clone(),
                    indicator: Some(target.indicator.id.clone()),
                    period: Some(target.period),
                    text: text.to_owned(),
                });
            }
            return;
        }
        let cell = match self.cell(target, text) {
            Ok(cell) => cell,
            Err(problem) => {
                self.fault(row, Some(target.column), quoting(problem, text, target.indicator));
                return;
            }
        };
        let count = self.geography().len();
        let raw = &mut self.raw.columns[target.raw];
        let said = raw.said.entry(target.field).or_insert_with(|| vec![Source::default(); count]);
        let first = said[area];
        if first.row != 0 {
            self.duplicates += 1;
            let table = self.tables.get(first.table as usize).map(|table| table.value.place().to_string());
            let table = table.unwrap_or_default();
            let message =
                format!("this {} is said a second time (first in {table}, row {})", target.field.word(), first.row);
            let problem = quoting(Problem::error("said-twice", message), text, target.indicator);
            let problem = problem.cure("keep one of the two");
            self.fault(row, Some(target.column), problem);
            return;
        }
        self.has_value[area] |= matches!(target.field, Field::Value | Field::Numerator) && cell.value.is_some();
        said[area] = Source { table: self.number, row: u32::try_from(row.number()).unwrap_or(u32::MAX) };
        raw.put(target.field, area, count, cell);
    }

    /// Reads a cell; the name of a category becomes its number, counted from 1.
    fn cell(&self, target: Target<'_>, text: &str) -> Result<Cell, Problem> {
        let Target { indicator, field, .. } = target;
        let is_value = field == Field::Value;
        if is_value && indicator.kind == Kind::Category {
            let named = indicator.categories.iter().position(|category| category.en() == text);
            if let Some(position) = named {
                return Ok(Cell { value: Some((position + 1) as f64), status: Vec::new() });
            }
        }
        let cell = self.table.read_cell(text, &self.section.value.symbols)?;
        if field == Field::Denominator && cell.value.is_some_and(|value| value < 0.0) {
            return Err(Problem::error("negative-denominator", "a denominator is not below zero").cure("mend the cell"));
        }
        if let Some(classes) = indicator.published_classes().filter(|_| is_value)
            && let Some(value) = cell.value
            && (value.fract() != 0.0 || value < 1.0 || value > classes as f64)
        {
            let message = format!("a {} is a whole number from 1 to {classes}", indicator.kind.word());
            return Err(Problem::error("outside-classes", message).cure("mend the value, or the indicator's `kind`"));
        }
        Ok(cell)
    }

    fn fault(&mut self, row: &Row<'_>, column: Option<usize>, problem: Problem) {
        let mut problem = problem.row(row.number());
        if let Some(heading) = column.and_then(|column| self.table.headings().get(column)) {
            problem = problem.column(heading);
        }
        self.tally.push(problem, self.problems);
    }

    fn finish(self) -> TableReport {
        let areas = self.geography().areas();
        if self.table.rows().next().is_none() {
            let problem = Problem::error("no-rows", "there is no row below the headings");
            let cure = "export or download it again, or say in `heading_row` where the headings stand";
            self.problems.push(self.table.problem(problem.cure(cure)));
        }
        if !self.labels_left_out.is_empty() {
            let rows: usize = self.labels_left_out.values().sum();
            let message = format!("rows left out, because `indicators` does not name their label: {}", count(rows));
            let labels: Vec<&str> = self.labels_left_out.keys().take(Tally::NAMED).map(String::as_str).collect();
            let problem = Problem::note("labels-left-out", message).value(labels.join(" | "));
            let cure = "add the labels that the atlas should show to `[table.indicators]`";
            self.problems.push(self.table.problem(problem.cure(cure)));
        }
        let matched = self.matching.finish("the table's `geography`", self.table, self.problems);
        self.tally.finish(self.problems);
        let without_value = areas.iter().zip(&self.has_value).filter(|(_, has_value)| !**has_value);
        TableReport {
            file: self.table.file().to_owned(),
            sheet: self.table.sheet().map(str::to_owned),
            dialect: self.table.dialect(),
            geography: self.section.value.geography.clone(),
            rows: matched.rows,
            matched: matched.matched,
            elsewhere: matched.elsewhere,
            unmatched: matched.unmatched,
            duplicates: self.duplicates,
            without_value: without_value.map(|(area, _)| area.code.clone()).collect(),
        }
    }
}

/// A problem with the text of its cell, unless that may hold a number that is to be protected: reports are kept and passed on.
fn quoting(problem: Problem, text: &str, indicator: &Indicator) -> Problem {
    let tells_a_number = text.contains(|character: char| character.is_numeric());
    if indicator.rule().is_some() && tells_a_number { Problem { value: None, ..problem } } else { problem.value(text) }
}
