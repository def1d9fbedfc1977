//! Shapes for tests: rings from pairs of units, and grids of squares drawn as text.

use crate::{Place, Polygon, Shape};

/// A closed ring through some places, given in units.
pub(crate) fn ring(places: &[(i32, i32)]) -> Vec<Place> {
    places.iter().chain(places.first()).map(|&(lon, lat)| Place { lon, lat }).collect()
}

/// An area of one part: the exterior and its holes.
pub(crate) fn area(rings: &[&[Place]]) -> Shape {
    let mut rings = rings.iter().map(|ring| ring.to_vec());
    Shape { polygons: vec![Polygon { exterior: rings.next().unwrap(), holes: rings.collect() }] }
}

/// Areas on a grid of squares of 2 × 2 units. The first line is the north; a digit is the area that a square belongs
/// to, anything else belongs to none. Areas are unions of squares, rings traced here without the crate's own dissolve.
pub(crate) fn grid(rows: &[&str]) -> Vec<Shape> {
    let cells: Vec<Vec<Option<u32>>> =
        rows.iter().rev().map(|row| row.chars().map(|letter| letter.to_digit(36)).collect()).collect();
    let count = cells.iter().flatten().flatten().max().map_or(0, |last| last + 1);
    (0..count).map(|wanted| trace(&cells, wanted)).collect()
}

/// Twice-counted areas of shapes in square units, holes taken off.
pub(crate) fn areas(shapes: &[Shape]) -> Vec<i128> {
    let sum = |shape: &Shape| {
        shape.polygons.iter().flat_map(Polygon::rings).map(crate::shape::signed_area2).sum::<i128>() / 2
    };
    shapes.iter().map(sum).collect()
}

/// Outlines the squares of one area, square by square and turn by turn.
fn trace(cells: &[Vec<Option<u32>>], wanted: u32) -> Shape {
    use std::collections::BTreeSet;
    let is_wanted = |x: i32, y: i32| {
        let row = usize::try_from(y).ok().and_then(|y| cells.get(y));
        row.and_then(|row| usize::try_from(x).ok().and_then(|x| row.get(x))).is_some_and(|cell| *cell == Some(wanted))
    };
    // Unit edges with the area on the left.
    let mut edges: BTreeSet<((i32, i32), (i32, i32))> = BTreeSet::new();
    for (y, row) in (0..).zip(cells) {
        for x in 0..row.len() as i32 {
            if !is_wanted(x, y) {
                continue;
            }
            let sides = [
                ((x, y - 1), (x, y), (x + 1, y)),
                ((x + 1, y), (x + 1, y), (x + 1, y + 1)),
                ((x, y + 1), (x + 1, y + 1), (x, y + 1)),
                ((x - 1, y), (x, y + 1), (x, y)),
            ];
            for ((beyond_x, beyond_y), from, to) in sides {
                if !is_wanted(beyond_x, beyond_y) {
                    edges.insert((from, to));
                }
            }
        }
    }
    let mut exteriors: Vec<Polygon> = Vec::new();
    let mut holes = Vec::new();
    while let Some((start, mut at)) = edges.pop_first() {
        let mut path = vec![start];
        let mut before = start;
        while at != start {
            path.push(at);
            let heading = (at.0 - before.0, at.1 - before.1);
            let left = (at.0 - heading.1, at.1 + heading.0);
            let ahead = (at.0 + heading.0, at.1 + heading.1);
            let right = (at.0 + heading.1, at.1 - heading.0);
            let next = [left, ahead, right].into_iter().find(|&next| edges.remove(&(at, next))).unwrap();
            (before, at) = (at, next);
        }
        for simple in split_where_it_touches_itself(path) {
            let doubled: Vec<(i32, i32)> = simple.iter().map(|&(x, y)| (2 * x, 2 * y)).collect();
            let closed = ring(&doubled);
            if crate::shape::signed_area2(&closed) > 0 {
                exteriors.push(Polygon { exterior: closed, holes: vec![] });
            } else {
                holes.push(closed);
            }
        }
    }
    exteriors.sort_by_key(|polygon| crate::shape::signed_area2(&polygon.exterior));
    for hole in holes {
        // The middle of the square to the left of the hole's first edge is inside the right exterior.
        let (from, to) = (hole[0], hole[1]);
        let (dx, dy) = ((to.lon - from.lon) / 2, (to.lat - from.lat) / 2);
        let (x, y) = (from.lon + dx - dy, from.lat + dy + dx);
        let inside =
            |polygon: &Polygon| crate::shape::ring_contains(&polygon.exterior, 2 * i64::from(x), 2 * i64::from(y));
        exteriors.iter_mut().find(|polygon| inside(polygon)).unwrap().holes.push(hole);
    }
    Shape { polygons: exteriors }
}

fn split_where_it_touches_itself(path: Vec<(i32, i32)>) -> Vec<Vec<(i32, i32)>> {
    let mut rings = Vec::new();
    let mut open: Vec<(i32, i32)> = Vec::new();
    for place in path {
        if let Some(position) = open.iter().position(|&known| known == place) {
            rings.push(open.split_off(position));
        }
        open.push(place);
    }
    rings.push(open);
    rings
}
