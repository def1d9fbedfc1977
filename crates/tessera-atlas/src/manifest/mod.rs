//! `atlas.toml`: what a publisher writes, as types. The format is documented in `docs/atlas-format.md`.

mod date;
mod one_or_many;
mod read;
mod row;
mod validate;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::cell::Status;
use crate::protect::Rule;
use crate::table::TablePlace;
use crate::text::Text;

pub use read::{Located, read_manifest};
pub(crate) use row::read_indicator_rows;
pub use validate::is_identifier;
pub(crate) use validate::is_web_address;

use date::date;
use one_or_many::one_or_many;

/// The format number that this program reads.
pub const FORMAT: i64 = 1;

/// The word for everybody in an indicator's `access`.
pub const PUBLIC: &str = "public";

/// A whole manifest. Every list holds its sections with the line on which each begins.
#[derive(Debug, Clone)]
pub struct Manifest {
    /// `[atlas]`
    pub atlas: Located<AtlasSection>,
    /// `[view]`: parameters of the view that opens first.
    pub view: Located<BTreeMap<String, String>>,
    /// `[disclosure]`
    pub disclosure: Disclosure,
    /// `[basemap]`
    pub basemap: Option<Located<Basemap>>,
    /// `[embed]`
    pub embed: Option<Located<Embed>>,
    /// `[[geography]]`
    pub geographies: Vec<Located<GeographySection>>,
    /// `[[lookup]]`
    pub lookups: Vec<Located<LookupSection>>,
    /// `[[table]]`
    pub tables: Vec<Located<TableSection>>,
    /// `[[indicators]]`: files of indicators.
    pub indicator_files: Vec<Located<FileSection>>,
    /// `[[indicator]]`
    pub indicators: Vec<Located<IndicatorSection>>,
    /// `[[breakdown]]`
    pub breakdowns: Vec<Located<BreakdownSection>>,
    /// `[[targets]]`
    pub targets: Vec<Located<FileSection>>,
    /// `[[cluster]]`
    pub clusters: Vec<Located<ClusterSection>>,
    /// `[[notes]]`
    pub notes: Vec<Located<FileSection>>,
    /// `[[points]]`
    pub points: Vec<Located<PointsSection>>,
    /// `[[postcodes]]`
    pub postcodes: Vec<Located<FileSection>>,
    /// `[[flow]]`
    pub flows: Vec<Located<FileSection>>,
    /// Sections that could not be read, by name and id: what refers to them is no fault of its own.
    pub(crate) unread: BTreeSet<(String, String)>,
}

/// `[atlas]`: what the atlas is called and who publishes it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a section of keys and values")]
pub struct AtlasSection {
    /// The atlas's id: `a-z 0-9 -`.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// The place that all its areas make up, as a person says it ("Worcestershire"): the name of `overall`.
    pub place: Option<Text>,
    /// Who publishes it.
    pub publisher: Option<Text>,
    /// How to reach them.
    pub contact: Option<String>,
    /// Statements of source and copyright.
    #[serde(default, deserialize_with = "one_or_many")]
    pub attribution: Vec<Text>,
    /// Indicators of kind count that every selection and class is accompanied by.
    #[serde(default, deserialize_with = "one_or_many")]
    pub people: Vec<String>,
    /// The day (`MM-DD`) on which a year such as `2018/19` starts, unless a table says otherwise.
    pub year_starts: Option<String>,
}

/// `[disclosure]`, or an indicator's own rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "DisclosureKeys", into = "DisclosureKeys")]
pub enum Disclosure {
    /// Counts from 1 to `threshold` − 1 are hidden; what remains is rounded to multiples of `round` (1: not at all).
    Rule {
        /// The smallest count that may be shown.
        threshold: u32,
        /// The rounding base.
        round: u32,
    },
    /// No protection, with the publisher's reason.
    None {
        /// Why these numbers need no protection.
        reason: String,
    },
}

impl Default for Disclosure {
    fn default() -> Disclosure {
        Disclosure::Rule { threshold: 5, round: 1 }
    }
}

impl Disclosure {
    /// The rule, where there is one.
    pub fn rule(&self) -> Option<Rule> {
        match self {
            Disclosure::Rule { threshold, round } => Some(Rule { threshold: *threshold, round: *round }),
            Disclosure::None { .. } => None,
        }
    }
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, expecting = "{ threshold = 5, round = 1 } or { none = \"the reason\" }")]
struct DisclosureKeys {
    #[serde(skip_serializing_if = "Option::is_none")]
    threshold: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    round: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    none: Option<String>,
}

impl From<Disclosure> for DisclosureKeys {
    fn from(disclosure: Disclosure) -> DisclosureKeys {
        match disclosure {
            Disclosure::Rule { threshold, round } => {
                DisclosureKeys { threshold: Some(threshold), round: Some(round), none: None }
            }
            Disclosure::None { reason } => DisclosureKeys { threshold: None, round: None, none: Some(reason) },
        }
    }
}

impl TryFrom<DisclosureKeys> for Disclosure {
    type Error = String;

    fn try_from(keys: DisclosureKeys) -> Result<Disclosure, String> {
        match keys {
            DisclosureKeys { threshold: None, round: None, none: Some(reason) } => {
                if reason.trim().is_empty() {
                    return Err("`none` needs the reason why these numbers need no protection".to_owned());
                }
                Ok(Disclosure::None { reason })
            }
            DisclosureKeys { none: Some(_), .. } => {
                Err("`none` stands instead of `threshold` and `round`, not beside them".to_owned())
            }
            DisclosureKeys { threshold, round, none: None } => {
                let (threshold, round) = (threshold.unwrap_or(5), round.unwrap_or(1));
                if threshold < 2 || round < 1 {
                    return Err("`threshold` is at least 2 and `round` at least 1".to_owned());
                }
                Ok(Disclosure::Rule { threshold, round })
            }
        }
    }
}

/// `[basemap]`: background tiles, the only thing that ever contacts another host.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a section of keys and values")]
pub struct Basemap {
    /// A template with `{z}`, `{x}` and `{y}`.
    pub url: String,
    /// Whose tiles they are.
    pub attribution: String,
}

/// `[embed]`: who may show `/embed` in a frame.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a section of keys and values")]
pub struct Embed {
    /// Origins, such as `https://www.example.org`.
    #[serde(default)]
    pub hosts: Vec<String>,
}

/// `[[geography]]`: a set of areas of one kind.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a section of keys and values")]
pub struct GeographySection {
    /// Its id.
    pub id: String,
    /// Its name, in the plural.
    pub name: Text,
    /// What one of its areas is called.
    pub singular: Text,
    /// The boundary file.
    pub boundaries: Option<String>,
    /// The layer in a file that has several.
    pub layer: Option<String>,
    /// The attribute that holds the area code.
    pub code: Option<String>,
    /// The attribute that holds the official name.
    pub label: Option<String>,
    /// A file of local names.
    pub names: Option<String>,
    /// The coordinate system, where the file does not say.
    pub crs: Option<String>,
    /// Metres within which a vertex is joined to a neighbour's edge.
    pub snap: Option<f64>,
    /// Areas around the atlas.
    pub context: Option<String>,
    /// The geography from which this one is made.
    pub dissolve: Option<String>,
    /// Areas without a shape: comparators.
    pub areas: Option<Vec<ComparatorArea>>,
}

/// An area that has no shape.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, expecting = "{ code = \"…\", name = \"…\" }")]
pub struct ComparatorArea {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// `[[lookup]]`: which child lies in which parent.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a section of keys and values")]
pub struct LookupSection {
    /// The geography of the children.
    pub child: String,
    /// The geography of the parents.
    pub parent: String,
    /// The file.
    pub file: String,
    /// The heading of the children's codes.
    pub child_code: String,
    /// The heading of the parents' codes.
    pub parent_code: String,
    /// The heading of the parents' names.
    pub parent_label: Option<String>,
    /// Whether children lie in their parents wholly.
    #[serde(default)]
    pub fit: Fit,
}

/// How well children fit their parents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fit {
    /// Each child lies in one parent.
    #[default]
    Exact,
    /// Each child is given to the parent that holds most of it.
    BestFit,
}

impl Fit {
    /// The word used in manifests and answers.
    pub fn word(self) -> &'static str {
        match self {
            Fit::Exact => "exact",
            Fit::BestFit => "best-fit",
        }
    }
}

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
    /// Where its table stands.
    pub(crate) fn place(&self) -> TablePlace<'_> {
        TablePlace { file: &self.file, sheet: self.sheet.as_deref(), heading_row: self.heading_row }
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

/// A section that names a file and nothing else, or what today's program reads of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a section of keys and values")]
pub struct FileSection {
    /// The file.
    pub file: String,
}

/// `[[indicator]]`, or a row of a file of indicators.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a section of keys and values")]
pub struct IndicatorSection {
    /// Its id: `[A-Za-z0-9._-]{1,64}`.
    pub id: String,
    /// Its full name.
    pub name: Text,
    /// A short name for lists and titles.
    pub short: Option<Text>,
    /// Paths in theme trees, parts separated by ` / `.
    #[serde(default, deserialize_with = "one_or_many")]
    pub themes: Vec<String>,
    /// What kind of quantity it is.
    pub kind: Kind,
    /// value = numerator / denominator × per.
    pub per: Option<f64>,
    /// The indicator that holds the denominators: `population` or `population@2011`.
    pub denominator: Option<String>,
    /// The unit.
    pub unit: Option<Text>,
    /// Decimals shown.
    pub decimals: Option<u8>,
    /// Which end is bad.
    #[serde(default)]
    pub polarity: Polarity,
    /// How areas add up.
    pub aggregate: Option<Aggregate>,
    /// The indicator that holds the weights of a weighted mean.
    pub weight: Option<String>,
    /// For ranks: how many were ranked.
    pub out_of: Option<u32>,
    /// What the bad end is called: "most deprived".
    pub worst: Option<Text>,
    /// What the good end is called: "least deprived".
    pub best: Option<Text>,
    /// For deciles and ranks: among what they were made: "areas in England".
    pub among: Option<Text>,
    /// For deciles: the rank or score that puts the areas of one in order.
    pub ordered_by: Option<String>,
    /// For categories: their names in order.
    #[serde(default, deserialize_with = "one_or_many")]
    pub categories: Vec<Text>,
    /// Of whom it speaks: those who live there or those who attend.
    pub base: Option<Base>,
    /// What exactly is measured.
    pub definition: Option<Text>,
    /// Who published it.
    pub source: Option<Text>,
    /// Where.
    pub source_url: Option<String>,
    /// Its licence.
    pub licence: Option<String>,
    /// What a reader must know before drawing a conclusion.
    pub caveat: Option<Text>,
    /// When it was last updated.
    #[serde(default, deserialize_with = "date")]
    pub updated: Option<String>,
    /// How often it is updated.
    pub frequency: Option<String>,
    /// When the next update is due.
    #[serde(default, deserialize_with = "date")]
    pub next_due: Option<String>,
    /// Who looks after it.
    pub owner: Option<String>,
    /// The geography that it opens at when a reader chooses it.
    pub opens_at: Option<String>,
    /// `public`, or the groups that may see it.
    #[serde(default = "everybody", deserialize_with = "one_or_many")]
    pub access: Vec<String>,
    /// Its own disclosure rule.
    pub disclosure: Option<Disclosure>,
}

fn everybody() -> Vec<String> {
    vec![PUBLIC.to_owned()]
}

/// What kind of quantity an indicator is. It decides what may be done with its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// How many.
    Count,
    /// A part of a whole.
    Proportion,
    /// Events per so many.
    Rate,
    /// One quantity per another.
    Ratio,
    /// An average over people or things.
    Mean,
    /// A score without a unit that can be doubled.
    Score,
    /// A position among all that were ranked.
    Rank,
    /// A tenth, 1 to 10.
    Decile,
    /// One of several named classes.
    Category,
}

impl Kind {
    /// The word used in manifests and answers.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Count => "count",
            Kind::Proportion => "proportion",
            Kind::Rate => "rate",
            Kind::Ratio => "ratio",
            Kind::Mean => "mean",
            Kind::Score => "score",
            Kind::Rank => "rank",
            Kind::Decile => "decile",
            Kind::Category => "category",
        }
    }

    /// Whether a rule must say how small numbers of this kind are protected.
    pub fn needs_disclosure_rule(self) -> bool {
        matches!(self, Kind::Count | Kind::Proportion | Kind::Rate | Kind::Ratio | Kind::Mean)
    }

    /// Whether a value of this kind may be made of a numerator and a denominator.
    pub fn has_parts(self) -> bool {
        !matches!(self, Kind::Count | Kind::Rank | Kind::Decile | Kind::Category)
    }

    /// Whether two values of this kind may be subtracted. "Twice as deprived" is false, and so is "five deciles worse".
    pub fn has_differences(self) -> bool {
        !matches!(self, Kind::Score | Kind::Rank | Kind::Decile | Kind::Category)
    }
}

/// Which end of an indicator is bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Polarity {
    /// More is worse.
    HighIsBad,
    /// More is better.
    HighIsGood,
    /// Neither.
    #[default]
    Neutral,
}

impl Polarity {
    /// The word used in manifests and answers.
    pub fn word(self) -> &'static str {
        match self {
            Polarity::HighIsBad => "high-is-bad",
            Polarity::HighIsGood => "high-is-good",
            Polarity::Neutral => "neutral",
        }
    }
}

impl From<Polarity> for tessera_stats::Polarity {
    fn from(polarity: Polarity) -> tessera_stats::Polarity {
        match polarity {
            Polarity::HighIsBad => tessera_stats::Polarity::HighIsBad,
            Polarity::HighIsGood => tessera_stats::Polarity::HighIsGood,
            Polarity::Neutral => tessera_stats::Polarity::Neutral,
        }
    }
}

/// How the values of areas add up to that of a larger one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aggregate {
    /// Values are summed.
    Sum,
    /// Numerators and denominators are summed, then divided.
    RatioOfSums,
    /// Values are averaged by `weight`.
    WeightedMean,
    /// They do not.
    None,
}

impl Aggregate {
    /// The word used in manifests and answers.
    pub fn word(self) -> &'static str {
        match self {
            Aggregate::Sum => "sum",
            Aggregate::RatioOfSums => "ratio-of-sums",
            Aggregate::WeightedMean => "weighted-mean",
            Aggregate::None => "none",
        }
    }
}

/// Of whom an indicator speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Base {
    /// Those who live in the area.
    Residence,
    /// Those who go to school (or to a surgery) in it.
    Attendance,
}

/// `[[breakdown]]`: parts that add up to a total.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a section of keys and values")]
pub struct BreakdownSection {
    /// The indicator of the total.
    pub total: String,
    /// The indicators of its parts.
    pub parts: Vec<String>,
}

/// `[[cluster]]`: sets of areas that are themselves areas.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a section of keys and values")]
pub struct ClusterSection {
    /// Its id as a geography.
    pub id: String,
    /// Its name, in the plural.
    pub name: Text,
    /// What one of them is called.
    pub singular: Text,
    /// The geography whose areas are collected.
    pub of: String,
    /// The file: `area_code,cluster_code,cluster_name`.
    pub file: String,
}

/// `[[points]]`: a layer of places.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a section of keys and values")]
pub struct PointsSection {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// The file.
    pub file: String,
    /// The heading of the longitude.
    pub lon: Option<String>,
    /// The heading of the latitude.
    pub lat: Option<String>,
    /// The heading of the easting (EPSG:27700).
    pub easting: Option<String>,
    /// The heading of the northing (EPSG:27700).
    pub northing: Option<String>,
    /// The heading of the postcode.
    pub postcode: Option<String>,
    /// The heading of the place's name.
    pub label: Option<String>,
}
