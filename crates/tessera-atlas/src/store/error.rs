//! What can be wrong with a store.

use std::io;
use std::path::Path;

/// Why an edition cannot be written, opened or read. Each says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// There is no edition where one should be.
    #[error("there is no edition in `{0}`\n  hint: name a store, or a folder that `tessera build` wrote")]
    NoEdition(String),
    /// A file of an edition is gone.
    #[error("`{file}` of edition {edition} is missing\n  hint: bring the edition back from a copy, or build it again")]
    Missing {
        /// The edition's id.
        edition: String,
        /// The file, within the edition.
        file: String,
    },
    /// A file of an edition is not as it was written.
    #[error(
        "`{file}` of edition {edition} is damaged: {what}\n  hint: bring the edition back from a copy, or build it again"
    )]
    Damaged {
        /// The edition's id, or the folder's name where it is not known.
        edition: String,
        /// The file, within the edition.
        file: String,
        /// What is wrong with it.
        what: String,
    },
    /// A folder is no store, and holds something that would be taken for a part of one.
    #[error("`{place}` is no store, and holds `{name}` already\n  hint: name a folder of its own with `--store`")]
    NoStore {
        /// The folder.
        place: String,
        /// What it holds.
        name: String,
    },
    /// The edition is of a format that this program does not read.
    #[error(
        "edition {edition} is of format {found}; this program reads format {expected}\n  hint: build it again with this program"
    )]
    Format {
        /// The edition's id.
        edition: String,
        /// Its format.
        found: u32,
        /// The format of this program.
        expected: u32,
    },
    /// Something cannot be read.
    #[error("`{place}` cannot be read: {reason}")]
    Unreadable {
        /// The file or folder.
        place: String,
        /// What the machine says.
        reason: String,
    },
    /// The disk is full.
    #[error("`{0}` cannot be written: the disk is full\n  hint: make room; nothing was published, and what was stays")]
    Full(String),
    /// The store may not be written.
    #[error(
        "`{place}` cannot be written: {reason}\n  hint: let this user write there, or name another store with `--store`"
    )]
    ReadOnly {
        /// The file or folder.
        place: String,
        /// What the machine says.
        reason: String,
    },
    /// Something cannot be written.
    #[error("`{place}` cannot be written: {reason}")]
    Unwritable {
        /// The file or folder.
        place: String,
        /// What the machine says.
        reason: String,
    },
}

impl StoreError {
    /// What kind of error it is, in kebab case, without any path.
    pub fn kind(&self) -> &'static str {
        match self {
            StoreError::NoEdition(_) => "no-edition",
            StoreError::Missing { .. } => "missing",
            StoreError::Damaged { .. } => "damaged",
            StoreError::NoStore { .. } => "no-store",
            StoreError::Format { .. } => "format",
            StoreError::Unreadable { .. } => "unreadable",
            StoreError::Full(_) => "full",
            StoreError::ReadOnly { .. } => "read-only",
            StoreError::Unwritable { .. } => "unwritable",
        }
    }

    pub(crate) fn unreadable(place: &Path, error: impl ToString) -> StoreError {
        StoreError::Unreadable { place: place.display().to_string(), reason: error.to_string() }
    }

    pub(crate) fn unwritable(place: &Path, error: &io::Error) -> StoreError {
        use io::ErrorKind::{NotADirectory, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
        let (place, reason) = (place.display().to_string(), error.to_string());
        match error.kind() {
            StorageFull | QuotaExceeded => StoreError::Full(place),
            ReadOnlyFilesystem | PermissionDenied | NotADirectory => StoreError::ReadOnly { place, reason },
            _ => StoreError::Unwritable { place, reason },
        }
    }
}
