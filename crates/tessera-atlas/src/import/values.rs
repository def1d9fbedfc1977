//! From raw columns to published ones: what is supplied, what follows from parts, what larger areas add up to.

use super::aggregate::{Adding, aggregate};
use super::indicators::{Indicators, computing_order};
use super::tables::{ColumnKey, RawColumn};
use crate::catalogue::{Indicator, Reference};
use crate::cell::{Cell, Status};
use crate::column::{Column, Numbers, Origin};
use crate::edition::Columns;
use crate::geography::Geography;
use crate::manifest::{Field, Kind, Manifest};
use crate::period::{Period, newest};
use crate::problem::{Problem, Problems};
use std::collections::BTreeMap;

/// Turns everything that the tables say into the columns of an edition.
pub(super) fn publish(
    raw: BTreeMap<ColumnKey, RawColumn>,
    indicators: &Indicators,
    geographies: &[Geography],
    manifest: &Manifest,
    problems: &mut Problems,
) -> Columns {
    let mut publisher =
        Publisher { indicators: &indicators.public, geographies, columns: Columns::default(), people: None };
    let people = manifest.atlas.people.first().and_then(|id| indicators.position(id));
    // People first: by them the coverage of everything else is measured.
    let order = people
        .into_iter()
        .chain(computing_order(&indicators.public).into_iter().filter(|position| Some(*position) != people));
    for indicator in order {
        for (key, raw) in raw.iter().filter(|(key, _)| key.indicator == indicator) {
            let column = publisher.column(key, raw, problems);
            publisher.columns.insert(key.geography, indicator, key.period, column);
        }
        publisher.add_up(indicator);
        publisher.people = people;
    }
    publisher.columns
}

struct Publisher<'a> {
    indicators: &'a [Indicator],
    geographies: &'a [Geography],
    columns: Columns,
    people: Option<usize>,
}

impl Publisher<'_> {
    /// One column as its tables give it.
    fn column(&self, key: &ColumnKey, raw: &RawColumn, problems: &mut Problems) -> Column {
        let indicator = &self.indicators[key.indicator];
        let count = self.geographies[key.geography].len();
        let numerator = raw.fields.get(&Field::Numerator).cloned();
        let own_denominator = raw.fields.get(&Field::Denominator).cloned();
        let denominator = own_denominator.or_else(|| {
            numerator.as_ref()?;
            self.referred(indicator.denominator.as_ref()?, key)
        });
        let mut column = Column::of_values(vec![None; count], Origin::Supplied);
        column.status.clear();
        let mut computed = false;
        for position in 0..count {
            let reason = raw.values.get(position).map(|cell| cell.status.clone()).unwrap_or_default();
            let cell = if raw.is_supplied(position) {
                raw.values.get(position).cloned().unwrap_or_default()
            } else {
                let at = |numbers: &Option<Numbers>| {
                    numbers.as_ref().and_then(|numbers| numbers.get(position).copied().flatten())
                };
                let cell = divide(at(&numerator), at(&denominator), indicator.per, reason);
                computed |= cell.value.is_some();
                cell
            };
            column.values[position] = cell.value;
            if !cell.status.is_empty()
                && let Ok(position) = u32::try_from(position)
            {
                column.status.insert(position, cell.status);
            }
        }
        if computed {
            column.origin = Origin::Computed;
        }
        if !column.has_values() && numerator.is_some() && denominator.is_none() {
            problems.push(no_denominator(indicator, key, self.geographies));
        }
        column.numerator = numerator;
        column.denominator = denominator;
        column.lower = raw.fields.get(&Field::Lower).cloned();
        column.upper = raw.fields.get(&Field::Upper).cloned();
        column.explain_missing();
        check_published_classes(indicator, key, &column, self.geographies, problems);
        column
    }

    /// The values of another indicator for the same areas.
    fn referred(&self, reference: &Reference, key: &ColumnKey) -> Option<Numbers> {
        let indicator = self.indicators.iter().position(|indicator| indicator.id == reference.indicator)?;
        let period = reference.period.unwrap_or(key.period);
        self.columns.get(key.geography, indicator, period).map(|column| column.values.clone())
    }

    /// Adds an indicator up to every larger geography that has no values of its own, and to the whole atlas.
    fn add_up(&mut self, indicator: usize) {
        let mut bases: Vec<usize> =
            (0..self.geographies.len()).filter(|base| self.columns.has(*base, indicator)).collect();
        bases.sort_by_key(|base| std::cmp::Reverse(self.geographies[*base].len()));
        let mut made = Vec::new();
        for base in &bases {
            for parents in &self.geographies[*base].parents {
                let Some(parent) = self.geographies.iter().position(|geography| geography.id == parents.geography)
                else {
                    continue;
                };
                if self.columns.has(parent, indicator) || made.iter().any(|(other, _, _)| *other == parent) {
                    continue;
                }
                let count = self.geographies[parent].len();
                for (period, column) in self.added_up(*base, indicator, &parents.of, count) {
                    made.push((parent, period, column));
                }
            }
        }
        for (parent, period, column) in made {
            self.columns.insert(parent, indicator, period, column);
        }
        if let Some(base) = bases.first() {
            let everywhere = vec![Some(0); self.geographies[*base].len()];
            for (period, column) in self.added_up(*base, indicator, &everywhere, 1) {
                self.columns.insert_overall(indicator, period, column);
            }
        }
    }

    fn added_up(
        &self,
        base: usize,
        position: usize,
        parent_of: &[Option<u32>],
        parents: usize,
    ) -> Vec<(Period, Column)> {
        let indicator = &self.indicators[position];
        let people = self.people.and_then(|people| {
            let newest = newest(self.columns.periods(base, people))?;
            self.columns.get(base, people, newest).map(|column| &column.values)
        });
        let periods = self.columns.periods(base, position);
        let add = |period: Period| {
            let key = ColumnKey { geography: base, indicator: position, period };
            let weights = indicator.weight.as_ref().and_then(|weight| self.referred(weight, &key));
            let adding = Adding { rule: indicator.aggregate, per: indicator.per, weights: weights.as_ref(), people };
            let column = aggregate(self.columns.get(base, position, period)?, &adding, parent_of, parents)?;
            column.has_values().then_some((period, column))
        };
        periods.into_iter().filter_map(add).collect()
    }
}

/// numerator / denominator × per, or the reason why not.
fn divide(numerator: Option<f64>, denominator: Option<f64>, per: f64, reason: Vec<Status>) -> Cell {
    match (numerator, denominator) {
        (Some(_), Some(0.0)) => Cell { value: None, status: vec![Status::NotApplicable] },
        (Some(numerator), Some(denominator)) => Cell { value: Some(numerator / denominator * per), status: Vec::new() },
        _ => Cell { value: None, status: reason },
    }
}

fn no_denominator(indicator: &Indicator, key: &ColumnKey, geographies: &[Geography]) -> Problem {
    let geography = &geographies[key.geography].id;
    let message = format!("`{}` for `{geography}` in {} has numerators but no denominators", indicator.id, key.period);
    Problem::error("no-denominator", message).cure(match &indicator.denominator {
        Some(reference) => format!("publish `{reference}` for `{geography}`, or add a column of denominators"),
        None => "name the indicator that holds them in `denominator`, or add a column of denominators".to_owned(),
    })
}

/// Deciles and categories come in fixed classes; a value outside them is a fault of the table.
fn check_published_classes(
    indicator: &Indicator,
    key: &ColumnKey,
    column: &Column,
    geographies: &[Geography],
    problems: &mut Problems,
) {
    let Some(classes) = indicator.published_classes() else { return };
    let outside = |value: &f64| value.fract() != 0.0 || *value < 1.0 || *value > classes as f64;
    let first = column.values.iter().enumerate().find_map(|(position, value)| Some((position, value.filter(outside)?)));
    if let Some((position, value)) = first {
        let what = if indicator.kind == Kind::Decile { "a decile" } else { "a category" };
        let area = &geographies[key.geography].areas()[position].code;
        let message = format!("`{}` of `{area}` in {} is {what} outside 1 to {classes}", indicator.id, key.period);
        problems.push(
            Problem::error("outside-classes", message)
                .value(value.to_string())
                .cure("mend the value, or the indicator's `kind`"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_over_nobody_does_not_apply() {
        assert_eq!(divide(Some(3.0), Some(0.0), 1000.0, vec![]).status, [Status::NotApplicable]);
        assert_eq!(divide(Some(3.0), Some(1500.0), 1000.0, vec![]).value, Some(2.0));
        assert_eq!(divide(None, Some(10.0), 1.0, vec![Status::Suppressed]).status, [Status::Suppressed]);
    }
}
