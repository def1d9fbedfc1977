//! Why coordinates cannot be turned into places.

/// Why a name or text does not tell what the coordinates mean.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnknownCrs {
    /// The name is not one that is known, or the text is not well-known text.
    #[error("`{name}` is not a coordinate reference system that is known here")]
    NotRecognised {
        /// The name, or the beginning of the text.
        name: String,
    },
    /// The system is known but would put places in the wrong spot.
    #[error("the coordinate reference system `{name}` cannot be used: {reason}")]
    NotUsable {
        /// Its name.
        name: String,
        /// What is missing.
        reason: String,
    },
}

/// Why a position is no place.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CrsError {
    /// The position is not a longitude and latitude in degrees.
    #[error("{x}, {y} is not a longitude and latitude")]
    NotDegrees {
        /// First number.
        x: f64,
        /// Second number.
        y: f64,
    },
    /// A position on the National Grid that OSTN15 says nothing about: it covers eastings 0 to 700,000 and northings
    /// 0 to 1,250,000.
    #[error("{easting}, {northing} lies outside OSTN15, the transformation of the British National Grid")]
    OutsideOstn15 {
        /// Metres east.
        easting: f64,
        /// Metres north.
        northing: f64,
    },
    /// A position outside the domain of a projection.
    #[error("{x}, {y} has no place in {name}")]
    OutsideProjection {
        /// First number.
        x: f64,
        /// Second number.
        y: f64,
        /// The system.
        name: String,
    },
}
