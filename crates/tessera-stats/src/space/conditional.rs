//! Conditional permutation: what the neighbours of an area would sum to if the other values were dealt
//! out at random.

use super::random::Draws;
use super::{Observations, Randomisation};

/// The least difference of two sums of z that is not for the rounding of their additions.
pub(super) const TIE: f64 = 1e-9;

/// The two-sided pseudo p of each area's sum over its neighbours, `None` for an island; in the order of
/// the areas with a value.
///
/// Gi* and local Moran's I of one area are both linear in this sum (with a slope that the area's own value
/// gives), and a two-sided p is the same for both ends: so this is the p of either.
///
/// The value of the area stays where it is, and the other n − 1 are permuted (Anselin 1995), R times,
/// of which only as many are drawn as it has neighbours. As in PySAL's esda, one table of draws serves all
/// areas: R rows of places among the others, of which an area with k neighbours takes the first k.
///
/// p = min(1, 2(min(g, l) + 1)/(R + 1)) where g draws sum to as much as was observed or more and l to
/// as much or less.
///
/// # How it is quick
///
/// An area numbers the others as all areas are numbered, except that the last area stands in its own
/// place. So the sums of k draws are the same for all areas with k neighbours, apart from the few rows in which the area
/// itself was drawn, where the last one's value takes the place of its own. The sums are added up and sorted
/// once for each k; an area then needs two searches and those few rows: n log R instead of n R k.
pub(super) fn conditional_p(observations: &Observations, randomisation: &Randomisation) -> Vec<Option<f64>> {
    let Randomisation { permutations, seed, .. } = *randomisation;
    let (z, weights) = (observations.z(), observations.weights());
    let last = z.len() - 1;
    let observed: Vec<f64> = observations.neighbour_sums().collect();
    let mut by_neighbours = vec![Vec::new(); weights.most() + 1];
    for (area, neighbours) in weights.rows() {
        by_neighbours[neighbours.len()].push(area);
    }

    let table = Table::draw(last, weights.most(), permutations.count() as usize, seed);
    let mut p = vec![None; z.len()];
    let mut sums = vec![0.0; table.rows];
    for (k, areas) in by_neighbours.iter().enumerate().skip(1) {
        for (sum, drawn) in sums.iter_mut().zip(table.column(k - 1)) {
            *sum += z[*drawn as usize];
        }
        if areas.is_empty() {
            continue;
        }
        let mut sorted = sums.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        for area in areas {
            let (least, most) = (observed[*area] - TIE, observed[*area] + TIE);
            let mut greater = table.rows - sorted.partition_point(|sum| *sum < least);
            let mut less = sorted.partition_point(|sum| *sum <= most);
            for row in table.rows_with(*area, k) {
                let without = sums[row] - z[*area] + z[last];
                greater = greater + usize::from(without >= least) - usize::from(sums[row] >= least);
                less = less + usize::from(without <= most) - usize::from(sums[row] <= most);
            }
            p[*area] = Some(permutations.two_sided_p(greater as u32, less as u32));
        }
    }
    p
}

/// Rows of draws without replacement from the places 0..`places`, kept column by column.
struct Table {
    rows: usize,
    drawn: Vec<u32>,
    /// Where in `drawn` each place was drawn: ordered by place, then by column and row.
    occurrences: Vec<u32>,
}

impl Table {
    fn draw(places: usize, columns: usize, rows: usize, seed: u64) -> Self {
        let mut draws = Draws::new(seed, 0);
        let mut all: Vec<u32> = (0..places as u32).collect();
        let mut drawn = vec![0; rows * columns];
        for row in 0..rows {
            draws.shuffle(&mut all, columns);
            for column in 0..columns {
                drawn[column * rows + row] = all[column];
            }
        }
        let mut occurrences: Vec<u32> = (0..drawn.len() as u32).collect();
        occurrences.sort_unstable_by_key(|occurrence| (drawn[*occurrence as usize], *occurrence));
        Self { rows, drawn, occurrences }
    }

    fn column(&self, column: usize) -> &[u32] {
        &self.drawn[column * self.rows..(column + 1) * self.rows]
    }

    /// The rows that have `place` in one of their first `columns`.
    fn rows_with(&self, place: usize, columns: usize) -> impl Iterator<Item = usize> {
        let place_of = |occurrence: &u32| self.drawn[*occurrence as usize] as usize;
        let start = self.occurrences.partition_point(|occurrence| place_of(occurrence) < place);
        let same = self.occurrences[start..].iter().take_while(move |occurrence| place_of(occurrence) == place);
        same.map(|occurrence| *occurrence as usize)
            .take_while(move |occurrence| *occurrence < columns * self.rows)
            .map(|occurrence| occurrence % self.rows)
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;

    use super::*;
    use crate::space::{Permutations, Weights};

    fn randomisation(permutations: Permutations) -> Randomisation {
        Randomisation { permutations, seed: 7, threads: NonZeroUsize::MIN }
    }

    /// A grid of areas whose values have ties, with one missing and one area that touches nothing.
    fn observations() -> Observations {
        const SIDE: u32 = 6;
        let around = |area: u32| {
            let near =
                |other: &u32| (area / SIDE).abs_diff(other / SIDE) <= 1 && (area % SIDE).abs_diff(other % SIDE) <= 1;
            (0..SIDE * SIDE).filter(near).filter(|other| *other != area).collect()
        };
        let weights = Weights::from_lists((0..SIDE * SIDE).map(around).chain([vec![]])).unwrap();
        let values: Vec<_> = (0..=SIDE * SIDE).map(|area| (area != 8).then(|| f64::from(area * area % 11))).collect();
        Observations::new(&values, &weights).unwrap()
    }

    /// The same table, each draw added up for each area.
    fn one_by_one(observations: &Observations, randomisation: &Randomisation) -> Vec<Option<f64>> {
        let (z, weights) = (observations.z(), observations.weights());
        let rows = randomisation.permutations.count() as usize;
        let table = Table::draw(z.len() - 1, weights.most(), rows, randomisation.seed);
        let observed = observations.neighbour_sums();
        let p = weights.rows().zip(observed).map(|((area, neighbours), observed)| {
            let mut others = z.to_vec();
            others.swap_remove(area);
            let sum = |row| (0..neighbours.len()).map(|column| others[table.column(column)[row] as usize]).sum::<f64>();
            let greater = (0..rows).filter(|row| sum(*row) > observed - TIE).count() as u32;
            let less = (0..rows).filter(|row| sum(*row) < observed + TIE).count() as u32;
            (!neighbours.is_empty()).then(|| randomisation.permutations.two_sided_p(greater, less))
        });
        p.collect()
    }

    #[test]
    fn the_short_way_and_the_long_way_give_the_same_p() {
        for permutations in [Permutations::R99, Permutations::R999] {
            let (observations, randomisation) = (observations(), randomisation(permutations));
            let p = conditional_p(&observations, &randomisation);
            assert_eq!(p, one_by_one(&observations, &randomisation));
            assert_eq!(p.iter().filter(|p| p.is_none()).count(), 1);
        }
    }

    #[test]
    fn p_is_never_below_its_smallest_value_nor_above_one() {
        let all_others = Weights::from_lists([vec![1, 2], vec![0, 2], vec![0, 1]]).unwrap();
        let observations = Observations::new(&[Some(1.0), Some(2.0), Some(9.0)], &all_others).unwrap();
        let p = conditional_p(&observations, &randomisation(Permutations::R99));
        assert_eq!(p, [Some(1.0); 3], "every draw of all the others sums to the same");
        assert_eq!(Permutations::R99.smallest_p(), 0.02);
    }

    #[test]
    fn a_row_names_no_place_twice() {
        let table = Table::draw(9, 9, 99, 1);
        for row in 0..table.rows {
            let mut places: Vec<u32> = (0..9).map(|column| table.column(column)[row]).collect();
            places.sort_unstable();
            assert_eq!(places, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
        }
    }
}
