//! Classes of a column: `classes values.txt quantile|equal|jenks K`, with a number a line.
//!
//! First the seconds that each of several rounds took, without reading; then the bounds: the minimum, and the upper ones.

use std::env::args;
use std::error::Error;
use std::fs::read_to_string;
use std::io::{Write, stdout};
use std::time::Instant;

use tessera_stats::classes::{equal_interval, jenks, quantile};

const ROUNDS: usize = 9;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = args().skip(1).collect();
    let [file, method, k] = arguments.as_slice() else {
        return Err("usage: classes values.txt quantile|equal|jenks K".into());
    };
    let method = match method.as_str() {
        "quantile" => quantile,
        "equal" => equal_interval,
        "jenks" => jenks,
        _ => return Err("there is no such method".into()),
    };
    let column = read_to_string(file)?.lines().map(|line| line.parse().map(Some)).collect::<Result<Vec<_>, _>>()?;
    let k = k.parse()?;
    let mut seconds = [0.0; ROUNDS];
    for round in &mut seconds {
        let begun = Instant::now();
        method(&column, k)?;
        *round = begun.elapsed().as_secs_f64();
    }
    let breaks = method(&column, k)?;
    let mut out = stdout().lock();
    writeln!(out, "{seconds:?}")?;
    for bound in breaks.bounds() {
        writeln!(out, "{bound}")?;
    }
    Ok(())
}
