//! From raw columns to protected ones: which numbers count people, which of them add up, what is hidden of them.
//!
//! What is hidden is decided by [`crate::protect`], which knows neither areas nor indicators. Here every number that is to be
//! protected becomes a cell of a [`Quantity`], and parents, clusters, breakdowns and periods become relations of quantities.

mod masked;
mod quantities;
mod relations;
mod report;
mod systems;

use std::collections::BTreeMap;

use super::indicators::Indicators;
use crate::by_place::{Columns, Place};
use crate::column::Numbers;
use crate::edition::Edition;
use crate::geography::Geography;
use crate::manifest::{BreakdownSection, Located};
use crate::problem::{Problem, Problems};

pub use report::{HardSet, Protection};

use quantities::Quantities;

/// What is to be protected, and all that helps to work it out.
pub(super) struct Raw<'a> {
    pub(super) columns: &'a Columns,
    /// The indicators that are published; the others are only referred to.
    pub(super) own: &'a [usize],
    pub(super) indicators: &'a Indicators,
    pub(super) geographies: &'a [Geography],
    pub(super) breakdowns: &'a [Located<BreakdownSection>],
    /// The geography from which each column was added up that was.
    pub(super) added_up_from: &'a BTreeMap<Place, usize>,
    /// The indicator of people.
    pub(super) people: Option<usize>,
    /// The people by geography as another set publishes them; unset where they are of this one.
    pub(super) published_people: Option<&'a BTreeMap<usize, Numbers>>,
    /// The editions that can still be read.
    pub(super) retained: &'a [Edition],
}

impl Raw<'_> {
    /// The areas of `base` that make up each area of another geography, or of the whole atlas.
    fn members(&self, base: usize, whole: Option<usize>) -> Option<Vec<Vec<u32>>> {
        let base = &self.geographies[base];
        match whole {
            Some(whole) => base.members_of(&self.geographies[whole]),
            None => Some(vec![(0..).take(base.len()).collect()]),
        }
    }

    /// A column as a publisher knows it: "`crime` for `lsoa11` in 2019-02".
    fn name(&self, (geography, indicator, period): Place) -> String {
        let indicator = &self.indicators.public[indicator].id;
        match geography {
            Some(geography) => format!("`{indicator}` for `{}` in {period}", self.geographies[geography].id),
            None => format!("`{indicator}` for the whole atlas in {period}"),
        }
    }
}

/// The columns as they are published, and what that costs, by indicator.
pub(super) fn protect(raw: &Raw<'_>, problems: &mut Problems) -> (Columns, Vec<(usize, Protection)>) {
    let is_protected = |indicator: &usize| raw.indicators.public[*indicator].rule().is_some();
    let (quantities, relations) = match raw.own.iter().any(is_protected) {
        true => {
            let mut quantities = Quantities::of(raw, problems);
            let relations = relations::between(raw, &mut quantities);
            (quantities, relations)
        }
        false => (Quantities::default(), Vec::new()),
    };
    let masks = systems::protect(raw, &quantities, &relations, problems);
    let columns = masked::columns(raw, &quantities, &masks);
    let report = report::of(raw, &quantities, &masks, &columns);
    (columns, report)
}

/// A cell that cannot be protected. Its number is not said.
fn unprotectable(name: &str, sums: &[String], retained: bool) -> Problem {
    let sums = match sums {
        [] if retained => "what a retained edition shows".to_owned(),
        [] => "the numbers that it is made of".to_owned(),
        sums => sums.join(" and "),
    };
    let message = format!("{name} is a small number that cannot be protected: it follows from {sums}");
    let cure = if retained {
        "withdraw the retained editions that show it, or leave the indicator out"
    } else {
        "leave the finest of these areas out of the table, or publish a coarser breakdown; the total of the whole atlas, and an indicator without protection, are never hidden for another"
    };
    Problem::error("unprotectable", message).cure(cure)
}
