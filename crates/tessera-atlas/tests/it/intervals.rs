//! How sure a value is, and whether it differs from another by more than chance.

use tessera_atlas::AtlasView;
use tessera_atlas::compare::{Against, ComparedArea, Confidence, Selected};
use tessera_atlas::intervals::IntervalMethod;

use crate::fixture::{Folder, column};

/// The tiny atlas with one indicator: a proportion of which A1 has 65 of 100, A2 none of 50, A3 a hidden number, A4 180 of 400.
fn with_share(metadata: &str, csv: &str) -> AtlasView {
    let indicator =
        format!("id = \"share\"\nname = \"Share\"\nkind = \"proportion\"\naggregate = \"ratio-of-sums\"\n{metadata}");
    let columns =
        "O = { indicator = \"share\", field = \"numerator\" }\nN = { indicator = \"share\", field = \"denominator\" }";
    Folder::tiny().with_indicator(&indicator, columns, csv).open()
}

const SHARES: &str = "CODE,O,N\nA1,65,100\nA2,0,50\nA3,[c],80\nA4,180,400\n";

fn compared(view: &AtlasView, code: &str, against: &[Against<'_>], confidence: Confidence) -> ComparedArea {
    let geography = view.geography("area").unwrap();
    let selected = Selected { geography, position: geography.position(code).unwrap() };
    let comparison = view.compare(&[selected], view.indicator("share").unwrap(), None, against, confidence);
    comparison.unwrap().areas.remove(0)
}

fn significance(view: &AtlasView, code: &str, confidence: Confidence) -> Result<&'static str, String> {
    let geography = view.geography("area").unwrap();
    let a4 = Selected { geography, position: geography.position("A4").unwrap() };
    let held = compared(view, code, &[Against::Area(a4)], confidence).against.remove(0);
    held.significance.ok_or_else(|| held.not_compared.unwrap())
}

#[test]
fn a_proportion_has_wilsons_interval_from_its_published_parts() {
    let view = with_share("", SHARES);
    let column = column(&view, "area", "share", "2019");
    let intervals = view.intervals(view.indicator("share").unwrap());
    let at = |position: usize, confidence: Confidence| {
        let interval = intervals.at(&column, position, confidence)?;
        Some(format!("{:.4} to {:.4}, {}", interval.lower, interval.upper, interval.method.words()))
    };
    assert_eq!(at(0, Confidence::Percent95).as_deref(), Some("55.2544 to 73.6358, Wilson score"));
    assert_eq!(at(0, Confidence::Percent99_8).as_deref(), Some("49.5495 to 77.8354, Wilson score"));
    assert_eq!(at(1, Confidence::Percent95).as_deref(), Some("0.0000 to 7.1348, Wilson score"));
    assert_eq!(at(2, Confidence::Percent95), None, "nothing is told of a hidden value");
}

#[test]
fn published_limits_stand_where_the_parts_do_not_make_the_value() {
    // Standardised rates of 9 and of 4 beside crude ones of 3, and one without a numerator.
    let columns = "R = \"rate\"\nO = { indicator = \"rate\", field = \"numerator\" }\nN = { indicator = \"rate\", field = \"denominator\" }\n\
                   L = { indicator = \"rate\", field = \"lower\" }\nU = { indicator = \"rate\", field = \"upper\" }";
    let csv = "CODE,R,O,N,L,U\nA1,9,30,10000,6,13\nA2,3,30,10000,1,5\nA3,4,,10000,2,7\nA4,4,30,10000,2.8,5.2\n";
    let indicator = "id = \"rate\"\nname = \"Rate\"\nkind = \"rate\"\nper = 1000";
    let view = Folder::tiny().with_indicator(indicator, columns, csv).open();
    let column = column(&view, "area", "rate", "2019");
    let intervals = view.intervals(view.indicator("rate").unwrap());
    let method =
        |position| intervals.at(&column, position, Confidence::Percent95).map(|interval| interval.method.words());
    assert_eq!(
        [method(0), method(1), method(2), method(3)],
        [Some("as published"), Some("Byar"), Some("as published"), Some("as published")]
    );
    for position in [0, 3] {
        assert_eq!(intervals.at(&column, position, Confidence::Percent99_8), None, "published limits are those of 95%");
    }
    let (column, methods) = intervals.of_column(&column);
    assert_eq!(column.lower.as_ref().unwrap()[0], Some(6.0));
    // The crude interval, from 2.02 to 4.28, holds 4 and is not its own.
    assert_eq!((column.upper.unwrap()[3], methods[3]), (Some(5.2), Some(IntervalMethod::Published)));
}

#[test]
fn a_count_has_an_interval_unless_others_are_held_against_it() {
    let columns = "V = \"events\"";
    let csv = "CODE,V\nA1,65\nA2,5\nA3,0\nA4,..\n";
    let view =
        Folder::tiny().with_indicator("id = \"events\"\nname = \"Events\"\nkind = \"count\"", columns, csv).open();
    let events = column(&view, "area", "events", "2019");
    let of_events = view.intervals(view.indicator("events").unwrap());
    let ends = |position| {
        let interval = of_events.at(&events, position, Confidence::Percent95)?;
        Some(format!("{:.3} to {:.3}, {}", interval.lower, interval.upper, interval.method.words()))
    };
    assert_eq!(ends(0).as_deref(), Some("50.163 to 82.849, Byar"));
    assert_eq!(ends(1).as_deref(), Some("1.623 to 11.668, exact Poisson"));
    assert_eq!(ends(2).as_deref(), Some("0.000 to 3.689, exact Poisson"));
    assert_eq!(ends(3), None);
    let people = column(&view, "area", "people", "2019");
    let of_people = view.intervals(view.indicator("people").unwrap());
    assert_eq!(of_people.at(&people, 0, Confidence::Percent95), None, "they are taken to be known");
}

#[test]
fn what_differs_by_more_than_chance_is_said_by_polarity() {
    // A4 is at 45: A1's interval is 55.3 to 73.6, at 99.8% 49.5 to 77.8.
    for (polarity, a1, a2) in
        [("high-is-bad", "worse", "better"), ("high-is-good", "better", "worse"), ("neutral", "higher", "lower")]
    {
        let view = with_share(&format!("polarity = \"{polarity}\""), SHARES);
        assert_eq!(significance(&view, "A1", Confidence::Percent95).unwrap(), a1);
        assert_eq!(significance(&view, "A2", Confidence::Percent95).unwrap(), a2);
        assert_eq!(significance(&view, "A1", Confidence::Percent99_8).unwrap(), format!("much {a1}"));
        assert_eq!(significance(&view, "A4", Confidence::Percent95).unwrap(), "similar");
        assert_eq!(
            significance(&view, "A3", Confidence::Percent95).unwrap_err(),
            "Not compared: the area has no value."
        );
    }
}

#[test]
fn the_outer_interval_is_given_where_it_is_asked_for() {
    let view = with_share("", SHARES);
    assert_eq!(compared(&view, "A1", &[], Confidence::Percent95).measured.outer, None);
    let area = compared(&view, "A1", &[], Confidence::Percent99_8);
    let outer = area.measured.outer.unwrap();
    assert!(outer.lower < area.measured.lower.unwrap() && outer.upper > area.measured.upper.unwrap());
    assert_eq!(area.measured.method, Some("Wilson score"));
}

#[test]
fn a_whole_has_the_interval_of_its_sums() {
    let view = with_share("", "CODE,O,N\nA1,40,60\nA2,0,50\nA3,25,40\nA4,180,400\n");
    // West is A1 and A3: 65 of 100.
    let held = compared(&view, "A1", &[Against::Parent, Against::Overall], Confidence::Percent95).against;
    let ends = [held[0].lower, held[0].upper].map(|end| format!("{:.4}", end.unwrap()));
    assert_eq!((ends, held[0].method), (["55.2544".to_owned(), "73.6358".to_owned()], Some("Wilson score")));
    // 245 of 550
    assert!(held[1].lower.unwrap() < 44.5454 && held[1].upper.unwrap() > 44.5455);
}

#[test]
fn scores_ranks_and_deciles_are_not_compared_and_the_reason_is_said() {
    for (kind, reason) in
        [("score", "a score has no unit"), ("rank", "ranks say which"), ("decile", "deciles say in which")]
    {
        let indicator = format!("id = \"share\"\nname = \"Share\"\nkind = \"{kind}\"");
        let csv = "CODE,V\nA1,1\nA2,2\nA3,3\nA4,4\n";
        let view = Folder::tiny().with_indicator(&indicator, "V = \"share\"", csv).open();
        let refused = significance(&view, "A1", Confidence::Percent95).unwrap_err();
        assert!(refused.starts_with(&format!("Not compared: {reason}")), "{refused}");
    }
    let indicator = "id = \"share\"\nname = \"Share\"\nkind = \"mean\"";
    let view = Folder::tiny().with_indicator(indicator, "V = \"share\"", "CODE,V\nA1,1\nA2,2\nA3,3\nA4,4\n").open();
    let refused = significance(&view, "A1", Confidence::Percent95).unwrap_err();
    assert_eq!(refused, "Not compared: the value has no interval, so chance cannot be ruled out.");
}

#[test]
fn published_limits_that_do_not_hold_the_value_are_none() {
    let section = "id = \"mean\"\nname = \"Mean\"\nkind = \"mean\"";
    let columns = "V = \"mean\"\nL = { indicator = \"mean\", field = \"lower\" }\nU = { indicator = \"mean\", field = \"upper\" }";
    let view = Folder::tiny().with_indicator(section, columns, "CODE,V,L,U\nA1,5,6,7\nA2,5,4,6\n").open();
    let (column, intervals) = (column(&view, "area", "mean", "2019"), view.intervals(view.indicator("mean").unwrap()));
    let at = |position| intervals.at(&column, position, Confidence::Percent95).map(|own| (own.lower, own.upper));
    assert_eq!((at(0), at(1)), (None, Some((4.0, 6.0))));
}
