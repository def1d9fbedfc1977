//! Reading an edition's files by ranges; no byte is handed out that is not the one that was written.

use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::TryStreamExt;
use object_store::path::Path as ObjectPath;
use object_store::{GetOptions, ObjectStore, ObjectStoreExt};

use super::error::StoreError;
use super::seal::{BLOCK, FORMAT, FileSeal, Listed, MANIFEST, Manifest};
use crate::edition::EditionId;

/// Editions up to this size are read through when they are opened; of larger ones each file and block is looked at when it is first
/// needed, so that opening takes no longer with more indicators.
const READ_THROUGH: u64 = 32 << 20;

/// The files of one edition. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct SealedFolder {
    objects: Arc<dyn ObjectStore>,
    root: ObjectPath,
    manifest: Arc<Manifest>,
}

impl SealedFolder {
    /// Opens the edition below `root`.
    ///
    /// # Errors
    /// [`StoreError::NoEdition`] where there is no manifest; others where something is not as it was written.
    pub(crate) fn open(objects: Arc<dyn ObjectStore>, root: ObjectPath) -> Result<SealedFolder, StoreError> {
        let manifest = read_manifest(objects.as_ref(), &root)?;
        let folder = SealedFolder { objects, root, manifest: Arc::new(manifest) };
        if folder.bytes() <= READ_THROUGH {
            folder.compare_lengths()?;
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
        let read = wait(self.objects.get_range(&self.path(file), blocks.clone()));
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

    pub(crate) fn seal(&self, file: &str) -> Result<&FileSeal, StoreError> {
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

    /// Holds that every file is there in its length.
    pub(super) fn compare_lengths(&self) -> Result<(), StoreError> {
        let listed = wait(self.objects.list(Some(&self.root)).try_collect::<Vec<_>>());
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

/// Waits for a store. Asked from within tokio, its budget must not count: a task that has used it up is not woken again
/// before it returns, and this does not return before it is woken.
fn wait<T>(answer: impl Future<Output = T>) -> T {
    futures_executor::block_on(tokio::task::unconstrained(answer))
}

/// The manifest below `root`.
fn read_manifest(objects: &dyn ObjectStore, root: &ObjectPath) -> Result<Manifest, StoreError> {
    let manifest = Manifest::from_bytes(&manifest_bytes(objects, root, GetOptions::default())?)
        .map_err(|what| damaged(root, what))?;
    if manifest.format != FORMAT || manifest.block_bytes != BLOCK {
        return Err(of_format(&manifest.edition, manifest.format));
    }
    Ok(manifest)
}

/// What the manifest below `root` says for a list of editions.
pub(super) fn read_listed(objects: &dyn ObjectStore, root: &ObjectPath) -> Result<Listed, StoreError> {
    let beginning = GetOptions { range: Some((0..Listed::BYTES).into()), ..GetOptions::default() };
    let listed = Listed::from_bytes(&manifest_bytes(objects, root, beginning)?).map_err(|what| damaged(root, what))?;
    if listed.format == FORMAT { Ok(listed) } else { Err(of_format(&listed.edition, listed.format)) }
}

fn manifest_bytes(objects: &dyn ObjectStore, root: &ObjectPath, options: GetOptions) -> Result<Bytes, StoreError> {
    let path: ObjectPath = root.parts().chain(ObjectPath::from(MANIFEST).parts()).collect();
    wait(async { objects.get_opts(&path, options).await?.bytes().await }).map_err(|error| match error {
        object_store::Error::NotFound { .. } => StoreError::NoEdition(name(root)),
        error => StoreError::Unreadable { place: path.to_string(), reason: error.to_string() },
    })
}

fn damaged(root: &ObjectPath, what: String) -> StoreError {
    StoreError::Damaged { edition: name(root), file: MANIFEST.to_owned(), what }
}

fn of_format(edition: &EditionId, found: u32) -> StoreError {
    StoreError::Format { edition: edition.to_string(), found, expected: FORMAT }
}

fn name(root: &ObjectPath) -> String {
    root.filename().unwrap_or("this folder").to_owned()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use object_store::local::LocalFileSystem;

    use super::super::draft::Draft;
    use super::*;

    /// A file of an edition that is too large to be read through.
    const LARGE: &str = "large.bin";

    #[test]
    fn of_a_large_edition_each_block_is_checked_when_it_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let draft = Draft::begin(folder.path()).unwrap();
        let mut bytes: Vec<u8> = (0..READ_THROUGH + 1000).map(|position| (position % 253) as u8).collect();
        draft.put(LARGE, &bytes).unwrap();
        draft.put("small", b"abc").unwrap();
        draft.seal(&EditionId("0123456789abcdef".to_owned())).unwrap();
        bytes[3 * BLOCK as usize + 7] ^= 1;
        fs::write(folder.path().join(LARGE), &bytes).unwrap();
        let objects = Arc::new(LocalFileSystem::new_with_prefix(folder.path()).unwrap());
        let sealed = SealedFolder::open(objects, ObjectPath::default()).unwrap();
        assert_eq!(sealed.read(LARGE, 10..20).unwrap(), bytes[10..20]);
        let (start, end) = (3 * BLOCK - 5, 3 * BLOCK);
        assert_eq!(sealed.read(LARGE, start..end).unwrap(), bytes[start as usize..end as usize]);
        assert_eq!(sealed.read(LARGE, 4 * BLOCK..READ_THROUGH + 1000).unwrap(), bytes[4 * BLOCK as usize..]);
        for range in [start..end + 1, 3 * BLOCK..3 * BLOCK + 1, 0..READ_THROUGH] {
            assert!(matches!(sealed.read(LARGE, range), Err(StoreError::Damaged { .. })));
        }
        assert!(sealed.read(LARGE, 0..READ_THROUGH + 1001).is_err(), "beyond the end");
        assert!(sealed.read("small", 3..3).unwrap().is_empty());
        assert!(matches!(sealed.read("none", 0..1), Err(StoreError::Missing { .. })));
    }
}
