//! Classes of a map, with the finding.

use axum::response::Response;
use serde::{Deserialize, Serialize};
use tessera_atlas::classes::{Classes, Method, Question};
use tessera_atlas::{AtlasView, EditionId};
use utoipa::{IntoParams, ToSchema};

use crate::answer::Freshness;
use crate::error::{ApiError, Place};
use crate::gate::Atlas;
use crate::names;
use crate::openapi::OfColumn;
use crate::parameters::{Parameters, Segments};

/// How many classes there are unless a reader asks for another number.
pub(crate) const DEFAULT_K: usize = 5;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    /// How classes are made.
    #[param(inline)]
    method: Option<MethodWord>,
    /// How many classes.
    #[param(minimum = 2, maximum = 12)]
    k: Option<usize>,
    /// A period, or `all` for the same breaks in every one; the newest unless said.
    #[param(example = "all")]
    period: Option<String>,
    /// `GEO:CODE`: the areas inside one alone.
    within: Option<String>,
}

/// The methods on offer.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum MethodWord {
    Quantile,
    Equal,
}

impl MethodWord {
    pub(crate) fn method(self) -> Method {
        match self {
            MethodWord::Quantile => Method::Quantile,
            MethodWord::Equal => Method::Equal,
        }
    }
}

#[derive(Serialize, ToSchema)]
struct ClassesAnswer {
    #[schema(value_type = String)]
    edition: EditionId,
    #[serde(flatten)]
    classes: Classes,
}

/// Classes of a map, with people, ranks and the finding
#[utoipa::path(get, path = "/{edition}/classes/{geography}/{indicator}", params(OfColumn, Query), responses((status = 200, body = ClassesAnswer)))]
pub(crate) async fn classes(
    Segments((_, geography, indicator)): Segments<(String, String, String)>,
    Parameters(query): Parameters<Query>,
    Atlas { view, asked, .. }: Atlas,
) -> Result<Response, ApiError> {
    asked.json(Freshness::Recallable, move || answer(&view, &geography, &indicator, &query)).await
}

fn answer(view: &AtlasView, geography: &str, indicator: &str, query: &Query) -> Result<ClassesAnswer, ApiError> {
    let geography = names::geography(view, geography, Place::Path("geography"))?;
    let indicator = names::indicator(view, indicator, Place::Path("indicator"))?;
    let all_periods = query.period.as_deref() == Some("all");
    let period = names::period(view, geography, indicator, query.period.as_deref().filter(|_| !all_periods))?;
    let k = query.k.unwrap_or(DEFAULT_K);
    if !tessera_atlas::classes::CLASS_COUNTS.contains(&k) {
        return Err(ApiError::bad_parameter("k", "`k` is the number of classes, 2 to 12."));
    }
    let question = Question {
        geography,
        indicator,
        period,
        all_periods,
        method: query.method.map_or(Method::Quantile, MethodWord::method),
        k,
        within: names::within(view, geography, query.within.as_deref())?,
    };
    let classes = view.classes(&question)?.ok_or_else(|| names::not_published(view, geography, indicator))?;
    Ok(ClassesAnswer { edition: view.id().clone(), classes })
}
