//! Rates of small populations, drawn towards the rates of others.
//!
//! The rate of a small population says little about it: one case more or less makes it the highest or the
//! lowest on the map. Empirical Bayes smoothing (Marshall 1991) takes each rate a part of the way to that of
//! all areas, or of its neighbourhood; the smaller its population, the farther:
//!
//! θᵢ = b + (rᵢ − b) · A / (A + b/nᵢ), where rᵢ = Oᵢ/nᵢ, b = ΣO/Σn and
//! A = max(0, Σ nᵢ(rᵢ − b)² / Σn − b/n̄).
//!
//! A is the variance between the areas that chance does not explain: where it is 0, every rate becomes b.
//!
//! Areas are pairs of a numerator and a denominator, and answers are rates per one of the denominator. An area has
//! none, and is part of no sum, without both, with a denominator that is not above zero, or with a
//! numerator below it.
//!
//! # References
//!
//! Marshall, R. J. (1991). Mapping disease and mortality rates using empirical Bayes estimators. *Applied Statistics*
//! 40(2), 283–294.

use crate::space::{SpaceError, Weights};
use crate::summation::Sum;

/// Draws each rate towards that of all areas.
///
/// ```
/// use tessera_stats::smooth::empirical_bayes;
///
/// let areas = [(Some(30.0), Some(100.0)), (Some(100.0), Some(1000.0)), (None, Some(500.0))];
/// let smoothed = empirical_bayes(&areas);
/// assert!((smoothed[0].unwrap() - 0.249_71).abs() < 1e-5); // the rate is 0.3
/// assert!((smoothed[1].unwrap() - 0.100_67).abs() < 1e-5); // the rate is 0.1
/// assert_eq!(smoothed[2], None);
/// ```
#[must_use]
pub fn empirical_bayes(areas: &[(Option<f64>, Option<f64>)]) -> Vec<Option<f64>> {
    let counts: Vec<Option<Count>> = areas.iter().map(Count::new).collect();
    let whole = Whole::of(counts.iter().flatten());
    counts.iter().map(|count| Some(whole.draw(count.as_ref()?))).collect()
}

/// Draws each rate towards that of its neighbourhood, which is the area and its neighbours.
///
/// An area whose neighbours have no rates keeps its own.
///
/// # Errors
///
/// [`SpaceError::Length`] where there are not as many areas as the weights have.
pub fn spatial_empirical_bayes(
    areas: &[(Option<f64>, Option<f64>)],
    weights: &Weights,
) -> Result<Vec<Option<f64>>, SpaceError> {
    if areas.len() != weights.len() {
        return Err(SpaceError::Length { values: areas.len(), areas: weights.len() });
    }
    let counts: Vec<Option<Count>> = areas.iter().map(Count::new).collect();
    let smoothed = |(area, count): (usize, &Option<Count>)| {
        let count = count.as_ref()?;
        let neighbours = weights.of(area).iter().filter_map(|neighbour| counts[*neighbour as usize].as_ref());
        Some(Whole::of(neighbours.chain([count])).draw(count))
    };
    Ok(counts.iter().enumerate().map(smoothed).collect())
}

/// What was counted in an area, and among how many.
struct Count {
    numerator: f64,
    denominator: f64,
}

impl Count {
    fn new((numerator, denominator): &(Option<f64>, Option<f64>)) -> Option<Self> {
        let (numerator, denominator) = ((*numerator)?, (*denominator)?);
        let is_rate = numerator >= 0.0 && denominator > 0.0 && (numerator / denominator).is_finite();
        (is_rate && denominator.is_finite()).then_some(Self { numerator, denominator })
    }

    fn rate(&self) -> f64 {
        self.numerator / self.denominator
    }
}

/// The rate of several areas together and how much theirs vary beyond chance: Marshall's b and A.
struct Whole {
    rate: f64,
    variance: f64,
}

impl Whole {
    fn of<'a>(counts: impl Iterator<Item = &'a Count> + Clone) -> Self {
        let sum = |term: &dyn Fn(&Count) -> f64| {
            let mut sum = Sum::default();
            counts.clone().for_each(|count| sum.add(term(count)));
            sum.value()
        };
        let denominators = sum(&|count| count.denominator);
        let rate = sum(&|count| count.numerator) / denominators;
        let between = sum(&|count| count.denominator * (count.rate() - rate).powi(2)) / denominators;
        let chance = rate / (denominators / counts.clone().count() as f64);
        Self { rate, variance: (between - chance).max(0.0) }
    }

    fn draw(&self, count: &Count) -> f64 {
        if self.variance == 0.0 {
            return self.rate;
        }
        let own_part = self.variance / (self.variance + self.rate / count.denominator);
        self.rate + (count.rate() - self.rate) * own_part
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(pairs: &[(f64, f64)]) -> Vec<(Option<f64>, Option<f64>)> {
        pairs.iter().map(|(numerator, denominator)| (Some(*numerator), Some(*denominator))).collect()
    }

    #[test]
    fn what_is_no_rate_is_left_out() {
        let areas = [
            (Some(1.0), None),
            (None, Some(1.0)),
            (Some(1.0), Some(0.0)),
            (Some(-1.0), Some(9.0)),
            (Some(f64::NAN), Some(9.0)),
            (Some(1.0), Some(f64::INFINITY)),
            (Some(3.0), Some(10.0)),
        ];
        assert_eq!(empirical_bayes(&areas), [None, None, None, None, None, None, Some(0.3)]);
    }

    #[test]
    fn rates_that_vary_no_more_than_by_chance_become_one() {
        assert_eq!(empirical_bayes(&counts(&[(5.0, 100.0), (6.0, 100.0), (4.0, 100.0)])), [Some(0.05); 3]);
        assert_eq!(empirical_bayes(&counts(&[(0.0, 100.0), (0.0, 10.0)])), [Some(0.0); 2]);
    }

    #[test]
    fn an_island_keeps_its_rate() {
        // 0 – 1 – 2, 3
        let weights = Weights::from_neighbours(vec![0, 1, 3, 4, 4], vec![1, 0, 2, 1]).unwrap();
        let areas = counts(&[(30.0, 100.0), (100.0, 1000.0), (2.0, 50.0), (7.0, 10.0)]);
        let smoothed = spatial_empirical_bayes(&areas, &weights).unwrap();
        assert_eq!(smoothed[3], Some(0.7));
        assert_eq!(smoothed[0], empirical_bayes(&areas[..2])[0]);
        let too_few = spatial_empirical_bayes(&areas[..3], &weights);
        assert_eq!(too_few, Err(SpaceError::Length { values: 3, areas: 4 }));
    }
}
