//! Where separators and line ends stand in a text of short cells.

/// Finds every byte that is one of three, in their order. Quicker than a search for the next one where they stand close to each
/// other.
pub(super) fn for_each_of(any_of: [u8; 3], bytes: &[u8], mut found: impl FnMut(usize)) {
    let (words, rest) = bytes.as_chunks();
    let mut begin = 0;
    for word in words {
        let word = u64::from_le_bytes(*word);
        let mut marked = any_of.map(|byte| equal(word, byte)).into_iter().fold(0, |all, own| all | own);
        while marked != 0 {
            found(begin + marked.trailing_zeros() as usize / 8);
            marked &= marked - 1;
        }
        begin += size_of::<u64>();
    }
    let is_one = |byte: &u8| any_of.contains(byte);
    rest.iter().enumerate().filter(|(_, byte)| is_one(byte)).for_each(|(at, _)| found(begin + at));
}

/// The highest bit of each byte of a word that is equal to another.
fn equal(word: u64, byte: u8) -> u64 {
    const LOW: u64 = u64::from_le_bytes([0x7f; 8]);
    let differs = word ^ u64::from_le_bytes([byte; 8]);
    // Adding 0x7f to the seven low bits of a byte sets its highest, unless they are all 0; no carry leaves a byte.
    !(((differs & LOW) + LOW) | differs | LOW)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_found_is_what_stands_there(text in "[ab,;\n\r\u{80}é]{0,80}") {
            let mut found = Vec::new();
            for_each_of([b',', b'\n', b'\r'], text.as_bytes(), |at| found.push(at));
            let expected: Vec<usize> = text.match_indices([',', '\n', '\r']).map(|(at, _)| at).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
