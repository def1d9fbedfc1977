//! Point layers: schools, surgeries, children's centres.

use tessera_geo::Place;

use crate::text::Text;

/// A named set of places.
#[derive(Debug, Clone)]
pub struct PointLayer {
    /// Its id; no geography has the same.
    pub id: String,
    /// Its name, in the plural.
    pub name: Text,
    /// The headings of what is published of each place beside its name.
    pub attributes: Vec<String>,
    /// Its points, sorted by name and place.
    pub points: Vec<Point>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    /// What it is called, where the file says so.
    pub name: Option<String>,
    /// Where it is.
    pub place: Place,
    /// What is published of it, in the order of the layer's headings; `None` where the cell is empty.
    pub attributes: Vec<Option<String>>,
}
