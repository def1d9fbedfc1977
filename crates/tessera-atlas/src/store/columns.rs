//! An indicator's file: its columns one below the other, read a row group at a time.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use arrow_array::builder::{Float64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch, StringArray};
use bytes::Bytes;
use parquet::errors::ParquetError;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use sha2::{Digest as _, Sha256};

use super::catalog::ColumnEntry;
use super::error::StoreError;
use super::parquet::{ParquetFile, Rows, batch, write};
use super::ready;
use super::sealed::SealedFolder;
use crate::by_place::Columns;
use crate::cache::cache_of;
use crate::cell::Status;
use crate::column::{Column, Numbers};
use crate::geography::Geography;
use crate::manifest::Field;
use crate::packing::Packing;
use crate::period::Period;
use crate::quartiles::Quartiles;

/// A row group is closed once it has so many rows: a national column is read alone, small ones together.
const ROWS_OF_A_GROUP: usize = 16_384;
/// About how many row groups there is room for.
const EXPECTED_GROUPS: usize = 1000;
/// The fields beside the value.
pub(super) const FIELDS: [Field; 4] = [Field::Numerator, Field::Denominator, Field::Lower, Field::Upper];

/// The file of an indicator.
pub(super) fn file_of(indicator: &str) -> String {
    format!("indicators/{indicator}.parquet")
}

/// Which columns share a row group, by the number of their rows.
fn groups(rows: impl Iterator<Item = usize>) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    let mut filled = ROWS_OF_A_GROUP;
    for (column, rows) in rows.enumerate() {
        match groups.last_mut() {
            Some(group) if filled < ROWS_OF_A_GROUP => group.end = column + 1,
            _ => {
                groups.push(column..column + 1);
                filled = 0;
            }
        }
        filled += rows;
    }
    groups
}

/// One column with where and when it is.
pub(super) struct Placed<'a> {
    /// `None`: the whole atlas.
    pub(super) geography: Option<&'a Geography>,
    pub(super) period: Period,
    pub(super) column: &'a Column,
}

/// An indicator's columns as a Parquet file.
pub(super) fn write_columns(columns: &[Placed<'_>]) -> Result<Vec<u8>, ParquetError> {
    let groups = groups(columns.iter().map(|placed| placed.column.values.len()));
    let batches: Result<Vec<RecordBatch>, ParquetError> =
        groups.into_iter().map(|group| batch_of(&columns[group])).collect();
    write(&batches?, &[])
}

fn batch_of(columns: &[Placed<'_>]) -> Result<RecordBatch, ParquetError> {
    let repeated = |text: &dyn Fn(&Placed<'_>) -> Option<String>| -> ArrayRef {
        let texts = columns.iter().map(|placed| (text(placed), placed.column.values.len()));
        let texts: Vec<(Option<String>, usize)> = texts.collect();
        let rows = texts.iter().flat_map(|(text, rows)| std::iter::repeat_n(text.as_deref(), *rows));
        Arc::new(rows.collect::<StringArray>())
    };
    let codes = columns.iter().flat_map(|placed| {
        let areas = placed.geography.map(Geography::areas).unwrap_or_default();
        (0..placed.column.values.len()).map(|row| Some(areas.get(row)?.code.as_str()))
    });
    let numbers = |field: Field| -> ArrayRef {
        let mut cells = Float64Builder::new();
        for column in columns.iter().map(|placed| placed.column) {
            match column.field(field) {
                Some(numbers) => cells.extend(numbers.iter().copied()),
                None => cells.append_nulls(column.values.len()),
            }
        }
        Arc::new(cells.finish())
    };
    let (mut words, mut coverage) = (StringBuilder::new(), Float64Builder::new());
    for (column, row) in
        columns.iter().flat_map(|placed| (0..placed.column.values.len()).map(|row| (placed.column, row)))
    {
        let statuses: Vec<&str> = column.status_of(row).iter().map(|status| status.word()).collect();
        words.append_option((!statuses.is_empty()).then(|| statuses.join(" ")));
        coverage.append_option(column.coverage_of(row));
    }
    batch(vec![
        ("geography", repeated(&|placed| placed.geography.map(|geography| geography.id.clone()))),
        ("area_code", Arc::new(codes.collect::<StringArray>())),
        ("period", repeated(&|placed| Some(placed.period.to_string()))),
        ("value", numbers(Field::Value)),
        ("numerator", numbers(Field::Numerator)),
        ("denominator", numbers(Field::Denominator)),
        ("lower", numbers(Field::Lower)),
        ("upper", numbers(Field::Upper)),
        ("status", Arc::new(words.finish())),
        ("coverage", Arc::new(coverage.finish())),
    ])
}

/// What is read for answers: all but what the catalogue says already. Most of it is empty in most columns, and then not read.
const READ: [&str; 7] = ["value", "numerator", "denominator", "lower", "upper", "status", "coverage"];

/// Decoded row groups, kept as far as there is memory for them; shared by all editions that are open. They are known by their
/// content, so that an edition finds what the one before has read of the indicators that did not change.
#[derive(Debug, Clone)]
pub struct ColumnCache(Arc<Cache<GroupKey, Group, Bytewise>>);

type GroupKey = (Digest, usize);
/// Of an indicator's file and the entries of its columns.
type Digest = [u8; 32];
type Group = Arc<Vec<Arc<Column>>>;

#[derive(Debug, Clone)]
struct Bytewise;

impl Weighter<GroupKey, Group> for Bytewise {
    fn weight(&self, _: &GroupKey, group: &Group) -> u64 {
        group.iter().map(|column| column.bytes() as u64).sum()
    }
}

impl ColumnCache {
    /// A cache of so many bytes.
    pub fn new(bytes: u64) -> ColumnCache {
        ColumnCache(Arc::new(cache_of(EXPECTED_GROUPS, bytes, Bytewise)))
    }
}

/// The columns of an edition on a store.
#[derive(Debug)]
pub(crate) struct StoredColumns {
    folder: SealedFolder,
    cache: ColumnCache,
    /// By position.
    indicators: Vec<IndicatorFile>,
}

#[derive(Debug)]
struct IndicatorFile {
    id: String,
    entries: Vec<ColumnEntry>,
    /// By position of the geography (`None`: the whole atlas) and period, the number of the column.
    numbers: Vec<(Option<usize>, Period, usize)>,
    digest: OnceLock<Digest>,
    /// By number of the column, once somebody asked for it.
    quartiles: Vec<OnceLock<Option<Quartiles>>>,
}

impl IndicatorFile {
    fn file(&self) -> String {
        file_of(&self.id)
    }

    /// Which columns share each row group.
    fn groups(&self) -> Vec<Range<usize>> {
        groups(self.entries.iter().map(|entry| entry.rows))
    }

    /// Known from the checksums of the file, for which it need not be read.
    fn digest(&self, folder: &SealedFolder) -> Result<Digest, StoreError> {
        if let Some(digest) = self.digest.get() {
            return Ok(*digest);
        }
        let mut hash = Sha256::new();
        folder.seal(&self.file())?.sha256.iter().for_each(|block| hash.update(block));
        let entries = serde_json::to_vec(&self.entries).map_err(|error| folder.damaged(&self.file(), error))?;
        hash.update(entries);
        Ok(*self.digest.get_or_init(|| hash.finalize().into()))
    }
}

impl StoredColumns {
    /// The columns that a catalogue lists, by indicator.
    pub(super) fn new(
        folder: SealedFolder,
        cache: ColumnCache,
        geographies: &[Geography],
        indicators: Vec<(String, Vec<ColumnEntry>)>,
    ) -> Result<StoredColumns, StoreError> {
        let of = |(id, entries): (String, Vec<ColumnEntry>)| {
            let place = |(entry, number): (&ColumnEntry, usize)| {
                let position = |id: &String| geographies.iter().position(|geography| geography.id == *id);
                let geography = entry.geography.as_ref().map(position);
                let rows = match geography {
                    Some(Some(position)) => geographies.get(position).map(Geography::len),
                    Some(None) => None,
                    None => Some(1),
                };
                let fits = rows == Some(entry.rows);
                fits.then(|| (geography.flatten(), entry.period(), number))
            };
            let numbers: Option<Vec<_>> = entries.iter().zip(0..).map(place).collect();
            let mut numbers = numbers
                .ok_or_else(|| folder.damaged(&file_of(&id), "its columns have another length than their geography"))?;
            numbers.sort_unstable();
            let quartiles = entries.iter().map(|_| OnceLock::new()).collect();
            Ok(IndicatorFile { id, entries, numbers, digest: OnceLock::new(), quartiles })
        };
        let indicators = indicators.into_iter().map(of).collect::<Result<_, _>>()?;
        Ok(StoredColumns { folder, cache, indicators })
    }

    pub(super) fn folder(&self) -> &SealedFolder {
        &self.folder
    }

    /// The entries of an indicator's columns, in the order in which they stand in its file.
    pub(super) fn entries(&self, indicator: usize) -> &[ColumnEntry] {
        self.indicators.get(indicator).map_or(&[], |file| &file.entries)
    }

    /// The periods of an indicator for a geography (`None`: the whole atlas), in time order.
    pub(crate) fn periods(&self, geography: Option<usize>, indicator: usize) -> impl Iterator<Item = Period> {
        self.numbers(geography, indicator).iter().map(|(_, period, _)| *period)
    }

    /// The number of a column among those of its indicator.
    pub(crate) fn number(&self, geography: Option<usize>, indicator: usize, period: Period) -> Option<usize> {
        let numbers = self.numbers(geography, indicator);
        let is_it = |(_, own, _): &&(Option<usize>, Period, usize)| *own == period;
        let is_written_so = |(_, own, _): &&(Option<usize>, Period, usize)| own.is_written_as(&period);
        let found = numbers.iter().find(is_it).or_else(|| numbers.iter().find(is_written_so));
        found.map(|(_, _, number)| *number)
    }

    fn numbers(&self, geography: Option<usize>, indicator: usize) -> &[(Option<usize>, Period, usize)] {
        let numbers = self.indicators.get(indicator).map(|file| file.numbers.as_slice()).unwrap_or_default();
        let start = numbers.partition_point(|(own, ..)| *own < geography);
        let end = numbers.partition_point(|(own, ..)| *own <= geography);
        &numbers[start..end]
    }

    /// Every column, past the cache.
    pub(crate) fn read_all(&self) -> Result<Columns, StoreError> {
        let mut all = Columns::default();
        for (indicator, file) in self.indicators.iter().enumerate() {
            let mut columns = Vec::with_capacity(file.entries.len());
            for group in 0..file.groups().len() {
                columns.extend(self.read_group(file, group)?);
            }
            for (geography, period, number) in &file.numbers {
                let Some(column) = columns.get(*number).map(|column| Column::clone(column)) else { continue };
                all.insert((*geography, indicator, *period), column);
            }
        }
        Ok(all)
    }

    /// A column by its number among those of its indicator.
    pub(crate) fn read(&self, indicator: usize, number: usize) -> Result<Option<Arc<Column>>, StoreError> {
        let Some(file) = self.indicators.get(indicator) else { return Ok(None) };
        let groups = file.groups();
        let Some(group) = groups.iter().position(|group| group.contains(&number)) else { return Ok(None) };
        let key = (file.digest(&self.folder)?, group);
        let columns = self.cache.0.get_or_insert_with(&key, || self.read_group(file, group).map(Arc::new))?;
        Ok(groups.get(group).and_then(|range| columns.get(number - range.start)).cloned())
    }

    /// The quartiles of a column by its number among those of its indicator, worked out once.
    pub(crate) fn quartiles(&self, indicator: usize, number: usize) -> Result<Option<Quartiles>, StoreError> {
        let known = self.indicators.get(indicator).and_then(|file| file.quartiles.get(number));
        let Some(known) = known else { return Ok(None) };
        if let Some(quartiles) = known.get() {
            return Ok(*quartiles);
        }
        let column = self.read(indicator, number)?;
        Ok(*known.get_or_init(|| column.and_then(|column| Quartiles::of(&column.values))))
    }

    /// A column as it stands ready, by its number among those of its indicator.
    pub(crate) fn ready(&self, indicator: usize, number: usize, packing: Packing) -> Result<Option<Bytes>, StoreError> {
        let Some(file) = self.indicators.get(indicator) else { return Ok(None) };
        let Some(ready) = file.entries.get(number).and_then(|entry| entry.ready) else { return Ok(None) };
        self.folder.read(&ready::file_of(&file.id), ready.range(packing)).map(Some)
    }

    fn read_group(&self, file: &IndicatorFile, group: usize) -> Result<Vec<Arc<Column>>, StoreError> {
        let entries = file.groups().get(group).and_then(|range| file.entries.get(range.clone())).unwrap_or_default();
        let parquet = ParquetFile::open(&self.folder, &file.file())?;
        let read: Vec<&str> =
            READ.into_iter().filter(|name| *name == "value" || parquet.has_any(group, name)).collect();
        let rows = parquet.read(group..group + 1, &read)?;
        if rows.len() != entries.iter().map(|entry| entry.rows).sum::<usize>() {
            return Err(rows.unfit("value"));
        }
        let mut start = 0;
        let columns = entries.iter().map(|entry| {
            let column = column_of(&rows, entry, start..start + entry.rows);
            start += entry.rows;
            column.map(Arc::new)
        });
        columns.collect()
    }
}

fn column_of(rows: &Rows, entry: &ColumnEntry, range: Range<usize>) -> Result<Column, StoreError> {
    let numbers = |name: &str| -> Result<Numbers, StoreError> {
        if !rows.has(name) && name != "value" {
            return Ok(vec![None; range.len()]);
        }
        Ok(rows.numbers(name)?.iter().skip(range.start).take(range.len()).collect())
    };
    let field = |field: Field| entry.fields.contains(&field).then(|| numbers(field.word())).transpose();
    let mut status = BTreeMap::new();
    let words = if rows.has("status") { Some(rows.texts("status")?) } else { None };
    let words = words.into_iter().flat_map(|words| words.iter().skip(range.start).take(range.len()));
    for (position, words) in (0..).zip(words) {
        if let Some(words) = words {
            let marks = words.split(' ').map(|word| Status::from_word(word).ok_or_else(|| rows.unfit("status")));
            status.insert(position, marks.collect::<Result<_, _>>()?);
        }
    }
    let coverage = if rows.has("coverage") { numbers("coverage")? } else { Numbers::new() };
    let coverage = coverage.into_iter().zip(0..);
    Ok(Column {
        values: numbers("value")?,
        numerator: field(Field::Numerator)?,
        denominator: field(Field::Denominator)?,
        lower: field(Field::Lower)?,
        upper: field(Field::Upper)?,
        status,
        coverage: coverage.filter_map(|(share, position)| Some((position, share?))).collect(),
        origin: entry.origin,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_columns_share_a_row_group_and_large_ones_do_not() {
        let rows = [34_753, 34_753, 300, 300, 16_000, 1, 1];
        assert_eq!(groups(rows.into_iter()), [0..1, 1..2, 2..5, 5..7]);
        assert!(groups(std::iter::empty()).is_empty());
    }
}
