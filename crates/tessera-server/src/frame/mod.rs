//! What stands around every route: who asks, how much may be asked, what is written down, and which headers go out.

mod base_path;
mod client;
mod headers;
mod limits;
mod log;
mod metrics;

use std::any::Any;
use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::error_handling::HandleErrorLayer;
use axum::extract::Request;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower::ServiceBuilder;
use tower::limit::GlobalConcurrencyLimitLayer;
use tower::load_shed::LoadShedLayer;
use tower::timeout::TimeoutLayer;
use tower::util::BoxCloneSyncService;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::trace::TraceLayer;

pub(crate) use self::base_path::with_query;
pub use self::base_path::{BadBasePath, BasePath};
pub(crate) use self::client::Connection;
pub use self::client::{ProxyHeader, UnknownProxyHeader};
pub(crate) use self::headers::{embedded_policy, page_policy};
pub(crate) use self::metrics::{AnswerFrom, Metrics};

use crate::error::ApiError;
use crate::settings::Settings;

/// Everything that answers requests, ready for any number of connections.
pub(crate) type Framed = BoxCloneSyncService<Request, Response, Infallible>;

/// Puts the frame around the routes. A request passes the layers from the first to the last, its answer from the last to the
/// first:
///
/// 1. **Request id**: first, so that all that follows can name the request; a strange one is taken off before.
/// 2. **Log**: around everything that can refuse, so that each refusal is written down, once, with its request id.
/// 3. **Figures**: likewise, and within the log, so that measuring takes no time for writing.
/// 4. **Headers**: on every answer, the refusals of the layers below included.
/// 5. **Panics**: become refusals before they reach the layers above, which then treat them like any other.
/// 6. **Sizes**: before anything looks at the request more closely.
/// 7. **Base path**: last before the routes, which know nothing of it.
pub(crate) fn frame(routes: Router, settings: &Settings, metrics: &Arc<Metrics>) -> Framed {
    let layers = ServiceBuilder::new()
        .map_request(client::remember(settings.trust_proxy))
        .layer(SetRequestIdLayer::new(client::REQUEST_ID, MakeRequestUuid))
        .layer(PropagateRequestIdLayer::new(client::REQUEST_ID))
        // The log puts the body into a type of its own.
        .map_response(|response: Response<_>| response.map(Body::new))
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(log::span)
                .on_request(())
                .on_response(log::answered)
                .on_body_chunk(())
                .on_eos(())
                .on_failure(()),
        )
        .layer(from_fn_with_state(metrics.clone(), metrics::measure))
        .layer(from_fn(headers::add))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(limits::sizes))
        .layer(from_fn_with_state(settings.base_path.clone(), base_path::below));
    BoxCloneSyncService::new(layers.service(routes.layer(from_fn(metrics::remember_route))))
}

/// The limits that hold for all routes but those by which an operator looks at the server: they answer when nothing else does.
///
/// 1. **Crowd**: connections beyond the limit are told so before they take a place.
/// 2. **Places**: a request that finds none is refused at once; it does not wait.
/// 3. **Time**: within the place, so that what takes too long gives it back.
pub(crate) fn limited<S: Clone + Send + Sync + 'static>(routes: Router<S>, settings: &Settings) -> Router<S> {
    let layers = ServiceBuilder::new()
        .layer(from_fn(limits::crowd))
        .layer(HandleErrorLayer::new(limits::refusal))
        .layer(LoadShedLayer::new())
        .layer(GlobalConcurrencyLimitLayer::new(settings.limits.requests))
        .layer(TimeoutLayer::new(settings.limits.answer_time));
    routes.layer(layers)
}

fn panicked(_cause: Box<dyn Any + Send>) -> Response {
    // The program's own message, with the place, is on standard error already.
    ApiError::internal("a handler panicked").into_response()
}
