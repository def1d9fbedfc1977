//! Wide tables: one row an area, one column a field of an indicator.

use super::faults::Faults;
use super::{Found, Join, Reader, Target};
use crate::import::raw::{FieldColumn, Kept};
use crate::manifest::Field;
use crate::parallel::processors;
use crate::problem::Problem;
use crate::table::{Needed, Part, Unusual};

/// How many columns are made at a time, for each processor, of a table that is gone through several times.
const COLUMNS_AT_A_TIME: usize = 64;

impl<'a> Join<'a> {
    pub(super) fn wide(&mut self) -> Result<(), Unusual> {
        let targets = self.wide_targets();
        let code = self.section.value.code.as_deref();
        let Some(code_column) = code.and_then(|heading| self.column(heading)) else { return Ok(()) };
        let (notes, targets): (Vec<Target<'a>>, Vec<Target<'a>>) =
            targets.into_iter().partition(|target| target.field == Field::Note);
        // A table is gone through several times where that is cheap, so that not all its columns need be in memory.
        let at_a_time = if self.open.has_columns_at_hand() { COLUMNS_AT_A_TIME * processors() } else { targets.len() };
        let (first, others) = targets.split_at(at_a_time.min(targets.len()));
        self.columns(code_column, first, Some(&notes))?;
        others.chunks(at_a_time.max(1)).try_for_each(|some| self.columns(code_column, some, None))
    }

    /// Reads some columns. With the first ones come the notes, and what is to be said of codes and rows.
    fn columns(
        &mut self,
        code_column: usize,
        targets: &[Target<'a>],
        notes: Option<&[Target<'a>]>,
    ) -> Result<(), Unusual> {
        let areas = self.geography().len();
        let mut rows = vec![0; areas];
        let mut columns: Vec<FieldColumn> = targets.iter().map(|_| FieldColumn::new(areas)).collect();
        let is_number: Vec<bool> = targets.iter().map(Target::is_number).collect();
        let reader = self.reader();
        let columns_of = |targets: &[Target<'_>]| targets.iter().map(|target| target.column).collect();
        let needed = Needed {
            code: Some(code_column),
            texts: columns_of(notes.unwrap_or_default()),
            values: columns_of(targets),
        };
        self.open.in_parts(
            &needed,
            |part| Rows::read(reader.clone(), &part, code_column, targets, notes.unwrap_or_default()),
            |part| {
                if notes.is_some() {
                    self.take(part.found);
                }
                self.faults.merge(part.faults);
                let mut kept = Vec::new();
                for (own, (row, area)) in part.rows.into_iter().enumerate() {
                    if rows[area] == 0 {
                        rows[area] = row;
                        kept.push((own, area));
                    } else if notes.is_some() {
                        let cure = format!("keep one of the rows (the first is row {})", rows[area]);
                        let problem = Problem::error("duplicate-row", "this area stands twice in the table");
                        let problem = problem.value(&self.geography().areas()[area].code).cure(cure);
                        self.duplicates += 1;
                        self.faults.push(self.table, u64::from(row), None, problem);
                    }
                }
                for ((all, column), is_number) in columns.iter_mut().zip(part.columns).zip(&is_number) {
                    all.put_all(&column, &kept);
                    if *is_number {
                        kept.iter().for_each(|(own, area)| self.has_value[*area] |= column.get(*own).is_number());
                    }
                }
            },
        )?;
        let rows = self.raw.rows(rows);
        for (target, column) in targets.iter().zip(columns) {
            self.keep(*target, &rows, column);
        }
        Ok(())
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

/// What some rows of a table say.
struct Rows<'a> {
    found: Found<'a>,
    /// What is wrong in single cells.
    faults: Faults,
    /// The rows that speak of an area: the number of each, and the area.
    rows: Vec<(u32, usize)>,
    /// By target, in the order of these rows.
    columns: Vec<FieldColumn>,
}

impl<'a> Rows<'a> {
    fn read(
        mut reader: Reader<'a>,
        part: &Part<'_>,
        code_column: usize,
        targets: &[Target<'_>],
        notes: &[Target<'_>],
    ) -> Result<Rows<'a>, Unusual> {
        let (mut rows, mut faults) = (Vec::with_capacity(part.most_rows()), Faults::default());
        let mut columns: Vec<FieldColumn> = targets.iter().map(|_| FieldColumn::new(part.most_rows())).collect();
        let take_numbers: Vec<bool> =
            targets.iter().map(|target| reader.cells.take_numbers(target.indicator, target.field)).collect();
        part.try_for_each(|row| {
            let Some(area) = reader.area(&row, code_column) else { return };
            for target in notes {
                reader.note(area, target.indicator, target.key.period, row.cell(target.column));
            }
            for ((target, column), takes_numbers) in targets.iter().zip(&mut columns).zip(&take_numbers) {
                let content = row.content(target.column);
                if *takes_numbers && let Some(number) = content.number() {
                    column.put(rows.len(), Kept::from(number));
                    continue;
                }
                match reader.cells.read(content, target.indicator, target.field) {
                    Ok(cell) => column.put(rows.len(), Kept::from(&cell)),
                    Err(problem) => faults.push(reader.cells.table(), row.number(), Some(target.column), problem),
                }
            }
            rows.push((u32::try_from(row.number()).unwrap_or(u32::MAX), area));
        })?;
        Ok(Rows { found: reader.found, faults, rows, columns })
    }
}
