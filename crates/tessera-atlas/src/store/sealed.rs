//! Reading an edition's files by ranges; no byte is handed out that is not the one that was written.

use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use futures_executor::block_on;
use futures_util::TryStreamExt;
use object_store::path::Path as ObjectPath;
use object_store::{ObjectStore, ObjectStoreExt};

use super::error::StoreError;
use super::seal::{BLOCK, FORMAT, FileSeal, MANIFEST, Manifest};
use crate::edition::EditionId;

/// Editions up to this size are read through when they are opened; of larger ones each block when it is first needed, so
/// that opening takes no longer with more indicators.
const READ_THROUGH: u64 = 32 << 20;

/// The files of one edition. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct SealedFolder {
    objects: Arc<dyn ObjectStore>,
    root: ObjectPath,
    manifest: Arc<Manifest>,
}

impl SealedFolder {
    /// Opens the edition below `root`. Every file is there in its length.
    ///
    /// # Errors
    /// [`StoreError::NoEdition`] where there is no manifest; others where something is not as it was written.
    pub(crate) fn open(objects: Arc<dyn ObjectStore>, root: ObjectPath) -> Result<SealedFolder, StoreError> {
        let manifest = read_manifest(objects.as_ref(), &root)?;
        let folder = SealedFolder { objects, root, manifest: Arc::new(manifest) };
        folder.compare_lengths()?;
        if folder.bytes() <= READ_THROUGH {
            folder.manifest.files.keys().try_for_each(|file| folder.read_whole(file).map(drop))?;
        }
        Ok(folder)
    }

    pub(crate) fn edition(&self) -> &EditionId {
        &self.manifest.edition
    }

    /// The length of a file.
    pub(crate) fn length(&self, file: &str) -> Result<u64, StoreError> {
        Ok(self.seal(file)?.bytes)
    }

    /// Whether the edition has such a file.
    pub(crate) fn has(&self, file: &str) -> bool {
        self.manifest.files.contains_key(file)
    }

    pub(crate) fn read_whole(&self, file: &str) -> Result<Bytes, StoreError> {
        let length = self.length(file)?;
        self.read(file, 0..length)
    }

    /// A range of a file, checked block by block.
    pub(crate) fn read(&self, file: &str, range: Range<u64>) -> Result<Bytes, StoreError> {
        let seal = self.seal(file)?;
        if range.start > range.end || range.end > seal.bytes {
            return Err(self.damaged(file, "it ends too early"));
        }
        if range.is_empty() {
            return Ok(Bytes::new());
        }
        let first = range.start / BLOCK;
        let blocks = first * BLOCK..range.end.next_multiple_of(BLOCK).min(seal.bytes);
        let read = block_on(self.objects.get_range(&self.path(file), blocks.clone()));
        let bytes = read.map_err(|error| self.failed(file, &error))?;
        if bytes.len() as u64 != blocks.end - blocks.start || !seal.holds(first, &bytes) {
            return Err(self.damaged(file, "its checksum does not fit"));
        }
        let start = (range.start - blocks.start) as usize;
        Ok(bytes.slice(start..start + (range.end - range.start) as usize))
    }

    /// The edition's own fault: a file that was written is not what it should be.
    pub(crate) fn damaged(&self, file: &str, what: impl ToString) -> StoreError {
        let edition = self.edition().to_string();
        StoreError::Damaged { edition, file: file.to_owned(), what: what.to_string() }
    }

    fn seal(&self, file: &str) -> Result<&FileSeal, StoreError> {
        let missing = || StoreError::Missing { edition: self.edition().to_string(), file: file.to_owned() };
        self.manifest.files.get(file).ok_or_else(missing)
    }

    fn bytes(&self) -> u64 {
        self.manifest.files.values().map(|seal| seal.bytes).sum()
    }

    fn path(&self, file: &str) -> ObjectPath {
        self.root.parts().chain(ObjectPath::from(file).parts()).collect()
    }

    fn failed(&self, file: &str, error: &object_store::Error) -> StoreError {
        match error {
            object_store::Error::NotFound { .. } => {
                StoreError::Missing { edition: self.edition().to_string(), file: file.to_owned() }
            }
            error => StoreError::Unreadable { place: self.path(file).to_string(), reason: error.to_string() },
        }
    }

    fn compare_lengths(&self) -> Result<(), StoreError> {
        let listed = block_on(self.objects.list(Some(&self.root)).try_collect::<Vec<_>>());
        let listed = listed.map_err(|error| self.failed(MANIFEST, &error))?;
        let lengths: std::collections::HashMap<&str, u64> =
            listed.iter().map(|object| (object.location.as_ref(), object.size)).collect();
        for (file, seal) in &self.manifest.files {
            match lengths.get(self.path(file).as_ref()) {
                None => return Err(StoreError::Missing { edition: self.edition().to_string(), file: file.clone() }),
                Some(length) if *length != seal.bytes => {
                    let what = format!("it has {length} bytes instead of {}", seal.bytes);
                    return Err(self.damaged(file, what));
                }
                Some(_) => {}
            }
        }
        Ok(())
    }
}

/// The manifest below `root`.
pub(crate) fn read_manifest(objects: &dyn ObjectStore, root: &ObjectPath) -> Result<Manifest, StoreError> {
    let path: ObjectPath = root.parts().chain(ObjectPath::from(MANIFEST).parts()).collect();
    let name = || root.filename().unwrap_or("this folder").to_owned();
    let bytes = block_on(async { objects.get(&path).await?.bytes().await }).map_err(|error| match error {
        object_store::Error::NotFound { .. } => StoreError::NoEdition(name()),
        error => StoreError::Unreadable { place: path.to_string(), reason: error.to_string() },
    })?;
    let damaged = |what| StoreError::Damaged { edition: name(), file: MANIFEST.to_owned(), what };
    let manifest = Manifest::from_bytes(&bytes).map_err(damaged)?;
    if manifest.format != FORMAT || manifest.block_bytes != BLOCK {
        let edition = manifest.edition.to_string();
        return Err(StoreError::Format { edition, found: manifest.format, expected: FORMAT });
    }
    Ok(manifest)
}
