//! In which order many areas stand beside each other.

use std::collections::BTreeMap;

use super::Selected;
use crate::catalogue::Indicator;
use crate::period::Period;
use crate::store::StoreError;
use crate::view::AtlasView;

impl AtlasView {
    /// Areas by their ranks in an indicator, the worst first, ties by code; those without a rank come last. Without a period it is the
    /// indicator's newest for each geography.
    ///
    /// # Errors
    /// Where a column cannot be read from its store.
    pub fn worst_first<'a>(
        &self,
        mut areas: Vec<Selected<'a>>,
        indicator: &Indicator,
        period: Option<Period>,
    ) -> Result<Vec<Selected<'a>>, StoreError> {
        let mut ranks: BTreeMap<&str, Vec<Option<u32>>> = BTreeMap::new();
        for Selected { geography, .. } in &areas {
            if ranks.contains_key(geography.id.as_str()) {
                continue;
            }
            let period = period.or_else(|| self.newest_period(geography, indicator));
            let column = self.column_if(geography, indicator, period)?;
            let ranked = period.zip(column).map(|(period, column)| {
                self.ranked(geography, indicator, period, &column.values, None).map(|rank| rank.values)
            });
            ranks.insert(&geography.id, ranked.transpose()?.unwrap_or_default());
        }
        let rank = |area: &Selected<'_>| ranks.get(area.geography.id.as_str())?.get(area.position).copied().flatten();
        areas.sort_by_key(|area| (rank(area).unwrap_or(u32::MAX), area.position));
        Ok(areas)
    }
}
