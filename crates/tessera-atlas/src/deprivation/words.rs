//! What the measures come to, in words.

use super::{AreaMeasures, Deprivation, Measures, Question};
use crate::finding::areas;
use crate::relate::Measure;
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

/// `weights` are what the score that was ranked is averaged by.
pub(super) fn sentence(
    view: &AtlasView,
    question: &Question<'_>,
    weights: Option<Measure<'_>>,
    found: &Deprivation,
) -> String {
    let subject = format!("{}, {}", isolated(question.rank.indicator.name.en()), question.rank.period.words());
    let average = if question.score.is_some() { BY_SCORE } else { BY_RANK };
    let mut sentences = Vec::new();
    if let Some(of) = question.of
        && found.areas.len() > 1
    {
        let ends = [&average, &BY_TENTH].map(|order| most_deprived(&found.areas, order));
        let all = areas(of, found.areas.len());
        if let [None, Some(by_tenth)] = &ends {
            sentences.push(format!("{subject}, {all}, the most deprived first: {by_tenth}."));
        }
        if let [Some(by_average), Some(by_tenth)] = ends {
            sentences.push(format!("{subject}, {all}, the most deprived first: {by_average}; {by_tenth}."));
            let agreement = match compared(&found.areas, &average, &BY_TENTH) {
                Agreement::Differ => {
                    "The two orders differ: an average says nothing of how unevenly deprivation is spread."
                }
                Agreement::TiesApart => "Neither order contradicts the other.",
                Agreement::Same => "The two orders agree.",
            };
            sentences.push(agreement.to_owned());
        }
    }
    if sentences.is_empty() {
        let place = view.scope_name(question.within);
        sentences.extend(of_one(&place, &found.overall, &average).map(|words| format!("{subject}: {words}")));
    }
    if found.weighted_by.is_none() && found.overall.areas > 0 {
        let small = question.geography.distinct_plural();
        sentences.push(match weights {
            Some(Measure { indicator, period }) => format!(
                "The other measures are weighted by {}, which has no values for {small} in {}.",
                isolated(indicator.name.en()),
                period.words()
            ),
            None => format!("The other measures are weighted by people, of whom no count is published for {small}."),
        });
    }
    let is_without = |own: &Measures| own.areas > 0 && (average.value)(own).is_none();
    let areas_and_sets =
        found.areas.iter().map(|area| &area.measures).chain(found.sets.iter().map(|set| &set.measures));
    if found.weighted_by.is_some() && areas_and_sets.chain([&found.overall]).any(is_without) {
        sentences.push(
            "What is weighted by people is not given where a number is hidden, nor where under 80% of the people are covered."
                .to_owned(),
        );
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
    let mut named: Vec<String> = ranked.iter().take(NAMED).map(named).collect();
    // Of areas that are alike none is named before the others.
    if let [.., (_, last)] = ranked[..ranked.len().min(NAMED)]
        && ranked.get(NAMED).is_some_and(|(_, next)| *next == last)
    {
        let before = ranked.partition_point(|(_, value)| *value > last);
        let alike = ranked.iter().filter(|(_, value)| *value == last).count();
        named.truncate(before);
        let value = (order.words)(last);
        named.push(if before == 0 {
            format!("{} alike at {value}", count(alike))
        } else {
            format!("{} others {value}", count(alike))
        });
    }
    (!named.is_empty()).then(|| format!("by {} {}", order.name, list(&named)))
}

/// How two orders stand to each other.
enum Agreement {
    /// Some area stands before another by one measure and behind it by the other.
    Differ,
    /// None does, but some are alike by one measure alone.
    TiesApart,
    /// The two orders are one.
    Same,
}

fn compared(areas: &[AreaMeasures], one: &Order, other: &Order) -> Agreement {
    let of = |area: &AreaMeasures| Some(((one.value)(&area.measures)?, (other.value)(&area.measures)?));
    let both: Vec<(f64, f64)> = areas.iter().filter_map(of).collect();
    let any = |holds: fn(f64, f64) -> bool| {
        both.iter().enumerate().any(|(index, (a, b))| both[index + 1..].iter().any(|(c, d)| holds(a - c, b - d)))
    };
    if any(|by_one, by_other| by_one * by_other < 0.0) {
        Agreement::Differ
    } else if any(|by_one, by_other| (by_one == 0.0) != (by_other == 0.0)) {
        Agreement::TiesApart
    } else {
        Agreement::Same
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deprivation::Places;

    /// Areas A, B and so on with an average rank and a share in the most deprived tenth.
    fn larger(measures: &[(f64, f64)]) -> Vec<AreaMeasures> {
        let of = |((rank, tenth), name): (&(f64, f64), char)| AreaMeasures {
            code: name.to_string(),
            name: name.to_string(),
            measures: Measures {
                areas: 1,
                average_rank: Some(*rank),
                most_deprived_tenth: Some(*tenth),
                ..Measures::default()
            },
            ranks: Places::default(),
        };
        measures.iter().zip('A'..).map(of).collect()
    }

    #[test]
    fn of_areas_that_are_alike_none_is_named_before_the_others() {
        let by_tenth = |tenths: &[f64]| {
            let areas = larger(&tenths.iter().map(|tenth| (1.0, *tenth)).collect::<Vec<_>>());
            most_deprived(&areas, &BY_TENTH).unwrap().rsplit_once("country ").unwrap().1.to_owned()
        };
        assert_eq!(by_tenth(&[0.0, 0.073, 0.0, 0.0, 0.0]), "B 7.3% and 4 others 0.0%");
        assert_eq!(by_tenth(&[0.0, 0.0, 0.0, 0.0]), "4 alike at 0.0%");
        assert_eq!(by_tenth(&[0.1, 0.2, 0.1, 0.0]), "B 20.0%, A 10.0% and C 10.0%");
    }

    #[test]
    fn orders_with_ties_do_not_agree_in_all() {
        let agreement = |measures: &[(f64, f64)]| compared(&larger(measures), &BY_RANK, &BY_TENTH);
        assert!(matches!(agreement(&[(3.0, 0.3), (2.0, 0.1)]), Agreement::Same));
        assert!(matches!(agreement(&[(3.0, 0.3), (2.0, 0.0), (1.0, 0.0)]), Agreement::TiesApart));
        assert!(matches!(agreement(&[(3.0, 0.1), (2.0, 0.3)]), Agreement::Differ));
    }
}
