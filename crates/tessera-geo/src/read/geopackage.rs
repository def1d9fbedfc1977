//! Reading boundaries from GeoPackages (OGC 12-128r19): a SQLite database, opened in memory and for reading alone.

use std::io::Read;

use geozero::wkb::WkbDialect;
use rusqlite::config::DbConfig;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use super::wkb;
use super::{ReadError, ReadOptions, Source, choose_layer, settle};
use crate::check::{Checker, Feature, Outline, Reading};
use crate::crs::{Crs, UnknownCrs};

/// Steps of SQLite's machine between two looks at the clockwork, and how many looks there may be for each byte of
/// the file: a view that calls itself would go on for ever.
const STEPS: i32 = 10_000;
const STEPS_PER_BYTE: usize = 100;

/// Bytes 18 and 19 of the header say how the file is written. 2, a log beside the file, cannot be opened in memory;
/// 1 means no log.
const HEADER: std::ops::Range<usize> = 0..20;

pub(super) fn read(source: &Source<'_>, options: &ReadOptions<'_>) -> Result<Reading, ReadError> {
    let database = open(&source.bytes)?;
    let layers = layers(&database).map_err(damaged)?;
    if layers.is_empty() {
        return Err(ReadError::unreadable("GeoPackage", "it lists no layer of features"));
    }
    let names: Vec<String> = layers.iter().map(|layer| layer.table.clone()).collect();
    let layer = &layers[choose_layer(&names, options)?];
    let columns = columns(&database, layer).map_err(damaged)?;
    for attribute in std::iter::once(options.code).chain(options.label) {
        if !columns.iter().any(|column| column == attribute) {
            let attributes = columns.into_iter().filter(|column| *column != layer.geometry);
            return Err(ReadError::no_such_attribute(attribute, attributes));
        }
    }
    let said = layer.crs(&database).map_err(damaged)?;
    let mut checker = Checker::new(options.code, settle(said, options, None)?);
    read_features(&database, layer, options, &mut checker).map_err(damaged)?;
    if checker.features() == 0 {
        return Err(ReadError::NoFeatures);
    }
    Ok(checker.finish())
}

fn damaged(error: rusqlite::Error) -> ReadError {
    ReadError::unreadable("GeoPackage", error)
}

fn open(bytes: &[u8]) -> Result<Connection, ReadError> {
    let header: &mut [u8] = &mut bytes.get(HEADER).unwrap_or_default().to_vec();
    let [.., write_version, read_version] = header else {
        return Err(ReadError::unreadable("GeoPackage", "it breaks off"));
    };
    (*write_version, *read_version) = (1, 1);
    let whole = (&*header).chain(&bytes[HEADER.end..]);

    let open = || -> rusqlite::Result<Connection> {
        let mut database = Connection::open_in_memory()?;
        database.deserialize_read_exact("main", whole, bytes.len(), true)?;
        database.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        database.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
        database.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
        let mut looks = 1000 + bytes.len() * STEPS_PER_BYTE / STEPS as usize;
        database.progress_handler(
            STEPS,
            Some(move || {
                looks = looks.saturating_sub(1);
                looks == 0
            }),
        )?;
        Ok(database)
    };
    open().map_err(damaged)
}

/// A table of features.
struct Layer {
    table: String,
    geometry: String,
    srs: i64,
}

fn layers(database: &Connection) -> rusqlite::Result<Vec<Layer>> {
    let mut statement = database.prepare(
        "SELECT contents.table_name, geometry.column_name, geometry.srs_id
         FROM gpkg_contents AS contents JOIN gpkg_geometry_columns AS geometry USING (table_name)
         WHERE contents.data_type = 'features' ORDER BY contents.table_name",
    )?;
    let layer = |row: &Row<'_>| Ok(Layer { table: row.get(0)?, geometry: row.get(1)?, srs: row.get(2)? });
    statement.query_map([], layer)?.collect()
}

fn columns(database: &Connection, layer: &Layer) -> rusqlite::Result<Vec<String>> {
    // Not the statement's own column names: they panic where a name is not UTF-8.
    let mut statement = database.prepare("SELECT name FROM pragma_table_info(?1)")?;
    statement.query_map([&layer.table], |row| row.get(0))?.collect()
}

impl Layer {
    /// What the file says that the coordinates are. Whatever order of axes the system has, longitudes and eastings
    /// come first in a GeoPackage.
    fn crs(&self, database: &Connection) -> rusqlite::Result<Option<Result<Crs, UnknownCrs>>> {
        // -1 and 0 are "undefined" by the specification.
        if self.srs <= 0 {
            return Ok(None);
        }
        let mut statement = database.prepare(
            "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?1",
        )?;
        let mut rows = statement.query([self.srs])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let (organisation, code, definition): (String, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let by_code = Crs::from_name(&format!("{organisation}:{code}"));
        Ok(Some(by_code.or_else(|unknown| Crs::from_wkt(&definition).map_err(|_| unknown))))
    }
}

fn read_features(
    database: &Connection,
    layer: &Layer,
    options: &ReadOptions<'_>,
    checker: &mut Checker<'_>,
) -> rusqlite::Result<()> {
    let wanted = [&layer.geometry, options.code, options.label.unwrap_or(options.code)].map(quoted);
    let mut statement = database.prepare(&format!("SELECT {} FROM {}", wanted.join(", "), quoted(&layer.table)))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let outline = match row.get_ref(0)? {
            ValueRef::Blob(blob) => wkb::outline(blob, WkbDialect::Geopackage),
            ValueRef::Null => Outline::Missing,
            _ => Outline::Unreadable("the geometry is not binary".to_owned()),
        };
        let label = if options.label.is_some() { text(row.get_ref(2)?) } else { None };
        checker.take(Feature { code: text(row.get_ref(1)?), label, outline });
    }
    Ok(())
}

fn text(value: ValueRef<'_>) -> Option<String> {
    match value {
        ValueRef::Text(text) => Some(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(number.to_string()),
        ValueRef::Null | ValueRef::Blob(_) => None,
    }
}

/// A name as SQL writes it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
