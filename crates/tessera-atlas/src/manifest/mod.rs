//! `atlas.toml`: what a publisher writes, as types. The format is documented in `docs/atlas-format.md`.

mod atlas;
mod date;
mod disclosure;
mod geography;
mod indicator;
mod one_or_many;
mod period;
mod points;
mod read;
mod row;
mod table;
mod validate;

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

pub use atlas::{AtlasSection, Basemap, Embed};
pub use disclosure::Disclosure;
pub use geography::{ClusterSection, ComparatorArea, Fit, GeographySection, LookupSection};
pub use indicator::{Aggregate, Base, BreakdownSection, IndicatorSection, Kind, Polarity};
pub use points::PointsSection;
pub use read::{Located, read_manifest};
pub(crate) use row::read_indicator_rows;
pub use table::{ColumnTarget, Field, Layout, TableSection};
pub use validate::is_identifier;
pub(crate) use validate::is_web_address;

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

/// A section that names a file and nothing else.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a section of keys and values")]
pub struct FileSection {
    /// The file.
    pub file: String,
}
