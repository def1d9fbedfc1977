//! The areas of a column together: their number, middle, ends and spread.

use std::collections::BTreeMap;

use serde::Serialize;
use tessera_stats::mean::mean;
use tessera_stats::rank::First;
use tessera_stats::spread::standard_deviation;
use utoipa::ToSchema;

use crate::catalogue::Indicator;
use crate::cell::Status;
use crate::classes::Within;
use crate::column::{Column, Numbers, number_at};
use crate::deprivation::{Measures, SmallAreas, ranked_of};
use crate::drawn::Total;
use crate::geography::Geography;
use crate::histogram::Histogram;
use crate::manifest::{Aggregate, Kind};
use crate::period::Period;
use crate::quartiles::Quartiles;
use crate::relate::Measure;
use crate::store::StoreError;
use crate::view::AtlasView;
use crate::words::{count, isolated, with_unit};

/// How many areas are named at either end.
const NAMED: usize = 5;

/// What is summed up.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// The geography.
    pub geography: &'a Geography,
    /// The indicator.
    pub indicator: &'a Indicator,
    /// The period.
    pub period: Period,
    /// The areas that it is limited to.
    pub within: Option<Within<'a>>,
}

/// A column summed up. Quartiles are quantiles of type 7; every area counts once but where weights are named.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Summary {
    /// The geography's id.
    pub geography: String,
    /// The indicator's id.
    pub indicator: String,
    /// Its unit.
    pub unit: String,
    /// Decimals shown.
    pub decimals: u8,
    /// The period.
    #[schema(value_type = String)]
    pub period: Period,
    /// `GEO:CODE`, where limited.
    pub within: Option<String>,
    /// How many areas have a value.
    pub n: usize,
    /// How many have none.
    pub missing: usize,
    /// How many have none for which reason.
    pub missing_by_status: BTreeMap<&'static str, usize>,
    /// The numbers that describe the values; `None` where there are none, and for categories, which have no order.
    pub spread: Option<Spread>,
    /// How many areas have which values; `None` where the values are published in classes, or there are none.
    pub histogram: Option<Histogram>,
    /// The areas with the highest values.
    pub highest: Vec<End>,
    /// The areas with the lowest values.
    pub lowest: Vec<End>,
    /// The summary measures of an index of deprivation; `None` for what is no rank in a country.
    pub summary_measures: Option<OfRanks>,
    /// What it comes to.
    pub sentence: String,
}

/// Where values lie.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Spread {
    /// Their ends and quarters.
    #[serde(flatten)]
    pub quartiles: Quartiles,
    /// The mean in which every area counts once; `None` for ranks and deciles, which are not averaged.
    pub plain_mean: Option<f64>,
    /// The mean in which areas count by a weight.
    pub weighted_mean: Option<NamedMean>,
    /// The standard deviation (n − 1); `None` for ranks and deciles, and for fewer than two values.
    pub standard_deviation: Option<f64>,
}

/// A mean and its weights.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NamedMean {
    /// The mean; `None` where an area's number is hidden, and where under 80% of the people are covered.
    pub value: Option<f64>,
    /// What areas are weighted by: "Residents, 2011", or `denominators`.
    pub weighted_by: String,
    /// The share of people in areas whose numbers are published, 0 to 1.
    pub coverage: f64,
    /// Why there is no mean.
    pub reason: Option<String>,
}

/// An area at one end.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct End {
    /// Its code.
    pub code: String,
    /// Its official name.
    pub name: String,
    /// The name that people there use.
    pub local_name: Option<String>,
    /// Its value.
    pub value: f64,
}

/// The summary measures of the English Indices of Deprivation that follow from ranks.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OfRanks {
    /// How many small areas were ranked.
    pub out_of: u32,
    /// By whom areas count: "Residents, 2011".
    pub weighted_by: String,
    /// The measures.
    #[serde(flatten)]
    pub measures: Measures,
}

impl AtlasView {
    /// Sums a column up. `None` where the indicator is not published for this geography and period.
    ///
    /// # Errors
    /// Where a column cannot be read from its store.
    pub fn summary(&self, scope: &Scope<'_>) -> Result<Option<Summary>, StoreError> {
        let Scope { geography, indicator, period, within } = *scope;
        let Some(column) = self.column(geography, indicator, period)? else { return Ok(None) };
        let is_inside = |position: &usize| within.is_none_or(|within| within.holds(geography, *position));
        let positions: Vec<usize> = (0..geography.len()).filter(is_inside).collect();
        let values: Numbers = positions.iter().map(|position| number_at(Some(&column.values), *position)).collect();
        let missing_by_status = column.missing_by_status(positions.iter().copied());
        let spread = match indicator.kind {
            Kind::Category => None,
            _ => self.spread(scope, &positions, &values)?,
        };
        let hidden = missing_by_status.get(Status::Suppressed.word()).copied().unwrap_or(0);
        let sentence = self.summary_sentence(scope, values.iter().flatten().count(), hidden, spread.as_ref());
        let has_ends = spread.is_some();
        Ok(Some(Summary {
            geography: geography.id.clone(),
            indicator: indicator.id.clone(),
            unit: indicator.unit.en().to_owned(),
            decimals: indicator.decimals,
            period,
            within: within.map(|within| within.parameter()),
            n: values.iter().flatten().count(),
            missing: missing_by_status.values().sum(),
            missing_by_status,
            spread,
            histogram: if indicator.published_classes().is_none() { Histogram::of(&values) } else { None },
            highest: if has_ends { ends(geography, &column, &positions, First::Highest) } else { Vec::new() },
            lowest: if has_ends { ends(geography, &column, &positions, First::Lowest) } else { Vec::new() },
            summary_measures: self.measures(scope, &column, &positions)?,
            sentence,
        }))
    }

    fn spread(&self, scope: &Scope<'_>, positions: &[usize], values: &Numbers) -> Result<Option<Spread>, StoreError> {
        let Some(quartiles) = Quartiles::of(values) else { return Ok(None) };
        let is_averaged = !matches!(scope.indicator.kind, Kind::Rank | Kind::Decile);
        Ok(Some(Spread {
            quartiles,
            plain_mean: if is_averaged { mean(values) } else { None },
            weighted_mean: if is_averaged { self.weighted_mean(scope, positions)? } else { None },
            standard_deviation: if is_averaged { standard_deviation(values) } else { None },
        }))
    }

    /// The mean by the rule by which the indicator adds up: by its weights, or as the ratio of sums. It is what the same areas
    /// have as a set; areas that cannot be added up have none.
    fn weighted_mean(&self, scope: &Scope<'_>, positions: &[usize]) -> Result<Option<NamedMean>, StoreError> {
        let Scope { geography, indicator, period, .. } = *scope;
        if !matches!(indicator.aggregate, Aggregate::RatioOfSums | Aggregate::WeightedMean) {
            return Ok(None);
        }
        let Ok(areas) = self.draw("", geography, positions.iter().copied()) else { return Ok(None) };
        let Total { column, coverage, weighted_by, reason } = self.total(&areas, indicator, Some(period))?;
        Ok(weighted_by.map(|weighted_by| NamedMean {
            value: number_at(Some(&column.values), 0),
            weighted_by,
            coverage: coverage.unwrap_or(1.0),
            reason,
        }))
    }

    /// The summary measures of ranks in a country.
    fn measures(&self, scope: &Scope<'_>, column: &Column, positions: &[usize]) -> Result<Option<OfRanks>, StoreError> {
        let rank = Measure { indicator: scope.indicator, period: scope.period };
        let Some(out_of) = ranked_of(scope.indicator) else { return Ok(None) };
        let Some(people) = self.people_for(scope.geography, rank)? else { return Ok(None) };
        let small = SmallAreas { ranks: column, scores: None, people: Some(&people.column), out_of };
        let measures = small.measures(positions.iter().copied());
        Ok(Some(OfRanks { out_of, weighted_by: people.words, measures }))
    }

    fn summary_sentence(&self, scope: &Scope<'_>, n: usize, hidden: usize, spread: Option<&Spread>) -> String {
        let Scope { geography, indicator, period, within } = *scope;
        let (scope, name) = (self.scope_name(within), isolated(indicator.name.en()));
        let (subject, place) = (format!("{name}, {}", period.words()), isolated(&scope));
        let areas = if n == 1 { geography.singular.en().to_owned() } else { geography.plural() };
        let Some(Spread { quartiles, plain_mean, weighted_mean, .. }) = spread else {
            return match n {
                0 => format!("{subject}: no value for any {} in {place}.", geography.singular.en()),
                _ => format!("{subject}: {} {areas} in {place} have a value.", count(n)),
            };
        };
        let shown = |value: f64| with_unit(value, indicator.decimals, indicator.unit.en());
        let plain = |value: f64| indicator.words(value);
        let hidden = match hidden {
            0 => String::new(),
            hidden => format!(" ({} more hidden to protect privacy)", count(hidden)),
        };
        let ends = format!("from {} to {}", plain(quartiles.minimum), shown(quartiles.maximum));
        let start = format!(
            "{subject}: {} {areas} in {place}{hidden}, {ends}; the middle half between {} and {}, the median {}",
            count(n),
            plain(quartiles.lower_quartile),
            plain(quartiles.upper_quartile),
            plain(quartiles.median)
        );
        let weighted = weighted_mean.as_ref().and_then(|weighted| Some((weighted.value?, &weighted.weighted_by)));
        let means = match (*plain_mean, weighted) {
            (Some(mean), Some((weighted, weighted_by))) => format!(
                "; their mean is {} with each counting once, and {} weighted by {}",
                plain(mean),
                plain(weighted),
                isolated(weighted_by)
            ),
            (Some(mean), None) => format!("; their mean is {} with each counting once", plain(mean)),
            (None, _) => String::new(),
        };
        format!("{start}{means}.")
    }
}

/// The areas at one end, those that tie in the order of their codes.
fn ends(geography: &Geography, column: &Column, positions: &[usize], end: First) -> Vec<End> {
    let with_value = |position: &usize| Some((number_at(Some(&column.values), *position)?, *position));
    let mut ranked: Vec<(f64, usize)> = positions.iter().filter_map(with_value).collect();
    ranked.sort_by(|(a, _), (b, _)| match end {
        First::Highest => b.total_cmp(a),
        First::Lowest => a.total_cmp(b),
    });
    let area = |(value, position): (f64, usize)| {
        let area = &geography.areas()[position];
        End { code: area.code.clone(), name: area.name.clone(), local_name: area.local_name.clone(), value }
    };
    ranked.into_iter().take(NAMED).map(area).collect()
}
