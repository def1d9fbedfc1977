//! Neighbours alike beyond chance, and smoothed rates: esda, libpysal and scipy.

use std::num::NonZeroUsize;

use serde::Deserialize;
use tessera_stats::smooth::{empirical_bayes, spatial_empirical_bayes};
use tessera_stats::space::{
    Class, Local, Observations, Permutations, Randomisation, Weights, benjamini_hochberg, gi_star, global_moran,
    local_moran,
};

#[derive(Deserialize)]
struct Reference {
    permutations: u32,
    false_discovery_rate: f64,
    cases: Vec<Case>,
    nearest: Nearest,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    values: Vec<Option<f64>>,
    neighbours: Vec<Vec<u32>>,
    islands: Vec<u32>,
    moran: Moran,
    local_moran: Answers,
    gi_star: Answers,
    smoothing: Option<Smoothing>,
}

#[derive(Deserialize)]
struct Moran {
    i: f64,
    expected: f64,
    p: f64,
}

#[derive(Deserialize)]
struct Answers {
    statistic: Vec<Option<f64>>,
    p: Vec<Option<f64>>,
    p_normal: Vec<Option<f64>>,
    class: Vec<Option<String>>,
    discoveries: usize,
}

#[derive(Deserialize)]
struct Smoothing {
    numerators: Vec<f64>,
    denominators: Vec<f64>,
    global: Vec<f64>,
    spatial: Vec<f64>,
}

#[derive(Deserialize)]
struct Nearest {
    places: Vec<(f64, f64)>,
    k: usize,
    nearest: Vec<Vec<u32>>,
    metres: f64,
    within: Vec<Vec<u32>>,
}

impl Case {
    fn weights(&self) -> Weights {
        let ends = self.neighbours.iter().scan(0, |end, list| {
            *end += list.len() as u32;
            Some(*end)
        });
        Weights::from_neighbours([0].into_iter().chain(ends).collect(), self.neighbours.concat()).unwrap()
    }

    fn observations(&self) -> Observations {
        Observations::new(&self.values, &self.weights()).unwrap()
    }
}

fn reference() -> Reference {
    serde_json::from_str(include_str!("../../../../tests/reference/space.json")).unwrap()
}

fn randomisation(permutations: Permutations) -> Randomisation {
    Randomisation { permutations, seed: 1, threads: NonZeroUsize::new(2).unwrap() }
}

fn assert_close(ours: f64, theirs: f64, what: &str) {
    assert!((ours - theirs).abs() <= 1e-9 * theirs.abs().max(1.0), "{what}: {ours}, expected {theirs}");
}

/// Two estimates of one p from R permutations each: twice a share q of one tail has the standard error
/// 2√(q(1 − q)/R), and their difference √2 times that. Five of those, and three permutations for the two ways of
/// counting the observation itself.
fn assert_within_chance(ours: f64, theirs: f64, permutations: u32, what: &str) {
    let (tail, permutations) = (f64::midpoint(ours, theirs) / 2.0, f64::from(permutations));
    let standard_error = 2.0 * (2.0 * tail * (1.0 - tail) / permutations).sqrt();
    let tolerance = 5.0 * standard_error + 3.0 / (permutations + 1.0);
    assert!((ours - theirs).abs() <= tolerance, "{what}: p {ours}, expected {theirs} within {tolerance}");
}

fn name(class: Class) -> &'static str {
    match class {
        Class::Hot => "hot",
        Class::Cold => "cold",
        Class::HighHigh => "high-high",
        Class::LowLow => "low-low",
        Class::HighLow => "high-low",
        Class::LowHigh => "low-high",
    }
}

fn check(statistic: fn(&Observations, &Randomisation) -> Vec<Option<Local>>, theirs_of: fn(&Case) -> &Answers) {
    let Reference { permutations, false_discovery_rate, cases, .. } = reference();
    for case in &cases {
        let theirs = theirs_of(case);
        let ours = statistic(&case.observations(), &randomisation(permutations.try_into().unwrap()));
        assert_eq!(ours.len(), theirs.statistic.len());
        for (area, ours) in ours.iter().enumerate() {
            let what = format!("{}, area {area}", case.name);
            assert_eq!(ours.is_some(), theirs.statistic[area].is_some(), "{what}");
            let Some(ours) = ours else { continue };
            assert_close(ours.statistic, theirs.statistic[area].unwrap(), &what);
            assert_close(ours.p_normal, theirs.p_normal[area].unwrap(), &what);
            assert_eq!(Some(name(ours.class)), theirs.class[area].as_deref(), "{what}");
            assert_within_chance(ours.p, theirs.p[area].unwrap(), permutations, &what);
        }
        let p_normal: Vec<_> = ours.iter().map(|local| local.map(|local| local.p_normal)).collect();
        let significant = benjamini_hochberg(&p_normal, false_discovery_rate);
        let discoveries = significant.iter().filter(|significant| **significant == Some(true)).count();
        assert_eq!(discoveries, theirs.discoveries, "{}", case.name);
    }
}

#[test]
fn gi_star_is_that_of_esda() {
    check(gi_star, |case| &case.gi_star);
}

#[test]
fn local_moran_is_that_of_esda() {
    check(local_moran, |case| &case.local_moran);
}

#[test]
fn moran_and_its_islands_are_those_of_esda() {
    for case in reference().cases {
        let observations = case.observations();
        let ours = global_moran(&observations, &randomisation(Permutations::R999));
        assert_close(ours.i, case.moran.i, &case.name);
        assert_close(ours.expected, case.moran.expected, &case.name);
        assert_within_chance(2.0 * ours.p, 2.0 * case.moran.p, 999, &case.name);
        assert_eq!(observations.islands(), case.islands, "{}", case.name);
    }
}

#[test]
fn five_areas_in_a_row_are_as_documented() {
    let chain = Weights::from_neighbours(vec![0, 1, 3, 5, 7, 8], vec![1, 0, 2, 1, 3, 2, 4, 3]).unwrap();
    let observations = Observations::new(&[9.0, 8.0, 3.0, 1.0, 4.0].map(Some), &chain).unwrap();
    let randomisation = randomisation(Permutations::R99);
    let statistics = |local: Vec<Option<Local>>| -> Vec<String> {
        local.into_iter().map(|local| format!("{:.6}", local.unwrap().statistic)).collect()
    };
    let gi_star = statistics(gi_star(&observations, &randomisation));
    assert_eq!(gi_star, ["1.884337", "1.345955", "-0.807573", "-1.884337", "-1.345955"]);
    let local_moran = statistics(local_moran(&observations, &randomisation));
    assert_eq!(local_moran, ["1.043478", "0.260870", "0.086957", "0.521739", "0.347826"]);
    assert_eq!(format!("{:.6}", global_moran(&observations, &randomisation).i), "0.565217");
}

#[test]
fn smoothed_rates_are_those_of_esda() {
    for case in reference().cases {
        let weights = case.weights();
        let Some(Smoothing { numerators, denominators, global, spatial }) = case.smoothing else { continue };
        let areas: Vec<_> = numerators.into_iter().map(Some).zip(denominators.into_iter().map(Some)).collect();
        let ours = empirical_bayes(&areas).into_iter().zip(spatial_empirical_bayes(&areas, &weights).unwrap());
        for (area, (ours, theirs)) in ours.zip(global.iter().zip(&spatial)).enumerate() {
            let what = format!("{}, area {area}", case.name);
            assert!((ours.0.unwrap() / theirs.0 - 1.0).abs() < 1e-9, "{what}");
            assert!((ours.1.unwrap() / theirs.1 - 1.0).abs() < 1e-9, "{what}");
        }
    }
}

#[test]
fn neighbours_by_distance_are_those_of_libpysal() {
    let Nearest { places, k, nearest, metres, within } = reference().nearest;
    let by_count = Weights::nearest(&places, k).unwrap();
    let by_distance = Weights::within(&places, metres).unwrap();
    for (place, (nearest, within)) in nearest.iter().zip(&within).enumerate() {
        assert_eq!(by_count.of(place), nearest, "place {place}");
        assert_eq!(by_distance.of(place), within, "place {place}");
    }
}
