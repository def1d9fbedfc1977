//! What the atlas is: title, editions, what opens first, attribution; as it is now, and as it was in an edition.

use std::collections::BTreeMap;

use axum::response::Response;
use serde::Serialize;
use tessera_atlas::store::StoredEdition;
use tessera_atlas::{AtlasView, EditionId};

use super::NoParameters;
use utoipa::ToSchema;

use crate::answer::Freshness;
use crate::error::ApiError;
use crate::gate::Atlas;
use crate::openapi::OfEdition;
use crate::parameters::Parameters;

#[derive(Serialize, ToSchema)]
struct AtlasAnswer {
    id: String,
    title: String,
    place: String,
    publisher: Option<String>,
    contact: Option<String>,
    attribution: Vec<String>,
    #[schema(value_type = String)]
    edition: EditionId,
    editions: Vec<EditionEntry>,
    people: Vec<String>,
    view: BTreeMap<String, String>,
    basemap: Option<Basemap>,
    bbox: Option<[f64; 4]>,
    version: &'static str,
}

#[derive(Serialize, ToSchema)]
struct EditionEntry {
    #[schema(value_type = String)]
    id: EditionId,
    /// When it was built, in UTC.
    built: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct Basemap {
    url: String,
    attribution: String,
}

#[utoipa::path(get, path = "/atlas", responses((status = 200, body = AtlasAnswer)))]
/// What the atlas is, and which edition is the newest
pub(crate) async fn atlas(
    Atlas { view, asked, current, .. }: Atlas,
    _: Parameters<NoParameters>,
) -> Result<Response, ApiError> {
    asked.since(current.changes).json(Freshness::Current, move || Ok(answer(&view, &current.all))).await
}

#[utoipa::path(get, path = "/{edition}/atlas", params(OfEdition), responses((status = 200, body = AtlasAnswer)))]
/// What the atlas was in one edition
pub(crate) async fn atlas_of_edition(
    Atlas { view, asked, current, .. }: Atlas,
    _: Parameters<NoParameters>,
) -> Result<Response, ApiError> {
    asked.since(current.changes).json(Freshness::Withdrawable, move || Ok(answer(&view, &current.all))).await
}

fn answer(view: &AtlasView, stored: &[StoredEdition]) -> AtlasAnswer {
    let mut editions: Vec<EditionEntry> =
        stored.iter().map(|stored| EditionEntry { id: stored.id.clone(), built: Some(stored.built.clone()) }).collect();
    if editions.is_empty() {
        editions.push(EditionEntry { id: view.id().clone(), built: None });
    }
    let info = view.info();
    let extents = view.geographies().iter().filter_map(|geography| geography.shape.as_ref()?.topology.extent());
    AtlasAnswer {
        id: info.id.clone(),
        title: info.title.en().to_owned(),
        place: info.place.en().to_owned(),
        publisher: info.publisher.as_ref().map(|text| text.en().to_owned()),
        contact: info.contact.clone(),
        attribution: info.attribution.iter().map(|text| text.en().to_owned()).collect(),
        edition: view.id().clone(),
        editions,
        people: info.people.clone(),
        view: view.opening().parameters(),
        basemap: info.basemap.clone().map(|(url, attribution)| Basemap { url, attribution }),
        bbox: extents.reduce(|a, b| a.union(&b)).map(|bbox| bbox.to_degrees()),
        version: env!("CARGO_PKG_VERSION"),
    }
}
