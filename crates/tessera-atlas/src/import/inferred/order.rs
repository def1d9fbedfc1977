//! Which rank or score puts the areas of a decile in order: the one of the same table and period that no decile contradicts.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use serde::{Deserialize, Serialize};

use super::super::indicators::Indicators;
use super::super::raw::{ColumnKey, RawColumns};
use super::{Fed, taken};
use crate::catalogue::Indicator;
use crate::classes::first;
use crate::manifest::Kind;
use crate::problem::Problems;

/// How many parts a decile is one of.
const TENTHS: usize = 10;

/// What the numbers of one table say of its ranks and deciles.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(in crate::import) struct TableOrders {
    /// Each decile of each period that the manifest puts in no order.
    deciles: Vec<DecileOrders>,
    /// Ranks and deciles that cannot have been made among the areas that are here alone: ranks beyond their number, deciles
    /// that are no tenths of them.
    reaching_beyond: BTreeSet<String>,
}

impl TableOrders {
    /// Whether the ranks or deciles of an indicator were made among more areas than are here.
    pub(super) fn reaches_beyond(&self, indicator: &str) -> bool {
        self.reaching_beyond.contains(indicator)
    }
}

/// What could put the areas of a decile in order.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct DecileOrders {
    decile: String,
    /// The ranks and scores that no decile contradicts, and whether they rise with it.
    by: BTreeMap<String, Sense>,
}

/// How a rank or score runs from one decile to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Sense {
    Rises,
    Falls,
}

/// Looks at the ranks, scores and deciles among the indicators that a table feeds.
///
/// # Errors
/// Where the disk does not give back what it was given.
pub(in crate::import) fn read_orders(
    raw: &RawColumns,
    table: usize,
    fed: &BTreeSet<usize>,
    indicators: &Indicators,
) -> io::Result<TableOrders> {
    let of_kind = |kind: Kind| {
        let own = fed.iter().filter_map(|position| Some((*position, indicators.public.get(*position)?)));
        own.filter(move |(_, indicator)| indicator.kind == kind)
    };
    let mut orders = TableOrders::default();
    let mut deciles: Vec<(ColumnKey, Vec<u8>)> = Vec::new();
    for (position, decile) in of_kind(Kind::Decile) {
        for (key, values) in raw.values_of(table, position)? {
            let tenths: Vec<u8> = values.iter().map(|value| tenth(*value)).collect();
            if !are_tenths_of_themselves(&tenths) {
                orders.reaching_beyond.insert(decile.id.clone());
            }
            if decile.ordered_by.is_none() {
                orders.deciles.push(DecileOrders { decile: decile.id.clone(), by: BTreeMap::new() });
                deciles.push((key, tenths));
            }
        }
    }
    for (position, rank) in of_kind(Kind::Rank).chain(of_kind(Kind::Score).filter(|_| !deciles.is_empty())) {
        for (key, values) in raw.values_of(table, position)? {
            if rank.kind == Kind::Rank && values.iter().any(|value| *value > values.len() as f64) {
                orders.reaching_beyond.insert(rank.id.clone());
            }
            for ((of, tenths), found) in deciles.iter().zip(&mut orders.deciles) {
                if of.period == key.period
                    && let Some(sense) = sense(tenths, &values, rank.kind == Kind::Rank)
                {
                    found.by.insert(rank.id.clone(), sense);
                }
            }
        }
    }
    Ok(orders)
}

/// A decile as a small number; 0 where there is none.
fn tenth(value: f64) -> u8 {
    (1..=TENTHS as u8).find(|tenth| f64::from(*tenth) == value).unwrap_or_default()
}

/// Whether deciles may have been made among these areas alone: as many of each, but for one.
fn are_tenths_of_themselves(tenths: &[u8]) -> bool {
    let count = |tenth: usize| tenths.iter().filter(|own| usize::from(**own) == tenth).count();
    let counts: Vec<usize> = (1..=TENTHS).map(count).collect();
    counts.iter().max().zip(counts.iter().min()).is_none_or(|(most, least)| most - least <= 1)
}

/// How numbers run from one decile to the next; `None` where any area contradicts, where one of a decile has no number, and
/// where there is only one decile. Between scores that are rounded there may be ties, between ranks there are none.
fn sense(tenths: &[u8], numbers: &[f64], is_strict: bool) -> Option<Sense> {
    let mut spans: [Option<(f64, f64)>; TENTHS + 1] = [None; TENTHS + 1];
    let (mut rises, mut falls) = (true, true);
    let is_below = |low: f64, high: f64| if is_strict { low < high } else { low <= high };
    for (tenth, number) in tenths.iter().zip(numbers).filter(|(tenth, _)| **tenth > 0) {
        if number.is_nan() {
            return None;
        }
        let own = usize::from(*tenth);
        let (least, most) = spans.get(own).copied().flatten().unwrap_or((*number, *number));
        let (least, most) = (least.min(*number), most.max(*number));
        spans[own] = Some((least, most));
        for (other, span) in spans.iter().enumerate() {
            let (Some((low, high)), true) = (span, other != own) else { continue };
            let (is_above, is_under) = (is_below(*high, least), is_below(most, *low));
            rises &= if other < own { is_above } else { is_under };
            falls &= if other < own { is_under } else { is_above };
        }
        if !rises && !falls {
            return None;
        }
    }
    match (spans.iter().flatten().count(), rises, falls) {
        (2.., true, false) => Some(Sense::Rises),
        (2.., false, true) => Some(Sense::Falls),
        _ => None,
    }
}

/// Puts deciles in the order of the only rank that fits in every table, or else of the only score.
pub(super) fn infer(indicators: &Indicators, inferred: &mut [Indicator], tables: &[Fed<'_>], problems: &mut Problems) {
    for (position, decile) in inferred.iter_mut().enumerate() {
        if decile.kind != Kind::Decile || decile.ordered_by.is_some() {
            continue;
        }
        let all = tables.iter().flat_map(|table| &table.orders.deciles);
        let mut all = all.filter(|orders| orders.decile == decile.id).map(|orders| &orders.by);
        let Some(some) = all.next() else { continue };
        let mut fitting = some.clone();
        for others in all {
            fitting.retain(|id, sense| others.get(id) == Some(sense));
        }
        let orders = fitting.iter().filter_map(|(id, sense)| {
            let order = indicators.public.get(indicators.position(id)?)?;
            // The worst come first in both.
            ((first(order) == first(decile)) == (*sense == Sense::Rises)).then_some(order)
        });
        let of_kind = |kind: Kind| orders.clone().filter(move |order| order.kind == kind).collect::<Vec<_>>();
        let (ranks, scores) = (of_kind(Kind::Rank), of_kind(Kind::Score));
        let (([order], _) | ([], [order])) = (ranks.as_slice(), scores.as_slice()) else { continue };
        let message = format!(
            "areas of one decile of `{}` are put in the order of `{}`, the only {} of its table and period that fits all deciles",
            decile.id,
            order.id,
            order.kind.word()
        );
        problems.push(indicators.located(position, taken("ordered_by", message)));
        decile.ordered_by = Some(order.id.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_fits_where_no_decile_reaches_into_another() {
        let tenths = [1, 1, 2, 5, 0];
        assert_eq!(sense(&tenths, &[3.0, 1.0, 4.0, 9.0, f64::NAN], true), Some(Sense::Rises));
        assert_eq!(sense(&tenths, &[60.0, 70.0, 50.0, 8.0, 99.0], true), Some(Sense::Falls));
        assert_eq!(sense(&tenths, &[3.0, 5.0, 4.0, 9.0, 1.0], true), None, "5 in the first, 4 in the second");
        assert_eq!(sense(&tenths, &[3.0, 1.0, f64::NAN, 9.0, 1.0], true), None, "an area of a decile has no number");
        assert_eq!(sense(&[2, 2, 0], &[1.0, 2.0, 3.0], true), None, "one decile contradicts nothing");
    }

    #[test]
    fn ties_across_deciles_contradict_ranks_and_not_rounded_scores() {
        let (tenths, numbers) = ([1, 1, 2], [4.0, 7.0, 7.0]);
        assert_eq!(sense(&tenths, &numbers, true), None);
        assert_eq!(sense(&tenths, &numbers, false), Some(Sense::Rises));
        assert_eq!(sense(&tenths, &[7.0; 3], false), None, "what is all the same runs nowhere");
    }

    #[test]
    fn tenths_of_the_areas_here_are_told_from_those_of_more() {
        let own: Vec<u8> = (1..=10).flat_map(|tenth| [tenth; 3]).chain([10]).collect();
        assert!(are_tenths_of_themselves(&own));
        assert!(!are_tenths_of_themselves(&[1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
    }
}
