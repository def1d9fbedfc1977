//! Values as JSON: every period by its name.

use std::collections::BTreeMap;

use serde::Serialize;
use tessera_atlas::column::Numbers;
use tessera_atlas::intervals::methods_in_words;
use tessera_atlas::manifest::Field;
use tessera_atlas::period::Period;
use tessera_atlas::remarks::Remarks;
use tessera_atlas::{AtlasView, EditionId};
use utoipa::ToSchema;

use super::{Asked, AskedPeriod};
use crate::answer::Content;
use crate::error::ApiError;

#[derive(Serialize, ToSchema)]
pub(super) struct Values<'a> {
    #[schema(value_type = String)]
    edition: &'a EditionId,
    geography: &'a str,
    indicator: &'a str,
    unit: &'a str,
    decimals: u8,
    #[schema(value_type = BTreeMap<String, PeriodValues>)]
    periods: BTreeMap<Period, PeriodValues<'a>>,
}

#[derive(Serialize, ToSchema)]
struct PeriodValues<'a> {
    #[schema(value_type = Vec<Option<f64>>)]
    values: &'a Numbers,
    #[schema(value_type = Option<Vec<Option<f64>>>)]
    lower: Option<&'a Numbers>,
    #[schema(value_type = Option<Vec<Option<f64>>>)]
    upper: Option<&'a Numbers>,
    /// How the intervals were computed, where they are asked for: the methods that occur, or `as published`.
    method: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<Option<f64>>>)]
    numerator: Option<&'a Numbers>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<Option<f64>>>)]
    denominator: Option<&'a Numbers>,
    #[serde(flatten)]
    remarks: Remarks,
}

pub(super) fn write(view: &AtlasView, asked: &Asked<'_>) -> Result<Content, ApiError> {
    let values = Values {
        edition: view.id(),
        geography: &asked.geography.id,
        indicator: &asked.indicator.id,
        unit: asked.indicator.unit.en(),
        decimals: asked.indicator.decimals,
        periods: asked.periods.iter().map(|of| (of.period, of_period(view, asked, of))).collect(),
    };
    let bytes = serde_json::to_vec(&values).map_err(ApiError::internal)?;
    Ok(Content { bytes, media_type: "application/json".into() })
}

fn of_period<'a>(view: &AtlasView, asked: &Asked<'_>, of: &'a AskedPeriod) -> PeriodValues<'a> {
    let AskedPeriod { period, column, methods } = of;
    let if_asked = |field: Field| if asked.fields.contains(&field) { column.field(field) } else { None };
    PeriodValues {
        values: &column.values,
        lower: if_asked(Field::Lower),
        upper: if_asked(Field::Upper),
        method: methods.as_deref().and_then(methods_in_words),
        numerator: if_asked(Field::Numerator),
        denominator: if_asked(Field::Denominator),
        remarks: view.remarks(asked.geography, asked.indicator, *period, column),
    }
}
