//! Which cell is hidden for the sake of another.

use std::collections::BTreeSet;

use super::hide::Hiding;
use super::system::{CellId, Role, SetId};

impl Hiding {
    /// The cell to hide so that another one becomes safe, and the set for which: of its tightest set. Where that did not help,
    /// it is the turn of the next, and of those of the cells that it hangs together with.
    pub(super) fn next_to_hide(&mut self, id: CellId) -> Option<(CellId, SetId)> {
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
