//! Geographies: those with boundaries of their own, those that are made from others, and comparators.

use std::collections::BTreeMap;

use tessera_geo::Topology;

use super::boundaries::read_boundaries;
use super::clusters::read_cluster;
use super::local_names::read_local_names;
use super::lookups::{Lookup, name_children_without_parent, name_contradictions, read_lookup};
use super::nesting::find_parents;
use crate::folder::AtlasFolder;
use crate::geography::{Area, Geography, GeographyShape};
use crate::manifest::{ComparatorArea, GeographySection, Located, LookupSection, Manifest};
use crate::problem::{Problem, Problems};
use crate::progress::{Progress, Stage};
use crate::sets::Sets;

/// Reads every geography that can be read; the rest become problems.
pub(super) fn read_geographies(
    folder: &AtlasFolder,
    manifest: &Manifest,
    progress: &dyn Progress,
    problems: &mut Problems,
) -> Vec<Geography> {
    let total = manifest.geographies.len();
    progress.at(Stage::Geographies, 0, total);
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
                None => match &section.value.areas {
                    Some(areas) => comparators(section, areas, problems),
                    None => read_boundaries(folder, section, problems)
                        .map(|(names, topology)| drawn(&section.value, names, topology)),
                },
            };
            made.extend(geography.map(|geography| (section.value.id.as_str(), geography)));
            progress.at(Stage::Geographies, made.len(), total);
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
    for section in &manifest.clusters {
        let cluster = read_cluster(folder, section, &geographies, problems);
        geographies.extend(cluster);
    }
    geographies
}

fn comparators(
    section: &Located<GeographySection>,
    areas: &[ComparatorArea],
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
    let sets = Sets::of_parents(&child.id, &parent_of, codes.len());
    let name = |code: &String| lookup.names.get(code).unwrap_or(code).clone();
    let names = codes.into_iter().map(|code| (code.clone(), name(code))).collect();
    let mut geography = drawn(&section.value, names, sets.dissolve(&shape.topology));
    geography.sets = Some(sets);
    Some(geography)
}

fn drawn(section: &GeographySection, names: Vec<(String, String)>, topology: Topology) -> Geography {
    let GeographySection { id, name, singular, .. } = section.clone();
    Geography::new(id, name, singular, named(names), Some(GeographyShape::new(topology)))
}

/// Areas with their codes and names.
pub(super) fn named(names: Vec<(String, String)>) -> Vec<Area> {
    names.into_iter().map(|(code, name)| Area { code, name, local_name: None, place: None }).collect()
}
