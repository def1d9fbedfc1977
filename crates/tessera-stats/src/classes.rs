//! Classes of a choropleth map: a function for each method that gives [`Breaks`].
//!
//! | method | where one class ends |
//! |---|---|
//! | [`quantile()`] | so that each class holds as many areas |
//! | [`equal_interval()`] | so that each class is as wide |
//! | [`jenks()`] | where the values are farthest apart: natural breaks |
//! | [`standard_deviation()`] | one and two standard deviations from the mean |
//! | [`pretty()`] | at round numbers |
//! | [`head_tail()`] | at the mean, and again at the mean of what lies above it |
//! | [`custom()`] | where somebody says |
//! | [`published_quantile()`] | where the publisher of deciles and their like did |
//!
//! # Convention
//!
//! A class holds `lower < value ≤ upper`; the first class also holds its lower end, the minimum.
//! The class of an area therefore depends on its value alone: equal values are never split between
//! two classes, and the order of the areas changes nothing. (QGIS and mapclassify close the same
//! end; d3's `scaleThreshold` closes the other.)
//!
//! # Several periods, one legend
//!
//! Breaks that hold still while the reader moves through the periods are the breaks of the pooled
//! values. Every method takes them as one concatenated column:
//!
//! ```
//! use tessera_stats::classes;
//!
//! let periods = [vec![Some(1.0), Some(2.0), None], vec![Some(3.0), Some(4.0), Some(5.0)]];
//! let breaks = classes::quantile(&periods.concat(), 2)?;
//! assert_eq!(breaks.bounds(), [1.0, 3.0, 5.0]);
//! assert_eq!(breaks.counts(&periods[0]), [2, 0]);
//! # Ok::<(), classes::ClassesError>(())
//! ```

mod centre;
mod custom;
mod equal_interval;
mod fit;
mod head_tail;
mod jenks;
mod pretty;
mod published;
mod quantile;
mod standard_deviation;

pub use custom::custom;
pub use equal_interval::equal_interval;
pub use head_tail::head_tail;
pub use jenks::jenks;
pub use pretty::pretty;
pub use published::published_quantile;
pub use quantile::quantile;
pub use standard_deviation::standard_deviation;

pub(crate) use equal_interval::of_equal_width;

use std::ops::RangeInclusive;

/// The numbers of classes that can be asked for: fewer say nothing, and more cannot be told apart
/// by their colours.
pub const CLASS_COUNTS: RangeInclusive<usize> = 2..=12;

/// The ends of the classes: the minimum, then the upper bound of each class.
///
/// There is at least one class, the upper bounds increase strictly, and all bounds are finite. The
/// minimum may equal the first upper bound: the first class then holds that one value, as when a
/// third of the areas have a count of zero.
#[derive(Debug, Clone, PartialEq)]
pub struct Breaks {
    bounds: Vec<f64>,
}

#[expect(clippy::len_without_is_empty, reason = "there is always at least one class")]
impl Breaks {
    /// The minimum, then the upper bound of each class: one number more than there are classes.
    #[must_use]
    pub fn bounds(&self) -> &[f64] {
        &self.bounds
    }

    /// The number of classes, at least one. It may be less than was asked for.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bounds.len() - 1
    }

    /// The class, counted from 0, that holds `value`; `None` below the minimum, above the maximum
    /// and for a value that is not a number.
    ///
    /// ```
    /// use tessera_stats::classes;
    ///
    /// let breaks = classes::custom(&[0.0, 10.0, 20.0])?;
    /// assert_eq!(breaks.class_of(0.0), Some(0)); // the first class is closed below
    /// assert_eq!(breaks.class_of(10.0), Some(0)); // every class is closed above
    /// assert_eq!(breaks.class_of(10.1), Some(1));
    /// assert_eq!(breaks.class_of(20.1), None);
    /// # Ok::<(), classes::ClassesError>(())
    /// ```
    #[must_use]
    pub fn class_of(&self, value: f64) -> Option<usize> {
        let (minimum, upper_bounds) = self.bounds.split_first()?;
        if value.is_nan() || value < *minimum {
            return None;
        }
        let class = upper_bounds.partition_point(|upper_bound| *upper_bound < value);
        (class < upper_bounds.len()).then_some(class)
    }

    /// The class of each area, `None` where there is no value or [`class_of`](Self::class_of) has
    /// no class for it.
    #[must_use]
    pub fn assign(&self, values: &[Option<f64>]) -> Vec<Option<u32>> {
        let class_of = |value| self.class_of(value).and_then(|class| class.try_into().ok());
        values.iter().map(|value| value.and_then(class_of)).collect()
    }

    /// The same classes, of which the first reaches down and the last up to all of `values`: for areas
    /// that are coloured by the classes of others.
    ///
    /// ```
    /// use tessera_stats::classes;
    ///
    /// let breaks = classes::custom(&[10.0, 15.0, 20.0])?;
    /// assert_eq!(breaks.reaching(&[Some(4.0), None, Some(18.0)]).bounds(), [4.0, 15.0, 20.0]);
    /// # Ok::<(), classes::ClassesError>(())
    /// ```
    #[must_use]
    pub fn reaching(mut self, values: &[Option<f64>]) -> Self {
        let last = self.len();
        for value in values.iter().flatten().filter(|value| value.is_finite()) {
            self.bounds[0] = self.bounds[0].min(*value);
            self.bounds[last] = self.bounds[last].max(*value);
        }
        self
    }

    /// The number of areas in each class. Areas without a value, or with one outside the classes,
    /// are counted nowhere.
    #[must_use]
    pub fn counts(&self, values: &[Option<f64>]) -> Vec<usize> {
        let mut counts = vec![0; self.len()];
        for class in values.iter().flatten().filter_map(|value| self.class_of(*value)) {
            counts[class] += 1;
        }
        counts
    }

    /// Breaks from a minimum and upper bounds that do not decrease; upper bounds that coincide
    /// become one.
    fn merging(minimum: f64, upper_bounds: impl IntoIterator<Item = f64>) -> Self {
        let mut bounds = vec![minimum];
        for upper_bound in upper_bounds {
            if bounds.len() == 1 || bounds.last() < Some(&upper_bound) {
                bounds.push(upper_bound);
            }
        }
        Self { bounds }
    }
}

/// Why a column has no classes.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ClassesError {
    /// The number of classes is not one of [`CLASS_COUNTS`].
    #[error(
        "{count} classes were asked for, where {} to {} are possible",
        CLASS_COUNTS.start(),
        CLASS_COUNTS.end()
    )]
    ClassCount {
        /// The number of classes that was asked for.
        count: usize,
    },
    /// No area has a value.
    #[error("there are no values to classify")]
    NoValues,
    /// A value or a bound is infinite or not a number.
    #[error("the number at index {index} is {value}, where a finite number is needed")]
    NotFinite {
        /// Its place in the slice that was given, counted from 0.
        index: usize,
        /// The number.
        value: f64,
    },
    /// The bounds given are not a minimum and at least one upper bound.
    #[error("{count} bounds were given, where a minimum and at least one upper bound are needed")]
    TooFewBounds {
        /// The number of bounds that was given.
        count: usize,
    },
    /// The value that is to be a break lies outside the classes.
    #[error("{value} cannot be a break, because the values run from {minimum} to {maximum}")]
    CentreOutside {
        /// The value that was to be a break.
        value: f64,
        /// The minimum.
        minimum: f64,
        /// The last upper bound.
        maximum: f64,
    },
    /// An upper bound is not above the one before it, or the first one is below the minimum.
    #[error("the bounds do not increase: {bound} at index {index} follows {previous}")]
    NotIncreasing {
        /// Its place in the bounds that were given, counted from 0.
        index: usize,
        /// The bound.
        bound: f64,
        /// The bound before it.
        previous: f64,
    },
}

/// Whether `k` classes can be asked for.
fn check_count(k: usize) -> Result<(), ClassesError> {
    if CLASS_COUNTS.contains(&k) { Ok(()) } else { Err(ClassesError::ClassCount { count: k }) }
}

/// The values there are, in ascending order and at least one; or why they cannot be classified.
///
/// Negative zero becomes zero, so that bounds are the same bits whatever the order of the areas.
pub(crate) fn sorted_values(values: &[Option<f64>]) -> Result<Vec<f64>, ClassesError> {
    let mut sorted = Vec::with_capacity(values.len());
    for (index, value) in values.iter().enumerate() {
        if let Some(value) = *value {
            if !value.is_finite() {
                return Err(ClassesError::NotFinite { index, value });
            }
            sorted.push(value + 0.0);
        }
    }
    if sorted.is_empty() {
        return Err(ClassesError::NoValues);
    }
    sorted.sort_unstable_by(f64::total_cmp);
    Ok(sorted)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Method = fn(&[Option<f64>], usize) -> Result<Breaks, ClassesError>;
    const METHODS: [Method; 4] = [quantile, equal_interval, jenks, pretty];

    fn breaks(bounds: &[f64]) -> Breaks {
        custom(bounds).unwrap()
    }

    #[test]
    fn a_class_is_open_below_and_closed_above_and_the_first_is_closed_at_both_ends() {
        let breaks = breaks(&[-1.0, 0.0, 2.5]);
        let classes = [-1.1, -1.0, -0.0, 0.0, 1e-300, 2.5, 2.6].map(|value| breaks.class_of(value));
        assert_eq!(classes, [None, Some(0), Some(0), Some(0), Some(1), Some(1), None]);
    }

    #[test]
    fn what_is_not_a_finite_number_has_no_class() {
        let breaks = breaks(&[0.0, 1.0]);
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(breaks.class_of(value), None, "{value}");
        }
    }

    #[test]
    fn missing_values_and_values_outside_have_no_class_and_are_not_counted() {
        let column = [Some(0.5), None, Some(1.5), Some(9.0), Some(0.0)];
        let breaks = breaks(&[0.0, 1.0, 2.0]);
        assert_eq!(breaks.assign(&column), [Some(0), None, Some(1), None, Some(0)]);
        assert_eq!(breaks.counts(&column), [2, 1]);
        assert_eq!(breaks.len(), 2);
    }

    #[test]
    fn a_column_without_values_has_no_classes() {
        for method in METHODS {
            assert_eq!(method(&[], 5), Err(ClassesError::NoValues));
            assert_eq!(method(&[None, None], 5), Err(ClassesError::NoValues));
        }
    }

    #[test]
    fn a_number_of_classes_outside_2_to_12_is_refused() {
        for method in METHODS {
            for count in [0, 1, 13, usize::MAX] {
                let error = method(&[Some(1.0), Some(2.0)], count).unwrap_err();
                assert_eq!(error, ClassesError::ClassCount { count });
            }
            assert_eq!(
                method(&[Some(1.0)], 13).unwrap_err().to_string(),
                "13 classes were asked for, where 2 to 12 are possible"
            );
        }
    }

    #[test]
    fn a_value_that_is_not_finite_is_refused_with_its_place() {
        for method in METHODS {
            let error = method(&[Some(1.0), None, Some(f64::INFINITY)], 5).unwrap_err();
            assert_eq!(error, ClassesError::NotFinite { index: 2, value: f64::INFINITY });
            let error = method(&[Some(f64::NAN)], 5).unwrap_err();
            assert!(matches!(error, ClassesError::NotFinite { index: 0, .. }), "{error}");
        }
    }

    #[test]
    fn equal_values_make_one_class() {
        for method in METHODS {
            for value in [-3.0, 0.0, 0.1] {
                let breaks = method(&[Some(value), None, Some(value)], 5).unwrap();
                assert_eq!(breaks.bounds(), [value, value]);
                assert_eq!(breaks.counts(&[Some(value), None, Some(value)]), [2]);
            }
        }
    }

    #[test]
    fn negative_zero_is_zero() {
        let breaks = quantile(&[Some(-0.0), Some(0.0)], 2).unwrap();
        assert!(breaks.bounds().iter().all(|bound| bound.is_sign_positive()));
    }
}
