//! What is wrong with an atlas folder, told so that its publisher can mend it.
//!
//! Reading never stops at the first fault: readers push [`Problem`]s and go on, and the caller decides by
//! [`Problems::has_errors`] whether anything may be published.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Deserializer, Serialize};

use crate::folder::AtlasFolder;
use crate::words::list;

/// How bad a [`Problem`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is published while it stands.
    Error,
    /// Published, but somebody should look.
    Warning,
    /// Worth knowing; not counted by `check --strict`.
    Note,
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        })
    }
}

/// One thing that is wrong, where it stands and how to cure it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// The kind of problem, in kebab case: stable, for programs.
    #[serde(deserialize_with = "lasting_word")]
    pub kind: Word,
    /// The file as the manifest names it, relative to the atlas folder.
    pub file: Option<String>,
    /// The sheet, where the file is a workbook.
    pub sheet: Option<String>,
    /// The 1-based row: in a text file the line on which it starts, in a sheet its number there, in a Parquet file the
    /// number of the record.
    pub row: Option<u64>,
    /// The column's heading or the key's name.
    pub column: Option<String>,
    /// The offending value as it stands in the file.
    pub value: Option<String>,
    /// What is wrong, as one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub cure: Option<String>,
}

/// A word that the program itself uses.
pub type Word = &'static str;

/// Reads a word of the program's own. There are few, and they stay in memory.
pub(crate) fn lasting_word<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Word, D::Error> {
    static WORDS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let word = String::deserialize(deserializer)?;
    let mut words = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(match words.get(word.as_str()) {
        Some(known) => known,
        None => {
            let word: &'static str = word.leak();
            words.insert(word);
            word
        }
    })
}

impl Problem {
    /// The kind of the note that says how a text file is written.
    pub(crate) const DIALECT: &'static str = "dialect";
    /// The kind of the error that says that somebody writes a file which is being read.
    pub const CHANGED: &'static str = "changed-while-read";

    /// An error of `kind`; add the place and the cure with the methods below.
    pub fn error(kind: &'static str, message: impl Into<String>) -> Problem {
        Problem::new(Severity::Error, kind, message)
    }

    /// A warning of `kind`.
    pub fn warning(kind: &'static str, message: impl Into<String>) -> Problem {
        Problem::new(Severity::Warning, kind, message)
    }

    /// A note of `kind`.
    pub fn note(kind: &'static str, message: impl Into<String>) -> Problem {
        Problem::new(Severity::Note, kind, message)
    }

    fn new(severity: Severity, kind: &'static str, message: impl Into<String>) -> Problem {
        Problem {
            severity,
            kind,
            file: None,
            sheet: None,
            row: None,
            column: None,
            value: None,
            message: message.into(),
            cure: None,
        }
    }

    /// Names the file.
    #[must_use]
    pub fn file(mut self, file: impl Into<String>) -> Problem {
        self.file = Some(file.into());
        self
    }

    /// Names the sheet, where there is one.
    #[must_use]
    pub fn maybe_sheet(mut self, sheet: Option<&str>) -> Problem {
        self.sheet = sheet.map(str::to_owned);
        self
    }

    /// Names the row.
    #[must_use]
    pub fn row(mut self, row: u64) -> Problem {
        self.row = Some(row);
        self
    }

    /// Names the column or key.
    #[must_use]
    pub fn column(mut self, column: impl Into<String>) -> Problem {
        self.column = Some(column.into());
        self
    }

    /// Quotes the value, cut to a length that a message can hold.
    #[must_use]
    pub fn value(mut self, value: impl AsRef<str>) -> Problem {
        const LONGEST: usize = 80;
        let value = value.as_ref();
        self.value = Some(match value.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", &value[..end]),
            None => value.to_owned(),
        });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn cure(mut self, cure: impl Into<String>) -> Problem {
        self.cure = Some(cure.into());
        self
    }

    /// Says what to do, where there is something to say.
    #[must_use]
    pub fn maybe_cure(mut self, cure: Option<String>) -> Problem {
        self.cure = cure;
        self
    }
}

/// One block of text: the place first, then what is wrong, then the cure.
impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.block(&[]))
    }
}

impl Problem {
    /// Whether another problem is the same one in another row.
    fn is_repeated_by(&self, other: &Problem) -> bool {
        let but_for_the_row = |problem: &Problem| Problem { row: None, value: None, ..problem.clone() };
        self.kind == other.kind
            && self.row.is_some()
            && other.row.is_some()
            && but_for_the_row(self) == but_for_the_row(other)
    }

    /// The block of text of this problem, with the rows in which it stands again.
    fn block(&self, again: &[&Problem]) -> String {
        let mut block = String::new();
        if let Some(file) = &self.file {
            block += &visible(file);
            block += &self.sheet.as_ref().map(|sheet| format!(" [{}]", visible(sheet))).unwrap_or_default();
            block += &self.row.map(|row| format!(":{row}")).unwrap_or_default();
            block += ": ";
        }
        block += &format!("{}: {}", self.severity, visible(&self.message));
        if let Some(column) = &self.column {
            let is_table = self.file.as_deref().is_some_and(|file| file != AtlasFolder::MANIFEST);
            block += &format!("\n  {}: `{}`", if is_table { "column" } else { "key" }, visible(column));
        }
        if let Some(value) = &self.value {
            block += &format!("\n  value: `{}`", visible(value));
        }
        let rows: Vec<String> = again.iter().map(|problem| problem.row_and_value(self.value.as_deref())).collect();
        if !rows.is_empty() {
            block += &format!("\n  also in row{} {}", if rows.len() == 1 { "" } else { "s" }, list(&rows));
        }
        if let Some(cure) = &self.cure {
            block += &format!("\n  hint: {}", visible(cure));
        }
        block
    }

    /// The row, and the value where it is not the one that was shown.
    fn row_and_value(&self, shown: Option<&str>) -> String {
        let row = self.row.unwrap_or_default();
        match self.value.as_deref().filter(|value| Some(*value) != shown) {
            Some(value) => format!("{row} (`{}`)", visible(value)),
            None => row.to_string(),
        }
    }
}

/// Problems as a person reads them: a block for each, but one for all rows of a file in which the same is wrong.
pub fn told(problems: &[Problem]) -> String {
    let mut groups: Vec<Vec<&Problem>> = Vec::new();
    for problem in problems {
        match groups.iter_mut().find(|group| group[0].is_repeated_by(problem)) {
            Some(group) => group.push(problem),
            None => groups.push(vec![problem]),
        }
    }
    let blocks: Vec<String> = groups.iter().map(|group| group[0].block(&group[1..])).collect();
    blocks.join("\n\n")
}

/// The text with what a terminal would obey or hide (control characters, marks that turn the direction of writing) spelt
/// out: it may come from a file that somebody else made.
fn visible(text: &str) -> String {
    let is_hidden = |character: char| {
        character.is_control()
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    let mut visible = String::with_capacity(text.len());
    for character in text.chars() {
        if is_hidden(character) {
            visible.extend(character.escape_unicode());
        } else {
            visible.push(character);
        }
    }
    visible
}

/// All problems found so far, in the order in which they were found.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Adds one; a row that several tables read is told of once.
    pub fn push(&mut self, problem: Problem) {
        if problem.row.is_none() || !self.0.contains(&problem) {
            self.0.push(problem);
        }
    }

    /// Adds those of another list, in order.
    pub(crate) fn extend(&mut self, others: &[Problem]) {
        others.iter().cloned().for_each(|problem| self.push(problem));
    }

    /// Whether anything stands against publishing.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many are of this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|problem| problem.severity == severity).count()
    }

    /// Every problem, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }
}

/// Problems of one file, which may come by the thousand: the first of each kind are named, the rest are counted.
#[derive(Debug)]
pub(crate) struct Tally {
    file: String,
    sheet: Option<String>,
    counts: BTreeMap<(Severity, &'static str), usize>,
}

impl Tally {
    /// How many of a kind are named.
    pub(crate) const NAMED: usize = 10;

    pub(crate) fn new(file: impl Into<String>) -> Tally {
        Tally { file: file.into(), sheet: None, counts: BTreeMap::new() }
    }

    /// Names the sheet, where there is one.
    pub(crate) fn maybe_sheet(mut self, sheet: Option<&str>) -> Tally {
        self.sheet = sheet.map(str::to_owned);
        self
    }

    /// Adds a problem, of this file unless it names another.
    pub(crate) fn push(&mut self, problem: Problem, problems: &mut Problems) {
        let count = self.counts.entry((problem.severity, problem.kind)).or_default();
        *count += 1;
        if *count <= Tally::NAMED {
            problems.push(if problem.file.is_some() { problem } else { self.placed(problem) });
        }
    }

    /// Counts problems that are not named.
    pub(crate) fn count(&mut self, severity: Severity, kind: &'static str, more: usize) {
        if more > 0 {
            *self.counts.entry((severity, kind)).or_default() += more;
        }
    }

    /// Says how many were not named.
    pub(crate) fn finish(self, problems: &mut Problems) {
        for ((severity, kind), count) in &self.counts {
            if let Some(more) = count.checked_sub(Tally::NAMED).filter(|more| *more > 0) {
                let message = format!("{more} more problems of the kind `{kind}` in this file");
                problems.push(self.placed(Problem::new(*severity, kind, message)));
            }
        }
    }

    fn placed(&self, problem: Problem) -> Problem {
        problem.file(self.file.as_str()).maybe_sheet(self.sheet.as_deref())
    }
}

/// The candidate most like `wanted`, if any is like it at all: for "did you mean" hints.
pub fn closest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const ALIKE: f64 = 0.75;
    let wanted = wanted.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(&wanted, &candidate.to_lowercase()), candidate))
        .filter(|(similarity, _)| *similarity >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

/// "Did you mean `x`?" for a wrong name, where one is near.
pub fn did_you_mean<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    closest(wanted, candidates).map(|candidate| format!("did you mean `{candidate}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_reads_place_then_fault_then_cure() {
        let problem = Problem::error("not-a-number", "this cell should hold a number")
            .file("data/crime.csv")
            .row(17)
            .column("Burglary")
            .value("#REF!")
            .cure("mend the formula in the workbook and export again");
        assert_eq!(
            problem.to_string(),
            "data/crime.csv:17: error: this cell should hold a number\n  column: `Burglary`\n  value: `#REF!`\n  hint: mend the formula in the workbook and export again"
        );
    }

    #[test]
    fn the_same_in_many_rows_is_one_block() {
        let fault = |file: &str, row, value: &str| {
            Problem::error("x", "bad").file(file).row(row).column("v").value(value).cure("mend it")
        };
        let problems = [
            fault("a.csv", 2, "-"),
            fault("b.csv", 2, "-"),
            fault("a.csv", 5, "-"),
            fault("a.csv", 9, "oops"),
            Problem::error("x", "bad").file("a.csv"),
        ];
        assert_eq!(
            told(&problems),
            "a.csv:2: error: bad\n  column: `v`\n  value: `-`\n  also in rows 5 and 9 (`oops`)\n  hint: mend it\n\nb.csv:2: error: bad\n  column: `v`\n  value: `-`\n  hint: mend it\n\na.csv: error: bad"
        );
    }

    #[test]
    fn control_characters_in_a_value_are_shown_not_sent() {
        let problem = Problem::error("x", "bad").value("\u{1b}[31m\u{202e}x");
        assert!(problem.to_string().contains("\\u{1b}[31m\\u{202e}x"));
    }

    #[test]
    fn a_long_value_is_cut_at_a_character() {
        let problem = Problem::error("x", "bad").value("é".repeat(200));
        assert_eq!(problem.value.as_deref().map(|value| value.chars().count()), Some(81));
    }

    #[test]
    fn the_eleventh_problem_of_a_kind_is_only_counted() {
        let mut problems = Problems::default();
        let mut tally = Tally::new("t.csv");
        for row in 1..=12 {
            tally.push(Problem::warning("a", "bad").row(row), &mut problems);
        }
        tally.push(Problem::error("b", "worse"), &mut problems);
        tally.finish(&mut problems);
        let last = problems.iter().last().unwrap();
        assert_eq!((problems.count(Severity::Warning), problems.count(Severity::Error)), (11, 1));
        assert_eq!(last.to_string(), "t.csv: warning: 2 more problems of the kind `a` in this file");
    }

    #[test]
    fn suggestions_need_likeness() {
        assert_eq!(closest("imd-scor", ["imd-score", "crime"]), Some("imd-score"));
        assert_eq!(closest("zzz", ["imd-score", "crime"]), None);
    }
}
