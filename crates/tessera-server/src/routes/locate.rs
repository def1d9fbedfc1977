//! In which areas a place or a postcode lies.

use axum::response::Response;
use serde::{Deserialize, Serialize};
use tessera_atlas::compare::Selected;
use tessera_atlas::postcode::Postcode;
use tessera_atlas::words::{isolated, list};
use tessera_atlas::{AtlasView, EditionId};
use tessera_geo::Place;
use utoipa::{IntoParams, ToSchema};

use crate::answer::Freshness;
use crate::error::ApiError;
use crate::gate::Atlas;
use crate::openapi::OfEdition;
use crate::parameters::{Parameters, capitalised};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    /// Longitude in degrees; together with `lat`.
    #[param(example = -1.55, minimum = -180, maximum = 180)]
    lon: Option<f64>,
    /// Latitude in degrees; together with `lon`.
    #[param(example = 53.8, minimum = -90, maximum = 90)]
    lat: Option<f64>,
    /// A postcode, however it is typed; instead of `lon` and `lat`.
    postcode: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct Located {
    #[schema(value_type = String)]
    edition: EditionId,
    /// The postcode as it is written, where one was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    postcode: Option<String>,
    lon: Option<f64>,
    lat: Option<f64>,
    areas: Vec<LocatedArea>,
    sentence: String,
}

#[derive(Serialize, ToSchema)]
struct LocatedArea {
    geography: String,
    code: String,
    name: String,
    local_name: Option<String>,
}

/// In which areas a place or a postcode lies
#[utoipa::path(get, path = "/{edition}/locate", params(OfEdition, Query), responses((status = 200, body = Located)))]
pub(crate) async fn locate(
    Parameters(query): Parameters<Query>,
    Atlas { view, asked, .. }: Atlas,
) -> Result<Response, ApiError> {
    asked.json(Freshness::Withdrawable, move || answer(&view, &query)).await
}

fn answer(view: &AtlasView, query: &Query) -> Result<Located, ApiError> {
    match (query.lon, query.lat, &query.postcode) {
        (Some(lon), Some(lat), None) => by_place(view, lon, lat),
        (None, None, Some(postcode)) => by_postcode(view, postcode),
        (Some(_), None, None) => Err(ApiError::bad_parameter("lat", "`lon` needs `lat`.")),
        (None, Some(_), None) => Err(ApiError::bad_parameter("lon", "`lat` needs `lon`.")),
        (None, None, None) => Err(ApiError::bad_parameter("lon", "Say either `lon` and `lat`, or `postcode`.")),
        _ => Err(ApiError::bad_parameter("postcode", "Say either `lon` and `lat`, or `postcode`.")),
    }
}

fn by_place(view: &AtlasView, lon: f64, lat: f64) -> Result<Located, ApiError> {
    let Some(place) = Place::from_degrees(lon, lat) else {
        let parameter = if (-90.0..=90.0).contains(&lat) { "lon" } else { "lat" };
        return Err(ApiError::bad_parameter(
            parameter,
            "Longitude is -180 to 180, latitude -90 to 90, both in degrees.",
        ));
    };
    let found = view.locate(place);
    let sentence = match found.as_slice() {
        [] => format!("This place is outside {}.", isolated(view.info().place.en())),
        found => format!("This place is in {}.", named(found)),
    };
    Ok(located(view, None, Some((lon, lat)), &found, sentence))
}

fn by_postcode(view: &AtlasView, text: &str) -> Result<Located, ApiError> {
    if !view.knows_postcodes() {
        return Err(ApiError::switched_off("This atlas has no list of postcodes.", "postcode"));
    }
    let postcode: Postcode =
        text.parse().map_err(|error| ApiError::bad_parameter("postcode", capitalised(&format!("{error}."))))?;
    let found = view.locate_postcode(&postcode);
    let areas = found.as_ref().map(|found| found.areas.as_slice()).unwrap_or_default();
    let sentence = match areas {
        // The list holds the postcodes inside: of others nothing is known.
        [] => format!("{postcode} is outside this atlas, or newer than its list of postcodes."),
        areas => format!("{postcode} is in {}.", named(areas)),
    };
    let place = found.as_ref().and_then(|found| found.place).map(Place::to_degrees);
    Ok(located(view, Some(postcode), place, areas, sentence))
}

fn named(areas: &[Selected<'_>]) -> String {
    let name = |selected: &Selected<'_>| {
        format!("{} ({})", isolated(selected.area().shown_name()), selected.geography.distinct_singular())
    };
    list(&areas.iter().map(name).collect::<Vec<_>>())
}

fn located(
    view: &AtlasView,
    postcode: Option<Postcode>,
    place: Option<(f64, f64)>,
    areas: &[Selected<'_>],
    sentence: String,
) -> Located {
    let entry = |selected: &Selected<'_>| LocatedArea {
        geography: selected.geography.id.clone(),
        code: selected.area().code.clone(),
        name: selected.area().name.clone(),
        local_name: selected.area().local_name.clone(),
    };
    Located {
        edition: view.id().clone(),
        postcode: postcode.map(|postcode| postcode.to_string()),
        lon: place.map(|(lon, _)| lon),
        lat: place.map(|(_, lat)| lat),
        areas: areas.iter().map(entry).collect(),
        sentence,
    }
}
