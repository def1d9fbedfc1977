//! An area's place among the others of its geography.

use serde::Serialize;
use tessera_stats::rank::{deprivation_quantile, percentiles};
use utoipa::ToSchema;

use crate::catalogue::Indicator;
use crate::classes::Rank;
use crate::column::{Numbers, number_at};
use crate::geography::Geography;
use crate::manifest::Polarity;
use crate::period::Period;
use crate::store::StoreError;
use crate::view::AtlasView;

/// One area's rank.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RankOf {
    /// The rank.
    pub rank: u32,
    /// Among how many.
    pub n: usize,
    /// Which end has rank 1.
    pub first: &'static str,
    /// Among which areas.
    pub scope: String,
    /// "3rd highest of 1,388 in West Yorkshire"
    pub words: String,
    /// The tenth of these areas that it is in, 1 the worst; `None` where neither end is bad, for what is in classes
    /// already, and among fewer than ten.
    pub tenth: Option<u32>,
    /// The percentage of these areas with a lower value, those of the same value counting half.
    pub percentile: Option<f64>,
}

/// The places of the areas of a geography among each other.
pub(super) struct Places {
    rank: Rank,
    percentiles: Numbers,
    /// Whether a tenth says something that the value itself does not.
    in_tenths: bool,
}

impl Places {
    /// The place of the area at a position, where it has one.
    pub(super) fn of(&self, position: usize) -> Option<RankOf> {
        const TENTHS: u32 = 10;
        let rank = self.rank.values.get(position).copied().flatten()?;
        let n = u32::try_from(self.rank.n).ok()?;
        Some(RankOf {
            rank,
            n: self.rank.n,
            first: self.rank.first,
            scope: self.rank.scope.clone(),
            words: self.rank.words(position)?,
            tenth: if self.in_tenths { deprivation_quantile(rank, n, TENTHS) } else { None },
            percentile: number_at(Some(&self.percentiles), position),
        })
    }
}

impl AtlasView {
    /// The places of all areas of a geography by their values.
    ///
    /// # Errors
    /// Where a column cannot be read from its store.
    pub(super) fn places(
        &self,
        geography: &Geography,
        indicator: &Indicator,
        period: Option<Period>,
        values: &Numbers,
    ) -> Result<Places, StoreError> {
        let rank = match period {
            Some(period) => self.ranked(geography, indicator, period, values, None)?,
            None => self.rank(indicator, values, None),
        };
        let in_tenths = indicator.polarity != Polarity::Neutral && indicator.published_classes().is_none();
        Ok(Places { rank, percentiles: percentiles(values), in_tenths })
    }
}
