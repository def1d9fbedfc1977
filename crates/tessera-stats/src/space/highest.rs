use crate::rank::{First, ranks};

/// The areas that are first by value, `count` of them, and those that tie with the last one; in the order
/// of their values, ties in that of the column.
///
/// Whatever its neighbours are like, an area can be among the highest: that is why a list of hotspots has
/// both.
///
/// ```
/// use tessera_stats::{rank::First, space::highest};
///
/// let column = [Some(4.0), None, Some(9.0), Some(4.0), Some(1.0)];
/// assert_eq!(highest(&column, First::Highest, 2), [2, 0, 3]);
/// ```
#[must_use]
pub fn highest(values: &[Option<f64>], first: First, count: usize) -> Vec<u32> {
    let ranked = ranks(values, first).into_iter().enumerate().filter_map(|(area, rank)| Some((rank?, area as u32)));
    let mut highest: Vec<(u32, u32)> = ranked.filter(|(rank, _)| *rank as usize <= count).collect();
    highest.sort_unstable();
    highest.into_iter().map(|(_, area)| area).collect()
}
