//! Who adjoins whom: `neighbours areas.geojson CODE`, where CODE is the property that holds the codes.
//!
//! First the seconds that each of several rounds took, without reading; then a line an area, in the order of the file, with the
//! positions of its queen neighbours.

use std::env::args;
use std::error::Error;
use std::fs::read;
use std::io::{Write, stdout};
use std::time::Instant;

use tessera_geo::{Contiguity, Shape, Topology, read_geojson};

const ROUNDS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let (Some(file), Some(code)) = (args().nth(1), args().nth(2)) else {
        return Err("usage: neighbours areas.geojson CODE".into());
    };
    let shapes: Vec<Shape> =
        read_geojson(&read(file)?, &code, None)?.boundaries.into_iter().map(|boundary| boundary.shape).collect();
    let find = || Topology::build(&shapes).neighbours(Contiguity::Queen);
    let seconds = [(); ROUNDS].map(|()| {
        let begun = Instant::now();
        find();
        begun.elapsed().as_secs_f64()
    });
    let neighbours = find();
    let mut lines = format!("{seconds:?}\n");
    for area in 0..shapes.len() {
        let positions: Vec<String> = neighbours.of(area).iter().map(u32::to_string).collect();
        lines.push_str(&positions.join(" "));
        lines.push('\n');
    }
    Ok(stdout().write_all(lines.as_bytes())?)
}
