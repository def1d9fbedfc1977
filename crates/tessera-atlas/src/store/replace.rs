//! A folder that is there whole or not at all.

use std::fs;
use std::io;
use std::path::Path;

use super::error::StoreError;

/// Writes a folder beside its place and moves it there once it is whole. A folder that is there makes way if it holds the
/// file `mark`, by which one of its kind is known, or nothing.
///
/// # Errors
/// Those of `write`; where something else stands in the place, which is said to be no `kind`; or where it cannot be written.
pub fn replace_folder<E: From<StoreError>>(
    place: &Path,
    mark: &str,
    kind: &str,
    write: impl FnOnce(&Path) -> Result<(), E>,
) -> Result<(), E> {
    let place = std::path::absolute(place).map_err(|error| StoreError::unwritable(place, &error))?;
    let unwritable = |error: io::Error| StoreError::unwritable(&place, &error);
    let is_empty = || fs::read_dir(&place).is_ok_and(|mut entries| entries.next().is_none());
    if place.exists() && !place.join(mark).is_file() && !is_empty() {
        let reason = format!("it is there already and is no {kind}");
        return Err(StoreError::Unwritable { place: place.display().to_string(), reason }.into());
    }
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let beside = |what: &str| place.with_file_name(format!(".{name}.{what}-{}", std::process::id()));
    let (building, old) = (beside("building"), beside("old"));
    let written = write(&building).and_then(|()| {
        if place.exists() {
            fs::rename(&place, &old).map_err(unwritable)?;
        }
        Ok(fs::rename(&building, &place).map_err(unwritable)?)
    });
    // What is left over, whichever way it went. That it could not be cleared away is no reason to say that it failed.
    for left in [building, old] {
        drop(fs::remove_dir_all(left));
    }
    written
}
