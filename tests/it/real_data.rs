//! A county's real indices of deprivation, held against figures that were published or computed elsewhere. Runs only when
//! `TESSERA_REAL_DATA` names a folder with them: the files are not part of the project.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use crate::harness::{Server, folder_for_all, numbers, texts};
use crate::squares::Folder;

const FILE_7: &str = "indicators/imd/by_authority/iod2019_file7_worcestershire.csv";

const ATLAS: &str = r#"
format = 1

[atlas]
id = "worcestershire"
title = "Worcestershire"
people = ["population"]

[disclosure]
none = "Published official statistics."

[[geography]]
id = "lsoa11"
name = "Lower layer Super Output Areas (2011)"
singular = "LSOA"
boundaries = "lsoa11.geojson"
code = "LSOA11CD"
label = "LSOA11NM"

[[geography]]
id = "lad19"
name = "Districts"
singular = "district"
dissolve = "lsoa11"

[[lookup]]
child = "lsoa11"
parent = "lad19"
file = "lookup.csv"
child_code = "LSOA11CD"
parent_code = "LAD19CD"
parent_label = "LAD19NM"

[[indicator]]
id = "imd-score"
name = "Index of Multiple Deprivation score"
kind = "score"
polarity = "high-is-bad"
aggregate = "weighted-mean"
weight = "population"

[[indicator]]
id = "imd-decile"
name = "Index of Multiple Deprivation decile"
kind = "decile"
polarity = "high-is-good"

[[indicator]]
id = "population"
name = "Population"
kind = "count"

[[table]]
file = "file7.csv"
geography = "lsoa11"
code = "LSOA code (2011)"
period = "2019"
[table.columns]
"Index of Multiple Deprivation (IMD) Score" = "imd-score"
"Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)" = "imd-decile"
"POPULATION" = "population"
"#;

/// The county's atlas, where its files are at hand, and the folder that they came from.
fn county() -> Option<(Folder, PathBuf)> {
    let Some(data) = std::env::var_os("TESSERA_REAL_DATA").map(PathBuf::from) else {
        println!("skipped: TESSERA_REAL_DATA is not set");
        return None;
    };
    let folder = Folder::empty();
    for (from, to) in [
        ("boundaries/lsoa11/worcestershire.geojson", "lsoa11.geojson"),
        (FILE_7, "file7.csv"),
        ("lookups/by_authority/lsoa11_all_geographies_worcestershire.csv", "lookup.csv"),
    ] {
        fs::copy(data.join(from), folder.path().join(to)).unwrap();
    }
    let headings = folder.read("file7.csv").lines().next().unwrap().to_owned();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(headings.as_bytes());
    let headings = reader.records().next().unwrap().unwrap();
    let population = headings.iter().find(|heading| heading.starts_with("Total population")).unwrap();
    folder.write("atlas.toml", &ATLAS.replace("POPULATION", population));
    Some((folder, data))
}

/// The same, served: each from its own folder, all of one edition.
fn worcestershire() -> Option<(Server, Folder, PathBuf)> {
    static STORE: LazyLock<PathBuf> = LazyLock::new(folder_for_all);
    let (folder, data) = county()?;
    Some((folder.serve_with(&["--store", STORE.to_str().unwrap()]), folder, data))
}

#[test]
fn a_countys_classes_are_those_of_an_independent_program() {
    let Some((server, _folder, _)) = worcestershire() else { return };
    let classes = server.json("/api/v1/{edition}/classes/lsoa11/imd-score?method=quantile&k=5");
    let breaks = numbers(&classes["breaks"]);
    for (actual, expected) in breaks[1..5].iter().zip([8.0344, 11.9720, 17.7594, 26.6036]) {
        assert!((actual.unwrap() - expected).abs() < 1e-4, "{actual:?} is not {expected}");
    }
    assert_eq!(classes["n"], 364);
}

#[test]
fn eighteen_areas_are_in_the_most_deprived_tenth_of_england() {
    let Some((server, _folder, _)) = worcestershire() else { return };
    let classes = server.json("/api/v1/{edition}/classes/lsoa11/imd-decile");
    assert_eq!(
        (&classes["counts"][0], &classes["k"], &classes["method"]),
        (&18.into(), &10.into(), &"published".into())
    );
    let sentence = classes["sentence"].as_str().unwrap();
    assert!(sentence.contains(": 18 of the 364 LSOAs in "), "{sentence}");
    let worst = &classes["worst"];
    assert_eq!((&worst["class"], &worst["areas"]), (&0.into(), &18.into()));
    assert_eq!((&worst["most_in"]["name"], &worst["most_in"]["areas"]), (&"Worcester".into(), &8.into()));
}

#[test]
fn a_published_score_is_served_digit_for_digit() {
    let Some((server, _folder, data)) = worcestershire() else { return };
    let text = server.get("/api/v1/{edition}/values/lsoa11/imd-score.csv").text();
    assert!(text.lines().any(|line| line.starts_with("E01032332,") && line.ends_with(",2019,76.145,")), "{text}");
    let mut published = csv::Reader::from_path(data.join(FILE_7)).unwrap();
    let published: BTreeMap<String, f64> = published
        .records()
        .map(|record| record.unwrap())
        .map(|record| (record[0].to_owned(), record[4].parse().unwrap()))
        .collect();
    let served: BTreeMap<String, f64> = csv::Reader::from_reader(text.as_bytes())
        .records()
        .map(|record| record.unwrap())
        .map(|record| (record[0].to_owned(), record[3].parse().unwrap()))
        .collect();
    assert_eq!(served, published);
}

#[test]
fn average_scores_of_districts_are_the_published_ones() {
    let Some((server, _folder, _)) = worcestershire() else { return };
    let values = server.json("/api/v1/{edition}/values/lad19/imd-score");
    let areas = server.json("/api/v1/{edition}/areas/lad19?fields=name");
    let averages: BTreeMap<&str, Option<f64>> =
        texts(&areas["columns"]["name"]).into_iter().zip(numbers(&values["periods"]["2019"]["values"])).collect();
    for (district, expected) in [
        ("Redditch", 22.52),
        ("Wyre Forest", 22.44),
        ("Worcester", 20.41),
        ("Malvern Hills", 16.07),
        ("Wychavon", 15.77),
        ("Bromsgrove", 11.70),
    ] {
        let actual = averages[district].unwrap();
        assert!((actual - expected).abs() < 0.006, "{district}: {actual} is not {expected}");
    }
}

#[test]
fn published_label_points_are_found_in_their_areas() {
    let Some((server, folder, _)) = worcestershire() else { return };
    let boundaries: serde_json::Value = serde_json::from_str(&folder.read("lsoa11.geojson")).unwrap();
    for feature in boundaries["features"].as_array().unwrap().iter().step_by(9) {
        let properties = &feature["properties"];
        let located =
            server.json(&format!("/api/v1/{{edition}}/locate?lon={}&lat={}", properties["LONG"], properties["LAT"]));
        assert_eq!(located["areas"][0]["code"], properties["LSOA11CD"]);
        assert_eq!(located["areas"].as_array().unwrap().len(), 2);
    }
}

/// What the partnership, the planner and the officer need beside [`ATLAS`].
const MORE: &str = r#"
[[geography]]
id = "country"
name = "Countries"
singular = "country"
areas = [{ code = "E92000001", name = "England" }]

[[indicator]]
id = "imd-rank"
name = "Index of Multiple Deprivation rank"
kind = "rank"
out_of = 32844
polarity = "high-is-good"

[[indicator]]
id = "children"
name = "Children 0-15"
kind = "count"

[[indicator]]
id = "idaci"
name = "Children in income deprivation"
kind = "proportion"
per = 1
decimals = 3
polarity = "high-is-bad"
aggregate = "weighted-mean"
weight = "children"

[[table]]
file = "file7.csv"
geography = "lsoa11"
code = "LSOA code (2011)"
period = "2019"
[table.columns]
"Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)" = "imd-rank"
"Income Deprivation Affecting Children Index (IDACI) Score (rate)" = "idaci"
"Dependent Children aged 0-15: mid 2015 (excluding prisoners)" = "children"

[[table]]
file = "country.csv"
geography = "country"
code = "code"
period = "2019"
columns = { idaci = "idaci" }
"#;

/// The county with ranks, children and England beside it.
fn with_children() -> Option<(Server, Folder)> {
    let (folder, _) = county()?;
    folder.replace("atlas.toml", r#"people = ["population"]"#, r#"people = ["population", "children"]"#);
    folder.append("atlas.toml", MORE);
    folder.write("country.csv", "code,idaci\nE92000001,0.171\n");
    Some((folder.serve(), folder))
}

fn rounded(value: &serde_json::Value, factor: f64) -> f64 {
    (value.as_f64().unwrap_or_else(|| panic!("{value} is no number")) * factor).round() / factor
}

#[test]
fn a_partnership_draws_its_own_area_and_compares_it_with_county_and_country() {
    let Some((server, _folder)) = with_children() else { return };
    let set = "set=Partnership~lsoa11:E01032301,E01032302,E01032303,E01032304,E01032330,E01032331,E01032332,E01032333";
    let answer = server.json(&format!(
        "/api/v1/{{edition}}/compare?{set}&indicators=imd-score,idaci,imd-rank&against=parent,overall,country:E92000001"
    ));
    assert_eq!(answer["people"][0]["sets"][0], 11_521.0);
    let of = |indicator: usize| &answer["indicators"][indicator]["sets"][0];
    let against = |indicator: usize, position: usize| &of(indicator)["against"][position];
    let score = of(0);
    assert_eq!((rounded(&score["value"], 100.0), &score["weighted_by"]), (45.65, &"Population, 2019".into()));
    assert_eq!((rounded(&against(0, 1)["value"], 100.0), &against(0, 1)["against"]), (18.09, &"overall".into()));
    assert!(against(0, 1)["difference"].is_null() && against(0, 1)["reason"].is_string());
    assert_eq!(rounded(&of(1)["value"], 1000.0), 0.354);
    assert_eq!((rounded(&against(1, 1)["value"], 1000.0), &against(1, 2)["value"]), (0.142, &0.171.into()));
    let rank = of(2);
    assert!(rank["value"].is_null());
    assert_eq!(rank["reason"], "A set of areas has no rank: ranks are places among areas, and are not averaged.");
    let measures = server.json(&format!("/api/v1/{{edition}}/deprivation/lsoa11/imd-rank?score=imd-score&{set}"));
    let own = &measures["sets"][0];
    assert_eq!((&own["in_most_deprived_tenth"], &own["areas"]), (&5.into(), &8.into()));
    assert_eq!(rounded(&own["average_score"], 100.0), 45.65);
    let sentence = measures["sentence"].as_str().unwrap();
    let said = "Partnership: average score 45.65; 5 of 8 small areas are in the most deprived tenth of the country.";
    assert!(sentence.contains(said), "{sentence}");
}

#[test]
fn a_county_whose_manifest_is_silent_has_its_finding_its_callouts_and_its_words() {
    let Some((server, folder)) = with_children() else { return };
    let silent = |key: &str| {
        let text = folder.read("atlas.toml");
        let own = |line: &&str| !line.starts_with(key);
        folder.write("atlas.toml", &text.lines().filter(own).collect::<Vec<_>>().join("\n"));
    };
    drop(server);
    ["place = ", "among = ", "ordered_by = "].into_iter().for_each(silent);
    let server = folder.serve();
    let page = server.get("/?indicator=imd-decile").text();
    let finding = "18 of the 364 LSOAs in Worcestershire are in the most deprived 10% of areas in England; 8 of them are in Worcester.";
    assert!(page.contains(finding));
    let classes = server.json("/api/v1/{edition}/classes/lsoa11/imd-decile");
    let ranks = numbers(&classes["rank"]["values"]);
    let mut sorted: Vec<f64> = ranks.iter().flatten().copied().collect();
    sorted.sort_by(f64::total_cmp);
    assert_eq!(sorted.len(), 364);
    // By the score, which stands in the table of the decile: few areas have the same, and none of the first.
    assert_eq!(sorted[..100], (1..=100).map(f64::from).collect::<Vec<f64>>());
    assert!(server.get("/areas/lsoa11/E01032332").text().contains("72nd of 32,844 areas in England"));
    let set = "lsoa11:E01032301,E01032302,E01032303,E01032304,E01032330,E01032331,E01032332,E01032333";
    let compared = server.json(&format!("/api/v1/{{edition}}/compare?areas={set}&indicators=imd-decile"));
    let said = "5 of the 8 are in the most deprived 10% of areas in England";
    assert_eq!(compared["spread"]["worst_tenths"][0]["words"], said);
    assert!(compared["spread"]["sentence"].as_str().unwrap().contains(said));
    let hotspots = server.json("/api/v1/{edition}/hotspots/lsoa11/imd-score");
    assert_eq!(hotspots["groups"][0]["areas"].as_array().unwrap().len(), 11);
    assert_eq!((&hotspots["groups"][0]["peak"], &hotspots["kinds_by"]), (&"E01032333".into(), &"normal".into()));
}

#[test]
fn the_districts_have_another_order_by_average_than_by_worst_areas_and_the_sentence_says_so() {
    let Some((server, _folder)) = with_children() else { return };
    let answer = server.json("/api/v1/{edition}/deprivation/lsoa11/imd-rank?score=imd-score&of=lad19");
    let areas = answer["areas"].as_array().unwrap();
    let of = |name: &str| areas.iter().find(|area| area["name"] == name).unwrap();
    for (name, score, tenth, place) in [
        ("Redditch", 22.52, 9.1, 1),
        ("Wyre Forest", 22.44, 6.2, 2),
        ("Worcester", 20.41, 12.7, 3),
        ("Malvern Hills", 16.07, 2.2, 4),
        ("Wychavon", 15.77, 0.0, 5),
        ("Bromsgrove", 11.70, 0.0, 6),
    ] {
        let own = of(name);
        assert_eq!(rounded(&own["average_score"], 100.0), score, "{name}");
        assert_eq!((own["most_deprived_tenth"].as_f64().unwrap() * 1000.0).round() / 10.0, tenth, "{name}");
        assert_eq!(own["ranks"]["average_score"], place, "{name}");
    }
    assert_eq!(of("Worcester")["ranks"]["most_deprived_tenth"], 1);
    // As worked out apart from this program, by the formulas of the technical report.
    let redditch = of("Redditch");
    for (measure, expected) in
        [("average_rank", 17_343.297_3), ("extent", 0.259_6), ("local_concentration", 30_212.169_7)]
    {
        let actual = redditch[measure].as_f64().unwrap();
        assert!((actual - expected).abs() < 1e-4 * expected, "{measure}: {actual} is not {expected}");
    }
    assert_eq!((&redditch["ranks"]["average_rank"], &redditch["ranks"]["local_concentration"]), (&2.into(), &3.into()));
    assert_eq!(
        answer["sentence"],
        "Index of Multiple Deprivation rank, 2019, 6 districts, the most deprived first: by average score Redditch 22.52, Wyre \
         Forest 22.44 and Worcester 20.41; by the share of small areas in the most deprived tenth of the country Worcester 12.7%, \
         Redditch 9.1% and Wyre Forest 6.2%. The two orders differ: an average says nothing of how unevenly deprivation is spread."
    );
}

#[test]
fn a_filter_finds_the_areas_of_two_conditions_with_their_children() {
    let Some((server, _folder)) = with_children() else { return };
    let filtered = |filter: &str| server.json(&format!("/api/v1/{{edition}}/areas/lsoa11?fields=code&filter={filter}"));
    let both = filtered("imd-decile%3C%3D2+and+idaci%3E0.3333333");
    assert_eq!((&both["count"], &both["people"][1]["total"]), (&20.into(), &7_676.0.into()));
    let sentence = both["sentence"].as_str().unwrap();
    assert!(sentence.starts_with("20 of the 364 LSOAs in "), "{sentence}");
    assert!(sentence.ends_with("Children 0-15, 2019, of these: 7,676."), "{sentence}");
    let alone = filtered("idaci%3E0.3333333");
    let (both, alone) = (texts(&both["columns"]["code"]), texts(&alone["columns"]["code"]));
    let added: Vec<&&str> = alone.iter().filter(|code| !both.contains(code)).collect();
    assert_eq!((alone.len(), added), (21, vec![&"E01032201"]));
}

#[test]
fn the_most_deprived_tenth_of_a_county_spreads_over_its_districts() {
    let Some((server, _folder)) = with_children() else { return };
    let worst = server.json("/api/v1/{edition}/areas/lsoa11?fields=code&filter=imd-decile%3D1");
    let codes = texts(&worst["columns"]["code"]).join(",");
    let answer =
        server.json(&format!("/api/v1/{{edition}}/compare?geography=lsoa11&areas={codes}&indicators=imd-decile"));
    let spread = &answer["spread"];
    let parents = spread["parents"].as_array().unwrap().iter();
    let parents: Vec<(&str, u64)> =
        parents.map(|share| (share["name"].as_str().unwrap(), share["areas"].as_u64().unwrap())).collect();
    assert_eq!(parents, [("Worcester", 8), ("Redditch", 5), ("Wyre Forest", 4), ("Malvern Hills", 1)]);
    let people: Vec<(f64, f64)> = (0..2)
        .map(|i| (spread["people"][i]["total"].as_f64().unwrap(), spread["people"][i]["of"].as_f64().unwrap()))
        .collect();
    assert_eq!(people, [(27_628.0, 577_914.0), (7_007.0, 101_746.0)]);
    let sentence = spread["sentence"].as_str().unwrap();
    assert!(sentence.starts_with("18 of the 364 LSOAs in "), "{sentence}");
    assert!(
        sentence.contains(
            ": Worcester 8, Redditch 5, Wyre Forest 4 and Malvern Hills 1. Population, 2019: 27,628 of 577,914."
        ),
        "{sentence}"
    );
    assert!(sentence.contains("Children 0-15, 2019: 7,007 of 101,746."), "{sentence}");
}
