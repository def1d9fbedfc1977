//! The catalogue: geographies, theme trees, indicators with their metadata, and where and when each is published.

use std::collections::BTreeMap;

use axum::response::Response;
use serde::{Deserialize, Serialize};
use tessera_atlas::catalogue::{Indicator, Theme};
use tessera_atlas::classes::Method;
use tessera_atlas::compare::Selected;
use tessera_atlas::deprivation::Index;
use tessera_atlas::geography::Geography;
use tessera_atlas::period::Period;
use tessera_atlas::points::PointLayer;
use tessera_atlas::text::Text;
use tessera_atlas::{AtlasView, EditionId};

use utoipa::{IntoParams, ToSchema};

use crate::answer::Freshness;
use crate::error::ApiError;
use crate::gate::Atlas;
use crate::openapi::OfEdition;
use crate::parameters::Parameters;

#[derive(Serialize, ToSchema)]
struct Catalog {
    #[schema(value_type = String)]
    edition: EditionId,
    geographies: Vec<GeographyEntry>,
    /// Areas without shape, such as the country, that others are held against.
    comparators: Vec<ComparatorEntry>,
    themes: Vec<Theme>,
    indicators: Vec<IndicatorEntry>,
    points: Vec<PointsEntry>,
    /// Whether `locate` knows postcodes.
    postcodes: bool,
    /// Every period in words.
    period_names: BTreeMap<String, String>,
}

#[derive(Serialize, ToSchema)]
struct GeographyEntry {
    id: String,
    name: String,
    singular: String,
    plural: String,
    /// `singular`, with the vintage where another geography has the same: "LSOA of 2021".
    distinct_singular: String,
    /// `plural`, likewise.
    distinct_plural: String,
    count: usize,
    shape: bool,
    /// Whether its areas cover the place without overlapping; clusters that do not are drawn as outlines.
    tiling: bool,
    /// The geography whose areas its own are sets of.
    of: Option<String>,
    parents: Vec<ParentEntry>,
    bbox: Option<[f64; 4]>,
}

#[derive(Serialize, ToSchema)]
struct ComparatorEntry {
    geography: String,
    code: String,
    name: String,
}

#[derive(Serialize, ToSchema)]
struct PointsEntry {
    id: String,
    name: String,
    count: usize,
    /// What is published of each place beside its name.
    attributes: Vec<String>,
}

#[derive(Serialize, ToSchema)]
struct ParentEntry {
    geography: String,
    fit: &'static str,
}

#[derive(Serialize, ToSchema)]
struct IndicatorEntry {
    id: String,
    name: String,
    short: String,
    kind: &'static str,
    per: f64,
    unit: String,
    decimals: u8,
    polarity: &'static str,
    aggregate: &'static str,
    denominator: Option<String>,
    weight: Option<String>,
    out_of: Option<u32>,
    /// What the bad end is called.
    worst: Option<String>,
    /// What the good end is called.
    best: Option<String>,
    /// Among what a rank or decile was made.
    among: Option<String>,
    /// The rank or score that puts the areas of a decile in order.
    ordered_by: Option<String>,
    /// Of rank, score and deciles of an index of deprivation: what its summary measures are made of.
    deprivation: Option<IndexEntry>,
    /// Each decile in words, where the indicator says enough of itself; else empty.
    tenths: Vec<String>,
    categories: Vec<String>,
    themes: Vec<Vec<String>>,
    #[schema(value_type = Option<String>)]
    base: Option<tessera_atlas::manifest::Base>,
    definition: Option<String>,
    source: Option<String>,
    source_url: Option<String>,
    licence: Option<String>,
    caveat: Option<String>,
    updated: Option<String>,
    frequency: Option<String>,
    next_due: Option<String>,
    owner: Option<String>,
    #[schema(value_type = BTreeMap<String, Vec<String>>)]
    periods: BTreeMap<String, Vec<Period>>,
    opens_at: Option<String>,
    /// The periods for which targets are set.
    #[schema(value_type = Vec<String>)]
    targets: Vec<Period>,
    /// How its values can be put into classes.
    methods: &'static [Method],
    /// In which ways beside its values they can be shown: `change`, `hotspots`, `significance`.
    modes: Vec<&'static str>,
}

/// The ranks, and the scores that were ranked, of small areas.
#[derive(Serialize, ToSchema)]
struct IndexEntry {
    geography: String,
    rank: String,
    score: Option<String>,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    /// `me`: whatever the asker may see. There are no accounts yet, so that this is what everybody may see.
    #[param(inline)]
    #[serde(rename = "audience")]
    _audience: Option<AudienceWord>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum AudienceWord {
    Me,
}

/// Geographies, themes, indicators, and where and when each is published
#[utoipa::path(get, path = "/{edition}/catalog", params(OfEdition, Query), responses((status = 200, body = Catalog)))]
pub(crate) async fn catalog(Atlas { view, asked, .. }: Atlas, _: Parameters<Query>) -> Result<Response, ApiError> {
    asked.json(Freshness::Withdrawable, move || answer(&view)).await
}

fn answer(view: &AtlasView) -> Result<Catalog, ApiError> {
    let indices = view.indices_of_deprivation()?;
    let indicators: Vec<IndicatorEntry> =
        view.indicators().iter().map(|indicator| indicator_entry(view, indicator, &indices)).collect();
    let periods = view
        .geographies()
        .iter()
        .flat_map(|geography| view.indicators().iter().flat_map(move |indicator| view.periods(geography, indicator)));
    Ok(Catalog {
        edition: view.id().clone(),
        geographies: view.geographies().iter().map(geography_entry).collect(),
        comparators: view.comparators().map(comparator_entry).collect(),
        themes: view.themes(),
        period_names: periods.map(|period| (period.to_string(), period.words())).collect(),
        indicators,
        points: view.points().iter().map(points_entry).collect(),
        postcodes: view.knows_postcodes(),
    })
}

/// The index of deprivation that an indicator is of.
fn index_entry(indicator: &Indicator, indices: &[Index<'_>]) -> Option<IndexEntry> {
    let index = indices.iter().find(|index| index.holds(indicator))?;
    Some(IndexEntry {
        geography: index.geography.id.clone(),
        rank: index.rank.id.clone(),
        score: index.score.map(|score| score.id.clone()),
    })
}

fn comparator_entry(selected: Selected<'_>) -> ComparatorEntry {
    let area = selected.area();
    ComparatorEntry {
        geography: selected.geography.id.clone(),
        code: area.code.clone(),
        name: area.shown_name().to_owned(),
    }
}

fn points_entry(layer: &PointLayer) -> PointsEntry {
    PointsEntry {
        id: layer.id.clone(),
        name: layer.name.en().to_owned(),
        count: layer.points.len(),
        attributes: layer.attributes.clone(),
    }
}

fn geography_entry(geography: &Geography) -> GeographyEntry {
    let parents = geography
        .parents
        .iter()
        .map(|parents| ParentEntry { geography: parents.geography.clone(), fit: parents.fit.word() });
    GeographyEntry {
        id: geography.id.clone(),
        name: geography.name.en().to_owned(),
        singular: geography.singular.en().to_owned(),
        plural: geography.plural(),
        distinct_singular: geography.distinct_singular(),
        distinct_plural: geography.distinct_plural(),
        count: geography.len(),
        shape: geography.shape.is_some(),
        tiling: geography.tiling,
        of: geography.sets.as_ref().map(|sets| sets.of.clone()),
        parents: parents.collect(),
        bbox: geography.shape.as_ref().and_then(|shape| shape.topology.extent()).map(|bbox| bbox.to_degrees()),
    }
}

fn indicator_entry(view: &AtlasView, indicator: &Indicator, indices: &[Index<'_>]) -> IndicatorEntry {
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.en().to_owned());
    let periods = view.geographies().iter().map(|geography| (geography.id.clone(), view.periods(geography, indicator)));
    IndicatorEntry {
        id: indicator.id.clone(),
        name: indicator.name.en().to_owned(),
        short: indicator.short.en().to_owned(),
        kind: indicator.kind.word(),
        per: indicator.per,
        unit: indicator.unit.en().to_owned(),
        decimals: indicator.decimals,
        polarity: indicator.polarity.word(),
        aggregate: indicator.aggregate.word(),
        denominator: indicator.denominator.as_ref().map(ToString::to_string),
        weight: indicator.weight.as_ref().map(ToString::to_string),
        out_of: indicator.out_of,
        worst: text(&indicator.worst),
        best: text(&indicator.best),
        among: text(&indicator.among),
        ordered_by: indicator.ordered_by.clone().filter(|id| view.indicator(id).is_some()),
        deprivation: index_entry(indicator, indices),
        tenths: (1..=10).filter_map(|tenth| indicator.tenth_in_words(f64::from(tenth))).collect(),
        categories: indicator.categories.iter().map(|category| category.en().to_owned()).collect(),
        themes: indicator.themes.clone(),
        base: indicator.base,
        definition: text(&indicator.definition),
        source: text(&indicator.source),
        source_url: indicator.source_url.clone(),
        licence: indicator.licence.clone(),
        caveat: text(&indicator.caveat),
        updated: indicator.updated.clone(),
        frequency: indicator.frequency.clone(),
        next_due: indicator.next_due.clone(),
        owner: indicator.owner.clone(),
        periods: periods.filter(|(_, periods)| !periods.is_empty()).collect(),
        opens_at: view.opens_at(indicator).map(|geography| geography.id.clone()),
        targets: view.target_periods(indicator),
        methods: Method::on_offer(indicator),
        modes: indicator.modes(),
    }
}
