use statrs::distribution::{ChiSquared, ContinuousCDF};

use super::{Confidence, Interval, IntervalError, Method, check_count, check_denominator, check_multiplier};

/// The number of events from which Byar's approximation is used.
const ENOUGH_FOR_BYAR: f64 = 10.0;

/// The interval of a count of events that happen independently of each other.
///
/// With O the count: from ten on Byar's approximation, O(1 − 1/9O − z/3√O)³ and
/// (O + 1)(1 − 1/9(O + 1) + z/3√(O + 1))³; below ten the exact limits, χ²(α/2; 2O)/2 (0 where O is
/// 0) and χ²(1 − α/2; 2O + 2)/2.
///
/// # Errors
///
/// [`IntervalError::NotACount`] and [`IntervalError::TooLarge`].
///
/// # Example
///
/// ```
/// use tessera_stats::intervals::{Confidence, Method, count};
///
/// let interval = count(5.0, Confidence::Percent95)?;
/// assert_eq!(format!("{:.2} to {:.2}", interval.lower, interval.upper), "1.62 to 11.67");
/// assert_eq!(interval.method, Method::ExactPoisson);
/// # Ok::<(), tessera_stats::intervals::IntervalError>(())
/// ```
///
/// # References
///
/// Breslow, N. E. & Day, N. E. (1987). *Statistical Methods in Cancer Research*, volume II: *The Design
/// and Analysis of Cohort Studies*. IARC, p. 69.
pub fn count(count: f64, confidence: Confidence) -> Result<Interval, IntervalError> {
    rate(count, 1.0, 1.0, confidence)
}

/// The interval of a rate, `count` over `denominator`, times `per` (1,000 for a rate per thousand);
/// or of an indirectly standardised ratio, with the expected count for a denominator and 100
/// for `per`.
///
/// The limits of the [`count`](count()), times `per` over the denominator, which is taken to be known
/// without error.
///
/// # Errors
///
/// [`IntervalError::NotACount`], [`IntervalError::NotADenominator`], [`IntervalError::NotAMultiplier`] and
/// [`IntervalError::TooLarge`].
///
/// # Example
///
/// ```
/// use tessera_stats::intervals::{Confidence, rate};
///
/// let interval = rate(65.0, 100_000.0, 100_000.0, Confidence::Percent95)?;
/// assert_eq!(format!("{} ({:.1} to {:.1})", interval.value, interval.lower, interval.upper), "65 (50.2 to 82.8)");
/// # Ok::<(), tessera_stats::intervals::IntervalError>(())
/// ```
pub fn rate(count: f64, denominator: f64, per: f64, confidence: Confidence) -> Result<Interval, IntervalError> {
    check_count(count)?;
    check_denominator(denominator)?;
    check_multiplier(per)?;
    let (lower, upper, method) = if count < ENOUGH_FOR_BYAR {
        let (lower, upper) = exact(count, confidence)?;
        (lower, upper, Method::ExactPoisson)
    } else {
        let (lower, upper) = byar(count, confidence);
        (lower, upper, Method::Byar)
    };
    let scaled = |count: f64| count * per / denominator;
    Interval { value: scaled(count), lower: scaled(lower), upper: scaled(upper), confidence, method }.checked()
}

/// Byar's limits of a count of at least one.
pub(super) fn byar(count: f64, confidence: Confidence) -> (f64, f64) {
    let limit = |count: f64, z: f64| count * (1.0 - 1.0 / (9.0 * count) + z / (3.0 * count.sqrt())).powi(3);
    (limit(count, -confidence.z()), limit(count + 1.0, confidence.z()))
}

fn exact(count: f64, confidence: Confidence) -> Result<(f64, f64), IntervalError> {
    let half_of_quantile = |p: f64, freedom: f64| {
        let chi_squared = ChiSquared::new(freedom).map_err(|_| IntervalError::NotACount { count })?;
        Ok(chi_squared.inverse_cdf(p) / 2.0)
    };
    let lower = if count == 0.0 { 0.0 } else { half_of_quantile(confidence.tail(), 2.0 * count)? };
    Ok((lower, half_of_quantile(1.0 - confidence.tail(), 2.0 * count + 2.0)?))
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn published_counts_have_their_published_limits() {
        check(count(65.0, Confidence::Percent95), 50.163188, 82.849139, 5e-7);
        check(count(10.0, Confidence::Percent95), 4.787450, 18.391459, 5e-7);
        check(count(5.0, Confidence::Percent95), 1.623486, 11.668332, 5e-7);
        check(count(0.0, Confidence::Percent95), 0.0, 3.688879, 5e-7);
    }

    #[test]
    fn a_rate_has_the_limits_of_its_count_in_its_own_unit() {
        check(rate(65.0, 2_000.0, 1_000.0, Confidence::Percent95), 50.163188 / 2.0, 82.849139 / 2.0, 5e-7);
    }

    #[test]
    fn fewer_than_ten_events_are_exact() {
        assert_eq!(count(9.0, Confidence::Percent95).unwrap().method, Method::ExactPoisson);
        assert_eq!(count(10.0, Confidence::Percent95).unwrap().method, Method::Byar);
    }

    #[test]
    fn the_two_methods_nearly_meet_at_ten() {
        for confidence in [Confidence::Percent95, Confidence::Percent99_8] {
            let (exact, byar) = (exact(10.0, confidence).unwrap(), byar(10.0, confidence));
            assert!((exact.0 - byar.0).abs() < 0.06 && (exact.1 - byar.1).abs() < 0.06, "{exact:?} {byar:?}");
        }
    }

    #[test]
    fn what_is_no_rate_is_refused() {
        let error = rate(3.0, 0.0, 1_000.0, Confidence::Percent95).unwrap_err();
        assert_eq!(error.to_string(), "0 is not a denominator: it must be more than zero");
        assert_eq!(count(-1.0, Confidence::Percent95), Err(IntervalError::NotACount { count: -1.0 }));
        assert!(count(f64::INFINITY, Confidence::Percent95).is_err());
    }
}
