//! Areas through time, and whether the last five years went up or down by more than chance.

use std::sync::Arc;

use serde::Serialize;
use tessera_stats::trend::{Direction, NoTrend, PERIODS, Trend, of_proportion, of_value};
use utoipa::ToSchema;

use crate::catalogue::Indicator;
use crate::cell::Status;
use crate::column::{Column, Numbers, number_at};
use crate::compare::{Against, Confidence, Selected, Subjects};
use crate::drawn::DrawnSet;
use crate::geography::Geography;
use crate::intervals::{Interval, Intervals};
use crate::manifest::Kind;
use crate::period::Period;
use crate::store::StoreError;
use crate::summed::{Parts, Sums};
use crate::view::AtlasView;
use crate::words::{self, count, isolated, list, sentence};

/// How many areas the sentence names.
const NAMED: usize = 4;

/// An indicator through time.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Trends {
    /// The indicator's id.
    pub indicator: String,
    /// Its unit.
    pub unit: String,
    /// Decimals shown.
    pub decimals: u8,
    /// Which end is bad.
    pub polarity: &'static str,
    /// Each area that was asked for.
    pub areas: Vec<AreaTrend>,
    /// Each set.
    pub sets: Vec<AreaTrend>,
    /// What they are held against, each once.
    pub against: Vec<AreaTrend>,
    /// All areas of the atlas together; `None` where the indicator does not add up.
    pub overall: Option<AreaTrend>,
    /// What it comes to.
    pub sentence: String,
}

/// One area or set through time.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AreaTrend {
    /// The geography's id; `None` for all areas together.
    pub geography: Option<String>,
    /// The area's code; `None` for a set, and for all areas together.
    pub code: Option<String>,
    /// Its official name; what a set is called.
    pub name: String,
    /// The name that people there use.
    pub local_name: Option<String>,
    /// Its values, in time order.
    pub series: Vec<Point>,
    /// Its last five years.
    pub recent: RecentTrend,
}

impl AreaTrend {
    /// The name that comes first on screen.
    fn shown_name(&self) -> &str {
        self.local_name.as_deref().unwrap_or(&self.name)
    }
}

/// A value in time.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Point {
    /// The period.
    #[schema(value_type = String)]
    pub period: Period,
    /// The value.
    pub value: Option<f64>,
    /// The 95% interval's lower end.
    pub lower: Option<f64>,
    /// The 95% interval's upper end.
    pub upper: Option<f64>,
    /// How the interval was computed, or `as published`.
    pub method: Option<&'static str>,
    /// Why there is no value, or marks beside it.
    pub status: Vec<Status>,
    /// The share of people that an aggregated value covers, where that is not all of them.
    pub coverage: Option<f64>,
    /// The areas of which it is the sum, where some are missing.
    #[serde(skip)]
    parts: Option<Parts>,
}

/// Whether the last five years went up or down by more than chance.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RecentTrend {
    /// "increasing and getting worse", "no significant change", "cannot be calculated" and so on.
    pub words: &'static str,
    /// `increasing`, `decreasing` or `none`; `None` where it cannot be calculated.
    pub direction: Option<&'static str>,
    /// The five years.
    #[schema(value_type = Vec<String>)]
    pub periods: Vec<Period>,
    /// By which test.
    pub test: Option<&'static str>,
    /// The statistic, significant above 9.549536 (99.8%, one degree of freedom).
    pub chi_squared: Option<f64>,
    /// Why it cannot be calculated, or why a significant statistic makes no trend.
    pub reason: Option<String>,
}

/// The two tests.
const OF_PROPORTIONS: &str = "χ² for a linear trend in proportions";
const OF_VALUES: &str = "χ² of the slope weighted by the intervals";

/// A value in each period, where there is a column of it.
type Series = [(Period, Option<Held>)];

/// A value.
struct Held {
    column: Arc<Column>,
    /// Its position in the column.
    position: usize,
    /// The share of people that it covers, where that is not all.
    coverage: Option<f64>,
    /// The areas of which it is the sum, where some are missing.
    parts: Option<Parts>,
}

impl AtlasView {
    /// The values of areas and sets through time, with the recent trend of each.
    ///
    /// # Errors
    /// Where a column cannot be read from its store.
    pub fn trends<'a>(
        &self,
        geography: &Geography,
        subjects: impl Into<Subjects<'a>>,
        against: &[Against<'_>],
        indicator: &Indicator,
    ) -> Result<Trends, StoreError> {
        let subjects = subjects.into();
        let sums = &Sums::new(self, indicator);
        let areas = subjects.areas.iter().map(|area| self.area_trend(*area, indicator, sums));
        let areas: Vec<AreaTrend> = areas.collect::<Result<_, StoreError>>()?;
        let sets = subjects.sets.iter().map(|set| self.set_trend(set, indicator, sums));
        let sets: Vec<AreaTrend> = sets.collect::<Result<_, StoreError>>()?;
        let overall = self.overall_trend(geography, indicator, sums)?;
        Ok(Trends {
            indicator: indicator.id.clone(),
            unit: indicator.unit.en().to_owned(),
            decimals: indicator.decimals,
            polarity: indicator.polarity.word(),
            sentence: in_words(indicator, &areas, &sets, overall.as_ref()),
            against: self.trends_against(subjects, against, indicator, sums)?,
            areas,
            sets,
            overall,
        })
    }

    /// What areas and sets are held against through time: all areas together and every period stand there anyway, and so far
    /// targets have no series.
    fn trends_against(
        &self,
        subjects: Subjects<'_>,
        against: &[Against<'_>],
        indicator: &Indicator,
        sums: &Sums<'_>,
    ) -> Result<Vec<AreaTrend>, StoreError> {
        let mut held = Vec::new();
        let mut parents: Vec<Selected<'_>> = Vec::new();
        for against in against {
            match against {
                Against::Overall | Against::Target | Against::Period(_) => {}
                Against::Area(area) => held.push(self.area_trend(*area, indicator, sums)?),
                Against::Set(set) => held.push(self.set_trend(set, indicator, sums)?),
                Against::Parent => {
                    for parent in self.parents_of(subjects) {
                        let is_known = |known: &Selected<'_>| {
                            known.geography.id == parent.geography.id && known.position == parent.position
                        };
                        if !parents.iter().any(is_known) {
                            parents.push(parent);
                            held.push(self.area_trend(parent, indicator, sums)?);
                        }
                    }
                }
            }
        }
        Ok(held)
    }

    fn area_trend(&self, area: Selected<'_>, indicator: &Indicator, sums: &Sums<'_>) -> Result<AreaTrend, StoreError> {
        let held = |period| self.held_in(Some(area.geography), area.position, indicator, period, sums);
        let series = self.periods(area.geography, indicator).into_iter().map(held);
        let series: Vec<(Period, Option<Held>)> = series.collect::<Result<_, StoreError>>()?;
        let (geography, code) = (area.geography.id.clone(), area.area().code.clone());
        let trend = self.trend(Some(geography), Some(code), &area.area().name, indicator, &series);
        Ok(AreaTrend { local_name: area.area().local_name.clone(), ..trend })
    }

    fn set_trend(&self, set: &DrawnSet<'_>, indicator: &Indicator, sums: &Sums<'_>) -> Result<AreaTrend, StoreError> {
        let (geography, members) = set.made_of();
        let held = |period| {
            let total = self.total(set, indicator, Some(period))?;
            let parts = sums.parts(Some(geography), members, period)?;
            let (column, coverage) = (Arc::new(total.column), total.coverage);
            Ok((period, Some(Held { column, position: 0, coverage, parts })))
        };
        let series = self.periods_of(set, indicator).into_iter().map(held);
        let series: Vec<(Period, Option<Held>)> = series.collect::<Result<_, StoreError>>()?;
        Ok(self.trend(Some(set.geography().id.clone()), None, set.name(), indicator, &series))
    }

    fn overall_trend(
        &self,
        geography: &Geography,
        indicator: &Indicator,
        sums: &Sums<'_>,
    ) -> Result<Option<AreaTrend>, StoreError> {
        let held = |period| self.held_in(None, 0, indicator, period, sums);
        let series = self.periods(geography, indicator).into_iter().map(held);
        let series: Vec<(Period, Option<Held>)> = series.collect::<Result<_, StoreError>>()?;
        if series.iter().all(|(_, held)| held.is_none()) {
            return Ok(None);
        }
        // The last five years of the whole are its own, though another geography has fewer of them.
        let own = self.overall_periods(indicator).into_iter().map(held);
        let own: Vec<(Period, Option<Held>)> = own.collect::<Result<_, StoreError>>()?;
        let recent = recent_trend(indicator, &own, &self.intervals(indicator));
        Ok(Some(AreaTrend { recent, ..self.trend(None, None, &self.scope_name(None), indicator, &series) }))
    }

    /// The value of an area in a period; without a geography, that of all areas of the atlas together.
    fn held_in(
        &self,
        geography: Option<&Geography>,
        position: usize,
        indicator: &Indicator,
        period: Period,
        sums: &Sums<'_>,
    ) -> Result<(Period, Option<Held>), StoreError> {
        let Some(column) = self.column_or_overall(geography, indicator, period)? else { return Ok((period, None)) };
        let (coverage, parts) = (column.coverage_of(position), sums.parts(geography, &[position], period)?);
        Ok((period, Some(Held { column, position, coverage, parts })))
    }

    fn trend(
        &self,
        geography: Option<String>,
        code: Option<String>,
        name: &str,
        indicator: &Indicator,
        series: &Series,
    ) -> AreaTrend {
        let intervals = self.intervals(indicator);
        AreaTrend {
            geography,
            code,
            name: name.to_owned(),
            local_name: None,
            series: points(series, &intervals),
            recent: recent_trend(indicator, series, &intervals),
        }
    }
}

fn points(series: &Series, intervals: &Intervals) -> Vec<Point> {
    let point = |(period, held): &(Period, Option<Held>)| {
        let held = held.as_ref();
        let interval = held.and_then(|held| intervals.at(&held.column, held.position, Confidence::Percent95));
        let status = held.map(|held| held.column.status_of(held.position).to_vec());
        Point {
            period: *period,
            value: held.and_then(|held| number_at(Some(&held.column.values), held.position)),
            lower: interval.map(|interval| interval.lower),
            upper: interval.map(|interval| interval.upper),
            method: interval.map(|interval| interval.method.words()),
            status: status.unwrap_or_else(|| vec![Status::NotAvailable]),
            coverage: held.and_then(|held| held.coverage),
            parts: held.and_then(|held| held.parts.clone()),
        }
    };
    series.iter().map(point).collect()
}

fn recent_trend(indicator: &Indicator, series: &Series, intervals: &Intervals) -> RecentTrend {
    let mut periods = Vec::new();
    match tested(indicator, series, intervals, &mut periods) {
        Ok((test, trend)) => RecentTrend {
            words: trend.words(indicator.polarity.into()),
            direction: Some(match trend.direction {
                Direction::Increasing => "increasing",
                Direction::Decreasing => "decreasing",
                Direction::NoSignificantChange => "none",
            }),
            periods,
            test: Some(test),
            chi_squared: Some(trend.chi_squared),
            reason: trend
                .rests_on_one_period
                .then(|| "The direction rests on a single year: without it, it would not be the same.".to_owned()),
        },
        Err(reason) => RecentTrend {
            words: "cannot be calculated",
            direction: None,
            periods,
            test: None,
            chi_squared: None,
            reason: Some(sentence(&reason)),
        },
    }
}

/// The trend of the last five years, with the test by which it was found; or why it cannot be calculated.
fn tested(
    indicator: &Indicator,
    series: &Series,
    intervals: &Intervals,
    periods: &mut Vec<Period>,
) -> Result<(&'static str, Trend), String> {
    if !indicator.kind.has_differences() {
        return Err(format!("a {} has no size that could grow", indicator.kind.word()));
    }
    *periods = last_years(series)?;
    let years: Vec<&Held> = periods
        .iter()
        .map(|year| {
            let held = series.iter().find(|(period, _)| period == year).and_then(|(_, held)| held.as_ref());
            held.ok_or_else(|| format!("{} has no value", year.words()))
        })
        .collect::<Result<_, String>>()?;
    for (number, (held, year)) in years.iter().zip(periods.iter()).enumerate() {
        let status = held.column.status_of(held.position);
        if status.contains(&Status::Modelled) {
            return Err(format!("the value of {} comes from a model, which has a trend of its own", year.words()));
        }
        if number > 0 && status.contains(&Status::Break) {
            return Err(format!("the value of {} cannot be compared with earlier ones", year.words()));
        }
    }
    let part = |part: fn(&Column) -> Option<&Numbers>| -> Numbers {
        years.iter().map(|held| number_at(part(&held.column), held.position)).collect()
    };
    let values = part(|column| Some(&column.values));
    if let Some(other) = years.iter().position(|held| held.parts != years[0].parts)
        && values.iter().all(Option::is_some)
    {
        let [first, other] = [periods[0], periods[other]].map(|year| year.words());
        return Err(format!("the sums of {first} and {other} are not of the same areas"));
    }
    let (numerators, denominators) =
        (part(|column| column.numerator.as_ref()), part(|column| column.denominator.as_ref()));
    let has_parts = numerators.iter().chain(&denominators).all(Option::is_some);
    if indicator.kind == Kind::Proportion && has_parts {
        let trend = of_proportion(&numerators, &denominators).map_err(|error| reason(error, periods))?;
        return Ok((OF_PROPORTIONS, trend));
    }
    let ends: Vec<Option<Interval>> =
        years.iter().map(|held| intervals.at(&held.column, held.position, Confidence::Percent95)).collect();
    if ends.iter().all(Option::is_none) && values.iter().all(Option::is_some) {
        return Err("its values have no intervals, so chance cannot be ruled out".to_owned());
    }
    // A value without an interval is told apart from none.
    let end = |end: fn(&Interval) -> f64| -> Numbers {
        ends.iter().zip(&values).map(|(interval, value)| interval.as_ref().map(end).or(*value)).collect()
    };
    let (lower, upper) = (end(|interval| interval.lower), end(|interval| interval.upper));
    let trend = of_value(&values, &lower, &upper).map_err(|error| reason(error, periods))?;
    Ok((OF_VALUES, trend))
}

/// The five years up to the newest one, oldest first; they follow each other and are of one kind, so they do not overlap.
fn last_years(series: &Series) -> Result<Vec<Period>, String> {
    let is_year = |period: &Period| matches!(period, Period::Year(_) | Period::SplitYear(..));
    let newest = series.iter().map(|(period, _)| *period).rfind(is_year);
    let Some(newest) = newest else { return Err("it needs five years, and no period here is a year".to_owned()) };
    let years = (0..PERIODS as u16).rev().map(|before| newest.years_before(before));
    let years: Vec<Period> = years.collect::<Option<_>>().ok_or("it needs five years")?;
    match years.iter().find(|year| !series.iter().any(|(period, _)| period == *year)) {
        Some(missing) => {
            Err(format!("it needs the five years up to {}, and {} is not published", newest.words(), missing.words()))
        }
        None => Ok(years),
    }
}

/// Why a trend cannot be calculated, with the year instead of its number.
fn reason(error: NoTrend, periods: &[Period]) -> String {
    let year = |period: usize| periods.get(period.wrapping_sub(1)).map(Period::words).unwrap_or_default();
    match error {
        NoTrend::Missing { period } => format!("{} has no value", year(period)),
        NoTrend::NotAProportion { period } => format!("the parts of {} are not those of a proportion", year(period)),
        NoTrend::NoneOrAll { period } => format!("in {} none or all were counted", year(period)),
        NoTrend::NoInterval { period } => format!("the value of {} has no interval with a width", year(period)),
        other => other.to_string().trim_start_matches("cannot be calculated: ").to_owned(),
    }
}

/// From what to what the areas went, and their recent trends.
fn in_words(indicator: &Indicator, areas: &[AreaTrend], sets: &[AreaTrend], overall: Option<&AreaTrend>) -> String {
    let mut all: Vec<&AreaTrend> = sets.iter().chain(areas).collect();
    if all.is_empty() {
        all.extend(overall);
    }
    if all.is_empty() {
        let short = isolated(indicator.short.en());
        return format!("{short} does not add up over areas: name some to see them through time.");
    }
    let said = &all[..words::named(all.len(), NAMED)];
    let (levels, recent) = (from_first_to_last(indicator, said), recent_trends(said));
    let more = all.len() - said.len();
    let more = (more > 0 && levels.is_some()).then(|| format!("{} more are not named here.", count(more)));
    levels.into_iter().chain(more).chain(recent).collect::<Vec<String>>().join(" ")
}

/// A point of a series with its value.
type Known<'a> = (&'a Point, f64);

/// "Recorded crime (per 1,000 residents) from July 2016 to July 2018: Leeds 12.3 to 15.0." `None` where no area has two values.
/// Sums of different areas do not lead from one to the other: "Leeds 12 and 15 (sums of different areas)".
fn from_first_to_last<'a>(indicator: &Indicator, areas: &[&'a AreaTrend]) -> Option<String> {
    let ends = |area: &&'a AreaTrend| {
        let mut known = area.series.iter().filter_map(|point| Some((point, point.value?)));
        let (first, last) = (known.next()?, known.next_back()?);
        Some((isolated(area.shown_name()).into_owned(), first, last))
    };
    let ends: Vec<(String, Known<'_>, Known<'_>)> = areas.iter().filter_map(ends).collect();
    let (_, (first, _), (last, _)) = ends.first()?;
    let is_one_span =
        ends.iter().all(|(_, (from, _), (to, _))| (from.period, to.period) == (first.period, last.period));
    let shown = |(point, value): Known<'_>| {
        let figure = indicator.figure(value);
        if is_one_span { figure } else { format!("{figure} in {}", point.period.words()) }
    };
    let of_area = |(name, from, to): &(String, Known<'_>, Known<'_>)| match from.0.parts == to.0.parts {
        true => format!("{name} {} to {}", shown(*from), shown(*to)),
        false => format!("{name} {} and {} (sums of different areas)", shown(*from), shown(*to)),
    };
    let short = isolated(indicator.short.en());
    let unit = words::unit_aside(indicator.unit.en());
    let span =
        if is_one_span { format!(" from {} to {}", first.period.words(), last.period.words()) } else { String::new() };
    let named: Vec<String> = ends.iter().map(of_area).collect();
    Some(format!("{short}{unit}{span}: {}.", named.join(", ")))
}

/// The recent trends, areas of which the same is said together; why there is none likewise.
fn recent_trends(areas: &[&AreaTrend]) -> Vec<String> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    let mut remarks = Vec::new();
    let mut missing: Vec<(&str, Vec<String>)> = Vec::new();
    for area in areas {
        let (recent, name) = (&area.recent, isolated(area.shown_name()).into_owned());
        let reason = recent.reason.as_deref().unwrap_or_default();
        match (recent.direction, recent.periods.first(), recent.periods.last()) {
            (Some(_), Some(first), Some(last)) => {
                let words = format!("{} to {}: {}", first.words(), last.words(), recent.words);
                if !reason.is_empty() {
                    remarks.push(format!("{name}: {reason}"));
                }
                together(&mut found, words, name);
            }
            _ => together(&mut missing, reason, name),
        }
    }
    let found = found.into_iter().map(|(words, names)| format!("Recent trend, {words} in {}.", list(&names)));
    let is_missing_for_all = missing.iter().map(|(_, names)| names.len()).sum::<usize>() == areas.len();
    let is_one_reason = missing.len() == 1;
    let missing = missing.into_iter().map(|(reason, names)| match is_missing_for_all && is_one_reason {
        true => format!("A recent trend cannot be calculated. {reason}"),
        false => format!("A recent trend cannot be calculated for {}. {reason}", list(&names)),
    });
    found.chain(remarks).chain(missing).collect()
}

/// Adds a name to those of which the same is said.
fn together<T: PartialEq>(said: &mut Vec<(T, Vec<String>)>, words: T, name: String) {
    match said.iter_mut().find(|(other, _)| *other == words) {
        Some((_, names)) => names.push(name),
        None => said.push((words, vec![name])),
    }
}
