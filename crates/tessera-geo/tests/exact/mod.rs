//! Exact answers about shapes and lines, independent of the crate's own.

use geo::line_intersection::{LineIntersection, line_intersection};
use tessera_geo::{Place, Polygon, Shape, Topology};

/// Twice the area within a ring, positive when counterclockwise.
pub(crate) fn signed(ring: &[Place]) -> i128 {
    let product = |edge: &[Place]| {
        i128::from(edge[0].lon) * i128::from(edge[1].lat) - i128::from(edge[1].lon) * i128::from(edge[0].lat)
    };
    ring.windows(2).map(product).sum()
}

/// Twice the area of a shape, holes taken off.
pub(crate) fn area2(shape: &Shape) -> i128 {
    shape.polygons.iter().flat_map(Polygon::rings).map(signed).sum()
}

/// The pairs of lines that meet elsewhere than at ends that both have. Lines that are the same do not count.
pub(crate) fn meetings(topology: &Topology) -> Vec<(geo::Line, geo::Line)> {
    let coord = |place: &Place| geo::Coord { x: f64::from(place.lon), y: f64::from(place.lat) };
    let line = |ends: &[Place]| geo::Line::new(coord(&ends[0].min(ends[1])), coord(&ends[0].max(ends[1])));
    let mut lines: Vec<geo::Line> = topology.arcs().iter().flat_map(|arc| arc.places.windows(2).map(line)).collect();
    lines.sort_by(|one, other| one.start.x.total_cmp(&other.start.x));
    let with_later = |(index, one): (usize, &geo::Line)| -> Vec<(geo::Line, geo::Line)> {
        // Those that begin in the east of a line's end do not meet it.
        let near = lines[index + 1..].iter().take_while(|other| other.start.x <= one.end.x);
        near.filter(|other| meet(*one, **other)).map(|other| (*one, *other)).collect()
    };
    lines.iter().enumerate().flat_map(with_later).collect()
}

fn meet(one: geo::Line, other: geo::Line) -> bool {
    let (south, north) = (one.start.y.min(one.end.y), one.start.y.max(one.end.y));
    if other.start.y.min(other.end.y) > north || other.start.y.max(other.end.y) < south || one == other {
        return false;
    }
    match line_intersection(one, other) {
        None => false,
        Some(LineIntersection::SinglePoint { intersection, is_proper }) => {
            let is_end = |line: geo::Line| intersection == line.start || intersection == line.end;
            is_proper || !(is_end(one) && is_end(other))
        }
        Some(LineIntersection::Collinear { intersection }) => intersection.start != intersection.end,
    }
}
