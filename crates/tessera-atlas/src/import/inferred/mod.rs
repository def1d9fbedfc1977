//! What the manifest does not say and the data say without doubt. What the manifest says is never touched, and whatever is
//! taken from the data is told in a note, with the key that says it otherwise.

mod among;
mod order;
mod place;

use std::collections::BTreeSet;

use super::indicators::Indicators;
use crate::catalogue::Indicator;
use crate::geography::Geography;
use crate::problem::{Problem, Problems};

pub(super) use order::{TableOrders, read_orders};
pub(super) use place::infer_place;

/// A table, as far as it says anything of indicators.
#[derive(Clone, Copy)]
pub(super) struct Fed<'a> {
    pub(super) geography: &'a Geography,
    pub(super) indicators: &'a BTreeSet<usize>,
    pub(super) orders: &'a TableOrders,
}

/// The published indicators, with what their own numbers and the codes of their areas say.
pub(super) fn infer_metadata(
    indicators: &Indicators,
    geographies: &[Geography],
    tables: &[Fed<'_>],
    problems: &mut Problems,
) -> Vec<Indicator> {
    let mut inferred = indicators.public.clone();
    order::infer(indicators, &mut inferred, tables, problems);
    among::infer(indicators, &mut inferred, geographies, tables, problems);
    inferred
}

/// The note on a key that was taken from the data.
fn taken(key: &str, message: String) -> Problem {
    Problem::note("taken-from-data", message).column(key).cure(format!("write `{key}` to have it otherwise"))
}
