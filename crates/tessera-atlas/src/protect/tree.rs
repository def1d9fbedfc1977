//! The range of a cell whose sets form a tree: what each set leaves for it, worked out from the outside in. Exact, and much
//! quicker than a linear programme.

use std::collections::BTreeSet;

use super::knowledge::{Knowledge, Range};
use super::system::{CellId, SetId};

/// More cells than this are left to a linear programme among the nearest.
const MOST_CELLS: usize = 300;

/// What is known of the range that a reader can work out for a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ranges {
    /// It holds this one.
    pub(super) inner: Range,
    /// It lies within this one: the same one, where all that the cell hangs together with was looked at.
    pub(super) outer: Range,
}

/// The range of a cell by the sets that are at most so many sets away. `None` where they do not form a tree or are too large.
pub(super) fn ranges(knowledge: &Knowledge, cell: CellId, sets_away: usize) -> Option<Ranges> {
    Walk { knowledge, seen: BTreeSet::from([cell]) }.ranges(cell, None, sets_away)
}

struct Walk<'a> {
    knowledge: &'a Knowledge,
    /// The cells in doubt that were reached.
    seen: BTreeSet<CellId>,
}

impl Walk<'_> {
    /// The range of a cell by all sets but the one from which it was reached.
    fn ranges(&mut self, cell: CellId, from: Option<SetId>, sets_away: usize) -> Option<Ranges> {
        let own = self.knowledge.range(cell);
        let mut found = Ranges { inner: own, outer: own };
        for set in self.knowledge.sets_of(cell) {
            if Some(*set) == from {
                continue;
            }
            let Some(further) = sets_away.checked_sub(1) else {
                // What lies beyond stays as it is.
                let truth = self.knowledge.truth[cell as usize];
                return Some(Ranges { inner: (truth, truth), outer: own });
            };
            let left = self.left_by(*set, cell, further)?;
            found.inner = both(found.inner, left.inner);
            found.outer = both(found.outer, left.outer);
        }
        Some(found)
    }

    /// What a set leaves for one of its members.
    fn left_by(&mut self, set: SetId, cell: CellId, sets_away: usize) -> Option<Ranges> {
        let members = self.knowledge.set(set);
        let sign = |id: CellId| if id == members.total { 1.0 } else { -1.0 };
        // The others, on the other side: total − parts is the offset.
        let turned = -sign(cell);
        let (mut inner, mut outer) = (Sum::of(-turned * members.offset), Sum::of(-turned * members.offset));
        for id in members.members().filter(|id| *id != cell) {
            let ranges = if self.knowledge.is_variable(id) {
                if !self.seen.insert(id) || self.seen.len() > MOST_CELLS {
                    return None;
                }
                self.ranges(id, Some(set), sets_away)?
            } else {
                let own = self.knowledge.range(id);
                Ranges { inner: own, outer: own }
            };
            inner.add(turned * sign(id), ranges.inner);
            outer.add(turned * sign(id), ranges.outer);
        }
        Some(Ranges { inner: inner.0, outer: outer.0 })
    }
}

/// A sum of numbers of which only ranges are known.
struct Sum(Range);

impl Sum {
    fn of(number: f64) -> Sum {
        Sum((number, number))
    }

    fn add(&mut self, sign: f64, range: Range) {
        let (least, most) = if sign > 0.0 { range } else { (-range.1, -range.0) };
        self.0 = (self.0.0 + least, self.0.1 + most);
    }
}

/// What lies in both ranges.
pub(super) fn both(one: Range, other: Range) -> Range {
    (one.0.max(other.0), one.1.min(other.1))
}
