//! What the measures come to, in words.

use super::{AreaMeasures, Deprivation, Measures, Question};
use crate::finding::areas;
use crate::view::AtlasView;
use crate::words::{count, isolated, list, number};

/// How many areas are named from the most deprived end.
const NAMED: usize = 3;

/// By what the larger areas are put in order, and how that is said.
struct Order {
    name: &'static str,
    value: fn(&Measures) -> Option<f64>,
    words: fn(f64) -> String,
}

const BY_SCORE: Order =
    Order { name: "average score", value: |own| own.average_score, words: |score| number(score, 2) };
const BY_RANK: Order = Order { name: "average rank", value: |own| own.average_rank, words: |rank| number(rank, 0) };
const BY_TENTH: Order = Order {
    name: "the share of small areas in the most deprived tenth of the country",
    value: |own| own.most_deprived_tenth,
    words: |part| format!("{}%", number(part * 100.0, 1)),
};

pub(super) fn sentence(view: &AtlasView, question: &Question<'_>, found: &Deprivation) -> String {
    let subject = format!("{}, {}", isolated(question.rank.indicator.name.en()), question.rank.period.words());
    let average = if question.score.is_some() { BY_SCORE } else { BY_RANK };
    let mut sentences = Vec::new();
    if let Some(of) = question.of
        && found.areas.len() > 1
    {
        let ends = [&average, &BY_TENTH].map(|order| most_deprived(&found.areas, order));
        if let [Some(by_average), Some(by_tenth)] = ends {
            let all = areas(of, found.areas.len());
            sentences.push(format!("{subject}, {all}, the most deprived first: {by_average}; {by_tenth}."));
            sentences.push(if differ(&found.areas, &average, &BY_TENTH) {
                "The two orders differ: an average says nothing of how unevenly deprivation is spread.".to_owned()
            } else {
                "The two orders agree.".to_owned()
            });
        }
    }
    if sentences.is_empty() {
        let place = view.scope_name(None);
        sentences.extend(of_one(&place, &found.overall, &average).map(|words| format!("{subject}: {words}")));
    }
    let of_set = |set: &super::SetMeasures| of_one(&set.set, &set.measures, &average);
    sentences.extend(found.sets.iter().take(NAMED).filter_map(of_set));
    if sentences.is_empty() { format!("{subject}: no measure can be given.") } else { sentences.join(" ") }
}

/// "by average score Redditch 22.52, Wyre Forest 22.44 and Worcester 20.41"
fn most_deprived(areas: &[AreaMeasures], order: &Order) -> Option<String> {
    let mut ranked: Vec<(&AreaMeasures, f64)> =
        areas.iter().filter_map(|area| Some((area, (order.value)(&area.measures)?))).collect();
    // Stable, so that areas that are alike stay in the order of their codes.
    ranked.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    let named = |(area, value): &(&AreaMeasures, f64)| format!("{} {}", isolated(&area.name), (order.words)(*value));
    let named: Vec<String> = ranked.iter().take(NAMED).map(named).collect();
    (!named.is_empty()).then(|| format!("by {} {}", order.name, list(&named)))
}

/// Whether some area stands before another by one measure and behind it by the other.
fn differ(areas: &[AreaMeasures], one: &Order, other: &Order) -> bool {
    let of = |area: &AreaMeasures| Some(((one.value)(&area.measures)?, (other.value)(&area.measures)?));
    let both: Vec<(f64, f64)> = areas.iter().filter_map(of).collect();
    both.iter().enumerate().any(|(index, (a, b))| both[index + 1..].iter().any(|(c, d)| (a - c) * (b - d) < 0.0))
}

/// "North side: average score 45.65; 5 of 8 small areas are in the most deprived tenth of the country."
fn of_one(name: &str, measures: &Measures, average: &Order) -> Option<String> {
    (measures.areas > 0).then(|| {
        let value = (average.value)(measures).map(|value| format!("{} {}; ", average.name, (average.words)(value)));
        let (tenth, all) = (measures.in_most_deprived_tenth, measures.areas);
        let noun = if all == 1 { "small area" } else { "small areas" };
        let verb = if tenth == 1 { "is" } else { "are" };
        format!(
            "{}: {}{} of {} {noun} {verb} in the most deprived tenth of the country.",
            isolated(name),
            value.unwrap_or_default(),
            count(tenth),
            count(all)
        )
    })
}
