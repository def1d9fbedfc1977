//! `GET /openapi.json`: the description of the interface, held against what the server does.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::editions::ROUTES;
use crate::harness::{Server, demo, project};
use crate::squares::{self, Folder};

/// What is asked beside [`ROUTES`], so that every kind of answer is seen.
const MORE: [&str; 26] = [
    "areas/lsoa11?q=leeds",
    "areas/lad11",
    "values/lsoa11/crime?period=all&fields=numerator,denominator",
    "values/msoa11/stroke-admissions?fields=lower,upper",
    "classes/lsoa11/crime?period=all&k=4&method=equal&within=lad11:E08000035",
    "classes/lad11/burglary",
    "compare?areas=lsoa11:E01010568,lad11:E08000035&theme=Crime",
    "layers/lsoa11.geojson?within=lad11:E08000035",
    "locate?lon=0&lat=0",
    "classes/lsoa11/crime?method=jenks&centre=13.8",
    "compare?areas=lsoa11:E01010568&indicators=crime&confidence=99.8",
    "summary/msoa11/stroke-admissions",
    "summary/lad11/density",
    "trend/lsoa11/crime",
    "trend/lad11/residents?areas=E08000035,lsoa11:E01010568",
    "hotspots/lsoa11/crime?permutations=99&fdr=0.0001&hotspot=local-moran&smooth=global&within=lad11:E08000035",
    "hotspots/lad11/residents",
    "significance/lad11/residents?against=lad11:E08000035",
    "change/lad11/burglary?from=2016-07&period=2017-07&within=lad11:E08000035",
    "profile/lad11/E08000035",
    "profile?set=Two~lad11:E08000035,E08000032",
    "relate/lad11?x=burglary&y=burglary@2016-07&within=lad11:E08000035",
    "areas/lsoa11?filter=crime%3E=100",
    "compare?set=Two~lad11:E08000035,E08000032&indicators=crime&against=set:Two",
    "trend/lsoa11/crime?areas=E01010568&against=parent&set=Two~lad11:E08000035,E08000032",
    "classes/lsoa11/crime?scope=selection&areas=parent:lad11:E08000035",
];

fn description() -> Value {
    demo().json("/openapi.json")
}

/// The described operation whose path fits, by its template.
fn operation<'a>(description: &'a Value, path: &str) -> (&'a str, &'a Value) {
    let path = path.split('?').next().unwrap();
    let segments: Vec<&str> = path.split('/').collect();
    let fits = |template: &str| {
        let own: Vec<&str> = template.split('/').collect();
        own.len() == segments.len()
            && own.iter().zip(&segments).all(|(own, asked)| own.starts_with('{') || own == asked)
    };
    let paths = description["paths"].as_object().unwrap().iter();
    let (template, item) =
        paths.filter(|(template, _)| fits(template)).min_by_key(|(template, _)| template.contains('{')).unwrap();
    (template, &item["get"])
}

/// The schema by which an answer is judged: nothing in it may be left undescribed.
fn strict(description: &Value, schema: &Value) -> Value {
    let mut whole = schema.clone();
    whole["components"] = description["components"].clone();
    let mut parts = BTreeSet::new();
    flattened(&whole, &mut parts);
    close(&mut whole, &parts, "");
    whole
}

/// The names of schemas that are part of others.
fn flattened(schema: &Value, parts: &mut BTreeSet<String>) {
    match schema {
        Value::Object(members) => {
            let all_of = members.get("allOf").and_then(Value::as_array).into_iter().flatten();
            parts.extend(all_of.filter_map(|part| part["$ref"].as_str()?.rsplit('/').next().map(str::to_owned)));
            members.values().for_each(|member| flattened(member, parts));
        }
        Value::Array(members) => members.iter().for_each(|member| flattened(member, parts)),
        _ => {}
    }
}

fn close(schema: &mut Value, parts: &BTreeSet<String>, name: &str) {
    match schema {
        Value::Object(members) => {
            let describes = members.contains_key("properties") && members.get("type") == Some(&json!("object"));
            if members.contains_key("allOf") || describes && !parts.contains(name) {
                members.insert("unevaluatedProperties".to_owned(), false.into());
            }
            for (name, member) in members.iter_mut() {
                if name == "allOf" {
                    // A part on its own is open: it is the whole that is closed.
                    continue;
                }
                close(member, parts, name);
            }
        }
        Value::Array(members) => members.iter_mut().for_each(|member| close(member, parts, "")),
        _ => {}
    }
}

/// Holds an answer against its description.
fn assert_described(server: &Server, description: &Value, path: &str) {
    let answer = server.get(path);
    let asked = path.replace("{edition}", "latest");
    let (template, operation) = operation(description, &asked);
    let responses = &operation["responses"];
    let response = if answer.status == 200 { &responses["200"] } else { &responses["default"] };
    let media_type = answer.header("content-type").unwrap().split(';').next().unwrap();
    let content = response["content"].as_object().unwrap_or_else(|| panic!("{template}: {operation}"));
    let described = content.get(media_type).unwrap_or_else(|| panic!("{template} does not describe {media_type}"));
    if !media_type.ends_with("json") {
        return;
    }
    let validator = jsonschema::draft202012::new(&strict(description, &described["schema"])).unwrap();
    let json = answer.json();
    let faults: Vec<String> =
        validator.iter_errors(&json).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{path}: {}", faults[..faults.len().min(5)].join("\n"));
}

#[test]
fn the_description_is_openapi_3_1_and_names_the_program() {
    let description = description();
    assert_eq!(description["openapi"], "3.1.0");
    assert_eq!(description["info"]["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(description["servers"], json!([{ "url": "/" }]));
    let below = Folder::squares().serve_with(&["--base-path", "/a/b"]);
    assert_eq!(below.json("/a/b/openapi.json")["servers"], json!([{ "url": "/a/b" }]));
}

#[test]
fn every_answer_is_as_described() {
    let description = description();
    let server = demo();
    for route in ROUTES.into_iter().chain(MORE) {
        assert_described(&server, &description, &format!("/api/v1/{{edition}}/{route}"));
    }
    for path in [
        "/tiles/{edition}/lad11.json",
        "/tiles/{edition}/lad11/0/0/0.mvt",
        "/api/v1/atlas",
        "/healthz",
        "/readyz",
        "/metrics",
        "/openapi.json",
        "/api",
        "/",
    ] {
        assert_described(&server, &description, path);
    }
    let (squares, _folder) = squares::serve();
    for route in [
        "catalog",
        "areas/square",
        "classes/square/need",
        "values/square/share?fields=lower",
        "compare?areas=square:SW&indicators=need,thefts",
        "summary/square/need",
        "summary/square/place",
        "summary/square/sort",
        "compare?set=Two~square:SW,NE&areas=square:SE&indicators=need,share,place&against=set:Two",
        "deprivation/square/place?score=need&set=Two~square:SW,NE",
        "areas/square?filter=need%3E15",
        "trend/square/share?areas=SW,SE",
        "trend/square/place",
        "hotspots/half/residents",
        "significance/square/share?against=square:NE",
        "relate/square?x=place&y=need",
        "inequality/square/share?by=tenth",
        "inequality/square/share?by=need",
    ] {
        assert_described(&squares, &description, &format!("/api/v1/{{edition}}/{route}"));
    }
}

#[test]
fn every_refusal_is_as_described() {
    let (description, server) = (description(), demo());
    for path in [
        "catalog?x=1",
        "areas/moon",
        "values/lsoa11/crim",
        "classes/lsoa11/crime?k=99",
        "hotspots/lsoa11/crime?permutations=1",
        "significance/lsoa11/residents",
        "change/lsoa11/crime?from=2018-07",
        "relate/lsoa11?x=crime",
        "inequality/lsoa11/crime?by=residents",
        "deprivation/lsoa11/crime",
        "compare",
        "locate",
        "layers/lad11.shp",
    ] {
        assert_described(&server, &description, &format!("/api/v1/{{edition}}/{path}"));
    }
}

#[test]
fn what_is_not_described_is_noticed() {
    let mut description = description();
    let members = description["components"]["schemas"]["Located"]["properties"].as_object_mut().unwrap();
    members.remove("sentence");
    let (_, operation) = operation(&description, "/api/v1/latest/locate");
    let schema = strict(&description, &operation["responses"]["200"]["content"]["application/json"]["schema"]);
    let answer = demo().json("/api/v1/{edition}/locate?lon=0&lat=0");
    assert!(!jsonschema::draft202012::new(&schema).unwrap().is_valid(&answer), "the test above can fail");
}

#[test]
fn every_parameter_is_described_and_every_described_parameter_is_read() {
    let (description, server) = (description(), demo());
    for (template, item) in description["paths"].as_object().unwrap() {
        if !template.starts_with("/api/v1/") {
            continue;
        }
        let parameters = item["get"]["parameters"].as_array().cloned().unwrap_or_default();
        let of = |place: &str| -> BTreeSet<String> {
            let own = parameters.iter().filter(|parameter| parameter["in"] == place);
            own.map(|parameter| parameter["name"].as_str().unwrap().to_owned()).collect()
        };
        let segments = template.split('/').filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'));
        assert_eq!(of("path"), segments.map(str::to_owned).collect(), "{template}");
        // A refusal of an unknown parameter lists those that are read.
        let path = template
            .replace("{edition}", &crate::harness::demo_edition())
            .replace("{geography}", "lad11")
            .replace("{indicator}", "crime")
            .replace("{layer}", "lad11.geojson");
        let problem = server.problem(&format!("{path}?qqqqqqqqqq=1"));
        let detail = problem["detail"].as_str().unwrap();
        let read: BTreeSet<String> = match detail.split_once("Read here: ") {
            Some((_, names)) => names.trim_end_matches('.').split(", ").map(str::to_owned).collect(),
            None => BTreeSet::new(),
        };
        // Where one alone is read, the refusal suggests nothing but may name it.
        assert_eq!(of("query"), read, "{template}: {detail}");
    }
}

#[test]
fn parameters_are_described_by_what_the_atlas_has() {
    let parameter = |description: &Value, route: &str, name: &str| -> Value {
        let parameters = description["paths"][route]["get"]["parameters"].as_array().unwrap();
        parameters.iter().find(|parameter| parameter["name"] == name).unwrap().clone()
    };
    let compare = "/api/v1/{edition}/compare";
    let (squares, _folder) = squares::serve();
    let of_squares = squares.json("/openapi.json");
    let geography = parameter(&of_squares, "/api/v1/{edition}/summary/{geography}/{indicator}", "geography");
    assert_eq!(geography["schema"]["enum"], json!(["square", "half", "country"]));
    let set = parameter(&of_squares, compare, "set");
    assert_eq!((&set["explode"], &set["schema"]["type"]), (&json!(true), &json!("array")));
    // What is described is accepted, and what is not is refused.
    let described = description();
    let schema = |name: &str| jsonschema::draft202012::new(&parameter(&described, compare, name)["schema"]).unwrap();
    for (name, good, bad) in [
        ("areas", json!(["lad11:E08000035", "E08000032"]), json!(["lad11:E08000035~"])),
        ("indicators", json!(["crime"]), json!(["crimes"])),
        ("against", json!(["parent", "lad11:E08000035", "set:North side"]), json!(["everything"])),
        ("set", json!(["North side~lad11:E08000035,E08000032"]), json!(["lad11:E08000035"])),
        ("filter", json!("crime >= 100.5 and burglary@2018-07<3"), json!("crime")),
        ("period", json!("2018-07"), json!("July 2018")),
    ] {
        assert!(schema(name).is_valid(&good) && !schema(name).is_valid(&bad), "{name}");
    }
}

#[test]
fn every_reference_in_the_description_leads_somewhere() {
    let description = description();
    let text = description.to_string();
    let references = text.split("\"$ref\":\"#").skip(1).map(|rest| rest.split('"').next().unwrap());
    let dangling: BTreeSet<&str> = references.filter(|pointer| description.pointer(pointer).is_none()).collect();
    assert!(dangling.is_empty(), "{dangling:?}");
}

#[test]
fn no_route_goes_without_a_description() {
    let source = std::fs::read_to_string(project().join("crates/tessera-server/src/lib.rs")).unwrap();
    // Pages are for readers, not for programs.
    let (before, pages) = source.split_once("fn for_readers()").unwrap();
    let (pages, after) = pages.split_once("\n}\n").unwrap();
    assert!(pages.contains(".route(\"/table\"") && !pages.contains("/api/v1"));
    for described in [before, after] {
        assert!(!described.contains(".route("), "a route by `.route` is not described");
    }
    assert!(before.contains(".routes(routes!("));
}

#[test]
fn the_description_is_rendered_from_files_inside_the_program() {
    let server = demo();
    let page = server.get("/api");
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe"), "{policy}");
    let html = page.text();
    assert!(!html.contains("http"), "nothing from outside: {html}");
    let addresses: Vec<&str> = html.split("=\"api/page/").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(addresses.len(), 3);
    for address in addresses {
        assert_eq!(server.get(&format!("/api/page/{address}")).status, 200, "{address}");
    }
    assert_eq!(server.get("/api/page/index.html").status, 404);
    assert_eq!(server.get("/api/page/..%2fCargo.toml").status, 404);
}
