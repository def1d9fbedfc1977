//! A column summed up.

use tessera_atlas::AtlasView;
use tessera_atlas::classes::Within;
use tessera_atlas::deprivation::Question;
use tessera_atlas::relate::Measure;
use tessera_atlas::summary::{Scope, Summary};

use crate::fixture::{Folder, column};

fn view(indicator: &str, columns: &str, csv: &str) -> AtlasView {
    Folder::tiny().with_indicator(indicator, columns, csv).open()
}

fn summary(view: &AtlasView, indicator: &str, within: Option<&str>) -> Summary {
    let district = view.geography("district").unwrap();
    let within = within.map(|code| Within { geography: district, position: district.position(code).unwrap() });
    let (geography, indicator) = (view.geography("area").unwrap(), view.indicator(indicator).unwrap());
    let scope = Scope { geography, indicator, period: "2019".parse().unwrap(), within };
    view.summary(&scope).unwrap().unwrap()
}

/// A score with the people of the fixture (100, 300, 200, 400) for weights.
fn score() -> AtlasView {
    scores("CODE,V\nA1,10\nA2,20\nA3,40\nA4,[c]\n")
}

fn scores(table: &str) -> AtlasView {
    let indicator = "id = \"score\"\nname = \"Score\"\nkind = \"score\"\naggregate = \"weighted-mean\"\nweight = \"people\"\ndecimals = 1";
    view(indicator, "V = \"score\"", table)
}

#[test]
fn both_means_are_given_and_each_says_what_it_counts_by() {
    let summary = summary(&score(), "score", None);
    assert_eq!((summary.n, summary.missing), (3, 1));
    assert_eq!(summary.missing_by_status.get("suppressed"), Some(&1));
    let spread = summary.spread.unwrap();
    let quartiles = spread.quartiles;
    assert_eq!((quartiles.minimum, quartiles.lower_quartile, quartiles.median), (10.0, 15.0, 20.0));
    assert_eq!((quartiles.upper_quartile, quartiles.maximum), (30.0, 40.0));
    assert_eq!(spread.plain_mean, Some(70.0 / 3.0));
    let weighted = spread.weighted_mean.unwrap();
    assert_eq!((weighted.value, weighted.weighted_by.as_str(), weighted.coverage), (None, "People, 2019", 0.6));
    assert_eq!(
        weighted.reason.as_deref(),
        Some("Hidden to protect privacy, as is the number of 1 of its 4 areas; what is published covers 60% of it.")
    );
    let deviation = spread.standard_deviation.unwrap();
    assert!((deviation - 15.275_252_316_519_467).abs() < 1e-12, "{deviation}");
    assert_eq!(
        summary.sentence,
        "Score, 2019: 3 areas in Tinyshire (1 more hidden to protect privacy), from 10.0 to 40.0; the middle half between 15.0 and 30.0, the median 20.0; their \
         mean is 23.3 with each counting once."
    );
}

#[test]
fn the_weighted_mean_is_what_the_same_areas_have_as_a_set() {
    let of = |table: &str| summary(&scores(table), "score", None);
    let all = of("CODE,V\nA1,10\nA2,20\nA3,40\nA4,5\n");
    let weighted = all.spread.unwrap().weighted_mean.unwrap();
    assert_eq!((weighted.value, weighted.coverage, weighted.reason), (Some(17.0), 1.0, None));
    assert!(all.sentence.ends_with("with each counting once, and 17.0 weighted by People, 2019."), "{}", all.sentence);
    let most = of("CODE,V\nA1,..\nA2,20\nA3,40\nA4,5\n").spread.unwrap().weighted_mean.unwrap();
    assert_eq!((most.value, most.coverage, most.reason), (Some(16_000.0 / 900.0), 0.9, None));
    let few = of("CODE,V\nA1,10\nA2,20\nA3,40\nA4,..\n").spread.unwrap().weighted_mean.unwrap();
    assert_eq!((few.value, few.coverage), (None, 0.6));
    assert_eq!(few.reason.unwrap(), "What is published covers 60% of it; under 80% there is no value.");
}

#[test]
fn within_limits_everything_to_one_area() {
    let summary = summary(&score(), "score", Some("W"));
    assert_eq!((summary.n, summary.missing, summary.within.as_deref()), (2, 0, Some("district:W")));
    let named: Vec<(&str, f64)> = summary.highest.iter().map(|area| (area.code.as_str(), area.value)).collect();
    assert_eq!(named, [("A3", 40.0), ("A1", 10.0)]);
    assert_eq!(summary.lowest[0].code, "A1");
    assert_eq!(summary.histogram.unwrap().counts.iter().sum::<usize>(), 2);
}

#[test]
fn the_weighted_mean_of_a_proportion_is_the_ratio_of_its_sums() {
    let indicator = "id = \"share\"\nname = \"Share\"\nkind = \"proportion\"\naggregate = \"ratio-of-sums\"";
    let columns =
        "O = { indicator = \"share\", field = \"numerator\" }\nN = { indicator = \"share\", field = \"denominator\" }";
    let view = view(indicator, columns, "CODE,O,N\nA1,..,10\nA2,90,100\nA3,0,10\nA4,1,10\n");
    let weighted = summary(&view, "share", None).spread.unwrap().weighted_mean.unwrap();
    assert!((weighted.value.unwrap() - 100.0 * 91.0 / 120.0).abs() < 1e-12);
    assert_eq!((weighted.weighted_by.as_str(), weighted.coverage), ("denominators", 0.9));
}

#[test]
fn ranks_are_not_averaged_but_have_the_summary_measures_of_an_index() {
    let indicator = "id = \"place\"\nname = \"Place\"\nkind = \"rank\"\nout_of = 100\npolarity = \"high-is-good\"";
    let view = view(indicator, "V = \"place\"", "CODE,V\nA1,5\nA2,20\nA3,90\nA4,80\n");
    let summary = summary(&view, "place", None);
    let spread = summary.spread.unwrap();
    assert_eq!((spread.plain_mean, spread.standard_deviation), (None, None));
    assert!(spread.weighted_mean.is_none());
    let measures = summary.summary_measures.unwrap();
    assert_eq!((measures.out_of, measures.weighted_by.as_str()), (100, "People, 2019"));
    assert_eq!(
        measures.measures.average_rank,
        Some((96.0 * 100.0 + 81.0 * 300.0 + 11.0 * 200.0 + 21.0 * 400.0) / 1000.0)
    );
    assert_eq!(
        (measures.measures.most_deprived_tenth, measures.measures.local_concentration),
        (Some(0.25), Some(96.0))
    );
    assert_eq!(summary.highest[0].code, "A3");
}

/// The average score of a district is the same on the map of scores and among the measures.
#[test]
fn the_measures_of_an_index_are_weighted_as_its_score_is() {
    const COUNTED: &str = "\n[[indicator]]\nid = \"counted\"\nname = \"Counted\"\nkind = \"count\"\naggregate = \"sum\"\n\n\
        [[indicator]]\nid = \"place\"\nname = \"Place\"\nkind = \"rank\"\nout_of = 100\npolarity = \"high-is-good\"\n";
    let score = "id = \"score\"\nname = \"Score\"\nkind = \"score\"\npolarity = \"high-is-bad\"\naggregate = \"weighted-mean\"\nweight = \"counted\"";
    let columns = "S = \"score\"\nR = \"place\"\nN = \"counted\"";
    let csv = "CODE,S,R,N\nA1,40,5,10\nA2,30,20,10\nA3,10,90,30\nA4,20,80,50\n";
    let view = Folder::tiny().adding("atlas.toml", COUNTED).with_indicator(score, columns, csv).open();
    let (geography, period) = (view.geography("area").unwrap(), "2019".parse().unwrap());
    let measure = |id: &str| Measure { indicator: view.indicator(id).unwrap(), period };
    let question = Question {
        geography,
        rank: measure("place"),
        score: Some(measure("score")),
        of: view.geography("district"),
        within: None,
        sets: &[],
    };
    let found = view.deprivation(&question).unwrap().unwrap();
    assert_eq!(found.weighted_by.as_deref(), Some("Counted, 2019"));
    let averages: Vec<Option<f64>> = found.areas.iter().map(|area| area.measures.average_score).collect();
    assert_eq!(averages, column(&view, "district", "score", "2019").values);
}

#[test]
fn categories_have_a_number_and_nothing_that_needs_an_order() {
    let indicator = "id = \"sort\"\nname = \"Sort\"\nkind = \"category\"\ncategories = [\"Urban\", \"Rural\"]";
    let view = view(indicator, "V = \"sort\"", "CODE,V\nA1,Urban\nA2,Rural\nA3,Rural\nA4,Urban\n");
    let summary = summary(&view, "sort", None);
    assert!(summary.spread.is_none() && summary.histogram.is_none() && summary.highest.is_empty());
    assert_eq!(summary.sentence, "Sort, 2019: 4 areas in Tinyshire have a value.");
}

#[test]
fn a_column_without_any_value_has_no_numbers() {
    let view = view(
        "id = \"score\"\nname = \"Score\"\nkind = \"score\"",
        "V = \"score\"",
        "CODE,V\nA1,[c]\nA2,5\nA3,[c]\nA4,6\n",
    );
    let summary = summary(&view, "score", Some("W"));
    assert_eq!((summary.n, summary.missing), (0, 2));
    assert!(summary.spread.is_none() && summary.histogram.is_none() && summary.lowest.is_empty());
    assert_eq!(summary.sentence, "Score, 2019: no value for any area in West.");
}

#[test]
fn a_proportion_of_one_is_no_percentage() {
    for (per, unit) in [("", "%"), ("per = 100", "%"), ("per = 1", "")] {
        let indicator = format!("id = \"share\"\nname = \"Share\"\nkind = \"proportion\"\n{per}");
        let view = view(&indicator, "V = \"share\"", "CODE,V\nA1,0.4\nA2,0.5\nA3,0.6\nA4,0.7\n");
        assert_eq!(view.indicator("share").unwrap().unit.en(), unit, "{per}");
    }
}
