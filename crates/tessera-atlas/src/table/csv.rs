//! Text files: cells between commas, semicolons or tabs.

use ::csv::{Position, ReaderBuilder, StringRecord, StringRecordsIntoIter};
use memchr::memchr_iter;

use super::draft::Draft;
use super::{Dialect, encoding};
use crate::problem::Problem;

/// The longest line, in bytes.
pub(super) const LONGEST_LINE: usize = 1024 * 1024;

/// How many rows below the headings are looked at to find the separator.
const SAMPLED_ROWS: usize = 100;

pub(super) fn read(bytes: Vec<u8>, draft: &mut Draft<'_>) -> Result<(), Problem> {
    let (text, encoding) = encoding::decode(bytes)?;
    // Some programs glue several byte order marks to a file.
    let text = text.trim_start_matches('\u{feff}');
    refuse_long_lines(text)?;
    let said = said_separator(text);
    if said.is_some() {
        draft.begin_below(1);
    }
    let separator = said.unwrap_or_else(|| separator(text, draft.heading_row()));
    draft.dialect = Some(Dialect { encoding, separator: separator.into() });
    draft.rows_are_whole = true;
    let mut rows = Rows::of(text, separator);
    for (line, record) in rows.by_ref() {
        if draft.take_row(line, record.iter()).is_break() {
            return Ok(());
        }
    }
    // A quotation mark that is never closed swallows all rows that follow into one cell.
    let last = text.get(rows.byte..).unwrap_or_default();
    if last.matches('"').count() % 2 == 1 && last.trim_end().contains(['\n', '\r']) {
        let problem = Problem::error("open-quotation", "a quotation mark in this row is never closed").row(rows.line);
        draft.fault(problem.cure("close it, or take it out"));
    }
    Ok(())
}

/// The separator that the first line says: `sep=;`, as spreadsheet programs write and understand it.
pub(super) fn said_separator(text: &str) -> Option<u8> {
    let line = text.trim_start_matches('\u{feff}').split(['\n', '\r']).next()?;
    // The separator itself may close the line, as it does where programs fill lines up.
    let (key, said) = line.trim_matches('"').split_at_checked(4)?;
    match (key.to_ascii_lowercase().as_str(), said.as_bytes()) {
        ("sep=", [separator @ (b',' | b';' | b'\t'), ..]) => Some(*separator),
        _ => None,
    }
}

pub(super) fn refuse_long_lines(text: &str) -> Result<(), Problem> {
    let mut begins = 0;
    for line in text.as_bytes().split_inclusive(|byte| matches!(byte, b'\n' | b'\r')) {
        if line.len() > LONGEST_LINE {
            return Err(Problem::error("too-long", "a line is longer than 1 MiB")
                .row(line_ends(&text.as_bytes()[..begins]) + 1)
                .cure("look for a quotation mark that is never closed"));
        }
        begins += line.len();
    }
    Ok(())
}

/// What separates the cells: of comma, semicolon and tab the one that gives the headings more than one cell and the most rows
/// below them as many, but at least half of them. In a file of one column there is none, and a comma does no harm.
pub(super) fn separator(text: &str, heading_row: u64) -> u8 {
    // Of two that fit equally the later: commas stand in numbers and texts, semicolons in texts, tabs nowhere else.
    let candidates = [b',', b';', b'\t'].into_iter();
    let fits = candidates.filter_map(|separator| Some((fit(text, heading_row, separator)?, separator)));
    fits.max_by_key(|(fit, _)| *fit).map_or(b',', |(_, separator)| separator)
}

/// How well a separator fits; what counts most comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    /// How many of a thousand rows have as many cells as the headings.
    rows: usize,
    /// Whether no heading is torn out of its quotation marks.
    keeps_quotations: bool,
    headings: usize,
}

fn fit(text: &str, heading_row: u64, separator: u8) -> Option<Fit> {
    let is_blank = |record: &StringRecord| record.iter().all(|cell| cell.trim().is_empty());
    let mut rows = Rows::of(text, separator).filter(|(line, record)| *line >= heading_row && !is_blank(record));
    let (line, headings) = rows.next()?;
    let (mut sampled, mut fitting) = (0, 0);
    for (_, record) in rows.take(SAMPLED_ROWS) {
        sampled += 1;
        fitting += usize::from(record.len() == headings.len());
    }
    let fits = line == heading_row && headings.len() > 1 && fitting * 2 >= sampled;
    fits.then(|| Fit {
        rows: (fitting * 1000).checked_div(sampled).unwrap_or(1000),
        keeps_quotations: headings.iter().all(|heading| heading.matches('"').count() % 2 == 0),
        headings: headings.len(),
    })
}

/// Every row of a text from its first line on, with the line on which it starts. The lines are counted here: the parser
/// counts the blank lines before a row as part of it.
pub(super) struct Rows<'a> {
    text: &'a str,
    records: StringRecordsIntoIter<&'a [u8]>,
    /// Where the row that was read last begins.
    byte: usize,
    /// On which line that is.
    line: u64,
}

impl<'a> Rows<'a> {
    pub(super) fn of(text: &'a str, separator: u8) -> Rows<'a> {
        let mut reader = ReaderBuilder::new();
        reader.has_headers(false).flexible(true).delimiter(separator);
        Rows { text, records: reader.from_reader(text.as_bytes()).into_records(), byte: 0, line: 1 }
    }
}

impl Iterator for Rows<'_> {
    type Item = (u64, StringRecord);

    fn next(&mut self) -> Option<(u64, StringRecord)> {
        // Text in memory, with rows of any length: there is no error that the parser could give.
        let record = self.records.next()?.ok()?;
        let parsed_from = usize::try_from(record.position().map_or(0, Position::byte)).ok()?;
        let bytes = self.text.as_bytes();
        let blank = bytes.get(parsed_from..)?.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let byte = parsed_from + blank;
        self.line += line_ends(bytes.get(self.byte..byte)?);
        self.byte = byte;
        Some((self.line, record))
    }
}

/// How many lines end in these bytes: by LF, CR LF or CR.
pub(super) fn line_ends(bytes: &[u8]) -> u64 {
    let count = |end: u8| memchr_iter(end, bytes).count();
    let pairs = |returns: usize| if returns == 0 { 0 } else { bytes.windows(2).filter(|pair| pair == b"\r\n").count() };
    let returns = count(b'\r');
    (count(b'\n') + returns - pairs(returns)) as u64
}
