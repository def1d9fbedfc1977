//! Published boundaries. Runs only when `TESSERA_REAL_DATA` names a folder with them: the files are not part of the
//! project.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "helpers of tests that report what they measure")]

mod exact;

use std::collections::HashMap;
use std::io::Read;
use std::path::PathBuf;
use std::time::Instant;

use exact::{area2, meetings, signed};
use tessera_geo::{
    Boundary, Contiguity, Crs, Generalised, Locator, Place, ReadOptions, Reading, Shape, SnapReport, Source, Topology,
    area_km2, centroid, label_point, overlaps, read_boundaries, read_geojson, snap, write_geometry,
};

fn file(name: &str) -> Option<Vec<u8>> {
    let Some(folder) = std::env::var_os("TESSERA_REAL_DATA") else {
        println!("skipped: TESSERA_REAL_DATA is not set");
        return None;
    };
    Some(std::fs::read(PathBuf::from(folder).join(name)).unwrap())
}

fn clean(reading: Reading) -> Vec<Boundary> {
    assert_eq!((&*reading.problems, &*reading.repairs), (&[][..], &[][..]));
    reading.boundaries
}

fn topology(boundaries: &[Boundary]) -> Topology {
    let shapes: Vec<Shape> = boundaries.iter().map(|boundary| boundary.shape.clone()).collect();
    Topology::build(&shapes)
}

fn total_km2(topology: &Topology) -> f64 {
    (0..topology.len()).map(|area| area_km2(&topology.shape(area))).sum()
}

/// The label points that the file publishes beside the boundaries.
fn label_points(bytes: &[u8]) -> HashMap<String, Place> {
    let json: serde_json::Value = serde_json::from_slice(bytes).unwrap();
    let of = |feature: &serde_json::Value| {
        let properties = &feature["properties"];
        let place = Place::from_degrees(properties["LONG"].as_f64()?, properties["LAT"].as_f64()?)?;
        Some((properties["LSOA11CD"].as_str()?.to_owned(), place))
    };
    json["features"].as_array().unwrap().iter().filter_map(of).collect()
}

#[test]
fn worcestershire_adds_up_and_finds_its_areas() {
    let Some(bytes) = file("boundaries/lsoa11/worcestershire.geojson") else { return };
    let boundaries = clean(read_geojson(&bytes, "LSOA11CD", Some("LSOA11NM")).unwrap());
    assert_eq!(boundaries.len(), 364);
    let topology = topology(&boundaries);
    let total = total_km2(&topology);
    assert!((total / 1740.4 - 1.0).abs() < 0.002, "{total} km²");

    let locator = Locator::new(&topology);
    let labels = label_points(&bytes);
    let strays: Vec<&str> = (0..)
        .zip(&boundaries)
        .filter(|(area, boundary)| locator.locate(labels[&boundary.code]) != [*area])
        .map(|(_, boundary)| boundary.code.as_str())
        .collect();
    println!("published label points outside their own area: {strays:?}");
    assert!(strays.is_empty());
    for area in 0..topology.len() {
        assert_eq!(locator.locate(label_point(&topology.shape(area)).unwrap()), [area as u32]);
    }

    let county = topology.dissolve(&vec![Some(0); topology.len()], 1);
    let shape = county.shape(0);
    let rings: usize = shape.polygons.iter().map(|polygon| polygon.rings().count()).sum();
    println!("rings of the county: {rings}; {total:.3} km²");
    assert!(rings <= 5);
    assert!((area_km2(&shape) / total - 1.0).abs() < 1e-9);
    assert!((0..364).all(|area| !topology.neighbours(Contiguity::Queen).of(area).is_empty()));
}

/// Metres between two places that are near to each other, on the sphere.
fn metres(a: Place, b: Place) -> f64 {
    let (east, north) = (f64::from(a.lon - b.lon), f64::from(a.lat - b.lat));
    let shrink = (f64::from(a.lat) / 1e7).to_radians().cos();
    (east * shrink).hypot(north) * 1e-7_f64.to_radians() * 6_371_008.8
}

/// Published files give the label point of an area twice: in degrees rounded to 1e-5, and in whole metres of the
/// National Grid. The latitudes of the districts are rounded to 1e-4 degrees, 11 m.
#[test]
fn label_points_on_the_national_grid_are_those_in_degrees() {
    for (folder, pairs, tolerance_m) in
        [("lsoa11", 931, 1.5), ("msoa11", 198, 1.5), ("ward25", 231, 1.5), ("lad24", 12, 6.0)]
    {
        let mut distances = Vec::new();
        for county in ["worcestershire", "leicester", "cambridgeshire"] {
            let Some(bytes) = file(&format!("boundaries/{folder}/{county}.geojson")) else { return };
            let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
            for feature in json["features"].as_array().unwrap() {
                let number = |name: &str| feature["properties"][name].as_f64().unwrap();
                let place = Place::from_degrees(number("LONG"), number("LAT")).unwrap();
                let from_grid = Crs::BritishNationalGrid.to_place(number("BNG_E"), number("BNG_N")).unwrap();
                distances.push(metres(place, from_grid));
            }
        }
        let furthest = distances.iter().copied().fold(0.0, f64::max);
        println!("{folder}: {} pairs of label points, at most {furthest:.2} m apart", distances.len());
        assert_eq!(distances.len(), pairs);
        assert!(furthest < tolerance_m, "{furthest} m");
    }
}

/// Reads a file of any format, with the files that belong to it.
fn read_any(path: &str, code: &str, label: Option<&str>) -> Option<Vec<Boundary>> {
    let bytes = file(path)?;
    let mut source = Source::new(path, bytes);
    let folder = PathBuf::from(std::env::var_os("TESSERA_REAL_DATA").unwrap());
    for ending in Source::companion_endings(path) {
        let companion = folder.join(path).with_extension(ending);
        source = source.with_companion(ending, std::fs::read(companion).unwrap());
    }
    let options = ReadOptions { code, label, ..ReadOptions::default() };
    Some(clean(timed(&format!("read {path}"), || read_boundaries(&source, &options)).unwrap()))
}

/// The same areas in two files: codes and labels, and that every place of one has its like in the other.
fn assert_same_areas(one: &[Boundary], other: &[Boundary], tolerance_m: f64) {
    assert_eq!(one.len(), other.len());
    let others: HashMap<&str, &Boundary> = other.iter().map(|area| (area.code.as_str(), area)).collect();
    let places = |area: &Boundary| -> Vec<Place> {
        let rings = area.shape.polygons.iter().flat_map(|polygon| polygon.rings().flatten().copied());
        rings.collect()
    };
    let mut furthest: f64 = 0.0;
    for area in one {
        let other = others[area.code.as_str()];
        assert_eq!(area.label, other.label);
        assert_eq!(area.shape.polygons.len(), other.shape.polygons.len(), "{}", area.code);
        let (here, there) = (places(area), places(other));
        for (from, to) in [(&here, &there), (&there, &here)] {
            for &place in from {
                let nearest = to.iter().map(|&like| metres(place, like)).fold(f64::INFINITY, f64::min);
                furthest = furthest.max(nearest);
            }
        }
    }
    println!("{} areas, places at most {furthest:.4} m apart", one.len());
    assert!(furthest <= tolerance_m, "{furthest} m");
}

#[test]
fn shapefiles_on_the_national_grid_hold_the_areas_of_the_geojson() {
    for (shapefile, geojson, code, label, count) in [
        ("shapefile/worcestershire_lsoa11_bng.zip", "lsoa11/worcestershire.geojson", "LSOA11CD", "LSOA11NM", 364),
        (
            "shapefile/leicester_lsoa11_bng/leicester_lsoa11_bng.shp",
            "lsoa11/leicester.geojson",
            "LSOA11CD",
            "LSOA11NM",
            192,
        ),
        ("shapefile/cambridgeshire_ward25_bng.zip", "ward25/cambridgeshire.geojson", "WD25CD", "WD25NM", 98),
    ] {
        let Some(grid) = read_any(&format!("boundaries/{shapefile}"), code, Some(label)) else { return };
        let degrees = read_any(&format!("boundaries/{geojson}"), code, Some(label)).unwrap();
        assert_eq!(degrees.len(), count);
        assert_same_areas(&grid, &degrees, 1.5);
    }
}

#[test]
fn the_published_shapefile_of_every_msoa_reads() {
    let path = "boundaries/shapefile/MSOA_(Dec_2011)_Boundaries_Super_Generalised_Clipped_(BSC)_EW_V3.zip";
    let Some(msoas) = read_any(path, "MSOA11CD", Some("MSOA11NM")) else { return };
    assert_eq!(msoas.len(), 7201);
    let places: usize =
        msoas.iter().flat_map(|area| &area.shape.polygons).flat_map(|part| part.rings()).map(<[Place]>::len).sum();
    println!("{places} places");
    // Another generalisation than that of the counties, of the same areas.
    let msoas: HashMap<&str, &Boundary> = msoas.iter().map(|area| (area.code.as_str(), area)).collect();
    for county in ["worcestershire", "leicester", "cambridgeshire"] {
        for area in read_any(&format!("boundaries/msoa11/{county}.geojson"), "MSOA11CD", Some("MSOA11NM")).unwrap() {
            let same = msoas[area.code.as_str()];
            assert_eq!(same.label, area.label);
            let (here, there) = (area_km2(&area.shape), area_km2(&same.shape));
            assert!((here / there - 1.0).abs() < 0.35, "{}: {here} and {there} km²", area.code);
            let centre = |shape: &Shape| {
                let (lon, lat) = centroid(shape).unwrap();
                Place::from_degrees(lon, lat).unwrap()
            };
            let distance = metres(centre(&area.shape), centre(&same.shape));
            assert!(distance < 200.0, "{}: centroids {distance} m apart", area.code);
        }
    }
}

#[test]
fn topojson_holds_the_areas_of_the_geojson() {
    let folder = "boundaries/other_formats/worcester_city_lsoa11";
    let Some(arcs) = read_any(&format!("{folder}_topojson.json"), "LSOA11CD", Some("LSOA11NM")) else { return };
    let rings = read_any(&format!("{folder}.json"), "LSOA11CD", Some("LSOA11NM")).unwrap();
    assert_eq!(rings.len(), 63);
    let codes = |areas: &[Boundary]| -> std::collections::BTreeSet<String> {
        areas.iter().map(|area| area.code.clone()).collect()
    };
    assert_eq!(codes(&arcs), codes(&rings));
    let by_code: HashMap<&str, &Boundary> = rings.iter().map(|area| (area.code.as_str(), area)).collect();
    for area in &arcs {
        let (here, there) = (area_km2(&area.shape), area_km2(&by_code[area.code.as_str()].shape));
        assert!((here / there - 1.0).abs() < 0.1, "{}: {here} and {there} km²", area.code);
    }
    // Arcs are shared, so that no two neighbours are a unit apart.
    let isolated = (0..63).filter(|&area| topology(&arcs).neighbours(Contiguity::Rook).of(area).is_empty());
    assert_eq!(isolated.count(), 0);
}

#[test]
fn published_layers_agree_so_that_snapping_changes_nothing_and_nothing_overlaps() {
    for (path, code) in [
        ("boundaries/lsoa11/worcestershire.geojson", "LSOA11CD"),
        ("boundaries/lsoa21/cambridgeshire.geojson", "LSOA21CD"),
        ("boundaries/shapefile/MSOA_(Dec_2011)_Boundaries_Super_Generalised_Clipped_(BSC)_EW_V3.zip", "MSOA11CD"),
    ] {
        let Some(areas) = read_any(path, code, None) else { return };
        let shapes: Vec<Shape> = areas.into_iter().map(|area| area.shape).collect();
        let (snapped, report) = timed("snap", || snap(&shapes, 0.1));
        assert_eq!(report, SnapReport::default(), "{path}");
        assert_eq!(snapped, shapes);
        let found = timed("overlaps", || overlaps(&shapes, &Topology::build(&shapes), 0.001));
        println!("{path}: {found:?}");
        assert_eq!(found, []);
    }
}

#[test]
fn every_published_layer_reads_without_problems() {
    for (folder, code, counts) in [
        ("lsoa11", "LSOA11CD", [364, 192, 375]),
        ("lsoa21", "LSOA21CD", [374, 200, 395]),
        ("msoa11", "MSOA11CD", [85, 37, 76]),
        ("ward25", "WD25CD", [112, 21, 98]),
        ("lad24", "LAD24CD", [6, 1, 5]),
    ] {
        for (county, count) in ["worcestershire", "leicester", "cambridgeshire"].into_iter().zip(counts) {
            let Some(bytes) = file(&format!("boundaries/{folder}/{county}.geojson")) else { return };
            let boundaries = clean(read_geojson(&bytes, code, None).unwrap());
            assert_eq!(boundaries.len(), count, "{folder} {county}");
            let topology = topology(&boundaries);
            for (area, boundary) in boundaries.iter().enumerate() {
                assert_eq!(topology.shape(area).polygons.len(), boundary.shape.polygons.len());
            }
            let total = total_km2(&topology);
            let whole = topology.dissolve(&vec![Some(0); count], 1);
            assert!((total_km2(&whole) / total - 1.0).abs() < 1e-9, "{folder} {county}");
        }
    }
}

#[test]
fn an_output_area_that_touches_itself_is_repaired() {
    let path = "boundaries/other_formats/wychavon_oa11.json";
    let Some(bytes) = file(path) else { return };
    let options = ReadOptions { code: "OA11CD", ..ReadOptions::default() };
    let reading = read_boundaries(&Source::new(path, bytes), &options).unwrap();
    assert_eq!((reading.boundaries.len(), reading.problems.len()), (398, 0));
    let repairs: Vec<String> = reading.repairs.iter().map(ToString::to_string).collect();
    assert_eq!(repairs, ["feature 167 (`E00165115`) touches itself at -2.1107926, 52.0692844 and is divided there"]);
}

/// The 34,753 small areas of England and Wales of 2011, super-generalised.
fn england_and_wales() -> Option<(Vec<u8>, Reading)> {
    let packed = file("boundaries/national/england_wales_lsoa11_bsc.geojson.gz")?;
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut bytes).unwrap();
    let reading = timed("read", || read_geojson(&bytes, "LSOA11CD", Some("LSOA11NM")).unwrap());
    assert_eq!((reading.boundaries.len(), reading.problems.len()), (34_753, 0));
    Some((bytes, reading))
}

/// The file writes the holes of three areas as parts. Each is exactly the neighbour that lies in it.
#[test]
fn parts_that_are_holes_are_reported_and_repaired() {
    let Some((_, Reading { boundaries, repairs, .. })) = england_and_wales() else { return };
    let repairs: Vec<String> = repairs.iter().map(ToString::to_string).collect();
    let sentence = |feature: &str, place: &str| {
        format!(
            "feature {feature} has a part within another part, at {place}, that runs as holes do, and is made a hole"
        )
    };
    assert_eq!(
        repairs,
        [
            sentence("18451 (`E01018992`)", "-5.693625, 50.1266653"),
            sentence("18685 (`E01019228`)", "-2.9749452, 55.0059772"),
            sentence("23921 (`E01024572`)", "0.6366229, 51.3730082"),
        ]
    );
    let shape = |code: &str| &boundaries.iter().find(|boundary| boundary.code == code).unwrap().shape;
    for (around, within) in [("E01018992", "E01018993"), ("E01019228", "E01019227"), ("E01024572", "E01024573")] {
        let holes = shape(around).polygons.iter().flat_map(|part| &part.holes);
        let mut areas = holes.map(|hole| -signed(hole));
        assert!(areas.any(|hole| hole == area2(shape(within))), "{around} {within}");
    }
}

/// Equality of the published floating-point numbers gives 203,988 links between areas that share a vertex. Six pairs of
/// areas meet in places that differ in the last bits only, less than 1e-9 degrees, and are neighbours here.
#[test]
fn neighbours_in_england_and_wales() {
    let Some((_, Reading { boundaries, .. })) = england_and_wales() else { return };
    let shapes: Vec<Shape> = boundaries.into_iter().map(|boundary| boundary.shape).collect();
    let topology = timed("build", || Topology::build(&shapes));
    let isolated =
        |neighbours: &tessera_geo::Neighbours| (0..shapes.len()).filter(|&area| neighbours.of(area).is_empty()).count();
    let queen = timed("queen neighbours", || topology.neighbours(Contiguity::Queen));
    let rook = timed("rook neighbours", || topology.neighbours(Contiguity::Rook));
    println!("queen: {} links, {} isolated", queen.indices.len(), isolated(&queen));
    println!("rook: {} links, {} isolated", rook.indices.len(), isolated(&rook));
    assert_eq!(queen.indices.len(), 204_000);
    let (snapped, report) = timed("snap", || snap(&shapes, 0.1));
    println!("{report:?}");
    assert_eq!(Topology::build(&snapped).neighbours(Contiguity::Queen).indices.len(), 204_000);
}

/// The label points that Tessera finds lie in their areas; those that the file brings lie where they did before the borders
/// were super-generalised.
#[test]
fn label_points_in_england_and_wales() {
    let Some((bytes, Reading { boundaries, .. })) = england_and_wales() else { return };
    let topology = topology(&boundaries);
    let locator = Locator::new(&topology);
    let own = timed("label points", || {
        boundaries.iter().map(|boundary| label_point(&boundary.shape).unwrap()).collect::<Vec<Place>>()
    });
    for (area, place) in (0..).zip(own) {
        assert_eq!(locator.locate(place), [area], "{}", boundaries[area as usize].code);
    }

    let published = label_points(&bytes);
    let mut strays = 0;
    for (area, boundary) in (0..).zip(&boundaries) {
        let place = published[&boundary.code];
        let found = locator.locate(place);
        if found == [area] {
            continue;
        }
        strays += 1;
        let codes: Vec<&str> = found.iter().map(|&other| boundaries[other as usize].code.as_str()).collect();
        let beyond = metres_to(&boundary.shape, place);
        println!("{} at {place}: {beyond:.0} m beyond its generalised border, in {codes:?}", boundary.code);
        // The borders are generalised to 200 m.
        assert!(!found.contains(&area) && beyond < 200.0);
    }
    // As a plain crossing test on the published numbers says.
    assert_eq!(strays, 171);
}

/// Metres from a place to the nearest line of a shape.
fn metres_to(shape: &Shape, place: Place) -> f64 {
    let shrink = (f64::from(place.lat) / 1e7).to_radians().cos();
    let flat = |other: Place| (f64::from(other.lon - place.lon) * shrink, f64::from(other.lat - place.lat));
    let distance = |edge: &[Place]| {
        let ((ax, ay), (bx, by)) = (flat(edge[0]), flat(edge[1]));
        let (dx, dy) = (bx - ax, by - ay);
        let share = (-(ax * dx + ay * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
        (ax + share * dx).hypot(ay + share * dy)
    };
    let edges = shape.polygons.iter().flat_map(|part| part.rings()).flat_map(|ring| ring.windows(2));
    edges.map(distance).fold(f64::INFINITY, f64::min) * 1e-7_f64.to_radians() * 6_371_008.8
}

/// No gap, no overlap, no crossing and no area lost, at any zoom, exactly.
fn check_every_zoom(boundaries: &[Boundary], published_meetings: usize) {
    let topology = topology(boundaries);
    let published = meetings(&topology);
    assert_eq!(published.len(), published_meetings, "{published:?}");
    let everything = vec![Some(0); topology.len()];
    for zoom in 0..=16 {
        let Generalised { topology: drawn, crossings_undone } =
            timed(&format!("generalise to zoom {zoom}"), || topology.generalise(f64::from(zoom)));
        let places: usize = drawn.arcs().iter().map(|arc| arc.places.len()).sum();
        println!("  {} arcs, {places} places, {crossings_undone} crossings undone", drawn.arcs().len());
        let shapes: Vec<Shape> = (0..drawn.len()).map(|area| drawn.shape(area)).collect();
        let whole = drawn.dissolve(&everything, 1).shape(0);
        assert_eq!(shapes.iter().map(area2).sum::<i128>(), area2(&whole), "zoom {zoom}");
        assert!(shapes.iter().all(|shape| area2(shape) > 0), "zoom {zoom}");
        assert!(shapes.iter().flat_map(|shape| &shape.polygons).all(|part| signed(&part.exterior) > 0), "zoom {zoom}");
        assert!(meetings(&drawn).iter().all(|pair| published.contains(pair)), "zoom {zoom}");
    }
}

#[test]
fn england_and_wales_at_every_zoom() {
    let Some((_, Reading { boundaries, .. })) = england_and_wales() else { return };
    // The only lines that cross as published do so by less than a unit, between areas that do not share the border there.
    check_every_zoom(&boundaries, 1);
}

#[test]
fn counties_at_every_zoom() {
    for (path, code) in [("lsoa11/worcestershire", "LSOA11CD"), ("lsoa21/cambridgeshire", "LSOA21CD")] {
        let Some(bytes) = file(&format!("boundaries/{path}.geojson")) else { return };
        check_every_zoom(&clean(read_geojson(&bytes, code, None).unwrap()), 0);
    }
}

#[test]
fn england_and_wales_as_a_whole() {
    let Some((_, Reading { boundaries, .. })) = england_and_wales() else { return };
    let topology = topology(&boundaries);
    let whole = timed("dissolve", || topology.dissolve(&vec![Some(0); topology.len()], 1));
    let (parts, rings) = whole
        .shape(0)
        .polygons
        .iter()
        .fold((0, 0), |(parts, rings), polygon| (parts + 1, rings + polygon.rings().count()));
    println!("all of it: {parts} parts, {rings} rings");
    assert_eq!(boundaries.iter().map(|boundary| area2(&boundary.shape)).sum::<i128>(), area2(&whole.shape(0)));
    let total = timed("areas", || total_km2(&topology));
    println!("{total:.3} km²");
    assert!((total_km2(&whole) / total - 1.0).abs() < 1e-9);
    let written = timed("write", || {
        let mut out = Vec::new();
        boundaries.iter().for_each(|boundary| write_geometry(&boundary.shape, &mut out));
        out
    });
    println!("{} bytes", written.len());
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    println!("{what}: {:.1} ms", start.elapsed().as_secs_f64() * 1000.0);
    result
}
