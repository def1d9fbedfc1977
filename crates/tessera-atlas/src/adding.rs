//! Adding areas up: several areas as one, be it a larger area that they lie in, the whole atlas, or a set that a reader draws.
//!
//! Counts are summed; rates and proportions are the ratio of the sums, never the mean of rates; scores are averaged by
//! weight. Under 80% of people covered there is no value; the share covered stands beside it, or says why there is none.

use std::collections::BTreeSet;

use tessera_stats::mean::{ratio_of_sums, sum, weighted_mean};

use crate::cell::Status;
use crate::column::{Column, Numbers, Origin, number_at};
use crate::manifest::Aggregate;

/// The least share of people that an aggregated value must cover.
pub(crate) const LEAST_COVERAGE: f64 = 0.8;

/// A share in whole percent. One that falls short of another is never rounded up to it: 79.6% is less than the 80% that are needed.
pub(crate) fn percent_short_of(share: f64, least: f64) -> usize {
    let below = (least * 100.0).round() - 1.0;
    (share * 100.0).round().min(below).max(0.0) as usize
}

/// What a column is added up by.
pub(crate) struct Adding<'a> {
    /// The rule.
    pub(crate) rule: Aggregate,
    /// value = numerator / denominator × per.
    pub(crate) per: f64,
    /// The weights of a weighted mean.
    pub(crate) weights: Option<&'a Column>,
    /// The people of each area, by which coverage is measured; areas themselves where unknown.
    pub(crate) people: Option<&'a Numbers>,
    /// The areas with a hidden numerator or denominator, where that is not in the column's status.
    pub(crate) hidden_parts: Option<&'a BTreeSet<u32>>,
}

/// Why a column cannot be added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotAddedUp {
    /// Its rule is `none`.
    ByRule,
    /// There are no weights for its areas and period.
    WithoutWeights,
    /// It has no numerators or no denominators.
    WithoutParts,
}

/// Several areas as one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Whole {
    /// The value; `None` where a member's number is hidden, where too little is covered, and where nothing is left.
    pub(crate) value: Option<f64>,
    /// What is counted, of a ratio of sums.
    pub(crate) numerator: Option<f64>,
    /// What it is held against, likewise.
    pub(crate) denominator: Option<f64>,
    /// How many members have all that goes into the value.
    pub(crate) included: usize,
    /// The share of people (of areas, where people are unknown) in them, 0 to 1.
    pub(crate) coverage: f64,
    /// How many members have a number that is hidden: with one, the whole would help to work it out.
    pub(crate) hidden: usize,
    /// Marks of members that hold of the whole; not applicable, where every member is divided by zero.
    pub(crate) marks: Vec<Status>,
}

impl Whole {
    /// As a column of one area.
    pub(crate) fn into_column(self, rule: Aggregate) -> Column {
        let mut column = empty(rule, 1);
        self.put(&mut column, 0);
        column.explain_missing();
        column
    }

    fn put(self, column: &mut Column, whole: usize) {
        let position = u32::try_from(whole).unwrap_or(u32::MAX);
        if self.hidden > 0 {
            column.status.insert(position, vec![Status::Suppressed]);
            return;
        }
        column.values[whole] = self.value;
        for (numbers, number) in [(&mut column.numerator, self.numerator), (&mut column.denominator, self.denominator)]
        {
            if let Some(numbers) = numbers {
                numbers[whole] = number;
            }
        }
        // Why there is no value, or how much stands behind it.
        let enough = if self.value.is_none() { LEAST_COVERAGE } else { 1.0 };
        if self.coverage < enough {
            column.coverage.insert(position, self.coverage);
        }
        if self.value.is_none() && !self.marks.contains(&Status::NotApplicable) {
            return;
        }
        if !self.marks.is_empty() {
            column.status.insert(position, self.marks);
        }
    }
}

/// A column of as many areas, still without a number.
fn empty(rule: Aggregate, count: usize) -> Column {
    let mut column = Column::of_values(vec![None; count], Origin::Aggregated);
    column.status.clear();
    if rule == Aggregate::RatioOfSums {
        (column.numerator, column.denominator) = (Some(vec![None; count]), Some(vec![None; count]));
    }
    column
}

/// Adds a column up to larger areas, each made of the areas at the positions that `members` lists for it.
pub(crate) fn aggregate(column: &Column, adding: &Adding<'_>, members: &[Vec<u32>]) -> Result<Column, NotAddedUp> {
    let mut result = empty(adding.rule, members.len());
    adding.check(column)?;
    for (whole, members) in members.iter().enumerate() {
        let members: Vec<usize> = members.iter().map(|member| *member as usize).collect();
        adding.checked_whole(column, &members).put(&mut result, whole);
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

/// What areas add up to.
#[derive(Default)]
struct Sum {
    value: Option<f64>,
    numerator: Option<f64>,
    denominator: Option<f64>,
}

impl Adding<'_> {
    /// The areas at the positions `members` as one.
    pub(crate) fn whole(&self, column: &Column, members: &[usize]) -> Result<Whole, NotAddedUp> {
        self.check(column)?;
        Ok(self.checked_whole(column, members))
    }

    fn checked_whole(&self, column: &Column, members: &[usize]) -> Whole {
        let hidden = members.iter().filter(|member| self.hides(column, **member)).count();
        let is_included = |member: &usize| !self.hides(column, *member) && self.includes(column, *member);
        let included: Vec<usize> = members.iter().copied().filter(is_included).collect();
        let coverage = coverage(self.people, column, members, &included);
        let has_value = hidden == 0 && coverage >= LEAST_COVERAGE;
        let sum = if has_value { self.add_up(column, &included) } else { Sum::default() };
        let below = |member: &usize| number_at(column.denominator.as_ref(), *member);
        let is_over_nobody = has_value
            && self.rule == Aggregate::RatioOfSums
            && !included.is_empty()
            && included.iter().all(|member| below(member) == Some(0.0));
        Whole {
            value: sum.value,
            numerator: sum.numerator,
            denominator: sum.denominator,
            included: included.len(),
            coverage,
            hidden,
            marks: if is_over_nobody { vec![Status::NotApplicable] } else { carried_marks(column, &included) },
        }
    }

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
    pub(crate) fn published_coverage(&self, column: &Column, members: &[u32]) -> f64 {
        let members: Vec<usize> = members.iter().map(|member| *member as usize).collect();
        let is_included =
            |member: &usize| self.includes(column, *member) || column.status_of(*member).contains(&Status::Suppressed);
        let included: Vec<usize> = members.iter().copied().filter(is_included).collect();
        coverage(self.people, column, &members, &included)
    }

    fn add_up(&self, column: &Column, members: &[usize]) -> Sum {
        let members = members.iter().copied();
        match self.rule {
            Aggregate::None => Sum::default(),
            Aggregate::Sum => {
                let values: Numbers = members.map(|member| self.value(column, member)).collect();
                Sum { value: sum(&values), ..Sum::default() }
            }
            Aggregate::WeightedMean => {
                let pairs = members.map(|member| (self.value(column, member), self.weight(member)));
                Sum { value: weighted_mean(pairs).map(|mean| mean.mean), ..Sum::default() }
            }
            Aggregate::RatioOfSums => {
                let parts = |member| {
                    (number_at(column.numerator.as_ref(), member), number_at(column.denominator.as_ref(), member))
                };
                let ratio = ratio_of_sums(members.map(parts), self.per);
                Sum {
                    value: ratio.map(|ratio| ratio.ratio),
                    numerator: ratio.map(|ratio| ratio.numerator),
                    denominator: ratio.map(|ratio| ratio.denominator),
                }
            }
        }
    }
}

/// The share of people whose areas are included; the share of areas where the people of any are unknown or there are none.
/// An area that is itself covered in part counts with that part.
fn coverage(people: Option<&Numbers>, column: &Column, members: &[usize], included: &[usize]) -> f64 {
    let people_of = |member: usize| number_at(people, member).filter(|people| *people >= 0.0);
    let share_of = |member: usize| column.coverage_of(member).unwrap_or(1.0);
    if !members.is_empty() && included.len() == members.len() && included.iter().all(|member| share_of(*member) == 1.0)
    {
        return 1.0;
    }
    let all: Option<f64> = members.iter().map(|member| people_of(*member)).sum();
    let covered: Option<f64> = included.iter().map(|member| Some(people_of(*member)? * share_of(*member))).sum();
    match (covered, all) {
        _ if members.is_empty() => 0.0,
        (Some(covered), Some(all)) if all > 0.0 => covered / all,
        _ => included.iter().map(|member| share_of(*member)).sum::<f64>() / members.len() as f64,
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
    fn a_ratio_of_areas_that_all_have_nobody_is_not_applicable() {
        let mut column = Column::of_values(vec![None, None, Some(5.0), None], Origin::Computed);
        column.numerator = Some(vec![Some(0.0), Some(0.0), Some(1.0), None]);
        column.denominator = Some(vec![Some(0.0), Some(0.0), Some(200.0), None]);
        let of = |members: Vec<u32>| {
            let rates = aggregate(&column, &adding(Aggregate::RatioOfSums), &[members]).unwrap();
            (rates.values[0], rates.status_of(0).to_vec())
        };
        assert_eq!(of(vec![0, 1]), (None, vec![Status::NotApplicable]));
        assert_eq!(of(vec![0, 2]), (Some(5.0), vec![]));
        assert_eq!(of(vec![0, 3]), (None, vec![Status::NotAvailable]), "of one nothing is known");
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
        assert_eq!(by_areas.coverage, BTreeMap::from([(0, 0.5)]));
    }

    #[test]
    fn a_share_that_falls_short_is_rounded_but_not_up_to_what_it_falls_short_of() {
        assert_eq!([4.0 / 6.0, 0.796, 0.5].map(|share| percent_short_of(share, LEAST_COVERAGE)), [67, 79, 50]);
        assert_eq!(percent_short_of(0.999, 1.0), 99);
    }

    #[test]
    fn nothing_covers_an_area_without_members() {
        let column = Column::of_values(vec![Some(1.0), Some(2.0)], Origin::Supplied);
        let sums = aggregate(&column, &adding(Aggregate::Sum), &[vec![0, 1], vec![]]).unwrap();
        assert_eq!(sums.values, [Some(3.0), None]);
        assert_eq!(sums.coverage, BTreeMap::from([(1, 0.0)]));
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
        let column = Column::of_values(vec![Some(1.0); 5], Origin::Supplied);
        let nobody = vec![Some(0.0); 5];
        assert_eq!(coverage(Some(&nobody), &column, &[0, 1, 2, 3, 4], &[0, 1, 2, 3]), 0.8);
        assert_eq!(coverage(Some(&nobody), &column, &[0, 1], &[0, 1]), 1.0);
        assert_eq!(coverage(None, &column, &[], &[]), 0.0);
    }

    #[test]
    fn an_area_that_is_covered_in_part_counts_with_that_part() {
        let mut column = Column::of_values(vec![Some(1.0), Some(2.0)], Origin::Aggregated);
        column.coverage.insert(1, 0.8);
        let people = vec![Some(300.0), Some(100.0)];
        let by_people = Adding { people: Some(&people), ..adding(Aggregate::Sum) };
        let whole = by_people.whole(&column, &[0, 1]).unwrap();
        assert_eq!((whole.value, whole.coverage, whole.included), (Some(3.0), 0.95, 2));
        assert_eq!(adding(Aggregate::Sum).whole(&column, &[1]).unwrap().coverage, 0.8);
    }

    #[test]
    fn what_is_covered_is_said_of_a_whole_that_is_hidden() {
        let mut column = Column::of_values(vec![Some(90.0), None, Some(4.0)], Origin::Supplied);
        column.status.insert(1, vec![Status::Suppressed]);
        let people = vec![Some(80.0), Some(20.0), Some(100.0)];
        let by_people = Adding { people: Some(&people), ..adding(Aggregate::Sum) };
        let whole = by_people.whole(&column, &[0, 1]).unwrap();
        assert_eq!((whole.value, whole.hidden, whole.included, whole.coverage), (None, 1, 1, 0.8));
        assert_eq!(whole.into_column(Aggregate::Sum).status_of(0), [Status::Suppressed]);
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
