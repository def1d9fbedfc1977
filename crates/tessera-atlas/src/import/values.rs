//! From raw columns to published ones: what is supplied, what follows from parts, what larger areas add up to.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::differences::Differences;
use super::indicators::Indicators;
use super::protection::{self, Protection};
use super::raw::{ColumnKey, RawColumn, RawColumns};
use super::scratch;
use super::suspicious::suspicions;
use super::together::{Together, order, sets};
use crate::adding::{Adding, NotAddedUp, aggregate};
use crate::by_place::{Columns, Place};
use crate::catalogue::{Indicator, Reference};
use crate::cell::Status;
use crate::column::{Column, Numbers, Origin, number_at};
use crate::edition::Edition;
use crate::folder::AtlasFolder;
use crate::geography::Geography;
use crate::manifest::{Aggregate, BreakdownSection, Field, Manifest};
use crate::parallel::in_parallel;
use crate::period::{Period, newest};
use crate::problem::{Problem, Problems, Tally};
use crate::progress::{Progress, Stage};

/// What is published, and beside which editions.
#[derive(Clone, Copy)]
pub(super) struct Publishing<'a> {
    pub(super) manifest: &'a Manifest,
    pub(super) indicators: &'a Indicators,
    pub(super) geographies: &'a [Geography],
    pub(super) raw: &'a RawColumns,
    /// The editions that can still be read.
    pub(super) retained: &'a [Edition],
    pub(super) progress: &'a dyn Progress,
}

/// The columns of one indicator in a fixed order, that of the whole atlas last.
pub(super) type OfIndicator = Vec<(Option<usize>, Period, Column)>;

/// The numbers of people by geography, in its newest period.
pub(super) type People = BTreeMap<usize, Numbers>;

/// Turns everything that the tables say into the columns of an edition: set by set, as many at a time as there are
/// processors. `make` makes something of each indicator's columns; sets that are `taken`, by number, were published before.
pub(super) fn publish<T: Send>(
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
pub(super) type AllPublished<T> = (Vec<T>, Vec<Protection>);

/// The indicator of people.
fn people(manifest: &Manifest, indicators: &Indicators) -> Option<usize> {
    manifest.atlas.value.people.first().and_then(|id| indicators.position(id))
}

/// The sets in which the indicators of an atlas are published.
pub(super) fn sets_of(manifest: &Manifest, indicators: &Indicators) -> Vec<Together> {
    sets(indicators, &manifest.breakdowns, &order(indicators, people(manifest, indicators)))
}

impl Publishing<'_> {
    /// The indicator of people.
    pub(super) fn people(&self) -> Option<usize> {
        people(self.manifest, self.indicators)
    }

    /// The sets in which indicators are published.
    pub(super) fn sets(&self) -> Vec<Together> {
        sets_of(self.manifest, self.indicators)
    }

    /// Puts sets together, and tells what was found in the order in which indicators are computed.
    pub(super) fn finish<T>(&self, all: Vec<SetPublished<T>>, problems: &mut Problems) -> AllPublished<T> {
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
pub(super) struct SetPublished<T> {
    /// By indicator.
    pub(super) made: Vec<(usize, T)>,
    pub(super) protections: Vec<(usize, Protection)>,
    pub(super) told: Vec<Told>,
    /// What was found while it was protected.
    pub(super) problems: Problems,
    /// The people as they are published, where they are of this set.
    pub(super) people: People,
}

/// Something that was found.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub(super) of: When,
    pub(super) problem: Problem,
    /// Whether it is of a whole column, of which there may be thousands.
    pub(super) is_of_column: bool,
}

/// While which indicator was computed, or which breakdown was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
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

    /// One column as its tables give it.
    fn column(&mut self, key: ColumnKey, mut raw: RawColumn) -> Column {
        let indicator = &self.indicators.public[key.indicator];
        let count = self.geographies[key.geography].len();
        let numerator = raw.parts.remove(&Field::Numerator);
        let mut denominator = raw.parts.remove(&Field::Denominator);
        let mut referred = None;
        if denominator.is_none() && numerator.is_some() {
            referred = indicator.denominator.as_ref().and_then(|reference| self.referred(reference, key));
            denominator = referred.map(|column| column.values.clone());
        }
        let tables = &self.publishing.manifest.tables;
        let table = raw.table.and_then(|table| tables.get(table)).map(|table| table.value.file.as_str());
        let in_table = |problem: Problem| match table {
            Some(file) => problem.file(file),
            None => problem,
        };
        let mut column = Column::of_values(Vec::new(), Origin::Supplied);
        let mut hidden_parts = BTreeSet::new();
        for (area, position) in (0..count).zip(0..) {
            let mut part_marks = raw.part_marks.remove(&position).unwrap_or_default();
            part_marks.extend(referred.map(|column| column.status_of(area)).unwrap_or_default());
            if part_marks.contains(&Status::Suppressed) {
                hidden_parts.insert(position);
            }
            let (value, marks) = if raw.is_supplied(area) {
                (number_at(Some(&raw.values), area), raw.marks.remove(&position).unwrap_or_default())
            } else {
                divide(
                    number_at(numerator.as_ref(), area),
                    number_at(denominator.as_ref(), area),
                    indicator.per,
                    part_marks,
                )
            };
            if value.is_some() && !raw.is_supplied(area) {
                column.origin = Origin::Computed;
            }
            column.values.push(value);
            if !marks.is_empty() {
                column.status.insert(position, marks);
            }
        }
        if !column.has_values() && numerator.is_some() && denominator.is_none() {
            self.push(in_table(no_denominator(indicator, key, self.geographies)));
        }
        let name = self.name(key);
        for problem in suspicions(indicator, &self.geographies[key.geography], &column, &name) {
            self.tell(in_table(problem));
        }
        let differences = Differences::of_parts(&raw.values, numerator.as_ref(), denominator.as_ref(), indicator.per);
        if let Some(differences) = differences {
            let differences = differences.protected(indicator.rule().is_some());
            let problem = differences.told_of_parts(&name, self.code(key, differences.furthest));
            self.tell(in_table(problem));
        }
        (column.numerator, column.denominator) = (numerator, denominator);
        (column.lower, column.upper) = (raw.parts.remove(&Field::Lower), raw.parts.remove(&Field::Upper));
        column.explain_missing();
        column.hide_parts_of_hidden_values();
        if !hidden_parts.is_empty() {
            self.hidden_parts.insert(key, hidden_parts);
        }
        column
    }

    /// Another indicator for the same areas.
    fn referred(&self, reference: &Reference, key: ColumnKey) -> Option<&Column> {
        let indicator = self.indicators.position(&reference.indicator)?;
        self.columns.get(Some(key.geography), indicator, reference.period.unwrap_or(key.period))
    }

    /// Adds an indicator up, period by period, to every larger geography that has no values of its own, and to the whole
    /// atlas; always from the geography of the smallest areas. Comparators have only what tables say of them: they reach
    /// beyond the atlas.
    fn add_up(&mut self, indicator: usize) {
        let mut bases: Vec<usize> = (0..self.geographies.len())
            .filter(|base| self.geographies[*base].tiling && self.columns.has(*base, indicator))
            .collect();
        bases.sort_by_key(|base| std::cmp::Reverse(self.geographies[*base].len()));
        let mut made: BTreeMap<(Option<usize>, Period), (usize, Column)> = BTreeMap::new();
        let mut why_not = None;
        for base in bases {
            let wholes = self.wholes(base);
            for period in self.columns.periods(base, indicator) {
                let key = ColumnKey { geography: base, indicator, period };
                for (whole, members) in &wholes {
                    if made.contains_key(&(*whole, period)) {
                        continue;
                    }
                    match self.added_up(key, members, self.known_people) {
                        Ok(column) if column.says_anything() => {
                            made.insert((*whole, period), (base, column));
                        }
                        Ok(_) | Err(NotAddedUp::ByRule) => {}
                        Err(reason) if why_not.is_none() && self.has_values(key) => why_not = Some((reason, key)),
                        Err(_) => {}
                    }
                }
            }
        }
        for ((whole, period), (base, column)) in made {
            let published = whole.and_then(|geography| Some((geography, self.columns.get(whole, indicator, period)?)));
            match published {
                // What is published beats what was added up.
                Some((geography, published)) => {
                    let key = ColumnKey { geography, indicator, period };
                    if let Some(differences) = Differences::of_wholes(published, &column) {
                        let differences = differences.protected(self.indicators.public[indicator].rule().is_some());
                        let problem = differences.told_of_areas(&self.name(key), self.code(key, differences.furthest));
                        self.tell(problem);
                    }
                }
                None => {
                    self.added_up_from.insert((whole, indicator, period), base);
                    self.columns.insert((whole, indicator, period), column);
                }
            }
        }
        if let Some((reason, key)) = why_not {
            self.push(self.not_added_up(reason, key).file(AtlasFolder::MANIFEST));
        }
    }

    /// Averages again what is averaged by weights, from values and weights as they are published: a mean of hidden ones would
    /// tell what they are.
    fn average_again(&mut self, people: &People) {
        let position = |reference: &Option<Reference>| self.indicators.position(&reference.as_ref()?.indicator);
        let has_rule = |position: usize| self.indicators.public[position].rule().is_some();
        let is_concerned = |indicator: usize| {
            let own = &self.indicators.public[indicator];
            let weight_has_rule = position(&own.weight).is_some_and(has_rule);
            own.aggregate == Aggregate::WeightedMean && (has_rule(indicator) || weight_has_rule)
        };
        let concerned = self.added_up_from.iter().filter(|((_, indicator, _), _)| is_concerned(*indicator));
        let concerned: Vec<(Place, usize)> = concerned.map(|(place, base)| (*place, *base)).collect();
        for ((whole, indicator, period), base) in concerned {
            let key = ColumnKey { geography: base, indicator, period };
            let members = self.wholes(base).into_iter().find(|(other, _)| *other == whole);
            let averaged = members.and_then(|(_, members)| self.added_up(key, &members, people).ok());
            let areas = whole.map_or(1, |geography| self.geographies[geography].len());
            let column = averaged.unwrap_or_else(|| Column::of_values(vec![None; areas], Origin::Aggregated));
            self.columns.insert((whole, indicator, period), column);
        }
    }

    /// Measures by published people how many of them each sum covers, where people are protected: a share of people tells how
    /// many they are. Where those of an area are hidden, it is the share of areas.
    fn measure_coverage_again(&mut self, people: &People) {
        if self.people.is_none_or(|people| self.indicators.public[people].rule().is_none()) {
            return;
        }
        for (place, base) in self.added_up_from.clone() {
            let (whole, indicator, period) = place;
            let column = self.columns.get(whole, indicator, period).filter(|column| !column.coverage.is_empty());
            let Some(mut column) = column.cloned() else { continue };
            let key = ColumnKey { geography: base, indicator, period };
            let members = self.wholes(base).into_iter().find(|(other, _)| *other == whole);
            let (Some((_, members)), Some(parts)) = (members, self.columns.get(Some(base), indicator, period)) else {
                continue;
            };
            for (position, share) in &mut column.coverage {
                let members = members.get(*position as usize).map_or(&[][..], Vec::as_slice);
                *share = self.adding(key, people.get(&base)).published_coverage(parts, members);
            }
            self.columns.insert(place, column);
        }
    }

    /// What the areas of a geography add up to: the whole atlas, and every larger geography that is drawn, with the members
    /// of each of its areas.
    fn wholes(&self, base: usize) -> Vec<(Option<usize>, Vec<Vec<u32>>)> {
        let base = &self.geographies[base];
        let everywhere = (None, vec![(0u32..).take(base.len()).collect()]);
        // A cluster across a border belongs to neither side, so that clusters add up only where none is.
        let is_whole = |whole: &Geography| {
            let parents = base.parents_in(&whole.id);
            !self.clusters.contains(base.id.as_str())
                || parents.is_some_and(|parents| parents.of.iter().all(Option::is_some))
        };
        let larger = self.geographies.iter().enumerate().filter_map(|(position, whole)| {
            whole.shape.as_ref().filter(|_| is_whole(whole))?;
            Some((Some(position), base.members_of(whole)?))
        });
        std::iter::once(everywhere).chain(larger).collect()
    }

    /// Says where the parts of a breakdown do not make up its total.
    fn check_breakdown(&mut self, breakdown: &BreakdownSection) {
        let position = |id: &String| self.indicators.position(id);
        let Some(total) = position(&breakdown.total) else { return };
        let Some(parts) = breakdown.parts.iter().map(position).collect::<Option<Vec<usize>>>() else { return };
        let mut found = Vec::new();
        for geography in 0..self.geographies.len() {
            for period in self.columns.periods(geography, total) {
                let column = |indicator: &usize| self.columns.get(Some(geography), *indicator, period);
                let Some(parts) = parts.iter().map(column).collect::<Option<Vec<&Column>>>() else { continue };
                let Some(whole) = column(&total) else { continue };
                let of_area = |area| parts.iter().map(|part| number_at(Some(&part.values), area)).sum::<Option<f64>>();
                let sums = (0..whole.values.len()).map(of_area).collect();
                let sums = Column::of_values(sums, Origin::Computed);
                if let Some(differences) = Differences::of_wholes(whole, &sums) {
                    let differences = differences.protected(self.indicators.public[total].rule().is_some());
                    let key = ColumnKey { geography, indicator: total, period };
                    let code = self.code(key, differences.furthest);
                    found.push(differences.told_of_breakdown(&self.name(key), code));
                }
            }
        }
        for problem in found {
            self.tell(problem);
        }
    }

    fn has_values(&self, key: ColumnKey) -> bool {
        self.columns.get(Some(key.geography), key.indicator, key.period).is_some_and(Column::has_values)
    }

    fn added_up(&self, key: ColumnKey, members: &[Vec<u32>], people: &People) -> Result<Column, NotAddedUp> {
        let column = self.columns.get(Some(key.geography), key.indicator, key.period).ok_or(NotAddedUp::ByRule)?;
        // The people themselves are measured by areas.
        let people = people.get(&key.geography).filter(|_| Some(key.indicator) != self.people);
        aggregate(column, &self.adding(key, people), members)
    }

    fn adding<'b>(&'b self, key: ColumnKey, people: Option<&'b Numbers>) -> Adding<'b> {
        let indicator = &self.indicators.public[key.indicator];
        Adding {
            rule: indicator.aggregate,
            per: indicator.per,
            weights: indicator.weight.as_ref().and_then(|weight| self.referred(weight, key)),
            people,
            hidden_parts: self.hidden_parts.get(&key),
        }
    }

    fn not_added_up(&self, reason: NotAddedUp, key: ColumnKey) -> Problem {
        let indicator = &self.indicators.public[key.indicator];
        let geography = &self.geographies[key.geography].id;
        match (reason, &indicator.weight) {
            (NotAddedUp::WithoutWeights, Some(weight)) => {
                let message = format!(
                    "`{}` for `{geography}` in {} is not added up: `{weight}` has no values there",
                    indicator.id, key.period
                );
                let cure = format!(
                    "fix the period of the weights, for example `weight = \"{}@2015\"`, or publish them",
                    weight.indicator
                );
                Problem::warning("not-added-up", message).cure(cure)
            }
            _ => {
                let message = format!(
                    "`{}` for `{geography}` is not added up: no table gives its numerators and denominators",
                    indicator.id
                );
                Problem::note("not-added-up", message)
                    .cure(format!("give them, or say `aggregate = \"{}\"`", Aggregate::None.word()))
            }
        }
    }
}

/// numerator / denominator × per, or the reason why not; with the marks of both.
fn divide(
    numerator: Option<f64>,
    denominator: Option<f64>,
    per: f64,
    mut marks: Vec<Status>,
) -> (Option<f64>, Vec<Status>) {
    marks.sort_unstable();
    marks.dedup();
    let (Some(numerator), Some(denominator)) = (numerator, denominator) else { return (None, marks) };
    let quotient = Some(numerator / denominator * per).filter(|quotient| quotient.is_finite());
    marks.retain(|mark| !mark.replaces_value());
    if denominator == 0.0 {
        marks.insert(0, Status::NotApplicable);
    }
    (quotient.filter(|_| denominator != 0.0), marks)
}

fn no_denominator(indicator: &Indicator, key: ColumnKey, geographies: &[Geography]) -> Problem {
    let geography = &geographies[key.geography].id;
    let message = format!("`{}` for `{geography}` in {} has numerators but no denominators", indicator.id, key.period);
    Problem::error("no-denominator", message).cure(match &indicator.denominator {
        Some(reference) => format!("publish `{reference}` for `{geography}`, or add a column of denominators"),
        None => "name the indicator that holds them in `denominator`, or add a column of denominators".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_over_nobody_does_not_apply() {
        assert_eq!(divide(Some(3.0), Some(0.0), 1000.0, vec![]), (None, vec![Status::NotApplicable]));
        assert_eq!(divide(Some(3.0), Some(1500.0), 1000.0, vec![]), (Some(2.0), vec![]));
        assert_eq!(divide(None, Some(10.0), 1.0, vec![Status::Suppressed]), (None, vec![Status::Suppressed]));
    }

    #[test]
    fn marks_of_the_parts_are_marks_of_the_value() {
        let marks = vec![Status::Revised, Status::Provisional, Status::Revised];
        assert_eq!(
            divide(Some(1.0), Some(2.0), 100.0, marks),
            (Some(50.0), vec![Status::Provisional, Status::Revised])
        );
    }

    #[test]
    fn what_would_not_be_a_number_is_none() {
        assert_eq!(divide(Some(1e300), Some(1e-300), 1.0, vec![]).0, None);
    }
}
