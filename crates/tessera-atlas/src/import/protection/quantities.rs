//! The numbers that are protected: the values of counts, and the parts of everything that is divided.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Place, Raw};
use crate::catalogue::Indicator;
use crate::cell::Status;
use crate::column::{Column, Numbers, number_at};
use crate::manifest::{Field, Kind};
use crate::problem::{Problem, Problems, Tally};
use crate::protect::Rule;
use crate::words;

/// Numbers of one kind for the areas of a geography: what one or several indicators publish of them.
pub(super) struct Quantity<'a> {
    /// Where it is published.
    pub(super) place: Place,
    pub(super) field: Field,
    pub(super) rule: Option<Rule>,
    pub(super) numbers: Cow<'a, Numbers>,
    /// Whether the publisher of a number hid it.
    pub(super) is_hidden: Vec<bool>,
    /// Whether it stands in no table, but is what is left of another beside its parts.
    pub(super) is_rest: bool,
    /// What its numbers are held against, and whether they are a part of that.
    pub(super) denominator: Option<(usize, bool)>,
    /// Of denominators of which some stand in the table and others are those of the indicator that is named: where the latter
    /// are, and in which areas.
    pub(super) shared: Option<Shared>,
}

/// Numbers that are those of another quantity.
pub(super) struct Shared {
    /// That quantity.
    pub(super) with: usize,
    /// By area, whether its number is the same one.
    is_shared: Vec<bool>,
}

/// Every quantity that is protected, or that a protected one hangs together with.
#[derive(Default)]
pub(super) struct Quantities<'a> {
    pub(super) all: Vec<Quantity<'a>>,
    positions: BTreeMap<(Place, Field), usize>,
}

/// The field whose numbers count people.
pub(super) fn counted(indicator: &Indicator) -> Field {
    if indicator.kind == Kind::Count { Field::Value } else { Field::Numerator }
}

impl Quantity<'_> {
    /// The number of one area.
    pub(super) fn number(&self, position: usize) -> Option<f64> {
        self.numbers.get(position).copied().flatten()
    }

    /// The quantity whose number stands for an area, where that is another one.
    pub(super) fn shared_with(&self, position: usize) -> Option<usize> {
        let shared = self.shared.as_ref()?;
        shared.is_shared.get(position).copied().unwrap_or_default().then_some(shared.with)
    }
}

impl<'a> Quantities<'a> {
    pub(super) fn of(raw: &Raw<'a>, problems: &mut Problems) -> Quantities<'a> {
        let mut quantities = Quantities::default();
        let mut tally = Tally::new(crate::folder::AtlasFolder::MANIFEST);
        let columns: Vec<(Place, &'a Column)> = raw.columns.iter().collect();
        // Counts first: they are the denominators of others.
        for (place, column) in &columns {
            let indicator = &raw.indicators.public[place.1];
            if indicator.kind == Kind::Count {
                quantities.add(*place, Field::Value, indicator.rule(), &column.values, column);
            }
        }
        for (place, column) in &columns {
            let indicator = &raw.indicators.public[place.1];
            if indicator.kind.has_parts() {
                if let Some(problem) = without_parts(raw, *place, column) {
                    tally.push(problem, problems);
                }
                quantities.add_parts(raw, *place, column);
            }
        }
        tally.finish(problems);
        quantities
    }

    /// The quantity that stands in a field of a column.
    pub(super) fn at(&self, place: Place, field: Field) -> Option<usize> {
        self.positions.get(&(place, field)).copied()
    }

    /// The rule that a number of a quantity is protected by.
    pub(super) fn rule(&self, quantity: usize, position: usize) -> Option<Rule> {
        self.all[self.all[quantity].shared_with(position).unwrap_or(quantity)].rule
    }

    fn add(&mut self, place: Place, field: Field, rule: Option<Rule>, numbers: &'a Numbers, column: &Column) -> usize {
        let suppressed = |position| column.status_of(position).contains(&Status::Suppressed);
        let is_hidden: Vec<bool> =
            numbers.iter().enumerate().map(|(position, number)| number.is_none() && suppressed(position)).collect();
        let numbers = Cow::Borrowed(numbers);
        let (is_rest, denominator, shared) = (false, None, None);
        self.all.push(Quantity { place, field, rule, numbers, is_hidden, is_rest, denominator, shared });
        self.positions.insert((place, field), self.all.len() - 1);
        self.all.len() - 1
    }

    /// Adds what is left of a total beside some of its parts.
    pub(super) fn add_rest(&mut self, total: usize, numbers: Numbers) -> usize {
        let Quantity { place, field, rule, .. } = self.all[total];
        let is_hidden = vec![false; numbers.len()];
        let numbers = Cow::Owned(numbers);
        let (is_rest, denominator, shared) = (true, None, None);
        self.all.push(Quantity { place, field, rule, numbers, is_hidden, is_rest, denominator, shared });
        self.all.len() - 1
    }

    fn add_parts(&mut self, raw: &Raw<'_>, place: Place, column: &'a Column) {
        let indicator = &raw.indicators.public[place.1];
        let below = column.denominator.as_ref().map(|numbers| self.denominator(raw, place, numbers, column));
        if let Some(below) = below {
            self.positions.insert((place, Field::Denominator), below);
        }
        if let Some(numbers) = &column.numerator {
            let above = self.add(place, Field::Numerator, indicator.rule(), numbers, column);
            self.all[above].denominator = below.map(|below| (below, indicator.kind == Kind::Proportion));
        }
    }

    /// The quantity that holds the denominators of a column: that of another indicator where they are its numbers. Where only
    /// some are, each of those is the other's number still, so that it is judged once.
    fn denominator(&mut self, raw: &Raw<'_>, place: Place, numbers: &'a Numbers, column: &Column) -> usize {
        let indicator = &raw.indicators.public[place.1];
        let referred = indicator.denominator.as_ref().and_then(|reference| {
            let position = raw.indicators.position(&reference.indicator)?;
            Some((position, reference.period.unwrap_or(place.2)))
        });
        let Some((other, period)) = referred else {
            return self.add(place, Field::Denominator, indicator.rule(), numbers, column);
        };
        // What the table itself says of is protected as the indicator is; and where that is not, as what is named.
        let rule = indicator.rule().or(raw.indicators.public[other].rule());
        let Some(with) = self.at((place.0, other, period), Field::Value) else {
            return self.add(place, Field::Denominator, rule, numbers, column);
        };
        let named = &self.all[with].numbers;
        let is_shared: Vec<bool> =
            numbers.iter().zip(named.iter()).map(|(own, named)| own.is_some() && own == named).collect();
        if numbers.iter().zip(&is_shared).all(|(own, is_shared)| own.is_none() || *is_shared) {
            return with;
        }
        let own = self.add(place, Field::Denominator, rule, numbers, column);
        self.all[own].shared = Some(Shared { with, is_shared });
        own
    }
}

/// A value that nobody can protect, because nobody says of how many people it speaks.
fn without_parts(raw: &Raw<'_>, place: Place, column: &Column) -> Option<Problem> {
    let indicator = &raw.indicators.public[place.1];
    indicator.rule()?;
    // What was averaged here has no parts of its own, and is averaged again from what is published.
    if raw.added_up_from.contains_key(&place) {
        return None;
    }
    let has_part = |part: &Option<Numbers>, position| number_at(part.as_ref(), position).is_some();
    let lacks = |position: &usize| {
        column.values[*position].is_some()
            && !(has_part(&column.numerator, *position) && has_part(&column.denominator, *position))
    };
    let lacking = (0..column.values.len()).filter(lacks).count();
    if lacking == 0 {
        return None;
    }
    let message = format!(
        "{} is a {} without numerator and denominator in {}, which cannot be protected",
        raw.name(place),
        indicator.kind.word(),
        words::counted(lacking, "area")
    );
    let cure = "give both parts; or if the numbers need no protection, say why: `disclosure = { none = \"…\" }` at the indicator or `none = \"…\"` in `[disclosure]`";
    Some(raw.indicators.located(place.1, Problem::error("no-parts", message).cure(cure)))
}
