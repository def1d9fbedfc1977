//! How many of many surprises are chance.

use super::Permutations;

/// Room for the rounding of i·q/m, since pseudo p often lie exactly on it.
const ROUNDING: f64 = 1e-12;

/// For each p, whether it is among the discoveries of which, on average, at most a part `rate` is chance.
///
/// With the m p there are in ascending order, all up to the largest i with p₍ᵢ₎ ≤ i·rate/m are discoveries;
/// equal p are never split. `None` stays `None` and does not count. The p of neighbouring areas depend on each other positively,
/// under which the rate holds (Benjamini & Yekutieli 2001).
///
/// ```
/// use tessera_stats::space::benjamini_hochberg;
///
/// let p = [Some(0.041), Some(0.001), None, Some(0.025), Some(0.9)];
/// // 0.041 > 3/4 · 0.05, but 0.025 ≤ 2/4 · 0.05
/// assert_eq!(benjamini_hochberg(&p, 0.05), [Some(false), Some(true), None, Some(true), Some(false)]);
/// ```
///
/// # References
///
/// Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate: a practical and powerful
/// approach to multiple testing. *Journal of the Royal Statistical Society B* 57(1), 289–300.
#[must_use]
pub fn benjamini_hochberg(p: &[Option<f64>], rate: f64) -> Vec<Option<bool>> {
    let mut ascending: Vec<f64> = p.iter().flatten().copied().collect();
    ascending.sort_unstable_by(f64::total_cmp);
    let tested = ascending.len();
    let passes = |(index, p): &(usize, f64)| is_discovery(*p, index + 1, tested, rate);
    let largest = ascending.into_iter().enumerate().rev().find(passes).map(|(_, p)| p);
    p.iter().map(|p| p.map(|p| largest.is_some_and(|largest| p <= largest))).collect()
}

/// Whether so many permutations can decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// What is significant is named, and nothing else is.
    Decided,
    /// Nothing is significant, but some areas have the smallest p that R permutations can show, and
    /// that is too large for so many tests. "No hotspots" would be false.
    Undecided {
        /// The number of areas with the smallest p.
        areas: usize,
        /// The smallest R with which they would be discoveries, if their p stays the smallest.
        needed: u64,
        /// The least R on offer that is not below that, if there is one.
        offered: Option<Permutations>,
    },
}

/// Whether `permutations` decide on these two-sided pseudo p at a false discovery rate.
///
/// ```
/// use tessera_stats::space::{Outcome, Permutations, outcome};
///
/// // Eleven of 364 areas are beyond every permutation, and 2/1000 > 11/364 · 0.05.
/// let p: Vec<_> = (0..364).map(|area| Some(if area < 11 { 0.002 } else { 0.5 })).collect();
/// let offered = Some(Permutations::R9999);
/// let undecided = Outcome::Undecided { areas: 11, needed: 1323, offered };
/// assert_eq!(outcome(&p, 0.05, Permutations::R999), undecided);
/// ```
#[must_use]
pub fn outcome(p: &[Option<f64>], rate: f64, permutations: Permutations) -> Outcome {
    let tested = p.iter().flatten().count();
    let areas = p.iter().flatten().filter(|p| **p <= permutations.smallest_p()).count();
    if areas == 0 || is_discovery(permutations.smallest_p(), areas, tested, rate) {
        return Outcome::Decided;
    }
    if benjamini_hochberg(p, rate).contains(&Some(true)) {
        return Outcome::Decided;
    }
    // 2/(R + 1) ≤ areas · rate / tested
    let needed = (2.0 * tested as f64 / (areas as f64 * rate) * (1.0 - ROUNDING)).ceil() as u64 - 1;
    let offered = Permutations::ALL.into_iter().find(|offered| u64::from(offered.count()) >= needed);
    Outcome::Undecided { areas, needed, offered }
}

fn is_discovery(p: f64, place: usize, tested: usize, rate: f64) -> bool {
    p * tested as f64 <= place as f64 * rate * (1.0 + ROUNDING)
}
