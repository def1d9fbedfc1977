//! Published figures of English counties: the Indices of Deprivation 2019 and police outcomes of 2019.
//!
//! The files are not part of the repository. `TESSERA_REAL_DATA` names the folder that holds them;
//! without it the tests say that they were skipped.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test may fail, and says when it is skipped")]

use std::path::{Path, PathBuf};

use tessera_stats::classes;
use tessera_stats::mean::{mean, sum, weighted_mean};
use tessera_stats::rank::{First, ranks};

const SCORE: &str = "Index of Multiple Deprivation (IMD) Score";
const RANK: &str = "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)";
const DECILE: &str = "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)";
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

fn assert_close(ours: &[f64], published: &[f64]) {
    assert_eq!(ours.len(), published.len());
    for (ours, published) in ours.iter().zip(published) {
        assert!((ours - published).abs() < 1e-4, "{ours}, published {published}");
    }
}
