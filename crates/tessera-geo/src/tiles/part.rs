//! A tile for programs that do without some of its layers.

use fast_mvt::MvtReaderRef;
use integer_encoding::VarInt;

use super::EncodeError;

/// The field of a tile in which a layer stands, as protocol buffers write it.
const LAYER: u64 = 3 << 3 | 2;

/// The same tile with one layer alone; no bytes where it has no such layer.
///
/// # Errors
/// Where the tile is not one.
pub fn only_layer<'a>(tile: &'a [u8], name: &str) -> Result<&'a [u8], EncodeError> {
    let reader = MvtReaderRef::new(tile)?;
    let mut rest = tile;
    for layer in reader.layers() {
        let Some(length) = length_of_layer(rest) else { break };
        let (own, behind) = rest.split_at(length);
        if layer.name() == name {
            return Ok(own);
        }
        rest = behind;
    }
    Ok(&[])
}

/// How many bytes the layer takes with which these begin; `None` where they begin with something else.
fn length_of_layer(bytes: &[u8]) -> Option<usize> {
    let (LAYER, tag) = u64::decode_var(bytes)? else { return None };
    let (length, prefix) = u64::decode_var(bytes.get(tag..)?)?;
    let end = usize::try_from(length).ok()?.checked_add(tag + prefix)?;
    (end <= bytes.len()).then_some(end)
}

#[cfg(test)]
mod tests {
    use fast_mvt::{MvtCoord, MvtGeomType, MvtTileBuilder};

    use super::*;

    fn tile(names: &[&str]) -> Vec<u8> {
        let mut tile = MvtTileBuilder::new();
        for name in names {
            let mut feature = tile.layer(*name).unwrap().feature_of(MvtGeomType::LineString);
            feature.line(vec![MvtCoord { x: 1, y: 2 }, MvtCoord { x: 3, y: 4 }]).unwrap();
            tile = feature.end().end();
        }
        tile.encode()
    }

    #[test]
    fn a_layer_is_left_as_it_is_without_the_others() {
        let both = tile(&["ward", "ward-borders"]);
        assert_eq!(only_layer(&both, "ward").unwrap(), tile(&["ward"]));
        assert_eq!(only_layer(&both, "ward-borders").unwrap(), tile(&["ward-borders"]));
    }

    #[test]
    fn a_layer_that_is_not_there_has_no_bytes() {
        assert!(only_layer(&tile(&["ward"]), "lad").unwrap().is_empty());
        assert!(only_layer(&[], "ward").unwrap().is_empty());
        assert!(only_layer(&[26, 200], "ward").is_err());
    }
}
