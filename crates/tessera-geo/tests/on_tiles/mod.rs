//! What is on a vector tile, read by the library that reads tiles.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test's own reader")]

use std::collections::BTreeMap;

use fast_mvt::{MvtGeometry, MvtPolygon, MvtReaderRef};
use integer_encoding::VarInt;
use tessera_geo::tiles::{Level, Tile, cut, generalised_for};
use tessera_geo::{Place, Topology, label_point};

/// From a point to the next.
pub(crate) type Piece = ((i32, i32), (i32, i32));

/// The tiles of a zoom.
pub(crate) fn level(topology: &Topology, zoom: u8) -> Level {
    let topology = topology.generalise(generalised_for(zoom)).topology;
    let label_points: Vec<Option<Place>> = (0..topology.len()).map(|area| label_point(&topology.shape(area))).collect();
    cut("map", &topology, &label_points, zoom).unwrap()
}

/// The areas of a tile with their ids.
pub(crate) fn areas_on(tile: &Tile) -> Vec<(u64, Vec<MvtPolygon>)> {
    let reader = MvtReaderRef::new(&tile.vector).unwrap();
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
    let reader = MvtReaderRef::new(&tile.vector).unwrap();
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

/// The straight pieces around each area, in the direction in which they are drawn, in order.
pub(crate) fn pieces_of_areas(tile: &Tile) -> BTreeMap<u64, Vec<Piece>> {
    let pieces = |polygon: &MvtPolygon| -> Vec<Piece> {
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        rings
            .flat_map(geo::LineString::lines)
            .map(|line| ((line.start.x, line.start.y), (line.end.x, line.end.y)))
            .collect()
    };
    let areas = areas_on(tile).into_iter();
    let sorted = |mut pieces: Vec<Piece>| {
        pieces.sort_unstable();
        pieces
    };
    areas.map(|(id, polygons)| (id, sorted(polygons.iter().flat_map(pieces).collect()))).collect()
}

/// The same from the tile's lines, and how many pieces the lines have.
pub(crate) fn pieces_of_lines(tile: &Tile) -> (BTreeMap<u64, Vec<Piece>>, usize) {
    let mut rest = tile.lines.strip_prefix(b"TSL1").unwrap();
    let mut next = || {
        let (number, length) = i64::decode_var(rest).unwrap();
        rest = &rest[length..];
        number
    };
    let (areas, lines) = (next(), next());
    let mut sums = |count: i64| -> Vec<i64> {
        let add = |sum: &mut i64, _| {
            *sum += next();
            Some(*sum)
        };
        (0..count).scan(0, add).collect()
    };
    let (ids, right) = (sums(areas), sums(lines));
    let left: Vec<i64> = right.iter().map(|right| right + next()).collect();
    let lengths: Vec<i64> = right.iter().map(|_| next()).collect();
    let mut pieces: BTreeMap<u64, Vec<Piece>> = ids.iter().map(|id| (*id as u64, Vec::new())).collect();
    let (mut at, mut count) = ((0, 0), 0);
    for ((right, left), length) in right.into_iter().zip(left).zip(lengths) {
        for number in 0..length {
            let to = (at.0 + next() as i32, at.1 + next() as i32);
            if number > 0 {
                count += 1;
                let mut add =
                    |place: i64, piece: Piece| pieces.get_mut(&(ids[place as usize - 1] as u64)).unwrap().push(piece);
                add(right, (at, to));
                if left > 0 {
                    add(left, (to, at));
                }
            }
            at = to;
        }
    }
    assert!(rest.is_empty());
    pieces.values_mut().for_each(|pieces| pieces.sort_unstable());
    (pieces, count)
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
