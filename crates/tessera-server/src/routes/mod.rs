//! One file per resource: its query, its answer, its handler.

pub(crate) mod areas;
pub(crate) mod atlas;
pub(crate) mod catalog;
pub(crate) mod change;
pub(crate) mod classes;
pub(crate) mod compare;
pub(crate) mod deprivation;
pub(crate) mod description;
pub(crate) mod health;
pub(crate) mod hotspots;
pub(crate) mod inequality;
pub(crate) mod layers;
pub(crate) mod locate;
pub(crate) mod neighbours;
pub(crate) mod page;
mod points;
pub(crate) mod profile;
pub(crate) mod relate;
pub(crate) mod significance;
pub(crate) mod summary;
pub(crate) mod tiles;
pub(crate) mod trend;
pub(crate) mod values;

use serde::Deserialize;

/// The query of a route that reads no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoParameters {}
