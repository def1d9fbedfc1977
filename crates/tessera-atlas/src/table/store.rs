//! The cells of a table in one text: a national table has millions of them.

use std::borrow::Cow;

use super::columns::Columns;
use crate::cell::read_plain_number;

/// The rows of a table, or some of them.
#[derive(Debug, Default)]
pub(super) struct Store {
    text: String,
    /// Where each cell ends in the text.
    ends: Vec<u32>,
    rows: Vec<RowPlace>,
}

#[derive(Debug, Clone, Copy)]
struct RowPlace {
    number: u64,
    /// Where it begins in the text.
    begin: u32,
    /// Its first cell, and the first behind it.
    cells: (u32, u32),
}

/// A table has grown beyond what is kept in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooLarge;

impl Store {
    /// The most bytes of text in one table.
    pub(super) const MOST_BYTES: usize = 2 << 30;
    /// The most cells in one table: 3,000 columns for the small areas of England.
    pub(super) const MOST_CELLS: usize = 100_000_000;

    /// Adds a row, without the empty cells at its end.
    pub(super) fn push<'c>(&mut self, number: u64, cells: impl Iterator<Item = &'c str>) -> Result<(), TooLarge> {
        let (begin, first_cell) = (self.text.len(), self.ends.len());
        let mut filled = first_cell;
        for cell in cells {
            if self.text.len() + cell.len() > Store::MOST_BYTES || self.ends.len() >= Store::MOST_CELLS {
                return Err(TooLarge);
            }
            self.text.push_str(cell);
            self.ends.push(u32::try_from(self.text.len()).map_err(|_| TooLarge)?);
            if !cell.is_empty() {
                filled = self.ends.len();
            }
        }
        self.ends.truncate(filled);
        let cells = (first_cell as u32, self.ends.len() as u32);
        self.rows.push(RowPlace { number, begin: begin as u32, cells });
        Ok(())
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.rows.len()).filter_map(|row| self.row(row))
    }

    /// A row, counted from 0.
    pub(super) fn row(&self, row: usize) -> Option<Row<'_>> {
        let place = self.rows.get(row)?;
        Some(Row { number: place.number, cells: Cells::Line(self.line(place)) })
    }

    fn line(&self, RowPlace { begin, cells, .. }: &RowPlace) -> Line<'_> {
        let ends = self.ends.get(cells.0 as usize..cells.1 as usize).unwrap_or_default();
        Line::new(&self.text, *begin as usize, 0, ends)
    }
}

/// One row of a [`Table`](super::Table).
#[derive(Debug, Clone, Copy)]
pub struct Row<'t> {
    pub(super) number: u64,
    pub(super) cells: Cells<'t>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Cells<'t> {
    /// One after the other.
    Line(Line<'t>),
    /// A row of columns, counted from 0.
    Columns(&'t Columns, usize),
}

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Content<'t> {
    /// A text, trimmed, or none.
    Text(&'t str),
    /// A finite number.
    Number(f64),
}

impl<'t> Content<'t> {
    /// The number, where it is one or written as most are.
    #[inline]
    pub(crate) fn number(self) -> Option<f64> {
        match self {
            Content::Text(text) => read_plain_number(text),
            Content::Number(number) => Some(number),
        }
    }

    /// As it would stand in a text file: numbers in full.
    pub(crate) fn text(self) -> Cow<'t, str> {
        match self {
            Content::Text(text) => text.into(),
            Content::Number(number) => number.to_string().into(),
        }
    }
}

impl<'t> Row<'t> {
    /// Its 1-based number: in a text file the line on which it starts, in a sheet its number there, in a Parquet file that of
    /// the record.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The cells in the order of the headings; empty ones at the end are left out.
    pub fn cells(&self) -> impl Iterator<Item = &'t str> + use<'t> {
        let row = *self;
        let count = match row.cells {
            Cells::Line(line) => line.len(),
            Cells::Columns(columns, _) => columns.width(),
        };
        (0..count).map(move |column| row.whole_cell(column))
    }

    /// One cell, trimmed; empty beyond the end.
    #[inline]
    pub fn cell(&self, column: usize) -> &'t str {
        trimmed(self.whole_cell(column))
    }

    /// What stands in one cell.
    #[inline]
    pub(crate) fn content(&self, column: usize) -> Content<'t> {
        match self.cells {
            Cells::Line(line) => Content::Text(trimmed(line.cell(column))),
            Cells::Columns(columns, row) => columns.content(column, row),
        }
    }

    #[inline]
    fn whole_cell(&self, column: usize) -> &'t str {
        match self.cells {
            Cells::Line(line) => line.cell(column),
            Cells::Columns(columns, row) => columns.text(column, row),
        }
    }
}

/// As [`str::trim`], which decodes characters: most cells have no white space at their ends.
#[inline]
pub(super) fn trimmed(text: &str) -> &str {
    let is_mark = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    if is_mark(text.as_bytes().first()) && is_mark(text.as_bytes().last()) { text } else { text.trim() }
}

/// The cells of a row, one after the other in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'t> {
    text: &'t str,
    begin: usize,
    gap: usize,
    ends: &'t [u32],
}

impl<'t> Line<'t> {
    /// Cells that end in these places of a text, and begin so many bytes behind the end of the one before.
    pub(super) fn new(text: &'t str, begin: usize, gap: usize, ends: &'t [u32]) -> Line<'t> {
        Line { text, begin, gap, ends }
    }

    /// How many cells it has, empty ones at the end left out or not.
    pub(super) fn len(self) -> usize {
        self.ends.len()
    }

    /// How many bytes it takes.
    pub(super) fn bytes(self) -> usize {
        self.ends.last().map_or(0, |end| *end as usize - self.begin)
    }

    pub(super) fn cells(self) -> impl Iterator<Item = &'t str> {
        (0..self.len()).map(move |column| self.cell(column))
    }

    #[inline]
    fn cell(self, column: usize) -> &'t str {
        let end_of = |column: usize| self.ends.get(column).map(|end| *end as usize);
        let begin = match column.checked_sub(1) {
            Some(before) => end_of(before).map(|end| end + self.gap),
            None => Some(self.begin),
        };
        let cell = begin.zip(end_of(column)).and_then(|(begin, end)| self.text.get(begin..end));
        cell.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_hold_the_cells_that_were_put_in() {
        let mut store = Store::default();
        store.push(2, ["", "a", " b ", "", ""].into_iter()).unwrap();
        store.push(5, [""].into_iter()).unwrap();
        store.push(9, ["é", "c"].into_iter()).unwrap();
        let rows: Vec<(u64, Vec<&str>)> = store.rows().map(|row| (row.number(), row.cells().collect())).collect();
        assert_eq!(rows, [(2, vec!["", "a", " b "]), (5, vec![]), (9, vec!["é", "c"])]);
        let first = store.rows().next().unwrap();
        assert_eq!((first.cell(0), first.cell(2), first.cell(4)), ("", "b", ""));
    }
}
