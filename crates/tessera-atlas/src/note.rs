//! Remarks about single areas: shown beside the value wherever it is shown.

use serde::{Deserialize, Serialize};

use crate::period::Period;

/// What a reader must know of one area.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Note {
    /// The area's code.
    pub area_code: String,
    /// The indicator that it speaks of; every one where unset.
    pub indicator: Option<String>,
    /// The period that it speaks of; every one where unset.
    pub period: Option<Period>,
    /// The remark.
    pub text: String,
}

impl Note {
    /// Whether it speaks of this value. With no indicator asked for, only remarks on the area as such do.
    pub fn speaks_of(&self, area_code: &str, indicator: Option<&str>, period: Option<Period>) -> bool {
        self.area_code == area_code
            && self.indicator.as_deref().is_none_or(|own| indicator == Some(own))
            && self.period.is_none_or(|own| period.is_none_or(|period| period.is_written_as(&own)))
    }
}
