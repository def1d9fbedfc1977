//! Published rates from the most to the least deprived areas.

use tessera_atlas::AtlasView;
use tessera_atlas::inequality::{Inequality, NotCompared, Question};
use tessera_atlas::relate::Measure;

use crate::fixture::Folder;
use crate::real_data::{data, worcestershire};

const CHILDREN: &str = r#"
[[indicator]]
id = "idaci"
name = "Children in income deprivation"
kind = "proportion"
per = 1
unit = "of all children"
decimals = 3
[[table]]
file = "iod2019.csv"
geography = "lsoa11"
code = "LSOA code (2011)"
period = "2019"
[table.columns]
"Income Deprivation Affecting Children Index (IDACI) Score (rate)" = "idaci"
"Dependent Children aged 0-15: mid 2015 (excluding prisoners)" = { indicator = "idaci", field = "denominator" }
"#;

fn inequality(view: &AtlasView, by: &str) -> Inequality {
    let measure = |id: &str| Measure { indicator: view.indicator(id).unwrap(), period: "2019".parse().unwrap() };
    let geography = view.geography("lsoa11").unwrap();
    view.inequality(&Question { geography, value: measure("idaci"), by: measure(by) }).unwrap().unwrap()
}

fn assert_close(found: Option<f64>, expected: f64) {
    assert!(found.is_some_and(|found| (found - expected).abs() < 1e-9), "{found:?} is not {expected}");
}

#[test]
fn children_of_the_most_deprived_tenth_are_eleven_times_as_often_in_income_deprivation() {
    let Some(data) = data() else { return };
    let view = worcestershire(&data).adding("atlas.toml", CHILDREN).open();
    let by_decile = inequality(&view, "imd-decile");
    // Worked out in Python from the published file.
    assert_close(by_decile.slope_index, 0.320_660_944_087_822);
    assert_close(by_decile.gap, 0.363_339_118_140_860);
    assert_close(by_decile.ratio, 10.920_466_942_956_738);
    assert_eq!(by_decile.relative_index, None, "the line is below zero at its least deprived end");
    let first = by_decile.quantiles[0];
    assert_eq!((first.quantile, first.areas, first.population), (1, 18, 7007.0));
    assert_eq!((by_decile.n, by_decile.weighted_by.as_str()), (364, "denominators"));
    assert_eq!(
        by_decile.sentence,
        "Children in income deprivation, 2019: 0.400 of all children in the most deprived tenth by IMD decile, 2019, and 0.037 in the least \
         deprived tenth; along all tenths, the most deprived end is higher by 0.321, and how many times as much cannot be said, for the line through \
         them ends near zero or below it."
    );

    let by_score = inequality(&view, "imd-score");
    assert_close(by_score.slope_index, 0.314_917_895_907_619);
    assert_close(by_score.ratio, 7.299_695_830_973_789);
    let areas: Vec<usize> = by_score.quantiles.iter().map(|quantile| quantile.areas).collect();
    assert_eq!((areas.as_slice(), by_score.by.parts), (&[73, 73, 73, 73, 72][..], 5));
}

/// Areas without the weights that an indicator is averaged by are not put together by others.
#[test]
fn nothing_stands_in_for_weights_that_have_no_values() {
    let weighted_by = |weight: &str| {
        let pay = format!(
            "id = \"pay\"\nname = \"Pay\"\nkind = \"mean\"\naggregate = \"weighted-mean\"\nweight = \"{weight}\"\n\n\
             [[indicator]]\nid = \"need\"\nname = \"Need\"\nkind = \"score\"\npolarity = \"high-is-bad\"\naggregate = \"none\""
        );
        let csv = "CODE,P,N\nA1,40,5\nA2,30,20\nA3,10,90\nA4,20,80\n";
        let view = Folder::tiny().with_indicator(&pay, "P = \"pay\"\nN = \"need\"", csv).open();
        let measure = |id: &str| Measure { indicator: view.indicator(id).unwrap(), period: "2019".parse().unwrap() };
        let geography = view.geography("area").unwrap();
        let question = Question { geography, value: measure("pay"), by: measure("need") };
        view.inequality(&question).map(|found| found.unwrap().weighted_by)
    };
    assert_eq!(weighted_by("people").unwrap(), "People, 2019");
    assert!(matches!(weighted_by("people@2015"), Err(NotCompared::NoPopulation { .. })));
}
