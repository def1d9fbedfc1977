//! Clusters: areas that are sets of another geography's areas, as a file lists them. They may overlap.

use std::collections::{BTreeMap, BTreeSet};

use super::geographies::named;
use super::matching::Matching;
use crate::folder::AtlasFolder;
use crate::geography::{Geography, GeographyShape, Parents};
use crate::manifest::{ClusterSection, Located};
use crate::problem::{Problem, Problems};
use crate::sets::Sets;
use crate::table::{Row, Table};

/// Reads `area_code, cluster_code, cluster_name` into a geography; what stands against it becomes problems.
pub(super) fn read_cluster(
    folder: &AtlasFolder,
    section: &Located<ClusterSection>,
    geographies: &[Geography],
    problems: &mut Problems,
) -> Option<Geography> {
    let ClusterSection { id, name, singular, of, file } = &section.value;
    // One that is missing has a fault, which was named.
    let position = geographies.iter().position(|geography| geography.id == *of)?;
    let geography = &geographies[position];
    let Some(shape) = &geography.shape else {
        let message = format!("`{id}` collects areas of `{of}`, which have no shape");
        problems.push(section.problem(Problem::error("no-shape", message).cure("name a geography with boundaries")));
        return None;
    };
    let table = Table::read(folder, file, problems)?;
    let listed = Listed::read(&table, Matching::new(geographies, position), problems)?;
    if listed.members.is_empty() {
        return None; // Why nothing matched was told.
    }
    let codes: Vec<&String> = listed.members.keys().collect();
    let names = codes.iter().map(|code| ((*code).clone(), listed.names.get(*code).unwrap_or(code).clone())).collect();
    let members = listed.members.values().map(|members| members.iter().copied().collect()).collect();
    let sets = Sets { of: of.clone(), members };
    let topology = sets.dissolve(&shape.topology);
    let mut cluster =
        Geography::new(id.clone(), name.clone(), singular.clone(), named(names), Some(GeographyShape::new(topology)));
    let times = sets.times(geography.len());
    let (in_several, in_none) =
        (times.iter().filter(|times| **times > 1).count(), times.iter().filter(|times| **times == 0).count());
    cluster.tiling = in_several + in_none == 0;
    if !cluster.tiling {
        let message = format!(
            "`{id}` is drawn as outlines: of {} areas of `{of}`, {in_several} are in several of its clusters and {in_none} in none",
            geography.len()
        );
        problems.push(table.problem(Problem::note("not-a-partition", message)));
    }
    cluster.parents = geography.parents.iter().filter_map(|parents| parents_of(&sets, parents)).collect();
    cluster.sets = Some(sets);
    Some(cluster)
}

/// A cluster lies in a larger area where all its members do.
fn parents_of(sets: &Sets, parents: &Parents) -> Option<Parents> {
    let common = |members: &Vec<u32>| {
        let mut of_members = members.iter().map(|member| parents.of.get(*member as usize).copied().flatten());
        let first = of_members.next()??;
        of_members.all(|other| other == Some(first)).then_some(first)
    };
    let of: Vec<Option<u32>> = sets.members.iter().map(common).collect();
    of.iter().any(Option::is_some).then(|| Parents { geography: parents.geography.clone(), fit: parents.fit, of })
}

/// What a file says, by the clusters' codes.
#[derive(Default)]
struct Listed {
    members: BTreeMap<String, BTreeSet<u32>>,
    names: BTreeMap<String, String>,
}

impl Listed {
    fn read(table: &Table, mut matching: Matching<'_>, problems: &mut Problems) -> Option<Listed> {
        let mut column = |heading: &str| table.column(heading).map_err(|problem| problems.push(problem)).ok();
        let (area, cluster) = (column("area_code"), column("cluster_code"));
        let name = table.optional_column("cluster_name");
        let (area, cluster) = (area?, cluster?);
        let mut listed = Listed::default();
        let mut tally = table.tally();
        for row in table.rows() {
            let mut fault = |problem: Problem, column: usize| {
                let heading = table.headings().get(column).map_or("", String::as_str);
                tally.push(problem.row(row.number()).column(heading), problems);
            };
            let position = match matching.area(row.cell(area)) {
                Ok(position) => position,
                Err(problem) => {
                    fault(problem, area);
                    continue;
                }
            };
            let code = row.cell(cluster);
            if code.is_empty() {
                let problem = Problem::error("no-code", "this row names no cluster");
                fault(problem.cure("fill in the cluster's code, or take the row out"), cluster);
                continue;
            }
            if let Some(Err(problem)) = name.map(|name| listed.read_name(&row, code, name)) {
                fault(problem, name.unwrap_or(cluster));
            }
            // A position is an index of at most 2³¹ areas.
            let Some(member) = position.and_then(|position| u32::try_from(position).ok()) else { continue };
            if !listed.members.entry(code.to_owned()).or_default().insert(member) {
                let problem = Problem::warning("duplicate-row", format!("the area is in `{code}` already"));
                fault(problem.value(row.cell(area)).cure("take the row out"), area);
            }
        }
        tally.finish(problems);
        matching.finish("the cluster's `of`", table, problems);
        Some(listed)
    }

    fn read_name(&mut self, row: &Row<'_>, code: &str, column: usize) -> Result<(), Problem> {
        let name = row.cell(column);
        if name.is_empty() {
            return Ok(());
        }
        let known = self.names.entry(code.to_owned()).or_insert_with(|| name.to_owned());
        if known == name {
            return Ok(());
        }
        let message = format!("`{code}` has two names, `{known}` and `{name}`");
        Err(Problem::error("two-names", message).cure("write one name for each cluster"))
    }
}
