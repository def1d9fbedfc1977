//! An edition is named by what it publishes, and by nothing else.

use proptest::prelude::*;

use crate::fixture::{Folder, SQUARES, collection, column, feature, square, squares, told};

const DENSITY: &str = "id = \"density\"\nname = \"Density\"\nkind = \"ratio\"";
const PARTS: &str = "\"N\" = { indicator = \"density\", field = \"numerator\" }\n\"D\" = { indicator = \"density\", field = \"denominator\" }\n\"V\" = \"density\"";
const VALUES: &str = "CODE,N,D,V\nA1,100,10,10\nA2,300,[c],\nA3,200,5,40 [p]\nA4,,2,200\n";

fn with_density() -> Folder {
    Folder::tiny().with_indicator(DENSITY, PARTS, VALUES)
}

#[test]
fn the_same_content_in_another_folder_has_the_same_id() {
    let (one, other) = (Folder::tiny(), Folder::tiny());
    assert_ne!(one.path(), other.path());
    assert_eq!(one.id(), other.id());
    assert_eq!(one.id().len(), 16);
    assert!(one.id().bytes().all(|byte| byte.is_ascii_hexdigit() && !byte.is_ascii_uppercase()));
}

#[test]
fn the_order_of_features_does_not_show() {
    let turned = SQUARES.iter().rev().map(|(code, west, south)| square(code, *west, *south)).collect::<Vec<_>>();
    assert_eq!(Folder::tiny().with("areas.geojson", collection(&turned)).id(), Folder::tiny().id());
}

#[test]
fn the_order_of_rows_does_not_show() {
    let folder = Folder::tiny()
        .with("people.csv", "CODE,People\nA4,400\nA2,300\nA1,100\nA3,200\n")
        .with("lookup.csv", "CODE,DISTRICT,DISTRICT_NAME\nA4,E,East\nA3,W,West\nA2,E,East\nA1,W,West\n");
    assert_eq!(folder.id(), Folder::tiny().id());
}

#[test]
fn the_order_of_tables_and_the_number_of_files_do_not_show() {
    let parts = |first: &str, second: &str| {
        let table = |file: &str| {
            format!(
                "\n[[table]]\nfile = \"{file}\"\ngeography = \"area\"\ncode = \"CODE\"\nperiod = \"2019\"\n[table.columns]\n\"People\" = \"people\"\n"
            )
        };
        Folder::tiny()
            .replacing("atlas.toml", "[[table]]\nfile = \"people.csv\"\ngeography = \"area\"\ncode = \"CODE\"\nperiod = \"2019\"\n[table.columns]\n\"People\" = \"people\"\n", "")
            .adding("atlas.toml", &format!("{}{}", table(first), table(second)))
            .with("a.csv", "CODE,People\nA1,100\nA2,300\n")
            .with("b.csv", "CODE,People\nA4,400\nA3,200\n")
            .id()
    };
    assert_eq!(parts("a.csv", "b.csv"), Folder::tiny().id());
    assert_eq!(parts("b.csv", "a.csv"), Folder::tiny().id());
}

#[test]
fn where_a_ring_begins_and_which_way_it_runs_do_not_show() {
    let others = SQUARES[1..].iter().map(|(code, west, south)| square(code, *west, *south));
    let ring = "[[-1.9,52.1],[-1.9,52.0],[-2.0,52.0],[-2.0,52.1],[-1.9,52.1]]";
    let features: Vec<String> = std::iter::once(feature("A1", ring)).chain(others).collect();
    assert_eq!(Folder::tiny().with("areas.geojson", collection(&features)).id(), Folder::tiny().id());
}

#[test]
fn spelling_of_numbers_line_ends_and_byte_order_marks_do_not_show() {
    let folder = Folder::tiny()
        .with("people.csv", "\u{feff}CODE,Other,People\r\nA1,x,100.0\r\nA2,x,3e2\r\nA3,x, 200 \r\nA4,x,400\r\n");
    assert_eq!(folder.id(), Folder::tiny().id());
}

#[test]
fn wide_and_long_tables_of_the_same_values_are_the_same_edition() {
    let long = "[[table]]\nfile = \"values.csv\"\ngeography = \"area\"\nlayout = \"long\"\ncolumns = { area_code = \"CODE\" }\n";
    let folder = Folder::tiny()
        .replacing("atlas.toml", "[[table]]\nfile = \"people.csv\"\ngeography = \"area\"\ncode = \"CODE\"\nperiod = \"2019\"\n[table.columns]\n\"People\" = \"people\"\n", "")
        .adding("atlas.toml", &format!("\n[[indicator]]\n{DENSITY}\n\n{long}"))
        .with(
            "values.csv",
            "CODE,indicator,period,numerator,denominator,value\n\
             A1,people,2019,,,100\nA2,people,2019,,,300\nA3,people,2019,,,200\nA4,people,2019,,,400\n\
             A1,density,2019,100,10,10\nA2,density,2019,300,[c],\nA3,density,2019,200,5,40 [p]\nA4,density,2019,,2,200\n",
        );
    assert_eq!(folder.id(), with_density().id());
}

/// A row of a long table: mostly the one that is expected, with a number.
fn long_row(area: usize, indicator: &'static str) -> impl Strategy<Value = [String; 4]> {
    let code = prop_oneof![30 => Just(format!("A{area}")), 1 => Just(format!("a{area}")), 1 => Just("A9".to_owned()), 1 => Just(String::new())];
    let indicator = prop_oneof![30 => Just(indicator), 1 => Just("a"), 1 => Just("unknown"), 1 => Just(" b")];
    let period = prop_oneof![30 => Just("2019"), 1 => Just("2018"), 1 => Just("20x9")];
    let value = prop_oneof![
        20 => "-?[0-9]{1,4}(\\.[0-9]{1,2})?",
        1 => prop::sample::select(vec!["", " 7", "8 ", "[c]", "9 [p]", "x", "1e2", "-", "12345678901234567890", "1.2.3"]).prop_map(str::to_owned),
    ];
    (code, indicator, period, value)
        .prop_map(|(code, indicator, period, value)| [code, indicator.to_owned(), period.to_owned(), value])
}

fn long_rows() -> impl Strategy<Value = Vec<[String; 4]>> {
    let expected = (1..=4).flat_map(|area| ["a", "b", "c"].map(|indicator| long_row(area, indicator)));
    expected.collect::<Vec<_>>()
}

proptest! {
    /// Rows that say what was foreseen are read in another way than those that end with a carriage return, too.
    #[test]
    fn long_tables_are_read_alike_however_their_lines_end(
        rows in long_rows(),
        order in Just(vec![0, 1, 2, 3]).prop_shuffle(),
        blank in 0_usize..12,
        is_ended: bool,
    ) {
        let headings = ["area_code", "indicator", "period", "value"].map(str::to_owned);
        let line = |row: &[String; 4]| order.iter().map(|column| row[*column].as_str()).collect::<Vec<_>>().join(",");
        let mut lines: Vec<String> = std::iter::once(&headings).chain(&rows).map(line).collect();
        lines.insert(blank + 1, String::new());
        let indicators = ["a", "b", "c"].map(|id| format!("[[indicator]]\nid = \"{id}\"\nname = \"{id}\"\nkind = \"count\"\n"));
        let read = |line_end: &str| {
            let table = "[[table]]\nfile = \"long.csv\"\ngeography = \"area\"\nlayout = \"long\"\n";
            let folder = Folder::tiny()
                .adding("atlas.toml", &format!("\n{}\n{table}", indicators.concat()))
                .with("long.csv", lines.join(line_end) + if is_ended { line_end } else { "" });
            let (edition, report) = folder.read();
            let tables = serde_json::to_string(&report.tables).unwrap();
            (edition.map(|edition| edition.id().to_string()), told(&report), tables)
        };
        prop_assert_eq!(read("\n"), read("\r\n"));
    }
}

#[test]
fn a_fixed_indicator_and_period_of_a_long_table_are_those_of_its_rows() {
    let long = "layout = \"long\"\nindicator = \"people\"\nperiod = \"2019\"\ncolumns = { area_code = \"CODE\", value = \"People\" }\n";
    let wide = "code = \"CODE\"\nperiod = \"2019\"\n[table.columns]\n\"People\" = \"people\"\n";
    assert_eq!(Folder::tiny().replacing("atlas.toml", wide, long).id(), Folder::tiny().id());
}

/// Every key of an indicator that a cell can hold, in a manifest and in a file.
#[test]
fn indicators_in_a_manifest_and_in_a_file_are_the_same() {
    let in_manifest = r#"
[[indicator]]
id = "r"
name = "Rate"
short = "R"
themes = ["One / Two", "Three"]
kind = "rate"
per = 1000
denominator = "people@2019"
unit = "per 1,000"
decimals = 2
polarity = "high-is-bad"
aggregate = "ratio-of-sums"
base = "residence"
definition = "What it is, exactly"
source = "Somebody"
source_url = "https://example.org"
licence = "OGL-UK-3.0"
caveat = "Beware"
updated = 2019-09-26
frequency = "annual"
next_due = "2020-09"
owner = "Team"
opens_at = "district"
access = "public"
disclosure = { none = "invented" }

[[indicator]]
id = "c"
name = "Class"
kind = "category"
categories = ["Urban", "Rural"]

[[indicator]]
id = "k"
name = "Rank"
kind = "rank"
out_of = 32844

[[indicator]]
id = "d"
name = "Decile"
kind = "decile"
polarity = "high-is-good"
worst = "most deprived"
best = "least deprived"
among = "areas in England"
ordered_by = "k"
"#;
    let in_file = "id,name,short,themes,kind,per,denominator,unit,decimals,polarity,aggregate,weight,out_of,categories,base,definition,source,source_url,licence,caveat,updated,frequency,next_due,owner,opens_at,access,disclosure,worst,best,among,ordered_by\n\
        r,Rate,R,One / Two | Three,rate,1000,people@2019,\"per 1,000\",2,high-is-bad,ratio-of-sums,,,,residence,\"What it is, exactly\",Somebody,https://example.org,OGL-UK-3.0,Beware,2019-09-26,annual,2020-09,Team,district,public,\"{ none = \"\"invented\"\" }\",,,,\n\
        c,Class,,,category,,,,,,,,,Urban | Rural,,,,,,,,,,,,,,,,,\n\
        k,Rank,,,rank,,,,,,,,32844,,,,,,,,,,,,,,,,,,\n\
        d,Decile,,,decile,,,,,high-is-good,,,,,,,,,,,,,,,,,,most deprived,least deprived,areas in England,k\n";
    let file = Folder::tiny().adding("atlas.toml", "\n[[indicators]]\nfile = \"i.csv\"\n").with("i.csv", in_file);
    assert_eq!(file.id(), Folder::tiny().adding("atlas.toml", in_manifest).id());
    assert_eq!(file.open().indicators().len(), 5);
}

#[test]
fn numbers_and_texts_in_the_view_are_the_same() {
    let view = |k: &str, reverse: &str| {
        Folder::tiny().adding("atlas.toml", &format!("\n[view]\nk = {k}\nreverse = {reverse}\n"))
    };
    assert_eq!(view("5", "true").id(), view("\"5\"", "\"true\"").id());
    let opened = view("5", "true").open();
    assert_eq!(opened.opening().others.get("k").map(String::as_str), Some("5"));
}

#[test]
fn each_change_of_what_is_published_changes_the_id() {
    let own = with_density().id();
    let notes = "\n[[notes]]\nfile = \"notes.csv\"\n";
    let changed = [
        ("a value", with_density().replacing("people.csv", "A1,100", "A1,101")),
        ("a missing value", with_density().replacing("people.csv", "A1,100", "A1,")),
        ("why a value is missing", with_density().replacing("values.csv", "[c]", "[x]")),
        ("a mark", with_density().replacing("values.csv", "[p]", "[r]")),
        ("a denominator", with_density().replacing("values.csv", "A3,200,5", "A3,200,6")),
        ("a period", with_density().replacing("atlas.toml", "period = \"2019\"", "period = \"2018\"")),
        ("an area's name", with_density().replacing("areas.geojson", "Area A1", "Area One")),
        (
            "a district's name",
            with_density().replacing("lookup.csv", "East\nA3", "Eastern\nA3").replacing(
                "lookup.csv",
                "East\n",
                "Eastern\n",
            ),
        ),
        ("a parent", with_density().replacing("lookup.csv", "A3,W,West", "A3,E,East")),
        (
            "an area's code",
            with_density()
                .replacing("areas.geojson", "\"A1\"", "\"A0\"")
                .replacing("people.csv", "A1", "A0")
                .replacing("values.csv", "A1", "A0")
                .replacing("lookup.csv", "A1", "A0"),
        ),
        ("a coordinate", with_density().with("areas.geojson", squares().replacen("[-2,52]", "[-2.0000001,52]", 2))),
        ("an indicator's name", with_density().replacing("atlas.toml", "name = \"Density\"", "name = \"Crowding\"")),
        (
            "an indicator's metadata",
            with_density().replacing("atlas.toml", "name = \"Density\"", "name = \"Density\"\nowner = \"x\""),
        ),
        ("the title", with_density().replacing("atlas.toml", "Tiny atlas", "Small atlas")),
        ("what opens first", with_density().adding("atlas.toml", "\n[view]\nindicator = \"density\"\n")),
        (
            "the order of indicators",
            with_density()
                .replacing("atlas.toml", "[[indicator]]\nid = \"people\"\nname = \"People\"\nkind = \"count\"\n", "")
                .adding("atlas.toml", "\n[[indicator]]\nid = \"people\"\nname = \"People\"\nkind = \"count\"\n"),
        ),
        ("a note", with_density().adding("atlas.toml", notes).with("notes.csv", "area_code,note\nA1,x\n")),
        (
            "the fit of a lookup",
            with_density().replacing("atlas.toml", "parent_label", "fit = \"best-fit\"\nparent_label"),
        ),
    ];
    let mut ids = vec![own];
    for (what, folder) in changed {
        let id = folder.id();
        assert!(!ids.contains(&id), "{what}");
        ids.push(id);
    }
}

#[test]
fn what_is_withheld_is_not_in_the_id() {
    let secret = |value: &str| {
        Folder::tiny().with_indicator(
            "id = \"secret\"\nname = \"S\"\nkind = \"count\"\naccess = \"health\"",
            "\"S\" = \"secret\"",
            &format!("CODE,S\nA1,{value}\nA2,2\nA3,3\nA4,4\n"),
        )
    };
    assert_eq!(secret("1").id(), Folder::tiny().id());
    assert_eq!(secret("5").id(), Folder::tiny().id());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_order_of_rows_and_features_is_the_same_edition(
        rows in Just([0usize, 1, 2, 3]).prop_shuffle(),
        features in Just([0usize, 1, 2, 3]).prop_shuffle(),
        counts in proptest::array::uniform4(0u32..1000),
    ) {
        let table = |order: &[usize]| {
            let rows: String = order.iter().map(|area| format!("{},{}\n", SQUARES[*area].0, counts[*area])).collect();
            format!("CODE,People\n{rows}")
        };
        let layer = |order: &[usize]| {
            let features = order.iter().map(|area| square(SQUARES[*area].0, SQUARES[*area].1, SQUARES[*area].2));
            collection(&features.collect::<Vec<_>>())
        };
        let plain = Folder::tiny().with("people.csv", table(&[0, 1, 2, 3]));
        let shuffled = Folder::tiny().with("people.csv", table(&rows)).with("areas.geojson", layer(&features));
        prop_assert_eq!(plain.id(), shuffled.id());
    }

    /// Boundaries with vertices anywhere, and any number that there is: written as published, they give the same edition.
    #[test]
    fn what_is_written_is_read_as_the_same_edition(
        bulges in proptest::array::uniform4((0.01f64..0.09, 0.0f64..0.009)),
        values in proptest::array::uniform4(proptest::option::of(proptest::num::f64::NORMAL)),
    ) {
        let ring = |(west, south): (f64, f64), (at, by): (f64, f64)| {
            let (east, north) = (west + 0.1, south + 0.1);
            format!("[[{west},{south}],[{},{}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]", west + at, south + by)
        };
        let features = SQUARES.iter().zip(bulges).map(|((code, west, south), bulge)| feature(code, &ring((*west, *south), bulge)));
        let cell = |value: Option<f64>| value.map_or_else(|| "..".to_owned(), |value| format!("{value:e}"));
        let rows: String = SQUARES.iter().zip(values).map(|((code, ..), value)| format!("{code},{}\n", cell(value))).collect();
        let score = |csv: &str| Folder::tiny().with_indicator("id = \"score\"\nname = \"S\"\nkind = \"score\"", "\"S\" = \"score\"", csv);
        let folder = score(&format!("CODE,S\n{rows}")).with("areas.geojson", collection(&features.collect::<Vec<_>>()));
        let (edition, _) = folder.read();
        // Where no area has a value there is nothing of the indicator to write.
        prop_assume!(values.iter().any(Option::is_some));
        let view = tessera_atlas::AtlasView::open(std::sync::Arc::new(edition.unwrap()), tessera_atlas::Audience::Public);

        let area = view.geography("area").unwrap();
        let topology = &area.shape.as_ref().unwrap().topology;
        let written = area.areas().iter().enumerate().map(|(position, area)| {
            let mut geometry = Vec::new();
            tessera_geo::write_geometry(&topology.shape(position), &mut geometry);
            let geometry = String::from_utf8(geometry).unwrap();
            format!(r#"{{"type":"Feature","properties":{{"CODE":"{}","NAME":"{}"}},"geometry":{geometry}}}"#, area.code, area.name)
        });
        let published = &column(&view, "area", "score", "2019").values;
        let rows: String = area.areas().iter().zip(published).map(|(area, value)| {
            format!("{},{}\n", area.code, value.map(|value| value.to_string()).unwrap_or_default())
        }).collect();
        let again = score(&format!("CODE,S\n{rows}")).with("areas.geojson", collection(&written.collect::<Vec<_>>()));
        prop_assert_eq!(view.id().to_string(), again.id());
    }
}
