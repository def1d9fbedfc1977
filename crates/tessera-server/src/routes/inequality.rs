//! How a value changes from the most to the least deprived areas.

use axum::response::Response;
use serde::{Deserialize, Serialize};
use tessera_atlas::inequality::{Inequality, NotCompared, Question};
use tessera_atlas::relate::Measure;
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
    /// `INDICATOR[@PERIOD]`: a decile or a score that says how deprived an area is; the newest period unless said.
    #[param(example = "burglary")]
    by: String,
    /// The period of the value; the newest unless said.
    period: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct InequalityAnswer {
    #[schema(value_type = String)]
    edition: EditionId,
    #[serde(flatten)]
    inequality: Inequality,
}

/// A value from the most to the least deprived areas, with slope and relative index
#[utoipa::path(get, path = "/{edition}/inequality/{geography}/{indicator}", params(OfColumn, Query), responses((status = 200, body = InequalityAnswer)))]
pub(crate) async fn inequality(
    Segments((_, geography, indicator)): Segments<(String, String, String)>,
    Parameters(query): Parameters<Query>,
    Atlas { view, asked, .. }: Atlas,
) -> Result<Response, ApiError> {
    asked.json(Freshness::Withdrawable, move || answer(&view, &geography, &indicator, &query)).await
}

fn answer(view: &AtlasView, geography: &str, indicator: &str, query: &Query) -> Result<InequalityAnswer, ApiError> {
    let geography = names::geography(view, geography, Place::Path("geography"))?;
    let indicator = names::indicator(view, indicator, Place::End("indicator"))?;
    let period = names::period(view, geography, indicator, query.period.as_deref())?;
    let by = names::measure(view, geography, &query.by, "by")?;
    let question = Question { geography, value: Measure { indicator, period }, by };
    let inequality = view.inequality(&question)?.ok_or_else(|| names::not_published(view, geography, indicator))?;
    Ok(InequalityAnswer { edition: view.id().clone(), inequality })
}

impl From<NotCompared> for ApiError {
    fn from(error: NotCompared) -> ApiError {
        let detail = capitalised(&format!("{error}."));
        match error {
            NotCompared::Kind { .. } | NotCompared::NoPopulation { .. } => {
                ApiError::not_applicable("indicator", detail)
            }
            NotCompared::By { .. } => ApiError::not_applicable("by", detail),
            NotCompared::Store(error) => error.into(),
        }
    }
}
