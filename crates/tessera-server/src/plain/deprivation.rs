//! The summary measures of an index of deprivation for larger areas, below the table of one of its indicators.

use maud::{Markup, html};
use tessera_atlas::AtlasView;
use tessera_atlas::compare::Selected;
use tessera_atlas::deprivation::{AreaMeasures, Measures, Places, Question};
use tessera_atlas::geography::Geography;
use tessera_atlas::relate::Measure;
use tessera_atlas::words::{number, ordinal};

use super::links::Links;
use super::words::{say, say_with};
use crate::error::ApiError;
use crate::parameters::capitalised;
use crate::scene::Scene;

/// A measure: what it is called, how it is written, and the place of an area by it.
type Column = (String, fn(&Measures) -> Option<String>, fn(&Places) -> Option<u32>);

/// The section of a scene; nothing where its indicator is of no index, or there are no larger areas to compare.
///
/// # Errors
/// Where something cannot be read from its store.
pub(super) fn deprivation(view: &AtlasView, links: &Links, scene: &Scene<'_>) -> Result<Markup, ApiError> {
    let shown = &scene.question;
    let nothing = html! {};
    let Some(index) = view.index_of_deprivation(shown.indicator)? else { return Ok(nothing) };
    let small = index.geography;
    let Some(of) = larger(view, small, shown.geography) else { return Ok(nothing) };
    let Some(period) = view.periods(small, index.rank).into_iter().find(|period| *period == shown.period) else {
        return Ok(nothing);
    };
    let score = index.score.map(|indicator| Measure { indicator, period });
    let rank = Measure { indicator: index.rank, period };
    let within = shown.within.filter(|within| small.can_lie_in(within.geography));
    let question = Question { geography: small, rank, score, of: Some(of), within, sets: &[] };
    let Some(found) = view.deprivation(&question).ok().flatten() else { return Ok(nothing) };
    let mut areas: Vec<&AreaMeasures> = found.areas.iter().collect();
    let first = |own: &AreaMeasures| {
        let places = own.ranks;
        places.average_score.or(places.average_rank).or(places.most_deprived_tenth).unwrap_or(u32::MAX)
    };
    areas.sort_by_key(|own| first(own));
    let columns = columns(score.is_some(), found.weighted_by.is_some());
    let name = |own: &AreaMeasures| {
        let selected = of.position(&own.code).map(|position| Selected { geography: of, position });
        html! { @if let Some(area) = selected { a href=(links.area(&area)) { bdi.brief { (own.name) } } } }
    };
    let heading = say_with("deprivation-by", &[("areas", of.plural().into())]);
    let weights = found.weighted_by.as_deref();
    let weights = weights.map(|weights| capitalised(&say_with("weighted-by", &[("weights", weights.into())])));
    let caption = weights.unwrap_or_else(|| heading.clone());
    // One alone has no place among others.
    let are_several = areas.len() > 1;
    let measures = html! {
        p { (found.sentence) }
        @if !areas.is_empty() { div.wide {
            table {
                caption { (caption) }
                thead {
                    tr {
                        th scope="col" { (say("area")) }
                        @for (heading, ..) in &columns { th.number scope="col" { (heading) } }
                    }
                }
                tbody {
                    @for own in areas {
                        tr {
                            th scope="row" { (name(own)) }
                            @for (_, value, place) in &columns {
                                td.number {
                                    (value(&own.measures).unwrap_or_else(|| say("no-figure")))
                                    @if let Some(place) = place(&own.ranks).filter(|_| are_several) { span.soft { (ordinal(place)) } }
                                }
                            }
                        }
                    }
                }
            }
        } }
        p { (say("deprivation-note")) }
    };
    // Above a long table of small areas it is one line.
    Ok(html! {
        @if shown.geography.id == small.id { details { summary { (heading) } (measures) } }
        @else { h2 { (heading) } (measures) }
    })
}

/// The larger areas to compare: those that are shown, or those around the small ones that are.
fn larger<'a>(view: &'a AtlasView, small: &'a Geography, shown: &'a Geography) -> Option<&'a Geography> {
    if shown.id == small.id {
        return view.broadest_parent(small);
    }
    (shown.len() > 1 && small.can_lie_in(shown)).then_some(shown)
}

fn columns(has_score: bool, has_people: bool) -> Vec<Column> {
    fn percent(part: f64) -> String {
        format!("{}%", number(part * 100.0, 1))
    }
    let tenth: Column =
        (say("worst-tenth"), |own| own.most_deprived_tenth.map(percent), |places| places.most_deprived_tenth);
    if !has_people {
        return vec![tenth];
    }
    let score: Column =
        (say("average-score"), |own| own.average_score.map(|score| number(score, 2)), |places| places.average_score);
    let others: [Column; 4] = [
        (say("average-rank"), |own| own.average_rank.map(|rank| number(rank, 0)), |places| places.average_rank),
        tenth,
        (say("extent"), |own| own.extent.map(percent), |places| places.extent),
        (
            say("local-concentration"),
            |own| own.local_concentration.map(|rank| number(rank, 0)),
            |places| places.local_concentration,
        ),
    ];
    has_score.then_some(score).into_iter().chain(others).collect()
}
