//! Wide tables: one row an area, one column a field of an indicator.

use super::faults::Faults;
use super::{Cells, Join, Target};
use crate::import::raw::FieldColumn;
use crate::manifest::Field;
use crate::parallel::{in_parallel, processors};
use crate::problem::Problem;
use crate::table::Row;

/// How many columns of a table are in memory at a time, for each processor.
const COLUMNS_AT_A_TIME: usize = 64;

impl<'a> Join<'a> {
    pub(super) fn wide(&mut self) {
        let targets = self.wide_targets();
        let code = self.section.value.code.as_deref();
        let Some(code_column) = code.and_then(|heading| self.column(heading)) else { return };
        let rows = self.rows_of_areas(code_column);
        let mut numbers = vec![0; self.geography().len()];
        for (row, area) in &rows {
            numbers[*area] = u32::try_from(row.number()).unwrap_or(u32::MAX);
        }
        let numbers = self.raw.rows(numbers);
        let (notes, targets): (Vec<Target<'_>>, Vec<Target<'_>>) =
            targets.into_iter().partition(|target| target.field == Field::Note);
        for (row, area) in &rows {
            notes.iter().for_each(|target| self.note(row, *area, *target));
        }
        let processors = processors();
        for some in targets.chunks(COLUMNS_AT_A_TIME * processors) {
            let parts: Vec<&[Target<'_>]> = some.chunks(some.len().div_ceil(processors)).collect();
            let (cells, areas) = (self.cells, self.geography().len());
            let read = in_parallel(parts.len(), |part| Part::read(cells, &rows, parts[part], areas));
            for (targets, part) in parts.into_iter().zip(read) {
                self.faults.merge(part.faults);
                self.has_value.iter_mut().zip(part.has_value).for_each(|(all, own)| *all |= own);
                for (target, column) in targets.iter().zip(part.columns) {
                    self.keep(*target, &numbers, &column);
                }
            }
        }
    }

    /// The rows that speak of an area, each with its area; for each area the first.
    fn rows_of_areas(&mut self, code_column: usize) -> Vec<(Row<'a>, usize)> {
        let mut first_rows = vec![0; self.geography().len()];
        let mut rows = Vec::new();
        for row in self.table.rows() {
            let Some(area) = self.area(&row, code_column) else { continue };
            let first = &mut first_rows[area];
            if *first == 0 {
                *first = row.number();
                rows.push((row, area));
                continue;
            }
            let cure = format!("keep one of the rows (the first is row {first})");
            let problem = Problem::error("duplicate-row", "this area stands twice in the table");
            self.duplicates += 1;
            self.fault(&row, None, problem.value(row.cell(code_column)).cure(cure));
        }
        rows
    }

    /// Where the cells of each row go.
    fn wide_targets(&mut self) -> Vec<Target<'a>> {
        let section = self.section;
        let mut targets = Vec::new();
        for (heading, named) in &section.value.columns {
            let column = self.column(heading);
            let indicator = self.indicator(&["columns", heading], &named.indicator);
            let period = named.period.as_ref().or(section.value.period.as_ref());
            // A period that cannot be read was named when the manifest was validated.
            let Some(period) = period.and_then(|period| self.period(period).ok()) else { continue };
            if let (Some(column), Some(indicator)) = (column, indicator)
                && self.is_read(indicator)
                && self.may_have(indicator, named.field, heading)
            {
                targets.push(self.target(column, indicator, period, named.field));
            }
        }
        targets
    }
}

/// What some columns of a table say.
struct Part {
    columns: Vec<FieldColumn>,
    has_value: Vec<bool>,
    faults: Faults,
}

impl Part {
    fn read(cells: Cells<'_>, rows: &[(Row<'_>, usize)], targets: &[Target<'_>], areas: usize) -> Part {
        let columns = targets.iter().map(|_| FieldColumn::new(areas)).collect();
        let mut part = Part { columns, has_value: vec![false; areas], faults: Faults::default() };
        for (row, area) in rows {
            for (target, column) in targets.iter().zip(&mut part.columns) {
                match cells.read(row.cell(target.column), target.indicator, target.field) {
                    Ok(cell) => {
                        let is_number = matches!(target.field, Field::Value | Field::Numerator) && cell.value.is_some();
                        part.has_value[*area] |= is_number;
                        column.put(*area, &cell);
                    }
                    Err(problem) => part.faults.push(cells.table, row.number(), Some(target.column), problem),
                }
            }
        }
        part
    }
}
