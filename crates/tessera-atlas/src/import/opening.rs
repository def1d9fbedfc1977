//! `[view]`: whether the page can read each parameter of the view that opens first, and whether the atlas has what it names.

use super::indicators::Indicators;
use crate::classes::{CLASS_COUNTS, custom};
use crate::drawn::{LONGEST_NAME, is_name};
use crate::filter;
use crate::geography::Geography;
use crate::manifest::Manifest;
use crate::packed;
use crate::period::Period;
use crate::points::PointLayer;
use crate::problem::{Problem, Problems, did_you_mean};

/// What parameters may name.
pub(super) struct Known<'a> {
    pub(super) manifest: &'a Manifest,
    pub(super) geographies: &'a [Geography],
    pub(super) indicators: &'a Indicators,
    pub(super) points: &'a [PointLayer],
}

/// The parameters that are one of some words.
const WORDS: [(&str, &[&str]); 12] = [
    ("method", &["quantile", "equal", "jenks", "stddev", "pretty", "headtail", "custom"]),
    ("scope", &["atlas", "within", "selection"]),
    ("palette", &["blue", "purple", "orange", "grey", "orange-purple", "brown-teal", "red-blue"]),
    ("reverse", &["true", "false"]),
    ("still", &["true", "false"]),
    ("mode", &["map", "change", "double", "hotspots", "significance"]),
    ("hotspot", &["gi-star", "local-moran"]),
    ("permutations", &["99", "999", "9999"]),
    ("smooth", &["global", "spatial"]),
    ("panel", &["areas", "trend", "relation", "profile"]),
    ("sort", &["worst", "best", "name"]),
    ("theme", &["light", "dark"]),
];

/// What an embed can keep its readers from changing.
const LOCKS: [&str; 8] = ["indicator", "geography", "within", "period", "areas", "legend", "at", "mode"];

/// What a parameter is held against beside areas, periods and sets.
const BENCHMARKS: [&str; 3] = ["overall", "parent", "target"];

/// What is wrong with a parameter, and what it can be.
type Refused = (String, String);

/// Names each parameter that the page would leave out. Geography, indicator and period are judged with what is published.
pub(super) fn check_view(known: &Known<'_>, problems: &mut Problems) {
    let view = &known.manifest.view;
    for (name, text) in &view.value {
        if let Err((message, cure)) = known.check(name, text) {
            problems.push(view.problem(Problem::error("bad-view", message).column(name).value(text).cure(cure)));
        }
    }
}

impl Known<'_> {
    fn check(&self, name: &str, text: &str) -> Result<(), Refused> {
        if let Some((_, words)) = WORDS.iter().find(|(own, _)| *own == name) {
            one_of(name, text, words)?;
        }
        match name {
            "method" if text == "custom" && !self.is_given("breaks") => Err((
                "`method = \"custom\"` needs `breaks`".to_owned(),
                "add for example `breaks = \"0,5,10\"`".to_owned(),
            )),
            "scope" if text == "selection" && !self.is_given("areas") => Err((
                "`scope = \"selection\"` needs the areas that are selected".to_owned(),
                "add `areas`, or take `scope` out".to_owned(),
            )),
            "k" => {
                let is_count = text.parse().is_ok_and(|k: usize| CLASS_COUNTS.contains(&k));
                allowed(is_count, name, "the number of classes, 2 to 12", "k = 5")
            }
            "breaks" => self.check_breaks(text),
            "centre" => allowed(number(text).is_some(), name, "a number", "centre = 8.5"),
            "seed" => allowed(text.parse::<u32>().is_ok(), name, "a whole number, 0 to 4294967295", "seed = 1"),
            "fdr" => {
                let is_part = number(text).is_some_and(|rate| rate > 0.0 && rate < 1.0);
                allowed(is_part, name, "a number between 0 and 1", "fdr = 0.05")
            }
            "at" => allowed(is_place(text), name, "longitude, latitude and zoom", "at = \"-1.55,53.8,10\""),
            // Welsh is a draft, and not in use.
            "lang" => one_of(name, text, &["en"]),
            "edition" => Err((
                "an atlas opens with its newest edition".to_owned(),
                "take `edition` out; a link can keep to an edition".to_owned(),
            )),
            "lock" => text.split(',').try_for_each(|word| one_of(name, word, &LOCKS)),
            "layers" => text.split(',').try_for_each(|id| self.check_layer(id)),
            "within" => self.check_within(text),
            "areas" => self.check_areas(text),
            "set" => self.check_set(text),
            "filter" => self.check_filter(text),
            "second" => self.check_measure(text),
            "from" => match text.split_once('@') {
                Some(_) => self.check_measure(text),
                None => check_period(text),
            },
            "against" => self.check_benchmark(text),
            _ => Ok(()),
        }
    }

    fn is_given(&self, name: &str) -> bool {
        self.manifest.view.value.contains_key(name)
    }

    fn check_breaks(&self, text: &str) -> Result<(), Refused> {
        let cure = "write the minimum, then the upper bound of each class, such as `breaks = \"0,5,10\"`";
        let bounds: Option<Vec<f64>> = text.split(',').map(number).collect();
        let bounds =
            bounds.ok_or_else(|| ("`breaks` are numbers with commas between them".to_owned(), cure.to_owned()))?;
        custom(&bounds).map_err(|error| (format!("`breaks`: {error}"), cure.to_owned()))?;
        match self.manifest.view.value.get("method") {
            Some(method) if method != "custom" => {
                let cure = "write `method = \"custom\"`, or take `breaks` out";
                Err((format!("`breaks` are classes of one's own, and `method` is `{method}`"), cure.to_owned()))
            }
            _ => Ok(()),
        }
    }

    fn check_layer(&self, id: &str) -> Result<(), Refused> {
        let layers: Vec<&str> = self.points.iter().map(|layer| layer.id.as_str()).collect();
        if layers.contains(&id) || self.manifest.is_unread("points", id) {
            return Ok(());
        }
        Err((format!("there is no layer of points `{id}`"), likeliest(id, &layers)))
    }

    fn geography(&self, id: &str) -> Result<&Geography, Refused> {
        let ids: Vec<&str> = self.geographies.iter().map(|geography| geography.id.as_str()).collect();
        let found = self.geographies.iter().find(|geography| geography.id == id);
        found.ok_or_else(|| (format!("there is no geography `{id}`"), likeliest(id, &ids)))
    }

    /// `GEO:CODE`
    fn check_area(&self, text: &str) -> Result<(), Refused> {
        let Some((id, code)) = text.split_once(':') else {
            let cure = "write for example `lad11:E08000035`".to_owned();
            return Err((format!("`{text}` is no geography with the code of one of its areas"), cure));
        };
        let geography = self.geography(id)?;
        match geography.position(code) {
            Some(_) => Ok(()),
            None => Err((format!("no area of `{id}` has the code `{code}`"), no_such_code(geography))),
        }
    }

    fn check_within(&self, text: &str) -> Result<(), Refused> {
        self.check_area(text)?;
        let shown = self.manifest.view.value.get("geography").and_then(|id| self.geography(id).ok());
        let around = text.split_once(':').and_then(|(id, _)| self.geography(id).ok());
        match (shown, around) {
            (Some(shown), Some(around)) if !shown.can_lie_in(around) => {
                let cure = "name an area of a geography that `geography` lies in".to_owned();
                Err((format!("areas of `{}` do not lie in areas of `{}`", shown.id, around.id), cure))
            }
            _ => Ok(()),
        }
    }

    /// `CODE,…` or `GEO:CODE,…`, where the geography holds for the codes after it, and the names of groups.
    fn check_areas(&self, text: &str) -> Result<(), Refused> {
        let mut current = self.manifest.view.value.get("geography").map(|id| self.geography(id)).transpose()?;
        for part in text.split(',').map(str::trim) {
            match part.split_once(':') {
                None if part == "filter" => allowed(
                    self.is_given("filter"),
                    "areas",
                    "`filter` only beside a filter",
                    "filter = \"crime>=40\"",
                )?,
                Some(("class", number)) => {
                    let is_number = number.parse().is_ok_and(|class: usize| class > 0);
                    allowed(is_number, "areas", "`class:` with a number from 1 up", "areas = \"class:1\"")?;
                }
                Some(("parent", around)) => self.check_area(around)?,
                Some((id, code)) => {
                    current = Some(self.geography(id)?);
                    self.check_codes(code, current)?;
                }
                None => self.check_codes(part, current)?,
            }
        }
        Ok(())
    }

    /// A code, or [many](packed), of one geography or of any.
    fn check_codes(&self, text: &str, geography: Option<&Geography>) -> Result<(), Refused> {
        let Some(codes) = packed::codes(text) else {
            let cure = "copy `areas` from a link of the page as it is, or write the codes with commas between them";
            return Err((format!("`{text}` stands for no codes"), cure.to_owned()));
        };
        let is_there = |code: &str| match geography {
            Some(geography) => geography.position(code).is_some(),
            None => self.geographies.iter().any(|geography| geography.position(code).is_some()),
        };
        match codes.iter().find(|code| !is_there(code)) {
            None => Ok(()),
            Some(code) => {
                let of = geography.map_or("of the atlas".to_owned(), |geography| format!("of `{}`", geography.id));
                let cure = geography.or(self.geographies.first()).map_or(String::new(), no_such_code);
                Err((format!("no area {of} has the code `{code}`"), cure))
            }
        }
    }

    /// `NAME~GEO:CODE,CODE…`
    fn check_set(&self, text: &str) -> Result<(), Refused> {
        let cure = || "write for example `North side~lsoa11:E01010568,E01010569`".to_owned();
        let no_set = || ("`set` is a name, `~`, a geography and codes of its areas".to_owned(), cure());
        let (name, areas) = text.split_once('~').ok_or_else(no_set)?;
        if !areas.contains(':') {
            return Err(no_set());
        }
        if !is_name(name.trim()) {
            let message = format!("the name of a set has 1 to {LONGEST_NAME} characters, and no comma");
            return Err((message, cure()));
        }
        self.check_areas(areas)
    }

    fn check_filter(&self, text: &str) -> Result<(), Refused> {
        let conditions = filter::read(text).map_err(|error| {
            (format!("`filter`: {error}"), "write for example `imd-decile<=2 and crime>=40`".to_owned())
        })?;
        conditions.iter().try_for_each(|condition| self.check_measure(condition.measure))
    }

    /// `INDICATOR[@PERIOD]`
    fn check_measure(&self, text: &str) -> Result<(), Refused> {
        let (id, period) = text.split_once('@').map_or((text, None), |(id, period)| (id, Some(period)));
        if !self.indicators.is_known(id) {
            let Problem { message, cure, .. } = self.indicators.unknown(id);
            return Err((message, cure.unwrap_or_default()));
        }
        if self.indicators.is_withheld(id) {
            let cure = "name an indicator that everybody may see, or take the key out";
            return Err((format!("the indicator `{id}` is withheld, and the view is for everybody"), cure.to_owned()));
        }
        period.map_or(Ok(()), check_period)
    }

    fn check_benchmark(&self, text: &str) -> Result<(), Refused> {
        match text.split_once(':') {
            None => one_of("against", text, &BENCHMARKS),
            Some(("period", period)) => check_period(period),
            Some(("set", name)) => {
                let set = self.manifest.view.value.get("set").and_then(|set| set.split_once('~'));
                let is_drawn = set.is_some_and(|(own, _)| own.trim() == name.trim());
                allowed(
                    is_drawn,
                    "against",
                    "`set:` with the name of the `set`",
                    "set = \"North side~lsoa11:E01010568\"",
                )
            }
            Some(_) => self.check_area(text),
        }
    }
}

fn one_of(name: &str, text: &str, words: &[&str]) -> Result<(), Refused> {
    if words.contains(&text) {
        Ok(())
    } else {
        Err((format!("`{text}` is nothing that `{name}` can be"), likeliest(text, words)))
    }
}

fn allowed(is_allowed: bool, name: &str, what: &str, example: &str) -> Result<(), Refused> {
    if is_allowed { Ok(()) } else { Err((format!("`{name}` is {what}"), format!("write for example `{example}`"))) }
}

/// The name that was meant, or all that there are.
fn likeliest(wrong: &str, names: &[&str]) -> String {
    did_you_mean(wrong, names.iter().copied()).unwrap_or_else(|| match names {
        [] => "take the key out: there is none".to_owned(),
        names => format!("it can be: {}", names.join(", ")),
    })
}

fn no_such_code(geography: &Geography) -> String {
    let example = geography.areas().first().map_or("", |area| area.code.as_str());
    format!("write a code of the atlas, such as `{}:{example}`", geography.id)
}

fn check_period(text: &str) -> Result<(), Refused> {
    let cure = "write a period in which the indicator is published".to_owned();
    text.parse::<Period>().map(|_| ()).map_err(|error| (error.to_string(), cure))
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

/// `lon,lat,zoom`
fn is_place(text: &str) -> bool {
    let numbers: Option<Vec<f64>> = text.split(',').map(number).collect();
    let inside =
        |lon: f64, lat: f64, zoom: f64| lon.abs() <= 180.0 && lat.abs() <= 85.0 && (0.0..=22.0).contains(&zoom);
    matches!(numbers.as_deref(), Some([lon, lat, zoom]) if inside(*lon, *lat, *zoom))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the page says what it can read.
    const PAGE: &str = include_str!("../../../../web/src/view.ts");

    /// The words of a list of the page: `NAME … = ["…", …]`.
    fn of_the_page(name: &str) -> Vec<&'static str> {
        let (_, list) = PAGE.split_once(&format!("const {name}")).unwrap();
        let (_, list) = list.split_once("= [").unwrap();
        let (list, _) = list.split_once(']').unwrap();
        list.split('"').skip(1).step_by(2).collect()
    }

    #[test]
    fn the_page_reads_the_words_that_are_allowed() {
        let mut compared = 0;
        for (name, lists) in [
            ("method", ["METHODS"].as_slice()),
            ("scope", &["SCOPES"]),
            ("palette", &["PALETTES", "PAIRS"]),
            ("mode", &["MODES"]),
            ("hotspot", &["STATISTICS"]),
            ("permutations", &["PERMUTATIONS"]),
            ("smooth", &["SMOOTHINGS"]),
            ("panel", &["PANELS"]),
            ("sort", &["SORTS"]),
        ] {
            let (_, allowed) = WORDS.iter().find(|(own, _)| *own == name).unwrap();
            let (mut read, mut allowed): (Vec<_>, Vec<_>) =
                (lists.iter().flat_map(|list| of_the_page(list)).collect(), allowed.to_vec());
            read.sort_unstable();
            allowed.sort_unstable();
            assert_eq!(read, allowed, "{name}");
            compared += read.len();
        }
        assert!(compared > 30);
        assert_eq!(of_the_page("LOCKS"), LOCKS);
    }
}
