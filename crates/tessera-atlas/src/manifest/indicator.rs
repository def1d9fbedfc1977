//! Indicators: what is measured, and what may be done with its values.

use serde::{Deserialize, Serialize};

use super::PUBLIC;
use super::date::date;
use super::disclosure::Disclosure;
use super::one_or_many::one_or_many;
use crate::text::Text;

/// `[[indicator]]`, or a row of a file of indicators.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a section of keys and values")]
pub struct IndicatorSection {
    /// Its id: `[A-Za-z0-9._-]{1,64}`, not dots alone.
    pub id: String,
    /// Its full name.
    pub name: Text,
    /// A short name for lists and titles.
    pub short: Option<Text>,
    /// Paths in theme trees, parts separated by ` / `.
    #[serde(default, deserialize_with = "one_or_many")]
    pub themes: Vec<String>,
    /// What kind of quantity it is.
    pub kind: Kind,
    /// value = numerator / denominator × per.
    pub per: Option<f64>,
    /// The indicator that holds the denominators: `population` or `population@2011`.
    pub denominator: Option<String>,
    /// The unit.
    pub unit: Option<Text>,
    /// Decimals shown.
    pub decimals: Option<u8>,
    /// Which end is bad.
    #[serde(default)]
    pub polarity: Polarity,
    /// How areas add up.
    pub aggregate: Option<Aggregate>,
    /// The indicator that holds the weights of a weighted mean.
    pub weight: Option<String>,
    /// For ranks: how many were ranked.
    pub out_of: Option<u32>,
    /// What the bad end is called: "most deprived".
    pub worst: Option<Text>,
    /// What the good end is called: "least deprived".
    pub best: Option<Text>,
    /// For deciles and ranks: among what they were made: "areas in England".
    pub among: Option<Text>,
    /// For deciles: the rank or score that puts the areas of one in order.
    pub ordered_by: Option<String>,
    /// For categories: their names in order.
    #[serde(default, deserialize_with = "one_or_many")]
    pub categories: Vec<Text>,
    /// Of whom it speaks: those who live there or those who attend.
    pub base: Option<Base>,
    /// What exactly is measured.
    pub definition: Option<Text>,
    /// Who published it.
    pub source: Option<Text>,
    /// Where.
    pub source_url: Option<String>,
    /// Its licence.
    pub licence: Option<String>,
    /// What a reader must know before drawing a conclusion.
    pub caveat: Option<Text>,
    /// When it was last updated.
    #[serde(default, deserialize_with = "date")]
    pub updated: Option<String>,
    /// How often it is updated.
    pub frequency: Option<String>,
    /// When the next update is due.
    #[serde(default, deserialize_with = "date")]
    pub next_due: Option<String>,
    /// Who looks after it.
    pub owner: Option<String>,
    /// The geography that it opens at when a reader chooses it.
    pub opens_at: Option<String>,
    /// `public`, or the groups that may see it.
    #[serde(default = "everybody", deserialize_with = "one_or_many")]
    pub access: Vec<String>,
    /// Its own disclosure rule.
    pub disclosure: Option<Disclosure>,
}

fn everybody() -> Vec<String> {
    vec![PUBLIC.to_owned()]
}

/// What kind of quantity an indicator is. It decides what may be done with its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// How many.
    Count,
    /// A part of a whole.
    Proportion,
    /// Events per so many.
    Rate,
    /// One quantity per another.
    Ratio,
    /// An average over people or things.
    Mean,
    /// A score without a unit that can be doubled.
    Score,
    /// A position among all that were ranked.
    Rank,
    /// A tenth, 1 to 10.
    Decile,
    /// One of several named classes.
    Category,
}

impl Kind {
    /// The word used in manifests and answers.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Count => "count",
            Kind::Proportion => "proportion",
            Kind::Rate => "rate",
            Kind::Ratio => "ratio",
            Kind::Mean => "mean",
            Kind::Score => "score",
            Kind::Rank => "rank",
            Kind::Decile => "decile",
            Kind::Category => "category",
        }
    }

    /// Whether a rule must say how small numbers of this kind are protected.
    pub fn needs_disclosure_rule(self) -> bool {
        matches!(self, Kind::Count | Kind::Proportion | Kind::Rate | Kind::Ratio | Kind::Mean)
    }

    /// Whether a value of this kind may be made of a numerator and a denominator.
    pub fn has_parts(self) -> bool {
        !matches!(self, Kind::Count | Kind::Rank | Kind::Decile | Kind::Category)
    }

    /// Whether two values of this kind may be subtracted. "Twice as deprived" is false, and so is "five deciles worse".
    pub fn has_differences(self) -> bool {
        !matches!(self, Kind::Score | Kind::Rank | Kind::Decile | Kind::Category)
    }
}

/// Which end of an indicator is bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Polarity {
    /// More is worse.
    HighIsBad,
    /// More is better.
    HighIsGood,
    /// Neither.
    #[default]
    Neutral,
}

impl Polarity {
    /// The word used in manifests and answers.
    pub fn word(self) -> &'static str {
        match self {
            Polarity::HighIsBad => "high-is-bad",
            Polarity::HighIsGood => "high-is-good",
            Polarity::Neutral => "neutral",
        }
    }
}

impl From<Polarity> for tessera_stats::Polarity {
    fn from(polarity: Polarity) -> tessera_stats::Polarity {
        match polarity {
            Polarity::HighIsBad => tessera_stats::Polarity::HighIsBad,
            Polarity::HighIsGood => tessera_stats::Polarity::HighIsGood,
            Polarity::Neutral => tessera_stats::Polarity::Neutral,
        }
    }
}

/// How the values of areas add up to that of a larger one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aggregate {
    /// Values are summed.
    Sum,
    /// Numerators and denominators are summed, then divided.
    RatioOfSums,
    /// Values are averaged by `weight`.
    WeightedMean,
    /// They do not.
    None,
}

impl Aggregate {
    /// The word used in manifests and answers.
    pub fn word(self) -> &'static str {
        match self {
            Aggregate::Sum => "sum",
            Aggregate::RatioOfSums => "ratio-of-sums",
            Aggregate::WeightedMean => "weighted-mean",
            Aggregate::None => "none",
        }
    }
}

/// Of whom an indicator speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Base {
    /// Those who live in the area.
    Residence,
    /// Those who go to school (or to a surgery) in it.
    Attendance,
}

/// `[[breakdown]]`: parts that add up to a total.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a section of keys and values")]
pub struct BreakdownSection {
    /// The indicator of the total.
    pub total: String,
    /// The indicators of its parts.
    pub parts: Vec<String>,
}
