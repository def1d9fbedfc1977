//! Area, centre and label point of a shape.

use geo::{Centroid, GeodesicArea, InteriorPoint};

use crate::place::Place;
use crate::shape::{Polygon, Shape, signed_area2};

/// The area in square kilometres, holes taken off.
///
/// Geodesic on the WGS 84 ellipsoid (C. Karney, *Algorithms for geodesics*, J. Geodesy 87, 2013,
/// doi:10.1007/s00190-012-0578-z), edges being geodesics; accurate to well under a square metre for an area of this
/// kind. Areas from a national grid differ by the scale of its projection, up to 0.1% in Great Britain. For
/// shapes of less than half the globe. Costs about half a microsecond a place.
#[must_use]
pub fn area_km2(shape: &Shape) -> f64 {
    // Signed: a sliver that is counterclockwise in the plane may be clockwise on the globe, and its unsigned area would
    // be that of the rest of the globe.
    to_geo(shape).geodesic_area_signed() / 1e6
}

/// The centre of gravity in degrees of longitude and latitude; `None` for an empty shape.
///
/// Computed in the plane of longitude and latitude, which for areas up to the size of a county is right to metres (the
/// centre of gravity does not mind that a degree of longitude is shorter). It may lie outside the area: for a place to
/// write a name, use [`label_point`].
#[must_use]
pub fn centroid(shape: &Shape) -> Option<(f64, f64)> {
    to_geo(shape).centroid().map(|point| point.x_y())
}

/// A place well inside the largest part of an area; `None` for an empty shape.
///
/// The pole of inaccessibility, the place furthest from any border, to 1% of the part's smaller extent (V. Agafonkin,
/// *polylabel*, 2016), on a plane in which degrees of longitude are shortened by the cosine of latitude.
#[must_use]
pub fn label_point(shape: &Shape) -> Option<Place> {
    let largest = shape.polygons.iter().max_by_key(|polygon| signed_area2(&polygon.exterior).abs())?;
    let part = Shape { polygons: vec![largest.clone()] };
    let bbox = part.bbox()?.to_degrees();
    let [west, south, east, north] = bbox;
    let shortening = ((south + north) / 2.0).to_radians().cos().max(1e-6);
    let tolerance = (((east - west) * shortening).min(north - south) / 100.0).max(1e-7);
    let plane = to_geo_polygon(largest, shortening);
    let back = |point: geo::Point| Place::from_degrees(point.x() / shortening, point.y());
    let inside = |place: &Place| part.contains(*place);
    let pole = || polylabel::polylabel(&plane, &tolerance).ok().and_then(back).filter(inside);
    let any = || plane.interior_point().and_then(back).filter(inside);
    // Slivers a few units wide: some place of their own is inside by the half-open rule.
    let corner = || largest.exterior.iter().copied().find(inside);
    pole().or_else(any).or_else(corner).or(largest.exterior.first().copied())
}

pub(crate) fn to_geo(shape: &Shape) -> geo::MultiPolygon {
    shape.polygons.iter().map(|polygon| to_geo_polygon(polygon, 1.0)).collect()
}

pub(crate) fn to_geo_polygon(polygon: &Polygon, shortening: f64) -> geo::Polygon {
    let line = |ring: &[Place]| -> geo::LineString {
        let coordinate = |place: &Place| {
            let (x, y) = place.to_degrees();
            geo::Coord { x: x * shortening, y }
        };
        ring.iter().map(coordinate).collect()
    };
    geo::Polygon::new(line(&polygon.exterior), polygon.holes.iter().map(|hole| line(hole)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{area, ring};

    const DEGREE: i32 = 10_000_000;

    #[test]
    fn a_degree_square_at_the_equator_has_its_published_area() {
        let square = ring(&[(0, 0), (DEGREE, 0), (DEGREE, DEGREE), (0, DEGREE)]);
        // GeographicLib's Planimeter: 12308778361.469 m².
        assert!((area_km2(&area(&[&square])) - 12_308.778_361_469).abs() < 1e-6);
    }

    #[test]
    fn a_sliver_on_a_parallel_does_not_cover_the_globe() {
        // Counterclockwise in the plane; the geodesic of its long edge runs north of the place in the middle.
        let sliver = ring(&[(0, 520_000_000), (DEGREE, 520_000_000), (DEGREE / 2, 520_000_001)]);
        assert!(area_km2(&area(&[&sliver])).abs() < 10.0);
    }

    #[test]
    fn a_hole_is_taken_off() {
        let outer = ring(&[(0, 0), (DEGREE, 0), (DEGREE, DEGREE), (0, DEGREE)]);
        let inner = ring(&[(100, 100), (100, DEGREE / 2), (DEGREE / 2, DEGREE / 2), (DEGREE / 2, 100)]);
        let whole = area_km2(&area(&[&outer]));
        let with_hole = area_km2(&area(&[&outer, &inner]));
        assert!((0.74..0.76).contains(&(with_hole / whole)));
    }

    #[test]
    fn nothing_has_no_area_no_centre_and_no_label() {
        let nothing = Shape::default();
        assert_eq!((area_km2(&nothing), centroid(&nothing), label_point(&nothing)), (0.0, None, None));
    }

    /// ```text
    /// ┌─┐   ┌─┐
    /// │ │   │ │   the centre of gravity of a U is outside of it
    /// │ └───┘ │
    /// └───────┘
    /// ```
    #[test]
    fn a_label_is_inside_even_where_the_centre_is_not() {
        let u = area(&[&ring(&[
            (0, 0),
            (9000, 0),
            (9000, 9000),
            (8000, 9000),
            (8000, 1000),
            (1000, 1000),
            (1000, 9000),
            (0, 9000),
        ])]);
        let (lon, lat) = centroid(&u).unwrap();
        assert!(!u.contains(Place::from_degrees(lon, lat).unwrap()));
        assert!(u.contains(label_point(&u).unwrap()));
    }

    #[test]
    fn a_sliver_one_unit_wide_has_its_label() {
        let sliver = area(&[&ring(&[(0, 0), (1, 0), (5000, 5000)])]);
        assert!(sliver.contains(label_point(&sliver).unwrap()));
    }
}
