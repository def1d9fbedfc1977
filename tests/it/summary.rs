//! `GET /api/v1/{edition}/summary/{geography}/{indicator}`

use insta::assert_json_snapshot;
use serde_json::{Value, json};

use crate::demo::{column, crime_rates, district_sums};
use crate::harness::{assert_close, demo, shown};
use crate::squares;

fn summary(path: &str) -> Value {
    demo().json(&format!("/api/v1/{{edition}}/summary/{path}"))
}

#[test]
fn a_column_is_summed_up() {
    assert_json_snapshot!(shown(&summary("lsoa11/crime")));
}

#[test]
fn the_means_follow_from_the_files() {
    let answer = summary("lsoa11/crime");
    let rates = crime_rates("2018-07");
    assert_close(answer["spread"]["plain_mean"].as_f64().unwrap(), rates.iter().sum::<f64>() / 1388.0);
    let total = |file: &str, heading: &str| district_sums(file, heading).values().sum::<f64>();
    let whole = total("crime-2018-07.csv", "All crime") / total("census2011.csv", "Residents") * 1000.0;
    assert_close(answer["spread"]["weighted_mean"]["value"].as_f64().unwrap(), whole);
}

#[test]
fn within_one_district_only_its_areas_count() {
    let answer = summary("lsoa11/crime?within=lad11:E08000035&period=2016-07");
    assert_eq!(
        (&answer["n"], &answer["within"], &answer["period"]),
        (&json!(482), &json!("lad11:E08000035"), &json!("2016-07"))
    );
    let codes = column("census2011.csv", "LSOA11CD");
    assert!(
        answer["highest"]
            .as_array()
            .unwrap()
            .iter()
            .all(|area| codes.contains(&area["code"].as_str().unwrap().to_owned()))
    );
    assert!(answer["sentence"].as_str().unwrap().contains("482 LSOAs in Leeds"), "{}", answer["sentence"]);
}

#[test]
fn ranks_have_the_measures_of_an_index_and_scores_have_both_means() {
    let (server, _folder) = squares::serve();
    let of = |indicator: &str| server.json(&format!("/api/v1/{{edition}}/summary/square/{indicator}"));
    assert_json_snapshot!(shown(&of("place")));
    assert_eq!(of("need")["spread"]["weighted_mean"]["weighted_by"], "Residents, 2019");
    assert_eq!((&of("need")["summary_measures"], &of("sort")["spread"]), (&Value::Null, &Value::Null));
}

#[test]
fn what_cannot_be_read_is_refused() {
    for (path, status, kind, parameter) in [
        ("lsoa11/crime?period=2015-07", 400, "unknown-period", Some("period")),
        ("lsoa11/crime?period=all", 400, "bad-parameter", Some("period")),
        ("lsoa11/crime?within=leeds", 400, "bad-parameter", Some("within")),
        ("lsoa11/crime?k=5", 400, "unknown-parameter", Some("k")),
        ("lsoa11/crim", 404, "unknown-indicator", Some("indicator")),
        ("lsoa12/crime", 404, "unknown-geography", Some("geography")),
        ("lsoa11/stroke-admissions", 404, "not-published-here", Some("indicator")),
    ] {
        let problem = demo().problem(&format!("/api/v1/{{edition}}/summary/{path}"));
        assert_eq!(problem["type"], format!("/problems/{kind}"), "{path}");
        assert_eq!((problem["status"].as_u64(), problem["parameter"].as_str()), (Some(status), parameter), "{path}");
    }
}
