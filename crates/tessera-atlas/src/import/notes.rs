//! Files of notes: `area_code [, indicator, period], note`.

use super::claims::{Claim, What};
use super::tables::Joining;
use crate::folder::AtlasFolder;
use crate::note::Note;
use crate::period::Period;
use crate::problem::{Problem, Problems};
use crate::table::Table;

pub(super) fn read_notes(
    folder: &AtlasFolder,
    joining: Joining<'_>,
    claims: &mut Vec<Claim>,
    problems: &mut Problems,
) -> Vec<Note> {
    let mut notes = Vec::new();
    for section in &joining.manifest.notes {
        if let Some(table) = Table::read(folder, &section.value.file, problems) {
            read_file(&table, joining, &mut notes, claims, problems);
        }
    }
    notes
}

fn read_file(
    table: &Table,
    Joining { geographies, indicators, .. }: Joining<'_>,
    notes: &mut Vec<Note>,
    claims: &mut Vec<Claim>,
    problems: &mut Problems,
) {
    let mut column = |heading: &str| table.column(heading).map_err(|problem| problems.push(problem)).ok();
    let (Some(code), Some(text)) = (column("area_code"), column("note")) else { return };
    let (indicator, period) = (table.optional_column("indicator"), table.optional_column("period"));
    let mut tally = table.tally();
    for row in table.rows() {
        let filled = |column: Option<usize>| column.map(|column| row.cell(column)).filter(|text| !text.is_empty());
        let mut fault = |problem: Problem| tally.push(problem.row(row.number()), problems);
        let area_code = row.cell(code);
        if !geographies.iter().any(|geography| geography.position(area_code).is_some()) {
            let problem = Problem::error("unknown-code", "this code is no area of the atlas").column("area_code");
            fault(problem.value(area_code).cure("mend the code, or take the row out"));
        }
        let indicator = filled(indicator);
        if let Some(id) = indicator.filter(|id| !indicators.is_known(id)) {
            fault(indicators.unknown(id).column("indicator"));
        }
        let period = filled(period).map(str::parse::<Period>);
        if let Some(Err(error)) = &period {
            fault(Problem::error("bad-period", error.to_string()).column("period"));
        }
        // A remark on an indicator that is withheld is withheld with it.
        let is_published = indicator.is_none_or(|id| indicators.position(id).is_some());
        if is_published && !row.cell(text).is_empty() {
            if let Some(indicator) = indicator.and_then(|id| indicators.position(id)) {
                claims.push(Claim {
                    file: table.file().to_owned(),
                    row: row.number(),
                    what: What::Note,
                    area_code: area_code.to_owned(),
                    indicator,
                    period: period.clone().and_then(Result::ok),
                });
            }
            notes.push(Note {
                area_code: area_code.to_owned(),
                indicator: indicator.map(str::to_owned),
                period: period.and_then(Result::ok),
                text: row.cell(text).to_owned(),
            });
        }
    }
    tally.finish(problems);
}
