//! Postcodes: how they are written, and where they are.

use std::fmt;
use std::str::FromStr;

use tessera_geo::Place;

/// A United Kingdom postcode by its form, in capital letters without spaces.
///
/// ```
/// use tessera_atlas::postcode::Postcode;
///
/// let postcode: Postcode = " wr49pe".parse()?;
/// assert_eq!(postcode.to_string(), "WR4 9PE");
/// assert!("WR4".parse::<Postcode>().is_err());
/// # Ok::<(), tessera_atlas::postcode::NoPostcode>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Postcode {
    /// Five to seven letters and digits, then zeros.
    letters: [u8; 7],
}

/// What is typed between the two parts instead of a space: the hyphen of keyboards, and those that programs put in its place.
const HYPHENS: [char; 4] = ['-', '\u{2010}', '\u{2011}', '\u{2013}'];

/// A text that has not the form of a postcode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a postcode such as `WR4 9PE`")]
pub struct NoPostcode;

impl FromStr for Postcode {
    type Err = NoPostcode;

    /// Case, spaces and hyphens do not matter: `wr49pe`, `WR4-9PE` and the fixed-width `WR4 9PE` of directories are one postcode.
    fn from_str(text: &str) -> Result<Postcode, NoPostcode> {
        let mut letters = [0; 7];
        let mut places = letters.iter_mut();
        let is_between = |character: char| character.is_whitespace() || HYPHENS.contains(&character);
        for character in text.chars().filter(|character| !is_between(*character)) {
            let letter = u8::try_from(character.to_ascii_uppercase()).ok().filter(u8::is_ascii_alphanumeric);
            *places.next().ok_or(NoPostcode)? = letter.ok_or(NoPostcode)?;
        }
        let postcode = Postcode { letters };
        let (outward, inward) = postcode.parts();
        let is_inward = matches!(inward, [digit, one, two]
            if digit.is_ascii_digit() && one.is_ascii_alphabetic() && two.is_ascii_alphabetic());
        // A, AA, then a digit, then another digit or letter.
        let area = outward.iter().take_while(|letter| letter.is_ascii_alphabetic()).count();
        let district = &outward[area..];
        let is_outward = (1..=2).contains(&area)
            && (1..=2).contains(&district.len())
            && district.first().is_some_and(u8::is_ascii_digit);
        if is_inward && is_outward { Ok(postcode) } else { Err(NoPostcode) }
    }
}

impl Postcode {
    fn parts(&self) -> (&[u8], &[u8]) {
        let length = self.letters.iter().position(|letter| *letter == 0).unwrap_or(self.letters.len());
        self.letters[..length].split_at(length.saturating_sub(3))
    }

    /// The letters and digits, without spaces.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.letters
    }
}

impl fmt::Display for Postcode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (outward, inward) = self.parts();
        for letter in outward.iter().chain(b" ").chain(inward) {
            write!(formatter, "{}", char::from(*letter))?;
        }
        Ok(())
    }
}

/// Where a postcode is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostcodePlace {
    /// The middle of its addresses, where the directory has one.
    pub place: Option<Place>,
    /// By the geographies of [`Postcodes`]: the position of the area to which it is officially
    /// allocated.
    pub areas: Vec<Option<u32>>,
}

/// The postcodes of an atlas: those that lie in any of its areas.
#[derive(Debug, Default)]
pub struct Postcodes {
    /// The ids of the geographies to which the directory allocates postcodes.
    pub(crate) geographies: Vec<String>,
    /// In ascending order.
    pub(crate) list: Vec<(Postcode, PostcodePlace)>,
}

impl Postcodes {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Where a postcode is; `None` where it is unknown or lies outside.
    pub fn get(&self, postcode: &Postcode) -> Option<&PostcodePlace> {
        let position = self.list.binary_search_by_key(postcode, |(own, _)| *own).ok()?;
        self.list.get(position).map(|(_, place)| place)
    }

    /// To which area of a geography the directory allocates a postcode.
    pub(crate) fn allocated(&self, place: &PostcodePlace, geography: &str) -> Option<u32> {
        let column = self.geographies.iter().position(|own| own == geography)?;
        place.areas.get(column).copied().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn postcodes_are_read_however_they_are_typed() {
        for (typed, expected) in [
            ("wr49pe", "WR4 9PE"),
            ("WR4 9PE", "WR4 9PE"),
            (" w r 4 9 p e ", "WR4 9PE"),
            ("B14 5SL", "B14 5SL"),
            ("WR101AA", "WR10 1AA"),
            ("m1 1ae", "M1 1AE"),
            ("ec1a1bb", "EC1A 1BB"),
            ("W1A\u{a0}0AX", "W1A 0AX"),
            ("WR4-9PE", "WR4 9PE"),
            ("wr4\u{2011}9pe", "WR4 9PE"),
        ] {
            assert_eq!(typed.parse::<Postcode>().unwrap().to_string(), expected);
        }
    }

    #[test]
    fn what_is_no_postcode_is_refused() {
        for text in [
            "",
            "WR4",
            "Worcester",
            "12345",
            "WR49P",
            "WR4 9P3",
            "1R4 9PE",
            "WRR4 9PE",
            "WR4 9PEE",
            "WR4_9PE",
            "ŴR4 9PE",
        ] {
            assert_eq!(text.parse::<Postcode>(), Err(NoPostcode), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_postcode_that_reads_back_or_none(text in "[A-Za-z0-9 ]{0,9}") {
            if let Ok(postcode) = text.parse::<Postcode>() {
                prop_assert_eq!(postcode.to_string().parse(), Ok(postcode));
            }
        }
    }
}
