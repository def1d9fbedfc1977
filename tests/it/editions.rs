//! What an edition is, and `latest`.

use crate::harness::{demo, demo_edition, is_edition_id};
use crate::squares::Folder;

/// Every route under an edition, with parameters that it reads.
pub(crate) const ROUTES: [&str; 20] = [
    "atlas",
    "catalog",
    "areas/lsoa11?q=leeds&fields=code",
    "neighbours/lsoa11?rule=rook",
    "locate?lon=-1.55&lat=53.8",
    "values/lsoa11/crime?period=all",
    "values/lsoa11/crime.csv?period=2018-07",
    "values/lsoa11/crime.arrow?period=2018-07",
    "values/lsoa11/crime.bin?period=2018-07",
    "classes/lsoa11/crime?k=5",
    "layers/lad11.geojson?zoom=4&indicator=crime",
    "compare?areas=lad11:E08000035&indicators=crime",
    "summary/lsoa11/crime?within=lad11:E08000035",
    "trend/lad11/crime?areas=E08000035",
    "hotspots/lsoa11/crime?permutations=99",
    "significance/lsoa11/crime?against=parent",
    "change/lsoa11/crime?from=2016-07",
    "relate/lsoa11?x=burglary&y=robbery",
    "inequality/lsoa11/crime?by=burglary",
    "profile/lsoa11/E01010568",
];

#[test]
fn latest_leads_to_the_same_url_with_the_editions_id() {
    let server = demo();
    let id = demo_edition();
    for route in ROUTES {
        let answer = server.get(&format!("/api/v1/latest/{route}"));
        assert_eq!((answer.status, answer.header("cache-control")), (307, Some("public, max-age=30")), "{route}");
        let location = answer.header("location").unwrap();
        assert_eq!(location, format!("/api/v1/{id}/{route}"), "query kept");
        assert_eq!(answer.header("tessera-edition"), Some(id.as_str()));
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        assert_eq!(server.get(location).status, 200, "{location}");
    }
    let location = "/api/v1/latest/catalog.json?";
    assert_eq!(server.get(location).header("location"), Some(format!("/api/v1/{id}/catalog.json?").as_str()));
}

#[test]
fn latest_may_be_percent_encoded() {
    let server = demo();
    let id = demo_edition();
    for (path, location) in [
        ("/api/v1/l%61test/catalog?", format!("/api/v1/{id}/catalog?")),
        ("/api/v1/%6Catest/areas/latest", format!("/api/v1/{id}/areas/latest")),
        ("/tiles/lates%74/lsoa11.json", format!("/tiles/{id}/lsoa11.json")),
    ] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.header("location")), (307, Some(location.as_str())), "{path}");
    }
    let folder = Folder::squares();
    let server = folder.serve_with(&["--base-path", "/latest"]);
    let answer = server.get("/latest/api/v1/l%61test/catalog");
    let atlas = server.json("/latest/api/v1/atlas");
    let location = format!("/latest/api/v1/{}/catalog", atlas["edition"].as_str().unwrap());
    assert_eq!(answer.header("location"), Some(location.as_str()));
}

#[test]
fn a_query_is_kept_byte_by_byte() {
    let query = "q=%E2%82%AC+a%20b&within=lad11%3AE08000035";
    let answer = demo().get(&format!("/api/v1/latest/areas/lsoa11?{query}"));
    assert_eq!(answer.header("location"), Some(format!("/api/v1/{}/areas/lsoa11?{query}", demo_edition()).as_str()));
}

#[test]
fn latest_stands_for_an_edition_only_in_the_editions_place() {
    let server = demo();
    let problem = server.problem("/api/v1/{edition}/areas/latest");
    assert_eq!(problem["type"], "/problems/unknown-geography");
    let answer = server.get("/api/v1/latest/values/latest/latest");
    assert_eq!(answer.header("location"), Some(format!("/api/v1/{}/values/latest/latest", demo_edition()).as_str()));
}

#[test]
fn every_answer_says_which_edition_it_used() {
    let server = demo();
    let id = demo_edition();
    for route in ROUTES {
        let answer = server.get(&format!("/api/v1/{{edition}}/{route}"));
        assert_eq!((answer.status, answer.header("tessera-edition")), (200, Some(id.as_str())), "{route}");
    }
    for path in ["/api/v1/atlas", "/readyz", "/", "/api/v1/{edition}/values/lsoa11/crim", "/api/v1/{edition}/locate"] {
        assert_eq!(server.get(path).header("tessera-edition"), Some(id.as_str()), "{path}");
    }
}

#[test]
fn an_edition_that_is_not_held_is_not_found() {
    let server = demo();
    for id in ["0000000000000000", "Latest", "latest2", "3f9a", "%20"] {
        for route in ROUTES {
            let problem = server.problem(&format!("/api/v1/{id}/{route}"));
            assert_eq!(
                (&problem["type"], &problem["parameter"]),
                (&"/problems/unknown-edition".into(), &"edition".into()),
                "{id} {route}"
            );
        }
    }
}

#[test]
fn an_id_is_sixteen_hexadecimal_digits() {
    let id = demo_edition();
    assert!(is_edition_id(&id), "{id}");
}

fn id(folder: &Folder) -> String {
    folder.serve().edition()
}

#[test]
fn the_same_content_has_the_same_id_wherever_it_lies() {
    let first = id(&Folder::squares());
    assert_eq!(id(&Folder::squares()), first);
    let rewritten = Folder::squares();
    rewritten.append("atlas.toml", "\n# a remark for the publisher\n");
    let values = rewritten.read("values.csv");
    let mut rows: Vec<&str> = values.lines().collect();
    rows[1..].reverse();
    rewritten.write("values.csv", &rows.join("\r\n"));
    assert_eq!(id(&rewritten), first, "the order of rows, ends of lines and remarks are not published");
}

#[test]
fn other_content_has_another_id() {
    let first = id(&Folder::squares());
    let changes = [
        ("values.csv", "SW,1000,10", "SW,1000,11"),
        ("atlas.toml", "Nobody", "Somebody"),
        ("notes.csv", "Flooded", "Dry"),
        ("local-names.csv", "Hill", "Hall"),
        ("squares.geojson", "-0.8", "-0.81"),
    ];
    for (file, from, to) in changes {
        let folder = Folder::squares();
        folder.replace(file, from, to);
        assert_ne!(id(&folder), first, "{file}");
    }
}

#[test]
fn a_layer_that_is_served_is_a_boundary_file_of_the_same_edition() {
    let folder = Folder::squares();
    let server = folder.serve();
    let layer = server.get("/api/v1/{edition}/layers/square.geojson").text();
    folder.write("squares.geojson", &layer);
    assert_eq!(folder.serve().edition(), server.edition());
}
