//! How many areas have which values.

use serde::Serialize;
use tessera_stats::histogram::histogram;
use utoipa::ToSchema;

use crate::column::Numbers;

/// Bins of equal width, by the rule of Freedman & Diaconis.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Histogram {
    /// The minimum, then upper bounds; a bin is (lower, upper], the first closed below.
    pub bins: Vec<f64>,
    /// Areas in each bin.
    pub counts: Vec<usize>,
}

impl Histogram {
    /// The histogram of the values there are; `None` where there are none.
    pub fn of(values: &Numbers) -> Option<Histogram> {
        let histogram = histogram(values).ok()?;
        Some(Histogram { bins: histogram.bins.bounds().to_vec(), counts: histogram.counts })
    }
}
