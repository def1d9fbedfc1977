//! An area's place among the others of its geography.

use std::sync::Arc;

use serde::Serialize;
use tessera_stats::rank::{First, InOrder, Standing, deprivation_quantile};
use utoipa::ToSchema;

use crate::catalogue::Indicator;
use crate::classes::{first, first_word};
use crate::column::{Column, Numbers, number_at};
use crate::geography::Geography;
use crate::manifest::{Kind, Polarity};
use crate::period::Period;
use crate::store::StoreError;
use crate::view::AtlasView;
use crate::words;

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
    /// "3rd highest of 1,388 in West Yorkshire", counted from the nearer end: "2nd lowest of 1,388 …"
    pub words: String,
    /// The tenth of these areas that it is in, 1 the worst; `None` where neither end is bad, for what is in classes
    /// already, and among fewer than ten.
    pub tenth: Option<u32>,
    /// The percentage of these areas with a lower value, those of the same value counting half.
    pub percentile: Option<f64>,
}

/// For more areas than these, values are put in order; for fewer, a pass over them for each is sooner done.
const FEW: usize = 32;

/// What places among the areas of a geography are found by.
pub(super) struct Places<'a> {
    indicator: &'a Indicator,
    column: Arc<Column>,
    /// What puts the areas in order, where it is not their values.
    order: Option<(Numbers, First)>,
    /// The values, and what puts the areas in order, where many places are asked for.
    sorted: Option<(InOrder, Option<InOrder>)>,
    scope: String,
}

impl Places<'_> {
    /// The place of the area at a position, where it has one.
    pub(super) fn of(&self, position: usize) -> Option<RankOf> {
        const TENTHS: u32 = 10;
        // Categories have names and no order.
        if self.indicator.kind == Kind::Category {
            return None;
        }
        let value = number_at(Some(&self.column.values), position);
        let by_value = value.map(|value| match &self.sorted {
            Some((values, _)) => values.standing(value),
            None => Standing::of(value, &self.column.values),
        });
        let (standing, first) = match &self.order {
            None => (by_value?, first(self.indicator)),
            Some((order, first)) => {
                let place = number_at(Some(order), position)?;
                let sorted = self.sorted.as_ref().and_then(|(_, order)| order.as_ref());
                (sorted.map_or_else(|| Standing::of(place, order), |sorted| sorted.standing(place)), *first)
            }
        };
        let (rank, n) = (standing.rank(first), u32::try_from(standing.n()).ok()?);
        // A tenth says something that the value itself does not.
        let in_tenths = self.indicator.polarity != Polarity::Neutral && self.indicator.published_classes().is_none();
        Some(RankOf {
            rank,
            n: standing.n(),
            first: first_word(self.indicator),
            scope: self.scope.clone(),
            words: self.words(first, standing),
            tenth: if in_tenths { deprivation_quantile(rank, n, TENTHS) } else { None },
            percentile: by_value.map(|standing| standing.percentile()),
        })
    }

    /// "3rd highest of 1,388 in West Yorkshire", or "joint 3rd highest …" where others share the rank. Counts from the nearer
    /// end: "2nd lowest of 1,388 …".
    fn words(&self, first: First, standing: Standing) -> String {
        let (worst, best) = self.indicator.ends_by_rank();
        let (from_first, from_last) = (standing.rank(first), standing.rank(first.opposite()));
        let (rank, called) = if from_last < from_first { (from_last, best) } else { (from_first, worst) };
        let joint = if standing.equal > 1 { "joint " } else { "" };
        let place = if rank == 1 { called.to_owned() } else { format!("{} {called}", words::ordinal(rank)) };
        format!("{joint}{place} of {} in {}", words::count(standing.n()), words::isolated(&self.scope))
    }
}

impl AtlasView {
    /// What the places of so many areas among those of their geography are found by.
    ///
    /// # Errors
    /// Where a column cannot be read from its store.
    pub(super) fn places<'a>(
        &self,
        geography: &Geography,
        indicator: &'a Indicator,
        period: Option<Period>,
        column: &Arc<Column>,
        asked: usize,
    ) -> Result<Places<'a>, StoreError> {
        let order = period.map_or(Ok(None), |period| self.order_of(geography, indicator, period, &column.values))?;
        let sorted = (asked > FEW).then(|| {
            let order = order.as_ref().map(|(order, _)| InOrder::of(order));
            (InOrder::of(&column.values), order)
        });
        Ok(Places { indicator, column: column.clone(), order, sorted, scope: self.scope_name(None) })
    }
}
