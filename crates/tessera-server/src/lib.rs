//! The atlas over HTTP: routes, parameters, caching, and the page. The interface is documented in `docs/api.md`.
//!
//! [`app`] makes the routes of an edition; [`serve`] runs them on a listener. Handlers reach the atlas through one
//! extractor only, `gate::Atlas`, which gives it as the request's audience may see it.

mod answer;
mod assets;
mod error;
mod gate;
mod names;
mod parameters;
mod routes;

use std::future::Future;
use std::sync::Arc;

use axum::Router;
use axum::extract::{OriginalUri, Request};
use axum::http::{HeaderName, HeaderValue, header};
use axum::routing::get;
use tessera_atlas::Edition;
use tokio::net::TcpListener;
use tower::{Layer, ServiceExt};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::error::ApiError;
use crate::gate::AppState;

pub use assets::page_is_built;

/// All routes of an edition.
pub fn app(edition: Arc<Edition>) -> Router {
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
    let edition_id = HeaderValue::try_from(edition.id().as_str()).ok();
    let routes = Router::new()
        .route("/", get(routes::page::page))
        .route("/healthz", get(routes::health::healthz))
        .route("/readyz", get(routes::health::readyz))
        .nest("/api/v1", api)
        .method_not_allowed_fallback(method_not_allowed)
        .fallback(get(assets::asset).fallback(assets::not_read))
        .layer(header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .layer(header(header::ACCESS_CONTROL_EXPOSE_HEADERS, "ETag, Tessera-Edition"))
        .layer(SetResponseHeaderLayer::if_not_present(answer::TESSERA_EDITION, edition_id))
        .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(header::REFERRER_POLICY, "same-origin"))
        .with_state(AppState::new(edition));
    // Outside the router, so that `.json` is taken off before a route is chosen.
    let without_json =
        tower::util::MapRequestLayer::new(without_json_suffix).layer(routes.into_service::<axum::body::Body>());
    Router::new().fallback_service(without_json.map_err(|never| match never {}))
}

/// Answers requests until `shutdown` resolves; those under way are finished.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    axum::serve(listener, app).with_graceful_shutdown(shutdown).await
}

fn header(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

async fn unknown_route(OriginalUri(uri): OriginalUri) -> ApiError {
    ApiError::unknown_route(uri.path())
}

async fn method_not_allowed() -> ApiError {
    ApiError::method_not_allowed()
}

/// JSON is the default format under `/api`, so its suffix may be written or left out.
fn without_json_suffix(mut request: Request) -> Request {
    let uri = request.uri();
    if let Some(path) = uri.path().strip_suffix(".json").filter(|path| path.starts_with("/api/")) {
        let path_and_query = match uri.query() {
            Some(query) => format!("{path}?{query}"),
            None => path.to_owned(),
        };
        if let Ok(shorter) = path_and_query.parse() {
            *request.uri_mut() = shorter;
        }
    }
    request
}
