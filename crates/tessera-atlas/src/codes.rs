//! What a code says of itself: LSOA codes of England and Wales by the ranges in which they were issued.

/// A vintage of lower layer Super Output Areas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Vintage {
    /// In use since 2001 (many of these codes still are).
    Lsoa2001,
    /// New in 2011.
    Lsoa2011,
    /// New in 2021.
    Lsoa2021,
}

impl Vintage {
    /// The year of the release.
    pub fn year(self) -> u32 {
        match self {
            Vintage::Lsoa2001 => 2001,
            Vintage::Lsoa2011 => 2011,
            Vintage::Lsoa2021 => 2021,
        }
    }

    /// The vintage as a person says it.
    pub fn words(self) -> &'static str {
        match self {
            Vintage::Lsoa2001 => "LSOA 2001",
            Vintage::Lsoa2011 => "LSOA 2011",
            Vintage::Lsoa2021 => "LSOA 2021",
        }
    }
}

/// In which release an LSOA code was first issued; `None` for any other code.
///
/// Ranges by the Office for National Statistics' Register of Geographic Codes.
pub fn vintage(code: &str) -> Option<Vintage> {
    let number: u32 =
        code.get(1..).filter(|rest| rest.len() == 8 && rest.bytes().all(|byte| byte.is_ascii_digit()))?.parse().ok()?;
    match (code.as_bytes()[0], number) {
        (b'E', 1_000_001..=1_032_482) | (b'W', 1_000_001..=1_001_896) => Some(Vintage::Lsoa2001),
        (b'E', 1_032_483..=1_033_768) | (b'W', 1_001_897..=1_001_958) => Some(Vintage::Lsoa2011),
        (b'E', 1_033_769..=1_035_762) | (b'W', 1_001_959..=1_002_040) => Some(Vintage::Lsoa2021),
        _ => None,
    }
}

/// The newest release that a set of codes belongs to: one code new in 2021 makes it a 2021 set.
pub fn vintage_of<'a>(codes: impl IntoIterator<Item = &'a str>) -> Option<Vintage> {
    codes.into_iter().filter_map(vintage).max()
}

/// The kind of area that lower layer Super Output Areas are, as [`kind`] names it.
pub const LSOA: &str = "LSOA";

/// Which kind of area a nine-character code is of, by its first three characters; `None` for any other code.
///
/// By the Register of Geographic Codes: `E01` is an English LSOA, `E06` to `E09` are its districts. A kind that is not
/// listed is its own first three characters.
pub fn kind(code: &str) -> Option<&str> {
    let first = code.get(..3)?;
    let is_code = code.len() == 9
        && code.as_bytes()[0].is_ascii_uppercase()
        && code.bytes().skip(1).all(|byte| byte.is_ascii_digit());
    is_code.then_some(match first {
        "E01" | "W01" => LSOA,
        "E02" | "W02" => "MSOA",
        "E05" | "W05" => "ward",
        "E06" | "E07" | "E08" | "E09" | "W06" => "district",
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_end_where_the_register_says() {
        for (code, expected) in [
            ("E01000001", Some(Vintage::Lsoa2001)),
            ("E01032482", Some(Vintage::Lsoa2001)),
            ("E01032483", Some(Vintage::Lsoa2011)),
            ("E01033768", Some(Vintage::Lsoa2011)),
            ("E01033769", Some(Vintage::Lsoa2021)),
            ("E01035762", Some(Vintage::Lsoa2021)),
            ("E01035763", None),
            ("W01001958", Some(Vintage::Lsoa2011)),
            ("W01002040", Some(Vintage::Lsoa2021)),
            ("E02000001", None),
            ("X01000001", None),
            ("", None),
            ("é0100001", None),
        ] {
            assert_eq!(vintage(code), expected, "{code}");
        }
    }

    #[test]
    fn one_new_code_dates_the_set() {
        assert_eq!(vintage_of(["E01000001", "E01033769"]), Some(Vintage::Lsoa2021));
        assert_eq!(vintage_of(["E07000237"]), None);
    }

    #[test]
    fn kinds_of_area_are_told_apart() {
        assert_eq!(kind("E02002183"), Some("MSOA"));
        assert_eq!(kind("E08000035"), kind("E07000237"));
        assert_eq!(kind("Leeds"), None);
        assert_eq!(kind("E0200218X"), None);
    }
}
