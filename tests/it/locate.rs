//! `GET /api/v1/{edition}/locate`

use insta::assert_json_snapshot;
use serde_json::{Value, json};

use crate::harness::{demo, project, shown};
use crate::squares;

fn locate(query: &str) -> Value {
    demo().json(&format!("/api/v1/{{edition}}/locate?{query}"))
}

#[test]
fn a_place_lies_in_one_area_of_every_geography() {
    assert_json_snapshot!(shown(&locate("lon=-1.55&lat=53.8")));
}

#[test]
fn a_place_outside_is_an_answer_with_a_sentence() {
    for query in ["lon=0&lat=0", "lon=-1.55&lat=-53.8", "lon=180&lat=90", "lon=-180&lat=-90", "lon=-1.2&lat=53.96"] {
        let answer = locate(query);
        assert_eq!(answer["areas"], json!([]), "{query}");
        assert_eq!(answer["sentence"], "This place is outside West Yorkshire.", "{query}");
    }
}

#[test]
fn places_are_found_as_by_counting_the_lines_that_a_ray_crosses() {
    let text = std::fs::read_to_string(project().join("boundaries/lsoa11.geojson")).unwrap();
    let boundaries: Value = serde_json::from_str(&text).unwrap();
    let server = demo();
    let mut inside = 0;
    for step in 0..64 {
        // A lattice that no published vertex lies on.
        let (lon, lat) = (-2.1 + f64::from(step % 8) * 0.113_417_31, 53.55 + f64::from(step / 8) * 0.050_317_73);
        let holds = |feature: &&Value| {
            let rings = feature["geometry"]["coordinates"].as_array().unwrap();
            assert_eq!(feature["geometry"]["type"], "Polygon");
            rings.iter().filter(|ring| crosses_oddly(ring, lon, lat)).count() % 2 == 1
        };
        let expected: Vec<&Value> = boundaries["features"]
            .as_array()
            .unwrap()
            .iter()
            .filter(holds)
            .map(|feature| &feature["properties"]["LSOA11CD"])
            .collect();
        let located = server.json(&format!("/api/v1/{{edition}}/locate?lon={lon}&lat={lat}"));
        let areas = located["areas"].as_array().unwrap();
        let found: Vec<&Value> =
            areas.iter().filter(|area| area["geography"] == "lsoa11").map(|area| &area["code"]).collect();
        assert_eq!(found, expected, "{lon} {lat}");
        assert_eq!(areas.len(), expected.len() * 3, "in an LSOA, its MSOA and its district");
        inside += expected.len();
    }
    assert!((15..60).contains(&inside), "{inside} of 64 places lie inside");
}

fn crosses_oddly(ring: &Value, lon: f64, lat: f64) -> bool {
    let position = |position: &Value| (position[0].as_f64().unwrap(), position[1].as_f64().unwrap());
    let crossings = ring.as_array().unwrap().windows(2).filter(|pair| {
        let ((x1, y1), (x2, y2)) = (position(&pair[0]), position(&pair[1]));
        (y1 > lat) != (y2 > lat) && lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1
    });
    crossings.count() % 2 == 1
}

#[test]
fn a_place_on_a_border_is_not_lost() {
    let (server, _folder) = squares::serve();
    for (lon, lat) in [(-0.9, 53.05), (-0.9, 53.15), (-0.95, 53.1), (-0.85, 53.1), (-0.9, 53.1)] {
        let located = server.json(&format!("/api/v1/{{edition}}/locate?lon={lon}&lat={lat}"));
        let squares = located["areas"].as_array().unwrap().iter().filter(|area| area["geography"] == "square").count();
        assert!((1..=4).contains(&squares), "{located}");
    }
}

#[test]
fn local_names_come_first_in_the_sentence() {
    let (server, _folder) = squares::serve();
    let located = server.json("/api/v1/{edition}/locate?lon=-0.85&lat=53.05");
    assert_eq!(located["sentence"], "This place is in @Gorse Hill (square) and East (half).");
    assert_eq!(located["areas"][0]["local_name"], "@Gorse Hill");
    assert_eq!(located["areas"][0]["name"], squares::SE);
}

#[test]
fn what_is_no_place_is_refused_by_name() {
    let server = demo();
    for (query, parameter) in [
        ("", "lon"),
        ("?lon=-1.5", "lat"),
        ("?lat=53.8", "lon"),
        ("?lon=west&lat=53.8", "lon"),
        ("?lon=&lat=53.8", "lon"),
        ("?lon=-1.5&lat=NaN", "lat"),
        ("?lon=inf&lat=53.8", "lon"),
        ("?lon=-181&lat=53.8", "lon"),
        ("?lon=-1.5&lat=90.0001", "lat"),
        ("?lon=-1.5&lat=1e999", "lat"),
        ("?lon=-1,5&lat=53.8", "lon"),
    ] {
        let problem = server.problem(&format!("/api/v1/{{edition}}/locate{query}"));
        assert_eq!(
            (&problem["type"], &problem["parameter"]),
            (&json!("/problems/bad-parameter"), &json!(parameter)),
            "{query}"
        );
        assert_eq!(problem["status"], 400);
    }
}

#[test]
fn a_postcode_leads_to_its_areas_however_it_is_typed() {
    let folder = squares::Folder::with_extras();
    let server = folder.serve();
    let locate = |postcode: &str| server.json(&format!("/api/v1/{{edition}}/locate?postcode={postcode}"));
    assert_json_snapshot!(shown(&locate("ab11aa")));
    for typed in ["AB1%201AA", "AB11AA", "%20Ab1%20%201aA%20"] {
        assert_eq!(locate(typed), locate("ab11aa"), "{typed}");
    }
    let codes = |answer: &Value| -> Vec<String> {
        let areas = answer["areas"].as_array().unwrap().iter();
        areas.map(|area| area["code"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(codes(&locate("AB11AB")), ["NW", "WEST", "ALL", "NORTH"], "the allocation counts, not the place");
}

#[test]
fn a_postcode_outside_is_an_answer_and_no_postcode_is_none() {
    let folder = squares::Folder::with_extras();
    let server = folder.serve();
    let outside = server.json("/api/v1/{edition}/locate?postcode=cb10aa");
    assert_eq!((&outside["areas"], &outside["postcode"]), (&json!([]), &json!("CB1 0AA")));
    assert_eq!(outside["sentence"], "CB1 0AA is outside this atlas, or newer than its list of postcodes.");
    for (query, parameter, status) in [
        ("postcode=Worcester", "postcode", 400),
        ("postcode=", "postcode", 400),
        ("postcode=AB11AA&lon=1&lat=2", "postcode", 400),
        ("lon=1", "lat", 400),
        ("lat=1", "lon", 400),
        ("", "lon", 400),
    ] {
        let problem = server.problem(&format!("/api/v1/{{edition}}/locate?{query}"));
        assert_eq!((&problem["parameter"], &problem["status"]), (&json!(parameter), &json!(status)), "{query}");
    }
}

#[test]
fn an_atlas_without_postcodes_says_so() {
    let problem = demo().problem("/api/v1/{edition}/locate?postcode=LS11AA");
    assert_eq!((&problem["status"], &problem["type"]), (&json!(501), &json!("/problems/switched-off")));
}

#[test]
fn a_place_in_several_clusters_is_in_each() {
    let folder = squares::Folder::with_extras();
    let answer = folder.serve().json("/api/v1/{edition}/locate?lon=-0.95&lat=53.15");
    let areas: Vec<(&str, &str)> = answer["areas"]
        .as_array()
        .unwrap()
        .iter()
        .map(|area| (area["geography"].as_str().unwrap(), area["code"].as_str().unwrap()))
        .collect();
    assert_eq!(areas, [("square", "NW"), ("half", "WEST"), ("quarter", "ALL"), ("quarter", "NORTH")]);
}
