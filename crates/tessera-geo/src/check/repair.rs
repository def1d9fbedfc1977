//! Rings that touch themselves, run back on themselves or share lines, put together again without moving a place.
//!
//! A shape is valid as *Simple Features* (OGC 06-103r4) has it: rings do not cross or touch themselves, rings of one
//! area do not cross each other or have a line in common, holes lie inside their exteriors, parts outside of each other.
//! What is invalid is cut at the places that are visited twice, and put together again as areas are
//! [dissolved](crate::dissolve), by the rule of even and odd: land is what an odd number of rings is around, and a line
//! that is run through twice goes. Places stay where they are, so that borders remain equal to the neighbours'; lines
//! that cross where neither has a place cannot be repaired so.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::Change;
use super::nesting::nest;
use super::noding::{put_places_on_lines, touches_itself};
use crate::dissolve::polygons_of_lines;
use crate::place::Place;
use crate::segment::{Segment, segments};
use crate::shape::{Polygon, Shape, signed_area2};

/// What cannot be repaired, and where.
#[derive(Debug, PartialEq)]
pub(super) enum Flaw {
    /// Two lines cross, about here.
    Crossing(Place),
    /// Here begins a hole that is not inside its exterior.
    HoleOutside(Place),
    /// Here a ring lies over another one in such a way that it is not clear what is land.
    Overlap(Place),
    /// What is left encloses nothing.
    Nothing,
}

/// Turns the rings of a shape as RFC 7946 asks and repairs what is invalid; says what it changed.
///
/// Rings are closed, have no place twice in a row and are not all in one line. The way they run tells nothing, but for
/// parts within parts. Cost: near to sorting the lines from west to east, if not many of them span the same meridian.
pub(super) fn repair(shape: Shape) -> Result<(Shape, Vec<Change>), Flaw> {
    if touches_itself(&shape) {
        return divide(shape);
    }
    let (shape, changes) = nest(shape)?;
    Ok((turned(shape), changes))
}

/// Repairs a shape in which places are visited twice, or lines meet elsewhere than at their ends.
fn divide(published: Shape) -> Result<(Shape, Vec<Change>), Flaw> {
    let mut shape = published.clone();
    put_places_on_lines(&mut shape)?;
    let (shape, mut changes) = nest(shape)?;
    let cut = Cut::of(&shape);
    let (tips, touches) = tips_and_touches(&cut);
    let has_double_lines = tips.is_empty() && !cut.repeated.is_empty();
    let together = polygons_of_lines(with_land_on_the_left(cut.pieces));
    if together.is_empty() {
        return Err(Flaw::Nothing);
    }
    let (together, further_changes) = nest(together)?;
    changes.extend(further_changes);
    // Rings may touch each other; where that parts no land, it is nothing to repair.
    let is_divided = structure(&together) != structure(&turned(shape)) || has_double_lines;
    changes.extend(Change::some(Change::SpikesRemoved, tips));
    if is_divided {
        changes.push(Change::Divided(touches));
    }
    Ok((if changes.is_empty() { turned(published) } else { together }, changes))
}

/// Exteriors counterclockwise, holes clockwise.
fn turned(mut shape: Shape) -> Shape {
    for polygon in &mut shape.polygons {
        if signed_area2(&polygon.exterior) < 0 {
            polygon.exterior.reverse();
        }
        for hole in polygon.holes.iter_mut().filter(|hole| signed_area2(hole) > 0) {
            hole.reverse();
        }
    }
    shape
}

/// The rings of a shape, cut at the places that are visited more than once.
struct Cut {
    /// The pieces between such places.
    pieces: Vec<Vec<Place>>,
    /// The lines that are run through more than once. Those run through an odd number of times are a piece, once.
    repeated: Vec<Segment>,
}

impl Cut {
    fn of(shape: &Shape) -> Cut {
        let rings = || shape.polygons.iter().flat_map(Polygon::rings).map(|ring| &ring[1..]);
        let mut visits: BTreeMap<Place, usize> = BTreeMap::new();
        for ring in rings() {
            for (position, place) in ring.iter().enumerate() {
                let before = ring[(position + ring.len() - 1) % ring.len()];
                let behind = ring[(position + 1) % ring.len()];
                // The tip of a spike counts twice, so that the ways to it and back are two pieces.
                *visits.entry(*place).or_default() += if before == behind { 2 } else { 1 };
            }
        }
        let is_end = |place: &Place| visits[place] > 1;
        let mut pieces = Vec::new();
        for ring in rings() {
            let mut ring = ring.to_vec();
            let start = ring.iter().position(is_end);
            ring.rotate_left(start.unwrap_or_default());
            ring.extend(ring.first().copied());
            let mut rest = ring.as_slice();
            while rest.len() > 1 {
                let end = rest[1..].iter().position(is_end).map_or(rest.len() - 1, |inner| inner + 1);
                pieces.push(rest[..=end].to_vec());
                rest = &rest[end..];
            }
        }
        // Both ends of a line that is run through twice are visited twice, so that it is a piece of its own.
        let times = counted(pieces.iter().filter_map(|piece| only_line(piece)));
        let mut kept: BTreeSet<Segment> = BTreeSet::new();
        pieces.retain(|piece| only_line(piece).is_none_or(|line| times[&line] % 2 == 1 && kept.insert(line)));
        let repeated = times.into_iter().filter(|(_, times)| *times > 1).map(|(line, _)| line).collect();
        Cut { pieces, repeated }
    }
}

/// The line that a piece consists of, without direction; `None` where there are several.
fn only_line(piece: &[Place]) -> Option<Segment> {
    match *piece {
        [from, to] => Some(Segment { from, to }.without_direction()),
        _ => None,
    }
}

/// The tips of spikes, and the places where rings touch, sorted.
fn tips_and_touches(Cut { pieces, repeated }: &Cut) -> (Vec<Place>, Vec<Place>) {
    let ends = counted(pieces.iter().flat_map(|piece| [piece.first(), piece.last()]).flatten().copied());
    let repeated_ends = counted(repeated.iter().flat_map(|line| line.ends()));
    let tips = repeated_ends.iter().filter(|(place, times)| **times == 1 && !ends.contains_key(place));
    let crossroads: Vec<Place> = ends.iter().filter(|(_, times)| **times > 2).map(|(place, _)| *place).collect();
    let touches = if crossroads.is_empty() {
        repeated_ends.keys().filter(|place| ends.contains_key(place)).copied().collect()
    } else {
        crossroads
    };
    (tips.map(|(place, _)| *place).collect(), touches)
}

fn counted<T: Ord>(items: impl Iterator<Item = T>) -> BTreeMap<T, usize> {
    let mut times = BTreeMap::new();
    items.for_each(|item| *times.entry(item).or_default() += 1);
    times
}

/// Turns pieces so that land lies to their left, by the rule of even and odd.
fn with_land_on_the_left(mut pieces: Vec<Vec<Place>>) -> Vec<Vec<Place>> {
    let lines: Vec<Segment> = pieces.iter().flat_map(|piece| segments(piece)).collect();
    for piece in &mut pieces {
        let Some(line) = segments(piece).next() else { continue };
        let (lon2, lat2) = line.middle();
        // A hair to the east of the line, or to the north of one that runs east and west.
        let is_land = lines.iter().filter(|line| line.passes_east_of(lon2, lat2)).count() % 2 == 1;
        let is_on_the_left =
            line.from.lat > line.to.lat || (line.from.lat == line.to.lat && line.from.lon < line.to.lon);
        if is_land != is_on_the_left {
            piece.reverse();
        }
    }
    pieces
}

/// The areas of exteriors and holes: what is left of a shape when it does not matter where rings begin, in which order
/// they stand and which places are put into straight lines.
fn structure(shape: &Shape) -> Vec<(i128, Vec<i128>)> {
    let of_polygon = |polygon: &Polygon| {
        let mut holes: Vec<i128> = polygon.holes.iter().map(|hole| signed_area2(hole)).collect();
        holes.sort_unstable();
        (signed_area2(&polygon.exterior), holes)
    };
    let mut polygons: Vec<_> = shape.polygons.iter().map(of_polygon).collect();
    polygons.sort_unstable();
    polygons
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{area, ring};

    type Places = [(i32, i32)];

    const SQUARE: &Places = &[(0, 0), (8, 0), (8, 8), (0, 8)];

    fn multi(parts: &[&Places]) -> Shape {
        Shape { polygons: parts.iter().flat_map(|part| area(&[&ring(part)]).polygons).collect() }
    }

    fn places(pairs: &Places) -> Vec<Place> {
        pairs.iter().map(|&(lon, lat)| Place { lon, lat }).collect()
    }

    fn divided(pairs: &Places) -> Vec<Change> {
        vec![Change::Divided(places(pairs))]
    }

    fn without_spikes(pairs: &Places) -> Vec<Change> {
        vec![Change::SpikesRemoved(places(pairs))]
    }

    /// What becomes of a shape: the twice-counted areas of exteriors and holes, and the changes.
    #[track_caller]
    fn check(shape: &Shape, parts: &[(i128, &[i128])], changes: Vec<Change>) {
        let (repaired, made) = repair(shape.clone()).unwrap();
        let parts: Vec<_> = parts.iter().map(|&(exterior, holes)| (exterior, holes.to_vec())).collect();
        assert_eq!((structure(&repaired), made), (parts, changes), "{shape:?}");
        // What comes out is valid, and has nothing left to repair.
        assert_eq!(repair(repaired.clone()), Ok((repaired, vec![])));
    }

    /// One part, given by its rings: however the exterior runs and wherever it begins, the outcome is the same.
    #[track_caller]
    fn check_rings(rings: &[&Places], parts: &[(i128, &[i128])], changes: &[Change]) {
        let holes: Vec<Vec<Place>> = rings[1..].iter().map(|hole| ring(hole)).collect();
        let mut exterior = rings[0].to_vec();
        for _ in 0..exterior.len() {
            exterior.rotate_left(1);
            for exterior in [exterior.clone(), exterior.iter().rev().copied().collect()] {
                let polygon = Polygon { exterior: ring(&exterior), holes: holes.clone() };
                check(&Shape { polygons: vec![polygon] }, parts, changes.to_vec());
            }
        }
    }

    #[test]
    fn valid_shapes_stay_as_they_are() {
        check_rings(&[SQUARE], &[(128, &[])], &[]);
        // A hole that touches its exterior at a corner, and one that touches the middle of a line.
        check_rings(&[SQUARE, &[(0, 0), (4, 2), (2, 4)]], &[(128, &[-12])], &[]);
        check_rings(&[SQUARE, &[(4, 0), (6, 4), (2, 4)]], &[(128, &[-16])], &[]);
        // Parts that touch, and an island in a lake.
        check(&multi(&[SQUARE, &[(8, 8), (9, 8), (9, 9)]]), &[(1, &[]), (128, &[])], vec![]);
        let mut lake = area(&[&ring(SQUARE), &ring(&[(2, 2), (2, 6), (6, 6), (6, 2)])]);
        lake.polygons.extend(multi(&[&[(3, 3), (5, 3), (5, 5), (3, 5)]]).polygons);
        assert_eq!(repair(lake.clone()), Ok((lake, vec![])));
    }

    /// ```text
    /// ┌───┐
    /// │   │
    /// └───┼───┐   at the corner the ring goes on or turns: either way, two squares
    ///     │   │
    ///     └───┘
    /// ```
    #[test]
    fn a_figure_of_eight_becomes_two_parts() {
        let turning = [(4, 4), (4, 0), (8, 0), (8, 4), (4, 4), (4, 8), (0, 8), (0, 4)];
        check_rings(&[&turning], &[(32, &[]), (32, &[])], &divided(&[(4, 4)]));
        let going_on = [(4, 4), (8, 4), (8, 0), (4, 0), (4, 4), (4, 8), (0, 8), (0, 4)];
        check_rings(&[&going_on], &[(32, &[]), (32, &[])], &divided(&[(4, 4)]));
    }

    /// ```text
    /// ┌───────┐
    /// │ ╱╲    │
    /// │ ╲ ╲   │   a ring that goes around a lake that touches the shore
    /// └──▔─▔──┘
    /// ```
    #[test]
    fn an_exterior_that_closes_around_a_lake_gets_a_hole() {
        let at_a_corner = [(0, 0), (8, 0), (8, 8), (0, 8), (0, 0), (2, 4), (4, 2)];
        check_rings(&[&at_a_corner], &[(128, &[-12])], &divided(&[(0, 0)]));
        let on_a_line = [(0, 0), (4, 0), (2, 4), (6, 4), (4, 0), (8, 0), (8, 8), (0, 8)];
        check_rings(&[&on_a_line], &[(128, &[-16])], &divided(&[(4, 0)]));
        // Run through in the direction of the shore, the lake is one all the same, by the rule of even and odd.
        let curl = [(0, 0), (8, 0), (8, 8), (0, 8), (0, 0), (4, 2), (2, 4)];
        check_rings(&[&curl], &[(128, &[-12])], &divided(&[(0, 0)]));
    }

    #[test]
    fn a_place_in_the_middle_of_a_line_of_its_own_ring_is_a_touch() {
        // The notch in the north reaches down to the southern line.
        let notched = [(0, 0), (8, 0), (8, 8), (6, 8), (4, 0), (2, 8), (0, 8)];
        check_rings(&[&notched], &[(48, &[]), (48, &[])], &divided(&[(4, 0)]));
    }

    #[test]
    fn spikes_go_with_their_tips() {
        let square: &[(i128, &[i128])] = &[(128, &[])];
        let spike = [(0, 0), (8, 0), (8, 8), (9, 9), (8, 8), (0, 8)];
        check_rings(&[&spike], square, &without_spikes(&[(9, 9)]));
        let of_two_lines = [(0, 0), (8, 0), (8, 8), (9, 9), (12, 9), (9, 9), (8, 8), (0, 8)];
        check_rings(&[&of_two_lines], square, &without_spikes(&[(12, 9)]));
        check_rings(&[&[(0, 0), (12, 0), (8, 0), (8, 8), (0, 8)]], square, &without_spikes(&[(12, 0)]));
        check_rings(&[&[(0, 0), (8, 0), (8, 8), (0, 8), (0, -4)]], square, &without_spikes(&[(0, -4)]));
    }

    #[test]
    fn a_cut_from_the_exterior_to_a_hole_goes() {
        let keyhole = [(0, 0), (8, 0), (8, 8), (4, 8), (4, 6), (6, 2), (2, 2), (4, 6), (4, 8), (0, 8)];
        check_rings(&[&keyhole], &[(128, &[-16])], &divided(&[(4, 6), (4, 8)]));
    }

    #[test]
    fn a_hole_along_the_exterior_is_a_bay() {
        check_rings(&[SQUARE, &[(0, 2), (0, 6), (4, 6), (4, 2)]], &[(96, &[])], &divided(&[(0, 2), (0, 6)]));
        let half = [(0, 0), (0, 8), (4, 8), (4, 0)];
        check_rings(&[SQUARE, &half], &[(64, &[])], &divided(&[(4, 0), (4, 8)]));
        // From one side to the other it parts the land.
        let across = [(0, 4), (4, 6), (8, 4), (4, 2)];
        check_rings(&[SQUARE, &across], &[(48, &[]), (48, &[])], &divided(&[(0, 4), (8, 4)]));
    }

    #[test]
    fn parts_with_a_common_line_become_one() {
        let neighbours = multi(&[SQUARE, &[(8, 0), (12, 0), (12, 8), (8, 8)]]);
        check(&neighbours, &[(192, &[])], divided(&[(8, 0), (8, 8)]));
    }

    #[test]
    fn a_part_in_the_land_of_another_goes_or_is_a_hole() {
        let parts: [&Places; 4] =
            [&[(2, 2), (3, 2), (2, 3)], &[(0, 0), (8, 0), (4, 4)], &[(0, 0), (4, 0), (4, 4)], SQUARE];
        for inner in parts {
            let westernmost = vec![Change::PartsLeftOut(places(&[*inner.iter().min().unwrap()]))];
            check(&multi(&[SQUARE, inner]), &[(128, &[])], westernmost.clone());
            check(&multi(&[inner, SQUARE]), &[(128, &[])], westernmost);
        }
        let mut atoll = multi(&[&[(2, 2), (2, 6), (6, 6), (6, 2)], &[(3, 3), (5, 3), (5, 5), (3, 5)], SQUARE]);
        for _ in 0..2 {
            check(&atoll, &[(8, &[]), (128, &[-32])], vec![Change::PartsMadeHoles(places(&[(2, 2)]))]);
            atoll.polygons.iter_mut().for_each(|part| part.exterior.reverse());
        }
    }

    #[test]
    fn what_rounding_brings_across_a_line_is_put_on_it() {
        // A slit of a unit's width, whose western side got to the other side of the eastern one at (4502, 6500).
        let slit = |lon| {
            let (north, middle, south) = ([(5002, 9000), (5000, 9000)], (lon, 6500), [(4000, 4000), (3990, 4000)]);
            let corners = [(0, 9000), (0, 0), (9000, 0), (9000, 9000), north[0], south[0], south[1], middle, north[1]];
            area(&[&ring(&corners)])
        };
        let (repaired, changes) = repair(slit(4502)).unwrap();
        assert_eq!(changes, divided(&[(4502, 6500)]));
        assert_eq!((repaired.polygons.len(), repaired.polygons[0].holes.len()), (1, 1));
        // Two units are more than rounding does.
        assert_eq!(repair(slit(4503)), Err(Flaw::Crossing(Place { lon: 4418, lat: 6083 })));
    }

    #[test]
    fn what_cannot_be_repaired_is_named_with_its_place() {
        let flaw = |shape: Shape| repair(shape).unwrap_err();
        let place = |lon, lat| Place { lon, lat };
        assert_eq!(flaw(multi(&[&[(0, 0), (8, 8), (8, 0), (0, 8)]])), Flaw::Crossing(place(4, 4)));
        assert_eq!(flaw(multi(&[SQUARE, &[(4, 4), (12, 5), (12, 6)]])), Flaw::Crossing(place(8, 5)));
        let hole = [(20, 20), (20, 22), (22, 20)];
        assert_eq!(flaw(area(&[&ring(SQUARE), &ring(&hole)])), Flaw::HoleOutside(place(20, 20)));
        let (outer, inner) = ([(1, 1), (1, 7), (7, 7), (7, 1)], [(2, 2), (2, 3), (3, 2)]);
        assert_eq!(flaw(area(&[&ring(SQUARE), &ring(&outer), &ring(&inner)])), Flaw::Overlap(place(2, 2)));
        assert_eq!(flaw(area(&[&ring(SQUARE), &ring(SQUARE)])), Flaw::Nothing);
        // A part that covers the hole of another.
        let mut covered = area(&[&ring(SQUARE), &ring(&inner)]);
        covered.polygons.extend(multi(&[&[(1, 1), (7, 1), (7, 7), (1, 7)]]).polygons);
        assert_eq!(flaw(covered), Flaw::Overlap(place(1, 1)));
        // A ring that goes around twice.
        let twice: Vec<(i32, i32)> = SQUARE.iter().chain(SQUARE).copied().collect();
        assert_eq!(flaw(multi(&[&twice])), Flaw::Nothing);
    }
}
