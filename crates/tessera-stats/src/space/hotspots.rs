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
