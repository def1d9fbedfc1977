//! Areas beside each other, their parent and the whole.

use axum::response::Response;
use serde::{Deserialize, Serialize};
use tessera_atlas::catalogue::Indicator;
use tessera_atlas::compare::{
    Against, Comparison, Confidence, MOST_BESIDE, PeopleCompared, Selected, SelectionSpread, Subjects,
};
use tessera_atlas::drawn::DrawnSet;
use tessera_atlas::geography::Geography;
use tessera_atlas::period::Period;
use tessera_atlas::{AtlasView, EditionId, packed};

use super::areas::parent_codes;
use utoipa::{IntoParams, ToSchema};

use crate::answer::Freshness;
use crate::error::{ApiError, Place};
use crate::gate::Atlas;
use crate::names;
use crate::openapi::OfEdition;
use crate::parameters::{Parameters, capitalised};
use crate::selection::Selecting;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    /// What bare codes in `areas` are of: the geography that opens first unless said, or, where it has no such code, the one with the
    /// most areas that has.
    #[param(example = "lad11")]
    geography: Option<String>,
    /// `CODE,…` or `GEO:CODE,…`; `parent:GEO:CODE` for those inside one, `filter` for those that pass it. Up to 12,000 areas, of
    /// which the worst 300 are answered one by one. Without them the sets stand alone, or those that pass the filter.
    #[param(example = "E08000035,E08000032")]
    areas: Option<String>,
    /// `NAME~GEO:CODE,CODE…`: areas as one, and again for another set.
    #[serde(default)]
    set: Vec<String>,
    /// `INDICATOR[@PERIOD]<=NUMBER`, also with `<`, `=`, `>`, `>=`, joined by `and`: what `filter` in `areas` stands for.
    filter: Option<String>,
    /// `ID,…`; with a theme these first, and without either the one that the atlas opens with.
    #[param(example = "crime")]
    indicators: Option<String>,
    /// The path of a theme, `A / B`: its indicators, and those of the themes below it.
    theme: Option<String>,
    /// The newest of each indicator unless said.
    period: Option<String>,
    /// What areas are held against: `parent`, `overall`, `target`, `GEO:CODE`, `set:NAME`, and `period:P` for each one's own value in an
    /// earlier period.
    #[param(example = "parent,overall")]
    against: Option<String>,
    /// How sure "much better" and "much worse" are to be: said at 99.8 alone.
    #[param(inline)]
    confidence: Option<ConfidenceWord>,
}

/// The confidences on offer, in per cent.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
enum ConfidenceWord {
    #[serde(rename = "95")]
    Percent95,
    #[serde(rename = "99.8")]
    Percent99_8,
}

#[derive(Serialize, ToSchema)]
struct CompareAnswer {
    #[schema(value_type = String)]
    edition: EditionId,
    /// The areas; of more than 300 the worst by the first indicator, worst first.
    areas: Vec<AreaEntry>,
    sets: Vec<SetEntry>,
    /// Of these areas, in `total` of all that are selected.
    people: Vec<PeopleCompared>,
    /// How the areas spread over larger ones; null without areas, and for areas of several geographies.
    spread: Option<SelectionSpread>,
    indicators: Vec<Comparison>,
    sentence: String,
}

/// An area as it is named.
#[derive(Serialize, ToSchema)]
pub(super) struct AreaEntry {
    geography: String,
    code: String,
    name: String,
    local_name: Option<String>,
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    parents: serde_json::Value,
    notes: Vec<String>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct SetEntry {
    name: String,
    geography: String,
    /// In their order, whatever that of the question was.
    codes: Vec<String>,
}

/// Areas and sets beside each other, their parent and the whole
#[utoipa::path(get, path = "/{edition}/compare", params(OfEdition, Query), responses((status = 200, body = CompareAnswer)))]
pub(crate) async fn compare(
    Parameters(query): Parameters<Query>,
    Atlas { view, asked, .. }: Atlas,
) -> Result<Response, ApiError> {
    asked.json(Freshness::Withdrawable, move || answer(&view, &query)).await
}

fn answer(view: &AtlasView, query: &Query) -> Result<CompareAnswer, ApiError> {
    let geography =
        query.geography.as_deref().map(|id| names::geography(view, id, Place::Query("geography"))).transpose()?;
    let selecting = Selecting { view, geography, filter: query.filter.as_deref() };
    // A set says of which geography it is: that is part of what it is.
    let sets = selecting.sets(&query.set)?;
    let geography = geography.or_else(|| by_default(view, query.areas.as_deref()));
    let selecting = Selecting { geography, ..selecting };
    let areas = match (query.areas.as_deref(), &query.filter) {
        (Some(areas), _) => selecting.areas(areas, "areas")?,
        (None, _) if !sets.is_empty() => Vec::new(),
        (None, Some(_)) => selecting.areas("filter", "filter")?,
        (None, None) => {
            return Err(ApiError::bad_parameter("areas", "Name areas with `areas`, or draw a `set` of them."));
        }
    };
    let indicators = indicators(view, query)?;
    let period = query.period.as_deref().map(str::parse::<Period>).transpose();
    let period = period.map_err(|error| ApiError::bad_parameter("period", capitalised(&format!("{error}."))))?;
    let areas = match indicators.first() {
        Some(indicator) if areas.len() > MOST_BESIDE => view.worst_first(areas, indicator, period)?,
        _ => areas,
    };
    let subjects = Subjects { areas: areas.get(..MOST_BESIDE).unwrap_or(&areas), sets: &sets };
    refuse_period_of_none(view, subjects, &indicators, period, "period")?;
    let against = selecting.against(query.against.as_deref().unwrap_or("parent,overall"), &sets)?;
    for against in &against {
        if let Against::Period(from) = against {
            refuse_period_of_none(view, subjects, &indicators, Some(*from), "against")?;
        }
    }
    let confidence = match query.confidence {
        None | Some(ConfidenceWord::Percent95) => Confidence::Percent95,
        Some(ConfidenceWord::Percent99_8) => Confidence::Percent99_8,
    };
    let comparisons =
        indicators.iter().map(|indicator| view.compare(subjects, indicator, period, &against, confidence));
    let comparisons: Vec<Comparison> = comparisons.collect::<Result<_, _>>()?;
    let spread = view.selection_spread(&areas, &comparisons)?;
    let sentences: Vec<String> = match &spread {
        Some(spread) if areas.len() > MOST_BESIDE => vec![spread.sentence.clone()],
        _ => {
            let compared = comparisons.iter().map(|comparison| view.comparison_sentence(subjects, comparison));
            compared.chain(spread.iter().flat_map(|spread| spread.tenths_in_words(view))).collect()
        }
    };
    let mut people = view.people_of(Subjects { areas: &areas, sets: &sets })?;
    for people in &mut people {
        people.values.truncate(MOST_BESIDE);
    }
    Ok(CompareAnswer {
        edition: view.id().clone(),
        people,
        spread,
        areas: subjects.areas.iter().map(|area| area_entry(view, *area)).collect(),
        sets: sets.iter().map(set_entry).collect(),
        indicators: comparisons,
        sentence: sentences.join(" "),
    })
}

/// What bare codes are of where nobody says it: the geography that opens first; where the first code is not one of it, the one with the
/// most areas of those that have it.
fn by_default<'a>(view: &'a AtlasView, areas: Option<&str>) -> Option<&'a Geography> {
    let opens = view.geography(&view.opening().geography);
    let first = areas.and_then(|areas| areas.split(',').map(str::trim).find(|part| !part.is_empty()));
    let Some(codes) = first.and_then(packed::codes) else { return opens };
    let has = |geography: &&Geography| codes.first().is_some_and(|code| geography.position(code).is_some());
    let largest = || view.geographies().iter().filter(has).max_by_key(|geography| geography.len());
    opens.filter(has).or_else(largest).or(opens)
}

/// A period that none of the indicators has is refused; one that some have is answered, with `null` for the others.
fn refuse_period_of_none(
    view: &AtlasView,
    subjects: Subjects<'_>,
    indicators: &[&Indicator],
    period: Option<Period>,
    parameter: &str,
) -> Result<(), ApiError> {
    let geography = subjects.areas.first().map(|area| area.geography);
    let geography = geography.or_else(|| Some(subjects.sets.first()?.geography()));
    let (Some(period), Some(geography), Some(indicator)) = (period, geography, indicators.first()) else {
        return Ok(());
    };
    // Targets are set for years to come.
    let has = |periods: &[Period]| periods.iter().any(|own| own.is_written_as(&period));
    let has_target = |indicator| parameter == "period" && has(&view.target_periods(indicator));
    if indicators.iter().any(|indicator| has(&view.periods(geography, indicator)) || has_target(indicator)) {
        return Ok(());
    }
    names::period_named(view, geography, indicator, &period.to_string(), parameter).map(|_| ())
}

pub(super) fn set_entry(set: &DrawnSet<'_>) -> SetEntry {
    SetEntry {
        name: set.name().to_owned(),
        geography: set.geography().id.clone(),
        codes: set.codes().map(str::to_owned).collect(),
    }
}

pub(super) fn area_entry(view: &AtlasView, selected: Selected<'_>) -> AreaEntry {
    let area = selected.area();
    AreaEntry {
        geography: selected.geography.id.clone(),
        code: area.code.clone(),
        name: area.name.clone(),
        local_name: area.local_name.clone(),
        parents: serde_json::json!(parent_codes(view, selected.geography, selected.position)),
        notes: view.notes(&area.code, None, None).into_iter().map(|note| note.text.clone()).collect(),
    }
}

/// The indicators named, then those of the theme; without either the one that the atlas opens with.
fn indicators<'a>(view: &'a AtlasView, query: &Query) -> Result<Vec<&'a Indicator>, ApiError> {
    let named = query.indicators.as_deref().map(|ids| {
        let ids = ids.split(',').map(str::trim).filter(|id| !id.is_empty());
        let found: Vec<&Indicator> =
            ids.map(|id| names::indicator(view, id, Place::Query("indicators"))).collect::<Result<_, _>>()?;
        if found.is_empty() {
            return Err(ApiError::bad_parameter("indicators", "Name at least one indicator."));
        }
        Ok(found)
    });
    let of_theme = query.theme.as_deref().map(|theme| {
        let path: Vec<&str> = theme.split(" / ").map(str::trim).collect();
        let is_below =
            |own: &Vec<String>| own.len() >= path.len() && own.iter().zip(&path).all(|(own, asked)| own == asked);
        let is_filed = |indicator: &&Indicator| indicator.filed_under().iter().any(is_below);
        let found: Vec<&Indicator> = view.indicators().iter().filter(is_filed).collect();
        if found.is_empty() { Err(names::no_theme(view, theme)) } else { Ok(found) }
    });
    let mut found = named.transpose()?.unwrap_or_default();
    for indicator in of_theme.transpose()?.unwrap_or_default() {
        if !found.iter().any(|known| known.id == indicator.id) {
            found.push(indicator);
        }
    }
    if found.is_empty() {
        found.push(names::indicator(view, &view.opening().indicator, Place::Query("indicators"))?);
    }
    Ok(found)
}
