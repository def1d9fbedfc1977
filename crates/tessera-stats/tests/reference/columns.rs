//! Quantiles, sums, means, spread and ranks, by numpy, scipy and Python.

use std::collections::BTreeMap;

use serde::Deserialize;
use tessera_stats::mean::{mean, sum, weighted_mean};
use tessera_stats::quantile::quantile_value;
use tessera_stats::rank::{First, InOrder, mid_ranks, ranks};
use tessera_stats::spread::{standard_deviation, z_scores};

use crate::{assert_all_close, assert_close, column};

#[derive(Deserialize)]
struct Answers {
    values: Vec<f64>,
    weights: Vec<f64>,
    quantiles: Vec<(f64, f64)>,
    sum: f64,
    mean: f64,
    weighted_mean: f64,
    standard_deviation: f64,
    z_scores: Vec<f64>,
    ranks_lowest_first: Vec<u32>,
    ranks_highest_first: Vec<u32>,
    mid_ranks: Vec<f64>,
    percentiles: Vec<f64>,
}

fn answers() -> BTreeMap<String, Answers> {
    crate::answers("columns.json")
}

fn numbers<T>(column: Vec<Option<T>>) -> Vec<T> {
    column.into_iter().flatten().collect()
}

#[test]
fn quantiles_are_those_of_numpy() {
    for (name, mut answers) in answers() {
        answers.values.sort_by(f64::total_cmp);
        for (p, expected) in answers.quantiles {
            assert_close(quantile_value(&answers.values, p).unwrap(), expected, &format!("{name} at {p}"));
        }
    }
}

#[test]
fn sums_means_and_spread_are_those_of_python_numpy_and_scipy() {
    for (name, answers) in answers() {
        let column = column(&answers.values);
        let pairs = column.iter().copied().zip(answers.weights.into_iter().map(Some));
        assert_eq!(sum(&column), Some(answers.sum), "{name}");
        assert_close(mean(&column).unwrap(), answers.mean, &name);
        assert_close(weighted_mean(pairs).unwrap().mean, answers.weighted_mean, &name);
        assert_close(standard_deviation(&column).unwrap(), answers.standard_deviation, &name);
        assert_all_close(&numbers(z_scores(&column)), &answers.z_scores, &name);
    }
}

#[test]
fn ranks_and_percentiles_are_those_of_scipy() {
    for (name, answers) in answers() {
        let column = column(&answers.values);
        assert_eq!(numbers(ranks(&column, First::Lowest)), answers.ranks_lowest_first, "{name}");
        assert_eq!(numbers(ranks(&column, First::Highest)), answers.ranks_highest_first, "{name}");
        assert_eq!(numbers(mid_ranks(&column)), answers.mid_ranks, "{name}");
        let in_order = InOrder::of(&column);
        let percentiles: Vec<f64> = answers.values.iter().map(|value| in_order.standing(*value).percentile()).collect();
        assert_all_close(&percentiles, &answers.percentiles, &name);
    }
}
