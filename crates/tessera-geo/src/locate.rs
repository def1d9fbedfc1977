//! Which area a place is in, and which areas are in view.
//!
//! The test is exact integer arithmetic. A place on a border belongs to the area that lies a hair to the east of it
//! (and, where the border runs east and west, to the north): western and southern edges belong to an area, eastern
//! and northern ones do not. So in a tiling every place is in exactly one area, except that a place on the eastern or
//! northern edge of the whole is in none. This is the usual crossing test (M. Shimrat, Algorithm 112, CACM 5, 1962)
//! with half-open edges.

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::place::{Bbox, Place};
use crate::shape::Shape;
use crate::topology::Topology;

/// An index of areas by place. It holds its own copy of the shapes.
#[derive(Debug, Clone)]
pub struct Locator {
    boxes: RTree<GeomWithData<Rectangle<[f64; 2]>, u32>>,
    shapes: Vec<Shape>,
}

impl Locator {
    /// Indexes the areas of a topology.
    #[must_use]
    pub fn new(topology: &Topology) -> Locator {
        let shapes: Vec<Shape> = (0..topology.len()).map(|area| topology.shape(area)).collect();
        let boxes = (0..)
            .zip(&shapes)
            .filter_map(|(area, shape)| Some(GeomWithData::new(Rectangle::from_aabb(envelope(&shape.bbox()?)), area)))
            .collect();
        Locator { boxes: RTree::bulk_load(boxes), shapes }
    }

    /// The areas that contain a place, sorted: one in a tiling, more where areas overlap, none outside.
    #[must_use]
    pub fn locate(&self, place: Place) -> Vec<u32> {
        let Place { lon, lat } = place;
        let mut areas = self.within(&Bbox { west: lon, south: lat, east: lon, north: lat });
        areas.retain(|&area| self.shapes.get(area as usize).is_some_and(|shape| shape.contains(place)));
        areas
    }

    /// The areas whose bounding box intersects a box, sorted.
    #[must_use]
    pub fn within(&self, bbox: &Bbox) -> Vec<u32> {
        let mut areas: Vec<u32> =
            self.boxes.locate_in_envelope_intersecting(envelope(bbox)).map(|entry| entry.data).collect();
        areas.sort_unstable();
        areas
    }
}

/// Units as floating-point numbers: every `i32` is exact, and the tree's own sums cannot overflow.
fn envelope(bbox: &Bbox) -> AABB<[f64; 2]> {
    let corner = |lon: i32, lat: i32| [f64::from(lon), f64::from(lat)];
    AABB::from_corners(corner(bbox.west, bbox.south), corner(bbox.east, bbox.north))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::grid;

    #[test]
    fn every_place_of_a_tiling_is_in_one_area_and_its_far_edges_in_none() {
        let locator = Locator::new(&Topology::build(&grid(&["001", "021", "331"])));
        for (lon, lat) in (0..=6).flat_map(|lon| (0..=6).map(move |lat| (lon, lat))) {
            let expected = usize::from(lon < 6 && lat < 6);
            assert_eq!(locator.locate(Place { lon, lat }).len(), expected, "{lon}, {lat}");
        }
        assert_eq!(locator.locate(Place { lon: 2, lat: 2 }), [2]); // the south-western corner of the enclave
        assert_eq!(locator.locate(Place { lon: 4, lat: 3 }), [1]); // on the border of 2 and 1: the eastern one
        assert_eq!(locator.locate(Place { lon: 1, lat: 2 }), [0]); // on the border of 3 and 0: the northern one
        assert!(locator.locate(Place { lon: -1, lat: 3 }).is_empty());
    }

    #[test]
    fn areas_in_view_are_those_whose_box_meets_it() {
        let locator = Locator::new(&Topology::build(&grid(&["001", "021", "331"])));
        assert_eq!(locator.within(&Bbox { west: 0, south: 0, east: 6, north: 6 }), [0, 1, 2, 3]);
        assert_eq!(locator.within(&Bbox { west: 5, south: 5, east: 9, north: 9 }), [1]);
        assert!(locator.within(&Bbox { west: 7, south: 0, east: 9, north: 9 }).is_empty());
    }
}
