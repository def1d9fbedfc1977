//! `tessera build`: write the edition of an atlas folder.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use serde_json::json;
use tessera_atlas::problem::told;
use tessera_atlas::store::{ColumnCache, Store, StoreError, write_edition_at};
use tessera_atlas::{Edition, read_atlas_beside};

use crate::check::{for_programs, tally};
use crate::site::{SiteTrouble, write_site};
use crate::{FAILED, Format, say};

/// How much of retained editions is kept in memory.
const RETAINED_BYTES: u64 = 64 * 1024 * 1024;

/// Where an edition goes; to one of them at least.
pub(crate) struct Written<'a> {
    /// The folder of the edition.
    pub(crate) out: Option<&'a Path>,
    /// The folder of its site of plain files.
    pub(crate) site: Option<&'a Path>,
}

/// Builds the edition of a folder, so that nothing hidden follows from it and the editions of the store `beside` it, and writes
/// it. Its id goes to standard output, or with `json` the whole report;
/// problems go to standard error.
pub(crate) fn build(dir: &Path, to: Written<'_>, beside: Option<&Path>, format: Format) -> ExitCode {
    let retained = match beside.map(editions_of).transpose() {
        Ok(retained) => retained.unwrap_or_default(),
        Err(error) => {
            say(&format!("error: {error}"));
            return ExitCode::from(FAILED);
        }
    };
    let (edition, report) = read_atlas_beside(dir, &retained);
    if !report.problems.is_empty() {
        say(&format!("{}\n\n{}", told(&report.problems), tally(&report)));
    }
    let written = match &edition {
        Some(edition) => write(edition, &to),
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

fn write(edition: &Edition, to: &Written<'_>) -> Result<(), SiteTrouble> {
    if let Some(out) = to.out {
        write_edition_at(edition, out)?;
    }
    let Some(site) = to.site else { return Ok(()) };
    let files = match to.out {
        Some(out) => write_site(out, site)?,
        None => {
            let scratch = site.with_extension(format!("edition-{}", std::process::id()));
            let written = write_edition_at(edition, &scratch).map_err(SiteTrouble::from);
            let written = written.and_then(|()| write_site(&scratch, site));
            drop(std::fs::remove_dir_all(&scratch));
            written?
        }
    };
    say(&format!("{files} files in {}", site.display()));
    Ok(())
}

/// The editions of a store: they can still be read, and what they show is known. One that is damaged shows nothing.
fn editions_of(store: &Path) -> Result<Vec<Edition>, StoreError> {
    let store = Store::open(store, ColumnCache::new(RETAINED_BYTES))?;
    let editions = store.editions()?;
    Ok(editions.iter().filter_map(|stored| store.edition(&stored.id).ok()).collect())
}
