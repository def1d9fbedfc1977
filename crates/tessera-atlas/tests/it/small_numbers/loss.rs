//! What protection costs: held against the best that is possible, found by trying everything.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use tessera_atlas::protect::{Cell, CellId, Protected, Role, Rule, System, protect};

/// A table of counts with the sums of its rows and of all. The sum of all is kept.
#[derive(Debug)]
struct Table {
    rows: Vec<Vec<f64>>,
}

const RULE: Rule = Rule { threshold: 5, round: 1 };

impl Table {
    /// Every cell, then the sums of the rows, then the sum of all; and the sets.
    fn cells(&self) -> (Vec<f64>, Vec<(CellId, Vec<CellId>)>) {
        let mut counts: Vec<f64> = self.rows.iter().flatten().copied().collect();
        let mut sets = Vec::new();
        let (mut next, mut sums) = (0, Vec::new());
        for row in &self.rows {
            let parts: Vec<CellId> = (next..).take(row.len()).collect();
            next += CellId::try_from(row.len()).unwrap();
            let total = CellId::try_from(counts.len()).unwrap();
            counts.push(row.iter().sum());
            sums.push(total);
            sets.push((total, parts));
        }
        let total = CellId::try_from(counts.len()).unwrap();
        counts.push(self.rows.iter().flatten().sum());
        sets.push((total, sums));
        (counts, sets)
    }

    /// The system; with `hidden`, one in which nothing else may be hidden.
    fn system(&self, hidden: Option<u32>) -> System {
        let (counts, sets) = self.cells();
        let mut system = System::default();
        for (id, count) in (0u32..).zip(&counts) {
            let is_hidden = hidden.is_some_and(|mask| mask & (1 << id) != 0);
            let is_last = id as usize + 1 == counts.len();
            let role = if is_last || hidden.is_some() && !is_hidden { Role::Kept } else { Role::Open };
            system.add(Cell { role, hidden_before: is_hidden, ..Cell::new(Some(*count), RULE) });
        }
        for (total, parts) in &sets {
            system.add_set(*total, parts);
        }
        system
    }

    /// How many cells the best protection hides.
    fn least_hidden(&self) -> usize {
        let (counts, _) = self.cells();
        let small: u32 = (0..).zip(&counts).filter(|(_, count)| RULE.is_small(**count)).map(|(id, _)| 1 << id).sum();
        let may_be_hidden: Vec<u32> = (0..counts.len() - 1)
            .filter(|id| counts[*id] >= 1.0 && !RULE.is_small(counts[*id]))
            .map(|id| 1 << id)
            .collect();
        let masks = (0u32..1 << may_be_hidden.len()).map(|chosen| {
            small + (0..).zip(&may_be_hidden).filter(|(at, _)| chosen & (1 << at) != 0).map(|(_, bit)| bit).sum::<u32>()
        });
        let safe = masks.filter(|mask| protect(self.system(Some(*mask))).failures.is_empty());
        safe.map(|mask| mask.count_ones() as usize).min().unwrap()
    }
}

fn hidden(protected: &Protected, cells: usize) -> usize {
    (0..).take(cells).filter(|cell| protected.is_hidden(*cell)).count()
}

/// The greedy choice hides the smallest cells it can, one after the other; trying every set of cells finds the fewest.
#[test]
fn little_more_is_hidden_than_the_least_that_protects() {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let count = prop_oneof![1 => 0u8..6, 2 => 0u8..30].prop_map(f64::from);
    let tables = proptest::collection::vec(proptest::collection::vec(count, 3), 3).prop_map(|rows| Table { rows });
    let (mut ours, mut best, mut compared) = (0, 0, 0);
    while compared < 60 {
        let table = tables.new_tree(&mut runner).unwrap().current();
        let protected = protect(table.system(None));
        if !protected.failures.is_empty() {
            continue;
        }
        let (found, least) = (hidden(&protected, 12), table.least_hidden());
        assert!(least <= found && found <= least + 4, "{:?}: {found} hidden, {least} would do", table.rows);
        (ours, best, compared) = (ours + found, best + least, compared + 1);
    }
    println!("{ours} cells hidden in {compared} tables, where {best} would do");
    assert!(f64::from(ours as u32) <= f64::from(best as u32) * 1.1, "{ours} hidden, {best} would do");
}
