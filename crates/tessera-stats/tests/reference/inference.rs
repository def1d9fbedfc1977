//! Intervals, relations, inequality and deprivation, by scipy, statsmodels and numpy.

use std::collections::BTreeMap;

use serde::Deserialize;
use tessera_stats::comparison::control_limits;
use tessera_stats::deprivation::{SmallArea, summary_measures};
use tessera_stats::inequality::{Group, inequality};
use tessera_stats::intervals::{self, Confidence, Interval, Method, Stratum};
use tessera_stats::rank::deprivation_quantile;
use tessera_stats::relation::relation;

use crate::{assert_all_close, assert_close, column, demo_column};

#[derive(Deserialize)]
struct Answers {
    proportions: Vec<Proportion>,
    counts: Vec<Count>,
    standardised_rates: Vec<StandardisedRate>,
    means: BTreeMap<String, Limits>,
    relations: BTreeMap<String, Relation>,
    inequalities: Vec<Inequality>,
    summary_measures: Vec<SummaryMeasures>,
    deprivation_quantiles: Vec<DeprivationQuantiles>,
}

#[derive(Deserialize)]
struct Limits {
    #[serde(rename = "95")]
    at_95: [f64; 2],
    #[serde(rename = "99.8")]
    at_99_8: [f64; 2],
}

impl Limits {
    #[track_caller]
    fn assert_close(&self, interval: impl Fn(Confidence) -> Interval, what: &str) {
        for (confidence, expected) in [(Confidence::Percent95, self.at_95), (Confidence::Percent99_8, self.at_99_8)] {
            let ours = interval(confidence);
            assert_all_close(&[ours.lower, ours.upper], &expected, &format!("{what}, {confidence:?}"));
        }
    }
}

#[derive(Deserialize)]
struct Proportion {
    count: f64,
    n: f64,
    limits: Limits,
}

#[derive(Deserialize)]
struct Count {
    count: f64,
    limits: Limits,
}

#[derive(Deserialize)]
struct StandardisedRate {
    counts: Vec<f64>,
    populations: Vec<f64>,
    weights: Vec<f64>,
    per: f64,
    rate: f64,
    limits: Limits,
}

#[derive(Deserialize)]
struct Relation {
    pearson: [f64; 2],
    spearman: [f64; 2],
    intercept: f64,
    slope: f64,
    determination: f64,
    intercept_limits: Limits,
    slope_limits: Limits,
}

#[derive(Deserialize)]
struct Inequality {
    values: Vec<f64>,
    populations: Vec<f64>,
    slope_index: f64,
    relative_index: f64,
}

#[derive(Deserialize)]
struct SummaryMeasures {
    scores: Vec<f64>,
    ranks: Vec<u32>,
    populations: Vec<f64>,
    country: u32,
    average_score: f64,
    average_rank: f64,
    most_deprived_tenth: f64,
    extent: f64,
    local_concentration: f64,
}

#[derive(Deserialize)]
struct DeprivationQuantiles {
    n: u32,
    k: u32,
    quantiles: Vec<u32>,
}

fn answers() -> Answers {
    crate::answers("inference.json")
}

#[test]
fn proportions_have_the_intervals_of_statsmodels() {
    for Proportion { count, n, limits } in answers().proportions {
        let interval = |confidence| intervals::proportion(count, n, 1.0, confidence).unwrap();
        limits.assert_close(interval, &format!("{count} of {n}"));
        let funnel = control_limits(count / n, n, 1.0, Confidence::Percent95).unwrap();
        assert_all_close(&[funnel.lower, funnel.upper], &limits.at_95, &format!("around {count} of {n}"));
    }
}

#[test]
fn counts_have_the_intervals_of_byar_or_scipy() {
    for Count { count, limits } in answers().counts {
        limits.assert_close(|confidence| intervals::count(count, confidence).unwrap(), &format!("{count}"));
        let method = intervals::count(count, Confidence::Percent95).unwrap().method;
        assert_eq!(method, if count < 10.0 { Method::ExactPoisson } else { Method::Byar });
    }
}

#[test]
fn standardised_rates_have_the_intervals_of_dobson() {
    for StandardisedRate { counts, populations, weights, per, rate, limits } in answers().standardised_rates {
        let parts = counts.iter().zip(&populations).zip(&weights);
        let strata: Vec<Stratum> = parts
            .map(|((count, population), weight)| Stratum { count: *count, population: *population, weight: *weight })
            .collect();
        let interval = |confidence| intervals::directly_standardised_rate(&strata, per, confidence).unwrap();
        assert_close(interval(Confidence::Percent95).value, rate, "rate");
        limits.assert_close(interval, &format!("{counts:?}"));
    }
}

#[test]
fn means_have_the_intervals_of_scipy() {
    let columns: BTreeMap<String, serde_json::Value> = crate::answers("columns.json");
    for (name, limits) in answers().means {
        let values: Vec<f64> = serde_json::from_value(columns[&name]["values"].clone()).unwrap();
        limits.assert_close(|confidence| intervals::mean(&column(&values), confidence).unwrap(), &name);
    }
}

#[test]
fn relations_are_those_of_scipy_and_statsmodels() {
    let columns = BTreeMap::from([
        ("density", demo_column("data/census2011.csv", "Residents per hectare")),
        ("households", demo_column("data/census2011.csv", "Households")),
        ("crimes", demo_column("data/crime-2018-07.csv", "All crime")),
    ]);
    for (name, theirs) in answers().relations {
        let (x, y) = name.split_once(" and ").unwrap();
        let ours = |confidence| relation(&columns[x], &columns[y], confidence).unwrap();
        let at_95 = ours(Confidence::Percent95);
        assert_eq!(at_95.n, 1388);
        assert_all_close(&[at_95.pearson.coefficient, at_95.pearson.p], &theirs.pearson, &name);
        assert_all_close(&[at_95.spearman.coefficient, at_95.spearman.p], &theirs.spearman, &name);
        let line = [at_95.line.intercept.value, at_95.line.slope.value, at_95.line.determination];
        assert_all_close(&line, &[theirs.intercept, theirs.slope, theirs.determination], &name);
        theirs.intercept_limits.assert_close(|confidence| ours(confidence).line.intercept, &name);
        theirs.slope_limits.assert_close(|confidence| ours(confidence).line.slope, &name);
    }
}

#[test]
fn inequalities_are_those_of_a_line_by_statsmodels() {
    for Inequality { values, populations, slope_index, relative_index } in answers().inequalities {
        let parts = values.iter().zip(&populations).zip(1..);
        let groups: Vec<Group> = parts
            .map(|((value, population), quantile)| Group { quantile, value: *value, population: *population })
            .collect();
        let ours = inequality(&groups).unwrap();
        assert_close(ours.slope_index, slope_index, "slope index");
        assert_close(ours.relative_index.unwrap(), relative_index, "relative index");
    }
}

#[test]
fn summary_measures_are_those_counted_person_by_person() {
    for theirs in answers().summary_measures {
        let parts = theirs.scores.iter().zip(&theirs.ranks).zip(&theirs.populations);
        let areas: Vec<SmallArea> = parts
            .map(|((score, rank), population)| SmallArea {
                score: Some(*score),
                rank: Some(*rank),
                population: Some(*population),
            })
            .collect();
        let ours = summary_measures(&areas, theirs.country);
        assert_close(ours.average_score.unwrap(), theirs.average_score, "average score");
        assert_close(ours.average_rank.unwrap(), theirs.average_rank, "average rank");
        assert_close(ours.most_deprived_tenth.unwrap(), theirs.most_deprived_tenth, "most deprived tenth");
        assert_close(ours.extent.unwrap(), theirs.extent, "extent");
        assert_close(ours.local_concentration.unwrap(), theirs.local_concentration, "local concentration");
    }
}

#[test]
fn deprivation_quantiles_are_those_of_their_formula() {
    for DeprivationQuantiles { n, k, quantiles } in answers().deprivation_quantiles {
        let ours: Vec<u32> = (1..=n).filter_map(|rank| deprivation_quantile(rank, n, k)).collect();
        assert_eq!(ours, quantiles, "{n} areas in {k} parts");
    }
}
