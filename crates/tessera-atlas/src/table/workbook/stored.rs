//! What a cell stores, written as a person sees it: numbers in full, percentages as such, dates as dates.

/// The shortest text that is this number and no other.
pub(super) fn number(value: f64) -> String {
    value.to_string()
}

/// A number that is shown as a percentage is stored as a share: 0.125 is `12.5%`. Moving the decimal point is exact where
/// multiplying by 100 is not.
pub(super) fn percentage(value: f64) -> String {
    let hundredfold: f64 = format!("{value}e2").parse().unwrap_or(value * 100.0);
    format!("{}%", number(hundredfold))
}

/// Whether a number format shows percentages. It may hold texts in quotation marks and single characters behind `\`, `_` and
/// `*` (ECMA-376 part 1, section 18.8.31); formats for negative numbers and zero follow a semicolon.
pub(super) fn shows_percentages(format: &str) -> bool {
    let mut is_quoted = false;
    let mut characters = format.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            '\\' | '_' | '*' => {
                characters.next();
            }
            '%' => return true,
            ';' => return false,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_full() {
        for (stored, text) in [
            ("12", "12"),
            ("6.4974999999999996", "6.4975"),
            ("0.30000000000000004", "0.30000000000000004"),
            ("1E+21", "1000000000000000000000"),
        ] {
            assert_eq!(number(stored.parse().unwrap()), text);
        }
    }

    #[test]
    fn percentages_move_the_decimal_point() {
        for (value, text) in
            [(0.125, "12.5%"), (0.29, "29%"), (-0.07, "-7%"), (1.0, "100%"), (0.0, "0%"), (1e-9, "0.0000001%")]
        {
            assert_eq!(percentage(value), text);
        }
    }

    #[test]
    fn formats_of_percentages_are_recognised() {
        for (format, expected) in [
            ("0%", true),
            ("0.00%;[Red]-0.00%", true),
            ("General", false),
            ("0.0\" %\"", false),
            ("0\\%", false),
            ("0;0%", false),
            ("\"a\"0%", true),
        ] {
            assert_eq!(shows_percentages(format), expected, "{format}");
        }
    }
}
