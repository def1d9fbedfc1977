//! Raw counts of protected indicators, looked for wherever a program writes: every file of a store, unpacked as far as it can be,
//! reports, answers, and the log at its most talkative.
//!
//! The counts have nine digits, and the threshold lies above the small ones, so that none is found by chance.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use arrow_array::cast::AsArray;
use arrow_array::types::Float64Type;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use serde_json::Value;
use tempfile::TempDir;

use crate::formats::decoded;
use crate::harness::{Server, numbers, run, wait_until};
use crate::squares::Folder;

/// Areas along one side: enough that columns are worth packing.
const SIDE: usize = 16;
const THRESHOLD: f64 = 400_000_000.0;

const ATLAS: &str = r#"
format = 1
[atlas]
id = "counts"
title = "Counts"
place = "Countshire"
people = ["people"]
[view]
indicator = "cases"
[disclosure]
threshold = 400000000
[[geography]]
id = "square"
name = "Squares"
singular = "square"
boundaries = "squares.geojson"
code = "code"
[[geography]]
id = "district"
name = "Districts"
singular = "district"
dissolve = "square"
[[lookup]]
child = "square"
parent = "district"
file = "districts.csv"
child_code = "square"
parent_code = "district"
[[indicator]]
id = "people"
name = "People"
kind = "count"
[[indicator]]
id = "cases"
name = "Cases"
kind = "count"
[[indicator]]
id = "sick"
name = "Sick"
kind = "proportion"
denominator = "people"
[[indicator]]
id = "rounded"
name = "Rounded"
kind = "count"
disclosure = { threshold = 400000000, round = 1000 }
[[indicator]]
id = "need"
name = "Need"
kind = "score"
polarity = "high-is-bad"
weight = "people"
[[indicator]]
id = "open"
name = "Open"
kind = "count"
disclosure = { none = "published elsewhere" }
[[table]]
file = "values.csv"
geography = "square"
code = "code"
period = "2019"
[table.columns]
people = "people"
cases = "cases"
sick = { indicator = "sick", field = "numerator" }
rounded = "rounded"
need = "need"
open = "open"
[[table]]
file = "values.csv"
geography = "square"
code = "code"
period = "2018"
[table.columns]
cases = "cases"
[[table]]
file = "totals.csv"
geography = "district"
code = "code"
period = "2019"
[table.columns]
cases = "cases"
open = "open"
"#;

/// The counts that stand in the folder.
struct Counts {
    people: Vec<f64>,
    cases: Vec<f64>,
    sick: Vec<f64>,
    rounded: Vec<f64>,
    open: Vec<f64>,
}

impl Counts {
    fn new() -> Counts {
        // Every third or so is small; none stands twice.
        let counts = |purpose: usize| -> Vec<f64> {
            let count = |area: usize| {
                // As good as drawn: sums and averages of some are no others.
                let bits = ((area * 5 + purpose) as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
                let bits = (bits ^ (bits >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 11;
                if bits % 10 < 3 { 100_000_007 + bits % 290_000_003 } else { 410_000_011 + bits % 480_000_007 }
            };
            (0..SIDE * SIDE).map(|area| count(area) as f64).collect()
        };
        Counts {
            people: (0..SIDE * SIDE).map(|area| (90_000_000_019 + area * 10_000_019) as f64).collect(),
            cases: counts(1),
            sick: counts(2),
            rounded: counts(3),
            open: counts(4),
        }
    }

    fn write(&self, folder: &Folder) {
        let mut rows = "code,people,cases,sick,rounded,open,need\n".to_owned();
        for area in 0..SIDE * SIDE {
            let cells = [&self.people, &self.cases, &self.sick, &self.rounded, &self.open].map(|counts| counts[area]);
            rows += &format!("{},{},{}\n", code(area), cells.map(|cell| cell.to_string()).join(","), area % 37);
        }
        folder.write("values.csv", &rows);
        // The first district's totals are not what its squares add up to.
        let sum = |counts: &[f64], district: usize| -> f64 {
            (0..SIDE * SIDE).filter(|area| district_of(*area) == district).map(|area| counts[area]).sum()
        };
        let mut rows = "code,cases,open\n".to_owned();
        for district in 0..SIDE {
            let more = if district == 0 { 1.0 } else { 0.0 };
            let [cases, open] = [&self.cases, &self.open].map(|counts| sum(counts, district) + more);
            rows += &format!("D{district:02},{cases},{open}\n");
        }
        folder.write("totals.csv", &rows);
    }
}

fn code(area: usize) -> String {
    format!("Q{area:03}")
}

/// Districts of four by four.
fn district_of(area: usize) -> usize {
    area / SIDE / 4 * 4 + area % SIDE / 4
}

fn atlas(counts: &Counts) -> Folder {
    let folder = Folder::empty();
    folder.write("atlas.toml", ATLAS);
    let squares = (0..SIDE * SIDE).map(|area| {
        let (west, south) = ((area % SIDE) as f64 / 100.0 - 1.0, (area / SIDE) as f64 / 100.0 + 53.0);
        let (east, north) = (west + 0.01, south + 0.01);
        let ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
        let ring = ring.map(|place| place.map(|degrees| (degrees * 100.0).round() / 100.0));
        serde_json::json!({ "type": "Feature", "properties": { "code": code(area) },
            "geometry": { "type": "Polygon", "coordinates": [ring] } })
    });
    let squares: Vec<Value> = squares.collect();
    folder
        .write("squares.geojson", &serde_json::json!({ "type": "FeatureCollection", "features": squares }).to_string());
    let rows: Vec<String> = (0..SIDE * SIDE).map(|area| format!("{},D{:02}", code(area), district_of(area))).collect();
    folder.write("districts.csv", &format!("square,district\n{}\n", rows.join("\n")));
    counts.write(&folder);
    folder
}

/// Whatever was written, as bytes and, where these are numbers, as numbers; by what it was found in.
#[derive(Default)]
struct Written {
    bytes: BTreeMap<String, Vec<Vec<u8>>>,
    numbers: BTreeMap<String, Vec<f64>>,
}

impl Written {
    /// Takes bytes with everything that can be unpacked from them.
    fn add(&mut self, name: &str, bytes: &[u8]) {
        if bytes.starts_with(b"PAR1") {
            self.add_parquet(name, bytes);
        } else if bytes.starts_with(b"TSV1") {
            self.add_compact(name, bytes);
        } else if bytes.starts_with(b"ARROW1") {
            let reader = arrow_ipc::reader::FileReader::try_new(Cursor::new(bytes), None).unwrap();
            for batch in reader {
                for column in batch.unwrap().columns() {
                    let found = column.as_primitive_opt::<Float64Type>();
                    self.numbers.entry(name.to_owned()).or_default().extend(found.into_iter().flatten().flatten());
                }
            }
        } else {
            for (packing, unpacked) in unpacked(bytes) {
                self.add(&format!("{name} > {packing}"), &unpacked);
            }
        }
        self.bytes.entry(name.to_owned()).or_default().push(bytes.to_vec());
    }

    fn add_parquet(&mut self, name: &str, bytes: &[u8]) {
        let reader = SerializedFileReader::new(bytes::Bytes::copy_from_slice(bytes)).unwrap();
        for row in reader.get_row_iter(None).unwrap() {
            for (_, field) in row.unwrap().get_column_iter() {
                self.add_field(&format!("{name} > pages"), field);
            }
        }
    }

    fn add_field(&mut self, name: &str, field: &Field) {
        match field {
            Field::Str(text) => self.add(name, text.as_bytes()),
            Field::Bytes(bytes) => self.add(name, bytes.data()),
            Field::ListInternal(list) => list.elements().iter().for_each(|field| self.add_field(name, field)),
            Field::Group(group) => group.get_column_iter().for_each(|(_, field)| self.add_field(name, field)),
            Field::Null => {}
            other => {
                let number = other.to_string().parse().unwrap_or(f64::NAN);
                self.numbers.entry(name.to_owned()).or_default().push(match other {
                    Field::Double(number) => *number,
                    Field::Float(number) => f64::from(*number),
                    _ => number,
                });
            }
        }
    }

    fn add_compact(&mut self, name: &str, bytes: &[u8]) {
        let length = u32::from_le_bytes(bytes[4..8].try_into().unwrap()) as usize;
        let header: Value = serde_json::from_slice(&bytes[8..8 + length]).unwrap();
        let mut planes = &bytes[8 + length..];
        for column in
            header["periods"].as_array().unwrap().iter().flat_map(|period| period["columns"].as_array().unwrap())
        {
            let count = header["count"].as_u64().unwrap() as usize;
            let found = decoded(column, count, &mut planes);
            self.numbers.entry(name.to_owned()).or_default().extend(found.into_iter().flatten());
        }
    }

    /// Which of some numbers are found, and where.
    fn places_of(&self, numbers: &[f64]) -> BTreeMap<String, BTreeSet<&str>> {
        let as_bytes = |number: f64| {
            let forms = [number.to_bits(), number as u64];
            forms.into_iter().flat_map(|form| [form, form.swap_bytes()])
        };
        let eight: HashMap<u64, f64> =
            numbers.iter().flat_map(|number| as_bytes(*number).map(|form| (form, *number))).collect();
        let texts: HashMap<String, f64> = numbers
            .iter()
            .flat_map(|number| [(number.to_string(), *number), (with_commas(*number), *number)])
            .collect();
        let wanted: HashSet<u64> = numbers.iter().map(|number| number.to_bits()).collect();
        let mut places: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        let mut found = |number: f64, name| {
            places.entry(number.to_string()).or_default().insert(name);
        };
        for (name, all) in &self.bytes {
            for bytes in all {
                let windows = bytes.windows(8).map(|window| u64::from_le_bytes(window.try_into().unwrap()));
                windows.filter_map(|form| eight.get(&form)).for_each(|number| found(*number, name.as_str()));
                let told = numbers_told(bytes).filter_map(|text| texts.get(text));
                told.for_each(|number| found(*number, name.as_str()));
            }
        }
        for (name, all) in &self.numbers {
            let told = all.iter().filter(|number| wanted.contains(&number.to_bits()));
            told.for_each(|number| found(*number, name.as_str()));
        }
        places
    }

    /// Where one number is found.
    fn places_of_one(&self, number: f64) -> BTreeSet<&str> {
        self.places_of(&[number]).into_values().next().unwrap_or_default()
    }

    fn places_of_text(&self, text: &str) -> BTreeSet<&str> {
        let holds = |all: &Vec<Vec<u8>>| all.iter().any(|bytes| find(bytes, text.as_bytes()).next().is_some());
        self.bytes.iter().filter(|(_, all)| holds(all)).map(|(name, _)| name.as_str()).collect()
    }
}

/// Everything that is packed with gzip anywhere in some bytes, and with brotli between.
fn unpacked(bytes: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let mut found = Vec::new();
    let mut between = 0;
    let gap = |bytes: &[u8]| {
        let mut unpacked = Vec::new();
        let is_brotli = bytes.len() > 100 && brotli::BrotliDecompress(&mut &bytes[..], &mut unpacked).is_ok();
        is_brotli.then_some(("br", unpacked))
    };
    for start in find(bytes, &[0x1f, 0x8b, 0x08]).collect::<Vec<usize>>() {
        let mut rest = Cursor::new(&bytes[start..]);
        let mut unpacked = Vec::new();
        let is_gzip = start >= between && flate2::bufread::GzDecoder::new(&mut rest).read_to_end(&mut unpacked).is_ok();
        if is_gzip {
            found.extend(gap(&bytes[between..start]));
            found.push(("gzip", unpacked));
            between = start + rest.position() as usize;
        }
    }
    found.extend(gap(&bytes[between..]));
    found
}

/// Where some bytes stand in others.
fn find<'a>(bytes: &'a [u8], needle: &'a [u8]) -> impl Iterator<Item = usize> {
    bytes.windows(needle.len()).enumerate().filter(move |(_, window)| *window == needle).map(|(at, _)| at)
}

/// The whole numbers in a text, with and without commas between their digits. Digits of other things are none.
fn numbers_told(bytes: &[u8]) -> impl Iterator<Item = &str> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'.';
    let plain = bytes.split(move |byte| !is_part(byte));
    let with_commas = bytes.split(move |byte| !is_part(byte) && *byte != b',');
    let texts = plain.chain(with_commas).filter_map(|text| std::str::from_utf8(text).ok());
    texts.map(|text| text.strip_suffix(".0").unwrap_or(text))
}

/// "123,456,789"
fn with_commas(number: f64) -> String {
    let digits = number.to_string();
    let groups: Vec<&[u8]> = digits.as_bytes().rchunks(3).rev().collect();
    String::from_utf8(groups.join(&b","[..])).unwrap()
}

fn files_of(folder: &Path, written: &mut Written) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_of(&path, written);
        } else {
            let kind = path.parent().unwrap().file_name().unwrap().to_str().unwrap();
            let ending = path.extension().map_or("", |ending| ending.to_str().unwrap());
            written.add(&format!("{kind}/*.{ending}"), &fs::read(&path).unwrap());
        }
    }
}

/// Every route with what it may be asked.
const ROUTES: [&str; 45] = [
    "/",
    "/table?geography=square&indicator=cases",
    "/table?geography=square&indicator=sick",
    "/table.csv?geography=square&indicator=cases",
    "/table.csv?geography=square&indicator=sick&mode=significance",
    "/areas/square/Q001",
    "/areas/district/D01",
    "/embed?geography=square&indicator=cases",
    "/healthz",
    "/readyz",
    "/metrics",
    "/openapi.json",
    "/api/v1/atlas",
    "/api/v1/{edition}/atlas",
    "/api/v1/{edition}/catalog",
    "/api/v1/{edition}/areas/square",
    "/api/v1/{edition}/profile/square/Q001",
    "/api/v1/{edition}/deprivation/square/need",
    "/api/v1/{edition}/neighbours/square",
    "/api/v1/{edition}/locate?lon=-0.95&lat=53.05",
    "/api/v1/{edition}/values/square/cases?fields=numerator,denominator,lower,upper",
    "/api/v1/{edition}/values/square/cases.csv",
    "/api/v1/{edition}/values/square/cases.arrow",
    "/api/v1/{edition}/values/square/cases.bin",
    "/api/v1/{edition}/values/square/sick?fields=numerator,denominator,lower,upper",
    "/api/v1/{edition}/values/square/sick.bin?fields=numerator,denominator",
    "/api/v1/{edition}/values/square/rounded",
    "/api/v1/{edition}/classes/square/cases?method=jenks",
    "/api/v1/{edition}/classes/square/sick",
    "/api/v1/{edition}/compare?areas=square:Q001,square:Q002&indicators=cases,sick,rounded",
    "/api/v1/{edition}/compare?set=Some~square:Q001,Q002,Q003,Q004&indicators=cases,sick,rounded",
    "/api/v1/{edition}/profile?set=Some~square:Q001,Q002,Q003,Q004",
    "/api/v1/{edition}/trend/square/cases?set=Some~square:Q001,Q002,Q003,Q004",
    "/api/v1/{edition}/summary/square/sick",
    "/api/v1/{edition}/trend/square/cases",
    "/api/v1/{edition}/hotspots/square/sick?permutations=99",
    "/api/v1/{edition}/significance/square/sick",
    "/api/v1/{edition}/change/square/cases?from=2018",
    "/api/v1/{edition}/relate/square?x=sick&y=cases",
    "/api/v1/{edition}/inequality/square/sick?by=need",
    "/api/v1/{edition}/layers/square.geojson?indicator=cases",
    "/tiles/{edition}/square.json",
    "/tiles/{edition}/square/0/0/0.mvt?attributes=1",
    "/tiles/{edition}/square/0/0/0.bin",
    "/api",
];

#[test]
fn no_raw_count_is_in_a_store_a_report_an_answer_or_a_log() {
    let mut counts = Counts::new();
    let folder = atlas(&counts);
    let store = TempDir::new().unwrap();
    let mut written = Written::default();

    // Two editions in one store, and what the server tells and answers meanwhile.
    let server = Server::start_verbose(folder.path(), &["--store", store.path().to_str().unwrap()]);
    let first = server.edition();
    let mut raw: Vec<f64> = Vec::new();
    let mut hidden = hidden_counts(&server, &first, &counts);
    raw.append(&mut hidden);
    counts.cases[200] += 77_777.0;
    counts.write(&folder);
    wait_until("the second edition", || server.edition() != first);
    raw.append(&mut hidden_counts(&server, &server.edition(), &counts));
    for edition in [first, server.edition()] {
        for route in ROUTES {
            let answer = server.get(&route.replace("{edition}", &edition));
            // There is no rank here: what is searched is the refusal.
            assert_eq!(answer.status == 200, !route.contains("/deprivation/"), "{route}");
            written.add(&format!("answers to {}", route.replace("{edition}", "…")), &answer.body);
        }
    }
    assert_all_visited(&server);
    // A refusal is logged with its path.
    assert_eq!(server.get("/areas/square/123454321").status, 404);
    written.add("log", server.log().as_bytes());
    files_of(store.path(), &mut written);

    // Reports.
    let out = TempDir::new().unwrap();
    let out = out.path().join("edition");
    let build = ["build", folder.argument(), "--out", out.to_str().unwrap()];
    for arguments in [
        vec!["check", folder.argument()],
        vec!["check", folder.argument(), "--format", "json"],
        build.to_vec(),
        [&build[..], &["--format", "json"]].concat(),
    ] {
        let finished = run(&arguments);
        assert_eq!(finished.code(), Some(0), "{}", finished.err());
        written.add("reports", finished.out().as_bytes());
        written.add("reports", finished.err().as_bytes());
    }

    let small = raw.iter().filter(|count| **count < THRESHOLD).count();
    assert!(small > 200 && raw.len() > small + 300, "{small} small ones of {}", raw.len());
    assert_eq!(written.places_of(&raw), BTreeMap::new(), "a raw count is told");

    // The search finds numbers of the same sort where they are published: in every form of a column, …
    let shown = written.places_of_one(counts.open[17]);
    for place in ["indicators/*.parquet > pages", "ready/*.bin > br", "ready/*.bin > gzip"] {
        assert!(shown.contains(place), "{place} is not in {shown:?}");
    }
    let cases = server.json("/api/v1/{edition}/values/square/cases");
    let published = numbers(&cases["periods"]["2019"]["values"]).into_iter().flatten().next().unwrap();
    let in_answers = written.places_of_one(published);
    for ending in [
        ".csv",
        ".arrow",
        ".bin",
        "geojson?indicator=cases",
        "/table?geography=square&indicator=cases",
        "?fields=numerator,denominator,lower,upper",
    ] {
        assert!(
            in_answers.iter().any(|place| place.starts_with("answers") && place.ends_with(ending)),
            "{ending}: {in_answers:?}"
        );
    }
    let district = server.json("/api/v1/{edition}/values/district/sick");
    let share = numbers(&district["periods"]["2019"]["values"])[3].unwrap();
    assert!(written.places_of_one(share).contains("indicators/*.parquet > pages"));
    // … in reports (a total that its parts contradict) and in the log, …
    let total: f64 = (0..SIDE * SIDE).filter(|area| district_of(*area) == 0).map(|area| counts.open[area]).sum();
    assert!(written.places_of_one(total).contains("reports"), "{total}");
    assert!(written.places_of_one(123_454_321.0).contains("log"));
    // … and every file was read, the packed ones unpacked.
    assert!(written.places_of_text("Q017").contains("geographies/*.parquet > pages"));
    assert!(written.places_of_text("square-borders").contains("tiles/*.pmtiles > gzip"));
    let kinds: BTreeSet<&str> = written.bytes.keys().map(|name| name.split(" > ").next().unwrap()).collect();
    println!("searched: {kinds:?}");
}

/// The raw counts that an edition must not tell: those that it hides, and all that are rounded.
fn hidden_counts(server: &Server, edition: &str, counts: &Counts) -> Vec<f64> {
    let mut raw = counts.rounded.clone();
    for (indicator, field, counts) in
        [("cases", "values", &counts.cases), ("sick", "numerator", &counts.sick), ("sick", "values", &counts.sick)]
    {
        let answer = server.json(&format!("/api/v1/{edition}/values/square/{indicator}?fields=numerator"));
        let published = numbers(&answer["periods"]["2019"][field]);
        let hidden = published.iter().zip(counts).filter(|(published, _)| published.is_none()).map(|(_, count)| *count);
        raw.extend(hidden);
        let is_small_hidden =
            published.iter().zip(counts).all(|(published, count)| *count >= THRESHOLD || published.is_none());
        assert!(is_small_hidden, "{indicator}");
    }
    raw
}

/// Every described route was asked.
fn assert_all_visited(server: &Server) {
    for template in server.json("/openapi.json")["paths"].as_object().unwrap().keys() {
        let fits = |route: &&str| -> bool {
            let path = route.split('?').next().unwrap();
            let (mut asked, mut described) = (path.split('/'), template.split('/'));
            let fit = asked.by_ref().zip(described.by_ref()).all(|(own, other)| own == other || other.starts_with('{'));
            fit && path.split('/').count() == template.split('/').count()
        };
        assert!(ROUTES.iter().any(fits), "{template} is not asked");
    }
}
