//! Files that break off, or that somebody has meddled with: whatever the bytes, a reader answers and does not panic.

use proptest::prelude::*;
use tessera_geo::{Crs, ReadOptions, Source, read_boundaries};

use crate::fixtures::*;

/// One file of each format, with the files that belong to it; the first is the one to damage.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let (areas, grid) = (areas(), areas_on_the_grid());
    let mut files = vec![
        ("a.geojson", geojson(&areas)),
        ("a.topojson", TOPOLOGY.as_bytes().to_vec()),
        ("a.shp", shp(&grid)),
        ("a.dbf", dbf(&grid)),
        ("a.prj", GRID_PRJ.as_bytes().to_vec()),
        ("a.gpkg", geopackage(4326, &areas)),
        ("a.zip", archive(&[("a.shp", &shp(&areas)), ("a.dbf", &dbf(&areas)), ("a.prj", DEGREES_PRJ.as_bytes())])),
    ];
    files.extend(parquet(&areas));
    files
}

#[cfg(feature = "geoparquet")]
fn parquet(areas: &[Area]) -> Option<(&'static str, Vec<u8>)> {
    let geo = r#"{"primary_column":"geometry","columns":{"geometry":{"encoding":"WKB"}}}"#;
    Some(("a.parquet", geoparquet(areas, Some(geo), ::parquet::basic::Compression::SNAPPY)))
}

#[cfg(not(feature = "geoparquet"))]
fn parquet(_: &[Area]) -> Option<(&'static str, Vec<u8>)> {
    None
}

/// Reads a file under several names, so that every reader gets to see it, and as a part of a shapefile.
fn read_as_anything(name: &str, bytes: &[u8]) {
    for crs in [None, Some(Crs::Wgs84), Some(Crs::BritishNationalGrid)] {
        let options = ReadOptions { code: "code", label: Some("name"), layer: None, crs };
        let companion = |ending: &str, sound: Vec<u8>| if name.ends_with(ending) { bytes.to_vec() } else { sound };
        let main = if name.ends_with("dbf") || name.ends_with("prj") {
            Source::new("a.shp", shp(&areas_on_the_grid()))
        } else {
            Source::new(name, bytes)
        };
        let source = main
            .with_companion("dbf", companion("dbf", dbf(&areas_on_the_grid())))
            .with_companion("prj", companion("prj", GRID_PRJ.as_bytes().to_vec()));
        if let Ok(reading) = read_boundaries(&source, &options) {
            assert!(reading.boundaries.iter().all(|area| !area.code.is_empty() && !area.shape.is_empty()));
        }
    }
}

#[test]
fn a_file_that_breaks_off_is_an_error_or_is_read() {
    for (name, bytes) in files() {
        let step = (bytes.len() / 150).max(1);
        for length in (0..bytes.len()).step_by(step) {
            read_as_anything(name, &bytes[..length]);
        }
    }
}

#[test]
fn half_a_file_is_an_error() {
    let options = ReadOptions { code: "code", ..ReadOptions::default() };
    for (name, bytes) in files().into_iter().filter(|(name, _)| !name.ends_with("dbf") && !name.ends_with("prj")) {
        let source = Source::new(name, &bytes[..bytes.len() / 2])
            .with_companion("dbf", dbf(&areas_on_the_grid()))
            .with_companion("prj", GRID_PRJ.as_bytes().to_vec());
        let error = read_boundaries(&source, &options).expect_err(name).to_string();
        assert!(error.starts_with("not "), "{name}: {error}");
    }
}

#[test]
fn ten_thousand_brackets_are_an_error() {
    let (open, close) = ("[".repeat(10_000), "]".repeat(10_000));
    let options = ReadOptions { code: "code", ..ReadOptions::default() };
    for text in [
        open.clone(),
        format!(r#"{{"type":"FeatureCollection","features":{open}{close}}}"#),
        format!(r#"{{"type":"FeatureCollection","x":{open}{close},"features":[]}}"#),
        format!(r#"{{"type":"Topology","arcs":{open}{close},"objects":{{}}}}"#),
        format!(r#"{{"type":"Topology","arcs":[],"objects":{{"a":{open}{close}}}}}"#),
        r#"{"a":"#.repeat(10_000),
    ] {
        assert!(read_boundaries(&Source::new("a.json", text.as_bytes()), &options).is_err());
    }
}

fn changes() -> impl Strategy<Value = Vec<(prop::sample::Index, u8)>> {
    prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_bytes_are_read_or_refused(
        name in prop::sample::select(vec!["a.geojson", "a.topojson", "a.shp", "a.dbf", "a.prj", "a.gpkg", "a.parquet", "a.zip"]),
        prefix in prop::sample::select(vec![b"".as_slice(), b"PK\x03\x04", b"PAR1", b"SQLite format 3\0", b"\0\0\x27\x0A", b"{"]),
        bytes in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        read_as_anything(name, &[prefix, &bytes].concat());
    }

    #[test]
    fn changed_bytes_are_read_or_refused(changes in changes()) {
        for (name, mut bytes) in files() {
            for (index, value) in &changes {
                let index = index.index(bytes.len());
                bytes[index] = *value;
            }
            read_as_anything(name, &bytes);
        }
    }

    #[test]
    fn bytes_that_go_or_come_are_read_or_refused(
        at in any::<prop::sample::Index>(), gone in 0_usize..40, come in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        for (name, mut bytes) in files() {
            let start = at.index(bytes.len());
            let end = (start + gone).min(bytes.len());
            bytes.splice(start..end, come.iter().copied());
            read_as_anything(name, &bytes);
        }
    }

    #[test]
    fn coordinates_of_any_kind_are_read_or_named(numbers in prop::collection::vec(any::<f64>(), 6..20)) {
        let ring: Ring = numbers.chunks_exact(2).map(|pair| [pair[0], pair[1]]).collect();
        let areas = [("A", "a", vec![vec![ring]])];
        read_as_anything("a.gpkg", &geopackage(4326, &areas));
        read_as_anything("a.gpkg", &geopackage(5, &areas));
        read_as_anything("a.shp", &shp(&areas));
    }
}

/// What is said of the files that people bring by mistake, and of those that somebody makes to do harm.
#[test]
fn every_fault_of_a_file_has_its_sentence() {
    #[track_caller]
    fn check(source: &Source<'_>, expected: &str) {
        let options = ReadOptions { code: "code", label: Some("name"), ..ReadOptions::default() };
        let said = match read_boundaries(source, &options) {
            Ok(reading) => reading.problems[0].to_string(),
            Err(error) => error.to_string(),
        };
        assert_eq!(said, expected);
    }
    let named = |name: &'static str, bytes: &[u8]| Source::new(name, bytes.to_vec());
    let zip_of = |files: &[(&str, &[u8])]| Source::new("a.zip", archive(files));
    let half = |bytes: Vec<u8>| bytes[..bytes.len() / 2].to_vec();
    let shapefile_of = |shp: Vec<u8>, dbf: Vec<u8>| {
        Source::new("a.shp", shp).with_companion("dbf", dbf).with_companion("prj", DEGREES_PRJ.as_bytes().to_vec())
    };
    let (areas, grid) = (areas(), areas_on_the_grid());
    let (json, shp, dbf, prj) = (geojson(&areas), shp(&areas), dbf(&areas), DEGREES_PRJ.as_bytes());

    // Broken off.
    check(&named("a.geojson", &half(json.clone())), "not JSON at line 3, column 85: EOF while parsing a list");
    check(
        &named("a.topojson", &TOPOLOGY.as_bytes()[..300]),
        "not JSON at line 4, column 74: EOF while parsing a string",
    );
    let gpkg = half(geopackage(4326, &areas));
    check(&named("a.gpkg", &gpkg), "not a readable GeoPackage: database disk image is malformed");
    let zip = half(archive(&[("a.geojson", &json)]));
    check(&named("a.zip", &zip), "not a readable zip archive: it breaks off, or is none");
    check(&shapefile_of(half(shp.clone()), dbf.clone()), "not a readable shapefile: it breaks off");
    check(&shapefile_of(shp.clone(), half(dbf.clone())), "not a readable shapefile: its .dbf breaks off, or is none");

    // Empty.
    check(&named("folder/a.geojson", b""), "`folder/a.geojson` is empty");
    check(&named("a.zip", b""), "`a.zip` is empty");
    check(&zip_of(&[]), "the archive holds no boundary file; there is none");
    check(&zip_of(&[("a.geojson", b"")]), "`a.geojson` is empty");
    check(&zip_of(&[("a.gpkg", b"")]), "`a.gpkg` is empty");
    check(&zip_of(&[("a.shp", b""), ("a.dbf", &dbf), ("a.prj", prj)]), "`a.shp` is empty");
    check(&zip_of(&[("a.shp", &shp), ("a.dbf", b""), ("a.prj", prj)]), "`a.dbf` is empty");
    let no_crs =
        "the file does not say what its coordinates mean: name its coordinate reference system, such as EPSG:27700";
    check(&zip_of(&[("a.shp", &shp), ("a.dbf", &dbf), ("a.prj", b"\n")]), no_crs);

    // Something missing.
    let no_dbf = "a shapefile needs the .dbf file of the same name beside it";
    check(&Source::new("a.shp", shp.clone()).with_companion("prj", prj), no_dbf);
    check(&zip_of(&[("a.shp", &shp), ("b.dbf", &dbf)]), no_dbf);
    check(&Source::new("a.shp", shp.clone()).with_companion("dbf", dbf.clone()), no_crs);
    check(&zip_of(&[("a.dbf", &dbf)]), "the archive holds no boundary file; there is `a.dbf`");

    // Something else than it should be.
    let swapped = [("E01", "Swapped", vec![vec![square(52.0, -2.0, 0.1)]])];
    let looks_swapped = "feature 1 (`E01`) has the position 52, -2, which looks like latitude before longitude";
    check(&named("a.geojson", &geojson(&swapped)), looks_swapped);
    check(&shapefile(&swapped, DEGREES_PRJ), looks_swapped);
    check(
        &named("a.geojson", &geojson(&grid)),
        "feature 1 (`E01`) has the position 380000, 250000, which looks like the British National Grid (EPSG:27700), not \
         degrees",
    );
    check(
        &named("a.kml", b"<kml/>"),
        "`a.kml` is no boundary file that is known here: .geojson, .json, .topojson, .shp, .gpkg, .parquet, or a .zip that \
         holds one",
    );
    check(&named("a.geojson", b"<kml/>"), "not JSON at line 1, column 1: expected value");

    // Made to do harm.
    let (open, close) = ("[".repeat(10_000), "]".repeat(10_000));
    let deep = format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"name":"Deep","code":{open}"#
    );
    check(&named("a.geojson", deep.as_bytes()), "not JSON at line 1, column 10093: EOF while parsing a list");
    let deep = format!("{deep}{close}}}}}]}}");
    check(&named("a.geojson", deep.as_bytes()), "feature 1 has no code in `code`");
    let deep = format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"code":"E01","name":"Deep"}},
            "geometry":{{"type":"Polygon","coordinates":{open}{close}}}}}]}}"#
    );
    let too_deep = "feature 1 (`E01`) has coordinates that cannot be read: invalid type: sequence, expected f64";
    check(&named("a.geojson", deep.as_bytes()), too_deep);
    check(
        &zip_of(&[("a.geojson", &vec![b' '; 80 << 20])]),
        "`a.geojson` unpacks to more than 2048 MiB, or to an improbable multiple of its size",
    );
    check(
        &zip_of(&[("a.zip", &archive(&[("a.geojson", &json)]))]),
        "the archive holds no boundary file; there is `a.zip`",
    );
}
