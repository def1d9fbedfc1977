//! Spatial association: where neighbouring areas are alike, or unlike, beyond chance.
//!
//! [`hotspots`] answers the whole question. What it is made of can be asked for singly:
//!
//! | step | by |
//! |---|---|
//! | who is whose neighbour | [`Weights`] |
//! | the areas with a value, and their neighbours among each other | [`Observations`] |
//! | are neighbours alike at all? | [`global_moran`] |
//! | where? | [`gi_star`], [`local_moran`] |
//! | how often would chance do that? | [`Randomisation`], within the two |
//! | how many of so many tests are chance? | [`benjamini_hochberg`], [`outcome`] |
//! | which areas belong together? | [`groups`](fn@groups) |
//!
//! Answers that speak of areas are in the order of the column, or name areas by their place in it.
//!
//! # Conventions
//!
//! - An area without a value leaves the mean, the standard deviation S, the number of areas n and
//!   every list of neighbours.
//! - An area that then has no neighbour is an island: named, and left without a statistic. Its value
//!   is a value like any other: it stays in mean, S and n, and permutations draw it.
//! - z divides by n where S is meant (Gi*, global Moran) and by n − 1 in local Moran's I, which is what
//!   makes PySAL's Iᵢ equal zᵢ Σⱼ wᵢⱼ zⱼ.
//! - Sums that differ by less than a billionth of S are ties: equal values added in another order
//!   must not look different.

mod conditional;
mod distance;
mod error;
mod false_discovery;
mod getis_ord;
mod global_moran;
mod groups;
mod highest;
mod hotspots;
mod local;
mod local_moran;
mod observations;
mod permutations;
mod random;
mod weights;

pub use error::SpaceError;
pub use false_discovery::{Outcome, benjamini_hochberg, outcome};
pub use getis_ord::gi_star;
pub use global_moran::{GlobalMoran, global_moran};
pub use groups::{Group, groups};
pub use highest::highest;
pub use hotspots::{Findings, Hotspots, Settings, hotspots};
pub use local::{Class, Local, Statistic};
pub use local_moran::local_moran;
pub use observations::{Observations, islands};
pub use permutations::{Permutations, Randomisation};
pub use weights::Weights;
