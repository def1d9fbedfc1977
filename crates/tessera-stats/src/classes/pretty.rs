use super::{Breaks, CLASS_COUNTS, ClassesError, check_count, sorted_values};

/// Classes between round numbers: multiples of 1, 2 or 5 times a power of ten.
///
/// The bounds are those of R's `pretty(range(values), n = k)`: about `k` classes of one round width
/// that hold all values. The minimum and the last bound are round too, and so may lie beyond the
/// values. Between the round widths, 10 is preferred to 5, 5 to 2 and 2 to 1 as far as R does
/// (its `high.u.bias` of 1.5 and `u5.bias` of 2.75).
///
/// Where that would be more than 12 classes, they are those of the largest smaller number that makes
/// no more. Equal values make a single class, and so do values so close that no round
/// number parts them. Classes may be empty.
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
/// let breaks = classes::pretty(&[Some(2.136), Some(76.145)], 5)?;
/// assert_eq!(breaks.bounds(), [0.0, 20.0, 40.0, 60.0, 80.0]);
/// # Ok::<(), classes::ClassesError>(())
/// ```
///
/// # References
///
/// Becker, R. A., Chambers, J. M. & Wilks, A. R. (1988). *The New S Language*. Wadsworth & Brooks/Cole:
/// `pretty`.
pub fn pretty(values: &[Option<f64>], k: usize) -> Result<Breaks, ClassesError> {
    check_count(k)?;
    let sorted = sorted_values(values)?;
    let (minimum, maximum) = (sorted[0], sorted[sorted.len() - 1]);
    let largest = minimum.abs().max(maximum.abs());
    // R's test for a range that is lost in the last digits of its ends.
    if maximum - minimum < 4.2 * k as f64 * f64::EPSILON * largest || minimum == maximum {
        return Ok(Breaks::merging(minimum, [maximum]));
    }
    let round = |k: usize| {
        let unit = Unit::nearest(maximum / k as f64 - minimum / k as f64);
        let (first, last) = (unit.multiple_below(minimum), unit.multiple_above(maximum));
        let count = (last - first) as usize;
        (1..=*CLASS_COUNTS.end()).contains(&count).then(|| {
            let upper_bounds = (1..=count).map(|i| unit.times(first + i as f64));
            let mut breaks = Breaks::merging(unit.times(first), upper_bounds);
            breaks.hold(minimum, maximum);
            breaks
        })
    };
    Ok((1..=k).rev().find_map(round).unwrap_or_else(|| Breaks::merging(minimum, [maximum])))
}

impl Breaks {
    /// Moves the outer bounds by the rounding error that may keep them from the values.
    fn hold(&mut self, minimum: f64, maximum: f64) {
        let last = self.len();
        self.bounds[0] = self.bounds[0].min(minimum);
        self.bounds[last] = self.bounds[last].max(maximum);
    }
}

/// A round width: `digit`·10^`exponent`, with a digit of 1, 2, 5 or 10.
struct Unit {
    digit: f64,
    exponent: i32,
}

/// How far beyond a multiple a value may lie and still be taken to equal it, in units.
const ROUNDING: f64 = 1e-10;

impl Unit {
    /// The round width for classes of about `width`.
    fn nearest(width: f64) -> Self {
        let width = width.clamp(20.0 * f64::MIN_POSITIVE, f64::MAX / 20.0);
        let exponent = width.log10().floor() as i32;
        let in_tens = width / 10_f64.powi(exponent); // from 1 to 10
        // The next rounder width is taken where it is nearer, distances weighted by the biases.
        let steps = [(2.0, 1.0, 1.5), (5.0, 2.0, 2.75), (10.0, 5.0, 1.5)];
        let taken = steps.iter().take_while(|(next, digit, bias)| next - in_tens < bias * (in_tens - digit));
        let digit = taken.last().map_or(1.0, |(next, _, _)| *next);
        Self { digit, exponent }
    }

    /// `multiple` times the width, with one rounding: 3 tenths are the number 0.3.
    fn times(&self, multiple: f64) -> f64 {
        let tens = 10_f64.powi(self.exponent.abs());
        let number = if self.exponent < 0 { multiple * self.digit / tens } else { multiple * self.digit * tens };
        number.clamp(f64::MIN, f64::MAX)
    }

    fn multiple_below(&self, value: f64) -> f64 {
        (value / self.times(1.0) + ROUNDING).floor()
    }

    fn multiple_above(&self, value: f64) -> f64 {
        (value / self.times(1.0) - ROUNDING).ceil()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(minimum: f64, maximum: f64, k: usize) -> Vec<f64> {
        pretty(&[Some(minimum), Some(maximum)], k).unwrap().bounds().to_vec()
    }

    #[test]
    fn decimal_bounds_are_the_numbers_that_are_written() {
        assert_eq!(bounds(0.04, 0.37, 4), [0.0, 0.1, 0.2, 0.3, 0.4]);
        assert_eq!(bounds(0.3, 0.9, 6), [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
        assert_eq!(bounds(-1.234, 0.5, 3), [-1.5, -1.0, -0.5, 0.0, 0.5]);
    }

    #[test]
    fn wide_ranges_have_wide_classes() {
        assert_eq!(bounds(0.0, 2971.0, 5), [0.0, 500.0, 1000.0, 1500.0, 2000.0, 2500.0, 3000.0]);
        assert_eq!(bounds(12_345_678.0, 98_765_432.0, 4), [0.0, 2e7, 4e7, 6e7, 8e7, 1e8]);
    }

    #[test]
    fn there_are_no_more_classes_than_colours() {
        // Eleven would be 0, 2, … 26.
        assert_eq!(bounds(0.5, 25.5, 11).len() - 1, 6);
        for tenths in 1..1000 {
            for k in CLASS_COUNTS {
                assert!(bounds(0.05, f64::from(tenths) / 10.0, k).len() - 1 <= 12, "{tenths}, {k}");
            }
        }
    }

    #[test]
    fn values_that_no_round_number_parts_make_one_class() {
        assert_eq!(bounds(1.0, 1.0 + f64::EPSILON, 5), [1.0, 1.0 + f64::EPSILON]);
        assert_eq!(bounds(-3.5, -3.5, 5), [-3.5, -3.5]);
    }

    #[test]
    fn the_narrowest_and_the_widest_range_have_finite_bounds() {
        for (minimum, maximum) in [(0.0, 5e-324), (f64::MIN, f64::MAX), (0.0, f64::MAX), (1e-310, 3e-310)] {
            for k in CLASS_COUNTS {
                let bounds = bounds(minimum, maximum, k);
                assert!(bounds.iter().all(|bound| bound.is_finite()), "{bounds:?}");
                assert!(bounds[0] <= minimum && maximum <= bounds[bounds.len() - 1], "{bounds:?}");
            }
        }
    }
}
