//! How far values lie from their mean, with n − 1 in the denominator.

use crate::mean::mean;
use crate::summation::Sum;

/// The standard deviation of the values there are, √(Σ(value − mean)² / (n − 1)): ddof 1, as R's
/// `sd`. `None` for fewer than two values.
///
/// ```
/// use tessera_stats::spread::standard_deviation;
///
/// assert_eq!(standard_deviation(&[Some(1.0), None, Some(5.0), Some(3.0)]), Some(2.0));
/// assert_eq!(standard_deviation(&[Some(1.0)]), None);
/// ```
#[must_use]
pub fn standard_deviation(values: &[Option<f64>]) -> Option<f64> {
    let mean = mean(values)?;
    let (mut squares, mut n) = (Sum::default(), 0_usize);
    for value in values.iter().flatten() {
        squares.add((value - mean).powi(2));
        n += 1;
    }
    let deviation = (squares.value() / (n as f64 - 1.0)).sqrt();
    (n >= 2 && deviation.is_finite()).then_some(deviation)
}

/// The distance of each value from the mean in standard deviations (ddof 1): negative below it.
///
/// The mean counts each area once. No area has one where the values do not differ.
///
/// ```
/// use tessera_stats::spread::z_scores;
///
/// assert_eq!(z_scores(&[Some(1.0), None, Some(5.0), Some(3.0)]), [Some(-1.0), None, Some(1.0), Some(0.0)]);
/// assert_eq!(z_scores(&[Some(1.0), Some(1.0)]), [None, None]);
/// ```
#[must_use]
pub fn z_scores(values: &[Option<f64>]) -> Vec<Option<f64>> {
    match (mean(values), standard_deviation(values)) {
        (Some(mean), Some(deviation)) if deviation > 0.0 => {
            values.iter().map(|value| value.map(|value| (value - mean) / deviation)).collect()
        }
        _ => vec![None; values.len()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fewer_than_two_values_have_no_deviation() {
        for column in [&[][..], &[None], &[Some(3.0), None]] {
            assert_eq!(standard_deviation(column), None);
            assert!(z_scores(column).iter().all(Option::is_none));
        }
    }

    #[test]
    fn what_is_not_finite_has_no_deviation() {
        assert_eq!(standard_deviation(&[Some(1.0), Some(f64::NAN)]), None);
        assert_eq!(standard_deviation(&[Some(f64::MAX), Some(f64::MIN)]), None);
    }
}
