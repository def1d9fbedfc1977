//! Faults of boundary files, and how they are told.

use insta::assert_snapshot;

use super::{boundaries, manifest};
use crate::fixture::{Folder, feature, square};

#[test]
fn boundaries_in_an_unknown_format() {
    assert_snapshot!(manifest("areas.geojson", "areas.kml").with("areas.kml", "<kml/>").problems(), @r#"
    areas.kml: error: `areas.kml` is no boundary file that is known here: .geojson, .json, .topojson, .shp, .gpkg, .parquet, or a .zip that holds one
      hint: convert them, for example with `ogr2ogr -t_srs EPSG:4326 areas.geojson FILE`
    "#);
}

#[test]
fn a_shapefile_without_its_table() {
    let header = format!("\0\0'\n{}", "\0".repeat(96));
    assert_snapshot!(manifest("areas.geojson", "areas.shp").with("areas.shp", &header).problems(), @r#"
    areas.shp: error: a shapefile needs the .dbf file of the same name beside it
      hint: copy all files of the shapefile into the folder
    "#);
}

#[test]
fn a_coordinate_system_that_nobody_knows() {
    assert_snapshot!(manifest("label = \"NAME\"", "label = \"NAME\"\ncrs = \"EPSG:27700x\"").problems(), @r#"
    atlas.toml:19: error: `EPSG:27700x` is not a coordinate reference system that is known here
      key: `crs`
      hint: write for example `crs = "EPSG:27700"`
    "#);
}

#[test]
fn degrees_that_are_called_a_national_grid() {
    assert_snapshot!(manifest("label = \"NAME\"", "label = \"NAME\"\ncrs = \"EPSG:27700\"").problems(), @r#"
    areas.geojson: error: feature 1 (`A1`) has the position -2, 52, which looks like degrees, not like the British National Grid (EPSG:27700)
      hint: take `crs` out: these are degrees already

    areas.geojson: error: feature 2 (`A2`) has the position -1.9, 52, which looks like degrees, not like the British National Grid (EPSG:27700)
      hint: take `crs` out: these are degrees already

    areas.geojson: error: feature 3 (`A3`) has the position -2, 52.1, which looks like degrees, not like the British National Grid (EPSG:27700)
      hint: take `crs` out: these are degrees already

    areas.geojson: error: feature 4 (`A4`) has the position -1.9, 52.1, which looks like degrees, not like the British National Grid (EPSG:27700)
      hint: take `crs` out: these are degrees already
    "#);
}

#[test]
fn areas_that_lie_over_each_other() {
    let shifted = feature("A2", "[[-1.95,52],[-1.85,52],[-1.85,52.1],[-1.95,52.1],[-1.95,52]]");
    let others = [square("A1", -2.0, 52.0), shifted, square("A3", -2.0, 52.1), square("A4", -1.9, 52.1)];
    assert_snapshot!(boundaries(&others).problems(), @r#"
    areas.geojson: warning: `A1` and `A2` overlap by 50.0% of the smaller one
      hint: mend the boundaries: a place should lie in one area
    "#);
}

#[test]
fn boundaries_that_are_cut_off() {
    assert_snapshot!(Folder::tiny().with("areas.geojson", "{\"type\":\"FeatureCollection\",\"features\":[").problems(), @r#"
    areas.geojson: error: not JSON at line 1, column 40: EOF while parsing a list
      hint: export or download it again
    "#);
}

#[test]
fn a_topojson_file_that_is_not_whole() {
    assert_snapshot!(Folder::tiny().with("areas.geojson", "{\"type\":\"Topology\",\"objects\":{}}").problems(), @r#"
    areas.geojson: error: not a readable TopoJSON: missing field `arcs` at line 1 column 32
      hint: export or download it again
    "#);
}

#[test]
fn boundaries_without_the_attribute_of_the_code() {
    assert_snapshot!(manifest("code = \"CODE\"", "code = \"KODE\"").problems(), @r#"
    areas.geojson: error: no feature has the attribute `KODE`; there is `CODE`, `NAME`
      hint: did you mean `CODE`? It is named in line 17 of `atlas.toml`
    "#);
}

#[test]
fn boundaries_with_one_code_twice() {
    assert_snapshot!(boundaries(&[square("A1", -2.0, 52.0), square("A1", -1.9, 52.0)]).problems(), @r#"
    areas.geojson: error: feature 2 has the code `A1`, as feature 1 has
      hint: merge the two features, or mend one of the codes
    "#);
}

#[test]
fn boundaries_with_latitude_first() {
    assert_snapshot!(boundaries(&[feature("A1", "[[52.0,-2.0],[52.0,-1.9],[52.1,-1.9],[52.1,-2.0],[52.0,-2.0]]")]).problems(), @r#"
    areas.geojson: error: feature 1 (`A1`) has the position 52, -2, which looks like latitude before longitude
      hint: write longitude first in every position
    "#);
}

#[test]
fn boundaries_in_metres() {
    assert_snapshot!(boundaries(&[feature("A1", "[[385000,255000],[386000,255000],[386000,256000],[385000,255000]]")]).problems(), @r#"
    areas.geojson: error: feature 1 (`A1`) has the position 385000, 255000, which looks like the British National Grid (EPSG:27700), not degrees
      hint: say in `crs` what the coordinates are, for example `crs = "EPSG:27700"`
    "#);
}

#[test]
fn a_feature_without_a_geometry() {
    let bare = r#"{"type":"Feature","properties":{"CODE":"A2"},"geometry":null}"#.to_owned();
    assert_snapshot!(boundaries(&[square("A1", -2.0, 52.0), bare]).problems(), @r#"
    areas.geojson: error: feature 2 (`A2`) has no geometry
      hint: mend the feature, or take it out
    "#);
}

#[test]
fn faults_by_the_dozen_are_counted() {
    let bare = |number| format!(r#"{{"type":"Feature","properties":{{"CODE":"B{number}"}},"geometry":null}}"#);
    let features: Vec<String> = (0..13).map(bare).chain([square("A1", -2.0, 52.0)]).collect();
    assert_snapshot!(boundaries(&features).problems(), @r#"
    areas.geojson: error: feature 1 (`B0`) has no geometry
      hint: mend the feature, or take it out

    areas.geojson: error: feature 2 (`B1`) has no geometry
      hint: mend the feature, or take it out

    areas.geojson: error: feature 3 (`B2`) has no geometry
      hint: mend the feature, or take it out

    areas.geojson: error: feature 4 (`B3`) has no geometry
      hint: mend the feature, or take it out

    areas.geojson: error: feature 5 (`B4`) has no geometry
      hint: mend the feature, or take it out

    areas.geojson: error: feature 6 (`B5`) has no geometry
      hint: mend the feature, or take it out

    areas.geojson: error: feature 7 (`B6`) has no geometry
      hint: mend the feature, or take it out

    areas.geojson: error: feature 8 (`B7`) has no geometry
      hint: mend the feature, or take it out

    areas.geojson: error: feature 9 (`B8`) has no geometry
      hint: mend the feature, or take it out

    areas.geojson: error: feature 10 (`B9`) has no geometry
      hint: mend the feature, or take it out

    areas.geojson: error: 3 more problems of the kind `bad-boundary` in this file
    "#);
}

#[test]
fn boundaries_nested_ten_thousand_deep() {
    let nested = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let text = format!(r#"{{"type":"FeatureCollection","features":{nested}}}"#);
    assert_snapshot!(Folder::tiny().with("areas.geojson", text).problems(), @r#"
    areas.geojson: error: not GeoJSON at line 1, column 41: invalid type: sequence, expected a map
      hint: export or download it again
    "#);
}

#[test]
fn an_archive_of_boundaries_that_unpacks_to_gigabytes() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("areas.geojson", zip::write::SimpleFileOptions::default()).unwrap();
    let spaces = vec![b' '; 1 << 20];
    for _ in 0..256 {
        std::io::Write::write_all(&mut zip, &spaces).unwrap();
    }
    let archive = zip.finish().unwrap().into_inner();
    assert!(archive.len() < 1 << 19, "a quarter of a gigabyte in less than half a megabyte");
    let folder = Folder::tiny().with("areas.zip", archive);
    assert_snapshot!(folder.replacing("atlas.toml", "\"areas.geojson\"", "\"areas.zip\"").problems(), @r#"
    areas.zip: error: `areas.geojson` unpacks to more than 2048 MiB, or to an improbable multiple of its size
      hint: export or download it again
    "#);
}

#[test]
fn a_ring_that_touches_itself_is_repaired_and_told() {
    let touching = "[[-2,52],[-1.9,52],[-1.95,52.05],[-1.9,52.1],[-2,52.1],[-1.95,52.05],[-2,52]]";
    let squares =
        [feature("A1", touching), square("A2", -1.9, 52.0), square("A3", -2.0, 52.1), square("A4", -1.9, 52.1)];
    assert_snapshot!(boundaries(&squares).problems(), @r#"
    areas.geojson: warning: feature 1 (`A1`) touches itself at -1.95, 52.05 and is divided there
      hint: look whether the area is as it should be, and mend the file if it is not
    "#);
}

#[test]
fn a_ring_that_crosses_itself() {
    let bow_tie = "[[-2,52],[-1.9,52.1],[-1.9,52],[-2,52.12],[-2,52]]";
    let squares =
        [feature("A1", bow_tie), square("A2", -1.9, 52.0), square("A3", -2.0, 52.1), square("A4", -1.9, 52.1)];
    assert_snapshot!(boundaries(&squares).problems(), @r#"
    areas.geojson: error: feature 1 (`A1`) crosses itself at -1.9454545, 52.0545455
      hint: mend the feature there, for example with `ogr2ogr -makevalid`
    "#);
}
