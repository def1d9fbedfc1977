//! One thing for each column of an edition: the column itself, or what is known of it.

use std::collections::BTreeMap;

use crate::column::Column;
use crate::period::Period;

/// Where a column stands: a geography, or (`None`) the whole atlas; an indicator; a period.
pub(crate) type Place = (Option<usize>, usize, Period);

/// Columns that were just made.
pub(crate) type Columns = ByPlace<Column>;

/// What there is of each indicator, for each geography and the whole atlas, in each period.
#[derive(Debug)]
pub(crate) struct ByPlace<T> {
    by_geography: BTreeMap<(usize, usize), BTreeMap<Period, T>>,
    overall: BTreeMap<usize, BTreeMap<Period, T>>,
}

impl<T> Default for ByPlace<T> {
    fn default() -> ByPlace<T> {
        ByPlace { by_geography: BTreeMap::new(), overall: BTreeMap::new() }
    }
}

impl<T> ByPlace<T> {
    pub(crate) fn insert(&mut self, (geography, indicator, period): Place, value: T) {
        let periods = match geography {
            Some(geography) => self.by_geography.entry((geography, indicator)).or_default(),
            None => self.overall.entry(indicator).or_default(),
        };
        periods.insert(period, value);
    }

    pub(crate) fn has(&self, geography: usize, indicator: usize) -> bool {
        self.by_geography.contains_key(&(geography, indicator))
    }

    pub(crate) fn get(&self, geography: Option<usize>, indicator: usize, period: Period) -> Option<&T> {
        in_period(self.in_periods(geography, indicator)?, period)
    }

    /// The periods of an indicator for a geography (`None`: the whole atlas), in time order.
    pub(crate) fn periods(&self, geography: impl Into<Option<usize>>, indicator: usize) -> Vec<Period> {
        let periods = self.in_periods(geography.into(), indicator);
        periods.map(|periods| periods.keys().copied().collect()).unwrap_or_default()
    }

    fn in_periods(&self, geography: Option<usize>, indicator: usize) -> Option<&BTreeMap<Period, T>> {
        match geography {
            Some(geography) => self.by_geography.get(&(geography, indicator)),
            None => self.overall.get(&indicator),
        }
    }

    /// What there is of one indicator in a fixed order, the whole atlas last.
    pub(crate) fn of_indicator(&self, indicator: usize) -> impl Iterator<Item = (Option<usize>, Period, &T)> {
        let own = self.iter().filter(move |((_, own, _), _)| *own == indicator);
        own.map(|((geography, _, period), value)| (geography, period, value))
    }

    /// Everything in a fixed order, the whole atlas last.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Place, &T)> {
        let by_geography = self.by_geography.iter().flat_map(|((geography, indicator), periods)| {
            periods.iter().map(|(period, value)| ((Some(*geography), *indicator, *period), value))
        });
        let overall = self.overall.iter().flat_map(|(indicator, periods)| {
            periods.iter().map(|(period, value)| ((None, *indicator, *period), value))
        });
        by_geography.chain(overall)
    }
}

impl<T> ByPlace<T> {
    /// Everything, in the order of [`ByPlace::iter`].
    pub(crate) fn into_all(self) -> impl Iterator<Item = (Place, T)> {
        let by_geography = self.by_geography.into_iter().flat_map(|((geography, indicator), periods)| {
            periods.into_iter().map(move |(period, value)| ((Some(geography), indicator, period), value))
        });
        let overall = self.overall.into_iter().flat_map(|(indicator, periods)| {
            periods.into_iter().map(move |(period, value)| ((None, indicator, period), value))
        });
        by_geography.chain(overall)
    }
}

impl<T> FromIterator<(Place, T)> for ByPlace<T> {
    fn from_iter<I: IntoIterator<Item = (Place, T)>>(all: I) -> ByPlace<T> {
        let mut by_place = ByPlace::default();
        all.into_iter().for_each(|(place, value)| by_place.insert(place, value));
        by_place
    }
}

/// What stands at a period, which may be known only as it is written.
pub(crate) fn in_period<T>(columns: &BTreeMap<Period, T>, period: Period) -> Option<&T> {
    let written = || columns.iter().find(|(own, _)| own.is_written_as(&period)).map(|(_, column)| column);
    columns.get(&period).or_else(written)
}
