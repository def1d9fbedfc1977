//! Of which areas the sum of a larger area or a set is made, where some are missing: sums of different areas are not held
//! against each other, for what one of them lacks would pass for a change.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::adding::{Adding, aggregate};
use crate::catalogue::Indicator;
use crate::cell::Status;
use crate::column::{Column, Origin, number_at};
use crate::geography::Geography;
use crate::manifest::Aggregate;
use crate::period::Period;
use crate::store::StoreError;
use crate::view::AtlasView;

/// Areas by the positions of their geographies and their own.
pub(crate) type Parts = BTreeSet<(usize, usize)>;

/// A geography (`None`: all areas of the atlas) in a period.
type Place = (Option<String>, Period);

/// The sums of an indicator, each period's with the areas that it is made of.
pub(crate) struct Sums<'a> {
    view: &'a AtlasView,
    indicator: &'a Indicator,
    /// What was found already.
    known: RefCell<HashMap<Place, Option<Arc<Source>>>>,
}

/// The smaller areas from which a column was added up.
struct Source {
    /// The position of their geography.
    geography: usize,
    column: Arc<Column>,
    /// The positions of the areas of each larger one.
    members: Vec<Vec<u32>>,
}

impl<'a> Sums<'a> {
    pub(crate) fn new(view: &'a AtlasView, indicator: &'a Indicator) -> Sums<'a> {
        Sums { view, indicator, known: RefCell::default() }
    }

    /// The areas of which the sum over areas of a geography (`None`: the one of all areas of the atlas) is made in a period;
    /// `None` where none of them is missing, and of what is no sum.
    pub(crate) fn parts(
        &self,
        geography: Option<&Geography>,
        positions: &[usize],
        period: Period,
    ) -> Result<Option<Parts>, StoreError> {
        if self.indicator.aggregate != Aggregate::Sum {
            return Ok(None);
        }
        let Some(column) = self.view.column_or_overall(geography, self.indicator, period)? else { return Ok(None) };
        let is_whole = |position: &usize| has_number(&column, *position) && column.coverage_of(*position).is_none();
        if positions.iter().all(is_whole) {
            return Ok(None);
        }
        // No geography of the atlas has the number that follows its last: all areas together are of none.
        let all = self.view.geographies();
        let own = geography.and_then(|own| all.iter().position(|other| other.id == own.id)).unwrap_or(all.len());
        let mut parts = Parts::new();
        for position in positions.iter().copied().filter(|position| has_number(&column, *position)) {
            match self.source(geography, period)?.filter(|_| !is_whole(&position)) {
                Some(source) => parts.extend(source.included(position).map(|member| (source.geography, member))),
                None => {
                    parts.insert((own, position));
                }
            }
        }
        Ok(Some(parts))
    }

    fn source(&self, geography: Option<&Geography>, period: Period) -> Result<Option<Arc<Source>>, StoreError> {
        let key = (geography.map(|geography| geography.id.clone()), period);
        if let Some(known) = self.known.borrow().get(&key) {
            return Ok(known.clone());
        }
        let found = self.find_source(geography, period)?.map(Arc::new);
        self.known.borrow_mut().insert(key, found.clone());
        Ok(found)
    }

    /// The smallest areas that have values of their own and add up to anything, as when the edition was built.
    fn find_source(&self, whole: Option<&Geography>, period: Period) -> Result<Option<Source>, StoreError> {
        let mut smaller: Vec<(usize, &Geography)> =
            self.view.geographies().iter().enumerate().filter(|(_, own)| own.tiling).collect();
        smaller.sort_by_key(|(_, own)| std::cmp::Reverse(own.len()));
        for (position, own) in smaller {
            let members = match whole {
                Some(whole) if whole.id == own.id => None,
                Some(whole) => own.members_of(whole),
                None => Some(vec![(0u32..).take(own.len()).collect()]),
            };
            let column = self.view.column(own, self.indicator, period)?;
            let column = column.filter(|column| column.origin != Origin::Aggregated);
            let (Some(members), Some(column)) = (members, column) else { continue };
            let people = self.view.weights_by_people(own)?;
            let adding = Adding {
                rule: self.indicator.aggregate,
                per: self.indicator.per,
                weights: None,
                people: people.as_ref().map(|people| &people.column.values),
                hidden_parts: None,
            };
            if aggregate(&column, &adding, &members).is_ok_and(|sums| sums.says_anything()) {
                return Ok(Some(Source { geography: position, column, members }));
            }
        }
        Ok(None)
    }
}

impl Source {
    /// The areas that went into a larger one. A total of raw numbers holds those that are hidden.
    fn included(&self, position: usize) -> impl Iterator<Item = usize> {
        let members = self.members.get(position).map_or(&[][..], Vec::as_slice);
        members.iter().map(|member| *member as usize).filter(|member| has_number(&self.column, *member))
    }
}

/// Whether there is a number, be it hidden.
fn has_number(column: &Column, position: usize) -> bool {
    number_at(Some(&column.values), position).is_some() || column.status_of(position).contains(&Status::Suppressed)
}
