//! Borders that neighbours share, stored once.
//!
//! The rings of all areas are cut into *arcs* at the places where the set of adjoining rings changes; each arc knows
//! the area to its left and to its right, and an area is a list of arcs. What is done to an arc (generalising,
//! dropping it between two areas that merge) is therefore done to both neighbours, and no gap can open.
//!
//! The idea is that of TopoJSON (M. Bostock, *topojson-server*, `join.js`): a place is a junction when the rings that
//! pass through it do not all have the same two neighbours there. Arcs are found by equality of integer places, so
//! neighbours share a border exactly as far as their published places agree; a place of one ring in the middle of an
//! edge of another is not looked for.

use std::borrow::Cow;
use std::collections::HashMap;

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;

use crate::place::{Bbox, Place};
use crate::shape::{Polygon, Shape, signed_area2, tidy_ring};

/// The areas of a geography as rings of shared arcs.
///
/// Areas are known by their index in the slice that the topology was built from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Topology {
    pub(crate) arcs: Vec<Arc>,
    pub(crate) areas: Vec<Vec<ArcPolygon>>,
}

/// A piece of border with the same areas on either side all along.
///
/// Where areas overlap, a piece of border that several of them have on the same side is stored once for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arc {
    /// Two places at least; first and last are the same where the arc is a whole ring.
    pub places: Vec<Place>,
    /// The area on the left, looking along the arc.
    pub left: Option<u32>,
    /// The area on the right, looking along the arc.
    pub right: Option<u32>,
}

/// An arc in a ring, with the direction in which the ring runs through it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ArcRef(i32);

/// One part of an area, as rings of arcs: the area is always to the left.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ArcPolygon {
    /// The outer ring.
    pub exterior: Vec<ArcRef>,
    /// The rings that are cut out.
    pub holes: Vec<Vec<ArcRef>>,
}

/// Arcs and rings that do not fit together, by the first that is at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotATopology {
    /// An arc, by its index.
    #[error("arc {0} is too short, or adjoins an area that there is not")]
    Arc(usize),
    /// An area, by its index.
    #[error("a ring of area {0} does not close, or names an arc that there is not")]
    Area(usize),
}

impl ArcRef {
    /// Index into [`Topology::arcs`].
    #[must_use]
    pub fn arc(self) -> usize {
        (if self.0 < 0 { !self.0 } else { self.0 }) as usize
    }

    /// Whether the ring runs from the last place of the arc to the first.
    #[must_use]
    pub fn is_reversed(self) -> bool {
        self.0 < 0
    }

    /// The number that TopoJSON uses: the index, or its one's complement when reversed.
    #[must_use]
    pub fn signed(self) -> i32 {
        self.0
    }

    /// The reference that TopoJSON writes as this number. Whether there is such an arc shows in [`Topology::from_parts`].
    #[must_use]
    pub fn from_signed(signed: i32) -> ArcRef {
        ArcRef(signed)
    }

    pub(crate) fn new(arc: usize, reversed: bool) -> ArcRef {
        let index = arc as i32;
        ArcRef(if reversed { !index } else { index })
    }
}

impl ArcPolygon {
    /// All rings, the exterior first.
    pub fn rings(&self) -> impl Iterator<Item = &[ArcRef]> {
        std::iter::once(&self.exterior).chain(&self.holes).map(Vec::as_slice)
    }
}

impl Topology {
    /// Finds the shared borders of some shapes; area `i` is `shapes[i]`.
    ///
    /// Rings that run the wrong way are turned, rings that enclose nothing are left out, and a polygon without an
    /// exterior goes with its holes. Cost: sorting the places once, on all processors. At most 2³¹ places.
    ///
    /// ```
    /// use tessera_geo::{Contiguity, Place, Polygon, Shape, Topology};
    ///
    /// let square = |west: i32| Shape {
    ///     polygons: vec![Polygon {
    ///         exterior: [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)].map(|(x, y)| Place { lon: west + x, lat: y }).to_vec(),
    ///         holes: vec![],
    ///     }],
    /// };
    /// let topology = Topology::build(&[square(0), square(1)]);
    /// assert_eq!(topology.arcs().len(), 3); // the border between them, and one around each
    /// assert_eq!(topology.neighbours(Contiguity::Queen).of(0), [1]);
    /// ```
    #[must_use]
    pub fn build(shapes: &[Shape]) -> Topology {
        let rings = collect_rings(shapes);
        let vertices = Vertices::of(&rings);
        let mut arcs = ArcBook::default();
        let mut areas: Vec<Vec<ArcPolygon>> = vec![Vec::new(); shapes.len()];
        let mut offset = 0;
        for ring in &rings {
            let ids = &vertices.ids[offset..offset + ring.places.len() - 1];
            offset += ids.len();
            let refs = cut(ring, ids, &vertices, &mut arcs);
            let polygons = &mut areas[ring.area as usize];
            if ring.is_exterior {
                polygons.push(ArcPolygon { exterior: refs, holes: Vec::new() });
            } else if let Some(polygon) = polygons.last_mut() {
                polygon.holes.push(refs);
            }
        }
        Topology { arcs: arcs.arcs, areas }
    }

    /// The topology that [`Topology::arcs`] and [`Topology::polygons`] are the parts of.
    ///
    /// # Errors
    /// Where a ring names an arc that there is not, does not close or is empty, or an arc has fewer than two places or an
    /// area on a side that there is not.
    pub fn from_parts(arcs: Vec<Arc>, areas: Vec<Vec<ArcPolygon>>) -> Result<Topology, NotATopology> {
        let is_area = |side: Option<u32>| side.is_none_or(|area| (area as usize) < areas.len());
        if let Some(arc) = arcs.iter().position(|arc| arc.places.len() < 2 || !is_area(arc.left) || !is_area(arc.right))
        {
            return Err(NotATopology::Arc(arc));
        }
        let ends = |part: &ArcRef| {
            let places = &arcs.get(part.arc())?.places;
            let (first, last) = (*places.first()?, *places.last()?);
            Some(if part.is_reversed() { (last, first) } else { (first, last) })
        };
        let closes = |ring: &[ArcRef]| {
            let ends: Option<Vec<(Place, Place)>> = ring.iter().map(ends).collect();
            let follows = |(one, next): (&(Place, Place), &(Place, Place))| one.1 == next.0;
            ends.is_some_and(|ends| !ends.is_empty() && ends.iter().zip(ends.iter().cycle().skip(1)).all(follows))
        };
        let is_sound = |polygons: &Vec<ArcPolygon>| polygons.iter().flat_map(ArcPolygon::rings).all(closes);
        match areas.iter().position(|polygons| !is_sound(polygons)) {
            Some(area) => Err(NotATopology::Area(area)),
            None => Ok(Topology { arcs, areas }),
        }
    }

    /// How many areas there are, those without a shape included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.areas.len()
    }

    /// Whether there are no areas.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.areas.is_empty()
    }

    /// All arcs.
    #[must_use]
    pub fn arcs(&self) -> &[Arc] {
        &self.arcs
    }

    /// The parts of an area as rings of arcs; empty for an index that is out of range.
    #[must_use]
    pub fn polygons(&self, area: usize) -> &[ArcPolygon] {
        self.areas.get(area).map_or(&[], Vec::as_slice)
    }

    /// The area put together again, in the order of RFC 7946; empty for an index that is out of range.
    ///
    /// Rings may start at another place than in the shape that was given.
    #[must_use]
    pub fn shape(&self, area: usize) -> Shape {
        let polygon = |polygon: &ArcPolygon| Polygon {
            exterior: self.ring(&polygon.exterior),
            holes: polygon.holes.iter().map(|hole| self.ring(hole)).collect(),
        };
        Shape { polygons: self.polygons(area).iter().map(polygon).collect() }
    }

    /// The box around an area; `None` for an area without a shape.
    #[must_use]
    pub fn bbox(&self, area: usize) -> Option<Bbox> {
        let exteriors = self.polygons(area).iter().flat_map(|polygon| &polygon.exterior);
        Bbox::around(exteriors.flat_map(|part| self.arcs[part.arc()].places.iter().copied()))
    }

    /// The box around everything.
    #[must_use]
    pub fn extent(&self) -> Option<Bbox> {
        Bbox::around(self.arcs.iter().flat_map(|arc| arc.places.iter().copied()))
    }

    /// The places of a ring of arcs, closed.
    pub(crate) fn ring(&self, parts: &[ArcRef]) -> Vec<Place> {
        let mut ring = Vec::new();
        for part in parts {
            let places = &self.arcs[part.arc()].places;
            // Each arc starts where the one before ended.
            ring.pop();
            if part.is_reversed() {
                ring.extend(places.iter().rev());
            } else {
                ring.extend(places);
            }
        }
        // Where a published ring touches itself, generalising can leave nothing but the place of a loop.
        ring.dedup();
        ring
    }
}

/// A ring on its way in: closed, and turned so that its area is on the left.
struct Ring<'a> {
    area: u32,
    is_exterior: bool,
    places: Cow<'a, [Place]>,
}

fn collect_rings(shapes: &[Shape]) -> Vec<Ring<'_>> {
    let rings = |(area, shape)| rings_of(area as u32, shape);
    shapes.par_iter().enumerate().flat_map_iter(rings).collect()
}

fn rings_of(area: u32, shape: &Shape) -> Vec<Ring<'_>> {
    let mut rings = Vec::with_capacity(shape.polygons.len());
    for polygon in &shape.polygons {
        let Some(exterior) = tidied(&polygon.exterior, true) else { continue };
        rings.push(Ring { area, is_exterior: true, places: exterior });
        let holes = polygon.holes.iter().filter_map(|hole| tidied(hole, false));
        rings.extend(holes.map(|places| Ring { area, is_exterior: false, places }));
    }
    rings
}

/// As [`tidy_ring`], without a copy when there is nothing to do.
fn tidied(ring: &[Place], counterclockwise: bool) -> Option<Cow<'_, [Place]>> {
    let is_closed = ring.first() == ring.last();
    let has_repeats = ring.windows(2).any(|edge| edge[0] == edge[1]);
    let area2 = signed_area2(ring);
    if is_closed && !has_repeats && area2 != 0 && (area2 > 0) == counterclockwise {
        return Some(Cow::Borrowed(ring));
    }
    tidy_ring(ring.to_vec(), counterclockwise).map(Cow::Owned)
}

/// The distinct places of all rings, numbered in sorted order.
struct Vertices {
    /// The number of each place of each ring, ring after ring, without the repeated last place.
    ids: Vec<u32>,
    /// Whether arcs must end at a vertex.
    is_junction: Vec<bool>,
}

impl Vertices {
    fn of(rings: &[Ring<'_>]) -> Vertices {
        let open_rings = || rings.iter().map(|ring| &ring.places[..ring.places.len() - 1]);
        let mut sorted: Vec<(Place, u32)> = open_rings().flatten().copied().zip(0..).collect();
        // One comparison of two numbers instead of two.
        sorted.par_sort_unstable_by_key(|(Place { lon, lat }, _)| (i64::from(*lon) << 32) + i64::from(*lat));
        let mut ids = vec![0; sorted.len()];
        let mut count = 0;
        let mut previous = None;
        for &(place, position) in &sorted {
            if previous.is_some_and(|previous| previous != place) {
                count += 1;
            }
            previous = Some(place);
            ids[position as usize] = count;
        }

        const UNSEEN: (u32, u32) = (u32::MAX, u32::MAX);
        let mut pair_at = vec![UNSEEN; count as usize + 1];
        let mut is_junction = vec![false; pair_at.len()];
        let mut rest = ids.as_slice();
        for open_ring in open_rings() {
            let (ring, after) = rest.split_at(open_ring.len());
            rest = after;
            let (Some(&first), Some(&last)) = (ring.first(), ring.last()) else { continue };
            let mut before = last;
            for (position, &vertex) in ring.iter().enumerate() {
                let behind = ring.get(position + 1).copied().unwrap_or(first);
                let pair = (before.min(behind), before.max(behind));
                let known = &mut pair_at[vertex as usize];
                if *known == UNSEEN {
                    *known = pair;
                }
                // The tip of a spike is a junction too, so that both of its sides are the same arc.
                if *known != pair || before == behind {
                    is_junction[vertex as usize] = true;
                }
                before = vertex;
            }
        }
        Vertices { ids, is_junction }
    }
}

/// Cuts a ring at its junctions and enters the pieces into the book.
fn cut(ring: &Ring<'_>, ids: &[u32], vertices: &Vertices, arcs: &mut ArcBook) -> Vec<ArcRef> {
    let length = ids.len();
    let is_junction = |&position: &usize| vertices.is_junction[ids[position] as usize];
    let mut cuts: Vec<usize> = (0..length).filter(is_junction).collect();
    if cuts.is_empty() {
        // A ring without junctions is one arc from its smallest place, whatever ring it comes from.
        cuts.extend((0..length).min_by_key(|&position| ids[position]));
    }
    cuts.extend(cuts.first().map(|start| start + length));
    let id = |position: usize| ids[if position < length { position } else { position - length }];
    let piece = |ends: &[usize]| {
        let (from, to) = (ends[0], ends[1]);
        let forward = (id(from), id(from + 1));
        let backward = (id(to), id(to - 1));
        let places = || match to.checked_sub(length) {
            None => ring.places[from..=to].to_vec(),
            Some(past) => [&ring.places[from..], &ring.places[1..=past]].concat(),
        };
        if forward <= backward {
            arcs.enter(forward, false, ring.area, places)
        } else {
            let reversed = || {
                let mut places = places();
                places.reverse();
                places
            };
            arcs.enter(backward, true, ring.area, reversed)
        }
    };
    cuts.windows(2).map(piece).collect()
}

/// The arcs found so far. As arcs have no junctions inside, the first two vertices tell which arc it is.
#[derive(Default)]
struct ArcBook {
    arcs: Vec<Arc>,
    by_first_edge: HashMap<(u32, u32), usize, foldhash::fast::RandomState>,
}

impl ArcBook {
    fn enter(&mut self, edge: (u32, u32), reversed: bool, area: u32, places: impl FnOnce() -> Vec<Place>) -> ArcRef {
        let known = self.by_first_edge.get(&edge).copied();
        let index = match known.filter(|&index| self.arcs[index].side(reversed).is_none()) {
            Some(index) => index,
            None => {
                self.arcs.push(Arc { places: places(), left: None, right: None });
                self.by_first_edge.insert(edge, self.arcs.len() - 1);
                self.arcs.len() - 1
            }
        };
        let arc = &mut self.arcs[index];
        *(if reversed { &mut arc.right } else { &mut arc.left }) = Some(area);
        ArcRef::new(index, reversed)
    }
}

impl Arc {
    /// The area on the left of the arc when run through in a direction.
    pub(crate) fn side(&self, reversed: bool) -> Option<u32> {
        if reversed { self.right } else { self.left }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{area, grid, ring};

    /// The number of arcs, and that every shape comes back but for the start of its rings.
    #[track_caller]
    fn check(shapes: &[Shape], arcs: usize) {
        let topology = Topology::build(shapes);
        assert_eq!(topology.arcs().len(), arcs);
        for (index, shape) in shapes.iter().enumerate() {
            assert_eq!(from_smallest(topology.shape(index)), from_smallest(shape.clone()));
        }
    }

    fn from_smallest(mut shape: Shape) -> Shape {
        for polygon in &mut shape.polygons {
            for ring in std::iter::once(&mut polygon.exterior).chain(&mut polygon.holes) {
                ring.pop();
                let smallest = (0..ring.len()).min_by_key(|&position| ring[position]).unwrap();
                ring.rotate_left(smallest);
                ring.extend(ring.first().copied());
            }
        }
        shape
    }

    /// ```text
    /// ┌───┬───┐
    /// │ 0 │ 1 │
    /// └───┴───┘
    /// ```
    #[test]
    fn two_squares_share_an_edge() {
        check(&grid(&["01"]), 3);
        let topology = Topology::build(&grid(&["01"]));
        let border = topology.arcs().iter().find(|arc| arc.left.is_some() && arc.right.is_some()).unwrap();
        // From south to north: the first area is on the left.
        assert_eq!(border.places, [Place { lon: 2, lat: 0 }, Place { lon: 2, lat: 2 }]);
        assert_eq!((border.left, border.right), (Some(0), Some(1)));
        assert_eq!(topology.bbox(1), Some(Bbox { west: 2, south: 0, east: 4, north: 2 }));
        assert_eq!(topology.extent(), Some(Bbox { west: 0, south: 0, east: 4, north: 2 }));
        assert_eq!(topology.bbox(2), None);
        assert!(topology.shape(2).is_empty());
    }

    /// ```text
    /// ┌───────┐
    /// │   0   │
    /// ├───┬───┤    the border of 0 is cut where 1 and 2 meet
    /// │ 1 │ 2 │
    /// └───┴───┘
    /// ```
    #[test]
    fn three_areas_meet_in_a_t() {
        check(&grid(&["00", "12"]), 6);
    }

    /// ```text
    /// ┌───────┐
    /// │ ┌───┐ │
    /// │ │ 1 │ │    start and direction of the hole and of the enclave do not matter
    /// │ └───┘ │
    /// └───0───┘
    /// ```
    #[test]
    fn an_enclave_and_its_hole_are_one_arc() {
        let outer = ring(&[(0, 0), (9, 0), (9, 9), (0, 9)]);
        let corners = [(3, 3), (3, 6), (6, 6), (6, 3)];
        for start in 0..4 {
            let mut hole = corners;
            hole.rotate_left(start);
            let mut enclave = corners;
            enclave.reverse();
            let shapes = [area(&[&outer, &ring(&hole)]), area(&[&ring(&enclave)])];
            check(&shapes, 2);
            // Turned the wrong way, they are turned back.
            let wrong = [area(&[&outer, &ring(&enclave)]), area(&[&ring(&hole)])];
            assert_eq!(Topology::build(&wrong).arcs().len(), 2);
            assert_eq!(Topology::build(&wrong).arcs()[1].left, Topology::build(&shapes).arcs()[1].left);
        }
    }

    #[test]
    fn parts_make_the_same_topology_or_none() {
        let whole = Topology::build(&grid(&["00.3", "12.3"]));
        let (arcs, areas) = (whole.arcs().to_vec(), whole.areas.clone());
        assert_eq!(Topology::from_parts(arcs.clone(), areas.clone()), Ok(whole));
        let mut open = areas.clone();
        open[1][0].exterior.pop();
        assert_eq!(Topology::from_parts(arcs.clone(), open), Err(NotATopology::Area(1)));
        assert_eq!(Topology::from_parts(arcs[..2].to_vec(), areas.clone()), Err(NotATopology::Area(0)));
        assert_eq!(Topology::from_parts(arcs.clone(), areas[..2].to_vec()), Err(NotATopology::Arc(first_of(&arcs, 2))));
        let mut short = arcs;
        short[3].places.truncate(1);
        assert_eq!(Topology::from_parts(short, areas), Err(NotATopology::Arc(3)));
    }

    /// The first arc beside an area from `area` on.
    fn first_of(arcs: &[Arc], area: u32) -> usize {
        let beside = |arc: &Arc| [arc.left, arc.right].into_iter().flatten().any(|side| side >= area);
        arcs.iter().position(beside).unwrap()
    }

    #[test]
    fn islands_parts_and_areas_without_shape() {
        let mut two_parts = area(&[&ring(&[(0, 0), (2, 0), (0, 2)])]);
        two_parts.polygons.extend(area(&[&ring(&[(5, 5), (7, 5), (5, 7)])]).polygons);
        check(&[two_parts, Shape::default(), area(&[&ring(&[(2, 0), (2, 2), (0, 2)])])], 4);
        check(&[], 0);
    }

    #[test]
    fn rings_that_enclose_nothing_are_left_out() {
        let line = area(&[&ring(&[(0, 0), (5, 5)]), &ring(&[(1, 1), (1, 2), (2, 1)])]);
        let topology = Topology::build(&[line, Shape { polygons: vec![Polygon::default()] }]);
        assert_eq!((topology.len(), topology.arcs().len()), (2, 0));
    }

    #[test]
    fn a_spike_is_one_arc_with_the_same_area_on_both_sides() {
        let spiky = area(&[&ring(&[(0, 0), (4, 0), (4, 4), (9, 9), (4, 4), (0, 4)])]);
        check(std::slice::from_ref(&spiky), 2);
        let topology = Topology::build(&[spiky]);
        assert!(topology.arcs().iter().any(|arc| arc.left == Some(0) && arc.right == Some(0)));
    }

    #[test]
    fn overlapping_areas_keep_an_arc_each_and_share_it_with_their_neighbour() {
        let square = area(&[&ring(&[(0, 0), (2, 0), (2, 2), (0, 2)])]);
        check(&[square.clone(), square.clone(), square], 3);
    }
}
