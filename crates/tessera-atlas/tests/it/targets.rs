//! Targets, and how values stand to them.

use tessera_atlas::AtlasView;
use tessera_atlas::compare::{Against, Comparator, Confidence, Selected};

use crate::fixture::Folder;

fn with_targets(csv: &str) -> AtlasView {
    let section = "id = \"rate\"\nname = \"Rate\"\nkind = \"mean\"\npolarity = \"high-is-bad\"";
    let values = "CODE,Rate\nA1,10\nA2,12\nA3,20\nA4,\n";
    Folder::tiny()
        .with_indicator(section, "\"Rate\" = \"rate\"", values)
        .adding("atlas.toml", "\n[[targets]]\nfile = \"targets.csv\"\n")
        .with("targets.csv", csv)
        .open()
}

/// How an area of the tiny atlas stands to its target.
fn held(view: &AtlasView, area: usize) -> Comparator {
    let selected = Selected { geography: view.geography("area").unwrap(), position: area };
    let rate = view.indicator("rate").unwrap();
    view.compare(&[selected], rate, None, &[Against::Target], Confidence::Percent95).unwrap().areas[0].against[0]
        .clone()
}

#[test]
fn a_value_is_held_against_its_target() {
    let view = with_targets(
        "area_code,indicator,period,target,baseline,tolerance\nA1,rate,2019,11,15,\nA2,rate,2019,11,,1.5\nA3,rate,2019,11,,1.5\nA4,rate,2019,11,,\n",
    );
    let told = |area| {
        let held = held(&view, area);
        let outcome = held.target.unwrap();
        (held.value, held.difference, outcome.verdict, outcome.baseline, outcome.tolerance)
    };
    assert_eq!(told(0), (Some(11.0), Some(-1.0), Some("met"), Some(15.0), None));
    assert_eq!(told(1), (Some(11.0), Some(1.0), Some("near"), None, Some(1.5)));
    assert_eq!(told(2), (Some(11.0), Some(9.0), Some("missed"), None, Some(1.5)));
    assert_eq!(told(3), (Some(11.0), None, None, None, None));
    assert_eq!(view.target_periods(view.indicator("rate").unwrap()), ["2019".parse().unwrap()]);
    assert!(view.target_periods(view.indicator("people").unwrap()).is_empty());
}

#[test]
fn without_a_target_there_is_a_reason() {
    let view = with_targets("area_code,indicator,period,target\nA1,rate,2027,11\n");
    let held = held(&view, 0);
    assert_eq!((held.value, held.target.is_none()), (None, true));
    assert_eq!(held.reason.as_deref(), Some("No target is set for Area A1 in 2019."));
}

#[test]
fn targets_are_published_with_the_edition() {
    let id = |target: &str| {
        with_targets(&format!("area_code,indicator,period,target\nA1,rate,2019,{target}\n")).id().clone()
    };
    assert_ne!(id("11"), id("12"));
    assert_eq!(id("11"), id("11.0"));
}

#[test]
fn a_target_of_what_is_withheld_is_withheld() {
    let secret = "\n[[indicator]]\nid = \"secret\"\nname = \"S\"\nkind = \"count\"\naccess = \"health\"\n\n[[targets]]\nfile = \"targets.csv\"\n";
    let folder = Folder::tiny().adding("atlas.toml", secret);
    let with = folder.with("targets.csv", "area_code,indicator,period,target\nA1,secret,2019,7\n").id();
    let without =
        Folder::tiny().adding("atlas.toml", secret).with("targets.csv", "area_code,indicator,period,target\n").id();
    assert_eq!(with, without);
}

#[test]
fn a_target_in_two_files_is_said_twice() {
    let two = "\n[[targets]]\nfile = \"one.csv\"\n\n[[targets]]\nfile = \"two.csv\"\n";
    let csv = |target: &str| format!("area_code,indicator,period,target\nA1,people,2019,{target}\n");
    let folder = Folder::tiny().adding("atlas.toml", two).with("one.csv", csv("12")).with("two.csv", csv("999"));
    assert!(folder.problems().starts_with("two.csv:2: error: this target stands in one.csv in row 2 already"));
}

#[test]
fn a_code_that_two_geographies_have_is_refused() {
    let cluster = "\n[[cluster]]\nid = \"c\"\nname = \"C\"\nsingular = \"c\"\nof = \"area\"\nfile = \"clusters.csv\"\n\n[[targets]]\nfile = \"targets.csv\"\n";
    let folder = Folder::tiny()
        .adding("atlas.toml", cluster)
        .with("clusters.csv", "area_code,cluster_code\nA1,W\n")
        .with("targets.csv", "area_code,indicator,period,target\nW,people,2019,1\n");
    assert!(folder.problems().starts_with("targets.csv:2: error: areas of several geographies have this code"));
}

#[test]
fn a_baseline_that_is_a_small_count_is_left_out() {
    let folder = Folder::tiny()
        .replacing("atlas.toml", "none = \"invented numbers\"", "threshold = 5")
        .adding("atlas.toml", "\n[[targets]]\nfile = \"targets.csv\"\n")
        .with(
            "targets.csv",
            "area_code,indicator,period,target,baseline\nA1,people,2019,90,4\nA2,people,2019,290,280\n",
        );
    insta::assert_snapshot!(folder.problems(), @"
    targets.csv, column baseline: warning: baselines that are small numbers, left out: 1
      hint: a baseline is an earlier value: one under the indicator's threshold would tell what is hidden there
    ");
    let view = folder.open();
    let baseline = |area| {
        let selected = Selected { geography: view.geography("area").unwrap(), position: area };
        let people = view.indicator("people").unwrap();
        let answer = view.compare(&[selected], people, None, &[Against::Target], Confidence::Percent95).unwrap();
        answer.areas[0].against[0].target.clone().unwrap().baseline
    };
    assert_eq!((baseline(0), baseline(1)), (None, Some(280.0)));
}
