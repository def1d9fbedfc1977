//! Whether the server lives and whether it can answer.

use axum::Json;
use axum::http::header;
use axum::response::IntoResponse;
use serde_json::json;

use crate::gate::Atlas;

const NO_STORE: [(axum::http::HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

pub(crate) async fn healthz() -> impl IntoResponse {
    (NO_STORE, Json(json!({ "status": "ok" })))
}

pub(crate) async fn readyz(atlas: Atlas) -> impl IntoResponse {
    (NO_STORE, Json(json!({ "status": "ready", "edition": atlas.view.id() })))
}
