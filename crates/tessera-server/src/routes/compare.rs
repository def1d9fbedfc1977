//! Areas beside each other, their parent and the whole.

use axum::response::Response;
use serde::{Deserialize, Serialize};
use tessera_atlas::catalogue::Indicator;
use tessera_atlas::compare::{Against, Comparison, Confidence, PeopleCompared, Selected};
use tessera_atlas::period::Period;
use tessera_atlas::{AtlasView, EditionId};

use super::areas::parent_codes;
use utoipa::{IntoParams, ToSchema};

use crate::answer::Freshness;
use crate::error::{ApiError, Place};
use crate::gate::Atlas;
use crate::names;
use crate::openapi::OfEdition;
use crate::parameters::{Parameters, capitalised};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    /// What bare codes in `areas` are of.
    #[param(example = "lad11")]
    geography: Option<String>,
    /// `CODE,…` or `GEO:CODE,…`: 1 to 300 areas.
    #[param(example = "E08000035,E08000032")]
    areas: String,
    /// `ID,…`; either these or a theme.
    #[param(example = "crime")]
    indicators: Option<String>,
    /// The path of a theme, `A / B`; either this or indicators.
    theme: Option<String>,
    /// The newest of each indicator unless said.
    period: Option<String>,
    /// What areas are held against: `parent`, `overall`, `target`, `GEO:CODE`.
    #[param(example = "parent,overall")]
    against: Option<String>,
    /// How sure "much better" and "much worse" are to be: said at 99.8 alone.
    #[param(inline)]
    confidence: Option<ConfidenceWord>,
}

/// The confidences on offer, in per cent.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
enum ConfidenceWord {
    #[serde(rename = "95")]
    Percent95,
    #[serde(rename = "99.8")]
    Percent99_8,
}

#[derive(Serialize, ToSchema)]
struct CompareAnswer {
    #[schema(value_type = String)]
    edition: EditionId,
    areas: Vec<AreaEntry>,
    people: Vec<PeopleCompared>,
    indicators: Vec<Comparison>,
    sentence: String,
}

/// An area as it is named.
#[derive(Serialize, ToSchema)]
pub(super) struct AreaEntry {
    geography: String,
    code: String,
    name: String,
    local_name: Option<String>,
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    parents: serde_json::Value,
    notes: Vec<String>,
}

/// Areas beside each other, their parent and the whole
#[utoipa::path(get, path = "/{edition}/compare", params(OfEdition, Query), responses((status = 200, body = CompareAnswer)))]
pub(crate) async fn compare(
    Parameters(query): Parameters<Query>,
    Atlas { view, asked, .. }: Atlas,
) -> Result<Response, ApiError> {
    asked.json(Freshness::Recallable, move || answer(&view, &query)).await
}

fn answer(view: &AtlasView, query: &Query) -> Result<CompareAnswer, ApiError> {
    let geography =
        query.geography.as_deref().map(|id| names::geography(view, id, Place::Query("geography"))).transpose()?;
    let areas = names::areas(view, geography, &query.areas)?;
    let indicators = indicators(view, query)?;
    let period = query.period.as_deref().map(str::parse::<Period>).transpose();
    let period = period.map_err(|error| ApiError::bad_parameter("period", capitalised(&format!("{error}."))))?;
    refuse_period_of_none(view, &areas, &indicators, query.period.as_deref(), period)?;
    let against = against(view, query.against.as_deref().unwrap_or("parent,overall"))?;
    let confidence = match query.confidence {
        None | Some(ConfidenceWord::Percent95) => Confidence::Percent95,
        Some(ConfidenceWord::Percent99_8) => Confidence::Percent99_8,
    };
    let comparisons = indicators.iter().map(|indicator| view.compare(&areas, indicator, period, &against, confidence));
    let comparisons: Vec<Comparison> = comparisons.collect::<Result<_, _>>()?;
    let sentences: Vec<String> =
        comparisons.iter().map(|comparison| view.comparison_sentence(&areas, comparison)).collect();
    Ok(CompareAnswer {
        edition: view.id().clone(),
        people: view.people_of(&areas)?,
        areas: areas.iter().map(|area| area_entry(view, *area)).collect(),
        indicators: comparisons,
        sentence: sentences.join(" "),
    })
}

/// A period that none of the indicators has is refused; one that some have is answered, with `null` for the others.
fn refuse_period_of_none(
    view: &AtlasView,
    areas: &[Selected<'_>],
    indicators: &[&Indicator],
    text: Option<&str>,
    period: Option<Period>,
) -> Result<(), ApiError> {
    let (Some(period), Some(first), Some(indicator)) = (period, areas.first(), indicators.first()) else {
        return Ok(());
    };
    if indicators.iter().any(|indicator| has(view, first, indicator, period)) {
        return Ok(());
    }
    names::period(view, first.geography, indicator, text).map(|_| ())
}

fn has(view: &AtlasView, area: &Selected<'_>, indicator: &Indicator, period: Period) -> bool {
    let periods = view.periods(area.geography, indicator);
    // Targets are set for years to come.
    periods.iter().chain(&view.target_periods(indicator)).any(|own| own.is_written_as(&period))
}

pub(super) fn area_entry(view: &AtlasView, selected: Selected<'_>) -> AreaEntry {
    let area = selected.area();
    AreaEntry {
        geography: selected.geography.id.clone(),
        code: area.code.clone(),
        name: area.name.clone(),
        local_name: area.local_name.clone(),
        parents: serde_json::json!(parent_codes(view, selected.geography, selected.position)),
        notes: view.notes(&area.code, None, None).into_iter().map(|note| note.text.clone()).collect(),
    }
}

fn indicators<'a>(view: &'a AtlasView, query: &Query) -> Result<Vec<&'a Indicator>, ApiError> {
    match (&query.indicators, &query.theme) {
        (Some(ids), None) => {
            let ids = ids.split(',').map(str::trim).filter(|id| !id.is_empty());
            let found: Vec<&Indicator> =
                ids.map(|id| names::indicator(view, id, Place::Query("indicators"))).collect::<Result<_, _>>()?;
            if found.is_empty() {
                Err(ApiError::bad_parameter("indicators", "Name at least one indicator."))
            } else {
                Ok(found)
            }
        }
        (None, Some(theme)) => {
            let path: Vec<&str> = theme.split(" / ").map(str::trim).collect();
            let is_below =
                |own: &Vec<String>| own.len() >= path.len() && own.iter().zip(&path).all(|(own, asked)| own == asked);
            let found: Vec<&Indicator> =
                view.indicators().iter().filter(|indicator| indicator.themes.iter().any(is_below)).collect();
            if found.is_empty() { Err(names::no_theme(view, theme)) } else { Ok(found) }
        }
        _ => Err(ApiError::bad_parameter("indicators", "Say either `indicators` or `theme`.")),
    }
}

fn against<'a>(view: &'a AtlasView, text: &str) -> Result<Vec<Against<'a>>, ApiError> {
    let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
    words
        .map(|word| match word {
            "parent" => Ok(Against::Parent),
            "overall" => Ok(Against::Overall),
            "target" => Ok(Against::Target),
            area => names::qualified_area(view, area, "against").map(Against::Area),
        })
        .collect()
}
