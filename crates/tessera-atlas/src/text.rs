//! Texts that a publisher may give in several languages.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// A text, either in one language for every reader or by language code (`en`, `cy`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Text {
    /// The same for every reader.
    Plain(String),
    /// By language code.
    ByLanguage(BTreeMap<String, String>),
}

impl Text {
    /// The text in `language`, else in English, else in whichever language there is.
    pub fn get(&self, language: &str) -> &str {
        match self {
            Text::Plain(text) => text,
            Text::ByLanguage(texts) => texts
                .get(language)
                .or_else(|| texts.get("en"))
                .or_else(|| texts.values().next())
                .map_or("", String::as_str),
        }
    }

    /// The text in English, the only language of the screen so far.
    pub fn en(&self) -> &str {
        self.get("en")
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Text {
        Text::Plain(text.to_owned())
    }
}

/// Accepts a string, a table of languages, and (from a CSV cell that looks like one) a number.
impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Text, D::Error> {
        struct TextVisitor;

        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a text, or texts by language such as { en = \"…\", cy = \"…\" }")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Text, E> {
                Ok(Text::Plain(text.trim().to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
                let mut texts = BTreeMap::new();
                while let Some((language, text)) = map.next_entry::<String, String>()? {
                    if language.len() != 2 || !language.bytes().all(|byte| byte.is_ascii_lowercase()) {
                        return Err(de::Error::custom(format!(
                            "`{language}` is no language code such as `en` or `cy`"
                        )));
                    }
                    texts.insert(language, text);
                }
                if texts.is_empty() {
                    return Err(de::Error::custom("a text in at least one language is needed"));
                }
                Ok(Text::ByLanguage(texts))
            }
        }

        deserializer.deserialize_any(TextVisitor)
    }
}
