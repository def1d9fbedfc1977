//! Which areas belong together.

use std::collections::BTreeMap;

use super::{Class, Local, Weights};

/// Significant areas of one class that adjoin each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The class of all of them.
    pub class: Class,
    /// The areas, by their place in the column, ascending.
    pub areas: Vec<u32>,
    /// The one whose statistic is farthest from 0.
    pub peak: u32,
}

/// The significant areas, those of one class that are connected through neighbours of that class
/// together: the largest group first, then in the order of the column.
///
/// An area that adjoins no other of its class is a group of one. A link in one direction connects.
#[must_use]
pub fn groups(local: &[Option<Local>], significant: &[Option<bool>], weights: &Weights) -> Vec<Group> {
    let found = |area: usize| {
        let local = local.get(area).copied().flatten()?;
        (significant.get(area) == Some(&Some(true))).then_some(local)
    };
    let mut trees = Trees::new(weights.len());
    for (area, neighbours) in weights.rows() {
        let Some(Local { class, .. }) = found(area) else { continue };
        for neighbour in neighbours.iter().map(|neighbour| *neighbour as usize) {
            if found(neighbour).is_some_and(|other| other.class == class) {
                trees.join(area, neighbour);
            }
        }
    }

    let mut groups: BTreeMap<usize, Group> = BTreeMap::new();
    for area in 0..weights.len() {
        let Some(Local { class, statistic, .. }) = found(area) else { continue };
        let new = Group { class, areas: Vec::new(), peak: area as u32 };
        let group = groups.entry(trees.root(area)).or_insert(new);
        group.areas.push(area as u32);
        if found(group.peak as usize).is_some_and(|peak| peak.statistic.abs() < statistic.abs()) {
            group.peak = area as u32;
        }
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    groups.sort_by_key(|group| (std::cmp::Reverse(group.areas.len()), group.areas.first().copied()));
    groups
}

/// Disjoint sets (Tarjan & van Leeuwen 1984, with path halving): the areas of a set are a tree.
struct Trees {
    parents: Vec<usize>,
}

impl Trees {
    fn new(areas: usize) -> Self {
        Self { parents: (0..areas).collect() }
    }

    fn root(&mut self, mut area: usize) -> usize {
        while self.parents[area] != area {
            self.parents[area] = self.parents[self.parents[area]];
            area = self.parents[area];
        }
        area
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.parents[one.max(other)] = one.min(other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(class: Class, statistic: f64) -> Option<Local> {
        Some(Local { statistic, p: 0.002, p_normal: 0.001, class, quadrant: class })
    }

    #[test]
    fn a_group_is_connected_and_of_one_class() {
        // 0 – 1 – 2 – 3 – 4 – 5 – 6
        let chain = Weights::from_lists([vec![1], vec![0, 2], vec![1, 3], vec![2, 4], vec![3, 5], vec![4, 6], vec![5]])
            .unwrap();
        let (hot, cold) = (Class::Hot, Class::Cold);
        let statistics = [
            local(hot, 2.5),
            None,
            local(hot, 3.0),
            local(cold, -3.0),
            local(cold, -4.0),
            local(cold, -3.5),
            local(hot, 9.0),
        ];
        let significant = [Some(true), None, Some(true), Some(true), Some(true), Some(true), Some(false)];
        let expected = [
            Group { class: cold, areas: vec![3, 4, 5], peak: 4 },
            Group { class: hot, areas: vec![0], peak: 0 },
            Group { class: hot, areas: vec![2], peak: 2 },
        ];
        assert_eq!(groups(&statistics, &significant, &chain), expected);
    }

    #[test]
    fn a_link_in_one_direction_connects() {
        let weights = Weights::from_lists([vec![], vec![2], vec![0]]).unwrap();
        let statistics = [local(Class::Hot, 3.0); 3];
        let found = groups(&statistics, &[Some(true); 3], &weights);
        assert_eq!(found, [Group { class: Class::Hot, areas: vec![0, 1, 2], peak: 0 }]);
    }
}
