//! Merging areas into bigger ones by dropping the borders between them.
//!
//! Arcs with the same parent on both sides go; what remains of a parent's arcs is chained into rings. The parents
//! consist of the same integer places as their children, so their borders coincide exactly and no slivers appear.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::place::{Bbox, Place};
use crate::segment::{Segment, segments};
use crate::shape::{Polygon, Shape, cross, ring_contains, signed_area2, vector};
use crate::topology::{ArcRef, Topology};

impl Topology {
    /// Merges areas into `parents` bigger ones: area `i` becomes part of `parent_of[i]`.
    ///
    /// Areas whose parent is `None`, missing or not below `parents` are left out. A parent without areas has an empty
    /// shape. The areas of one parent should not overlap: dissolving adds borders, it does not compute unions.
    #[must_use]
    pub fn dissolve(&self, parent_of: &[Option<u32>], parents: usize) -> Topology {
        let parent = |area: Option<u32>| {
            let parent = parent_of.get(area? as usize).copied().flatten()? as usize;
            (parent < parents).then_some(parent)
        };
        let mut sides: Vec<Vec<ArcRef>> = vec![Vec::new(); parents];
        for (index, arc) in self.arcs.iter().enumerate() {
            let (left, right) = (parent(arc.left), parent(arc.right));
            if left == right {
                continue;
            }
            for (side, reversed) in [(left, false), (right, true)] {
                if let Some(parent) = side {
                    sides[parent].push(ArcRef::new(index, reversed));
                }
            }
        }
        let lines = |sides: &Vec<ArcRef>| sides.iter().map(|&part| directed(self, part)).collect();
        let shapes: Vec<Shape> = sides.iter().map(|sides| polygons_of_lines(lines(sides))).collect();
        Topology::build(&shapes)
    }
}

/// The land to the left of some lines, which meet at their ends alone and have land on one side only.
pub(crate) fn polygons_of_lines(lines: Vec<Vec<Place>>) -> Shape {
    polygons_of(chain(&lines))
}

/// Chains lines, each with land on its left, into simple rings.
///
/// Where several lines leave a place, the walk takes the first one clockwise from where it came: it keeps to the same
/// piece of land. A walk that comes back to a place is cut there, so that a hole which touches the outside is a hole.
fn chain(steps: &[Vec<Place>]) -> Vec<Vec<Place>> {
    let mut leaving: HashMap<Place, Vec<usize>> = HashMap::new();
    for (index, step) in steps.iter().enumerate() {
        leaving.entry(step[0]).or_default().push(index);
    }
    let mut is_used = vec![false; steps.len()];
    let mut rings = Vec::new();
    for start in 0..steps.len() {
        if is_used[start] {
            continue;
        }
        let mut walk: Vec<usize> = Vec::new();
        let mut position_at: HashMap<Place, usize> = HashMap::new();
        let mut next = Some(start);
        while let Some(step) = next {
            is_used[step] = true;
            position_at.insert(steps[step][0], walk.len());
            walk.push(step);
            let [.., before, end] = steps[step][..] else { break };
            if let Some(&position) = position_at.get(&end) {
                let ring = walk.split_off(position);
                for &step in &ring {
                    position_at.remove(&steps[step][0]);
                }
                rings.push(joined(steps, &ring));
            }
            if walk.is_empty() {
                break;
            }
            let back = vector(end, before);
            let candidates = leaving.get(&end).into_iter().flatten().copied().filter(|&step| !is_used[step]);
            next = candidates
                .min_by(|&one, &other| clockwise(back, vector(end, steps[one][1]), vector(end, steps[other][1])));
        }
    }
    rings
}

fn directed(topology: &Topology, part: ArcRef) -> Vec<Place> {
    let mut places = topology.arcs[part.arc()].places.clone();
    if part.is_reversed() {
        places.reverse();
    }
    places
}

fn joined(steps: &[Vec<Place>], ring: &[usize]) -> Vec<Place> {
    let mut places = Vec::new();
    for &step in ring {
        places.pop();
        places.extend(&steps[step]);
    }
    places
}

/// Orders two directions by their angle clockwise from `back`; `back` itself comes last.
fn clockwise(back: (i64, i64), one: (i64, i64), other: (i64, i64)) -> Ordering {
    let half = |direction| match cross(back, direction).cmp(&0) {
        Ordering::Less => 0,
        Ordering::Equal if !is_ahead(back, direction) => 1,
        Ordering::Greater => 2,
        Ordering::Equal => 3,
    };
    half(one).cmp(&half(other)).then_with(|| cross(one, other).cmp(&0))
}

fn is_ahead(one: (i64, i64), other: (i64, i64)) -> bool {
    one.0.signum() * other.0.signum() + one.1.signum() * other.1.signum() > 0
}

/// Sorts simple rings into polygons: counterclockwise rings are exteriors, and a clockwise ring is a hole of the
/// smallest exterior around it.
fn polygons_of(rings: Vec<Vec<Place>>) -> Shape {
    let mut exteriors: Vec<(i128, Option<Bbox>, Polygon)> = Vec::new();
    let mut holes = Vec::new();
    for ring in rings {
        let area2 = signed_area2(&ring);
        match area2.cmp(&0) {
            Ordering::Greater => {
                let bbox = Bbox::around(ring.iter().copied());
                exteriors.push((area2, bbox, Polygon { exterior: ring, holes: Vec::new() }));
            }
            Ordering::Less => holes.push(ring),
            Ordering::Equal => {}
        }
    }
    // A stable order, smallest first, so that the first exterior around a hole is the right one.
    exteriors.sort_by(|one, other| (one.0, &one.2.exterior).cmp(&(other.0, &other.2.exterior)));
    for hole in holes {
        let around = exteriors.iter().position(|(_, bbox, polygon)| {
            bbox.is_some_and(|bbox| hole.first().is_some_and(|&place| bbox.contains(place)))
                && lies_inside(&hole, &polygon.exterior)
        });
        // Without an exterior around it (areas that overlap), it still must not be painted over.
        let home = around.or(exteriors.len().checked_sub(1));
        if let Some((_, _, polygon)) = home.and_then(|home| exteriors.get_mut(home)) {
            polygon.holes.push(hole);
        }
    }
    exteriors.reverse();
    Shape { polygons: exteriors.into_iter().map(|(_, _, polygon)| polygon).collect() }
}

/// Whether a hole lies inside a ring. The two may touch in places but have no edge in common and do not cross, so the
/// middle of any edge of the hole decides.
fn lies_inside(hole: &[Place], exterior: &[Place]) -> bool {
    segments(hole).next().map(Segment::middle).is_some_and(|(lon2, lat2)| ring_contains(exterior, lon2, lat2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{area, areas, grid, ring};

    /// ```text
    /// 2 ┌───┬───┐
    ///   │ 0 │ 1 │     both into one: a rectangle
    /// 0 └───┴───┘
    ///   0   2   4
    /// ```
    #[test]
    fn two_squares_become_one_rectangle() {
        let dissolved = Topology::build(&grid(&["01"])).dissolve(&[Some(0), Some(0)], 1);
        assert_eq!(dissolved.arcs().len(), 1);
        let shape = dissolved.shape(0);
        assert_eq!(shape.polygons.len(), 1);
        assert_eq!(areas(&[shape]), [8]);
    }

    #[test]
    fn squares_that_touch_at_a_corner_stay_two_parts() {
        let dissolved = Topology::build(&grid(&["01", "10"])).dissolve(&[Some(0), None], 1);
        let shape = dissolved.shape(0);
        assert_eq!(shape.polygons.len(), 2);
        assert!(shape.polygons.iter().all(|polygon| polygon.exterior.len() == 5));
    }

    #[test]
    fn a_hole_that_touches_the_outside_at_a_corner_is_a_hole() {
        // The hole and the notch meet the outside at corners only.
        let dissolved = Topology::build(&grid(&["0001", "0100", "0000"])).dissolve(&[Some(0), None], 1);
        let shape = dissolved.shape(0);
        assert_eq!(shape.polygons.len(), 1);
        assert_eq!(shape.polygons[0].holes.len(), 1);
        assert_eq!(areas(&[shape]), [40]);
        // Diagonal to each other: the hole touches the notch.
        let dissolved = Topology::build(&grid(&["0001", "0010", "0000"])).dissolve(&[Some(0), None], 1);
        let shape = dissolved.shape(0);
        assert_eq!((shape.polygons.len(), shape.polygons[0].holes.len()), (1, 1));
    }

    #[test]
    fn an_enclave_vanishes_with_its_hole_and_nested_rings_find_their_own_exterior() {
        let shapes = grid(&["00000", "01110", "01210", "01110", "00000"]);
        let topology = Topology::build(&shapes);
        let filled = topology.dissolve(&[Some(0), Some(0), Some(0)], 1).shape(0);
        assert_eq!((filled.polygons.len(), filled.polygons[0].holes.len()), (1, 0));
        // An island in a lake: 0 and 2 merge, 1 stays out.
        let atoll = topology.dissolve(&[Some(0), None, Some(0)], 1).shape(0);
        assert_eq!(atoll.polygons.iter().map(|polygon| polygon.holes.len()).collect::<Vec<_>>(), [1, 0]);
        assert_eq!(areas(&[atoll]), [(25 - 9 + 1) * 4]);
    }

    #[test]
    fn parents_without_areas_are_empty_and_unknown_parents_leave_areas_out() {
        let topology = Topology::build(&grid(&["012"]));
        let dissolved = topology.dissolve(&[Some(1), Some(7)], 2);
        assert_eq!(dissolved.len(), 2);
        assert!(dissolved.shape(0).is_empty());
        assert_eq!(areas(&[dissolved.shape(1)]), [4]);
    }

    #[test]
    fn children_without_a_common_border_keep_all_their_rings() {
        let shapes = [area(&[&ring(&[(0, 0), (1, 0), (0, 1)])]), area(&[&ring(&[(5, 5), (6, 5), (5, 6)])])];
        let dissolved = Topology::build(&shapes).dissolve(&[Some(0), Some(0)], 1);
        assert_eq!(dissolved.shape(0).polygons.len(), 2);
    }
}
