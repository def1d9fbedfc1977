//! A table in the making: every reader hands its rows to this, which checks them and keeps them.

use std::collections::HashMap;
use std::ops::ControlFlow;

use super::store::Store;
use super::{Dialect, Table, TablePlace};
use crate::problem::{Problem, Problems, Tally};

/// The longest cell, in bytes.
pub(super) const LONGEST_CELL: usize = 64 * 1024;

/// What has been read of a table, and what was wrong with it.
pub(super) struct Draft<'a> {
    file: &'a str,
    /// The sheet that is read.
    pub(super) sheet: Option<String>,
    /// The 1-based row of the headings, where they stand in one.
    heading_row: Option<u64>,
    pub(super) dialect: Option<Dialect>,
    /// Whether each row must have a cell for each heading: in a text file, a missing one is a missing separator.
    pub(super) rows_are_whole: bool,
    headings: Option<Vec<String>>,
    /// The first row that holds anything below the one where headings should stand and do not.
    first_below: Option<u64>,
    store: Store,
    tally: Tally,
    is_sound: bool,
    problems: &'a mut Problems,
}

impl<'a> Draft<'a> {
    pub(super) fn new(place: TablePlace<'a>, problems: &'a mut Problems) -> Draft<'a> {
        Draft {
            file: place.file,
            sheet: None,
            heading_row: Some(place.heading_row.unwrap_or(1)),
            dialect: None,
            rows_are_whole: false,
            headings: None,
            first_below: None,
            store: Store::default(),
            tally: Tally::new(place.file),
            is_sound: true,
            problems,
        }
    }

    /// The 1-based row in which the headings are looked for.
    pub(super) fn heading_row(&self) -> u64 {
        self.heading_row.unwrap_or(1)
    }

    /// Passes over the first rows, which are no part of the table: the headings stand below them.
    pub(super) fn begin_below(&mut self, row: u64) {
        self.heading_row = Some(self.heading_row().max(row + 1));
    }

    /// The heading of a column, counted from 0.
    pub(super) fn heading(&self, column: usize) -> Option<String> {
        self.headings.as_ref()?.get(column).filter(|heading| !heading.is_empty()).cloned()
    }

    /// Takes headings that stand in no row.
    pub(super) fn take_headings<'c>(&mut self, headings: impl Iterator<Item = &'c str>) {
        self.heading_row = None;
        self.headings = Some(tell_apart(headings));
    }

    /// Takes a row: the headings, or one below them. Rows come in ascending order; blank ones and those above the headings
    /// are passed over. Breaks where reading on is of no use.
    pub(super) fn take_row<'c>(
        &mut self,
        number: u64,
        cells: impl Iterator<Item = &'c str> + Clone,
    ) -> ControlFlow<()> {
        if Some(number) < self.heading_row || cells.clone().all(|cell| cell.trim().is_empty()) {
            return ControlFlow::Continue(());
        }
        let Some(headings) = &self.headings else {
            if Some(number) > self.heading_row {
                self.first_below = Some(number);
                return ControlFlow::Break(());
            }
            self.headings = Some(tell_apart(cells));
            return ControlFlow::Continue(());
        };
        if let Some(problem) = fault(headings, cells.clone(), self.rows_are_whole, self.dialect) {
            self.fault(problem.row(number));
        } else if self.store.push(number, cells).is_err() {
            self.fault(too_large().row(number));
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }

    /// Adds an error of the table.
    pub(super) fn fault(&mut self, problem: Problem) {
        self.is_sound = false;
        let problem = problem.file(self.file).maybe_sheet(self.sheet.as_deref());
        self.tally.push(problem, self.problems);
    }

    /// The table, if nothing is wrong with it.
    pub(super) fn finish(mut self, read: Result<(), Problem>) -> Option<Table> {
        match (read, &self.headings) {
            (Err(problem), _) => self.fault(problem),
            (Ok(()), None) if self.is_sound => {
                let message = format!("row {} holds no headings", self.heading_row());
                let below = self.first_below.map(|row| format!(" (the next row that holds anything is row {row})"));
                let cure = format!("say in `heading_row` in which row the headings stand{}", below.unwrap_or_default());
                self.fault(Problem::error("no-heading", message).cure(cure));
            }
            (Ok(()), _) => {}
        }
        self.tally.maybe_sheet(self.sheet.as_deref()).finish(self.problems);
        if let Some(dialect) = self.dialect {
            note_dialect(self.file, dialect, self.problems);
        }
        if !self.is_sound {
            return None;
        }
        Some(Table {
            file: self.file.to_owned(),
            sheet: self.sheet,
            heading_row: self.heading_row,
            dialect: self.dialect,
            headings: self.headings?,
            store: self.store,
        })
    }
}

/// The problem of a table that is larger than what is kept in memory.
pub(super) fn too_large() -> Problem {
    let limits = (Store::MOST_CELLS / 1_000_000, Store::MOST_BYTES >> 30);
    let message = format!("the table is larger than {} million cells or {} GiB", limits.0, limits.1);
    Problem::error("too-large", message).cure("split it, or leave out what the atlas does not show")
}

/// Says how a text file was read, unless it is what is expected of one; once for a file that feeds several tables.
pub(super) fn note_dialect(file: &str, dialect: Dialect, problems: &mut Problems) {
    if dialect == Dialect::default() {
        return;
    }
    let Dialect { encoding, separator } = dialect;
    let separator = if separator == '\t' { "tabs".to_owned() } else { format!("`{separator}`") };
    let message = format!("read as {encoding} with {separator} between cells");
    let note = Problem::note(Problem::DIALECT, message).file(file);
    if !problems.iter().any(|problem| *problem == note) {
        problems.push(note);
    }
}

/// A heading as it is compared: white space counts as one space, and none at the ends. Some programs glue byte order marks
/// to the first.
pub(super) fn as_heading(text: &str) -> String {
    let words: Vec<&str> = text.split(|character: char| character.is_whitespace() || character == '\u{feff}').collect();
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Numbers the headings that stand several times: `Persons`, `Persons#2`, `Persons#3`.
pub(super) fn tell_apart<'c>(headings: impl Iterator<Item = &'c str>) -> Vec<String> {
    let mut times: HashMap<String, usize> = HashMap::new();
    let number = |cell: &str| {
        let heading = as_heading(cell);
        let times = times.entry(heading.clone()).or_default();
        *times += 1;
        if *times > 1 && !heading.is_empty() { format!("{heading}#{times}") } else { heading }
    };
    headings.map(number).collect()
}

fn fault<'c>(
    headings: &[String],
    cells: impl Iterator<Item = &'c str> + Clone,
    rows_are_whole: bool,
    dialect: Option<Dialect>,
) -> Option<Problem> {
    if let Some(column) = cells.clone().position(|cell| cell.len() > LONGEST_CELL) {
        let heading = headings.get(column).filter(|heading| !heading.is_empty());
        let problem = Problem::error("too-long", "a cell is longer than 64 KiB");
        let problem = problem.column(heading.cloned().unwrap_or_else(|| column_letters(column)));
        return Some(match dialect {
            Some(_) => problem.cure("look for a quotation mark that is never closed"),
            None => problem.cure("shorten it, or leave the column out"),
        });
    }
    if rows_are_whole {
        let count = cells.count();
        let separator = dialect.map_or(',', |dialect| dialect.separator);
        let what = match separator {
            ',' => "a comma".to_owned(),
            '\t' => "a tab".to_owned(),
            other => format!("`{other}`"),
        };
        return (count != headings.len()).then(|| {
            Problem::error("ragged-row", format!("cells in this row: {count}, headings: {}", headings.len()))
                .cure(format!("put values that hold {what} in quotation marks"))
        });
    }
    let (column, value) = cells.enumerate().skip(headings.len()).find(|(_, cell)| !cell.trim().is_empty())?;
    Some(
        Problem::error("ragged-row", "this cell stands beyond the last heading")
            .column(column_letters(column))
            .value(value)
            .cure("give the column a heading, clear the cell, or say in `heading_row` where the headings stand"),
    )
}

/// The name of a column of a sheet, counted from 0: A to Z, AA and so on.
fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_a_sheet_names_them() {
        let names: Vec<String> = [0, 25, 26, 701, 702, 16_383].map(column_letters).into();
        assert_eq!(names, ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn headings_are_compared_without_their_line_breaks() {
        assert_eq!(as_heading("\u{feff}\u{feff} LSOA\n  code\u{a0}(2011) "), "LSOA code (2011)");
        let headings = tell_apart(["Persons", "", "Persons ", "\nPersons", ""].into_iter());
        assert_eq!(headings, ["Persons", "", "Persons#2", "Persons#3", ""]);
    }
}
