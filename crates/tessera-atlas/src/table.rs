//! A table as it stands in a file: headings and rows of text.

use csv::{ReaderBuilder, StringRecord};

use crate::folder::AtlasFolder;
use crate::problem::{Problem, Problems, did_you_mean};

const LONGEST_LINE: usize = 1024 * 1024;
const LONGEST_CELL: usize = 64 * 1024;
/// How many ragged rows are named one by one.
const RAGGED_NAMED: usize = 5;

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
        let text = match folder.read_text(file) {
            Ok(text) => text,
            Err(problem) => {
                problems.push(problem);
                return None;
            }
        };
        if let Some(number) = text.lines().position(|line| line.len() > LONGEST_LINE) {
            problems.push(
                Problem::error("too-long", "a line is longer than 1 MiB")
                    .file(file)
                    .row(number as u64 + 1)
                    .cure("look for a quotation mark that is never closed"),
            );
            return None;
        }
        let mut table = Table { file: file.to_owned(), text, heading_row: heading_row.max(1), headings: Vec::new() };
        table.headings = table.read_headings(problems)?;
        table.check_rows(problems).then_some(table)
    }

    /// The file, relative to the atlas folder.
    pub fn file(&self) -> &str {
        &self.file
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
        self.headings.iter().position(|other| other == heading.trim()).ok_or_else(|| {
            Problem::error("missing-column", format!("there is no column `{heading}`"))
                .file(&self.file)
                .row(self.heading_row)
                .cure(did_you_mean(heading, self.headings.iter().map(String::as_str)).unwrap_or_else(|| {
                    let some: Vec<&str> = self.headings.iter().take(12).map(String::as_str).collect();
                    format!("the headings are: {}", some.join(", "))
                }))
        })
    }

    /// The rows below the headings; blank ones are passed over.
    pub fn rows(&self) -> impl Iterator<Item = Row> {
        self.records()
            .map_while(Result::ok)
            .skip_while(|record| line_of(record) <= self.heading_row)
            .filter(|record| !is_blank(record))
            .map(|record| Row { line: line_of(&record), record })
    }

    fn records(&self) -> impl Iterator<Item = Result<StringRecord, csv::Error>> {
        ReaderBuilder::new().has_headers(false).flexible(true).from_reader(self.text.as_bytes()).into_records()
    }

    fn read_headings(&self, problems: &mut Problems) -> Option<Vec<String>> {
        let at_heading = |record: &Result<StringRecord, csv::Error>| {
            record.as_ref().is_ok_and(|record| line_of(record) == self.heading_row)
        };
        let record = match self.records().find(at_heading) {
            Some(Ok(record)) if !is_blank(&record) => record,
            _ => {
                problems.push(
                    Problem::error("no-heading", format!("row {} holds no headings", self.heading_row))
                        .file(&self.file)
                        .cure("say in `heading_row` on which row the headings stand"),
                );
                return None;
            }
        };
        let mut headings: Vec<String> = Vec::new();
        for heading in &record {
            let heading = heading.trim_matches(|character: char| character.is_whitespace() || character == '\u{feff}');
            let before = headings.iter().filter(|other| other.split('#').next() == Some(heading)).count();
            headings.push(if before > 0 && !heading.is_empty() {
                format!("{heading}#{}", before + 1)
            } else {
                heading.to_owned()
            });
        }
        Some(headings)
    }

    fn check_rows(&self, problems: &mut Problems) -> bool {
        let mut ragged = 0;
        for record in self.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    problems.push(Problem::error("not-csv", format!("this is not CSV: {error}")).file(&self.file));
                    return false;
                }
            };
            let line = line_of(&record);
            if line <= self.heading_row {
                continue;
            }
            if let Some(column) = record.iter().position(|cell| cell.len() > LONGEST_CELL) {
                problems.push(
                    Problem::error("too-long", "a cell is longer than 64 KiB")
                        .file(&self.file)
                        .row(line)
                        .column(self.headings.get(column).map_or("", String::as_str))
                        .cure("look for a quotation mark that is never closed"),
                );
                return false;
            }
            if record.len() == self.headings.len() || is_blank(&record) {
                continue;
            }
            ragged += 1;
            if ragged <= RAGGED_NAMED {
                let message =
                    format!("this row has {} cells where there are {} headings", record.len(), self.headings.len());
                problems.push(
                    Problem::error("ragged-row", message)
                        .file(&self.file)
                        .row(line)
                        .cure("put values that hold a comma in quotation marks"),
                );
            }
        }
        if ragged > RAGGED_NAMED {
            let message = format!("{} more rows have too many or too few cells", ragged - RAGGED_NAMED);
            problems.push(Problem::error("ragged-row", message).file(&self.file));
        }
        ragged == 0
    }
}

fn line_of(record: &StringRecord) -> u64 {
    record.position().map_or(0, csv::Position::line)
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
