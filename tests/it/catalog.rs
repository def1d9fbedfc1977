//! `GET /api/v1/{edition}/catalog`

use std::collections::BTreeSet;

use insta::assert_json_snapshot;
use serde_json::{Value, json};

use crate::demo::column;
use crate::harness::{demo, shown, texts};
use crate::squares;

const CATALOG: &str = "/api/v1/{edition}/catalog";

#[test]
fn the_catalogue_says_what_there_is_of_what_and_when() {
    assert_json_snapshot!(shown(&demo().json(CATALOG)));
}

#[test]
fn every_kind_of_indicator_and_a_geography_without_shape_are_described() {
    let (server, _folder) = squares::serve();
    let catalog = server.json(CATALOG);
    let indicators = catalog["indicators"].as_array().unwrap();
    let shown: Value =
        indicators.iter().map(|indicator| (indicator["id"].as_str().unwrap().to_owned(), shown(indicator))).collect();
    assert_json_snapshot!(
        json!({ "geographies": catalog["geographies"], "themes": catalog["themes"], "indicators": shown })
    );
}

#[test]
fn indicators_stand_in_the_order_of_the_manifest() {
    let catalog = demo().json(CATALOG);
    let ids: Vec<&str> =
        catalog["indicators"].as_array().unwrap().iter().map(|indicator| indicator["id"].as_str().unwrap()).collect();
    assert_eq!(ids, column("indicators.csv", "id"));
}

#[test]
fn metadata_are_those_of_the_file_word_for_word() {
    let catalog = demo().json(CATALOG);
    for heading in [
        "name",
        "short",
        "kind",
        "unit",
        "polarity",
        "aggregate",
        "definition",
        "source",
        "source_url",
        "licence",
        "caveat",
        "frequency",
        "opens_at",
    ] {
        let published = column("indicators.csv", heading);
        for (indicator, text) in catalog["indicators"].as_array().unwrap().iter().zip(published) {
            let expected = if text.is_empty() { Value::Null } else { Value::from(text) };
            assert_eq!(indicator[heading], expected, "{heading} of {}", indicator["id"]);
        }
    }
}

#[test]
fn periods_are_listed_per_geography_in_time_order_the_newest_last() {
    let catalog = demo().json(CATALOG);
    let crime = &catalog["indicators"][0];
    for geography in ["lsoa11", "msoa11", "lad11"] {
        assert_eq!(crime["periods"][geography], json!(["2016-07", "2017-07", "2018-07"]), "{geography}");
    }
    let stroke = catalog["indicators"]
        .as_array()
        .unwrap()
        .iter()
        .find(|indicator| indicator["id"] == "stroke-admissions")
        .unwrap();
    assert_eq!(stroke["periods"], json!({ "msoa11": ["2017-2019"], "lad11": ["2017-2019"] }), "nothing by LSOA");
}

#[test]
fn every_indicator_stands_in_each_of_its_themes_and_nowhere_else() {
    let (server, _folder) = squares::serve();
    for catalog in [demo().json(CATALOG), server.json(CATALOG)] {
        let mut in_trees = BTreeSet::new();
        collect(&catalog["themes"], &[], &mut in_trees);
        let mut said = BTreeSet::new();
        for indicator in catalog["indicators"].as_array().unwrap() {
            for path in indicator["themes"].as_array().unwrap() {
                said.insert((texts(path).join(" / "), indicator["id"].as_str().unwrap().to_owned()));
            }
        }
        assert_eq!(in_trees, said);
    }
}

fn collect(themes: &Value, above: &[&str], found: &mut BTreeSet<(String, String)>) {
    for theme in themes.as_array().unwrap() {
        let path: Vec<&str> = above.iter().copied().chain([theme["name"].as_str().unwrap()]).collect();
        for id in texts(&theme["indicators"]) {
            found.insert((path.join(" / "), id.to_owned()));
        }
        collect(&theme["themes"], &path, found);
    }
}

#[test]
fn counts_and_extents_of_geographies_are_those_of_their_areas() {
    let server = demo();
    let catalog = server.json(CATALOG);
    for (geography, count) in [("lsoa11", 1388), ("msoa11", 299), ("lad11", 5)] {
        let entry = catalog["geographies"].as_array().unwrap().iter().find(|entry| entry["id"] == geography).unwrap();
        assert_eq!(entry["count"], count);
        let areas = server.json(&format!("/api/v1/{{edition}}/areas/{geography}?fields=bbox"));
        for (side, extreme) in [f64::min, f64::min, f64::max, f64::max].into_iter().enumerate() {
            let of_areas = areas["columns"]["bbox"].as_array().unwrap().iter().map(|bbox| bbox[side].as_f64().unwrap());
            assert_eq!(of_areas.reduce(extreme), entry["bbox"][side].as_f64(), "{geography}");
        }
    }
}

#[test]
fn clusters_points_postcodes_and_targets_are_listed() {
    let folder = squares::Folder::with_extras();
    let catalog = folder.serve().json("/api/v1/{edition}/catalog");
    let quarter = &catalog["geographies"][3];
    assert_eq!(
        (&quarter["id"], &quarter["of"], &quarter["tiling"], &quarter["shape"], &quarter["count"]),
        (&json!("quarter"), &json!("square"), &json!(false), &json!(true), &json!(2))
    );
    assert_eq!(
        catalog["points"],
        json!([{ "id": "schools", "name": "Schools & <em>colleges</em>", "count": 3, "attributes": ["phase"] }])
    );
    assert_eq!(catalog["postcodes"], true);
    let thefts =
        catalog["indicators"].as_array().unwrap().iter().find(|indicator| indicator["id"] == "thefts").unwrap();
    assert_eq!((&thefts["targets"], &thefts["periods"]["quarter"]), (&json!(["2019"]), &json!(["2019"])));
    let (server, _folder) = squares::serve();
    let plain = server.json("/api/v1/{edition}/catalog");
    assert_eq!((&plain["points"], &plain["postcodes"]), (&json!([]), &json!(false)));
    // Whoever asks as themselves is the public.
    assert_eq!(server.json("/api/v1/{edition}/catalog?audience=me"), plain);
    assert_eq!(server.problem("/api/v1/{edition}/catalog?audience=all")["parameter"], "audience");
}
