//! Numbers, names and short phrases as readers see them, in English.

use std::borrow::Cow;

/// What stands before numbers below zero.
pub(crate) const MINUS: &str = "−";

/// A number with `decimals` digits after the point, commas between thousands and a minus sign (not a hyphen) below zero.
///
/// What is rounded is the decimal figure that was published, not its binary neighbour, and halves go away from zero: 1.005
/// is 1.01. The page rounds by the same rule, so that the two never show different numbers.
///
/// ```
/// use tessera_atlas::words::number;
/// assert_eq!(number(1234.5, 0), "1,235");
/// assert_eq!(number(1.005, 2), "1.01");
/// assert_eq!(number(-0.04, 1), "0.0");
/// assert_eq!(number(-0.05, 1), "−0.1");
/// ```
pub fn number(value: f64, decimals: u8) -> String {
    let (whole, fraction) = rounded(value.abs(), usize::from(decimals));
    let is_zero = whole.bytes().chain(fraction.bytes()).all(|digit| digit == b'0');
    let mut grouped = String::with_capacity(whole.len() + whole.len() / 3 + fraction.len() + 2);
    if value < 0.0 && !is_zero {
        grouped.push_str(MINUS);
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if !fraction.is_empty() {
        grouped.push('.');
        grouped.push_str(&fraction);
    }
    grouped
}

/// A number with at most so many decimals: zeros that end it say nothing.
///
/// ```
/// # use tessera_atlas::words::brief;
/// assert_eq!(brief(91.4, 2), "91.4");
/// assert_eq!(brief(1046.0, 1), "1,046");
/// ```
pub fn brief(value: f64, decimals: u8) -> String {
    let text = number(value, decimals);
    if !text.contains('.') {
        return text;
    }
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The number that a reader sees, who is shown so many decimals, as a number.
///
/// ```
/// # use tessera_atlas::words::nearest;
/// assert_eq!(nearest(1.005, 2), 1.01);
/// ```
pub fn nearest(value: f64, decimals: u8) -> f64 {
    let (whole, fraction) = rounded(value.abs(), usize::from(decimals));
    let size: f64 = format!("{whole}.{fraction}").parse().unwrap_or(value.abs());
    // No −0.
    if value < 0.0 && size > 0.0 { -size } else { size }
}

/// The greatest number with so many decimals that is not above `value`.
pub(crate) fn at_most(value: f64, decimals: u8) -> f64 {
    let near = nearest(value, decimals);
    if near > value { nearest(near - 0.1_f64.powi(decimals.into()), decimals) } else { near }
}

/// The least number with so many decimals that is not below `value`.
pub(crate) fn at_least(value: f64, decimals: u8) -> f64 {
    -at_most(-value, decimals) + 0.0
}

/// The digits before and after the point, rounded half up; `value` is not negative.
fn rounded(value: f64, decimals: usize) -> (String, String) {
    // The shortest text that reads back as the same number: the figure as published.
    let text = value.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let rounds_up = fraction.as_bytes().get(decimals).is_some_and(|digit| *digit >= b'5');
    let kept = fraction.bytes().chain(std::iter::repeat(b'0')).take(decimals);
    let mut digits: Vec<u8> = whole.bytes().chain(kept).collect();
    if rounds_up {
        match digits.iter().rposition(|digit| *digit != b'9') {
            Some(position) => {
                digits[position] += 1;
                digits[position + 1..].fill(b'0');
            }
            None => {
                digits.fill(b'0');
                digits.insert(0, b'1');
            }
        }
    }
    let text: String = digits.into_iter().map(char::from).collect();
    let (whole, fraction) = text.split_at(text.len() - decimals);
    (whole.to_owned(), fraction.to_owned())
}

/// A whole number with commas.
pub fn count(value: usize) -> String {
    number(value as f64, 0)
}

/// "1st", "2nd", "3rd", "11th", "1,021st".
pub fn ordinal(value: u32) -> String {
    let ending = match (value % 100, value % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{}{ending}", number(f64::from(value), 0))
}

/// The plural of what an area is called. Regular English nouns, and those like "half".
pub fn plural(singular: &str) -> String {
    let ends_in_consonant_and_y =
        singular.strip_suffix('y').and_then(|stem| stem.chars().last()).is_some_and(|last| !"aeiou".contains(last));
    if ends_in_consonant_and_y {
        format!("{}ies", &singular[..singular.len() - 1])
    } else if let Some(stem) = singular.strip_suffix("lf").filter(|stem| !stem.ends_with("gu")) {
        format!("{stem}lves")
    } else if singular.ends_with(['s', 'x']) || singular.ends_with("ch") || singular.ends_with("sh") {
        format!("{singular}es")
    } else {
        format!("{singular}s")
    }
}

/// "1 area", "3 areas"
pub fn counted(n: usize, singular: &str) -> String {
    let noun = if n == 1 { singular.to_owned() } else { plural(singular) };
    format!("{} {noun}", count(n))
}

/// How many of so many are named where at most `most` need be: one that is left is named as shortly as counted.
pub fn named(all: usize, most: usize) -> usize {
    if all == most + 1 { all } else { all.min(most) }
}

/// "a", "a and b", "a, b and c".
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [start @ .., last] => format!("{} and {last}", start.join(", ")),
    }
}

/// A text as a sentence: with a capital, and a full stop where it has none.
pub fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    let capital: String = characters.next().into_iter().flat_map(char::to_uppercase).collect();
    let end = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{capital}{}{end}", characters.as_str())
}

/// A value with its unit: "12.3%", "£512 per week", "12.3 per 1,000 residents", "12.3".
pub fn with_unit(value: f64, decimals: u8, unit: &str) -> String {
    let figure = figure(value, decimals, unit);
    match standing(unit) {
        "" => figure,
        standing => format!("{figure} {standing}"),
    }
}

/// What of a unit stands after its figures: all but the sign that stands at them.
pub fn standing(unit: &str) -> &str {
    match unit {
        "%" | "£" => "",
        unit => unit.strip_prefix("£ ").unwrap_or(unit),
    }
}

/// What stands after several figures, said once before them: " (per 1,000 residents)"; nothing where each has its sign.
pub(crate) fn unit_aside(unit: &str) -> String {
    match standing(unit) {
        "" => String::new(),
        standing => format!(" ({standing})"),
    }
}

/// A value with the sign of its unit alone, where the rest of the unit is said elsewhere: "12.3%", "£512", "12.3".
///
/// A sign is the whole unit or its first word: thousands of pounds, "£000s", are no sign. The page writes figures by the same
/// rules: `tests/both/figures.json` holds the cases that both are tested by.
pub fn figure(value: f64, decimals: u8, unit: &str) -> String {
    let number = number(value, decimals);
    match unit {
        "%" => format!("{number}%"),
        unit if unit == "£" || unit.starts_with("£ ") => match number.strip_prefix(MINUS) {
            Some(size) => format!("{MINUS}£{size}"),
            None => format!("£{number}"),
        },
        _ => number,
    }
}

/// A name as it stands in a sentence.
///
/// One that is written from right to left, or has marks of direction, is isolated (U+2068, U+2069), so that it turns
/// nothing around it. Marks of its own that would end that early are left out. Any other name stays as it is.
///
/// ```
/// use tessera_atlas::words::isolated;
/// assert_eq!(isolated("Leeds"), "Leeds");
/// assert_eq!(isolated("צפון"), "\u{2068}צפון\u{2069}");
/// ```
///
/// Source: Unicode Standard Annex 9, Bidirectional Algorithm, sections 2.4 and 3.3.2.
pub fn isolated(name: &str) -> Cow<'_, str> {
    if !name.contains(turns_text) {
        return Cow::Borrowed(name);
    }
    let kept: String = if ends_what_it_begins(name) {
        name.to_owned()
    } else {
        let without_isolates = name.chars().filter(|character| !('\u{2066}'..='\u{2069}').contains(character));
        without_isolates.map(|character| if ends_paragraph(character) { ' ' } else { character }).collect()
    };
    Cow::Owned(format!("\u{2068}{kept}\u{2069}"))
}

/// The blocks of scripts that are written from right to left, and the marks of direction.
fn turns_text(character: char) -> bool {
    matches!(character,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}'
        | '\u{1e800}'..='\u{1efff}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The characters at which directions start anew.
fn ends_paragraph(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2029}')
}

/// Whether each isolate that is begun in a text is ended in it, and none other.
fn ends_what_it_begins(text: &str) -> bool {
    let depth = text.chars().try_fold(0u32, |depth, character| match character {
        '\u{2066}'..='\u{2068}' => Some(depth + 1),
        '\u{2069}' => depth.checked_sub(1),
        other => (!ends_paragraph(other)).then_some(depth),
    });
    depth == Some(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_turns_nothing_around_it() {
        for (name, said) in [
            ("Ynys Môn, \"(2)\"", "Ynys Môn, \"(2)\""),
            ("a\u{202e}b", "\u{2068}a\u{202e}b\u{2069}"), // an override ends with the isolate
            ("a\u{2069}\u{202e}b", "\u{2068}a\u{202e}b\u{2069}"),
            ("\u{2067}שם", "\u{2068}שם\u{2069}"),
            ("\u{2067}שם\u{2069}", "\u{2068}\u{2067}שם\u{2069}\u{2069}"),
            ("ש\n\u{202e}b", "\u{2068}ש \u{202e}b\u{2069}"),
        ] {
            assert_eq!(isolated(name), said, "{name:?}");
        }
    }

    #[test]
    fn figures_are_written_as_the_page_writes_them() {
        #[derive(serde::Deserialize)]
        struct Case {
            value: f64,
            decimals: u8,
            unit: String,
            figure: String,
            with_unit: String,
        }
        let cases: Vec<Case> = serde_json::from_str(include_str!("../../../tests/both/figures.json")).unwrap();
        for Case { value, decimals, unit, figure: expected, with_unit: whole } in cases {
            assert_eq!(figure(value, decimals, &unit), expected, "{value} {unit}");
            assert_eq!(with_unit(value, decimals, &unit), whole, "{value} {unit}");
        }
    }

    #[test]
    fn the_published_figure_is_rounded_and_halves_go_away_from_zero() {
        for (value, decimals, expected) in
            [(0.125, 2, "0.13"), (9.995, 2, "10.00"), (0.5, 3, "0.500"), (76.145, 1, "76.1"), (999.95, 1, "1,000.0")]
        {
            assert_eq!(number(value, decimals), expected, "{value} with {decimals}");
        }
    }

    #[test]
    fn a_number_is_rounded_up_or_down_as_the_figure_that_was_published() {
        for (value, decimals, below, above) in [
            (1.005, 2, 1.0, 1.01),
            (1.1, 1, 1.1, 1.1), // ten times it is a little more than 11
            (-1.005, 2, -1.01, -1.0),
            (-0.3, 0, -1.0, 0.0),
            (5.0, 0, 5.0, 5.0),
        ] {
            assert_eq!((at_most(value, decimals), at_least(value, decimals)), (below, above), "{value}");
        }
        assert!(at_least(-0.3, 0).is_sign_positive() && nearest(-0.3, 0).is_sign_positive());
    }

    #[test]
    fn one_is_counted_in_the_singular() {
        assert_eq!([1, 2].map(|n| counted(n, "area")), ["1 area", "2 areas"]);
        assert_eq!(counted(1388, "county"), "1,388 counties");
    }

    #[test]
    fn one_that_is_left_is_named() {
        assert_eq!([0, 3, 4, 5, 6, 40].map(|all| named(all, 4)), [0, 3, 4, 5, 4, 4]);
    }

    #[test]
    fn ordinals_and_plurals() {
        let ordinals: Vec<String> = [1, 2, 3, 4, 11, 12, 13, 21, 101, 111, 1021].map(ordinal).to_vec();
        assert_eq!(ordinals.join(" "), "1st 2nd 3rd 4th 11th 12th 13th 21st 101st 111th 1,021st");
        let plurals: Vec<String> = ["LSOA", "district", "county", "parish", "way"].map(plural).to_vec();
        assert_eq!(plurals.join(" "), "LSOAs districts counties parishes ways");
    }

    #[test]
    fn a_sentence_begins_with_a_capital_and_ends() {
        assert_eq!(sentence("not compared: no value"), "Not compared: no value.");
        assert_eq!((sentence("Why?"), sentence("")), ("Why?".to_owned(), ".".to_owned()));
    }

    #[test]
    fn the_last_of_a_list_has_an_and() {
        assert_eq!(list(&["a".into(), "b".into(), "c".into()]), "a, b and c");
    }
}
