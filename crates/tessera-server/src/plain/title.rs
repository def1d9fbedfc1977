//! What a page that shows a finding is called, in tabs, bookmarks and lists of what was found.

use crate::plain::words::say_with;

/// What is longer is cut off by everything that shows a title.
const LONGEST: usize = 140;
/// What begins and ends a name that may run from right to left.
const ISOLATES: (char, char) = ('\u{2068}', '\u{2069}');

/// The finding, as far as a title has room for it, and the atlas. The page says the same (`web/src/written.ts`).
pub(crate) fn title(finding: &str, atlas: &str) -> String {
    say_with("title", &[("subject", brief(finding).into()), ("atlas", atlas.into())])
}

/// A finding that is short, else its first part, else as many of its words as there is room for.
fn brief(finding: &str) -> String {
    let whole = finding.trim_end_matches('.');
    if whole.chars().count() <= LONGEST {
        return whole.to_owned();
    }
    let first = whole.split("; ").next().unwrap_or(whole);
    let first = first.split(". ").next().unwrap_or(first);
    if first.chars().count() <= LONGEST {
        return first.to_owned();
    }
    let room: String = first.chars().take(LONGEST).collect();
    let words = room.rsplit_once(' ').map_or(room.as_str(), |(words, _)| words);
    let open = words.matches(ISOLATES.0).count().saturating_sub(words.matches(ISOLATES.1).count());
    format!("{words}…{}", ISOLATES.1.to_string().repeat(open))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_finding_is_the_title_without_its_full_stop() {
        assert_eq!(title("Need, 2020: highest in Leeds.", "Atlas"), "Need, 2020: highest in Leeds · Atlas");
    }

    #[test]
    fn of_a_long_finding_the_first_part_is() {
        let finding = format!("18 of 364 are among the worst; 8 of them are in {}.", "Worcester ".repeat(12));
        assert_eq!(brief(&finding), "18 of 364 are among the worst");
        let finding = format!("Highest in Leeds. Beside it {}.", "lies much ".repeat(12));
        assert_eq!(brief(&finding), "Highest in Leeds");
    }

    #[test]
    fn a_long_part_ends_with_a_whole_word_and_whole_isolates() {
        let short = brief(&format!("\u{2068}{}\u{2069} is a name", "word ".repeat(40)));
        assert!(short.chars().count() <= LONGEST + 2, "{short}");
        assert!(short.ends_with("word…\u{2069}"), "{short}");
        assert_eq!(brief(&"x".repeat(500)).chars().count(), LONGEST + 1);
    }
}
