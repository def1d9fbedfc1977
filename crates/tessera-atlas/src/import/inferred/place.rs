//! What all areas make up together: the one larger area that holds them all and nothing else.

use std::collections::HashSet;

use super::taken;
use crate::folder::AtlasFolder;
use crate::geography::Geography;
use crate::manifest::{LookupSection, Manifest};
use crate::problem::Problems;
use crate::table::Table;

/// How headings of the Office for National Statistics begin that hold the names of places, by how large these are. Other
/// columns, such as those of health bodies, name what nobody calls the place.
const PLACES: [&[&str]; 5] =
    [&["LAD", "LAUA", "LTLA"], &["UTLA", "CTYUA", "CTY", "MCTY"], &["CAUTH"], &["RGN", "GOR"], &["CTRY", "NAT"]];

/// A larger area that holds all areas.
struct Candidate {
    name: String,
    /// Smaller ones first. What the publisher made a geography of, under a heading of their own, comes before all others.
    size: usize,
    why: String,
}

/// The place that all areas make up, where the manifest names none, and the note that says so: the smallest area of a parent
/// geography, or of a lookup's columns of names, in which all areas of the geography with the most lie, and no others.
pub(in crate::import) fn infer_place(
    folder: &AtlasFolder,
    manifest: &Manifest,
    geographies: &[Geography],
    problems: &mut Problems,
) -> Option<String> {
    if manifest.atlas.value.place.is_some() {
        return None;
    }
    let drawn = geographies.iter().filter(|geography| geography.tiling && !geography.is_empty());
    // Of several with as many, the first.
    let smallest = drawn.rev().max_by_key(|geography| geography.len())?;
    let lookups = manifest.lookups.iter().map(|section| &section.value);
    let mut candidates: Vec<Candidate> = geographies.iter().filter_map(|parent| only_area(parent, smallest)).collect();
    for lookup in lookups.filter(|lookup| lookup.child == smallest.id) {
        // What is wrong with the file was told when it was read.
        let Some(table) = Table::read(folder, &lookup.file, &mut Problems::default()) else { continue };
        candidates.retain(|candidate| !holds_others(&table, lookup, smallest, &candidate.name));
        candidates.extend(names(&table, lookup, smallest));
    }
    let size = candidates.iter().map(|candidate| candidate.size).min()?;
    candidates.retain(|candidate| candidate.size == size);
    let found = candidates.first()?;
    if candidates.iter().any(|other| other.name != found.name) {
        return None;
    }
    let message = format!("all areas together are taken to be {}: {}", found.name, found.why);
    problems.push(taken("place", message).file(AtlasFolder::MANIFEST));
    Some(found.name.clone())
}

/// The one area of a parent geography that holds all areas.
fn only_area(parent: &Geography, smallest: &Geography) -> Option<Candidate> {
    let [area] = parent.areas() else { return None };
    let is_drawn = parent.tiling && parent.id != smallest.id;
    let holds_all = || (0..smallest.len()).all(|position| smallest.lies_in(position, parent, 0));
    (is_drawn && holds_all()).then(|| Candidate {
        name: area.shown_name().to_owned(),
        size: 0,
        why: format!("the one area of `{}` holds all of `{}`", parent.id, smallest.id),
    })
}

/// The names that a lookup gives to places which hold all areas and no others.
fn names(table: &Table, lookup: &LookupSection, smallest: &Geography) -> Vec<Candidate> {
    let of_column = |(column, heading): (usize, &String)| {
        let size = PLACES.iter().position(|own| own.contains(&place_of(heading)))?;
        let name = only_name(table, lookup, column, smallest)?;
        let why = format!("the column `{heading}` of {} names it for every area of `{}`", lookup.file, smallest.id);
        Some(Candidate { name, size: size + 1, why })
    };
    table.headings().iter().enumerate().filter_map(of_column).collect()
}

/// `UTLA` of `UTLA19NM`; nothing of headings that are made otherwise.
fn place_of(heading: &str) -> &str {
    let year_and_end = |rest: &str| {
        let digits = rest.strip_suffix("NM").unwrap_or("?");
        digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    PLACES.into_iter().flatten().copied().find(|own| heading.strip_prefix(own).is_some_and(year_and_end)).unwrap_or("")
}

/// The name that a column gives every area of the atlas, and to no area outside it.
fn only_name(table: &Table, lookup: &LookupSection, column: usize, smallest: &Geography) -> Option<String> {
    let child = table.optional_column(&lookup.child_code)?;
    let mut name: Option<&str> = None;
    let mut named = HashSet::new();
    let rows: Vec<_> = table.rows().collect();
    for row in &rows {
        let Some(position) = smallest.position(row.cell(child)) else { continue };
        let own = row.cell(column);
        if own.is_empty() || name.is_some_and(|name| name != own) {
            return None;
        }
        name = Some(own);
        named.insert(position);
    }
    let name = name.filter(|_| named.len() == smallest.len())?;
    let is_outside = |code: &str| !code.is_empty() && smallest.position(code).is_none();
    let reaches_beyond = rows.iter().any(|row| row.cell(column) == name && is_outside(row.cell(child)));
    (!reaches_beyond).then(|| name.to_owned())
}

/// Whether a lookup knows of areas outside the atlas that lie in the parent of this name.
fn holds_others(table: &Table, lookup: &LookupSection, smallest: &Geography, name: &str) -> bool {
    let (Some(child), Some(label)) = (
        table.optional_column(&lookup.child_code),
        lookup.parent_label.as_ref().and_then(|heading| table.optional_column(heading)),
    ) else {
        return false;
    };
    table.rows().any(|row| row.cell(label) == name && smallest.position(row.cell(child)).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_of_names_says_of_what_they_are() {
        let places = ["UTLA19NM", "LAD22NM", "RGN2021NM", "CTYUA23NM", "CTRYNM"].map(place_of);
        assert_eq!(places, ["UTLA", "LAD", "RGN", "CTYUA", "CTRY"]);
        assert_eq!(["UTLA19CD", "ICB22NM", "SICBL22NM", "LSOA11NM", "LADDERNM", "Name"].map(place_of), [""; 6]);
    }
}
