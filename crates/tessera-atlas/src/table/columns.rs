//! Parquet files read by column: numbers stay numbers, and columns that nobody needs are not unpacked.
//!
//! Only what is as it should be is read so. Whatever is not, and whatever a row can be that has no code, is left to
//! [`parquet`](super::parquet), which reads all of it as text, row by row, and tells what is wrong where.

use std::sync::{Mutex, PoisonError};

use ::parquet::basic::{ConvertedType, Type as Physical};
use ::parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use ::parquet::data_type::{ByteArray, DataType};
use ::parquet::errors::ParquetError;
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::record::Field;
use ::parquet::schema::types::{ColumnDescPtr, ColumnDescriptor};
use bytes::Bytes;

use super::blocks::Unusual;
use super::draft::{LONGEST_CELL, tell_apart};
use super::parts::Needed;
use super::store::{Cells, Content, Row, Store};
use super::{Table, TablePlace, parquet};
use crate::folder::AtlasFolder;
use crate::parallel::in_parallel;

/// How many rows are unpacked at a time.
const ROWS_AT_A_TIME: usize = 1 << 16;

/// A Parquet file of flat columns, whose rows are read as often as they are asked for.
pub(super) struct ColumnFile(SerializedFileReader<Bytes>);

impl ColumnFile {
    /// The form of a table, without its rows, and the file that they stand in.
    pub(super) fn open(folder: &AtlasFolder, place: TablePlace<'_>) -> Result<(Table, ColumnFile), Unusual> {
        let bytes = folder.read(place.file).map_err(|_| Unusual)?;
        let reader = guarded(|| Ok(SerializedFileReader::new(Bytes::from(bytes))?))?;
        let metadata = reader.metadata();
        parquet::check_sizes(metadata).map_err(|_| Unusual)?;
        let columns = metadata.file_metadata().schema_descr().root_schema().get_fields();
        if columns.iter().any(|column| !column.is_primitive() || parquet::is_list(column)) {
            return Err(Unusual);
        }
        let table = Table {
            file: place.file.to_owned(),
            sheet: None,
            heading_row: None,
            dialect: None,
            headings: tell_apart(columns.iter().map(|column| column.name())),
            store: Store::default(),
        };
        Ok((table, ColumnFile(reader)))
    }

    /// Hands on all rows in their order, some at a time, each column unpacked on a processor of its own.
    pub(super) fn in_batches(
        &self,
        needed: &Needed,
        mut take: impl FnMut(Columns) -> Result<(), Unusual>,
    ) -> Result<(), Unusual> {
        let mut first = 1;
        for number in 0..self.0.num_row_groups() {
            let chunks = guarded(|| self.chunks(number, needed))?;
            let chunks: Vec<Mutex<Chunk>> = chunks.into_iter().map(Mutex::new).collect();
            let group = self.0.metadata().row_group(number);
            let mut left = usize::try_from(group.num_rows()).map_err(|_| Unusual)?;
            while left > 0 {
                let rows = left.min(ROWS_AT_A_TIME);
                let read = in_parallel(chunks.len(), |chunk| {
                    let mut chunk = chunks[chunk].lock().unwrap_or_else(PoisonError::into_inner);
                    (chunk.column, guarded(|| chunk.read(rows)))
                });
                let mut columns = Columns { first, rows, columns: Vec::new() };
                columns.columns.resize_with(group.num_columns(), || None);
                for (number, column) in read {
                    columns.columns[number] = Some(column?);
                }
                // A row without a code may be one that holds nothing at all.
                let has_no_code =
                    |row: usize| needed.code.is_some_and(|code| columns.text(code, row).trim().is_empty());
                if (0..rows).any(has_no_code) {
                    return Err(Unusual);
                }
                take(columns)?;
                first += rows as u64;
                left -= rows;
            }
        }
        Ok(())
    }

    /// What is needed of a row group, on its way out of the file.
    fn chunks(&self, group: usize, needed: &Needed) -> Result<Vec<Chunk>, Unusual> {
        let group = self.0.get_row_group(group)?;
        let texts = needed.code.iter().chain(&needed.texts);
        let mut wanted: Vec<(usize, bool)> = texts.map(|column| (*column, false)).collect();
        wanted.extend(needed.values.iter().map(|column| (*column, true)));
        wanted.sort_unstable();
        // A column that is read as text, too, is one.
        wanted.dedup_by_key(|(column, _)| *column);
        let chunk = |(column, is_value): (usize, bool)| {
            let described = group.metadata().column(column).column_descr_ptr();
            let holds_numbers = is_value && holds_numbers(&described);
            Ok(Chunk { column, reader: group.get_column_reader(column)?, described, holds_numbers })
        };
        wanted.into_iter().map(chunk).collect()
    }
}

impl From<ParquetError> for Unusual {
    fn from(_: ParquetError) -> Unusual {
        Unusual
    }
}

/// Reads with the library, which has assertions that damaged files can fail.
fn guarded<T>(read: impl FnOnce() -> Result<T, Unusual>) -> Result<T, Unusual> {
    super::caught(read).unwrap_or(Err(Unusual))
}

/// Whether the numbers of a column are what is shown of them.
fn holds_numbers(column: &ColumnDescriptor) -> bool {
    use ConvertedType::{INT_8, INT_16, INT_32, INT_64, NONE, UINT_8, UINT_16, UINT_32, UINT_64};
    let is_plain = matches!(
        column.converted_type(),
        NONE | INT_8 | INT_16 | INT_32 | INT_64 | UINT_8 | UINT_16 | UINT_32 | UINT_64
    );
    let is_number = matches!(column.physical_type(), Physical::INT32 | Physical::INT64 | Physical::DOUBLE);
    is_plain && is_number && !parquet::counts_nanoseconds(column.self_type())
}

/// The number that a text of this would be read as. Whoever reads the text is to judge one that is not finite, or too long to be
/// exact.
fn number(field: &Field) -> Option<f64> {
    let exact = |number: f64| (number.abs() < (1_u64 << f64::MANTISSA_DIGITS) as f64).then_some(number);
    match field {
        Field::Byte(number) => Some((*number).into()),
        Field::Short(number) => Some((*number).into()),
        Field::Int(number) => Some((*number).into()),
        Field::Long(number) => exact(*number as f64),
        Field::UByte(number) => Some((*number).into()),
        Field::UShort(number) => Some((*number).into()),
        Field::UInt(number) => Some((*number).into()),
        Field::ULong(number) => exact(*number as f64),
        // Nothing is below zero by nothing.
        Field::Double(number) => number.is_finite().then_some(if *number == 0.0 { 0.0 } else { *number }),
        _ => None,
    }
}

/// A column of a row group on its way out of the file.
struct Chunk {
    /// Its position in the table.
    column: usize,
    described: ColumnDescPtr,
    holds_numbers: bool,
    reader: ColumnReader,
}

impl Chunk {
    /// The next rows.
    fn read(&mut self, rows: usize) -> Result<Column, Unusual> {
        let Chunk { described, holds_numbers, reader, .. } = self;
        let column = if *holds_numbers {
            Column::Numbers(Vec::with_capacity(rows))
        } else {
            Column::Texts { text: String::new(), ends: Vec::with_capacity(rows) }
        };
        let is_text = described.converted_type() == ConvertedType::UTF8;
        match reader {
            ColumnReader::BoolColumnReader(reader) => {
                column.filled(reader, rows, |column, value| column.push(&Field::convert_bool(described, *value)))
            }
            ColumnReader::Int32ColumnReader(reader) => {
                column.filled(reader, rows, |column, value| column.push(&Field::convert_int32(described, *value)))
            }
            ColumnReader::Int64ColumnReader(reader) => {
                let nanoseconds = parquet::counts_nanoseconds(described.self_type());
                column.filled(reader, rows, |column, value| {
                    column.push_counted(&Field::convert_int64(described, *value), nanoseconds)
                })
            }
            ColumnReader::Int96ColumnReader(reader) => {
                column.filled(reader, rows, |column, value| column.push(&Field::convert_int96(described, *value)))
            }
            ColumnReader::FloatColumnReader(reader) => {
                column.filled(reader, rows, |column, value| column.push(&Field::convert_float(described, *value)))
            }
            ColumnReader::DoubleColumnReader(reader) => {
                column.filled(reader, rows, |column, value| column.push(&Field::convert_double(described, *value)))
            }
            ColumnReader::ByteArrayColumnReader(reader) if is_text => column.filled(reader, rows, |column, value| {
                column.push_text(str::from_utf8(value.data()).map_err(|_| Unusual)?)
            }),
            ColumnReader::ByteArrayColumnReader(reader) => column.filled(reader, rows, |column, value| {
                column.push(&Field::convert_byte_array(described, value.clone())?)
            }),
            ColumnReader::FixedLenByteArrayColumnReader(reader) => column.filled(reader, rows, |column, value| {
                column.push(&Field::convert_byte_array(described, ByteArray::from(value.clone()))?)
            }),
        }
    }
}

/// Some rows of a column.
#[derive(Debug)]
enum Column {
    /// The texts, and where each ends.
    Texts { text: String, ends: Vec<usize> },
    /// Finite numbers; not a number where there is none.
    Numbers(Vec<f64>),
}

impl Column {
    /// The next rows of a reader, of which `put` puts those into the column that are not empty.
    fn filled<T: DataType>(
        mut self,
        reader: &mut ColumnReaderImpl<T>,
        rows: usize,
        put: impl Fn(&mut Column, &T::T) -> Result<(), Unusual>,
    ) -> Result<Column, Unusual> {
        let (mut values, mut levels) = (Vec::with_capacity(rows), Vec::new());
        let (read, ..) = reader.read_records(rows, Some(&mut levels), None, &mut values)?;
        if read != rows {
            return Err(Unusual);
        }
        let mut values = values.iter();
        // Without levels there is a value in each row.
        let mut levels = levels.into_iter();
        for _ in 0..rows {
            match levels.next() {
                Some(0) => self.push_text("")?,
                _ => put(&mut self, values.next().ok_or(Unusual)?)?,
            }
        }
        Ok(self)
    }

    fn push(&mut self, field: &Field) -> Result<(), Unusual> {
        self.push_counted(field, false)
    }

    /// Adds what may be a count of nanoseconds.
    fn push_counted(&mut self, field: &Field, is_in_nanoseconds: bool) -> Result<(), Unusual> {
        match self {
            Column::Numbers(numbers) => numbers.push(number(field).ok_or(Unusual)?),
            Column::Texts { .. } => self.push_text(&parquet::text(field, is_in_nanoseconds))?,
        }
        Ok(())
    }

    /// Adds a text; a column of numbers has none.
    fn push_text(&mut self, cell: &str) -> Result<(), Unusual> {
        match self {
            Column::Numbers(numbers) => numbers.push(f64::NAN),
            Column::Texts { .. } if cell.len() > LONGEST_CELL => return Err(Unusual),
            Column::Texts { text, ends } => {
                text.push_str(cell);
                ends.push(text.len());
            }
        }
        Ok(())
    }
}

/// Some rows of a table, by column.
#[derive(Debug)]
pub(super) struct Columns {
    /// The number of the first row.
    first: u64,
    rows: usize,
    /// In the order of the headings; those that nobody needs are not there.
    columns: Vec<Option<Column>>,
}

impl Columns {
    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.rows
    }

    /// How many columns the table has.
    pub(super) fn width(&self) -> usize {
        self.columns.len()
    }

    /// A row, counted from 0.
    pub(super) fn row(&self, row: usize) -> Row<'_> {
        Row { number: self.first + row as u64, cells: Cells::Columns(self, row) }
    }

    /// The text of a cell; empty where it is none.
    pub(super) fn text(&self, column: usize, row: usize) -> &str {
        let Some(Some(Column::Texts { text, ends })) = self.columns.get(column) else { return "" };
        let end_of = |row: usize| ends.get(row).copied();
        let begin = row.checked_sub(1).map_or(Some(0), end_of);
        begin.zip(end_of(row)).and_then(|(begin, end)| text.get(begin..end)).unwrap_or_default()
    }

    /// What stands in a cell.
    pub(super) fn content(&self, column: usize, row: usize) -> Content<'_> {
        match self.columns.get(column) {
            Some(Some(Column::Numbers(numbers))) => {
                let number = numbers.get(row).filter(|number| !number.is_nan());
                number.map_or(Content::Text(""), |number| Content::Number(*number))
            }
            _ => Content::Text(self.text(column, row).trim()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ::parquet::arrow::ArrowWriter;
    use arrow_array::{
        ArrayRef, BooleanArray, Date32Array, Float32Array, Float64Array, Int16Array, Int64Array, RecordBatch,
        StringArray, TimestampNanosecondArray, UInt64Array,
    };

    use super::*;
    use crate::problem::Problems;

    /// A file of two equal row groups.
    fn file(columns: Vec<(&str, ArrayRef)>) -> (tempfile::TempDir, AtlasFolder) {
        let columns = columns.into_iter().map(|(name, column)| (name, column, true));
        let batch = RecordBatch::try_from_iter_with_nullable(columns).unwrap();
        let mut bytes = Vec::new();
        let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
        for _ in 0..2 {
            writer.write(&batch).unwrap();
            writer.flush().unwrap();
        }
        writer.close().unwrap();
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join("t.parquet"), bytes).unwrap();
        let folder = AtlasFolder::open(directory.path()).unwrap();
        (directory, folder)
    }

    /// Number and contents of each row.
    fn read(folder: &AtlasFolder, needed: &Needed) -> Result<Vec<(u64, Vec<Content<'static>>)>, Unusual> {
        let (table, file) = ColumnFile::open(folder, TablePlace::from("t.parquet"))?;
        let mut rows = Vec::new();
        file.in_batches(needed, |columns| {
            for row in (0..columns.len()).map(|row| columns.row(row)) {
                let contents = (0..table.headings().len()).map(|column| match row.content(column) {
                    Content::Text(text) => Content::Text(text.to_owned().leak()),
                    Content::Number(number) => Content::Number(number),
                });
                rows.push((row.number(), contents.collect()));
            }
            Ok(())
        })?;
        Ok(rows)
    }

    #[test]
    fn columns_say_what_rows_do() {
        let (_directory, folder) = file(vec![
            ("code", Arc::new(StringArray::from(vec!["E1", "É2", "E3"]))),
            ("text", Arc::new(StringArray::from(vec![Some("[c]"), None, Some(" 5 ")]))),
            ("double", Arc::new(Float64Array::from(vec![Some(-0.0), None, Some(1e300)]))),
            ("single", Arc::new(Float32Array::from(vec![Some(0.1), None, Some(2.0)]))),
            ("small", Arc::new(Int16Array::from(vec![Some(-7), None, Some(0)]))),
            ("large", Arc::new(Int64Array::from(vec![Some((1 << 53) - 1), None, Some(3)]))),
            ("unsigned", Arc::new(UInt64Array::from(vec![Some(9), None, Some(8)]))),
            ("truth", Arc::new(BooleanArray::from(vec![Some(true), None, Some(false)]))),
            ("date", Arc::new(Date32Array::from(vec![Some(18_183), None, Some(0)]))),
            ("moment", Arc::new(TimestampNanosecondArray::from(vec![Some(1_571_056_200_000_000_000), None, Some(0)]))),
        ]);
        let all = Needed { code: Some(0), texts: Vec::new(), values: (1..10).collect() };
        let rows = read(&folder, &all).unwrap();
        let whole = Table::read(&folder, "t.parquet", &mut Problems::default()).unwrap();
        for ((number, contents), row) in rows.iter().zip(whole.rows()) {
            assert_eq!(*number, row.number());
            for (column, content) in contents.iter().enumerate() {
                match (content, crate::cell::read_number(row.cell(column))) {
                    // Numbers are read from their texts bit by bit.
                    (Content::Number(own), Ok(read)) => assert_eq!(own.to_bits(), read.to_bits()),
                    (own, _) => assert_eq!(own.text(), row.cell(column)),
                }
            }
        }
        assert_eq!((rows.len(), whole.rows().count()), (6, 6));
        let is_number = |column: usize| matches!(rows[0].1[column], Content::Number(_));
        assert_eq!((0..10).filter(|column| is_number(*column)).collect::<Vec<_>>(), [2, 4, 5, 6]);
    }

    #[test]
    fn only_what_is_needed_is_read() {
        let numbers: ArrayRef = Arc::new(Int64Array::from(vec![1, 2]));
        let (_directory, folder) = file(vec![("code", numbers.clone()), ("one", numbers.clone()), ("other", numbers)]);
        let needed = Needed { code: Some(0), texts: Vec::new(), values: vec![0, 2] };
        let row = vec![Content::Text("2"), Content::Text(""), Content::Number(2.0)];
        assert_eq!(read(&folder, &needed).unwrap()[3], (4, row));
        assert_eq!(read(&folder, &Needed::default()).map(|rows| rows.len()), Ok(4));
    }

    #[test]
    fn what_is_unusual_is_left_to_the_whole() {
        let codes: ArrayRef = Arc::new(StringArray::from(vec!["E1", " "]));
        let large: ArrayRef = Arc::new(Int64Array::from(vec![0, (1 << 53) + 2]));
        let endless: ArrayRef = Arc::new(Float64Array::from(vec![f64::NAN, 1.0]));
        let (_directory, folder) = file(vec![("code", codes), ("large", large), ("endless", endless)]);
        let value = |column: usize| Needed { values: vec![column], ..Needed::default() };
        assert_eq!(read(&folder, &value(1)), Err(Unusual));
        assert_eq!(read(&folder, &value(2)), Err(Unusual));
        assert_eq!(read(&folder, &Needed { code: Some(0), ..Needed::default() }), Err(Unusual));
        assert_eq!(read(&folder, &value(0)).map(|rows| rows.len()), Ok(4));
    }
}
