//! Areas through time.

use axum::response::Response;
use serde::{Deserialize, Serialize};
use tessera_atlas::compare::Subjects;
use tessera_atlas::trend::Trends;
use tessera_atlas::{AtlasView, EditionId};
use utoipa::{IntoParams, ToSchema};

use crate::answer::Freshness;
use crate::error::{ApiError, Place};
use crate::gate::Atlas;
use crate::names;
use crate::openapi::OfColumn;
use crate::parameters::{Parameters, Segments};
use crate::selection::Selecting;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    /// `CODE,…` or `GEO:CODE,…`: up to 300 areas; `parent:GEO:CODE` for those inside one, `filter` for those that pass it; none for
    /// all areas of the atlas together.
    #[param(example = "E08000035,E08000032")]
    areas: Option<String>,
    /// `NAME~GEO:CODE,CODE…`: areas as one, and again for another set.
    #[serde(default)]
    set: Vec<String>,
    /// `INDICATOR[@PERIOD]<=NUMBER`, also with `<`, `=`, `>`, `>=`, joined by `and`: what `filter` in `areas` stands for.
    filter: Option<String>,
    /// What else is drawn: `parent`, `GEO:CODE`, `set:NAME`. All areas together and every period are there anyway: `overall` and
    /// `period:P` add nothing, nor does `target`.
    #[param(example = "parent")]
    against: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct TrendAnswer {
    #[schema(value_type = String)]
    edition: EditionId,
    /// What bare codes in `areas` are of.
    geography: String,
    #[serde(flatten)]
    trends: Trends,
}

/// Values of areas in every period, and whether the last five years went up or down
#[utoipa::path(get, path = "/{edition}/trend/{geography}/{indicator}", params(OfColumn, Query), responses((status = 200, body = TrendAnswer)))]
pub(crate) async fn trend(
    Segments((_, geography, indicator)): Segments<(String, String, String)>,
    Parameters(query): Parameters<Query>,
    Atlas { view, asked, .. }: Atlas,
) -> Result<Response, ApiError> {
    asked.json(Freshness::Withdrawable, move || answer(&view, &geography, &indicator, &query)).await
}

fn answer(view: &AtlasView, geography: &str, indicator: &str, query: &Query) -> Result<TrendAnswer, ApiError> {
    let geography = names::geography(view, geography, Place::Path("geography"))?;
    let indicator = names::indicator(view, indicator, Place::End("indicator"))?;
    if view.periods(geography, indicator).is_empty() {
        return Err(names::not_published(view, geography, indicator));
    }
    let selecting = Selecting { view, geography: Some(geography), filter: query.filter.as_deref() };
    let sets = selecting.sets(&query.set)?;
    let areas =
        query.areas.as_deref().map(|areas| selecting.few_areas(areas, "areas")).transpose()?.unwrap_or_default();
    let against = selecting.against(query.against.as_deref().unwrap_or_default(), &sets)?;
    let trends = view.trends(geography, Subjects { areas: &areas, sets: &sets }, &against, indicator)?;
    Ok(TrendAnswer { edition: view.id().clone(), geography: geography.id.clone(), trends })
}
