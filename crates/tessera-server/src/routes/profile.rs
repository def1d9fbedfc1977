//! One area, or one set of them, seen across all indicators.

use axum::response::Response;
use serde::{Deserialize, Serialize};
use tessera_atlas::compare::Selected;
use tessera_atlas::profile::Profile;
use tessera_atlas::{AtlasView, EditionId};
use utoipa::{IntoParams, ToSchema};

use super::NoParameters;
use super::compare::{AreaEntry, SetEntry, area_entry, set_entry};
use crate::answer::Freshness;
use crate::error::{ApiError, Place, Unknown};
use crate::gate::Atlas;
use crate::names;
use crate::openapi::{OfArea, OfEdition};
use crate::parameters::{Parameters, Segments};
use crate::selection::Selecting;

#[derive(Serialize, ToSchema)]
struct ProfileAnswer {
    #[schema(value_type = String)]
    edition: EditionId,
    area: AreaEntry,
    #[serde(flatten)]
    profile: Profile,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfSet {
    /// `NAME~GEO:CODE,CODE…`: areas as one. Once.
    #[serde(default)]
    set: Vec<String>,
    /// What `parent:GEO:CODE` and `filter` in it are of.
    #[param(example = "lad11")]
    geography: Option<String>,
    /// `INDICATOR[@PERIOD]<=NUMBER`, also with `<`, `=`, `>`, `>=`, joined by `and`: what `filter` in the set stands for.
    filter: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct SetProfileAnswer {
    #[schema(value_type = String)]
    edition: EditionId,
    set: SetEntry,
    #[serde(flatten)]
    profile: Profile,
}

/// One area by all indicators, with the quartiles of all areas
#[utoipa::path(get, path = "/{edition}/profile/{geography}/{code}", params(OfArea), responses((status = 200, body = ProfileAnswer)))]
pub(crate) async fn profile(
    Segments((_, geography, code)): Segments<(String, String, String)>,
    Parameters(NoParameters {}): Parameters<NoParameters>,
    Atlas { view, asked, .. }: Atlas,
) -> Result<Response, ApiError> {
    asked.json(Freshness::Withdrawable, move || answer(&view, &geography, &code)).await
}

fn answer(view: &AtlasView, geography: &str, code: &str) -> Result<ProfileAnswer, ApiError> {
    let geography = names::geography(view, geography, Place::Path("geography"))?;
    let place = Place::End("code");
    let code = names::without_json(code, place, |code| geography.position(code).is_some());
    let position = geography.position(code).ok_or_else(|| ApiError::unknown(Unknown::Area, code, place, None))?;
    let selected = Selected { geography, position };
    Ok(ProfileAnswer { edition: view.id().clone(), area: area_entry(view, selected), profile: view.profile(selected)? })
}

/// A set of areas by all indicators, with the quartiles of the areas
#[utoipa::path(get, path = "/{edition}/profile", params(OfEdition, OfSet), responses((status = 200, body = SetProfileAnswer)))]
pub(crate) async fn profile_of_set(
    Parameters(query): Parameters<OfSet>,
    Atlas { view, asked, .. }: Atlas,
) -> Result<Response, ApiError> {
    asked.json(Freshness::Withdrawable, move || answer_of_set(&view, &query)).await
}

fn answer_of_set(view: &AtlasView, query: &OfSet) -> Result<SetProfileAnswer, ApiError> {
    let geography =
        query.geography.as_deref().map(|id| names::geography(view, id, Place::Query("geography"))).transpose()?;
    let sets = Selecting { view, geography, filter: query.filter.as_deref() }.sets(&query.set)?;
    let [set] = &sets[..] else {
        let detail = "A profile is that of one `set=NAME~GEO:CODE,CODE…`, or of an area: `profile/{geography}/{code}`.";
        return Err(ApiError::bad_parameter("set", detail));
    };
    Ok(SetProfileAnswer { edition: view.id().clone(), set: set_entry(set), profile: view.profile_of_set(set)? })
}
