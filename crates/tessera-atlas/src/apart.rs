//! What tells geographies apart whose areas are called the same, such as two vintages of LSOAs.

use std::collections::HashSet;

use crate::codes;
use crate::geography::Geography;

/// The years that a geography may be named after.
const YEARS: std::ops::RangeInclusive<u32> = 1801..=2199;

/// Gives geographies whose areas are called the same what tells them apart: their vintages, else their names, else their ids.
pub(crate) fn tell_apart(geographies: &mut [Geography]) {
    let additions: Vec<Option<String>> = geographies
        .iter()
        .map(|own| {
            let alike: Vec<&Geography> =
                geographies.iter().filter(|other| other.singular.en() == own.singular.en()).collect();
            (alike.len() > 1).then(|| addition(own, &alike))
        })
        .collect();
    for (geography, addition) in geographies.iter_mut().zip(additions) {
        geography.apart = addition;
    }
}

/// "of 2021", or the name in brackets: by what tells all that are alike from each other.
fn addition(own: &Geography, alike: &[&Geography]) -> String {
    let years: HashSet<u32> = alike.iter().filter_map(|geography| year(geography)).collect();
    if let Some(year) = year(own).filter(|_| years.len() == alike.len()) {
        return format!("of {year}");
    }
    let names: HashSet<&str> = alike.iter().map(|geography| geography.name.en()).collect();
    let by = if names.len() == alike.len() { own.name.en() } else { &own.id };
    format!("({by})")
}

/// The year of a geography: the one in its name, else that in which the newest of its codes was issued.
///
/// The name comes first: the codes of a small place may all be older than its boundaries.
fn year(geography: &Geography) -> Option<u32> {
    let digits = geography.name.en().split(|character: char| !character.is_ascii_digit());
    let years: HashSet<u32> =
        digits.filter_map(|text| text.parse().ok()).filter(|number| YEARS.contains(number)).collect();
    match years.len() {
        1 => years.into_iter().next(),
        _ => codes::vintage_of(geography.areas().iter().map(|area| area.code.as_str())).map(codes::Vintage::year),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geography::Area;

    fn geography(id: &str, name: &str, singular: &str, code: &str) -> Geography {
        let area = Area { code: code.to_owned(), name: code.to_owned(), local_name: None, place: None };
        Geography::new(id.to_owned(), name.into(), singular.into(), vec![area], None)
    }

    fn told(mut geographies: Vec<Geography>) -> Vec<(String, String)> {
        tell_apart(&mut geographies);
        geographies.iter().map(|own| (own.distinct_singular(), own.distinct_plural())).collect()
    }

    fn words(singular: &str, plural: &str) -> (String, String) {
        (singular.to_owned(), plural.to_owned())
    }

    #[test]
    fn vintages_are_told_by_the_year_in_their_names() {
        // Both have codes of 2001 only.
        let two = vec![
            geography("lsoa11", "Lower layer Super Output Areas (2011)", "LSOA", "E01000001"),
            geography("lad", "Districts (2019)", "district", "E07000237"),
            geography("lsoa21", "LSOAs of December 2021", "LSOA", "E01000001"),
        ];
        assert_eq!(
            told(two),
            [
                words("LSOA of 2011", "LSOAs of 2011"),
                words("district", "districts"),
                words("LSOA of 2021", "LSOAs of 2021")
            ]
        );
    }

    #[test]
    fn without_a_year_in_the_name_the_codes_say_it() {
        let two = vec![
            geography("old", "Small areas", "LSOA", "E01032483"),
            geography("new", "Small areas", "LSOA", "E01033769"),
        ];
        assert_eq!(told(two), [words("LSOA of 2011", "LSOAs of 2011"), words("LSOA of 2021", "LSOAs of 2021")]);
    }

    #[test]
    fn without_years_they_are_told_by_their_names_or_ids() {
        let named = vec![
            geography("a", "Electoral wards", "ward", "A"),
            geography("b", "Census wards (2001, 2011)", "ward", "B"),
        ];
        assert_eq!(told(named)[0], words("ward (Electoral wards)", "wards (Electoral wards)"));
        let alike = vec![geography("a", "Wards", "ward", "A"), geography("b", "Wards", "ward", "B")];
        assert_eq!(told(alike)[1], words("ward (b)", "wards (b)"));
    }
}
