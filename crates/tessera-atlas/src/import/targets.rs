//! Files of targets: `area_code, indicator, period, target [, baseline, tolerance]`.

use std::collections::BTreeMap;

use super::claims::{Claim, What};
use super::indicators::Indicators;
use super::tables::Joining;
use crate::codes;
use crate::folder::AtlasFolder;
use crate::geography::Geography;
use crate::manifest::Kind;
use crate::period::Period;
use crate::problem::{Problem, Problems};
use crate::table::{Row, Table};
use crate::target::{Target, TargetKey, Targets};
use crate::words::count;

pub(super) fn read_targets(
    folder: &AtlasFolder,
    Joining { manifest, geographies, indicators }: Joining<'_>,
    claims: &mut Vec<Claim>,
    problems: &mut Problems,
) -> Targets {
    let mut targets = Targets::default();
    let mut said = BTreeMap::new();
    for section in &manifest.targets {
        let Some(table) = Table::read(folder, &section.value.file, problems) else { continue };
        let Some(columns) = Columns::of(&table, problems) else { continue };
        let mut reader = Reader { geographies, indicators, columns, said: &mut said, elsewhere: 0, small: 0 };
        let mut tally = table.tally();
        for row in table.rows() {
            match reader.read(&table, &row) {
                Ok(Some((key, target))) => {
                    let (indicator, geography, period, area) = key;
                    claims.push(Claim {
                        file: table.file().to_owned(),
                        row: row.number(),
                        what: What::Target,
                        area_code: geographies[geography].areas()[area].code.clone(),
                        indicator,
                        period: Some(period),
                    });
                    targets.0.insert(key, target);
                }
                Ok(None) => {}
                Err(problem) => tally.push(problem.row(row.number()), problems),
            }
        }
        tally.finish(problems);
        if reader.elsewhere > 0 {
            let message = format!("targets for areas outside the atlas, left out: {}", count(reader.elsewhere));
            problems.push(table.problem(Problem::note("elsewhere", message)));
        }
        if reader.small > 0 {
            let message = format!("baselines that are small numbers, left out: {}", count(reader.small));
            let problem = Problem::warning("small-baseline", message).column("baseline");
            let cure =
                "a baseline is an earlier value: one under the indicator's threshold would tell what is hidden there";
            problems.push(table.problem(problem.cure(cure)));
        }
    }
    targets
}

/// Where the columns stand.
struct Columns {
    area_code: usize,
    indicator: usize,
    period: usize,
    target: usize,
    baseline: Option<usize>,
    tolerance: Option<usize>,
}

impl Columns {
    fn of(table: &Table, problems: &mut Problems) -> Option<Columns> {
        let mut column = |heading: &str| table.column(heading).map_err(|problem| problems.push(problem)).ok();
        let (area_code, indicator) = (column("area_code"), column("indicator"));
        let (period, target) = (column("period"), column("target"));
        Some(Columns {
            area_code: area_code?,
            indicator: indicator?,
            period: period?,
            target: target?,
            baseline: table.optional_column("baseline"),
            tolerance: table.optional_column("tolerance"),
        })
    }
}

struct Reader<'a> {
    geographies: &'a [Geography],
    indicators: &'a Indicators,
    columns: Columns,
    /// In which file and row each target was said.
    said: &'a mut BTreeMap<TargetKey, (String, u64)>,
    /// How many rows speak of areas outside the atlas.
    elsewhere: usize,
    /// How many baselines are counts that their rule hides.
    small: usize,
}

impl Reader<'_> {
    /// The positions of the geography and the area with a code; `None` where it lies outside the atlas.
    fn area(&mut self, code: &str) -> Result<Option<(usize, usize)>, Problem> {
        let upper_case = code.to_uppercase();
        let of = |geography: &Geography| geography.position(code).or_else(|| geography.position(&upper_case));
        let mut found = self.geographies.iter().enumerate().filter_map(|(position, own)| Some((position, of(own)?)));
        let kinds = || self.geographies.iter().flat_map(Geography::areas).filter_map(|area| codes::kind(&area.code));
        match (found.next(), found.next()) {
            (Some(only), None) => Ok(Some(only)),
            (Some(_), Some(_)) => {
                let problem = Problem::error("ambiguous-code", "areas of several geographies have this code");
                Err(problem.column("area_code").value(code).cure("give the areas of one of them other codes"))
            }
            (None, _) if codes::kind(&upper_case).is_some_and(|kind| kinds().any(|own| own == kind)) => {
                self.elsewhere += 1;
                Ok(None)
            }
            (None, _) => {
                let problem = Problem::error("unknown-code", "this code is no area of the atlas").column("area_code");
                Err(problem.value(code).cure("mend the code, or take the row out"))
            }
        }
    }

    /// The target of one row; `None` where its area lies outside the atlas or its indicator is withheld.
    fn read(&mut self, table: &Table, row: &Row<'_>) -> Result<Option<(TargetKey, Target)>, Problem> {
        let Some((geography, area)) = self.area(row.cell(self.columns.area_code))? else { return Ok(None) };
        let id = row.cell(self.columns.indicator);
        let period: Period = row.cell(self.columns.period).parse().map_err(|error: crate::period::NotAPeriod| {
            Problem::error("bad-period", error.to_string()).column("period")
        })?;
        let number = |column: Option<usize>, heading: &str| match column {
            Some(column) => {
                let cell = table.read_cell(row.cell(column), &BTreeMap::new());
                let cure = "write a number, or leave the cell empty";
                cell.map(|cell| cell.value).map_err(|problem| problem.column(heading).cure(cure))
            }
            None => Ok(None),
        };
        let value = number(Some(self.columns.target), "target")?;
        let baseline = number(self.columns.baseline, "baseline")?;
        let tolerance = number(self.columns.tolerance, "tolerance")?;
        if let Some(below) = tolerance.filter(|tolerance| *tolerance < 0.0) {
            let problem = Problem::error("bad-value", "a tolerance is not below zero").column("tolerance");
            return Err(problem.value(below.to_string()).cure("write the distance without a sign"));
        }
        let Some(indicator) = self.indicators.position(id) else {
            let known = self.indicators.is_known(id);
            return if known { Ok(None) } else { Err(self.indicators.unknown(id).column("indicator")) };
        };
        let Some(value) = value else {
            let problem = Problem::warning("no-target", "this row has no target").column("target");
            return Err(problem.value(row.cell(self.columns.target)).cure("fill it in, or take the row out"));
        };
        let key = (indicator, geography, period, area);
        if let Some((file, first)) = self.said.insert(key, (table.file().to_owned(), row.number())) {
            let problem = Problem::error("said-twice", format!("this target stands in {file} in row {first} already"));
            return Err(problem.column("target").value(row.cell(self.columns.target)).cure("keep one of the two rows"));
        }
        let own = &self.indicators.public[indicator];
        let rule = own.rule().filter(|_| own.kind == Kind::Count);
        let shown = baseline.filter(|baseline| rule.is_none_or(|rule| !rule.is_small(*baseline)));
        self.small += usize::from(shown != baseline);
        Ok(Some((key, Target { value, baseline: shown, tolerance })))
    }
}
