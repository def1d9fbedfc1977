//! The cells of a table, end to end in one text: a national table has millions of them.

/// The rows of a table.
#[derive(Debug, Default)]
pub(super) struct Store {
    text: String,
    /// Where each cell ends in the text.
    ends: Vec<u32>,
    rows: Vec<RowStart>,
}

#[derive(Debug, Clone, Copy)]
struct RowStart {
    number: u64,
    first_cell: usize,
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
        let first_cell = self.ends.len();
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
        self.rows.push(RowStart { number, first_cell });
        Ok(())
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let ends = self.rows.iter().skip(1).map(|next| next.first_cell).chain([self.ends.len()]);
        self.rows.iter().zip(ends).map(|(row, end)| Row {
            number: row.number,
            text: &self.text,
            begin: row
                .first_cell
                .checked_sub(1)
                .and_then(|before| self.ends.get(before))
                .map_or(0, |end| *end as usize),
            ends: self.ends.get(row.first_cell..end).unwrap_or_default(),
        })
    }
}

/// One row of a [`Table`](super::Table).
#[derive(Debug, Clone, Copy)]
pub struct Row<'t> {
    number: u64,
    text: &'t str,
    begin: usize,
    ends: &'t [u32],
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
        (0..self.ends.len()).map(move |column| row.whole_cell(column))
    }

    /// One cell, trimmed; empty beyond the end.
    pub fn cell(&self, column: usize) -> &'t str {
        self.whole_cell(column).trim()
    }

    fn whole_cell(&self, column: usize) -> &'t str {
        let end_of = |column: usize| self.ends.get(column).map(|end| *end as usize);
        let begin = column.checked_sub(1).map_or(Some(self.begin), end_of);
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
