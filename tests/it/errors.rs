//! Refusals: one shape, never kept, and always with the way on.

use insta::assert_json_snapshot;
use serde_json::{Value, json};

use crate::editions::ROUTES;
use crate::harness::demo;
use crate::{plain, squares};

#[test]
fn every_kind_of_refusal_explains_itself() {
    let (server, _folder) = squares::serve();
    let demo = demo();
    let mut refusals = serde_json::Map::new();
    for path in [
        "/nothing",
        "/api/v1/nothing",
        "/api/v1/0000000000000000/catalog",
        "/api/v1/{edition}/areas/lsoa12",
        "/api/v1/{edition}/values/lsoa11/crim",
        "/api/v1/{edition}/values/lsoa11/crime?period=2015",
        "/api/v1/{edition}/areas/lsoa11?within=lad11:E08000099",
        "/api/v1/{edition}/compare?areas=lad11:E08000035&theme=Crimes",
        "/api/v1/{edition}/values/lsoa11/stroke-admissions",
        "/api/v1/{edition}/classes/lsoa11/crime?k=five",
        "/api/v1/{edition}/classes/lsoa11/crime?method=natural",
        "/api/v1/{edition}/classes/lsoa11/crime?k=5&k=6",
        "/api/v1/{edition}/classes/lsoa11/crime?perod=2018-07",
        "/api/v1/{edition}/classes/lsoa11/crime?colour=red",
        "/api/v1/{edition}/locate",
        "/api/v1/{edition}/locate?lon=east&lat=53.8",
        "/api/v1/{edition}/catalog?q=crime",
        "/api/v1/{edition}/values/lsoa11/crime.xlsx",
    ] {
        refusals.insert(path.to_owned(), demo.problem(path));
    }
    let path = "/api/v1/{edition}/layers/country.geojson";
    refusals.insert(path.to_owned(), server.problem(path));
    assert_json_snapshot!(Value::from(refusals));
}

#[test]
fn an_unknown_parameter_is_refused_on_every_route_of_the_interface() {
    let server = demo();
    for route in ROUTES.into_iter().chain(["../atlas"]) {
        let path =
            if route == "../atlas" { "/api/v1/atlas".to_owned() } else { format!("/api/v1/{{edition}}/{route}") };
        let separator = if path.contains('?') { '&' } else { '?' };
        let problem = server.problem(&format!("{path}{separator}zzz=1"));
        assert_eq!(
            (&problem["type"], &problem["parameter"], &problem["status"]),
            (&json!("/problems/unknown-parameter"), &json!("zzz"), &json!(400)),
            "{route}"
        );
    }
}

#[test]
fn a_repeated_parameter_is_refused_even_with_the_same_value() {
    let server = demo();
    for route in ROUTES.into_iter().filter(|route| route.contains('?')) {
        let first = route.split_once('?').unwrap().1.split('&').next().unwrap();
        let problem = server.problem(&format!("/api/v1/{{edition}}/{route}&{first}"));
        let name = first.split('=').next().unwrap();
        assert_eq!(
            (&problem["type"], &problem["parameter"], &problem["status"]),
            (&json!("/problems/bad-parameter"), &json!(name), &json!(400)),
            "{route}"
        );
        assert!(problem["detail"].as_str().unwrap().contains("more than once"), "{problem}");
    }
}

#[test]
fn what_a_parameter_may_be_is_said_in_one_way() {
    let server = demo();
    for (path, detail) in [
        ("hotspots/lsoa11/crime?seed=4294967296", "`seed` is a whole number, 4294967295 at most."),
        ("hotspots/lsoa11/crime?permutations=99999999999", "`permutations` is a whole number, 4294967295 at most."),
        ("hotspots/lsoa11/crime?seed=one", "`seed` is a whole number, such as 5."),
        ("classes/lsoa11/crime?k=4294967295", "`k` is the number of classes, 2 to 12."),
        ("classes/lsoa11/crime?still=yes", "`still` is one of these: `true`, `false`."),
        ("classes/lsoa11/crime?still=on", "`still` is one of these: `true`, `false`."),
        ("classes/lsoa11/crime?scope=all", "`scope` is one of these: `atlas`, `within`, `selection`."),
    ] {
        assert_eq!(server.problem(&format!("/api/v1/{{edition}}/{path}"))["detail"], detail, "{path}");
    }
}

#[test]
fn a_misspelt_name_is_answered_with_the_right_one() {
    let server = demo();
    for (path, suggestion) in [
        ("classes/lsoa11/crime?perod=2018-07", "Did you mean `period`?"),
        ("classes/lsoa11/crime?metod=equal", "Did you mean `method`?"),
        ("areas/lsoa11?wihtin=lad11:E08000035", "Did you mean `within`?"),
        ("compare?areas=lad11:E08000035&indicator=crime", "Did you mean `indicators`?"),
        ("values/lsoa11/burglry", "Did you mean `burglary`?"),
        ("values/lsoa/crime", "Did you mean `lsoa11`?"),
        ("compare?areas=lad:E08000035&indicators=crime", "Did you mean `lad11`?"),
        ("compare?areas=lad11:E08000035&theme=Crimes", "Did you mean `Crime`?"),
        ("compare?areas=lad11:E08000035&theme=Crime%20/%20Type", "Did you mean `Crime / By type`?"),
    ] {
        let problem = server.problem(&format!("/api/v1/{{edition}}/{path}"));
        assert!(problem["detail"].as_str().unwrap().ends_with(suggestion), "{path}: {problem}");
    }
}

#[test]
fn only_get_and_head_are_allowed_on_a_path_that_exists() {
    let server = demo();
    for path in [
        "/",
        "/healthz",
        "/readyz",
        "/api/v1/atlas",
        "/api/v1/{edition}/catalog",
        "/api/v1/latest/compare",
        "/api/v1/{edition}/layers/lad11.geojson",
    ] {
        for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"] {
            let answer = server.ask(method, path, &[]);
            assert_eq!((answer.status, answer.header("allow")), (405, Some("GET,HEAD")), "{method} {path}");
            answer.assert_is_problem();
            assert_eq!(answer.json()["type"], "/problems/method-not-allowed");
        }
    }
}

#[test]
fn a_path_that_does_not_exist_is_unknown_by_any_method() {
    let server = demo();
    for path in [
        "/nothing",
        "/api/v1",
        "/api/v1/",
        "/api/v2/atlas",
        "/api/v1/{edition}",
        "/api/v1/{edition}/values",
        "/api/v1/{edition}/values/lsoa11",
        "/api/v1/{edition}/catalog/",
        "/tiles/x",
        "/healthz/",
        "/API/v1/atlas",
    ] {
        for method in ["GET", "POST", "DELETE", "OPTIONS"] {
            let answer = server.ask(method, path, &[]);
            answer.assert_is_problem();
            let problem = answer.json();
            assert_eq!(
                (&problem["type"], &problem["status"]),
                (&json!("/problems/unknown-route"), &json!(404)),
                "{method} {path}"
            );
            let asked = path.replace("{edition}", &server.edition());
            assert_eq!(problem["detail"], format!("There is nothing at `{asked}`."));
        }
    }
}

#[test]
fn a_refusal_can_be_read_from_any_origin_and_is_not_compressed_by_surprise() {
    let answer = demo().get_with(
        "/api/v1/{edition}/values/lsoa11/crim",
        &[("origin", "https://example.org"), ("accept-encoding", "br, gzip")],
    );
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (404, Some("*")));
    answer.assert_is_problem();
    assert_eq!((answer.header("content-encoding"), answer.header("etag")), (None, None));
}

#[test]
fn what_the_reader_wrote_is_repeated_as_text_in_json() {
    let problem = demo().problem("/api/v1/{edition}/values/lsoa11/%3Cscript%3E%22%5C");
    assert_eq!(problem["detail"], "`<script>\"\\` is not in this atlas.");
}

#[test]
fn a_person_who_is_refused_reads_a_page() {
    let server = demo();
    let browser = [("accept", "text/html,application/xhtml+xml,*/*;q=0.8")];
    for (path, status, said) in
        [("/nope", 404, "/nope"), (&format!("/?indicator={}", "x".repeat(20_000)), 414, "bytes")]
    {
        let answer = server.get_with(path, &browser);
        assert_eq!(answer.status, status, "{path}");
        let document = plain::document(&answer, path);
        assert!(plain::texts(&document, "main p")[0].contains(said), "{}", answer.text());
        assert_eq!(plain::attributes(&document, "main a", "href"), ["/"]);
        assert!(answer.header("content-security-policy").unwrap().contains("style-src 'self'"));
        server.get(path).assert_is_problem();
    }
    // What is for programs stays so.
    server.get_with("/api/v1/nope", &browser).assert_is_problem();
    server.get_with("/tiles/nope", &browser).assert_is_problem();
}
