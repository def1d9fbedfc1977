use std::ops::RangeInclusive;

/// The limits of `later` − `earlier`, two values that are independent of each other, from the limits of each at the same
/// confidence.
///
/// With values x, y and limits (lx, ux), (ly, uy) the limits of x − y are d − √((x − lx)² + (uy − y)²) and
/// d + √((ux − x)² + (y − ly)²), where d = x − y. For two proportions with Wilson limits that is Newcombe's hybrid score interval
/// (his method 10); the same square-and-add of limits holds for other quantities (Zou & Donner 2008). It heeds limits
/// that are not symmetrical, and is narrower than asking whether two intervals overlap, which is too strict a test.
///
/// `None` where a value does not lie within its own limits, or a number is too large to be subtracted.
///
/// # When not to use it
///
/// For values that share cases, such as those of 2016–2018 and 2017–2019: they are not independent.
///
/// # Example
///
/// ```
/// use tessera_stats::intervals::{Confidence, difference, proportion};
///
/// let limits = |count, of| proportion(count, of, 1.0, Confidence::Percent95).map(|interval| (interval.value, interval.limits()));
/// let limits = difference(limits(56.0, 70.0)?, limits(48.0, 80.0)?).unwrap();
/// assert_eq!(format!("{:.4} to {:.4}", limits.start(), limits.end()), "0.0524 to 0.3339");
/// # Ok::<(), tessera_stats::intervals::IntervalError>(())
/// ```
///
/// # References
///
/// - Newcombe, R. G. (1998). Interval estimation for the difference between independent proportions: comparison of
///   eleven methods. *Statistics in Medicine* 17, 873–890.
/// - Zou, G. Y. & Donner, A. (2008). Construction of confidence limits about effect measures: a general
///   approach. *Statistics in Medicine* 27, 1693–1702.
#[must_use]
pub fn difference(
    (later, later_limits): (f64, RangeInclusive<f64>),
    (earlier, earlier_limits): (f64, RangeInclusive<f64>),
) -> Option<RangeInclusive<f64>> {
    if !later_limits.contains(&later) || !earlier_limits.contains(&earlier) {
        return None;
    }
    let down = (later - later_limits.start()).hypot(earlier_limits.end() - earlier);
    let up = (later_limits.end() - later).hypot(earlier - earlier_limits.start());
    let change = later - earlier;
    let (lower, upper) = (change - down, change + up);
    (lower.is_finite() && upper.is_finite()).then_some(lower..=upper)
}

#[cfg(test)]
mod tests {
    use super::super::{Confidence, proportion, rate};
    use super::difference;

    fn of_proportions(one: (f64, f64), other: (f64, f64)) -> (f64, f64) {
        let limits = |(count, of)| {
            let interval = proportion(count, of, 1.0, Confidence::Percent95).unwrap();
            (interval.value, interval.limits())
        };
        let limits = difference(limits(one), limits(other)).unwrap();
        (*limits.start(), *limits.end())
    }

    #[test]
    fn the_limits_are_those_that_newcombe_published() {
        // Newcombe (1998), table II, method 10, to four decimals.
        for (one, other, lower, upper) in [
            ((56.0, 70.0), (48.0, 80.0), 0.0524, 0.3339),
            ((9.0, 10.0), (3.0, 10.0), 0.1705, 0.8090),
            ((6.0, 7.0), (2.0, 7.0), 0.0582, 0.8062),
            ((5.0, 56.0), (0.0, 29.0), -0.0381, 0.1926),
            ((0.0, 10.0), (0.0, 20.0), -0.1611, 0.2775),
            ((10.0, 10.0), (0.0, 10.0), 0.6075, 1.0),
        ] {
            let (found_lower, found_upper) = of_proportions(one, other);
            assert!((found_lower - lower).abs() < 6e-5, "{one:?} {other:?}: {found_lower}");
            assert!((found_upper - upper).abs() < 6e-5, "{one:?} {other:?}: {found_upper}");
        }
    }

    #[test]
    fn the_difference_of_equal_values_lies_within_its_limits() {
        let interval = rate(12.0, 1500.0, 1000.0, Confidence::Percent95).unwrap();
        let same = (interval.value, interval.limits());
        let limits = difference(same.clone(), same).unwrap();
        assert!(limits.contains(&0.0) && *limits.start() < 0.0 && *limits.end() > 0.0);
    }

    #[test]
    fn a_value_outside_its_own_limits_has_no_difference() {
        assert_eq!(difference((3.0, 4.0..=5.0), (1.0, 0.0..=2.0)), None);
        assert_eq!(difference((f64::NAN, 4.0..=5.0), (1.0, 0.0..=2.0)), None);
        assert_eq!(difference((1e308, -1e308..=1.7e308), (-1e308, -1.7e308..=1e308)), None);
    }
}
