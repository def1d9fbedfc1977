//! What a published boundary must be, whatever the format that it came in.
//!
//! A reader of a format hands over features one by one; the checker turns good ones into boundaries and says of every
//! other what is wrong with it, and of every one that it repaired what it did. Nothing is left out silently.

mod finding;
mod nesting;
mod noding;
mod repair;

use std::collections::HashMap;
use std::sync::mpsc::channel;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::crs::Crs;
use crate::place::Place;
use crate::shape::{Boundary, Polygon, Shape, closed_ring, is_in_one_line};

pub use finding::{BoundaryProblem, Change, Reading, Repair};
use repair::Flaw;

/// A feature as a file gives it, nothing checked. What its geometry says may be worked out when it is checked, on whatever
/// processor that is.
pub(crate) struct Feature<Geometry> {
    pub(crate) code: Option<String>,
    pub(crate) label: Option<String>,
    pub(crate) outline: Geometry,
}

/// A geometry as a file gives it: positions in the coordinate reference system of the file.
pub(crate) enum Outline {
    Missing,
    NotAnArea(String),
    Unreadable(String),
    Polygons(Vec<Vec<Vec<[f64; 2]>>>),
}

/// How many features wait to be checked on all processors.
const AT_A_TIME: usize = 2048;

/// How many features are checked by one processor while others are read.
const TOGETHER: usize = 256;

/// What comes of a feature.
type Checked = Result<(Boundary, Vec<Repair>), BoundaryProblem>;

/// Takes features one by one and keeps what is good and what is wrong.
pub(crate) struct Checker<'a, Geometry = Outline> {
    code_attribute: &'a str,
    crs: Crs,
    features: usize,
    first_with_code: HashMap<String, usize>,
    /// Those whose shapes are still to be checked.
    waiting: Vec<Result<Coded<Geometry>, BoundaryProblem>>,
    reading: Reading,
}

/// A feature with a code of its own.
struct Coded<Geometry> {
    /// Its number, counted from 1.
    feature: usize,
    code: String,
    label: Option<String>,
    outline: Geometry,
}

impl<'a, Geometry: Into<Outline> + Send> Checker<'a, Geometry> {
    pub(crate) fn new(code_attribute: &'a str, crs: Crs) -> Checker<'a, Geometry> {
        let (first_with_code, waiting, reading) = (HashMap::new(), Vec::new(), Reading::default());
        Checker { code_attribute, crs, features: 0, first_with_code, waiting, reading }
    }

    /// What the coordinates of the features to come are.
    pub(crate) fn crs(&self) -> &Crs {
        &self.crs
    }

    pub(crate) fn set_crs(&mut self, crs: Crs) {
        self.check_waiting();
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

    pub(crate) fn take(&mut self, feature: Feature<Geometry>) {
        self.features += 1;
        let coded = self.coded(feature);
        self.waiting.push(coded);
        if self.waiting.len() >= AT_A_TIME {
            self.check_waiting();
        }
    }

    /// Takes every feature that `next` gives, and checks those that were read while others are.
    pub(crate) fn take_all<Error>(
        &mut self,
        mut next: impl FnMut() -> Result<Option<Feature<Geometry>>, Error>,
    ) -> Result<(), Error> {
        self.check_waiting();
        let (crs, (send, checked)) = (&self.crs.clone(), channel());
        let read = rayon::in_place_scope(|scope| {
            for number in 0.. {
                let mut some = Vec::with_capacity(TOGETHER);
                while some.len() < TOGETHER
                    && let Some(feature) = next()?
                {
                    self.features += 1;
                    some.push(self.coded(feature));
                }
                if some.is_empty() {
                    break;
                }
                let send = send.clone();
                scope.spawn(move |_| {
                    let checked: Vec<Checked> = some.into_iter().map(|coded| coded?.outlined().checked(crs)).collect();
                    // Whoever is to have it waits for all.
                    let _ = send.send((number, checked));
                });
            }
            Ok(())
        });
        drop(send);
        let mut all: Vec<(usize, Vec<Checked>)> = checked.into_iter().collect();
        all.sort_unstable_by_key(|(number, _)| *number);
        all.into_iter().flat_map(|(_, checked)| checked).for_each(|checked| self.keep(checked));
        read
    }

    pub(crate) fn finish(mut self) -> Reading {
        self.check_waiting();
        self.reading
    }

    fn coded(
        &mut self,
        Feature { code, label, outline }: Feature<Geometry>,
    ) -> Result<Coded<Geometry>, BoundaryProblem> {
        let feature = self.features;
        let code = trimmed(code)
            .ok_or_else(|| BoundaryProblem::MissingCode { feature, attribute: self.code_attribute.to_owned() })?;
        if let Some(&first) = self.first_with_code.get(&code) {
            return Err(BoundaryProblem::DuplicateCode { feature, code, first });
        }
        self.first_with_code.insert(code.clone(), feature);
        Ok(Coded { feature, code, label: trimmed(label), outline })
    }

    fn check_waiting(&mut self) {
        let crs = &self.crs;
        let waiting = std::mem::take(&mut self.waiting);
        let checked: Vec<Checked> = waiting.into_par_iter().map(|coded| coded?.outlined().checked(crs)).collect();
        checked.into_iter().for_each(|checked| self.keep(checked));
    }
}

impl<Geometry> Checker<'_, Geometry> {
    fn keep(&mut self, checked: Checked) {
        match checked {
            Ok((boundary, repairs)) => {
                self.reading.boundaries.push(boundary);
                self.reading.repairs.extend(repairs);
            }
            Err(problem) => self.reading.problems.push(problem),
        }
    }
}

impl<Geometry: Into<Outline>> Coded<Geometry> {
    fn outlined(self) -> Coded<Outline> {
        let Coded { feature, code, label, outline } = self;
        Coded { feature, code, label, outline: outline.into() }
    }
}

impl Coded<Outline> {
    fn checked(mut self, crs: &Crs) -> Checked {
        let (feature, code) = (self.feature, || self.code.clone());
        let polygons = match std::mem::replace(&mut self.outline, Outline::Missing) {
            Outline::Polygons(polygons) => polygons,
            Outline::Missing => return Err(BoundaryProblem::NoGeometry { feature, code: code() }),
            Outline::NotAnArea(kind) => return Err(BoundaryProblem::NotAnArea { feature, code: code(), kind }),
            Outline::Unreadable(reason) => {
                return Err(BoundaryProblem::UnreadableCoordinates { feature, code: code(), reason });
            }
        };
        let (shape, changes) = self.checked_polygons(polygons, crs)?;
        let repairs = changes.into_iter().map(|change| Repair { feature, code: self.code.clone(), change }).collect();
        Ok((Boundary { code: self.code, label: self.label, shape }, repairs))
    }

    fn checked_polygons(
        &self,
        polygons: Vec<Vec<Vec<[f64; 2]>>>,
        crs: &Crs,
    ) -> Result<(Shape, Vec<Change>), BoundaryProblem> {
        let (feature, code) = (self.feature, || self.code.clone());
        let mut shape = Shape::default();
        let mut without_area = Vec::new();
        let mut ring_number = 0;
        for rings in polygons {
            let mut polygon = Polygon::default();
            for (position, ring) in rings.into_iter().enumerate() {
                ring_number += 1;
                let ring = closed_ring(self.places(&ring, crs)?);
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
        Ok((shape, without_area.into_iter().map(Change::RingLeftOut).chain(changes).collect()))
    }

    /// The places that a ring runs through.
    fn places(&self, ring: &[[f64; 2]], crs: &Crs) -> Result<Vec<Place>, BoundaryProblem> {
        let (feature, code) = (self.feature, || self.code.clone());
        if *crs == Crs::Wgs84 {
            let place = |&[x, y]: &[f64; 2]| match Place::from_degrees(x, y) {
                Some(place) if !in_exchanged_england(x, y) => Ok(place),
                _ => Err(explain(x, y, feature, code())),
            };
            return ring.iter().map(place).collect();
        }
        if let Some(&[x, y]) = ring.first()
            && !crs.is_geographic()
            && ring.iter().all(|&[x, y]| Place::from_degrees(x, y).is_some())
        {
            return Err(BoundaryProblem::LooksUnprojected { feature, code: code(), x, y, crs: crs.to_string() });
        }
        let place = |&[x, y]: &[f64; 2]| {
            crs.to_place(x, y).map_err(|error| BoundaryProblem::NoPlace { feature, code: code(), error })
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
