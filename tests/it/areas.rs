//! `GET /api/v1/{edition}/areas/{geography}`

use std::collections::BTreeMap;

use insta::assert_json_snapshot;
use serde_json::{Value, json};

use crate::demo::{by_code, column};
use crate::formats::{decoded, opened};
use crate::harness::{assert_close, demo, encoded, numbers, shown, texts};
use crate::squares;

fn areas(query: &str) -> Value {
    demo().json(&format!("/api/v1/{{edition}}/areas/{query}"))
}

fn codes(answer: &Value) -> Vec<String> {
    answer["areas"].as_array().unwrap().iter().map(|area| area["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_area_has_names_parents_and_a_place() {
    assert_json_snapshot!(shown(&areas("lsoa11?within=msoa11:E02006875")));
}

#[test]
fn areas_are_sorted_by_code_and_none_is_missing() {
    let mut expected = column("census2011.csv", "LSOA11CD");
    expected.sort();
    let answer = areas("lsoa11");
    assert_eq!(codes(&answer), expected);
    assert_eq!(answer["count"], 1388);
}

#[test]
fn parents_are_those_of_the_lookups() {
    let answer = areas("lsoa11?fields=code,parents");
    for (parent, heading, file) in
        [("msoa11", "MSOA11CD", "lookups/lsoa11-msoa11.csv"), ("lad11", "LAD11CD", "lookups/lsoa11-lad11.csv")]
    {
        let published = by_code(file, "LSOA11CD", heading);
        let expected: Vec<&str> = published.values().map(String::as_str).collect();
        assert_eq!(texts(&answer["columns"]["parents"][parent]), expected);
    }
}

#[test]
fn parents_are_named_by_the_lookup() {
    let published = by_code("lookups/lsoa11-msoa11.csv", "MSOA11CD", "MSOA11NM");
    let answer = areas("msoa11?fields=code,name");
    assert_eq!(texts(&answer["columns"]["code"]), published.keys().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(texts(&answer["columns"]["name"]), published.values().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn fields_answers_the_same_as_columns_and_only_those_asked_for() {
    let rows = areas("msoa11");
    let columns = areas("msoa11?fields=code,name,local_name,parents,centroid,label_point,bbox,area_km2,notes");
    assert_eq!(columns["count"], 299);
    assert_eq!(columns.get("areas"), None);
    for (position, row) in rows["areas"].as_array().unwrap().iter().enumerate() {
        for (name, value) in row.as_object().unwrap() {
            let column = &columns["columns"][name];
            let in_column = if name == "parents" {
                json!({ "lad11": column["lad11"][position] })
            } else {
                column[position].clone()
            };
            assert_eq!(&in_column, value, "{name} of {}", row["code"]);
        }
    }
    let few = areas("msoa11?fields=name,code");
    assert_eq!(few["columns"].as_object().unwrap().len(), 2);
}

#[test]
fn places_of_an_area_lie_in_its_box_and_its_label_inside_it() {
    let server = demo();
    for (geography, step) in [("lsoa11", 40), ("msoa11", 20), ("lad11", 1)] {
        let answer = areas(geography);
        for area in answer["areas"].as_array().unwrap() {
            let (bbox, label) = (numbers(&area["bbox"]), numbers(&area["label_point"]));
            for point in [&label, &numbers(&area["centroid"])] {
                assert!(
                    bbox[0] <= point[0] && point[0] <= bbox[2] && bbox[1] <= point[1] && point[1] <= bbox[3],
                    "{area}"
                );
            }
        }
        for area in answer["areas"].as_array().unwrap().iter().step_by(step) {
            let label = &area["label_point"];
            let located = server.json(&format!("/api/v1/{{edition}}/locate?lon={}&lat={}", label[0], label[1]));
            assert!(located["areas"].as_array().unwrap().iter().any(|found| found["code"] == area["code"]), "{area}");
        }
    }
}

#[test]
fn the_compact_form_says_to_a_metre_where_areas_lie() {
    const METRE: f64 = 0.000_01;
    for geography in ["lsoa11", "lad11"] {
        let answer = demo().get(&format!("/api/v1/{{edition}}/areas/{geography}.bin"));
        let (header, mut planes) = opened(&answer.body, b"TSP1");
        let count = header["count"].as_u64().unwrap() as usize;
        let columns: BTreeMap<&str, Vec<f64>> = header["columns"]
            .as_array()
            .unwrap()
            .iter()
            .map(|column| {
                let numbers = decoded(column, count, &mut planes).into_iter().map(Option::unwrap).collect();
                (column["field"].as_str().unwrap(), numbers)
            })
            .collect();
        assert!(planes.is_empty(), "nothing follows");
        let json = areas(geography);
        let areas = json["areas"].as_array().unwrap();
        assert_eq!(areas.len(), count);
        for (position, area) in areas.iter().enumerate() {
            let [lon, lat] = ["label_lon", "label_lat"].map(|field| columns[field][position]);
            let own = |field: &str| columns[field][position];
            let (label, centroid) = (numbers(&area["label_point"]), numbers(&area["centroid"]));
            let exact = [label, centroid].concat().into_iter().map(Option::unwrap);
            for (exact, own) in exact.zip([lon, lat, lon + own("centroid_lon"), lat + own("centroid_lat")]) {
                assert!((exact - own).abs() < METRE, "{area}: {exact} and {own}");
            }
            let bbox = numbers(&area["bbox"]).into_iter().map(Option::unwrap);
            let beyond = [lon + own("west"), lat + own("south"), lon + own("east"), lat + own("north")];
            for ((exact, own), outwards) in bbox.zip(beyond).zip([-1.0, -1.0, 1.0, 1.0]) {
                let by = (own - exact) * outwards;
                assert!((-METRE / 1000.0..2.0 * METRE).contains(&by), "{area}: {exact} and {own}");
            }
        }
    }
    let refused = demo().get("/api/v1/{edition}/areas/lsoa11.bin?q=leeds");
    assert_eq!(refused.status, 400);
}

#[test]
fn joined_areas_are_as_large_as_their_parts() {
    let total = |geography: &str| -> f64 {
        numbers(&areas(&format!("{geography}?fields=area_km2"))["columns"]["area_km2"]).into_iter().flatten().sum()
    };
    let of_parts = total("lsoa11");
    assert_close(total("msoa11"), of_parts);
    assert_close(total("lad11"), of_parts);
    // The five districts cover 2,029 square kilometres; the outlines are super generalised.
    assert!((2010.0..2050.0).contains(&of_parts), "{of_parts}");
}

#[test]
fn a_search_forgives_case_and_small_typing_errors() {
    for text in ["leeds 111b", "LEEDS 111B", "leds 111b", "e01033010", "Leeds 111B "] {
        assert_eq!(codes(&areas(&format!("lsoa11?q={}", encoded(text)))), ["E01033010"], "{text}");
    }
}

#[test]
fn a_search_answers_twenty_areas_at_most_the_best_first() {
    let found = areas("lsoa11?q=leeds");
    assert_eq!((codes(&found).len(), &found["count"]), (20, &json!(20)));
    assert_eq!(areas("lad11?q=leeds")["areas"][0]["name"], "Leeds");
    assert_eq!(areas("msoa11?q=leeds%20111")["areas"][0]["name"], "Leeds 111");
}

#[test]
fn a_search_for_nothing_or_for_no_area_finds_nothing() {
    for text in ["", "%20", "zzzzzz", "%3Cscript%3E"] {
        assert_eq!(areas(&format!("lsoa11?q={text}"))["areas"], json!([]), "{text}");
    }
}

#[test]
fn a_search_finds_local_names_and_names_of_any_script() {
    let (server, _folder) = squares::serve();
    for (text, code) in
        [("gorse", "SE"), ("@Gorse Hill", "SE"), ("=1+1", "SE"), ("צפון", "NE"), ("</h1>", "SW"), ("north, west", "NW")]
    {
        let found = server.json(&format!("/api/v1/{{edition}}/areas/square?q={}", encoded(text)));
        assert_eq!(found["areas"][0]["code"], code, "{text}");
    }
}

#[test]
fn within_keeps_the_areas_of_a_parent_also_in_a_search_and_as_columns() {
    let districts = by_code("lookups/lsoa11-lad11.csv", "LSOA11CD", "LAD11CD");
    let of_leeds: Vec<&String> =
        districts.iter().filter(|(_, district)| *district == "E08000035").map(|(code, _)| code).collect();
    assert_eq!(codes(&areas("lsoa11?within=lad11:E08000035")).iter().collect::<Vec<_>>(), of_leeds);
    assert_eq!(areas("lsoa11?within=lad11:E08000035&fields=code")["count"], 482);
    assert_eq!(areas("lsoa11?within=lad11:E08000035&q=bradford%20001a")["count"], 0);
    assert_eq!(codes(&areas("lad11?within=lad11:E08000035")), ["E08000035"]);
}

#[test]
fn a_comparator_without_shape_has_no_place() {
    let (server, _folder) = squares::serve();
    assert_json_snapshot!(shown(&server.json("/api/v1/{edition}/areas/country")));
}

#[test]
fn names_and_remarks_are_given_as_they_stand_in_the_files() {
    let (server, _folder) = squares::serve();
    let answer = server.json("/api/v1/{edition}/areas/square");
    for (area, (code, name)) in answer["areas"].as_array().unwrap().iter().zip(squares::SQUARES) {
        assert_eq!((area["code"].as_str(), area["name"].as_str()), (Some(code), Some(name)));
    }
    assert_eq!(answer["areas"][2]["local_name"], "@Gorse Hill");
    assert_eq!(answer["areas"][3]["notes"], json!(["<b>Flooded</b> in 2019"]), "the other remark is on a value");
}

#[test]
fn what_cannot_be_read_is_refused() {
    let server = demo();
    for (query, kind, parameter) in [
        ("lsoa11?fields=code,colour", "bad-parameter", "fields"),
        ("lsoa11?fields=", "bad-parameter", "fields"),
        ("lsoa11?within=E08000035", "bad-parameter", "within"),
        ("lsoa11?within=lad12:E08000035", "unknown-geography", "within"),
        ("lsoa11?within=lad11:E08000099", "unknown-area", "within"),
        ("lad11?within=lsoa11:E01010568", "bad-parameter", "within"),
        ("lsoa12", "unknown-geography", "geography"),
    ] {
        let problem = server.problem(&format!("/api/v1/{{edition}}/areas/{query}"));
        assert_eq!(
            (&problem["type"], &problem["parameter"]),
            (&json!(format!("/problems/{kind}")), &json!(parameter)),
            "{query}"
        );
    }
}
