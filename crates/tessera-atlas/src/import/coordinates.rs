//! Places that a table gives by two numbers: longitude and latitude, or easting and northing.

use tessera_geo::{Crs, Place};

use crate::cell::read_number;
use crate::problem::Problem;
use crate::table::{Row, Table};

/// Two columns of a table, and what their numbers mean.
pub(super) struct Coordinates {
    x: usize,
    y: usize,
    crs: Crs,
}

impl Coordinates {
    /// Longitude and latitude in degrees.
    pub(super) fn degrees(lon: usize, lat: usize) -> Coordinates {
        Coordinates { x: lon, y: lat, crs: Crs::Wgs84 }
    }

    /// Easting and northing in metres on the British National Grid.
    pub(super) fn metres(easting: usize, northing: usize) -> Coordinates {
        Coordinates { x: easting, y: northing, crs: Crs::BritishNationalGrid }
    }

    /// The place of a row; `None` where its cells are empty.
    ///
    /// # Errors
    /// When a cell holds no number, or the numbers are no place.
    pub(super) fn place(&self, table: &Table, row: &Row<'_>) -> Result<Option<Place>, Problem> {
        if row.cell(self.x).is_empty() && row.cell(self.y).is_empty() {
            return Ok(None);
        }
        let heading = |column: usize| table.headings().get(column).map_or("", String::as_str);
        let number = |column: usize| {
            read_number(row.cell(column)).map_err(|_| {
                let problem = Problem::error("not-a-number", "this cell should hold a coordinate, which is a number");
                let cure = "mend the cell, or leave both coordinates empty where there is no place";
                problem.column(heading(column)).value(row.cell(column)).cure(cure)
            })
        };
        let (x, y) = (number(self.x)?, number(self.y)?);
        let place = match self.crs {
            Crs::Wgs84 => Place::from_degrees(x, y)
                .ok_or_else(|| "longitude is -180 to 180 and latitude -90 to 90, both in degrees".to_owned()),
            _ => self.crs.to_place(x, y).map_err(|error| error.to_string()),
        };
        place.map(Some).map_err(|message| {
            let problem = Problem::error("no-place", message).column(heading(self.x)).value(format!("{x}, {y}"));
            problem.cure("look whether the columns are exchanged, and whether these are degrees or metres")
        })
    }
}
