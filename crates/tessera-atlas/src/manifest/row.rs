//! A file of indicators: each row is an `[[indicator]]` whose keys are the headings.

use std::cell::Cell;
use std::collections::BTreeSet;

use serde::de::value::{Error as ValueError, MapDeserializer};
use serde::de::{self, IntoDeserializer, Visitor};
use serde::{Deserialize, Deserializer, forward_to_deserialize_any};

use super::read::explain;
use super::{IndicatorSection, Located};
use crate::problem::{Problem, Problems};
use crate::table::{Row, Table};

/// Reads every row. A faulty one becomes a problem and is left out; its id is added to `unread`.
pub(crate) fn read_indicator_rows(
    table: &Table,
    unread: &mut BTreeSet<String>,
    problems: &mut Problems,
) -> Vec<Located<IndicatorSection>> {
    let mut sections = Vec::new();
    let mut tally = table.tally();
    let id = |row: &Row<'_>| table.optional_column("id").map(|id| row.cell(id).to_owned());
    for row in table.rows() {
        let reading = Cell::new("");
        let cells = table.headings().iter().zip(row.cells()).filter(|(_, text)| !text.trim().is_empty());
        let cells =
            cells.map(|(heading, text)| (heading.as_str(), CellText { heading, text: text.trim(), reading: &reading }));
        match IndicatorSection::deserialize(MapDeserializer::<_, ValueError>::new(cells)) {
            Ok(value) => sections.push(Located::in_row(table.file(), row.number(), value)),
            Err(error) => {
                let fault = explain(&error.to_string(), Some(reading.get()), None);
                let problem = Problem::error(fault.kind, fault.message).maybe_cure(fault.cure);
                if fault.kind == "unknown-key" {
                    tally.push(table.problem_in_headings(problem), problems);
                    unread.extend(table.rows().filter_map(|row| id(&row)));
                    return Vec::new(); // A wrong heading is wrong in every row.
                }
                let is_of_cell = fault.kind != "missing-key";
                let problem = if is_of_cell { problem.column(reading.get()) } else { problem };
                tally.push(problem.row(row.number()), problems);
                unread.extend(id(&row));
            }
        }
    }
    tally.finish(problems);
    sections
}

/// The text of a CSV cell, read as whatever type the key has.
#[derive(Clone, Copy)]
struct CellText<'a> {
    heading: &'a str,
    text: &'a str,
    /// The heading of the cell that is being read: where a fault is found, it is that cell's.
    reading: &'a Cell<&'a str>,
}

impl<'de> IntoDeserializer<'de, ValueError> for CellText<'de> {
    type Deserializer = CellText<'de>;

    fn into_deserializer(self) -> CellText<'de> {
        self.reading.set(self.heading);
        self
    }
}

impl<'de> Deserializer<'de> for CellText<'de> {
    type Error = ValueError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        // Only tables written inline, such as { none = "…" }, are more than a text.
        if self.text.starts_with('{') {
            let wrapped = format!("cell = {}", self.text);
            let table = wrapped.parse::<toml::Table>().map_err(|error| de::Error::custom(error.message()))?;
            let cell = table.into_iter().next().map(|(_, value)| value);
            return cell
                .unwrap_or(toml::Value::Boolean(false))
                .deserialize_any(visitor)
                .map_err(|error| de::Error::custom(error.message()));
        }
        visitor.visit_borrowed_str(self.text)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        visitor.visit_some(self)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        self.number("a whole number from 0 up").and_then(|number| visitor.visit_u8(number))
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        self.number("a whole number from 0 up").and_then(|number| visitor.visit_u32(number))
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        self.number("a number").and_then(|number| visitor.visit_f64(number))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ValueError> {
        de::value::StrDeserializer::new(self.text).deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u16 u64 u128 f32 char str string bytes byte_buf unit unit_struct newtype_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

impl CellText<'_> {
    fn number<T: std::str::FromStr>(self, expected: &str) -> Result<T, ValueError> {
        self.text.parse().map_err(|_| de::Error::custom(format!("invalid value: `{}`, expected {expected}", self.text)))
    }
}
