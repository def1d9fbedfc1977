//! Adding areas up: from the column of a geography to that of one that its areas lie in.
//!
//! Counts are summed; rates and proportions are the ratio of the sums, never the mean of rates; scores are averaged by
//! weight. Under 80% of people covered there is no value; from there on the share covered stands beside it.

use tessera_stats::mean::{ratio_of_sums, sum, weighted_mean};

use crate::cell::Status;
use crate::column::{Column, Numbers, Origin, number_at};
use crate::manifest::Aggregate;

/// The least share of people that an aggregated value must cover.
const LEAST_COVERAGE: f64 = 0.8;

/// What a column is added up by.
pub(super) struct Adding<'a> {
    /// The rule.
    pub(super) rule: Aggregate,
    /// value = numerator / denominator × per.
    pub(super) per: f64,
    /// The weights of a weighted mean, by position.
    pub(super) weights: Option<&'a Numbers>,
    /// The people of each area, by which coverage is measured; areas themselves where unknown.
    pub(super) people: Option<&'a Numbers>,
}

/// Adds a column up to `parents` larger areas; `parent_of` says in which one each area lies. `None` where the rule is
/// `none` or what it needs is not there.
pub(super) fn aggregate(
    column: &Column,
    adding: &Adding<'_>,
    parent_of: &[Option<u32>],
    parents: usize,
) -> Option<Column> {
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); parents];
    for (position, parent) in parent_of.iter().enumerate() {
        if let Some(members) = parent.and_then(|parent| members.get_mut(parent as usize)) {
            members.push(position);
        }
    }
    let mut result = Column::of_values(vec![None; parents], Origin::Aggregated);
    result.status.clear();
    if adding.rule == Aggregate::RatioOfSums {
        (result.numerator, result.denominator) = (Some(vec![None; parents]), Some(vec![None; parents]));
    }
    for (parent, members) in members.iter().enumerate() {
        let whole = add_up(column, adding, members)?;
        let position = u32::try_from(parent).ok()?;
        if members.iter().any(|member| column.status_of(*member).contains(&Status::Suppressed)) {
            result.status.insert(position, vec![Status::Suppressed]);
            continue;
        }
        let covered = coverage(adding, members, |member| whole.counts(column, member));
        if covered < LEAST_COVERAGE {
            continue;
        }
        result.values[parent] = whole.value;
        if let Some(numerator) = &mut result.numerator {
            numerator[parent] = whole.numerator;
        }
        if let Some(denominator) = &mut result.denominator {
            denominator[parent] = whole.denominator;
        }
        if covered < 1.0 && whole.value.is_some() {
            result.coverage.insert(position, covered);
        }
    }
    result.explain_missing();
    Some(result)
}

/// Several areas as one.
struct Whole {
    value: Option<f64>,
    numerator: Option<f64>,
    denominator: Option<f64>,
    /// Whether an area counts by its parts or by its value.
    by_parts: bool,
}

impl Whole {
    /// Whether this member went into the whole.
    fn counts(&self, column: &Column, member: usize) -> bool {
        if self.by_parts {
            number_at(column.numerator.as_ref(), member).is_some()
                && number_at(column.denominator.as_ref(), member).is_some()
        } else {
            column.values.get(member).is_some_and(Option::is_some)
        }
    }
}

fn add_up(column: &Column, adding: &Adding<'_>, members: &[usize]) -> Option<Whole> {
    let value = |member: &usize| column.values.get(*member).copied().flatten();
    match adding.rule {
        Aggregate::None => None,
        Aggregate::Sum => {
            let values: Numbers = members.iter().map(value).collect();
            Some(Whole { value: sum(&values), numerator: None, denominator: None, by_parts: false })
        }
        Aggregate::WeightedMean => {
            let weights = adding.weights?;
            let pairs = members.iter().map(|member| (value(member), number_at(Some(weights), *member)));
            let mean = weighted_mean(pairs).map(|mean| mean.mean);
            Some(Whole { value: mean, numerator: None, denominator: None, by_parts: false })
        }
        Aggregate::RatioOfSums => {
            let (numerators, denominators) = (column.numerator.as_ref()?, column.denominator.as_ref()?);
            let pairs = members
                .iter()
                .map(|member| (number_at(Some(numerators), *member), number_at(Some(denominators), *member)));
            let ratio = ratio_of_sums(pairs, adding.per);
            Some(Whole {
                value: ratio.map(|ratio| ratio.ratio),
                numerator: ratio.map(|ratio| ratio.numerator),
                denominator: ratio.map(|ratio| ratio.denominator),
                by_parts: true,
            })
        }
    }
}

/// The share of people whose areas went into the whole.
fn coverage(adding: &Adding<'_>, members: &[usize], counts: impl Fn(usize) -> bool) -> f64 {
    let known = adding.people.filter(|people| members.iter().all(|member| number_at(Some(people), *member).is_some()));
    let people = |member: usize| known.map_or(1.0, |people| number_at(Some(people), member).unwrap_or_default());
    let (mut covered, mut all) = (0.0, 0.0);
    for member in members {
        all += people(*member);
        if counts(*member) {
            covered += people(*member);
        }
    }
    if all > 0.0 { covered / all } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARENT_OF: [Option<u32>; 4] = [Some(0), Some(0), Some(1), None];

    fn adding(rule: Aggregate) -> Adding<'static> {
        Adding { rule, per: 1000.0, weights: None, people: None }
    }

    #[test]
    fn counts_are_summed_and_areas_without_parent_left_out() {
        let column = Column::of_values(vec![Some(1.0), Some(2.0), Some(4.0), Some(8.0)], Origin::Supplied);
        let sums = aggregate(&column, &adding(Aggregate::Sum), &PARENT_OF, 2).unwrap();
        assert_eq!(sums.values, [Some(3.0), Some(4.0)]);
        assert_eq!(sums.origin, Origin::Aggregated);
    }

    #[test]
    fn rates_are_ratios_of_sums() {
        let mut column = Column::of_values(vec![Some(10.0), Some(30.0), Some(5.0), Some(5.0)], Origin::Computed);
        column.numerator = Some(vec![Some(1.0), Some(9.0), Some(1.0), Some(1.0)]);
        column.denominator = Some(vec![Some(100.0), Some(300.0), Some(200.0), Some(200.0)]);
        let rates = aggregate(&column, &adding(Aggregate::RatioOfSums), &PARENT_OF, 2).unwrap();
        assert_eq!(rates.values, [Some(25.0), Some(5.0)]);
        assert_eq!(rates.numerator, Some(vec![Some(10.0), Some(1.0)]));
        assert_eq!(rates.denominator, Some(vec![Some(400.0), Some(200.0)]));
    }

    #[test]
    fn scores_are_averaged_by_weight() {
        let column = Column::of_values(vec![Some(10.0), Some(40.0), Some(5.0), None], Origin::Supplied);
        let weights = vec![Some(1500.0), Some(500.0), Some(100.0), Some(100.0)];
        let adding = Adding { weights: Some(&weights), ..adding(Aggregate::WeightedMean) };
        assert_eq!(aggregate(&column, &adding, &PARENT_OF, 2).unwrap().values, [Some(17.5), Some(5.0)]);
    }

    #[test]
    fn too_little_covered_is_no_value_and_less_than_all_is_said() {
        let column = Column::of_values(vec![Some(1.0), None, Some(4.0), Some(1.0)], Origin::Supplied);
        let people = vec![Some(900.0), Some(100.0), Some(10.0), Some(90.0)];
        let parent_of = [Some(0), Some(0), Some(1), Some(1)];
        let by_people = Adding { people: Some(&people), ..adding(Aggregate::Sum) };
        let sums = aggregate(&column, &by_people, &parent_of, 2).unwrap();
        assert_eq!(sums.values, [Some(1.0), Some(5.0)]);
        assert_eq!(sums.coverage.get(&0), Some(&0.9));
        assert_eq!(sums.coverage.get(&1), None);
        let by_areas = aggregate(&column, &adding(Aggregate::Sum), &parent_of, 2).unwrap();
        assert_eq!(by_areas.values, [None, Some(5.0)]);
        assert_eq!(by_areas.status_of(0), [Status::NotAvailable]);
    }

    #[test]
    fn a_hidden_member_hides_the_whole() {
        let mut column = Column::of_values(vec![Some(90.0), None, Some(4.0), None], Origin::Supplied);
        column.status.insert(1, vec![Status::Suppressed]);
        let people = vec![Some(990.0), Some(10.0), Some(10.0), Some(10.0)];
        let adding = Adding { people: Some(&people), ..adding(Aggregate::Sum) };
        let sums = aggregate(&column, &adding, &PARENT_OF, 2).unwrap();
        assert_eq!(sums.values[0], None);
        assert_eq!(sums.status_of(0), [Status::Suppressed]);
    }

    #[test]
    fn no_rule_and_no_parts_give_no_column() {
        let column = Column::of_values(vec![Some(1.0); 4], Origin::Supplied);
        assert!(aggregate(&column, &adding(Aggregate::None), &PARENT_OF, 2).is_none());
        assert!(aggregate(&column, &adding(Aggregate::RatioOfSums), &PARENT_OF, 2).is_none());
    }
}
