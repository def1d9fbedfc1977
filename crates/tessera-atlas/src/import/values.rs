//! From raw columns to published ones: what is supplied, what follows from parts, what larger areas add up to.

use std::collections::{BTreeMap, BTreeSet};

use super::differences::Differences;
use super::indicators::{Indicators, computing_order};
use super::protection::{self, Place, Protection};
use super::suspicious::suspicions;
use super::tables::{ColumnKey, RawColumn};
use crate::adding::{Adding, NotAddedUp, aggregate};
use crate::catalogue::{Indicator, Reference};
use crate::cell::Status;
use crate::column::{Column, Origin, number_at};
use crate::edition::{Columns, Edition};
use crate::folder::AtlasFolder;
use crate::geography::Geography;
use crate::manifest::{Aggregate, BreakdownSection, Field, Located, Manifest, TableSection};
use crate::period::{Period, newest};
use crate::problem::{Problem, Problems, Tally};

/// Turns everything that the tables say into the columns of an edition.
pub(super) fn publish(
    raw: Vec<(ColumnKey, RawColumn)>,
    indicators: &Indicators,
    geographies: &[Geography],
    manifest: &Manifest,
    retained: &[Edition],
    problems: &mut Problems,
) -> (Columns, Vec<Protection>) {
    let mut of_indicator: Vec<Vec<(ColumnKey, RawColumn)>> = indicators.public.iter().map(|_| Vec::new()).collect();
    for (key, raw) in raw {
        of_indicator[key.indicator].push((key, raw));
    }
    let mut publisher = Publisher {
        indicators,
        geographies,
        tables: &manifest.tables,
        columns: Columns::default(),
        added_up_from: BTreeMap::new(),
        hidden_parts: BTreeMap::new(),
        people: None,
        found: BTreeMap::new(),
        clusters: manifest.clusters.iter().map(|cluster| cluster.value.id.as_str()).collect(),
    };
    let people = manifest.atlas.value.people.first().and_then(|id| indicators.position(id));
    // People first: by them the coverage of everything else is measured.
    let others = computing_order(&indicators.public).into_iter().filter(|position| Some(*position) != people);
    for indicator in people.into_iter().chain(others) {
        for (key, raw) in std::mem::take(&mut of_indicator[indicator]) {
            let column = publisher.column(key, raw, problems);
            publisher.columns.insert(key.geography, indicator, key.period, column);
        }
        publisher.add_up(indicator, problems);
        publisher.people = people;
    }
    for breakdown in &manifest.breakdowns {
        publisher.check_breakdown(&breakdown.value, problems);
    }
    for tally in std::mem::take(&mut publisher.found).into_values() {
        tally.finish(problems);
    }
    let raw = protection::Raw {
        columns: &publisher.columns,
        indicators,
        geographies,
        breakdowns: &manifest.breakdowns,
        added_up_from: &publisher.added_up_from,
        people,
        retained,
    };
    let (columns, protections) = protection::protect(&raw, problems);
    publisher.columns = columns;
    publisher.average_again();
    publisher.measure_coverage_again();
    (publisher.columns, protections)
}

struct Publisher<'a> {
    indicators: &'a Indicators,
    geographies: &'a [Geography],
    tables: &'a [Located<TableSection>],
    columns: Columns,
    /// The geography from which each column was added up that was.
    added_up_from: BTreeMap<Place, usize>,
    /// Of each column, the areas with a hidden numerator or denominator.
    hidden_parts: BTreeMap<ColumnKey, BTreeSet<u32>>,
    people: Option<usize>,
    /// What is worth telling of whole columns.
    found: BTreeMap<String, Tally>,
    /// The ids of the clusters.
    clusters: BTreeSet<&'a str>,
}

impl Publisher<'_> {
    /// A column as a publisher knows it: "`imd-score` for `lsoa11` in 2019".
    fn name(&self, key: ColumnKey) -> String {
        let indicator = &self.indicators.public[key.indicator].id;
        format!("`{indicator}` for `{}` in {}", self.geographies[key.geography].id, key.period)
    }

    /// Tells what was found of a whole column, file by file.
    fn tell(&mut self, problem: Problem, problems: &mut Problems) {
        let file = problem.file.as_deref().unwrap_or(AtlasFolder::MANIFEST);
        let tally = self.found.entry(file.to_owned()).or_insert_with(|| Tally::new(file));
        tally.push(problem, problems);
    }

    fn code(&self, key: ColumnKey, position: usize) -> &str {
        self.geographies[key.geography].areas().get(position).map_or("", |area| area.code.as_str())
    }

    /// One column as its tables give it.
    fn column(&mut self, key: ColumnKey, mut raw: RawColumn, problems: &mut Problems) -> Column {
        let indicator = &self.indicators.public[key.indicator];
        let count = self.geographies[key.geography].len();
        let numerator = raw.parts.remove(&Field::Numerator);
        let mut denominator = raw.parts.remove(&Field::Denominator);
        let mut referred = None;
        if denominator.is_none() && numerator.is_some() {
            referred = indicator.denominator.as_ref().and_then(|reference| self.referred(reference, key));
            denominator = referred.map(|column| column.values.clone());
        }
        let table = raw.table().and_then(|table| self.tables.get(table)).map(|table| table.value.file.as_str());
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
            problems.push(in_table(no_denominator(indicator, key, self.geographies)));
        }
        let name = self.name(key);
        for problem in suspicions(indicator, &self.geographies[key.geography], &column, &name) {
            self.tell(in_table(problem), problems);
        }
        let differences = Differences::of_parts(&raw.values, numerator.as_ref(), denominator.as_ref(), indicator.per);
        if let Some(differences) = differences {
            let differences = differences.protected(indicator.rule().is_some());
            let problem = differences.told_of_parts(&name, self.code(key, differences.furthest));
            self.tell(in_table(problem), problems);
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
        self.columns.get(key.geography, indicator, reference.period.unwrap_or(key.period))
    }

    /// Adds an indicator up, period by period, to every larger geography that has no values of its own, and to the whole
    /// atlas; always from the geography of the smallest areas. Comparators have only what tables say of them: they reach
    /// beyond the atlas.
    fn add_up(&mut self, indicator: usize, problems: &mut Problems) {
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
                    match self.added_up(key, members) {
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
            match whole.and_then(|geography| Some((geography, self.columns.get(geography, indicator, period)?))) {
                // What is published beats what was added up.
                Some((geography, published)) => {
                    let key = ColumnKey { geography, indicator, period };
                    if let Some(differences) = Differences::of_wholes(published, &column) {
                        let differences = differences.protected(self.indicators.public[indicator].rule().is_some());
                        let problem = differences.told_of_areas(&self.name(key), self.code(key, differences.furthest));
                        self.tell(problem, problems);
                    }
                }
                None => {
                    self.added_up_from.insert((whole, indicator, period), base);
                    self.insert((whole, indicator, period), column);
                }
            }
        }
        if let Some((reason, key)) = why_not {
            problems.push(self.not_added_up(reason, key).file(AtlasFolder::MANIFEST));
        }
    }

    /// Averages again what is averaged by weights, from values and weights as they are published: a mean of hidden ones would
    /// tell what they are.
    fn average_again(&mut self) {
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
            let averaged = members.and_then(|(_, members)| self.added_up(key, &members).ok());
            let areas = whole.map_or(1, |geography| self.geographies[geography].len());
            let column = averaged.unwrap_or_else(|| Column::of_values(vec![None; areas], Origin::Aggregated));
            self.insert((whole, indicator, period), column);
        }
    }

    /// Measures by published people how many of them each sum covers, where people are protected: a share of people tells how
    /// many they are. Where those of an area are hidden, it is the share of areas.
    fn measure_coverage_again(&mut self) {
        if self.people.is_none_or(|people| self.indicators.public[people].rule().is_none()) {
            return;
        }
        for (place, base) in self.added_up_from.clone() {
            let (whole, indicator, period) = place;
            let column = match whole {
                Some(geography) => self.columns.get(geography, indicator, period),
                None => self.columns.overall(indicator, period),
            };
            let Some(column) = column.filter(|column| !column.coverage.is_empty()) else { continue };
            let key = ColumnKey { geography: base, indicator, period };
            let members = self.wholes(base).into_iter().find(|(other, _)| *other == whole);
            let (Some((_, members)), Some(parts)) = (members, self.columns.get(base, indicator, period)) else {
                continue;
            };
            let mut column = column.clone();
            for (position, share) in &mut column.coverage {
                let members = members.get(*position as usize).map_or(&[][..], Vec::as_slice);
                *share = self.adding(key).published_coverage(parts, members);
            }
            self.insert(place, column);
        }
    }

    fn insert(&mut self, (whole, indicator, period): Place, column: Column) {
        match whole {
            Some(geography) => self.columns.insert(geography, indicator, period, column),
            None => self.columns.insert_overall(indicator, period, column),
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
    fn check_breakdown(&mut self, breakdown: &BreakdownSection, problems: &mut Problems) {
        let position = |id: &String| self.indicators.position(id);
        let Some(total) = position(&breakdown.total) else { return };
        let Some(parts) = breakdown.parts.iter().map(position).collect::<Option<Vec<usize>>>() else { return };
        let mut found = Vec::new();
        for geography in 0..self.geographies.len() {
            for period in self.columns.periods(geography, total) {
                let column = |indicator: &usize| self.columns.get(geography, *indicator, period);
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
            self.tell(problem, problems);
        }
    }

    fn has_values(&self, key: ColumnKey) -> bool {
        self.columns.get(key.geography, key.indicator, key.period).is_some_and(Column::has_values)
    }

    fn added_up(&self, key: ColumnKey, members: &[Vec<u32>]) -> Result<Column, NotAddedUp> {
        let column = self.columns.get(key.geography, key.indicator, key.period).ok_or(NotAddedUp::ByRule)?;
        aggregate(column, &self.adding(key), members)
    }

    fn adding(&self, key: ColumnKey) -> Adding<'_> {
        let indicator = &self.indicators.public[key.indicator];
        let people = self.people.and_then(|people| {
            let newest = newest(self.columns.periods(key.geography, people))?;
            self.columns.get(key.geography, people, newest)
        });
        Adding {
            rule: indicator.aggregate,
            per: indicator.per,
            weights: indicator.weight.as_ref().and_then(|weight| self.referred(weight, key)),
            people: people.map(|people| &people.values),
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
