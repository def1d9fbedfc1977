//! Whatever stands in a file, reading it gives an edition or problems.

use proptest::prelude::*;

use crate::fixture::{Folder, MANIFEST, squares};
use crate::workbook::{PEOPLE, gzip, ods_of, parquet_people, sheet_rows, table_rows, xlsx_and};

/// Bytes of any kind, or a passage of a good file replaced by any text.
fn damaged(good: impl Into<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let good = good.into();
    let anything = proptest::collection::vec(any::<u8>(), 0..400);
    let length = good.len();
    let torn =
        (0..length, 0..40usize, "\\PC{0,12}|[\\[\\]{}\",=#\\n0-9.-]{0,12}").prop_map(move |(start, gone, text)| {
            let mut bytes = good.clone();
            bytes.splice(start..(start + gone).min(length), text.into_bytes());
            bytes
        });
    prop_oneof![1 => anything, 4 => torn]
}

/// XML with a passage replaced by other XML, or by what is none.
fn damaged_xml(good: String) -> impl Strategy<Value = String> {
    let length = good.len();
    let tag = "</?[a-z]{1,4}( [rst]=\"[A-Z]{0,3}[0-9]{0,12}\")?/?>|&[a-z#0-9]{1,4};|[A-Z0-9<>/\"=#!.-]{0,12}";
    let text = prop_oneof![1 => tag.prop_map(|text: String| text), 1 => "9{1,40}".prop_map(|text: String| text)];
    (0..length, 0..40usize, text).prop_map(move |(start, gone, text)| {
        let mut xml = good.clone();
        xml.replace_range(start..(start + gone).min(length), &text);
        xml
    })
}

const STRINGS: &str = "<sst uniqueCount=\"2\"><si><t>a</t></si><si><r><t>b</t></r><rPh><t>c</t></rPh></si></sst>";
const STYLES: &str = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"0.0%\"/></numFmts><fonts><font><name val=\"x\"/><sz val=\"11\"/></font></fonts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\" fontId=\"0\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>";

/// A sheet with cells of every kind.
fn all_kinds() -> String {
    let cells = "<c r=\"C2\" t=\"s\"><v>1</v></c><c r=\"D2\" t=\"b\"><v>1</v></c><c r=\"E2\" t=\"e\"><v>#REF!</v></c><c r=\"F2\" s=\"1\"><v>43752.5</v></c><c r=\"G2\" s=\"2\"><v>0.1</v></c><c r=\"H2\" t=\"str\"><f>A1</f><v>x</v></c>";
    let headings = ["C", "D", "E", "F", "G", "H"]
        .map(|column| format!("<c r=\"{column}1\" t=\"str\"><v>{column}</v></c>"))
        .concat();
    let rows = sheet_rows(1, &PEOPLE);
    rows.replacen("</row>", &format!("{headings}</row>"), 1).replacen(
        "</c></row><row r=\"3\">",
        &format!("</c>{cells}</row><row r=\"3\">"),
        1,
    )
}

/// The tiny atlas whose table of people is this file.
fn people_in(file: &str, bytes: Vec<u8>) -> Folder {
    Folder::tiny().replacing("atlas.toml", "\"people.csv\"", &format!("\"{file}\"")).with(file, bytes)
}

/// Either there is an edition, or at least one problem says why not.
fn is_explained(folder: &Folder) -> bool {
    let (edition, report) = folder.read();
    let errors = report.problems.iter().filter(|problem| problem.to_string().contains("error: ")).count();
    edition.is_some() == (errors == 0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_manifest_is_read_or_refused(bytes in damaged(MANIFEST.to_owned())) {
        prop_assert!(is_explained(&Folder::tiny().with("atlas.toml", bytes)));
    }

    #[test]
    fn any_table_is_read_or_refused(bytes in damaged("CODE,People\nA1,100\nA2,\"3,000\"\nA3,[c]\nA4,4 [p]\n".to_owned())) {
        prop_assert!(is_explained(&Folder::tiny().with("people.csv", bytes)));
    }

    #[test]
    fn any_packed_table_is_read_or_refused(bytes in damaged(gzip("CODE,People\nA1,100\nA2,300\nA3,200\nA4,400\n"))) {
        prop_assert!(is_explained(&people_in("people.csv.gz", bytes)));
    }

    #[test]
    fn any_sheet_is_read_or_refused(rows in damaged_xml(all_kinds())) {
        let parts = [("xl/sharedStrings.xml", STRINGS), ("xl/styles.xml", STYLES)];
        prop_assert!(is_explained(&people_in("people.xlsx", xlsx_and(&rows, &parts))));
    }

    #[test]
    fn any_part_of_a_workbook_is_read_or_refused(strings in damaged_xml(STRINGS.to_owned()), styles in damaged_xml(STYLES.to_owned())) {
        let parts = [("xl/sharedStrings.xml", strings.as_str()), ("xl/styles.xml", styles.as_str())];
        prop_assert!(is_explained(&people_in("people.xlsx", xlsx_and(&all_kinds(), &parts))));
    }

    #[test]
    fn any_archive_is_read_or_refused(bytes in damaged(xlsx_and(&all_kinds(), &[]))) {
        prop_assert!(is_explained(&people_in("people.xlsx", bytes)));
    }

    #[test]
    fn any_opendocument_sheet_is_read_or_refused(xml in damaged_xml(format!("<table:table table:name=\"T\">{}</table:table>", table_rows(&PEOPLE)))) {
        prop_assert!(is_explained(&people_in("people.ods", ods_of(&xml))));
    }

    #[test]
    fn any_parquet_file_is_read_or_refused(bytes in damaged(parquet_people())) {
        prop_assert!(is_explained(&people_in("people.parquet", bytes)));
    }

    #[test]
    fn any_lookup_is_read_or_refused(bytes in damaged("CODE,DISTRICT,DISTRICT_NAME\nA1,W,West\nA2,E,East\nA3,W,West\nA4,E,East\n".to_owned())) {
        prop_assert!(is_explained(&Folder::tiny().with("lookup.csv", bytes)));
    }

    #[test]
    fn any_boundaries_are_read_or_refused(bytes in damaged(squares())) {
        prop_assert!(is_explained(&Folder::tiny().with("areas.geojson", bytes)));
    }

    #[test]
    fn any_file_of_indicators_is_read_or_refused(bytes in damaged("id,name,kind,per,themes\na,A,count,,\nb,B,rate,1000,X / Y | Z\n".to_owned())) {
        let folder = Folder::tiny().adding("atlas.toml", "\n[[indicators]]\nfile = \"i.csv\"\n").with("i.csv", bytes);
        prop_assert!(is_explained(&folder));
    }
}

#[test]
fn what_the_damaged_workbooks_were_made_of_is_read() {
    let parts = [("xl/sharedStrings.xml", STRINGS), ("xl/styles.xml", STYLES)];
    assert_eq!(people_in("people.xlsx", xlsx_and(&all_kinds(), &parts)).id(), Folder::tiny().id());
}

/// A row of a hundred thousand headings is read in the time of a hundred thousand headings.
#[test]
fn very_wide_tables_are_read() {
    let headings = "Persons,".repeat(100_000);
    let row = "1,".repeat(100_000);
    let folder = Folder::tiny()
        .with("people.csv", format!("CODE,{headings}People\nA1,{row}100\nA2,{row}300\nA3,{row}200\nA4,{row}400\n"));
    assert_eq!(folder.id(), Folder::tiny().id());
}
