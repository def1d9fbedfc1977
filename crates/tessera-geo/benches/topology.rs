//! How the work on shared borders grows with the number of areas.
//!
//! The areas are a grid of squares with wavy borders of eight pieces each: no random input, no files. The sizes are a
//! county (364), the demo (1,388 and a little) and a country of small areas (34,753 and a little).

use tessera_geo::{Contiguity, Locator, Place, Polygon, Shape, Topology, read_geojson, write_geometry};

/// Areas along one side of the map.
const SIDES: [i32; 3] = [19, 38, 187];

/// Pieces of a border, and the length of one in units of 1e-7 degrees.
const PIECES: i32 = 8;
const PIECE: i32 = 10_000;

fn main() {
    divan::main();
}

fn map(side: i32) -> Vec<Shape> {
    (0..side * side).map(|area| wavy_square(area % side, area / side)).collect()
}

fn wavy_square(x: i32, y: i32) -> Shape {
    let (west, south) = (x * PIECES, y * PIECES);
    let (east, north) = (west + PIECES, south + PIECES);
    let along_south = (west..east).map(|x| wavy(x, south));
    let along_east = (south..north).map(|y| wavy(east, y));
    let along_north = (west + 1..=east).rev().map(|x| wavy(x, north));
    let along_west = (south..=north).rev().map(|y| wavy(west, y));
    let exterior = along_south.chain(along_east).chain(along_north).chain(along_west).collect();
    Shape { polygons: vec![Polygon { exterior, holes: vec![] }] }
}

/// A place of the fine grid, pushed aside by an amount that depends on nothing but the place.
fn wavy(x: i32, y: i32) -> Place {
    let push = |a: i32, b: i32| (a * 37 + b * 61).rem_euclid(17) * PIECE / 40;
    Place { lon: x * PIECE + push(x, y), lat: 500_000_000 + y * PIECE + push(y, x) }
}

fn parents(side: i32) -> Vec<Option<u32>> {
    (0..side * side).map(|area| Some((area % side / 6 + area / side / 6 * side) as u32)).collect()
}

#[divan::bench(args = SIDES)]
fn build(bencher: divan::Bencher, side: i32) {
    let shapes = map(side);
    // One arc for each side of a square, but in the four corners of the whole two sides are one arc.
    let arcs = 2 * side * (side + 1) - 4;
    bencher.bench(|| assert_eq!(Topology::build(&shapes).arcs().len(), arcs as usize));
}

#[divan::bench(args = SIDES)]
fn neighbours(bencher: divan::Bencher, side: i32) {
    let topology = Topology::build(&map(side));
    let links = 4 * (side - 1) * (2 * side - 1);
    bencher.bench(|| assert_eq!(topology.neighbours(Contiguity::Queen).indices.len(), links as usize));
}

#[divan::bench(args = SIDES)]
fn dissolve(bencher: divan::Bencher, side: i32) {
    let topology = Topology::build(&map(side));
    let parent_of = parents(side);
    bencher.bench(|| topology.dissolve(&parent_of, (side * side) as usize));
}

#[divan::bench(args = SIDES)]
fn generalise_to_zoom_8(bencher: divan::Bencher, side: i32) {
    let topology = Topology::build(&map(side));
    bencher.bench(|| topology.generalise(8.0));
}

#[divan::bench(args = SIDES)]
fn locate_every_corner(bencher: divan::Bencher, side: i32) {
    let locator = Locator::new(&Topology::build(&map(side)));
    let corners: Vec<Place> = (0..side * side).map(|area| wavy(area % side * PIECES, area / side * PIECES)).collect();
    bencher.bench(|| corners.iter().map(|&corner| locator.locate(corner).len()).sum::<usize>());
}

#[divan::bench(args = SIDES)]
fn write_and_read(bencher: divan::Bencher, side: i32) {
    let shapes = map(side);
    bencher.bench(|| {
        let mut file = br#"{"type":"FeatureCollection","features":["#.to_vec();
        for (area, shape) in shapes.iter().enumerate() {
            let separator = if area > 0 { "," } else { "" };
            file.extend(format!(r#"{separator}{{"type":"Feature","properties":{{"code":{area}}},"geometry":"#).bytes());
            write_geometry(shape, &mut file);
            file.push(b'}');
        }
        file.extend(b"]}");
        let reading = read_geojson(&file, "code", None);
        assert_eq!(reading.map(|reading| reading.boundaries.len()), Ok(shapes.len()));
    });
}
