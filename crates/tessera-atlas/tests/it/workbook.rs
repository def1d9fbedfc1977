//! Files that tests make: workbooks good and bad, packed files, Parquet.

use std::io::{Cursor, Write};
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;
use parquet::data_type::{ByteArray, ByteArrayType, DataType, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The people of the tiny atlas.
pub(crate) const PEOPLE: [[&str; 2]; 5] =
    [["CODE", "People"], ["A1", "100"], ["A2", "300"], ["A3", "200"], ["A4", "400"]];

/// Rows of texts and numbers as the `<row>` elements of a sheet, the first in this row.
pub(crate) fn sheet_rows<const N: usize>(first: usize, rows: &[[&str; N]]) -> String {
    let cell = |row: usize, column: usize, text: &str| {
        let place = format!("{}{row}", char::from(b'A' + column as u8));
        match text.parse::<f64>() {
            Ok(_) => format!("<c r=\"{place}\"><v>{text}</v></c>"),
            Err(_) => format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"),
        }
    };
    let row = |(row, cells): (usize, &[&str; N])| {
        let cells: String = cells.iter().enumerate().map(|(column, text)| cell(row, column, text)).collect();
        format!("<row r=\"{row}\">{cells}</row>")
    };
    (first..).zip(rows).map(row).collect()
}

/// Rows of texts and numbers as those of an OpenDocument table.
pub(crate) fn table_rows<const N: usize>(rows: &[[&str; N]]) -> String {
    let cell = |text: &&str| match text.parse::<f64>() {
        Ok(_) => format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{text}\"><text:p>{text}</text:p></table:table-cell>"
        ),
        Err(_) => format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"),
    };
    let row = |cells: &[&str; N]| {
        format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<String>())
    };
    rows.iter().map(row).collect()
}

/// A zip archive of these parts.
pub(crate) fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// The parts of a small `.xlsx` file with one sheet, `Data`, of these rows.
pub(crate) fn xlsx_parts(rows: &str) -> [(&'static str, String); 5] {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"r1\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    [
        ("[Content_Types].xml", format!("<Types xmlns=\"{PACKAGE}/content-types\"/>")),
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"Data\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml")),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>")),
    ]
}

/// An `.xlsx` file with one sheet, `Data`, of these rows.
pub(crate) fn xlsx(rows: &str) -> Vec<u8> {
    xlsx_and(rows, &[])
}

/// The same with more parts, or with others in place of its own.
pub(crate) fn xlsx_and(rows: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let own = xlsx_parts(rows);
    let own = own.iter().map(|(name, content)| (*name, content.as_str()));
    let kept = own.filter(|(name, _)| !others.iter().any(|(other, _)| name == other));
    zip(&kept.chain(others.iter().copied()).collect::<Vec<_>>())
}

/// An `.ods` file with these sheets: names and rows.
pub(crate) fn ods(sheets: &[(&str, &str)]) -> Vec<u8> {
    let table = |(name, rows): &(&str, &str)| {
        format!("<table:table table:name=\"{name}\"><table:table-column/>{rows}</table:table>")
    };
    ods_of(&sheets.iter().map(table).collect::<String>())
}

/// An `.ods` file whose spreadsheet holds this XML.
pub(crate) fn ods_of(spreadsheet: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" \
         xmlns:calcext=\"c\"><office:body><office:spreadsheet>{spreadsheet}</office:spreadsheet></office:body></office:document-content>"
    );
    zip(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)])
}

/// A gzip file.
pub(crate) fn gzip(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes.as_ref()).unwrap();
    encoder.finish().unwrap()
}

/// Writes the values of one column of a Parquet file.
pub(crate) type ColumnWriter = Box<dyn FnOnce(&mut SerializedColumnWriter<'_>)>;

/// A column that may hold nulls: `optional` in the schema.
pub(crate) fn column<T: DataType>(values: Vec<Option<T::T>>) -> ColumnWriter {
    Box::new(move |writer| {
        let levels: Vec<i16> = values.iter().map(|value| i16::from(value.is_some())).collect();
        let there: Vec<T::T> = values.into_iter().flatten().collect();
        writer.typed::<T>().write_batch(&there, Some(&levels), None).unwrap();
    })
}

/// A column of texts.
pub(crate) fn texts(values: &[&str]) -> ColumnWriter {
    column::<ByteArrayType>(values.iter().map(|value| Some(ByteArray::from(*value))).collect())
}

/// A Parquet file of columns, as the schema names them.
pub(crate) fn parquet(schema: &str, columns: Vec<ColumnWriter>) -> Vec<u8> {
    let schema = Arc::new(parse_message_type(&format!("message table {{ {schema} }}")).unwrap());
    let mut bytes = Vec::new();
    let mut file = SerializedFileWriter::new(&mut bytes, schema, Arc::new(WriterProperties::default())).unwrap();
    let mut group = file.next_row_group().unwrap();
    for write in columns {
        let mut column = group.next_column().unwrap().unwrap();
        write(&mut column);
        column.close().unwrap();
    }
    group.close().unwrap();
    file.close().unwrap();
    bytes
}

/// The people of the tiny atlas in Parquet.
pub(crate) fn parquet_people() -> Vec<u8> {
    parquet(
        "optional binary CODE (STRING); optional int64 People;",
        vec![texts(&["A1", "A2", "A3", "A4"]), column::<Int64Type>([100, 300, 200, 400].map(Some).to_vec())],
    )
}
