//! `GET /api/v1/{edition}/profile/{geography}/{code}`

use insta::assert_json_snapshot;
use serde_json::{Value, json};

use crate::harness::{assert_close, demo, shown};
use crate::squares;

fn entry<'a>(profile: &'a Value, indicator: &str) -> &'a Value {
    profile["indicators"].as_array().unwrap().iter().find(|entry| entry["indicator"] == indicator).unwrap()
}

#[test]
fn an_area_is_seen_by_every_indicator_between_the_quartiles_of_all() {
    let profile = demo().json("/api/v1/{edition}/profile/lsoa11/E01033690");
    let indicators = profile["indicators"].as_array().unwrap().len();
    assert_eq!(indicators, demo().json("/api/v1/{edition}/catalog")["indicators"].as_array().unwrap().len());
    assert_eq!(profile["area"]["name"], "Bradford 039G");
    assert_json_snapshot!(shown(entry(&profile, "crime")));
    assert_eq!(
        profile["sentence"],
        "Bradford 039G is in the worst tenth of 1,388 LSOAs by 15 of 15 indicators: Recorded crime, Anti-social behaviour, \
         Bicycle theft, Burglary and 11 more. It is worse than West Yorkshire by 14 of 15 indicators that can be compared \
         and similar by 1."
    );
}

#[test]
fn an_entry_says_what_comparison_and_summary_say() {
    let profile = demo().json("/api/v1/{edition}/profile/lsoa11/E01010568");
    let compared = demo().json("/api/v1/{edition}/compare?areas=lsoa11:E01010568&indicators=burglary");
    let own = entry(&profile, "burglary");
    assert_eq!(own["areas"], compared["indicators"][0]["areas"]);
    let spread = &demo().json("/api/v1/{edition}/summary/lsoa11/burglary")["spread"];
    for quartile in ["minimum", "lower_quartile", "median", "upper_quartile", "maximum"] {
        assert_close(own["quartiles"][quartile].as_f64().unwrap(), spread[quartile].as_f64().unwrap());
    }
}

#[test]
fn what_is_not_published_for_an_area_is_shown_for_the_next_larger_one() {
    let profile = demo().json("/api/v1/{edition}/profile/lsoa11/E01010568");
    let strokes = entry(&profile, "stroke-admissions");
    let around = &profile["area"]["parents"]["msoa11"];
    assert_eq!((&strokes["shown_for"]["geography"], &strokes["shown_for"]["code"]), (&json!("msoa11"), around));
    assert_eq!((&strokes["areas"][0]["geography"], &strokes["areas"][0]["code"]), (&json!("msoa11"), around));
    let spread = &demo().json("/api/v1/{edition}/summary/msoa11/stroke-admissions")["spread"];
    assert_eq!(strokes["quartiles"]["maximum"], spread["maximum"]);
    assert_eq!(entry(&profile, "crime")["shown_for"], Value::Null);
}

#[test]
fn what_is_published_neither_here_nor_around_has_no_period() {
    let (server, _folder) = squares::serve();
    let profile = server.json("/api/v1/{edition}/profile/half/WEST");
    let place = entry(&profile, "place");
    assert_eq!(
        (&place["period"], &place["shown_for"], &place["quartiles"], &place["areas"][0]["value"]),
        (&Value::Null, &Value::Null, &Value::Null, &Value::Null)
    );
    // Categories have a value and no quartiles.
    let sort = entry(&server.json("/api/v1/{edition}/profile/square/SW"), "sort").clone();
    assert_eq!((&sort["areas"][0]["value"], &sort["quartiles"]), (&json!(1.0), &Value::Null));
}

#[test]
fn areas_that_are_not_there_are_refused() {
    for (path, kind, parameter) in
        [("lsoa11/E09999999", "unknown-area", "code"), ("lsoa12/E01010568", "unknown-geography", "geography")]
    {
        let problem = demo().problem(&format!("/api/v1/{{edition}}/profile/{path}"));
        assert_eq!(
            (&problem["status"], &problem["type"], &problem["parameter"]),
            (&json!(404), &json!(format!("/problems/{kind}")), &json!(parameter))
        );
    }
}
