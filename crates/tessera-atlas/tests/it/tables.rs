//! Tables in every format that is read. Whatever the file is, the edition is that of the same table in plain CSV.

use std::collections::BTreeMap;

use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DoubleType, FixedLenByteArray, FixedLenByteArrayType, FloatType, Int32Type,
    Int64Type,
};
use rust_xlsxwriter::{ExcelDateTime, Format, FormatScript, Formula, Workbook};
use tessera_atlas::folder::AtlasFolder;
use tessera_atlas::problem::Problems;
use tessera_atlas::table::{Table, TablePlace};

use crate::fixture::{Folder, told};
use crate::workbook::{
    PEOPLE, column, gzip, ods, ods_of, parquet, parquet_people, sheet_rows, table_rows, texts, xlsx, xlsx_and,
};

/// The tiny atlas whose table of people is this file.
fn people_in(file: &str, content: impl AsRef<[u8]>) -> Folder {
    Folder::tiny().replacing("atlas.toml", "\"people.csv\"", &format!("\"{file}\"")).with(file, content)
}

/// The same with more keys in its `[[table]]`.
fn people_in_and(file: &str, content: impl AsRef<[u8]>, keys: &str) -> Folder {
    people_in(file, content).replacing("atlas.toml", "period = \"2019\"", &format!("period = \"2019\"\n{keys}"))
}

/// A table that must be without errors.
fn table(file: &str, content: impl AsRef<[u8]>, heading_row: Option<u64>) -> Table {
    let folder = Folder::tiny().with(file, content);
    let mut problems = Problems::default();
    let place = TablePlace { file, sheet: None, heading_row };
    let table = Table::read(&AtlasFolder::open(folder.path()).unwrap(), place, &mut problems);
    table.unwrap_or_else(|| panic!("{}", problems.iter().map(ToString::to_string).collect::<String>()))
}

/// The texts of the second column by those of the first.
fn pairs(table: &Table) -> Vec<(&str, &str)> {
    table.rows().map(|row| (row.cell(0), row.cell(1))).collect()
}

fn utf_16(text: &str) -> Vec<u8> {
    format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn csv(separator: &str, line_end: &str) -> String {
    PEOPLE.map(|row| row.join(separator) + line_end).concat()
}

#[test]
fn every_format_gives_the_same_edition() {
    let id = Folder::tiny().id();
    for (file, content) in [
        ("people.csv.gz", gzip(csv(",", "\n"))),
        ("people.csv", [gzip(csv(",", "\n")), gzip("A9,1\n")].concat()),
        ("people.tsv", csv("\t", "\r\n").into_bytes()),
        ("people.txt", utf_16(&csv(";", "\r\n"))),
        ("people.txt", format!("\u{feff}sep=;\r\n{}", csv(";", "\r\n")).into_bytes()),
        ("people.txt", format!("SEP=\t\n{}", csv("\t", "\n")).into_bytes()),
        ("people.txt", format!("\"sep=,\"\n{}", csv(",", "\n")).into_bytes()),
        ("people.xlsx", xlsx(&sheet_rows(1, &PEOPLE))),
        ("people.ods", ods(&[("People", &table_rows(&PEOPLE))])),
        ("people.parquet", parquet_people()),
    ] {
        let folder =
            people_in(file, content).replacing("atlas.toml", "code = \"CODE\"\nperiod", "code = \"CODE\"\nperiod");
        if file == "people.csv" {
            assert!(folder.problems().contains("`A9`"), "a second member of the packed file is read");
        } else {
            assert_eq!(folder.id(), id, "{file}: {}", folder.problems());
        }
    }
}

#[test]
fn raised_and_lowered_characters_are_no_digits_of_the_line() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let (plain, raised) = (Format::new(), Format::new().set_font_script(FormatScript::Superscript));
    let lowered = Format::new().set_font_script(FormatScript::Subscript);
    for (row, cells) in (0..).zip([
        [vec![(&plain, "CODE")], vec![(&plain, "People"), (&raised, "1")]],
        [vec![(&plain, "A1")], vec![(&plain, "100"), (&raised, "2")]],
        [vec![(&plain, "A2")], vec![(&plain, "per km"), (&raised, "2"), (&plain, " of CO"), (&lowered, "2")]],
        [vec![(&plain, "A3")], vec![(&raised, "1"), (&plain, "st "), (&raised, "a")]],
        // A cell of which all is raised has no footnote, and is the number that it holds.
        [vec![(&plain, "A4")], vec![(&plain, "12")]],
    ]) {
        for (column, parts) in (0..).zip(cells) {
            match parts.as_slice() {
                [(_, "12")] => sheet.write_with_format(row, column, 12, &raised).unwrap(),
                [(_, text)] => sheet.write(row, column, *text).unwrap(),
                parts => sheet.write_rich_string(row, column, parts).unwrap(),
            };
        }
    }
    let table = table("raised.xlsx", workbook.save_to_buffer().unwrap(), None);
    assert_eq!(table.headings(), ["CODE", "People¹"]);
    let expected = [("A1", "100²"), ("A2", "per km² of CO₂"), ("A3", "¹st a"), ("A4", "12")];
    assert_eq!(pairs(&table), expected);
}

#[test]
fn the_encoding_and_the_separator_are_reported() {
    let rows = b"CODE;Place;People\r\nA1;Caf\xe9;100\r\nA2;b;300\r\nA3;c;200\r\nA4;d;400\r\n";
    let folder = Folder::tiny().with("people.csv", rows);
    assert_eq!(folder.problems(), "people.csv: note: read as Windows-1252 with `;` between cells");
    assert_eq!(folder.id(), Folder::tiny().id());
    let report = serde_json::to_value(folder.read().1).unwrap();
    assert_eq!(report["tables"][0]["dialect"], serde_json::json!({ "encoding": "Windows-1252", "separator": ";" }));
    let folder = Folder::tiny().with("people.csv", utf_16(&csv("\t", "\n")));
    assert_eq!(folder.problems(), "people.csv: note: read as UTF-16 with tabs between cells");
}

#[test]
fn names_in_latin_1_are_spelt_as_they_were() {
    let lookup = b"CODE,DISTRICT,DISTRICT_NAME\nA1,W,Ynys M\xf4n\nA2,E,East\nA3,W,Ynys M\xf4n\nA4,E,East\n";
    let folder = Folder::tiny().with("lookup.csv", lookup);
    assert_eq!(folder.problems(), "lookup.csv: note: read as Windows-1252 with `,` between cells");
    let view = folder.open();
    let district = view.geography("district").unwrap();
    assert_eq!(district.areas()[1].name, "Ynys Môn");
}

#[test]
fn everybody_who_reads_a_table_reads_every_format() {
    let lookup = [
        ["CODE", "DISTRICT", "DISTRICT_NAME"],
        ["A1", "W", "West"],
        ["A2", "E", "East"],
        ["A3", "W", "West"],
        ["A4", "E", "East"],
    ];
    let names = [["area_code", "local_name"], ["A1", "Old Town"]];
    let notes = [["area_code", "note"], ["A1", "flooded"]];
    let indicators = [["id", "name", "kind"], ["homes", "Homes", "count"]];
    let folder = Folder::tiny()
        .replacing("atlas.toml", "lookup.csv", "lookup.xlsx")
        .with("lookup.xlsx", xlsx(&sheet_rows(1, &lookup)))
        .replacing("atlas.toml", "label = \"NAME\"", "label = \"NAME\"\nnames = \"names.ods\"")
        .with("names.ods", ods(&[("Names", &table_rows(&names))]))
        .adding("atlas.toml", "\n[[notes]]\nfile = \"notes.ods\"\n\n[[indicators]]\nfile = \"indicators.xlsx\"\n")
        .with("notes.ods", ods(&[("Notes", &table_rows(&notes))]))
        .with("indicators.xlsx", xlsx(&sheet_rows(1, &indicators)));
    let (edition, report) = folder.read();
    assert!(edition.is_some(), "{}", told(&report));
    let view = folder.open();
    assert_eq!(view.geography("area").unwrap().areas()[0].local_name.as_deref(), Some("Old Town"));
    assert_eq!(view.geography("district").unwrap().areas()[1].name, "West");
}

#[test]
fn a_sheet_is_named_where_there_are_several() {
    let title = [["Population of Tinyshire", ""], ["", ""], ["Source: invented", ""]];
    let data = format!("{}{}", table_rows(&title), table_rows(&PEOPLE));
    let content = ods(&[("Notes", &table_rows(&title)), ("People 2019", &data)]);
    let folder = people_in_and("people.ods", content, "sheet = \"People 2019\"\nheading_row = 4");
    assert_eq!(folder.id(), Folder::tiny().id());
    assert_eq!(folder.read().1.tables[0].sheet.as_deref(), Some("People 2019"));
}

#[test]
fn headings_stand_below_a_merged_title() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Contents").unwrap().write(0, 0, "People by area").unwrap();
    let sheet = workbook.add_worksheet().set_name("Data").unwrap();
    sheet.merge_range(0, 0, 1, 3, "People by area, mid-2019", &Format::new().set_bold()).unwrap();
    for (row, [code, people]) in (3..).zip(PEOPLE) {
        sheet.write(row, 0, code).unwrap();
        match people.parse::<f64>() {
            Ok(number) => sheet.write(row, 1, number).unwrap(),
            Err(_) => sheet.write(row, 1, people).unwrap(),
        };
        sheet.write_blank(row, 5, &Format::new().set_bold()).unwrap();
    }
    let content = workbook.save_to_buffer().unwrap();
    let folder = people_in_and("people.xlsx", content, "sheet = \"Data\"\nheading_row = 4");
    assert_eq!((folder.problems(), folder.id()), (String::new(), Folder::tiny().id()));
}

#[test]
fn cells_of_a_workbook_come_out_as_a_person_sees_them() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let number = |format: &str| Format::new().set_num_format(format);
    let mut row = 0;
    let mut next = || {
        row += 1;
        row
    };
    sheet.write(0, 0, "what").unwrap().write(0, 1, "cell").unwrap();
    let expected = [
        ("whole", "12"),
        ("fraction", "0.1"),
        ("many digits", "6.4975"),
        ("percentage", "12.5%"),
        ("text that is a number", "1,234"),
        ("grouped", "1234"),
        ("date", "2019-10-14"),
        ("date and time", "2019-10-14T12:30:00"),
        ("time", "12:30:00"),
        ("truth", "TRUE"),
        ("formula", "42"),
        ("formula of text", "E06"),
        ("failed formula", "#REF!"),
        ("rich text", "Old Town"),
        ("spaces", "Old Town"),
        ("empty", ""),
    ];
    for (what, _) in expected {
        sheet.write(next(), 0, what).unwrap();
    }
    row = 0;
    let mut next = || {
        row += 1;
        row
    };
    let day = ExcelDateTime::from_ymd(2019, 10, 14).unwrap();
    sheet.write(next(), 1, 12.0).unwrap();
    sheet.write(next(), 1, 0.1).unwrap();
    sheet.write(next(), 1, 6.497_5).unwrap();
    sheet.write_with_format(next(), 1, 0.125, &number("0%")).unwrap();
    sheet.write(next(), 1, "1,234").unwrap();
    sheet.write_with_format(next(), 1, 1234.0, &number("#,##0")).unwrap();
    sheet.write_with_format(next(), 1, &day, &number("dd/mm/yyyy")).unwrap();
    sheet.write_with_format(next(), 1, day.and_hms(12, 30, 0).unwrap(), &number("dd/mm/yyyy hh:mm")).unwrap();
    sheet.write_with_format(next(), 1, ExcelDateTime::from_hms(12, 30, 0).unwrap(), &number("hh:mm")).unwrap();
    sheet.write(next(), 1, true).unwrap();
    sheet.write(next(), 1, Formula::new("=6*7").set_result("42")).unwrap();
    sheet.write(next(), 1, Formula::new("=\"E\"&\"06\"").set_result("E06")).unwrap();
    sheet.write(next(), 1, Formula::new("=#REF!").set_result("#REF!")).unwrap();
    let bold = Format::new().set_bold();
    sheet.write_rich_string(next(), 1, &[(&Format::default(), "Old "), (&bold, "Town")]).unwrap();
    sheet.write(next(), 1, "  Old Town ").unwrap();
    sheet.write_blank(next(), 1, &bold).unwrap();
    assert_eq!(pairs(&table("cells.xlsx", workbook.save_to_buffer().unwrap(), None)), expected);
}

#[test]
fn cells_of_an_opendocument_sheet_come_out_as_a_person_sees_them() {
    let cell = |what: &str, attributes: &str, shown: &str| {
        format!(
            "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>{what}</text:p></table:table-cell>\
             <table:table-cell {attributes}>{shown}</table:table-cell></table:table-row>"
        )
    };
    let rows = [
        cell("what", "office:value-type=\"string\"", "<text:p>cell</text:p>"),
        cell("whole", "office:value-type=\"float\" office:value=\"12\"", "<text:p>12.0</text:p>"),
        cell("small", "office:value-type=\"float\" office:value=\"1.5E-05\"", "<text:p>0.00</text:p>"),
        cell("percentage", "office:value-type=\"percentage\" office:value=\"0.29\"", "<text:p>29%</text:p>"),
        cell("date", "office:value-type=\"date\" office:date-value=\"2019-10-14\"", "<text:p>14/10/19</text:p>"),
        cell("truth", "office:value-type=\"boolean\" office:boolean-value=\"true\"", "<text:p>WAHR</text:p>"),
        cell("text", "office:value-type=\"string\" office:string-value=\"a &amp; b\"", "<text:p>a &amp; b</text:p>"),
        cell(
            "spans",
            "office:value-type=\"string\"",
            "<text:p>Old<text:s text:c=\"2\"/><text:span>T&#111;wn</text:span></text:p><text:p>x</text:p>",
        ),
        cell(
            "comment",
            "office:value-type=\"string\"",
            "<office:annotation><text:p>by me</text:p></office:annotation><text:p>E06</text:p>",
        ),
        cell(
            "error",
            "office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\"",
            "<text:p>#REF!</text:p>",
        ),
        cell("old error", "office:value-type=\"float\" office:value=\"0\"", "<text:p>#DIV/0!</text:p>"),
        cell("empty", "", ""),
    ];
    let table =
        table("cells.ods", ods_of(&format!("<table:table table:name=\"T\">{}</table:table>", rows.concat())), None);
    let expected = [
        ("whole", "12"),
        ("small", "0.000015"),
        ("percentage", "29%"),
        ("date", "2019-10-14"),
        ("truth", "TRUE"),
        ("text", "a & b"),
        ("spans", "Old  Town\nx"),
        ("comment", "E06"),
        ("error", "#REF!"),
        ("old error", "#DIV/0!"),
        ("empty", ""),
    ];
    assert_eq!(pairs(&table), expected);
}

#[test]
fn repeated_and_merged_cells_of_an_opendocument_sheet_are_counted() {
    let content = "<table:table table:name=\"T\"><table:shapes><table:table table:name=\"inner\"/></table:shapes>\
        <table:table-header-rows><table:table-row table:number-rows-repeated=\"3\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row>\
        <table:table-row><table:table-cell office:value-type=\"string\"><text:p>code</text:p></table:table-cell><table:table-cell table:number-columns-repeated=\"2\" office:value-type=\"string\"><text:p>v</text:p></table:table-cell></table:table-row></table:table-header-rows>\
        <table:table-row table:number-rows-repeated=\"2\"><table:table-cell office:value-type=\"string\"><text:p>E1</text:p></table:table-cell><table:covered-table-cell office:value-type=\"float\" office:value=\"9\"/><table:table-cell office:value-type=\"float\" office:value=\"2\"/><table:table-cell table:number-columns-repeated=\"16381\"/></table:table-row>\
        <table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table>";
    let table = table("t.ods", ods_of(content), Some(4));
    assert_eq!(table.headings(), ["code", "v", "v#2"]);
    let rows: Vec<(u64, Vec<&str>)> = table.rows().map(|row| (row.number(), row.cells().collect())).collect();
    assert_eq!(rows, [(5, vec!["E1", "", "2"]), (6, vec!["E1", "", "2"])]);
}

#[test]
fn values_of_parquet_come_out_in_full() {
    let content = parquet(
        "optional binary what (STRING); optional boolean truth; optional int32 small; optional int64 large; \
         optional float single; optional double double; optional int32 date (DATE); \
         optional int64 micros (TIMESTAMP(MICROS,true)); optional int64 nanos (TIMESTAMP(NANOS,true)); \
         optional int64 money (DECIMAL(10,2)); optional fixed_len_byte_array(2) half (FLOAT16); optional binary bytes;",
        vec![
            texts(&["first", "second"]),
            column::<BoolType>(vec![Some(true), None]),
            column::<Int32Type>(vec![Some(-7), None]),
            column::<Int64Type>(vec![Some(9_007_199_254_740_993), None]),
            column::<FloatType>(vec![Some(0.1), None]),
            column::<DoubleType>(vec![Some(12.0), Some(f64::NAN)]),
            column::<Int32Type>(vec![Some(18_183), None]),
            column::<Int64Type>(vec![Some(1_571_056_200_000_000), None]),
            column::<Int64Type>(vec![Some(1_571_056_200_000_000_000), None]),
            column::<Int64Type>(vec![Some(-1250), None]),
            column::<FixedLenByteArrayType>(vec![Some(FixedLenByteArray::from(vec![0, 0x3C])), None]),
            column::<ByteArrayType>(vec![Some(ByteArray::from("plain")), Some(ByteArray::from(vec![0xFF]))]),
        ],
    );
    let table = table("t.parquet", content, None);
    let rows: Vec<(u64, Vec<&str>)> = table.rows().map(|row| (row.number(), row.cells().collect())).collect();
    let first = vec![
        "first",
        "TRUE",
        "-7",
        "9007199254740993",
        "0.1",
        "12",
        "2019-10-14",
        "2019-10-14 12:30:00.000000 +00:00",
        "2019-10-14 12:30:00.000000 +00:00",
        "-12.50",
        "1",
        "plain",
    ];
    let second = vec!["second", "", "", "", "", "NaN", "", "", "", "", "", "(binary)"];
    assert_eq!(rows, [(1, first), (2, second)]);
    let cell = table.read_cell("-12.50", &BTreeMap::new()).unwrap();
    assert_eq!(cell.value, Some(-12.5));
}

#[test]
fn a_number_of_a_parquet_file_may_be_a_symbol() {
    let people = |missing: i64| {
        let numbers = column::<Int64Type>([100, 300, missing, 400].map(Some).to_vec());
        parquet(
            "optional binary CODE (STRING); optional int64 People;",
            vec![texts(&["A1", "A2", "A3", "A4"]), numbers],
        )
    };
    let of = |folder: Folder| {
        let (edition, report) = folder.read();
        assert!(edition.is_some(), "{:?}", report.problems);
        report.tables[0].without_value.clone()
    };
    let symbol = "symbols = { \"-1\" = \"not-available\" }";
    assert_eq!(of(people_in_and("people.parquet", people(-1), symbol)), ["A3"]);
    assert!(of(people_in_and("people.parquet", people(1), symbol)).is_empty());
}

#[test]
fn hidden_sheets_count_and_charts_do_not() {
    let workbook = |state: &str, kind: &str| {
        let sheets = format!(
            "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Data\" r:id=\"r1\"/><sheet name=\"Other\"{state} r:id=\"r2\"/></sheets></workbook>"
        );
        let relations = format!(
            "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"x/{kind}\" Target=\"sheet2.xml\"/></Relationships>"
        );
        xlsx_and(&sheet_rows(1, &PEOPLE), &[("xl/workbook.xml", &sheets), ("xl/_rels/workbook.xml.rels", &relations)])
    };
    assert!(people_in("people.xlsx", workbook(" state=\"hidden\"", "worksheet")).problems().contains("2 sheets"));
    assert_eq!(people_in("people.xlsx", workbook("", "chartsheet")).id(), Folder::tiny().id());
}
