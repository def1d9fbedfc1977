//! What can be said of well-known text without its grammar.

use super::beginning;

/// No published well-known text comes near; the parser calls itself for each level.
const MAX_BYTES: usize = 1 << 16;
const MAX_DEPTH: usize = 32;

/// The name at the beginning of a text, and the last EPSG code on its second level, which is that of the whole.
pub(super) struct WktOutline {
    pub(super) name: Option<String>,
    pub(super) epsg: Option<u32>,
}

impl WktOutline {
    /// `None` when the brackets do not match, or there are too many.
    pub(super) fn of(text: &str) -> Option<WktOutline> {
        if text.len() > MAX_BYTES {
            return None;
        }
        let (mut depth, mut in_quotes) = (0_usize, false);
        // Where the latest bracket of the second level opened.
        let mut opened = 0;
        let mut epsg = None;
        for (position, letter) in text.char_indices() {
            match letter {
                '"' => in_quotes = !in_quotes,
                _ if in_quotes => {}
                '[' | '(' => {
                    depth += 1;
                    if depth == 2 {
                        opened = position;
                    }
                }
                ']' | ')' => {
                    if depth == 2
                        && let Some(code) = authority(&text[..opened], &text[opened + 1..position])
                    {
                        epsg = Some(code);
                    }
                    depth = depth.checked_sub(1)?;
                }
                _ => {}
            }
            if depth > MAX_DEPTH {
                return None;
            }
        }
        (depth == 0 && !in_quotes)
            .then(|| WktOutline { name: text.split('"').nth(1).filter(|name| !name.is_empty()).map(beginning), epsg })
    }
}

/// The code in `AUTHORITY["EPSG","27700"]` or `ID["EPSG",27700]`, given what stands before and within the brackets.
fn authority(before: &str, within: &str) -> Option<u32> {
    let keyword = before.trim_end().rsplit([',', '[', '(']).next()?.trim().to_ascii_uppercase();
    let mut parts = within.split(',').map(|part| part.trim().trim_matches('"'));
    let is_epsg = matches!(keyword.as_str(), "AUTHORITY" | "ID") && parts.next()?.eq_ignore_ascii_case("EPSG");
    if is_epsg { parts.next()?.parse().ok() } else { None }
}
