//! Numbers of few digits, as most cells of a table hold: read at once, and exactly.

use crate::bytes::{equal, word_of};

/// The longest whole number that is exact whatever its digits.
const MOST_DIGITS: usize = 15;
const TENS: [f64; MOST_DIGITS + 1] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// Reads digits with or without a sign and a decimal point, as most numbers are written; `None` for any other text, and for
/// more digits than a quotient of two exact numbers can stand for (W. D. Clinger, *How to read floating point numbers
/// accurately*, 1990).
#[inline]
pub(crate) fn read_plain_number(text: &str) -> Option<f64> {
    let bytes = text.as_bytes();
    let unsigned = bytes.strip_prefix(b"-").unwrap_or(bytes);
    let (digits, behind_point) = few(unsigned).or_else(|| many(unsigned))?;
    let size = digits as f64 / TENS[behind_point];
    // Nothing is below zero by nothing.
    Some(if unsigned.len() < bytes.len() && digits > 0 { -size } else { size })
}

/// Digits as a whole number, and how many of them stand behind a point.
// Signed, as processors convert it to a float at once.
fn many(text: &[u8]) -> Option<(i64, usize)> {
    if text.len() > MOST_DIGITS + 1 {
        return None;
    }
    let (mut digits, mut whole, mut point) = (0_i64, 0, None);
    for byte in text {
        match byte {
            b'0'..=b'9' => {
                digits = digits * 10 + i64::from(byte - b'0');
                whole += 1;
            }
            b'.' if point.is_none() => point = Some(whole),
            _ => return None,
        }
    }
    let is_number = (1..=MOST_DIGITS).contains(&whole);
    is_number.then(|| (digits, point.map_or(0, |point| whole - point)))
}

/// As [`many`], of at most eight characters, all at once: the cells of a table have now more and now fewer, so that processors
/// guess wrong where a loop over them ends. `None` of more.
#[inline]
fn few(text: &[u8]) -> Option<(i64, usize)> {
    const ZEROES: u64 = u64::from_le_bytes([b'0'; 8]);
    let missing = 8 * (8_u32.checked_sub(u32::try_from(text.len()).ok()?)?);
    // The last character is the highest byte; zeroes stand before the first.
    let word = word_of(text)?.checked_shl(missing)? | ZEROES.checked_shr(64 - missing).unwrap_or_default();
    let points = equal(word, b'.');
    let (word, behind_point) = if points == 0 {
        (word, 0)
    } else {
        // What stands before the point takes its place.
        let place = points.trailing_zeros() & !7;
        let before = (1 << place) - 1;
        (word & !(before | 0xff << place) | (word & before) << 8 | u64::from(b'0'), 7 - place as usize / 8)
    };
    let digits = word ^ ZEROES;
    // A second point is no digit, either.
    let others = (digits | digits.wrapping_add(u64::from_le_bytes([0x76; 8]))) & u64::from_le_bytes([0x80; 8]);
    if others != 0 || text == b"." {
        return None;
    }
    // Digits are put together to pairs, pairs to fours, and these to eight.
    let pairs = (digits & 0x00ff_00ff_00ff_00ff) * 10 + (digits >> 8 & 0x00ff_00ff_00ff_00ff);
    let fours = (pairs & 0x0000_ffff_0000_ffff) * 100 + (pairs >> 16 & 0x0000_ffff_0000_ffff);
    let eight = (fours & 0xffff_ffff) * 10_000 + (fours >> 32);
    Some((eight as i64, behind_point))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::cell::read_number;

    proptest! {
        #[test]
        fn plain_numbers_are_exact(text in "-?[0-9]{0,17}\\.?[0-9]{0,17}") {
            if let Some(number) = read_plain_number(&text) {
                prop_assert_eq!(Ok(number.to_bits()), read_number(&text).map(f64::to_bits));
            }
        }

        #[test]
        fn few_are_read_as_many(text in prop_oneof!["[0-9.]{1,8}", "[0-9]{0,8}", "[0-9]{0,7}[.,x/:+ -][0-9]{0,7}", "\\PC{0,8}"]) {
            let few = few(text.as_bytes());
            prop_assert_eq!(few, many(text.as_bytes()).filter(|_| (1..=8).contains(&text.len())));
        }
    }
}
