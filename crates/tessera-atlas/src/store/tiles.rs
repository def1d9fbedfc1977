//! A geography's tiles: `tiles/{id}.pmtiles`.

use std::collections::BTreeMap;
use std::io;
use std::sync::OnceLock;

use bytes::Bytes;
use serde_json::json;
use tessera_geo::tiles::archive::{self, Directory, Found, HEADER_BYTES, Header};
use tessera_geo::tiles::{Pyramid, TileAddress};

use super::error::StoreError;
use super::sealed::SealedFolder;
use crate::geography::Geography;
use crate::packing::Packing;
use crate::tiles::{level, vector_layers};

/// Directories stand one below the other so deep at most.
const DEEPEST: usize = 4;

/// The file of a geography's tiles.
pub(super) fn tiles_file(id: &str) -> String {
    format!("tiles/{id}.pmtiles")
}

/// A tile packed with gzip.
pub(super) type Packed = (TileAddress, Vec<u8>);

/// The tiles of one zoom of a geography.
pub(super) fn pack_level(all: &[Geography], geography: &Geography, zoom: u8) -> io::Result<Vec<Packed>> {
    let tiles = level(all, geography, zoom).map_err(io::Error::other)?.tiles.into_iter();
    tiles.map(|tile| Ok((tile.address, Packing::Gzip.pack(&tile.bytes)?))).collect()
}

/// All tiles of a geography as one file.
pub(super) fn write_tiles(geography: &Geography, pyramid: &Pyramid, tiles: &[Packed]) -> Vec<u8> {
    let metadata = json!({
        "name": geography.name.en(),
        "type": "overlay",
        "vector_layers": vector_layers(geography, false),
    });
    archive::write(pyramid, metadata.to_string().as_bytes(), tiles)
}

/// The tiles of an edition on a store.
#[derive(Debug)]
pub(crate) struct StoredTiles {
    folder: SealedFolder,
    /// By geography; read when it is first asked for.
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
        let with_tiles = geographies.iter().map(|geography| &geography.id).filter(|id| folder.has(&tiles_file(id)));
        let archives = with_tiles.map(|id| (id.clone(), OnceLock::new())).collect();
        StoredTiles { folder, archives }
    }

    /// Which tiles there are of a geography; `None` where there are none.
    pub(crate) fn pyramid(&self, geography: &str) -> Result<Option<Pyramid>, StoreError> {
        Ok(self.archive(geography)?.map(|archive| archive.header.pyramid))
    }

    /// A tile, packed with gzip; `None` where nothing is on it.
    pub(crate) fn tile(&self, geography: &str, at: TileAddress) -> Result<Option<Bytes>, StoreError> {
        let Some(archive) = self.archive(geography)? else { return Ok(None) };
        let file = tiles_file(geography);
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

    fn archive(&self, geography: &str) -> Result<Option<&Archive>, StoreError> {
        let Some(archive) = self.archives.get(geography) else { return Ok(None) };
        if let Some(archive) = archive.get() {
            return Ok(Some(archive));
        }
        let file = tiles_file(geography);
        let header = self.folder.read(&file, 0..HEADER_BYTES)?;
        let header = Header::parse(&header).map_err(|error| self.folder.damaged(&file, error))?;
        let root = self.directory(&file, header.root.clone())?;
        Ok(Some(archive.get_or_init(|| Archive { header, root })))
    }

    fn directory(&self, file: &str, range: std::ops::Range<u64>) -> Result<Directory, StoreError> {
        Directory::parse(&self.folder.read(file, range)?).map_err(|error| self.folder.damaged(file, error))
    }
}
