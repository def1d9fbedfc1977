use super::{Confidence, Interval, IntervalError, Method, check_count, check_denominator, check_multiplier};

/// The interval of a proportion, `count` of `denominator`, times `per` (100 for a percentage).
///
/// Wilson's score interval without correction for continuity, with O the count, n the denominator and z the normal
/// quantile: (2O + z² ∓ z√(z² + 4O(1 − O/n))) / (2(n + z²)). It stays within 0 and 1, also for
/// proportions of nothing or all. Parts need not be whole numbers.
///
/// # Errors
///
/// [`IntervalError::NotACount`], [`IntervalError::NotADenominator`], [`IntervalError::MoreThanAll`],
/// [`IntervalError::NotAMultiplier`] and [`IntervalError::TooLarge`].
///
/// # Example
///
/// ```
/// use tessera_stats::intervals::{Confidence, proportion};
///
/// let interval = proportion(65.0, 100.0, 100.0, Confidence::Percent95)?;
/// assert_eq!(format!("{} ({:.1} to {:.1})", interval.value, interval.lower, interval.upper), "65 (55.3 to 73.6)");
/// # Ok::<(), tessera_stats::intervals::IntervalError>(())
/// ```
///
/// # References
///
/// - Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. *Journal
///   of the American Statistical Association* 22, 209–212.
/// - Newcombe, R. G. & Altman, D. G. (2000). Proportions and their differences. In Altman, D. G. et al.
///   (eds), *Statistics with Confidence*, 2nd ed. BMJ Books.
pub fn proportion(count: f64, denominator: f64, per: f64, confidence: Confidence) -> Result<Interval, IntervalError> {
    check_count(count)?;
    check_denominator(denominator)?;
    check_multiplier(per)?;
    if count > denominator {
        return Err(IntervalError::MoreThanAll { count, denominator });
    }
    let (lower, upper) = score_limits(count, denominator, confidence.z());
    // Rounding must not make more of all than all.
    let value = (count * per / denominator).min(per);
    Interval {
        value,
        // Rounding must not carry a limit past the value, which it meets at 0 and at 1.
        lower: (lower * per).clamp(0.0, value),
        upper: (upper * per).clamp(value, per),
        confidence,
        method: Method::Wilson,
    }
    .checked()
}

/// The proportions from which `count` of `denominator` differs by z standard errors.
pub(crate) fn score_limits(count: f64, denominator: f64, z: f64) -> (f64, f64) {
    let middle = 2.0 * count + z * z;
    let reach = z * (z * z + 4.0 * count * (1.0 - count / denominator)).sqrt();
    let divisor = 2.0 * (denominator + z * z);
    ((middle - reach) / divisor, (middle + reach) / divisor)
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn all_are_all_however_they_are_rounded() {
        // 0.69 × 100 / 0.69 is 100.00000000000001.
        let all = proportion(0.69, 0.69, 100.0, Confidence::Percent95).unwrap();
        assert_eq!((all.value, all.upper), (100.0, 100.0));
    }

    #[test]
    fn published_proportions_have_their_published_limits() {
        check(proportion(65.0, 100.0, 1.0, Confidence::Percent95), 0.552544, 0.736358, 5e-7);
        check(proportion(65.0, 100.0, 1.0, Confidence::Percent99_8), 0.495495, 0.778354, 5e-7);
        check(proportion(0.0, 50.0, 1.0, Confidence::Percent95), 0.0, 0.071348, 5e-7);
        // Newcombe, R. G. (1998), Statistics in Medicine 17, 857–872, table I, method 3.
        check(proportion(81.0, 263.0, 1.0, Confidence::Percent95), 0.2553, 0.3662, 5e-5);
        check(proportion(15.0, 148.0, 1.0, Confidence::Percent95), 0.0624, 0.1605, 5e-5);
        check(proportion(0.0, 20.0, 1.0, Confidence::Percent95), 0.0, 0.1611, 5e-5);
        check(proportion(1.0, 29.0, 1.0, Confidence::Percent95), 0.0061, 0.1718, 5e-5);
    }

    #[test]
    fn limits_meet_0_and_1_exactly() {
        assert_eq!(proportion(0.0, 7.0, 100.0, Confidence::Percent95).unwrap().lower, 0.0);
        assert_eq!(proportion(7.0, 7.0, 100.0, Confidence::Percent99_8).unwrap().upper, 100.0);
    }

    #[test]
    fn what_is_no_proportion_is_refused() {
        let of = |count, denominator| proportion(count, denominator, 100.0, Confidence::Percent95).unwrap_err();
        assert_eq!(of(-1.0, 10.0), IntervalError::NotACount { count: -1.0 });
        assert_eq!(of(0.0, 0.0), IntervalError::NotADenominator { denominator: 0.0 });
        assert_eq!(of(11.0, 10.0), IntervalError::MoreThanAll { count: 11.0, denominator: 10.0 });
        assert!(proportion(1.0, 10.0, 0.0, Confidence::Percent95).is_err());
        assert!(proportion(f64::NAN, 10.0, 1.0, Confidence::Percent95).is_err());
    }
}
