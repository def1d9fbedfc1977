//! Which quantities add up to which: areas to larger ones, parts to their totals, periods to longer ones; and which are the
//! same.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::Raw;
use super::quantities::{Quantities, counted};
use crate::manifest::{Aggregate, Field};
use crate::period::Period;

/// By area of a larger geography, the positions of those that it is made of.
type Members = Rc<Vec<Vec<u32>>>;

/// A total and its parts, place by place.
pub(super) struct Relation {
    pub(super) total: usize,
    pub(super) parts: Vec<usize>,
    pub(super) how: How,
}

/// How the parts make up the total.
pub(super) enum How {
    /// The total of each area is that of these areas of the only part.
    Areas { members: Members, added_up: bool },
    /// The total of an area is the sum of the parts of the same area.
    Sum,
    /// The parts are some of the total of the same area: what is left of it is in nobody's table.
    Some,
}

/// Every relation of the quantities of an atlas.
pub(super) fn between(raw: &Raw<'_>, quantities: &Quantities) -> Vec<Relation> {
    let mut relations = areas(raw, quantities);
    relations.extend(breakdowns(raw, quantities));
    relations.extend(periods(raw, quantities));
    relations.extend(equals(quantities));
    relations
}

/// Parents, clusters and the whole atlas: each is the sum of the smallest areas that have numbers.
fn areas(raw: &Raw<'_>, quantities: &Quantities) -> Vec<Relation> {
    let mut relations = Vec::new();
    let mut known: BTreeMap<(usize, Option<usize>), Option<Members>> = BTreeMap::new();
    for (total, quantity) in quantities.all.iter().enumerate() {
        let (geography, indicator, period) = quantity.place;
        let bases = match raw.added_up_from.get(&quantity.place) {
            Some(base) => vec![*base],
            None => {
                let mut smaller: Vec<usize> = (0..raw.geographies.len())
                    .filter(|base| {
                        geography.is_some_and(|own| raw.geographies[own].len() <= raw.geographies[*base].len())
                    })
                    .filter(|base| Some(*base) != geography && raw.geographies[*base].tiling)
                    .collect();
                smaller.sort_by_key(|base| std::cmp::Reverse(raw.geographies[*base].len()));
                smaller
            }
        };
        let part = bases.into_iter().find_map(|base| {
            let part = quantities.at((Some(base), indicator, period), quantity.field)?;
            let members = known.entry((base, geography)).or_insert_with(|| raw.members(base, geography).map(Rc::new));
            Some((part, members.clone()?))
        });
        if let Some((part, members)) = part {
            let added_up = raw.added_up_from.contains_key(&quantity.place);
            relations.push(Relation { total, parts: vec![part], how: How::Areas { members, added_up } });
        }
    }
    relations
}

fn breakdowns(raw: &Raw<'_>, quantities: &Quantities) -> Vec<Relation> {
    let mut relations = Vec::new();
    for breakdown in raw.breakdowns {
        let position = |id: &String| raw.indicators.position(id);
        let Some(total) = position(&breakdown.value.total) else { continue };
        let Some(parts) = breakdown.value.parts.iter().map(position).collect::<Option<Vec<usize>>>() else { continue };
        let field = |indicator: usize| counted(&raw.indicators.public[indicator]);
        for ((geography, indicator, period), _) in raw.columns.iter() {
            let at = |indicator: usize| quantities.at((geography, indicator, period), field(indicator));
            let both = at(total).filter(|_| indicator == total);
            if let (Some(total), Some(parts)) = (both, parts.iter().map(|part| at(*part)).collect()) {
                relations.push(Relation { total, parts, how: How::Sum });
            }
        }
    }
    relations
}

/// Longer periods and the shorter ones that lie in them, for what is counted: nobody adds up the people of two years.
fn periods(raw: &Raw<'_>, quantities: &Quantities) -> Vec<Relation> {
    let mut relations = Vec::new();
    for (total, quantity) in quantities.all.iter().enumerate() {
        let (geography, indicator, period) = quantity.place;
        let own = &raw.indicators.public[indicator];
        let is_counted = quantity.field == counted(own) && own.aggregate != Aggregate::None;
        if !is_counted || quantity.field == Field::Denominator {
            continue;
        }
        let others = quantities.all.iter().enumerate().filter(|(_, other)| {
            let (at, of, within) = other.place;
            (at, of, other.field) == (geography, indicator, quantity.field)
                && within.lies_in(&period)
                && within.months() < period.months()
        });
        let others: Vec<(Period, usize)> = others.map(|(position, other)| (other.place.2, position)).collect();
        let lengths: BTreeSet<u32> = others.iter().map(|(period, _)| period.months()).collect();
        for length in lengths {
            let mut side_by_side: Vec<(Period, usize)> = Vec::new();
            let mut alike: Vec<(Period, usize)> =
                others.iter().copied().filter(|(other, _)| other.months() == length).collect();
            alike.sort();
            for other in alike {
                if side_by_side.last().is_none_or(|(last, _)| other.0.is_after(last)) {
                    side_by_side.push(other);
                }
            }
            let parts: Vec<usize> = side_by_side.iter().map(|(_, position)| *position).collect();
            let is_whole = side_by_side.iter().map(|(part, _)| part.months()).sum::<u32>() == period.months();
            let left = |area: usize| {
                let parts = parts.iter().map(|part| quantities.all[*part].numbers.get(area).copied().flatten());
                Some(quantity.numbers.get(area).copied().flatten()? - parts.sum::<Option<f64>>()?)
            };
            let mut left = (0..quantity.numbers.len()).filter_map(left);
            let how = if is_whole { How::Sum } else { How::Some };
            // An average of years is no sum of them.
            let adds_up = left.all(|left| if is_whole { left.abs() < 0.5 } else { left >= 0.0 });
            if adds_up {
                relations.push(Relation { total, parts, how });
            }
        }
    }
    relations
}

/// Numbers that two indicators publish: what is hidden in one may not be shown in the other.
fn equals(quantities: &Quantities) -> Vec<Relation> {
    let key = |position: usize| {
        let quantity = &quantities.all[position];
        let bits = quantity.numbers.iter().map(|number| number.map_or(u64::MAX, f64::to_bits));
        (quantity.place.0, quantity.place.2, bits.collect::<Vec<u64>>())
    };
    let mut alike: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    let protected = (0..quantities.all.len()).filter(|position| quantities.all[*position].rule.is_some());
    for position in protected {
        alike.entry(key(position)).or_default().push(position);
    }
    let name = |position: &usize| {
        let quantity = &quantities.all[*position];
        (quantity.place.1, quantity.field, quantity.place.2)
    };
    let pairs: Vec<(usize, usize)> =
        alike.values().flat_map(|alike| alike[1..].iter().map(|other| (alike[0], *other))).collect();
    // One number may well be another one's by chance.
    let says_much = |position: &usize| {
        quantities.all[*position].numbers.iter().flatten().filter(|number| **number > 0.0).count() > 1
    };
    let known: BTreeSet<_> =
        pairs.iter().filter(|(one, _)| says_much(one)).map(|(one, other)| (name(one), name(other))).collect();
    let same = pairs.into_iter().filter(|(one, other)| known.contains(&(name(one), name(other))));
    same.map(|(total, part)| Relation { total, parts: vec![part], how: How::Sum }).collect()
}
