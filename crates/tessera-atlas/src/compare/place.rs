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
    /// already, among fewer than ten, and where the areas that share its rank reach into another tenth.
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
        // A tenth says something that the value itself does not.
        let in_tenths = self.indicator.polarity != Polarity::Neutral && self.indicator.published_classes().is_none();
        Some(RankOf {
            rank: standing.rank(first),
            n: standing.n(),
            first: first_word(self.indicator),
            scope: self.scope.clone(),
            words: self.words(first, standing),
            tenth: if in_tenths { tenth(standing, first) } else { None },
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

/// The tenth in which an area is with all that share its rank: of those that reach into another nobody can say which are in it.
fn tenth(standing: Standing, first: First) -> Option<u32> {
    const TENTHS: u32 = 10;
    let n = u32::try_from(standing.n()).ok()?;
    let after = standing.rank(first.opposite()).checked_sub(1)?;
    let tenth = deprivation_quantile(standing.rank(first), n, TENTHS);
    tenth.filter(|tenth| deprivation_quantile(n - after, n, TENTHS) == Some(*tenth))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_that_share_a_rank_are_in_a_tenth_together_or_in_none() {
        let tenth_of = |value: f64, values: &[f64]| {
            let values: Vec<Option<f64>> = values.iter().copied().map(Some).collect();
            tenth(Standing::of(value, &values), First::Lowest)
        };
        // 15 of 20 areas have no surgery: three in four are not the worst tenth.
        let surgeries = [vec![0.0; 15], vec![1.0, 2.0, 3.0, 4.0, 5.0]].concat();
        assert_eq!([0.0, 1.0, 5.0].map(|value| tenth_of(value, &surgeries)), [None, Some(8), Some(10)]);
        assert_eq!(tenth_of(1.0, &[1.0; 20]), None, "they are all the same");
        let two = [vec![0.0; 2], (1..=18).map(f64::from).collect()].concat();
        assert_eq!(tenth_of(0.0, &two), Some(1), "two of 20 are a tenth");
    }
}
