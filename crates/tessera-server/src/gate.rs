//! The gate: the one way from a request to the atlas.
//!
//! Nothing outside this module can reach an edition: handlers are given an [`Atlas`], which holds the edition as the
//! request's audience may see it. The audience is resolved here, once.

use std::sync::Arc;

use axum::extract::{FromRequestParts, OriginalUri, RawPathParams, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use tessera_atlas::{AtlasView, Audience, Edition, EditionId};

use crate::answer::{Answers, Asked, TESSERA_EDITION};
use crate::editions::{Current, Editions, Trouble};
use crate::error::ApiError;
use crate::frame::{BasePath, Metrics, with_query};
use crate::parameters::first_of;
use crate::settings::Delivery;

/// What stands in a URL for the newest edition.
const LATEST: &str = "latest";

/// What the server holds. Its content is private to this module. Every request has it, so it is shared as one.
#[derive(Clone)]
pub(crate) struct AppState(Arc<Held>);

struct Held {
    editions: Arc<Editions>,
    answers: Answers,
    base_path: BasePath,
    metrics: Arc<Metrics>,
    description: Arc<str>,
    delivery: Delivery,
}

impl AppState {
    pub(crate) fn new(
        editions: Arc<Editions>,
        answers: Answers,
        base_path: BasePath,
        metrics: Arc<Metrics>,
        description: Arc<str>,
        delivery: Delivery,
    ) -> AppState {
        AppState(Arc::new(Held { editions, answers, base_path, metrics, description, delivery }))
    }

    /// The description of the interface.
    pub(crate) fn description(&self) -> Arc<str> {
        self.0.description.clone()
    }

    /// Which edition is served, what keeps a newer one from being published, and what from being followed.
    pub(crate) fn readiness(&self) -> (EditionId, Option<Trouble>, Option<&'static str>) {
        let editions = &self.0.editions;
        (editions.latest(), editions.trouble(), editions.unfollowed())
    }

    /// All figures about the server, none about the atlas.
    pub(crate) fn figures(&self) -> Result<String, ApiError> {
        let Held { editions, answers, metrics, .. } = &*self.0;
        answers.read_levels();
        metrics.serves(editions.latest());
        metrics.text().map_err(ApiError::internal)
    }
}

/// The atlas as the request's audience may see it, and the way to answer the request.
pub(crate) struct Atlas {
    /// What may be seen.
    pub(crate) view: AtlasView,
    /// How to answer.
    pub(crate) asked: Asked,
    /// Which editions there are.
    pub(crate) current: Arc<Current>,
    /// How the answer reaches its readers.
    pub(crate) delivery: Delivery,
}

/// The atlas as a page speaks of it: in the edition that `edition=` in its query names, otherwise in the newest. A page never
/// refuses, so one that is not held here, or cannot be opened, gives way to the newest as well; the page says so.
pub(crate) struct PageAtlas {
    /// What may be seen.
    pub(crate) view: AtlasView,
    /// How to answer.
    pub(crate) asked: Asked,
    /// How the answer reaches its readers.
    pub(crate) delivery: Delivery,
    /// The edition that the page keeps to, and its links with it; `None` follows the newest.
    pub(crate) pin: Option<EditionId>,
    /// What `edition=` says, where there is no such edition here.
    pub(crate) lost: Option<String>,
}

impl FromRequestParts<AppState> for PageAtlas {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<PageAtlas, ApiError> {
        let Atlas { view, asked, delivery, .. } = Atlas::from_request_parts(parts, state).await?;
        let named = first_of(parts.uri.query().unwrap_or_default(), "edition").filter(|text| !text.is_empty());
        let pinned = match &named {
            Some(id) => open(state, id).await.ok(),
            None => None,
        };
        Ok(match pinned {
            Some(edition) => {
                let view = AtlasView::open(edition, view.audience());
                PageAtlas { asked: asked.of(view.id()), pin: Some(view.id().clone()), lost: None, view, delivery }
            }
            None => PageAtlas { view, asked, delivery, pin: None, lost: named },
        })
    }
}

impl FromRequestParts<AppState> for Atlas {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Atlas, ApiError> {
        let held = &state.0;
        let current = held.editions.current();
        let uri = OriginalUri::from_request_parts(parts, state)
            .await
            .map(|original| original.0)
            .unwrap_or_else(|never| match never {});
        let edition = match edition_segment(parts, &uri, state).await? {
            // Pages and the atlas's own description speak of the newest edition.
            None => current.edition.clone(),
            Some(id) if id == LATEST => {
                return Err(ApiError::redirect(pinned(&held.base_path, &uri, current.edition.id().as_str())));
            }
            Some(id) => open(state, &id).await?,
        };
        let view = AtlasView::open(edition, audience(parts));
        let asked = Asked::new(parts, &uri, view.id(), held.answers.clone());
        Ok(Atlas { view, asked, current, delivery: held.delivery })
    }
}

/// An edition that a URL names. One that is not held open is read from the store, away from the threads that serve
/// connections.
async fn open(state: &AppState, text: &str) -> Result<Arc<Edition>, ApiError> {
    let unknown = || ApiError::unknown_edition(text);
    let id: EditionId = text.parse().map_err(|_| unknown())?;
    let Held { editions, answers, .. } = &*state.0;
    if let Some(edition) = editions.at_hand(&id) {
        return Ok(edition);
    }
    if !editions.has(&id) {
        return Err(unknown());
    }
    let editions = editions.clone();
    let opened = answers.aside(move || editions.open(&id).map_err(ApiError::from)).await?;
    opened.ok_or_else(unknown)
}

/// Says in every answer which edition it is about: the one that the URL names, otherwise the newest. One that is withdrawn while
/// it is read from is no fault, but not there.
pub(crate) async fn name_edition(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let uri = request.uri().clone();
    let mut segments = uri.path().split('/').filter_map(|segment| segment.parse::<EditionId>().ok());
    let editions = &state.0.editions;
    let mut edition = segments.find(|id| editions.has(id)).unwrap_or_else(|| editions.latest());
    let mut response = next.run(request).await;
    if response.status() == StatusCode::INTERNAL_SERVER_ERROR {
        let pin = first_of(uri.query().unwrap_or_default(), "edition").and_then(|text| text.parse().ok());
        if let Some(withdrawn) = [Some(edition.clone()), pin].into_iter().flatten().find(|id| editions.is_withdrawn(id))
        {
            response = ApiError::unknown_edition(withdrawn.as_str()).into_response();
            edition = editions.latest();
        }
    }
    if let Ok(edition) = HeaderValue::try_from(edition.as_str()) {
        response.headers_mut().entry(TESSERA_EDITION).or_insert(edition);
    }
    response
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
    // Nothing before it is called so; it may be percent-encoded.
    let mut segments: Vec<&str> = uri.path().split('/').collect();
    let is_latest = |segment: &&mut &str| percent_decode_str(segment).eq(LATEST.bytes());
    if let Some(segment) = segments.iter_mut().find(is_latest) {
        *segment = id;
    }
    with_query(&format!("{base_path}{}", segments.join("/")), uri)
}
