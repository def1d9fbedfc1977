//! An attacker: one linear programme over all that is published, written without a look at how it is protected.

use std::collections::BTreeMap;

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
use tessera_atlas::protect::{CellId, Protected};

use super::world::World;

/// Everything that is published, as bounds and sums of unknowns.
#[derive(Debug, Default)]
pub(super) struct Attacker {
    /// The least and the largest value of each unknown.
    bounds: Vec<(f64, f64)>,
    /// Unknowns that add up to zero, each with its sign.
    sums: Vec<Vec<(usize, f64)>>,
    /// The unknown that stands for each cell of the edition that is attacked.
    of_cell: BTreeMap<CellId, usize>,
}

impl Attacker {
    /// Reads an edition. `same` says which cell of the first one read a cell is the same as. Of a sum with a hidden member that
    /// is not the same nothing can be said: nobody tells which of its members it is.
    pub(super) fn read(&mut self, world: &World, protected: &Protected, same: impl Fn(CellId) -> Option<CellId>) {
        let (threshold, base) = (f64::from(world.rule.threshold), f64::from(world.rule.round));
        let is_first = self.of_cell.is_empty();
        let mut unknowns = Vec::new();
        for (cell, count) in (0..).zip(&world.counts) {
            let (least, most) = if protected.is_hidden(cell) {
                (1.0, f64::INFINITY)
            } else {
                // The attacker sees the published number alone, and tries which counts it may stand for.
                let published = world.rule.published(*count);
                let may_be =
                    |count: &f64| (*count == 0.0 || *count >= threshold) && world.rule.published(*count) == published;
                let counts = (0..10_000u32).map(f64::from).skip_while(|count| *count < published - 2.0 * base);
                let fitting: Vec<f64> =
                    counts.take_while(|count| *count <= published + 2.0 * base).filter(may_be).collect();
                (fitting[0], fitting[fitting.len() - 1])
            };
            let known = same(cell).and_then(|cell| self.of_cell.get(&cell).copied());
            let unknown = known.unwrap_or_else(|| {
                self.bounds.push((0.0, f64::INFINITY));
                self.bounds.len() - 1
            });
            let bounds = &mut self.bounds[unknown];
            *bounds = (bounds.0.max(least), bounds.1.min(most));
            unknowns.push(unknown);
        }
        for (total, parts) in &world.sets {
            let is_lost = |cell: &CellId| !is_first && protected.is_hidden(*cell) && same(*cell).is_none();
            if parts.iter().chain([total]).any(is_lost) {
                continue;
            }
            let parts = parts.iter().map(|part| (unknowns[*part as usize], -1.0));
            self.sums.push(parts.chain([(unknowns[*total as usize], 1.0)]).collect());
        }
        if is_first {
            self.of_cell = (0..).zip(unknowns).collect();
        }
    }

    /// The least and the largest value that a cell can have.
    pub(super) fn range(&self, cell: CellId) -> (f64, f64) {
        (self.end(cell, OptimizationDirection::Minimize), self.end(cell, OptimizationDirection::Maximize))
    }

    fn end(&self, cell: CellId, direction: OptimizationDirection) -> f64 {
        let mut problem = Problem::new(direction);
        let wanted = self.of_cell[&cell];
        let variables: Vec<Variable> = (0..)
            .zip(&self.bounds)
            .map(|(unknown, (least, most))| {
                // What has no end would have no solution.
                problem.add_var(if unknown == wanted { 1.0 } else { 0.0 }, (*least, most.min(1e6)))
            })
            .collect();
        for sum in &self.sums {
            let terms: Vec<(Variable, f64)> = sum.iter().map(|(unknown, sign)| (variables[*unknown], *sign)).collect();
            problem.add_constraint(terms, ComparisonOp::Eq, 0.0);
        }
        problem.solve().unwrap().into_solution().unwrap().objective()
    }
}
