//! Periods that overlap: cut into spans in which none begins or ends, so that each is the sum of its spans.
//!
//! Of 2016–2018, 2017–2019 and 2016–2019 the spans are 2016, 2017–2018 and 2019. A span that is no published period is what
//! is left of one beside others: it stands in no table, but a reader may work it out.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Raw;
use super::super::quantities::{Quantities, counted};
use super::{How, Relation};
use crate::column::Numbers;
use crate::manifest::Field;
use crate::period::Period;

/// A first day of a period, or the first day after it.
type Day = (u16, u8, u8);

/// The first day of a span, and the first day after it.
type Span = (Day, Day);

pub(super) fn relations(raw: &Raw<'_>, quantities: &mut Quantities<'_>) -> Vec<Relation> {
    let mut series: BTreeMap<(Option<usize>, usize, Field), BTreeMap<Period, usize>> = BTreeMap::new();
    for (position, quantity) in quantities.all.iter().enumerate() {
        let (geography, indicator, period) = quantity.place;
        series.entry((geography, indicator, quantity.field)).or_default().insert(period, position);
    }
    let is_counted = |indicator: usize, field| field == counted(&raw.indicators.public[indicator]);
    let mut relations = Vec::new();
    for ((_, indicator, field), series) in series {
        relations.extend(of_series(quantities, &series, is_counted(indicator, field)));
    }
    relations
}

/// The relations of the periods of one indicator. Those of denominators (births add up over the years, residents do not) only
/// where a period bears it out.
fn of_series(quantities: &mut Quantities<'_>, series: &BTreeMap<Period, usize>, is_counted: bool) -> Vec<Relation> {
    let mut additive: BTreeMap<Period, usize> = BTreeMap::new();
    let mut is_borne_out = is_counted;
    for (period, position) in series {
        let adds_up = adds_up(quantities, series, (*period, *position), is_counted);
        if adds_up != Some(false) {
            additive.insert(*period, *position);
        }
        is_borne_out |= adds_up == Some(true);
    }
    let days: BTreeSet<Day> = additive.keys().map(span).flat_map(|(first, end)| [first, end]).collect();
    let days: Vec<Day> = days.into_iter().collect();
    let mut of_span: BTreeMap<Span, usize> = BTreeMap::new();
    let mut totals = Vec::new();
    for (period, total) in &additive {
        match within(&days, span(period)).as_slice() {
            [only] if !of_span.contains_key(only) => {
                of_span.insert(*only, *total);
            }
            spans => totals.push((*total, spans.to_vec())),
        }
    }
    if totals.is_empty() || !is_borne_out {
        return Vec::new();
    }
    // A span that no period is follows from others, or is what nobody knows.
    let rests = between_periods(quantities, &additive);
    for (total, spans) in &totals {
        for span in spans {
            of_span.entry(*span).or_insert_with(|| {
                let unknown = || vec![None; quantities.all[*total].numbers.len()];
                let numbers = rests.get(span).cloned().unwrap_or_else(unknown);
                quantities.add_rest(*total, numbers)
            });
        }
    }
    // So does what several spans are together, where a reader knows no day between them.
    let any = totals[0].0;
    for (between, numbers) in rests {
        let spans = within(&days, between);
        let is_known = spans.len() > 1 && spans.iter().all(|span| of_span.contains_key(span));
        if is_known && !additive.keys().any(|period| span(period) == between) {
            totals.push((quantities.add_rest(any, numbers), spans));
        }
    }
    let sum = |(total, spans): (usize, Vec<Span>)| {
        let parts = spans.iter().filter_map(|span| of_span.get(span).copied()).collect();
        Relation { total, parts, how: How::Sum }
    };
    totals.into_iter().map(sum).collect()
}

fn span(period: &Period) -> Span {
    (period.start(), period.end())
}

/// The spans between consecutive days that a longer one is made of.
fn within(days: &[Day], (first, end): Span) -> Vec<Span> {
    let spans = days.windows(2).map(|days| (days[0], days[1]));
    spans.filter(|span| first <= span.0 && span.1 <= end).collect()
}

/// What follows of the spans between the first and last days of periods by adding and subtracting these: of 2018, a year from
/// April 2018 and the first quarter of 2019 that of the first quarter of 2018.
///
/// Each period tells how much lies between two days, so that all is known between those that a chain of periods links. An
/// area has the spans between consecutive days of a chain.
fn between_periods(quantities: &Quantities<'_>, periods: &BTreeMap<Period, usize>) -> BTreeMap<Span, Numbers> {
    let mut found: BTreeMap<Span, Numbers> = BTreeMap::new();
    let areas = periods.values().map(|position| quantities.all[*position].numbers.len()).max().unwrap_or_default();
    for area in 0..areas {
        let mut from: BTreeMap<Day, Vec<(Day, f64)>> = BTreeMap::new();
        for (period, position) in periods {
            if let Some(number) = quantities.all[*position].number(area) {
                let (first, end) = span(period);
                from.entry(first).or_default().push((end, number));
                from.entry(end).or_default().push((first, -number));
            }
        }
        let mut waiting: BTreeSet<Day> = from.keys().copied().collect();
        while let Some(first) = waiting.pop_first() {
            // How much lies before each day, from the first of its chain.
            let mut before: BTreeMap<Day, f64> = BTreeMap::from([(first, 0.0)]);
            let mut next = vec![first];
            while let Some(day) = next.pop() {
                let own = before[&day];
                for (other, number) in from.get(&day).into_iter().flatten() {
                    if waiting.remove(other) {
                        before.insert(*other, own + number);
                        next.push(*other);
                    }
                }
            }
            for ((first, less), (end, more)) in before.iter().zip(before.iter().skip(1)) {
                if more >= less {
                    let numbers = found.entry((*first, *end)).or_insert_with(|| vec![None; areas]);
                    numbers[area] = Some(more - less);
                }
            }
        }
    }
    found
}

/// Whether a period can be the sum of those that lie in it: an average of years is not. Some areas may have been revised since,
/// but most must agree. `None` where nothing tells.
fn adds_up(
    quantities: &Quantities<'_>,
    series: &BTreeMap<Period, usize>,
    (period, total): (Period, usize),
    is_counted: bool,
) -> Option<bool> {
    let inner: Vec<(&Period, usize)> = series
        .iter()
        .filter(|(inner, _)| inner.lies_in(&period) && inner.months() < period.months())
        .map(|(inner, position)| (inner, *position))
        .collect();
    let lengths: BTreeSet<u32> = inner.iter().map(|(inner, _)| inner.months()).collect();
    let mut found = None;
    for length in lengths {
        let mut side_by_side: Vec<(&Period, usize)> = Vec::new();
        for next in inner.iter().filter(|(inner, _)| inner.months() == length) {
            if side_by_side.last().is_none_or(|(last, _)| next.0.is_after(last)) {
                side_by_side.push(*next);
            }
        }
        let months = side_by_side.len() as u32 * length;
        let share = f64::from(months) / f64::from(period.months());
        let number = |position: usize, area: usize| quantities.all[position].number(area);
        let fits = |area: usize| {
            let whole = number(total, area).filter(|whole| *whole > 0.0)?;
            let sum = side_by_side.iter().map(|(_, part)| number(*part, area)).sum::<Option<f64>>()?;
            Some(match () {
                () if months == period.months() => (whole - sum).abs() < 0.5,
                () if is_counted => sum <= whole,
                // Nearer to a part of it than to the same people again.
                () => sum <= whole * (1.0 + share) / 2.0,
            })
        };
        let areas = 0..quantities.all[total].numbers.len();
        let (mut agreeing, mut compared) = (0, 0);
        for fits in areas.filter_map(fits) {
            (agreeing, compared) = (agreeing + usize::from(fits), compared + 1);
        }
        if agreeing * 2 < compared {
            return Some(false);
        }
        if compared > 0 {
            found = Some(true);
        }
    }
    found
}
