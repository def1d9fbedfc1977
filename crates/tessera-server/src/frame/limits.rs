//! How much may be asked: sizes, crowds and time. The figures are in `docs/operations.md`.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tower::BoxError;
use tower::load_shed::error::Overloaded;
use tower::timeout::error::Elapsed;

use super::client::Connection;
use crate::error::ApiError;

/// The longest address, in bytes: three hundred areas by geography and code, percent-encoded, and room beside them.
const LONGEST_ADDRESS: usize = 16 * 1024;
/// The most that all headers together may take, in bytes.
const LARGEST_HEADERS: usize = 32 * 1024;
/// The largest body, in bytes. No route reads one.
const LARGEST_BODY: u64 = 64 * 1024;

/// Refuses requests that are too large. Beyond 64 KiB for address and headers together the connection itself refuses, with
/// the status alone.
pub(super) async fn sizes(request: Request, next: Next) -> Response {
    match too_large(&request) {
        Some(refusal) => refusal.into_response(),
        None => next.run(request).await,
    }
}

fn too_large(request: &Request) -> Option<ApiError> {
    let uri = request.uri();
    if uri.path().len() + uri.query().map_or(0, str::len) > LONGEST_ADDRESS {
        return Some(ApiError::address_too_long(LONGEST_ADDRESS));
    }
    let headers = request.headers();
    if headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum::<usize>() > LARGEST_HEADERS {
        return Some(ApiError::headers_too_large(LARGEST_HEADERS));
    }
    (body_length(headers) > LARGEST_BODY).then(|| ApiError::body_too_large(LARGEST_BODY))
}

/// As announced. A body of unknown length is never read here, and the connection ends after the answer.
fn body_length(headers: &HeaderMap) -> u64 {
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    announced.and_then(|length| length.parse().ok()).unwrap_or(0)
}

/// Refuses requests on connections beyond the limit.
pub(super) async fn crowd(request: Request, next: Next) -> Response {
    if request.extensions().get::<Connection>().is_some_and(|connection| connection.crowded) {
        let mut refusal = ApiError::overloaded().into_response();
        refusal.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        return refusal;
    }
    next.run(request).await
}

/// What the layers for places and time say, as a refusal.
pub(super) async fn refusal(error: BoxError) -> ApiError {
    if error.is::<Overloaded>() {
        ApiError::overloaded()
    } else if error.is::<Elapsed>() {
        ApiError::too_slow()
    } else {
        ApiError::internal(error)
    }
}
