//! Sums and differences of decimal numbers without what binary fractions add to them.
//!
//! 1.2 − 1.1 is 0.09999999999999987 in binary fractions and 5.3 − 5.2 is 0.09999999999999964, so that two areas of which each
//! rose by 0.1 would have different ranks. A sum or a difference has no more decimals than its parts: it is rounded to the most
//! that one of them has, which merges no two numbers that differ.

/// A number with more decimals than these is taken for a quotient, whose decimals have no end.
const MOST_DECIMALS: i32 = 9;

/// To so many significant digits of the larger number the difference of quotients is exact.
const DIGITS_OF_QUOTIENTS: i32 = 13;

/// Above it not every whole number is a binary fraction.
const MOST_EXACT: f64 = 9_007_199_254_740_992.0;

/// One number less another, to the decimals that they have; to thirteen significant digits of the larger where one of them is
/// a quotient.
///
/// ```
/// use tessera_stats::decimal::difference;
///
/// assert_eq!(difference(1.2, 1.1), 0.1); // plain subtraction gives 0.09999999999999987
/// assert_eq!(difference(100.0 / 3.0, 70.0 / 3.0), 10.0); // and here 10.000000000000004
/// ```
#[must_use]
pub fn difference(one: f64, other: f64) -> f64 {
    let found = one - other;
    let mut decimals = Decimals::default();
    decimals.add(one);
    decimals.add(other);
    if decimals.of_all().is_some() {
        return decimals.settle(found);
    }
    let digits_before = one.abs().max(other.abs()).log10().floor() as i32;
    rounded(found, (DIGITS_OF_QUOTIENTS - 1).saturating_sub(digits_before)).unwrap_or(found)
}

/// The most decimals that one of some numbers has.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Decimals(i32);

impl Decimals {
    /// One number more.
    pub(crate) fn add(&mut self, number: f64) {
        while self.0 <= MOST_DECIMALS && rounded(number, self.0) != Some(number) {
            self.0 += 1;
        }
    }

    /// `None` where one of them is a quotient.
    fn of_all(self) -> Option<i32> {
        (self.0 <= MOST_DECIMALS).then_some(self.0)
    }

    /// What these numbers come to, without digits that none of them has.
    pub(crate) fn settle(self, found: f64) -> f64 {
        self.of_all().and_then(|decimals| rounded(found, decimals)).unwrap_or(found)
    }
}

/// A number to some decimals, the nearest to it that binary fractions have; `None` where that is not exact.
fn rounded(number: f64, decimals: i32) -> Option<f64> {
    if decimals == 0 && number.fract() == 0.0 {
        return Some(number + 0.0);
    }
    // Powers of ten are exact up to 10²², and a quotient of two exact numbers is the nearest to it.
    let unit = (0..=22).contains(&decimals).then(|| 10f64.powi(decimals))?;
    let units = (number * unit).round();
    (units.abs() < MOST_EXACT).then(|| units / unit + 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sum(parts: &[f64]) -> f64 {
        let mut all = Decimals::default();
        parts.iter().for_each(|part| all.add(*part));
        all.settle(parts.iter().sum())
    }

    #[test]
    fn what_has_one_decimal_comes_to_one_decimal() {
        let pairs = [(5.3, 5.2), (0.3, 0.2), (7.1, 7.0), (12.4, 12.3), (1000.1, 1000.0), (99_999.9, 99_999.8)];
        for (one, other) in pairs {
            assert_eq!((difference(one, other), difference(other, one)), (0.1, -0.1), "{one} − {other}");
        }
        assert_eq!((sum(&[0.1, 0.2]), sum(&[0.3, 0.0])), (0.3, 0.3));
        assert!(difference(0.5, 0.5).is_sign_positive());
    }

    #[test]
    fn decimals_that_a_part_has_are_kept() {
        assert_eq!(difference(1.000_000_1, 1.0), 0.000_000_1);
        assert_eq!(difference(12_345_678_901.23, 12_345_678_901.22), 0.01);
        assert_eq!(difference(9_007_199_254_740_991.0, 1.0), 9_007_199_254_740_990.0);
        assert_eq!(difference(1e300, 1.5e299), 1e300 - 1.5e299);
        assert_eq!(difference(1e-300, 1.0), -1.0);
    }

    #[test]
    fn quotients_that_rose_alike_rose_by_the_same() {
        let rate = |events: f64| events * 100.0 / 30.0;
        for events in 0..27 {
            let events = f64::from(events);
            assert_eq!(difference(rate(events + 3.0), rate(events)), 10.0, "{events}");
        }
        assert_ne!(difference(rate(4.0), rate(1.0)), difference(400.0 / 29.999_999, rate(1.0)));
    }

    #[test]
    fn what_is_not_finite_stays_so() {
        assert!(difference(f64::NAN, 1.0).is_nan() && difference(f64::INFINITY, f64::INFINITY).is_nan());
        assert_eq!(difference(f64::INFINITY, 1.0), f64::INFINITY);
        assert_eq!(difference(f64::MAX, -f64::MAX), f64::INFINITY);
    }

    proptest! {
        #[test]
        fn a_difference_of_decimals_is_that_decimal(one in -10_000_000_000i64..10_000_000_000, other in -10_000_000_000i64..10_000_000_000, decimals in 0i32..=9) {
            let unit = 10f64.powi(decimals);
            let exact = (one - other) as f64 / unit;
            prop_assert_eq!(difference(one as f64 / unit, other as f64 / unit), exact);
            prop_assert_eq!(sum(&[one as f64 / unit, -other as f64 / unit]), exact);
        }
    }
}
