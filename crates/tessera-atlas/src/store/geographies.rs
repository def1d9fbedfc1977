//! A geography's files: `geographies/{id}.parquet`, a row an area (GeoParquet where areas have shapes), and
//! `arcs/{id}.parquet`, a row a piece of border, from which the shapes are put together again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use arrow_array::builder::{Int32Builder, ListBuilder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{Array, ArrayRef, BinaryArray, Float64Array, Int32Array, ListArray, StringArray};
use parquet::errors::ParquetError;
use serde_json::json;
use tessera_geo::{Arc as Border, ArcPolygon, ArcRef, Bbox, Place, Topology, to_wkb};

use super::catalog::GeographyEntry;
use super::error::StoreError;
use super::parquet::{ParquetFile, Rows, all_texts, batch, write};
use super::sealed::SealedFolder;
use crate::geography::{Area, AreaPlace, Geography, GeographyShape, Parents};
use crate::parallel::both;
use crate::sets::Sets;

pub(super) fn areas_file(id: &str) -> String {
    format!("geographies/{id}.parquet")
}

pub(super) fn arcs_file(id: &str) -> String {
    format!("arcs/{id}.parquet")
}

/// The column that says in which area of another geography each area lies.
fn parent_column(geography: &str) -> String {
    format!("parent_{geography}")
}

/// The areas of `all[position]`.
pub(super) fn write_areas(all: &[Geography], position: usize) -> Result<Vec<u8>, ParquetError> {
    let geography = &all[position];
    let areas = geography.areas();
    let other = |id: &str| all.iter().find(|other| other.id == id);
    let texts = |text: &dyn Fn(&Area) -> Option<String>| -> ArrayRef {
        Arc::new(areas.iter().map(text).collect::<StringArray>())
    };
    let parents: Vec<(String, ArrayRef)> = geography
        .parents
        .iter()
        .map(|parents| {
            let code = |of: &Option<u32>| Some(other(&parents.geography)?.areas().get((*of)? as usize)?.code.clone());
            let codes: ArrayRef = Arc::new(parents.of.iter().map(code).collect::<StringArray>());
            (parent_column(&parents.geography), codes)
        })
        .collect();
    let mut columns = vec![
        ("code", texts(&|area| Some(area.code.clone()))),
        ("name", texts(&|area| Some(area.name.clone()))),
        ("local_name", texts(&|area| area.local_name.clone())),
    ];
    columns.extend(parents.iter().map(|(name, codes)| (name.as_str(), codes.clone())));
    if let Some(sets) = &geography.sets {
        let mut members = ListBuilder::new(StringBuilder::new());
        for set in &sets.members {
            let codes = set.iter().filter_map(|member| Some(&other(&sets.of)?.areas().get(*member as usize)?.code));
            codes.for_each(|code| members.values().append_value(code));
            members.append(true);
        }
        columns.push(("members", Arc::new(members.finish())));
    }
    let Some(shape) = &geography.shape else { return write(&[batch(columns)?], &[]) };
    let numbers = |number: &dyn Fn(&AreaPlace) -> f64| -> ArrayRef {
        Arc::new(areas.iter().map(|area| area.place.as_ref().map(number)).collect::<Float64Array>())
    };
    columns.extend([
        ("centroid_lon", numbers(&|place| place.centroid.0)),
        ("centroid_lat", numbers(&|place| place.centroid.1)),
        ("label_lon", numbers(&|place| place.label_point.to_degrees().0)),
        ("label_lat", numbers(&|place| place.label_point.to_degrees().1)),
        ("west", numbers(&|place| place.bbox.to_degrees()[0])),
        ("south", numbers(&|place| place.bbox.to_degrees()[1])),
        ("east", numbers(&|place| place.bbox.to_degrees()[2])),
        ("north", numbers(&|place| place.bbox.to_degrees()[3])),
        ("area_km2", numbers(&|place| place.area_km2)),
        ("rings", Arc::new(rings(&shape.topology))),
        // Last, for it is never read here: other programs draw from it.
        (
            "geometry",
            Arc::new((0..areas.len()).map(|area| Some(to_wkb(&shape.topology.shape(area)))).collect::<BinaryArray>()),
        ),
    ]);
    let geo = json!({
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": { "geometry": {
            "encoding": "WKB",
            "geometry_types": ["Polygon", "MultiPolygon"],
            "orientation": "counterclockwise",
            "bbox": shape.topology.extent().map(|extent| extent.to_degrees()),
        } },
    });
    write(&[batch(columns)?], &[("geo", geo.to_string())])
}

/// The rings of each area, as TopoJSON writes them: by polygon and ring, the signed numbers of their arcs.
fn rings(topology: &Topology) -> ListArray {
    let mut areas = ListBuilder::new(ListBuilder::new(ListBuilder::new(Int32Builder::new())));
    for area in 0..topology.len() {
        for polygon in topology.polygons(area) {
            for ring in polygon.rings() {
                ring.iter().for_each(|arc| areas.values().values().values().append_value(arc.signed()));
                areas.values().values().append(true);
            }
            areas.values().append(true);
        }
        areas.append(true);
    }
    areas.finish()
}

/// The borders of a geography. Coordinates are longitude and latitude in turn, in units of 1e-7 degrees.
pub(super) fn write_arcs(topology: &Topology) -> Result<Vec<u8>, ParquetError> {
    let arcs = topology.arcs();
    let side = |side: &dyn Fn(&Border) -> Option<u32>| -> ArrayRef {
        Arc::new(arcs.iter().map(|arc| side(arc).map(|area| area as i32)).collect::<Int32Array>())
    };
    let mut coordinates = ListBuilder::new(Int32Builder::new());
    for arc in arcs {
        for place in &arc.places {
            coordinates.values().append_value(place.lon);
            coordinates.values().append_value(place.lat);
        }
        coordinates.append(true);
    }
    let columns = vec![
        ("arc", Arc::new((0..arcs.len() as i32).collect::<Int32Array>()) as ArrayRef),
        ("left", side(&|arc| arc.left)),
        ("right", side(&|arc| arc.right)),
        ("coordinates", Arc::new(coordinates.finish())),
    ];
    write(&[batch(columns)?], &[])
}

/// Reads all geographies, in the order of the catalogue.
pub(super) fn read_geographies(
    folder: &SealedFolder,
    entries: &[GeographyEntry],
) -> Result<Vec<Geography>, StoreError> {
    let files = entries.iter().map(|entry| Files::read(folder, entry)).collect::<Result<Vec<Files>, StoreError>>()?;
    let others = |entry: &'_ GeographyEntry| {
        let parents = entry.parents.iter().map(|parents| parents.geography.clone());
        parents.chain(entry.of.clone()).collect::<Vec<String>>()
    };
    let referred: BTreeSet<String> = entries.iter().flat_map(others).collect();
    let codes = entries.iter().zip(&files).filter(|(entry, _)| referred.contains(&entry.id)).map(|(entry, files)| {
        let codes = all_texts(files.areas.texts("code")?).ok_or_else(|| files.areas.unfit("code"))?;
        Ok((entry.id.as_str(), codes.into_iter().zip(0..).collect()))
    });
    let positions: Positions<'_> = codes.collect::<Result<_, StoreError>>()?;
    entries.iter().zip(&files).map(|(entry, files)| geography(folder, entry, files, &positions)).collect()
}

/// What a geography is read from.
struct Files {
    areas: Rows,
    /// `None` where areas have no shapes.
    arcs: Option<Rows>,
}

impl Files {
    fn read(folder: &SealedFolder, entry: &GeographyEntry) -> Result<Files, StoreError> {
        let parents = entry.parents.iter().map(|parents| parent_column(&parents.geography));
        let columns: Vec<String> = READ.iter().map(|column| (*column).to_owned()).chain(parents).collect();
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        let read = |file: &str, columns: &[&str]| {
            let file = ParquetFile::open(folder, file)?;
            file.read(0..file.groups(), columns)
        };
        let arcs = || read(&arcs_file(&entry.id), &["left", "right", "coordinates"]);
        let (areas, arcs) = both(|| read(&areas_file(&entry.id), &columns), || entry.shape.then(arcs).transpose());
        Ok(Files { areas: areas?, arcs: arcs? })
    }
}

/// By geography and code, where an area stands: of geographies that another one speaks of.
type Positions<'a> = BTreeMap<&'a str, BTreeMap<String, u32>>;

/// All columns but the parents' and the geometry.
const READ: [&str; 14] = [
    "code",
    "name",
    "local_name",
    "members",
    "centroid_lon",
    "centroid_lat",
    "label_lon",
    "label_lat",
    "west",
    "south",
    "east",
    "north",
    "area_km2",
    "rings",
];

fn geography(
    folder: &SealedFolder,
    entry: &GeographyEntry,
    files: &Files,
    positions: &Positions<'_>,
) -> Result<Geography, StoreError> {
    let position = |geography: &str, code: &str| positions.get(geography)?.get(code).copied();
    let rows = &files.areas;
    let topology = |arcs| topology(folder, entry, rows, arcs);
    let (areas, topology) = both(|| areas(entry, rows), || files.arcs.as_ref().map(topology).transpose());
    let (id, name, singular) = (entry.id.clone(), entry.name.clone(), entry.singular.clone());
    let mut geography = Geography::new(id, name, singular, areas?, topology?.map(GeographyShape::new));
    geography.tiling = entry.tiling;
    for parents in &entry.parents {
        let column = parent_column(&parents.geography);
        let of = rows.texts(&column)?.iter().map(|code| match code {
            Some(code) => position(&parents.geography, code).map(Some).ok_or_else(|| rows.unfit(&column)),
            None => Ok(None),
        });
        let of = of.collect::<Result<_, _>>()?;
        geography.parents.push(Parents { geography: parents.geography.clone(), fit: parents.fit, of });
    }
    if let Some(of) = &entry.of {
        let members = rows.lists("members")?.iter().map(|codes| {
            let codes = codes?;
            let members = codes.as_string_opt::<i32>()?.iter().map(|code| position(of, code?));
            members.collect::<Option<Vec<u32>>>()
        });
        let members = members.collect::<Option<_>>().ok_or_else(|| rows.unfit("members"))?;
        geography.sets = Some(Sets { of: of.clone(), members });
    }
    Ok(geography)
}

fn areas(entry: &GeographyEntry, rows: &Rows) -> Result<Vec<Area>, StoreError> {
    let (codes, names, local_names) = (rows.texts("code")?, rows.texts("name")?, rows.texts("local_name")?);
    let places = if entry.shape { places(rows)? } else { vec![None; rows.len()] };
    let areas = codes.iter().zip(names).zip(local_names).zip(places).map(|(((code, name), local_name), place)| {
        Some(Area { code: code?.to_owned(), name: name?.to_owned(), local_name: local_name.map(str::to_owned), place })
    });
    all(rows.len(), areas).ok_or_else(|| rows.unfit("name"))
}

fn places(rows: &Rows) -> Result<Vec<Option<AreaPlace>>, StoreError> {
    let names =
        ["centroid_lon", "centroid_lat", "label_lon", "label_lat", "west", "south", "east", "north", "area_km2"];
    let columns = names.map(|name| rows.numbers(name));
    let columns: Vec<&Float64Array> = columns.into_iter().collect::<Result<_, _>>()?;
    let place = |row: usize| {
        let numbers: Vec<f64> =
            columns.iter().filter(|column| column.is_valid(row)).map(|column| column.value(row)).collect();
        let [lon, lat, label_lon, label_lat, west, south, east, north, area_km2] = numbers[..] else { return None };
        Some(AreaPlace {
            centroid: (lon, lat),
            label_point: Place::from_degrees(label_lon, label_lat)?,
            bbox: Bbox::from_degrees(west, south, east, north)?,
            area_km2,
        })
    };
    Ok((0..rows.len()).map(place).collect())
}

fn topology(folder: &SealedFolder, entry: &GeographyEntry, rows: &Rows, arcs: &Rows) -> Result<Topology, StoreError> {
    let (left, right, coordinates) = (arcs.integers("left")?, arcs.integers("right")?, arcs.lists("coordinates")?);
    let side = |side: Option<i32>| side.map(|area| area as u32);
    let borders = coordinates.iter().zip(left).zip(right).map(|((coordinates, left), right)| {
        let coordinates = coordinates?;
        let units = coordinates.as_primitive_opt::<Int32Type>()?.values();
        let places = units.chunks_exact(2).map(|pair| Place { lon: pair[0], lat: pair[1] }).collect();
        Some(Border { places, left: side(left), right: side(right) })
    });
    let borders = all(arcs.len(), borders).ok_or_else(|| arcs.unfit("coordinates"))?;
    let areas = all(rows.len(), rows.lists("rings")?.iter().map(polygons)).ok_or_else(|| rows.unfit("rings"))?;
    Topology::from_parts(borders, areas).map_err(|error| folder.damaged(&arcs_file(&entry.id), error))
}

/// The polygons of one area, from its rings.
fn polygons(area: Option<ArrayRef>) -> Option<Vec<ArcPolygon>> {
    let ring = |ring: Option<ArrayRef>| {
        let ring = ring?;
        let arcs = ring.as_primitive_opt::<Int32Type>()?.values().iter();
        Some(arcs.map(|signed| ArcRef::from_signed(*signed)).collect::<Vec<ArcRef>>())
    };
    let polygon = |polygon: Option<ArrayRef>| {
        let polygon = polygon?;
        let mut rings = polygon.as_list_opt::<i32>()?.iter().map(ring);
        Some(ArcPolygon { exterior: rings.next()??, holes: all(polygon.len() - 1, rings)? })
    };
    let area = area?;
    all(area.len(), area.as_list_opt::<i32>()?.iter().map(polygon))
}

/// So many things, each there: room is made for them once.
fn all<T>(count: usize, things: impl Iterator<Item = Option<T>>) -> Option<Vec<T>> {
    let mut all = Vec::with_capacity(count);
    for thing in things {
        all.push(thing?);
    }
    Some(all)
}
