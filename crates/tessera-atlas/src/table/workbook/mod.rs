//! Workbooks: the sheets of `.xlsx` and `.ods` files.

mod archive;
mod ods;
mod raised;
mod sheet_row;
mod stored;
mod xlsx;

use super::draft::Draft;
use crate::problem::{Problem, did_you_mean};
use crate::words::count;
use archive::Kind;

/// The rows and columns of a sheet, as spreadsheet programs have them.
const MOST_ROWS: u64 = 1_048_576;
const MOST_COLUMNS: usize = 16_384;

const DAMAGED: &str = "the workbook";

pub(super) fn read(bytes: &[u8], sheet: Option<&str>, draft: &mut Draft<'_>) -> Result<(), Problem> {
    let mut archive = archive::open(bytes)?;
    match archive::kind(&mut archive)? {
        Kind::Xlsx => {
            let raised = archive::check_parts(&mut archive, bytes.len())?;
            if raised.is_empty() {
                return xlsx::read(bytes, sheet, draft);
            }
            let bytes = archive::with_signs(&mut archive, bytes.len(), &raised)?;
            xlsx::read(&bytes, sheet, draft)
        }
        Kind::Ods => ods::read(&archive::content(&mut archive, bytes.len())?, sheet, draft),
    }
}

/// Whether a file is a container of the older office programs. Newer workbooks are that only when they are encrypted.
pub(super) fn is_compound_file(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
}

/// Why such a file is not read.
pub(super) fn why_compound_file(bytes: &[u8]) -> Problem {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(name.len()).any(|window| window == name) {
        return protected();
    }
    Problem::error("unsupported-table", "this is a workbook of the old .xls format")
        .cure("open it in a spreadsheet program and save it as .xlsx")
}

fn protected() -> Problem {
    Problem::error("protected-file", "the workbook is protected by a password").cure("save a copy without the password")
}

/// The sheet that is meant: the one that is named, or the only one.
fn choose(wanted: Option<&str>, sheets: &[String]) -> Result<String, Problem> {
    let all = || format!("the sheets are: {}", sheets.join(", "));
    match (wanted, sheets) {
        (Some(wanted), _) => sheets.iter().find(|sheet| sheet.trim() == wanted.trim()).cloned().ok_or_else(|| {
            let cure = did_you_mean(wanted, sheets.iter().map(String::as_str)).unwrap_or_else(all);
            Problem::error("missing-sheet", format!("there is no sheet `{wanted}`")).cure(cure)
        }),
        (None, []) => Err(super::damaged(DAMAGED, "it holds no sheet")),
        (None, [only]) => Ok(only.clone()),
        (None, several) => {
            let message = format!("the workbook has {} sheets, and nothing says which one to read", several.len());
            let cure = format!("in a `[[table]]` name it in `sheet`, elsewhere keep only that one; {}", all());
            Err(Problem::error("choose-sheet", message).cure(cure))
        }
    }
}

/// Names a cell that no spreadsheet program would have written.
fn refuse_beyond_sheet(row: u64, column: usize) -> Result<(), Problem> {
    let message = if row > MOST_ROWS {
        format!("a sheet has at most {} rows", count(MOST_ROWS as usize))
    } else if column >= MOST_COLUMNS {
        format!("a sheet has at most {} columns", count(MOST_COLUMNS))
    } else {
        return Ok(());
    };
    Err(Problem::error("too-large", message).row(row).cure("split the table"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheets(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn the_only_sheet_needs_no_name() {
        assert_eq!(choose(None, &sheets(&["Feuil1"])).unwrap(), "Feuil1");
        assert_eq!(choose(Some(" Data"), &sheets(&["Notes", "Data "])).unwrap(), "Data ");
        assert_eq!(choose(None, &[]).unwrap_err().kind, "damaged-file");
    }

    #[test]
    fn cells_outside_a_sheet_are_refused() {
        assert!(refuse_beyond_sheet(1_048_576, 16_383).is_ok());
        assert!(refuse_beyond_sheet(1_048_577, 0).is_err());
        assert!(refuse_beyond_sheet(1, 16_384).is_err());
    }
}
