//! `catalog.json`: what an edition publishes, beside the numbers and shapes themselves.

use serde::{Deserialize, Serialize};

use super::ready::Ready;
use crate::catalogue::Indicator;
use crate::column::Origin;
use crate::edition::{AtlasInfo, EditionId, Opening};
use crate::manifest::{Field, Fit};
use crate::note::Note;
use crate::period::{Period, YearStart};
use crate::text::Text;

pub(super) const CATALOG: &str = "catalog.json";

/// The whole file: written with all of each indicator, read with its metadata and its columns apart.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Catalog<Entry> {
    pub(super) edition: EditionId,
    pub(super) atlas: AtlasInfo,
    pub(super) view: Opening,
    pub(super) geographies: Vec<GeographyEntry>,
    pub(super) indicators: Vec<Entry>,
    pub(super) points: Vec<PointsEntry>,
    /// The geographies to which postcodes are allocated, where the edition knows postcodes.
    pub(super) postcodes: Option<Vec<String>>,
    pub(super) notes: Vec<Note>,
}

/// An indicator with its metadata, and its columns in the order in which they stand in its file. To read both at once, each entry would
/// have to be held in between, in many times its size.
#[derive(Debug, Serialize)]
pub(super) struct IndicatorEntry {
    #[serde(flatten)]
    pub(super) indicator: Indicator,
    pub(super) columns: Vec<ColumnEntry>,
}

/// Of the whole file the columns of the indicators.
#[derive(Debug, Deserialize)]
pub(super) struct CatalogOfColumns {
    pub(super) indicators: Vec<ColumnsEntry>,
}

/// Of an indicator its columns.
#[derive(Debug, Deserialize)]
pub(super) struct ColumnsEntry {
    pub(super) columns: Vec<ColumnEntry>,
}

/// A geography, but for its areas.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct GeographyEntry {
    pub(super) id: String,
    pub(super) name: Text,
    pub(super) singular: Text,
    /// Whether its areas have places and shapes.
    pub(super) shape: bool,
    pub(super) tiling: bool,
    /// The geography whose areas its own are sets of.
    pub(super) of: Option<String>,
    pub(super) parents: Vec<ParentsEntry>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ParentsEntry {
    pub(super) geography: String,
    pub(super) fit: Fit,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PointsEntry {
    pub(super) id: String,
    pub(super) name: Text,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) attributes: Vec<String>,
}

/// One column of an indicator: so many rows of its file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ColumnEntry {
    /// `None`: the whole atlas.
    pub(crate) geography: Option<String>,
    pub(super) period: Period,
    /// For a period such as 2018/19, the day on which it starts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) year_starts: Option<YearStart>,
    pub(super) origin: Origin,
    /// Which fields stand beside the value.
    pub(super) fields: Vec<Field>,
    pub(super) rows: usize,
    /// Where it stands ready to be sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) ready: Option<Ready>,
}

impl ColumnEntry {
    /// The period with the day on which it starts.
    pub(crate) fn period(&self) -> Period {
        self.year_starts.map_or(self.period, |starts| self.period.starting(starts))
    }
}

/// The day on which a period starts, where that is not said by the period itself.
pub(super) fn year_starts(period: Period) -> Option<YearStart> {
    match period {
        Period::SplitYear(_, starts) if starts != YearStart::default() => Some(starts),
        _ => None,
    }
}
