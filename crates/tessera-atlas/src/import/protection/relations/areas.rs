//! Parents, clusters and the whole atlas: each is the sum of smaller areas.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::Raw;
use super::super::quantities::{Quantities, Quantity};
use super::{How, Members, Relation};

/// Holds every total against the smallest areas that it is made of and that have numbers; and against larger ones where these
/// are not made of the smallest in turn.
pub(super) fn relations(raw: &Raw<'_>, quantities: &Quantities<'_>) -> Vec<Relation> {
    let mut nested = Nested { raw, known: BTreeMap::new() };
    let mut relations = Vec::new();
    for (total, quantity) in quantities.all.iter().enumerate() {
        let (geography, indicator, period) = quantity.place;
        let mut held_against: Vec<usize> = Vec::new();
        for base in smaller(raw, quantity) {
            let Some(part) = quantities.at((Some(base), indicator, period), quantity.field) else { continue };
            let Some(members) = nested.members(base, geography) else { continue };
            if held_against.iter().any(|finer| nested.members(*finer, Some(base)).is_some()) {
                continue;
            }
            let added_up = raw.added_up_from.get(&quantity.place) == Some(&base);
            relations.push(Relation { total, parts: vec![part], how: How::Areas { members, added_up } });
            held_against.push(base);
        }
    }
    relations
}

/// The geographies of which a total may be the sum, the smallest areas first.
fn smaller(raw: &Raw<'_>, total: &Quantity<'_>) -> Vec<usize> {
    let own = total.place.0;
    let areas = |geography: usize| raw.geographies[geography].len();
    let is_smaller = |base: &usize| {
        Some(*base) != own && raw.geographies[*base].tiling && own.is_none_or(|own| areas(own) <= areas(*base))
    };
    let mut smaller: Vec<usize> = (0..raw.geographies.len()).filter(is_smaller).collect();
    smaller.sort_by_key(|base| std::cmp::Reverse(areas(*base)));
    smaller
}

/// Which areas of one geography make up those of another, worked out once.
struct Nested<'a> {
    raw: &'a Raw<'a>,
    known: BTreeMap<(usize, Option<usize>), Option<Members>>,
}

impl Nested<'_> {
    fn members(&mut self, base: usize, whole: Option<usize>) -> Option<Members> {
        self.known.entry((base, whole)).or_insert_with(|| self.raw.members(base, whole).map(Arc::new)).clone()
    }
}
