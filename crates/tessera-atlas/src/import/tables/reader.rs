//! Reading rows, some of them at a time and apart from the others.

use std::collections::BTreeMap;

use super::cells::{Cells, without_numbers};
use super::faults::Faults;
use crate::catalogue::Indicator;
use crate::import::indicators::Indicators;
use crate::import::matching::Matching;
use crate::manifest::TableSection;
use crate::note::Note;
use crate::period::{NotAPeriod, Period, YearStart};
use crate::problem::Problem;
use crate::table::Row;

/// Reads rows of one table.
#[derive(Clone)]
pub(super) struct Reader<'a> {
    pub(super) cells: Cells<'a>,
    pub(super) section: &'a TableSection,
    pub(super) year_starts: YearStart,
    pub(super) indicators: &'a Indicators,
    pub(super) found: Found<'a>,
}

/// What was found in rows beside what they say of values.
#[derive(Clone)]
pub(super) struct Found<'a> {
    pub(super) rows: usize,
    pub(super) matching: Matching<'a>,
    pub(super) faults: Faults,
    pub(super) notes: Vec<Note>,
    pub(super) labels_left_out: BTreeMap<String, usize>,
}

impl<'a> Found<'a> {
    /// Nothing yet, with codes that are matched so.
    pub(super) fn nothing(matching: Matching<'a>) -> Found<'a> {
        let (faults, notes, labels_left_out) = (Faults::default(), Vec::new(), BTreeMap::new());
        Found { rows: 0, matching, faults, notes, labels_left_out }
    }

    /// Counts a row of the area that was found last.
    #[inline]
    pub(super) fn count_again(&mut self) {
        self.rows += 1;
        self.matching.count_again();
    }
}

impl Reader<'_> {
    /// The position of the row's area; a code that is none is counted, or named.
    #[inline]
    pub(super) fn area(&mut self, row: &Row<'_>, code_column: usize) -> Option<usize> {
        self.found.rows += 1;
        let code = row.cell(code_column);
        self.found.matching.again(code).or_else(|| self.looked_up(row, code_column, code))
    }

    #[inline(never)]
    fn looked_up(&mut self, row: &Row<'_>, code_column: usize, code: &str) -> Option<usize> {
        self.found.matching.area(code).unwrap_or_else(|problem| {
            self.fault_of_key(row, code_column, problem);
            None
        })
    }

    pub(super) fn period(&self, text: &str) -> Result<Period, NotAPeriod> {
        Ok(text.parse::<Period>()?.starting(self.year_starts))
    }

    /// Keeps what a row remarks on an area, if anything.
    pub(super) fn note(&mut self, area: usize, indicator: &Indicator, period: Period, text: &str) {
        if !text.is_empty() {
            self.found.notes.push(Note {
                area_code: self.found.matching.geography.areas()[area].code.clone(),
                indicator: Some(indicator.id.clone()),
                period: Some(period),
                text: text.to_owned(),
            });
        }
    }

    /// Adds what is wrong with a code, a period or the name of an indicator.
    pub(super) fn fault_of_key(&mut self, row: &Row<'_>, column: usize, problem: Problem) {
        let problem = if self.indicators.hide_numbers() { without_numbers(problem) } else { problem };
        self.fault(row, Some(column), problem);
    }

    pub(super) fn fault(&mut self, row: &Row<'_>, column: Option<usize>, problem: Problem) {
        self.found.faults.push(self.cells.table(), row.number(), column, problem);
    }
}
