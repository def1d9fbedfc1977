//! Areas beside each other and beside what they are held against.

mod comparator;
mod earlier;
mod measured;
mod place;
mod sentence;
mod spread;
mod worst;
mod worst_tenth;

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;

pub(crate) use comparator::PART_OF_WHOLE;
pub use comparator::{Comparator, TargetOutcome};
pub use measured::Measured;
pub use place::RankOf;
pub use spread::{ParentShare, PeopleShare, SelectionSpread};
pub use tessera_stats::intervals::Confidence;
pub use worst_tenth::WorstTenth;

use self::place::Places;
use crate::catalogue::Indicator;
use crate::column::{Column, Numbers, number_at};
use crate::drawn::DrawnSet;
use crate::geography::{Area, Geography};
use crate::intervals::Intervals;
use crate::period::Period;
use crate::significance::Certainty;
use crate::store::StoreError;
use crate::summed::Sums;
use crate::view::{AtlasView, People};

/// So many areas are set beside each other. Of more it is said how they spread, and what they come to as a set.
pub const MOST_BESIDE: usize = 300;

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

    /// Whether one of two areas of a geography is a part of the other, as clusters may be.
    pub(crate) fn is_nested_with(&self, other: &Selected<'_>) -> bool {
        let sets = self.geography.sets.as_ref().filter(|_| self.geography.id == other.geography.id);
        sets.is_some_and(|sets| sets.are_nested(self.position, other.position))
    }
}

/// What is set beside each other: areas, and sets that a reader draws.
#[derive(Debug, Clone, Copy, Default)]
pub struct Subjects<'a> {
    /// The areas.
    pub areas: &'a [Selected<'a>],
    /// The sets.
    pub sets: &'a [DrawnSet<'a>],
}

/// What areas and sets are held against.
#[derive(Debug, Clone, Copy)]
pub enum Against<'a> {
    /// The area of the broadest parent geography that each lies in.
    Parent,
    /// All areas of the atlas together.
    Overall,
    /// One named area.
    Area(Selected<'a>),
    /// A set that the reader draws.
    Set(&'a DrawnSet<'a>),
    /// What the publisher wants the area to reach.
    Target,
    /// Its own value in an earlier period.
    Period(Period),
}

/// One indicator of several areas and sets.
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
    /// Each set.
    pub sets: Vec<ComparedSet>,
}

/// One area's value, its place and what it is held against.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ComparedArea {
    /// The geography's id.
    pub geography: String,
    /// The area's code.
    pub code: String,
    /// The value, and how sure it is.
    #[serde(flatten)]
    pub measured: Measured,
    /// Its place among the areas of its geography.
    pub rank: Option<RankOf>,
    /// What it is held against.
    pub against: Vec<Comparator>,
    /// Remarks on this value.
    pub notes: Vec<String>,
}

/// One set's value and what it is held against. A set has no place among areas, for it is none of them.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ComparedSet {
    /// The set's name.
    pub set: String,
    /// The value, and how sure it is.
    #[serde(flatten)]
    pub measured: Measured,
    /// By what a mean or a ratio is weighted: "Residents, 2011", or `denominators`.
    pub weighted_by: Option<String>,
    /// Why there is no value.
    pub reason: Option<String>,
    /// How many of its areas are in the worst tenth, by a decile.
    pub worst_tenth: Option<WorstTenth>,
    /// What it is held against.
    pub against: Vec<Comparator>,
}

/// One of the counts that accompany everything, for several areas and sets.
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
    /// People in each set.
    pub sets: Vec<Option<f64>>,
}

/// An area or a set.
#[derive(Clone, Copy)]
enum Subject<'a> {
    Area(Selected<'a>),
    Set(&'a DrawnSet<'a>),
}

impl Subject<'_> {
    /// Whether something to hold against is this set itself: a set is its areas, whatever it is called.
    fn is_held_in(self, against: &Against<'_>) -> bool {
        match (self, against) {
            (Subject::Set(own), Against::Set(other)) => {
                own.geography().id == other.geography().id && own.positions() == other.positions()
            }
            _ => false,
        }
    }
}

/// What is asked of each of them.
struct Asked<'a> {
    indicator: &'a Indicator,
    intervals: Intervals,
    against: &'a [Against<'a>],
    confidence: Confidence,
    /// What was counted already of the areas in a larger one, or of all.
    tenths: RefCell<HashMap<Around, Option<WorstTenth>>>,
    /// What was read already of the periods after one, by geography.
    after: RefCell<HashMap<(String, Period), Arc<After>>>,
    /// Of which areas sums are made.
    sums: Sums<'a>,
}

/// The columns of some periods.
type After = Vec<(Period, Arc<Column>)>;

/// A geography and the larger area that its areas lie in: that one's geography and position; or all of them.
type Around = (String, Option<(String, usize)>);

/// Areas alone.
impl<'a> From<&'a [Selected<'a>]> for Subjects<'a> {
    fn from(areas: &'a [Selected<'a>]) -> Subjects<'a> {
        Subjects { areas, sets: &[] }
    }
}

/// Areas alone.
impl<'a, const N: usize> From<&'a [Selected<'a>; N]> for Subjects<'a> {
    fn from(areas: &'a [Selected<'a>; N]) -> Subjects<'a> {
        Subjects::from(areas.as_slice())
    }
}

/// Areas alone.
impl<'a> From<&'a Vec<Selected<'a>>> for Subjects<'a> {
    fn from(areas: &'a Vec<Selected<'a>>) -> Subjects<'a> {
        Subjects::from(areas.as_slice())
    }
}

impl AtlasView {
    /// Sets areas and sets beside each other by one indicator. Without a period, its newest for the first of them. At 99.8%
    /// what lies beyond the outer limits is *much* better or worse; at 95% nothing is.
    ///
    /// # Errors
    /// Where a column cannot be read from its store.
    pub fn compare<'a>(
        &self,
        subjects: impl Into<Subjects<'a>>,
        indicator: &Indicator,
        period: Option<Period>,
        against: &[Against<'_>],
        confidence: Confidence,
    ) -> Result<Comparison, StoreError> {
        let subjects = subjects.into();
        let intervals = self.intervals(indicator);
        let (tenths, after) = (RefCell::default(), RefCell::default());
        let asked =
            Asked { indicator, intervals, against, confidence, tenths, after, sums: Sums::new(self, indicator) };
        let newest = || match (subjects.areas, subjects.sets) {
            ([first, ..], _) => self.newest_period(first.geography, indicator),
            ([], [first, ..]) => self.newest_period_of(first, indicator),
            ([], []) => None,
        };
        let period = period.or_else(newest);
        let mut places: Vec<(&str, Places)> = Vec::new();
        let mut areas = Vec::new();
        for selected in subjects.areas {
            let column = self.column_if(selected.geography, indicator, period)?;
            if !places.iter().any(|(geography, _)| *geography == selected.geography.id)
                && let Some(column) = &column
            {
                let asked = subjects.areas.len();
                places
                    .push((&selected.geography.id, self.places(selected.geography, indicator, period, column, asked)?));
            }
            let of_geography = |(geography, _): &&(&str, Places)| *geography == selected.geography.id;
            let places = places.iter().find(of_geography).map(|(_, places)| places);
            areas.push(self.compared_area(*selected, period, column.as_deref(), places, &asked)?);
        }
        let sets = subjects.sets.iter().map(|set| self.compared_set(set, period, &asked));
        Ok(Comparison {
            indicator: indicator.id.clone(),
            name: indicator.name.en().to_owned(),
            short: indicator.short.en().to_owned(),
            kind: indicator.kind.word(),
            unit: indicator.unit.en().to_owned(),
            decimals: indicator.decimals,
            polarity: indicator.polarity.word(),
            period,
            areas,
            sets: sets.collect::<Result<_, StoreError>>()?,
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

    fn compared_area(
        &self,
        selected: Selected<'_>,
        period: Option<Period>,
        column: Option<&Column>,
        places: Option<&Places<'_>>,
        asked: &Asked<'_>,
    ) -> Result<ComparedArea, StoreError> {
        let (position, code) = (selected.position, &selected.area().code);
        let certainty = column.map(|column| Certainty::of(&asked.intervals, column, position, asked.confidence));
        let certainty = certainty.unwrap_or_default();
        let measured = Measured::of(column, position, &asked.intervals, &certainty);
        let notes = self.notes(code, Some(asked.indicator), period);
        Ok(ComparedArea {
            geography: selected.geography.id.clone(),
            code: code.clone(),
            rank: places.and_then(|places| places.of(position)),
            against: self.held_against(Subject::Area(selected), &measured, &certainty, period, asked)?,
            notes: notes.into_iter().map(|note| note.text.clone()).collect(),
            measured,
        })
    }

    fn compared_set(
        &self,
        set: &DrawnSet<'_>,
        period: Option<Period>,
        asked: &Asked<'_>,
    ) -> Result<ComparedSet, StoreError> {
        let total = self.total(set, asked.indicator, period)?;
        let certainty = Certainty::of(&asked.intervals, &total.column, 0, asked.confidence);
        let measured =
            Measured { coverage: total.coverage, ..Measured::of(Some(&total.column), 0, &asked.intervals, &certainty) };
        let in_tenth = |period| self.worst_tenth(set.geography(), set.positions(), asked.indicator, period);
        Ok(ComparedSet {
            set: set.name().to_owned(),
            worst_tenth: period.map_or(Ok(None), in_tenth)?,
            weighted_by: total.weighted_by,
            reason: total.reason,
            against: self.held_against(Subject::Set(set), &measured, &certainty, period, asked)?,
            measured,
        })
    }

    /// A value held against all that was asked for.
    fn held_against(
        &self,
        subject: Subject<'_>,
        measured: &Measured,
        certainty: &Certainty,
        period: Option<Period>,
        asked: &Asked<'_>,
    ) -> Result<Vec<Comparator>, StoreError> {
        let others = asked.against.iter().filter(|against| !subject.is_held_in(against));
        let held = others.map(|against| {
            let comparator = self.comparator(subject, asked, period, *against)?;
            match against {
                Against::Period(from) => {
                    self.hold_against_earlier(comparator, subject, (measured, certainty), (period, *from), asked)
                }
                _ => Ok(comparator.hold_against(measured.value, certainty, asked.indicator, (subject, *against))),
            }
        });
        held.collect()
    }

    /// The counts that accompany everything, for a selection. The total is that of areas of one geography only: people of an
    /// LSOA and of the district around it must not be added.
    ///
    /// # Errors
    /// Where a column cannot be read from its store.
    pub fn people_of<'a>(&self, subjects: impl Into<Subjects<'a>>) -> Result<Vec<PeopleCompared>, StoreError> {
        let Subjects { areas, sets } = subjects.into();
        let geography = areas.first().map(|area| area.geography).or_else(|| Some(sets.first()?.geography()));
        let Some(geography) = geography else { return Ok(Vec::new()) };
        let of_one_geography = !areas.is_empty() && areas.iter().all(|area| area.geography.id == geography.id);
        let positions: Vec<usize> = areas.iter().map(|area| area.position).collect();
        let compared = |people: People<'_>| {
            let value = |area: &Selected<'_>| {
                let column = self.column(area.geography, people.indicator, people.period)?;
                Ok(column.and_then(|column| number_at(Some(&column.values), area.position)))
            };
            let total = || self.people_in(geography, &people, &positions);
            let in_set = |set: &DrawnSet<'_>| self.people_in_set(set, people.indicator, people.period);
            Ok(PeopleCompared {
                indicator: people.indicator.id.clone(),
                name: people.indicator.short.en().to_owned(),
                period: people.period,
                values: areas.iter().map(value).collect::<Result<Numbers, StoreError>>()?,
                total: if of_one_geography { total()? } else { None },
                sets: sets.iter().map(in_set).collect::<Result<Numbers, StoreError>>()?,
            })
        };
        self.people(geography)?.into_iter().map(compared).collect()
    }
}
