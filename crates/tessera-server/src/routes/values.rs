//! Published values, exact: as JSON and as CSV.

use std::collections::BTreeMap;

use axum::response::Response;
use serde::{Deserialize, Serialize};
use tessera_atlas::catalogue::Indicator;
use tessera_atlas::cell::Status;
use tessera_atlas::column::{Column, Numbers, number_at};
use tessera_atlas::geography::{Area, Geography};
use tessera_atlas::manifest::Field;
use tessera_atlas::period::Period;
use tessera_atlas::{AtlasView, EditionId};

use crate::answer::{Content, Freshness};
use crate::error::{ApiError, Place};
use crate::gate::Atlas;
use crate::names;
use crate::parameters::{Parameters, Segments};

/// The fields that stand beside a value where asked for, in the order of the CSV.
const FIELDS: [Field; 4] = [Field::Numerator, Field::Denominator, Field::Lower, Field::Upper];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    period: Option<String>,
    fields: Option<String>,
}

#[derive(Serialize)]
struct Values {
    edition: EditionId,
    geography: String,
    indicator: String,
    unit: String,
    decimals: u8,
    periods: BTreeMap<Period, PeriodValues>,
}

#[derive(Serialize)]
struct PeriodValues {
    values: Numbers,
    lower: Option<Numbers>,
    upper: Option<Numbers>,
    /// How the interval was computed: none is, yet.
    method: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    numerator: Option<Numbers>,
    #[serde(skip_serializing_if = "Option::is_none")]
    denominator: Option<Numbers>,
    origin: &'static str,
    coverage: Option<BTreeMap<u32, f64>>,
    status: BTreeMap<u32, Vec<Status>>,
    notes: BTreeMap<usize, Vec<String>>,
}

pub(crate) async fn values(
    Segments((_, geography, indicator)): Segments<(String, String, String)>,
    Parameters(query): Parameters<Query>,
    Atlas { view, asked }: Atlas,
) -> Result<Response, ApiError> {
    match indicator.strip_suffix(".csv") {
        Some(indicator) => {
            let indicator = indicator.to_owned();
            asked.content(Freshness::Recallable, move || csv(&view, &geography, &indicator, &query)).await
        }
        None if [".arrow", ".bin", ".parquet", ".xlsx"].iter().any(|suffix| indicator.ends_with(suffix)) => {
            Err(ApiError::unknown_format("`.json` and `.csv`"))
        }
        None => asked.json(Freshness::Recallable, move || json(&view, &geography, &indicator, &query)).await,
    }
}

/// What a query asks for.
struct Asked<'a> {
    geography: &'a Geography,
    indicator: &'a Indicator,
    periods: Vec<(Period, &'a Column)>,
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

fn json(view: &AtlasView, geography: &str, indicator: &str, query: &Query) -> Result<Values, ApiError> {
    let asked = asked(view, geography, indicator, query)?;
    let if_asked =
        |field: Field, numbers: &Option<Numbers>| if asked.fields.contains(&field) { numbers.clone() } else { None };
    let of_period = |(period, column): &(Period, &Column)| {
        let values = PeriodValues {
            values: column.values.clone(),
            lower: if_asked(Field::Lower, &column.lower),
            upper: if_asked(Field::Upper, &column.upper),
            method: None,
            numerator: if_asked(Field::Numerator, &column.numerator),
            denominator: if_asked(Field::Denominator, &column.denominator),
            origin: column.origin.word(),
            coverage: (!column.coverage.is_empty()).then(|| column.coverage.clone()),
            status: column.status.clone(),
            notes: notes(view, &asked, *period),
        };
        (*period, values)
    };
    Ok(Values {
        edition: view.id().clone(),
        geography: asked.geography.id.clone(),
        indicator: asked.indicator.id.clone(),
        unit: asked.indicator.unit.en().to_owned(),
        decimals: asked.indicator.decimals,
        periods: asked.periods.iter().map(of_period).collect(),
    })
}

/// By position, the remarks on each value, where there are any.
fn notes(view: &AtlasView, asked: &Asked<'_>, period: Period) -> BTreeMap<usize, Vec<String>> {
    let of_area = |(position, area): (usize, &Area)| {
        let notes = view.notes(&area.code, Some(asked.indicator), Some(period));
        (position, notes.into_iter().map(|note| note.text.clone()).collect::<Vec<String>>())
    };
    asked.geography.areas().iter().enumerate().map(of_area).filter(|(_, notes)| !notes.is_empty()).collect()
}

fn csv(view: &AtlasView, geography: &str, indicator: &str, query: &Query) -> Result<Content, ApiError> {
    let asked = asked(view, geography, indicator, query)?;
    let mut writer = csv::Writer::from_writer(Vec::new());
    let headings = ["area_code", "area_name", "period", "value", "status"].into_iter();
    writer.write_record(headings.chain(asked.fields.iter().map(|field| field.word()))).map_err(ApiError::internal)?;
    for (period, column) in &asked.periods {
        for (position, area) in asked.geography.areas().iter().enumerate() {
            let status: Vec<&str> = column.status_of(position).iter().map(|status| status.word()).collect();
            let mut record = vec![
                as_text(&area.code),
                as_text(&area.name),
                period.to_string(),
                exact(number_at(Some(&column.values), position)),
                status.join(" "),
            ];
            record.extend(asked.fields.iter().map(|field| exact(number_at(numbers(column, *field), position))));
            writer.write_record(&record).map_err(ApiError::internal)?;
        }
    }
    let bytes = writer.into_inner().map_err(ApiError::internal)?;
    Ok(Content { bytes, media_type: "text/csv; charset=utf-8".into() })
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

/// The shortest text that reads back as the same number.
fn exact(number: Option<f64>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

/// A text that a spreadsheet will not take for a formula.
fn as_text(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}
