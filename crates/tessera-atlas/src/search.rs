//! Finding areas by name and code, forgiving of case and of small typing errors.

use crate::classes::Within;
use crate::geography::{Area, Geography};

/// How alike two words must be for one to be taken for a misspelling of the other (Jaro–Winkler).
const ALIKE: f64 = 0.9;

/// Words of fewer letters are no misspellings of others.
const LEAST_FORGIVEN: usize = 4;

/// The positions of the areas that a text may mean, best first and those as good by name, at most `limit`. Spaces and signs
/// count unless nothing holds the text as it stands, misspellings only where nothing does without them either.
pub fn search(geography: &Geography, text: &str, within: Option<Within<'_>>, limit: usize) -> Vec<usize> {
    let text = text.trim().to_lowercase();
    if text.is_empty() {
        return Vec::new();
    }
    let inside = |position: &usize| within.is_none_or(|within| within.holds(geography, *position));
    let matches = |closeness: fn(&Area, &str) -> Option<u32>| {
        let mut found: Vec<(u32, usize)> = (0..geography.len())
            .filter(inside)
            .filter_map(|position| Some((closeness(&geography.areas()[position], &text)?, position)))
            .collect();
        found.sort_by_cached_key(|(closeness, position)| (*closeness, order_of(&geography.areas()[*position])));
        found.into_iter().take(limit).map(|(_, position)| position).collect::<Vec<usize>>()
    };
    let ways = [literal_closeness, squeezed_closeness, spelling_closeness];
    ways.into_iter().map(matches).find(|found| !found.is_empty()).unwrap_or_default()
}

fn names(area: &Area) -> impl Iterator<Item = String> {
    [area.local_name.as_deref(), Some(area.name.as_str()), Some(area.code.as_str())]
        .into_iter()
        .flatten()
        .map(str::to_lowercase)
}

/// The parts by which the shown name of an area is ordered: numbers count as numbers, so that `Ward 2` comes before
/// `Ward 10`. A number is its length without leading zeros and its digits; a text between numbers has no length.
fn order_of(area: &Area) -> Vec<(usize, String)> {
    let name = area.local_name.as_deref().unwrap_or(&area.name).to_lowercase();
    let is_digit = |part: &str| part.starts_with(|character: char| character.is_ascii_digit());
    let characters: Vec<char> = name.chars().collect();
    characters
        .chunk_by(|one, other| one.is_ascii_digit() == other.is_ascii_digit())
        .map(|part| part.iter().collect::<String>())
        .map(|part| {
            if !is_digit(&part) {
                return (0, part);
            }
            let digits = part.trim_start_matches('0');
            (1 + digits.len(), digits.to_owned())
        })
        .collect()
}

/// 0 where a name is the text, 1 where it begins with it, 2 where one of its words does, 3 where it holds it.
fn literal_closeness(area: &Area, text: &str) -> Option<u32> {
    names(area)
        .filter_map(|name| {
            let position = name.find(text)?;
            Some(if name == text {
                0
            } else if position == 0 {
                1
            } else if name[..position].ends_with(|character: char| !character.is_alphanumeric()) {
                2
            } else {
                3
            })
        })
        .min()
}

/// As [`literal_closeness`] with letters and digits alone: `Leeds 001 A` is `Leeds 001A`, and `St. Johns` is `St John's`.
fn squeezed_closeness(area: &Area, text: &str) -> Option<u32> {
    let squeezed = |text: &str| text.chars().filter(|character| character.is_alphanumeric()).collect::<String>();
    let text = squeezed(text);
    if text.is_empty() {
        return None;
    }
    names(area)
        .filter_map(|name| {
            let name = squeezed(&name);
            Some(if name == text { 0 } else { name.find(&text)?.min(1) as u32 + 1 })
        })
        .min()
}

/// How far the spelling of a name is from the text: every word of the text must be like a word of the name.
fn spelling_closeness(area: &Area, text: &str) -> Option<u32> {
    let distance = |name: String| {
        let similarity = |word: &str| name.split_whitespace().map(|own| similarity(own, word)).fold(0.0, f64::max);
        let least = text.split_whitespace().map(similarity).fold(1.0, f64::min);
        (least >= ALIKE).then_some(((1.0 - least) * 1000.0) as u32)
    };
    names(area).filter_map(distance).min()
}

/// How alike two words are, 0 to 1. One typing error leaves words of four letters and more alike, which Jaro–Winkler denies short
/// ones; with another digit a number is another one.
fn similarity(one: &str, other: &str) -> f64 {
    let similarity = strsim::jaro_winkler(one, other);
    let is_word = other.chars().count() >= LEAST_FORGIVEN && other.chars().all(char::is_alphabetic);
    let is_one_error = is_word && strsim::osa_distance(one, other) <= 1;
    if is_one_error { similarity.max(ALIKE) } else { similarity }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn geography() -> Geography {
        let area = |code: &str, name: &str, local: Option<&str>| Area {
            code: code.to_owned(),
            name: name.to_owned(),
            local_name: local.map(str::to_owned),
            place: None,
        };
        let areas = vec![
            area("E01000001", "Leeds 001A", None),
            area("E01000002", "Leeds 011A", Some("Gorse Hill")),
            area("E01000003", "Upper Leeds", None),
            area("E01000004", "Bradford 001A", None),
        ];
        Geography::new("lsoa".to_owned(), "LSOAs".into(), "LSOA".into(), areas, None)
    }

    fn found(text: &str) -> Vec<usize> {
        search(&geography(), text, None, 10)
    }

    #[test]
    fn beginnings_come_before_words_within() {
        // Two begin with it: they are in the order of the names that people see.
        assert_eq!(found("leeds"), [1, 0, 2]);
        assert_eq!(found("hill"), [1]);
    }

    #[test]
    fn what_is_as_good_is_in_the_order_of_names_with_numbers_as_numbers() {
        let area = |code: &str, name: &str| Area {
            code: code.to_owned(),
            name: name.to_owned(),
            local_name: None,
            place: None,
        };
        let areas = ["Ward 10", "Ward 2B", "Ward 2A", "Ward", "Ward 002"];
        let areas = areas.iter().enumerate().map(|(i, name)| area(&format!("E{i}"), name)).collect();
        let wards = Geography::new("ward".to_owned(), "Wards".into(), "ward".into(), areas, None);
        assert_eq!(search(&wards, "ward ", None, 10), [3, 4, 2, 1, 0]);
        assert_eq!(search(&wards, "ward ", None, 2), [3, 4]);
    }

    #[test]
    fn codes_and_local_names_are_found() {
        assert_eq!(found("e01000004"), [3]);
        assert_eq!(found("GORSE"), [1]);
    }

    #[test]
    fn spaces_and_signs_may_differ() {
        assert_eq!(found("LEEDS 001 A"), [0]);
        assert_eq!(found("bradford-001a"), [3]);
        assert_eq!(found("E01 000 004"), [3]);
        assert_eq!(found("..."), Vec::<usize>::new());
    }

    #[test]
    fn a_typing_error_is_forgiven() {
        assert_eq!(found("bradfrod"), [3]);
        assert_eq!(found("leds 011a"), [1]);
        assert_eq!(found("leads"), [1, 0, 2]);
        assert_eq!(found("hil"), [1], "it holds the text as it stands");
        assert!(found("hyl").is_empty(), "words of three letters are too much alike");
        assert!(found("zzzz").is_empty());
        assert!(found("  ").is_empty());
    }
}
