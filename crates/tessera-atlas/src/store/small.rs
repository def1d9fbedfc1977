//! The smaller tables of an edition: targets, postcodes, places.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::{ArrayRef, BinaryArray, Float64Array, Int32Array, RecordBatch, StringArray};
use parquet::errors::ParquetError;
use serde_json::json;
use tessera_geo::Place;

use super::catalog::PointsEntry;
use super::error::StoreError;
use super::parquet::{ParquetFile, Rows, batch, write};
use super::sealed::SealedFolder;
use crate::catalogue::{Indicator, IndicatorList};
use crate::geography::Geography;
use crate::period::Period;
use crate::points::{Point, PointLayer};
use crate::postcode::{Postcode, PostcodePlace, Postcodes};
use crate::target::{Target, Targets};

pub(super) const TARGETS: &str = "targets.parquet";
pub(super) const POSTCODES: &str = "postcodes.parquet";

pub(super) fn points_file(id: &str) -> String {
    format!("points/{id}.parquet")
}

fn texts<'a>(texts: impl Iterator<Item = Option<&'a str>>) -> ArrayRef {
    Arc::new(texts.collect::<StringArray>())
}

pub(super) fn write_targets(
    targets: &Targets,
    geographies: &[Geography],
    indicators: &[Indicator],
) -> Result<Vec<u8>, ParquetError> {
    let geography = |position: &usize| geographies.get(*position);
    let area = |at: &usize, area: &usize| Some(geography(at)?.areas().get(*area)?.code.as_str());
    let keys = || targets.0.keys();
    let numbers = |number: &dyn Fn(&Target) -> Option<f64>| -> ArrayRef {
        Arc::new(targets.0.values().map(number).collect::<Float64Array>())
    };
    let periods: Vec<String> = keys().map(|(_, _, period, _)| period.to_string()).collect();
    let batch = batch(vec![
        ("indicator", texts(keys().map(|(indicator, ..)| Some(indicators.get(*indicator)?.id.as_str())))),
        ("geography", texts(keys().map(|(_, at, ..)| Some(geography(at)?.id.as_str())))),
        ("period", texts(periods.iter().map(|period| Some(period.as_str())))),
        ("area_code", texts(keys().map(|(_, at, _, position)| area(at, position)))),
        ("target", numbers(&|target| Some(target.value))),
        ("baseline", numbers(&|target| target.baseline)),
        ("tolerance", numbers(&|target| target.tolerance)),
    ])?;
    write(&[batch], &[])
}

pub(super) fn read_targets(
    folder: &SealedFolder,
    geographies: &[Geography],
    indicators: &IndicatorList,
) -> Result<Targets, StoreError> {
    if !folder.has(TARGETS) {
        return Ok(Targets::default());
    }
    let rows = whole(folder, TARGETS)?;
    let (indicator, geography) = (rows.texts("indicator")?, rows.texts("geography")?);
    let (period, area) = (rows.texts("period")?, rows.texts("area_code")?);
    let (target, baseline, tolerance) =
        (rows.numbers("target")?, rows.numbers("baseline")?, rows.numbers("tolerance")?);
    let keys = indicator.iter().zip(geography).zip(period).zip(area).map(|(((indicator, geography), period), area)| {
        let at = geographies.iter().position(|own| Some(own.id.as_str()) == geography)?;
        let indicator = indicators.position(indicator?)?;
        let period: Period = period?.parse().ok()?;
        Some((indicator, at, period, geographies.get(at)?.position(area?)?))
    });
    let targets = target
        .iter()
        .zip(baseline)
        .zip(tolerance)
        .map(|((value, baseline), tolerance)| Some(Target { value: value?, baseline, tolerance }));
    let targets = keys.zip(targets).map(|(key, target)| Some((key?, target?))).collect::<Option<BTreeMap<_, _>>>();
    targets.map(Targets).ok_or_else(|| rows.unfit("area_code"))
}

/// Longitude and latitude in units of 1e-7 degrees, where there is a place.
fn place_columns(places: impl Iterator<Item = Option<Place>> + Clone) -> [(&'static str, ArrayRef); 2] {
    let units = |unit: fn(Place) -> i32| -> ArrayRef {
        Arc::new(places.clone().map(|place| place.map(unit)).collect::<Int32Array>())
    };
    [("lon_1e7", units(|place| place.lon)), ("lat_1e7", units(|place| place.lat))]
}

fn places(rows: &Rows) -> Result<impl Iterator<Item = Option<Place>>, StoreError> {
    let (lon, lat) = (rows.integers("lon_1e7")?, rows.integers("lat_1e7")?);
    Ok(lon.iter().zip(lat).map(|(lon, lat)| Some(Place { lon: lon?, lat: lat? })))
}

pub(super) fn write_postcodes(postcodes: &Postcodes, geographies: &[Geography]) -> Result<Vec<u8>, ParquetError> {
    let written: Vec<String> = postcodes.list.iter().map(|(postcode, _)| postcode.to_string()).collect();
    let allocated: Vec<(String, ArrayRef)> = postcodes
        .geographies
        .iter()
        .zip(0..)
        .map(|(id, column): (&String, usize)| {
            let areas =
                geographies.iter().find(|geography| geography.id == *id).map(Geography::areas).unwrap_or_default();
            let code = |(_, found): &'_ (Postcode, PostcodePlace)| found.areas.get(column).copied().flatten();
            let codes = postcodes.list.iter().map(code);
            let codes = codes.map(|position| Some(areas.get(position? as usize)?.code.as_str()));
            (allocated_column(id), texts(codes))
        })
        .collect();
    let mut columns = vec![("postcode", texts(written.iter().map(|postcode| Some(postcode.as_str()))))];
    columns.extend(place_columns(postcodes.list.iter().map(|(_, found)| found.place)));
    columns.extend(allocated.iter().map(|(name, codes)| (name.as_str(), codes.clone())));
    write(&[batch(columns)?], &[])
}

fn allocated_column(geography: &str) -> String {
    format!("area_{geography}")
}

pub(super) fn read_postcodes(
    folder: &SealedFolder,
    allocated: Option<&Vec<String>>,
    geographies: &[Geography],
) -> Result<Postcodes, StoreError> {
    let Some(allocated) = allocated else { return Ok(Postcodes::default()) };
    let rows = whole(folder, POSTCODES)?;
    let postcodes = rows.texts("postcode")?.iter().map(|postcode| postcode?.parse::<Postcode>().ok());
    let postcodes: Vec<Postcode> = postcodes.collect::<Option<_>>().ok_or_else(|| rows.unfit("postcode"))?;
    let mut list: Vec<(Postcode, PostcodePlace)> = postcodes
        .into_iter()
        .zip(places(&rows)?)
        .map(|(postcode, place)| (postcode, PostcodePlace { place, areas: Vec::with_capacity(allocated.len()) }))
        .collect();
    for id in allocated {
        let column = allocated_column(id);
        let geography = geographies.iter().find(|geography| geography.id == *id).ok_or_else(|| rows.unfit(&column))?;
        for ((_, found), code) in list.iter_mut().zip(rows.texts(&column)?) {
            let position = code.map(|code| geography.position(code).ok_or_else(|| rows.unfit(&column))).transpose()?;
            found.areas.push(position.and_then(|position| u32::try_from(position).ok()));
        }
    }
    Ok(Postcodes { geographies: allocated.clone(), list })
}

pub(super) fn write_points(layer: &PointLayer) -> Result<Vec<u8>, ParquetError> {
    let geometry = layer.points.iter().map(|point| Some(point_wkb(point.place))).collect::<BinaryArray>();
    let attributes: Vec<(String, ArrayRef)> = (0..layer.attributes.len())
        .map(|nth| {
            let texts_of = layer.points.iter().map(|point| point.attributes.get(nth).and_then(Option::as_deref));
            (attribute_column(nth), texts(texts_of))
        })
        .collect();
    let mut columns = vec![("name", texts(layer.points.iter().map(|point| point.name.as_deref())))];
    columns.extend(place_columns(layer.points.iter().map(|point| Some(point.place))));
    columns.extend(attributes.iter().map(|(name, texts)| (name.as_str(), texts.clone())));
    columns.push(("geometry", Arc::new(geometry)));
    let geo = json!({
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": { "geometry": { "encoding": "WKB", "geometry_types": ["Point"] } },
    });
    let batch: RecordBatch = batch(columns)?;
    write(&[batch], &[("geo", geo.to_string())])
}

fn point_wkb(place: Place) -> Vec<u8> {
    let (lon, lat) = place.to_degrees();
    let head = [&[1][..], &1_u32.to_le_bytes()].concat();
    [&head[..], &lon.to_le_bytes(), &lat.to_le_bytes()].concat()
}

/// Headings may be anything; what a column is called says the catalogue.
fn attribute_column(nth: usize) -> String {
    format!("attribute_{}", nth + 1)
}

pub(super) fn points_entry(layer: &PointLayer) -> PointsEntry {
    PointsEntry { id: layer.id.clone(), name: layer.name.clone(), attributes: layer.attributes.clone() }
}

pub(super) fn read_points(folder: &SealedFolder, entry: &PointsEntry) -> Result<PointLayer, StoreError> {
    let rows = whole(folder, &points_file(&entry.id))?;
    let mut points: Vec<Point> = rows
        .texts("name")?
        .iter()
        .zip(places(&rows)?)
        .map(|(name, place)| Some(Point { name: name.map(str::to_owned), place: place?, attributes: Vec::new() }))
        .collect::<Option<_>>()
        .ok_or_else(|| rows.unfit("lon_1e7"))?;
    for nth in 0..entry.attributes.len() {
        for (point, text) in points.iter_mut().zip(rows.texts(&attribute_column(nth))?) {
            point.attributes.push(text.map(str::to_owned));
        }
    }
    Ok(PointLayer { id: entry.id.clone(), name: entry.name.clone(), attributes: entry.attributes.clone(), points })
}

fn whole(folder: &SealedFolder, file: &str) -> Result<Rows, StoreError> {
    let parquet = ParquetFile::open(folder, file)?;
    parquet.read(0..parquet.groups(), &[])
}
