//! In which areas a place lies.

use axum::response::Response;
use serde::{Deserialize, Serialize};
use tessera_atlas::words::list;
use tessera_atlas::{AtlasView, EditionId};
use tessera_geo::Place;

use crate::answer::Freshness;
use crate::error::ApiError;
use crate::gate::Atlas;
use crate::parameters::Parameters;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    lon: f64,
    lat: f64,
}

#[derive(Serialize)]
struct Located {
    edition: EditionId,
    lon: f64,
    lat: f64,
    areas: Vec<LocatedArea>,
    sentence: String,
}

#[derive(Serialize)]
struct LocatedArea {
    geography: String,
    code: String,
    name: String,
    local_name: Option<String>,
}

pub(crate) async fn locate(
    Parameters(query): Parameters<Query>,
    Atlas { view, asked }: Atlas,
) -> Result<Response, ApiError> {
    asked.json(Freshness::Recallable, move || answer(&view, &query)).await
}

fn answer(view: &AtlasView, query: &Query) -> Result<Located, ApiError> {
    let Some(place) = Place::from_degrees(query.lon, query.lat) else {
        let parameter = if (-90.0..=90.0).contains(&query.lat) { "lon" } else { "lat" };
        return Err(ApiError::bad_parameter(
            parameter,
            "Longitude is -180 to 180, latitude -90 to 90, both in degrees.",
        ));
    };
    let mut areas = Vec::new();
    let mut named = Vec::new();
    for geography in view.geographies() {
        let Some(shape) = &geography.shape else { continue };
        for position in shape.locator.locate(place) {
            let Some(area) = geography.areas().get(position as usize) else { continue };
            named.push(format!("{} ({})", area.shown_name(), geography.singular.en()));
            areas.push(LocatedArea {
                geography: geography.id.clone(),
                code: area.code.clone(),
                name: area.name.clone(),
                local_name: area.local_name.clone(),
            });
        }
    }
    let sentence = if named.is_empty() {
        format!("This place is outside {}.", view.info().place.en())
    } else {
        format!("This place is in {}.", list(&named))
    };
    Ok(Located { edition: view.id().clone(), lon: query.lon, lat: query.lat, areas, sentence })
}
