//! Files of notes: `area_code [, indicator, period], note`.

use crate::catalogue::Indicator;
use crate::folder::AtlasFolder;
use crate::geography::Geography;
use crate::manifest::Manifest;
use crate::note::Note;
use crate::period::Period;
use crate::problem::{Problem, Problems, did_you_mean};
use crate::table::{Row, Table};

pub(super) fn read_notes(
    folder: &AtlasFolder,
    manifest: &Manifest,
    geographies: &[Geography],
    indicators: &[Indicator],
    problems: &mut Problems,
) -> Vec<Note> {
    let mut notes = Vec::new();
    for section in &manifest.notes {
        let Some(table) = Table::read(folder, &section.value.file, 1, problems) else { continue };
        let (code, text) = match (table.column("area_code"), table.column("note")) {
            (Ok(code), Ok(text)) => (code, text),
            (code, text) => {
                code.err().into_iter().chain(text.err()).for_each(|problem| problems.push(problem));
                continue;
            }
        };
        let optional = |heading: &str| table.headings().iter().position(|other| other == heading);
        let (indicator, period) = (optional("indicator"), optional("period"));
        for row in table.rows() {
            let at_row = |problem: Problem| problem.file(table.file()).row(row.line());
            let area_code = row.cell(code);
            if !geographies.iter().any(|geography| geography.position(area_code).is_some()) {
                let problem = Problem::error("unknown-code", "this code is no area of the atlas")
                    .column("area_code")
                    .value(area_code);
                problems.push(at_row(problem));
            }
            let indicator = filled(&row, indicator);
            if let Some(id) = indicator.filter(|id| !indicators.iter().any(|indicator| indicator.id == **id)) {
                let problem = Problem::error("unknown-indicator", format!("there is no indicator `{id}`"))
                    .column("indicator")
                    .maybe_cure(did_you_mean(id, indicators.iter().map(|indicator| indicator.id.as_str())));
                problems.push(at_row(problem));
            }
            let period = filled(&row, period).map(str::parse::<Period>);
            if let Some(Err(error)) = &period {
                problems.push(at_row(Problem::error("bad-period", error.to_string()).column("period")));
            }
            if !row.cell(text).is_empty() {
                notes.push(Note {
                    area_code: area_code.to_owned(),
                    indicator: indicator.map(str::to_owned),
                    period: period.and_then(Result::ok),
                    text: row.cell(text).to_owned(),
                });
            }
        }
    }
    notes
}

fn filled(row: &Row, column: Option<usize>) -> Option<&str> {
    column.map(|column| row.cell(column)).filter(|text| !text.is_empty())
}
