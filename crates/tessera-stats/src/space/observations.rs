//! The areas with a value, and who is whose neighbour among them.

use super::{SpaceError, Weights};
use crate::mean::mean;
use crate::summation::Sum;

/// The values that there are, as deviations, with the neighbours of each among the others.
///
/// At least three areas have a value, the values differ, and at least two of their areas are neighbours.
#[derive(Debug, Clone)]
pub struct Observations {
    /// The place in the column of each area with a value, ascending.
    areas: Vec<u32>,
    /// The length of the column.
    column: usize,
    /// (value − mean) / S, where S divides by n.
    z: Vec<f64>,
    /// Among the areas with a value, numbered as in `z`.
    weights: Weights,
}

/// The areas with a value of which no neighbour has one, by their place in the column; also where nothing can be tested, such as
/// values that are all the same.
///
/// # Errors
///
/// [`SpaceError::Length`].
pub fn islands(values: &[Option<f64>], weights: &Weights) -> Result<Vec<u32>, SpaceError> {
    if values.len() != weights.len() {
        return Err(SpaceError::Length { values: values.len(), areas: weights.len() });
    }
    let is_alone = |neighbours: &[u32]| neighbours.iter().all(|neighbour| values[*neighbour as usize].is_none());
    let alone = weights.rows().filter(|(area, neighbours)| values[*area].is_some() && is_alone(neighbours));
    Ok(alone.map(|(area, _)| area as u32).collect())
}

impl Observations {
    /// Leaves out the areas without a value, from the column and from every list of neighbours.
    ///
    /// # Errors
    ///
    /// [`SpaceError::Length`], [`SpaceError::NotFinite`], [`SpaceError::TooFew`],
    /// [`SpaceError::NoSpread`] or [`SpaceError::NoNeighbours`].
    pub fn new(values: &[Option<f64>], weights: &Weights) -> Result<Self, SpaceError> {
        if values.len() != weights.len() {
            return Err(SpaceError::Length { values: values.len(), areas: weights.len() });
        }
        let present = || values.iter().enumerate().filter_map(|(area, value)| value.map(|value| (area, value)));
        if let Some((index, value)) = present().find(|(_, value)| !value.is_finite()) {
            return Err(SpaceError::NotFinite { index, value });
        }
        let areas: Vec<u32> = present().map(|(area, _)| area as u32).collect();
        if areas.len() < 3 {
            return Err(SpaceError::TooFew { n: areas.len() });
        }
        let z = standardised(values).ok_or(SpaceError::NoSpread)?;
        let weights = weights.among(&areas);
        if weights.most() == 0 {
            return Err(SpaceError::NoNeighbours);
        }
        Ok(Self { areas, column: values.len(), z, weights })
    }

    /// The number of areas with a value.
    #[must_use]
    pub fn n(&self) -> usize {
        self.z.len()
    }

    /// The areas with a value of which no neighbour has one, by their place in the column.
    #[must_use]
    pub fn islands(&self) -> Vec<u32> {
        self.weights.islands().into_iter().map(|island| self.areas[island as usize]).collect()
    }

    /// (value − mean) / S, where S divides by n; in the order of the areas with a value.
    pub(super) fn z(&self) -> &[f64] {
        &self.z
    }

    /// The neighbours among the areas with a value.
    pub(super) fn weights(&self) -> &Weights {
        &self.weights
    }

    /// Each area with a value, numbered among those, with the sum of its neighbours' z.
    pub(super) fn neighbour_sums(&self) -> impl Iterator<Item = f64> {
        self.weights.rows().map(|(_, neighbours)| neighbours.iter().map(|neighbour| self.z[*neighbour as usize]).sum())
    }

    /// From the order of the areas with a value to that of the column.
    pub(super) fn in_column<T: Clone>(&self, answers: impl IntoIterator<Item = Option<T>>) -> Vec<Option<T>> {
        let mut column = vec![None; self.column];
        for (area, answer) in self.areas.iter().zip(answers) {
            column[*area as usize] = answer;
        }
        column
    }
}

/// The deviations from the mean in units of S; `None` where S is zero or not finite.
fn standardised(values: &[Option<f64>]) -> Option<Vec<f64>> {
    let mean = mean(values)?;
    let mut squares = Sum::default();
    let deviations: Vec<f64> = values.iter().flatten().map(|value| value - mean).collect();
    deviations.iter().for_each(|deviation| squares.add(deviation * deviation));
    let spread = (squares.value() / deviations.len() as f64).sqrt();
    (spread.is_finite() && spread > 0.0).then(|| deviations.iter().map(|deviation| deviation / spread).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(areas: u32) -> Weights {
        let around =
            |area: u32| [area.checked_sub(1), (area + 1 < areas).then_some(area + 1)].into_iter().flatten().collect();
        Weights::from_lists((0..areas).map(around)).unwrap()
    }

    #[test]
    fn an_area_without_a_value_leaves_n_the_mean_and_the_lists() {
        let observations = Observations::new(&[Some(1.0), Some(3.0), None, Some(5.0)], &chain(4)).unwrap();
        assert_eq!(observations.n(), 3);
        assert_eq!(observations.islands(), [3]);
        assert_eq!(observations.z()[1], 0.0);
        assert_eq!(observations.weights().of(1), [0]);
        assert_eq!(observations.in_column([Some('a'), None, Some('b')]), [Some('a'), None, None, Some('b')]);
    }

    #[test]
    fn an_island_is_one_whatever_the_values_are() {
        let equal = [Some(1.0), Some(1.0), None, Some(1.0)];
        assert_eq!(Observations::new(&equal, &chain(4)).err(), Some(SpaceError::NoSpread));
        assert_eq!(islands(&equal, &chain(4)), Ok(vec![3]));
        assert_eq!(islands(&[None, Some(1.0), Some(2.0), Some(4.0)], &chain(4)), Ok(vec![]));
        assert_eq!(islands(&equal, &chain(3)), Err(SpaceError::Length { values: 4, areas: 3 }));
    }

    #[test]
    fn values_that_cannot_be_judged_are_refused() {
        let refused = |values: &[Option<f64>]| Observations::new(values, &chain(4)).err();
        assert_eq!(refused(&[Some(1.0); 3]), Some(SpaceError::Length { values: 3, areas: 4 }));
        assert_eq!(refused(&[Some(1.0), None, Some(2.0), None]), Some(SpaceError::TooFew { n: 2 }));
        assert_eq!(refused(&[Some(0.1); 4]), Some(SpaceError::NoSpread));
        assert_eq!(refused(&[Some(-1e200), Some(1e200), Some(0.0), None]), Some(SpaceError::NoSpread));
        let infinite = SpaceError::NotFinite { index: 1, value: f64::INFINITY };
        assert_eq!(refused(&[None, Some(f64::INFINITY), None, None]), Some(infinite));
        let apart = Weights::from_neighbours(vec![0; 4], vec![]).unwrap();
        let alone = Observations::new(&[Some(1.0), Some(2.0), Some(4.0)], &apart).err();
        assert_eq!(alone, Some(SpaceError::NoNeighbours));
    }
}
