//! Query parameters and path segments, with refusals that say what is expected.

use axum::extract::{FromRequestParts, OriginalUri, Path};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use tessera_atlas::problem::did_you_mean;

use crate::error::ApiError;
use crate::gate::AppState;

/// The parameters that may stand more than once; their fields are lists.
const REPEATABLE: [&str; 1] = ["set"];

/// The query string as `T`, whose fields are the parameters. Unknown ones are refused, and repeated ones unless they are lists.
pub(crate) struct Parameters<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequestParts<AppState> for Parameters<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &AppState) -> Result<Parameters<T>, ApiError> {
        read(parts.uri.query().unwrap_or_default()).map(Parameters)
    }
}

fn read<T: DeserializeOwned>(query: &str) -> Result<T, ApiError> {
    let names: Vec<String> = form_urlencoded::parse(query.as_bytes()).map(|(name, _)| name.into_owned()).collect();
    let is_repeated =
        |(index, name): &(usize, &String)| names[..*index].contains(name) && !REPEATABLE.contains(&name.as_str());
    if let Some((_, name)) = names.iter().enumerate().find(is_repeated) {
        return Err(ApiError::bad_parameter(name, format!("`{name}` stands more than once. Write it once.")));
    }
    let deserializer = serde_html_form::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
    serde_path_to_error::deserialize(deserializer).map_err(|error| {
        let path = error.path().to_string();
        let message = error.into_inner().to_string();
        if let Some((wrong, expected)) = message.strip_prefix("unknown field `").and_then(|rest| rest.split_once('`')) {
            return ApiError::unknown_parameter(wrong, &hint(wrong, expected));
        }
        if let Some((missing, _)) = message.strip_prefix("missing field `").and_then(|rest| rest.split_once('`')) {
            return ApiError::bad_parameter(missing, format!("`{missing}` is needed."));
        }
        ApiError::bad_parameter(&path, expected(&path, &message))
    })
}

/// A parameter of a page's query string; the first where it is repeated, for a page never refuses.
pub(crate) fn first_of(query: &str, name: &str) -> Option<String> {
    form_urlencoded::parse(query.as_bytes()).find(|(own, _)| own == name).map(|(_, value)| value.into_owned())
}

/// From serde's and the standard library's messages to what should have been written.
fn expected(parameter: &str, message: &str) -> String {
    if let Some((_, variants)) = message.split_once(", expected ") {
        let variants = variants.strip_prefix("one of ").unwrap_or(variants);
        return format!("`{parameter}` is one of these: {}.", variants.replace(" or ", ", "));
    }
    match message {
        "invalid float literal" | "cannot parse float from empty string" => {
            format!("`{parameter}` is a number, such as 8.5.")
        }
        // Whole numbers are all read as `u32`.
        "number too large to fit in target type" => format!("`{parameter}` is a whole number, {} at most.", u32::MAX),
        _ => format!("`{parameter}` is a whole number, such as 5."),
    }
}

/// From serde's "expected one of `a`, `b`" to a suggestion or a list.
fn hint(wrong: &str, expected: &str) -> String {
    let known: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
    match did_you_mean(wrong, known.iter().copied()) {
        Some(suggestion) => capitalised(&suggestion),
        None if known.is_empty() => "No parameters are read here.".to_owned(),
        None => format!("Read here: {}.", known.join(", ")),
    }
}

/// "did you mean `x`?" as a sentence of its own.
pub(crate) fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// The segments of the path by name. Ones that are not UTF-8 lead nowhere.
pub(crate) struct Segments<T>(pub(crate) T);

impl<T: DeserializeOwned + Send> FromRequestParts<AppState> for Segments<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Segments<T>, ApiError> {
        let path = Path::<T>::from_request_parts(parts, state).await;
        let OriginalUri(uri) =
            OriginalUri::from_request_parts(parts, state).await.unwrap_or_else(|never| match never {});
        path.map(|Path(segments)| Segments(segments)).map_err(|_| ApiError::unknown_route(uri.path()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Example {
        period: Option<String>,
        k: Option<u32>,
        #[serde(default)]
        set: Vec<String>,
    }

    fn example(period: Option<&str>, k: Option<u32>, set: &[&str]) -> Example {
        let set = set.iter().map(|set| (*set).to_owned()).collect();
        Example { period: period.map(str::to_owned), k, set }
    }

    fn refusal(query: &str) -> String {
        format!("{:?}", read::<Example>(query).unwrap_err())
    }

    #[test]
    fn parameters_are_read() {
        assert_eq!(read::<Example>("k=5&period=2018%2F19").unwrap(), example(Some("2018/19"), Some(5), &[]));
        assert_eq!(read::<Example>("").unwrap(), example(None, None, &[]));
        assert_eq!(read::<Example>("set=b&k=5&set=a").unwrap(), example(None, Some(5), &["b", "a"]));
    }

    #[test]
    fn refusals_name_the_parameter() {
        assert!(refusal("perod=2019").contains("Did you mean `period`?"));
        assert!(refusal("k=five").contains("`k` is a whole number, such as 5."));
        assert!(refusal("k=4294967296").contains("`k` is a whole number, 4294967295 at most."));
        assert!(refusal("k=5&k=6").contains("more than once"));
    }
}
