//! The description of the interface, for programs and rendered for people.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::Response;
use utoipa_swagger_ui::Config;

use crate::answer::{Content, Freshness};
use crate::error::ApiError;
use crate::frame::page_policy;
use crate::gate::{AppState, Atlas};
use crate::openapi::of_atlas;
use crate::parameters::Segments;

/// The page around the rendered description. All that it loads is inside the program.
const PAGE: &str = include_str!("description.html");
/// Begins to render.
const START: &str = include_str!("description.js");
/// The files of Swagger UI that the page needs.
const FILES: [&str; 2] = ["swagger-ui.css", "swagger-ui-bundle.js"];

/// This description, OpenAPI 3.1, with the names of this atlas
#[utoipa::path(get, path = "/openapi.json", responses((status = 200, body = Object)))]
pub(crate) async fn openapi(
    State(state): State<AppState>,
    Atlas { view, asked, .. }: Atlas,
) -> Result<Response, ApiError> {
    let description = state.description();
    let compute = move || {
        let bytes = of_atlas(&description, &view).map_err(ApiError::internal)?;
        Ok(Content { bytes, media_type: "application/json".into() })
    };
    asked.whatever_the_query().content(Freshness::Withdrawable, compute).await
}

/// This description as a page
#[utoipa::path(get, path = "/api", responses((status = 200, content_type = "text/html", body = String)))]
pub(crate) async fn page(Atlas { asked, .. }: Atlas) -> Result<Response, ApiError> {
    let compute = || Ok(Content { bytes: PAGE.into(), media_type: "text/html; charset=utf-8".into() });
    let mut response = asked.whatever_the_query().content(Freshness::Withdrawable, compute).await?;
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, page_policy(None));
    Ok(response)
}

/// A file of the page that renders this description.
pub(crate) async fn file(Segments(name): Segments<String>, Atlas { asked, .. }: Atlas) -> Result<Response, ApiError> {
    let content = if name == "start.js" {
        Content { bytes: START.into(), media_type: "text/javascript; charset=utf-8".into() }
    } else {
        let known = FILES.contains(&name.as_str());
        let file = if known { utoipa_swagger_ui::serve(&name, Arc::new(Config::default())) } else { Ok(None) };
        let file = file.map_err(ApiError::internal)?;
        let file = file.ok_or_else(|| ApiError::unknown_route(&format!("/api/page/{name}")))?;
        let media_type = format!("{}; charset=utf-8", file.content_type);
        Content { bytes: file.bytes.into_owned(), media_type: media_type.into() }
    };
    asked.whatever_the_query().content(Freshness::Withdrawable, move || Ok(content)).await
}
