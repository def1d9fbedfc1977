//! Indicators that the manifest declares to be the parts of another.

use std::collections::BTreeSet;

use super::super::Raw;
use super::super::quantities::{Quantities, counted};
use super::{How, Relation};
use crate::manifest::Field;

/// Holds what is counted of a total against what is counted of its parts; and the denominators where they add up as well: all
/// people are women and men, but all households are not those that own and once more those that rent.
pub(super) fn relations(raw: &Raw<'_>, quantities: &Quantities<'_>) -> Vec<Relation> {
    let mut found: Vec<(usize, Vec<usize>)> = Vec::new();
    for breakdown in raw.breakdowns {
        let position = |id: &String| raw.indicators.position(id);
        let Some(total) = position(&breakdown.value.total) else { continue };
        let Some(parts) = breakdown.value.parts.iter().map(position).collect::<Option<Vec<usize>>>() else { continue };
        for (geography, period, _) in raw.columns.of_indicator(total) {
            let in_field = |field: &dyn Fn(usize) -> Field| {
                let at = |indicator: usize| quantities.at((geography, indicator, period), field(indicator));
                Some((at(total)?, parts.iter().map(|part| at(*part)).collect::<Option<Vec<usize>>>()?))
            };
            found.extend(in_field(&|indicator| counted(&raw.indicators.public[indicator])));
            let below = in_field(&|_| Field::Denominator);
            found.extend(below.filter(|(total, parts)| adds_up(quantities, *total, parts)));
        }
    }
    // One denominator may be that of several.
    let mut seen = BTreeSet::new();
    found.retain(|sum| seen.insert(sum.clone()));
    found.into_iter().map(|(total, parts)| Relation { total, parts, how: How::Sum }).collect()
}

/// Whether the parts make up the total in most areas.
fn adds_up(quantities: &Quantities<'_>, total: usize, parts: &[usize]) -> bool {
    let fits = |area: usize| {
        let whole = quantities.all[total].number(area).filter(|whole| *whole > 0.0)?;
        let sum = parts.iter().map(|part| quantities.all[*part].number(area)).sum::<Option<f64>>()?;
        Some((whole - sum).abs() < 0.5)
    };
    let (mut agreeing, mut compared) = (0, 0);
    for fits in (0..quantities.all[total].numbers.len()).filter_map(fits) {
        (agreeing, compared) = (agreeing + usize::from(fits), compared + 1);
    }
    compared > 0 && agreeing * 2 >= compared
}
