//! What must be possible for a hidden cell, so that no reader knows it.

use super::bounds::TOLERANCE;
use super::hide::{Hiding, Why};
use super::knowledge::Range;
use super::system::{CellId, Role};

/// What must be possible for a hidden cell.
pub(super) struct Need {
    /// Every value from the first to the second, or none that is small at all.
    pub(super) values: Option<Range>,
    /// The largest small value.
    small: f64,
}

impl Need {
    /// Whether a cell of exactly this range is safe.
    pub(super) fn is_met_by(&self, range: Range) -> bool {
        self.must_be_met(range, range)
    }

    /// Whether a cell may be safe whose range holds `inner` and lies within `outer`. Zero needs no protection.
    pub(super) fn may_be_met(&self, inner: Range, outer: Range) -> bool {
        inner.1 <= TOLERANCE || ((self.is_covered_by(outer) || self.is_large(inner)) && is_doubtful(outer))
    }

    /// Whether a cell must be safe whose range holds `inner` and lies within `outer`.
    pub(super) fn must_be_met(&self, inner: Range, outer: Range) -> bool {
        outer.1 <= TOLERANCE || ((self.is_covered_by(inner) || self.is_large(outer)) && is_doubtful(inner))
    }

    fn is_covered_by(&self, range: Range) -> bool {
        self.values.is_none_or(|(least, most)| range.0 <= least + TOLERANCE && range.1 >= most - TOLERANCE)
    }

    fn is_large(&self, range: Range) -> bool {
        range.0 > self.small + TOLERANCE
    }
}

/// Whether more than one value is possible.
pub(super) fn is_doubtful(range: Range) -> bool {
    range.1 - range.0 > 1.0 - TOLERANCE
}

impl Hiding {
    /// What must be possible for a cell: where it is small, every small value; where it is hidden for the sake of another,
    /// more than one.
    pub(super) fn need(&self, id: CellId) -> Option<Need> {
        let cell = &self.knowledge.system.cells[id as usize];
        let rule = cell.rule?;
        let is_small = cell.is_small();
        let doubt = match self.why[id as usize] {
            Some(Why::Before | Why::Retained | Why::Protects(_)) => true,
            Some(Why::First | Why::Denominator) | None => is_small,
        };
        let small = rule.largest_small();
        let values = self.needs_protection(id).then(|| match self.small_denominator(id, small) {
            Some(whole) => (0.0, whole),
            None => (self.knowledge.floor(id).max(1.0), small),
        });
        doubt.then_some(Need { values, small })
    }

    /// The denominator that everybody can see to be small.
    fn small_denominator(&self, id: CellId, small: f64) -> Option<f64> {
        let cells = &self.knowledge.system.cells;
        let over = match cells[id as usize].role {
            Role::Complement(numerator) => cells[numerator as usize].denominator,
            _ => cells[id as usize].denominator,
        };
        let shown = over.filter(|denominator| !self.knowledge.is_hidden(*denominator));
        shown.map(|denominator| self.knowledge.range(denominator).1).filter(|whole| *whole <= small)
    }
}
