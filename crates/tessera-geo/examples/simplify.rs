//! Boundaries with less detail: `simplify areas.geojson CODE ZOOM out.geojson`, where CODE is the property that holds the codes
//! and ZOOM that of the web map on which nothing is to look different.
//!
//! Says how many places of borders there were between their ends, and how many stay.

use std::env::args;
use std::error::Error;
use std::fs::{read, write};
use std::io::{Write, stdout};

use serde_json::json;
use tessera_geo::{Shape, Topology, read_geojson, write_geometry};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = args().skip(1).collect();
    let [from, code, zoom, to] = arguments.as_slice() else {
        return Err("usage: simplify areas.geojson CODE ZOOM out.geojson".into());
    };
    let reading = read_geojson(&read(from)?, code, None)?;
    let (codes, shapes): (Vec<String>, Vec<Shape>) =
        reading.boundaries.into_iter().map(|boundary| (boundary.code, boundary.shape)).unzip();
    let whole = Topology::build(&shapes);
    let simple = whole.generalise(zoom.parse()?).topology;
    write(to, collection(&codes, &simple)?)?;
    writeln!(stdout(), "{} {}", places_between_ends(&whole), places_between_ends(&simple))?;
    Ok(())
}

fn collection(codes: &[String], topology: &Topology) -> Result<Vec<u8>, serde_json::Error> {
    let mut out = br#"{"type":"FeatureCollection","features":["#.to_vec();
    for (area, code) in codes.iter().enumerate() {
        out.extend(if area > 0 { ",\n" } else { "\n" }.bytes());
        out.extend(br#"{"type":"Feature","properties":"#);
        serde_json::to_writer(&mut out, &json!({ "code": code }))?;
        out.extend(br#","geometry":"#);
        write_geometry(&topology.shape(area), &mut out);
        out.push(b'}');
    }
    out.extend(b"\n]}\n");
    Ok(out)
}

fn places_between_ends(topology: &Topology) -> usize {
    topology.arcs().iter().map(|arc| arc.places.len().saturating_sub(2)).sum()
}
