//! What changed, in a sentence.

use tessera_stats::rank::First;

use super::{Change, Question, Whole};
use crate::catalogue::Indicator;
use crate::cell::Status;
use crate::classes::first;
use crate::column::number_at;
use crate::finding::{areas, with_hidden};
use crate::words::{count, figure, isolated, with_unit};

/// The unit of a difference.
pub(super) fn unit(indicator: &Indicator) -> String {
    match indicator.unit.en() {
        "%" => "percentage points".to_owned(),
        unit => unit.to_owned(),
    }
}

/// "Recorded crime, July 2016 to July 2018: up in 901 of the 1,388 LSOAs and down in 480; the largest rise is in Bradford 039G, by
/// 63.1 per 1,000 residents; in 211 the change is more than chance would explain; West Yorkshire as a whole went from 11.2 to 13.8."
pub(super) fn sentence(question: &Question<'_>, change: &Change) -> String {
    let Question { geography, indicator, from, period, .. } = *question;
    let subject = format!("{}, {} to {}", isolated(indicator.name.en()), from.words(), period.words());
    let hidden = change.missing_by_status.get(Status::Suppressed.word()).copied().unwrap_or(0);
    if change.n == 0 {
        let none = format!("{subject}: no {} has a value in both.", geography.singular.en());
        return with_hidden(none, geography, hidden);
    }
    let of = |passes: fn(f64) -> bool| change.values.iter().flatten().filter(|value| passes(**value)).count();
    let (up, down) = (of(|value| value > 0.0), of(|value| value < 0.0));
    let mut parts = vec![match (change.n, up, down) {
        (1, 0, 0) => format!("no change in the one {} with a value in both", geography.singular.en()),
        (1, up, _) => {
            let way = if up == 1 { "up" } else { "down" };
            format!("{way} in the one {} with a value in both", geography.singular.en())
        }
        (n, up, down) => format!("up in {} of the {} and down in {}", count(up), areas(geography, n), count(down)),
    }];
    parts.extend(largest(question, change));
    parts.extend(beyond_chance(change));
    parts.extend(change.whole.as_ref().map(|all| whole(indicator, all)));
    with_hidden(format!("{subject}: {}.", parts.join("; ")), geography, hidden)
}

/// The largest change for the worse, where there is one.
fn largest(question: &Question<'_>, change: &Change) -> Option<String> {
    let (word, is_such): (&str, fn(f64) -> bool) = match first(question.indicator) {
        First::Highest => ("rise", |value| value > 0.0),
        First::Lowest => ("fall", |value| value < 0.0),
    };
    let mut first_ones =
        (0..change.values.len()).filter(|position| change.rank.values.get(*position) == Some(&Some(1)));
    let position = first_ones.next()?;
    let value = number_at(Some(&change.values), position).filter(|value| is_such(*value))?;
    let name = isolated(question.geography.areas().get(position)?.shown_name());
    let others = match first_ones.count() {
        0 => String::new(),
        1 => format!(" and 1 other {}", question.geography.singular.en()),
        more => format!(" and {} others", count(more)),
    };
    Some(format!(
        "the largest {word} is in {name}{others}, by {}",
        with_unit(value.abs(), change.decimals, &change.unit)
    ))
}

/// How many changes are more than chance; that nothing can be said of it is left to the areas.
fn beyond_chance(change: &Change) -> Option<String> {
    let known = change.beyond_chance.iter().flatten().count();
    if known == 0 {
        return None;
    }
    let beyond = change.beyond_chance.iter().flatten().filter(|beyond| **beyond).count();
    Some(match beyond {
        0 => "in none is the change more than chance would explain".to_owned(),
        some => format!("in {} the change is more than chance would explain", count(some)),
    })
}

/// "West Yorkshire as a whole went from 11.2 to 13.8"
fn whole(indicator: &Indicator, whole: &Whole) -> String {
    let shown = |value: f64| figure(value, indicator.decimals, indicator.unit.en());
    format!("{} as a whole went from {} to {}", isolated(&whole.name), shown(whole.earlier), shown(whole.later))
}
