//! A tile for programs that cannot look an area up by its id.

use fast_mvt::{MvtReaderRef, MvtTileBuilder};

use super::EncodeError;

/// The same tile with attributes on its areas: `attributes` gives those of an id, as pairs of key and value.
///
/// # Errors
/// Where the tile is not one.
pub fn with_attributes<'a, A>(tile: &[u8], attributes: impl Fn(u64) -> A) -> Result<Vec<u8>, EncodeError>
where
    A: IntoIterator<Item = (&'static str, &'a str)>,
{
    let reader = MvtReaderRef::new(tile)?;
    let mut described = MvtTileBuilder::new();
    for old in reader.layers() {
        let mut layer = described.layer(old.name())?;
        for feature in old.features() {
            let mut new = layer.feature(&feature.geometry()?)?;
            new.id(feature.id());
            for (key, value) in feature.id().into_iter().flat_map(&attributes) {
                new.tag(key, value)?;
            }
            layer = new.end();
        }
        described = layer.end();
    }
    Ok(described.encode())
}
