//! Areas that are sets of other areas: districts that are dissolved from LSOAs, and clusters, which may overlap.

use tessera_geo::{Shape, Topology};

/// Of which areas of another geography each area is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sets {
    /// The id of the other geography.
    pub of: String,
    /// By position, the positions of the members, in ascending order.
    pub members: Vec<Vec<u32>>,
}

/// Whether some members, in ascending order, are some of others and not all of them.
pub(crate) fn is_part<T: Ord>(part: &[T], whole: &[T]) -> bool {
    part.len() < whole.len() && part.iter().all(|member| whole.binary_search(member).is_ok())
}

impl Sets {
    /// The sets that parents make up: `parent_of` says by position in which of the `count` parents each area lies.
    pub fn of_parents(of: &str, parent_of: &[Option<u32>], count: usize) -> Sets {
        let mut members = vec![Vec::new(); count];
        for (parent, position) in parent_of.iter().zip(0..) {
            if let Some(members) = parent.and_then(|parent| members.get_mut(parent as usize)) {
                members.push(position);
            }
        }
        Sets { of: of.to_owned(), members }
    }

    /// Whether a set has such a member.
    pub fn holds(&self, set: usize, member: u32) -> bool {
        self.members.get(set).is_some_and(|members| members.binary_search(&member).is_ok())
    }

    /// Whether one of two sets is a part of the other.
    pub fn are_nested(&self, one: usize, other: usize) -> bool {
        let (Some(one), Some(other)) = (self.members.get(one), self.members.get(other)) else { return false };
        is_part(one, other) || is_part(other, one)
    }

    /// In how many sets each of `count` areas lies.
    pub fn times(&self, count: usize) -> Vec<usize> {
        let mut times = vec![0; count];
        for member in self.members.iter().flatten() {
            if let Some(times) = times.get_mut(*member as usize) {
                *times += 1;
            }
        }
        times
    }

    /// The shapes of the sets, from that of the other geography. Sets that overlap are each dissolved on their own.
    pub fn dissolve(&self, topology: &Topology) -> Topology {
        if self.times(topology.len()).iter().all(|times| *times <= 1) {
            return topology.dissolve(&in_one(topology.len(), self.members.iter().zip(0..)), self.members.len());
        }
        let alone = |members| topology.dissolve(&in_one(topology.len(), [(members, 0)]), 1).shape(0);
        let shapes: Vec<Shape> = self.members.iter().map(alone).collect();
        Topology::build(&shapes)
    }
}

/// The parent of each of `count` areas, where some have one.
fn in_one<'a>(count: usize, sets: impl IntoIterator<Item = (&'a Vec<u32>, u32)>) -> Vec<Option<u32>> {
    let mut parent_of = vec![None; count];
    for (members, set) in sets {
        for member in members {
            if let Some(parent) = parent_of.get_mut(*member as usize) {
                *parent = Some(set);
            }
        }
    }
    parent_of
}

#[cfg(test)]
mod tests {
    use super::*;
    use tessera_geo::{Place, Polygon, area_km2};

    /// Three squares in a row.
    fn row() -> Topology {
        let square = |west: i32| Shape {
            polygons: vec![Polygon {
                exterior: [(0, 0), (1000, 0), (1000, 1000), (0, 1000), (0, 0)]
                    .map(|(lon, lat)| Place { lon: west + lon, lat })
                    .to_vec(),
                holes: vec![],
            }],
        };
        Topology::build(&[square(0), square(1000), square(2000)])
    }

    #[test]
    fn sets_that_overlap_each_have_their_whole_shape() {
        let sets = Sets { of: "area".to_owned(), members: vec![vec![0, 1], vec![1, 2], vec![1]] };
        let (small, large) = (row(), sets.dissolve(&row()));
        let size = |topology: &Topology, position| area_km2(&topology.shape(position));
        for (set, members) in sets.members.iter().enumerate() {
            let sum: f64 = members.iter().map(|member| size(&small, *member as usize)).sum();
            assert!((size(&large, set) - sum).abs() < 1e-12, "{set}");
            assert_eq!(large.shape(set).polygons.len(), 1);
        }
        assert_eq!(sets.times(3), [1, 3, 1]);
    }

    #[test]
    fn parents_are_sets_that_do_not_overlap() {
        let sets = Sets::of_parents("area", &[Some(1), None, Some(1)], 2);
        assert_eq!(sets.members, [vec![], vec![0, 2]]);
        assert_eq!(sets.dissolve(&row()).shape(1).polygons.len(), 2);
        assert!(sets.holds(1, 2) && !sets.holds(0, 2) && !sets.holds(9, 0));
    }
}
