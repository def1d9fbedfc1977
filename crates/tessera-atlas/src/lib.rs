//! What an atlas is: a folder with a manifest, boundaries and tables, and the edition that is published from it.
//!
//! [`read_atlas`] reads a folder, checks and joins everything in it, and gives an [`Edition`] or says precisely why not.
//! An edition is read through an [`AtlasView`], as one audience may see it; [`classes`], [`compare`], [`summary`],
//! [`trend`], [`hotspots`], [`relate`], [`inequality`], [`profile`], [`search`] and [`finding`] answer the questions that a
//! screen asks of it.
//!
//! The crate knows nothing of HTTP and of drawing.
#![expect(clippy::result_large_err, reason = "a Problem is made rarely and told to a person")]

pub mod catalogue;
pub mod cell;
pub mod change;
pub mod classes;
pub mod codes;
pub mod column;
mod compact;
pub mod compare;
pub mod counterparts;
pub mod deprivation;
pub mod drawn;
pub mod edition;
pub mod filter;
pub mod finding;
pub mod folder;
mod generalised;
pub mod geography;
pub mod histogram;
pub mod hotspots;
pub mod import;
pub mod inequality;
pub mod intervals;
pub mod kinds;
pub mod locate;
pub mod manifest;
pub mod note;
pub mod packed;
pub mod packing;
pub mod period;
pub mod points;
pub mod postcode;
pub mod problem;
pub mod profile;
pub mod progress;
pub mod protect;
pub mod quartiles;
pub mod relate;
pub mod remarks;
pub mod search;
pub mod sets;
pub mod significance;
pub mod store;
pub mod summary;
mod summed;
pub mod table;
pub mod target;
mod tenths;
pub mod text;
pub mod tiles;
pub mod trend;
pub mod verdicts;
pub mod view;
pub mod whereabouts;
pub mod words;

mod adding;
mod apart;
mod audit;
mod by_place;
mod bytes;
mod cache;
mod canonical;
mod parallel;
mod weights;

pub use edition::{Edition, EditionId};
pub use folder::SourceFile;
pub use import::{
    Before, Building, Built, HardSet, Ledger, Protection, Report, atlas_id, build_edition, judge_atlas, read_atlas,
    read_atlas_beside,
};
pub use view::{AtlasView, Audience};
