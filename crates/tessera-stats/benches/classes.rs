//! Classifying a county (1,388 areas) and England and Wales (34,753 areas). The aim is under 2 ms
//! for a method that sorts.

use divan::{Bencher, black_box};
use tessera_stats::classes;
use tessera_stats::histogram::histogram as bins_and_counts;

const AREAS: [usize; 2] = [1_388, 34_753];

fn main() {
    divan::main();
}

#[divan::bench(args = AREAS)]
fn quantile(bencher: Bencher, areas: usize) {
    let column = skewed_column(areas);
    assert_eq!(classes::quantile(&column, 5).map(|breaks| breaks.len()), Ok(5));
    bencher.bench(|| classes::quantile(black_box(&column), 5));
}

#[divan::bench(args = AREAS)]
fn equal_interval(bencher: Bencher, areas: usize) {
    let column = skewed_column(areas);
    assert_eq!(classes::equal_interval(&column, 5).map(|breaks| breaks.len()), Ok(5));
    bencher.bench(|| classes::equal_interval(black_box(&column), 5));
}

#[divan::bench(args = AREAS)]
fn jenks(bencher: Bencher, areas: usize) {
    let column = skewed_column(areas);
    assert_eq!(classes::jenks(&column, 5).map(|breaks| breaks.len()), Ok(5));
    bencher.bench(|| classes::jenks(black_box(&column), 5));
}

#[divan::bench(args = AREAS)]
fn pretty(bencher: Bencher, areas: usize) {
    let column = skewed_column(areas);
    assert_eq!(classes::pretty(&column, 5).map(|breaks| breaks.len()), Ok(6));
    bencher.bench(|| classes::pretty(black_box(&column), 5));
}

#[divan::bench(args = AREAS)]
fn standard_deviation(bencher: Bencher, areas: usize) {
    let column = skewed_column(areas);
    assert_eq!(classes::standard_deviation(&column).map(|breaks| breaks.len()), Ok(3));
    bencher.bench(|| classes::standard_deviation(black_box(&column)));
}

#[divan::bench(args = AREAS)]
fn head_tail(bencher: Bencher, areas: usize) {
    let column = skewed_column(areas);
    assert!(classes::head_tail(&column).is_ok_and(|breaks| breaks.len() >= 3));
    bencher.bench(|| classes::head_tail(black_box(&column)));
}

#[divan::bench(args = AREAS)]
fn histogram(bencher: Bencher, areas: usize) {
    let column = skewed_column(areas);
    assert!(bins_and_counts(&column).is_ok());
    bencher.bench(|| bins_and_counts(black_box(&column)));
}

#[divan::bench(args = AREAS)]
fn goodness_of_variance_fit(bencher: Bencher, areas: usize) {
    let column = skewed_column(areas);
    let Ok(breaks) = classes::jenks(&column, 5) else {
        return;
    };
    assert!(breaks.goodness_of_variance_fit(&column) > Some(0.8));
    bencher.bench(|| breaks.goodness_of_variance_fit(black_box(&column)));
}

#[divan::bench(args = AREAS)]
fn assign(bencher: Bencher, areas: usize) {
    let column = skewed_column(areas);
    let Ok(breaks) = classes::quantile(&column, 5) else {
        return;
    };
    assert_eq!(breaks.assign(&column).iter().flatten().count(), areas - areas.div_ceil(97));
    bencher.bench(|| breaks.assign(black_box(&column)));
}

/// Numbers spread like scores, many low and few high, without order or ties; one in 97 is missing.
fn skewed_column(areas: usize) -> Vec<Option<f64>> {
    const GOLDEN_RATIO: f64 = 1.618_033_988_749_895;
    (0..areas).map(|area| (area % 97 != 0).then(|| (4.0 * (area as f64 * GOLDEN_RATIO).fract()).exp())).collect()
}
