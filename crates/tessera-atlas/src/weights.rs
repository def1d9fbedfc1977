//! By what a mean of areas is weighted.

use std::sync::Arc;

use crate::catalogue::Indicator;
use crate::column::Column;
use crate::geography::Geography;
use crate::period::Period;
use crate::store::StoreError;
use crate::view::AtlasView;

/// The weights of a weighted mean.
pub(crate) struct Weights {
    /// Each area's.
    pub(crate) column: Arc<Column>,
    /// What they are: "Residents, 2011".
    pub(crate) words: String,
}

impl Weights {
    fn new(indicator: &Indicator, period: Period, column: Arc<Column>) -> Weights {
        Weights { column, words: format!("{}, {}", indicator.short.en(), period.words()) }
    }
}

impl AtlasView {
    /// The weights by which an indicator is averaged over areas of a geography; `None` where it is not, or they are not
    /// published for these areas.
    pub(crate) fn weights(
        &self,
        geography: &Geography,
        indicator: &Indicator,
        period: Period,
    ) -> Result<Option<Weights>, StoreError> {
        let Some(reference) = &indicator.weight else { return Ok(None) };
        let Some(weight) = self.indicator(&reference.indicator) else { return Ok(None) };
        let period = reference.period.unwrap_or(period);
        Ok(self.column(geography, weight, period)?.map(|column| Weights::new(weight, period, column)))
    }

    /// By what areas count when they are put together by an indicator: by the `weight` that it names, which nothing stands in for where it
    /// has no values, and by the people of the atlas where it names none.
    pub(crate) fn weights_or_people(
        &self,
        geography: &Geography,
        indicator: &Indicator,
        period: Period,
    ) -> Result<Option<Weights>, StoreError> {
        match indicator.weight {
            Some(_) => self.weights(geography, indicator, period),
            None => self.weights_by_people(geography),
        }
    }

    /// The people of a geography's areas: the newest of the first count that accompanies everything.
    pub(crate) fn weights_by_people(&self, geography: &Geography) -> Result<Option<Weights>, StoreError> {
        let people = self.people(geography)?.into_iter().next();
        Ok(people.map(|people| Weights::new(people.indicator, people.period, people.column)))
    }
}
