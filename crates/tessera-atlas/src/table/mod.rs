//! A table as it stands in a file of any format: headings and rows of text.

mod blocks;
mod columns;
mod csv;
mod draft;
mod encoding;
mod lines;
mod marks;
mod parquet;
mod parts;
mod store;
mod unpack;
mod workbook;

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::cell::{Cell, CellError, Status, read_cell};
use crate::folder::AtlasFolder;
use crate::problem::{Problem, Problems, Tally, Word, did_you_mean, lasting_word};
use draft::Draft;
use store::Store;

pub(crate) use blocks::Unusual;
pub(crate) use parts::{Needed, OpenTable, Part, TakeRows};
pub(crate) use store::Content;
pub use store::Row;

/// Where a table stands: a file and, where the format has them, a sheet of it and the row of its headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TablePlace<'a> {
    /// The file, relative to the atlas folder.
    pub file: &'a str,
    /// The sheet of a workbook; a workbook with only one needs none.
    pub sheet: Option<&'a str>,
    /// The 1-based row of the headings: the first where none is given.
    pub heading_row: Option<u64>,
}

/// The file, and the sheet where one is given.
impl fmt::Display for TablePlace<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.file)?;
        self.sheet.map_or(Ok(()), |sheet| write!(formatter, " [{sheet}]"))
    }
}

impl<'a> From<&'a str> for TablePlace<'a> {
    fn from(file: &'a str) -> TablePlace<'a> {
        TablePlace { file, sheet: None, heading_row: None }
    }
}

impl<'a> From<&'a String> for TablePlace<'a> {
    fn from(file: &'a String) -> TablePlace<'a> {
        TablePlace::from(file.as_str())
    }
}

/// How a text file says what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dialect {
    /// `UTF-8`, `UTF-16` or `Windows-1252`.
    #[serde(deserialize_with = "lasting_word")]
    pub encoding: Word,
    /// What separates cells: a comma, a semicolon or a tab.
    pub separator: char,
}

impl Default for Dialect {
    fn default() -> Dialect {
        Dialect { encoding: "UTF-8", separator: ',' }
    }
}

/// A table whose form has been checked. No cell stands outside the headings.
#[derive(Debug)]
pub struct Table {
    file: String,
    sheet: Option<String>,
    heading_row: Option<u64>,
    dialect: Option<Dialect>,
    headings: Vec<String>,
    store: Store,
}

impl Table {
    /// Reads a table and checks its form. The content is looked at before the file's ending.
    ///
    /// White space in headings counts as one space and none at the ends; a heading that stands again is told apart as
    /// `Persons#2`.
    ///
    /// # Errors
    /// When the file cannot be read or unpacked, is of no known format, damaged or protected, when the sheet is not there or
    /// is one of several, when there are no headings, or a line, cell or table is beyond its limit. Rows with too many cells
    /// (in text files, or too few) become problems, and the table is refused.
    pub fn read<'a>(folder: &AtlasFolder, place: impl Into<TablePlace<'a>>, problems: &mut Problems) -> Option<Table> {
        let place = place.into();
        let bytes = folder.read(place.file).map_err(|problem| problems.push(problem)).ok()?;
        Table::parse(bytes, place, problems)
    }

    /// As [`Table::read`], from the bytes of the file.
    ///
    /// # Errors
    /// As [`Table::read`].
    pub fn parse(bytes: Vec<u8>, place: TablePlace<'_>, problems: &mut Problems) -> Option<Table> {
        let unpacked = unpack::gunzipped(bytes).map_err(|problem| problems.push(problem.file(place.file)));
        let bytes = unpacked.ok()?;
        let mut draft = Draft::new(place, problems);
        let read = match Format::of(place.file, &bytes) {
            Ok(Format::Text) => csv::read(bytes, &mut draft),
            Ok(Format::Workbook) => guarded("the workbook", || workbook::read(&bytes, place.sheet, &mut draft)),
            Ok(Format::Parquet) => guarded("the Parquet file", || parquet::read(bytes, &mut draft)),
            Err(problem) => Err(problem),
        };
        draft.finish(read)
    }

    /// The file, relative to the atlas folder.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The sheet, where the file is a workbook.
    pub fn sheet(&self) -> Option<&str> {
        self.sheet.as_deref()
    }

    /// How the file is written, where it is a text file.
    pub fn dialect(&self) -> Option<Dialect> {
        self.dialect
    }

    /// The headings.
    pub fn headings(&self) -> &[String] {
        &self.headings
    }

    /// The rows below the headings; blank ones are passed over.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.store.rows()
    }

    /// Where a heading stands; a problem with a suggestion where it does not.
    ///
    /// # Errors
    /// When no column has the heading.
    pub fn column(&self, heading: &str) -> Result<usize, Problem> {
        self.column_beside(heading, &[])
    }

    /// As [`Table::column`], of a table of which other headings are used, so that none of them is meant.
    ///
    /// # Errors
    /// When no column has the heading.
    pub(crate) fn column_beside(&self, heading: &str, used: &[&str]) -> Result<usize, Problem> {
        self.optional_column(heading).ok_or_else(|| {
            let problem = Problem::error("missing-column", format!("there is no column `{heading}`"));
            self.problem_in_headings(problem.cure(self.why_missing(heading, used)))
        })
    }

    /// Where a heading stands, if it does.
    pub fn optional_column(&self, heading: &str) -> Option<usize> {
        let heading = draft::as_heading(heading);
        self.headings.iter().position(|other| *other == heading)
    }

    /// Reads the text of a cell as a number, a reason for none, or a mark beside a number.
    ///
    /// # Errors
    /// As [`read_cell`], and when a number holds a comma in a file that separates cells by semicolons: programs write such
    /// files where the comma is the decimal sign, so that `1,234` may be 1.234 as well as 1234.
    pub fn read_cell(&self, text: &str, symbols: &BTreeMap<String, Status>) -> Result<Cell, Problem> {
        let may_be_decimal_comma = self.dialect.is_some_and(|dialect| dialect.separator == ';') && text.contains(',');
        let cell = match read_cell(text, symbols) {
            Ok(cell) if may_be_decimal_comma && cell.value.is_some() => Err(CellError::Commas),
            cell => cell,
        };
        cell.map_err(|error| {
            let (message, cure) = match error {
                CellError::Commas if may_be_decimal_comma => (
                    "the comma in this number may be a decimal sign or group digits".to_owned(),
                    "export with a decimal point and without groups of digits",
                ),
                error => (error.to_string(), error.cure()),
            };
            Problem::error("not-a-number", message).value(text).cure(cure)
        })
    }

    /// Adds file and sheet to a problem.
    pub(crate) fn problem(&self, problem: Problem) -> Problem {
        problem.file(&self.file).maybe_sheet(self.sheet())
    }

    /// Adds file, sheet and the row of the headings to a problem.
    pub(crate) fn problem_in_headings(&self, problem: Problem) -> Problem {
        let problem = self.problem(problem);
        match self.heading_row {
            Some(row) => problem.row(row),
            None => problem,
        }
    }

    /// Counts the problems of this table.
    pub(crate) fn tally(&self) -> Tally {
        Tally::new(&self.file).maybe_sheet(self.sheet())
    }

    /// What may be meant by a heading that is not there: none of those that are used.
    fn why_missing(&self, heading: &str, used: &[&str]) -> String {
        const NAMED: usize = 12;
        let used: Vec<String> = used.iter().map(|used| draft::as_heading(used)).collect();
        let all: Vec<&str> = self.headings.iter().map(String::as_str).collect();
        let unused: Vec<&str> = all.iter().copied().filter(|own| !used.iter().any(|used| used == own)).collect();
        if let Some(cure) = did_you_mean(heading, unused.iter().copied()) {
            return cure;
        }
        let (what, named) = if unused.is_empty() || used.is_empty() {
            ("the headings are", all)
        } else {
            ("the headings that nothing uses are", unused)
        };
        let more = named.len().saturating_sub(NAMED);
        let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("{what}: {}{rest}", named[..named.len() - more].join(", "))
    }
}

/// What a file is, once it is unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    Workbook,
    Parquet,
}

impl Format {
    fn of(file: &str, bytes: &[u8]) -> Result<Format, Problem> {
        match bytes {
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => return Ok(Format::Workbook),
            [b'P', b'A', b'R', b'1', ..] => return Ok(Format::Parquet),
            _ if workbook::is_compound_file(bytes) => return Err(workbook::why_compound_file(bytes)),
            _ => {}
        }
        let ending = ending(file);
        match ending.as_str() {
            "csv" | "tsv" | "txt" => Ok(Format::Text),
            "xlsx" | "xlsm" | "xls" | "xlsb" | "ods" | "parquet" => {
                let message = format!("the content is not that of a .{ending} file");
                Err(Problem::error("damaged-file", message).cure("export or download it again"))
            }
            _ => Err(Problem::error(
                "unsupported-table",
                "tables are read from .csv, .csv.gz, .xlsx, .ods and .parquet files",
            )
            .cure("export it as one of these")),
        }
    }
}

/// The ending of a file's name in small letters, without that of the packing.
fn ending(file: &str) -> String {
    let file = file.to_ascii_lowercase();
    let file = file.strip_suffix(".gz").unwrap_or(&file);
    file.rsplit_once('.').map_or("", |(_, ending)| ending).to_owned()
}

/// Whether a file's name is that of a format that has sheets.
pub(crate) fn may_have_sheets(file: &str) -> bool {
    !["csv", "tsv", "txt", "parquet"].contains(&ending(file).as_str())
}

/// Whether a file's name is that of a format that has a row of headings.
pub(crate) fn has_heading_row(file: &str) -> bool {
    ending(file) != "parquet"
}

/// Reads with a library that has assertions which damaged files can fail: such a failure is an error like any other.
/// Nothing that the library leaves behind is used afterwards.
fn guarded(what: &str, read: impl FnOnce() -> Result<(), Problem>) -> Result<(), Problem> {
    caught(read).unwrap_or_else(|| Err(damaged(what, "it contradicts itself")))
}

/// What is read, unless an assertion failed.
fn caught<T>(read: impl FnOnce() -> T) -> Option<T> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(read)).ok()
}

/// How a spreadsheet program shows a logical value.
fn truth(value: bool) -> &'static str {
    if value { "TRUE" } else { "FALSE" }
}

fn damaged(what: &str, reason: impl std::fmt::Display) -> Problem {
    Problem::error("damaged-file", format!("{what} cannot be read: {reason}")).cure("export or download it again")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_file(file: &str, content: impl AsRef<[u8]>, heading_row: u64) -> (Option<Table>, Vec<Problem>) {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join(file), content).unwrap();
        let mut problems = Problems::default();
        let folder = AtlasFolder::open(directory.path()).unwrap();
        let place = TablePlace { file, sheet: None, heading_row: Some(heading_row) };
        let table = Table::read(&folder, place, &mut problems);
        (table, problems.iter().cloned().collect())
    }

    fn read(content: impl AsRef<[u8]>, heading_row: u64) -> (Option<Table>, Vec<Problem>) {
        read_file("t.csv", content, heading_row)
    }

    /// The kind and row of each problem.
    fn told(problems: &[Problem]) -> Vec<(&str, Option<u64>)> {
        problems.iter().map(|problem| (problem.kind, problem.row)).collect()
    }

    fn row_numbers(table: &Table) -> Vec<u64> {
        table.rows().map(|row| row.number()).collect()
    }

    #[test]
    fn rows_know_their_lines() {
        let (table, problems) = read("code,name\r\nE1,\"a\nb\"\r\n\r\nE2,c\r\n", 1);
        let table = table.unwrap();
        assert!(problems.is_empty());
        let rows: Vec<(u64, &str)> = table.rows().map(|row| (row.number(), row.cell(0))).collect();
        assert_eq!(rows, [(2, "E1"), (5, "E2")]);
    }

    #[test]
    fn repeated_headings_are_numbered_and_marks_trimmed() {
        let (table, _) = read("\u{feff}\u{feff}code, Persons,Persons,Persons\n", 1);
        assert_eq!(table.unwrap().headings(), ["code", "Persons", "Persons#2", "Persons#3"]);
    }

    #[test]
    fn headings_may_stand_lower() {
        let (table, _) = read("A title\n\ncode,value\nE1,3\n", 3);
        let table = table.unwrap();
        assert_eq!(table.headings(), ["code", "value"]);
        assert_eq!(table.rows().count(), 1);
    }

    #[test]
    fn headings_that_are_not_there_are_named() {
        for (text, heading_row) in [("a,b\n1,2\n", 3), ("a,b\n\n1,2\n", 2), ("\n\n", 1)] {
            let (table, problems) = read(text, heading_row);
            assert!(table.is_none());
            assert_eq!(told(&problems), [("no-heading", None)], "{text:?}");
        }
    }

    #[test]
    fn a_ragged_row_is_named() {
        let (table, problems) = read("code,value\nE1,1,234\n", 1);
        assert!(table.is_none());
        assert_eq!(told(&problems), [("ragged-row", Some(2))]);
    }

    #[test]
    fn line_ends_of_every_kind_are_counted() {
        for text in ["\n\na,b\n\nE1,1\n", "\r\n\r\na,b\r\n\r\nE1,1\r\n", "\r\ra,b\r\rE1,1\r"] {
            assert_eq!(row_numbers(&read(text, 3).0.unwrap()), [5], "{text:?}");
        }
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_swallows_no_rows() {
        let (table, problems) = read("code,name\nE1,\"a\nE2,b\nE3,c\n", 1);
        assert!(table.is_none());
        assert_eq!(told(&problems), [("open-quotation", Some(2))]);
        let (table, _) = read("code,name\nE1,a 12\" pipe\n", 1);
        assert!(table.is_some());
    }

    #[test]
    fn separators_are_recognised() {
        for (text, expected) in [
            ("code,value\nE1,2\n", ','),
            ("code;value\nE1;2,5\nE2;3,5\n", ';'),
            ("code\tvalue; high\nE1\t2,5\n", '\t'),
            ("code;name, old;value\n\"E1\";\"a;b\";2,5\n", ';'),
            ("code;value\n", ';'),
        ] {
            let (table, problems) = read(text, 1);
            let dialect = table.unwrap().dialect().unwrap();
            assert_eq!(dialect, Dialect { encoding: "UTF-8", separator: expected }, "{text:?}");
            assert_eq!(problems.len(), usize::from(expected != ','), "{text:?}");
        }
    }

    #[test]
    fn a_first_line_may_say_the_separator() {
        // By its rows, a comma would fit as well.
        let (table, problems) = read("sep=;\ncode;a,b\nE1;2,5\n", 1);
        let table = table.unwrap();
        assert_eq!((table.headings(), row_numbers(&table)), (["code", "a,b"].map(String::from).as_slice(), vec![3]));
        assert_eq!((told(&problems), table.dialect().unwrap().separator), (vec![("dialect", None)], ';'));
        let (table, problems) = read("sep=;\ncode;value\nE1;2;3\n", 1);
        assert!(table.is_none());
        assert_eq!(told(&problems)[0], ("ragged-row", Some(3)));
        // Titles may stand between, and a column may be called so.
        assert_eq!(row_numbers(&read("sep=;\nA title\ncode;value\nE1;2\n", 3).0.unwrap()), [4]);
        assert_eq!(read("sep=x,b\n1,2\n", 1).0.unwrap().headings(), ["sep=x", "b"]);
    }

    #[test]
    fn punctuation_in_texts_is_no_separator() {
        for (text, headings) in [
            ("codes\nE1;E2\nE3\n", 1),
            ("places; old\nWorcester\nLeicester\n", 1),
            ("code,rate; per 1000\nE1,2\n", 2),
            ("code,\"name; old\"\nE1,a;b\n", 2),
            ("code,name\nE1,\"a;b\tc\"\nE2,\"d;e\tf\"\n", 2),
        ] {
            let (table, problems) = read(text, 1);
            assert_eq!(table.unwrap().headings().len(), headings, "{text:?}");
            assert!(problems.is_empty(), "{text:?}");
        }
    }

    #[test]
    fn the_dialect_is_reported_once_for_each_file() {
        let (_, problems) = read(b"code;name\nE1;Caf\xe9\n", 1);
        assert_eq!(problems[0].to_string(), "t.csv: note: read as Windows-1252 with `;` between cells");
    }

    #[test]
    fn a_comma_between_semicolons_may_be_a_decimal_comma() {
        let (table, _) = read("code;value\nE1;1,234\n", 1);
        let table = table.unwrap();
        for text in ["1,234", "12,5"] {
            let problem = table.read_cell(text, &BTreeMap::new()).unwrap_err();
            assert_eq!(problem.cure.as_deref(), Some("export with a decimal point and without groups of digits"));
        }
        assert_eq!(table.read_cell("1.5", &BTreeMap::new()).unwrap().value, Some(1.5));
        let (table, _) = read("code,value\nE1,\"1,234\"\n", 1);
        assert_eq!(table.unwrap().read_cell("1,234", &BTreeMap::new()).unwrap().value, Some(1234.0));
    }

    #[test]
    fn the_content_is_looked_at_before_the_name() {
        for (file, content, kind) in [
            ("t.csv", "PAR1".as_bytes(), "damaged-file"),
            ("t.xlsx", b"code,value\n", "damaged-file"),
            ("t.parquet", b"code,value\n", "damaged-file"),
            ("t.pdf", b"code,value\n", "unsupported-table"),
            ("t.csv", b"PK\x03\x04", "damaged-file"),
            ("t.xlsx", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "unsupported-table"),
        ] {
            assert_eq!(read_file(file, content, 1).1[0].kind, kind, "{file}");
        }
        for file in ["t.tsv", "t.txt", "t.CSV", "t.csv.gz"] {
            assert!(read_file(file, "code\tvalue\nE1\t2\n", 1).0.is_some(), "{file}");
        }
    }

    #[test]
    fn a_missing_column_is_suggested() {
        let (table, _) = read("LSOA11CD,value\n", 1);
        let problem = table.unwrap().column("LSOA1CD").unwrap_err();
        assert_eq!((problem.cure.as_deref(), problem.row), (Some("did you mean `LSOA11CD`?"), Some(1)));
    }

    #[test]
    fn an_endless_line_and_an_endless_cell_are_refused() {
        let (table, problems) = read(format!("a,b\n1,2\n{},1\n", "x".repeat(1024 * 1024)), 1);
        assert!(table.is_none());
        assert_eq!(told(&problems), [("too-long", Some(3))]);
        let (table, problems) = read(format!("a,b\n1,2\n3,{}\n", "x".repeat(64 * 1024 + 1)), 1);
        assert!(table.is_none());
        assert_eq!((told(&problems), problems[0].column.as_deref()), (vec![("too-long", Some(3))], Some("b")));
    }
}
