//! How many areas have which values: bins of equal width.

use crate::classes::{Breaks, ClassesError, of_equal_width, sorted_values};
use crate::quantile::boundary;

/// More bins than these cannot be told apart in a small chart.
pub const MOST_BINS: usize = 60;

/// Bins of equal width and the number of areas in each.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    /// The ends of the bins. A bin holds lower < value ≤ upper, the first its lower end too, as
    /// classes do.
    pub bins: Breaks,
    /// The number of areas in each bin; they sum to the number of values.
    pub counts: Vec<usize>,
}

/// The histogram with bins of about 2·IQR/∛n (Freedman & Diaconis 1981), quartiles of type 7.
///
/// The width is made smaller so that whole bins fill the range. There are no more than
/// [`MOST_BINS`]. Where the middle half of the values are equal, the rule says nothing and there are
/// ⌈log₂ n⌉ + 1 bins (Sturges 1926). Equal values make one bin.
///
/// # Errors
///
/// [`ClassesError::NoValues`] and [`ClassesError::NotFinite`].
///
/// # Example
///
/// ```
/// use tessera_stats::histogram::histogram;
///
/// let column: Vec<_> = [1.0, 2.0, 2.0, 3.0, 3.0, 3.0, 4.0, 9.0].map(Some).to_vec();
/// let histogram = histogram(&column)?; // the quartiles are 2 and 3.25, the bins 8 / ⌈8 / 1.25⌉ wide
/// assert_eq!(histogram.counts, [3, 3, 1, 0, 0, 0, 1]);
/// # Ok::<(), tessera_stats::classes::ClassesError>(())
/// ```
///
/// # References
///
/// - Freedman, D. & Diaconis, P. (1981). On the histogram as a density estimator: L₂ theory.
///   *Zeitschrift für Wahrscheinlichkeitstheorie und verwandte Gebiete* 57(4), 453–476.
/// - Sturges, H. A. (1926). The choice of a class interval. *Journal of the American Statistical
///   Association* 21(153), 65–66.
pub fn histogram(values: &[Option<f64>]) -> Result<Histogram, ClassesError> {
    let sorted = sorted_values(values)?;
    let (minimum, maximum) = (sorted[0], sorted[sorted.len() - 1]);
    let bins = of_equal_width(minimum, maximum, bin_count(&sorted));
    let counts = bins.counts(values);
    Ok(Histogram { bins, counts })
}

/// The number of bins for values in ascending order, at least one.
fn bin_count(sorted: &[f64]) -> usize {
    let n = sorted.len() as f64;
    let range = sorted[sorted.len() - 1] - sorted[0];
    let width = 2.0 * (boundary(sorted, 3, 4) - boundary(sorted, 1, 4)) / n.cbrt();
    let bins = if width > 0.0 { (range / width).ceil() } else { n.log2().ceil() + 1.0 };
    // A range or width too large for a number leaves no number of bins, which becomes 1 here.
    (bins as usize).clamp(1, MOST_BINS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(values: &[f64]) -> Vec<usize> {
        let column: Vec<_> = values.iter().copied().map(Some).collect();
        histogram(&column).unwrap().counts
    }

    #[test]
    fn equal_values_make_one_bin() {
        assert_eq!(counts(&[3.0, 3.0, 3.0]), [3]);
        assert_eq!(counts(&[3.0]), [1]);
    }

    #[test]
    fn an_outlier_does_not_make_thousands_of_bins() {
        let values: Vec<f64> = (0..100).map(f64::from).chain([1e6]).collect();
        let counts = counts(&values);
        assert_eq!(counts.len(), MOST_BINS);
        assert_eq!((counts[0], counts[MOST_BINS - 1]), (100, 1));
    }

    #[test]
    fn values_whose_middle_half_is_equal_have_the_bins_of_sturges() {
        let values = [[0.0; 14].as_slice(), &[1.0, 8.0]].concat();
        assert_eq!(counts(&values), [15, 0, 0, 0, 1]);
    }

    #[test]
    fn the_widest_range_of_numbers_has_a_histogram() {
        assert_eq!(counts(&[f64::MIN, f64::MAX]).iter().sum::<usize>(), 2);
    }

    #[test]
    fn a_column_without_values_has_no_histogram() {
        assert_eq!(histogram(&[None]), Err(ClassesError::NoValues));
    }
}
