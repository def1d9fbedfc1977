//! Which areas adjoin, as compressed rows.

use axum::response::Response;
use serde::{Deserialize, Serialize};
use tessera_atlas::EditionId;
use utoipa::{IntoParams, ToSchema};

use crate::answer::Freshness;
use crate::error::{ApiError, Place};
use crate::gate::Atlas;
use crate::names;
use crate::openapi::OfGeography;
use crate::parameters::{Parameters, Segments};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    /// By a shared vertex, or a shared line.
    #[serde(default)]
    #[param(inline)]
    rule: Rule,
}

#[derive(Debug, Clone, Copy, Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Rule {
    #[default]
    Queen,
    Rook,
}

#[derive(Serialize, ToSchema)]
struct NeighboursAnswer {
    #[schema(value_type = String)]
    edition: EditionId,
    geography: String,
    rule: Rule,
    offsets: Vec<u32>,
    indices: Vec<u32>,
}

/// Which areas adjoin, as compressed rows
#[utoipa::path(get, path = "/{edition}/neighbours/{geography}", params(OfGeography, Query), responses((status = 200, body = NeighboursAnswer)))]
pub(crate) async fn neighbours(
    Segments((_, id)): Segments<(String, String)>,
    Parameters(Query { rule }): Parameters<Query>,
    Atlas { view, asked, .. }: Atlas,
) -> Result<Response, ApiError> {
    let compute = move || {
        let geography = names::geography(&view, &id, Place::End("geography"))?;
        let shape = names::shape(geography)?;
        let neighbours = match rule {
            Rule::Queen => shape.queen(),
            Rule::Rook => shape.rook(),
        };
        Ok(NeighboursAnswer {
            edition: view.id().clone(),
            geography: geography.id.clone(),
            rule,
            offsets: neighbours.offsets.clone(),
            indices: neighbours.indices.clone(),
        })
    };
    asked.json(Freshness::Immutable, compute).await
}
