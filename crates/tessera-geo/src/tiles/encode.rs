//! A tile's drawing as protocol buffers.

use fast_mvt::{MvtCoord, MvtGeomType, MvtTileBuilder};

use super::EncodeError;
use super::grid::TilePoint;

/// What a tile shows.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    /// By area, in the order of their ids, the polygons as rings.
    pub(super) areas: Vec<(usize, Vec<Vec<Vec<TilePoint>>>)>,
    /// The borders.
    pub(super) lines: Vec<Vec<TilePoint>>,
}

impl Drawing {
    /// Whether there is nothing on it.
    pub(super) fn is_empty(&self) -> bool {
        self.areas.is_empty() && self.lines.is_empty()
    }

    /// Adds a polygon of an area; one area after the other.
    pub(super) fn add_polygon(&mut self, area: usize, polygon: Vec<Vec<TilePoint>>) {
        match self.areas.last_mut() {
            Some((last, polygons)) if *last == area => polygons.push(polygon),
            _ => self.areas.push((area, vec![polygon])),
        }
    }
}

/// The name of the layer of borders beside the layer of areas.
#[must_use]
pub fn borders_of(name: &str) -> String {
    format!("{name}-borders")
}

/// Encodes a drawing. A layer without features is left out.
pub(super) fn encode(name: &str, drawing: &Drawing) -> Result<Vec<u8>, EncodeError> {
    let coordinates = |path: &[TilePoint]| path.iter().map(|&(x, y)| MvtCoord { x, y }).collect::<Vec<_>>();
    let mut tile = MvtTileBuilder::new();
    if !drawing.areas.is_empty() {
        let mut layer = tile.layer(name)?;
        for (area, polygons) in &drawing.areas {
            let mut feature = layer.feature_of(MvtGeomType::Polygon);
            feature.id(Some(*area as u64));
            for polygon in polygons {
                for (number, ring) in polygon.iter().enumerate() {
                    feature.ring(coordinates(ring), number == 0)?;
                }
            }
            layer = feature.end();
        }
        tile = layer.end();
    }
    if !drawing.lines.is_empty() {
        let mut feature = tile.layer(borders_of(name))?.feature_of(MvtGeomType::LineString);
        for line in &drawing.lines {
            feature.line(coordinates(line))?;
        }
        tile = feature.end().end();
    }
    Ok(tile.encode())
}
