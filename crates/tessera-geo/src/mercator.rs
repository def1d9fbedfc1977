//! The projection of web maps.

use crate::place::Place;

/// Spherical Web Mercator in shares of the width of the world, from the crossing of the equator and the first meridian to
/// the east and north. The poles, infinitely far, are put at 89.9 degrees.
pub(crate) fn web_mercator(place: Place) -> [f64; 2] {
    let (lon, lat) = place.to_degrees();
    let lat = lat.clamp(-89.9, 89.9).to_radians();
    [lon / 360.0, lat.sin().atanh() / std::f64::consts::TAU]
}
