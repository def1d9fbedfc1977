//! An attacker: one linear programme over all that is published, written without a look at how it is protected.

use std::collections::BTreeMap;

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
use tessera_atlas::protect::{CellId, Protected};

use super::world::World;

/// Everything that is published, as bounds and sums of unknowns.
#[derive(Debug, Default, Clone)]
pub(super) struct Attacker {
    /// The least and the largest value of each unknown.
    bounds: Vec<(f64, f64)>,
    /// Unknowns that add up to zero, each with its sign.
    sums: Vec<Vec<(usize, f64)>>,
    /// The unknown that stands for each cell of the edition that is attacked.
    of_cell: BTreeMap<CellId, usize>,
    /// Values of each unknown that were seen to fit everything.
    fitting: Vec<(f64, f64)>,
}

impl Attacker {
    /// Reads an edition. `same` says which cell of the first one read a cell is the same as. Of a sum with a hidden member that
    /// is not the same nothing can be said: nobody tells which of its members it is.
    pub(super) fn read(&mut self, world: &World, protected: &Protected, same: impl Fn(CellId) -> Option<CellId>) {
        let is_first = self.of_cell.is_empty();
        let mut unknowns = Vec::new();
        for (cell, count) in (0..).zip(&world.counts) {
            let (least, most) =
                if protected.is_hidden(cell) { (1.0, f64::INFINITY) } else { standing_for(world, *count) };
            let known = same(cell).and_then(|cell| self.of_cell.get(&cell).copied());
            let unknown = known.unwrap_or_else(|| self.unknown());
            let bounds = &mut self.bounds[unknown];
            *bounds = (bounds.0.max(least), bounds.1.min(most));
            unknowns.push(unknown);
        }
        let is_lost = |cell: &CellId| !is_first && protected.is_hidden(*cell) && same(*cell).is_none();
        for (total, parts) in world.sets.iter().filter(|(total, parts)| !parts.iter().chain([total]).any(is_lost)) {
            let parts = parts.iter().map(|part| (unknowns[*part as usize], -1.0));
            self.sums.push(parts.chain([(unknowns[*total as usize], 1.0)]).collect());
        }
        // 2016–2018 and 2017–2019 less 2016–2019 are 2017–2018; and nobody was there less than never.
        for cells in world.series().iter().filter(|cells| !cells.iter().any(is_lost)) {
            let [first, second, both] = cells.map(|cell| unknowns[cell as usize]);
            let [before, within, after] = [self.unknown(), self.unknown(), self.unknown()];
            self.sums.push(vec![(first, 1.0), (before, -1.0), (within, -1.0)]);
            self.sums.push(vec![(second, 1.0), (within, -1.0), (after, -1.0)]);
            self.sums.push(vec![(both, 1.0), (before, -1.0), (within, -1.0), (after, -1.0)]);
        }
        if is_first {
            self.of_cell = (0..).zip(unknowns).collect();
        }
        self.fitting = vec![(f64::INFINITY, f64::NEG_INFINITY); self.bounds.len()];
    }

    fn unknown(&mut self) -> usize {
        self.bounds.push((0.0, f64::INFINITY));
        self.bounds.len() - 1
    }

    /// The least and the largest value that a cell can have, or ones beyond what is asked for.
    pub(super) fn range(&mut self, cell: CellId, asked: (f64, f64)) -> (f64, f64) {
        let unknown = self.of_cell[&cell];
        if self.fitting[unknown].0 > asked.0 {
            self.fit(unknown, OptimizationDirection::Minimize);
        }
        if self.fitting[unknown].1 < asked.1 {
            self.fit(unknown, OptimizationDirection::Maximize);
        }
        self.fitting[unknown]
    }

    /// Whether what was read excludes what is so.
    pub(super) fn is_misled(&self, world: &World) -> bool {
        let mut knowing = self.clone();
        for (cell, count) in (0..).zip(&world.counts) {
            let bounds = &mut knowing.bounds[self.of_cell[&cell]];
            *bounds = (bounds.0.max(*count), bounds.1.min(*count));
        }
        let is_possible = knowing.bounds.iter().all(|(least, most)| least <= most);
        !is_possible || knowing.solve(None, OptimizationDirection::Minimize).is_none()
    }

    /// Finds values that fit everything, with those of one unknown as small or large as can be, and notes them all.
    fn fit(&mut self, wanted: usize, direction: OptimizationDirection) {
        let values = self.solve(Some(wanted), direction).unwrap();
        for (value, fitting) in values.into_iter().zip(&mut self.fitting) {
            *fitting = (fitting.0.min(value), fitting.1.max(value));
        }
    }

    fn solve(&self, wanted: Option<usize>, direction: OptimizationDirection) -> Option<Vec<f64>> {
        let mut problem = Problem::new(direction);
        let variables: Vec<Variable> = (0..)
            .zip(&self.bounds)
            .map(|(unknown, (least, most))| {
                // What has no end would have no solution.
                problem.add_var(if Some(unknown) == wanted { 1.0 } else { 0.0 }, (*least, most.min(1e4)))
            })
            .collect();
        for sum in &self.sums {
            let terms: Vec<(Variable, f64)> = sum.iter().map(|(unknown, sign)| (variables[*unknown], *sign)).collect();
            problem.add_constraint(terms, ComparisonOp::Eq, 0.0);
        }
        let solution = problem.solve().ok()?.into_solution().ok()?;
        Some(variables.into_iter().map(|variable| solution.var_value(variable)).collect())
    }
}

/// The attacker sees the published number alone, and tries which counts it may stand for.
fn standing_for(world: &World, count: f64) -> (f64, f64) {
    let (threshold, base) = (f64::from(world.rule.threshold), f64::from(world.rule.round));
    let published = world.rule.published(count);
    let may_be = |count: &f64| (*count == 0.0 || *count >= threshold) && world.rule.published(*count) == published;
    let counts = (0..10_000u32).map(f64::from).skip_while(|count| *count < published - 2.0 * base);
    let fitting: Vec<f64> = counts.take_while(|count| *count <= published + 2.0 * base).filter(may_be).collect();
    (fitting[0], fitting[fitting.len() - 1])
}
