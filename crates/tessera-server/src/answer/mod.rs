//! Answers: computed once, packed once, kept within a budget, and named by strong ETags.

mod again;
mod encoding;
mod kept;
mod memory;
mod queue;
mod streamed;

use std::sync::Arc;

use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tessera_atlas::EditionId;
use tessera_atlas::packing::Packing;

pub(crate) use self::again::Again;
use self::again::IsKept;
use self::encoding::Accepted;
pub use self::kept::BUILD;
use self::kept::Stored;
pub(crate) use self::kept::{Answers, Content};
pub(crate) use self::streamed::Pieces;
use crate::error::ApiError;

/// Says which edition an answer comes from.
pub(crate) const TESSERA_EDITION: HeaderName = HeaderName::from_static("tessera-edition");

/// How long an answer holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Freshness {
    /// For ever: its URL names the edition, and it never needs withdrawing.
    Immutable,
    /// For five minutes: an edition must be withdrawable.
    Withdrawable,
    /// For half a minute: it says which edition is the newest.
    Current,
}

impl Freshness {
    fn cache_control(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Freshness::Immutable => "public, max-age=31536000, immutable",
            Freshness::Withdrawable => "public, max-age=300, must-revalidate",
            Freshness::Current => "public, max-age=30",
        })
    }
}

/// What a request asks for, and how to answer it.
pub(crate) struct Asked {
    answers: Answers,
    edition: EditionId,
    url: Arc<str>,
    accepted: Accepted,
    if_none_match: Option<HeaderValue>,
}

impl Asked {
    pub(crate) fn new(parts: &Parts, uri: &Uri, edition: &EditionId, answers: Answers) -> Asked {
        Asked {
            answers,
            edition: edition.clone(),
            url: canonical_url(uri, edition).into(),
            accepted: Accepted::by(&parts.headers),
            if_none_match: parts.headers.get(header::IF_NONE_MATCH).cloned(),
        }
    }

    /// The same question about another edition.
    pub(crate) fn of(mut self, edition: &EditionId) -> Asked {
        self.url = self.url.replacen(self.edition.as_str(), edition.as_str(), 1).into();
        self.edition = edition.clone();
        self
    }

    /// The same answer for every query, kept once.
    pub(crate) fn whatever_the_query(mut self) -> Asked {
        self.url = self.url.split('?').next().unwrap_or_default().into();
        self
    }

    /// The same answer for every query, but for the edition that a page keeps to.
    pub(crate) fn whatever_but(self, pin: Option<&EditionId>) -> Asked {
        let asked = self.whatever_the_query();
        match pin {
            Some(pin) => Asked { url: format!("{}?edition={pin}", asked.url).into(), ..asked },
            None => asked,
        }
    }

    /// The same answer whatever some parameters say; another one may stand for them.
    pub(crate) fn whatever(mut self, (parameters, instead): (Vec<&str>, Option<(&str, &str)>)) -> Asked {
        if let Some((path, query)) = self.url.split_once('?') {
            let asked =
                form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| !parameters.contains(&name.as_ref()));
            let query =
                form_urlencoded::Serializer::new(String::new()).extend_pairs(asked).extend_pairs(instead).finish();
            self.url = format!("{path}?{query}").into();
        }
        self
    }

    /// The same answer without brotli, for what stands ready in gzip alone.
    pub(crate) fn without_brotli(mut self) -> Asked {
        self.accepted = self.accepted.without_brotli();
        self
    }

    /// The same answer only until it changes which editions there are.
    pub(crate) fn since(mut self, changes: u64) -> Asked {
        self.url = format!("{changes}:{}", self.url).into();
        self
    }

    /// Answers with JSON.
    pub(crate) async fn json<T, F>(self, freshness: Freshness, compute: F) -> Result<Response, ApiError>
    where
        T: Serialize,
        F: FnOnce() -> Result<T, ApiError> + Send + 'static,
    {
        let encode = move || {
            let bytes = serde_json::to_vec(&compute()?).map_err(ApiError::internal)?;
            Ok(Content { bytes, media_type: "application/json".into() })
        };
        self.content(freshness, encode).await
    }

    /// Answers with whatever `compute` gives. It runs once for all who ask for the same at the same time, away from the
    /// threads that serve connections.
    pub(crate) async fn content<F>(self, freshness: Freshness, compute: F) -> Result<Response, ApiError>
    where
        F: FnOnce() -> Result<Content, ApiError> + Send + 'static,
    {
        let stored = self.answers.get(&self.url, self.accepted.best(), compute).await?;
        Ok(self.respond(freshness, stored))
    }

    /// Answers with what was packed when the edition was built, where `read` finds it and the client accepts it so.
    pub(crate) async fn ready<R>(
        &self,
        freshness: Freshness,
        media_type: &'static str,
        read: R,
    ) -> Result<Option<Response>, ApiError>
    where
        R: FnOnce(Packing) -> Result<Option<Vec<u8>>, ApiError> + Send + 'static,
    {
        let encoding = self.accepted.best();
        let Some(packing) = encoding.packing() else { return Ok(None) };
        let stored = self.answers.ready(&self.url, encoding, media_type, move || read(packing)).await?;
        Ok(stored.map(|stored| self.respond(freshness, stored)))
    }

    fn respond(&self, freshness: Freshness, stored: Stored) -> Response {
        let mut headers = HeaderMap::new();
        headers.extend(HeaderValue::try_from(self.edition.as_str()).map(|edition| (TESSERA_EDITION, edition)));
        headers.insert(header::CACHE_CONTROL, freshness.cache_control());
        headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        let unchanged = self.if_none_match.as_ref().is_some_and(|known| matches(known, &stored.etag));
        headers.insert(header::ETAG, stored.etag);
        if unchanged {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        if let Ok(media_type) = HeaderValue::try_from(stored.media_type.as_ref()) {
            headers.insert(header::CONTENT_TYPE, media_type);
        }
        if let Some(encoding) = stored.encoding.header() {
            headers.insert(header::CONTENT_ENCODING, encoding);
        }
        let mut response = (headers, Body::from(stored.bytes)).into_response();
        response.extensions_mut().insert(IsKept((self.url.clone(), stored.encoding)));
        response
    }
}

/// The path and the sorted query, with the edition in front of what does not name one.
fn canonical_url(uri: &Uri, edition: &EditionId) -> String {
    let mut pairs: Vec<(String, String)> =
        form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
    pairs.sort();
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    format!("{edition}:{}?{query}", uri.path())
}

/// Whether `If-None-Match` holds the tag. A proxy may have weakened it; the bytes behind it are the same.
fn matches(if_none_match: &HeaderValue, etag: &HeaderValue) -> bool {
    let Ok(text) = if_none_match.to_str() else { return false };
    text.split(',').map(str::trim).any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == *etag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_known_in_a_list_and_weakened() {
        let etag = HeaderValue::from_static("\"a\"");
        for known in ["\"a\"", "W/\"a\"", "\"b\", \"a\"", "*"] {
            assert!(matches(&HeaderValue::from_static(known), &etag), "{known}");
        }
        assert!(!matches(&HeaderValue::from_static("\"b\""), &etag));
    }
}
