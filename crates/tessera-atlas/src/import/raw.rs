//! Raw columns: what tables say of one indicator in one period, in the fixed order of a geography.
//!
//! The first of them are kept in memory and all others on the disk, so that a build takes no more memory with more indicators.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;

use super::scratch::Scratch;
use crate::cell::{Cell, Status};
use crate::column::Numbers;
use crate::manifest::Field;
use crate::period::{Period, YearStart};

/// Where a raw column belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ColumnKey {
    pub(super) geography: usize,
    pub(super) indicator: usize,
    pub(super) period: Period,
}

/// How many bytes of columns are kept in memory: some 300 of the small areas of England and Wales.
const IN_MEMORY: usize = 80 * 1024 * 1024;

/// The rows of a table by area, counted from 1; 0 where the table says nothing.
pub(super) type RowsOfAreas = Arc<Vec<u32>>;

/// What one table says of one field of a column, by area, or in the order of some rows. Without a number the cell says why,
/// or nothing.
#[derive(Debug, Clone)]
pub(super) struct FieldColumn {
    /// Not a number where there is none.
    numbers: Vec<f64>,
    /// What stands beside the numbers or in their place; empty where nothing does.
    marks: Vec<Marks>,
}

/// Statuses, each a bit in the order of [`Status::ALL`].
type Marks = u16;

/// What is kept of a cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kept {
    /// Not a number where there is none.
    number: f64,
    marks: Marks,
}

impl Kept {
    pub(super) fn is_number(self) -> bool {
        !self.number.is_nan()
    }
}

impl From<f64> for Kept {
    fn from(number: f64) -> Kept {
        Kept { number, marks: 0 }
    }
}

impl From<&Cell> for Kept {
    fn from(cell: &Cell) -> Kept {
        Kept { number: cell.value.unwrap_or(f64::NAN), marks: marks_of(&cell.status) }
    }
}

fn marks_of(statuses: &[Status]) -> Marks {
    let bit = |status: &Status| Status::ALL.iter().position(|other| other == status).map_or(0, |bit| 1 << bit);
    statuses.iter().map(bit).fold(0, |marks, bit: Marks| marks | bit)
}

fn statuses(marks: Marks) -> impl Iterator<Item = Status> {
    Status::ALL.into_iter().enumerate().filter(move |(bit, _)| marks & (1 << bit) != 0).map(|(_, status)| status)
}

impl FieldColumn {
    /// A column of so many areas, of which nothing is said.
    pub(super) fn new(areas: usize) -> FieldColumn {
        FieldColumn { numbers: vec![f64::NAN; areas], marks: Vec::new() }
    }

    /// Keeps what stands in a cell.
    #[inline]
    pub(super) fn put(&mut self, area: usize, cell: Kept) {
        if let Some(number) = self.numbers.get_mut(area) {
            *number = cell.number;
        }
        if cell.marks != 0 {
            self.marks.resize(self.numbers.len(), 0);
            self.marks[area] = cell.marks;
        }
    }

    /// Whether there is a number, by area.
    pub(super) fn are_numbers(&self) -> impl Iterator<Item = bool> {
        self.numbers.iter().map(|number| !number.is_nan())
    }

    /// What is kept of an area.
    pub(super) fn get(&self, area: usize) -> Kept {
        let number = self.numbers.get(area).copied().unwrap_or(f64::NAN);
        Kept { number, marks: self.marks.get(area).copied().unwrap_or_default() }
    }

    /// Keeps what another column keeps, of each pair of places what stands in the first of the other's in the second of this.
    pub(super) fn put_all(&mut self, other: &FieldColumn, places: &[(usize, usize)]) {
        if !other.marks.is_empty() {
            return places.iter().for_each(|(own, area)| self.put(*area, other.get(*own)));
        }
        for (own, area) in places {
            if let (Some(number), Some(own)) = (self.numbers.get_mut(*area), other.numbers.get(*own)) {
                *number = *own;
            }
        }
    }

    /// How much memory it takes.
    fn bytes(&self) -> usize {
        size_of_val(&self.numbers[..]) + size_of_val(&self.marks[..])
    }

    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.bytes());
        self.numbers.iter().for_each(|number| bytes.extend_from_slice(&number.to_le_bytes()));
        self.marks.iter().for_each(|marks| bytes.extend_from_slice(&marks.to_le_bytes()));
        bytes
    }

    fn from_bytes(bytes: &[u8], areas: usize) -> FieldColumn {
        let (numbers, marks) = bytes.split_at(bytes.len().min(areas * size_of::<f64>()));
        let numbers = numbers.as_chunks().0.iter().map(|bytes| f64::from_le_bytes(*bytes));
        let marks = marks.as_chunks().0.iter().map(|bytes| Marks::from_le_bytes(*bytes));
        FieldColumn { numbers: numbers.collect(), marks: marks.collect() }
    }
}

/// Where what one table says of one field is kept.
#[derive(Debug)]
struct Stored {
    /// The number of the table, counted from 0.
    table: usize,
    rows: RowsOfAreas,
    held: Held,
}

#[derive(Debug)]
enum Held {
    InMemory(FieldColumn),
    OnDisk { start: u64, bytes: usize },
}

/// Everything that tables say of one indicator in one period, by position.
#[derive(Debug, Default)]
pub(super) struct RawColumn {
    /// The values themselves; empty where no table gives any.
    pub(super) values: Numbers,
    /// What stands beside those values or in their place.
    pub(super) marks: BTreeMap<u32, Vec<Status>>,
    /// Numerators, denominators and limits.
    pub(super) parts: BTreeMap<Field, Numbers>,
    /// What stands beside numerators and denominators or in their place.
    pub(super) part_marks: BTreeMap<u32, Vec<Status>>,
    /// The number of the first table that says anything of it, counted from 0.
    pub(super) table: Option<usize>,
    /// Of values and denominators, whether a table says anything of an area: a number, or the reason for none.
    supplied: BTreeMap<Field, Vec<bool>>,
    /// By field, the numbers of the tables that say it, and their rows.
    said: BTreeMap<Field, Vec<(usize, RowsOfAreas)>>,
}

impl RawColumn {
    /// Whether a table gives the value or the denominator of this area itself, be it a number or the reason for none.
    pub(super) fn is_supplied(&self, field: Field, area: usize) -> bool {
        self.supplied.get(&field).and_then(|supplied| supplied.get(area)).copied().unwrap_or_default()
    }

    /// Whether a table gives that of any area.
    pub(super) fn is_ever_supplied(&self, field: Field) -> bool {
        self.supplied.get(&field).is_some_and(|supplied| supplied.contains(&true))
    }

    /// The table that says a field of an area, counted from 0, and the row.
    pub(super) fn cell(&self, field: Field, area: usize) -> Option<(usize, u32)> {
        let said = self.said.get(&field)?;
        said.iter().find_map(|(table, rows)| Some((*table, *rows.get(area)?)).filter(|(_, row)| *row != 0))
    }

    fn add(&mut self, field: Field, kept: &Stored, column: &FieldColumn) {
        if kept.rows.iter().all(|row| *row == 0) {
            return;
        }
        self.table = self.table.or(Some(kept.table));
        self.said.entry(field).or_default().push((kept.table, kept.rows.clone()));
        let areas = column.numbers.len();
        let (numbers, marks) = match field {
            Field::Value => (&mut self.values, Some(&mut self.marks)),
            Field::Numerator | Field::Denominator => (self.parts.entry(field).or_default(), Some(&mut self.part_marks)),
            Field::Lower | Field::Upper | Field::Note => (self.parts.entry(field).or_default(), None),
        };
        numbers.resize(areas, None);
        let mut supplied = matches!(field, Field::Value | Field::Denominator)
            .then(|| self.supplied.entry(field).or_insert_with(|| vec![false; areas]));
        let said = kept.rows.iter().zip(&column.numbers).enumerate().filter(|(_, (row, _))| **row != 0);
        for (area, (_, number)) in said {
            numbers[area] = Some(*number).filter(|number| !number.is_nan());
            if let Some(supplied) = supplied.as_deref_mut().and_then(|supplied| supplied.get_mut(area)) {
                *supplied |= numbers[area].is_some() || column.marks.get(area).is_some_and(|own| *own != 0);
            }
        }
        let Some(marks) = marks else { return };
        for (own, position) in column.marks.iter().zip(0..).filter(|(own, _)| **own != 0) {
            let known = marks.entry(position).or_default();
            known.extend(statuses(*own));
            known.sort_unstable();
            known.dedup();
        }
    }
}

/// An area of which a table says something that another table, or another column of the same, said before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SaidBefore {
    /// The row in which it is said again.
    pub(super) row: u32,
    /// The table in which it was said first, counted from 0, and the row.
    pub(super) first: (usize, u32),
}

/// What all tables say.
#[derive(Debug)]
pub(super) struct RawColumns {
    scratch: Scratch,
    /// How many bytes there still is room for in memory.
    room: usize,
    /// Those of the last wide table: the next one often has the same.
    rows: RowsOfAreas,
    /// By indicator.
    columns: BTreeMap<usize, BTreeMap<ColumnKey, BTreeMap<Field, Vec<Stored>>>>,
}

impl RawColumns {
    pub(super) fn new(scratch: Scratch) -> RawColumns {
        RawColumns { scratch, room: IN_MEMORY, rows: RowsOfAreas::default(), columns: BTreeMap::new() }
    }

    /// The rows of a wide table; all that are the same are in memory once.
    pub(super) fn rows(&mut self, rows: Vec<u32>) -> RowsOfAreas {
        if *self.rows != rows {
            self.rows = Arc::new(rows);
        }
        self.rows.clone()
    }

    /// Adds what a table says of a field; for each area it may be said once.
    pub(super) fn put(
        &mut self,
        key: ColumnKey,
        field: Field,
        table: usize,
        rows: &RowsOfAreas,
        column: FieldColumn,
    ) -> io::Result<Vec<SaidBefore>> {
        let held = self.hold(column)?;
        let all = self.columns.entry(key.indicator).or_default();
        let all = all.entry(key).or_default().entry(field).or_default();
        let before = |(area, row): (usize, &u32)| {
            let first =
                all.iter().find_map(|kept| Some((kept.table, *kept.rows.get(area)?)).filter(|(_, row)| *row != 0));
            Some(SaidBefore { row: *row, first: first.filter(|_| *row != 0)? })
        };
        let mut again: Vec<SaidBefore> =
            if all.is_empty() { Vec::new() } else { rows.iter().enumerate().filter_map(before).collect() };
        again.sort_by_key(|again| again.row);
        all.push(Stored { table, rows: rows.clone(), held });
        Ok(again)
    }

    fn hold(&mut self, column: FieldColumn) -> io::Result<Held> {
        if let Some(room) = self.room.checked_sub(column.bytes()) {
            self.room = room;
            return Ok(Held::InMemory(column));
        }
        let bytes = column.to_bytes();
        Ok(Held::OnDisk { start: self.scratch.put(&bytes)?, bytes: bytes.len() })
    }

    fn held<'a>(&'a self, kept: &'a Stored) -> io::Result<Cow<'a, FieldColumn>> {
        Ok(match &kept.held {
            Held::InMemory(column) => Cow::Borrowed(column),
            Held::OnDisk { start, bytes } => {
                let bytes = self.scratch.get(*start, *bytes)?;
                Cow::Owned(FieldColumn::from_bytes(&bytes, kept.rows.len()))
            }
        })
    }

    /// The indicators of which a table says anything.
    pub(super) fn indicators_of(&self, table: usize) -> BTreeSet<usize> {
        let says = |fields: &BTreeMap<Field, Vec<Stored>>| fields.values().flatten().any(|kept| kept.table == table);
        let own = self.columns.iter().filter(|(_, columns)| columns.values().any(says));
        own.map(|(indicator, _)| *indicator).collect()
    }

    /// Every column of an indicator, in the order of its key.
    ///
    /// # Errors
    /// Where the disk does not give back what it was given.
    pub(super) fn of_indicator(&self, indicator: usize) -> io::Result<Vec<(ColumnKey, RawColumn)>> {
        let own = self.columns.get(&indicator).into_iter().flatten();
        own.map(|(key, fields)| Ok((*key, self.column(fields)?))).collect()
    }

    /// The values that one table gives of an indicator, by area, in each period; not a number where it gives none.
    ///
    /// # Errors
    /// As [`RawColumns::of_indicator`].
    pub(super) fn values_of<'a>(
        &'a self,
        table: usize,
        indicator: usize,
    ) -> io::Result<Vec<(ColumnKey, Cow<'a, [f64]>)>> {
        let own = self.columns.get(&indicator).into_iter().flatten();
        let values =
            own.flat_map(|(key, fields)| fields.get(&Field::Value).into_iter().flatten().map(|kept| (*key, kept)));
        let read = |(key, kept): (ColumnKey, &'a Stored)| {
            let numbers = match self.held(kept)? {
                Cow::Borrowed(column) => Cow::Borrowed(&column.numbers[..]),
                Cow::Owned(column) => Cow::Owned(column.numbers),
            };
            Ok((key, numbers))
        };
        values.filter(|(_, kept)| kept.table == table).map(read).collect()
    }

    fn column(&self, fields: &BTreeMap<Field, Vec<Stored>>) -> io::Result<RawColumn> {
        let mut column = RawColumn::default();
        for (field, all) in fields {
            for kept in all {
                column.add(*field, kept, &*self.held(kept)?);
            }
        }
        Ok(column)
    }

    /// Another day on which a table lets the years of this indicator start, and the number of the table.
    pub(super) fn other_start(&self, key: ColumnKey) -> Option<(YearStart, usize)> {
        let Period::SplitYear(_, own) = key.period else { return None };
        let known = self.columns.get(&key.indicator)?;
        known.iter().find_map(|(other, fields)| match other.period {
            Period::SplitYear(_, start) if start != own => Some((start, fields.values().flatten().next()?.table)),
            _ => None,
        })
    }
}
