//! The place of each area among the others.

/// Which end of the values has rank 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum First {
    /// The highest value is first, as where a high value is the worst.
    Highest,
    /// The lowest value is first.
    Lowest,
}

impl First {
    /// The other end.
    #[must_use]
    pub fn opposite(self) -> First {
        match self {
            First::Highest => First::Lowest,
            First::Lowest => First::Highest,
        }
    }
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
    let mut ranks = vec![None; values.len()];
    let mut rank = 1;
    for ties in in_order(values, first).chunk_by(|(a, _), (b, _)| a == b) {
        for (_, index) in ties {
            ranks[*index] = Some(rank);
        }
        rank += ties.len() as u32;
    }
    ranks
}

/// The rank of each area from the lowest value, from 1; ties share the mean of their ranks: 1, 2.5,
/// 2.5, 4 (R's `rank(ties.method = "average")`, scipy's `rankdata`).
///
/// ```
/// use tessera_stats::rank::mid_ranks;
///
/// assert_eq!(mid_ranks(&[Some(7.0), Some(3.0), None, Some(7.0)]), [Some(2.5), Some(1.0), None, Some(2.5)]);
/// ```
#[must_use]
pub fn mid_ranks(values: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut ranks = vec![None; values.len()];
    let mut below = 0.0;
    for ties in in_order(values, First::Lowest).chunk_by(|(a, _), (b, _)| a == b) {
        let count = ties.len() as f64;
        for (_, index) in ties {
            ranks[*index] = Some(below + (count + 1.0) / 2.0);
        }
        below += count;
    }
    ranks
}

/// Where one value stands among others: what [`ranks`] says of it, and its percentile, counted in one pass, for which
/// nothing has to be put in order.
///
/// ```
/// use tessera_stats::rank::{First, Standing};
///
/// let column = [Some(4.0), None, Some(9.0), Some(4.0), Some(1.0)];
/// let standing = Standing::of(4.0, &column);
/// assert_eq!((standing.lower, standing.equal, standing.higher), (1, 2, 1));
/// assert_eq!((standing.rank(First::Highest), standing.rank(First::Lowest), standing.n()), (2, 2, 4));
/// assert_eq!(standing.percentile(), 50.0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// How many values are lower.
    pub lower: usize,
    /// How many are the same, itself included where it is one of them.
    pub equal: usize,
    /// How many are higher.
    pub higher: usize,
}

impl Standing {
    /// That of `value` among `values`; those that are no numbers are left out.
    #[must_use]
    pub fn of(value: f64, values: &[Option<f64>]) -> Standing {
        let mut standing = Standing { lower: 0, equal: 0, higher: 0 };
        for other in values.iter().flatten() {
            standing.lower += usize::from(*other < value);
            standing.equal += usize::from(*other == value);
            standing.higher += usize::from(*other > value);
        }
        standing
    }

    /// Among how many.
    #[must_use]
    pub fn n(&self) -> usize {
        self.lower + self.equal + self.higher
    }

    /// The rank, from 1; ties share the smallest.
    #[must_use]
    pub fn rank(&self, first: First) -> u32 {
        let before = match first {
            First::Highest => self.higher,
            First::Lowest => self.lower,
        };
        before as u32 + 1
    }

    /// The percentage that lies below, what is equal counting half, itself included (scipy's
    /// `percentileofscore(kind="mean")`). Above 0 and below 100 for a value among them; that of the median is 50.
    #[must_use]
    pub fn percentile(&self) -> f64 {
        100.0 * (self.lower as f64 + self.equal as f64 / 2.0) / self.n() as f64
    }
}

/// Values in order, for the standing of many among them.
///
/// ```
/// use tessera_stats::rank::{InOrder, Standing};
///
/// let column = [Some(4.0), None, Some(9.0), Some(4.0), Some(1.0)];
/// let in_order = InOrder::of(&column);
/// assert_eq!(in_order.standing(4.0), Standing::of(4.0, &column));
/// ```
#[derive(Debug, Clone)]
pub struct InOrder(Vec<f64>);

impl InOrder {
    /// Puts values in order; those that are no numbers are left out.
    #[must_use]
    pub fn of(values: &[Option<f64>]) -> InOrder {
        let mut values: Vec<f64> = values.iter().flatten().copied().filter(|value| !value.is_nan()).collect();
        values.sort_unstable_by(f64::total_cmp);
        InOrder(values)
    }

    /// What [`Standing::of`] says of `value` among them.
    #[must_use]
    pub fn standing(&self, value: f64) -> Standing {
        let lower = self.0.partition_point(|other| *other < value);
        let up_to = self.0.partition_point(|other| *other <= value);
        Standing { lower, equal: up_to - lower, higher: self.0.len() - up_to }
    }
}

/// The part of `k` equal parts of `n` ranked areas that `rank` falls into: 1 holds the most deprived
/// where rank 1 is the most deprived.
///
/// ⌊(k + 1) − ⌈((n + 1) − rank)/(n/k)⌉⌋, in whole numbers. Where n is no multiple of k, parts differ by one
/// area. (The deciles published with the English Indices of Deprivation are ⌈10·rank/n⌉ and give the odd
/// areas to other parts: 8 of 32,844 differ.) `None` for n < k, for k = 0 and for a rank outside 1 to n.
///
/// ```
/// use tessera_stats::rank::deprivation_quantile;
///
/// assert_eq!(deprivation_quantile(1, 32_844, 10), Some(1));
/// assert_eq!(deprivation_quantile(32_844, 32_844, 10), Some(10));
/// assert_eq!(deprivation_quantile(1, 9, 10), None);
/// ```
///
/// # References
///
/// Office for Health Improvement and Disparities. *PHEindicatormethods*: `phe_quantile`.
#[must_use]
pub fn deprivation_quantile(rank: u32, n: u32, k: u32) -> Option<u32> {
    if k == 0 || n < k || !(1..=n).contains(&rank) {
        return None;
    }
    let from_the_end = (u64::from(n - rank + 1) * u64::from(k)).div_ceil(u64::from(n));
    u32::try_from(u64::from(k) + 1 - from_the_end).ok()
}

/// The values that are numbers, each with its place in the column, `first` first.
fn in_order(values: &[Option<f64>], first: First) -> Vec<(f64, usize)> {
    let mut by_value: Vec<(f64, usize)> = values
        .iter()
        .enumerate()
        .filter_map(|(index, value)| value.filter(|value| !value.is_nan()).map(|value| (value + 0.0, index)))
        .collect();
    by_value.sort_unstable_by(|(a, _), (b, _)| match first {
        First::Highest => b.total_cmp(a),
        First::Lowest => a.total_cmp(b),
    });
    by_value
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

    #[test]
    fn ties_share_the_mean_of_their_ranks() {
        let column = [5.0, 3.0, 5.0, 1.0, 3.0, 3.0].map(Some);
        assert_eq!(mid_ranks(&column), [5.5, 3.0, 5.5, 1.0, 3.0, 3.0].map(Some));
        assert_eq!(mid_ranks(&[Some(-0.0), Some(f64::NAN), Some(0.0)]), [Some(1.5), None, Some(1.5)]);
    }

    #[test]
    fn the_median_area_is_at_50_percent() {
        assert_eq!(Standing::of(1.0, &[Some(1.0)]).percentile(), 50.0);
        assert_eq!(Standing::of(2.0, &[2.0, 1.0, 9.0].map(Some)).percentile(), 50.0);
        assert_eq!(Standing::of(2.0, &[Some(2.0), None, Some(2.0)]).percentile(), 50.0);
    }

    #[test]
    fn in_order_or_in_one_pass_a_standing_is_the_same() {
        let column = [Some(5.0), None, Some(-0.0), Some(0.0), Some(5.0), Some(-3.0), Some(f64::INFINITY)];
        let in_order = InOrder::of(&column);
        for value in [-4.0, -3.0, -0.0, 0.0, 1.0, 5.0, 6.0, f64::INFINITY] {
            assert_eq!(in_order.standing(value), Standing::of(value, &column), "{value}");
        }
        assert_eq!(InOrder::of(&[None]).standing(1.0).n(), 0);
    }

    #[test]
    fn deprivation_quantiles_are_of_one_size() {
        let sizes = |n, k| {
            let mut sizes = vec![0; k as usize];
            (1..=n).for_each(|rank| sizes[deprivation_quantile(rank, n, k).unwrap() as usize - 1] += 1);
            sizes
        };
        assert_eq!(sizes(10, 10), [1; 10]);
        assert_eq!(sizes(364, 5), [73, 73, 73, 73, 72]);
        assert_eq!(sizes(32_844, 10), [3285, 3284, 3285, 3284, 3284, 3285, 3284, 3285, 3284, 3284]);
    }

    #[test]
    fn a_quantile_is_not_given_where_it_means_nothing() {
        for (rank, n, k) in [(0, 10, 5), (11, 10, 5), (1, 4, 5), (1, 10, 0)] {
            assert_eq!(deprivation_quantile(rank, n, k), None);
        }
        assert_eq!(deprivation_quantile(u32::MAX, u32::MAX, u32::MAX), Some(u32::MAX));
    }
}
