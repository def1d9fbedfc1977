//! Whether a value differs from what it is held against by more than chance, in words.

use std::ops::RangeInclusive;

use serde::Serialize;
use tessera_stats::comparison::{Limits, NotCompared, Scale, Verdict, against_benchmark};
use tessera_stats::intervals::{Confidence, difference};
use utoipa::ToSchema;

use crate::catalogue::Indicator;
use crate::column::Column;
use crate::intervals::Intervals;
use crate::manifest::Kind;
use crate::words::sentence;

/// A value's interval at 99.8%.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct OuterInterval {
    /// The lower end.
    pub lower: f64,
    /// The upper end.
    pub upper: f64,
}

/// A value of which something can be said, or not.
#[derive(Debug, Clone, Default)]
pub(crate) struct Certainty {
    /// Whether there is a value.
    pub(crate) has_value: bool,
    /// Its limits: those of 95%, and of 99.8% where they were asked for.
    pub(crate) limits: Option<Limits>,
}

impl Certainty {
    /// What is known of the value at a position.
    pub(crate) fn of(intervals: &Intervals, column: &Column, position: usize, confidence: Confidence) -> Certainty {
        let limits = |confidence| {
            let interval = intervals.at(column, position, confidence)?;
            Some(interval.lower..=interval.upper)
        };
        let outer = if confidence == Confidence::Percent99_8 { limits(confidence) } else { None };
        Certainty {
            has_value: column.values.get(position).copied().flatten().is_some(),
            limits: limits(Confidence::Percent95).map(|inner| Limits { inner, outer }),
        }
    }

    /// The limits of the difference of two values, the later less the earlier one, where both have theirs.
    pub(crate) fn difference(&self, later: f64, earlier: (f64, &Certainty)) -> Option<Limits> {
        let (own, (earlier, other)) = (self.limits.as_ref()?, (earlier.0, earlier.1.limits.as_ref()?));
        let of = |own: &RangeInclusive<f64>, other: &RangeInclusive<f64>| {
            difference((later, own.clone()), (earlier, other.clone()))
        };
        let outer = own.outer.as_ref().zip(other.outer.as_ref()).and_then(|(own, other)| of(own, other));
        Some(Limits { inner: of(&own.inner, &other.inner)?, outer })
    }

    /// The limits at 99.8%, where they were asked for.
    pub(crate) fn outer(&self) -> Option<OuterInterval> {
        let outer = self.limits.as_ref()?.outer.as_ref()?;
        Some(OuterInterval { lower: *outer.start(), upper: *outer.end() })
    }

    /// How the value stands to a benchmark, or the reason why that is not said.
    pub(crate) fn against(&self, indicator: &Indicator, benchmark: Option<f64>) -> Result<Verdict, String> {
        let scale = match indicator.kind {
            Kind::Count | Kind::Proportion | Kind::Rate | Kind::Ratio | Kind::Mean => Scale::Quantity,
            Kind::Score => Scale::Score,
            Kind::Rank => Scale::Rank,
            Kind::Decile => Scale::Decile,
            Kind::Category => return Err("Not compared: categories have no order.".to_owned()),
        };
        let verdict = against_benchmark(scale, indicator.polarity.into(), self.limits.as_ref(), benchmark);
        verdict.map_err(|reason| {
            let reason =
                if reason == NotCompared::NoInterval && !self.has_value { NotCompared::NoValue } else { reason };
            sentence(&reason.to_string())
        })
    }
}

/// A verdict as a person says it: "lower than Leeds, and by more than chance would explain: better".
pub(crate) fn in_words(verdict: Verdict, indicator: &Indicator, names: &str) -> String {
    let Some(is_above) = verdict.is_above(indicator.polarity.into()) else {
        return format!("similar to {names}, as chance would explain the difference");
    };
    let side = match (is_above, verdict) {
        (true, Verdict::MuchHigher) => "much higher",
        (false, Verdict::MuchLower) => "much lower",
        (true, _) => "higher",
        (false, _) => "lower",
    };
    let judged = match verdict {
        Verdict::Better | Verdict::MuchBetter | Verdict::Worse | Verdict::MuchWorse => format!(": {}", verdict.words()),
        _ => String::new(),
    };
    format!("{side} than {names}, and by more than chance would explain{judged}")
}
