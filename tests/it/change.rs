//! `GET /api/v1/{edition}/change/{geography}/{indicator}`

use serde_json::{Value, json};

use crate::demo::{by_lsoa, crime_rates};
use crate::harness::{Server, assert_close, demo, numbers};
use crate::squares::Folder;

fn change(query: &str) -> Value {
    demo().json(&format!("/api/v1/{{edition}}/change/{query}"))
}

/// Byar's limits of a rate per 1,000 of ten events or more.
fn byar(events: f64, people: f64) -> (f64, f64) {
    let z = 1.959_963_984_540_054;
    let limit =
        |events: f64, sign: f64| events * (1.0 - 1.0 / (9.0 * events) + sign * z / (3.0 * events.sqrt())).powi(3);
    (limit(events, -1.0) / people * 1000.0, limit(events + 1.0, 1.0) / people * 1000.0)
}

#[test]
fn a_change_is_the_later_published_value_less_the_earlier() {
    let answer = change("lsoa11/crime?from=2016-07");
    assert_eq!((&answer["from"], &answer["period"]), (&json!("2016-07"), &json!("2018-07")));
    let (earlier, later) = (crime_rates("2016-07"), crime_rates("2018-07"));
    for (position, found) in numbers(&answer["values"]).into_iter().enumerate() {
        assert_close(found.unwrap(), later[position] - earlier[position]);
    }
    let published = demo().json("/api/v1/{edition}/values/lsoa11/crime?period=2016-07");
    assert_eq!(answer["earlier"], published["periods"]["2016-07"]["values"]);
    assert_eq!((&answer["n"], &answer["missing"]), (&json!(1388), &json!(0)));
    assert_eq!(answer["unit"], "per 1,000 residents");
}

#[test]
fn classes_are_the_same_to_either_side_of_zero_and_hold_all_areas() {
    let answer = change("lsoa11/crime?from=2016-07");
    let breaks: Vec<f64> = numbers(&answer["breaks"]).into_iter().flatten().collect();
    assert_eq!(breaks.len(), 6);
    for (lower, upper) in breaks.iter().zip(breaks.iter().rev()) {
        assert_eq!(*lower, -upper);
    }
    let counts: Vec<f64> = numbers(&answer["counts"]).into_iter().flatten().collect();
    assert_eq!(counts.iter().sum::<f64>(), 1388.0);
    let values = numbers(&answer["values"]);
    for (value, class) in values.iter().zip(numbers(&answer["classes"])) {
        let (value, class) = (value.unwrap(), class.unwrap() as usize);
        assert!(breaks[class] <= value && value <= breaks[class + 1], "{value} in {class}");
    }
    let changed = values.iter().flatten().filter(|value| **value != 0.0).count() as f64;
    let least = values.iter().flatten().filter(|value| **value != 0.0 && value.abs() <= breaks[3]).count() as f64;
    assert!((least / changed - 1.0 / 3.0).abs() < 0.01, "{least} of {changed} changed least");
}

#[test]
fn what_chance_would_explain_follows_from_the_intervals_of_both_values() {
    let answer = change("lsoa11/crime?from=2016-07");
    let residents = by_lsoa("census2011.csv", "Residents");
    let (earlier, later) = (by_lsoa("crime-2016-07.csv", "All crime"), by_lsoa("crime-2018-07.csv", "All crime"));
    let (lower, upper) = (numbers(&answer["lower"]), numbers(&answer["upper"]));
    let mut seen = 0;
    for (position, (code, people)) in residents.iter().enumerate() {
        let (before, after) = (earlier[code], later[code]);
        if before < 10.0 || after < 10.0 {
            continue;
        }
        seen += 1;
        let (x, y) = (after / people * 1000.0, before / people * 1000.0);
        let ((lx, ux), (ly, uy)) = (byar(after, *people), byar(before, *people));
        assert_close(lower[position].unwrap(), x - y - (x - lx).hypot(uy - y));
        assert_close(upper[position].unwrap(), x - y + (ux - x).hypot(y - ly));
        let beyond = lower[position].unwrap() > 0.0 || upper[position].unwrap() < 0.0;
        assert_eq!(answer["beyond_chance"][position], json!(beyond), "{code}");
    }
    assert!(seen > 500, "{seen}");
    let sentence = answer["sentence"].as_str().unwrap();
    let beyond = answer["beyond_chance"].as_array().unwrap().iter().filter(|beyond| **beyond == json!(true)).count();
    assert!(sentence.contains(&format!("in {beyond} the change is more than chance would explain")), "{sentence}");
}

#[test]
fn rank_1_is_the_largest_change_for_the_worse() {
    let answer = change("lad11/crime?from=2016-07");
    let values: Vec<f64> = numbers(&answer["values"]).into_iter().flatten().collect();
    let largest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let first = numbers(&answer["rank"]["values"]).iter().position(|rank| *rank == Some(1.0)).unwrap();
    assert_eq!(values[first], largest);
    assert_eq!((&answer["rank"]["called"], &answer["rank"]["n"]), (&json!("largest rise"), &json!(5)));
}

#[test]
fn within_one_area_the_others_have_no_part_in_it() {
    let answer = change("lsoa11/crime?from=2016-07&within=lad11:E08000035");
    assert_eq!((&answer["n"], &answer["within"]), (&json!(482), &json!("lad11:E08000035")));
    assert_eq!(numbers(&answer["values"]).into_iter().flatten().count(), 482);
    assert!(answer["sentence"].as_str().unwrap().contains("Leeds as a whole went from"));
}

#[test]
fn what_makes_no_difference_is_refused_with_the_reason() {
    for (query, parameter, reason) in [
        ("lsoa11/crime?from=2018-07&period=2016-07", "from", "does not end before"),
        ("lsoa11/crime?from=2018-07", "from", "does not end before"),
        ("lsoa11/crime?from=2015-07", "from", "is published for"),
        ("lsoa11/crime", "from", "`from` is needed"),
        ("lsoa11/crime?from=moon", "from", "is no period"),
    ] {
        let problem = demo().problem(&format!("/api/v1/{{edition}}/change/{query}"));
        assert_eq!(problem["parameter"], parameter, "{query}: {problem}");
        assert!(problem["detail"].as_str().unwrap().contains(reason), "{query}: {problem}");
    }
}

/// The four squares with another year, in which `share` and `need` have these values.
fn two_years(share: &str) -> Server {
    let folder = Folder::squares();
    folder.write("later.csv", &format!("code,need,share\n{share}"));
    folder.append(
        "atlas.toml",
        "[[table]]\nfile = \"later.csv\"\ngeography = \"square\"\ncode = \"code\"\nperiod = \"2020\"\n[table.columns]\nneed = \"need\"\nshare = \"share\"\n",
    );
    folder.serve()
}

#[test]
fn a_change_tells_nothing_of_a_hidden_value_nor_over_a_break() {
    // In the order NE, NW, SE, SW; SE is hidden in 2019.
    let server = two_years("NE,1,60\nNW,1,[c]\nSE,1,30\nSW,1,10[b]\n");
    let answer = server.json("/api/v1/{edition}/change/square/share?from=2019");
    assert_eq!(answer["values"], json!([10.0, null, null, null]));
    assert_eq!(answer["status"], json!({ "1": ["suppressed"], "2": ["suppressed"], "3": ["break"] }));
    assert_eq!(answer["missing_by_status"], json!({ "break": 1, "suppressed": 2 }));
    assert_eq!(answer["unit"], "percentage points");
    let sentence = answer["sentence"].as_str().unwrap();
    assert!(sentence.contains(": up in the one square with a value in both; "), "{sentence}");
    assert_eq!(answer["beyond_chance"][0], Value::Null, "the later value has no interval");
    let all = two_years("NE,1,60[b]\nNW,1,20[b]\nSE,1,30[b]\nSW,1,10[b]\n");
    let problem = all.problem("/api/v1/{edition}/change/square/share?from=2019");
    assert_eq!((&problem["status"], &problem["parameter"]), (&json!(400), &json!("from")));
    assert_eq!(problem["detail"], "Values of 2020 are marked as not comparable with earlier periods, such as 2019.");
}

#[test]
fn scores_of_two_years_are_not_subtracted() {
    let server = two_years("NE,1,60\nNW,1,20\nSE,1,30\nSW,1,10\n");
    let problem = server.problem("/api/v1/{edition}/change/square/need?from=2019");
    assert_eq!((&problem["type"], &problem["parameter"]), (&json!("/problems/not-applicable"), &json!("indicator")));
    assert!(problem["detail"].as_str().unwrap().contains("is a score"), "{problem}");
}

#[test]
fn sums_that_cover_different_shares_of_the_people_make_no_change() {
    let folder = Folder::squares();
    // Nine tenths of the people of the west live in its north.
    let values = std::fs::read_to_string(folder.path().join("values.csv")).unwrap().replace("NW,1000", "NW,9000");
    folder.write("values.csv", &values);
    folder.append("atlas.toml", "[[indicator]]\nid = \"calls\"\nname = \"Calls\"\nkind = \"count\"\n");
    for (period, south_west) in [("2018", "5"), ("2019", "[x]"), ("2020", "7")] {
        folder.write(&format!("{period}.csv"), &format!("code,calls\nNE,1\nNW,2\nSE,3\nSW,{south_west}\n"));
        folder.append("atlas.toml", &format!("[[table]]\nfile = \"{period}.csv\"\ngeography = \"square\"\ncode = \"code\"\nperiod = \"{period}\"\n[table.columns]\ncalls = \"calls\"\n"));
    }
    let server = folder.serve();
    let change = |from: &str, period: &str| {
        server.json(&format!("/api/v1/{{edition}}/change/half/calls?from={from}&period={period}"))
    };
    // East and West: nothing changed in the east.
    assert_eq!(change("2018", "2020")["values"], json!([0.0, 2.0]));
    let partial = change("2019", "2020");
    assert_eq!(
        (&partial["values"], &partial["earlier"], &partial["later"]),
        (&json!([0.0, null]), &json!([4.0, 2.0]), &json!([4.0, 9.0]))
    );
    assert_eq!(partial["status"], json!({ "1": ["not-available"] }));
    let path = "/api/v1/{edition}/compare?areas=half:WEST&indicators=calls&period=2020&against=period:2019";
    let held = server.json(path)["indicators"][0]["areas"][0]["against"][0].clone();
    assert_eq!((&held["value"], &held["difference"]), (&json!(2.0), &Value::Null));
}
