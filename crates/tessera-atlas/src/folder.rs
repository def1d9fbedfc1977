//! The atlas folder: the only place from which files are read.
//!
//! A path in a manifest is relative to the folder and may not leave it, not even through a link.

use std::collections::BTreeMap;
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::problem::{Problem, Problems};

/// The largest file that is read, in bytes: far above any real boundary file, far below what would exhaust a server.
const LARGEST_FILE: u64 = 2 * 1024 * 1024 * 1024;

/// An existing folder that holds `atlas.toml`.
#[derive(Debug, Clone)]
pub struct AtlasFolder {
    root: PathBuf,
    looked_at: Arc<Mutex<BTreeMap<String, SourceFile>>>,
}

/// A file that an atlas is made of, as it was when it was looked at. Two that differ tell that something changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    /// Its path within the folder.
    pub path: String,
    /// Its length; `None` where there is no such file.
    pub bytes: Option<u64>,
    /// When it was last written, in nanoseconds since 1970, where the machine knows.
    pub modified: Option<u64>,
}

impl SourceFile {
    /// A file of a folder as it is now.
    pub fn now(folder: &Path, path: &str) -> SourceFile {
        let metadata = fs::metadata(folder.join(path)).ok().filter(fs::Metadata::is_file);
        let modified = metadata.as_ref().and_then(|metadata| metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok());
        SourceFile {
            path: path.to_owned(),
            bytes: metadata.map(|metadata| metadata.len()),
            modified: modified.and_then(|since| u64::try_from(since.as_nanos()).ok()),
        }
    }
}

impl AtlasFolder {
    /// The name of the manifest in every atlas folder.
    pub const MANIFEST: &'static str = "atlas.toml";

    /// Opens a folder.
    ///
    /// # Errors
    /// When it does not exist, is no folder or cannot be entered.
    pub fn open(path: &Path) -> Result<AtlasFolder, Problem> {
        let shown = path.display().to_string();
        let root = path.canonicalize().map_err(|error| {
            Problem::error("no-folder", format!("the atlas folder cannot be opened: {error}"))
                .file(shown.clone())
                .cure("name the folder that holds `atlas.toml`")
        })?;
        if !root.is_dir() {
            return Err(Problem::error("no-folder", "this is a file, not an atlas folder")
                .file(shown)
                .cure("name the folder that holds `atlas.toml`"));
        }
        Ok(AtlasFolder { root, looked_at: Arc::default() })
    }

    /// The same folder, with which nothing was looked at yet.
    pub(crate) fn afresh(&self) -> AtlasFolder {
        AtlasFolder { root: self.root.clone(), looked_at: Arc::default() }
    }

    /// Remembers what was looked at with another handle of the same folder.
    pub(crate) fn remember(&self, other: &AtlasFolder) {
        let files = other.looked_at();
        let mut looked_at = self.looked_at.lock().unwrap_or_else(PoisonError::into_inner);
        for file in files {
            looked_at.entry(file.path.clone()).or_insert(file);
        }
    }

    /// The SHA-256 of a file's content; `None` where it cannot be read.
    pub(crate) fn digest(&self, path: &str) -> Option<[u8; 32]> {
        let mut file = fs::File::open(self.resolve(path).ok()?).ok()?;
        let mut hash = Sha256::new();
        let mut bytes = vec![0; 1 << 20];
        loop {
            match file.read(&mut bytes).ok()? {
                0 => return Some(hash.finalize().into()),
                read => hash.update(&bytes[..read]),
            }
        }
    }

    /// Every file that was looked at so far, whether it is there or not, as it was when that was first done.
    pub fn looked_at(&self) -> Vec<SourceFile> {
        self.looked_at.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }

    /// Names the files that have changed since they were looked at: somebody writes them, so that what was read may be half of it.
    pub(crate) fn refuse_what_changed(&self, problems: &mut Problems) {
        for file in self.looked_at() {
            if SourceFile::now(&self.root, &file.path) != file {
                let problem = Problem::error(Problem::CHANGED, "the file changed while it was read").file(file.path);
                problems.push(problem.cure("wait until it is written, and try again"));
            }
        }
    }

    /// Whether there is such a file inside the folder.
    pub fn has(&self, path: &str) -> bool {
        self.resolve(path).is_ok_and(|full| full.is_file())
    }

    /// The bytes of a file that the manifest names.
    ///
    /// # Errors
    /// When the path leaves the folder, or the file is missing, empty, a folder, too large or cannot be read.
    pub fn read(&self, path: &str) -> Result<Vec<u8>, Problem> {
        let (file, length) = self.open_file(path)?;
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
        file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
        if bytes.len() as u64 > LARGEST_FILE {
            return Err(too_large(path));
        }
        Ok(bytes)
    }

    /// A file that the manifest names, to be read, and its length.
    ///
    /// # Errors
    /// As [`AtlasFolder::read`].
    pub(crate) fn open_file(&self, path: &str) -> Result<(fs::File, u64), Problem> {
        let full = self.resolve(path)?;
        let unreadable = |error: std::io::Error| unreadable(path, &error);
        let metadata = fs::metadata(&full).map_err(unreadable)?;
        if metadata.is_dir() {
            return Err(Problem::error("not-a-file", "this is a folder where a file should be").file(path));
        }
        if metadata.len() == 0 {
            return Err(Problem::error("empty-file", "the file is empty")
                .file(path)
                .cure("export or download it again"));
        }
        if metadata.len() > LARGEST_FILE {
            return Err(too_large(path));
        }
        Ok((fs::File::open(&full).map_err(unreadable)?, metadata.len()))
    }

    /// The text of a UTF-8 file, without a byte order mark.
    ///
    /// # Errors
    /// As [`AtlasFolder::read`], and when it is not UTF-8 (naming the line).
    pub fn read_text(&self, path: &str) -> Result<String, Problem> {
        let mut text = String::from_utf8(self.read(path)?).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..valid].iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
            Problem::error("not-utf-8", "the file is not UTF-8 text")
                .file(path)
                .row(line)
                .cure("save it as \"CSV UTF-8\" or with UTF-8 encoding")
        })?;
        if text.starts_with('\u{feff}') {
            text.remove(0);
        }
        Ok(text)
    }

    fn resolve(&self, path: &str) -> Result<PathBuf, Problem> {
        let outside = || {
            Problem::error("outside-folder", "the path leaves the atlas folder")
                .file(path)
                .cure("copy the file into the atlas folder and name it relative to `atlas.toml`")
        };
        let relative = Path::new(path);
        let stays =
            relative.components().all(|component| matches!(component, Component::Normal(_) | Component::CurDir));
        if !stays || path.is_empty() {
            return Err(outside());
        }
        self.looked_at
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .entry(path.to_owned())
            .or_insert_with(|| SourceFile::now(&self.root, path));
        let full = self.root.join(relative).canonicalize().map_err(|error| {
            let message = match error.kind() {
                ErrorKind::NotFound => "there is no such file".to_owned(),
                _ => format!("the file cannot be opened: {error}"),
            };
            Problem::error("missing-file", message).file(path).maybe_cure(self.cure_of_missing(path))
        })?;
        if !full.starts_with(&self.root) {
            return Err(outside());
        }
        Ok(full)
    }

    /// What may be done about a file that is not there: what it may be called, and where it is named.
    fn cure_of_missing(&self, path: &str) -> Option<String> {
        let named = self.line_of_manifest(path).map(|line| format!("line {line} of `{}`", AtlasFolder::MANIFEST));
        match (self.similar_file(Path::new(path)), named) {
            (Some(similar), Some(named)) => Some(format!("{similar} It is named in {named}")),
            (None, Some(named)) => Some(format!("copy it into the atlas folder, or mend {named}, which names it")),
            (similar, None) => similar,
        }
    }

    /// A file in the same folder whose name is like the missing one's.
    fn similar_file(&self, relative: &Path) -> Option<String> {
        let wanted = relative.file_name()?.to_str()?;
        let names: Vec<String> = fs::read_dir(self.root.join(relative.parent()?))
            .ok()?
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .collect();
        crate::problem::did_you_mean(wanted, names.iter().map(String::as_str))
    }

    /// The first line of the manifest on which this path stands, counted from 1.
    fn line_of_manifest(&self, path: &str) -> Option<usize> {
        let manifest = fs::read_to_string(self.root.join(AtlasFolder::MANIFEST)).ok()?;
        let quoted = [format!("\"{path}\""), format!("'{path}'")];
        Some(1 + manifest.lines().position(|line| quoted.iter().any(|quoted| line.contains(quoted)))?)
    }
}

fn unreadable(path: &str, error: &std::io::Error) -> Problem {
    Problem::error("unreadable-file", format!("the file cannot be read: {error}")).file(path)
}

fn too_large(path: &str) -> Problem {
    Problem::error("too-large", format!("the file is larger than {} GiB", LARGEST_FILE >> 30))
        .file(path)
        .cure("split it, or leave out what the atlas does not show")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, AtlasFolder) {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("table.csv"), "a,b\n").unwrap();
        fs::write(directory.path().join("empty.csv"), "").unwrap();
        fs::create_dir(directory.path().join("data")).unwrap();
        let opened = AtlasFolder::open(directory.path()).unwrap();
        (directory, opened)
    }

    fn kind(folder: &AtlasFolder, path: &str) -> &'static str {
        folder.read(path).unwrap_err().kind
    }

    #[test]
    fn a_file_inside_is_read() {
        let (_directory, folder) = folder();
        assert_eq!(folder.read("./table.csv").unwrap(), b"a,b\n");
    }

    #[test]
    fn a_path_may_not_leave_the_folder() {
        let (_directory, folder) = folder();
        for path in ["../table.csv", "/etc/hostname", "data/../../x", ""] {
            assert_eq!(kind(&folder, path), "outside-folder", "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_may_not_leave_the_folder() {
        let (directory, folder) = folder();
        let elsewhere = tempfile::NamedTempFile::new().unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), directory.path().join("link.csv")).unwrap();
        assert_eq!(kind(&folder, "link.csv"), "outside-folder");
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let (_directory, folder) = folder();
        assert_eq!(kind(&folder, "empty.csv"), "empty-file");
        assert_eq!(kind(&folder, "data"), "not-a-file");
        let missing = folder.read("tabel.csv").unwrap_err();
        assert_eq!(missing.kind, "missing-file");
        assert_eq!(missing.cure.as_deref(), Some("did you mean `table.csv`?"));
    }

    #[test]
    fn a_missing_file_is_told_with_the_line_that_names_it() {
        let (directory, folder) = folder();
        fs::write(directory.path().join(AtlasFolder::MANIFEST), "format = 1\nfile = \"tabel.csv\"\nfile = 'x.csv'\n")
            .unwrap();
        let cure = |path: &str| folder.read(path).unwrap_err().cure;
        let expected = "did you mean `table.csv`? It is named in line 2 of `atlas.toml`";
        assert_eq!(cure("tabel.csv").as_deref(), Some(expected));
        let expected = "copy it into the atlas folder, or mend line 3 of `atlas.toml`, which names it";
        assert_eq!(cure("x.csv").as_deref(), Some(expected));
        assert_eq!(cure("other.xlsx"), None);
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_named() {
        let (directory, folder) = folder();
        folder.read("table.csv").unwrap();
        assert!(!folder.has("later.csv"));
        let told = || {
            let mut problems = Problems::default();
            folder.refuse_what_changed(&mut problems);
            problems.iter().map(|problem| (problem.kind, problem.file.clone().unwrap())).collect::<Vec<_>>()
        };
        assert_eq!(told(), []);
        fs::write(directory.path().join("table.csv"), b"a,b\n1,2\n").unwrap();
        fs::write(directory.path().join("later.csv"), b"a\n").unwrap();
        let expected = ["later.csv", "table.csv"].map(|file| (Problem::CHANGED, file.to_owned()));
        assert_eq!(told(), expected);
    }

    #[test]
    fn text_that_is_not_utf_8_names_its_line() {
        let (directory, folder) = folder();
        fs::write(directory.path().join("latin.csv"), b"code,name\nE1,Caf\xe9\n").unwrap();
        let problem = folder.read_text("latin.csv").unwrap_err();
        assert_eq!((problem.kind, problem.row), ("not-utf-8", Some(2)));
    }
}
