//! What an edition that can still be read tells of the cells of a new one.

use std::collections::BTreeMap;

use super::bounds::feasible;
use super::system::{Cell, CellId, Role, Set, System};

/// More sums than this with rounded numbers in common are looked at one by one.
const MOST_TOGETHER: usize = 200;

/// What stands in a retained edition in the place of a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Seen {
    /// A number, which means at least the first and at most the second.
    Number(f64, f64),
    /// That it is hidden.
    Hidden,
}

impl System {
    /// Takes into account what a retained edition shows: `seen` says it for each cell that stands there.
    ///
    /// Numbers are revised between editions, and nobody says which. A reader is taken to believe that a number is still the
    /// same, and to be right wherever it is: so a number there is known here if it can be the same one, and so is a sum of
    /// hidden numbers. What is hidden there stays hidden.
    pub fn retain(&mut self, seen: impl Fn(CellId) -> Option<Seen>) {
        for (id, cell) in (0..).zip(&mut self.cells) {
            match (seen(id), cell.value) {
                (Some(Seen::Number(least, most)), Some(value)) if least <= value && value <= most => {
                    let (known_least, known_most) = cell.known.unwrap_or((least, most));
                    cell.known = Some((least.max(known_least), most.min(known_most)));
                }
                (Some(Seen::Hidden), _) => cell.hidden_before = true,
                _ => {}
            }
        }
        for together in self.sums_of_revised(&seen) {
            if !self.retain_together(&together, &seen) {
                for set in together {
                    self.retain_sum(set, &seen);
                }
            }
        }
    }

    /// What a cell held in the retained edition, where that was revised since.
    fn revised(&self, id: CellId, seen: Option<Seen>) -> Option<(f64, f64)> {
        match (seen?, self.value(id)?) {
            (Seen::Number(least, most), value) if value < least || most < value => Some((least, most)),
            _ => None,
        }
    }

    /// The sets that stand in the retained edition with numbers that were revised since. Those that share one that was rounded
    /// come together: what it was before is the same number in each.
    fn sums_of_revised(&self, seen: &impl Fn(CellId) -> Option<Seen>) -> Vec<Vec<usize>> {
        let mut together: Vec<Vec<usize>> = Vec::new();
        let mut of_cell: BTreeMap<CellId, usize> = BTreeMap::new();
        for (position, set) in self.sets.iter().enumerate() {
            if set.members().any(|id| seen(id).is_none()) {
                continue;
            }
            let revised: Vec<(CellId, (f64, f64))> =
                set.members().filter_map(|id| Some((id, self.revised(id, seen(id))?))).collect();
            if revised.is_empty() {
                continue;
            }
            let own = together.len();
            together.push(vec![position]);
            for (id, _) in revised.iter().filter(|(_, (least, most))| least < most) {
                let other = *of_cell.entry(*id).or_insert(own);
                if other != own {
                    let moved = std::mem::take(&mut together[other]);
                    together[own].extend(moved);
                    of_cell.values_mut().filter(|of| **of == other).for_each(|of| *of = own);
                }
            }
        }
        together.retain(|sets| !sets.is_empty());
        together
    }

    /// Takes several sums of the retained edition into account at once, with one number for each that was revised. That fails where
    /// nothing fits them all, because others were revised as well and nobody sees which.
    fn retain_together(&mut self, sets: &[usize], seen: &impl Fn(CellId) -> Option<Seen>) -> bool {
        if sets.len() < 2 || sets.len() > MOST_TOGETHER {
            return false;
        }
        let mut was: BTreeMap<CellId, (CellId, (f64, f64))> = BTreeMap::new();
        let mut sums = Vec::new();
        for set in sets {
            let Set { total, parts, .. } = self.sets[*set].clone();
            let Some(offset) = self.offset_of(total, &parts) else { return false };
            let mut then = |id: CellId| {
                let Some(range) = self.revised(id, seen(id)) else { return id };
                was.entry(id)
                    .or_insert_with(|| {
                        let known = Some(range);
                        (self.add(Cell { role: Role::Rest, known, ..Cell::unprotected(None) }), range)
                    })
                    .0
            };
            let (total, parts) = (then(total), parts.into_iter().map(then).collect());
            sums.push(Set { total, parts, offset, says_nothing: false });
        }
        let ranges: BTreeMap<CellId, (f64, f64)> = was.into_values().collect();
        let values: Vec<f64> = self.cells.iter().map(|cell| cell.value.unwrap_or(0.0)).collect();
        let fit = |sums: &[&Set]| feasible(sums, |id| ranges.get(&id).copied(), &values);
        // One that does not hold even by itself has a hidden number that was revised.
        sums.retain(|sum| fit(&[sum]).is_some());
        let Some(found) = fit(&sums.iter().collect::<Vec<_>>()) else { return false };
        for (id, value) in found {
            self.cells[id as usize].value = Some(value);
        }
        self.sets.extend(sums);
        true
    }

    /// How far a total is from its parts; `None` where any of them is not known.
    fn offset_of(&self, total: CellId, parts: &[CellId]) -> Option<f64> {
        Some(self.value(total)? - parts.iter().map(|part| self.value(*part)).sum::<Option<f64>>()?)
    }

    /// Takes one sum of the retained edition into account in which numbers stand that were revised since: what those that may be
    /// the same were together.
    fn retain_sum(&mut self, set: usize, seen: &impl Fn(CellId) -> Option<Seen>) {
        let set = self.sets[set].clone();
        let (mut least, mut most) = (0.0, 0.0);
        let (mut offset, mut rest) = (0.0, 0.0);
        let (mut total, mut parts) = (None, Vec::new());
        for (id, sign) in std::iter::once((set.total, 1.0)).chain(set.parts.iter().map(|part| (*part, -1.0))) {
            let (Some(value), Some(seen)) = (self.value(id), seen(id)) else { return };
            offset += sign * value;
            match seen {
                Seen::Number(low, high) if value < low || high < value => {
                    least += if sign > 0.0 { low } else { -high };
                    most += if sign > 0.0 { high } else { -low };
                }
                _ if sign > 0.0 => total = Some(id),
                _ => {
                    rest += value;
                    parts.push(id);
                }
            }
        }
        let is_revised = parts.len() + usize::from(total.is_some()) < set.members().count();
        if !is_revised || parts.is_empty() {
            return;
        }
        // total = parts + revised parts + offset, or revised total − revised parts − offset = parts.
        let (value, (least, most)) = match total.and_then(|total| self.value(total)) {
            Some(total) => (total - rest - offset, (-most, -least)),
            None => (rest, (least - offset, most - offset)),
        };
        if value < least || most < value {
            return;
        }
        let known = Some((least, most));
        let revised = self.add(Cell { role: Role::Rest, known, ..Cell::unprotected(Some(value)) });
        match total {
            Some(total) => self.add_set(total, &[parts, vec![revised]].concat()),
            None => self.add_set(revised, &parts),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protect::{Rule, protect};

    const FIVE: Rule = Rule { threshold: 5, round: 1 };

    /// A total of several counts, kept; and what is hidden of them beside an edition in which others stood.
    fn beside(now: [f64; 5], before: [Option<f64>; 5]) -> [bool; 5] {
        let mut system = System::default();
        let parts = now.map(|count| system.add(Cell::new(Some(count), FIVE)));
        let total = system.add(Cell { role: Role::Kept, ..Cell::new(Some(now.iter().sum()), FIVE) });
        system.add_set(total, &parts);
        let sum = 60.0;
        system.retain(|id| match before.get(id as usize) {
            Some(Some(count)) => Some(Seen::Number(*count, *count)),
            Some(None) => Some(Seen::Hidden),
            None => (id == total).then_some(Seen::Number(sum, sum)),
        });
        let protected = protect(system);
        assert_eq!(protected.failures, []);
        parts.map(|part| protected.is_hidden(part))
    }

    #[test]
    fn what_was_hidden_stays_hidden_and_what_was_shown_protects_nobody() {
        let shown = Some;
        // As before.
        let before = [None, None, shown(12.0), shown(20.0), shown(20.0)];
        assert_eq!(beside([2.0, 6.0, 12.0, 20.0, 20.0], before), [true, true, false, false, false]);
        // Small no more, but the other one's number would tell what it was.
        assert_eq!(beside([9.0, 6.0, 12.0, 20.0, 20.0], before), [true, true, false, false, false]);
        // The third is small now. The first two are 8 together, which is known, so that a changed one must go too.
        assert_eq!(beside([2.0, 6.0, 3.0, 20.0, 25.0], before), [true, true, true, false, true]);
    }
}
