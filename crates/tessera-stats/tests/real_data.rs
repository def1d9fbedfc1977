//! Published figures of English counties: the Indices of Deprivation 2019 and police outcomes of 2019.
//!
//! The files are not part of the repository. `TESSERA_REAL_DATA` names the folder that holds them;
//! without it the tests say that they were skipped.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test may fail, and says when it is skipped")]

use std::path::{Path, PathBuf};

use tessera_stats::classes;
use tessera_stats::deprivation::{SmallArea, SummaryMeasures, summary_measures};
use tessera_stats::intervals::Confidence;
use tessera_stats::mean::{mean, sum, weighted_mean};
use tessera_stats::rank::{First, ranks};
use tessera_stats::relation::relation;

const SCORE: &str = "Index of Multiple Deprivation (IMD) Score";
const RANK: &str = "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)";
const DECILE: &str = "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)";
const DISTRICT: &str = "Local Authority District name (2019)";
const INCOME: &str = "Income Score (rate)";
const EDUCATION: &str = "Education, Skills and Training Score";
const POPULATION: &str = "Total population: mid 2015 (excluding prisoners)";

#[test]
fn imd_scores_have_their_published_quintiles_and_means() {
    let counties = [
        ("worcestershire", [8.0344, 11.9720, 17.7594, 26.6036], 18.0947, 18.0886, 577_914.0),
        ("leicester", [18.2882, 24.6102, 31.4598, 43.9592], 30.8947, 30.8767, 343_915.0),
        ("cambridgeshire", [6.3178, 9.7640, 14.0294, 19.9812], 13.8394, 13.8581, 639_932.0),
    ];
    for (county, quintiles, plain, weighted, population) in counties {
        let Some(file) = real_data(&format!("indicators/imd/by_authority/iod2019_file7_{county}.csv")) else { return };
        let scores = column(&file, SCORE);
        let breaks = classes::quantile(&scores, 5).unwrap();
        assert_close(&breaks.bounds()[1..5], &quintiles);

        let result = weighted_mean(scores.iter().copied().zip(column(&file, POPULATION))).unwrap();
        assert_close(&[mean(&scores).unwrap(), result.mean], &[plain, weighted]);
        assert_eq!((result.weight, result.coverage), (population, 1.0), "{county}");
    }
}

#[test]
fn the_imd_of_worcestershire_has_its_published_deciles_and_order() {
    let Some(file) = real_data("indicators/imd/by_authority/iod2019_file7_worcestershire.csv") else { return };
    let deciles = classes::published_quantile(10).unwrap();
    assert_eq!(deciles.counts(&column(&file, DECILE)), [18, 28, 28, 25, 49, 41, 39, 48, 49, 39]);

    let scores = column(&file, SCORE);
    assert_eq!(classes::quantile(&scores, 5).unwrap().counts(&scores), [73, 73, 72, 73, 73]);
    let most_deprived = |ranks: Vec<Option<u32>>| ranks.iter().position(|rank| *rank == Some(1));
    let by_score = most_deprived(ranks(&scores, First::Highest));
    assert_eq!(by_score, most_deprived(ranks(&column(&file, RANK), First::Lowest)));
}

#[test]
fn districts_have_their_published_average_scores() {
    let Some(file) = real_data("indicators/imd/by_authority/iod2019_file7_worcestershire.csv") else { return };
    let of = |district: &str| summary_of(&file, district);
    let districts = [
        ("Redditch", 22.52),
        ("Wyre Forest", 22.44),
        ("Worcester", 20.41),
        ("Malvern Hills", 16.07),
        ("Wychavon", 15.77),
        ("Bromsgrove", 11.70),
    ];
    for (district, average_score) in districts {
        assert!((of(district).average_score.unwrap() - average_score).abs() < 5e-3, "{district}");
    }
    let tenths = ["Worcester", "Redditch", "Bromsgrove"].map(|district| of(district).most_deprived_tenth);
    assert_eq!(tenths, [Some(8.0 / 63.0), Some(5.0 / 55.0), Some(0.0)]);
}

#[test]
fn income_and_education_scores_go_together_as_published() {
    let counties = [("worcestershire", 0.909379), ("leicester", 0.870322), ("cambridgeshire", 0.844309)];
    for (county, pearson) in counties {
        let Some(file) = real_data(&format!("indicators/imd/by_authority/iod2019_file7_{county}.csv")) else { return };
        let (income, education) = (column(&file, INCOME), column(&file, EDUCATION));
        let relation = relation(&income, &education, Confidence::Percent95).unwrap();
        assert!((relation.pearson.coefficient - pearson).abs() < 5e-7, "{county}: {relation:?}");
        if county == "worcestershire" {
            assert!((relation.spearman.coefficient - 0.823776).abs() < 5e-7, "{relation:?}");
        }
    }
}

#[test]
fn a_skewed_count_fills_quantiles_and_leaves_equal_intervals_empty() {
    let path = "indicators/crime/police_outcomes_by_month_2019_cambridgeshire_lsoa11.csv";
    let Some(file) = real_data(path) else { return };
    let months: Vec<_> = (1..=12).map(|month| column(&file, &format!("2019-{month:02}"))).collect();
    let year_of = |area| sum(&months.iter().map(|month: &Vec<_>| month[area]).collect::<Vec<_>>());
    let outcomes: Vec<_> = (0..months[0].len()).map(year_of).collect();

    let quintiles = classes::quantile(&outcomes, 5).unwrap();
    assert_close(&quintiles.bounds()[1..], &[46.0, 65.0, 91.4, 132.6, 2971.0]);
    assert_eq!(quintiles.counts(&outcomes), [76, 76, 73, 75, 75]);
    let equal = classes::equal_interval(&outcomes, 5).unwrap();
    assert_eq!(equal.counts(&outcomes), [371, 3, 0, 0, 1]);
}

fn real_data(path: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("TESSERA_REAL_DATA");
    if folder.is_none() {
        println!("skipped: TESSERA_REAL_DATA is not set");
    }
    folder.map(|folder| Path::new(&folder).join(path))
}

fn column(file: &Path, heading: &str) -> Vec<Option<f64>> {
    let mut reader = csv::Reader::from_path(file).unwrap();
    let index = reader.headers().unwrap().iter().position(|field| field == heading).unwrap();
    reader.records().map(|record| record.unwrap()[index].parse().ok()).collect()
}

/// The summary measures of a district, from its small areas.
fn summary_of(file: &Path, district: &str) -> SummaryMeasures {
    let mut reader = csv::Reader::from_path(file).unwrap();
    let index = reader.headers().unwrap().iter().position(|field| field == DISTRICT).unwrap();
    let inside: Vec<bool> = reader.records().map(|record| &record.unwrap()[index] == district).collect();
    let columns = [SCORE, RANK, POPULATION].map(|heading| column(file, heading));
    let area = |i: usize| SmallArea {
        score: columns[0][i],
        rank: columns[1][i].map(|rank| rank as u32),
        population: columns[2][i],
    };
    let areas: Vec<SmallArea> = (0..inside.len()).filter(|i| inside[*i]).map(area).collect();
    summary_measures(&areas, 32_844)
}

fn assert_close(ours: &[f64], published: &[f64]) {
    assert_eq!(ours.len(), published.len());
    for (ours, published) in ours.iter().zip(published) {
        assert!((ours - published).abs() < 1e-4, "{ours}, published {published}");
    }
}
