//! Refusals as a page. A browser that is led to an address asks for HTML, and there a person reads.

use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use maud::html;

use super::base_path::BasePath;
use super::headers::page_policy;
use crate::error::Refusal;
use crate::plain::document::framed;
use crate::plain::words::say;

/// What is for programs, whoever asks.
const FOR_PROGRAMS: [&str; 2] = ["/api/", "/tiles/"];

/// Whether the answer is to be read by a person.
pub(super) fn is_for_people(request: &Request, base_path: &BasePath) -> bool {
    let accepts = request.headers().get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    let path = base_path.rest(request.uri().path()).unwrap_or_default();
    accepts.contains("text/html") && !FOR_PROGRAMS.iter().any(|programs| path.starts_with(programs))
}

/// The same refusal as a page; what is none, or is one already, stays as it is.
pub(super) fn as_page(mut response: Response, base_path: &BasePath) -> Response {
    let is_problem =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/problem+json");
    let Some(refusal) = response.extensions().get::<Refusal>().filter(|_| is_problem) else { return response };
    let body = html! {
        main #content {
            h1 { (refusal.title) }
            p { (refusal.detail) }
            p { a href={ (base_path) "/" } { (say("to-atlas")) } }
        }
    };
    let page = framed(&format!("{base_path}/"), refusal.title, &body);
    let html_type = HeaderValue::from_static("text/html; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, html_type);
    // That of the problem; what is sent says its own.
    response.headers_mut().remove(header::CONTENT_LENGTH);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, page_policy(None));
    *response.body_mut() = page.into_string().into();
    response
}
