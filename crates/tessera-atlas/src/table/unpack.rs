//! Unpacking within limits. What a packed file says of its size may be wrong, so what comes out is counted.

use std::io::{self, ErrorKind, Read};

use flate2::bufread::GzDecoder;

use crate::problem::Problem;

/// Everything that is unpacked of one file.
const MOST_BYTES: u64 = 2 << 30;

/// Unpacked bytes for each packed one, beyond the first [`FREE_BYTES`]: published tables have less than fifty. Deflate
/// reaches 1032.
const MOST_RATIO: u64 = 200;
const FREE_BYTES: u64 = 64 << 20;

/// How many bytes may still come out of a packed file.
#[derive(Debug)]
pub(super) struct Budget(u64);

impl Budget {
    /// The budget of a file of so many packed bytes.
    pub(super) fn of(packed: usize) -> Budget {
        Budget((packed as u64).saturating_mul(MOST_RATIO).saturating_add(FREE_BYTES).min(MOST_BYTES))
    }

    /// Reads as `reader` does, until the budget is spent: then fails with [`ErrorKind::FileTooLarge`].
    pub(super) fn limit<'b, R: Read>(&'b mut self, reader: R) -> impl Read + use<'b, R> {
        Limited { reader, left: &mut self.0 }
    }
}

struct Limited<'b, R> {
    reader: R,
    left: &'b mut u64,
}

impl<R: Read> Read for Limited<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        *self.left = self.left.checked_sub(read as u64).ok_or(ErrorKind::FileTooLarge)?;
        Ok(read)
    }
}

/// The problem of a file that unpacks to too much.
pub(super) fn unpacks_to_too_much() -> Problem {
    let message =
        format!("the file unpacks to more than {} GiB, or to far more than any table of its size", MOST_BYTES >> 30);
    Problem::error("too-large", message).cure("split it, or leave out what the atlas does not show")
}

/// The content of a gzip file, however many members it has; any other file as it is.
///
/// # Errors
/// When it is damaged, goes on behind its end, is empty, or unpacks to too much.
pub(super) fn gunzipped(bytes: Vec<u8>) -> Result<Vec<u8>, Problem> {
    if !is_gzip(&bytes) {
        return Ok(bytes);
    }
    let mut budget = Budget::of(bytes.len());
    let mut unpacked = Vec::new();
    let mut rest = bytes.as_slice();
    while !rest.is_empty() {
        if !is_gzip(rest) {
            let message = "the gzip file goes on behind its end with something else";
            return Err(Problem::error("damaged-file", message).cure("export or download it again"));
        }
        let mut decoder = GzDecoder::new(rest);
        budget.limit(&mut decoder).read_to_end(&mut unpacked).map_err(|error| match error.kind() {
            ErrorKind::FileTooLarge => unpacks_to_too_much(),
            ErrorKind::UnexpectedEof => super::damaged("the gzip file", "it is cut off"),
            _ => super::damaged("the gzip file", error),
        })?;
        rest = decoder.into_inner();
    }
    if unpacked.is_empty() {
        let problem = Problem::error("empty-file", "the file is empty once it is unpacked");
        return Err(problem.cure("export or download it again"));
    }
    Ok(unpacked)
}

fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1F, 0x8B])
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn message(bytes: Vec<u8>) -> String {
        gunzipped(bytes).unwrap_err().message
    }

    #[test]
    fn members_follow_one_another() {
        let bytes = [gzip(b"a,b\n"), gzip(b""), gzip(b"1,2\n")].concat();
        assert_eq!(gunzipped(bytes).unwrap(), b"a,b\n1,2\n");
        assert_eq!(gunzipped(b"a,b\n".to_vec()).unwrap(), b"a,b\n");
    }

    #[test]
    fn a_cut_file_is_refused_wherever_it_is_cut() {
        let whole = gzip(b"code,value\nE1,1\nE2,2\n");
        for length in 2..whole.len() {
            assert_eq!(message(whole[..length].to_vec()), "the gzip file cannot be read: it is cut off", "{length}");
        }
    }

    #[test]
    fn damage_is_named() {
        let whole = gzip(b"code,value\nE1,1\nE2,2\n");
        assert!(message([whole.as_slice(), b"more"].concat()).contains("behind its end"));
        let mut wrong_sum = whole.clone();
        wrong_sum[whole.len() - 6] ^= 1;
        assert!(message(wrong_sum).starts_with("the gzip file cannot be read"));
        assert_eq!(message(gzip(b"")), "the file is empty once it is unpacked");
    }

    #[test]
    fn a_bomb_is_refused() {
        let bytes = gzip(&vec![b'0'; 80 << 20]);
        assert!(bytes.len() < 100_000);
        assert!(message(bytes).contains("far more than any table of its size"));
    }
}
