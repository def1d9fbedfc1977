//! `GET /embed`: the finding and its classes, for other sites to show in a frame.

use axum::extract::RawQuery;
use axum::http::header;
use axum::response::Response;
use maud::{Markup, html};
use tessera_atlas::AtlasView;
use tessera_atlas::classes::{Classes, Question};
use tessera_atlas::words::{count, number};

use super::document::Document;
use super::links::Links;
use super::shown;
use super::words::{say, say_with};
use crate::answer::Freshness;
use crate::error::ApiError;
use crate::frame::embedded_policy;
use crate::gate::Atlas;
use crate::parameters::capitalised;
use crate::routes::question::question;

/// The view without its surroundings; the one page that others may frame.
pub(crate) async fn page(
    RawQuery(query): RawQuery,
    Atlas { view, asked, delivery, .. }: Atlas,
) -> Result<Response, ApiError> {
    let policy = embedded_policy(view.info().embed_hosts.as_deref());
    let compute = move || {
        let links = Links::on(delivery, "embed");
        let question = question(&view, &query.unwrap_or_default());
        let classes = question.as_ref().map(|question| view.classes(question)).transpose()?.flatten();
        let main = match (&question, &classes) {
            (Some(question), Some(classes)) => main(&view, &links, question, classes),
            _ => html! { h1 { (say("nothing-to-show")) } },
        };
        let subject = classes.map(|classes| classes.sentence).unwrap_or_default();
        Ok(Document { root: links.root(), subject: &subject, framed: true, main }.content(&view))
    };
    let mut response = asked.content(Freshness::Recallable, compute).await?;
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}

fn main(view: &AtlasView, links: &Links, question: &Question<'_>, classes: &Classes) -> Markup {
    let Question { geography, indicator, period, .. } = question;
    let atlas = view.info().title.en();
    let caption = [("indicator", indicator.name.en().into()), ("period", period.words().into())];
    html! {
        h1.brief { (classes.sentence) }
        @if let Some(note) = &classes.note { p { (note) } }
        div.wide {
            table.narrow {
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
        p {
            a target="_top" href=(links.view(question)) {
                (say_with("full-view", &[("atlas", atlas.into())]))
            }
        }
    }
}
