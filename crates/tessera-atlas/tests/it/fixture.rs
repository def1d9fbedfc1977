//! A tiny atlas, drawn by hand:
//!
//! ```text
//!  52.2 ┌────────┬────────┐
//!       │   A3   │   A4   │    west and east: two districts,
//!  52.1 ├────────┼────────┤    W with A1 and A3, E with A2 and A4
//!       │   A1   │   A2   │
//!  52.0 └────────┴────────┘    people: 100, 300, 200, 400
//!     -2.0     -1.9     -1.8
//! ```

use std::fs;
use std::path::Path;
use std::sync::Arc;

use tempfile::TempDir;
use tessera_atlas::column::Column;
use tessera_atlas::{AtlasView, Audience, Edition, Report, read_atlas};

/// The manifest of the tiny atlas.
pub(crate) const MANIFEST: &str = r#"format = 1

[atlas]
id = "tiny"
title = "Tiny atlas"
place = "Tinyshire"
people = ["people"]

[disclosure]
none = "invented numbers"

[[geography]]
id = "area"
name = "Areas"
singular = "area"
boundaries = "areas.geojson"
code = "CODE"
label = "NAME"

[[geography]]
id = "district"
name = "Districts"
singular = "district"
dissolve = "area"

[[lookup]]
child = "area"
parent = "district"
file = "lookup.csv"
child_code = "CODE"
parent_code = "DISTRICT"
parent_label = "DISTRICT_NAME"

[[indicator]]
id = "people"
name = "People"
kind = "count"

[[table]]
file = "people.csv"
geography = "area"
code = "CODE"
period = "2019"
[table.columns]
"People" = "people"
"#;

/// The areas: code, west and south.
pub(crate) const SQUARES: [(&str, f64, f64); 4] =
    [("A1", -2.0, 52.0), ("A2", -1.9, 52.0), ("A3", -2.0, 52.1), ("A4", -1.9, 52.1)];

const LOOKUP: &str = "CODE,DISTRICT,DISTRICT_NAME\nA1,W,West\nA2,E,East\nA3,W,West\nA4,E,East\n";
const PEOPLE: &str = "CODE,People\nA1,100\nA2,300\nA3,200\nA4,400\n";

/// An atlas folder that tests write into.
pub(crate) struct Folder(TempDir);

impl Folder {
    /// The tiny atlas.
    pub(crate) fn tiny() -> Folder {
        let folder = Folder(tempfile::tempdir().unwrap());
        folder
            .with("atlas.toml", MANIFEST)
            .with("areas.geojson", squares())
            .with("lookup.csv", LOOKUP)
            .with("people.csv", PEOPLE)
    }

    /// Writes a file.
    pub(crate) fn with(self, path: &str, content: impl AsRef<[u8]>) -> Folder {
        let full = self.0.path().join(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, content).unwrap();
        self
    }

    /// Replaces a passage of a file, which must be there.
    pub(crate) fn replacing(self, path: &str, from: &str, to: &str) -> Folder {
        let text = fs::read_to_string(self.0.path().join(path)).unwrap();
        assert!(text.contains(from), "`{from}` is not in {path}");
        self.with(path, text.replacen(from, to, 1))
    }

    /// Adds to the end of a file.
    pub(crate) fn adding(self, path: &str, more: &str) -> Folder {
        let text = fs::read_to_string(self.0.path().join(path)).unwrap_or_default();
        self.with(path, text + more)
    }

    /// Adds an indicator and a table of its values for the areas: CSV rows of code and the cells of `headings`.
    pub(crate) fn with_indicator(self, indicator: &str, columns: &str, csv: &str) -> Folder {
        let table = "[[table]]\nfile = \"values.csv\"\ngeography = \"area\"\ncode = \"CODE\"\nperiod = \"2019\"\n";
        self.adding("atlas.toml", &format!("\n[[indicator]]\n{indicator}\n\n{table}[table.columns]\n{columns}\n"))
            .with("values.csv", csv)
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn read(&self) -> (Option<Edition>, Report) {
        read_atlas(self.path())
    }

    /// Opens an atlas that must be without errors.
    pub(crate) fn open(&self) -> AtlasView {
        let (edition, report) = self.read();
        let Some(edition) = edition else { panic!("{}", told(&report)) };
        AtlasView::open(Arc::new(edition), Audience::Public)
    }

    pub(crate) fn id(&self) -> String {
        self.open().id().to_string()
    }

    /// Every problem as it is told.
    pub(crate) fn problems(&self) -> String {
        told(&self.read().1)
    }
}

/// The problems of a report, as text.
pub(crate) fn told(report: &Report) -> String {
    report.problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n\n")
}

/// A column of an atlas.
pub(crate) fn column(view: &AtlasView, geography: &str, indicator: &str, period: &str) -> Arc<Column> {
    let geography = view.geography(geography).unwrap();
    let indicator = view.indicator(indicator).unwrap();
    view.column(geography, indicator, period.parse().unwrap()).unwrap().unwrap()
}

/// The aggregate of a whole atlas.
pub(crate) fn overall(view: &AtlasView, indicator: &str, period: &str) -> Option<f64> {
    view.overall(view.indicator(indicator).unwrap(), period.parse().unwrap()).unwrap()?.values[0]
}

/// The boundaries of the tiny atlas.
pub(crate) fn squares() -> String {
    collection(&SQUARES.map(|(code, west, south)| square(code, west, south)))
}

/// A feature collection.
pub(crate) fn collection(features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(",\n"))
}

/// A square of a tenth of a degree.
pub(crate) fn square(code: &str, west: f64, south: f64) -> String {
    let (east, north) = (((west + 0.1) * 10.0).round() / 10.0, ((south + 0.1) * 10.0).round() / 10.0);
    feature(code, &format!("[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]"))
}

/// A feature with one ring.
pub(crate) fn feature(code: &str, ring: &str) -> String {
    format!(
        r#"{{"type":"Feature","properties":{{"CODE":"{code}","NAME":"Area {code}"}},"geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}"#
    )
}
