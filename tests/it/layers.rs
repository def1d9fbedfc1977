//! `GET /api/v1/{edition}/layers/{geography}.geojson`

use std::collections::{BTreeMap, BTreeSet, HashMap};

use insta::assert_json_snapshot;
use serde_json::{Value, json};

use crate::harness::{assert_close, demo, encoded, numbers, project, shown, texts};
use crate::squares;

type Position = [f64; 2];
type Ring = Vec<Position>;

fn layer(query: &str) -> Value {
    let answer = demo().get(&format!("/api/v1/{{edition}}/layers/{query}"));
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, Some("application/geo+json")),
        "{query}: {}",
        answer.text()
    );
    answer.json()
}

fn features(layer: &Value) -> &Vec<Value> {
    assert_eq!(layer["type"], "FeatureCollection");
    assert_eq!(layer.get("crs"), None, "RFC 7946 knows one coordinate system");
    layer["features"].as_array().unwrap()
}

fn codes(layer: &Value) -> Vec<&str> {
    features(layer).iter().map(|feature| feature["id"].as_str().unwrap()).collect()
}

/// The polygons of a feature, each an outer ring and its holes.
fn polygons(feature: &Value) -> Vec<Vec<Ring>> {
    let coordinates = feature["geometry"]["coordinates"].clone();
    let read = |value: Value| serde_json::from_value(value).unwrap();
    match feature["geometry"]["type"].as_str().unwrap() {
        "Polygon" => vec![read(coordinates)],
        "MultiPolygon" => coordinates.as_array().unwrap().iter().cloned().map(read).collect(),
        other => panic!("{other}"),
    }
}

/// Twice the signed area, positive where the ring runs counterclockwise.
fn signed_area(ring: &Ring) -> f64 {
    let origin = ring[0];
    let cross = |pair: &[Position]| {
        let ([x1, y1], [x2, y2]) =
            ([pair[0][0] - origin[0], pair[0][1] - origin[1]], [pair[1][0] - origin[0], pair[1][1] - origin[1]]);
        x1 * y2 - x2 * y1
    };
    ring.windows(2).map(cross).sum()
}

/// A line between two positions, the same whichever way it is walked; positions in units of 1e-7 degrees.
fn lines(feature: &Value) -> Vec<[[i64; 2]; 2]> {
    let whole = |position: Position| position.map(|degrees| (degrees * 1e7).round() as i64);
    let line = |pair: &[Position]| {
        let mut line = [whole(pair[0]), whole(pair[1])];
        line.sort_unstable();
        line
    };
    polygons(feature).iter().flatten().flat_map(|ring| ring.windows(2).map(line).collect::<Vec<_>>()).collect()
}

const ZOOMS: [&str; 7] = ["", "?zoom=0", "?zoom=5", "?zoom=8", "?zoom=9.5", "?zoom=12", "?zoom=22"];

#[test]
fn a_feature_has_the_areas_code_and_names() {
    assert_json_snapshot!(shown(&layer("lad11.geojson?zoom=4")));
}

#[test]
fn a_feature_joined_to_an_indicator_has_its_value_too() {
    assert_json_snapshot!(shown(&layer("lad11.geojson?zoom=4&indicator=crime&within=lad11:E08000035")));
    let (server, _folder) = squares::serve();
    let answer = server.get("/api/v1/{edition}/layers/square.geojson?indicator=share").json();
    let of =
        |name: &str| -> Value { features(&answer).iter().map(|feature| feature["properties"][name].clone()).collect() };
    assert_eq!(of("value"), json!([50.0, 25.0, null, 12.5]));
    assert_eq!(of("status"), json!([["provisional"], [], ["suppressed"], []]));
    assert_eq!(of("name"), json!(squares::SQUARES.map(|(_, name)| name)));
}

#[test]
fn joined_values_are_the_published_ones() {
    for (query, period) in [("indicator=crime", "2018-07"), ("indicator=crime&period=2016-07", "2016-07")] {
        let layer = layer(&format!("lsoa11.geojson?zoom=3&{query}"));
        let joined: Vec<Option<f64>> =
            features(&layer).iter().map(|feature| feature["properties"]["value"].as_f64()).collect();
        let published = demo().json(&format!("/api/v1/{{edition}}/values/lsoa11/crime?period={period}"));
        assert!(joined == numbers(&published["periods"][period]["values"]));
        assert!(features(&layer).iter().all(|feature| feature["properties"]["period"] == period));
    }
}

#[test]
fn features_stand_in_the_fixed_order_and_none_is_dropped_at_any_zoom() {
    for geography in ["lsoa11", "msoa11", "lad11"] {
        let areas = demo().json(&format!("/api/v1/{{edition}}/areas/{geography}?fields=code"));
        for zoom in ZOOMS {
            assert_eq!(
                codes(&layer(&format!("{geography}.geojson{zoom}"))),
                texts(&areas["columns"]["code"]),
                "{geography}{zoom}"
            );
        }
    }
}

#[test]
fn rings_are_closed_and_wound_as_rfc_7946_asks() {
    for geography in ["lsoa11", "msoa11", "lad11"] {
        for zoom in ZOOMS {
            for feature in features(&layer(&format!("{geography}.geojson{zoom}"))) {
                assert_eq!(feature["type"], "Feature");
                assert_eq!(feature["id"], feature["properties"]["code"]);
                let polygons = polygons(feature);
                assert!(!polygons.is_empty(), "{geography}{zoom}: {}", feature["id"]);
                for polygon in polygons {
                    for (position, ring) in polygon.iter().enumerate() {
                        assert!(ring.len() >= 4 && ring.first() == ring.last(), "{geography}{zoom}: {}", feature["id"]);
                        assert_eq!(
                            signed_area(ring) > 0.0,
                            position == 0,
                            "outer rings run counterclockwise, holes clockwise"
                        );
                        assert!(ring.windows(2).all(|pair| pair[0] != pair[1]), "no vertex twice in a row");
                        assert!(ring.iter().all(|[lon, lat]| (-2.2..-1.1).contains(lon) && (53.5..54.0).contains(lat)));
                    }
                }
            }
        }
    }
}

#[test]
fn without_zoom_the_geometry_is_whole() {
    let text = std::fs::read_to_string(project().join("boundaries/lsoa11.geojson")).unwrap();
    let published: Value = serde_json::from_str(&text).unwrap();
    let by_code = |layer: &Value, code: &dyn Fn(&Value) -> String| -> BTreeMap<String, BTreeSet<[[i64; 2]; 2]>> {
        features(layer).iter().map(|feature| (code(feature), lines(feature).into_iter().collect())).collect()
    };
    let expected = by_code(&published, &|feature| feature["properties"]["LSOA11CD"].as_str().unwrap().to_owned());
    assert!(by_code(&layer("lsoa11.geojson"), &|feature| feature["id"].as_str().unwrap().to_owned()) == expected);
}

#[test]
fn neighbours_share_every_vertex_of_their_border_at_every_zoom() {
    let rook = demo().json("/api/v1/{edition}/neighbours/lsoa11?rule=rook");
    let integers =
        |name: &str| -> Vec<usize> { numbers(&rook[name]).iter().map(|number| number.unwrap() as usize).collect() };
    let (offsets, indices) = (integers("offsets"), integers("indices"));
    for zoom in ["?zoom=5", "?zoom=8", "?zoom=11"] {
        let layer = layer(&format!("lsoa11.geojson{zoom}"));
        let mut owners: HashMap<[[i64; 2]; 2], Vec<usize>> = HashMap::new();
        for (area, feature) in features(&layer).iter().enumerate() {
            for line in lines(feature) {
                owners.entry(line).or_default().push(area);
            }
        }
        // A line belongs to two areas or to the outline: nothing gapes and nothing overlaps.
        assert!(owners.values().all(|areas| areas.len() <= 2), "{zoom}");
        // The outline is closed: as many lines end as begin in each of its vertices.
        let mut ends: HashMap<[i64; 2], usize> = HashMap::new();
        for line in owners.iter().filter(|(_, areas)| areas.len() == 1).map(|(line, _)| line) {
            for end in line {
                *ends.entry(*end).or_default() += 1;
            }
        }
        assert!(!ends.is_empty() && ends.values().all(|count| count % 2 == 0), "{zoom}");
        let shared: BTreeSet<(usize, usize)> = owners
            .values()
            .filter(|areas| areas.len() == 2)
            .map(|areas| (areas[0].min(areas[1]), areas[0].max(areas[1])))
            .collect();
        let expected: BTreeSet<(usize, usize)> = (0..offsets.len() - 1)
            .flat_map(|area| {
                indices[offsets[area]..offsets[area + 1]].iter().map(move |other| (area.min(*other), area.max(*other)))
            })
            .collect();
        assert!(shared == expected, "{zoom}: those that adjoin still do, and no others");
    }
}

#[test]
fn borders_of_joined_areas_run_along_those_of_their_parts() {
    for zoom in ["", "?zoom=5", "?zoom=8"] {
        let parts: BTreeSet<_> = features(&layer(&format!("lsoa11.geojson{zoom}"))).iter().flat_map(lines).collect();
        for geography in ["msoa11", "lad11"] {
            let layer = layer(&format!("{geography}.geojson{zoom}"));
            assert!(features(&layer).iter().flat_map(lines).all(|line| parts.contains(&line)), "{geography}{zoom}");
        }
    }
}

#[test]
fn generalising_moves_the_whole_as_little_as_its_zoom_allows() {
    let total = |query: &str| -> f64 {
        features(&layer(query)).iter().flat_map(polygons).flatten().map(|ring| signed_area(&ring)).sum()
    };
    let whole = total("lsoa11.geojson");
    for (zoom, tolerance) in [(8, 0.05), (12, 0.002), (22, 1e-9)] {
        let generalised = total(&format!("lsoa11.geojson?zoom={zoom}"));
        assert!((generalised / whole - 1.0).abs() < tolerance, "{zoom}: {generalised} of {whole}");
        assert_close(generalised, total(&format!("lad11.geojson?zoom={zoom}")));
    }
    let vertices =
        |query: &str| features(&layer(query)).iter().flat_map(polygons).flatten().map(|ring| ring.len()).sum::<usize>();
    let counts: Vec<usize> =
        ["?zoom=4", "?zoom=8", "?zoom=11", ""].iter().map(|zoom| vertices(&format!("lsoa11.geojson{zoom}"))).collect();
    assert!(counts.is_sorted() && counts[0] < counts[3], "{counts:?}");
}

#[test]
fn within_and_bbox_limit_the_features() {
    assert_eq!(features(&layer("lsoa11.geojson?zoom=5&within=lad11:E08000035")).len(), 482);
    assert_eq!(codes(&layer("lad11.geojson?zoom=5&bbox=-2.2,53.5,-1.1,54")).len(), 5);
    assert_eq!(codes(&layer("lad11.geojson?zoom=5&bbox=-1.5501,53.7999,-1.55,53.8")), ["E08000035"]);
    let (both, one) = (
        "lsoa11.geojson?zoom=5&bbox=-1.6,53.7,-1.5,53.8&within=lad11:E08000036",
        "lsoa11.geojson?zoom=5&bbox=-1.6,53.7,-1.5,53.8",
    );
    let (both, one) = (layer(both), layer(one));
    assert!(codes(&both).iter().all(|code| codes(&one).contains(code)) && codes(&both).len() < codes(&one).len());
    assert_eq!(layer("lsoa11.geojson?bbox=10,10,11,11"), json!({ "type": "FeatureCollection", "features": [] }));
}

#[test]
fn a_filter_keeps_the_areas_for_which_it_holds() {
    let filter = encoded("crime>50 and robbery>0");
    let within = "within=lad11:E08000035";
    let expected = demo().json(&format!("/api/v1/{{edition}}/areas/lsoa11?fields=code&{within}&filter={filter}"));
    let found = layer(&format!("lsoa11.geojson?{within}&filter={filter}"));
    assert!(!codes(&found).is_empty());
    assert_eq!(json!(codes(&found)), expected["columns"]["code"]);
    let path = format!("/api/v1/{{edition}}/layers/lsoa11.geojson?filter={filter}");
    let kept = demo().get(&path);
    assert_eq!(kept.header("cache-control"), Some("public, max-age=300, must-revalidate"), "values may be withdrawn");
    let problem = demo().problem("/api/v1/{edition}/layers/lsoa11.geojson?filter=crime!");
    assert_eq!((&problem["status"], &problem["parameter"]), (&json!(400), &json!("filter")));
}

#[test]
fn a_bbox_keeps_the_areas_whose_own_boxes_meet_it() {
    let areas = demo().json("/api/v1/{edition}/areas/lsoa11?fields=code,bbox");
    let [west, south, east, north] = [-1.56, 53.79, -1.53, 53.81];
    let meets = |bbox: &Value| {
        let own = numbers(bbox);
        own[0] <= Some(east) && own[2] >= Some(west) && own[1] <= Some(north) && own[3] >= Some(south)
    };
    let boxes = areas["columns"]["bbox"].as_array().unwrap();
    let expected: Vec<&str> = texts(&areas["columns"]["code"])
        .into_iter()
        .zip(boxes)
        .filter(|(_, bbox)| meets(bbox))
        .map(|(code, _)| code)
        .collect();
    assert_eq!(codes(&layer(&format!("lsoa11.geojson?zoom=5&bbox={west},{south},{east},{north}"))), expected);
}

#[test]
fn what_cannot_be_read_is_refused() {
    let server = demo();
    for (path, status, kind, parameter) in [
        ("lsoa11.geojson?zoom=23", 400, "bad-parameter", Some("zoom")),
        ("lsoa11.geojson?zoom=-1", 400, "bad-parameter", Some("zoom")),
        ("lsoa11.geojson?zoom=NaN", 400, "bad-parameter", Some("zoom")),
        ("lsoa11.geojson?zoom=far", 400, "bad-parameter", Some("zoom")),
        ("lsoa11.geojson?bbox=1,2,3", 400, "bad-parameter", Some("bbox")),
        ("lsoa11.geojson?bbox=1,2,3,4,5", 400, "bad-parameter", Some("bbox")),
        ("lsoa11.geojson?bbox=-2,54,-1,53", 400, "bad-parameter", Some("bbox")),
        ("lsoa11.geojson?bbox=a,b,c,d", 400, "bad-parameter", Some("bbox")),
        ("lsoa11.geojson?bbox=NaN,53,-1,54", 400, "bad-parameter", Some("bbox")),
        ("lsoa11.geojson?period=2018-07", 400, "bad-parameter", Some("period")),
        ("lsoa11.geojson?indicator=crim", 400, "unknown-indicator", Some("indicator")),
        ("lsoa11.geojson?indicator=crime&period=2015-07", 400, "unknown-period", Some("period")),
        ("lsoa11.geojson?indicator=stroke-admissions", 404, "not-published-here", Some("indicator")),
        ("lsoa11.geojson?within=lad11:E08000099", 400, "unknown-area", Some("within")),
        ("lsoa12.geojson", 404, "unknown-geography", Some("geography")),
        ("lsoa11", 404, "unknown-format", None),
        ("lsoa11.json", 404, "unknown-format", None),
        ("lsoa11.mvt", 404, "unknown-format", None),
    ] {
        let problem = server.problem(&format!("/api/v1/{{edition}}/layers/{path}"));
        assert_eq!(problem["type"], format!("/problems/{kind}"), "{path}");
        assert_eq!((problem["status"].as_u64(), problem["parameter"].as_str()), (Some(status), parameter), "{path}");
    }
    let (server, _folder) = squares::serve();
    assert_eq!(server.problem("/api/v1/{edition}/layers/country.geojson")["type"], "/problems/no-shape");
}

#[test]
fn points_are_a_layer_too_and_say_in_which_areas_they_lie() {
    let folder = squares::Folder::with_extras();
    let server = folder.serve();
    let layer = |query: &str| server.get(&format!("/api/v1/{{edition}}/layers/schools.geojson{query}"));
    let answer = layer("");
    assert_eq!(answer.header("content-type"), Some("application/geo+json"));
    assert_eq!(
        answer.header("cache-control"),
        Some("public, max-age=300, must-revalidate"),
        "a place may be withdrawn"
    );
    let answer = answer.json();
    assert_eq!((&answer["type"], answer["features"].as_array().unwrap().len()), (&json!("FeatureCollection"), 3));
    assert_json_snapshot!(answer["features"][2]);
    let names = |query: &str| -> Vec<String> {
        let features = layer(query).json()["features"].as_array().unwrap().clone();
        features.iter().map(|feature| feature["properties"]["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("?within=half:EAST"), ["New School"]);
    assert_eq!(names("?within=quarter:ALL"), ["<i>Old</i> School", "New School"]);
    assert_eq!(names("?bbox=-4,50,-2,52"), ["Far School"]);
    for query in ["?indicator=thefts", "?zoom=9", "?period=2019", "?within=half:NORTH"] {
        layer(query).assert_is_problem();
    }
}

#[test]
fn clusters_overlap_and_areas_can_be_limited_to_one() {
    let folder = squares::Folder::with_extras();
    let server = folder.serve();
    let clusters = server.get("/api/v1/{edition}/layers/quarter.geojson?indicator=thefts").json();
    let told: Vec<(&str, &Value)> = clusters["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|feature| (feature["id"].as_str().unwrap(), &feature["properties"]["value"]))
        .collect();
    // 40 thefts among 4,000 people in NE, 10 among 1,000 in SW; those of NW, where 1,000 live, are not known.
    assert_eq!(told, [("ALL", &json!(50.0 / 5000.0 * 1000.0)), ("NORTH", &json!(40.0 / 4000.0 * 1000.0))]);
    let squares = server.get("/api/v1/{edition}/layers/square.geojson?within=quarter:NORTH").json();
    assert_eq!(squares["features"].as_array().unwrap().len(), 2);
}
