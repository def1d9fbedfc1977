use statrs::distribution::{ContinuousCDF, StudentsT};

use super::{Confidence, Interval, IntervalError, Method};
use crate::{mean, spread};

/// The interval of the mean of the values there are: mean ∓ t·s/√n, with s the standard deviation
/// (n − 1) and t the quantile of Student's distribution with n − 1 degrees of freedom.
///
/// The values are taken to be independent of each other and each to count once.
///
/// # Errors
///
/// [`IntervalError::TooFewValues`] and [`IntervalError::TooLarge`].
///
/// # Example
///
/// ```
/// use tessera_stats::intervals::{Confidence, mean};
///
/// let interval = mean(&[Some(4.0), Some(6.0), None, Some(8.0)], Confidence::Percent95)?;
/// assert_eq!(format!("{} ({:.3} to {:.3})", interval.value, interval.lower, interval.upper), "6 (1.032 to 10.968)");
/// # Ok::<(), tessera_stats::intervals::IntervalError>(())
/// ```
///
/// # References
///
/// Student (1908). The probable error of a mean. *Biometrika* 6(1), 1–25.
pub fn mean(values: &[Option<f64>], confidence: Confidence) -> Result<Interval, IntervalError> {
    let n = values.iter().flatten().count();
    let parts = mean::mean(values).zip(spread::standard_deviation(values));
    let ((mean, deviation), t) =
        parts.zip(t_quantile(confidence, n as f64 - 1.0)).ok_or(IntervalError::TooFewValues { n })?;
    let reach = t * deviation / (n as f64).sqrt();
    Interval { value: mean, lower: mean - reach, upper: mean + reach, confidence, method: Method::StudentT }.checked()
}

/// The quantile of Student's distribution at the upper end; `None` without degrees of freedom.
pub(crate) fn t_quantile(confidence: Confidence, freedom: f64) -> Option<f64> {
    let distribution = StudentsT::new(0.0, 1.0, freedom).ok()?;
    Some(distribution.inverse_cdf(1.0 - confidence.tail()))
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_printed_tables() {
        let table = [(1.0, 12.706, 318.309), (4.0, 2.776, 7.173), (10.0, 2.228, 4.144), (120.0, 1.980, 3.160)];
        for (freedom, at_95, at_99_8) in table {
            assert!((t_quantile(Confidence::Percent95, freedom).unwrap() - at_95).abs() < 1e-3);
            assert!((t_quantile(Confidence::Percent99_8, freedom).unwrap() - at_99_8).abs() < 1e-3);
        }
    }

    #[test]
    fn equal_values_have_an_interval_without_width() {
        check(mean(&[Some(3.0), Some(3.0)], Confidence::Percent95), 3.0, 3.0, 1e-15);
    }

    #[test]
    fn fewer_than_two_values_have_no_interval() {
        for (column, n) in [(&[][..], 0), (&[Some(1.0), None], 1)] {
            assert_eq!(mean(column, Confidence::Percent95), Err(IntervalError::TooFewValues { n }));
        }
        assert!(mean(&[Some(1.0), Some(f64::NAN)], Confidence::Percent95).is_err());
    }
}
