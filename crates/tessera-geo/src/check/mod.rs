//! What a published boundary must be, whatever the format that it came in.
//!
//! A reader of a format hands over features one by one; the checker turns good ones into boundaries and says of every
//! other what is wrong with it, and of every one that it repaired what it did. Nothing is left out silently.

mod finding;
mod nesting;
mod noding;
mod repair;

use std::collections::HashMap;

use crate::crs::Crs;
use crate::place::Place;
use crate::shape::{Boundary, Polygon, Shape, closed_ring, is_in_one_line};

pub use finding::{BoundaryProblem, Change, Reading, Repair};
use repair::Flaw;

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
        let (feature, code) = (self.features, || code.to_owned());
        let mut shape = Shape::default();
        let mut without_area = Vec::new();
        let mut ring_number = 0;
        for rings in polygons {
            let mut polygon = Polygon::default();
            for (position, ring) in rings.into_iter().enumerate() {
                ring_number += 1;
                let ring = closed_ring(self.places(&ring, &code())?);
                match position {
                    _ if is_in_one_line(&ring) => without_area.push(ring_number),
                    0 => polygon.exterior = ring,
                    _ => polygon.holes.push(ring),
                }
            }
            if !polygon.exterior.is_empty() {
                shape.polygons.push(polygon);
            }
        }
        if shape.is_empty() {
            return Err(match without_area[..] {
                [] => BoundaryProblem::NoGeometry { feature, code: code() },
                [..] => BoundaryProblem::RingsWithoutArea { feature, code: code() },
            });
        }
        let (shape, changes) = repair::repair(shape).map_err(|flaw| match flaw {
            Flaw::Crossing(place) => BoundaryProblem::CrossesItself { feature, code: code(), place },
            Flaw::HoleOutside(place) => BoundaryProblem::HoleOutside { feature, code: code(), place },
            Flaw::Overlap(place) => BoundaryProblem::OverlapsItself { feature, code: code(), place },
            Flaw::Nothing => BoundaryProblem::RingsCancelOut { feature, code: code() },
        })?;
        let changes = without_area.into_iter().map(Change::RingLeftOut).chain(changes);
        self.reading.repairs.extend(changes.map(|change| Repair { feature, code: code(), change }));
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
