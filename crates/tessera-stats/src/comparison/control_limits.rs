use std::ops::RangeInclusive;

use crate::intervals::{Confidence, IntervalError, proportion};

/// The values within which areas of one size lie but for chance, if they are like the benchmark.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ControlLimits {
    /// The lower limit.
    pub lower: f64,
    /// The upper limit.
    pub upper: f64,
    /// How many of the areas like the benchmark lie within.
    pub confidence: Confidence,
}

impl ControlLimits {
    /// The limits and what lies between them, ends included.
    #[must_use]
    pub fn limits(&self) -> RangeInclusive<f64> {
        self.lower..=self.upper
    }
}

/// The control limits of proportions (a funnel) around `benchmark` for areas with a denominator of
/// `denominator`, all times `per` (100 where the benchmark is a percentage).
///
/// Wilson's limits of the expected count E = n·p₀:
/// (2E + z² ∓ z√(z² + 4E(1 − E/n))) / (2(n + z²)). At a benchmark of 0 or 1 one limit is the benchmark.
///
/// # Errors
///
/// [`IntervalError::MoreThanAll`] where the benchmark is above `per`, and the other errors of a
/// [`proportion`].
///
/// # Example
///
/// ```
/// use tessera_stats::comparison::control_limits;
/// use tessera_stats::intervals::Confidence;
///
/// let limits = control_limits(20.0, 150.0, 100.0, Confidence::Percent95)?;
/// assert_eq!(format!("{:.2} to {:.2}", limits.lower, limits.upper), "14.38 to 27.11");
/// # Ok::<(), tessera_stats::intervals::IntervalError>(())
/// ```
///
/// # References
///
/// Spiegelhalter, D. J. (2005). Funnel plots for comparing institutional performance. *Statistics in
/// Medicine* 24(8), 1185–1202.
pub fn control_limits(
    benchmark: f64,
    denominator: f64,
    per: f64,
    confidence: Confidence,
) -> Result<ControlLimits, IntervalError> {
    let expected = denominator * benchmark / per;
    let interval = proportion(expected, denominator, per, confidence)?;
    Ok(ControlLimits { lower: interval.lower, upper: interval.upper, confidence })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Polarity;
    use crate::comparison::{Limits, NotCompared, Scale, Verdict, against_control_limits};

    #[test]
    fn the_worked_benchmark_has_its_limits() {
        let limits = control_limits(0.2, 150.0, 1.0, Confidence::Percent95).unwrap();
        assert!((limits.lower - 0.143841).abs() < 5e-7 && (limits.upper - 0.271141).abs() < 5e-7, "{limits:?}");
    }

    #[test]
    fn limits_narrow_as_areas_grow() {
        let width = |denominator| {
            let limits = control_limits(20.0, denominator, 100.0, Confidence::Percent99_8).unwrap();
            limits.upper - limits.lower
        };
        assert!([50.0, 500.0, 5_000.0].map(width).is_sorted_by(|wide, narrow| wide > narrow));
    }

    #[test]
    fn a_benchmark_that_is_no_proportion_is_refused() {
        for (benchmark, denominator) in [(120.0, 50.0), (-1.0, 50.0), (20.0, 0.0), (f64::NAN, 50.0)] {
            assert!(control_limits(benchmark, denominator, 100.0, Confidence::Percent95).is_err());
        }
    }

    #[test]
    fn a_value_is_similar_within_the_limits_and_much_different_beyond_the_outer_ones() {
        let at = |confidence| control_limits(20.0, 150.0, 100.0, confidence).unwrap().limits();
        let limits = Limits { inner: at(Confidence::Percent95), outer: Some(at(Confidence::Percent99_8)) };
        let verdict = |value| against_control_limits(Scale::Quantity, Polarity::HighIsGood, value, Some(&limits));
        assert_eq!(verdict(Some(20.0)), Ok(Verdict::Similar));
        assert_eq!(verdict(Some(*limits.inner.end())), Ok(Verdict::Similar));
        assert_eq!(verdict(Some(28.0)), Ok(Verdict::Better));
        assert_eq!(verdict(Some(13.0)), Ok(Verdict::Worse));
        assert_eq!(verdict(Some(40.0)), Ok(Verdict::MuchBetter));
        assert_eq!(verdict(Some(5.0)), Ok(Verdict::MuchWorse));
        assert_eq!(verdict(None), Err(NotCompared::NoValue));
        let without_limits = against_control_limits(Scale::Quantity, Polarity::Neutral, Some(1.0), None);
        assert_eq!(without_limits, Err(NotCompared::NoBenchmark));
    }
}
