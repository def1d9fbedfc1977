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

    fn system(&self) -> System {
        let (counts, sets) = self.cells();
        let mut system = System::default();
        for (id, count) in counts.iter().enumerate() {
            let role = if id + 1 == counts.len() { Role::Kept } else { Role::Open };
            system.add(Cell { role, ..Cell::new(Some(*count), RULE) });
        }
        for (total, parts) in &sets {
            system.add_set(*total, parts);
        }
        system
    }

    /// How many cells the best protection hides: every choice is tried.
    fn least_hidden(&self) -> usize {
        let (counts, _) = self.cells();
        let is_small = |id: &usize| RULE.is_small(counts[*id]);
        let small: u32 = (0..counts.len()).filter(is_small).map(|id| 1 << id).sum();
        let others: Vec<u32> =
            (0..counts.len() - 1).filter(|id| counts[*id] >= 1.0 && !is_small(id)).map(|id| 1 << id).collect();
        let masks = (0u32..1 << others.len()).map(|chosen| {
            small + (0..).zip(&others).filter(|(at, _)| chosen & (1 << at) != 0).map(|(_, bit)| bit).sum::<u32>()
        });
        masks.filter(|mask| self.is_safe(*mask)).map(|mask| mask.count_ones() as usize).min().unwrap()
    }

    /// Whether no hidden cell follows, worked out by hand for a table of rows: without programmes, and apart from what hides.
    fn is_safe(&self, hidden: u32) -> bool {
        let is_hidden = |id: usize| hidden & (1 << id) != 0;
        let width = self.rows[0].len();
        let first_sum = self.rows.len() * width;
        let rows: Vec<Row> = (0..self.rows.len())
            .map(|row| {
                let shown = (0..width).filter(|column| !is_hidden(row * width + column));
                let shown: Vec<f64> = shown.map(|column| self.rows[row][column]).collect();
                let sum = (!is_hidden(first_sum + row)).then(|| self.rows[row].iter().sum());
                Row { shown: shown.iter().sum(), hidden: (width - shown.len()) as f64, sum }
            })
            .collect();
        let unknown: Vec<&Row> = rows.iter().filter(|row| row.sum.is_none()).collect();
        let left = self.rows.iter().flatten().sum::<f64>() - rows.iter().filter_map(|row| row.sum).sum::<f64>();
        let all_least: f64 = unknown.iter().map(|row| row.least()).sum();
        rows.iter().enumerate().all(|(at, row)| {
            let (least, most) = match row.sum {
                Some(sum) => (sum, sum),
                // The other rows are at their most, or at their least.
                None => {
                    let others = unknown.iter().filter(|other| !std::ptr::eq(**other, row));
                    let others_most: f64 = others.map(|other| other.most()).sum();
                    (row.least().max(left - others_most), row.most().min(left - (all_least - row.least())))
                }
            };
            let of_cell = (
                if row.hidden > 1.0 { 1.0 } else { (least - row.shown).max(1.0) },
                most - row.shown - (row.hidden - 1.0),
            );
            let cells = (0..width).filter(|column| is_hidden(at * width + column));
            let mut cells = cells.map(|column| (self.rows[at][column], of_cell, 1.0));
            let sum = row.sum.is_none().then(|| (self.rows[at].iter().sum(), (least, most), row.least()));
            cells.all(suffices) && sum.is_none_or(suffices)
        })
    }
}

/// What is published of a row.
struct Row {
    /// The sum of the cells that are shown.
    shown: f64,
    /// How many cells are hidden.
    hidden: f64,
    /// The published sum.
    sum: Option<f64>,
}

impl Row {
    /// What the row adds up to at least: hidden cells are 1 or more.
    fn least(&self) -> f64 {
        (self.shown + self.hidden).max(1.0)
    }

    fn most(&self) -> f64 {
        if self.hidden > 0.0 { f64::INFINITY } else { self.shown }
    }
}

/// Whether a range leaves a hidden count in doubt, and a small one as any small count from `floor` on.
fn suffices((count, (least, most), floor): (f64, (f64, f64), f64)) -> bool {
    most - least >= 1.0 && (!RULE.is_small(count) || (least <= floor && most >= RULE.largest_small()))
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
        let protected = protect(table.system());
        if !protected.failures.is_empty() {
            continue;
        }
        let (found, least) = (hidden(&protected, 12), table.least_hidden());
        assert!(least <= found && found <= least + 4, "{:?}: {found} hidden, {least} would do", table.rows);
        (ours, best, compared) = (ours + found, best + least, compared + 1);
    }
    println!("{ours} cells hidden in {compared} tables, where {best} would do");
    assert!(f64::from(ours as u32) <= f64::from(best as u32) * 1.02, "{ours} hidden, {best} would do");
}
