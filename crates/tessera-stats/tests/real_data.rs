//! Published figures: the English Indices of Deprivation 2019 in Worcestershire, 364 small areas.
//!
//! The file is not part of the repository. `TESSERA_REAL_DATA` names the folder that holds it;
//! without it the test says that it was skipped.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::path::Path;

use tessera_stats::classes;
use tessera_stats::mean::{mean, weighted_mean};
use tessera_stats::rank::{First, ranks};

const FILE: &str = "indicators/imd/by_authority/iod2019_file7_worcestershire.csv";
const SCORE: &str = "Index of Multiple Deprivation (IMD) Score";
const RANK: &str = "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)";
const DECILE: &str = "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)";
const POPULATION: &str = "Total population: mid 2015 (excluding prisoners)";

#[test]
fn the_imd_of_worcestershire_has_its_published_classes_means_and_order() {
    let Some(folder) = std::env::var_os("TESSERA_REAL_DATA") else {
        println!("skipped: TESSERA_REAL_DATA is not set");
        return;
    };
    let file = Path::new(&folder).join(FILE);
    let scores = column(&file, SCORE);
    assert_eq!(scores.iter().flatten().count(), 364);

    let quintiles = classes::quantile(&scores, 5).unwrap();
    assert_close(quintiles.bounds(), &[2.136, 8.0344, 11.9720, 17.7594, 26.6036, 76.145]);
    assert_eq!(quintiles.counts(&scores), [73, 73, 72, 73, 73]);

    let plain = mean(&scores).unwrap();
    let weighted = weighted_mean(scores.iter().copied().zip(column(&file, POPULATION))).unwrap();
    assert_close(&[plain, weighted.mean], &[18.0947, 18.0886]);
    assert_eq!((weighted.weight, weighted.coverage), (577_914.0, 1.0));

    let deciles = classes::published_quantile(10).unwrap();
    assert_eq!(deciles.counts(&column(&file, DECILE)), [18, 28, 28, 25, 49, 41, 39, 48, 49, 39]);

    let by_score = ranks(&scores, First::Highest);
    let by_national_rank = ranks(&column(&file, RANK), First::Lowest);
    let first = by_score.iter().position(|rank| *rank == Some(1));
    assert_eq!(first, by_national_rank.iter().position(|rank| *rank == Some(1)));
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
