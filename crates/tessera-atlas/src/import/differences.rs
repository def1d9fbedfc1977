//! Where two ways lead to the same number and do not agree: a value and its own parts, a published whole and its areas.
//!
//! What is published is shown in both cases; the publisher is told, because a wrong column looks just like this.

use crate::column::{Column, Numbers, number_at, quotient};
use crate::problem::Problem;
use crate::words::{count, number};

/// How far published values are from what else says the same.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Differences {
    /// How many areas have both.
    compared: usize,
    /// How many agree as far as the published value is rounded.
    equal: usize,
    /// How many differ by more than everything is rounded.
    beyond: usize,
    /// The position of the one that differs most, the value published there and the other.
    pub(super) furthest: usize,
    published: f64,
    other: f64,
    /// Digits after the point of the published values.
    decimals: u8,
    /// Whether the numbers are to be protected, so that none is told.
    is_protected: bool,
}

/// Two numbers for one area, and by how much the second may be off because its own parts are rounded.
struct Pair {
    position: usize,
    published: f64,
    other: f64,
    slack: f64,
}

impl Differences {
    /// Between supplied values and numerator / denominator × `per`. `None` where rounding explains whatever differs.
    pub(super) fn of_parts(
        supplied: &Numbers,
        numerator: Option<&Numbers>,
        denominator: Option<&Numbers>,
        per: f64,
    ) -> Option<Differences> {
        let (above_half, below_half) = (half_unit(decimals(numerator?)), half_unit(decimals(denominator?)));
        let pairs = supplied.iter().enumerate().filter_map(|(position, published)| {
            let below = number_at(denominator, position).filter(|below| *below > 0.0)?;
            let other = quotient(number_at(numerator, position)?, below, per);
            let slack = (above_half * per + below_half * other.abs()) / below;
            Some(Pair { position, published: (*published)?, other, slack })
        });
        Differences::between(pairs.collect(), decimals(supplied)).filter(|differences| differences.beyond > 0)
    }

    /// Between the published values of larger areas and what their parts add up to. `None` where they agree everywhere.
    pub(super) fn of_wholes(published: &Column, added_up: &Column) -> Option<Differences> {
        let both = published.values.iter().zip(&added_up.values).enumerate();
        // A sum that leaves somebody out is not held against a whole.
        let whole = both.filter(|(position, _)| added_up.coverage_of(*position).is_none());
        let pairs = whole.filter_map(|(position, (published, other))| {
            Some(Pair { position, published: (*published)?, other: (*other)?, slack: 0.0 })
        });
        Differences::between(pairs.collect(), decimals(&published.values))
    }

    fn between(pairs: Vec<Pair>, decimals: u8) -> Option<Differences> {
        // Numbers on the edge of rounding are binary fractions just beside it.
        let half = half_unit(decimals) * (1.0 + 1e-9);
        let apart = |pair: &&Pair| (pair.published - pair.other).abs();
        let furthest = pairs.iter().max_by(|a, b| apart(a).total_cmp(&apart(b)))?;
        let equal = pairs.iter().filter(|pair| apart(pair) <= half).count();
        let beyond = pairs.iter().filter(|pair| apart(pair) > half + pair.slack).count();
        (equal < pairs.len()).then_some(Differences {
            compared: pairs.len(),
            equal,
            beyond,
            furthest: furthest.position,
            published: furthest.published,
            other: furthest.other,
            decimals,
            is_protected: false,
        })
    }

    /// The same, of numbers of which none may be told.
    pub(super) fn protected(self, is_protected: bool) -> Differences {
        Differences { is_protected, ..self }
    }

    /// What to tell of a value and its parts. `what` names the column, `code` the area that differs most.
    pub(super) fn told_of_parts(&self, what: &str, code: &str) -> Problem {
        let Differences { compared, equal, beyond, .. } = self;
        let message = format!(
            "{what}: the value is numerator / denominator × `per` in {} of {} areas, and off by more than the parts are rounded in {}; most in `{code}`{}",
            count(*equal),
            count(*compared),
            count(*beyond),
            self.both()
        );
        let cure = "the value is shown as supplied; if that is not meant, look at `per` and at the columns of parts";
        self.told("parts-disagree", message).cure(cure)
    }

    /// What to tell of a whole and its areas. `what` names the column, `code` the area that differs most.
    pub(super) fn told_of_areas(&self, what: &str, code: &str) -> Problem {
        let message = format!(
            "{what}: what is published is what the areas add up to in {} of {}; they differ most in `{code}`{}",
            count(self.equal),
            count(self.compared),
            self.both()
        );
        let cure = "the published value is shown; if the difference is not meant, look at both tables";
        self.told("sum-disagrees", message).cure(cure)
    }

    /// What to tell of a total and the parts of its breakdown.
    pub(super) fn told_of_breakdown(&self, what: &str, code: &str) -> Problem {
        let message = format!(
            "{what}: the total is what the parts of its breakdown add up to in {} of {} areas; they differ most in `{code}`{}",
            count(self.equal),
            count(self.compared),
            self.both()
        );
        let cure = "a part may be missing from the `[[breakdown]]`, or a table may be of another release";
        self.told("breakdown-disagrees", message).cure(cure)
    }

    fn both(&self) -> String {
        if self.is_protected {
            return String::new();
        }
        let other = number(self.other, self.decimals.saturating_add(2));
        format!(
            ": {} beside {}",
            number(self.published, self.decimals),
            other.trim_end_matches('0').trim_end_matches('.')
        )
    }

    /// A few areas that differ are worth knowing; where most do, something is wrong or badly described.
    fn told(&self, kind: &'static str, message: String) -> Problem {
        if self.beyond * 2 > self.compared { Problem::warning(kind, message) } else { Problem::note(kind, message) }
    }
}

/// Half of the last digit that is written.
fn half_unit(decimals: u8) -> f64 {
    0.5 / 10f64.powi(i32::from(decimals))
}

/// The digits after the point of the number that is written with most of them.
fn decimals(numbers: &Numbers) -> u8 {
    const MOST: usize = 12;
    let written = numbers.iter().flatten().map(|number| {
        let text = number.to_string();
        text.split_once('.').map_or(0, |(_, fraction)| fraction.len())
    });
    u8::try_from(written.max().unwrap_or(0).min(MOST)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::column::Origin;
    use crate::problem::Severity;

    #[test]
    fn what_agrees_as_far_as_it_is_rounded_is_not_told() {
        let supplied = vec![Some(33.3), Some(66.7), None];
        let (above, below) = (vec![Some(1.0), Some(2.0), Some(3.0)], vec![Some(3.0); 3]);
        assert_eq!(Differences::of_parts(&supplied, Some(&above), Some(&below), 100.0), None);
        // Residents per hectare, where the hectares are whole ones: 2371 / 8.49 is 279.3.
        let (above, below) = (vec![Some(2371.0)], vec![Some(8.0)]);
        assert_eq!(Differences::of_parts(&vec![Some(279.3)], Some(&above), Some(&below), 1.0), None);
    }

    #[test]
    fn parts_that_are_rounded_explain_a_little() {
        // 30 / 442 is 0.0679; 30.5 / 441.5 would be 0.0691. 0.071 is beyond that, 0.069 is not.
        let (above, below) = (vec![Some(30.0); 2], vec![Some(442.0); 2]);
        let found = Differences::of_parts(&vec![Some(0.071), Some(0.069)], Some(&above), Some(&below), 1.0).unwrap();
        assert_eq!((found.compared, found.equal, found.beyond, found.furthest), (2, 0, 1, 0));
        let problem = found.told_of_parts("`idaci` for `lsoa11` in 2019", "E01000001");
        assert_eq!(problem.severity, Severity::Note);
        assert_eq!(
            problem.message,
            "`idaci` for `lsoa11` in 2019: the value is numerator / denominator × `per` in 0 of 2 areas, and off by more than the parts are rounded in 1; most in `E01000001`: 0.071 beside 0.06787"
        );
    }

    #[test]
    fn a_share_given_as_a_fraction_where_per_is_a_hundred_is_a_warning() {
        let (above, below) = (vec![Some(1.0); 3], vec![Some(4.0); 3]);
        let found = Differences::of_parts(&vec![Some(0.25); 3], Some(&above), Some(&below), 100.0).unwrap();
        assert_eq!(found.told_of_parts("`x`", "A").severity, Severity::Warning);
    }

    #[test]
    fn a_published_whole_is_held_against_its_areas() {
        let published = Column::of_values(vec![Some(10.0), Some(20.0), None], Origin::Supplied);
        let added_up = Column::of_values(vec![Some(10.0), Some(18.0), Some(1.0)], Origin::Aggregated);
        let found = Differences::of_wholes(&published, &added_up).unwrap();
        assert_eq!((found.compared, found.equal, found.furthest), (2, 1, 1));
        assert!(found.told_of_areas("`x`", "B").message.ends_with("in 1 of 2; they differ most in `B`: 20 beside 18"));
        assert_eq!(Differences::of_wholes(&published, &published), None);
    }
}
