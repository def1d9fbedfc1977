//! Sets that a reader draws (`set=`), areas that a filter finds (`filter=`), and what is selected by them.

use insta::assert_json_snapshot;
use serde_json::{Value, json};

use crate::harness::{Server, assert_close, demo, encoded, numbers, shown, texts};
use crate::squares::{self, Folder};

/// The squares with a proportion that is hidden in SE: SW 10 of 100, SE hidden, NW 20 of 50, NE 30 of 150.
fn with_absence() -> Folder {
    let folder = Folder::squares();
    folder.write("absence.csv", "code,part,all\nSW,10,100\nSE,[c],80\nNW,20,50\nNE,30,150\n");
    folder.append(
        "atlas.toml",
        "\n[[indicator]]\nid = \"absence\"\nname = \"Absence\"\nkind = \"proportion\"\npolarity = \"high-is-bad\"\n\n\
         [[table]]\nfile = \"absence.csv\"\ngeography = \"square\"\ncode = \"code\"\nperiod = \"2019\"\n[table.columns]\n\
         part = { indicator = \"absence\", field = \"numerator\" }\nall = { indicator = \"absence\", field = \"denominator\" }\n",
    );
    folder
}

fn compare(server: &Server, query: &str) -> Value {
    server.json(&format!("/api/v1/{{edition}}/compare?{query}"))
}

#[test]
fn a_set_stands_beside_an_area_its_parent_and_the_whole() {
    let folder = with_absence();
    let server = folder.serve();
    let query = "set=West%20side~square:SW,NW&areas=square:NE&indicators=absence,need,residents,place";
    assert_json_snapshot!(shown(&compare(&server, query)));
}

#[test]
fn what_a_set_is_does_not_depend_on_the_order_of_its_codes() {
    let (server, _folder) = squares::serve();
    let one = compare(&server, "set=A~square:SW,NW&indicators=need");
    assert_eq!(one, compare(&server, "set=A~square:NW,SW,NW&indicators=need"));
    assert_eq!(one["sets"][0]["codes"], json!(["NW", "SW"]));
    assert_eq!(one, compare(&server, "geography=square&set=A~parent:half:WEST&indicators=need"));
}

#[test]
fn a_set_of_the_areas_of_a_larger_one_is_that_one() {
    let server = demo();
    let parents = server.json("/api/v1/{edition}/areas/lsoa11?fields=code,parents");
    let (codes, parents) = (texts(&parents["columns"]["code"]), texts(&parents["columns"]["parents"]["msoa11"]));
    for msoa in ["E02002183", "E02006875", "E02002330"] {
        let members: Vec<&str> =
            codes.iter().zip(&parents).filter(|(_, parent)| **parent == msoa).map(|(code, _)| *code).collect();
        assert!(members.len() > 1, "{msoa}");
        let query =
            format!("set=Mine~lsoa11:{}&areas=msoa11:{msoa}&indicators=crime,residents,density", members.join(","));
        let answer = compare(&server, &query);
        for indicator in answer["indicators"].as_array().unwrap() {
            for field in ["value", "numerator", "denominator", "lower", "upper", "method", "status", "coverage"] {
                assert_eq!(indicator["sets"][0][field], indicator["areas"][0][field], "{msoa}: {field} of {indicator}");
            }
        }
        assert_eq!(answer["people"][0]["sets"][0], answer["people"][0]["values"][0]);
    }
}

#[test]
fn a_set_with_a_hidden_member_is_hidden_and_the_reason_says_what_is_covered() {
    let folder = with_absence();
    let server = folder.serve();
    let answer = compare(&server, "set=Drawn~square:SE,NE&indicators=absence");
    let own = &answer["indicators"][0]["sets"][0];
    assert_eq!(
        (&own["value"], &own["numerator"], &own["status"]),
        (&Value::Null, &Value::Null, &json!(["suppressed"]))
    );
    assert_close(own["coverage"].as_f64().unwrap(), 4000.0 / 6000.0);
    assert_eq!(
        own["reason"],
        "Hidden to protect privacy, as is the number of 1 of its 2 squares; what is published covers 67% of it."
    );
    assert!(answer["sentence"].as_str().unwrap().contains("Drawn hidden to protect privacy"), "{}", answer["sentence"]);
}

#[test]
fn the_profile_of_a_set_hides_and_refuses_what_a_comparison_does() {
    let folder = with_absence();
    let server = folder.serve();
    let profile = server.json("/api/v1/{edition}/profile?set=Drawn~square:SE,NE");
    for entry in profile["indicators"].as_array().unwrap() {
        let id = entry["indicator"].as_str().unwrap();
        let compared = compare(&server, &format!("set=Drawn~square:SE,NE&indicators={id}"));
        assert_eq!(entry["sets"], compared["indicators"][0]["sets"], "{id}");
    }
    let entries = profile["indicators"].as_array().unwrap();
    let absence = entries.iter().find(|entry| entry["indicator"] == "absence").unwrap();
    assert_eq!((&absence["sets"][0]["value"], &absence["sets"][0]["status"]), (&Value::Null, &json!(["suppressed"])));
    let tenth = entries.iter().find(|entry| entry["indicator"] == "tenth").unwrap();
    assert_eq!(
        (&tenth["sets"][0]["worst_tenth"]["areas"], &tenth["sets"][0]["worst_tenth"]["of"]),
        (&json!(1), &json!(2))
    );
}

#[test]
fn the_profile_of_a_set_says_every_worst_tenth_that_its_areas_are_in() {
    let folder = Folder::squares();
    folder.append(
        "atlas.toml",
        r#"
[[indicator]]
id = "named"
name = "Named tenth"
kind = "decile"
polarity = "high-is-good"
worst = "most deprived"
best = "least deprived"
among = "areas of Squareland"

[[table]]
file = "tenths.csv"
geography = "square"
code = "code"
period = "2019"
columns = { tenth = "named" }
"#,
    );
    let profile = folder.serve().json("/api/v1/{edition}/profile?set=Drawn~square:SW,SE");
    let sentence = profile["sentence"].as_str().unwrap();
    assert!(sentence.contains("its 2 squares, 2 are in decile 1"), "{sentence}");
    let other = "; 2 are in the most deprived 10% of areas of Squareland by Named tenth.";
    assert!(sentence.contains(other), "{sentence}");
}

#[test]
fn areas_and_sets_are_held_against_a_set() {
    let folder = with_absence();
    let server = folder.serve();
    let query = "areas=square:NW&set=Two~square:SW,NE&indicators=absence,residents&against=set:Two";
    let answer = compare(&server, query);
    let held = &answer["indicators"][0]["areas"][0]["against"][0];
    assert_eq!((&held["against"], &held["name"], &held["code"]), (&json!("set:Two"), &json!("Two"), &Value::Null));
    assert_eq!((&held["value"], &held["difference"]), (&json!(16.0), &json!(24.0)));
    assert_eq!(held["in_words"], "higher than Two, and by more than chance would explain: worse");
    let sentence = answer["sentence"].as_str().unwrap();
    let verdict = "is higher than Two, and by more than chance would explain: worse.";
    assert!(sentence.contains(verdict), "{sentence}");
    let count = &answer["indicators"][1]["areas"][0]["against"][0];
    assert_eq!(count["reason"], "The count of a set is not held against that of an area.");
}

#[test]
fn a_set_goes_through_time_like_an_area() {
    let server = demo();
    let path = "/api/v1/{edition}/trend/lad11/crime?areas=E08000035&against=parent,set:All";
    let districts = texts(&server.json("/api/v1/{edition}/areas/lad11?fields=code")["columns"]["code"]).join(",");
    let answer = server.json(&format!("{path}&set=All~lad11:{districts}"));
    let (set, overall) = (&answer["sets"][0], &answer["overall"]);
    assert_eq!((&set["name"], &set["code"], &set["geography"]), (&json!("All"), &Value::Null, &json!("lad11")));
    for (own, whole) in set["series"].as_array().unwrap().iter().zip(overall["series"].as_array().unwrap()) {
        assert_eq!(own["period"], whole["period"]);
        assert_close(own["value"].as_f64().unwrap(), whole["value"].as_f64().unwrap());
    }
    assert_eq!(answer["against"][0]["name"], "All");
    assert_eq!(answer["against"].as_array().unwrap().len(), 1, "a district lies in no larger area here");
    let answer = server.json("/api/v1/{edition}/trend/lsoa11/crime?areas=E01010568,E01010569&against=parent");
    assert_eq!((answer["against"].as_array().unwrap().len(), &answer["against"][0]["code"]), (1, &json!("E08000032")));
}

#[test]
fn sets_that_cannot_be_read_are_refused() {
    let (server, _folder) = squares::serve();
    for (query, kind, parameter) in [
        ("indicators=need", "bad-parameter", "areas"),
        ("set=square:SW&indicators=need", "bad-parameter", "set"),
        ("set=~square:SW&indicators=need", "bad-parameter", "set"),
        ("set=A,B~square:SW&indicators=need", "bad-parameter", "set"),
        ("set=A~&indicators=need", "bad-parameter", "set"),
        ("set=A~SW&indicators=need", "bad-parameter", "set"),
        ("set=A~square:SX&indicators=need", "unknown-area", "set"),
        ("set=A~circle:SW&indicators=need", "unknown-geography", "set"),
        ("set=A~square:SW,half:WEST&indicators=need", "bad-parameter", "set"),
        ("set=A~square:SW&set=A~square:SE&indicators=need", "bad-parameter", "set"),
        ("set=A~country:C&indicators=need", "not-applicable", "set"),
        ("set=A~square:SW&indicators=need&against=set:B", "bad-parameter", "against"),
        ("geography=half&areas=parent:square:SW&indicators=need", "bad-parameter", "areas"),
        ("geography=square&areas=filter&indicators=need", "bad-parameter", "areas"),
        ("geography=square&filter=need&indicators=need", "bad-parameter", "filter"),
        ("geography=square&filter=need%3E1000&indicators=need", "bad-parameter", "filter"),
        ("geography=square&filter=ned%3E10&indicators=need", "unknown-indicator", "filter"),
        ("geography=square&filter=need@1999%3E10&indicators=need", "unknown-period", "filter"),
    ] {
        let problem = server.problem(&format!("/api/v1/{{edition}}/compare?{query}"));
        assert_eq!(problem["type"], format!("/problems/{kind}"), "{query}: {problem}");
        assert_eq!((&problem["parameter"], &problem["status"]), (&json!(parameter), &json!(400)), "{query}");
    }
}

#[test]
fn a_filter_finds_areas_and_says_who_lives_there() {
    let (server, _folder) = squares::serve();
    let answer = server.get("/api/v1/{edition}/areas/square?filter=need%3E=20+and+tenth%3C10&fields=code");
    assert_eq!(answer.header("cache-control"), Some("public, max-age=300, must-revalidate"));
    let answer = answer.json();
    assert_eq!(answer["columns"]["code"], json!(["NW", "SE"]));
    assert_eq!(
        (&answer["people"][0]["indicator"], &answer["people"][0]["total"]),
        (&json!("residents"), &json!(3000.0))
    );
    assert_eq!(
        answer["sentence"],
        "2 of the 4 squares in Squareland have Need (2019) 20 or more and Tenth of need (2019) below 10. Residents, 2019, of \
         these: 3,000."
    );
    let codes = |query: &str| {
        let answer = server.json(&format!("/api/v1/{{edition}}/areas/square?fields=code&{query}"));
        texts(&answer["columns"]["code"]).iter().map(|code| (*code).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(codes("filter=need%3E%3D20&within=half:WEST"), ["NW"]);
    assert_eq!(codes("filter=need@2019%3D20&q=north"), ["NW"], "a search and a filter together");
}

#[test]
fn what_a_filter_finds_is_compared() {
    let (server, _folder) = squares::serve();
    let codes = |query: &str| -> Vec<Value> {
        let answer = compare(&server, &format!("geography=square&indicators=need&{query}"));
        answer["areas"].as_array().unwrap().iter().map(|area| area["code"].clone()).collect()
    };
    assert_eq!(codes("filter=need%3C%3D20"), ["NW", "SE", "SW"]);
    assert_eq!(codes("filter=need%3C20&areas=NE,filter"), ["NE", "SW"]);
    assert_eq!(codes("areas=parent:half:EAST"), ["NE", "SE"]);
    let answer = compare(&server, "geography=square&indicators=need&set=Low~filter&filter=need%3C%3D20");
    assert_eq!((&answer["sets"][0]["codes"], &answer["areas"]), (&json!(["NW", "SE", "SW"]), &json!([])));
}

#[test]
fn classes_are_those_of_the_atlas_of_a_part_of_it_or_of_a_selection() {
    let server = demo();
    let classes = |query: &str| server.json(&format!("/api/v1/{{edition}}/classes/lsoa11/crime?{query}"));
    let (all, leeds) = (classes(""), classes("within=lad11:E08000035"));
    assert_eq!((&all["scope"], &all["scope_n"], &leeds["scope"]), (&json!("atlas"), &json!(1388), &json!("within")));
    let in_leeds = classes("within=lad11:E08000035&scope=atlas");
    assert_eq!(
        (&in_leeds["scope"], &in_leeds["scope_n"], &in_leeds["n"]),
        (&json!("atlas"), &json!(1388), &json!(482))
    );
    assert_eq!(in_leeds["breaks"], all["breaks"], "the atlas holds all of Leeds");
    for (own, of_all) in in_leeds["classes"].as_array().unwrap().iter().zip(all["classes"].as_array().unwrap()) {
        assert!(own.is_null() || own == of_all);
    }
    let bradford = classes("scope=selection&areas=parent:msoa11:E02002183");
    let of_bradford = classes("within=msoa11:E02002183");
    let (wide, own) = (numbers(&bradford["breaks"]), numbers(&of_bradford["breaks"]));
    let last = own.len() - 1;
    assert_eq!(wide[1..last], own[1..last], "the breaks between classes are those of the selection");
    let ends = numbers(&all["breaks"]);
    assert_eq!((wide[0], wide[last]), (ends[0], *ends.last().unwrap()), "and its ends reach to all areas");
    assert_eq!(
        (&bradford["scope"], &bradford["scope_n"], &bradford["n"]),
        (&json!("selection"), &of_bradford["n"], &json!(1388))
    );
    let counted: u64 = bradford["counts"].as_array().unwrap().iter().map(|count| count.as_u64().unwrap()).sum();
    assert_eq!(counted, 1388, "every area has a class");
    for (query, parameter) in [
        ("scope=selection", "areas"),
        ("areas=E01010568", "areas"),
        ("scope=selection&areas=lad11:E08000035", "areas"),
        ("scope=country", "scope"),
    ] {
        let problem = server.problem(&format!("/api/v1/{{edition}}/classes/lsoa11/crime?{query}"));
        assert_eq!(problem["parameter"], json!(parameter), "{query}");
    }
}

#[test]
fn a_set_is_not_held_against_itself() {
    let server = demo();
    let sets = ["North~lsoa11:E01010568,E01010569", "Again~lsoa11:E01010569,E01010568", "South~lsoa11:E01010570"];
    let sets: Vec<String> = sets.iter().map(|set| format!("set={}", encoded(set))).collect();
    let path = format!("/api/v1/{{edition}}/compare?{}&indicators=crime&against=set:North", sets.join("&"));
    let answer = server.json(&path);
    let held = |set: usize| answer["indicators"][0]["sets"][set]["against"].as_array().unwrap().len();
    assert_eq!([held(0), held(1), held(2)], [0, 0, 1], "a set is its areas, whatever it is called");
}
