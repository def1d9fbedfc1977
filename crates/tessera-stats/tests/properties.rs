//! What holds for any column.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use proptest::prelude::*;
use tessera_stats::classes::{self, Breaks, ClassesError};
use tessera_stats::deprivation::{SmallArea, summary_measures};
use tessera_stats::histogram::histogram;
use tessera_stats::inequality::{by_quantile, inequality};
use tessera_stats::intervals::{self, Confidence, Interval};
use tessera_stats::mean::{mean, ratio_of_sums, sum, weighted_mean};
use tessera_stats::quantile::quantile_value;
use tessera_stats::rank::{First, Standing, deprivation_quantile, mid_ranks, ranks};
use tessera_stats::relation::relation;
use tessera_stats::spread::{standard_deviation, z_scores};
use tessera_stats::trend::{Direction, of_proportion};

type Column = Vec<Option<f64>>;

/// Values of every size, with ties, zeros of both signs and gaps; at least one value.
fn columns() -> impl Strategy<Value = Column> {
    let value = prop_oneof![
        4 => (-20_i8..20).prop_map(f64::from),
        4 => -1e3..1e3,
        1 => proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL | proptest::num::f64::ZERO,
    ];
    (value.clone(), prop::collection::vec(prop::option::weighted(0.9, value), 0..80)).prop_map(|(first, mut rest)| {
        rest.push(Some(first));
        rest
    })
}

type Method = fn(&[Option<f64>], usize) -> Result<Breaks, ClassesError>;

/// Every method that makes bounds of its own.
fn methods() -> impl Strategy<Value = Method> {
    let methods: [Method; 6] = [
        classes::quantile,
        classes::equal_interval,
        classes::jenks,
        classes::pretty,
        |values, _| classes::standard_deviation(values),
        |values, _| classes::head_tail(values),
    ];
    prop::sample::select(methods.to_vec())
}

fn confidences() -> impl Strategy<Value = Confidence> {
    prop::sample::select(vec![Confidence::Percent95, Confidence::Percent99_8])
}

fn shuffled(column: &Column) -> impl Strategy<Value = Column> + use<> {
    Just(column.clone()).prop_shuffle()
}

/// Numbers of one sign and of ordinary size, such as populations.
fn positive_columns() -> impl Strategy<Value = Column> {
    prop::collection::vec(prop::option::weighted(0.9, 0.001..1e6), 1..200)
}

fn values(column: &[Option<f64>]) -> impl Iterator<Item = f64> {
    column.iter().copied().flatten()
}

fn lowest(column: &[Option<f64>]) -> f64 {
    values(column).fold(f64::INFINITY, f64::min)
}

fn highest(column: &[Option<f64>]) -> f64 {
    values(column).fold(f64::NEG_INFINITY, f64::max)
}

proptest! {
    #[test]
    fn every_value_has_exactly_one_class(column in columns(), method in methods(), k in 2..=12_usize) {
        let breaks = method(&column, k).unwrap();
        let bounds = breaks.bounds();
        for value in values(&column) {
            let holding = (0..breaks.len())
                .filter(|class| value <= bounds[class + 1] && (value > bounds[*class] || (*class == 0 && value == bounds[0])))
                .collect::<Vec<_>>();
            prop_assert_eq!(holding, [breaks.class_of(value).unwrap()]);
        }
        let with_class = breaks.assign(&column).iter().map(Option::is_some).collect::<Vec<_>>();
        prop_assert_eq!(with_class, column.iter().map(Option::is_some).collect::<Vec<_>>());
    }

    #[test]
    fn bounds_increase_and_hold_the_values(column in columns(), method in methods(), k in 2..=12_usize) {
        let breaks = method(&column, k).unwrap();
        let bounds = breaks.bounds();
        prop_assert!(bounds[0] <= lowest(&column) && highest(&column) <= bounds[breaks.len()]);
        prop_assert!(bounds.iter().all(|bound| bound.is_finite()));
        prop_assert!(bounds[0] <= bounds[1]);
        prop_assert!(bounds[1..].is_sorted_by(|a, b| a < b), "{:?}", bounds);
        prop_assert!((1..=12).contains(&breaks.len()));
        prop_assert_eq!(classes::custom(bounds), Ok(breaks));
    }

    #[test]
    fn bounds_run_from_the_minimum_to_the_maximum_unless_they_are_round(column in columns(), k in 2..=12_usize) {
        for method in [classes::quantile as Method, classes::equal_interval, classes::jenks] {
            let breaks = method(&column, k).unwrap();
            prop_assert_eq!(breaks.bounds()[0], lowest(&column));
            prop_assert_eq!(breaks.bounds()[breaks.len()], highest(&column));
            prop_assert!(breaks.len() <= k);
        }
    }

    #[test]
    fn there_is_a_break_at_the_centre(column in columns(), method in methods(), k in 2..=12_usize, part in 0.0..=1.0_f64) {
        let breaks = method(&column, k).unwrap();
        let (lowest, highest) = (lowest(&column), highest(&column));
        let centre = (lowest * (1.0 - part) + highest * part).clamp(lowest, highest);
        let centred = breaks.clone().centred(centre).unwrap();
        prop_assert!(centred.bounds().contains(&centre));
        prop_assert!(centred.len() == breaks.len() || (breaks.len(), centred.len()) == (1, 2));
        prop_assert_eq!(classes::custom(centred.bounds()), Ok(centred.clone()));
        prop_assert_eq!(centred.counts(&column).iter().sum::<usize>(), values(&column).count());
    }

    #[test]
    fn counts_sum_to_the_number_of_values(column in columns(), method in methods(), k in 2..=12_usize) {
        let counts = method(&column, k).unwrap().counts(&column);
        prop_assert_eq!(counts.iter().sum::<usize>(), values(&column).count());
    }

    #[test]
    fn a_higher_value_is_never_in_a_lower_class(
        column in columns(), method in methods(), k in 2..=12_usize, a in -2e3..2e3, b in -2e3..2e3,
    ) {
        let breaks = method(&column, k).unwrap();
        let (lower, higher) = if a < b { (a, b) } else { (b, a) };
        if let (Some(class_of_lower), Some(class_of_higher)) = (breaks.class_of(lower), breaks.class_of(higher)) {
            prop_assert!(class_of_lower <= class_of_higher);
        }
    }

    #[test]
    fn equal_values_share_a_class(column in columns(), method in methods(), k in 2..=12_usize) {
        let classes = method(&column, k).unwrap().assign(&column);
        for (value, class) in column.iter().zip(&classes) {
            for (other_value, other_class) in column.iter().zip(&classes) {
                prop_assert!(value != other_value || class == other_class);
            }
        }
    }

    #[test]
    fn the_order_of_the_areas_does_not_move_the_breaks(
        (column, other_order) in columns().prop_flat_map(|column| (Just(column.clone()), shuffled(&column))),
        method in methods(), k in 2..=12_usize,
    ) {
        let bits = |column: &Column| method(column, k).unwrap().bounds().iter().map(|bound| bound.to_bits()).collect::<Vec<_>>();
        prop_assert_eq!(bits(&column), bits(&other_order));
    }

    #[test]
    fn no_quantile_class_and_no_natural_class_is_empty(column in columns(), k in 2..=12_usize) {
        for method in [classes::quantile as Method, classes::jenks] {
            let counts = method(&column, k).unwrap().counts(&column);
            prop_assert!(!counts.contains(&0), "{:?}", counts);
        }
    }

    #[test]
    fn natural_breaks_fit_best(column in positive_columns(), method in methods(), k in 2..=12_usize) {
        let other = method(&column, k);
        prop_assume!(other.is_ok());
        let other = other.unwrap();
        let natural = classes::jenks(&column, other.len().max(2)).unwrap();
        if let (Some(natural), Some(other)) =
            (natural.goodness_of_variance_fit(&column), other.goodness_of_variance_fit(&column))
        {
            prop_assert!(natural >= other - 1e-12 && (-1e-12..=1.0).contains(&other), "{} and {}", natural, other);
        }
    }

    #[test]
    fn bins_hold_each_value_once(column in columns()) {
        let histogram = histogram(&column).unwrap();
        prop_assert_eq!(histogram.counts.iter().sum::<usize>(), values(&column).count());
        prop_assert_eq!(histogram.counts.len(), histogram.bins.len());
    }

    #[test]
    fn quantile_classes_differ_by_one_area_at_most_where_there_are_no_ties(areas in 12..500_u32, k in 2..=12_usize) {
        let column = (0..areas).map(|area| Some(f64::from(area))).collect::<Vec<_>>();
        let counts = classes::quantile(&column, k).unwrap().counts(&column);
        let (fewest, most) = (counts.iter().min().unwrap(), counts.iter().max().unwrap());
        prop_assert!(most - fewest <= 1, "{:?}", counts);
    }

    #[test]
    fn quantiles_do_not_decrease_and_stay_within_the_values(column in columns(), p in 0.0..=1.0, q in 0.0..=1.0) {
        let mut sorted = values(&column).collect::<Vec<_>>();
        sorted.sort_by(f64::total_cmp);
        let (low, high) = if p < q { (p, q) } else { (q, p) };
        let (at_low, at_high) = (quantile_value(&sorted, low).unwrap(), quantile_value(&sorted, high).unwrap());
        prop_assert!(at_low <= at_high && lowest(&column) <= at_low && at_high <= highest(&column));
    }

    #[test]
    fn a_rank_is_one_more_than_the_number_of_areas_before(column in columns()) {
        for (rank, value) in ranks(&column, First::Highest).into_iter().zip(&column) {
            let expected = value.map(|value| 1 + values(&column).filter(|other| *other > value).count() as u32);
            prop_assert_eq!(rank, expected);
        }
        for (rank, value) in ranks(&column, First::Lowest).into_iter().zip(&column) {
            let expected = value.map(|value| 1 + values(&column).filter(|other| *other < value).count() as u32);
            prop_assert_eq!(rank, expected);
        }
    }

    #[test]
    fn a_mean_lies_between_the_lowest_and_the_highest_value(pairs in prop::collection::vec((-1e3..1e3, 0.0..1e6), 1..100)) {
        let column = pairs.iter().map(|(value, _)| Some(*value)).collect::<Column>();
        let plain = mean(&column).unwrap();
        prop_assert!(lowest(&column) <= plain && plain <= highest(&column));
        if let Some(weighted) = weighted_mean(pairs.iter().map(|(value, weight)| (Some(*value), Some(*weight)))) {
            prop_assert!(lowest(&column) <= weighted.mean && weighted.mean <= highest(&column));
            prop_assert_eq!(weighted.coverage, 1.0);
        }
    }

    #[test]
    fn equal_weights_give_the_plain_mean(column in positive_columns(), weight in 0.1..10.0) {
        let weighted = weighted_mean(column.iter().map(|value| (*value, Some(weight))));
        match (weighted, mean(&column)) {
            (Some(weighted), Some(plain)) => prop_assert!((weighted.mean - plain).abs() <= plain * 1e-14),
            (weighted, plain) => prop_assert!(weighted.is_none() && plain.is_none()),
        }
    }

    #[test]
    fn the_order_of_the_areas_moves_a_sum_by_one_unit_in_the_last_place_at_most(
        (column, other_order) in positive_columns().prop_flat_map(|column| (Just(column.clone()), shuffled(&column))),
    ) {
        if let (Some(one), Some(other)) = (sum(&column), sum(&other_order)) {
            prop_assert!(one.to_bits().abs_diff(other.to_bits()) <= 1, "{} and {}", one, other);
        }
    }

    #[test]
    fn the_ratio_of_areas_lies_between_their_ratios(pairs in prop::collection::vec((0.0..1e3, 1.0..1e3), 1..50)) {
        let ratios = pairs.iter().map(|(numerator, denominator)| Some(100.0 * numerator / denominator)).collect::<Column>();
        let all = ratio_of_sums(pairs.iter().map(|(numerator, denominator)| (Some(*numerator), Some(*denominator))), 100.0);
        let (ratio, slack) = (all.unwrap().ratio, 1e-12 * highest(&ratios));
        prop_assert!(lowest(&ratios) - slack <= ratio && ratio <= highest(&ratios) + slack);
    }

    #[test]
    fn an_interval_of_a_proportion_holds_it_and_stays_within_0_and_1(
        denominator in 1_u32..1_000_000, part in 0.0..=1.0_f64, confidence in confidences(),
    ) {
        let denominator = f64::from(denominator);
        let interval = intervals::proportion((part * denominator).floor(), denominator, 1.0, confidence).unwrap();
        let Interval { value, lower, upper, .. } = interval;
        prop_assert!(0.0 <= lower && lower <= value && value <= upper && upper <= 1.0, "{:?}", interval);
    }

    #[test]
    fn an_interval_of_a_count_holds_it_and_moves_up_with_it(count in 0_u32..1_000_000, confidence in confidences()) {
        let of = |count: u32| intervals::count(f64::from(count), confidence).unwrap();
        let (interval, next) = (of(count), of(count + 1));
        prop_assert!(0.0 <= interval.lower && interval.lower <= interval.value && interval.value <= interval.upper);
        // From nine events, exact, to ten, approximated, the limits differ by more than the methods do.
        prop_assert!(interval.lower <= next.lower && interval.upper <= next.upper);
    }

    #[test]
    fn more_confidence_is_a_wider_interval(count in 0.0..1e6, more in 1.0..1e6) {
        let [narrow, wide] = [Confidence::Percent95, Confidence::Percent99_8]
            .map(|confidence| intervals::proportion(count, count + more, 100.0, confidence).unwrap());
        prop_assert!(wide.lower <= narrow.lower && narrow.upper <= wide.upper);
        let [narrow, wide] = [Confidence::Percent95, Confidence::Percent99_8]
            .map(|confidence| intervals::rate(count, more, 1e3, confidence).unwrap());
        prop_assert!(wide.lower <= narrow.lower && narrow.upper <= wide.upper);
    }

    #[test]
    fn mid_ranks_sum_to_what_ranks_without_ties_do(column in columns()) {
        let n = values(&column).count() as f64;
        prop_assert_eq!(mid_ranks(&column).into_iter().flatten().sum::<f64>(), n * (n + 1.0) / 2.0);
    }

    #[test]
    fn where_one_value_stands_is_what_the_ranks_of_all_say(column in columns()) {
        let of_all = [ranks(&column, First::Highest), ranks(&column, First::Lowest)];
        let mid_ranks = mid_ranks(&column);
        for (position, value) in column.iter().enumerate() {
            let Some(value) = value.filter(|value| !value.is_nan()) else { continue };
            let standing = Standing::of(value, &column);
            prop_assert_eq!(Some(standing.rank(First::Highest)), of_all[0][position]);
            prop_assert_eq!(Some(standing.rank(First::Lowest)), of_all[1][position]);
            prop_assert_eq!(standing.n(), of_all[0].iter().flatten().count());
            let percentile = standing.percentile();
            prop_assert!(0.0 < percentile && percentile < 100.0);
            let from_rank = mid_ranks[position].map(|rank| 100.0 * (rank - 0.5) / standing.n() as f64);
            prop_assert_eq!(Some(percentile), from_rank);
        }
    }

    #[test]
    fn deprivation_quantiles_do_not_fall_and_differ_by_one_area(n in 1_u32..3_000, k in 1_u32..=100) {
        let quantiles = (1..=n).map(|rank| deprivation_quantile(rank, n, k)).collect::<Vec<_>>();
        if n < k {
            prop_assert!(quantiles.iter().all(Option::is_none));
        } else {
            let sizes = (1..=k).map(|quantile| quantiles.iter().filter(|q| **q == Some(quantile)).count() as u32);
            prop_assert!(sizes.clone().all(|size| size == n / k || size == n.div_ceil(k)));
            prop_assert_eq!(sizes.sum::<u32>(), n);
            prop_assert!(quantiles.is_sorted());
        }
    }

    #[test]
    fn z_scores_have_mean_0_and_deviation_1(column in prop::collection::vec(prop::option::weighted(0.9, -1e3..1e3), 3..80)) {
        let scores = z_scores(&column);
        if let (Some(mean), Some(deviation)) = (mean(&scores), standard_deviation(&scores)) {
            prop_assert!(mean.abs() < 1e-9 && (deviation - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn correlations_are_symmetric_and_do_not_depend_on_units(
        pairs in prop::collection::vec((-1e3..1e3, -1e3..1e3), 3..60), factor in 0.01..100.0_f64, shift in -1e3..1e3_f64,
    ) {
        let (x, y): (Column, Column) = pairs.iter().map(|(x, y)| (Some(*x), Some(*y))).unzip();
        let in_other_units: Column = x.iter().map(|x| x.map(|x| -factor * x + shift)).collect();
        let of = |x: &Column, y: &Column| relation(x, y, Confidence::Percent95).unwrap();
        let (there, back, other) = (of(&x, &y), of(&y, &x), of(&in_other_units, &y));
        for (there, back, other) in
            [(there.pearson, back.pearson, other.pearson), (there.spearman, back.spearman, other.spearman)]
        {
            prop_assert!((-1.0..=1.0).contains(&there.coefficient) && (0.0..=1.0).contains(&there.p));
            prop_assert!((there.coefficient - back.coefficient).abs() < 1e-12);
            prop_assert!((there.coefficient + other.coefficient).abs() < 1e-9);
        }
        prop_assert!((there.line.determination - there.pearson.coefficient.powi(2)).abs() < 1e-12);
    }

    #[test]
    fn a_trend_turned_round_points_the_other_way(
        parts in prop::collection::vec((1_u32..400, 401_u32..2_000), 5),
    ) {
        let trend = |parts: &[(u32, u32)]| {
            let (numerators, denominators): (Column, Column) =
                parts.iter().map(|(count, n)| (Some(f64::from(*count)), Some(f64::from(*n)))).unzip();
            of_proportion(&numerators, &denominators).unwrap()
        };
        let (there, back) = (trend(&parts), trend(&parts.iter().rev().copied().collect::<Vec<_>>()));
        prop_assert!((there.chi_squared - back.chi_squared).abs() <= 1e-9 * there.chi_squared.max(1.0));
        let turned = match there.direction {
            Direction::Increasing => Direction::Decreasing,
            Direction::Decreasing => Direction::Increasing,
            Direction::NoSignificantChange => Direction::NoSignificantChange,
        };
        prop_assert_eq!(back.direction, turned);
    }

    #[test]
    fn inequality_does_not_depend_on_the_unit_of_people(
        groups in prop::collection::vec((0.1..100.0, 1.0..1e4), 3..10), unit in 0.01..100.0,
    ) {
        let measures = |unit: f64| {
            let (values, people): (Column, Column) = groups.iter().map(|(v, p)| (Some(*v), Some(p * unit))).unzip();
            let quantiles = (1..=groups.len() as u32).map(Some).collect::<Vec<_>>();
            inequality(&by_quantile(&values, &people, &quantiles)).unwrap()
        };
        let (one, other) = (measures(1.0), measures(unit));
        prop_assert!((one.slope_index - other.slope_index).abs() < 1e-8);
        prop_assert_eq!(one.gap, other.gap);
    }

    #[test]
    fn summary_measures_lie_between_those_of_the_areas(
        areas in prop::collection::vec((0.0..90.0, 1_u32..=1_000, 1.0..5e3), 1..60),
    ) {
        let area = |(score, rank, population): &(f64, u32, f64)| {
            SmallArea { score: Some(*score), rank: Some(*rank), population: Some(*population) }
        };
        let measures = summary_measures(&areas.iter().map(area).collect::<Vec<_>>(), 1_000);
        let (average, most) = (measures.average_rank.unwrap(), measures.local_concentration.unwrap());
        prop_assert!((1.0..=1_000.0).contains(&average) && average <= most + 1e-9 && most <= 1_000.0);
        prop_assert!((0.0..=1.0).contains(&measures.extent.unwrap()));
        prop_assert!((0.0..=1.0).contains(&measures.most_deprived_tenth.unwrap()));
        prop_assert!((0.0..=90.0).contains(&measures.average_score.unwrap()));
        prop_assert_eq!(measures.coverage, Some(1.0));
    }
}
