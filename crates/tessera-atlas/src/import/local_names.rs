//! Files of local names: `area_code, local_name`.

use crate::folder::AtlasFolder;
use crate::geography::Geography;
use crate::problem::{Problem, Problems};
use crate::table::Table;

pub(super) fn read_local_names(
    folder: &AtlasFolder,
    file: &str,
    geography: &str,
    geographies: &mut [Geography],
    problems: &mut Problems,
) {
    let Some(table) = Table::read(folder, file, problems) else { return };
    let mut column = |heading: &str| table.column(heading).map_err(|problem| problems.push(problem)).ok();
    let (Some(code), Some(name)) = (column("area_code"), column("local_name")) else { return };
    let Some(geography) = geographies.iter_mut().find(|other| other.id == geography) else { return };
    let mut matched = false;
    let mut tally = table.tally();
    for row in table.rows() {
        // A file of names may reach beyond the atlas.
        let Some(position) = geography.position(row.cell(code)) else { continue };
        matched = true;
        let name = row.cell(name);
        let known = geography.areas()[position].local_name.as_deref();
        if let Some(other) = known.filter(|other| *other != name && !name.is_empty()) {
            let message = format!("`{}` has two local names, `{other}` and `{name}`", row.cell(code));
            tally.push(Problem::error("two-names", message).row(row.number()).cure("keep one of the rows"), problems);
        } else if !name.is_empty() {
            geography.set_local_name(position, name.to_owned());
        }
    }
    tally.finish(problems);
    if !matched {
        let message = format!("none of the codes is an area of `{}`", geography.id);
        let cure = "look at the column `area_code`, and at the geography that names the file";
        problems.push(table.problem(Problem::error("nothing-matched", message).cure(cure)));
    }
}
