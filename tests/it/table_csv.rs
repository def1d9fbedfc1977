//! `GET /table.csv`: the table of a view for a spreadsheet.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::harness::{Server, demo, encoded};
use crate::plain::{attributes, page, texts};
use crate::squares::{self, Folder};

/// A file of CSV that begins with a byte order mark: its headings, and each row by them.
fn table(server: &Server, query: &str) -> (Vec<String>, Vec<BTreeMap<String, String>>) {
    let answer = server.get(&format!("/table.csv?{query}"));
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/csv; charset=utf-8")), "{query}");
    let text = answer.text();
    let mut reader = csv::Reader::from_reader(text.strip_prefix('\u{feff}').unwrap().as_bytes());
    let headings: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let row = |row: csv::StringRecord| headings.iter().cloned().zip(row.iter().map(str::to_owned)).collect();
    let rows = reader.records().map(|record| row(record.unwrap())).collect();
    (headings, rows)
}

fn column(rows: &[BTreeMap<String, String>], heading: &str) -> Vec<String> {
    rows.iter().map(|row| row[heading].clone()).collect()
}

#[test]
fn the_file_has_the_areas_of_the_page_in_its_order() {
    let server = demo();
    let filter = encoded("crime>50 and robbery>0");
    for query in [
        "geography=lad11".to_owned(),
        "geography=lad11&sort=best".to_owned(),
        "within=lad11:E08000035&sort=name".to_owned(),
        format!("filter={filter}"),
        format!("within=lad11:E08000035&filter={filter}&mode=hotspots"),
        "geography=lad11&mode=change&from=2016-07".to_owned(),
    ] {
        let document = page(&server, &format!("/table?{query}"));
        let (_, rows) = table(&server, &query);
        assert_eq!(column(&rows, "area_name"), texts(&document, "tbody th"), "{query}");
        // The link of the page leads to the same.
        let link = attributes(&document, "a[href*='table.csv']", "href")[0];
        let (_, linked) = table(&server, link.trim_start_matches("./table.csv?"));
        assert_eq!(linked, rows, "{query}");
    }
    let filtered = page(&server, &format!("/table?within=lad11:E08000035&filter={filter}&mode=hotspots"));
    assert_eq!(
        attributes(&filtered, "a[download]", "download"),
        ["lsoa11-crime-2018-07-E08000035-filtered-hotspots.csv"]
    );
    assert_eq!(attributes(&page(&server, "/table"), "a[download]", "download"), ["lsoa11-crime-2018-07.csv"]);
}

#[test]
fn figures_are_exact_and_hidden_ones_have_their_reason() {
    let (server, _folder) = squares::serve();
    let text = server.get("/table.csv?indicator=share").text();
    let expected =
        "\u{feff}area_code,area_name,period,value,status,indicator,local_name,rank,class,half_code,half_name\n";
    assert!(text.starts_with(expected), "{text}");
    let (_, rows) = table(&server, "indicator=share");
    let values = server.json("/api/v1/{edition}/values/square/share")["periods"]["2019"]["values"].clone();
    for row in &rows {
        let at = squares::SQUARES.iter().position(|(code, _)| *code == row["area_code"]).unwrap();
        assert_eq!(row["value"].parse().ok(), values[at].as_f64(), "{row:?}");
    }
    let hidden = rows.last().unwrap();
    assert_eq!((hidden["area_code"].as_str(), hidden["value"].as_str()), ("SE", ""));
    assert_eq!((hidden["status"].as_str(), hidden["rank"].as_str()), ("suppressed", ""));
    assert_eq!((hidden["area_name"].as_str(), hidden["local_name"].as_str()), ("'=1+1", "'@Gorse Hill"));
    assert_eq!((hidden["half_code"].as_str(), hidden["half_name"].as_str()), ("EAST", "East"));
    // What the interface has by its old address is as it was.
    let values = server.get("/api/v1/{edition}/values/square/share.csv").text();
    assert!(values.starts_with("area_code,area_name,period,value,status\n"), "{values}");
}

#[test]
fn each_mode_has_what_its_map_shows() {
    let server = demo();
    let api = |path: &str| server.json(&format!("/api/v1/{{edition}}/{path}"));
    let areas = api("areas/lsoa11?fields=code")["columns"]["code"].clone();
    let at = |code: &str| areas.as_array().unwrap().iter().position(|own| own == code).unwrap();
    let assert_same = |rows: &[BTreeMap<String, String>], heading: &str, expected: &Value| {
        for row in rows {
            let expected = expected[at(&row["area_code"])].as_f64();
            assert_eq!(row[heading].parse().ok(), expected, "{heading} of {row:?}");
        }
    };

    let ((headings, rows), found) = (table(&server, "mode=hotspots"), api("hotspots/lsoa11/crime"));
    assert_eq!(headings[5..], ["indicator", "rank", "kind", "statistic", "p", "lad11_code", "lad11_name"]);
    assert_same(&rows, "statistic", &found["statistic"]);
    assert_same(&rows, "p", if found["kinds_by"] == "normal" { &found["p_normal"] } else { &found["p"] });
    assert!(column(&rows, "kind").contains(&"Group of high values".to_owned()));

    let query = "mode=significance&against=parent";
    let ((_, rows), held) = (table(&server, query), api("significance/lsoa11/crime?against=parent"));
    assert_same(&rows, "benchmark", &held["benchmarks"]);
    let kinds = &held["kinds"];
    for row in &rows {
        let kind = kinds["classes"][at(&row["area_code"])].as_u64().unwrap() as usize;
        assert_eq!(row["kind"].to_lowercase(), kinds["names"][kind].as_str().unwrap());
    }

    let ((_, rows), change) = (table(&server, "mode=change&from=2016-07"), api("change/lsoa11/crime?from=2016-07"));
    for (heading, member) in
        [("value", "later"), ("earlier", "earlier"), ("change", "values"), ("lower", "lower"), ("upper", "upper")]
    {
        assert_same(&rows, heading, &change[member]);
    }
    assert_eq!((rows[0]["from"].as_str(), rows[0]["rank"].as_str()), ("2016-07", "1"));

    let ((_, rows), second) = (table(&server, "mode=double&second=robbery"), api("values/lsoa11/robbery"));
    assert_same(&rows, "second_value", &second["periods"]["2018-07"]["values"]);
    assert_eq!((rows[0]["indicator"].as_str(), rows[0]["second_indicator"].as_str()), ("crime", "robbery"));

    let (_, rows) = table(&server, "areas=E01010568");
    let marked: Vec<_> = rows.iter().filter(|row| row["marked"] == "Selected").collect();
    assert_eq!((marked.len(), marked[0]["area_code"].as_str()), (1, "E01010568"));
}

#[test]
fn a_file_of_another_edition_than_was_asked_for_is_refused() {
    let folder = Folder::squares();
    let server = folder.serve();
    let problem = server.problem("/table.csv?edition=0000000000000000");
    assert_eq!((&problem["status"], &problem["type"]), (&404.into(), &"/problems/unknown-edition".into()));
    let edition = server.edition();
    assert_eq!(server.get(&format!("/table.csv?edition={edition}")).header("tessera-edition"), Some(edition.as_str()));
}
