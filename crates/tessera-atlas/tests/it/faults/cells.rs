//! Faults of rows and cells, and how they are told.

use insta::assert_snapshot;
use tessera_atlas::Report;

use super::{manifest, manifest_and, people};
use crate::fixture::Folder;

#[test]
fn a_row_without_a_code() {
    assert_snapshot!(people("A1,100\nA2,300\n,200\nA4,400\n").problems(), @r#"
    people.csv:4: error: this row has no area code
      column: `CODE`
      hint: fill it in, or take the row out
    "#);
}

#[test]
fn an_unknown_code() {
    assert_snapshot!(people("A1,100\nA2,300\nA3,200\nA4,400\nA5,500\n").problems(), @r#"
    people.csv:6: error: this code is no area of `area`
      column: `CODE`
      value: `A5`
      hint: mend the code, or take the row out
    "#);
}

/// A report as it is written, without its files: the time of a file may hold any digits.
fn without_files(report: Report) -> String {
    serde_json::to_string(&Report { files: Vec::new(), ..report }).unwrap()
}

/// Whichever column holds them, numbers that are to be protected stand in no message and no report.
#[test]
fn a_column_of_protected_numbers_instead_of_codes() {
    let folder = Folder::tiny().replacing("atlas.toml", "none = \"invented numbers\"", "threshold = 500");
    let wide = folder.with("people.csv", "CODE,People\nA1,3\nA2,417\nA3,x\n");
    let wide = wide.replacing("atlas.toml", "code = \"CODE\"\nperiod", "code = \"People\"\nperiod");
    assert_snapshot!(wide.problems(), @r#"
    people.csv:2: error: this code is no area of `area`
      column: `People`
      hint: mend the code, or take the row out

    people.csv:3: error: this code is no area of `area`
      column: `People`
      hint: mend the code, or take the row out

    people.csv:4: error: this code is no area of `area`
      column: `People`
      value: `x`
      hint: mend the code, or take the row out

    people.csv: error: none of the file's 3 codes is an area of `area`
      hint: look at the column of codes, and at the table's `geography`
    "#);
    let report = without_files(wide.read().1);
    assert!(!report.contains("417"), "{report}");
    let keys = "layout = \"long\"\n[table.columns]\narea_code = \"CODE\"\nvalue = \"People\"\n";
    for (indicator, period) in [("\"People\"", "\"Year\""), ("\"Which\"", "\"People\"")] {
        let long = Folder::tiny().replacing("atlas.toml", "none = \"invented numbers\"", "threshold = 500");
        let long = long.with("people.csv", "CODE,Which,Year,People\nA1,people,2019,31337\nA2,people,2019,417\n");
        let long = long.replacing(
            "atlas.toml",
            "code = \"CODE\"\nperiod = \"2019\"\n[table.columns]\n\"People\" = \"people\"\n",
            "LONG",
        );
        let long = long.replacing("atlas.toml", "LONG", &format!("{keys}indicator = {indicator}\nperiod = {period}\n"));
        let (edition, report) = long.read();
        assert!(edition.is_none() && !report.problems.is_empty());
        let told = format!("{}{}", long.problems(), without_files(report));
        assert!(!told.contains("417") && !told.contains("31337"), "{told}");
    }
}

#[test]
fn a_code_of_another_geography() {
    assert_snapshot!(people("A1,100\nA2,300\nA3,200\nA4,400\nW,300\n").problems(), @r#"
    people.csv:6: error: this code is no area of `area`
      column: `CODE`
      value: `W`
      hint: this is a code of `district`: is that the file's geography?
    "#);
}

#[test]
fn no_code_that_matches() {
    assert_snapshot!(people("B1,100\nB2,300\n").problems(), @r#"
    people.csv:2: error: this code is no area of `area`
      column: `CODE`
      value: `B1`
      hint: mend the code, or take the row out

    people.csv:3: error: this code is no area of `area`
      column: `CODE`
      value: `B2`
      hint: mend the code, or take the row out

    people.csv: error: none of the file's 2 codes is an area of `area`
      hint: look at the column of codes, and at the table's `geography`
    "#);
}

#[test]
fn codes_in_lower_case_are_matched_with_a_warning() {
    assert_snapshot!(people("a1,100\nA2,300\na3,200\nA4,400\n").problems(), @r#"
    people.csv: warning: 2 codes are in lower case, and matched all the same
      value: `a1`
    "#);
}

#[test]
fn an_area_that_stands_twice() {
    assert_snapshot!(people("A1,100\nA2,300\nA3,200\nA4,400\nA1,100\n").problems(), @r#"
    people.csv:6: error: this area stands twice in the table
      value: `A1`
      hint: keep one of the rows (the first is row 2)
    "#);
}

#[test]
fn a_value_that_is_said_twice() {
    let again = "\n[[table]]\nfile = \"again.csv\"\ngeography = \"area\"\ncode = \"CODE\"\nperiod = \"2019\"\n[table.columns]\n\"Count\" = \"people\"\n";
    assert_snapshot!(manifest_and(again).with("again.csv", "CODE,Count\n\nA2,300\n").problems(), @r#"
    again.csv:3: error: this value is said a second time (first in people.csv, row 3)
      column: `Count`
      value: `300`
      hint: keep one of the two
    "#);
}

/// Two labels of one indicator: the row that stands higher up is the first, whichever label it has.
#[test]
fn a_value_that_is_said_twice_under_two_labels() {
    let wide = "code = \"CODE\"\nperiod = \"2019\"\n[table.columns]\n\"People\" = \"people\"\n";
    let long = "layout = \"long\"\nperiod = \"2019\"\ncolumns = { area_code = \"CODE\", indicator = \"What\", value = \"People\" }\n[table.indicators]\nMen = \"people\"\nMan = \"people\"\n";
    let rows = "CODE,What,People\nA1,Men,100\nA2,Man,300\nA3,Men,200\nA4,Men,400\nA2,Men,500\n";
    assert_snapshot!(manifest(wide, long).with("people.csv", rows).problems(), @r#"
    people.csv:6: error: this value is said a second time (first in people.csv, row 3)
      column: `People`
      value: `500`
      hint: keep one of the two
    "#);
}

#[test]
fn a_formula_that_failed() {
    assert_snapshot!(people("A1,#REF!\nA2,300\nA3,200\nA4,400\n").problems(), @r#"
    people.csv:2: error: this is a spreadsheet error, not a number
      column: `People`
      value: `#REF!`
      hint: mend the formula in the workbook and export again
    "#);
}

#[test]
fn a_date_that_a_workbook_made_of_a_number() {
    assert_snapshot!(people("A1,14-Oct\nA2,300\nA3,200\nA4,01/02/2019\n").problems(), @r#"
    people.csv:2: error: this is a date where a number should be
      column: `People`
      value: `14-Oct`
      hint: format the column as numbers in the workbook and export again

    people.csv:5: error: this is a date where a number should be
      column: `People`
      value: `01/02/2019`
      hint: format the column as numbers in the workbook and export again
    "#);
}

#[test]
fn a_dash_without_a_meaning() {
    assert_snapshot!(people("A1,-\nA2,300\nA3,200\nA4,400\n").problems(), @r#"
    people.csv:2: error: a dash has no meaning until the table's `symbols` give it one
      column: `People`
      value: `-`
      hint: add `"-" = "not-available"` (or `"suppressed"`) to `[table.symbols]`
    "#);
}

#[test]
fn cells_that_are_no_numbers() {
    assert_snapshot!(people("A1,many\nA2,NaN\nA3,\"1,23\"\nA4,5 [c]\n").problems(), @r#"
    people.csv:2: error: this cell should hold a number or a known symbol
      column: `People`
      value: `many`
      hint: mend the cell, or say what the symbol means in the table's `symbols`

    people.csv:3: error: this is not a finite number
      column: `People`
      value: `NaN`
      hint: leave the cell empty where there is no value

    people.csv:4: error: the commas do not group digits by three
      column: `People`
      value: `1,23`
      hint: write a decimal point, and a comma only before each three digits

    people.csv:5: error: this cell holds both a number and a mark that says there is none
      column: `People`
      value: `5 [c]`
      hint: leave either the number or the mark
    "#);
}

#[test]
fn escape_sequences_are_shown_not_sent() {
    assert_snapshot!(people("A1,\u{1b}[31mred\nA2,300\nA3,200\nA4,400\n").problems(), @r#"
    people.csv:2: error: this cell should hold a number or a known symbol
      column: `People`
      value: `\u{1b}[31mred`
      hint: mend the cell, or say what the symbol means in the table's `symbols`
    "#);
}

#[test]
fn a_word_that_is_no_category() {
    let kind =
        "\n[[indicator]]\nid = \"kind\"\nname = \"Kind\"\nkind = \"category\"\ncategories = [\"Urban\", \"Rural\"]\n";
    let table = "\n[[table]]\nfile = \"kinds.csv\"\ngeography = \"area\"\ncode = \"CODE\"\nperiod = \"2019\"\n[table.columns]\n\"Kind\" = \"kind\"\n";
    let folder = manifest_and(&format!("{kind}{table}"));
    assert_snapshot!(folder.with("kinds.csv", "CODE,Kind\nA1,Urban\nA2,Rurral\nA3,Seaside\nA4,3\n").problems(), @r#"
    kinds.csv:3: error: this is no category of `kind`
      column: `Kind`
      value: `Rurral`
      hint: did you mean `Rural`? its categories are: Urban, Rural; a symbol is explained in the table's `symbols`

    kinds.csv:4: error: this is no category of `kind`
      column: `Kind`
      value: `Seaside`
      hint: its categories are: Urban, Rural; a symbol is explained in the table's `symbols`

    kinds.csv:5: error: a category is a whole number from 1 to 2
      column: `Kind`
      value: `3`
      hint: mend the value, or the indicator's `kind`
    "#);
}
