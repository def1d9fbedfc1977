//! The place of each area among the others.

/// Which end of the values has rank 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum First {
    /// The highest value is first, as where a high value is the worst.
    Highest,
    /// The lowest value is first.
    Lowest,
}

/// The rank of each area, from 1.
///
/// Ties share the smallest rank and the ranks after them are skipped: 1, 2, 2, 4 (R's
/// `rank(ties.method = "min")`, scipy's `rankdata(method="min")`, Excel's `RANK.EQ`). An area without
/// a value, or whose value is not a number, has no rank. The n of "3rd of n" is the number of areas
/// that have one.
///
/// ```
/// use tessera_stats::rank::{First, ranks};
///
/// let column = [Some(4.0), None, Some(9.0), Some(4.0), Some(1.0)];
/// let highest_first = ranks(&column, First::Highest);
/// assert_eq!(highest_first, [Some(2), None, Some(1), Some(2), Some(4)]);
/// assert_eq!(highest_first.iter().flatten().count(), 4);
/// assert_eq!(ranks(&column, First::Lowest), [Some(2), None, Some(4), Some(2), Some(1)]);
/// ```
#[must_use]
pub fn ranks(values: &[Option<f64>], first: First) -> Vec<Option<u32>> {
    let mut by_value: Vec<(f64, usize)> = values
        .iter()
        .enumerate()
        .filter_map(|(index, value)| value.filter(|value| !value.is_nan()).map(|value| (value, index)))
        .collect();
    by_value.sort_unstable_by(|(a, _), (b, _)| match first {
        First::Highest => b.total_cmp(a),
        First::Lowest => a.total_cmp(b),
    });

    let mut ranks = vec![None; values.len()];
    let mut rank = 1;
    for ties in by_value.chunk_by(|(a, _), (b, _)| a == b) {
        for (_, index) in ties {
            ranks[*index] = Some(rank);
        }
        rank += ties.len() as u32;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_share_the_smallest_rank_and_the_next_is_skipped() {
        let column = [5.0, 3.0, 5.0, 1.0, 3.0, 3.0].map(Some);
        let expected = [1, 3, 1, 6, 3, 3].map(Some);
        assert_eq!(ranks(&column, First::Highest), expected);
    }

    #[test]
    fn zero_and_negative_zero_tie() {
        for first in [First::Highest, First::Lowest] {
            assert_eq!(ranks(&[Some(-0.0), Some(0.0)], first), [Some(1), Some(1)]);
        }
    }

    #[test]
    fn an_area_without_a_number_has_no_rank() {
        let column = [None, Some(f64::NAN), Some(2.0)];
        assert_eq!(ranks(&column, First::Lowest), [None, None, Some(1)]);
        assert_eq!(ranks(&[], First::Lowest), []);
    }
}
