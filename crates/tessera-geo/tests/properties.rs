//! What must hold for any areas: random maps on a grid of squares, against independent answers.

mod exact;
mod on_tiles;

use std::collections::{BTreeSet, HashMap, HashSet};

use exact::{area2, meetings, signed};
use geo::{Distance, Validation};
use on_tiles::{areas_on, borders_on, level, pieces_of_areas, pieces_of_lines, polygon_area2, ring_area2};
use proptest::prelude::*;
use tessera_geo::tiles::{Tile, cut, generalised_for};
use tessera_geo::{
    Boundary, Contiguity, Locator, Neighbours, Place, Polygon, Shape, Topology, area_km2, label_point, overlaps,
    read_geojson, snap, write_geometry,
};

/// A map on a grid of squares: which area each square belongs to.
///
/// ```text
/// rows[1]:  0 0 .      the first row lies in the south; `.` is outside all areas
/// rows[0]:  1 0 2
/// ```
#[derive(Debug, Clone)]
struct Map {
    rows: Vec<Vec<Option<u32>>>,
    areas: u32,
    /// Side of a square in units of 1e-7 degrees.
    side: i32,
}

impl Map {
    /// The squares of all areas as shapes of their own, and the area of each.
    fn squares(&self) -> (Vec<Shape>, Vec<Option<u32>>) {
        self.cells().map(|(x, y, area)| (self.square(x, y), Some(area))).unzip()
    }

    /// Each area as the union of its squares.
    fn topology(&self) -> Topology {
        let (squares, parents) = self.squares();
        Topology::build(&squares).dissolve(&parents, self.areas as usize)
    }

    fn cells(&self) -> impl Iterator<Item = (i32, i32, u32)> {
        (0..).zip(&self.rows).flat_map(|(y, row)| (0..).zip(row).filter_map(move |(x, area)| Some((x, y, (*area)?))))
    }

    fn corner(&self, x: i32, y: i32) -> Place {
        Place { lon: x * self.side, lat: 500_000_000 + y * self.side }
    }

    fn square(&self, x: i32, y: i32) -> Shape {
        let corners = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1), (x, y)];
        let exterior = corners.map(|(x, y)| self.corner(x, y)).to_vec();
        Shape { polygons: vec![Polygon { exterior, holes: vec![] }] }
    }

    /// Pairs of areas with squares that meet as `meet` says of their distances.
    fn neighbours(&self, meet: fn(i32, i32) -> bool) -> BTreeSet<(u32, u32)> {
        let pair = |(x, y, area): (i32, i32, u32)| {
            let near = self.cells().filter(move |&(u, v, other)| other != area && meet((x - u).abs(), (y - v).abs()));
            near.map(move |(_, _, other)| (area, other))
        };
        self.cells().flat_map(pair).collect()
    }
}

/// A map whose borders wander: each side of a square is a line of [`PIECES`] pieces that stays within the two triangles
/// between the side and the middles of the squares beside it, so that no two sides cross.
#[derive(Debug, Clone)]
struct WavyMap {
    map: Map,
    /// How far the places between two corners are off, in hundredths of what they may be.
    offsets: Vec<i32>,
}

const PIECES: i32 = 6;

impl WavyMap {
    fn topology(&self) -> Topology {
        let (squares, parents): (Vec<Shape>, Vec<Option<u32>>) =
            self.map.cells().map(|(x, y, area)| (self.square(x, y), Some(area))).unzip();
        Topology::build(&squares).dissolve(&parents, self.map.areas as usize)
    }

    fn square(&self, x: i32, y: i32) -> Shape {
        let (south, north) = (self.side(x, y, (1, 0)), self.side(x, y + 1, (1, 0)));
        let (west, east) = (self.side(x, y, (0, 1)), self.side(x + 1, y, (0, 1)));
        let mut exterior: Vec<Place> = south.into_iter().chain(east).collect();
        exterior.extend(north.into_iter().rev());
        exterior.extend(west.into_iter().rev());
        exterior.dedup();
        Shape { polygons: vec![Polygon { exterior, holes: vec![] }] }
    }

    /// The line from a corner to the next one in the east or in the north.
    fn side(&self, x: i32, y: i32, (dx, dy): (i32, i32)) -> Vec<Place> {
        let Place { lon, lat } = self.map.corner(x, y);
        let place = |piece: i32| {
            let along = self.map.side / PIECES * piece;
            let at_most = self.map.side / PIECES * piece.min(PIECES - piece);
            let number = ((x * 31 + y) * 2 + dx) * PIECES + piece;
            let across = self.offsets[number as usize % self.offsets.len()] * at_most / 100;
            Place { lon: lon + dx * along + dy * across, lat: lat + dy * along + dx * across }
        };
        (0..=PIECES).map(place).collect()
    }
}

fn wavy_maps() -> impl Strategy<Value = WavyMap> {
    (maps(), prop::collection::vec(-95..=95_i32, 97)).prop_map(|(map, offsets)| {
        // A number of units that divides into the pieces, so that the last place of a side is the corner.
        WavyMap { map: Map { side: 60_000, ..map }, offsets }
    })
}

fn maps() -> impl Strategy<Value = Map> {
    (1..7_usize, 1..7_usize, 1..6_u32, prop::sample::select(vec![2, 1000, 54_931, 2_000_000])).prop_flat_map(
        |(width, height, areas, side)| {
            let cell = prop_oneof![1 => Just(None), 9 => (0..areas).prop_map(Some)];
            let rows = prop::collection::vec(prop::collection::vec(cell, width), height);
            rows.prop_map(move |rows| Map { rows, areas, side })
        },
    )
}

fn shapes(topology: &Topology) -> Vec<Shape> {
    (0..topology.len()).map(|area| topology.shape(area)).collect()
}

/// Every ring from its smallest place, polygons and holes sorted.
fn in_order(shape: &Shape) -> Vec<(Vec<Place>, Vec<Vec<Place>>)> {
    let turn = |ring: &Vec<Place>| {
        let mut open = ring[1..].to_vec();
        let smallest = (0..open.len()).min_by_key(|&position| open[position]);
        open.rotate_left(smallest.unwrap_or(0));
        open
    };
    let sorted_holes = |polygon: &Polygon| {
        let mut holes: Vec<_> = polygon.holes.iter().map(turn).collect();
        holes.sort();
        holes
    };
    let mut polygons: Vec<_> =
        shape.polygons.iter().map(|polygon| (turn(&polygon.exterior), sorted_holes(polygon))).collect();
    polygons.sort();
    polygons
}

fn to_geo(shape: &Shape) -> geo::MultiPolygon {
    let line = |ring: &[Place]| -> geo::LineString {
        ring.iter().map(|place| geo::Coord { x: f64::from(place.lon), y: f64::from(place.lat) }).collect()
    };
    let polygon = |polygon: &Polygon| {
        geo::Polygon::new(line(&polygon.exterior), polygon.holes.iter().map(|hole| line(hole)).collect())
    };
    shape.polygons.iter().map(polygon).collect()
}

/// How far a place is from a line on a Web Mercator map, in degrees of longitude.
fn degrees_beside(place: Place, line: &[Place]) -> f64 {
    let mercator = |place: Place| {
        let (lon, lat) = place.to_degrees();
        geo::Coord { x: lon, y: lat.to_radians().sin().atanh().to_degrees() }
    };
    let line: geo::LineString = line.iter().copied().map(mercator).collect();
    geo::Euclidean.distance(&geo::Point(mercator(place)), &line)
}

fn pairs(neighbours: &Neighbours, areas: u32) -> BTreeSet<(u32, u32)> {
    (0..areas).flat_map(|area| neighbours.of(area as usize).iter().map(move |&other| (area, other))).collect()
}

proptest! {
    #[test]
    fn merging_squares_keeps_every_square_unit(map in maps()) {
        let merged = map.topology();
        for area in 0..map.areas {
            let squares = map.cells().filter(|cell| cell.2 == area).count() as i128;
            let shape = merged.shape(area as usize);
            prop_assert_eq!(area2(&shape), 2 * squares * i128::from(map.side) * i128::from(map.side));
            for polygon in &shape.polygons {
                prop_assert!(signed(&polygon.exterior) > 0);
                prop_assert!(polygon.holes.iter().all(|hole| signed(hole) < 0));
                // Simple rings: no place twice.
                for ring in polygon.rings() {
                    prop_assert_eq!(ring[1..].iter().collect::<HashSet<_>>().len(), ring.len() - 1);
                }
            }
        }
    }

    #[test]
    fn dissolving_areas_keeps_their_area_on_the_globe(map in maps(), parent_of in prop::collection::vec(0..3_u32, 6)) {
        let children = map.topology();
        let parents: Vec<Option<u32>> = parent_of.iter().copied().map(Some).collect();
        let merged = children.dissolve(&parents, 3);
        for parent in 0..3 {
            let parts = (0..map.areas).filter(|&area| parent_of[area as usize] == parent);
            let sum: f64 = parts.map(|area| area_km2(&children.shape(area as usize))).sum();
            let whole = area_km2(&merged.shape(parent as usize));
            // Square millimetres are what floating point leaves of areas this small.
            prop_assert!((whole - sum).abs() <= 1e-9 * sum + 1e-9, "{} {}", whole, sum);
        }
        // Borders of parents are borders of children, place for place.
        let known: HashSet<Place> = children.arcs().iter().flat_map(|arc| arc.places.iter().copied()).collect();
        prop_assert!(merged.arcs().iter().all(|arc| arc.places.iter().all(|place| known.contains(place))));
    }

    /// Rings that touch, cross and retrace themselves and each other, against the rule of even and odd and the validity
    /// of another library.
    #[test]
    fn what_is_repaired_is_valid_and_covers_what_an_odd_number_of_rings_enclosed(
        exterior in prop::collection::vec((0..5_i32, 0..5_i32), 4..12),
        hole in prop::option::of(prop::collection::vec((0..5_i32, 0..5_i32), 3..6)),
    ) {
        // Far enough apart that nothing is taken for an error of rounding.
        const SIDE: i32 = 1000;
        let ring = |corners: &Vec<(i32, i32)>| -> Vec<Place> {
            let corners = corners.iter().chain(&corners[..1]);
            corners.map(|&(x, y)| Place { lon: x * SIDE, lat: 500_000_000 + y * SIDE }).collect()
        };
        let published = Polygon { exterior: ring(&exterior), holes: hole.iter().map(ring).collect() };
        let published = Shape { polygons: vec![published] };
        let mut file = br#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":1},"geometry":"#.to_vec();
        write_geometry(&published, &mut file);
        file.extend(b"}]}");
        let mut reading = read_geojson(&file, "code", None).unwrap();
        prop_assert_eq!(reading.boundaries.len() + reading.problems.len(), 1);
        let Some(Boundary { shape, .. }) = reading.boundaries.pop() else { return Ok(()) };
        if let Err(error) = to_geo(&shape).check_validation() {
            prop_assert!(false, "{error}: {:?}", shape);
        }
        for (x, y) in (0..5 * SIDE).step_by(333).flat_map(|x| (0..5 * SIDE).step_by(333).map(move |y| (x, y))) {
            let place = Place { lon: x, lat: 500_000_000 + y };
            prop_assert_eq!(shape.contains(place), published.contains(place), "{}", place);
        }
        let places: HashSet<&Place> = published.polygons[0].rings().flatten().collect();
        prop_assert!(shape.polygons.iter().flat_map(Polygon::rings).flatten().all(|place| places.contains(place)));
    }

    #[test]
    fn shapes_come_back_from_a_topology(map in maps()) {
        let shapes = shapes(&map.topology());
        let again = Topology::build(&shapes);
        for (area, shape) in shapes.iter().enumerate() {
            prop_assert_eq!(in_order(&again.shape(area)), in_order(shape));
        }
        for arc in again.arcs() {
            prop_assert!(arc.left.or(arc.right).is_some() && arc.left != arc.right && arc.places.len() > 1);
        }
    }

    #[test]
    fn neighbours_are_those_of_the_grid(map in maps()) {
        let topology = map.topology();
        let queen = pairs(&topology.neighbours(Contiguity::Queen), map.areas);
        prop_assert_eq!(queen, map.neighbours(|dx, dy| dx <= 1 && dy <= 1));
        let rook = pairs(&topology.neighbours(Contiguity::Rook), map.areas);
        prop_assert_eq!(rook, map.neighbours(|dx, dy| dx + dy == 1));
    }

    #[test]
    fn no_zoom_loses_an_area_or_parts_neighbours(map in maps(), zoom in 0..23) {
        let topology = map.topology();
        let drawn = topology.generalise(f64::from(zoom)).topology;
        prop_assert_eq!(drawn.len(), topology.len());
        let mut sides = vec![[None; 2]; drawn.arcs().len()];
        for area in 0..map.areas {
            let shape = drawn.shape(area as usize);
            prop_assert_eq!(shape.is_empty(), topology.shape(area as usize).is_empty());
            for polygon in &shape.polygons {
                prop_assert!(polygon.rings().all(|ring| ring.len() >= 4 && ring.first() == ring.last()));
                prop_assert!(signed(&polygon.exterior) > 0);
                prop_assert!(polygon.holes.iter().all(|hole| signed(hole) < 0));
            }
            for part in drawn.polygons(area as usize).iter().flat_map(|polygon| polygon.rings()).flatten() {
                sides[part.arc()][usize::from(part.is_reversed())] = Some(area);
            }
        }
        // Both neighbours refer to one and the same arc, and it knows them.
        for (arc, sides) in drawn.arcs().iter().zip(sides) {
            prop_assert_eq!([arc.left, arc.right], sides);
            prop_assert!(arc.left.or(arc.right).is_some());
        }
    }

    /// No line crosses or touches another one but at its ends, and every place that the whole covers lies in one area.
    #[test]
    fn no_zoom_opens_a_gap_or_lays_areas_over_each_other(map in wavy_maps(), zoom in 5..12) {
        let topology = map.topology();
        prop_assert_eq!(meetings(&topology), []);
        let drawn = topology.generalise(f64::from(zoom)).topology;
        prop_assert_eq!(meetings(&drawn), []);
        let whole = drawn.dissolve(&vec![Some(0); drawn.len()], 1).shape(0);
        let areas = shapes(&drawn);
        prop_assert_eq!(areas.iter().map(area2).sum::<i128>(), area2(&whole));
        let locator = Locator::new(&drawn);
        let side = map.map.side;
        for (x, y) in (-side..7 * side).step_by(17_041).flat_map(|x| (-side..7 * side).step_by(17_041).map(move |y| (x, y))) {
            let place = Place { lon: x, lat: 500_000_000 + y };
            prop_assert_eq!(locator.locate(place).len(), usize::from(whole.contains(place)), "{}", place);
        }
        for (area, shape) in areas.iter().enumerate() {
            prop_assert_eq!(shape.is_empty(), topology.shape(area).is_empty());
        }
        // Where no ring went, arcs are where they were, and their places no further away than half a pixel.
        if drawn.arcs().len() == topology.arcs().len() {
            let half_a_pixel = 0.5 * 360.0 / 256.0 / f64::from(zoom).exp2();
            for (published, drawn) in topology.arcs().iter().zip(drawn.arcs()) {
                let furthest = published.places.iter().map(|&place| degrees_beside(place, &drawn.places));
                prop_assert!(furthest.fold(0.0, f64::max) <= half_a_pixel * 1.000_001);
            }
        }
    }

    #[test]
    fn lines_that_cross_as_published_end_all_the_same(
        rings in prop::collection::vec(prop::collection::vec((0..40_i32, 0..40_i32), 3..12), 1..6), zoom in 5..14,
    ) {
        let shape = |corners: &Vec<(i32, i32)>| {
            let exterior = corners.iter().chain(&corners[..1]).map(|&(x, y)| Place { lon: x * 9973, lat: y * 9973 });
            Shape { polygons: vec![Polygon { exterior: exterior.collect(), holes: vec![] }] }
        };
        let topology = Topology::build(&rings.iter().map(shape).collect::<Vec<_>>());
        let drawn = topology.generalise(f64::from(zoom)).topology;
        for area in 0..topology.len() {
            prop_assert_eq!(drawn.shape(area).is_empty(), topology.shape(area).is_empty());
        }
    }

    #[test]
    fn squares_that_nearly_meet_are_neighbours_once_snapped(
        map in maps(), shifts in prop::collection::vec((-2..=2_i32, -2..=2_i32), 200),
    ) {
        // Each square is an area of its own, with corners that are up to 3 cm off.
        let map = Map { side: 54_931, ..map };
        let (squares, _) = map.squares();
        let mut shifts = shifts.into_iter().cycle();
        let mut shifted = squares.clone();
        for ring in shifted.iter_mut().map(|shape| &mut shape.polygons[0].exterior) {
            for place in &mut ring[..4] {
                let (lon, lat) = shifts.next().unwrap_or_default();
                (place.lon, place.lat) = (place.lon + lon, place.lat + lat);
            }
            ring[4] = ring[0];
        }
        let (snapped, report) = snap(&shifted, 0.2);
        prop_assert_eq!((report.inserted, report.mismatches), (0, vec![]));
        let (exact, near) = (Topology::build(&squares), Topology::build(&snapped));
        prop_assert_eq!(near.neighbours(Contiguity::Queen), exact.neighbours(Contiguity::Queen));
        prop_assert_eq!(near.arcs().len(), exact.arcs().len());
        prop_assert_eq!(snap(&snapped, 0.2), (snapped.clone(), Default::default()));
    }

    #[test]
    fn maps_do_not_overlap_and_rings_of_any_kind_are_compared(
        map in maps(),
        rings in prop::collection::vec(prop::collection::vec((0..50_i32, 0..50_i32), 3..9), 2..5),
    ) {
        let topology = map.topology();
        prop_assert_eq!(overlaps(&shapes(&topology), &topology, 1e-6), vec![]);
        // Rings that cross themselves, run back on themselves, or enclose nothing.
        let shape = |corners: &Vec<(i32, i32)>| {
            let exterior = corners.iter().chain(&corners[..1]).map(|&(x, y)| Place { lon: x * 1000, lat: y * 1000 });
            Shape { polygons: vec![Polygon { exterior: exterior.collect(), holes: vec![] }] }
        };
        let rings: Vec<Shape> = rings.iter().map(shape).collect();
        for overlap in overlaps(&rings, &Topology::build(&rings), 0.01) {
            prop_assert!(overlap.first < overlap.second && overlap.share > 0.01 && overlap.share <= 1.0);
        }
        let (snapped, report) = snap(&rings, 5.0);
        prop_assert_eq!(snapped.len(), rings.len());
        prop_assert!(report.mismatches.iter().all(|mismatch| mismatch.metres > 5.0 && mismatch.metres <= 50.0));
    }

    #[test]
    fn every_place_of_a_map_is_in_the_one_area_that_its_square_belongs_to(map in maps()) {
        let locator = Locator::new(&map.topology());
        let half = map.side / 2;
        for (y, row) in (0..).zip(&map.rows) {
            for (x, area) in (0..).zip(row) {
                let corner = map.corner(x, y);
                // Corner, south edge, west edge and middle all belong to the square; none of them to another.
                for (dx, dy) in [(0, 0), (half, 0), (0, half), (half, half)] {
                    let place = Place { lon: corner.lon + dx, lat: corner.lat + dy };
                    prop_assert_eq!(locator.locate(place), area.iter().copied().collect::<Vec<_>>());
                }
            }
        }
    }

    #[test]
    fn locating_agrees_with_asking_every_area(
        triangles in prop::collection::vec(prop::array::uniform3((0..50_i32, 0..50_i32)), 1..8),
        lon in -1..51_i32, lat in -1..51_i32,
    ) {
        let place = |(lon, lat): (i32, i32)| Place { lon, lat };
        let triangle = |[a, b, c]: &[(i32, i32); 3]| Shape {
            polygons: vec![Polygon { exterior: [*a, *b, *c, *a].map(place).to_vec(), holes: vec![] }],
        };
        let topology = Topology::build(&triangles.iter().map(triangle).collect::<Vec<_>>());
        let wanted = Place { lon, lat };
        let found = Locator::new(&topology).locate(wanted);
        let is_inside = |area: &u32| topology.shape(*area as usize).contains(wanted);
        prop_assert_eq!(&found, &(0..triangles.len() as u32).filter(is_inside).collect::<Vec<_>>());
        // Strictly inside is inside, strictly outside is outside, by the signs of three areas.
        for (area, corners) in (0..).zip(&triangles) {
            let side = |from, to| signed(&[place(from), place(to), wanted, place(from)]).signum();
            let [a, b, c] = *corners;
            let sides = [side(a, b), side(b, c), side(c, a)];
            if !sides.contains(&0) {
                prop_assert_eq!(found.contains(&area), sides[0] == sides[1] && sides[1] == sides[2]);
            }
        }
    }

    #[test]
    fn labels_lie_inside(map in maps()) {
        for shape in shapes(&map.topology()) {
            prop_assert_eq!(label_point(&shape).is_some_and(|label| shape.contains(label)), !shape.is_empty());
        }
    }

    #[test]
    fn what_is_written_reads_back(map in maps()) {
        let shapes: Vec<Shape> = shapes(&map.topology()).into_iter().filter(|shape| !shape.is_empty()).collect();
        prop_assume!(!shapes.is_empty());
        let mut file = br#"{"type":"FeatureCollection","features":["#.to_vec();
        for (area, shape) in shapes.iter().enumerate() {
            let separator = if area > 0 { "," } else { "" };
            file.extend(format!(r#"{separator}{{"type":"Feature","properties":{{"code":{area}}},"geometry":"#).bytes());
            write_geometry(shape, &mut file);
            file.push(b'}');
        }
        file.extend(b"]}");
        // The geojson crate is the independent reader.
        let text = std::str::from_utf8(&file).unwrap();
        prop_assert!(text.parse::<geojson::GeoJson>().is_ok());
        let reading = read_geojson(&file, "code", None).unwrap();
        prop_assert_eq!(reading.problems, vec![]);
        prop_assert_eq!(reading.boundaries.into_iter().map(|boundary| boundary.shape).collect::<Vec<_>>(), shapes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_tile_level_drops_an_area(wavy in wavy_maps(), zoom in 0..13_u8) {
        let topology = wavy.topology();
        let level = level(&topology, zoom);
        let mut drawn = HashSet::new();
        for tile in &level.tiles {
            let areas = areas_on(tile);
            prop_assert!(areas.windows(2).all(|pair| pair[0].0 < pair[1].0), "in the order of their ids, once each");
            for (id, polygons) in areas {
                drawn.insert(id);
                for polygon in polygons {
                    prop_assert!(ring_area2(polygon.exterior()) > 0);
                    prop_assert!(polygon.interiors().iter().all(|hole| ring_area2(hole) < 0));
                }
            }
        }
        let with_shape = (0..topology.len()).filter(|&area| !topology.polygons(area).is_empty());
        prop_assert_eq!(drawn, with_shape.map(|area| area as u64).collect::<HashSet<u64>>());
    }

    #[test]
    fn tiles_have_neither_gaps_nor_overlaps(wavy in wavy_maps(), zoom in 10..15_u8) {
        let topology = wavy.topology().generalise(generalised_for(zoom)).topology;
        let parts = cut("map", &topology, &[], zoom).unwrap();
        let whole = cut("map", &topology.dissolve(&vec![Some(0); topology.len()], 1), &[], zoom).unwrap();
        let area2 = |tile: &Tile| areas_on(tile).iter().flat_map(|(_, polygons)| polygons).map(polygon_area2).sum::<i64>();
        prop_assert_eq!(parts.tiles.len(), whole.tiles.len());
        prop_assert_eq!(parts.collapsed, 0);
        for (parts, whole) in parts.tiles.iter().zip(&whole.tiles) {
            prop_assert_eq!(parts.address, whole.address);
            prop_assert_eq!(area2(parts), area2(whole), "{:?}", parts.address);
        }
    }

    #[test]
    fn lines_enclose_the_same_areas_and_say_each_border_once(wavy in wavy_maps(), zoom in 0..15_u8) {
        let topology = wavy.topology();
        for tile in &level(&topology, zoom).tiles {
            let areas = pieces_of_areas(tile);
            let (enclosed, count) = pieces_of_lines(tile);
            prop_assert_eq!(&enclosed, &areas, "{:?}", tile.address);
            let ways: HashMap<(_, _), usize> = areas.values().flatten().fold(HashMap::new(), |mut ways, &piece| {
                *ways.entry(piece).or_default() += 1;
                ways
            });
            let twice = ways.iter().map(|(&(from, to), &there)| there.min(*ways.get(&(to, from)).unwrap_or(&0))).sum::<usize>();
            prop_assert_eq!(count, areas.values().map(Vec::len).sum::<usize>() - twice / 2);
        }
    }

    #[test]
    fn each_border_is_drawn_once(wavy in wavy_maps()) {
        let topology = wavy.topology();
        let level = cut("map", &topology, &[], 14).unwrap();
        let mut drawn = 0;
        for tile in &level.tiles {
            let borders = borders_on(tile);
            let once: HashSet<_> = borders.iter().collect();
            prop_assert_eq!(once.len(), borders.len());
            drawn += borders.len();
        }
        let pieces: usize = topology.arcs().iter().map(|arc| arc.places.len() - 1).sum();
        prop_assert!(drawn >= pieces, "and all are");
    }
}

#[test]
fn areas_too_small_to_see_are_drawn_as_triangles_and_counted() {
    let rows = (0..10).map(|y| (0..10).map(|x| Some(10 * y + x)).collect()).collect();
    let topology = Map { rows, areas: 100, side: 1000 }.topology();
    let level = level(&topology, 4);
    assert_eq!(level.collapsed, 100);
    assert_eq!(level.tiles.len(), 2, "on either side of the first meridian");
    for tile in &level.tiles {
        let areas = areas_on(tile);
        assert_eq!(areas.iter().map(|(id, _)| *id).collect::<Vec<_>>(), (0..100).collect::<Vec<u64>>());
        assert!(areas.iter().all(|(_, polygons)| polygons.iter().map(polygon_area2).sum::<i64>() == 1));
    }
}

#[test]
fn two_tiles_show_the_same_line_where_they_meet() {
    // A border that wanders across the edge between two tiles of zoom 8.
    let edge = 14_062_500;
    let place = |step: i32| Place { lon: edge + (step * 7919 % 23 - 11) * 20_000, lat: 500_000_000 + step * 50_000 };
    let border: Vec<Place> = (0..40).map(place).collect();
    let beside = |lon: i32| {
        let mut exterior = border.clone();
        exterior.extend([Place { lon, ..place(39) }, Place { lon, ..place(0) }, place(0)]);
        Shape { polygons: vec![Polygon { exterior, holes: vec![] }] }
    };
    let topology = Topology::build(&[beside(edge - 2_000_000), beside(edge + 2_000_000)]);
    let level = level(&topology, 8);
    let mut seen = 0;
    for west in &level.tiles {
        let Some(east) =
            level.tiles.iter().find(|east| (east.address.x, east.address.y) == (west.address.x + 1, west.address.y))
        else {
            continue;
        };
        // What both show: 60 units on either side of the edge, in units of the western tile.
        let near =
            |ends: &[(i32, i32); 2]| ends.iter().all(|&(x, y)| (4036..=4156).contains(&x) && (-60..4150).contains(&y));
        let on_west: HashSet<_> = borders_on(west).into_iter().filter(near).collect();
        let moved = borders_on(east).into_iter().map(|ends| ends.map(|(x, y)| (x + 4096, y)));
        let on_east: HashSet<_> = moved.filter(near).collect();
        assert_eq!(on_west, on_east);
        seen += on_west.len();
    }
    assert!(seen > 0);
}
