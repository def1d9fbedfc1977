//! Which quantities add up to which, and which are the same: whatever a reader may add and subtract.

mod areas;
mod breakdowns;
mod equals;
mod periods;

use std::sync::Arc;

use super::Raw;
use super::quantities::Quantities;

/// By area of a larger geography, the positions of those that it is made of.
type Members = Arc<Vec<Vec<u32>>>;

/// A total and its parts, place by place.
pub(super) struct Relation {
    pub(super) total: usize,
    pub(super) parts: Vec<usize>,
    pub(super) how: How,
}

/// How the parts make up the total.
pub(super) enum How {
    /// The total of each area is that of these areas of the only part.
    Areas {
        /// The areas.
        members: Members,
        /// Whether the total was added up here from those that have a number.
        added_up: bool,
    },
    /// The total of an area is the sum of the parts of the same area.
    Sum,
}

impl Relation {
    /// The total and its parts.
    pub(super) fn quantities(&self) -> impl Iterator<Item = usize> {
        std::iter::once(self.total).chain(self.parts.iter().copied())
    }
}

/// Every relation of the quantities of an atlas. What is left of a period beside others becomes a quantity itself.
pub(super) fn between(raw: &Raw<'_>, quantities: &mut Quantities<'_>) -> Vec<Relation> {
    let mut relations = areas::relations(raw, quantities);
    relations.extend(breakdowns::relations(raw, quantities));
    relations.extend(equals::relations(quantities));
    relations.extend(periods::relations(raw, quantities));
    relations
}
