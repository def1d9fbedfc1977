//! Numbers that two indicators publish: what is hidden in one may not be shown in the other.
//!
//! The cases of a count may be the numerator of a rate as well. Nobody declares that, so it is seen from the numbers.

use std::collections::{BTreeMap, BTreeSet};

use super::super::quantities::{Quantities, Quantity};
use super::{How, Relation};

pub(super) fn relations(quantities: &Quantities<'_>) -> Vec<Relation> {
    let mut beside: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (position, quantity) in quantities.all.iter().enumerate() {
        beside.entry((quantity.place.0, quantity.place.2)).or_default().push(position);
    }
    let mut found = Vec::new();
    for beside in beside.values() {
        found.extend(same(quantities, beside));
    }
    // One number may well be another one's by chance; where two indicators agree in several areas, they agree in the others too.
    let name = |position: usize| {
        let quantity = &quantities.all[position];
        (quantity.place.1, quantity.field, quantity.place.2)
    };
    let proven: BTreeSet<_> =
        found.iter().filter(|same| same.agreeing > 1).map(|same| (name(same.one), name(same.other))).collect();
    found.retain(|same| proven.contains(&(name(same.one), name(same.other))));
    found.into_iter().map(|same| Relation { total: same.one, parts: vec![same.other], how: How::Sum }).collect()
}

/// Two quantities with the same numbers.
struct Same {
    one: usize,
    other: usize,
    /// In how many areas both have the same number above zero.
    agreeing: usize,
}

/// The pairs with the same numbers among quantities of the same areas and period, of which one at least is protected. Each of
/// several that are the same throughout is held against the first of them alone.
fn same(quantities: &Quantities<'_>, beside: &[usize]) -> Vec<Same> {
    let mut found = Vec::new();
    let mut first_of_its_kind: Vec<usize> = Vec::new();
    for other in beside.iter().copied() {
        let quantity = &quantities.all[other];
        let is_twin = |one: &&usize| quantities.all[**one].numbers == quantity.numbers;
        let twin = first_of_its_kind.iter().find(is_twin).copied();
        let ones = twin.map_or_else(|| first_of_its_kind.clone(), |twin| vec![twin]);
        for one in ones {
            let is_protected = [one, other].iter().any(|position| quantities.all[*position].rule.is_some());
            let agreeing = agreeing(&quantities.all[one], quantity).filter(|_| is_protected);
            found.extend(agreeing.map(|agreeing| Same { one, other, agreeing }));
        }
        if twin.is_none() {
            first_of_its_kind.push(other);
        }
    }
    found
}

/// In how many areas two quantities have the same number above zero; `None` where any differ.
fn agreeing(one: &Quantity<'_>, other: &Quantity<'_>) -> Option<usize> {
    let mut agreeing = 0;
    for (one, other) in one.numbers.iter().zip(other.numbers.iter()) {
        let (Some(one), Some(other)) = (one, other) else { continue };
        if one != other {
            return None;
        }
        agreeing += usize::from(*one > 0.0);
    }
    Some(agreeing)
}
