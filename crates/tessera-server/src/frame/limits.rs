//! How much may be asked: sizes, crowds and time. The figures are in `docs/operations.md`.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::client::Connection;
use crate::error::ApiError;
use crate::settings::Limits;

/// The longest address, in bytes: three hundred areas by geography and code, percent-encoded, and room beside them.
const LONGEST_ADDRESS: usize = 16 * 1024;
/// The most that all headers together may take, in bytes.
const LARGEST_HEADERS: usize = 32 * 1024;
/// The largest body, in bytes. No route reads one.
const LARGEST_BODY: u64 = 64 * 1024;

/// The refusal of a request that is too large. Beyond 64 KiB for address and headers together the connection itself refuses, with
/// the status alone, as it does what is no HTTP.
pub(super) fn too_large(request: &Request) -> Option<ApiError> {
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

/// The places for requests that are being answered, and how long one may keep its place.
#[derive(Clone)]
pub(crate) struct Places {
    free: Arc<Semaphore>,
    time: Duration,
}

impl Places {
    pub(crate) fn new(limits: &Limits) -> Places {
        Places { free: Arc::new(Semaphore::new(limits.requests)), time: limits.answer_time }
    }
}

/// The limits that hold for all routes but those by which an operator looks at the server: they answer when nothing else does.
///
/// 1. **Crowd**: connections beyond the limit are told so before they take a place.
/// 2. **Places**: a request that finds none is refused at once; it does not wait.
/// 3. **Time**: within the place, so that what takes too long gives it back.
pub(crate) async fn limited(State(places): State<Places>, request: Request, next: Next) -> Response {
    if request.extensions().get::<Connection>().is_some_and(|connection| connection.crowded) {
        let mut refusal = ApiError::overloaded().into_response();
        refusal.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        return refusal;
    }
    let Ok(_place) = places.free.try_acquire() else { return ApiError::overloaded().into_response() };
    let answered = timeout(places.time, next.run(request)).await;
    answered.unwrap_or_else(|_| ApiError::too_slow().into_response())
}
