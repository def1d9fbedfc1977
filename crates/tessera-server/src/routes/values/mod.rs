//! Published values, exact, in every format: JSON, CSV, Arrow and a compact binary form.

mod arrow;
mod bin;
mod csv;
mod json;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::response::Response;
use serde::{Deserialize, Serialize};
use tessera_atlas::AtlasView;
use tessera_atlas::catalogue::Indicator;
use tessera_atlas::cell::Status;
use tessera_atlas::column::{Column, Numbers};
use tessera_atlas::geography::{Area, Geography};
use tessera_atlas::manifest::Field;
use tessera_atlas::period::Period;
use utoipa::{IntoParams, ToSchema};

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

const FORMATS: [(&str, Write); 3] = [(".csv", csv::write), (".arrow", arrow::write), (".bin", bin::write)];

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

/// What there is to say of a column beside its numbers.
#[derive(Serialize, ToSchema)]
struct Remarks {
    origin: &'static str,
    #[schema(value_type = Option<BTreeMap<String, f64>>)]
    coverage: Option<BTreeMap<u32, f64>>,
    #[schema(value_type = BTreeMap<String, Vec<Status>>)]
    status: BTreeMap<u32, Vec<Status>>,
    #[schema(value_type = BTreeMap<String, Vec<String>>)]
    notes: BTreeMap<usize, Vec<String>>,
}

fn remarks(view: &AtlasView, asked: &Asked<'_>, period: Period, column: &Column) -> Remarks {
    Remarks {
        origin: column.origin.word(),
        coverage: (!column.coverage.is_empty()).then(|| column.coverage.clone()),
        status: column.status.clone(),
        notes: notes(view, asked, period),
    }
}

/// By position, the remarks on each value, where there are any.
fn notes(view: &AtlasView, asked: &Asked<'_>, period: Period) -> BTreeMap<usize, Vec<String>> {
    let of_area = |(position, area): (usize, &Area)| {
        let notes = view.notes(&area.code, Some(asked.indicator), Some(period));
        (position, notes.into_iter().map(|note| note.text.clone()).collect::<Vec<String>>())
    };
    asked.geography.areas().iter().enumerate().map(of_area).filter(|(_, notes)| !notes.is_empty()).collect()
}

fn numbers(column: &Column, field: Field) -> Option<&Numbers> {
    match field {
        Field::Numerator => column.numerator.as_ref(),
        Field::Denominator => column.denominator.as_ref(),
        Field::Lower => column.lower.as_ref(),
        Field::Upper => column.upper.as_ref(),
        Field::Value => Some(&column.values),
        Field::Note => None,
    }
}
