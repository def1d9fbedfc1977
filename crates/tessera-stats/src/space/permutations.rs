//! How often, from which seed, and by how many threads values are permuted.

use std::num::NonZeroUsize;

use super::SpaceError;

/// The number of random permutations, R, that an observation is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Permutations {
    /// 99: a first look.
    R99,
    /// 999: the usual number.
    #[default]
    R999,
    /// 9,999: where 999 leave it undecided.
    R9999,
}

impl Permutations {
    /// Every number on offer, ascending.
    pub const ALL: [Self; 3] = [Self::R99, Self::R999, Self::R9999];

    pub(super) const NAMES: &str = "99, 999 or 9999";

    /// R.
    #[must_use]
    pub fn count(self) -> u32 {
        match self {
            Self::R99 => 99,
            Self::R999 => 999,
            Self::R9999 => 9_999,
        }
    }

    /// The smallest two-sided p that R permutations can show: 2/(R + 1).
    #[must_use]
    pub fn smallest_p(self) -> f64 {
        self.two_sided_p(0, self.count())
    }

    /// min(1, 2(min(g, l) + 1)/(R + 1)) for g permutations that give as much as was observed or more,
    /// and l that give as much or less.
    pub(super) fn two_sided_p(self, greater: u32, less: u32) -> f64 {
        (2.0 * self.one_sided_p(greater, less)).min(1.0)
    }

    /// (min(g, l) + 1)/(R + 1): of the tail in which the observation lies.
    pub(super) fn one_sided_p(self, greater: u32, less: u32) -> f64 {
        f64::from(greater.min(less) + 1) / f64::from(self.count() + 1)
    }
}

/// ```
/// use tessera_stats::space::Permutations;
///
/// assert_eq!(Permutations::try_from(999), Ok(Permutations::R999));
/// let refused = Permutations::try_from(1000).unwrap_err();
/// assert_eq!(refused.to_string(), "1000 permutations were asked for, where 99, 999 or 9999 are possible");
/// ```
impl TryFrom<u32> for Permutations {
    type Error = SpaceError;

    fn try_from(count: u32) -> Result<Self, SpaceError> {
        let same = |permutations: &Self| permutations.count() == count;
        Self::ALL.into_iter().find(same).ok_or(SpaceError::PermutationCount { count })
    }
}

/// What is needed to permute at random and to do it again.
///
/// The generator is ChaCha8, keyed with the seed; the same seed gives the same answer on any machine
/// and with any number of threads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Randomisation {
    /// How many permutations.
    pub permutations: Permutations,
    /// Any number; another one gives another sample of the permutations.
    pub seed: u64,
    /// How many threads share the work. It changes no answer.
    pub threads: NonZeroUsize,
}
