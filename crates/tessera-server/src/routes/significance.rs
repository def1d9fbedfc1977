//! Which areas are better or worse than a benchmark.

use axum::response::Response;
use serde::{Deserialize, Serialize};
use tessera_atlas::catalogue::Indicator;
use tessera_atlas::compare::Against;
use tessera_atlas::geography::Geography;
use tessera_atlas::verdicts::{NoVerdicts, Question, Verdicts};
use tessera_atlas::{AtlasView, EditionId};
use utoipa::{IntoParams, ToSchema};

use super::change::refused;
use crate::answer::Freshness;
use crate::error::{ApiError, Place};
use crate::gate::Atlas;
use crate::names;
use crate::openapi::OfColumn;
use crate::parameters::{Parameters, Segments, capitalised};
use crate::selection::Selecting;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    /// What areas are held against: `overall`, `parent`, `target`, `GEO:CODE`, `set:NAME`, or `period:P` for each area's own
    /// value in an earlier period. Unless said the first comparator without shape that has a value, otherwise `overall`.
    #[param(example = "overall")]
    pub(crate) against: Option<String>,
    /// `NAME~GEO:CODE,CODE…`: areas as one, for `against=set:NAME`.
    #[serde(default)]
    pub(crate) set: Vec<String>,
    /// The newest unless said.
    pub(crate) period: Option<String>,
    /// `GEO:CODE`: the areas inside one alone.
    pub(crate) within: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct SignificanceAnswer {
    #[schema(value_type = String)]
    edition: EditionId,
    #[serde(flatten)]
    verdicts: Verdicts,
}

/// Which areas are better or worse than a benchmark, by more than chance
#[utoipa::path(get, path = "/{edition}/significance/{geography}/{indicator}", params(OfColumn, Query), responses((status = 200, body = SignificanceAnswer)))]
pub(crate) async fn significance(
    Segments((_, geography, indicator)): Segments<(String, String, String)>,
    Parameters(query): Parameters<Query>,
    Atlas { view, asked, .. }: Atlas,
) -> Result<Response, ApiError> {
    asked.json(Freshness::Withdrawable, move || answer(&view, &geography, &indicator, &query)).await
}

fn answer(view: &AtlasView, geography: &str, indicator: &str, query: &Query) -> Result<SignificanceAnswer, ApiError> {
    let geography = names::geography(view, geography, Place::Path("geography"))?;
    let indicator = names::indicator(view, indicator, Place::End("indicator"))?;
    Ok(SignificanceAnswer { edition: view.id().clone(), verdicts: found(view, geography, indicator, query)? })
}

/// Every area of an indicator against a benchmark.
///
/// # Errors
/// Where the question makes no sense of it.
pub(crate) fn found(
    view: &AtlasView,
    geography: &Geography,
    indicator: &Indicator,
    query: &Query,
) -> Result<Verdicts, ApiError> {
    let period = names::period(view, geography, indicator, query.period.as_deref())?;
    let within = names::within(view, geography, query.within.as_deref())?;
    let selecting = Selecting { view, geography: Some(geography), filter: None };
    let sets = selecting.sets(&query.set)?;
    let against = query.against.as_deref().map(|against| selecting.against(against, &sets)).transpose()?;
    let benchmark = match against.as_deref() {
        None => view.usual_benchmark(indicator, period)?,
        Some([Against::Period(from)]) => {
            Against::Period(names::period_named(view, geography, indicator, &from.to_string(), "against")?)
        }
        Some([one]) => *one,
        Some(_) => return Err(ApiError::bad_parameter("against", "Name one thing that areas are held against.")),
    };
    let verdicts = view.verdicts(&Question { geography, indicator, period, within, benchmark })?;
    verdicts.ok_or_else(|| names::not_published(view, geography, indicator))
}

impl From<NoVerdicts> for ApiError {
    fn from(error: NoVerdicts) -> ApiError {
        let detail = capitalised(&format!("{error}."));
        match error {
            NoVerdicts::Kind { .. } => ApiError::not_applicable("indicator", detail),
            NoVerdicts::Count { .. } | NoVerdicts::NoBenchmark { .. } => ApiError::not_applicable("against", detail),
            NoVerdicts::Period(error) => refused(error, "against"),
            NoVerdicts::Store(error) => error.into(),
        }
    }
}
