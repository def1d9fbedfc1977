//! Whether the parts of a breakdown make up its total.

use super::Publisher;
use crate::column::{Column, Origin, number_at};
use crate::import::differences::Differences;
use crate::import::raw::ColumnKey;
use crate::manifest::BreakdownSection;

impl Publisher<'_> {
    /// Says where the parts of a breakdown do not make up its total.
    pub(super) fn check_breakdown(&mut self, breakdown: &BreakdownSection) {
        let position = |id: &String| self.indicators.position(id);
        let Some(total) = position(&breakdown.total) else { return };
        let Some(parts) = breakdown.parts.iter().map(position).collect::<Option<Vec<usize>>>() else { return };
        let mut found = Vec::new();
        for geography in 0..self.geographies.len() {
            for period in self.columns.periods(geography, total) {
                let column = |indicator: &usize| self.columns.get(Some(geography), *indicator, period);
                let Some(parts) = parts.iter().map(column).collect::<Option<Vec<&Column>>>() else { continue };
                let Some(whole) = column(&total) else { continue };
                let of_area = |area| parts.iter().map(|part| number_at(Some(&part.values), area)).sum::<Option<f64>>();
                let sums = (0..whole.values.len()).map(of_area).collect();
                let sums = Column::of_values(sums, Origin::Computed);
                if let Some(differences) = Differences::of_wholes(whole, &sums) {
                    let differences = differences.protected(self.indicators.public[total].rule().is_some());
                    let key = ColumnKey { geography, indicator: total, period };
                    let code = self.code(key, differences.furthest);
                    found.push(differences.told_of_breakdown(&self.name(key), code));
                }
            }
        }
        for problem in found {
            self.tell(problem);
        }
    }
}
