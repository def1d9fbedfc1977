//! Areas by kinds that have names instead of bounds: what a map shows where its colours are no classes of values.

use serde::Serialize;
use utoipa::ToSchema;

use crate::classes::PeopleInClasses;
use crate::geography::Geography;
use crate::store::StoreError;
use crate::view::AtlasView;

/// The kinds of a legend in its order, and which of them each area is of. The lists that speak of kinds are in the order of
/// `names`, those that speak of areas in the fixed order of the geography.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Kinds {
    /// What the kinds are called.
    pub names: Vec<&'static str>,
    /// Areas of each kind.
    pub counts: Vec<usize>,
    /// People in areas of each kind.
    pub people: Vec<PeopleInClasses>,
    /// Each area's kind, by its place among the names, counted from 0; `None` where the area has no value, or is not asked for.
    pub classes: Vec<Option<u32>>,
}

impl AtlasView {
    /// Areas by the names of their kinds; a name that is none of the legend's leaves an area without a kind.
    ///
    /// # Errors
    /// Where a column of people cannot be read from its store.
    pub(crate) fn kinds(
        &self,
        geography: &Geography,
        legend: Vec<&'static str>,
        of_areas: &[Option<&'static str>],
    ) -> Result<Kinds, StoreError> {
        let place =
            |name: &&'static str| legend.iter().zip(0u32..).find(|(own, _)| *own == name).map(|(_, place)| place);
        let classes: Vec<Option<u32>> = of_areas.iter().map(|name| name.as_ref().and_then(place)).collect();
        let count = |name: &&'static str| of_areas.iter().flatten().filter(|own| *own == name).count();
        Ok(Kinds {
            counts: legend.iter().map(count).collect(),
            people: self.people_in_classes(geography, &classes, legend.len())?,
            classes,
            names: legend,
        })
    }
}
