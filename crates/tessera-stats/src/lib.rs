//! Statistics of small areas, for maps and for anyone else who has a column of numbers.
//!
//! Everything here is pure and synchronous: slices in, structs out, `f64` throughout, nothing read
//! or written. The crate knows nothing of polygons, files or HTTP. A column is a
//! `&[Option<f64>]` in the order of its areas; `None` is an area without a value, which is
//! left out of every computation and is never taken for zero.
//!
//! | module | what it answers |
//! |---|---|
//! | [`classes`] | which values share a colour, and where one colour ends and the next begins |
//! | [`histogram`](mod@histogram) | how many areas have which values |
//! | [`decimal`] | sums and differences without what binary fractions add to them |
//! | [`mean`](mod@mean) | sums, means, population-weighted means and rates of several areas together |
//! | [`spread`] | how far values lie from their mean |
//! | [`quantile`] | the value below which a given part of the areas lie |
//! | [`rank`] | the place of an area among the others |
//! | [`smooth`] | rates of small populations, drawn towards those of others |
//! | [`space`] | where neighbouring areas are alike beyond chance, and how sure that is |
//! | [`intervals`] | how far chance alone could have moved a value |
//! | [`comparison`] | whether an area differs from a benchmark by more than chance |
//! | [`trend`] | whether five years went up or down |
//! | [`relation`](mod@relation) | whether two indicators go together |
//! | [`inequality`](mod@inequality) | how a value changes from the most to the least deprived areas |
//! | [`deprivation`] | the summary measures of an index of deprivation for larger areas |
//!
//! Each function names its source and the convention that it follows (type of quantile, closed end
//! of a class, treatment of ties), because most disagreements between two maps of the same figures
//! are disagreements about a convention.

pub mod classes;
pub mod comparison;
pub mod decimal;
pub mod deprivation;
pub mod histogram;
pub mod inequality;
pub mod intervals;
pub mod mean;
pub mod quantile;
pub mod rank;
pub mod relation;
pub mod smooth;
pub mod space;
pub mod spread;
pub mod trend;

mod double;
mod polarity;
mod summation;

pub use polarity::Polarity;
