//! Where areas lie, in a compact form for the screen: a header, then byte planes. `docs/api.md` has the layout.
//!
//! What the page needs beside the shapes themselves, for names, pins, the keyboard and to go to an area, to about a metre. Boxes and
//! centres are told from the point inside the area: the distances are small numbers.

use serde::Serialize;

use crate::column::Numbers;
use crate::compact::{ColumnHeader, framed};
use crate::geography::{AreaPlace, Geography};

/// The first bytes of every answer: the format and its version.
const MAGIC: &[u8; 4] = b"TSP1";
/// A part of a degree of which all numbers are whole ones: about a metre.
const PARTS_OF_A_DEGREE: f64 = 100_000.0;

#[derive(Serialize)]
struct Header<'a> {
    geography: &'a str,
    count: usize,
    columns: Vec<ColumnHeader>,
}

/// A number of an area in parts of a degree, whole.
type Part = fn(&AreaPlace) -> f64;

/// The columns in their order. Boxes hold the area, whatever is rounded.
const COLUMNS: [(&str, Part); 8] = [
    ("label_lon", |place| parts(label(place).0).round()),
    ("label_lat", |place| parts(label(place).1).round()),
    ("centroid_lon", |place| parts(place.centroid.0).round() - parts(label(place).0).round()),
    ("centroid_lat", |place| parts(place.centroid.1).round() - parts(label(place).1).round()),
    ("west", |place| parts(place.bbox.to_degrees()[0]).floor() - parts(label(place).0).round()),
    ("south", |place| parts(place.bbox.to_degrees()[1]).floor() - parts(label(place).1).round()),
    ("east", |place| parts(place.bbox.to_degrees()[2]).ceil() - parts(label(place).0).round()),
    ("north", |place| parts(place.bbox.to_degrees()[3]).ceil() - parts(label(place).1).round()),
];

fn label(place: &AreaPlace) -> (f64, f64) {
    place.label_point.to_degrees()
}

fn parts(degrees: f64) -> f64 {
    degrees * PARTS_OF_A_DEGREE
}

/// Where the areas of a geography lie; an area without shape has no numbers.
///
/// # Errors
/// None in practice: it is written into memory.
pub fn whereabouts(geography: &Geography) -> serde_json::Result<Vec<u8>> {
    let mut planes = Vec::new();
    let columns = COLUMNS.map(|(field, part)| {
        let number = |place: &AreaPlace| part(place) / PARTS_OF_A_DEGREE;
        let numbers: Numbers = geography.areas().iter().map(|area| area.place.as_ref().map(number)).collect();
        ColumnHeader::write(field, &numbers, &mut planes)
    });
    framed(MAGIC, &Header { geography: &geography.id, count: geography.len(), columns: columns.into() }, &planes)
}
