use super::{Breaks, ClassesError, sorted_values};
use crate::{mean, spread};

/// Classes by distance from the mean: bounds one and two standard deviations below and above it.
///
/// The middle class holds what is within one standard deviation (n − 1 in the denominator) of the
/// mean; there is no break at the mean itself. Bounds outside the values are left out, so there
/// are five classes at most, and one where all values are equal. Classes may be empty.
///
/// # Errors
///
/// [`ClassesError::NoValues`] and [`ClassesError::NotFinite`].
///
/// # Example
///
/// ```
/// use tessera_stats::classes;
///
/// let column = [2.0, 4.0, 4.0, 5.0, 5.0, 5.0, 6.0, 6.0, 8.0, 15.0].map(Some); // mean 6, deviation √12
/// let breaks = classes::standard_deviation(&column)?;
/// assert_eq!(breaks.len(), 4);
/// assert_eq!(breaks.counts(&column), [1, 8, 0, 1]);
/// # Ok::<(), classes::ClassesError>(())
/// ```
///
/// # References
///
/// Slocum, T. A., McMaster, R. B., Kessler, F. C. & Howard, H. H. (2009). *Thematic Cartography and
/// Geovisualization*, 3rd ed., chapter 5 ("mean–standard deviation").
pub fn standard_deviation(values: &[Option<f64>]) -> Result<Breaks, ClassesError> {
    let sorted = sorted_values(values)?;
    let (minimum, maximum) = (sorted[0], sorted[sorted.len() - 1]);
    let bounds = match (mean::mean(values), spread::standard_deviation(values)) {
        (Some(mean), Some(deviation)) => [-2.0, -1.0, 1.0, 2.0].map(|distance| mean + distance * deviation).to_vec(),
        _ => Vec::new(),
    };
    let inside = bounds.into_iter().filter(|bound| minimum < *bound && *bound < maximum);
    Ok(Breaks::merging(minimum, inside.chain([maximum])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_one_and_two_deviations_from_the_mean() {
        let mut column = vec![Some(-3.0), Some(3.0)];
        column.extend([Some(-1.0), Some(1.0), None].repeat(9));
        let deviation = (36.0 / 19.0_f64).sqrt();
        let breaks = standard_deviation(&column).unwrap();
        let expected = [-3.0, -2.0 * deviation, -deviation, deviation, 2.0 * deviation, 3.0];
        assert_eq!(breaks.bounds(), expected);
        assert_eq!(breaks.counts(&column), [1, 0, 18, 0, 1]);
    }

    #[test]
    fn values_that_do_not_differ_make_one_class() {
        for column in [&[Some(0.1), Some(0.1), Some(0.1)][..], &[Some(4.0)]] {
            assert_eq!(standard_deviation(column).unwrap().len(), 1);
        }
    }

    #[test]
    fn a_column_without_values_has_no_classes() {
        assert_eq!(standard_deviation(&[None]), Err(ClassesError::NoValues));
    }
}
