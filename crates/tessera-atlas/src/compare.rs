//! Areas beside each other and beside what they are held against.

mod comparator;
mod place;

use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;

pub use comparator::{Comparator, TargetOutcome};
pub use place::RankOf;
pub use tessera_stats::intervals::Confidence;

use self::place::Places;
use crate::catalogue::Indicator;
use crate::cell::Status;
use crate::column::{Column, Numbers, number_at};
use crate::geography::{Area, Geography};
use crate::intervals::Intervals;
use crate::period::Period;
use crate::significance::{Certainty, OuterInterval};
use crate::store::StoreError;
use crate::view::{AtlasView, People};
use crate::words::{count, isolated, list, with_unit};

/// An area of a geography.
#[derive(Debug, Clone, Copy)]
pub struct Selected<'a> {
    /// The geography.
    pub geography: &'a Geography,
    /// The area's position.
    pub position: usize,
}

impl<'a> Selected<'a> {
    /// The area itself.
    pub fn area(&self) -> &'a Area {
        &self.geography.areas()[self.position]
    }
}

/// What areas are held against.
#[derive(Debug, Clone, Copy)]
pub enum Against<'a> {
    /// The area of the broadest parent geography that each lies in.
    Parent,
    /// All areas of the atlas together.
    Overall,
    /// One named area.
    Area(Selected<'a>),
    /// What the publisher wants the area to reach.
    Target,
}

/// One indicator of several areas.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Comparison {
    /// The indicator's id.
    pub indicator: String,
    /// Its name.
    pub name: String,
    /// Its short name.
    pub short: String,
    /// What kind of quantity it is.
    pub kind: &'static str,
    /// Its unit.
    pub unit: String,
    /// Decimals shown.
    pub decimals: u8,
    /// Which end is bad.
    pub polarity: &'static str,
    /// The period; `None` where it is not published for these areas.
    #[schema(value_type = Option<String>)]
    pub period: Option<Period>,
    /// Each area.
    pub areas: Vec<ComparedArea>,
}

/// One area's value, its place and what it is held against.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ComparedArea {
    /// The geography's id.
    pub geography: String,
    /// The area's code.
    pub code: String,
    /// The value.
    pub value: Option<f64>,
    /// Why there is none, or marks beside it.
    pub status: Vec<Status>,
    /// What is counted.
    pub numerator: Option<f64>,
    /// What it is held against.
    pub denominator: Option<f64>,
    /// The 95% interval's lower end.
    pub lower: Option<f64>,
    /// The 95% interval's upper end.
    pub upper: Option<f64>,
    /// How the interval was computed, or `as published`.
    pub method: Option<&'static str>,
    /// The interval at 99.8%, where that was asked for and could be computed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outer: Option<OuterInterval>,
    /// The share of people that an aggregated value covers, where that is not all of them.
    pub coverage: Option<f64>,
    /// Its place among the areas of its geography.
    pub rank: Option<RankOf>,
    /// What it is held against.
    pub against: Vec<Comparator>,
    /// Remarks on this value.
    pub notes: Vec<String>,
}

/// One of the counts that accompany everything, for several areas.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PeopleCompared {
    /// The count's id.
    pub indicator: String,
    /// Its short name.
    pub name: String,
    /// Its period.
    #[schema(value_type = String)]
    pub period: Period,
    /// People in each area.
    pub values: Vec<Option<f64>>,
    /// People in all of them.
    pub total: Option<f64>,
}

/// What is asked of each area.
struct Asked<'a> {
    indicator: &'a Indicator,
    intervals: Intervals,
    against: &'a [Against<'a>],
    confidence: Confidence,
}

impl AtlasView {
    /// Sets areas beside each other by one indicator. Without a period, its newest for the first area's geography. At 99.8%
    /// what lies beyond the outer limits is *much* better or worse; at 95% nothing is.
    ///
    /// # Errors
    /// Where a column cannot be read from its store.
    pub fn compare(
        &self,
        areas: &[Selected<'_>],
        indicator: &Indicator,
        period: Option<Period>,
        against: &[Against<'_>],
        confidence: Confidence,
    ) -> Result<Comparison, StoreError> {
        let asked = Asked { indicator, intervals: self.intervals(indicator), against, confidence };
        let period = period.or_else(|| areas.first().and_then(|first| self.newest_period(first.geography, indicator)));
        let mut places: Vec<(&str, Places)> = Vec::new();
        let mut compared = Vec::new();
        for selected in areas {
            let column = self.column_if(selected.geography, indicator, period)?;
            if !places.iter().any(|(geography, _)| *geography == selected.geography.id)
                && let Some(column) = &column
            {
                places.push((
                    &selected.geography.id,
                    self.places(selected.geography, indicator, period, &column.values)?,
                ));
            }
            let of_geography = |(geography, _): &&(&str, Places)| *geography == selected.geography.id;
            let places = places.iter().find(of_geography).map(|(_, places)| places);
            compared.push(self.compared(*selected, period, column.as_deref(), places, &asked)?);
        }
        Ok(Comparison {
            indicator: indicator.id.clone(),
            name: indicator.name.en().to_owned(),
            short: indicator.short.en().to_owned(),
            kind: indicator.kind.word(),
            unit: indicator.unit.en().to_owned(),
            decimals: indicator.decimals,
            polarity: indicator.polarity.word(),
            period,
            areas: compared,
        })
    }

    /// A column in a period that may not be known.
    fn column_if(
        &self,
        geography: &Geography,
        indicator: &Indicator,
        period: Option<Period>,
    ) -> Result<Option<Arc<Column>>, StoreError> {
        period.map_or(Ok(None), |period| self.column(geography, indicator, period))
    }

    fn compared(
        &self,
        selected: Selected<'_>,
        period: Option<Period>,
        column: Option<&Column>,
        places: Option<&Places>,
        asked: &Asked<'_>,
    ) -> Result<ComparedArea, StoreError> {
        let (position, indicator) = (selected.position, asked.indicator);
        let field =
            |numbers: fn(&Column) -> Option<&Numbers>| column.and_then(|column| number_at(numbers(column), position));
        let value = field(|column| Some(&column.values));
        let interval = column.and_then(|column| asked.intervals.at(column, position, Confidence::Percent95));
        let certainty = column.map(|column| Certainty::of(&asked.intervals, column, position, asked.confidence));
        let certainty = certainty.unwrap_or_default();
        let comparators = asked.against.iter().map(|against| {
            let mut comparator = self.comparator(selected, asked, period, *against)?;
            comparator.hold_against(value, &certainty, indicator, selected.geography);
            Ok(comparator)
        });
        Ok(ComparedArea {
            geography: selected.geography.id.clone(),
            code: selected.area().code.clone(),
            value,
            status: column.map_or_else(|| vec![Status::NotAvailable], |column| column.status_of(position).to_vec()),
            numerator: field(|column| column.numerator.as_ref()),
            denominator: field(|column| column.denominator.as_ref()),
            lower: interval.map(|interval| interval.lower),
            upper: interval.map(|interval| interval.upper),
            method: interval.map(|interval| interval.method.words()),
            outer: certainty.outer(),
            coverage: column.and_then(|column| column.coverage_of(position)),
            rank: places.and_then(|places| places.of(position)),
            against: comparators.collect::<Result<_, StoreError>>()?,
            notes: self
                .notes(&selected.area().code, Some(indicator), period)
                .into_iter()
                .map(|note| note.text.clone())
                .collect(),
        })
    }

    /// The counts that accompany everything, for a selection. Areas of one geography only: people of an LSOA and of the
    /// district around it must not be added.
    ///
    /// # Errors
    /// Where a column cannot be read from its store.
    pub fn people_of(&self, areas: &[Selected<'_>]) -> Result<Vec<PeopleCompared>, StoreError> {
        let Some(first) = areas.first() else { return Ok(Vec::new()) };
        let of_one_geography = areas.iter().all(|area| area.geography.id == first.geography.id);
        let positions: Vec<usize> = areas.iter().map(|area| area.position).collect();
        let compared = |people: People<'_>| {
            let value = |area: &Selected<'_>| {
                let column = self.column(area.geography, people.indicator, people.period)?;
                Ok(column.and_then(|column| number_at(Some(&column.values), area.position)))
            };
            let total = || self.people_in(first.geography, &people, &positions);
            Ok(PeopleCompared {
                indicator: people.indicator.id.clone(),
                name: people.indicator.short.en().to_owned(),
                period: people.period,
                values: areas.iter().map(value).collect::<Result<Numbers, StoreError>>()?,
                total: if of_one_geography { total()? } else { None },
            })
        };
        self.people(first.geography)?.into_iter().map(compared).collect()
    }

    /// One sentence that says what a comparison by one indicator shows.
    pub fn comparison_sentence(&self, areas: &[Selected<'_>], comparison: &Comparison) -> String {
        const NAMED: usize = 4;
        let short = isolated(&comparison.short);
        let Some(period) = comparison.period else {
            return format!("{short} is not published for these areas.");
        };
        let indicator = self.indicator(&comparison.indicator);
        let plain = |value: f64| match indicator {
            Some(indicator) if comparison.unit != "%" => indicator.words(value),
            _ => with_unit(value, comparison.decimals, &comparison.unit),
        };
        let mut named: Vec<String> = areas
            .iter()
            .zip(&comparison.areas)
            .take(NAMED)
            .map(|(area, compared)| {
                let name = isolated(area.area().shown_name());
                format!("{name} {}", compared.value.map_or("no value".to_owned(), plain))
            })
            .collect();
        if areas.len() > NAMED {
            named.push(format!("{} more", count(areas.len() - NAMED)));
        }
        // The parents first, in the order of their areas, then the whole.
        let all = || comparison.areas.iter().flat_map(|area| &area.against);
        let parents = all().filter(|comparator| comparator.against == "parent");
        // A target is said where all areas have the same one.
        let targets = || all().filter(|comparator| comparator.against == "target").map(|target| target.value);
        let is_one_target = targets().all(|target| Some(target) == targets().next());
        let is_said = |comparator: &&Comparator| match comparator.against.as_str() {
            "parent" => false,
            "target" => is_one_target,
            _ => true,
        };
        let others = all().filter(is_said);
        let mut comparators: Vec<String> = Vec::new();
        for comparator in parents.chain(others) {
            if let Some(value) = comparator.value {
                let words = format!("{} {}", isolated(&comparator.name), plain(value));
                if !comparators.contains(&words) && comparators.len() < NAMED {
                    comparators.push(words);
                }
            }
        }
        let held = if comparators.is_empty() { String::new() } else { format!(", beside {}", list(&comparators)) };
        let unit = match comparison.unit.as_str() {
            "" | "%" => String::new(),
            unit => format!(" ({unit})"),
        };
        format!("{short} in {}{unit}: {}{held}.", period.words(), list(&named))
    }
}
