//! Where separators and line ends stand in a text of short cells.

use crate::bytes::equal;

/// Finds every byte that is one of some, in their order. Quicker than a search for the next one where they stand close to each
/// other.
///
/// # Errors
/// The first of `found`.
pub(super) fn try_for_each_of<const KINDS: usize, Error>(
    any_of: [u8; KINDS],
    bytes: &[u8],
    mut found: impl FnMut(usize) -> Result<(), Error>,
) -> Result<(), Error> {
    /// How many bytes are looked at together: as many as a word has bits.
    const TOGETHER: usize = u64::BITS as usize;
    let (chunks, rest) = bytes.as_chunks::<TOGETHER>();
    for (chunk, begin) in chunks.iter().zip((0..).step_by(TOGETHER)) {
        let words = chunk.as_chunks().0.iter().map(|word| u64::from_le_bytes(*word));
        let marks = words.map(|word| any_of.map(|byte| equal(word, byte)).into_iter().fold(0, |all, own| all | own));
        let mut marked = marks.rev().fold(0, |all, own| all << 8 | gathered(own));
        while marked != 0 {
            found(begin + marked.trailing_zeros() as usize)?;
            marked &= marked - 1;
        }
    }
    let begin = bytes.len() - rest.len();
    let is_one = |byte: &u8| any_of.contains(byte);
    rest.iter().enumerate().filter(|(_, byte)| is_one(byte)).try_for_each(|(at, _)| found(begin + at))
}

/// The highest bits of the bytes of a word, of which no others are set, one beside the other.
fn gathered(word: u64) -> u64 {
    // The bit of byte i comes to lie at 56 + i, and no two others at the same place.
    const TO_THE_HIGHEST: u64 = 0x0102_0408_1020_4080;
    (word >> 7).wrapping_mul(TO_THE_HIGHEST) >> 56
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_found_is_what_stands_there(text in "[ab,;\n\r\u{80}é]{0,200}") {
            let mut found = Vec::new();
            let keep = |at| {
                found.push(at);
                Ok::<(), ()>(())
            };
            prop_assert_eq!(try_for_each_of([b',', b'\n', b'\r'], text.as_bytes(), keep), Ok(()));
            let expected: Vec<usize> = text.match_indices([',', '\n', '\r']).map(|(at, _)| at).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
