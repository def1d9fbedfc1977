//! Values: from the rows of tables to raw columns in the fixed order of a geography. Joining happens here and never again.

mod cells;
mod faults;
mod long;
mod wide;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use self::cells::Cells;
use self::faults::Faults;
use super::indicators::Indicators;
use super::matching::Matching;
use super::raw::{ColumnKey, FieldColumn, RawColumns, RowsOfAreas, SaidBefore};
use super::scratch;
use crate::catalogue::Indicator;
use crate::folder::AtlasFolder;
use crate::geography::Geography;
use crate::manifest::{Field, Kind, Layout, Located, Manifest, TableSection};
use crate::note::Note;
use crate::period::{NotAPeriod, Period, YearStart};
use crate::problem::{Problem, Problems, Severity, Tally};
use crate::table::{Dialect, Row, Table};
use crate::words::count;

/// How a table joined with its geography.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
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

/// What reading one table found, beside the raw columns.
#[derive(Debug, Default)]
pub(super) struct TableRead {
    /// How it joined; unset where it could not be read.
    pub(super) report: Option<TableReport>,
    pub(super) problems: Problems,
    /// The notes that stand beside values.
    pub(super) notes: Vec<Note>,
}

/// What tables are joined with.
#[derive(Clone, Copy)]
pub(super) struct Joining<'a> {
    pub(super) manifest: &'a Manifest,
    pub(super) geographies: &'a [Geography],
    pub(super) indicators: &'a Indicators,
}

/// Reads one table on all processors, of the indicators in `only` where that is set, and keeps what it says in `raw`.
pub(super) fn read_table(
    folder: &AtlasFolder,
    joining: Joining<'_>,
    number: usize,
    only: Option<&BTreeSet<usize>>,
    raw: &mut RawColumns,
) -> TableRead {
    let Joining { manifest, geographies, indicators } = joining;
    let mut read = TableRead::default();
    let Some(section) = manifest.tables.get(number) else { return read };
    let TableSection { geography, layout, .. } = &section.value;
    // One that is missing was named when the manifest was validated or when its boundaries were read.
    let Some(position) = geographies.iter().position(|other| other.id == *geography) else { return read };
    let Some(table) = Table::read(folder, section.value.place(), &mut read.problems) else { return read };
    let mut join = Join {
        sections: &manifest.tables,
        number,
        section,
        cells: Cells { table: &table, symbols: &section.value.symbols },
        table: &table,
        position,
        matching: Matching::new(geographies, position),
        year_starts: year_starts(manifest, &section.value),
        starts_told: BTreeSet::new(),
        indicators,
        only,
        raw,
        notes: &mut read.notes,
        has_value: vec![false; geographies[position].len()],
        duplicates: 0,
        labels_left_out: BTreeMap::new(),
        faults: Faults::default(),
        tally: table.tally(),
        problems: &mut read.problems,
    };
    match layout {
        Layout::Wide => join.wide(),
        Layout::Long => join.long(),
    }
    read.report = Some(join.finish());
    read
}

/// The day on which years such as 2018/19 start in a table. One that cannot be read was named when the manifest was
/// validated.
fn year_starts(manifest: &Manifest, table: &TableSection) -> YearStart {
    let day = table.year_starts.as_ref().or(manifest.atlas.value.year_starts.as_ref());
    day.and_then(|day| day.parse().ok()).unwrap_or_default()
}

/// One table on its way into the columns of one geography.
struct Join<'a> {
    sections: &'a [Located<TableSection>],
    number: usize,
    section: &'a Located<TableSection>,
    table: &'a Table,
    cells: Cells<'a>,
    position: usize,
    matching: Matching<'a>,
    year_starts: YearStart,
    /// The indicators whose years were told to start on two days.
    starts_told: BTreeSet<usize>,
    indicators: &'a Indicators,
    /// The indicators that are read; all where unset.
    only: Option<&'a BTreeSet<usize>>,
    raw: &'a mut RawColumns,
    notes: &'a mut Vec<Note>,
    /// Whether any row gives the area a value.
    has_value: Vec<bool>,
    duplicates: usize,
    /// Labels in the column of indicators that the manifest does not explain, and how many rows have them.
    labels_left_out: BTreeMap<String, usize>,
    /// What is wrong in single rows.
    faults: Faults,
    tally: Tally,
    problems: &'a mut Problems,
}

/// Where a cell goes.
#[derive(Clone, Copy)]
struct Target<'a> {
    /// The column of the table.
    column: usize,
    key: ColumnKey,
    field: Field,
    indicator: &'a Indicator,
}

impl<'a> Join<'a> {
    fn geography(&self) -> &'a Geography {
        self.matching.geography
    }

    fn period(&self, text: &str) -> Result<Period, NotAPeriod> {
        Ok(text.parse::<Period>()?.starting(self.year_starts))
    }

    /// Where a heading stands; a missing one becomes a problem.
    fn column(&mut self, heading: &str) -> Option<usize> {
        self.table.column(heading).map_err(|problem| self.problems.push(problem)).ok()
    }

    /// The position of a published indicator that the key with this path names; an unknown one becomes a problem, a withheld
    /// one is passed over.
    fn indicator(&mut self, path: &[&str], id: &str) -> Option<usize> {
        if !self.indicators.is_known(id) {
            let problem = self.indicators.unknown(id);
            let problem = if let ["columns" | "indicators", own] = path { problem.column(*own) } else { problem };
            self.problems.push(self.section.problem_at(path, problem));
        }
        self.indicators.position(id)
    }

    fn kind(&self, indicator: usize) -> Kind {
        self.indicators.public[indicator].kind
    }

    /// Whether the indicator's kind has such a field; `heading` is that of the column.
    fn may_have(&mut self, indicator: usize, field: Field, heading: &str) -> bool {
        let is_part = matches!(field, Field::Numerator | Field::Denominator);
        let indicator = &self.indicators.public[indicator];
        if is_part && !indicator.kind.has_parts() {
            let message = format!("`{}` is a {}, which has no {}", indicator.id, indicator.kind.word(), field.word());
            let problem = Problem::error("bad-field", message).column(heading).value(self.table.file());
            let problem = self.section.problem_at(&["columns", heading], problem);
            self.tally.push(problem.cure("leave `field` out, or mend the indicator's `kind`"), self.problems);
            return false;
        }
        true
    }

    fn target(&mut self, column: usize, indicator: usize, period: Period, field: Field) -> Target<'a> {
        let key = ColumnKey { geography: self.position, indicator, period };
        if let Some((other, table)) = self.raw.other_start(key)
            && !self.starts_told.contains(&indicator)
        {
            self.starts_told.insert(indicator);
            let id = &self.indicators.public[indicator].id;
            let other_file = self.sections.get(table).map(|table| table.value.place().to_string()).unwrap_or_default();
            let message = format!(
                "the years of `{id}` start on {} in {} and on {other} in {other_file}",
                self.year_starts,
                self.section.value.place()
            );
            let problem = Problem::error("two-year-starts", message);
            let cure = format!("say the same `year_starts` for all tables of `{id}`");
            self.problems.push(self.section.problem_at(&["year_starts"], problem.cure(cure)));
        }
        Target { column, key, field, indicator: &self.indicators.public[indicator] }
    }

    /// Whether the indicator is among those that are read.
    fn is_read(&self, indicator: usize) -> bool {
        self.only.is_none_or(|only| only.contains(&indicator))
    }

    /// The position of the row's area; a code that is none is counted, or named.
    fn area(&mut self, row: &Row<'_>, code_column: usize) -> Option<usize> {
        self.matching.area(row.cell(code_column)).unwrap_or_else(|problem| {
            self.fault(row, Some(code_column), problem);
            None
        })
    }

    fn note(&mut self, row: &Row<'_>, area: usize, target: Target<'_>) {
        let text = row.cell(target.column);
        if !text.is_empty() {
            self.notes.push(Note {
                area_code: self.geography().areas()[area].code.clone(),
                indicator: Some(target.indicator.id.clone()),
                period: Some(target.key.period),
                text: text.to_owned(),
            });
        }
    }

    /// Keeps what the table says of a field. Each area may be spoken of once, by whatever table.
    fn keep(&mut self, target: Target<'_>, rows: &RowsOfAreas, column: &FieldColumn) {
        let again = match self.raw.put(target.key, target.field, self.number, rows, column) {
            Ok(again) => again,
            Err(error) => return self.problems.push(scratch::failed(&error)),
        };
        self.duplicates += again.len();
        self.faults.count(Severity::Error, "said-twice", again.len().saturating_sub(Tally::NAMED));
        for SaidBefore { row, first } in again.into_iter().take(Tally::NAMED) {
            let text = self.table.rows().find(|other| other.number() == u64::from(row));
            let text = text.map_or("", |row| row.cell(target.column));
            let problem = self.said_twice(target, text, first);
            self.faults.push(self.table, u64::from(row), Some(target.column), problem);
        }
    }

    fn said_twice(&self, target: Target<'_>, text: &str, (table, row): (usize, u32)) -> Problem {
        let table = self.sections.get(table).map(|table| table.value.place().to_string()).unwrap_or_default();
        let message = format!("this {} is said a second time (first in {table}, row {row})", target.field.word());
        cells::quoting(Problem::error("said-twice", message), text, target.indicator).cure("keep one of the two")
    }

    fn fault(&mut self, row: &Row<'_>, column: Option<usize>, problem: Problem) {
        self.faults.push(self.table, row.number(), column, problem);
    }

    fn finish(mut self) -> TableReport {
        let areas = self.geography().areas();
        self.faults.tell(&mut self.tally, self.problems);
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
