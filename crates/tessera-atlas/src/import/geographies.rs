//! Geographies: boundaries, lookups, dissolving, and which area lies in which.

use std::collections::{BTreeMap, HashMap};

use tessera_geo::{Boundary, BoundaryProblem, ReadError, Shape, Topology};

use crate::folder::AtlasFolder;
use crate::geography::{Area, AreaPlace, Geography, GeographyShape, Parents};
use crate::manifest::{Fit, GeographySection, Located, LookupSection, Manifest};
use crate::problem::{Problem, Problems, did_you_mean};
use crate::table::{Row, Table};

/// A lookup as read: each child's parent, and the parents' names.
struct Lookup {
    child: String,
    parent: String,
    fit: Fit,
    parent_of: HashMap<String, String>,
    names: BTreeMap<String, String>,
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
                    Some(child) => dissolve(section, child, &lookups, problems),
                    None => return true,
                },
                None => read_geography(folder, section, problems),
            };
            made.extend(geography.map(|geography| (section.value.id.as_str(), geography)));
            false
        });
        if waiting.len() == before {
            break;
        }
    }
    let mut geographies: Vec<Geography> =
        manifest.geographies.iter().filter_map(|section| made.remove(section.value.id.as_str())).collect();
    find_parents(&mut geographies, &lookups);
    for lookup in &manifest.lookups {
        name_children_without_parent(lookup, &geographies, problems);
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
    let lower_case = file.to_ascii_lowercase();
    if !(lower_case.ends_with(".geojson") || lower_case.ends_with(".json")) {
        problems.push(
            section.problem(
                Problem::error("unsupported-boundaries", "this version reads boundaries from GeoJSON files")
                    .value(file)
                    .cure("convert it, for example with `ogr2ogr -t_srs EPSG:4326 areas.geojson`"),
            ),
        );
        return None;
    }
    if let Some(crs) = section.value.crs.as_deref().filter(|crs| !["EPSG:4326", "OGC:CRS84"].contains(crs)) {
        problems.push(
            section.problem(
                Problem::error("unsupported-crs", "this version reads longitude and latitude (WGS84) only")
                    .value(crs)
                    .cure("convert it, for example with `ogr2ogr -t_srs EPSG:4326 areas.geojson`"),
            ),
        );
        return None;
    }
    let bytes = folder.read(file).map_err(|problem| problems.push(problem)).ok()?;
    let reading = match tessera_geo::read_geojson(&bytes, code, section.value.label.as_deref()) {
        Ok(reading) => reading,
        Err(error) => {
            problems.push(read_error(error, file));
            return None;
        }
    };
    let faulty = !reading.problems.is_empty();
    for problem in &reading.problems {
        problems.push(boundary_problem(problem, file));
    }
    if faulty {
        return None;
    }
    let mut boundaries = reading.boundaries;
    boundaries.sort_by(|a, b| a.code.cmp(&b.code));
    let (names, shapes): (Vec<(String, Option<String>)>, Vec<Shape>) =
        boundaries.into_iter().map(|Boundary { code, label, shape }| ((code, label), shape)).unzip();
    let topology = Topology::build(&shapes);
    let names = names.into_iter().map(|(code, label)| {
        let name = label.filter(|label| !label.trim().is_empty()).unwrap_or_else(|| code.clone());
        (code, name)
    });
    Some(with_shape(section, names.collect(), topology))
}

fn read_error(error: ReadError, file: &str) -> Problem {
    let cure = match &error {
        ReadError::NoSuchAttribute { attribute, available } => {
            did_you_mean(attribute, available.iter().map(String::as_str))
        }
        ReadError::UnsupportedCrs { .. } => {
            Some("convert it, for example with `ogr2ogr -t_srs EPSG:4326 areas.geojson`".to_owned())
        }
        _ => None,
    };
    Problem::error("bad-boundaries", error.to_string()).file(file).maybe_cure(cure)
}

fn boundary_problem(problem: &BoundaryProblem, file: &str) -> Problem {
    let cure = match problem {
        BoundaryProblem::LooksSwapped { .. } => Some("write longitude first in every position"),
        BoundaryProblem::LooksProjected { .. } => {
            Some("convert it, for example with `ogr2ogr -t_srs EPSG:4326 areas.geojson`")
        }
        BoundaryProblem::DuplicateCode { .. } => Some("merge the two features, or mend one of the codes"),
        _ => None,
    };
    Problem::error("bad-boundary", problem.to_string()).file(file).maybe_cure(cure.map(str::to_owned))
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
    if let Some(pair) = areas.windows(2).find(|pair| pair[0].code == pair[1].code) {
        problems
            .push(section.problem(Problem::error("duplicate-code", "two areas have this code").value(&pair[0].code)));
        return None;
    }
    let GeographySection { id, name, singular, .. } = section.value.clone();
    Some(Geography::new(id, name, singular, areas, None))
}

fn dissolve(
    section: &Located<GeographySection>,
    child: &Geography,
    lookups: &[Lookup],
    problems: &mut Problems,
) -> Option<Geography> {
    let shape = child.shape.as_ref()?;
    let id = section.value.id.as_str();
    let Some(lookup) = lookups.iter().find(|lookup| lookup.child == child.id && lookup.parent == id) else {
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
    let position = |code: &String| codes.binary_search(&code).ok().and_then(|position| u32::try_from(position).ok());
    let parent_of: Vec<Option<u32>> = parent_codes.iter().map(|code| code.and_then(position)).collect();
    let topology = shape.topology.dissolve(&parent_of, codes.len());
    let name = |code: &String| lookup.names.get(code).unwrap_or(code).clone();
    let mut geography = with_shape(section, codes.into_iter().map(|code| (code.clone(), name(code))).collect(), topology);
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
        child: child.clone(),
        parent: parent.clone(),
        fit: *fit,
        parent_of: HashMap::new(),
        names: BTreeMap::new(),
    };
    for row in table.rows() {
        let (child, parent) = (row.cell(child_column), row.cell(parent_column));
        if child.is_empty() || parent.is_empty() {
            continue; // Not every child has a parent: named below, for children that the atlas holds.
        }
        if let Some(other) = lookup.parent_of.insert(child.to_owned(), parent.to_owned())
            && other != parent
        {
            problems.push(
                Problem::error("two-parents", format!("`{child}` has two parents, `{other}` and `{parent}`"))
                    .file(file)
                    .row(row.line())
                    .column(parent_code)
                    .cure("keep one row for each child"),
            );
        }
        if let Some(label) = label_column {
            read_parent_name(&mut lookup, &row, parent, label, file, problems);
        }
    }
    Some(lookup)
}

fn read_parent_name(lookup: &mut Lookup, row: &Row, parent: &str, label: usize, file: &str, problems: &mut Problems) {
    let name = row.cell(label);
    if name.is_empty() {
        return;
    }
    if let Some(other) = lookup.names.insert(parent.to_owned(), name.to_owned())
        && other != name
    {
        problems.push(
            Problem::error("two-names", format!("`{parent}` has two names, `{other}` and `{name}`"))
                .file(file)
                .row(row.line())
                .cure("write one name for each parent"),
        );
    }
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

fn name_children_without_parent(section: &Located<LookupSection>, geographies: &[Geography], problems: &mut Problems) {
    let Some(child) = geographies.iter().find(|geography| geography.id == section.value.child) else { return };
    let Some(parents) = child.parents_in(&section.value.parent) else { return };
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
    let some: Vec<&str> = without.iter().take(10).copied().collect();
    let message = format!(
        "{} of {} areas of `{}` lie in no `{}`: {}",
        without.len(),
        child.len(),
        child.id,
        section.value.parent,
        some.join(", ")
    );
    problems.push(
        Problem::warning("no-parent", message)
            .file(&section.value.file)
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
    let columns = (table.column("area_code"), table.column("local_name"));
    let (code, name) = match columns {
        (Ok(code), Ok(name)) => (code, name),
        (code, name) => {
            code.err().into_iter().chain(name.err()).for_each(|problem| problems.push(problem));
            return;
        }
    };
    let Some(geography) = geographies.iter_mut().find(|other| other.id == geography) else { return };
    for row in table.rows() {
        if let (Some(position), name) = (geography.position(row.cell(code)), row.cell(name))
            && !name.is_empty()
        {
            geography.set_local_name(position, name.to_owned());
        }
    }
}
