//! Targets: what a value is meant to reach.

use std::collections::{BTreeMap, BTreeSet};

use tessera_stats::decimal::difference;

use crate::manifest::Polarity;
use crate::period::{Period, YearStart};

/// What the value of one area in one period is meant to reach.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Target {
    /// The value to reach, in the indicator's unit.
    pub value: f64,
    /// The value from which one set out.
    pub baseline: Option<f64>,
    /// How far beside the target a value may be and still count as near it; not below zero.
    pub tolerance: Option<f64>,
}

/// How a value stands to its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// On the good side of the target, or right on it.
    Met,
    /// On the bad side, but no further than the tolerance.
    Near,
    /// Further on the bad side than the tolerance.
    Missed,
}

impl Verdict {
    /// The word used in answers.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Met => "met",
            Verdict::Near => "near",
            Verdict::Missed => "missed",
        }
    }

    /// The verdict as a person says it.
    pub fn words(self) -> &'static str {
        match self {
            Verdict::Met => "target met",
            Verdict::Near => "within the tolerance of the target",
            Verdict::Missed => "target missed",
        }
    }
}

impl Target {
    /// How a value stands to this target; `None` where neither end of the indicator is bad.
    pub fn verdict(&self, value: f64, polarity: Polarity) -> Option<Verdict> {
        let short_by = match polarity {
            Polarity::HighIsBad => difference(value, self.value),
            Polarity::HighIsGood => difference(self.value, value),
            Polarity::Neutral => return None,
        };
        Some(match short_by {
            short_by if short_by <= 0.0 => Verdict::Met,
            short_by if short_by <= self.tolerance.unwrap_or(0.0) => Verdict::Near,
            _ => Verdict::Missed,
        })
    }
}

/// Of what a target speaks: positions of indicator and geography, the period, and the area's position.
pub(crate) type TargetKey = (usize, usize, Period, usize);

/// All targets of an edition.
#[derive(Debug, Default)]
pub(crate) struct Targets(pub(crate) BTreeMap<TargetKey, Target>);

impl Targets {
    /// The target of one area, in the period that is written like that of the key.
    pub(crate) fn get(&self, (indicator, geography, period, area): TargetKey) -> Option<&Target> {
        self.0.get(&(indicator, geography, period.starting(YearStart::default()), area))
    }

    /// The periods for which an indicator has any target, in time order.
    pub(crate) fn periods(&self, indicator: usize) -> Vec<Period> {
        let earliest = (indicator, 0, Period::Month(0, 1), 0);
        let of_indicator = self.0.range(earliest..).take_while(|((own, ..), _)| *own == indicator);
        let periods: BTreeSet<Period> = of_indicator.map(|((_, _, period, _), _)| *period).collect();
        periods.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polarity_decides_which_side_is_good() {
        let target = Target { value: 10.0, baseline: None, tolerance: Some(1.0) };
        for (value, bad, good) in [
            (9.0, Verdict::Met, Verdict::Near),
            (10.0, Verdict::Met, Verdict::Met),
            (11.0, Verdict::Near, Verdict::Met),
            (11.5, Verdict::Missed, Verdict::Met),
        ] {
            assert_eq!(target.verdict(value, Polarity::HighIsBad), Some(bad), "{value}");
            assert_eq!(target.verdict(value, Polarity::HighIsGood), Some(good), "{value}");
        }
        assert_eq!(target.verdict(9.0, Polarity::Neutral), None);
        let tenths = Target { value: 10.2, baseline: None, tolerance: Some(0.1) };
        assert_eq!(tenths.verdict(10.3, Polarity::HighIsBad), Some(Verdict::Near));
        let exact = Target { tolerance: None, ..target };
        assert_eq!(exact.verdict(10.1, Polarity::HighIsBad), Some(Verdict::Missed));
    }
}
