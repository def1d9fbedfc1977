//! Postcodes and point layers.

use tessera_atlas::AtlasView;
use tessera_atlas::points::Point;

use crate::fixture::Folder;

const POSTCODES: &str = "\n[[postcodes]]\nfile = \"postcodes.csv\"\n";

fn directory(csv: &str) -> AtlasView {
    Folder::tiny().adding("atlas.toml", POSTCODES).with("postcodes.csv", csv).open()
}

/// The areas of a postcode; empty where it is outside or unknown.
fn areas(view: &AtlasView, postcode: &str) -> Vec<String> {
    let found = view.locate_postcode(&postcode.parse().unwrap());
    let areas = found.map(|found| found.areas).unwrap_or_default();
    areas.iter().map(|area| format!("{}:{}", area.geography.id, area.area().code)).collect()
}

#[test]
fn a_postcode_lies_where_its_place_does() {
    let view = directory("pcds,lat,long\nAB1 1AA,52.05,-1.95\nAB1 1AB,52.15,-1.85\nAB9 9ZZ,57.1,-2.1\n");
    assert_eq!(areas(&view, "ab11aa"), ["area:A1", "district:W"]);
    assert_eq!(areas(&view, " AB1  1AB"), ["area:A4", "district:E"]);
    assert!(areas(&view, "AB9 9ZZ").is_empty(), "outside the atlas");
    assert!(areas(&view, "ZZ1 1ZZ").is_empty(), "unknown");
}

#[test]
fn the_official_allocation_beats_the_place() {
    // The place lies just over the border; the district follows by the lookup.
    let view = directory("pcd,usertype,lsoa11,lat,long\nAB1 1AA,0,A1,52.05,-1.85\nAB1 1AB,0,,52.05,-1.85\n");
    assert_eq!(areas(&view, "AB1 1AA"), ["area:A1", "district:W"]);
    assert_eq!(areas(&view, "AB1 1AB"), ["area:A2", "district:E"]);
}

#[test]
fn of_two_columns_of_codes_the_one_that_covers_more_counts() {
    let csv = "pcd,lsoa21,lsoa11\nAB1 1AA,A1,A1\nAB1 1AB,X9,A2\nAB1 1AC,X9,A3\n";
    assert_eq!(areas(&directory(csv), "AB1 1AC"), ["area:A3", "district:W"]);
}

#[test]
fn addresses_of_one_postcode_are_summed_up() {
    let csv = "uprn,gridgb1e,gridgb1n,pcds,lsoa11cd\n3,403000,240000,AB1 1AA,A2\n1,401000,240000,AB1 1AA,A1\n2,402000,240000,AB1 1AA,A1\n";
    let view = directory(csv);
    assert_eq!(areas(&view, "AB1 1AA"), ["area:A1", "district:W"]);
    let mut lines: Vec<&str> = csv.lines().collect();
    lines[1..].reverse();
    assert_eq!(view.id(), directory(&(lines.join("\n") + "\n")).id());
}

#[test]
fn a_postcode_without_a_place_may_still_have_areas() {
    let view = directory("pcd,oslaua,lat,long\nAB1 1AA,W,99.999999,0.000000\n");
    assert_eq!(areas(&view, "AB1 1AA"), ["district:W"]);
}

#[test]
fn points_are_given_by_degrees_metres_or_postcode() {
    let layer = |id: &str, keys: &str| {
        format!("\n[[points]]\nid = \"{id}\"\nname = \"Schools\"\nfile = \"{id}.csv\"\nlabel = \"name\"\n{keys}\n")
    };
    let sections = [
        layer("degrees", "lon = \"lon\"\nlat = \"lat\""),
        layer("metres", "easting = \"e\"\nnorthing = \"n\""),
        layer("posted", "postcode = \"pcd\""),
    ];
    let view = Folder::tiny()
        .adding("atlas.toml", &(sections.concat() + POSTCODES))
        .with("postcodes.csv", "pcds,lat,long\nAB1 1AA,52.05,-1.95\n")
        .with("degrees.csv", "name,lon,lat\nLate School,-1.95,52.05\nEarly School,-1.85,52.15\n")
        .with("metres.csv", "name,e,n\nSchool,403522,239120\n")
        .with("posted.csv", "name,pcd\n,ab1 1aa\n")
        .open();
    let points = |id: &str| -> Vec<Point> {
        view.points().iter().find(|layer| layer.id == id).map(|layer| layer.points.clone()).unwrap()
    };
    let names: Vec<Option<String>> = points("degrees").into_iter().map(|point| point.name).collect();
    assert_eq!(names, [Some("Early School".to_owned()), Some("Late School".to_owned())]);
    // OSTN15, by the transformation of Ordnance Survey: 403522, 239120 is 52.05 N, 1.95 W within a few metres.
    let (lon, lat) = points("metres")[0].place.to_degrees();
    assert!((lon + 1.95).abs() < 1e-3 && (lat - 52.05).abs() < 1e-3, "{lon}, {lat}");
    let place = points("degrees")[1].place;
    assert_eq!(points("posted"), [Point { name: None, place, attributes: Vec::new() }]);
}

#[test]
fn what_the_manifest_names_of_points_is_published_as_text_and_nothing_else() {
    let read = |keys: &str, rows: &str| {
        let section = format!(
            "\n[[points]]\nid = \"s\"\nname = \"S\"\nfile = \"s.csv\"\nlabel = \"name\"\nlon = \"lon\"\nlat = \"lat\"\n{keys}\n"
        );
        Folder::tiny()
            .adding("atlas.toml", &section)
            .with("s.csv", format!("name,lon,lat,pupils,phase,head\n{rows}"))
            .open()
    };
    let rows = "One,-1.95,52.05,0120,Primary,Ann\nTwo,-1.85,52.15,,,Bob\n";
    let attributes = "attributes = [\"phase\", \"pupils\"]";
    let view = read(attributes, rows);
    let layer = &view.points()[0];
    assert_eq!(layer.attributes, ["phase", "pupils"]);
    let own: Vec<Vec<Option<&str>>> =
        layer.points.iter().map(|point| point.attributes.iter().map(Option::as_deref).collect()).collect();
    assert_eq!(own, [vec![Some("Primary"), Some("0120")], vec![None, None]]);
    // What is not named makes no difference to the edition, and what is named does.
    assert_eq!(view.id(), read(attributes, &rows.replace("Ann", "Eve")).id());
    assert_ne!(view.id(), read(attributes, &rows.replace("Primary", "Secondary")).id());
    assert_eq!(read("", rows).id(), read("", &rows.replace("Primary", "Secondary")).id());
}

#[test]
fn points_outside_are_counted_and_those_without_a_place_left_out() {
    let section = "\n[[points]]\nid = \"s\"\nname = \"S\"\nfile = \"s.csv\"\nlon = \"lon\"\nlat = \"lat\"\n";
    let folder = Folder::tiny()
        .adding("atlas.toml", section)
        .with("s.csv", "name,lon,lat\nOne,-1.95,52.05\nTwo,-3,51\nThree,,\n");
    let (_, report) = folder.read();
    let kinds: Vec<&str> = report.problems.iter().map(|problem| problem.kind).collect();
    assert_eq!(kinds, ["no-place", "outside-atlas"]);
    assert_eq!(folder.open().points()[0].points.len(), 2);
}

#[test]
fn a_country_or_a_flag_is_no_allocation() {
    let sections = format!(
        "{POSTCODES}\n[[geography]]\nid = \"country\"\nname = \"Countries\"\nsingular = \"country\"\nareas = [{{ code = \"E92000001\", name = \"England\" }}]\n\n[[cluster]]\nid = \"c\"\nname = \"Clusters\"\nsingular = \"cluster\"\nof = \"area\"\nfile = \"clusters.csv\"\n"
    );
    let view = Folder::tiny()
        .adding("atlas.toml", &sections)
        .with("clusters.csv", "area_code,cluster_code\nA1,1\nA2,2\n")
        .with(
            "postcodes.csv",
            "pcd,osgrdind,ctry,lat,long\nAB1 1AA,2,E92000001,52.05,-1.95\nLS1 1AA,1,E92000001,53.8,-1.5\n",
        )
        .open();
    assert_eq!(areas(&view, "AB1 1AA"), ["area:A1", "district:W", "c:1"]);
    assert!(view.locate_postcode(&"LS1 1AA".parse().unwrap()).is_none(), "Leeds is not in the atlas");
}
