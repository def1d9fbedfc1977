//! Values, differences and classes as the plain pages show them.

use tessera_atlas::catalogue::Indicator;
use tessera_atlas::change::Change;
use tessera_atlas::classes::Classes;
use tessera_atlas::manifest::Kind;
use tessera_atlas::words::{self, count, ordinal, with_unit};

use super::words::{say, say_with};
use crate::parameters::capitalised;

/// A value with its unit, the name of a category, a decile in words, or a place among all that were ranked.
pub(super) fn value(indicator: &Indicator, value: f64) -> String {
    match indicator.kind {
        Kind::Category => indicator.words(value),
        Kind::Decile => {
            indicator.tenth_in_words(value).map_or_else(|| indicator.words(value), |words| capitalised(&words))
        }
        Kind::Rank => place(indicator, value).unwrap_or_else(|| indicator.words(value)),
        _ => with_unit(value, indicator.decimals, indicator.unit.en()),
    }
}

/// A value beside one whose unit is written out: its sign stays.
pub(super) fn figure(indicator: &Indicator, value: f64) -> String {
    match indicator.kind {
        Kind::Category | Kind::Decile | Kind::Rank => self::value(indicator, value),
        _ => indicator.figure(value),
    }
}

/// "72nd of 32,844 areas in England". Two that share a rank may stand between two places.
fn place(indicator: &Indicator, value: f64) -> Option<String> {
    let (n, is_whole) = (indicator.out_of?, value.fract() == 0.0 && value >= 1.0);
    let arguments = [("place", ordinal(value as u32).into()), ("n", count(n as usize).into())];
    is_whole.then(|| match &indicator.among {
        Some(among) => say_with("place-among", &[&arguments[..], &[("among", among.en().into())]].concat()),
        None => say_with("place-of", &arguments),
    })
}

/// A class, counted from 0: its bounds, its decile or its category.
pub(super) fn class(indicator: &Indicator, classes: &Classes, class: usize) -> String {
    match indicator.kind {
        Kind::Category => indicator.words((class + 1) as f64),
        Kind::Decile => say_with("class-decile", &[("n", (class + 1).into())]),
        _ => between(&classes.breaks, class, |bound| indicator.words(bound)),
    }
}

/// A class of a change, likewise.
pub(super) fn class_of_change(change: &Change, class: usize) -> String {
    between(&change.breaks, class, |bound| signed(bound, change))
}

fn between(breaks: &[f64], class: usize, words: impl Fn(f64) -> String) -> String {
    let bound = |position: usize| breaks.get(position).map(|bound| words(*bound)).unwrap_or_default();
    let arguments = [("from", bound(class).into()), ("to", bound(class + 1).into())];
    if class == 0 { say_with("class-first", &arguments) } else { say_with("class-above", &arguments) }
}

/// A difference with its sign: `+1.3`, `−1.3`, or `0.0`.
pub(super) fn signed(difference: f64, change: &Change) -> String {
    let size = words::figure(difference.abs(), change.decimals, &change.unit);
    let is_zero = !size.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    match difference {
        _ if is_zero => size,
        fall if fall < 0.0 => format!("−{size}"),
        _ => format!("+{size}"),
    }
}

/// A kind of area, by its name in answers.
pub(super) fn kind(name: &str) -> String {
    say(&format!("kind-{name}"))
}
