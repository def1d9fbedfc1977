//! Intervals: how far chance alone could have moved a value, if what was counted in an area is one
//! draw from what might have been counted there.
//!
//! | of | function | method |
//! |---|---|---|
//! | a proportion | [`proportion`] | Wilson score |
//! | a count, a rate, an indirectly standardised ratio | [`count`], [`rate`] | Byar, exact Poisson below ten events |
//! | a directly standardised rate | [`directly_standardised_rate`] | Dobson with Byar |
//! | a mean | [`mean`] | Student's t |
//! | a difference of two independent values | [`difference`](fn@difference) | square-and-add of their own limits |
//!
//! All are two-sided with equal tails. Each says its method and its confidence.

mod difference;
mod dobson;
mod poisson;
mod student;
mod wilson;

pub use difference::difference;
pub use dobson::{Stratum, directly_standardised_rate};
pub use poisson::{count, rate};
pub use student::mean;
pub use wilson::proportion;

pub(crate) use student::t_quantile;

use std::ops::RangeInclusive;

/// How often an interval made in this way holds the true value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Confidence {
    /// 95%, about two standard errors to either side.
    Percent95,
    /// 99.8%, about three standard errors to either side: the outer limits of English public health.
    Percent99_8,
}

impl Confidence {
    /// As a part of one: 0.95 or 0.998.
    #[must_use]
    pub fn level(self) -> f64 {
        match self {
            Self::Percent95 => 0.95,
            Self::Percent99_8 => 0.998,
        }
    }

    /// The standard normal quantile at the upper end, 1.959964 or 3.090232.
    #[must_use]
    pub fn z(self) -> f64 {
        match self {
            Self::Percent95 => 1.959_963_984_540_054,
            Self::Percent99_8 => 3.090_232_306_167_813_5,
        }
    }

    /// The probability that is left above the interval: 0.025 or 0.001.
    pub(crate) fn tail(self) -> f64 {
        match self {
            Self::Percent95 => 0.025,
            Self::Percent99_8 => 0.001,
        }
    }
}

/// How an interval was computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// The score interval of Wilson (1927).
    Wilson,
    /// Byar's approximation of the Poisson interval, for ten events or more.
    Byar,
    /// The exact interval of a Poisson count, for fewer than ten events.
    ExactPoisson,
    /// Dobson's interval for a weighted sum of Poisson counts, with Byar's for the count.
    Dobson,
    /// Student's t.
    StudentT,
    /// Normal on Fisher's z scale, for a correlation.
    FisherZ,
}

impl Method {
    /// What a reader is told: "Wilson score", "Byar", "exact Poisson", "Dobson with Byar",
    /// "Student's t", "Fisher's z".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Wilson => "Wilson score",
            Self::Byar => "Byar",
            Self::ExactPoisson => "exact Poisson",
            Self::Dobson => "Dobson with Byar",
            Self::StudentT => "Student's t",
            Self::FisherZ => "Fisher's z",
        }
    }
}

/// A value, its interval, and how that was made. `lower` ≤ `value` ≤ `upper`, all finite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The value, in the unit of the limits.
    pub value: f64,
    /// The lower limit.
    pub lower: f64,
    /// The upper limit.
    pub upper: f64,
    /// The confidence.
    pub confidence: Confidence,
    /// The method.
    pub method: Method,
}

impl Interval {
    /// The interval, unless a number in it is too large to be one.
    pub(crate) fn checked(self) -> Result<Self, IntervalError> {
        let finite = [self.value, self.lower, self.upper].iter().all(|number| number.is_finite());
        if finite { Ok(self) } else { Err(IntervalError::TooLarge) }
    }

    /// The limits and what lies between them, ends included.
    #[must_use]
    pub fn limits(&self) -> RangeInclusive<f64> {
        self.lower..=self.upper
    }
}

/// Why there is no interval.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum IntervalError {
    /// A count is negative or not a finite number.
    #[error("{count} is not a count")]
    NotACount {
        /// What was given.
        count: f64,
    },
    /// A denominator is zero, negative or not a finite number.
    #[error("{denominator} is not a denominator: it must be more than zero")]
    NotADenominator {
        /// What was given.
        denominator: f64,
    },
    /// More were counted than there are.
    #[error("{count} of {denominator} is not a proportion")]
    MoreThanAll {
        /// The numerator.
        count: f64,
        /// The denominator.
        denominator: f64,
    },
    /// The multiplier is not a number above zero.
    #[error("a value per {per} means nothing: the number must be more than zero")]
    NotAMultiplier {
        /// What was given.
        per: f64,
    },
    /// Too few events for a standardised rate.
    #[error("a standardised rate of {count} events would not be reliable: ten are needed")]
    TooFewEvents {
        /// The events in all strata.
        count: f64,
    },
    /// The weights of strata are negative, not finite, or sum to zero.
    #[error("the weights of the strata do not sum to a number above zero, or one is negative")]
    Weights,
    /// A mean of fewer than two values, or of values that are not finite.
    #[error("{n} values have no interval of their mean: at least two finite ones are needed")]
    TooFewValues {
        /// The number of values.
        n: usize,
    },
    /// The value or a limit is too large for a number.
    #[error("the numbers are too large for an interval")]
    TooLarge,
}

fn check_count(count: f64) -> Result<(), IntervalError> {
    if count.is_finite() && count >= 0.0 { Ok(()) } else { Err(IntervalError::NotACount { count }) }
}

fn check_denominator(denominator: f64) -> Result<(), IntervalError> {
    let sound = denominator.is_finite() && denominator > 0.0;
    if sound { Ok(()) } else { Err(IntervalError::NotADenominator { denominator }) }
}

fn check_multiplier(per: f64) -> Result<(), IntervalError> {
    if per.is_finite() && per > 0.0 { Ok(()) } else { Err(IntervalError::NotAMultiplier { per }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The limits agree with the published ones to as many digits as these have.
    #[track_caller]
    pub(super) fn check(interval: Result<Interval, IntervalError>, lower: f64, upper: f64, tolerance: f64) {
        let interval = interval.unwrap();
        assert!((interval.lower - lower).abs() < tolerance, "{interval:?}, expected {lower}");
        assert!((interval.upper - upper).abs() < tolerance, "{interval:?}, expected {upper}");
    }

    #[test]
    fn level_and_tail_of_a_confidence_agree() {
        for confidence in [Confidence::Percent95, Confidence::Percent99_8] {
            assert!((1.0 - 2.0 * confidence.tail() - confidence.level()).abs() < 1e-15);
        }
    }

    #[test]
    fn what_is_too_large_for_a_number_has_no_interval() {
        assert_eq!(rate(1e300, 1e-300, 1.0, Confidence::Percent95), Err(IntervalError::TooLarge));
        assert_eq!(proportion(1e308, 1.5e308, 1.0, Confidence::Percent95), Err(IntervalError::TooLarge));
    }

    #[test]
    fn an_interval_holds_its_ends() {
        let interval = proportion(1.0, 2.0, 1.0, Confidence::Percent95).unwrap();
        assert!(interval.limits().contains(&interval.lower) && interval.limits().contains(&interval.upper));
    }
}
