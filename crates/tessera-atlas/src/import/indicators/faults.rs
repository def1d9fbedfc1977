//! What is wrong with the section of an indicator, each fault with its cure.

use std::collections::BTreeSet;

use super::defaults::{aggregate, can_be_protected, decimals, has_weight, names_of};
use crate::manifest::{Aggregate, IndicatorSection, Kind, Polarity, is_identifier, is_web_address};
use crate::problem::Problem;

/// How many themes stand below each other at most: trees are walked by themselves.
const DEEPEST_THEME: usize = 16;

/// All that is wrong with a section by itself.
pub(super) fn of(section: &IndicatorSection) -> Vec<Problem> {
    let faults = [of_names(section), of_adding_up(section), of_numbers(section), of_other_kinds(section)];
    faults.into_iter().flatten().collect()
}

fn of_names(section: &IndicatorSection) -> Vec<Problem> {
    let mut faults = Vec::new();
    if !is_identifier(&section.id) {
        let message = "an indicator's `id` has 1 to 64 letters, digits, `.`, `_` and `-`, and not dots alone";
        faults.push(Problem::error("bad-id", message).value(&section.id).cure("write for example `imd-score`"));
    }
    if section.name.en().trim().is_empty() {
        faults.push(bad_value("name", "`name` is empty").cure("write what readers call the indicator"));
    }
    let is_no_path = |path: &&String| names_of(path).count() > DEEPEST_THEME || names_of(path).any(str::is_empty);
    if let Some(path) = section.themes.iter().find(is_no_path) {
        let fault = bad_value("themes", format!("a path of `themes` has 1 to {DEEPEST_THEME} names")).value(path);
        faults.push(fault.cure("write for example `themes = [\"Health / Children\"]`"));
    }
    if section.kind == Kind::Category && section.categories.is_empty() {
        let fault = missing("categories", "a category needs its `categories`");
        faults.push(fault.cure("write for example `categories = [\"Urban\", \"Rural\"]`"));
    }
    let mut categories = BTreeSet::new();
    if let Some(again) = section.categories.iter().find(|own| !categories.insert(own.en())) {
        let fault = bad_value("categories", "a name stands twice among the `categories`").value(again.en());
        faults.push(fault.cure("name each category once"));
    }
    if (section.worst.is_some() || section.best.is_some()) && section.polarity == Polarity::Neutral {
        let message = "`worst` and `best` name ends, and neither end is bad here";
        let fault = Problem::error("wrong-key", message).column("polarity");
        faults.push(fault.cure("write `polarity`, or take the key out"));
    }
    if let Some(url) = section.source_url.as_ref().filter(|url| !is_web_address(url)) {
        faults.push(bad_value("source_url", "`source_url` starts with https:// or http://").value(url));
    }
    faults
}

/// Whether larger areas can have values made as the section says.
fn of_adding_up(section: &IndicatorSection) -> Vec<Problem> {
    let mut faults = Vec::new();
    let aggregate = aggregate(section);
    let fits = match section.kind {
        Kind::Count => matches!(aggregate, Aggregate::Sum | Aggregate::None),
        Kind::Proportion | Kind::Rate | Kind::Ratio => !matches!(aggregate, Aggregate::Sum),
        Kind::Mean | Kind::Score => {
            matches!(aggregate, Aggregate::WeightedMean | Aggregate::RatioOfSums | Aggregate::None)
        }
        Kind::Rank | Kind::Decile | Kind::Category => aggregate == Aggregate::None,
    };
    if !fits {
        let message = format!("values of kind `{}` cannot be added up by `{}`", section.kind.word(), aggregate.word());
        let fault = Problem::error("bad-aggregate", message).column("aggregate");
        faults.push(fault.cure("write `aggregate = \"none\"`, or mend `kind`"));
    }
    if aggregate == Aggregate::WeightedMean && !has_weight(section) {
        let fault = missing("weight", "a weighted mean needs `weight`");
        faults.push(fault.cure("name the indicator that holds the weights"));
    }
    faults
}

fn of_numbers(section: &IndicatorSection) -> Vec<Problem> {
    let mut faults = Vec::new();
    if section.kind == Kind::Rate && section.per.is_none() {
        faults.push(missing("per", "a rate needs `per`").cure("write for example `per = 1000`"));
    }
    if section.per.is_some_and(|per| !(per.is_finite() && per > 0.0)) {
        faults.push(bad_value("per", "`per` is a number above zero").cure("write for example `per = 1000`"));
    }
    if section.out_of == Some(0) {
        faults.push(bad_value("out_of", "`out_of` is how many were ranked"));
    }
    if decimals(section) > 9 {
        faults.push(bad_value("decimals", "`decimals` is 0 to 9").cure("write for example `decimals = 1`"));
    }
    faults
}

/// Keys that only indicators of another kind have.
fn of_other_kinds(section: &IndicatorSection) -> Vec<Problem> {
    let (kind, is_weighted) = (section.kind, aggregate(section) == Aggregate::WeightedMean);
    let mut faults = Vec::new();
    for (key, is_there, belongs, to) in [
        ("categories", !section.categories.is_empty(), kind == Kind::Category, "category"),
        ("out_of", section.out_of.is_some(), kind == Kind::Rank, "rank"),
        ("among", section.among.is_some(), matches!(kind, Kind::Rank | Kind::Decile), "rank or decile"),
        ("ordered_by", section.ordered_by.is_some(), kind == Kind::Decile, "decile"),
        ("per", section.per.is_some(), kind.has_parts(), "proportion, rate, ratio, mean or score"),
        ("denominator", section.denominator.is_some(), kind.has_parts(), "proportion, rate, ratio, mean or score"),
        ("weight", section.weight.is_some(), is_weighted, "weighted mean"),
    ] {
        if is_there && !belongs {
            let message = format!("`{key}` belongs to a {to}, and this is a {}", kind.word());
            let fault = Problem::error("wrong-key", message).column(key);
            faults.push(fault.cure("take the key out, or mend `kind` or `aggregate`"));
        }
    }
    if !can_be_protected(section) && section.disclosure.as_ref().is_some_and(|own| own.rule().is_some()) {
        let message = format!("a {} is no number of people, and cannot be protected as one", kind.word());
        faults.push(Problem::error("wrong-key", message).column("disclosure").cure("take the key out"));
    }
    faults
}

fn bad_value(key: &str, message: impl Into<String>) -> Problem {
    Problem::error("bad-value", message).column(key)
}

fn missing(key: &str, message: &str) -> Problem {
    Problem::error("missing-key", message).column(key)
}
