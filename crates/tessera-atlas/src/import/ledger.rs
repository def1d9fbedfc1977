//! What an edition was made from: so that the next one is made anew only where that changed.
//!
//! Each part has a key, a hash over everything that it is made from: the program, the sections of the manifest, the content of
//! files, the parts that it needs. A part whose key is found in the ledger is taken over from the edition before. The ledger
//! is the publisher's own: hashes of raw files stand in it, so it never becomes part of an edition.

use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::inferred::TableOrders;
use super::protection::Protection;
use super::tables::TableReport;
use crate::canonical::PartDigest;
use crate::edition::EditionId;
use crate::folder::AtlasFolder;
use crate::note::Note;
use crate::problem::Problem;
use crate::store::Earlier;

/// What an edition was made from.
#[derive(Debug, Serialize, Deserialize)]
pub struct Ledger {
    pub(super) edition: EditionId,
    pub(super) geographies: GeographiesMade,
    /// Those of which nothing is told that stands in the manifest: its lines may move.
    pub(super) tables: Vec<TableMade>,
    pub(super) sets: Vec<SetMade>,
}

/// An edition and what it was made from.
#[derive(Debug)]
pub struct Before {
    pub(super) earlier: Earlier,
    pub(super) ledger: Ledger,
}

impl Before {
    /// Puts an edition and its ledger together; `None` where the ledger is that of another edition.
    pub fn new(earlier: Earlier, ledger: Ledger) -> Option<Before> {
        (ledger.edition == *earlier.id()).then_some(Before { earlier, ledger })
    }
}

/// A hash over what a part is made from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Key(String);

/// Makes a key.
pub(super) struct KeyMaker(Sha256);

impl KeyMaker {
    /// Everything depends on the program.
    pub(super) fn new(program: &str) -> KeyMaker {
        KeyMaker(Sha256::new()).and(&program)
    }

    /// Adds something, as a programmer sees it: two that differ are written differently.
    pub(super) fn and(mut self, part: &dyn Debug) -> KeyMaker {
        let text = format!("{part:?}");
        self.0.update((text.len() as u64).to_le_bytes());
        self.0.update(text);
        self
    }

    pub(super) fn key(self) -> Key {
        Key(self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

/// The geographies, which are made together.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct GeographiesMade {
    /// Over the sections of the manifest.
    pub(super) sections: Key,
    /// The files that were looked at; `None` for one that was not there.
    pub(super) files: BTreeMap<String, Option<Key>>,
    pub(super) digests: Vec<PartDigest>,
    /// The place that all areas make up, where the manifest names none and they say so.
    pub(super) place: Option<String>,
    pub(super) problems: Vec<Problem>,
}

/// A table that was read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct TableMade {
    pub(super) key: Key,
    /// Over what was known of the indicators that it may name.
    pub(super) named: Key,
    /// The indicators of which it says anything, with what is known of each.
    pub(super) indicators: BTreeMap<String, Key>,
    pub(super) report: TableReport,
    pub(super) problems: Vec<Problem>,
    pub(super) notes: Vec<Note>,
    pub(super) orders: TableOrders,
}

/// Indicators that were published together.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct SetMade {
    pub(super) key: Key,
    pub(super) indicators: Vec<IndicatorMade>,
    pub(super) told: Vec<ToldMade>,
    pub(super) problems: Vec<Problem>,
}

/// The published columns of an indicator, in the order of the catalogue.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct IndicatorMade {
    pub(super) id: String,
    pub(super) digests: Vec<PartDigest>,
    pub(super) protection: Option<Protection>,
}

/// Something that was found while an indicator was computed, or a breakdown with this total was looked at.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct ToldMade {
    pub(super) indicator: String,
    pub(super) is_of_breakdown: bool,
    pub(super) is_of_column: bool,
    pub(super) problem: Problem,
}

impl GeographiesMade {
    /// Whether all files are as they were.
    pub(super) fn is_current(&self, folder: &AtlasFolder) -> bool {
        self.files.iter().all(|(file, key)| file_key(folder, file) == *key)
    }

    /// Over everything that the geographies are made from.
    pub(super) fn key(&self) -> Key {
        KeyMaker(Sha256::new()).and(&self.sections).and(&self.files).key()
    }
}

/// Over the content of a file; `None` where it cannot be read.
pub(super) fn file_key(folder: &AtlasFolder, file: &str) -> Option<Key> {
    folder.digest(file).map(|digest| KeyMaker(Sha256::new()).and(&digest).key())
}
