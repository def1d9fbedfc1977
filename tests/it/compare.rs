//! `GET /api/v1/{edition}/compare`

use std::collections::HashMap;

use insta::assert_json_snapshot;
use serde_json::{Value, json};

use crate::demo::{by_lsoa, column, district_sums};
use crate::harness::{assert_close, demo, encoded, numbers, shown};
use crate::squares;

fn compare(query: &str) -> Value {
    demo().json(&format!("/api/v1/{{edition}}/compare?{query}"))
}

#[test]
fn areas_stand_beside_each_other_their_district_and_the_whole() {
    assert_json_snapshot!(shown(&compare("geography=lsoa11&areas=E01033010,E01010568&indicators=crime")));
}

#[test]
fn every_number_follows_from_the_files() {
    let answer = compare("geography=lsoa11&areas=E01033010&indicators=crime");
    let (crimes, residents) = (by_lsoa("crime-2018-07.csv", "All crime"), by_lsoa("census2011.csv", "Residents"));
    let (of_district, people) =
        (district_sums("crime-2018-07.csv", "All crime"), district_sums("census2011.csv", "Residents"));
    let area = &answer["indicators"][0]["areas"][0];
    let value = crimes["E01033010"] / residents["E01033010"] * 1000.0;
    assert_close(area["value"].as_f64().unwrap(), value);
    assert_eq!(area["numerator"].as_f64(), Some(crimes["E01033010"]));
    assert_eq!(area["denominator"].as_f64(), Some(residents["E01033010"]));
    let [parent, overall] = [&area["against"][0], &area["against"][1]];
    assert_eq!((&parent["geography"], &parent["code"]), (&json!("lad11"), &json!("E08000035")));
    let leeds = of_district["E08000035"] / people["E08000035"] * 1000.0;
    assert_close(parent["value"].as_f64().unwrap(), leeds);
    assert_close(parent["difference"].as_f64().unwrap(), value - leeds);
    let whole = of_district.values().sum::<f64>() / people.values().sum::<f64>() * 1000.0;
    assert_close(overall["value"].as_f64().unwrap(), whole);
    assert_close(overall["value"].as_f64().unwrap(), 13.80871477742269);
    assert_close(overall["difference"].as_f64().unwrap(), value - whole);
    assert_eq!(area["rank"]["words"], "2nd highest of 1,388 in West Yorkshire");
    assert_eq!(answer["people"][0]["total"].as_f64(), Some(residents["E01033010"]));
}

#[test]
fn what_differs_by_more_than_chance_is_said_in_words() {
    // 13 crimes among 1,782 residents: 3.9 to 12.5 per 1,000, beside 15.7 in Bradford.
    let said = |query: &str| {
        let answer = compare(&format!("geography=lsoa11&areas=E01010568&indicators=crime&against=parent{query}"));
        let area = answer["indicators"][0]["areas"][0].clone();
        (area["against"][0]["significance"].clone(), area["outer"].clone())
    };
    assert_eq!(said(""), (json!("better"), Value::Null));
    assert_eq!(said("&confidence=95"), said(""));
    let (much, outer) = said("&confidence=99.8");
    assert!(outer["lower"].as_f64() < Some(3.88) && outer["upper"].as_f64() > Some(12.47), "{outer}");
    assert_eq!(much, if outer["upper"].as_f64() < Some(15.69) { "much better" } else { "better" });
    let answer = compare("areas=lad11:E08000035&indicators=residents&against=overall");
    let held = &answer["indicators"][0]["areas"][0]["against"][0];
    assert_eq!(held["not_compared"], "The count of a part is not held against that of the whole.");
}

#[test]
fn a_rank_says_in_which_tenth_it_is_where_one_end_is_worse() {
    let rank = |indicator: &str| {
        compare(&format!("geography=lsoa11&areas=E01033010&indicators={indicator}&against="))["indicators"][0]["areas"]
            [0]["rank"]
            .clone()
    };
    let crime = rank("crime");
    assert_eq!((&crime["rank"], &crime["tenth"]), (&json!(2), &json!(1)));
    assert_close(crime["percentile"].as_f64().unwrap(), 100.0 * 1386.5 / 1388.0);
    assert_eq!(rank("residents")["tenth"], Value::Null, "neither end is bad");
}

#[test]
fn a_district_has_no_parent_here_and_the_reason_says_so() {
    let answer = compare("areas=lad11:E08000035&indicators=crime");
    let parent = &answer["indicators"][0]["areas"][0]["against"][0];
    assert_eq!((&parent["value"], &parent["difference"]), (&Value::Null, &Value::Null));
    assert_eq!(parent["reason"], "A district lies in no larger area here.");
}

#[test]
fn the_count_of_a_part_is_not_held_against_that_of_the_whole() {
    let answer = compare("areas=lad11:E08000035,E08000032&indicators=residents&against=overall,lad11:E08000036");
    let [overall, wakefield] = [0, 1].map(|position| &answer["indicators"][0]["areas"][0]["against"][position]);
    assert_eq!((overall["value"].as_f64(), &overall["difference"]), (Some(2_226_058.0), &Value::Null));
    assert!(overall["reason"].is_string());
    assert_eq!(wakefield["against"], "lad11:E08000036");
    let people = district_sums("census2011.csv", "Residents");
    assert_eq!(
        wakefield["difference"].as_f64(),
        Some(people["E08000035"] - people["E08000036"]),
        "two districts may be"
    );
}

#[test]
fn against_is_what_is_asked_for_in_that_order() {
    let against = |query: &str| -> Vec<String> {
        let answer = compare(&format!("geography=lsoa11&areas=E01033010&indicators=crime{query}"));
        let against = answer["indicators"][0]["areas"][0]["against"].as_array().unwrap().clone();
        against.iter().map(|against| against["against"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(against(""), ["parent", "overall"]);
    assert_eq!(against("&against=overall"), ["overall"]);
    assert_eq!(against("&against=lad11:E08000032,parent"), ["lad11:E08000032", "parent"]);
    assert!(against("&against=").is_empty());
}

#[test]
fn a_theme_stands_for_all_its_indicators_and_those_below_it() {
    let ids = |theme: &str| -> Vec<String> {
        let answer = compare(&format!("areas=lad11:E08000035&theme={}", encoded(theme)));
        answer["indicators"]
            .as_array()
            .unwrap()
            .iter()
            .map(|indicator| indicator["indicator"].as_str().unwrap().to_owned())
            .collect()
    };
    let file: Vec<String> = column("indicators.csv", "id")
        .into_iter()
        .zip(column("indicators.csv", "themes"))
        .filter(|(_, themes)| themes.starts_with("Crime"))
        .map(|(id, _)| id)
        .collect();
    assert_eq!(ids("Crime"), file);
    assert_eq!(ids("Crime / By type"), file[1..]);
    // Beside named indicators it adds those that are not named, and without either the first of the atlas stands.
    let both = compare(&format!("areas=lad11:E08000035&theme={}&indicators=crime", encoded("Crime / By type")));
    assert_eq!(both["indicators"].as_array().unwrap().len(), file.len());
    assert_eq!(compare("areas=lad11:E08000035")["indicators"][0]["indicator"], "crime");
}

#[test]
fn bare_codes_are_of_the_geography_that_opens_first_or_of_the_smallest_that_has_them() {
    let geography = |areas: &str| compare(&format!("areas={areas}&indicators=crime"))["areas"][0]["geography"].clone();
    assert_eq!(geography("E01033010"), "lsoa11");
    assert_eq!(geography("E08000035"), "lad11");
    assert_eq!(geography("parent:lad11:E08000035"), "lsoa11");
    let unknown = demo().problem("/api/v1/{edition}/compare?areas=E01&indicators=crime");
    assert_eq!((&unknown["type"], &unknown["parameter"]), (&json!("/problems/unknown-area"), &json!("areas")));
}

#[test]
fn indicators_without_a_theme_are_those_of_the_theme_other() {
    let folder = squares::Folder::squares();
    folder.replace("atlas.toml", "themes = [\"People\"]\n", "");
    let server = folder.serve();
    let catalogue = server.json("/api/v1/{edition}/catalog");
    let trees = catalogue["themes"].as_array().unwrap();
    let other = trees.iter().find(|theme| theme["name"] == "Other").unwrap();
    let answer = server.json("/api/v1/{edition}/compare?areas=NE&theme=Other");
    let compared: Vec<&Value> = answer["indicators"].as_array().unwrap().iter().map(|own| &own["indicator"]).collect();
    assert_eq!(json!(compared), other["indicators"]);
    let problem = server.problem("/api/v1/{edition}/compare?areas=NE&theme=Othr");
    assert!(problem["detail"].as_str().unwrap().contains("`Other`"), "{problem}");
}

#[test]
fn of_several_areas_it_is_said_how_many_are_in_the_worst_tenth() {
    let (server, _folder) = squares::serve();
    let set = "Both~square:NE,SE";
    let answer = server.json(&format!("/api/v1/{{edition}}/compare?areas=NE,SE,SW&set={set}&indicators=tenth,need"));
    let tenths = server.json("/api/v1/{edition}/values/square/tenth");
    let values = numbers(tenths["periods"].as_object().unwrap().values().next().map(|own| &own["values"]).unwrap());
    let first = |positions: &[usize]| positions.iter().filter(|position| values[**position] == Some(1.0)).count();
    let of_areas = &answer["spread"]["worst_tenths"];
    assert_eq!(of_areas.as_array().unwrap().len(), 1, "of deciles alone");
    assert_eq!(
        (&of_areas[0]["indicator"], &of_areas[0]["areas"], &of_areas[0]["of"]),
        (&json!("tenth"), &json!(first(&[0, 2, 3])), &json!(3))
    );
    let words = of_areas[0]["words"].as_str().unwrap();
    assert!(words.starts_with("2 of the 3 are in "), "{words}");
    assert!(answer["spread"]["sentence"].as_str().unwrap().ends_with(&format!(" {words}.")));
    assert!(answer["sentence"].as_str().unwrap().ends_with(&format!(" {words}.")));
    let of_set = &answer["indicators"][0]["sets"][0];
    assert_eq!(
        (&of_set["value"], &of_set["worst_tenth"]["areas"], &of_set["worst_tenth"]["of"]),
        (&Value::Null, &json!(first(&[0, 2])), &json!(2))
    );
    let said = format!("Both ({})", of_set["worst_tenth"]["words"].as_str().unwrap());
    assert!(answer["sentence"].as_str().unwrap().contains(&said), "{}", answer["sentence"]);
    assert_eq!(answer["indicators"][1]["sets"][0]["worst_tenth"], Value::Null);
    let one = server.json("/api/v1/{edition}/compare?areas=NE&indicators=tenth");
    assert!(!one["sentence"].as_str().unwrap().contains("of the 1"), "{}", one["sentence"]);
}

#[test]
fn of_what_areas_are_held_against_it_is_said_how_much_is_in_the_worst_tenth() {
    let (server, _folder) = squares::serve();
    let path = "/api/v1/{edition}/compare?areas=square:NE&against=parent,overall,square:SW&indicators=tenth,need";
    let answer = server.json(path);
    let against = &answer["indicators"][0]["areas"][0]["against"];
    let counts = |held: &Value| (held["worst_tenth"]["areas"].clone(), held["worst_tenth"]["of"].clone());
    assert_eq!(against[0]["name"], "East");
    assert_eq!(counts(&against[0]), (json!(1), json!(2)));
    assert_eq!(counts(&against[1]), (json!(2), json!(4)));
    assert_eq!(against[2]["worst_tenth"], Value::Null, "what is one area has a decile");
    let sentence = answer["sentence"].as_str().unwrap();
    assert!(sentence.contains("In decile 1 is 1 of the 2 in East and 2 of the 4 in Squareland."), "{sentence}");
    assert_eq!(answer["indicators"][1]["areas"][0]["against"][0]["worst_tenth"], Value::Null, "of deciles alone");
}

#[test]
fn each_indicator_has_its_own_newest_period_unless_one_is_asked_for() {
    let answer = compare("areas=lad11:E08000035&indicators=crime,residents,stroke-admissions");
    let periods: Vec<&Value> =
        answer["indicators"].as_array().unwrap().iter().map(|indicator| &indicator["period"]).collect();
    assert_eq!(periods, ["2018-07", "2011", "2017-2019"]);
    let answer = compare("areas=lad11:E08000035&indicators=crime&period=2016-07");
    assert_eq!(answer["indicators"][0]["period"], "2016-07");
    let expected = district_sums("crime-2016-07.csv", "All crime")["E08000035"];
    assert_eq!(answer["indicators"][0]["areas"][0]["numerator"].as_f64(), Some(expected));
}

#[test]
fn what_is_not_published_for_an_area_is_null_with_a_status() {
    let answer = compare("geography=lsoa11&areas=E01033010&indicators=stroke-admissions");
    let area = &answer["indicators"][0]["areas"][0];
    assert_eq!(
        (&area["value"], &area["status"], &area["rank"]),
        (&Value::Null, &json!(["not-available"]), &Value::Null)
    );
}

#[test]
fn scores_ranks_deciles_and_categories_have_no_difference_and_the_reason_says_so() {
    let (server, _folder) = squares::serve();
    let path = "/api/v1/{edition}/compare?geography=square&areas=NE&against=square:SW,overall&indicators=";
    assert_json_snapshot!(shown(&server.json(&format!("{path}need,tenth"))));
    for indicator in server.json(&format!("{path}need,place,tenth,sort"))["indicators"].as_array().unwrap() {
        let against = &indicator["areas"][0]["against"][0];
        assert!(against["value"].is_number() && against["difference"].is_null(), "{against}");
        assert!(against["reason"].as_str().unwrap().contains("has no difference"), "{against}");
    }
}

#[test]
fn the_whole_is_null_with_a_reason_where_values_do_not_add_up() {
    let (server, _folder) = squares::serve();
    let answer = server.json("/api/v1/{edition}/compare?geography=square&areas=NE&indicators=unweighted,place,tenth,sort,need&against=overall");
    let overall: Vec<&Value> =
        answer["indicators"].as_array().unwrap().iter().map(|indicator| &indicator["areas"][0]["against"][0]).collect();
    for against in &overall[..4] {
        assert_eq!((&against["value"], &against["difference"]), (&Value::Null, &Value::Null));
        assert!(against["reason"].as_str().unwrap().contains("does not add up over areas"), "{against}");
    }
    assert_close(
        overall[4]["value"].as_f64().unwrap(),
        (10.0 * 1000.0 + 20.0 * 2000.0 + 20.0 * 1000.0 + 40.0 * 4000.0) / 8000.0,
    );
}

#[test]
fn an_area_without_value_has_no_difference_and_no_rank() {
    let (server, _folder) = squares::serve();
    let answer = server
        .json("/api/v1/{edition}/compare?geography=square&areas=SE,NE&indicators=share&against=square:SW,square:SE");
    let [hidden, shown] = [0, 1].map(|position| &answer["indicators"][0]["areas"][position]);
    assert_eq!(
        (&hidden["value"], &hidden["status"], &hidden["rank"]),
        (&Value::Null, &json!(["suppressed"]), &Value::Null)
    );
    assert!(hidden["against"].as_array().unwrap().iter().all(|against| against["difference"].is_null()));
    assert_eq!((&shown["status"], &shown["against"][0]["difference"]), (&json!(["provisional"]), &json!(37.5)));
    assert_eq!((&shown["against"][1]["value"], &shown["against"][1]["status"]), (&Value::Null, &json!(["suppressed"])));
    assert_eq!(shown["against"][1]["reason"], "The value for @Gorse Hill is hidden to protect privacy.");
    // Hidden is not the same as absent, and is said.
    let sentence = answer["indicators"][0]["sentence"].as_str().or(answer["sentence"].as_str()).unwrap();
    assert!(sentence.contains("@Gorse Hill hidden to protect privacy and "), "{sentence}");
    let summary = server.json("/api/v1/{edition}/summary/square/share")["sentence"].as_str().unwrap().to_owned();
    assert!(summary.contains(" (1 more hidden to protect privacy), from "), "{summary}");
}

#[test]
fn ties_share_a_rank_and_rank_1_is_the_worst() {
    let (server, _folder) = squares::serve();
    let answer =
        server.json("/api/v1/{edition}/compare?geography=square&areas=NE,NW,SE,SW&indicators=need,tenth&against=");
    let words = |indicator: usize| -> Vec<Value> {
        answer["indicators"][indicator]["areas"]
            .as_array()
            .unwrap()
            .iter()
            .map(|area| area["rank"]["words"].clone())
            .collect()
    };
    assert_eq!(
        words(0),
        [
            "highest of 4 in Squareland",
            "joint 2nd highest of 4 in Squareland",
            "joint 2nd highest of 4 in Squareland",
            "lowest of 4 in Squareland"
        ]
    );
    assert_eq!(
        words(1),
        [
            "highest of 4 in Squareland",
            "2nd highest of 4 in Squareland",
            "joint lowest of 4 in Squareland",
            "joint lowest of 4 in Squareland"
        ]
    );
}

#[test]
fn remarks_on_the_area_stand_with_it_and_with_its_values_beside_those_on_the_value() {
    let (server, _folder) = squares::serve();
    let answer = server.json("/api/v1/{edition}/compare?geography=square&areas=SW&indicators=thefts,need");
    assert_eq!(answer["areas"][0]["notes"], json!(["<b>Flooded</b> in 2019"]));
    assert_eq!(answer["indicators"][0]["areas"][0]["notes"], json!(["<b>Flooded</b> in 2019", "Counted twice"]));
    assert_eq!(answer["indicators"][1]["areas"][0]["notes"], json!(["<b>Flooded</b> in 2019"]));
}

#[test]
fn areas_may_be_of_several_geographies_but_their_people_are_then_not_added() {
    let answer = compare("areas=lad11:E08000035,lsoa11:E01033010,E01010568&indicators=crime");
    let geographies: Vec<&Value> = answer["areas"].as_array().unwrap().iter().map(|area| &area["geography"]).collect();
    assert_eq!(geographies, ["lad11", "lsoa11", "lsoa11"], "a geography holds for the codes after it");
    assert_eq!(answer["people"][0]["total"], Value::Null);
    assert!(answer["people"][0]["values"].as_array().unwrap().iter().all(Value::is_number));
}

#[test]
fn an_area_named_twice_stands_once_and_spaces_are_forgiven() {
    let answer = compare("geography=lad11&areas=E08000035,%20E08000032,E08000035,&indicators=crime");
    assert_eq!(answer["areas"].as_array().unwrap().len(), 2);
}

#[test]
fn three_hundred_areas_are_named_one_by_one_and_more_are_refused() {
    let codes = column("census2011.csv", "LSOA11CD");
    let answer =
        compare(&format!("geography=lsoa11&areas={}&indicators=crime&against=overall", codes[..300].join(",")));
    assert_eq!(answer["indicators"][0]["areas"].as_array().unwrap().len(), 300);
    let problem = demo().problem(&format!(
        "/api/v1/{{edition}}/compare?geography=lsoa11&areas={}&indicators=crime",
        codes[..301].join(",")
    ));
    assert_eq!((&problem["type"], &problem["parameter"]), (&json!("/problems/bad-parameter"), &json!("areas")));
}

/// Codes of LSOAs in order, as one entry of a selection.
fn packed(codes: &[&str]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let number = |code: &str| code.trim_start_matches('E').parse::<usize>().unwrap();
    let mut text = format!("{}*", codes[0]);
    for pair in codes.windows(2) {
        let mut distance = number(pair[1]) - number(pair[0]) - 1;
        while distance >= 32 {
            text.push(char::from(ALPHABET[32 + distance % 32]));
            distance /= 32;
        }
        text.push(char::from(ALPHABET[distance]));
    }
    text
}

#[test]
fn a_class_of_any_size_is_one_short_entry_and_is_held_against_everything() {
    let server = demo();
    let classes = server.json("/api/v1/{edition}/classes/lsoa11/crime?k=3");
    let mut codes = column("census2011.csv", "LSOA11CD");
    codes.sort_unstable();
    let of_class: Vec<&str> = codes
        .iter()
        .zip(classes["classes"].as_array().unwrap())
        .filter(|(_, class)| **class == json!(2))
        .map(|(code, _)| code.as_str())
        .collect();
    let n = of_class.len();
    assert!(n > 400, "{n}");
    let text = packed(&of_class);
    assert!(text.len() < 2 * n, "{} characters for {n} areas", text.len());

    let answer = compare(&format!("geography=lsoa11&areas={text}&indicators=crime"));
    let listed: Vec<&Value> = answer["areas"].as_array().unwrap().iter().map(|area| &area["code"]).collect();
    let rank_of: HashMap<&str, u64> = codes
        .iter()
        .zip(classes["rank"]["values"].as_array().unwrap())
        .filter_map(|(code, rank)| Some((code.as_str(), rank.as_u64()?)))
        .collect();
    let mut worst = of_class.clone();
    worst.sort_by_key(|code| (rank_of[code], *code));
    assert_eq!(listed, worst[..300].iter().collect::<Vec<_>>(), "the worst are answered one by one, worst first");
    assert_ne!(listed, of_class[..300].iter().collect::<Vec<_>>(), "which are others than the first");
    let of_one = |i: usize| &answer["indicators"][0]["areas"][i];
    assert_eq!((&of_one(0)["code"], of_one(0)["rank"]["rank"].as_u64()), (listed[0], Some(rank_of[worst[0]])));
    let people = compare(&format!("geography=lsoa11&areas={}&indicators=crime", worst[0]));
    assert_eq!(answer["people"][0]["values"][0], people["people"][0]["values"][0], "people are in the same order");
    assert_eq!(answer["indicators"][0]["areas"].as_array().unwrap().len(), 300);
    assert_eq!(answer["people"][0]["values"].as_array().unwrap().len(), 300);
    assert_eq!(answer["people"][0]["total"], classes["people"][0]["values"][2], "all of them are counted");
    assert_eq!(answer["spread"]["areas"], n);
    assert_eq!(answer["sentence"], answer["spread"]["sentence"]);

    let set = compare(&format!("set=Worst~lsoa11:{text}&indicators=crime"));
    assert_eq!(set["sets"][0]["codes"], json!(of_class));
    assert_eq!(set["people"][0]["sets"][0], classes["people"][0]["values"][2]);
    let own = server.json(&format!("/api/v1/{{edition}}/classes/lsoa11/crime?scope=selection&areas={text}"));
    assert_eq!(own["scope_n"], n);
    let trend = server.problem(&format!("/api/v1/{{edition}}/trend/lsoa11/crime?areas={text}"));
    assert_eq!((&trend["type"], &trend["parameter"]), (&json!("/problems/bad-parameter"), &json!("areas")));
}

#[test]
fn many_codes_that_are_not_written_as_such_are_refused() {
    for (areas, said) in [
        ("E01010568*!".to_owned(), "`E01010568*!` is no code, nor many"),
        ("E99999998*A".to_owned(), "E99999998"),
        // The first that is not there ends it.
        (format!("E01010568*{}", "A".repeat(12_001)), "E0101"),
    ] {
        let path = format!("/api/v1/{{edition}}/compare?geography=lsoa11&areas={areas}&indicators=crime");
        let problem = demo().problem(&path);
        assert_eq!(problem["parameter"], json!("areas"), "{said}");
        assert!(problem["detail"].as_str().unwrap().contains(said), "{problem}");
    }
}

#[test]
fn what_cannot_be_read_is_refused() {
    let server = demo();
    for (query, kind, parameter) in [
        ("indicators=crime", "bad-parameter", "areas"),
        ("areas=&indicators=crime", "bad-parameter", "areas"),
        ("areas=,,&indicators=crime", "bad-parameter", "areas"),
        ("areas=E08000099&indicators=crime", "unknown-area", "areas"),
        ("geography=lad12&areas=E08000035&indicators=crime", "unknown-geography", "geography"),
        ("areas=lad12:E08000035&indicators=crime", "unknown-geography", "areas"),
        ("areas=lad11:E08000099&indicators=crime", "unknown-area", "areas"),
        ("areas=lad11:E08000035&indicators=", "bad-parameter", "indicators"),
        ("areas=lad11:E08000035&indicators=crime,crim", "unknown-indicator", "indicators"),
        ("areas=lad11:E08000035&theme=Crimes", "unknown-theme", "theme"),
        ("areas=lad11:E08000035&indicators=crime&period=July", "bad-parameter", "period"),
        ("areas=lad11:E08000035&indicators=crime&against=everything", "bad-parameter", "against"),
        ("areas=lad11:E08000035&indicators=crime&confidence=90", "bad-parameter", "confidence"),
        ("areas=lad11:E08000035&indicators=crime&against=lad11:E08000099", "unknown-area", "against"),
        ("areas=lad11:E08000035&indicators=crime&against=period:July", "bad-parameter", "against"),
        ("areas=lad11:E08000035&indicators=crime&against=parent,period:1999", "unknown-period", "against"),
    ] {
        let problem = server.problem(&format!("/api/v1/{{edition}}/compare?{query}"));
        assert_eq!(problem["type"], format!("/problems/{kind}"), "{query}");
        assert_eq!((&problem["parameter"], &problem["status"]), (&json!(parameter), &json!(400)), "{query}");
    }
}

/// What the maps of change and of such a benchmark say of each district, and of each as a set of its own.
#[test]
fn an_area_and_a_set_are_held_against_their_own_earlier_value() {
    let codes = ["E08000032", "E08000033", "E08000034", "E08000035", "E08000036"];
    let change = demo().json("/api/v1/{edition}/change/lad11/crime?from=2016-07");
    let map = demo().json("/api/v1/{edition}/significance/lad11/crime?against=period:2016-07");
    let listed = demo().json("/api/v1/{edition}/areas/lad11?fields=code");
    let listed: Vec<&str> = listed["columns"]["code"].as_array().unwrap().iter().flat_map(Value::as_str).collect();
    for code in codes {
        let set = format!("set=Alone~lad11:{code}&areas=lad11:{code}");
        let answer = compare(&format!("{set}&indicators=crime&against=period:2016-07"));
        let compared = &answer["indicators"][0];
        let own = &compared["areas"][0]["against"][0];
        let position = listed.iter().position(|other| *other == code).unwrap();
        assert_eq!(
            (&own["against"], &own["name"], &own["code"]),
            (&json!("period:2016-07"), &json!("July 2016"), &json!(code))
        );
        assert_eq!(own["value"], change["earlier"][position]);
        assert_close(own["difference"].as_f64().unwrap(), change["values"][position].as_f64().unwrap());
        let kind = map["kinds"]["classes"][position].as_u64().unwrap() as usize;
        assert_eq!(own["significance"], map["kinds"]["names"][kind]);
        let of_set = &compared["sets"][0]["against"][0];
        for field in ["value", "lower", "upper", "difference", "significance"] {
            assert_eq!(of_set[field], own[field], "{code} {field}");
        }
    }
    let answer = compare("areas=lad11:E08000035&indicators=crime&against=period:2016-07");
    let own = &answer["indicators"][0]["areas"][0]["against"][0];
    let sentence = answer["sentence"].as_str().unwrap();
    assert!(sentence.contains("its own value in July 2016, and by more than chance would explain"), "{sentence}");
    let earlier = format!(", beside its own {:.1} in July 2016.", own["value"].as_f64().unwrap());
    assert!(sentence.contains(&earlier), "{sentence}");
}

#[test]
fn periods_that_are_not_subtracted_are_shown_with_the_reason() {
    let answer = compare("areas=lad11:E08000035&indicators=crime&period=2016-07&against=period:2018-07");
    let held = &answer["indicators"][0]["areas"][0]["against"][0];
    assert!(held["value"].is_number());
    assert_eq!((&held["difference"], &held["significance"]), (&Value::Null, &Value::Null));
    for field in ["reason", "not_compared"] {
        let reason = held[field].as_str().unwrap();
        assert!(reason.ends_with("July 2018 does not end before July 2016 begins."), "{reason}");
    }
    let answer = compare("areas=lad11:E08000035&indicators=crime,residents&against=period:2016-07");
    let held = &answer["indicators"][1]["areas"][0]["against"][0];
    assert_eq!(held["value"], Value::Null);
    assert_eq!(held["reason"], "Residents is not published for districts in July 2016.");
}

#[test]
fn much_is_said_of_a_change_beyond_the_outer_limits_alone() {
    let significance = |confidence: &str| {
        let query = format!("areas=lad11:E08000035&indicators=crime&against=period:2016-07&confidence={confidence}");
        compare(&query)["indicators"][0]["areas"][0]["against"][0]["significance"].clone()
    };
    assert_eq!([significance("95"), significance("99.8")], ["worse", "much worse"]);
}

/// Of school years, which tables and links may write without the day on which they start.
#[test]
fn earlier_values_that_are_hidden_broken_or_incomplete_make_no_difference() {
    let folder = squares::Folder::squares();
    for (period, rows) in [
        ("2016/17", "NE,4000,1,30\nNW,1000,1,20\nSE,2000,1,[c]\nSW,,1,10\n"),
        ("2017/18", "NE,4100,2,40\nNW,1000,1,20\nSE,2000,1,20\nSW,1000,1,10\n"),
        ("2018/19", "NE,4200,4,60\nNW,1000,1,20\nSE,2000,1,40\nSW,1000,1,15[b]\n"),
    ] {
        let file = format!("{}.csv", period.replace('/', "-"));
        folder.write(&file, &format!("code,residents,need,share\n{rows}"));
        folder.append("atlas.toml", &format!("[[table]]\nfile = \"{file}\"\ngeography = \"square\"\ncode = \"code\"\nperiod = \"{period}\"\nyear_starts = \"09-01\"\n[table.columns]\nresidents = \"residents\"\nneed = \"need\"\nshare = \"share\"\n"));
    }
    let server = folder.serve();
    let ask =
        |query: &str| server.json(&format!("/api/v1/{{edition}}/compare?geography=square&period=2018/19&{query}"));
    let answer = ask("areas=NE,SE,SW&indicators=share,need&against=period:2017/18,period:2016/17");
    let held = |indicator: usize, area: usize| answer["indicators"][indicator]["areas"][area]["against"].clone();
    assert_eq!([&held(0, 0)[0]["difference"], &held(0, 0)[1]["difference"]], [&json!(20.0), &json!(30.0)]);
    assert_eq!([&held(0, 1)[0]["difference"], &held(0, 1)[1]["difference"]], [&json!(20.0), &Value::Null]);
    let hidden = held(0, 1)[1].clone();
    assert_eq!(hidden["status"], json!(["suppressed"]));
    let reason = hidden["reason"].as_str().unwrap();
    assert!(reason.ends_with(" in 2016/17 is hidden to protect privacy."), "{hidden}");
    for broken in [&held(0, 2)[0], &held(0, 2)[1]] {
        assert!(broken["value"].is_number() && broken["difference"].is_null(), "{broken}");
        assert!(
            broken["reason"].as_str().unwrap().starts_with("Values of 2018/19 are marked as not comparable"),
            "{broken}"
        );
    }
    assert!(held(1, 0)[0]["reason"].as_str().unwrap().contains("are not subtracted"));
    // Each area has its own: none is said beside all of them.
    assert!(!answer["sentence"].as_str().unwrap().contains("its own"), "{}", answer["sentence"]);

    let answer = ask("set=All~square:NE,NW,SE,SW&indicators=residents&against=period:2017/18,period:2016/17");
    let [complete, partial] = [0, 1].map(|at| answer["indicators"][0]["sets"][0]["against"][at].clone());
    assert_eq!((&complete["difference"], &complete["coverage"]), (&json!(100.0), &Value::Null));
    assert_eq!(
        (&partial["difference"], &partial["value"], &partial["coverage"]),
        (&Value::Null, &json!(7000.0), &json!(0.875))
    );
    assert!(partial["reason"].as_str().unwrap().contains("not of the same areas"), "{partial}");
}

#[test]
fn a_value_is_held_against_its_target() {
    let folder = squares::Folder::with_extras();
    let server = folder.serve();
    let compare =
        |query: &str| server.json(&format!("/api/v1/{{edition}}/compare?indicators=thefts&against=target&{query}"));
    let answer = compare("areas=square:SW,square:SE,square:NE,half:EAST");
    let held: Vec<(&Value, &Value, &Value)> = answer["indicators"][0]["areas"]
        .as_array()
        .unwrap()
        .iter()
        .map(|area| &area["against"][0])
        .map(|held| (&held["value"], &held["difference"], &held["target"]["verdict"]))
        .collect();
    let none = &Value::Null;
    // 10 per 1,000 against 9 with a tolerance of 2; 20 against 25; no target; 50 of 6,000 against 15.
    assert_eq!(held[0], (&json!(9.0), &json!(1.0), &json!("near")));
    assert_eq!(held[1], (&json!(25.0), &json!(-5.0), &json!("met")));
    assert_eq!(held[2], (none, none, none));
    assert_eq!((held[3].0, held[3].2), (&json!(15.0), &json!("met")));
    let reason = &answer["indicators"][0]["areas"][2]["against"][0]["reason"];
    assert_eq!(
        reason.as_str().map(|text| text.starts_with("No target is set for \u{2068}North")),
        Some(true),
        "{reason}"
    );
    assert!(answer["sentence"].as_str().unwrap().contains("per 1,000 residents"), "{}", answer["sentence"]);
}

#[test]
fn a_selection_says_over_which_larger_areas_it_spreads_and_who_lives_in_it() {
    let (crimes, residents) = (by_lsoa("crime-2018-07.csv", "All crime"), by_lsoa("census2011.csv", "Residents"));
    let mut rates: Vec<(&String, f64)> =
        crimes.iter().filter_map(|(code, crimes)| Some((code, crimes / residents.get(code)?))).collect();
    rates.sort_by(|one, other| other.1.total_cmp(&one.1));
    let worst: Vec<&str> = rates.iter().take(18).map(|(code, _)| code.as_str()).collect();
    let answer = compare(&format!("geography=lsoa11&areas={}&indicators=crime&against=", worst.join(",")));
    let spread = &answer["spread"];
    assert_eq!((&spread["areas"], &spread["of"], &spread["geography"]), (&18.into(), &1388.into(), &"lad11".into()));
    let people = &spread["people"][0];
    assert_eq!(people["total"].as_f64(), Some(worst.iter().map(|code| residents[*code]).sum::<f64>()));
    assert_eq!(people["of"].as_f64(), Some(residents.values().sum::<f64>()));
    let mut shares: Vec<(String, u64)> = Vec::new();
    for area in answer["areas"].as_array().unwrap() {
        let code = area["parents"]["lad11"].as_str().unwrap();
        match shares.iter_mut().find(|(known, _)| known == code) {
            Some((_, n)) => *n += 1,
            None => shares.push((code.to_owned(), 1)),
        }
    }
    let said = spread["parents"].as_array().unwrap();
    assert_eq!(said.len(), shares.len());
    for share in said {
        let own = shares.iter().find(|(code, _)| share["code"] == code.as_str()).unwrap();
        assert_eq!(share["areas"], own.1);
        assert!(share["of"].as_u64() > share["areas"].as_u64());
    }
    assert!(said.windows(2).all(|pair| pair[0]["areas"].as_u64() >= pair[1]["areas"].as_u64()), "{said:?}");
    let sentence = spread["sentence"].as_str().unwrap();
    let first = &said[0];
    let start =
        format!("18 of the 1,388 LSOAs in West Yorkshire: {} {}", first["name"].as_str().unwrap(), first["areas"]);
    assert!(sentence.starts_with(&start), "{sentence}");
    assert!(sentence.ends_with(" of 2,226,058."), "{sentence}");
}

#[test]
fn areas_of_several_geographies_do_not_spread_for_one_may_lie_in_another() {
    let answer = compare("areas=lad11:E08000035,lsoa11:E01033010&indicators=crime");
    assert_eq!(answer["spread"], Value::Null);
    let districts = compare("areas=lad11:E08000035&indicators=crime");
    assert_eq!((&districts["spread"]["geography"], &districts["spread"]["parents"]), (&Value::Null, &json!([])));
    assert!(districts["spread"]["sentence"].as_str().unwrap().starts_with("1 of the 5 districts in West Yorkshire. "));
}
