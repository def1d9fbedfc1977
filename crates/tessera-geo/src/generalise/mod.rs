//! Fewer places for smaller scales, with neighbours still glued together, no area lost and no lines crossed.
//!
//! The method is Douglas & Peucker's (*Cartographica* 10(2), 1973, doi:10.3138/FM57-6770-U75U-7727), applied to the
//! shared arcs in Web Mercator. Visvalingam & Whyatt's effective areas draw softer lines, but bound no distance: with
//! Douglas–Peucker every place that goes was within the tolerance of the line that stays, so that "half a pixel" is
//! a promise about what is seen. Each place gets its threshold once, the greatest tolerance at which it stays; then places
//! come back, the most important ones first, where areas would vanish or lines would cross (`crossings`).
//!
//! The ends of arcs stay, and with them the places where three areas meet.

mod crossings;
mod thresholds;

use std::collections::BTreeSet;

use crate::place::{Place, UNITS_PER_DEGREE};
use crate::segment::Segment;
use crate::shape::signed_area2;
use crate::topology::{Arc, ArcPolygon, ArcRef, Topology};

/// Width of the world in pixels at zoom 0.
const TILE_PX: f64 = 256.0;

/// A topology with less detail, and what it took to keep it right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generalised {
    /// The same areas, drawn with fewer places.
    pub topology: Topology,
    /// How many pairs of arcs would have crossed, or an arc itself, or would have changed sides; their places came back.
    pub crossings_undone: usize,
}

impl Topology {
    /// The same areas with the detail that can be seen at a zoom of a Web Mercator map (256-pixel tiles): no place
    /// that goes was further than half a pixel from the line that stays.
    ///
    /// - Neighbours keep identical borders, and areas their indices.
    /// - Lines cross or touch only if they do so in the published boundaries, and what lies beside a line stays on its
    ///   side: in a tiling no gap opens and nothing overlaps.
    /// - Every area with a shape keeps one. A ring that would enclose nothing goes, with its holes; but if an area
    ///   has no other ring left, places of its largest one come back until it encloses something.
    /// - From about zoom 22 on, where half a pixel is two units of 1e-7 degrees, nothing changes.
    ///
    /// Cost: near to linear on real borders; quadratic in the length of an arc at worst, as Douglas–Peucker is.
    ///
    /// To have the borders of districts coincide with those of their parts, generalise first and dissolve then.
    #[must_use]
    pub fn generalise(&self, zoom: f64) -> Generalised {
        let tolerance = 0.5 / (TILE_PX * zoom.max(0.0).exp2());
        let finest = 2.0 / (360.0 * UNITS_PER_DEGREE);
        if zoom.is_nan() || tolerance < finest {
            return Generalised { topology: self.clone(), crossings_undone: 0 };
        }
        let mut lines = Lines::new(self, tolerance);
        lines.keep_areas((0..self.len()).collect());
        let crossings_undone = crossings::undo(&mut lines);
        Generalised { topology: lines.into_topology(), crossings_undone }
    }
}

/// The arcs of a topology while it is chosen which of their places are drawn.
struct Lines<'a> {
    topology: &'a Topology,
    /// For each arc and place, the greatest tolerance at which the place stays, as the square of a share of the width of
    /// the world. Infinite for a place that was brought back.
    thresholds: Vec<Vec<f64>>,
    /// Places with a greater threshold are drawn.
    tolerance: f64,
}

/// A piece of an arc, straight or not, from one drawn place to another, by their positions in the arc.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Stretch {
    arc: usize,
    first: usize,
    last: usize,
}

impl Stretch {
    /// Whether it leaves places out if it is straight.
    fn is_shortcut(self) -> bool {
        self.last - self.first > 1
    }
}

impl<'a> Lines<'a> {
    fn new(topology: &'a Topology, tolerance: f64) -> Lines<'a> {
        let thresholds = topology.arcs.iter().map(|arc| thresholds::thresholds(&arc.places)).collect();
        Lines { topology, thresholds, tolerance: tolerance * tolerance }
    }

    fn is_drawn(&self, arc: usize, position: usize) -> bool {
        self.thresholds[arc][position] > self.tolerance
    }

    /// The places of an arc that are drawn.
    fn drawn(&self, arc: usize) -> impl DoubleEndedIterator<Item = Place> {
        let places = self.topology.arcs[arc].places.iter().zip(&self.thresholds[arc]);
        places.filter(|&(_, &threshold)| threshold > self.tolerance).map(|(&place, _)| place)
    }

    /// An arc from end to end.
    fn whole(&self, arc: usize) -> Stretch {
        Stretch { arc, first: 0, last: self.thresholds[arc].len() - 1 }
    }

    /// The straight pieces between two drawn places of an arc.
    fn straight_pieces(&self, Stretch { arc, mut first, last }: Stretch) -> impl Iterator<Item = Stretch> {
        let drawn = (first + 1..=last).filter(move |&position| self.is_drawn(arc, position));
        drawn.map(move |last| Stretch { arc, first: std::mem::replace(&mut first, last), last })
    }

    /// Whether a stretch is still a straight piece of what is drawn.
    fn is_current(&self, Stretch { arc, first, last }: Stretch) -> bool {
        self.thresholds[arc][first + 1..last].iter().all(|&threshold| threshold <= self.tolerance)
    }

    /// All published places from one end of a stretch to the other.
    fn published(&self, Stretch { arc, first, last }: Stretch) -> &'a [Place] {
        &self.topology.arcs[arc].places[first..=last]
    }

    fn segment(&self, stretch: Stretch) -> Segment {
        let places = &self.topology.arcs[stretch.arc].places;
        Segment { from: places[stretch.first], to: places[stretch.last] }
    }

    /// Draws the most important of the places that are left out of a stretch, and what the tolerance asks for on both
    /// sides of it. Gives the stretch between the drawn places around it, `None` when there is nothing to bring back.
    fn bring_back(&mut self, Stretch { arc, first, last }: Stretch) -> Option<Stretch> {
        let left_out = (first..=last).filter(|&position| !self.is_drawn(arc, position));
        let thresholds = &self.thresholds[arc];
        let position = left_out.max_by(|&one, &other| thresholds[one].total_cmp(&thresholds[other]))?;
        let before = (first..position).rev().find(|&before| self.is_drawn(arc, before))?;
        let behind = (position + 1..=last).find(|&behind| self.is_drawn(arc, behind))?;
        self.thresholds[arc][position] = f64::INFINITY;
        for (first, last) in [(before, position), (position, behind)] {
            let anew = thresholds::thresholds(&self.topology.arcs[arc].places[first..=last]);
            self.thresholds[arc][first..=last].copy_from_slice(&anew);
        }
        Some(Stretch { arc, first: before, last: behind })
    }

    /// Brings places back until each of some areas has a ring that encloses something; gives the stretches in which.
    fn keep_areas(&mut self, mut unchecked: Vec<usize>) -> Vec<Stretch> {
        let mut changed = Vec::new();
        while let Some(area) = unchecked.pop() {
            let polygons = self.topology.polygons(area);
            if polygons.iter().any(|polygon| self.is_visible(&polygon.exterior, true)) {
                continue;
            }
            let size = |polygon: &&ArcPolygon| signed_area2(&self.topology.ring(&polygon.exterior));
            let Some(largest) = polygons.iter().max_by_key(size) else { continue };
            let arcs: BTreeSet<usize> = largest.exterior.iter().map(|part| part.arc()).collect();
            for arc in arcs {
                if let Some(stretch) = self.bring_back(self.whole(arc)) {
                    changed.push(stretch);
                    unchecked.extend(self.areas_beside(arc));
                }
            }
        }
        changed
    }

    fn areas_beside(&self, arc: usize) -> impl Iterator<Item = usize> + use<> {
        let Arc { left, right, .. } = self.topology.arcs[arc];
        [left, right].into_iter().flatten().map(|area| area as usize)
    }

    /// Whether a ring, as drawn, encloses something on the right side of its line.
    fn is_visible(&self, ring: &[ArcRef], is_exterior: bool) -> bool {
        let area2 = signed_area2(&self.drawn_places(ring));
        if is_exterior { area2 > 0 } else { area2 < 0 }
    }

    /// The places of a ring that are drawn, closed.
    fn drawn_places(&self, ring: &[ArcRef]) -> Vec<Place> {
        let mut places = Vec::new();
        for part in ring {
            places.pop();
            let drawn = self.drawn(part.arc());
            if part.is_reversed() { places.extend(drawn.rev()) } else { places.extend(drawn) }
        }
        places
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

        let mut sides: Vec<[Option<u32>; 2]> = vec![[None; 2]; self.topology.arcs.len()];
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Shape;
    use crate::testing::{area, ring};

    /// One pixel at zoom 8, near the equator, in units.
    const PX: i32 = 54_931;

    fn at_zoom_8(shapes: &[Shape]) -> Topology {
        Topology::build(shapes).generalise(8.0).topology
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
        let finer = Topology::build(&[area(&[&west]), area(&[&east])]).generalise(9.0).topology;
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
            assert_eq!(topology.generalise(zoom).topology, topology);
        }
        for zoom in [-3.0, f64::NEG_INFINITY] {
            assert_eq!(topology.generalise(zoom), topology.generalise(0.0));
        }
    }

    #[test]
    fn areas_at_the_poles_stay() {
        let cap = area(&[&ring(&[(0, 899_990_000), (900_000_000, 899_995_000), (450_000_000, 900_000_000)])]);
        assert!(!Topology::build(&[cap]).generalise(3.0).topology.shape(0).is_empty());
    }
}
