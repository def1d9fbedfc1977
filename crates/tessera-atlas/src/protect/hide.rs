//! Which cells are hidden: first the small ones, then as many others as it takes.

use std::collections::{BTreeMap, BTreeSet};

use super::bounds::{End, Neighbourhood, TOLERANCE};
use super::knowledge::{Knowledge, Range};
use super::system::{CellId, Role, SetId, System};

/// Among how many cells in doubt, the nearest, and how many of one set, one looks for room for a cell. One that finds none
/// among the last counts as not safe: that hides more than it must where very many cells hang together, and never less.
const NEAREST: [(usize, usize); 4] = [(30, 3), (60, 6), (250, 12), (1000, usize::MAX)];

/// Why a cell is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It is small, or what is left of its denominator, or the denominator itself.
    First,
    /// Its own publisher hid it.
    Before,
    /// A retained edition hides it.
    Retained,
    /// Its denominator is hidden.
    Denominator,
    /// It would let another be worked out, by this set.
    Protects(SetId),
}

/// A cell that stays in danger whatever is hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unprotectable {
    /// The cell.
    pub cell: CellId,
    /// The sets that it is a member of.
    pub sets: Vec<SetId>,
}

/// A system of which no hidden cell can be worked out, but for those that `failures` names.
#[derive(Debug, Clone, Default)]
pub struct Protected {
    why: Vec<Option<Why>>,
    /// What could not be protected: nothing may be published while there is any.
    pub failures: Vec<Unprotectable>,
}

impl Protected {
    /// Whether a cell is hidden.
    pub fn is_hidden(&self, cell: CellId) -> bool {
        self.why(cell).is_some()
    }

    /// Why it is.
    pub fn why(&self, cell: CellId) -> Option<Why> {
        self.why.get(cell as usize).copied().flatten()
    }
}

/// Hides what must be hidden.
///
/// A small cell is safe when every small value is still possible for it, and a cell that is hidden for its sake when more
/// than one value is. While one is not, the smallest shown cell of its tightest set is hidden, or the total where there is
/// none. What is hidden later only adds to what is possible, so that each cell is judged once.
pub fn protect(system: System) -> Protected {
    let mut hiding = Hiding::new(system);
    hiding.hide_first();
    let mut failures = Vec::new();
    let mut in_vain = BTreeSet::new();
    for cell in (0..).take(hiding.why.len()) {
        let mut stack = vec![cell];
        while let Some(top) = stack.last().copied() {
            if hiding.is_safe(top) {
                stack.pop();
                continue;
            }
            let next = if hiding.is_lost(top) { None } else { hiding.next_to_hide(top) };
            if let Some((next, set)) = next {
                stack.extend(hiding.hide(next, Why::Protects(set)));
            } else {
                stack.pop();
                if !hiding.needs_protection(top) {
                    in_vain.insert(top);
                } else if !failures.iter().any(|failure: &Unprotectable| failure.cell == top) {
                    failures.push(Unprotectable { cell: top, sets: hiding.knowledge.sets_of(top).to_vec() });
                }
            }
        }
    }
    // A large cell that still follows from the rest gives nothing away where it is shown.
    for cell in in_vain {
        if !hiding.is_safe(cell) {
            hiding.show(cell);
        }
    }
    Protected { why: hiding.why, failures }
}

struct Hiding {
    knowledge: Knowledge,
    why: Vec<Option<Why>>,
    /// Values that were seen to be possible for each cell, and all between them.
    possible: Vec<Range>,
    /// How often a set was the one in which another cell was hidden, for each cell that needed it.
    turns: BTreeMap<(CellId, SetId), usize>,
}

/// What must be possible for a hidden cell.
struct Need {
    /// Every value from the first to the second, or none that is small at all.
    values: Option<Range>,
    /// The largest small value.
    small: f64,
}

impl Need {
    /// Whether a cell of exactly this range is safe.
    fn is_met_by(&self, range: Range) -> bool {
        self.must_be_met(range, range)
    }

    /// Whether a cell may be safe whose range holds `inner` and lies within `outer`. Zero needs no protection.
    fn may_be_met(&self, inner: Range, outer: Range) -> bool {
        inner.1 <= TOLERANCE || ((self.is_covered_by(outer) || self.is_large(inner)) && is_doubtful(outer))
    }

    /// Whether a cell must be safe whose range holds `inner` and lies within `outer`.
    fn must_be_met(&self, inner: Range, outer: Range) -> bool {
        outer.1 <= TOLERANCE || ((self.is_covered_by(inner) || self.is_large(outer)) && is_doubtful(inner))
    }

    fn is_covered_by(&self, range: Range) -> bool {
        self.values.is_none_or(|(least, most)| range.0 <= least + TOLERANCE && range.1 >= most - TOLERANCE)
    }

    fn is_large(&self, range: Range) -> bool {
        range.0 > self.small + TOLERANCE
    }
}

/// Whether more than one value is possible.
fn is_doubtful(range: Range) -> bool {
    range.1 - range.0 > 1.0 - TOLERANCE
}

impl Hiding {
    fn new(system: System) -> Hiding {
        let knowledge = Knowledge::new(system);
        let why = knowledge.system.cells.iter().map(|cell| {
            // What nobody knows and nobody hid is not there at all.
            let is_hidden = cell.value.is_none() && cell.rule.is_some() && !cell.is_latent();
            is_hidden.then_some(Why::Before)
        });
        let possible = knowledge.truth.iter().map(|value| (*value, *value)).collect();
        Hiding { why: why.collect(), possible, turns: BTreeMap::new(), knowledge }
    }

    /// Hides small cells, those with a small complement or denominator, and those that a retained edition hides.
    fn hide_first(&mut self) {
        for cell in (0..).take(self.why.len()) {
            if let Some(why) = self.hidden_first(cell) {
                self.hide(cell, why);
            }
        }
    }

    fn hidden_first(&self, id: CellId) -> Option<Why> {
        let system = &self.knowledge.system;
        let cell = &system.cells[id as usize];
        let (rule, value) = (cell.rule?, cell.value?);
        if cell.is_latent() {
            return None;
        }
        let complement = system.complements.get(&id).and_then(|complement| system.value(*complement));
        let denominator = cell.denominator.and_then(|denominator| system.value(denominator));
        let others = [complement, denominator];
        if rule.is_small(value) || others.into_iter().flatten().any(|other| rule.is_small(other)) {
            return Some(Why::First);
        }
        (cell.hidden_before && value != 0.0 && cell.role == Role::Open).then_some(Why::Retained)
    }

    fn show(&mut self, id: CellId) {
        self.why[id as usize] = None;
        self.knowledge.show(id);
    }

    /// Hides a cell with all that goes with it, and gives what must be looked at then.
    fn hide(&mut self, id: CellId, why: Why) -> Vec<CellId> {
        if self.why[id as usize].is_some() {
            return Vec::new();
        }
        self.why[id as usize] = Some(why);
        self.knowledge.hide(id);
        let mut touched = vec![id];
        touched.extend(self.knowledge.system.complements.get(&id));
        for numerator in self.knowledge.numerators_of(id).to_vec() {
            if self.knowledge.system.cells[numerator as usize].rule.is_some() {
                touched.extend(self.hide(numerator, Why::Denominator));
            }
        }
        touched
    }

    /// Whether a cell's own number is to be protected.
    fn needs_protection(&self, id: CellId) -> bool {
        self.knowledge.system.cells[id as usize].is_small() || self.why[id as usize] == Some(Why::Before)
    }

    /// What must be possible for a cell: where it is small, every small value; where it is hidden for the sake of another,
    /// more than one.
    fn need(&self, id: CellId) -> Option<Need> {
        let cell = &self.knowledge.system.cells[id as usize];
        let rule = cell.rule?;
        let is_small = cell.is_small();
        let doubt = match self.why[id as usize] {
            Some(Why::Before | Why::Retained | Why::Protects(_)) => true,
            Some(Why::First | Why::Denominator) | None => is_small,
        };
        let small = rule.largest_small();
        let values = self.needs_protection(id).then(|| match self.small_denominator(id, small) {
            Some(whole) => (0.0, whole),
            None => (self.knowledge.floor(id).max(1.0), small),
        });
        doubt.then_some(Need { values, small })
    }

    /// The denominator that everybody can see to be small.
    fn small_denominator(&self, id: CellId, small: f64) -> Option<f64> {
        let cells = &self.knowledge.system.cells;
        let over = match cells[id as usize].role {
            Role::Complement(numerator) => cells[numerator as usize].denominator,
            _ => cells[id as usize].denominator,
        };
        let shown = over.filter(|denominator| !self.knowledge.is_hidden(*denominator));
        shown.map(|denominator| self.knowledge.range(denominator).1).filter(|whole| *whole <= small)
    }

    /// Whether a reader knows too much of a cell by itself, so that hiding others does not help.
    fn is_lost(&self, id: CellId) -> bool {
        let range = self.knowledge.range(id);
        self.need(id).is_some_and(|need| !need.is_met_by(range))
    }

    /// Whether a cell needs no more protection.
    fn is_safe(&mut self, id: CellId) -> bool {
        let Some(need) = self.need(id) else { return true };
        let mut outer = self.knowledge.range(id);
        for set in self.knowledge.sets_of(id) {
            let left = self.knowledge.left_by(*set, id, |other| self.knowledge.range(other));
            outer = (outer.0.max(left.0), outer.1.min(left.1));
        }
        for (most, of_set) in NEAREST {
            let inner = self.possible[id as usize];
            if need.must_be_met(inner, outer) {
                return true;
            }
            if !need.may_be_met(inner, outer) {
                return false;
            }
            let around = Neighbourhood::around(&self.knowledge, id, most, of_set);
            self.look(&around, id, &need);
            let inner = self.possible[id as usize];
            if around.is_whole {
                return need.is_met_by(inner);
            }
            if !need.must_be_met(inner, outer) {
                let end = |end| around.outer(&self.knowledge, id, end);
                outer = (outer.0.max(end(End::Least)), outer.1.min(end(End::Most)));
            }
        }
        false
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
                    let possible = &mut self.possible[other as usize];
                    *possible = (possible.0.min(value), possible.1.max(value));
                }
            }
        }
    }

    /// The cell to hide so that another one becomes safe, and the set for which: of its tightest set. Where that did not help,
    /// it is the turn of the next, and of those of the cells that it hangs together with.
    fn next_to_hide(&mut self, id: CellId) -> Option<(CellId, SetId)> {
        let mut best: Option<(usize, f64, SetId, CellId)> = None;
        let mut edge = vec![id];
        let mut seen_cells = BTreeSet::from([id]);
        let mut seen_sets = BTreeSet::new();
        let mut level = 0;
        while !edge.is_empty() && best.is_none_or(|(turn, ..)| level <= turn) {
            let mut members = Vec::new();
            for cell in &edge {
                for set in self.knowledge.sets_of(*cell).iter().filter(|set| seen_sets.insert(**set)) {
                    members.extend(self.knowledge.set(*set).members());
                    let Some(candidate) = self.candidate(*set) else { continue };
                    // Totals say most, and go last.
                    let is_total = usize::from(candidate == self.knowledge.set(*set).total);
                    let turn = level + is_total + self.turns.get(&(id, *set)).copied().unwrap_or(0);
                    let (least, most) = self.knowledge.left_by(*set, *cell, |other| self.knowledge.range(other));
                    let key = (turn, most - least, *set);
                    let is_better = best.is_none_or(|(turn, width, set, _)| {
                        key.0.cmp(&turn).then(key.1.total_cmp(&width)).then(key.2.cmp(&set)).is_lt()
                    });
                    if is_better {
                        best = Some((key.0, key.1, key.2, candidate));
                    }
                }
            }
            let is_new = |cell: &CellId| self.knowledge.is_variable(*cell) && seen_cells.insert(*cell);
            edge = members.into_iter().filter(is_new).collect();
            level += 1;
        }
        let (_, _, set, candidate) = best?;
        *self.turns.entry((id, set)).or_default() += 1;
        Some((candidate, set))
    }

    /// The smallest shown part of a set that may be hidden, or its total. One that is in doubt at once, because its other sets
    /// have a hidden member already, comes before one that would need others to be hidden in turn.
    fn candidate(&self, set: SetId) -> Option<CellId> {
        let members = self.knowledge.set(set);
        let value = |id: &CellId| self.knowledge.truth[*id as usize];
        let may_be_hidden = |id: &CellId| {
            let cell = &self.knowledge.system.cells[*id as usize];
            let is_free = cell.role == Role::Open && cell.rule.is_some() && cell.known.is_none();
            is_free && self.why[*id as usize].is_none() && value(id) >= 1.0
        };
        let parts: Vec<CellId> = members.parts.iter().copied().filter(may_be_hidden).collect();
        let smallest = |parts: &mut dyn Iterator<Item = CellId>| {
            parts.min_by(|one, other| value(one).total_cmp(&value(other)).then(one.cmp(other)))
        };
        smallest(&mut parts.iter().copied().filter(|part| self.would_be_in_doubt(*part, set)))
            .or_else(|| smallest(&mut parts.iter().copied()))
            .or_else(|| Some(members.total).filter(may_be_hidden))
    }

    /// Whether each set of a cell but this one has a hidden member.
    fn would_be_in_doubt(&self, id: CellId, but: SetId) -> bool {
        let mut others = self.knowledge.sets_of(id).iter().filter(|set| **set != but);
        others.all(|set| self.knowledge.set(*set).members().any(|member| self.is_in_doubt(member)))
    }

    fn is_in_doubt(&self, id: CellId) -> bool {
        (self.knowledge.is_hidden(id) || self.knowledge.system.cells[id as usize].is_latent())
            && self.knowledge.is_variable(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protect::{Cell, Rule};

    const FIVE: Rule = Rule { threshold: 5, round: 1 };

    /// Counts under one published total: whether each is hidden.
    fn under_one_total(rule: Rule, counts: &[f64]) -> Vec<bool> {
        let mut system = System::default();
        let parts: Vec<CellId> = counts.iter().map(|count| system.add(Cell::new(Some(*count), rule))).collect();
        let total = system.add(Cell { role: Role::Kept, ..Cell::new(Some(counts.iter().sum()), rule) });
        system.add_set(total, &parts);
        let protected = protect(system);
        assert_eq!(protected.failures, []);
        assert!(!protected.is_hidden(total));
        parts.into_iter().map(|part| protected.is_hidden(part)).collect()
    }

    #[test]
    fn two_and_three_under_five_are_safe() {
        assert_eq!(under_one_total(FIVE, &[2.0, 3.0, 9.0, 8.0]), [true, true, false, false]);
    }

    #[test]
    fn one_and_two_take_a_third_along() {
        assert_eq!(under_one_total(FIVE, &[1.0, 2.0, 9.0, 8.0, 0.0]), [true, true, false, true, false]);
    }

    #[test]
    fn a_lone_small_cell_takes_the_smallest_other_along_by_code_where_two_are_alike() {
        assert_eq!(under_one_total(FIVE, &[9.0, 4.0, 7.0, 7.0]), [false, true, true, false]);
    }

    #[test]
    fn rounding_gives_room() {
        // 3 under 22 with 9 and 10, rounded to fives: the total is 20 to 24, the others 8 to 12, so that 3 may be 1 to 4.
        let rule = Rule { threshold: 5, round: 5 };
        assert_eq!(under_one_total(rule, &[3.0, 9.0, 10.0]), [true, false, false]);
        assert_eq!(under_one_total(FIVE, &[3.0, 9.0, 10.0]), [true, true, false]);
    }

    #[test]
    fn fourteen_of_sixteen_is_hidden() {
        let mut system = System::default();
        let sixteen = system.add(Cell::unprotected(Some(16.0)));
        let mut of = |part| {
            let numerator = system.add(Cell { denominator: Some(sixteen), ..Cell::new(Some(part), FIVE) });
            system.add_complement(numerator);
            numerator
        };
        let (fourteen, eleven, all, none) = (of(14.0), of(11.0), of(16.0), of(0.0));
        let protected = protect(system);
        assert_eq!(protected.failures, []);
        assert_eq!(protected.why(fourteen), Some(Why::First));
        assert!([eleven, all, none].into_iter().all(|numerator| !protected.is_hidden(numerator)));
    }

    #[test]
    fn everything_over_a_small_denominator_is_hidden() {
        let mut system = System::default();
        let pairs = [(0.0, 3.0), (2.0, 3.0), (40.0, 80.0), (30.0, 90.0), (5.0, 300.0)].map(|(above, below)| {
            let below = system.add(Cell::new(Some(below), FIVE));
            (system.add(Cell { denominator: Some(below), ..Cell::new(Some(above), FIVE) }), below)
        });
        let [above, below] =
            [77.0, 476.0].map(|sum| system.add(Cell { role: Role::Kept, ..Cell::new(Some(sum), FIVE) }));
        system.add_set(above, &pairs.map(|pair| pair.0));
        system.add_set(below, &pairs.map(|pair| pair.1));
        let protected = protect(system);
        assert_eq!(protected.failures, []);
        for (above, below) in &pairs[..2] {
            assert!(protected.is_hidden(*above) && protected.is_hidden(*below));
        }
        assert!(!protected.is_hidden(pairs[3].0) && !protected.is_hidden(pairs[4].1));
    }

    #[test]
    fn a_middle_total_that_is_hidden_needs_doubt_about_another() {
        // Two middle areas; 2 is all there is in the first, so that its total is small as well.
        let mut system = System::default();
        let small = [2.0, 0.0, 7.0, 8.0].map(|count| system.add(Cell::new(Some(count), FIVE)));
        let middle = [2.0, 15.0].map(|count| system.add(Cell::new(Some(count), FIVE)));
        let whole = system.add(Cell { role: Role::Kept, ..Cell::new(Some(17.0), FIVE) });
        system.add_set(middle[0], &small[..2]);
        system.add_set(middle[1], &small[2..]);
        system.add_set(whole, &small);
        let protected = protect(system);
        assert_eq!(protected.failures, []);
        let hidden = small.map(|cell| protected.is_hidden(cell));
        assert_eq!((hidden, middle.map(|cell| protected.is_hidden(cell))), ([true, false, true, false], [true, true]));
    }

    #[test]
    fn what_cannot_be_protected_is_named() {
        let mut system = System::default();
        let part = system.add(Cell::new(Some(2.0), FIVE));
        let other = system.add(Cell::unprotected(Some(20.0)));
        let total = system.add(Cell { role: Role::Kept, ..Cell::new(Some(22.0), FIVE) });
        let set = system.add_set(total, &[part, other]);
        assert_eq!(protect(system).failures, [Unprotectable { cell: part, sets: vec![set] }]);
    }

    #[test]
    fn what_a_retained_edition_shows_protects_nobody() {
        let mut system = System::default();
        let rows = [(4.0, None), (6.0, Some((6.0, 6.0))), (9.0, None), (20.0, None)];
        let parts = rows.map(|(count, known)| system.add(Cell { known, ..Cell::new(Some(count), FIVE) }));
        let total = system.add(Cell { role: Role::Kept, ..Cell::new(Some(39.0), FIVE) });
        system.add_set(total, &parts);
        let protected = protect(system);
        assert_eq!(parts.map(|part| protected.is_hidden(part)), [true, false, true, false]);
    }

    #[test]
    fn what_a_retained_edition_tells_of_a_small_cell_is_lost() {
        let mut system = System::default();
        let part = system.add(Cell { known: Some((3.0, 3.0)), ..Cell::new(Some(3.0), FIVE) });
        let others = [6.0, 7.0].map(|count| system.add(Cell::new(Some(count), FIVE)));
        let total = system.add(Cell::new(Some(16.0), FIVE));
        let set = system.add_set(total, &[part, others[0], others[1]]);
        let protected = protect(system);
        assert_eq!(protected.failures, [Unprotectable { cell: part, sets: vec![set] }]);
        assert!(others.iter().all(|other| !protected.is_hidden(*other)));
    }

    #[test]
    fn a_number_that_its_publisher_hid_is_protected_as_well() {
        let mut system = System::default();
        let parts = [None, Some(7.0), Some(9.0)].map(|count| system.add(Cell::new(count, FIVE)));
        let total = system.add(Cell::new(Some(19.0), FIVE));
        system.add_set(total, &parts);
        let protected = protect(system);
        assert_eq!(parts.map(|part| protected.is_hidden(part)), [true, true, false]);
    }

    #[test]
    fn a_total_that_its_parts_contradict_is_no_secret() {
        // The publisher's total holds 2 of whom nobody knows where.
        let mut system = System::default();
        let parts = [3.0, 7.0, 9.0].map(|count| system.add(Cell::new(Some(count), FIVE)));
        let total = system.add(Cell::new(Some(21.0), FIVE));
        system.add_set(total, &parts);
        let protected = protect(system);
        assert_eq!(parts.map(|part| protected.is_hidden(part)), [true, true, false]);
        // Here what its publisher hid would have to be below zero.
        let mut system = System::default();
        let parts = [None, Some(7.0), Some(9.0)].map(|count| system.add(Cell::new(count, FIVE)));
        let total = system.add(Cell::new(Some(12.0), FIVE));
        system.add_set(total, &parts);
        assert_eq!(parts.map(|part| protect(system.clone()).is_hidden(part)), [true, false, false]);
    }
}
