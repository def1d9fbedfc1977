//! Reading boundaries from TopoJSON (M. Bostock and C. Metcalf, *The TopoJSON Format Specification*, 1.0).
//!
//! An object is a layer, and each geometry in it a feature. The crate `topojson` builds on an old release of
//! `geojson` and holds every number in an allocation of its own; decoding is little work.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::{ReadError, ReadOptions, Source, choose_layer, settle, without_position};
use crate::check::{Checker, Feature, Outline, Reading};
use crate::crs::Crs;
use crate::geojson::{Attributes, Position, crs_name, text};

pub(super) fn read(source: &Source<'_>, options: &ReadOptions<'_>) -> Result<Reading, ReadError> {
    let bytes = source.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&source.bytes);
    let topology: Topology<'_> = parse(bytes)?;
    let names: Vec<String> = topology.objects.keys().cloned().collect();
    if names.is_empty() {
        return Err(ReadError::NoFeatures);
    }
    let layer = &names[choose_layer(&names, options)?];
    let object: Geometry<'_> = parse(topology.objects[layer].get().as_bytes())?;

    let name = [&object.crs, &topology.crs].into_iter().flatten().find_map(crs_name);
    let crs = settle(name.map(|name| Crs::from_name(&name)), options, Some(Crs::Wgs84))?;
    let mut arcs = Arcs::new(topology.arcs, topology.transform);
    let mut wanted = Attributes::new(options.code, options.label);
    let mut checker = Checker::new(options.code, crs);
    let geometries: Vec<Geometry<'_>> = match (object.kind.as_deref(), object.geometries) {
        (Some("GeometryCollection"), Some(geometries)) => parse(geometries.get().as_bytes())?,
        _ => vec![object],
    };
    for geometry in geometries {
        let (code, label) = wanted.take(geometry.properties.unwrap_or_default());
        let outline = arcs.outline(geometry.kind.as_deref(), geometry.arcs)?;
        checker.take(Feature { code: code.and_then(text), label: label.and_then(text), outline });
    }
    if checker.features() == 0 {
        return Err(ReadError::NoFeatures);
    }
    wanted.finish()?;
    Ok(checker.finish())
}

fn parse<'de, T: Deserialize<'de>>(bytes: &'de [u8]) -> Result<T, ReadError> {
    serde_json::from_slice(bytes).map_err(|error| ReadError::unreadable("TopoJSON", error))
}

#[derive(Deserialize)]
struct Topology<'a> {
    #[serde(borrow)]
    objects: BTreeMap<String, &'a RawValue>,
    arcs: Vec<Vec<Position>>,
    #[serde(default)]
    transform: Option<Transform>,
    #[serde(default)]
    crs: Option<Value>,
}

/// How the integers of a quantised topology become coordinates.
#[derive(Deserialize, Clone, Copy)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Deserialize)]
struct Geometry<'a> {
    #[serde(rename = "type", default)]
    kind: Option<String>,
    #[serde(borrow, default)]
    arcs: Option<&'a RawValue>,
    #[serde(borrow, default)]
    geometries: Option<&'a RawValue>,
    #[serde(default)]
    properties: Option<Map<String, Value>>,
    #[serde(default)]
    crs: Option<Value>,
}

/// The arcs with their coordinates.
struct Arcs {
    arcs: Vec<Vec<[f64; 2]>>,
    /// How many positions may still be put into rings. In a map an arc is in two rings; a file that repeats one a
    /// million times is not a map.
    budget: usize,
}

impl Arcs {
    fn new(arcs: Vec<Vec<Position>>, transform: Option<Transform>) -> Arcs {
        let decode = |arc: Vec<Position>| -> Vec<[f64; 2]> {
            let Some(Transform { scale, translate }) = transform else {
                return arc.into_iter().map(|position| position.0).collect();
            };
            let (mut x, mut y) = (0.0, 0.0);
            let absolute = arc.into_iter().map(|Position([dx, dy])| {
                (x, y) = (x + dx, y + dy);
                [x * scale[0] + translate[0], y * scale[1] + translate[1]]
            });
            absolute.collect()
        };
        let arcs: Vec<_> = arcs.into_iter().map(decode).collect();
        let budget = 1_000_000 + 16 * arcs.iter().map(Vec::len).sum::<usize>();
        Arcs { arcs, budget }
    }

    fn outline(&mut self, kind: Option<&str>, arcs: Option<&RawValue>) -> Result<Outline, ReadError> {
        let text = arcs.map_or("[]", RawValue::get);
        let polygons: Result<Vec<Vec<Vec<i64>>>, _> = match kind {
            None => return Ok(Outline::Missing),
            Some("Polygon") => serde_json::from_str(text).map(|rings| vec![rings]),
            Some("MultiPolygon") => serde_json::from_str(text),
            Some(other) => return Ok(Outline::NotAnArea(other.to_owned())),
        };
        let polygons = match polygons {
            Ok(polygons) => polygons,
            Err(error) => return Ok(Outline::Unreadable(without_position(&error))),
        };
        let mut decoded = Vec::with_capacity(polygons.len());
        for rings in polygons {
            let mut polygon = Vec::with_capacity(rings.len());
            for ring in rings {
                match self.ring(&ring)? {
                    Ok(ring) => polygon.push(ring),
                    Err(reason) => return Ok(Outline::Unreadable(reason)),
                }
            }
            decoded.push(polygon);
        }
        Ok(Outline::Polygons(decoded))
    }

    /// The positions of a ring of arcs; the inner error concerns the feature, the outer one the file.
    fn ring(&mut self, references: &[i64]) -> Result<Result<Vec<[f64; 2]>, String>, ReadError> {
        let mut ring: Vec<[f64; 2]> = Vec::new();
        for &reference in references {
            let index = usize::try_from(if reference < 0 { !reference } else { reference }).ok();
            let Some(arc) = index.and_then(|index| self.arcs.get(index)) else {
                return Ok(Err(format!("there is no arc {reference}; there are {}", self.arcs.len())));
            };
            self.budget = self
                .budget
                .checked_sub(arc.len() + 1)
                .ok_or_else(|| ReadError::unreadable("TopoJSON", "its rings repeat the arcs far too often"))?;
            // Each arc starts where the one before ended.
            ring.pop();
            if reference < 0 {
                ring.extend(arc.iter().rev());
            } else {
                ring.extend(arc);
            }
        }
        Ok(Ok(ring))
    }
}
