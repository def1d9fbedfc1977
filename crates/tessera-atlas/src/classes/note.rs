//! What a reader must know of classes.

use tessera_stats::classes::{Breaks, quantile};

use super::{Method, Over, Question};
use crate::column::Numbers;
use crate::words::{brief, count, list};

/// The share of the areas from which on one class holds "nearly all".
const NEARLY_ALL: f64 = 0.9;

/// What is to be said of classes made by `method` of `values`.
pub(super) fn note(question: &Question<'_>, method: Method, breaks: &Breaks, values: &Numbers) -> Option<String> {
    let all = values.iter().flatten().count();
    let counts = breaks.counts(values);
    let classes = breaks.len();
    match method {
        Method::Published => None,
        Method::Custom => {
            let outside = all - counts.iter().sum::<usize>();
            (outside > 0)
                .then(|| format!("Of {} {}, {} outside these classes.", count(all), noun(question), lie(outside)))
        }
        _ if classes == 1 => Some("All areas have the same value, so there is one class.".to_owned()),
        Method::Quantile | Method::Jenks if classes < question.k => Some(fewer_classes(question.k, classes, values)),
        Method::Equal | Method::Stddev | Method::Pretty => nearly_all_in_one(question, &counts, all, values),
        _ => None,
    }
}

/// Equal values are never split: so many classes are not to be had.
fn fewer_classes(wanted: usize, classes: usize, values: &Numbers) -> String {
    let mut distinct: Vec<f64> = values.iter().flatten().copied().collect();
    distinct.sort_by(f64::total_cmp);
    distinct.dedup();
    if distinct.len() < wanted {
        return format!(
            "There are {} different values here, so there are {classes} classes instead of {wanted}.",
            count(distinct.len())
        );
    }
    format!(
        "Many areas share a value and equal values are never split, so there are {classes} classes instead of {wanted}."
    )
}

/// With a few very high values, steps of equal width leave nearly all areas in one class; quantiles do not.
fn nearly_all_in_one(question: &Question<'_>, counts: &[usize], all: usize, values: &Numbers) -> Option<String> {
    let most = counts.iter().copied().max()?;
    if (most as f64) < NEARLY_ALL * all as f64 || counts.len() < 3 {
        return None;
    }
    let quantiles = quantile(values, question.k).ok()?;
    let counts: Vec<String> = quantiles.counts(values).into_iter().map(count).collect();
    let bounds = quantiles.bounds();
    let inner = bounds.get(1..bounds.len().saturating_sub(1)).unwrap_or_default();
    // A break need not be a value: a decimal more tells it from its neighbours.
    let breaks: Vec<String> = inner.iter().map(|bound| brief(*bound, question.indicator.decimals + 1)).collect();
    Some(format!(
        "{} of {} {} are in one class. Quantiles would make classes of {}, with breaks at {}.",
        count(most),
        count(all),
        noun(question),
        list(&counts),
        list(&breaks)
    ))
}

/// What is classified: an area has one value in a period.
fn noun(question: &Question<'_>) -> &'static str {
    if question.over == Over::Period { "areas" } else { "values" }
}

fn lie(number: usize) -> String {
    format!("{} {}", count(number), if number == 1 { "lies" } else { "lie" })
}
