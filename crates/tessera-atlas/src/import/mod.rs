//! From an atlas folder to an [`Edition`]: read, check, join, add up.
//!
//! Nothing is published unless no error was found; every fault found on the way is in the [`Report`].

mod boundaries;
mod build;
mod claims;
mod clusters;
mod coordinates;
mod differences;
mod geographies;
mod indicators;
mod inferred;
mod later;
mod ledger;
mod local_names;
mod lookups;
mod matching;
mod nesting;
mod notes;
mod opening;
mod points;
mod postcodes;
mod protection;
mod raw;
mod scratch;
mod sources;
mod suspicious;
mod tables;
mod targets;
mod together;
mod values;

use std::path::Path;

use serde::Serialize;

use self::sources::{Sources, read_folder_manifest};
use crate::audit::audit;
use crate::by_place::ByPlace;
use crate::edition::Edition;
use crate::folder::{AtlasFolder, SourceFile};
use crate::geography::Geography;
use crate::manifest::Manifest;
use crate::period::Period;
use crate::problem::{Problem, Problems, Severity};
use crate::progress::Silent;

pub use build::{Building, Built, build_edition, judge_atlas};
pub use ledger::{Before, Ledger};
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

/// The id of the atlas in a folder; `None` where something is wrong with its manifest. Nothing else is read.
pub fn atlas_id(path: &Path) -> Option<String> {
    let (manifest, report) = reported(path, |folder, problems, _| read_folder_manifest(folder, problems));
    manifest.filter(|_| report.count(Severity::Error) == 0).map(|manifest| manifest.atlas.value.id)
}

/// Reads the atlas in a folder. There is an edition exactly where the report holds no error.
pub fn read_atlas(path: &Path) -> (Option<Edition>, Report) {
    read_atlas_beside(path, &[])
}

/// Reads the atlas in a folder, to be published while other editions of it can still be read: what these show does not help
/// to work out what the new one hides. All its columns are in memory; [`build_edition`] needs no room for them.
pub fn read_atlas_beside(path: &Path, retained: &[Edition]) -> (Option<Edition>, Report) {
    reported(path, |folder, problems, report| {
        let mut sources = Sources::read(folder, None, &Silent, problems, report)?;
        sources.content.geographies.iter_mut().for_each(Geography::place_areas);
        let publishing = sources.publishing(retained, &Silent);
        let sets = values::publish(&publishing, &publishing.sets(), |_| None, |_, columns| columns);
        let (columns, protection) = publishing.finish(sets, problems);
        report.protection = protection;
        let columns = by_place(columns);
        sources.remark(&columns, problems);
        let Sources { manifest, content, .. } = sources;
        let edition = Edition::new(&manifest, content, columns, problems);
        audited(edition, retained, &manifest, problems)
    })
}

/// Reads with somewhere to put what is found, and reports on it.
fn reported<T>(
    path: &Path,
    read: impl FnOnce(&AtlasFolder, &mut Problems, &mut Report) -> Option<T>,
) -> (Option<T>, Report) {
    let mut problems = Problems::default();
    let mut report = Report { problems: Vec::new(), tables: Vec::new(), protection: Vec::new(), files: Vec::new() };
    let folder = AtlasFolder::open(path).map_err(|problem| problems.push(problem)).ok();
    let read = folder.as_ref().and_then(|folder| read(folder, &mut problems, &mut report));
    report.problems = problems.iter().cloned().collect();
    report.problems.sort_by_key(|problem| problem.severity);
    report.files = folder.map(|folder| folder.looked_at()).unwrap_or_default();
    (read, report)
}

/// The columns of all indicators, which stand in their order.
fn by_place<T>(of_indicators: Vec<Vec<(Option<usize>, Period, T)>>) -> ByPlace<T> {
    let of = |(indicator, own): (usize, Vec<(Option<usize>, Period, T)>)| {
        own.into_iter().map(move |(geography, period, value)| ((geography, indicator, period), value))
    };
    of_indicators.into_iter().enumerate().flat_map(of).collect()
}

/// The edition, if nothing was found against it and nothing that it hides follows from it and the retained ones.
fn audited(edition: Edition, retained: &[Edition], manifest: &Manifest, problems: &mut Problems) -> Option<Edition> {
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
