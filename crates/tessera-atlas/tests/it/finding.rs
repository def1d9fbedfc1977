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
