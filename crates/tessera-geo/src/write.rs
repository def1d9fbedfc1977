//! Writing geometry: GeoJSON, and well-known binary.
//!
//! The numbers of GeoJSON are written from the integers as exact decimals with at most seven places, without going through
//! floating point: shorter, faster and the same on every machine.

use crate::place::Place;
use crate::shape::{Polygon, Shape};

/// Appends a shape as a GeoJSON geometry object (RFC 7946): a `Polygon` when it has one part, else a `MultiPolygon`
/// (with empty coordinates for an empty shape). No white space.
///
/// ```
/// use tessera_geo::{Place, Polygon, Shape, write_geometry};
///
/// let exterior = [(-5, 0), (10_000_000, 0), (0, 515_000_000), (-5, 0)];
/// let exterior = exterior.map(|(lon, lat)| Place { lon, lat }).to_vec();
/// let mut out = Vec::new();
/// write_geometry(&Shape { polygons: vec![Polygon { exterior, holes: vec![] }] }, &mut out);
/// assert_eq!(out, br#"{"type":"Polygon","coordinates":[[[-0.0000005,0],[1,0],[0,51.5],[-0.0000005,0]]]}"#);
/// ```
pub fn write_geometry(shape: &Shape, out: &mut Vec<u8>) {
    if let [polygon] = shape.polygons.as_slice() {
        out.extend(br#"{"type":"Polygon","coordinates":"#);
        write_polygon(polygon, out);
    } else {
        out.extend(br#"{"type":"MultiPolygon","coordinates":"#);
        write_list(shape.polygons.iter(), out, write_polygon);
    }
    out.push(b'}');
}

/// A shape in well-known binary (ISO 19125, little-endian), in degrees: a `Polygon` when it has one part, else a
/// `MultiPolygon`.
///
/// ```
/// use tessera_geo::{Shape, to_wkb};
///
/// assert_eq!(to_wkb(&Shape::default()), [1, 6, 0, 0, 0, 0, 0, 0, 0], "no parts");
/// ```
#[must_use]
pub fn to_wkb(shape: &Shape) -> Vec<u8> {
    const POLYGON: u32 = 3;
    const MULTI_POLYGON: u32 = 6;
    let mut out = Vec::new();
    let head = |kind: u32, out: &mut Vec<u8>| {
        out.push(1);
        out.extend(kind.to_le_bytes());
    };
    let count = |count: usize, out: &mut Vec<u8>| out.extend((count as u32).to_le_bytes());
    if shape.polygons.len() != 1 {
        head(MULTI_POLYGON, &mut out);
        count(shape.polygons.len(), &mut out);
    }
    for polygon in &shape.polygons {
        head(POLYGON, &mut out);
        count(1 + polygon.holes.len(), &mut out);
        for ring in polygon.rings() {
            count(ring.len(), &mut out);
            for place in ring {
                let (lon, lat) = place.to_degrees();
                out.extend(lon.to_le_bytes());
                out.extend(lat.to_le_bytes());
            }
        }
    }
    out
}

fn write_polygon(polygon: &Polygon, out: &mut Vec<u8>) {
    write_list(polygon.rings(), out, |ring, out| write_list(ring.iter(), out, write_place));
}

fn write_place(place: &Place, out: &mut Vec<u8>) {
    out.push(b'[');
    write_degrees(place.lon, out);
    out.push(b',');
    write_degrees(place.lat, out);
    out.push(b']');
}

fn write_list<Item>(items: impl Iterator<Item = Item>, out: &mut Vec<u8>, write: impl Fn(Item, &mut Vec<u8>)) {
    out.push(b'[');
    for (index, item) in items.enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write(item, out);
    }
    out.push(b']');
}

fn write_degrees(units: i32, out: &mut Vec<u8>) {
    if units < 0 {
        out.push(b'-');
    }
    let magnitude = units.unsigned_abs();
    let (degrees, mut fraction) = (magnitude / 10_000_000, magnitude % 10_000_000);
    for power in [100, 10] {
        if degrees >= power {
            out.push(digit(degrees / power));
        }
    }
    out.push(digit(degrees));
    if fraction > 0 {
        out.push(b'.');
    }
    while fraction > 0 {
        fraction *= 10;
        out.push(digit(fraction / 10_000_000));
        fraction %= 10_000_000;
    }
}

/// The last digit of a number.
fn digit(number: u32) -> u8 {
    b'0' + (number % 10) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(units: i32) -> String {
        let mut out = Vec::new();
        write_degrees(units, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn degrees_are_exact_decimals_without_trailing_zeros() {
        let cases = [
            (0, "0"),
            (-1, "-0.0000001"),
            (-19_402_259, "-1.9402259"),
            (1_800_000_000, "180"),
            (105_000_000, "10.5"),
            (1_000_000_010, "100.000001"),
        ];
        for (units, text) in cases {
            assert_eq!(written(units), text);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_parses_to_the_same_place(units in -1_800_000_000..=1_800_000_000) {
            prop_assert_eq!(Place::from_degrees(written(units).parse().unwrap(), 0.0).unwrap().lon, units);
        }
    }
}
