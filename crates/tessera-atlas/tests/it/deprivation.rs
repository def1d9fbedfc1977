//! The summary measures of an index of deprivation, where something is hidden or missing.

use tessera_atlas::AtlasView;
use tessera_atlas::classes::Within;
use tessera_atlas::deprivation::{Deprivation, Measures, Question};
use tessera_atlas::relate::Measure;

use crate::fixture::Folder;

/// The measures of the whole tiny atlas and of a set of A1 and A2, from rows of area, rank of 100 and score; of the people as
/// this CSV has them.
fn measures(people: &str, rows: &str) -> ([Measures; 2], String) {
    let found = found(&view("people", people, rows), None);
    ([found.overall, found.sets[0].measures], found.sentence)
}

/// The tiny atlas with an index whose score is averaged by these weights.
fn view(weight: &str, people: &str, rows: &str) -> AtlasView {
    let indicators = "\n[[indicator]]\nid = \"rank\"\nname = \"Rank\"\nkind = \"rank\"\npolarity = \"high-is-good\"\nout_of = 100\n\n\
                      [[indicator]]\nid = \"score\"\nname = \"Score\"\nkind = \"score\"\npolarity = \"high-is-bad\"\naggregate = \"weighted-mean\"\nweight = \"people\"\n\n\
                      [[table]]\nfile = \"index.csv\"\ngeography = \"area\"\ncode = \"CODE\"\nperiod = \"2019\"\n\
                      [table.columns]\nR = \"rank\"\nS = \"score\"\n";
    let indicators = indicators.replace("weight = \"people\"", &format!("weight = \"{weight}\""));
    Folder::tiny()
        .adding("atlas.toml", &indicators)
        .with("people.csv", format!("CODE,People\n{people}"))
        .with("index.csv", format!("CODE,R,S\n{rows}"))
        .open()
}

/// The measures of districts inside one, and of a set of A1 and A2.
fn found(view: &AtlasView, within: Option<&str>) -> Deprivation {
    let geography = view.geography("area").unwrap();
    let measure = |id: &str| Measure { indicator: view.indicator(id).unwrap(), period: "2019".parse().unwrap() };
    let sets = [view.draw("Drawn", geography, 0..2).unwrap()];
    let (rank, score) = (measure("rank"), Some(measure("score")));
    let of = view.geography("district").unwrap();
    let within = within.map(|code| Within { geography: of, position: of.position(code).unwrap() });
    view.deprivation(&Question { geography, rank, score, of: Some(of), within, sets: &sets }).unwrap().unwrap()
}

const PEOPLE: &str = "A1,100\nA2,300\nA3,200\nA4,400\n";
const INDEX: &str = "A1,5,90\nA2,20,10\nA3,30,10\nA4,40,10\n";

#[test]
fn where_people_are_hidden_only_the_share_of_small_areas_is_known() {
    let ([whole, set], sentence) = measures(&PEOPLE.replace("A1,100", "A1,[c]"), INDEX);
    for (measures, coverage, tenth) in [(whole, 0.75, 0.25), (set, 0.5, 0.5)] {
        assert_eq!((measures.coverage, measures.most_deprived_tenth), (Some(coverage), Some(tenth)));
        let weighted = [measures.average_score, measures.average_rank, measures.extent, measures.local_concentration];
        assert_eq!(weighted, [None; 4]);
    }
    assert!(sentence.contains("not given where a number is hidden"), "{sentence}");
    let ([whole, _], sentence) = measures(PEOPLE, INDEX);
    assert_eq!((whole.average_score, whole.coverage), (Some(18.0), Some(1.0)));
    assert!(!sentence.contains("not given"), "{sentence}");
}

#[test]
fn a_hidden_number_hides_what_it_is_part_of() {
    // Of 1,000 people, 900 live where everything is published.
    let ([whole, _], _) = measures(PEOPLE, &INDEX.replace("A1,5,90", "A1,5,[c]"));
    assert_eq!((whole.average_score, whole.average_rank.is_some(), whole.coverage), (None, true, Some(1.0)));
    let ([whole, _], _) = measures(PEOPLE, &INDEX.replace("A1,5,90", "A1,[c],90"));
    assert_eq!((whole.average_score, whole.average_rank, whole.coverage), (None, None, Some(0.9)));
    assert_eq!((whole.areas, whole.most_deprived_tenth), (3, Some(0.0)));
}

#[test]
fn a_small_area_without_a_rank_has_no_part_in_the_average_score() {
    let ([whole, _], _) = measures(PEOPLE, &INDEX.replace("A1,5,90", "A1,..,90"));
    assert_eq!((whole.areas, whole.coverage, whole.average_score), (3, Some(0.9), Some(10.0)));
    let ([whole, _], _) = measures(PEOPLE, &INDEX.replace("A4,40,10", "A4,40,.."));
    assert_eq!((whole.areas, whole.coverage, whole.average_score), (4, Some(1.0), None), "scores of 60% of the people");
    assert!(whole.average_rank.is_some());
}

#[test]
fn nothing_stands_in_for_the_weights_of_the_score_where_they_have_no_values() {
    let view = view("people@2015", PEOPLE, INDEX);
    let found = found(&view, None);
    let whole = found.overall;
    assert_eq!((found.weighted_by, whole.average_score, whole.average_rank, whole.coverage), (None, None, None, None));
    assert_eq!(whole.most_deprived_tenth, Some(0.25));
    assert!(
        found.sentence.contains("weighted by People, which has no values for areas in 2015."),
        "{}",
        found.sentence
    );
    let (district, score) = (view.geography("district").unwrap(), view.indicator("score").unwrap());
    assert!(view.periods(district, score).is_empty(), "it is not added up in any other way either");
}

#[test]
fn inside_one_area_only_what_lies_there_is_measured() {
    let view = view("people", PEOPLE, INDEX);
    let all = found(&view, None);
    let one = found(&view, Some(&all.areas[1].code));
    assert_eq!((one.areas.len(), &one.areas[0].name), (1, &all.areas[1].name));
    assert_eq!((one.areas[0].measures, one.overall), (all.areas[1].measures, all.areas[1].measures));
    assert_eq!(one.areas[0].ranks.average_score, Some(1), "its place is one among those inside");
    assert!(one.sentence.contains(&format!("{}: average score", one.areas[0].name)), "{}", one.sentence);
}
