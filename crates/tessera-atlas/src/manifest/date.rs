//! Keys that hold a date: `updated = "2019-09-26"`, `next_due = "2020-09"`, with or without quotation marks.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::value::Datetime;

pub(super) fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    struct DateVisitor;

    impl<'de> Visitor<'de> for DateVisitor {
        type Value = Option<String>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a date such as \"2019-09-26\", \"2019-09\" or \"2019\"")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Option<String>, E> {
            if is_date(text) {
                Ok(Some(text.to_owned()))
            } else {
                Err(E::invalid_value(serde::de::Unexpected::Str(text), &self))
            }
        }

        fn visit_i64<E: Error>(self, year: i64) -> Result<Option<String>, E> {
            self.visit_str(&year.to_string())
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Option<String>, A::Error> {
            self.visit_str(&Datetime::deserialize(MapAccessDeserializer::new(map))?.to_string())
        }
    }

    deserializer.deserialize_any(DateVisitor)
}

fn is_date(text: &str) -> bool {
    let number = |part: &str, length: usize, last: u16| {
        part.len() == length
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && part.parse().is_ok_and(|number: u16| (1..=last).contains(&number))
    };
    let parts: Vec<&str> = text.split('-').collect();
    match parts.as_slice() {
        [year] => number(year, 4, 9999),
        [year, month] => number(year, 4, 9999) && number(month, 2, 12),
        [year, month, day] => number(year, 4, 9999) && number(month, 2, 12) && number(day, 2, 31),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_months_and_years_are_dates() {
        for text in ["2019-09-26", "2019-09", "2019"] {
            assert!(is_date(text), "{text}");
        }
        for text in ["", "26/09/2019", "2019-13", "2019-9", "2019-00-01", "September 2019", "2019-09-26T10:00:00"] {
            assert!(!is_date(text), "{text}");
        }
    }
}
