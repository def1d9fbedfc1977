//! Published tables and boundaries, where a folder of them is given in `TESSERA_REAL_DATA`. Their figures are facts of the
//! publications: known joins, and means computed by other programs.

use std::path::{Path, PathBuf};

use tessera_atlas::classes::{Method, Question};

use crate::fixture::{Folder, column, told};

const MANIFEST: &str = r#"format = 1
[atlas]
id = "worcestershire"
title = "Worcestershire"
people = ["population"]
[disclosure]
none = "published official statistics"
[[geography]]
id = "lsoa11"
name = "LSOAs (2011)"
singular = "LSOA"
boundaries = "lsoa11.geojson"
code = "LSOA11CD"
label = "LSOA11NM"
[[geography]]
id = "lad"
name = "Districts"
singular = "district"
dissolve = "lsoa11"
[[lookup]]
child = "lsoa11"
parent = "lad"
file = "iod2019.csv"
child_code = "LSOA code (2011)"
parent_code = "Local Authority District code (2019)"
parent_label = "Local Authority District name (2019)"
[[indicator]]
id = "population"
name = "Population"
kind = "count"
[[indicator]]
id = "imd-score"
name = "IMD score"
kind = "score"
weight = "population@2015"
polarity = "high-is-bad"
[[indicator]]
id = "imd-decile"
name = "IMD decile"
kind = "decile"
[[table]]
file = "iod2019.csv"
geography = "lsoa11"
code = "LSOA code (2011)"
period = "2019"
[table.columns]
"Index of Multiple Deprivation (IMD) Score" = "imd-score"
"Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)" = "imd-decile"
"Total population: mid 2015 (excluding prisoners)" = { indicator = "population", period = "2015" }
"#;

/// The folder of published data, if one is given.
fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("TESSERA_REAL_DATA").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: TESSERA_REAL_DATA names no folder");
    }
    folder
}

fn worcestershire(data: &Path) -> Folder {
    let read = |path: &str| std::fs::read(data.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    Folder::tiny()
        .with("atlas.toml", MANIFEST)
        .with("lsoa11.geojson", read("boundaries/lsoa11/worcestershire.geojson"))
        .with("iod2019.csv", read("indicators/imd/by_authority/iod2019_file7_worcestershire.csv"))
}

#[test]
fn a_shapefile_on_the_national_grid_gives_the_areas_of_the_geojson() {
    let Some(data) = data() else { return };
    let zip = std::fs::read(data.join("boundaries/shapefile/worcestershire_lsoa11_bng.zip")).unwrap();
    let from_geojson = worcestershire(&data).open();
    let from_shapefile = worcestershire(&data)
        .with("lsoa11.zip", zip)
        .replacing("atlas.toml", "\"lsoa11.geojson\"", "\"lsoa11.zip\"")
        .open();
    let (one, other) = (from_geojson.geography("lsoa11").unwrap(), from_shapefile.geography("lsoa11").unwrap());
    assert_eq!((one.len(), other.len()), (364, 364));
    let most = 1.5 / 111_000.0 * 1e7; // 1.5 m in units of 1e-7 degrees of latitude
    for (one, other) in one.areas().iter().zip(other.areas()) {
        assert_eq!((&one.code, &one.name), (&other.code, &other.name));
        let (one, other) = (one.place.unwrap().bbox, other.place.unwrap().bbox);
        assert!(f64::from(one.north - other.north).abs() < most && f64::from(one.south - other.south).abs() < most);
    }
}

#[test]
fn the_deprivation_of_worcestershire_is_as_published() {
    let Some(data) = data() else { return };
    let folder = worcestershire(&data);
    let (_, report) = folder.read();
    assert_eq!(told(&report), "");
    assert_eq!((report.tables[0].rows, report.tables[0].matched, report.tables[0].without_value.len()), (364, 364, 0));

    let view = folder.open();
    let districts = view.geography("lad").unwrap().areas();
    let means: Vec<String> = column(&view, "lad", "imd-score", "2019")
        .values
        .iter()
        .zip(districts)
        .map(|(mean, district)| format!("{} {:.2}", district.name, mean.unwrap()))
        .collect();
    assert_eq!(
        means,
        [
            "Bromsgrove 11.70",
            "Malvern Hills 16.07",
            "Redditch 22.52",
            "Worcester 20.41",
            "Wychavon 15.77",
            "Wyre Forest 22.44"
        ]
    );
    assert_eq!(column(&view, "lad", "population", "2015").values.iter().flatten().sum::<f64>(), 577_914.0);

    let classes = |indicator: &str| {
        let question = Question {
            geography: view.geography("lsoa11").unwrap(),
            indicator: view.indicator(indicator).unwrap(),
            period: "2019".parse().unwrap(),
            all_periods: false,
            method: Method::Quantile,
            k: 5,
            within: None,
        };
        view.classes(&question).unwrap()
    };
    assert_eq!(classes("imd-decile").counts, [18, 28, 28, 25, 49, 41, 39, 48, 49, 39]);
    let breaks = classes("imd-score").breaks;
    for (found, expected) in breaks.iter().zip([2.136, 8.0344, 11.9720, 17.7594, 26.6036, 76.145]) {
        assert!((found - expected).abs() < 1e-4, "{found} is not {expected}");
    }
}

#[test]
fn tables_of_2021_do_not_fit_the_areas_of_2011() {
    let Some(data) = data() else { return };
    let table = r#"
[[table]]
file = "iod2025.csv"
geography = "lsoa11"
code = "lsoa21_code"
period = "2025"
[table.columns]
"IMD_score" = "imd-score"
"#;
    let iod2025 = std::fs::read(data.join("indicators/imd/by_authority/iod2025_worcestershire.csv")).unwrap();
    let (_, report) = worcestershire(&data).adding("atlas.toml", table).with("iod2025.csv", iod2025).read();
    let joined = &report.tables[1];
    assert_eq!((joined.rows, joined.matched, joined.elsewhere), (374, 355, 0));
    assert_eq!((joined.unmatched.len(), joined.without_value.len()), (19, 9));
    let message = told(&report);
    assert!(message.contains("iod2025.csv: warning: 19 codes are of LSOA 2021, not of `lsoa11`"), "{message}");
}
