//! Tiles in one file: [PMTiles](https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md) version 3.
//!
//! [`write()`] makes the file in memory. Reading is left to the caller, who may read ranges from anywhere: [`Header::parse`]
//! says where the root directory is, and [`Directory::find`] where a tile is, or the directory that knows. Directories are
//! not compressed; tiles are as they were given.

use std::collections::HashMap;
use std::ops::Range;

use integer_encoding::VarInt;

use super::{Form, Pyramid, TileAddress};
use crate::place::Bbox;

/// The length of the header, in bytes.
pub const HEADER_BYTES: u64 = 127;
/// Header and root directory have room in so many bytes.
const FIRST_BYTES: usize = 16_384;
/// How many entries a directory below the root has; more where the root would have no room otherwise.
const ENTRIES_OF_A_LEAF: usize = 4096;
const MAGIC: &[u8] = b"PMTiles\x03";
const NOT_COMPRESSED: u8 = 1;
const GZIP: u8 = 2;
/// What tiles are, as PMTiles numbers it: nothing that it knows, or vector tiles.
const OTHER: u8 = 0;
const MVT: u8 = 1;

/// What stands at the beginning of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Where the root directory stands.
    pub root: Range<u64>,
    /// Where the other directories stand.
    leaves: Range<u64>,
    /// Where the tiles stand.
    tiles: Range<u64>,
    /// Zooms and extent.
    pub pyramid: Pyramid,
}

/// A list of tiles by their number along a Hilbert curve, zoom after zoom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directory(Vec<Entry>);

/// What a directory knows of a tile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// It stands here in the file.
    Tile(Range<u64>),
    /// The directory that stands here knows more.
    Directory(Range<u64>),
}

/// A run of tiles with the same content, or (`run` 0) a directory of the tiles from a number on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Entry {
    number: u64,
    offset: u64,
    length: u32,
    run: u32,
}

/// The file is not what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is no PMTiles archive of an edition")]
pub struct BadArchive;

/// Writes tiles, which are compressed with gzip, as one file. The same tiles in whatever order give the same bytes, and the
/// same content is stored once. `metadata` is a JSON object that describes the layers in `vector_layers`.
#[must_use]
pub fn write(pyramid: &Pyramid, form: Form, metadata: &[u8], tiles: &[(TileAddress, Vec<u8>)]) -> Vec<u8> {
    let mut sorted: Vec<(u64, &[u8])> = tiles.iter().map(|(at, bytes)| (number(*at), bytes.as_slice())).collect();
    sorted.sort_unstable();
    let (entries, contents) = stored_once(&sorted);
    let (root, leaves) = directories(&entries);

    let mut file = vec![0; HEADER_BYTES as usize];
    let mut append = |part: &[u8]| {
        let start = file.len() as u64;
        file.extend_from_slice(part);
        start..file.len() as u64
    };
    let root = append(&root);
    let metadata = append(metadata);
    let leaves = append(&leaves);
    let start = file.len() as u64;
    contents.iter().for_each(|content| file.extend_from_slice(content));
    let data = start..file.len() as u64;

    let mut header = MAGIC.to_vec();
    for part in [root, metadata, leaves, data] {
        header.extend(part.start.to_le_bytes());
        header.extend((part.end - part.start).to_le_bytes());
    }
    for count in [sorted.len(), entries.len(), contents.len()] {
        header.extend((count as u64).to_le_bytes());
    }
    let Pyramid { bounds, last_zoom } = pyramid;
    let kind = match form {
        Form::Vector => MVT,
        Form::Lines => OTHER,
    };
    header.extend([1, NOT_COMPRESSED, GZIP, kind, 0, *last_zoom]);
    for units in [bounds.west, bounds.south, bounds.east, bounds.north] {
        header.extend(units.to_le_bytes());
    }
    header.push(0);
    let center = pyramid.center();
    header.extend(center.lon.to_le_bytes());
    header.extend(center.lat.to_le_bytes());
    file[..header.len()].copy_from_slice(&header);
    file
}

/// Each content once, in the order of the first tile that has it, and the runs of tiles.
fn stored_once<'a>(sorted: &[(u64, &'a [u8])]) -> (Vec<Entry>, Vec<&'a [u8]>) {
    let mut offsets: HashMap<&[u8], u64> = HashMap::new();
    let mut contents = Vec::new();
    let mut end = 0;
    let mut entries: Vec<Entry> = Vec::new();
    for &(number, content) in sorted {
        let offset = *offsets.entry(content).or_insert_with(|| {
            contents.push(content);
            end += content.len() as u64;
            end - content.len() as u64
        });
        match entries.last_mut() {
            Some(last) if last.offset == offset && last.number + u64::from(last.run) == number => last.run += 1,
            _ => entries.push(Entry { number, offset, length: content.len() as u32, run: 1 }),
        }
    }
    (entries, contents)
}

/// The root directory, and the others one behind the other.
fn directories(entries: &[Entry]) -> (Vec<u8>, Vec<u8>) {
    let room = FIRST_BYTES - HEADER_BYTES as usize;
    let root = encoded(entries);
    if root.len() <= room {
        return (root, Vec::new());
    }
    let mut length = ENTRIES_OF_A_LEAF;
    loop {
        let mut leaves = Vec::new();
        let pointers = entries.chunks(length).map(|chunk| {
            let (offset, leaf) = (leaves.len() as u64, encoded(chunk));
            leaves.extend_from_slice(&leaf);
            Entry { number: chunk[0].number, offset, length: leaf.len() as u32, run: 0 }
        });
        let pointers: Vec<Entry> = pointers.collect();
        let root = encoded(&pointers);
        if root.len() <= room {
            return (root, leaves);
        }
        length *= 2;
    }
}

fn encoded(entries: &[Entry]) -> Vec<u8> {
    let mut bytes = entries.len().encode_var_vec();
    let mut push = |number: u64| bytes.extend(number.encode_var_vec());
    let mut last = 0;
    for entry in entries {
        push(entry.number - last);
        last = entry.number;
    }
    entries.iter().for_each(|entry| push(entry.run.into()));
    entries.iter().for_each(|entry| push(entry.length.into()));
    let mut end = None;
    for entry in entries {
        push(if end == Some(entry.offset) { 0 } else { entry.offset + 1 });
        end = Some(entry.offset + u64::from(entry.length));
    }
    bytes
}

impl Header {
    /// Reads the first [`HEADER_BYTES`] of a file.
    ///
    /// # Errors
    /// Where they are not those of an archive that [`write()`] makes.
    pub fn parse(bytes: &[u8]) -> Result<Header, BadArchive> {
        let rest = bytes.strip_prefix(MAGIC).filter(|_| bytes.len() as u64 >= HEADER_BYTES).ok_or(BadArchive)?;
        let (numbers, rest) = rest.split_at(11 * size_of::<u64>());
        let number = |position: usize| {
            let bytes = numbers.chunks_exact(size_of::<u64>()).nth(position).and_then(|chunk| chunk.try_into().ok());
            bytes.map(u64::from_le_bytes).ok_or(BadArchive)
        };
        let range = |position: usize| {
            let (start, length) = (number(2 * position)?, number(2 * position + 1)?);
            Ok(start..start.checked_add(length).ok_or(BadArchive)?)
        };
        let [_, NOT_COMPRESSED, GZIP, OTHER | MVT, _, last_zoom, bounds @ ..] = rest else { return Err(BadArchive) };
        let mut units = bounds.chunks_exact(size_of::<i32>()).filter_map(|chunk| chunk.try_into().ok());
        let mut unit = || units.next().map(i32::from_le_bytes).ok_or(BadArchive);
        let bounds = Bbox { west: unit()?, south: unit()?, east: unit()?, north: unit()? };
        let pyramid = Pyramid { bounds, last_zoom: *last_zoom };
        Ok(Header { root: range(0)?, leaves: range(2)?, tiles: range(3)?, pyramid })
    }
}

impl Directory {
    /// Reads a directory.
    ///
    /// # Errors
    /// Where it is none.
    pub fn parse(mut bytes: &[u8]) -> Result<Directory, BadArchive> {
        let mut next = || {
            let (number, length) = u64::decode_var(bytes).ok_or(BadArchive)?;
            bytes = bytes.get(length..).ok_or(BadArchive)?;
            Ok(number)
        };
        let count = next()?;
        let mut numbers = || (0..count).map(|_| next()).collect::<Result<Vec<u64>, BadArchive>>();
        let (steps, runs, lengths, offsets) = (numbers()?, numbers()?, numbers()?, numbers()?);
        let mut entries: Vec<Entry> = Vec::with_capacity(steps.len());
        for (((step, run), length), offset) in steps.into_iter().zip(runs).zip(lengths).zip(offsets) {
            let last = entries.last().copied().unwrap_or_default();
            let offset = match offset.checked_sub(1) {
                Some(offset) => offset,
                None => last.offset.checked_add(last.length.into()).ok_or(BadArchive)?,
            };
            entries.push(Entry {
                number: last.number.checked_add(step).ok_or(BadArchive)?,
                offset,
                length: u32::try_from(length).map_err(|_| BadArchive)?,
                run: u32::try_from(run).map_err(|_| BadArchive)?,
            });
        }
        Ok(Directory(entries))
    }

    /// What is known of a tile; `None` where there is no such tile.
    #[must_use]
    pub fn find(&self, header: &Header, tile: TileAddress) -> Option<Found> {
        let number = number(tile);
        let behind = self.0.partition_point(|entry| entry.number <= number);
        let entry = self.0.get(behind.checked_sub(1)?)?;
        let within = |part: &Range<u64>| {
            let start = part.start.checked_add(entry.offset)?;
            Some(start..start.checked_add(entry.length.into())?).filter(|range| range.end <= part.end)
        };
        if entry.run == 0 {
            return within(&header.leaves).map(Found::Directory);
        }
        (number - entry.number < u64::from(entry.run)).then(|| within(&header.tiles).map(Found::Tile))?
    }
}

/// The number of a tile: those of all zooms before, then along the Hilbert curve.
fn number(TileAddress { zoom, x, y }: TileAddress) -> u64 {
    let before = ((1_u64 << (2 * u32::from(zoom))) - 1) / 3;
    before + if zoom == 0 { 0 } else { fast_hilbert::xy2h(x, y, zoom) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PYRAMID: Pyramid = Pyramid {
        bounds: Bbox { west: -20_000_000, south: 500_000_000, east: 10_000_000, north: 520_000_000 },
        last_zoom: 9,
    };

    fn find(file: &[u8], tile: TileAddress) -> Option<&[u8]> {
        let part = |range: &Range<u64>| &file[range.start as usize..range.end as usize];
        let header = Header::parse(file).unwrap();
        let mut range = header.root.clone();
        loop {
            match Directory::parse(part(&range)).unwrap().find(&header, tile)? {
                Found::Tile(range) => return Some(part(&range)),
                Found::Directory(next) => range = next,
            }
        }
    }

    fn tile(zoom: u8, x: u32, y: u32) -> TileAddress {
        TileAddress::new(zoom, x, y).unwrap()
    }

    #[test]
    fn tiles_are_numbered_as_the_specification_says() {
        let numbers = [tile(0, 0, 0), tile(1, 0, 0), tile(1, 0, 1), tile(1, 1, 1), tile(1, 1, 0), tile(2, 0, 0)];
        assert_eq!(numbers.map(number), [0, 1, 2, 3, 4, 5]);
        assert_eq!(number(tile(12, 3423, 1763)), 19_078_479);
    }

    #[test]
    fn what_is_written_is_found_again_and_the_same_content_is_stored_once() {
        let tiles: Vec<(TileAddress, Vec<u8>)> =
            [(tile(1, 0, 0), "a"), (tile(1, 0, 1), "a"), (tile(2, 3, 3), "bb"), (tile(3, 0, 0), "a")]
                .map(|(at, content)| (at, content.as_bytes().to_vec()))
                .to_vec();
        let file = write(&PYRAMID, Form::Vector, b"{}", &tiles);
        for (at, content) in &tiles {
            assert_eq!(find(&file, *at), Some(content.as_slice()));
        }
        assert_eq!([tile(0, 0, 0), tile(1, 1, 1), tile(2, 0, 0), tile(3, 1, 0)].map(|at| find(&file, at)), [None; 4]);
        assert_eq!(Header::parse(&file).unwrap().pyramid, PYRAMID);
        assert!(file.ends_with(b"abb"));
        let mut turned = tiles;
        turned.reverse();
        assert_eq!(write(&PYRAMID, Form::Vector, b"{}", &turned), file, "whatever the order");
    }

    #[test]
    fn many_tiles_are_found_through_directories_below_the_root() {
        let tiles: Vec<(TileAddress, Vec<u8>)> =
            (0..512).flat_map(|x| (0..64).map(move |y| (tile(9, x, y), format!("{x}/{y}").into_bytes()))).collect();
        let file = write(&PYRAMID, Form::Vector, b"{}", &tiles);
        let header = Header::parse(&file).unwrap();
        assert!(header.root.end <= FIRST_BYTES as u64 && !header.leaves.is_empty());
        assert!(tiles.iter().step_by(199).all(|(at, content)| find(&file, *at) == Some(content.as_slice())));
        assert_eq!(find(&file, tile(9, 0, 64)), None);
    }

    #[test]
    fn what_is_no_archive_is_refused() {
        let file = write(&PYRAMID, Form::Vector, b"{}", &[(tile(0, 0, 0), vec![1])]);
        assert_eq!(Header::parse(&file[..100]), Err(BadArchive));
        assert_eq!(Header::parse(&[0; 200]), Err(BadArchive));
        assert_eq!(Directory::parse(&[5, 1, 1]), Err(BadArchive));
        assert_eq!(Directory::parse(&[]), Err(BadArchive));
        assert_eq!(Directory::parse(&[255; 20]), Err(BadArchive));
    }
}
