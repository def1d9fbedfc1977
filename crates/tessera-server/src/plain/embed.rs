//! `GET /embed`: the view for other sites to show in a frame. Its finding and classes stand in the HTML before any script.

use axum::extract::RawQuery;
use axum::http::header;
use axum::response::Response;
use maud::{Markup, PreEscaped, html};
use tessera_atlas::AtlasView;
use tessera_atlas::classes::{Classes, PeopleInClasses, Question};
use tessera_atlas::kinds::Kinds;
use tessera_atlas::words::{count, number};

use super::links::Links;
use super::shown;
use super::title::title;
use super::words::{say, say_with};
use crate::answer::{Content, Freshness};
use crate::assets;
use crate::error::ApiError;
use crate::frame::embedded_policy;
use crate::gate::PageAtlas;
use crate::parameters::capitalised;
use crate::scene::{Found, Scene, of_screens};
use crate::settings::Delivery;

/// The view without its surroundings; the one page that others may frame.
pub(crate) async fn page(
    RawQuery(query): RawQuery,
    PageAtlas { view, asked, delivery, pin, lost }: PageAtlas,
) -> Result<Response, ApiError> {
    let base_map = view.info().basemap.as_ref().map(|(url, _)| url.as_str());
    let policy = embedded_policy(base_map, view.info().embed_hosts.as_deref());
    let query = query.unwrap_or_default();
    let asked = asked.whatever(of_screens(&view, &query));
    let compute = move || {
        let links = Links::on(delivery, "embed.html", pin.as_ref());
        let scene = Scene::of(&view, &query, lost.as_deref(), delivery)?;
        filled(&view, scene.as_ref(), &links, delivery)
    };
    let mut response = asked.content(Freshness::Withdrawable, compute).await?;
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}

fn filled(view: &AtlasView, scene: Option<&Scene<'_>>, links: &Links, delivery: Delivery) -> Result<Content, ApiError> {
    let atlas = view.info().title.en();
    let (sentence, table, way) = match scene {
        Some(scene) => (scene.sentence(), tables(scene), links.view(&scene.question, &scene.others)),
        None => (say("nothing-to-show"), html! {}, links.home()),
    };
    let notices = scene.map(|scene| &scene.notices[..]).unwrap_or_default();
    let attribution: Vec<&str> = view.info().attribution.iter().map(|text| text.en()).collect();
    let title = title(&sentence, atlas);
    let parts = [
        ("delivery", html! { (PreEscaped(delivery.said())) }),
        ("title", html! { (title) }),
        ("sentence", html! { (sentence) }),
        ("table", html! { @for notice in notices { p { (notice) } } (table) }),
        ("way", html! { a target="_top" href=(way) { (say_with("full-view", &[("atlas", atlas.into())])) } }),
        ("attribution", html! { (attribution.join(" · ")) }),
    ];
    assets::filled("embed.html", &parts.map(|(name, markup)| (name, markup.into_string())))
}

/// What the legend says: the classes of the map, or of each of two.
fn tables(scene: &Scene<'_>) -> Markup {
    let Scene { question, classes, .. } = scene;
    let of_classes = |question: &Question<'_>, classes: &Classes| {
        let rows = classes.counts.iter().enumerate();
        let rows = rows.map(|(class, areas)| (shown::class(question.indicator, classes, class), *areas)).collect();
        let named = (question.indicator.name.en().to_owned(), question.period.words());
        html! { @if let Some(note) = &classes.note { p { (note) } } (table(question, named, rows, &classes.people)) }
    };
    let of_kinds = |kinds: &Kinds| {
        let rows = kinds.names.iter().zip(&kinds.counts).map(|(name, areas)| (shown::kind(name), *areas)).collect();
        table(question, (scene.indicator(), scene.time()), rows, &kinds.people)
    };
    match &scene.found {
        Found::Values => of_classes(question, classes),
        Found::Hotspots(found) => of_kinds(&found.kinds),
        Found::Verdicts(held) => of_kinds(&held.kinds),
        Found::Change(change) => {
            let rows = change.counts.iter().enumerate();
            let rows = rows.map(|(class, areas)| (shown::class_of_change(change, class), *areas)).collect();
            table(question, (scene.indicator(), scene.time()), rows, &change.people)
        }
        Found::Beside(second) => {
            html! { (of_classes(question, classes)) (of_classes(&second.question, &second.classes)) }
        }
    }
}

/// Areas and people by class; each row is called by its words and holds so many areas.
fn table(
    question: &Question<'_>,
    (indicator, period): (String, String),
    rows: Vec<(String, usize)>,
    people: &[PeopleInClasses],
) -> Markup {
    html! {
        div.wide {
            table {
                caption { (say_with("classes-caption", &[("indicator", indicator.into()), ("period", period.into())])) }
                thead {
                    tr {
                        th scope="col" { (say("class")) }
                        th.number scope="col" { (capitalised(&question.geography.plural())) }
                        @for people in people { th.number scope="col" { (people.name) } }
                    }
                }
                tbody {
                    @for (class, (words, areas)) in rows.into_iter().enumerate() {
                        tr {
                            th scope="row" { (words) }
                            td.number { (count(areas)) }
                            @for people in people {
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
