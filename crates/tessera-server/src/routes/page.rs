//! The atlas as a page: the template with the finding and the first rows of the table in it, before any script.

use axum::extract::RawQuery;
use axum::http::header;
use axum::response::Response;
use maud::{Markup, html};
use tessera_atlas::AtlasView;
use tessera_atlas::classes::Question;
use tessera_atlas::compare::Selected;
use tessera_atlas::words::count;

use crate::answer::{Content, Freshness};
use crate::assets;
use crate::error::ApiError;
use crate::frame::page_policy;
use crate::gate::PageAtlas;
use crate::plain::columns::{Column, columns};
use crate::plain::links::Links;
use crate::plain::table::ask_for_postcode;
use crate::plain::title::title;
use crate::plain::words::{say, say_with};
use crate::scene::{Scene, of_screens};
use crate::settings::Delivery;

/// How many areas stand in the HTML.
const FIRST_ROWS: usize = 15;

/// The atlas as a page; the view is in the query string
#[utoipa::path(get, path = "/", responses((status = 200, content_type = "text/html", body = String)))]
pub(crate) async fn page(
    RawQuery(query): RawQuery,
    PageAtlas { view, asked, delivery, pin, lost }: PageAtlas,
) -> Result<Response, ApiError> {
    let policy = page_policy(view.info().basemap.as_ref().map(|(url, _)| url.as_str()));
    let query = query.unwrap_or_default();
    let asked = asked.whatever(of_screens(&view, &query));
    let links = Links::on(delivery, "", pin.as_ref());
    let compute = move || filled(&view, &links, &query, lost.as_deref(), delivery);
    let mut response = asked.content(Freshness::Withdrawable, compute).await?;
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}

fn filled(
    view: &AtlasView,
    links: &Links,
    query: &str,
    lost: Option<&str>,
    delivery: Delivery,
) -> Result<Content, ApiError> {
    let scene = Scene::of(view, query, lost, delivery)?;
    let atlas = view.info().title.en();
    let attribution: Vec<&str> = view.info().attribution.iter().map(|text| text.en()).collect();
    let first = scene.as_ref().map(|scene| first(view, links, scene)).transpose()?;
    let sentence = scene.as_ref().map_or_else(|| atlas.to_owned(), Scene::sentence);
    let title = if scene.is_some() { title(&sentence, atlas) } else { atlas.to_owned() };
    assets::filled(
        "index.html",
        &[
            ("delivery", delivery.said()),
            ("title", escaped(&title)),
            ("heading", escaped(atlas)),
            ("sentence", escaped(&sentence)),
            ("without-script", escaped(&say("without-script"))),
            ("table", first.map(Markup::into_string).unwrap_or_default()),
            ("attribution", escaped(&attribution.join(" · "))),
        ],
    )
}

/// What is not as it was asked for, the ways to other areas and tables, and the first areas by rank, then those without one; in the fixed
/// order where values have no rank, as categories have none.
fn first(view: &AtlasView, links: &Links, scene: &Scene<'_>) -> Result<Markup, ApiError> {
    let Question { geography, .. } = scene.question;
    let rank = scene.rank();
    let is_ranked = rank.n > 0;
    let rank_of = |position: usize| rank.values.get(position).copied().flatten();
    let mut listed: Vec<usize> = (0..geography.len()).filter(|position| scene.lists(*position)).collect();
    // Hidden and missing ones come last, each with its reason.
    listed.sort_by_key(|position| rank_of(*position).unwrap_or(u32::MAX));
    let n = listed.len();
    listed.truncate(FIRST_ROWS);
    let columns: Vec<Column<'_>> = columns(view, scene)?.into_iter().filter(|column| column.is_brief).collect();
    let (end, _) = scene.ends();
    let caption = [
        ("shown", count(listed.len()).into()),
        ("count", count(n).into()),
        ("areas", geography.plural().into()),
        ("end", end.into()),
        ("indicator", scene.indicator().into()),
        ("period", scene.time().into()),
    ];
    let areas = geography.plural();
    let table = links.same_table(&scene.question, &scene.others);
    Ok(html! {
        @for notice in &scene.notices { p { (notice) } }
        @if let Some(filtered) = &scene.filtered { p { (filtered.sentence) } }
        @if view.knows_postcodes() && links.has_server() { (ask_for_postcode(links, "", None)) }
        p class="ways" {
            a href=(table) { (say_with("all-in-table", &[("areas", areas.into())])) }
            a href={ (table) "#choose" } { (say("choose-other")) }
        }
        table {
            caption { @if is_ranked { (say_with("first-rows", &caption)) } @else { (say_with("first-rows-unranked", &caption)) } }
            thead {
                tr {
                    @if is_ranked { th.number scope="col" { (say("rank")) } }
                    th scope="col" { (say("area")) }
                    @for column in &columns { th class=[column.is_number.then_some("number")] scope="col" { (column.heading) } }
                }
            }
            tbody {
                @for position in listed {
                    tr {
                        @if is_ranked { td.number { @if let Some(rank) = rank_of(position) { (count(rank as usize)) } } }
                        th scope="row" {
                            a href=(links.area(&Selected { geography, position })) { bdi { (geography.areas()[position].shown_name()) } }
                        }
                        @for column in &columns { td class=[column.is_number.then_some("number")] { (column.cell(position)) } }
                    }
                }
            }
        }
    })
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
