//! Faults of tables as files and as sections of the manifest, and how they are told.

use insta::assert_snapshot;

use super::{manifest, manifest_and, people};
use crate::fixture::Folder;

#[test]
fn a_path_that_leaves_the_folder() {
    assert_snapshot!(manifest("file = \"people.csv\"", "file = \"../people.csv\"").problems(), @r#"
    ../people.csv: error: the path leaves the atlas folder
      hint: copy the file into the atlas folder and name it relative to `atlas.toml`
    "#);
}

#[test]
fn a_file_that_is_not_there() {
    assert_snapshot!(manifest("file = \"people.csv\"", "file = \"peple.csv\"").problems(), @r#"
    peple.csv: error: there is no such file
      hint: did you mean `people.csv`? It is named in line 40 of `atlas.toml`
    "#);
}

#[test]
fn an_empty_file() {
    assert_snapshot!(Folder::tiny().with("people.csv", "").problems(), @r#"
    people.csv: error: the file is empty
      hint: export or download it again
    "#);
}

#[test]
fn a_file_of_another_format() {
    let folder = manifest("file = \"people.csv\"", "file = \"people.pdf\"").with("people.pdf", "%PDF-1.7");
    assert_snapshot!(folder.problems(), @"
    people.pdf: error: tables are read from .csv, .csv.gz, .xlsx, .ods and .parquet files
      hint: export it as one of these
    ");
}

#[test]
fn a_sheet_of_a_csv_file() {
    assert_snapshot!(manifest("period = \"2019\"", "period = \"2019\"\nsheet = \"Data\"").problems(), @r#"
    atlas.toml:44: error: this file has no sheets
      key: `sheet`
      value: `people.csv`
      hint: take `sheet` out
    "#);
}

#[test]
fn ragged_rows() {
    assert_snapshot!(people("A1,1,100\nA2,300\nA3\nA4,400\n").problems(), @r#"
    people.csv:2: error: cells in this row: 3, headings: 2
      hint: put values that hold a comma in quotation marks

    people.csv:4: error: cells in this row: 1, headings: 2
      hint: put values that hold a comma in quotation marks
    "#);
}

#[test]
fn a_quotation_mark_that_is_never_closed() {
    assert_snapshot!(people("A1,100\nA2,\"300\nA3,200\nA4,400\n").problems(), @r#"
    people.csv:3: error: a quotation mark in this row is never closed
      hint: close it, or take it out
    "#);
}

#[test]
fn headings_on_another_line() {
    assert_snapshot!(manifest("period = \"2019\"", "period = \"2019\"\nheading_row = 9").problems(), @r#"
    people.csv: error: row 9 holds no headings
      hint: say in `heading_row` in which row the headings stand
    "#);
}

#[test]
fn a_missing_code_column_is_answered_with_the_likely_one() {
    assert_snapshot!(manifest("geography = \"area\"\ncode = \"CODE\"", "geography = \"area\"\ncode = \"CODES\"").problems(), @r#"
    people.csv:1: error: there is no column `CODES`
      hint: did you mean `CODE`?
    "#);
}

#[test]
fn a_missing_column_of_values() {
    assert_snapshot!(manifest("\"People\" = \"people\"", "\"Residents\" = \"people\"").problems(), @r#"
    people.csv:1: error: there is no column `Residents`
      hint: the headings that nothing uses are: People
    "#);
}

#[test]
fn a_heading_that_is_used_is_not_proposed_for_another() {
    let folder = manifest(
        "\"People\" = \"people\"",
        "\"2019-02\" = \"people\"\n\"2019-12\" = { indicator = \"people\", period = \"2018\" }",
    );
    let people = |heading: &str| format!("CODE,{heading},2019-12\nA1,100,1\nA2,300,1\nA3,200,1\nA4,400,1\n");
    assert_snapshot!(folder.with("people.csv", people("Feb-19")).problems(), @r#"
    people.csv:1: error: there is no column `2019-02`
      hint: the headings that nothing uses are: Feb-19
    "#);
    let folder = manifest(
        "\"People\" = \"people\"",
        "\"2019-02\" = \"people\"\n\"2019-12\" = { indicator = \"people\", period = \"2018\" }",
    );
    assert_snapshot!(folder.with("people.csv", people("2019-2")).problems(), @r#"
    people.csv:1: error: there is no column `2019-02`
      hint: did you mean `2019-2`?
    "#);
}

#[test]
fn a_wide_table_that_says_too_little() {
    assert_snapshot!(manifest("code = \"CODE\"\nperiod = \"2019\"\n[table.columns]\n\"People\" = \"people\"\n", "").problems(), @r#"
    atlas.toml:40: error: the table does not say which column holds the area code
      value: `people.csv`
      hint: add for example `code = "LSOA11CD"`

    atlas.toml:40: error: the table names no column
      value: `people.csv`
      hint: add `[table.columns]` with heading = indicator
    "#);
}

#[test]
fn a_period_that_is_none() {
    assert_snapshot!(manifest("period = \"2019\"", "period = \"2019-13\"").problems(), @"atlas.toml:43: error: `2019-13` is no period: write 2019, 2019-06, 2019-Q2, 2018/19 or 2017-2019");
}

#[test]
fn an_unknown_indicator_is_answered_with_the_right_one() {
    assert_snapshot!(manifest("\"People\" = \"people\"", "\"People\" = \"peple\"").problems(), @r#"
    atlas.toml:45: error: there is no indicator `peple`
      key: `People`
      hint: did you mean `people`?
    "#);
}

#[test]
fn a_symbol_that_means_nothing_we_know() {
    assert_snapshot!(manifest_and("[table.symbols]\nSUPP = \"surpressed\"\n").problems(), @r#"
    atlas.toml:47: error: unknown word `surpressed` in `table`
      hint: did you mean `suppressed`?
    "#);
}

#[test]
fn a_long_table_with_a_column_it_cannot_have() {
    let long = "layout = \"long\"\nindicator = \"people\"\ncolumns = { area_cod = \"CODE\", value = \"People\" }\n";
    assert_snapshot!(manifest("code = \"CODE\"\nperiod = \"2019\"\n[table.columns]\n\"People\" = \"people\"\n", &format!("period = \"2019\"\n{long}")).problems(), @r#"
    atlas.toml:45: error: a long table has no column `area_cod`
      hint: did you mean `area_code`?

    people.csv:1: error: there is no column `area_code`
      hint: the headings are: CODE, People
    "#);
}

#[test]
fn a_long_table_with_keys_of_a_wide_one() {
    let long = "code = \"CODE\"\nperiod = \"2019\"\nlayout = \"long\"\nindicator = \"people\"\n";
    let columns = "columns = { area_code = \"CODE\", indicator = \"x\", value = { indicator = \"People\", field = \"lower\" } }\n";
    assert_snapshot!(manifest("code = \"CODE\"\nperiod = \"2019\"\n[table.columns]\n\"People\" = \"people\"\n", &format!("{long}{columns}")).problems(), @r#"
    atlas.toml:42: error: `code` belongs to wide tables
      value: `people.csv`
      hint: write `columns = { area_code = "…" }`

    atlas.toml:46: error: in a long table `columns` gives headings only
      value: `people.csv`
      hint: write for example `columns = { area_code = "LSOA11CD", value = "Percent" }`

    atlas.toml:45: error: `indicator` is fixed for the whole table and named as a column too
      value: `people.csv`
      hint: keep one of the two
    "#);
}

#[test]
fn a_long_table_with_unknown_indicators_and_periods() {
    let long = "layout = \"long\"\n";
    assert_snapshot!(manifest("code = \"CODE\"\nperiod = \"2019\"\n[table.columns]\n\"People\" = \"people\"\n", long)
            .with("people.csv", "area_code,indicator,period,value\nA1,people,2019,1\nA2,peple,2019,1\nA3,people,20190,1\n").problems(), @r#"
    people.csv:3: error: there is no indicator `peple`
      column: `indicator`
      hint: did you mean `people`?

    people.csv:4: error: `20190` is no period: write 2019, 2019-06, 2019-Q2, 2018/19 or 2017-2019
      column: `period`
    "#);
}

#[test]
fn a_numerator_of_a_count() {
    assert_snapshot!(manifest("\"People\" = \"people\"", "\"People\" = { indicator = \"people\", field = \"numerator\" }").problems(), @r#"
    atlas.toml:45: error: `people` is a count, which has no numerator
      key: `People`
      value: `people.csv`
      hint: leave `field` out, or mend the indicator's `kind`
    "#);
}

#[test]
fn years_that_start_on_two_days() {
    let table = |file: &str, period: &str, day: &str| {
        format!(
            "\n[[table]]\nfile = \"{file}\"\ngeography = \"area\"\ncode = \"CODE\"\nperiod = \"{period}\"\nyear_starts = \"{day}\"\n[table.columns]\n\"People\" = \"people\"\n"
        )
    };
    let sections = table("first.csv", "2018/19", "09-01") + &table("second.csv", "2019/20", "04-06");
    let rows = "CODE,People\nA1,1\nA2,1\nA3,1\nA4,1\n";
    assert_snapshot!(manifest_and(&sections).with("first.csv", rows).with("second.csv", rows).problems(), @r#"
    atlas.toml:61: error: the years of `people` start on 04-06 in second.csv and on 09-01 in first.csv
      hint: say the same `year_starts` for all tables of `people`
    "#);
}
