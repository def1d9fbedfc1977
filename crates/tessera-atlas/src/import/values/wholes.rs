//! What larger areas and the whole atlas get from smaller ones, where no table says it.

use std::collections::BTreeMap;

use super::{People, Publisher};
use crate::adding::{Adding, NotAddedUp, aggregate};
use crate::by_place::Place;
use crate::catalogue::Reference;
use crate::column::{Column, Numbers, Origin};
use crate::folder::AtlasFolder;
use crate::geography::Geography;
use crate::import::differences::Differences;
use crate::import::raw::ColumnKey;
use crate::manifest::Aggregate;
use crate::period::Period;
use crate::problem::Problem;

impl Publisher<'_> {
    /// Adds an indicator up, period by period, to every larger geography that has no values of its own, and to the whole
    /// atlas; always from the geography of the smallest areas. Comparators have only what tables say of them: they reach
    /// beyond the atlas.
    pub(super) fn add_up(&mut self, indicator: usize) {
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
    pub(super) fn average_again(&mut self, people: &People) {
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
    pub(super) fn measure_coverage_again(&mut self, people: &People) {
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

    fn has_values(&self, key: ColumnKey) -> bool {
        self.columns.get(Some(key.geography), key.indicator, key.period).is_some_and(Column::has_values)
    }
}
