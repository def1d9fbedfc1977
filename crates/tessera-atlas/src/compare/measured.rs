//! A value with what must be known of it.

use serde::Serialize;
use tessera_stats::intervals::Confidence;
use utoipa::ToSchema;

use crate::cell::Status;
use crate::column::{Column, Numbers, number_at};
use crate::intervals::Intervals;
use crate::significance::{Certainty, OuterInterval};

/// A value with its parts and its interval.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Measured {
    /// The value.
    pub value: Option<f64>,
    /// Why there is none, or marks beside it.
    pub status: Vec<Status>,
    /// What is counted.
    pub numerator: Option<f64>,
    /// What it is held against.
    pub denominator: Option<f64>,
    /// The 95% interval's lower end.
    pub lower: Option<f64>,
    /// The 95% interval's upper end.
    pub upper: Option<f64>,
    /// How the interval was computed, or `as published`.
    pub method: Option<&'static str>,
    /// The interval at 99.8%, where that was asked for and could be computed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outer: Option<OuterInterval>,
    /// The share of people that an aggregated value covers, where that is not all of them.
    pub coverage: Option<f64>,
}

impl Measured {
    /// Whether the value is hidden to protect privacy.
    pub fn is_hidden(&self) -> bool {
        self.value.is_none() && self.status.contains(&Status::Suppressed)
    }
}

impl Measured {
    /// The value at a position of a column; without a column, that it is not available.
    pub(super) fn of(
        column: Option<&Column>,
        position: usize,
        intervals: &Intervals,
        certainty: &Certainty,
    ) -> Measured {
        let field =
            |numbers: fn(&Column) -> Option<&Numbers>| column.and_then(|column| number_at(numbers(column), position));
        let interval = column.and_then(|column| intervals.at(column, position, Confidence::Percent95));
        Measured {
            value: field(|column| Some(&column.values)),
            status: column.map_or_else(|| vec![Status::NotAvailable], |column| column.status_of(position).to_vec()),
            numerator: field(|column| column.numerator.as_ref()),
            denominator: field(|column| column.denominator.as_ref()),
            lower: interval.map(|interval| interval.lower),
            upper: interval.map(|interval| interval.upper),
            method: interval.map(|interval| interval.method.words()),
            outer: certainty.outer(),
            coverage: column.and_then(|column| column.coverage_of(position)),
        }
    }
}
