//! A tile's areas as lines: each line once, with the areas on both its sides.
//!
//! A polygon has the borders with its neighbours to itself, so that a tile of polygons says everything twice. Here a line says
//! which area is on its right and which on its left, and an area is what its lines enclose. `docs/api.md` has the layout.

use integer_encoding::VarInt;

use super::encode::Drawing;
use super::grid::TilePoint;

/// The first bytes of every tile: the format and its version.
const MAGIC: &[u8; 4] = b"TSL1";

/// A step of a ring, from a point to the next.
struct Step {
    from: TilePoint,
    to: TilePoint,
    /// The area on its right, by its place among those of the tile, counted from 1.
    right: usize,
    /// The step of another area the other way.
    partner: Option<usize>,
}

/// Points in a row between the same two areas; 0 is none.
#[derive(Debug, PartialEq, Eq)]
struct Line {
    right: usize,
    left: usize,
    points: Vec<TilePoint>,
}

/// The areas of a drawing as lines.
pub(super) fn encode_lines(drawing: &Drawing) -> Vec<u8> {
    let lines = lines(drawing);
    let mut bytes = MAGIC.to_vec();
    let mut put = |number: i64| bytes.extend(number.encode_var_vec());
    put(drawing.areas.len() as i64);
    put(lines.len() as i64);
    // Differences are small, and small numbers are short.
    differences(drawing.areas.iter().map(|(area, _)| *area as i64)).for_each(&mut put);
    differences(lines.iter().map(|line| line.right as i64)).for_each(&mut put);
    lines.iter().for_each(|line| put(line.left as i64 - line.right as i64));
    lines.iter().for_each(|line| put(line.points.len() as i64));
    let mut last = (0, 0);
    for point in lines.iter().flat_map(|line| &line.points) {
        put(i64::from(point.0 - last.0));
        put(i64::from(point.1 - last.1));
        last = *point;
    }
    bytes
}

fn differences(numbers: impl Iterator<Item = i64>) -> impl Iterator<Item = i64> {
    numbers.scan(0, |last, number| Some(number - std::mem::replace(last, number)))
}

fn lines(drawing: &Drawing) -> Vec<Line> {
    let mut steps = Vec::new();
    let mut rings = Vec::new();
    for (place, (_, polygons)) in drawing.areas.iter().enumerate() {
        for ring in polygons.iter().flatten() {
            let start = steps.len();
            let next = ring.iter().cycle().skip(1);
            let step = |(&from, &to)| Step { from, to, right: place + 1, partner: None };
            steps.extend(ring.iter().zip(next).map(step));
            rings.push(start..steps.len());
        }
    }
    pair(&mut steps);
    let mut lines = Vec::new();
    for ring in rings {
        // The first of two partners draws the line.
        let left = |number: usize| match steps[number].partner {
            Some(partner) if partner < number => None,
            partner => Some(partner.map_or(0, |partner| steps[partner].right)),
        };
        let before = |number: usize| if number == ring.start { ring.end - 1 } else { number - 1 };
        // Where another neighbour begins; a ring with a single neighbour begins anywhere.
        let first = ring.clone().find(|&number| left(number) != left(before(number))).unwrap_or(ring.start);
        let mut is_drawing = false;
        for number in (first..ring.end).chain(ring.start..first) {
            let Some(left) = left(number) else {
                is_drawing = false;
                continue;
            };
            let Step { from, to, right, .. } = steps[number];
            match lines.last_mut() {
                Some(Line { left: same, points, .. }) if is_drawing && *same == left => points.push(to),
                _ => lines.push(Line { right, left, points: vec![from, to] }),
            }
            is_drawing = true;
        }
    }
    lines
}

/// Finds the two sides of each border: steps of two areas between the same points, one there and one back.
fn pair(steps: &mut [Step]) {
    let ends = |step: &Step| (step.from.min(step.to), step.from.max(step.to));
    let mut order: Vec<usize> = (0..steps.len()).collect();
    order.sort_unstable_by_key(|&number| (ends(&steps[number]), number));
    let mut partners = Vec::new();
    for same in order.chunk_by(|&one, &other| ends(&steps[one]) == ends(&steps[other])) {
        let (there, back): (Vec<usize>, Vec<usize>) =
            same.iter().partition(|&&number| steps[number].from < steps[number].to);
        partners.extend(there.into_iter().zip(back));
    }
    for (one, other) in partners {
        steps[one].partner = Some(other);
        steps[other].partner = Some(one);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(left: i32, top: i32, right: i32, bottom: i32) -> Vec<TilePoint> {
        vec![(left, top), (right, top), (right, bottom), (left, bottom)]
    }

    fn drawing(areas: &[(usize, Vec<TilePoint>)]) -> Drawing {
        let mut drawing = Drawing::default();
        areas.iter().for_each(|(area, ring)| drawing.add_polygon(*area, vec![ring.clone()]));
        drawing
    }

    #[test]
    fn a_border_that_two_areas_share_is_one_line() {
        let lines = lines(&drawing(&[(4, square(0, 0, 5, 5)), (9, square(5, 0, 9, 5))]));
        let [between, around, beyond] = &lines[..] else { panic!("{lines:?}") };
        assert_eq!((between.right, between.left, &between.points), (1, 2, &vec![(5, 0), (5, 5)]));
        assert_eq!((around.right, around.left, around.points.len()), (1, 0, 4));
        assert_eq!((beyond.right, beyond.left, beyond.points.len()), (2, 0, 4));
    }

    #[test]
    fn an_area_alone_is_a_line_that_ends_where_it_begins() {
        let ring = square(0, 0, 5, 5);
        let closed = [&ring[..], &ring[..1]].concat();
        assert_eq!(lines(&drawing(&[(0, ring)])), [Line { right: 1, left: 0, points: closed }]);
    }

    #[test]
    fn areas_that_lie_on_each_other_have_lines_of_their_own() {
        let ring = square(0, 0, 5, 5);
        let lines = lines(&drawing(&[(0, ring.clone()), (1, ring)]));
        assert_eq!(lines.iter().map(|line| (line.right, line.left)).collect::<Vec<_>>(), [(1, 0), (2, 0)]);
    }

    #[test]
    fn the_layout_is_the_documented_one() {
        let bytes = encode_lines(&drawing(&[(3, square(0, 0, 5, 5)), (70, square(5, 0, 9, 5))]));
        assert_eq!(bytes[..4], *MAGIC);
        let mut rest = &bytes[4..];
        let mut numbers = Vec::new();
        while let Some((number, length)) = i64::decode_var(rest) {
            numbers.push(number);
            rest = &rest[length..];
        }
        assert!(rest.is_empty());
        assert_eq!(numbers[..2], [2, 3], "areas and lines");
        assert_eq!(numbers[2..4], [3, 67], "areas");
        assert_eq!(numbers[4..7], [1, 0, 1], "on the right");
        assert_eq!(numbers[7..10], [1, -1, -2], "on the left");
        assert_eq!(numbers[10..13], [2, 4, 4], "points");
        assert_eq!(numbers[13..17], [5, 0, 0, 5], "from (5, 0) to (5, 5)");
        assert_eq!(numbers[17..19], [0, 0], "and on from there");
    }
}
