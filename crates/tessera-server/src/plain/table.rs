//! `GET /table`: every area of a view with its value, and a form that leads to other views.

use axum::extract::RawQuery;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use tessera_atlas::AtlasView;
use tessera_atlas::catalogue::Indicator;
use tessera_atlas::classes::{Classes, Question};
use tessera_atlas::column::Column;
use tessera_atlas::compare::Selected;
use tessera_atlas::manifest::Kind;
use tessera_atlas::postcode::Postcode;
use tessera_atlas::words::count;

use super::document::Document;
use super::links::{self, Links};
use super::shown;
use super::words::{say, say_with, statuses};
use crate::answer::Freshness;
use crate::error::ApiError;
use crate::frame::page_policy;
use crate::gate::PageAtlas;
use crate::parameters::{capitalised, last_of};
use crate::routes::question::question;

/// The orders of the rows, the default first; as in the list of the page.
const SORTS: [&str; 3] = ["worst", "best", "name"];

/// What the orders are called, by the names of the indicator's ends.
fn sort_words(indicator: &Indicator) -> [String; 3] {
    let (worst, best) = indicator.ends_by_rank();
    let by_rank = |end: &str| say_with("order-first", &[("end", capitalised(end).into())]);
    [by_rank(worst), by_rank(best), say("sort-name")]
}

/// The table of a view; a postcode leads to the page of its area.
pub(crate) async fn page(
    RawQuery(query): RawQuery,
    PageAtlas { view, asked, delivery, pin }: PageAtlas,
) -> Result<Response, ApiError> {
    let query = query.unwrap_or_default();
    let links = Links::on(delivery, &format!("table?{query}"), pin.as_ref());
    let typed = last_of(&query, "postcode").filter(|typed| !typed.trim().is_empty() && view.knows_postcodes());
    let said = match typed.as_deref().map(|typed| find(&view, typed)) {
        Some(Found::Area(address)) => return Ok(led_to(&links.kept(address))),
        Some(Found::Nothing(sentence)) => Some(sentence),
        None => None,
    };
    let compute = move || {
        let question = question(&view, &query);
        let classes = question.as_ref().map(|question| view.classes(question)).transpose()?.flatten();
        let sort = last_of(&query, "sort").unwrap_or_default();
        let sort = SORTS.into_iter().find(|word| *word == sort).unwrap_or(SORTS[0]);
        let (subject, heading, table) = match (&question, &classes) {
            (Some(question), Some(classes)) => {
                (subject(question), classes.sentence.clone(), table(&view, &links, question, classes, sort)?)
            }
            _ => (say("nothing-to-show"), say("nothing-to-show"), html! {}),
        };
        let main = html! {
            h1.brief { (heading) }
            @if let Some(said) = &said { p role="status" { strong { (said) } } }
            @if view.knows_postcodes() && links.has_server() { (ask_for_postcode(&links, typed.as_deref().unwrap_or_default())) }
            @if let Some(question) = &question {
                @if links.has_server() { (choices(&view, &links, question, sort)) } @else { (others(&view, &links, question)) }
            }
            (table)
        };
        Ok(Document { links: &links, subject: &subject, main }.content(&view))
    };
    let mut response = asked.content(Freshness::Recallable, compute).await?;
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, page_policy(None));
    Ok(response)
}

/// Where a postcode leads.
enum Found {
    /// To the page of an area.
    Area(String),
    /// Nowhere, as a sentence says.
    Nothing(String),
}

/// The smallest area around a postcode. Areas that overlap do not count: a place may lie in several.
fn find(view: &AtlasView, typed: &str) -> Found {
    let Ok(postcode) = typed.parse::<Postcode>() else {
        return Found::Nothing(say_with("postcode-unread", &[("text", typed.into())]));
    };
    let areas = view.locate_postcode(&postcode).map(|found| found.areas).unwrap_or_default();
    match areas.iter().filter(|area| area.geography.tiling).max_by_key(|area| area.geography.len()) {
        Some(area) => Found::Area(links::area(area)),
        None => Found::Nothing(say_with("postcode-outside", &[("postcode", postcode.to_string().into())])),
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

fn subject(question: &Question<'_>) -> String {
    let arguments = [("indicator", question.indicator.name.en().into()), ("period", question.period.words().into())];
    say_with("table-title", &arguments)
}

fn ask_for_postcode(links: &Links, typed: &str) -> Markup {
    html! {
        form action="table" {
            (kept_edition(links))
            label { (say("postcode")) input name="postcode" autocomplete="postal-code" size="12" value=(typed); }
            button { (say("find")) }
        }
    }
}

/// A form says again which edition the page keeps to.
fn kept_edition(links: &Links) -> Markup {
    html! { @if let Some(pin) = links.pin() { input type="hidden" name="edition" value=(pin); } }
}

fn choices(view: &AtlasView, links: &Links, question: &Question<'_>, sort: &str) -> Markup {
    let geographies = view.geographies().iter().map(|own| (own.id.clone(), own.name.en().to_owned()));
    let indicators = view.indicators().iter().map(|own| (own.id.clone(), own.name.en().to_owned()));
    let periods = view.periods(question.geography, question.indicator).into_iter().rev();
    let periods = periods.map(|period| (period.to_string(), period.words()));
    let sorts = SORTS.map(str::to_owned).into_iter().zip(sort_words(question.indicator));
    html! {
        form action="table" aria-label=(say("choose")) {
            (kept_edition(links))
            (choice("geography", &say("areas"), geographies, &question.geography.id))
            (choice("indicator", &say("indicator"), indicators, &question.indicator.id))
            (choice("period", &say("period"), periods, &question.period.to_string()))
            (choice("sort", &say("choose-sort"), sorts, sort))
            @if let Some(within) = question.within { input type="hidden" name="within" value=(within.parameter()); }
            button { (say("show")) }
        }
    }
}

/// The tables that there are, where no program answers a form: of each geography, and of this one's indicators.
fn others(view: &AtlasView, links: &Links, question: &Question<'_>) -> Markup {
    let is_published = |indicator: &&Indicator| !view.periods(question.geography, indicator).is_empty();
    html! {
        nav aria-label=(say("choose")) {
            p.ways {
                @for geography in view.geographies() {
                    a href=(links.table(geography, None)) { (capitalised(&geography.plural())) }
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

/// The areas of the question, those with a rank first.
fn positions(question: &Question<'_>, classes: &Classes, sort: &str) -> Vec<usize> {
    let geography = question.geography;
    let is_asked = |position: &usize| question.within.is_none_or(|within| within.holds(geography, *position));
    let mut positions: Vec<usize> = (0..geography.len()).filter(is_asked).collect();
    let rank = |position: usize| classes.rank.values.get(position).copied().flatten().map(i64::from);
    match sort {
        "name" => positions.sort_by_cached_key(|position| geography.areas()[*position].shown_name().to_lowercase()),
        "best" => positions.sort_by_key(|position| rank(*position).map_or(i64::MAX, |rank| -rank)),
        _ => positions.sort_by_key(|position| rank(*position).unwrap_or(i64::MAX)),
    }
    positions
}

fn table(
    view: &AtlasView,
    links: &Links,
    question: &Question<'_>,
    classes: &Classes,
    sort: &str,
) -> Result<Markup, ApiError> {
    let Question { geography, indicator, period, within, .. } = *question;
    let positions = positions(question, classes, sort);
    let parent = view.broadest_parent(geography);
    let column = view.column(geography, indicator, period)?;
    let unit = indicator.unit.en();
    let is_figure = indicator.kind != Kind::Category;
    let caption = [
        ("indicator", indicator.name.en().into()),
        ("period", period.words().into()),
        ("n", positions.len().into()),
        ("count", count(positions.len()).into()),
        ("area", geography.singular.en().into()),
        ("areas", geography.plural().into()),
    ];
    Ok(html! {
        p.ways {
            @if geography.shape.is_some() { a href=(links.view(question)) { (say("show-on-map")) } }
            a href=(links.csv(view.id().as_str(), question)) { (say("download")) }
            @if within.is_some() {
                a href=(links.table(geography, Some(indicator))) { (say_with("whole", &[("place", view.info().place.en().into())])) }
            }
        }
        @if let Some(note) = &classes.note { p { (note) } }
        div.wide {
            table {
                caption { (say_with("table-caption", &caption)) }
                thead {
                    tr {
                        @if classes.rank.n > 0 { th.number scope="col" { (say("rank")) } }
                        th scope="col" { (say("area")) }
                        th.number[is_figure] scope="col" { @if unit.is_empty() { (say("value")) } @else { (capitalised(unit)) } }
                        th scope="col" { (say("class")) }
                        @if let Some(parent) = parent { th scope="col" { (capitalised(parent.singular.en())) } }
                    }
                }
                tbody { @for position in positions { (row(view, links, question, classes, column.as_deref(), position)) } }
            }
        }
    })
}

fn row(
    view: &AtlasView,
    links: &Links,
    question: &Question<'_>,
    classes: &Classes,
    column: Option<&Column>,
    position: usize,
) -> Markup {
    let Question { geography, indicator, .. } = *question;
    let own = Selected { geography, position };
    let rank = classes.rank.values.get(position).copied().flatten();
    let class = classes.classes.get(position).copied().flatten();
    let value = column.and_then(|column| column.values.get(position).copied().flatten());
    let status = column.map(|column| column.status_of(position)).unwrap_or_default();
    let parent = view.broadest_parent(geography);
    let parent_area = parent.and_then(|parent| {
        let position = geography.parents_in(&parent.id)?.of.get(position).copied().flatten()?;
        Some(Selected { geography: parent, position: position as usize })
    });
    html! {
        tr {
            @if classes.rank.n > 0 { td.number { (rank.map(|rank| count(rank as usize)).unwrap_or_default()) } }
            th scope="row" { a href=(links.area(&own)) { bdi.brief { (own.area().shown_name()) } } }
            td.number[indicator.kind != Kind::Category] {
                @if let Some(value) = value { (indicator.words(value)) }
                @if !status.is_empty() { span.soft { (statuses(status)) } }
            }
            td.class { @if let Some(class) = class { (shown::class(indicator, classes, class as usize)) } }
            @if parent.is_some() {
                td { @if let Some(area) = &parent_area { a href=(links.area(area)) { bdi.brief { (area.area().shown_name()) } } } }
            }
        }
    }
}
