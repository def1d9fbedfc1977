//! Editions on disk, and the store that keeps them.
//!
//! An edition is a folder of open formats (docs/editions.md describes each file): a manifest with the checksums of
//! all others, a catalogue, GeoParquet for each geography, its borders and tiles, and Parquet for each indicator. [`write_edition`]
//! writes one; a [`Store`] keeps many, with one pointer to the newest, and opens them again without their sources. Columns
//! are read by ranges when they are asked for, each block of a file against its checksum, and kept within the memory of a
//! [`ColumnCache`].

mod catalog;
mod columns;
mod draft;
mod earlier;
mod error;
mod geographies;
mod open;
mod parquet;
mod ready;
mod seal;
mod sealed;
mod small;
mod tiles;
mod workshop;
mod write;

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use object_store::ObjectStore;
use object_store::local::LocalFileSystem;
use object_store::path::Path as ObjectPath;

use self::draft::write_durably;
use self::open::open_edition;
use self::seal::{MANIFEST, Manifest};
use self::sealed::{SealedFolder, read_listed};
use self::workshop::{OLD, carry_over, remove_folder, replace_folder};
use crate::edition::{Edition, EditionId};

pub(crate) use self::catalog::ColumnEntry;
pub use self::columns::ColumnCache;
pub(crate) use self::columns::StoredColumns;
pub use self::earlier::Earlier;
pub use self::error::StoreError;
pub(crate) use self::tiles::StoredTiles;
pub use self::workshop::{Kind, Workshop};
pub(crate) use self::write::EditionWriter;
pub use self::write::write_edition;

/// The folder of the editions within a store.
const EDITIONS: &str = "editions";
/// The folder in which editions are built.
const BUILDING: &str = "building";
/// The pointer to the newest edition.
const LATEST: &str = "latest";
/// Held by the one program that publishes into the store.
const LOCK: &str = "lock";
/// How what this program writes into a store is called; the last two are notes of what it was built from.
const OWN_NAMES: [&str; 6] = [LOCK, LATEST, EDITIONS, BUILDING, "sources.json", "made.json"];
/// Tells Git that nothing in the store is to be kept.
const IGNORED: &str = ".gitignore";

/// An edition in a folder. One whose files are damaged is one, too.
pub const EDITION: Kind = Kind { name: "edition", files: files_of_edition };

fn files_of_edition(folder: &Path) -> Option<BTreeSet<PathBuf>> {
    let manifest = Manifest::from_bytes(&fs::read(folder.join(MANIFEST)).ok()?).ok()?;
    Some(manifest.files.into_keys().chain([MANIFEST.to_owned()]).map(PathBuf::from).collect())
}

/// A folder of editions with one pointer to the newest; or a folder that is a single edition.
///
/// Publishing writes beside what is there and then moves the pointer, each in one step of the file system: whoever reads
/// sees the old edition or the new one, and a crash at any moment leaves the old one.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    objects: Arc<dyn ObjectStore>,
    cache: ColumnCache,
    single: Option<EditionId>,
}

/// An edition in a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEdition {
    /// Its id.
    pub id: EditionId,
    /// When it was built, in UTC: `2026-01-31T09:30:00Z`.
    pub built: String,
}

/// The right to publish into a store; nobody else has it as long as this is held.
#[derive(Debug)]
pub struct Publisher {
    folder: PathBuf,
    _lock: File,
}

impl Store {
    /// Opens the store in a folder, which need not hold an edition yet.
    ///
    /// # Errors
    /// Where there is no such folder, it cannot be read, or it is a damaged edition.
    pub fn open(folder: &Path, cache: ColumnCache) -> Result<Store, StoreError> {
        let unreadable = |error: &dyn ToString| StoreError::unreadable(folder, error.to_string());
        let absolute = std::path::absolute(folder).map_err(|error| unreadable(&error))?;
        if !absolute.is_dir() {
            return Err(StoreError::NoEdition(folder.display().to_string()));
        }
        let objects = LocalFileSystem::new_with_prefix(&absolute).map_err(|error| unreadable(&error))?;
        let objects: Arc<dyn ObjectStore> = Arc::new(objects);
        let single = match absolute.join(MANIFEST).is_file() {
            true => Some(read_listed(objects.as_ref(), &ObjectPath::default())?.edition),
            false => None,
        };
        Ok(Store { folder: absolute, objects, cache, single })
    }

    /// Whether the folder is one edition, into which nothing can be published.
    pub fn is_single(&self) -> bool {
        self.single.is_some()
    }

    /// The edition that the pointer names; `None` where nothing was published yet.
    pub fn latest(&self) -> Result<Option<EditionId>, StoreError> {
        if let Some(single) = &self.single {
            return Ok(Some(single.clone()));
        }
        let pointer = self.folder.join(LATEST);
        match fs::read_to_string(&pointer) {
            Ok(text) => match text.trim().parse() {
                Ok(id) => Ok(Some(id)),
                Err(_) => Err(StoreError::unreadable(&pointer, "it should hold the id of an edition")),
            },
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
            Err(error) => Err(StoreError::unreadable(&pointer, error)),
        }
    }

    /// The error of a store whose pointer is gone.
    pub fn no_pointer(&self) -> StoreError {
        StoreError::unreadable(&self.folder.join(LATEST), "it is gone")
    }

    /// Opens an edition.
    ///
    /// # Errors
    /// [`StoreError::NoEdition`] where the store has none of this id; others where it is not as it was written.
    pub fn edition(&self, id: &EditionId) -> Result<Edition, StoreError> {
        let root = match &self.single {
            Some(single) if single == id => ObjectPath::default(),
            Some(_) => return Err(StoreError::NoEdition(id.to_string())),
            None => ObjectPath::from_iter([EDITIONS, id.as_str()]),
        };
        let edition = open_edition(self.objects.clone(), root, &self.cache)?;
        if edition.id() != id {
            let what = format!("it is edition {}", edition.id());
            return Err(StoreError::Damaged { edition: id.to_string(), file: MANIFEST.to_owned(), what });
        }
        Ok(edition)
    }

    /// Opens an edition so that the next one can share its files.
    ///
    /// # Errors
    /// As [`Store::edition`].
    pub fn earlier(&self, id: &EditionId) -> Result<Earlier, StoreError> {
        let folder = match self.is_single() {
            true => self.folder.clone(),
            false => self.folder.join(EDITIONS).join(id.as_str()),
        };
        Ok(Earlier::new(self.edition(id)?, folder))
    }

    /// Whether an edition of this id is there. Nothing is read of it.
    pub fn holds(&self, id: &EditionId) -> bool {
        match &self.single {
            Some(single) => single == id && self.folder.join(MANIFEST).is_file(),
            None => self.folder.join(EDITIONS).join(id.as_str()).join(MANIFEST).is_file(),
        }
    }

    /// All editions, the one that was built last first. Folders that are none are left out.
    ///
    /// # Errors
    /// Where the folder of the editions cannot be read.
    pub fn editions(&self) -> Result<Vec<StoredEdition>, StoreError> {
        self.editions_beside(&[])
    }

    /// The same, where some are `known`: an edition never changes, so of these only whether they are still there is looked at.
    ///
    /// # Errors
    /// As [`Store::editions`].
    pub fn editions_beside(&self, known: &[StoredEdition]) -> Result<Vec<StoredEdition>, StoreError> {
        let entry = |root: &ObjectPath| {
            let listed = read_listed(self.objects.as_ref(), root).ok()?;
            Some(StoredEdition { id: listed.edition, built: listed.built })
        };
        if self.is_single() {
            return Ok(entry(&ObjectPath::default()).into_iter().collect());
        }
        let folder = self.folder.join(EDITIONS);
        let names = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(StoreError::unreadable(&folder, error)),
        };
        let names = names.flatten().filter_map(|entry| entry.file_name().into_string().ok());
        let ids = names.filter_map(|name| name.parse::<EditionId>().ok());
        let of = |id: EditionId| match known.iter().find(|stored| stored.id == id) {
            Some(stored) => self.holds(&id).then(|| stored.clone()),
            None => entry(&ObjectPath::from_iter([EDITIONS, id.as_str()])),
        };
        let mut editions: Vec<StoredEdition> = ids.filter_map(of).collect();
        editions.sort_by(|one, other| (&other.built, &other.id).cmp(&(&one.built, &one.id)));
        Ok(editions)
    }
}

impl Publisher {
    /// Takes the right to publish into the store in a folder, which is made where there is none, and clears away what a
    /// publisher that was cut short left unfinished. `None` where somebody else has the right.
    ///
    /// # Errors
    /// Where the folder cannot be written, or holds something that is called as a part of a store and is none.
    pub fn of(folder: &Path) -> Result<Option<Publisher>, StoreError> {
        let folder = std::path::absolute(folder).map_err(|error| StoreError::unwritable(folder, &error))?;
        let building = folder.join(BUILDING);
        if !folder.exists() {
            // What is built again from the sources beside it does not belong under version control with them.
            let ignored = || fs::write(folder.join(IGNORED), "*\n");
            fs::create_dir_all(&folder)
                .and_then(|()| ignored())
                .map_err(|error| StoreError::unwritable(&folder, &error))?;
        }
        if let Some(name) = not_a_store(&folder) {
            return Err(StoreError::NoStore { place: folder.display().to_string(), name });
        }
        let path = folder.join(LOCK);
        let lock = File::options().write(true).create(true).truncate(false).open(&path);
        let lock = lock.map_err(|error| StoreError::unwritable(&path, &error))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(StoreError::unwritable(&path, &error)),
        }
        clear_away(&building).map_err(|error| StoreError::unwritable(&building, &error))?;
        Ok(Some(Publisher { folder, _lock: lock }))
    }

    /// A folder in which to build an edition. It does not exist, and nobody else is given it.
    pub fn building(&self) -> PathBuf {
        static NEXT: AtomicUsize = AtomicUsize::new(1);
        let name = format!("{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        self.folder.join(BUILDING).join(name)
    }

    /// Publishes what was built in a folder of [`Publisher::building`]: takes it among the editions and moves the pointer to
    /// it.
    ///
    /// # Errors
    /// Where no whole edition stands there, or the store cannot be written. Then the pointer stays.
    pub fn publish(&self, built: &Path) -> Result<EditionId, StoreError> {
        let id = whole(built)?;
        let place = self.folder.join(EDITIONS).join(id.as_str());
        let unwritable = |error: io::Error| StoreError::unwritable(&place, &error);
        if whole(&place).is_ok_and(|there| there == id) {
            fs::remove_dir_all(built).map_err(unwritable)?;
        } else {
            fs::create_dir_all(self.folder.join(EDITIONS)).map_err(unwritable)?;
            self.move_in(built, &place).map_err(unwritable)?;
            sync_folder(&self.folder.join(EDITIONS)).map_err(unwritable)?;
        }
        self.point_to(&id)?;
        Ok(id)
    }

    /// Moves an edition to its place. A damaged one of the same content makes way, the files of which are called the same.
    fn move_in(&self, built: &Path, place: &Path) -> io::Result<()> {
        if !place.exists() {
            return fs::rename(built, place);
        }
        let aside = self.building();
        let old = aside.join(OLD);
        fs::create_dir_all(&aside)?;
        fs::rename(place, &old)?;
        fs::rename(built, place)?;
        carry_over(&old, place, &files_of_edition(place).unwrap_or_default())?;
        fs::remove_dir_all(aside)
    }

    fn point_to(&self, id: &EditionId) -> Result<(), StoreError> {
        let pointer = self.folder.join(LATEST);
        let beside = self.folder.join(BUILDING).join(LATEST);
        let moved = write_durably(&beside, format!("{id}\n").as_bytes())
            .and_then(|()| fs::rename(&beside, &pointer))
            .and_then(|()| sync_folder(&self.folder));
        moved.map_err(|error| StoreError::unwritable(&pointer, &error))
    }
}

/// Has an edition written so that it is in its place whole or not at all, by somebody who may find that there is none: then
/// nothing is moved. A folder that is there makes way if it is an edition.
///
/// # Errors
/// Where the folder is there and is neither empty nor an edition, or cannot be written.
pub(crate) fn put_in_place<T>(
    place: &Path,
    write: impl FnOnce(&Path) -> Result<Option<T>, StoreError>,
) -> Result<Option<T>, StoreError> {
    enum Stopped {
        ByChoice,
        By(StoreError),
    }
    impl From<StoreError> for Stopped {
        fn from(error: StoreError) -> Stopped {
            Stopped::By(error)
        }
    }
    let mut made = None;
    let replaced = replace_folder(place, EDITION, |building| {
        made = write(building)?;
        if made.is_some() { Ok(()) } else { Err(Stopped::ByChoice) }
    });
    match replaced {
        Ok(()) => Ok(made),
        Err(Stopped::ByChoice) => Ok(None),
        Err(Stopped::By(error)) => Err(error),
    }
}

/// The id of the edition in a folder in which every file is there, in its length.
fn whole(folder: &Path) -> Result<EditionId, StoreError> {
    let objects = LocalFileSystem::new_with_prefix(folder).map_err(|error| StoreError::unreadable(folder, error))?;
    let folder = SealedFolder::open(Arc::new(objects), ObjectPath::default())?;
    folder.compare_lengths()?;
    Ok(folder.edition().clone())
}

/// What in a folder is called as a part of a store, where the folder is none: a store has a lock without content, or a pointer.
fn not_a_store(folder: &Path) -> Option<String> {
    let is_lock = |own: fs::Metadata| own.is_file() && own.len() == 0;
    let points = |text: String| text.trim().parse::<EditionId>().is_ok();
    let is_store = folder.join(LOCK).symlink_metadata().is_ok_and(is_lock)
        || fs::read_to_string(folder.join(LATEST)).is_ok_and(points);
    // A build that outlives its store may go on writing where that was.
    let is_own = |name: &str| name == BUILDING && is_of_builds(&folder.join(BUILDING));
    let is_there = |name: &&str| folder.join(name).symlink_metadata().is_ok() && !is_own(name);
    OWN_NAMES.into_iter().find(is_there).filter(|_| !is_store).map(str::to_owned)
}

/// Whether nothing is in a folder but what [`clear_away`] removes.
fn is_of_builds(building: &Path) -> bool {
    let is_own =
        |entry: fs::DirEntry| entry.file_name().to_str().is_some_and(|name| name == LATEST || is_of_a_build(name));
    fs::read_dir(building).is_ok_and(|mut entries| entries.all(|entry| entry.is_ok_and(is_own)))
}

/// Removes what was being built in a folder, and the folder where nothing else is in it. What a publisher set aside for somebody
/// to look at stays.
fn clear_away(building: &Path) -> io::Result<()> {
    let entries = match fs::read_dir(building) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let (name, path) = (entry.file_name(), entry.path());
        if entry.file_type()?.is_dir() && name.to_str().is_some_and(is_of_a_build) && !path.join(OLD).exists() {
            remove_folder(&path)?;
        } else if name == LATEST && entry.file_type()?.is_file() {
            fs::remove_file(path)?;
        }
    }
    drop(fs::remove_dir(building));
    Ok(())
}

/// Whether a folder of [`Publisher::building`] is called so, or one beside it.
fn is_of_a_build(name: &str) -> bool {
    let is_numbered = |text: &str| text.split('-').all(|part| part.parse::<u32>().is_ok());
    match name.strip_prefix('.') {
        Some(beside) => beside.split_once(".building-").is_some_and(|(own, by)| is_numbered(own) && is_numbered(by)),
        None => name.contains('-') && is_numbered(name),
    }
}

/// Makes the names in a folder last through a loss of power.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
