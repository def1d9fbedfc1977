//! Which indicators are published together, because what is shown of one may tell what is hidden of another.

use std::collections::{BTreeMap, BTreeSet};

use super::indicators::{Indicators, computing_order};
use crate::manifest::{BreakdownSection, Kind, Located};

/// Indicators that are published together; of all others nothing needs to be known but what they refer to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Together {
    /// In an order in which each can be computed.
    pub(super) own: Vec<usize>,
    /// Those of another set that they are divided or weighed by, in such an order too. None of them is protected.
    pub(super) referred: Vec<usize>,
}

/// All indicators in such sets, each in the given order, in which they can be computed; sets by the first of theirs.
///
/// Whatever is protected is protected together, with all that counts anybody and all that refers to it: the same number may be
/// hidden in one indicator and shown in another. The members of a breakdown are held against each other.
pub(super) fn sets(
    indicators: &Indicators,
    breakdowns: &[Located<BreakdownSection>],
    order: &[usize],
) -> Vec<Together> {
    let mut groups = Groups((0..indicators.public.len()).collect());
    let is_protected = |indicator: usize| indicators.public[indicator].rule().is_some();
    if let Some(first) = (0..indicators.public.len()).find(|indicator| is_protected(*indicator)) {
        // Whatever counts people may publish again what is to be hidden.
        let counts = |kind: Kind| kind == Kind::Count || kind.has_parts();
        let together = |indicator: &usize| is_protected(*indicator) || counts(indicators.public[*indicator].kind);
        (0..indicators.public.len()).filter(together).for_each(|other| groups.join(first, other));
    }
    for breakdown in breakdowns {
        let members = std::iter::once(&breakdown.value.total).chain(&breakdown.value.parts);
        let mut members = members.filter_map(|id| indicators.position(id));
        if let Some(first) = members.next() {
            members.for_each(|other| groups.join(first, other));
        }
    }
    // What refers to something protected, however far away, is shown or hidden with it.
    let mut reaches_protected = BTreeSet::new();
    for indicator in order {
        for need in needs(indicators, *indicator) {
            if is_protected(need) || reaches_protected.contains(&need) {
                reaches_protected.insert(*indicator);
                groups.join(need, *indicator);
            }
        }
    }
    let mut sets: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for indicator in order {
        sets.entry(groups.first(*indicator)).or_default().push(*indicator);
    }
    let position: BTreeMap<usize, usize> = order.iter().zip(0..).map(|(indicator, at)| (*indicator, at)).collect();
    let mut sets: Vec<Together> = sets
        .into_values()
        .map(|own| {
            let mut referred = BTreeSet::new();
            let mut waiting = own.clone();
            while let Some(indicator) = waiting.pop() {
                for need in needs(indicators, indicator).filter(|need| !own.contains(need)) {
                    if referred.insert((position.get(&need).copied(), need)) {
                        waiting.push(need);
                    }
                }
            }
            Together { own, referred: referred.into_iter().map(|(_, indicator)| indicator).collect() }
        })
        .collect();
    sets.sort_by_key(|set| set.own.first().and_then(|first| position.get(first).copied()));
    sets
}

/// All indicators in an order in which each can be computed. People first: by them the coverage of everything else is measured.
pub(super) fn order(indicators: &Indicators, people: Option<usize>) -> Vec<usize> {
    let others = computing_order(&indicators.public).into_iter().filter(|position| Some(*position) != people);
    people.into_iter().chain(others).collect()
}

/// What an indicator is divided or weighed by.
fn needs(indicators: &Indicators, indicator: usize) -> impl Iterator<Item = usize> {
    let own = &indicators.public[indicator];
    let needs = [&own.denominator, &own.weight].into_iter().flatten();
    needs.filter_map(|need| indicators.position(&need.indicator)).collect::<Vec<_>>().into_iter()
}

/// Sets that grow together.
struct Groups(Vec<usize>);

impl Groups {
    /// The first member of the set that something belongs to.
    fn first(&mut self, mut of: usize) -> usize {
        while self.0[of] != of {
            self.0[of] = self.0[self.0[of]];
            of = self.0[of];
        }
        of
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.first(one), self.first(other));
        self.0[one.max(other)] = one.min(other);
    }
}
