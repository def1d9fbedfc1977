//! What is on a vector tile, read by the library that reads tiles.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test's own reader")]

use fast_mvt::{MvtGeometry, MvtPolygon, MvtReaderRef};
use tessera_geo::tiles::{Level, Tile, cut, generalised_for};
use tessera_geo::{Place, Topology, label_point};

/// The tiles of a zoom.
pub(crate) fn level(topology: &Topology, zoom: u8) -> Level {
    let topology = topology.generalise(generalised_for(zoom)).topology;
    let label_points: Vec<Option<Place>> = (0..topology.len()).map(|area| label_point(&topology.shape(area))).collect();
    cut("map", &topology, &label_points, zoom).unwrap()
}

/// The areas of a tile with their ids.
pub(crate) fn areas_on(tile: &Tile) -> Vec<(u64, Vec<MvtPolygon>)> {
    let reader = MvtReaderRef::new(&tile.bytes).unwrap();
    let layer = reader.layers().find(|layer| layer.name() == "map");
    let features = layer.into_iter().flat_map(|layer| layer.features().collect::<Vec<_>>());
    let polygons = |geometry| match geometry {
        MvtGeometry::Polygon(polygon) => vec![polygon],
        MvtGeometry::MultiPolygon(polygons) => polygons.0,
        other => panic!("{other:?}"),
    };
    features.map(|feature| (feature.id().unwrap(), polygons(feature.geometry().unwrap()))).collect()
}

/// The straight pieces of the borders of a tile, each in one direction.
pub(crate) fn borders_on(tile: &Tile) -> Vec<[(i32, i32); 2]> {
    let reader = MvtReaderRef::new(&tile.bytes).unwrap();
    let layer = reader.layers().find(|layer| layer.name() == "map-borders");
    let features = layer.into_iter().flat_map(|layer| layer.features().collect::<Vec<_>>());
    let lines = |geometry| match geometry {
        MvtGeometry::LineString(line) => vec![line],
        MvtGeometry::MultiLineString(lines) => lines.0,
        other => panic!("{other:?}"),
    };
    let lines = features.flat_map(|feature| lines(feature.geometry().unwrap()));
    let ends = |line: geo::Line<i32>| {
        let mut ends = [line.start, line.end].map(|end| (end.x, end.y));
        ends.sort();
        ends
    };
    lines.flat_map(|line| line.lines().map(ends).collect::<Vec<_>>()).collect()
}

/// Twice the signed area of a ring by the surveyor's formula: positive where an exterior ring of a tile is right.
pub(crate) fn ring_area2(ring: &geo::LineString<i32>) -> i64 {
    let cross = |line: geo::Line<i32>| {
        i64::from(line.start.x) * i64::from(line.end.y) - i64::from(line.end.x) * i64::from(line.start.y)
    };
    ring.lines().map(cross).sum()
}

pub(crate) fn polygon_area2(polygon: &MvtPolygon) -> i64 {
    ring_area2(polygon.exterior()) + polygon.interiors().iter().map(ring_area2).sum::<i64>()
}
