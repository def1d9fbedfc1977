//! Fewer places for smaller scales, with neighbours still glued together and no area lost.
//!
//! The method is Douglas & Peucker's (*Cartographica* 10(2), 1973, doi:10.3138/FM57-6770-U75U-7727), applied to the
//! shared arcs in Web Mercator. Visvalingam & Whyatt's effective areas draw softer lines, but bound no distance: with
//! Douglas–Peucker every place that goes was within the tolerance of the line that stays, so that "half a pixel" is
//! a promise about what is seen. Each place gets its threshold once, the greatest tolerance at which it stays; finer
//! tolerances, needed for areas that would vanish, then only choose again.
//!
//! The ends of arcs stay, and with them the places where three areas meet. Generalised arcs may cross each other by
//! less than the tolerance; such crossings are not undone.

use crate::place::{Place, UNITS_PER_DEGREE};
use crate::shape::signed_area2;
use crate::topology::{Arc, ArcPolygon, ArcRef, Topology};

/// Width of the world in pixels at zoom 0.
const TILE_PX: f64 = 256.0;

impl Topology {
    /// The same areas with the detail that can be seen at a zoom of a Web Mercator map (256-pixel tiles): no place
    /// that goes was further than half a pixel from the line that stays.
    ///
    /// - Neighbours keep identical borders, and areas their indices.
    /// - Every area with a shape keeps one. A ring that would enclose nothing goes, with its holes; but if an area
    ///   has no other ring left, its largest one gets finer and finer tolerances until it encloses something.
    /// - From about zoom 22 on, where half a pixel is two units of 1e-7 degrees, nothing changes.
    ///
    /// Cost: near to linear on real borders; quadratic in the length of an arc at worst, as Douglas–Peucker is.
    ///
    /// To have the borders of districts coincide with those of their parts, generalise first and dissolve then.
    #[must_use]
    pub fn generalise(&self, zoom: f64) -> Topology {
        let tolerance = 0.5 / (TILE_PX * zoom.max(0.0).exp2());
        let finest = 2.0 / (360.0 * UNITS_PER_DEGREE);
        if zoom.is_nan() || tolerance < finest {
            return self.clone();
        }
        let mut lines = Lines::new(self, tolerance);
        lines.keep_every_area();
        lines.into_topology()
    }
}

/// The arcs of a topology while the tolerance of each is chosen. Distances are squares of shares of the width of the
/// world.
struct Lines<'a> {
    topology: &'a Topology,
    /// For each arc and place, the greatest squared tolerance at which the place stays.
    thresholds: Vec<Vec<f64>>,
    /// For each arc, the squared tolerance at which it is drawn.
    tolerances: Vec<f64>,
}

impl<'a> Lines<'a> {
    fn new(topology: &'a Topology, tolerance: f64) -> Lines<'a> {
        Lines {
            topology,
            thresholds: topology.arcs.iter().map(|arc| thresholds(&arc.places)).collect(),
            tolerances: vec![tolerance * tolerance; topology.arcs.len()],
        }
    }

    /// Makes arcs finer until every area has a ring that encloses something.
    fn keep_every_area(&mut self) {
        let mut unchecked: Vec<usize> = (0..self.topology.len()).rev().collect();
        while let Some(area) = unchecked.pop() {
            let polygons = self.topology.polygons(area);
            if polygons.iter().any(|polygon| self.is_visible(&polygon.exterior, true)) {
                continue;
            }
            let size = |polygon: &&ArcPolygon| signed_area2(&self.topology.ring(&polygon.exterior));
            let Some(largest) = polygons.iter().max_by_key(size) else { continue };
            let mut is_finer = false;
            for part in &largest.exterior {
                let arc = part.arc();
                // At least one more place of the arc comes back, so that this ends, with the published ring if need be.
                let tolerance = self.tolerances[arc];
                let next = self.thresholds[arc].iter().copied().filter(|&threshold| threshold <= tolerance);
                let next = next.fold(f64::NEG_INFINITY, f64::max);
                if next == f64::NEG_INFINITY {
                    continue;
                }
                is_finer = true;
                self.tolerances[arc] = (tolerance / 4.0).min(next.next_down());
                let Arc { left, right, .. } = self.topology.arcs[arc];
                unchecked.extend([left, right].into_iter().flatten().map(|area| area as usize));
            }
            if is_finer {
                unchecked.push(area);
            }
        }
    }

    /// Whether a ring, as drawn, encloses something on the right side of its line.
    fn is_visible(&self, ring: &[ArcRef], is_exterior: bool) -> bool {
        let area2 = signed_area2(&self.drawn_places(ring));
        if is_exterior { area2 > 0 } else { area2 < 0 }
    }

    /// The places of a ring that are drawn at the tolerances chosen so far, closed.
    fn drawn_places(&self, ring: &[ArcRef]) -> Vec<Place> {
        let mut places = Vec::new();
        for part in ring {
            places.pop();
            let drawn = self.drawn(part.arc());
            if part.is_reversed() { places.extend(drawn.rev()) } else { places.extend(drawn) }
        }
        places
    }

    fn drawn(&self, arc: usize) -> impl DoubleEndedIterator<Item = Place> {
        let tolerance = self.tolerances[arc];
        let places = self.topology.arcs[arc].places.iter().zip(&self.thresholds[arc]);
        places.filter(move |&(_, &threshold)| threshold > tolerance).map(|(&place, _)| place)
    }

    /// The arcs as drawn and the rings that are visible, without arcs that no ring uses any more.
    fn into_topology(self) -> Topology {
        let visible = |polygon: &ArcPolygon| {
            let holes = polygon.holes.iter().filter(|hole| self.is_visible(hole, false));
            self.is_visible(&polygon.exterior, true)
                .then(|| ArcPolygon { exterior: polygon.exterior.clone(), holes: holes.cloned().collect() })
        };
        let of_area = |polygons: &Vec<ArcPolygon>| polygons.iter().filter_map(visible).collect();
        let mut areas: Vec<Vec<ArcPolygon>> = self.topology.areas.iter().map(of_area).collect();

        let mut sides: Vec<[Option<u32>; 2]> = vec![[None; 2]; self.tolerances.len()];
        for (area, polygons) in (0..).zip(&areas) {
            for part in polygons.iter().flat_map(ArcPolygon::rings).flatten() {
                sides[part.arc()][usize::from(part.is_reversed())] = Some(area);
            }
        }
        let mut arcs = Vec::new();
        let mut new_index = vec![0; sides.len()];
        for (index, [left, right]) in sides.into_iter().enumerate() {
            new_index[index] = arcs.len();
            if left.or(right).is_some() {
                arcs.push(Arc { places: self.drawn(index).collect(), left, right });
            }
        }
        for polygon in areas.iter_mut().flatten() {
            for part in std::iter::once(&mut polygon.exterior).chain(&mut polygon.holes).flatten() {
                *part = ArcRef::new(new_index[part.arc()], part.is_reversed());
            }
        }
        Topology { arcs, areas }
    }
}

/// For each place of a line, the greatest squared tolerance at which Douglas–Peucker keeps it; infinite at the ends.
///
/// A place is kept when it, and every place at which the line was split before, is further from its chord than the
/// tolerance: so its threshold is the smallest of these distances.
fn thresholds(line: &[Place]) -> Vec<f64> {
    let points: Vec<[f64; 2]> = line.iter().copied().map(web_mercator).collect();
    let mut thresholds = vec![f64::INFINITY; line.len()];
    let mut spans = vec![(0, line.len().saturating_sub(1), f64::INFINITY)];
    while let Some((first, last, limit)) = spans.pop() {
        let mut furthest = (first, -1.0);
        for middle in first + 1..last {
            let distance = squared_distance(points[middle], points[first], points[last]);
            if distance > furthest.1 {
                furthest = (middle, distance);
            }
        }
        let (middle, distance) = furthest;
        if middle > first {
            let threshold = limit.min(distance);
            thresholds[middle] = threshold;
            spans.extend([(first, middle, threshold), (middle, last, threshold)]);
        }
    }
    thresholds
}

/// Spherical Web Mercator in shares of the width of the world. The poles, infinitely far, are put at 89.9 degrees.
fn web_mercator(place: Place) -> [f64; 2] {
    let (lon, lat) = place.to_degrees();
    let lat = lat.clamp(-89.9, 89.9).to_radians();
    [lon / 360.0, lat.sin().atanh() / std::f64::consts::TAU]
}

/// The squared distance of a point from the stretch between two others.
fn squared_distance(point: [f64; 2], from: [f64; 2], to: [f64; 2]) -> f64 {
    let minus = |a: [f64; 2], b: [f64; 2]| [a[0] - b[0], a[1] - b[1]];
    let dot = |a: [f64; 2], b: [f64; 2]| a[0] * b[0] + a[1] * b[1];
    let (stretch, offset) = (minus(to, from), minus(point, from));
    let length = dot(stretch, stretch);
    let share = if length > 0.0 { (dot(offset, stretch) / length).clamp(0.0, 1.0) } else { 0.0 };
    let rest = minus(offset, [stretch[0] * share, stretch[1] * share]);
    dot(rest, rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Shape;
    use crate::testing::{area, ring};

    /// One pixel at zoom 8, near the equator, in units.
    const PX: i32 = 54_931;

    fn at_zoom_8(shapes: &[Shape]) -> Topology {
        Topology::build(shapes).generalise(8.0)
    }

    /// ```text
    /// 10 ┌────────────┬────────────┐
    ///    │            ╲ 0.4        │      the bend of the border is less than half a pixel,
    ///  5 │     0      ╱     1      │      the dent in the south is a whole one
    ///    │            │            │
    ///  0 └────╲ ╱─────┴────────────┘
    ///    0     5      10           20 px
    /// ```
    #[test]
    fn what_is_closer_than_half_a_pixel_goes_from_both_neighbours() {
        let px = |x: f64, y: f64| ((x * f64::from(PX)) as i32, (y * f64::from(PX)) as i32);
        let bend = px(10.4, 6.0);
        let west = ring(&[
            px(0.0, 0.0),
            px(4.0, 0.0),
            px(5.0, 1.0),
            px(6.0, 0.0),
            px(10.0, 0.0),
            bend,
            px(10.0, 10.0),
            px(0.0, 10.0),
        ]);
        let east = ring(&[px(10.0, 0.0), px(20.0, 0.0), px(20.0, 10.0), px(10.0, 10.0), bend]);
        let topology = at_zoom_8(&[area(&[&west]), area(&[&east])]);
        assert_eq!(topology.shape(0).polygons[0].exterior.len(), 8);
        assert_eq!(topology.shape(1).polygons[0].exterior.len(), 5);
        let finer = Topology::build(&[area(&[&west]), area(&[&east])]).generalise(9.0);
        assert_eq!(finer.shape(1).polygons[0].exterior.len(), 6);
    }

    #[test]
    fn an_area_too_small_to_see_stays_and_an_islet_of_a_bigger_one_goes() {
        let big = [(0, 0), (9 * PX, 0), (9 * PX, 9 * PX), (0, 9 * PX)];
        let islet = [(20 * PX, 0), (20 * PX + 900, 0), (20 * PX + 900, 900), (20 * PX, 900)];
        let enclave = [(PX, PX), (PX + 900, PX), (PX + 900, PX + 900), (PX, PX + 900)];
        let lake = [(3 * PX, PX), (3 * PX + 900, PX), (3 * PX + 900, PX + 900), (3 * PX, PX + 900)];
        let mut bigger = area(&[&ring(&big), &ring(&enclave), &ring(&lake)]);
        bigger.polygons.extend(area(&[&ring(&islet)]).polygons);
        let topology = at_zoom_8(&[bigger, area(&[&ring(&enclave)])]);
        let bigger = topology.shape(0);
        assert_eq!(bigger.polygons.len(), 1, "the islet goes");
        assert_eq!(bigger.polygons[0].holes.len(), 1, "the lake goes, the enclave's hole does not");
        assert!(topology.shape(1).polygons[0].exterior.len() >= 4);
        assert_eq!(topology.arcs().len(), 2, "arcs of rings that went are gone");
        assert_eq!(topology.arcs().iter().filter(|arc| arc.left.is_some() && arc.right.is_some()).count(), 1);
    }

    #[test]
    fn an_area_between_two_others_that_would_close_up_stays_open() {
        // A lens a tenth of a pixel wide, three areas meeting at both of its ends.
        let (south, north, west, east) = ((0, 0), (0, 10 * PX), (-PX / 20, 5 * PX), (PX / 20, 5 * PX));
        let shapes = [
            area(&[&ring(&[south, west, north, (-5 * PX, 5 * PX)])]),
            area(&[&ring(&[south, east, north, west])]),
            area(&[&ring(&[south, (5 * PX, 5 * PX), north, east])]),
        ];
        assert_eq!((0..3).map(|index| at_zoom_8(&shapes).shape(index).is_empty()).collect::<Vec<_>>(), [false; 3]);
    }

    #[test]
    fn a_loop_of_a_ring_that_touches_itself_can_go_without_a_trace() {
        // The loop at the eastern corner is far smaller than a pixel.
        let (corner, tip) = ((9 * PX, 5 * PX), 9 * PX + 200);
        let touching = ring(&[(0, 0), corner, (tip, 5 * PX - 100), (tip, 5 * PX + 100), corner, (0, 9 * PX)]);
        let shape = at_zoom_8(&[area(&[&touching])]).shape(0);
        assert_eq!(shape, area(&[&ring(&[corner, (0, 9 * PX), (0, 0)])]));
    }

    #[test]
    fn high_zooms_change_nothing_and_odd_ones_do_no_harm() {
        let topology = Topology::build(&[area(&[&ring(&[(0, 0), (3, 0), (6, 0), (6, 6)])]), Shape::default()]);
        for zoom in [22.0, 30.0, f64::INFINITY, f64::NAN] {
            assert_eq!(topology.generalise(zoom), topology);
        }
        for zoom in [-3.0, f64::NEG_INFINITY] {
            assert_eq!(topology.generalise(zoom), topology.generalise(0.0));
        }
    }

    #[test]
    fn areas_at_the_poles_stay() {
        let cap = area(&[&ring(&[(0, 899_990_000), (900_000_000, 899_995_000), (450_000_000, 900_000_000)])]);
        assert!(!Topology::build(&[cap]).generalise(3.0).shape(0).is_empty());
    }
}
