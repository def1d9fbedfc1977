//! Long tables: one row a value.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Join, Target};
use crate::import::raw::FieldColumn;
use crate::manifest::Field;
use crate::period::Period;
use crate::problem::{Problem, did_you_mean};
use crate::table::Row;

/// What the table says of one field of an indicator in one period.
struct Said<'a> {
    target: Target<'a>,
    /// By area the row that says it; 0 where none does.
    rows: Vec<u32>,
    column: FieldColumn,
}

impl<'a> Said<'a> {
    fn nothing(target: Target<'a>, areas: usize) -> Said<'a> {
        Said { target, rows: vec![0; areas], column: FieldColumn::new(areas) }
    }
}

impl<'a> Join<'a> {
    pub(super) fn long(&mut self) {
        let section = &self.section.value;
        let roles: Vec<&str> =
            ["area_code", "indicator", "period"].into_iter().chain(Field::ALL.map(Field::word)).collect();
        for role in section.columns.keys().filter(|role| !roles.contains(&role.as_str())) {
            let problem = Problem::error("unknown-key", format!("a long table has no column `{role}`"))
                .maybe_cure(did_you_mean(role, roles.iter().copied()));
            self.problems.push(self.section.problem_at(&["columns", role], problem));
        }
        let code_column = self.role("area_code");
        let indicator_column = if section.indicator.is_none() { self.role("indicator") } else { None };
        let period_column = if section.period.is_none() { self.role("period") } else { None };
        let mut fields: Vec<(Field, usize)> = Vec::new();
        for field in Field::ALL {
            let is_there =
                section.columns.contains_key(field.word()) || self.table.optional_column(field.word()).is_some();
            if is_there && let Some(column) = self.role(field.word()) {
                fields.push((field, column));
            }
        }
        if fields.is_empty() {
            let problem = Problem::error("missing-column", "the table has no column of values").value(&section.file);
            self.problems.push(self.section.problem(problem.cure("name one: `columns = { value = \"…\" }`")));
        }
        let fixed_indicator = section.indicator.as_deref().map(|id| self.indicator(&["indicator"], id));
        for (label, id) in &section.indicators {
            self.indicator(&["indicators", label], id);
        }
        let fixed_period = section.period.as_deref().and_then(|period| self.period(period).ok());
        let Some(code_column) = code_column else { return };
        if (section.indicator.is_none() && indicator_column.is_none())
            || (fixed_period.is_none() && period_column.is_none())
        {
            return;
        }
        let mut columns: BTreeMap<(usize, Period), Vec<Said>> = BTreeMap::new();
        for row in self.table.rows() {
            let Some(area) = self.area(&row, code_column) else { continue };
            let indicator = fixed_indicator.unwrap_or_else(|| self.row_indicator(&row, indicator_column?));
            let period = fixed_period.or_else(|| self.row_period(&row, period_column?));
            let (Some(indicator), Some(period)) = (indicator, period) else { continue };
            if !self.is_read(indicator) {
                continue;
            }
            let columns = columns.entry((indicator, period)).or_default();
            for (field, column) in &fields {
                let is_part = matches!(field, Field::Numerator | Field::Denominator);
                // Indicators of several kinds share the columns: those without parts leave these empty.
                if is_part && row.cell(*column).is_empty() && !self.kind(indicator).has_parts() {
                    continue;
                }
                if !self.may_have(indicator, *field, field.word()) {
                    continue;
                }
                let said = match columns.iter().position(|said| said.target.field == *field) {
                    Some(position) => &mut columns[position],
                    None => {
                        let target = self.target(*column, indicator, period, *field);
                        columns.push(Said::nothing(target, self.geography().len()));
                        let last = columns.len() - 1;
                        &mut columns[last]
                    }
                };
                if *field == Field::Note {
                    self.note(&row, area, said.target);
                } else {
                    self.put(&row, area, said);
                }
            }
        }
        let said = columns.into_values().flatten().filter(|said| said.target.field != Field::Note);
        for Said { target, rows, column } in said {
            self.keep(target, &Arc::new(rows), &column);
        }
    }

    fn put(&mut self, row: &Row<'_>, area: usize, said: &mut Said<'_>) {
        let Target { column, field, indicator, .. } = said.target;
        let text = row.cell(column);
        let cell = match self.cells.read(text, indicator, field) {
            Ok(cell) => cell,
            Err(problem) => return self.fault(row, Some(column), problem),
        };
        let first = &mut said.rows[area];
        if *first != 0 {
            self.duplicates += 1;
            let problem = self.said_twice(said.target, text, (self.number, *first));
            return self.fault(row, Some(column), problem);
        }
        *first = u32::try_from(row.number()).unwrap_or(u32::MAX);
        self.has_value[area] |= matches!(field, Field::Value | Field::Numerator) && cell.value.is_some();
        said.column.put(area, &cell);
    }

    /// Where the column of a role stands in a long table.
    fn role(&mut self, role: &str) -> Option<usize> {
        let heading = self.section.value.columns.get(role).map_or(role, |named| named.indicator.as_str());
        self.column(heading)
    }

    /// The indicator that a row of a long table names, by its id or by a label that the manifest explains.
    fn row_indicator(&mut self, row: &Row<'_>, column: usize) -> Option<usize> {
        let labels = &self.section.value.indicators;
        let label = row.cell(column);
        let id = match labels.get(label) {
            Some(id) => id,
            None if labels.is_empty() => label,
            None => {
                *self.labels_left_out.entry(label.to_owned()).or_default() += 1;
                return None;
            }
        };
        let position = self.indicators.position(id);
        if position.is_none() && !self.indicators.is_known(id) {
            let problem = self.indicators.unknown(id);
            self.fault(row, Some(column), problem);
        }
        position
    }

    fn row_period(&mut self, row: &Row<'_>, column: usize) -> Option<Period> {
        self.period(row.cell(column))
            .map_err(|error| self.fault(row, Some(column), Problem::error("bad-period", format!("{error}"))))
            .ok()
    }
}
