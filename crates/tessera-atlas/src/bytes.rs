//! Up to eight bytes at a time, as a word.

/// At most eight bytes as those of a word, of which the first is the lowest; those that are missing are 0.
#[inline]
pub(crate) fn word_of(bytes: &[u8]) -> Option<u64> {
    let length = bytes.len();
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        // In the middle they lie over each other.
        let (first, last) = (u64::from(u32::from_le_bytes(*first)), u64::from(u32::from_le_bytes(*last)));
        return (length <= 8).then(|| first | last << (8 * (length - 4)));
    }
    let byte = |place: usize| bytes.get(place).map_or(0, |byte| u64::from(*byte) << (8 * place));
    Some(byte(0) | byte(1) | byte(2))
}

/// The highest bit of each byte of a word that is equal to another.
#[inline]
pub(crate) fn equal(word: u64, byte: u8) -> u64 {
    const LOW: u64 = u64::from_le_bytes([0x7f; 8]);
    let differs = word ^ u64::from_le_bytes([byte; 8]);
    // Adding 0x7f to the seven low bits of a byte sets its highest, unless they are all 0; no carry leaves a byte.
    !(((differs & LOW) + LOW) | differs | LOW)
}

/// Whether the bytes of two texts are the same; quicker than the system's comparison where they are as short as codes and periods.
#[inline]
pub(crate) fn is_same(one: &[u8], other: &[u8]) -> bool {
    /// The first and the last eight bytes, which are all that a text of 8 to 16 bytes has.
    fn ends(text: &[u8]) -> Option<[[u8; 8]; 2]> {
        Some([*text.first_chunk()?, *text.last_chunk()?])
    }
    one.len() == other.len()
        && match one.len() {
            0..8 => word_of(one) == word_of(other),
            8..=16 => ends(one) == ends(other),
            17.. => one == other,
        }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_same_is_equal(one in "[aé]{0,20}", other in "[aé]{0,20}") {
            prop_assert_eq!(is_same(one.as_bytes(), other.as_bytes()), one == other);
            prop_assert!(is_same(one.as_bytes(), one.clone().as_bytes()));
        }

        #[test]
        fn one_byte_makes_a_difference(text in "[a-c]{1,20}", at in any::<proptest::sample::Index>()) {
            let mut other = text.clone().into_bytes();
            let at = at.index(other.len());
            other[at] ^= 8;
            prop_assert!(!is_same(text.as_bytes(), &other));
        }

        #[test]
        fn a_word_holds_every_byte(bytes in proptest::collection::vec(any::<u8>(), 0..10)) {
            let mut padded = bytes.clone();
            padded.resize(8, 0);
            let expected = padded.as_array().map(|bytes| u64::from_le_bytes(*bytes));
            prop_assert_eq!(word_of(&bytes), expected.filter(|_| bytes.len() <= 8));
        }

        #[test]
        fn equal_bytes_are_found(bytes: [u8; 8], byte in any::<u8>(), place in 0_usize..8) {
            let mut bytes = bytes;
            bytes[place] = byte;
            let expected = bytes.map(|own| if own == byte { 0x80 } else { 0 });
            prop_assert_eq!(equal(u64::from_le_bytes(bytes), byte), u64::from_le_bytes(expected));
        }
    }
}
