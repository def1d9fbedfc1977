//! Which indicators are one index of deprivation: a rank of small areas, the score that was ranked, and its deciles.

use std::sync::OnceLock;

use super::ranked_of;
use crate::catalogue::Indicator;
use crate::column::number_at;
use crate::geography::Geography;
use crate::manifest::{Kind, Polarity};
use crate::period::Period;
use crate::store::StoreError;
use crate::view::AtlasView;

/// Fewer areas may be in the same order by chance.
const LEAST_AREAS: usize = 10;

/// So many areas are looked at before all are.
const FEW_AREAS: usize = 256;

/// An index of deprivation.
#[derive(Debug, Clone, Copy)]
pub struct Index<'a> {
    /// The small areas that were ranked.
    pub geography: &'a Geography,
    /// Their ranks in the country.
    pub rank: &'a Indicator,
    /// The score that was ranked, where it is published beside them.
    pub score: Option<&'a Indicator>,
}

/// The indices of an edition, once they have been looked for.
pub(crate) type KeptIndices = OnceLock<Vec<FoundIndex>>;

/// An index by the positions of what it is made of in the edition.
#[derive(Debug)]
pub(crate) struct FoundIndex {
    geography: usize,
    rank: usize,
    score: Option<usize>,
}

impl Index<'_> {
    /// Whether an indicator is the rank, the score, or the deciles that one of them orders.
    pub fn holds(&self, indicator: &Indicator) -> bool {
        let is_own = |id: &str| self.rank.id == id || self.score.is_some_and(|score| score.id == id);
        is_own(&indicator.id) || (indicator.kind == Kind::Decile && indicator.ordered_by.as_deref().is_some_and(is_own))
    }
}

impl AtlasView {
    /// The indices of deprivation of the atlas, by their ranks: those with `out_of` of which 1 is the worst. A score belongs to the rank
    /// that puts the small areas into the same order. They are found once for an edition.
    ///
    /// # Errors
    /// Where a column cannot be read from its store.
    pub fn indices_of_deprivation(&self) -> Result<Vec<Index<'_>>, StoreError> {
        let kept = self.kept_indices();
        let found = match kept.get() {
            Some(found) => found,
            None => {
                let found = self.find_indices()?;
                kept.get_or_init(|| found)
            }
        };
        let (geographies, indicators) = (self.geographies(), self.indicators());
        let index = |found: &FoundIndex| {
            Some(Index {
                geography: geographies.get(found.geography)?,
                rank: indicators.get(found.rank)?,
                score: found.score.and_then(|score| indicators.get(score)),
            })
        };
        Ok(found.iter().filter_map(index).collect())
    }

    /// The index of deprivation that an indicator belongs to.
    ///
    /// # Errors
    /// Where a column cannot be read from its store.
    pub fn index_of_deprivation(&self, indicator: &Indicator) -> Result<Option<Index<'_>>, StoreError> {
        if !matches!(indicator.kind, Kind::Rank | Kind::Decile | Kind::Score) {
            return Ok(None);
        }
        Ok(self.indices_of_deprivation()?.into_iter().find(|index| index.holds(indicator)))
    }

    fn find_indices(&self) -> Result<Vec<FoundIndex>, StoreError> {
        let ranks = self.indicators().iter().enumerate().filter(|(_, own)| ranked_of(own).is_some());
        let index = |(rank, own)| {
            let Some((geography, period)) = self.ranked_areas(own) else { return Ok(None) };
            Ok(Some(FoundIndex {
                geography,
                rank,
                score: self.score_behind(&self.geographies()[geography], own, period)?,
            }))
        };
        ranks.filter_map(|rank| index(rank).transpose()).collect()
    }

    /// The smallest areas that have a rank, by their geography's position, and its newest period.
    fn ranked_areas(&self, rank: &Indicator) -> Option<(usize, Period)> {
        let geographies = self.geographies();
        let published =
            geographies.iter().enumerate().filter_map(|(at, own)| Some((at, self.newest_period(own, rank)?)));
        published.max_by_key(|(at, _)| geographies[*at].len())
    }

    /// The first score that puts areas into the order of their ranks, by its position.
    fn score_behind(
        &self,
        geography: &Geography,
        rank: &Indicator,
        period: Period,
    ) -> Result<Option<usize>, StoreError> {
        let Some(ranks) = self.column(geography, rank, period)? else { return Ok(None) };
        let is_score = |own: &Indicator| own.kind == Kind::Score && own.polarity == Polarity::HighIsBad;
        for (at, score) in self.indicators().iter().enumerate().filter(|(_, own)| is_score(own)) {
            let Some(column) = self.column(geography, score, period)? else { continue };
            let both = |position| {
                Some((number_at(Some(&ranks.values), position)?, number_at(Some(&column.values), position)?))
            };
            let areas = || (0..geography.len()).filter_map(both);
            // Nearly all that are in another order are so among the first few already.
            if is_falling(&sorted(areas().take(FEW_AREAS))) && is_in_order(&sorted(areas())) {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }
}

/// Ranks with their scores, in the order of the ranks.
fn sorted(areas: impl Iterator<Item = (f64, f64)>) -> Vec<(f64, f64)> {
    let mut ranked: Vec<(f64, f64)> = areas.collect();
    ranked.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    ranked
}

/// Whether scores never rise from a rank to the next.
fn is_falling(ranked: &[(f64, f64)]) -> bool {
    ranked.is_sorted_by(|(_, one), (_, other)| one >= other)
}

/// Whether scores fall with the ranks, in so many areas that it is no chance.
fn is_in_order(ranked: &[(f64, f64)]) -> bool {
    let ends = ranked.first().zip(ranked.last());
    ranked.len() >= LEAST_AREAS && is_falling(ranked) && ends.is_some_and(|((_, worst), (_, best))| worst > best)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_was_ranked_where_it_never_rises_with_the_rank() {
        let scores = |score: fn(usize) -> f64| sorted((1..=12).rev().map(|rank| (rank as f64, score(rank))));
        assert!(is_in_order(&scores(|rank| 50.0 - rank as f64)));
        assert!(is_in_order(&scores(|rank| if rank < 3 { 9.0 } else { 5.0 })), "scores may tie");
        assert!(!is_in_order(&scores(|rank| rank as f64)), "the other way round");
        assert!(!is_in_order(&scores(|rank| if rank == 5 { 0.0 } else { 50.0 - rank as f64 })));
        assert!(!is_in_order(&scores(|_| 1.0)), "the same everywhere orders nothing");
        assert!(!is_in_order(&[(1.0, 9.0), (2.0, 8.0)]), "so few may be in order by chance");
    }
}
