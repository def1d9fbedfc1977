//! What the files of the demo atlas say, read here by other means than the program's own.

use std::collections::BTreeMap;

use crate::harness::project;

/// A CSV file as a column of texts by heading.
pub(crate) fn column(file: &str, heading: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_path(project().join("data").join(file)).unwrap();
    let position = reader.headers().unwrap().iter().position(|own| own == heading).unwrap();
    reader.records().map(|record| record.unwrap()[position].to_owned()).collect()
}

/// A column of a file by the codes in its first one.
pub(crate) fn by_code(file: &str, code: &str, heading: &str) -> BTreeMap<String, String> {
    column(file, code).into_iter().zip(column(file, heading)).collect()
}

/// The numbers of a column by LSOA, in the order of their codes.
pub(crate) fn by_lsoa(file: &str, heading: &str) -> BTreeMap<String, f64> {
    by_code(file, "LSOA11CD", heading).into_iter().map(|(code, text)| (code, text.parse().unwrap())).collect()
}

/// The district of each LSOA.
pub(crate) fn districts() -> BTreeMap<String, String> {
    by_code("lookups/lsoa11-lad11.csv", "LSOA11CD", "LAD11CD")
}

/// A column of LSOAs summed by district.
pub(crate) fn district_sums(file: &str, heading: &str) -> BTreeMap<String, f64> {
    let districts = districts();
    let mut sums = BTreeMap::new();
    for (lsoa, number) in by_lsoa(file, heading) {
        *sums.entry(districts[&lsoa].clone()).or_default() += number;
    }
    sums
}

/// Crimes of a month per 1,000 residents, in the order of the LSOAs' codes.
pub(crate) fn crime_rates(month: &str) -> Vec<f64> {
    let residents = by_lsoa("census2011.csv", "Residents");
    let crimes = by_lsoa(&format!("crime-{month}.csv"), "All crime");
    crimes.iter().map(|(code, crimes)| crimes / residents[code] * 1000.0).collect()
}
