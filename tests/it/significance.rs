//! `GET /api/v1/{edition}/significance/{geography}/{indicator}`

use serde_json::{Value, json};

use crate::harness::{assert_close, demo, numbers, texts};
use crate::squares::{self, Folder};

fn significance(query: &str) -> Value {
    demo().json(&format!("/api/v1/{{edition}}/significance/{query}"))
}

/// The kind of each area by name.
fn kinds(answer: &Value) -> Vec<Option<String>> {
    let names = texts(&answer["kinds"]["names"]);
    let of = |class: Option<f64>| class.map(|class| names[class as usize].to_owned());
    numbers(&answer["kinds"]["classes"]).into_iter().map(of).collect()
}

#[test]
fn each_area_is_called_what_the_comparison_calls_it() {
    let areas = demo().json("/api/v1/{edition}/areas/lsoa11?fields=code");
    let codes = texts(&areas["columns"]["code"]);
    for against in ["overall", "parent", "lad11:E08000032", "lsoa11:E01010568"] {
        let answer = significance(&format!("lsoa11/crime?against={against}"));
        let kinds = kinds(&answer);
        for start in [0, 700] {
            let some = codes[start..start + 300].join(",");
            let path =
                format!("/api/v1/{{edition}}/compare?geography=lsoa11&areas={some}&indicators=crime&against={against}");
            for (i, area) in demo().json(&path)["indicators"][0]["areas"].as_array().unwrap().iter().enumerate() {
                let held = &area["against"][0];
                assert_eq!(json!(kinds[start + i]), held["significance"], "{against}: {}", codes[start + i]);
                assert_eq!(answer["benchmarks"][start + i], held["value"]);
            }
        }
    }
}

#[test]
fn the_legend_counts_areas_and_people_and_the_sentence_says_them() {
    let answer = significance("lsoa11/crime");
    assert_eq!(answer["kinds"]["names"], json!(["worse", "similar", "better"]));
    let found = kinds(&answer);
    for (name, count) in texts(&answer["kinds"]["names"]).into_iter().zip(numbers(&answer["kinds"]["counts"])) {
        assert_eq!(found.iter().flatten().filter(|own| *own == name).count() as f64, count.unwrap());
    }
    let people: f64 = numbers(&answer["kinds"]["people"][0]["values"]).into_iter().flatten().sum();
    assert_eq!(people, 2_226_058.0);
    assert_close(answer["benchmark"].as_f64().unwrap(), 13.80871477742269);
    let worse = answer["kinds"]["counts"][0].as_u64().unwrap();
    let sentence = answer["sentence"].as_str().unwrap();
    let start = format!(
        "Recorded crime, July 2018: {worse} of the 1,388 LSOAs are worse than West Yorkshire (13.8 per 1,000 residents)"
    );
    assert!(sentence.starts_with(&start), "{sentence}");
}

#[test]
fn an_areas_own_earlier_value_is_a_benchmark_too() {
    let answer = significance("lsoa11/crime?against=period:2016-07");
    let change = demo().json("/api/v1/{edition}/change/lsoa11/crime?from=2016-07");
    let values = numbers(&change["values"]);
    for (position, kind) in kinds(&answer).into_iter().enumerate() {
        let expected = match (change["beyond_chance"][position].as_bool().unwrap(), values[position].unwrap() > 0.0) {
            (false, _) => "similar",
            (true, true) => "worse",
            (true, false) => "better",
        };
        assert_eq!(kind.as_deref(), Some(expected));
    }
    assert!(answer["sentence"].as_str().unwrap().contains("worse than in July 2016"), "{}", answer["sentence"]);
}

#[test]
fn areas_outside_a_limit_and_without_a_value_are_of_no_kind() {
    let answer = significance("lsoa11/crime?within=lad11:E08000035");
    assert_eq!(kinds(&answer).into_iter().flatten().count(), 482);
    let (server, _folder) = squares::serve();
    let answer = server.json("/api/v1/{edition}/significance/square/share?against=square:NE");
    // NE 45 to 55 beside 50, NW 20 to 30, SE hidden, SW 10 to 15; more is better.
    assert_eq!(
        kinds(&answer),
        [Some("similar"), Some("worse"), None, Some("worse")].map(|kind| kind.map(str::to_owned))
    );
    assert_eq!(answer["benchmark"], json!(50.0));
    let sentence = answer["sentence"].as_str().unwrap();
    assert!(sentence.ends_with("; 1 is similar; 1 square is hidden to protect privacy."), "{sentence}");
}

#[test]
fn where_neither_end_is_bad_areas_are_higher_or_lower() {
    let answer = significance("lad11/residents?against=lad11:E08000035");
    assert_eq!(answer["kinds"]["names"], json!(["higher", "similar", "lower", "not-compared"]));
    // Residents are what others are held against: they have no interval.
    assert_eq!(answer["kinds"]["counts"][3], json!(5));
    let sentence = answer["sentence"].as_str().unwrap();
    assert!(sentence.contains("5 districts are not compared: the value has no interval"), "{sentence}");
}

#[test]
fn targets_and_sets_are_benchmarks() {
    let server = Folder::with_extras().serve();
    let answer = server.json("/api/v1/{edition}/significance/square/thefts?against=target");
    // Targets are set for SE (25) and SW (9): 40 of 2,000 and 10 of 1,000.
    assert_eq!(answer["benchmarks"], json!([null, null, 25.0, 9.0]));
    assert_eq!(
        kinds(&answer),
        [Some("not-compared"), None, Some("similar"), Some("similar")].map(|kind| kind.map(str::to_owned))
    );
    // SE has 20 and SW 10 by 1,000 residents.
    let sentence = answer["sentence"].as_str().unwrap();
    assert!(sentence.contains("worse than their target and 0 better"), "they differ: {sentence}");
    let same = Folder::with_extras();
    same.replace("targets.csv", "SE,thefts,2019,25", "SE,thefts,2019,9");
    let same = same.serve().json("/api/v1/{edition}/significance/square/thefts?against=target");
    let sentence = same["sentence"].as_str().unwrap();
    assert!(sentence.contains("than their target (9.0 per 1,000 residents) and"), "{sentence}");
    let answer = significance("lsoa11/crime?set=Two~lad11:E08000035,E08000032&against=set:Two");
    let set = demo().json("/api/v1/{edition}/compare?set=Two~lad11:E08000035,E08000032&indicators=crime");
    assert_eq!(answer["benchmark"], set["indicators"][0]["sets"][0]["value"]);
}

#[test]
fn what_cannot_be_held_against_is_refused_with_the_reason() {
    for (query, parameter, reason) in [
        ("lsoa11/residents", "against", "is a count"),
        ("lad11/crime?against=parent", "against", "no value to compare with"),
        ("lsoa11/crime?against=target", "against", "no value to compare with"),
        ("lsoa11/crime?against=moon", "against", "should be a geography and a code"),
        ("lsoa11/crime?against=overall,parent", "against", "Name one"),
        ("lsoa11/crime?against=period:2018-07", "against", "does not end before"),
        ("lsoa11/crime?against=period:2011", "against", "is published for"),
    ] {
        let problem = demo().problem(&format!("/api/v1/{{edition}}/significance/{query}"));
        assert_eq!((&problem["status"], &problem["parameter"]), (&json!(400), &json!(parameter)), "{query}: {problem}");
        assert!(problem["detail"].as_str().unwrap().contains(reason), "{query}: {problem}");
    }
    let (server, _folder) = squares::serve();
    for indicator in ["need", "place", "tenth", "sort"] {
        let problem = server.problem(&format!("/api/v1/{{edition}}/significance/square/{indicator}"));
        assert_eq!(problem["parameter"], "indicator", "{problem}");
    }
}

#[test]
fn what_is_larger_than_the_atlas_is_the_benchmark_where_none_is_named() {
    let folder = Folder::squares();
    folder.write("country-thefts.csv", "code,thefts\nC,17.5\n");
    folder.append(
        "atlas.toml",
        "\n[[table]]\nfile = \"country-thefts.csv\"\ngeography = \"country\"\ncode = \"code\"\nperiod = \"2019\"\ncolumns = { thefts = \"thefts\" }\n",
    );
    let server = folder.serve();
    let path = "/api/v1/{edition}/significance/square/thefts";
    let (unsaid, whole) = (server.json(path), server.json(&format!("{path}?against=overall")));
    assert_eq!(unsaid["against"], "country:C");
    assert_eq!(unsaid["name"], "Circle <b>Country</b>");
    assert_eq!((&unsaid["benchmark"], &whole["against"]), (&json!(17.5), &json!("overall")));
    let catalog = server.json("/api/v1/{edition}/catalog");
    assert_eq!(
        catalog["comparators"],
        json!([{ "geography": "country", "code": "C", "name": "Circle <b>Country</b>" }])
    );
    // What is published for no comparator is held against the whole.
    assert_eq!(significance("lsoa11/crime")["against"], "overall");
}
