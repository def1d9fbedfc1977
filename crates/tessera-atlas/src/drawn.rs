//! Sets that a reader draws: areas of one geography that are looked at as one.
//!
//! What a set comes to is a function of published numbers, by the arithmetic of districts and clusters.
//! So it tells nothing that they do not tell: where the number of a member is hidden, that of the set is hidden too.

use std::collections::BTreeSet;

use crate::adding::{Adding, LEAST_COVERAGE, NotAddedUp, Whole, percent_short_of};
use crate::catalogue::Indicator;
use crate::column::{Column, Origin, number_at};
use crate::compare::Selected;
use crate::geography::Geography;
use crate::manifest::{Aggregate, Kind};
use crate::period::Period;
use crate::sets::is_part;
use crate::store::StoreError;
use crate::view::AtlasView;
use crate::words::{count, isolated};

/// How many areas a selection or a set may have: a class of the map of a country. Larger sets are clusters of the atlas.
pub const MOST_MEMBERS: usize = 12_000;

/// How long the name of a set may be, in characters.
pub const LONGEST_NAME: usize = 80;

/// Whether a set may be called so. A comma would end the name where areas are held against it.
pub fn is_name(name: &str) -> bool {
    (1..=LONGEST_NAME).contains(&name.chars().count()) && !name.contains(',')
}

/// Areas of one geography, under a name. What it is, are its areas: their order does not matter.
#[derive(Debug, Clone)]
pub struct DrawnSet<'a> {
    name: String,
    geography: &'a Geography,
    positions: Vec<usize>,
    /// Of what it is added up: of its own areas, or where these overlap of those that they are made of, each once.
    base: &'a Geography,
    members: Vec<usize>,
}

/// Why areas make no set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotDrawn {
    /// They are of a comparator.
    #[error("`{geography}` is a comparator: its areas reach beyond the atlas and make no set")]
    Comparator {
        /// The geography's id.
        geography: String,
    },
}

/// What a set comes to by one indicator.
#[derive(Debug, Clone)]
pub(crate) struct Total {
    /// Value, parts and status, as a column of one area.
    pub(crate) column: Column,
    /// The share of people (of areas, where people are unknown) in members with a published number, where that is not all.
    pub(crate) coverage: Option<f64>,
    /// By what a mean is weighted.
    pub(crate) weighted_by: Option<String>,
    /// Why there is no value.
    pub(crate) reason: Option<String>,
}

impl<'a> DrawnSet<'a> {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The geography that its areas are of.
    pub fn geography(&self) -> &'a Geography {
        self.geography
    }

    /// The positions of its areas, in ascending order, each once.
    pub fn positions(&self) -> &[usize] {
        &self.positions
    }

    /// The codes of its areas, in their order.
    pub fn codes(&self) -> impl Iterator<Item = &'a str> {
        let areas = self.geography.areas();
        self.positions.iter().map(|position| areas[*position].code.as_str())
    }

    /// Whether one of two sets is a part of the other.
    pub(crate) fn is_nested_with(&self, other: &DrawnSet<'_>) -> bool {
        let is_part = |one: &DrawnSet<'_>, other: &DrawnSet<'_>| is_part(&one.members, &other.members);
        self.base.id == other.base.id && (is_part(self, other) || is_part(other, self))
    }

    /// The area of `whole` in which all of it lies.
    pub fn inside(&self, whole: &'a Geography) -> Option<Selected<'a>> {
        let parents = self.base.parents_in(&whole.id)?;
        let mut of = self.members.iter().map(|member| parents.of.get(*member).copied().flatten());
        let first = of.next()??;
        of.all(|other| other == Some(first)).then_some(Selected { geography: whole, position: first as usize })
    }

    /// What it is added up of: the geography, and the positions of the areas.
    pub(crate) fn made_of(&self) -> (&'a Geography, &[usize]) {
        (self.base, &self.members)
    }

    /// The areas of a smaller geography that it is made of, by their positions; `None` where it is made of none of them.
    pub(crate) fn members_in(&self, geography: &Geography) -> Option<Vec<usize>> {
        if self.base.id == geography.id {
            return Some(self.members.clone());
        }
        let of_each = geography.members_of(self.base)?;
        let all = self.members.iter().filter_map(|member| of_each.get(*member)).flatten();
        let once: BTreeSet<usize> = all.map(|member| *member as usize).collect();
        Some(once.into_iter().collect())
    }

    /// "8 LSOAs"
    fn areas(&self) -> String {
        crate::finding::areas(self.base, self.members.len())
    }
}

impl AtlasView {
    /// Areas of a geography as one, by their positions.
    ///
    /// # Errors
    /// Where the areas are of a comparator, which cannot be added up.
    pub fn draw<'a>(
        &'a self,
        name: &str,
        geography: &'a Geography,
        positions: impl IntoIterator<Item = usize>,
    ) -> Result<DrawnSet<'a>, NotDrawn> {
        let positions: Vec<usize> = BTreeSet::from_iter(positions).into_iter().collect();
        let (base, members) = match geography.sets.as_ref().filter(|_| !geography.tiling) {
            None if geography.tiling => (Some(geography), positions.clone()),
            None => (None, Vec::new()),
            Some(sets) => {
                let all = positions.iter().filter_map(|position| sets.members.get(*position)).flatten();
                let once: BTreeSet<usize> = all.map(|member| *member as usize).collect();
                (self.geography(&sets.of), once.into_iter().collect())
            }
        };
        let base = base.ok_or_else(|| NotDrawn::Comparator { geography: geography.id.clone() })?;
        Ok(DrawnSet { name: name.to_owned(), geography, positions, base, members })
    }

    /// The newest period in which an indicator is published for the areas of which a set is made.
    pub(crate) fn newest_period_of(&self, set: &DrawnSet<'_>, indicator: &Indicator) -> Option<Period> {
        self.newest_period(set.base, indicator)
    }

    /// The periods in which an indicator is published for the areas of which a set is made, in time order.
    pub(crate) fn periods_of(&self, set: &DrawnSet<'_>, indicator: &Indicator) -> Vec<Period> {
        self.periods(set.base, indicator)
    }

    /// How many people live in a set; `None` where the people of any of its areas are unknown.
    pub(crate) fn people_in_set(
        &self,
        set: &DrawnSet<'_>,
        indicator: &Indicator,
        period: Period,
    ) -> Result<Option<f64>, StoreError> {
        let total = self.total(set, indicator, Some(period))?;
        Ok(number_at(Some(&total.column.values), 0).filter(|_| total.coverage.is_none()))
    }

    /// What a set comes to by an indicator.
    pub(crate) fn total(
        &self,
        set: &DrawnSet<'_>,
        indicator: &Indicator,
        period: Option<Period>,
    ) -> Result<Total, StoreError> {
        let column = period.map_or(Ok(None), |period| self.column(set.base, indicator, period))?;
        let short = isolated(indicator.short.en());
        let (Some(column), Some(period)) = (column, period) else {
            return Ok(Total::none(format!("{short} is not published for {}.", set.base.distinct_plural())));
        };
        let weights = self.weights(set.base, indicator, period)?;
        let people = self.weights_by_people(set.base)?;
        let adding = Adding {
            rule: indicator.aggregate,
            per: indicator.per,
            weights: weights.as_ref().map(|weights| weights.column.as_ref()),
            people: people.as_ref().map(|people| &people.column.values),
            hidden_parts: None,
        };
        Ok(match adding.whole(&column, &set.members) {
            Ok(whole) => Total {
                coverage: Some(whole.coverage).filter(|coverage| *coverage < 1.0),
                weighted_by: match indicator.aggregate {
                    Aggregate::WeightedMean => weights.map(|weights| weights.words),
                    Aggregate::RatioOfSums => Some("denominators".to_owned()),
                    Aggregate::Sum | Aggregate::None => None,
                },
                reason: why_none(&whole, set),
                column: whole.into_column(indicator.aggregate),
            },
            Err(NotAddedUp::ByRule) => Total::none(match indicator.kind {
                Kind::Rank => {
                    "A set of areas has no rank: ranks are places among areas, and are not averaged.".to_owned()
                }
                Kind::Decile => {
                    "A set of areas is in no decile: deciles are places among areas, and are not averaged.".to_owned()
                }
                Kind::Category => "A set of areas has no category: its areas have one each.".to_owned(),
                _ => format!("{short} does not add up over areas."),
            }),
            Err(NotAddedUp::WithoutWeights) => {
                Total::none(format!("{short} is averaged by weights, and {} has none here.", period.words()))
            }
            Err(NotAddedUp::WithoutParts) => {
                Total::none(format!("{short} is published without the numerators and denominators that would add up."))
            }
        })
    }
}

impl Total {
    fn none(reason: String) -> Total {
        let column = Column::of_values(vec![None], Origin::Aggregated);
        Total { column, coverage: None, weighted_by: None, reason: Some(reason) }
    }
}

/// Why a set has no value by an indicator that adds up.
fn why_none(whole: &Whole, set: &DrawnSet<'_>) -> Option<String> {
    if whole.hidden > 0 {
        let percent = count(percent_short_of(whole.coverage, 1.0));
        return Some(format!(
            "Hidden to protect privacy, as is the number of {} of its {}; what is published covers {percent}% of it.",
            count(whole.hidden),
            set.areas()
        ));
    }
    if whole.included == 0 {
        return Some(format!("No value is published for its {}.", set.areas()));
    }
    if whole.coverage < LEAST_COVERAGE {
        let percent = count(percent_short_of(whole.coverage, LEAST_COVERAGE));
        return Some(format!(
            "What is published covers {percent}% of it; under {}% there is no value.",
            (LEAST_COVERAGE * 100.0).round()
        ));
    }
    whole.value.is_none().then(|| "What it would be divided by adds up to nothing.".to_owned())
}
