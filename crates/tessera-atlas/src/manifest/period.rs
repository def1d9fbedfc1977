//! Keys that hold a period: `period = "2018/19"`, and a year with or without quotation marks.

use std::fmt;

use serde::Deserializer;
use serde::de::{Error, Visitor};

/// The period as it is written; whether it is one is judged with the rest of the manifest.
pub(super) fn period<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    struct PeriodVisitor;

    impl Visitor<'_> for PeriodVisitor {
        type Value = Option<String>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a period such as \"2019\", \"2018/19\" or \"2019-Q2\"")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Option<String>, E> {
            Ok(Some(text.to_owned()))
        }

        fn visit_i64<E: Error>(self, year: i64) -> Result<Option<String>, E> {
            Ok(Some(year.to_string()))
        }
    }

    deserializer.deserialize_any(PeriodVisitor)
}
