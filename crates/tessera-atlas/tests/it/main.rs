//! Whole atlas folders, read as `tessera check` and `tessera serve` read them.

#![expect(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "helpers of tests")]

mod again;
mod changes;
mod clusters;
mod demo;
mod deprivation;
mod documentation;
mod drawn;
mod editions;
mod faults;
mod finding;
mod fixture;
mod hotspots;
mod inequality;
mod inferred;
mod intervals;
mod joining;
mod places;
mod protection;
mod publishing;
mod real_answers;
mod real_data;
mod real_protection;
mod real_tables;
mod relate;
mod robustness;
mod small_numbers;
mod store;
mod summary;
mod tables;
mod targets;
mod trends;
mod workbook;
