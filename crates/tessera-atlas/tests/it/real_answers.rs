//! Answers about published data, where a folder of them is given in `TESSERA_REAL_DATA`: figures that others have published, or
//! that follow from the files by hand.

use tessera_atlas::classes::{Method, Question, Within};
use tessera_atlas::summary::{Scope, Summary};

use crate::fixture::Folder;
use crate::real_data::{data, worcestershire};

const CAMBRIDGESHIRE: &str = r#"format = 1
[atlas]
id = "cambridgeshire"
title = "Cambridgeshire"
[disclosure]
none = "published by data.police.uk"
[[geography]]
id = "lsoa11"
name = "LSOAs (2011)"
singular = "LSOA"
boundaries = "lsoa11.geojson"
code = "LSOA11CD"
label = "LSOA11NM"
[[indicator]]
id = "outcomes"
name = "Police outcomes"
kind = "count"
[[table]]
file = "outcomes.csv"
geography = "lsoa11"
code = "LSOA11CD"
period = "2019"
[table.columns]
"Outcomes" = "outcomes"
"#;

/// A table of months as one of the year.
fn year(months: &str) -> String {
    let rows = months.lines().skip(1).map(|row| {
        let (code, months) = row.split_once(',').unwrap();
        let outcomes: u32 = months.split(',').map(|month| month.trim().parse::<u32>().unwrap()).sum();
        format!("{code},{outcomes}\n")
    });
    "LSOA11CD,Outcomes\n".to_owned() + &rows.collect::<String>()
}

#[test]
fn one_busy_area_of_cambridge_spoils_equal_steps_and_the_note_offers_quantiles() {
    let Some(data) = data() else { return };
    let read = |path: &str| std::fs::read_to_string(data.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let months = read("indicators/crime/police_outcomes_by_month_2019_cambridgeshire_lsoa11.csv");
    let view = Folder::tiny()
        .with("atlas.toml", CAMBRIDGESHIRE)
        .with("lsoa11.geojson", read("boundaries/lsoa11/cambridgeshire.geojson"))
        .with("outcomes.csv", year(&months))
        .open();
    let (geography, indicator) = (view.geography("lsoa11").unwrap(), view.indicator("outcomes").unwrap());
    let classes = |method: Method| {
        let question = Question { method, ..Question::new(geography, indicator, "2019".parse().unwrap()) };
        view.classes(&question).unwrap().unwrap()
    };
    let equal = classes(Method::Equal);
    assert_eq!(equal.counts, [371, 3, 0, 0, 1]);
    let warning = "371 of 375 areas are in one class. Quantiles would make classes of 76, 76, 73, 75 and 75, with breaks at 46, 65, 91.4 and 132.6.";
    assert_eq!(equal.note.as_deref(), Some(warning));
    let quantiles = classes(Method::Quantile);
    assert_eq!((quantiles.counts, quantiles.note), (vec![76, 76, 73, 75, 75], None));
    for (found, expected) in quantiles.breaks[1..].iter().zip([46.0, 65.0, 91.4, 132.6, 2971.0]) {
        assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
    }
}

#[test]
fn the_summary_measures_of_worcestershires_districts_are_as_published() {
    let Some(data) = data() else { return };
    let rank = "[[indicator]]\nid = \"imd-rank\"\nname = \"IMD rank\"\nkind = \"rank\"\nout_of = 32844\npolarity = \"high-is-good\"\n[[table]]\n\
                file = \"iod2019.csv\"\ngeography = \"lsoa11\"\ncode = \"LSOA code (2011)\"\nperiod = \"2019\"\n[table.columns]\n\
                \"Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)\" = \"imd-rank\"\n";
    let view = worcestershire(&data).adding("atlas.toml", rank).open();
    let districts = view.geography("lad").unwrap();
    let summary = |indicator: &str, district: &str| -> Summary {
        let position = districts.areas().iter().position(|area| area.name == district).unwrap();
        let scope = Scope {
            geography: view.geography("lsoa11").unwrap(),
            indicator: view.indicator(indicator).unwrap(),
            period: "2019".parse().unwrap(),
            within: Some(Within { geography: districts, position }),
        };
        view.summary(&scope).unwrap().unwrap()
    };
    for (district, tenth) in [("Worcester", 8.0 / 63.0), ("Redditch", 5.0 / 55.0), ("Wyre Forest", 4.0 / 65.0)] {
        let measures = summary("imd-rank", district).summary_measures.unwrap();
        assert_eq!(measures.measures.most_deprived_tenth, Some(tenth), "{district}");
        assert_eq!((measures.weighted_by.as_str(), measures.measures.coverage), ("Population, 2015", Some(1.0)));
    }
    for id in ["imd-score", "imd-rank"] {
        let index = view.index_of_deprivation(view.indicator(id).unwrap()).unwrap().unwrap();
        assert_eq!((index.rank.id.as_str(), index.score.unwrap().id.as_str()), ("imd-rank", "imd-score"), "{id}");
    }
    let spread = summary("imd-score", "Worcester").spread.unwrap();
    assert_eq!(format!("{:.2}", spread.plain_mean.unwrap()), "21.26");
    assert_eq!(format!("{:.2}", spread.weighted_mean.unwrap().value.unwrap()), "20.41");
}
