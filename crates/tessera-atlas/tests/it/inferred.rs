//! What the manifest does not say and the data do.

use std::fmt::Write;

use crate::fixture::{Folder, collection, square, told};

/// The deciles, ranks and scores of four areas, where 900 were ranked: the first two are among the worst tenth.
const RANKED: &str = "CODE,LAD19NM,Decile,Rank,Other rank,Score\n\
    E01000001,Tinyshire,1,40,7,70\nE01000002,Tinyshire,1,12,9,81\nE01000003,Tinyshire,3,200,8,50\nE01000004,Tinyshire,9,800,1,3\n";

const INDICATORS: &str = r#"
[[geography]]
id = "country"
name = "Countries"
singular = "country"
areas = [{ code = "E92000001", name = "England" }]

[[indicator]]
id = "decile"
name = "Deprivation decile"
kind = "decile"
polarity = "high-is-good"

[[indicator]]
id = "rank"
name = "Deprivation rank"
kind = "rank"
out_of = 900
polarity = "high-is-good"

[[indicator]]
id = "other"
name = "Rank of something else"
kind = "rank"
out_of = 900
polarity = "high-is-good"

[[indicator]]
id = "score"
name = "Deprivation score"
kind = "score"
polarity = "high-is-bad"

[[table]]
file = "ranked.csv"
geography = "area"
code = "CODE"
period = "2019"
columns = { Decile = "decile", Rank = "rank", "Other rank" = "other", Score = "score" }
"#;

/// Four LSOAs whose manifest says nothing that their data say.
pub(crate) fn silent() -> Folder {
    let places = [(-2.0, 52.0), (-1.9, 52.0), (-2.0, 52.1), (-1.9, 52.1)];
    let codes = ["E01000001", "E01000002", "E01000003", "E01000004"];
    let features: Vec<String> =
        codes.iter().zip(places).map(|(code, (west, south))| square(code, west, south)).collect();
    let mut lookup = "CODE,DISTRICT,DISTRICT_NAME,UTLA19NM,RGN19NM,ICB22NM\n".to_owned();
    let mut people = "CODE,People\n".to_owned();
    for (code, district) in codes.iter().zip(["West", "East", "West", "East"]) {
        writeln!(lookup, "{code},{district},{district},Tinyshire,The Middle,Tiny Care Board").unwrap();
        writeln!(people, "{code},100").unwrap();
    }
    Folder::tiny()
        .with("areas.geojson", collection(&features))
        .with("lookup.csv", lookup)
        .with("people.csv", people)
        .with("ranked.csv", RANKED)
        .replacing("atlas.toml", "place = \"Tinyshire\"\n", "")
        .adding("atlas.toml", INDICATORS)
}

fn place(folder: &Folder) -> String {
    folder.open().info().place.en().to_owned()
}

fn ordered_by(folder: &Folder) -> Option<String> {
    folder.open().indicator("decile").unwrap().ordered_by.clone()
}

fn among(folder: &Folder, indicator: &str) -> Option<String> {
    folder.open().indicator(indicator).unwrap().among.as_ref().map(|among| among.en().to_owned())
}

#[test]
fn what_the_data_say_is_as_if_the_manifest_said_it() {
    let said = silent()
        .replacing("atlas.toml", "people = [\"people\"]", "people = [\"people\"]\nplace = \"Tinyshire\"")
        .replacing(
            "atlas.toml",
            "kind = \"decile\"",
            "kind = \"decile\"\nordered_by = \"rank\"\namong = \"areas in England\"",
        )
        .replacing("atlas.toml", "out_of = 900", "out_of = 900\namong = \"areas in England\"")
        .replacing("atlas.toml", "else\"\nkind = \"rank\"", "else\"\namong = \"areas in England\"\nkind = \"rank\"");
    assert_eq!(silent().id(), said.id());
    assert_eq!(said.problems(), "", "nothing is taken where all is said");
    insta::assert_snapshot!(silent().problems());
    let (_, report) = silent().read();
    assert!(report.problems.iter().all(|problem| problem.kind == "taken-from-data"), "{}", told(&report));
}

#[test]
fn what_the_manifest_says_stands() {
    let own = silent()
        .replacing("atlas.toml", "people = [\"people\"]", "people = [\"people\"]\nplace = \"Our towns\"")
        .replacing("atlas.toml", "kind = \"decile\"", "kind = \"decile\"\nordered_by = \"score\"\namong = \"places\"");
    assert_eq!(
        (place(&own), ordered_by(&own), among(&own, "decile")),
        ("Our towns".into(), Some("score".into()), Some("places".into()))
    );
}

#[test]
fn a_place_holds_all_areas_and_no_others() {
    assert_eq!(place(&silent()), "Tinyshire", "smaller than a region; a care board is no place");
    let in_two = silent().replacing("lookup.csv", "West,Tinyshire", "West,Bigshire");
    assert_eq!(place(&in_two), "The Middle");
    let part = silent().adding("lookup.csv", "E01000009,North,North,Tinyshire,The Middle,Tiny Care Board\n");
    assert_eq!(place(&part), "this atlas", "one more area lies in both");
    let unnamed = silent().replacing("lookup.csv", "UTLA19NM,RGN19NM", "Of,In");
    assert_eq!(place(&unnamed), "this atlas");
}

#[test]
fn the_one_area_of_a_parent_geography_is_the_place() {
    let county = "\n[[geography]]\nid = \"county\"\nname = \"Counties\"\nsingular = \"county\"\ndissolve = \"area\"\n\n\
        [[lookup]]\nchild = \"area\"\nparent = \"county\"\nfile = \"county.csv\"\nchild_code = \"CODE\"\nparent_code = \"COUNTY\"\nparent_label = \"NAME\"\n";
    let rows = "CODE,COUNTY,NAME\nE01000001,T,Tiny\nE01000002,T,Tiny\nE01000003,T,Tiny\nE01000004,T,Tiny\n";
    let folder = silent().adding("atlas.toml", county).with("county.csv", rows);
    assert_eq!(place(&folder), "Tiny");
    let partly = folder.adding("county.csv", "E01000009,T,Tiny\n");
    assert_eq!(place(&partly), "Tinyshire", "more lies in Tiny than is here");
}

#[test]
fn the_only_rank_that_fits_all_deciles_orders_them_or_else_the_only_score() {
    assert_eq!(ordered_by(&silent()), Some("rank".into()));
    let two = silent().with(
        "ranked.csv",
        RANKED
            .replace("Tinyshire,1,40,7", "Tinyshire,1,40,1")
            .replace(",8,50", ",10,50")
            .replace("800,1,3", "800,11,3"),
    );
    assert_eq!(ordered_by(&two), None, "two ranks fit");
    let contradicted = silent().with("ranked.csv", RANKED.replace("1,40,7", "1,240,7"));
    assert_eq!(ordered_by(&contradicted), Some("score".into()), "240 in the first decile, 200 in the third");
    let neither = silent().with("ranked.csv", RANKED.replace("1,40,7,70", "1,240,7,40"));
    assert_eq!(ordered_by(&neither), None);
    let elsewhere = silent().replacing(
        "atlas.toml",
        "Decile = \"decile\", ",
        "Decile = { indicator = \"decile\", period = \"2015\" }, ",
    );
    assert_eq!(ordered_by(&elsewhere), None, "ranks of another period");
}

#[test]
fn among_is_said_of_a_country_where_more_were_ranked_than_are_here() {
    assert_eq!(
        (among(&silent(), "rank"), among(&silent(), "decile")),
        (Some("areas in England".into()), Some("areas in England".into()))
    );
    let here = silent().replacing("atlas.toml", "out_of = 900", "out_of = 4");
    assert_eq!(among(&here, "rank"), None, "four were ranked, and four are here");
    let of_more = silent().replacing(
        "atlas.toml",
        "areas = [{ code = \"E92000001\", name = \"England\" }]",
        "areas = [{ code = \"X\", name = \"All\" }]",
    );
    assert_eq!(among(&of_more, "rank"), Some("areas in England".into()), "the codes say so");
    let of_all = of_more.replacing("atlas.toml", "out_of = 900", "out_of = 42619");
    assert_eq!(among(&of_all, "rank"), None, "England never had so many LSOAs");
    assert_eq!(among(&of_all, "decile"), None);
}

#[test]
fn a_decile_without_a_rank_was_made_among_the_country_that_areas_are_compared_with() {
    let alone = || {
        silent().replacing(
            "atlas.toml",
            "Rank = \"rank\", \"Other rank\" = \"other\", Score = \"score\"",
            "Score = \"score\"",
        )
    };
    assert_eq!(among(&alone(), "decile"), Some("areas in England".into()));
    let wales = alone().replacing("atlas.toml", "E92000001\", name = \"England", "W92000004\", name = \"Wales");
    assert_eq!(among(&wales, "decile"), None, "the codes are English");
    let own = alone().with("ranked.csv", RANKED.replace("Tinyshire,1,40", "Tinyshire,2,40"));
    assert_eq!(among(&own, "decile"), None, "one area in each decile: they may have been made here");
}
