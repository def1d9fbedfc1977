//! Sums that do not depend on the order of the areas.

/// A running sum with the rounding errors kept apart and added at the end.
///
/// The compensated summation of Neumaier (1974), an improvement of Kahan's that also holds where a
/// term is larger than the sum so far. The error is at most half a unit in the last place of the sum
/// plus a term of second order, n²ε²Σ|x|: the sum of numbers of one sign is within one unit in the
/// last place, whatever the order of the terms.
///
/// Neumaier, A. (1974). Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen.
/// *Zeitschrift für Angewandte Mathematik und Mechanik* 54(1), 39–51.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sum {
    total: f64,
    compensation: f64,
}

impl Sum {
    pub(crate) fn add(&mut self, term: f64) {
        let total = self.total + term;
        self.compensation +=
            if self.total.abs() >= term.abs() { (self.total - total) + term } else { (term - total) + self.total };
        self.total = total;
    }

    /// The sum; not finite where a term was not, or where the sum is too large for an `f64`.
    pub(crate) fn value(self) -> f64 {
        self.total + self.compensation
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(terms: &[f64]) -> f64 {
        let mut sum = Sum::default();
        terms.iter().for_each(|term| sum.add(*term));
        sum.value()
    }

    #[test]
    fn small_terms_survive_beside_large_ones() {
        assert_eq!(sum(&[1.0, 1e100, 1.0, -1e100]), 2.0);
        assert_eq!(sum(&[0.1; 10]), 1.0);
    }

    #[test]
    fn what_is_not_finite_stays_so() {
        assert!(!sum(&[1.0, f64::INFINITY, 2.0]).is_finite());
        assert!(!sum(&[f64::NAN, 2.0]).is_finite());
        assert!(!sum(&[f64::MAX, f64::MAX]).is_finite());
    }
}
