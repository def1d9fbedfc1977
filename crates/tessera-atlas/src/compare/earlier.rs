//! What a value is held against where that is its own in an earlier period.

use tessera_stats::comparison::{Scale, against_benchmark};

use super::comparator::{comparator, with_interval};
use super::{Asked, Comparator, Subject};
use crate::catalogue::Indicator;
use crate::change::{NoChange, UNSURE};
use crate::period::Period;
use crate::significance::{Certainty, in_words};
use crate::store::StoreError;
use crate::view::AtlasView;
use crate::words::{isolated, sentence};

impl AtlasView {
    /// The value of an area or a set in an earlier period.
    pub(super) fn earlier(
        &self,
        subject: Subject<'_>,
        asked: &Asked<'_>,
        from: Period,
    ) -> Result<Comparator, StoreError> {
        let (indicator, from) = (asked.indicator, self.as_published(subject, asked.indicator, from));
        let (against, name) = (format!("period:{from}"), from.words());
        match subject {
            Subject::Area(area) => {
                let column = self.column(area.geography, indicator, from)?;
                let reason = column.is_none().then(|| {
                    let (short, areas) = (isolated(indicator.short.en()), area.geography.distinct_plural());
                    format!("{short} is not published for {areas} in {name}.")
                });
                let held = comparator(against, Some(area), &name, column.as_deref(), area.position, reason);
                Ok(with_interval(held, asked, column.as_deref(), area.position))
            }
            Subject::Set(set) => {
                let total = self.total(set, indicator, Some(from))?;
                let held = comparator(against, None, &name, Some(&total.column), 0, total.reason);
                let held = Comparator { geography: Some(set.geography().id.clone()), coverage: total.coverage, ..held };
                Ok(with_interval(held, asked, Some(&total.column), 0))
            }
        }
    }

    /// A value's own of an earlier period with difference and significance, or the reasons why there are none: by the interval of the
    /// difference, as in [`change`](crate::change).
    pub(super) fn hold_against_earlier(
        &self,
        mut held: Comparator,
        subject: Subject<'_>,
        later: Option<(Period, f64, &Certainty)>,
        indicator: &Indicator,
        from: Period,
    ) -> Result<Comparator, StoreError> {
        let (Some((period, value, certainty)), Some(earlier)) = (later, held.value) else {
            return Ok(Comparator { not_compared: Some(UNSURE.to_owned()), ..held });
        };
        let from = self.as_published(subject, indicator, from);
        let may_change = match subject {
            Subject::Area(area) => self.may_change((area.geography, &[area.position]), indicator, from, period),
            Subject::Set(set) => self.may_change(set.made_of(), indicator, from, period),
        };
        match may_change {
            Err(NoChange::Store(error)) => return Err(error),
            Err(reason) => {
                let reason = sentence(&reason.to_string());
                return Ok(Comparator { reason: Some(reason.clone()), not_compared: Some(reason), ..held });
            }
            Ok(()) => held.difference = Some(value - earlier),
        }
        let limits = certainty.difference(value, (earlier, &held.certainty));
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

    /// A period as the subject's tables have it: years may start on other days than asked for.
    fn as_published(&self, subject: Subject<'_>, indicator: &Indicator, asked: Period) -> Period {
        let periods = match subject {
            Subject::Area(area) => self.periods(area.geography, indicator),
            Subject::Set(set) => self.periods_of(set, indicator),
        };
        periods.into_iter().find(|own| own.is_written_as(&asked)).unwrap_or(asked)
    }
}
