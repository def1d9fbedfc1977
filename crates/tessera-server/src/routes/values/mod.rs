//! Published values, exact, in every format: JSON, CSV, Arrow and a compact binary form.

mod arrow;
mod csv;
mod json;

use std::sync::Arc;

use axum::response::Response;
use serde::Deserialize;
use tessera_atlas::AtlasView;
use tessera_atlas::catalogue::Indicator;
use tessera_atlas::column::Column;
use tessera_atlas::geography::Geography;
use tessera_atlas::manifest::Field;
use tessera_atlas::packing::Packing;
use tessera_atlas::period::Period;
use utoipa::IntoParams;

use crate::answer::{Content, Freshness};
use crate::error::{ApiError, Place};
use crate::gate::Atlas;
use crate::names;
use crate::openapi::OfValues;
use crate::parameters::{Parameters, Segments};

/// The fields that stand beside a value where asked for, in the order of the columns.
const FIELDS: [Field; 4] = [Field::Numerator, Field::Denominator, Field::Lower, Field::Upper];

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    /// A period, or `all` for every one; the newest unless said.
    #[param(example = "all")]
    period: Option<String>,
    /// What to add: `numerator,denominator,lower,upper`.
    #[param(example = "numerator,denominator")]
    fields: Option<String>,
}

/// What values are written as; it writes what is asked for.
type Write = fn(&AtlasView, &Asked<'_>) -> Result<Content, ApiError>;

/// The suffix of the compact form.
const COMPACT: &str = ".bin";
const COMPACT_TYPE: &str = "application/octet-stream";

const FORMATS: [(&str, Write); 3] = [(".csv", csv::write), (".arrow", arrow::write), (COMPACT, compact)];

/// Published values, exact: as JSON, CSV, Arrow, or in the compact form
#[utoipa::path(get, path = "/{edition}/values/{geography}/{indicator}", params(OfValues, Query), responses((status = 200, content(
    (json::Values = "application/json"),
    (String = "text/csv"),
    (Vec<u8> = "application/vnd.apache.arrow.file"),
    (Vec<u8> = "application/octet-stream"),
))))]
pub(crate) async fn values(
    Segments((_, geography, name)): Segments<(String, String, String)>,
    Parameters(query): Parameters<Query>,
    Atlas { view, asked, .. }: Atlas,
) -> Result<Response, ApiError> {
    let (indicator, write) = format(&name)?;
    let indicator = indicator.to_owned();
    // What the screen asks for stands ready in the edition.
    if name.ends_with(COMPACT) && query.fields.is_none() && query.period.as_deref() != Some("all") {
        let (view, geography, indicator) = (view.clone(), geography.clone(), indicator.clone());
        let period = query.period.clone();
        let read = move |packing| ready(&view, &geography, &indicator, period.as_deref(), packing);
        if let Some(response) = asked.ready(Freshness::Recallable, COMPACT_TYPE, read).await? {
            return Ok(response);
        }
    }
    let compute = move || write(&view, &self::asked(&view, &geography, &indicator, &query)?);
    asked.content(Freshness::Recallable, compute).await
}

/// The indicator's id, and the format that the suffix after it asks for.
fn format(name: &str) -> Result<(&str, Write), ApiError> {
    for (suffix, write) in FORMATS {
        if let Some(indicator) = name.strip_suffix(suffix) {
            return Ok((indicator, write));
        }
    }
    if [".parquet", ".xlsx"].iter().any(|suffix| name.ends_with(suffix)) {
        return Err(ApiError::unknown_format("`.json`, `.csv`, `.arrow` and `.bin`"));
    }
    Ok((name, json::write))
}

/// A column as it was packed when the edition was built.
fn ready(
    view: &AtlasView,
    geography: &str,
    indicator: &str,
    period: Option<&str>,
    packing: Packing,
) -> Result<Option<Vec<u8>>, ApiError> {
    let geography = names::geography(view, geography, Place::Path("geography"))?;
    let indicator = names::indicator(view, indicator, Place::Path("indicator"))?;
    let period = names::period(view, geography, indicator, period)?;
    Ok(view.ready(geography, indicator, period, packing)?.map(|bytes| bytes.to_vec()))
}

fn compact(view: &AtlasView, asked: &Asked<'_>) -> Result<Content, ApiError> {
    let columns: Vec<(Period, &Column)> =
        asked.periods.iter().map(|(period, column)| (*period, column.as_ref())).collect();
    let bytes = view.compact(asked.geography, asked.indicator, &columns, &asked.fields).map_err(ApiError::internal)?;
    Ok(Content { bytes, media_type: COMPACT_TYPE.into() })
}

/// What a query asks for.
struct Asked<'a> {
    geography: &'a Geography,
    indicator: &'a Indicator,
    periods: Vec<(Period, Arc<Column>)>,
    fields: Vec<Field>,
}

fn asked<'a>(view: &'a AtlasView, geography: &str, indicator: &str, query: &Query) -> Result<Asked<'a>, ApiError> {
    let geography = names::geography(view, geography, Place::Path("geography"))?;
    let indicator = names::indicator(view, indicator, Place::Path("indicator"))?;
    let periods = match query.period.as_deref() {
        Some("all") => view.periods(geography, indicator),
        asked => vec![names::period(view, geography, indicator, asked)?],
    };
    if periods.is_empty() {
        return Err(names::not_published(view, geography, indicator));
    }
    let periods = periods.into_iter().map(|period| Ok((period, names::column(view, geography, indicator, period)?)));
    let words = query.fields.as_deref().unwrap_or_default().split(',').filter(|word| !word.is_empty());
    let fields = words.map(|word| {
        FIELDS.into_iter().find(|field| field.word() == word).ok_or_else(|| {
            ApiError::bad_parameter(
                "fields",
                format!("`{word}` is no field. There are: numerator, denominator, lower, upper."),
            )
        })
    });
    Ok(Asked {
        geography,
        indicator,
        periods: periods.collect::<Result<_, ApiError>>()?,
        fields: fields.collect::<Result<_, _>>()?,
    })
}
