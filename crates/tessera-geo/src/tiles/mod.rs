//! Vector tiles: a geography as a pyramid of [Mapbox Vector Tiles](https://github.com/mapbox/vector-tile-spec) 2.1.
//!
//! Tiles are 512 pixels wide and have a grid of 4,096 units. A level of the pyramid is made of a [`Topology`] that was
//! generalised for it ([`generalised_for`]: half a pixel), before anything is cut: what two tiles both show is the same
//! line in both. Places go to the grid of the whole world, then the shapes are cut at the edges of the tiles, which
//! overlap by a margin. Each tile has two layers: the areas, which are for filling and bear their position as id, and their
//! borders, each once, which are for drawing. No area is ever left out: one of which nothing would be left on the grid is
//! drawn as the smallest triangle, at its label point, and counted.
//!
//! Each tile is there in two forms: as a vector tile for programs of every kind, and as [lines](Form::Lines) for the screen.
//!
//! [`archive`] writes tiles into one file and finds them in it.

pub mod archive;
mod attributes;
mod clip;
mod encode;
mod grid;
mod lines;

use std::collections::BTreeMap;

use crate::mercator::web_mercator;
use crate::place::{Bbox, Place};
use crate::topology::Topology;

use self::clip::{Lines, Path, spread};
use self::encode::{Drawing, encode};
use self::grid::{Grid, as_line, as_polygon, smallest_triangle};
use self::lines::encode_lines;

pub use self::attributes::with_attributes;
pub use self::encode::borders_of;

/// Units of a tile's grid along each side.
pub const EXTENT: u32 = 4096;
/// By how many units a tile shows more than its own square on every side: eight pixels, more than half of any line's width.
const MARGIN: i32 = 64;
/// How many units of the last grid go into a median segment: what a map makes of the last zoom further in is off by
/// a thirty-second of a segment at most, and hardly any area is too small for it.
const UNITS_PER_SEGMENT: f64 = 16.0;
/// No tiles are made beyond this zoom. Its grid has units of 0.6 m at the equator.
const FINEST_ZOOM: u8 = 14;
/// The most tiles of a zoom that an extent may be made of.
const MOST_TILES: u64 = 1 << 18;

/// Where a tile lies: column `x` from the west and row `y` from the north, of `2^zoom` each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileAddress {
    /// The zoom, at which the world is `2^zoom` tiles wide.
    pub zoom: u8,
    /// The column from the west.
    pub x: u32,
    /// The row from the north.
    pub y: u32,
}

/// A tile as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// Where it lies.
    pub address: TileAddress,
    /// As [`Form::Vector`], not compressed.
    pub vector: Vec<u8>,
    /// As [`Form::Lines`], not compressed.
    pub lines: Vec<u8>,
}

/// How a tile is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// A vector tile: protocol buffers with areas and borders.
    Vector,
    /// Lines with the areas on both their sides, in the compact form of `docs/api.md`: about three quarters of the areas alone.
    Lines,
}

/// All tiles of one zoom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Level {
    /// The tiles that show anything.
    pub tiles: Vec<Tile>,
    /// How many areas are drawn as the smallest triangle, for nothing else would be left of them.
    pub collapsed: usize,
}

/// A geography as a web map's source of tiles sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pyramid {
    /// The box around all areas.
    pub bounds: Bbox,
    /// The last zoom with tiles; the first is 0.
    pub last_zoom: u8,
}

impl TileAddress {
    /// The address of a tile that there is on a map of the world.
    #[must_use]
    pub fn new(zoom: u8, x: u32, y: u32) -> Option<TileAddress> {
        let width = 1_u32.checked_shl(zoom.into())?;
        (x < width && y < width).then_some(TileAddress { zoom, x, y })
    }
}

impl Pyramid {
    /// The pyramid that fits the detail of some boundaries: its last zoom is the first whose grid has sixteen units to their
    /// median segment, at most 14, and less where their extent would be more than 262,144 tiles. `None` where there are none.
    #[must_use]
    pub fn of(topology: &Topology) -> Option<Pyramid> {
        let bounds = topology.extent()?;
        let median = median_segment(topology);
        let is_finer = |zoom: &u8| Grid::of(*zoom).unit() * UNITS_PER_SEGMENT < median;
        let mut last_zoom = (0..FINEST_ZOOM).find(is_finer).unwrap_or(FINEST_ZOOM);
        while last_zoom > 0 && Grid::of(last_zoom).tiles_around(&bounds).count() > MOST_TILES {
            last_zoom -= 1;
        }
        Some(Pyramid { bounds, last_zoom })
    }

    /// Every address of a zoom at which there may be a tile: those around the box.
    pub fn addresses(&self, zoom: u8) -> impl Iterator<Item = TileAddress> + use<> {
        Grid::of(zoom).tiles_around(&self.bounds).addresses().map(move |(x, y)| TileAddress { zoom, x, y })
    }

    /// The middle of its extent.
    #[must_use]
    pub fn center(&self) -> Place {
        let Bbox { west, south, east, north } = self.bounds;
        let middle = |low: i32, high: i32| ((i64::from(low) + i64::from(high)) / 2) as i32;
        Place { lon: middle(west, east), lat: middle(south, north) }
    }
}

/// The median length of a segment, in shares of the width of the world.
fn median_segment(topology: &Topology) -> f64 {
    let length = |ends: &[Place]| {
        let ([ax, ay], [bx, by]) = (web_mercator(ends[0]), web_mercator(ends[1]));
        (bx - ax).hypot(by - ay)
    };
    let mut lengths: Vec<f64> = topology.arcs().iter().flat_map(|arc| arc.places.windows(2).map(length)).collect();
    let middle = lengths.len() / 2;
    if lengths.is_empty() { 0.0 } else { *lengths.select_nth_unstable_by(middle, f64::total_cmp).1 }
}

/// The zoom of [`Topology::generalise`] for the tiles of a zoom: that one is of tiles half as wide.
#[must_use]
pub fn generalised_for(zoom: u8) -> f64 {
    f64::from(zoom) + 1.0
}

/// Cuts a topology that was generalised for a zoom into the tiles of that zoom. The layers are called `name` and
/// `{name}-borders`, and an area's id is its index. `label_points` says by index where an area goes that would vanish.
///
/// # Errors
/// Where the encoder refuses a layer, which it does of one without a name.
pub fn cut(name: &str, generalised: &Topology, label_points: &[Option<Place>], zoom: u8) -> Result<Level, EncodeError> {
    let mut sheet = Sheet { grid: Grid::of(zoom), drawings: BTreeMap::new() };
    let mut collapsed = 0;
    for area in 0..generalised.len() {
        let shape = generalised.shape(area);
        let mut is_drawn = false;
        for polygon in &shape.polygons {
            let rings = polygon.rings().map(|ring| sheet.grid.path(ring)).collect();
            is_drawn |= sheet.draw_polygon(area, rings);
        }
        let first = || shape.polygons.first().and_then(|polygon| polygon.exterior.first());
        let at = label_points.get(area).and_then(Option::as_ref).or_else(first);
        if let Some(at) = at.filter(|_| !is_drawn && !shape.is_empty()) {
            collapsed += 1;
            let triangle = smallest_triangle(sheet.grid.point(*at), &sheet.grid);
            sheet.draw_polygon(area, vec![triangle]);
        }
    }
    for arc in generalised.arcs() {
        sheet.draw_border(sheet.grid.path(&arc.places));
    }
    let tile = |((x, y), drawing): ((u32, u32), Drawing)| {
        Ok(Tile { address: TileAddress { zoom, x, y }, vector: encode(name, &drawing)?, lines: encode_lines(&drawing) })
    };
    let tiles = sheet.drawings.into_iter().filter(|(_, drawing)| !drawing.is_empty()).map(tile);
    Ok(Level { tiles: tiles.collect::<Result<_, EncodeError>>()?, collapsed })
}

/// All tiles of a zoom while they are drawn.
struct Sheet {
    grid: Grid,
    drawings: BTreeMap<(u32, u32), Drawing>,
}

impl Sheet {
    /// Draws a polygon of an area on each tile that shows some of it. Whether any does.
    fn draw_polygon(&mut self, area: usize, rings: Vec<Path>) -> bool {
        let mut is_drawn = false;
        let range = self.grid.tiles_of(rings.iter().flatten());
        spread(rings, range, &mut |x, y, part| {
            if let Some(polygon) = as_polygon(part, (x, y)) {
                self.drawings.entry((x, y)).or_default().add_polygon(area, polygon);
                is_drawn = true;
            }
        });
        is_drawn
    }

    /// Draws a border on each tile that shows some of it.
    fn draw_border(&mut self, border: Path) {
        let range = self.grid.tiles_of(&border);
        spread(Lines(vec![border]), range, &mut |x, y, Lines(parts)| {
            let lines = parts.into_iter().filter_map(|part| as_line(part, (x, y)));
            self.drawings.entry((x, y)).or_default().lines.extend(lines);
        });
    }
}

/// Why a tile cannot be written or read.
#[derive(Debug, thiserror::Error)]
#[error("a vector tile cannot be encoded: {0}")]
pub struct EncodeError(#[from] fast_mvt::MvtError);
