//! The whole question: which areas stand out together with their neighbours, and is that chance?

use super::{
    GlobalMoran, Group, Local, Observations, Outcome, Randomisation, SpaceError, Statistic, Weights,
    benjamini_hochberg, gi_star, global_moran, groups, local_moran, outcome,
};

/// How to look for hotspots.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// By which statistic.
    pub statistic: Statistic,
    /// Against which permutations.
    pub randomisation: Randomisation,
    /// The part of the discoveries that may be chance: between 0 and 1, often 0.05.
    pub false_discovery_rate: f64,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hotspots {
    /// The number of areas with a value.
    pub n: usize,
    /// The number of areas that have a statistic.
    pub tested: usize,
    /// Areas with a value of which no neighbour has one: they are not tested.
    pub islands: Vec<u32>,
    /// Whether neighbours are alike at all.
    pub moran: GlobalMoran,
    /// The statistic of each area.
    pub local: Vec<Option<Local>>,
    /// Whether so many permutations can decide.
    pub outcome: Outcome,
    /// What is significant by permutation.
    pub by_permutation: Findings,
    /// What is significant by the normal distribution: the answer to give beside an undecided one.
    pub by_normal: Findings,
}

/// The significant areas by one kind of p.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Findings {
    /// For each area with a statistic, whether it is significant at the false discovery rate.
    pub significant: Vec<Option<bool>>,
    /// Two or more adjoining areas that are alike and like their neighbours: the largest group first.
    pub groups: Vec<Group>,
    /// Significant areas that adjoin no other of their class, or are unlike their neighbours; ascending.
    pub pockets: Vec<u32>,
}

/// Looks for hotspots in a column.
///
/// ```
/// use tessera_stats::space::{Outcome, Permutations, Randomisation, Settings, Statistic, Weights, hotspots};
///
/// // 0 – 1 – 2 – 3 – 4
/// let weights = Weights::from_neighbours(vec![0, 1, 3, 5, 7, 8], vec![1, 0, 2, 1, 3, 2, 4, 3])?;
/// let threads = std::num::NonZeroUsize::MIN;
/// let settings = Settings {
///     statistic: Statistic::GiStar,
///     randomisation: Randomisation { permutations: Permutations::R99, seed: 1, threads },
///     false_discovery_rate: 0.05,
/// };
/// let found = hotspots(&[9.0, 8.0, 3.0, 1.0, 4.0].map(Some), &weights, &settings)?;
/// assert_eq!((found.n, found.tested), (5, 5));
/// assert_eq!(found.outcome, Outcome::Decided);
/// assert_eq!(found.by_permutation.groups, []); // five areas can surprise nobody
/// # Ok::<(), tessera_stats::space::SpaceError>(())
/// ```
///
/// # Errors
///
/// [`SpaceError::FalseDiscoveryRate`] unless the rate lies between 0 and 1, and what
/// [`Observations::new`] refuses.
pub fn hotspots(values: &[Option<f64>], weights: &Weights, settings: &Settings) -> Result<Hotspots, SpaceError> {
    let Settings { statistic, randomisation, false_discovery_rate: rate } = *settings;
    if !(rate > 0.0 && rate < 1.0) {
        return Err(SpaceError::FalseDiscoveryRate { rate });
    }
    let observations = Observations::new(values, weights)?;
    let local = match statistic {
        Statistic::GiStar => gi_star(&observations, &randomisation),
        Statistic::LocalMoran => local_moran(&observations, &randomisation),
    };
    let column_of = |p: fn(&Local) -> f64| local.iter().map(|local| local.as_ref().map(p)).collect::<Vec<_>>();
    let by_permutation = column_of(|local| local.p);
    Ok(Hotspots {
        n: observations.n(),
        tested: local.iter().flatten().count(),
        islands: observations.islands(),
        moran: global_moran(&observations, &randomisation),
        outcome: outcome(&by_permutation, rate, randomisation.permutations),
        by_permutation: Findings::new(&local, &by_permutation, rate, weights),
        by_normal: Findings::new(&local, &column_of(|local| local.p_normal), rate, weights),
        local,
    })
}

impl Findings {
    fn new(local: &[Option<Local>], p: &[Option<f64>], rate: f64, weights: &Weights) -> Self {
        let significant = benjamini_hochberg(p, rate);
        let all = groups(local, &significant, weights);
        let (groups, alone): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|group| group.areas.len() > 1 && !group.class.is_outlier());
        let mut pockets: Vec<u32> = alone.into_iter().flat_map(|group| group.areas).collect();
        pockets.sort_unstable();
        Self { significant, groups, pockets }
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;

    use super::*;
    use crate::space::{Class, Permutations};

    const SIDE: u32 = 20;

    fn find(statistic: Statistic, permutations: Permutations, value: fn(u32, u32) -> f64) -> Hotspots {
        let near = |one: u32, other: u32| {
            one != other && (one / SIDE).abs_diff(other / SIDE) <= 1 && (one % SIDE).abs_diff(other % SIDE) <= 1
        };
        let around = |area| (0..SIDE * SIDE).filter(|other| near(area, *other)).collect();
        let weights = Weights::from_lists((0..SIDE * SIDE).map(around)).unwrap();
        let column: Vec<_> = (0..SIDE * SIDE).map(|area| Some(value(area / SIDE, area % SIDE))).collect();
        let randomisation = Randomisation { permutations, seed: 1, threads: NonZeroUsize::MIN };
        hotspots(&column, &weights, &Settings { statistic, randomisation, false_discovery_rate: 0.05 }).unwrap()
    }

    /// Values from 0 to 6 without a pattern.
    fn noise(row: u32, column: u32) -> f64 {
        f64::from((row * row * 31 + column * 17 + row * column * column) % 7)
    }

    fn in_block(row: u32, column: u32) -> bool {
        (3..=8).contains(&row) && (3..=8).contains(&column)
    }

    fn high_block(row: u32, column: u32) -> f64 {
        noise(row, column) + if in_block(row, column) { 9.0 } else { 0.0 }
    }

    #[test]
    fn a_high_block_is_one_group_with_its_peak_inside() {
        let found = find(Statistic::GiStar, Permutations::R9999, high_block);
        assert_eq!(found.outcome, Outcome::Decided);
        for findings in [&found.by_permutation, &found.by_normal] {
            let [group] = findings.groups.as_slice() else { panic!("{:?}", findings.groups) };
            assert_eq!(group.class, Class::Hot);
            assert!(in_block(group.peak / SIDE, group.peak % SIDE));
            // Those all of whose neighbours are in the block as well.
            let inner = |area: &u32| (4..=7).contains(&(area / SIDE)) && (4..=7).contains(&(area % SIDE));
            assert_eq!(group.areas.iter().filter(|area| inner(area)).count(), 16);
        }
        assert!(found.moran.i > found.moran.expected, "{}", found.moran.i);
        assert_eq!(found.moran.p, 0.0001);
    }

    #[test]
    fn a_high_area_in_a_low_block_is_a_pocket_of_local_moran() {
        let found = find(Statistic::LocalMoran, Permutations::R9999, |row, column| match (row, column) {
            (6, 6) => 30.0,
            _ if in_block(row, column) => -9.0,
            _ => noise(row, column),
        });
        let spike = 6 * SIDE + 6;
        assert_eq!(found.local[spike as usize].unwrap().class, Class::HighLow);
        assert!(found.by_permutation.pockets.contains(&spike));
        let [group] = found.by_permutation.groups.as_slice() else { panic!("{:?}", found.by_permutation.groups) };
        assert_eq!(group.class, Class::LowLow);
        assert!(!group.areas.contains(&spike));
    }

    #[test]
    fn too_few_permutations_for_so_many_areas_leave_it_undecided() {
        let found = find(Statistic::GiStar, Permutations::R99, high_block);
        let Outcome::Undecided { areas, needed, offered: Some(offered) } = found.outcome else {
            panic!("{:?}", found.outcome)
        };
        assert!(areas > 0 && u64::from(offered.count()) >= needed);
        assert!(!found.by_permutation.significant.contains(&Some(true)));
        assert!(found.by_normal.significant.contains(&Some(true)));
        let again = find(Statistic::GiStar, offered, high_block);
        assert_eq!(again.outcome, Outcome::Decided);
        assert!(again.by_permutation.significant.contains(&Some(true)));
    }

    #[test]
    fn a_rate_that_is_no_part_of_one_is_refused() {
        let weights = Weights::from_lists([vec![1], vec![0, 2], vec![1]]).unwrap();
        let randomisation = Randomisation { permutations: Permutations::R99, seed: 1, threads: NonZeroUsize::MIN };
        for rate in [0.0, 1.0, -0.1] {
            let settings = Settings { statistic: Statistic::GiStar, randomisation, false_discovery_rate: rate };
            let refused = hotspots(&[Some(1.0), Some(2.0), Some(4.0)], &weights, &settings);
            assert_eq!(refused, Err(SpaceError::FalseDiscoveryRate { rate }));
        }
    }
}
