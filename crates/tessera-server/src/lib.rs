//! The atlas over HTTP: routes, parameters, caching, and the page. The interface is documented in `docs/api.md`.
//!
//! An [`App`] answers requests about an edition; [`App::serve`] runs it on a [`Listener`]. Handlers reach the atlas through
//! one extractor only, `gate::Atlas`, which gives it as the request's audience may see it. What stands around them, from
//! limits to logs, is in `frame`.

mod answer;
mod assets;
mod error;
mod frame;
mod gate;
mod listen;
mod names;
mod parameters;
mod routes;
mod serve;
mod settings;

use std::sync::Arc;

use axum::Router;
use axum::extract::OriginalUri;
use axum::http::HeaderValue;
use axum::routing::get;
use tessera_atlas::Edition;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::answer::Answers;
use crate::error::ApiError;
use crate::frame::{Framed, Metrics};
use crate::gate::AppState;

pub use crate::assets::page_is_built;
pub use crate::frame::{BadBasePath, BasePath, ProxyHeader, UnknownProxyHeader};
pub use crate::listen::{Address, Listener};
pub use crate::settings::{Limits, Settings};

/// All routes of an edition in their frame.
pub struct App {
    framed: Framed,
    limits: Limits,
    metrics: Arc<Metrics>,
}

impl App {
    /// An app that answers about `edition`.
    ///
    /// # Errors
    /// In words, when the settings cannot be met.
    pub fn new(edition: Arc<Edition>, settings: &Settings) -> Result<App, String> {
        let metrics = Arc::new(Metrics::new(vec![
            ("edition", edition.id().as_str().to_owned()),
            ("version", env!("CARGO_PKG_VERSION").to_owned()),
            ("build", answer::BUILD.to_owned()),
        ]));
        let answers = Answers::new(settings.memory_bytes, settings.limits.queue, metrics.clone())?;
        let edition_id = HeaderValue::try_from(edition.id().as_str()).ok();
        let state = AppState::new(edition, answers, settings.base_path.clone(), metrics.clone());
        let routes: Router = frame::limited(atlas_routes(), settings)
            .merge(operator_routes())
            .layer(SetResponseHeaderLayer::if_not_present(answer::TESSERA_EDITION, edition_id))
            .with_state(state);
        Ok(App { framed: frame::frame(routes, settings, &metrics), limits: settings.limits.clone(), metrics })
    }
}

/// What the atlas has to say.
fn atlas_routes() -> Router<AppState> {
    let api = Router::new()
        .route("/atlas", get(routes::atlas::atlas))
        .route("/{edition}/catalog", get(routes::catalog::catalog))
        .route("/{edition}/areas/{geography}", get(routes::areas::areas))
        .route("/{edition}/neighbours/{geography}", get(routes::neighbours::neighbours))
        .route("/{edition}/locate", get(routes::locate::locate))
        .route("/{edition}/values/{geography}/{indicator}", get(routes::values::values))
        .route("/{edition}/classes/{geography}/{indicator}", get(routes::classes::classes))
        .route("/{edition}/layers/{layer}", get(routes::layers::layer))
        .route("/{edition}/compare", get(routes::compare::compare))
        .method_not_allowed_fallback(method_not_allowed)
        .fallback(unknown_route);
    Router::new()
        .route("/", get(routes::page::page))
        .nest("/api/v1", api)
        .method_not_allowed_fallback(method_not_allowed)
        .fallback(get(assets::asset).fallback(assets::not_read))
}

/// What an operator asks; answered when there is no room for anything else.
fn operator_routes() -> Router<AppState> {
    Router::new()
        .route("/healthz", get(routes::health::healthz))
        .route("/readyz", get(routes::health::readyz))
        .route("/metrics", get(routes::health::metrics))
        .method_not_allowed_fallback(method_not_allowed)
}

async fn unknown_route(OriginalUri(uri): OriginalUri) -> ApiError {
    ApiError::unknown_route(uri.path())
}

async fn method_not_allowed() -> ApiError {
    ApiError::method_not_allowed()
}
