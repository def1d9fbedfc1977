//! The page's files, inside the binary.

use axum::extract::OriginalUri;
use axum::response::Response;
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::answer::{Content, Freshness};
use crate::error::ApiError;
use crate::gate::Atlas;

// A program without its page is still a server of data: that it has none is said when it starts and at `/`.
#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Page;

/// Whether the page was built into this program.
pub fn page_is_built() -> bool {
    Page::get("index.html").is_some()
}

/// The template of the page.
pub(crate) fn template() -> Option<String> {
    Page::get("index.html").and_then(|file| String::from_utf8(file.data.into_owned()).ok())
}

/// A file of the page. Those under `/assets` carry a hash of their content in their names.
pub(crate) async fn asset(OriginalUri(uri): OriginalUri, Atlas { asked, .. }: Atlas) -> Result<Response, ApiError> {
    let path = uri.path().trim_start_matches('/').to_owned();
    let file = (path != "index.html").then(|| Page::get(&path)).flatten();
    let Some(file) = file else { return Err(ApiError::unknown_route(uri.path())) };
    let freshness = if path.starts_with("assets/") { Freshness::Immutable } else { Freshness::Recallable };
    let media_type = media_type(&path, &file);
    asked.content(freshness, move || Ok(Content { bytes: file.data.into_owned(), media_type: media_type.into() })).await
}

fn media_type(path: &str, file: &EmbeddedFile) -> String {
    let guessed = file.metadata.mimetype().to_owned();
    let is_text = guessed.starts_with("text/") || path.ends_with(".js");
    if is_text { format!("{guessed}; charset=utf-8") } else { guessed }
}
