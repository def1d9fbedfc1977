//! What stands around every route: who asks, how much may be asked, what is written down, and which headers go out.

mod base_path;
mod client;
mod headers;
mod limits;
mod log;
mod metrics;
mod told;

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use tower::ServiceExt;

pub(crate) use self::base_path::with_query;
pub use self::base_path::{BadBasePath, BasePath};
pub(crate) use self::client::Connection;
pub use self::client::{ProxyHeader, UnknownProxyHeader};
pub(crate) use self::headers::{embedded_policy, page_policy};
pub(crate) use self::limits::{Places, limited};
pub(crate) use self::metrics::{AnswerFrom, Counted, Metrics, remember_route};

use self::client::RequestIds;
use crate::answer::Again;
use crate::error::ApiError;
use crate::settings::Settings;

/// All routes with what stands around them, shared by all connections.
#[derive(Clone)]
pub(crate) struct Frame(Arc<Parts>);

struct Parts {
    routes: Router,
    base_path: BasePath,
    trusted: Option<ProxyHeader>,
    ids: RequestIds,
    metrics: Arc<Metrics>,
    again: Again,
}

impl Frame {
    pub(crate) fn new(routes: Router, settings: &Settings, metrics: &Arc<Metrics>, again: Again) -> Frame {
        Frame(Arc::new(Parts {
            routes,
            base_path: settings.base_path.clone(),
            trusted: settings.trust_proxy,
            ids: RequestIds::new(),
            metrics: metrics.clone(),
            again,
        }))
    }

    /// Answers a request. Every request passes here, so it is one function rather than a layer for each step, and the order of
    /// the steps is that of its lines: the request is named before all that names it, what is asked again is answered without
    /// the routes, a panic becomes a refusal like any other, refusals have the headers that all answers have, and what is counted
    /// and written down is what is sent.
    pub(crate) async fn answer(&self, request: Request) -> Response {
        let Parts { trusted, ids, metrics, again, base_path, .. } = &*self.0;
        let start = Instant::now();
        let id = ids.of(*trusted, request.headers());
        let in_progress = metrics.progress();
        let refused = refused(&request);
        let asking = if refused.is_none() { again.asking(&request) } else { None };
        if let Some((mut response, counted)) = asking.as_ref().and_then(|asking| again.answer(asking)) {
            response.headers_mut().insert(client::REQUEST_ID, id);
            drop(in_progress);
            counted.count(start.elapsed());
            return response;
        }
        let asking = asking.map(|asking| asking.to_owned());
        let asked = log::Asked::of(&request, &id, *trusted);
        let method = request.method().clone();
        let is_for_people = told::is_for_people(&request, base_path);
        let mut response = match refused {
            Some(refused) => refused,
            None => AssertUnwindSafe(self.routed(request)).catch_unwind().await.unwrap_or_else(panicked),
        };
        if is_for_people {
            response = told::as_page(response, base_path);
        }
        headers::add(response.headers_mut());
        response.headers_mut().insert(client::REQUEST_ID, id);
        let time = start.elapsed();
        drop(in_progress);
        let counted = metrics.of(&method, &response);
        counted.count(time);
        asked.write(&response, time);
        if let Some(asking) = asking {
            again.remember(asking, &response, counted);
        }
        response
    }

    /// The base path is taken off last, for the routes know nothing of it.
    async fn routed(&self, request: Request) -> Response {
        match self.0.base_path.below(request) {
            Ok(request) => self.0.routes.clone().oneshot(request).await.unwrap_or_else(|never| match never {}),
            Err(elsewhere) => elsewhere.into_response(),
        }
    }
}

/// What is answered before anything else is looked at: questions of browsers, and what is too large.
fn refused(request: &Request) -> Option<Response> {
    if headers::is_preflight(request) {
        return Some(headers::preflight());
    }
    limits::too_large(request).map(IntoResponse::into_response)
}

fn panicked(_cause: Box<dyn Any + Send>) -> Response {
    // The program's own message, with the place, is on standard error already.
    ApiError::internal("a handler panicked").into_response()
}
