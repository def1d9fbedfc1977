//! What must hold between the sections of a manifest, beyond each being well formed.

use std::collections::{BTreeMap, BTreeSet};

use super::read::suggest;
use super::{
    BreakdownSection, ClusterSection, Field, GeographySection, Layout, Located, LookupSection, Manifest, PointsSection,
    TableSection,
};
use crate::folder::AtlasFolder;
use crate::period::{Period, YearStart};
use crate::problem::{Problem, Problems};
use crate::table::{has_heading_row, may_have_sheets};
use crate::text::Text;

/// Whether a text may name an indicator or a geography: `[A-Za-z0-9._-]{1,64}`, and not dots alone, which in an address are the way
/// up.
pub fn is_identifier(id: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    (1..=64).contains(&id.len()) && id.bytes().all(is_plain) && id.bytes().any(|byte| byte != b'.')
}

/// The names that `[view]` may set: those of the view in the query string (docs/api.md).
const VIEW_PARAMETERS: [&str; 32] = [
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
    "still",
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
];

impl Manifest {
    /// Pushes a problem for each thing that does not hold.
    pub(super) fn validate(&self, problems: &mut Problems) {
        self.validate_atlas(problems);
        self.validate_view(problems);
        self.validate_surroundings(problems);
        self.validate_ids(problems);
        for geography in &self.geographies {
            self.validate_geography(geography, problems);
        }
        self.validate_dissolving(problems);
        self.validate_lookups(problems);
        for table in &self.tables {
            self.validate_table(table, problems);
        }
        for breakdown in &self.breakdowns {
            validate_breakdown(breakdown, problems);
        }
        for cluster in &self.clusters {
            self.validate_cluster(cluster, problems);
        }
        for points in &self.points {
            self.validate_points(points, problems);
        }
        self.name_what_is_not_alive(problems);
    }

    fn validate_atlas(&self, problems: &mut Problems) {
        let id = &self.atlas.value.id;
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if id.is_empty() || !id.bytes().all(is_plain) {
            let problem = Problem::error("bad-id", "an atlas's `id` is made of a-z, 0-9 and -");
            problems
                .push(self.atlas.problem(problem.column("id").value(id).cure("write for example `west-yorkshire`")));
        }
        refuse_blank(&self.atlas, "title", &self.atlas.value.title, "the atlas", problems);
        check_day(&self.atlas, self.atlas.value.year_starts.as_deref(), problems);
    }

    fn validate_view(&self, problems: &mut Problems) {
        for name in self.view.value.keys() {
            if !VIEW_PARAMETERS.contains(&name.as_str()) {
                let problem = Problem::error("unknown-key", format!("unknown key `{name}` in `view`"));
                problems.push(self.view.problem_at(&[name], problem.cure(suggest(name, &VIEW_PARAMETERS))));
            }
        }
        if let Some(id) = self.view.value.get("geography") {
            self.check_geography(&self.view, "geography", id, problems);
        }
        if let Some(period) = self.view.value.get("period") {
            check_period(&self.view, &["period"], period, problems);
        }
    }

    fn validate_surroundings(&self, problems: &mut Problems) {
        if let Some(basemap) = &self.basemap {
            let url = &basemap.value.url;
            let is_template = ["{z}", "{x}", "{y}"].iter().all(|part| url.contains(part));
            // The host goes into a header of the page.
            let host = url.split('/').nth(2).unwrap_or_default();
            let is_host = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:".contains(&byte));
            if host.contains("{s}") {
                let problem =
                    Problem::error("bad-value", "`url` of the basemap names several hosts, and a page may contact one");
                let cure = "write one of the hosts instead of `{s}`, for example `a`, or take `{s}.` out";
                problems.push(basemap.problem(problem.column("url").value(url).cure(cure)));
            } else if !is_web_address(url) || !is_template || !is_host {
                let problem =
                    Problem::error("bad-value", "`url` of the basemap is a web address with {z}, {x} and {y}");
                let cure = "write for example `https://tiles.example.org/{z}/{x}/{y}.png`";
                problems.push(basemap.problem(problem.column("url").value(url).cure(cure)));
            }
        }
        if let Some(embed) = &self.embed {
            for host in embed.value.hosts.iter().filter(|host| !is_origin(host)) {
                let problem = Problem::error("bad-value", "`hosts` are web addresses without a path");
                let problem = problem.column("hosts").value(host).cure("write for example `https://www.example.org`");
                problems.push(embed.problem(problem));
            }
        }
    }

    fn validate_ids(&self, problems: &mut Problems) {
        let mut seen = BTreeMap::new();
        let ids = self.geographies.iter().map(|geography| (geography.line_of(&["id"]), &geography.value.id));
        let clusters = self.clusters.iter().map(|cluster| (cluster.line_of(&["id"]), &cluster.value.id));
        let points = self.points.iter().map(|points| (points.line_of(&["id"]), &points.value.id));
        for (line, id) in ids.chain(clusters).chain(points) {
            let problem =
                |kind, message: &str| Problem::error(kind, message).file(AtlasFolder::MANIFEST).row(line).value(id);
            if !is_identifier(id) {
                let message = "the `id` of a layer has 1 to 64 letters, digits, `.`, `_` and `-`, and not dots alone";
                problems.push(problem("bad-id", message).cure("write for example `lsoa11`"));
            }
            if let Some(first) = seen.insert(id, line) {
                problems.push(
                    problem("duplicate-id", "two of the atlas's geographies, clusters and point layers have this id")
                        .cure(format!("rename one of them (the first stands on line {first})")),
                );
            }
        }
        if self.geographies.is_empty() && !self.unread.iter().any(|(section, _)| section == "geography") {
            problems.push(
                Problem::error("missing-key", "the atlas has no geography")
                    .file(AtlasFolder::MANIFEST)
                    .cure("add a `[[geography]]` with `boundaries`"),
            );
        }
    }

    fn validate_geography(&self, geography: &Located<GeographySection>, problems: &mut Problems) {
        let section = &geography.value;
        refuse_blank(geography, "name", &section.name, "the geography", problems);
        refuse_blank(geography, "singular", &section.singular, "one of its areas", problems);
        let mut error = |key: &str, kind, message: String, cure: &str| {
            problems.push(geography.problem_at(&[key], Problem::error(kind, message).cure(cure)));
        };
        let ways = [section.boundaries.is_some(), section.dissolve.is_some(), section.areas.is_some()];
        if ways.iter().filter(|way| **way).count() != 1 {
            error(
                "id",
                "wrong-section",
                format!("the geography `{}` needs exactly one of `boundaries`, `dissolve` and `areas`", section.id),
                "name a boundary file, the geography to dissolve, or list areas without shape",
            );
        }
        if section.boundaries.is_some() && section.code.is_none() {
            error(
                "boundaries",
                "missing-key",
                format!("the geography `{}` does not say which attribute holds the area code", section.id),
                "add for example `code = \"LSOA11CD\"`",
            );
        }
        let of_boundaries = [
            ("layer", section.layer.is_some()),
            ("code", section.code.is_some()),
            ("label", section.label.is_some()),
            ("crs", section.crs.is_some()),
            ("snap", section.snap.is_some()),
            ("context", section.context.is_some()),
        ];
        for (key, _) in of_boundaries.iter().filter(|(_, is_there)| *is_there && section.boundaries.is_none()) {
            error(
                key,
                "wrong-section",
                format!("`{key}` says something of a boundary file, and `{}` has none", section.id),
                "take the key out, or add `boundaries`",
            );
        }
        if section.snap.is_some_and(|snap| !(snap.is_finite() && snap >= 0.0)) {
            error("snap", "bad-value", "`snap` is a distance in metres".to_owned(), "write for example `snap = 0.1`");
        }
        if section.areas.as_ref().is_some_and(Vec::is_empty) {
            let cure = "write for example `areas = [{ code = \"E92000001\", name = \"England\" }]`";
            error("areas", "missing-key", format!("the geography `{}` has no area", section.id), cure);
        }
        if section.areas.iter().flatten().any(|area| area.name.trim().is_empty()) {
            let cure = "write what readers call the area";
            error("areas", "bad-value", format!("an area of `{}` has no name", section.id), cure);
        }
        if let Some(child) = &section.dissolve {
            self.check_not_cluster(geography, "dissolve", child, problems);
        }
    }

    /// A geography that is made from itself, directly or through others.
    fn validate_dissolving(&self, problems: &mut Problems) {
        for geography in &self.geographies {
            let mut made_from = geography.value.dissolve.as_deref();
            let mut steps = 0;
            while let Some(id) = made_from.filter(|id| *id != geography.value.id && steps <= self.geographies.len()) {
                made_from = self.geography(id).and_then(|other| other.value.dissolve.as_deref());
                steps += 1;
            }
            if made_from == Some(&geography.value.id) {
                let message = format!("the geography `{}` is made from itself", geography.value.id);
                let problem = Problem::error("circular-geographies", message);
                let path = ["dissolve"];
                problems.push(
                    geography.problem_at(&path, problem.cure("`dissolve` names the geography of the smaller areas")),
                );
            }
        }
    }

    fn validate_lookups(&self, problems: &mut Problems) {
        let mut seen = BTreeMap::new();
        for lookup in &self.lookups {
            let LookupSection { child, parent, .. } = &lookup.value;
            self.check_not_cluster(lookup, "child", child, problems);
            self.check_not_cluster(lookup, "parent", parent, problems);
            if let Some(first) = seen.insert((child, parent), lookup.line) {
                let message = format!("two lookups lead from `{child}` to `{parent}`");
                let cure = format!("keep one of them (the first stands on line {first})");
                problems.push(lookup.problem(Problem::error("duplicate-lookup", message).cure(cure)));
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

    fn validate_table(&self, table: &Located<TableSection>, problems: &mut Problems) {
        let section = &table.value;
        self.check_geography(table, "geography", &section.geography, problems);
        if let Some(period) = &section.period {
            check_period(table, &["period"], period, problems);
        }
        for (heading, target) in &section.columns {
            if let Some(period) = &target.period {
                check_period(table, &["columns", heading, "period"], period, problems);
            }
        }
        check_day(table, section.year_starts.as_deref(), problems);
        if section.sheet.is_some() && !may_have_sheets(&section.file) {
            let problem = Problem::error("wrong-section", "this file has no sheets").column("sheet");
            problems.push(table.problem(problem.value(&section.file).cure("take `sheet` out")));
        }
        if section.heading_row.is_some() && !has_heading_row(&section.file) {
            let problem = Problem::error("wrong-section", "this file has no row of headings").column("heading_row");
            problems.push(table.problem(problem.value(&section.file).cure("take `heading_row` out")));
        }
        if section.heading_row == Some(0) {
            let problem = Problem::error("bad-value", "rows are counted from 1").column("heading_row");
            problems.push(table.problem(problem.cure("write `heading_row = 1`, or leave it out")));
        }
        validate_layout(table, problems);
    }

    fn validate_cluster(&self, cluster: &Located<ClusterSection>, problems: &mut Problems) {
        self.check_not_cluster(cluster, "of", &cluster.value.of, problems);
        refuse_blank(cluster, "name", &cluster.value.name, "the clusters", problems);
        refuse_blank(cluster, "singular", &cluster.value.singular, "one of them", problems);
    }

    fn validate_points(&self, points: &Located<PointsSection>, problems: &mut Problems) {
        let section = &points.value;
        refuse_blank(points, "name", &section.name, "the points", problems);
        let mut error = |kind, message: String, cure: &str| {
            problems.push(points.problem(Problem::error(kind, message).cure(cure)));
        };
        let degrees = section.lon.is_some() && section.lat.is_some();
        let metres = section.easting.is_some() && section.northing.is_some();
        let given = [&section.lon, &section.lat, &section.easting, &section.northing, &section.postcode];
        let expected = 2 * (usize::from(degrees) + usize::from(metres)) + usize::from(section.postcode.is_some());
        let ways = usize::from(degrees) + usize::from(metres) + usize::from(section.postcode.is_some());
        if ways != 1 || given.into_iter().flatten().count() != expected {
            error(
                "wrong-section",
                format!(
                    "the places of `{}` need `lon` and `lat`, or `easting` and `northing`, or `postcode`",
                    section.id
                ),
                "name the headings of one of the three",
            );
        }
        if section.postcode.is_some() && self.postcodes.is_empty() {
            error(
                "missing-key",
                format!("the places of `{}` are given by postcode, and no file says where postcodes are", section.id),
                "add a `[[postcodes]]` section",
            );
        }
        let named = section.attributes.iter().enumerate();
        for (_, twice) in named.filter(|(nth, heading)| section.attributes[..*nth].contains(heading)) {
            error("wrong-section", format!("`attributes` of `{}` names `{twice}` twice", section.id), "name it once");
        }
    }

    /// Says what is understood but does nothing yet, so that nobody waits for it.
    fn name_what_is_not_alive(&self, problems: &mut Problems) {
        fn first<T>(sections: &[Located<T>]) -> Option<u64> {
            sections.first().map(|section| section.line)
        }
        let geography = |uses: fn(&GeographySection) -> bool| {
            self.geographies.iter().find(|geography| uses(&geography.value)).map(|geography| geography.line)
        };
        for (what, line) in [
            ("`context` of a geography", geography(|section| section.context.is_some())),
            ("`[[flow]]`", first(&self.flows)),
        ] {
            if let Some(line) = line {
                let message = format!("{what} is understood but not used by this version");
                problems.push(Problem::warning("not-alive", message).file(AtlasFolder::MANIFEST).row(line));
            }
        }
    }

    /// The section of a geography.
    pub fn geography(&self, id: &str) -> Option<&Located<GeographySection>> {
        self.geographies.iter().find(|geography| geography.value.id == id)
    }

    /// The ids of the geographies, clusters included.
    pub fn geography_ids(&self) -> impl Iterator<Item = &str> {
        let geographies = self.geographies.iter().map(|geography| geography.value.id.as_str());
        geographies.chain(self.clusters.iter().map(|cluster| cluster.value.id.as_str()))
    }

    /// Whether there is such a section, but one with a fault.
    pub(crate) fn is_unread(&self, section: &str, id: &str) -> bool {
        self.unread.contains(&(section.to_owned(), id.to_owned()))
    }

    /// Whether the geography that a key of the section names is there.
    fn check_geography<T>(&self, section: &Located<T>, key: &str, id: &str, problems: &mut Problems) {
        let is_known = self.geography_ids().any(|known| known == id);
        if !is_known && !self.is_unread("geography", id) && !self.is_unread("cluster", id) {
            problems.push(section.problem_at(&[key], self.unknown_geography(id)));
        }
    }

    /// Clusters may overlap, so nothing is made of them.
    fn check_not_cluster<T>(&self, section: &Located<T>, key: &str, id: &str, problems: &mut Problems) {
        if self.clusters.iter().any(|cluster| cluster.value.id == id) {
            let problem =
                Problem::error("wrong-section", format!("`{id}` is a cluster, and nothing is made of clusters"));
            problems.push(section.problem_at(&[key], problem.cure("name a `[[geography]]`")));
        } else {
            self.check_geography(section, key, id, problems);
        }
    }

    /// A problem that names an unknown geography and the likeliest one meant.
    pub(crate) fn unknown_geography(&self, id: &str) -> Problem {
        let known: Vec<&str> = self.geography_ids().collect();
        Problem::error("unknown-geography", format!("there is no geography `{id}`")).cure(suggest(id, &known))
    }
}

fn validate_layout(table: &Located<TableSection>, problems: &mut Problems) {
    let section = &table.value;
    let mut error = |key: &str, kind, message: &str, cure: &str| {
        problems.push(table.problem_at(&[key], Problem::error(kind, message).value(&section.file).cure(cure)));
    };
    match section.layout {
        Layout::Wide => {
            if section.code.is_none() {
                error(
                    "file",
                    "missing-key",
                    "the table does not say which column holds the area code",
                    "add for example `code = \"LSOA11CD\"`",
                );
            }
            if section.columns.is_empty() {
                error(
                    "file",
                    "missing-key",
                    "the table names no column",
                    "add `[table.columns]` with heading = indicator",
                );
            }
            if section.indicator.is_some() || !section.indicators.is_empty() {
                error(
                    if section.indicator.is_some() { "indicator" } else { "indicators" },
                    "wrong-section",
                    "`indicator` and `indicators` belong to tables of layout `long`",
                    "name indicators in `[table.columns]`",
                );
            }
            if section.period.is_none() && section.columns.values().any(|target| target.period.is_none()) {
                error(
                    "file",
                    "missing-key",
                    "the table does not say which period its values speak of",
                    "add for example `period = \"2019\"`",
                );
            }
        }
        Layout::Long => {
            if section.code.is_some() {
                error(
                    "code",
                    "wrong-section",
                    "`code` belongs to wide tables",
                    "write `columns = { area_code = \"…\" }`",
                );
            }
            if section.columns.values().any(|target| target.period.is_some() || target.field != Field::Value) {
                error(
                    "columns",
                    "wrong-section",
                    "in a long table `columns` gives headings only",
                    "write for example `columns = { area_code = \"LSOA11CD\", value = \"Percent\" }`",
                );
            }
            if section.indicator.is_some() && !section.indicators.is_empty() {
                error(
                    "indicator",
                    "wrong-section",
                    "`indicator` is fixed for the whole table, and `indicators` says what labels mean",
                    "keep one of the two",
                );
            }
            for (key, is_fixed) in [("indicator", section.indicator.is_some()), ("period", section.period.is_some())] {
                if is_fixed && section.columns.contains_key(key) {
                    error(
                        key,
                        "wrong-section",
                        &format!("`{key}` is fixed for the whole table and named as a column too"),
                        "keep one of the two",
                    );
                }
            }
        }
    }
}

fn validate_breakdown(breakdown: &Located<BreakdownSection>, problems: &mut Problems) {
    let BreakdownSection { total, parts } = &breakdown.value;
    let mut error = |message: String| {
        let problem = Problem::error("bad-value", message);
        problems.push(breakdown.problem(problem.cure("a total has at least two parts, each named once")));
    };
    if parts.len() < 2 {
        error(format!("the breakdown of `{total}` has fewer than two parts"));
    }
    let mut seen = BTreeSet::from([total]);
    for part in parts {
        if !seen.insert(part) {
            error(format!("`{part}` stands twice in the breakdown of `{total}`"));
        }
    }
}

/// Holds that a name that readers see says something.
fn refuse_blank<T>(section: &Located<T>, key: &str, text: &Text, what: &str, problems: &mut Problems) {
    if text.en().trim().is_empty() {
        let problem = Problem::error("bad-value", format!("`{key}` is empty")).column(key);
        problems.push(section.problem(problem.cure(format!("write what readers call {what}"))));
    }
}

fn check_period<T>(section: &Located<T>, path: &[&str], period: &str, problems: &mut Problems) {
    if let Err(error) = period.parse::<Period>() {
        problems.push(section.problem_at(path, Problem::error("bad-period", error.to_string())));
    }
}

fn check_day<T>(section: &Located<T>, day: Option<&str>, problems: &mut Problems) {
    if let Some(Err(error)) = day.map(str::parse::<YearStart>) {
        let problem = Problem::error("bad-value", error.to_string()).column("year_starts");
        problems.push(section.problem(problem.value(day.unwrap_or_default())));
    }
}

/// Whether a text is an `http` or `https` address.
pub(crate) fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty())
        && !text.contains(|character: char| character.is_whitespace() || character.is_control())
}

/// Whether a text is a web address without a path: what a browser calls an origin.
fn is_origin(text: &str) -> bool {
    let host = text.split_once("://").map_or("", |(_, host)| host);
    is_web_address(text) && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:*".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::is_identifier;

    /// What links say, and whether it can be read: for the program and the page alike.
    const LINKS: &str = include_str!("../../../../tests/links.json");

    #[test]
    fn ids_are_those_that_the_page_reads() {
        let links: serde_json::Value = serde_json::from_str(LINKS).unwrap();
        for (kind, expected) in [("read", true), ("unread", false)] {
            for id in links["ids"][kind].as_array().unwrap() {
                assert_eq!(is_identifier(id.as_str().unwrap()), expected, "{id}");
            }
        }
    }
}
