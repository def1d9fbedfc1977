//! Which cells are hidden: first the small ones, then as many others as it takes.

use std::collections::{BTreeMap, BTreeSet};

use super::knowledge::{Knowledge, Range};
use super::system::{CellId, Role, SetId, System};

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
/// none. What is hidden later only adds to what is possible, so that each cell is judged once. In the end, what turned out to
/// be needless is shown again.
pub fn protect(system: System) -> Protected {
    let (mut hiding, failures, in_vain) = hide(system);
    if failures.is_empty() {
        hiding.show_needless(&in_vain);
    }
    Protected { why: hiding.why, failures }
}

/// Hides all that it takes, cell after cell: with what cannot be protected, and with large cells for which others were hidden in vain.
pub(super) fn hide(system: System) -> (Hiding, Vec<Unprotectable>, BTreeSet<CellId>) {
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
    // A large cell that follows all the same gives nothing away where it is shown.
    for cell in &in_vain {
        if hiding.is_known(*cell) {
            hiding.show(*cell);
        }
    }
    (hiding, failures, in_vain)
}

/// A system while cells of it are hidden. Whether one is safe stands in `safety`, which one goes next in `choice`.
pub(super) struct Hiding {
    pub(super) knowledge: Knowledge,
    /// Why each cell is hidden that is.
    pub(super) why: Vec<Option<Why>>,
    /// Values that were seen to be possible for each cell, and all between them.
    pub(super) possible: Vec<Range>,
    /// How often a set was the one in which another cell was hidden, for each cell that needed it.
    pub(super) turns: BTreeMap<(CellId, SetId), usize>,
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

    pub(super) fn show(&mut self, id: CellId) {
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
    pub(super) fn needs_protection(&self, id: CellId) -> bool {
        self.knowledge.system.cells[id as usize].is_small() || self.why[id as usize] == Some(Why::Before)
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
