//! Files that are understood but not used yet: they must be there, so that what a publisher writes today is right on the
//! day when it is used.

use crate::folder::AtlasFolder;
use crate::manifest::Manifest;
use crate::problem::Problems;
use crate::table::Table;

pub(super) fn check_files(folder: &AtlasFolder, manifest: &Manifest, problems: &mut Problems) {
    for section in &manifest.flows {
        Table::read(folder, &section.value.file, problems);
    }
    for context in manifest.geographies.iter().filter_map(|geography| geography.value.context.as_deref()) {
        if let Err(problem) = folder.read(context) {
            problems.push(problem);
        }
    }
}
