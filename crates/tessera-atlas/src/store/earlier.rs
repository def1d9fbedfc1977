//! The edition before, with which the next one shares what did not change.

use std::fs;
use std::path::PathBuf;

use bytes::Bytes;

use super::catalog::ColumnEntry;
use super::columns::StoredColumns;
use super::error::StoreError;
use super::seal::FileSeal;
use crate::edition::{Edition, EditionId, Published};
use crate::geography::Geography;
use crate::packing::Packing;
use crate::period::Period;

/// An edition on the disk whose files another one may share.
#[derive(Debug)]
pub struct Earlier {
    pub(crate) edition: Edition,
    folder: PathBuf,
}

impl Earlier {
    pub(super) fn new(edition: Edition, folder: PathBuf) -> Earlier {
        Earlier { edition, folder }
    }

    /// Its id.
    pub fn id(&self) -> &EditionId {
        self.edition.id()
    }

    /// Takes its geographies out of it: they are large, and made for the next edition now.
    pub(crate) fn take_geographies(&mut self) -> Vec<Geography> {
        std::mem::take(&mut self.edition.content.geographies)
    }

    fn columns(&self) -> Option<&StoredColumns> {
        match &self.edition.published {
            Published::Stored(columns, _) => Some(columns),
            Published::Built(_) => None,
        }
    }

    /// Where a file stands, and its checksums, once it was read and found whole.
    ///
    /// # Errors
    /// Where it is missing or damaged.
    pub(super) fn whole(&self, file: &str) -> Result<Option<(PathBuf, FileSeal)>, StoreError> {
        let Some(folder) = self.columns().map(StoredColumns::folder).filter(|folder| folder.has(file)) else {
            return Ok(None);
        };
        folder.read_whole(file)?;
        Ok(Some((self.folder.join(file), folder.seal(file)?.clone())))
    }

    /// Where an indicator stands.
    pub(crate) fn position(&self, indicator: &str) -> Option<usize> {
        self.edition.content.indicators.position(indicator)
    }

    /// The entries of an indicator's columns.
    pub(crate) fn entries(&self, indicator: usize) -> &[ColumnEntry] {
        self.columns().map_or(&[], |columns| columns.entries(indicator))
    }

    /// A column as it stands ready, packed with brotli and with gzip, if it is `unpacked`.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub(super) fn ready(
        &self,
        indicator: &str,
        geography: &str,
        period: Period,
        unpacked: &[u8],
    ) -> Result<Option<[Bytes; 2]>, StoreError> {
        let Some((columns, position)) = self.columns().zip(self.position(indicator)) else { return Ok(None) };
        let is_it = |entry: &ColumnEntry| entry.geography.as_deref() == Some(geography) && entry.period() == period;
        let Some(number) = self.entries(position).iter().position(is_it) else { return Ok(None) };
        let packed = |packing: Packing| columns.ready(position, number, packing);
        let Some(gzip) = packed(Packing::Gzip)? else { return Ok(None) };
        if !Packing::Gzip.unpack(&gzip).is_ok_and(|own| own == unpacked) {
            return Ok(None);
        }
        Ok(packed(Packing::Brotli)?.map(|brotli| [brotli, gzip]))
    }
}

/// Makes a file stand in a second place: as another name of the same where the disk can, else as a copy.
pub(super) fn share(from: &std::path::Path, to: &std::path::Path) -> std::io::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(drop))
}
