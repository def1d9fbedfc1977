//! Reading boundaries from GeoParquet 1.0 and 1.1, with geometries in well-known binary.

use bytes::Bytes;
use geozero::wkb::WkbDialect;
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};
use parquet::schema::types::{Type, TypePtr};
use serde::Deserialize;
use serde_json::Value;

use super::wkb;
use super::{ReadError, ReadOptions, Source, settle};
use crate::check::{Checker, Feature, Outline, Reading};
use crate::crs::{Crs, UnknownCrs};

/// What is unpacked of one file.
const MAX_BYTES: i64 = 2 << 30;

pub(super) fn read(source: &Source<'_>, options: &ReadOptions<'_>) -> Result<Reading, ReadError> {
    let reader = SerializedFileReader::new(Bytes::copy_from_slice(&source.bytes)).map_err(damaged)?;
    let metadata = reader.metadata();
    let geo = Geo::of(metadata)?;
    let starts_before_file = |column: &ColumnChunkMetaData| {
        let starts = [Some(column.data_page_offset()), column.dictionary_page_offset(), Some(column.compressed_size())];
        starts.into_iter().flatten().any(i64::is_negative)
    };
    if metadata.row_groups().iter().flat_map(|group| group.columns()).any(starts_before_file) {
        return Err(ReadError::unreadable("GeoParquet", "a column starts before the file"));
    }
    let size = metadata.row_groups().iter().fold(0_i64, |sum, group| sum.saturating_add(group.total_byte_size()));
    if size > MAX_BYTES {
        let limit_mib = (MAX_BYTES >> 20) as u64;
        return Err(ReadError::TooLarge { name: super::file_name(source.name).to_owned(), limit_mib });
    }

    let columns = metadata.file_metadata().schema_descr().root_schema().get_fields();
    let column = |name: &str| columns.iter().find(|column| column.name() == name);
    let attribute = |name: &str| {
        column(name).filter(|column| column.is_primitive()).ok_or_else(|| {
            let attributes =
                columns.iter().filter(|column| column.is_primitive() && column.name() != geo.primary_column);
            ReadError::no_such_attribute(name, attributes.map(|column| column.name().to_owned()))
        })
    };
    let geometry = column(&geo.primary_column).filter(|column| column.is_primitive());
    let geometry =
        geometry.ok_or_else(|| ReadError::unreadable("GeoParquet", "its column of geometries is missing"))?;
    let mut wanted: Vec<TypePtr> = vec![geometry.clone(), attribute(options.code)?.clone()];
    if let Some(label) = options.label.filter(|label| *label != options.code) {
        wanted.push(attribute(label)?.clone());
    }
    let mut checker = Checker::new(options.code, settle(geo.crs()?, options, None)?);
    let projection = Type::group_type_builder("schema").with_fields(wanted).build().map_err(damaged)?;
    for row in reader.get_row_iter(Some(projection)).map_err(damaged)? {
        let row = row.map_err(damaged)?;
        let outline = match value(&row, &geo.primary_column) {
            Some(Field::Bytes(blob)) => wkb::outline(blob.data(), WkbDialect::Wkb),
            Some(Field::Null) | None => Outline::Missing,
            Some(_) => Outline::Unreadable("the geometry is not binary".to_owned()),
        };
        let label = options.label.and_then(|label| value(&row, label)).and_then(text);
        checker.take(Feature { code: value(&row, options.code).and_then(text), label, outline });
    }
    if checker.features() == 0 {
        return Err(ReadError::NoFeatures);
    }
    Ok(checker.finish())
}

fn damaged(error: parquet::errors::ParquetError) -> ReadError {
    ReadError::unreadable("GeoParquet", error)
}

fn value<'a>(row: &'a Row, name: &str) -> Option<&'a Field> {
    row.get_column_iter().find(|(column, _)| *column == name).map(|(_, value)| value)
}

fn text(field: &Field) -> Option<String> {
    match field {
        Field::Str(text) => Some(text.clone()),
        Field::Byte(number) => Some(number.to_string()),
        Field::Short(number) => Some(number.to_string()),
        Field::Int(number) => Some(number.to_string()),
        Field::Long(number) => Some(number.to_string()),
        Field::UByte(number) => Some(number.to_string()),
        Field::UShort(number) => Some(number.to_string()),
        Field::UInt(number) => Some(number.to_string()),
        Field::ULong(number) => Some(number.to_string()),
        Field::Float(number) => Some(number.to_string()),
        Field::Double(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The `geo` metadata of the file.
#[derive(Deserialize)]
struct Geo {
    primary_column: String,
    columns: std::collections::BTreeMap<String, Value>,
}

impl Geo {
    fn of(metadata: &ParquetMetaData) -> Result<Geo, ReadError> {
        let pairs = metadata.file_metadata().key_value_metadata().into_iter().flatten();
        let text = pairs.filter(|pair| pair.key == "geo").find_map(|pair| pair.value.as_deref());
        let text = text.ok_or_else(|| ReadError::unreadable("GeoParquet", "it is Parquet without `geo` metadata"))?;
        serde_json::from_str(text)
            .map_err(|error| ReadError::unreadable("GeoParquet", format!("its `geo` metadata: {error}")))
    }

    /// What the file says that the coordinates are: PROJJSON, of which the code or the name is looked at.
    fn crs(&self) -> Result<Option<Result<Crs, UnknownCrs>>, ReadError> {
        let column = self.columns.get(&self.primary_column).unwrap_or(&Value::Null);
        let encoding = column.get("encoding").and_then(Value::as_str).unwrap_or_default();
        if !encoding.eq_ignore_ascii_case("WKB") {
            let reason = format!("its geometries are encoded as `{encoding}`; only WKB is read");
            return Err(ReadError::unreadable("GeoParquet", reason));
        }
        let crs = match column.get("crs") {
            // By the specification, longitude and latitude.
            None => return Ok(Some(Ok(Crs::Wgs84))),
            Some(Value::Null) => return Ok(None),
            Some(crs) => crs,
        };
        let id = crs.get("id").and_then(|id| {
            let code = id.get("code")?;
            let code = code.as_str().map_or_else(|| code.to_string(), str::to_owned);
            Some(format!("{}:{code}", id.get("authority")?.as_str()?))
        });
        let name = crs.as_str().or_else(|| crs.get("name").and_then(Value::as_str)).map(str::to_owned);
        let said = id.or(name).unwrap_or_else(|| "PROJJSON without a name".to_owned());
        Ok(Some(Crs::from_name(&said)))
    }
}
