//! A column: one indicator in one period, in the fixed order of a geography.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::cell::Status;
use crate::manifest::Field;

/// Numbers by position; a missing one is `None`.
pub type Numbers = Vec<Option<f64>>;

/// Where a column's values come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// Shown as published.
    Supplied,
    /// Divided here, from numerator and denominator.
    Computed,
    /// Added up here, from a smaller geography.
    Aggregated,
}

impl Origin {
    /// The word used in answers.
    pub fn word(self) -> &'static str {
        match self {
            Origin::Supplied => "supplied",
            Origin::Computed => "computed",
            Origin::Aggregated => "aggregated",
        }
    }
}

/// Published values with their parts. Every vector has the length of the geography.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The values.
    pub values: Numbers,
    /// What is counted, where known.
    pub numerator: Option<Numbers>,
    /// What it is held against, where known.
    pub denominator: Option<Numbers>,
    /// The interval's lower ends, as published.
    pub lower: Option<Numbers>,
    /// The interval's upper ends, as published.
    pub upper: Option<Numbers>,
    /// By position: why there is no value, or marks beside it.
    pub status: BTreeMap<u32, Vec<Status>>,
    /// By position: the share of people (of areas, where people are unknown) that an aggregated value covers, where that is
    /// not all of them.
    pub coverage: BTreeMap<u32, f64>,
    /// Where the values come from.
    pub origin: Origin,
}

impl Column {
    /// A column of values without parts; areas without a value are given `not-available`.
    pub(crate) fn of_values(values: Numbers, origin: Origin) -> Column {
        let mut column = Column {
            values,
            numerator: None,
            denominator: None,
            lower: None,
            upper: None,
            status: BTreeMap::new(),
            coverage: BTreeMap::new(),
            origin,
        };
        column.explain_missing();
        column
    }

    /// Gives every missing value a status that says why.
    pub(crate) fn explain_missing(&mut self) {
        for (_, position) in self.values.iter().zip(0..).filter(|(value, _)| value.is_none()) {
            let marks = self.status.entry(position).or_default();
            if !marks.iter().any(|mark| mark.replaces_value()) {
                marks.insert(0, Status::NotAvailable);
            }
        }
    }

    /// Takes away what would give a hidden value away: its numerator and its interval.
    pub(crate) fn hide_parts_of_hidden_values(&mut self) {
        let hidden =
            self.status.iter().filter(|(_, marks)| marks.contains(&Status::Suppressed)).map(|(position, _)| *position);
        let hidden: Vec<usize> = hidden.map(|position| position as usize).collect();
        for numbers in [&mut self.numerator, &mut self.lower, &mut self.upper].into_iter().flatten() {
            for position in &hidden {
                if let Some(number) = numbers.get_mut(*position) {
                    *number = None;
                }
            }
        }
    }

    /// How much memory it takes, in bytes, but for the rare: statuses and coverages.
    pub(crate) fn bytes(&self) -> usize {
        let parts = [&self.numerator, &self.denominator, &self.lower, &self.upper];
        let columns = 1 + parts.into_iter().flatten().count();
        const ENTRY: usize = 48;
        columns * self.values.len() * size_of::<Option<f64>>() + (self.status.len() + self.coverage.len()) * ENTRY
    }

    /// The numbers of a field; `None` where there are none beside the values.
    pub fn field(&self, field: Field) -> Option<&Numbers> {
        match field {
            Field::Value => Some(&self.values),
            Field::Numerator => self.numerator.as_ref(),
            Field::Denominator => self.denominator.as_ref(),
            Field::Lower => self.lower.as_ref(),
            Field::Upper => self.upper.as_ref(),
            Field::Note => None,
        }
    }

    /// The statuses of one area.
    pub fn status_of(&self, position: usize) -> &[Status] {
        u32::try_from(position).ok().and_then(|position| self.status.get(&position)).map_or(&[], Vec::as_slice)
    }

    /// How many of the areas at some positions have no value, for which reason.
    pub(crate) fn missing_by_status(
        &self,
        positions: impl IntoIterator<Item = usize>,
    ) -> BTreeMap<&'static str, usize> {
        let mut missing: BTreeMap<&'static str, usize> = BTreeMap::new();
        for position in positions.into_iter().filter(|position| number_at(Some(&self.values), *position).is_none()) {
            let reason = self.status_of(position).iter().find(|status| status.replaces_value());
            *missing.entry(reason.map_or("not-available", |status| status.word())).or_default() += 1;
        }
        missing
    }

    /// Whether any area has a value, or a hidden one.
    pub(crate) fn says_anything(&self) -> bool {
        self.has_values() || self.status.values().flatten().any(|status| *status == Status::Suppressed)
    }

    /// The share of people that an aggregated value covers, where that is not all of them; without a value, the share that
    /// was too little, 0 where no area with a value belongs to it.
    pub fn coverage_of(&self, position: usize) -> Option<f64> {
        u32::try_from(position).ok().and_then(|position| self.coverage.get(&position)).copied()
    }

    /// Whether any area has a value.
    pub fn has_values(&self) -> bool {
        self.values.iter().any(Option::is_some)
    }
}

/// What a rate or a proportion is of its parts: numerator / denominator × per. Multiplied first, so that what is whole stays
/// whole: 112 of 1,000 are 11.2 in 100, and not 11.200000000000001.
pub(crate) fn quotient(numerator: f64, denominator: f64, per: f64) -> f64 {
    // Rounding must not make more of all than all: 0.69 of 0.69 are 100 in 100.
    if numerator == denominator && denominator != 0.0 { per } else { numerator * per / denominator }
}

/// The number at a position of an optional field.
pub fn number_at(numbers: Option<&Numbers>, position: usize) -> Option<f64> {
    numbers.and_then(|numbers| numbers.get(position).copied().flatten())
}
