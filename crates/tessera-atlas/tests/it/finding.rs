//! The sentence over the map.

use std::fmt::Write;

use tessera_atlas::AtlasView;
use tessera_atlas::classes::Question;

use crate::fixture::{Folder, collection, square};

/// Fifteen areas, of which the first have these ranks among 400.
fn ranked(ranks: &[&str]) -> AtlasView {
    let (mut squares, mut lookup) = (Vec::new(), "CODE,DISTRICT,DISTRICT_NAME\n".to_owned());
    let (mut people, mut table) = ("CODE,People\n".to_owned(), "CODE,V\n".to_owned());
    for number in 0..15 {
        let code = format!("A{number:02}");
        squares.push(square(&code, f64::from(number - 20) / 10.0, 52.0));
        writeln!(lookup, "{code},W,West").unwrap();
        writeln!(people, "{code},100").unwrap();
    }
    for (number, rank) in ranks.iter().enumerate() {
        writeln!(table, "A{number:02},{rank}").unwrap();
    }
    let rank = "id = \"rank\"\nname = \"Rank\"\nkind = \"rank\"\npolarity = \"high-is-good\"\nout_of = 400\nworst = \"worst\"\nbest = \"best\"\n\
                among = \"areas\"";
    Folder::tiny()
        .with("areas.geojson", collection(&squares))
        .with("lookup.csv", lookup)
        .with("people.csv", people)
        .with_indicator(rank, "V = \"rank\"", &table)
        .open()
}

fn finding(view: &AtlasView) -> String {
    let (geography, indicator) = (view.geography("area").unwrap(), view.indicator("rank").unwrap());
    let question = Question::new(geography, indicator, "2019".parse().unwrap());
    view.classes(&question).unwrap().unwrap().sentence
}

#[test]
fn half_of_the_areas_are_among_as_many_places_whoever_shares_one() {
    let shared = ["7.5", "7.5", "7.5", "7.5", "1", "2", "3", "4", "5", "10", "11", "12", "13", "14", "15"];
    assert_eq!(
        finding(&ranked(&shared)),
        "Rank, 2019: worst is Area A04, 1st of 400 areas; half of the 15 areas are among the first 8."
    );
}

#[test]
fn areas_without_a_rank_are_not_spoken_of_and_those_that_share_the_first_are_several() {
    let ranks = ["1", "1", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13"];
    assert_eq!(
        finding(&ranked(&ranks)),
        "Rank, 2019: worst are Area A00 and 1 other area, 1st of 400 areas; half of the 13 areas with a value are among the first 7."
    );
}

/// What is said of four areas, of which the first and the third lie in the west.
fn of_four(kind: &str, values: &str) -> String {
    let indicator = format!("id = \"v\"\nname = \"V\"\nkind = \"{kind}\"");
    let table: String = ["A1", "A2", "A3", "A4"]
        .iter()
        .zip(values.split(' '))
        .map(|(code, value)| format!("{code},{}\n", value.trim_matches('-')))
        .collect();
    let view = Folder::tiny().with_indicator(&indicator, "V = \"v\"", &format!("CODE,V\n{table}")).open();
    let (geography, indicator) = (view.geography("area").unwrap(), view.indicator("v").unwrap());
    view.classes(&Question::new(geography, indicator, "2019".parse().unwrap())).unwrap().unwrap().sentence
}

#[test]
fn where_all_of_the_worst_are_in_one_larger_area_they_are_not_counted_again() {
    for (deciles, said) in [
        ("1 1 1 1", "4 of the 4 areas in Tinyshire are in decile 1; 2 of them are in East."),
        ("1 5 1 7", "2 of the 4 areas in Tinyshire are in decile 1; both are in West."),
        ("1 5 5 7", "1 of the 4 areas in Tinyshire is in decile 1; it is in West."),
    ] {
        assert_eq!(of_four("decile", deciles), format!("V, 2019: {said}"));
    }
}

#[test]
fn a_lone_value_is_said_with_its_area() {
    assert_eq!(of_four("mean", "- - 4.25 -"), "V, 2019: 4.3 in Area A3, the only area with a value.");
    assert_eq!(of_four("mean", "2 - 2 -"), "V, 2019: 2.0 in all 2 areas with a value.");
}
