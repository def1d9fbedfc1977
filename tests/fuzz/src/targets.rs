//! What is done with hostile bytes: everything that a file or a request may lead to. Nothing may panic, hang or grow
//! without limit; whatever comes out must hold what the rest of the program relies on.

use std::str;
use std::sync::{Arc, LazyLock};

use axum::body::Body;
use axum::http::{Request, StatusCode};
use tempfile::TempDir;
use tessera_atlas::cell::read_cell;
use tessera_atlas::filter;
use tessera_atlas::manifest::read_manifest;
use tessera_atlas::period::Period;
use tessera_atlas::postcode::Postcode;
use tessera_atlas::problem::{Problem, Problems, Severity};
use tessera_atlas::table::{Table, TablePlace};
use tessera_geo::{
    Contiguity, Crs, Locator, ReadOptions, Shape, Source, Topology, read_boundaries, read_geojson, write_geometry,
};
use tessera_server::{App, Editions, Settings};
use tokio::runtime::Runtime;

/// What is done with some bytes; it fails by panicking.
pub(crate) type Target = fn(&[u8]);

/// Every target with the name of its folder in `corpus`.
pub(crate) const ALL: [(&str, Target); 16] = [
    ("geojson", |bytes| boundaries("areas.geojson", bytes)),
    ("topojson", |bytes| boundaries("areas.topojson", bytes)),
    ("shapefile", shapefile),
    ("geopackage", |bytes| boundaries("areas.gpkg", bytes)),
    ("geoparquet", |bytes| boundaries("areas.parquet", bytes)),
    ("archive", |bytes| boundaries("areas.zip", bytes)),
    ("crs", crs),
    ("manifest", manifest),
    ("csv", |bytes| table("table.csv", bytes)),
    ("workbook", |bytes| table("table.xlsx", bytes)),
    ("parquet", |bytes| table("table.parquet", bytes)),
    ("values", |bytes| values("values.csv", bytes)),
    ("values-parquet", |bytes| values("values.parquet", bytes)),
    ("words", words),
    ("request", request),
    ("headers", headers),
];

/// Reads boundaries and takes them through everything that is done with boundaries.
fn boundaries(name: &str, bytes: &[u8]) {
    read(&Source::new(name, bytes.to_vec()));
}

/// A shapefile is several files: the first bytes say how long each is.
fn shapefile(bytes: &[u8]) {
    let Some((lengths, rest)) = bytes.split_at_checked(4) else { return };
    let length = |at: usize| usize::from(u16::from_le_bytes([lengths[at], lengths[at + 1]]));
    let (shp, rest) = rest.split_at(length(0).min(rest.len()));
    let (dbf, prj) = rest.split_at(length(2).min(rest.len()));
    let source = Source::new("areas.shp", shp.to_vec());
    read(&source.with_companion("dbf", dbf.to_vec()).with_companion("prj", prj.to_vec()));
}

fn read(source: &Source) {
    let options = ReadOptions { code: "code", label: Some("name"), layer: None, crs: None };
    let Ok(reading) = read_boundaries(source, &options) else { return };
    for problem in &reading.problems {
        assert!(!problem.to_string().is_empty());
    }
    let shapes: Vec<Shape> = reading.boundaries.iter().map(|boundary| boundary.shape.clone()).collect();
    if shapes.iter().flat_map(|shape| &shape.polygons).map(|polygon| polygon.exterior.len()).sum::<usize>() > 10_000 {
        return;
    }
    for (shape, boundary) in shapes.iter().zip(&reading.boundaries) {
        assert!(!shape.is_empty(), "an area that is read has a shape: {}", boundary.code);
        let mut geometry = Vec::new();
        write_geometry(shape, &mut geometry);
        let mut json =
            br#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"A"},"geometry":"#
                .to_vec();
        json.extend_from_slice(&geometry);
        json.extend_from_slice(b"}]}");
        let again = read_geojson(&json, "code", None).expect("what is written can be read");
        assert_eq!(again.boundaries.len(), 1, "{}", String::from_utf8_lossy(&json));
    }
    let (snapped, _) = tessera_geo::snap(&shapes, 0.1);
    let topology = Topology::build(&snapped);
    drop(tessera_geo::overlaps(&snapped, &topology, 0.01));
    drop(topology.neighbours(Contiguity::Queen));
    if let Some(extent) = topology.extent() {
        drop(Locator::new(&topology).within(&extent));
    }
    for zoom in [0.0, 9.0] {
        drop(topology.generalise(zoom));
    }
    drop(topology.dissolve(&vec![Some(0); topology.len()], 1));
    for shape in &snapped {
        let _ = tessera_geo::label_point(shape);
        assert!(tessera_geo::area_km2(shape) >= 0.0);
    }
}

fn crs(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    for crs in [Crs::from_wkt(text), Crs::from_name(text)].into_iter().flatten() {
        drop(crs.to_place(400_000.0, 250_000.0));
        drop(crs.to_place(-2.0, 52.0));
    }
}

fn manifest(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let mut problems = Problems::default();
    let manifest = read_manifest(text, &mut problems);
    assert!(manifest.is_some() || problems.has_errors(), "what cannot be read is told");
    told(&problems);
}

fn table(file: &str, bytes: &[u8]) {
    for heading_row in [1, 3] {
        let mut problems = Problems::default();
        let place = TablePlace { file, sheet: None, heading_row: Some(heading_row) };
        let table = Table::parse(bytes.to_vec(), place, &mut problems);
        told(&problems);
        assert_eq!(table.is_none(), problems.has_errors(), "a table is read or refused");
        let Some(table) = table else { continue };
        let mut last = 0;
        for row in table.rows() {
            assert!(row.number() > last, "rows are in order");
            last = row.number();
            assert!(row.cells().count() <= table.headings().len(), "no cell stands outside the headings");
            for cell in row.cells() {
                drop(table.read_cell(cell, &Default::default()));
            }
        }
    }
}

/// A table on its way into an atlas: read in parts, joined and protected. What is wrong with it is told, or it is published.
fn values(file: &str, bytes: &[u8]) {
    for keys in [WIDE, LONG] {
        let folder = folder(
            &ATLAS
                .replace("none = \"invented numbers\"", "threshold = 5")
                .replace(WIDE, keys)
                .replace("values.csv", file),
        );
        std::fs::write(folder.path().join(file), bytes).expect("the table is written");
        let (edition, report) = tessera_atlas::read_atlas(folder.path());
        report.problems.iter().for_each(is_short);
        let is_refused = report.problems.iter().any(|problem| problem.severity == Severity::Error);
        assert_eq!(edition.is_none(), is_refused, "an atlas is published or refused");
    }
}

fn told(problems: &Problems) {
    problems.iter().for_each(is_short);
    let _ = problems.count(Severity::Note);
}

fn is_short(problem: &Problem) {
    let text = problem.to_string();
    assert!(text.lines().count() <= 6 && !text.contains('\u{1b}'), "a problem is a short block: {text}");
}

fn words(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    drop(read_cell(text, &Default::default()));
    if let Ok(period) = text.parse::<Period>() {
        assert_eq!(period.to_string().parse(), Ok(period));
        assert!(!period.words().is_empty());
    }
    if let Ok(postcode) = text.parse::<Postcode>() {
        assert_eq!(postcode.to_string().parse(), Ok(postcode));
    }
    for condition in filter::read(text).unwrap_or_default() {
        assert!(condition.bound.is_finite() && !condition.measure.is_empty(), "{condition:?}");
    }
}

/// The folder of an atlas of two areas, but for its table of values.
fn folder(manifest: &str) -> TempDir {
    let folder = TempDir::new().expect("a folder for the atlas");
    for (file, text) in
        [("atlas.toml", manifest), ("areas.geojson", AREAS), ("both.csv", "area_code,cluster_code\nA,X\nB,X\nB,Y\n")]
    {
        std::fs::write(folder.path().join(file), text).expect("the atlas is written");
    }
    folder
}

/// A server of a small atlas.
struct Server {
    runtime: Runtime,
    app: App,
    edition: String,
}

static SERVER: LazyLock<Server> = LazyLock::new(|| {
    let folder = folder(ATLAS);
    std::fs::write(folder.path().join("values.csv"), "code,people,rate\nA,10,1\nB,20,..\n")
        .expect("values are written");
    let (edition, report) = tessera_atlas::read_atlas(folder.path());
    let edition = edition.unwrap_or_else(|| panic!("{:?}", report.problems));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let id = edition.id().to_string();
    // What waits in the background needs a runtime from the start.
    let entered = runtime.enter();
    let app = App::new(Arc::new(Editions::of(Arc::new(edition))), &Settings::default()).expect("an app");
    drop(entered);
    Server { runtime, app, edition: id }
});

/// Sends a request. Whatever is asked, nothing is the program's own fault.
fn send(request: Request<Body>) {
    let asked = format!("{request:?}");
    let response = SERVER.runtime.block_on(SERVER.app.answer(request));
    let status = response.status();
    assert!(!status.is_server_error() || status == StatusCode::NOT_IMPLEMENTED, "{asked}: {status}");
}

/// The path and query of a request. Nobody guesses the id of an edition.
fn request(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    if let Ok(request) = Request::get(text.replace("{edition}", &SERVER.edition)).body(Body::empty()) {
        send(request);
    }
}

/// The headers of a request, each on a line, behind a path.
fn headers(bytes: &[u8]) {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let path = lines.next().and_then(|path| str::from_utf8(path).ok()).unwrap_or_default();
    let mut request = Request::get(path.replace("{edition}", &SERVER.edition));
    for line in lines {
        let mut parts = line.splitn(2, |byte| *byte == b':');
        if let (Some(name), Some(value)) = (parts.next(), parts.next()) {
            request = request.header(name, value.trim_ascii());
        }
    }
    if let Ok(request) = request.body(Body::empty()) {
        send(request);
    }
}

const ATLAS: &str = r#"format = 1
[atlas]
id = "two"
title = "Two areas"
people = ["people"]
[disclosure]
none = "invented numbers"
[[geography]]
id = "area"
name = "Areas"
singular = "area"
boundaries = "areas.geojson"
code = "code"
[[cluster]]
id = "both"
name = "Both"
singular = "both"
of = "area"
file = "both.csv"
[[indicator]]
id = "people"
name = "People"
kind = "count"
[[indicator]]
id = "rate"
name = "Rate"
kind = "rate"
per = 1000
denominator = "people"
[[table]]
file = "values.csv"
geography = "area"
code = "code"
period = "2019"
[table.columns]
people = "people"
rate = { indicator = "rate", field = "numerator" }
"#;

/// How the table of the atlas is read.
const WIDE: &str = r#"code = "code"
period = "2019"
[table.columns]
people = "people"
rate = { indicator = "rate", field = "numerator" }
"#;

/// How it is read otherwise.
const LONG: &str = r#"layout = "long"
[table.columns]
area_code = "code"
"#;

const AREAS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"A"},"geometry":{"type":"Polygon","coordinates":[[[-2,52],[-1.9,52],[-1.9,52.1],[-2,52.1],[-2,52]]]}},
{"type":"Feature","properties":{"code":"B"},"geometry":{"type":"Polygon","coordinates":[[[-1.9,52],[-1.8,52],[-1.8,52.1],[-1.9,52.1],[-1.9,52]]]}}]}"#;
