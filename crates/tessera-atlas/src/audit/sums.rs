//! Sums of unknowns, and what follows from them: exact ranges, as far as one looks.

use std::collections::{BTreeMap, BTreeSet};

use microlp::{ComparisonOp, OptimizationDirection, Problem as Programme};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::unknowns::{Found, Unknown};

/// Differences that are but of arithmetic.
pub(super) const NOTHING: f64 = 1e-6;
/// A ring of sums with more unknowns is not looked at as a whole, but around each unknown.
const MOST_UNKNOWNS: usize = 150;
/// How many unknowns are looked at around one.
const AROUND: usize = 40;
/// How often ranges are narrowed by all sums: in a tree of sums it takes as many times as the tree is high.
const MOST_ROUNDS: usize = 50;

/// Unknowns with their signs, and what they add up to.
#[derive(Debug, Clone)]
pub(super) struct Sum {
    terms: Vec<(usize, f64)>,
    is: f64,
    /// The unknown that is the total of the others, if one is.
    total: Option<usize>,
    /// Whether it stands in an older edition, of which hidden numbers may have been revised.
    pub(super) is_older: bool,
}

impl Sum {
    /// Parts that make up a total. `None` where anything is missing.
    pub(super) fn of(total: Found, parts: impl IntoIterator<Item = Found>) -> Option<Sum> {
        let mut sum = Sum { terms: Vec::new(), is: 0.0, total: None, is_older: false };
        match total {
            Found::Known(number) => sum.is = number,
            Found::Unknown(unknown) => {
                sum.terms.push((unknown, -1.0));
                sum.total = Some(unknown);
            }
            Found::Nothing => return None,
        }
        for part in parts {
            match part {
                Found::Known(number) => sum.is -= number,
                Found::Unknown(unknown) => sum.terms.push((unknown, 1.0)),
                Found::Nothing => return None,
            }
        }
        Some(sum)
    }

    /// Whether nothing in it is unknown.
    pub(super) fn is_known(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether no numbers within these ranges add up to what it is.
    pub(super) fn is_contradicted(&self, unknowns: &[Unknown]) -> bool {
        let (least, most) = self.terms.iter().map(|term| end(unknowns, *term)).fold((0.0, 0.0), add);
        self.is < least - NOTHING || self.is > most + NOTHING
    }

    /// The range that the others leave for each term.
    fn left(&self, unknowns: &[Unknown]) -> Vec<(usize, f64, f64)> {
        let ends: Vec<(f64, f64)> = self.terms.iter().map(|term| end(unknowns, *term)).collect();
        let finite = |number: f64| if number.is_finite() { number } else { 0.0 };
        let all = ends.iter().fold((0.0, 0.0), |sum, end| add(sum, (finite(end.0), finite(end.1))));
        let endless = |which: fn(&(f64, f64)) -> f64| ends.iter().filter(|end| !which(end).is_finite()).count();
        let (endless_below, endless_above) = (endless(|end| end.0), endless(|end| end.1));
        let left = self.terms.iter().zip(&ends).map(|((unknown, sign), own)| {
            let others_below = endless_below - usize::from(!own.0.is_finite());
            let others_above = endless_above - usize::from(!own.1.is_finite());
            let least = if others_above > 0 { f64::NEG_INFINITY } else { self.is - (all.1 - finite(own.1)) };
            let most = if others_below > 0 { f64::INFINITY } else { self.is - (all.0 - finite(own.0)) };
            if *sign > 0.0 { (*unknown, least, most) } else { (*unknown, -most, -least) }
        });
        left.collect()
    }
}

/// The range of a term with its sign.
fn end(unknowns: &[Unknown], (unknown, sign): (usize, f64)) -> (f64, f64) {
    let Unknown { least, most, .. } = unknowns[unknown];
    if sign > 0.0 { (least, most) } else { (-most, -least) }
}

fn add(one: (f64, f64), other: (f64, f64)) -> (f64, f64) {
    (one.0 + other.0, one.1 + other.1)
}

/// What each unknown total holds at least because zeros are shown: a total of three hidden numbers is 3 or more.
pub(super) fn raise_floors(unknowns: &mut [Unknown], sums: &[Sum]) {
    for _ in 0..8 {
        for sum in sums {
            let Some(total) = sum.total else { continue };
            let floor = |(unknown, _): &(usize, f64)| {
                unknowns[*unknown].need.map_or(unknowns[*unknown].least, |need| need.floor)
            };
            let parts: f64 = sum.terms.iter().filter(|(unknown, _)| *unknown != total).map(floor).sum();
            // Shown parts stand on the other side.
            let least = parts + (-sum.is).max(0.0);
            if let Some(need) = &mut unknowns[total].need {
                need.floor = need.floor.max(least);
            }
        }
    }
}

/// Narrows the ranges of all unknowns by all sums.
pub(super) fn narrow(unknowns: &mut [Unknown], sums: &[Sum]) {
    let components = components(unknowns.len(), sums);
    let found: Vec<Vec<Unknown>> = components.par_iter().map(|component| component.narrowed(unknowns, sums)).collect();
    for (component, found) in components.iter().zip(found) {
        for (unknown, found) in component.unknowns.iter().zip(found) {
            unknowns[*unknown] = found;
        }
    }
}

/// Unknowns that hang together, and the sums that they stand in.
#[derive(Default)]
struct Component {
    unknowns: Vec<usize>,
    sums: Vec<usize>,
}

fn components(unknowns: usize, sums: &[Sum]) -> Vec<Component> {
    let mut first: Vec<usize> = (0..unknowns).collect();
    fn find(first: &mut [usize], mut of: usize) -> usize {
        while first[of] != of {
            first[of] = first[first[of]];
            of = first[of];
        }
        of
    }
    for pair in sums.iter().flat_map(|sum| sum.terms.windows(2)) {
        let (one, other) = (find(&mut first, pair[0].0), find(&mut first, pair[1].0));
        first[one.max(other)] = one.min(other);
    }
    let mut components: BTreeMap<usize, Component> = BTreeMap::new();
    for unknown in 0..unknowns {
        components.entry(find(&mut first, unknown)).or_default().unknowns.push(unknown);
    }
    for (position, sum) in sums.iter().enumerate() {
        if let Some((unknown, _)) = sum.terms.first() {
            components.entry(find(&mut first, *unknown)).or_default().sums.push(position);
        }
    }
    components.into_values().collect()
}

impl Component {
    /// The ranges of its unknowns by its sums. Sums of older editions that contradict the others tell nothing.
    fn narrowed(&self, unknowns: &[Unknown], sums: &[Sum]) -> Vec<Unknown> {
        let with_older = System::new(self, unknowns, sums, true);
        let has_older = self.sums.iter().any(|sum| sums[*sum].is_older);
        match with_older.narrowed() {
            Some(found) => found,
            None if has_older => {
                let own = System::new(self, unknowns, sums, false);
                own.narrowed().unwrap_or(own.unknowns)
            }
            None => self.unknowns.iter().map(|unknown| unknowns[*unknown]).collect(),
        }
    }
}

/// The unknowns and sums of a component by themselves.
#[derive(Clone)]
struct System {
    unknowns: Vec<Unknown>,
    sums: Vec<Sum>,
    /// The sums that each unknown stands in.
    sums_of: Vec<Vec<usize>>,
}

impl System {
    fn new(component: &Component, unknowns: &[Unknown], sums: &[Sum], with_older: bool) -> System {
        let mut system = System {
            unknowns: component.unknowns.iter().map(|unknown| unknowns[*unknown]).collect(),
            sums: Vec::new(),
            sums_of: vec![Vec::new(); component.unknowns.len()],
        };
        for sum in component.sums.iter().map(|sum| &sums[*sum]).filter(|sum| with_older || !sum.is_older) {
            let here = |unknown: &usize| component.unknowns.binary_search(unknown).unwrap_or_default();
            let terms: Vec<(usize, f64)> = sum.terms.iter().map(|(unknown, sign)| (here(unknown), *sign)).collect();
            terms.iter().for_each(|(unknown, _)| system.sums_of[*unknown].push(system.sums.len()));
            system.sums.push(Sum { terms, total: None, ..sum.clone() });
        }
        system
    }

    /// The range of each unknown; `None` where nothing fits all sums.
    fn narrowed(&self) -> Option<Vec<Unknown>> {
        let mut system = self.clone();
        system.narrow_one_by_one()?;
        let links: usize = system.sums.iter().map(|sum| sum.terms.len()).sum();
        let is_ring = links >= system.unknowns.len() + system.sums.len();
        if !is_ring {
            return Some(system.unknowns);
        }
        let all: Vec<usize> = (0..system.unknowns.len()).collect();
        let asked: Vec<usize> =
            all.iter().copied().filter(|unknown| system.unknowns[*unknown].need.is_some()).collect();
        let range = |unknown: &usize| match all.len() <= MOST_UNKNOWNS {
            true => system.range(&all, *unknown),
            false => system.range(&system.around(*unknown), *unknown),
        };
        let found: Option<Vec<(f64, f64)>> = asked.par_iter().map(range).collect();
        for (unknown, (least, most)) in asked.into_iter().zip(found?) {
            (system.unknowns[unknown].least, system.unknowns[unknown].most) = (least, most);
        }
        Some(system.unknowns)
    }

    /// Narrows every range by every sum until nothing changes: exact where sums form no ring.
    fn narrow_one_by_one(&mut self) -> Option<()> {
        for _ in 0..MOST_ROUNDS {
            let mut has_changed = false;
            for sum in &self.sums {
                for (unknown, least, most) in sum.left(&self.unknowns) {
                    let own = &mut self.unknowns[unknown];
                    if least > own.most + NOTHING || most < own.least - NOTHING {
                        return None;
                    }
                    if least > own.least + NOTHING {
                        (own.least, has_changed) = (least.min(own.most), true);
                    }
                    if most < own.most - NOTHING {
                        (own.most, has_changed) = (most.max(own.least), true);
                    }
                }
            }
            if !has_changed {
                break;
            }
        }
        Some(())
    }

    /// The unknowns nearest to one.
    fn around(&self, first: usize) -> Vec<usize> {
        let mut near = vec![first];
        let mut seen = BTreeSet::from([first]);
        let mut next = 0;
        while let Some(unknown) = near.get(next).copied() {
            next += 1;
            for (other, _) in self.sums_of[unknown].iter().flat_map(|sum| &self.sums[*sum].terms) {
                if near.len() < AROUND && seen.insert(*other) {
                    near.push(*other);
                }
            }
        }
        near
    }

    /// The range of an unknown by all sums that lie among some unknowns: as exact as it must be, and never too narrow. `None`
    /// where nothing fits them.
    fn range(&self, among: &[usize], of: usize) -> Option<(f64, f64)> {
        let Unknown { least, most, need } = self.unknowns[of];
        let Some(need) = need else { return Some((least, most)) };
        // Whatever may be large needs no closer look at its other end.
        let cap = need.largest_small + 1.0;
        let mut found_most = most;
        if most > need.largest_small {
            found_most = self.end(among, of, OptimizationDirection::Maximize, cap)?;
            if found_most > need.largest_small + NOTHING {
                return Some((least, most));
            }
        }
        Some((self.end(among, of, OptimizationDirection::Minimize, f64::INFINITY)?, found_most))
    }

    fn end(&self, among: &[usize], of: usize, direction: OptimizationDirection, cap: f64) -> Option<f64> {
        let mut programme = Programme::new(direction);
        let mut variables = BTreeMap::new();
        for unknown in among {
            let Unknown { least, most, .. } = self.unknowns[*unknown];
            let (weight, cap) = if *unknown == of { (1.0, cap) } else { (0.0, f64::INFINITY) };
            variables.insert(*unknown, programme.add_var(weight, (least, most.min(cap).max(least))));
        }
        let within: BTreeSet<usize> = among.iter().flat_map(|unknown| self.sums_of[*unknown].iter().copied()).collect();
        for sum in within.into_iter().map(|sum| &self.sums[sum]) {
            let terms = sum.terms.iter().map(|(unknown, sign)| Some((*variables.get(unknown)?, *sign)));
            if let Some(terms) = terms.collect::<Option<Vec<_>>>() {
                programme.add_constraint(terms, ComparisonOp::Eq, sum.is);
            }
        }
        Some(programme.solve().ok()?.into_solution().ok()?.objective())
    }
}
