//! Over which larger areas a selection spreads, and how many people live in it.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Comparison, Selected, WorstTenth};
use crate::finding::areas;
use crate::geography::Geography;
use crate::period::Period;
use crate::store::StoreError;
use crate::view::{AtlasView, People};
use crate::words::{self, count, isolated, list, number};

/// How many larger areas are named in the sentence.
const NAMED: usize = 6;

/// Selected areas of one geography, among all of them.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SelectionSpread {
    /// How many areas are selected.
    pub areas: usize,
    /// How many areas the geography has.
    pub of: usize,
    /// The broadest geography that they lie in; `None` where there is none with more than one area.
    pub geography: Option<String>,
    /// Its areas in which any selected one lies, the one with the most first.
    pub parents: Vec<ParentShare>,
    /// People in all selected areas together, among all.
    pub people: Vec<PeopleShare>,
    /// How many of the selected areas are in the worst tenth, by each decile that they are compared by.
    pub worst_tenths: Vec<WorstTenth>,
    /// All of that in words.
    pub sentence: String,
}

/// How many of a larger area's areas are selected.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ParentShare {
    /// The larger area's code.
    pub code: String,
    /// Its name, as it is shown.
    pub name: String,
    /// How many of its areas are selected.
    pub areas: usize,
    /// How many it has.
    pub of: usize,
}

/// How many people live in the selected areas.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PeopleShare {
    /// The count's id.
    pub indicator: String,
    /// Its short name.
    pub name: String,
    /// Its period.
    #[schema(value_type = String)]
    pub period: Period,
    /// People in the selected areas, each once; `None` where those of any are unknown.
    pub total: Option<f64>,
    /// People in all areas of the geography.
    pub of: Option<f64>,
}

impl SelectionSpread {
    /// What the sentence says of deciles.
    pub fn tenths_in_words(&self, view: &AtlasView) -> Vec<String> {
        tenths_in_words(view, self.areas, &self.worst_tenths)
    }
}

impl AtlasView {
    /// How selected areas spread, also over the deciles that they are compared by; `None` without areas, and where they are of
    /// several geographies, for then an area may lie in another.
    ///
    /// # Errors
    /// Where a column cannot be read from its store.
    pub fn selection_spread(
        &self,
        selected: &[Selected<'_>],
        comparisons: &[Comparison],
    ) -> Result<Option<SelectionSpread>, StoreError> {
        let Some(first) = selected.first() else { return Ok(None) };
        let geography = first.geography;
        if selected.iter().any(|area| area.geography.id != geography.id) {
            return Ok(None);
        }
        let positions: Vec<usize> = selected.iter().map(|area| area.position).collect();
        let parent = self.broadest_parent(geography);
        let parents = parent.map(|parent| shares(geography, parent, &positions)).unwrap_or_default();
        let people = self.people(geography)?;
        let people: Vec<PeopleShare> =
            people.iter().map(|people| self.people_share(geography, people, &positions)).collect::<Result<_, _>>()?;
        let compared_by = comparisons.iter().filter_map(|by| Some((self.indicator(&by.indicator)?, by.period?)));
        let in_tenth = |(indicator, period)| self.worst_tenth(geography, &positions, indicator, period).transpose();
        let worst_tenths: Vec<WorstTenth> = compared_by.filter_map(in_tenth).collect::<Result<_, _>>()?;
        let spread = self.spread_sentence(geography, positions.len(), &parents, &people);
        let sentences = std::iter::once(spread).chain(tenths_in_words(self, positions.len(), &worst_tenths));
        Ok(Some(SelectionSpread {
            areas: positions.len(),
            of: geography.len(),
            sentence: sentences.collect::<Vec<_>>().join(" "),
            worst_tenths,
            geography: parent.map(|parent| parent.id.clone()),
            parents,
            people,
        }))
    }

    fn people_share(
        &self,
        geography: &Geography,
        people: &People<'_>,
        positions: &[usize],
    ) -> Result<PeopleShare, StoreError> {
        let all: Vec<usize> = (0..geography.len()).collect();
        Ok(PeopleShare {
            indicator: people.indicator.id.clone(),
            name: people.indicator.short.en().to_owned(),
            period: people.period,
            total: self.people_in(geography, people, positions)?,
            of: self.people_in(geography, people, &all)?,
        })
    }

    /// "18 of the 364 LSOAs in Worcestershire: Worcester 8, Redditch 5, Wyre Forest 4 and Malvern Hills 1. Population, 2015: 27,628
    /// of 577,914."
    fn spread_sentence(
        &self,
        geography: &Geography,
        n: usize,
        parents: &[ParentShare],
        people: &[PeopleShare],
    ) -> String {
        let shown = words::named(parents.len(), NAMED);
        let mut named: Vec<String> = parents
            .iter()
            .take(shown)
            .map(|share| format!("{} {}", isolated(&share.name), count(share.areas)))
            .collect();
        if parents.len() > shown {
            let others: usize = parents.iter().skip(shown).map(|share| share.areas).sum();
            named.push(format!("{} in {} others", count(others), count(parents.len() - shown)));
        }
        let spread = if named.is_empty() { String::new() } else { format!(": {}", list(&named)) };
        let start = format!(
            "{} of the {} in {}{spread}.",
            count(n),
            areas(geography, geography.len()),
            isolated(&self.scope_name(None))
        );
        let people = people.iter().filter_map(|people| {
            let of = people.of.map(|of| format!(" of {}", number(of, 0))).unwrap_or_default();
            let name = isolated(&people.name);
            people.total.map(|total| format!("{name}, {}: {}{of}.", people.period.words(), number(total, 0)))
        });
        std::iter::once(start).chain(people).collect::<Vec<_>>().join(" ")
    }
}

/// "5 of the 8 are in the most deprived 10% of areas in England." By several deciles each has its name; of one area there is
/// nothing to say.
fn tenths_in_words(view: &AtlasView, selected: usize, tenths: &[WorstTenth]) -> Vec<String> {
    let name = |tenth: &WorstTenth| match view.indicator(&tenth.indicator) {
        Some(indicator) if tenths.len() > 1 => format!("{}: ", isolated(indicator.short.en())),
        _ => String::new(),
    };
    let said = tenths.iter().filter(|_| selected > 1);
    said.map(|tenth| format!("{}{}.", name(tenth), tenth.words)).collect()
}

/// How many of each larger area's areas are selected, the most first and then by name.
fn shares(geography: &Geography, parent: &Geography, positions: &[usize]) -> Vec<ParentShare> {
    let Some(members) = geography.members_of(parent) else { return Vec::new() };
    let is_selected: std::collections::HashSet<usize> = positions.iter().copied().collect();
    let share = |(around, members): (&crate::geography::Area, &Vec<u32>)| {
        let selected = members.iter().filter(|member| is_selected.contains(&(**member as usize))).count();
        (selected > 0).then(|| ParentShare {
            code: around.code.clone(),
            name: around.shown_name().to_owned(),
            areas: selected,
            of: members.len(),
        })
    };
    let mut shares: Vec<ParentShare> = parent.areas().iter().zip(&members).filter_map(share).collect();
    shares.sort_by(|one, other| other.areas.cmp(&one.areas).then_with(|| one.name.cmp(&other.name)));
    shares
}
