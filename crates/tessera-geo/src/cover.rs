//! Where a map may cover a place more than once, told from its outer border alone.
//!
//! How many areas lie over a place is how often their rings run around it. Where two areas have a border in common, they run
//! along it in both directions, which cancels out: so it is how often the arcs that have an area on one side only run around
//! it. Of the small areas of a country only the coast is looked at: where each line of it parts land from none, no place is in two
//! areas. Land that is in two has a line around it that parts the one from the two: no such line can be told to part land from none, and
//! all of them touch, so that the box around them holds what lies over something else.

use std::cmp::Ordering;

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::place::{Bbox, Place};
use crate::segment::{Segment, segments};
use crate::shape::{cross, vector};
use crate::topology::Topology;

/// The boxes outside of which certainly no place is in two areas.
///
/// Cost: a microsecond or two for each place of the outer border.
pub(crate) fn doubtful(topology: &Topology) -> Vec<Bbox> {
    let lines = outer_lines(topology);
    let tree = tree_of(lines.iter().copied().zip(0..));
    let mut is_doubtful = vec![false; lines.len()];
    for (one, other) in touching(&tree) {
        if lines[one].without_direction() == lines[other].without_direction() || lines[one].meets(lines[other]) {
            (is_doubtful[one], is_doubtful[other]) = (true, true);
        }
    }
    let groups = lines_of_one_border(&lines, &is_doubtful);
    // What is true of one line is true of its group.
    let mut is_border: Vec<Option<bool>> = vec![None; lines.len()];
    for (line, is_doubtful) in is_doubtful.iter_mut().enumerate().filter(|(_, is_doubtful)| !**is_doubtful) {
        *is_doubtful = !*is_border[groups[line]].get_or_insert_with(|| parts_land_from_none(lines[line], &tree));
    }
    let of_doubt = lines.into_iter().zip(is_doubtful).filter(|(_, is_doubtful)| *is_doubtful);
    boxes_of_those_that_touch(of_doubt.map(|(line, _)| line).collect())
}

/// The lines that have an area on one side only, which is the left.
fn outer_lines(topology: &Topology) -> Vec<Segment> {
    let mut lines = Vec::new();
    for arc in topology.arcs() {
        match (arc.left, arc.right) {
            (Some(_), None) => lines.extend(segments(&arc.places)),
            (None, Some(_)) => lines.extend(segments(&arc.places).map(Segment::turned)),
            _ => {}
        }
    }
    lines
}

/// A line and its number.
type Line = GeomWithData<Rectangle<[f64; 2]>, (Segment, usize)>;

fn tree_of(lines: impl Iterator<Item = (Segment, usize)>) -> RTree<Line> {
    let corner = |lon: i32, lat: i32| [f64::from(lon), f64::from(lat)];
    let in_box = |(line, number): (Segment, usize)| {
        let Bbox { west, south, east, north } = line.bbox();
        GeomWithData::new(Rectangle::from_corners(corner(west, south), corner(east, north)), (line, number))
    };
    RTree::bulk_load(lines.map(in_box).collect())
}

/// The pairs of lines whose boxes have a place in common, each once.
fn touching(tree: &RTree<Line>) -> impl Iterator<Item = (usize, usize)> {
    let pairs = tree.intersection_candidates_with_other_tree(tree).map(|(one, other)| (one.data.1, other.data.1));
    pairs.filter(|(one, other)| one < other)
}

/// A line as it leaves one of its ends.
#[derive(Clone, Copy)]
struct Leaving {
    from: Place,
    towards: (i64, i64),
    /// Whether land is on the left as one leaves; otherwise it is on the right.
    has_land_left: bool,
    line: usize,
}

/// Groups of lines on whose right there is the same number of areas: they meet in places around which land and none take turns.
fn lines_of_one_border(lines: &[Segment], is_doubtful: &[bool]) -> Vec<usize> {
    let both_ways = |(line, number): (&Segment, usize)| {
        [(*line, true), (line.turned(), false)].map(|(own, has_land_left)| Leaving {
            from: own.from,
            towards: vector(own.from, own.to),
            has_land_left,
            line: number,
        })
    };
    let mut leaving: Vec<Leaving> = lines.iter().zip(0..).flat_map(both_ways).collect();
    leaving.sort_unstable_by_key(|leaving| leaving.from);
    let mut pairs = Vec::new();
    for around in leaving.chunk_by_mut(|one, other| one.from == other.from) {
        if around.len() > 2 {
            around.sort_unstable_by(|one, other| by_angle(one.towards, other.towards));
        }
        let next = around.iter().cycle().skip(1);
        let take_turns = around.iter().zip(next).all(|(one, next)| one.has_land_left != next.has_land_left);
        if take_turns && around.iter().all(|leaving| !is_doubtful[leaving.line]) {
            pairs.extend(around.windows(2).map(|pair| (pair[0].line, pair[1].line)));
        }
    }
    hanging_together(lines.len(), pairs)
}

/// Of each of some things the first of those that it hangs together with.
fn hanging_together(count: usize, pairs: impl IntoIterator<Item = (usize, usize)>) -> Vec<usize> {
    let mut groups: Vec<usize> = (0..count).collect();
    let first_of = |groups: &mut [usize], mut one: usize| {
        while groups[one] != one {
            groups[one] = groups[groups[one]];
            one = groups[one];
        }
        one
    };
    for (one, other) in pairs {
        let (one, other) = (first_of(&mut groups, one), first_of(&mut groups, other));
        groups[one.max(other)] = one.min(other);
    }
    (0..count).map(|one| first_of(&mut groups, one)).collect()
}

/// Whether a line that no other meets has one area on its left and none on its right.
fn parts_land_from_none(line: Segment, tree: &RTree<Line>) -> bool {
    let (lon2, lat2) = line.middle();
    let to_the_east =
        AABB::from_corners([lon2 as f64 / 2.0, lat2 as f64 / 2.0], [f64::from(i32::MAX), lat2 as f64 / 2.0]);
    let crossed = tree.locate_in_envelope_intersecting(to_the_east).map(|line| line.data.0);
    // How often all lines run around the middle, moved a hair to the east or, on a line that runs there, to the north.
    let areas: i32 = crossed
        .filter(|line| line.passes_east_of(lon2, lat2))
        .map(|line| if line.to.lat > line.from.lat { 1 } else { -1 })
        .sum();
    let (east, north) = vector(line.from, line.to);
    let is_land = north < 0 || (north == 0 && east > 0);
    areas == i32::from(is_land)
}

/// The boxes around lines whose boxes have places in common, directly or through others.
fn boxes_of_those_that_touch(lines: Vec<Segment>) -> Vec<Bbox> {
    let tree = tree_of(lines.iter().copied().zip(0..));
    let groups = hanging_together(lines.len(), touching(&tree));
    let mut boxes: Vec<Option<Bbox>> = vec![None; lines.len()];
    for (line, group) in lines.iter().zip(groups) {
        let own = line.bbox();
        boxes[group] = Some(boxes[group].map_or(own, |known| known.union(&own)));
    }
    boxes.into_iter().flatten().collect()
}

/// Counterclockwise, from the east.
fn by_angle(one: (i64, i64), other: (i64, i64)) -> Ordering {
    let is_below = |(east, north): (i64, i64)| north < 0 || (north == 0 && east < 0);
    is_below(one).cmp(&is_below(other)).then_with(|| 0.cmp(&cross(one, other)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::overlap::{overlaps, overlaps_of_all};
    use crate::shape::{Polygon, Shape, tidy_ring};
    use crate::testing::{area, grid, ring};

    fn lie_flat(shapes: &[Shape]) -> bool {
        doubtful(&Topology::build(shapes)).is_empty()
    }

    fn square(west: i32, south: i32, side: i32) -> Vec<Place> {
        ring(&[(west, south), (west + side, south), (west + side, south + side), (west, south + side)])
    }

    #[test]
    fn maps_lie_flat() {
        for map in
            [&["0011", "0221", "3321"][..], &["000", "010", "000"], &["0.1", ".2.", "3.4"], &["000", "0.0", "000"]]
        {
            assert!(lie_flat(&grid(map)), "{map:?}");
        }
        assert!(lie_flat(&[]));
        assert!(lie_flat(&[Shape::default(), Shape::default()]));
    }

    #[test]
    fn islands_lie_in_lakes_and_nowhere_else() {
        let land = area(&[&square(0, 0, 100), &square(20, 20, 60)]);
        let in_the_lake = area(&[&square(40, 40, 20)]);
        assert!(lie_flat(&[land.clone(), in_the_lake.clone()]));
        assert!(lie_flat(&[land.clone(), area(&[&square(20, 20, 60)])]), "that fills the lake");
        let on_land = area(&[&square(5, 5, 10)]);
        assert!(!lie_flat(&[land.clone(), on_land.clone()]));
        assert!(!lie_flat(&[land, in_the_lake, on_land]));
    }

    #[test]
    fn what_lies_over_something_is_found() {
        let big = area(&[&square(0, 0, 100)]);
        for (over, what) in [
            (big.clone(), "the same"),
            (area(&[&square(50, 50, 100)]), "across a corner"),
            (area(&[&square(0, 0, 50)]), "from the same corner"),
            (area(&[&ring(&[(0, 0), (100, 100), (0, 100)])]), "with common places and lines"),
            (area(&[&ring(&[(0, 0), (90, 50), (50, 90)])]), "with a common place"),
        ] {
            assert!(!lie_flat(&[big.clone(), over.clone()]), "{what}");
            assert!(!lie_flat(&[over, big.clone()]), "{what}");
        }
    }

    #[test]
    fn two_maps_over_each_other_do_not_lie_flat() {
        let moved = |shape: Shape| Shape {
            polygons: shape
                .polygons
                .into_iter()
                .map(|Polygon { exterior, .. }| Polygon {
                    exterior: exterior
                        .into_iter()
                        .map(|Place { lon, lat }| Place { lon: lon + 1, lat: lat + 1 })
                        .collect(),
                    holes: Vec::new(),
                })
                .collect(),
        };
        let map = grid(&["0011", "2233"]);
        let both: Vec<Shape> = map.iter().cloned().chain(map.iter().cloned().map(moved)).collect();
        assert!(!lie_flat(&both));
    }

    proptest! {
        /// Triangles and squares on a grid so coarse that they often touch, share corners and lines, and lie in each other.
        #[test]
        fn what_overlaps_does_so_in_a_doubtful_box(
            corners in prop::collection::vec(prop::array::uniform3((0..12, 0..12)), 0..6),
            squares in prop::collection::vec((0..11, 0..11, 1..4), 0..6),
        ) {
            let triangles = corners.iter().filter_map(|corners| tidy_ring(ring(corners), true));
            let squares = squares.iter().map(|&(west, south, side)| square(west, south, side));
            let shapes: Vec<Shape> = triangles.chain(squares).map(|ring| area(&[&ring])).collect();
            let all = overlaps_of_all(&shapes, 1e-9);
            prop_assert_eq!(&overlaps(&shapes, &Topology::build(&shapes), 1e-9), &all);
            let boxes = doubtful(&Topology::build(&shapes));
            for overlap in all {
                let (Some(one), Some(other)) = (shapes[overlap.first as usize].bbox(), shapes[overlap.second as usize].bbox())
                else {
                    continue;
                };
                let common = one.intersection(&other);
                prop_assert!(boxes.iter().any(|own| common.is_some_and(|common| own.intersects(&common))));
            }
        }

        /// Every map of squares lies flat, and to one on which something is laid the doubt is where that lies.
        #[test]
        fn maps_of_squares_lie_flat(cells in prop::collection::vec(0..6_u32, 16), over in (0..7, 0..7, 1..3)) {
            let rows: Vec<String> = cells
                .chunks(4)
                .map(|row| row.iter().map(|cell| char::from_digit(*cell, 10).filter(|_| *cell < 5).unwrap_or('.')).collect())
                .collect();
            let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
            let mut map = grid(&rows);
            prop_assert!(lie_flat(&map));
            map.push(area(&[&square(over.0, over.1, over.2)]));
            prop_assert_eq!(overlaps(&map, &Topology::build(&map), 1e-9), overlaps_of_all(&map, 1e-9));
        }
    }
}
