//! What changed between two periods: a column of differences, in classes that are the same to either side of zero.
//!
//! A difference is made of two published values alone, so that it tells nothing that is not published: where one of them is
//! hidden, so is the difference.

mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::sync::Arc;

use serde::Serialize;
use tessera_stats::classes::{Breaks, custom};
use tessera_stats::decimal;
use tessera_stats::intervals::{Confidence, difference};
use tessera_stats::quantile::quantile_value;
use tessera_stats::rank::{First, ranks};
use utoipa::ToSchema;

use crate::catalogue::Indicator;
use crate::cell::Status;
use crate::classes::{PeopleInClasses, Rank, Within, first};
use crate::column::{Column, Numbers, number_at};
use crate::geography::Geography;
use crate::intervals::Intervals;
use crate::manifest::Kind;
use crate::period::Period;
use crate::store::StoreError;
use crate::summed::Sums;
use crate::view::AtlasView;
use crate::words::plural;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The geography.
    pub geography: &'a Geography,
    /// The indicator.
    pub indicator: &'a Indicator,
    /// The earlier period.
    pub from: Period,
    /// The later one.
    pub period: Period,
    /// The areas that it is limited to.
    pub within: Option<Within<'a>>,
}

/// How values changed from one period to a later one. Lists that speak of areas are in the fixed order of the geography.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Change {
    /// The geography's id.
    pub geography: String,
    /// The indicator's id.
    pub indicator: String,
    /// The earlier period.
    #[schema(value_type = String)]
    pub from: Period,
    /// The later one.
    #[schema(value_type = String)]
    pub period: Period,
    /// `GEO:CODE`, where limited.
    pub within: Option<String>,
    /// The unit of the differences: that of the values, and `percentage points` for percentages.
    pub unit: String,
    /// Decimals shown.
    pub decimals: u8,
    /// The later value less the earlier one.
    pub values: Numbers,
    /// The published values of the earlier period.
    pub earlier: Numbers,
    /// The published values of the later period.
    pub later: Numbers,
    /// The lower ends of the differences' 95% intervals.
    pub lower: Numbers,
    /// Their upper ends.
    pub upper: Numbers,
    /// Whether each difference is more than chance would explain; `None` where that is not known.
    pub beyond_chance: Vec<Option<bool>>,
    /// By position: why there is no difference.
    pub status: BTreeMap<u32, Vec<Status>>,
    /// How many areas have a difference.
    pub n: usize,
    /// How many have none.
    pub missing: usize,
    /// How many have none for which reason.
    pub missing_by_status: BTreeMap<&'static str, usize>,
    /// How the classes were made: `symmetrical`.
    pub method: &'static str,
    /// How many classes there are.
    pub k: usize,
    /// The ends of the classes, the same to either side of zero; a class is (lower, upper], the first closed below.
    pub breaks: Vec<f64>,
    /// Areas in each class.
    pub counts: Vec<usize>,
    /// People in each class.
    pub people: Vec<PeopleInClasses>,
    /// Each area's class, counted from 0.
    pub classes: Vec<Option<u32>>,
    /// Each area's place: 1 is the largest change for the worse, the largest rise where neither end is bad.
    pub rank: Rank,
    /// How all of them together changed; `None` where that is not known either, as of an area, and for counts, whose sum is of
    /// another size.
    pub whole: Option<Whole>,
    /// The finding.
    pub sentence: String,
}

/// How all areas of the atlas together changed, or the area that the question is limited to.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Whole {
    /// What it is called.
    pub name: String,
    /// Its value in the earlier period.
    pub earlier: f64,
    /// Its value in the later one.
    pub later: f64,
    /// The later value less the earlier one.
    pub value: f64,
}

/// Why two periods are not held against each other.
#[derive(Debug, thiserror::Error)]
pub enum NoChange {
    /// A difference of such values has no size.
    #[error(
        "“{indicator}” is a {}: {} of different years are places or points on different scales, and are not subtracted",
        .kind.word(),
        plural(.kind.word())
    )]
    Kind {
        /// The indicator's name.
        indicator: String,
        /// Its kind.
        kind: Kind,
    },
    /// The period to begin with does not lie before the other one.
    #[error("a change goes from an earlier period to a later one, and {} does not end before {} begins", .from.words(), .period.words())]
    Order {
        /// The period that should be the earlier one.
        from: Period,
        /// The later one.
        period: Period,
    },
    /// One is longer than the other.
    #[error("{} and {} are not equally long, so that their values are not alike", .from.words(), .period.words())]
    Length {
        /// The earlier period.
        from: Period,
        /// The later one.
        period: Period,
    },
    /// Something was changed in how it is measured.
    #[error("values of {} are marked as not comparable with earlier periods, such as {}", .at.words(), .from.words())]
    Break {
        /// The earlier period.
        from: Period,
        /// The period that is not comparable.
        at: Period,
    },
    /// A column cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why an area is not called better or worse than before.
pub(crate) const UNSURE: &str =
    "Not compared: one of the two values is missing, has no interval, or is not comparable.";

/// Two columns whose values may be subtracted, but for the areas that say otherwise.
pub(crate) struct Pair {
    earlier: Arc<Column>,
    later: Arc<Column>,
    intervals: Intervals,
    /// By position: whether a value in between, or the later one, is not comparable with earlier ones.
    broken: Vec<bool>,
    /// The period from which on that holds of every area, where there is one.
    all_broken_at: Option<Period>,
    /// The positions of the sums that are not of the same areas in both periods.
    of_others: BTreeSet<usize>,
}

impl Pair {
    /// The later value less the earlier one; `None` where either is missing, or they are not comparable.
    fn difference(&self, position: usize) -> Option<f64> {
        let (earlier, later) = (self.earlier(position)?, self.later(position)?);
        let is_broken = self.broken.get(position).copied().unwrap_or(false);
        (!is_broken && !self.of_others.contains(&position)).then(|| decimal::difference(later, earlier))
    }

    /// The 95% limits of the difference, where both values have theirs.
    pub(crate) fn limits(&self, position: usize) -> Option<RangeInclusive<f64>> {
        self.difference(position)?;
        let estimate = |column: &Column| {
            let interval = self.intervals.at(column, position, Confidence::Percent95)?;
            Some((number_at(Some(&column.values), position)?, interval.lower..=interval.upper))
        };
        difference(estimate(&self.later)?, estimate(&self.earlier)?)
    }

    /// The value of the earlier period.
    pub(crate) fn earlier(&self, position: usize) -> Option<f64> {
        number_at(Some(&self.earlier.values), position)
    }

    /// The value of the later period.
    fn later(&self, position: usize) -> Option<f64> {
        number_at(Some(&self.later.values), position)
    }

    /// Why there is no difference.
    fn reason(&self, position: usize) -> Status {
        let columns = [&self.later, &self.earlier];
        let mut marks = columns.iter().flat_map(|column| column.status_of(position));
        let is_hidden = columns.iter().any(|column| column.status_of(position).contains(&Status::Suppressed));
        match marks.find(|mark| mark.replaces_value()) {
            _ if is_hidden => Status::Suppressed,
            Some(mark) => *mark,
            None if self.broken.get(position) == Some(&true) => Status::Break,
            None => Status::NotAvailable,
        }
    }
}

impl AtlasView {
    /// How values changed. `None` where the indicator is not published for this geography in both periods.
    ///
    /// # Errors
    /// [`NoChange`].
    pub fn change(&self, question: &Question<'_>) -> Result<Option<Change>, NoChange> {
        let Question { geography, indicator, from, period, within } = *question;
        let Some(pair) = self.comparable(geography, indicator, from, period)? else { return Ok(None) };
        let is_inside = |position: &usize| within.is_none_or(|within| within.holds(geography, *position));
        let each = |number: &dyn Fn(usize) -> Option<f64>| -> Numbers {
            (0..geography.len()).map(|position| Some(position).filter(&is_inside).and_then(number)).collect()
        };
        let values = each(&|position| pair.difference(position));
        let limits: Vec<Option<RangeInclusive<f64>>> = (0..geography.len())
            .map(|position| Some(position).filter(&is_inside).and_then(|position| pair.limits(position)))
            .collect();
        let ends = |end: fn(&RangeInclusive<f64>) -> &f64| -> Numbers {
            limits.iter().map(|limits| limits.as_ref().map(end).copied()).collect()
        };
        let status: BTreeMap<u32, Vec<Status>> = (0..geography.len())
            .zip(0u32..)
            .filter(|(position, _)| is_inside(position) && values[*position].is_none())
            .map(|(position, key)| (key, vec![pair.reason(position)]))
            .collect();
        let mut missing_by_status: BTreeMap<&'static str, usize> = BTreeMap::new();
        for reason in status.values().flatten() {
            *missing_by_status.entry(reason.word()).or_default() += 1;
        }
        let breaks = symmetrical(&values, indicator.decimals);
        let classes = breaks.as_ref().map_or_else(|| vec![None; values.len()], |breaks| breaks.assign(&values));
        let k = breaks.as_ref().map_or(0, Breaks::len);
        let change = Change {
            geography: geography.id.clone(),
            indicator: indicator.id.clone(),
            from,
            period,
            within: within.map(|within| within.parameter()),
            unit: words::unit(indicator),
            decimals: indicator.decimals,
            earlier: each(&|position| pair.earlier(position)),
            later: each(&|position| pair.later(position)),
            lower: ends(RangeInclusive::start),
            upper: ends(RangeInclusive::end),
            beyond_chance: limits.iter().map(|limits| limits.as_ref().map(|limits| !limits.contains(&0.0))).collect(),
            n: values.iter().flatten().count(),
            missing: status.len(),
            missing_by_status,
            status,
            method: "symmetrical",
            k,
            breaks: breaks.as_ref().map(|breaks| breaks.bounds().to_vec()).unwrap_or_default(),
            counts: breaks.as_ref().map(|breaks| breaks.counts(&values)).unwrap_or_default(),
            people: self.people_in_classes(geography, &classes, k)?,
            classes,
            rank: rank(indicator, &values, self.scope_name(within)),
            whole: self.whole(question)?,
            values,
            sentence: String::new(),
        };
        Ok(Some(Change { sentence: words::sentence(question, &change), ..change }))
    }

    fn whole(&self, question: &Question<'_>) -> Result<Option<Whole>, StoreError> {
        let Question { indicator, from, period, within, .. } = *question;
        if indicator.kind == Kind::Count {
            return Ok(None);
        }
        let position = within.map_or(0, |within| within.position);
        let Some(pair) = self.pair(within.map(|within| within.geography), indicator, from, period)? else {
            return Ok(None);
        };
        let known = || Some((pair.earlier(position)?, pair.later(position)?, pair.difference(position)?));
        Ok(known().map(|(earlier, later, value)| Whole { name: self.scope_name(within), earlier, later, value }))
    }

    /// The values of two periods, where they may be subtracted. `None` where either is not published.
    ///
    /// # Errors
    /// [`NoChange`].
    pub(crate) fn comparable(
        &self,
        geography: &Geography,
        indicator: &Indicator,
        from: Period,
        period: Period,
    ) -> Result<Option<Pair>, NoChange> {
        are_alike(indicator, from, period)?;
        let Some(pair) = self.pair(Some(geography), indicator, from, period)? else { return Ok(None) };
        if let Some(at) = pair.all_broken_at {
            return Err(NoChange::Break { from, at });
        }
        Ok(Some(pair))
    }

    /// The values of two periods of the areas of a geography; without one, of all areas of the atlas together.
    fn pair(
        &self,
        geography: Option<&Geography>,
        indicator: &Indicator,
        from: Period,
        period: Period,
    ) -> Result<Option<Pair>, StoreError> {
        let at = |period| self.column_or_overall(geography, indicator, period);
        let (Some(earlier), Some(later)) = (at(from)?, at(period)?) else { return Ok(None) };
        let mut broken = vec![false; later.values.len()];
        let mut all_broken_at = None;
        for (between, column) in self.columns_after(geography, indicator, from, period)? {
            let marked = column.status.iter().filter(|(_, marks)| marks.contains(&Status::Break));
            for (position, _) in marked {
                if let Some(own) = broken.get_mut(*position as usize) {
                    *own = true;
                }
            }
            if broken.iter().all(|broken| *broken) {
                all_broken_at = all_broken_at.or(Some(between));
            }
        }
        let sums = Sums::new(self, indicator);
        let mut of_others = BTreeSet::new();
        let in_part = earlier.coverage.keys().chain(later.coverage.keys()).map(|position| *position as usize);
        for position in BTreeSet::from_iter(in_part) {
            if sums.parts(geography, &[position], from)? != sums.parts(geography, &[position], period)? {
                of_others.insert(position);
            }
        }
        Ok(Some(Pair { earlier, later, intervals: self.intervals(indicator), broken, all_broken_at, of_others }))
    }

    /// What is published after one period, up to another: a value that is marked as a break there is not comparable with that period.
    pub(crate) fn columns_after(
        &self,
        geography: Option<&Geography>,
        indicator: &Indicator,
        from: Period,
        period: Period,
    ) -> Result<Vec<(Period, Arc<Column>)>, StoreError> {
        let periods = match geography {
            Some(geography) => self.periods(geography, indicator),
            None => self.overall_periods(indicator),
        };
        let between = periods.into_iter().filter(|own| *own > from && *own <= period);
        let column = |period| Ok(self.column_or_overall(geography, indicator, period)?.map(|column| (period, column)));
        between.filter_map(|period| column(period).transpose()).collect()
    }
}

/// Holds that such values of two periods may be subtracted, whatever is said of single ones.
pub(crate) fn are_alike(indicator: &Indicator, from: Period, period: Period) -> Result<(), NoChange> {
    if !indicator.kind.has_differences() {
        return Err(NoChange::Kind { indicator: indicator.name.en().to_owned(), kind: indicator.kind });
    }
    if !period.is_after(&from) {
        return Err(NoChange::Order { from, period });
    }
    if from.months() != period.months() {
        return Err(NoChange::Length { from, period });
    }
    Ok(())
}

/// Classes that are the same to either side of zero: the areas that changed, by the size of their change, in thirds; what
/// changed least, up or down, is the middle class. Where nothing changed there is one class around zero. `None` without values.
fn symmetrical(changes: &Numbers, decimals: u8) -> Option<Breaks> {
    changes.iter().flatten().next()?;
    let mut sizes: Vec<f64> = changes.iter().flatten().map(|change| change.abs()).filter(|size| *size > 0.0).collect();
    sizes.sort_by(f64::total_cmp);
    let least_shown = 0.5 * 10f64.powi(-i32::from(decimals));
    let most = sizes.last().copied().unwrap_or(least_shown);
    let thirds = [1.0 / 3.0, 2.0 / 3.0].into_iter().filter_map(|part| quantile_value(&sizes, part));
    let mut ends: Vec<f64> = thirds.chain([most]).collect();
    ends.dedup();
    let bounds: Vec<f64> = ends.iter().rev().map(|end| -end).chain(ends.iter().copied()).collect();
    custom(&bounds).ok()
}

fn rank(indicator: &Indicator, changes: &Numbers, scope: String) -> Rank {
    let end = first(indicator);
    let (word, called, called_last) = match end {
        First::Highest => ("highest", "largest rise", "largest fall"),
        First::Lowest => ("lowest", "largest fall", "largest rise"),
    };
    let values = ranks(changes, end);
    let n = values.iter().flatten().count();
    Rank { values, n, first: word, called: called.to_owned(), called_last: called_last.to_owned(), scope }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(changes: &[f64]) -> Vec<f64> {
        let changes: Numbers = changes.iter().copied().map(Some).collect();
        symmetrical(&changes, 1).unwrap().bounds().to_vec()
    }

    #[test]
    fn classes_are_the_same_to_either_side_of_zero() {
        assert_eq!(bounds(&[-1.0, 2.0, 0.0, -3.0, 4.0]), [-4.0, -3.0, -2.0, 2.0, 3.0, 4.0]);
        assert_eq!(bounds(&[5.0, 6.0, 7.0, 8.0]), [-8.0, -7.0, -6.0, 6.0, 7.0, 8.0], "also where all rose");
    }

    #[test]
    fn changes_of_one_size_and_no_changes_are_one_class_around_zero() {
        assert_eq!(bounds(&[2.0, -2.0, 0.0]), [-2.0, 2.0]);
        assert_eq!(bounds(&[0.0, 0.0]), [-0.05, 0.05]);
        assert!(symmetrical(&vec![None, None], 1).is_none());
    }

    #[test]
    fn refusals_say_why() {
        let [from, period] = ["2016", "2019"].map(|text| text.parse::<Period>().unwrap());
        let kind = NoChange::Kind { indicator: "imd".to_owned(), kind: Kind::Decile };
        assert_eq!(
            kind.to_string(),
            "“imd” is a decile: deciles of different years are places or points on different scales, and are not subtracted"
        );
        assert_eq!(
            NoChange::Order { from: period, period: from }.to_string(),
            "a change goes from an earlier period to a later one, and 2019 does not end before 2016 begins"
        );
    }
}
