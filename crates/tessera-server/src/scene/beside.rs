//! The second of two maps: another indicator, or another period, of the same areas.

use std::collections::HashSet;

use tessera_atlas::AtlasView;
use tessera_atlas::catalogue::{Indicator, Theme};
use tessera_atlas::classes::{Classes, Method, Question};
use tessera_atlas::manifest::Kind;
use tessera_atlas::period::Period;

use super::mode::is_measure;
use super::written::Written;
use crate::error::ApiError;
use crate::plain::words::say_with;

/// What the second map shows.
pub(crate) struct Beside<'a> {
    pub(crate) question: Question<'a>,
    pub(crate) classes: Classes,
}

/// The second map that is asked for, or the next that there is; `None` where there is none. What is not as it was asked for is told.
///
/// # Errors
/// Where a column cannot be read from its store.
pub(super) fn beside<'a>(
    view: &'a AtlasView,
    written: &Written,
    first: &Question<'a>,
    notices: &mut Vec<String>,
) -> Result<Option<Beside<'a>>, ApiError> {
    let areas = first.geography.plural();
    let asked = written.get("second").filter(|text| is_measure(text));
    let Some((indicator, period)) = choice(view, asked, first) else {
        notices.push(say_with("no-second-map", &[("areas", areas.into())]));
        return Ok(None);
    };
    let is_as_asked = asked.is_none_or(|asked| {
        let (id, wanted) = parts(asked);
        id == indicator.id && wanted.is_none_or(|wanted| wanted.is_some_and(|wanted| period.is_written_as(&wanted)))
    });
    if !is_as_asked {
        let name = [("indicator", indicator.name.en().into()), ("period", period.words().into())];
        let other = say_with("subject", &name);
        let id = asked.unwrap_or_default();
        notices.push(say_with(
            "second-not-beside",
            &[("id", id.into()), ("areas", areas.into()), ("other", other.into())],
        ));
    }
    let question = Question { indicator, period, ..first.clone() };
    let question = if indicator.id == first.indicator.id { question } else { without_own_classes(question) };
    let classes = view.classes(&question)?;
    Ok(classes.map(|classes| Beside { question, classes }))
}

/// Whether there is anything to show beside.
pub(super) fn has_other(view: &AtlasView, first: &Question<'_>) -> bool {
    choice(view, None, first).is_some()
}

/// Breaks are made for one indicator: another has other values.
fn without_own_classes(question: Question<'_>) -> Question<'_> {
    let method = if question.method == Method::Custom { Method::Quantile } else { question.method };
    Question { method, custom: None, centre: None, ..question }
}

/// `INDICATOR[@PERIOD]`; the period is `Some(None)` where it cannot be read.
fn parts(text: &str) -> (&str, Option<Option<Period>>) {
    match text.split_once('@') {
        Some((id, period)) => (id, Some(period.parse().ok())),
        None => (text, None),
    }
}

/// The indicator asked for, else the next one in the order of the themes that says something of its own. Unless said, its period is
/// the one that is shown, else its newest; of the indicator that is shown it is another one.
fn choice<'a>(view: &'a AtlasView, asked: Option<&str>, first: &Question<'_>) -> Option<(&'a Indicator, Period)> {
    let (id, wanted) = asked.map(parts).unwrap_or_default();
    let periods = |indicator: &Indicator| {
        let is_shown = |period: &Period| indicator.id == first.indicator.id && *period == first.period;
        let mut periods = view.periods(first.geography, indicator);
        periods.retain(|period| !is_shown(period));
        periods
    };
    let able = |indicator: &&&Indicator| !periods(indicator).is_empty();
    let order = in_order(view);
    let here = order.iter().position(|own| own.id == first.indicator.id).unwrap_or_default();
    let named = order.iter().find(|own| own.id == id).filter(able);
    let after: Vec<&Indicator> =
        order.iter().skip(here + 1).chain(order.iter().take(here + 1)).filter(able).copied().collect();
    let indicator = match named {
        Some(named) => *named,
        None => telling(view, first.indicator, &after)?,
    };
    let wanted = wanted.flatten().filter(|_| indicator.id == id);
    let periods = periods(indicator);
    let published = |asked: Period| periods.iter().copied().find(|period| period.is_written_as(&asked));
    let period = wanted.and_then(published).or_else(|| published(first.period)).or(periods.last().copied())?;
    Some((indicator, period))
}

/// The next that says something of its own: neither made of the same, nor a count, which is high where many people are; where all are, the
/// shown one in another period.
fn telling<'a>(view: &AtlasView, shown: &Indicator, after: &[&'a Indicator]) -> Option<&'a Indicator> {
    let is_other = |own: &&&Indicator| own.id != shown.id && !is_of_same(view, shown, own);
    let others: Vec<&&Indicator> = after.iter().filter(is_other).collect();
    let found = others.iter().find(|own| own.kind != Kind::Count).or(others.first()).map(|own| **own);
    found.or_else(|| after.iter().find(|own| own.id == shown.id).or(after.first()).copied())
}

/// Whether two indicators go together by how they are made: as rank, score and decile of one index, or as a total and a part of it.
fn is_of_same(view: &AtlasView, one: &Indicator, other: &Indicator) -> bool {
    let rank_of = |own: &Indicator| {
        let index = view.index_of_deprivation(own).ok().flatten().map(|index| index.rank.id.clone());
        let is_rank = || (own.kind == Kind::Rank).then(|| own.id.clone());
        index.or_else(|| own.ordered_by.clone()).or_else(is_rank)
    };
    let orders = |own: &Indicator, by: &Indicator| own.ordered_by.as_ref() == Some(&by.id);
    let rank = rank_of(one);
    orders(one, other)
        || orders(other, one)
        || (rank.is_some() && rank == rank_of(other))
        || is_part_of(one, other)
        || is_part_of(other, one)
}

/// Parts are filed in a theme below that of their total, and counted as it is.
fn is_part_of(part: &Indicator, total: &Indicator) -> bool {
    let is_below =
        |below: &Vec<String>| total.themes.iter().any(|above| below.len() > above.len() && below.starts_with(above));
    !part.unit.en().is_empty() && part.unit.en() == total.unit.en() && part.themes.iter().any(is_below)
}

/// Indicators in the order of the chooser, each once: those of the themes, then those in none.
fn in_order(view: &AtlasView) -> Vec<&Indicator> {
    fn visit(themes: &[Theme], ids: &mut Vec<String>) {
        for theme in themes {
            ids.extend(theme.indicators.iter().cloned());
            visit(&theme.themes, ids);
        }
    }
    let mut ids = Vec::new();
    visit(&view.themes(), &mut ids);
    let named = ids.iter().filter_map(|id| view.indicator(id));
    let mut known = HashSet::new();
    named.chain(view.indicators()).filter(|indicator| known.insert(indicator.id.as_str())).collect()
}
