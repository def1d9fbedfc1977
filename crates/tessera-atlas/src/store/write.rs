//! From an edition to a folder.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use parquet::errors::ParquetError;
use tessera_geo::tiles::{Form, Pyramid};

use super::catalog::{CATALOG, Catalog, ColumnEntry, GeographyEntry, IndicatorEntry, ParentsEntry, year_starts};
use super::columns::{FIELDS, Placed, file_of, write_columns};
use super::draft::Draft;
use super::earlier::Earlier;
use super::error::StoreError;
use super::geographies::{arcs_file, areas_file, write_arcs, write_areas};
use super::ready::{self, Ready, ReadyWriter};
use super::small::{POSTCODES, TARGETS, points_entry, points_file, write_points, write_postcodes, write_targets};
use super::tiles::{FORMS, Packed, pack_level, tiles_file, write_tiles};
use crate::catalogue::Indicator;
use crate::column::Column;
use crate::compact::compact;
use crate::edition::{Content, Edition, Head, Published};
use crate::geography::Geography;
use crate::parallel::in_parallel;
use crate::period::Period;
use crate::progress::{Progress, Silent, Stage};

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
    let (writer, content) = (EditionWriter::begin(folder, None)?, &edition.content);
    let entries = in_parallel(content.indicators.len(), |indicator| {
        let columns: Vec<_> = columns.of_indicator(indicator).collect();
        writer.put_indicator(content, indicator, &columns, false)
    });
    writer.put_geographies(&content.geographies)?;
    writer.put_tiles(&content.geographies, &Silent)?;
    writer.finish(&edition.head, content, entries.into_iter().collect::<Result<_, _>>()?)
}

/// An edition on its way into a folder, piece by piece, in any order and from any thread.
#[derive(Debug)]
pub(crate) struct EditionWriter<'a> {
    draft: Draft,
    folder: PathBuf,
    /// The edition with which it shares what did not change.
    earlier: Option<&'a Earlier>,
}

impl<'a> EditionWriter<'a> {
    /// Begins an edition in a folder that does not exist yet, or is empty.
    pub(crate) fn begin(folder: &Path, earlier: Option<&'a Earlier>) -> Result<EditionWriter<'a>, StoreError> {
        Ok(EditionWriter { draft: Draft::begin(folder)?, folder: folder.to_owned(), earlier })
    }

    /// Takes over all columns of an indicator, and gives their entries in the catalogue.
    ///
    /// # Errors
    /// Where they cannot be written, or are not whole in the edition before.
    pub(crate) fn take_indicator(&self, indicator: &str) -> Result<Vec<ColumnEntry>, StoreError> {
        self.take(&file_of(indicator))?;
        self.take(&ready::file_of(indicator))?;
        let earlier = self.earlier.and_then(|earlier| Some(earlier.entries(earlier.position(indicator)?)));
        Ok(earlier.unwrap_or_default().to_vec())
    }

    /// Takes over all geographies with their tiles.
    ///
    /// # Errors
    /// As [`EditionWriter::take_indicator`].
    pub(crate) fn take_geographies(&self, geographies: &[Geography]) -> Result<(), StoreError> {
        for Geography { id, .. } in geographies {
            let shape = [areas_file(id), arcs_file(id)].into_iter();
            shape.chain(FORMS.map(|form| tiles_file(id, form))).try_for_each(|file| self.take(&file))?;
        }
        Ok(())
    }

    /// Takes over a file, where the edition before has it.
    fn take(&self, file: &str) -> Result<(), StoreError> {
        match self.earlier.map(|earlier| earlier.whole(file)).transpose()?.flatten() {
            Some((from, seal)) => self.draft.share(file, &from, seal),
            None => Ok(()),
        }
    }

    fn put(&self, file: &str, bytes: Result<Vec<u8>, ParquetError>) -> Result<(), StoreError> {
        let unwritable = |error: ParquetError| StoreError::Unwritable {
            place: self.folder.join(file).display().to_string(),
            reason: error.to_string(),
        };
        self.draft.put(file, &bytes.map_err(unwritable)?)
    }

    /// Writes an indicator's columns, that of the whole atlas last, and gives their entries in the catalogue. Where they are
    /// those of the edition before, its file is taken over.
    pub(crate) fn put_indicator(
        &self,
        content: &Content,
        indicator: usize,
        columns: &[(Option<usize>, Period, &Column)],
        are_as_before: bool,
    ) -> Result<Vec<ColumnEntry>, StoreError> {
        let Some(indicator) = content.indicators.get(indicator) else { return Ok(Vec::new()) };
        let geography = |position: &Option<usize>| content.geographies.get((*position)?);
        let placed =
            columns.iter().map(|(at, period, column)| Placed { geography: geography(at), period: *period, column });
        let placed: Vec<Placed<'_>> = placed.collect();
        match are_as_before {
            true => self.take(&file_of(&indicator.id))?,
            false => self.put(&file_of(&indicator.id), write_columns(&placed))?,
        }
        let ready = self.put_ready(content, indicator, &placed)?;
        Ok(placed.iter().zip(ready).map(|(placed, ready)| column_entry(placed, ready)).collect())
    }

    /// Writes an indicator's columns ready to be sent, and says where each stands.
    fn put_ready(
        &self,
        content: &Content,
        indicator: &Indicator,
        columns: &[Placed<'_>],
    ) -> Result<Vec<Option<Ready>>, StoreError> {
        let mut writer = ReadyWriter::default();
        let mut put = |placed: &Placed<'_>| -> io::Result<Option<Ready>> {
            let Some(geography) = placed.geography else { return Ok(None) };
            let column = compact(content, geography, indicator, &[(placed.period, placed.column)], &[])?;
            let known = self.earlier.map(|earlier| earlier.ready(&indicator.id, &geography.id, placed.period, &column));
            // One that cannot be read is packed again.
            writer.put(&column, known.and_then(Result::ok).flatten())
        };
        let file = ready::file_of(&indicator.id);
        let ready: io::Result<Vec<Option<Ready>>> = columns.iter().map(&mut put).collect();
        let ready = ready.map_err(|error| StoreError::unwritable(&self.folder.join(&file), &error))?;
        if !writer.bytes.is_empty() {
            self.draft.put(&file, &writer.bytes)?;
        }
        Ok(ready)
    }

    /// Writes all geographies, but for their tiles.
    pub(crate) fn put_geographies(&self, geographies: &[Geography]) -> Result<(), StoreError> {
        let put = |position: usize| {
            let geography = &geographies[position];
            self.put(&areas_file(&geography.id), write_areas(geographies, position))?;
            let shape = geography.shape.as_ref();
            shape.map_or(Ok(()), |shape| self.put(&arcs_file(&geography.id), write_arcs(&shape.topology)))
        };
        in_parallel(geographies.len(), put).into_iter().collect()
    }

    /// Writes the tiles of all geographies. Zooms are cut on all processors, the last ones, which take longest, first.
    pub(crate) fn put_tiles(&self, geographies: &[Geography], progress: &dyn Progress) -> Result<(), StoreError> {
        let pyramid = |geography: &Geography| Pyramid::of(&geography.shape.as_ref()?.topology);
        let pyramids: Vec<Option<Pyramid>> = geographies.iter().map(pyramid).collect();
        let zooms = |(position, pyramid): (usize, &Option<Pyramid>)| {
            let last = pyramid.map(|pyramid| pyramid.last_zoom);
            last.into_iter().flat_map(move |last| (0..=last).map(move |zoom| (zoom, position)))
        };
        let mut levels: Vec<(u8, usize)> =
            pyramids.iter().enumerate().flat_map(|(at, pyramid)| zooms((at, pyramid))).collect();
        levels.sort_by(|one, other| other.cmp(one));
        let done = AtomicUsize::new(0);
        progress.at(Stage::Tiles, 0, levels.len());
        let cut = in_parallel(levels.len(), |number| {
            let (zoom, position) = levels[number];
            let geography = &geographies[position];
            let file = || self.folder.join(tiles_file(&geography.id, Form::Vector));
            let unwritable = |error| StoreError::unwritable(&file(), &error);
            let packed = pack_level(geographies, geography, zoom).map_err(unwritable);
            progress.at(Stage::Tiles, done.fetch_add(1, Ordering::Relaxed) + 1, levels.len());
            packed
        });
        let mut tiles: Vec<Packed> = geographies.iter().map(|_| Packed::default()).collect();
        for ((_, position), level) in levels.iter().zip(cut) {
            tiles[*position].iter_mut().zip(level?).for_each(|(all, level)| all.extend(level));
        }
        for ((geography, pyramid), tiles) in geographies.iter().zip(&pyramids).zip(&tiles) {
            let Some(pyramid) = pyramid else { continue };
            for (form, tiles) in FORMS.into_iter().zip(tiles) {
                let file = write_tiles(geography, pyramid, form, tiles);
                self.draft.put(&tiles_file(&geography.id, form), &file)?;
            }
        }
        Ok(())
    }

    /// Writes the rest, `columns` being the entries of each indicator, and makes an edition of it.
    pub(crate) fn finish(
        self,
        head: &Head,
        content: &Content,
        columns: Vec<Vec<ColumnEntry>>,
    ) -> Result<(), StoreError> {
        let Content { geographies, indicators, targets, postcodes, points, notes } = content;
        if !targets.0.is_empty() {
            self.put(TARGETS, write_targets(targets, geographies, indicators))?;
        }
        if !postcodes.is_empty() {
            self.put(POSTCODES, write_postcodes(postcodes, geographies))?;
        }
        for layer in points {
            self.put(&points_file(&layer.id), write_points(layer))?;
        }
        let indicators = indicators.iter().zip(columns);
        let indicators =
            indicators.map(|(indicator, columns)| IndicatorEntry { indicator: indicator.clone(), columns });
        let catalog = Catalog {
            edition: head.id.clone(),
            atlas: head.info.clone(),
            view: head.opening.clone(),
            geographies: geographies.iter().map(geography_entry).collect(),
            indicators: indicators.collect(),
            points: points.iter().map(points_entry).collect(),
            postcodes: (!postcodes.is_empty()).then(|| postcodes.geographies.clone()),
            notes: notes.clone(),
        };
        // Our own types hold nothing that JSON cannot say.
        self.draft.put(CATALOG, &serde_json::to_vec(&catalog).unwrap_or_default())?;
        self.draft.seal(&head.id)
    }
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
