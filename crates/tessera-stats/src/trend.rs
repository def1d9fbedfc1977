//! Whether the last five years went up or down by more than chance.
//!
//! The recent trend of English public health: a straight line through five annual periods that do
//! not overlap, tested at 99.8% (χ² with one degree of freedom, two-sided). A significant direction
//! must also survive leaving out each period in turn: the line through the other four must point
//! the same way each time, or one odd year would make a trend. That is a guard on the direction,
//! not a second test of significance.
//!
//! What is projected or modelled is not to be given to these functions: a model has a trend of its own.

use crate::Polarity;

/// The number of periods that a recent trend is of.
pub const PERIODS: usize = 5;

/// The 99.8% point of χ² with one degree of freedom.
const CRITICAL: f64 = 9.549_535_706_083_24;

/// Standard errors across a 95% interval, rounded as public health rounds it.
const STANDARD_ERRORS_ACROSS: f64 = 3.92;

/// Which way the line points, if chance is ruled out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Up.
    Increasing,
    /// Down.
    Decreasing,
    /// Neither beyond chance, or one way only because of a single period.
    NoSignificantChange,
}

/// A recent trend.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    /// Which way.
    pub direction: Direction,
    /// The statistic, significant above 9.549536.
    pub chi_squared: f64,
    /// Whether the statistic is significant but the direction depends on a single period, so that there is
    /// "no significant change".
    pub rests_on_one_period: bool,
}

impl Trend {
    /// "increasing and getting worse", "decreasing and getting better" and so on by polarity,
    /// "increasing" or "decreasing" where neither end is bad, or "no significant change".
    #[must_use]
    pub fn words(&self, polarity: Polarity) -> &'static str {
        match (self.direction, polarity) {
            (Direction::NoSignificantChange, _) => "no significant change",
            (Direction::Increasing, Polarity::Neutral) => "increasing",
            (Direction::Decreasing, Polarity::Neutral) => "decreasing",
            (Direction::Increasing, Polarity::HighIsBad) => "increasing and getting worse",
            (Direction::Increasing, Polarity::HighIsGood) => "increasing and getting better",
            (Direction::Decreasing, Polarity::HighIsBad) => "decreasing and getting better",
            (Direction::Decreasing, Polarity::HighIsGood) => "decreasing and getting worse",
        }
    }

    /// The trend by the statistic and the slope of the line, also with one period left out.
    fn new(chi_squared: f64, slope_without: impl Fn(Option<usize>) -> f64) -> Result<Self, NoTrend> {
        if !chi_squared.is_finite() {
            return Err(NoTrend::TooLarge);
        }
        let slope = slope_without(None);
        let significant = chi_squared > CRITICAL;
        let survives = (0..PERIODS).all(|left_out| slope_without(Some(left_out)) * slope > 0.0);
        let direction = match (significant && survives, slope > 0.0) {
            (false, _) => Direction::NoSignificantChange,
            (true, true) => Direction::Increasing,
            (true, false) => Direction::Decreasing,
        };
        Ok(Self { direction, chi_squared, rests_on_one_period: significant && !survives })
    }
}

/// Why a recent trend cannot be calculated. `period` counts from 1, the oldest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoTrend {
    /// There are fewer or more than five periods.
    #[error("cannot be calculated: a recent trend is of five annual periods, and {given} were given")]
    Periods {
        /// How many.
        given: usize,
    },
    /// A period has no value or part of one.
    #[error("cannot be calculated: period {period} of five has no value")]
    Missing {
        /// Which one.
        period: usize,
    },
    /// Numerator and denominator are not those of a proportion.
    #[error("cannot be calculated: the parts of period {period} of five are not those of a proportion")]
    NotAProportion {
        /// Which one.
        period: usize,
    },
    /// A proportion is of nothing or of all.
    #[error("cannot be calculated: in period {period} of five none or all were counted")]
    NoneOrAll {
        /// Which one.
        period: usize,
    },
    /// The interval of a value has no width, or is not one.
    #[error("cannot be calculated: the value of period {period} of five has no interval with a width")]
    NoInterval {
        /// Which one.
        period: usize,
    },
    /// The statistic would be too large for a number.
    #[error("cannot be calculated: the numbers are too large or too unlike each other")]
    TooLarge,
}

/// The recent trend of a proportion, from five numerators and denominators, oldest first.
///
/// The χ² test for a linear trend in proportions: with t = 1 … 5, D = Σn, A = ΣOt, C = ΣO, B = Σnt, F = Σnt²,
/// χ² = D(DA − CB)² / (C(D − C)(DF − B²)). The slope has the sign of DA − CB.
///
/// # Errors
///
/// [`NoTrend`] where there are not five periods, one has no value, or in one none or all were counted.
///
/// # Example
///
/// ```
/// use tessera_stats::Polarity;
/// use tessera_stats::trend::of_proportion;
///
/// let trend = of_proportion(&[100.0, 112.0, 121.0, 135.0, 150.0].map(Some), &[Some(1000.0); 5])?;
/// assert_eq!(format!("{:.6}", trend.chi_squared), "13.966558");
/// assert_eq!(trend.words(Polarity::HighIsBad), "increasing and getting worse");
/// # Ok::<(), tessera_stats::trend::NoTrend>(())
/// ```
///
/// # References
///
/// - Armitage, P. (1955). Tests for linear trends in proportions and frequencies. *Biometrics* 11(3), 375–386.
/// - Office for Health Improvement and Disparities. *Fingertips: recent trends*, guidance.
pub fn of_proportion(numerators: &[Option<f64>], denominators: &[Option<f64>]) -> Result<Trend, NoTrend> {
    let (numerators, denominators) = (five(numerators)?, five(denominators)?);
    for (index, (numerator, denominator)) in numerators.iter().zip(&denominators).enumerate() {
        let period = index + 1;
        if !(*denominator > 0.0 && (0.0..=*denominator).contains(numerator) && denominator.is_finite()) {
            return Err(NoTrend::NotAProportion { period });
        }
        if *numerator == 0.0 || numerator == denominator {
            return Err(NoTrend::NoneOrAll { period });
        }
    }

    let sum = |left_out, term: &dyn Fn(usize, f64) -> f64| sum_over_periods(left_out, term);
    let slope_without = |left_out| {
        let d = sum(left_out, &|i, _| denominators[i]);
        let a = sum(left_out, &|i, t| numerators[i] * t);
        let c = sum(left_out, &|i, _| numerators[i]);
        let b = sum(left_out, &|i, t| denominators[i] * t);
        d * a - c * b
    };
    let d = sum(None, &|i, _| denominators[i]);
    let c = sum(None, &|i, _| numerators[i]);
    let b = sum(None, &|i, t| denominators[i] * t);
    let f = sum(None, &|i, t| denominators[i] * t * t);
    let chi_squared = d * slope_without(None).powi(2) / (c * (d - c) * (d * f - b * b));
    Trend::new(chi_squared, slope_without)
}

/// The recent trend of any other value, from five values with their 95% limits, oldest first.
///
/// A line weighted by 1/s² with s = (upper − lower)/3.92: with t = 1 … 5, S₁ = Σ1/s², S₂ = Σvt/s²,
/// S₃ = Σt/s², S₄ = Σv/s², S₅ = Σt²/s², the slope is β = (S₁S₂ − S₃S₄)/(S₁S₅ − S₃²) and
/// χ² = β²(S₁S₅ − S₃²)/S₁.
///
/// # Errors
///
/// [`NoTrend`] where there are not five periods, one has no value, or one has no interval with a width.
///
/// # Example
///
/// ```
/// use tessera_stats::Polarity;
/// use tessera_stats::trend::of_value;
///
/// let rates = [9.0, 8.0, 7.0, 6.5, 5.0];
/// let trend = of_value(&rates.map(Some), &rates.map(|rate| Some(rate - 0.98)), &rates.map(|rate| Some(rate + 0.98)))?;
/// assert_eq!(format!("{:.3}", trend.chi_squared), "36.100");
/// assert_eq!(trend.words(Polarity::HighIsBad), "decreasing and getting better");
/// # Ok::<(), tessera_stats::trend::NoTrend>(())
/// ```
///
/// # References
///
/// Office for Health Improvement and Disparities. *Fingertips: recent trends*, guidance.
pub fn of_value(values: &[Option<f64>], lower: &[Option<f64>], upper: &[Option<f64>]) -> Result<Trend, NoTrend> {
    let (values, lower, upper) = (five(values)?, five(lower)?, five(upper)?);
    let mut weights = [0.0; PERIODS];
    for (index, weight) in weights.iter_mut().enumerate() {
        *weight = ((upper[index] - lower[index]) / STANDARD_ERRORS_ACROSS).powi(-2);
        if !(upper[index] > lower[index] && weight.is_finite() && *weight > 0.0) {
            return Err(NoTrend::NoInterval { period: index + 1 });
        }
    }

    let sum = |left_out, term: &dyn Fn(usize, f64) -> f64| sum_over_periods(left_out, term);
    let slope_and_information_without = |left_out| {
        let s1 = sum(left_out, &|i, _| weights[i]);
        let s2 = sum(left_out, &|i, t| weights[i] * values[i] * t);
        let s3 = sum(left_out, &|i, t| weights[i] * t);
        let s4 = sum(left_out, &|i, _| weights[i] * values[i]);
        let s5 = sum(left_out, &|i, t| weights[i] * t * t);
        let determinant = s1 * s5 - s3 * s3;
        ((s1 * s2 - s3 * s4) / determinant, determinant / s1)
    };
    let (slope, information) = slope_and_information_without(None);
    Trend::new(slope * slope * information, |left_out| slope_and_information_without(left_out).0)
}

/// The sum of a term over all periods but the one that is left out; `t` runs from 1 to 5.
fn sum_over_periods(left_out: Option<usize>, term: &dyn Fn(usize, f64) -> f64) -> f64 {
    (0..PERIODS).filter(|index| Some(*index) != left_out).map(|index| term(index, index as f64 + 1.0)).sum()
}

/// Five finite numbers.
fn five(column: &[Option<f64>]) -> Result<[f64; PERIODS], NoTrend> {
    let column: [Option<f64>; PERIODS] = column.try_into().map_err(|_| NoTrend::Periods { given: column.len() })?;
    let mut numbers = [0.0; PERIODS];
    for (index, number) in numbers.iter_mut().enumerate() {
        *number = column[index].filter(|number| number.is_finite()).ok_or(NoTrend::Missing { period: index + 1 })?;
    }
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    const THOUSANDS: [Option<f64>; 5] = [Some(1000.0); 5];

    fn proportion(numerators: [f64; 5]) -> Result<Trend, NoTrend> {
        of_proportion(&numerators.map(Some), &THOUSANDS)
    }

    #[test]
    fn the_worked_proportions_have_their_statistic() {
        let trend = proportion([100.0, 112.0, 121.0, 135.0, 150.0]).unwrap();
        assert!((trend.chi_squared - 13.966558).abs() < 5e-7, "{trend:?}");
        assert_eq!(trend.direction, Direction::Increasing);
    }

    #[test]
    fn a_falling_series_has_the_statistic_of_its_mirror_image() {
        let trend = proportion([150.0, 135.0, 121.0, 112.0, 100.0]).unwrap();
        assert!((trend.chi_squared - 13.966558).abs() < 5e-7, "{trend:?}");
        assert_eq!(trend.direction, Direction::Decreasing);
    }

    #[test]
    fn a_small_change_is_not_significant() {
        let trend = proportion([100.0, 101.0, 99.0, 103.0, 104.0]).unwrap();
        assert_eq!(trend.direction, Direction::NoSignificantChange);
        assert!(!trend.rests_on_one_period);
    }

    #[test]
    fn one_odd_year_makes_no_trend() {
        let trend = proportion([104.0, 103.0, 102.0, 101.0, 180.0]).unwrap();
        assert!(trend.chi_squared > CRITICAL, "{trend:?}");
        assert_eq!(trend.direction, Direction::NoSignificantChange);
        assert!(trend.rests_on_one_period);

        let values = [5.0, 4.9, 4.8, 4.7, 9.0];
        let trend =
            of_value(&values.map(Some), &values.map(|v| Some(v - 0.5)), &values.map(|v| Some(v + 0.5))).unwrap();
        assert!(trend.chi_squared > CRITICAL && trend.rests_on_one_period, "{trend:?}");
    }

    #[test]
    fn words_follow_polarity() {
        let words = |numerators| {
            let trend = proportion(numerators).unwrap();
            [Polarity::HighIsBad, Polarity::HighIsGood, Polarity::Neutral].map(|polarity| trend.words(polarity))
        };
        assert_eq!(
            words([100.0, 112.0, 121.0, 135.0, 150.0]),
            ["increasing and getting worse", "increasing and getting better", "increasing"]
        );
        assert_eq!(
            words([150.0, 135.0, 121.0, 112.0, 100.0]),
            ["decreasing and getting better", "decreasing and getting worse", "decreasing"]
        );
        assert_eq!(words([100.0; 5]), ["no significant change"; 3]);
    }

    #[test]
    fn what_cannot_be_calculated_says_why() {
        assert_eq!(proportion([10.0, 10.0, 0.0, 10.0, 10.0]), Err(NoTrend::NoneOrAll { period: 3 }));
        assert_eq!(proportion([10.0, 10.0, 10.0, 10.0, 1000.0]), Err(NoTrend::NoneOrAll { period: 5 }));
        assert_eq!(proportion([10.0, 10.0, 10.0, 10.0, 1001.0]), Err(NoTrend::NotAProportion { period: 5 }));
        assert_eq!(of_proportion(&[Some(1.0); 4], &THOUSANDS), Err(NoTrend::Periods { given: 4 }));
        let gap = [Some(1.0), None, Some(1.0), Some(1.0), Some(1.0)];
        assert_eq!(of_proportion(&gap, &THOUSANDS), Err(NoTrend::Missing { period: 2 }));
        let huge = [1e200, 2e200, 3e200, 4e200, 5e200].map(Some);
        assert_eq!(of_proportion(&huge, &[Some(1e201); 5]), Err(NoTrend::TooLarge));
        let ones = [Some(1.0); 5];
        assert_eq!(of_value(&ones, &ones, &ones), Err(NoTrend::NoInterval { period: 1 }));
        assert_eq!(
            NoTrend::NoneOrAll { period: 3 }.to_string(),
            "cannot be calculated: in period 3 of five none or all were counted"
        );
    }
}
