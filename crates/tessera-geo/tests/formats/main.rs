//! Every format that is read, from files made here by other writers: what is read, and what is said of what cannot be.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod damaged;
mod fixtures;
mod invalid;

use fixtures::*;
use tessera_geo::{
    BoundaryProblem, Crs, CrsError, Place, ReadError, ReadOptions, Reading, Shape, Source, UnknownCrs, read_boundaries,
};
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
fn a_geopackage_holds_what_the_geojson_holds() {
    let file = geopackage(4326, &areas());
    check(read(&Source::new("areas.gpkg", file.clone())));
    check(read(&Source::new("areas.zip", archive(&[("areas.gpkg", &file)]))));
    // As it is while another program has it open.
    let mut logged = file.clone();
    (logged[18], logged[19]) = (2, 2);
    check(read(&Source::new("areas.gpkg", logged)));

    let grid = read(&Source::new("areas.gpkg", geopackage(5, &areas_on_the_grid())));
    assert_eq!(grid, read(&shapefile(&areas_on_the_grid(), GRID_PRJ)));
    let undefined = geopackage(-1, &areas());
    let undefined = Source::new("areas.gpkg", undefined);
    assert_eq!(read_boundaries(&undefined, &options()), Err(ReadError::NoCrs));
    check(read_boundaries(&undefined, &ReadOptions { crs: Some(Crs::Wgs84), ..options() }).unwrap());
    assert!(message(&Source::new("areas.gpkg", geopackage(6, &areas())), &options()).contains("`NONE:6` is not"));
}

#[test]
fn a_layer_of_a_geopackage_is_chosen() {
    let mut database = rusqlite::Connection::open_in_memory().unwrap();
    database.execute_batch(SYSTEMS).unwrap();
    assert_eq!(message(&saved(&mut database), &options()), "not a readable GeoPackage: it lists no layer of features");
    add_layer(&database, "lsoa", 4326, &areas());
    add_layer(&database, "empty", 4326, &[]);
    assert_eq!(
        message(&saved(&mut database), &options()),
        "the file has several layers, one of which must be named: `empty`, `lsoa`"
    );
    let layer = |layer| ReadOptions { layer: Some(layer), ..options() };
    check(read_boundaries(&saved(&mut database), &layer("lsoa")).unwrap());
    assert_eq!(read_boundaries(&saved(&mut database), &layer("empty")), Err(ReadError::NoFeatures));
    assert_eq!(
        message(&saved(&mut database), &layer("notes")),
        "the file has no layer `notes`; there is `empty`, `lsoa`"
    );
    let code = ReadOptions { code: "CODE", ..layer("lsoa") };
    assert_eq!(
        message(&saved(&mut database), &code),
        "no feature has the attribute `CODE`; there is `code`, `fid`, `name`"
    );

    let point = [b"GP\0\x01".as_slice(), &4326_i32.to_le_bytes(), &[1, 1, 0, 0, 0], &[0; 16]].concat();
    let cut = [b"GP\0\x01".as_slice(), &4326_i32.to_le_bytes(), &wkb(&areas()[0].2)[..50]].concat();
    // A collection in a collection in a collection…
    let deep = [b"GP\0\x01".as_slice(), &4326_i32.to_le_bytes(), &[1, 7, 0, 0, 0, 1, 0, 0, 0].repeat(500_000)].concat();
    for (code, blob) in [("P", Some(point)), ("C", Some(cut)), ("D", Some(deep)), ("N", None)] {
        database.execute("INSERT INTO lsoa (geom, code) VALUES (?1, ?2)", (blob, code)).unwrap();
    }
    let problems = read_boundaries(&saved(&mut database), &layer("lsoa")).unwrap().problems;
    assert_eq!(
        problems.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            "feature 3 (`P`) is a Point, not a Polygon or MultiPolygon",
            "feature 4 (`C`) has coordinates that cannot be read: the binary geometry breaks off",
            "feature 5 (`D`) is a GeometryCollection, not a Polygon or MultiPolygon",
            "feature 6 (`N`) has no geometry"
        ]
    );
}

#[test]
fn a_geopackage_that_never_ends_is_given_up() {
    let mut database = rusqlite::Connection::open_in_memory().unwrap();
    database.execute_batch(SYSTEMS).unwrap();
    database
        .execute_batch(
            "CREATE VIEW endless AS WITH RECURSIVE r(geom, code, name) AS
                (SELECT NULL, 1, 'x' UNION ALL SELECT NULL, code + 1, 'x' FROM r) SELECT * FROM r;
             INSERT INTO gpkg_contents VALUES ('endless', 'features', '', 4326);
             INSERT INTO gpkg_geometry_columns VALUES ('endless', 'geom', 'MULTIPOLYGON', 4326);",
        )
        .unwrap();
    let file = database.serialize("main").unwrap().to_vec();
    assert_eq!(message(&Source::new("a.gpkg", file), &options()), "not a readable GeoPackage: interrupted");
}

#[cfg(feature = "geoparquet")]
#[test]
fn geoparquet_holds_what_the_geojson_holds() {
    use parquet::basic::Compression;
    let geo = |rest: &str| {
        format!(
            r#"{{"version":"1.1.0","primary_column":"geometry","columns":{{"geometry":{{"encoding":"WKB"{rest}}}}}}}"#
        )
    };
    for compression in [Compression::UNCOMPRESSED, Compression::SNAPPY, Compression::ZSTD(Default::default())] {
        check(read(&Source::new("a.parquet", geoparquet(&areas(), Some(&geo("")), compression))));
    }
    let file =
        |areas: &[Area], geo: Option<&str>| Source::new("a.parquet", geoparquet(areas, geo, Compression::SNAPPY));
    for rest in [
        r#","crs":{"name":"x","id":{"authority":"OGC","code":"CRS84"}}"#,
        r#","crs":{"id":{"authority":"EPSG","code":4326}}"#,
    ] {
        check(read(&file(&areas(), Some(&geo(rest)))));
    }
    for rest in [
        r#","crs":{"name":"OSGB36 / British National Grid","id":{"authority":"EPSG","code":27700}}"#,
        r#","crs":{"name":"OSGB36 / British National Grid"}"#,
    ] {
        let grid = read(&file(&areas_on_the_grid(), Some(&geo(rest))));
        assert_eq!(grid, read(&shapefile(&areas_on_the_grid(), GRID_PRJ)));
    }
    let unsaid = file(&areas(), Some(&geo(r#","crs":null"#)));
    assert_eq!(read_boundaries(&unsaid, &options()), Err(ReadError::NoCrs));
    check(read_boundaries(&unsaid, &ReadOptions { crs: Some(Crs::Wgs84), ..options() }).unwrap());
    assert!(message(&file(&areas(), None), &options()).contains("it is Parquet without `geo` metadata"));
    let arrow = geo("").replace("WKB", "multipolygon");
    assert!(message(&file(&areas(), Some(&arrow)), &options()).contains("`multipolygon`; only WKB is read"));
    let source = file(&areas(), Some(&geo("")));
    let code = |code| ReadOptions { code, label: Some(code), ..options() };
    assert_eq!(
        message(&source, &code("CODE")),
        "no feature has the attribute `CODE`; there is `code`, `name`, `number`"
    );
    let numbers = read_boundaries(&source, &code("number")).unwrap();
    assert_eq!((numbers.boundaries[1].code.as_str(), numbers.boundaries[1].label.as_deref()), ("1", Some("1")));
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
    assert!(name_of("areas", b"x").starts_with("`areas` is no boundary file"));
    assert!(name_of("areas.geojson", b"<?xml version=\"1.0\"?>").starts_with("not JSON at line 1"));
    assert_eq!(name_of("areas.json", b""), "`areas.json` is empty");
    assert!(name_of("areas.zip", b"<html>").starts_with("not a readable zip archive"));
    let layered = ReadOptions { layer: Some("other"), ..options() };
    let source = Source::new("folder/areas.geojson", geojson(&areas()));
    assert_eq!(message(&source, &layered), "the file has no layer `other`; there is `areas`");
    check(read_boundaries(&source, &ReadOptions { layer: Some("Areas"), ..options() }).unwrap());
    let xml = Source::new("areas.shp", b"<?xml version=\"1.0\"?>".as_slice()).with_companion("dbf", dbf(&areas()));
    let given = ReadOptions { crs: Some(Crs::Wgs84), ..options() };
    assert_eq!(message(&xml, &given), "not a readable shapefile: it does not begin as one");
}
