//! What a value is held against where that is its own in an earlier period.

use std::sync::Arc;

use tessera_stats::comparison::{Scale, against_benchmark};
use tessera_stats::decimal;

use super::comparator::{absent, comparator, with_interval};
use super::{After, Asked, Comparator, Measured, Subject};
use crate::cell::Status;
use crate::change::{NoChange, UNSURE, are_alike};
use crate::geography::Geography;
use crate::period::Period;
use crate::significance::{Certainty, in_words};
use crate::store::StoreError;
use crate::view::AtlasView;
use crate::words::{isolated, sentence};

impl<'a> Subject<'a> {
    /// What it is added up of: the geography, and the positions of the areas.
    fn made_of(&self) -> (&'a Geography, &[usize]) {
        match self {
            Subject::Area(area) => (area.geography, std::slice::from_ref(&area.position)),
            Subject::Set(set) => set.made_of(),
        }
    }
}

impl AtlasView {
    /// The value of an area or a set in an earlier period.
    pub(super) fn earlier(
        &self,
        subject: Subject<'_>,
        asked: &Asked<'_>,
        from: Period,
    ) -> Result<Comparator, StoreError> {
        let (indicator, from) = (asked.indicator, self.as_published(subject, asked, from));
        let (geography, _) = subject.made_of();
        let (against, period) = (format!("period:{from}"), from.words());
        let Some(column) = self.column(geography, indicator, from)? else {
            let (short, areas) = (isolated(indicator.short.en()), geography.distinct_plural());
            let reason = format!("{short} is not published for {areas} in {period}.");
            return Ok(comparator(against, None, &period, None, 0, Some(reason)));
        };
        let sure = |column, position| Certainty::of(&asked.intervals, column, position, asked.confidence);
        Ok(match subject {
            Subject::Area(area) => {
                let held = comparator(against, Some(area), &period, Some(&column), area.position, None);
                let name = isolated(area.area().shown_name());
                let reason = held.value.is_none().then(|| absent(&held.status, &format!("{name} in {period}")));
                let held = Comparator { reason, certainty: sure(&column, area.position), ..held };
                with_interval(held, asked, Some(&column), area.position)
            }
            Subject::Set(set) => {
                let total = self.total(set, indicator, Some(from))?;
                let held = comparator(against, None, &period, Some(&total.column), 0, total.reason);
                let held = Comparator {
                    geography: Some(set.geography().id.clone()),
                    coverage: total.coverage,
                    certainty: sure(&total.column, 0),
                    ..held
                };
                with_interval(held, asked, Some(&total.column), 0)
            }
        })
    }

    /// A value's own of an earlier period with difference and significance, or the reasons why there are none: by the interval of the
    /// difference, as in [`change`](crate::change).
    pub(super) fn hold_against_earlier(
        &self,
        mut held: Comparator,
        subject: Subject<'_>,
        (measured, certainty): (&Measured, &Certainty),
        (period, from): (Option<Period>, Period),
        asked: &Asked<'_>,
    ) -> Result<Comparator, StoreError> {
        let (Some(period), Some(value), Some(earlier)) = (period, measured.value, held.value) else {
            return Ok(Comparator { not_compared: Some(UNSURE.to_owned()), ..held });
        };
        let [from, period] = [from, period].map(|own| self.as_published(subject, asked, own));
        if let Some(reason) = self.why_not_subtracted(subject, (from, period), asked)? {
            return Ok(Comparator { reason: Some(reason.clone()), not_compared: Some(reason), ..held });
        }
        held.difference = Some(decimal::difference(value, earlier));
        let (indicator, limits) = (asked.indicator, certainty.difference(value, (earlier, &held.certainty)));
        match against_benchmark(Scale::Quantity, indicator.polarity.into(), limits.as_ref(), Some(0.0)) {
            Ok(verdict) => {
                held.significance = Some(verdict.words());
                held.verdict = Some(verdict);
                held.in_words = Some(in_words(verdict, indicator, &held.name_in_sentence()));
            }
            Err(_) => held.not_compared = Some(UNSURE.to_owned()),
        }
        Ok(held)
    }

    /// Why the values of two periods are not subtracted.
    fn why_not_subtracted(
        &self,
        subject: Subject<'_>,
        (from, period): (Period, Period),
        asked: &Asked<'_>,
    ) -> Result<Option<String>, StoreError> {
        if let Err(reason) = are_alike(asked.indicator, from, period) {
            return Ok(Some(sentence(&reason.to_string())));
        }
        let (geography, positions) = subject.made_of();
        for (at, column) in self.after(geography, from, period, asked)?.iter() {
            if positions.iter().any(|position| column.status_of(*position).contains(&Status::Break)) {
                return Ok(Some(sentence(&NoChange::Break { from, at: *at }.to_string())));
            }
        }
        let parts = |period| asked.sums.parts(Some(geography), positions, period);
        let reason = "The sums of the two periods are not of the same areas: both are shown.";
        Ok((parts(from)? != parts(period)?).then(|| reason.to_owned()))
    }

    /// The columns of the periods after one, up to another.
    fn after(
        &self,
        geography: &Geography,
        from: Period,
        period: Period,
        asked: &Asked<'_>,
    ) -> Result<Arc<After>, StoreError> {
        let key = (geography.id.clone(), from);
        if let Some(known) = asked.after.borrow().get(&key) {
            return Ok(known.clone());
        }
        let read = Arc::new(self.columns_after(Some(geography), asked.indicator, from, period)?);
        asked.after.borrow_mut().insert(key, read.clone());
        Ok(read)
    }

    /// A period as the subject's tables have it: years may start on other days than asked for.
    fn as_published(&self, subject: Subject<'_>, asked: &Asked<'_>, period: Period) -> Period {
        let periods = self.periods(subject.made_of().0, asked.indicator);
        periods.into_iter().find(|own| own.is_written_as(&period)).unwrap_or(period)
    }
}
