//! Values: from the rows of tables to raw columns in the fixed order of a geography. Joining happens here and never again.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use super::indicators::Indicators;
use crate::cell::{Cell, CellError, read_cell};
use crate::codes;
use crate::column::Numbers;
use crate::folder::AtlasFolder;
use crate::geography::Geography;
use crate::manifest::{Field, Kind, Layout, Located, Manifest, TableSection};
use crate::note::Note;
use crate::period::Period;
use crate::problem::{Problem, Problems};
use crate::table::{Row, Table};

/// How many problems of one kind in one table are named one by one.
const NAMED: usize = 10;

/// How a table joined with its geography.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TableReport {
    /// The file.
    pub file: String,
    /// The geography.
    pub geography: String,
    /// Rows with an area code.
    pub rows: usize,
    /// Rows whose code is an area of the atlas.
    pub matched: usize,
    /// Rows of areas that exist, but not in this atlas.
    pub elsewhere: usize,
    /// Codes that are of another vintage or unknown.
    pub unmatched: Vec<String>,
    /// Areas of the atlas that no row speaks of.
    pub without_row: Vec<String>,
}

/// Where a raw column belongs.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct ColumnKey {
    pub(super) geography: usize,
    pub(super) indicator: usize,
    pub(super) period: Period,
}

/// Everything that tables say of one indicator in one period, by position.
#[derive(Debug, Default)]
pub(super) struct RawColumn {
    pub(super) values: Vec<Cell>,
    pub(super) fields: BTreeMap<Field, Numbers>,
    /// Which cells are taken, and by which line of which table: a cell may be said once.
    taken: BTreeMap<Field, Vec<u64>>,
}

impl RawColumn {
    /// Whether a table gives the value itself of this area, be it a number or the reason for none.
    pub(super) fn is_supplied(&self, area: usize) -> bool {
        self.taken.get(&Field::Value).and_then(|lines| lines.get(area)).is_some_and(|line| *line != 0)
    }
}

/// What all tables say.
#[derive(Debug, Default)]
pub(super) struct Raw {
    pub(super) columns: BTreeMap<ColumnKey, RawColumn>,
    pub(super) notes: Vec<Note>,
}

pub(super) fn read_tables(
    folder: &AtlasFolder,
    manifest: &Manifest,
    geographies: &[Geography],
    indicators: &Indicators,
    problems: &mut Problems,
    reports: &mut Vec<TableReport>,
) -> Raw {
    let mut raw = Raw::default();
    for section in &manifest.tables {
        let Some(position) = geographies.iter().position(|geography| geography.id == section.value.geography) else {
            continue;
        };
        let heading_row = section.value.heading_row.unwrap_or(1);
        let Some(table) = Table::read(folder, &section.value.file, heading_row, problems) else { continue };
        let mut join = Join {
            section,
            table: &table,
            geographies,
            position,
            indicators,
            raw: &mut raw,
            report: TableReport {
                file: section.value.file.clone(),
                geography: section.value.geography.clone(),
                ..TableReport::default()
            },
            seen: BTreeSet::new(),
            other_vintage: Vec::new(),
            in_lower_case: Vec::new(),
            faults: HashMap::new(),
            problems,
        };
        match section.value.layout {
            Layout::Wide => join.wide(),
            Layout::Long => join.long(),
        }
        reports.push(join.finish());
    }
    raw
}

/// One table on its way into the columns of one geography.
struct Join<'a> {
    section: &'a Located<TableSection>,
    table: &'a Table,
    geographies: &'a [Geography],
    position: usize,
    indicators: &'a Indicators,
    raw: &'a mut Raw,
    report: TableReport,
    seen: BTreeSet<usize>,
    other_vintage: Vec<String>,
    in_lower_case: Vec<String>,
    /// How many problems of a kind were found, to name some and count the rest.
    faults: HashMap<&'static str, usize>,
    problems: &'a mut Problems,
}

/// A column of a wide table and where its cells go; `None` where the indicator is withheld.
struct Target {
    column: usize,
    heading: String,
    key: ColumnKey,
    field: Field,
}

impl Join<'_> {
    fn geography(&self) -> &Geography {
        &self.geographies[self.position]
    }

    fn wide(&mut self) {
        let Some(code_column) = self.section.value.code.as_deref().and_then(|heading| self.column(heading)) else {
            return;
        };
        let targets: Vec<Target> = self.wide_targets();
        let mut first_lines: HashMap<usize, u64> = HashMap::new();
        for row in self.table.rows() {
            let Some(area) = self.area(&row, code_column) else { continue };
            if let Some(first) = first_lines.insert(area, row.line()) {
                let problem = Problem::error("duplicate-row", "this area stands twice in the table")
                    .value(row.cell(code_column))
                    .cure(format!("keep one of the rows (the first is on line {first})"));
                self.fault(&row, None, problem);
                continue;
            }
            for target in &targets {
                self.put(&row, area, target.key.clone(), target.field, row.cell(target.column), &target.heading);
            }
        }
    }

    fn wide_targets(&mut self) -> Vec<Target> {
        let mut targets = Vec::new();
        for (heading, target) in &self.section.value.columns {
            let column = self.column(heading);
            let indicator = self.indicator(&target.indicator);
            let period = target.period.as_ref().or(self.section.value.period.as_ref());
            // A period that cannot be read was named when the manifest was validated.
            let Some(period) = period.and_then(|period| period.parse().ok()) else { continue };
            if let (Some(column), Some(indicator)) = (column, indicator) {
                let key = ColumnKey { geography: self.position, indicator, period };
                targets.push(Target { column, heading: heading.clone(), key, field: target.field });
            }
        }
        targets
    }

    fn long(&mut self) {
        let roles: Vec<&str> =
            ["area_code", "indicator", "period"].into_iter().chain(Field::ALL.map(Field::word)).collect();
        let section = &self.section.value;
        for role in section.columns.keys().filter(|role| !roles.contains(&role.as_str())) {
            let problem = Problem::error("unknown-key", format!("a long table has no column `{role}`"))
                .maybe_cure(crate::problem::did_you_mean(role, roles.iter().copied()));
            self.problems.push(self.section.problem(problem));
        }
        let heading =
            |role: &str| section.columns.get(role).map_or(role, |target| target.indicator.as_str()).to_owned();
        let optional = |table: &Table, role: &str| {
            let named = section.columns.contains_key(role);
            (named || table.headings().iter().any(|other| other == role)).then(|| heading(role))
        };
        let code_column = self.column(&heading("area_code"));
        let indicator_column = if section.indicator.is_none() { self.column(&heading("indicator")) } else { None };
        let period_column = if section.period.is_none() { self.column(&heading("period")) } else { None };
        let fields: Vec<(Field, String)> =
            Field::ALL.into_iter().filter_map(|field| Some((field, optional(self.table, field.word())?))).collect();
        let fields: Vec<(Field, String, usize)> = fields
            .into_iter()
            .filter_map(|(field, heading)| Some((field, heading.clone(), self.column(&heading)?)))
            .collect();
        if fields.is_empty() {
            let problem = Problem::error("missing-column", "the table has no column of values")
                .cure("name one: `columns = { value = \"…\" }`");
            self.problems.push(self.section.problem(problem));
        }
        let Some(code_column) = code_column else { return };
        let fixed_indicator = section.indicator.as_deref().and_then(|id| self.indicator(id));
        let fixed_period: Option<Period> = section.period.as_deref().and_then(|period| period.parse().ok());
        for row in self.table.rows() {
            let Some(area) = self.area(&row, code_column) else { continue };
            let indicator = fixed_indicator.or_else(|| self.row_indicator(&row, indicator_column?));
            let period = fixed_period.or_else(|| self.row_period(&row, period_column?));
            let (Some(indicator), Some(period)) = (indicator, period) else { continue };
            let key = ColumnKey { geography: self.position, indicator, period };
            for (field, heading, column) in &fields {
                self.put(&row, area, key.clone(), *field, row.cell(*column), heading);
            }
        }
    }

    fn row_indicator(&mut self, row: &Row, column: usize) -> Option<usize> {
        let id = row.cell(column);
        if self.indicators.is_known(id) {
            return self.indicators.position(id);
        }
        let problem = self.indicators.unknown(id);
        self.fault(row, Some(&self.table.headings()[column]), problem);
        None
    }

    fn row_period(&mut self, row: &Row, column: usize) -> Option<Period> {
        match row.cell(column).parse() {
            Ok(period) => Some(period),
            Err(error) => {
                let problem = Problem::error("bad-period", format!("{error}"));
                self.fault(row, Some(&self.table.headings()[column]), problem);
                None
            }
        }
    }

    /// Where a heading stands; a missing one becomes a problem.
    fn column(&mut self, heading: &str) -> Option<usize> {
        self.table.column(heading).map_err(|problem| self.problems.push(problem)).ok()
    }

    /// The position of a published indicator; an unknown one becomes a problem, a withheld one is passed over.
    fn indicator(&mut self, id: &str) -> Option<usize> {
        if !self.indicators.is_known(id) {
            self.problems.push(self.section.problem(self.indicators.unknown(id)));
        }
        self.indicators.position(id)
    }

    /// The position of the row's area; a code that is none is counted, or named.
    fn area(&mut self, row: &Row, code_column: usize) -> Option<usize> {
        let code = row.cell(code_column);
        if code.is_empty() {
            let problem =
                Problem::error("no-code", "this row has no area code").cure("fill it in, or take the row out");
            self.fault(row, Some(&self.table.headings()[code_column]), problem);
            return None;
        }
        self.report.rows += 1;
        let upper_case = code.to_uppercase();
        let found = self.geography().position(code).or_else(|| {
            let found = self.geography().position(&upper_case)?;
            self.in_lower_case.push(code.to_owned());
            Some(found)
        });
        if let Some(position) = found {
            self.report.matched += 1;
            self.seen.insert(position);
            return Some(position);
        }
        match self.foreign(&upper_case) {
            Foreign::Elsewhere => self.report.elsewhere += 1,
            Foreign::OtherVintage => {
                self.report.unmatched.push(code.to_owned());
                self.other_vintage.push(code.to_owned());
            }
            Foreign::Unknown => {
                self.report.unmatched.push(code.to_owned());
                let other = self.geographies.iter().find(|geography| geography.position(code).is_some());
                let cure =
                    other.map(|other| format!("this is a code of `{}`: is that the table's geography?", other.id));
                let message = format!("this code is no area of `{}`", self.geography().id);
                let problem = Problem::error("unknown-code", message).value(code).maybe_cure(cure);
                self.fault(row, Some(&self.table.headings()[code_column]), problem);
            }
        }
        None
    }

    fn foreign(&self, code: &str) -> Foreign {
        let areas = self.geography().areas();
        if let Some(vintage) = codes::vintage(code)
            && let Some(own) = codes::vintage_of(areas.iter().map(|area| area.code.as_str()))
        {
            return if vintage > own { Foreign::OtherVintage } else { Foreign::Elsewhere };
        }
        let is_of_this_kind =
            codes::kind(code).is_some_and(|kind| areas.iter().any(|area| codes::kind(&area.code) == Some(kind)));
        if is_of_this_kind && codes::vintage(code).is_none() && codes::kind(code) != Some(codes::LSOA) {
            Foreign::Elsewhere
        } else {
            Foreign::Unknown
        }
    }

    fn put(&mut self, row: &Row, area: usize, key: ColumnKey, field: Field, text: &str, heading: &str) {
        if field == Field::Note {
            self.note(area, &key, text);
            return;
        }
        let cell = match self.cell(&key, field, text) {
            Ok(cell) => cell,
            Err(error) => {
                let problem = Problem::error("not-a-number", error.to_string()).value(text).cure(error.cure());
                self.fault(row, Some(heading), problem);
                return;
            }
        };
        let count = self.geography().len();
        let raw = self.raw.columns.entry(key).or_default();
        let taken = raw.taken.entry(field).or_insert_with(|| vec![0; count]);
        if taken[area] != 0 {
            let first = taken[area];
            let problem = Problem::error(
                "said-twice",
                format!("this `{}` is said a second time (first on line {first})", field.word()),
            )
            .value(text)
            .cure("keep one of the two rows or tables");
            self.fault(row, Some(heading), problem);
            return;
        }
        taken[area] = row.line();
        if field == Field::Value {
            if raw.values.is_empty() {
                raw.values = vec![Cell::default(); count];
            }
            raw.values[area] = cell;
        } else {
            let numbers = raw.fields.entry(field).or_insert_with(|| vec![None; count]);
            numbers[area] = cell.value;
            // Where only parts are given, the reason why one is missing is the reason why the value is.
            if cell.value.is_none() && raw.values.get(area).is_none_or(|value| value.value.is_none()) {
                if raw.values.is_empty() {
                    raw.values = vec![Cell::default(); count];
                }
                raw.values[area].status.extend(cell.status);
            }
        }
    }

    fn note(&mut self, area: usize, key: &ColumnKey, text: &str) {
        if text.is_empty() {
            return;
        }
        let area_code = self.geography().areas()[area].code.clone();
        let indicator = self.indicators.public.get(key.indicator).map(|indicator| indicator.id.clone());
        self.raw.notes.push(Note { area_code, indicator, period: Some(key.period), text: text.to_owned() });
    }

    /// Reads a cell; the name of a category becomes its number, counted from 1.
    fn cell(&self, key: &ColumnKey, field: Field, text: &str) -> Result<Cell, CellError> {
        let indicator = self.indicators.public.get(key.indicator);
        if let Some(indicator) = indicator.filter(|indicator| indicator.kind == Kind::Category && field == Field::Value)
            && let Some(position) = indicator.categories.iter().position(|category| category.en() == text.trim())
        {
            return Ok(Cell { value: Some((position + 1) as f64), status: Vec::new() });
        }
        read_cell(text, &self.section.value.symbols)
    }

    /// Pushes a problem of this row; from the eleventh of a kind on they are only counted.
    fn fault(&mut self, row: &Row, heading: Option<&str>, problem: Problem) {
        let count = self.faults.entry(problem.kind).or_insert(0);
        *count += 1;
        if *count > NAMED {
            return;
        }
        let mut problem = problem.file(self.table.file()).row(row.line());
        if let Some(heading) = heading {
            problem = problem.column(heading);
        }
        self.problems.push(problem);
    }

    fn finish(mut self) -> TableReport {
        let mut faults: Vec<(&'static str, usize)> = self.faults.drain().filter(|(_, count)| *count > NAMED).collect();
        faults.sort_unstable();
        for (kind, count) in faults {
            let message = format!("{} more problems of this kind (`{kind}`) in this table", count - NAMED);
            self.problems.push(Problem::error(kind, message).file(self.table.file()));
        }
        if let Some(first) = self.in_lower_case.first() {
            let message = format!("{} codes are in lower case and were matched all the same", self.in_lower_case.len());
            self.problems.push(Problem::warning("lower-case-code", message).file(self.table.file()).value(first));
        }
        self.name_other_vintage();
        let geography = &self.geographies[self.position];
        self.report.without_row = (0..geography.len())
            .filter(|position| !self.seen.contains(position))
            .map(|position| geography.areas()[position].code.clone())
            .collect();
        if self.report.matched == 0 {
            let message = format!("none of the table's {} codes is an area of `{}`", self.report.rows, geography.id);
            self.problems.push(
                Problem::error("nothing-matched", message)
                    .file(self.table.file())
                    .cure("look at the table's `code` and `geography`"),
            );
        }
        self.report
    }

    fn name_other_vintage(&mut self) {
        let Some(vintage) = codes::vintage_of(self.other_vintage.iter().map(String::as_str)) else { return };
        let fitting = self.geographies.iter().find(|geography| {
            codes::vintage_of(geography.areas().iter().map(|area| area.code.as_str())) == Some(vintage)
        });
        let message =
            format!("{} codes are of {}, not of `{}`", self.other_vintage.len(), vintage.words(), self.geography().id);
        let cure = match fitting {
            Some(geography) => format!("set the table's `geography` to `{}`", geography.id),
            None => format!(
                "add a geography with the boundaries of {}, and set the table's `geography` to it",
                vintage.words()
            ),
        };
        let some: Vec<&str> = self.other_vintage.iter().take(NAMED).map(String::as_str).collect();
        let problem =
            Problem::warning("other-vintage", message).file(self.table.file()).value(some.join(", ")).cure(cure);
        self.problems.push(problem);
    }
}

/// What a code is that is no area of the geography.
enum Foreign {
    /// An area of the same kind, outside the atlas.
    Elsewhere,
    /// An area of a later release.
    OtherVintage,
    /// Nothing that we know.
    Unknown,
}
