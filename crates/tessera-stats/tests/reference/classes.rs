//! Classes and histograms, by mapclassify, jenkspy and numpy.

use std::collections::BTreeMap;

use serde::Deserialize;
use tessera_stats::classes::{self, Breaks};
use tessera_stats::histogram::histogram;

use crate::{Input, assert_all_close, assert_close};

#[derive(Deserialize)]
struct Answers {
    input: Input,
    quantile: BTreeMap<usize, Classes>,
    equal_interval: BTreeMap<usize, Classes>,
    natural_breaks: BTreeMap<usize, NaturalBreaks>,
    standard_deviation: Classes,
    head_tail: Vec<f64>,
    histogram: Bins,
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

#[derive(Deserialize)]
struct NaturalBreaks {
    upper_bounds: Vec<f64>,
    sum_of_squares: f64,
    goodness_of_variance_fit: f64,
    sum_of_squares_by_mapclassify: Option<f64>,
}

#[derive(Deserialize)]
struct Bins {
    edges: Vec<f64>,
    counts: Vec<usize>,
}

fn answers() -> BTreeMap<String, Answers> {
    crate::answers("classes.json")
}

fn assert_same_classes(ours: &Breaks, column: &[Option<f64>], theirs: &Classes, what: &str) {
    assert_all_close(&ours.bounds()[1..], &theirs.upper_bounds, what);
    assert_eq!(ours.counts(column), theirs.counts, "{what}");
}

/// Σ (value − mean of its class)².
fn sum_of_squares(breaks: &Breaks, column: &[Option<f64>]) -> f64 {
    let squares = |class| {
        let values: Vec<f64> =
            column.iter().flatten().copied().filter(|value| breaks.class_of(*value) == Some(class)).collect();
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        values.iter().map(|value| (value - mean).powi(2)).sum::<f64>()
    };
    (0..breaks.len()).map(squares).sum()
}

#[test]
fn quantile_classes_are_those_of_mapclassify() {
    for (name, answers) in answers() {
        let column = answers.input.column();
        for (k, theirs) in answers.quantile {
            let ours = classes::quantile(&column, k).unwrap();
            assert_same_classes(&ours, &column, &theirs.without_empty_ones(), &format!("{name}, {k} classes"));
        }
    }
}

#[test]
fn equal_intervals_are_those_of_mapclassify() {
    for (name, answers) in answers() {
        let column = answers.input.column();
        for (k, theirs) in answers.equal_interval {
            let ours = classes::equal_interval(&column, k).unwrap();
            assert_same_classes(&ours, &column, &theirs, &format!("{name}, {k} classes"));
        }
    }
}

#[test]
fn natural_breaks_are_those_of_jenkspy_or_as_good() {
    for (name, answers) in answers() {
        let column = answers.input.column();
        for (k, theirs) in answers.natural_breaks {
            let what = format!("{name}, {k} classes");
            let ours = classes::jenks(&column, k).unwrap();
            assert_close(sum_of_squares(&ours, &column), theirs.sum_of_squares, &what);
            // Of several optima theirs may be another one: in `tied` and `signed`, where values are few.
            if !["tied", "signed"].contains(&name.as_str()) {
                assert_eq!(ours.bounds()[1..], theirs.upper_bounds, "{what}");
            }
            let fit = ours.goodness_of_variance_fit(&column).unwrap();
            assert_close(fit, theirs.goodness_of_variance_fit, &what);
        }
    }
}

#[test]
fn natural_breaks_are_at_least_as_good_as_those_of_mapclassify() {
    for (name, answers) in answers() {
        let column = answers.input.column();
        for (k, theirs) in answers.natural_breaks {
            let Some(theirs) = theirs.sum_of_squares_by_mapclassify else { continue };
            let ours = sum_of_squares(&classes::jenks(&column, k).unwrap(), &column);
            assert!(ours <= theirs * (1.0 + 1e-12), "{name}, {k} classes: {ours}, theirs {theirs}");
        }
    }
}

#[test]
fn standard_deviation_classes_are_those_of_mapclassify() {
    for (name, answers) in answers() {
        let column = answers.input.column();
        let ours = classes::standard_deviation(&column).unwrap();
        // mapclassify keeps bounds beyond the values.
        let (minimum, maximum) = (ours.bounds()[0], ours.bounds()[ours.len()]);
        let mut theirs = answers.standard_deviation;
        theirs.upper_bounds.retain(|bound| minimum < *bound && *bound < maximum);
        theirs.counts.retain(|count| *count > 0);
        assert_all_close(&ours.bounds()[1..ours.len()], &theirs.upper_bounds, &name);
        assert!(ours.counts(&column).iter().filter(|count| **count > 0).eq(&theirs.counts), "{name}");
    }
}

#[test]
fn head_tail_bounds_are_the_first_ones_of_mapclassify() {
    for (name, answers) in answers() {
        let ours = classes::head_tail(&answers.input.column()).unwrap();
        let inner = &ours.bounds()[1..ours.len()];
        assert!(!inner.is_empty(), "{name}");
        assert_all_close(inner, &answers.head_tail[..inner.len()], &name);
    }
}

#[test]
fn histograms_are_those_of_numpy() {
    for (name, answers) in answers() {
        let ours = histogram(&answers.input.column()).unwrap();
        assert_all_close(ours.bins.bounds(), &answers.histogram.edges, &name);
        assert_eq!(ours.counts, answers.histogram.counts, "{name}");
    }
}
