//! An atlas with two vintages of the same kind of area, `tests/vintages`: what they are called, and what a selection becomes.

use crate::harness::Server;
use crate::plain::{page, texts};
use crate::squares::Folder;

/// What `tests/vintages` holds.
fn serve() -> (Server, Folder) {
    let folder = Folder::copy_of("tests/vintages");
    (folder.serve(), folder)
}

#[test]
fn geographies_of_one_kind_are_told_apart_by_their_years() {
    let (server, _folder) = serve();
    let catalog = server.json("/api/v1/{edition}/catalog");
    let called = |i: usize, member: &str| catalog["geographies"][i][member].as_str().unwrap().to_owned();
    assert_eq!((called(0, "singular"), called(0, "distinct_singular")), ("LSOA".into(), "LSOA of 2011".into()));
    assert_eq!((called(2, "plural"), called(2, "distinct_plural")), ("LSOAs".into(), "LSOAs of 2021".into()));
    let located = server.json("/api/v1/{edition}/locate?lon=-1.97&lat=52.01");
    assert_eq!(
        located["sentence"],
        "This place is in Invented 001B (LSOA of 2011), Northing (district) and Invented 001C (LSOA of 2021)."
    );
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
    let dropped = "Invented 002B has no counterpart among LSOAs of 2021 and was let go.";

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
    assert!(texts(&document, "a").iter().any(|link| link == "Invented 001B"));
}
