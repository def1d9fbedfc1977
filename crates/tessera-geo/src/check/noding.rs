//! Where the lines of a shape meet: in places that they all have, or elsewhere.

use super::repair::Flaw;
use crate::place::{Bbox, Place};
use crate::segment::{Segment, segments};
use crate::shape::{Polygon, Shape, cross, dot, vector};

/// How far rounding can bring a place across a line, in units: twice half the diagonal of the unit square, and a little.
const ROUNDING: f64 = 1.5;

/// Putting places on lines can make others cross, but not again and again.
const ROUNDS: usize = 8;

/// Whether a place is visited twice, or lines meet elsewhere than at their ends.
pub(super) fn touches_itself(shape: &Shape) -> bool {
    let mut places: Vec<Place> =
        shape.polygons.iter().flat_map(Polygon::rings).flat_map(|ring| &ring[1..]).copied().collect();
    places.sort_unstable();
    if places.windows(2).any(|pair| pair[0] == pair[1]) {
        return true;
    }
    let lines = lines(shape);
    let boxes = from_west_to_east(lines.iter().map(|line| line.bbox()));
    pairs(&boxes).any(|(one, other)| lines[one].meets(lines[other]))
}

/// Makes each place that lies on a line a place of that line.
///
/// Lines that cross where neither has a place are a flaw, except where one has a place so near to the other that rounding
/// to whole units may have brought it across: this place, too, becomes one of the line.
pub(super) fn put_places_on_lines(shape: &mut Shape) -> Result<(), Flaw> {
    let mut round = 0;
    loop {
        let found = places_on_lines(&lines(shape))?;
        let Some(&(_, _, place)) = found.first() else { return Ok(()) };
        if round == ROUNDS {
            return Err(Flaw::Crossing(place));
        }
        round += 1;
        let mut found = found.into_iter().peekable();
        let mut line = 0;
        for polygon in &mut shape.polygons {
            for ring in std::iter::once(&mut polygon.exterior).chain(&mut polygon.holes) {
                let mut places = vec![ring[0]];
                for &place in &ring[1..] {
                    while let Some((_, _, on_line)) = found.next_if(|(here, ..)| *here == line) {
                        places.push(on_line);
                    }
                    places.push(place);
                    line += 1;
                }
                *ring = places;
            }
        }
    }
}

/// The places that lie on lines: the line, how far along it, and the place, sorted.
fn places_on_lines(lines: &[Segment]) -> Result<Vec<(usize, i128, Place)>, Flaw> {
    let boxes = from_west_to_east(lines.iter().map(|line| line.bbox()));
    let mut found = Vec::new();
    for (one, other) in pairs(&boxes) {
        for (here, there) in [(one, other), (other, one)] {
            let on_line = lines[there].ends().into_iter().filter(|&place| lines[here].passes_through(place));
            found.extend(on_line.map(|place| (here, along(lines[here], place), place)));
        }
        if lines[one].crosses(lines[other]) {
            let nearest = [(one, other), (other, one)]
                .into_iter()
                .flat_map(|(here, there)| lines[there].ends().map(|place| (here, place)))
                .min_by(|a, b| beside(lines[a.0], a.1).total_cmp(&beside(lines[b.0], b.1)));
            match nearest {
                Some((line, place)) if beside(lines[line], place) <= ROUNDING => {
                    found.push((line, along(lines[line], place), place));
                }
                _ => return Err(Flaw::Crossing(crossing(lines[one], lines[other]))),
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// How far along a line a place lies; a measure for comparison on the same line.
fn along(line: Segment, place: Place) -> i128 {
    dot(vector(line.from, line.to), vector(line.from, place))
}

/// How far beside a line a place lies, in units; infinite before its beginning and behind its end.
fn beside(line: Segment, place: Place) -> f64 {
    let (dx, dy) = vector(line.from, line.to);
    let length = (dx as f64).hypot(dy as f64);
    let (share, across) =
        (along(line, place) as f64 / length, cross((dx, dy), vector(line.from, place)) as f64 / length);
    if share > 0.0 && share < length { across.abs() } else { f64::INFINITY }
}

/// The place nearest to where two lines cross.
fn crossing(one: Segment, other: Segment) -> Place {
    let (along_one, along_other) = (vector(one.from, one.to), vector(other.from, other.to));
    let share = cross(vector(one.from, other.from), along_other) as f64 / cross(along_one, along_other) as f64;
    let on_line = |from: i32, step: i64| (f64::from(from) + share * step as f64).round() as i32;
    Place { lon: on_line(one.from.lon, along_one.0), lat: on_line(one.from.lat, along_one.1) }
}

/// The lines of all rings, in their order.
fn lines(shape: &Shape) -> Vec<Segment> {
    shape.polygons.iter().flat_map(Polygon::rings).flat_map(segments).collect()
}

/// Boxes with their positions, sorted.
fn from_west_to_east(boxes: impl Iterator<Item = Bbox>) -> Vec<(Bbox, usize)> {
    let mut boxes: Vec<(Bbox, usize)> = boxes.zip(0..).collect();
    boxes.sort_unstable_by_key(|(bbox, _)| bbox.west);
    boxes
}

/// The pairs of boxes that have a place in common, by their positions.
fn pairs(boxes: &[(Bbox, usize)]) -> impl Iterator<Item = (usize, usize)> {
    boxes.iter().enumerate().flat_map(move |(rank, (bbox, one))| {
        let further_east = boxes[rank + 1..].iter().take_while(move |(other, _)| other.west <= bbox.east);
        further_east.filter(move |(other, _)| bbox.intersects(other)).map(move |(_, other)| (*one, *other))
    })
}
