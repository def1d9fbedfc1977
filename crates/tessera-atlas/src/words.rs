//! Numbers and short phrases as readers see them, in English.

/// A number with `decimals` digits after the point and commas between thousands. Halves go away from zero, as in every
/// browser, so that the page and the server never show two different numbers.
///
/// ```
/// use tessera_atlas::words::number;
/// assert_eq!(number(1234.5, 0), "1,235");
/// assert_eq!(number(-0.04, 1), "0.0");
/// ```
pub fn number(value: f64, decimals: u8) -> String {
    let digits = usize::from(decimals.min(15));
    let rounded = round_half_away(value, digits);
    let text = format!("{:.digits$}", rounded.abs());
    let (whole, fraction) =
        text.split_once('.').map_or((text.as_str(), None), |(whole, fraction)| (whole, Some(fraction)));
    let mut grouped = String::with_capacity(text.len() + text.len() / 3 + 1);
    if rounded < 0.0 && text.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) {
        grouped.push('-');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if let Some(fraction) = fraction {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    grouped
}

/// Moves an exact tie away from zero and leaves any other number alone: `format!` rounds those correctly, but ties to even.
fn round_half_away(value: f64, digits: usize) -> f64 {
    let power = 10f64.powi(digits as i32);
    let scaled = value * power;
    // A binary number is a decimal tie only if it is a whole multiple of 2^-(digits + 1).
    let may_tie = (value * 2f64.powi(digits as i32 + 1)).fract() == 0.0 && scaled.abs() < 1e15;
    if may_tie && scaled.fract().abs() == 0.5 { scaled.round() / power } else { value }
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

/// The plural of what an area is called. Regular English nouns only.
pub fn plural(singular: &str) -> String {
    let ends_in_consonant_and_y =
        singular.strip_suffix('y').and_then(|stem| stem.chars().last()).is_some_and(|last| !"aeiou".contains(last));
    if ends_in_consonant_and_y {
        format!("{}ies", &singular[..singular.len() - 1])
    } else if singular.ends_with(['s', 'x']) || singular.ends_with("ch") || singular.ends_with("sh") {
        format!("{singular}es")
    } else {
        format!("{singular}s")
    }
}

/// "a", "a and b", "a, b and c".
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [start @ .., last] => format!("{} and {last}", start.join(", ")),
    }
}

/// A value with its unit: "12.3%", "12.3 per 1,000 residents", "12.3".
pub fn with_unit(value: f64, decimals: u8, unit: &str) -> String {
    let number = number(value, decimals);
    match unit {
        "" => number,
        "%" => format!("{number}%"),
        unit => match unit.strip_prefix('£') {
            Some(per) => format!("£{number}{per}"),
            None => format!("{number} {unit}"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_away_from_zero_and_only_exact_halves_are_halves() {
        for (value, decimals, expected) in [
            (0.5, 0, "1"),
            (2.5, 0, "3"),
            (-2.5, 0, "-3"),
            (0.125, 2, "0.13"),
            (1.005, 2, "1.00"), // a little less than 1.005 in binary
            (0.285, 2, "0.28"),
            (1.115, 2, "1.11"), // a little less, though 1.115 * 100 is not
            (76.145, 1, "76.1"),
            (1234567.0, 0, "1,234,567"),
            (999.95, 1, "1,000.0"),
            (-0.04, 1, "0.0"),
            (1e21, 0, "1,000,000,000,000,000,000,000"),
        ] {
            assert_eq!(number(value, decimals), expected, "{value} with {decimals}");
        }
    }

    #[test]
    fn ordinals_and_plurals() {
        let ordinals: Vec<String> = [1, 2, 3, 4, 11, 12, 13, 21, 101, 111, 1021].map(ordinal).to_vec();
        assert_eq!(ordinals.join(" "), "1st 2nd 3rd 4th 11th 12th 13th 21st 101st 111th 1,021st");
        let plurals: Vec<String> = ["LSOA", "district", "county", "parish", "way"].map(plural).to_vec();
        assert_eq!(plurals.join(" "), "LSOAs districts counties parishes ways");
    }

    #[test]
    fn lists_and_units() {
        assert_eq!(list(&["a".into(), "b".into(), "c".into()]), "a, b and c");
        assert_eq!(with_unit(12.34, 1, "%"), "12.3%");
        assert_eq!(with_unit(1234.0, 0, "people"), "1,234 people");
        assert_eq!(with_unit(512.4, 0, "£ per week"), "£512 per week");
    }
}
