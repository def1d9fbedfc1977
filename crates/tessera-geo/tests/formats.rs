//! Every format that is read, from files made here by other writers: what is read, and what is said of what cannot be.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::io::{Cursor, Write};

use shapefile::dbase::{FieldName, FieldValue, Record, TableWriterBuilder};
use shapefile::{Point, Polygon, PolygonRing, ShapeWriter};
use tessera_geo::{
    BoundaryProblem, Crs, CrsError, Place, ReadError, ReadOptions, Reading, Shape, Source, UnknownCrs, read_boundaries,
};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const GRID_PRJ: &str = r#"PROJCS["British_National_Grid",GEOGCS["GCS_OSGB_1936",DATUM["D_OSGB_1936",SPHEROID["Airy_1830",6377563.396,299.3249646]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",400000.0],PARAMETER["False_Northing",-100000.0],PARAMETER["Central_Meridian",-2.0],PARAMETER["Scale_Factor",0.9996012717],PARAMETER["Latitude_Of_Origin",49.0],UNIT["Meter",1.0]]"#;
const DEGREES_PRJ: &str = r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;

type Ring = Vec<[f64; 2]>;

/// An area: its code, its name, and its parts as rings, the exterior first.
type Area = (&'static str, &'static str, Vec<Vec<Ring>>);

fn square(west: f64, south: f64, side: f64) -> Ring {
    let (east, north) = (west + side, south + side);
    vec![[west, south], [east, south], [east, north], [west, north], [west, south]]
}

/// Two neighbours in degrees; the second has a hole, and an island with a hole.
fn areas() -> Vec<Area> {
    let with_holes = vec![
        vec![square(-1.9, 52.0, 0.1), square(-1.88, 52.02, 0.02)],
        vec![square(-1.7, 52.0, 0.1), square(-1.68, 52.02, 0.02)],
    ];
    vec![("E01", "Wörth & Söhne", vec![vec![square(-2.0, 52.0, 0.1)]]), ("E02", "Elsewhere", with_holes)]
}

/// The same areas in metres on the National Grid, or as good as: squares of 5 km.
fn areas_on_the_grid() -> Vec<Area> {
    vec![
        ("E01", "West", vec![vec![square(380_000.0, 250_000.0, 5_000.0)]]),
        ("E02", "East", vec![vec![square(385_000.0, 250_000.0, 5_000.0)]]),
    ]
}

fn geojson(areas: &[Area]) -> Vec<u8> {
    let feature = |(code, name, parts): &Area| {
        let coordinates = serde_json::to_string(parts).unwrap();
        format!(
            r#"{{"type":"Feature","properties":{{"code":"{code}","name":"{name}"}},
                "geometry":{{"type":"MultiPolygon","coordinates":{coordinates}}}}}"#
        )
    };
    let features: Vec<String> = areas.iter().map(feature).collect();
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(",")).into_bytes()
}

fn shp(areas: &[Area]) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let mut writer = ShapeWriter::new(&mut bytes);
    for (_, _, parts) in areas {
        let ring = |(position, ring): (usize, &Ring)| {
            let points = ring.iter().map(|&[x, y]| Point::new(x, y)).collect();
            if position == 0 { PolygonRing::Outer(points) } else { PolygonRing::Inner(points) }
        };
        // All outer rings first: which of them a hole belongs to is for the reader to find out.
        let mut rings: Vec<_> = parts.iter().flat_map(|part| part.iter().enumerate().map(ring)).collect();
        rings.sort_by_key(|ring| matches!(ring, PolygonRing::Inner(_)));
        writer.write_shape(&Polygon::with_rings(rings)).unwrap();
    }
    writer.finalize().unwrap();
    drop(writer);
    bytes.into_inner()
}

fn dbf(areas: &[Area]) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let field = |name: &str| FieldName::try_from(name).unwrap();
    let mut writer = TableWriterBuilder::new()
        .add_character_field(field("code"), 9)
        .add_character_field(field("name"), 40)
        .add_numeric_field(field("number"), 8, 2)
        .add_character_field(field("Shape__Are"), 9)
        .build_with_dest(&mut bytes);
    for (number, (code, name, _)) in areas.iter().enumerate() {
        let mut record = Record::default();
        record.insert("code".to_owned(), FieldValue::Character(Some((*code).to_owned())));
        record.insert("name".to_owned(), FieldValue::Character(Some((*name).to_owned())));
        record.insert("number".to_owned(), FieldValue::Numeric(Some(number as f64)));
        record.insert("Shape__Are".to_owned(), FieldValue::Character(None));
        writer.write_record(&record).unwrap();
    }
    drop(writer);
    bytes.into_inner()
}

fn shapefile(areas: &[Area], prj: &str) -> Source<'static> {
    Source::new("folder/areas.shp", shp(areas))
        .with_companion("dbf", dbf(areas))
        .with_companion("prj", prj.as_bytes().to_vec())
        .with_companion("cpg", b"UTF-8".to_vec())
}

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn options() -> ReadOptions<'static> {
    ReadOptions { code: "code", label: Some("name"), ..ReadOptions::default() }
}

fn read(source: &Source<'_>) -> Reading {
    read_boundaries(source, &options()).unwrap()
}

fn message(source: &Source<'_>, options: &ReadOptions<'_>) -> String {
    read_boundaries(source, options).unwrap_err().to_string()
}

/// The reading holds the areas of [`areas`], as the GeoJSON of them does.
#[track_caller]
fn check(reading: Reading) {
    assert_eq!(reading, read(&Source::new("areas.geojson", geojson(&areas()))));
    assert_eq!(reading.problems, []);
    let labels: Vec<_> = reading.boundaries.iter().map(|area| area.label.as_deref().unwrap()).collect();
    assert_eq!(labels, ["Wörth & Söhne", "Elsewhere"]);
    let holes: Vec<_> = reading.boundaries[1].shape.polygons.iter().map(|part| part.holes.len()).collect();
    assert_eq!(holes, [1, 1]);
}

const TOPOLOGY: &str = r#"{"type":"Topology","transform":{"scale":[0.01,0.01],"translate":[-2,52]},"objects":{
    "areas":{"type":"GeometryCollection","geometries":[
        {"type":"Polygon","properties":{"code":"E01","name":"West"},"arcs":[[0,1]]},
        {"type":"MultiPolygon","properties":{"code":"E02","name":"East"},"arcs":[[[-2,2]],[[3]]]},
        {"type":null,"properties":{"code":"E03","name":"Nowhere"}},
        {"type":"Point","properties":{"code":"E04","name":"Point"},"coordinates":[0,0]},
        {"type":"Polygon","properties":{"code":"E05","name":"Broken"},"arcs":[[9]]}]},
    "outline":{"type":"Polygon","properties":{"code":"ALL","name":"All"},"arcs":[[0,2]]}},
    "arcs":[[[10,10],[-10,0],[0,-10],[10,0]],[[10,0],[0,10]],[[10,0],[10,0],[0,10],[-10,0]],
        [[30,0],[5,0],[0,5],[-5,-5]]]}"#;

#[test]
fn topojson_is_put_together_from_its_arcs() {
    let with_layer = |layer| ReadOptions { layer: Some(layer), ..options() };
    let source = Source::new("map.json", TOPOLOGY.as_bytes());
    let reading = read_boundaries(&source, &with_layer("areas")).unwrap();
    let west = vec![("E01", "West", vec![vec![square(-2.0, 52.0, 0.1)]])];
    let west = read(&Source::new("west.geojson", geojson(&west))).boundaries.remove(0);
    let turned = |shape: &Shape| {
        let mut ring = shape.polygons[0].exterior[1..].to_vec();
        ring.sort();
        ring
    };
    assert_eq!(turned(&reading.boundaries[0].shape), turned(&west.shape));
    assert_eq!(reading.boundaries[1].shape.polygons.len(), 2);
    let problems: Vec<String> = reading.problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        [
            "feature 3 (`E03`) has no geometry",
            "feature 4 (`E04`) is a Point, not a Polygon or MultiPolygon",
            "feature 5 (`E05`) has coordinates that cannot be read: there is no arc 9; there are 4"
        ]
    );
    let all = read_boundaries(&source, &with_layer("outline")).unwrap();
    assert_eq!(all.boundaries[0].code, "ALL");
    assert_eq!(
        message(&source, &options()),
        "the file has several layers, one of which must be named: `areas`, `outline`"
    );
    assert_eq!(message(&source, &with_layer("x")), "the file has no layer `x`; there is `areas`, `outline`");
    let other_code = ReadOptions { code: "id", ..with_layer("areas") };
    assert_eq!(message(&source, &other_code), "no feature has the attribute `id`; there is `code`, `name`");
    // Without a transform, arcs hold coordinates.
    let plain = r#"{"type":"Topology","objects":{"a":{"type":"Polygon","properties":{"code":"A","name":null},"arcs":[[0]]}},
        "arcs":[[[-2,52],[-1.9,52],[-1.9,52.1],[-2,52]]]}"#;
    assert_eq!(read(&Source::new("map.topojson", plain.as_bytes())).boundaries.len(), 1);
    let bomb = plain.replace("[[0]]", &format!("[[{}0]]", "0,".repeat(1_000_000)));
    assert_eq!(
        message(&Source::new("map.topojson", bomb.as_bytes()), &options()),
        "not a readable TopoJSON: its rings repeat the arcs far too often"
    );
}

#[test]
fn a_shapefile_holds_what_the_geojson_holds() {
    check(read(&shapefile(&areas(), DEGREES_PRJ)));
}

#[test]
fn a_shapefile_on_the_national_grid_is_put_where_it_belongs() {
    let reading = read(&shapefile(&areas_on_the_grid(), GRID_PRJ));
    assert_eq!(reading.problems, []);
    let west = &reading.boundaries[0].shape;
    assert!(west.contains(Place::from_degrees(-2.256, 52.170).unwrap()));
    // Neighbours stay neighbours: equal positions become equal places.
    let shapes: Vec<Shape> = reading.boundaries.into_iter().map(|area| area.shape).collect();
    let topology = tessera_geo::Topology::build(&shapes);
    assert_eq!(topology.neighbours(tessera_geo::Contiguity::Rook).of(0), [1]);
}

#[test]
fn what_belongs_to_a_shapefile_must_be_there() {
    let bare = || Source::new("areas.shp", shp(&areas()));
    assert_eq!(message(&bare(), &options()), "a shapefile needs the .dbf file of the same name beside it");
    let without_prj = bare().with_companion("dbf", dbf(&areas()));
    assert_eq!(read_boundaries(&without_prj, &options()), Err(ReadError::NoCrs));
    let said = ReadOptions { crs: Some(Crs::Wgs84), ..options() };
    check(read_boundaries(&without_prj, &said).unwrap());
    let odd = bare().with_companion("DBF", dbf(&areas())).with_companion("prj", b"LOCAL_CS[\"mine\"]".as_slice());
    assert!(matches!(read_boundaries(&odd, &options()), Err(ReadError::UnknownCrs(UnknownCrs::NotRecognised { .. }))));
    check(read_boundaries(&odd, &said).unwrap());
    let other = ReadOptions { crs: Some(Crs::BritishNationalGrid), ..options() };
    assert_eq!(
        message(&shapefile(&areas(), DEGREES_PRJ), &other),
        "the file says that its coordinates are WGS 84 (EPSG:4326), not the British National Grid (EPSG:27700)"
    );
    let fewer = bare().with_companion("dbf", dbf(&areas()[..1])).with_companion("prj", DEGREES_PRJ.as_bytes());
    assert!(message(&fewer, &options()).contains("its .dbf has 1 records, its .shp another number of shapes"));
    let more = Source::new("areas.shp", shp(&areas()[..1]))
        .with_companion("dbf", dbf(&areas()))
        .with_companion("prj", DEGREES_PRJ.as_bytes());
    assert!(message(&more, &options()).contains("its .dbf has 2 records"));
    let empty = shapefile(&[], DEGREES_PRJ);
    assert_eq!(read_boundaries(&empty, &options()), Err(ReadError::NoFeatures));
}

#[test]
fn names_in_a_dbf_are_cut_and_numbers_are_as_written() {
    let source = shapefile(&areas(), DEGREES_PRJ);
    let with_code = |code| ReadOptions { code, label: None, ..options() };
    assert_eq!(
        message(&source, &with_code("Shape__Area")),
        "a .dbf cuts names at 10 characters: `Shape__Area` is `Shape__Are` there"
    );
    assert_eq!(
        message(&source, &with_code("CODE")),
        "no feature has the attribute `CODE`; there is `Shape__Are`, `code`, `name`, `number`"
    );
    let numbers = read_boundaries(&source, &with_code("number")).unwrap();
    assert_eq!(numbers.boundaries.iter().map(|area| area.code.as_str()).collect::<Vec<_>>(), ["0", "1"]);
    let blank = read_boundaries(&source, &with_code("Shape__Are")).unwrap();
    assert!(matches!(blank.problems[..], [BoundaryProblem::MissingCode { feature: 1, .. }, _]));
}

#[test]
fn texts_in_a_dbf_have_the_encoding_that_is_named() {
    let western = [("E01", "W", areas().remove(0).2)];
    let mut table = dbf(&western);
    let position = table.len() - 1 - 9 - 8 - 40;
    table[position..position + 5].copy_from_slice(b"W\xF6rth");
    let source = |cpg: Option<&str>| {
        let source = Source::new("areas.shp", shp(&western))
            .with_companion("dbf", table.clone())
            .with_companion("prj", DEGREES_PRJ.as_bytes());
        match cpg {
            Some(cpg) => source.with_companion("cpg", cpg.as_bytes().to_vec()),
            None => source,
        }
    };
    for cpg in [None, Some("1252"), Some("ANSI 1252\n"), Some("ISO-8859-1"), Some("88591"), Some("latin1"), Some(" ")] {
        assert_eq!(read(&source(cpg)).boundaries[0].label.as_deref(), Some("Wörth"), "{cpg:?}");
    }
    assert_eq!(read(&source(Some("UTF-8"))).boundaries[0].label.as_deref(), Some("W\u{FFFD}rth"));
    assert_eq!(
        message(&source(Some("EBCDIC")), &options()),
        "the encoding `EBCDIC` that the .cpg file names is not known"
    );
}

#[test]
fn deleted_records_go_with_their_shapes() {
    let mut table = dbf(&areas());
    let row = 1 + 9 + 40 + 8 + 9;
    let first = table.len() - 1 - 2 * row;
    assert_eq!(table[first], b' ');
    table[first] = b'*';
    let source = Source::new("areas.shp", shp(&areas()))
        .with_companion("dbf", table)
        .with_companion("prj", DEGREES_PRJ.as_bytes());
    let reading = read(&source);
    assert_eq!(reading.boundaries.len(), 1);
    assert_eq!((reading.boundaries[0].code.as_str(), reading.boundaries[0].shape.polygons.len()), ("E02", 2));
}

#[test]
fn an_archive_holds_a_boundary_file_of_any_kind() {
    let (shp, dbf, json) = (shp(&areas()), dbf(&areas()), geojson(&areas()));
    check(read(&Source::new("areas.zip", archive(&[("a/areas.geojson", &json), ("a/readme.txt", b"x")]))));
    check(read(&Source::new("areas.zip", archive(&[("meta.xml", b"<x/>"), ("areas.json", &json)]))));
    let files: &[(&str, &[u8])] = &[
        ("__MACOSX/._areas.shp", b"x"),
        ("dir/AREAS.SHP", &shp),
        ("dir/areas.dbf", &dbf),
        ("dir/Areas.PRJ", DEGREES_PRJ.as_bytes()),
        ("dir/areas.shp.xml", b"<x/>"),
        ("about.json", b"{}"),
    ];
    check(read(&Source::new("areas.zip", archive(files))));
    // Whatever it is called.
    check(read(&Source::new("areas.shp", archive(files))));

    let several = archive(&[("areas.geojson", &json), ("others.geojson", &json)]);
    let source = Source::new("areas.zip", several);
    assert_eq!(
        message(&source, &options()),
        "the file has several layers, one of which must be named: `areas`, `others`"
    );
    check(read_boundaries(&source, &ReadOptions { layer: Some("others"), ..options() }).unwrap());

    let none = archive(&[("readme.txt", b"x")]);
    assert_eq!(
        message(&Source::new("a.zip", none), &options()),
        "the archive holds no boundary file; there is `readme.txt`"
    );
    let nested = archive(&[("inner.geojson", &archive(&[("areas.geojson", &json)]))]);
    assert!(message(&Source::new("a.zip", nested), &options()).contains("an archive within an archive is not opened"));
    let without_dbf = archive(&[("areas.shp", &shp)]);
    assert!(matches!(
        read_boundaries(&Source::new("a.zip", without_dbf), &options()),
        Err(ReadError::MissingCompanion { ending: "dbf" })
    ));
}

#[test]
fn archives_that_would_fill_the_memory_are_refused() {
    let bomb = archive(&[("areas.geojson", &vec![b' '; 80 << 20])]);
    assert!(bomb.len() < 100_000);
    assert!(matches!(read_boundaries(&Source::new("a.zip", bomb), &options()), Err(ReadError::TooLarge { .. })));
    let names: Vec<String> = (0..1001).map(|number| format!("{number}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    assert_eq!(
        message(&Source::new("a.zip", archive(&files)), &options()),
        "the archive holds 1001 files; at most 1000 are read"
    );
}

#[test]
fn coordinates_of_geojson_are_what_it_says_or_what_was_given() {
    let grid = geojson(&areas_on_the_grid());
    let text = String::from_utf8(grid.clone()).unwrap();
    let crs = r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::27700"}}"#;
    let before = text.replacen('{', &format!("{{{crs},"), 1);
    let behind = format!("{},{crs}}}", text.strip_suffix('}').unwrap());
    let given = ReadOptions { crs: Some(Crs::BritishNationalGrid), ..options() };
    let expected = read_boundaries(&Source::new("a.geojson", grid.clone()), &given).unwrap();
    assert_eq!(expected.problems, []);
    for said in [before, behind] {
        assert_eq!(read(&Source::new("a.geojson", said.as_bytes())), expected);
    }
    let unsaid = read(&Source::new("a.geojson", grid));
    assert!(matches!(unsaid.problems[..], [BoundaryProblem::LooksProjected { .. }, _]));
    let degrees = read_boundaries(&Source::new("a.geojson", geojson(&areas())), &given).unwrap();
    assert_eq!(
        degrees.problems[0].to_string(),
        "feature 1 (`E01`) has the position -2, 52, which looks like degrees, not like the British National Grid \
         (EPSG:27700)"
    );
    let far = [("E01", "Far", vec![vec![square(720_000.0, 250_000.0, 10.0)]])];
    let far = read_boundaries(&Source::new("a.geojson", geojson(&far)), &given).unwrap();
    assert!(matches!(far.problems[..], [BoundaryProblem::NoPlace { error: CrsError::OutsideOstn15 { .. }, .. }]));
    assert_eq!(
        far.problems[0].to_string(),
        "feature 1 (`E01`): 720000, 250000 lies outside OSTN15, the transformation of the British National Grid"
    );
    let swapped: Vec<Ring> = vec![square(52.0, -2.0, 0.1)];
    let swapped = [("E01", "Swapped", vec![swapped])];
    let swapped = read(&Source::new("a.geojson", geojson(&swapped)));
    assert!(matches!(swapped.problems[..], [BoundaryProblem::LooksSwapped { .. }]));
}

#[test]
fn files_that_are_none_are_named() {
    let name_of = |name, bytes: &[u8]| message(&Source::new(name, bytes.to_vec()), &options());
    assert!(name_of("areas.pdf", b"%PDF").starts_with("`areas.pdf` is no boundary file that is known here"));
    assert!(name_of("areas", b"").starts_with("`areas` is no boundary file"));
    assert!(name_of("areas.geojson", b"<?xml version=\"1.0\"?>").starts_with("not JSON at line 1"));
    assert!(name_of("areas.json", b"").starts_with("not JSON"));
    assert!(name_of("areas.zip", b"<html>").starts_with("not a readable zip archive"));
    let layered = ReadOptions { layer: Some("other"), ..options() };
    let source = Source::new("folder/areas.geojson", geojson(&areas()));
    assert_eq!(message(&source, &layered), "the file has no layer `other`; there is `areas`");
    check(read_boundaries(&source, &ReadOptions { layer: Some("Areas"), ..options() }).unwrap());
    let xml = Source::new("areas.shp", b"<?xml version=\"1.0\"?>".as_slice()).with_companion("dbf", dbf(&areas()));
    let given = ReadOptions { crs: Some(Crs::Wgs84), ..options() };
    assert_eq!(message(&xml, &given), "not a readable shapefile: it does not begin as one");
}
