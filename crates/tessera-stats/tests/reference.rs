//! Agreement with mapclassify, numpy and scipy: `reference/README.md` says how the answers were made.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::BTreeMap;

use serde::Deserialize;
use tessera_stats::classes::{self, Breaks};
use tessera_stats::mean::{mean, sum, weighted_mean};
use tessera_stats::quantile::quantile_value;
use tessera_stats::rank::{First, ranks};

#[derive(Deserialize)]
struct Reference {
    values: Vec<f64>,
    weights: Vec<f64>,
    classes: BTreeMap<usize, Methods>,
    quantiles: Vec<(f64, f64)>,
    sum: f64,
    mean: f64,
    weighted_mean: f64,
    ranks_lowest_first: Vec<u32>,
    ranks_highest_first: Vec<u32>,
}

#[derive(Deserialize)]
struct Methods {
    quantile: Classes,
    equal_interval: Classes,
}

#[derive(Deserialize)]
struct Classes {
    upper_bounds: Vec<f64>,
    counts: Vec<usize>,
}

impl Classes {
    fn without_empty_ones(self) -> Self {
        let filled = self.upper_bounds.into_iter().zip(self.counts).filter(|(_, count)| *count > 0);
        let (upper_bounds, counts) = filled.unzip();
        Self { upper_bounds, counts }
    }
}

fn references() -> BTreeMap<String, Reference> {
    serde_json::from_str(include_str!("reference/reference.json")).unwrap()
}

fn column(values: &[f64]) -> Vec<Option<f64>> {
    values.iter().copied().map(Some).collect()
}

fn assert_close(ours: f64, theirs: f64, what: &str) {
    assert!((ours - theirs).abs() < 1e-12, "{what}: {ours}, expected {theirs}");
}

fn assert_same_classes(ours: &Breaks, column: &[Option<f64>], theirs: &Classes, what: &str) {
    assert_eq!(ours.counts(column), theirs.counts, "{what}");
    assert_eq!(ours.len(), theirs.upper_bounds.len(), "{what}");
    for (bound, expected) in ours.bounds()[1..].iter().zip(&theirs.upper_bounds) {
        assert_close(*bound, *expected, what);
    }
}

#[test]
fn quantile_classes_are_those_of_mapclassify() {
    for (name, reference) in references() {
        let column = column(&reference.values);
        for (k, theirs) in reference.classes {
            let ours = classes::quantile(&column, k).unwrap();
            let theirs = theirs.quantile.without_empty_ones();
            assert_same_classes(&ours, &column, &theirs, &format!("{name}, {k} classes"));
        }
    }
}

#[test]
fn equal_intervals_are_those_of_mapclassify() {
    for (name, reference) in references() {
        let column = column(&reference.values);
        for (k, theirs) in reference.classes {
            let ours = classes::equal_interval(&column, k).unwrap();
            assert_same_classes(&ours, &column, &theirs.equal_interval, &format!("{name}, {k} classes"));
        }
    }
}

#[test]
fn quantiles_are_those_of_numpy() {
    for (name, mut reference) in references() {
        reference.values.sort_by(f64::total_cmp);
        for (p, expected) in reference.quantiles {
            assert_close(quantile_value(&reference.values, p).unwrap(), expected, &format!("{name} at {p}"));
        }
    }
}

#[test]
fn sums_and_means_are_those_of_python_and_numpy() {
    for (name, reference) in references() {
        let column = column(&reference.values);
        let pairs = column.iter().copied().zip(reference.weights.into_iter().map(Some));
        assert_eq!(sum(&column), Some(reference.sum), "{name}");
        assert_close(mean(&column).unwrap(), reference.mean, &name);
        assert_close(weighted_mean(pairs).unwrap().mean, reference.weighted_mean, &name);
    }
}

#[test]
fn ranks_are_those_of_scipy() {
    for (name, reference) in references() {
        let column = column(&reference.values);
        let numbers = |first| ranks(&column, first).into_iter().flatten().collect::<Vec<_>>();
        assert_eq!(numbers(First::Lowest), reference.ranks_lowest_first, "{name}");
        assert_eq!(numbers(First::Highest), reference.ranks_highest_first, "{name}");
    }
}
