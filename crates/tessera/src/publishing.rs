//! From a change of the sources to a new edition in the store: when to build, and the child process that does it.
//!
//! Raw numbers and the memory that building takes never enter the server: it starts `tessera build`, and a build that
//! fails, or is killed, is a line in the log.

use std::env;
use std::fs;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use tessera_atlas::folder::AtlasFolder;
use tessera_atlas::problem::Problem;
use tessera_atlas::store::{Publisher, StoreError};
use tessera_atlas::{EditionId, SourceFile, atlas_id};
use tessera_server::Trouble;
use tokio::process::{Child, Command};

use crate::allocator;

/// How long after a fault of the machine, a full disk for instance, the same sources are tried again.
const TRY_AGAIN: Duration = Duration::from_secs(60);
/// Where the store keeps what its newest edition was built from.
const SOURCES: &str = "sources.json";

/// What an edition was built from, and by which program.
#[derive(Debug, Serialize, Deserialize)]
struct BuiltFrom {
    program: String,
    folder: PathBuf,
    edition: EditionId,
    files: Vec<SourceFile>,
}

/// Builds the editions of one folder into one store.
pub(crate) struct Publishing {
    dir: PathBuf,
    store: PathBuf,
    publisher: Publisher,
    /// The sources as they were when they were last built, well or not.
    built: Vec<SourceFile>,
    /// The sources as the last look at them found them.
    seen: Vec<SourceFile>,
    try_again: Option<Instant>,
}

/// What came of a build.
pub(crate) enum Outcome {
    /// There is an edition, with remarks to tell.
    Published { edition: EditionId, remarks: String },
    /// There is none, and everything there is to tell.
    Failed { trouble: Trouble, told: String },
}

/// What a build says on its standard output; see `check::for_programs`, and beside that the files that were looked at.
#[derive(Deserialize)]
struct BuildReport {
    edition: Option<EditionId>,
    errors: usize,
    problems: Vec<ReportedProblem>,
    files: Vec<SourceFile>,
}

#[derive(Deserialize)]
struct ReportedProblem {
    kind: String,
}

impl Publishing {
    /// Takes the right to publish into a store. `None` where somebody else has it.
    pub(crate) fn begin(dir: &Path, store: &Path) -> Result<Option<Publishing>, StoreError> {
        let Some(publisher) = Publisher::of(store)? else { return Ok(None) };
        let (dir, store) = (dir.to_owned(), store.to_owned());
        Ok(Some(Publishing { dir, store, publisher, built: Vec::new(), seen: Vec::new(), try_again: None }))
    }

    /// Whether the newest edition is what the sources would give again, as far as lengths and times tell.
    pub(crate) fn is_current(&mut self, latest: &EditionId) -> bool {
        let bytes = fs::read(self.store.join(SOURCES)).unwrap_or_default();
        let Ok(known) = serde_json::from_slice::<BuiltFrom>(&bytes) else { return false };
        let is_ours = known.program == tessera_server::BUILD && known.folder == absolute(&self.dir);
        if is_ours && known.edition == *latest && self.now(&known.files) == known.files {
            self.built = known.files;
            self.seen = self.built.clone();
            return true;
        }
        false
    }

    /// Whether to build: the sources differ from what was built, and two looks at them agree, so that nobody is in the middle
    /// of writing.
    pub(crate) fn has_settled_change(&mut self) -> bool {
        let now = self.now(&self.built);
        let settled = now == self.seen;
        self.seen = now;
        let tried = self.try_again.is_none_or(|at| Instant::now() < at);
        settled && (self.seen != self.built || !tried)
    }

    /// Has the next look that finds nobody writing build, be it that nothing seems to have changed.
    pub(crate) fn try_again(&mut self) {
        self.try_again = Some(Instant::now());
    }

    /// The text files that changed since they were built and end within a line, as one does whose copying got stuck.
    pub(crate) fn cut_off(&self) -> impl Iterator<Item = PathBuf> {
        let is_text = |file: &&SourceFile| {
            let path = file.path.to_ascii_lowercase();
            file.bytes.is_some() && [".csv", ".tsv", ".txt"].iter().any(|ending| path.ends_with(ending))
        };
        let changed = self.seen.iter().filter(|file| !self.built.contains(file));
        changed.filter(is_text).map(|file| self.dir.join(&file.path)).filter(|text| is_cut_off(text))
    }

    fn now(&self, files: &[SourceFile]) -> Vec<SourceFile> {
        files.iter().map(|file| SourceFile::now(&self.dir, &file.path)).collect()
    }

    /// Builds the first edition and publishes it. Somebody waits for it: it says itself, on standard error, what there is to
    /// tell and, unless it is to be `quiet`, how far it is.
    pub(crate) async fn build_first(&mut self, quiet: bool) -> Outcome {
        let folder = self.publisher.building();
        let mut command = self.command(&folder);
        command.args(quiet.then_some("--quiet")).stderr(Stdio::inherit());
        self.run(&folder, async { command.spawn()?.wait_with_output().await }).await
    }

    /// Builds another edition and publishes it; `published` is the id of the atlas that the store keeps.
    pub(crate) async fn build(&mut self, published: &str) -> Outcome {
        if let Err(told) = same_atlas(&self.dir, &self.store, published) {
            // Only another manifest can change that.
            self.built = vec![SourceFile::now(&self.dir, AtlasFolder::MANIFEST)];
            self.seen = self.built.clone();
            return Outcome::Failed { trouble: Trouble { errors: 1, kind: "other-atlas".to_owned() }, told };
        }
        let folder = self.publisher.building();
        let mut command = self.command(&folder);
        command.arg("--quiet").stderr(Stdio::piped());
        let built = async {
            let build = command.spawn()?;
            give_way(&build);
            build.wait_with_output().await
        };
        self.run(&folder, built).await
    }

    /// What builds into a folder, and ends when nobody waits for it any more.
    fn command(&self, folder: &Path) -> Command {
        let mut command = Command::new(program());
        command.arg("build").arg(&self.dir).arg("--out").arg(folder).arg("--beside").arg(&self.store);
        command.args(["--format", "json"]).stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true);
        // The server's own way with memory would take a build twice the time.
        let (name, servers) = allocator::GIVEN_BACK_AT_ONCE;
        if env::var_os(name).is_some_and(|value| value == servers) {
            command.env(name, allocator::KEPT.1);
        }
        command
    }

    /// Waits for a child process and publishes what it `built`.
    async fn run(&mut self, folder: &Path, built: impl Future<Output = io::Result<Output>>) -> Outcome {
        let before = self.now(&self.built);
        let outcome = match built.await {
            Ok(output) => self.finish(folder, output),
            Err(error) => self.fault(format!("a build cannot be started: {error}")),
        };
        // Where the build could not even say what it read, the same sources are not tried at once again.
        if self.built.is_empty() {
            self.built = before;
        }
        self.seen = self.built.clone();
        outcome
    }

    fn finish(&mut self, folder: &Path, Output { status, stdout, stderr }: Output) -> Outcome {
        let told = String::from_utf8_lossy(&stderr).trim_end().to_owned();
        let Ok(report) = serde_json::from_slice::<BuildReport>(&stdout) else {
            return self.fault(format!("the build ended early ({status})\n{told}").trim_end().to_owned());
        };
        self.built = report.files;
        match report.edition.filter(|_| status.success()) {
            Some(edition) => match self.publisher.publish(folder) {
                Ok(_) => {
                    self.note(&edition);
                    self.try_again = None;
                    Outcome::Published { edition, remarks: told }
                }
                Err(error) => self.fault(error.to_string()),
            },
            None if report.errors == 0 => self.fault(told),
            None => {
                self.try_again = None;
                let mut kinds = report.problems.into_iter().map(|problem| problem.kind);
                let first = kinds.next().unwrap_or_default();
                // What else is wrong may be wrong because of it.
                let kind = kinds.find(|kind| kind == Problem::CHANGED).unwrap_or(first);
                Outcome::Failed { trouble: Trouble { errors: report.errors, kind }, told }
            }
        }
    }

    /// Remembers what the newest edition was built from. Where that fails, the next start builds once more than it must.
    fn note(&self, edition: &EditionId) {
        let built_from = BuiltFrom {
            program: tessera_server::BUILD.to_owned(),
            folder: absolute(&self.dir),
            edition: edition.clone(),
            files: self.built.clone(),
        };
        let bytes = serde_json::to_vec(&built_from).map_err(io::Error::other);
        drop(bytes.and_then(|bytes| fs::write(self.store.join(SOURCES), bytes)));
    }

    /// A fault of the machine, which may pass.
    fn fault(&mut self, told: String) -> Outcome {
        self.try_again = Some(Instant::now() + TRY_AGAIN);
        Outcome::Failed { trouble: Trouble { errors: 1, kind: "fault".to_owned() }, told }
    }
}

/// Holds that the folder is the atlas whose editions the store keeps. An atlas is known by its id: its title and all else may
/// change from one edition to the next. A folder whose manifest cannot be read passes: the build says what is wrong with it.
pub(crate) fn same_atlas(dir: &Path, store: &Path, published: &str) -> Result<(), String> {
    match atlas_id(dir) {
        Some(id) if id != published => Err(format!(
            "the store `{}` keeps the editions of the atlas `{published}`, and the atlas in `{}` is `{id}`\n  \
             hint: name another store with `--store`, or give `[atlas]` the `id` back that it had",
            store.display(),
            dir.display(),
        )),
        _ => Ok(()),
    }
}

/// Whether a text file ends within a line.
fn is_cut_off(path: &Path) -> bool {
    let end = || -> io::Result<Vec<u8>> {
        let mut file = fs::File::open(path)?;
        // Of UTF-16, a sign has two bytes.
        file.seek(SeekFrom::End(-2))?;
        let mut end = Vec::new();
        file.take(2).read_to_end(&mut end)?;
        Ok(end)
    };
    end().is_ok_and(|end| !matches!(end.as_slice(), [_, b'\n' | b'\r'] | [b'\n' | b'\r', 0]))
}

/// Readers come first: a build that shares the processors with them has what they leave. Where the system does not allow that, the
/// build is only sooner done.
fn give_way(build: &Child) {
    #[cfg(unix)]
    {
        use rustix::process::{Pid, setpriority_process};
        const BEHIND_OTHERS: i32 = 10;
        let id = build.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
        let _ = id.map(|id| setpriority_process(Some(id), BEHIND_OTHERS));
    }
}

/// This very program.
fn program() -> PathBuf {
    std::env::current_exe().unwrap_or_else(|_| PathBuf::from("tessera"))
}

fn absolute(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}
