//! From an atlas folder to an [`Edition`]: read, check, join, add up.
//!
//! Nothing is published unless no error was found; every fault found on the way is in the [`Report`].

mod boundaries;
mod clusters;
mod coordinates;
mod differences;
mod geographies;
mod indicators;
mod later;
mod local_names;
mod lookups;
mod matching;
mod nesting;
mod notes;
mod points;
mod postcodes;
mod protection;
mod suspicious;
mod tables;
mod targets;
mod values;

use std::path::Path;

use serde::Serialize;

use crate::audit::audit;
use crate::edition::{Content, Edition};
use crate::folder::{AtlasFolder, SourceFile};
use crate::manifest::{Manifest, read_manifest};
use crate::problem::{Problem, Problems, Severity};

pub use protection::{HardSet, Protection};
pub use tables::TableReport;

/// What reading an atlas folder found.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Every problem, errors first.
    pub problems: Vec<Problem>,
    /// How each table joined.
    pub tables: Vec<TableReport>,
    /// How small numbers were protected, indicator by indicator.
    pub protection: Vec<Protection>,
    /// Every file that was looked at.
    pub files: Vec<SourceFile>,
}

impl Report {
    /// How many problems are of this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.problems.iter().filter(|problem| problem.severity == severity).count()
    }
}

/// Reads the atlas in a folder. There is an edition exactly where the report holds no error.
pub fn read_atlas(path: &Path) -> (Option<Edition>, Report) {
    read_atlas_beside(path, &[])
}

/// Reads the atlas in a folder, to be published while other editions of it can still be read: what these show does not help
/// to work out what the new one hides.
pub fn read_atlas_beside(path: &Path, retained: &[Edition]) -> (Option<Edition>, Report) {
    let mut problems = Problems::default();
    let mut report = Report { problems: Vec::new(), tables: Vec::new(), protection: Vec::new(), files: Vec::new() };
    let folder = AtlasFolder::open(path).map_err(|problem| problems.push(problem)).ok();
    let edition = folder.as_ref().and_then(|folder| read(folder, retained, &mut problems, &mut report));
    report.problems = problems.iter().cloned().collect();
    report.problems.sort_by_key(|problem| problem.severity);
    report.files = folder.map(|folder| folder.looked_at()).unwrap_or_default();
    (edition, report)
}

fn read(folder: &AtlasFolder, retained: &[Edition], problems: &mut Problems, report: &mut Report) -> Option<Edition> {
    let manifest = read_folder_manifest(folder, problems)?;
    let indicators = indicators::read_indicators(folder, &manifest, problems);
    let geographies = geographies::read_geographies(folder, &manifest, problems);
    let mut raw = tables::read_tables(folder, &manifest, &geographies, &indicators, problems, &mut report.tables);
    let mut notes = notes::read_notes(folder, &manifest, &geographies, &indicators, problems);
    notes.extend(std::mem::take(&mut raw.notes));
    let targets = targets::read_targets(folder, &manifest, &geographies, &indicators, problems);
    let postcodes = postcodes::read_postcodes(folder, &manifest, &geographies, problems);
    let points = points::read_points(folder, &manifest, &geographies, &postcodes, problems);
    later::check_files(folder, &manifest, problems);
    if problems.has_errors() {
        return None;
    }
    let (columns, protection) =
        values::publish(raw.into_columns(), &indicators, &geographies, &manifest, retained, problems);
    report.protection = protection;
    let today = time::OffsetDateTime::now_utc().date().to_string();
    for problem in indicators.public.iter().filter_map(|indicator| suspicious::overdue(indicator, &today)) {
        problems.push(problem.file(AtlasFolder::MANIFEST));
    }
    let content = Content { geographies, indicators: indicators.public, notes, targets, postcodes, points };
    let edition = Edition::new(&manifest, content, columns, problems);
    if problems.has_errors() {
        return None;
    }
    let declared: Vec<_> = manifest
        .breakdowns
        .iter()
        .map(|breakdown| (breakdown.value.total.clone(), breakdown.value.parts.clone()))
        .collect();
    if let Err(error) = audit(&edition, retained, &declared, problems) {
        problems.push(Problem::error("audit-failed", format!("the edition cannot be audited: {error}")));
    }
    (!problems.has_errors()).then_some(edition)
}

fn read_folder_manifest(folder: &AtlasFolder, problems: &mut Problems) -> Option<Manifest> {
    match folder.read_text(AtlasFolder::MANIFEST) {
        Ok(text) => read_manifest(&text, problems),
        Err(problem) if problem.kind == "missing-file" => {
            problems.push(
                Problem::error("no-manifest", "there is no `atlas.toml` in this folder")
                    .file(AtlasFolder::MANIFEST)
                    .cure("name the folder that holds `atlas.toml`, or write one: see docs/atlas-format.md"),
            );
            None
        }
        Err(problem) => {
            problems.push(problem);
            None
        }
    }
}
