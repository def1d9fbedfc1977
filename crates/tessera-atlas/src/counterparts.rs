//! Which areas of another geography stand for an area: what a selection becomes when that geography is shown.

use std::collections::BTreeSet;

use crate::codes;
use crate::geography::{Geography, Parents};

/// From the areas of one geography to their counterparts in another.
#[derive(Debug)]
pub struct Counterparts<'a> {
    from: &'a Geography,
    to: &'a Geography,
    above: Option<&'a Parents>,
    /// By position, the areas that lie in each.
    below: Option<Vec<Vec<u32>>>,
    /// From what clusters are made of: they are where their areas are.
    members: Option<Box<Counterparts<'a>>>,
}

impl<'a> Counterparts<'a> {
    /// The counterparts that the lookups, or the codes, of two of the `known` geographies settle.
    pub fn new(from: &'a Geography, to: &'a Geography, known: &'a [Geography]) -> Counterparts<'a> {
        let below = to.parents_in(&from.id).and_then(|_| to.members_of(from));
        let sets = from.sets.as_ref().filter(|_| !from.tiling);
        let base = sets.and_then(|sets| known.iter().find(|geography| geography.id == sets.of));
        let members = base.map(|base| Box::new(Counterparts::new(base, to, known)));
        Counterparts { from, to, above: from.parents_in(&to.id), below, members }
    }

    /// The positions of the areas that stand for the one at `position`: the area that it lies in, else those that lie in it, else
    /// the one of the same code, else, of a cluster, those that stand for its areas. Empty where there is none.
    pub fn of(&self, position: usize) -> Vec<usize> {
        let parent = |parents: &Parents| parents.of.get(position).copied().flatten();
        if let Some(parent) = self.above.and_then(parent) {
            return vec![parent as usize];
        }
        match self.below.as_ref().and_then(|below| below.get(position)) {
            Some(children) if !children.is_empty() => children.iter().map(|child| *child as usize).collect(),
            _ => self.same(position).map_or_else(|| self.of_members(position), |same| vec![same]),
        }
    }

    /// What stands for the areas of a cluster, which may be shown themselves.
    fn of_members(&self, position: usize) -> Vec<usize> {
        let own = self.from.sets.as_ref().and_then(|sets| sets.members.get(position));
        let (Some(members), Some(own)) = (&self.members, own) else { return Vec::new() };
        let counterparts = |member: &u32| match *member as usize {
            shown if members.from.id == members.to.id => vec![shown],
            other => members.of(other),
        };
        let found: BTreeSet<usize> = own.iter().flat_map(counterparts).collect();
        found.into_iter().collect()
    }

    /// The area of the same code, where that says the same: in the other vintage of a kind of area, or by a code of the Register
    /// of Geographic Codes, which is of one area only.
    fn same(&self, position: usize) -> Option<usize> {
        let code = &self.from.areas().get(position)?.code;
        let is_alike = self.from.singular.en() == self.to.singular.en() || codes::kind(code).is_some();
        self.to.position(code).filter(|_| is_alike)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geography::Area;
    use crate::manifest::Fit;
    use crate::sets::Sets;

    fn geography(id: &str, singular: &str, codes: &[&str]) -> Geography {
        let area =
            |code: &&str| Area { code: (*code).to_owned(), name: (*code).to_owned(), local_name: None, place: None };
        Geography::new(id.to_owned(), id.into(), singular.into(), codes.iter().map(area).collect(), None)
    }

    fn codes_of(from: &Geography, to: &Geography, code: &str) -> Vec<String> {
        let counterparts = Counterparts::new(from, to, &[]).of(from.position(code).unwrap());
        counterparts.into_iter().map(|position| to.areas()[position].code.clone()).collect()
    }

    /// B was divided into B1 and B2; C went, D was left out of the lookup, E is new.
    fn vintages() -> (Geography, Geography) {
        let old = geography("old", "small area", &["A", "B", "C", "D"]);
        let mut new = geography("new", "small area", &["A", "B1", "B2", "D", "E"]);
        let of = vec![Some(0), Some(1), Some(1), None, None];
        new.parents.push(Parents { geography: "old".to_owned(), fit: Fit::BestFit, of });
        (old, new)
    }

    #[test]
    fn an_area_goes_to_the_one_that_it_lies_in() {
        let (old, new) = vintages();
        assert_eq!(codes_of(&new, &old, "B2"), ["B"]);
        assert_eq!(codes_of(&new, &old, "E"), [""; 0]);
    }

    #[test]
    fn an_area_goes_to_those_that_lie_in_it_else_to_its_own_code() {
        let (old, new) = vintages();
        assert_eq!(codes_of(&old, &new, "A"), ["A"]);
        assert_eq!(codes_of(&old, &new, "B"), ["B1", "B2"]);
        assert_eq!(codes_of(&old, &new, "D"), ["D"]);
        assert_eq!(codes_of(&old, &new, "C"), [""; 0]);
    }

    #[test]
    fn a_cluster_goes_to_the_counterparts_of_its_areas() {
        let (old, new) = vintages();
        let mut clusters = geography("cluster", "cluster", &["K", "L"]);
        clusters.sets = Some(Sets { of: "old".to_owned(), members: vec![vec![0, 1], vec![2]] });
        let known = [old, new];
        let codes = |to: &Geography, position: usize| {
            let found = Counterparts::new(&clusters, to, &known).of(position);
            found.into_iter().map(|position| to.areas()[position].code.clone()).collect::<Vec<_>>()
        };
        assert_eq!(codes(&known[1], 0), ["A", "B1", "B2"]);
        assert_eq!(codes(&known[1], 1), [""; 0], "C went");
        assert_eq!(codes(&known[0], 0), ["A", "B"]);
    }

    #[test]
    fn equal_codes_of_other_kinds_of_area_say_nothing() {
        let (old, _) = vintages();
        assert_eq!(codes_of(&old, &geography("ward", "ward", &["A"]), "A"), [""; 0]);
        let (one, other) = (geography("x", "x", &["E01000001"]), geography("y", "y", &["E01000001"]));
        assert_eq!(codes_of(&one, &other, "E01000001"), ["E01000001"]);
    }
}
