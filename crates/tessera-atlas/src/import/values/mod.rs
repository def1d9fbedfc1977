//! From raw columns to published ones: what is supplied, what follows from parts, what larger areas add up to.

mod breakdown;
mod column;
mod wholes;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::by_place::{Columns, Place};
use crate::column::{Column, Numbers};
use crate::edition::Edition;
use crate::folder::AtlasFolder;
use crate::geography::Geography;
use crate::import::indicators::Indicators;
use crate::import::protection::{self, Protection};
use crate::import::raw::{ColumnKey, RawColumns};
use crate::import::scratch;
use crate::import::together::{Together, order, sets};
use crate::manifest::Manifest;
use crate::parallel::in_parallel;
use crate::period::{Period, newest};
use crate::problem::{Problem, Problems, Tally};
use crate::progress::{Progress, Stage};

/// What is published, and beside which editions.
#[derive(Clone, Copy)]
pub(in crate::import) struct Publishing<'a> {
    pub(in crate::import) manifest: &'a Manifest,
    pub(in crate::import) indicators: &'a Indicators,
    pub(in crate::import) geographies: &'a [Geography],
    pub(in crate::import) raw: &'a RawColumns,
    /// The editions that can still be read.
    pub(in crate::import) retained: &'a [Edition],
    pub(in crate::import) progress: &'a dyn Progress,
}

/// The columns of one indicator in a fixed order, that of the whole atlas last.
pub(in crate::import) type OfIndicator = Vec<(Option<usize>, Period, Column)>;

/// The numbers of people by geography, in its newest period.
pub(in crate::import) type People = BTreeMap<usize, Numbers>;

/// Turns everything that the tables say into the columns of an edition: set by set, as many at a time as there are
/// processors. `make` makes something of each indicator's columns; sets that are `taken`, by number, were published before.
pub(in crate::import) fn publish<T: Send>(
    publishing: &Publishing<'_>,
    sets: &[Together],
    taken: impl Fn(usize) -> Option<SetPublished<T>> + Sync,
    make: impl Fn(usize, OfIndicator) -> T + Sync,
) -> Vec<SetPublished<T>> {
    let Publishing { indicators, progress, .. } = *publishing;
    let people = publishing.people();
    let (total, done) = (indicators.public.len(), AtomicUsize::new(0));
    let advance = |by: usize| progress.at(Stage::Indicators, done.fetch_add(by, Ordering::Relaxed) + by, total);
    advance(0);
    let make = |indicator: usize, columns: OfIndicator| {
        let made = (indicator, make(indicator, columns));
        advance(1);
        made
    };
    let mut all: Vec<Option<SetPublished<T>>> = in_parallel(sets.len(), |number| {
        let taken = taken(number)?;
        advance(taken.made.len());
        Some(taken)
    });
    let waiting: Vec<usize> = (0..sets.len()).filter(|number| all[*number].is_none()).collect();
    // Everything is measured by the people, as they are known and as they are published.
    let mut known = People::new();
    if let Some(people) = people.filter(|_| !waiting.is_empty()) {
        let nobody = People::new();
        let mut publisher = Publisher::new(publishing, Some(people), &nobody);
        publisher.compute(people);
        known = publisher.people_of(&publisher.columns, people);
    }
    let publish = |number: usize, published: Option<&People>| {
        let set = &sets[number];
        let mut publisher = Publisher::new(publishing, people, &known);
        set.referred.iter().for_each(|indicator| publisher.compute(*indicator));
        publisher.told.clear();
        set.own.iter().for_each(|indicator| publisher.compute(*indicator));
        publisher.publish(set, published, make)
    };
    // The first set holds the people.
    let (first, others) = waiting.split_at(usize::from(people.is_some() && waiting.first() == Some(&0)));
    for number in first {
        all[*number] = Some(publish(*number, None));
    }
    let published = all.first().and_then(Option::as_ref).map(|first| first.people.clone());
    let published = published.filter(|_| people.is_some());
    let made = in_parallel(others.len(), |number| publish(others[number], published.as_ref()));
    for (number, made) in others.iter().zip(made) {
        all[*number] = Some(made);
    }
    all.into_iter().flatten().collect()
}

/// Everything that was made of the columns and what protection costs, each in the order of indicators.
pub(in crate::import) type AllPublished<T> = (Vec<T>, Vec<Protection>);

/// The indicator of people.
fn people(manifest: &Manifest, indicators: &Indicators) -> Option<usize> {
    manifest.atlas.value.people.first().and_then(|id| indicators.position(id))
}

/// The sets in which the indicators of an atlas are published.
pub(in crate::import) fn sets_of(manifest: &Manifest, indicators: &Indicators) -> Vec<Together> {
    sets(indicators, &manifest.breakdowns, &order(indicators, people(manifest, indicators)))
}

impl Publishing<'_> {
    /// The indicator of people.
    pub(in crate::import) fn people(&self) -> Option<usize> {
        people(self.manifest, self.indicators)
    }

    /// The sets in which indicators are published.
    pub(in crate::import) fn sets(&self) -> Vec<Together> {
        sets_of(self.manifest, self.indicators)
    }

    /// Puts sets together, and tells what was found in the order in which indicators are computed.
    pub(in crate::import) fn finish<T>(&self, all: Vec<SetPublished<T>>, problems: &mut Problems) -> AllPublished<T> {
        let (mut made, mut protections, mut told, mut of_protection) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for set in all {
            made.extend(set.made);
            protections.extend(set.protections);
            told.extend(set.told);
            of_protection.push(set.problems);
        }
        let mut ranks = vec![0; self.indicators.public.len()];
        let order = order(self.indicators, self.people());
        order.into_iter().enumerate().for_each(|(rank, indicator)| ranks[indicator] = rank);
        told.sort_by_key(|told: &Told| match told.of {
            When::Computing(indicator) => (0, ranks[indicator]),
            When::Breakdown(number) => (1, number),
        });
        let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
        for Told { problem, is_of_column, .. } in told {
            if is_of_column {
                let file = problem.file.as_deref().unwrap_or(AtlasFolder::MANIFEST);
                tallies.entry(file.to_owned()).or_insert_with(|| Tally::new(file)).push(problem, problems);
            } else {
                problems.push(problem);
            }
        }
        tallies.into_values().for_each(|tally| tally.finish(problems));
        of_protection.iter().flat_map(Problems::iter).for_each(|problem| problems.push(problem.clone()));
        made.sort_by_key(|(indicator, _)| *indicator);
        protections.sort_by_key(|(indicator, _)| *indicator);
        (
            made.into_iter().map(|(_, made)| made).collect(),
            protections.into_iter().map(|(_, protection)| protection).collect(),
        )
    }
}

/// What came of one set.
pub(in crate::import) struct SetPublished<T> {
    /// By indicator.
    pub(in crate::import) made: Vec<(usize, T)>,
    pub(in crate::import) protections: Vec<(usize, Protection)>,
    pub(in crate::import) told: Vec<Told>,
    /// What was found while it was protected.
    pub(in crate::import) problems: Problems,
    /// The people as they are published, where they are of this set.
    pub(in crate::import) people: People,
}

/// Something that was found.
#[derive(Debug, Clone)]
pub(in crate::import) struct Told {
    pub(in crate::import) of: When,
    pub(in crate::import) problem: Problem,
    /// Whether it is of a whole column, of which there may be thousands.
    pub(in crate::import) is_of_column: bool,
}

/// While which indicator was computed, or which breakdown was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) enum When {
    Computing(usize),
    Breakdown(usize),
}

struct Publisher<'a> {
    publishing: &'a Publishing<'a>,
    indicators: &'a Indicators,
    geographies: &'a [Geography],
    columns: Columns,
    /// The geography from which each column was added up that was.
    added_up_from: BTreeMap<Place, usize>,
    /// Of each column, the areas with a hidden numerator or denominator.
    hidden_parts: BTreeMap<ColumnKey, BTreeSet<u32>>,
    people: Option<usize>,
    /// By whom coverage is measured.
    known_people: &'a People,
    /// What is worth telling.
    told: Vec<Told>,
    /// What is computed now.
    now: When,
    /// The ids of the clusters.
    clusters: BTreeSet<&'a str>,
}

impl<'a> Publisher<'a> {
    fn new(publishing: &'a Publishing<'a>, people: Option<usize>, known_people: &'a People) -> Publisher<'a> {
        let Publishing { manifest, indicators, geographies, .. } = publishing;
        Publisher {
            publishing,
            indicators,
            geographies,
            columns: Columns::default(),
            added_up_from: BTreeMap::new(),
            hidden_parts: BTreeMap::new(),
            people,
            known_people,
            told: Vec::new(),
            now: When::Computing(0),
            clusters: manifest.clusters.iter().map(|cluster| cluster.value.id.as_str()).collect(),
        }
    }

    /// Makes the columns of an indicator, those that it refers to being made.
    fn compute(&mut self, indicator: usize) {
        self.now = When::Computing(indicator);
        match self.publishing.raw.of_indicator(indicator) {
            Ok(columns) => {
                for (key, raw) in columns {
                    let column = self.column(key, raw);
                    self.columns.insert((Some(key.geography), indicator, key.period), column);
                }
            }
            Err(error) => self.push(scratch::failed(&error)),
        }
        self.add_up(indicator);
    }

    /// Protects the columns and hands them on.
    fn publish<T: Send>(
        mut self,
        set: &Together,
        people: Option<&People>,
        make: impl Fn(usize, OfIndicator) -> (usize, T) + Sync,
    ) -> SetPublished<T> {
        for (number, breakdown) in self.publishing.manifest.breakdowns.iter().enumerate() {
            let is_own = self.indicators.position(&breakdown.value.total).is_some_and(|total| set.own.contains(&total));
            if is_own {
                self.now = When::Breakdown(number);
                self.check_breakdown(&breakdown.value);
            }
        }
        let mut problems = Problems::default();
        let raw = protection::Raw {
            columns: &self.columns,
            own: &set.own,
            indicators: self.indicators,
            geographies: self.geographies,
            breakdowns: &self.publishing.manifest.breakdowns,
            added_up_from: &self.added_up_from,
            people: self.people,
            published_people: people,
            retained: self.publishing.retained,
        };
        let (columns, protections) = protection::protect(&raw, &mut problems);
        self.columns = columns;
        let own = self.people.filter(|people| set.own.contains(people));
        let own_people = own.map(|people| self.people_of(&self.columns, people));
        let published_people = own_people.as_ref().or(people).unwrap_or(self.known_people);
        self.average_again(published_people);
        self.measure_coverage_again(published_people);
        let mut by_indicator: BTreeMap<usize, OfIndicator> =
            set.own.iter().map(|indicator| (*indicator, Vec::new())).collect();
        for ((geography, indicator, period), column) in self.columns.into_all() {
            if let Some(own) = by_indicator.get_mut(&indicator) {
                own.push((geography, period, column));
            }
        }
        let waiting: Vec<Mutex<Option<(usize, OfIndicator)>>> =
            by_indicator.into_iter().map(|own| Mutex::new(Some(own))).collect();
        let take = |number: usize| waiting[number].lock().unwrap_or_else(PoisonError::into_inner).take();
        let made = in_parallel(waiting.len(), |number| take(number).map(|(indicator, own)| make(indicator, own)));
        SetPublished {
            made: made.into_iter().flatten().collect(),
            protections,
            told: self.told,
            problems,
            people: own_people.unwrap_or_default(),
        }
    }

    /// The people of a set's columns by geography, in its newest period.
    fn people_of(&self, columns: &Columns, people: usize) -> People {
        let of = |geography: usize| {
            let newest = newest(columns.periods(geography, people))?;
            Some((geography, columns.get(Some(geography), people, newest)?.values.clone()))
        };
        (0..self.geographies.len()).filter_map(of).collect()
    }

    /// A column as a publisher knows it: "`imd-score` for `lsoa11` in 2019".
    fn name(&self, key: ColumnKey) -> String {
        let indicator = &self.indicators.public[key.indicator].id;
        format!("`{indicator}` for `{}` in {}", self.geographies[key.geography].id, key.period)
    }

    /// Tells what was found of a whole column.
    fn tell(&mut self, problem: Problem) {
        self.told.push(Told { of: self.now, problem, is_of_column: true });
    }

    fn push(&mut self, problem: Problem) {
        self.told.push(Told { of: self.now, problem, is_of_column: false });
    }

    fn code(&self, key: ColumnKey, position: usize) -> &str {
        self.geographies[key.geography].areas().get(position).map_or("", |area| area.code.as_str())
    }
}
