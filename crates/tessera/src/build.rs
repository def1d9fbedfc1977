//! `tessera build`: write the edition of an atlas folder.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use serde_json::json;
use tessera_atlas::problem::told;
use tessera_atlas::read_atlas;
use tessera_atlas::store::write_edition_at;

use crate::check::{for_programs, tally};
use crate::{FAILED, Format, say};

/// Builds the edition of a folder and writes it to `out`. Its id goes to standard output, or with `json` the whole report;
/// problems go to standard error.
pub(crate) fn build(dir: &Path, out: &Path, format: Format) -> ExitCode {
    let (edition, report) = read_atlas(dir);
    if !report.problems.is_empty() {
        say(&format!("{}\n\n{}", told(&report.problems), tally(&report)));
    }
    let written = match &edition {
        Some(edition) => write_edition_at(edition, out),
        None => Ok(()),
    };
    if let Err(error) = &written {
        say(&format!("error: {error}"));
    }
    let id = edition.as_ref().map(|edition| edition.id()).filter(|_| written.is_ok());
    let answer = match (format, id) {
        (Format::Json, _) => {
            let mut answer = for_programs(&report, id);
            answer["files"] = json!(report.files);
            format!("{answer:#}")
        }
        (Format::Text, Some(id)) => id.to_string(),
        (Format::Text, None) => return ExitCode::from(FAILED),
    };
    let said = writeln!(io::stdout(), "{answer}");
    if id.is_some() && said.is_ok() { ExitCode::SUCCESS } else { ExitCode::from(FAILED) }
}
