//! The five numbers between which the values of areas lie.

use serde::Serialize;
use tessera_stats::quantile::quantile_value;
use utoipa::ToSchema;

/// The ends and the quarters of values; quantiles of type 7, each area counting once.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct Quartiles {
    /// The lowest value.
    pub minimum: f64,
    /// A quarter of the areas are at it or below.
    pub lower_quartile: f64,
    /// Half of the areas are at it or below.
    pub median: f64,
    /// Three quarters of the areas are at it or below.
    pub upper_quartile: f64,
    /// The highest value.
    pub maximum: f64,
}

impl Quartiles {
    /// Those of a column; `None` where it has no value.
    pub fn of(values: &[Option<f64>]) -> Option<Quartiles> {
        let mut values: Vec<f64> = values.iter().flatten().copied().collect();
        let last = values.len().checked_sub(1)?;
        // Only what is looked at comes into its place: the ends, and the two values beside each quarter.
        let mut placed = 0;
        for quarter in 0..=4 {
            for place in [last * quarter / 4, (last * quarter / 4 + 1).min(last)] {
                if place >= placed {
                    values[placed..].select_nth_unstable_by(place - placed, f64::total_cmp);
                    placed = place + 1;
                }
            }
        }
        let at = |part: f64| quantile_value(&values, part);
        Some(Quartiles {
            minimum: at(0.0)?,
            lower_quartile: at(0.25)?,
            median: at(0.5)?,
            upper_quartile: at(0.75)?,
            maximum: at(1.0)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_values_are_left_out() {
        let quartiles = Quartiles::of(&[Some(4.0), None, Some(1.0), Some(2.0), Some(3.0), Some(5.0)]);
        let expected = Quartiles { minimum: 1.0, lower_quartile: 2.0, median: 3.0, upper_quartile: 4.0, maximum: 5.0 };
        assert_eq!(quartiles, Some(expected));
        assert_eq!(Quartiles::of(&[None, None]), None);
    }

    #[test]
    fn they_are_those_of_the_values_in_order() {
        for count in 1..40_u32 {
            // A walk through all of them in no order, with ties.
            let values: Vec<Option<f64>> = (0..count).map(|step| Some(f64::from(step * 27 % 41 / 2))).collect();
            let mut sorted: Vec<f64> = values.iter().flatten().copied().collect();
            sorted.sort_by(f64::total_cmp);
            let at = |part: f64| quantile_value(&sorted, part).unwrap();
            let expected = [0.0, 0.25, 0.5, 0.75, 1.0].map(at);
            let found = Quartiles::of(&values).unwrap();
            let found = [found.minimum, found.lower_quartile, found.median, found.upper_quartile, found.maximum];
            assert_eq!(found, expected, "{count}");
        }
    }
}
