//! Numbers with about 32 significant digits, for differences of large sums.

use std::ops::{Add, Mul, Sub};

/// A number as the sum of two: `low` holds what rounding took from `high`.
///
/// Sums follow Knuth and products use the fused multiplication, as in Dekker (1971). The relative
/// error of an operation is a few 2⁻¹⁰⁴. Infinite numbers have no meaning here.
///
/// Dekker, T. J. (1971). A floating-point technique for extending the available precision.
/// *Numerische Mathematik* 18(3), 224–242.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Double {
    high: f64,
    low: f64,
}

impl Double {
    pub(crate) fn new(high: f64, low: f64) -> Self {
        let sum = high + low;
        Self { high: sum, low: low - (sum - high) }
    }

    /// The nearest `f64`.
    pub(crate) fn value(self) -> f64 {
        self.high
    }
}

impl From<f64> for Double {
    fn from(number: f64) -> Self {
        Self { high: number, low: 0.0 }
    }
}

impl Add for Double {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let sum = self.high + other.high;
        let of_other = sum - self.high;
        let error = (self.high - (sum - of_other)) + (other.high - of_other);
        Self::new(sum, error + (self.low + other.low))
    }
}

impl Sub for Double {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self + Self { high: -other.high, low: -other.low }
    }
}

impl Mul for Double {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        let product = self.high * other.high;
        let error = self.high.mul_add(other.high, -product);
        Self::new(product, error + (self.high * other.low + self.low * other.high))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_difference_of_large_numbers_keeps_its_digits() {
        let large = Double::from(1e15);
        let (with_third, third) = (large + Double::from(1.0 / 3.0), 1.0 / 3.0);
        assert_eq!((with_third - large).value(), third);
        assert_eq!((with_third * with_third - large * large).value(), 2e15 * third + third * third);
    }

    #[test]
    fn products_are_exact_where_twice_the_digits_hold_them() {
        let number = Double::from(1.0 + f64::EPSILON);
        let square = number * number;
        assert_eq!((square - Double::from(1.0) - Double::from(2.0 * f64::EPSILON)).value(), f64::EPSILON.powi(2));
    }
}
