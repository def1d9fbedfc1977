//! `--base-path`: everything stands below one path, and the routes know nothing of it.

use std::fmt;
use std::str::FromStr;

use axum::extract::{OriginalUri, Request};
use axum::http::Uri;

use crate::error::ApiError;
use crate::names::JSON;

/// The path below which everything is served: nothing, or `/atlas`, without a slash at its end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BasePath(String);

/// The refusal of a text that is no base path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadBasePath;

impl fmt::Display for BadBasePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a base path is like `/atlas`: a slash, then letters, digits, `-`, `_`, `.` and `~`")
    }
}

impl std::error::Error for BadBasePath {}

impl FromStr for BasePath {
    type Err = BadBasePath;

    fn from_str(text: &str) -> Result<BasePath, BadBasePath> {
        let path = text.strip_suffix('/').unwrap_or(text);
        let is_plain = |segment: &str| {
            !matches!(segment, "" | "." | "..")
                && segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte))
        };
        let plain = path.strip_prefix('/').is_some_and(|segments| segments.split('/').all(is_plain));
        if path.is_empty() && text == "/" || plain { Ok(BasePath(path.to_owned())) } else { Err(BadBasePath) }
    }
}

impl fmt::Display for BasePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl BasePath {
    /// The rest of a path that stands below this one. It starts with a slash.
    pub(super) fn rest<'a>(&self, path: &'a str) -> Option<&'a str> {
        path.strip_prefix(self.0.as_str()).filter(|rest| rest.starts_with('/'))
    }

    /// The request as the routes know it, without the base path. JSON is the default format under `/api`, so its suffix may be written
    /// or left out: it is taken off the words that routes are called by. What stands behind a name belongs to whoever knows the names.
    ///
    /// # Errors
    /// What does not stand below the base path leads nowhere.
    pub(super) fn below(&self, mut request: Request) -> Result<Request, ApiError> {
        let uri = request.uri();
        let path = uri.path();
        let Some(rest) = self.rest(path) else {
            // The page's relative addresses need the slash at the end.
            return Err(if path == self.0 {
                ApiError::redirect(with_query(&format!("{self}/"), uri))
            } else {
                ApiError::unknown_route(path)
            });
        };
        let shorter = rest.strip_suffix(JSON).filter(|path| ends_in_word(path)).unwrap_or(rest);
        if let (Some(asked), Some(routed)) = (with_path(uri, rest), with_path(uri, shorter)) {
            // What was asked for, but for the base path, stands in refusals and redirects.
            request.extensions_mut().insert(OriginalUri(asked));
            *request.uri_mut() = routed;
        }
        Ok(request)
    }
}

/// Whether a path ends in a word of the interface, `/api/v1/atlas` or `/api/v1/latest/catalog`: longer ones end in a name.
fn ends_in_word(path: &str) -> bool {
    path.strip_prefix("/api/v1/").is_some_and(|rest| rest.split('/').count() <= 2)
}

/// An address with another path.
fn with_path(uri: &Uri, path: &str) -> Option<Uri> {
    if uri.path() == path { Some(uri.clone()) } else { with_query(path, uri).parse().ok() }
}

/// A path with the query of an address.
pub(crate) fn with_query(path: &str, uri: &Uri) -> String {
    match uri.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_path_is_a_slash_and_plain_segments() {
        for (text, path) in [("/atlas", "/atlas"), ("/a/b.c/", "/a/b.c"), ("/", "")] {
            assert_eq!(text.parse(), Ok(BasePath(path.to_owned())), "{text}");
        }
        for text in ["", "atlas", "//", "/a//b", "/..", "/a/./b", "/a?b", "/a b", "/%41", "/ä"] {
            assert_eq!(text.parse::<BasePath>(), Err(BadBasePath), "{text}");
        }
    }

    #[test]
    fn the_suffix_of_json_is_taken_off_words_and_left_to_names() {
        let routed = |path: &str| {
            let request = Request::builder().uri(path).body(axum::body::Body::empty()).unwrap();
            BasePath::default().below(request).unwrap().uri().to_string()
        };
        assert_eq!(routed("/api/v1/atlas.json"), "/api/v1/atlas");
        assert_eq!(routed("/api/v1/latest/catalog.json?a=b"), "/api/v1/latest/catalog?a=b");
        for path in ["/api/v1/latest/areas/a.json", "/tiles/latest/a.json", "/openapi.json", "/api/page/a.json"] {
            assert_eq!(routed(path), path);
        }
    }

    #[test]
    fn only_whole_segments_are_taken_off() {
        let base = BasePath("/atlas".to_owned());
        assert_eq!(base.rest("/atlas/api/v1"), Some("/api/v1"));
        assert_eq!(base.rest("/atlas/"), Some("/"));
        for elsewhere in ["/atlas", "/atlases/", "/", "/api/atlas/"] {
            assert_eq!(base.rest(elsewhere), None, "{elsewhere}");
        }
        assert_eq!(BasePath::default().rest("/api"), Some("/api"));
    }
}
