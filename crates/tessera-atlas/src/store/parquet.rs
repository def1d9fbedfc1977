//! Parquet files within an edition: written whole, read by row groups and columns.

use std::ops::Range;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int32Type};
use arrow_array::{Array, ArrayRef, Float64Array, Int32Array, ListArray, RecordBatch, StringArray};
use arrow_schema::{Schema, SchemaRef};
use bytes::{Buf, Bytes};
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use parquet::arrow::{ArrowWriter, ProjectionMask};
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::{
    ColumnChunkMetaData, KeyValue, ParquetMetaData, ParquetMetaDataReader, RowGroupMetaData,
};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::reader::{ChunkReader, Length};

use super::error::StoreError;
use super::sealed::SealedFolder;

/// A Parquet file of batches of one schema, each a row group of its own. `metadata` is for other programs.
pub(super) fn write(batches: &[RecordBatch], metadata: &[(&str, String)]) -> Result<Vec<u8>, ParquetError> {
    let metadata = metadata.iter().map(|(key, value)| KeyValue::new((*key).to_owned(), value.clone()));
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        // What tells row groups apart is all that a reader could skip by.
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_created_by(format!("tessera {}", env!("CARGO_PKG_VERSION")))
        .set_key_value_metadata(Some(metadata.collect()))
        .set_max_row_group_row_count(None)
        .build();
    let schema = batches.first().map_or_else(|| Arc::new(Schema::empty()), RecordBatch::schema);
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, schema, Some(properties))?;
    for batch in batches {
        writer.write(batch)?;
        writer.flush()?;
    }
    writer.close()?;
    Ok(bytes)
}

/// A batch of named columns.
pub(super) fn batch(columns: Vec<(&str, ArrayRef)>) -> Result<RecordBatch, ParquetError> {
    // A column may have no number missing in one batch and some in the next.
    let nullable = columns.into_iter().map(|(name, column)| (name, column, true));
    RecordBatch::try_from_iter_with_nullable(nullable).map_err(ParquetError::from)
}

/// A Parquet file of an edition, open for reading.
pub(super) struct ParquetFile {
    source: SealedFile,
    metadata: Arc<ParquetMetaData>,
}

impl ParquetFile {
    pub(super) fn open(folder: &SealedFolder, file: &str) -> Result<ParquetFile, StoreError> {
        let length = folder.length(file)?;
        let source = SealedFile { folder: folder.clone(), file: file.into(), length, ahead: (0, Bytes::new()) };
        let metadata = ParquetMetaDataReader::new().parse_and_finish(&source);
        let metadata = Arc::new(metadata.map_err(|error| fault(folder, file, error))?);
        Ok(ParquetFile { source, metadata })
    }

    /// How many row groups there are.
    pub(super) fn groups(&self) -> usize {
        self.metadata.num_row_groups()
    }

    /// Whether any row of a row group has something in a column, as far as the file says without being read.
    pub(super) fn has_any(&self, group: usize, column: &str) -> bool {
        let group = self.metadata.row_groups().get(group);
        let is_it = |chunk: &&ColumnChunkMetaData| chunk.column_path().string() == column;
        let chunk = group.and_then(|group| group.columns().iter().find(is_it));
        let nulls = chunk.and_then(|chunk| chunk.statistics()?.null_count_opt());
        nulls.is_none_or(|nulls| chunk.is_some_and(|chunk| nulls < chunk.num_values().unsigned_abs()))
    }

    /// Some row groups as one batch, of some columns; of all where none is named.
    pub(super) fn read(&self, groups: Range<usize>, columns: &[&str]) -> Result<Rows, StoreError> {
        let SealedFile { folder, file, .. } = &self.source;
        let read = || -> Result<Option<RecordBatch>, ParquetError> {
            let metadata = ArrowReaderMetadata::try_new(self.metadata.clone(), ArrowReaderOptions::new())?;
            let schema = self.metadata.file_metadata().schema_descr();
            let mask = match columns {
                [] => ProjectionMask::all(),
                some => {
                    let fields = schema.root_schema().get_fields().iter().enumerate();
                    let wanted = fields.filter(|(_, field)| some.contains(&field.name()));
                    ProjectionMask::roots(schema, wanted.map(|(position, _)| position))
                }
            };
            let wanted: Vec<&RowGroupMetaData> =
                groups.clone().filter_map(|group| self.metadata.row_groups().get(group)).collect();
            let rows: i64 = wanted.iter().map(|group| group.num_rows()).sum();
            let source = self.source.clone().ahead(&wanted, &mask)?;
            ParquetRecordBatchReaderBuilder::new_with_metadata(source, metadata)
                .with_projection(mask)
                .with_row_groups(groups.clone().collect())
                .with_batch_size(usize::try_from(rows).unwrap_or(0).max(1))
                .build()?
                .next()
                .transpose()
                .map_err(ParquetError::from)
        };
        let batch = read().map_err(|error| fault(folder, file, error))?;
        let schema = SchemaRef::new(Schema::empty());
        Ok(Rows {
            batch: batch.unwrap_or_else(|| RecordBatch::new_empty(schema)),
            folder: folder.clone(),
            file: file.clone(),
        })
    }
}

/// What the parquet library stumbled over: the store, or what it read from there.
fn fault(folder: &SealedFolder, file: &str, error: ParquetError) -> StoreError {
    match error {
        ParquetError::External(error) => match error.downcast::<StoreError>() {
            Ok(error) => *error,
            Err(error) => folder.damaged(file, error),
        },
        error => folder.damaged(file, error),
    }
}

/// Rows that were read, with the ways to take their columns.
pub(super) struct Rows {
    batch: RecordBatch,
    folder: SealedFolder,
    file: Arc<str>,
}

impl Rows {
    pub(super) fn len(&self) -> usize {
        self.batch.num_rows()
    }

    /// The edition's fault that a column is not as it should be.
    pub(super) fn unfit(&self, column: &str) -> StoreError {
        self.folder.damaged(&self.file, format!("its column `{column}` is not as it should be"))
    }

    /// Whether this column was read.
    pub(super) fn has(&self, column: &str) -> bool {
        self.batch.column_by_name(column).is_some()
    }

    fn column(&self, name: &str) -> Result<&ArrayRef, StoreError> {
        self.batch.column_by_name(name).ok_or_else(|| self.unfit(name))
    }

    pub(super) fn texts(&self, name: &str) -> Result<&StringArray, StoreError> {
        self.column(name)?.as_string_opt().ok_or_else(|| self.unfit(name))
    }

    pub(super) fn numbers(&self, name: &str) -> Result<&Float64Array, StoreError> {
        self.column(name)?.as_primitive_opt::<Float64Type>().ok_or_else(|| self.unfit(name))
    }

    pub(super) fn integers(&self, name: &str) -> Result<&Int32Array, StoreError> {
        self.column(name)?.as_primitive_opt::<Int32Type>().ok_or_else(|| self.unfit(name))
    }

    pub(super) fn lists(&self, name: &str) -> Result<&ListArray, StoreError> {
        self.column(name)?.as_list_opt().ok_or_else(|| self.unfit(name))
    }
}

/// Texts, each there.
pub(super) fn all_texts(texts: &StringArray) -> Option<Vec<String>> {
    (texts.null_count() == 0).then(|| texts.iter().flatten().map(str::to_owned).collect())
}

/// The parquet library's way to a file. What was read ahead is at hand, everything else is fetched.
#[derive(Clone)]
struct SealedFile {
    folder: SealedFolder,
    file: Arc<str>,
    length: u64,
    ahead: (u64, Bytes),
}

impl SealedFile {
    /// Fetches in one piece what lies between the first and the last byte of the columns that will be read.
    fn ahead(mut self, groups: &[&RowGroupMetaData], mask: &ProjectionMask) -> Result<SealedFile, ParquetError> {
        let chunks = groups.iter().flat_map(|group| group.columns().iter().enumerate());
        let ranges = chunks.filter(|(leaf, _)| mask.leaf_included(*leaf)).map(|(_, chunk)| chunk.byte_range());
        let around = ranges.map(|(start, length)| start..start.saturating_add(length));
        if let Some(range) = around.reduce(|one, other| one.start.min(other.start)..one.end.max(other.end)) {
            self.ahead = (range.start, self.fetch(range)?);
        }
        Ok(self)
    }

    fn fetch(&self, range: Range<u64>) -> Result<Bytes, ParquetError> {
        self.folder.read(&self.file, range).map_err(|error| ParquetError::External(Box::new(error)))
    }

    fn at_hand(&self, start: u64) -> Option<Bytes> {
        let (from, bytes) = &self.ahead;
        let skipped = usize::try_from(start.checked_sub(*from)?).ok()?;
        (skipped < bytes.len()).then(|| bytes.slice(skipped..))
    }
}

impl Length for SealedFile {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for SealedFile {
    type T = bytes::buf::Reader<Bytes>;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        let bytes = self.at_hand(start).map_or_else(|| self.fetch(start..self.length), Ok)?;
        Ok(bytes.reader())
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        match self.at_hand(start).filter(|bytes| bytes.len() >= length) {
            Some(bytes) => Ok(bytes.slice(..length)),
            None => self.fetch(start..start.saturating_add(length as u64)),
        }
    }
}
