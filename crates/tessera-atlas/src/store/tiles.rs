//! A geography's tiles: `tiles/{id}.pmtiles` as vector tiles and `lines/{id}.pmtiles` as lines.

use std::collections::BTreeMap;
use std::io;
use std::sync::OnceLock;

use bytes::Bytes;
use serde_json::json;
use tessera_geo::tiles::archive::{self, Directory, Found, HEADER_BYTES, Header};
use tessera_geo::tiles::{Form, Pyramid, TileAddress};

use super::error::StoreError;
use super::sealed::SealedFolder;
use crate::geography::Geography;
use crate::packing::Packing;
use crate::tiles::{level, vector_layers};

/// Directories stand one below the other so deep at most.
const DEEPEST: usize = 4;

/// The forms that an edition has its tiles in.
pub(super) const FORMS: [Form; 2] = [Form::Vector, Form::Lines];

/// The file of a geography's tiles.
pub(super) fn tiles_file(id: &str, form: Form) -> String {
    match form {
        Form::Vector => format!("tiles/{id}.pmtiles"),
        Form::Lines => format!("lines/{id}.pmtiles"),
    }
}

/// Tiles packed with gzip, in the order of [`FORMS`].
pub(super) type Packed = [Vec<(TileAddress, Vec<u8>)>; FORMS.len()];

/// The tiles of one zoom of a geography.
pub(super) fn pack_level(all: &[Geography], geography: &Geography, zoom: u8) -> io::Result<Packed> {
    let [mut vector, mut lines] = Packed::default();
    for tile in level(all, geography, zoom).map_err(io::Error::other)?.tiles {
        vector.push((tile.address, Packing::Gzip.pack(&tile.vector)?));
        lines.push((tile.address, Packing::Gzip.pack(&tile.lines)?));
    }
    Ok([vector, lines])
}

/// All tiles of a geography in one form as one file.
pub(super) fn write_tiles(
    geography: &Geography,
    pyramid: &Pyramid,
    form: Form,
    tiles: &[(TileAddress, Vec<u8>)],
) -> Vec<u8> {
    let mut metadata = json!({ "name": geography.name.en(), "type": "overlay" });
    if form == Form::Vector {
        metadata["vector_layers"] = vector_layers(geography, false);
    }
    archive::write(pyramid, form, metadata.to_string().as_bytes(), tiles)
}

/// The tiles of an edition on a store.
#[derive(Debug)]
pub(crate) struct StoredTiles {
    folder: SealedFolder,
    /// By file; read when it is first asked for.
    archives: BTreeMap<String, OnceLock<Archive>>,
}

/// The beginning of an archive.
#[derive(Debug)]
struct Archive {
    header: Header,
    root: Directory,
}

impl StoredTiles {
    /// The tiles of all geographies that have a shape.
    pub(super) fn new(folder: SealedFolder, geographies: &[Geography]) -> StoredTiles {
        let file = |geography: &Geography| FORMS.map(|form| tiles_file(&geography.id, form));
        let files = geographies.iter().flat_map(file).filter(|file| folder.has(file));
        let archives = files.map(|file| (file, OnceLock::new())).collect();
        StoredTiles { folder, archives }
    }

    /// Which tiles there are of a geography; `None` where there are none.
    pub(crate) fn pyramid(&self, geography: &str) -> Result<Option<Pyramid>, StoreError> {
        Ok(self.archive(&tiles_file(geography, Form::Vector))?.map(|archive| archive.header.pyramid))
    }

    /// A tile, packed with gzip; `None` where nothing is on it.
    pub(crate) fn tile(&self, geography: &str, form: Form, at: TileAddress) -> Result<Option<Bytes>, StoreError> {
        let file = tiles_file(geography, form);
        let Some(archive) = self.archive(&file)? else { return Ok(None) };
        let mut found = archive.root.find(&archive.header, at);
        for _ in 0..DEEPEST {
            match found {
                None => return Ok(None),
                Some(Found::Tile(range)) => return self.folder.read(&file, range).map(Some),
                Some(Found::Directory(range)) => {
                    let directory = self.directory(&file, range)?;
                    found = directory.find(&archive.header, at);
                }
            }
        }
        Err(self.folder.damaged(&file, archive::BadArchive))
    }

    fn archive(&self, file: &str) -> Result<Option<&Archive>, StoreError> {
        let Some(archive) = self.archives.get(file) else { return Ok(None) };
        if let Some(archive) = archive.get() {
            return Ok(Some(archive));
        }
        let header = self.folder.read(file, 0..HEADER_BYTES)?;
        let header = Header::parse(&header).map_err(|error| self.folder.damaged(file, error))?;
        let root = self.directory(file, header.root.clone())?;
        Ok(Some(archive.get_or_init(|| Archive { header, root })))
    }

    fn directory(&self, file: &str, range: std::ops::Range<u64>) -> Result<Directory, StoreError> {
        Directory::parse(&self.folder.read(file, range)?).map_err(|error| self.folder.damaged(file, error))
    }
}
