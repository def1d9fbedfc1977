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
fn the_one_indicator_that_can_be_compared_is_named() {
    let (server, _folder) = squares::serve();
    let profile = server.json("/api/v1/{edition}/profile/square/NE");
    let said = " is similar to Squareland by the one indicator that can be compared, Thefts.";
    assert!(profile["sentence"].as_str().unwrap().ends_with(said), "{}", profile["sentence"]);
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

#[test]
fn a_set_is_seen_by_every_indicator_as_a_comparison_has_it() {
    let set = "set=North%20side~lsoa11:E01010569,E01010568";
    let profile = demo().json(&format!("/api/v1/{{edition}}/profile?{set}"));
    let codes = ["E01010568", "E01010569"];
    assert_eq!(profile["set"], json!({ "name": "North side", "geography": "lsoa11", "codes": codes }));
    let compared = demo().json(&format!("/api/v1/{{edition}}/compare?{set}&indicators=burglary"));
    let own = entry(&profile, "burglary");
    assert_eq!((&own["areas"], &own["sets"]), (&json!([]), &compared["indicators"][0]["sets"]));
    let of_area = demo().json("/api/v1/{edition}/profile/lsoa11/E01010568");
    assert_eq!(own["quartiles"], entry(&of_area, "burglary")["quartiles"]);
    // A sum of areas has no place among them.
    let residents = entry(&profile, "residents");
    assert!(residents["sets"][0]["value"].is_number() && residents["quartiles"].is_null(), "{residents}");
    let strokes = entry(&profile, "stroke-admissions");
    assert_eq!(
        (&strokes["period"], &strokes["sets"][0]["reason"]),
        (&Value::Null, &json!("Stroke admissions is not published for LSOAs."))
    );
    let said = "North side is similar to West Yorkshire by 15 of 15 indicators that can be compared.";
    assert_eq!(profile["sentence"], said);
    // Against the counts of the same answer, for a set that differs.
    let worse = demo().json("/api/v1/{edition}/profile?set=Centre~lsoa11:E01033690,E01033010");
    let held = worse["indicators"].as_array().unwrap().iter();
    let held = held.flat_map(|entry| entry["sets"][0]["against"].as_array().unwrap());
    let verdicts: Vec<&Value> =
        held.filter(|held| held["against"] == "overall").map(|held| &held["significance"]).collect();
    let of = |verdict: &str| verdicts.iter().filter(|own| ***own == json!(verdict)).count();
    let compared = verdicts.iter().filter(|own| !own.is_null()).count();
    let begins = format!("Centre is worse than West Yorkshire by {} of {compared} indicators", of("worse"));
    assert!(of("worse") > 0 && worse["sentence"].as_str().unwrap().starts_with(&begins), "{}", worse["sentence"]);
}

#[test]
fn a_profile_is_that_of_one_set() {
    for query in ["", "?set=A~lad11:E08000035&set=B~lad11:E08000032", "?set=A"] {
        let problem = demo().problem(&format!("/api/v1/{{edition}}/profile{query}"));
        assert_eq!((&problem["status"], &problem["parameter"]), (&json!(400), &json!("set")), "{query}");
    }
}
