//! An index of deprivation for larger areas and sets.

use axum::response::Response;
use serde::{Deserialize, Serialize};
use tessera_atlas::deprivation::{Deprivation, NotMeasured, Question};
use tessera_atlas::relate::Measure;
use tessera_atlas::{AtlasView, EditionId};
use utoipa::{IntoParams, ToSchema};

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
    /// A period of the rank; the newest unless said.
    period: Option<String>,
    /// `INDICATOR[@PERIOD]`: the score that was ranked, for the average score.
    score: Option<String>,
    /// The geography of the larger areas; the broadest that the small ones lie in unless said.
    of: Option<String>,
    /// `GEO:CODE`: only areas inside this one.
    within: Option<String>,
    /// `NAME~GEO:CODE,CODE…`: areas as one, and again for another set.
    #[serde(default)]
    set: Vec<String>,
}

#[derive(Serialize, ToSchema)]
struct DeprivationAnswer {
    #[schema(value_type = String)]
    edition: EditionId,
    #[serde(flatten)]
    deprivation: Deprivation,
}

/// The summary measures of deprivation of larger areas and of sets, from the ranks of small areas
#[utoipa::path(get, path = "/{edition}/deprivation/{geography}/{indicator}", params(OfColumn, Query), responses((status = 200, body = DeprivationAnswer)))]
pub(crate) async fn deprivation(
    Segments((_, geography, indicator)): Segments<(String, String, String)>,
    Parameters(query): Parameters<Query>,
    Atlas { view, asked, .. }: Atlas,
) -> Result<Response, ApiError> {
    asked.json(Freshness::Withdrawable, move || answer(&view, &geography, &indicator, &query)).await
}

fn answer(view: &AtlasView, geography: &str, indicator: &str, query: &Query) -> Result<DeprivationAnswer, ApiError> {
    let geography = names::geography(view, geography, Place::Path("geography"))?;
    let indicator = names::indicator(view, indicator, Place::End("indicator"))?;
    let period = names::period(view, geography, indicator, query.period.as_deref())?;
    let of = query.of.as_deref().map(|id| names::geography(view, id, Place::Query("of"))).transpose()?;
    let sets = Selecting { view, geography: Some(geography), filter: None }.sets(&query.set)?;
    let score = query.score.as_deref().map(|score| names::measure(view, geography, score, "score")).transpose()?;
    let question = Question {
        geography,
        rank: Measure { indicator, period },
        score,
        of: of.or_else(|| view.broadest_parent(geography)),
        within: names::within(view, geography, query.within.as_deref())?,
        sets: &sets,
    };
    let deprivation = view.deprivation(&question).map_err(refusal)?;
    let deprivation = deprivation.ok_or_else(|| names::not_published(view, geography, indicator))?;
    Ok(DeprivationAnswer { edition: view.id().clone(), deprivation })
}

fn refusal(error: NotMeasured) -> ApiError {
    let parameter = match &error {
        NotMeasured::NoRank { .. } => "indicator",
        NotMeasured::NoScore { .. } => "score",
        NotMeasured::NotInside { .. } => "of",
        NotMeasured::Store(_) => return ApiError::internal(error),
    };
    ApiError::not_applicable(parameter, capitalised(&format!("{error}.")))
}
