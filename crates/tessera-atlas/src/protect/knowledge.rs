//! What a reader knows of each cell from its own place alone: the number that stands there, or that none does.

use std::collections::{BTreeMap, BTreeSet};

use super::bounds::{TOLERANCE, feasible, least};
use super::system::{CellId, Role, Set, SetId, System};

/// A closed range of numbers.
pub(super) type Range = (f64, f64);

/// How many levels of sums one looks down.
const DEEPEST: usize = 8;

/// A sum of more cells is taken by itself, without others that cross it.
const MOST_MADE_OF: usize = 60;

/// A system with what is hidden in it so far.
pub(super) struct Knowledge {
    pub(super) system: System,
    hidden: Vec<bool>,
    /// Numbers that fit all sets: the true ones, and where nobody told us, some that are possible.
    pub(super) truth: Vec<f64>,
    /// The sets that each cell is a member of.
    sets_of: Index,
    /// The numerators of each denominator.
    numerators_of: Index,
}

impl Knowledge {
    pub(super) fn new(mut system: System) -> Knowledge {
        system.nest();
        keep_equals(&mut system);
        let hidden = system.cells.iter().map(|cell| cell.value.is_none()).collect();
        let (truth, sets) = complete(&system);
        system.sets = sets;
        let sets = system.sets.iter().zip(0..).filter(|(set, _)| !set.says_nothing);
        let members = sets.flat_map(|(set, id)| set.members().map(move |member| (member, id)));
        let sets_of = Index::new(system.len(), members.collect());
        let numerators = system.cells.iter().zip(0..).filter_map(|(cell, id)| cell.denominator.map(|over| (over, id)));
        let numerators_of = Index::new(system.len(), numerators.collect());
        Knowledge { system, hidden, truth, sets_of, numerators_of }
    }

    pub(super) fn is_hidden(&self, cell: CellId) -> bool {
        self.hidden[cell as usize]
    }

    pub(super) fn hide(&mut self, cell: CellId) {
        self.hidden[cell as usize] = true;
    }

    pub(super) fn show(&mut self, cell: CellId) {
        self.hidden[cell as usize] = false;
    }

    pub(super) fn sets_of(&self, cell: CellId) -> &[SetId] {
        self.sets_of.of(cell)
    }

    pub(super) fn numerators_of(&self, cell: CellId) -> &[CellId] {
        self.numerators_of.of(cell)
    }

    pub(super) fn set(&self, set: SetId) -> &Set {
        &self.system.sets[set as usize]
    }

    /// The least and largest value that a reader can think of when nothing is added up.
    pub(super) fn range(&self, id: CellId) -> Range {
        let cell = &self.system.cells[id as usize];
        let truth = self.truth[id as usize];
        let (least, most) = match cell.value {
            Some(value) if !cell.is_latent() && !self.is_hidden(id) => match cell.rule {
                Some(rule) => rule.meant_by(rule.published(value)),
                None => (value, value),
            },
            _ => (self.least_hidden(id), f64::INFINITY),
        };
        let (known_least, known_most) = cell.known.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
        // Fractions round where whole numbers cannot, and what is not the truth is no knowledge.
        (least.max(known_least).min(truth), most.min(known_most).max(truth))
    }

    /// Zero is shown, so that what is hidden is 1 at least; but beside a small or hidden denominator everything is hidden.
    fn least_hidden(&self, id: CellId) -> f64 {
        let cell = &self.system.cells[id as usize];
        let Some(rule) = cell.rule.filter(|_| cell.value.is_some() && cell.role == Role::Open) else { return 0.0 };
        let may_be_zero = cell.denominator.is_some_and(|denominator| {
            self.is_hidden(denominator) || self.range(denominator).0 < f64::from(rule.threshold)
        });
        if may_be_zero { 0.0 } else { 1.0 }
    }

    /// What a cell holds at least because zeros are shown: a sum of three hidden numbers is 3 or more.
    pub(super) fn floor(&self, id: CellId) -> f64 {
        let own = self.floor_in(id, DEEPEST);
        let Some((made_of, sets)) = self.made_of(id) else { return own };
        if sets.iter().all(|set| made_of.contains(&set.total)) {
            return own;
        }
        // Sums that cross each other tell more: of three areas, the first two and the last two hold somebody, and the first does.
        let found = least(&sets, |member| Some(self.range(member)), &self.truth, id);
        found.map_or(own, |found| own.max(found - TOLERANCE))
    }

    /// All that a cell is the sum of, with itself, and the sums of these; `None` where they are very many.
    fn made_of(&self, id: CellId) -> Option<(BTreeSet<CellId>, Vec<&Set>)> {
        let mut cells = BTreeSet::from([id]);
        let mut waiting = vec![id];
        let mut sets = BTreeSet::new();
        while let Some(cell) = waiting.pop() {
            sets.extend(self.sets_of(cell));
            for set in self.sets_of(cell).iter().map(|set| self.set(*set)).filter(|set| set.total == cell) {
                waiting.extend(set.parts.iter().filter(|part| cells.insert(**part)));
            }
            if cells.len() > MOST_MADE_OF {
                return None;
            }
        }
        let sets = sets.into_iter().map(|set| self.set(set));
        Some((cells.clone(), sets.filter(|set| set.parts.iter().all(|part| cells.contains(part))).collect()))
    }

    fn floor_in(&self, id: CellId, levels: usize) -> f64 {
        let own = self.range(id).0;
        let Some(levels) = levels.checked_sub(1) else { return own };
        let sets = self.sets_of(id).iter().map(|set| self.set(*set)).filter(|set| set.total == id);
        let sums = sets.map(|set| set.offset + set.parts.iter().map(|part| self.floor_in(*part, levels)).sum::<f64>());
        sums.fold(own, f64::max)
    }

    /// Whether a reader is still in doubt about a cell.
    pub(super) fn is_variable(&self, id: CellId) -> bool {
        let (least, most) = self.range(id);
        least < most
    }

    /// The range of one member that a set leaves, where others are within theirs.
    pub(super) fn left_by(&self, set: SetId, id: CellId, range_of: impl Fn(CellId) -> Range) -> Range {
        let set = self.set(set);
        let (mut least, mut most) = (0.0, 0.0);
        for part in set.parts.iter().filter(|part| **part != id) {
            let range = range_of(*part);
            (least, most) = (least + range.0, most + range.1);
        }
        if set.total == id {
            return (least + set.offset, most + set.offset);
        }
        let total = range_of(set.total);
        (total.0 - set.offset - most, total.1 - set.offset - least)
    }
}

/// What is the same number as one that is shown in any case is shown too: hiding it would protect nothing.
fn keep_equals(system: &mut System) {
    let is_kept = |system: &System, id: CellId| {
        let cell = &system.cells[id as usize];
        cell.role == Role::Kept || (cell.rule.is_none() && !cell.is_latent() && cell.value.is_some())
    };
    for _ in 0..DEEPEST {
        for set in 0..system.sets.len() {
            let Set { total, parts, .. } = &system.sets[set];
            let (total, [part]) = (*total, parts.as_slice()) else { continue };
            for (one, other) in [(total, *part), (*part, total)] {
                if is_kept(system, one) && system.cells[other as usize].role == Role::Open {
                    system.cells[other as usize].role = Role::Kept;
                }
            }
        }
    }
}

/// What belongs to each cell, in order.
struct Index {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Index {
    fn new(cells: usize, mut pairs: Vec<(CellId, u32)>) -> Index {
        pairs.sort_unstable();
        let mut starts = vec![0; cells + 1];
        for (cell, _) in &pairs {
            starts[*cell as usize + 1] += 1;
        }
        for cell in 0..cells {
            starts[cell + 1] += starts[cell];
        }
        Index { starts, items: pairs.into_iter().map(|(_, item)| item).collect() }
    }

    fn of(&self, cell: CellId) -> &[u32] {
        let (from, to) = (self.starts[cell as usize], self.starts[cell as usize + 1]);
        &self.items[from as usize..to as usize]
    }
}

/// Numbers for cells of which nobody told us any, such that sets add up; and the sets with what was lost in each. Sets that
/// nothing can fulfil say nothing.
fn complete(system: &System) -> (Vec<f64>, Vec<Set>) {
    let mut truth: Vec<f64> = system.cells.iter().map(|cell| cell.value.unwrap_or(0.0)).collect();
    let mut sets = system.sets.clone();
    let is_open = |id: &CellId| system.value(*id).is_none();
    let mut groups = Groups::new(system.len());
    for set in &sets {
        let mut open = set.members().filter(is_open);
        if let Some(first) = open.next() {
            open.for_each(|other| groups.join(first, other));
        }
    }
    let mut of_group: BTreeMap<CellId, Vec<usize>> = BTreeMap::new();
    for (position, set) in sets.iter_mut().enumerate() {
        if let Some(open) = set.members().find(is_open) {
            of_group.entry(groups.first(open)).or_default().push(position);
        } else {
            let parts: f64 = set.parts.iter().map(|part| truth[*part as usize]).sum();
            set.offset = truth[set.total as usize] - parts;
        }
    }
    for positions in of_group.values() {
        let group: Vec<&Set> = positions.iter().map(|position| &sets[*position]).collect();
        match feasible(&group, |id| is_open(&id).then_some((0.0, f64::INFINITY)), &truth) {
            Some(found) => found.into_iter().for_each(|(id, value)| truth[id as usize] = value),
            None => positions.iter().for_each(|position| sets[*position].says_nothing = true),
        }
    }
    (truth, sets)
}

/// Cells that hang together.
struct Groups(Vec<CellId>);

impl Groups {
    fn new(cells: usize) -> Groups {
        Groups((0..).take(cells).collect())
    }

    fn first(&mut self, mut cell: CellId) -> CellId {
        while self.0[cell as usize] != cell {
            self.0[cell as usize] = self.0[self.0[cell as usize] as usize];
            cell = self.0[cell as usize];
        }
        cell
    }

    fn join(&mut self, one: CellId, other: CellId) {
        let (one, other) = (self.first(one), self.first(other));
        self.0[one.max(other) as usize] = one.min(other);
    }
}
