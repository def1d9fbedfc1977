//! Adding areas up: from the column of a geography to that of one that its areas lie in.
//!
//! Counts are summed; rates and proportions are the ratio of the sums, never the mean of rates; scores are averaged by
//! weight. Under 80% of people covered there is no value; from there on the share covered stands beside it.

use std::collections::BTreeSet;

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
    /// The weights of a weighted mean.
    pub(super) weights: Option<&'a Column>,
    /// The people of each area, by which coverage is measured; areas themselves where unknown.
    pub(super) people: Option<&'a Numbers>,
    /// The areas with a hidden numerator or denominator.
    pub(super) hidden_parts: Option<&'a BTreeSet<u32>>,
}

/// Why a column cannot be added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotAddedUp {
    /// Its rule is `none`.
    ByRule,
    /// There are no weights for its areas and period.
    WithoutWeights,
    /// It has no numerators or no denominators.
    WithoutParts,
}

/// Adds a column up to larger areas, each made of the areas at the positions that `members` lists for it.
pub(super) fn aggregate(column: &Column, adding: &Adding<'_>, members: &[Vec<u32>]) -> Result<Column, NotAddedUp> {
    adding.check(column)?;
    let mut result = Column::of_values(vec![None; members.len()], Origin::Aggregated);
    result.status.clear();
    let (mut numerators, mut denominators) = (vec![None; members.len()], vec![None; members.len()]);
    for ((whole, members), position) in members.iter().enumerate().zip(0..) {
        let members: Vec<usize> = members.iter().map(|member| *member as usize).collect();
        if members.iter().any(|member| adding.hides(column, *member)) {
            result.status.insert(position, vec![Status::Suppressed]);
            continue;
        }
        let included: Vec<usize> = members.iter().copied().filter(|member| adding.includes(column, *member)).collect();
        let covered = coverage(adding.people, &members, &included);
        if covered < LEAST_COVERAGE {
            continue;
        }
        let sum = adding.add_up(column, &included);
        result.values[whole] = sum.value;
        numerators[whole] = sum.numerator;
        denominators[whole] = sum.denominator;
        if sum.value.is_none() {
            continue;
        }
        if covered < 1.0 {
            result.coverage.insert(position, covered);
        }
        let marks = carried_marks(column, &included);
        if !marks.is_empty() {
            result.status.insert(position, marks);
        }
    }
    if adding.rule == Aggregate::RatioOfSums {
        (result.numerator, result.denominator) = (Some(numerators), Some(denominators));
    }
    result.explain_missing();
    Ok(result)
}

/// What holds of a whole because it holds of one of its parts. That a part is small or unreliable says nothing of the whole.
fn carried_marks(column: &Column, included: &[usize]) -> Vec<Status> {
    let is_carried =
        |status: &Status| matches!(status, Status::Provisional | Status::Revised | Status::Break | Status::Modelled);
    let marks = included.iter().flat_map(|member| column.status_of(*member)).copied().filter(is_carried);
    BTreeSet::from_iter(marks).into_iter().collect()
}

/// Several areas as one.
#[derive(Default)]
struct Whole {
    value: Option<f64>,
    numerator: Option<f64>,
    denominator: Option<f64>,
}

impl Adding<'_> {
    fn check(&self, column: &Column) -> Result<(), NotAddedUp> {
        match self.rule {
            Aggregate::None => Err(NotAddedUp::ByRule),
            Aggregate::WeightedMean if self.weights.is_none() => Err(NotAddedUp::WithoutWeights),
            Aggregate::RatioOfSums if column.numerator.is_none() || column.denominator.is_none() => {
                Err(NotAddedUp::WithoutParts)
            }
            _ => Ok(()),
        }
    }

    fn value(&self, column: &Column, member: usize) -> Option<f64> {
        number_at(Some(&column.values), member)
    }

    fn weight(&self, member: usize) -> Option<f64> {
        number_at(self.weights.map(|weights| &weights.values), member)
    }

    /// Whether a member's number was hidden, so that the whole would help to work it out.
    fn hides(&self, column: &Column, member: usize) -> bool {
        let is_hidden = |column: &Column| column.status_of(member).contains(&Status::Suppressed);
        let part_is_hidden = || {
            let position = u32::try_from(member).unwrap_or(u32::MAX);
            self.hidden_parts.is_some_and(|hidden| hidden.contains(&position))
        };
        is_hidden(column)
            || (self.rule == Aggregate::RatioOfSums && part_is_hidden())
            || (self.rule == Aggregate::WeightedMean && self.weights.is_some_and(is_hidden))
    }

    /// Whether a member has all that goes into the whole.
    fn includes(&self, column: &Column, member: usize) -> bool {
        match self.rule {
            Aggregate::None => false,
            Aggregate::Sum => self.value(column, member).is_some(),
            Aggregate::WeightedMean => self.value(column, member).is_some() && self.weight(member).is_some(),
            Aggregate::RatioOfSums => {
                let parts = [column.numerator.as_ref(), column.denominator.as_ref()];
                parts.iter().all(|part| number_at(*part, member).is_some())
            }
        }
    }

    /// The share of people that a sum of `members` covers, as their published column and published people tell it.
    pub(super) fn published_coverage(&self, column: &Column, members: &[u32]) -> f64 {
        let members: Vec<usize> = members.iter().map(|member| *member as usize).collect();
        let is_included =
            |member: &usize| self.includes(column, *member) || column.status_of(*member).contains(&Status::Suppressed);
        let included: Vec<usize> = members.iter().copied().filter(is_included).collect();
        coverage(self.people, &members, &included)
    }

    fn add_up(&self, column: &Column, members: &[usize]) -> Whole {
        let members = members.iter().copied();
        match self.rule {
            Aggregate::None => Whole::default(),
            Aggregate::Sum => {
                let values: Numbers = members.map(|member| self.value(column, member)).collect();
                Whole { value: sum(&values), ..Whole::default() }
            }
            Aggregate::WeightedMean => {
                let pairs = members.map(|member| (self.value(column, member), self.weight(member)));
                Whole { value: weighted_mean(pairs).map(|mean| mean.mean), ..Whole::default() }
            }
            Aggregate::RatioOfSums => {
                let parts = |member| {
                    (number_at(column.numerator.as_ref(), member), number_at(column.denominator.as_ref(), member))
                };
                let ratio = ratio_of_sums(members.map(parts), self.per);
                Whole {
                    value: ratio.map(|ratio| ratio.ratio),
                    numerator: ratio.map(|ratio| ratio.numerator),
                    denominator: ratio.map(|ratio| ratio.denominator),
                }
            }
        }
    }
}

/// The share of people whose areas are included; the share of areas where the people of any are unknown or there are none.
fn coverage(people: Option<&Numbers>, members: &[usize], included: &[usize]) -> f64 {
    let of = |members: &[usize]| -> Option<f64> {
        members.iter().map(|member| number_at(people, *member).filter(|people| *people >= 0.0)).sum()
    };
    match (of(included), of(members)) {
        _ if members.is_empty() => 0.0,
        _ if included.len() == members.len() => 1.0,
        (Some(included), Some(all)) if all > 0.0 => included / all,
        _ => included.len() as f64 / members.len() as f64,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::sets::Sets;
    use proptest::prelude::*;

    /// Two areas in the first whole, one in the second, and one in none.
    fn two() -> Vec<Vec<u32>> {
        vec![vec![0, 1], vec![2]]
    }

    fn adding(rule: Aggregate) -> Adding<'static> {
        Adding { rule, per: 1000.0, weights: None, people: None, hidden_parts: None }
    }

    #[test]
    fn counts_are_summed_and_areas_without_parent_left_out() {
        let column = Column::of_values(vec![Some(1.0), Some(2.0), Some(4.0), Some(8.0)], Origin::Supplied);
        let sums = aggregate(&column, &adding(Aggregate::Sum), &two()).unwrap();
        assert_eq!(sums.values, [Some(3.0), Some(4.0)]);
        assert_eq!(sums.origin, Origin::Aggregated);
    }

    #[test]
    fn rates_are_ratios_of_sums() {
        let mut column = Column::of_values(vec![Some(10.0), Some(30.0), Some(5.0), Some(5.0)], Origin::Computed);
        column.numerator = Some(vec![Some(1.0), Some(9.0), Some(1.0), Some(1.0)]);
        column.denominator = Some(vec![Some(100.0), Some(300.0), Some(200.0), Some(200.0)]);
        let rates = aggregate(&column, &adding(Aggregate::RatioOfSums), &two()).unwrap();
        assert_eq!(rates.values, [Some(25.0), Some(5.0)]);
        assert_eq!(rates.numerator, Some(vec![Some(10.0), Some(1.0)]));
        assert_eq!(rates.denominator, Some(vec![Some(400.0), Some(200.0)]));
    }

    #[test]
    fn scores_are_averaged_by_weight() {
        let column = Column::of_values(vec![Some(10.0), Some(40.0), Some(5.0), None], Origin::Supplied);
        let weights = vec![Some(1500.0), Some(500.0), Some(100.0), Some(100.0)];
        let weights = Column::of_values(weights, Origin::Supplied);
        let adding = Adding { weights: Some(&weights), ..adding(Aggregate::WeightedMean) };
        assert_eq!(aggregate(&column, &adding, &two()).unwrap().values, [Some(17.5), Some(5.0)]);
    }

    #[test]
    fn too_little_covered_is_no_value_and_less_than_all_is_said() {
        let column = Column::of_values(vec![Some(1.0), None, Some(4.0), Some(1.0)], Origin::Supplied);
        let people = vec![Some(900.0), Some(100.0), Some(10.0), Some(90.0)];
        let members = [vec![0, 1], vec![2, 3]];
        let by_people = Adding { people: Some(&people), ..adding(Aggregate::Sum) };
        let sums = aggregate(&column, &by_people, &members).unwrap();
        assert_eq!(sums.values, [Some(1.0), Some(5.0)]);
        assert_eq!(sums.coverage.get(&0), Some(&0.9));
        assert_eq!(sums.coverage.get(&1), None);
        let by_areas = aggregate(&column, &adding(Aggregate::Sum), &members).unwrap();
        assert_eq!(by_areas.values, [None, Some(5.0)]);
        assert_eq!(by_areas.status_of(0), [Status::NotAvailable]);
    }

    #[test]
    fn a_whole_with_a_provisional_part_is_provisional() {
        let mut column = Column::of_values(vec![Some(1.0), Some(2.0), Some(4.0), Some(8.0)], Origin::Supplied);
        column.status.insert(1, vec![Status::Low, Status::Provisional]);
        let sums = aggregate(&column, &adding(Aggregate::Sum), &two()).unwrap();
        assert_eq!(sums.status, BTreeMap::from([(0, vec![Status::Provisional])]));
    }

    #[test]
    fn an_area_in_two_wholes_counts_in_both() {
        let column = Column::of_values(vec![Some(1.0), Some(2.0), Some(4.0)], Origin::Supplied);
        let sums = aggregate(&column, &adding(Aggregate::Sum), &[vec![0, 1], vec![1, 2]]).unwrap();
        assert_eq!(sums.values, [Some(3.0), Some(6.0)]);
    }

    #[test]
    fn a_hidden_member_hides_the_whole() {
        let mut column = Column::of_values(vec![Some(90.0), None, Some(4.0), None], Origin::Supplied);
        column.status.insert(1, vec![Status::Suppressed]);
        let people = vec![Some(990.0), Some(10.0), Some(10.0), Some(10.0)];
        let adding = Adding { people: Some(&people), ..adding(Aggregate::Sum) };
        let sums = aggregate(&column, &adding, &two()).unwrap();
        assert_eq!(sums.values[0], None);
        assert_eq!(sums.status_of(0), [Status::Suppressed]);
    }

    #[test]
    fn a_hidden_part_or_weight_hides_the_whole() {
        let mut column = Column::of_values(vec![Some(10.0), Some(30.0), Some(5.0), None], Origin::Supplied);
        column.numerator = Some(vec![Some(1.0), None, Some(1.0), None]);
        column.denominator = Some(vec![Some(100.0), Some(300.0), Some(200.0), None]);
        let hidden = BTreeSet::from([1]);
        let by_parts = Adding { hidden_parts: Some(&hidden), ..adding(Aggregate::RatioOfSums) };
        let rates = aggregate(&column, &by_parts, &two()).unwrap();
        assert_eq!((rates.values[0], rates.status_of(0)), (None, [Status::Suppressed].as_slice()));
        assert_eq!((rates.values[1], rates.numerator.unwrap()[0]), (Some(5.0), None));

        let mut weights = Column::of_values(vec![Some(10.0), None, Some(10.0), None], Origin::Supplied);
        weights.status.insert(1, vec![Status::Suppressed]);
        let by_weight = Adding { weights: Some(&weights), ..adding(Aggregate::WeightedMean) };
        let means = aggregate(&column, &by_weight, &two()).unwrap();
        assert_eq!((means.values[0], means.status_of(0)), (None, [Status::Suppressed].as_slice()));
    }

    #[test]
    fn an_area_without_weight_is_not_covered() {
        let column = Column::of_values(vec![Some(10.0), Some(40.0), Some(5.0), None], Origin::Supplied);
        let weights = Column::of_values(vec![Some(1.0), None, Some(1.0), None], Origin::Supplied);
        let adding = Adding { weights: Some(&weights), ..adding(Aggregate::WeightedMean) };
        assert_eq!(aggregate(&column, &adding, &two()).unwrap().values, [None, Some(5.0)]);
    }

    #[test]
    fn areas_without_people_are_covered_by_their_number() {
        assert_eq!(coverage(Some(&vec![Some(0.0); 5]), &[0, 1, 2, 3, 4], &[0, 1, 2, 3]), 0.8);
        assert_eq!(coverage(Some(&vec![Some(0.0); 5]), &[0, 1], &[0, 1]), 1.0);
        assert_eq!(coverage(None, &[], &[]), 0.0);
    }

    #[test]
    fn no_rule_and_no_parts_give_no_column() {
        let column = Column::of_values(vec![Some(1.0); 4], Origin::Supplied);
        let why_not = |rule| aggregate(&column, &adding(rule), &two()).unwrap_err();
        assert_eq!(why_not(Aggregate::None), NotAddedUp::ByRule);
        assert_eq!(why_not(Aggregate::RatioOfSums), NotAddedUp::WithoutParts);
        assert_eq!(why_not(Aggregate::WeightedMean), NotAddedUp::WithoutWeights);
    }

    proptest! {
        #[test]
        fn sums_of_whole_counts_are_those_of_their_children(
            counts in proptest::collection::vec((0u32..1_000_000, proptest::option::of(0u32..7)), 0..60)
        ) {
            let values: Numbers = counts.iter().map(|(count, _)| Some(f64::from(*count))).collect();
            let parent_of: Vec<Option<u32>> = counts.iter().map(|(_, parent)| *parent).collect();
            let members = Sets::of_parents("area", &parent_of, 7).members;
            let column = Column::of_values(values, Origin::Supplied);
            let sums = aggregate(&column, &adding(Aggregate::Sum), &members).unwrap();
            for parent in 0..7 {
                let of_parent = counts.iter().filter(|(_, own)| *own == Some(parent)).map(|(count, _)| f64::from(*count));
                let members = of_parent.clone().count();
                let expected = (members > 0).then(|| of_parent.sum::<f64>());
                prop_assert_eq!(sums.values[parent as usize], expected);
            }
        }
    }
}
