use super::{Breaks, ClassesError, check_count, sorted_values};
use crate::quantile::boundary;

/// Classes with nearly the same number of areas in each.
///
/// The boundaries are quantiles of type 7 in Hyndman & Fan (1996), the default of R and numpy and
/// what mapclassify and QGIS use; see [`quantile_value`](crate::quantile::quantile_value). A boundary
/// that falls on a value is that value exactly, without rounding.
///
/// No class is empty. Ties are never split, so they may make classes unequal, and:
/// - boundaries that coincide are merged: with more than a fifth of the areas at zero, the first of
///   five classes holds the zeros and nothing else;
/// - a class that holds no area, because its boundaries were interpolated between two neighbouring
///   values, joins the class above it. There are never more classes than distinct values.
///
/// Breaks of several periods together leave no class empty over all of them, but may in one of them.
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
/// let column = [3.0, 1.0, 2.0, 10.0, 4.0, 7.0].map(Some);
/// let breaks = classes::quantile(&column, 3)?;
/// assert_eq!(breaks.bounds(), [1.0, 2.0 + 2.0 / 3.0, 5.0, 10.0]);
/// assert_eq!(breaks.counts(&column), [2, 2, 2]);
///
/// let many_zeros = [0.0, 0.0, 0.0, 0.0, 2.0, 9.0].map(Some);
/// let breaks = classes::quantile(&many_zeros, 5)?;
/// assert_eq!(breaks.bounds(), [0.0, 0.0, 2.0, 9.0]);
/// assert_eq!(breaks.counts(&many_zeros), [4, 1, 1]);
/// # Ok::<(), classes::ClassesError>(())
/// ```
///
/// # References
///
/// Hyndman, R. J. & Fan, Y. (1996). Sample quantiles in statistical packages. *The American
/// Statistician* 50(4), 361–365.
pub fn quantile(values: &[Option<f64>], k: usize) -> Result<Breaks, ClassesError> {
    check_count(k)?;
    let sorted = sorted_values(values)?;
    let mut areas_below = 0;
    let upper_bounds = (1..=k).map(|i| boundary(&sorted, i, k)).filter(|upper_bound| {
        let areas_up_to = sorted.partition_point(|value| value <= upper_bound);
        let holds_an_area = areas_up_to > areas_below;
        areas_below = areas_up_to;
        holds_an_area
    });
    Ok(Breaks::merging(sorted[0], upper_bounds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds_and_counts(values: &[f64], k: usize) -> (Vec<f64>, Vec<usize>) {
        let column: Vec<_> = values.iter().copied().map(Some).collect();
        let breaks = quantile(&column, k).unwrap();
        (breaks.bounds().to_vec(), breaks.counts(&column))
    }

    #[test]
    fn classes_hold_equal_numbers_where_there_are_no_ties() {
        let values: Vec<f64> = (0..100).map(f64::from).collect();
        let (bounds, counts) = bounds_and_counts(&values, 4);
        assert_eq!(bounds, [0.0, 24.75, 49.5, 74.25, 99.0]);
        assert_eq!(counts, [25, 25, 25, 25]);
    }

    #[test]
    fn a_boundary_on_a_value_is_that_value_exactly() {
        // 0.3 × 10 and its like are not whole numbers in floating point for every n and k.
        for k in 2..=12 {
            let values: Vec<f64> = (0..=100 * k).map(|i| i as f64 * 0.1).collect();
            let (bounds, _) = bounds_and_counts(&values, k);
            let expected: Vec<f64> = (0..=k).map(|i| values[100 * i]).collect();
            assert_eq!(bounds, expected, "k = {k}");
        }
    }

    #[test]
    fn boundaries_that_coincide_are_merged() {
        let (bounds, counts) = bounds_and_counts(&[1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 3.0, 4.0, 5.0], 4);
        assert_eq!(bounds, [1.0, 1.0, 3.0, 5.0]);
        assert_eq!(counts, [5, 2, 2]);
    }

    #[test]
    fn ties_at_the_maximum_are_one_class() {
        let (bounds, counts) = bounds_and_counts(&[1.0, 2.0, 5.0, 5.0, 5.0, 5.0, 5.0], 5);
        assert_eq!(bounds.last(), Some(&5.0));
        assert_eq!(counts.last(), Some(&5));
    }

    #[test]
    fn fewer_distinct_values_than_classes_give_fewer_classes() {
        let (bounds, counts) = bounds_and_counts(&[1.0, 2.0], 5);
        assert_eq!(bounds, [1.0, 1.2, 2.0]);
        assert_eq!(counts, [1, 1]);
    }

    #[test]
    fn a_class_emptied_by_ties_joins_the_class_above() {
        // The boundaries are 0, 0, 0, 0.4, 10: nothing lies in (0, 0.4].
        let (bounds, counts) = bounds_and_counts(&[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 10.0], 5);
        assert_eq!(bounds, [0.0, 0.0, 10.0]);
        assert_eq!(counts, [7, 2]);
    }

    #[test]
    fn the_widest_range_of_numbers_has_finite_bounds() {
        let (bounds, counts) = bounds_and_counts(&[f64::MIN, f64::MAX], 3);
        assert!(bounds.iter().all(|bound| bound.is_finite()), "{bounds:?}");
        assert_eq!(counts, [1, 1]);
    }
}
