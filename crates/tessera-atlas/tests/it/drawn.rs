//! Sets that a reader draws.

use proptest::prelude::*;
use tessera_atlas::AtlasView;
use tessera_atlas::cell::Status;
use tessera_atlas::compare::{Against, ComparedSet, Confidence, Subjects};
use tessera_atlas::drawn::{DrawnSet, NotDrawn};
use tessera_atlas::geography::Geography;

use crate::fixture::{Folder, column};

/// The tiny atlas (people 100, 300, 200 and 400) with a share.
fn with_share(csv: &str) -> Folder {
    let columns =
        "O = { indicator = \"share\", field = \"numerator\" }\nN = { indicator = \"share\", field = \"denominator\" }";
    let indicator = "id = \"share\"\nname = \"Share\"\nkind = \"proportion\"\naggregate = \"ratio-of-sums\"\npolarity = \"high-is-bad\"";
    Folder::tiny().with_indicator(indicator, columns, csv)
}

fn set<'a>(view: &'a AtlasView, name: &str, geography: &'a Geography, codes: &[&str]) -> DrawnSet<'a> {
    view.draw(name, geography, codes.iter().map(|code| geography.position(code).unwrap())).unwrap()
}

/// One indicator of a set of areas of the tiny atlas.
fn compared(view: &AtlasView, codes: &[&str], indicator: &str) -> ComparedSet {
    let sets = [set(view, "Drawn", view.geography("area").unwrap(), codes)];
    let subjects = Subjects { areas: &[], sets: &sets };
    let against = [Against::Parent, Against::Overall];
    let indicator = view.indicator(indicator).unwrap();
    view.compare(subjects, indicator, None, &against, Confidence::Percent95).unwrap().sets.remove(0)
}

#[test]
fn a_set_has_the_ratio_of_its_sums_with_their_interval() {
    let view = with_share("CODE,O,N\nA1,40,60\nA2,0,50\nA3,25,40\nA4,180,400\n").open();
    let own = compared(&view, &["A3", "A1"], "share");
    let measured = &own.measured;
    assert_eq!((measured.value, measured.numerator, measured.denominator), (Some(65.0), Some(65.0), Some(100.0)));
    let ends = [measured.lower, measured.upper].map(|end| format!("{:.4}", end.unwrap()));
    assert_eq!((ends, measured.method), (["55.2544".to_owned(), "73.6358".to_owned()], Some("Wilson score")));
    assert_eq!(
        (own.weighted_by.as_deref(), own.reason.as_deref(), measured.coverage),
        (Some("denominators"), None, None)
    );
    let [parent, overall] = &own.against[..] else { panic!("{:?}", own.against) };
    assert_eq!((parent.name.as_str(), parent.significance), ("West", Some("similar")));
    assert_eq!((overall.name.as_str(), overall.significance), ("Tinyshire", Some("worse")));
    assert_eq!(
        overall.in_words.as_deref(),
        Some("higher than Tinyshire, and by more than chance would explain: worse")
    );
}

#[test]
fn a_set_with_a_hidden_member_is_hidden_and_says_what_is_published() {
    let view = with_share("CODE,O,N\nA1,40,60\nA2,[c],50\nA3,25,40\nA4,180,400\n").open();
    let own = compared(&view, &["A1", "A2", "A3"], "share");
    assert_eq!((own.measured.value, own.measured.numerator, own.measured.lower), (None, None, None));
    assert_eq!((own.measured.status.as_slice(), own.measured.coverage), ([Status::Suppressed].as_slice(), Some(0.5)));
    assert_eq!(
        own.reason.as_deref(),
        Some("Hidden to protect privacy, as is the number of 1 of its 3 areas; what is published covers 50% of it.")
    );
    assert!(own.against.iter().all(|held| held.difference.is_none() && held.significance.is_none()));
}

#[test]
fn under_four_fifths_of_the_people_there_is_no_value() {
    let view = with_share("CODE,O,N\nA1,40,60\nA2,..,50\nA3,25,40\nA4,180,400\n").open();
    let own = compared(&view, &["A1", "A2", "A3"], "share");
    assert_eq!((own.measured.value, own.measured.status.as_slice()), (None, [Status::NotAvailable].as_slice()));
    assert_eq!(own.reason.as_deref(), Some("What is published covers 50% of it; under 80% there is no value."));
    // 400 of 500 people: A4 is large.
    let view = with_share("CODE,O,N\nA1,..,60\nA2,0,50\nA3,25,40\nA4,180,400\n").open();
    let own = compared(&view, &["A1", "A4"], "share");
    assert_eq!((own.measured.value, own.measured.coverage), (Some(45.0), Some(0.8)));
    let own = compared(&view, &["A1"], "share");
    assert_eq!(own.reason.as_deref(), Some("No value is published for its 1 area."));
}

#[test]
fn a_score_is_averaged_by_its_named_weights() {
    let indicator =
        "id = \"score\"\nname = \"Score\"\nkind = \"score\"\naggregate = \"weighted-mean\"\nweight = \"people\"";
    let view = Folder::tiny().with_indicator(indicator, "V = \"score\"", "CODE,V\nA1,10\nA2,20\nA3,40\nA4,80\n").open();
    let own = compared(&view, &["A1", "A2"], "score");
    assert_eq!((own.measured.value, own.weighted_by.as_deref()), (Some(17.5), Some("People, 2019")));
    assert_eq!(own.against[0].reason.as_deref(), Some("This set does not lie in one larger area."));
    assert_eq!(own.against[1].reason.as_deref(), Some("A score has no difference: both values are shown."));
}

#[test]
fn ranks_deciles_and_categories_of_a_set_are_refused_with_the_reason() {
    for (kind, more, reason) in [
        ("rank", "", "A set of areas has no rank: ranks are places among areas, and are not averaged."),
        ("decile", "", "A set of areas is in no decile: deciles are places among areas, and are not averaged."),
        (
            "category",
            "categories = [\"a\", \"b\", \"c\", \"d\"]",
            "A set of areas has no category: its areas have one each.",
        ),
        ("score", "", "V does not add up over areas."),
    ] {
        let indicator = format!("id = \"v\"\nname = \"V\"\nkind = \"{kind}\"\n{more}");
        let values = if kind == "category" { ["a", "b", "c", "d"] } else { ["1", "2", "3", "4"] };
        let [a, b, c, d] = values;
        let csv = format!("CODE,V\nA1,{a}\nA2,{b}\nA3,{c}\nA4,{d}\n");
        let view = Folder::tiny().with_indicator(&indicator, "V = \"v\"", csv.as_str()).open();
        let own = compared(&view, &["A1", "A2"], "v");
        assert_eq!((own.measured.value, own.reason.as_deref()), (None, Some(reason)));
    }
}

#[test]
fn a_set_of_areas_that_overlap_counts_everybody_once() {
    const SECTION: &str = "\n[[cluster]]\nid = \"cluster\"\nname = \"Clusters\"\nsingular = \"cluster\"\nof = \"area\"\nfile = \"clusters.csv\"\n";
    let csv = "area_code,cluster_code\nA1,N\nA3,N\nA1,S\nA2,S\n";
    let view = Folder::tiny().adding("atlas.toml", SECTION).with("clusters.csv", csv).open();
    let sets = [set(&view, "Both", view.geography("cluster").unwrap(), &["S", "N"])];
    let subjects = Subjects { areas: &[], sets: &sets };
    let people = view.indicator("people").unwrap();
    let comparison = view.compare(subjects, people, None, &[], Confidence::Percent95).unwrap();
    assert_eq!(comparison.sets[0].measured.value, Some(600.0));
    assert_eq!(view.people_of(subjects).unwrap()[0].sets, [Some(600.0)]);
}

#[test]
fn areas_beyond_the_atlas_make_no_set() {
    let country = "\n[[geography]]\nid = \"country\"\nname = \"Countries\"\nsingular = \"country\"\nareas = [{ code = \"E\", name = \"England\" }]\n";
    let view = Folder::tiny().adding("atlas.toml", country).open();
    let refused = view.draw("Drawn", view.geography("country").unwrap(), [0]).unwrap_err();
    assert_eq!(refused, NotDrawn::Comparator { geography: "country".to_owned() });
}

#[test]
fn a_protected_set_is_made_of_published_numbers_alone() {
    let indicator = "id = \"visits\"\nname = \"Visits\"\nkind = \"count\"\ndisclosure = { threshold = 5, round = 5 }";
    let view = Folder::tiny().with_indicator(indicator, "V = \"visits\"", "CODE,V\nA1,12\nA2,3\nA3,33\nA4,4\n").open();
    let published = column(&view, "area", "visits", "2019");
    for mask in 1u32..16 {
        let codes: Vec<&str> = ["A1", "A2", "A3", "A4"]
            .into_iter()
            .zip(0..)
            .filter(|(_, position)| mask >> position & 1 == 1)
            .map(|(code, _)| code)
            .collect();
        let own = compared(&view, &codes, "visits");
        let members = (0..4).filter(|position| mask >> position & 1 == 1);
        let sum: Option<f64> = members.map(|position| published.values[position]).sum();
        assert_eq!(own.measured.value, sum, "{codes:?}");
        assert_eq!(own.measured.status.contains(&Status::Suppressed), sum.is_none(), "{codes:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_set_of_all_areas_of_a_district_is_that_district(parts in proptest::array::uniform4((0u32..50, 50u32..90))) {
        let rows: String =
            parts.iter().zip(1..).map(|((above, below), area)| format!("A{area},{above},{below}\n")).collect();
        let view = with_share(&format!("CODE,O,N\n{rows}")).open();
        for (district, codes) in [(0, ["A4", "A2"]), (1, ["A1", "A3"])] {
            for indicator in ["share", "people"] {
                let whole = column(&view, "district", indicator, "2019");
                let own = compared(&view, &codes, indicator).measured;
                prop_assert_eq!(own.value, whole.values[district]);
                prop_assert_eq!(own.numerator, whole.numerator.as_ref().and_then(|all| all[district]));
                prop_assert_eq!(own.denominator, whole.denominator.as_ref().and_then(|all| all[district]));
            }
        }
    }
}
