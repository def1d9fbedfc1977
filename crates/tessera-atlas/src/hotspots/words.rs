//! Hotspots in a sentence. It never says that there are none where so few permutations could not have found any.

use std::borrow::Cow;

use tessera_stats::rank::First;
use tessera_stats::space::{self, Local, Outcome, highest};

use super::shown::{is_high, is_high_itself};
use super::{EXTREMES, Question, Untested};
use crate::classes::first;
use crate::column::Numbers;
use crate::finding::{areas, with_hidden};
use crate::geography::Geography;
use crate::view::AtlasView;
use crate::words::{count, isolated, number};

/// The finding, or why there is none; and how many areas are hidden.
pub(super) fn sentence(
    view: &AtlasView,
    question: &Question<'_>,
    published: &Numbers,
    hidden: usize,
    found: &Result<space::Hotspots, Untested>,
) -> String {
    let said = match found {
        Ok(found) => finding(question, published, found),
        Err(reason) => not_tested(view, question, published, *reason),
    };
    let said = format!("{}, {}: {said}", isolated(question.indicator.name.en()), question.period.words());
    with_hidden(said, question.geography, hidden)
}

fn finding(question: &Question<'_>, published: &Numbers, found: &space::Hotspots) -> String {
    let singular = question.geography.singular.en();
    let by_chance = "which would be unlikely by chance";
    if let Some(groups) = groups_and_pockets(question, published, found, &found.by_permutation, by_chance) {
        return format!("{groups}.");
    }
    let unlikely = match found.outcome {
        Outcome::Undecided { .. } => "which a first test finds unlikely by chance",
        Outcome::Decided => by_chance,
    };
    match (found.outcome, groups_and_pockets(question, published, found, &found.by_normal, unlikely)) {
        (Outcome::Undecided { .. }, Some(by_normal)) => format!("{by_normal}."),
        (Outcome::Undecided { .. }, None) => format!("no {singular} stands out by a first test."),
        (Outcome::Decided, Some(by_normal)) => format!(
            "by the stricter test, no {singular} stands out with its neighbours beyond chance. By a first test, which \
             knows nothing of skewed values, {by_normal}."
        ),
        (Outcome::Decided, None) => format!("no {singular} stands out with its neighbours beyond chance."),
    }
}

/// That so few permutations cannot decide, and how many could; `None` where they do, or nothing was tested.
pub(super) fn note(question: &Question<'_>, found: Option<&space::Hotspots>) -> Option<String> {
    let Outcome::Undecided { needed, offered, .. } = found?.outcome else { return None };
    if found?.by_permutation.significant.contains(&Some(true)) {
        return None;
    }
    let (asked, needed) = (number(question.permutations.count().into(), 0), number(needed as f64, 0));
    let more = match offered {
        Some(offered) => format!("{} may", number(offered.count().into(), 0)),
        None => format!("it would take {needed}, more than can be asked for"),
    };
    Some(format!(
        "This is a first test, which takes values to lie evenly around their mean. The stricter one shuffles them over the map: \
         {asked} times cannot decide, {more}."
    ))
}

/// "11 LSOAs form one group of high values around Worcester 002D, which would be unlikely by chance; 6 of the 10 highest
/// LSOAs lie outside it". `None` where nothing was found.
fn groups_and_pockets(
    question: &Question<'_>,
    published: &Numbers,
    found: &space::Hotspots,
    findings: &space::Findings,
    unlikely: &str,
) -> Option<String> {
    let geography = question.geography;
    let mut parts: Vec<String> =
        [true, false].into_iter().filter_map(|high| groups_of(geography, findings, high)).collect();
    for (is_unlike, high, one, more) in [
        (false, true, "stands out alone as high", "stand out alone as high"),
        (false, false, "stands out alone as low", "stand out alone as low"),
        (true, true, "is high among low neighbours", "are high among low neighbours"),
        (true, false, "is low among high neighbours", "are low among high neighbours"),
    ] {
        let is_such = |own: Local| own.quadrant.is_outlier() == is_unlike && is_high_itself(own) == high;
        let mut pockets = findings.pockets.iter().filter(|area| found.local[**area as usize].is_some_and(is_such));
        let Some(first) = pockets.next() else { continue };
        parts.push(match pockets.count() {
            0 => format!("{} {one}", name(geography, *first)),
            others => format!("{} {more}", areas(geography, others + 1)),
        });
    }
    if parts.is_empty() {
        return None;
    }

    let (end, word) = match first(question.indicator) {
        First::Highest => (First::Highest, "highest"),
        First::Lowest => (First::Lowest, "lowest"),
    };
    let extremes = highest(published, end, EXTREMES);
    let is_outside = |area: &&u32| findings.significant[**area as usize] != Some(true);
    let outside = extremes.iter().filter(is_outside).count();
    let them = if findings.groups.len() + findings.pockets.len() == 1 { "it" } else { "them" };
    let of_extremes = format!("of the {} {word} {}", count(extremes.len()), geography.plural());
    let extremes = match outside {
        0 => format!("all {of_extremes} lie inside {them}"),
        1 => format!("1 {of_extremes} lies outside {them}"),
        all if all == extremes.len() => format!("none {of_extremes} lies inside {them}"),
        some => format!("{} {of_extremes} lie outside {them}", count(some)),
    };
    Some(format!("{}, {unlikely}; {extremes}", clauses(&parts)))
}

/// Clauses as one sentence; a comma before the last, which would else be read as a part of the one before.
fn clauses(parts: &[String]) -> String {
    match parts {
        [start @ .., last] if !start.is_empty() => format!("{}, and {last}", start.join(", ")),
        _ => parts.concat(),
    }
}

/// The groups of high or of low values.
fn groups_of(geography: &Geography, findings: &space::Findings, high: bool) -> Option<String> {
    let groups: Vec<&space::Group> = findings.groups.iter().filter(|group| is_high(group.class) == high).collect();
    let largest = groups.first()?;
    let members = areas(geography, groups.iter().map(|group| group.areas.len()).sum());
    let values = if high { "high values" } else { "low values" };
    let peak = name(geography, largest.peak);
    Some(match groups.len() {
        1 => format!("{members} form one group of {values} around {peak}"),
        several => format!("{members} form {} groups of {values}, the largest around {peak}", count(several)),
    })
}

fn not_tested(view: &AtlasView, question: &Question<'_>, published: &Numbers, reason: Untested) -> String {
    let (geography, scope) = (question.geography, view.scope_name(question.within));
    let (singular, plural, place) = (geography.singular.en(), geography.plural(), isolated(&scope));
    match reason {
        Untested::TooFew { n: 0 } => format!("no {singular} in {place} has a value to go by."),
        Untested::TooFew { n } => format!(
            "only {} in {place} {} a value to go by, and hotspots need at least 3.",
            areas(geography, n),
            if n == 1 { "has" } else { "have" }
        ),
        Untested::NoNeighbours => format!("no two {plural} with a value in {place} are neighbours."),
        Untested::AllNeighbours => {
            format!("each {singular} with a value in {place} adjoins all the others, so that none can stand out.")
        }
        Untested::NoSpread if question.smoothing.is_some() => {
            format!("the rates in {place} vary no more than by chance; smoothed, they are all the same.")
        }
        Untested::NoSpread if published.iter().flatten().is_sorted_by(|one, next| one == next) => {
            format!("all {plural} with a value in {place} have the same.")
        }
        Untested::NoSpread => format!("the values in {place} are too large to compare."),
    }
}

fn name(geography: &Geography, area: u32) -> Cow<'_, str> {
    isolated(geography.areas()[area as usize].shown_name())
}
