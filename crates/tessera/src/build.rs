//! `tessera build`: write the edition of an atlas folder.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use serde_json::json;
use tessera_atlas::problem::told;
use tessera_atlas::store::{ColumnCache, Store, StoreError, write_edition_at};
use tessera_atlas::{Edition, read_atlas_beside};

use crate::check::{for_programs, tally};
use crate::{FAILED, Format, say};

/// The memory for columns of editions that were published before.
const MEMORY: u64 = 64_000_000;

/// Builds the edition of a folder and writes it to `out`, protected beside the editions of the store `beside`. Its id goes to standard output, or with `json` the whole report;
/// problems go to standard error.
pub(crate) fn build(dir: &Path, out: &Path, beside: Option<&Path>, format: Format) -> ExitCode {
    let retained = match beside.map_or(Ok(Vec::new()), retained) {
        Ok(retained) => retained,
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

/// Every edition of a store that a reader can still be given; a damaged one is given to nobody.
fn retained(store: &Path) -> Result<Vec<Edition>, StoreError> {
    let store = Store::open(store, ColumnCache::new(MEMORY))?;
    let editions = store.editions()?;
    Ok(editions.iter().filter_map(|stored| store.edition(&stored.id).ok()).collect())
}
