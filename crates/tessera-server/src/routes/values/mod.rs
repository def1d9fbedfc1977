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
use tessera_atlas::intervals::IntervalMethod;
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

/// The column that says how each interval was made, in CSV and Arrow.
const METHOD: &str = "method";

/// The suffix of the compact form.
pub(super) const COMPACT: &str = ".bin";
pub(super) const COMPACT_TYPE: &str = "application/octet-stream";

const FORMATS: [(&str, Write); 4] =
    [(names::JSON, json::write), (".csv", csv::write), (".arrow", arrow::write), (COMPACT, compact)];

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
    let (indicator, write) = format(&view, &name)?;
    let is_compact = indicator != name && name.ends_with(COMPACT);
    let indicator = indicator.to_owned();
    // What the screen asks for stands ready in the edition.
    if is_compact && query.fields.is_none() && query.period.as_deref() != Some("all") {
        let (view, geography, indicator) = (view.clone(), geography.clone(), indicator.clone());
        let period = query.period.clone();
        let read = move |packing| ready(&view, &geography, &indicator, period.as_deref(), packing);
        if let Some(response) = asked.ready(Freshness::Withdrawable, COMPACT_TYPE, read).await? {
            return Ok(response);
        }
    }
    let compute = move || write(&view, &self::asked(&view, &geography, &indicator, &query)?);
    asked.content(Freshness::Withdrawable, compute).await
}

/// The indicator's id, and the format that the suffix after it asks for.
fn format<'a>(view: &AtlasView, name: &'a str) -> Result<(&'a str, Write), ApiError> {
    let is_known = |id: &str| view.indicator(id).is_some();
    if !is_known(name) && [".parquet", ".xlsx"].iter().any(|suffix| name.ends_with(suffix)) {
        return Err(ApiError::unknown_format("`.json`, `.csv`, `.arrow` and `.bin`"));
    }
    Ok(names::with_format(name, &FORMATS, is_known).unwrap_or((name, json::write)))
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
        asked.periods.iter().map(|asked| (asked.period, asked.column.as_ref())).collect();
    let bytes = view.compact(asked.geography, asked.indicator, &columns, &asked.fields).map_err(ApiError::internal)?;
    Ok(Content { bytes, media_type: COMPACT_TYPE.into() })
}

/// What a query asks for.
struct Asked<'a> {
    geography: &'a Geography,
    indicator: &'a Indicator,
    periods: Vec<AskedPeriod>,
    fields: Vec<Field>,
}

/// One period of what a query asks for.
struct AskedPeriod {
    period: Period,
    /// Its column, in which limits are computed ones where they can be.
    column: Arc<Column>,
    /// How the interval of each area was made, where intervals are asked for.
    methods: Option<Vec<Option<IntervalMethod>>>,
}

impl AskedPeriod {
    /// How the interval of the area at a position was made; nothing where it has none.
    fn method(&self, position: usize) -> &'static str {
        let method = self.methods.as_ref().and_then(|methods| methods.get(position).copied().flatten());
        method.map_or("", IntervalMethod::words)
    }
}

impl Asked<'_> {
    /// Whether ends of intervals are among the fields.
    fn has_intervals(&self) -> bool {
        asks_for_intervals(&self.fields)
    }
}

fn asks_for_intervals(fields: &[Field]) -> bool {
    fields.contains(&Field::Lower) || fields.contains(&Field::Upper)
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
    let words = query.fields.as_deref().unwrap_or_default().split(',').filter(|word| !word.is_empty());
    let fields = words.map(|word| {
        FIELDS.into_iter().find(|field| field.word() == word).ok_or_else(|| {
            ApiError::bad_parameter(
                "fields",
                format!("`{word}` is no field. There are: numerator, denominator, lower, upper."),
            )
        })
    });
    let fields: Vec<Field> = fields.collect::<Result<_, _>>()?;
    let intervals = asks_for_intervals(&fields).then(|| view.intervals(indicator));
    let periods = periods.into_iter().map(|period| {
        let column = names::column(view, geography, indicator, period)?;
        Ok(match intervals {
            Some(intervals) => {
                let (column, methods) = intervals.of_column(&column);
                AskedPeriod { period, column: Arc::new(column), methods: Some(methods) }
            }
            None => AskedPeriod { period, column, methods: None },
        })
    });
    Ok(Asked { geography, indicator, periods: periods.collect::<Result<_, ApiError>>()?, fields })
}
