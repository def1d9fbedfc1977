//! Cutting shapes into tiles: halves of halves, so that a border is looked at once for each halving, not for each tile.
//!
//! A half-plane is cut off at a time (I. Sutherland & G. Hodgman, *Reentrant polygon clipping*, CACM 17(1), 1974). Where a
//! segment is cut does not depend on its direction: areas on both sides of it get the same point.

use super::{EXTENT, MARGIN};

/// A point on the grid of the world; not whole where a segment was cut.
pub(super) type Point = [f64; 2];
/// A line, or a closed ring whose last point repeats the first.
pub(super) type Path = Vec<Point>;

/// Several lines.
pub(super) struct Lines(pub(super) Vec<Path>);

/// The tiles of a rectangle: columns and rows, first and last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TileRange {
    pub(super) first: [u32; 2],
    pub(super) last: [u32; 2],
}

impl TileRange {
    /// How many tiles there are.
    pub(super) fn count(&self) -> u64 {
        let [columns, rows] = [0, 1].map(|axis| u64::from(self.last[axis] - self.first[axis]) + 1);
        columns * rows
    }

    /// Column and row of each.
    pub(super) fn addresses(self) -> impl Iterator<Item = (u32, u32)> {
        let TileRange { first, last } = self;
        (first[0]..=last[0]).flat_map(move |x| (first[1]..=last[1]).map(move |y| (x, y)))
    }
}

/// The points whose coordinate on an axis is at most, or at least, a bound.
#[derive(Debug, Clone, Copy)]
pub(super) struct HalfPlane {
    axis: usize,
    bound: f64,
    at_most: bool,
}

impl HalfPlane {
    fn has(self, point: Point) -> bool {
        if self.at_most { point[self.axis] <= self.bound } else { point[self.axis] >= self.bound }
    }

    /// Where a segment crosses the edge: the same for both directions.
    fn crossing(self, one: Point, other: Point) -> Point {
        let (from, to) = if one <= other { (one, other) } else { (other, one) };
        let (axis, across) = (self.axis, 1 - self.axis);
        let share = (self.bound - from[axis]) / (to[axis] - from[axis]);
        let mut point = [self.bound; 2];
        point[across] = from[across] + share * (to[across] - from[across]);
        point
    }
}

/// A shape that can be cut.
pub(super) trait Cut: Sized {
    /// The part in a half-plane; `None` where there is none.
    fn cut(&self, half: HalfPlane) -> Option<Self>;
}

/// The rings of a polygon, the exterior first.
impl Cut for Vec<Path> {
    fn cut(&self, half: HalfPlane) -> Option<Vec<Path>> {
        let mut rings = self.iter().map(|ring| cut_ring(ring, half));
        let exterior = rings.next().filter(|exterior| !exterior.is_empty())?;
        Some(std::iter::once(exterior).chain(rings.filter(|hole| !hole.is_empty())).collect())
    }
}

impl Cut for Lines {
    fn cut(&self, half: HalfPlane) -> Option<Lines> {
        let lines: Vec<Path> = self.0.iter().flat_map(|line| cut_line(line, half)).collect();
        (!lines.is_empty()).then_some(Lines(lines))
    }
}

fn cut_ring(ring: &[Point], half: HalfPlane) -> Path {
    let mut inside = Path::with_capacity(ring.len());
    for ends in ring.windows(2) {
        let (from, to) = (ends[0], ends[1]);
        match (half.has(from), half.has(to)) {
            (true, true) => inside.push(to),
            (true, false) => inside.push(half.crossing(from, to)),
            (false, true) => inside.extend([half.crossing(from, to), to]),
            (false, false) => {}
        }
    }
    inside.extend(inside.first().copied());
    inside
}

fn cut_line(line: &[Point], half: HalfPlane) -> Vec<Path> {
    let mut parts = Vec::new();
    let mut part = Path::new();
    for ends in line.windows(2) {
        let (from, to) = (ends[0], ends[1]);
        match (half.has(from), half.has(to)) {
            (true, true) => {
                if part.is_empty() {
                    part.push(from);
                }
                part.push(to);
            }
            (true, false) => {
                if part.is_empty() {
                    part.push(from);
                }
                part.push(half.crossing(from, to));
                parts.push(std::mem::take(&mut part));
            }
            (false, true) => part.extend([half.crossing(from, to), to]),
            (false, false) => {}
        }
    }
    parts.push(part);
    parts.retain(|part| part.len() > 1);
    parts
}

/// Gives each tile of a range, which covers the shape, the part that it shows, with the tile's column and row.
pub(super) fn spread<S: Cut>(shape: S, range: TileRange, emit: &mut impl FnMut(u32, u32, S)) {
    let [columns, rows] = [0, 1].map(|axis| range.last[axis] - range.first[axis]);
    if columns == 0 && rows == 0 {
        return emit(range.first[0], range.first[1], shape);
    }
    let axis = usize::from(rows > columns);
    let middle = range.first[axis] + (range.last[axis] - range.first[axis]).div_ceil(2);
    let edge = f64::from(middle) * f64::from(EXTENT);
    let (mut before, mut behind) = (range, range);
    before.last[axis] = middle - 1;
    behind.first[axis] = middle;
    let margin = f64::from(MARGIN);
    for (half, range) in [
        (HalfPlane { axis, bound: edge + margin, at_most: true }, before),
        (HalfPlane { axis, bound: edge - margin, at_most: false }, behind),
    ] {
        if let Some(part) = shape.cut(half) {
            spread(part, range, emit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: [Point; 5] = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0], [0.0, 0.0]];

    fn east_of(bound: f64) -> HalfPlane {
        HalfPlane { axis: 0, bound, at_most: false }
    }

    #[test]
    fn a_ring_is_cut_and_stays_closed() {
        let half = cut_ring(&SQUARE, east_of(1.0));
        assert_eq!(half, [[1.0, 0.0], [4.0, 0.0], [4.0, 4.0], [1.0, 4.0], [1.0, 0.0]]);
        assert!(cut_ring(&SQUARE, east_of(5.0)).is_empty());
    }

    #[test]
    fn a_line_that_leaves_and_comes_back_becomes_two() {
        let line = [[2.0, 0.0], [0.0, 0.0], [0.0, 2.0], [2.0, 2.0], [3.0, 2.0]];
        assert_eq!(
            cut_line(&line, east_of(1.0)),
            [vec![[2.0, 0.0], [1.0, 0.0]], vec![[1.0, 2.0], [2.0, 2.0], [3.0, 2.0]]]
        );
        assert!(cut_line(&line[1..3], east_of(1.0)).is_empty());
    }

    #[test]
    fn a_segment_is_cut_at_the_same_point_in_both_directions() {
        let (one, other) = ([0.1, 7.3], [13.7, -2.9]);
        assert_eq!(east_of(3.3).crossing(one, other), east_of(3.3).crossing(other, one));
    }
}
