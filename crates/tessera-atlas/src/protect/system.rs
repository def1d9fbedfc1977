//! Cells, and the sets of them that add up.

use std::collections::{BTreeMap, BTreeSet};

use super::rule::Rule;

/// The number of a cell in its [`System`], counted from 0 in the order in which cells were added.
pub type CellId = u32;

/// The number of a set in its [`System`], counted from 0 in the order in which sets were added.
pub type SetId = u32;

/// What may become of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It is published unless it must be hidden.
    Open,
    /// It is published whatever happens to others: the total of a whole atlas.
    Kept,
    /// It is never published, but follows from two others: what is left of a denominator beside this numerator.
    Complement(CellId),
    /// It is never published, but follows from others: what is left of a period beside the ones that lie in it.
    Rest,
}

/// One number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// The number itself; `None` where nobody told us, because its publisher hid it or (without a rule) has none.
    pub value: Option<f64>,
    /// The rule that protects it; without one it is shown as it is.
    pub rule: Option<Rule>,
    /// What may become of it.
    pub role: Role,
    /// What it is held against.
    pub denominator: Option<CellId>,
    /// Whether a retained edition hides it. Then it stays hidden, since what was worked around it there still can be read.
    pub hidden_before: bool,
    /// What a retained edition tells of it: its least and largest value.
    pub known: Option<(f64, f64)>,
}

impl Cell {
    /// A cell that is published unless it must be hidden.
    pub fn new(value: Option<f64>, rule: Rule) -> Cell {
        Cell { rule: Some(rule), ..Cell::unprotected(value) }
    }

    /// A cell that is shown as it is.
    pub fn unprotected(value: Option<f64>) -> Cell {
        Cell { value, rule: None, role: Role::Open, denominator: None, hidden_before: false, known: None }
    }

    /// Whether its number is one that the rule hides.
    pub(super) fn is_small(&self) -> bool {
        self.rule.zip(self.value).is_some_and(|(rule, value)| rule.is_small(value))
    }

    /// Whether it can ever stand in an edition.
    pub(super) fn is_latent(&self) -> bool {
        matches!(self.role, Role::Complement(_) | Role::Rest)
    }
}

/// Parts that add up to a total, but for what was lost between them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Set {
    pub(super) total: CellId,
    pub(super) parts: Vec<CellId>,
    /// The total less its parts. A reader is taken to know how far a published total is from its parts.
    pub(super) offset: f64,
    /// Whether it contradicts what others say where a number is not known, so that nothing follows from it.
    pub(super) says_nothing: bool,
}

impl Set {
    pub(super) fn members(&self) -> impl Iterator<Item = CellId> {
        std::iter::once(self.total).chain(self.parts.iter().copied())
    }
}

/// Cells, and the sets of them that add up.
#[derive(Debug, Clone, Default)]
pub struct System {
    pub(super) cells: Vec<Cell>,
    pub(super) sets: Vec<Set>,
    /// Of each numerator that has one: what is left of its denominator.
    pub(super) complements: BTreeMap<CellId, CellId>,
}

impl System {
    /// Adds a cell.
    pub fn add(&mut self, cell: Cell) -> CellId {
        self.cells.push(cell);
        last(self.cells.len())
    }

    /// Adds parts that add up to a total.
    pub fn add_set(&mut self, total: CellId, parts: &[CellId]) -> SetId {
        self.sets.push(Set { total, parts: parts.to_vec(), offset: 0.0, says_nothing: false });
        last(self.sets.len())
    }

    /// Says what a cell is held against.
    pub fn hold_against(&mut self, numerator: CellId, denominator: CellId) {
        if let Some(cell) = self.cells.get_mut(numerator as usize) {
            cell.denominator = Some(denominator);
        }
    }

    /// Adds what is left of the denominator beside a numerator that is a part of it: it must not be small either.
    pub fn add_complement(&mut self, numerator: CellId) -> Option<SetId> {
        let cell = self.cells.get(numerator as usize)?;
        let (rule, denominator) = (cell.rule, cell.denominator?);
        let value = match (self.value(denominator), cell.value) {
            (Some(whole), Some(part)) if whole < part => return None,
            (Some(whole), Some(part)) => Some(whole - part),
            _ => None,
        };
        let complement = self.add(Cell { rule, role: Role::Complement(numerator), ..Cell::unprotected(value) });
        self.complements.insert(numerator, complement);
        Some(self.add_set(denominator, &[numerator, complement]))
    }

    /// The total and the parts of each set.
    pub fn sets(&self) -> impl Iterator<Item = (CellId, &[CellId])> {
        self.sets.iter().map(|set| (set.total, set.parts.as_slice()))
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether there is no cell.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    pub(super) fn value(&self, cell: CellId) -> Option<f64> {
        self.cells.get(cell as usize).and_then(|cell| cell.value)
    }

    /// Puts totals of smaller sets in the place of their parts: a district is the sum of its MSOAs rather than of their
    /// LSOAs. It says the same, and where the MSOAs are published nothing of one district hangs together with another.
    pub(super) fn nest(&mut self) {
        let mut sets_of: Vec<Vec<usize>> = vec![Vec::new(); self.cells.len()];
        for (position, set) in self.sets.iter().enumerate() {
            for part in &set.parts {
                sets_of[*part as usize].push(position);
            }
        }
        let larger = |position: &usize| (std::cmp::Reverse(self.sets[*position].parts.len()), *position);
        for sets in &mut sets_of {
            sets.sort_by_key(larger);
        }
        let nested: Vec<Vec<CellId>> = (0..self.sets.len()).map(|position| self.nested(position, &sets_of)).collect();
        for (set, parts) in self.sets.iter_mut().zip(nested) {
            set.parts = parts;
        }
    }

    fn nested(&self, position: usize, sets_of: &[Vec<usize>]) -> Vec<CellId> {
        let own = &self.sets[position];
        let mut left: BTreeSet<CellId> = own.parts.iter().copied().collect();
        // What is a member already: one number must not stand twice in a sum.
        let mut members: BTreeSet<CellId> = own.members().collect();
        let is_inside = |inner: usize, left: &BTreeSet<CellId>, members: &BTreeSet<CellId>| {
            let other = &self.sets[inner];
            let is_smaller = (other.parts.len(), inner) < (own.parts.len(), position);
            is_smaller && !members.contains(&other.total) && other.parts.iter().all(|part| left.contains(part))
        };
        let mut parts = Vec::new();
        for part in &own.parts {
            if !left.contains(part) {
                continue;
            }
            let inner = sets_of[*part as usize].iter().copied().find(|inner| is_inside(*inner, &left, &members));
            match inner {
                Some(inner) => {
                    parts.push(self.sets[inner].total);
                    members.insert(self.sets[inner].total);
                    for part in &self.sets[inner].parts {
                        left.remove(part);
                    }
                }
                None => {
                    parts.push(*part);
                    left.remove(part);
                }
            }
        }
        parts
    }
}

fn last(length: usize) -> u32 {
    u32::try_from(length.saturating_sub(1)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_district_is_made_of_its_middle_areas() {
        let rule = Rule { threshold: 5, round: 1 };
        let mut system = System::default();
        let small: Vec<CellId> = (0..5).map(|_| system.add(Cell::new(Some(1.0), rule))).collect();
        let middle: Vec<CellId> = (0..2).map(|_| system.add(Cell::new(Some(2.0), rule))).collect();
        let district = system.add(Cell::new(Some(5.0), rule));
        let whole = system.add(Cell::new(Some(5.0), rule));
        system.add_set(district, &small);
        system.add_set(whole, &small);
        system.add_set(middle[0], &small[..2]);
        system.add_set(middle[1], &small[2..4]);
        system.nest();
        let parts: Vec<&[CellId]> = system.sets.iter().map(|set| set.parts.as_slice()).collect();
        assert_eq!(parts, [&[middle[0], middle[1], small[4]][..], &[district], &small[..2], &small[2..4]]);
    }

    #[test]
    fn no_number_stands_twice_in_a_sum() {
        // Of three parts the last is the same number as the first, and as the sum of the first two.
        let mut system = System::default();
        let [first, second, third, whole] =
            [3.0, 0.0, 3.0, 6.0].map(|count| system.add(Cell::unprotected(Some(count))));
        system.add_set(whole, &[first, second, third]);
        system.add_set(first, &[third]);
        system.add_set(third, &[first, second]);
        system.nest();
        for set in &system.sets {
            let members: BTreeSet<CellId> = set.members().collect();
            assert_eq!(members.len(), set.members().count(), "{set:?}");
        }
    }
}
