//! Postcode directories: ONSPD, NSPL and NSUL of the Office for National Statistics, and files like them.
//!
//! The columns of postcodes and of places are known by their headings. A column of area codes is known by what it holds:
//! for each geography the column that speaks of most of its areas.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use tessera_geo::Place;

use super::coordinates::Coordinates;
use crate::codes;
use crate::folder::AtlasFolder;
use crate::geography::Geography;
use crate::manifest::Manifest;
use crate::postcode::{Postcode, PostcodePlace, Postcodes};
use crate::problem::{Problem, Problems};
use crate::table::Table;
use crate::words::counted;

/// What directories call the postcode: ONSPD and NSPL `pcd` (`pcd7` in newer ones), `pcd2` (`pcd8`) and `pcds`.
const POSTCODE: [&str; 7] = ["pcds", "pcd8", "pcd7", "pcd2", "pcd", "postcode", "pcode"];
/// Longitude and latitude.
const DEGREES: [(&str, &str); 3] = [("long", "lat"), ("longitude", "latitude"), ("lon", "lat")];
/// Easting and northing: in ONSPD and NSPL; in newer ones; in NSUL; in plain words.
const METRES: [(&str, &str); 4] =
    [("oseast1m", "osnrth1m"), ("east1m", "north1m"), ("gridgb1e", "gridgb1n"), ("easting", "northing")];
/// How many values of a column that are no codes of the atlas are looked at.
const MANY: usize = 1000;
/// The latitude of postcodes that have no place.
const NO_LATITUDE: i32 = 99;

/// The postcodes that lie in the atlas.
pub(super) fn read_postcodes(
    folder: &AtlasFolder,
    manifest: &Manifest,
    geographies: &[Geography],
    problems: &mut Problems,
) -> Postcodes {
    let clusters: BTreeSet<&str> = manifest.clusters.iter().map(|cluster| cluster.value.id.as_str()).collect();
    let mut allocations: Vec<Allocation> = Vec::new();
    for section in &manifest.postcodes {
        if let Some(table) = Table::read(folder, &section.value.file, problems) {
            read_directory(&table, geographies, &clusters, &mut allocations, problems);
        }
    }
    let used: BTreeSet<usize> = allocations.iter().flat_map(|allocation| allocation.areas.keys().copied()).collect();
    let used: Vec<usize> = used.into_iter().collect();
    allocations.sort_by_key(|allocation| allocation.postcode);
    let list = allocations.chunk_by(|one, other| one.postcode == other.postcode);
    let list = list.filter_map(|same| Some((same.first()?.postcode, summed_up(same, &used))));
    Postcodes {
        geographies: used.iter().map(|position| geographies[*position].id.clone()).collect(),
        list: list.collect(),
    }
}

/// One row of a directory that lies in the atlas.
struct Allocation {
    postcode: Postcode,
    place: Option<Place>,
    /// By position of the geography, that of the area.
    areas: BTreeMap<usize, u32>,
}

fn read_directory(
    table: &Table,
    geographies: &[Geography],
    clusters: &BTreeSet<&str>,
    allocations: &mut Vec<Allocation>,
    problems: &mut Problems,
) {
    let heading = |known: &str| table.headings().iter().position(|heading| heading.to_lowercase() == known);
    let Some(postcode) = POSTCODE.iter().find_map(|known| heading(known)) else {
        let problem = Problem::error("missing-column", "no column is known as one of postcodes");
        let cure = format!("head it with one of: {}", POSTCODE.join(", "));
        problems.push(table.problem_in_headings(problem.cure(cure)));
        return;
    };
    let pair = |(x, y): &(&str, &str)| Some((heading(x)?, heading(y)?));
    let degrees = DEGREES.iter().find_map(pair);
    let metres = METRES.iter().find_map(pair);
    let coordinates = degrees
        .map(|(lon, lat)| Coordinates::degrees(lon, lat))
        .or_else(|| metres.map(|(easting, northing)| Coordinates::metres(easting, northing)));
    let code_columns = code_columns(table, geographies, clusters);
    if coordinates.is_none() && code_columns.is_empty() {
        let message = "the file says neither where postcodes are nor in which areas of the atlas";
        let cure = "add columns `lat` and `long`, or `oseast1m` and `osnrth1m`, or one of the atlas's area codes";
        problems.push(table.problem(Problem::error("missing-column", message).cure(cure)));
        return;
    }
    let mut tally = table.tally();
    let before = allocations.len();
    for row in table.rows() {
        let Ok(written) = row.cell(postcode).parse::<Postcode>() else {
            let problem =
                Problem::warning("not-a-postcode", "this is not a postcode, and is left out").row(row.number());
            let heading = table.headings().get(postcode).map_or("", String::as_str);
            let problem = problem.column(heading).value(row.cell(postcode));
            tally.push(problem.cure("mend the cell, or take the row out"), problems);
            continue;
        };
        // Directories write latitude 99.999999 where a postcode has no place.
        let is_nowhere = |(_, lat): (usize, usize)| {
            row.cell(lat)
                .parse()
                .is_ok_and(|lat: f64| lat >= f64::from(NO_LATITUDE) && lat < f64::from(NO_LATITUDE + 1))
        };
        let place = match &coordinates {
            Some(coordinates) if !degrees.is_some_and(is_nowhere) => {
                coordinates.place(table, &row).unwrap_or_else(|problem| {
                    tally.push(problem.row(row.number()), problems);
                    None
                })
            }
            _ => None,
        };
        let of_code = |(geography, column): &(usize, usize)| {
            let position = geographies[*geography].position(row.cell(*column))?;
            Some((*geography, u32::try_from(position).ok()?))
        };
        let areas: BTreeMap<usize, u32> = code_columns.iter().filter_map(of_code).collect();
        let is_inside = |place: Place| {
            let mut shapes = geographies.iter().filter_map(|geography| geography.shape.as_ref());
            shapes.any(|shape| !shape.locator().locate(place).is_empty())
        };
        if !areas.is_empty() || place.is_some_and(is_inside) {
            allocations.push(Allocation { postcode: written, place, areas });
        }
    }
    tally.finish(problems);
    if allocations.len() == before {
        let cure = "look whether this is the directory of the right place";
        let problem = Problem::warning("nothing-matched", "none of the postcodes lies in the atlas");
        problems.push(table.problem(problem.cure(cure)));
        return;
    }
    let by_code: Vec<String> = code_columns
        .iter()
        .map(|(geography, column)| {
            format!("`{}` by the column `{}`", geographies[*geography].id, table.headings()[*column])
        })
        .collect();
    let how = if by_code.is_empty() { "by their places".to_owned() } else { crate::words::list(&by_code) };
    let rows = allocations.len() - before;
    let lie = if rows == 1 { "lies" } else { "lie" };
    let message = format!("{} {lie} in the atlas; postcodes are allocated to areas {how}", counted(rows, "row"));
    problems.push(table.problem(Problem::note("postcodes", message)));
}

/// For each geography the column that names most of its areas, where one names any.
fn code_columns(table: &Table, geographies: &[Geography], clusters: &BTreeSet<&str>) -> Vec<(usize, usize)> {
    let mut owners: HashMap<&str, Vec<(usize, usize)>> = HashMap::new();
    // Directories allocate to areas that are drawn, and know nothing of an atlas's own clusters.
    let is_official = |geography: &&Geography| {
        geography.shape.is_some() && (geography.sets.is_none() || !clusters.contains(geography.id.as_str()))
    };
    for (geography, areas) in geographies.iter().enumerate().filter(|(_, geography)| is_official(geography)) {
        for (position, area) in areas.areas().iter().enumerate() {
            owners.entry(&area.code).or_default().push((geography, position));
        }
    }
    let lengths: BTreeSet<usize> = owners.keys().map(|code| code.len()).collect();
    let mut named: BTreeMap<(usize, usize), BTreeSet<usize>> = BTreeMap::new();
    let mut others: Vec<BTreeSet<String>> = vec![BTreeSet::new(); table.headings().len()];
    for row in table.rows() {
        for (column, cell) in row.cells().map(str::trim).enumerate().filter(|(_, cell)| lengths.contains(&cell.len())) {
            let owners = owners.get(cell).map(Vec::as_slice).unwrap_or_default();
            for (geography, position) in owners {
                named.entry((*geography, column)).or_default().insert(*position);
            }
            // Official codes tell what they are of; of others, those that mean nothing here are counted.
            if owners.is_empty() && !cell.is_empty() && codes::kind(cell).is_none() && others[column].len() < MANY {
                others[column].insert(cell.to_owned());
            }
        }
    }
    named.retain(|(_, column), areas| areas.len() >= others[*column].len());
    let best = |geography: usize| {
        let columns = named.range((geography, 0)..(geography + 1, 0));
        // Of columns that name as many, the first.
        columns.min_by_key(|(_, areas)| std::cmp::Reverse(areas.len())).map(|(column, _)| *column)
    };
    (0..geographies.len()).filter_map(best).collect()
}

/// All rows of one postcode as one: a directory of addresses has a row for each. The place is in their middle; of areas
/// counts the one that most of them lie in.
fn summed_up(same: &[Allocation], geographies: &[usize]) -> PostcodePlace {
    let middle = |coordinate: fn(Place) -> i32| {
        let mut numbers: Vec<i32> = same.iter().filter_map(|allocation| allocation.place.map(coordinate)).collect();
        numbers.sort_unstable();
        numbers.get(numbers.len() / 2).copied()
    };
    let most = |geography: &usize| {
        let mut times: BTreeMap<u32, usize> = BTreeMap::new();
        for area in same.iter().filter_map(|allocation| allocation.areas.get(geography)) {
            *times.entry(*area).or_default() += 1;
        }
        times.into_iter().min_by_key(|(_, times)| std::cmp::Reverse(*times)).map(|(area, _)| area)
    };
    let place = middle(|place| place.lon).zip(middle(|place| place.lat)).map(|(lon, lat)| Place { lon, lat });
    PostcodePlace { place, areas: geographies.iter().map(most).collect() }
}
