//! Parquet files with flat columns.

use ::parquet::basic::{LogicalType, TimeUnit};
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData};
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::record::Field;
use ::parquet::schema::types::Type;
use bytes::Bytes;

use super::damaged;
use super::draft::Draft;
use super::store::Store;
use crate::problem::Problem;

const DAMAGED: &str = "the Parquet file";

/// Reads a file a row at a time, which tells in which row one is damaged.
pub(super) fn read(bytes: Vec<u8>, draft: &mut Draft<'_>) -> Result<(), Problem> {
    let reader = SerializedFileReader::new(Bytes::from(bytes)).map_err(unreadable)?;
    check_sizes(reader.metadata())?;
    let columns = reader.metadata().file_metadata().schema_descr().root_schema().get_fields().to_vec();
    let mut is_flat = true;
    for column in columns.iter().filter(|column| !column.is_primitive() || is_list(column)) {
        is_flat = false;
        let problem = Problem::error("nested-column", "this column holds several values in each row");
        draft.fault(
            problem.column(column.name()).cure("leave the column out, or write its values into columns of their own"),
        );
    }
    if !is_flat {
        return Ok(());
    }
    draft.take_headings(columns.iter().map(|column| column.name()));
    let has_nanoseconds: Vec<bool> = columns.iter().map(|column| counts_nanoseconds(column)).collect();
    let mut cells: Vec<String> = Vec::new();
    for (row, number) in reader.get_row_iter(None).map_err(unreadable)?.zip(1..) {
        let row = row.map_err(|error| unreadable(error).row(number))?;
        cells.clear();
        cells.extend(
            row.get_column_iter().zip(&has_nanoseconds).map(|((_, field), nanoseconds)| text(field, *nanoseconds)),
        );
        if draft.take_row(number, cells.iter().map(String::as_str)).is_break() {
            break;
        }
    }
    Ok(())
}

/// What the file says of itself: a few bytes of it can stand for any number of rows.
pub(super) fn check_sizes(metadata: &ParquetMetaData) -> Result<(), Problem> {
    let columns = || metadata.row_groups().iter().flat_map(|group| group.columns());
    let starts_before_file = |column: &ColumnChunkMetaData| {
        let starts = [Some(column.data_page_offset()), column.dictionary_page_offset(), Some(column.compressed_size())];
        starts.into_iter().flatten().any(i64::is_negative)
    };
    if columns().any(starts_before_file) {
        return Err(damaged(DAMAGED, "a column starts before the file"));
    }
    let bytes = columns().fold(0_i64, |sum, column| sum.saturating_add(column.uncompressed_size()));
    let rows = metadata.row_groups().iter().fold(0_i64, |sum, group| sum.saturating_add(group.num_rows()));
    let cells = rows.saturating_mul(metadata.file_metadata().schema_descr().num_columns().max(1) as i64);
    if usize::try_from(bytes).is_ok_and(|bytes| bytes <= Store::MOST_BYTES)
        && usize::try_from(cells).is_ok_and(|cells| cells <= Store::MOST_CELLS)
    {
        return Ok(());
    }
    Err(super::draft::too_large())
}

pub(super) fn is_list(column: &Type) -> bool {
    let info = column.get_basic_info();
    info.has_repetition() && info.repetition() == ::parquet::basic::Repetition::REPEATED
}

/// Whether a column holds nanoseconds since 1970, which the library gives as plain numbers.
pub(super) fn counts_nanoseconds(column: &Type) -> bool {
    let logical = column.get_basic_info().logical_type_ref();
    matches!(logical, Some(LogicalType::Timestamp(timestamp)) if timestamp.unit == TimeUnit::NANOS)
}

/// A value as it would stand in a CSV file: numbers in full, dates with the year first.
pub(super) fn text(field: &Field, is_in_nanoseconds: bool) -> String {
    match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Bytes(bytes) => match bytes.as_utf8() {
            Ok(text) => text.to_owned(),
            Err(_) => "(binary)".to_owned(),
        },
        Field::Bool(value) => super::truth(*value).to_owned(),
        Field::Float16(value) => value.to_f32().to_string(),
        Field::Float(value) => value.to_string(),
        Field::Double(value) => value.to_string(),
        Field::Long(value) if is_in_nanoseconds => Field::TimestampMicros(value.div_euclid(1000)).to_string(),
        other => other.to_string(),
    }
}

fn unreadable(error: ParquetError) -> Problem {
    damaged(DAMAGED, error)
}
