//! What is written down: refusals and slow answers, one line each. What goes well is counted (see `metrics`), not written.
//!
//! A line has the request's id, method, path and client. It has no query and no header: these may hold what is nobody's business.

use std::net::IpAddr;
use std::time::Duration;

use axum::extract::Request;
use axum::http::{HeaderValue, Method, Uri};
use axum::response::Response;
use tracing::Span;

use super::client::{self, ProxyHeader};
use crate::error::Refusal;

/// An answer that takes longer is written down.
const SLOW: Duration = Duration::from_secs(1);
/// How much of a path is written down, in characters.
const LONGEST_PATH: usize = 200;

/// What every line about a request says.
pub(super) struct Asked {
    id: HeaderValue,
    method: Method,
    uri: Uri,
    client: Option<IpAddr>,
}

impl Asked {
    pub(super) fn of(request: &Request, id: &HeaderValue, trusted: Option<ProxyHeader>) -> Asked {
        let (method, uri) = (request.method().clone(), request.uri().clone());
        Asked { id: id.clone(), method, uri, client: client::address(trusted, request) }
    }

    /// Writes the line about the answer, where there is one to write. Only then is it put together.
    pub(super) fn write(&self, response: &Response, time: Duration) {
        if response.status().as_u16() >= 400 || time > SLOW {
            self.span().in_scope(|| answered(response, time));
        }
    }

    fn span(&self) -> Span {
        let path: String = self.uri.path().chars().take(LONGEST_PATH).collect();
        let client = self.client.map(tracing::field::display);
        tracing::info_span!("request", id = self.id.to_str().ok(), method = self.method.as_str(), path, client)
    }
}

fn answered(response: &Response, time: Duration) {
    let status = response.status().as_u16();
    let ms = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
    let refusal = response.extensions().get::<Refusal>();
    let problem = refusal.map(|refusal| refusal.kind);
    let parameter = refusal.and_then(|refusal| refusal.parameter.as_deref());
    let cause = refusal.and_then(|refusal| refusal.cause.as_deref());
    match status {
        500 => tracing::error!(status, problem, cause, ms, "failed"),
        503 | 504 => tracing::warn!(status, problem, ms, "refused"),
        400.. => tracing::info!(status, problem, parameter, ms, "refused"),
        _ => tracing::info!(status, ms, "slow"),
    }
}
