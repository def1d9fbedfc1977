//! Headers that every answer carries: what a browser may do with it, and who may read it.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// For answers that are not pages: nothing in them is ever run, loaded or framed.
const DATA_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

/// For pages: scripts, styles and data from this server only, nothing inline, and no frame around them.
///
/// Framing is allowed or denied here and nowhere else.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
     connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 5] = [
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    (header::ACCESS_CONTROL_EXPOSE_HEADERS, "ETag, Retry-After, Tessera-Edition, X-Request-Id"),
    (header::CONTENT_SECURITY_POLICY, DATA_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
];

/// Adds the headers that are not there yet.
pub(super) fn add(headers: &mut HeaderMap) {
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
}

/// The policy of a page, with the host of the base map where the publisher has configured one (`https://host/path`).
pub(crate) fn page_policy(base_map: Option<&str>) -> HeaderValue {
    policy(base_map, "'none'")
}

/// The policy of a page that others may show in a frame: the hosts that the publisher names, or everyone.
pub(crate) fn embedded_policy(base_map: Option<&str>, hosts: Option<&[String]>) -> HeaderValue {
    match hosts {
        None => policy(base_map, "*"),
        Some([]) => policy(base_map, "'none'"),
        Some(hosts) => policy(base_map, &hosts.join(" ")),
    }
}

fn policy(base_map: Option<&str>, ancestors: &str) -> HeaderValue {
    let mut policy = PAGE_POLICY.replace("frame-ancestors 'none'", &format!("frame-ancestors {ancestors}"));
    if let Some((scheme, rest)) = base_map.and_then(|url| url.split_once("://")) {
        let host = rest.split('/').next().unwrap_or_default();
        policy = policy.replace("img-src 'self'", &format!("img-src 'self' {scheme}://{host}"));
    }
    HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static(PAGE_POLICY))
}

/// Whether a browser asks on behalf of a page of another origin what it may send: `If-None-Match`, for example.
pub(super) fn is_preflight(request: &Request) -> bool {
    request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

/// The answer to that, for every route: all of them may be read by everyone.
pub(super) fn preflight() -> Response {
    const MAY: [(HeaderName, &str); 4] = [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "If-None-Match"),
        (header::ACCESS_CONTROL_MAX_AGE, "86400"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (StatusCode::NO_CONTENT, MAY).into_response()
}
