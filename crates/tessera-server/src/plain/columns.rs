//! What a table of areas has beside their names, by what the map shows.

use std::sync::Arc;

use maud::{Markup, html};
use tessera_atlas::AtlasView;
use tessera_atlas::catalogue::Indicator;
use tessera_atlas::change::Change;
use tessera_atlas::classes::{Classes, Question};
use tessera_atlas::column;
use tessera_atlas::hotspots::Hotspots;
use tessera_atlas::kinds::Kinds;
use tessera_atlas::manifest::Kind;
use tessera_atlas::verdicts::Verdicts;
use tessera_atlas::words::number;

use super::shown;
use super::words::{say, say_with, statuses};
use crate::error::ApiError;
use crate::parameters::capitalised;
use crate::scene::{Found, Scene};

/// A column of a table whose rows are areas.
pub(crate) struct Column<'s> {
    /// What it is called.
    pub(crate) heading: String,
    /// Whether it holds figures.
    pub(crate) is_number: bool,
    /// Whether it holds the bounds of classes, which are not broken into lines.
    pub(crate) is_class: bool,
    /// Whether it is one of the few that say what the map shows.
    pub(crate) is_brief: bool,
    cell: Box<dyn Fn(usize) -> Markup + 's>,
}

impl<'s> Column<'s> {
    fn new(heading: String, cell: impl Fn(usize) -> Markup + 's) -> Column<'s> {
        Column { heading, is_number: false, is_class: false, is_brief: false, cell: Box::new(cell) }
    }

    fn number(self) -> Column<'s> {
        Column { is_number: true, ..self }
    }

    fn brief(self) -> Column<'s> {
        Column { is_brief: true, ..self }
    }

    /// What it says of the area at a position.
    pub(crate) fn cell(&self, position: usize) -> Markup {
        (self.cell)(position)
    }
}

/// The columns of a scene.
///
/// # Errors
/// Where values cannot be read from their store.
pub(crate) fn columns<'s>(view: &'s AtlasView, scene: &'s Scene<'_>) -> Result<Vec<Column<'s>>, ApiError> {
    let Scene { question, classes, .. } = scene;
    let unit = question.indicator.unit.en();
    let heading = if unit.is_empty() { say("value") } else { capitalised(unit) };
    let values = |heading| Ok::<Column<'_>, ApiError>(values(question, published(view, question)?, heading).brief());
    Ok(match &scene.found {
        Found::Values => {
            let columns = [Some(values(heading)?), ordering(view, question)?, Some(class(question.indicator, classes))];
            columns.into_iter().flatten().collect()
        }
        Found::Hotspots(found) => {
            let [statistic, p] = evidence(found);
            vec![values(heading)?, kind(&found.kinds).brief(), statistic, p]
        }
        Found::Verdicts(held) => {
            let of_each = held.benchmark.is_none().then(|| benchmark(question.indicator, held));
            let columns = [Some(values(heading)?), of_each, Some(kind(&held.kinds).brief())];
            columns.into_iter().flatten().collect()
        }
        Found::Change(change) => of_change(question.indicator, change),
        Found::Beside(second) => {
            let own = values(named(question))?;
            let other = self::values(&second.question, published(view, &second.question)?, named(&second.question));
            let of_second = class(second.question.indicator, &second.classes);
            vec![own, class(question.indicator, classes), other.brief(), of_second]
        }
    })
}

/// A column as published.
pub(super) fn published(view: &AtlasView, question: &Question<'_>) -> Result<Option<Arc<column::Column>>, ApiError> {
    Ok(view.column(question.geography, question.indicator, question.period)?)
}

/// What one of two indicators is called.
fn named(question: &Question<'_>) -> String {
    let arguments = [("indicator", question.indicator.short.en().into()), ("period", question.period.words().into())];
    say_with("subject", &arguments)
}

/// Values as published, or why there is none.
fn values<'s>(question: &Question<'s>, column: Option<Arc<column::Column>>, heading: String) -> Column<'s> {
    let indicator = question.indicator;
    let cell = move |position: usize| {
        let value = column.as_ref().and_then(|column| column.values.get(position).copied().flatten());
        let status = column.as_ref().map(|column| column.status_of(position)).unwrap_or_default();
        html! {
            @if let Some(value) = value { (indicator.words(value)) }
            @if !status.is_empty() { span.soft { (statuses(status)) } }
        }
    };
    let column = Column::new(heading, cell);
    if indicator.kind == Kind::Category { column } else { column.number() }
}

/// What puts the areas of one decile in order, where the atlas names it and it is published here.
pub(super) fn ordered_by<'s>(
    view: &'s AtlasView,
    question: &Question<'_>,
) -> Result<Option<(&'s Indicator, Arc<column::Column>)>, ApiError> {
    let order = question.indicator.ordered_by.as_ref().and_then(|id| view.indicator(id));
    let Some(indicator) = order else { return Ok(None) };
    let column = view.column(question.geography, indicator, question.period)?;
    Ok(column.map(|column| (indicator, column)))
}

fn ordering<'s>(view: &'s AtlasView, question: &Question<'s>) -> Result<Option<Column<'s>>, ApiError> {
    let ordered = ordered_by(view, question)?.map(|(indicator, column)| {
        let question = Question { indicator, ..question.clone() };
        values(&question, Some(column), indicator.short.en().to_owned()).brief()
    });
    Ok(ordered)
}

fn class<'s>(indicator: &'s Indicator, classes: &'s Classes) -> Column<'s> {
    let cell = move |position: usize| {
        let class = classes.classes.get(position).copied().flatten();
        html! { @if let Some(class) = class { (shown::class(indicator, classes, class as usize)) } }
    };
    Column { is_class: true, ..Column::new(say("class"), cell) }
}

fn kind(kinds: &Kinds) -> Column<'_> {
    Column::new(say("kind"), |position| {
        let place = kinds.classes.get(position).copied().flatten();
        let name = place.and_then(|place| kinds.names.get(place as usize));
        html! { @if let Some(name) = name { (shown::kind(name)) } }
    })
}

/// How likely chance alone gives each area's statistic, by what its kind was found by.
pub(super) fn p_values(found: &Hotspots) -> &[Option<f64>] {
    if found.kinds_by == "normal" { &found.p_normal } else { &found.p }
}

/// The statistic of each area, and how likely chance alone gives it.
fn evidence(found: &Hotspots) -> [Column<'_>; 2] {
    let statistic = match found.hotspot {
        "local-moran" => say("hotspot-local-moran"),
        _ => say("hotspot-gi-star"),
    };
    let p_words = |p: f64| if p < 0.001 { "< 0.001".to_owned() } else { number(p, 3) };
    [figures(statistic, &found.statistic, |value| number(value, 2)), figures(say("p-value"), p_values(found), p_words)]
}

fn benchmark<'s>(indicator: &'s Indicator, held: &'s Verdicts) -> Column<'s> {
    figures(capitalised(&held.name), &held.benchmarks, |value| indicator.words(value))
}

fn of_change<'s>(indicator: &'s Indicator, change: &'s Change) -> Vec<Column<'s>> {
    let unit = if change.unit.is_empty() { String::new() } else { format!(" ({})", change.unit) };
    let heading = say("mode-change") + &unit;
    let difference = Column::new(heading, |position| {
        let value = change.values.get(position).copied().flatten();
        let status = u32::try_from(position).ok().and_then(|position| change.status.get(&position));
        html! {
            @if let Some(value) = value { (shown::signed(value, change)) }
            @if let Some(status) = status { span.soft { (statuses(status)) } }
        }
    });
    let is_known = change.beyond_chance.iter().any(Option::is_some);
    let beyond = Column::new(say("beyond-chance-question"), |position| {
        let beyond = change.beyond_chance.get(position).copied().flatten();
        html! { @if let Some(beyond) = beyond { (if beyond { say("yes") } else { say("no") }) } }
    });
    let mut columns = vec![
        figures(capitalised(&change.from.words()), &change.earlier, |value| indicator.words(value)),
        figures(capitalised(&change.period.words()), &change.later, |value| indicator.words(value)),
        difference.number().brief(),
    ];
    columns.extend(is_known.then(|| beyond.brief()));
    columns
}

fn figures<'s>(heading: String, values: &'s [Option<f64>], words: impl Fn(f64) -> String + 's) -> Column<'s> {
    let cell = move |position: usize| {
        let value = values.get(position).copied().flatten();
        html! { @if let Some(value) = value { (words(value)) } }
    };
    Column::new(heading, cell).number()
}
