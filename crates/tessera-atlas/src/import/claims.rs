//! What notes and targets say of values: named where there are no such values, for nobody would ever see it.

use super::indicators::Indicators;
use crate::by_place::ByPlace;
use crate::geography::Geography;
use crate::period::Period;
use crate::problem::{Problem, Problems, Tally};

/// A row that speaks of values of an indicator.
pub(super) struct Claim {
    pub(super) file: String,
    pub(super) row: u64,
    /// A note, or a target.
    pub(super) what: What,
    pub(super) area_code: String,
    pub(super) indicator: usize,
    /// Every one where unset.
    pub(super) period: Option<Period>,
}

/// What a row holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Note,
    Target,
}

/// Names the rows of which nothing is published. A target may lie ahead of all values.
pub(super) fn remark_on_claims<T>(
    claims: &[Claim],
    geographies: &[Geography],
    indicators: &Indicators,
    columns: &ByPlace<T>,
    problems: &mut Problems,
) {
    let mut tally: Option<Tally> = None;
    for (number, claim) in claims.iter().enumerate() {
        if number == 0 || claims[number - 1].file != claim.file {
            let before = tally.replace(Tally::new(claim.file.as_str()));
            before.into_iter().for_each(|before| before.finish(problems));
        }
        if let (Some(problem), Some(tally)) = (claim.problem(geographies, indicators, columns), &mut tally) {
            tally.push(problem, problems);
        }
    }
    tally.into_iter().for_each(|tally| tally.finish(problems));
}

impl Claim {
    fn problem<T>(&self, geographies: &[Geography], indicators: &Indicators, columns: &ByPlace<T>) -> Option<Problem> {
        let own = geographies.iter().enumerate().filter(|(_, own)| own.position(&self.area_code).is_some());
        let own: Vec<(usize, &Geography)> = own.collect();
        let periods: Vec<Period> = own.iter().flat_map(|(own, _)| columns.periods(*own, self.indicator)).collect();
        let is_published = match self.period {
            Some(asked) => periods.iter().any(|period| period.is_written_as(&asked)),
            None => !periods.is_empty(),
        };
        let lies_ahead = self.what == What::Target
            && self.period.is_some_and(|asked| periods.iter().all(|period| asked.is_after(period)));
        if is_published || (lies_ahead && !periods.is_empty()) {
            return None;
        }
        let (indicator, (_, geography)) = (&indicators.public[self.indicator].id, own.first()?);
        let period = self.period.filter(|_| !periods.is_empty());
        let when = period.map(|period| format!(" in {period}")).unwrap_or_default();
        let message = format!("`{indicator}` has no values for `{}`{when}, so that this is never shown", geography.id);
        let problem = Problem::warning("no-such-value", message).row(self.row);
        let problem = match period {
            Some(period) => problem.column("period").value(period.to_string()),
            None => problem.column("indicator"),
        };
        Some(problem.cure("mend the row, or take it out"))
    }
}
