//! Classes of a map, with the finding.

use axum::response::Response;
use serde::{Deserialize, Serialize};
use tessera_atlas::classes::{Breaks, CLASS_COUNTS, Classes, Method, Over, Question, Scope, custom};
use tessera_atlas::geography::Geography;
use tessera_atlas::{AtlasView, EditionId};
use utoipa::{IntoParams, ToSchema};

use crate::answer::Freshness;
use crate::error::{ApiError, Place};
use crate::gate::Atlas;
use crate::names;
use crate::openapi::OfColumn;
use crate::parameters::{Parameters, Segments};
use crate::selection::Selecting;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    /// How classes are made.
    #[param(inline)]
    method: Option<MethodWord>,
    /// How many classes.
    #[param(minimum = 2, maximum = 12)]
    k: Option<u32>,
    /// For custom classes: the minimum, then upper bounds, `0,5,10`.
    breaks: Option<String>,
    /// A value at which one class is to end and the next to begin, such as a benchmark or zero.
    centre: Option<f64>,
    /// A period, or `all` for the same breaks in every one; the newest unless said.
    #[param(example = "all")]
    period: Option<String>,
    /// `true`: the same breaks as in the other periods, which they make together.
    #[param(value_type = Option<bool>)]
    still: Option<StillWord>,
    /// `GEO:CODE`: the areas inside one alone.
    within: Option<String>,
    /// Whose values make the classes: `atlas`, `within` (the default) or `selection`.
    #[param(inline)]
    scope: Option<ScopeWord>,
    /// With `scope=selection`: `CODE,…` of the geography, `parent:GEO:CODE` or `filter`, up to 12,000 areas.
    areas: Option<String>,
    /// `INDICATOR[@PERIOD]<=NUMBER`, also with `<`, `=`, `>`, `>=`, joined by `and`: what `filter` in `areas` stands for.
    filter: Option<String>,
}

/// Whether the periods make the breaks together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum StillWord {
    True,
    False,
}

/// Whose values make the classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ScopeWord {
    Atlas,
    Within,
    Selection,
}

/// The methods that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum MethodWord {
    Quantile,
    Equal,
    Jenks,
    Stddev,
    Pretty,
    Headtail,
    Custom,
}

impl MethodWord {
    pub(crate) fn method(self) -> Method {
        match self {
            MethodWord::Quantile => Method::Quantile,
            MethodWord::Equal => Method::Equal,
            MethodWord::Jenks => Method::Jenks,
            MethodWord::Stddev => Method::Stddev,
            MethodWord::Pretty => Method::Pretty,
            MethodWord::Headtail => Method::Headtail,
            MethodWord::Custom => Method::Custom,
        }
    }
}

/// Classes that somebody chose, `MINIMUM,UPPER,…`; in words, why they are none.
pub(crate) fn chosen_breaks(text: &str) -> Result<Breaks, String> {
    let number = |text: &str| text.trim().parse::<f64>().map_err(|_| format!("`{text}` is not a number"));
    let bounds: Vec<f64> = text.split(',').map(number).collect::<Result<_, _>>()?;
    custom(&bounds).map_err(|error| error.to_string())
}

#[derive(Serialize, ToSchema)]
struct ClassesAnswer {
    #[schema(value_type = String)]
    edition: EditionId,
    #[serde(flatten)]
    classes: Classes,
}

/// Classes of a map, with people, ranks and the finding
#[utoipa::path(get, path = "/{edition}/classes/{geography}/{indicator}", params(OfColumn, Query), responses((status = 200, body = ClassesAnswer)))]
pub(crate) async fn classes(
    Segments((_, geography, indicator)): Segments<(String, String, String)>,
    Parameters(query): Parameters<Query>,
    Atlas { view, asked, .. }: Atlas,
) -> Result<Response, ApiError> {
    asked.json(Freshness::Withdrawable, move || answer(&view, &geography, &indicator, &query)).await
}

fn answer(view: &AtlasView, geography: &str, indicator: &str, query: &Query) -> Result<ClassesAnswer, ApiError> {
    let geography = names::geography(view, geography, Place::Path("geography"))?;
    let indicator = names::indicator(view, indicator, Place::End("indicator"))?;
    let all_periods = query.period.as_deref() == Some("all");
    let period = names::period(view, geography, indicator, query.period.as_deref().filter(|_| !all_periods))?;
    let question = Question::new(geography, indicator, period);
    let k = query.k.map_or(question.k, |k| k as usize);
    if !CLASS_COUNTS.contains(&k) {
        return Err(ApiError::bad_parameter("k", "`k` is the number of classes, 2 to 12."));
    }
    if query.centre.is_some_and(|centre| !centre.is_finite()) {
        return Err(ApiError::bad_parameter("centre", "`centre` is a number, such as 8.5."));
    }
    let question = Question {
        over: if all_periods {
            Over::EachPeriod
        } else if query.still == Some(StillWord::True) {
            Over::Periods
        } else {
            Over::Period
        },
        method: query.method.map_or(question.method, MethodWord::method),
        k,
        custom: chosen(query)?,
        centre: query.centre,
        within: names::within(view, geography, query.within.as_deref())?,
        scope: scope(view, geography, query)?,
        ..question
    };
    let classes = view.classes(&question)?.ok_or_else(|| names::not_published(view, geography, indicator))?;
    Ok(ClassesAnswer { edition: view.id().clone(), classes })
}

/// Whose values make the classes.
fn scope<'a>(view: &'a AtlasView, geography: &'a Geography, query: &Query) -> Result<Scope, ApiError> {
    match (query.scope, query.areas.as_deref()) {
        (Some(ScopeWord::Selection), Some(areas)) => selection(view, geography, query.filter.as_deref(), areas),
        (Some(ScopeWord::Selection), None) => {
            Err(ApiError::bad_parameter("areas", "`scope=selection` needs the areas that are selected."))
        }
        (_, Some(_)) => Err(ApiError::bad_parameter("areas", "`areas` go with `scope=selection`.")),
        (Some(ScopeWord::Atlas), None) => Ok(Scope::Atlas),
        (None | Some(ScopeWord::Within), None) => Ok(Scope::Within),
    }
}

/// The areas that are selected, by their positions.
pub(crate) fn selection<'a>(
    view: &'a AtlasView,
    geography: &'a Geography,
    filter: Option<&str>,
    areas: &str,
) -> Result<Scope, ApiError> {
    let areas = Selecting { view, geography: Some(geography), filter }.areas(areas, "areas")?;
    if let Some(other) = areas.iter().find(|area| area.geography.id != geography.id) {
        let detail =
            format!("Classes of `{}` are made of its own areas, not of `{}`.", geography.id, other.geography.id);
        return Err(ApiError::bad_parameter("areas", detail));
    }
    Ok(Scope::Selection(areas.into_iter().map(|area| area.position).collect()))
}

/// The classes that the reader chose, where custom ones are asked for.
fn chosen(query: &Query) -> Result<Option<Breaks>, ApiError> {
    const EXAMPLE: &str = "the minimum, then the upper bound of each class, such as `breaks=0,5,10`";
    match (query.method, query.breaks.as_deref()) {
        (None | Some(MethodWord::Custom), Some(breaks)) => chosen_breaks(breaks)
            .map(Some)
            .map_err(|reason| ApiError::bad_parameter("breaks", format!("`breaks` are {EXAMPLE}: {reason}."))),
        (Some(MethodWord::Custom), None) => {
            Err(ApiError::bad_parameter("breaks", format!("`method=custom` needs {EXAMPLE}.")))
        }
        (Some(_), Some(_)) => {
            Err(ApiError::bad_parameter("breaks", "`breaks` go with `method=custom`: other methods find their own."))
        }
        (None | Some(_), None) => Ok(None),
    }
}
