//! `manifest.json`: which files an edition is made of, with a checksum of every block of every file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::edition::EditionId;

/// The file that lists all others.
pub(crate) const MANIFEST: &str = "manifest.json";
/// The format of editions on disk.
pub(crate) const FORMAT: u32 = 2;
/// Files are checked in blocks of so many bytes, so that a part can be trusted without reading the whole.
pub(crate) const BLOCK: u64 = 256 * 1024;

/// What `manifest.json` says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    pub(crate) format: u32,
    pub(crate) edition: EditionId,
    /// When it was built, in UTC.
    pub(crate) built: String,
    /// The version of the program that built it.
    pub(crate) program: String,
    pub(crate) block_bytes: u64,
    /// By path within the edition.
    pub(crate) files: BTreeMap<String, FileSeal>,
}

/// What a list of editions says of each.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Listed {
    pub(crate) format: u32,
    pub(crate) edition: EditionId,
    pub(crate) built: String,
}

/// A file's length and checksums.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FileSeal {
    pub(crate) bytes: u64,
    /// SHA-256 of each block, in hexadecimal digits.
    pub(crate) sha256: Vec<String>,
}

/// What stands before the files in a manifest.
const FILES: &[u8] = b",\"files\":";
/// What stands before the manifest, and behind it with its own checksum.
const BEFORE: &[u8] = b"{\"manifest\":";
const BEHIND: [&str; 2] = [",\"sha256\":\"", "\"}"];

impl FileSeal {
    pub(crate) fn of(bytes: &[u8]) -> FileSeal {
        let blocks = bytes.chunks(BLOCK as usize);
        FileSeal { bytes: bytes.len() as u64, sha256: blocks.map(|block| hex(&Sha256::digest(block))).collect() }
    }

    /// Whether `bytes`, which begin with block `first`, are those that were written.
    pub(crate) fn holds(&self, first: u64, bytes: &[u8]) -> bool {
        let mut known = self.sha256.iter().skip(first as usize);
        bytes
            .chunks(BLOCK as usize)
            .all(|block| known.next().is_some_and(|known| *known == hex(&Sha256::digest(block))))
    }
}

impl Manifest {
    /// The manifest as it is written.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        // Texts and numbers of our own: there is nothing that JSON cannot say.
        let manifest = serde_json::to_vec(self).unwrap_or_default();
        let behind = behind(&manifest);
        [BEFORE, &manifest, behind.as_bytes()].concat()
    }

    /// Reads what [`Manifest::to_bytes`] wrote; refuses anything that differs from it in any byte, and says why.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Manifest, String> {
        let length = behind(b"").len();
        let inside = bytes.strip_prefix(BEFORE).and_then(|rest| rest.split_at_checked(rest.len().checked_sub(length)?));
        match inside {
            Some((manifest, end)) if behind(manifest).as_bytes() == end => {
                serde_json::from_slice(manifest).map_err(|error| error.to_string())
            }
            _ => Err("its checksum does not fit".to_owned()),
        }
    }
}

impl Listed {
    /// How many bytes at the beginning of a manifest say all of it, however many files follow.
    pub(crate) const BYTES: u64 = 4096;

    /// The beginning of what [`Manifest::to_bytes`] wrote, up to its files. It is not held against the checksum: that is done when the
    /// edition is opened.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Listed, String> {
        let inside = bytes.strip_prefix(BEFORE).ok_or("it does not begin as a manifest")?;
        // No text holds a quotation mark that is not escaped.
        let length = inside.windows(FILES.len()).position(|bytes| bytes == FILES).ok_or("it names no files")?;
        serde_json::from_slice(&[&inside[..length], b"}"].concat()).map_err(|error| error.to_string())
    }
}

/// What stands behind a manifest.
fn behind(manifest: &[u8]) -> String {
    BEHIND.join(&hex(&Sha256::digest(manifest)))
}

fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        let files = BTreeMap::from([("a".to_owned(), FileSeal::of(b"abc")), ("b".to_owned(), FileSeal::of(b""))]);
        Manifest {
            format: FORMAT,
            edition: EditionId("0123456789abcdef".to_owned()),
            built: "2026-01-01T00:00:00Z".to_owned(),
            program: "0.1.0".to_owned(),
            block_bytes: BLOCK,
            files,
        }
    }

    #[test]
    fn no_byte_of_a_manifest_can_change() {
        let bytes = manifest().to_bytes();
        assert_eq!(Manifest::from_bytes(&bytes), Ok(manifest()));
        for position in 0..bytes.len() {
            for change in [0x01, 0x20, 0x80] {
                let mut changed = bytes.clone();
                changed[position] ^= change;
                assert!(Manifest::from_bytes(&changed).is_err(), "{position}");
            }
        }
        let listed = Listed { format: FORMAT, edition: manifest().edition, built: manifest().built };
        assert_eq!(Listed::from_bytes(&bytes), Ok(listed));
        assert!(Listed::from_bytes(&bytes[..40]).is_err() && Listed::from_bytes(b"{}").is_err());
        assert!(Manifest::from_bytes(&bytes[..bytes.len() - 1]).is_err());
        assert!(Manifest::from_bytes(&[&bytes[..], b"\n"].concat()).is_err());
    }

    #[test]
    fn each_block_is_checked_by_itself() {
        let block = BLOCK as usize;
        let bytes: Vec<u8> = (0..2 * block + 10).map(|position| (position % 251) as u8).collect();
        let seal = FileSeal::of(&bytes);
        assert_eq!((seal.bytes, seal.sha256.len()), (bytes.len() as u64, 3));
        assert!(seal.holds(0, &bytes) && seal.holds(1, &bytes[block..]) && seal.holds(2, &bytes[2 * block..]));
        assert!(!seal.holds(1, &bytes[..block]) && !seal.holds(3, b"x"));
        assert!(!seal.holds(2, &bytes[2 * block..2 * block + 9]));
    }
}
