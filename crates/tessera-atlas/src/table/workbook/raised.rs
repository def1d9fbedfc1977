//! Raised and lowered characters: `1234` with a raised 2 behind it, the mark of a footnote, is not the number 12342.
//!
//! A text format has signs of its own for them, and as these they are read: `1234²`. So what a cell shows stays what is
//! read, and no footnote becomes a digit of its number.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Where characters stand that are not on the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    /// Above it.
    Raised,
    /// Below it.
    Lowered,
}

impl Script {
    /// By the `vertAlign` of an `.xlsx` file (ECMA-376 part 1, section 18.22.17).
    fn of_vert_align(element: &BytesStart<'_>) -> Option<Script> {
        match element.try_get_attribute("val").ok()??.value.trim() {
            "superscript" => Some(Script::Raised),
            "subscript" => Some(Script::Lowered),
            _ => None,
        }
    }

    /// By the `style:text-position` of an `.ods` file (OpenDocument 1.3 part 3, section 20.390): a word or how far up, and a size.
    pub(super) fn of_text_position(position: &str) -> Option<Script> {
        match position.split_whitespace().next()? {
            "super" => Some(Script::Raised),
            "sub" => Some(Script::Lowered),
            up => match up.strip_suffix('%')?.parse::<f64>().ok()? {
                up if up > 0.0 => Some(Script::Raised),
                up if up < 0.0 => Some(Script::Lowered),
                _ => None,
            },
        }
    }

    /// A text in this place. Only what numbers are made of has signs of its own here: other letters stay readable.
    pub(super) fn write(self, text: &str) -> String {
        text.chars().map(|character| self.sign(character).unwrap_or(character)).collect()
    }

    fn sign(self, character: char) -> Option<char> {
        const PLAIN: &str = "0123456789+-−=()";
        let signs = match self {
            Script::Raised => "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾",
            Script::Lowered => "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎",
        };
        PLAIN.chars().zip(signs.chars()).find(|(plain, _)| *plain == character).map(|(_, sign)| sign)
    }
}

/// What tells in the XML of an `.xlsx` file that characters are raised or lowered.
pub(super) const VERT_ALIGN: &[u8] = b"vertAlign";

/// The texts or the sheet of an `.xlsx` file with the signs that raised and lowered characters have. Faulty XML is left to
/// the reader to name.
pub(super) fn with_signs(xml: &str) -> String {
    let xml = xml.trim_start_matches('\u{feff}');
    let mut written = String::with_capacity(xml.len());
    let mut copied = 0;
    let mut reader = Reader::from_str(xml);
    // Of the run that is read: where it stands, and whether this is its text.
    let (mut script, mut is_text) = (None, false);
    loop {
        let before = reader.buffer_position();
        let Ok(event) = reader.read_event() else { break };
        let signs = match &event {
            Event::Start(element) | Event::Empty(element) => {
                match element.local_name().as_ref() {
                    "r" => script = None,
                    "vertAlign" => script = Script::of_vert_align(element),
                    "t" => is_text = matches!(event, Event::Start(_)),
                    _ => {}
                }
                None
            }
            Event::End(element) => {
                match element.local_name().as_ref() {
                    "r" => script = None,
                    "t" => is_text = false,
                    _ => {}
                }
                None
            }
            Event::Text(text) => script.filter(|_| is_text).map(|script: Script| script.write(text)),
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref().ok().flatten();
                script.filter(|_| is_text).zip(character).and_then(|(script, one)| script.sign(one)).map(String::from)
            }
            Event::Eof => break,
            _ => None,
        };
        let place = usize::try_from(before).ok().zip(usize::try_from(reader.buffer_position()).ok());
        if let (Some(signs), Some((before, after))) = (signs, place) {
            written.push_str(xml.get(copied..before).unwrap_or_default());
            written.push_str(&signs);
            copied = after;
        }
    }
    written.push_str(xml.get(copied..).unwrap_or_default());
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_words_or_heights() {
        for (position, script) in [
            ("super 58%", Some(Script::Raised)),
            ("sub", Some(Script::Lowered)),
            ("33% 58%", Some(Script::Raised)),
            ("-25% 58%", Some(Script::Lowered)),
            ("0% 100%", None),
            ("", None),
        ] {
            assert_eq!(Script::of_text_position(position), script, "{position}");
        }
    }

    #[test]
    fn only_the_text_of_runs_that_are_raised_is_written_anew() {
        let raised =
            |text: &str| format!("<r><rPr><sz val=\"8\"/><vertAlign val=\"superscript\"/></rPr><t>{text}</t></r>");
        let before = "<?xml version=\"1.0\"?><sst uniqueCount=\"1\"><si><r><t>1234</t></r>";
        let after = "<r><rPr><vertAlign val=\"baseline\"/></rPr><t>5 &amp; 6</t></r></si><si><t>12</t></si></sst>";
        for (text, signs) in [("2", "²"), ("", ""), ("a, 10)", "a, ¹⁰⁾"), ("&#50;&lt;", "²&lt;"), (" ", " ")] {
            let xml = |text: &str| format!("{before}{}{after}", raised(text));
            assert_eq!(with_signs(&xml(text)), xml(signs), "{text}");
        }
        let lowered = "<r><rPr><x:vertAlign val=\"subscript\"/></rPr><x:t>2</x:t></r>";
        assert_eq!(with_signs(lowered), lowered.replace("<x:t>2<", "<x:t>₂<"));
    }

    #[test]
    fn what_is_no_xml_stays_as_it_is() {
        for xml in ["", "<r", "<r><vertAlign val=\"superscript\"/><t>2", "<r></t></r>"] {
            assert_eq!(with_signs(xml).replace('²', "2"), xml);
        }
    }
}
