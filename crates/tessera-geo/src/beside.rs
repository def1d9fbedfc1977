//! Areas that only lie beside each other, told from those that may lie over each other: exactly, and without building
//! what they have in common.
//!
//! Most neighbours have the very places of their border in common. Where no line of one area meets one of the other but in
//! places of both, each run of lines from one such place to the next lies wholly inside or wholly outside the other area,
//! so that one point of it tells which.

use crate::place::{Bbox, Place};
use crate::segment::{Segment, segments};
use crate::shape::{Polygon, Shape};

/// Room for what is known of two areas while they are compared, which is kept for the next two.
#[derive(Default)]
pub(crate) struct Room {
    /// The lines that may have a place in the box that both areas have in common, and whether they are of the first.
    lines: Vec<(Bbox, Segment, bool)>,
    /// The lines that both have, by their smaller place first and sorted.
    shared: Vec<Segment>,
    /// The places that both have, sorted.
    places: Vec<Place>,
}

/// Whether it is certain that two areas, each with the box around it, have no land in common. Rings do not cross, and run as
/// RFC 7946 asks.
///
/// Cost: a sort of the lines that are in the box of the other area, if not many of them lie beside each other.
pub(crate) fn lie_beside(one: (&Shape, &Bbox), other: (&Shape, &Bbox), room: &mut Room) -> bool {
    let Some(common) = one.1.intersection(other.1) else { return true };
    room.lines.clear();
    room.lines.extend(lines_in(one.0, &common).map(|(bbox, line)| (bbox, line, true)));
    room.lines.extend(lines_in(other.0, &common).map(|(bbox, line)| (bbox, line, false)));
    room.find_shared(&common) && room.stays_outside(one.0, other.0) && room.stays_outside(other.0, one.0)
}

/// The lines of a shape that may have a place in a box.
fn lines_in(shape: &Shape, bbox: &Bbox) -> impl Iterator<Item = (Bbox, Segment)> {
    let lines = shape.polygons.iter().flat_map(Polygon::rings).flat_map(segments).map(|line| (line.bbox(), line));
    lines.filter(|(own, _)| own.intersects(bbox))
}

impl Room {
    /// Finds what both areas have; `false` where both have land on the same side of a line, or lines meet in a place that is
    /// not one of both.
    fn find_shared(&mut self, common: &Bbox) -> bool {
        let Room { lines, shared, places } = self;
        // Sorted along the longer side of the box, in which fewer of them lie beside each other.
        let is_wide =
            i64::from(common.east) - i64::from(common.west) > i64::from(common.north) - i64::from(common.south);
        let span = |bbox: &Bbox| if is_wide { (bbox.west, bbox.east) } else { (bbox.south, bbox.north) };
        lines.sort_unstable_by_key(|(bbox, ..)| span(bbox).0);
        shared.clear();
        places.clear();
        for (rank, (bbox, line, is_ours)) in lines.iter().enumerate() {
            let further = lines[rank + 1..].iter().take_while(|(other, ..)| span(other).0 <= span(bbox).1);
            for (_, other, _) in further.filter(|(other, _, theirs)| is_ours != theirs && bbox.intersects(other)) {
                if line == other || line.meets(*other) {
                    return false;
                }
                if line.turned() == *other {
                    shared.push(line.without_direction());
                }
                places.extend(line.ends().into_iter().filter(|place| other.ends().contains(place)));
            }
        }
        shared.sort_unstable();
        places.sort_unstable();
        places.dedup();
        true
    }

    /// Whether no run of lines of a shape, from one place that both have to the next, lies inside the other.
    fn stays_outside(&self, shape: &Shape, other: &Shape) -> bool {
        shape.polygons.iter().flat_map(Polygon::rings).all(|ring| self.ring_stays_outside(ring, other))
    }

    fn ring_stays_outside(&self, ring: &[Place], other: &Shape) -> bool {
        let Some((last, open)) = ring.split_last() else { return true };
        let is_of_both = |place: &Place| self.places.binary_search(place).is_ok();
        let start = open.iter().position(is_of_both).unwrap_or_default();
        let in_order = segments(ring.get(start..).unwrap_or_default()).chain(segments(&ring[..=start]));
        let mut runs = in_order.enumerate().filter(|(number, line)| *number == 0 || is_of_both(&line.from));
        debug_assert_eq!(ring.first(), Some(last), "a ring is closed");
        runs.all(|(_, line)| {
            let (lon2, lat2) = line.middle();
            self.shared.binary_search(&line.without_direction()).is_ok() || !other.contains_point(lon2, lat2)
        })
    }
}

#[cfg(test)]
mod tests {
    use geo::{Area, BooleanOps};
    use proptest::prelude::*;

    use super::*;
    use crate::measures::to_geo;
    use crate::testing::{area, grid, ring};

    /// As two areas are compared, with room that was used before.
    fn are_beside(one: &Shape, other: &Shape) -> bool {
        let (Some(bbox), Some(other_bbox)) = (one.bbox(), other.bbox()) else { return true };
        let mut room = Room::default();
        lie_beside((other, &other_bbox), (one, &bbox), &mut room);
        lie_beside((one, &bbox), (other, &other_bbox), &mut room)
    }

    type Places = [(i32, i32)];

    const SQUARE: &Places = &[(0, 0), (8, 0), (8, 8), (0, 8)];

    /// Whether the square and another shape lie beside each other, however both are asked.
    #[track_caller]
    fn beside_square(places: &Places) -> bool {
        let (square, other) = (area(&[&ring(SQUARE)]), area(&[&ring(places)]));
        let beside = are_beside(&square, &other);
        assert_eq!(are_beside(&other, &square), beside, "{places:?}");
        beside
    }

    #[test]
    fn neighbours_with_common_places_lie_beside_each_other() {
        assert!(beside_square(&[(8, 0), (12, 0), (12, 8), (8, 8)]));
        assert!(beside_square(&[(8, 8), (12, 8), (12, 12)]), "a corner");
        assert!(beside_square(&[(20, 0), (30, 0), (30, 8)]), "far away");
        // In the box of the other without touching it.
        let corner = area(&[&ring(&[(0, 0), (9, 0), (9, 1), (1, 1), (1, 9), (0, 9)])]);
        assert!(are_beside(&corner, &area(&[&ring(&[(3, 3), (8, 3), (8, 8), (3, 8)])])));
    }

    #[test]
    fn what_lies_over_the_other_does_not_lie_beside_it() {
        assert!(!beside_square(SQUARE), "the same");
        assert!(!beside_square(&[(2, 2), (4, 2), (4, 4)]), "inside");
        assert!(!beside_square(&[(0, 0), (8, 0), (8, 4)]), "inside with a common line");
        assert!(!beside_square(&[(0, 0), (4, 2), (8, 8)]), "inside with common corners");
        assert!(!beside_square(&[(4, 4), (12, 4), (12, 6)]), "across a line");
        assert!(!beside_square(&[(0, 0), (8, 0), (12, 12), (0, 8)]), "around a corner");
    }

    #[test]
    fn a_border_with_a_place_of_one_alone_is_left_open() {
        assert!(!beside_square(&[(8, 0), (12, 0), (12, 8), (8, 8), (8, 4)]));
    }

    #[test]
    fn an_island_in_a_hole_lies_beside_what_is_around_it() {
        let hole = [(20, 20), (20, 80), (80, 80), (80, 20)];
        let island = [(20, 20), (80, 20), (80, 80), (20, 80)];
        let around = area(&[&ring(&[(0, 0), (100, 0), (100, 100), (0, 100)]), &ring(&hole)]);
        assert!(are_beside(&around, &area(&[&ring(&island)])));
        assert!(are_beside(&area(&[&ring(&[(30, 30), (40, 30), (40, 40)])]), &around));
        assert!(!are_beside(&around, &area(&[&ring(&[(10, 10), (90, 10), (90, 90), (10, 90)])])));
    }

    #[test]
    fn maps_lie_beside_themselves() {
        let map = grid(&["0011", "0221", "3321"]);
        for (first, one) in map.iter().enumerate() {
            map[first + 1..].iter().for_each(|other| assert!(are_beside(one, other), "{one:?} {other:?}"));
        }
    }

    proptest! {
        /// Triangles on a grid so coarse that they often touch, and share corners and lines.
        #[test]
        fn nothing_that_lies_beside_has_land_in_common(corners in prop::array::uniform6((0..6, 0..6))) {
            let triangle = |corners: &Places| {
                let ring = crate::shape::tidy_ring(ring(corners), true)?;
                Some(area(&[&ring]))
            };
            let (Some(one), Some(other)) = (triangle(&corners[..3]), triangle(&corners[3..])) else { return Ok(()) };
            let common = to_geo(&one).intersection(&to_geo(&other)).unsigned_area();
            if are_beside(&one, &other) {
                prop_assert!(common < 1e-20, "{}", common);
            }
        }
    }
}
