//! How a value changes from the most to the least deprived areas.

mod words;

use std::sync::Arc;

use serde::Serialize;
use tessera_stats::inequality::{by_quantile, inequality as measured};
use tessera_stats::rank::{First, deprivation_quantile, ranks};
use utoipa::ToSchema;

use crate::catalogue::Indicator;
use crate::classes::first;
use crate::column::{Column, Numbers};
use crate::geography::Geography;
use crate::manifest::{Kind, Polarity};
use crate::period::Period;
use crate::relate::Measure;
use crate::store::StoreError;
use crate::view::AtlasView;

/// Into how many parts areas are put by a measure that is not published as deciles.
const PARTS: u32 = 5;

/// What is to be held against what.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The geography.
    pub geography: &'a Geography,
    /// The value.
    pub value: Measure<'a>,
    /// What says how deprived an area is.
    pub by: Measure<'a>,
}

/// How a value changes from the most to the least deprived areas.
///
/// All measures are of the most deprived compared with the least deprived: slope index and gap are positive, relative index
/// and ratio above 1, where the more deprived areas have the higher value.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Inequality {
    /// The geography's id.
    pub geography: String,
    /// The indicator's id.
    pub indicator: String,
    /// The period.
    #[schema(value_type = String)]
    pub period: Period,
    /// The unit of values, slope index and gap.
    pub unit: String,
    /// Decimals shown.
    pub decimals: u8,
    /// What says how deprived an area is.
    pub by: By,
    /// What the areas of a quantile are weighted by: "Residents, 2011", or `denominators`.
    pub weighted_by: String,
    /// How many areas have a value, a population and a quantile.
    pub n: usize,
    /// Each area's quantile; 1 is the most deprived.
    pub quantile: Vec<Option<u32>>,
    /// The quantiles that have a value, the most deprived first.
    pub quantiles: Vec<Quantile>,
    /// How much higher the line through all quantiles is at its most deprived end than at its least deprived end.
    pub slope_index: Option<f64>,
    /// How many times as high; `None` where an end of the line is near zero or below it, under a tenth of the lowest value.
    pub relative_index: Option<f64>,
    /// The most deprived quantile less the least deprived one.
    pub gap: Option<f64>,
    /// The most deprived quantile over the least deprived one; `None` where they are not both above zero.
    pub ratio: Option<f64>,
    /// The finding.
    pub sentence: String,
}

/// What says how deprived an area is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct By {
    /// The indicator's id.
    pub indicator: String,
    /// Its name.
    pub name: String,
    /// The period.
    #[schema(value_type = String)]
    pub period: Period,
    /// Into how many parts it puts areas.
    pub parts: u32,
    /// Which end of it is the most deprived: `highest` or `lowest`.
    pub most_deprived: &'static str,
}

/// The areas of one quantile together.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Quantile {
    /// The quantile; 1 is the most deprived.
    pub quantile: u32,
    /// How many areas are in it.
    pub areas: usize,
    /// Their population.
    pub population: f64,
    /// Their value.
    pub value: f64,
}

/// Why a value is not held against deprivation.
#[derive(Debug, thiserror::Error)]
pub enum NotCompared {
    /// Its differences mean nothing.
    #[error(
        "`{indicator}` is a {}: inequality is a difference between areas, and a {} has none to speak of",
        .kind.word(),
        .kind.word()
    )]
    Kind {
        /// The indicator's id.
        indicator: String,
        /// Its kind.
        kind: Kind,
    },
    /// It puts areas in no order of deprivation.
    #[error(
        "`{indicator}` does not say how deprived an area is: name a decile, a score, or a rank or rate of which one end is bad"
    )]
    By {
        /// The id of the indicator that was to say how deprived an area is.
        indicator: String,
    },
    /// Areas cannot be added up.
    #[error("`{indicator}` has no denominators for `{geography}`, nor anything by which its areas are weighted")]
    NoPopulation {
        /// The indicator's id.
        indicator: String,
        /// The geography's id.
        geography: String,
    },
    /// A column cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl AtlasView {
    /// Holds a value against deprivation. `None` where one of the two is not published for this geography and period.
    ///
    /// A published decile puts areas into its tenths; any other measure into fifths of the areas that it is published
    /// for. Fewer than three quantiles with a value are an answer without measures, whose sentence says why.
    ///
    /// # Errors
    /// [`NotCompared`].
    pub fn inequality(&self, question: &Question<'_>) -> Result<Option<Inequality>, NotCompared> {
        let Question { geography, value, by } = *question;
        allowed(value.indicator, by.indicator)?;
        let column = |measure: Measure<'_>| self.column(geography, measure.indicator, measure.period);
        let (Some(values), Some(deprivation)) = (column(value)?, column(by)?) else { return Ok(None) };
        let (weighted_by, people) = self.shares(question, &values)?;
        let (parts, quantile) = quantiles(by.indicator, &deprivation.values);
        let groups = by_quantile(&values.values, &people, &quantile);
        let counted = |position: usize| {
            let has_people = people[position].is_some_and(|people| people > 0.0);
            quantile[position].filter(|_| values.values[position].is_some() && has_people)
        };
        let members: Vec<u32> = (0..geography.len()).filter_map(counted).collect();
        let found = measured(&groups);
        let measures = found.as_ref().ok();
        Ok(Some(Inequality {
            geography: geography.id.clone(),
            indicator: value.indicator.id.clone(),
            period: value.period,
            unit: value.indicator.unit.en().to_owned(),
            decimals: value.indicator.decimals,
            by: By {
                indicator: by.indicator.id.clone(),
                name: by.indicator.name.en().to_owned(),
                period: by.period,
                parts,
                most_deprived: match most_deprived(by.indicator) {
                    First::Highest => "highest",
                    First::Lowest => "lowest",
                },
            },
            weighted_by,
            n: members.len(),
            quantiles: groups
                .iter()
                .map(|group| Quantile {
                    quantile: group.quantile,
                    areas: members.iter().filter(|own| **own == group.quantile).count(),
                    population: group.population,
                    value: group.value,
                })
                .collect(),
            quantile,
            slope_index: measures.map(|measures| measures.slope_index),
            relative_index: measures.and_then(|measures| measures.relative_index),
            gap: measures.map(|measures| measures.gap),
            ratio: measures.and_then(|measures| measures.ratio),
            sentence: words::sentence(question, parts, &groups, &found),
        }))
    }

    /// What areas are weighted by when they are put together, and what that is called: the value's own denominators, else
    /// the weight that it is added up with, else the people of the atlas.
    fn shares(&self, question: &Question<'_>, values: &Column) -> Result<(String, Numbers), NotCompared> {
        let Question { geography, value, .. } = *question;
        if let Some(denominator) = &values.denominator {
            return Ok(("denominators".to_owned(), denominator.clone()));
        }
        match self.weights_or_people(geography, value.indicator, value.period)? {
            Some(weights) => Ok((weights.words, Arc::unwrap_or_clone(weights.column).values)),
            None => Err(NotCompared::NoPopulation {
                indicator: value.indicator.id.clone(),
                geography: geography.id.clone(),
            }),
        }
    }
}

fn allowed(value: &Indicator, by: &Indicator) -> Result<(), NotCompared> {
    // The sum of an area says first of all how large it is, and has no mean over areas.
    if !value.kind.has_differences() || value.kind == Kind::Count {
        return Err(NotCompared::Kind { indicator: value.id.clone(), kind: value.kind });
    }
    match by.kind {
        Kind::Decile | Kind::Score => Ok(()),
        Kind::Rank | Kind::Proportion | Kind::Rate | Kind::Ratio | Kind::Mean if by.polarity != Polarity::Neutral => {
            Ok(())
        }
        _ => Err(NotCompared::By { indicator: by.id.clone() }),
    }
}

/// Which end is the most deprived: the bad one by polarity. Where neither is bad, it is decile 1, and the highest of any
/// other measure.
fn most_deprived(by: &Indicator) -> First {
    match (by.kind, by.polarity) {
        (Kind::Decile, Polarity::Neutral) => First::Lowest,
        _ => first(by),
    }
}

/// Into how many parts areas are put, and each area's; 1 is the most deprived.
fn quantiles(by: &Indicator, values: &Numbers) -> (u32, Vec<Option<u32>>) {
    let most_deprived = most_deprived(by);
    if by.kind == Kind::Decile {
        let published =
            |value: &Option<f64>| value.filter(|value| (1.0..=10.0).contains(value)).map(|value| value as u32);
        let from_worst = |decile: u32| if most_deprived == First::Lowest { decile } else { 11 - decile };
        return (10, values.iter().map(|value| published(value).map(from_worst)).collect());
    }
    let ranks = ranks(values, most_deprived);
    let n = ranks.iter().flatten().count() as u32;
    (PARTS, ranks.into_iter().map(|rank| deprivation_quantile(rank?, n, PARTS)).collect())
}
