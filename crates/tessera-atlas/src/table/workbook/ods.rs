//! `.ods` files. calamine reads them too, but a whole workbook at a time, with every repeated cell and row written out before
//! it can be counted, and without saying which numbers are percentages.
//!
//! The format is OpenDocument 1.3 part 3, section 9 (tables) and section 19.385 (values of cells).

use std::collections::HashMap;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::QName;

use super::raised::Script;
use super::sheet_row::SheetRow;
use super::stored::{number, percentage};
use super::{DAMAGED, MOST_COLUMNS, MOST_ROWS, archive, choose};
use crate::problem::Problem;
use crate::table::draft::{Draft, too_large};
use crate::table::store::Store;
use crate::table::{damaged, truth};

/// How many spaces in a row are kept: no text means anything by more.
const MOST_SPACES: u64 = 64;

type Xml<'x> = quick_xml::Reader<&'x [u8]>;

/// The formats of texts whose characters are raised or lowered, by their names.
type Scripts = HashMap<String, Script>;

pub(super) fn read(content: &str, wanted: Option<&str>, draft: &mut Draft<'_>) -> Result<(), Problem> {
    let sheet = choose(wanted, &sheets(content)?)?;
    draft.sheet = Some(sheet.clone());
    let scripts = scripts(content)?;
    let mut xml = reader(content);
    while let Some(name) = next_sheet(&mut xml)? {
        if name == sheet {
            let mut row = SheetRow::default();
            return read_sheet(&mut xml, &scripts, &mut row, draft).map_err(|problem| match problem.row {
                Some(_) => problem,
                None => problem.row(row.number.max(1)),
            });
        }
        skip(&mut xml, "table:table")?;
    }
    Ok(())
}

fn reader(content: &str) -> Xml<'_> {
    let mut xml = Xml::from_str(content);
    xml.config_mut().expand_empty_elements = true;
    xml
}

fn sheets(content: &str) -> Result<Vec<String>, Problem> {
    let mut xml = reader(content);
    let mut names = Vec::new();
    while let Some(name) = next_sheet(&mut xml)? {
        names.push(name);
        skip(&mut xml, "table:table")?;
    }
    Ok(names)
}

fn scripts(content: &str) -> Result<Scripts, Problem> {
    let mut scripts = Scripts::new();
    if !content.contains("style:text-position") {
        return Ok(scripts);
    }
    let (mut xml, mut style) = (reader(content), None);
    loop {
        match next(&mut xml)? {
            Event::Start(element) if element.name() == QName("style:style") => {
                style = attribute(&element, "style:name")?
            }
            Event::Start(element) if element.name() == QName("style:text-properties") => {
                let position = attribute(&element, "style:text-position")?.unwrap_or_default();
                scripts.extend(style.clone().zip(Script::of_text_position(&position)));
            }
            Event::Start(element) if element.name() == QName("office:body") => return Ok(scripts),
            Event::Eof => return Ok(scripts),
            _ => {}
        }
    }
}

/// The name of the next sheet, into which the reader has then stepped.
fn next_sheet(xml: &mut Xml<'_>) -> Result<Option<String>, Problem> {
    loop {
        match next(xml)? {
            Event::Start(element) if element.name() == QName("table:table") => {
                return Ok(Some(attribute(&element, "table:name")?.unwrap_or_default()));
            }
            Event::DocType(_) => return Err(archive::defines_entities()),
            Event::Eof => return Ok(None),
            _ => {}
        }
    }
}

fn read_sheet(xml: &mut Xml<'_>, scripts: &Scripts, row: &mut SheetRow, draft: &mut Draft<'_>) -> Result<(), Problem> {
    let mut number = 1;
    loop {
        match next(xml)? {
            Event::Start(element) => match element.name().as_ref() {
                "table:table-row" => {
                    let repeats = repeats(&element, "table:number-rows-repeated")?;
                    row.begin(number);
                    read_row(xml, scripts, row)?;
                    let is_blank = row.cells().all(str::is_empty);
                    if !is_blank && row.cells().count() as u64 * repeats > Store::MOST_CELLS as u64 {
                        return Err(too_large());
                    }
                    for repeated in (number..number.saturating_add(repeats)).take_while(|_| !is_blank) {
                        super::refuse_beyond_sheet(repeated, 0)?;
                        if draft.take_row(repeated, row.cells()).is_break() {
                            return Ok(());
                        }
                    }
                    number = number.saturating_add(repeats);
                }
                // Rows may be grouped.
                "table:table-row-group" | "table:table-header-rows" | "table:table-rows" => {}
                other => skip(xml, other)?,
            },
            Event::End(element) if element.name() == QName("table:table") => return Ok(()),
            Event::Eof => return Err(cut_off()),
            _ => {}
        }
    }
}

fn read_row(xml: &mut Xml<'_>, scripts: &Scripts, row: &mut SheetRow) -> Result<(), Problem> {
    let mut column = 0_usize;
    loop {
        match next(xml)? {
            Event::Start(element) if element.name() == QName("table:table-cell") => {
                let repeats = columns(&element)?;
                let value = value(xml, scripts, &element)?;
                for repeated in (column..column.saturating_add(repeats)).take_while(|_| !value.is_empty()) {
                    row.fill(repeated, &value)?;
                }
                column = column.saturating_add(repeats);
            }
            // What lies under a merged cell is not seen.
            Event::Start(element) if element.name() == QName("table:covered-table-cell") => {
                column = column.saturating_add(columns(&element)?);
                skip(xml, "table:covered-table-cell")?;
            }
            Event::Start(element) => skip(xml, element.name().as_ref())?,
            Event::End(element) if element.name() == QName("table:table-row") => return Ok(()),
            Event::Eof => return Err(cut_off()),
            _ => {}
        }
    }
}

/// The value of a cell as text. The reader has then stepped out of it.
fn value(xml: &mut Xml<'_>, scripts: &Scripts, element: &BytesStart<'_>) -> Result<String, Problem> {
    let (shown, has_signs) = shown(xml, scripts)?;
    let attribute = |name| attribute(element, name);
    // Some programs store 0 or an empty text where a formula failed.
    if attribute("calcext:value-type")?.as_deref() == Some("error") || is_error(&shown) {
        return Ok(shown);
    }
    let stored = match attribute("office:value-type")?.as_deref() {
        Some("float" | "currency") => attribute("office:value")?.map(|value| rewritten(value, number)),
        Some("percentage") => attribute("office:value")?.map(|value| rewritten(value, percentage)),
        Some("boolean") => attribute("office:boolean-value")?.map(|value| truth(value == "true").to_owned()),
        Some("date") => attribute("office:date-value")?,
        // What is stored does not tell which characters are raised.
        Some("string") if !has_signs => attribute("office:string-value")?,
        _ => None,
    };
    Ok(stored.unwrap_or(shown))
}

/// Whether a text is that of a formula that failed: `#REF!`, `#NAME?`, `#N/A`, `Err:502`.
fn is_error(shown: &str) -> bool {
    shown == "#N/A" || shown.starts_with("Err:") || (shown.starts_with('#') && shown.ends_with(['!', '?']))
}

fn rewritten(value: String, write: fn(f64) -> String) -> String {
    value.parse().map_or(value, write)
}

/// The text that a cell shows: its paragraphs, without comments and drawings; and whether some of it is raised or lowered.
fn shown(xml: &mut Xml<'_>, scripts: &Scripts) -> Result<(String, bool), Problem> {
    let (mut text, mut paragraphs) = (String::new(), 0);
    // Those of the spans within which the reader is, the innermost last.
    let mut spans: Vec<Option<Script>> = Vec::new();
    let mut has_signs = false;
    loop {
        let script = spans.last().copied().flatten();
        let mut show = |part: &str| match script {
            Some(script) => {
                has_signs = true;
                text.push_str(&script.write(part));
            }
            None => text.push_str(part),
        };
        match next(xml)? {
            Event::Start(element) => match element.name().as_ref() {
                "text:p" => {
                    paragraphs += 1;
                    show(if paragraphs > 1 { "\n" } else { "" });
                }
                "text:span" => {
                    let style = attribute(&element, "text:style-name")?;
                    spans.push(style.and_then(|style| scripts.get(&style).copied()).or(script));
                }
                "text:a" => {}
                "text:line-break" => show("\n"),
                "text:tab" => show("\t"),
                "text:s" => {
                    let spaces = repeats(&element, "text:c")?.min(MOST_SPACES);
                    (0..spaces).for_each(|_| show(" "));
                }
                other => skip(xml, other)?,
            },
            Event::Text(part) if paragraphs > 0 => show(&part.xml10_content()),
            Event::CData(part) if paragraphs > 0 => show(&part.xml10_content()),
            Event::GeneralRef(reference) => match reference.resolve_char_ref().map_err(faulty)? {
                Some(character) => show(character.encode_utf8(&mut [0; 4])),
                None => show(
                    quick_xml::escape::resolve_predefined_entity(&reference)
                        .ok_or_else(|| damaged(DAMAGED, format!("nothing says what `&{};` is", &*reference)))?,
                ),
            },
            Event::End(element) if element.name() == QName("text:span") => {
                spans.pop();
            }
            Event::End(element) if element.name() == QName("table:table-cell") => return Ok((text, has_signs)),
            Event::Eof => return Err(cut_off()),
            _ => {}
        }
    }
}

fn next<'x>(xml: &mut Xml<'x>) -> Result<Event<'x>, Problem> {
    xml.read_event().map_err(faulty)
}

fn skip(xml: &mut Xml<'_>, name: &str) -> Result<(), Problem> {
    xml.read_to_end(QName(name)).map(|_| ()).map_err(faulty)
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, Problem> {
    let attribute = element.try_get_attribute(name).map_err(|error| damaged(DAMAGED, error))?;
    let value = attribute.map(|attribute| attribute.normalized_value(XmlVersion::Implicit1_0)).transpose();
    Ok(value.map_err(faulty)?.map(|value| value.into_owned()))
}

/// How many columns a cell stands for: more than a sheet has are as good as one more.
fn columns(element: &BytesStart<'_>) -> Result<usize, Problem> {
    let repeats = repeats(element, "table:number-columns-repeated")?;
    Ok(usize::try_from(repeats).unwrap_or(usize::MAX).min(MOST_COLUMNS + 1))
}

/// How many times something stands there: more than a sheet has rows are as good as one more.
fn repeats(element: &BytesStart<'_>, name: &str) -> Result<u64, Problem> {
    let Some(text) = attribute(element, name)? else { return Ok(1) };
    let repeats: u64 = text.trim().parse().map_err(|_| damaged(DAMAGED, format!("`{name}` is `{text}`")))?;
    Ok(repeats.min(MOST_ROWS + 1))
}

fn faulty(error: quick_xml::Error) -> Problem {
    damaged(DAMAGED, error)
}

fn cut_off() -> Problem {
    damaged(DAMAGED, "it is cut off")
}
