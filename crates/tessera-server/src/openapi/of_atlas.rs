//! What the description says of the parameters in this atlas: its ids, its periods, and the form of what names more than one thing.
//!
//! The routes describe what a parameter means; what may stand in it depends on the edition.

use serde_json::{Value, json};
use tessera_atlas::AtlasView;
use tessera_atlas::filter::MOST_CONDITIONS;
use tessera_atlas::geography::Geography;

use crate::routes::areas::field_words;
use crate::selection::MOST_NAMED;

/// From how many ids on the description does not list them.
const MOST_LISTED: usize = 1000;
/// How many areas are named for an example.
const AREAS_NAMED: usize = 20;

const ID: &str = "[A-Za-z0-9._-]{1,64}";
const PERIOD: &str = r"[0-9]{4}(-[0-9]{2}|-Q[1-4]|/[0-9]{2}|-[0-9]{4})?";

/// The description with the parameters of every route as they are in one atlas.
pub(crate) fn of_atlas(description: &str, view: &AtlasView) -> serde_json::Result<Vec<u8>> {
    let mut description: Value = serde_json::from_str(description)?;
    let names = Names::of(view);
    let paths = description["paths"].as_object_mut().into_iter().flatten();
    for (path, item) in paths.filter(|(path, _)| path.starts_with("/api/")) {
        let parameters = item.pointer_mut("/get/parameters").and_then(Value::as_array_mut);
        for parameter in parameters.into_iter().flatten() {
            names.describe(path, parameter);
        }
    }
    serde_json::to_vec(&description)
}

/// The names of an atlas.
struct Names {
    editions: [String; 2],
    geographies: Vec<String>,
    indicators: Vec<String>,
    periods: Vec<String>,
    themes: Vec<String>,
    /// Some areas with their geography.
    areas: Vec<String>,
}

impl Names {
    fn of(view: &AtlasView) -> Names {
        let drawn = view.geographies().iter().filter(|geography| geography.shape.is_some());
        let largest = drawn.min_by_key(|geography| geography.len());
        let area = |geography: &Geography| {
            let areas = geography.areas().iter().take(AREAS_NAMED);
            areas.map(|area| format!("{}:{}", geography.id, area.code)).collect()
        };
        let mut periods: Vec<String> = Vec::new();
        let mut themes: Vec<String> = Vec::new();
        for indicator in view.indicators() {
            let own = view.geographies().iter().flat_map(|geography| view.periods(geography, indicator));
            let paths = indicator.themes.iter().map(|path| path.join(" / "));
            for (text, known) in own.map(|period| (period.to_string(), true)).chain(paths.map(|path| (path, false))) {
                let list = if known { &mut periods } else { &mut themes };
                if !list.contains(&text) {
                    list.push(text);
                }
            }
        }
        Names {
            editions: ["latest".to_owned(), view.id().to_string()],
            geographies: view.geographies().iter().map(|geography| geography.id.clone()).collect(),
            indicators: view.indicators().iter().map(|indicator| indicator.id.clone()).collect(),
            periods,
            themes,
            areas: largest.map(area).unwrap_or_default(),
        }
    }

    fn describe(&self, path: &str, parameter: &mut Value) {
        let (name, place) = (parameter["name"].clone(), parameter["in"].clone());
        let (Some(name), Some(place)) = (name.as_str(), place.as_str()) else { return };
        let with_all = path.contains("/classes/") || path.contains("/values/");
        let schema = match (place, name) {
            // Formats have suffixes.
            ("path", "indicator") if path.contains("/values/") => return,
            ("path", "edition") => one_of(&self.editions, "[0-9a-f]{16}"),
            ("path", "geography") | ("query", "geography" | "of") => listed(&self.geographies),
            ("path", "indicator") => listed(&self.indicators),
            ("query", "x" | "y" | "by" | "score") => one_of(&self.indicators, &format!("{ID}(@{PERIOD})?")),
            ("query", "period") if with_all => one_of(&with(&self.periods, "all"), PERIOD),
            ("query", "period") => one_of(&self.periods, PERIOD),
            ("query", "theme") => listed(&self.themes),
            ("query", "within") => one_of(&self.areas, &format!("{ID}:[^:,~]+")),
            ("query", "fields") if path.contains("/areas/") => many(listed(&field_words()), None),
            ("query", "indicators") => many(listed(&self.indicators), None),
            ("query", "areas") => {
                let area = format!("(({ID}:)?[^:,~]+|parent:{ID}:[^:,~]+|filter)");
                many(one_of(&self.areas, &area), Some(MOST_NAMED))
            }
            ("query", "against") => {
                let words = ["parent", "overall", "target"].map(str::to_owned);
                many(one_of(&words, &format!("({ID}:[^:,~]+|set:[^,~]{{1,80}})")), None)
            }
            ("query", "set") => {
                let known: Vec<String> = self.areas.iter().map(|area| format!("Mine~{area}")).collect();
                let set = format!("[^,~]{{1,80}}~{ID}:[^:,~]+(,[^:,~]+){{0,{}}}", MOST_NAMED - 1);
                many(one_of(&known, &set), None)
            }
            ("query", "filter") => {
                let known: Vec<String> = self.indicators.iter().map(|indicator| format!("{indicator}>=0")).collect();
                let condition = format!("{ID}(@{PERIOD})? ?(<=|<|=|>|>=) ?-?[0-9]{{1,9}}([.][0-9]{{1,9}})?");
                one_of(&known, &format!("{condition}( and {condition}){{0,{}}}", MOST_CONDITIONS - 1))
            }
            _ => return,
        };
        if schema["type"] == "array" {
            // One text with commas; a set stands once for each.
            let is_repeated = name == "set";
            parameter["style"] = json!("form");
            parameter["explode"] = json!(is_repeated);
            if let Some(example) = parameter["example"].as_str() {
                parameter["example"] = example.split(',').collect();
            }
        }
        parameter["schema"] = schema;
    }
}

/// One of the ids of the atlas, which are listed unless they are very many.
fn listed(ids: &[String]) -> Value {
    if ids.is_empty() || ids.len() > MOST_LISTED {
        return json!({ "type": "string" });
    }
    json!({ "type": "string", "enum": ids })
}

/// One of the names that the atlas has, or any other text of the form.
fn one_of(known: &[String], pattern: &str) -> Value {
    let any = json!({ "type": "string", "pattern": format!("^{pattern}$") });
    if known.is_empty() || known.len() > MOST_LISTED { any } else { json!({ "anyOf": [listed(known), any] }) }
}

/// Several of them, at least one.
fn many(items: Value, most: Option<usize>) -> Value {
    let mut schema = json!({ "type": "array", "items": items, "minItems": 1 });
    if let Some(most) = most {
        schema["maxItems"] = json!(most);
    }
    schema
}

fn with(names: &[String], more: &str) -> Vec<String> {
    names.iter().cloned().chain([more.to_owned()]).collect()
}
