//! What a reader must know of classes.

use tessera_stats::classes::{Breaks, quantile};

use super::{Method, Over, Question};
use crate::column::Numbers;
use crate::words::{count, list};

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
        Method::Quantile | Method::Jenks if classes < question.k => Some(format!(
            "Many areas share a value and equal values are never split, so there are {classes} classes instead of {}.",
            question.k
        )),
        Method::Equal | Method::Stddev | Method::Pretty => nearly_all_in_one(question, &counts, all, values),
        _ => None,
    }
}

/// With a few very high values, steps of equal width leave nearly all areas in one class; quantiles do not.
fn nearly_all_in_one(question: &Question<'_>, counts: &[usize], all: usize, values: &Numbers) -> Option<String> {
    let most = counts.iter().copied().max()?;
    if (most as f64) < NEARLY_ALL * all as f64 || counts.len() < 3 {
        return None;
    }
    let quantiles = quantile(values, question.k).ok()?.counts(values);
    let quantiles: Vec<String> = quantiles.into_iter().map(count).collect();
    Some(format!(
        "{} of {} {} are in one class. Quantiles would make classes of {}.",
        count(most),
        count(all),
        noun(question),
        list(&quantiles)
    ))
}

/// What is classified: an area has one value in a period.
fn noun(question: &Question<'_>) -> &'static str {
    if question.over == Over::Period { "areas" } else { "values" }
}

fn lie(number: usize) -> String {
    format!("{} {}", count(number), if number == 1 { "lies" } else { "lie" })
}
