//! Areas that lie over each other.
//!
//! The areas of a geography cover its land once. Where two of them lie over each other by more than the slivers that
//! rounding leaves, the file is wrong, or mixes geographies, and people would be counted twice.

use geo::{Area, BooleanOps};
use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::beside::{Room, lie_beside};
use crate::cover::doubtful;
use crate::measures::to_geo;
use crate::place::{Bbox, Place, UNITS_PER_DEGREE};
use crate::shape::{Polygon, Shape, signed_area2};
use crate::topology::Topology;

/// Two areas that lie over each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overlap {
    /// The area with the smaller index.
    pub first: u32,
    /// The other area.
    pub second: u32,
    /// What they have in common, as a share of the smaller of the two: more than 0, at most 1.
    pub share: f64,
}

/// The pairs of areas that have more than a share of the smaller one in common, sorted. The areas are as
/// [`read_boundaries`](crate::read_boundaries) gives them: their rings do not cross, and run as RFC 7946 asks. With them comes the
/// topology that was built from them.
///
/// Shares are those of areas on a plane of degrees; over the few kilometres that two areas have in common that is
/// the same as on the globe. A share of 0.01 passes over what generalising does to common borders.
///
/// Only where the outer border is not what it should be are areas looked at one by one. The cost of that is, shared by all processors,
/// about a microsecond for each pair of neighbours with the same places on their border, and some tens of microseconds, one intersection of
/// polygons, for each other pair whose boxes have enough in common.
///
/// ```
/// use tessera_geo::{Place, Polygon, Shape, Topology, overlaps};
///
/// let square = |west: i32| Shape {
///     polygons: vec![Polygon {
///         exterior: [(0, 0), (8, 0), (8, 8), (0, 8), (0, 0)].map(|(x, y)| Place { lon: west + x, lat: y }).to_vec(),
///         holes: vec![],
///     }],
/// };
/// let shapes = [square(0), square(6), square(14)];
/// let found = overlaps(&shapes, &Topology::build(&shapes), 0.01);
/// assert_eq!(found.len(), 1);
/// assert_eq!((found[0].first, found[0].second), (0, 1));
/// assert!((found[0].share - 0.25).abs() < 1e-6);
/// ```
#[must_use]
pub fn overlaps(shapes: &[Shape], topology: &Topology, share: f64) -> Vec<Overlap> {
    let doubtful = doubtful(topology)
        .into_iter()
        .map(|Bbox { west, south, east, north }| Rectangle::from_corners(corner(west, south), corner(east, north)));
    let doubtful = RTree::bulk_load(doubtful.collect());
    let is_doubtful = |shape: &Shape| {
        let Some(Bbox { west, south, east, north }) = shape.bbox().filter(|_| doubtful.size() > 0) else {
            return false;
        };
        let around = AABB::from_corners(corner(west, south), corner(east, north));
        doubtful.locate_in_envelope_intersecting(around).next().is_some()
    };
    let outlines = shapes.par_iter().map(|shape| if is_doubtful(shape) { Outline::of(shape) } else { None });
    among(&outlines.collect::<Vec<_>>(), share)
}

/// As [`overlaps`], looking at every area.
#[cfg(test)]
pub(crate) fn overlaps_of_all(shapes: &[Shape], share: f64) -> Vec<Overlap> {
    among(&shapes.iter().map(Outline::of).collect::<Vec<_>>(), share)
}

/// Those among some areas.
fn among(areas: &[Option<Outline<'_>>], share: f64) -> Vec<Overlap> {
    let boxes = (0_u32..).zip(areas).filter_map(|(index, area)| {
        let Bbox { west, south, east, north } = area.as_ref()?.bbox;
        Some(GeomWithData::new(Rectangle::from_corners(corner(west, south), corner(east, north)), index))
    });
    let tree = RTree::bulk_load(boxes.collect());
    let overlaps_of = |room: &mut Room, first: u32| {
        let area = areas[first as usize].as_ref()?;
        let Bbox { west, south, east, north } = area.bbox;
        let around = AABB::from_corners(corner(west, south), corner(east, north));
        let later =
            tree.locate_in_envelope_intersecting(around).map(|near| near.data).filter(move |&near| near > first);
        let with = |second: u32| {
            let other = areas[second as usize].as_ref()?;
            let smaller = area.size.min(other.size);
            if common_box(&area.bbox, &other.bbox) <= share * smaller
                || lie_beside((area.shape, &area.bbox), (other.shape, &other.bbox), room)
            {
                return None;
            }
            let common = to_geo(area.shape).intersection(&to_geo(other.shape)).unsigned_area() / smaller;
            (common > share).then(|| Overlap { first, second, share: common.min(1.0) })
        };
        Some(later.filter_map(with).collect::<Vec<_>>())
    };
    let firsts = (0..u32::try_from(areas.len()).unwrap_or(u32::MAX)).into_par_iter();
    let mut found: Vec<Overlap> = firsts.map_init(Room::default, overlaps_of).flatten().flatten_iter().collect();
    found.sort_by_key(|overlap| (overlap.first, overlap.second));
    found
}

struct Outline<'a> {
    shape: &'a Shape,
    bbox: Bbox,
    /// Square degrees.
    size: f64,
}

impl Outline<'_> {
    fn of(shape: &Shape) -> Option<Outline<'_>> {
        let twice = |ring: &[Place]| signed_area2(ring).unsigned_abs() as f64;
        let of_polygon =
            |polygon: &Polygon| twice(&polygon.exterior) - polygon.holes.iter().map(|hole| twice(hole)).sum::<f64>();
        let twice: f64 = shape.polygons.iter().map(of_polygon).sum();
        let size = twice / 2.0 / (UNITS_PER_DEGREE * UNITS_PER_DEGREE);
        Some(Outline { shape, bbox: shape.bbox()?, size }).filter(|_| size > 0.0)
    }
}

fn corner(lon: i32, lat: i32) -> [f64; 2] {
    [f64::from(lon), f64::from(lat)]
}

/// What two boxes have in common, in square degrees.
fn common_box(one: &Bbox, other: &Bbox) -> f64 {
    let ([west, south, east, north], [other_west, other_south, other_east, other_north]) =
        (one.to_degrees(), other.to_degrees());
    let width = east.min(other_east) - west.max(other_west);
    let height = north.min(other_north) - south.max(other_south);
    width.max(0.0) * height.max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{area, grid, ring};

    fn found_among(shapes: &[Shape], share: f64) -> Vec<Overlap> {
        overlaps(shapes, &Topology::build(shapes), share)
    }

    #[test]
    fn maps_do_not_lie_over_themselves() {
        assert_eq!(found_among(&grid(&["0011", "0221", "3321"]), 0.0), []);
        assert_eq!(found_among(&[], 0.0), []);
        assert_eq!(found_among(&[Shape::default(), Shape::default()], 0.0), []);
    }

    #[test]
    fn the_share_is_that_of_the_smaller_area() {
        let big = area(&[&ring(&[(0, 0), (100, 0), (100, 100), (0, 100)])]);
        let small = area(&[&ring(&[(95, 40), (105, 40), (105, 50), (95, 50)])]);
        let inside = area(&[&ring(&[(10, 10), (20, 10), (20, 20), (10, 20)])]);
        let found = found_among(&[big.clone(), small, inside.clone(), big], 0.01);
        let pairs: Vec<_> = found.iter().map(|overlap| (overlap.first, overlap.second)).collect();
        assert_eq!(pairs, [(0, 1), (0, 2), (0, 3), (1, 3), (2, 3)]);
        for (overlap, share) in found.iter().zip([0.5, 1.0, 1.0, 0.5, 1.0]) {
            assert!((overlap.share - share).abs() < 1e-6, "{overlap:?}");
        }
    }

    #[test]
    fn an_enclave_in_its_hole_is_no_overlap() {
        let hole = [(20, 20), (80, 20), (80, 80), (20, 80)];
        let around = area(&[&ring(&[(0, 0), (100, 0), (100, 100), (0, 100)]), &ring(&hole)]);
        assert_eq!(found_among(&[around, area(&[&ring(&hole)])], 1e-9), []);
    }

    #[test]
    fn less_than_the_share_is_passed_over() {
        let west = area(&[&ring(&[(0, 0), (1000, 0), (1000, 1000), (0, 1000)])]);
        let east = area(&[&ring(&[(999, 0), (2000, 0), (2000, 1000), (999, 1000)])]);
        assert_eq!(found_among(&[west.clone(), east.clone()], 0.01), []);
        assert_eq!(found_among(&[west, east], 0.0005).len(), 1);
    }
}
