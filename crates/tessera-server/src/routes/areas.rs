//! The areas of a geography in their fixed order: as rows for people, as columns and in a compact form for the screen.

use std::collections::BTreeMap;

use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use tessera_atlas::classes::Within;
use tessera_atlas::filter::Condition;
use tessera_atlas::geography::{Geography, Parents};
use tessera_atlas::period::Period;
use tessera_atlas::search::search;
use tessera_atlas::whereabouts::whereabouts;
use tessera_atlas::{AtlasView, EditionId};
use utoipa::{IntoParams, ToSchema};

use super::values::{COMPACT, COMPACT_TYPE};
use crate::answer::{self, Freshness};
use crate::error::{ApiError, Place};
use crate::gate::Atlas;
use crate::names;
use crate::openapi::OfGeography;
use crate::parameters::{Parameters, Segments};
use crate::selection;

/// The suffixes, and whether each is that of the compact form.
const FORMATS: [(&str, bool); 2] = [(names::JSON, false), (COMPACT, true)];

/// The most areas that a search answers.
const MOST_FOUND: usize = 20;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    /// Searches names and codes; at most 20 areas, best first.
    q: Option<String>,
    /// `GEO:CODE`: the areas inside one alone.
    within: Option<String>,
    /// `INDICATOR[@PERIOD]<=NUMBER`, also with `<`, `=`, `>`, `>=`, joined by `and`: the areas for which it holds alone.
    #[param(example = "crime>=100")]
    filter: Option<String>,
    /// `code,name,…`: these as columns instead of rows.
    #[param(example = "code,name")]
    fields: Option<String>,
}

impl Query {
    /// Whether the answer holds what may have to be withdrawn: which areas pass a filter depends on values, and notes are what
    /// somebody wrote about areas.
    fn may_need_withdrawing(&self, view: &AtlasView) -> bool {
        let notes = Field::Notes.word();
        let asks_notes = self.fields.as_ref().is_none_or(|fields| fields.split(',').any(|field| field == notes));
        self.filter.is_some() || (asks_notes && view.has_notes_on_areas())
    }

    /// The compact form is of all areas, and has no other.
    fn expect_none(&self) -> Result<(), ApiError> {
        let Query { q, within, filter, fields } = self;
        let given = [("q", q), ("within", within), ("filter", filter), ("fields", fields)];
        match given.into_iter().find(|(_, value)| value.is_some()) {
            Some((name, _)) => {
                Err(ApiError::bad_parameter(name, format!("`{COMPACT}` has no parameters: it is of all areas.")))
            }
            None => Ok(()),
        }
    }
}

#[derive(Serialize)]
struct Areas {
    edition: EditionId,
    geography: String,
    count: usize,
    #[serde(flatten)]
    filtered: Option<Filtered>,
    #[serde(flatten)]
    content: Content,
}

/// What is said of the areas that pass a filter.
#[derive(Serialize)]
struct Filtered {
    people: Vec<PeopleInAreas>,
    sentence: String,
}

/// One of the counts that accompany everything, for all areas of the answer together.
#[derive(Serialize, ToSchema)]
struct PeopleInAreas {
    indicator: String,
    name: String,
    #[schema(value_type = String)]
    period: Period,
    total: Option<f64>,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Content {
    Areas(Vec<Map<String, Value>>),
    Columns(Map<String, Value>),
}

/// The answer as the interface describes it: rows, or columns where fields were asked for.
#[derive(ToSchema)]
#[expect(dead_code, reason = "read by the description alone")]
struct DescribedAreas {
    edition: String,
    geography: String,
    count: usize,
    areas: Option<Vec<DescribedArea>>,
    columns: Option<BTreeMap<String, serde_json::Value>>,
    /// With `filter`: who lives in these areas.
    people: Option<Vec<PeopleInAreas>>,
    /// With `filter`: what was found.
    sentence: Option<String>,
}

#[derive(ToSchema)]
#[expect(dead_code, reason = "read by the description alone")]
struct DescribedArea {
    code: String,
    name: String,
    local_name: Option<String>,
    parents: BTreeMap<String, String>,
    centroid: Option<[f64; 2]>,
    label_point: Option<[f64; 2]>,
    bbox: Option<[f64; 4]>,
    area_km2: Option<f64>,
    notes: Vec<String>,
}

/// A member of an area's row, and a column of the columns.
#[derive(Debug, Clone, Copy)]
enum Field {
    Code,
    Name,
    LocalName,
    Parents,
    Centroid,
    LabelPoint,
    Bbox,
    AreaKm2,
    Notes,
}

impl Field {
    const ALL: [Field; 9] = [
        Field::Code,
        Field::Name,
        Field::LocalName,
        Field::Parents,
        Field::Centroid,
        Field::LabelPoint,
        Field::Bbox,
        Field::AreaKm2,
        Field::Notes,
    ];

    fn word(self) -> &'static str {
        match self {
            Field::Code => "code",
            Field::Name => "name",
            Field::LocalName => "local_name",
            Field::Parents => "parents",
            Field::Centroid => "centroid",
            Field::LabelPoint => "label_point",
            Field::Bbox => "bbox",
            Field::AreaKm2 => "area_km2",
            Field::Notes => "notes",
        }
    }
}

/// The areas of a geography, in its fixed order
#[utoipa::path(get, path = "/{edition}/areas/{geography}", params(OfGeography, Query), responses((status = 200, content(
    (DescribedAreas = "application/json"),
    (Vec<u8> = "application/octet-stream"),
))))]
pub(crate) async fn areas(
    Segments((_, id)): Segments<(String, String)>,
    Parameters(query): Parameters<Query>,
    Atlas { view, asked, .. }: Atlas,
) -> Result<Response, ApiError> {
    let is_known = |id: &str| view.geography(id).is_some();
    let (id, is_compact) = names::with_format(&id, &FORMATS, is_known).unwrap_or((&id, false));
    let id = id.to_owned();
    if is_compact {
        query.expect_none()?;
        return asked.content(Freshness::Immutable, move || compact(&view, &id)).await;
    }
    let freshness = if query.may_need_withdrawing(&view) { Freshness::Withdrawable } else { Freshness::Immutable };
    asked.json(freshness, move || answer(&view, &id, &query)).await
}

/// Where all areas lie.
fn compact(view: &AtlasView, id: &str) -> Result<answer::Content, ApiError> {
    let geography = names::geography(view, id, Place::Path("geography"))?;
    let bytes = whereabouts(geography).map_err(ApiError::internal)?;
    Ok(answer::Content { bytes, media_type: COMPACT_TYPE.into() })
}

fn answer(view: &AtlasView, id: &str, query: &Query) -> Result<Areas, ApiError> {
    let geography = names::geography(view, id, Place::Path("geography"))?;
    let within = names::within(view, geography, query.within.as_deref())?;
    let conditions = query.filter.as_deref().map(|text| selection::filter(view, geography, text)).transpose()?;
    let passing = view.filter(geography, conditions.as_deref().unwrap_or_default(), within)?;
    let positions: Vec<usize> = match &query.q {
        Some(text) if conditions.is_some() => {
            let found = search(geography, text, within, geography.len()).into_iter();
            found.filter(|position| passing.binary_search(position).is_ok()).take(MOST_FOUND).collect()
        }
        Some(text) => search(geography, text, within, MOST_FOUND),
        None => passing,
    };
    let filtered =
        conditions.map(|conditions| filtered(view, geography, within, &conditions, &positions)).transpose()?;
    let content = match &query.fields {
        None => Content::Areas(positions.iter().map(|position| row(view, geography, *position)).collect()),
        Some(fields) => {
            let columns =
                fields.split(',').map(|word| Ok((word.to_owned(), column(view, geography, &positions, field(word)?))));
            Content::Columns(columns.collect::<Result<_, ApiError>>()?)
        }
    };
    Ok(Areas { edition: view.id().clone(), geography: geography.id.clone(), count: positions.len(), filtered, content })
}

fn filtered(
    view: &AtlasView,
    geography: &Geography,
    within: Option<Within<'_>>,
    conditions: &[Condition<'_>],
    positions: &[usize],
) -> Result<Filtered, ApiError> {
    let people = view.people(geography)?.into_iter().map(|people| {
        Ok(PeopleInAreas {
            indicator: people.indicator.id.clone(),
            name: people.indicator.short.en().to_owned(),
            period: people.period,
            total: view.people_in(geography, &people, positions)?,
        })
    });
    let sentence = view.filter_sentence(geography, conditions, within, positions)?;
    Ok(Filtered { people: people.collect::<Result<_, ApiError>>()?, sentence })
}

/// The words of `fields`.
pub(crate) fn field_words() -> Vec<String> {
    Field::ALL.iter().map(|field| field.word().to_owned()).collect()
}

fn field(word: &str) -> Result<Field, ApiError> {
    Field::ALL.into_iter().find(|field| field.word() == word).ok_or_else(|| {
        let known: Vec<&str> = Field::ALL.iter().map(|field| field.word()).collect();
        ApiError::bad_parameter("fields", format!("`{word}` is no field of an area. There are: {}.", known.join(", ")))
    })
}

fn row(view: &AtlasView, geography: &Geography, position: usize) -> Map<String, Value> {
    Field::ALL.into_iter().map(|field| (field.word().to_owned(), value(view, geography, position, field))).collect()
}

/// Parents are a column for each parent geography, everything else one column.
fn column(view: &AtlasView, geography: &Geography, positions: &[usize], field: Field) -> Value {
    if let Field::Parents = field {
        let of = |parents: &Parents| {
            let codes: Vec<Option<&str>> =
                positions.iter().map(|position| parent_code(view, parents, *position)).collect();
            (parents.geography.clone(), json!(codes))
        };
        return Value::Object(geography.parents.iter().map(of).collect());
    }
    positions.iter().map(|position| value(view, geography, *position, field)).collect()
}

fn value(view: &AtlasView, geography: &Geography, position: usize, field: Field) -> Value {
    let area = &geography.areas()[position];
    let place = area.place.as_ref();
    match field {
        Field::Code => json!(area.code),
        Field::Name => json!(area.name),
        Field::LocalName => json!(area.local_name),
        Field::Parents => json!(parent_codes(view, geography, position)),
        Field::Centroid => json!(place.map(|place| place.centroid)),
        Field::LabelPoint => json!(place.map(|place| place.label_point.to_degrees())),
        Field::Bbox => json!(place.map(|place| place.bbox.to_degrees())),
        Field::AreaKm2 => json!(place.map(|place| place.area_km2)),
        Field::Notes => view.notes(&area.code, None, None).into_iter().map(|note| note.text.as_str()).collect(),
    }
}

/// The codes of the areas that an area lies in, by geography.
pub(crate) fn parent_codes<'a>(
    view: &'a AtlasView,
    geography: &'a Geography,
    position: usize,
) -> BTreeMap<&'a str, &'a str> {
    let of = |parents: &'a Parents| Some((parents.geography.as_str(), parent_code(view, parents, position)?));
    geography.parents.iter().filter_map(of).collect()
}

fn parent_code<'a>(view: &'a AtlasView, parents: &Parents, position: usize) -> Option<&'a str> {
    let parent = parents.of.get(position).copied().flatten()?;
    Some(view.geography(&parents.geography)?.areas().get(parent as usize)?.code.as_str())
}
