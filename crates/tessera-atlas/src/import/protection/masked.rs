//! Columns as they are published: hidden where they must be, rounded where they are, everything else computed anew from that.

use super::quantities::Quantities;
use super::systems::Masks;
use super::{Place, Raw};
use crate::by_place::Columns;
use crate::cell::Status;
use crate::column::{Column, Numbers, number_at, quotient};
use crate::manifest::Field;
use crate::protect::Rule;

/// Every column, protected.
pub(super) fn columns(raw: &Raw<'_>, quantities: &Quantities<'_>, masks: &Masks) -> Columns {
    let mut published = Columns::default();
    for (place, column) in raw.columns.iter() {
        let mut column = column.clone();
        masked(&mut column, place, raw, quantities, masks);
        published.insert(place, column);
    }
    published
}

fn masked(column: &mut Column, place: Place, raw: &Raw<'_>, quantities: &Quantities<'_>, masks: &Masks) {
    let fields = [Field::Value, Field::Numerator, Field::Denominator];
    let fields: Vec<(Field, usize)> =
        fields.into_iter().filter_map(|field| Some((field, quantities.at(place, field)?))).collect();
    let shared = |quantity: usize| quantities.all[quantity].shared.as_ref().map(|shared| shared.with);
    let of_fields = fields.iter().flat_map(|(_, quantity)| [Some(*quantity), shared(*quantity)]).flatten();
    let rules: Vec<Rule> = of_fields.filter_map(|quantity| quantities.all[quantity].rule).collect();
    if rules.is_empty() {
        return;
    }
    let rounds = rules.iter().any(|rule| rule.round > 1);
    let per = raw.indicators.public[place.1].per;
    for position in 0..column.values.len() {
        if fields.iter().any(|(_, quantity)| masks.why(*quantity, position).is_some()) {
            let denominator = fields.iter().find(|(field, _)| *field == Field::Denominator);
            hide(column, position, denominator.is_some_and(|(_, below)| masks.why(*below, position).is_some()));
        }
        for (field, quantity) in &fields {
            let Some(rule) = quantities.rule(*quantity, position) else { continue };
            let numbers = match field {
                Field::Numerator => column.numerator.as_mut(),
                Field::Denominator => column.denominator.as_mut(),
                _ => Some(&mut column.values),
            };
            if let Some(Some(number)) = numbers.and_then(|numbers| numbers.get_mut(position)) {
                *number = rule.published(*number);
            }
        }
        if rounds {
            if column.numerator.is_some() && column.values[position].is_some() {
                let part = |part: &Option<Numbers>| number_at(part.as_ref(), position);
                let parts = part(&column.numerator).zip(part(&column.denominator));
                let value = parts.map(|(above, below)| quotient(above, below, per));
                column.values[position] = value.filter(|value| value.is_finite());
            }
            // The interval of a number tells what it was before it was rounded.
            forget(&mut column.lower, position);
            forget(&mut column.upper, position);
        }
    }
    column.explain_missing();
}

/// Hides a value with its numerator and its interval, and with its denominator where that is hidden too. All hidden values
/// look alike.
fn hide(column: &mut Column, position: usize, with_denominator: bool) {
    column.values[position] = None;
    for part in [&mut column.numerator, &mut column.lower, &mut column.upper] {
        forget(part, position);
    }
    if with_denominator {
        forget(&mut column.denominator, position);
    }
    if let Ok(position) = u32::try_from(position) {
        column.status.insert(position, vec![Status::Suppressed]);
        column.coverage.remove(&position);
    }
}

fn forget(numbers: &mut Option<Numbers>, position: usize) {
    if let Some(number) = numbers.as_mut().and_then(|numbers| numbers.get_mut(position)) {
        *number = None;
    }
}
