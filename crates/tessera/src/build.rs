//! `tessera build`: write the edition of an atlas folder.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc;
use std::thread;

use serde_json::json;
use tessera_atlas::problem::told;
use tessera_atlas::store::{ColumnCache, Store, Workshop};
use tessera_atlas::{Before, Building, Ledger, build_edition};

use crate::check::{for_programs, tally};
use crate::progress::on_standard_error;
use crate::signals::Signals;
use crate::site::{begin_site, write_site};
use crate::{CUT_SHORT, FAILED, Format, say};

/// How much of other editions is kept in memory.
const CACHED_BYTES: u64 = 64 * 1024 * 1024;
/// Where a store keeps what its newest edition was made from.
const LEDGER: &str = "made.json";

/// What to build.
pub(crate) struct BuildArguments<'a> {
    /// The atlas folder.
    pub(crate) dir: &'a Path,
    /// The folder of the edition; where it is not asked for, it is written for the site alone.
    pub(crate) out: Option<&'a Path>,
    /// The folder of its site of plain files.
    pub(crate) site: Option<&'a Path>,
    /// A store whose editions stay readable.
    pub(crate) beside: Option<&'a Path>,
    /// Whether to make everything anew.
    pub(crate) anew: bool,
    pub(crate) format: Format,
    /// Whether to say nothing of how far it is.
    pub(crate) quiet: bool,
}

/// Builds the edition of a folder, so that nothing hidden follows from it and the editions of the store beside it, and writes
/// it to its place, taking over what did not change. Its id goes to standard output, or as JSON the whole report; problems and how
/// far it is go to standard error.
pub(crate) fn build(arguments: &BuildArguments<'_>) -> ExitCode {
    let BuildArguments { dir, out, site, beside, anew, format, quiet } = *arguments;
    leave_nothing_when_told_to_stop();
    let failed = |error: &dyn ToString| {
        say(&format!("error: {}", error.to_string()));
        ExitCode::from(FAILED)
    };
    let store = match beside.map(|store| Store::open(store, ColumnCache::new(CACHED_BYTES))).transpose() {
        Ok(store) => store,
        Err(error) => return failed(&error),
    };
    let site = match site.map(begin_site).transpose() {
        Ok(site) => site,
        Err(error) => return failed(&error),
    };
    // What is built within a store follows that store's newest edition; anything else the edition in its own place.
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let home = beside.filter(|store| out.is_some_and(|out| absolute(out).starts_with(absolute(store))));
    let ledger = out.map(|out| ledger_of(out, home));
    let before = out.filter(|_| !anew).zip(ledger.as_deref());
    let before = before.and_then(|(out, ledger)| before_it(home.unwrap_or(out), ledger));
    let scratch = site.as_ref().map(|site| site.side_folder("edition"));
    let Some(place) = out.or(scratch.as_deref()) else { return ExitCode::from(FAILED) };
    let progress = on_standard_error(quiet);
    let building = Building { program: tessera_server::BUILD, beside: store.as_ref(), progress: progress.as_ref() };
    let (built, report) = build_edition(dir, place, &building, before);
    drop(progress);
    if !report.problems.is_empty() {
        say(&format!("{}\n\n{}", told(&report.problems), tally(&report)));
    }
    let built = built.unwrap_or_else(|error| {
        say(&format!("error: {error}"));
        None
    });
    let written = built.as_ref().and(site).map(|site| {
        let shown = site.place().to_owned();
        write_site(place, site).map(|files| (files, shown))
    });
    let built = match written.transpose() {
        Ok(Some((files, site))) => {
            say(&format!("{files} files in {}", site.display()));
            built
        }
        Ok(None) => built,
        Err(error) => {
            say(&format!("error: {error}"));
            None
        }
    };
    if let Some(built) = &built {
        if let Some(ledger) = &ledger {
            // Without it the next build makes everything anew.
            drop(
                serde_json::to_vec(&built.ledger).map_err(io::Error::other).and_then(|bytes| fs::write(ledger, bytes)),
            );
        }
        if !quiet {
            say(&format!("columns: {} made, {} as before", built.columns_made, built.columns_taken));
        }
    }
    let answer = match (format, &built) {
        (Format::Json, _) => {
            let mut answer = for_programs(&report, built.as_ref().map(|built| &built.edition));
            answer["files"] = json!(report.files);
            answer["columns"] = json!(built.as_ref().map(|built| json!({
                "made": built.columns_made,
                "as_before": built.columns_taken,
            })));
            format!("{answer:#}")
        }
        (Format::Text, Some(built)) => built.edition.to_string(),
        (Format::Text, None) => return ExitCode::from(FAILED),
    };
    let said = writeln!(io::stdout(), "{answer}");
    if built.is_some() && said.is_ok() { ExitCode::SUCCESS } else { ExitCode::from(FAILED) }
}

/// Where the ledger of the newest edition stands: in the store, or beside the edition.
fn ledger_of(out: &Path, store: Option<&Path>) -> PathBuf {
    match store {
        Some(store) => store.join(LEDGER),
        None => {
            let out = out.canonicalize().unwrap_or_else(|_| out.to_owned());
            let name = out.file_name().unwrap_or_default().to_string_lossy();
            out.with_file_name(format!(".{name}.{LEDGER}"))
        }
    }
}

/// The newest edition of a store, or the only one in a folder, with its ledger, where both are there and belong together.
fn before_it(store: &Path, ledger: &Path) -> Option<Before> {
    let ledger: Ledger = serde_json::from_slice(&fs::read(ledger).ok()?).ok()?;
    let store = Store::open(store, ColumnCache::new(CACHED_BYTES)).ok()?;
    Before::new(store.earlier(&store.latest().ok()??).ok()?, ledger)
}

/// Takes away what is begun and not finished when the program is told to stop, and ends it. No signal is missed from here on.
fn leave_nothing_when_told_to_stop() {
    let (listening, listens) = mpsc::channel();
    thread::spawn(move || {
        let told = || -> io::Result<()> {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let mut signals = Signals::listen()?;
                let _ = listening.send(());
                signals.next().await;
                Ok(())
            })
        };
        if told().is_ok() {
            Workshop::abandon_all();
            std::process::exit(CUT_SHORT);
        }
    });
    // Where it cannot listen, the system ends it, and the next build clears away.
    let _ = listens.recv();
}
