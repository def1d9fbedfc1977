//! What is written down: refusals and slow answers, one line each. What goes well is counted (see `metrics`), not written.
//!
//! A line has the request's id, method, path and client. It has no query and no header: these may hold what is nobody's business.

use std::time::Duration;

use tower_http::request_id::RequestId;
use tracing::Span;

use super::client::Client;
use crate::error::Refusal;

/// An answer that takes longer is written down.
const SLOW: Duration = Duration::from_secs(1);
/// How much of a path is written down, in characters.
const LONGEST_PATH: usize = 200;

/// What every line about a request says.
pub(super) fn span<B>(request: &axum::http::Request<B>) -> Span {
    let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok());
    let client = request.extensions().get::<Client>().and_then(|client| client.0);
    let path: String = request.uri().path().chars().take(LONGEST_PATH).collect();
    tracing::info_span!(
        "request",
        id,
        method = request.method().as_str(),
        path,
        client = client.map(tracing::field::display)
    )
}

/// Writes the line, where there is one to write.
pub(super) fn answered<B>(response: &axum::http::Response<B>, latency: Duration, _span: &Span) {
    let status = response.status().as_u16();
    let ms = u64::try_from(latency.as_millis()).unwrap_or(u64::MAX);
    let refusal = response.extensions().get::<Refusal>();
    let problem = refusal.map(|refusal| refusal.kind);
    let parameter = refusal.and_then(|refusal| refusal.parameter.as_deref());
    let cause = refusal.and_then(|refusal| refusal.cause.as_deref());
    match status {
        500 => tracing::error!(status, problem, cause, ms, "failed"),
        503 | 504 => tracing::warn!(status, problem, ms, "refused"),
        400.. => tracing::info!(status, problem, parameter, ms, "refused"),
        _ if latency > SLOW => tracing::info!(status, ms, "slow"),
        _ => {}
    }
}
