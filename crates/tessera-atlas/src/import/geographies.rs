//! Geographies: boundaries, lookups, dissolving, and which area lies in which.

use std::collections::{BTreeMap, HashMap};

use tessera_geo::{Boundary, BoundaryProblem, Crs, ReadError, ReadOptions, Reading, Shape, Source, Topology};

use crate::folder::AtlasFolder;
use crate::geography::{Area, AreaPlace, Geography, GeographyShape, Parents};
use crate::manifest::{Fit, GeographySection, Located, LookupSection, Manifest};
use crate::problem::{Problem, Problems, Tally, did_you_mean};
use crate::table::{Row, Table};

/// What to do about boundaries that cannot be read as they are.
const CONVERT: &str = "convert them, for example with `ogr2ogr -t_srs EPSG:4326 areas.geojson FILE`";

/// The share of the smaller of two areas that they may have in common before it is told.
const LARGEST_OVERLAP: f64 = 0.01;

/// A lookup as read: each child's parent, and the parents' names.
struct Lookup {
    file: String,
    child: String,
    parent: String,
    fit: Fit,
    parent_of: HashMap<String, String>,
    names: BTreeMap<String, String>,
    /// Contradictions by the code of the child or parent: only those of the atlas's own areas matter.
    contradictions: Vec<(String, Problem)>,
}

/// Reads every geography that can be read; the rest become problems.
pub(super) fn read_geographies(folder: &AtlasFolder, manifest: &Manifest, problems: &mut Problems) -> Vec<Geography> {
    let lookups: Vec<Lookup> =
        manifest.lookups.iter().filter_map(|section| read_lookup(folder, section, problems)).collect();
    let mut made: BTreeMap<&str, Geography> = BTreeMap::new();
    let mut waiting: Vec<&Located<GeographySection>> = manifest.geographies.iter().collect();
    // A dissolved geography waits for the one that it is made from, which may itself be dissolved.
    loop {
        let before = waiting.len();
        waiting.retain(|section| {
            let geography = match &section.value.dissolve {
                Some(child) => match made.get(child.as_str()) {
                    Some(child) => dissolve(section, child, &lookups, manifest, problems),
                    None => return true,
                },
                None => read_geography(folder, section, problems),
            };
            made.extend(geography.map(|geography| (section.value.id.as_str(), geography)));
            false
        });
        // What still waits is made from one that has a fault, which was named.
        if waiting.len() == before {
            break;
        }
    }
    let mut geographies: Vec<Geography> =
        manifest.geographies.iter().filter_map(|section| made.remove(section.value.id.as_str())).collect();
    find_parents(&mut geographies, &lookups);
    for lookup in lookups {
        name_children_without_parent(&lookup, &geographies, problems);
        name_contradictions(lookup, &geographies, problems);
    }
    for section in &manifest.geographies {
        if let Some(file) = &section.value.names {
            read_local_names(folder, file, &section.value.id, &mut geographies, problems);
        }
    }
    geographies
}

fn read_geography(
    folder: &AtlasFolder,
    section: &Located<GeographySection>,
    problems: &mut Problems,
) -> Option<Geography> {
    if let Some(areas) = &section.value.areas {
        return comparators(section, areas, problems);
    }
    let file = section.value.boundaries.as_deref()?;
    let code = section.value.code.as_deref()?;
    let reading = read_file(folder, section, file, code, problems)?;
    let mut tally = Tally::new(file);
    for problem in &reading.problems {
        tally.push(boundary_problem(problem), problems);
    }
    for repair in &reading.repairs {
        let cure = "look whether the area is as it should be, and mend the file if it is not";
        tally.push(Problem::warning("repaired-boundary", repair.to_string()).cure(cure), problems);
    }
    tally.finish(problems);
    if !reading.problems.is_empty() {
        return None;
    }
    let mut boundaries = reading.boundaries;
    boundaries.sort_by(|a, b| a.code.cmp(&b.code));
    let (names, shapes): (Vec<(String, Option<String>)>, Vec<Shape>) =
        boundaries.into_iter().map(|Boundary { code, label, shape }| ((code, label), shape)).unzip();
    name_overlaps(&names, &shapes, file, problems);
    let topology = match section.value.snap {
        Some(metres) => Topology::build(&snapped(&names, &shapes, metres, file, problems)),
        None => Topology::build(&shapes),
    };
    let names = names.into_iter().map(|(code, label)| {
        let name = label.filter(|label| !label.trim().is_empty()).unwrap_or_else(|| code.clone());
        (code, name)
    });
    Some(with_shape(section, names.collect(), topology))
}

/// Reads a boundary file of any format, with the files that belong to it.
fn read_file(
    folder: &AtlasFolder,
    section: &Located<GeographySection>,
    file: &str,
    code: &str,
    problems: &mut Problems,
) -> Option<Reading> {
    let crs = match section.value.crs.as_deref().map(Crs::from_name).transpose() {
        Ok(crs) => crs,
        Err(error) => {
            let problem = Problem::error("unknown-crs", error.to_string()).column("crs");
            problems.push(section.problem(problem.cure("write for example `crs = \"EPSG:27700\"`")));
            return None;
        }
    };
    let mut read = |path: &str| folder.read(path).map_err(|problem| problems.push(problem)).ok();
    let mut source = Source::new(file, read(file)?);
    for ending in Source::companion_endings(file) {
        if let Some(companion) = companion(folder, file, ending) {
            source = source.with_companion(ending, read(&companion)?);
        }
    }
    let options =
        ReadOptions { code, label: section.value.label.as_deref(), layer: section.value.layer.as_deref(), crs };
    tessera_geo::read_boundaries(&source, &options).map_err(|error| problems.push(read_error(error, file))).ok()
}

/// The file of the same name with another ending, in small or capital letters, where there is one.
fn companion(folder: &AtlasFolder, file: &str, ending: &str) -> Option<String> {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    [ending.to_owned(), ending.to_ascii_uppercase()]
        .into_iter()
        .map(|ending| format!("{stem}.{ending}"))
        .find(|path| folder.has(path))
}

/// Joins borders that only nearly agree, and says what was done and what was left.
fn snapped(
    names: &[(String, Option<String>)],
    shapes: &[Shape],
    metres: f64,
    file: &str,
    problems: &mut Problems,
) -> Vec<Shape> {
    let (snapped, report) = tessera_geo::snap(shapes, metres);
    if report.joined + report.inserted > 0 {
        let message = format!(
            "borders within {metres} m of each other were joined: {} vertices moved, {} put into a neighbour's edge",
            report.joined, report.inserted
        );
        problems.push(Problem::note("snapped", message).file(file));
    }
    let mut tally = Tally::new(file);
    for mismatch in &report.mismatches {
        let (lon, lat) = mismatch.place.to_degrees();
        let area = names.get(mismatch.area as usize).map_or("", |(code, _)| code);
        let message = format!("a vertex at {lon}, {lat} is {:.2} m beside the border of `{area}`", mismatch.metres);
        let cure = "raise `snap` if it should lie on the border, or mend the boundary";
        tally.push(Problem::warning("border-mismatch", message).cure(cure), problems);
    }
    tally.finish(problems);
    snapped
}

/// Names the pairs of areas that lie over each other.
fn name_overlaps(names: &[(String, Option<String>)], shapes: &[Shape], file: &str, problems: &mut Problems) {
    let mut tally = Tally::new(file);
    for overlap in tessera_geo::overlaps(shapes, LARGEST_OVERLAP) {
        let code = |area: u32| names.get(area as usize).map_or("", |(code, _)| code);
        let share = crate::words::number(overlap.share * 100.0, 1);
        let message =
            format!("`{}` and `{}` overlap by {share}% of the smaller one", code(overlap.first), code(overlap.second));
        let cure = "mend the boundaries: a place should lie in one area";
        tally.push(Problem::warning("overlap", message).cure(cure), problems);
    }
    tally.finish(problems);
}

fn read_error(error: ReadError, file: &str) -> Problem {
    let cure = match &error {
        ReadError::NoSuchAttribute { attribute, available } => {
            did_you_mean(attribute, available.iter().map(String::as_str))
        }
        ReadError::CutAttribute { cut, .. } => Some(format!("write `{cut}`")),
        ReadError::NoSuchLayer { layer, available } => did_you_mean(layer, available.iter().map(String::as_str)),
        ReadError::ChooseLayer { .. } => Some("name one in `layer`".to_owned()),
        ReadError::NoCrs => {
            Some("say in `crs` what the coordinates are, for example `crs = \"EPSG:27700\"`".to_owned())
        }
        ReadError::ContradictoryCrs { .. } => Some("take `crs` out, or mend the file".to_owned()),
        ReadError::MissingCompanion { .. } => Some("copy all files of the shapefile into the folder".to_owned()),
        ReadError::UnsupportedCrs { .. }
        | ReadError::UnknownCrs(_)
        | ReadError::UnknownFormat { .. }
        | ReadError::NotFeatureCollection { .. } => Some(CONVERT.to_owned()),
        ReadError::NotJson { .. } | ReadError::Unreadable { .. } | ReadError::Empty { .. } => {
            Some("export or download it again".to_owned())
        }
        _ => None,
    };
    Problem::error("bad-boundaries", error.to_string()).file(file).maybe_cure(cure)
}

fn boundary_problem(problem: &BoundaryProblem) -> Problem {
    let message = problem.to_string();
    match problem {
        BoundaryProblem::LooksSwapped { .. } => {
            Problem::error("bad-boundary", message).cure("write longitude first in every position")
        }
        BoundaryProblem::LooksProjected { .. } => Problem::error("bad-boundary", message)
            .cure("say in `crs` what the coordinates are, for example `crs = \"EPSG:27700\"`"),
        BoundaryProblem::LooksUnprojected { .. } => {
            Problem::error("bad-boundary", message).cure("take `crs` out: these are degrees already")
        }
        BoundaryProblem::DuplicateCode { .. } => {
            Problem::error("bad-boundary", message).cure("merge the two features, or mend one of the codes")
        }
        BoundaryProblem::CrossesItself { .. } | BoundaryProblem::OverlapsItself { .. } => {
            Problem::error("bad-boundary", message)
                .cure("mend the feature there, for example with `ogr2ogr -makevalid`")
        }
        BoundaryProblem::HoleOutside { .. } => {
            Problem::error("bad-boundary", message).cure("make the hole a part of its own, or take it out")
        }
        _ => Problem::error("bad-boundary", message).cure("mend the feature, or take it out"),
    }
}

fn comparators(
    section: &Located<GeographySection>,
    areas: &[crate::manifest::ComparatorArea],
    problems: &mut Problems,
) -> Option<Geography> {
    let mut areas: Vec<Area> = areas
        .iter()
        .map(|area| Area { code: area.code.trim().to_owned(), name: area.name.clone(), local_name: None, place: None })
        .collect();
    areas.sort_by(|a, b| a.code.cmp(&b.code));
    if areas.iter().any(|area| area.code.is_empty()) {
        let problem = Problem::error("no-code", format!("an area of `{}` has no code", section.value.id));
        problems.push(section.problem(problem.cure("write for example `code = \"E92000001\"`")));
        return None;
    }
    if let Some(pair) = areas.windows(2).find(|pair| pair[0].code == pair[1].code) {
        problems.push(
            section.problem(
                Problem::error("duplicate-code", "two areas have this code")
                    .value(&pair[0].code)
                    .cure("take one of them out"),
            ),
        );
        return None;
    }
    let GeographySection { id, name, singular, .. } = section.value.clone();
    Some(Geography::new(id, name, singular, areas, None))
}

fn dissolve(
    section: &Located<GeographySection>,
    child: &Geography,
    lookups: &[Lookup],
    manifest: &Manifest,
    problems: &mut Problems,
) -> Option<Geography> {
    let id = section.value.id.as_str();
    let Some(shape) = child.shape.as_ref() else {
        let message = format!("`{id}` is to be made from `{}`, which has no shape", child.id);
        problems
            .push(section.problem(Problem::error("no-shape", message).cure("dissolve a geography with boundaries")));
        return None;
    };
    let Some(lookup) = lookups.iter().find(|lookup| lookup.child == child.id && lookup.parent == id) else {
        let is_named = |lookup: &Located<LookupSection>| lookup.value.child == child.id && lookup.value.parent == id;
        if manifest.lookups.iter().any(is_named) || manifest.is_unread("lookup", "") {
            return None; // The lookup has a fault, which was named.
        }
        let message = format!("`{id}` is to be made from `{}`, but no lookup says which lies in which", child.id);
        problems.push(
            section.problem(
                Problem::error("missing-lookup", message)
                    .cure(format!("add a `[[lookup]]` with `child = \"{}\"` and `parent = \"{id}\"`", child.id)),
            ),
        );
        return None;
    };
    let parent_codes: Vec<Option<&String>> =
        child.areas().iter().map(|area| lookup.parent_of.get(&area.code)).collect();
    let mut codes: Vec<&String> = parent_codes.iter().flatten().copied().collect();
    codes.sort_unstable();
    codes.dedup();
    if codes.is_empty() {
        let message = format!("no area of `{}` stands in the lookup, so nothing makes `{id}`", child.id);
        let cure = "look at `child_code`: it holds the codes of the smaller areas";
        problems.push(Problem::error("nothing-matched", message).file(&lookup.file).cure(cure));
        return None;
    }
    let position = |code: &String| codes.binary_search(&code).ok().and_then(|position| u32::try_from(position).ok());
    let parent_of: Vec<Option<u32>> = parent_codes.iter().map(|code| code.and_then(position)).collect();
    let topology = shape.topology.dissolve(&parent_of, codes.len());
    let name = |code: &String| lookup.names.get(code).unwrap_or(code).clone();
    let mut geography =
        with_shape(section, codes.into_iter().map(|code| (code.clone(), name(code))).collect(), topology);
    geography.dissolved_from = Some(child.id.clone());
    Some(geography)
}

fn with_shape(section: &Located<GeographySection>, names: Vec<(String, String)>, topology: Topology) -> Geography {
    let areas = names.into_iter().enumerate().map(|(position, (code, name))| {
        let place = area_place(&topology, position);
        Area { code, name, local_name: None, place }
    });
    let areas = areas.collect();
    let GeographySection { id, name, singular, .. } = section.value.clone();
    Geography::new(id, name, singular, areas, Some(GeographyShape::new(topology)))
}

fn area_place(topology: &Topology, position: usize) -> Option<AreaPlace> {
    let shape = topology.shape(position);
    Some(AreaPlace {
        centroid: tessera_geo::centroid(&shape)?,
        label_point: tessera_geo::label_point(&shape)?,
        bbox: shape.bbox()?,
        area_km2: tessera_geo::area_km2(&shape),
    })
}

fn read_lookup(folder: &AtlasFolder, section: &Located<LookupSection>, problems: &mut Problems) -> Option<Lookup> {
    let LookupSection { child, parent, file, child_code, parent_code, parent_label, fit } = &section.value;
    let table = Table::read(folder, file, 1, problems)?;
    let mut column = |heading: &str| table.column(heading).map_err(|problem| problems.push(problem)).ok();
    let (child_column, parent_column) = (column(child_code), column(parent_code));
    let label_column = match parent_label {
        Some(heading) => Some(column(heading)?),
        None => None,
    };
    let (child_column, parent_column) = (child_column?, parent_column?);
    let mut lookup = Lookup {
        file: file.clone(),
        child: child.clone(),
        parent: parent.clone(),
        fit: *fit,
        parent_of: HashMap::new(),
        names: BTreeMap::new(),
        contradictions: Vec::new(),
    };
    for row in table.rows() {
        let (child, parent) = (row.cell(child_column), row.cell(parent_column));
        if child.is_empty() || parent.is_empty() {
            continue; // Not every child has a parent: named below, for children that the atlas holds.
        }
        lookup.read_parent(&row, child, parent, parent_code);
        if let Some(label) = label_column {
            lookup.read_name(&row, parent, row.cell(label));
        }
    }
    Some(lookup)
}

impl Lookup {
    fn read_parent(&mut self, row: &Row, child: &str, parent: &str, heading: &str) {
        if let Some(other) = self.parent_of.get(child) {
            if other != parent {
                let message = format!("`{child}` has two parents, `{other}` and `{parent}`");
                let problem = Problem::error("two-parents", message).row(row.line()).column(heading);
                self.contradictions.push((child.to_owned(), problem.cure("keep one row for each child")));
            }
        } else {
            self.parent_of.insert(child.to_owned(), parent.to_owned());
        }
    }

    fn read_name(&mut self, row: &Row, parent: &str, name: &str) {
        if name.is_empty() {
            return;
        }
        if let Some(other) = self.names.get(parent) {
            if other != name {
                let message = format!("`{parent}` has two names, `{other}` and `{name}`");
                let problem = Problem::error("two-names", message).row(row.line());
                self.contradictions.push((parent.to_owned(), problem.cure("write one name for each parent")));
            }
        } else {
            self.names.insert(parent.to_owned(), name.to_owned());
        }
    }
}

/// A lookup may reach beyond the atlas; what it says of other places is no concern of ours.
fn name_contradictions(lookup: Lookup, geographies: &[Geography], problems: &mut Problems) {
    let of_lookup = |geography: &&Geography| geography.id == lookup.child || geography.id == lookup.parent;
    let own: Vec<&Geography> = geographies.iter().filter(of_lookup).collect();
    let mut tally = Tally::new(&lookup.file);
    for (code, problem) in lookup.contradictions {
        if own.iter().any(|geography| geography.position(&code).is_some()) {
            tally.push(problem, problems);
        }
    }
    tally.finish(problems);
}

/// Fills in which areas lie in which: as the lookups say, along chains of them, and where a lookup of the parts settles it
/// (when all LSOAs of an MSOA lie in one district, so does the MSOA).
fn find_parents(geographies: &mut [Geography], lookups: &[Lookup]) {
    let ids: Vec<String> = geographies.iter().map(|geography| geography.id.clone()).collect();
    for lookup in lookups {
        let (Some(child), Some(parent)) = (position(&ids, &lookup.child), position(&ids, &lookup.parent)) else {
            continue;
        };
        let of = geographies[child].areas().iter().map(|area| {
            let code = lookup.parent_of.get(&area.code)?;
            geographies[parent].position(code).and_then(|position| u32::try_from(position).ok())
        });
        let of = of.collect();
        add_parents(&mut geographies[child], Parents { geography: lookup.parent.clone(), fit: lookup.fit, of });
    }
    loop {
        let found = find_chain(geographies, &ids).or_else(|| find_nesting(geographies, &ids));
        let Some((child, parents)) = found else { break };
        add_parents(&mut geographies[child], parents);
    }
    let order: HashMap<String, usize> = ids.iter().cloned().zip(0..).collect();
    for geography in geographies {
        geography.parents.sort_by_key(|parents| order.get(&parents.geography).copied());
    }
}

fn position(ids: &[String], id: &str) -> Option<usize> {
    ids.iter().position(|other| other == id)
}

fn add_parents(geography: &mut Geography, parents: Parents) {
    if geography.parents_in(&parents.geography).is_none() {
        geography.parents.push(parents);
    }
}

/// Where a parent's parents are known and the child's are not.
fn find_chain(geographies: &[Geography], ids: &[String]) -> Option<(usize, Parents)> {
    for (child, geography) in geographies.iter().enumerate() {
        for middle in &geography.parents {
            let Some(middle_geography) = position(ids, &middle.geography).and_then(|middle| geographies.get(middle))
            else {
                continue;
            };
            for upper in &middle_geography.parents {
                if upper.geography != geography.id && geography.parents_in(&upper.geography).is_none() {
                    let step = |position: &Option<u32>| {
                        position.and_then(|position| upper.of.get(position as usize).copied().flatten())
                    };
                    let of = middle.of.iter().map(step).collect();
                    return Some((
                        child,
                        Parents { geography: upper.geography.clone(), fit: weaker(middle.fit, upper.fit), of },
                    ));
                }
            }
        }
    }
    None
}

/// Where all children of each area of one parent geography lie in one area of another.
fn find_nesting(geographies: &[Geography], ids: &[String]) -> Option<(usize, Parents)> {
    for child in geographies {
        for inner in &child.parents {
            let Some(inner_position) = position(ids, &inner.geography) else { continue };
            let inner_geography = &geographies[inner_position];
            for outer in &child.parents {
                let Some(outer_geography) = position(ids, &outer.geography).and_then(|outer| geographies.get(outer))
                else {
                    continue;
                };
                let is_larger = outer_geography.len() < inner_geography.len();
                if !is_larger
                    || inner_geography.parents_in(&outer.geography).is_some()
                    || outer_geography.parents_in(&inner.geography).is_some()
                {
                    continue;
                }
                if let Some(of) = nesting(inner, outer, inner_geography.len()) {
                    return Some((
                        inner_position,
                        Parents { geography: outer.geography.clone(), fit: weaker(inner.fit, outer.fit), of },
                    ));
                }
            }
        }
    }
    None
}

fn nesting(inner: &Parents, outer: &Parents, areas: usize) -> Option<Vec<Option<u32>>> {
    let mut of = vec![None; areas];
    for (inner, outer) in inner.of.iter().zip(&outer.of) {
        let Some(inner) = inner else { continue };
        let known = of.get_mut(*inner as usize)?;
        match (*known, *outer) {
            (_, None) => return None,
            (None, outer) => *known = outer,
            (known, outer) if known == outer => {}
            _ => return None,
        }
    }
    Some(of)
}

fn weaker(a: Fit, b: Fit) -> Fit {
    if a == Fit::Exact && b == Fit::Exact { Fit::Exact } else { Fit::BestFit }
}

fn name_children_without_parent(lookup: &Lookup, geographies: &[Geography], problems: &mut Problems) {
    let Some(child) = geographies.iter().find(|geography| geography.id == lookup.child) else { return };
    let Some(parents) = child.parents_in(&lookup.parent) else { return };
    let without: Vec<&str> = child
        .areas()
        .iter()
        .zip(&parents.of)
        .filter(|(_, parent)| parent.is_none())
        .map(|(area, _)| area.code.as_str())
        .collect();
    if without.is_empty() {
        return;
    }
    let message = format!("{} of {} areas of `{}` lie in no `{}`", without.len(), child.len(), child.id, lookup.parent);
    let some: Vec<&str> = without.iter().take(Tally::NAMED).copied().collect();
    problems.push(
        Problem::warning("no-parent", message)
            .file(&lookup.file)
            .value(some.join(", "))
            .cure("complete the lookup; what is added up leaves these areas out"),
    );
}

fn read_local_names(
    folder: &AtlasFolder,
    file: &str,
    geography: &str,
    geographies: &mut [Geography],
    problems: &mut Problems,
) {
    let Some(table) = Table::read(folder, file, 1, problems) else { return };
    let mut column = |heading: &str| table.column(heading).map_err(|problem| problems.push(problem)).ok();
    let (Some(code), Some(name)) = (column("area_code"), column("local_name")) else { return };
    let Some(geography) = geographies.iter_mut().find(|other| other.id == geography) else { return };
    let mut matched = false;
    let mut tally = Tally::new(file);
    for row in table.rows() {
        // A file of names may reach beyond the atlas.
        let Some(position) = geography.position(row.cell(code)) else { continue };
        matched = true;
        let name = row.cell(name);
        let known = geography.areas()[position].local_name.as_deref();
        if let Some(other) = known.filter(|other| *other != name && !name.is_empty()) {
            let message = format!("`{}` has two local names, `{other}` and `{name}`", row.cell(code));
            tally.push(Problem::error("two-names", message).row(row.line()).cure("keep one of the rows"), problems);
        } else if !name.is_empty() {
            geography.set_local_name(position, name.to_owned());
        }
    }
    tally.finish(problems);
    if !matched {
        let message = format!("none of the codes is an area of `{}`", geography.id);
        let cure = "look at the column `area_code`, and at the geography that names the file";
        problems.push(Problem::error("nothing-matched", message).file(file).cure(cure));
    }
}
