//! Small boundary files of every format, made by other writers than the readers that are tested.

use std::io::{Cursor, Write};

use shapefile::dbase::{FieldName, FieldValue, Record, TableWriterBuilder};
use shapefile::{Point, Polygon, PolygonRing, ShapeWriter};
use tessera_geo::Source;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub(crate) const GRID_PRJ: &str = r#"PROJCS["British_National_Grid",GEOGCS["GCS_OSGB_1936",DATUM["D_OSGB_1936",SPHEROID["Airy_1830",6377563.396,299.3249646]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",400000.0],PARAMETER["False_Northing",-100000.0],PARAMETER["Central_Meridian",-2.0],PARAMETER["Scale_Factor",0.9996012717],PARAMETER["Latitude_Of_Origin",49.0],UNIT["Meter",1.0]]"#;
pub(crate) const DEGREES_PRJ: &str = r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;

pub(crate) type Ring = Vec<[f64; 2]>;

/// An area: its code, its name, and its parts as rings, the exterior first.
pub(crate) type Area = (&'static str, &'static str, Vec<Vec<Ring>>);

pub(crate) fn square(west: f64, south: f64, side: f64) -> Ring {
    let (east, north) = (west + side, south + side);
    vec![[west, south], [east, south], [east, north], [west, north], [west, south]]
}

/// Two neighbours in degrees; the second has a hole, and an island with a hole.
pub(crate) fn areas() -> Vec<Area> {
    let with_holes = vec![
        vec![square(-1.9, 52.0, 0.1), square(-1.88, 52.02, 0.02)],
        vec![square(-1.7, 52.0, 0.1), square(-1.68, 52.02, 0.02)],
    ];
    vec![("E01", "Wörth & Söhne", vec![vec![square(-2.0, 52.0, 0.1)]]), ("E02", "Elsewhere", with_holes)]
}

/// The same areas in metres on the National Grid, or as good as: squares of 5 km.
pub(crate) fn areas_on_the_grid() -> Vec<Area> {
    vec![
        ("E01", "West", vec![vec![square(380_000.0, 250_000.0, 5_000.0)]]),
        ("E02", "East", vec![vec![square(385_000.0, 250_000.0, 5_000.0)]]),
    ]
}

pub(crate) fn geojson(areas: &[Area]) -> Vec<u8> {
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

pub(crate) fn shp(areas: &[Area]) -> Vec<u8> {
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

pub(crate) fn dbf(areas: &[Area]) -> Vec<u8> {
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

pub(crate) fn shapefile(areas: &[Area], prj: &str) -> Source<'static> {
    Source::new("folder/areas.shp", shp(areas))
        .with_companion("dbf", dbf(areas))
        .with_companion("prj", prj.as_bytes().to_vec())
        .with_companion("cpg", b"UTF-8".to_vec())
}

pub(crate) fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub(crate) const TOPOLOGY: &str = r#"{"type":"Topology","transform":{"scale":[0.01,0.01],"translate":[-2,52]},"objects":{
    "areas":{"type":"GeometryCollection","geometries":[
        {"type":"Polygon","properties":{"code":"E01","name":"West"},"arcs":[[0,1]]},
        {"type":"MultiPolygon","properties":{"code":"E02","name":"East"},"arcs":[[[-2,2]],[[3]]]},
        {"type":null,"properties":{"code":"E03","name":"Nowhere"}},
        {"type":"Point","properties":{"code":"E04","name":"Point"},"coordinates":[0,0]},
        {"type":"Polygon","properties":{"code":"E05","name":"Broken"},"arcs":[[9]]}]},
    "outline":{"type":"Polygon","properties":{"code":"ALL","name":"All"},"arcs":[[0,2]]}},
    "arcs":[[[10,10],[-10,0],[0,-10],[10,0]],[[10,0],[0,10]],[[10,0],[10,0],[0,10],[-10,0]],
        [[30,0],[5,0],[0,5],[-5,-5]]]}"#;

/// Well-known binary of a MultiPolygon.
pub(crate) fn wkb(parts: &[Vec<Ring>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let header = |bytes: &mut Vec<u8>, kind: u32, count: usize| {
        bytes.push(1);
        bytes.extend(kind.to_le_bytes());
        bytes.extend((count as u32).to_le_bytes());
    };
    header(&mut bytes, 6, parts.len());
    for rings in parts {
        header(&mut bytes, 3, rings.len());
        for ring in rings {
            bytes.extend((ring.len() as u32).to_le_bytes());
            bytes.extend(ring.iter().flatten().flat_map(|number| number.to_le_bytes()));
        }
    }
    bytes
}

pub(crate) const SYSTEMS: &str = "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY,
        organization TEXT, organization_coordsys_id INTEGER, definition TEXT, description TEXT);
    INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, '', ''), ('grid', 5, 'NONE', 5, 'GRID', ''),
        ('undefined', -1, 'NONE', -1, 'undefined', ''), ('odd', 6, 'NONE', 6, 'odd', '');
    CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT, srs_id INTEGER);
    CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER);
    INSERT INTO gpkg_contents VALUES ('notes', 'attributes', '', 0);
    CREATE TABLE notes (x TEXT);";

pub(crate) fn add_layer(database: &rusqlite::Connection, name: &str, srs: i32, areas: &[Area]) {
    database
        .execute_batch(&format!(
            "CREATE TABLE \"{name}\" (fid INTEGER PRIMARY KEY, geom BLOB, code TEXT, name TEXT);
             INSERT INTO gpkg_contents VALUES ('{name}', 'features', '', {srs});
             INSERT INTO gpkg_geometry_columns VALUES ('{name}', 'geom', 'MULTIPOLYGON', {srs});"
        ))
        .unwrap();
    for (code, label, parts) in areas {
        let blob = [b"GP\0\x01".as_slice(), &srs.to_le_bytes(), &wkb(parts)].concat();
        let insert = format!("INSERT INTO \"{name}\" (geom, code, name) VALUES (?1, ?2, ?3)");
        database.execute(&insert, (blob, code, label)).unwrap();
    }
}

/// The database as a file.
pub(crate) fn saved(database: &mut rusqlite::Connection) -> Source<'static> {
    Source::new("areas.gpkg", database.serialize("main").unwrap().to_vec())
}

pub(crate) fn geopackage(srs: i32, areas: &[Area]) -> Vec<u8> {
    let mut database = rusqlite::Connection::open_in_memory().unwrap();
    database.execute_batch(&SYSTEMS.replace("GRID", GRID_PRJ)).unwrap();
    add_layer(&database, "my areas", srs, areas);
    database.serialize("main").unwrap().to_vec()
}

/// GeoParquet with a column of geometries, two of texts and one of whole numbers.
#[cfg(feature = "geoparquet")]
pub(crate) fn geoparquet(areas: &[Area], geo: Option<&str>, compression: parquet::basic::Compression) -> Vec<u8> {
    use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
    use parquet::file::metadata::KeyValue;
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;

    let schema = "message schema { optional binary name (UTF8); optional binary geometry;
        optional binary code (UTF8); required int64 number; }";
    let schema = std::sync::Arc::new(parquet::schema::parser::parse_message_type(schema).unwrap());
    let geo = geo.map(|geo| vec![KeyValue::new("geo".to_owned(), geo.to_owned())]);
    let properties = WriterProperties::builder().set_compression(compression).set_key_value_metadata(geo).build();
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, std::sync::Arc::new(properties)).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let defined = vec![1; areas.len()];
    let columns: [fn(&Area) -> Vec<u8>; 3] =
        [|area| area.1.as_bytes().to_vec(), |area| wkb(&area.2), |area| area.0.as_bytes().to_vec()];
    for values in columns {
        let values: Vec<ByteArray> = areas.iter().map(|area| ByteArray::from(values(area))).collect();
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&values, Some(&defined), None).unwrap();
        column.close().unwrap();
    }
    let numbers: Vec<i64> = (0..areas.len() as i64).collect();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<Int64Type>().write_batch(&numbers, None, None).unwrap();
    column.close().unwrap();
    group.close().unwrap();
    writer.into_inner().unwrap()
}
