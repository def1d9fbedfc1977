//! `GET /embed`: the view for other sites to show in a frame. Its finding and classes stand in the HTML before any script.

use axum::extract::RawQuery;
use axum::http::header;
use axum::response::Response;
use maud::{Markup, PreEscaped, html};
use tessera_atlas::AtlasView;
use tessera_atlas::classes::{Classes, Question};
use tessera_atlas::words::{count, number};

use super::links::Links;
use super::shown;
use super::words::{say, say_with};
use crate::answer::{Content, Freshness};
use crate::assets;
use crate::error::ApiError;
use crate::frame::embedded_policy;
use crate::gate::PageAtlas;
use crate::parameters::capitalised;
use crate::routes::question::question;
use crate::settings::Delivery;

/// The view without its surroundings; the one page that others may frame.
pub(crate) async fn page(
    RawQuery(query): RawQuery,
    PageAtlas { view, asked, delivery, pin }: PageAtlas,
) -> Result<Response, ApiError> {
    let base_map = view.info().basemap.as_ref().map(|(url, _)| url.as_str());
    let policy = embedded_policy(base_map, view.info().embed_hosts.as_deref());
    let compute = move || {
        let links = Links::on(delivery, "embed.html", pin.as_ref());
        filled(&view, &query.unwrap_or_default(), &links, delivery)
    };
    let mut response = asked.content(Freshness::Recallable, compute).await?;
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}

fn filled(view: &AtlasView, query: &str, links: &Links, delivery: Delivery) -> Result<Content, ApiError> {
    let question = question(view, query);
    let classes = question.as_ref().map(|question| view.classes(question)).transpose()?.flatten();
    let atlas = view.info().title.en();
    let (sentence, table, way) = match (&question, &classes) {
        (Some(question), Some(classes)) => (classes.sentence.clone(), table(question, classes), links.view(question)),
        _ => (say("nothing-to-show"), html! {}, links.home()),
    };
    let attribution: Vec<&str> = view.info().attribution.iter().map(|text| text.en()).collect();
    let title = say_with("title", &[("subject", sentence.as_str().into()), ("atlas", atlas.into())]);
    let parts = [
        ("delivery", html! { (PreEscaped(delivery.said())) }),
        ("title", html! { (title) }),
        ("sentence", html! { (sentence) }),
        ("table", table),
        ("way", html! { a target="_top" href=(way) { (say_with("full-view", &[("atlas", atlas.into())])) } }),
        ("attribution", html! { (attribution.join(" · ")) }),
    ];
    assets::filled("embed.html", &parts.map(|(name, markup)| (name, markup.into_string())))
}

fn table(question: &Question<'_>, classes: &Classes) -> Markup {
    let Question { geography, indicator, period, .. } = question;
    let caption = [("indicator", indicator.name.en().into()), ("period", period.words().into())];
    html! {
        @if let Some(note) = &classes.note { p { (note) } }
        div.wide {
            table {
                caption { (say_with("classes-caption", &caption)) }
                thead {
                    tr {
                        th scope="col" { (say("class")) }
                        th.number scope="col" { (capitalised(&geography.plural())) }
                        @for people in &classes.people { th.number scope="col" { (people.name) } }
                    }
                }
                tbody {
                    @for (class, areas) in classes.counts.iter().enumerate() {
                        tr {
                            th scope="row" { (shown::class(indicator, classes, class)) }
                            td.number { (count(*areas)) }
                            @for people in &classes.people {
                                td.number {
                                    @if let Some(people) = people.values.get(class).copied().flatten() { (number(people, 0)) }
                                    @else { (say("status-not-available")) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
