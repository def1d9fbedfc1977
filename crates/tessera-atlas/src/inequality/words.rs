//! Inequality in a sentence.

use tessera_stats::inequality::{Group, Inequality, NoInequality};

use super::Question;
use crate::words::{count, figure, number, ordinal, with_unit};

/// The finding, or why there is none.
pub(super) fn sentence(
    question: &Question<'_>,
    parts: u32,
    groups: &[Group],
    found: &Result<Inequality, NoInequality>,
) -> String {
    let subject = question.value.words();
    let by = question.by.words();
    match found {
        Ok(found) => format!("{subject}: {}.", finding(question, parts, &by, found)),
        Err(NoInequality::TooFewGroups { .. }) => format!(
            "{subject}: values are known in {} of the {} by {by}, and inequality is measured over 3 or more.",
            count(groups.len()),
            plural(parts)
        ),
        Err(_) => format!("{subject}: the values are too large to compare by {by}."),
    }
}

/// "24.1 per 1,000 residents in the most deprived tenth by IMD decile, 2019, and 8.0 in the least deprived tenth; along all
/// tenths, the most deprived end is higher by 15.2, 2.90 times as much"
fn finding(question: &Question<'_>, parts: u32, by: &str, found: &Inequality) -> String {
    let indicator = question.value.indicator;
    let unit = indicator.unit.en();
    let shown = |value: f64| with_unit(value, indicator.decimals, unit);
    let plain = |value: f64| figure(value, indicator.decimals, unit);
    let from_the_end = parts + 1 - found.least_deprived.quantile.min(parts);
    let ends = format!(
        "{} in the {} by {by}, and {} in the {}",
        shown(found.most_deprived.value),
        end(found.most_deprived.quantile, "most deprived", parts),
        plain(found.least_deprived.value),
        end(from_the_end, "least deprived", parts)
    );
    let slope = number(found.slope_index.abs(), indicator.decimals);
    if slope == number(0.0, indicator.decimals) {
        return format!("{ends}; along all {}, it hardly changes", plural(parts));
    }
    // Percentages differ by points.
    let points = if unit == "%" { " points" } else { "" };
    let direction = if found.slope_index > 0.0 { "higher" } else { "lower" };
    let times = match found.relative_index {
        Some(times) => format!(", {} times as much", number(times, 2)),
        None => ", and how many times as much cannot be said, for the line through them ends near zero or below it"
            .to_owned(),
    };
    format!("{ends}; along all {}, the most deprived end is {direction} by {slope}{points}{times}", plural(parts))
}

/// "most deprived tenth", "2nd least deprived fifth"
fn end(place: u32, which: &str, parts: u32) -> String {
    let part = part(parts);
    if place == 1 { format!("{which} {part}") } else { format!("{} {which} {part}", ordinal(place)) }
}

fn part(parts: u32) -> &'static str {
    if parts == 10 { "tenth" } else { "fifth" }
}

fn plural(parts: u32) -> &'static str {
    if parts == 10 { "tenths" } else { "fifths" }
}
