//! Whether a hidden cell is safe: whether all that it needs is possible.

use super::bounds::{End, Neighbourhood, TOLERANCE};
use super::hide::Hiding;
use super::knowledge::Range;
use super::need::{Need, is_doubtful};
use super::system::CellId;
use super::tree::{self, both};

/// Over how many sets one looks as long as they form a tree.
const SETS_AWAY: [usize; 3] = [1, 2, 4];

/// Otherwise: among how many cells in doubt, the nearest, and how many of one set, one looks for room for a cell. One that finds none
/// among the last counts as not safe: that hides more than it must where very many cells hang together, and never less.
const NEAREST: [(usize, usize); 4] = [(30, 3), (60, 6), (250, 12), (1000, usize::MAX)];

impl Hiding {
    /// Whether a reader knows too much of a cell by itself, so that hiding others does not help.
    pub(super) fn is_lost(&self, id: CellId) -> bool {
        let range = self.knowledge.range(id);
        self.need(id).is_some_and(|need| !need.is_met_by(range))
    }

    /// Whether a cell needs no more protection.
    pub(super) fn is_safe(&mut self, id: CellId) -> bool {
        let Some(need) = self.need(id) else { return true };
        let mut outer = self.knowledge.range(id);
        for sets in SETS_AWAY {
            let Some(found) = tree::ranges(&self.knowledge, id, sets) else { break };
            self.learn(id, found.inner);
            outer = found.outer;
            if let Some(is_safe) = self.judge(id, &need, outer) {
                return is_safe;
            }
        }
        for (most, of_set) in NEAREST {
            let around = Neighbourhood::around(&self.knowledge, id, most, of_set);
            self.look(&around, id, &need);
            if around.is_whole {
                return need.is_met_by(self.possible[id as usize]);
            }
            if !need.must_be_met(self.possible[id as usize], outer) {
                outer = both(outer, around.outer_range(&self.knowledge, id));
            }
            if let Some(is_safe) = self.judge(id, &need, outer) {
                return is_safe;
            }
        }
        false
    }

    /// Whether a reader knows a cell exactly.
    pub(super) fn is_known(&self, id: CellId) -> bool {
        let (least, most) = match tree::ranges(&self.knowledge, id, SETS_AWAY[SETS_AWAY.len() - 1]) {
            Some(found) => found.outer,
            None => {
                let (most, of_set) = NEAREST[NEAREST.len() - 1];
                Neighbourhood::around(&self.knowledge, id, most, of_set).outer_range(&self.knowledge, id)
            }
        };
        most - least < TOLERANCE
    }

    /// Whether a cell is safe, by what is known to be possible for it and by what is known not to be (beyond `outer`); `None`
    /// where that does not decide it.
    fn judge(&self, id: CellId, need: &Need, outer: Range) -> Option<bool> {
        let inner = self.possible[id as usize];
        if need.must_be_met(inner, outer) {
            return Some(true);
        }
        (!need.may_be_met(inner, outer)).then_some(false)
    }

    /// Looks for values that are possible for a cell within its neighbourhood, and learns of others on the way.
    fn look(&mut self, around: &Neighbourhood, id: CellId, need: &Need) {
        let truth = self.knowledge.truth[id as usize];
        let (least, most) = need.values.unwrap_or((truth, truth));
        let possible = self.possible[id as usize];
        let enough = most.max(truth + 1.0);
        let ends = [(End::Least, possible.0 > least + TOLERANCE), (End::Most, possible.1 < enough - TOLERANCE)];
        for (end, is_wanted) in ends {
            // One end may be enough for doubt.
            if is_wanted || (need.values.is_none() && !is_doubtful(self.possible[id as usize])) {
                for (other, value) in around.inner(&self.knowledge, id, end, enough).into_iter().flatten() {
                    self.learn(other, (value, value));
                }
            }
        }
    }

    /// Notes what was seen to be possible for a cell.
    fn learn(&mut self, id: CellId, seen: Range) {
        let possible = &mut self.possible[id as usize];
        *possible = (possible.0.min(seen.0), possible.1.max(seen.1));
    }
}
