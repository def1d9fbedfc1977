//! Undoing what straightening lines has brought across each other.
//!
//! A shortcut that leaves out a bend of a border may run through a line that lay within that bend, or past an island, which
//! then lies on the wrong side. Either way some drawn line crosses the shortcut, or has an end in the region between the
//! shortcut and the published line (A. Saalfeld, *Topologically Consistent Line Simplification with the Douglas–Peucker
//! Algorithm*, Cartography and Geographic Information Science 26(1), 1999, doi:10.1559/152304099782424901). As long as there
//! are such, the most important place that the shortcut leaves out comes back; at last with the published line, which is
//! right by definition.
//!
//! Lines that meet as they were published, in boundaries that overlap, may meet as they are drawn.

use std::collections::BTreeSet;

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree, RTreeObject};

use super::{Lines, Stretch};
use crate::place::{Bbox, Place};
use crate::segment::segments;

/// Brings places back until no shortcut crosses a line or has passed one; gives the number of pairs of arcs that did.
pub(super) fn undo(lines: &mut Lines<'_>) -> usize {
    let arcs = (0..lines.topology.arcs.len()).map(|arc| lines.whole(arc));
    let pieces = arcs.flat_map(|arc| lines.straight_pieces(arc));
    let (mut unchecked, others): (Vec<Stretch>, Vec<Stretch>) = pieces.partition(|piece| piece.is_shortcut());
    if unchecked.is_empty() {
        return 0;
    }
    let mut drawn = RTree::bulk_load(unchecked.iter().chain(&others).filter_map(|&one| entry(lines, one)).collect());
    let mut pairs = BTreeSet::new();
    loop {
        let wrong = wrong_shortcuts(lines, &drawn, &unchecked, &mut pairs);
        if wrong.is_empty() {
            return pairs.len();
        }
        let areas: BTreeSet<usize> = wrong.iter().flat_map(|shortcut| lines.areas_beside(shortcut.arc)).collect();
        let mut changed: Vec<Stretch> = wrong.into_iter().filter_map(|shortcut| lines.bring_back(shortcut)).collect();
        changed.extend(lines.keep_areas(areas.into_iter().collect()));
        let new: BTreeSet<Stretch> = changed.into_iter().flat_map(|stretch| lines.straight_pieces(stretch)).collect();
        unchecked = new.into_iter().collect();
        unchecked.iter().filter_map(|&stretch| entry(lines, stretch)).for_each(|entry| drawn.insert(entry));
    }
}

/// A straight piece in the box of all its published places.
type Entry = GeomWithData<Rectangle<[f64; 2]>, Stretch>;

/// `None` for a piece without length, which is not seen.
fn entry(lines: &Lines<'_>, piece: Stretch) -> Option<Entry> {
    let ends = lines.segment(piece);
    let bbox = Bbox::around(lines.published(piece).iter().copied())?;
    (ends.from != ends.to).then(|| GeomWithData::new(Rectangle::from_aabb(envelope(bbox)), piece))
}

fn envelope(Bbox { west, south, east, north }: Bbox) -> AABB<[f64; 2]> {
    AABB::from_corners([f64::from(west), f64::from(south)], [f64::from(east), f64::from(north)])
}

/// The shortcuts, among some straight pieces and those around them, that cross a line or have passed one.
fn wrong_shortcuts(
    lines: &Lines<'_>,
    drawn: &RTree<Entry>,
    unchecked: &[Stretch],
    pairs: &mut BTreeSet<(usize, usize)>,
) -> BTreeSet<Stretch> {
    let mut wrong = BTreeSet::new();
    for &one in unchecked {
        let Some(entry) = entry(lines, one) else { continue };
        for &GeomWithData { data: other, .. } in drawn.locate_in_envelope_intersecting(entry.envelope()) {
            // Entries stay in the tree when places come back between their ends.
            if other == one || !(one.is_shortcut() || other.is_shortcut()) || !lines.is_current(other) {
                continue;
            }
            let they_meet = lines.segment(one).meets(lines.segment(other));
            let at_fault: Vec<Stretch> = [(one, other), (other, one)]
                .into_iter()
                .filter(|(shortcut, beside)| they_meet || lines.has_passed(*shortcut, *beside))
                .map(|(shortcut, _)| shortcut)
                .collect();
            if !at_fault.is_empty() && !lines.meet_as_published(one, other) {
                pairs.insert((one.arc.min(other.arc), one.arc.max(other.arc)));
                wrong.extend(at_fault.into_iter().filter(|stretch| stretch.is_shortcut()));
            }
        }
    }
    wrong
}

impl Lines<'_> {
    /// Whether an end of another line lies between a shortcut and the published line that it stands for.
    fn has_passed(&self, shortcut: Stretch, other: Stretch) -> bool {
        let (ends, published) = (self.segment(shortcut), self.published(shortcut));
        let lies_between = |place: Place| {
            let (lon2, lat2) = (2 * i64::from(place.lon), 2 * i64::from(place.lat));
            let around = segments(published).chain([ends]);
            around.filter(|line| line.passes_east_of(lon2, lat2)).count() % 2 == 1
        };
        let others = self.segment(other).ends().into_iter().filter(|place| !ends.ends().contains(place));
        shortcut.is_shortcut() && others.into_iter().any(lies_between)
    }

    /// Whether the published lines that two stretches stand for cross or touch, other than at common ends.
    fn meet_as_published(&self, one: Stretch, other: Stretch) -> bool {
        let box_around = |stretch: Stretch| Bbox::around(self.published(stretch).iter().copied());
        let (Some(around_one), Some(around_other)) = (box_around(one), box_around(other)) else { return false };
        segments(self.published(one)).filter(|line| line.bbox().intersects(&around_other)).any(|line| {
            let near = segments(self.published(other)).filter(|other| other.bbox().intersects(&around_one));
            near.into_iter().any(|other| line.meets(other))
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::overlap::overlaps_of_all;
    use crate::segment::{Segment, segments};
    use crate::testing::{area, ring};
    use crate::{Generalised, Place, Shape, Topology};

    /// A place in hundredths of a pixel at zoom 8, near the equator.
    fn place((x, y): (i32, i32)) -> (i32, i32) {
        (x * 549, y * 549)
    }

    fn shape(corners: &[(i32, i32)]) -> Shape {
        area(&[&ring(&corners.iter().copied().map(place).collect::<Vec<_>>())])
    }

    fn contains(shape: &Shape, at: (i32, i32)) -> bool {
        let (lon, lat) = place(at);
        shape.contains(Place { lon, lat })
    }

    fn at_zoom_8(shapes: &[Shape]) -> Generalised {
        Topology::build(shapes).generalise(8.0)
    }

    /// ```text
    ///   ────┐   ┌────   north
    ///       │ ▫ │       a bay of less than half a pixel
    ///       └───┘
    /// ```
    const LAND: [(i32, i32); 8] =
        [(0, 0), (1000, 0), (1000, 1000), (600, 1000), (600, 970), (400, 970), (400, 1000), (0, 1000)];

    #[test]
    fn a_bay_that_nothing_lies_in_goes() {
        let Generalised { topology, crossings_undone } = at_zoom_8(&[shape(&LAND)]);
        assert_eq!((topology.shape(0).polygons[0].exterior.len(), crossings_undone), (5, 0));
    }

    #[test]
    fn an_island_in_a_bay_stays_out_of_the_land() {
        let island = shape(&[(490, 980), (510, 980), (510, 990), (490, 990)]);
        let Generalised { topology, crossings_undone } = at_zoom_8(&[shape(&LAND), island]);
        assert!(!topology.shape(1).is_empty());
        assert!(!contains(&topology.shape(0), (500, 985)));
        assert_eq!(crossings_undone, 1);
    }

    #[test]
    fn an_island_that_touches_the_shore_of_a_bay_stays_out_of_the_land() {
        let mut land = LAND.to_vec();
        land.insert(5, (500, 970));
        let island = shape(&[(500, 970), (560, 972), (560, 973)]);
        let Generalised { topology, crossings_undone } = at_zoom_8(&[shape(&land), island]);
        assert!(!contains(&topology.shape(0), (550, 972)));
        assert_eq!(overlaps_of_all(&[topology.shape(0), topology.shape(1)], 0.0), []);
        assert!(crossings_undone > 0);
    }

    /// ```text
    ///         ╱‾╲          a headland with an enclave, and a bay beside it, both of less than half a pixel:
    ///    ╲___╱ ▫ ╲___      with the headland back, the bay is too far from the line
    /// ```
    #[test]
    fn what_comes_back_brings_along_what_is_then_too_far() {
        let enclave = [(495, 1010), (505, 1010), (500, 1020)];
        let mut land = shape(&[(0, 0), (1000, 0), (1000, 1000), (500, 1045), (300, 960), (0, 1000)]);
        land.polygons[0].holes = shape(&enclave).polygons.into_iter().map(|part| part.exterior).collect();
        let Generalised { topology, crossings_undone } = at_zoom_8(&[land.clone(), shape(&enclave)]);
        assert_eq!(crossings_undone, 1);
        assert_eq!(topology.shape(0).polygons[0].exterior.len(), land.polygons[0].exterior.len());
    }

    #[test]
    fn a_spit_into_a_bay_does_not_cross_the_shore() {
        let opposite = shape(&[(0, 1060), (450, 1060), (500, 975), (550, 1060), (1000, 1060), (1000, 2000), (0, 2000)]);
        let Generalised { topology, crossings_undone } = at_zoom_8(&[shape(&LAND), opposite]);
        assert_eq!(overlaps_of_all(&[topology.shape(0), topology.shape(1)], 0.0), []);
        assert_eq!(crossings_undone, 1);
    }

    #[test]
    fn a_line_does_not_cross_itself() {
        // The spit and the bay are of one area.
        let hook = [
            (0, 0),
            (1200, 0),
            (1200, 1500),
            (0, 1500),
            (0, 1060),
            (450, 1060),
            (500, 975),
            (550, 1060),
            (1100, 1060),
            (1100, 1000),
            (600, 1000),
            (600, 970),
            (400, 970),
            (400, 1000),
            (0, 1000),
        ];
        let Generalised { topology, crossings_undone } = at_zoom_8(&[shape(&hook)]);
        assert_eq!(crossings_undone, 1);
        let lines: Vec<Segment> = segments(&topology.shape(0).polygons[0].exterior).collect();
        assert!(lines.iter().all(|line| lines.iter().all(|other| !line.meets(*other))));
    }

    #[test]
    fn areas_that_overlap_as_published_may_cross_as_drawn() {
        let corners = |x: i32, y: i32| {
            // Every side has a bend that is not seen.
            [(0, 0), (500, 10), (1000, 0), (1010, 500), (1000, 1000), (500, 1010), (0, 1000), (10, 500)]
                .map(|(east, north)| (x + east, y + north))
        };
        let Generalised { topology, crossings_undone } = at_zoom_8(&[shape(&corners(0, 0)), shape(&corners(700, 700))]);
        assert_eq!([0, 1].map(|area| topology.shape(area).polygons[0].exterior.len()), [5, 5]);
        assert_eq!(crossings_undone, 0);
    }
}
