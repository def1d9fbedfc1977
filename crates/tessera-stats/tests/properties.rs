//! What holds for any column.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use proptest::prelude::*;
use tessera_stats::classes::{self, Breaks, ClassesError};
use tessera_stats::mean::{mean, ratio_of_sums, sum, weighted_mean};
use tessera_stats::quantile::quantile_value;
use tessera_stats::rank::{First, ranks};

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

fn methods() -> impl Strategy<Value = fn(&[Option<f64>], usize) -> Result<Breaks, ClassesError>> {
    prop_oneof![Just(classes::quantile as fn(&_, _) -> _), Just(classes::equal_interval as fn(&_, _) -> _)]
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
    fn bounds_run_from_the_minimum_to_the_maximum_and_increase(column in columns(), method in methods(), k in 2..=12_usize) {
        let breaks = method(&column, k).unwrap();
        let bounds = breaks.bounds();
        prop_assert_eq!(bounds[0], lowest(&column));
        prop_assert_eq!(bounds[breaks.len()], highest(&column));
        prop_assert!(bounds[0] <= bounds[1]);
        prop_assert!(bounds[1..].is_sorted_by(|a, b| a < b), "{:?}", bounds);
        prop_assert!((1..=k).contains(&breaks.len()));
        prop_assert_eq!(classes::custom(bounds), Ok(breaks));
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
    fn no_quantile_class_is_empty(column in columns(), k in 2..=12_usize) {
        let counts = classes::quantile(&column, k).unwrap().counts(&column);
        prop_assert!(!counts.contains(&0), "{:?}", counts);
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
}
