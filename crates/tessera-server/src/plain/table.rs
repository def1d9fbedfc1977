//! `GET /table`: every area of a view with its value, and a form that leads to other views.

use std::collections::BTreeMap;

use axum::extract::RawQuery;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use tessera_atlas::AtlasView;
use tessera_atlas::catalogue::Indicator;
use tessera_atlas::classes::Question;
use tessera_atlas::compare::{MOST_BESIDE, Selected};
use tessera_atlas::geography::Geography;
use tessera_atlas::postcode::Postcode;
use tessera_atlas::words::{count, isolated, list};

use super::columns::columns;
use super::compared::{compared, marks};
use super::deprivation::deprivation;
use super::document::Document;
use super::links::{self, Links};
use super::notes::{areas, notes};
use super::words::{say, say_with};
use crate::answer::Freshness;
use crate::error::ApiError;
use crate::frame::page_policy;
use crate::gate::PageAtlas;
use crate::parameters::{capitalised, first_of};
use crate::scene::{Found, Scene, of_screens, possible};
use crate::spreadsheet;

/// The orders of the rows, the default first; as in the list of the page.
const SORTS: [&str; 3] = ["worst", "best", "name"];
/// So many selected areas are named in the form.
const MOST_NAMED: usize = 5;

/// The order that a query asks for.
pub(super) fn sort_of(query: &str) -> &'static str {
    let asked = first_of(query, "sort").unwrap_or_default();
    SORTS.into_iter().find(|word| *word == asked).unwrap_or(SORTS[0])
}

/// What the orders are called, by the names of the indicator's ends.
fn sort_words(scene: &Scene<'_>) -> [String; 3] {
    let (worst, best) = scene.ends();
    let by_rank = |end: &str| say_with("order-first", &[("end", capitalised(end).into())]);
    [by_rank(&worst), by_rank(&best), say("sort-name")]
}

/// The table of a view; a postcode leads to the page of its area.
pub(crate) async fn page(
    RawQuery(query): RawQuery,
    PageAtlas { view, asked, delivery, pin, lost }: PageAtlas,
) -> Result<Response, ApiError> {
    let query = query.unwrap_or_default();
    let links = Links::on(delivery, &format!("table?{query}"), pin.as_ref());
    let typed = first_of(&query, "postcode").filter(|typed| !typed.trim().is_empty() && view.knows_postcodes());
    let spoken_of = first_of(&query, "indicator").filter(|id| view.indicator(id).is_some());
    let said = match typed.as_deref().map(|typed| find(&view, typed, spoken_of.as_deref())) {
        Some(Way::Area(address)) => return Ok(led_to(&links.kept(address))),
        Some(Way::Nothing(sentence)) => Some(sentence),
        None => None,
    };
    let asked = asked.whatever(of_screens(&view, &query));
    let compute = move || {
        let scene = Scene::of(&view, &query, lost.as_deref(), delivery)?;
        let sort = sort_of(&query);
        let (subject, heading, table) = match &scene {
            Some(scene) => (subject(scene), scene.sentence(), table(&view, &links, scene, sort)?),
            None => (say("nothing-to-show"), say("nothing-to-show"), html! {}),
        };
        let main = html! {
            h1.brief { (heading) }
            @if let Some(said) = &said { p role="status" { strong { (said) } } }
            @if let Some(scene) = &scene { @for notice in &scene.notices { p.notice { (notice) } } }
            @if view.knows_postcodes() && links.has_server() { (ask_for_postcode(&links, typed.as_deref().unwrap_or_default(), spoken_of.as_deref())) }
            @if let Some(scene) = &scene {
                @if links.has_server() { (choices(&view, &links, scene, sort)) } @else { (others(&view, &links, &scene.question)) }
            }
            (table)
        };
        Ok(Document { links: &links, subject: &subject, main }.content(&view))
    };
    let mut response = asked.content(Freshness::Withdrawable, compute).await?;
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, page_policy(None));
    Ok(response)
}

/// Where a postcode leads.
enum Way {
    /// To the page of an area.
    Area(String),
    /// Nowhere, as a sentence says.
    Nothing(String),
}

/// The smallest area around a postcode, of those that the indicator is published for, which is the one that the atlas opens with unless
/// another is spoken of. Areas that overlap do not count: a place may lie in several.
fn find(view: &AtlasView, typed: &str, indicator: Option<&str>) -> Way {
    let Ok(postcode) = typed.parse::<Postcode>() else {
        return Way::Nothing(say_with("postcode-unread", &[("text", typed.into())]));
    };
    let areas = view.locate_postcode(&postcode).map(|found| found.areas).unwrap_or_default();
    let indicator = view.indicator(indicator.unwrap_or(&view.opening().indicator));
    let is_published_for =
        |geography: &Geography| indicator.is_some_and(|own| !view.periods(geography, own).is_empty());
    let tiling = areas.iter().filter(|area| area.geography.tiling);
    match tiling.max_by_key(|area| (is_published_for(area.geography), area.geography.len())) {
        Some(area) => Way::Area(links::area(area)),
        None => Way::Nothing(say_with("postcode-outside", &[("postcode", postcode.to_string().into())])),
    }
}

/// The answer that leads to another page. It is not kept: it is about what somebody typed.
fn led_to(address: &str) -> Response {
    match HeaderValue::from_str(address) {
        Ok(address) => {
            let kept = (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            (StatusCode::SEE_OTHER, [(header::LOCATION, address), kept]).into_response()
        }
        Err(error) => ApiError::internal(error).into_response(),
    }
}

fn subject(scene: &Scene<'_>) -> String {
    say_with("table-title", &[("indicator", scene.indicator().into()), ("period", scene.time().into())])
}

/// The form that leads to the area around a postcode.
pub(crate) fn ask_for_postcode(links: &Links, typed: &str, indicator: Option<&str>) -> Markup {
    html! {
        form action="table" {
            (kept_edition(links))
            @if let Some(indicator) = indicator { input type="hidden" name="indicator" value=(indicator); }
            label { (say("postcode")) input name="postcode" autocomplete="postal-code" size="12" value=(typed); }
            button { (say("find")) }
        }
    }
}

/// A form says again which edition the page keeps to.
fn kept_edition(links: &Links) -> Markup {
    html! { @if let Some(pin) = links.pin() { input type="hidden" name="edition" value=(pin); } }
}

fn choices(view: &AtlasView, links: &Links, scene: &Scene<'_>, sort: &str) -> Markup {
    let question = &scene.question;
    let geographies = view.geographies().iter().map(|own| (own.id.clone(), own.name.en().to_owned()));
    let indicators = view.indicators().iter().map(|own| (own.id.clone(), own.name.en().to_owned()));
    let periods = view.periods(question.geography, question.indicator).into_iter().rev();
    let periods = periods.map(|period| (period.to_string(), period.words()));
    let modes = possible(view, question).into_iter().map(|mode| (mode.to_owned(), mode_name(mode)));
    let sorts = SORTS.map(str::to_owned).into_iter().zip(sort_words(scene));
    html! {
        form #choose action="table" aria-label=(say("choose")) {
            (kept_edition(links))
            (choice("geography", &say("areas"), geographies, &question.geography.id))
            (choice("indicator", &say("indicator"), indicators, &question.indicator.id))
            (choice("period", &say("period"), periods, &question.period.to_string()))
            (choice("mode", &say("show-as"), modes, scene.found.mode()))
            (choice("sort", &say("choose-sort"), sorts, sort))
            (kept(scene))
            @for (name, text) in scene.others.iter().filter(|(name, _)| !["mode", "areas", "set", "filter"].contains(name)) {
                input type="hidden" name=(name) value=(text);
            }
            button { (say("show")) }
        }
    }
}

/// What the view singles out, by name: it stays beside what is chosen anew, unless its mark is taken away.
fn kept(scene: &Scene<'_>) -> Markup {
    let Question { geography, within, .. } = &scene.question;
    let within = within.as_ref().map(|within| {
        let around = Selected { geography: within.geography, position: within.position };
        ("within", within.parameter(), say_with("only-in", &[("area", around.area().shown_name().into())]))
    });
    let selected = selection(scene).map(|codes| {
        let names: Vec<String> = scene
            .selected
            .iter()
            .take(MOST_NAMED)
            .map(|area| isolated(area.area().shown_name()).into_owned())
            .collect();
        let n = scene.selected.len();
        let words = if n > MOST_NAMED { areas(geography, n) } else { list(&names) };
        ("areas", codes, words)
    });
    let sets = scene.sets.drawn.iter().zip(&scene.sets.texts);
    let sets = sets.map(|(set, text)| ("set", text.clone(), set.name().to_owned()));
    let filter = scene.filtered.as_ref().map(|filtered| {
        ("filter", filtered.text.clone(), say_with("only-filtered", &[("filter", filtered.text.as_str().into())]))
    });
    let all: Vec<(&str, String, String)> = within.into_iter().chain(selected).chain(sets).chain(filter).collect();
    html! {
        @if !all.is_empty() {
            fieldset {
                legend { (say("keep")) }
                @for (name, text, words) in all {
                    label.tick { input type="checkbox" name=(name) value=(text) checked; bdi.brief { (words) } }
                }
            }
        }
    }
}

/// The codes of what is selected, each with its geography, for the form may lead to another one. Of more than can be written they are
/// the entries of the address.
fn selection(scene: &Scene<'_>) -> Option<String> {
    let written = scene.others.iter().find(|(name, _)| *name == "areas").map(|(_, text)| text)?;
    if scene.selected.len() > MOST_BESIDE {
        let own = &scene.question.geography.id;
        let is_qualified = |part: &str| part.contains(':') || part == "filter";
        let parts = written.split(',').filter(|part| !part.is_empty());
        let parts = parts.map(|part| if is_qualified(part) { part.to_owned() } else { format!("{own}:{part}") });
        return Some(parts.collect::<Vec<_>>().join(","));
    }
    let codes = scene.selected.iter().map(|area| format!("{}:{}", area.geography.id, area.area().code));
    Some(codes.collect::<Vec<_>>().join(","))
}

fn mode_name(mode: &str) -> String {
    match mode {
        "change" => say("mode-change"),
        "double" => say("mode-double"),
        "hotspots" => say("hotspots"),
        "significance" => say("mode-significance"),
        _ => say("map"),
    }
}

/// The tables that there are, where no program answers a form: of each geography, and of this one's indicators.
fn others(view: &AtlasView, links: &Links, question: &Question<'_>) -> Markup {
    let is_published = |indicator: &&Indicator| !view.periods(question.geography, indicator).is_empty();
    html! {
        nav #choose aria-label=(say("choose")) {
            p.ways {
                @for geography in view.geographies() {
                    a href=(links.table(geography, None)) { (capitalised(&geography.distinct_plural())) }
                }
            }
            details {
                summary { (say("other-indicators")) }
                ul {
                    @for indicator in view.indicators().iter().filter(is_published) {
                        li { a href=(links.table(question.geography, Some(indicator))) { (indicator.name.en()) } }
                    }
                }
            }
        }
    }
}

fn choice(name: &str, label: &str, options: impl Iterator<Item = (String, String)>, chosen: &str) -> Markup {
    html! {
        label {
            (label)
            select name=(name) {
                @for (value, words) in options { option value=(value) selected[value == chosen] { (words) } }
            }
        }
    }
}

/// The areas of the question, those with a rank first; those of one rank in the order of their codes.
pub(super) fn positions(scene: &Scene<'_>, sort: &str) -> Vec<usize> {
    let geography = scene.question.geography;
    let mut positions: Vec<usize> = (0..geography.len()).filter(|position| scene.lists(*position)).collect();
    let rank = |position: usize| scene.rank().values.get(position).copied().flatten().map(i64::from);
    match sort {
        "name" => positions.sort_by_cached_key(|position| geography.areas()[*position].shown_name().to_lowercase()),
        "best" => positions.sort_by_key(|position| rank(*position).map_or(i64::MAX, |rank| -rank)),
        _ => positions.sort_by_key(|position| rank(*position).unwrap_or(i64::MAX)),
    }
    positions
}

fn table(view: &AtlasView, links: &Links, scene: &Scene<'_>, sort: &str) -> Result<Markup, ApiError> {
    let Question { geography, within, .. } = scene.question;
    let positions = positions(scene, sort);
    let columns = columns(view, scene)?;
    let parent = view.broadest_parent(geography);
    let caption = [
        ("indicator", scene.indicator().into()),
        ("period", scene.time().into()),
        ("n", positions.len().into()),
        ("count", count(positions.len()).into()),
        ("area", geography.singular.en().into()),
        ("areas", geography.plural().into()),
    ];
    let whole = links.whole_table(&scene.question, &scene.of_mode());
    let is_ranked = scene.rank().n > 0;
    let mut of_rank = BTreeMap::new();
    scene.rank().values.iter().flatten().for_each(|rank| *of_rank.entry(*rank).or_insert(0_usize) += 1);
    // As in the list of the page: `4=` where areas share it.
    let place = |rank: u32| count(rank as usize) + if of_rank.get(&rank).is_some_and(|n| *n > 1) { "=" } else { "" };
    let row = |position: usize| {
        let own = Selected { geography, position };
        let rank = scene.rank().values.get(position).copied().flatten();
        html! {
            tr {
                @if is_ranked { td.number { (rank.map(place).unwrap_or_default()) } }
                th scope="row" {
                    a href=(links.area(&own)) { bdi.brief { (own.area().shown_name()) } }
                    @for mark in marks(scene, position) { span.soft { bdi { (mark) } } }
                }
                @for column in &columns { td.number[column.is_number].class[column.is_class] { (column.cell(position)) } }
                @if let Some(parent) = parent { td { (inside(links, &own, parent)) } }
            }
        }
    };
    Ok(html! {
        p.ways {
            @if geography.shape.is_some() { a href=(links.view(&scene.question, &scene.others)) { (say("show-on-map")) } }
            a href=(links.csv(view.id().as_str(), scene, sort)) download=(file_name(scene)) { (say("download")) }
            @if within.is_some() {
                a href=(whole) { (say_with("whole", &[("place", view.info().place.en().into())])) }
            } @else if scene.singles_out() {
                a href=(whole) { (say_with("all-areas", &[("areas", geography.plural().into())])) }
            }
        }
        @if let (Found::Values, Some(note)) = (&scene.found, &scene.classes.note) { p { (note) } }
        @for note in notes(scene) { p { (note) } }
        (compared(view, links, scene, &columns)?)
        (deprivation(view, links, scene)?)
        @if let Some(filtered) = &scene.filtered {
            h2 { (say("filter")) }
            p { (filtered.sentence) }
            p { (say_with("list-filtered", &[("areas", areas(geography, positions.len()).into())])) }
        }
        @if positions.is_empty() { p { (say("no-areas")) } }
        @else {
            div.wide {
                table {
                    caption { (say_with("table-caption", &caption)) }
                    thead {
                        tr {
                            @if is_ranked { th.number scope="col" { (say("rank")) } }
                            th scope="col" { (say("area")) }
                            @for column in &columns { th.number[column.is_number] scope="col" { (column.heading) } }
                            @if let Some(parent) = parent { th scope="col" { (capitalised(&parent.distinct_singular())) } }
                        }
                    }
                    tbody { @for position in positions { (row(position)) } }
                }
            }
        }
    })
}

/// What the file of a table is called: geography, indicator and period, and what it is limited to and held by.
fn file_name(scene: &Scene<'_>) -> String {
    let Question { geography, indicator, period, within, .. } = &scene.question;
    let period = period.to_string();
    let within = within.map(|within| within.geography.areas()[within.position].code.as_str());
    let filtered = scene.filtered.as_ref().map(|_| "filtered");
    let mode = Some(scene.found.mode()).filter(|mode| *mode != "map");
    let own = [geography.id.as_str(), &indicator.id, &period];
    spreadsheet::file_name(own.into_iter().chain(within).chain(filtered).chain(mode))
}

/// The larger area that one lies in.
fn inside(links: &Links, own: &Selected<'_>, parent: &Geography) -> Markup {
    let around =
        own.geography.parents_in(&parent.id).and_then(|parents| parents.of.get(own.position).copied().flatten());
    let around = around.map(|position| Selected { geography: parent, position: position as usize });
    html! { @if let Some(area) = &around { a href=(links.area(area)) { bdi.brief { (area.area().shown_name()) } } } }
}
