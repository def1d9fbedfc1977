//! `GET /areas/{geography}/{code}`: the profile of an area.

use axum::http::header;
use axum::response::Response;
use maud::{Markup, html};
use tessera_atlas::AtlasView;
use tessera_atlas::catalogue::{Indicator, Theme};
use tessera_atlas::cell::Status;
use tessera_atlas::compare::{Against, Comparator, Comparison, Confidence, Selected};
use tessera_atlas::problem::did_you_mean;
use tessera_atlas::search::search;
use tessera_atlas::text::Text;
use tessera_atlas::words::{count, number};

use super::document::Document;
use super::links::{self, Links};
use super::shown;
use super::words::{say, say_with, statuses};
use crate::answer::Freshness;
use crate::error::{ApiError, Place, Unknown};
use crate::frame::page_policy;
use crate::gate::PageAtlas;
use crate::parameters::{Segments, capitalised};
use crate::scene::without_edition;

/// What each value is held against.
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
        asked.content(Freshness::Recallable, compute).await?
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
    let is_published = |id: &&String| view.indicator(id).is_some_and(|own| !view.periods(geography, own).is_empty());
    let mut themes = Vec::new();
    flatten(&view.themes(), "", &mut themes);
    let themes: Vec<(String, Vec<String>)> = themes
        .into_iter()
        .map(|(path, indicators)| (path, indicators.iter().filter(is_published).cloned().collect()))
        .filter(|(_, indicators): &(String, Vec<String>)| !indicators.is_empty())
        .collect();
    let people = view.people_of(&[*selected])?;
    let themes = themes.iter().map(|(theme, indicators)| of_theme(view, links, selected, theme, indicators));
    let themes: Vec<Markup> = themes.collect::<Result<_, _>>()?;
    Ok(html! {
        h1 { (area.shown_name()) }
        p.ways {
            @if geography.shape.is_some() { a href=(links.on_map(selected, None)) { (say("show-on-map")) } }
            a href=(links.table(geography, None)) { (say_with("all-areas", &[("areas", geography.distinct_plural().into())])) }
        }
        h2 { (say("about")) }
        dl {
            dt { (say("code")) }
            dd { (area.code) " (" bdi { (geography.distinct_singular()) } ")" }
            @if area.local_name.is_some() { dt { (say("official-name")) } dd { (area.name) } }
            @for around in around(view, selected) {
                dt { (capitalised(&around.geography.distinct_singular())) }
                dd { a href=(links.area(&around)) { bdi.brief { (around.area().shown_name()) } } }
            }
            @for people in people {
                dt { (say_with("people", &[("name", people.name.into()), ("period", people.period.words().into())])) }
                dd {
                    @if let Some(people) = people.values.first().copied().flatten() { (number(people, 0)) }
                    @else { (say("status-not-available")) }
                }
            }
        }
        @if !notes.is_empty() { h2 { (say("notes")) } ul { @for note in notes { li { (note.text) } } } }
        @for theme in &themes { (theme) }
        @if themes.is_empty() {
            p { (say_with("nothing-published", &[("areas", geography.distinct_plural().into())])) }
        }
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

/// Each theme that has indicators of its own, by its path.
fn flatten(themes: &[Theme], above: &str, flat: &mut Vec<(String, Vec<String>)>) {
    for theme in themes {
        let path = if above.is_empty() { theme.name.clone() } else { format!("{above} / {}", theme.name) };
        if !theme.indicators.is_empty() {
            flat.push((path.clone(), theme.indicators.clone()));
        }
        flatten(&theme.themes, &path, flat);
    }
}

fn of_theme(
    view: &AtlasView,
    links: &Links,
    selected: &Selected<'_>,
    theme: &str,
    indicators: &[String],
) -> Result<Markup, ApiError> {
    let rows = indicators.iter().filter_map(|id| view.indicator(id)).map(|indicator| {
        Ok((indicator, view.compare(&[*selected], indicator, None, &AGAINST, Confidence::Percent95)?))
    });
    let rows: Vec<(&Indicator, Comparison)> = rows.collect::<Result<_, ApiError>>()?;
    let against = |name: &str| {
        let held = rows.iter().flat_map(|(_, row)| &row.areas).flat_map(|area| &area.against);
        held.filter(|held| held.against == name).collect::<Vec<&Comparator>>()
    };
    let parent = against("parent").into_iter().find(|parent| parent.code.is_some());
    let has_targets = against("target").iter().any(|target| target.value.is_some());
    let area = selected.area().shown_name();
    Ok(html! {
        h2 { (theme) }
        div.wide {
            table.profile {
                caption.unseen { (say_with("indicators-of", &[("theme", theme.into()), ("area", area.into())])) }
                thead {
                    tr {
                        th scope="col" { (say("indicator")) }
                        th scope="col" { (say("value")) }
                        th scope="col" { (say("period")) }
                        th scope="col" { (say("rank")) }
                        @if let Some(parent) = parent { th scope="col" { span.brief { (parent.name) } } }
                        th scope="col" { span.brief { (view.info().place.en()) } }
                        @if has_targets { th scope="col" { (say("target")) } }
                    }
                }
                tbody {
                    @for (indicator, row) in &rows {
                        (of_indicator(view, links, selected, indicator, row, parent.map(|parent| parent.name.as_str()), has_targets))
                    }
                }
            }
        }
    })
}

fn of_indicator(
    view: &AtlasView,
    links: &Links,
    selected: &Selected<'_>,
    indicator: &Indicator,
    row: &Comparison,
    parent: Option<&str>,
    has_targets: bool,
) -> Markup {
    let Some(own) = row.areas.first() else { return html! {} };
    // Remarks on the area as such stand above.
    let of_area: Vec<&str> =
        view.notes(&selected.area().code, None, None).into_iter().map(|note| note.text.as_str()).collect();
    let is_drawn = selected.geography.shape.is_some();
    let held = |name: &str| own.against.iter().find(|held| held.against == name);
    html! {
        tr {
            th scope="row" {
                a href=(links.table(selected.geography, Some(indicator))) { bdi.brief { (indicator.name.en()) } }
                (explained(indicator))
                @if is_drawn { a.soft href=(links.on_map(selected, Some(indicator))) { (say("show-on-map")) } }
            }
            td data-name=(say("value")) {
                @if let Some(value) = own.measured.value { span { (shown::value(indicator, value)) } }
                @if !own.measured.status.is_empty() { span.soft { (statuses(&own.measured.status)) } }
                @if let (Some(lower), Some(upper), Some(method)) = (own.measured.lower, own.measured.upper, own.measured.method) {
                    @let (lower, upper) = (indicator.words(lower), indicator.words(upper));
                    @let interval = [("lower", lower.into()), ("upper", upper.into()), ("method", method.into())];
                    span.soft { (say_with("interval", &interval)) }
                }
                @if let Some(share) = own.measured.coverage.filter(|_| !own.measured.status.contains(&Status::Suppressed)) {
                    span.soft { (coverage(share, own.measured.value.is_some())) }
                }
                @for note in own.notes.iter().filter(|note| !of_area.contains(&note.as_str())) { span.soft { (note) } }
            }
            td data-name=(say("period")) { (row.period.map(|period| period.words()).unwrap_or_default()) }
            td data-name=(say("rank")) { @if let Some(rank) = &own.rank { span.brief { (rank.words) } } }
            @if let Some(parent) = parent { td data-name=(parent) { (comparator(indicator, held("parent"))) } }
            td data-name=(view.info().place.en()) { (comparator(indicator, held("overall"))) }
            @if has_targets { td data-name=(say("target")) { (target(indicator, held("target"))) } }
        }
    }
}

/// How much of its people a sum covers, or that this was too little.
fn coverage(share: f64, has_value: bool) -> String {
    let percent = |share: f64| [("share", count(share as usize).into())];
    if has_value {
        say_with("coverage", &percent((share * 100.0).round()))
    } else if share > 0.0 {
        // 79.6% is less than the 80% that are needed.
        say_with("coverage-too-little", &percent((share * 100.0).floor()))
    } else {
        say("coverage-none")
    }
}

/// The value of a comparator, or why there is none.
fn comparator(indicator: &Indicator, held: Option<&Comparator>) -> Markup {
    let Some(held) = held else { return html! {} };
    match held.value {
        Some(value) => html! {
            span { (shown::value(indicator, value)) }
            @if !held.status.is_empty() { span.soft { (statuses(&held.status)) } }
            @if let Some(words) = &held.in_words { span.soft { (say_with("this-area-is", &[("words", words.into())])) } }
        },
        // That there is none is said by its reason; a status may say more.
        None if held.status.iter().any(|status| *status != Status::NotAvailable) => {
            html! { span.soft { (statuses(&held.status)) } }
        }
        None => html! { span.soft { (held.reason.as_deref().unwrap_or_default()) } },
    }
}

fn target(indicator: &Indicator, held: Option<&Comparator>) -> Markup {
    let Some((held, value)) = held.and_then(|held| Some((held, held.value?))) else { return html! {} };
    let value = shown::value(indicator, value);
    match held.target.as_ref().and_then(|outcome| outcome.words) {
        Some(verdict) => {
            html! { (say_with("target-reached", &[("value", value.into()), ("verdict", verdict.into())])) }
        }
        None => html! { (value) },
    }
}

/// What is measured and whose figures they are, folded away.
fn explained(indicator: &Indicator) -> Markup {
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.en().to_owned());
    let entries = [
        (say("definition"), text(&indicator.definition)),
        (say("caveat"), text(&indicator.caveat)),
        (say("source"), text(&indicator.source).or_else(|| indicator.source_url.clone())),
        (say("licence"), indicator.licence.clone()),
        (say("updated"), indicator.updated.clone()),
    ];
    if entries.iter().all(|(_, text)| text.is_none()) {
        return html! {};
    }
    let (source, is_address) =
        (say("source"), |url: &&String| url.starts_with("https://") || url.starts_with("http://"));
    let address = indicator.source_url.as_ref().filter(is_address);
    html! {
        details {
            summary { (say("explanation")) }
            @for (name, text) in &entries {
                @if let Some(text) = text {
                    p {
                        (name) ": "
                        @match address {
                            Some(address) if *name == source => a href=(address) { bdi { (text) } },
                            _ => bdi { (text) },
                        }
                    }
                }
            }
        }
    }
}
