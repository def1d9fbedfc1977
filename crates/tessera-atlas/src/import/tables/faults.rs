//! What is wrong in the rows of one table, whoever finds it first.

use std::collections::BTreeMap;

use crate::problem::{Problem, Problems, Severity, Tally};
use crate::table::Table;

/// Problems of single rows. Of each kind the first ones are kept, by row and column, and the others counted: a table may
/// have millions.
#[derive(Debug, Default, Clone)]
pub(super) struct Faults(BTreeMap<(Severity, &'static str), OfKind>);

#[derive(Debug, Default, Clone)]
struct OfKind {
    first: Vec<Fault>,
    others: usize,
}

/// A row, a column of the table where it is one cell, and what is wrong.
type Fault = (u64, Option<usize>, Problem);

impl Faults {
    pub(super) fn push(&mut self, table: &Table, row: u64, column: Option<usize>, problem: Problem) {
        let heading = column.and_then(|column| table.headings().get(column));
        let problem = match heading {
            Some(heading) => problem.row(row).column(heading),
            None => problem.row(row),
        };
        self.0.entry((problem.severity, problem.kind)).or_default().push((row, column, problem));
    }

    /// Adds some that are only counted.
    pub(super) fn count(&mut self, severity: Severity, kind: &'static str, more: usize) {
        if more > 0 {
            self.0.entry((severity, kind)).or_default().others += more;
        }
    }

    pub(super) fn merge(&mut self, other: Faults) {
        for (kind, OfKind { first, others }) in other.0 {
            let own = self.0.entry(kind).or_default();
            first.into_iter().for_each(|fault| own.push(fault));
            own.others += others;
        }
    }

    /// Tells them in the order of rows and columns.
    pub(super) fn tell(&mut self, tally: &mut Tally, problems: &mut Problems) {
        let all = std::mem::take(&mut self.0);
        let others: Vec<_> = all.iter().map(|(kind, of_kind)| (*kind, of_kind.others)).collect();
        let mut first: Vec<Fault> = all.into_values().flat_map(|of_kind| of_kind.first).collect();
        first.sort_by_key(|(row, column, _)| (*row, *column));
        first.into_iter().for_each(|(_, _, problem)| tally.push(problem, problems));
        for ((severity, kind), others) in others {
            tally.count(severity, kind, others);
        }
    }
}

impl OfKind {
    fn push(&mut self, fault: Fault) {
        let place = self.first.partition_point(|(row, column, _)| (*row, *column) <= (fault.0, fault.1));
        if place < Tally::NAMED {
            self.first.insert(place, fault);
            self.others += usize::from(self.first.len() > Tally::NAMED);
            self.first.truncate(Tally::NAMED);
        } else {
            self.others += 1;
        }
    }
}
