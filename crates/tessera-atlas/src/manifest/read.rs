//! From the text of `atlas.toml` to a [`Manifest`]: section by section, so that one run reports every fault.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;

use serde::de::{self, DeserializeOwned, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::{AtlasSection, Disclosure, FORMAT, Manifest};
use crate::folder::AtlasFolder;
use crate::problem::{Problem, Problems, did_you_mean};

/// A section with the place where it begins.
#[derive(Debug, Clone)]
pub struct Located<T> {
    /// The file, relative to the atlas folder.
    pub file: String,
    /// The 1-based line; 0 for a section that is not there.
    pub line: u64,
    /// What stands there.
    pub value: T,
    pub(super) keys: KeyLines,
}

/// The line of each key of a section, by its path: `period`, or `columns` and a heading.
#[derive(Debug, Clone, Default)]
pub(super) struct KeyLines(BTreeMap<Vec<String>, u64>);

impl KeyLines {
    fn of(section: &DeValue<'_>, lines: &Lines) -> KeyLines {
        let mut keys = BTreeMap::new();
        add_keys(section, &[], lines, &mut keys);
        KeyLines(keys)
    }

    fn line(&self, path: &[&str]) -> Option<u64> {
        let path: Vec<String> = path.iter().map(|key| (*key).to_owned()).collect();
        self.0.get(&path).copied()
    }
}

fn add_keys(value: &DeValue<'_>, above: &[String], lines: &Lines, keys: &mut BTreeMap<Vec<String>, u64>) {
    for (key, value) in value.as_table().into_iter().flatten() {
        let path = [above, &[key.get_ref().to_string()]].concat();
        add_keys(value.get_ref(), &path, lines, keys);
        keys.insert(path, lines.line(key.span().start));
    }
}

impl<T> Located<T> {
    /// A problem that points here: at the key that it names, where that is one of the section's.
    pub fn problem(&self, problem: Problem) -> Problem {
        match problem.column.clone() {
            Some(key) => self.problem_at(&[&key], problem),
            None => self.problem_at(&[], problem),
        }
    }

    /// A problem that points at the key with this path.
    pub(crate) fn problem_at(&self, path: &[&str], problem: Problem) -> Problem {
        let problem = problem.file(self.file.as_str());
        let line = self.line_of(path);
        if line > 0 { problem.row(line) } else { problem }
    }

    /// A problem of something that a key names, such as a column of a file: its cure says where that is.
    pub(crate) fn naming(&self, key: &str, problem: Problem) -> Problem {
        let named = format!("named in line {} of `{}`", self.line_of(&[key]), self.file);
        let cure = match &problem.cure {
            Some(question) if question.ends_with('?') => format!("{question} It is {named}"),
            Some(cure) => format!("{cure}; it is {named}"),
            None => format!("it is {named}"),
        };
        problem.cure(cure)
    }

    /// The line of the key with this path, or of the last on the way to it that is there.
    pub(crate) fn line_of(&self, path: &[&str]) -> u64 {
        let known = (1..=path.len()).rev().find_map(|length| self.keys.line(&path[..length]));
        known.unwrap_or(self.line)
    }
}

const SECTIONS: [&str; 18] = [
    "format",
    "atlas",
    "view",
    "disclosure",
    "basemap",
    "embed",
    "geography",
    "lookup",
    "table",
    "indicators",
    "indicator",
    "breakdown",
    "targets",
    "cluster",
    "notes",
    "points",
    "postcodes",
    "flow",
];

/// Reads and validates a manifest. Every fault becomes a problem; `None` where no manifest can be made of the text.
pub fn read_manifest(text: &str, problems: &mut Problems) -> Option<Manifest> {
    let lines = Lines::of(text);
    let document = match DeTable::parse(text) {
        Ok(document) => document.into_inner(),
        Err(error) => {
            let message = format!("this is not TOML: {}", error.message());
            problems.push(lines.problem(error.span(), "not-toml", message));
            return None;
        }
    };
    let mut sections: BTreeMap<String, Spanned<DeValue<'_>>> = BTreeMap::new();
    for (key, value) in document {
        let name = key.get_ref().as_ref();
        if SECTIONS.contains(&name) {
            sections.insert(name.to_owned(), value);
        } else {
            let problem = lines
                .problem(Some(key.span()), "unknown-key", format!("unknown key `{name}`"))
                .maybe_cure(did_you_mean(name, SECTIONS));
            problems.push(problem);
        }
    }
    check_format(sections.remove("format"), &lines, problems);
    if !sections.contains_key("atlas") {
        problems.push(
            Problem::error("missing-key", "the manifest has no `[atlas]` section")
                .file(AtlasFolder::MANIFEST)
                .cure("add `[atlas]` with `id` and `title`"),
        );
    }
    let mut sections = Sections { lines, sections, unread: BTreeSet::new(), problems };
    let view = sections.one::<BTreeMap<String, ViewValue>>("view").map(|located| Located {
        file: located.file,
        line: located.line,
        keys: located.keys,
        value: located.value.into_iter().map(|(name, value)| (name, value.0)).collect(),
    });
    let manifest = Manifest {
        atlas: sections.one("atlas").unwrap_or_else(|| Located::nowhere(AtlasSection::unnamed())),
        view: view.unwrap_or_else(|| Located::nowhere(BTreeMap::new())),
        disclosure: sections.disclosure(),
        basemap: sections.one("basemap"),
        embed: sections.one("embed"),
        geographies: sections.many("geography"),
        lookups: sections.many("lookup"),
        tables: sections.many("table"),
        indicator_files: sections.many("indicators"),
        indicators: sections.many("indicator"),
        breakdowns: sections.many("breakdown"),
        targets: sections.many("targets"),
        clusters: sections.many("cluster"),
        notes: sections.many("notes"),
        points: sections.many("points"),
        postcodes: sections.many("postcodes"),
        flows: sections.many("flow"),
        unread: sections.unread,
    };
    manifest.validate(problems);
    Some(manifest)
}

impl<T> Located<T> {
    /// A section that is a row of a table.
    pub(super) fn in_row(file: &str, row: u64, value: T) -> Located<T> {
        Located { file: file.to_owned(), line: row, value, keys: KeyLines::default() }
    }

    /// Stands in for a section that is not there.
    fn nowhere(value: T) -> Located<T> {
        Located { file: AtlasFolder::MANIFEST.to_owned(), line: 0, value, keys: KeyLines::default() }
    }
}

impl AtlasSection {
    /// Stands in for a section that could not be read, so that the rest is judged all the same.
    fn unnamed() -> AtlasSection {
        AtlasSection {
            id: "atlas".to_owned(),
            title: "Atlas".into(),
            place: None,
            publisher: None,
            contact: None,
            attribution: Vec::new(),
            people: Vec::new(),
            year_starts: None,
        }
    }
}

/// A value of `[view]`: `"k" = 5` and `k = "5"` are the same.
struct ViewValue(String);

impl<'de> Deserialize<'de> for ViewValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<ViewValue, D::Error> {
        struct ViewValueVisitor;

        impl Visitor<'_> for ViewValueVisitor {
            type Value = ViewValue;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a text, a number, `true` or `false`")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<ViewValue, E> {
                Ok(ViewValue(text.trim().to_owned()))
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<ViewValue, E> {
                Ok(ViewValue(number.to_string()))
            }

            fn visit_f64<E: de::Error>(self, number: f64) -> Result<ViewValue, E> {
                Ok(ViewValue(number.to_string()))
            }

            fn visit_bool<E: de::Error>(self, switch: bool) -> Result<ViewValue, E> {
                Ok(ViewValue(switch.to_string()))
            }
        }

        deserializer.deserialize_any(ViewValueVisitor)
    }
}

/// The sections that are still to be read.
struct Sections<'text, 'problems> {
    lines: Lines,
    sections: BTreeMap<String, Spanned<DeValue<'text>>>,
    unread: BTreeSet<(String, String)>,
    problems: &'problems mut Problems,
}

impl Sections<'_, '_> {
    fn one<T: DeserializeOwned>(&mut self, name: &str) -> Option<Located<T>> {
        let section = self.sections.remove(name)?;
        if !section.get_ref().is_table() {
            let problem = self
                .lines
                .problem(Some(section.span()), "wrong-section", format!("`{name}` is a section that stands once"))
                .cure(format!("write `[{name}]` on a line of its own, and its keys below"));
            self.problems.push(problem);
            return None;
        }
        self.read(section, name)
    }

    /// The rule for all indicators. One that cannot be read is a fault of its own, not one of each indicator.
    fn disclosure(&mut self) -> Disclosure {
        let is_there = self.sections.contains_key("disclosure");
        match self.one::<Disclosure>("disclosure") {
            Some(located) => located.value,
            None if is_there => Disclosure::None { reason: String::new() },
            None => Disclosure::default(),
        }
    }

    fn many<T: DeserializeOwned>(&mut self, name: &str) -> Vec<Located<T>> {
        let Some(section) = self.sections.remove(name) else {
            return Vec::new();
        };
        let span = section.span();
        match section.into_inner() {
            DeValue::Array(entries) => entries.into_iter().filter_map(|entry| self.read(entry, name)).collect(),
            _ => {
                let problem = self
                    .lines
                    .problem(Some(span), "wrong-section", format!("`{name}` is a section that may stand several times"))
                    .cure(format!("write `[[{name}]]` with two brackets"));
                self.problems.push(problem);
                Vec::new()
            }
        }
    }

    fn read<T: DeserializeOwned>(&mut self, section: Spanned<DeValue<'_>>, name: &str) -> Option<Located<T>> {
        let span = section.span();
        let id = section.get_ref().get("id").and_then(|id| id.get_ref().as_str()).unwrap_or_default().to_owned();
        let keys = KeyLines::of(section.get_ref(), &self.lines);
        match T::deserialize(ValueDeserializer::from(section)) {
            Ok(value) => {
                let line = self.lines.line(span.start);
                Some(Located { file: AtlasFolder::MANIFEST.to_owned(), line, value, keys })
            }
            Err(error) => {
                let fault = explain(error.message(), key_of(&error).as_deref(), Some(name));
                let place = error.span().unwrap_or_else(|| span.clone());
                let mut problem =
                    self.lines.problem(Some(place.clone()), fault.kind, fault.message).maybe_cure(fault.cure);
                // What is wrong with a section as a whole may begin with the key that is to be mended.
                let named = error.message().strip_prefix('`').and_then(|rest| rest.split_once('`'));
                let line = named.filter(|_| place.start == span.start).and_then(|(key, _)| keys.line(&[key]));
                if let Some(line) = line {
                    problem = problem.row(line);
                }
                self.problems.push(problem);
                self.unread.insert((name.to_owned(), id));
                None
            }
        }
    }
}

/// The key at which the parser stopped, which it tells only in the last line of its own rendering.
fn key_of(error: &toml::de::Error) -> Option<String> {
    let text = error.to_string();
    let key = text.trim_end().lines().last()?.strip_prefix("in `")?.strip_suffix('`')?;
    Some(key.to_owned())
}

fn check_format(format: Option<Spanned<DeValue<'_>>>, lines: &Lines, problems: &mut Problems) {
    let Some(format) = format else {
        problems.push(
            Problem::error("missing-key", "the manifest does not say which format it is in")
                .file(AtlasFolder::MANIFEST)
                .row(1)
                .cure(format!("start it with `format = {FORMAT}`")),
        );
        return;
    };
    let span = format.span();
    if i64::deserialize(ValueDeserializer::from(format)) != Ok(FORMAT) {
        let problem = lines
            .problem(Some(span), "unknown-format", format!("this program reads format {FORMAT} only"))
            .cure(format!("write `format = {FORMAT}`, or use the program that the atlas was made for"));
        problems.push(problem);
    }
}

/// Where the lines of a text begin, in bytes.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Lines {
        Lines(std::iter::once(0).chain(text.match_indices('\n').map(|(end, _)| end + 1)).collect())
    }

    /// The 1-based line that holds a byte.
    fn line(&self, byte: usize) -> u64 {
        self.0.partition_point(|start| *start <= byte) as u64
    }

    fn problem(&self, span: Option<Range<usize>>, kind: &'static str, message: impl Into<String>) -> Problem {
        let problem = Problem::error(kind, message).file(AtlasFolder::MANIFEST);
        match span {
            Some(span) => problem.row(self.line(span.start)),
            None => problem,
        }
    }
}

/// What is wrong with a key or its value.
pub(super) struct Fault {
    pub(super) kind: &'static str,
    pub(super) message: String,
    pub(super) cure: Option<String>,
}

/// Turns serde's words for a wrong key or value into ours.
pub(super) fn explain(message: &str, key: Option<&str>, section: Option<&str>) -> Fault {
    let within = section.map(|section| format!(" in `{section}`")).unwrap_or_default();
    let fault = |kind, message, cure| Fault { kind, message, cure };
    if let Some((wrong, allowed)) = not_one_of(message, "unknown field `") {
        return fault("unknown-key", format!("unknown key `{wrong}`{within}"), Some(suggest(wrong, &allowed)));
    }
    if let Some((wrong, allowed)) = not_one_of(message, "unknown variant `") {
        return fault("unknown-word", format!("unknown word `{wrong}`{within}"), Some(suggest(wrong, &allowed)));
    }
    if let Some((missing, _)) = message.strip_prefix("missing field `").and_then(|rest| rest.split_once('`')) {
        return fault("missing-key", format!("the key `{missing}` is missing{within}"), None);
    }
    let subject = match (key, section) {
        (Some(key), _) => format!("`{key}`{within}"),
        (None, Some(section)) => format!("`{section}`"),
        (None, None) => "this".to_owned(),
    };
    let wrong_type = ["invalid type: ", "invalid value: "]
        .into_iter()
        .find_map(|start| message.strip_prefix(start)?.split_once(", expected "));
    let message = match wrong_type {
        Some((found, expected)) => format!("{subject} should be {}, not {}", in_words(expected), in_words(found)),
        None => format!("{subject}: {message}"),
    };
    fault("bad-value", message, None)
}

fn not_one_of<'a>(message: &'a str, start: &str) -> Option<(&'a str, Vec<&'a str>)> {
    let (wrong, expected) = message.strip_prefix(start)?.split_once('`')?;
    Some((wrong, expected.split('`').skip(1).step_by(2).collect()))
}

/// The name that was meant, or all that are allowed.
pub(super) fn suggest(wrong: &str, allowed: &[&str]) -> String {
    did_you_mean(wrong, allowed.iter().copied()).unwrap_or_else(|| format!("allowed here: {}", allowed.join(", ")))
}

/// What the parser calls a type, as a publisher would.
fn in_words(kind: &str) -> String {
    match kind {
        "a string" => "a text in quotation marks".to_owned(),
        "u8" | "u32" | "u64" => "a whole number from 0 up".to_owned(),
        "f64" => "a number".to_owned(),
        "a sequence" | "sequence" => "a list in square brackets".to_owned(),
        "a map" | "map" => "a table in braces".to_owned(),
        _ => match kind.strip_prefix("string \"") {
            Some(text) => format!("the text `{}`", text.strip_suffix('"').unwrap_or(text)),
            None => {
                let starts = ["integer ", "floating point ", "boolean "];
                starts.into_iter().find_map(|start| kind.strip_prefix(start)).unwrap_or(kind).to_owned()
            }
        },
    }
}
