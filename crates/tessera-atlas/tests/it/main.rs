//! Whole atlas folders, read as `tessera check` and `tessera serve` read them.

#![expect(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "helpers of tests")]

mod clusters;
mod demo;
mod documentation;
mod editions;
mod faults;
mod fixture;
mod joining;
mod places;
mod protection;
mod publishing;
mod real_data;
mod real_protection;
mod real_tables;
mod robustness;
mod small_numbers;
mod store;
mod tables;
mod targets;
mod workbook;
