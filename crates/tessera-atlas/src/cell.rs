//! What stands in one cell of a table: a number, a reason for none, or a mark beside a number.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why there is no value, or a note beside one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// No value: hidden to protect privacy.
    Suppressed,
    /// No value: not published or not known.
    NotAvailable,
    /// No value: the question makes no sense here.
    NotApplicable,
    /// Beside a value: small, rounded towards zero.
    Low,
    /// Beside a value: from a small sample.
    LowReliability,
    /// Beside a value: will be revised.
    Provisional,
    /// Beside a value: differs from what was published before.
    Revised,
    /// Beside a value: not comparable with earlier periods.
    Break,
    /// Beside a value: estimated by a model.
    Modelled,
}

impl Status {
    /// Whether this says why there is no value (rather than something about a value).
    pub fn replaces_value(self) -> bool {
        matches!(self, Status::Suppressed | Status::NotAvailable | Status::NotApplicable)
    }

    /// Every status.
    pub const ALL: [Status; 9] = [
        Status::Suppressed,
        Status::NotAvailable,
        Status::NotApplicable,
        Status::Low,
        Status::LowReliability,
        Status::Provisional,
        Status::Revised,
        Status::Break,
        Status::Modelled,
    ];

    /// The status that has this word.
    pub fn from_word(word: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.word() == word)
    }

    /// The word used in manifests, answers and tables.
    pub fn word(self) -> &'static str {
        match self {
            Status::Suppressed => "suppressed",
            Status::NotAvailable => "not-available",
            Status::NotApplicable => "not-applicable",
            Status::Low => "low",
            Status::LowReliability => "low-reliability",
            Status::Provisional => "provisional",
            Status::Revised => "revised",
            Status::Break => "break",
            Status::Modelled => "modelled",
        }
    }
}

/// A cell as read: there is a `value`, or the first status says why not, or, in one that says nothing, neither.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    /// The number, exactly as published.
    pub value: Option<f64>,
    /// Why there is none, or marks beside it.
    pub status: Vec<Status>,
}

impl Cell {
    /// A cell that holds a number alone.
    pub(crate) fn of_number(number: f64) -> Cell {
        Cell { value: Some(number), status: Vec::new() }
    }

    /// A cell that holds nothing but a mark. One such as `[p]` speaks of a value that is not there.
    fn without_value(mut marks: Vec<Status>) -> Cell {
        if !marks.iter().any(|mark| mark.replaces_value()) {
            marks.insert(0, Status::NotAvailable);
        }
        Cell { value: None, status: marks }
    }
}

/// Why a cell cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CellError {
    /// Neither a number nor a known symbol.
    #[error("this cell should hold a number or a known symbol")]
    NotANumber,
    /// A dash, whose meaning differs between publishers.
    #[error("a dash has no meaning until the table's `symbols` give it one")]
    Dash,
    /// An error of a spreadsheet formula.
    #[error("this is a spreadsheet error, not a number")]
    SpreadsheetError,
    /// A date where a number should be.
    #[error("this is a date where a number should be")]
    Date,
    /// A number with a raised sign behind it, as footnotes have.
    #[error("a raised sign stands behind this number")]
    Raised,
    /// `NaN` or an infinity.
    #[error("this is not a finite number")]
    NotFinite,
    /// A decimal comma, or commas that group other than three digits.
    #[error("the commas do not group digits by three")]
    Commas,
    /// Points that group digits.
    #[error("points do not group digits here")]
    Points,
    /// A number together with a mark that says there is none.
    #[error("this cell holds both a number and a mark that says there is none")]
    NumberAndNone,
}

impl CellError {
    /// What the publisher can do about it.
    pub fn cure(&self) -> &'static str {
        match self {
            CellError::NotANumber => "mend the cell, or say what the symbol means in the table's `symbols`",
            CellError::Dash => "add `\"-\" = \"not-available\"` (or `\"suppressed\"`) to `[table.symbols]`",
            CellError::SpreadsheetError => "mend the formula in the workbook and export again",
            CellError::Date => "format the column as numbers in the workbook and export again",
            CellError::Raised => {
                "take the sign out, or say what it means in the table's `symbols`: `\"²\" = \"provisional\"`"
            }
            CellError::NotFinite => "leave the cell empty where there is no value",
            CellError::Commas => "write a decimal point, and a comma only before each three digits",
            CellError::Points => "write a decimal point, and no other between digits",
            CellError::NumberAndNone => "leave either the number or the mark",
        }
    }
}

/// Reads a cell by the common symbols and those that the table defines for itself.
///
/// # Errors
/// When the cell is neither empty, nor a number, nor a known symbol.
pub fn read_cell(text: &str, symbols: &BTreeMap<String, Status>) -> Result<Cell, CellError> {
    let text = text.trim();
    read_plain(text, symbols).or_else(|error| read_marked(text, symbols).ok_or(error))
}

/// A number with one of the table's symbols behind it, alone or in brackets: `5 M`, `5M`, `5 [M]`.
fn read_marked(text: &str, symbols: &BTreeMap<String, Status>) -> Option<Cell> {
    let number = |symbol: &str| {
        let bare = || text.strip_suffix(']')?.strip_suffix(symbol)?.strip_suffix('[');
        bare().or_else(|| text.strip_suffix(symbol))
    };
    let beside = symbols.iter().filter(|(symbol, status)| !symbol.is_empty() && !status.replaces_value());
    let found = beside.filter_map(|(symbol, status)| Some((number(symbol)?, *status)));
    let (rest, status) = found.min_by_key(|(rest, _)| rest.len())?;
    let mut cell = read_cell(rest, symbols).ok().filter(|cell| cell.value.is_some())?;
    cell.status.push(status);
    cell.status.sort_unstable();
    cell.status.dedup();
    Some(cell)
}

fn read_plain(text: &str, symbols: &BTreeMap<String, Status>) -> Result<Cell, CellError> {
    if let Some(status) = symbols.get(text) {
        return Ok(Cell::without_value(vec![*status]));
    }
    if let Some(number) = read_plain_number(text) {
        return Ok(Cell::of_number(number));
    }
    match text {
        "" | ".." | ":" | "N/A" | "n/a" => return Ok(Cell::without_value(vec![Status::NotAvailable])),
        "*" => return Ok(Cell::without_value(vec![Status::Suppressed])),
        // Programs make longer dashes of it.
        "-" | "–" | "—" => {
            let meant = symbols.get("-").map(|status| Cell::without_value(vec![*status]));
            return meant.ok_or(CellError::Dash);
        }
        _ => {}
    }
    let (number, marks) = match text.find('[') {
        Some(start) => (text[..start].trim_end(), read_marks(&text[start..])?),
        None => (text, Vec::new()),
    };
    if number.is_empty() {
        return Ok(Cell::without_value(marks));
    }
    if marks.iter().any(|mark| mark.replaces_value()) {
        return Err(CellError::NumberAndNone);
    }
    Ok(Cell { value: Some(read_number(number)?), status: marks })
}

/// The shorthand symbols of the Government Analysis Function, one or several: `[p][r]`.
fn read_marks(text: &str) -> Result<Vec<Status>, CellError> {
    let mut marks = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (symbol, after) =
            rest.strip_prefix('[').and_then(|rest| rest.split_once(']')).ok_or(CellError::NotANumber)?;
        marks.push(match symbol.to_ascii_lowercase().as_str() {
            "c" => Status::Suppressed,
            "x" => Status::NotAvailable,
            "z" => Status::NotApplicable,
            "u" => Status::LowReliability,
            "low" => Status::Low,
            "p" => Status::Provisional,
            "r" => Status::Revised,
            "b" => Status::Break,
            _ => return Err(CellError::NotANumber),
        });
        rest = after.trim_start();
    }
    marks.sort_unstable();
    marks.dedup();
    Ok(marks)
}

/// Reads a number: `1234`, `1,234`, `12.5%` (as 12.5), `1e3`.
///
/// # Errors
/// As [`read_cell`].
pub fn read_number(text: &str) -> Result<f64, CellError> {
    let plain = text.strip_suffix('%').map_or(text, str::trim_end);
    let digits = if plain.contains(',') {
        Cow::from(without_grouping(plain).ok_or(CellError::Commas)?)
    } else {
        Cow::from(plain)
    };
    let looks_numeric = digits.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    match f64::from_str(&digits) {
        Ok(number) if looks_numeric && number.is_finite() => Ok(if number == 0.0 { 0.0 } else { number }),
        Ok(_) => Err(CellError::NotFinite),
        Err(_) => Err(explain(text)),
    }
}

/// Reads digits with or without a sign and a decimal point, as most numbers are written; `None` for any other text, and for
/// more digits than a quotient of two exact numbers can stand for (W. D. Clinger, *How to read floating point numbers
/// accurately*, 1990).
#[inline]
pub(crate) fn read_plain_number(text: &str) -> Option<f64> {
    plain_number(text.as_bytes())
}

/// The number at the beginning of a text, as [`read_plain_number`] reads it, and how many bytes it has, where this byte follows.
#[inline]
pub(crate) fn plain_number_before(end: u8, text: &[u8]) -> Option<(f64, usize)> {
    let length = text.iter().take(LONGEST_PLAIN + 1).position(|byte| *byte == end)?;
    Some((plain_number(text.get(..length)?)?, length))
}

/// A sign, a point and as many digits as are exact.
const LONGEST_PLAIN: usize = 17;

#[inline]
fn plain_number(text: &[u8]) -> Option<f64> {
    /// The longest whole number that is exact whatever its digits.
    const MOST_DIGITS: usize = 15;
    const TENS: [f64; MOST_DIGITS + 1] =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    let unsigned = text.strip_prefix(b"-").unwrap_or(text);
    if unsigned.is_empty() || unsigned.len() > MOST_DIGITS + 1 {
        return None;
    }
    // Signed, as processors convert it to a float at once.
    let (mut digits, mut whole, mut point) = (0_i64, 0, None);
    for byte in unsigned.iter().copied() {
        match byte {
            b'0'..=b'9' => {
                digits = digits * 10 + i64::from(byte - b'0');
                whole += 1;
            }
            b'.' if point.is_none() => point = Some(whole),
            _ => return None,
        }
    }
    if whole == 0 || whole > MOST_DIGITS {
        return None;
    }
    let size = digits as f64 / TENS[point.map_or(0, |point| whole - point)];
    // Nothing is below zero by nothing.
    Some(if unsigned.len() < text.len() && digits > 0 { -size } else { size })
}

/// Takes out the commas where exactly three digits follow each.
fn without_grouping(text: &str) -> Option<String> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let unsigned = whole.strip_prefix(['-', '+']).unwrap_or(whole);
    let mut groups = unsigned.split(',');
    let all_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let first = groups.next()?;
    let grouped = (1..=3).contains(&first.len())
        && all_digits(first)
        && !first.starts_with('0')
        && groups.all(|group| group.len() == 3 && all_digits(group));
    let fraction_is_plain = fraction.is_none_or(|fraction| !fraction.contains(','));
    (grouped && fraction_is_plain).then(|| text.replace(',', ""))
}

fn explain(text: &str) -> CellError {
    if text.starts_with('#') {
        return CellError::SpreadsheetError;
    }
    let on_line = text.trim_end_matches(|character: char| is_raised(character) || character == ' ');
    if text.ends_with(is_raised) && read_number(on_line).is_ok() {
        return CellError::Raised;
    }
    if is_date(text) {
        CellError::Date
    } else if text.matches('.').count() > 1 && read_number(&text.replace('.', "")).is_ok() {
        CellError::Points
    } else {
        CellError::NotANumber
    }
}

fn is_raised(character: char) -> bool {
    matches!(character, '¹' | '²' | '³' | '⁰'..='ⁿ')
}

/// `01/04/2019`, `2019-04-01T00:00`, `1-Apr-19`, and `14-Oct`, which workbooks make of `10-14`.
fn is_date(text: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    // A year has two digits or four: `1.234.567` is none.
    let is_number = |part: &&str| [1, 2, 4].contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_month =
        |part: &&str| part.get(..3).is_some_and(|start| MONTHS.contains(&start.to_ascii_lowercase().as_str()));
    let parts: Vec<&str> = text.split(['/', '-', '.', ' ', 'T']).take(3).collect();
    let numbers = parts.iter().filter(|part| is_number(part)).count();
    let months = parts.iter().filter(|part| is_month(part)).count();
    match parts.len() {
        3 => numbers == 3 || (numbers == 2 && months == 1),
        2 => numbers == 1 && months == 1,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Result<Cell, CellError> {
        read_cell(text, &BTreeMap::new())
    }

    fn number(text: &str) -> f64 {
        read(text).unwrap().value.unwrap()
    }

    fn status(text: &str) -> Vec<Status> {
        let cell = read(text).unwrap();
        assert_eq!(cell.value, None);
        cell.status
    }

    #[test]
    fn numbers_are_read_as_written() {
        for (text, expected) in [
            ("1234", 1234.0),
            ("1,234", 1234.0),
            ("-1,234,567.25", -1_234_567.25),
            ("12.5%", 12.5),
            ("1e3", 1000.0),
            (" 7 ", 7.0),
            ("-0", 0.0),
        ] {
            assert_eq!(number(text), expected, "{text}");
        }
    }

    #[test]
    fn symbols_say_why_there_is_no_value() {
        assert_eq!(status("[c]"), [Status::Suppressed]);
        assert_eq!(status("*"), [Status::Suppressed]);
        assert_eq!(status("[z]"), [Status::NotApplicable]);
        for text in ["", "..", ":", "N/A", "[x]"] {
            assert_eq!(status(text), [Status::NotAvailable], "{text}");
        }
    }

    #[test]
    fn a_mark_may_stand_beside_a_number() {
        let cell = read("12.5 [p][r]").unwrap();
        assert_eq!(cell, Cell { value: Some(12.5), status: vec![Status::Provisional, Status::Revised] });
        assert_eq!(read("12 [c]"), Err(CellError::NumberAndNone));
    }

    #[test]
    fn a_mark_of_the_table_may_stand_beside_a_number() {
        let symbols = [("M", Status::Modelled), ("MM", Status::Low), ("s", Status::Suppressed), ("", Status::Break)];
        let symbols = symbols.map(|(symbol, status)| (symbol.to_owned(), status)).into();
        for text in ["5 M", "5M", "5 [M]", "5[M]"] {
            let cell = Cell { value: Some(5.0), status: vec![Status::Modelled] };
            assert_eq!(read_cell(text, &symbols), Ok(cell), "{text}");
        }
        let raised = [("²".to_owned(), Status::Provisional)].into();
        let provisional = Cell { value: Some(1234.0), status: vec![Status::Provisional] };
        assert_eq!(read_cell("1234²", &raised), Ok(provisional));
        assert_eq!(read_cell("1234³", &raised), Err(CellError::Raised));
        assert_eq!(read_cell("5 MM", &symbols).unwrap().status, [Status::Low]);
        assert_eq!(read_cell("5 [p] M", &symbols).unwrap().status, [Status::Provisional, Status::Modelled]);
        assert_eq!(read_cell("M", &symbols).unwrap().value, None);
        for text in ["5 s", "M5", "five M", "[M]"] {
            assert_eq!(read_cell(text, &symbols), Err(CellError::NotANumber), "{text}");
        }
    }

    #[test]
    fn what_a_dash_means_counts_for_longer_ones_too() {
        let symbols = BTreeMap::from([("-".to_owned(), Status::Suppressed), ("—".to_owned(), Status::NotApplicable)]);
        let status = |text: &str| read_cell(text, &symbols).unwrap().status;
        assert_eq!((status("-"), status("–")), (vec![Status::Suppressed], vec![Status::Suppressed]));
        assert_eq!(status("—"), [Status::NotApplicable]);
    }

    #[test]
    fn faults_are_told_apart() {
        for (text, expected) in [
            ("-", CellError::Dash),
            ("#REF!", CellError::SpreadsheetError),
            ("#DIV/0!", CellError::SpreadsheetError),
            ("01/04/2019", CellError::Date),
            ("2019-04-01", CellError::Date),
            ("2019-04-01 12:30", CellError::Date),
            ("1-Apr-19", CellError::Date),
            ("14-Oct", CellError::Date),
            ("Oct-14", CellError::Date),
            ("10-14", CellError::NotANumber),
            ("01.04.2019", CellError::Date),
            ("1.234.567", CellError::Points),
            ("-12.345.678,9", CellError::Commas),
            ("1..2", CellError::Points),
            ("1.2.x", CellError::NotANumber),
            ("1234²", CellError::Raised),
            ("12.5% ¹ ⁽²⁾", CellError::Raised),
            ("²", CellError::NotANumber),
            ("E01032123¹", CellError::NotANumber),
            ("NaN", CellError::NotFinite),
            ("inf", CellError::NotFinite),
            ("1e999", CellError::NotFinite),
            ("12,5", CellError::Commas),
            ("1,2345", CellError::Commas),
            ("0,567", CellError::Commas),
            ("SUPP", CellError::NotANumber),
            ("[c", CellError::NotANumber),
        ] {
            assert_eq!(read(text), Err(expected), "{text}");
        }
    }

    #[test]
    fn a_table_may_define_its_own_symbols() {
        let symbols = BTreeMap::from([("-".to_owned(), Status::NotAvailable), ("SUPP".to_owned(), Status::Suppressed)]);
        assert_eq!(read_cell("-", &symbols).unwrap().status, [Status::NotAvailable]);
        assert_eq!(read_cell("SUPP", &symbols).unwrap().status, [Status::Suppressed]);
        let mark = BTreeMap::from([("e".to_owned(), Status::Modelled)]);
        assert_eq!(read_cell("e", &mark).unwrap().status, [Status::NotAvailable, Status::Modelled]);
    }

    proptest! {
        #[test]
        fn every_number_survives_being_written(value in proptest::num::f64::NORMAL) {
            prop_assert_eq!(number(&value.to_string()), value);
        }

        #[test]
        fn plain_numbers_are_exact(text in "-?[0-9]{0,17}\\.?[0-9]{0,17}") {
            if let Some(number) = read_plain_number(&text) {
                prop_assert_eq!(Ok(number.to_bits()), read_number(&text).map(f64::to_bits));
            }
        }

        #[test]
        fn any_text_is_a_value_a_reason_or_an_error(text in ".{0,20}") {
            if let Ok(cell) = read(&text) {
                prop_assert_eq!(cell.value.is_none(), cell.status.iter().any(|status| status.replaces_value()));
            }
        }
    }
}
