//! What a published boundary must be, whatever the format that it came in.
//!
//! A reader of a format hands over features one by one; the checker turns good ones into boundaries and says of every
//! other what is wrong with it. Nothing is left out silently.

use std::collections::HashMap;

use crate::crs::{Crs, CrsError};
use crate::place::Place;
use crate::shape::{Boundary, Polygon, Shape, tidy_ring};

/// What came out of a boundary file: the areas that can be used, and what is wrong with the others.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// The areas, in the order of the file. Codes are unique.
    pub boundaries: Vec<Boundary>,
    /// What was found, in the order of the file.
    pub problems: Vec<BoundaryProblem>,
}

/// Something wrong with one feature of a boundary file. Features count from 1.
///
/// The feature is left out, except for [`BoundaryProblem::RingWithoutArea`], which leaves out that ring alone as long
/// as the area keeps another one.
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
    /// A ring that encloses nothing once its places are rounded to 1e-7 degrees: fewer than 4 positions, or all in a
    /// line.
    #[error("ring {ring} of feature {feature} (`{code}`) encloses nothing")]
    RingWithoutArea {
        /// Number of the feature.
        feature: usize,
        /// Its code.
        code: String,
        /// Number of the ring within the feature, from 1.
        ring: usize,
    },
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
            | Self::RingWithoutArea { feature, .. } => *feature,
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
            | Self::RingWithoutArea { code, .. } => Some(code),
        }
    }
}

/// A feature as a file gives it, nothing checked.
pub(crate) struct Feature {
    pub(crate) code: Option<String>,
    pub(crate) label: Option<String>,
    pub(crate) outline: Outline,
}

/// A geometry as a file gives it: positions in the coordinate reference system of the file.
pub(crate) enum Outline {
    Missing,
    NotAnArea(String),
    Unreadable(String),
    Polygons(Vec<Vec<Vec<[f64; 2]>>>),
}

/// Takes features one by one and keeps what is good and what is wrong.
pub(crate) struct Checker<'a> {
    code_attribute: &'a str,
    crs: Crs,
    features: usize,
    first_with_code: HashMap<String, usize>,
    reading: Reading,
}

impl<'a> Checker<'a> {
    pub(crate) fn new(code_attribute: &'a str, crs: Crs) -> Checker<'a> {
        Checker { code_attribute, crs, features: 0, first_with_code: HashMap::new(), reading: Reading::default() }
    }

    /// What the coordinates of the features to come are.
    pub(crate) fn crs(&self) -> &Crs {
        &self.crs
    }

    pub(crate) fn set_crs(&mut self, crs: Crs) {
        self.crs = crs;
    }

    /// How many features were taken.
    pub(crate) fn features(&self) -> usize {
        self.features
    }

    /// Counts a feature that the file says is deleted.
    pub(crate) fn skip(&mut self) {
        self.features += 1;
    }

    pub(crate) fn take(&mut self, feature: Feature) {
        self.features += 1;
        match self.check(feature) {
            Ok(boundary) => self.reading.boundaries.push(boundary),
            Err(problem) => self.reading.problems.push(problem),
        }
    }

    pub(crate) fn finish(self) -> Reading {
        self.reading
    }

    fn check(&mut self, found: Feature) -> Result<Boundary, BoundaryProblem> {
        let feature = self.features;
        let code = trimmed(found.code)
            .ok_or_else(|| BoundaryProblem::MissingCode { feature, attribute: self.code_attribute.to_owned() })?;
        if let Some(&first) = self.first_with_code.get(&code) {
            return Err(BoundaryProblem::DuplicateCode { feature, code, first });
        }
        self.first_with_code.insert(code.clone(), feature);
        let polygons = match found.outline {
            Outline::Polygons(polygons) => polygons,
            Outline::Missing => return Err(BoundaryProblem::NoGeometry { feature, code }),
            Outline::NotAnArea(kind) => return Err(BoundaryProblem::NotAnArea { feature, code, kind }),
            Outline::Unreadable(reason) => {
                return Err(BoundaryProblem::UnreadableCoordinates { feature, code, reason });
            }
        };
        let shape = self.check_polygons(polygons, &code)?;
        Ok(Boundary { code, label: trimmed(found.label), shape })
    }

    fn check_polygons(&mut self, polygons: Vec<Vec<Vec<[f64; 2]>>>, code: &str) -> Result<Shape, BoundaryProblem> {
        let feature = self.features;
        let mut shape = Shape::default();
        let mut problems = Vec::new();
        let mut ring_number = 0;
        for rings in polygons {
            let mut polygon = Polygon::default();
            for (position, ring) in rings.into_iter().enumerate() {
                ring_number += 1;
                let is_exterior = position == 0;
                match tidy_ring(self.places(&ring, code)?, is_exterior) {
                    Some(ring) if is_exterior => polygon.exterior = ring,
                    Some(ring) => polygon.holes.push(ring),
                    None => problems.push(BoundaryProblem::RingWithoutArea {
                        feature,
                        code: code.to_owned(),
                        ring: ring_number,
                    }),
                }
            }
            if !polygon.exterior.is_empty() {
                shape.polygons.push(polygon);
            }
        }
        if shape.is_empty() {
            return Err(problems.pop().unwrap_or(BoundaryProblem::NoGeometry { feature, code: code.to_owned() }));
        }
        self.reading.problems.append(&mut problems);
        Ok(shape)
    }

    /// The places that a ring runs through.
    fn places(&self, ring: &[[f64; 2]], code: &str) -> Result<Vec<Place>, BoundaryProblem> {
        let (feature, code) = (self.features, || code.to_owned());
        if self.crs == Crs::Wgs84 {
            let place = |&[x, y]: &[f64; 2]| match Place::from_degrees(x, y) {
                Some(place) if !in_exchanged_england(x, y) => Ok(place),
                _ => Err(explain(x, y, feature, code())),
            };
            return ring.iter().map(place).collect();
        }
        if let Some(&[x, y]) = ring.first()
            && !self.crs.is_geographic()
            && ring.iter().all(|&[x, y]| Place::from_degrees(x, y).is_some())
        {
            let crs = self.crs.to_string();
            return Err(BoundaryProblem::LooksUnprojected { feature, code: code(), x, y, crs });
        }
        let place = |&[x, y]: &[f64; 2]| {
            self.crs.to_place(x, y).map_err(|error| BoundaryProblem::NoPlace { feature, code: code(), error })
        };
        ring.iter().map(place).collect()
    }
}

fn trimmed(text: Option<String>) -> Option<String> {
    let text = text?;
    let trimmed = text.trim();
    match trimmed.len() {
        0 => None,
        same if same == text.len() => Some(text),
        _ => Some(trimmed.to_owned()),
    }
}

/// England with its axes exchanged is open sea, east of Somalia and north of the Seychelles: no area has a place there.
fn in_exchanged_england(x: f64, y: f64) -> bool {
    (49.8..=61.0).contains(&x) && (-3.6..=1.8).contains(&y)
}

fn explain(x: f64, y: f64, feature: usize, code: String) -> BoundaryProblem {
    if in_exchanged_england(x, y) || Place::from_degrees(y, x).is_some() {
        return BoundaryProblem::LooksSwapped { feature, code, x, y };
    }
    if !(x.is_finite() && y.is_finite()) || x.abs().max(y.abs()) < 1000.0 {
        return BoundaryProblem::OutOfRange { feature, code, x, y };
    }
    let grid = if (0.0..=700_000.0).contains(&x) && (0.0..=1_300_000.0).contains(&y) {
        "the British National Grid (EPSG:27700)"
    } else if x.abs() <= 20_037_509.0 && y.abs() <= 20_048_967.0 {
        "metres on a projected grid, such as Web Mercator (EPSG:3857)"
    } else {
        return BoundaryProblem::OutOfRange { feature, code, x, y };
    };
    BoundaryProblem::LooksProjected { feature, code, x, y, grid }
}
