//! Layers of places.

use serde::Deserialize;

use crate::text::Text;

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
    /// The headings of what else is published of each place, as text.
    #[serde(default)]
    pub attributes: Vec<String>,
}
