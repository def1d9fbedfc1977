//! What the mode of a view makes of the map of values, by the very answers that the interface gives.

use serde::Deserialize;
use tessera_atlas::AtlasView;
use tessera_atlas::change::Change;
use tessera_atlas::classes::Question;
use tessera_atlas::hotspots::{Hotspots, Permutations};
use tessera_atlas::verdicts::Verdicts;

use super::beside::{Beside, beside, has_other};
use super::written::{Written, word};
use crate::error::ApiError;
use crate::plain::words::say;
use crate::routes::{change, hotspots, significance};

/// What of a view only a mode reads.
pub(super) const PARAMETERS_OF_MODES: [&str; 9] =
    ["mode", "from", "against", "second", "hotspot", "permutations", "seed", "fdr", "smooth"];

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
    let found = match written.read("mode", word, notices) {
        None | Some(Mode::Map) => return Ok(Found::Values),
        Some(Mode::Double) => {
            let second = beside(view, written, question, notices)?;
            return Ok(second.map_or(Found::Values, |second| Found::Beside(Box::new(second))));
        }
        Some(Mode::Hotspots) => {
            let query = hotspots_query(written, question, notices);
            hotspots::found(view, geography, indicator, &query).map(|found| Found::Hotspots(Box::new(found)))
        }
        Some(Mode::Significance) => {
            let query = significance_query(written, question, sets, notices);
            significance::found(view, geography, indicator, &query).map(|held| Found::Verdicts(Box::new(held)))
        }
        Some(Mode::Change) => {
            let Some(query) = change_query(view, written, question, notices) else { return Ok(Found::Values) };
            change::found(view, geography, indicator, &query).map(|change| Found::Change(Box::new(change)))
        }
    };
    found.or_else(|refusal| {
        notices.push(refusal.told()?);
        Ok(Found::Values)
    })
}

fn hotspots_query(written: &Written, question: &Question<'_>, notices: &mut Vec<String>) -> hotspots::Query {
    let (period, within) = column(question);
    let known = |count: &u32| Permutations::try_from(*count).is_ok();
    let is_part = |rate: &f64| *rate > 0.0 && *rate < 1.0;
    hotspots::Query {
        hotspot: written.read("hotspot", word, notices).unwrap_or_default(),
        permutations: written.read("permutations", |text| text.parse().ok().filter(known), notices),
        seed: written.read("seed", |text| text.parse().ok(), notices),
        fdr: written.read("fdr", |text| text.parse().ok().filter(is_part), notices),
        smooth: written.read("smooth", word, notices),
        within,
        period,
    }
}

fn significance_query(
    written: &Written,
    question: &Question<'_>,
    sets: &[String],
    notices: &mut Vec<String>,
) -> significance::Query {
    let (period, within) = column(question);
    let is_known = |text: &&str| matches!(*text, "overall" | "parent" | "target") || text.contains(':');
    let against = written.read("against", |text| Some(text).filter(is_known), notices);
    significance::Query { against: against.map(str::to_owned), set: sets.to_vec(), period, within }
}

/// `None`, and told, where there is no earlier period.
fn change_query(
    view: &AtlasView,
    written: &Written,
    question: &Question<'_>,
    notices: &mut Vec<String>,
) -> Option<change::Query> {
    let Question { geography, indicator, period: last, .. } = *question;
    let (period, within) = column(question);
    let before = || view.periods(geography, indicator).into_iter().rfind(|period| *period < last);
    // `INDICATOR@PERIOD` where it is the indicator that is shown.
    let own = |text: &str| match text.split_once('@') {
        Some((id, from)) => (id == indicator.id).then(|| from.to_owned()),
        None => Some(text.to_owned()),
    };
    let from = written.read("from", own, notices).or_else(|| before().map(|period| period.to_string()));
    if from.is_none() {
        notices.push(say("no-period-before"));
    }
    Some(change::Query { from: from?, period, within })
}

/// Period and place of a question, as the interface is asked for them.
fn column(question: &Question<'_>) -> (Option<String>, Option<String>) {
    (Some(question.period.to_string()), question.within.map(|within| within.parameter()))
}
