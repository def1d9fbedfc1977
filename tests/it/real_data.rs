//! A county's real indices of deprivation, held against figures that were published or computed elsewhere. Runs only when
//! `TESSERA_REAL_DATA` names a folder with them: the files are not part of the project.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use crate::harness::{Server, numbers, texts};
use crate::squares::Folder;

const FILE_7: &str = "indicators/imd/by_authority/iod2019_file7_worcestershire.csv";

const ATLAS: &str = r#"
format = 1

[atlas]
id = "worcestershire"
title = "Worcestershire"
people = ["population"]

[disclosure]
none = "Published official statistics."

[[geography]]
id = "lsoa11"
name = "Lower layer Super Output Areas (2011)"
singular = "LSOA"
boundaries = "lsoa11.geojson"
code = "LSOA11CD"
label = "LSOA11NM"

[[geography]]
id = "lad19"
name = "Districts"
singular = "district"
dissolve = "lsoa11"

[[lookup]]
child = "lsoa11"
parent = "lad19"
file = "lookup.csv"
child_code = "LSOA11CD"
parent_code = "LAD19CD"
parent_label = "LAD19NM"

[[indicator]]
id = "imd-score"
name = "Index of Multiple Deprivation score"
kind = "score"
polarity = "high-is-bad"
aggregate = "weighted-mean"
weight = "population"

[[indicator]]
id = "imd-decile"
name = "Index of Multiple Deprivation decile"
kind = "decile"
polarity = "high-is-good"

[[indicator]]
id = "population"
name = "Population"
kind = "count"

[[table]]
file = "file7.csv"
geography = "lsoa11"
code = "LSOA code (2011)"
period = "2019"
[table.columns]
"Index of Multiple Deprivation (IMD) Score" = "imd-score"
"Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)" = "imd-decile"
"POPULATION" = "population"
"#;

/// The county served, where its files are at hand.
fn worcestershire() -> Option<(Server, Folder, PathBuf)> {
    let Some(data) = std::env::var_os("TESSERA_REAL_DATA").map(PathBuf::from) else {
        println!("skipped: TESSERA_REAL_DATA is not set");
        return None;
    };
    let folder = Folder::empty();
    for (from, to) in [
        ("boundaries/lsoa11/worcestershire.geojson", "lsoa11.geojson"),
        (FILE_7, "file7.csv"),
        ("lookups/by_authority/lsoa11_all_geographies_worcestershire.csv", "lookup.csv"),
    ] {
        fs::copy(data.join(from), folder.path().join(to)).unwrap();
    }
    let headings = folder.read("file7.csv").lines().next().unwrap().to_owned();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(headings.as_bytes());
    let headings = reader.records().next().unwrap().unwrap();
    let population = headings.iter().find(|heading| heading.starts_with("Total population")).unwrap();
    folder.write("atlas.toml", &ATLAS.replace("POPULATION", population));
    Some((folder.serve(), folder, data))
}

#[test]
fn a_countys_classes_are_those_of_an_independent_program() {
    let Some((server, _folder, _)) = worcestershire() else { return };
    let classes = server.json("/api/v1/{edition}/classes/lsoa11/imd-score?method=quantile&k=5");
    let breaks = numbers(&classes["breaks"]);
    for (actual, expected) in breaks[1..5].iter().zip([8.0344, 11.9720, 17.7594, 26.6036]) {
        assert!((actual.unwrap() - expected).abs() < 1e-4, "{actual:?} is not {expected}");
    }
    assert_eq!(classes["n"], 364);
}

#[test]
fn eighteen_areas_are_in_the_most_deprived_tenth_of_england() {
    let Some((server, _folder, _)) = worcestershire() else { return };
    let classes = server.json("/api/v1/{edition}/classes/lsoa11/imd-decile");
    assert_eq!(
        (&classes["counts"][0], &classes["k"], &classes["method"]),
        (&18.into(), &10.into(), &"published".into())
    );
    let sentence = classes["sentence"].as_str().unwrap();
    assert!(sentence.contains(": 18 of the 364 LSOAs in "), "{sentence}");
}

#[test]
fn a_published_score_is_served_digit_for_digit() {
    let Some((server, _folder, data)) = worcestershire() else { return };
    let text = server.get("/api/v1/{edition}/values/lsoa11/imd-score.csv").text();
    assert!(text.lines().any(|line| line.starts_with("E01032332,") && line.ends_with(",2019,76.145,")), "{text}");
    let mut published = csv::Reader::from_path(data.join(FILE_7)).unwrap();
    let published: BTreeMap<String, f64> = published
        .records()
        .map(|record| record.unwrap())
        .map(|record| (record[0].to_owned(), record[4].parse().unwrap()))
        .collect();
    let served: BTreeMap<String, f64> = csv::Reader::from_reader(text.as_bytes())
        .records()
        .map(|record| record.unwrap())
        .map(|record| (record[0].to_owned(), record[3].parse().unwrap()))
        .collect();
    assert_eq!(served, published);
}

#[test]
fn average_scores_of_districts_are_the_published_ones() {
    let Some((server, _folder, _)) = worcestershire() else { return };
    let values = server.json("/api/v1/{edition}/values/lad19/imd-score");
    let areas = server.json("/api/v1/{edition}/areas/lad19?fields=name");
    let averages: BTreeMap<&str, Option<f64>> =
        texts(&areas["columns"]["name"]).into_iter().zip(numbers(&values["periods"]["2019"]["values"])).collect();
    for (district, expected) in [
        ("Redditch", 22.52),
        ("Wyre Forest", 22.44),
        ("Worcester", 20.41),
        ("Malvern Hills", 16.07),
        ("Wychavon", 15.77),
        ("Bromsgrove", 11.70),
    ] {
        let actual = averages[district].unwrap();
        assert!((actual - expected).abs() < 0.006, "{district}: {actual} is not {expected}");
    }
}

#[test]
fn published_label_points_are_found_in_their_areas() {
    let Some((server, folder, _)) = worcestershire() else { return };
    let boundaries: serde_json::Value = serde_json::from_str(&folder.read("lsoa11.geojson")).unwrap();
    for feature in boundaries["features"].as_array().unwrap().iter().step_by(9) {
        let properties = &feature["properties"];
        let located =
            server.json(&format!("/api/v1/{{edition}}/locate?lon={}&lat={}", properties["LONG"], properties["LAT"]));
        assert_eq!(located["areas"][0]["code"], properties["LSOA11CD"]);
        assert_eq!(located["areas"].as_array().unwrap().len(), 2);
    }
}
