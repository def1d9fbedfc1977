//! Every kind of fault, and how it is told.

mod boundaries;
mod cells;
mod formats;
mod geographies;
mod indicators;
mod layers;
mod manifest;
mod not_yet;
mod notes;
mod suspicions;
mod tables;
mod view;

use insta::assert_snapshot;

use crate::fixture::{Folder, collection};

/// The tiny atlas with a passage of its manifest replaced.
fn manifest(from: &str, to: &str) -> Folder {
    Folder::tiny().replacing("atlas.toml", from, to)
}

/// The tiny atlas with more at the end of its manifest.
fn manifest_and(more: &str) -> Folder {
    Folder::tiny().adding("atlas.toml", more)
}

/// The tiny atlas with other rows in the table of people.
fn people(rows: &str) -> Folder {
    Folder::tiny().with("people.csv", format!("CODE,People\n{rows}"))
}

/// The tiny atlas with other features.
fn boundaries(features: &[String]) -> Folder {
    Folder::tiny().with("areas.geojson", collection(features))
}

/// The tiny atlas with one more indicator, which has no values.
fn indicator(keys: &str) -> Folder {
    manifest_and(&format!("\n[[indicator]]\n{keys}\n"))
}

const RATE: &str = "id = \"r\"\nname = \"Rate\"\nkind = \"rate\"\nper = 1000\ndenominator = \"people\"";

#[test]
fn the_tiny_atlas_has_no_fault() {
    assert_snapshot!(Folder::tiny().problems(), @"");
}
