//! Tables that spreadsheets open: what stands in a cell, and what the file is called.

use tessera_atlas::cell::Status;

/// The media type of CSV.
pub(crate) const CSV: &str = "text/csv; charset=utf-8";

/// The mark by which a spreadsheet knows that a file is UTF-8.
pub(crate) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The shortest text that reads back as the same number.
pub(crate) fn exact(number: Option<f64>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

/// A text that a spreadsheet will not take for a formula.
pub(crate) fn as_text(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{text}") } else { text.to_owned() }
}

/// Statuses as they are published.
pub(crate) fn statuses(statuses: &[Status]) -> String {
    let words: Vec<&str> = statuses.iter().map(|status| status.word()).collect();
    words.join(" ")
}

/// The name of a file of CSV by what is in it. The page has the same rule (`web/src/share/files.ts`).
pub(crate) fn file_name<'p>(parts: impl IntoIterator<Item = &'p str>) -> String {
    let is_plain = |character: &char| character.is_ascii_alphanumeric() || "-_.".contains(*character);
    let plain = |part: &str| part.chars().map(|one| if is_plain(&one) { one } else { '-' }).collect::<String>();
    let parts: Vec<String> = parts.into_iter().map(plain).collect();
    format!("{}.csv", parts.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_by_characters_that_every_system_takes() {
        assert_eq!(file_name(["lsoa11", "imd-score", "2019"]), "lsoa11-imd-score-2019.csv");
        assert_eq!(file_name(["a", "2018/19", "W:é"]), "a-2018-19-W--.csv");
    }

    #[test]
    fn what_begins_like_a_formula_is_text() {
        assert_eq!((as_text("=1+1").as_str(), as_text("1=1").as_str()), ("'=1+1", "1=1"));
    }
}
