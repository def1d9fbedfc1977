//! `GET /api/v1/{edition}/neighbours/{geography}`

use std::collections::{BTreeSet, HashMap};

use serde_json::{Value, json};

use crate::harness::{demo, project};
use crate::squares;

/// The neighbours of each area.
fn rows(answer: &Value) -> Vec<BTreeSet<usize>> {
    let integers = |name: &str| -> Vec<usize> {
        answer[name].as_array().unwrap().iter().map(|number| number.as_u64().unwrap() as usize).collect()
    };
    let (offsets, indices) = (integers("offsets"), integers("indices"));
    assert_eq!((offsets[0], offsets.last()), (0, Some(&indices.len())));
    let row = |bounds: &[usize]| {
        let row = &indices[bounds[0]..bounds[1]];
        assert!(row.is_sorted_by(|a, b| a < b), "each neighbour once, in order");
        row.iter().copied().collect()
    };
    offsets.windows(2).map(row).collect()
}

#[test]
fn queens_meet_at_corners_and_rooks_only_along_lines() {
    let (server, _folder) = squares::serve();
    let ask = |query: &str| server.json(&format!("/api/v1/{{edition}}/neighbours/square{query}"));
    let queen = ask("");
    assert_eq!((&queen["geography"], &queen["rule"]), (&json!("square"), &json!("queen")));
    assert_eq!(queen["offsets"], json!([0, 3, 6, 9, 12]));
    assert_eq!(queen["indices"], json!([1, 2, 3, 0, 2, 3, 0, 1, 3, 0, 1, 2]));
    assert_eq!(ask("?rule=queen"), queen);
    let rook = ask("?rule=rook");
    assert_eq!(rook["offsets"], json!([0, 2, 4, 6, 8]));
    assert_eq!(rook["indices"], json!([1, 2, 0, 3, 0, 3, 1, 2]), "NE touches NW and SE, and SW only at the corner");
}

#[test]
fn neighbours_are_those_that_share_lines_or_vertices_of_the_published_boundaries() {
    let text = std::fs::read_to_string(project().join("boundaries/lsoa11.geojson")).unwrap();
    let boundaries: Value = serde_json::from_str(&text).unwrap();
    let mut features: Vec<&Value> = boundaries["features"].as_array().unwrap().iter().collect();
    features.sort_by_key(|feature| feature["properties"]["LSOA11CD"].as_str());
    let mut at_vertex: HashMap<String, BTreeSet<usize>> = HashMap::new();
    let mut at_line: HashMap<[String; 2], BTreeSet<usize>> = HashMap::new();
    for (position, feature) in features.iter().enumerate() {
        let coordinates = &feature["geometry"]["coordinates"];
        let polygons = if feature["geometry"]["type"] == "Polygon" {
            vec![coordinates]
        } else {
            coordinates.as_array().unwrap().iter().collect()
        };
        for ring in polygons.iter().flat_map(|polygon| polygon.as_array().unwrap()) {
            for pair in ring.as_array().unwrap().windows(2) {
                let mut line = [pair[0].to_string(), pair[1].to_string()];
                line.sort();
                at_vertex.entry(pair[0].to_string()).or_default().insert(position);
                at_line.entry(line).or_default().insert(position);
            }
        }
    }
    let meeting = |shared: &mut dyn Iterator<Item = &BTreeSet<usize>>| {
        let mut rows = vec![BTreeSet::new(); features.len()];
        for areas in shared {
            for area in areas {
                rows[*area].extend(areas.iter().filter(|other| *other != area));
            }
        }
        rows
    };
    assert_eq!(at_line.values().filter(|areas| areas.len() == 2).count(), 6411, "as data/README.md says");
    let server = demo();
    let served = |rule: &str| rows(&server.json(&format!("/api/v1/{{edition}}/neighbours/lsoa11?rule={rule}")));
    assert!(served("rook") == meeting(&mut at_line.values()), "rook");
    assert!(served("queen") == meeting(&mut at_vertex.values()), "queen");
}

#[test]
fn neighbourhood_is_mutual_and_nobody_is_their_own_neighbour() {
    let server = demo();
    for geography in ["lsoa11", "msoa11", "lad11"] {
        let queen = rows(&server.json(&format!("/api/v1/{{edition}}/neighbours/{geography}")));
        let rook = rows(&server.json(&format!("/api/v1/{{edition}}/neighbours/{geography}?rule=rook")));
        for (area, neighbours) in queen.iter().enumerate() {
            assert!(!neighbours.is_empty() && !neighbours.contains(&area));
            assert!(neighbours.iter().all(|other| queen[*other].contains(&area)));
            assert!(rook[area].is_subset(neighbours));
        }
    }
}

#[test]
fn another_rule_and_a_geography_without_shape_are_refused() {
    let (server, _folder) = squares::serve();
    let problem = server.problem("/api/v1/{edition}/neighbours/square?rule=bishop");
    assert_eq!((&problem["type"], &problem["parameter"]), (&json!("/problems/bad-parameter"), &json!("rule")));
    assert_eq!(problem["detail"], "`rule` is one of these: `queen`, `rook`.");
    let problem = server.problem("/api/v1/{edition}/neighbours/country");
    assert_eq!((&problem["type"], &problem["status"]), (&json!("/problems/no-shape"), &json!(404)));
}
