//! The program from outside: every statement of `docs/api.md` and of the command line, held against the real binary.
//!
//! One module a route. The names of the tests are the specification.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "helpers of tests, which say what they skip"
)]

mod demo;
mod harness;
mod plain;
mod publishing;
mod squares;

mod areas;
mod areas_page;
mod atlas;
mod caching;
mod catalog;
mod change;
mod classes;
mod command_line;
mod compare;
mod crashes;
mod deprivation;
mod documentation;
mod editions;
mod embed;
mod errors;
mod formats;
mod health;
mod hotspots;
mod inequality;
mod layers;
mod limits;
mod links;
mod locate;
#[cfg(target_os = "linux")]
mod memory;
mod neighbours;
mod notice;
mod openapi;
mod operator;
mod page;
mod profile;
mod raw_counts;
mod real_data;
mod relate;
mod restricted;
mod robustness;
mod security;
mod sets;
mod significance;
mod site;
mod summary;
mod table_csv;
mod table_page;
mod tiles;
mod trend;
mod values;
mod vintages;
