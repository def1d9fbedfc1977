//! A layer of the map as GeoJSON: a geography, alone or joined to an indicator, or points.

use std::io;
use std::sync::Arc;

use axum::response::Response;
use serde::{Deserialize, Serialize};
use tessera_atlas::AtlasView;
use tessera_atlas::cell::Status;
use tessera_atlas::classes::Within;
use tessera_atlas::column::{Column, number_at};
use tessera_atlas::compare::Selected;
use tessera_atlas::geography::Geography;
use tessera_atlas::period::Period;
use tessera_geo::{Bbox, Topology, write_geometry};
use utoipa::IntoParams;

use crate::answer::{Content, Freshness, Pieces};
use crate::error::{ApiError, Place};
use crate::gate::Atlas;
use crate::names;
use crate::openapi::OfLayer;
use crate::parameters::{Parameters, Segments};
use crate::selection;

const MEDIA_TYPE: &str = "application/geo+json";
/// Layers of up to so many areas, a region, are kept for whoever asks next; larger ones are written while they are read.
const KEPT_AREAS: usize = 10_000;
/// How much of a layer is written at a time, in bytes.
const PIECE: usize = 128 * 1024;

/// The finest zoom that generalisation is asked for; beyond it nothing would change.
const FINEST_ZOOM: f64 = 22.0;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    /// Joins each area's value.
    indicator: Option<String>,
    /// The period of the values; the newest unless said.
    period: Option<String>,
    /// `GEO:CODE`: what is inside one area alone.
    within: Option<String>,
    /// `INDICATOR[@PERIOD] (<=|<|=|>|>=) NUMBER`, joined by `and`: areas for which it holds alone.
    filter: Option<String>,
    /// `west,south,east,north` in degrees.
    bbox: Option<String>,
    /// Generalises for this zoom of a web map.
    #[param(minimum = 0, maximum = 22)]
    zoom: Option<f64>,
}

/// What stands beside a geometry.
#[derive(Serialize)]
struct Properties<'a> {
    code: &'a str,
    name: &'a str,
    local_name: Option<&'a str>,
    #[serde(flatten)]
    value: Option<Value<'a>>,
}

#[derive(Serialize)]
struct Value<'a> {
    indicator: &'a str,
    period: Period,
    value: Option<f64>,
    unit: &'a str,
    status: &'a [Status],
}

/// A geography or points as GeoJSON, alone or joined to an indicator
#[utoipa::path(get, path = "/{edition}/layers/{layer}", params(OfLayer, Query),
    responses((status = 200, content_type = "application/geo+json", body = Object)))]
pub(crate) async fn layer(
    Segments((_, layer)): Segments<(String, String)>,
    Parameters(query): Parameters<Query>,
    Atlas { view, asked, .. }: Atlas,
) -> Result<Response, ApiError> {
    let Some(id) = layer.strip_suffix(".geojson").map(str::to_owned) else {
        return Err(ApiError::unknown_format("`.geojson`"));
    };
    if view.points().iter().any(|layer| layer.id == id) {
        return asked.content(Freshness::Withdrawable, move || points(&view, &id, &query)).await;
    }
    // Values may be withdrawn, and so may which areas pass a filter.
    let has_values = query.indicator.is_some() || query.filter.is_some();
    let freshness = if has_values { Freshness::Withdrawable } else { Freshness::Immutable };
    let chosen = chosen(&view, &id, &query)?;
    let is_large = chosen.len() > KEPT_AREAS;
    let layer = move || Layer::of(view, &id, &query, chosen);
    if is_large {
        return asked.streamed(freshness, MEDIA_TYPE, layer).await;
    }
    let whole = move || {
        let (mut layer, mut bytes) = (layer()?, Vec::new());
        while layer.write_next(&mut bytes).map_err(ApiError::internal)? {}
        Ok(Content { bytes, media_type: MEDIA_TYPE.into() })
    };
    asked.content(freshness, whole).await
}

/// The positions of the areas that lie where is asked for.
fn chosen(view: &AtlasView, id: &str, query: &Query) -> Result<Vec<usize>, ApiError> {
    let geography = names::geography(view, id, Place::Path("geography"))?;
    let shape = names::shape(geography)?;
    let within = names::within(view, geography, query.within.as_deref())?;
    let is_inside = |position: &usize| within.is_none_or(|within| within.holds(geography, *position));
    Ok(match query.bbox.as_deref().map(bbox).transpose()? {
        Some(bbox) => shape.locator().within(&bbox).into_iter().map(|area| area as usize).filter(is_inside).collect(),
        None => (0..geography.len()).filter(is_inside).collect(),
    })
}

/// A layer while it is written.
struct Layer {
    view: AtlasView,
    /// The position of its geography.
    geography: usize,
    joined: Option<Joined>,
    /// The shapes, where they are generalised.
    generalised: Option<Arc<Topology>>,
    /// The positions of its areas.
    chosen: Vec<usize>,
    /// How many of them are written.
    written: usize,
}

impl Layer {
    fn of(view: AtlasView, id: &str, query: &Query, mut chosen: Vec<usize>) -> Result<Layer, ApiError> {
        let geography = names::geography(&view, id, Place::Path("geography"))?;
        let joined = joined(&view, geography, query)?;
        if let Some(text) = query.filter.as_deref() {
            let passing = view.filter(geography, &selection::filter(&view, geography, text)?, None)?;
            chosen.retain(|position| passing.binary_search(position).is_ok());
        }
        let zoom = query.zoom.map(zoom).transpose()?;
        let generalised = zoom.map(|zoom| view.generalised(geography, zoom).ok_or_else(|| ApiError::no_shape(id)));
        let generalised = generalised.transpose()?;
        let geography = view.geographies().iter().position(|geography| geography.id == id).unwrap_or_default();
        Ok(Layer { view, geography, joined, generalised, chosen, written: 0 })
    }

    fn write_area(&self, position: usize, bytes: &mut Vec<u8>) -> io::Result<()> {
        let geography = &self.view.geographies()[self.geography];
        let area = &geography.areas()[position];
        let value = self.joined.as_ref().map(|Joined { indicator, unit, period, column }| Value {
            indicator,
            period: *period,
            value: number_at(Some(&column.values), position),
            unit,
            status: column.status_of(position),
        });
        let properties =
            Properties { code: &area.code, name: &area.name, local_name: area.local_name.as_deref(), value };
        bytes.extend_from_slice(br#"{"type":"Feature","id":"#);
        serde_json::to_writer(&mut *bytes, &area.code)?;
        bytes.extend_from_slice(br#","properties":"#);
        serde_json::to_writer(&mut *bytes, &properties)?;
        bytes.extend_from_slice(br#","geometry":"#);
        match self.generalised.as_deref().or_else(|| Some(&geography.shape.as_ref()?.topology)) {
            Some(topology) => write_geometry(&topology.shape(position), bytes),
            None => bytes.extend_from_slice(b"null"),
        }
        bytes.push(b'}');
        Ok(())
    }
}

impl Pieces for Layer {
    fn write_next(&mut self, bytes: &mut Vec<u8>) -> io::Result<bool> {
        if self.written == 0 {
            bytes.extend_from_slice(br#"{"type":"FeatureCollection","features":["#);
        }
        let start = bytes.len();
        while bytes.len() - start < PIECE {
            let Some(position) = self.chosen.get(self.written) else {
                bytes.extend_from_slice(b"]}\n");
                return Ok(false);
            };
            if self.written > 0 {
                bytes.extend_from_slice(b",\n");
            }
            self.write_area(*position, bytes)?;
            self.written += 1;
        }
        Ok(true)
    }
}

fn points(view: &AtlasView, id: &str, query: &Query) -> Result<Content, ApiError> {
    let of_areas = [
        ("indicator", query.indicator.is_some()),
        ("period", query.period.is_some()),
        ("filter", query.filter.is_some()),
        ("zoom", query.zoom.is_some()),
    ];
    if let Some((parameter, _)) = of_areas.iter().find(|(_, is_there)| *is_there) {
        let detail = format!("`{id}` is a layer of points: `{parameter}` is for layers of areas.");
        return Err(ApiError::bad_parameter(parameter, detail));
    }
    let layer = view.points().iter().find(|layer| layer.id == id);
    let layer = layer.ok_or_else(|| ApiError::internal("a point layer is gone"))?;
    let within = match query.within.as_deref() {
        Some(text) => {
            let Selected { geography, position } = names::qualified_area(view, text, "within")?;
            Some(Within { geography, position })
        }
        None => None,
    };
    let bbox = query.bbox.as_deref().map(bbox).transpose()?;
    let collection = super::points::collection(view, layer, within, bbox);
    let bytes = serde_json::to_vec(&collection).map_err(ApiError::internal)?;
    Ok(Content { bytes, media_type: "application/geo+json".into() })
}

/// The column that the areas are joined to.
struct Joined {
    indicator: String,
    unit: String,
    period: Period,
    column: Arc<Column>,
}

fn joined(view: &AtlasView, geography: &Geography, query: &Query) -> Result<Option<Joined>, ApiError> {
    let Some(id) = &query.indicator else {
        return match &query.period {
            Some(_) => Err(ApiError::bad_parameter("period", "`period` needs an `indicator`.")),
            None => Ok(None),
        };
    };
    let indicator = names::indicator(view, id, Place::Query("indicator"))?;
    let period = names::period(view, geography, indicator, query.period.as_deref())?;
    let column = names::column(view, geography, indicator, period)?;
    Ok(Some(Joined { indicator: indicator.id.clone(), unit: indicator.unit.en().to_owned(), period, column }))
}

fn bbox(text: &str) -> Result<Bbox, ApiError> {
    let numbers: Result<Vec<f64>, _> = text.split(',').map(|number| number.trim().parse()).collect();
    let bbox = match numbers.as_deref() {
        Ok([west, south, east, north]) => Bbox::from_degrees(*west, *south, *east, *north),
        _ => None,
    };
    bbox.ok_or_else(|| {
        ApiError::bad_parameter("bbox", "`bbox` is west,south,east,north in degrees, such as `-2,53,-1,54`.")
    })
}

/// The zoom that is generalised for: between two of them the closer one, which shows all that is asked for.
fn zoom(zoom: f64) -> Result<u8, ApiError> {
    if (0.0..=FINEST_ZOOM).contains(&zoom) {
        Ok(zoom.ceil() as u8)
    } else {
        Err(ApiError::bad_parameter("zoom", "`zoom` is 0 to 22, as on a web map."))
    }
}
