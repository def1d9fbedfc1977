//! Hotspots: areas that stand out together with their neighbours, beyond chance.

mod answer;
mod kept;
mod shown;
mod words;

use std::num::NonZeroUsize;

use tessera_stats::smooth::{empirical_bayes, spatial_empirical_bayes};
use tessera_stats::space::{self, Randomisation, Settings, Weights};

use crate::catalogue::Indicator;
use crate::classes::Within;
use crate::column::{Column, Numbers, number_at};
use crate::geography::{Geography, GeographyShape};
use crate::manifest::Kind;
use crate::period::Period;
use crate::store::StoreError;
use crate::view::AtlasView;
use crate::words::plural;

pub use tessera_stats::space::{Permutations, SpaceError, Statistic};

use self::answer::Search;
pub use self::answer::{Findings, Group, Hotspots, Moran, PeopleInGroup};
pub(crate) use self::kept::KeptHotspots;

/// How many of the highest and of the lowest areas are named, and those that tie with the last one.
const EXTREMES: usize = 10;

/// Where hotspots are looked for, and how.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The geography.
    pub geography: &'a Geography,
    /// The indicator.
    pub indicator: &'a Indicator,
    /// The period.
    pub period: Period,
    /// The areas that it is limited to.
    pub within: Option<Within<'a>>,
    /// By which statistic.
    pub statistic: Statistic,
    /// Against how many permutations.
    pub permutations: Permutations,
    /// What they are drawn from: the same seed gives the same answer.
    pub seed: u32,
    /// The part of the findings that may be chance, between 0 and 1.
    pub false_discovery_rate: f64,
    /// How rates of small populations are smoothed first.
    pub smoothing: Option<Smoothing>,
}

/// Towards what the rates of small populations are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Smoothing {
    /// The rate of all areas together.
    Global,
    /// The rate of the area and its neighbours together.
    Spatial,
}

impl Smoothing {
    /// The word used in answers.
    pub fn word(self) -> &'static str {
        match self {
            Smoothing::Global => "global",
            Smoothing::Spatial => "spatial",
        }
    }
}

/// Why there is nothing to look for.
#[derive(Debug, thiserror::Error)]
pub enum NoHotspots {
    /// Neighbours are added up, which these values are not made for.
    #[error(
        "“{indicator}” is a {}: to find hotspots, neighbouring areas are added up, and {} are not added up",
        .kind.word(),
        plural(.kind.word())
    )]
    Kind {
        /// The indicator's name.
        indicator: String,
        /// Its kind.
        kind: Kind,
    },
    /// The geography has no shape.
    #[error("`{geography}` has no boundaries, so its areas have no neighbours")]
    NoShape {
        /// The geography's id.
        geography: String,
    },
    /// Areas that overlap share people, so being alike is no surprise.
    #[error("areas of `{geography}` overlap: they share people, so that being alike says nothing of neighbours")]
    Overlapping {
        /// The geography's id.
        geography: String,
    },
    /// There is nothing to smooth.
    #[error("“{indicator}” cannot be smoothed: that needs a rate or proportion with its numerators and denominators")]
    NotSmoothable {
        /// The indicator's name.
        indicator: String,
    },
    /// What was asked for cannot be computed: a rate out of range.
    #[error(transparent)]
    Space(#[from] SpaceError),
    /// A column cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why no area could be tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Untested {
    /// So few areas have a value.
    TooFew { n: usize },
    /// All values are the same, or too large.
    NoSpread,
    /// No two areas with a value adjoin.
    NoNeighbours,
    /// Each area adjoins all the others, so that all neighbourhoods are the same.
    AllNeighbours,
}

impl AtlasView {
    /// Looks for hotspots. `None` where the indicator is not published for this geography and period.
    ///
    /// Areas outside `within` count as areas outside the atlas. Where too few areas have a value, where all have the same,
    /// or where none or all are neighbours, there is an answer without findings, whose sentence says why.
    ///
    /// # Errors
    /// [`NoHotspots`].
    pub fn hotspots(&self, question: &Question<'_>) -> Result<Option<Hotspots>, NoHotspots> {
        self.kept_hotspots().find(question, || self.look_for_hotspots(question))
    }

    fn look_for_hotspots(&self, question: &Question<'_>) -> Result<Option<Hotspots>, NoHotspots> {
        let Question { geography, indicator, period, .. } = *question;
        let shape = allowed(question)?;
        let Some(column) = self.column(geography, indicator, period)? else { return Ok(None) };
        let Some(published) = self.values_within(geography, indicator, period, question.within)? else {
            return Ok(None);
        };
        let weights = Weights::from_neighbours(shape.queen().offsets.clone(), shape.queen().indices.clone())?;
        let smoothed = question
            .smoothing
            .map(|smoothing| smooth(question, smoothing, &column, &published, &weights))
            .transpose()?;
        let settings = Settings {
            statistic: question.statistic,
            randomisation: Randomisation {
                permutations: question.permutations,
                seed: question.seed.into(),
                // Answers are computed beside each other already.
                threads: NonZeroUsize::MIN,
            },
            false_discovery_rate: question.false_discovery_rate,
        };
        let found = match space::hotspots(smoothed.as_ref().unwrap_or(&published), &weights, &settings) {
            Ok(found) if found.tested == 0 => Err(Untested::AllNeighbours),
            Ok(found) => Ok(found),
            Err(SpaceError::TooFew { n }) => Err(Untested::TooFew { n }),
            Err(SpaceError::NoSpread) => Err(Untested::NoSpread),
            Err(SpaceError::NoNeighbours) => Err(Untested::NoNeighbours),
            Err(error) => return Err(error.into()),
        };
        let islands = space::islands(smoothed.as_ref().unwrap_or(&published), &weights)?;
        let search = Search { shape, column: &column, published: &published, smoothed, islands, found };
        Ok(Some(answer::answer(self, question, search)?))
    }
}

/// The shape to look in, unless the question makes no sense of these values or areas.
fn allowed<'a>(question: &Question<'a>) -> Result<&'a GeographyShape, NoHotspots> {
    let Question { geography, indicator, .. } = *question;
    if matches!(indicator.kind, Kind::Rank | Kind::Decile | Kind::Category) {
        return Err(NoHotspots::Kind { indicator: indicator.name.en().to_owned(), kind: indicator.kind });
    }
    let no_shape = || NoHotspots::NoShape { geography: geography.id.clone() };
    let shape = geography.shape.as_ref().ok_or_else(no_shape)?;
    if !geography.tiling {
        return Err(NoHotspots::Overlapping { geography: geography.id.clone() });
    }
    Ok(shape)
}

/// The rates of the areas that have a published value, smoothed, in the unit of the indicator.
fn smooth(
    question: &Question<'_>,
    smoothing: Smoothing,
    column: &Column,
    published: &Numbers,
    weights: &Weights,
) -> Result<Numbers, NoHotspots> {
    let indicator = question.indicator;
    let (Kind::Rate | Kind::Proportion, Some(numerator), Some(denominator)) =
        (indicator.kind, &column.numerator, &column.denominator)
    else {
        return Err(NoHotspots::NotSmoothable { indicator: indicator.name.en().to_owned() });
    };
    let part = |numbers, position| number_at(Some(numbers), position).filter(|_| published[position].is_some());
    let areas: Vec<(Option<f64>, Option<f64>)> =
        (0..published.len()).map(|position| (part(numerator, position), part(denominator, position))).collect();
    let rates = match smoothing {
        Smoothing::Global => empirical_bayes(&areas),
        Smoothing::Spatial => spatial_empirical_bayes(&areas, weights)?,
    };
    Ok(rates.into_iter().map(|rate| rate.map(|rate| rate * indicator.per)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_say_why() {
        let kind = NoHotspots::Kind { indicator: "sort".to_owned(), kind: Kind::Category };
        assert_eq!(
            kind.to_string(),
            "“sort” is a category: to find hotspots, neighbouring areas are added up, and categories are not added up"
        );
    }
}
