//! The summary measures of an index of deprivation, where something is hidden or missing.

use tessera_atlas::deprivation::{Measures, Question};
use tessera_atlas::relate::Measure;

use crate::fixture::Folder;

/// The measures of the whole tiny atlas and of a set of A1 and A2, from rows of area, rank of 100 and score; of the people as
/// this CSV has them.
fn measures(people: &str, rows: &str) -> ([Measures; 2], String) {
    let indicators = "\n[[indicator]]\nid = \"rank\"\nname = \"Rank\"\nkind = \"rank\"\npolarity = \"high-is-good\"\nout_of = 100\n\n\
                      [[indicator]]\nid = \"score\"\nname = \"Score\"\nkind = \"score\"\npolarity = \"high-is-bad\"\naggregate = \"weighted-mean\"\nweight = \"people\"\n\n\
                      [[table]]\nfile = \"index.csv\"\ngeography = \"area\"\ncode = \"CODE\"\nperiod = \"2019\"\n\
                      [table.columns]\nR = \"rank\"\nS = \"score\"\n";
    let view = Folder::tiny()
        .adding("atlas.toml", indicators)
        .with("people.csv", format!("CODE,People\n{people}"))
        .with("index.csv", format!("CODE,R,S\n{rows}"))
        .open();
    let geography = view.geography("area").unwrap();
    let measure = |id: &str| Measure { indicator: view.indicator(id).unwrap(), period: "2019".parse().unwrap() };
    let sets = [view.draw("Drawn", geography, 0..2).unwrap()];
    let question = Question { geography, rank: measure("rank"), score: Some(measure("score")), of: None, sets: &sets };
    let found = view.deprivation(&question).unwrap().unwrap();
    ([found.overall, found.sets[0].measures], found.sentence)
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
