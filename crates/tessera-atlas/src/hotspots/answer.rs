//! What is said of hotspots, in the fixed order of the geography and by the codes of its areas.

use std::collections::BTreeSet;

use serde::Serialize;
use tessera_stats::rank::First;
use tessera_stats::space::{self, Class, Local, Outcome, Statistic, highest};
use utoipa::ToSchema;

use super::{EXTREMES, Question, Untested, shown, words};
use crate::column::{Column, Numbers};
use crate::finding::hidden;
use crate::geography::{Geography, GeographyShape};
use crate::kinds::Kinds;
use crate::period::Period;
use crate::store::StoreError;
use crate::view::{AtlasView, People};
use crate::words::{count, isolated};

/// Which areas stand out together with their neighbours. Arrays are in the fixed order of the geography.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Hotspots {
    /// The geography's id.
    pub geography: String,
    /// The indicator's id.
    pub indicator: String,
    /// The period.
    #[schema(value_type = String)]
    pub period: Period,
    /// `GEO:CODE`, where limited.
    pub within: Option<String>,
    /// By which statistic: `gi-star` or `local-moran`.
    pub hotspot: &'static str,
    /// What makes areas neighbours: `queen`, a shared vertex.
    pub weights: &'static str,
    /// How rates were smoothed, where they were: `global` or `spatial`.
    pub smooth: Option<&'static str>,
    /// How many areas have a value.
    pub n: usize,
    /// How many of them have a neighbour with a value, and so a statistic.
    pub tested: usize,
    /// How many random permutations the areas are held against.
    pub permutations: u32,
    /// What they are drawn from.
    pub seed: u32,
    /// The part of the findings that may be chance.
    pub fdr: f64,
    /// `decided`, `undecided at 999` (so few permutations cannot tell), or `not tested` (`sentence` says why).
    pub outcome: String,
    /// Where undecided: the least number of permutations that would decide.
    pub needed: Option<u64>,
    /// Where undecided: the least number on offer that is not below that.
    pub offered: Option<u32>,
    /// Whether neighbours are alike at all; `None` where nothing was tested.
    pub moran: Option<Moran>,
    /// Each area's statistic: Gi*, which is a z score, or local Moran's I.
    pub statistic: Numbers,
    /// Each area's two-sided p by permutation.
    pub p: Numbers,
    /// Each area's two-sided p by the normal distribution.
    pub p_normal: Numbers,
    /// Whether each area is significant by permutation.
    pub significant: Vec<bool>,
    /// What each area is by permutation: as in [`Findings`].
    pub class: Vec<&'static str>,
    /// The groups that a map shows: by what `kinds_by` names.
    pub groups: Vec<Group>,
    /// The pockets that a map shows, likewise.
    pub pockets: Vec<String>,
    /// What there is by the normal distribution, where nothing is significant by permutation.
    pub by_normal: Option<Findings>,
    /// What there is by permutation, where groups and pockets are not.
    pub by_permutation: Option<Findings>,
    /// The areas with the ten highest published values, and those that tie with the last, the highest first.
    pub highest: Vec<String>,
    /// The areas with the ten lowest published values, and those that tie with the last, the lowest first.
    pub lowest: Vec<String>,
    /// Areas with a value of which no neighbour has one.
    pub islands: Vec<String>,
    /// Areas with a value at the edge of the atlas, or of `within`: their neighbours outside are not counted.
    pub edge: Vec<String>,
    /// Each area's smoothed rate, where rates were smoothed.
    pub smoothed: Option<Numbers>,
    /// What a map shows: areas of groups and pockets, the highest of the others, and those where nothing stands out. By
    /// permutation, or by the normal distribution where so few permutations cannot decide.
    pub kinds: Kinds,
    /// By which p `kinds` are: `permutation` or `normal`.
    pub kinds_by: &'static str,
    /// What a reader must know of how it was found: that so few permutations cannot decide, and how many could.
    pub note: Option<String>,
    /// The finding.
    pub sentence: String,
}

/// Global Moran's I.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Moran {
    /// About 1 where neighbours are alike, below 0 where they are unlike.
    pub i: f64,
    /// What chance would give on average.
    pub expected: f64,
    /// The pseudo p by permutation.
    pub p: f64,
    /// Of how many sides `p` is: `one`.
    pub sided: &'static str,
}

/// The significant areas by one kind of p.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Findings {
    /// Whether each area is significant.
    pub significant: Vec<bool>,
    /// What each area is: `hot` or `cold`; `high-high`, `low-low`, `high-low` or `low-high`; `none`.
    pub class: Vec<&'static str>,
    /// Adjoining significant areas of one class, the largest group first.
    pub groups: Vec<Group>,
    /// Significant areas that adjoin no other of their class, or are unlike their neighbours.
    pub pockets: Vec<String>,
}

/// Adjoining significant areas of one class.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Group {
    /// The class of all of them.
    pub class: &'static str,
    /// Their codes.
    pub areas: Vec<String>,
    /// The code of the one whose statistic is farthest from 0.
    pub peak: String,
    /// The peak's name, and how many others there are.
    pub name: String,
    /// People in all of them.
    pub people: Vec<PeopleInGroup>,
}

/// How many people live in a group.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PeopleInGroup {
    /// The count's id.
    pub indicator: String,
    /// Its short name.
    pub name: String,
    /// Its period.
    #[schema(value_type = String)]
    pub period: Period,
    /// People in the areas of the group; `None` where those of any are unknown.
    pub total: Option<f64>,
}

/// What was looked through, and what came of it.
pub(super) struct Search<'a> {
    pub(super) shape: &'a GeographyShape,
    pub(super) column: &'a Column,
    /// The published values of the areas that were looked at.
    pub(super) published: &'a Numbers,
    /// What was tested in their stead.
    pub(super) smoothed: Option<Numbers>,
    /// The areas with a value of which no neighbour has one.
    pub(super) islands: Vec<u32>,
    pub(super) found: Result<space::Hotspots, Untested>,
}

/// The answer of what was found, or of why nothing could be tested.
pub(super) fn answer(view: &AtlasView, question: &Question<'_>, search: Search<'_>) -> Result<Hotspots, StoreError> {
    let Search { shape, column, published, smoothed, islands, found } = search;
    let geography = question.geography;
    let codes = |areas: &[u32]| codes(geography, areas);
    let hidden = hidden(column, geography, question.within);
    let sentence = words::sentence(view, question, published, hidden, &found);
    let found = found.ok();
    let note = words::note(question, found.as_ref());
    let local = found.as_ref().map_or_else(|| vec![None; published.len()], |found| found.local.clone());
    let each = |number: fn(&Local) -> f64| local.iter().map(|local| local.as_ref().map(number)).collect();
    let (needed, offered) = match found.as_ref().map(|found| found.outcome) {
        Some(Outcome::Undecided { needed, offered, .. }) => (Some(needed), offered.map(|offered| offered.count())),
        _ => (None, None),
    };
    let findings = |found| Findings::new(view, geography, &local, found);
    let by_permutation = findings(found.as_ref().map(|found| &found.by_permutation))?;
    let nothing_found = !by_permutation.significant.contains(&true);
    let by_normal = found.as_ref().filter(|_| nothing_found).map(|found| &found.by_normal);
    let undecided = matches!(found.as_ref().map(|found| found.outcome), Some(Outcome::Undecided { .. }));
    let shown_by = by_normal.filter(|_| undecided).or(found.as_ref().map(|found| &found.by_permutation));
    let kinds = shown::kinds(view, question, published, &local, shown_by)?;
    let by_normal = by_normal.map(|found| findings(Some(found))).transpose()?;
    let is_by_normal = undecided && nothing_found;
    let shown_by = by_normal.as_ref().filter(|_| is_by_normal).unwrap_or(&by_permutation).clone();
    Ok(Hotspots {
        geography: geography.id.clone(),
        indicator: question.indicator.id.clone(),
        period: question.period,
        within: question.within.map(|within| within.parameter()),
        hotspot: match question.statistic {
            Statistic::GiStar => "gi-star",
            Statistic::LocalMoran => "local-moran",
        },
        weights: "queen",
        smooth: question.smoothing.map(super::Smoothing::word),
        n: smoothed.as_ref().unwrap_or(published).iter().flatten().count(),
        tested: local.iter().flatten().count(),
        permutations: question.permutations.count(),
        seed: question.seed,
        fdr: question.false_discovery_rate,
        outcome: match found.as_ref().map(|found| found.outcome) {
            Some(Outcome::Decided) => "decided".to_owned(),
            Some(Outcome::Undecided { .. }) => format!("undecided at {}", question.permutations.count()),
            None => "not tested".to_owned(),
        },
        needed,
        offered,
        moran: found.as_ref().map(|found| Moran {
            i: found.moran.i,
            expected: found.moran.expected,
            p: found.moran.p,
            sided: "one",
        }),
        statistic: each(|local| local.statistic),
        p: each(|local| local.p),
        p_normal: each(|local| local.p_normal),
        significant: by_permutation.significant.clone(),
        class: by_permutation.class.clone(),
        groups: shown_by.groups,
        pockets: shown_by.pockets,
        by_normal,
        by_permutation: Some(by_permutation).filter(|_| is_by_normal),
        highest: codes(&highest(published, First::Highest, EXTREMES)),
        lowest: codes(&highest(published, First::Lowest, EXTREMES)),
        islands: codes(&islands),
        edge: codes(&edge(question, shape, published)),
        smoothed,
        kinds,
        kinds_by: if is_by_normal { "normal" } else { "permutation" },
        note,
        sentence,
    })
}

impl Findings {
    /// Of all areas, of which those that were not tested are nothing.
    fn new(
        view: &AtlasView,
        geography: &Geography,
        local: &[Option<Local>],
        found: Option<&space::Findings>,
    ) -> Result<Findings, StoreError> {
        let is_significant = |area: usize| found.is_some_and(|found| found.significant.get(area) == Some(&Some(true)));
        let class = |(area, local): (usize, &Option<Local>)| {
            local.filter(|_| is_significant(area)).map_or("none", |local| class_word(local.class))
        };
        let people = view.people(geography)?;
        let group = |group: &space::Group| -> Result<Group, StoreError> {
            Ok(Group {
                class: class_word(group.class),
                areas: codes(geography, &group.areas),
                peak: geography.areas()[group.peak as usize].code.clone(),
                name: group_name(geography, group),
                people: people_in(view, geography, &people, &group.areas)?,
            })
        };
        let groups = found.map_or(&[][..], |found| &found.groups).iter().map(group);
        Ok(Findings {
            significant: (0..local.len()).map(is_significant).collect(),
            class: local.iter().enumerate().map(class).collect(),
            groups: groups.collect::<Result<_, _>>()?,
            pockets: found.map(|found| codes(geography, &found.pockets)).unwrap_or_default(),
        })
    }
}

fn people_in(
    view: &AtlasView,
    geography: &Geography,
    people: &[People<'_>],
    areas: &[u32],
) -> Result<Vec<PeopleInGroup>, StoreError> {
    let positions: Vec<usize> = areas.iter().map(|area| *area as usize).collect();
    let in_group = |people: &People<'_>| {
        Ok(PeopleInGroup {
            indicator: people.indicator.id.clone(),
            name: people.indicator.short.en().to_owned(),
            period: people.period,
            total: view.people_in(geography, people, &positions)?,
        })
    };
    people.iter().map(in_group).collect()
}

fn class_word(class: Class) -> &'static str {
    match class {
        Class::Hot => "hot",
        Class::Cold => "cold",
        Class::HighHigh => "high-high",
        Class::LowLow => "low-low",
        Class::HighLow => "high-low",
        Class::LowHigh => "low-high",
    }
}

/// "Worcester 002D and 10 others"
fn group_name(geography: &Geography, group: &space::Group) -> String {
    let peak = isolated(geography.areas()[group.peak as usize].shown_name());
    match group.areas.len() {
        0 | 1 => peak.into_owned(),
        2 => format!("{peak} and 1 other"),
        more => format!("{peak} and {} others", count(more - 1)),
    }
}

fn codes(geography: &Geography, areas: &[u32]) -> Vec<String> {
    areas.iter().map(|area| geography.areas()[*area as usize].code.clone()).collect()
}

/// The areas with a value whose border has nothing on its other side that the question speaks of.
fn edge(question: &Question<'_>, shape: &GeographyShape, published: &Numbers) -> Vec<u32> {
    let holds = |area: u32| question.within.is_none_or(|within| within.holds(question.geography, area as usize));
    let mut at_edge = BTreeSet::new();
    for arc in shape.topology.arcs() {
        if let (Some(area), None) | (None, Some(area)) =
            (arc.left.filter(|left| holds(*left)), arc.right.filter(|right| holds(*right)))
        {
            at_edge.insert(area);
        }
    }
    at_edge.into_iter().filter(|area| published[*area as usize].is_some()).collect()
}
