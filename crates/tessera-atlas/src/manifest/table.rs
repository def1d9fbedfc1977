//! Tables of values.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::period::period;
use crate::cell::Status;
use crate::period::Period;
use crate::table::TablePlace;

/// `[[table]]`: values.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a section of keys and values")]
pub struct TableSection {
    /// The file.
    pub file: String,
    /// The sheet of a workbook with several.
    pub sheet: Option<String>,
    /// The geography whose areas the rows speak of.
    pub geography: String,
    /// The heading of the area codes (wide tables).
    pub code: Option<String>,
    /// One row an area, or one row a value.
    #[serde(default)]
    pub layout: Layout,
    /// The period of all values.
    #[serde(default, deserialize_with = "period")]
    pub period: Option<String>,
    /// The indicator of all values (long tables).
    pub indicator: Option<String>,
    /// The 1-based row on which the headings stand.
    pub heading_row: Option<u64>,
    /// The day (`MM-DD`) on which a year such as `2018/19` starts in this table.
    pub year_starts: Option<String>,
    /// Wide: heading to indicator. Long: role to heading.
    #[serde(default)]
    pub columns: BTreeMap<String, ColumnTarget>,
    /// Long: what the labels in the column of indicators mean, where they are not ids. Rows with other labels are left out.
    #[serde(default)]
    pub indicators: BTreeMap<String, String>,
    /// The file's own marks.
    #[serde(default)]
    pub symbols: BTreeMap<String, Status>,
}

impl TableSection {
    /// The heading of what it says of an indicator in a period.
    pub(crate) fn heading_of(&self, indicator: &str, period: Period, field: Field) -> Option<&str> {
        match self.layout {
            Layout::Long => Some(self.columns.get(field.word()).map_or(field.word(), |named| named.indicator.as_str())),
            Layout::Wide => {
                let is_of = |target: &ColumnTarget| {
                    let own =
                        target.period.as_ref().or(self.period.as_ref()).and_then(|own| own.parse::<Period>().ok());
                    let is_written_so = own.is_some_and(|own| own.is_written_as(&period));
                    target.indicator == indicator && target.field == field && is_written_so
                };
                self.columns.iter().find(|(_, target)| is_of(target)).map(|(heading, _)| heading.as_str())
            }
        }
    }

    /// The headings that it names.
    pub(crate) fn headings(&self) -> impl Iterator<Item = &str> {
        let named = self.columns.iter().map(|(heading, target)| match self.layout {
            Layout::Wide => heading.as_str(),
            Layout::Long => target.indicator.as_str(),
        });
        self.code.as_deref().into_iter().chain(named)
    }

    /// Where its table stands. A row 0 of headings, which there is not, is told where the manifest is validated.
    pub(crate) fn place(&self) -> TablePlace<'_> {
        let heading_row = self.heading_row.filter(|row| *row > 0);
        TablePlace { file: &self.file, sheet: self.sheet.as_deref(), heading_row }
    }
}

/// The shape of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// One row an area, one column a field of an indicator.
    #[default]
    Wide,
    /// One row a value.
    Long,
}

/// What a column of a wide table holds (in a long table, a bare heading).
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnTarget {
    /// The indicator (wide) or the heading (long).
    pub indicator: String,
    /// The period, where it differs from the table's.
    pub period: Option<String>,
    /// Which field of the indicator.
    pub field: Field,
}

/// A field of an indicator's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// The value itself.
    #[default]
    Value,
    /// What is counted.
    Numerator,
    /// What it is held against.
    Denominator,
    /// The interval's lower end, as published.
    Lower,
    /// The interval's upper end, as published.
    Upper,
    /// A remark.
    Note,
}

impl Field {
    /// Every field, in the order in which long tables and CSV answers name them.
    pub const ALL: [Field; 6] =
        [Field::Value, Field::Numerator, Field::Denominator, Field::Lower, Field::Upper, Field::Note];

    /// The word used in manifests and answers.
    pub fn word(self) -> &'static str {
        match self {
            Field::Value => "value",
            Field::Numerator => "numerator",
            Field::Denominator => "denominator",
            Field::Lower => "lower",
            Field::Upper => "upper",
            Field::Note => "note",
        }
    }
}

impl<'de> Deserialize<'de> for ColumnTarget {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<ColumnTarget, D::Error> {
        struct TargetVisitor;

        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Keys {
            indicator: String,
            #[serde(default, deserialize_with = "period")]
            period: Option<String>,
            #[serde(default)]
            field: Field,
        }

        impl<'de> serde::de::Visitor<'de> for TargetVisitor {
            type Value = ColumnTarget;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("an indicator's id, or { indicator = \"…\", period = \"…\", field = \"…\" }")
            }

            fn visit_str<E: serde::de::Error>(self, indicator: &str) -> Result<ColumnTarget, E> {
                Ok(ColumnTarget { indicator: indicator.to_owned(), period: None, field: Field::Value })
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<ColumnTarget, A::Error> {
                let keys = Keys::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
                Ok(ColumnTarget { indicator: keys.indicator, period: keys.period, field: keys.field })
            }
        }

        deserializer.deserialize_any(TargetVisitor)
    }
}
