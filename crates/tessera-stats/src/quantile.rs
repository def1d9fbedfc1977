//! Quantiles of type 7 in Hyndman & Fan (1996), the default of R and numpy: with n values in
//! ascending order, the quantile at p stands at position (n − 1)·p, counted from 0, and is
//! interpolated linearly between the two values beside it.

/// The quantile of type 7 at `p`, a part of one; the median is at 0.5.
///
/// `None` where `sorted` is empty or `p` is not in 0..=1. `sorted` must be finite and in ascending
/// order, which is not checked.
///
/// ```
/// use tessera_stats::quantile::quantile_value;
///
/// let sorted = [1.0, 2.0, 4.0, 8.0];
/// assert_eq!(quantile_value(&sorted, 0.5), Some(3.0));
/// assert_eq!(quantile_value(&sorted, 0.75), Some(5.0));
/// assert_eq!(quantile_value(&sorted, 1.0), Some(8.0));
/// assert_eq!(quantile_value(&[], 0.5), None);
/// ```
///
/// # References
///
/// Hyndman, R. J. & Fan, Y. (1996). Sample quantiles in statistical packages. *The American
/// Statistician* 50(4), 361–365.
#[must_use]
pub fn quantile_value(sorted: &[f64], p: f64) -> Option<f64> {
    if sorted.is_empty() || !(0.0..=1.0).contains(&p) {
        return None;
    }
    let position = (sorted.len() - 1) as f64 * p;
    let below = position.floor();
    Some(at(sorted, below as usize, position - below, 1.0))
}

/// The quantile of type 7 at `i`/`k` of values in ascending order, at least one. The position is
/// computed in whole numbers, so that a boundary that falls on a value is that value.
pub(crate) fn boundary(sorted: &[f64], i: usize, k: usize) -> f64 {
    let position_times_k = (sorted.len() - 1) * i;
    at(sorted, position_times_k / k, (position_times_k % k) as f64, k as f64)
}

/// lower + (upper − lower)·`part`/`whole`: `upper` itself where `part` is `whole`, and never outside
/// the two.
pub(crate) fn between(lower: f64, upper: f64, part: f64, whole: f64) -> f64 {
    let stretch = (upper - lower) * part;
    if part == whole {
        upper
    } else if stretch.is_finite() {
        (lower + stretch / whole).min(upper)
    } else {
        lower * (1.0 - part / whole) + upper * (part / whole)
    }
}

/// The number `part`/`whole` of the way from `sorted[index]` to the next value, if there is one.
fn at(sorted: &[f64], index: usize, part: f64, whole: f64) -> f64 {
    let lower = sorted[index];
    let upper = sorted.get(index + 1).copied().unwrap_or(lower);
    between(lower, upper, part, whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_value_is_every_quantile() {
        for p in [0.0, 0.3, 1.0] {
            assert_eq!(quantile_value(&[7.5], p), Some(7.5));
        }
    }

    #[test]
    fn a_part_outside_0_to_1_has_no_quantile() {
        for p in [-0.1, 1.1, f64::NAN] {
            assert_eq!(quantile_value(&[1.0, 2.0], p), None, "{p}");
        }
    }

    #[test]
    fn quantiles_lie_between_the_ends_for_the_widest_range_of_numbers() {
        let quantile = quantile_value(&[f64::MIN, f64::MAX], 0.5);
        assert_eq!(quantile, Some(0.0));
    }
}
