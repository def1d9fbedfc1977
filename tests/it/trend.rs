//! `GET /api/v1/{edition}/trend/{geography}/{indicator}`

use insta::assert_json_snapshot;
use serde_json::{Value, json};

use crate::harness::{demo, shown};
use crate::squares;

fn trend(path: &str) -> Value {
    demo().json(&format!("/api/v1/{{edition}}/trend/{path}"))
}

/// The squares with a share of which SW has 100, 112, 121, 135 and 150 of 1,000 in five years.
fn with_years() -> squares::Folder {
    let folder = squares::Folder::squares();
    let rows = [(2015, 100), (2016, 112), (2017, 121), (2018, 135), (2019, 150)];
    let rows: String = rows.iter().map(|(year, part)| format!("SW,{year},{part},1000\nSE,{year},0,1000\n")).collect();
    folder.write("years.csv", &format!("code,year,part,all\n{rows}"));
    folder.append(
        "atlas.toml",
        "\n[[indicator]]\nid = \"smoking\"\nname = \"Smoking\"\nkind = \"proportion\"\nunit = \"%\"\npolarity = \"high-is-bad\"\n\
         aggregate = \"ratio-of-sums\"\n\n[[table]]\nfile = \"years.csv\"\ngeography = \"square\"\nlayout = \"long\"\nindicator = \"smoking\"\n\
         columns = { area_code = \"code\", period = \"year\", numerator = \"part\", denominator = \"all\" }\n",
    );
    folder
}

#[test]
fn five_years_have_a_trend_with_its_test() {
    let folder = with_years();
    let server = folder.serve();
    let answer = server.json("/api/v1/{edition}/trend/square/smoking?areas=SW,SE");
    assert_json_snapshot!(shown(&answer));
    let sentence = answer["sentence"].as_str().unwrap();
    assert!(sentence.contains("Recent trend, 2015 to 2019: increasing and getting worse in "), "{sentence}");
    assert!(sentence.ends_with("In 2015 none or all were counted."), "{sentence}");
}

#[test]
fn one_month_of_each_year_is_shown_but_not_tested() {
    let answer = trend("lad11/crime?areas=E08000035,lsoa11:E01010568");
    let leeds = &answer["areas"][0];
    let periods: Vec<&Value> = leeds["series"].as_array().unwrap().iter().map(|point| &point["period"]).collect();
    assert_eq!(periods, ["2016-07", "2017-07", "2018-07"]);
    assert!(leeds["series"][0]["lower"].as_f64() < leeds["series"][0]["value"].as_f64());
    assert_eq!(
        (&leeds["recent"]["words"], &leeds["recent"]["direction"]),
        (&json!("cannot be calculated"), &Value::Null)
    );
    assert_eq!(leeds["recent"]["reason"], "It needs five years, and no period here is a year.");
    assert_eq!(
        (&answer["areas"][1]["geography"], &answer["overall"]["name"]),
        (&json!("lsoa11"), &json!("West Yorkshire"))
    );
}

#[test]
fn without_areas_all_of_them_together_are_answered() {
    let answer = trend("lsoa11/crime");
    assert_eq!((&answer["areas"], answer["overall"]["series"].as_array().unwrap().len()), (&json!([]), 3));
    assert_eq!(
        answer["sentence"],
        "Recorded crime (per 1,000 residents) from July 2016 to July 2018: West Yorkshire 11.6 to 13.8. A recent trend cannot be \
         calculated. It needs five years, and no period here is a year."
    );
    let (server, _folder) = squares::serve();
    let answer = server.json("/api/v1/{edition}/trend/square/place");
    assert_eq!(answer["overall"], Value::Null);
    assert_eq!(answer["sentence"], "Place among all does not add up over areas: name some to see them through time.");
}

#[test]
fn what_cannot_be_read_is_refused() {
    for (path, status, kind, parameter) in [
        ("lad11/crime?areas=", 400, "bad-parameter", Some("areas")),
        ("lad11/crime?areas=E08000099", 400, "unknown-area", Some("areas")),
        ("lad11/crime?areas=lad12:E08000035", 400, "unknown-geography", Some("areas")),
        ("lad11/crime?period=2018-07", 400, "unknown-parameter", Some("period")),
        ("lad11/crim", 404, "unknown-indicator", Some("indicator")),
        ("lsoa11/stroke-admissions", 404, "not-published-here", Some("indicator")),
    ] {
        let problem = demo().problem(&format!("/api/v1/{{edition}}/trend/{path}"));
        assert_eq!(problem["type"], format!("/problems/{kind}"), "{path}");
        assert_eq!((problem["status"].as_u64(), problem["parameter"].as_str()), (Some(status), parameter), "{path}");
    }
}
