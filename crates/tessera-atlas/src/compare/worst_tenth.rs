//! How many of several areas are in the decile at the worse end: what there is to say of a decile of several areas, for
//! deciles are not averaged.

use serde::Serialize;
use utoipa::ToSchema;

use super::Selected;
use crate::catalogue::Indicator;
use crate::geography::Geography;
use crate::manifest::{Kind, Polarity};
use crate::period::Period;
use crate::store::StoreError;
use crate::view::AtlasView;
use crate::words::count;

/// How many of several areas are in the worst tenth by a decile.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WorstTenth {
    /// The decile's id.
    pub indicator: String,
    /// Its period.
    #[schema(value_type = String)]
    pub period: Period,
    /// Which decile is the worst: 1, or 10 where high is bad. Without a polarity 1.
    pub decile: u8,
    /// How many of the areas are in it.
    pub areas: usize,
    /// How many of them are in any.
    pub of: usize,
    /// "5 of the 8 are in the most deprived 10% of areas in England"
    pub words: String,
    /// How many areas they are with those that are in no decile.
    #[serde(skip)]
    pub(crate) all: usize,
}

impl WorstTenth {
    /// "in the most deprived 10% of areas in England", or "in decile 1" where its ends have no names.
    pub(crate) fn place(&self, indicator: &Indicator) -> String {
        place(indicator, self.decile)
    }

    /// "5 of the 8", or "5 of the 7 with a decile".
    pub(super) fn share(&self) -> String {
        share(self.areas, self.of, self.all)
    }
}

fn place(indicator: &Indicator, decile: u8) -> String {
    indicator.tenth_in_words(f64::from(decile)).unwrap_or_else(|| format!("in decile {decile}"))
}

impl AtlasView {
    /// The same for the areas of a geography that lie in a larger area, or for all of them; `None` also where none lies in it.
    ///
    /// # Errors
    /// Where the column cannot be read from its store.
    pub(super) fn worst_tenth_around(
        &self,
        geography: &Geography,
        around: Option<Selected<'_>>,
        indicator: &Indicator,
        period: Period,
    ) -> Result<Option<WorstTenth>, StoreError> {
        if indicator.kind != Kind::Decile {
            return Ok(None);
        }
        let lies_in = |position: &usize| {
            around.is_none_or(|around| geography.lies_in(*position, around.geography, around.position))
        };
        let positions: Vec<usize> = (0..geography.len()).filter(lies_in).collect();
        self.worst_tenth(geography, &positions, indicator, period)
    }

    /// How many of the areas at `positions` are in the worst tenth; `None` for what is no decile, of one area, and where none of them is in
    /// one.
    ///
    /// # Errors
    /// Where the column cannot be read from its store.
    pub fn worst_tenth(
        &self,
        geography: &Geography,
        positions: &[usize],
        indicator: &Indicator,
        period: Period,
    ) -> Result<Option<WorstTenth>, StoreError> {
        if indicator.kind != Kind::Decile || positions.len() < 2 {
            return Ok(None);
        }
        let Some(column) = self.column(geography, indicator, period)? else { return Ok(None) };
        let decile = if indicator.polarity == Polarity::HighIsBad { 10 } else { 1 };
        let own = positions.iter().filter_map(|position| column.values.get(*position).copied().flatten());
        let own: Vec<f64> = own.collect();
        let areas = own.iter().filter(|value| **value == f64::from(decile)).count();
        Ok((!own.is_empty()).then(|| WorstTenth {
            indicator: indicator.id.clone(),
            period,
            decile,
            areas,
            of: own.len(),
            words: in_words(areas, own.len(), positions.len(), &place(indicator, decile)),
            all: positions.len(),
        }))
    }
}

/// "5 of the 8 are in the most deprived 10% of areas in England"
fn in_words(areas: usize, of: usize, all: usize, place: &str) -> String {
    if of == 1 {
        let is = if areas == 1 { "is" } else { "is not" };
        return format!("the one area with a decile {is} {place}");
    }
    let verb = if areas == 1 { "is" } else { "are" };
    format!("{} {verb} {place}", share(areas, of, all))
}

fn share(areas: usize, of: usize, all: usize) -> String {
    let with_decile = if of < all { " with a decile" } else { "" };
    if of == 1 {
        return format!("{} of 1{with_decile}", count(areas));
    }
    format!("{} of the {}{with_decile}", count(areas), count(of))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_without_a_decile_are_not_counted_and_it_is_said() {
        let place = "in the most deprived 10% of areas";
        assert_eq!(in_words(5, 8, 8, place), "5 of the 8 are in the most deprived 10% of areas");
        assert_eq!(in_words(1, 7, 8, place), "1 of the 7 with a decile is in the most deprived 10% of areas");
        assert_eq!(in_words(0, 2, 2, place), "0 of the 2 are in the most deprived 10% of areas");
        assert_eq!(in_words(0, 1, 2, place), "the one area with a decile is not in the most deprived 10% of areas");
        assert_eq!(in_words(1, 1, 2, place), "the one area with a decile is in the most deprived 10% of areas");
    }
}
