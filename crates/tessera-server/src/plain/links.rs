//! Addresses of pages and of what they lead to, relative to the root of the atlas.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tessera_atlas::classes::{Method, Question};
use tessera_atlas::compare::Selected;

/// What is not written as it stands in a segment of a path.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

fn segment(text: &str) -> impl std::fmt::Display + '_ {
    utf8_percent_encode(text, SEGMENT)
}

/// The page of an area.
pub(super) fn area(selected: &Selected<'_>) -> String {
    format!("areas/{}/{}", segment(&selected.geography.id), segment(&selected.area().code))
}

/// A query string, or nothing where there is nothing to say.
pub(super) fn query(pairs: &[(&str, &str)]) -> String {
    if pairs.is_empty() {
        return String::new();
    }
    format!("?{}", form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish())
}

/// The query string of a view.
pub(super) fn view(question: &Question<'_>) -> String {
    let (period, k) = (question.period.to_string(), question.k.to_string());
    let within = question.within.map(|within| within.parameter());
    let mut pairs = vec![
        ("geography", question.geography.id.as_str()),
        ("indicator", question.indicator.id.as_str()),
        ("period", period.as_str()),
        ("k", k.as_str()),
    ];
    let custom = question.custom.as_ref().map(|breaks| {
        let bounds: Vec<String> = breaks.bounds().iter().map(f64::to_string).collect();
        bounds.join(",")
    });
    match &custom {
        Some(bounds) => pairs.extend([("method", Method::Custom.word()), ("breaks", bounds.as_str())]),
        None if question.method != Method::Quantile => pairs.push(("method", question.method.word())),
        None => {}
    }
    let centre = question.centre.map(|centre| centre.to_string());
    pairs.extend(centre.as_deref().map(|centre| ("centre", centre)));
    pairs.extend(within.as_deref().map(|within| ("within", within)));
    query(&pairs)
}

/// A query string with one more parameter.
pub(super) fn with(query: &str, pair: Option<(&str, String)>) -> String {
    let Some((name, value)) = pair else { return query.to_owned() };
    let mut pairs = form_urlencoded::Serializer::new(query.trim_start_matches('?').to_owned());
    format!("?{}", pairs.append_pair(name, &value).finish())
}

/// The values of a view as CSV.
pub(super) fn csv(edition: &str, question: &Question<'_>) -> String {
    let (geography, indicator) = (segment(&question.geography.id), segment(&question.indicator.id));
    let period = question.period.to_string();
    format!("api/v1/{edition}/values/{geography}/{indicator}.csv{}", query(&[("period", &period)]))
}
