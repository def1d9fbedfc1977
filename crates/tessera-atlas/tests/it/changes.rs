//! What changed from one period to another, and what did not though the numbers differ.

use std::collections::BTreeMap;

use tessera_atlas::AtlasView;
use tessera_atlas::cell::Status;
use tessera_atlas::change::{Change, Question};
use tessera_atlas::classes::Within;
use tessera_atlas::compare::{Against, Comparator, Confidence, Selected, Subjects};
use tessera_atlas::trend::{RecentTrend, Trends};

use crate::fixture::{Folder, column};

/// The tiny atlas, in which A1, A2 and A3 are the west, with 100, 100 and 800 people; and with an indicator, by rows of area, year
/// and what `columns` names.
fn atlas(indicator: &str, columns: &str, rows: &str) -> AtlasView {
    let section = format!(
        "\n[[indicator]]\nid = \"own\"\nname = \"Calls\"\npolarity = \"high-is-bad\"\n{indicator}\n\n\
         [[table]]\nfile = \"own.csv\"\ngeography = \"area\"\nlayout = \"long\"\nindicator = \"own\"\n\
         columns = {{ area_code = \"CODE\", period = \"YEAR\", {columns} }}\n"
    );
    Folder::tiny()
        .with("lookup.csv", "CODE,DISTRICT,DISTRICT_NAME\nA1,W,West\nA2,W,West\nA3,W,West\nA4,E,East\n")
        .with("people.csv", "CODE,People\nA1,100\nA2,100\nA3,800\nA4,400\n")
        .adding("atlas.toml", &section)
        .with("own.csv", rows)
        .open()
}

/// Calls in five years, of each area and year as these say.
fn calls(of: impl Fn(&str, u16) -> &'static str) -> AtlasView {
    let mut rows = "CODE,YEAR,V\n".to_owned();
    for (code, year) in ["A1", "A2", "A3", "A4"].iter().flat_map(|code| (2016..=2020).map(move |year| (code, year))) {
        rows += &format!("{code},{year},{}\n", of(code, year));
    }
    atlas("kind = \"count\"", "value = \"V\"", &rows)
}

fn change(view: &AtlasView, geography: &str, [from, period]: [&str; 2], within: Option<&str>) -> Change {
    let parent = view.geography("district").unwrap();
    let within = within.map(|code| Within { geography: parent, position: parent.position(code).unwrap() });
    let (geography, indicator) = (view.geography(geography).unwrap(), view.indicator("own").unwrap());
    let [from, period] = [from, period].map(|period| period.parse().unwrap());
    view.change(&Question { geography, indicator, from, period, within }).unwrap().unwrap()
}

/// The west as a district, and as a set of its areas.
fn west<T>(view: &AtlasView, ask: impl Fn(Subjects<'_>) -> T) -> [T; 2] {
    let (area, district) = (view.geography("area").unwrap(), view.geography("district").unwrap());
    let west = [Selected { geography: district, position: district.position("W").unwrap() }];
    let drawn = [view.draw("Drawn", area, 0..3).unwrap()];
    [ask(Subjects { areas: &west, sets: &[] }), ask(Subjects { areas: &[], sets: &drawn })]
}

/// The west of 2020 beside that of an earlier year.
fn held(view: &AtlasView, from: &str) -> [Comparator; 2] {
    let against = [Against::Period(from.parse().unwrap())];
    west(view, |subjects| {
        let indicator = view.indicator("own").unwrap();
        let period = Some("2020".parse().unwrap());
        let found = view.compare(subjects, indicator, period, &against, Confidence::Percent95).unwrap();
        let areas = found.areas.into_iter().flat_map(|area| area.against);
        areas.chain(found.sets.into_iter().flat_map(|set| set.against)).next().unwrap()
    })
}

fn trends(view: &AtlasView) -> [Trends; 2] {
    let district = view.geography("district").unwrap();
    west(view, |subjects| view.trends(district, subjects, &[], view.indicator("own").unwrap()).unwrap())
}

fn recent(trends: &Trends) -> &RecentTrend {
    &trends.areas.first().or(trends.sets.first()).unwrap().recent
}

#[test]
fn decimals_that_rose_alike_share_rank_class_and_sentence() {
    let rows = "CODE,YEAR,V\nA1,2018,5.2\nA1,2020,5.3\nA2,2018,0.2\nA2,2020,0.3\nA3,2018,7.0\nA3,2020,7.1\nA4,2018,12.3\nA4,2020,12.4\n";
    let view = atlas("kind = \"mean\"\ndecimals = 1", "value = \"V\"", rows);
    let change = change(&view, "area", ["2018", "2020"], None);
    assert_eq!(change.values, [Some(0.1); 4]);
    assert_eq!((change.rank.values, change.k, change.counts), (vec![Some(1); 4], 1, vec![4]));
    assert!(change.sentence.contains("the largest rise is in Area A1 and 3 others, by 0.1"), "{}", change.sentence);
}

#[test]
fn a_sum_of_decimals_has_their_decimals() {
    let rows = "CODE,YEAR,V\nA1,2019,0.1\nA2,2019,0.2\nA3,2019,0\nA4,2019,0.3\n";
    let view = atlas("kind = \"count\"", "value = \"V\"", rows);
    assert_eq!(column(&view, "district", "own", "2019").values, [Some(0.3), Some(0.3)]);
}

#[test]
fn sums_of_different_areas_have_no_change_though_they_cover_as_many_people() {
    let view = calls(|code, year| match (code, year) {
        ("A1", 2018) | ("A2", 2019..) => "..",
        ("A1", _) => "1500",
        ("A2", _) => "100",
        _ => "1000",
    });
    // East and west, in the order of their codes.
    let change = |from, period| change(&view, "district", [from, period], None);
    let apart = change("2018", "2020");
    assert_eq!((apart.earlier, apart.later), (vec![Some(1000.0), Some(1100.0)], vec![Some(1000.0), Some(2500.0)]));
    for period in ["2018", "2020"] {
        let coverage = column(&view, "district", "own", period).coverage.clone();
        assert_eq!(coverage, BTreeMap::from([(1, 0.9)]), "the same in {period}");
    }
    assert_eq!(apart.values, [Some(0.0), None]);
    assert_eq!(apart.status, BTreeMap::from([(1, vec![Status::NotAvailable])]));
    assert_eq!(change("2019", "2020").values, [Some(0.0), Some(0.0)], "both without A2");
    assert_eq!(change("2016", "2017").values, [Some(0.0), Some(0.0)], "both without a gap");
    for held in held(&view, "2018") {
        assert_eq!((held.value, held.difference, held.significance), (Some(1100.0), None, None));
        let reason = "The sums of the two periods are not of the same areas: both are shown.";
        assert_eq!(held.reason.as_deref(), Some(reason));
    }
    assert_eq!(held(&view, "2019").map(|held| held.difference), [Some(0.0); 2]);
}

#[test]
fn sums_of_different_areas_have_no_trend() {
    let view = calls(|code, year| if code == "A1" && year < 2019 { ".." } else { "200" });
    let name = ["West", "Drawn"];
    for (trends, name) in trends(&view).iter().zip(name) {
        assert_eq!((recent(trends).direction, recent(trends).chi_squared), (None, None));
        assert_eq!(
            trends.sentence,
            format!(
                "Calls from 2016 to 2020: {name} 400 and 600 (sums of different areas). A recent trend cannot be calculated. \
                 The sums of 2016 and 2019 are not of the same areas."
            )
        );
        let overall = trends.overall.as_ref().unwrap();
        assert_eq!((overall.recent.direction, overall.series[0].value), (None, Some(600.0)));
    }
    let view = calls(|code, _| if code == "A1" { ".." } else { "200" });
    for (trends, name) in trends(&view).iter().zip(name) {
        assert_eq!(recent(trends).direction, Some("none"), "{name} without A1 in each year");
        assert!(
            trends.sentence.starts_with(&format!("Calls from 2016 to 2020: {name} 400 to 400.")),
            "{}",
            trends.sentence
        );
    }
}

#[test]
fn a_ratio_of_other_areas_is_one_of_the_same_people() {
    let rows = "CODE,YEAR,O,N\nA1,2018,..,100\nA2,2018,5,100\nA3,2018,40,800\nA4,2018,20,400\n\
                A1,2020,10,100\nA2,2020,..,100\nA3,2020,80,800\nA4,2020,20,400\n";
    let indicator = "kind = \"rate\"\nper = 100\naggregate = \"ratio-of-sums\"";
    let view = atlas(indicator, "numerator = \"O\", denominator = \"N\"", rows);
    assert_eq!(change(&view, "district", ["2018", "2020"], None).values, [Some(0.0), Some(5.0)]);
}

#[test]
fn all_areas_together_have_no_change_over_a_break_in_one_of_them() {
    let whole = |mark: &str, within: Option<&str>| {
        let rows = format!(
            "CODE,YEAR,V,O,N\nA1,2018,5,50,1000\nA2,2018,5,50,1000\nA3,2018,5,50,1000\nA4,2018,5,50,1000\n\
             A1,2020,45{mark},450,1000\nA2,2020,5,50,1000\nA3,2020,5,50,1000\nA4,2020,6,60,1000\n"
        );
        let indicator = "kind = \"rate\"\nper = 100\naggregate = \"ratio-of-sums\"";
        let view = atlas(indicator, "value = \"V\", numerator = \"O\", denominator = \"N\"", &rows);
        let found = change(&view, "area", ["2018", "2020"], within);
        assert_eq!(found.sentence.contains("as a whole went from"), found.whole.is_some(), "{}", found.sentence);
        found.whole.map(|whole| whole.value)
    };
    assert_eq!((whole(" [b]", None), whole(" [b]", Some("W"))), (None, None));
    assert_eq!(whole(" [b]", Some("E")), Some(1.0), "of which it is no part");
    assert_eq!(whole("", None), Some(10.25));
}
