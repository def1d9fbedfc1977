//! Whether the parts of a breakdown make up its total.

use super::Publisher;
use crate::column::{Column, Numbers, Origin, number_at};
use crate::import::differences::Differences;
use crate::import::raw::ColumnKey;
use crate::manifest::{BreakdownSection, Field, Kind};

impl Publisher<'_> {
    /// Says where the parts of a breakdown do not make up its total: by what is counted, since shares of different wholes do not
    /// add up.
    pub(super) fn check_breakdown(&mut self, breakdown: &BreakdownSection) {
        let position = |id: &String| self.indicators.position(id);
        let Some(total) = position(&breakdown.total) else { return };
        let Some(parts) = breakdown.parts.iter().map(position).collect::<Option<Vec<usize>>>() else { return };
        let mut found = Vec::new();
        for geography in 0..self.geographies.len() {
            for period in self.columns.periods(geography, total) {
                let field = |indicator: usize| match self.indicators.public[indicator].kind {
                    Kind::Count => Field::Value,
                    _ => Field::Numerator,
                };
                let counted =
                    |indicator: &usize| self.columns.get(Some(geography), *indicator, period)?.field(field(*indicator));
                let Some(parts) = parts.iter().map(counted).collect::<Option<Vec<&Numbers>>>() else { continue };
                let Some(whole) = counted(&total) else { continue };
                let of_area = |area| parts.iter().map(|part| number_at(Some(part), area)).sum::<Option<f64>>();
                let sums = (0..whole.len()).map(of_area).collect();
                let [whole, sums] = [whole.clone(), sums].map(|numbers| Column::of_values(numbers, Origin::Computed));
                if let Some(differences) = Differences::of_wholes(&whole, &sums) {
                    let differences = differences.protected(self.indicators.public[total].rule().is_some());
                    let key = ColumnKey { geography, indicator: total, period };
                    let code = self.code(key, differences.furthest);
                    let numerators = if field(total) == Field::Numerator { "the numerators of " } else { "" };
                    found.push(differences.told_of_breakdown(&format!("{numerators}{}", self.name(key)), code));
                }
            }
        }
        for problem in found {
            self.tell(problem);
        }
    }
}
