//! How two straight pieces of border lie to each other, exactly.

use std::cmp::Ordering;

use crate::place::{Bbox, Place};
use crate::shape::{cross, dot, doubled, vector};

/// The straight line between two places that differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Segment {
    pub(crate) from: Place,
    pub(crate) to: Place,
}

impl Segment {
    pub(crate) fn ends(self) -> [Place; 2] {
        [self.from, self.to]
    }

    /// The segment from its end to its beginning.
    pub(crate) fn turned(self) -> Segment {
        Segment { from: self.to, to: self.from }
    }

    /// The segment from the smaller of its ends to the greater.
    pub(crate) fn without_direction(self) -> Segment {
        Segment { from: self.from.min(self.to), to: self.from.max(self.to) }
    }

    pub(crate) fn bbox(self) -> Bbox {
        let (Place { lon: a, lat: b }, Place { lon: c, lat: d }) = (self.from, self.to);
        Bbox { west: a.min(c), south: b.min(d), east: a.max(c), north: b.max(d) }
    }

    /// The point between both ends, in half units.
    pub(crate) fn middle(self) -> (i64, i64) {
        let (Place { lon: ax, lat: ay }, Place { lon: bx, lat: by }) = (self.from, self.to);
        (i64::from(ax) + i64::from(bx), i64::from(ay) + i64::from(by))
    }

    /// Whether the two have a point in common in which neither of them ends.
    pub(crate) fn crosses(self, other: Segment) -> bool {
        self.has_on_both_sides(other) && other.has_on_both_sides(self)
    }

    /// Whether a place lies on the segment, and is not one of its ends.
    pub(crate) fn passes_through(self, place: Place) -> bool {
        self.bbox().contains(place) && self.side_of(place).is_eq() && !self.ends().contains(&place)
    }

    /// Whether the two have a point in common that is not an end of both. Two that are the same do not.
    pub(crate) fn meets(self, other: Segment) -> bool {
        if let Some((end, ours, theirs)) = self.leaving(other) {
            // From a common end, only lines in the same direction have more in common.
            let (ours, theirs) = (vector(end, ours), vector(end, theirs));
            return cross(ours, theirs) == 0 && dot(ours, theirs) > 0;
        }
        self.bbox().intersects(&other.bbox())
            && (self.crosses(other)
                || other.ends().into_iter().any(|place| self.passes_through(place))
                || self.ends().into_iter().any(|place| other.passes_through(place)))
    }

    /// The only end that both have, and the other ends of both.
    fn leaving(self, other: Segment) -> Option<(Place, Place, Place)> {
        let (ours, theirs) = (self.turned(), other.turned());
        let pairs = [(self, other), (self, theirs), (ours, other), (ours, theirs)];
        let (own, their) = pairs.into_iter().find(|(own, their)| own.from == their.from)?;
        (own.to != their.to).then_some((own.from, own.to, their.to))
    }

    /// Whether the ray from a point in half units to the east crosses the segment, half of whose ends count: those in the
    /// south. A point on the segment counts as moved a hair to the east and, where that decides nothing, to the north.
    pub(crate) fn passes_east_of(self, lon2: i64, lat2: i64) -> bool {
        let ((ax, ay), (bx, by)) = (doubled(self.from), doubled(self.to));
        if (ay <= lat2) == (by <= lat2) {
            return false;
        }
        let side = cross((bx - ax, by - ay), (lon2 - ax, lat2 - ay));
        if by > ay { side > 0 } else { side < 0 }
    }

    /// Greater for a place on the left, less for one on the right, equal for one in line with the segment.
    fn side_of(self, place: Place) -> Ordering {
        cross(vector(self.from, self.to), vector(self.from, place)).cmp(&0)
    }

    fn has_on_both_sides(self, other: Segment) -> bool {
        let (one, another) = (self.side_of(other.from), self.side_of(other.to));
        one.is_ne() && one == another.reverse()
    }
}

/// The straight pieces of a line.
pub(crate) fn segments(line: &[Place]) -> impl Iterator<Item = Segment> {
    line.windows(2).map(|ends| Segment { from: ends[0], to: ends[1] })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn segment(from: (i32, i32), to: (i32, i32)) -> Segment {
        let place = |(lon, lat)| Place { lon, lat };
        Segment { from: place(from), to: place(to) }
    }

    #[track_caller]
    fn check(one: Segment, other: Segment, crosses: bool, meets: bool) {
        for (one, other) in [(one, other), (one.turned(), other), (one, other.turned()), (other, one)] {
            assert_eq!((one.crosses(other), one.meets(other)), (crosses, meets), "{one:?} {other:?}");
        }
    }

    proptest! {
        /// On a grid so coarse that they often share ends and lie in one line.
        #[test]
        fn from_a_common_end_they_meet_as_elsewhere(ends in prop::array::uniform4((0..4, 0..4))) {
            let (one, other) = (segment(ends[0], ends[1]), segment(ends[2], ends[3]));
            prop_assume!(one.from != one.to && other.from != other.to);
            let passes = |line: Segment, other: Segment| other.ends().into_iter().any(|place| line.passes_through(place));
            let meets = one.crosses(other) || passes(one, other) || passes(other, one);
            prop_assert_eq!(one.meets(other), meets);
        }
    }

    #[test]
    fn segments_cross_touch_overlap_or_only_share_an_end() {
        let level = segment((0, 0), (8, 0));
        check(level, segment((4, -4), (4, 4)), true, true);
        check(level, segment((4, 0), (4, 4)), false, true);
        check(level, segment((4, 0), (12, 0)), false, true);
        check(level, segment((2, 0), (6, 0)), false, true);
        // Running back from a common end.
        check(level, segment((8, 0), (4, 0)), false, true);
        check(level, segment((8, 0), (-4, 0)), false, true);
        for apart in [segment((8, 0), (12, 0)), segment((8, 0), (4, 4)), segment((9, 0), (12, 0)), level] {
            check(level, apart, false, false);
        }
        check(level, segment((4, 1), (4, 4)), false, false);
        let (w, s) = (1_800_000_000, 900_000_000);
        check(segment((-w, -s), (w, s)), segment((-w, s), (w, -s)), true, true);
        check(segment((-w, -s), (w, s)), segment((0, 0), (w, -s)), false, true);
        check(segment((-w, -s), (w, s)), segment((1, 0), (w, -s)), false, false);
    }
}
