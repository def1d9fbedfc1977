//! From the text of `atlas.toml` to a [`Manifest`]: section by section, so that one run reports every fault.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use serde::de::DeserializeOwned;
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
    /// The 1-based line.
    pub line: u64,
    /// What stands there.
    pub value: T,
}

impl<T> Located<T> {
    /// A problem that points here.
    pub fn problem(&self, problem: Problem) -> Problem {
        problem.file(self.file.clone()).row(self.line)
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
    let reader = Reader { text };
    let document = match DeTable::parse(text) {
        Ok(document) => document.into_inner(),
        Err(error) => {
            problems.push(reader.problem(error.span(), "not-toml", error.message().to_owned()));
            return None;
        }
    };
    let mut sections: BTreeMap<String, Spanned<DeValue<'_>>> = BTreeMap::new();
    for (key, value) in document {
        let name = key.get_ref().as_ref();
        if SECTIONS.contains(&name) {
            sections.insert(name.to_owned(), value);
        } else {
            let problem = reader
                .problem(Some(key.span()), "unknown-key", format!("unknown key `{name}`"))
                .maybe_cure(did_you_mean(name, SECTIONS));
            problems.push(problem);
        }
    }
    reader.check_format(sections.remove("format"), problems);

    let mut sections = Sections { reader, sections, problems };
    let atlas = sections.one::<AtlasSection>("atlas");
    let missing_atlas = atlas.is_none();
    let manifest = Manifest {
        atlas: atlas.unwrap_or_else(AtlasSection::unnamed),
        view: sections.one("view").unwrap_or_default(),
        disclosure: sections.one::<Disclosure>("disclosure").unwrap_or_default(),
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
    };
    if missing_atlas && !problems.has_errors() {
        problems.push(
            Problem::error("missing-key", "the manifest has no `[atlas]` section")
                .file(AtlasFolder::MANIFEST)
                .cure("add `[atlas]` with `id` and `title`"),
        );
    }
    manifest.validate(problems);
    Some(manifest)
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

/// The sections that are still to be read.
struct Sections<'text, 'problems> {
    reader: Reader<'text>,
    sections: BTreeMap<String, Spanned<DeValue<'text>>>,
    problems: &'problems mut Problems,
}

impl Sections<'_, '_> {
    fn one<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        let section = self.sections.remove(name)?;
        self.reader.read::<T>(section, name, self.problems).map(|located| located.value)
    }

    fn many<T: DeserializeOwned>(&mut self, name: &str) -> Vec<Located<T>> {
        let Some(section) = self.sections.remove(name) else {
            return Vec::new();
        };
        let span = section.span();
        match section.into_inner() {
            DeValue::Array(entries) => {
                entries.into_iter().filter_map(|entry| self.reader.read(entry, name, self.problems)).collect()
            }
            _ => {
                let problem = self
                    .reader
                    .problem(Some(span), "wrong-section", format!("`{name}` may stand several times"))
                    .cure(format!("write `[[{name}]]` with two brackets"));
                self.problems.push(problem);
                Vec::new()
            }
        }
    }
}

#[derive(Clone, Copy)]
struct Reader<'text> {
    text: &'text str,
}

impl Reader<'_> {
    fn read<T: DeserializeOwned>(
        self,
        section: Spanned<DeValue<'_>>,
        name: &str,
        problems: &mut Problems,
    ) -> Option<Located<T>> {
        let span = section.span();
        match T::deserialize(ValueDeserializer::from(section)) {
            Ok(value) => Some(Located { file: AtlasFolder::MANIFEST.to_owned(), line: self.line(span.start), value }),
            Err(error) => {
                let (kind, message, cure) = explain(error.message());
                let place = error.span().unwrap_or(span);
                let problem = self.problem(Some(place), kind, format!("{message} in `{name}`")).maybe_cure(cure);
                problems.push(problem);
                None
            }
        }
    }

    fn check_format(self, format: Option<Spanned<DeValue<'_>>>, problems: &mut Problems) {
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
            let problem = self
                .problem(Some(span), "unknown-format", "this program reads format 1 only")
                .cure("write `format = 1`, or use the program that the atlas was made for");
            problems.push(problem);
        }
    }

    fn problem(self, span: Option<Range<usize>>, kind: &'static str, message: impl Into<String>) -> Problem {
        let problem = Problem::error(kind, message).file(AtlasFolder::MANIFEST);
        match span {
            Some(span) => problem.row(self.line(span.start)),
            None => problem,
        }
    }

    fn line(self, offset: usize) -> u64 {
        self.text.bytes().take(offset).filter(|byte| *byte == b'\n').count() as u64 + 1
    }
}

/// Turns serde's words for a wrong key or word into ours: kind, message and cure.
pub(super) fn explain(message: &str) -> (&'static str, String, Option<String>) {
    for (start, kind, what) in
        [("unknown field `", "unknown-key", "unknown key"), ("unknown variant `", "unknown-word", "unknown word")]
    {
        let Some((wrong, expected)) = message.strip_prefix(start).and_then(|rest| rest.split_once('`')) else {
            continue;
        };
        let allowed: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
        let cure = did_you_mean(wrong, allowed.iter().copied())
            .unwrap_or_else(|| format!("allowed here: {}", allowed.join(", ")));
        return (kind, format!("{what} `{wrong}`"), Some(cure));
    }
    if let Some(key) = message.strip_prefix("missing field `").and_then(|rest| rest.split_once('`')) {
        return ("missing-key", format!("the key `{}` is missing", key.0), None);
    }
    ("bad-value", message.to_owned(), None)
}
