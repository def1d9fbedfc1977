//! From bytes to text: UTF-8, UTF-16 or Windows-1252, whichever a file is in.
//!
//! A byte order mark decides. Without one, bytes that are UTF-8 are UTF-8, and a file in which every second byte is zero is UTF-16.
//! What remains is Windows-1252, the one other encoding in which programs of the United Kingdom write tables: a detector of
//! web pages would weigh dozens of encodings, and short lists of names are too little to weigh them by.

use encoding_rs::WINDOWS_1252;

use crate::problem::Problem;

const UTF_8: &str = "UTF-8";
const UTF_16: &str = "UTF-16";

/// The text and the name of its encoding.
///
/// # Errors
/// When the bytes contradict their byte order mark, are UTF-8 but for some damage, or are no text; each names its row.
pub(super) fn decode(bytes: Vec<u8>) -> Result<(String, &'static str), Problem> {
    match bytes.as_slice() {
        [0xFF, 0xFE, units @ ..] => return Ok((utf_16(units, u16::from_le_bytes)?, UTF_16)),
        [0xFE, 0xFF, units @ ..] => return Ok((utf_16(units, u16::from_be_bytes)?, UTF_16)),
        _ => {}
    }
    match zeros(&bytes) {
        (0, 0) => {}
        (even, odd) if odd * 3 > bytes.len() && odd > even * 4 => {
            return Ok((utf_16(&bytes, u16::from_le_bytes)?, UTF_16));
        }
        (even, odd) if even * 3 > bytes.len() && even > odd * 4 => {
            return Ok((utf_16(&bytes, u16::from_be_bytes)?, UTF_16));
        }
        _ => {
            let zero = bytes.iter().position(|byte| *byte == 0).unwrap_or_default();
            return Err(Problem::error("not-text", "this row holds bytes that are zero, and the file is not UTF-16")
                .row(row_of(&bytes, zero))
                .cure("export it again as text"));
        }
    }
    let is_marked = bytes.starts_with(b"\xEF\xBB\xBF");
    match String::from_utf8(bytes) {
        Ok(text) => Ok((text, UTF_8)),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            if is_marked || is_damaged_utf_8(&bytes) {
                return Err(Problem::error("not-utf-8", "the file is UTF-8, but not in this row")
                    .row(row_of(&bytes, valid))
                    .cure("mend the row, or save the file again as \"CSV UTF-8\""));
            }
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(&bytes);
            Ok((text.into_owned(), "Windows-1252"))
        }
    }
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Problem> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(pairs.len());
    let damaged = |text: &str| {
        Problem::error("not-utf-16", "the file is UTF-16, but not in this row")
            .row(row_of(text.as_bytes(), text.len()))
            .cure("export or download it again")
    };
    for character in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        text.push(character.map_err(|_| damaged(&text))?);
    }
    if rest.is_empty() { Ok(text) } else { Err(damaged(&text)) }
}

/// How many bytes are zero, at even places and at odd ones.
fn zeros(bytes: &[u8]) -> (usize, usize) {
    let count = |of: fn(&[u8; 2]) -> u8| bytes.as_chunks::<2>().0.iter().filter(|pair| of(pair) == 0).count();
    let last = bytes.as_chunks::<2>().1.contains(&0);
    (count(|pair| pair[0]) + usize::from(last), count(|pair| pair[1]))
}

/// Whether more characters beyond ASCII are UTF-8 than are not. In Windows-1252, two such characters that happen to be one of
/// UTF-8 (`Ã©`) are rare.
fn is_damaged_utf_8(bytes: &[u8]) -> bool {
    let (mut valid, mut invalid) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    valid > invalid
}

/// The 1-based line of a byte.
fn row_of(bytes: &[u8], byte: usize) -> u64 {
    super::csv::line_ends(bytes.get(..byte).unwrap_or(bytes)) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, &'static str) {
        decode(bytes.to_vec()).unwrap()
    }

    fn utf_16_bytes(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    fn refused(bytes: &[u8]) -> (&'static str, Option<u64>) {
        let problem = decode(bytes.to_vec()).unwrap_err();
        (problem.kind, problem.row)
    }

    #[test]
    fn utf_8_is_recognised() {
        assert_eq!(decoded("Môn".as_bytes()), ("Môn".to_owned(), "UTF-8"));
        assert_eq!(decoded(b"").1, "UTF-8");
    }

    #[test]
    fn utf_16_is_recognised_with_and_without_a_mark() {
        let text = "code,name\nW1,Ynys Môn – 𝒳\n";
        for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            assert_eq!(decoded(&utf_16_bytes(text, bytes)), (text.to_owned(), "UTF-16"));
            let marked = format!("\u{feff}{text}");
            assert_eq!(decoded(&utf_16_bytes(&marked, bytes)), (text.to_owned(), "UTF-16"));
        }
    }

    #[test]
    fn the_rest_is_windows_1252() {
        assert_eq!(decoded(b"Caf\xe9 \x80 5 \x96 10"), ("Café € 5 – 10".to_owned(), "Windows-1252"));
    }

    #[test]
    fn damaged_utf_8_is_not_taken_for_windows_1252() {
        assert_eq!(
            refused("Môn,é\nÉ\n".as_bytes().iter().chain(b"\xc3").copied().collect::<Vec<_>>().as_slice()),
            ("not-utf-8", Some(3))
        );
        assert_eq!(refused(b"\xEF\xBB\xBFcode\nCaf\xe9\n"), ("not-utf-8", Some(2)));
    }

    #[test]
    fn what_is_no_text_names_its_row() {
        assert_eq!(refused(b"code\nE1\0\n"), ("not-text", Some(2)));
        let mut cut = utf_16_bytes("\u{feff}a\nb", u16::to_le_bytes);
        cut.pop();
        assert_eq!(refused(&cut), ("not-utf-16", Some(2)));
        let mut lone = utf_16_bytes("\u{feff}a\n", u16::to_le_bytes);
        lone.extend([0x00, 0xD8, b'b', 0]);
        assert_eq!(refused(&lone), ("not-utf-16", Some(2)));
    }
}
