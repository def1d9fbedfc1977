use super::poisson::byar;
use super::{Confidence, Interval, IntervalError, Method, check_count, check_denominator, check_multiplier};
use crate::summation::Sum;

/// The fewest events that a standardised rate is given for.
const FEWEST_EVENTS: f64 = 10.0;

/// One age group (or other stratum) of an area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stratum {
    /// Events in the area.
    pub count: f64,
    /// People in the area.
    pub population: f64,
    /// People in the standard population, in any unit.
    pub weight: f64,
}

/// The directly standardised rate of an area per `per` people, with its interval.
///
/// With Oᵢ events, nᵢ people and the weight wᵢ in stratum i, O = ΣOᵢ:
/// the rate is Σ(wᵢOᵢ/nᵢ)/Σwᵢ, its variance Var = Σ(wᵢ²Oᵢ/nᵢ²)/(Σwᵢ)², and its limits are
/// rate + √(Var/O)·(limit of O − O), with Byar's limits of O.
///
/// # Errors
///
/// [`IntervalError::TooFewEvents`] for fewer than ten, [`IntervalError::NotACount`],
/// [`IntervalError::NotADenominator`] for a stratum without people, [`IntervalError::Weights`],
/// [`IntervalError::NotAMultiplier`] and [`IntervalError::TooLarge`].
///
/// # Example
///
/// ```
/// use tessera_stats::intervals::{Confidence, Stratum, directly_standardised_rate};
///
/// let strata = [
///     Stratum { count: 5.0, population: 10_000.0, weight: 50.0 },
///     Stratum { count: 20.0, population: 8_000.0, weight: 30.0 },
///     Stratum { count: 40.0, population: 4_000.0, weight: 20.0 },
/// ];
/// let rate = directly_standardised_rate(&strata, 100_000.0, Confidence::Percent95)?;
/// assert_eq!(format!("{:.0} ({:.0} to {:.0})", rate.value, rate.lower, rate.upper), "300 (231 to 383)");
/// # Ok::<(), tessera_stats::intervals::IntervalError>(())
/// ```
///
/// # References
///
/// Dobson, A. J., Kuulasmaa, K., Eberle, E. & Scherer, J. (1991). Confidence intervals for weighted sums of
/// Poisson parameters. *Statistics in Medicine* 10(3), 457–462.
pub fn directly_standardised_rate(
    strata: &[Stratum],
    per: f64,
    confidence: Confidence,
) -> Result<Interval, IntervalError> {
    check_multiplier(per)?;
    let (mut counts, mut weights) = (Sum::default(), Sum::default());
    let (mut rates, mut variances) = (Sum::default(), Sum::default());
    for Stratum { count, population, weight } in strata {
        check_count(*count)?;
        check_denominator(*population)?;
        if !(weight.is_finite() && *weight >= 0.0) {
            return Err(IntervalError::Weights);
        }
        counts.add(*count);
        weights.add(*weight);
        rates.add(weight * count / population);
        variances.add((weight / population).powi(2) * count);
    }
    let (count, weight) = (counts.value(), weights.value());
    if count < FEWEST_EVENTS {
        return Err(IntervalError::TooFewEvents { count });
    }
    if !(weight > 0.0 && weight.is_finite()) {
        return Err(IntervalError::Weights);
    }
    let rate = rates.value() / weight;
    let standard_error_per_event = (variances.value() / count).sqrt() / weight;
    let (lower, upper) = byar(count, confidence);
    let limit = |limit: f64| (rate + standard_error_per_event * (limit - count)) * per;
    Interval { value: rate * per, lower: limit(lower), upper: limit(upper), confidence, method: Method::Dobson }
        .checked()
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    fn strata(counts: [f64; 3]) -> Vec<Stratum> {
        let populations = [10_000.0, 8_000.0, 4_000.0];
        let weights = [50.0, 30.0, 20.0];
        (0..3).map(|i| Stratum { count: counts[i], population: populations[i], weight: weights[i] }).collect()
    }

    #[test]
    fn the_worked_rate_has_its_limits() {
        let rate = directly_standardised_rate(&strata([5.0, 20.0, 40.0]), 100_000.0, Confidence::Percent95);
        assert!((rate.unwrap().value - 300.0).abs() < 1e-9);
        check(rate, 230.989, 383.022, 5e-4);
    }

    #[test]
    fn fewer_than_ten_events_have_no_standardised_rate() {
        let error = directly_standardised_rate(&strata([1.0, 3.0, 5.0]), 1.0, Confidence::Percent95).unwrap_err();
        assert_eq!(error, IntervalError::TooFewEvents { count: 9.0 });
        assert_eq!(error.to_string(), "a standardised rate of 9 events would not be reliable: ten are needed");
        assert!(directly_standardised_rate(&strata([1.0, 4.0, 5.0]), 1.0, Confidence::Percent95).is_ok());
    }

    #[test]
    fn strata_without_people_or_weight_are_refused() {
        let with = |population, weight| {
            let strata = [Stratum { count: 12.0, population, weight }];
            directly_standardised_rate(&strata, 1.0, Confidence::Percent95)
        };
        assert_eq!(with(0.0, 1.0), Err(IntervalError::NotADenominator { denominator: 0.0 }));
        assert_eq!(with(100.0, 0.0), Err(IntervalError::Weights));
        assert_eq!(with(100.0, -1.0), Err(IntervalError::Weights));
        assert!(with(100.0, 1.0).is_ok());
    }
}
