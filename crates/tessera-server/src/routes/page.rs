//! The atlas as a page: the template with the finding and the first rows of the table in it, before any script.

use axum::extract::RawQuery;
use axum::http::header;
use axum::response::Response;
use tessera_atlas::AtlasView;
use tessera_atlas::catalogue::Indicator;
use tessera_atlas::classes::{Classes, Question};
use tessera_atlas::column::Column;
use tessera_atlas::geography::Geography;
use tessera_atlas::words::{count, isolated};

use super::question::question;
use crate::answer::{Content, Freshness};
use crate::assets;
use crate::error::ApiError;
use crate::frame::page_policy;
use crate::gate::PageAtlas;
use crate::parameters::capitalised;
use crate::plain::words::{say, say_with};
use crate::settings::Delivery;

/// How many areas stand in the HTML.
const FIRST_ROWS: usize = 15;

/// The atlas as a page; the view is in the query string
#[utoipa::path(get, path = "/", responses((status = 200, content_type = "text/html", body = String)))]
pub(crate) async fn page(
    RawQuery(query): RawQuery,
    PageAtlas { view, asked, delivery, .. }: PageAtlas,
) -> Result<Response, ApiError> {
    let policy = page_policy(view.info().basemap.as_ref().map(|(url, _)| url.as_str()));
    let compute = move || filled(&view, &query.unwrap_or_default(), delivery);
    let mut response = asked.content(Freshness::Recallable, compute).await?;
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}

fn filled(view: &AtlasView, query: &str, delivery: Delivery) -> Result<Content, ApiError> {
    let question = question(view, query);
    let classes = question.as_ref().map(|question| view.classes(question)).transpose()?.flatten();
    let title = view.info().title.en();
    let subject = question.as_ref().map(|question| {
        let subject = format!("{}, {}", isolated(question.indicator.short.en()), question.period.words());
        say_with("title", &[("subject", subject.into()), ("atlas", title.into())])
    });
    let attribution: Vec<&str> = view.info().attribution.iter().map(|text| text.en()).collect();
    let table = match (&question, &classes) {
        (Some(question), Some(classes)) => table(view, question, classes)?,
        _ => String::new(),
    };
    assets::filled(
        "index.html",
        &[
            ("delivery", delivery.said()),
            ("title", escaped(subject.as_deref().unwrap_or(title))),
            ("heading", escaped(title)),
            ("sentence", escaped(classes.as_ref().map_or(title, |classes| &classes.sentence))),
            ("without-script", escaped(&say("without-script"))),
            ("table", table),
            ("attribution", escaped(&attribution.join(" · "))),
        ],
    )
}

/// The first areas by rank, as a table; in the fixed order where values have no rank, as categories have none.
fn table(view: &AtlasView, question: &Question<'_>, classes: &Classes) -> Result<String, ApiError> {
    let Question { geography, indicator, period, .. } = question;
    let Some(column) = view.column(geography, indicator, *period)? else { return Ok(String::new()) };
    let is_ranked = classes.rank.n > 0;
    let mut listed: Vec<(Option<u32>, usize)> = (0..geography.len())
        .filter(|position| classes.classes.get(*position).is_some_and(Option::is_some))
        .map(|position| (classes.rank.values.get(position).copied().flatten(), position))
        .collect();
    listed.sort_unstable();
    let rows: String = listed
        .iter()
        .take(FIRST_ROWS)
        .map(|(rank, position)| row(geography, indicator, &column, *rank, *position))
        .collect();
    let unit = indicator.unit.en();
    let value_heading = if unit.is_empty() { say("value") } else { capitalised(unit) };
    let caption = [
        ("shown", count(listed.len().min(FIRST_ROWS)).into()),
        ("count", count(classes.n).into()),
        ("areas", geography.plural().into()),
        ("first", classes.rank.first.into()),
        ("indicator", indicator.name.en().into()),
        ("period", period.words().into()),
    ];
    let (caption, rank) = if is_ranked {
        (say_with("first-rows", &caption), heading(&say("rank")))
    } else {
        (say_with("first-rows-unranked", &caption), String::new())
    };
    Ok(format!(
        "<table><caption>{caption}</caption><thead><tr>{rank}{area}{value}</tr></thead><tbody>{rows}</tbody></table>",
        caption = escaped(&caption),
        area = heading(&say("area")),
        value = heading(&value_heading),
    ))
}

fn heading(text: &str) -> String {
    format!("<th scope=\"col\">{}</th>", escaped(text))
}

fn row(geography: &Geography, indicator: &Indicator, column: &Column, rank: Option<u32>, position: usize) -> String {
    let Some(area) = geography.areas().get(position) else { return String::new() };
    let value = column.values.get(position).copied().flatten().map(|value| indicator.words(value)).unwrap_or_default();
    format!(
        "<tr>{}<th scope=\"row\">{}</th><td>{}</td></tr>",
        rank.map(|rank| format!("<td>{}</td>", count(rank as usize))).unwrap_or_default(),
        escaped(area.shown_name()),
        escaped(&value)
    )
}

/// Text as text: nothing in it is taken for HTML.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_data_is_text() {
        assert_eq!(escaped("<script>\"a\" & 'b'"), "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;");
    }
}
