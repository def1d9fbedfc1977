//! Places as integers, and the boxes around them.
//!
//! A coordinate is stored as a whole number of 1e-7 degrees, about 11 mm of latitude. Two places are the same when
//! their integers are the same: nothing downstream needs a tolerance, and results do not depend on the order of work.

/// Units in one degree.
pub const UNITS_PER_DEGREE: f64 = 1e7;

/// A place on the globe (WGS 84), in units of 1e-7 degrees.
///
/// ```
/// use tessera_geo::Place;
///
/// let worcester = Place::from_degrees(-2.2200001, 52.19).unwrap();
/// assert_eq!(worcester, Place { lon: -22_200_001, lat: 521_900_000 });
/// assert_eq!(worcester.to_degrees(), (-2.2200001, 52.19));
/// assert_eq!(Place::from_degrees(404_000.0, 274_000.0), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Longitude, east positive, in 1e-7 degrees.
    pub lon: i32,
    /// Latitude, north positive, in 1e-7 degrees.
    pub lat: i32,
}

impl Place {
    /// The nearest place to a longitude and latitude in degrees, halves rounded away from zero.
    ///
    /// `None` when a number is not finite, the longitude is beyond ±180 or the latitude beyond ±90.
    #[must_use]
    pub fn from_degrees(lon: f64, lat: f64) -> Option<Place> {
        Some(Place { lon: to_units(lon, 180.0)?, lat: to_units(lat, 90.0)? })
    }

    /// Longitude and latitude in degrees: the floating-point numbers nearest to the exact decimals.
    #[must_use]
    pub fn to_degrees(self) -> (f64, f64) {
        (f64::from(self.lon) / UNITS_PER_DEGREE, f64::from(self.lat) / UNITS_PER_DEGREE)
    }
}

/// Longitude and latitude in degrees, as exact decimals: `-2.2200001, 52.19`.
impl std::fmt::Display for Place {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (lon, lat) = self.to_degrees();
        write!(formatter, "{lon}, {lat}")
    }
}

/// A box between two meridians and two parallels, edges included, in units of 1e-7 degrees.
///
/// Boxes across the antimeridian are not represented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Bbox {
    /// Smallest longitude.
    pub west: i32,
    /// Smallest latitude.
    pub south: i32,
    /// Largest longitude.
    pub east: i32,
    /// Largest latitude.
    pub north: i32,
}

impl Bbox {
    /// A box from degrees, in the order of RFC 7946: west, south, east, north.
    ///
    /// `None` when a number is no longitude or latitude, or the box is inside out (west of east, or south of north).
    #[must_use]
    pub fn from_degrees(west: f64, south: f64, east: f64, north: f64) -> Option<Bbox> {
        let low = Place::from_degrees(west, south)?;
        let high = Place::from_degrees(east, north)?;
        let ordered = low.lon <= high.lon && low.lat <= high.lat;
        ordered.then_some(Bbox { west: low.lon, south: low.lat, east: high.lon, north: high.lat })
    }

    /// The smallest box around some places; `None` when there are none.
    #[must_use]
    pub fn around(places: impl IntoIterator<Item = Place>) -> Option<Bbox> {
        places.into_iter().map(Bbox::at).reduce(|one, other| one.union(&other))
    }

    /// West, south, east and north in degrees.
    #[must_use]
    pub fn to_degrees(&self) -> [f64; 4] {
        [self.west, self.south, self.east, self.north].map(|units| f64::from(units) / UNITS_PER_DEGREE)
    }

    /// Whether the place is in the box or on its edge.
    #[must_use]
    pub fn contains(&self, place: Place) -> bool {
        self.intersects(&Bbox::at(place))
    }

    /// Whether the boxes have a place in common, be it on their edges.
    #[must_use]
    pub fn intersects(&self, other: &Bbox) -> bool {
        self.west <= other.east && other.west <= self.east && self.south <= other.north && other.south <= self.north
    }

    /// What both have in common, which may be no wider than a line or a place; `None` where that is nothing.
    #[must_use]
    pub fn intersection(&self, other: &Bbox) -> Option<Bbox> {
        self.intersects(other).then(|| Bbox {
            west: self.west.max(other.west),
            south: self.south.max(other.south),
            east: self.east.min(other.east),
            north: self.north.min(other.north),
        })
    }

    /// The smallest box around both.
    #[must_use]
    pub fn union(&self, other: &Bbox) -> Bbox {
        Bbox {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    fn at(place: Place) -> Bbox {
        Bbox { west: place.lon, south: place.lat, east: place.lon, north: place.lat }
    }
}

fn to_units(degrees: f64, limit: f64) -> Option<i32> {
    let in_range = degrees.is_finite() && degrees.abs() <= limit;
    // At most 1.8e9, so the conversion is exact.
    in_range.then(|| (degrees * UNITS_PER_DEGREE).round() as i32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_place_is_the_nearest_integer() {
        assert_eq!(
            Place::from_degrees(-1.940_225_910_959_875, 52.0),
            Some(Place { lon: -19_402_259, lat: 520_000_000 })
        );
        assert_eq!(Place::from_degrees(180.0, -90.0), Some(Place { lon: 1_800_000_000, lat: -900_000_000 }));
        for (lon, lat) in [(180.1, 0.0), (0.0, 90.000_001), (f64::NAN, 0.0), (0.0, f64::INFINITY)] {
            assert_eq!(Place::from_degrees(lon, lat), None);
        }
    }

    #[test]
    fn a_box_includes_its_edges() {
        let bbox = Bbox::from_degrees(0.0, 50.0, 2.0, 51.0).unwrap();
        assert!(bbox.contains(Place::from_degrees(2.0, 51.0).unwrap()));
        assert!(!bbox.contains(Place::from_degrees(2.000_000_1, 51.0).unwrap()));
        assert!(bbox.intersects(&Bbox::from_degrees(2.0, 51.0, 3.0, 52.0).unwrap()));
        assert_eq!(bbox.to_degrees(), [0.0, 50.0, 2.0, 51.0]);
        assert_eq!(Bbox::from_degrees(2.0, 50.0, 0.0, 51.0), None);
        assert_eq!(Bbox::around([]), None);
    }

    proptest! {
        #[test]
        fn degrees_and_back_is_the_same_place(lon in -1_800_000_000..=1_800_000_000, lat in -900_000_000..=900_000_000) {
            let place = Place { lon, lat };
            let (x, y) = place.to_degrees();
            prop_assert_eq!(Place::from_degrees(x, y), Some(place));
        }
    }
}
