//! A table as it stands in a file: headings and rows of text.

use std::collections::HashMap;

use csv::{ReaderBuilder, StringRecord, StringRecordsIntoIter};

use crate::folder::AtlasFolder;
use crate::problem::{Problem, Problems, Tally, did_you_mean};

const LONGEST_LINE: usize = 1024 * 1024;
const LONGEST_CELL: usize = 64 * 1024;

/// A table whose form has been checked: every row has as many cells as there are headings.
#[derive(Debug)]
pub struct Table {
    file: String,
    text: String,
    heading_row: u64,
    headings: Vec<String>,
}

/// One row of a [`Table`].
#[derive(Debug)]
pub struct Row {
    line: u64,
    record: StringRecord,
}

impl Row {
    /// The 1-based line on which it starts.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The cells in the order of the headings.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        self.record.iter()
    }

    /// One cell, trimmed; empty beyond the end.
    pub fn cell(&self, column: usize) -> &str {
        self.record.get(column).unwrap_or_default().trim()
    }
}

impl Table {
    /// Reads a CSV file and checks its form. `heading_row` is the 1-based row of the headings.
    ///
    /// Headings are trimmed; a heading that stands again is told apart as `Persons#2`.
    ///
    /// # Errors
    /// When the file cannot be read, is not CSV, has no heading, a line beyond 1 MiB or a cell beyond 64 KiB. Rows with too
    /// many or too few cells become problems, and the table is refused.
    pub fn read(folder: &AtlasFolder, file: &str, heading_row: u64, problems: &mut Problems) -> Option<Table> {
        if !file.to_ascii_lowercase().ends_with(".csv") {
            problems.push(
                Problem::error("unsupported-table", "this version reads tables from .csv files")
                    .file(file)
                    .cure("export the sheet as \"CSV UTF-8\""),
            );
            return None;
        }
        let text = folder.read_text(file).map_err(|problem| problems.push(problem)).ok()?;
        // Some programs glue several byte order marks to a file.
        let text = text.trim_start_matches('\u{feff}').to_owned();
        let mut begins = 0;
        for line in text.split_inclusive(['\n', '\r']) {
            if line.len() <= LONGEST_LINE {
                begins += line.len();
                continue;
            }
            problems.push(
                Problem::error("too-long", "a line is longer than 1 MiB")
                    .file(file)
                    .row(line_ends(&text.as_bytes()[..begins]) + 1)
                    .cure("look for a quotation mark that is never closed"),
            );
            return None;
        }
        let mut table = Table { file: file.to_owned(), text, heading_row, headings: Vec::new() };
        table.headings = table.read_headings(problems)?;
        table.check_rows(problems).then_some(table)
    }

    /// The file, relative to the atlas folder.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The line on which the headings stand.
    pub fn heading_row(&self) -> u64 {
        self.heading_row
    }

    /// The headings.
    pub fn headings(&self) -> &[String] {
        &self.headings
    }

    /// Where a heading stands; a problem with a suggestion where it does not.
    ///
    /// # Errors
    /// When no column has the heading.
    pub fn column(&self, heading: &str) -> Result<usize, Problem> {
        self.optional_column(heading).ok_or_else(|| {
            Problem::error("missing-column", format!("there is no column `{heading}`"))
                .file(&self.file)
                .row(self.heading_row)
                .cure(self.why_missing(heading))
        })
    }

    /// Where a heading stands, if it does.
    pub fn optional_column(&self, heading: &str) -> Option<usize> {
        self.headings.iter().position(|other| other == heading.trim())
    }

    fn why_missing(&self, heading: &str) -> String {
        if let [only] = self.headings.as_slice()
            && only.contains([';', '\t'])
        {
            return "this version reads cells that commas separate: export the table again".to_owned();
        }
        did_you_mean(heading, self.headings.iter().map(String::as_str)).unwrap_or_else(|| {
            const NAMED: usize = 12;
            let some: Vec<&str> = self.headings.iter().take(NAMED).map(String::as_str).collect();
            let more = self.headings.len().saturating_sub(NAMED);
            let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("the headings are: {}{rest}", some.join(", "))
        })
    }

    /// The rows below the headings; blank ones are passed over.
    pub fn rows(&self) -> impl Iterator<Item = Row> {
        self.all_rows().skip_while(|row| row.line <= self.heading_row).filter(|row| !is_blank(&row.record))
    }

    fn all_rows(&self) -> Rows<'_> {
        let reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(self.text.as_bytes());
        Rows { text: &self.text, records: reader.into_records(), byte: 0, line: 1 }
    }

    fn read_headings(&self, problems: &mut Problems) -> Option<Vec<String>> {
        let Some(row) = self.all_rows().find(|row| row.line == self.heading_row && !is_blank(&row.record)) else {
            problems.push(
                Problem::error("no-heading", format!("line {} holds no headings", self.heading_row))
                    .file(&self.file)
                    .cure("say in `heading_row` on which line the headings stand"),
            );
            return None;
        };
        let mut times: HashMap<&str, usize> = HashMap::new();
        let mut headings = Vec::with_capacity(row.record.len());
        for cell in &row.record {
            let heading = cell.trim_matches(|character: char| character.is_whitespace() || character == '\u{feff}');
            let times = times.entry(heading).or_default();
            *times += 1;
            headings.push(if *times > 1 && !heading.is_empty() {
                format!("{heading}#{times}")
            } else {
                heading.to_owned()
            });
        }
        Some(headings)
    }

    fn check_rows(&self, problems: &mut Problems) -> bool {
        let mut tally = Tally::new(&self.file);
        let mut sound = true;
        let mut rows = self.all_rows();
        let mut last_line = 0;
        for Row { line, record } in rows.by_ref() {
            last_line = line;
            if line <= self.heading_row || is_blank(&record) {
                continue;
            }
            let problem = if let Some(column) = record.iter().position(|cell| cell.len() > LONGEST_CELL) {
                Problem::error("too-long", "a cell is longer than 64 KiB")
                    .column(self.headings.get(column).map_or("", String::as_str))
                    .cure("look for a quotation mark that is never closed")
            } else if record.len() != self.headings.len() {
                let message = format!("cells in this row: {}, headings: {}", record.len(), self.headings.len());
                Problem::error("ragged-row", message).cure("put values that hold a comma in quotation marks")
            } else {
                continue;
            };
            sound = false;
            tally.push(problem.row(line), problems);
        }
        // A quotation mark that is never closed swallows all rows that follow into one cell.
        let last = rows.text.get(rows.byte..).unwrap_or_default();
        if last.matches('"').count() % 2 == 1 && last.trim_end().contains(['\n', '\r']) {
            sound = false;
            let problem =
                Problem::error("open-quotation", "a quotation mark in this row is never closed").row(last_line);
            tally.push(problem.cure("close it, or take it out"), problems);
        }
        tally.finish(problems);
        sound
    }
}

/// Every row of a table from the file's first line on. The lines are counted here: the parser counts the blank lines before
/// a row as part of it.
struct Rows<'a> {
    text: &'a str,
    records: StringRecordsIntoIter<&'a [u8]>,
    /// Where the row that was read last begins.
    byte: usize,
    /// On which line that is.
    line: u64,
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        // Text in memory, with rows of any length: there is no error that the parser could give.
        let record = self.records.next()?.ok()?;
        let parsed_from = usize::try_from(record.position().map_or(0, csv::Position::byte)).ok()?;
        let bytes = self.text.as_bytes();
        let blank = bytes.get(parsed_from..)?.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let byte = parsed_from + blank;
        self.line += line_ends(bytes.get(self.byte..byte)?);
        self.byte = byte;
        Some(Row { line: self.line, record })
    }
}

fn line_ends(bytes: &[u8]) -> u64 {
    let ends = |(position, byte): (usize, &u8)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(position + 1) != Some(&b'\n'),
        _ => false,
    };
    bytes.iter().enumerate().filter(|byte| ends(*byte)).count() as u64
}

fn is_blank(record: &StringRecord) -> bool {
    record.iter().all(|cell| cell.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, heading_row: u64) -> (Option<Table>, Problems) {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join("t.csv"), text).unwrap();
        let mut problems = Problems::default();
        let table = Table::read(&AtlasFolder::open(directory.path()).unwrap(), "t.csv", heading_row, &mut problems);
        (table, problems)
    }

    fn kinds(problems: &Problems) -> Vec<&str> {
        problems.iter().map(|problem| problem.kind).collect()
    }

    #[test]
    fn rows_know_their_lines() {
        let (table, problems) = read("code,name\r\nE1,\"a\nb\"\r\n\r\nE2,c\r\n", 1);
        let table = table.unwrap();
        assert!(kinds(&problems).is_empty());
        let lines: Vec<(u64, String)> = table.rows().map(|row| (row.line(), row.cell(0).to_owned())).collect();
        assert_eq!(lines, [(2, "E1".to_owned()), (5, "E2".to_owned())]);
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
    fn a_ragged_row_is_named() {
        let (table, problems) = read("code,value\nE1,1,234\n", 1);
        assert!(table.is_none());
        let problem = problems.iter().next().unwrap();
        assert_eq!((problem.kind, problem.row), ("ragged-row", Some(2)));
    }

    #[test]
    fn line_ends_of_every_kind_are_counted() {
        for text in ["\n\na,b\n\nE1,1\n", "\r\n\r\na,b\r\n\r\nE1,1\r\n", "\r\ra,b\r\rE1,1\r"] {
            let (table, _) = read(text, 3);
            let lines: Vec<u64> = table.unwrap().rows().map(|row| row.line()).collect();
            assert_eq!(lines, [5], "{text:?}");
        }
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_swallows_no_rows() {
        let (table, problems) = read("code,name\nE1,\"a\nE2,b\nE3,c\n", 1);
        assert!(table.is_none());
        let problem = problems.iter().next().unwrap();
        assert_eq!((problem.kind, problem.row), ("open-quotation", Some(2)));
        let (table, _) = read("code,name\nE1,a 12\" pipe\n", 1);
        assert!(table.is_some());
    }

    #[test]
    fn cells_that_semicolons_separate_are_recognised() {
        let (table, _) = read("code;value\nE1;2\n", 1);
        let problem = table.unwrap().column("code").unwrap_err();
        assert!(problem.cure.unwrap().contains("commas separate"));
    }

    #[test]
    fn a_missing_column_is_suggested() {
        let (table, _) = read("LSOA11CD,value\n", 1);
        let problem = table.unwrap().column("LSOA1CD").unwrap_err();
        assert_eq!(problem.cure.as_deref(), Some("did you mean `LSOA11CD`?"));
    }

    #[test]
    fn an_endless_line_is_refused() {
        let (table, problems) = read(&format!("a,b\n{},1\n", "x".repeat(LONGEST_LINE + 1)), 1);
        assert!(table.is_none());
        assert_eq!(kinds(&problems), ["too-long"]);
    }
}
