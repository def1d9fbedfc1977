//! What must hold between the sections of a manifest, beyond each being well formed.

use std::collections::{BTreeMap, BTreeSet};

use super::{GeographySection, Layout, Located, Manifest, TableSection};
use crate::folder::AtlasFolder;
use crate::period::Period;
use crate::problem::{Problem, Problems, did_you_mean};

/// Whether a text may name an indicator or a geography: `[A-Za-z0-9._-]{1,64}`.
pub fn is_identifier(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

/// The names that `[view]` may set: parameters of the page.
const VIEW_PARAMETERS: [&str; 33] = [
    "geography",
    "indicator",
    "period",
    "within",
    "areas",
    "set",
    "filter",
    "against",
    "second",
    "from",
    "method",
    "k",
    "breaks",
    "centre",
    "scope",
    "palette",
    "reverse",
    "mode",
    "hotspot",
    "permutations",
    "seed",
    "fdr",
    "smooth",
    "panel",
    "at",
    "layers",
    "sort",
    "theme",
    "lang",
    "edition",
    "lock",
    "q",
    "zoom",
];

impl Manifest {
    /// Pushes a problem for each thing that does not hold.
    pub(super) fn validate(&self, problems: &mut Problems) {
        self.validate_atlas(problems);
        self.validate_geographies(problems);
        self.validate_lookups(problems);
        self.validate_tables(problems);
        self.name_what_is_not_alive(problems);
    }

    fn validate_atlas(&self, problems: &mut Problems) {
        let manifest_error = |kind, message: String| Problem::error(kind, message).file(AtlasFolder::MANIFEST);
        let id = &self.atlas.id;
        if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
            problems.push(
                manifest_error("bad-id", "an atlas's `id` is made of a-z, 0-9 and -".to_owned())
                    .column("id")
                    .value(id)
                    .cure("write for example `west-yorkshire`"),
            );
        }
        if let Some(day) = &self.atlas.year_starts {
            check_day(day, manifest_error("bad-value", String::new()), problems);
        }
        for name in self.view.keys() {
            if !VIEW_PARAMETERS.contains(&name.as_str()) {
                problems.push(
                    manifest_error("unknown-key", format!("unknown key `{name}` in `view`"))
                        .maybe_cure(did_you_mean(name, VIEW_PARAMETERS)),
                );
            }
        }
    }

    fn validate_geographies(&self, problems: &mut Problems) {
        let mut seen = BTreeMap::new();
        let ids = self.geographies.iter().map(|geography| (geography.line, &geography.value.id));
        let clusters = self.clusters.iter().map(|cluster| (cluster.line, &cluster.value.id));
        for (line, id) in ids.chain(clusters) {
            let problem =
                |kind, message: &str| Problem::error(kind, message).file(AtlasFolder::MANIFEST).row(line).value(id);
            if !is_identifier(id) {
                problems.push(problem("bad-id", "a geography's `id` is made of letters, digits, `.`, `_` and `-`"));
            }
            if let Some(first) = seen.insert(id.clone(), line) {
                problems.push(
                    problem("duplicate-id", "two geographies have this id")
                        .cure(format!("rename one of them (the first stands on line {first})")),
                );
            }
        }
        for geography in &self.geographies {
            self.validate_geography(geography, problems);
        }
        if self.geographies.is_empty() {
            problems.push(
                Problem::error("missing-key", "the atlas has no geography")
                    .file(AtlasFolder::MANIFEST)
                    .cure("add a `[[geography]]` with `boundaries`"),
            );
        }
    }

    fn validate_geography(&self, geography: &Located<GeographySection>, problems: &mut Problems) {
        let section = &geography.value;
        let mut error = |kind, message: String, cure: &str| {
            problems.push(geography.problem(Problem::error(kind, message).cure(cure)));
        };
        let ways = [section.boundaries.is_some(), section.dissolve.is_some(), section.areas.is_some()];
        if ways.iter().filter(|way| **way).count() != 1 {
            error(
                "wrong-section",
                format!("the geography `{}` needs exactly one of `boundaries`, `dissolve` and `areas`", section.id),
                "name a boundary file, the geography to dissolve, or list areas without shape",
            );
        }
        if section.boundaries.is_some() && section.code.is_none() {
            error(
                "missing-key",
                format!("the geography `{}` does not say which attribute holds the area code", section.id),
                "add for example `code = \"LSOA11CD\"`",
            );
        }
        if let Some(child) = &section.dissolve
            && self.geography(child).is_none()
        {
            let known = self.geographies.iter().map(|other| other.value.id.as_str());
            problems.push(geography.problem(unknown_geography(child, known)));
        }
    }

    fn validate_lookups(&self, problems: &mut Problems) {
        for lookup in &self.lookups {
            for id in [&lookup.value.child, &lookup.value.parent] {
                if self.geography(id).is_none() {
                    let known = self.geographies.iter().map(|other| other.value.id.as_str());
                    problems.push(lookup.problem(unknown_geography(id, known)));
                }
            }
        }
        if let Some(cycle) = self.lookup_cycle() {
            problems.push(
                Problem::error("cyclic-lookups", format!("the lookups run in a circle: {}", cycle.join(" → ")))
                    .file(AtlasFolder::MANIFEST)
                    .cure("a lookup leads from a smaller geography (`child`) to a larger one (`parent`)"),
            );
        }
    }

    /// A path of geographies that leads back to where it began.
    fn lookup_cycle(&self) -> Option<Vec<String>> {
        let edges: Vec<(&str, &str)> =
            self.lookups.iter().map(|lookup| (lookup.value.child.as_str(), lookup.value.parent.as_str())).collect();
        let starts: BTreeSet<&str> = edges.iter().map(|edge| edge.0).collect();
        starts.into_iter().find_map(|start| {
            let mut paths = vec![vec![start]];
            let mut reached = BTreeSet::new();
            while let Some(path) = paths.pop() {
                let last = *path.last()?;
                for (_, next) in edges.iter().filter(|edge| edge.0 == last) {
                    let longer = [path.as_slice(), &[next]].concat();
                    if *next == start {
                        return Some(longer.into_iter().map(str::to_owned).collect());
                    }
                    if reached.insert(*next) {
                        paths.push(longer);
                    }
                }
            }
            None
        })
    }

    fn validate_tables(&self, problems: &mut Problems) {
        for table in &self.tables {
            let section = &table.value;
            let known: Vec<&str> = self
                .geographies
                .iter()
                .map(|geography| geography.value.id.as_str())
                .chain(self.clusters.iter().map(|cluster| cluster.value.id.as_str()))
                .collect();
            if !known.contains(&section.geography.as_str()) {
                problems.push(table.problem(unknown_geography(&section.geography, known)));
            }
            let periods =
                section.period.iter().chain(section.columns.values().filter_map(|target| target.period.as_ref()));
            for period in periods {
                if let Err(error) = period.parse::<Period>() {
                    problems.push(table.problem(Problem::error("bad-period", error.to_string())));
                }
            }
            if let Some(day) = &section.year_starts {
                check_day(day, table.problem(Problem::error("bad-value", "")), problems);
            }
            validate_layout(table, problems);
        }
    }

    /// Says what is understood but does nothing yet, so that nobody waits for it.
    fn name_what_is_not_alive(&self, problems: &mut Problems) {
        let mut note = |section: &str, present: bool| {
            if present {
                problems.push(
                    Problem::warning("not-alive", format!("{section} is understood but not used by this version"))
                        .file(AtlasFolder::MANIFEST),
                );
            }
        };
        note("`[[targets]]`", !self.targets.is_empty());
        note("`[[cluster]]`", !self.clusters.is_empty());
        note("`[[points]]`", !self.points.is_empty());
        note("`[[postcodes]]`", !self.postcodes.is_empty());
        note("`[[flow]]`", !self.flows.is_empty());
        note("`context` of a geography", self.geographies.iter().any(|geography| geography.value.context.is_some()));
        note("`snap` of a geography", self.geographies.iter().any(|geography| geography.value.snap.is_some()));
    }

    /// The section of a geography.
    pub fn geography(&self, id: &str) -> Option<&Located<GeographySection>> {
        self.geographies.iter().find(|geography| geography.value.id == id)
    }
}

fn validate_layout(table: &Located<TableSection>, problems: &mut Problems) {
    let section = &table.value;
    let mut error = |kind, message: &str, cure: &str| {
        problems.push(table.problem(Problem::error(kind, message).value(&section.file).cure(cure)));
    };
    match section.layout {
        Layout::Wide => {
            if section.code.is_none() {
                error(
                    "missing-key",
                    "the table does not say which column holds the area code",
                    "add for example `code = \"LSOA11CD\"`",
                );
            }
            if section.columns.is_empty() {
                error("missing-key", "the table names no column", "add `[table.columns]` with heading = indicator");
            }
            if section.indicator.is_some() {
                error(
                    "wrong-section",
                    "`indicator` belongs to tables of layout `long`",
                    "name indicators in `[table.columns]`",
                );
            }
            if section.period.is_none() && section.columns.values().any(|target| target.period.is_none()) {
                error(
                    "missing-key",
                    "the table does not say which period its values speak of",
                    "add for example `period = \"2019\"`",
                );
            }
        }
        Layout::Long => {
            if section.code.is_some() {
                error("wrong-section", "`code` belongs to wide tables", "write `columns = { area_code = \"…\" }`");
            }
        }
    }
}

fn unknown_geography<'a>(id: &str, known: impl IntoIterator<Item = &'a str>) -> Problem {
    Problem::error("unknown-geography", format!("there is no geography `{id}`")).maybe_cure(did_you_mean(id, known))
}

fn check_day(day: &str, mut problem: Problem, problems: &mut Problems) {
    let valid = day.split_once('-').is_some_and(|(month, date)| {
        let within = |text: &str, last: u8| {
            text.len() == 2 && text.parse::<u8>().is_ok_and(|number| (1..=last).contains(&number))
        };
        within(month, 12) && within(date, 31)
    });
    if !valid {
        "`year_starts` is a month and a day such as `04-01`".clone_into(&mut problem.message);
        problems.push(problem.value(day));
    }
}
