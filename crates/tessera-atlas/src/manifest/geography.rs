//! Geographies, which of their areas lie in which, and clusters of them.

use serde::{Deserialize, Serialize};

use crate::text::Text;

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
