//! Neighbours by distance, for areas that do not touch: points, islands, areas far apart.
//!
//! Distances are great-circle metres on a sphere of 6,371,008.8 m, the mean radius of the Earth
//! (IUGG): up to 0.6% from those on the ellipsoid. Places are compared as points of the unit sphere,
//! since the chord between two places grows with their distance; so neither the date line nor the
//! poles are special.

use rstar::RTree;
use rstar::primitives::GeomWithData;

use super::{SpaceError, Weights};

const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// A place on the unit sphere and the area that it belongs to.
type Located = GeomWithData<[f64; 3], u32>;

impl Weights {
    /// The `k` nearest areas of each area, by (longitude, latitude) in degrees, such as centres or
    /// label points.
    ///
    /// These lists are not mutual: the nearest neighbour of an outlying area has nearer ones itself.
    /// Of areas equally far, those with the smaller index are taken.
    ///
    /// ```
    /// use tessera_stats::space::Weights;
    ///
    /// let places = [(-2.2, 52.2), (-2.1, 52.2), (-1.9, 52.2)];
    /// let weights = Weights::nearest(&places, 1)?;
    /// assert_eq!([weights.of(0), weights.of(1), weights.of(2)], [[1], [0], [1]]);
    /// # Ok::<(), tessera_stats::space::SpaceError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`SpaceError::NearestCount`] unless 0 < `k` < number of areas; [`SpaceError::NotFinite`].
    pub fn nearest(places: &[(f64, f64)], k: usize) -> Result<Self, SpaceError> {
        if k == 0 || k >= places.len() {
            return Err(SpaceError::NearestCount { k, areas: places.len() });
        }
        let points = points(places)?;
        let tree = RTree::bulk_load(points.clone());
        Self::from_lists(points.iter().map(|point| {
            let mut nearest: Vec<(f64, u32)> = Vec::new();
            for (other, distance) in tree.nearest_neighbor_iter_with_distance_2(*point.geom()) {
                if nearest.len() >= k && nearest.last().is_some_and(|(farthest, _)| distance > *farthest) {
                    break;
                }
                if other.data != point.data {
                    nearest.push((distance, other.data));
                }
            }
            nearest.sort_unstable_by(|(one, area), (next, other)| one.total_cmp(next).then(area.cmp(other)));
            nearest.truncate(k);
            nearest.into_iter().map(|(_, area)| area).collect()
        }))
    }

    /// The areas within a distance of each area, ends included, by (longitude, latitude) in degrees.
    ///
    /// These lists are mutual. Their length grows with the square of the distance.
    ///
    /// ```
    /// use tessera_stats::space::Weights;
    ///
    /// let places = [(-2.2, 52.2), (-2.1, 52.2), (-1.9, 52.2)];
    /// let weights = Weights::within(&places, 7_000.0)?; // 6.8 km and 13.6 km apart
    /// assert_eq!(weights.of(0), [1]);
    /// assert_eq!(weights.islands(), [2]);
    /// # Ok::<(), tessera_stats::space::SpaceError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`SpaceError::Distance`] where `metres` is negative or not a number; [`SpaceError::NotFinite`].
    pub fn within(places: &[(f64, f64)], metres: f64) -> Result<Self, SpaceError> {
        if metres.is_nan() || metres < 0.0 {
            return Err(SpaceError::Distance { metres });
        }
        let points = points(places)?;
        let tree = RTree::bulk_load(points.clone());
        let half_angle = (metres / EARTH_RADIUS_M / 2.0).min(std::f64::consts::FRAC_PI_2);
        let squared_chord = (2.0 * half_angle.sin()).powi(2);
        Self::from_lists(points.iter().map(|point| {
            let around = tree.locate_within_distance(*point.geom(), squared_chord);
            around.map(|other| other.data).filter(|other| *other != point.data).collect()
        }))
    }
}

fn points(places: &[(f64, f64)]) -> Result<Vec<Located>, SpaceError> {
    let point = |(index, (longitude, latitude)): (usize, &(f64, f64))| {
        if let Some(value) = [*longitude, *latitude].into_iter().find(|degrees| !degrees.is_finite()) {
            return Err(SpaceError::NotFinite { index, value });
        }
        let (sin_longitude, cos_longitude) = longitude.to_radians().sin_cos();
        let (sin_latitude, cos_latitude) = latitude.to_radians().sin_cos();
        Ok(Located::new([cos_latitude * cos_longitude, cos_latitude * sin_longitude, sin_latitude], index as u32))
    };
    places.iter().enumerate().map(point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Places without order over Great Britain, and two at one place.
    fn scattered() -> Vec<(f64, f64)> {
        let mut places: Vec<_> = (0..150)
            .map(|i| f64::from(i) * 1.618_033_988_749_895)
            .map(|i| (-6.0 + 8.0 * i.fract(), 50.0 + 9.0 * (i * 7.3).fract()))
            .collect();
        places.push(places[3]);
        places
    }

    /// The haversine of the angle, which grows with the distance (Sinnott 1984).
    fn metres((longitude, latitude): (f64, f64), (other_longitude, other_latitude): (f64, f64)) -> f64 {
        let half_sine_squared = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
        let haversine = half_sine_squared(latitude - other_latitude)
            + latitude.to_radians().cos()
                * other_latitude.to_radians().cos()
                * half_sine_squared(longitude - other_longitude);
        2.0 * EARTH_RADIUS_M * haversine.sqrt().asin()
    }

    #[test]
    fn the_nearest_are_those_of_a_search_through_all() {
        let places = scattered();
        let weights = Weights::nearest(&places, 5).unwrap();
        for (area, neighbours) in weights.rows() {
            let mut others: Vec<usize> = (0..places.len()).filter(|other| *other != area).collect();
            others.sort_by(|one, next| {
                metres(places[area], places[*one]).total_cmp(&metres(places[area], places[*next]))
            });
            let mut expected: Vec<u32> = others[..5].iter().map(|other| *other as u32).collect();
            expected.sort_unstable();
            assert_eq!(neighbours, expected, "{area}");
        }
    }

    #[test]
    fn those_within_a_distance_are_those_of_a_search_through_all_and_mutual() {
        let places = scattered();
        let weights = Weights::within(&places, 60_000.0).unwrap();
        for (area, neighbours) in weights.rows() {
            let near =
                |other: &u32| *other as usize != area && metres(places[area], places[*other as usize]) <= 60_000.0;
            let expected: Vec<u32> = (0..places.len() as u32).filter(near).collect();
            assert_eq!(neighbours, expected, "{area}");
        }
        let mutual = |(area, neighbours): (usize, &[u32])| {
            neighbours.iter().all(|neighbour| weights.of(*neighbour as usize).contains(&(area as u32)))
        };
        assert!(weights.rows().all(mutual));
    }

    #[test]
    fn the_date_line_and_the_antipodes_are_places_like_others() {
        let places = [(179.9, 0.0), (-179.9, 0.0), (0.0, 0.0)];
        assert_eq!(Weights::within(&places, 30_000.0).unwrap().islands(), [2]);
        assert_eq!(Weights::within(&places, 1e9).unwrap().of(2), [0, 1]);
    }

    #[test]
    fn what_cannot_be_asked_is_refused() {
        let places = [(0.0, 0.0), (1.0, 0.0)];
        for k in [0, 2] {
            assert_eq!(Weights::nearest(&places, k), Err(SpaceError::NearestCount { k, areas: 2 }));
        }
        assert_eq!(Weights::within(&places, -1.0), Err(SpaceError::Distance { metres: -1.0 }));
        let nowhere = [(0.0, 0.0), (f64::INFINITY, 0.0)];
        assert_eq!(Weights::within(&nowhere, 1.0), Err(SpaceError::NotFinite { index: 1, value: f64::INFINITY }));
    }
}
