//! The finding: what a map shows, as one sentence. A map is never the only way.

use tessera_stats::quantile::quantile_value;
use tessera_stats::rank::First;

use crate::catalogue::Indicator;
use crate::cell::Status;
use crate::classes::{Question, Within, first};
use crate::column::{Column, Numbers};
use crate::geography::Geography;
use crate::manifest::Kind;
use crate::store::StoreError;
use crate::view::AtlasView;
use crate::words::{self, count, isolated, list, number, ordinal, with_unit};

/// Up to how many areas a sentence names both ends instead of the middle.
const FEW_AREAS: usize = 12;

/// The finding of a map whose values are already limited to the question's areas.
pub(crate) fn sentence(view: &AtlasView, question: &Question<'_>, values: &Numbers) -> Result<String, StoreError> {
    let shown = of_what_is_shown(view, question, values)?;
    let hidden = match view.column(question.geography, question.indicator, question.period)? {
        Some(column) => hidden(&column, question.geography, question.within),
        None => 0,
    };
    Ok(with_hidden(shown, question.geography, hidden))
}

/// How many of the areas that a question is limited to are hidden.
pub(crate) fn hidden(column: &Column, geography: &Geography, within: Option<Within<'_>>) -> usize {
    let in_scope = |at: &usize| within.is_none_or(|own| own.holds(geography, *at));
    let missing = column.missing_by_status((0..geography.len()).filter(in_scope));
    missing.get(Status::Suppressed.word()).copied().unwrap_or(0)
}

/// A sentence that says, too, how many areas are hidden, where some are: an end that is named may be theirs.
pub(crate) fn with_hidden(sentence: String, geography: &Geography, hidden: usize) -> String {
    if hidden == 0 {
        return sentence;
    }
    let are = if hidden == 1 { "is" } else { "are" };
    format!("{}; {} {are} hidden to protect privacy.", sentence.trim_end_matches('.'), areas(geography, hidden))
}

fn of_what_is_shown(view: &AtlasView, question: &Question<'_>, values: &Numbers) -> Result<String, StoreError> {
    let subject = format!("{}, {}", isolated(question.indicator.name.en()), question.period.words());
    let mut sorted: Vec<f64> = values.iter().flatten().copied().collect();
    sorted.sort_by(f64::total_cmp);
    let (Some(lowest), Some(highest)) = (sorted.first().copied(), sorted.last().copied()) else {
        return Ok(format!(
            "{subject}: no value for any {} in {}.",
            question.geography.singular.en(),
            isolated(&view.scope_name(question.within))
        ));
    };
    Ok(match question.indicator.kind {
        Kind::Decile => decile(view, question, values),
        Kind::Category => category(view, question, values, &subject),
        _ if sorted.len() == 1 => format!(
            "{subject}: {} in {}, the only {} with a value.",
            shown(question, lowest),
            holders(question.geography, values, lowest),
            question.geography.singular.en()
        ),
        _ if lowest == highest => {
            format!(
                "{subject}: {} in all {} with a value.",
                shown(question, lowest),
                areas(question.geography, sorted.len())
            )
        }
        Kind::Rank if first(question.indicator) == First::Lowest && has_named_ends(question.indicator) => {
            places(question, values, &sorted, &subject)
        }
        _ => spread(view, question, values, &sorted, &subject)?,
    })
}

fn spread(
    view: &AtlasView,
    question: &Question<'_>,
    values: &Numbers,
    sorted: &[f64],
    subject: &str,
) -> Result<String, StoreError> {
    let (lowest, highest) = (sorted[0], sorted[sorted.len() - 1]);
    let (worst, best, worst_word, best_word) = match first(question.indicator) {
        First::Highest => (highest, lowest, "highest", "lowest"),
        First::Lowest => (lowest, highest, "lowest", "highest"),
    };
    let at_worst = format!(
        "{subject}: {worst_word} in {}, at {}",
        holders(question.geography, values, worst),
        shown(question, worst)
    );
    let rest = if sorted.len() <= FEW_AREAS {
        format!(", and {best_word} in {}, at {}", holders(question.geography, values, best), plain(question, best))
    } else {
        let none = sorted.iter().filter(|value| **value == 0.0).count();
        let areas = areas_with_value(question, values, sorted.len());
        match quantile_value(sorted, 0.5) {
            Some(0.0) if lowest == 0.0 => format!("; {} of the {areas} have none", count(none)),
            median => format!("; half of the {areas} are at {} or less", plain(question, median.unwrap_or(lowest))),
        }
    };
    let whole = match overall(view, question)? {
        Some(whole) => {
            let scope = view.scope_name(question.within);
            format!("; {} as a whole is at {}", isolated(&scope), plain(question, whole))
        }
        None => String::new(),
    };
    Ok(format!("{at_worst}{rest}{whole}."))
}

fn has_named_ends(indicator: &Indicator) -> bool {
    indicator.worst.is_some() && indicator.best.is_some()
}

/// "364 LSOAs"; "300 LSOAs with a value", where not all that are looked at have one.
fn areas_with_value(question: &Question<'_>, values: &Numbers, with_value: usize) -> String {
    let in_scope = |position: &usize| question.within.is_none_or(|own| own.holds(question.geography, *position));
    let all = (0..values.len()).filter(in_scope).count();
    let areas = areas(question.geography, with_value);
    if with_value < all { format!("{areas} with a value") } else { areas }
}

/// "Deprivation rank, 2019: most deprived is Worcester 002D, 72nd of 32,844 areas in England; half of the 364 LSOAs are among the first
/// 19,361."
fn places(question: &Question<'_>, values: &Numbers, sorted: &[f64], subject: &str) -> String {
    let indicator = question.indicator;
    // Two that share a rank may stand between two places.
    let place = |value: f64| match value.fract() == 0.0 && value >= 1.0 {
        true => ordinal(value as u32),
        false => number(value, indicator.decimals),
    };
    let among = match (indicator.out_of, &indicator.among) {
        (Some(n), Some(among)) => format!(" of {} {}", number(f64::from(n), 0), isolated(among.en())),
        (Some(n), None) => format!(" of {}", number(f64::from(n), 0)),
        (None, _) => String::new(),
    };
    let (worst_word, best_word) = indicator.ends_by_rank();
    let is = |word: &str, value: f64| {
        let verb = if sorted.iter().filter(|own| **own == value).count() == 1 { "is" } else { "are" };
        format!("{} {verb} {}, {}", isolated(word), holders(question.geography, values, value), place(value))
    };
    let (worst, best) = (sorted[0], sorted[sorted.len() - 1]);
    let rest = if sorted.len() <= FEW_AREAS {
        format!(", and {}", is(best_word, best))
    } else {
        // At least half of them: a rank that several share may stand between two places.
        let half = sorted[(sorted.len() - 1) / 2].ceil();
        format!(
            "; half of the {} are among the first {}",
            areas_with_value(question, values, sorted.len()),
            number(half, 0)
        )
    };
    format!("{subject}: {}{among}{rest}.", is(worst_word, worst))
}

/// The value of all areas of the question together, where it is a value that can be held beside theirs.
fn overall(view: &AtlasView, question: &Question<'_>) -> Result<Option<f64>, StoreError> {
    if question.indicator.kind == Kind::Count {
        return Ok(None);
    }
    let column = match question.within {
        None => view.overall(question.indicator, question.period)?,
        Some(within) => view.column(within.geography, question.indicator, question.period)?,
    };
    let position = question.within.map_or(0, |within| within.position);
    Ok(column.and_then(|column| column.values.get(position).copied().flatten()))
}

fn decile(view: &AtlasView, question: &Question<'_>, values: &Numbers) -> String {
    let with_value = values.iter().flatten().count();
    let worst: Vec<usize> = (0..values.len()).filter(|position| values[*position] == Some(1.0)).collect();
    let tenth = match (question.indicator.tenth_in_words(1.0), first(question.indicator)) {
        (Some(words), _) => words,
        (None, First::Lowest) => "in decile 1, the worst tenth".to_owned(),
        (None, First::Highest) => "in decile 1".to_owned(),
    };
    let start = format!(
        "{}, {}: {} of the {} in {} {} {tenth}",
        isolated(question.indicator.name.en()),
        question.period.words(),
        count(worst.len()),
        areas(question.geography, with_value),
        isolated(&view.scope_name(question.within)),
        if worst.len() == 1 { "is" } else { "are" },
    );
    match view.parent_of_most(question.geography, question.within, &worst) {
        Some((parent, position, members)) => {
            let name = isolated(parent.areas()[position].shown_name());
            let them = match (members, worst.len()) {
                (1, 1) => "it is".to_owned(),
                (2, 2) => "both are".to_owned(),
                (members, all) if members == all => "all of them are".to_owned(),
                (1, _) => "1 of them is".to_owned(),
                (members, _) => format!("{} of them are", count(members)),
            };
            format!("{start}; {them} in {name}.")
        }
        None => format!("{start}."),
    }
}

fn category(view: &AtlasView, question: &Question<'_>, values: &Numbers, subject: &str) -> String {
    let categories = question.indicator.categories.iter().enumerate().map(|(position, category)| {
        let members = values.iter().flatten().filter(|value| **value == (position + 1) as f64).count();
        format!("{} {}", count(members), isolated(category.en()))
    });
    let categories: Vec<String> = categories.collect();
    let with_value = values.iter().flatten().count();
    format!(
        "{subject}: of the {} in {}, {}.",
        areas(question.geography, with_value),
        isolated(&view.scope_name(question.within)),
        list(&categories)
    )
}

/// The names of the areas that hold a value: one, or one and how many others.
fn holders(geography: &Geography, values: &Numbers, value: f64) -> String {
    let mut holders = (0..values.len()).filter(|position| values[*position] == Some(value));
    let name = holders.next().map(|position| geography.areas()[position].shown_name()).unwrap_or_default();
    let name = isolated(name);
    match holders.count() {
        0 => name.into_owned(),
        1 => format!("{name} and 1 other {}", geography.singular.en()),
        others => format!("{name} and {} others", count(others)),
    }
}

/// "3 LSOAs", "1 LSOA"
pub(crate) fn areas(geography: &Geography, n: usize) -> String {
    let noun = if n == 1 { geography.singular.en().to_owned() } else { geography.plural() };
    format!("{} {noun}", count(n))
}

fn shown(question: &Question<'_>, value: f64) -> String {
    with_unit(value, question.indicator.decimals, question.indicator.unit.en())
}

fn plain(question: &Question<'_>, value: f64) -> String {
    words::figure(value, question.indicator.decimals, question.indicator.unit.en())
}
