//! Why a boundary file as a whole cannot be used.

use crate::crs::UnknownCrs;

/// Why a boundary file as a whole cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The text is not JSON, or breaks off.
    #[error("not JSON at line {line}, column {column}: {reason}")]
    NotJson {
        /// Line, from 1.
        line: usize,
        /// Column in bytes, from 1.
        column: usize,
        /// What the parser says.
        reason: String,
    },
    /// JSON, but not as GeoJSON lays it out.
    #[error("not GeoJSON at line {line}, column {column}: {reason}")]
    NotGeoJson {
        /// Line, from 1.
        line: usize,
        /// Column in bytes, from 1.
        column: usize,
        /// What the parser says.
        reason: String,
    },
    /// The top object is of another type.
    #[error("the file holds a `{found}`, not a `FeatureCollection`")]
    NotFeatureCollection {
        /// Its `type`, or `nothing` when it has none.
        found: String,
    },
    /// The file says that its coordinates are something else than WGS 84 degrees, where nothing else is read.
    #[error("the coordinate reference system `{name}` is not supported; WGS 84 (CRS84 or EPSG:4326) is")]
    UnsupportedCrs {
        /// The name in the file.
        name: String,
    },
    /// There are no features.
    #[error("the file has no features")]
    NoFeatures,
    /// No feature has an attribute that was asked for.
    #[error("no feature has the attribute `{attribute}`; there is {}", list(available))]
    NoSuchAttribute {
        /// The attribute that was asked for.
        attribute: String,
        /// The attributes that there are, sorted.
        available: Vec<String>,
    },
    /// A `.dbf` has the attribute, but its names are cut at 10 characters.
    #[error("a .dbf cuts names at 10 characters: `{attribute}` is `{cut}` there")]
    CutAttribute {
        /// The attribute that was asked for.
        attribute: String,
        /// What is left of it in the file.
        cut: String,
    },
    /// Neither the name of the file nor its content is that of a boundary file.
    #[error(
        "`{name}` is no boundary file that is known here: .geojson, .json, .topojson, .shp, .gpkg, .parquet, or a .zip \
         that holds one"
    )]
    UnknownFormat {
        /// The name of the file.
        name: String,
    },
    /// There is not a byte in the file.
    #[error("`{name}` is empty")]
    Empty {
        /// The name of the file.
        name: String,
    },
    /// The file is damaged, breaks off, or is not what its name says.
    #[error("not a readable {format}: {reason}")]
    Unreadable {
        /// The format that was expected.
        format: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// The file says what its coordinates are, but not in a way that can be used.
    #[error(transparent)]
    UnknownCrs(#[from] UnknownCrs),
    /// The file does not say what its coordinates are, nor was it said otherwise.
    #[error(
        "the file does not say what its coordinates mean: name its coordinate reference system, such as EPSG:27700"
    )]
    NoCrs,
    /// The file says one thing about its coordinates, and it was told to be another.
    #[error("the file says that its coordinates are {said}, not {given}")]
    ContradictoryCrs {
        /// What the file says.
        said: String,
        /// What was given.
        given: String,
    },
    /// A file that belongs to a shapefile is missing.
    #[error("a shapefile needs the .{ending} file of the same name beside it")]
    MissingCompanion {
        /// The ending of its name.
        ending: &'static str,
    },
    /// The encoding that a `.cpg` file names is not known.
    #[error("the encoding `{name}` that the .cpg file names is not known")]
    UnknownEncoding {
        /// The name.
        name: String,
    },
    /// There are several layers, and none was chosen.
    #[error("the file has several layers, one of which must be named: {}", list(available))]
    ChooseLayer {
        /// Their names.
        available: Vec<String>,
    },
    /// There is no layer of the name that was given.
    #[error("the file has no layer `{layer}`; there is {}", list(available))]
    NoSuchLayer {
        /// The name.
        layer: String,
        /// The layers that there are.
        available: Vec<String>,
    },
    /// Unpacked, the file is larger than is read; archives can be made to fill any memory.
    #[error("`{name}` unpacks to more than {limit_mib} MiB, or to an improbable multiple of its size")]
    TooLarge {
        /// The file in the archive.
        name: String,
        /// The limit in MiB.
        limit_mib: u64,
    },
    /// The archive holds more files than any that publishes boundaries.
    #[error("the archive holds {entries} files; at most {limit} are read")]
    TooManyFiles {
        /// How many there are.
        entries: usize,
        /// The limit.
        limit: usize,
    },
    /// The archive holds no boundary file.
    #[error("the archive holds no boundary file; there is {}", list(found))]
    NothingInArchive {
        /// Some of the files that there are.
        found: Vec<String>,
    },
}

impl ReadError {
    pub(crate) fn unreadable(format: &'static str, reason: impl ToString) -> ReadError {
        ReadError::Unreadable { format, reason: reason.to_string() }
    }

    /// An attribute that is not among the names that there are.
    pub(crate) fn no_such_attribute(attribute: &str, available: impl IntoIterator<Item = String>) -> ReadError {
        let mut available: Vec<String> = available.into_iter().collect();
        available.sort();
        ReadError::NoSuchAttribute { attribute: attribute.to_owned(), available }
    }
}

fn list(names: &[String]) -> String {
    if names.is_empty() {
        return "none".to_owned();
    }
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

impl From<serde_json::Error> for ReadError {
    fn from(error: serde_json::Error) -> ReadError {
        let (line, column) = (error.line(), error.column());
        let reason = without_position(&error);
        match error.classify() {
            serde_json::error::Category::Data => ReadError::NotGeoJson { line, column, reason },
            _ => ReadError::NotJson { line, column, reason },
        }
    }
}

/// The parser's message without the " at line 1 column 2" that it ends with.
pub(crate) fn without_position(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.as_str(), |(reason, _)| reason).to_owned()
}
