//! `GET /api/v1/{edition}/deprivation/{geography}/{indicator}`

use insta::assert_json_snapshot;
use serde_json::{Value, json};

use crate::harness::shown;
use crate::plain::{page, texts};
use crate::squares;

#[test]
fn larger_areas_and_sets_have_the_summary_measures_and_a_place_by_each() {
    let (server, _folder) = squares::serve();
    let path = "/api/v1/{edition}/deprivation/square/place?score=need&set=Most~square:SW,SE,NW";
    assert_json_snapshot!(shown(&server.json(path)));
}

#[test]
fn without_a_score_the_average_rank_stands_in_the_sentence() {
    let (server, _folder) = squares::serve();
    let answer = server.json("/api/v1/{edition}/deprivation/square/place");
    assert_eq!((&answer["score"], &answer["overall"]["average_score"]), (&Value::Null, &Value::Null));
    assert!(answer["sentence"].as_str().unwrap().contains("by average rank"), "{}", answer["sentence"]);
}

#[test]
fn without_a_count_of_people_the_worst_tenth_is_known_and_the_reason_said() {
    let folder = squares::Folder::squares();
    folder.replace("atlas.toml", "people = [\"residents\"]", "people = []");
    let server = folder.serve();
    let answer = server.json("/api/v1/{edition}/deprivation/square/place");
    let measures = &answer["areas"][0];
    assert_eq!(
        (&answer["weighted_by"], &measures["average_score"], &measures["extent"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    assert_eq!((&measures["most_deprived_tenth"], &measures["ranks"]["most_deprived_tenth"]), (&json!(1.0), &json!(1)));
    assert_eq!(
        answer["sentence"],
        "Place among all, 2019, 2 halves, the most deprived first: by the share of small areas in the most deprived tenth of the country \
         East 100.0% and West 100.0%. The other measures are weighted by people, of whom no count is published for squares."
    );
    let table = page(&server, "/table?indicator=place");
    let said = texts(&table, "details p");
    assert!(said.iter().any(|said| said.contains("no count is published for squares")), "{said:?}");
    assert_eq!(texts(&table, "details th.number"), ["In the most deprived tenth"], "no column without a figure");
}

#[test]
fn what_is_no_rank_of_deprivation_is_refused() {
    let (server, _folder) = squares::serve();
    for (path, status, kind, parameter) in [
        ("square/need", 400, "not-applicable", "indicator"),
        ("square/place?score=tenth", 400, "not-applicable", "score"),
        ("square/place?score=ned", 400, "unknown-indicator", "score"),
        ("square/place?of=square2", 400, "unknown-geography", "of"),
        ("square/place?period=1999", 400, "unknown-period", "period"),
        ("square/plac", 404, "unknown-indicator", "indicator"),
    ] {
        let problem = server.problem(&format!("/api/v1/{{edition}}/deprivation/{path}"));
        assert_eq!(problem["type"], format!("/problems/{kind}"), "{path}");
        assert_eq!((&problem["status"], &problem["parameter"]), (&json!(status), &json!(parameter)), "{path}");
    }
}

#[test]
fn the_catalogue_says_what_the_measures_of_an_index_are_made_of() {
    let (server, _folder) = squares::serve();
    let catalog = server.json("/api/v1/{edition}/catalog");
    let index = |id: &str| {
        let indicators = catalog["indicators"].as_array().unwrap();
        indicators.iter().find(|own| own["id"] == id).unwrap()["deprivation"].clone()
    };
    assert_eq!(index("place"), json!({ "geography": "square", "rank": "place", "score": null }));
    assert_eq!((index("need"), index("tenth")), (Value::Null, Value::Null), "four areas are in order by chance");
}

#[test]
fn the_table_compares_larger_areas_by_the_measures() {
    let (server, _folder) = squares::serve();
    let path = "/table?indicator=place";
    let document = page(&server, path);
    let measures = server.json("/api/v1/{edition}/deprivation/square/place");
    let said = texts(&document, "details p");
    assert_eq!(said[0], measures["sentence"].as_str().unwrap());
    let rows = texts(&document, "details tbody tr");
    assert_eq!(rows.len(), measures["areas"].as_array().unwrap().len());
    let first = measures["areas"].as_array().unwrap().iter().find(|area| area["ranks"]["average_rank"] == 1).unwrap();
    let tenth = format!("{:.1}%", 100.0 * first["most_deprived_tenth"].as_f64().unwrap());
    assert!(rows[0].starts_with(first["name"].as_str().unwrap()) && rows[0].contains(&tenth), "{rows:?}");
    assert!(texts(&page(&server, "/table?indicator=need"), "details").is_empty());
}
