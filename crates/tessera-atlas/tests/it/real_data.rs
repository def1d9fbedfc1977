//! Published tables and boundaries, where a folder of them is given in `TESSERA_REAL_DATA`. Their figures are facts of the
//! publications: known joins, and means computed by other programs.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use tessera_atlas::{classes, hotspots::Question};
use tessera_stats::rank::First;
use tessera_stats::space::{
    Class, Outcome, Permutations, Randomisation, Settings, Statistic, Weights, highest, hotspots,
};

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
pub(crate) fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("TESSERA_REAL_DATA").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: TESSERA_REAL_DATA names no folder");
    }
    folder
}

/// The LSOAs and districts of Worcestershire with the indices of 2019.
pub(crate) fn worcestershire(data: &Path) -> Folder {
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
        let geography = view.geography("lsoa11").unwrap();
        let question = classes::Question::new(geography, view.indicator(indicator).unwrap(), "2019".parse().unwrap());
        view.classes(&question).unwrap().unwrap()
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
    let folder = worcestershire(&data).adding("atlas.toml", table).with("iod2025.csv", iod2025);
    let (_, report) = folder.read();
    let joined = &report.tables[1];
    assert_eq!((joined.rows, joined.matched, joined.elsewhere), (374, 355, 0));
    assert_eq!((joined.unmatched.len(), joined.without_value.len()), (19, 9));
    let message = told(&report);
    assert!(message.contains("iod2025.csv: warning: 19 codes are of LSOA 2021, not of `lsoa11`"), "{message}");
    assert!(message.contains("add a geography with the boundaries of LSOA 2021"), "{message}");

    // Where the atlas has the areas of 2021, they are offered.
    let lsoa21 = "[[geography]]\nid = \"lsoa21\"\nname = \"LSOAs (2021)\"\nsingular = \"LSOA\"\nboundaries = \"lsoa21.geojson\"\ncode = \"LSOA21CD\"\n";
    let boundaries = read(&data, "boundaries/lsoa21/worcestershire.geojson");
    let (_, report) = folder.adding("atlas.toml", lsoa21).with("lsoa21.geojson", boundaries).read();
    let message = told(&report);
    assert!(message.contains("set the table's `geography` to `lsoa21`"), "{message}");
}

/// One file of the published data.
pub(crate) fn read(data: &Path, path: &str) -> Vec<u8> {
    std::fs::read(data.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn long_tables_of_the_census_join_the_areas_of_2021() {
    let Some(data) = data() else { return };
    let more = r#"
[[geography]]
id = "lsoa21"
name = "LSOAs (2021)"
singular = "LSOA"
boundaries = "lsoa21.geojson"
code = "LSOA21CD"
[[indicator]]
id = "owned-outright"
name = "Households that own their home outright"
kind = "proportion"
[[indicator]]
id = "mortgaged"
name = "Households that own their home with a mortgage or loan"
kind = "proportion"
[[table]]
file = "tenure.csv"
geography = "lsoa21"
layout = "long"
period = "2021"
columns = { area_code = "lsoa21_code", indicator = "tenure", numerator = "n", denominator = "total_households" }
[table.indicators]
"Owned: Owns outright" = "owned-outright"
"Owned: Owns with a mortgage or loan" = "mortgaged"
"#;
    let folder = worcestershire(&data)
        .adding("atlas.toml", more)
        .with("lsoa21.geojson", read(&data, "boundaries/lsoa21/worcestershire.geojson"))
        .with("tenure.csv", read(&data, "indicators/census2021/household_tenure_lsoa21.csv"));
    let (edition, report) = folder.read();
    assert!(edition.is_some(), "{}", told(&report));
    let joined = &report.tables[1];
    // Three counties, eight tenures each: 374 of 969 areas are in Worcestershire.
    assert_eq!((joined.rows, joined.matched, joined.elsewhere), (7752, 374 * 8, (969 - 374) * 8));
    assert!(joined.without_value.is_empty() && joined.unmatched.is_empty());
    let left_out = report.problems.iter().find(|problem| problem.kind == "labels-left-out").unwrap();
    assert!(left_out.value.as_deref().unwrap().contains("Lives rent free"), "{left_out}");

    // Another table of the same census has the two together, in percent with two decimals.
    let view = folder.open();
    let shares = read(&data, "indicators/census2021/selected_percentages_lsoa21.csv");
    let mut shares = csv::Reader::from_reader(shares.as_slice());
    let heading = "Households owned outright or with a mortgage (%)";
    let owned = shares.headers().unwrap().iter().position(|other| other == heading).unwrap();
    let geography = view.geography("lsoa21").unwrap();
    let values = |indicator| column(&view, "lsoa21", indicator, "2021").values.clone();
    let (outright, mortgaged) = (values("owned-outright"), values("mortgaged"));
    let mut compared = 0;
    for row in shares.records().map(Result::unwrap) {
        let Some(position) = geography.position(&row[0]) else { continue };
        let together = outright[position].unwrap() + mortgaged[position].unwrap();
        assert!((together - row[owned].parse::<f64>().unwrap()).abs() < 0.00501, "{}: {together}", &row[0]);
        compared += 1;
    }
    assert_eq!(compared, 374);
}

#[test]
fn indices_of_2004_name_what_was_drawn_since() {
    let Some(data) = data() else { return };
    let gz = read(&data, "indicators/imd/iod2004_imd_and_subdomains.csv.gz");
    let mut csv = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(gz.as_slice()), &mut csv).unwrap();
    let table = "\n[[table]]\nfile = \"iod2004.csv\"\ngeography = \"lsoa11\"\ncode = \"lsoa01_code\"\nperiod = \"2004\"\n[table.columns]\n\"IMD_score\" = \"imd-score\"\n";
    let (_, report) = worcestershire(&data).adding("atlas.toml", table).with("iod2004.csv", csv).read();
    let joined = &report.tables[1];
    assert_eq!((joined.rows, joined.matched, joined.elsewhere), (32_482, 355, 32_482 - 355));
    assert_eq!((joined.unmatched.len(), joined.without_value.len()), (0, 364 - 355));
    let message = told(&report);
    assert!(message.contains("the codes are of LSOA 2001, and 9 areas of `lsoa11` were drawn later"), "{message}");
}

#[test]
fn parts_that_do_not_make_up_the_published_score_are_told() {
    let Some(data) = data() else { return };
    let more = r#"
[[indicator]]
id = "idaci"
name = "Income deprivation affecting children"
kind = "proportion"
per = 1
[[indicator]]
id = "children"
name = "Children"
kind = "count"
[[table]]
file = "iod2019.csv"
geography = "lsoa11"
code = "LSOA code (2011)"
period = "2019"
[table.columns]
"Income Deprivation Affecting Children Index (IDACI) Score (rate)" = "idaci"
"Dependent Children aged 0-15: mid 2015 (excluding prisoners)" = { indicator = "idaci", field = "denominator" }
[[table]]
file = "iod2019-8.csv"
geography = "lsoa11"
code = "lsoa11_code"
period = "2019"
[table.columns]
"income_deprivation_affecting_children_index_idaci_numerator" = { indicator = "idaci", field = "numerator" }
"#;
    let folder = worcestershire(&data)
        .adding("atlas.toml", more)
        .with("iod2019-8.csv", read(&data, "indicators/imd/by_authority/iod2019_file8_worcestershire.csv"));
    let (_, report) = folder.read();
    let told = report.problems.iter().find(|problem| problem.kind == "parts-disagree").unwrap();
    assert!(told.message.contains("in 11 of 294 areas, and off by more than the parts are rounded in 215"), "{told}");
}

#[test]
fn postcodes_lead_to_their_areas() {
    let Some(data) = data() else { return };
    let folder = worcestershire(&data)
        .adding("atlas.toml", "\n[[postcodes]]\nfile = \"onspd.csv\"\n")
        .with("onspd.csv", read(&data, "postcodes/onspd_nov2025_worcestershire.csv"));
    let view = folder.open();
    let names = |postcode: &str| -> Vec<String> {
        let found = view.locate_postcode(&postcode.parse().unwrap());
        found.into_iter().flat_map(|found| found.areas).map(|area| area.area().name.clone()).collect()
    };
    assert_eq!(names("B14 5SL"), ["Bromsgrove 005A", "Bromsgrove"]);
    assert_eq!(names("wr49pe").last().map(String::as_str), Some("Worcester"));
    assert!(names("CB1 0AA").is_empty());

    // By the place alone, every postcode is in the area that another program found for it.
    let found = read(&data, "postcodes/postcode_lsoa11_point_in_polygon_worcestershire.csv");
    let geography = view.geography("lsoa11").unwrap();
    let (mut same, mut other) = (0, 0);
    for row in csv::Reader::from_reader(found.as_slice()).records().map(Result::unwrap) {
        let located = view.locate_postcode(&row[0].parse().unwrap()).unwrap();
        let lsoa = located.areas.iter().find(|area| area.geography.id == geography.id);
        if lsoa.is_some_and(|area| area.area().code == row[3]) { same += 1 } else { other += 1 }
    }
    println!("{same} postcodes in the same area, {other} in another");
    assert_eq!(same + other, 23_443);
    assert!(other <= 10, "{other}");
}

#[test]
fn the_deprivation_of_worcestershire_has_one_hotspot_and_it_is_in_worcester() {
    let Some(data) = data() else { return };
    let view = worcestershire(&data).open();
    let geography = view.geography("lsoa11").unwrap();
    let queen = geography.shape.as_ref().unwrap().queen().clone();
    let weights = Weights::from_neighbours(queen.offsets, queen.indices).unwrap();
    let randomisation =
        Randomisation { permutations: Permutations::R999, seed: 1, threads: NonZeroUsize::new(2).unwrap() };
    let settings = Settings { statistic: Statistic::GiStar, randomisation, false_discovery_rate: 0.05 };
    let scores = column(&view, "lsoa11", "imd-score", "2019").values.clone();
    let found = hotspots(&scores, &weights, &settings).unwrap();
    let (areas, code) = (geography.areas(), |area: u32| &geography.areas()[area as usize].code);

    assert_eq!((found.n, found.tested, found.islands.as_slice()), (364, 364, &[][..]));
    // PySAL's esda 2.9.0 on the same neighbours.
    assert!((found.moran.i - 0.305_402_117_9).abs() < 1e-9 && found.moran.p == 0.001);
    let [group] = found.by_normal.groups.as_slice() else { panic!("{:?}", found.by_normal.groups) };
    assert_eq!((group.class, group.areas.len(), code(group.peak).as_str()), (Class::Hot, 11, "E01032333"));
    assert!(group.areas.iter().all(|area| areas[*area as usize].name.starts_with("Worcester 0")));
    assert!((found.local[group.peak as usize].unwrap().statistic - 5.149).abs() < 5e-4);
    assert!(found.by_normal.pockets.is_empty());

    // One of the highest, among neighbours that are not.
    let alone = areas.iter().position(|area| area.code == "E01032471").unwrap();
    assert!((found.local[alone].unwrap().statistic - 3.08).abs() < 5e-3);
    assert_eq!(found.by_normal.significant[alone], Some(false));
    let highest: Vec<&String> = highest(&scores, First::Highest, 3).into_iter().map(code).collect();
    assert_eq!(highest, ["E01032332", "E01032471", "E01032313"]);

    // Permutation takes an area's own score as given and knows that scores are skewed, which the normal distribution does
    // not: 999 leave it open and 9,999 find nothing, so both answers are given.
    let offered = Some(Permutations::R9999);
    assert_eq!(found.outcome, Outcome::Undecided { areas: 2, needed: 7279, offered });
    let randomisation = Randomisation { permutations: Permutations::R9999, ..randomisation };
    let decided = hotspots(&scores, &weights, &Settings { randomisation, ..settings }).unwrap();
    assert_eq!(decided.outcome, Outcome::Decided);
    assert!(!decided.by_permutation.significant.contains(&Some(true)));
    assert_eq!(decided.by_normal, found.by_normal);

    // The atlas says it in words.
    let question = |permutations| Question {
        geography,
        indicator: view.indicator("imd-score").unwrap(),
        period: "2019".parse().unwrap(),
        within: None,
        statistic: Statistic::GiStar,
        permutations,
        seed: 1,
        false_discovery_rate: 0.05,
        smoothing: None,
    };
    let answer = |permutations| view.hotspots(&question(permutations)).unwrap().unwrap();
    let said = |permutations| answer(permutations).sentence;
    let found = "11 LSOAs form one group of high values around Worcester 005F, which a first test finds unlikely by chance; 6 of the \
                 10 highest LSOAs lie outside it.";
    let undecided = "This is a first test, which takes values to lie evenly around their mean. The stricter one shuffles them over the \
                     map: 999 times cannot decide, 9,999 may.";
    assert_eq!(said(Permutations::R999), format!("IMD score, 2019: {found}"));
    assert_eq!(answer(Permutations::R999).note.as_deref(), Some(undecided));
    assert_eq!(answer(Permutations::R9999).note, None);
    let nothing = "by the stricter test, no LSOA stands out with its neighbours beyond chance.";
    let found = found.replacen("a first test finds", "would be", 1);
    let by_first = "By a first test, which knows nothing of skewed values,";
    assert_eq!(said(Permutations::R9999), format!("IMD score, 2019: {nothing} {by_first} {found}"));
}
