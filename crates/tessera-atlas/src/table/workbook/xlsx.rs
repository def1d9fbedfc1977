//! `.xlsx` files, read cell by cell with calamine.

use std::borrow::Cow;
use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, Xlsx, XlsxError};

use super::sheet_row::SheetRow;
use super::stored::{number, percentage, shows_percentages};
use super::{DAMAGED, choose, protected};
use crate::problem::Problem;
use crate::table::draft::Draft;
use crate::table::{damaged, truth};

pub(super) fn read(bytes: &[u8], wanted: Option<&str>, draft: &mut Draft<'_>) -> Result<(), Problem> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(refused)?;
    let sheets = workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let sheet = choose(wanted, &sheets.map(|sheet| sheet.name.clone()).collect::<Vec<_>>())?;
    draft.sheet = Some(sheet.clone());
    let mut cells = workbook.worksheet_cells_reader(&sheet).map_err(refused)?;
    let formats = cells.styles().iter().map(|style| style.number_format.as_ref());
    let formats: Vec<bool> =
        formats.map(|format| format.is_some_and(|format| shows_percentages(&format.format_code))).collect();
    let (mut row, mut has_blanks) = (SheetRow::default(), false);
    loop {
        let next = cells.next_cell_with_style_id().map_err(|error| refused(error).row(row.number.max(1)))?;
        let Some((cell, style)) = next else { break };
        if *cell.get_value() == DataRef::Empty {
            has_blanks = true;
            continue;
        }
        let (above, before) = cell.get_position();
        let number = u64::from(above) + 1;
        if number < row.number {
            return Err(damaged(DAMAGED, "the rows of the sheet are out of order").row(row.number));
        }
        if number > row.number {
            if draft.take_row(row.number, row.cells()).is_break() {
                return Ok(());
            }
            row.begin(number);
        }
        let is_percentage = formats.get(style).copied().unwrap_or(false);
        row.fill(before as usize, &text(cell.get_value(), is_percentage))?;
    }
    let _ = draft.take_row(row.number, row.cells());
    drop(cells);
    if has_blanks { name_formulas_without_result(&mut workbook, &sheet, draft) } else { Ok(()) }
}

/// Names the cells that are blank because the program that wrote the workbook computes no formulas. What tells a formula
/// does not tell formats, so that this is another run through the sheet.
fn name_formulas_without_result(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &str,
    draft: &mut Draft<'_>,
) -> Result<(), Problem> {
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(refused)?;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(refused)? {
        let (above, before) = cell.pos;
        let number = u64::from(above) + 1;
        if cell.value != DataRef::Empty || cell.formula.is_none() || number <= draft.heading_row() {
            continue;
        }
        if let Some(heading) = draft.heading(before as usize) {
            let problem = Problem::error("no-result", "this formula was saved without its result").column(heading);
            draft.fault(problem.row(number).cure("open the workbook in a spreadsheet program and save it"));
        }
    }
    Ok(())
}

fn text<'v>(value: &'v DataRef<'_>, is_percentage: bool) -> Cow<'v, str> {
    match value {
        DataRef::Float(value) if is_percentage => percentage(*value).into(),
        DataRef::Float(value) => number(*value).into(),
        DataRef::Int(value) => value.to_string().into(),
        DataRef::String(value) | DataRef::DateTimeIso(value) | DataRef::DurationIso(value) => value.into(),
        DataRef::SharedString(value) => (*value).into(),
        DataRef::Bool(value) => truth(*value).into(),
        DataRef::DateTime(value) => date_or_time(value).into(),
        DataRef::Error(error) => error.to_string().into(),
        DataRef::Empty => "".into(),
    }
}

/// `2019-04-01`, with a time only where there is one, or the time alone; a duration as hours, which may be many.
fn date_or_time(value: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = value.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    let time = format!("{minute:02}:{second:02}");
    if value.is_duration() {
        let hours = (value.as_f64() * 24.0).floor();
        format!("{hours}:{time}")
    } else if value.as_f64() < 1.0 {
        format!("{hour:02}:{time}")
    } else if value.as_f64().fract() == 0.0 {
        date
    } else {
        format!("{date}T{hour:02}:{time}")
    }
}

fn refused(error: XlsxError) -> Problem {
    match error {
        XlsxError::Password => protected(),
        XlsxError::CellError(value) => Problem::error("not-a-number", "a formula in this row or one below it failed")
            .value(value)
            .cure("mend the formula in the workbook"),
        error => damaged(DAMAGED, error),
    }
}
