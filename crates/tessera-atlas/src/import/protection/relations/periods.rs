//! Periods that overlap: cut into spans in which none begins or ends, so that each is the sum of its spans.
//!
//! Of 2016–2018, 2017–2019 and 2016–2019 the spans are 2016, 2017–2018 and 2019. A span that is no published period is what
//! is left of one beside others: it stands in no table, but a reader may work it out.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Raw;
use super::super::quantities::{Quantities, counted};
use super::{How, Relation};
use crate::column::Numbers;
use crate::manifest::{Aggregate, Field};
use crate::period::Period;

/// The first day of a span, and the first day after it.
type Span = ((u16, u8, u8), (u16, u8, u8));

pub(super) fn relations(raw: &Raw<'_>, quantities: &mut Quantities<'_>) -> Vec<Relation> {
    let mut series: BTreeMap<(Option<usize>, usize, Field), BTreeMap<Period, usize>> = BTreeMap::new();
    for (position, quantity) in quantities.all.iter().enumerate() {
        let (geography, indicator, period) = quantity.place;
        let own = &raw.indicators.public[indicator];
        // Nobody adds up the people of two years.
        if quantity.field == counted(own) && own.aggregate != Aggregate::None {
            series.entry((geography, indicator, quantity.field)).or_default().insert(period, position);
        }
    }
    series.into_values().flat_map(|series| of_series(quantities, &series)).collect()
}

/// The relations of the periods of one indicator.
fn of_series(quantities: &mut Quantities<'_>, series: &BTreeMap<Period, usize>) -> Vec<Relation> {
    let additive: BTreeMap<Period, usize> = series
        .iter()
        .map(|(period, position)| (*period, *position))
        .filter(|own| adds_up(quantities, series, *own))
        .collect();
    let days: BTreeSet<_> = additive.keys().map(span).flat_map(|(first, end)| [first, end]).collect();
    let days: Vec<_> = days.into_iter().collect();
    let mut of_span: BTreeMap<Span, usize> = BTreeMap::new();
    let mut relations = Vec::new();
    for (period, total) in &additive {
        let (first, end) = span(period);
        let spans = days.windows(2).map(|days| (days[0], days[1]));
        let spans: Vec<Span> = spans.filter(|span| first <= span.0 && span.1 <= end).collect();
        match spans.as_slice() {
            [only] if !of_span.contains_key(only) => {
                of_span.insert(*only, *total);
            }
            _ => relations.push((*total, spans)),
        }
    }
    for (total, spans) in &relations {
        let unpublished: Vec<Span> = spans.iter().copied().filter(|span| !of_span.contains_key(span)).collect();
        if let [rest] = unpublished.as_slice() {
            let published = spans.iter().filter_map(|span| of_span.get(span).copied()).collect::<Vec<usize>>();
            let numbers = left_of(quantities, *total, &published);
            of_span.insert(*rest, quantities.add_rest(*total, numbers));
        }
    }
    let whole = |(total, spans): (usize, Vec<Span>)| {
        let parts = spans.iter().map(|span| {
            let rest = || quantities.add_rest(total, vec![None; quantities.all[total].numbers.len()]);
            *of_span.entry(*span).or_insert_with(rest)
        });
        Relation { total, parts: parts.collect(), how: How::Sum }
    };
    relations.into_iter().map(whole).collect()
}

fn span(period: &Period) -> Span {
    (period.start(), period.end())
}

/// What is left of a total beside some of its parts; `None` where that is not known or cannot be.
fn left_of(quantities: &Quantities<'_>, total: usize, parts: &[usize]) -> Numbers {
    let left = |area: usize| {
        let sum = parts.iter().map(|part| quantities.all[*part].number(area)).sum::<Option<f64>>();
        Some(quantities.all[total].number(area)? - sum?).filter(|left| *left >= 0.0)
    };
    (0..quantities.all[total].numbers.len()).map(left).collect()
}

/// Whether a period can be the sum of those that lie in it: an average of years is not. Some areas may have been revised since,
/// but most must agree.
fn adds_up(quantities: &Quantities<'_>, series: &BTreeMap<Period, usize>, (period, total): (Period, usize)) -> bool {
    let inner: Vec<(&Period, usize)> = series
        .iter()
        .filter(|(inner, _)| inner.lies_in(&period) && inner.months() < period.months())
        .map(|(inner, position)| (inner, *position))
        .collect();
    let lengths: BTreeSet<u32> = inner.iter().map(|(inner, _)| inner.months()).collect();
    lengths.into_iter().all(|length| {
        let mut side_by_side: Vec<(&Period, usize)> = Vec::new();
        for next in inner.iter().filter(|(inner, _)| inner.months() == length) {
            if side_by_side.last().is_none_or(|(last, _)| next.0.is_after(last)) {
                side_by_side.push(*next);
            }
        }
        let is_whole = side_by_side.len() as u32 * length == period.months();
        let number = |position: usize, area: usize| quantities.all[position].number(area);
        let fits = |area: usize| {
            let whole = number(total, area).filter(|whole| *whole > 0.0)?;
            let sum = side_by_side.iter().map(|(_, part)| number(*part, area)).sum::<Option<f64>>()?;
            Some(if is_whole { (whole - sum).abs() < 0.5 } else { sum <= whole })
        };
        let areas = 0..quantities.all[total].numbers.len();
        let (mut agreeing, mut compared) = (0, 0);
        for fits in areas.filter_map(fits) {
            (agreeing, compared) = (agreeing + usize::from(fits), compared + 1);
        }
        agreeing * 2 >= compared
    })
}
