//! Indicators that the manifest declares to be the parts of another.

use super::super::Raw;
use super::super::quantities::{Quantities, counted};
use super::{How, Relation};

pub(super) fn relations(raw: &Raw<'_>, quantities: &Quantities<'_>) -> Vec<Relation> {
    let mut relations = Vec::new();
    for breakdown in raw.breakdowns {
        let position = |id: &String| raw.indicators.position(id);
        let Some(total) = position(&breakdown.value.total) else { continue };
        let Some(parts) = breakdown.value.parts.iter().map(position).collect::<Option<Vec<usize>>>() else { continue };
        for (geography, period, _) in raw.columns.of_indicator(total) {
            let at = |indicator: usize| {
                quantities.at((geography, indicator, period), counted(&raw.indicators.public[indicator]))
            };
            if let (Some(total), Some(parts)) = (at(total), parts.iter().map(|part| at(*part)).collect()) {
                relations.push(Relation { total, parts, how: How::Sum });
            }
        }
    }
    relations
}
