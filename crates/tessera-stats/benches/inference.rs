//! Intervals, comparisons, relations, inequality and trends for every area of a county (1,388) and of England and
//! Wales (34,753).

use divan::{Bencher, black_box};
use tessera_stats::Polarity;
use tessera_stats::comparison::{Limits, Scale, against_benchmark, control_limits};
use tessera_stats::deprivation::{SmallArea, summary_measures};
use tessera_stats::inequality::{by_quantile, inequality};
use tessera_stats::intervals::{self, Confidence, Stratum};
use tessera_stats::rank::{First, deprivation_quantile, mid_ranks, ranks};
use tessera_stats::relation::relation;
use tessera_stats::spread::z_scores;
use tessera_stats::trend::{of_proportion, of_value};

const AREAS: [usize; 2] = [1_388, 34_753];

fn main() {
    divan::main();
}

#[divan::bench(args = AREAS)]
fn intervals_of_proportions(bencher: Bencher, areas: usize) {
    let parts = parts(areas);
    let interval = |(count, n): &(f64, f64)| intervals::proportion(*count, *n, 100.0, Confidence::Percent95);
    assert!(parts.iter().all(|parts| interval(parts).is_ok()));
    bencher.bench(|| black_box(&parts).iter().map(interval).collect::<Vec<_>>());
}

/// A third of the counts is below ten and exact.
#[divan::bench(args = AREAS)]
fn intervals_of_rates(bencher: Bencher, areas: usize) {
    let parts: Vec<_> = parts(areas).into_iter().map(|(count, n)| ((count / 13.0).floor(), n)).collect();
    let interval = |(count, n): &(f64, f64)| intervals::rate(*count, *n, 1_000.0, Confidence::Percent95);
    assert!(parts.iter().all(|parts| interval(parts).is_ok()));
    bencher.bench(|| black_box(&parts).iter().map(interval).collect::<Vec<_>>());
}

#[divan::bench(args = AREAS)]
fn directly_standardised_rates(bencher: Bencher, areas: usize) {
    let strata: Vec<Vec<Stratum>> = parts(areas)
        .into_iter()
        .map(|(count, population)| {
            (1..=19).map(|age| Stratum { count: count + 1.0, population, weight: f64::from(age) }).collect()
        })
        .collect();
    let rate = |strata: &Vec<Stratum>| intervals::directly_standardised_rate(strata, 1e5, Confidence::Percent95);
    assert!(strata.iter().all(|strata| rate(strata).is_ok()));
    bencher.bench(|| black_box(&strata).iter().map(rate).collect::<Vec<_>>());
}

#[divan::bench(args = AREAS)]
fn interval_of_a_mean(bencher: Bencher, areas: usize) {
    let column = column(areas, 1.0);
    assert!(intervals::mean(&column, Confidence::Percent95).is_ok());
    bencher.bench(|| intervals::mean(black_box(&column), Confidence::Percent95));
}

#[divan::bench(args = AREAS)]
fn comparisons_with_a_benchmark(bencher: Bencher, areas: usize) {
    let limits: Vec<_> = parts(areas)
        .into_iter()
        .flat_map(|(count, n)| intervals::proportion(count, n, 100.0, Confidence::Percent95))
        .map(|interval| Limits { inner: interval.limits(), outer: None })
        .collect();
    assert_eq!(limits.len(), areas);
    let verdict = |limits: &Limits| against_benchmark(Scale::Quantity, Polarity::HighIsBad, Some(limits), Some(20.0));
    bencher.bench(|| black_box(&limits).iter().map(verdict).collect::<Vec<_>>());
}

#[divan::bench(args = AREAS)]
fn control_limits_of_each_size(bencher: Bencher, areas: usize) {
    let parts = parts(areas);
    let limits = |(_, n): &(f64, f64)| control_limits(20.0, *n, 100.0, Confidence::Percent99_8);
    assert!(parts.iter().all(|parts| limits(parts).is_ok()));
    bencher.bench(|| black_box(&parts).iter().map(limits).collect::<Vec<_>>());
}

#[divan::bench(args = AREAS)]
fn trends_of_proportions(bencher: Bencher, areas: usize) {
    let series: Vec<_> = parts(areas)
        .into_iter()
        .map(|(count, n)| ([1.0, 2.0, 3.0, 4.0, 5.0].map(|year| Some(count + year)), [Some(n + 9.0); 5]))
        .collect();
    let trend = |(counts, ns): &([Option<f64>; 5], [Option<f64>; 5])| of_proportion(counts, ns);
    assert!(series.iter().all(|series| trend(series).is_ok()));
    bencher.bench(|| black_box(&series).iter().map(trend).collect::<Vec<_>>());
}

#[divan::bench(args = AREAS)]
fn trends_of_values(bencher: Bencher, areas: usize) {
    let series: Vec<_> =
        parts(areas).into_iter().map(|(count, _)| [1.0, 2.0, 4.0, 3.0, 5.0].map(|v| v + count)).collect();
    let trend = |values: &[f64; 5]| {
        of_value(&values.map(Some), &values.map(|value| Some(value - 1.0)), &values.map(|value| Some(value + 1.0)))
    };
    assert!(series.iter().all(|series| trend(series).is_ok()));
    bencher.bench(|| black_box(&series).iter().map(trend).collect::<Vec<_>>());
}

#[divan::bench(args = AREAS)]
fn relation_of_two_columns(bencher: Bencher, areas: usize) {
    let (x, y) = (column(areas, 1.0), column(areas, 2.0));
    assert!(relation(&x, &y, Confidence::Percent95).is_ok());
    bencher.bench(|| relation(black_box(&x), black_box(&y), Confidence::Percent95));
}

#[divan::bench(args = AREAS)]
fn inequality_by_decile(bencher: Bencher, areas: usize) {
    let (values, populations) = (column(areas, 1.0), vec![Some(1500.0); areas]);
    let n = areas as u32;
    let deciles: Vec<_> = (1..=n).map(|rank| deprivation_quantile(rank, n, 10)).collect();
    assert_eq!(by_quantile(&values, &populations, &deciles).len(), 10);
    bencher.bench(|| inequality(&by_quantile(black_box(&values), &populations, &deciles)));
}

#[divan::bench(args = AREAS)]
fn summary_measures_of_deprivation(bencher: Bencher, areas: usize) {
    let scores = column(areas, 1.0);
    let ranks = ranks(&scores, First::Highest);
    let areas: Vec<_> = scores
        .into_iter()
        .zip(ranks)
        .map(|(score, rank)| SmallArea { score, rank, population: Some(1500.0) })
        .collect();
    assert!(summary_measures(&areas, areas.len() as u32).extent.is_some());
    bencher.bench(|| summary_measures(black_box(&areas), areas.len() as u32));
}

#[divan::bench(args = AREAS)]
fn standing_of_each_area(bencher: Bencher, areas: usize) {
    let column = column(areas, 1.0);
    assert_eq!(mid_ranks(&column).iter().flatten().count(), areas - areas.div_ceil(97));
    bencher.bench(|| (ranks(black_box(&column), First::Highest), mid_ranks(&column), z_scores(&column)));
}

const GOLDEN_RATIO: f64 = 1.618_033_988_749_895;

/// Numbers spread like scores, many low and few high, without order or ties; one in 97 is missing.
fn column(areas: usize, factor: f64) -> Vec<Option<f64>> {
    let value = |area: usize| (4.0 * (area as f64 * factor * GOLDEN_RATIO).fract()).exp();
    (0..areas).map(|area| (area % 97 != 0).then(|| value(area))).collect()
}

/// Numerators and denominators of about a fifth.
fn parts(areas: usize) -> Vec<(f64, f64)> {
    (0..areas)
        .map(|area| {
            let denominator = 1_000.0 + (1_000.0 * (area as f64 * GOLDEN_RATIO).fract()).floor();
            (1.0 + (denominator * 0.4 * (area as f64 * GOLDEN_RATIO / 2.0).fract()).floor(), denominator)
        })
        .collect()
}
