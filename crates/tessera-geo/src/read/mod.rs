//! One front for boundary files of any format.
//!
//! | format | by the name | coordinates | layers |
//! |---|---|---|---|
//! | GeoJSON | `.geojson`, `.json` | WGS 84, or what a `crs` member says | |
//! | TopoJSON | the same, `.topojson` | as GeoJSON | objects |
//! | ESRI shapefile | `.shp` with `.dbf`, and `.prj`, `.cpg` if there are | what the `.prj` says | |
//! | GeoPackage | `.gpkg` | what its table of systems says | tables of features |
//! | GeoParquet, geometries as WKB | `.parquet`, `.geoparquet` | what the `geo` metadata says | |
//! | an archive | `.zip` that holds one of the others | as that | one for each file of areas |
//!
//! GeoParquet can be left out of a build: it is the cargo feature `geoparquet`, on by default.
//!
//! The content is looked at before the name: an archive that is called `.shp` is an archive.

mod archive;
mod error;
mod geopackage;
#[cfg(feature = "geoparquet")]
mod geoparquet;
mod shapefile;
mod topojson;
mod wkb;

use std::borrow::Cow;

use crate::check::Reading;
use crate::crs::{Crs, UnknownCrs};
use crate::geojson;

pub use error::ReadError;
pub(crate) use error::without_position;

/// The bytes of a boundary file, and of the files that belong to it.
#[derive(Debug, Clone)]
pub struct Source<'a> {
    name: &'a str,
    bytes: Cow<'a, [u8]>,
    companions: Vec<(String, Cow<'a, [u8]>)>,
}

impl<'a> Source<'a> {
    /// A file by its name, with or without folders, and its bytes.
    pub fn new(name: &'a str, bytes: impl Into<Cow<'a, [u8]>>) -> Source<'a> {
        Source { name, bytes: bytes.into(), companions: Vec::new() }
    }

    /// Adds a file of the same name with another ending, such as `dbf`, without the dot.
    #[must_use]
    pub fn with_companion(mut self, ending: &str, bytes: impl Into<Cow<'a, [u8]>>) -> Source<'a> {
        self.companions.push((ending.to_ascii_lowercase(), bytes.into()));
        self
    }

    /// The endings of the files that belong to a file of some name, if they exist; the first is needed.
    ///
    /// ```
    /// assert_eq!(tessera_geo::Source::companion_endings("areas.shp"), ["dbf", "prj", "cpg"]);
    /// assert!(tessera_geo::Source::companion_endings("areas.geojson").is_empty());
    /// ```
    #[must_use]
    pub fn companion_endings(name: &str) -> &'static [&'static str] {
        match ending(name).as_str() {
            "shp" => &["dbf", "prj", "cpg"],
            _ => &[],
        }
    }

    fn companion(&self, ending: &str) -> Option<&[u8]> {
        self.companions.iter().find(|(known, _)| known == ending).map(|(_, bytes)| &**bytes)
    }
}

/// What to take from a boundary file.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions<'a> {
    /// The attribute that holds the official code of an area.
    pub code: &'a str,
    /// The attribute that holds the name of an area.
    pub label: Option<&'a str>,
    /// The layer, in files with several.
    pub layer: Option<&'a str>,
    /// What the coordinates are, where the file does not say.
    pub crs: Option<Crs>,
}

/// Reads the areas of a boundary file of any format that is known.
///
/// Attributes are texts or numbers; codes are trimmed. Rings are closed, turned as RFC 7946 asks and freed of places
/// that rounding to 1e-7 degrees makes equal to their neighbour. Heights and measures are ignored. Shapes that are
/// invalid are repaired where that moves no place: see [`Change`](crate::Change).
///
/// # Errors
///
/// [`ReadError`] when the file as a whole cannot be used. What is wrong with single features is in
/// [`Reading::problems`], and what was repaired in [`Reading::repairs`].
///
/// ```
/// use tessera_geo::{Crs, ReadOptions, Source, read_boundaries};
///
/// let file = br#"{ "type": "FeatureCollection", "features": [
///     { "type": "Feature", "properties": { "CODE": "E01" }, "geometry": { "type": "Polygon",
///       "coordinates": [[[385000, 255000], [386000, 255000], [386000, 256000], [385000, 255000]]] } } ] }"#;
/// let source = Source::new("areas.geojson", file.as_slice());
/// let options = ReadOptions { code: "CODE", crs: Some(Crs::BritishNationalGrid), ..ReadOptions::default() };
/// let reading = read_boundaries(&source, &options)?;
/// let [west, south, ..] = reading.boundaries[0].shape.bbox().unwrap().to_degrees();
/// assert_eq!((west, south), (-2.2208504, 52.1930438));
/// # Ok::<(), tessera_geo::ReadError>(())
/// ```
pub fn read_boundaries(source: &Source<'_>, options: &ReadOptions<'_>) -> Result<Reading, ReadError> {
    match Format::of(source)? {
        Format::Archive => archive::read(source, options),
        format => read_single(format, source, options),
    }
}

/// The formats, archives included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Json,
    Shapefile,
    GeoPackage,
    GeoParquet,
    Archive,
}

impl Format {
    fn of(source: &Source<'_>) -> Result<Format, ReadError> {
        if source.bytes.is_empty() {
            return Err(ReadError::Empty { name: source.name.to_owned() });
        }
        Format::by_content(&source.bytes)
            .or_else(|| Format::by_name(source.name))
            .ok_or_else(|| ReadError::UnknownFormat { name: source.name.to_owned() })
    }

    fn by_content(bytes: &[u8]) -> Option<Format> {
        let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
        match bytes {
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Format::Archive),
            [0, 0, 0x27, 0x0A, ..] => Some(Format::Shapefile),
            [b'P', b'A', b'R', b'1', ..] => Some(Format::GeoParquet),
            _ if bytes.starts_with(b"SQLite format 3\0") => Some(Format::GeoPackage),
            _ if text.starts_with(b"{") => Some(Format::Json),
            _ => None,
        }
    }

    fn by_name(name: &str) -> Option<Format> {
        match ending(name).as_str() {
            "geojson" | "json" | "topojson" => Some(Format::Json),
            "shp" => Some(Format::Shapefile),
            "gpkg" => Some(Format::GeoPackage),
            "parquet" | "geoparquet" => Some(Format::GeoParquet),
            "zip" => Some(Format::Archive),
            _ => None,
        }
    }
}

/// Reads a file that is not an archive.
fn read_single(format: Format, source: &Source<'_>, options: &ReadOptions<'_>) -> Result<Reading, ReadError> {
    match format {
        Format::Json => read_json(source, options),
        Format::Shapefile => {
            the_only_layer(source, options)?;
            guarded("shapefile", || shapefile::read(source, options))
        }
        Format::GeoPackage => guarded("GeoPackage", || geopackage::read(source, options)),
        #[cfg(feature = "geoparquet")]
        Format::GeoParquet => {
            the_only_layer(source, options)?;
            guarded("GeoParquet", || geoparquet::read(source, options))
        }
        #[cfg(not(feature = "geoparquet"))]
        Format::GeoParquet => Err(ReadError::unreadable("GeoParquet", "this build was made without support for it")),
        Format::Archive => Err(ReadError::unreadable("boundary file", "an archive within an archive is not opened")),
    }
}

/// Reads with a library that has assertions which damaged files can fail: such a failure is an error like any other.
/// Nothing that the library leaves behind is used afterwards.
fn guarded(format: &'static str, read: impl FnOnce() -> Result<Reading, ReadError>) -> Result<Reading, ReadError> {
    let reading = std::panic::catch_unwind(std::panic::AssertUnwindSafe(read));
    reading.unwrap_or_else(|_| Err(ReadError::unreadable(format, "it contradicts itself")))
}

fn read_json(source: &Source<'_>, options: &ReadOptions<'_>) -> Result<Reading, ReadError> {
    let settle = |name: Option<&str>| settle(name.map(Crs::from_name), options, Some(Crs::Wgs84));
    match geojson::read(&source.bytes, options.code, options.label, &settle) {
        Err(ReadError::NotFeatureCollection { found }) if found == "Topology" => topojson::read(source, options),
        reading => {
            the_only_layer(source, options)?;
            reading
        }
    }
}

/// What the coordinates are: what the file says, or what was given where it says nothing that is understood, or
/// what such files mean when nobody says anything.
fn settle(
    said: Option<Result<Crs, UnknownCrs>>,
    options: &ReadOptions<'_>,
    otherwise: Option<Crs>,
) -> Result<Crs, ReadError> {
    match (said, options.crs.clone()) {
        (Some(Ok(said)), Some(given)) if !may_be_same(&said, &given) => {
            Err(ReadError::ContradictoryCrs { said: said.to_string(), given: given.to_string() })
        }
        (Some(Ok(said)), _) => Ok(said),
        (_, Some(given)) => Ok(given),
        (Some(Err(unknown)), None) => Err(unknown.into()),
        (None, None) => otherwise.ok_or(ReadError::NoCrs),
    }
}

/// Systems that are defined by parameters are not told apart: the same one is written in many ways.
fn may_be_same(one: &Crs, other: &Crs) -> bool {
    one == other || matches!((one, other), (Crs::Other(_), Crs::Other(_)))
}

/// Files without layers have one, of their own name.
fn the_only_layer(source: &Source<'_>, options: &ReadOptions<'_>) -> Result<(), ReadError> {
    let only = stem(source.name);
    choose_layer(std::slice::from_ref(&only.to_owned()), options).map(|_| ())
}

/// The index of the layer that was asked for, or of the only one.
fn choose_layer(available: &[String], options: &ReadOptions<'_>) -> Result<usize, ReadError> {
    let mut sorted = available.to_vec();
    sorted.sort();
    match (options.layer, available) {
        (Some(layer), _) => available
            .iter()
            .position(|name| name == layer)
            .or_else(|| available.iter().position(|name| name.eq_ignore_ascii_case(layer)))
            .ok_or_else(|| ReadError::NoSuchLayer { layer: layer.to_owned(), available: sorted }),
        (None, [_]) => Ok(0),
        (None, _) => Err(ReadError::ChooseLayer { available: sorted }),
    }
}

/// The name of a file without its folders.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// The name of a file without folders and ending.
fn stem(path: &str) -> &str {
    let name = file_name(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The ending of the name of a file, in lower case and without the dot; empty when there is none.
fn ending(path: &str) -> String {
    file_name(path).rsplit_once('.').map_or_else(String::new, |(_, ending)| ending.to_ascii_lowercase())
}
