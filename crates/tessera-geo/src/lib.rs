//! Boundaries of small areas: read them, check them, share their borders, and draw, merge, find,
//! measure and tile them.
//!
//! Everything starts with a [`Reading`] of a boundary file ([`read_boundaries`]: GeoJSON, TopoJSON, shapefiles,
//! GeoPackage, GeoParquet, and archives of them) and goes through its [`Topology`], in which a border between two
//! areas is stored once; through [`snap()`] first, where borders only nearly agree. Places are integers of 1e-7 degrees
//! (see [`place`]), so that equality is exact and every result is reproducible.
//!
//! ```
//! use tessera_geo::{Contiguity, Locator, Place, Topology, read_geojson, write_geometry};
//!
//! // Two squares side by side.
//! let file = br#"{ "type": "FeatureCollection", "features": [
//!     { "type": "Feature", "properties": { "CODE": "W" }, "geometry": { "type": "Polygon",
//!       "coordinates": [[[-2.0, 52.0], [-1.9, 52.0], [-1.9, 52.1], [-2.0, 52.1], [-2.0, 52.0]]] } },
//!     { "type": "Feature", "properties": { "CODE": "E" }, "geometry": { "type": "Polygon",
//!       "coordinates": [[[-1.9, 52.0], [-1.8, 52.0], [-1.8, 52.1], [-1.9, 52.1], [-1.9, 52.0]]] } } ] }"#;
//! let reading = read_geojson(file, "CODE", None)?;
//! assert!(reading.problems.is_empty());
//!
//! let shapes: Vec<_> = reading.boundaries.into_iter().map(|boundary| boundary.shape).collect();
//! let topology = Topology::build(&shapes);
//! assert_eq!(topology.neighbours(Contiguity::Rook).of(0), [1]);
//!
//! let both = topology.dissolve(&[Some(0), Some(0)], 1);
//! assert_eq!(both.shape(0).polygons.len(), 1);
//!
//! let place = Place::from_degrees(-1.85, 52.05).unwrap();
//! assert_eq!(Locator::new(&topology).locate(place), [1]);
//!
//! let mut json = Vec::new();
//! write_geometry(&topology.generalise(8.0).topology.shape(0), &mut json);
//! # Ok::<(), tessera_geo::ReadError>(())
//! ```
//!
//! The crate knows nothing of indicators or of the network, and does no input or output of its own. Features are checked on
//! all processors.
//! Not covered: areas that cross the antimeridian.

mod beside;
pub mod check;
mod cover;
pub mod crs;
pub mod dissolve;
pub mod generalise;
pub mod geojson;
pub mod locate;
pub mod measures;
mod mercator;
pub mod neighbours;
pub mod overlap;
pub mod place;
pub mod read;
mod segment;
pub mod shape;
pub mod snap;
pub mod tiles;
pub mod topology;
pub mod write;

#[cfg(test)]
mod testing;

pub use check::{BoundaryProblem, Change, Reading, Repair};
pub use crs::{Crs, CrsError, Projection, UnknownCrs};
pub use generalise::Generalised;
pub use geojson::read_geojson;
pub use locate::Locator;
pub use measures::{area_km2, centroid, label_point};
pub use neighbours::{Contiguity, Neighbours};
pub use overlap::{Overlap, overlaps};
pub use place::{Bbox, Place};
pub use read::{ReadError, ReadOptions, Source, read_boundaries};
pub use shape::{Boundary, Polygon, Shape};
pub use snap::{Mismatch, SnapReport, snap};
pub use topology::{Arc, ArcPolygon, ArcRef, NotATopology, Topology};
pub use write::{to_wkb, write_geometry};
