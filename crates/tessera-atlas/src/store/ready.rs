//! What is ready to be sent: columns in their compact form, packed once, when the edition is built.

use std::io;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::packing::{Packing, WORTH_PACKING};

/// Where in the file of an indicator's ready columns one of them stands, by packing: from which byte, and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ready {
    br: (u64, u64),
    gzip: (u64, u64),
}

impl Ready {
    /// The range of one packing.
    pub(super) fn range(&self, packing: Packing) -> std::ops::Range<u64> {
        let (start, length) = match packing {
            Packing::Brotli => self.br,
            Packing::Gzip => self.gzip,
        };
        start..start.saturating_add(length)
    }
}

/// The file of an indicator's ready columns.
pub(super) fn file_of(indicator: &str) -> String {
    format!("ready/{indicator}.bin")
}

/// Puts packed columns one behind the other.
#[derive(Default)]
pub(super) struct ReadyWriter {
    pub(super) bytes: Vec<u8>,
}

impl ReadyWriter {
    /// Packs a column, unless it is packed already, with brotli and with gzip; `None` where it is too small to be worth it.
    pub(super) fn put(&mut self, column: &[u8], packed: Option<[Bytes; 2]>) -> io::Result<Option<Ready>> {
        if column.len() < WORTH_PACKING {
            return Ok(None);
        }
        let [brotli, gzip] = match packed {
            Some(packed) => packed,
            None => [Packing::Brotli.pack(column)?.into(), Packing::Gzip.pack(column)?.into()],
        };
        let mut append = |packed: &[u8]| {
            let start = self.bytes.len() as u64;
            self.bytes.extend_from_slice(packed);
            (start, packed.len() as u64)
        };
        Ok(Some(Ready { br: append(&brotli), gzip: append(&gzip) }))
    }
}
