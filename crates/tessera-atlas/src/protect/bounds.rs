//! The smallest and largest value that a reader can work out for a cell: linear programmes over the sets that it hangs
//! together with, solved by [microlp](https://docs.rs/microlp).

use std::collections::{BTreeSet, HashMap};

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};

use super::knowledge::{Knowledge, Range};
use super::system::{CellId, Set, SetId};

/// Differences that are but of arithmetic.
pub(super) const TOLERANCE: f64 = 1e-6;

/// Which end of a range is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Least,
    Most,
}

/// Cells around one, and the sets that hold them.
pub(super) struct Neighbourhood {
    /// The cells in doubt, the nearest first.
    pub(super) cells: Vec<CellId>,
    /// Every set with one of them.
    sets: Vec<SetId>,
    /// Whether nothing else hangs together with them.
    pub(super) is_whole: bool,
}

impl Neighbourhood {
    /// At most `most` cells in doubt, the nearest first, and at most `of_set` of a set on the way; then those that hang
    /// together with these alone, through which what one gains another can lose.
    pub(super) fn around(knowledge: &Knowledge, cell: CellId, most: usize, of_set: usize) -> Neighbourhood {
        let mut cells = vec![cell];
        let mut seen_cells = BTreeSet::from([cell]);
        let mut sets = Vec::new();
        let mut seen_sets = BTreeSet::new();
        let mut left_out = Vec::new();
        let mut next = 0;
        while let Some(from) = cells.get(next).copied() {
            next += 1;
            for set in knowledge.sets_of(from) {
                if !seen_sets.insert(*set) {
                    continue;
                }
                sets.push(*set);
                let members = knowledge.set(*set).members();
                let new: Vec<CellId> =
                    members.filter(|id| !seen_cells.contains(id) && knowledge.is_variable(*id)).collect();
                let taken = of_set.min(most.saturating_sub(cells.len())).min(new.len());
                seen_cells.extend(&new[..taken]);
                cells.extend(&new[..taken]);
                left_out.extend_from_slice(&new[taken..]);
            }
        }
        left_out.retain(|id| !seen_cells.contains(id));
        let is_whole = left_out.is_empty();
        for id in left_out {
            let hangs_here = knowledge.sets_of(id).iter().all(|set| seen_sets.contains(set));
            if hangs_here && cells.len() < 2 * most && seen_cells.insert(id) {
                cells.push(id);
            }
        }
        Neighbourhood { cells, sets, is_whole }
    }

    /// The numbers of the cells here at one end of the range of `cell`, while everything outside stays as it is. A reader's
    /// range is at least as wide. `enough` is how far one need not go.
    pub(super) fn inner(
        &self,
        knowledge: &Knowledge,
        cell: CellId,
        end: End,
        enough: f64,
    ) -> Option<Vec<(CellId, f64)>> {
        let inside: BTreeSet<CellId> = self.cells.iter().copied().collect();
        let sets: Vec<&Set> = self.sets.iter().map(|set| knowledge.set(*set)).collect();
        let range = |id| {
            let (least, most) = inside.contains(&id).then(|| knowledge.range(id))?;
            let is_asked = id == cell && end == End::Most;
            Some((least, if is_asked { most.min(enough.max(knowledge.truth[id as usize])) } else { most }))
        };
        optimum(&sets, range, &knowledge.truth, Some((cell, end)))
    }

    /// The range of `cell` by the sets that lie wholly here. A reader's range is at most as wide.
    pub(super) fn outer_range(&self, knowledge: &Knowledge, cell: CellId) -> Range {
        let end = |end| self.outer(knowledge, cell, end);
        (end(End::Least), end(End::Most))
    }

    fn outer(&self, knowledge: &Knowledge, cell: CellId, end: End) -> f64 {
        let inside: BTreeSet<CellId> = self.cells.iter().copied().collect();
        let is_inside = |set: &&Set| set.members().all(|id| inside.contains(&id) || !knowledge.is_variable(id));
        let sets: Vec<&Set> = self.sets.iter().map(|set| knowledge.set(*set)).filter(is_inside).collect();
        let (least, most) = knowledge.range(cell);
        // A bound far out stands for none: an unlimited programme has no solution.
        let far = knowledge.truth[cell as usize].abs().max(1.0) * 1e3;
        let range = |id| {
            let range = inside.contains(&id).then(|| knowledge.range(id))?;
            Some(if id == cell { (range.0, range.1.min(far)) } else { range })
        };
        let found = optimum(&sets, range, &knowledge.truth, Some((cell, end)));
        let found = found.and_then(|values| values.into_iter().find(|(id, _)| *id == cell));
        match end {
            End::Least => found.map_or(least, |(_, value)| value),
            End::Most => found.map_or(most, |(_, value)| value),
        }
    }
}

/// Any numbers that fit the sets, for the cells with a range; the others are as given.
pub(super) fn feasible(
    sets: &[&Set],
    range: impl Fn(CellId) -> Option<Range>,
    values: &[f64],
) -> Option<Vec<(CellId, f64)>> {
    optimum(sets, range, values, None)
}

/// The least that a cell can be where these sets alone are known.
pub(super) fn least(
    sets: &[&Set],
    range: impl Fn(CellId) -> Option<Range>,
    values: &[f64],
    cell: CellId,
) -> Option<f64> {
    let found = optimum(sets, range, values, Some((cell, End::Least)))?;
    found.into_iter().find(|(id, _)| *id == cell).map(|(_, value)| value)
}

fn optimum(
    sets: &[&Set],
    range: impl Fn(CellId) -> Option<Range>,
    values: &[f64],
    aim: Option<(CellId, End)>,
) -> Option<Vec<(CellId, f64)>> {
    let direction = match aim {
        Some((_, End::Most)) => OptimizationDirection::Maximize,
        _ => OptimizationDirection::Minimize,
    };
    let mut problem = Problem::new(direction);
    let mut variables: HashMap<CellId, Variable> = HashMap::new();
    let mut order = Vec::new();
    let aimed_at = aim.map(|(cell, _)| cell);
    for set in sets {
        let mut sum: Vec<(Variable, f64)> = Vec::new();
        let mut rest = set.offset;
        for (id, sign) in std::iter::once((set.total, 1.0)).chain(set.parts.iter().map(|part| (*part, -1.0))) {
            match range(id) {
                Some(range) => {
                    let variable = *variables.entry(id).or_insert_with(|| {
                        let variable = problem.add_var(if aimed_at == Some(id) { 1.0 } else { 0.0 }, range);
                        order.push((id, variable));
                        variable
                    });
                    sum.push((variable, sign));
                }
                None => rest -= sign * values[id as usize],
            }
        }
        if !sum.is_empty() {
            problem.add_constraint(sum, ComparisonOp::Eq, rest);
        }
    }
    let solution = problem.solve().ok()?.into_solution().ok()?;
    Some(order.into_iter().map(|(id, variable)| (id, solution.var_value(variable))).collect())
}
