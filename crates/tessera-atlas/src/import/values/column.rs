//! A column from the cells that tables have of it.

use std::collections::BTreeSet;

use super::Publisher;
use crate::catalogue::{Indicator, Reference};
use crate::cell::Status;
use crate::column::{Column, Origin, number_at, quotient};
use crate::geography::Geography;
use crate::import::differences::Differences;
use crate::import::raw::{ColumnKey, RawColumn};
use crate::import::suspicious::{Suspicion, areas_of, suspicions};
use crate::manifest::Field;
use crate::problem::{Problem, Severity};
use crate::words::count;

impl Publisher<'_> {
    /// One column as its tables give it.
    pub(super) fn column(&mut self, key: ColumnKey, mut raw: RawColumn) -> Column {
        let indicator = &self.indicators.public[key.indicator];
        let areas = self.geographies[key.geography].len();
        let numerator = raw.parts.remove(&Field::Numerator);
        let own = raw.parts.remove(&Field::Denominator).filter(|_| raw.is_ever_supplied(Field::Denominator));
        let reference = indicator.denominator.as_ref().filter(|_| numerator.is_some());
        let referred = reference.and_then(|reference| self.referred(reference, key));
        let denominator = match referred {
            Some(referred) => {
                let of_area = |area| match raw.is_supplied(Field::Denominator, area) {
                    true => number_at(own.as_ref(), area),
                    false => number_at(Some(&referred.values), area),
                };
                Some((0..areas).map(of_area).collect())
            }
            None => own,
        };
        let tables = &self.publishing.manifest.tables;
        let table = raw.table.and_then(|table| tables.get(table)).map(|table| table.value.file.as_str());
        let in_table = |problem: Problem| match table {
            Some(file) => problem.file(file),
            None => problem,
        };
        let mut column = Column::of_values(Vec::new(), Origin::Supplied);
        let mut computed = 0;
        let mut telling: Vec<usize> = Vec::new();
        let mut undivided: Vec<usize> = Vec::new();
        let mut hidden_parts = BTreeSet::new();
        if numerator.is_none() && raw.part_marks.is_empty() {
            // There is nothing to divide: what is supplied is all there is.
            column.values = std::mem::take(&mut raw.values);
            column.values.resize(areas, None);
            column.status = std::mem::take(&mut raw.marks);
        } else {
            for (area, position) in (0..areas).zip(0..) {
                let mut part_marks = raw.part_marks.remove(&position).unwrap_or_default();
                let has_own = raw.is_supplied(Field::Denominator, area);
                part_marks
                    .extend(referred.filter(|_| !has_own).map(|column| column.status_of(area)).unwrap_or_default());
                if part_marks.contains(&Status::Suppressed) {
                    hidden_parts.insert(position);
                }
                let (above, below) = (number_at(numerator.as_ref(), area), number_at(denominator.as_ref(), area));
                let is_supplied = raw.is_supplied(Field::Value, area);
                let (mut value, mut marks) = if is_supplied {
                    (number_at(Some(&raw.values), area), raw.marks.remove(&position).unwrap_or_default())
                } else {
                    divide(above, below, indicator.per, part_marks)
                };
                // Of value, numerator and denominator any two tell the third.
                if value.is_some() && above.is_some() != below.is_some() && hidden_parts.contains(&position) {
                    telling.push(area);
                    value = None;
                    marks = vec![Status::Suppressed];
                }
                if value.is_some() && !is_supplied {
                    column.origin = Origin::Computed;
                    computed += 1;
                }
                let is_hidden = marks.contains(&Status::Suppressed);
                if above.is_some() && below.is_none() && !has_own && !is_supplied && !is_hidden {
                    undivided.push(area);
                }
                column.values.push(value);
                if !marks.is_empty() {
                    column.status.insert(position, marks);
                }
            }
        }
        let name = self.name(key);
        if !column.has_values() && denominator.is_none() && numerator.iter().flatten().any(Option::is_some) {
            self.push(in_table(no_denominator(indicator, key, self.geographies)));
        } else if let Some(areas) = areas_of(undivided.into_iter(), &self.geographies[key.geography]) {
            let message = format!("{name}: a numerator has no denominator, and so no value, in {areas}");
            let cure = "give the denominator, or mark it `[x]` where there is none";
            self.tell(in_table(Problem::warning("no-denominator", message).cure(cure)));
        }
        if computed > 0 && raw.values.iter().any(Option::is_some) {
            self.tell(in_table(computed_beside_supplied(&name, computed)));
        }
        if let Some(areas) = areas_of(telling.into_iter(), &self.geographies[key.geography]) {
            let message =
                format!("{name}: hidden, because a hidden numerator or denominator would follow from it: {areas}");
            let cure = "mark the value `[c]` too, or leave the other part out";
            self.tell(in_table(Problem::warning("tells-hidden-part", message).cure(cure)));
        }
        let differences = Differences::of_parts(&raw.values, numerator.as_ref(), denominator.as_ref(), indicator.per);
        if let Some(differences) = differences {
            let differences = differences.protected(indicator.rule().is_some());
            let problem = differences.told_of_parts(&name, self.code(key, differences.furthest));
            self.tell(in_table(problem));
        }
        (column.numerator, column.denominator) = (numerator, denominator);
        (column.lower, column.upper) = (raw.parts.remove(&Field::Lower), raw.parts.remove(&Field::Upper));
        for Suspicion { problem, cell } in suspicions(indicator, &self.geographies[key.geography], &column, &name) {
            let cell = cell.and_then(|(field, area)| Some((field, raw.cell(field, area)?)));
            let problem = match cell.and_then(|(field, (table, row))| Some((field, tables.get(table)?, row))) {
                Some((field, table, row)) => {
                    let heading = table.value.heading_of(&indicator.id, key.period, field);
                    let problem =
                        problem.file(&table.value.file).maybe_sheet(table.value.sheet.as_deref()).row(row.into());
                    heading.into_iter().fold(problem, Problem::column)
                }
                None => in_table(problem),
            };
            match problem.severity {
                Severity::Error => self.push(problem),
                Severity::Warning | Severity::Note => self.tell(problem),
            }
        }
        column.explain_missing();
        column.hide_parts_of_hidden_values();
        if !hidden_parts.is_empty() {
            self.hidden_parts.insert(key, hidden_parts);
        }
        column
    }

    /// Another indicator for the same areas.
    pub(super) fn referred(&self, reference: &Reference, key: ColumnKey) -> Option<&Column> {
        let indicator = self.indicators.position(&reference.indicator)?;
        self.columns.get(Some(key.geography), indicator, reference.period.unwrap_or(key.period))
    }
}

/// The [`quotient`] of both, or the reason why not; with the marks of both.
fn divide(
    numerator: Option<f64>,
    denominator: Option<f64>,
    per: f64,
    mut marks: Vec<Status>,
) -> (Option<f64>, Vec<Status>) {
    marks.sort_unstable();
    marks.dedup();
    let (Some(numerator), Some(denominator)) = (numerator, denominator) else { return (None, marks) };
    let quotient = Some(quotient(numerator, denominator, per)).filter(|quotient| quotient.is_finite());
    marks.retain(|mark| !mark.replaces_value());
    if denominator == 0.0 {
        marks.insert(0, Status::NotApplicable);
    }
    (quotient.filter(|_| denominator != 0.0), marks)
}

/// `what` names the column.
fn computed_beside_supplied(what: &str, computed: usize) -> Problem {
    let message = format!("{what}: computed from their parts, because no value is given: {}", count(computed));
    Problem::note("computed", message)
        .cure("where a value is not to be shown, write why: `[x]` not available, `[c]` suppressed")
}

fn no_denominator(indicator: &Indicator, key: ColumnKey, geographies: &[Geography]) -> Problem {
    let geography = &geographies[key.geography].id;
    let message = format!("`{}` for `{geography}` in {} has numerators but no denominators", indicator.id, key.period);
    Problem::error("no-denominator", message).cure(match &indicator.denominator {
        Some(reference) => format!("publish `{reference}` for `{geography}`, or add a column of denominators"),
        None => "name the indicator that holds them in `denominator`, or add a column of denominators".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_over_nobody_does_not_apply() {
        assert_eq!(divide(Some(3.0), Some(0.0), 1000.0, vec![]), (None, vec![Status::NotApplicable]));
        assert_eq!(divide(Some(3.0), Some(1500.0), 1000.0, vec![]), (Some(2.0), vec![]));
        assert_eq!(divide(None, Some(10.0), 1.0, vec![Status::Suppressed]), (None, vec![Status::Suppressed]));
    }

    #[test]
    fn marks_of_the_parts_are_marks_of_the_value() {
        let marks = vec![Status::Revised, Status::Provisional, Status::Revised];
        assert_eq!(
            divide(Some(1.0), Some(2.0), 100.0, marks),
            (Some(50.0), vec![Status::Provisional, Status::Revised])
        );
    }

    #[test]
    fn what_would_not_be_a_number_is_none() {
        assert_eq!(divide(Some(1e300), Some(1e-300), 1.0, vec![]).0, None);
    }
}
