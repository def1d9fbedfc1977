//! From the areas, sets and filters in a request to those of the atlas, or a refusal that says what is expected.

use tessera_atlas::AtlasView;
use tessera_atlas::compare::{Against, MOST_BESIDE, Selected};
use tessera_atlas::drawn::{DrawnSet, LONGEST_NAME, MOST_MEMBERS, is_name};
use tessera_atlas::filter::{Condition, read};
use tessera_atlas::geography::Geography;
use tessera_atlas::packed;

use crate::error::{ApiError, Place};
use crate::names;
use crate::parameters::capitalised;

/// How many entries name the areas of a selection or a set; an entry may be many areas.
pub(crate) const MOST_NAMED: usize = 300;

/// Who selects, and what a selection may refer to.
#[derive(Clone, Copy)]
pub(crate) struct Selecting<'v, 'q> {
    /// The atlas.
    pub(crate) view: &'v AtlasView,
    /// What bare codes are of.
    pub(crate) geography: Option<&'v Geography>,
    /// What `filter` stands for.
    pub(crate) filter: Option<&'q str>,
}

impl<'v> Selecting<'v, '_> {
    /// `CODE,…` of the request's geography, or `GEO:CODE,…` (the geography holds for the codes after it, too); a code may be
    /// [many](packed). `filter` stands for the areas that the filter lets through, `parent:GEO:CODE` for those inside one area.
    /// Each area comes once.
    pub(crate) fn areas(&self, text: &str, parameter: &str) -> Result<Vec<Selected<'v>>, ApiError> {
        let mut selected: Vec<Selected<'v>> = Vec::new();
        let mut current = self.geography;
        let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
        if parts.is_empty() || parts.len() > MOST_NAMED {
            let detail = format!("Name 1 to {MOST_NAMED} areas by their codes, separated by commas.");
            return Err(ApiError::bad_parameter(parameter, detail));
        }
        for part in parts {
            if part == "filter" {
                selected.extend(self.filtered(part, parameter)?);
            } else if let Some(around) = part.strip_prefix("parent:") {
                let geography = self.default(part, parameter)?;
                let within = names::within_of(self.view, geography, around, parameter)?;
                let positions = (0..geography.len()).filter(|position| within.holds(geography, *position));
                selected.extend(positions.map(|position| Selected { geography, position }));
            } else {
                let code = match part.split_once(':') {
                    Some((id, code)) => {
                        current = Some(names::geography(self.view, id, Place::Query(parameter))?);
                        code
                    }
                    None => part,
                };
                let geography = current.ok_or_else(|| needs_geography(part, parameter))?;
                let codes = packed::codes(code).ok_or_else(|| not_packed(code, parameter))?;
                for code in codes {
                    selected.push(names::area(geography, &code, parameter)?);
                }
            }
        }
        let mut known = std::collections::HashSet::new();
        selected.retain(|area| known.insert((area.geography.id.as_str(), area.position)));
        if selected.is_empty() || selected.len() > MOST_MEMBERS {
            let n = selected.len();
            let detail = format!("These are {n} areas; 1 to {MOST_MEMBERS} can be selected.");
            return Err(ApiError::bad_parameter(parameter, detail));
        }
        Ok(selected)
    }

    /// The same, of which there may be no more than can be set beside each other.
    pub(crate) fn few_areas(&self, text: &str, parameter: &str) -> Result<Vec<Selected<'v>>, ApiError> {
        let areas = self.areas(text, parameter)?;
        if areas.len() > MOST_BESIDE {
            let n = areas.len();
            let detail = format!(
                "These are {n} areas; up to {MOST_BESIDE} are answered one by one. Draw a `set` of them to have them as one."
            );
            return Err(ApiError::bad_parameter(parameter, detail));
        }
        Ok(areas)
    }

    /// `NAME~GEO:CODE,CODE…`, each of another name.
    pub(crate) fn sets(&self, texts: &[String]) -> Result<Vec<DrawnSet<'v>>, ApiError> {
        let mut sets: Vec<DrawnSet<'v>> = Vec::new();
        for text in texts {
            let set = self.set(text)?;
            if sets.iter().any(|other| other.name() == set.name()) {
                let detail = format!("Two sets are called `{}`. Give each a name of its own.", set.name());
                return Err(ApiError::bad_parameter("set", detail));
            }
            sets.push(set);
        }
        Ok(sets)
    }

    fn set(&self, text: &str) -> Result<DrawnSet<'v>, ApiError> {
        const FORM: &str = "A set is `NAME~GEO:CODE,CODE…`, such as `North side~lsoa11:E01010568,E01010569`";
        let (name, areas) = text.split_once('~').map(|(name, areas)| (name.trim(), areas)).unwrap_or_default();
        if !is_name(name) {
            let detail = format!("{FORM}, with a name of 1 to {LONGEST_NAME} characters and without a comma.");
            return Err(ApiError::bad_parameter("set", detail));
        }
        let areas = self.areas(areas, "set")?;
        let geography = areas[0].geography;
        if let Some(other) = areas.iter().find(|area| area.geography.id != geography.id) {
            let (one, other) = (&geography.id, &other.geography.id);
            let detail = format!("The areas of a set are of one geography, and these are of `{one}` and `{other}`.");
            return Err(ApiError::bad_parameter("set", detail));
        }
        let drawn = self.view.draw(name, geography, areas.iter().map(|area| area.position));
        drawn.map_err(|error| ApiError::not_applicable("set", capitalised(&format!("{error}."))))
    }

    /// `parent`, `overall`, `target`, `GEO:CODE`, `set:NAME` and `period:P`, separated by commas.
    pub(crate) fn against<'a>(&'a self, text: &str, sets: &'a [DrawnSet<'v>]) -> Result<Vec<Against<'a>>, ApiError> {
        let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
        words.map(|word| self.held_against(word, sets)).collect()
    }

    fn held_against<'a>(&'a self, word: &str, sets: &'a [DrawnSet<'v>]) -> Result<Against<'a>, ApiError> {
        match word {
            "parent" => return Ok(Against::Parent),
            "overall" => return Ok(Against::Overall),
            "target" => return Ok(Against::Target),
            _ => {}
        }
        if let Some(text) = word.strip_prefix("period:") {
            let period = text.trim().parse().map(Against::Period);
            return period.map_err(|error| ApiError::bad_parameter("against", capitalised(&format!("{error}."))));
        }
        let Some(name) = word.strip_prefix("set:") else {
            return names::qualified_area(self.view, word, "against").map(Against::Area);
        };
        let set = sets.iter().find(|set| set.name() == name.trim());
        set.map(Against::Set).ok_or_else(|| {
            let detail = format!("No set is called `{name}`. Draw it with `set={name}~GEO:CODE,CODE…`.");
            ApiError::bad_parameter("against", detail)
        })
    }

    fn filtered(&self, part: &str, parameter: &str) -> Result<impl Iterator<Item = Selected<'v>> + use<'v>, ApiError> {
        let geography = self.default(part, parameter)?;
        let Some(text) = self.filter else {
            let detail = "`filter` stands for the areas that `filter=` lets through, and there is none.";
            return Err(ApiError::bad_parameter(parameter, detail));
        };
        let positions = self.view.filter(geography, &filter(self.view, geography, text)?, None)?;
        if positions.is_empty() {
            return Err(ApiError::bad_parameter("filter", format!("No area of `{}` passes this.", geography.id)));
        }
        Ok(positions.into_iter().map(move |position| Selected { geography, position }))
    }

    fn default(&self, part: &str, parameter: &str) -> Result<&'v Geography, ApiError> {
        self.geography.ok_or_else(|| needs_geography(part, parameter))
    }
}

fn not_packed(text: &str, parameter: &str) -> ApiError {
    let detail = format!("`{text}` is no code, nor many: those are a code, `*`, and the distances to the others.");
    ApiError::bad_parameter(parameter, detail)
}

fn needs_geography(part: &str, parameter: &str) -> ApiError {
    let detail = if part == "filter" || part.starts_with("parent:") {
        format!("`{part}` needs to know of which areas: set `geography`.")
    } else {
        format!("`{part}` needs its geography: `GEO:{part}`, or set `geography`.")
    };
    ApiError::bad_parameter(parameter, detail)
}

/// `INDICATOR[@PERIOD] (<=|<|=|>|>=) NUMBER`, joined by `and`.
pub(crate) fn filter<'v>(
    view: &'v AtlasView,
    geography: &Geography,
    text: &str,
) -> Result<Vec<Condition<'v>>, ApiError> {
    let written = read(text).map_err(|error| ApiError::bad_parameter("filter", capitalised(&format!("{error}."))))?;
    let condition = |written: &tessera_atlas::filter::Written<'_>| {
        let measure = names::measure(view, geography, written.measure, "filter")?;
        Ok(Condition { measure, relation: written.relation, bound: written.bound })
    };
    written.iter().map(condition).collect()
}
