//! Answers: computed once, compressed once, kept within a budget, and named by strong ETags.

use std::borrow::Cow;
use std::io::Write;

use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use moka::future::Cache;
use serde::Serialize;
use sha2::{Digest, Sha256};
use tessera_atlas::EditionId;

use crate::error::ApiError;

/// How much memory computed answers may take, in bytes.
const BUDGET: u64 = 128 * 1024 * 1024;
/// Below this size compression gains nothing.
const WORTH_COMPRESSING: usize = 512;
/// Brotli's quality: higher ones cost a hundred times as much for a few percent.
const BROTLI_QUALITY: i32 = 5;
/// The build of the program: a changed program may answer differently from the same edition.
const BUILD: &str = env!("TESSERA_BUILD");

/// Says which edition an answer comes from.
pub(crate) const TESSERA_EDITION: HeaderName = HeaderName::from_static("tessera-edition");

/// How long an answer holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Freshness {
    /// For ever: its URL names the edition, and it never needs recalling.
    Immutable,
    /// For five minutes: an edition must be recallable.
    Recallable,
    /// For half a minute: it says which edition is the newest.
    Current,
}

impl Freshness {
    fn cache_control(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Freshness::Immutable => "public, max-age=31536000, immutable",
            Freshness::Recallable => "public, max-age=300, must-revalidate",
            Freshness::Current => "public, max-age=30",
        })
    }
}

/// A computed answer before it is compressed.
#[derive(Debug, Clone)]
pub(crate) struct Content {
    pub(crate) bytes: Vec<u8>,
    pub(crate) media_type: Cow<'static, str>,
}

/// An encoding that a client accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Encoding {
    Brotli,
    Gzip,
    Identity,
}

/// All answers that were computed lately, by canonical URL and encoding.
#[derive(Clone)]
pub(crate) struct Answers(Cache<(String, Encoding), Stored>);

#[derive(Clone)]
struct Stored {
    bytes: Bytes,
    media_type: Cow<'static, str>,
    encoding: Encoding,
}

impl Answers {
    pub(crate) fn new() -> Answers {
        let weigher = |(url, _): &(String, Encoding), stored: &Stored| {
            u32::try_from(url.len() + stored.bytes.len()).unwrap_or(u32::MAX)
        };
        Answers(Cache::builder().max_capacity(BUDGET).weigher(weigher).build())
    }
}

/// What a request asks for, and how to answer it.
pub(crate) struct Asked {
    answers: Answers,
    edition: EditionId,
    url: String,
    encoding: Encoding,
    if_none_match: Option<HeaderValue>,
}

impl Asked {
    pub(crate) fn new(parts: &Parts, uri: &Uri, edition: &EditionId, answers: Answers) -> Asked {
        Asked {
            answers,
            edition: edition.clone(),
            url: canonical_url(uri, edition),
            encoding: encoding(&parts.headers),
            if_none_match: parts.headers.get(header::IF_NONE_MATCH).cloned(),
        }
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
        let encoding = self.encoding;
        let store = async move {
            let computed = tokio::task::spawn_blocking(move || compute().and_then(|content| store(content, encoding)));
            computed.await.unwrap_or_else(|panicked| Err(ApiError::internal(panicked)))
        };
        let key = (self.url.clone(), encoding);
        let stored = self.answers.0.try_get_with(key, store).await.map_err(|error| ApiError::clone(&error))?;
        Ok(self.respond(freshness, stored))
    }

    fn respond(&self, freshness: Freshness, stored: Stored) -> Response {
        let etag = self.etag(&stored);
        let mut headers = HeaderMap::new();
        headers.insert(header::CACHE_CONTROL, freshness.cache_control());
        headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        let unchanged = self.if_none_match.as_ref().is_some_and(|known| matches(known, &etag));
        if let Ok(etag) = HeaderValue::try_from(etag) {
            headers.insert(header::ETAG, etag);
        }
        if unchanged {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        if let Ok(media_type) = HeaderValue::try_from(stored.media_type.as_ref()) {
            headers.insert(header::CONTENT_TYPE, media_type);
        }
        match stored.encoding {
            Encoding::Brotli => headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br")),
            Encoding::Gzip => headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip")),
            Encoding::Identity => None,
        };
        (headers, Body::from(stored.bytes)).into_response()
    }

    /// Strong: made of the edition, the build, the canonical URL and the representation.
    fn etag(&self, stored: &Stored) -> String {
        let mut hash = Sha256::new();
        for part in [self.edition.as_str(), BUILD, &self.url, &stored.media_type, &format!("{:?}", stored.encoding)] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        let digits: String = hash.finalize().iter().take(12).map(|byte| format!("{byte:02x}")).collect();
        format!("\"{digits}\"")
    }
}

fn store(content: Content, encoding: Encoding) -> Result<Stored, ApiError> {
    let Content { bytes, media_type } = content;
    if bytes.len() < WORTH_COMPRESSING {
        return Ok(Stored { bytes: bytes.into(), media_type, encoding: Encoding::Identity });
    }
    let bytes = match encoding {
        Encoding::Identity => bytes,
        Encoding::Gzip => {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
            encoder.write_all(&bytes).and_then(|()| encoder.finish()).map_err(ApiError::internal)?
        }
        Encoding::Brotli => {
            let mut compressed = Vec::new();
            let parameters = brotli::enc::BrotliEncoderParams {
                quality: BROTLI_QUALITY,
                size_hint: bytes.len(),
                ..Default::default()
            };
            brotli::BrotliCompress(&mut bytes.as_slice(), &mut compressed, &parameters).map_err(ApiError::internal)?;
            compressed
        }
    };
    Ok(Stored { bytes: bytes.into(), media_type, encoding })
}

/// The path and the sorted query, with the edition in front of what does not name one.
fn canonical_url(uri: &Uri, edition: &EditionId) -> String {
    let mut pairs: Vec<(String, String)> =
        form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
    pairs.sort();
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    format!("{edition}:{}?{query}", uri.path())
}

/// The best encoding that the client accepts.
fn encoding(headers: &HeaderMap) -> Encoding {
    let accepted = headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    let accepted: Vec<&str> = accepted
        .filter_map(|token| {
            let mut parts = token.split(';').map(str::trim);
            let name = parts.next()?;
            let refused = parts.any(|parameter| parameter.strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0)));
            (!refused).then_some(name)
        })
        .collect();
    let accepts = |name: &str| accepted.iter().any(|accepted| accepted.eq_ignore_ascii_case(name));
    if accepts("br") {
        Encoding::Brotli
    } else if accepts("gzip") {
        Encoding::Gzip
    } else {
        Encoding::Identity
    }
}

/// Whether `If-None-Match` holds the tag. A proxy may have weakened it; the bytes behind it are the same.
fn matches(if_none_match: &HeaderValue, etag: &str) -> bool {
    let Ok(text) = if_none_match.to_str() else { return false };
    text.split(',').map(str::trim).any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == etag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepting(value: &'static str) -> Encoding {
        encoding(&HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))]))
    }

    #[test]
    fn the_best_accepted_encoding_is_chosen() {
        assert_eq!(accepting("gzip, deflate, br"), Encoding::Brotli);
        assert_eq!(accepting("gzip;q=1.0, br;q=0"), Encoding::Gzip);
        assert_eq!(accepting("br;q=0.0, identity"), Encoding::Identity);
        assert_eq!(encoding(&HeaderMap::new()), Encoding::Identity);
    }

    #[test]
    fn a_tag_is_known_in_a_list_and_weakened() {
        for known in ["\"a\"", "W/\"a\"", "\"b\", \"a\"", "*"] {
            assert!(matches(&HeaderValue::from_static(known), "\"a\""), "{known}");
        }
        assert!(!matches(&HeaderValue::from_static("\"b\""), "\"a\""));
    }

    #[test]
    fn compression_gives_back_what_went_in() {
        let content = Content { bytes: b"0123456789".repeat(100), media_type: "text/plain".into() };
        let gzip = store(content.clone(), Encoding::Gzip).unwrap();
        let mut plain = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&gzip.bytes[..]), &mut plain).unwrap();
        assert_eq!(plain, content.bytes);
        let brotli = store(content.clone(), Encoding::Brotli).unwrap();
        let mut plain = Vec::new();
        brotli::BrotliDecompress(&mut &brotli.bytes[..], &mut plain).unwrap();
        assert_eq!(plain, content.bytes);
    }
}
