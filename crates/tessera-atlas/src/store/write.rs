//! From an edition to a folder.

use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::catalog::{
    CATALOG, Catalog, ColumnEntry, GeographyEntry, IndicatorEntry, ParentsEntry, PointsEntry, year_starts,
};
use super::columns::{FIELDS, Placed, file_of, write_columns};
use super::draft::Draft;
use super::error::StoreError;
use super::geographies::{arcs_file, areas_file, write_arcs, write_areas};
use super::small::{POSTCODES, TARGETS, points_file, write_points, write_postcodes, write_targets};
use crate::column::Column;
use crate::edition::{Columns, Content, Edition, Published};
use crate::geography::Geography;
use crate::manifest::Field;

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
    in_parallel(indicators.len(), |indicator| {
        put(&file_of(&indicators[indicator].id), write_columns(&by_indicator[indicator]))
    })?;
    in_parallel(geographies.len(), |position| {
        let geography = &geographies[position];
        put(&areas_file(&geography.id), write_areas(geographies, position))?;
        geography.shape.as_ref().map_or(Ok(()), |shape| put(&arcs_file(&geography.id), write_arcs(&shape.topology)))
    })?;
    if !targets.0.is_empty() {
        put(TARGETS, write_targets(targets, geographies, indicators))?;
    }
    if !postcodes.is_empty() {
        put(POSTCODES, write_postcodes(postcodes, geographies))?;
    }
    for layer in points {
        put(&points_file(&layer.id), write_points(layer))?;
    }
    let indicators = indicators.iter().zip(&by_indicator).map(|(indicator, columns)| IndicatorEntry {
        indicator: indicator.clone(),
        columns: columns.iter().map(column_entry).collect(),
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

fn column_entry(placed: &Placed<'_>) -> ColumnEntry {
    let Placed { geography, period, column } = placed;
    ColumnEntry {
        geography: geography.map(|geography| geography.id.clone()),
        period: *period,
        year_starts: year_starts(*period),
        origin: column.origin,
        fields: FIELDS.into_iter().filter(|field| has(column, *field)).collect(),
        rows: column.values.len(),
    }
}

fn has(column: &Column, field: Field) -> bool {
    match field {
        Field::Numerator => column.numerator.is_some(),
        Field::Denominator => column.denominator.is_some(),
        Field::Lower => column.lower.is_some(),
        Field::Upper => column.upper.is_some(),
        Field::Value | Field::Note => false,
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

/// Does every piece of work, on all processors. Gives the first error by number.
fn in_parallel(count: usize, work: impl Fn(usize) -> Result<(), StoreError> + Sync) -> Result<(), StoreError> {
    let next = AtomicUsize::new(0);
    let run = || {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                return Ok(());
            }
            work(number).map_err(|error| (number, error))?;
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get).min(count.max(1));
    let failed = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(run)).collect();
        let failed = workers.into_iter().filter_map(|worker| match worker.join() {
            Ok(result) => result.err(),
            Err(panic) => std::panic::resume_unwind(panic),
        });
        failed.min_by_key(|(number, _)| *number)
    });
    failed.map_or(Ok(()), |(_, error)| Err(error))
}
