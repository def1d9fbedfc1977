//! Something that stands in its place whole or not at all: it is made in a folder beside the place and moved there.
//!
//! Nothing is ever removed but what this program made. A place makes way where one of the same kind stands in it, or nothing;
//! what else somebody put there stays. Folders in which something was made are known by their names and by a sign within.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::error::StoreError;

/// The file by which a workshop is known, and which its process holds.
const LOCK: &str = "lock";
/// What stands in it.
const SIGN: &str = "Tessera builds here. What a build leaves behind that is killed, the next one clears away.\n";
/// What is to be moved to the place.
const NEW: &str = "new";
/// What stood in the place, with all that somebody put into it.
pub(super) const OLD: &str = "old";
/// The same, where nothing is left but what this program made.
const DONE: &str = "done";

/// What can stand in a place.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// What it is called, as in "is no edition".
    pub name: &'static str,
    /// The files that make up the one in a folder, by their ways from it; `None` where no such thing stands there.
    pub files: fn(&Path) -> Option<BTreeSet<PathBuf>>,
}

/// A folder beside a place, of this process alone, in which what is to stand there is made. It is gone with this value, and where
/// its process is killed, with the next one beside that place.
#[derive(Debug)]
pub struct Workshop {
    place: PathBuf,
    kind: Kind,
    folder: PathBuf,
    _lock: File,
}

/// The workshops of this process. Held while anything is moved.
static UNDER_WAY: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn under_way() -> MutexGuard<'static, Vec<PathBuf>> {
    UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes a folder and moves it to its place once it is whole.
///
/// # Errors
/// Those of `write`; where something of another kind stands in the place; or where it cannot be written.
pub(crate) fn replace_folder<E: From<StoreError>>(
    place: &Path,
    kind: Kind,
    write: impl FnOnce(&Path) -> Result<(), E>,
) -> Result<(), E> {
    let workshop = Workshop::beside(place, kind)?;
    write(&workshop.new_folder())?;
    Ok(workshop.finish()?)
}

impl Workshop {
    /// Sets up beside a place, with what a process that was killed left there cleared away. Where the place is a link, it is that to
    /// which it leads.
    ///
    /// # Errors
    /// Where something of another kind stands in the place, or nothing can be written beside it.
    pub fn beside(place: &Path, kind: Kind) -> Result<Workshop, StoreError> {
        static NEXT: AtomicUsize = AtomicUsize::new(1);
        let unwritable = |error: io::Error| StoreError::unwritable(place, &error);
        let place = real_place(place)?;
        clear_left_behind(&place, kind);
        files_in_the_way(&place, kind)?;
        let mut under_way = under_way();
        let folder = loop {
            let own = format!("{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
            let mut name = prefix(&place);
            name.push(own);
            let folder = place.with_file_name(name);
            match fs::create_dir(&folder) {
                Ok(()) => break folder,
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(unwritable(error)),
            }
        };
        // The sign comes last: whoever sees it finds the lock held.
        let sign = || {
            let mut lock = File::create_new(folder.join(LOCK))?;
            // On a disk without locks nobody can tell that it is left behind, and it stays.
            drop(lock.lock());
            lock.write_all(SIGN.as_bytes())?;
            Ok(lock)
        };
        match sign() {
            Ok(lock) => {
                under_way.push(folder.clone());
                Ok(Workshop { place, kind, folder, _lock: lock })
            }
            Err(error) => {
                drop(fs::remove_dir_all(&folder));
                Err(unwritable(error))
            }
        }
    }

    /// Where what is made will stand.
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// A folder for what [`Workshop::finish`] moves to the place. It does not exist yet.
    pub fn new_folder(&self) -> PathBuf {
        self.folder.join(NEW)
    }

    /// A folder for something else that is needed meanwhile. It does not exist yet.
    pub fn side_folder(&self, name: &str) -> PathBuf {
        self.folder.join(format!("beside-{name}"))
    }

    /// Moves what was made to its place. What stood there makes way; what in it was none of its files stays where it was.
    ///
    /// # Errors
    /// Where that would lie in the way, or where nothing can be moved. Then the place is as it was.
    pub fn finish(self) -> Result<(), StoreError> {
        let Workshop { place, kind, .. } = &self;
        let unwritable = |error: io::Error| StoreError::unwritable(place, &error);
        let (new, old) = (self.new_folder(), self.folder.join(OLD));
        let _alone = under_way();
        let files = files_in_the_way(place, *kind)?;
        if let Some(files) = &files {
            let strangers = strangers(place, files).map_err(unwritable)?;
            if let Some(stranger) = strangers.iter().find(|stranger| is_taken(&new, stranger)) {
                let reason = format!(
                    "`{}` stands there already and belongs to no {}\n  hint: move it away",
                    stranger.display(),
                    kind.name
                );
                return Err(StoreError::Unwritable { place: place.display().to_string(), reason });
            }
            // Who may enter it stays as it is, where the machine lets us.
            drop(fs::metadata(place).and_then(|of| fs::set_permissions(&new, of.permissions())));
            fs::rename(place, &old).map_err(unwritable)?;
        }
        if let Err(error) = fs::rename(&new, place) {
            if files.is_some() {
                drop(fs::rename(&old, place));
            }
            return Err(unwritable(error));
        }
        match files.map(|files| carry_over(&old, place, &files)) {
            Some(Err(error)) => {
                let reason = format!("{error}\n  hint: what stood there before is in `{}`", old.display());
                Err(StoreError::Unwritable { place: place.display().to_string(), reason })
            }
            Some(Ok(())) | None => Ok(()),
        }
    }

    /// Takes away all that this process has begun and not finished, for its end: nothing can be begun or finished any more.
    pub fn abandon_all() {
        let under_way = under_way();
        for folder in under_way.iter() {
            drop(clear_away(folder));
        }
        std::mem::forget(under_way);
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        let mut under_way = under_way();
        under_way.retain(|own| *own != self.folder);
        // That it could not be cleared away is no reason to say that something failed.
        drop(clear_away(&self.folder));
    }
}

/// Where a path leads, links and `..` followed. What stands there need not exist; folders on the way are made.
fn real_place(place: &Path) -> Result<PathBuf, StoreError> {
    let unwritable = |error: io::Error| StoreError::unwritable(place, &error);
    let refused =
        |reason: &str| Err(StoreError::Unwritable { place: place.display().to_string(), reason: reason.to_owned() });
    match place.canonicalize() {
        Ok(real) if real.parent().is_none() => return refused("it is the root of all folders"),
        Ok(real) => return Ok(real),
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(unwritable(error)),
        Err(_) => {}
    }
    if place.symlink_metadata().is_ok() {
        return refused("it is a link that leads nowhere");
    }
    let absolute = std::path::absolute(place).map_err(unwritable)?;
    let (Some(folder), Some(name)) = (absolute.parent(), absolute.file_name()) else {
        return refused("it names no folder");
    };
    if !folder.exists() {
        fs::create_dir_all(folder).map_err(unwritable)?;
    }
    Ok(folder.canonicalize().map_err(unwritable)?.join(name))
}

/// The files of what makes way in a place; `None` where nothing stands there.
fn files_in_the_way(place: &Path, kind: Kind) -> Result<Option<BTreeSet<PathBuf>>, StoreError> {
    if place.symlink_metadata().is_err() {
        return Ok(None);
    }
    let is_empty = || fs::read_dir(place).is_ok_and(|mut entries| entries.next().is_none());
    match (kind.files)(place) {
        Some(files) => Ok(Some(files)),
        None if is_empty() => Ok(Some(BTreeSet::new())),
        None => {
            let reason = format!("it is there already and is no {}", kind.name);
            Err(StoreError::Unwritable { place: place.display().to_string(), reason })
        }
    }
}

/// What a folder holds beside its own `files`, by the way from it; of a folder without any of these nothing within is named. Links
/// are not followed: this program makes none.
fn strangers(folder: &Path, files: &BTreeSet<PathBuf>) -> io::Result<Vec<PathBuf>> {
    let mut strangers = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(within) = folders.pop() {
        for entry in fs::read_dir(folder.join(&within))? {
            let entry = entry?;
            let (path, kind) = (within.join(entry.file_name()), entry.file_type()?);
            let holds_files = || files.range(path.clone()..).next().is_some_and(|next| next.starts_with(&path));
            if kind.is_dir() && holds_files() {
                folders.push(path);
            } else if !kind.is_file() || !files.contains(&path) {
                strangers.push(path);
            }
        }
    }
    Ok(strangers)
}

/// Whether something within a folder stands at a path, or where the way to it should be.
fn is_taken(folder: &Path, path: &Path) -> bool {
    let is_there = |path: &Path| folder.join(path).symlink_metadata().ok();
    let mut way = path.ancestors().skip(1).filter(|way| !way.as_os_str().is_empty());
    is_there(path).is_some() || way.any(|way| is_there(way).is_some_and(|there| !there.is_dir()))
}

/// Moves what is none of its `files` from where something stood to where the next one does, and removes the rest.
pub(super) fn carry_over(from: &Path, to: &Path, files: &BTreeSet<PathBuf>) -> io::Result<()> {
    for stranger in strangers(from, files)? {
        if is_taken(to, &stranger) {
            return Err(io::Error::other(format!("`{}` is in the way", stranger.display())));
        }
        let home = to.join(&stranger);
        home.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::rename(from.join(&stranger), home)?;
    }
    let done = from.with_file_name(DONE);
    fs::rename(from, &done)?;
    // What cannot be removed now is by whoever builds next.
    drop(fs::remove_dir_all(done));
    Ok(())
}

/// How the names of all workshops beside a place begin.
fn prefix(place: &Path) -> OsString {
    let mut name = OsString::from(".");
    name.push(place.file_name().unwrap_or_default());
    name.push(".building-");
    name
}

/// Clears away the workshops of processes that are no more. What stood in the place comes back where nothing took it.
fn clear_left_behind(place: &Path, kind: Kind) {
    // Where nobody may look, nothing is found.
    let Some(entries) = place.parent().and_then(|folder| fs::read_dir(folder).ok()) else { return };
    let prefix = prefix(place);
    for entry in entries.flatten() {
        let name = entry.file_name();
        let rest = name.as_encoded_bytes().strip_prefix(prefix.as_encoded_bytes());
        let is_numbered = rest.is_some_and(|rest| rest.iter().all(|byte| byte.is_ascii_digit() || *byte == b'-'));
        if !is_numbered || !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            continue;
        }
        let left = entry.path();
        let Some(_lock) = lock_of_nobody(&left.join(LOCK)) else { continue };
        let old = left.join(OLD);
        if old.exists() {
            // What cannot be brought home stays for somebody to look at.
            drop(match place.symlink_metadata() {
                Ok(_) => match (kind.files)(&old) {
                    Some(files) => carry_over(&old, place, &files),
                    None => fs::remove_dir(&old),
                },
                Err(_) => fs::rename(&old, place),
            });
        }
        drop(clear_away(&left));
    }
}

/// The lock of a workshop that no process holds.
fn lock_of_nobody(path: &Path) -> Option<File> {
    let is_file = path.symlink_metadata().is_ok_and(|own| own.is_file());
    let lock = File::options().read(true).write(true).open(path).ok().filter(|_| is_file)?;
    let mut sign = String::new();
    (&lock).take(SIGN.len() as u64 + 1).read_to_string(&mut sign).ok()?;
    (sign == SIGN && lock.try_lock().is_ok()).then_some(lock)
}

/// Removes a workshop, unless it holds what stood in the place. The lock goes last: a folder without it is nobody's.
fn clear_away(workshop: &Path) -> io::Result<()> {
    if workshop.join(OLD).exists() {
        return Ok(());
    }
    for entry in fs::read_dir(workshop)? {
        let entry = entry?;
        if entry.file_name() != LOCK {
            remove_folder(&entry.path())?;
        }
    }
    fs::remove_file(workshop.join(LOCK))?;
    fs::remove_dir(workshop)
}

/// Removes a folder with all that is in it. Somebody who is to be cut short may go on writing there until then: what that adds
/// meanwhile is removed as well.
pub(super) fn remove_folder(folder: &Path) -> io::Result<()> {
    const TRIES: usize = 100;
    for _ in 0..TRIES {
        match fs::remove_dir_all(folder) {
            Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => {
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => return Ok(()),
        }
    }
    fs::remove_dir_all(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Something that is made up of the files that stand in `list`.
    const THING: Kind = Kind {
        name: "thing",
        files: |folder| {
            let list = fs::read_to_string(folder.join("list")).ok()?;
            Some(list.lines().chain(["list"]).map(PathBuf::from).collect())
        },
    };

    fn write(folder: &Path, files: &[&str]) {
        for file in files {
            fs::create_dir_all(folder.join(file).parent().unwrap()).unwrap();
            fs::write(folder.join(file), *file).unwrap();
        }
    }

    fn make(place: &Path, files: &[&str]) -> Result<(), StoreError> {
        replace_folder(place, THING, |folder| {
            write(folder, files);
            fs::write(folder.join("list"), files.join("\n")).unwrap();
            Ok(())
        })
    }

    /// Everything below a folder, by its way from it.
    fn all(folder: &Path) -> Vec<String> {
        let mut found = Vec::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(at) = folders.pop() {
            for entry in fs::read_dir(at).unwrap() {
                let entry = entry.unwrap();
                found.push(entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned());
                if entry.file_type().unwrap().is_dir() {
                    folders.push(entry.path());
                }
            }
        }
        found.sort();
        found
    }

    #[test]
    fn what_is_not_of_the_kind_stays_as_it_is() {
        let home = tempfile::tempdir().unwrap();
        write(home.path(), &["atlas/atlas.toml", "atlas/data/t.csv", "other/thesis.odt"]);
        let before = all(home.path());
        let atlas = home.path().join("atlas");
        let file = atlas.join("atlas.toml");
        for place in [".", "..", "data", "data/..", "data/", "./data/../../other", "../other/", "/", "new/.."] {
            assert!(make(&atlas.join(place), &["a"]).is_err(), "{place}");
            assert_eq!(all(home.path()), before, "{place}");
        }
        assert!(make(&file, &["a"]).is_err() && make(Path::new(""), &["a"]).is_err());
        assert!(make(&file.join("b"), &["a"]).is_err());
        assert_eq!(all(home.path()), before);
    }

    #[test]
    fn what_somebody_put_there_stays_there() {
        let home = tempfile::tempdir().unwrap();
        let place = home.path().join("place");
        make(&place, &["index", "x/1", "x/2"]).unwrap();
        write(&place, &["CNAME", ".git/HEAD", "x/own", "notes/a/b"]);
        fs::create_dir(place.join("empty")).unwrap();
        make(&place, &["index", "y/1"]).unwrap();
        let expected = [
            ".git",
            ".git/HEAD",
            "CNAME",
            "empty",
            "index",
            "list",
            "notes",
            "notes/a",
            "notes/a/b",
            "x",
            "x/own",
            "y",
            "y/1",
        ];
        assert_eq!(all(&place), expected);
        // What would lie in the way is named, and all stays.
        for (files, stranger) in [(["CNAME"], "CNAME"), (["notes/a"], "notes"), (["x"], "x")] {
            let refused = make(&place, &files).unwrap_err().to_string();
            assert!(refused.contains(&format!("`{stranger}` stands there already")), "{refused}");
            assert_eq!(all(&place), expected);
        }
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_leads_to_the_place_and_one_within_is_not_followed() {
        use std::os::unix::fs::symlink;
        let home = tempfile::tempdir().unwrap();
        let (real, link) = (home.path().join("real"), home.path().join("link"));
        make(&real, &["x/1"]).unwrap();
        symlink(&real, &link).unwrap();
        make(&link, &["x/2"]).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(all(&real), ["list", "x", "x/2"]);
        // The files behind a link are not those that were made here.
        fs::rename(real.join("x"), home.path().join("x")).unwrap();
        symlink(home.path().join("x"), real.join("x")).unwrap();
        assert!(make(&real, &["x/2"]).is_err());
        make(&real, &["y"]).unwrap();
        assert_eq!(all(&home.path().join("x")), ["2"]);
        assert_eq!(all(&real), ["list", "x", "y"]);
        symlink(home.path().join("nowhere"), home.path().join("dangling")).unwrap();
        let refused = make(&home.path().join("dangling"), &["y"]).unwrap_err().to_string();
        assert!(refused.contains("leads nowhere"), "{refused}");
    }

    #[test]
    fn what_a_killed_process_left_is_cleared_away_and_nothing_else() {
        let home = tempfile::tempdir().unwrap();
        let place = home.path().join("place");
        make(&place, &["a"]).unwrap();
        let left = |number: usize| home.path().join(format!(".place.building-1-{number}"));
        // Of somebody else: by its name alone it is not ours.
        write(&left(1), &["plan.dwg"]);
        write(&left(2), &["lock", "plan.dwg"]);
        let foreign = all(home.path());
        write(&left(3), &["new/tiles/1", "beside-x/1"]);
        fs::write(left(3).join(LOCK), SIGN).unwrap();
        // One that is at work.
        let other = Workshop::beside(&place, THING).unwrap();
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 4, "the third is gone");
        write(&other.new_folder(), &["b"]);
        make(&place, &["a"]).unwrap();
        assert!(other.new_folder().join("b").exists());
        drop(other);
        assert_eq!(all(home.path()), foreign);
        // Killed between the moves: what stood there comes back. After them: what somebody had put there does.
        fs::create_dir(left(3)).unwrap();
        fs::write(left(3).join(LOCK), SIGN).unwrap();
        write(&place, &["CNAME"]);
        fs::rename(&place, left(3).join(OLD)).unwrap();
        drop(Workshop::beside(&place, THING).unwrap());
        assert_eq!(all(&place), ["CNAME", "a", "list"]);
        fs::create_dir(left(3)).unwrap();
        fs::write(left(3).join(LOCK), SIGN).unwrap();
        fs::rename(&place, left(3).join(OLD)).unwrap();
        make(&home.path().join("made"), &["b"]).unwrap();
        fs::rename(home.path().join("made"), &place).unwrap();
        drop(Workshop::beside(&place, THING).unwrap());
        assert_eq!(all(&place), ["CNAME", "b", "list"]);
        assert!(!left(3).exists());
    }
}
