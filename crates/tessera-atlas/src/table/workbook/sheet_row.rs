//! A row of a sheet while its cells are collected, which may come in any order.

use crate::problem::Problem;

/// The most bytes of text in one row. The cells of a row may all be the same long text, which a file holds once.
const LONGEST_ROW: usize = 16 << 20;

/// The cells of one row. Their memory is used again for the next.
#[derive(Debug, Default)]
pub(super) struct SheetRow {
    /// The 1-based number of the row.
    pub(super) number: u64,
    cells: Vec<String>,
    /// How many cells there are up to the last one that was filled.
    filled: usize,
    bytes: usize,
}

impl SheetRow {
    /// Begins another row.
    pub(super) fn begin(&mut self, number: u64) {
        for cell in &mut self.cells[..self.filled] {
            cell.clear();
        }
        self.filled = 0;
        self.bytes = 0;
        self.number = number;
    }

    /// Fills a cell, by its column counted from 0.
    ///
    /// # Errors
    /// When the cell lies outside of what a sheet can hold, or the row becomes too long.
    pub(super) fn fill(&mut self, column: usize, text: &str) -> Result<(), Problem> {
        super::refuse_beyond_sheet(self.number, column)?;
        self.bytes += text.len();
        if self.bytes > LONGEST_ROW {
            let problem = Problem::error("too-long", format!("a row is longer than {} MiB", LONGEST_ROW >> 20));
            return Err(problem.row(self.number).cure("shorten its cells, or leave columns out"));
        }
        if self.cells.len() <= column {
            self.cells.resize_with(column + 1, String::new);
        }
        self.filled = self.filled.max(column + 1);
        let cell = &mut self.cells[column];
        cell.clear();
        cell.push_str(text);
        Ok(())
    }

    /// The cells up to the last one that was filled.
    pub(super) fn cells(&self) -> impl Iterator<Item = &str> + Clone {
        self.cells[..self.filled].iter().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_in_any_order_and_rows_start_empty() {
        let mut row = SheetRow::default();
        row.begin(1);
        row.fill(2, "c").unwrap();
        row.fill(0, "a").unwrap();
        assert_eq!(row.cells().collect::<Vec<_>>(), ["a", "", "c"]);
        row.begin(2);
        row.fill(1, "b").unwrap();
        assert_eq!(row.cells().collect::<Vec<_>>(), ["", "b"]);
    }

    #[test]
    fn a_long_text_cannot_be_repeated_without_end() {
        let mut row = SheetRow::default();
        row.begin(7);
        let text = "x".repeat(1 << 20);
        let problem = (0..).find_map(|column| row.fill(column, &text).err()).unwrap();
        assert_eq!((problem.kind, problem.row), ("too-long", Some(7)));
    }
}
