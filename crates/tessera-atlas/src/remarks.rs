//! What there is to say of a column beside its numbers.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::catalogue::Indicator;
use crate::cell::Status;
use crate::column::Column;
use crate::edition::Content;
use crate::geography::{Area, Geography};
use crate::period::Period;

/// Origin, marks and notes of a column, by position in the fixed order.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Remarks {
    /// Whether the values were supplied, computed or aggregated.
    pub origin: &'static str,
    /// The share of people that an aggregated value covers, where that is not all of them; without a value, the share that was
    /// too little.
    #[schema(value_type = Option<BTreeMap<String, f64>>)]
    pub coverage: Option<BTreeMap<u32, f64>>,
    /// Why there is no value, or marks beside it.
    #[schema(value_type = BTreeMap<String, Vec<Status>>)]
    pub status: BTreeMap<u32, Vec<Status>>,
    /// What the publisher notes on a value.
    #[schema(value_type = BTreeMap<String, Vec<String>>)]
    pub notes: BTreeMap<usize, Vec<String>>,
}

impl Remarks {
    pub(crate) fn of(
        content: &Content,
        geography: &Geography,
        indicator: &Indicator,
        period: Period,
        column: &Column,
    ) -> Remarks {
        let of_area = |(position, area): (usize, &Area)| {
            let notes = content.notes_on(&area.code, Some(indicator), Some(period));
            (position, notes.into_iter().map(|note| note.text.clone()).collect::<Vec<String>>())
        };
        let notes = geography.areas().iter().enumerate().map(of_area).filter(|(_, notes)| !notes.is_empty());
        Remarks {
            origin: column.origin.word(),
            coverage: (!column.coverage.is_empty()).then(|| column.coverage.clone()),
            status: column.status.clone(),
            notes: if content.notes.is_empty() { BTreeMap::new() } else { notes.collect() },
        }
    }
}
