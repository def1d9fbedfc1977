//! Two indicators of published data beside each other, against what other programs say of them.

use tessera_atlas::relate::{Measure, Question, Relation};
use tessera_atlas::{AtlasView, classes::Within};

use crate::real_data::{data, worcestershire};

const DOMAINS: &str = r#"
[[indicator]]
id = "income"
name = "Income score"
kind = "score"
[[indicator]]
id = "education"
name = "Education score"
kind = "score"
[[table]]
file = "iod2019.csv"
geography = "lsoa11"
code = "LSOA code (2011)"
period = "2019"
[table.columns]
"Income Score (rate)" = "income"
"Education, Skills and Training Score" = "education"
"#;

fn relate(view: &AtlasView, x: &str, y: &str, within: Option<Within<'_>>) -> Relation {
    let measure = |id: &str| Measure { indicator: view.indicator(id).unwrap(), period: "2019".parse().unwrap() };
    let geography = view.geography("lsoa11").unwrap();
    view.relate(&Question { geography, x: measure(x), y: measure(y), within }).unwrap().unwrap()
}

#[test]
fn income_and_education_of_worcestershire_go_together_strongly() {
    let Some(data) = data() else { return };
    let view = worcestershire(&data).adding("atlas.toml", DOMAINS).open();
    let found = relate(&view, "income", "education", None);
    // scipy's `pearsonr`, `spearmanr` and `linregress`
    let (pearson, spearman, line) = (found.pearson.unwrap(), found.spearman.unwrap(), found.line.unwrap());
    assert!((pearson.coefficient - 0.909_379).abs() < 5e-7 && (spearman.coefficient - 0.823_776).abs() < 5e-7);
    assert!((line.slope.value - 223.048_133).abs() < 1e-6 && (line.intercept.value + 3.494_802).abs() < 1e-6);
    assert_eq!((found.n, line.method), (364, "Student's t"));
    assert_eq!(
        found.sentence,
        "Over the 364 LSOAs in this atlas, Income score, 2019 and Education score, 2019 go together strongly: one tends \
         to be high where the other is high (Spearman's ρ 0.82, Pearson's r 0.91). This is about areas, not about the \
         people in them, and does not say why."
    );

    let districts = view.geography("lad").unwrap();
    let worcester = districts.areas().iter().position(|area| area.name == "Worcester").unwrap();
    let within = Within { geography: districts, position: worcester };
    assert_eq!(relate(&view, "income", "education", Some(within)).n, 63);
}

#[test]
fn a_decile_falls_where_its_score_rises() {
    let Some(data) = data() else { return };
    let view = worcestershire(&data).open();
    let found = relate(&view, "imd-score", "imd-decile", None);
    assert!(found.line.is_none() && found.spearman.unwrap().coefficient < -0.99);
    assert!(
        found.sentence.contains("one tends to be low where the other is high (Spearman's ρ −0.99)"),
        "{}",
        found.sentence
    );
}
