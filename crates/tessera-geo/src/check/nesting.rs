//! Which rings lie within which, and what that makes of them.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use rstar::primitives::{GeomWithData, Line};
use rstar::{AABB, RTree};

use super::finding::Change;
use super::repair::Flaw;
use crate::place::Place;
use crate::segment::{Segment, segments};
use crate::shape::{Polygon, Shape, ring_contains, signed_area2};

/// Finds a role for each part that lies in the land of another, and refuses holes that lie outside of their exteriors or
/// within each other. Lines meet in places that both have.
///
/// A part in the land of another is a hole if it runs the other way: that is how holes run wherever they are told by
/// their direction. Else it says nothing new and goes. A part in a hole is an island.
pub(super) fn nest(mut shape: Shape) -> Result<(Shape, Vec<Change>), Flaw> {
    if shape.polygons.iter().flat_map(Polygon::rings).nth(1).is_none() {
        return Ok((shape, Vec::new()));
    }
    let mut nesting = Nesting::of(&shape);
    let fates = fates(&shape, &nesting)?;
    let changes = carry_out(&fates, &mut shape);
    if !changes.is_empty() {
        nesting = Nesting::of(&shape);
    }
    check_holes(&shape, &nesting)?;
    Ok((shape, changes))
}

/// For each of some rings the others around it, by their positions; `None` for one that encloses nothing. Of rings that
/// are the same, the first is around the others. Rings may have places and lines in common, but do not cross.
fn around(rings: &[&[Place]]) -> Vec<Option<Vec<usize>>> {
    let point = |place: Place| [f64::from(place.lon), f64::from(place.lat)];
    let lines = (0..).zip(rings).flat_map(|(position, ring)| {
        segments(ring).map(move |Segment { from, to }| GeomWithData::new(Line::new(point(from), point(to)), position))
    });
    let tree: RTree<GeomWithData<Line<[f64; 2]>, usize>> = RTree::bulk_load(lines.collect());
    let place = |[lon, lat]: [f64; 2]| Place { lon: lon as i32, lat: lat as i32 };
    // Of two rings that have a point inside in common, the larger one is around the other.
    let size = |position: usize| (signed_area2(rings[position]).unsigned_abs(), Reverse(position));
    let sizes: Vec<_> = (0..rings.len()).map(size).collect();
    let around_one = |(own, ring): (usize, &&[Place])| {
        let (lon2, lat2) = inner_point(ring)?;
        let (lon, lat) = (lon2 as f64 / 2.0, lat2 as f64 / 2.0);
        let ray = AABB::from_corners([lon, lat], [f64::from(i32::MAX), lat]);
        let mut around = BTreeSet::new();
        for line in tree.locate_in_envelope_intersecting(ray).filter(|line| sizes[line.data] > sizes[own]) {
            let edge = Segment { from: place(line.geom().from), to: place(line.geom().to) };
            // In and out again.
            if edge.passes_east_of(lon2, lat2) && !around.insert(line.data) {
                around.remove(&line.data);
            }
        }
        Some(around.into_iter().collect())
    };
    rings.iter().enumerate().map(around_one).collect()
}

/// A point on a ring, in half units, that is inside of it when moved a hair to the east; `None` where nothing is inside.
fn inner_point(ring: &[Place]) -> Option<(i64, i64)> {
    segments(ring).map(Segment::middle).find(|&(lon2, lat2)| ring_contains(ring, lon2, lat2))
}

/// A ring of a shape: the part, and its position in it, 0 for the exterior.
type RingOf = (usize, usize);

/// For each part and ring, the rings around it.
struct Nesting(Vec<Vec<Option<Vec<RingOf>>>>);

impl Nesting {
    fn of(shape: &Shape) -> Nesting {
        let (names, rings): (Vec<RingOf>, Vec<&[Place]>) = shape
            .polygons
            .iter()
            .enumerate()
            .flat_map(|(part, polygon)| {
                polygon.rings().enumerate().map(move |(position, ring)| ((part, position), ring))
            })
            .unzip();
        let mut nesting = vec![Vec::new(); shape.polygons.len()];
        for (&(part, _), around) in names.iter().zip(around(&rings)) {
            nesting[part].push(around.map(|around| around.into_iter().map(|position| names[position]).collect()));
        }
        Nesting(nesting)
    }

    fn around(&self, (part, position): RingOf) -> &[RingOf] {
        self.0[part][position].as_deref().unwrap_or_default()
    }

    /// The other parts whose exteriors are around that of a part.
    fn parts_around(&self, part: usize) -> impl Iterator<Item = usize> {
        self.around((part, 0)).iter().filter(move |ring| ring.0 != part && ring.1 == 0).map(|ring| ring.0)
    }

    fn is_in_hole_of(&self, part: usize, outer: usize) -> bool {
        self.around((part, 0)).iter().any(|ring| ring.0 == outer && ring.1 > 0)
    }

    fn has_hole_within(&self, part: usize, inner: usize) -> bool {
        (1..self.0[part].len()).any(|hole| self.around((part, hole)).contains(&(inner, 0)))
    }
}

/// What becomes of a part.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Part,
    HoleOf(usize),
    Gone,
}

fn fates(shape: &Shape, nesting: &Nesting) -> Result<Vec<Fate>, Flaw> {
    let parts = &shape.polygons;
    let area2: Vec<i128> = parts.iter().map(|part| signed_area2(&part.exterior)).collect();
    let size = |part: usize| area2[part].unsigned_abs();
    let mut fates = vec![Fate::Part; parts.len()];
    let mut inner_parts: Vec<usize> =
        (0..parts.len()).filter(|&part| nesting.parts_around(part).next().is_some()).collect();
    // The larger first, whose fate decides on those inside.
    inner_parts.sort_by_key(|&part| Reverse(size(part)));
    for inner in inner_parts {
        let still_there = nesting.parts_around(inner).filter(|&outer| fates[outer] != Fate::Gone);
        let Some(outer) = still_there.min_by_key(|&outer| size(outer)) else { continue };
        if fates[outer] != Fate::Part || nesting.is_in_hole_of(inner, outer) {
            continue;
        }
        let runs_the_same_way = (area2[inner] > 0) == (area2[outer] > 0);
        fates[inner] = if runs_the_same_way && !nesting.has_hole_within(outer, inner) {
            Fate::Gone
        } else if !runs_the_same_way && parts[inner].holes.is_empty() {
            Fate::HoleOf(outer)
        } else {
            return Err(Flaw::Overlap(westernmost(&parts[inner])));
        };
    }
    Ok(fates)
}

fn carry_out(fates: &[Fate], shape: &mut Shape) -> Vec<Change> {
    let (mut made_holes, mut left_out) = (Vec::new(), Vec::new());
    for (part, fate) in fates.iter().enumerate() {
        let place = westernmost(&shape.polygons[part]);
        match *fate {
            Fate::Part => {}
            Fate::Gone => left_out.push(place),
            Fate::HoleOf(outer) => {
                made_holes.push(place);
                let hole = std::mem::take(&mut shape.polygons[part].exterior);
                shape.polygons[outer].holes.push(hole);
            }
        }
    }
    let mut fates = fates.iter();
    shape.polygons.retain(|_| fates.next() == Some(&Fate::Part));
    let changes = [Change::some(Change::PartsMadeHoles, made_holes), Change::some(Change::PartsLeftOut, left_out)];
    changes.into_iter().flatten().collect()
}

fn check_holes(shape: &Shape, nesting: &Nesting) -> Result<(), Flaw> {
    for (part, polygon) in shape.polygons.iter().enumerate() {
        for (position, hole) in (1..).zip(&polygon.holes) {
            let Some(around) = &nesting.0[part][position] else { continue };
            if !around.contains(&(part, 0)) {
                return Err(Flaw::HoleOutside(hole[0]));
            }
            if around.iter().any(|ring| ring.0 == part && ring.1 > 0) {
                return Err(Flaw::Overlap(hole[0]));
            }
        }
    }
    Ok(())
}

/// The westernmost place of a part, for a message.
fn westernmost(part: &Polygon) -> Place {
    part.exterior.iter().copied().min().unwrap_or(Place { lon: 0, lat: 0 })
}
