//! From the query string of a page to what is asked of the atlas.

use tessera_atlas::AtlasView;
use tessera_atlas::catalogue::Indicator;
use tessera_atlas::classes::{Breaks, CLASS_COUNTS, Over, Question, Scope, Within};
use tessera_atlas::geography::Geography;
use tessera_atlas::period::Period;

use super::fitting::{Ground, fit};
use super::following::follow;
use super::written::{Written, unread, word};
use crate::error::ApiError;
use crate::names;
use crate::parameters::capitalised;
use crate::plain::words::{say, say_with};
use crate::routes::classes::{MethodWord, ScopeWord, chosen_breaks, selection};

/// The view in the query string. What it does not say, or says wrongly, is the default: a page never refuses. What is said wrongly is
/// told. What is selected where the indicator is not published is [followed](follow), and what is of another map [let go](fit).
///
/// # Errors
/// Where the fault is ours.
pub(super) fn question<'a>(
    view: &'a AtlasView,
    written: &mut Written,
    notices: &mut Vec<String>,
) -> Result<Option<Question<'a>>, ApiError> {
    let Some(indicator) = indicator(view, written, notices) else { return Ok(None) };
    let Some(geography) = geography(view, written, indicator, notices) else { return Ok(None) };
    let Some(period) = period(view, written, (geography, indicator), notices) else { return Ok(None) };
    follow(view, written, (geography, indicator), notices);
    let within = within(view, written, geography, notices)?;
    fit(written, &Ground { indicator, geography, period, within }, notices);
    let question = Question::new(geography, indicator, period);
    let method = written.read("method", word, notices);
    let k = |text: &str| text.parse().ok().filter(|k| CLASS_COUNTS.contains(k));
    let number = |text: &str| text.trim().parse().ok().filter(|number: &f64| number.is_finite());
    let still = written.read("still", |text| text.parse().ok(), notices);
    Ok(Some(Question {
        over: if still == Some(false) { Over::Period } else { Over::Periods },
        k: written.read("k", k, notices).unwrap_or(question.k),
        custom: custom(written, method, notices),
        method: method.map_or(question.method, MethodWord::method),
        centre: written.read("centre", number, notices),
        within,
        scope: scope(view, written, geography, notices),
        ..question
    }))
}

fn indicator<'a>(view: &'a AtlasView, written: &Written, notices: &mut Vec<String>) -> Option<&'a Indicator> {
    let opens = || view.indicator(&view.opening().indicator);
    let Some(id) = written.get("indicator") else { return opens() };
    view.indicator(id).or_else(|| {
        let shown = opens()?;
        let arguments = [("id", id.into()), ("indicator", shown.name.en().into())];
        notices.push(say_with("not-in-atlas", &arguments));
        Some(shown)
    })
}

fn geography<'a>(
    view: &'a AtlasView,
    written: &Written,
    indicator: &Indicator,
    notices: &mut Vec<String>,
) -> Option<&'a Geography> {
    let published = |geography: &&Geography| !view.periods(geography, indicator).is_empty();
    let opens = || view.opens_at(indicator);
    let Some(id) = written.get("geography") else { return opens() };
    let wanted = view.geography(id);
    wanted.filter(published).or_else(|| {
        let shown = opens()?;
        notices.push(match wanted {
            Some(wanted) => shown_elsewhere(indicator, &wanted.distinct_plural(), &shown.distinct_plural()),
            None => say_with("not-a-geography", &[("id", id.into()), ("areas", shown.distinct_plural().into())]),
        });
        Some(shown)
    })
}

fn period(
    view: &AtlasView,
    written: &Written,
    (geography, indicator): (&Geography, &Indicator),
    notices: &mut Vec<String>,
) -> Option<Period> {
    let opens = || view.newest_period(geography, indicator);
    let Some(text) = written.get("period") else { return opens() };
    let asked: Option<Period> = text.parse().ok();
    let periods = view.periods(geography, indicator);
    asked.and_then(|asked| periods.into_iter().find(|period| period.is_written_as(&asked))).or_else(|| {
        let shown = opens()?;
        notices.push(match asked {
            Some(asked) => shown_elsewhere(indicator, &asked.words(), &shown.words()),
            None => unread("period", text),
        });
        Some(shown)
    })
}

fn shown_elsewhere(indicator: &Indicator, wanted: &str, shown: &str) -> String {
    let name = indicator.name.en();
    say_with("shown-elsewhere", &[("indicator", name.into()), ("wanted", wanted.into()), ("shown", shown.into())])
}

fn within<'a>(
    view: &'a AtlasView,
    written: &Written,
    geography: &Geography,
    notices: &mut Vec<String>,
) -> Result<Option<Within<'a>>, ApiError> {
    let Some(text) = written.get("within") else { return Ok(None) };
    let Some((id, _)) = text.split_once(':') else {
        notices.push(unread("within", text));
        return Ok(None);
    };
    if !geography.parents.iter().any(|parents| parents.geography == id) {
        let areas = capitalised(&geography.distinct_plural());
        notices.push(say_with("not-limited", &[("areas", areas.into()), ("geography", id.into())]));
        return Ok(None);
    }
    names::within(view, geography, Some(text)).or_else(|refusal| {
        notices.push(refusal.told()?);
        Ok(None)
    })
}

/// Breaks and the word for them go together.
fn custom(written: &Written, method: Option<MethodWord>, notices: &mut Vec<String>) -> Option<Breaks> {
    let is_custom = matches!(method, None | Some(MethodWord::Custom));
    let chosen = |text: &str| chosen_breaks(text).ok().filter(|_| is_custom);
    let custom = written.read("breaks", chosen, notices);
    if written.get("method") == Some("custom") && custom.is_none() && written.get("breaks").is_none() {
        notices.push(unread("method", "custom"));
    }
    custom
}

fn scope(view: &AtlasView, written: &Written, geography: &Geography, notices: &mut Vec<String>) -> Scope {
    match written.read("scope", word, notices) {
        Some(ScopeWord::Atlas) => Scope::Atlas,
        Some(ScopeWord::Selection) => {
            let filter = written.get("filter");
            let chosen = written.get("areas").and_then(|areas| selection(view, geography, filter, areas).ok());
            chosen.unwrap_or_else(|| {
                notices.push(say("scope-nothing-selected"));
                Scope::Within
            })
        }
        Some(ScopeWord::Within) | None => Scope::Within,
    }
}
