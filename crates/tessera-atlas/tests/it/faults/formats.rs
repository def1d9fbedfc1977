//! Files that are no tables, damaged, protected or made to do harm, and how each is told.

use std::io::Write;

use insta::assert_snapshot;
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};

use crate::fixture::Folder;
use crate::workbook::{
    PEOPLE, column, gzip, ods, ods_of, parquet, parquet_people, sheet_rows, table_rows, texts, xlsx, xlsx_and, zip,
};

/// The problems of the tiny atlas whose table of people is this file.
fn people_in(file: &str, content: impl AsRef<[u8]>) -> String {
    folder(file, content).problems()
}

fn folder(file: &str, content: impl AsRef<[u8]>) -> Folder {
    Folder::tiny().replacing("atlas.toml", "\"people.csv\"", &format!("\"{file}\"")).with(file, content)
}

fn with_keys(file: &str, content: impl AsRef<[u8]>, keys: &str) -> String {
    folder(file, content).replacing("atlas.toml", "period = \"2019\"", &format!("period = \"2019\"\n{keys}")).problems()
}

/// The sheet of people with one cell replaced.
fn cell(place: &str, xml: &str) -> Vec<u8> {
    let rows = sheet_rows(1, &PEOPLE);
    let start = rows.find(&format!("<c r=\"{place}\"")).unwrap();
    let end = start + rows[start..].find("</c>").unwrap() + "</c>".len();
    xlsx(&format!("{}{xml}{}", &rows[..start], &rows[end..]))
}

// Files

#[test]
fn a_folder_where_a_file_should_be() {
    let folder = Folder::tiny().replacing("atlas.toml", "\"people.csv\"", "\"data\"");
    std::fs::create_dir(folder.path().join("data")).unwrap();
    assert_snapshot!(folder.problems(), @"data: error: this is a folder where a file should be");
}

#[cfg(unix)]
#[test]
fn a_link_that_leaves_the_folder() {
    let elsewhere = tempfile::NamedTempFile::new().unwrap();
    let folder = Folder::tiny().replacing("atlas.toml", "\"people.csv\"", "\"link.xlsx\"");
    std::os::unix::fs::symlink(elsewhere.path(), folder.path().join("link.xlsx")).unwrap();
    assert_snapshot!(folder.problems(), @"
    link.xlsx: error: the path leaves the atlas folder
      hint: copy the file into the atlas folder and name it relative to `atlas.toml`
    ");
}

#[test]
fn a_workbook_that_is_empty() {
    assert_snapshot!(people_in("people.xlsx", ""), @"
    people.xlsx: error: the file is empty
      hint: export or download it again
    ");
}

#[test]
fn a_workbook_that_is_a_web_page() {
    assert_snapshot!(people_in("people.xlsx", "<html><table><tr><td>CODE</td></tr></table></html>"), @"
    people.xlsx: error: the content is not that of a .xlsx file
      hint: export or download it again
    ");
}

#[test]
fn a_workbook_of_the_old_format() {
    assert_snapshot!(people_in("people.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more"), @"
    people.xls: error: this is a workbook of the old .xls format
      hint: open it in a spreadsheet program and save it as .xlsx
    ");
    assert_snapshot!(people_in("people.xlsb", zip(&[("xl/workbook.bin", "")])), @"
    people.xlsb: error: this is a workbook of the format .xlsb
      hint: open it in a spreadsheet program and save it as .xlsx
    ");
}

#[test]
fn an_archive_that_is_no_workbook() {
    assert_snapshot!(people_in("people.zip", zip(&[("people.csv", "CODE,People\n")])), @"
    people.zip: error: this zip archive is no workbook
      hint: unpack it, and name the file that it holds
    ");
}

// Packed files

#[test]
fn a_packed_file_that_is_cut_off() {
    let whole = gzip("CODE,People\nA1,100\n");
    assert_snapshot!(people_in("people.csv.gz", &whole[..whole.len() / 2]), @"
    people.csv.gz: error: the gzip file cannot be read: it is cut off
      hint: export or download it again
    ");
}

#[test]
fn a_packed_file_that_goes_on() {
    assert_snapshot!(people_in("people.csv.gz", [gzip("CODE,People\n").as_slice(), b"A1,100\n"].concat()), @"
    people.csv.gz: error: the gzip file goes on behind its end with something else
      hint: export or download it again
    ");
}

#[test]
fn a_packed_file_of_nothing() {
    assert_snapshot!(people_in("people.csv.gz", gzip("")), @"
    people.csv.gz: error: the file is empty once it is unpacked
      hint: export or download it again
    ");
}

#[test]
fn a_packed_file_that_never_ends() {
    assert_snapshot!(people_in("people.csv.gz", gzip(vec![b'0'; 80 << 20])), @"
    people.csv.gz: error: the file unpacks to more than 2 GiB, or to far more than any table of its size
      hint: split it, or leave out what the atlas does not show
    ");
}

// Text files

#[test]
fn a_line_that_never_ends() {
    let line: String = (0..400_000).map(|number| format!("{number},")).collect();
    assert_snapshot!(people_in("people.csv", format!("CODE,People\nA1,100\n{line}\n")), @"
    people.csv:3: error: a line is longer than 1 MiB
      hint: look for a quotation mark that is never closed
    ");
}

#[test]
fn a_file_that_is_utf_8_but_for_one_row() {
    let rows = "CODE,Place,People\nA1,Môn,100\nA2,Conwy – Llandudno,300\nA3,".as_bytes();
    assert_snapshot!(people_in("people.csv", [rows, b"\xf4,200\nA4,x,400\n"].concat()), @r#"
    people.csv:4: error: the file is UTF-8, but not in this row
      hint: mend the row, or save the file again as "CSV UTF-8"
    "#);
}

#[test]
fn a_file_that_is_no_text() {
    assert_snapshot!(people_in("people.csv", b"CODE,People\nA1,1\0\0\n"), @"
    people.csv:2: error: this row holds bytes that are zero, and the file is not UTF-16
      hint: export it again as text
    ");
}

#[test]
fn decimal_commas_between_semicolons() {
    assert_snapshot!(people_in("people.csv", "CODE;People\nA1;12,5\nA2;1,234\nA3;200\nA4;400\n"), @"
    people.csv:2: error: the comma in this number may be a decimal sign or group digits
      column: `People`
      value: `12,5`
      hint: export with a decimal point and without groups of digits

    people.csv:3: error: the comma in this number may be a decimal sign or group digits
      column: `People`
      value: `1,234`
      hint: export with a decimal point and without groups of digits

    people.csv: note: read as UTF-8 with `;` between cells
    ");
}

#[test]
fn rows_that_are_torn_by_another_separator() {
    assert_snapshot!(people_in("people.csv", "CODE;People\nA1;100\nA2;3;00\nA3;200\nA4;400\n"), @"
    people.csv:3: error: cells in this row: 3, headings: 2
      hint: put values that hold `;` in quotation marks

    people.csv: note: read as UTF-8 with `;` between cells
    ");
}

// Workbooks

#[test]
fn a_workbook_that_is_cut_off() {
    let whole = xlsx(&sheet_rows(1, &PEOPLE));
    assert_snapshot!(people_in("people.xlsx", &whole[..whole.len() / 2]), @"
    people.xlsx: error: the workbook cannot be read: invalid Zip archive: Could not find EOCD
      hint: export or download it again
    ");
}

#[test]
fn a_workbook_whose_content_was_changed() {
    let mut bytes = xlsx(&sheet_rows(1, &PEOPLE));
    bytes[60] ^= 1;
    assert_snapshot!(people_in("people.xlsx", bytes), @"
    people.xlsx: error: the workbook cannot be read: `[Content_Types].xml`: Invalid checksum
      hint: export or download it again
    ");
}

#[test]
fn a_sheet_that_is_cut_off() {
    let rows =
        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>CODE</t></is></c></row><row r=\"2\"><c r=\"A2\"><v>1</v></c>";
    let sheet = format!("<worksheet><sheetData>{rows}");
    assert_snapshot!(people_in("people.xlsx", xlsx_and("", &[("xl/worksheets/sheet1.xml", &sheet)])), @"
    people.xlsx [Data]:2: error: the workbook cannot be read: Unexpected end of xml, expecting '</sheetData>'
      hint: export or download it again
    ");
    let cut = "<table:table table:name=\"T\"><table:table-row>";
    assert_snapshot!(people_in("people.ods", ods_of(cut)), @"
    people.ods: error: the workbook cannot be read: ill-formed document: expected `</table:table-row>`, but `</office:spreadsheet>` was found
      hint: export or download it again
    ");
    assert_snapshot!(people_in("people.ods", zip(&[("mimetype", "x"), ("content.xml", "<a><table:table table:name=\"T\"><table:table-row/>")])), @"
    people.ods: error: the workbook cannot be read: ill-formed document: start tag not closed: `</table:table>` not found before end of input
      hint: export or download it again
    ");
}

#[test]
fn a_workbook_with_a_password() {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_snapshot!(people_in("people.xlsx", [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", name.as_slice()].concat()), @"
    people.xlsx: error: the workbook is protected by a password
      hint: save a copy without the password
    ");
    let manifest =
        "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let parts = [("mimetype", "x"), ("META-INF/manifest.xml", manifest), ("content.xml", "\u{1}\u{2}")];
    assert_snapshot!(people_in("people.ods", zip(&parts)), @"
    people.ods: error: the workbook is protected by a password
      hint: save a copy without the password
    ");
}

#[test]
fn a_sheet_that_is_not_there() {
    assert_snapshot!(with_keys("people.xlsx", xlsx(&sheet_rows(1, &PEOPLE)), "sheet = \"Date\""), @"
    people.xlsx: error: there is no sheet `Date`
      hint: did you mean `Data`?
    ");
}

#[test]
fn a_sheet_that_nobody_named() {
    let rows = table_rows(&PEOPLE);
    assert_snapshot!(people_in("people.ods", ods(&[("Cover", ""), ("People", &rows), ("Notes", "")])), @"
    people.ods: error: the workbook has 3 sheets, and nothing says which one to read
      hint: in a `[[table]]` name it in `sheet`, elsewhere keep only that one; the sheets are: Cover, People, Notes
    ");
}

#[test]
fn headings_below_the_end_of_a_sheet() {
    assert_snapshot!(with_keys("people.xlsx", xlsx(&sheet_rows(1, &PEOPLE)), "heading_row = 9"), @"
    people.xlsx [Data]: error: row 9 holds no headings
      hint: say in `heading_row` in which row the headings stand
    ");
}

#[test]
fn a_date_in_a_sheet_where_a_number_should_be() {
    let styles = "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
    let rows =
        sheet_rows(1, &PEOPLE).replace("<c r=\"B3\">", "<c r=\"B3\" s=\"1\">").replace("<v>300</v>", "<v>43752</v>");
    assert_snapshot!(people_in("people.xlsx", xlsx_and(&rows, &[("xl/styles.xml", styles)])), @"
    people.xlsx [Data]:3: error: this is a date where a number should be
      column: `People`
      value: `2019-10-14`
      hint: format the column as numbers in the workbook and export again
    ");
}

#[test]
fn a_formula_of_a_sheet_that_failed() {
    assert_snapshot!(people_in("people.xlsx", cell("B4", "<c r=\"B4\" t=\"e\"><f>Gone!A1</f><v>#REF!</v></c>")), @"
    people.xlsx [Data]:4: error: this is a spreadsheet error, not a number
      column: `People`
      value: `#REF!`
      hint: mend the formula in the workbook and export again
    ");
    assert_snapshot!(people_in("people.xlsx", cell("B4", "<c r=\"B4\" t=\"e\"><f>X</f><v>#SPILL!</v></c>")), @"
    people.xlsx [Data]:4: error: a formula in this row or one below it failed
      value: `#SPILL!`
      hint: mend the formula in the workbook
    ");
}

#[test]
fn an_area_that_stands_twice_in_a_sheet() {
    let rows = [["CODE", "People"], ["A1", "100"], ["A2", "300"], ["A3", "200"], ["A4", "400"], ["A1", "100"]];
    assert_snapshot!(people_in("people.xlsx", xlsx(&sheet_rows(3, &rows))), @"
    people.xlsx [Data]: error: row 1 holds no headings
      hint: say in `heading_row` in which row the headings stand (the next row that holds anything is row 3)
    ");
    assert_snapshot!(with_keys("people.xlsx", xlsx(&sheet_rows(3, &rows)), "heading_row = 3"), @"
    people.xlsx [Data]:8: error: this area stands twice in the table
      value: `A1`
      hint: keep one of the rows (the first is row 4)
    ");
}

#[test]
fn a_cell_beyond_the_last_heading() {
    let rows = sheet_rows(1, &PEOPLE).replace("</row><row r=\"4\">", "<c r=\"AB3\"><v>7</v></c></row><row r=\"4\">");
    assert_snapshot!(people_in("people.xlsx", xlsx(&rows)), @"
    people.xlsx [Data]:3: error: this cell stands beyond the last heading
      column: `AB`
      value: `7`
      hint: give the column a heading, clear the cell, or say in `heading_row` where the headings stand
    ");
}

#[test]
fn a_sheet_of_ten_gigabytes_of_nothing() {
    let rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    assert_snapshot!(people_in("people.xlsx", xlsx(rows)), @"
    people.xlsx [Data]:1048576: error: this cell stands beyond the last heading
      column: `XFD`
      value: `1`
      hint: give the column a heading, clear the cell, or say in `heading_row` where the headings stand
    ");
    let rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048577\"><c r=\"A1048577\"><v>1</v></c></row>";
    assert_snapshot!(people_in("people.xlsx", xlsx(rows)), @"
    people.xlsx [Data]:1048577: error: a sheet has at most 1,048,576 rows
      hint: split the table
    ");
}

#[test]
fn rows_and_columns_repeated_without_end() {
    let cell =
        "<table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"float\" office:value=\"1\"/>";
    let rows = format!("<table:table-row table:number-rows-repeated=\"1048576\">{cell}</table:table-row>");
    assert_snapshot!(people_in("people.ods", ods(&[("T", &rows)])), @"
    people.ods [T]:1: error: the table is larger than 100 million cells or 2 GiB
      hint: split it, or leave out what the atlas does not show
    ");
    let rows = "<table:table-row table:number-rows-repeated=\"4000000000\"><table:table-cell office:value-type=\"float\" office:value=\"1\"/></table:table-row>";
    assert_snapshot!(people_in("people.ods", ods(&[("T", rows)])), @"
    people.ods [T]:1048577: error: a sheet has at most 1,048,576 rows
      hint: split the table
    ");
    let cell = "<table:table-cell table:number-columns-repeated=\"99999999999\" office:value-type=\"float\" office:value=\"1\"/>";
    assert_snapshot!(people_in("people.ods", ods(&[("T", &format!("<table:table-row>{cell}</table:table-row>"))])), @"
    people.ods [T]:1: error: a sheet has at most 16,384 columns
      hint: split the table
    ");
}

#[test]
fn rows_out_of_order() {
    let rows = "<row r=\"5\"><c r=\"A5\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"><v>1</v></c></row>";
    assert_snapshot!(people_in("people.xlsx", xlsx(rows)), @"
    people.xlsx [Data]:5: error: the workbook cannot be read: the rows of the sheet are out of order
      hint: export or download it again
    ");
}

#[test]
fn a_workbook_that_unpacks_to_gigabytes() {
    let whole = std::io::Cursor::new(xlsx(&sheet_rows(1, &PEOPLE)));
    let mut archive = zip::ZipWriter::new_append(whole).unwrap();
    archive.start_file("xl/media/image1.png", zip::write::SimpleFileOptions::default()).unwrap();
    let block = vec![0; 1 << 20];
    for _ in 0..100 {
        archive.write_all(&block).unwrap();
    }
    assert_snapshot!(people_in("people.xlsx", archive.finish().unwrap().into_inner()), @"
    people.xlsx: error: the file unpacks to more than 2 GiB, or to far more than any table of its size
      hint: split it, or leave out what the atlas does not show
    ");
}

#[test]
fn a_workbook_that_defines_entities() {
    let laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]>";
    let strings = format!("<?xml version=\"1.0\"?>{laughs}<sst><si><t>&c;</t></si></sst>");
    assert_snapshot!(people_in("people.xlsx", xlsx_and(&sheet_rows(1, &PEOPLE), &[("xl/sharedStrings.xml", &strings)])), @"
    people.xlsx: error: the workbook defines XML entities, which are not read
      hint: open it in a spreadsheet program and save it anew
    ");
    let content = format!("{laughs}<a><table:table table:name=\"T\"/></a>");
    assert_snapshot!(people_in("people.ods", zip(&[("mimetype", "x"), ("content.xml", &content)])), @"
    people.ods: error: the workbook defines XML entities, which are not read
      hint: open it in a spreadsheet program and save it anew
    ");
    let undefined = table_rows(&PEOPLE).replace("<text:p>People</text:p>", "<text:p>&people;</text:p>");
    assert_snapshot!(people_in("people.ods", ods(&[("T", &undefined)])), @"
    people.ods [T]:1: error: the workbook cannot be read: nothing says what `&people;` is
      hint: export or download it again
    ");
}

#[test]
fn a_workbook_that_boasts() {
    let strings = "<sst uniqueCount=\"99999999999\"><si><t>x</t></si></sst>";
    assert_snapshot!(people_in("people.xlsx", xlsx_and("", &[("xl/sharedStrings.xml", strings)])), @"
    people.xlsx: error: the workbook holds more than 20 million different texts
      hint: split it, or leave out what the atlas does not show
    ");
    let font = format!("<styleSheet><fonts><font><name val=\"{}\"/></font></fonts></styleSheet>", "x".repeat(10_000));
    assert_snapshot!(people_in("people.xlsx", xlsx_and("", &[("xl/styles.xml", &font)])), @"
    people.xlsx: error: the workbook cannot be read: it has more or longer cell formats than a workbook may have
      hint: export or download it again
    ");
}

#[test]
fn a_number_with_the_mark_of_a_footnote() {
    let raised = "<r><rPr><vertAlign val=\"superscript\"/></rPr><t>2</t></r>";
    let inline = format!("<c r=\"B3\" t=\"inlineStr\"><is><r><t>300</t></r>{raised}</is></c>");
    assert_snapshot!(people_in("people.xlsx", cell("B3", &inline)), @r#"
    people.xlsx [Data]:3: error: a raised sign stands behind this number
      column: `People`
      value: `300²`
      hint: take the sign out, or say what it means in the table's `symbols`: `"²" = "provisional"`
    "#);
    let spans = "<text:p>300<text:span text:style-name=\"T1\">2</text:span></text:p>";
    let number = "office:value-type=\"float\" office:value=\"300\"><text:p>300</text:p>";
    let rows = table_rows(&PEOPLE).replace(number, &format!("office:value-type=\"string\">{spans}"));
    let style =
        "<style:style style:name=\"T1\"><style:text-properties style:text-position=\"super 58%\"/></style:style>";
    let content = format!(
        "<c><office:automatic-styles>{style}</office:automatic-styles><office:body><table:table table:name=\"T\">{rows}</table:table></office:body></c>"
    );
    assert_snapshot!(people_in("people.ods", zip(&[("mimetype", "x"), ("content.xml", &content)])), @r#"
    people.ods [T]:3: error: a raised sign stands behind this number
      column: `People`
      value: `300²`
      hint: take the sign out, or say what it means in the table's `symbols`: `"²" = "provisional"`
    "#);
}

// Parquet

#[test]
fn a_parquet_file_that_is_damaged() {
    let whole = parquet_people();
    assert_snapshot!(people_in("people.parquet", &whole[..whole.len() - 20]), @"
    people.parquet: error: the Parquet file cannot be read: Parquet error: Invalid Parquet file. Corrupt footer
      hint: export or download it again
    ");
    assert_snapshot!(people_in("people.parquet", "PAR1"), @"
    people.parquet: error: the Parquet file cannot be read: EOF: Parquet file too small. Size is 4 but need 8
      hint: export or download it again
    ");
}

#[test]
fn a_parquet_file_with_nested_columns() {
    let content = parquet(
        "optional binary CODE (STRING); optional group People { optional int64 count; }",
        vec![
            texts(&["A1"]),
            Box::new(|writer| {
                writer.typed::<Int64Type>().write_batch(&[100], Some(&[2]), None).unwrap();
            }),
        ],
    );
    assert_snapshot!(people_in("people.parquet", content), @"
    people.parquet: error: this column holds several values in each row
      column: `People`
      hint: leave the column out, or write its values into columns of their own
    ");
}

#[test]
fn a_parquet_file_without_the_column() {
    let content = parquet(
        "optional binary CODE (STRING); optional int64 Peopel;",
        vec![texts(&["A1"]), column::<Int64Type>(vec![Some(1)])],
    );
    assert_snapshot!(people_in("people.parquet", content), @"
    people.parquet: error: there is no column `People`
      hint: did you mean `Peopel`?
    ");
}

#[test]
fn keys_that_a_parquet_file_cannot_have() {
    assert_snapshot!(with_keys("people.parquet", parquet_people(), "sheet = \"Data\"\nheading_row = 1"), @r#"
    atlas.toml:44: error: this file has no sheets
      key: `sheet`
      value: `people.parquet`
      hint: take `sheet` out

    atlas.toml:45: error: this file has no row of headings
      key: `heading_row`
      value: `people.parquet`
      hint: take `heading_row` out
    "#);
}

#[test]
fn an_unknown_code_in_a_parquet_file() {
    let content = parquet(
        "optional binary CODE (STRING); optional int64 People;",
        vec![texts(&["A1", "A2", "A3", "A4", "A5"]), column::<Int64Type>([100, 300, 200, 400, 1].map(Some).to_vec())],
    );
    assert_snapshot!(people_in("people.parquet", content), @"
    people.parquet:5: error: this code is no area of `area`
      column: `CODE`
      value: `A5`
      hint: mend the code, or take the row out
    ");
}

#[test]
fn a_row_of_a_parquet_file_without_a_code() {
    let content = parquet(
        "optional binary CODE (STRING); optional int64 People;",
        vec![
            column::<ByteArrayType>(
                [Some("A1"), Some("A2"), None, None].map(|code| code.map(ByteArray::from)).to_vec(),
            ),
            column::<Int64Type>(vec![Some(100), Some(300), None, Some(5)]),
        ],
    );
    // The third is blank.
    assert_snapshot!(people_in("people.parquet", content), @r"
    people.parquet:4: error: this row has no area code
      column: `CODE`
      hint: fill it in, or take the row out
    ");
}

#[test]
fn a_number_of_a_parquet_file_that_is_none() {
    let content = parquet(
        "optional binary CODE (STRING); optional double People;",
        vec![texts(&["A1", "A2"]), column::<DoubleType>(vec![Some(100.0), Some(f64::NAN)])],
    );
    assert_snapshot!(people_in("people.parquet", content), @r"
    people.parquet:2: error: this is not a finite number
      column: `People`
      value: `NaN`
      hint: leave the cell empty where there is no value
    ");
}

#[test]
fn a_formula_that_was_saved_without_its_result() {
    assert_snapshot!(people_in("people.xlsx", cell("B4", "<c r=\"B4\"><f>1+1</f></c>")), @r#"
    people.xlsx [Data]:4: error: this formula was saved without its result
      column: `People`
      hint: open the workbook in a spreadsheet program and save it
    "#);
    assert_snapshot!(people_in("people.xlsx", cell("B4", "<c r=\"B4\"><f>1+1</f><v></v></c>")), @r#"
    people.xlsx [Data]:4: error: this formula was saved without its result
      column: `People`
      hint: open the workbook in a spreadsheet program and save it
    "#);
    // This one has a result: an empty text.
    assert_snapshot!(people_in("people.xlsx", cell("B4", "<c r=\"B4\" t=\"str\"><f>T(1)</f><v></v></c>")), @"");
}
