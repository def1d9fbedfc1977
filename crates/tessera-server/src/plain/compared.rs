//! Selected areas and sets beside each other, above the table of all areas.

use maud::{Markup, html};
use tessera_atlas::AtlasView;
use tessera_atlas::compare::{Against, Confidence, MOST_BESIDE, Selected, Subjects};
use tessera_atlas::manifest::Kind;
use tessera_atlas::words::count;

use super::columns::Column;
use super::links::Links;
use super::words::{say, say_with, statuses};
use crate::error::ApiError;
use crate::parameters::capitalised;
use crate::scene::Scene;

/// Of so many areas it is said what each has; of more how they spread.
const FEW_AREAS: usize = 12;

/// What each is held against.
const AGAINST: [Against<'static>; 2] = [Against::Parent, Against::Overall];

/// The section of a scene; nothing where nothing is selected and no set is drawn.
///
/// # Errors
/// Where something cannot be read from its store.
pub(super) fn compared(
    view: &AtlasView,
    links: &Links,
    scene: &Scene<'_>,
    columns: &[Column<'_>],
) -> Result<Markup, ApiError> {
    let (subjects, question) = (scene.subjects(), &scene.question);
    if subjects.areas.is_empty() && subjects.sets.is_empty() {
        return Ok(html! {});
    }
    let beside = Subjects { areas: subjects.areas.get(..MOST_BESIDE).unwrap_or(subjects.areas), sets: subjects.sets };
    let comparison =
        view.compare(beside, question.indicator, Some(question.period), &AGAINST, Confidence::Percent95)?;
    let spread = view.selection_spread(&scene.selected, std::slice::from_ref(&comparison))?;
    let sentence = match spread {
        Some(spread) if spread.areas > FEW_AREAS => spread.sentence,
        spread => {
            let tenths = spread.map(|spread| spread.tenths_in_words(view)).unwrap_or_default();
            [vec![view.comparison_sentence(beside, &comparison)], tenths].concat().join(" ")
        }
    };
    let own: Vec<&Selected<'_>> =
        scene.selected.iter().filter(|area| area.geography.id == question.geography.id).collect();
    let others = scene.selected.iter().filter(|area| area.geography.id != question.geography.id);
    let is_figure = question.indicator.kind != Kind::Category;
    let unit = question.indicator.unit.en();
    Ok(html! {
        h2 { (say("compared")) }
        p { (sentence) }
        @if !own.is_empty() {
            (table(&say_with("selected-areas", &[("n", own.len().into())]), columns, html! {
                @for area in own {
                    tr {
                        th scope="row" { a href=(links.area(area)) { bdi.brief { (area.area().shown_name()) } } }
                        @for column in columns { td.number[column.is_number].class[column.is_class] { (column.cell(area.position)) } }
                    }
                }
            }))
        }
        @for area in others { p { a href=(links.area(area)) { bdi { (area.area().shown_name()) } } } }
        @if !comparison.sets.is_empty() {
            div.wide {
                table {
                    caption { (say("sets")) }
                    thead {
                        tr {
                            th scope="col" { (say("set-name")) }
                            th.number scope="col" { (say("areas")) }
                            th.number[is_figure] scope="col" { @if unit.is_empty() { (say("value")) } @else { (capitalised(unit)) } }
                        }
                    }
                    tbody {
                        @for (set, drawn) in comparison.sets.iter().zip(subjects.sets) {
                            tr {
                                th scope="row" { bdi { (set.set) } }
                                td.number { (count(drawn.positions().len())) }
                                td.number[is_figure] {
                                    @if let Some(value) = set.measured.value { (question.indicator.words(value)) }
                                    @if !set.measured.status.is_empty() && set.worst_tenth.is_none() { span.soft { (statuses(&set.measured.status)) } }
                                    @if let Some(tenth) = &set.worst_tenth { (tenth.words) }
                                    @else if let Some(reason) = &set.reason { span.soft { (reason) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    })
}

fn table(caption: &str, columns: &[Column<'_>], rows: Markup) -> Markup {
    html! {
        div.wide {
            table {
                caption { (capitalised(caption)) }
                thead {
                    tr {
                        th scope="col" { (say("area")) }
                        @for column in columns { th.number[column.is_number] scope="col" { (column.heading) } }
                    }
                }
                tbody { (rows) }
            }
        }
    }
}

/// That an area is selected, or of which sets it is.
pub(super) fn marks(scene: &Scene<'_>, position: usize) -> Vec<String> {
    let geography = scene.question.geography;
    let is_selected = scene.selected.iter().any(|area| area.position == position && area.geography.id == geography.id);
    let holds = |set: &&tessera_atlas::drawn::DrawnSet<'_>| {
        set.geography().id == geography.id && set.positions().binary_search(&position).is_ok()
    };
    let sets = scene.sets.drawn.iter().filter(holds).map(|set| set.name().to_owned());
    is_selected.then(|| capitalised(&say("selected"))).into_iter().chain(sets).collect()
}
