//! An index of deprivation for larger areas and for sets, from the ranks and scores of small areas: the summary measures of
//! the English Indices of Deprivation, by each of which the larger areas are ranked anew.

mod index;
mod words;

use serde::Serialize;
use tessera_stats::deprivation::{SmallArea, summary_measures};
use tessera_stats::rank::{First, ranks};
use utoipa::ToSchema;

pub use self::index::Index;
pub(crate) use self::index::KeptIndices;
use crate::adding::LEAST_COVERAGE;
use crate::catalogue::Indicator;
use crate::cell::Status;
use crate::classes::Within;
use crate::column::{Column, Numbers, number_at};
use crate::drawn::DrawnSet;
use crate::geography::Geography;
use crate::manifest::{Kind, Polarity};
use crate::period::Period;
use crate::relate::Measure;
use crate::store::StoreError;
use crate::view::AtlasView;
use crate::weights::Weights;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The geography of the small areas.
    pub geography: &'a Geography,
    /// Their ranks in the country, 1 the most deprived.
    pub rank: Measure<'a>,
    /// Their scores, for the average score.
    pub score: Option<Measure<'a>>,
    /// The geography of the larger areas.
    pub of: Option<&'a Geography>,
    /// Limits it to the areas inside one.
    pub within: Option<Within<'a>>,
    /// Sets of small or of larger areas.
    pub sets: &'a [DrawnSet<'a>],
}

/// Why there are no measures.
#[derive(Debug, thiserror::Error)]
pub enum NotMeasured {
    /// The indicator is no rank in a country whose 1 is the worst.
    #[error("`{indicator}` is no rank of deprivation: that is a rank with `out_of` and the polarity `high-is-good`")]
    NoRank {
        /// The indicator's id.
        indicator: String,
    },
    /// What was named as the score is none.
    #[error("`{indicator}` is a {kind}, and an average score is one of scores")]
    NoScore {
        /// The indicator's id.
        indicator: String,
        /// What it is instead.
        kind: &'static str,
    },
    /// The small areas lie in none of the larger ones.
    #[error("areas of `{geography}` do not lie in areas of `{of}`")]
    NotInside {
        /// The geography of the small areas.
        geography: String,
        /// That of the larger ones.
        of: String,
    },
    /// The store fails.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The measures of larger areas, of sets, and of all areas together.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Deprivation {
    /// The geography of the small areas.
    pub geography: String,
    /// The rank's id.
    pub indicator: String,
    /// Its period.
    #[schema(value_type = String)]
    pub period: Period,
    /// How many small areas were ranked in the country.
    pub out_of: u32,
    /// The score's id; `None` where none was asked for.
    pub score: Option<String>,
    /// By whom small areas count: "Residents, 2011"; `None` where no such count is published for them, and only the share in the most
    /// deprived tenth is given.
    pub weighted_by: Option<String>,
    /// The geography of the larger areas.
    pub of: Option<String>,
    /// The area that it is limited to, as `GEO:CODE`.
    pub within: Option<String>,
    /// Each larger area, in the fixed order.
    pub areas: Vec<AreaMeasures>,
    /// Each set.
    pub sets: Vec<SetMeasures>,
    /// All areas of the atlas, or of the place that it is limited to.
    pub overall: Measures,
    /// What it comes to.
    pub sentence: String,
}

/// The measures of one larger area, and its place by each.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AreaMeasures {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The measures.
    #[serde(flatten)]
    pub measures: Measures,
    /// Its place among the larger areas, 1 the most deprived.
    pub ranks: Places,
}

/// The measures of a set.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SetMeasures {
    /// Its name.
    pub set: String,
    /// The measures.
    #[serde(flatten)]
    pub measures: Measures,
}

/// The five summary measures. Higher is more deprived. Those that are weighted by people are `None` under 80% of people covered,
/// and where a number of which they are made is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, ToSchema)]
pub struct Measures {
    /// How many small areas have a rank.
    pub areas: usize,
    /// How many of these are in the most deprived tenth of the country.
    pub in_most_deprived_tenth: usize,
    /// The mean of the scores, weighted by people.
    pub average_score: Option<f64>,
    /// The mean of the ranks, reversed so that the most deprived has the highest, weighted by people.
    pub average_rank: Option<f64>,
    /// The part of the small areas that are in the most deprived tenth, 0 to 1.
    pub most_deprived_tenth: Option<f64>,
    /// The part of the people who live in the most deprived three tenths, 0 to 1; beyond the first tenth they count less and less.
    pub extent: Option<f64>,
    /// The mean reversed rank of the most deprived small areas that hold a tenth of the people.
    pub local_concentration: Option<f64>,
    /// The part of the people in small areas with a rank, 0 to 1; where the people of any are not known, the part of the small
    /// areas that have a rank and people.
    pub coverage: Option<f64>,
}

/// Places by the measures, 1 the most deprived; areas that are alike share the smallest.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, ToSchema)]
pub struct Places {
    /// By average score.
    pub average_score: Option<u32>,
    /// By average rank.
    pub average_rank: Option<u32>,
    /// By the part of small areas in the most deprived tenth.
    pub most_deprived_tenth: Option<u32>,
    /// By extent.
    pub extent: Option<u32>,
    /// By local concentration.
    pub local_concentration: Option<u32>,
}

/// The columns from which the measures follow.
pub(crate) struct SmallAreas<'a> {
    pub(crate) ranks: &'a Column,
    pub(crate) scores: Option<&'a Column>,
    pub(crate) people: Option<&'a Column>,
    pub(crate) out_of: u32,
}

impl SmallAreas<'_> {
    /// The measures of the areas at some positions.
    pub(crate) fn measures(&self, positions: impl IntoIterator<Item = usize>) -> Measures {
        let positions: Vec<usize> = positions.into_iter().collect();
        let areas = positions.iter().copied().map(|position| SmallArea {
            score: self.scores.and_then(|scores| number_at(Some(&scores.values), position)),
            rank: number_at(Some(&self.ranks.values), position).and_then(whole),
            population: number_at(self.people.map(|people| &people.values), position),
        });
        let areas: Vec<SmallArea> = areas.collect();
        let found = summary_measures(&areas, self.out_of);
        let ranked = areas.iter().filter(|area| area.rank.is_some_and(|rank| rank <= self.out_of)).count();
        let in_tenth = found.most_deprived_tenth.map_or(0.0, |part| part * ranked as f64);
        let any_hidden = |column: Option<&Column>| {
            let is_hidden = |column: &Column, position: usize| column.status_of(position).contains(&Status::Suppressed);
            column.is_some_and(|column| positions.iter().any(|position| is_hidden(column, *position)))
        };
        let is_hidden = any_hidden(Some(self.ranks)) || any_hidden(self.people);
        let given = |measure: Option<f64>, coverage: Option<f64>| {
            measure.filter(|_| !is_hidden && coverage.is_some_and(|coverage| coverage >= LEAST_COVERAGE))
        };
        let weighted = |measure: Option<f64>| given(measure, found.coverage);
        let average_score = given(found.average_score, found.score_coverage);
        Measures {
            areas: ranked,
            in_most_deprived_tenth: in_tenth.round() as usize,
            average_score: average_score.filter(|_| !any_hidden(self.scores)),
            average_rank: weighted(found.average_rank),
            most_deprived_tenth: found.most_deprived_tenth,
            extent: weighted(found.extent),
            local_concentration: weighted(found.local_concentration),
            coverage: found.coverage,
        }
    }
}

/// A rank as a whole number; `None` where it is none.
fn whole(rank: f64) -> Option<u32> {
    (rank.fract() == 0.0 && (1.0..=f64::from(u32::MAX)).contains(&rank)).then_some(rank as u32)
}

/// How many were ranked, where an indicator is a rank of deprivation.
pub(crate) fn ranked_of(indicator: &Indicator) -> Option<u32> {
    indicator.out_of.filter(|_| indicator.kind == Kind::Rank && indicator.polarity == Polarity::HighIsGood)
}

impl AtlasView {
    /// The people by whom small areas count: those by whom the score that was ranked is averaged, so that its average is the
    /// same everywhere, and none where they have no values; without such a score the first count that accompanies everything.
    pub(crate) fn people_for(
        &self,
        geography: &Geography,
        rank: Measure<'_>,
        score: Option<&Indicator>,
    ) -> Result<Option<Weights>, StoreError> {
        let averaged = self.score_of(rank, score)?.unwrap_or(rank.indicator);
        self.weights_or_people(geography, averaged, rank.period)
    }

    /// The score that was ranked: the one that is named, otherwise that of the index.
    fn score_of<'a>(
        &'a self,
        rank: Measure<'_>,
        named: Option<&'a Indicator>,
    ) -> Result<Option<&'a Indicator>, StoreError> {
        match named {
            Some(score) => Ok(Some(score)),
            None => Ok(self.index_of_deprivation(rank.indicator)?.and_then(|index| index.score)),
        }
    }

    /// The weights that the score that was ranked names, whether they have values for the small areas or not.
    fn weights_named<'a>(&'a self, question: &Question<'a>) -> Result<Option<Measure<'a>>, StoreError> {
        let Question { rank, score, .. } = *question;
        let weight = self.score_of(rank, score.map(|score| score.indicator))?.and_then(|score| score.weight.as_ref());
        Ok(weight.and_then(|weight| {
            let indicator = self.indicator(&weight.indicator)?;
            Some(Measure { indicator, period: weight.period.unwrap_or(rank.period) })
        }))
    }

    /// The summary measures of larger areas and of sets. `None` where the rank is not published for the small areas.
    ///
    /// # Errors
    /// [`NotMeasured`].
    pub fn deprivation(&self, question: &Question<'_>) -> Result<Option<Deprivation>, NotMeasured> {
        let Question { geography, rank, score, of, within, sets } = *question;
        let no_rank = || NotMeasured::NoRank { indicator: rank.indicator.id.clone() };
        let out_of = ranked_of(rank.indicator).ok_or_else(no_rank)?;
        if let Some(score) = score.filter(|score| score.indicator.kind != Kind::Score) {
            let (indicator, kind) = (score.indicator.id.clone(), score.indicator.kind.word());
            return Err(NotMeasured::NoScore { indicator, kind });
        }
        let Some(ranks) = self.column(geography, rank.indicator, rank.period)? else { return Ok(None) };
        let people = self.people_for(geography, rank, score.map(|score| score.indicator))?;
        let scores = match score {
            Some(score) => self.column(geography, score.indicator, score.period)?,
            None => None,
        };
        let small = SmallAreas {
            ranks: &ranks,
            scores: scores.as_deref(),
            people: people.as_ref().map(|people| &*people.column),
            out_of,
        };
        let of_set = |set: &DrawnSet<'_>| {
            let measures = set.members_in(geography).map(|members| small.measures(members));
            SetMeasures { set: set.name().to_owned(), measures: measures.unwrap_or_default() }
        };
        let mut found = Deprivation {
            geography: geography.id.clone(),
            indicator: rank.indicator.id.clone(),
            period: rank.period,
            out_of,
            score: score.map(|score| score.indicator.id.clone()),
            weighted_by: people.as_ref().map(|people| people.words.clone()),
            of: of.map(|of| of.id.clone()),
            within: within.map(|within| within.parameter()),
            areas: of.map_or(Ok(Vec::new()), |of| larger(question, of, &small))?,
            sets: sets.iter().map(of_set).collect(),
            overall: small.measures((0..geography.len()).filter(|position| is_inside(question, geography, *position))),
            sentence: String::new(),
        };
        found.sentence = words::sentence(self, question, self.weights_named(question)?, &found);
        Ok(Some(found))
    }
}

/// Whether an area is one of those that the question is limited to.
fn is_inside(question: &Question<'_>, geography: &Geography, position: usize) -> bool {
    question.within.is_none_or(|within| within.holds(geography, position))
}

/// Every larger area that is asked for with its measures, and its place among them.
fn larger(question: &Question<'_>, of: &Geography, small: &SmallAreas<'_>) -> Result<Vec<AreaMeasures>, NotMeasured> {
    let geography = question.geography;
    let members = geography
        .members_of(of)
        .ok_or_else(|| NotMeasured::NotInside { geography: geography.id.clone(), of: of.id.clone() })?;
    let positions: Vec<usize> = (0..of.len()).filter(|position| is_inside(question, of, *position)).collect();
    let measures = |position: &usize| small.measures(members[*position].iter().map(|member| *member as usize));
    let all: Vec<Measures> = positions.iter().map(measures).collect();
    let by = |measure: fn(&Measures) -> Option<f64>| {
        let values: Numbers = all.iter().map(measure).collect();
        ranks(&values, First::Highest)
    };
    let average_score = by(|own| own.average_score);
    let average_rank = by(|own| own.average_rank);
    let most_deprived_tenth = by(|own| own.most_deprived_tenth);
    let extent = by(|own| own.extent);
    let local_concentration = by(|own| own.local_concentration);
    let area = |(at, (position, measures)): (usize, (&usize, &Measures))| AreaMeasures {
        code: of.areas()[*position].code.clone(),
        name: of.areas()[*position].shown_name().to_owned(),
        measures: *measures,
        ranks: Places {
            average_score: average_score[at],
            average_rank: average_rank[at],
            most_deprived_tenth: most_deprived_tenth[at],
            extent: extent[at],
            local_concentration: local_concentration[at],
        },
    };
    Ok(positions.iter().zip(&all).enumerate().map(area).collect())
}
