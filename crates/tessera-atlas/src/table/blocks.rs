//! Text files read a block of rows at a time, for tables that need not be in memory as a whole.
//!
//! Blocks end where rows end, so that they can be parsed on all processors, each for itself. Only what is as it should be is
//! read so: UTF-8, with as many cells in each row as there are headings. Whatever is not is left to [`csv`](super::csv),
//! which has the whole file before it and tells what is wrong where.

use std::io::Read;
use std::sync::{Mutex, PoisonError};

use memchr::{memchr, memchr_iter, memrchr};

use super::csv::{self, LONGEST_LINE, Rows};
use super::draft::{LONGEST_CELL, tell_apart};
use super::lines::Lines;
use super::parts::TakeRows;
use super::store::{Cells, Line, Row, Store, trimmed};
use super::{Dialect, Table, TablePlace};
use crate::folder::AtlasFolder;

/// How much of a file is read at a time.
const BLOCK: usize = 1 << 20;

/// A file cannot be read in blocks, or not to its end: it is to be read as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unusual;

/// A text file whose rows are read in blocks, as often as they are asked for.
#[derive(Debug)]
pub(super) struct TextFile {
    folder: AtlasFolder,
    file: String,
    separator: u8,
    heading_row: u64,
    /// How many cells each row has.
    columns: usize,
    room: Room,
}

/// Memory of blocks that are done with, for others: what is new to the processor and the kernel takes longer to fill than to read.
#[derive(Debug, Default)]
struct Room(Mutex<Vec<Vec<u8>>>);

impl Room {
    /// Room for a block, and for the part of a line before it.
    fn take(&self) -> Vec<u8> {
        let spare = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        spare.unwrap_or_else(|| Vec::with_capacity(LONGEST_LINE + BLOCK))
    }

    fn give_back(&self, text: String) {
        let mut bytes = text.into_bytes();
        bytes.clear();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(bytes);
    }
}

impl TextFile {
    /// The form of a table, without its rows, and the file that they stand in.
    pub(super) fn open(folder: &AtlasFolder, place: TablePlace<'_>) -> Result<(Table, TextFile), Unusual> {
        let heading_row = place.heading_row.unwrap_or(1);
        let mut file = TextFile {
            folder: folder.clone(),
            file: place.file.to_owned(),
            separator: b',',
            heading_row,
            columns: 0,
            room: Room::default(),
        };
        let first = file.blocks()?.next()?.ok_or(Unusual)?.into_text()?;
        if csv::said_separator(&first).is_some() {
            return Err(Unusual);
        }
        file.separator = csv::separator(&first, heading_row);
        let is_heading = |(line, record): &(u64, ::csv::StringRecord)| {
            *line >= heading_row && record.iter().any(|cell| !cell.trim().is_empty())
        };
        let (line, headings) = Rows::of(&first, file.separator).find(is_heading).ok_or(Unusual)?;
        if line != heading_row || headings.iter().any(|cell| cell.len() > LONGEST_CELL) {
            return Err(Unusual);
        }
        file.columns = headings.len();
        let table = Table {
            file: place.file.to_owned(),
            sheet: None,
            heading_row: Some(heading_row),
            dialect: Some(Dialect { encoding: "UTF-8", separator: file.separator.into() }),
            headings: tell_apart(headings.iter()),
            store: Store::default(),
        };
        Ok((table, file))
    }

    /// All blocks from the beginning of the file.
    pub(super) fn blocks(&self) -> Result<Blocks<'_, impl Read>, Unusual> {
        let (file, _) = self.folder.open_file(&self.file).map_err(|_| Unusual)?;
        Ok(Blocks::of(file, self.separator, &self.room))
    }

    /// The rows of a block that stand below the headings and are not blank.
    pub(super) fn rows(&self, block: Block) -> Result<BlockRows<'_>, Unusual> {
        let Block { first_line, lines, has_returns, has_quotations, .. } = block;
        let text = block.into_text()?;
        if !has_quotations {
            // The last line of a file need not end; and a row has as many bytes as cells, or it is none.
            let most_rows = (lines + 1).min(text.len() / self.columns.max(1) + 1);
            let rows = Parsed::Plain(Lines::of(text, first_line, self.separator, has_returns));
            return Ok(BlockRows { file: self, most_rows, rows });
        }
        csv::refuse_long_lines(&text).map_err(|_| Unusual)?;
        let mut rows = Store::default();
        for (line, record) in Rows::of(&text, self.separator) {
            let number = first_line + line - 1;
            if self.is_row(number, (record.len(), record.as_slice().len()), || record.iter())?
                && rows.push(number, record.iter()).is_err()
            {
                return Err(Unusual);
            }
        }
        self.room.give_back(text);
        Ok(BlockRows { file: self, most_rows: rows.len(), rows: Parsed::Quoted(rows) })
    }

    /// Whether some cells are a row, which stands below the headings and is not blank.
    ///
    /// # Errors
    /// When such a row has more cells or fewer than there are headings, or one that is too long.
    fn is_row<'c, Cells: Iterator<Item = &'c str>>(
        &self,
        number: u64,
        (count, bytes): (usize, usize),
        cells: impl Fn() -> Cells,
    ) -> Result<bool, Unusual> {
        if number <= self.heading_row || cells().all(|cell| trimmed(cell).is_empty()) {
            return Ok(false);
        }
        let has_long_cell = bytes > LONGEST_CELL && cells().any(|cell| cell.len() > LONGEST_CELL);
        if count != self.columns || has_long_cell { Err(Unusual) } else { Ok(true) }
    }
}

/// The rows of a block.
#[derive(Debug)]
pub(super) struct BlockRows<'f> {
    file: &'f TextFile,
    most_rows: usize,
    rows: Parsed,
}

#[derive(Debug)]
enum Parsed {
    Plain(Lines),
    Quoted(Store),
}

impl Drop for BlockRows<'_> {
    fn drop(&mut self) {
        if let Parsed::Plain(lines) = std::mem::replace(&mut self.rows, Parsed::Quoted(Store::default())) {
            self.file.room.give_back(lines.into_text());
        }
    }
}

impl BlockRows<'_> {
    /// How many there are at most.
    pub(super) fn most_rows(&self) -> usize {
        self.most_rows
    }

    /// How many cells they have at most.
    pub(super) fn most_cells(&self) -> usize {
        self.most_rows * self.file.columns
    }

    /// Hands on each.
    ///
    /// # Errors
    /// When a row is not as it should be. Those that were handed on are of no use then.
    pub(super) fn try_for_each(&self, taker: &mut impl TakeRows) -> Result<(), Unusual> {
        let lines = match &self.rows {
            Parsed::Plain(lines) => lines,
            Parsed::Quoted(rows) => {
                rows.rows().for_each(|row| taker.take(&row));
                return Ok(());
            }
        };
        let take = |taker: &mut _, number, line: Line<'_>| {
            if line.bytes() > LONGEST_LINE {
                return Err(Unusual);
            }
            if self.file.is_row(number, (line.len(), line.bytes()), || line.cells())? {
                TakeRows::take(taker, &Row { number, cells: Cells::Line(line) });
            }
            Ok(())
        };
        let separator = self.file.separator;
        lines.try_for_each_unknown(taker, |taker, number, rest| taker.take_known(number, rest, separator), take)
    }
}

/// Some rows of a text file, as they stand in it.
#[derive(Debug, PartialEq)]
pub(super) struct Block {
    bytes: Vec<u8>,
    /// The 1-based line with which it begins.
    first_line: u64,
    /// How many lines end in it.
    lines: usize,
    /// Whether there is any carriage return.
    has_returns: bool,
    /// Whether there is any quotation mark.
    has_quotations: bool,
}

impl Block {
    fn into_text(self) -> Result<String, Unusual> {
        if memchr(0, &self.bytes).is_some() {
            return Err(Unusual);
        }
        String::from_utf8(self.bytes).map_err(|_| Unusual)
    }
}

/// The blocks of a text, one after the other.
pub(super) struct Blocks<'r, R> {
    source: R,
    room: &'r Room,
    separator: u8,
    /// What was read of the next block.
    rest: Vec<u8>,
    /// The line with which it begins.
    line: u64,
}

impl<'r, R: Read> Blocks<'r, R> {
    fn of(source: R, separator: u8, room: &'r Room) -> Blocks<'r, R> {
        Blocks { source, room, separator, rest: Vec::new(), line: 1 }
    }

    /// The next block, of whole rows; `None` behind the last.
    pub(super) fn next(&mut self) -> Result<Option<Block>, Unusual> {
        let mut bytes = self.room.take();
        bytes.append(&mut self.rest);
        let read = self.source.by_ref().take(BLOCK as u64).read_to_end(&mut bytes).map_err(|_| Unusual)?;
        if self.line == 1 {
            let marks = bytes.chunks(3).take_while(|mark| mark == b"\xEF\xBB\xBF").count();
            bytes.drain(..3 * marks);
        }
        if bytes.is_empty() {
            return Ok(None);
        }
        let End { end, is_open, has_quotations } = end_of_rows(&bytes, self.separator);
        if read == BLOCK {
            // A row that is longer than a line may be is never ended, or of a kind that is not known here.
            self.rest = bytes.split_off(end.ok_or(Unusual)?);
            if self.rest.len() > LONGEST_LINE {
                return Err(Unusual);
            }
        } else if is_open {
            return Err(Unusual);
        }
        let first_line = self.line;
        let has_returns = memchr(b'\r', &bytes).is_some();
        let lines = if has_returns { csv::line_ends(&bytes) } else { memchr_iter(b'\n', &bytes).count() as u64 };
        self.line += lines;
        let lines = usize::try_from(lines).unwrap_or_default();
        Ok(Some(Block { bytes, first_line, lines, has_returns, has_quotations }))
    }
}

/// How some bytes that begin with a row end.
struct End {
    /// Where the last row ends that certainly does.
    end: Option<usize>,
    /// Whether they end within quotation marks.
    is_open: bool,
    /// Whether there is any quotation mark.
    has_quotations: bool,
}

/// Line ends within quotation marks, which begin where a cell does, end no row.
fn end_of_rows(bytes: &[u8], separator: u8) -> End {
    let next_quote = |from: usize| Some(from + memchr(b'"', bytes.get(from..)?)?);
    let (mut end, mut from) = (None, 0);
    loop {
        let quote = next_quote(from);
        let plain = bytes.get(from..quote.unwrap_or(bytes.len())).unwrap_or_default();
        // Only a line feed surely ends a row here: behind a carriage return one may follow.
        end = memrchr(b'\n', plain).map(|newline| from + newline + 1).or(end);
        let Some(quote) = quote else { return End { end, is_open: false, has_quotations: from > 0 } };
        from = quote + 1;
        let opens = quote.checked_sub(1).is_none_or(|before| [separator, b'\n', b'\r'].contains(&bytes[before]));
        if !opens {
            continue;
        }
        loop {
            let Some(close) = next_quote(from) else { return End { end, is_open: true, has_quotations: true } };
            from = close + 1;
            if bytes.get(from) != Some(&b'"') {
                break;
            }
            from += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::parts::Each;
    use super::*;

    const SEPARATOR: u8 = b',';

    fn end(text: &str) -> (Option<usize>, bool) {
        let End { end, is_open, has_quotations } = end_of_rows(text.as_bytes(), SEPARATOR);
        assert_eq!(has_quotations, text.contains('"'), "{text:?}");
        (end, is_open)
    }

    /// The line and cells of each row.
    fn records(text: &str) -> Vec<(u64, Vec<String>)> {
        let cells = |record: &::csv::StringRecord| record.iter().map(str::to_owned).collect();
        Rows::of(text, SEPARATOR).map(|(line, record)| (line, cells(&record))).collect()
    }

    #[test]
    fn rows_end_at_lines_outside_of_quotation_marks() {
        assert_eq!(end("a,b\nc,d\ne"), (Some(8), false));
        assert_eq!(end("a,\"b\nc\",d\ne"), (Some(10), false));
        assert_eq!(end("a\nb,\"c\nd\n"), (Some(2), true), "never closed");
        assert_eq!(end("a,12\" pipe\nb,\"c\n"), (Some(11), true), "a mark within a cell opens nothing");
        assert_eq!(end("a\n\"b\"\"\n\",c\nd"), (Some(11), false), "a mark that is doubled closes nothing");
        assert_eq!(end("a"), (None, false));
    }

    #[test]
    fn blocks_know_their_lines() {
        let row = format!("{}\n\n", "x".repeat(1000));
        let text = row.repeat(5000);
        let room = Room::default();
        let mut blocks = Blocks::of(text.as_bytes(), SEPARATOR, &room);
        let (mut line, mut together) = (1, Vec::new());
        while let Some(block) = blocks.next().unwrap() {
            assert_eq!(block.first_line, line);
            line += csv::line_ends(&block.bytes);
            together.extend(block.bytes);
        }
        assert_eq!((line, together == text.as_bytes()), (10_001, true));
    }

    #[test]
    fn what_cannot_be_cut_is_unusual() {
        for text in ["x".repeat(2 * BLOCK + 1), format!("a,\"{}", "b\n".repeat(BLOCK)), "a,\"b\n".to_owned()] {
            let room = Room::default();
            let mut blocks = Blocks::of(text.as_bytes(), SEPARATOR, &room);
            let all: Result<Vec<_>, Unusual> = std::iter::from_fn(|| blocks.next().transpose()).collect();
            assert_eq!(all.map(|all| all.len()), Err(Unusual));
        }
    }

    #[test]
    fn lines_without_a_character_take_no_room_for_rows() {
        let file = |text: &str| {
            let directory = tempfile::tempdir().unwrap();
            std::fs::write(directory.path().join("t.csv"), text).unwrap();
            let folder = AtlasFolder::open(directory.path()).unwrap();
            let (_, file) = TextFile::open(&folder, TablePlace::from("t.csv")).unwrap();
            let block = file.blocks().unwrap().next().unwrap().unwrap();
            let rows = file.rows(block).unwrap();
            let mut count = 0;
            rows.try_for_each(&mut Each(|_: &Row<'_>| count += 1)).unwrap();
            (count, rows.most_rows())
        };
        let headings = format!("code{}\n", ",value".repeat(999));
        let row = format!("E1{}\n", ",".repeat(999));
        let (count, most) = file(&format!("{headings}{row}{}", "\n".repeat(100_000)));
        assert!(count == 1 && most < 120, "{most}");
        let (count, most) = file(&format!("{headings}{}", row.repeat(500)));
        assert!(count == 500 && most >= 500, "{most}");
        assert_eq!(file(&format!("{headings}\"E1\"{}\n\n\n", ",".repeat(999))), (1, 1));
    }

    proptest! {
        /// Rows that are cut into blocks are those of the whole text.
        #[test]
        fn rows_are_the_same_in_blocks(text in "[a,\"\n\r]{0,24}") {
            let (Some(end), _) = end(&text) else { return Ok(()) };
            let (head, tail) = text.split_at(end);
            let lines = csv::line_ends(head.as_bytes());
            let mut cut = records(head);
            cut.extend(records(tail).into_iter().map(|(line, cells)| (lines + line, cells)));
            prop_assert_eq!(cut, records(&text));
        }
    }
}
