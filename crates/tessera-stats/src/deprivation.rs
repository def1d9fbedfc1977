//! An index of deprivation for a larger area, from its small areas: the five summary measures of the
//! English Indices of Deprivation.
//!
//! Each looks at something else: the first two at how deprived the area is on the whole, the third and
//! fourth at how much of it is among the most deprived of the country, the last at how deprived its
//! most deprived tenth is. An area may stand high by one and low by another, so they are given together.
//! Larger areas are then ranked by each, the highest first (see [`rank`](crate::rank)).
//!
//! Ministry of Housing, Communities and Local Government (2019). *The English Indices of Deprivation 2019:
//! Technical Report*, section 3.8 and appendix N.

use crate::mean::{WeightedMean, weighted_mean};

/// A small area of the larger one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SmallArea {
    /// Its score; higher is more deprived.
    pub score: Option<f64>,
    /// Its rank in the country; 1 is the most deprived. A rank outside 1 to the number of small areas in
    /// the country is taken for none.
    pub rank: Option<u32>,
    /// Its people, by the release's own denominators.
    pub population: Option<f64>,
}

/// The summary measures of a larger area. Higher is more deprived in all of them; `None` where no small area
/// has what the measure needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SummaryMeasures {
    /// Average score: the population-weighted mean of the scores.
    pub average_score: Option<f64>,
    /// Average rank: the population-weighted mean of the ranks, reversed so that the most deprived
    /// small area has the highest.
    pub average_rank: Option<f64>,
    /// The part of the small areas that are in the most deprived tenth of the country, from 0 to 1. Each
    /// small area counts once.
    pub most_deprived_tenth: Option<f64>,
    /// Extent, from 0 to 1: the part of the people who live in the most deprived three tenths of the
    /// country. Those of the first tenth count in full, those of the following hundredths from 0.95 in equal
    /// steps down to 0.05 in the thirtieth.
    pub extent: Option<f64>,
    /// Local concentration: the population-weighted mean of the reversed ranks of the most deprived small
    /// areas that hold exactly a tenth of the people; the last of them counts with the people still wanting.
    pub local_concentration: Option<f64>,
    /// The people in small areas with a rank as a part of all people, from 0 to 1; where the people of any small area are not
    /// known, the small areas that have a rank and people as a part of all. `None` where there are none.
    pub coverage: Option<f64>,
    /// The same of the small areas that have a score beside their rank, of which the average score is made.
    pub score_coverage: Option<f64>,
}

/// The summary measures of the area that `areas` make up, in a country of `country_areas` small areas.
///
/// Small areas without a rank or without people are left out, and of the average score those without a score too.
///
/// ```
/// use tessera_stats::deprivation::{SmallArea, summary_measures};
///
/// let area = |score, rank, population| {
///     SmallArea { score: Some(score), rank: Some(rank), population: Some(population) }
/// };
/// let measures = summary_measures(&[area(60.0, 5, 100.0), area(30.0, 20, 200.0), area(10.0, 80, 700.0)], 100);
/// assert_eq!(measures.average_score, Some(19.0));
/// assert_eq!(measures.average_rank, Some((96.0 * 100.0 + 81.0 * 200.0 + 21.0 * 700.0) / 1000.0));
/// assert_eq!(measures.most_deprived_tenth, Some(1.0 / 3.0));
/// assert_eq!(measures.local_concentration, Some(96.0));
/// ```
#[must_use]
pub fn summary_measures(areas: &[SmallArea], country_areas: u32) -> SummaryMeasures {
    let rank_of = |area: &SmallArea| area.rank.filter(|rank| (1..=country_areas).contains(rank));
    let weighted_by_people = |value: &dyn Fn(&SmallArea) -> Option<f64>| {
        weighted_mean(areas.iter().map(|area| (value(area), area.population)))
    };
    let reversed = |area: &SmallArea| rank_of(area).map(|rank| reversed_rank(rank, country_areas));
    let ranks: Vec<u32> = areas.iter().filter_map(rank_of).collect();
    let in_first_tenth = ranks.iter().filter(|rank| hundredth(**rank, country_areas) <= 10).count();
    let average_rank = weighted_by_people(&reversed);
    let score_of = |area: &SmallArea| rank_of(area).and(area.score);
    let average_score = weighted_by_people(&score_of);
    SummaryMeasures {
        average_score: average_score.map(|result| result.mean),
        average_rank: average_rank.map(|result| result.mean),
        most_deprived_tenth: (!ranks.is_empty()).then(|| in_first_tenth as f64 / ranks.len() as f64),
        extent: weighted_by_people(&|area| rank_of(area).map(|rank| extent_weight(hundredth(rank, country_areas))))
            .map(|result| result.mean),
        local_concentration: local_concentration(
            areas.iter().filter_map(|area| reversed(area).zip(area.population)).collect(),
        ),
        coverage: average_rank.map(|mean| coverage(areas, mean, &reversed)),
        score_coverage: average_score.map(|mean| coverage(areas, mean, &score_of)),
    }
}

/// How much of the people a weighted mean is made of; of the areas, where the people of any are not known.
fn coverage(areas: &[SmallArea], mean: WeightedMean, value: &dyn Fn(&SmallArea) -> Option<f64>) -> f64 {
    if areas.iter().all(|area| area.population.is_some()) {
        return mean.coverage;
    }
    let included = areas.iter().filter(|area| area.population.is_some() && value(area).is_some());
    included.count() as f64 / areas.len() as f64
}

fn reversed_rank(rank: u32, country_areas: u32) -> f64 {
    f64::from(country_areas) + 1.0 - f64::from(rank)
}

/// The hundredth of the country's small areas that a rank falls into, from 1, the most deprived.
fn hundredth(rank: u32, country_areas: u32) -> u64 {
    (u64::from(rank) * 100).div_ceil(u64::from(country_areas))
}

/// How much a person counts in the extent, by the hundredth: nineteen equal steps from 0.95 to 0.05.
fn extent_weight(hundredth: u64) -> f64 {
    match hundredth {
        0..=10 => 1.0,
        11..=30 => 0.95 - 0.9 * (hundredth - 11) as f64 / 19.0,
        _ => 0.0,
    }
}

/// The mean of the highest reversed ranks, weighted by people, of exactly a tenth of all people.
fn local_concentration(mut ranked: Vec<(f64, f64)>) -> Option<f64> {
    ranked.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let mut wanting = ranked.iter().map(|(_, people)| people).sum::<f64>() / 10.0;
    let tenth = ranked.into_iter().map(|(rank, people)| {
        let counted = people.min(wanting);
        wanting -= counted;
        (Some(rank), Some(counted))
    });
    weighted_mean(tenth).map(|result| result.mean)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(rank: u32, population: f64) -> SmallArea {
        SmallArea { score: None, rank: Some(rank), population: Some(population) }
    }

    #[test]
    fn the_extent_counts_less_from_the_eleventh_to_the_thirtieth_hundredth() {
        let extent = |rank| summary_measures(&[area(rank, 10.0)], 100).extent.unwrap();
        let expected = [(1, 1.0), (10, 1.0), (11, 0.95), (12, 0.95 - 0.9 / 19.0), (30, 0.05), (31, 0.0), (100, 0.0)];
        for (rank, weight) in expected {
            assert!((extent(rank) - weight).abs() < 1e-15, "{rank}");
        }
    }

    #[test]
    fn tenths_of_32_844_small_areas_begin_where_the_published_ones_do() {
        let share = |rank| summary_measures(&[area(rank, 1.0)], 32_844).most_deprived_tenth;
        assert_eq!((share(3_284), share(3_285)), (Some(1.0), Some(0.0)));
    }

    #[test]
    fn local_concentration_takes_exactly_a_tenth_of_the_people() {
        // A tenth of 1,000 people: 60 of the first, 40 of the second.
        let areas = [area(50, 800.0), area(2, 140.0), area(1, 60.0)];
        let expected = (100.0 * 60.0 + 99.0 * 40.0) / 100.0;
        assert_eq!(summary_measures(&areas, 100).local_concentration, Some(expected));
    }

    #[test]
    fn what_is_missing_is_left_out_and_shows_in_the_coverage() {
        let without_rank = SmallArea { score: Some(9.0), rank: None, population: Some(100.0) };
        let of_another_country = SmallArea { score: None, rank: Some(101), population: Some(100.0) };
        let measures = summary_measures(&[area(1, 200.0), without_rank, of_another_country], 100);
        assert_eq!(measures.average_rank, Some(100.0));
        assert_eq!(measures.most_deprived_tenth, Some(1.0));
        assert_eq!((measures.average_score, measures.score_coverage), (None, None), "no rank, no part in it");
        assert_eq!(measures.coverage, Some(0.5));
        let with_score = |score, rank, population| SmallArea { score: Some(score), rank, population: Some(population) };
        let areas = [with_score(10.0, Some(3), 300.0), with_score(90.0, None, 600.0), area(4, 100.0)];
        let measures = summary_measures(&areas, 100);
        assert_eq!((measures.average_score, measures.score_coverage), (Some(10.0), Some(0.3)));
        assert_eq!(measures.coverage, Some(0.4));
    }

    #[test]
    fn where_people_are_not_known_areas_are_counted() {
        let unknown = SmallArea { score: None, rank: Some(2), population: None };
        let measures = summary_measures(&[area(1, 200.0), unknown, area(3, 1.0)], 100);
        assert_eq!(measures.coverage, Some(2.0 / 3.0));
        assert_eq!(measures.most_deprived_tenth, Some(1.0), "for which nobody has to be counted");
    }

    #[test]
    fn no_small_areas_have_no_measures() {
        let nothing = SummaryMeasures {
            average_score: None,
            average_rank: None,
            most_deprived_tenth: None,
            extent: None,
            local_concentration: None,
            coverage: None,
            score_coverage: None,
        };
        assert_eq!(summary_measures(&[], 100), nothing);
        assert_eq!(summary_measures(&[area(1, 10.0)], 0), nothing);
    }
}
