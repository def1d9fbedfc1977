//! Opening a `.zip` that holds a boundary file, in memory and within limits.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{Format, ReadError, ReadOptions, Source, choose_layer, ending, file_name, read_single, stem};
use crate::check::Reading;

/// Published archives hold a few files, or a few dozen.
const MAX_FILES: usize = 1000;

/// Everything that is unpacked together.
const MAX_BYTES: u64 = 2 << 30;

/// Unpacked bytes for each packed one, beyond the first [`FREE_BYTES`]: published boundaries have less than ten.
/// Deflate reaches 1032.
const MAX_RATIO: u64 = 200;
const FREE_BYTES: u64 = 64 << 20;

pub(super) fn read(source: &Source<'_>, options: &ReadOptions<'_>) -> Result<Reading, ReadError> {
    let mut archive = Archive::open(&source.bytes)?;
    let files = archive.boundary_files();
    let chosen = match files.as_slice() {
        [] => return Err(ReadError::NothingInArchive { found: archive.some_names() }),
        [only] => only.clone(),
        several => {
            let stems: Vec<String> = several.iter().map(|name| stem(name).to_owned()).collect();
            several[choose_layer(&stems, options)?].clone()
        }
    };
    // With several files, the layer has done its duty.
    let options = ReadOptions { layer: options.layer.filter(|_| files.len() == 1), ..options.clone() };
    let bytes = archive.unpack(&chosen)?;
    let mut inner = Source::new(&chosen, bytes);
    for ending in Source::companion_endings(&chosen) {
        if let Some(companion) = archive.companion(&chosen, ending) {
            inner = inner.with_companion(ending, archive.unpack(&companion)?);
        }
    }
    read_single(Format::of(&inner)?, &inner, &options)
}

struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// The name of each file, by its index; empty for what is no file.
    names: Vec<String>,
    unpacked: u64,
}

impl<'a> Archive<'a> {
    fn open(bytes: &'a [u8]) -> Result<Archive<'a>, ReadError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| match error {
            ZipError::InvalidArchive(_) => ReadError::unreadable("zip archive", "it breaks off, or is none"),
            error => ReadError::unreadable("zip archive", error),
        })?;
        if zip.len() > MAX_FILES {
            return Err(ReadError::TooManyFiles { entries: zip.len(), limit: MAX_FILES });
        }
        let name = |index| match zip.name_for_index(index) {
            Some(Ok(name)) if !name.ends_with('/') => name.into_owned(),
            _ => String::new(),
        };
        let names = (0..zip.len()).map(name).collect();
        Ok(Archive { zip, names, unpacked: 0 })
    }

    /// The names of the files that hold boundaries, going by their endings. Plain `.json` counts only where there is
    /// nothing else: it is often a description.
    fn boundary_files(&self) -> Vec<String> {
        let is_hidden = |name: &str| name.contains("__MACOSX/") || file_name(name).starts_with('.');
        let of = |endings: &[&str]| -> Vec<String> {
            let matches = |name: &&String| endings.contains(&ending(name).as_str()) && !is_hidden(name);
            self.names.iter().filter(matches).cloned().collect()
        };
        let certain = of(&["shp", "geojson", "topojson", "gpkg", "parquet", "geoparquet"]);
        if certain.is_empty() { of(&["json"]) } else { certain }
    }

    /// The file beside another one, of the same name but for the ending, capitals or not.
    fn companion(&self, name: &str, ending: &str) -> Option<String> {
        let (base, _) = name.rsplit_once('.')?;
        let wanted = format!("{base}.{ending}");
        self.names.iter().find(|known| known.eq_ignore_ascii_case(&wanted)).cloned()
    }

    fn some_names(&self) -> Vec<String> {
        self.names.iter().filter(|name| !name.is_empty()).take(10).cloned().collect()
    }

    fn unpack(&mut self, name: &str) -> Result<Vec<u8>, ReadError> {
        let damaged =
            |reason: &dyn ToString| ReadError::unreadable("zip archive", format!("`{name}`: {}", reason.to_string()));
        let index = self.names.iter().position(|known| known == name).ok_or_else(|| damaged(&"it is not there"))?;
        let file = self.zip.by_index(index).map_err(|error| damaged(&error))?;
        // The sizes that the archive states may be wrong: what comes out is counted.
        let by_ratio = file.compressed_size().saturating_mul(MAX_RATIO).saturating_add(FREE_BYTES);
        let limit = by_ratio.min(MAX_BYTES - self.unpacked);
        let mut bytes = Vec::new();
        file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| damaged(&error))?;
        if bytes.len() as u64 > limit {
            return Err(ReadError::TooLarge { name: name.to_owned(), limit_mib: MAX_BYTES >> 20 });
        }
        self.unpacked += bytes.len() as u64;
        Ok(bytes)
    }
}
