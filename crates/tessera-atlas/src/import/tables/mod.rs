//! Values: from the rows of tables to raw columns in the fixed order of a geography. Joining happens here and never again.

mod cells;
mod faults;
mod long;
mod reader;
mod wide;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use self::cells::Cells;
use self::faults::Faults;
use self::reader::{Found, Reader};
use super::indicators::Indicators;
use super::inferred::TableOrders;
use super::matching::Matching;
use super::raw::{ColumnKey, FieldColumn, RawColumns, RowsOfAreas, SaidBefore};
use super::scratch;
use crate::catalogue::Indicator;
use crate::folder::AtlasFolder;
use crate::geography::Geography;
use crate::manifest::{Field, Layout, Located, Manifest, TableSection};
use crate::note::Note;
use crate::period::{NotAPeriod, Period, YearStart};
use crate::problem::{Problem, Problems, Severity, Tally};
use crate::table::{Dialect, OpenTable, Table, Unusual};
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
    /// What its ranks and deciles say of each other.
    pub(super) orders: TableOrders,
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
    let Some(section) = joining.manifest.tables.get(number) else { return TableRead::default() };
    // One that is missing was named when the manifest was validated or when its boundaries were read.
    let position = joining.geographies.iter().position(|other| other.id == section.value.geography);
    let Some(position) = position else { return TableRead::default() };
    let reading = ReadingTable { joining, number, section, position, only };
    let place = section.value.place();
    let mut read = TableRead::default();
    let Some(open) = OpenTable::open(folder, place, &mut read.problems) else { return read };
    if let Ok(read) = reading.join(&open, read, raw) {
        return read;
    }
    // Nothing of it was kept.
    let mut read = TableRead::default();
    let Some(open) = OpenTable::read(folder, place, &mut read.problems) else { return read };
    reading.join(&open, read, raw).unwrap_or_default()
}

/// A table that is to be read.
#[derive(Clone, Copy)]
struct ReadingTable<'a> {
    joining: Joining<'a>,
    number: usize,
    section: &'a Located<TableSection>,
    /// The position of its geography.
    position: usize,
    only: Option<&'a BTreeSet<usize>>,
}

impl ReadingTable<'_> {
    fn join(self, open: &OpenTable, mut read: TableRead, raw: &mut RawColumns) -> Result<TableRead, Unusual> {
        let Joining { manifest, geographies, indicators } = self.joining;
        let mut join = Join {
            sections: &manifest.tables,
            number: self.number,
            section: self.section,
            open,
            table: open.form(),
            position: self.position,
            matching: Matching::new(geographies, self.position),
            year_starts: year_starts(manifest, &self.section.value),
            starts_told: BTreeSet::new(),
            indicators,
            only: self.only,
            raw,
            notes: &mut read.notes,
            has_value: vec![false; geographies[self.position].len()],
            rows: 0,
            said_again: SaidAgain::default(),
            duplicates: 0,
            labels_left_out: BTreeMap::new(),
            faults: Faults::default(),
            tally: open.form().tally(),
            problems: &mut read.problems,
        };
        match self.section.value.layout {
            Layout::Wide => join.wide()?,
            Layout::Long => join.long()?,
        }
        read.report = Some(join.finish());
        Ok(read)
    }
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
    open: &'a OpenTable,
    /// Its headings, without rows.
    table: &'a Table,
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
    rows: usize,
    said_again: SaidAgain<'a>,
    duplicates: usize,
    /// Labels in the column of indicators that the manifest does not explain, and how many rows have them.
    labels_left_out: BTreeMap<String, usize>,
    /// What is wrong in single rows.
    faults: Faults,
    tally: Tally,
    problems: &'a mut Problems,
}

/// Cells that say what was said before: the first ones by row and column, and how many others there are.
#[derive(Default)]
struct SaidAgain<'a> {
    first: Vec<(Target<'a>, SaidBefore)>,
    others: usize,
}

impl<'a> SaidAgain<'a> {
    fn push(&mut self, target: Target<'a>, again: SaidBefore) {
        let place = |(target, again): &(Target<'_>, SaidBefore)| (again.row, target.column);
        let at = self.first.partition_point(|other| place(other) <= (again.row, target.column));
        if at >= Tally::NAMED {
            self.others += 1;
            return;
        }
        self.first.insert(at, (target, again));
        self.others += usize::from(self.first.len() > Tally::NAMED);
        self.first.truncate(Tally::NAMED);
    }
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

impl Target<'_> {
    /// Whether an area has a value where this says a number.
    fn is_number(&self) -> bool {
        matches!(self.field, Field::Value | Field::Numerator)
    }
}

impl<'a> Join<'a> {
    /// What reads rows, before anything is found in them.
    fn reader(&self) -> Reader<'a> {
        Reader {
            cells: Cells::of(self.table, &self.section.value.symbols),
            section: &self.section.value,
            year_starts: self.year_starts,
            indicators: self.indicators,
            found: Found::nothing(self.matching.clone()),
        }
    }

    /// Adds what was found in some rows.
    fn take(&mut self, found: Found<'_>) {
        self.rows += found.rows;
        self.matching.merge(found.matching);
        self.faults.merge(found.faults);
        self.notes.extend(found.notes);
        for (label, rows) in found.labels_left_out {
            *self.labels_left_out.entry(label).or_default() += rows;
        }
    }

    fn geography(&self) -> &'a Geography {
        self.matching.geography
    }

    fn period(&self, text: &str) -> Result<Period, NotAPeriod> {
        Ok(text.parse::<Period>()?.starting(self.year_starts))
    }

    /// Where a heading stands; a missing one becomes a problem.
    fn column(&mut self, heading: &str) -> Option<usize> {
        let place = self.section.value.place();
        let same = self.sections.iter().filter(|own| own.value.place() == place);
        let used: Vec<&str> = same.flat_map(|own| own.value.headings()).collect();
        self.table.column_beside(heading, &used).map_err(|problem| self.problems.push(problem)).ok()
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

    /// Keeps what the table says of a field. Each area may be spoken of once, by whatever table.
    fn keep(&mut self, target: Target<'a>, rows: &RowsOfAreas, column: FieldColumn) {
        let again = match self.raw.put(target.key, target.field, self.number, rows, column) {
            Ok(again) => again,
            Err(error) => return self.problems.push(scratch::failed(&error)),
        };
        again.into_iter().for_each(|again| self.said_again.push(target, again));
    }

    /// Names what was said before, by this table or another.
    fn name_said_again(&mut self) {
        let SaidAgain { first, others } = std::mem::take(&mut self.said_again);
        self.duplicates += first.len() + others;
        self.faults.count(Severity::Error, "said-twice", others);
        let cells: Vec<(u64, usize)> =
            first.iter().map(|(target, again)| (u64::from(again.row), target.column)).collect();
        let texts = self.open.cells(&cells);
        for ((target, SaidBefore { row, first }), cell) in first.into_iter().zip(cells) {
            let text = texts.get(&cell).map_or("", String::as_str);
            let problem = self.said_twice(target, text, first);
            self.faults.push(self.table, u64::from(row), Some(target.column), problem);
        }
    }

    fn said_twice(&self, target: Target<'_>, text: &str, (table, row): (usize, u32)) -> Problem {
        let table = self.sections.get(table).map(|table| table.value.place().to_string()).unwrap_or_default();
        let message = format!("this {} is said a second time (first in {table}, row {row})", target.field.word());
        cells::quoting(Problem::error("said-twice", message), text, target.indicator).cure("keep one of the two")
    }

    fn finish(mut self) -> TableReport {
        let areas = self.geography().areas();
        let indicators = self.indicators;
        // Whether a report may hold what stands where a code or the name of an indicator should.
        let may_tell = |text: &str| !indicators.hide_numbers() || !cells::may_be_number(text);
        self.name_said_again();
        self.faults.tell(&mut self.tally, self.problems);
        if self.rows == 0 && self.open.is_empty() {
            let problem = Problem::error("no-rows", "there is no row below the headings");
            let cure = "export or download it again, or say in `heading_row` where the headings stand";
            self.problems.push(self.table.problem(problem.cure(cure)));
        }
        if !self.labels_left_out.is_empty() {
            let rows: usize = self.labels_left_out.values().sum();
            let message = format!("rows left out, because `indicators` does not name their label: {}", count(rows));
            let labels = self.labels_left_out.keys().map(String::as_str).filter(|label| may_tell(label));
            let labels: Vec<&str> = labels.take(Tally::NAMED).collect();
            let problem = Problem::note("labels-left-out", message);
            let problem = if labels.is_empty() { problem } else { problem.value(labels.join(" | ")) };
            let cure = "add the labels that the atlas should show to `[table.indicators]`";
            self.problems.push(self.table.problem(problem.cure(cure)));
        }
        let mut matched = self.matching.finish("the table's `geography`", self.table, self.problems);
        matched.unmatched.retain(|code| may_tell(code));
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
