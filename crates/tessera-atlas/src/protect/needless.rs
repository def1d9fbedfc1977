//! Showing again what need not be hidden.
//!
//! Cells are hidden one after the other, and one that is hidden late may make one needless that was hidden before: most of all where
//! several divisions of the same areas cross each other. So each cell that was hidden for others is shown on trial, the largest
//! first, and stays shown where every cell that hangs together with it is still safe.

use std::collections::BTreeSet;

use super::hide::{Hiding, Why};
use super::system::{CellId, Role};

/// The most cells that may hang together with one that is tried: each of them is judged again.
const MOST: usize = 1000;

/// The most cells that are shown along with one, because they follow from it.
const MOST_ALONG: usize = 30;

impl Hiding {
    /// Shows each cell that was hidden for others and need not be. Cells that were hidden in vain are not judged again.
    pub(super) fn show_needless(&mut self, in_vain: &BTreeSet<CellId>) {
        let mut cells: Vec<CellId> = (0..).take(self.why.len()).filter(|cell| self.may_be_shown(*cell)).collect();
        let size = |cell: &CellId| self.knowledge.truth[*cell as usize];
        cells.sort_by(|one, other| size(other).total_cmp(&size(one)).then(one.cmp(other)));
        for cell in cells {
            if self.may_be_shown(cell) {
                self.try_to_show(cell, in_vain);
            }
        }
    }

    /// Whether a cell is hidden for the sake of others alone.
    fn may_be_shown(&self, id: CellId) -> bool {
        let cell = &self.knowledge.system.cells[id as usize];
        let is_hidden = |other: &CellId| self.why[*other as usize].is_some();
        let goes_along = |numerator: &CellId| self.why[*numerator as usize] == Some(Why::Denominator);
        matches!(self.why[id as usize], Some(Why::Protects(_)))
            && cell.role == Role::Open
            && !cell.denominator.as_ref().is_some_and(is_hidden)
            && !self.knowledge.numerators_of(id).iter().any(goes_along)
    }

    /// Shows a cell, and what follows from it then, unless one would not be safe any more that must be.
    fn try_to_show(&mut self, id: CellId, in_vain: &BTreeSet<CellId>) {
        let Some(together) = self.together_with(id) else { return };
        let before: Vec<_> = together.iter().map(|cell| self.possible[*cell as usize]).collect();
        let mut shown = Vec::new();
        let mut next = Some(id);
        while let Some(cell) = next.take() {
            let may_be_shown = shown.len() <= MOST_ALONG && self.may_be_shown(cell) && !self.needs_protection(cell);
            if !may_be_shown {
                for (cell, why) in shown {
                    self.why[cell as usize] = why;
                    self.knowledge.hide(cell);
                }
                for (cell, possible) in together.iter().zip(before) {
                    self.possible[*cell as usize] = possible;
                }
                return;
            }
            shown.push((cell, self.why[cell as usize]));
            self.show(cell);
            // What was possible was so as long as this cell was in doubt.
            for cell in &together {
                let truth = self.knowledge.truth[*cell as usize];
                self.possible[*cell as usize] = (truth, truth);
            }
            next = together.iter().copied().find(|cell| {
                let is_judged =
                    self.why[*cell as usize].is_some() || self.knowledge.system.cells[*cell as usize].is_latent();
                is_judged && !in_vain.contains(cell) && !self.is_safe(*cell)
            });
        }
    }

    /// The cells in doubt that hang together with one, the nearest first; `None` where they are too many.
    fn together_with(&self, id: CellId) -> Option<Vec<CellId>> {
        let mut together = vec![id];
        let (mut seen_cells, mut seen_sets) = (BTreeSet::from([id]), BTreeSet::new());
        let mut at = 0;
        while let Some(cell) = together.get(at).copied() {
            at += 1;
            // What is said of a hidden numerator depends on whether its denominator is shown.
            let numerators = self.knowledge.numerators_of(cell).iter().copied();
            together.extend(numerators.filter(|own| self.knowledge.is_variable(*own) && seen_cells.insert(*own)));
            for set in self.knowledge.sets_of(cell).iter().filter(|set| seen_sets.insert(**set)) {
                let members = self.knowledge.set(*set).members();
                together
                    .extend(members.filter(|member| self.knowledge.is_variable(*member) && seen_cells.insert(*member)));
            }
            if together.len() > MOST {
                return None;
            }
        }
        Some(together)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::strategy::ValueTree;
    use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

    use super::super::hide::hide;
    use super::*;
    use crate::protect::{Cell, Rule, System};

    const RULE: Rule = Rule { threshold: 5, round: 1 };

    /// Adds counts with the sums of rows and of columns, which cross each other, and the sum of all, which is kept; each held against
    /// its place in `below`. Gives them in an order that is the same for tables of one size.
    fn add_crossing(system: &mut System, rows: &[Vec<f64>], below: Option<&[CellId]>) -> Vec<CellId> {
        let mut all = Vec::new();
        let mut add = |system: &mut System, value: f64, role: Role| {
            let denominator = below.map(|below| below[all.len()]);
            all.push(system.add(Cell { role, denominator, ..Cell::new(Some(value), RULE) }));
            all[all.len() - 1]
        };
        let cells: Vec<Vec<CellId>> =
            rows.iter().map(|row| row.iter().map(|count| add(system, *count, Role::Open)).collect()).collect();
        let columns = (0..rows[0].len()).map(|column| cells.iter().map(|row| row[column]).collect());
        for parts in cells.iter().cloned().chain(columns) {
            let sum = parts.iter().map(|part| system.cells[*part as usize].value.unwrap()).sum();
            let total = add(system, sum, Role::Open);
            system.add_set(total, &parts);
        }
        let whole = add(system, rows.iter().flatten().sum(), Role::Kept);
        system.add_set(whole, &cells.concat());
        all
    }

    /// How many cells are hidden before and after; what is shown again leaves everything safe, and nothing more can be shown.
    fn hidden_before_and_after(system: System) -> (usize, usize) {
        let (mut hiding, failures, in_vain) = hide(system);
        if !failures.is_empty() {
            return (0, 0);
        }
        let hidden = |hiding: &Hiding| hiding.why.iter().flatten().count();
        let before = hidden(&hiding);
        hiding.show_needless(&in_vain);
        let after = hidden(&hiding);
        for cell in (0..).take(hiding.why.len()).filter(|cell| !in_vain.contains(cell)) {
            for (own, truth) in hiding.possible.iter_mut().zip(&hiding.knowledge.truth) {
                *own = (*truth, *truth);
            }
            assert!(hiding.why[cell as usize].is_none() || hiding.is_safe(cell), "{cell}");
        }
        hiding.show_needless(&in_vain);
        assert_eq!(hidden(&hiding), after);
        (before, after)
    }

    #[test]
    fn what_is_shown_again_leaves_everything_safe_and_nothing_more_can_be() {
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[3; 32]);
        let mut runner = TestRunner::new_with_rng(Config::default(), rng);
        let count = prop_oneof![1 => 0u8..6, 3 => 0u8..30].prop_map(f64::from);
        let tables = proptest::collection::vec(proptest::collection::vec(count, 4), 4);
        let (mut before, mut after) = (0, 0);
        for round in 0..100 {
            let mut system = System::default();
            let rows = tables.new_tree(&mut runner).unwrap().current();
            let below = add_crossing(&mut system, &rows, None);
            // In every other round with a rate over these counts.
            if round % 2 == 1 {
                let part = |(at, count): (usize, &f64)| (count * ((at + round) % 4) as f64 / 4.0).floor();
                let parts: Vec<Vec<f64>> = rows.iter().map(|row| row.iter().enumerate().map(part).collect()).collect();
                add_crossing(&mut system, &parts, Some(&below));
            }
            let hidden = hidden_before_and_after(system);
            (before, after) = (before + hidden.0, after + hidden.1);
        }
        assert!(after < before * 95 / 100, "{after} hidden, {before} before");
    }
}
