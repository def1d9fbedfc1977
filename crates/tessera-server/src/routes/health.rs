//! What an operator asks: whether the server lives, whether it can answer, and how it fares.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, header};
use axum::response::IntoResponse;
use serde_json::json;

use crate::error::ApiError;
use crate::gate::AppState;

const NO_STORE: (HeaderName, &str) = (header::CACHE_CONTROL, "no-store");

/// Whether the server lives
#[utoipa::path(get, path = "/healthz", responses((status = 200, body = Object)))]
pub(crate) async fn healthz() -> impl IntoResponse {
    ([NO_STORE], Json(json!({ "status": "ok" })))
}

/// Whether the server can answer, and from which edition
#[utoipa::path(get, path = "/readyz", responses((status = 200, body = Object)))]
pub(crate) async fn readyz(State(state): State<AppState>) -> impl IntoResponse {
    let (edition, trouble, unfollowed) = state.readiness();
    let mut readiness = json!({ "status": "ready", "edition": edition });
    if let Some(trouble) = trouble {
        readiness["unpublished"] = json!(trouble);
    }
    if let Some(kind) = unfollowed {
        readiness["unfollowed"] = json!({ "kind": kind });
    }
    ([NO_STORE], Json(readiness))
}

/// Figures for Prometheus
#[utoipa::path(get, path = "/metrics", responses((status = 200, content_type = "application/openmetrics-text", body = String)))]
pub(crate) async fn metrics(State(state): State<AppState>) -> Result<impl IntoResponse, ApiError> {
    let open_metrics = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([NO_STORE, (header::CONTENT_TYPE, open_metrics)], state.figures()?))
}
