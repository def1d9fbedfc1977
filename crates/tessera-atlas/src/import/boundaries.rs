//! Boundary files: reading one with the files that belong to it, and saying what is wrong with it.

use tessera_geo::{
    Boundary, BoundaryProblem, Crs, Overlap, ReadError, ReadOptions, Reading, Shape, SnapReport, Source, Topology,
};

use crate::folder::AtlasFolder;
use crate::manifest::{GeographySection, Located};
use crate::problem::{Problem, Problems, Tally, did_you_mean};

/// What to do about boundaries that cannot be read as they are.
const CONVERT: &str = "convert them, for example with `ogr2ogr -t_srs EPSG:4326 areas.geojson FILE`";

/// The share of the smaller of two areas that they may have in common before it is told.
const LARGEST_OVERLAP: f64 = 0.01;

/// The codes and names of the areas of a boundary file, sorted by code, and their shared borders.
pub(super) fn read_boundaries(
    folder: &AtlasFolder,
    section: &Located<GeographySection>,
    problems: &mut Problems,
) -> Option<(Vec<(String, String)>, Topology)> {
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
    let topology = Topology::build(&shapes);
    name_overlaps(&names, &tessera_geo::overlaps(&shapes, &topology, LARGEST_OVERLAP), file, problems);
    let snapped = section.value.snap.map(|metres| (metres, tessera_geo::snap(&shapes, metres)));
    let topology = snapped.as_ref().map_or(topology, |(_, (shapes, _))| Topology::build(shapes));
    if let Some((metres, (_, report))) = &snapped {
        name_snapped(&names, *metres, report, file, problems);
    }
    let names = names.into_iter().map(|(code, label)| {
        let name = label.filter(|label| !label.trim().is_empty()).unwrap_or_else(|| code.clone());
        (code, name)
    });
    Some((names.collect(), topology))
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
    tessera_geo::read_boundaries(&source, &options)
        .map_err(|error| problems.push(read_error(error, file, section)))
        .ok()
}

/// The file of the same name with another ending, in small or capital letters, where there is one.
fn companion(folder: &AtlasFolder, file: &str, ending: &str) -> Option<String> {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    [ending.to_owned(), ending.to_ascii_uppercase()]
        .into_iter()
        .map(|ending| format!("{stem}.{ending}"))
        .find(|path| folder.has(path))
}

/// Says which borders that only nearly agree were joined, and which were left.
fn name_snapped(
    names: &[(String, Option<String>)],
    metres: f64,
    report: &SnapReport,
    file: &str,
    problems: &mut Problems,
) {
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
}

/// Names the pairs of areas that lie over each other.
fn name_overlaps(names: &[(String, Option<String>)], overlaps: &[Overlap], file: &str, problems: &mut Problems) {
    let mut tally = Tally::new(file);
    for overlap in overlaps {
        let code = |area: u32| names.get(area as usize).map_or("", |(code, _)| code);
        let share = crate::words::number(overlap.share * 100.0, 1);
        let message =
            format!("`{}` and `{}` overlap by {share}% of the smaller one", code(overlap.first), code(overlap.second));
        let cure = "mend the boundaries: a place should lie in one area";
        tally.push(Problem::warning("overlap", message).cure(cure), problems);
    }
    tally.finish(problems);
}

fn read_error(error: ReadError, file: &str, section: &Located<GeographySection>) -> Problem {
    let key = match &error {
        ReadError::NoSuchAttribute { attribute, .. } | ReadError::CutAttribute { attribute, .. } => {
            Some(if section.value.code.as_ref() == Some(attribute) { "code" } else { "label" })
        }
        ReadError::NoSuchLayer { .. } => Some("layer"),
        _ => None,
    };
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
        _ => Some("export or download it again".to_owned()),
    };
    let problem = Problem::error("bad-boundaries", error.to_string()).file(file).maybe_cure(cure);
    match key {
        Some(key) => section.naming(key, problem),
        None => problem,
    }
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
