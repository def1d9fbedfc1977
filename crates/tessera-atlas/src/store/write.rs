//! From an edition to a folder.

use std::io;
use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use tessera_geo::tiles::Pyramid;

use super::catalog::{
    CATALOG, Catalog, ColumnEntry, GeographyEntry, IndicatorEntry, ParentsEntry, PointsEntry, year_starts,
};
use super::columns::{FIELDS, Placed, file_of, write_columns};
use super::draft::Draft;
use super::error::StoreError;
use super::geographies::{arcs_file, areas_file, write_arcs, write_areas};
use super::ready::{self, Ready, ReadyWriter};
use super::small::{POSTCODES, TARGETS, points_file, write_points, write_postcodes, write_targets};
use super::tiles::{Packed, pack_level, tiles_file, write_tiles};
use crate::catalogue::Indicator;
use crate::compact::compact;
use crate::edition::{Columns, Content, Edition, Published};
use crate::geography::Geography;

/// Writes an edition that was just built into a folder that does not exist yet, or is empty.
///
/// What is written depends on the content alone, but for the time of building in `manifest.json`.
///
/// # Errors
/// Where the folder cannot be written. What stands there then is no edition: the manifest is written last.
pub fn write_edition(edition: &Edition, folder: &Path) -> Result<(), StoreError> {
    let Published::Built(columns) = &edition.published else {
        return Err(StoreError::Unwritable {
            place: folder.display().to_string(),
            reason: "this edition is on a store already".to_owned(),
        });
    };
    let draft = Draft::begin(folder)?;
    let Content { geographies, indicators, targets, postcodes, points, notes } = &edition.content;
    let by_indicator: Vec<Vec<Placed<'_>>> =
        (0..indicators.len()).map(|indicator| placed(columns, geographies, indicator)).collect();
    let put = |file: &str, bytes: Result<Vec<u8>, parquet::errors::ParquetError>| {
        let unwritable = |error: parquet::errors::ParquetError| StoreError::Unwritable {
            place: folder.join(file).display().to_string(),
            reason: error.to_string(),
        };
        draft.put(file, &bytes.map_err(unwritable)?)
    };
    let ready = in_parallel(indicators.len(), |position| {
        let (indicator, columns) = (&indicators[position], &by_indicator[position]);
        put(&file_of(&indicator.id), write_columns(columns))?;
        write_ready(edition, indicator, columns, &draft, folder)
    })?;
    in_parallel(geographies.len(), |position| {
        let geography = &geographies[position];
        put(&areas_file(&geography.id), write_areas(geographies, position))?;
        geography.shape.as_ref().map_or(Ok(()), |shape| put(&arcs_file(&geography.id), write_arcs(&shape.topology)))
    })?;
    put_tiles(geographies, &draft, folder)?;
    if !targets.0.is_empty() {
        put(TARGETS, write_targets(targets, geographies, indicators))?;
    }
    if !postcodes.is_empty() {
        put(POSTCODES, write_postcodes(postcodes, geographies))?;
    }
    for layer in points {
        put(&points_file(&layer.id), write_points(layer))?;
    }
    let indicators = indicators.iter().zip(&by_indicator).zip(ready).map(|((indicator, columns), ready)| {
        let columns = columns.iter().zip(ready).map(|(placed, ready)| column_entry(placed, ready));
        IndicatorEntry { indicator: indicator.clone(), columns: columns.collect() }
    });
    let catalog = Catalog {
        edition: edition.id.clone(),
        atlas: edition.info.clone(),
        view: edition.opening.clone(),
        geographies: geographies.iter().map(geography_entry).collect(),
        indicators: indicators.collect(),
        points: points.iter().map(|layer| PointsEntry { id: layer.id.clone(), name: layer.name.clone() }).collect(),
        postcodes: (!postcodes.is_empty()).then(|| postcodes.geographies.clone()),
        notes: notes.clone(),
    };
    // Our own types hold nothing that JSON cannot say.
    draft.put(CATALOG, &serde_json::to_vec(&catalog).unwrap_or_default())?;
    draft.seal(&edition.id)
}

/// An indicator's columns, those of the whole atlas last.
fn placed<'a>(columns: &'a Columns, geographies: &'a [Geography], indicator: usize) -> Vec<Placed<'a>> {
    let own = columns.of_indicator(indicator);
    own.map(|(geography, period, column)| Placed {
        geography: geography.and_then(|position| geographies.get(position)),
        period,
        column,
    })
    .collect()
}

/// Writes an indicator's columns ready to be sent, and says where each stands.
fn write_ready(
    edition: &Edition,
    indicator: &Indicator,
    columns: &[Placed<'_>],
    draft: &Draft,
    folder: &Path,
) -> Result<Vec<Option<Ready>>, StoreError> {
    let mut writer = ReadyWriter::default();
    let mut put = |placed: &Placed<'_>| -> io::Result<Option<Ready>> {
        let Some(geography) = placed.geography else { return Ok(None) };
        let columns = [(placed.period, placed.column)];
        let column = compact(&edition.id, &edition.content, geography, indicator, &columns, &[])?;
        writer.put(&column)
    };
    let file = ready::file_of(&indicator.id);
    let ready: io::Result<Vec<Option<Ready>>> = columns.iter().map(&mut put).collect();
    let ready = ready.map_err(|error| StoreError::unwritable(&folder.join(&file), &error))?;
    if !writer.bytes.is_empty() {
        draft.put(&file, &writer.bytes)?;
    }
    Ok(ready)
}

/// Writes the tiles of all geographies. Zooms are cut on all processors, the last ones, which take longest, first.
fn put_tiles(geographies: &[Geography], draft: &Draft, folder: &Path) -> Result<(), StoreError> {
    let pyramid = |geography: &Geography| Pyramid::of(&geography.shape.as_ref()?.topology);
    let pyramids: Vec<Option<Pyramid>> = geographies.iter().map(pyramid).collect();
    let zooms = |(position, pyramid): (usize, &Option<Pyramid>)| {
        let last = pyramid.map(|pyramid| pyramid.last_zoom);
        last.into_iter().flat_map(move |last| (0..=last).map(move |zoom| (zoom, position)))
    };
    let mut levels: Vec<(u8, usize)> =
        pyramids.iter().enumerate().flat_map(|(at, pyramid)| zooms((at, pyramid))).collect();
    levels.sort_by(|one, other| other.cmp(one));
    let cut = in_parallel(levels.len(), |number| {
        let (zoom, position) = levels[number];
        let geography = &geographies[position];
        let unwritable = |error| StoreError::unwritable(&folder.join(tiles_file(&geography.id)), &error);
        pack_level(geographies, geography, zoom).map_err(unwritable)
    })?;
    let mut tiles: Vec<Vec<Packed>> = geographies.iter().map(|_| Vec::new()).collect();
    for ((_, position), level) in levels.iter().zip(cut) {
        tiles[*position].extend(level);
    }
    for ((geography, pyramid), tiles) in geographies.iter().zip(&pyramids).zip(&tiles) {
        if let Some(pyramid) = pyramid {
            draft.put(&tiles_file(&geography.id), &write_tiles(geography, pyramid, tiles))?;
        }
    }
    Ok(())
}

fn column_entry(placed: &Placed<'_>, ready: Option<Ready>) -> ColumnEntry {
    let Placed { geography, period, column } = placed;
    ColumnEntry {
        geography: geography.map(|geography| geography.id.clone()),
        period: *period,
        year_starts: year_starts(*period),
        origin: column.origin,
        fields: FIELDS.into_iter().filter(|field| column.field(*field).is_some()).collect(),
        rows: column.values.len(),
        ready,
    }
}

fn geography_entry(geography: &Geography) -> GeographyEntry {
    let parents = geography.parents.iter();
    GeographyEntry {
        id: geography.id.clone(),
        name: geography.name.clone(),
        singular: geography.singular.clone(),
        shape: geography.shape.is_some(),
        tiling: geography.tiling,
        of: geography.sets.as_ref().map(|sets| sets.of.clone()),
        parents: parents
            .map(|parents| ParentsEntry { geography: parents.geography.clone(), fit: parents.fit })
            .collect(),
    }
}

/// Does every piece of work, on all processors. Gives what each made, or the first error by number.
fn in_parallel<T: Send>(
    count: usize,
    work: impl Fn(usize) -> Result<T, StoreError> + Sync,
) -> Result<Vec<T>, StoreError> {
    let next = AtomicUsize::new(0);
    let run = || {
        let mut made = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                return made;
            }
            made.push((number, work(number)));
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get).min(count.max(1));
    let mut made: Vec<(usize, Result<T, StoreError>)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(run)).collect();
        let made = workers.into_iter().flat_map(|worker| match worker.join() {
            Ok(made) => made,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        made.collect()
    });
    made.sort_by_key(|(number, _)| *number);
    made.into_iter().map(|(_, made)| made).collect()
}
