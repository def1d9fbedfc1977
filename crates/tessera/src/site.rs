//! `tessera build --static`: an edition as plain files for any file server.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::available_parallelism;

use serde::{Deserialize, Serialize};
use tessera_atlas::store::{ColumnCache, Kind, Store, StoreError, Workshop};
use tessera_atlas::{Edition, EditionId};
use tessera_server::{Site, SiteError, SiteFile};
use tokio::task::JoinSet;

/// Which editions no reader should see any more, and by which a folder is known as a site. The page reads it before
/// anything else.
const WITHDRAWN: &str = "withdrawn.json";
/// Which files the site is made of, one a line: what else stands in its folder is somebody's own.
const FILES: &str = "files.txt";
/// A site in a folder.
const SITE: Kind = Kind { name: "site of plain files", files: files_of_site };
/// How much of the edition's columns is kept in memory.
const COLUMN_BYTES: u64 = 64 * 1024 * 1024;

/// What [`WITHDRAWN`] holds.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Withdrawn {
    /// By the edition's id, the reason that readers are told.
    withdrawn: BTreeMap<EditionId, String>,
}

/// Why there is no site.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SiteTrouble {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Answer(#[from] SiteError),
    #[error("{0}")]
    Program(String),
    #[error("`{}` cannot be used: {reason}", path.display())]
    File { path: PathBuf, reason: String },
    #[error("edition {edition} was withdrawn from `{}`: {reason}\n  hint: mend the sources, or take it off {WITHDRAWN}", place.display())]
    Withdrawn { edition: EditionId, place: PathBuf, reason: String },
}

/// Sets up for a site in a place, if that is empty or holds one.
pub(crate) fn begin_site(place: &Path) -> Result<Workshop, SiteTrouble> {
    withdrawn(place)?;
    Ok(Workshop::beside(place, SITE)?)
}

/// Writes the site of the edition in a folder, in one step: the site that stands in the place stays until all is written, and
/// whatever somebody put beside its files stays for good. Gives the number of files.
pub(crate) fn write_site(edition: &Path, workshop: Workshop) -> Result<usize, SiteTrouble> {
    let edition = open(edition)?;
    let id = edition.id().clone();
    let withdrawn = withdrawn(workshop.place())?;
    if let Some(reason) = withdrawn.withdrawn.get(&id) {
        let place = workshop.place().to_owned();
        return Err(SiteTrouble::Withdrawn { edition: id, place, reason: reason.clone() });
    }
    let site = Site::of(edition).map_err(SiteTrouble::Program)?;
    let files: Arc<[SiteFile]> = site.files()?.into();
    let list: Vec<&str> = files.iter().map(|file| file.file.as_str()).chain([WITHDRAWN, FILES]).collect();
    let (count, list) = (files.len(), list.join("\n") + "\n");
    let folder = workshop.new_folder();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| SiteTrouble::Program(error.to_string()))?;
    runtime.block_on(write_files(Arc::new(site), files, Arc::from(folder.as_path())))?;
    let text = serde_json::to_vec_pretty(&withdrawn).map_err(|error| SiteTrouble::Program(error.to_string()))?;
    write(&folder.join(WITHDRAWN), &text)?;
    write(&folder.join(FILES), list.as_bytes())?;
    workshop.finish()?;
    Ok(count)
}

/// The files of the site in a folder. Of one without its list none but the list of what was withdrawn is known to be its own.
fn files_of_site(folder: &Path) -> Option<BTreeSet<PathBuf>> {
    serde_json::from_slice::<Withdrawn>(&fs::read(folder.join(WITHDRAWN)).ok()?).ok()?;
    let list = fs::read_to_string(folder.join(FILES)).unwrap_or_default();
    Some(list.lines().chain([WITHDRAWN]).map(PathBuf::from).collect())
}

fn open(folder: &Path) -> Result<Edition, SiteTrouble> {
    let store = Store::open(folder, ColumnCache::new(COLUMN_BYTES))?;
    let id = store.latest()?.ok_or_else(|| StoreError::NoEdition(folder.display().to_string()))?;
    Ok(store.edition(&id)?)
}

/// What was withdrawn from a site; nothing where there is none yet.
fn withdrawn(place: &Path) -> Result<Withdrawn, SiteTrouble> {
    let path = place.join(WITHDRAWN);
    let unusable = |reason: String| SiteTrouble::File { path: path.clone(), reason };
    match fs::read(&path) {
        Ok(text) => serde_json::from_slice(&text).map_err(|error| {
            unusable(format!(
                "{error}\n  hint: it is like {{ \"withdrawn\": {{ \"<id of the edition>\": \"<what readers are told>\" }} }}"
            ))
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Withdrawn::default()),
        Err(error) => Err(unusable(error.to_string())),
    }
}

/// Writes all files, as many at a time as there are cores.
async fn write_files(site: Arc<Site>, files: Arc<[SiteFile]>, folder: Arc<Path>) -> Result<(), SiteTrouble> {
    let next = Arc::new(AtomicUsize::new(0));
    let mut writers = JoinSet::new();
    for _ in 0..available_parallelism().map_or(1, NonZero::get) {
        let (site, files, folder, next) = (site.clone(), files.clone(), folder.clone(), next.clone());
        writers.spawn(async move {
            while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                write(&folder.join(&file.file), &site.content(file).await?)?;
            }
            Ok::<(), SiteTrouble>(())
        });
    }
    while let Some(written) = writers.join_next().await {
        written.map_err(|error| SiteTrouble::Program(error.to_string()))??;
    }
    Ok(())
}

fn write(path: &Path, content: &[u8]) -> Result<(), SiteTrouble> {
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    let written = folder.and_then(|()| fs::write(path, content));
    written.map_err(|error| SiteTrouble::File { path: path.to_owned(), reason: error.to_string() })
}
