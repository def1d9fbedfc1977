//! Deciles as people read them: in words, and in an order within each.

use tessera_stats::rank::{First, ranks};

use crate::catalogue::Indicator;
use crate::classes::{Rank, Within, first};
use crate::column::{Column, Numbers};
use crate::geography::Geography;
use crate::manifest::{Kind, Polarity};
use crate::period::Period;
use crate::store::StoreError;
use crate::view::AtlasView;
use crate::words::isolated;

/// How many parts a decile is one of.
const TENTHS: u32 = 10;

impl Indicator {
    /// What the low end and the high end are called: "least deprived" and "most deprived", or plainly "lowest" and
    /// "highest".
    pub fn ends(&self) -> (&str, &str) {
        let (worst, best) = (self.worst.as_ref().map(|words| words.en()), self.best.as_ref().map(|words| words.en()));
        match self.polarity {
            Polarity::HighIsBad => (best.unwrap_or("lowest"), worst.unwrap_or("highest")),
            Polarity::HighIsGood => (worst.unwrap_or("lowest"), best.unwrap_or("highest")),
            Polarity::Neutral => ("lowest", "highest"),
        }
    }

    /// What both ends are called in the order of the ranks: the worst first, the highest where neither end is bad.
    pub fn ends_by_rank(&self) -> (&str, &str) {
        let (low, high) = self.ends();
        if self.polarity == Polarity::HighIsGood { (low, high) } else { (high, low) }
    }

    /// A decile in words: "in the most deprived 10% of areas in England". `None` for what is no decile, or has no names for its
    /// ends.
    pub fn tenth_in_words(&self, value: f64) -> Option<String> {
        if self.kind != Kind::Decile || (self.worst.is_none() && self.best.is_none()) {
            return None;
        }
        let tenth = (1..=TENTHS).find(|tenth| f64::from(*tenth) == value)?;
        Some(in_words(tenth, self.ends(), self.among.as_ref().map_or("areas", |among| among.en())))
    }
}

/// Counts from the nearer end.
fn in_words(tenth: u32, (low, high): (&str, &str), among: &str) -> String {
    let (end, tenths) = if tenth <= TENTHS / 2 { (low, tenth) } else { (high, TENTHS + 1 - tenth) };
    format!("in the {} {}% of {}", isolated(end), tenths * 100 / TENTHS, isolated(among))
}

impl AtlasView {
    /// Ranks the areas of a geography: by their values, already limited to `within`; deciles by what puts the areas of one
    /// in order, where the publisher names it and it is published here.
    ///
    /// # Errors
    /// Where a column cannot be read from its store.
    pub(crate) fn ranked(
        &self,
        geography: &Geography,
        indicator: &Indicator,
        period: Period,
        values: &Numbers,
        within: Option<Within<'_>>,
    ) -> Result<Rank, StoreError> {
        let mut rank = self.rank(indicator, values, within);
        if let Some((values, first)) = self.order_of(geography, indicator, period, values)? {
            rank.values = ranks(&values, first);
            rank.n = rank.values.iter().flatten().count();
        }
        Ok(rank)
    }

    /// By which other values areas are put in order, and which end is first; `None` where it is their own.
    ///
    /// # Errors
    /// Where a column cannot be read from its store.
    pub(crate) fn order_of(
        &self,
        geography: &Geography,
        indicator: &Indicator,
        period: Period,
        values: &Numbers,
    ) -> Result<Option<(Numbers, First)>, StoreError> {
        let Some(order) = indicator.ordered_by.as_ref().and_then(|id| self.indicator(id)) else { return Ok(None) };
        let column = self.column(geography, order, period)?;
        let ordering = |other: &Column| values.iter().zip(&other.values).map(|(own, order)| own.and(*order)).collect();
        Ok(column.map(|column| (ordering(&column), first(order))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decile_counts_from_the_nearer_end() {
        let words = |tenth| in_words(tenth, ("most deprived", "least deprived"), "areas in England");
        assert_eq!(words(1), "in the most deprived 10% of areas in England");
        assert_eq!(words(5), "in the most deprived 50% of areas in England");
        assert_eq!(words(6), "in the least deprived 50% of areas in England");
        assert_eq!(words(10), "in the least deprived 10% of areas in England");
    }
}
