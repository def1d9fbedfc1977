//! Several areas as one: sums, means and ratios of sums.
//!
//! Counts are summed; a rate of several areas is the ratio of their sums, never the mean of their
//! rates; a score is averaged by population. "Average" alone says too little: the plain mean of the
//! IMD 2019 scores of Worcester's small areas is 21.26, their population-weighted mean 20.41.
//!
//! Sums are compensated (Neumaier 1974), so the order of the areas does not show: terms of one sign
//! sum to within one unit in the last place of the exact sum. A sum of decimal numbers has no more
//! decimals than these (see [`decimal`](crate::decimal)).
//!
//! An area without a number is left out. Every function gives `None` where there is nothing to
//! compute with or where the result would not be a finite number.

use crate::decimal::Decimals;
use crate::summation::Sum;

/// The sum of the values there are; `None`, not zero, where there are none.
///
/// ```
/// use tessera_stats::mean::sum;
///
/// assert_eq!(sum(&[Some(2.0), None, Some(3.5)]), Some(5.5));
/// assert_eq!(sum(&[Some(0.1); 10]), Some(1.0)); // plain addition gives 0.9999999999999999
/// assert_eq!(sum(&[Some(0.1), Some(0.2)]), Some(0.3)); // and here 0.30000000000000004
/// assert_eq!(sum(&[None]), None);
/// ```
#[must_use]
pub fn sum(values: &[Option<f64>]) -> Option<f64> {
    let mut sum = Sum::default();
    let mut decimals = Decimals::default();
    let mut values = values.iter().flatten().peekable();
    values.peek()?;
    values.for_each(|value| {
        sum.add(*value);
        decimals.add(*value);
    });
    Some(decimals.settle(sum.value())).filter(|sum| sum.is_finite())
}

/// The arithmetic mean of the values there are, each area counting once.
///
/// ```
/// use tessera_stats::mean::mean;
///
/// assert_eq!(mean(&[Some(1.0), None, Some(4.0)]), Some(2.5));
/// assert_eq!(mean(&[]), None);
/// ```
#[must_use]
pub fn mean(values: &[Option<f64>]) -> Option<f64> {
    weighted_mean(values.iter().map(|value| (*value, Some(1.0)))).map(|result| result.mean)
}

/// A weighted mean and how much of the weight stands behind it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeightedMean {
    /// Σ weight·value / Σ weight, over the areas that have both.
    pub mean: f64,
    /// Σ weight over the areas that have both.
    pub weight: f64,
    /// `weight` as a part of the weight of all areas, also of those without a value: 0 to 1.
    pub coverage: f64,
}

/// The mean of (value, weight) pairs; with populations for weights, the value of the average person's
/// area.
///
/// A pair without a value or without a weight is left out. The weight of an area without a value
/// lowers [`coverage`](WeightedMean::coverage); an area without a weight cannot. `None` also where the
/// weights sum to zero or one is negative.
///
/// ```
/// use tessera_stats::mean::weighted_mean;
///
/// let scores = [Some(10.0), Some(40.0), None];
/// let populations = [Some(1500.0), Some(500.0), Some(500.0)];
/// let result = weighted_mean(scores.into_iter().zip(populations)).unwrap();
/// assert_eq!(result.mean, 17.5);
/// assert_eq!(result.coverage, 0.8);
/// ```
#[must_use]
pub fn weighted_mean(pairs: impl IntoIterator<Item = (Option<f64>, Option<f64>)>) -> Option<WeightedMean> {
    let (mut products, mut weight, mut all_weight) = (Sum::default(), Sum::default(), Sum::default());
    let (mut lowest, mut highest) = (f64::INFINITY, f64::NEG_INFINITY);
    for (value, pair_weight) in pairs {
        let Some(pair_weight) = pair_weight else { continue };
        if pair_weight < 0.0 {
            return None;
        }
        all_weight.add(pair_weight);
        if let Some(value) = value {
            weight.add(pair_weight);
            products.add(value * pair_weight);
            (lowest, highest) = (lowest.min(value), highest.max(value));
        }
    }
    let mean = quotient(products.value(), weight.value())?;
    Some(WeightedMean {
        // Rounding must not carry a mean past the values that it is the mean of.
        mean: mean.max(lowest).min(highest),
        weight: weight.value(),
        coverage: quotient(weight.value(), all_weight.value())?,
    })
}

/// A ratio of two sums and how much of the denominator stands behind it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RatioOfSums {
    /// `per` · Σ numerator / Σ denominator, over the areas that have both.
    pub ratio: f64,
    /// Σ numerator over the areas that have both.
    pub numerator: f64,
    /// Σ denominator over the areas that have both.
    pub denominator: f64,
    /// `denominator` as a part of the denominator of all areas, also of those without a numerator:
    /// 0 to 1.
    pub coverage: f64,
}

/// The rate or proportion of several areas together, from (numerator, denominator) pairs: the ratio
/// of the sums, multiplied by `per` (100 for a percentage, 1,000 for a rate per thousand).
///
/// A pair without a numerator or without a denominator is left out. The denominator of an area
/// without a numerator lowers [`coverage`](RatioOfSums::coverage); an area without a denominator
/// cannot. `None` also where the denominators sum to zero or one is negative.
///
/// ```
/// use tessera_stats::mean::ratio_of_sums;
///
/// let children_in_poverty = [Some(30.0), Some(10.0)];
/// let children = [Some(100.0), Some(300.0)];
/// let result = ratio_of_sums(children_in_poverty.into_iter().zip(children), 100.0).unwrap();
/// assert_eq!(result.ratio, 10.0); // the mean of the two percentages would be 16.7
/// assert_eq!(result.coverage, 1.0);
/// ```
#[must_use]
pub fn ratio_of_sums(pairs: impl IntoIterator<Item = (Option<f64>, Option<f64>)>, per: f64) -> Option<RatioOfSums> {
    let (mut numerators, mut denominators) = (Sum::default(), Sum::default());
    let (mut above, mut below) = (Decimals::default(), Decimals::default());
    let mut all_denominators = Sum::default();
    for (numerator, denominator) in pairs {
        let Some(denominator) = denominator else { continue };
        if denominator < 0.0 {
            return None;
        }
        all_denominators.add(denominator);
        if let Some(numerator) = numerator {
            numerators.add(numerator);
            above.add(numerator);
            denominators.add(denominator);
            below.add(denominator);
        }
    }
    let (numerator, denominator) = (above.settle(numerators.value()), below.settle(denominators.value()));
    Some(RatioOfSums {
        ratio: quotient(numerator * per, denominator)?,
        numerator,
        denominator,
        coverage: quotient(denominator, all_denominators.value())?,
    })
}

/// `None` where the quotient would not be a finite number.
fn quotient(dividend: f64, divisor: f64) -> Option<f64> {
    let quotient = dividend / divisor;
    (divisor.is_finite() && quotient.is_finite()).then_some(quotient)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_has_no_sum_and_no_mean() {
        assert_eq!(sum(&[]), None);
        assert_eq!(mean(&[None, None]), None);
        assert_eq!(weighted_mean([]), None);
        assert_eq!(ratio_of_sums([], 100.0), None);
    }

    #[test]
    fn a_result_that_would_not_be_finite_is_none() {
        assert_eq!(sum(&[Some(f64::MAX), Some(f64::MAX)]), None);
        assert_eq!(mean(&[Some(1.0), Some(f64::NAN)]), None);
        assert_eq!(weighted_mean([(Some(f64::INFINITY), Some(1.0))]), None);
        assert_eq!(weighted_mean([(Some(1.0), Some(f64::INFINITY))]), None);
        assert_eq!(weighted_mean([(Some(1.0), Some(f64::NAN))]), None);
        assert_eq!(ratio_of_sums([(Some(1.0), Some(f64::INFINITY))], 1.0), None);
        assert_eq!(ratio_of_sums([(Some(1.0), Some(1.0))], f64::NAN), None);
    }

    #[test]
    fn weights_that_sum_to_zero_or_are_negative_have_no_mean() {
        assert_eq!(weighted_mean([(Some(1.0), Some(0.0)), (Some(2.0), Some(0.0))]), None);
        assert_eq!(weighted_mean([(None, Some(10.0))]), None);
        assert_eq!(weighted_mean([(Some(1.0), Some(3.0)), (Some(2.0), Some(-1.0))]), None);
        assert_eq!(ratio_of_sums([(Some(0.0), Some(0.0))], 100.0), None);
        assert_eq!(ratio_of_sums([(Some(1.0), Some(-1.0))], 100.0), None);
    }

    #[test]
    fn a_missing_value_lowers_the_coverage_and_a_missing_weight_does_not() {
        let pairs = [(Some(2.0), Some(3.0)), (None, Some(1.0)), (Some(9.0), None)];
        let expected = WeightedMean { mean: 2.0, weight: 3.0, coverage: 0.75 };
        assert_eq!(weighted_mean(pairs), Some(expected));
        let expected = RatioOfSums { ratio: 200.0 / 3.0, numerator: 2.0, denominator: 3.0, coverage: 0.75 };
        assert_eq!(ratio_of_sums(pairs, 100.0), Some(expected));
    }

    #[test]
    fn a_weighted_mean_of_equal_values_is_that_value_exactly() {
        let pairs = [0.1, 0.7, 1.3, 2.9].map(|weight| (Some(0.1), Some(weight)));
        assert_eq!(weighted_mean(pairs).unwrap().mean, 0.1);
    }
}
