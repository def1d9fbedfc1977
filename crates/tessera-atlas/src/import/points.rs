//! Point layers: files of places by longitude and latitude, easting and northing, or postcode.

use tessera_geo::{Bbox, Place};

use super::coordinates::Coordinates;
use crate::folder::AtlasFolder;
use crate::geography::Geography;
use crate::manifest::{Located, Manifest, PointsSection};
use crate::points::{Point, PointLayer};
use crate::postcode::{Postcode, Postcodes};
use crate::problem::{Problem, Problems, Tally};
use crate::table::{Row, Table};
use crate::words::count;

pub(super) fn read_points(
    folder: &AtlasFolder,
    manifest: &Manifest,
    geographies: &[Geography],
    postcodes: &Postcodes,
    problems: &mut Problems,
) -> Vec<PointLayer> {
    let read = |section| read_layer(folder, section, geographies, postcodes, problems);
    manifest.points.iter().filter_map(read).collect()
}

/// How the rows of a table say where they are.
enum Way<'a> {
    Coordinates(Coordinates),
    Postcode(usize, &'a Postcodes),
}

fn read_layer(
    folder: &AtlasFolder,
    section: &Located<PointsSection>,
    geographies: &[Geography],
    postcodes: &Postcodes,
    problems: &mut Problems,
) -> Option<PointLayer> {
    let PointsSection { id, name, file, label, attributes, .. } = &section.value;
    let table = Table::read(folder, file, problems)?;
    let way = way(&section.value, &table, postcodes, problems)?;
    let label = match label {
        Some(heading) => Some(table.column(heading).map_err(|problem| problems.push(problem)).ok()?),
        None => None,
    };
    let described: Vec<usize> = attributes
        .iter()
        .filter_map(|heading| table.column(heading).map_err(|problem| problems.push(problem)).ok())
        .collect();
    if described.len() < attributes.len() {
        return None;
    }
    let mut tally = table.tally();
    let mut points = Vec::new();
    let (mut without, mut unknown) = (0, Vec::new());
    for row in table.rows() {
        match way.place(&table, &row) {
            Ok(Some(place)) => {
                let text = |column: usize| Some(row.cell(column)).filter(|text| !text.is_empty()).map(str::to_owned);
                let attributes = described.iter().map(|column| text(*column)).collect();
                points.push(Point { name: label.and_then(text), place, attributes });
            }
            Ok(None) => match &way {
                Way::Postcode(column, _) if !row.cell(*column).is_empty() => unknown.push(row.cell(*column).to_owned()),
                _ => without += 1,
            },
            Err(problem) => tally.push(problem.row(row.number()), problems),
        }
    }
    tally.finish(problems);
    if without > 0 {
        let message = format!("rows without a place, left out of `{id}`: {}", count(without));
        problems.push(table.problem(Problem::warning("no-place", message).cure("fill in where they are")));
    }
    if !unknown.is_empty() {
        let message =
            format!("postcodes that are not among those of the atlas, left out of `{id}`: {}", count(unknown.len()));
        let some = unknown.iter().take(Tally::NAMED).cloned().collect::<Vec<_>>().join(", ");
        let cure = "they lie outside the atlas, or the `[[postcodes]]` file is older than they are";
        problems.push(table.problem(Problem::warning("unknown-postcode", message).value(some).cure(cure)));
    }
    say_where_they_are(id, &table, &points, geographies, problems);
    points.sort();
    Some(PointLayer { id: id.clone(), name: name.clone(), attributes: attributes.clone(), points })
}

fn way<'a>(
    section: &PointsSection,
    table: &Table,
    postcodes: &'a Postcodes,
    problems: &mut Problems,
) -> Option<Way<'a>> {
    let mut column = |heading: &Option<String>| -> Option<usize> {
        table.column(heading.as_deref()?).map_err(|problem| problems.push(problem)).ok()
    };
    let PointsSection { lon, lat, easting, northing, postcode, .. } = section;
    let (lon, lat) = (column(lon), column(lat));
    let (easting, northing) = (column(easting), column(northing));
    let postcode = column(postcode);
    // That one of the three is named, and only one, was checked with the manifest.
    let degrees = lon.zip(lat).map(|(lon, lat)| Coordinates::degrees(lon, lat));
    let metres = easting.zip(northing).map(|(easting, northing)| Coordinates::metres(easting, northing));
    let coordinates = degrees.or(metres).map(Way::Coordinates);
    coordinates.or_else(|| postcode.map(|column| Way::Postcode(column, postcodes)))
}

impl Way<'_> {
    fn place(&self, table: &Table, row: &Row<'_>) -> Result<Option<Place>, Problem> {
        match self {
            Way::Coordinates(coordinates) => coordinates.place(table, row),
            Way::Postcode(column, _) if row.cell(*column).is_empty() => Ok(None),
            Way::Postcode(column, postcodes) => {
                let written = row.cell(*column);
                let postcode: Postcode = written.parse().map_err(|error: crate::postcode::NoPostcode| {
                    let heading = table.headings().get(*column).map_or("", String::as_str);
                    let problem = Problem::error("not-a-postcode", error.to_string()).column(heading).value(written);
                    problem.cure("mend the cell, or leave it empty where there is none")
                })?;
                Ok(postcodes.get(&postcode).and_then(|place| place.place))
            }
        }
    }
}

/// Says how many points lie outside the atlas; where all do, something is wrong with the columns.
fn say_where_they_are(id: &str, table: &Table, points: &[Point], geographies: &[Geography], problems: &mut Problems) {
    let shapes = || geographies.iter().filter_map(|geography| geography.shape.as_ref());
    let is_inside = |place: Place| shapes().any(|shape| !shape.locator().locate(place).is_empty());
    let outside = points.iter().filter(|point| !is_inside(point.place)).count();
    if outside == 0 {
        return;
    }
    if outside < points.len() {
        let message = format!("points of `{id}` outside the atlas: {} of {}", count(outside), count(points.len()));
        problems.push(table.problem(Problem::note("outside-atlas", message)));
        return;
    }
    let extent = shapes().filter_map(|shape| shape.topology.extent()).reduce(|one, other| one.union(&other));
    let exchanged =
        |extent: Bbox| points.iter().any(|point| extent.contains(Place { lon: point.place.lat, lat: point.place.lon }));
    if extent.is_some_and(exchanged) {
        let problem =
            Problem::error("looks-swapped", format!("the points of `{id}` have longitude and latitude exchanged"));
        problems.push(table.problem(problem.cure("exchange `lon` and `lat`")));
    } else {
        let message = format!("no point of `{id}` lies in the atlas ({} in the file)", count(points.len()));
        let cure = "look at the columns that say where they are";
        problems.push(table.problem(Problem::warning("nothing-matched", message).cure(cure)));
    }
}
