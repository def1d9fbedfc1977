//! Files that are understood but not used yet: they must be there and have their columns, so that what a publisher writes
//! today is right on the day when it is used.

use crate::folder::AtlasFolder;
use crate::manifest::{Manifest, PointsSection};
use crate::problem::Problems;
use crate::table::Table;

pub(super) fn check_files(folder: &AtlasFolder, manifest: &Manifest, problems: &mut Problems) {
    let mut check = |file: &str, headings: &[&str]| {
        let Some(table) = Table::read(folder, file, 1, problems) else { return };
        for heading in headings {
            if let Err(problem) = table.column(heading) {
                problems.push(problem);
            }
        }
    };
    for section in &manifest.targets {
        check(&section.value.file, &["area_code", "indicator", "period", "target"]);
    }
    for section in &manifest.clusters {
        check(&section.value.file, &["area_code", "cluster_code", "cluster_name"]);
    }
    for section in &manifest.points {
        let PointsSection { lon, lat, easting, northing, postcode, label, .. } = &section.value;
        let headings: Vec<&str> =
            [lon, lat, easting, northing, postcode, label].into_iter().flatten().map(String::as_str).collect();
        check(&section.value.file, &headings);
    }
    for section in manifest.postcodes.iter().chain(&manifest.flows) {
        check(&section.value.file, &[]);
    }
    for context in manifest.geographies.iter().filter_map(|geography| geography.value.context.as_deref()) {
        if let Err(problem) = folder.read(context) {
            problems.push(problem);
        }
    }
}
