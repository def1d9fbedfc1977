//! Shapes that are invalid: those that are repaired say so, those that cannot be are left out, each with its code and
//! the place.

use tessera_geo::{Change, Place, Reading, Shape, Source};

use crate::fixtures::*;
use crate::read;

/// A file of one area, whose parts are given in tenths of a degree from 2° W 52° N.
fn reading(parts: &[&[&[[i32; 2]]]]) -> Reading {
    let ring = |corners: &&[[i32; 2]]| -> Ring {
        let corners = corners.iter().chain(&corners[..1]);
        corners.map(|&[x, y]| [f64::from(x) / 10.0 - 2.0, f64::from(y) / 10.0 + 52.0]).collect()
    };
    let parts = parts.iter().map(|rings| rings.iter().map(ring).collect()).collect();
    read(&Source::new("areas.geojson", geojson(&[("E01", "Somewhere", parts)])))
}

const SQUARE: &[[i32; 2]] = &[[0, 0], [8, 0], [8, 8], [0, 8]];

#[test]
fn what_can_be_repaired_is_a_boundary_and_a_sentence() {
    let sentence = |parts: &[&[&[[i32; 2]]]]| {
        let reading = reading(parts);
        assert_eq!((reading.boundaries.len(), reading.problems.len()), (1, 0));
        reading.repairs.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(sentence(&[&[SQUARE]]), "");
    assert_eq!(
        sentence(&[&[SQUARE, &[[2, 2], [4, 2]]]]),
        "feature 1 (`E01`) has a ring that encloses nothing, number 2, which is left out"
    );
    assert_eq!(
        sentence(&[&[&[[0, 0], [8, 0], [8, 8], [9, 9], [8, 8], [0, 8]]]]),
        "feature 1 (`E01`) runs to -1.1, 52.9 and back, which is removed"
    );
    assert_eq!(
        sentence(&[&[&[[0, 0], [8, 0], [8, 8], [0, 8], [0, 0], [2, 4], [4, 2]]]]),
        "feature 1 (`E01`) touches itself at -2, 52 and is divided there"
    );
    assert_eq!(
        sentence(&[&[SQUARE, &[[0, 0], [0, 8], [4, 8], [4, 0]]]]),
        "feature 1 (`E01`) touches itself at -1.6, 52; -1.6, 52.8 and is divided there"
    );
    assert_eq!(
        sentence(&[&[SQUARE], &[&[[2, 2], [4, 2], [2, 4]]]]),
        "feature 1 (`E01`) has a part in the land of another part, at -1.8, 52.2, which is left out"
    );
    assert_eq!(
        sentence(&[&[SQUARE], &[&[[2, 2], [2, 4], [4, 2]]]]),
        "feature 1 (`E01`) has a part within another part, at -1.8, 52.2, that runs as holes do, and is made a hole"
    );
}

#[test]
fn what_cannot_be_repaired_is_left_out_with_a_sentence() {
    let sentence = |parts: &[&[&[[i32; 2]]]]| {
        let reading = reading(parts);
        assert_eq!((reading.boundaries.len(), reading.repairs.len()), (0, 0));
        reading.problems[0].to_string()
    };
    assert_eq!(sentence(&[&[&[[0, 0], [8, 8], [8, 0], [0, 8]]]]), "feature 1 (`E01`) crosses itself at -1.6, 52.4");
    assert_eq!(
        sentence(&[&[SQUARE], &[&[[4, 4], [12, 5], [12, 6]]]]),
        "feature 1 (`E01`) crosses itself at -1.2, 52.45"
    );
    assert_eq!(
        sentence(&[&[SQUARE, &[[20, 20], [20, 22], [22, 20]]]]),
        "feature 1 (`E01`) has a hole at 0, 54 that lies outside of its exterior"
    );
    assert_eq!(
        sentence(&[&[SQUARE, &[[1, 1], [1, 7], [7, 7], [7, 1]], &[[2, 2], [2, 3], [3, 2]]]]),
        "feature 1 (`E01`) has a ring at -1.8, 52.2 that lies over another of its rings"
    );
    assert_eq!(sentence(&[&[SQUARE, SQUARE]]), "feature 1 (`E01`) encloses nothing: its rings cancel each other out");
}

/// A shapefile tells holes by their direction alone, so that what other formats write as a part is a hole to it.
#[test]
fn the_same_area_is_repaired_to_the_same_shape_in_every_format() {
    let lake = vec![[-1.9, 52.1], [-1.9, 52.2], [-1.8, 52.2], [-1.8, 52.1], [-1.9, 52.1]];
    let as_part = [("E01", "Lake", vec![vec![square(-2.0, 52.0, 0.4)], vec![lake.clone()]])];
    let as_hole = [("E01", "Lake", vec![vec![square(-2.0, 52.0, 0.4), lake]])];
    let shape = |reading: Reading| -> Shape { reading.boundaries[0].shape.clone() };
    let from_geojson = read(&Source::new("a.geojson", geojson(&as_part)));
    let place = Place::from_degrees(-1.9, 52.1).unwrap();
    assert_eq!(from_geojson.repairs[0].change, Change::PartsMadeHoles(vec![place]));
    let expected = shape(from_geojson);
    assert_eq!(shape(read(&Source::new("a.gpkg", geopackage(4326, &as_part)))), expected);
    assert_eq!(shape(read(&shapefile(&as_hole, DEGREES_PRJ))), expected);
}
