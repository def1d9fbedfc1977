//! The page's files, inside the binary, and its templates.

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

/// The names of the page's files, without the templates.
pub(crate) fn names() -> impl Iterator<Item = String> {
    Page::iter().map(std::borrow::Cow::into_owned).filter(|name| !name.ends_with(".html"))
}

/// The page's icon, for pages that are no template: where it stands below the root.
pub(crate) fn icon() -> Option<String> {
    names().find(|name| name.starts_with("assets/icon-") && name.ends_with(".svg"))
}

/// A template, `index.html` or `embed.html`, with each `<!--tessera:NAME-->` replaced by its HTML.
///
/// # Errors
/// Where the program was built without its page.
pub(crate) fn filled(name: &str, parts: &[(&str, String)]) -> Result<Content, ApiError> {
    let file = Page::get(name).and_then(|file| String::from_utf8(file.data.into_owned()).ok());
    let page = fill(&file.ok_or_else(ApiError::no_page)?, parts);
    Ok(Content { bytes: page.into_bytes(), media_type: "text/html; charset=utf-8".into() })
}

/// One pass over the template: what was filled in is never looked at again.
fn fill(template: &str, parts: &[(&str, String)]) -> String {
    const START: &str = "<!--tessera:";
    let mut page = String::with_capacity(template.len() + 4096);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once(START) {
        page.push_str(before);
        let (name, behind) = after.split_once("-->").unwrap_or((after, ""));
        page.extend(parts.iter().find(|(own, _)| *own == name).map(|(_, html)| html.as_str()));
        rest = behind;
    }
    page.push_str(rest);
    page
}

/// A file of the page. Those under `/assets` carry a hash of their content in their names.
pub(crate) async fn asset(OriginalUri(uri): OriginalUri, Atlas { asked, .. }: Atlas) -> Result<Response, ApiError> {
    let (path, file) = file(uri.path()).ok_or_else(|| ApiError::unknown_route(uri.path()))?;
    let freshness = if path.starts_with("assets/") { Freshness::Immutable } else { Freshness::Withdrawable };
    let media_type = media_type(&path, &file);
    let asked = asked.whatever_the_query();
    asked.content(freshness, move || Ok(Content { bytes: file.data.into_owned(), media_type: media_type.into() })).await
}

/// Any other method than `GET` and `HEAD`, on any path that is no route.
pub(crate) async fn not_read(OriginalUri(uri): OriginalUri) -> ApiError {
    if file(uri.path()).is_some() { ApiError::method_not_allowed() } else { ApiError::unknown_route(uri.path()) }
}

/// The file at a path, and its name in the page's folder. The templates are no files: they are served filled in.
fn file(path: &str) -> Option<(String, EmbeddedFile)> {
    let path = path.strip_prefix('/')?;
    // A development build reads the folder itself, to which `assets/../index.html` is a file too.
    let is_name = |segment: &str| !segment.is_empty() && !segment.starts_with('.');
    let file = Page::get(path).filter(|_| !path.ends_with(".html") && path.split('/').all(is_name))?;
    Some((path.to_owned(), file))
}

fn media_type(path: &str, file: &EmbeddedFile) -> String {
    let guessed = file.metadata.mimetype().to_owned();
    let is_text = guessed.starts_with("text/") || path.ends_with(".js");
    if is_text { format!("{guessed}; charset=utf-8") } else { guessed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_filled_in_once() {
        let parts = [("a", "<!--tessera:b-->".to_owned()), ("b", "B".to_owned())];
        assert_eq!(
            fill("1<!--tessera:a-->2<!--tessera:b-->3<!--tessera:c-->4<!--d-->", &parts),
            "1<!--tessera:b-->2B34<!--d-->"
        );
        assert_eq!(fill("cut <!--tessera:a", &parts), "cut <!--tessera:b-->");
    }
}
