//! From a folder to an edition, without its sources.

use std::sync::Arc;

use object_store::ObjectStore;
use object_store::path::Path as ObjectPath;
use serde::Deserialize;

use super::catalog::{CATALOG, Catalog, CatalogOfColumns};
use super::columns::{ColumnCache, StoredColumns};
use super::error::StoreError;
use super::geographies::read_geographies;
use super::sealed::SealedFolder;
use super::small::{read_points, read_postcodes, read_targets};
use super::tiles::StoredTiles;
use crate::apart::tell_apart;
use crate::catalogue::{Indicator, IndicatorList};
use crate::deprivation::KeptIndices;
use crate::edition::{Content, Edition, Head, Published};
use crate::generalised::Generalised;
use crate::hotspots::KeptHotspots;
use crate::parallel::both;

/// Opens the edition below `root`. Its columns are read when they are asked for.
pub(super) fn open_edition(
    objects: Arc<dyn ObjectStore>,
    root: ObjectPath,
    cache: &ColumnCache,
) -> Result<Edition, StoreError> {
    let folder = SealedFolder::open(objects, root)?;
    let bytes = folder.read_whole(CATALOG)?;
    let catalog: Catalog<Indicator> = parsed(&folder, &bytes)?;
    if catalog.edition != *folder.edition() {
        return Err(folder.damaged(CATALOG, "it belongs to another edition"));
    }
    let (geographies, listed) =
        both(|| read_geographies(&folder, &catalog.geographies), || parsed::<CatalogOfColumns>(&folder, &bytes));
    let (mut geographies, listed) = (geographies?, listed?);
    tell_apart(&mut geographies);
    let ids = catalog.indicators.iter().map(|indicator| indicator.id.clone());
    let files = ids.zip(listed.indicators.into_iter().map(|entry| entry.columns)).collect();
    let indicators = IndicatorList::from(catalog.indicators);
    let content = Content {
        targets: read_targets(&folder, &geographies, &indicators)?,
        postcodes: read_postcodes(&folder, catalog.postcodes.as_ref(), &geographies)?,
        points: catalog.points.iter().map(|entry| read_points(&folder, entry)).collect::<Result<_, _>>()?,
        notes: catalog.notes,
        indicators,
        geographies,
    };
    let tiles = StoredTiles::new(folder.clone(), &content.geographies);
    let columns = StoredColumns::new(folder, cache.clone(), &content.geographies, files)?;
    Ok(Edition {
        head: Head { id: catalog.edition, info: catalog.atlas, opening: catalog.view },
        content,
        published: Published::Stored(columns, tiles),
        generalised: Generalised::default(),
        hotspots: KeptHotspots::default(),
        indices: KeptIndices::default(),
    })
}

fn parsed<'a, T: Deserialize<'a>>(folder: &SealedFolder, catalog: &'a [u8]) -> Result<T, StoreError> {
    serde_json::from_slice(catalog).map_err(|error| folder.damaged(CATALOG, error))
}
