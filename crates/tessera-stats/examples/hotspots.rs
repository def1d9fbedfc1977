//! Areas that stand out together with their neighbours: `hotspots values.txt neighbours.txt local-moran|gi-star`, with a number
//! a line and, for each, a line with the positions of its neighbours.
//!
//! First the seconds that each of several rounds took with 999 permutations on all processors, without reading; then the
//! statistic of each area with its p.

use std::env::args;
use std::error::Error;
use std::fs::read_to_string;
use std::io::{BufWriter, Write, stdout};
use std::thread::available_parallelism;
use std::time::Instant;

use tessera_stats::space::{Observations, Permutations, Randomisation, Weights, gi_star, local_moran};

const ROUNDS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = args().skip(1).collect();
    let [values, neighbours, statistic] = arguments.as_slice() else {
        return Err("usage: hotspots values.txt neighbours.txt local-moran|gi-star".into());
    };
    let statistic = match statistic.as_str() {
        "local-moran" => local_moran,
        "gi-star" => gi_star,
        _ => return Err("there is no such statistic".into()),
    };
    let column = read_to_string(values)?.lines().map(|line| line.parse().map(Some)).collect::<Result<Vec<_>, _>>()?;
    let (mut offsets, mut indices) = (vec![0], Vec::new());
    for line in read_to_string(neighbours)?.lines() {
        for position in line.split_whitespace() {
            indices.push(position.parse()?);
        }
        offsets.push(indices.len().try_into()?);
    }
    let weights = Weights::from_neighbours(offsets, indices)?;
    let randomisation = Randomisation { permutations: Permutations::R999, seed: 1, threads: available_parallelism()? };
    let mut seconds = [0.0; ROUNDS];
    for round in &mut seconds {
        let begun = Instant::now();
        statistic(&Observations::new(&column, &weights)?, &randomisation);
        *round = begun.elapsed().as_secs_f64();
    }
    let mut out = BufWriter::new(stdout().lock());
    writeln!(out, "{seconds:?}")?;
    for local in statistic(&Observations::new(&column, &weights)?, &randomisation) {
        match local {
            Some(local) => writeln!(out, "{} {}", local.statistic, local.p)?,
            None => writeln!(out)?,
        }
    }
    Ok(())
}
