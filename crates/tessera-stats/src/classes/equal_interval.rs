use super::{Breaks, ClassesError, check_count, sorted_values};
use crate::quantile::between;

/// Classes of equal width between the smallest and the largest value.
///
/// The upper bound of class i of k is minimum + (maximum − minimum)·i/k, each computed from the ends
/// so that no error adds up; the last is the maximum exactly.
///
/// Classes may be empty: with a few very high values, nearly every area falls into the first class.
/// That is what the method says, and [`quantile`](super::quantile()) is the cure. Equal
/// values make a single class.
///
/// # Errors
///
/// [`ClassesError::ClassCount`], [`ClassesError::NoValues`] and [`ClassesError::NotFinite`].
///
/// # Example
///
/// ```
/// use tessera_stats::classes;
///
/// let skewed = [1.0, 2.0, 2.0, 3.0, 101.0].map(Some);
/// let breaks = classes::equal_interval(&skewed, 4)?;
/// assert_eq!(breaks.bounds(), [1.0, 26.0, 51.0, 76.0, 101.0]);
/// assert_eq!(breaks.counts(&skewed), [4, 0, 0, 1]);
/// # Ok::<(), classes::ClassesError>(())
/// ```
///
/// # References
///
/// Slocum, T. A., McMaster, R. B., Kessler, F. C. & Howard, H. H. (2009). *Thematic Cartography and
/// Geovisualization*, 3rd ed., chapter 5 ("equal intervals").
pub fn equal_interval(values: &[Option<f64>], k: usize) -> Result<Breaks, ClassesError> {
    check_count(k)?;
    let sorted = sorted_values(values)?;
    Ok(of_equal_width(sorted[0], sorted[sorted.len() - 1], k))
}

/// `k` classes of equal width from `minimum` to `maximum`; one where these are equal.
pub(crate) fn of_equal_width(minimum: f64, maximum: f64, k: usize) -> Breaks {
    let upper_bounds = (1..=k).map(|i| between(minimum, maximum, i as f64, k as f64));
    if minimum == maximum {
        Breaks::merging(minimum, [maximum])
    } else {
        Breaks::merging(minimum, upper_bounds.filter(|bound| *bound > minimum))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_bound_is_the_maximum_exactly() {
        for maximum in [0.3, 0.7, 1.1, 76.145, 1e-9, 1e300] {
            for k in 2..=12 {
                let breaks = equal_interval(&[Some(0.1), Some(maximum)], k).unwrap();
                let (lowest, highest) = (maximum.min(0.1), maximum.max(0.1));
                assert_eq!(breaks.len(), k);
                assert_eq!(breaks.bounds()[0], lowest);
                assert_eq!(breaks.bounds()[k], highest);
            }
        }
    }

    #[test]
    fn a_skewed_column_leaves_classes_empty() {
        let column: Vec<_> = (0..371).map(f64::from).chain([900.0, 950.0, 1000.0, 2971.0]).map(Some).collect();
        let breaks = equal_interval(&column, 5).unwrap();
        assert_eq!(breaks.counts(&column), [371, 3, 0, 0, 1]);
    }

    #[test]
    fn bounds_that_cannot_be_told_apart_are_merged() {
        let next = 1.0 + f64::EPSILON;
        let breaks = equal_interval(&[Some(1.0), Some(next)], 5).unwrap();
        assert_eq!(breaks.bounds(), [1.0, next]);
    }

    #[test]
    fn the_widest_range_of_numbers_has_finite_bounds() {
        let breaks = equal_interval(&[Some(f64::MIN), Some(f64::MAX)], 4).unwrap();
        assert_eq!(breaks.len(), 4);
        assert_eq!(breaks.bounds()[2], 0.0);
        assert!(breaks.bounds().iter().all(|bound| bound.is_finite()));
    }
}
