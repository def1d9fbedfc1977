//! Whether an area differs from a benchmark by more than chance, and the words for it.
//!
//! - [`against_benchmark`]: the area's interval against the benchmark, which is taken to be known
//!   without error: *similar* where the interval holds it, ends included.
//! - [`against_control_limits`]: the area's value against the limits within which areas of its size
//!   would lie, were they all like the benchmark: the funnel of a funnel plot.
//!
//! Nothing is ever guessed from the value alone: where there is no interval, no benchmark or no scale
//! to compare on, the answer is [`NotCompared`] with its reason.
//!
//! The rule of the interval is that of the Public Health Outcomes Framework: two areas whose intervals
//! overlap may still differ, and of twenty areas that are all like the benchmark one is expected to be
//! called different at 95%.

mod control_limits;

pub use control_limits::{ControlLimits, control_limits};

use std::ops::RangeInclusive;

use crate::Polarity;

/// What kind of number is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scale {
    /// A count, rate, proportion, mean or ratio: differences mean something.
    Quantity,
    /// A score without a unit, such as that of an index of deprivation.
    Score,
    /// A place among others.
    Rank,
    /// A tenth or other part of the ranks.
    Decile,
}

/// Why two values are not compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum NotCompared {
    /// A score has no unit in which to differ.
    #[error("not compared: a score has no unit, so differences between scores have no size")]
    Score,
    /// A rank is no quantity.
    #[error("not compared: ranks say which is first, not by how much")]
    Rank,
    /// A decile is no quantity.
    #[error("not compared: deciles say in which tenth an area is, not by how much areas differ")]
    Decile,
    /// The area has no value.
    #[error("not compared: the area has no value")]
    NoValue,
    /// The area's value has no interval.
    #[error("not compared: the value has no interval, so chance cannot be ruled out")]
    NoInterval,
    /// There is no benchmark.
    #[error("not compared: there is nothing to compare with")]
    NoBenchmark,
}

/// The outcome of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Better than the benchmark beyond the outer limits.
    MuchBetter,
    /// Better than the benchmark.
    Better,
    /// No different from the benchmark beyond chance.
    Similar,
    /// Worse than the benchmark.
    Worse,
    /// Worse than the benchmark beyond the outer limits.
    MuchWorse,
    /// Higher than the benchmark, where neither end is bad.
    Higher,
    /// Higher beyond the outer limits, where neither end is bad.
    MuchHigher,
    /// Lower than the benchmark, where neither end is bad.
    Lower,
    /// Lower beyond the outer limits, where neither end is bad.
    MuchLower,
}

impl Verdict {
    /// "much better", "better", "similar", "worse", "much worse", "higher", "much higher", "lower" or
    /// "much lower".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::MuchBetter => "much better",
            Self::Better => "better",
            Self::Similar => "similar",
            Self::Worse => "worse",
            Self::MuchWorse => "much worse",
            Self::Higher => "higher",
            Self::MuchHigher => "much higher",
            Self::Lower => "lower",
            Self::MuchLower => "much lower",
        }
    }

    /// Whether the value lies above the benchmark; `None` where it is similar.
    #[must_use]
    pub fn is_above(self, polarity: Polarity) -> Option<bool> {
        match self {
            Self::Similar => None,
            Self::Higher | Self::MuchHigher => Some(true),
            Self::Lower | Self::MuchLower => Some(false),
            Self::Better | Self::MuchBetter => Some(polarity == Polarity::HighIsGood),
            Self::Worse | Self::MuchWorse => Some(polarity == Polarity::HighIsBad),
        }
    }

    fn new(side: Side, much: bool, polarity: Polarity) -> Self {
        match (polarity, side, much) {
            (Polarity::HighIsBad, Side::Lower, false) | (Polarity::HighIsGood, Side::Higher, false) => Self::Better,
            (Polarity::HighIsBad, Side::Lower, true) | (Polarity::HighIsGood, Side::Higher, true) => Self::MuchBetter,
            (Polarity::HighIsBad, Side::Higher, false) | (Polarity::HighIsGood, Side::Lower, false) => Self::Worse,
            (Polarity::HighIsBad, Side::Higher, true) | (Polarity::HighIsGood, Side::Lower, true) => Self::MuchWorse,
            (Polarity::Neutral, Side::Lower, false) => Self::Lower,
            (Polarity::Neutral, Side::Lower, true) => Self::MuchLower,
            (Polarity::Neutral, Side::Higher, false) => Self::Higher,
            (Polarity::Neutral, Side::Higher, true) => Self::MuchHigher,
        }
    }
}

/// On which side of the benchmark an area lies.
#[derive(Clone, Copy)]
enum Side {
    Lower,
    Higher,
}

/// An area's limits, computed or as published.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// The limits at 95%.
    pub inner: RangeInclusive<f64>,
    /// The limits at 99.8%, where *much better* and *much worse* are asked for.
    pub outer: Option<RangeInclusive<f64>>,
}

/// The area's interval against the benchmark: *similar* where the 95% limits hold it, ends included,
/// *much* better or worse where the 99.8% limits are given and do not hold it either.
///
/// # Errors
///
/// [`NotCompared`] with the reason: a score, rank or decile first, then no interval, then no benchmark.
///
/// # Example
///
/// ```
/// use tessera_stats::Polarity;
/// use tessera_stats::comparison::{Limits, Scale, Verdict, against_benchmark};
/// use tessera_stats::intervals::{Confidence, proportion};
///
/// let interval = proportion(65.0, 100.0, 100.0, Confidence::Percent95).unwrap(); // 55.3 to 73.6
/// let limits = Limits { inner: interval.limits(), outer: None };
/// let against = |benchmark| against_benchmark(Scale::Quantity, Polarity::HighIsBad, Some(&limits), Some(benchmark));
/// assert_eq!(against(50.0), Ok(Verdict::Worse));
/// assert_eq!(against(60.0), Ok(Verdict::Similar));
/// ```
///
/// # References
///
/// Association of Public Health Observatories (2008). *Technical Briefing 3: Commonly Used Public Health
/// Statistics and their Confidence Intervals*.
pub fn against_benchmark(
    scale: Scale,
    polarity: Polarity,
    limits: Option<&Limits>,
    benchmark: Option<f64>,
) -> Result<Verdict, NotCompared> {
    check_scale(scale)?;
    let limits = limits.ok_or(NotCompared::NoInterval)?;
    let benchmark = benchmark.filter(|benchmark| !benchmark.is_nan()).ok_or(NotCompared::NoBenchmark)?;
    let side = if limits.inner.contains(&benchmark) {
        return Ok(Verdict::Similar);
    } else if benchmark > *limits.inner.end() {
        Side::Lower
    } else {
        Side::Higher
    };
    let much = limits.outer.as_ref().is_some_and(|outer| !outer.contains(&benchmark));
    Ok(Verdict::new(side, much, polarity))
}

/// The area's value against the control limits at its size: *similar* within the 95% limits, ends
/// included, *much* better or worse outside the 99.8% limits where these are given.
///
/// # Errors
///
/// [`NotCompared`] with the reason: a score, rank or decile first, then no value, then no benchmark
/// (no limits).
///
/// # References
///
/// Spiegelhalter, D. J. (2005). Funnel plots for comparing institutional performance. *Statistics in
/// Medicine* 24(8), 1185–1202.
pub fn against_control_limits(
    scale: Scale,
    polarity: Polarity,
    value: Option<f64>,
    limits: Option<&Limits>,
) -> Result<Verdict, NotCompared> {
    check_scale(scale)?;
    let value = value.filter(|value| !value.is_nan()).ok_or(NotCompared::NoValue)?;
    let limits = limits.ok_or(NotCompared::NoBenchmark)?;
    let side = if limits.inner.contains(&value) {
        return Ok(Verdict::Similar);
    } else if value < *limits.inner.start() {
        Side::Lower
    } else {
        Side::Higher
    };
    let much = limits.outer.as_ref().is_some_and(|outer| !outer.contains(&value));
    Ok(Verdict::new(side, much, polarity))
}

/// Whether numbers of this scale differ by an amount.
fn check_scale(scale: Scale) -> Result<(), NotCompared> {
    match scale {
        Scale::Quantity => Ok(()),
        Scale::Score => Err(NotCompared::Score),
        Scale::Rank => Err(NotCompared::Rank),
        Scale::Decile => Err(NotCompared::Decile),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(polarity: Polarity, benchmark: f64) -> Verdict {
        let limits = Limits { inner: 10.0..=20.0, outer: Some(5.0..=25.0) };
        against_benchmark(Scale::Quantity, polarity, Some(&limits), Some(benchmark)).unwrap()
    }

    #[test]
    fn an_interval_that_holds_the_benchmark_is_similar_ends_included() {
        for benchmark in [10.0, 15.0, 20.0] {
            for polarity in [Polarity::HighIsBad, Polarity::HighIsGood, Polarity::Neutral] {
                assert_eq!(verdict(polarity, benchmark), Verdict::Similar);
            }
        }
    }

    #[test]
    fn words_follow_polarity() {
        let words = |polarity| [2.0, 7.0, 22.0, 30.0].map(|benchmark| verdict(polarity, benchmark).words());
        assert_eq!(words(Polarity::HighIsBad), ["much worse", "worse", "better", "much better"]);
        assert_eq!(words(Polarity::HighIsGood), ["much better", "better", "worse", "much worse"]);
        assert_eq!(words(Polarity::Neutral), ["much higher", "higher", "lower", "much lower"]);
    }

    #[test]
    fn a_verdict_tells_on_which_side_of_the_benchmark_the_value_lies() {
        for polarity in [Polarity::HighIsBad, Polarity::HighIsGood, Polarity::Neutral] {
            let sides = [2.0, 7.0, 15.0, 22.0, 30.0].map(|benchmark| verdict(polarity, benchmark).is_above(polarity));
            assert_eq!(sides, [Some(true), Some(true), None, Some(false), Some(false)]);
        }
    }

    #[test]
    fn nothing_is_much_different_unless_outer_limits_are_given() {
        let limits = Limits { inner: 10.0..=20.0, outer: None };
        let verdict = against_benchmark(Scale::Quantity, Polarity::HighIsBad, Some(&limits), Some(1000.0));
        assert_eq!(verdict, Ok(Verdict::Better));
    }

    #[test]
    fn scores_ranks_and_deciles_are_not_compared() {
        let limits = Limits { inner: 10.0..=20.0, outer: None };
        for (scale, reason) in
            [(Scale::Score, NotCompared::Score), (Scale::Rank, NotCompared::Rank), (Scale::Decile, NotCompared::Decile)]
        {
            assert_eq!(against_benchmark(scale, Polarity::HighIsBad, Some(&limits), Some(1.0)), Err(reason));
            assert_eq!(against_control_limits(scale, Polarity::HighIsBad, Some(1.0), Some(&limits)), Err(reason));
        }
        assert_eq!(
            NotCompared::Score.to_string(),
            "not compared: a score has no unit, so differences between scores have no size"
        );
    }

    #[test]
    fn nothing_is_guessed_from_the_value_alone() {
        let limits = Limits { inner: 10.0..=20.0, outer: None };
        let compare = |limits, benchmark| against_benchmark(Scale::Quantity, Polarity::Neutral, limits, benchmark);
        assert_eq!(compare(None, Some(1.0)), Err(NotCompared::NoInterval));
        assert_eq!(compare(Some(&limits), None), Err(NotCompared::NoBenchmark));
        assert_eq!(compare(Some(&limits), Some(f64::NAN)), Err(NotCompared::NoBenchmark));
    }
}
