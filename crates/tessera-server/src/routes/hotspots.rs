//! Areas that stand out together with their neighbours.

use axum::response::Response;
use serde::{Deserialize, Serialize};
use tessera_atlas::catalogue::Indicator;
use tessera_atlas::geography::Geography;
use tessera_atlas::hotspots::{Hotspots, NoHotspots, Permutations, Question, Smoothing, SpaceError, Statistic};
use tessera_atlas::{AtlasView, EditionId};
use utoipa::{IntoParams, ToSchema};

use crate::answer::Freshness;
use crate::error::{ApiError, Place};
use crate::gate::Atlas;
use crate::names;
use crate::openapi::OfColumn;
use crate::parameters::{Parameters, Segments, capitalised};

/// The seed unless a reader sets another.
const DEFAULT_SEED: u32 = 1;

/// The false discovery rate unless a reader sets another.
const DEFAULT_FALSE_DISCOVERY_RATE: f64 = 0.05;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Query {
    /// By which statistic.
    #[serde(default)]
    #[param(inline)]
    pub(crate) hotspot: StatisticWord,
    /// How many random permutations areas are held against: 99, 999 or 9999.
    #[param(example = 999)]
    pub(crate) permutations: Option<u32>,
    /// What the permutations are drawn from: the same seed gives the same answer.
    #[param(example = 1)]
    pub(crate) seed: Option<u32>,
    /// The false discovery rate: the part of the findings that may be chance, between 0 and 1.
    #[param(example = 0.05)]
    pub(crate) fdr: Option<f64>,
    /// Smooths rates of small populations first.
    #[param(inline)]
    pub(crate) smooth: Option<SmoothingWord>,
    /// `GEO:CODE`: the areas inside one alone.
    pub(crate) within: Option<String>,
    /// The newest unless said.
    pub(crate) period: Option<String>,
}

/// The statistics on offer.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum StatisticWord {
    #[default]
    GiStar,
    LocalMoran,
}

/// The ways of smoothing on offer.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SmoothingWord {
    Global,
    Spatial,
}

#[derive(Serialize, ToSchema)]
struct HotspotsAnswer {
    #[schema(value_type = String)]
    edition: EditionId,
    #[serde(flatten)]
    hotspots: Hotspots,
}

/// Areas that stand out together with their neighbours
#[utoipa::path(get, path = "/{edition}/hotspots/{geography}/{indicator}", params(OfColumn, Query), responses((status = 200, body = HotspotsAnswer)))]
pub(crate) async fn hotspots(
    Segments((_, geography, indicator)): Segments<(String, String, String)>,
    Parameters(query): Parameters<Query>,
    Atlas { view, asked, .. }: Atlas,
) -> Result<Response, ApiError> {
    asked.json(Freshness::Withdrawable, move || answer(&view, &geography, &indicator, &query)).await
}

fn answer(view: &AtlasView, geography: &str, indicator: &str, query: &Query) -> Result<HotspotsAnswer, ApiError> {
    let geography = names::geography(view, geography, Place::Path("geography"))?;
    let indicator = names::indicator(view, indicator, Place::End("indicator"))?;
    Ok(HotspotsAnswer { edition: view.id().clone(), hotspots: found(view, geography, indicator, query)? })
}

/// The hotspots of an indicator.
///
/// # Errors
/// Where the question makes no sense of it.
pub(crate) fn found(
    view: &AtlasView,
    geography: &Geography,
    indicator: &Indicator,
    query: &Query,
) -> Result<Hotspots, ApiError> {
    let permutations = query.permutations.map_or(Ok(Permutations::default()), Permutations::try_from);
    let question = Question {
        geography,
        indicator,
        period: names::period(view, geography, indicator, query.period.as_deref())?,
        within: names::within(view, geography, query.within.as_deref())?,
        statistic: match query.hotspot {
            StatisticWord::GiStar => Statistic::GiStar,
            StatisticWord::LocalMoran => Statistic::LocalMoran,
        },
        permutations: permutations.map_err(NoHotspots::from)?,
        seed: query.seed.unwrap_or(DEFAULT_SEED),
        false_discovery_rate: query.fdr.unwrap_or(DEFAULT_FALSE_DISCOVERY_RATE),
        smoothing: query.smooth.map(|word| match word {
            SmoothingWord::Global => Smoothing::Global,
            SmoothingWord::Spatial => Smoothing::Spatial,
        }),
    };
    view.hotspots(&question)?.ok_or_else(|| names::not_published(view, geography, indicator))
}

impl From<NoHotspots> for ApiError {
    fn from(error: NoHotspots) -> ApiError {
        let detail = capitalised(&format!("{error}."));
        match error {
            NoHotspots::Kind { .. } => ApiError::not_applicable("indicator", detail),
            NoHotspots::NoShape { geography } => ApiError::no_shape(&geography),
            NoHotspots::Overlapping { .. } => ApiError::not_applicable("geography", detail),
            NoHotspots::NotSmoothable { .. } => ApiError::not_applicable("smooth", detail),
            NoHotspots::Space(SpaceError::FalseDiscoveryRate { .. }) => ApiError::bad_parameter("fdr", detail),
            NoHotspots::Space(SpaceError::PermutationCount { .. }) => ApiError::bad_parameter("permutations", detail),
            NoHotspots::Space(error) => ApiError::internal(error),
            NoHotspots::Store(error) => error.into(),
        }
    }
}
