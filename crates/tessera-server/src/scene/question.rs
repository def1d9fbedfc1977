//! From the query string of a page to what is asked of the atlas.

use tessera_atlas::AtlasView;
use tessera_atlas::classes::{CLASS_COUNTS, Over, Question, Scope};
use tessera_atlas::geography::Geography;
use tessera_atlas::period::Period;

use super::written::{Written, word};
use crate::names;
use crate::routes::classes::{MethodWord, chosen_breaks, selection};

/// The view in the query string. What it does not say, or says wrongly, follows from what opens first: a page never refuses.
pub(super) fn question<'a>(view: &'a AtlasView, written: &Written) -> Option<Question<'a>> {
    let opening = view.opening();
    let get = |name: &str| written.get(name).or_else(|| opening.others.get(name).map(String::as_str));

    let indicator =
        get("indicator").and_then(|id| view.indicator(id)).or_else(|| view.indicator(&opening.indicator))?;
    let published = |geography: &&Geography| !view.periods(geography, indicator).is_empty();
    let asked_geography = get("geography").and_then(|id| view.geography(id)).filter(published);
    let opening_geography =
        || (indicator.id == opening.indicator).then(|| view.geography(&opening.geography)).flatten();
    let geography = asked_geography.or_else(opening_geography).or_else(|| view.opens_at(indicator))?;
    let opening_period = || {
        let is_opening = indicator.id == opening.indicator && geography.id == opening.geography;
        if is_opening { Some(opening.period) } else { view.newest_period(geography, indicator) }
    };
    let periods = view.periods(geography, indicator);
    let asked: Option<Period> = get("period").and_then(|period| period.parse().ok());
    let asked_period = asked.and_then(|asked| periods.into_iter().find(|period| period.is_written_as(&asked)));
    let question = Question::new(geography, indicator, asked_period.or_else(opening_period)?);
    let method = get("method").and_then(word);
    let custom = get("breaks").and_then(|breaks| chosen_breaks(breaks).ok());
    let scope = match (get("scope"), get("areas")) {
        (Some("atlas"), _) => Some(Scope::Atlas),
        (Some("selection"), Some(areas)) => selection(view, geography, get("filter"), areas).ok(),
        _ => None,
    };
    Some(Question {
        over: if get("still") == Some("false") { Over::Period } else { Over::Periods },
        method: method.map_or(question.method, MethodWord::method),
        k: get("k").and_then(|k| k.parse().ok()).filter(|k| CLASS_COUNTS.contains(k)).unwrap_or(question.k),
        custom: custom.filter(|_| matches!(method, None | Some(MethodWord::Custom))),
        centre: get("centre").and_then(|centre| centre.parse().ok()).filter(|centre: &f64| centre.is_finite()),
        within: names::within(view, geography, get("within")).ok().flatten(),
        scope: scope.unwrap_or(Scope::Within),
        ..question
    })
}
