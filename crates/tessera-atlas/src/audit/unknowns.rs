//! What a reader does not know: hidden numbers, and what rounded ones were, each with the range that it stands for by itself.

use std::collections::BTreeMap;

use crate::period::Period;

/// Where a number stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    /// 0 is the edition that is audited; what stands in an older one and was revised since is a number of its own.
    pub(super) edition: usize,
    /// `None`: the whole atlas.
    pub(super) geography: Option<usize>,
    pub(super) indicator: usize,
    pub(super) period: Period,
    pub(super) part: Part,
    pub(super) position: usize,
}

/// Which of the numbers of an indicator it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// A count or a numerator.
    Above,
    /// A denominator.
    Below,
    /// What is left of the denominator beside its part.
    Left,
    /// What is counted from one day to another, where no period says it.
    Between(Side, Day, Day),
}

/// Of what a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    /// Of counts or numerators.
    Above,
    /// Of denominators.
    Below,
}

impl Side {
    /// The numbers that stand in tables.
    pub(super) fn part(self) -> Part {
        match self {
            Side::Above => Part::Above,
            Side::Below => Part::Below,
        }
    }
}

/// The first day of a period, or the first after it.
pub(super) type Day = (u16, u8, u8);

/// What may not be known of a hidden number: that it is small, and yet not any number from `floor` to `largest_small`. Where the
/// floor is zero, nobody may be counted, which is no secret.
#[derive(Debug, Clone, Copy)]
pub(super) struct Need {
    pub(super) floor: f64,
    pub(super) largest_small: f64,
}

/// One unknown number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unknown {
    pub(super) least: f64,
    pub(super) most: f64,
    /// Where it is to be protected.
    pub(super) need: Option<Need>,
}

/// What stands at a spot.
#[derive(Debug, Clone, Copy)]
pub(super) enum Found {
    Known(f64),
    Unknown(usize),
    Nothing,
}

/// All unknowns.
#[derive(Default)]
pub(super) struct Unknowns {
    pub(super) all: Vec<Unknown>,
    pub(super) spots: BTreeMap<Spot, usize>,
}

impl Unknowns {
    /// The unknown at a spot; `new` where it is met for the first time.
    pub(super) fn at(&mut self, spot: Spot, new: Unknown) -> Found {
        let next = self.all.len();
        let found = *self.spots.entry(spot).or_insert(next);
        if found == next {
            self.all.push(new);
        }
        Found::Unknown(found)
    }
}
