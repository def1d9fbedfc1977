//! Writing an edition's files: each with its checksums, the manifest last.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use time::OffsetDateTime;

use super::earlier::share;
use super::error::StoreError;
use super::seal::{BLOCK, FORMAT, FileSeal, MANIFEST, Manifest};
use crate::edition::EditionId;

/// A folder that becomes an edition. Without its manifest, which is written last, it is none.
#[derive(Debug)]
pub(crate) struct Draft {
    folder: PathBuf,
    files: Mutex<BTreeMap<String, FileSeal>>,
}

impl Draft {
    /// Begins an edition in a folder that is made here.
    pub(crate) fn begin(folder: &Path) -> Result<Draft, StoreError> {
        fs::create_dir_all(folder).map_err(|error| StoreError::unwritable(folder, &error))?;
        Ok(Draft { folder: folder.to_owned(), files: Mutex::default() })
    }

    /// Writes one file.
    pub(crate) fn put(&self, file: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let path = self.folder.join(file);
        write_durably(&path, bytes).map_err(|error| StoreError::unwritable(&path, &error))?;
        let mut files = self.files.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        files.insert(file.to_owned(), FileSeal::of(bytes));
        Ok(())
    }

    /// Shares a file of another edition, which has these checksums.
    pub(crate) fn share(&self, file: &str, from: &Path, seal: FileSeal) -> Result<(), StoreError> {
        let path = self.folder.join(file);
        share(from, &path).map_err(|error| StoreError::unwritable(&path, &error))?;
        self.files.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(file.to_owned(), seal);
        Ok(())
    }

    /// Makes an edition of the files.
    pub(crate) fn seal(self, edition: &EditionId) -> Result<(), StoreError> {
        let manifest = Manifest {
            format: FORMAT,
            edition: edition.clone(),
            built: now(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            block_bytes: BLOCK,
            files: self.files.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner),
        };
        let path = self.folder.join(MANIFEST);
        write_durably(&path, &manifest.to_bytes()).map_err(|error| StoreError::unwritable(&path, &error))
    }
}

/// Writes a file so that it is there after a loss of power, too.
pub(crate) fn write_durably(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn now() -> String {
    let now = OffsetDateTime::now_utc();
    let (hour, minute, second) = now.to_hms();
    format!("{}T{hour:02}:{minute:02}:{second:02}Z", now.date())
}
