//! `GET /table.csv`: the table of a view as a spreadsheet opens it. It has the areas of the page in their order, and what stands beside them
//! there, in exact figures; its first columns are those of the published values. There is no place in it for a notice: an edition that is not
//! held is refused, and the indicator is named.

use std::sync::Arc;

use axum::extract::RawQuery;
use axum::response::Response;
use tessera_atlas::AtlasView;
use tessera_atlas::change::Change;
use tessera_atlas::classes::{Classes, Question};
use tessera_atlas::column;
use tessera_atlas::compare::Selected;
use tessera_atlas::kinds::Kinds;

use super::columns::{ordered_by, p_values, published};
use super::compared::marks;
use super::shown;
use super::table::{positions, sort_of};
use super::words::say;
use crate::answer::{Content, Freshness};
use crate::error::ApiError;
use crate::gate::PageAtlas;
use crate::scene::{Found, Scene, of_screens};
use crate::spreadsheet::{BYTE_ORDER_MARK, CSV, as_text, exact, statuses};

/// A column: its heading, and what it says of the area at a position.
struct Column<'s>(String, Box<dyn Fn(usize) -> String + 's>);

impl<'s> Column<'s> {
    fn new(heading: impl Into<String>, cell: impl Fn(usize) -> String + 's) -> Column<'s> {
        Column(heading.into(), Box::new(cell))
    }

    fn figures(heading: impl Into<String>, figures: &'s [Option<f64>]) -> Column<'s> {
        Column::new(heading, |position| exact(figures.get(position).copied().flatten()))
    }
}

/// The table of a view as CSV.
pub(crate) async fn table(
    RawQuery(query): RawQuery,
    PageAtlas { view, asked, delivery, lost, .. }: PageAtlas,
) -> Result<Response, ApiError> {
    if let Some(lost) = lost {
        return Err(ApiError::unknown_edition(&lost));
    }
    let query = query.unwrap_or_default();
    let asked = asked.whatever(of_screens(&view, &query));
    let compute = move || {
        let scene = Scene::of(&view, &query, None, delivery)?;
        let bytes = match &scene {
            Some(scene) => written(&columns(&view, scene)?, &positions(scene, sort_of(&query))),
            None => written(&[], &[]),
        };
        let bytes = bytes.map_err(ApiError::internal)?;
        Ok(Content { bytes, media_type: CSV.into() })
    };
    asked.content(Freshness::Withdrawable, compute).await
}

fn written(columns: &[Column<'_>], positions: &[usize]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    writer.write_record(columns.iter().map(|Column(heading, _)| heading))?;
    for position in positions {
        writer.write_record(columns.iter().map(|Column(_, cell)| cell(*position)))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

fn columns<'s>(view: &'s AtlasView, scene: &'s Scene<'_>) -> Result<Vec<Column<'s>>, ApiError> {
    let Scene { question, classes, .. } = scene;
    let areas = question.geography.areas();
    let period = question.period.to_string();
    let [value, status] = values(published(view, question)?, "");
    let mut columns = vec![
        Column::new("area_code", |position| as_text(&areas[position].code)),
        Column::new("area_name", |position| as_text(&areas[position].name)),
        Column::new("period", move |_| period.clone()),
        value,
        status,
        Column::new("indicator", |_| question.indicator.id.clone()),
    ];
    if areas.iter().any(|area| area.local_name.is_some()) {
        let local_name = |position: usize| areas[position].local_name.as_deref().map(as_text).unwrap_or_default();
        columns.push(Column::new("local_name", local_name));
    }
    let rank = scene.rank();
    if rank.n > 0 {
        let rank = |position: usize| rank.values.get(position).copied().flatten();
        columns
            .push(Column::new("rank", move |position| rank(position).map(|own| own.to_string()).unwrap_or_default()));
    }
    match &scene.found {
        Found::Values => {
            if let Some((indicator, order)) = ordered_by(view, question)? {
                columns.push(Column::new(indicator.id.as_str(), move |position| value_at(&order, position)));
            }
            columns.push(Column::new("class", |position| class(question, classes, position)));
        }
        Found::Hotspots(found) => columns.extend([
            kind(&found.kinds),
            Column::figures("statistic", &found.statistic),
            Column::figures("p", p_values(found)),
        ]),
        Found::Verdicts(held) => {
            columns.extend([Column::figures("benchmark", &held.benchmarks), kind(&held.kinds)]);
        }
        Found::Change(change) => columns.extend(of_change(change)),
        Found::Beside(second) => {
            columns.push(Column::new("class", |position| class(question, classes, position)));
            let (id, period) = (second.question.indicator.id.as_str(), second.question.period.to_string());
            columns.extend([
                Column::new("second_indicator", move |_| id.to_owned()),
                Column::new("second_period", move |_| period.clone()),
            ]);
            columns.extend(values(published(view, &second.question)?, "second_"));
            let of_second = |position| class(&second.question, &second.classes, position);
            columns.push(Column::new("second_class", of_second));
        }
    }
    if !scene.selected.is_empty() || !scene.sets.drawn.is_empty() {
        columns.push(Column::new("marked", |position| as_text(&marks(scene, position).join("; "))));
    }
    if let Some(parent) = view.broadest_parent(question.geography) {
        let around = move |position: usize| {
            let parents = question.geography.parents_in(&parent.id)?.of.get(position).copied().flatten()?;
            Some(Selected { geography: parent, position: parents as usize })
        };
        let code = move |position| around(position).map(|own| as_text(&own.area().code));
        let name = move |position| around(position).map(|own| as_text(own.area().shown_name()));
        columns.extend([
            Column::new(format!("{}_code", parent.id), move |position| code(position).unwrap_or_default()),
            Column::new(format!("{}_name", parent.id), move |position| name(position).unwrap_or_default()),
        ]);
    }
    Ok(columns)
}

/// Values as published, and why there is none.
fn values<'s>(column: Option<Arc<column::Column>>, before: &str) -> [Column<'s>; 2] {
    let beside = column.clone();
    [
        Column::new(format!("{before}value"), move |position| {
            column.as_ref().map(|column| value_at(column, position)).unwrap_or_default()
        }),
        Column::new(format!("{before}status"), move |position| {
            beside.as_ref().map(|column| statuses(column.status_of(position))).unwrap_or_default()
        }),
    ]
}

fn value_at(column: &column::Column, position: usize) -> String {
    exact(column::number_at(Some(&column.values), position))
}

fn class(question: &Question<'_>, classes: &Classes, position: usize) -> String {
    let class = classes.classes.get(position).copied().flatten();
    class.map(|class| shown::class(question.indicator, classes, class as usize)).unwrap_or_default()
}

fn kind(kinds: &Kinds) -> Column<'_> {
    Column::new("kind", |position| {
        let place = kinds.classes.get(position).copied().flatten();
        place.and_then(|place| kinds.names.get(place as usize)).map(|name| shown::kind(name)).unwrap_or_default()
    })
}

/// The earlier value, what changed and why that is not known, its interval, and whether it is more than chance.
fn of_change(change: &Change) -> impl Iterator<Item = Column<'_>> {
    let from = change.from.to_string();
    let status = |position: usize| {
        let own = u32::try_from(position).ok().and_then(|position| change.status.get(&position));
        own.map(|own| statuses(own)).unwrap_or_default()
    };
    let beyond = |position: usize| match change.beyond_chance.get(position).copied().flatten() {
        Some(true) => say("yes"),
        Some(false) => say("no"),
        None => String::new(),
    };
    [
        Column::new("from", move |_| from.clone()),
        Column::figures("earlier", &change.earlier),
        Column::figures("change", &change.values),
        Column::new("change_status", status),
        Column::figures("lower", &change.lower),
        Column::figures("upper", &change.upper),
        Column::new("beyond_chance", beyond),
    ]
    .into_iter()
}
