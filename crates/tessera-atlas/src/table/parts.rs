//! Tables that are read a part at a time, on all processors: a long one may have more rows than there is memory for, and a wide one more
//! columns.

use std::collections::BTreeMap;
use std::ops::Range;

use super::blocks::{BlockRows, TextFile, Unusual};
use super::columns::{ColumnFile, Columns};
use super::draft::note_dialect;
use super::store::{Row, Store};
use super::{Table, TablePlace};
use crate::folder::AtlasFolder;
use crate::parallel::in_order;
use crate::problem::Problems;

/// How many rows are a part, of those that are in memory.
const ROWS_OF_PART: usize = 4096;

/// A table that is open to be read in parts.
pub(crate) struct OpenTable {
    table: Table,
    rows: RowsOf,
}

/// Where the rows of a table are.
enum RowsOf {
    /// In memory, with the table.
    Table,
    /// In a text file, of which some blocks are in memory at a time.
    Text(TextFile),
    /// In a Parquet file, which is in memory as it is packed.
    Columns(ColumnFile),
}

/// The columns that are needed of a table; of a Parquet file no others are read.
#[derive(Debug, Default)]
pub(crate) struct Needed {
    /// The column of codes, which every row has that is not blank.
    pub(crate) code: Option<usize>,
    /// Those that are read as text.
    pub(crate) texts: Vec<usize>,
    /// Those that may hold numbers.
    pub(crate) values: Vec<usize>,
}

/// Some rows of a table.
#[derive(Debug)]
pub(crate) struct Part<'a>(PartOf<'a>);

#[derive(Debug)]
enum PartOf<'a> {
    InMemory(Source<'a>, Range<usize>),
    Text(BlockRows<'a>),
}

/// Takes rows, one after the other.
pub(crate) trait TakeRows {
    /// Takes the next row.
    fn take(&mut self, row: &Row<'_>);

    /// Takes the next row, which has this number and begins the text, where everything in it but numbers is foreseen. Gives its
    /// length in bytes with its line feed; `None` where nothing was taken, which makes it a row as any other.
    fn take_known(&mut self, _number: u64, _text: &[u8], _separator: u8) -> Option<usize> {
        None
    }
}

/// Does the same with each row.
pub(super) struct Each<F>(pub(super) F);

impl<F: FnMut(&Row<'_>)> TakeRows for Each<F> {
    fn take(&mut self, row: &Row<'_>) {
        (self.0)(row);
    }
}

/// Rows that are in memory.
#[derive(Debug, Clone, Copy)]
enum Source<'a> {
    Store(&'a Store),
    Columns(&'a Columns),
}

impl Source<'_> {
    fn len(self) -> usize {
        match self {
            Source::Store(store) => store.len(),
            Source::Columns(columns) => columns.len(),
        }
    }

    /// Does some work with parts of these rows, as [`OpenTable::in_parts`] does.
    fn in_parts<T: Send>(
        self,
        work: impl Fn(Part<'_>) -> Result<T, Unusual> + Sync,
        mut take: impl FnMut(T),
    ) -> Result<(), Unusual> {
        let mut starts = (0..self.len()).step_by(ROWS_OF_PART);
        let work = |start: usize| work(Part(PartOf::InMemory(self, start..(start + ROWS_OF_PART).min(self.len()))));
        in_order(
            || Ok(starts.next()),
            work,
            |made| {
                take(made);
                Ok(())
            },
        )
    }
}

impl Part<'_> {
    /// Hands on each row.
    ///
    /// # Errors
    /// When the file cannot be read in parts. What was handed on is of no use then.
    pub(crate) fn try_for_each(&self, mut take: impl FnMut(Row<'_>)) -> Result<(), Unusual> {
        self.hand_to(&mut Each(|row: &Row<'_>| take(*row)))
    }

    /// Hands each row to somebody who may know what stands in the next.
    ///
    /// # Errors
    /// As [`Part::try_for_each`].
    pub(crate) fn hand_to(&self, taker: &mut impl TakeRows) -> Result<(), Unusual> {
        match &self.0 {
            PartOf::InMemory(Source::Store(store), rows) => {
                rows.clone().filter_map(|row| store.row(row)).for_each(|row| taker.take(&row));
            }
            PartOf::InMemory(Source::Columns(columns), rows) => {
                rows.clone().for_each(|row| taker.take(&columns.row(row)));
            }
            PartOf::Text(rows) => return rows.try_for_each(taker),
        }
        Ok(())
    }

    /// How many rows there are at most.
    pub(crate) fn most_rows(&self) -> usize {
        match &self.0 {
            PartOf::InMemory(_, rows) => rows.len(),
            PartOf::Text(rows) => rows.most_rows(),
        }
    }
}

impl OpenTable {
    /// Opens a table; one that cannot be read in parts is read as [`Table::read`] does.
    pub(crate) fn open(folder: &AtlasFolder, place: TablePlace<'_>, problems: &mut Problems) -> Option<OpenTable> {
        let opened = if super::may_have_sheets(place.file) {
            Err(Unusual)
        } else if super::has_heading_row(place.file) {
            TextFile::open(folder, place).map(|(table, file)| OpenTable { table, rows: RowsOf::Text(file) })
        } else {
            ColumnFile::open(folder, place).map(|(table, file)| OpenTable { table, rows: RowsOf::Columns(file) })
        };
        let Ok(open) = opened else { return OpenTable::read(folder, place, problems) };
        open.table.dialect.into_iter().for_each(|dialect| note_dialect(place.file, dialect, problems));
        Some(open)
    }

    /// Reads a table as a whole.
    pub(crate) fn read(folder: &AtlasFolder, place: TablePlace<'_>, problems: &mut Problems) -> Option<OpenTable> {
        Some(OpenTable { table: Table::read(folder, place, problems)?, rows: RowsOf::Table })
    }

    /// Everything but the rows.
    pub(crate) fn form(&self) -> &Table {
        &self.table
    }

    /// Whether going through some of its columns after the others takes hardly longer than through all at once.
    pub(crate) fn has_columns_at_hand(&self) -> bool {
        !matches!(self.rows, RowsOf::Text(_))
    }

    /// Does some work with each part on all processors, and hands on what is made in the order of rows.
    ///
    /// # Errors
    /// When the file cannot be read in parts to its end. What was handed on is of no use then.
    pub(crate) fn in_parts<T: Send>(
        &self,
        needed: &Needed,
        work: impl Fn(Part<'_>) -> Result<T, Unusual> + Sync,
        mut take: impl FnMut(T),
    ) -> Result<(), Unusual> {
        match &self.rows {
            RowsOf::Table => Source::Store(&self.table.store).in_parts(work, take),
            RowsOf::Columns(file) => {
                file.in_batches(needed, |columns| Source::Columns(&columns).in_parts(&work, &mut take))
            }
            RowsOf::Text(file) => {
                let (mut blocks, mut cells) = (file.blocks()?, 0);
                let work = |block| {
                    let rows = file.rows(block)?;
                    Ok((rows.most_cells(), work(Part(PartOf::Text(rows)))?))
                };
                let take = |(of_part, made)| {
                    cells += of_part;
                    if cells > Store::MOST_CELLS {
                        return Err(Unusual);
                    }
                    take(made);
                    Ok(())
                };
                in_order(|| blocks.next(), work, take)
            }
        }
    }

    /// Whether there is no row below the headings.
    pub(crate) fn is_empty(&self) -> bool {
        let count = |part: Part<'_>| {
            let mut rows = 0;
            part.try_for_each(|_| rows += 1)?;
            Ok(rows)
        };
        let mut rows = 0;
        self.in_parts(&Needed::default(), count, |of_part| rows += of_part).is_ok() && rows == 0
    }

    /// The texts of some cells, by the numbers of their rows and their columns.
    pub(crate) fn cells(&self, cells: &[(u64, usize)]) -> BTreeMap<(u64, usize), String> {
        let mut found = BTreeMap::new();
        if cells.is_empty() {
            return found;
        }
        let wanted = |part: Part<'_>| {
            let mut own = Vec::new();
            part.try_for_each(|row| {
                let of_row = cells.iter().filter(|(number, _)| *number == row.number());
                own.extend(of_row.map(|cell| (*cell, row.cell(cell.1).to_owned())));
            })?;
            Ok(own)
        };
        let texts = cells.iter().map(|(_, column)| *column).collect();
        // A file that changed since is as good as one without these rows.
        let _ = self.in_parts(&Needed { texts, ..Needed::default() }, wanted, |cells| found.extend(cells));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every row with its number and cells, read in parts.
    fn read(file: &str, content: &str) -> Result<Vec<(u64, Vec<String>)>, Unusual> {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join(file), content).unwrap();
        let folder = AtlasFolder::open(directory.path()).unwrap();
        let mut problems = Problems::default();
        let table = OpenTable::open(&folder, TablePlace::from(file), &mut problems).ok_or(Unusual)?;
        let told_of_parts: Vec<_> = std::mem::take(&mut problems).iter().map(ToString::to_string).collect();
        let cells = |row: Row<'_>| (row.number(), row.cells().map(str::to_owned).collect());
        let mut all = Vec::new();
        let needed = Needed::default();
        let read = |part: Part<'_>| {
            let mut rows = Vec::new();
            part.try_for_each(|row| rows.push(cells(row)))?;
            Ok(rows)
        };
        table.in_parts(&needed, read, |rows| all.extend(rows))?;
        let whole = Table::read(&folder, file, &mut problems);
        if let Some(whole) = whole {
            let trimmed = |(number, mut cells): (u64, Vec<String>)| {
                while cells.last().is_some_and(String::is_empty) {
                    cells.pop();
                }
                (number, cells)
            };
            let whole_rows: Vec<_> = whole.rows().map(cells).collect();
            assert_eq!(all.iter().cloned().map(trimmed).collect::<Vec<_>>(), whole_rows);
            let told: Vec<_> = problems.iter().map(ToString::to_string).collect();
            assert_eq!(told_of_parts, told);
            assert_eq!((table.form().headings(), table.form().dialect()), (whole.headings(), whole.dialect()));
        }
        Ok(all)
    }

    #[test]
    fn parts_are_the_same_rows_as_the_whole() {
        let rows = 200_000;
        let plain: String = (0..rows).map(|row| format!("E{row},{},\n", row * 2)).collect();
        let quoted: String = (0..rows).map(|row| format!("\"E\n{row}\",{},x\n\n", row * 2)).collect();
        for (text, separator) in [(&plain, ","), (&quoted, ","), (&plain, ";"), (&quoted, "\t")] {
            let text = format!("\u{feff}code,value,note\n{text}").replace(',', separator);
            assert_eq!(read("t.csv", &text).map(|all| all.len()), Ok(rows));
        }
    }

    #[test]
    fn a_table_in_memory_has_parts_too() {
        let text: String = (0..10_000).map(|row| format!("é{row},{row}\r")).collect();
        assert_eq!(read("t.csv", &format!("code,value\r{text}")).map(|all| all.len()), Ok(10_000));
    }

    #[test]
    fn what_is_wrong_is_left_to_the_whole() {
        let rows = "E1,1\n".repeat(300_000);
        for last in ["E1,1,2\n", "E1\n", "\"E1,1\n", "E\0,1\n"] {
            assert_eq!(read("t.csv", &format!("code,value\n{rows}{last}")), Err(Unusual), "{last:?}");
        }
    }

    #[test]
    fn cells_are_found_by_their_rows() {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join("t.csv"), "code,value\nE1,1\n\nE2, 2\n").unwrap();
        let folder = AtlasFolder::open(directory.path()).unwrap();
        let table = OpenTable::open(&folder, TablePlace::from("t.csv"), &mut Problems::default()).unwrap();
        assert_eq!(table.cells(&[(4, 1), (9, 1)]), BTreeMap::from([((4, 1), "2".to_owned())]));
    }
}
