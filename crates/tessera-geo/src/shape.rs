//! Areas as rings of places, and the exact integer geometry of a ring.

use crate::place::{Bbox, Place};
use crate::segment::segments;

/// One exterior ring and its holes.
///
/// Rings are closed (the last place repeats the first) and ordered as in RFC 7946: exterior counterclockwise, holes
/// clockwise, so that the area always lies to the left of its rings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Polygon {
    /// The outer ring, counterclockwise.
    pub exterior: Vec<Place>,
    /// The rings that are cut out, clockwise.
    pub holes: Vec<Vec<Place>>,
}

/// The outline of an area: one polygon for each of its parts. No polygons: an area without a shape.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shape {
    /// The parts. In a valid shape they do not overlap.
    pub polygons: Vec<Polygon>,
}

/// An area as a boundary file publishes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Boundary {
    /// The official code, trimmed, never empty.
    pub code: String,
    /// The name, where one was asked for and the file has it.
    pub label: Option<String>,
    /// The outline.
    pub shape: Shape,
}

impl Polygon {
    /// All rings, the exterior first.
    pub fn rings(&self) -> impl Iterator<Item = &[Place]> {
        std::iter::once(&self.exterior).chain(&self.holes).map(Vec::as_slice)
    }
}

impl Shape {
    /// Whether there is nothing to draw.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.polygons.is_empty()
    }

    /// The box around the shape; `None` when it is empty.
    #[must_use]
    pub fn bbox(&self) -> Option<Bbox> {
        Bbox::around(self.polygons.iter().flat_map(|polygon| polygon.exterior.iter().copied()))
    }

    /// Whether the place belongs to the shape, by the half-open rule of [`crate::locate`].
    #[must_use]
    pub fn contains(&self, place: Place) -> bool {
        let (lon2, lat2) = doubled(place);
        self.contains_point(lon2, lat2)
    }

    /// As [`Shape::contains`], of a point in half units.
    pub(crate) fn contains_point(&self, lon2: i64, lat2: i64) -> bool {
        let rings = self.polygons.iter().flat_map(Polygon::rings);
        rings.filter(|ring| ring_contains(ring, lon2, lat2)).count() % 2 == 1
    }
}

/// Twice the area enclosed by a closed ring, in square units: positive when counterclockwise. Exact.
pub(crate) fn signed_area2(ring: &[Place]) -> i128 {
    let Some(&origin) = ring.first() else { return 0 };
    ring.windows(2).map(|edge| cross(vector(origin, edge[0]), vector(origin, edge[1]))).sum()
}

/// Whether a point lies inside a closed ring, by crossings of the ray to the east. The point is given in half units
/// (see [`doubled`]) so that midpoints are exact. A point on the ring counts as moved a hair to the east and, where
/// that decides nothing, to the north.
pub(crate) fn ring_contains(ring: &[Place], lon2: i64, lat2: i64) -> bool {
    let mut inside = false;
    for edge in segments(ring) {
        inside ^= edge.passes_east_of(lon2, lat2);
    }
    inside
}

/// A place in half units.
pub(crate) fn doubled(place: Place) -> (i64, i64) {
    (2 * i64::from(place.lon), 2 * i64::from(place.lat))
}

/// The step from one place to another.
pub(crate) fn vector(from: Place, to: Place) -> (i64, i64) {
    (i64::from(to.lon) - i64::from(from.lon), i64::from(to.lat) - i64::from(from.lat))
}

/// The cross product: positive when `b` points to the left of `a`. Exact for any two vectors between places.
pub(crate) fn cross(a: (i64, i64), b: (i64, i64)) -> i128 {
    i128::from(a.0) * i128::from(b.1) - i128::from(a.1) * i128::from(b.0)
}

/// The dot product: positive when `a` and `b` point the same way. Exact for any two vectors between places.
pub(crate) fn dot(a: (i64, i64), b: (i64, i64)) -> i128 {
    i128::from(a.0) * i128::from(b.0) + i128::from(a.1) * i128::from(b.1)
}

/// The ring closed, and without places that repeat the one before.
pub(crate) fn closed_ring(mut ring: Vec<Place>) -> Vec<Place> {
    if ring.first() != ring.last() {
        ring.extend(ring.first().copied());
    }
    ring.dedup();
    ring
}

/// Whether all places of a ring lie in one line, so that it encloses nothing.
pub(crate) fn is_in_one_line(ring: &[Place]) -> bool {
    let [first, second, ..] = ring else { return true };
    ring.iter().all(|&place| cross(vector(*first, *second), vector(*first, place)) == 0)
}

/// The ring closed, without repeated neighbours, and turned as asked; `None` when its area is zero.
pub(crate) fn tidy_ring(ring: Vec<Place>, counterclockwise: bool) -> Option<Vec<Place>> {
    let mut ring = closed_ring(ring);
    let area2 = signed_area2(&ring);
    if area2 == 0 {
        return None;
    }
    if (area2 > 0) != counterclockwise {
        ring.reverse();
    }
    Some(ring)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::ring;

    #[test]
    fn area_is_positive_counterclockwise_and_exact_at_the_ends_of_the_world() {
        assert_eq!(signed_area2(&ring(&[(0, 0), (2, 0), (2, 3), (0, 3)])), 12);
        assert_eq!(signed_area2(&ring(&[(0, 0), (0, 3), (2, 3), (2, 0)])), -12);
        let (w, s) = (1_800_000_000, 900_000_000);
        assert_eq!(signed_area2(&ring(&[(-w, -s), (w, -s), (w, s), (-w, s)])), 2 * 3_600_000_000 * 1_800_000_000);
        assert_eq!(signed_area2(&[]), 0);
    }

    #[test]
    fn west_and_south_edges_belong_to_a_ring_and_east_and_north_do_not() {
        let square =
            Shape { polygons: vec![Polygon { exterior: ring(&[(0, 0), (2, 0), (2, 2), (0, 2)]), holes: vec![] }] };
        let inside: Vec<(i32, i32)> = (-1..=3)
            .flat_map(|lat| (-1..=3).map(move |lon| (lon, lat)))
            .filter(|&(lon, lat)| square.contains(Place { lon, lat }))
            .collect();
        assert_eq!(inside, [(0, 0), (1, 0), (0, 1), (1, 1)]);
    }

    #[test]
    fn a_tidy_ring_is_closed_turned_and_without_repeats() {
        let clockwise = ring(&[(0, 0), (0, 2), (0, 2), (2, 2), (2, 0)]);
        assert_eq!(tidy_ring(clockwise, true), Some(ring(&[(0, 0), (2, 0), (2, 2), (0, 2)])));
        assert_eq!(tidy_ring(ring(&[(0, 0), (1, 1), (2, 2)]), true), None);
        assert_eq!(tidy_ring(vec![], true), None);
        assert_eq!(tidy_ring(vec![Place { lon: 0, lat: 0 }], true), None);
    }
}
