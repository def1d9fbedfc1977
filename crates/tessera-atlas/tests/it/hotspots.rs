//! Hotspots of a chessboard, whose values have a pattern that is known.

use std::fmt::Write;
use std::sync::Arc;

use tessera_atlas::hotspots::{Findings, Hotspots, NoHotspots, Permutations, Question, Smoothing, Statistic};
use tessera_atlas::store::{ColumnCache, Store, write_edition};
use tessera_atlas::{AtlasView, Audience};

use crate::fixture::{Folder, collection, square};

const SIDE: u32 = 12;

const MANIFEST: &str = r#"format = 1
[atlas]
id = "board"
title = "Board"
place = "Boardshire"
[disclosure]
none = "invented numbers"
[[geography]]
id = "square"
name = "Squares"
singular = "square"
boundaries = "areas.geojson"
code = "CODE"
label = "NAME"
[[geography]]
id = "half"
name = "Halves"
singular = "half"
dissolve = "square"
[[lookup]]
child = "square"
parent = "half"
file = "values.csv"
child_code = "CODE"
parent_code = "HALF"
[[indicator]]
id = "score"
name = "Score"
kind = "score"
polarity = "POLARITY"
[[indicator]]
id = "cases"
name = "Cases"
kind = "rate"
per = 100
[[table]]
file = "values.csv"
geography = "square"
code = "CODE"
period = "2019"
[table.columns]
"SCORE" = "score"
"CASES" = { indicator = "cases", field = "numerator" }
"PEOPLE" = { indicator = "cases", field = "denominator" }
"#;

fn code(row: u32, column: u32) -> String {
    format!("R{row:02}C{column:02}")
}

/// Values without a pattern, from 0 to 6.
fn noise(row: u32, column: u32) -> u32 {
    (row * row * 31 + column * 17 + row * column * column) % 7
}

/// A board of squares with a score in each; an empty one has none. Everywhere 20 of 200 people are cases, but 60 of 300 in
/// the first column.
fn board(polarity: &str, score: impl Fn(u32, u32) -> Option<u32>) -> AtlasView {
    folder(polarity, score).open()
}

fn folder(polarity: &str, score: impl Fn(u32, u32) -> Option<u32>) -> Folder {
    let (mut squares, mut values) = (Vec::new(), "CODE,HALF,SCORE,CASES,PEOPLE\n".to_owned());
    for (row, column) in (0..SIDE).flat_map(|row| (0..SIDE).map(move |column| (row, column))) {
        let (west, south) = (-20.0 + f64::from(column), 520.0 + f64::from(row));
        squares.push(square(&code(row, column), west / 10.0, south / 10.0));
        let half = if column < SIDE / 2 { "W" } else { "E" };
        let score = score(row, column).map(|score| score.to_string()).unwrap_or_default();
        let (cases, people) = if column == 0 { (60, 300) } else { (20, 200) };
        writeln!(values, "{},{half},{score},{cases},{people}", code(row, column)).unwrap();
    }
    Folder::tiny()
        .with("atlas.toml", MANIFEST.replace("POLARITY", polarity))
        .with("areas.geojson", collection(&squares))
        .with("values.csv", values)
}

/// Nine squares in a corner that are far above the others.
fn high_corner(row: u32, column: u32) -> Option<u32> {
    Some(noise(row, column) + if row < 3 && column < 3 { 40 } else { 0 })
}

fn question<'a>(view: &'a AtlasView, indicator: &str) -> Question<'a> {
    Question {
        geography: view.geography("square").unwrap(),
        indicator: view.indicator(indicator).unwrap(),
        period: "2019".parse().unwrap(),
        within: None,
        statistic: Statistic::GiStar,
        permutations: Permutations::R9999,
        seed: 1,
        false_discovery_rate: 0.05,
        smoothing: None,
    }
}

fn ask(view: &AtlasView, question: &Question<'_>) -> Hotspots {
    view.hotspots(question).unwrap().unwrap()
}

#[test]
fn high_values_beside_each_other_are_one_group_with_names() {
    let view = board("high-is-bad", high_corner);
    let found = ask(&view, &question(&view, "score"));
    assert_eq!((found.n, found.tested, found.outcome.as_str()), (144, 144, "decided"));
    let [group] = found.groups.as_slice() else { panic!("{:?}", found.groups) };
    assert_eq!(group.class, "hot");
    // Those most of whose neighbours are in the corner as well.
    assert!((0..2).flat_map(|row| (0..2).map(move |column| code(row, column))).all(|code| group.areas.contains(&code)));
    assert_eq!(group.name, format!("Area {} and {} others", group.peak, group.areas.len() - 1));
    assert!(found.pockets.is_empty() && found.by_normal.is_none());
    let moran = found.moran.as_ref().unwrap();
    assert!(moran.i > 0.4 && moran.p == 0.0001, "{moran:?}");
    assert_eq!(
        found.sentence,
        format!(
            "Score, 2019: {} squares form one group of high values around Area {}, which would be unlikely by chance; \
             {}",
            group.areas.len(),
            group.peak,
            outside(&found)
        )
    );
}

/// What the end of the sentence must be, of all that ties with the tenth.
fn outside(found: &Hotspots) -> String {
    let of = found.highest.len();
    let members: Vec<&String> = found.groups.iter().flat_map(|group| &group.areas).collect();
    match found.highest.iter().filter(|code| !members.contains(code)).count() {
        0 => format!("all of the {of} highest squares lie inside it."),
        1 => format!("1 of the {of} highest squares lies outside it."),
        some => format!("{some} of the {of} highest squares lie outside it."),
    }
}

#[test]
fn where_high_is_good_the_sentence_is_about_the_lowest() {
    let view = board("high-is-good", |row, column| Some(100 - high_corner(row, column)?));
    let found = ask(&view, &question(&view, "score"));
    assert_eq!(found.groups[0].class, "cold");
    assert!(found.sentence.contains("form one group of low values around"), "{}", found.sentence);
    assert!(found.sentence.contains("lowest squares lie"), "{}", found.sentence);
    assert!(found.lowest.contains(&code(0, 0)) || found.lowest.contains(&code(1, 1)), "{:?}", found.lowest);
}

#[test]
fn so_few_permutations_that_they_cannot_decide_are_never_no_hotspots() {
    let view = board("high-is-bad", high_corner);
    let rare = Question { false_discovery_rate: 0.0001, permutations: Permutations::R99, ..question(&view, "score") };
    let found = ask(&view, &rare);
    assert_eq!((found.outcome.as_str(), found.offered), ("undecided at 99", None));
    assert!(found.needed.unwrap() > 9999);
    let by_normal: &Findings = found.by_normal.as_ref().unwrap();
    assert_eq!(by_normal.groups[0].class, "hot");
    assert_eq!(found.groups[0].areas, by_normal.groups[0].areas, "those that the map shows");
    let by_permutation = found.by_permutation.as_ref().unwrap();
    assert!(by_permutation.groups.is_empty() && found.significant == by_permutation.significant);
    let start = format!("Score, 2019: {} squares form", by_normal.groups[0].areas.len());
    assert!(found.sentence.starts_with(&start) && found.sentence.contains("a first test"), "{}", found.sentence);
    let note = found.note.unwrap();
    assert!(note.contains("99 times cannot decide, it would take "), "{note}");

    let usual = ask(&view, &Question { permutations: Permutations::R99, ..rare_at(&view, 0.01) });
    assert_eq!(usual.outcome, "undecided at 99");
    assert!(usual.note.unwrap().ends_with(" cannot decide, 9,999 may."));
}

fn rare_at(view: &AtlasView, rate: f64) -> Question<'_> {
    Question { false_discovery_rate: rate, ..question(view, "score") }
}

#[test]
fn a_board_without_a_pattern_has_no_hotspots_and_says_so() {
    let view = board("neutral", |row, column| Some(noise(row, column)));
    let found = ask(&view, &question(&view, "score"));
    assert_eq!(found.outcome, "decided");
    assert!(!found.significant.contains(&true) && found.class.iter().all(|class| *class == "none"));
    assert_eq!(found.sentence, "Score, 2019: no square stands out with its neighbours beyond chance.");
    assert!(!found.by_normal.unwrap().significant.contains(&true));
}

#[test]
fn a_high_area_among_low_ones_is_a_pocket_of_local_moran() {
    let view = board("high-is-bad", |row, column| match (row, column) {
        (2, 2) => Some(60),
        _ if row < 5 && column < 5 => Some(0),
        _ => Some(20 + noise(row, column)),
    });
    let found = ask(&view, &Question { statistic: Statistic::LocalMoran, ..question(&view, "score") });
    let position = view.geography("square").unwrap().position(&code(2, 2)).unwrap();
    assert_eq!((found.hotspot, found.class[position]), ("local-moran", "high-low"));
    assert!(found.pockets.contains(&code(2, 2)));
    assert_eq!(found.groups[0].class, "low-low");
    assert!(found.sentence.contains("high among low neighbours"), "{}", found.sentence);
}

/// The kind of a square on the map.
fn kind_of(view: &AtlasView, found: &Hotspots, (row, column): (u32, u32)) -> &'static str {
    let position = view.geography("square").unwrap().position(&code(row, column)).unwrap();
    found.kinds.names[found.kinds.classes[position].unwrap() as usize]
}

/// Squares without a pattern, of which many are 0, but that `inner` has neighbours of `around` and nothing else.
fn one_among(inner: u32, around: u32) -> impl Fn(u32, u32) -> Option<u32> {
    move |row: u32, column: u32| match (row.abs_diff(5), column.abs_diff(5)) {
        (0, 0) => Some(inner),
        (0..=1, 0..=1) => Some(around),
        _ => Some(if (row * 5 + column * 7).is_multiple_of(4) { around } else { 20 + noise(row, column) }),
    }
}

#[test]
fn an_area_is_high_or_low_by_itself_and_not_by_its_neighbours() {
    for (inner, around, class, kind, end) in
        [(30, 0, "cold", "high-pocket", "high among low"), (10, 40, "hot", "low-pocket", "low among high")]
    {
        let view = board("high-is-bad", one_among(inner, around));
        let found = ask(&view, &question(&view, "score"));
        let position = view.geography("square").unwrap().position(&code(5, 5)).unwrap();
        assert_eq!((found.class[position], &found.pockets[..]), (class, &[code(5, 5)][..]), "{}", found.sentence);
        assert_eq!(kind_of(&view, &found, (5, 5)), kind);
        let said = format!("Score, 2019: Area R05C05 is {end} neighbours, which would be unlikely by chance; ");
        assert!(found.sentence.starts_with(&said), "{}", found.sentence);
    }
}

#[test]
fn one_of_the_worst_values_stays_that_in_a_group_of_the_better_end() {
    let view = board("high-is-bad", |row, column| match (row, column) {
        (2, 2) => Some(60),
        _ if row < 5 && column < 5 => Some(0),
        _ => Some(20 + noise(row, column)),
    });
    let found = ask(&view, &question(&view, "score"));
    assert!(found.groups[0].class == "cold" && found.groups[0].areas.contains(&code(2, 2)), "{:?}", found.groups);
    assert_eq!(kind_of(&view, &found, (2, 2)), "highest");
    assert_eq!(kind_of(&view, &found, (2, 1)), "low-group");
}

#[test]
fn the_sentence_says_how_many_areas_are_hidden() {
    let folder = folder("high-is-bad", high_corner);
    let values = std::fs::read_to_string(folder.path().join("values.csv")).unwrap();
    let hidden: String = values.lines().map(|line| hide(line, &["R09C09", "R10C10"])).collect();
    let view = folder.with("values.csv", hidden).open();
    let found = ask(&view, &question(&view, "score"));
    assert!(found.sentence.ends_with("; 2 squares are hidden to protect privacy."), "{}", found.sentence);
}

/// A line of values, whose score is marked as hidden where it is that of one of the codes.
fn hide(line: &str, codes: &[&str]) -> String {
    let mut cells: Vec<&str> = line.split(',').collect();
    if codes.contains(&cells[0]) {
        cells[2] = "[c]";
    }
    format!("{}\n", cells.join(","))
}

#[test]
fn an_area_without_a_value_is_part_of_nothing() {
    // The corner square is cut off by three without a value.
    let view = board("high-is-bad", |row, column| match (row, column) {
        (0, 1) | (1, 0) | (1, 1) => None,
        _ => Some(noise(row, column)),
    });
    let found = ask(&view, &question(&view, "score"));
    assert_eq!((found.n, found.tested), (141, 140));
    assert_eq!(found.islands, [code(0, 0)]);
    assert_eq!((found.statistic[0], found.statistic[1], found.p[0], found.class[0]), (None, None, None, "none"));
    assert!(!found.edge.contains(&code(0, 1)) && !found.lowest.contains(&code(0, 1)));
}

#[test]
fn an_island_is_named_where_nothing_can_be_tested_too() {
    let view = board("high-is-bad", |row, column| match (row, column) {
        (0, 1) | (1, 0) | (1, 1) => None,
        _ => Some(3),
    });
    let found = ask(&view, &question(&view, "score"));
    assert_eq!((found.tested, found.islands), (0, vec![code(0, 0)]));
}

#[test]
fn the_edge_is_that_of_the_atlas_or_of_what_the_question_is_limited_to() {
    let view = board("high-is-bad", high_corner);
    let whole = ask(&view, &question(&view, "score"));
    assert_eq!(whole.edge.len(), 4 * (SIDE as usize - 1));
    assert!(!whole.edge.contains(&code(5, 5)));

    let half = view.geography("half").unwrap();
    let within = tessera_atlas::classes::Within { geography: half, position: half.position("W").unwrap() };
    let west = ask(&view, &Question { within: Some(within), ..question(&view, "score") });
    assert_eq!((west.n, west.within.as_deref()), (72, Some("half:W")));
    assert_eq!(west.edge.len(), 2 * (12 + 6) - 4);
    assert!(west.edge.contains(&code(5, 5)), "its neighbour in the other half is not counted");
    assert!(west.statistic[6..12].iter().all(Option::is_none), "the other half of the first row");
}

#[test]
fn rates_are_smoothed_towards_the_whole_or_the_neighbours() {
    let view = board("high-is-bad", high_corner);
    let smoothed = |smoothing| {
        let found = ask(&view, &Question { smoothing: Some(smoothing), ..question(&view, "cases") });
        (found.smooth.unwrap(), found.smoothed.unwrap())
    };
    let (word, global) = smoothed(Smoothing::Global);
    // 12 areas with 20%, 132 with 10%: 3360 of 30000 are cases.
    let (whole, people) = (3360.0 / 30_000.0, 30_000.0 / 144.0);
    let spread = (3600.0 * (0.2_f64 - whole).powi(2) + 26_400.0 * (0.1 - whole).powi(2)) / 30_000.0;
    let variance = spread - whole / people;
    let expected = 100.0 * (whole + (0.2 - whole) * variance / (variance + whole / 300.0));
    assert_eq!(word, "global");
    assert!((global[0].unwrap() - expected).abs() < 1e-9, "{:?}, {expected}", global[0]);

    let (word, spatial) = smoothed(Smoothing::Spatial);
    assert_eq!(word, "spatial");
    assert!((spatial[6].unwrap() - 10.0).abs() < 1e-9, "all its neighbours are like it");
    assert!(spatial[1].unwrap() > 10.0, "drawn towards the first column");
}

#[test]
fn what_there_is_nothing_to_smooth_of_is_refused() {
    let view = board("high-is-bad", high_corner);
    let asked = Question { smoothing: Some(Smoothing::Global), ..question(&view, "score") };
    assert!(matches!(view.hotspots(&asked), Err(NoHotspots::NotSmoothable { .. })));
}

#[test]
fn too_little_to_test_is_said_in_words() {
    let of = |score: fn(u32, u32) -> Option<u32>| {
        let view = board("high-is-bad", score);
        ask(&view, &question(&view, "score"))
    };
    let same = of(|_, _| Some(7));
    assert_eq!((same.outcome.as_str(), same.moran.is_none(), same.by_normal.is_none()), ("not tested", true, true));
    assert_eq!(same.sentence, "Score, 2019: all squares with a value in Boardshire have the same.");
    let few = of(|row, column| (row == 0 && column < 2).then_some(column));
    assert_eq!(
        few.sentence,
        "Score, 2019: only 2 squares in Boardshire have a value to go by, and hotspots need at least 3."
    );
    let apart = of(|row, column| (row % 4 == 0 && column % 4 == 0).then_some(row + column));
    assert_eq!(apart.sentence, "Score, 2019: no two squares with a value in Boardshire are neighbours.");
    assert_eq!(apart.n, 9);
}

#[test]
fn rates_that_vary_by_chance_alone_are_all_the_same_once_smoothed() {
    let view = board("high-is-bad", high_corner);
    let half = view.geography("half").unwrap();
    let within = tessera_atlas::classes::Within { geography: half, position: half.position("E").unwrap() };
    let asked = Question { smoothing: Some(Smoothing::Global), within: Some(within), ..question(&view, "cases") };
    let found = ask(&view, &asked);
    assert_eq!(
        found.sentence,
        "Cases, 2019: the rates in E vary no more than by chance; smoothed, they are all the same."
    );
}

#[test]
fn the_same_question_is_answered_from_what_was_found() {
    let place = tempfile::tempdir().unwrap();
    write_edition(&folder("high-is-bad", high_corner).read().0.unwrap(), place.path()).unwrap();
    // No column is kept.
    let store = Store::open(place.path(), ColumnCache::new(0)).unwrap();
    let edition = store.edition(&store.latest().unwrap().unwrap()).unwrap();
    let view = AtlasView::open(Arc::new(edition), Audience::Public);
    let asked = question(&view, "score");
    let found = ask(&view, &asked);
    std::fs::remove_file(place.path().join("indicators/score.parquet")).unwrap();
    assert_eq!(format!("{:?}", ask(&view, &asked)), format!("{found:?}"));
    for other in [
        Question { seed: 2, ..asked },
        Question { statistic: Statistic::LocalMoran, ..asked },
        Question { permutations: Permutations::R99, ..asked },
        Question { false_discovery_rate: 0.06, ..asked },
    ] {
        assert!(matches!(view.hotspots(&other), Err(NoHotspots::Store(_))));
    }
}
