//! Two indicators beside each other, over the areas that have both.

use axum::response::Response;
use serde::{Deserialize, Serialize};
use tessera_atlas::manifest::Kind;
use tessera_atlas::relate::{NotRelated, Question, Relation};
use tessera_atlas::{AtlasView, EditionId};
use utoipa::{IntoParams, ToSchema};

use crate::answer::Freshness;
use crate::error::{ApiError, Place};
use crate::gate::Atlas;
use crate::names;
use crate::openapi::OfGeography;
use crate::parameters::{Parameters, Segments, capitalised};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    /// `INDICATOR[@PERIOD]`: what the line goes along; the newest period unless said.
    #[param(example = "burglary")]
    x: String,
    /// `INDICATOR[@PERIOD]`: what the line gives; the newest period unless said.
    #[param(example = "robbery@2018-07")]
    y: String,
    /// `GEO:CODE`: the areas inside one alone.
    within: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct RelateAnswer {
    #[schema(value_type = String)]
    edition: EditionId,
    #[serde(flatten)]
    relation: Relation,
}

/// Two indicators beside each other, with correlations and a line
#[utoipa::path(get, path = "/{edition}/relate/{geography}", params(OfGeography, Query), responses((status = 200, body = RelateAnswer)))]
pub(crate) async fn relate(
    Segments((_, geography)): Segments<(String, String)>,
    Parameters(query): Parameters<Query>,
    Atlas { view, asked, .. }: Atlas,
) -> Result<Response, ApiError> {
    asked.json(Freshness::Withdrawable, move || answer(&view, &geography, &query)).await
}

fn answer(view: &AtlasView, geography: &str, query: &Query) -> Result<RelateAnswer, ApiError> {
    let geography = names::geography(view, geography, Place::End("geography"))?;
    let question = Question {
        geography,
        x: names::measure(view, geography, &query.x, "x")?,
        y: names::measure(view, geography, &query.y, "y")?,
        within: names::within(view, geography, query.within.as_deref())?,
    };
    let relation = view.relate(&question).map_err(|error| refusal(error, &question))?;
    let relation = relation.ok_or_else(|| names::not_published(view, geography, question.x.indicator))?;
    Ok(RelateAnswer { edition: view.id().clone(), relation })
}

fn refusal(error: NotRelated, question: &Question<'_>) -> ApiError {
    match error {
        NotRelated::Category { .. } => {
            let parameter = if question.x.indicator.kind == Kind::Category { "x" } else { "y" };
            ApiError::not_applicable(parameter, capitalised(&format!("{error}.")))
        }
        NotRelated::Store(_) => ApiError::internal(error),
    }
}
