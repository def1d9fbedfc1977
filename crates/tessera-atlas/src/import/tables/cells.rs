//! One cell of a table: from its text to what it says of an indicator.

use std::collections::BTreeMap;

use crate::catalogue::Indicator;
use crate::cell::{Cell, CellError, Status, read_number};
use crate::manifest::{Field, Kind};
use crate::problem::{Problem, did_you_mean};
use crate::table::{Content, Table};
use crate::text::Text;

/// The cells of a table, with the table's own symbols.
#[derive(Clone, Copy)]
pub(super) struct Cells<'a> {
    table: &'a Table,
    symbols: &'a BTreeMap<String, Status>,
    /// Whether a number is what it says: a table may have symbols such as `-1`.
    are_numbers_plain: bool,
}

impl<'a> Cells<'a> {
    pub(super) fn of(table: &'a Table, symbols: &'a BTreeMap<String, Status>) -> Cells<'a> {
        let are_numbers_plain = symbols.keys().all(|symbol| read_number(symbol).is_err());
        Cells { table, symbols, are_numbers_plain }
    }

    pub(super) fn table(&self) -> &'a Table {
        self.table
    }

    /// Whether a field of such an indicator can say every number: then a cell that holds one and nothing else says that.
    pub(super) fn take_numbers(&self, indicator: &Indicator, field: Field) -> bool {
        let says_every_number = match field {
            Field::Value => indicator.published_classes().is_none(),
            Field::Denominator => false,
            _ => true,
        };
        self.are_numbers_plain && says_every_number
    }

    /// Reads a cell; the name of a category becomes its number, counted from 1.
    pub(super) fn read(&self, content: Content<'_>, indicator: &Indicator, field: Field) -> Result<Cell, Problem> {
        let is_name = field == Field::Value && indicator.kind == Kind::Category;
        let number = if self.are_numbers_plain && !is_name { content.number() } else { None };
        let cell = match number {
            Some(number) => Ok(Cell::of_number(number)),
            None => self.read_text(&content.text(), indicator, field),
        };
        let checked = cell.and_then(|cell| checked(cell, indicator, field));
        checked.map_err(|problem| quoting(problem, &content.text(), indicator))
    }

    fn read_text(&self, text: &str, indicator: &Indicator, field: Field) -> Result<Cell, Problem> {
        let is_value = field == Field::Value;
        // An empty cell says nothing of its own, so that a value may follow from its parts, and a denominator be that of another
        // indicator.
        if (is_value || field == Field::Denominator) && text.is_empty() && !self.symbols.contains_key("") {
            return Ok(Cell::default());
        }
        let is_name = is_value && indicator.kind == Kind::Category;
        if is_name && let Some(position) = indicator.categories.iter().position(|category| category.en() == text) {
            return Ok(Cell::of_number((position + 1) as f64));
        }
        let cell = self.table.read_cell(text, self.symbols);
        cell.map_err(|problem| if is_name { no_category(text, indicator) } else { problem })
    }
}

/// A cell that says what the field of such an indicator can say.
fn checked(cell: Cell, indicator: &Indicator, field: Field) -> Result<Cell, Problem> {
    let Some(value) = cell.value else { return Ok(cell) };
    if field == Field::Denominator && value < 0.0 {
        return Err(Problem::error("negative-denominator", "a denominator is not below zero").cure("mend the cell"));
    }
    if field == Field::Value
        && let Some(classes) = indicator.published_classes()
        && (value.fract() != 0.0 || value < 1.0 || value > classes as f64)
    {
        let message = format!("a {} is a whole number from 1 to {classes}", indicator.kind.word());
        return Err(Problem::error("outside-classes", message).cure("mend the value, or the indicator's `kind`"));
    }
    Ok(cell)
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

/// A problem with a code, a period or the name of an indicator, without what may be a number: its column may by mistake be one
/// of numbers that are to be protected.
pub(super) fn without_numbers(problem: Problem) -> Problem {
    let quoted =
        |(place, part): (usize, &str)| if place % 2 == 1 && may_be_number(part) { "…" } else { part }.to_owned();
    let message = problem.message.split('`').enumerate().map(quoted).collect::<Vec<String>>().join("`");
    Problem { value: problem.value.filter(|value| !may_be_number(value)), message, ..problem }
}

/// Whether a text is a number, with or without marks before and behind it.
pub(super) fn may_be_number(text: &str) -> bool {
    let number = text.trim_end_matches(|character: char| !character.is_ascii_digit());
    let number = number.trim_start_matches(|character: char| !character.is_alphanumeric());
    matches!(read_number(number), Ok(_) | Err(CellError::Commas | CellError::Points))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_a_number_is_not_quoted() {
        for number in ["3", " 1,234 ", "-2.5", "12%", "5 [p]", "5M", "5²", "<5", "1.234.567", "1,2"] {
            assert!(may_be_number(number), "{number}");
        }
        for text in ["E01010568", "2019-13", "2019 Q2", "deaths", "", "[c]", "A1"] {
            assert!(!may_be_number(text), "{text}");
        }
        let problem = without_numbers(Problem::error("x", "there is no indicator `3` in `deaths`").value("17"));
        assert_eq!((problem.message.as_str(), problem.value), ("there is no indicator `…` in `deaths`", None));
    }
}
