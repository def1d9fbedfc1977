//! Pages that work without a script: an area's profile, a view's table, and the view for other sites to frame.
//!
//! They say what the interface says, by the same answers of `tessera-atlas`; what they add are words, from the catalogue `words/en.ftl`.
//! All text goes through `maud`, which escapes it. Like every page they ignore parameters that they do not know.

pub(crate) mod area;
pub(crate) mod columns;
pub(crate) mod document;
pub(crate) mod embed;
pub(crate) mod links;
pub(crate) mod table;
pub(crate) mod table_csv;

mod compared;
mod deprivation;
mod locator;
mod notes;
mod profile;
mod shown;
mod spine;
pub(crate) mod title;
pub(crate) mod words;
