//! What changed between two periods.

use axum::response::Response;
use serde::{Deserialize, Serialize};
use tessera_atlas::catalogue::Indicator;
use tessera_atlas::change::{Change, NoChange, Question};
use tessera_atlas::geography::Geography;
use tessera_atlas::{AtlasView, EditionId};
use utoipa::{IntoParams, ToSchema};

use crate::answer::Freshness;
use crate::error::{ApiError, Place};
use crate::gate::Atlas;
use crate::names;
use crate::openapi::OfColumn;
use crate::parameters::{Parameters, Segments, capitalised};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    /// The earlier period.
    #[param(example = "2016-07")]
    pub(crate) from: String,
    /// The later period; the newest unless said.
    pub(crate) period: Option<String>,
    /// `GEO:CODE`: the areas inside one alone.
    pub(crate) within: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct ChangeAnswer {
    #[schema(value_type = String)]
    edition: EditionId,
    #[serde(flatten)]
    change: Change,
}

/// What changed between two periods, in classes around zero
#[utoipa::path(get, path = "/{edition}/change/{geography}/{indicator}", params(OfColumn, Query), responses((status = 200, body = ChangeAnswer)))]
pub(crate) async fn change(
    Segments((_, geography, indicator)): Segments<(String, String, String)>,
    Parameters(query): Parameters<Query>,
    Atlas { view, asked, .. }: Atlas,
) -> Result<Response, ApiError> {
    asked.json(Freshness::Withdrawable, move || answer(&view, &geography, &indicator, &query)).await
}

fn answer(view: &AtlasView, geography: &str, indicator: &str, query: &Query) -> Result<ChangeAnswer, ApiError> {
    let geography = names::geography(view, geography, Place::Path("geography"))?;
    let indicator = names::indicator(view, indicator, Place::End("indicator"))?;
    Ok(ChangeAnswer { edition: view.id().clone(), change: found(view, geography, indicator, query)? })
}

/// What changed of an indicator.
///
/// # Errors
/// Where the question makes no sense of it.
pub(crate) fn found(
    view: &AtlasView,
    geography: &Geography,
    indicator: &Indicator,
    query: &Query,
) -> Result<Change, ApiError> {
    let question = Question {
        geography,
        indicator,
        from: names::period_named(view, geography, indicator, &query.from, "from")?,
        period: names::period(view, geography, indicator, query.period.as_deref())?,
        within: names::within(view, geography, query.within.as_deref())?,
    };
    let change = view.change(&question).map_err(|error| refused(error, "from"))?;
    change.ok_or_else(|| names::not_published(view, geography, indicator))
}

/// The refusal of two periods, of which `parameter` names the earlier.
pub(crate) fn refused(error: NoChange, parameter: &str) -> ApiError {
    let detail = capitalised(&format!("{error}."));
    match error {
        NoChange::Kind { .. } => ApiError::not_applicable("indicator", detail),
        NoChange::Order { .. } | NoChange::Length { .. } | NoChange::Break { .. } => {
            ApiError::not_applicable(parameter, detail)
        }
        NoChange::Store(error) => error.into(),
    }
}
