//! Many codes in a few characters: `E01010568*CAB` is that code and those that follow it at these distances.
//!
//! Areas are numbered as they lie: codes of a selection are mostly a few apart. So behind the first code and `*` stands for each further
//! one how far its number is from the one before, less one: digits of five bits, the lowest first, in the alphabet of base64url,
//! whose upper half says that another digit follows.

use std::borrow::Cow;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A digit of that much or more is followed by another.
const MORE: u8 = 32;

/// So many digits at the end of a code are its number.
const MOST_DIGITS: usize = 9;

/// The codes that a text stands for: the text itself, unless it is packed; `None` where it is packed and cannot be read.
#[must_use]
pub fn codes(text: &str) -> Option<Vec<Cow<'_, str>>> {
    let Some((first, distances)) = text.split_once('*') else { return Some(vec![text.into()]) };
    let digits = first.bytes().rev().take(MOST_DIGITS).take_while(u8::is_ascii_digit).count();
    let (prefix, number) = first.split_at(first.len() - digits);
    let mut number: u64 = number.parse().ok()?;
    let mut codes = vec![first.into()];
    let mut distance = 0;
    let mut shift = 0;
    for letter in distances.bytes() {
        let digit = u8::try_from(ALPHABET.iter().position(|own| *own == letter)?).ok()?;
        distance |= u64::from(digit % MORE) << shift;
        if digit >= MORE {
            shift += 5;
            // No distance is longer than a number.
            if shift > 30 {
                return None;
            }
            continue;
        }
        number += distance + 1;
        (distance, shift) = (0, 0);
        let code = format!("{prefix}{number:0digits$}");
        if code.len() > first.len() {
            return None;
        }
        codes.push(code.into());
    }
    (shift == 0).then_some(codes)
}

#[cfg(test)]
mod tests {
    use super::codes;

    #[test]
    fn distances_follow_the_first_code() {
        assert_eq!(codes("E01000009*AgBC").unwrap(), ["E01000009", "E01000010", "E01000043", "E01000046"]);
        assert_eq!(codes("A08*A").unwrap(), ["A08", "A09"]);
        assert_eq!(codes("E01000009*").unwrap(), ["E01000009"]);
    }

    #[test]
    fn a_code_alone_is_itself() {
        assert_eq!(codes("E01000009").unwrap(), ["E01000009"]);
        assert_eq!(codes("").unwrap(), [""]);
    }

    #[test]
    fn what_is_not_packed_by_this_rule_is_refused() {
        for text in ["A98*AA", "A08*!", "A08*g", "TOWN*A", "*A", "A08*ggggggggA", "A08*é"] {
            assert_eq!(codes(text), None, "{text}");
        }
    }
}
