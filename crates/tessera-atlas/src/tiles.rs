//! A geography as vector tiles: which zooms there are, and what is on them.

use std::sync::Arc;

use serde_json::{Value, json};
use tessera_geo::tiles::{EncodeError, Level, borders_of, cut, generalised_for};
use tessera_geo::{Place, Topology};

use crate::generalised::generalised;
use crate::geography::Geography;

/// All tiles of a zoom; none where the geography has no shape.
pub(crate) fn level(all: &[Geography], geography: &Geography, zoom: u8) -> Result<Level, EncodeError> {
    let Some(topology) = shape(all, geography, generalised_for(zoom)) else { return Ok(Level::default()) };
    let label_point = |area: &crate::geography::Area| area.place.as_ref().map(|place| place.label_point);
    let label_points: Vec<Option<Place>> = geography.areas().iter().map(label_point).collect();
    cut(&geography.id, &topology, &label_points, zoom)
}

fn shape(all: &[Geography], geography: &Geography, zoom: f64) -> Option<Arc<Topology>> {
    generalised(all, geography, zoom, |of| shape(all, of, zoom))
}

/// What TileJSON and PMTiles say of a geography's layers in `vector_layers`.
pub fn vector_layers(geography: &Geography, with_attributes: bool) -> Value {
    let fields = if with_attributes { json!({ "code": "String", "name": "String" }) } else { json!({}) };
    json!([
        { "id": geography.id, "description": geography.name.en(), "fields": fields },
        { "id": borders_of(&geography.id), "description": "Borders, each once", "fields": {} },
    ])
}
