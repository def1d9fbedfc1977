//! A point layer as GeoJSON, each point with the areas that it lies in.

use std::collections::BTreeMap;

use serde_json::json;
use tessera_atlas::AtlasView;
use tessera_atlas::classes::Within;
use tessera_atlas::points::PointLayer;
use tessera_geo::Bbox;

/// The points of a layer, limited to those in an area and in a box.
pub(super) fn collection(
    view: &AtlasView,
    layer: &PointLayer,
    within: Option<Within<'_>>,
    bbox: Option<Bbox>,
) -> serde_json::Value {
    let mut features = Vec::new();
    for (position, point) in layer.points.iter().enumerate() {
        if !bbox.is_none_or(|bbox| bbox.contains(point.place)) {
            continue;
        }
        let areas = view.locate(point.place);
        let is_within = |within: Within<'_>| {
            areas.iter().any(|area| area.geography.id == within.geography.id && area.position == within.position)
        };
        if !within.is_none_or(is_within) {
            continue;
        }
        let mut codes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for area in &areas {
            codes.entry(&area.geography.id).or_default().push(&area.area().code);
        }
        let (lon, lat) = point.place.to_degrees();
        let mut properties = json!({ "name": point.name, "areas": codes });
        if !layer.attributes.is_empty() {
            let attributes: BTreeMap<&String, &Option<String>> =
                layer.attributes.iter().zip(&point.attributes).collect();
            properties["attributes"] = json!(attributes);
        }
        features.push(json!({
            "type": "Feature",
            "id": position,
            "properties": properties,
            "geometry": { "type": "Point", "coordinates": [lon, lat] },
        }));
    }
    json!({ "type": "FeatureCollection", "features": features })
}
