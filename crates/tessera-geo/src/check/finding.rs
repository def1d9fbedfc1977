//! What is said of a boundary file: its areas, what is wrong with others, and what was repaired.

use crate::crs::CrsError;
use crate::place::Place;
use crate::shape::Boundary;

/// What came out of a boundary file: the areas that can be used, what is wrong with the others, and what was repaired.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// The areas, in the order of the file. Codes are unique.
    pub boundaries: Vec<Boundary>,
    /// What is wrong with the features that were left out, in the order of the file.
    pub problems: Vec<BoundaryProblem>,
    /// What was repaired in features that were kept, in the order of the file.
    pub repairs: Vec<Repair>,
}

/// Something wrong with one feature of a boundary file, which is left out. Features count from 1.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum BoundaryProblem {
    /// The code is absent, null, blank or not a text or number.
    #[error("feature {feature} has no code in `{attribute}`")]
    MissingCode {
        /// Number of the feature.
        feature: usize,
        /// The attribute that was to hold the code.
        attribute: String,
    },
    /// A code that an earlier feature has.
    #[error("feature {feature} has the code `{code}`, as feature {first} has")]
    DuplicateCode {
        /// Number of the feature.
        feature: usize,
        /// The code.
        code: String,
        /// The feature that had it first.
        first: usize,
    },
    /// The geometry is null or holds no ring.
    #[error("feature {feature} (`{code}`) has no geometry")]
    NoGeometry {
        /// Number of the feature.
        feature: usize,
        /// Its code.
        code: String,
    },
    /// The geometry is a point, a line or a collection.
    #[error("feature {feature} (`{code}`) is a {kind}, not a Polygon or MultiPolygon")]
    NotAnArea {
        /// Number of the feature.
        feature: usize,
        /// Its code.
        code: String,
        /// The type that the file gives.
        kind: String,
    },
    /// The coordinates are not nested as the type of geometry asks.
    #[error("feature {feature} (`{code}`) has coordinates that cannot be read: {reason}")]
    UnreadableCoordinates {
        /// Number of the feature.
        feature: usize,
        /// Its code.
        code: String,
        /// What the parser says.
        reason: String,
    },
    /// A coordinate that is no longitude or latitude.
    #[error("feature {feature} (`{code}`) has the position {x}, {y}, which is not a longitude and latitude")]
    OutOfRange {
        /// Number of the feature.
        feature: usize,
        /// Its code.
        code: String,
        /// First number of the position.
        x: f64,
        /// Second number of the position.
        y: f64,
    },
    /// Latitude stands before longitude, by the look of it.
    #[error("feature {feature} (`{code}`) has the position {x}, {y}, which looks like latitude before longitude")]
    LooksSwapped {
        /// Number of the feature.
        feature: usize,
        /// Its code.
        code: String,
        /// First number of the position.
        x: f64,
        /// Second number of the position.
        y: f64,
    },
    /// The coordinates are metres on a map grid, by the look of it.
    #[error("feature {feature} (`{code}`) has the position {x}, {y}, which looks like {grid}, not degrees")]
    LooksProjected {
        /// Number of the feature.
        feature: usize,
        /// Its code.
        code: String,
        /// First number of the position.
        x: f64,
        /// Second number of the position.
        y: f64,
        /// The most likely grid.
        grid: &'static str,
    },
    /// The coordinates are degrees, by the look of it, where lengths on a map were to be.
    #[error("feature {feature} (`{code}`) has the position {x}, {y}, which looks like degrees, not like {crs}")]
    LooksUnprojected {
        /// Number of the feature.
        feature: usize,
        /// Its code.
        code: String,
        /// First number of the position.
        x: f64,
        /// Second number of the position.
        y: f64,
        /// The system that the coordinates were to be in.
        crs: String,
    },
    /// A position that its coordinate reference system does not reach.
    #[error("feature {feature} (`{code}`): {error}")]
    NoPlace {
        /// Number of the feature.
        feature: usize,
        /// Its code.
        code: String,
        /// Why there is no such place.
        error: CrsError,
    },
    /// No ring encloses anything once places are rounded to 1e-7 degrees: fewer than 4 positions, or all in a line.
    #[error("feature {feature} (`{code}`) encloses nothing: its rings have fewer than three corners")]
    RingsWithoutArea {
        /// Number of the feature.
        feature: usize,
        /// Its code.
        code: String,
    },
    /// What a ring encloses is taken away again by another one.
    #[error("feature {feature} (`{code}`) encloses nothing: its rings cancel each other out")]
    RingsCancelOut {
        /// Number of the feature.
        feature: usize,
        /// Its code.
        code: String,
    },
    /// Two of its lines cross where neither has a place, as those of a bow tie do.
    #[error("feature {feature} (`{code}`) crosses itself at {place}")]
    CrossesItself {
        /// Number of the feature.
        feature: usize,
        /// Its code.
        code: String,
        /// The place nearest to where the lines cross.
        place: Place,
    },
    /// A hole does not lie inside the exterior that it belongs to.
    #[error("feature {feature} (`{code}`) has a hole at {place} that lies outside of its exterior")]
    HoleOutside {
        /// Number of the feature.
        feature: usize,
        /// Its code.
        code: String,
        /// A place of the hole.
        place: Place,
    },
    /// A hole lies within a hole, a part within another one around its hole, or a line is run through twice.
    #[error("feature {feature} (`{code}`) has a ring at {place} that lies over another of its rings")]
    OverlapsItself {
        /// Number of the feature.
        feature: usize,
        /// Its code.
        code: String,
        /// A place of the ring.
        place: Place,
    },
}

/// What was repaired in one feature of a boundary file, which is kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("feature {feature} (`{code}`) {change}")]
pub struct Repair {
    /// Number of the feature in its file, from 1.
    pub feature: usize,
    /// Its code.
    pub code: String,
    /// What was done.
    pub change: Change,
}

/// A change that makes a valid shape of one that is not. No place is moved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Change {
    /// A ring that encloses nothing, once its places are rounded to 1e-7 degrees, is left out, with its holes if it has
    /// any. Rings count from 1 in each feature.
    #[error("has a ring that encloses nothing, number {0}, which is left out")]
    RingLeftOut(usize),
    /// Parts in the land of another part, at these places, that run the other way are made holes of it.
    #[error("has a part within another part, at {}, that runs as holes do, and is made a hole", some(.0))]
    PartsMadeHoles(Vec<Place>),
    /// Parts in the land of another part, at these places, that run the same way are left out.
    #[error("has a part in the land of another part, at {}, which is left out", some(.0))]
    PartsLeftOut(Vec<Place>),
    /// Lines that run to these places and back are removed.
    #[error("runs to {} and back, which is removed", some(.0))]
    SpikesRemoved(Vec<Place>),
    /// Rings that touch themselves, or have lines in common, are divided at these places into rings that do not.
    #[error("touches itself at {} and is divided there", some(.0))]
    Divided(Vec<Place>),
}

impl Change {
    /// A change at some places; `None` where there are none.
    pub(super) fn some(change: fn(Vec<Place>) -> Change, places: Vec<Place>) -> Option<Change> {
        (!places.is_empty()).then(|| change(places))
    }
}

/// The first places of a list, for a message.
fn some(places: &[Place]) -> String {
    const NAMED: usize = 3;
    let named: Vec<String> = places.iter().take(NAMED).map(ToString::to_string).collect();
    match places.len().saturating_sub(NAMED) {
        0 => named.join("; "),
        more => format!("{} and {more} more", named.join("; ")),
    }
}

impl BoundaryProblem {
    /// Number of the feature in its file, from 1.
    #[must_use]
    pub fn feature(&self) -> usize {
        match self {
            Self::MissingCode { feature, .. }
            | Self::DuplicateCode { feature, .. }
            | Self::NoGeometry { feature, .. }
            | Self::NotAnArea { feature, .. }
            | Self::UnreadableCoordinates { feature, .. }
            | Self::OutOfRange { feature, .. }
            | Self::LooksSwapped { feature, .. }
            | Self::LooksProjected { feature, .. }
            | Self::LooksUnprojected { feature, .. }
            | Self::NoPlace { feature, .. }
            | Self::RingsWithoutArea { feature, .. }
            | Self::RingsCancelOut { feature, .. }
            | Self::CrossesItself { feature, .. }
            | Self::HoleOutside { feature, .. }
            | Self::OverlapsItself { feature, .. } => *feature,
        }
    }

    /// The code of the feature, where it has one.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::MissingCode { .. } => None,
            Self::DuplicateCode { code, .. }
            | Self::NoGeometry { code, .. }
            | Self::NotAnArea { code, .. }
            | Self::UnreadableCoordinates { code, .. }
            | Self::OutOfRange { code, .. }
            | Self::LooksSwapped { code, .. }
            | Self::LooksProjected { code, .. }
            | Self::LooksUnprojected { code, .. }
            | Self::NoPlace { code, .. }
            | Self::RingsWithoutArea { code, .. }
            | Self::RingsCancelOut { code, .. }
            | Self::CrossesItself { code, .. }
            | Self::HoleOutside { code, .. }
            | Self::OverlapsItself { code, .. } => Some(code),
        }
    }
}
