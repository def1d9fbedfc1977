//! Where the worst areas are: the class of rank 1, and the larger area that has most of it.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Rank, Within};
use crate::geography::Geography;
use crate::view::AtlasView;

/// The class of the area with rank 1: the worst by polarity, the highest where neither end is bad.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WorstClass {
    /// The class, counted from 0.
    pub class: u32,
    /// How many areas are in it.
    pub areas: usize,
    /// Where most of them are; `None` where no larger area tells them apart.
    pub most_in: Option<MostIn>,
}

/// The larger area that has most of some areas.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MostIn {
    /// Its geography's id.
    pub geography: String,
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// How many of the areas it has.
    pub areas: usize,
}

impl AtlasView {
    /// The worst of some classes; `None` where no area has a rank, as with categories.
    pub(super) fn worst_class(
        &self,
        geography: &Geography,
        classes: &[Option<u32>],
        rank: &Rank,
        within: Option<Within<'_>>,
    ) -> Option<WorstClass> {
        let first = rank.values.iter().position(|rank| *rank == Some(1))?;
        let class = (*classes.get(first)?)?;
        let members: Vec<usize> = (0..classes.len()).filter(|position| classes[*position] == Some(class)).collect();
        let most_in = self.parent_of_most(geography, within, &members).map(|(parent, position, areas)| {
            let area = &parent.areas()[position];
            MostIn { geography: parent.id.clone(), code: area.code.clone(), name: area.shown_name().to_owned(), areas }
        });
        Some(WorstClass { class, areas: members.len(), most_in })
    }

    /// The larger area that most of the areas at these positions lie in, as its geography, its position there and how many it
    /// has, unless the question is limited to it. Of several with as many it is the first.
    pub(crate) fn parent_of_most(
        &self,
        geography: &Geography,
        within: Option<Within<'_>>,
        positions: &[usize],
    ) -> Option<(&Geography, usize, usize)> {
        let parent = self.broadest_parent(geography)?;
        if within.is_some_and(|within| within.geography.id == parent.id) {
            return None;
        }
        let parents = geography.parents_in(&parent.id)?;
        let mut members = vec![0usize; parent.len()];
        for position in positions {
            if let Some(Some(of)) = parents.of.get(*position) {
                members[*of as usize] += 1;
            }
        }
        let most = members.iter().copied().max().filter(|most| *most > 0)?;
        let position = members.iter().position(|count| *count == most)?;
        Some((parent, position, most))
    }
}
