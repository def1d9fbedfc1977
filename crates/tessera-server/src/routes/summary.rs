//! A column summed up.

use axum::response::Response;
use serde::{Deserialize, Serialize};
use tessera_atlas::summary::{Scope, Summary};
use tessera_atlas::{AtlasView, EditionId};
use utoipa::{IntoParams, ToSchema};

use crate::answer::Freshness;
use crate::error::{ApiError, Place};
use crate::gate::Atlas;
use crate::names;
use crate::openapi::OfColumn;
use crate::parameters::{Parameters, Segments};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    /// A period; the newest unless said.
    period: Option<String>,
    /// `GEO:CODE`: the areas inside one alone.
    within: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct SummaryAnswer {
    #[schema(value_type = String)]
    edition: EditionId,
    #[serde(flatten)]
    summary: Summary,
}

/// Number, middle, ends and spread of the values of an indicator
#[utoipa::path(get, path = "/{edition}/summary/{geography}/{indicator}", params(OfColumn, Query), responses((status = 200, body = SummaryAnswer)))]
pub(crate) async fn summary(
    Segments((_, geography, indicator)): Segments<(String, String, String)>,
    Parameters(query): Parameters<Query>,
    Atlas { view, asked, .. }: Atlas,
) -> Result<Response, ApiError> {
    asked.json(Freshness::Withdrawable, move || answer(&view, &geography, &indicator, &query)).await
}

fn answer(view: &AtlasView, geography: &str, indicator: &str, query: &Query) -> Result<SummaryAnswer, ApiError> {
    let geography = names::geography(view, geography, Place::Path("geography"))?;
    let indicator = names::indicator(view, indicator, Place::End("indicator"))?;
    let period = names::period(view, geography, indicator, query.period.as_deref())?;
    let within = names::within(view, geography, query.within.as_deref())?;
    let scope = Scope { geography, indicator, period, within };
    let summary = view.summary(&scope)?.ok_or_else(|| names::not_published(view, geography, indicator))?;
    Ok(SummaryAnswer { edition: view.id().clone(), summary })
}
