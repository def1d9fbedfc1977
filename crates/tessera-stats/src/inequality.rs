//! How a value changes from the most to the least deprived areas.
//!
//! # Convention
//!
//! Quantile 1 is the most deprived. All four measures speak of *most deprived compared with least
//! deprived*: the slope index and the gap are positive, and the relative index and the ratio above 1, where
//! the more deprived areas have the higher value, whether that is good or bad. (PHEindicatormethods gives
//! the slope index the opposite sign.)

use std::collections::BTreeMap;

use crate::mean::weighted_mean;

/// The areas of one deprivation quantile together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Group {
    /// The quantile; 1 is the most deprived.
    pub quantile: u32,
    /// The value of the areas together.
    pub value: f64,
    /// Their population, or the denominator of the value.
    pub population: f64,
}

/// Four measures of inequality between the most and the least deprived.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Inequality {
    /// The slope index: how much higher the line through all quantiles is at its most deprived end than
    /// at its least deprived end, in the unit of the value.
    pub slope_index: f64,
    /// The relative index: how many times as high the line is at its most deprived end. `None` where an end of
    /// the line is under a tenth of the mean: there a straight line has left the values behind, and a quotient with
    /// what is near zero says nothing.
    pub relative_index: Option<f64>,
    /// The value of the most deprived quantile less that of the least deprived one.
    pub gap: f64,
    /// The value of the most deprived quantile over that of the least deprived one. `None` where the
    /// values are not both above zero.
    pub ratio: Option<f64>,
    /// The most deprived quantile there is.
    pub most_deprived: Group,
    /// The least deprived quantile there is.
    pub least_deprived: Group,
}

/// Why there is no measure of inequality.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoInequality {
    /// A line through fewer than three quantiles says no more than its ends.
    #[error("{groups} quantiles have a value, where at least three are needed")]
    TooFewGroups {
        /// How many have one.
        groups: usize,
    },
    /// A value is not finite, or a population is not above zero.
    #[error("quantile {quantile} has no finite value or no population")]
    NoValue {
        /// Which one.
        quantile: u32,
    },
    /// A measure would be too large for a number.
    #[error("the numbers are too large")]
    TooLarge,
    /// A quantile is given twice, or they are not in order.
    #[error("quantile {quantile} stands out of order")]
    NotInOrder {
        /// Which one.
        quantile: u32,
    },
}

type ValueAndPopulation = (Option<f64>, Option<f64>);

/// The areas of each quantile together, the most deprived first: the population-weighted mean of their
/// values. With a rate's denominators for populations that is the ratio of the sums.
///
/// An area without a value, a population or a quantile is left out, and so is a quantile in which no area
/// has all three. Columns must be of the same areas; what is longer is cut.
///
/// ```
/// use tessera_stats::inequality::{Group, by_quantile};
///
/// let values = [Some(30.0), Some(10.0), Some(20.0), None];
/// let populations = [Some(100.0), Some(500.0), Some(300.0), Some(50.0)];
/// let groups = by_quantile(&values, &populations, &[Some(1), Some(2), Some(1), Some(2)]);
/// assert_eq!(groups[0], Group { quantile: 1, value: 22.5, population: 400.0 });
/// assert_eq!(groups[1], Group { quantile: 2, value: 10.0, population: 500.0 });
/// ```
#[must_use]
pub fn by_quantile(values: &[Option<f64>], populations: &[Option<f64>], quantiles: &[Option<u32>]) -> Vec<Group> {
    let mut members: BTreeMap<u32, Vec<ValueAndPopulation>> = BTreeMap::new();
    for ((value, population), quantile) in values.iter().zip(populations).zip(quantiles) {
        if let Some(quantile) = quantile {
            members.entry(*quantile).or_default().push((*value, *population));
        }
    }
    let group = |(quantile, pairs)| {
        weighted_mean(pairs).map(|result| Group { quantile, value: result.mean, population: result.weight })
    };
    members.into_iter().filter_map(group).collect()
}

/// The slope and relative index of inequality, the gap and the ratio, from the quantiles that have a value,
/// the most deprived first.
///
/// Each quantile stands at the middle of its part of the cumulative population, counted from the most
/// deprived (its weighted ridit), from 0 to 1. The line through the values there is that of least squares
/// weighted by population. The slope index is the line at 0 less the line at 1, the relative index the line at 0
/// over the line at 1, where neither is under a tenth of the mean.
///
/// # Errors
///
/// [`NoInequality`].
///
/// # Example
///
/// ```
/// use tessera_stats::inequality::{Group, inequality};
///
/// let group = |quantile, value| Group { quantile, value, population: 1000.0 };
/// let result = inequality(&[group(1, 30.0), group(2, 24.0), group(3, 21.0), group(4, 17.0), group(5, 13.0)])?;
/// assert_eq!(format!("{:.2}", result.slope_index), "20.50");
/// assert_eq!(format!("{:.3}", result.relative_index.unwrap()), "2.907");
/// assert_eq!(result.gap, 17.0);
/// # Ok::<(), tessera_stats::inequality::NoInequality>(())
/// ```
///
/// # References
///
/// - Bross, I. D. J. (1958). How to use ridit analysis. *Biometrics* 14(1), 18–38.
/// - Mackenbach, J. P. & Kunst, A. E. (1997). Measuring the magnitude of socio-economic inequalities in
///   health: an overview of available measures illustrated with two examples from Europe. *Social Science &
///   Medicine* 44(6), 757–771.
pub fn inequality(groups: &[Group]) -> Result<Inequality, NoInequality> {
    let [most_deprived, .., least_deprived] = groups else {
        return Err(NoInequality::TooFewGroups { groups: groups.len() });
    };
    check(groups)?;

    let total: f64 = groups.iter().map(|group| group.population).sum();
    let mut before = 0.0;
    let points: Vec<Point> = groups
        .iter()
        .map(|group| {
            let ridit = (before + group.population / 2.0) / total;
            before += group.population;
            Point { ridit, value: group.value, weight: group.population / total }
        })
        .collect();

    let mean_ridit: f64 = points.iter().map(|point| point.weight * point.ridit).sum();
    let mean_value: f64 = points.iter().map(|point| point.weight * point.value).sum();
    let products: f64 =
        points.iter().map(|point| point.weight * (point.ridit - mean_ridit) * (point.value - mean_value)).sum();
    let squares: f64 = points.iter().map(|point| point.weight * (point.ridit - mean_ridit).powi(2)).sum();
    let slope = products / squares;
    let at_most_deprived = mean_value - slope * mean_ridit;
    let at_least_deprived = at_most_deprived + slope;
    let gap = most_deprived.value - least_deprived.value;
    if !(slope.is_finite() && at_most_deprived.is_finite() && gap.is_finite()) {
        return Err(NoInequality::TooLarge);
    }
    Ok(Inequality {
        slope_index: 0.0 - slope, // not −0
        relative_index: positive_ratio(at_most_deprived, at_least_deprived)
            .filter(|_| at_most_deprived.min(at_least_deprived) >= mean_value / 10.0),
        gap,
        ratio: positive_ratio(most_deprived.value, least_deprived.value),
        most_deprived: *most_deprived,
        least_deprived: *least_deprived,
    })
}

/// A quantile on the line.
struct Point {
    ridit: f64,
    value: f64,
    weight: f64,
}

fn check(groups: &[Group]) -> Result<(), NoInequality> {
    if groups.len() < 3 {
        return Err(NoInequality::TooFewGroups { groups: groups.len() });
    }
    for group in groups {
        if !(group.value.is_finite() && group.population.is_finite() && group.population > 0.0) {
            return Err(NoInequality::NoValue { quantile: group.quantile });
        }
    }
    match groups.windows(2).find(|pair| pair[0].quantile >= pair[1].quantile) {
        Some(pair) => Err(NoInequality::NotInOrder { quantile: pair[1].quantile }),
        None => Ok(()),
    }
}

fn positive_ratio(dividend: f64, divisor: f64) -> Option<f64> {
    (dividend > 0.0 && divisor > 0.0).then(|| dividend / divisor).filter(|ratio| ratio.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(values: &[f64], populations: &[f64]) -> Vec<Group> {
        let parts = values.iter().zip(populations).zip(1..);
        parts
            .map(|((value, population), quantile)| Group { quantile, value: *value, population: *population })
            .collect()
    }

    #[test]
    fn values_on_a_line_have_its_ends() {
        // The middles of the populations are at 0.1, 0.45 and 0.85 of all.
        let values = [0.1, 0.45, 0.85].map(|ridit| 50.0 - 20.0 * ridit);
        let result = inequality(&groups(&values, &[200.0, 500.0, 300.0])).unwrap();
        assert!((result.slope_index - 20.0).abs() < 1e-12, "{result:?}");
        assert!((result.relative_index.unwrap() - 50.0 / 30.0).abs() < 1e-12, "{result:?}");
    }

    #[test]
    fn all_measures_are_positive_where_the_more_deprived_have_more() {
        let result = inequality(&groups(&[30.0, 20.0, 10.0], &[1.0; 3])).unwrap();
        assert!(result.slope_index > 0.0 && result.gap == 20.0);
        assert!(result.relative_index.unwrap() > 1.0 && result.ratio == Some(3.0));
        let mirrored = inequality(&groups(&[10.0, 20.0, 30.0], &[1.0; 3])).unwrap();
        assert_eq!((mirrored.slope_index, mirrored.gap), (-result.slope_index, -20.0));
    }

    #[test]
    fn equal_values_are_no_inequality() {
        let result = inequality(&groups(&[7.0; 5], &[3.0, 1.0, 4.0, 1.0, 5.0])).unwrap();
        assert_eq!((result.slope_index, result.relative_index), (0.0, Some(1.0)));
        assert_eq!((result.gap, result.ratio), (0.0, Some(1.0)));
    }

    #[test]
    fn values_that_are_not_above_zero_have_no_ratio() {
        let result = inequality(&groups(&[4.0, 1.0, -1.0], &[1.0; 3])).unwrap();
        assert_eq!((result.relative_index, result.ratio), (None, None));
        assert_eq!(result.gap, 5.0);
    }

    #[test]
    fn a_line_that_ends_far_below_the_values_has_no_relative_index() {
        // From 31.32 to 0.12, where the mean is 15.72: 261 times as much, of values whose ratio is 7.25.
        let curved = inequality(&groups(&[29.0, 21.0, 16.0, 8.6, 4.0], &[1.0; 5])).unwrap();
        assert_eq!((curved.relative_index, curved.ratio), (None, Some(7.25)));
        // From 3.71 to 0.01, where the mean is 1.86 and one value 0.
        let without_any = inequality(&groups(&[4.0, 3.0, 0.0, 1.0, 1.3], &[1.0; 5])).unwrap();
        assert_eq!(without_any.relative_index, None);
        // From 27.85 to 3.35, where the mean is 15.6.
        let straight = inequality(&groups(&[26.0, 20.0, 15.0, 11.0, 6.0], &[1.0; 5])).unwrap();
        assert!((straight.relative_index.unwrap() - 27.85 / 3.35).abs() < 1e-9, "{straight:?}");
    }

    #[test]
    fn what_has_no_measure_says_why() {
        let of = |values: &[f64], populations: &[f64]| inequality(&groups(values, populations)).unwrap_err();
        assert_eq!(of(&[1.0, 2.0], &[1.0, 1.0]), NoInequality::TooFewGroups { groups: 2 });
        assert_eq!(of(&[], &[]), NoInequality::TooFewGroups { groups: 0 });
        assert_eq!(of(&[1.0, f64::NAN, 2.0], &[1.0; 3]), NoInequality::NoValue { quantile: 2 });
        assert_eq!(of(&[1.0, 3.0, 2.0], &[1.0, 1.0, 0.0]), NoInequality::NoValue { quantile: 3 });
        assert_eq!(of(&[f64::MAX, 0.0, f64::MIN], &[1.0; 3]), NoInequality::TooLarge);
        let mut unordered = groups(&[1.0, 2.0, 3.0], &[1.0; 3]);
        unordered.swap(0, 1);
        assert_eq!(inequality(&unordered), Err(NoInequality::NotInOrder { quantile: 1 }));
    }

    #[test]
    fn a_quantile_without_values_is_left_out() {
        let column = [Some(1.0), None, Some(3.0)];
        let groups = by_quantile(&column, &[Some(1.0); 3], &[Some(1), Some(2), Some(3)]);
        assert_eq!(groups.iter().map(|group| group.quantile).collect::<Vec<_>>(), [1, 3]);
    }
}
