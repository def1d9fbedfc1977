//! Tables that are read a part at a time, on all processors: a long one may have more rows than there is memory for.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use super::blocks::{TextFile, Unusual};
use super::draft::note_dialect;
use super::store::{Row, Store};
use super::{Table, TablePlace};
use crate::folder::AtlasFolder;
use crate::parallel::{in_parallel, processors};
use crate::problem::Problems;

/// How many parts are in memory at a time, for each processor.
const PARTS_AT_A_TIME: usize = 6;

/// How many rows are a part, of a table that is in memory.
const ROWS_OF_PART: usize = 4096;

/// A table that is open to be read in parts. Those that are text are not in memory.
#[derive(Debug)]
pub(crate) struct OpenTable {
    /// Without rows, where there is a file that they stand in.
    table: Table,
    file: Option<TextFile>,
}

/// Some rows of a table.
#[derive(Debug)]
pub(crate) struct Part<'a> {
    store: &'a Store,
    range: Range<usize>,
}

impl<'a> Part<'a> {
    fn whole(store: &'a Store) -> Part<'a> {
        Part { store, range: 0..store.len() }
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'a>> + use<'a> {
        self.store.some_rows(self.range.clone())
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.range.len()
    }
}

impl OpenTable {
    /// Opens a table; one that cannot be read in parts is read as [`Table::read`] does.
    pub(crate) fn open(folder: &AtlasFolder, place: TablePlace<'_>, problems: &mut Problems) -> Option<OpenTable> {
        if !super::may_have_sheets(place.file)
            && super::has_heading_row(place.file)
            && let Ok((table, file)) = TextFile::open(folder, place)
        {
            table.dialect.into_iter().for_each(|dialect| note_dialect(place.file, dialect, problems));
            return Some(OpenTable { table, file: Some(file) });
        }
        OpenTable::read(folder, place, problems)
    }

    /// Reads a table as a whole.
    pub(crate) fn read(folder: &AtlasFolder, place: TablePlace<'_>, problems: &mut Problems) -> Option<OpenTable> {
        Some(OpenTable { table: Table::read(folder, place, problems)?, file: None })
    }

    /// Everything but the rows.
    pub(crate) fn form(&self) -> &Table {
        &self.table
    }

    /// Whether all its rows are in memory.
    pub(crate) fn is_in_memory(&self) -> bool {
        self.file.is_none()
    }

    /// Does some work with each part on all processors, and hands on what is made in the order of rows.
    ///
    /// # Errors
    /// When the file cannot be read in parts to its end. What was handed on is of no use then.
    pub(crate) fn in_parts<T: Send>(
        &self,
        work: impl Fn(Part<'_>) -> T + Sync,
        mut take: impl FnMut(T),
    ) -> Result<(), Unusual> {
        let at_a_time = PARTS_AT_A_TIME * processors();
        let Some(file) = &self.file else {
            let store = &self.table.store;
            let part = |number: usize| number * ROWS_OF_PART..((number + 1) * ROWS_OF_PART).min(store.len());
            let parts = store.len().div_ceil(ROWS_OF_PART);
            for first in (0..parts).step_by(at_a_time) {
                let count = at_a_time.min(parts - first);
                let made = in_parallel(count, |number| work(Part { store, range: part(first + number) }));
                made.into_iter().for_each(&mut take);
            }
            return Ok(());
        };
        let blocks = Mutex::new((0, file.blocks()?));
        let next = || {
            let (number, blocks) = &mut *blocks.lock().unwrap_or_else(PoisonError::into_inner);
            *number += 1;
            Ok(blocks.next()?.map(|block| (*number, block)))
        };
        let mut cells = 0;
        loop {
            let made = in_parallel(at_a_time, |_| {
                let Some((number, block)) = next()? else { return Ok(None) };
                let store = file.rows(block)?;
                Ok(Some((number, (store.cells(), work(Part::whole(&store))))))
            });
            let made: BTreeMap<usize, (usize, T)> =
                made.into_iter().filter_map(Result::transpose).collect::<Result<_, _>>()?;
            if made.is_empty() {
                return Ok(());
            }
            for (of_part, made) in made.into_values() {
                cells += of_part;
                if cells > Store::MOST_CELLS {
                    return Err(Unusual);
                }
                take(made);
            }
        }
    }

    /// Whether there is no row below the headings.
    pub(crate) fn is_empty(&self) -> bool {
        let mut rows = 0;
        self.in_parts(|part| part.len(), |of_part| rows += of_part).is_ok() && rows == 0
    }

    /// The texts of some cells, by the numbers of their rows and their columns.
    pub(crate) fn cells(&self, cells: &[(u64, usize)]) -> BTreeMap<(u64, usize), String> {
        let mut found = BTreeMap::new();
        if cells.is_empty() {
            return found;
        }
        let wanted = |part: Part<'_>| {
            let mut own = Vec::new();
            for row in part.rows() {
                let of_row = cells.iter().filter(|(number, _)| *number == row.number());
                own.extend(of_row.map(|cell| (*cell, row.cell(cell.1).to_owned())));
            }
            own
        };
        // A file that changed since is as good as one without these rows.
        let _ = self.in_parts(wanted, |cells| found.extend(cells));
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
        table.in_parts(|part| part.rows().map(cells).collect::<Vec<_>>(), |rows| all.extend(rows))?;
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
