//! The gate: the one way from a request to the atlas.
//!
//! Nothing outside this module can reach an [`Edition`]: handlers are given an [`Atlas`], which holds the edition as the
//! request's audience may see it. The audience is resolved here, once.

use std::sync::Arc;

use axum::extract::{FromRequestParts, OriginalUri, RawPathParams};
use axum::http::Uri;
use axum::http::request::Parts;
use tessera_atlas::{AtlasView, Audience, Edition};

use crate::answer::{Answers, Asked};
use crate::error::ApiError;
use crate::frame::{BasePath, Metrics, with_query};

/// What the server holds. Its content is private to this module.
#[derive(Clone)]
pub(crate) struct AppState {
    edition: Arc<Edition>,
    answers: Answers,
    base_path: BasePath,
    metrics: Arc<Metrics>,
    description: Arc<str>,
}

impl AppState {
    pub(crate) fn new(
        edition: Arc<Edition>,
        answers: Answers,
        base_path: BasePath,
        metrics: Arc<Metrics>,
        description: Arc<str>,
    ) -> AppState {
        AppState { edition, answers, base_path, metrics, description }
    }

    /// The description of the interface.
    pub(crate) fn description(&self) -> Arc<str> {
        self.description.clone()
    }

    /// All figures about the server, none about the atlas.
    pub(crate) fn figures(&self) -> Result<String, ApiError> {
        self.answers.read_levels();
        self.metrics.text().map_err(ApiError::internal)
    }
}

/// The atlas as the request's audience may see it, and the way to answer the request.
pub(crate) struct Atlas {
    /// What may be seen.
    pub(crate) view: AtlasView,
    /// How to answer.
    pub(crate) asked: Asked,
}

impl FromRequestParts<AppState> for Atlas {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Atlas, ApiError> {
        let view = AtlasView::open(state.edition.clone(), audience(parts));
        let uri = OriginalUri::from_request_parts(parts, state)
            .await
            .map(|original| original.0)
            .unwrap_or_else(|never| match never {});
        match edition_segment(parts, &uri, state).await? {
            // Pages and the atlas's own description speak of the newest edition.
            None => {}
            Some(id) if id == view.id().as_str() => {}
            Some(id) if id == "latest" => {
                return Err(ApiError::redirect(pinned(&state.base_path, &uri, view.id().as_str())));
            }
            Some(id) => return Err(ApiError::unknown_edition(&id)),
        }
        let asked = Asked::new(parts, &uri, view.id(), state.answers.clone());
        Ok(Atlas { view, asked })
    }
}

/// For whom the request is made. There are no accounts yet, so everybody is the public.
fn audience(_parts: &Parts) -> Audience {
    Audience::Public
}

async fn edition_segment(parts: &mut Parts, uri: &Uri, state: &AppState) -> Result<Option<String>, ApiError> {
    let params =
        RawPathParams::from_request_parts(parts, state).await.map_err(|_| ApiError::unknown_route(uri.path()))?;
    Ok(params.iter().find(|(name, _)| *name == "edition").map(|(_, value)| value.to_owned()))
}

/// The same URL with the edition's id in place of `latest`.
fn pinned(base_path: &BasePath, uri: &Uri, id: &str) -> String {
    let path = uri.path().replacen("/latest/", &format!("/{id}/"), 1);
    with_query(&format!("{base_path}{path}"), uri)
}
