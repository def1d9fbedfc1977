//! Lookups: which child lies in which parent, as files say it.

use std::collections::{BTreeMap, HashMap};

use crate::folder::AtlasFolder;
use crate::geography::Geography;
use crate::manifest::{Fit, Located, LookupSection};
use crate::problem::{Problem, Problems, Tally};
use crate::table::{Row, Table};

/// A lookup as read: each child's parent, and the parents' names.
pub(super) struct Lookup {
    pub(super) file: String,
    pub(super) child: String,
    pub(super) parent: String,
    pub(super) fit: Fit,
    pub(super) parent_of: HashMap<String, String>,
    pub(super) names: BTreeMap<String, String>,
    /// The codes of parents, by what is left of each without case and marks.
    alike: HashMap<String, String>,
    /// Contradictions by the code of the child or parent: only those of the atlas's own areas matter.
    contradictions: Vec<(String, Problem)>,
}

pub(super) fn read_lookup(
    folder: &AtlasFolder,
    section: &Located<LookupSection>,
    problems: &mut Problems,
) -> Option<Lookup> {
    let LookupSection { child, parent, file, child_code, parent_code, parent_label, fit } = &section.value;
    let table = Table::read(folder, file, problems)?;
    let mut column = |key: &str, heading: &str| {
        table.column(heading).map_err(|problem| problems.push(section.naming(key, problem))).ok()
    };
    let (child_column, parent_column) = (column("child_code", child_code), column("parent_code", parent_code));
    let label_column = match parent_label {
        Some(heading) => Some(column("parent_label", heading)?),
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
        alike: HashMap::new(),
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
    fn read_parent(&mut self, row: &Row<'_>, child: &str, parent: &str, heading: &str) {
        if let Some(other) = self.parent_of.get(child) {
            if other != parent {
                let message = format!("`{child}` has two parents, `{other}` and `{parent}`");
                let problem = Problem::error("two-parents", message).row(row.number()).column(heading);
                self.contradictions.push((child.to_owned(), problem.cure("keep one row for each child")));
            }
        } else {
            self.parent_of.insert(child.to_owned(), parent.to_owned());
        }
        let plain: String = parent.chars().filter(|character| character.is_alphanumeric()).collect();
        let first = self.alike.entry(plain.to_uppercase()).or_insert_with(|| parent.to_owned());
        if first != parent {
            let message = format!("`{}` is no other parent than `{first}`", parent.escape_debug());
            let problem = Problem::error("parents-alike", message).row(row.number()).column(heading);
            let cure = "write the code of a parent the same way in each row, letter by letter";
            self.contradictions.push((parent.to_owned(), problem.cure(cure)));
        }
    }

    fn read_name(&mut self, row: &Row<'_>, parent: &str, name: &str) {
        if name.is_empty() {
            return;
        }
        if let Some(other) = self.names.get(parent) {
            if other != name {
                let message = format!("`{parent}` has two names, `{other}` and `{name}`");
                let problem = Problem::error("two-names", message).row(row.number());
                self.contradictions.push((parent.to_owned(), problem.cure("write one name for each parent")));
            }
        } else {
            self.names.insert(parent.to_owned(), name.to_owned());
        }
    }
}

/// A lookup may reach beyond the atlas; what it says of other places is no concern of ours.
pub(super) fn name_contradictions(lookup: Lookup, geographies: &[Geography], problems: &mut Problems) {
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

pub(super) fn name_children_without_parent(lookup: &Lookup, geographies: &[Geography], problems: &mut Problems) {
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
