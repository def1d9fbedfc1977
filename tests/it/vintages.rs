//! An atlas with two vintages of the same kind of area: what they are called, and what a selection becomes.
//!
//! ```text
//!   2011                       2021
//!   +----+----+----+----+      +----+--+--+---------+
//!   | 1  | 2  | 3  | 4  |      | 1  |69|70|   71    |      71 is best fitted to 3: nothing of 2021 lies in 4
//!   +----+----+----+----+      +----+--+--+---------+
//! ```

use crate::harness::Server;
use crate::plain::{page, texts};
use crate::squares::Folder;

const ATLAS: &str = r#"format = 1

[atlas]
id = "vintages"
title = "Two vintages"
place = "Somewhere"
people = ["people"]

[view]
indicator = "need"

[disclosure]
none = "invented numbers"

[[geography]]
id = "lsoa11"
name = "Lower layer Super Output Areas (2011)"
singular = "LSOA"
boundaries = "lsoa11.geojson"
code = "code"
label = "name"

[[geography]]
id = "lsoa21"
name = "Lower layer Super Output Areas (2021)"
singular = "LSOA"
boundaries = "lsoa21.geojson"
code = "code"
label = "name"

[[lookup]]
child = "lsoa21"
parent = "lsoa11"
file = "lookup.csv"
child_code = "new"
parent_code = "old"
fit = "best-fit"

[[indicator]]
id = "need"
name = "Need"
kind = "score"

[[indicator]]
id = "need-2025"
name = "Need in 2025"
kind = "score"

[[indicator]]
id = "people"
name = "People"
kind = "count"

[[table]]
file = "old.csv"
geography = "lsoa11"
code = "code"
period = "2019"
columns = { need = "need", people = "people" }

[[table]]
file = "new.csv"
geography = "lsoa21"
code = "code"
period = "2025"
columns = { need = "need-2025", people = "people" }
"#;

fn boundaries(areas: &[(&str, &str, f64, f64)]) -> String {
    let feature = |(code, name, west, east): &(&str, &str, f64, f64)| {
        let ring = [[*west, 53.0], [*east, 53.0], [*east, 53.1], [*west, 53.1], [*west, 53.0]];
        serde_json::json!({ "type": "Feature", "properties": { "code": code, "name": name },
            "geometry": { "type": "Polygon", "coordinates": [ring] } })
    };
    let features: Vec<_> = areas.iter().map(feature).collect();
    serde_json::json!({ "type": "FeatureCollection", "features": features }).to_string()
}

fn serve() -> (Server, Folder) {
    let folder = Folder::empty();
    folder.write("atlas.toml", ATLAS);
    let old = [
        ("E01000001", "North 001A", -1.4, -1.3),
        ("E01000002", "North 001B", -1.3, -1.2),
        ("E01032483", "South 001A", -1.2, -1.1),
        ("E01032484", "South 001B", -1.1, -1.0),
    ];
    let new = [
        ("E01000001", "North 001A", -1.4, -1.3),
        ("E01033769", "North 001C", -1.3, -1.25),
        ("E01033770", "North 001D", -1.25, -1.2),
        ("E01033771", "South 001C", -1.2, -1.0),
    ];
    folder.write("lsoa11.geojson", &boundaries(&old));
    folder.write("lsoa21.geojson", &boundaries(&new));
    folder.write(
        "lookup.csv",
        "new,old\nE01000001,E01000001\nE01033769,E01000002\nE01033770,E01000002\nE01033771,E01032483\n",
    );
    folder
        .write("old.csv", "code,need,people\nE01000001,1,1000\nE01000002,2,1100\nE01032483,3,1200\nE01032484,4,1300\n");
    folder.write("new.csv", "code,need,people\nE01000001,5,1050\nE01033769,6,600\nE01033770,7,650\nE01033771,8,2600\n");
    (folder.serve(), folder)
}

#[test]
fn geographies_of_one_kind_are_told_apart_by_their_years() {
    let (server, _folder) = serve();
    let catalog = server.json("/api/v1/{edition}/catalog");
    let called = |i: usize, member: &str| catalog["geographies"][i][member].as_str().unwrap().to_owned();
    assert_eq!((called(0, "singular"), called(0, "distinct_singular")), ("LSOA".into(), "LSOA of 2011".into()));
    assert_eq!((called(1, "plural"), called(1, "distinct_plural")), ("LSOAs".into(), "LSOAs of 2021".into()));
    let located = server.json("/api/v1/{edition}/locate?lon=-1.28&lat=53.05");
    assert_eq!(located["sentence"], "This place is in North 001B (LSOA of 2011) and North 001C (LSOA of 2021).");
}

#[test]
fn a_geography_alone_of_its_kind_is_called_by_its_kind() {
    let folder = Folder::squares();
    let catalog = folder.serve().json("/api/v1/{edition}/catalog");
    for geography in catalog["geographies"].as_array().unwrap() {
        assert_eq!(geography["distinct_singular"], geography["singular"]);
        assert_eq!(geography["distinct_plural"], geography["plural"]);
    }
}

#[test]
fn a_page_follows_its_selection_to_the_vintage_that_is_shown() {
    let (server, _folder) = serve();
    let all = "E01000001,E01000002,E01032483,E01032484";
    let moved = "Your selection moved with you from 3 LSOAs of 2011 to 4 LSOAs of 2021.";
    let dropped = "South 001B has no counterpart among LSOAs of 2021 and was let go.";

    let document = page(&server, &format!("/table?indicator=need-2025&geography=lsoa11&areas={all}"));
    let elsewhere = "Need in 2025 is not published for LSOAs of 2011; shown for LSOAs of 2021.";
    assert_eq!(texts(&document, ".notice"), [elsewhere, moved, dropped]);
    assert_eq!(texts(&document, "caption")[0], "The 4 selected areas");
    // Codes that an address says to be of the other vintage go the same way, packed ones too; groups are of what is shown.
    let document = page(&server, "/table?indicator=need-2025&areas=lsoa11:E01000001*A,lsoa11:E01032484,class:1,E99");
    let moved = "Your selection moved with you from 2 LSOAs of 2011 to 3 LSOAs of 2021.";
    let left_out = "Not among the LSOAs of 2021 of this edition, so left out: E99.";
    assert_eq!(texts(&document, ".notice"), [moved, dropped, left_out]);
    assert_eq!(texts(&document, "caption")[0], "The 3 selected areas");
}

#[test]
fn areas_of_a_geography_with_values_stay_beside_the_others() {
    let (server, _folder) = serve();
    let document = page(&server, "/table?indicator=people&geography=lsoa21&areas=lsoa11:E01000002");
    assert_eq!(texts(&document, ".notice"), [""; 0]);
    assert_eq!(texts(&document, "h2")[0], "Compared");
    assert!(texts(&document, "a").iter().any(|link| link == "North 001B"));
}
