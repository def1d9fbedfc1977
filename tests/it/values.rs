//! `GET /api/v1/{edition}/values/{geography}/{indicator}`

use std::collections::BTreeMap;

use insta::assert_json_snapshot;
use serde_json::{Value, json};

use crate::demo::{by_code, by_lsoa, column, crime_rates, district_sums};
use crate::harness::{Server, assert_close, demo, numbers, shown};
use crate::squares;

const MONTHS: [&str; 3] = ["2016-07", "2017-07", "2018-07"];

fn values(path: &str) -> Value {
    demo().json(&format!("/api/v1/{{edition}}/values/{path}"))
}

/// The one period of an answer.
fn only_period(answer: &Value) -> &Value {
    let periods = answer["periods"].as_object().unwrap();
    assert_eq!(periods.len(), 1);
    periods.values().next().unwrap()
}

fn all(numbers: &[Option<f64>]) -> Vec<f64> {
    numbers.iter().map(|number| number.unwrap()).collect()
}

#[test]
fn values_come_with_unit_origin_and_status() {
    assert_json_snapshot!(shown(&values("lsoa11/crime?fields=numerator,denominator,lower,upper")));
}

#[test]
fn the_newest_period_is_the_default_and_all_gives_every_one() {
    let newest = values("lsoa11/crime");
    assert_eq!(newest["periods"].as_object().unwrap().keys().collect::<Vec<_>>(), ["2018-07"]);
    let all = values("lsoa11/crime?period=all");
    assert_eq!(all["periods"].as_object().unwrap().keys().collect::<Vec<_>>(), MONTHS);
    assert_eq!(all["periods"]["2018-07"], newest["periods"]["2018-07"]);
    assert_eq!(values("lsoa11/crime?period=2016-07")["periods"]["2016-07"], all["periods"]["2016-07"]);
}

#[test]
fn parts_are_those_of_the_files_and_rates_follow_from_them() {
    let residents: Vec<f64> = by_lsoa("census2011.csv", "Residents").into_values().collect();
    for month in MONTHS {
        let answer = values(&format!("lsoa11/crime?period={month}&fields=numerator,denominator"));
        let period = only_period(&answer);
        let crimes: Vec<f64> = by_lsoa(&format!("crime-{month}.csv"), "All crime").into_values().collect();
        assert_eq!(all(&numbers(&period["numerator"])), crimes);
        assert_eq!(all(&numbers(&period["denominator"])), residents, "those of 2011 in every period");
        for (rate, expected) in all(&numbers(&period["values"])).into_iter().zip(crime_rates(month)) {
            assert_close(rate, expected);
        }
        assert_eq!(period["origin"], "computed");
    }
}

#[test]
fn types_of_crime_add_up_to_the_total_in_every_area() {
    let catalog = demo().json("/api/v1/{edition}/catalog");
    let mut sums = vec![0.0; 1388];
    for id in catalog["themes"][0]["themes"][0]["indicators"].as_array().unwrap() {
        let answer = values(&format!("lsoa11/{}?fields=numerator", id.as_str().unwrap()));
        for (sum, number) in sums.iter_mut().zip(all(&numbers(&only_period(&answer)["numerator"]))) {
            *sum += number;
        }
    }
    assert_eq!(sums, by_lsoa("crime-2018-07.csv", "All crime").into_values().collect::<Vec<_>>());
}

#[test]
fn rates_of_districts_are_ratios_of_sums_not_means_of_rates() {
    let answer = values("lad11/crime?fields=numerator,denominator");
    let period = only_period(&answer);
    let (crimes, residents) =
        (district_sums("crime-2018-07.csv", "All crime"), district_sums("census2011.csv", "Residents"));
    assert_eq!(all(&numbers(&period["numerator"])), crimes.values().copied().collect::<Vec<_>>());
    assert_eq!(all(&numbers(&period["denominator"])), residents.values().copied().collect::<Vec<_>>());
    let rates = all(&numbers(&period["values"]));
    for (rate, (crimes, residents)) in rates.iter().zip(crimes.values().zip(residents.values())) {
        assert_close(*rate, crimes / residents * 1000.0);
    }
    assert_close(rates[0], 15.699049864867968); // Bradford
    assert_close(rates[3], 14.273072649487348); // Leeds
    assert_eq!((&period["origin"], &period["coverage"]), (&json!("aggregated"), &Value::Null));
}

#[test]
fn counts_of_districts_are_sums() {
    for (indicator, heading) in [("residents", "Residents"), ("households", "Households"), ("hectares", "Hectares")] {
        let answer = values(&format!("lad11/{indicator}"));
        let expected: Vec<f64> = district_sums("census2011.csv", heading).into_values().collect();
        assert_eq!(all(&numbers(&only_period(&answer)["values"])), expected, "{indicator}");
    }
}

#[test]
fn a_published_ratio_is_shown_as_published_and_added_up_by_its_parts() {
    let answer = values("lsoa11/density");
    let published: Vec<f64> = by_lsoa("census2011.csv", "Residents per hectare").into_values().collect();
    assert_eq!(all(&numbers(&only_period(&answer)["values"])), published);
    assert_eq!(only_period(&answer)["origin"], "supplied");
    let (residents, hectares) =
        (district_sums("census2011.csv", "Residents"), district_sums("census2011.csv", "Hectares"));
    let of_districts = values("lad11/density");
    for (density, (residents, hectares)) in
        all(&numbers(&only_period(&of_districts)["values"])).iter().zip(residents.values().zip(hectares.values()))
    {
        assert_close(*density, residents / hectares);
    }
}

#[test]
fn stroke_admissions_begin_at_the_msoa() {
    let published: Vec<f64> =
        by_code("stroke.csv", "MSOA11CD", "Stroke admissions").values().map(|text| text.parse().unwrap()).collect();
    let answer = values("msoa11/stroke-admissions");
    assert_eq!(all(&numbers(&answer["periods"]["2017-2019"]["values"])), published);
    let problem = demo().problem("/api/v1/{edition}/values/lsoa11/stroke-admissions");
    assert_eq!((&problem["type"], &problem["status"]), (&json!("/problems/not-published-here"), &json!(404)));
    assert_eq!(problem["detail"], "`stroke-admissions` is not published for `lsoa11`. It is for `msoa11` and `lad11`.");
}

#[test]
fn remarks_stand_with_the_values_that_they_speak_of() {
    let remarked = column("notes.csv", "area_code")
        .into_iter()
        .zip(column("notes.csv", "indicator"))
        .filter(|(_, indicator)| indicator == "crime");
    let answer = values("lsoa11/crime");
    let notes = only_period(&answer)["notes"].as_object().unwrap();
    let codes: Vec<String> = by_lsoa("census2011.csv", "Residents").into_keys().collect();
    let mut expected: Vec<String> = remarked.map(|(code, _)| code).filter(|code| codes.contains(code)).collect();
    expected.sort();
    let mut noted: Vec<String> =
        notes.keys().map(|position| codes[position.parse::<usize>().unwrap()].clone()).collect();
    noted.sort();
    assert_eq!(noted, expected);
    assert_eq!(only_period(&values("lsoa11/households"))["notes"], json!({}));
}

fn of_squares(server: &Server, path: &str) -> Value {
    let answer = server.json(&format!("/api/v1/{{edition}}/values/{path}"));
    only_period(&answer).clone()
}

#[test]
fn a_missing_number_is_null_and_its_status_says_why() {
    let (server, _folder) = squares::serve();
    let share = of_squares(&server, "square/share?fields=lower,upper");
    assert_eq!(share["values"], json!([50.0, 25.0, null, 12.5]));
    assert_eq!(
        share["status"],
        json!({ "0": ["provisional"], "2": ["suppressed"] }),
        "a mark may stand beside a value"
    );
    assert_eq!(
        (&share["lower"], &share["upper"]),
        (&json!([45.0, 20.0, null, 10.0]), &json!([55.0, 30.0, null, 15.0]))
    );
    assert_eq!(share["method"], "as published");
    let unasked = of_squares(&server, "square/share");
    assert_eq!((&unasked["lower"], &unasked["method"]), (&Value::Null, &Value::Null));
    let thefts = of_squares(&server, "square/thefts?fields=numerator");
    assert_eq!(thefts["values"], json!([10.0, null, 20.0, 10.0]));
    assert_eq!(thefts["status"], json!({ "1": ["not-available"] }));
    assert_eq!(thefts["numerator"], json!([40.0, null, 40.0, 10.0]));
    assert_eq!(of_squares(&server, "square/unweighted")["values"], json!([null, 3.5, 2.5, 1.5]));
}

#[test]
fn intervals_of_rates_are_byars_and_exact_below_ten() {
    let answer = values("lsoa11/crime?fields=numerator,denominator,lower,upper");
    let period = only_period(&answer);
    assert_eq!(period["method"], "Byar, exact Poisson");
    let of = |name: &str| all(&numbers(&period[name]));
    let (counts, people, lower, upper) = (of("numerator"), of("denominator"), of("lower"), of("upper"));
    let ten = counts.iter().position(|count| *count == 10.0).unwrap();
    let five = counts.iter().position(|count| *count == 5.0).unwrap();
    // Limits of 10 and 5 events (Breslow & Day 1987), each per 1,000.
    for (position, [low, high]) in [(ten, [4.787450, 18.391459]), (five, [1.623486, 11.668332])] {
        for (actual, events) in [(lower[position], low), (upper[position], high)] {
            assert!((actual * people[position] / 1000.0 - events).abs() < 1e-6, "{actual}");
        }
    }
    for (position, value) in of("values").into_iter().enumerate() {
        assert!(lower[position] <= value && value <= upper[position]);
    }
}

#[test]
fn computed_limits_count_before_published_ones_and_have_their_method_beside_them_in_csv() {
    let folder = squares::Folder::squares();
    folder.write("parts.csv", "code,n,d\nNE,65,130\n");
    folder.append(
        "atlas.toml",
        "\n[[table]]\nfile = \"parts.csv\"\ngeography = \"square\"\ncode = \"code\"\nperiod = \"2019\"\n[table.columns]\n\
         n = { indicator = \"share\", field = \"numerator\" }\nd = { indicator = \"share\", field = \"denominator\" }\n",
    );
    let server = folder.serve();
    let share = of_squares(&server, "square/share?fields=lower,upper");
    assert_eq!(share["method"], "Wilson score, as published");
    assert_close(share["lower"][0].as_f64().unwrap(), 41.529_232_444_100_56);
    assert_eq!((&share["lower"][1], &share["lower"][2]), (&json!(20.0), &Value::Null));
    let text = server.get("/api/v1/{edition}/values/square/share.csv?fields=lower").text();
    let methods: Vec<&str> = text.lines().map(|line| line.rsplit(',').next().unwrap()).collect();
    assert_eq!(methods, ["method", "Wilson score", "as published", "", "as published"]);
}

#[test]
fn scores_ranks_ratios_and_counts_that_others_are_held_against_have_no_interval() {
    for path in ["lsoa11/density", "lsoa11/residents", "lsoa11/hectares"] {
        let answer = values(&format!("{path}?fields=lower,upper"));
        let period = only_period(&answer);
        assert_eq!((&period["lower"], &period["method"]), (&Value::Null, &Value::Null), "{path}");
    }
    let (server, _folder) = squares::serve();
    for indicator in ["need", "place", "tenth", "sort"] {
        assert_eq!(of_squares(&server, &format!("square/{indicator}?fields=upper"))["upper"], Value::Null);
    }
    let events = values("msoa11/stroke-admissions?fields=lower");
    assert_eq!(events["periods"]["2017-2019"]["method"], "Byar, exact Poisson", "a count of events has one");
}

#[test]
fn the_parts_of_a_hidden_value_are_hidden_with_it() {
    let folder = squares::Folder::squares();
    folder.write("parts.csv", "code,n,d\nNE,5,10\nNW,5,20\nSE,3,30\nSW,5,40\n");
    folder.append(
        "atlas.toml",
        "\n[[table]]\nfile = \"parts.csv\"\ngeography = \"square\"\ncode = \"code\"\nperiod = \"2019\"\n[table.columns]\n\
         n = { indicator = \"share\", field = \"numerator\" }\nd = { indicator = \"share\", field = \"denominator\" }\n",
    );
    let server = folder.serve();
    let share = of_squares(&server, "square/share?fields=numerator");
    assert_eq!((&share["values"][2], &share["numerator"]), (&Value::Null, &json!([5.0, 5.0, null, 5.0])));
    let compared = server.json("/api/v1/{edition}/compare?geography=square&areas=SE&indicators=share");
    assert_eq!(compared["indicators"][0]["areas"][0]["numerator"], Value::Null);
    let east = of_squares(&server, "half/share");
    assert_eq!(
        (&east["values"][0], &east["status"]["0"]),
        (&Value::Null, &json!(["suppressed"])),
        "nor by subtraction"
    );
}

#[test]
fn areas_added_up_from_too_few_have_no_value() {
    let (server, _folder) = squares::serve();
    let thefts = of_squares(&server, "half/thefts");
    assert_close(thefts["values"][0].as_f64().unwrap(), 80.0 / 6000.0 * 1000.0);
    assert_eq!(thefts["values"][1], Value::Null, "half of the people of West are covered");
    assert_eq!(thefts["status"], json!({ "1": ["not-available"] }));
    assert_eq!(thefts["coverage"], json!({ "1": 0.5 }), "the share says why");
}

#[test]
fn what_is_added_up_from_most_says_which_share() {
    let folder = squares::Folder::squares();
    folder.replace("values.csv", "SW,1000,", "SW,9000,");
    let server = folder.serve();
    let thefts = of_squares(&server, "half/thefts");
    assert_eq!(thefts["coverage"], json!({ "1": 0.9 }));
    assert_close(thefts["values"][1].as_f64().unwrap(), 10.0 / 9000.0 * 1000.0);
}

#[test]
fn scores_are_averaged_by_people_and_a_published_value_beats_the_average() {
    let (server, _folder) = squares::serve();
    let need = of_squares(&server, "half/need");
    assert_close(need["values"][0].as_f64().unwrap(), (40.0 * 4000.0 + 20.0 * 2000.0) / 6000.0);
    assert_close(need["values"][1].as_f64().unwrap(), (20.0 * 1000.0 + 10.0 * 1000.0) / 2000.0);
    assert_eq!(need["origin"], "aggregated");
    let published = of_squares(&server, "country/need");
    assert_eq!((&published["values"], &published["origin"]), (&json!([21.7]), &json!("supplied")));
}

#[test]
fn what_does_not_add_up_is_not_published_for_larger_areas() {
    let (server, _folder) = squares::serve();
    for indicator in ["unweighted", "place", "tenth", "sort", "share"] {
        let problem = server.problem(&format!("/api/v1/{{edition}}/values/half/{indicator}"));
        assert_eq!(problem["type"], "/problems/not-published-here", "{indicator}");
    }
}

/// The numbers of an array as the text of the JSON has them, read by the standard library, which is exact.
fn written(json: &str, period: &str, name: &str) -> Vec<Option<f64>> {
    let of_period = &json[json.find(&format!("\"{period}\":{{")).unwrap()..];
    let array = of_period.split_once(&format!("\"{name}\":[")).unwrap().1.split(']').next().unwrap();
    array.split(',').map(|number| (number != "null").then(|| number.parse().unwrap())).collect()
}

#[test]
fn csv_holds_exactly_the_numbers_of_json() {
    let server = demo();
    let json = server.get("/api/v1/{edition}/values/lsoa11/crime?period=all&fields=numerator,denominator").text();
    let answer = server.get("/api/v1/{edition}/values/lsoa11/crime.csv?period=all&fields=numerator,denominator");
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/csv; charset=utf-8")));
    let text = answer.text();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(
        reader.headers().unwrap(),
        vec!["area_code", "area_name", "period", "value", "status", "numerator", "denominator"]
    );
    let mut periods: BTreeMap<String, [Vec<Option<f64>>; 3]> = BTreeMap::new();
    let mut codes = Vec::new();
    for record in reader.records() {
        let record = record.unwrap();
        let columns = periods.entry(record[2].to_owned()).or_default();
        for (column, field) in columns.iter_mut().zip([3, 5, 6]) {
            column.push((!record[field].is_empty()).then(|| record[field].parse().unwrap()));
        }
        codes.push(record[0].to_owned());
    }
    assert_eq!(codes.len(), 3 * 1388);
    assert!(codes[..1388].is_sorted());
    for (period, columns) in &periods {
        for (column, name) in columns.iter().zip(["values", "numerator", "denominator"]) {
            assert!(*column == written(&json, period, name), "{name} of {period}");
        }
    }
    let first = format!("E01010568,Bradford 016A,2016-07,{},,6,1782", 6.0 * 1000.0 / 1782.0);
    assert_eq!(text.lines().nth(1), Some(first.as_str()), "the shortest text that reads back as the same number");
}

#[test]
fn csv_is_never_a_formula_and_says_why_a_number_is_missing() {
    let (server, _folder) = squares::serve();
    let text = server.get("/api/v1/{edition}/values/square/share.csv?fields=upper").text();
    let records: Vec<Vec<String>> = csv::Reader::from_reader(text.as_bytes())
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect();
    assert_eq!(
        records,
        [
            ["NE", squares::NE, "2019", "50", "provisional", "55", "as published"],
            ["NW", squares::NW, "2019", "25", "", "30", "as published"],
            ["SE", "'=1+1", "2019", "", "suppressed", "", ""],
            ["SW", squares::SW, "2019", "12.5", "", "15", "as published"],
        ]
    );
}

#[test]
fn what_cannot_be_read_is_refused() {
    let server = demo();
    for (path, status, kind, parameter) in [
        ("lsoa11/crime?period=2015-07", 400, "unknown-period", Some("period")),
        ("lsoa11/crime?period=July", 400, "bad-parameter", Some("period")),
        ("lsoa11/crime?period=", 400, "bad-parameter", Some("period")),
        ("lsoa11/crime?fields=value,colour", 400, "bad-parameter", Some("fields")),
        ("lsoa11/crim", 404, "unknown-indicator", Some("indicator")),
        ("lsoa12/crime", 404, "unknown-geography", Some("geography")),
        ("lsoa11/crime.xlsx", 404, "unknown-format", None),
        ("lsoa11/crime.parquet", 404, "unknown-format", None),
        ("lsoa11/.csv", 404, "unknown-indicator", Some("indicator")),
    ] {
        let problem = server.problem(&format!("/api/v1/{{edition}}/values/{path}"));
        assert_eq!(problem["type"], format!("/problems/{kind}"), "{path}");
        assert_eq!((problem["status"].as_u64(), problem["parameter"].as_str()), (Some(status), parameter), "{path}");
    }
    let problem = server.problem("/api/v1/{edition}/values/lsoa11/crime?period=2015-07");
    let published = "`2015-07` is not in this atlas. `crime` is published for 2016-07, 2017-07 and 2018-07.";
    assert_eq!(problem["detail"], published);
}
