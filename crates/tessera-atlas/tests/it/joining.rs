//! Which rows belong to which areas.

use insta::assert_snapshot;
use tessera_atlas::import::TableReport;

use crate::fixture::{Folder, collection, square, told};

/// An atlas of four LSOAs, of which the last two are new in `year`.
fn lsoas(codes: [&str; 4]) -> Folder {
    let places = [(-2.0, 52.0), (-1.9, 52.0), (-2.0, 52.1), (-1.9, 52.1)];
    let features: Vec<String> =
        codes.iter().zip(places).map(|(code, (west, south))| square(code, west, south)).collect();
    let rows: String =
        codes.iter().zip("WEWE".chars()).map(|(code, district)| format!("{code},{district},{district}\n")).collect();
    let people: String = codes.iter().map(|code| format!("{code},100\n")).collect();
    Folder::tiny()
        .with("areas.geojson", collection(&features))
        .with("lookup.csv", format!("CODE,DISTRICT,DISTRICT_NAME\n{rows}"))
        .with("people.csv", format!("CODE,People\n{people}"))
}

const OF_2011: [&str; 4] = ["E01000001", "E01000002", "E01032483", "E01033768"];
const OF_2021: [&str; 4] = ["E01000001", "E01000002", "E01033769", "E01035762"];
/// Four areas that kept their codes in 2011 and in 2021.
const UNCHANGED: [&str; 4] = ["E01000001", "E01000002", "E01000003", "E01000004"];

fn rows(codes: &[&str]) -> String {
    let rows: String = codes.iter().map(|code| format!("{code},100\n")).collect();
    format!("CODE,People\n{rows}")
}

fn report(folder: &Folder) -> TableReport {
    folder.read().1.tables.remove(0)
}

#[test]
fn areas_outside_the_atlas_are_counted_as_elsewhere() {
    let folder =
        lsoas(OF_2011).with("people.csv", rows(&[&OF_2011[..], &["E01000005", "W01001958", "E01033000"]].concat()));
    let report = report(&folder);
    assert_eq!((report.rows, report.matched, report.elsewhere), (7, 4, 3));
    assert!(report.unmatched.is_empty() && report.without_value.is_empty());
    assert_eq!(folder.problems(), "");
}

#[test]
fn codes_of_a_later_release_are_named_with_the_geography_that_fits() {
    let folder = lsoas(OF_2011).with("people.csv", rows(&OF_2021));
    let report = report(&folder);
    assert_eq!((report.matched, report.elsewhere), (2, 0));
    assert_eq!(report.unmatched, ["E01033769", "E01035762"]);
    assert_eq!(report.without_value, ["E01032483", "E01033768"]);
    assert_snapshot!(folder.problems(), @r#"
    people.csv: warning: 2 codes are of LSOA 2021, not of `area`
      value: `E01033769, E01035762`
      hint: add a geography with the boundaries of LSOA 2021, and set the table's `geography` to it
    "#);
    let with_2021 = folder.adding("atlas.toml", "\n[[geography]]\nid = \"lsoa21\"\nname = \"LSOAs 2021\"\nsingular = \"LSOA\"\nboundaries = \"2021.geojson\"\ncode = \"CODE\"\n")
        .with("2021.geojson", collection(&[square(OF_2021[2], -2.0, 52.0)]));
    assert_snapshot!(with_2021.problems(), @r#"
    people.csv: warning: 2 codes are of LSOA 2021, not of `area`
      value: `E01033769, E01035762`
      hint: set the table's `geography` to `lsoa21`
    "#);
}

#[test]
fn codes_of_an_earlier_release_are_named_too() {
    let folder = lsoas(OF_2021).with("people.csv", rows(&OF_2011));
    let report = report(&folder);
    assert_eq!((report.matched, report.elsewhere), (2, 2));
    assert_snapshot!(folder.problems(), @r#"
    people.csv: warning: the codes are of LSOA 2011, and 2 areas of `area` were drawn later
      value: `E01033769, E01035762`
      hint: add a geography with the boundaries of LSOA 2011, and set the table's `geography` to it
    "#);
}

#[test]
fn a_table_that_covers_every_area_is_of_their_release() {
    let folder = lsoas(UNCHANGED).with("people.csv", rows(&[&UNCHANGED[..], &["E01033769"]].concat()));
    assert_eq!(report(&folder).elsewhere, 1);
    assert_eq!(folder.problems(), "");
}

#[test]
fn a_table_of_some_areas_is_no_table_of_another_release() {
    let folder = lsoas(OF_2011).with("people.csv", rows(&OF_2011[..2]));
    assert_eq!(report(&folder).without_value, OF_2011[2..]);
    assert_eq!(folder.problems(), "");
}

#[test]
fn a_code_that_was_never_issued_is_an_error() {
    let folder = lsoas(OF_2011).with("people.csv", rows(&[&OF_2011[..], &["E01099999"]].concat()));
    let (edition, read) = folder.read();
    assert!(edition.is_none());
    assert!(told(&read).contains("`E01099999`"));
    assert_eq!(read.tables[0].unmatched, ["E01099999"]);
}

#[test]
fn codes_of_the_same_kind_are_elsewhere_and_of_another_kind_are_not() {
    let codes = ["E07000234", "E07000235", "E08000035", "E06000016"];
    let folder = lsoas(codes).with("people.csv", rows(&[&codes[..], &["E09000001", "W06000015"]].concat()));
    assert_eq!((report(&folder).elsewhere, folder.problems()), (2, String::new()));
    let folder = lsoas(codes).with("people.csv", rows(&[&codes[..], &["E10000034"]].concat()));
    assert!(folder.read().0.is_none());
}

#[test]
fn a_code_that_stands_in_many_rows_is_unmatched_once() {
    let long = "layout = \"long\"\nindicator = \"people\"\ncolumns = { area_code = \"CODE\", value = \"People\", period = \"Year\" }\n";
    let wide = "code = \"CODE\"\nperiod = \"2019\"\n[table.columns]\n\"People\" = \"people\"\n";
    let folder = lsoas(OF_2011).replacing("atlas.toml", wide, long).with(
        "people.csv",
        "CODE,Year,People\nE01000001,2018,1\nE01000001,2019,1\nE01033769,2018,1\nE01033769,2019,1\n",
    );
    assert_eq!(report(&folder).unmatched, ["E01033769"]);
    assert!(folder.problems().contains("1 code is of LSOA 2021"));
}

#[test]
fn the_report_is_for_programs_too() {
    let json = serde_json::to_value(lsoas(OF_2011).with("people.csv", rows(&OF_2021)).read().1).unwrap();
    assert_eq!(json["tables"][0]["unmatched"][0], "E01033769");
    assert_eq!(json["problems"][0]["kind"], "other-vintage");
    assert_eq!(json["problems"][0]["severity"], "warning");
}

#[test]
fn headings_that_repeat_are_numbered() {
    let folder = Folder::tiny()
        .replacing("atlas.toml", "\"People\" = \"people\"", "\"People#2\" = \"people\"")
        .with("people.csv", "CODE,People,People\nA1,1,100\nA2,1,300\nA3,1,200\nA4,1,400\n");
    assert_eq!(folder.id(), Folder::tiny().id());
}

#[test]
fn headings_may_stand_below_a_title() {
    let folder = Folder::tiny()
        .replacing("atlas.toml", "period = \"2019\"", "period = \"2019\"\nheading_row = 4")
        .with("people.csv", "Population\n\n\"Source, and more\",,\nCODE,People\nA1,100\nA2,300\nA3,200\nA4,400\n");
    assert_eq!(folder.id(), Folder::tiny().id());
}

#[test]
fn one_file_may_feed_two_tables() {
    let again = "\n[[indicator]]\nid = \"residents\"\nname = \"R\"\nkind = \"count\"\n\n[[table]]\nfile = \"people.csv\"\ngeography = \"area\"\ncode = \"CODE\"\nperiod = \"2019\"\n[table.columns]\n\"People\" = \"residents\"\n";
    let folder = Folder::tiny().adding("atlas.toml", again);
    assert_eq!(folder.problems(), "");
    assert_eq!(folder.open().indicators().len(), 2);
}

#[test]
fn local_names_come_first() {
    let folder = Folder::tiny()
        .replacing("atlas.toml", "label = \"NAME\"", "label = \"NAME\"\nnames = \"names.csv\"")
        .with("names.csv", "area_code,local_name\nA1,Old Town\nB9,Elsewhere\nA2,\n");
    let view = folder.open();
    let areas = view.geography("area").unwrap().areas();
    assert_eq!(
        (areas[0].shown_name(), areas[0].name.as_str(), areas[1].shown_name()),
        ("Old Town", "Area A1", "Area A2")
    );
}

#[test]
fn notes_stand_beside_the_values_that_they_speak_of() {
    let folder = Folder::tiny()
        .adding("atlas.toml", "\n[[notes]]\nfile = \"notes.csv\"\n\n[[indicator]]\nid = \"secret\"\nname = \"S\"\nkind = \"count\"\naccess = \"health\"\n")
        .with("notes.csv", "area_code,indicator,period,note\nA1,,,a park\nA1,people,2019,a prison\nA1,people,2018,a fair\nA1,secret,,hidden\n");
    let view = folder.open();
    let texts = |indicator: Option<&str>, period: Option<&str>| {
        let indicator = indicator.and_then(|id| view.indicator(id));
        let notes = view.notes("A1", indicator, period.map(|period| period.parse().unwrap()));
        notes.into_iter().map(|note| note.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(texts(None, None), ["a park"]);
    assert_eq!(texts(Some("people"), Some("2019")), ["a park", "a prison"]);
    assert_eq!(texts(Some("people"), None), ["a park", "a fair", "a prison"]);
}
