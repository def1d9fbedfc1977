//! Hotspots of a county (1,388 areas) and of England and Wales (34,753 areas), each with about six neighbours, by 999
//! permutations. The aim for a statistic of the larger is half a second, a fifth of what PySAL's esda takes.

use std::num::NonZeroUsize;

use divan::{Bencher, black_box};
use tessera_stats::smooth::{empirical_bayes, spatial_empirical_bayes};
use tessera_stats::space::{
    self, Local, Observations, Permutations, Randomisation, Settings, SpaceError, Statistic, Weights,
};

const AREAS: [usize; 2] = [1_388, 34_753];
const RANDOMISATION: Randomisation =
    Randomisation { permutations: Permutations::R999, seed: 1, threads: NonZeroUsize::MIN.saturating_add(1) };

fn main() {
    divan::main();
}

#[divan::bench(args = AREAS)]
fn gi_star(bencher: Bencher, areas: usize) {
    bench_local(bencher, areas, space::gi_star);
}

#[divan::bench(args = AREAS)]
fn local_moran(bencher: Bencher, areas: usize) {
    bench_local(bencher, areas, space::local_moran);
}

#[divan::bench(args = AREAS)]
fn global_moran(bencher: Bencher, areas: usize) {
    let Ok(observations) = observations(areas) else { return };
    bencher.bench(|| space::global_moran(black_box(&observations), &RANDOMISATION));
}

/// All of it: weights among the areas with a value, statistic, global Moran, discoveries, groups.
#[divan::bench(args = AREAS)]
fn hotspots(bencher: Bencher, areas: usize) {
    let (column, Ok(weights)) = (column(areas), lattice(areas)) else { return };
    let settings = Settings { statistic: Statistic::GiStar, randomisation: RANDOMISATION, false_discovery_rate: 0.05 };
    bencher.bench(|| space::hotspots(black_box(&column), &weights, &settings));
}

#[divan::bench(args = AREAS)]
fn smooth(bencher: Bencher, areas: usize) {
    let counts = counts(areas);
    bencher.bench(|| empirical_bayes(black_box(&counts)));
}

#[divan::bench(args = AREAS)]
fn smooth_spatially(bencher: Bencher, areas: usize) {
    let (counts, Ok(weights)) = (counts(areas), lattice(areas)) else { return };
    bencher.bench(|| spatial_empirical_bayes(black_box(&counts), &weights));
}

#[divan::bench(args = AREAS)]
fn nearest(bencher: Bencher, areas: usize) {
    let places: Vec<_> = (0..areas).map(|area| (-6.0 + 8.0 * spread(area), 50.0 + 6.0 * spread(7 * area))).collect();
    bencher.bench(|| Weights::nearest(black_box(&places), 6));
}

fn bench_local(bencher: Bencher, areas: usize, statistic: fn(&Observations, &Randomisation) -> Vec<Option<Local>>) {
    let Ok(observations) = observations(areas) else { return };
    assert_eq!(statistic(&observations, &RANDOMISATION).iter().flatten().count(), areas - areas.div_ceil(97));
    bencher.bench(|| statistic(black_box(&observations), &RANDOMISATION));
}

fn observations(areas: usize) -> Result<Observations, SpaceError> {
    Observations::new(&column(areas), &lattice(areas)?)
}

/// Skewed values without order or ties; one in 97 is missing.
fn column(areas: usize) -> Vec<Option<f64>> {
    (0..areas).map(|area| (area % 97 != 0).then(|| (4.0 * spread(area)).exp())).collect()
}

fn counts(areas: usize) -> Vec<(Option<f64>, Option<f64>)> {
    (0..areas).map(|area| (Some(30.0 * spread(area)), Some(1000.0 + 1000.0 * spread(3 * area)))).collect()
}

/// Rows of areas, each of which touches six others: those beside it, above it, and next to that.
fn lattice(areas: usize) -> Result<Weights, SpaceError> {
    let side = areas.isqrt() + 1;
    let (mut offsets, mut indices) = (vec![0], Vec::new());
    for area in 0..areas {
        let column = area % side;
        let before = [
            (column > 0 && area > side).then(|| area - side - 1),
            area.checked_sub(side),
            (column > 0).then(|| area - 1),
        ];
        let after = [
            (column + 1 < side).then_some(area + 1),
            Some(area + side),
            (column + 1 < side).then_some(area + side + 1),
        ];
        let around = before.into_iter().chain(after).flatten().filter(|neighbour| *neighbour < areas);
        indices.extend(around.map(|neighbour| neighbour as u32));
        offsets.push(indices.len() as u32);
    }
    Weights::from_neighbours(offsets, indices)
}

/// A number from 0 to 1 for each area, without order.
fn spread(area: usize) -> f64 {
    const GOLDEN_RATIO: f64 = 1.618_033_988_749_895;
    (area as f64 * GOLDEN_RATIO).fract()
}
