//! What is well formed and yet looks wrong, and how it is told.

use insta::assert_snapshot;
use tessera_atlas::cell::Status;

use crate::fixture::{Folder, collection, column, square};

/// Twelve areas in two rows of six, with values of `x` from these cells.
fn twelve(kind: &str, cells: &[&str]) -> Folder {
    let section = format!("id = \"x\"\nname = \"X\"\n{kind}");
    twelve_with(&section, "\"X\" = \"x\"", &format!("CODE,X\n{}", lines(cells, "")))
}

fn code(position: usize) -> String {
    format!("B{position:02}")
}

/// A line for each of the areas: its code, its cell and what ends all of them.
fn lines(cells: &[&str], end: &str) -> String {
    cells.iter().enumerate().map(|(position, cell)| format!("{},{cell}{end}\n", code(position))).collect()
}

fn twelve_with(section: &str, columns: &str, csv: &str) -> Folder {
    let squares: Vec<String> = (0..12)
        .map(|position| square(&code(position), -2.0 + 0.1 * (position % 6) as f64, 52.0 + 0.1 * (position / 6) as f64))
        .collect();
    let lookup: String = (0..12).map(|position| format!("{},W,West\n", code(position))).collect();
    Folder::tiny()
        .with("areas.geojson", collection(&squares))
        .with("lookup.csv", format!("CODE,DISTRICT,DISTRICT_NAME\n{lookup}"))
        .with(
            "people.csv",
            format!("CODE,People\n{}", lines(&["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"], "")),
        )
        .with_indicator(section, columns, csv)
}

#[test]
fn columns_of_one_value() {
    assert_snapshot!(twelve("kind = \"score\"", &["0"; 12]).problems(), @r#"
    values.csv: warning: `x` for `area` in 2019: all 12 values are zero
      hint: where zero stands for "not known", leave the cells empty
    "#);
    assert_snapshot!(twelve("kind = \"score\"", &["7.5"; 12]).problems(), @r#"
    values.csv: warning: `x` for `area` in 2019: all 12 values are 7.5
      hint: look whether the column holds what its heading says
    "#);
}

#[test]
fn shares_above_the_whole() {
    let cells = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "1012", "1201"];
    assert_snapshot!(twelve("kind = \"proportion\"\naggregate = \"none\"", &cells).problems(), @r#"
    values.csv:12: warning: `x` for `area` in 2019: a proportion is 0 to 100, and has another value in 2 areas, the first of them `B10`
      column: `X`
      value: `1012`
      hint: look at the indicator's `kind` and `per`, and at the column
    "#);
}

#[test]
fn a_fraction_among_whole_counts() {
    let cells = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "1.5"];
    assert_snapshot!(twelve("kind = \"count\"", &cells).problems(), @r#"
    values.csv:13: warning: `x` for `area` in 2019: a count is a whole number, and has a fraction in 1 area, `B11`
      column: `X`
      value: `1.5`
      hint: look at these cells, and at the indicator's `kind`
    "#);
}

/// The same areas with a rate of these numerators, of 100 each.
fn numerators(cells: &[&str]) -> Folder {
    let section = "id = \"x\"\nname = \"X\"\nkind = \"rate\"\nper = 1000";
    let columns =
        "\"N\" = { indicator = \"x\", field = \"numerator\" }\n\"D\" = { indicator = \"x\", field = \"denominator\" }";
    twelve_with(section, columns, &format!("CODE,N,D\n{}", lines(cells, ",100")))
}

#[test]
fn a_numerator_that_is_no_count() {
    let whole = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"];
    let with = |cell: &'static str| numerators(&[&whole[..], &[cell]].concat()).problems();
    assert_snapshot!(with("20.5"), @r#"
    values.csv:13: warning: `x` for `area` in 2019: a numerator is a whole number, and has a fraction in 1 area, `B11`
      column: `N`
      value: `20.5`
      hint: look at these cells, and at the indicator's `kind`
    "#);
    assert_snapshot!(with("-20"), @r#"
    values.csv:13: warning: `x` for `area` in 2019: a numerator is 0 or more, and has another value in 1 area, `B11`
      column: `N`
      value: `-20`
      hint: look at these cells
    "#);
}

#[test]
fn a_negative_count_names_its_cell() {
    let cells = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "-20"];
    assert_snapshot!(twelve("kind = \"count\"", &cells).problems(), @r#"
    values.csv:13: warning: `x` for `area` in 2019: a count is 0 or more, and has another value in 1 area, `B11`
      column: `X`
      value: `-20`
      hint: look at the indicator's `kind` and `per`, and at the column
    "#);
    let folder = twelve("kind = \"count\"\ndisclosure = { threshold = 5 }", &cells);
    assert_snapshot!(folder.problems(), @r#"
    values.csv:13: warning: `x` for `area` in 2019: a count is 0 or more, and has another value in 1 area, `B11`
      column: `X`
      value: `-20`
      hint: look at the indicator's `kind` and `per`, and at the column
    "#);
}

#[test]
fn counts_that_are_estimated() {
    let cells = ["1.5", "2", "3.25", "4", "5", "6", "7", "8", "9", "10", "11", "12"];
    assert_eq!(twelve("kind = \"count\"", &cells).problems(), "");
}

#[test]
fn somebody_counted_where_there_is_nobody() {
    let section = "id = \"share\"\nname = \"Share\"\nkind = \"proportion\"";
    let columns = "\"N\" = { indicator = \"share\", field = \"numerator\" }\n\"D\" = { indicator = \"share\", field = \"denominator\" }";
    let csv = "CODE,N,D\nA1,3,0\nA2,75,300\nA3,0,0\nA4,120,400\n";
    assert_snapshot!(Folder::tiny().with_indicator(section, columns, csv).problems(), @r#"
    values.csv: warning: `share` for `area` in 2019: somebody is counted of nobody, a numerator over a denominator of 0, in 1 area, `A1`
      hint: look whether both are of the same people
    "#);
}

#[test]
fn an_update_that_is_overdue() {
    let keys = "kind = \"score\"\nnext_due = \"2020-09\"\nfrequency = \"annual\"\nowner = \"the research team\"";
    let cells = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];
    assert_snapshot!(twelve(keys, &cells).problems(), @r#"
    atlas.toml: warning: `x` was to be updated by 2020-09 (it is updated: annual)
      value: `2020-09`
      hint: publish the new figures, or set `next_due` to the next date. Its owner is the research team.
    "#);
}

#[test]
fn a_published_whole_that_its_areas_contradict() {
    let table = "\n[[table]]\nfile = \"districts.csv\"\ngeography = \"district\"\ncode = \"CODE\"\nperiod = \"2019\"\n[table.columns]\n\"People\" = \"people\"\n";
    assert_snapshot!(Folder::tiny().adding("atlas.toml", table).with("districts.csv", "CODE,People\nW,300\nE,650\n").problems(), @r#"
    atlas.toml: note: `people` for `district` in 2019: what is published is what the areas add up to in 1 of 2; they differ most in `E`: 650 beside 700
      hint: the published value is shown; if the difference is not meant, look at both tables
    "#);
}

#[test]
fn values_that_their_own_parts_contradict() {
    let section = "id = \"share\"\nname = \"Share\"\nkind = \"proportion\"";
    let columns = "\"V\" = \"share\"\n\"N\" = { indicator = \"share\", field = \"numerator\" }\n\"D\" = { indicator = \"share\", field = \"denominator\" }";
    let csv = "CODE,V,N,D\nA1,0.5,50,100\nA2,0.25,75,300\nA3,0.1,20,200\nA4,0.3,120,400\n";
    assert_snapshot!(Folder::tiny().with_indicator(section, columns, csv).problems(), @r#"
    values.csv: warning: `share` for `area` in 2019: the value is numerator / denominator × `per` in 0 of 4 areas, and off by more than the parts are rounded in 4; most in `A1`: 0.50 beside 50
      hint: the value is shown as supplied; if that is not meant, look at `per` and at the columns of parts
    "#);
}

#[test]
fn a_total_that_its_breakdown_contradicts() {
    let part = |id: &str| format!("\n[[indicator]]\nid = \"{id}\"\nname = \"{id}\"\nkind = \"count\"\n");
    let table = "\n[[breakdown]]\ntotal = \"people\"\nparts = [\"young\", \"old\"]\n\n[[table]]\nfile = \"ages.csv\"\ngeography = \"area\"\ncode = \"CODE\"\nperiod = \"2019\"\n[table.columns]\n\"Young\" = \"young\"\n\"Old\" = \"old\"\n";
    let folder = Folder::tiny().adding("atlas.toml", &format!("{}{}{table}", part("young"), part("old")));
    assert_snapshot!(folder.with("ages.csv", "CODE,Young,Old\nA1,40,60\nA2,100,200\nA3,90,100\nA4,200,200\n").problems(), @r#"
    atlas.toml: note: `people` for `area` in 2019: the total is what the parts of its breakdown add up to in 3 of 4 areas; they differ most in `A3`: 200 beside 190
      hint: a part may be missing from the `[[breakdown]]`, or a table may be of another release

    atlas.toml: note: `people` for `district` in 2019: the total is what the parts of its breakdown add up to in 1 of 2 areas; they differ most in `W`: 300 beside 290
      hint: a part may be missing from the `[[breakdown]]`, or a table may be of another release
    "#);
}

#[test]
fn shares_that_make_up_a_total_are_held_against_it_by_their_numerators() {
    let share = |id: &str| format!("\n[[indicator]]\nid = \"{id}\"\nname = \"{id}\"\nkind = \"proportion\"\n");
    let table = "\n[[breakdown]]\ntotal = \"all\"\nparts = [\"male\", \"female\"]\n\n[[table]]\nfile = \"sexes.csv\"\ngeography = \"area\"\nperiod = \"2019\"\nlayout = \"long\"\n";
    let sections = ["all", "male", "female"].map(share).concat();
    let rows = |a4: u32| {
        let rows = ["A1", "A2", "A3"].map(|code| format!("{code},all,30,90\n{code},male,20,50\n{code},female,10,40\n"));
        format!(
            "area_code,indicator,numerator,denominator\n{}A4,all,{a4},90\nA4,male,20,50\nA4,female,10,40\n",
            rows.concat()
        )
    };
    let problems = |a4| {
        let folder = Folder::tiny().adding("atlas.toml", &format!("{sections}{table}"));
        folder.with("sexes.csv", rows(a4)).problems()
    };
    assert_snapshot!(problems(30), @"");
    assert_snapshot!(problems(33), @r#"
    atlas.toml: note: the numerators of `all` for `area` in 2019: the total is what the parts of its breakdown add up to in 3 of 4 areas; they differ most in `A4`: 33 beside 30
      hint: a part may be missing from the `[[breakdown]]`, or a table may be of another release

    atlas.toml: note: the numerators of `all` for `district` in 2019: the total is what the parts of its breakdown add up to in 1 of 2 areas; they differ most in `E`: 63 beside 60
      hint: a part may be missing from the `[[breakdown]]`, or a table may be of another release
    "#);
}

#[test]
fn limits_that_are_exchanged_or_do_not_hold_the_value() {
    let section = "id = \"share\"\nname = \"Share\"\nkind = \"mean\"";
    let columns = "\"V\" = \"share\"\n\"L\" = { indicator = \"share\", field = \"lower\" }\n\"U\" = { indicator = \"share\", field = \"upper\" }";
    let problems =
        |rows: &str| Folder::tiny().with_indicator(section, columns, &format!("CODE,V,L,U\n{rows}")).problems();
    assert_snapshot!(problems("A1,5,6,4\nA2,5,4,6\nA3,7,8,6\nA4,3,,2\n"), @r#"
    values.csv:2: error: `share` for `area` in 2019: the lower limit is above the upper one in 2 areas, the first of them `A1`
      column: `L`
      hint: look whether the columns of `lower` and `upper` are exchanged
    "#);
    assert_snapshot!(problems("A1,5,6,7\nA2,5,5,5\nA3,,8,9\nA4,3,,2\n"), @r#"
    values.csv:2: warning: `share` for `area` in 2019: the value is not between its own limits in 1 area, `A1`
      column: `L`
      hint: such limits are not used; look whether they belong to another column
    "#);
}

#[test]
fn a_value_that_tells_a_hidden_part() {
    let section = "id = \"share\"\nname = \"Share\"\nkind = \"proportion\"";
    let columns = "\"V\" = \"share\"\n\"N\" = { indicator = \"share\", field = \"numerator\" }\n\"D\" = { indicator = \"share\", field = \"denominator\" }";
    let csv = "CODE,V,N,D\nA1,30,[c],10\nA2,25,75,300\nA3,30,[c],\nA4,40,20,[c]\n";
    let folder = Folder::tiny().with_indicator(section, columns, csv);
    assert_snapshot!(folder.problems(), @r#"
    values.csv: warning: `share` for `area` in 2019: hidden, because a hidden numerator or denominator would follow from it: 2 areas, the first of them `A1`
      hint: mark the value `[c]` too, or leave the other part out
    "#);
    let share = column(&folder.open(), "area", "share", "2019");
    assert_eq!(share.values, [None, Some(25.0), Some(30.0), None]);
    assert_eq!(share.status_of(0), [Status::Suppressed]);
    assert_eq!(share.denominator.as_ref().unwrap()[0], Some(10.0));
    assert_eq!(share.numerator.as_ref().unwrap()[3], None);
}
