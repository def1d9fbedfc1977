//! What the mode of a view makes of the map of values, by the very answers that the interface gives.

use serde::Deserialize;
use tessera_atlas::AtlasView;
use tessera_atlas::change::Change;
use tessera_atlas::classes::Question;
use tessera_atlas::hotspots::{Hotspots, Permutations};
use tessera_atlas::manifest::is_identifier;
use tessera_atlas::period::Period;
use tessera_atlas::verdicts::Verdicts;

use super::beside::{Beside, beside, has_other};
use super::written::{Written, unread, word};
use crate::error::ApiError;
use crate::plain::words::say;
use crate::routes::{change, hotspots, significance};

/// What of a view only a mode reads.
pub(super) const PARAMETERS_OF_MODES: [&str; 9] =
    ["mode", "from", "against", "second", "hotspot", "permutations", "seed", "fdr", "smooth"];

/// A parameter that can be read whatever the map shows, and whether a text says something as it.
type ReadAlone = (&'static str, fn(&str) -> bool);

/// Those of the modes.
const READ_ALONE: [ReadAlone; 8] = [
    ("mode", |text| word::<Mode>(text).is_some()),
    ("hotspot", |text| word::<hotspots::StatisticWord>(text).is_some()),
    ("permutations", |text| permutations(text).is_some()),
    ("seed", |text| seed(text).is_some()),
    ("fdr", |text| rate(text).is_some()),
    ("smooth", |text| word::<hotspots::SmoothingWord>(text).is_some()),
    ("against", is_benchmark),
    ("second", is_measure),
];

/// What of the modes cannot be read, as notices.
pub(super) fn unheard(written: &Written) -> Vec<String> {
    let wrong = READ_ALONE.iter().filter_map(|(name, reads)| {
        let text = written.get(name)?;
        (!reads(text)).then(|| unread(name, text))
    });
    wrong.collect()
}

fn permutations(text: &str) -> Option<u32> {
    text.parse().ok().filter(|count| Permutations::try_from(*count).is_ok())
}

fn seed(text: &str) -> Option<u32> {
    text.parse().ok()
}

fn rate(text: &str) -> Option<f64> {
    text.parse().ok().filter(|rate| *rate > 0.0 && *rate < 1.0)
}

/// One of the words, or something with the name of what it is: `GEO:CODE`, `period:P`, `set:NAME`.
fn is_benchmark(text: &str) -> bool {
    let is_named = |(kind, name): (&str, &str)| is_identifier(kind) && !name.is_empty();
    matches!(text, "overall" | "parent" | "target") || text.split_once(':').is_some_and(is_named)
}

/// `INDICATOR[@PERIOD]`
pub(super) fn is_measure(text: &str) -> bool {
    let (id, period) = text.split_once('@').map_or((text, None), |(id, period)| (id, Some(period)));
    is_identifier(id) && period.is_none_or(|period| period.parse::<Period>().is_ok())
}

/// The modes in which a question can be shown, by the words of the view.
pub(crate) fn possible(view: &AtlasView, question: &Question<'_>) -> Vec<&'static str> {
    let own = question.indicator.modes();
    let is_possible = |mode: &&str| match *mode {
        "map" => true,
        "double" => has_other(view, question),
        "change" => own.contains(mode) && view.periods(question.geography, question.indicator).len() > 1,
        "hotspots" => own.contains(mode) && question.geography.tiling && question.geography.shape.is_some(),
        _ => own.contains(mode),
    };
    ["map", "change", "double", "hotspots", "significance"].into_iter().filter(is_possible).collect()
}

/// What the map shows.
pub(crate) enum Found<'a> {
    /// Values alone.
    Values,
    /// Areas that stand out together with their neighbours.
    Hotspots(Box<Hotspots>),
    /// Areas against a benchmark.
    Verdicts(Box<Verdicts>),
    /// What changed between two periods.
    Change(Box<Change>),
    /// Two maps beside each other.
    Beside(Box<Beside<'a>>),
}

impl Found<'_> {
    /// Each area's class or kind, where they are not those of the map of values.
    pub(super) fn classes(&self) -> Option<&[Option<u32>]> {
        match self {
            Found::Values | Found::Beside(_) => None,
            Found::Hotspots(found) => Some(&found.kinds.classes),
            Found::Verdicts(held) => Some(&held.kinds.classes),
            Found::Change(change) => Some(&change.classes),
        }
    }

    /// The word of the view.
    pub(crate) fn mode(&self) -> &'static str {
        match self {
            Found::Values => "map",
            Found::Hotspots(_) => "hotspots",
            Found::Verdicts(_) => "significance",
            Found::Change(_) => "change",
            Found::Beside(_) => "double",
        }
    }
}

/// The modes of a view.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Mode {
    Map,
    Change,
    Double,
    Hotspots,
    Significance,
}

/// What is found in the mode that is asked for. Where it makes no sense of these values or periods it is the map of values, and that is told.
pub(super) fn found<'a>(
    view: &'a AtlasView,
    written: &Written,
    question: &Question<'a>,
    sets: &[String],
    notices: &mut Vec<String>,
) -> Result<Found<'a>, ApiError> {
    let Question { geography, indicator, .. } = *question;
    let from = from(written, question, notices);
    let mode = written.get("mode").and_then(word);
    if !matches!(mode, Some(Mode::Double)) {
        notices.extend(unknown_second(view, written));
    }
    let found = match mode {
        None | Some(Mode::Map) => return Ok(Found::Values),
        Some(Mode::Double) => {
            let second = beside(view, written, question, notices)?;
            return Ok(second.map_or(Found::Values, |second| Found::Beside(Box::new(second))));
        }
        Some(Mode::Hotspots) => {
            let query = hotspots_query(written, question);
            hotspots::found(view, geography, indicator, &query).map(|found| Found::Hotspots(Box::new(found)))
        }
        Some(Mode::Significance) => {
            let query = significance_query(written, question, sets);
            significance::found(view, geography, indicator, &query).map(|held| Found::Verdicts(Box::new(held)))
        }
        Some(Mode::Change) => {
            let Some(query) = change_query(view, from, question, notices) else { return Ok(Found::Values) };
            change::found(view, geography, indicator, &query).map(|change| Found::Change(Box::new(change)))
        }
    };
    found.or_else(|refusal| {
        notices.push(refusal.told()?);
        Ok(Found::Values)
    })
}

/// That nothing is known of what the relation should hold the indicator beside; where that stands open it says so itself.
fn unknown_second(view: &AtlasView, written: &Written) -> Option<String> {
    let text = written.get("second").filter(|text| is_measure(text))?;
    let id = text.split('@').next().unwrap_or_default();
    (view.indicator(id).is_none() && written.get("panel") != Some("relation")).then(|| unread("second", text))
}

fn hotspots_query(written: &Written, question: &Question<'_>) -> hotspots::Query {
    let (period, within) = column(question);
    hotspots::Query {
        hotspot: written.get("hotspot").and_then(word).unwrap_or_default(),
        permutations: written.get("permutations").and_then(permutations),
        seed: written.get("seed").and_then(seed),
        fdr: written.get("fdr").and_then(rate),
        smooth: written.get("smooth").and_then(word),
        within,
        period,
    }
}

fn significance_query(written: &Written, question: &Question<'_>, sets: &[String]) -> significance::Query {
    let (period, within) = column(question);
    let against = written.get("against").filter(|text| is_benchmark(text));
    significance::Query { against: against.map(str::to_owned), set: sets.to_vec(), period, within }
}

/// The earlier period of a change that is asked for: `PERIOD`, or `INDICATOR@PERIOD` where it is the indicator that is shown.
fn from(written: &Written, question: &Question<'_>, notices: &mut Vec<String>) -> Option<Period> {
    let own = |text: &str| match text.split_once('@') {
        Some((id, from)) => from.parse().ok().filter(|_| id == question.indicator.id),
        None => text.parse().ok(),
    };
    written.read("from", own, notices)
}

/// `None`, and told, where there is no earlier period.
fn change_query(
    view: &AtlasView,
    from: Option<Period>,
    question: &Question<'_>,
    notices: &mut Vec<String>,
) -> Option<change::Query> {
    let Question { geography, indicator, period: last, .. } = *question;
    let (period, within) = column(question);
    let from = from.or_else(|| view.periods(geography, indicator).into_iter().rfind(|period| *period < last));
    if from.is_none() {
        notices.push(say("no-period-before"));
    }
    Some(change::Query { from: from?.to_string(), period, within })
}

/// Period and place of a question, as the interface is asked for them.
fn column(question: &Question<'_>) -> (Option<String>, Option<String>) {
    (Some(question.period.to_string()), question.within.map(|within| within.parameter()))
}
