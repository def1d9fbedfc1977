//! Room on the disk for numbers that have no room in memory.
//!
//! Raw numbers are the build's own: the file has no name from its first moment on, so that nobody else can open it and
//! nothing of it is left, however the build ends.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::{Mutex, PoisonError};

use crate::problem::Problem;

/// A file without a name.
#[derive(Debug)]
pub(super) struct Scratch(Mutex<(File, u64)>);

impl Scratch {
    /// # Errors
    /// Where there is no folder for temporary files, or it cannot be written.
    pub(super) fn new() -> Result<Scratch, Problem> {
        let file = tempfile::tempfile().map_err(|error| failed(&error))?;
        Ok(Scratch(Mutex::new((file, 0))))
    }

    /// Keeps bytes, and says where.
    pub(super) fn put(&self, bytes: &[u8]) -> io::Result<u64> {
        let mut scratch = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (file, end) = &mut *scratch;
        let start = *end;
        file.seek(SeekFrom::Start(start))?;
        file.write_all(bytes)?;
        *end = start + bytes.len() as u64;
        Ok(start)
    }

    /// So many bytes from where they were kept.
    pub(super) fn get(&self, start: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        let mut scratch = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        scratch.0.seek(SeekFrom::Start(start))?;
        scratch.0.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

/// What to tell where the disk does not keep them.
pub(super) fn failed(error: &io::Error) -> Problem {
    let folder = std::env::temp_dir();
    let message = format!("numbers cannot be kept in `{}` while they are worked on: {error}", folder.display());
    Problem::error("no-scratch", message).cure("make room there, or name another folder in the environment's TMPDIR")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_given_back() {
        let scratch = Scratch::new().unwrap();
        let (first, second) = (scratch.put(b"abc").unwrap(), scratch.put(b"de").unwrap());
        assert_eq!(scratch.get(second, 2).unwrap(), b"de");
        assert_eq!(scratch.get(first, 3).unwrap(), b"abc");
        assert!(scratch.get(second, 3).is_err(), "beyond the end");
    }
}
