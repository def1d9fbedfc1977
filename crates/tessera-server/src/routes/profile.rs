//! One area seen across all indicators.

use axum::response::Response;
use serde::Serialize;
use tessera_atlas::compare::Selected;
use tessera_atlas::profile::Profile;
use tessera_atlas::{AtlasView, EditionId};
use utoipa::ToSchema;

use super::NoParameters;
use super::compare::{AreaEntry, area_entry};
use crate::answer::Freshness;
use crate::error::{ApiError, Place, Unknown};
use crate::gate::Atlas;
use crate::names;
use crate::openapi::OfArea;
use crate::parameters::{Parameters, Segments};

#[derive(Serialize, ToSchema)]
struct ProfileAnswer {
    #[schema(value_type = String)]
    edition: EditionId,
    area: AreaEntry,
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
    asked.json(Freshness::Recallable, move || answer(&view, &geography, &code)).await
}

fn answer(view: &AtlasView, geography: &str, code: &str) -> Result<ProfileAnswer, ApiError> {
    let geography = names::geography(view, geography, Place::Path("geography"))?;
    let position =
        geography.position(code).ok_or_else(|| ApiError::unknown(Unknown::Area, code, Place::Path("code"), None))?;
    let selected = Selected { geography, position };
    Ok(ProfileAnswer { edition: view.id().clone(), area: area_entry(view, selected), profile: view.profile(selected)? })
}
