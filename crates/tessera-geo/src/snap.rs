//! Borders that nearly agree, made to agree.
//!
//! A [`crate::Topology`] shares a border as far as the places of both neighbours are equal. Files drawn by different
//! hands have corners that lie in the middle of a neighbour's edge, or a few centimetres beside the neighbour's
//! corner. Snapping before the topology is built mends what is within a tolerance and reports what is not:
//!
//! 1. A place that is near to one of other areas becomes that place (the one further west, then further south).
//! 2. A place that is near to an edge of other areas becomes a place of that edge.
//!
//! Two places of one area never become one, nor does an area's edge take up a place that the area has: detail within an
//! area stays, however fine. Not mended are overlaps and gaps wider than the tolerance, rings that touch or
//! cross themselves, and borders on either side of the antimeridian.

use std::collections::{BTreeMap, HashMap};

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::place::{Place, UNITS_PER_DEGREE};
use crate::shape::{Polygon, Shape};

/// Metres of latitude in one unit of 1e-7 degrees, on the sphere of mean radius 6,371,008.8 m.
const METRES_PER_UNIT: f64 = 6_371_008.8 * std::f64::consts::PI / (180.0 * UNITS_PER_DEGREE);

/// Up to this multiple of the tolerance, a place beside a neighbour's edge is reported.
const REPORTED: f64 = 10.0;

/// What [`snap`] did, and what it left.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SnapReport {
    /// Places that became a neighbour's place.
    pub joined: usize,
    /// Places that were put into a neighbour's edge, each edge counted.
    pub inserted: usize,
    /// Places further from a neighbour's edge than the tolerance, but not ten times as far; nothing was moved.
    pub mismatches: Vec<Mismatch>,
}

/// A place beside the edge of an area that does not have it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mismatch {
    /// The place.
    pub place: Place,
    /// The area whose edge is near, by its index.
    pub area: u32,
    /// How far the edge is, in metres.
    pub metres: f64,
}

/// Joins places to the neighbours' places and edges that are within a tolerance in metres.
///
/// Areas keep their indices. A tolerance that is not greater than zero changes nothing. No place moves further than
/// the tolerance; distances are those on a plane that touches a sphere, good to 0.5%.
///
/// Cost: a search tree of the places and one of the edges; n log n for n places, as long as few lie within the
/// tolerance of each other.
///
/// ```
/// use tessera_geo::{Contiguity, Place, Polygon, Shape, Topology, snap};
///
/// let shape = |corners: &[(i32, i32)]| Shape {
///     polygons: vec![Polygon {
///         exterior: corners.iter().chain(&corners[..1]).map(|&(lon, lat)| Place { lon, lat }).collect(),
///         holes: vec![],
///     }],
/// };
/// // In the east two areas, in the west one, without a corner where they meet.
/// let shapes = [
///     shape(&[(0, 0), (5000, 0), (5000, 9000), (0, 9000)]),
///     shape(&[(5000, 0), (9000, 0), (9000, 4000), (5001, 4000)]),
///     shape(&[(5001, 4000), (9000, 4000), (9000, 9000), (5000, 9000)]),
/// ];
/// assert!(Topology::build(&shapes).neighbours(Contiguity::Rook).of(0).is_empty());
/// let (snapped, report) = snap(&shapes, 0.1);
/// assert_eq!(report.inserted, 1);
/// assert_eq!(Topology::build(&snapped).neighbours(Contiguity::Rook).of(0), [1, 2]);
/// ```
#[must_use]
pub fn snap(shapes: &[Shape], metres: f64) -> (Vec<Shape>, SnapReport) {
    let mut report = SnapReport::default();
    if !(metres > 0.0 && metres.is_finite()) {
        return (shapes.to_vec(), report);
    }
    let moved = joined(&Owners::of(shapes), metres);
    report.joined = moved.len();
    let shapes: Vec<Shape> = shapes
        .iter()
        .map(|shape| with_rings(shape, |ring| ring.iter().map(|at| *moved.get(at).unwrap_or(at)).collect()))
        .collect();

    let inserted = insertions(&shapes, metres, &mut report);
    let shapes = shapes.iter().map(|shape| with_rings(shape, |ring| with_insertions(ring, &inserted))).collect();
    (shapes, report)
}

/// For each place the areas that have it, sorted.
struct Owners(BTreeMap<Place, Vec<u32>>);

impl Owners {
    fn of(shapes: &[Shape]) -> Owners {
        let mut owners: BTreeMap<Place, Vec<u32>> = BTreeMap::new();
        for (area, shape) in (0..).zip(shapes) {
            for &place in shape.polygons.iter().flat_map(Polygon::rings).flatten() {
                let areas = owners.entry(place).or_default();
                if areas.last() != Some(&area) {
                    areas.push(area);
                }
            }
        }
        Owners(owners)
    }

    fn get(&self, place: Place) -> &[u32] {
        self.0.get(&place).map_or(&[], Vec::as_slice)
    }
}

fn share_an_area(one: &[u32], other: &[u32]) -> bool {
    one.iter().any(|area| other.contains(area))
}

/// Which places become which.
fn joined(owners: &Owners, metres: f64) -> HashMap<Place, Place> {
    let tree = RTree::bulk_load(owners.0.keys().map(|&place| point(place)).collect());
    let mut moved: HashMap<Place, Place> = HashMap::new();
    // In order, so that the outcome does not depend on that of the areas.
    for (&place, areas) in &owners.0 {
        if moved.contains_key(&place) {
            continue;
        }
        let mut areas = areas.clone();
        let mut near: Vec<Place> = tree
            .locate_in_envelope_intersecting(around(place, metres))
            .map(|&[lon, lat]| Place { lon: lon as i32, lat: lat as i32 })
            .filter(|&other| other > place && length(offset(place, other)) <= metres)
            .collect();
        near.sort();
        for other in near {
            let others = owners.get(other);
            if !moved.contains_key(&other) && !share_an_area(&areas, others) {
                moved.insert(other, place);
                areas.extend(others);
            }
        }
    }
    moved
}

/// An edge without direction: the smaller place first.
type Edge = (Place, Place);

fn edge(from: Place, to: Place) -> Edge {
    (from.min(to), from.max(to))
}

/// The places to be put into each edge, in its order.
fn insertions(shapes: &[Shape], metres: f64, report: &mut SnapReport) -> HashMap<Edge, Vec<Place>> {
    let owners = Owners::of(shapes);
    let mut edges: BTreeMap<Edge, Vec<u32>> = BTreeMap::new();
    for (area, shape) in (0..).zip(shapes) {
        for ends in shape.polygons.iter().flat_map(Polygon::rings).flat_map(|ring| ring.windows(2)) {
            edges.entry(edge(ends[0], ends[1])).or_default().push(area);
        }
    }
    let boxes =
        edges.keys().map(|&(from, to)| GeomWithData::new(Rectangle::from_corners(point(from), point(to)), (from, to)));
    let tree = RTree::bulk_load(boxes.collect());

    let mut found: HashMap<Edge, Vec<(f64, Place)>> = HashMap::new();
    for (&place, areas) in &owners.0 {
        let near = tree.locate_in_envelope_intersecting(around(place, REPORTED * metres));
        for &GeomWithData { data: (from, to), .. } in near {
            let of_edge = &edges[&(from, to)];
            if share_an_area(areas, of_edge) {
                continue;
            }
            let Some((share, distance)) = beside(place, from, to) else { continue };
            if distance <= metres {
                found.entry((from, to)).or_default().push((share, place));
            } else if distance <= REPORTED * metres {
                report.mismatches.push(Mismatch { place, area: of_edge[0], metres: distance });
            }
        }
    }
    report.mismatches.sort_by_key(|mismatch| (mismatch.place, mismatch.area));
    report.inserted = found.values().map(Vec::len).sum();
    let in_order = |(edge, mut places): (Edge, Vec<(f64, Place)>)| {
        places.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        (edge, places.into_iter().map(|(_, place)| place).collect())
    };
    found.into_iter().map(in_order).collect()
}

fn with_insertions(ring: &[Place], inserted: &HashMap<Edge, Vec<Place>>) -> Vec<Place> {
    let mut result = Vec::with_capacity(ring.len());
    for ends in ring.windows(2) {
        result.push(ends[0]);
        let places = inserted.get(&edge(ends[0], ends[1])).map_or(&[][..], Vec::as_slice);
        if ends[0] < ends[1] {
            result.extend(places);
        } else {
            result.extend(places.iter().rev());
        }
    }
    result.extend(ring.last());
    result
}

fn with_rings(shape: &Shape, change: impl Fn(&[Place]) -> Vec<Place>) -> Shape {
    let polygon = |polygon: &Polygon| Polygon {
        exterior: change(&polygon.exterior),
        holes: polygon.holes.iter().map(|hole| change(hole)).collect(),
    };
    Shape { polygons: shape.polygons.iter().map(polygon).collect() }
}

fn point(place: Place) -> [f64; 2] {
    [f64::from(place.lon), f64::from(place.lat)]
}

/// A box around a place, with a margin in metres.
fn around(place: Place, metres: f64) -> AABB<[f64; 2]> {
    let [lon, lat] = point(place);
    let margin = metres / METRES_PER_UNIT;
    let wider = margin / shrink(place);
    AABB::from_corners([lon - wider, lat - margin], [lon + wider, lat + margin])
}

/// How much shorter a degree of longitude is than one of latitude.
fn shrink(place: Place) -> f64 {
    (f64::from(place.lat) / UNITS_PER_DEGREE).to_radians().cos().max(1e-6)
}

/// Metres east and north from one place to another.
fn offset(from: Place, to: Place) -> [f64; 2] {
    let ([lon, lat], [to_lon, to_lat]) = (point(from), point(to));
    [(to_lon - lon) * shrink(from) * METRES_PER_UNIT, (to_lat - lat) * METRES_PER_UNIT]
}

fn length([east, north]: [f64; 2]) -> f64 {
    east.hypot(north)
}

/// Where beside an edge a place lies, as a share of the edge, and how far from it in metres; `None` beyond its ends.
fn beside(place: Place, from: Place, to: Place) -> Option<(f64, f64)> {
    // Seen from the place, so that the scale is that of its latitude.
    let ([ax, ay], [bx, by]) = (offset(place, from), offset(place, to));
    let (dx, dy) = (bx - ax, by - ay);
    let share = -(ax * dx + ay * dy) / (dx * dx + dy * dy);
    (share > 0.0 && share < 1.0).then(|| (share, length([ax + share * dx, ay + share * dy])))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{area, grid, ring};
    use crate::{Contiguity, Topology};

    /// ```text
    /// ┌────┬────┐
    /// │    │ 1  │
    /// │ 0  ├────┤   the corner of 1 and 2 is 1 unit (some millimetres) inside 0, or outside
    /// │    │ 2  │
    /// └────┴────┘
    /// ```
    fn three(corner_lon: i32) -> Vec<Shape> {
        let corner = (corner_lon, 5000);
        vec![
            area(&[&ring(&[(0, 0), (5000, 0), (5000, 9000), (0, 9000)])]),
            area(&[&ring(&[corner, (9000, 5000), (9000, 9000), (5000, 9000)])]),
            area(&[&ring(&[(5000, 0), (9000, 0), (9000, 5000), corner])]),
        ]
    }

    #[test]
    fn a_corner_beside_an_edge_becomes_a_place_of_it() {
        for lon in [4995, 4999, 5000, 5001, 5005] {
            let (snapped, report) = snap(&three(lon), 0.1);
            assert_eq!((report.joined, report.inserted, report.mismatches.len()), (0, 1, 0), "{lon}");
            let topology = Topology::build(&snapped);
            assert_eq!(topology.neighbours(Contiguity::Rook).of(0), [1, 2]);
            assert!(topology.arcs().iter().filter(|arc| arc.left.is_some() && arc.right.is_some()).count() == 3);
            // What agrees is left alone.
            assert_eq!(snap(&snapped, 0.1), (snapped.clone(), SnapReport::default()));
        }
    }

    #[test]
    fn what_is_further_is_reported_and_not_moved() {
        // 20 units are 22 cm.
        let (snapped, report) = snap(&three(5020), 0.1);
        assert_eq!(snapped, three(5020));
        let [mismatch] = report.mismatches[..] else { panic!("{report:?}") };
        assert_eq!((mismatch.place, mismatch.area), (Place { lon: 5020, lat: 5000 }, 0));
        assert!((mismatch.metres - 0.2224).abs() < 0.001, "{mismatch:?}");
        // Beyond ten times the tolerance it is a shape of its own.
        assert_eq!(snap(&three(5200), 0.1).1, SnapReport::default());
    }

    #[test]
    fn corners_beside_corners_become_one() {
        let west = area(&[&ring(&[(0, 0), (5000, 0), (5001, 9000), (0, 9000)])]);
        let east = area(&[&ring(&[(5003, 2), (9000, 0), (9000, 9000), (5000, 9000)])]);
        let (snapped, report) = snap(&[west, east], 0.1);
        assert_eq!((report.joined, report.inserted), (2, 0));
        assert_eq!(Topology::build(&snapped).neighbours(Contiguity::Rook).of(0), [1]);
        let ends = snapped[1].polygons[0].exterior.clone();
        assert!(ends.contains(&Place { lon: 5000, lat: 0 }) && ends.contains(&Place { lon: 5000, lat: 9000 }));
    }

    #[test]
    fn detail_within_an_area_stays() {
        // A notch two units wide, far below the tolerance.
        let notched = area(&[&ring(&[(0, 0), (4000, 0), (4001, 3000), (4002, 0), (9000, 0), (9000, 9000), (0, 9000)])]);
        let (snapped, report) = snap(std::slice::from_ref(&notched), 1.0);
        assert_eq!((snapped, report), (vec![notched], SnapReport::default()));
    }

    #[test]
    fn maps_that_agree_are_left_alone_and_odd_tolerances_do_nothing() {
        let map = grid(&["0011", "0221", "3321"]);
        // A unit is a centimetre, an edge of the grid two.
        assert_eq!(snap(&map, 0.001), (map.clone(), SnapReport::default()));
        for metres in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(snap(&three(5001), metres), (three(5001), SnapReport::default()));
        }
        assert_eq!(snap(&[], 1.0), (vec![], SnapReport::default()));
        assert_eq!(snap(&[Shape::default()], 1.0).0, [Shape::default()]);
    }
}
