//! Agreement with other programs: `tests/reference/README.md` says which, and how their answers were made.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod classes;
mod columns;
mod in_r;
mod inference;
mod space;

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A file of answers.
#[derive(Deserialize)]
struct Made<T> {
    answers: T,
}

/// What a question was about: made-up values, or a column of the demo atlas.
#[derive(Deserialize)]
#[serde(untagged)]
enum Input {
    Values { values: Vec<f64> },
    Column { file: String, column: String },
}

impl Input {
    fn column(&self) -> Vec<Option<f64>> {
        match self {
            Self::Values { values } => column(values),
            Self::Column { file, column } => demo_column(file, column),
        }
    }
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn answers<T: DeserializeOwned>(file: &str) -> T {
    let text = std::fs::read_to_string(repository().join("tests/reference").join(file)).unwrap();
    serde_json::from_str::<Made<T>>(&text).unwrap().answers
}

fn column(values: &[f64]) -> Vec<Option<f64>> {
    values.iter().copied().map(Some).collect()
}

fn demo_column(file: &str, heading: &str) -> Vec<Option<f64>> {
    let mut reader = csv::Reader::from_path(repository().join(file)).unwrap();
    let index = reader.headers().unwrap().iter().position(|field| field == heading).unwrap();
    reader.records().map(|record| record.unwrap()[index].parse().ok()).collect()
}

/// The same to one part in 10⁹, or to 10⁻⁹ for numbers below one.
#[track_caller]
fn assert_close(ours: f64, theirs: f64, what: &str) {
    assert!((ours - theirs).abs() <= 1e-9 * theirs.abs().max(1.0), "{what}: {ours}, expected {theirs}");
}

#[track_caller]
fn assert_all_close(ours: &[f64], theirs: &[f64], what: &str) {
    assert_eq!(ours.len(), theirs.len(), "{what}: {ours:?}, expected {theirs:?}");
    for (ours, theirs) in ours.iter().zip(theirs) {
        assert_close(*ours, *theirs, what);
    }
}
