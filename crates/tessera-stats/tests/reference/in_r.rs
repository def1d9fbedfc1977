//! Round classes and recent trends, by R.

use serde::Deserialize;
use tessera_stats::classes;
use tessera_stats::trend::{of_proportion, of_value};

use crate::{assert_all_close, assert_close, column};

#[derive(Deserialize)]
struct Answers {
    rounds: Vec<Round>,
    proportions: Vec<Proportions>,
    values: Vec<Values>,
}

#[derive(Deserialize)]
struct Round {
    range: [f64; 2],
    k: usize,
    bounds: Vec<f64>,
}

#[derive(Deserialize)]
struct Proportions {
    numerators: [f64; 5],
    denominators: [f64; 5],
    chi_squared: f64,
}

#[derive(Deserialize)]
struct Values {
    values: [f64; 5],
    lower: [f64; 5],
    upper: [f64; 5],
    chi_squared: f64,
}

fn answers() -> Answers {
    crate::answers("in_r.json")
}

#[test]
fn round_classes_are_those_of_r() {
    let mut too_many = 0;
    for Round { range, k, bounds } in answers().rounds {
        let ours = classes::pretty(&column(&range), k).unwrap();
        if bounds.len() - 1 > *classes::CLASS_COUNTS.end() {
            too_many += 1;
            continue;
        }
        let largest = bounds.iter().fold(0.0_f64, |largest, bound| largest.max(bound.abs()));
        let scaled = |bounds: &[f64]| bounds.iter().map(|bound| bound / largest).collect::<Vec<_>>();
        assert_all_close(&scaled(ours.bounds()), &scaled(&bounds), &format!("{range:?}, {k} classes"));
    }
    assert_eq!(too_many, 9);
}

#[test]
fn trends_of_proportions_have_the_statistic_of_r() {
    for Proportions { numerators, denominators, chi_squared } in answers().proportions {
        let trend = of_proportion(&column(&numerators), &column(&denominators)).unwrap();
        assert_close(trend.chi_squared, chi_squared, &format!("{numerators:?}"));
    }
}

#[test]
fn trends_of_values_have_the_statistic_of_r() {
    for Values { values, lower, upper, chi_squared } in answers().values {
        let trend = of_value(&column(&values), &column(&lower), &column(&upper)).unwrap();
        assert_close(trend.chi_squared, chi_squared, &format!("{values:?}"));
    }
}
