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

/// The page before anything is written into it.
const TEMPLATE: &str = "index.html";

/// Whether the page was built into this program.
pub fn page_is_built() -> bool {
    Page::get(TEMPLATE).is_some()
}

/// The template of the page.
pub(crate) fn template() -> Option<String> {
    Page::get(TEMPLATE).and_then(|file| String::from_utf8(file.data.into_owned()).ok())
}

/// The names of the page's files, without the template.
pub(crate) fn names() -> impl Iterator<Item = String> {
    Page::iter().map(std::borrow::Cow::into_owned).filter(|name| name != TEMPLATE)
}

/// A file of the page. Those under `/assets` carry a hash of their content in their names.
pub(crate) async fn asset(OriginalUri(uri): OriginalUri, Atlas { asked, .. }: Atlas) -> Result<Response, ApiError> {
    let (path, file) = file(uri.path()).ok_or_else(|| ApiError::unknown_route(uri.path()))?;
    let freshness = if path.starts_with("assets/") { Freshness::Immutable } else { Freshness::Recallable };
    let media_type = media_type(&path, &file);
    let asked = asked.whatever_the_query();
    asked.content(freshness, move || Ok(Content { bytes: file.data.into_owned(), media_type: media_type.into() })).await
}

/// Any other method than `GET` and `HEAD`, on any path that is no route.
pub(crate) async fn not_read(OriginalUri(uri): OriginalUri) -> ApiError {
    if file(uri.path()).is_some() { ApiError::method_not_allowed() } else { ApiError::unknown_route(uri.path()) }
}

/// The file at a path, and its name in the page's folder. The template itself is no file: it is served filled in.
fn file(path: &str) -> Option<(String, EmbeddedFile)> {
    let path = path.strip_prefix('/')?;
    // A development build reads the folder itself, to which `assets/../index.html` is a file too.
    let is_name = |segment: &str| !segment.is_empty() && !segment.starts_with('.');
    let file = Page::get(path).filter(|_| path != TEMPLATE && path.split('/').all(is_name))?;
    Some((path.to_owned(), file))
}

fn media_type(path: &str, file: &EmbeddedFile) -> String {
    let guessed = file.metadata.mimetype().to_owned();
    let is_text = guessed.starts_with("text/") || path.ends_with(".js");
    if is_text { format!("{guessed}; charset=utf-8") } else { guessed }
}
