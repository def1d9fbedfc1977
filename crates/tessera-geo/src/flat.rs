//! Maps that cover every place at most once, told from their outer border alone.
//!
//! How many areas lie over a place is how often their rings run around it. Where two areas have a border in common, they run
//! along it in both directions, which cancels out: so it is how often the arcs that have an area on one side only run around
//! it. Where the lines of these have nothing but ends in common, and each of them parts land from none, no place is in two
//! areas. Of the small areas of a country only the coast is looked at.

use std::cmp::Ordering;

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::place::Place;
use crate::segment::{Segment, segments};
use crate::shape::{cross, doubled, vector};
use crate::topology::Topology;

impl Topology {
    /// Whether it is certain that no place is in two areas. It is not where the border of one area has a place that the
    /// neighbour's has not.
    ///
    /// Cost: a microsecond or two for each place of the outer border.
    ///
    /// ```
    /// use tessera_geo::{Place, Polygon, Shape, Topology};
    ///
    /// let square = |west: i32| Shape {
    ///     polygons: vec![Polygon {
    ///         exterior: [(0, 0), (8, 0), (8, 8), (0, 8), (0, 0)].map(|(x, y)| Place { lon: west + x, lat: y }).to_vec(),
    ///         holes: vec![],
    ///     }],
    /// };
    /// assert!(Topology::build(&[square(0), square(8), square(17)]).lies_flat());
    /// assert!(!Topology::build(&[square(0), square(7)]).lies_flat());
    /// ```
    #[must_use]
    pub fn lies_flat(&self) -> bool {
        let lines = outer_lines(self);
        let tree = RTree::bulk_load(lines.iter().zip(0..).map(|(line, number)| in_box(*line, number)).collect());
        have_only_ends_in_common(&tree) && Around::of(&lines).lie_in_turns(&lines, &tree)
    }
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

fn in_box(line: Segment, number: usize) -> Line {
    let bbox = line.bbox();
    let corner = |lon: i32, lat: i32| [f64::from(lon), f64::from(lat)];
    GeomWithData::new(
        Rectangle::from_corners(corner(bbox.west, bbox.south), corner(bbox.east, bbox.north)),
        (line, number),
    )
}

fn have_only_ends_in_common(tree: &RTree<Line>) -> bool {
    let pairs = tree.intersection_candidates_with_other_tree(tree).map(|(one, other)| (one.data, other.data));
    // Each pair comes twice.
    let mut pairs = pairs.filter(|((_, one), (_, other))| one < other);
    pairs.all(|((one, _), (other, _))| one.without_direction() != other.without_direction() && !one.meets(other))
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

/// Lines by the places that they leave.
struct Around(Vec<Leaving>);

impl Around {
    fn of(lines: &[Segment]) -> Around {
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
        leaving
            .chunk_by_mut(|one, other| one.from == other.from)
            .filter(|around| around.len() > 2)
            .for_each(|around| around.sort_unstable_by(|one, other| by_angle(one.towards, other.towards)));
        Around(leaving)
    }

    /// The lines that leave each place, counterclockwise.
    fn places(&self) -> impl Iterator<Item = &[Leaving]> {
        self.0.chunk_by(|one, other| one.from == other.from)
    }

    /// Whether land and none take turns around each place, and around each group of lines that hang together.
    fn lie_in_turns(&self, lines: &[Segment], tree: &RTree<Line>) -> bool {
        let take_turns = |around: &[Leaving]| {
            let next = around.iter().cycle().skip(1);
            around.iter().zip(next).all(|(one, next)| one.has_land_left != next.has_land_left)
        };
        self.places().all(take_turns) && self.groups_lie_in_turns(lines, tree)
    }

    /// Whether each group of lines that hang together lies in land if it says that there is land around it, and in none otherwise.
    fn groups_lie_in_turns(&self, lines: &[Segment], tree: &RTree<Line>) -> bool {
        let groups = self.groups(lines.len());
        let mut is_known = vec![false; lines.len()];
        // From west to east: each group is met where it is furthest west, and all its lines leave that place to the east or north.
        self.places().all(|around| {
            let group = groups[around[0].line];
            if std::mem::replace(&mut is_known[group], true) {
                return true;
            }
            let northernmost = around.iter().max_by(|one, other| 0.cmp(&cross(one.towards, other.towards)));
            let has_land_around = northernmost.is_some_and(|line| line.has_land_left);
            let others = |line: usize| groups[line] != group;
            areas_at(around[0].from, tree, others) == i32::from(has_land_around)
        })
    }

    /// By line, the first of those that hang together with it.
    fn groups(&self, lines: usize) -> Vec<usize> {
        let mut groups: Vec<usize> = (0..lines).collect();
        let first_of = |groups: &mut [usize], mut line: usize| {
            while groups[line] != line {
                groups[line] = groups[groups[line]];
                line = groups[line];
            }
            line
        };
        for pair in self.places().flat_map(|around| around.windows(2)) {
            let (one, other) = (first_of(&mut groups, pair[0].line), first_of(&mut groups, pair[1].line));
            groups[one.max(other)] = one.min(other);
        }
        (0..lines).map(|line| first_of(&mut groups, line)).collect()
    }
}

/// How often some of the lines run around a place that is on none of them, counterclockwise.
fn areas_at(place: Place, tree: &RTree<Line>, is_one: impl Fn(usize) -> bool) -> i32 {
    let (lon, lat) = (f64::from(place.lon), f64::from(place.lat));
    let to_the_east = AABB::from_corners([lon, lat], [f64::from(i32::MAX), lat]);
    let lines = tree.locate_in_envelope_intersecting(to_the_east).map(|line| line.data);
    let (lon2, lat2) = doubled(place);
    let crossed = lines.filter(|(line, number)| is_one(*number) && line.passes_east_of(lon2, lat2));
    crossed.map(|(line, _)| if line.to.lat > line.from.lat { 1 } else { -1 }).sum()
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
    use crate::overlap::overlaps;
    use crate::shape::{Polygon, Shape, tidy_ring};
    use crate::testing::{area, grid, ring};

    fn lie_flat(shapes: &[Shape]) -> bool {
        Topology::build(shapes).lies_flat()
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
        fn nothing_that_lies_flat_overlaps(
            corners in prop::collection::vec(prop::array::uniform3((0..9, 0..9)), 0..5),
            squares in prop::collection::vec((0..8, 0..8, 1..4), 0..5),
        ) {
            let triangles = corners.iter().filter_map(|corners| tidy_ring(ring(corners), true));
            let squares = squares.iter().map(|&(west, south, side)| square(west, south, side));
            let shapes: Vec<Shape> = triangles.chain(squares).map(|ring| area(&[&ring])).collect();
            if lie_flat(&shapes) {
                prop_assert_eq!(overlaps(&shapes, 1e-9), []);
            }
        }

        /// Every map of squares lies flat, and none to which something is added that lies over it.
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
            if !overlaps(&map, 1e-9).is_empty() {
                prop_assert!(!lie_flat(&map));
            }
        }
    }
}
