//! One cell of a table: from its text to what it says of an indicator.

use std::collections::BTreeMap;

use crate::catalogue::Indicator;
use crate::cell::{Cell, Status};
use crate::manifest::{Field, Kind};
use crate::problem::{Problem, did_you_mean};
use crate::table::Table;
use crate::text::Text;

/// The cells of a table, with the table's own symbols.
#[derive(Clone, Copy)]
pub(super) struct Cells<'a> {
    pub(super) table: &'a Table,
    pub(super) symbols: &'a BTreeMap<String, Status>,
}

impl Cells<'_> {
    /// Reads a cell; the name of a category becomes its number, counted from 1.
    pub(super) fn read(&self, text: &str, indicator: &Indicator, field: Field) -> Result<Cell, Problem> {
        self.checked(text, indicator, field).map_err(|problem| quoting(problem, text, indicator))
    }

    fn checked(&self, text: &str, indicator: &Indicator, field: Field) -> Result<Cell, Problem> {
        let is_value = field == Field::Value;
        // An empty cell says nothing of its own, so that the value may follow from the parts.
        if is_value && text.trim().is_empty() && !self.symbols.contains_key("") {
            return Ok(Cell::default());
        }
        if is_value && indicator.kind == Kind::Category {
            let named = indicator.categories.iter().position(|category| category.en() == text);
            if let Some(position) = named {
                return Ok(Cell { value: Some((position + 1) as f64), status: Vec::new() });
            }
        }
        let cell = self.table.read_cell(text, self.symbols).map_err(|problem| {
            let is_name = is_value && indicator.kind == Kind::Category;
            if is_name { no_category(text, indicator) } else { problem }
        })?;
        if field == Field::Denominator && cell.value.is_some_and(|value| value < 0.0) {
            return Err(Problem::error("negative-denominator", "a denominator is not below zero").cure("mend the cell"));
        }
        if let Some(classes) = indicator.published_classes().filter(|_| is_value)
            && let Some(value) = cell.value
            && (value.fract() != 0.0 || value < 1.0 || value > classes as f64)
        {
            let message = format!("a {} is a whole number from 1 to {classes}", indicator.kind.word());
            return Err(Problem::error("outside-classes", message).cure("mend the value, or the indicator's `kind`"));
        }
        Ok(cell)
    }
}

fn no_category(text: &str, indicator: &Indicator) -> Problem {
    let names: Vec<&str> = indicator.categories.iter().map(Text::en).collect();
    let likely = did_you_mean(text, names.iter().copied()).map(|likely| format!("{likely} "));
    let all = format!("its categories are: {}; a symbol is explained in the table's `symbols`", names.join(", "));
    let problem = Problem::error("no-category", format!("this is no category of `{}`", indicator.id));
    problem.cure(likely.unwrap_or_default() + &all)
}

/// A problem with the text of its cell, unless that may hold a number that is to be protected: reports are kept and passed on.
pub(super) fn quoting(problem: Problem, text: &str, indicator: &Indicator) -> Problem {
    let tells_a_number = text.contains(|character: char| character.is_numeric());
    if indicator.rule().is_some() && tells_a_number { Problem { value: None, ..problem } } else { problem.value(text) }
}
