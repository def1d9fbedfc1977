//! What a reader must know of classes.

use serde::Serialize;
use tessera_stats::classes::{Breaks, quantile};
use utoipa::ToSchema;

use super::{Method, Question};
use crate::column::Numbers;
use crate::manifest::Kind;
use crate::words::{brief, count, counted, list};

/// The share of the areas from which on one class holds "nearly all".
const NEARLY_ALL: f64 = 0.9;
/// Of fewer areas that are in one class nothing is to be said.
const FEWEST: usize = 3;

/// Nearly all areas in one class, nine in ten or more, though their values differ: a map of one colour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Crowded {
    /// How many areas that class holds.
    pub areas: usize,
    /// How many each class would hold if they were quantiles; `None` where they are, or are the publisher's, or that would be
    /// no better.
    pub quantiles: Option<Vec<usize>>,
}

/// Classes, and what they are made and shown of.
pub(super) struct Made<'a> {
    pub(super) question: &'a Question<'a>,
    pub(super) method: Method,
    pub(super) breaks: &'a Breaks,
    /// The values that make them.
    pub(super) of: &'a Numbers,
    /// Those of the areas that are shown.
    pub(super) shown: &'a Numbers,
}

impl Made<'_> {
    /// What is to be said of the classes, and whether nearly all areas are in one of them.
    pub(super) fn note(&self) -> (Option<String>, Option<Crowded>) {
        let Made { question, method, breaks, of, shown } = *self;
        // A category is what it is.
        if question.indicator.kind == Kind::Category {
            return (None, None);
        }
        let crowded = self.crowded();
        let outside = shown.iter().flatten().count() - breaks.counts(shown).iter().sum::<usize>();
        let note = match method {
            Method::Custom if outside > 0 => {
                let (all, lie) = (counted(shown.iter().flatten().count(), "area"), lie(outside));
                Some(format!("Of {all}, {lie} outside these classes."))
            }
            Method::Quantile | Method::Jenks if (2..question.k).contains(&breaks.len()) => {
                Some(fewer_classes(question.k, breaks.len(), of))
            }
            Method::Published | Method::Custom => None,
            _ if breaks.len() == 1 && distinct(shown) == 1 => {
                Some("All areas have the same value, so there is one class.".to_owned())
            }
            _ => None,
        };
        let note = note.or_else(|| crowded.as_ref().map(|crowded| self.said_of(crowded)));
        (note, crowded)
    }

    /// With a few very high values, steps of equal width leave nearly all areas in one class; quantiles do not. And the classes of
    /// all areas may tell those of one place from each other no more.
    fn crowded(&self) -> Option<Crowded> {
        let all = self.shown.iter().flatten().count();
        let is_nearly_all = |areas: usize| areas as f64 >= NEARLY_ALL * all as f64;
        let most = |breaks: &Breaks| breaks.counts(self.shown).into_iter().max().unwrap_or(0);
        let areas = most(self.breaks);
        if all < FEWEST || !is_nearly_all(areas) || distinct(self.shown) < 2 {
            return None;
        }
        let is_other = !matches!(self.method, Method::Quantile | Method::Published);
        let quantiles = self.quantiles().filter(|quantiles| is_other && !is_nearly_all(most(quantiles)));
        Some(Crowded { areas, quantiles: quantiles.map(|quantiles| quantiles.counts(self.shown)) })
    }

    fn quantiles(&self) -> Option<Breaks> {
        Some(quantile(self.of, self.question.k).ok()?.reaching(self.shown))
    }

    fn said_of(&self, Crowded { areas, quantiles }: &Crowded) -> String {
        let all = self.shown.iter().flatten().count();
        let of_all =
            if *areas == all { format!("All {}", count(all)) } else { format!("{} of {}", count(*areas), count(all)) };
        let said = format!("{of_all} areas are in one class.");
        let Some((counts, breaks)) = quantiles.as_ref().zip(self.quantiles()) else { return said };
        let counts: Vec<String> = counts.iter().copied().map(count).collect();
        let bounds = breaks.bounds();
        let inner = bounds.get(1..bounds.len().saturating_sub(1)).unwrap_or_default();
        // A break need not be a value: a decimal more tells it from its neighbours.
        let inner: Vec<String> =
            inner.iter().map(|bound| brief(*bound, self.question.indicator.decimals + 1)).collect();
        let breaks = if inner.len() == 1 { "a break" } else { "breaks" };
        format!("{said} Quantiles would make classes of {}, with {breaks} at {}.", list(&counts), list(&inner))
    }
}

/// Equal values are never split: so many classes are not to be had. Where there are as many as different values, these are too
/// few; where there are fewer, many areas have the same.
fn fewer_classes(wanted: usize, classes: usize, values: &Numbers) -> String {
    let distinct = distinct(values);
    if distinct == classes {
        return format!(
            "There are {} different values here, so there are {classes} classes instead of {wanted}.",
            count(distinct)
        );
    }
    format!(
        "Many areas share a value and equal values are never split, so there are {classes} classes instead of {wanted}."
    )
}

/// How many different values there are.
fn distinct(values: &Numbers) -> usize {
    let mut distinct: Vec<f64> = values.iter().flatten().copied().collect();
    distinct.sort_by(f64::total_cmp);
    distinct.dedup();
    distinct.len()
}

fn lie(number: usize) -> String {
    format!("{} {}", count(number), if number == 1 { "lies" } else { "lie" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_for_fewer_classes_is_the_one_there_is() {
        let values: Numbers = [-1.0, 0.0, 0.0, 0.0, 0.0, 1.0].map(Some).into();
        assert_eq!(
            fewer_classes(5, 3, &values),
            "There are 3 different values here, so there are 3 classes instead of 5."
        );
        let ties = "Many areas share a value and equal values are never split, so there are 2 classes instead of 5.";
        assert_eq!(fewer_classes(5, 2, &values), ties);
    }
}
