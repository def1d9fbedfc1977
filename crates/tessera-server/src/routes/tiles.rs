//! A geography as vector tiles, for maps that are drawn by other programs, and what there is to know of them.

use std::io::Read;

use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tessera_atlas::AtlasView;
use tessera_atlas::geography::Geography;
use tessera_atlas::packing::Packing;
use tessera_atlas::tiles::vector_layers;
use tessera_geo::tiles::{Form, Pyramid, TileAddress, with_attributes};
use utoipa::{IntoParams, ToSchema};

use crate::answer::{Content, Freshness};
use crate::error::{ApiError, Place};
use crate::gate::Atlas;
use crate::names;
use crate::openapi::{OfTile, OfTiles};
use crate::parameters::{Parameters, Segments};
use crate::routes::page::escaped;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    /// `1`: areas have `code` and `name`.
    #[param(inline)]
    attributes: Option<Attributes>,
}

#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
enum Attributes {
    #[serde(rename = "1")]
    CodeAndName,
}

/// TileJSON 3.0.
#[derive(Serialize, ToSchema)]
struct TileJson {
    #[schema(example = "3.0.0")]
    tilejson: &'static str,
    name: String,
    /// As HTML, for programs show it so.
    attribution: String,
    /// Relative to the address of this description.
    tiles: [String; 1],
    bounds: [f64; 4],
    #[schema(value_type = [f64; 3])]
    center: (f64, f64, u8),
    minzoom: u8,
    maxzoom: u8,
    vector_layers: Value,
}

/// A geography's vector tiles: where they are and what is on them (TileJSON 3.0)
#[utoipa::path(get, path = "/{edition}/{geography}", params(OfTiles, Query), responses((status = 200, body = TileJson)))]
pub(crate) async fn description(
    Segments((_, name)): Segments<(String, String)>,
    Parameters(query): Parameters<Query>,
    Atlas { view, asked, .. }: Atlas,
) -> Result<Response, ApiError> {
    let Some(id) = name.strip_suffix(".json").map(str::to_owned) else {
        return Err(ApiError::unknown_format("`.json`"));
    };
    asked.json(Freshness::Immutable, move || tile_json(&view, &id, &query)).await
}

fn tile_json(view: &AtlasView, id: &str, query: &Query) -> Result<TileJson, ApiError> {
    let (geography, pyramid) = tiled(view, id)?;
    let query_string = if query.attributes.is_some() { "?attributes=1" } else { "" };
    let attribution: Vec<&str> = view.info().attribution.iter().map(|text| text.en()).collect();
    let (lon, lat) = pyramid.center().to_degrees();
    Ok(TileJson {
        tilejson: "3.0.0",
        name: geography.name.en().to_owned(),
        attribution: escaped(&attribution.join(" · ")),
        tiles: [format!("{id}/{{z}}/{{x}}/{{y}}.mvt{query_string}")],
        bounds: pyramid.bounds.to_degrees(),
        center: (lon, lat, 0),
        minzoom: 0,
        maxzoom: pyramid.last_zoom,
        vector_layers: vector_layers(geography, query.attributes.is_some()),
    })
}

/// A vector tile (MVT 2.1): areas for filling, with their position as id, and their borders, each once; or the same as lines
#[utoipa::path(get, path = "/{edition}/{geography}/{z}/{x}/{y}", params(OfTile, Query),
    responses((status = 200, content((Vec<u8> = "application/vnd.mapbox-vector-tile"), (Vec<u8> = "application/octet-stream")))))]
pub(crate) async fn tile(
    Segments((_, id, z, x, y)): Segments<(String, String, String, String, String)>,
    Parameters(query): Parameters<Query>,
    Atlas { view, asked, .. }: Atlas,
) -> Result<Response, ApiError> {
    let (y, form) = formed(&y)?;
    let at = address(&z, &x, y);
    let asked = asked.without_brotli();
    let media_type = match form {
        Form::Vector => "application/vnd.mapbox-vector-tile",
        Form::Lines => "application/octet-stream",
    };
    if query.attributes.is_none() {
        let (view, id) = (view.clone(), id.clone());
        let read = move |packing| match packing {
            Packing::Gzip => packed(&view, &id, form, at),
            Packing::Brotli => Ok(None),
        };
        if let Some(response) = asked.ready(Freshness::Immutable, media_type, read).await? {
            return Ok(response);
        }
    } else if form == Form::Lines {
        return Err(ApiError::bad_parameter("attributes", "Only `.mvt` has attributes."));
    }
    let compute = move || {
        let bytes = unpacked(&view, &id, form, at, &query)?;
        Ok(Content { bytes, media_type: media_type.into() })
    };
    asked.content(Freshness::Immutable, compute).await
}

/// The row of a tile and its form, by the suffix.
fn formed(row: &str) -> Result<(&str, Form), ApiError> {
    let vector = row.strip_suffix(".mvt").map(|row| (row, Form::Vector));
    let lines = || row.strip_suffix(".bin").map(|row| (row, Form::Lines));
    vector.or_else(lines).ok_or_else(|| ApiError::unknown_format("`.mvt` and `.bin`"))
}

/// A geography, and which tiles there are of it.
fn tiled<'a>(view: &'a AtlasView, id: &str) -> Result<(&'a Geography, Pyramid), ApiError> {
    let geography = names::geography(view, id, Place::Path("geography"))?;
    let pyramid = view.pyramid(geography)?.ok_or_else(|| ApiError::no_shape(id))?;
    Ok((geography, pyramid))
}

/// The tile that a path names; `None` where it is on no map of the world.
fn address(z: &str, x: &str, y: &str) -> Option<TileAddress> {
    TileAddress::new(z.parse().ok()?, x.parse().ok()?, y.parse().ok()?)
}

/// A tile as it was packed when the edition was built; `None` where nothing is on it.
fn packed(view: &AtlasView, id: &str, form: Form, at: Option<TileAddress>) -> Result<Option<Vec<u8>>, ApiError> {
    let (geography, pyramid) = tiled(view, id)?;
    let at = at.filter(|at| at.zoom <= pyramid.last_zoom);
    let at = at.ok_or_else(|| ApiError::unknown_tile(id, pyramid.last_zoom))?;
    Ok(view.tile(geography, form, at)?.map(|tile| tile.to_vec()))
}

/// A tile; one with nothing on it has no bytes.
fn unpacked(
    view: &AtlasView,
    id: &str,
    form: Form,
    at: Option<TileAddress>,
    query: &Query,
) -> Result<Vec<u8>, ApiError> {
    let mut tile = Vec::new();
    if let Some(packed) = packed(view, id, form, at)? {
        flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut tile).map_err(ApiError::internal)?;
    }
    let Some(Attributes::CodeAndName) = query.attributes else { return Ok(tile) };
    let areas = names::geography(view, id, Place::Path("geography"))?.areas();
    let of_area = |position: u64| {
        let area = usize::try_from(position).ok().and_then(|position| areas.get(position));
        area.into_iter().flat_map(|area| [("code", area.code.as_str()), ("name", area.name.as_str())])
    };
    with_attributes(&tile, of_area).map_err(ApiError::internal)
}
