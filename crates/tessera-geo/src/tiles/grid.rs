//! The grid of a zoom: whole units across the world, and what is left of a shape on it.

use super::clip::{Path, Point, TileRange};
use super::{EXTENT, MARGIN};
use crate::mercator::web_mercator;
use crate::place::{Bbox, Place};

/// A point on a tile's grid, from its north-western corner to the east and south.
pub(super) type TilePoint = (i32, i32);

/// The grid of a zoom, from the north-western corner of the world to the east and south.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grid {
    /// How many tiles the world is wide.
    tiles: u32,
}

impl Grid {
    pub(super) fn of(zoom: u8) -> Grid {
        Grid { tiles: 1 << zoom }
    }

    /// The width of a unit in shares of the width of the world.
    pub(super) fn unit(self) -> f64 {
        1.0 / self.width()
    }

    fn width(self) -> f64 {
        f64::from(self.tiles) * f64::from(EXTENT)
    }

    /// The nearest point of the grid. What is nearer to a pole than the map reaches lies on the map's edge.
    pub(super) fn point(self, place: Place) -> Point {
        let [x, y] = web_mercator(place);
        [0.5 + x, 0.5 - y].map(|share| (share.clamp(0.0, 1.0) * self.width()).round())
    }

    /// Places on the grid, without those that fall on the point before.
    pub(super) fn path(self, places: &[Place]) -> Path {
        let mut path: Path = places.iter().map(|&place| self.point(place)).collect();
        path.dedup();
        path
    }

    /// The tiles that show any of some points, or anything between them.
    pub(super) fn tiles_of<'a>(self, points: impl IntoIterator<Item = &'a Point>) -> TileRange {
        let (mut low, mut high) = ([f64::INFINITY; 2], [0.0_f64; 2]);
        for point in points {
            for axis in [0, 1] {
                low[axis] = low[axis].min(point[axis]);
                high[axis] = high[axis].max(point[axis]);
            }
        }
        let tile = |coordinate: f64| ((coordinate / f64::from(EXTENT)).max(0.0) as u32).min(self.tiles - 1);
        let margin = f64::from(MARGIN);
        let last = high.map(|coordinate| tile(coordinate + margin));
        let first = [0, 1].map(|axis| tile(low[axis] - margin).min(last[axis]));
        TileRange { first, last }
    }

    /// The tiles that show anything of a box.
    pub(super) fn tiles_around(self, bbox: &Bbox) -> TileRange {
        let corners = [Place { lon: bbox.west, lat: bbox.south }, Place { lon: bbox.east, lat: bbox.north }];
        self.tiles_of(&corners.map(|corner| self.point(corner)))
    }
}

/// The smallest ring that encloses anything, at a point.
pub(super) fn smallest_triangle([x, y]: Point, grid: &Grid) -> Path {
    let last = grid.width() - 1.0;
    let (x, y) = (x.min(last), y.min(last));
    // Counterclockwise in the north, as published rings are.
    vec![[x, y], [x, y + 1.0], [x + 1.0, y], [x, y]]
}

/// The rings of a polygon on the grid of a tile, open, wound as tiles are: the exterior has a positive area. Rings that
/// enclose nothing on the grid are left out; `None` where the exterior does, or the holes take everything.
pub(super) fn as_polygon(rings: Vec<Path>, tile: (u32, u32)) -> Option<Vec<Vec<TilePoint>>> {
    let mut rings = rings.into_iter().map(|ring| tidy(on_tile(ring, tile).rev()));
    let exterior = rings.next()?;
    let mut area = area2(&exterior);
    if area <= 0 {
        return None;
    }
    let mut kept = vec![exterior];
    for hole in rings {
        let taken = area2(&hole);
        if taken < 0 {
            area += taken;
            kept.push(hole);
        }
    }
    (area > 0).then_some(kept)
}

/// A line on the grid of a tile; `None` where it is a point.
pub(super) fn as_line(line: Path, tile: (u32, u32)) -> Option<Vec<TilePoint>> {
    let mut line: Vec<TilePoint> = on_tile(line, tile).collect();
    line.dedup();
    (line.len() > 1).then_some(line)
}

fn on_tile(path: Path, (column, row): (u32, u32)) -> impl DoubleEndedIterator<Item = TilePoint> {
    let [west, north] = [column, row].map(|number| f64::from(number) * f64::from(EXTENT));
    path.into_iter().map(move |[x, y]| ((x - west).round() as i32, (y - north).round() as i32))
}

/// A ring without the points that lie in line with their neighbours, and so without arms that enclose nothing. Open.
fn tidy(ring: impl Iterator<Item = TilePoint>) -> Vec<TilePoint> {
    let mut tidy: Vec<TilePoint> = Vec::new();
    for point in ring {
        while let [.., before, last] = tidy[..]
            && turn(before, last, point) == 0
        {
            tidy.pop();
        }
        if tidy.last() != Some(&point) {
            tidy.push(point);
        }
    }
    // The ring is closed: its ends are neighbours.
    loop {
        match tidy[..] {
            [first, .., last] if first == last => drop(tidy.pop()),
            [first, .., before, last] if turn(before, last, first) == 0 => drop(tidy.pop()),
            [first, second, .., last] if turn(last, first, second) == 0 => drop(tidy.remove(0)),
            _ => return tidy,
        }
    }
}

/// Positive where the way from `a` over `b` to `c` turns right on the screen, zero where it is straight.
fn turn(a: TilePoint, b: TilePoint, c: TilePoint) -> i64 {
    let ((abx, aby), (bcx, bcy)) = ((b.0 - a.0, b.1 - a.1), (c.0 - b.0, c.1 - b.1));
    i64::from(abx) * i64::from(bcy) - i64::from(aby) * i64::from(bcx)
}

/// Twice the area that an open ring encloses by the surveyor's formula: positive where it is clockwise on the screen.
fn area2(ring: &[TilePoint]) -> i64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| i64::from(a.0) * i64::from(b.1) - i64::from(b.0) * i64::from(a.1)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_world_is_one_tile_at_zoom_0() {
        let grid = Grid::of(0);
        assert_eq!(grid.point(Place { lon: 0, lat: 0 }), [2048.0, 2048.0]);
        assert_eq!(grid.point(Place { lon: -1_800_000_000, lat: 900_000_000 }), [0.0, 0.0]);
        assert_eq!(grid.point(Place { lon: 1_800_000_000, lat: -900_000_000 }), [4096.0, 4096.0]);
        assert_eq!(grid.tiles_of(&[[0.0, 0.0], [4096.0, 4096.0]]), TileRange { first: [0, 0], last: [0, 0] });
    }

    #[test]
    fn a_tile_shows_a_margin_of_its_neighbours() {
        let range = |x: f64| Grid::of(2).tiles_of(&[[x, 5000.0]]);
        assert_eq!(range(4095.0), TileRange { first: [0, 1], last: [1, 1] });
        assert_eq!(range(4200.0), TileRange { first: [1, 1], last: [1, 1] });
    }

    #[test]
    fn tidying_takes_away_what_encloses_nothing() {
        let ring = [(0, 0), (2, 0), (4, 0), (4, 4), (9, 4), (4, 4), (0, 4), (0, 2), (0, 0)];
        assert_eq!(tidy(ring.into_iter()), [(0, 0), (4, 0), (4, 4), (0, 4)]);
        assert!(area2(&tidy([(0, 0), (5, 5), (7, 7), (0, 0)].into_iter())) == 0);
    }

    #[test]
    fn a_hole_that_takes_everything_leaves_no_polygon() {
        let exterior = vec![[0.0, 0.0], [0.0, 9.0], [9.0, 9.0], [9.0, 0.0], [0.0, 0.0]];
        let hole: Path = exterior.iter().rev().copied().collect();
        assert_eq!(as_polygon(vec![exterior.clone(), hole], (0, 0)), None);
        assert_eq!(as_polygon(vec![exterior], (0, 0)), Some(vec![vec![(0, 0), (9, 0), (9, 9), (0, 9)]]));
    }
}
