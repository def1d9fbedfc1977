//! `GET /areas/{geography}/{code}`: the profile of an area.

use axum::http::header;
use axum::response::Response;
use maud::{Markup, html};
use tessera_atlas::AtlasView;
use tessera_atlas::compare::{Against, Selected};
use tessera_atlas::problem::did_you_mean;
use tessera_atlas::profile::ProfileEntry;
use tessera_atlas::search::search;
use tessera_atlas::words::number;

use super::document::Document;
use super::links::{self, Links};
use super::locator::locator;
use super::profile::Profile;
use super::words::{say, say_with};
use crate::answer::Freshness;
use crate::error::{ApiError, Place, Unknown};
use crate::frame::page_policy;
use crate::gate::PageAtlas;
use crate::parameters::{Segments, capitalised};
use crate::scene::without_edition;

/// What each value is held against, beside what is larger than the atlas.
const AGAINST: [Against<'static>; 3] = [Against::Parent, Against::Overall, Against::Target];
/// How many areas are suggested in place of one that is not there.
const SUGGESTIONS: usize = 5;

/// All that the atlas knows of one area.
pub(crate) async fn page(
    Segments((geography, code)): Segments<(String, String)>,
    PageAtlas { view, asked, delivery, pin, lost }: PageAtlas,
) -> Result<Response, ApiError> {
    let mut response = if find(&view, &geography, &code).is_some() {
        // What is said of a lost edition is not worth keeping for each.
        let asked = if lost.is_some() { asked } else { asked.whatever_but(pin.as_ref()) };
        let compute = move || {
            let selected = find(&view, &geography, &code).ok_or_else(|| not_found(&geography, &code, None))?;
            let links = Links::on(delivery, &links::area(&selected), pin.as_ref());
            let subject = selected.area().shown_name();
            let lost = lost.as_deref().map(without_edition);
            let profile = profile(&view, &links, &selected)?;
            let main = html! { @if let Some(notice) = lost { p.notice { (notice) } } (profile) };
            Ok(Document { links: &links, subject, main }.content(&view))
        };
        asked.content(Freshness::Withdrawable, compute).await?
    } else {
        let links = Links::on(delivery, "areas/geography/code", pin.as_ref());
        missing(&view, &links, &geography, &code)
    };
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, page_policy(None));
    Ok(response)
}

fn find<'a>(view: &'a AtlasView, geography: &str, code: &str) -> Option<Selected<'a>> {
    let geography = view.geography(geography)?;
    Some(Selected { geography, position: geography.position(code)? })
}

fn not_found(geography: &str, code: &str, known: Option<&str>) -> ApiError {
    match known {
        Some(_) => ApiError::unknown(Unknown::Area, code, Place::Path("code"), None),
        None => ApiError::unknown(Unknown::Geography, geography, Place::Path("geography"), None),
    }
}

/// The page of an area that is not there: it suggests others.
fn missing(view: &AtlasView, links: &Links, id: &str, code: &str) -> Response {
    let geography = view.geography(id);
    let likely = geography.map(|geography| {
        let found = search(geography, code, None, SUGGESTIONS).into_iter();
        found.map(|position| Selected { geography, position }).collect::<Vec<Selected<'_>>>()
    });
    // An area of this code may be known in another geography.
    let elsewhere = view.geographies().iter().filter_map(|geography| find(view, &geography.id, code));
    let likely: Vec<Selected<'_>> = likely.unwrap_or_default().into_iter().chain(elsewhere).collect();
    let known = view.geographies().iter().map(|geography| geography.id.as_str());
    let suggestion = if geography.is_none() { did_you_mean(id, known).map(|text| capitalised(&text)) } else { None };
    let main = html! {
        h1 { (say("no-area")) }
        @match geography {
            Some(geography) => p {
                (say_with("no-area-with-code", &[("geography", geography.name.en().into()), ("code", code.into())]))
            },
            None => p { (say_with("no-geography", &[("geography", id.into())])) " " (suggestion.unwrap_or_default()) },
        }
        @if !likely.is_empty() { p { (say("perhaps")) } ul { @for area in &likely { li { (link(links, area)) } } } }
        ul {
            @for other in view.geographies() {
                li { a href=(links.table(other, None)) { (say_with("all-areas", &[("areas", other.distinct_plural().into())])) } }
            }
        }
    };
    let html = Document { links, subject: &say("no-area"), main }.html(view);
    not_found(id, code, geography.map(|geography| geography.id.as_str())).into_page(html)
}

/// An area by its name and kind, leading to its page.
fn link(links: &Links, selected: &Selected<'_>) -> Markup {
    html! {
        a href=(links.area(selected)) { bdi.brief { (selected.area().shown_name()) } }
        " (" bdi { (selected.geography.distinct_singular()) } ")"
    }
}

fn profile(view: &AtlasView, links: &Links, selected: &Selected<'_>) -> Result<Markup, ApiError> {
    let (geography, area) = (selected.geography, selected.area());
    let notes = view.notes(&area.code, None, None);
    let people = view.people_of(&[*selected])?;
    let is_other = |other: &Selected<'_>| other.geography.id != geography.id || other.position != selected.position;
    let larger: Vec<Selected<'_>> = view.comparators().filter(is_other).collect();
    let against: Vec<Against<'_>> = AGAINST.into_iter().chain(larger.iter().copied().map(Against::Area)).collect();
    let profile = view.profile_against(*selected, &against)?;
    let around = around(view, selected);
    let held = |entry: &ProfileEntry| {
        let own = entry.comparison.areas.first().filter(|_| entry.shown_for.is_none())?;
        own.against.iter().find(|held| held.against == "parent" && held.code.is_some()).map(|held| held.name.clone())
    };
    let parent = profile.indicators.iter().find_map(held);
    let sections = Profile { view, links, selected: *selected, parent: parent.as_deref(), larger };
    Ok(html! {
        div.opening {
            div {
                p.kind { bdi { (capitalised(&geography.distinct_singular())) } " " (area.code) }
                h1 { (area.shown_name()) }
                p.lead { (profile.sentence) }
                p.ways {
                    @if geography.shape.is_some() { a href=(links.on_map(selected, None)) { (say("show-on-map")) } }
                    a href=(links.table(geography, None)) { (say_with("all-areas", &[("areas", geography.distinct_plural().into())])) }
                    span { (say("print-hint")) }
                }
                dl {
                    @if area.local_name.is_some() { div { dt { (say("official-name")) } dd { (area.name) } } }
                    @for around in &around {
                        div {
                            dt { (capitalised(&around.geography.distinct_singular())) }
                            dd { a href=(links.area(around)) { bdi.brief { (around.area().shown_name()) } } }
                        }
                    }
                    @for people in people {
                        div {
                            dt { (say_with("people", &[("name", people.name.into()), ("period", people.period.words().into())])) }
                            dd {
                                @if let Some(people) = people.values.first().copied().flatten() { (number(people, 0)) }
                                @else { (say("status-not-available")) }
                            }
                        }
                    }
                }
            }
            (locator(view, selected))
        }
        @if !notes.is_empty() { h2 { (say("notes")) } ul { @for note in notes { li { (note.text) } } } }
        (sections.sections(&profile.indicators))
    })
}

/// The areas that hold this one, clusters included, geography by geography.
fn around<'a>(view: &'a AtlasView, selected: &Selected<'a>) -> Vec<Selected<'a>> {
    let others = view.geographies().iter().filter(|other| other.id != selected.geography.id);
    let able = others.filter(|other| selected.geography.can_lie_in(other));
    let holding = able.flat_map(|other| {
        let holds = |position: &usize| selected.geography.lies_in(selected.position, other, *position);
        (0..other.len()).filter(holds).map(move |position| Selected { geography: other, position })
    });
    holding.collect()
}
