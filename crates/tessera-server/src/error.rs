//! The one shape of every refusal: RFC 9457 `application/problem+json`.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tessera_atlas::store::StoreError;

use crate::openapi::Problem;

/// How long a client that is refused for lack of room should wait, in seconds.
const RETRY_AFTER: &str = "2";

/// Why a request is refused. What the reader did is explained; what we did is logged and answered with a general sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ApiError {
    kind: &'static str,
    title: &'static str,
    status: StatusCode,
    detail: String,
    parameter: Option<String>,
    location: Option<Box<str>>,
    cause: Option<Box<str>>,
}

/// What the log, and a page, says of a refusal. It travels with the answer, so that each is written down once, where all pass.
#[derive(Debug, Clone)]
pub(crate) struct Refusal {
    pub(crate) kind: &'static str,
    pub(crate) parameter: Option<String>,
    /// What it is called, and what is to be said of it, for people.
    pub(crate) title: &'static str,
    pub(crate) detail: String,
    /// Why it is our fault, in words for nobody but the operator.
    pub(crate) cause: Option<Box<str>>,
}

impl ApiError {
    fn new(status: StatusCode, kind: &'static str, title: &'static str, detail: impl Into<String>) -> ApiError {
        ApiError { kind, title, status, detail: detail.into(), parameter: None, location: None, cause: None }
    }

    /// Names the query parameter or path segment that is to blame.
    fn parameter(mut self, parameter: impl Into<String>) -> ApiError {
        self.parameter = Some(parameter.into());
        self
    }

    pub(crate) fn unknown_route(path: &str) -> ApiError {
        let shown: String = path.chars().take(200).collect();
        ApiError::new(StatusCode::NOT_FOUND, "unknown-route", "No such page", format!("There is nothing at `{shown}`."))
    }

    pub(crate) fn method_not_allowed() -> ApiError {
        ApiError::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method-not-allowed",
            "Method not allowed",
            "This can only be read: use GET or HEAD.",
        )
    }

    pub(crate) fn unknown_edition(id: &str) -> ApiError {
        let detail = format!("There is no edition `{id}` here. `latest` leads to the newest.");
        ApiError::new(StatusCode::NOT_FOUND, "unknown-edition", "No such edition", detail).parameter("edition")
    }

    /// Something that the atlas, as this reader may see it, does not have; `suggestion` is "did you mean …?".
    pub(crate) fn unknown(what: Unknown, name: &str, place: Place<'_>, suggestion: Option<String>) -> ApiError {
        let (kind, title) = match what {
            Unknown::Geography => ("unknown-geography", "No such geography"),
            Unknown::Indicator => ("unknown-indicator", "No such indicator"),
            Unknown::Period => ("unknown-period", "No such period"),
            Unknown::Area => ("unknown-area", "No such area"),
            Unknown::Theme => ("unknown-theme", "No such theme"),
        };
        let mut detail = format!("`{name}` is not in this atlas.");
        if let Some(suggestion) = suggestion {
            detail = format!("{detail} {suggestion}");
        }
        let (status, parameter) = match place {
            Place::Path(segment) | Place::End(segment) => (StatusCode::NOT_FOUND, segment),
            Place::Query(parameter) => (StatusCode::BAD_REQUEST, parameter),
        };
        ApiError::new(status, kind, title, detail).parameter(parameter)
    }

    /// The indicator that `parameter` names is known, but has no values for this geography.
    pub(crate) fn not_published_here(parameter: &str, detail: String) -> ApiError {
        ApiError::new(StatusCode::NOT_FOUND, "not-published-here", "Not published here", detail).parameter(parameter)
    }

    pub(crate) fn no_shape(geography: &str) -> ApiError {
        let detail = format!("`{geography}` is a comparator: its areas have no boundaries in this atlas.");
        ApiError::new(StatusCode::NOT_FOUND, "no-shape", "No shape", detail).parameter("geography")
    }

    /// A tile that is not on a map of the world, or at a zoom that has none.
    pub(crate) fn unknown_tile(geography: &str, last_zoom: u8) -> ApiError {
        let detail = format!(
            "Tiles of `{geography}` are at zooms 0 to {last_zoom}, with columns and rows from 0 to one less than two to the power of the zoom."
        );
        ApiError::new(StatusCode::NOT_FOUND, "unknown-tile", "No such tile", detail)
    }

    pub(crate) fn unknown_format(offered: &str) -> ApiError {
        ApiError::new(StatusCode::NOT_FOUND, "unknown-format", "No such format", format!("Offered here: {offered}."))
    }

    pub(crate) fn bad_parameter(parameter: &str, detail: impl Into<String>) -> ApiError {
        ApiError::new(StatusCode::BAD_REQUEST, "bad-parameter", "Parameter cannot be read", detail).parameter(parameter)
    }

    /// A method that is not made for this indicator or geography.
    pub(crate) fn not_applicable(parameter: &str, detail: impl Into<String>) -> ApiError {
        ApiError::new(StatusCode::BAD_REQUEST, "not-applicable", "Not applicable here", detail).parameter(parameter)
    }

    pub(crate) fn unknown_parameter(parameter: &str, hint: &str) -> ApiError {
        let detail = format!("There is no parameter `{parameter}` here. {hint}");
        ApiError::new(StatusCode::BAD_REQUEST, "unknown-parameter", "No such parameter", detail).parameter(parameter)
    }

    /// Something that this atlas does without.
    pub(crate) fn switched_off(detail: &str, parameter: &str) -> ApiError {
        ApiError::new(StatusCode::NOT_IMPLEMENTED, "switched-off", "Not in this atlas", detail).parameter(parameter)
    }

    pub(crate) fn address_too_long(limit: usize) -> ApiError {
        let detail = format!("Path and query together may have {limit} bytes.");
        ApiError::new(StatusCode::URI_TOO_LONG, "address-too-long", "Address too long", detail)
    }

    pub(crate) fn headers_too_large(limit: usize) -> ApiError {
        let detail = format!("The headers of a request together may have {limit} bytes.");
        ApiError::new(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "headers-too-large", "Headers too large", detail)
    }

    pub(crate) fn body_too_large(limit: u64) -> ApiError {
        let detail = format!("The body of a request may have {limit} bytes.");
        ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, "body-too-large", "Body too large", detail)
    }

    /// There is no room: for the connection, for the request, or for its answer.
    pub(crate) fn overloaded() -> ApiError {
        let detail = "More is asked than can be answered now. Please try again shortly.";
        ApiError::new(StatusCode::SERVICE_UNAVAILABLE, "overloaded", "Overloaded", detail)
    }

    /// The answer is not ready in time. It is finished all the same, and kept.
    pub(crate) fn too_slow() -> ApiError {
        let detail = "The answer takes too long. It is being finished; please ask again shortly.";
        ApiError::new(StatusCode::GATEWAY_TIMEOUT, "too-slow", "Too slow", detail)
    }

    /// Our fault. The cause goes to the log and to nobody else.
    pub(crate) fn internal(cause: impl std::fmt::Display) -> ApiError {
        let detail = "Something went wrong here. It has been noted; please try again.";
        let error = ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Internal error", detail);
        ApiError { cause: Some(cause.to_string().into()), ..error }
    }

    /// The page was not built into this program.
    pub(crate) fn no_page() -> ApiError {
        let detail = "This program was built without its page. Run `make build`, which builds the page first; the data are at `/api/v1/atlas`.";
        ApiError::new(StatusCode::NOT_IMPLEMENTED, "no-page", "The page was not built", detail)
    }

    /// What a page says where it shows something else instead. What is our fault stays an error.
    pub(crate) fn told(self) -> Result<String, ApiError> {
        if self.status.is_client_error() { Ok(self.detail) } else { Err(self) }
    }

    /// The same refusal, told by a page.
    pub(crate) fn into_page(self, html: String) -> Response {
        let mut response = self.into_response();
        let html_type = HeaderValue::from_static("text/html; charset=utf-8");
        response.headers_mut().insert(header::CONTENT_TYPE, html_type);
        *response.body_mut() = html.into();
        response
    }

    /// Not a refusal but the way on: `latest` is elsewhere.
    pub(crate) fn redirect(location: String) -> ApiError {
        let mut error = ApiError::new(StatusCode::TEMPORARY_REDIRECT, "redirect", "Elsewhere", "");
        error.location = Some(location.into());
        error
    }
}

/// What a name is of.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Unknown {
    Geography,
    Indicator,
    Period,
    Area,
    Theme,
}

/// Where a name stood: a wrong path is not found, a wrong parameter is a bad request.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Place<'a> {
    Path(&'a str),
    /// The last segment of a path, after which `.json` may stand.
    End(&'a str),
    Query(&'a str),
}

/// A store that fails us is our fault.
impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> ApiError {
        ApiError::internal(error)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        if let Some(location) = self.location {
            let cached = (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=30"));
            return match HeaderValue::from_str(&location) {
                Ok(location) => (self.status, [(header::LOCATION, location), cached]).into_response(),
                Err(error) => ApiError::internal(error).into_response(),
            };
        }
        let problem = Problem {
            r#type: format!("/problems/{}", self.kind),
            title: self.title,
            status: self.status.as_u16(),
            detail: &self.detail,
            parameter: self.parameter.as_deref(),
        };
        let headers = [(header::CONTENT_TYPE, "application/problem+json"), (header::CACHE_CONTROL, "no-store")];
        let mut response = (self.status, headers, serde_json::to_vec(&problem).unwrap_or_default()).into_response();
        if [StatusCode::SERVICE_UNAVAILABLE, StatusCode::GATEWAY_TIMEOUT].contains(&self.status) {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER));
        }
        let ApiError { kind, parameter, title, detail, cause, .. } = self;
        response.extensions_mut().insert(Refusal { kind, parameter, title, detail, cause });
        response
    }
}
