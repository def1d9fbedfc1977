//! Where an area stands among all of its kind, as a line: the worst or lowest on the left, each quarter of the areas a quarter of its
//! length, so that a few extreme areas do not press all others into one dot. As the page that runs draws it (`web/src/panels/profile`): `tests/both/spine.json`
//! holds the cases that both are tested by.

use maud::{Markup, html};
use tessera_atlas::catalogue::Indicator;
use tessera_atlas::manifest::{Kind, Polarity};
use tessera_atlas::profile::ProfileEntry;
use tessera_atlas::quartiles::Quartiles;

use super::words::{say, say_with};

/// The line of one indicator, with its ends and what it shows in words; nothing for categories, and where no area has a value.
pub(super) fn spine(indicator: &Indicator, entry: &ProfileEntry) -> Markup {
    let (Some(quartiles), Some(own)) = (&entry.quartiles, entry.comparison.areas.first()) else { return html! {} };
    let at = |value: f64| percent(from_left(value, quartiles, indicator.polarity));
    let held = |name: &str| own.against.iter().find(|held| held.against == name);
    // The count of a whole is not among those of its parts.
    let shown = |name: &str| held(name).and_then(|held| held.value).filter(|_| indicator.kind != Kind::Count);
    let (left, right) = if is_turned(indicator.polarity) {
        (quartiles.upper_quartile, quartiles.lower_quartile)
    } else {
        (quartiles.lower_quartile, quartiles.upper_quartile)
    };
    let [left, right] = [left, right].map(|end| from_left(end, quartiles, indicator.polarity));
    let ends = if is_turned(indicator.polarity) {
        [quartiles.maximum, quartiles.minimum]
    } else {
        [quartiles.minimum, quartiles.maximum]
    };
    let called = match indicator.polarity {
        Polarity::Neutral => [say("end-lowest"), say("end-highest")],
        _ => [say("end-worst"), say("end-best")],
    };
    let middle = [
        ("lower", indicator.words(quartiles.lower_quartile).into()),
        ("upper", indicator.words(quartiles.upper_quartile).into()),
        ("median", indicator.words(quartiles.median).into()),
    ];
    html! {
        svg.spine width="100%" height="18" aria-hidden="true" {
            rect.all y="6" width="100%" height="6" rx="3" {}
            rect.half x=(percent(left)) y="6" width=(percent(right - left)) height="6" {}
            rect.median x=(at(quartiles.median)) y="6" width="1.5" height="6" {}
            @if let Some(parent) = shown("parent") { svg x=(at(parent)) y="0" overflow="visible" { (parent_mark()) } }
            @if let Some(overall) = shown("overall") { svg x=(at(overall)) y="0" overflow="visible" { (overall_mark()) } }
            @if let Some(value) = own.measured.value {
                @let verdict = held("overall").and_then(|held| held.significance);
                svg x=(at(value)) y="9" overflow="visible" {
                    path.mark.(verdict.unwrap_or("unknown")) d=(shape(verdict)) fill-rule="evenodd" transform="translate(-7 -7) scale(.875)" {}
                }
            }
        }
        span.ends {
            @for (end, called) in ends.into_iter().zip(called) {
                span { span.unseen { (called) " " } (indicator.words(end)) }
            }
        }
        span.unseen { (say_with("middle-half", &middle)) }
        @if let Some((quarters, value)) = alike(quartiles) {
            span.soft { (say_with("alike", &[("quarters", quarters.into()), ("value", indicator.words(value).into())])) }
        }
    }
}

/// The mark of the larger area around, which points at its place from above.
pub(super) fn parent_mark() -> Markup {
    html! { path.parent d="M-4 0h8l-4 6z" {} }
}

/// The mark of the whole.
pub(super) fn overall_mark() -> Markup {
    html! { rect.overall x="-1" y="1" width="2" height="16" {} }
}

/// How an area stands to the whole: each verdict has a shape of its own beside its colour, in a square of 16.
pub(super) fn verdict_mark(verdict: &'static str) -> Markup {
    html! {
        svg.verdict width="12" height="12" viewBox="0 0 16 16" aria-hidden="true" {
            path.mark.(verdict) d=(shape(Some(verdict))) fill-rule="evenodd" {}
        }
    }
}

fn shape(verdict: Option<&str>) -> &'static str {
    match verdict {
        Some("worse") => "M8 .8 15.2 8 8 15.2.8 8z",
        Some("better") => "M14.5 8a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0z",
        Some("similar") => "M14.5 8a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0zM11 8a3 3 0 1 0-6 0 3 3 0 0 0 6 0z",
        Some("higher") => "M8 1.5 15 14H1z",
        Some("lower") => "M8 14.5 1 2h14z",
        _ => "M12 8a4 4 0 1 1-8 0 4 4 0 0 1 8 0z",
    }
}

fn percent(part: f64) -> String {
    format!("{:.2}%", 100.0 * part)
}

fn marks(quartiles: &Quartiles) -> [f64; 5] {
    let Quartiles { minimum, lower_quartile, median, upper_quartile, maximum } = *quartiles;
    [minimum, lower_quartile, median, upper_quartile, maximum]
}

/// From the lowest, 0, to the highest, 1; what lies outside the areas stands at the nearer end. Quarters in which all areas are alike have
/// no length: what is left is shared by the others.
fn along(value: f64, quartiles: &Quartiles) -> f64 {
    if value < quartiles.minimum {
        return 0.0;
    }
    if value > quartiles.maximum {
        return 1.0;
    }
    let mut marks = marks(quartiles).to_vec();
    marks.dedup();
    let steps = (marks.len() - 1) as f64;
    let around = marks.windows(2).zip(0u32..).find(|(pair, _)| pair[1] >= value);
    around.map_or(0.5, |(pair, below)| (f64::from(below) + (value - pair[0]) / (pair[1] - pair[0])) / steps)
}

/// Whether the highest value stands on the left: the worst end always does.
fn is_turned(polarity: Polarity) -> bool {
    polarity == Polarity::HighIsBad
}

fn from_left(value: f64, quartiles: &Quartiles, polarity: Polarity) -> f64 {
    let along = along(value, quartiles);
    if is_turned(polarity) { 1.0 - along } else { along }
}

/// How many whole quarters of the areas have one value, and which; `None` where no quarter is alike.
fn alike(quartiles: &Quartiles) -> Option<(usize, f64)> {
    let marks = marks(quartiles);
    let runs = marks.iter().zip(0..).map(|(value, first)| {
        let last = marks.iter().rposition(|other| other == value).unwrap_or(first);
        (last - first, *value)
    });
    runs.reduce(|longest, run| if run.0 > longest.0 { run } else { longest }).filter(|(quarters, _)| *quarters > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_stand_where_the_page_that_runs_has_them() {
        #[derive(serde::Deserialize)]
        struct Case {
            quartiles: [f64; 5],
            polarity: Polarity,
            /// Values, and where they stand from the left.
            places: Vec<(f64, f64)>,
            /// How many whole quarters have one value, and which.
            alike: Option<(usize, f64)>,
        }
        let cases: Vec<Case> = serde_json::from_str(include_str!("../../../../tests/both/spine.json")).unwrap();
        for Case { quartiles: marks, polarity, places, alike: common } in cases {
            let [minimum, lower_quartile, median, upper_quartile, maximum] = marks;
            let quartiles = Quartiles { minimum, lower_quartile, median, upper_quartile, maximum };
            for (value, place) in places {
                assert_eq!(from_left(value, &quartiles, polarity), place, "{value} in {marks:?}");
            }
            assert_eq!(alike(&quartiles), common, "{marks:?}");
        }
    }
}
