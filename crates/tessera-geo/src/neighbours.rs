//! Which areas adjoin.
//!
//! Contiguity is that of the integer topology: places are shared when they are the same to 1e-7 degrees, without any
//! further tolerance. Published layers in which neighbours were generalised apart may therefore show fewer neighbours
//! than a geometric test with a tolerance would.

use crate::place::Place;
use crate::topology::Topology;

/// What makes two areas neighbours; the names are the moves of chess, as in spatial statistics (Cliff & Ord 1973).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Contiguity {
    /// They share a vertex.
    Queen,
    /// They share an edge.
    Rook,
}

/// The neighbours of each area, as compressed sparse rows: those of area `i` are
/// `indices[offsets[i]..offsets[i + 1]]`, sorted. Symmetric; no area is its own neighbour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbours {
    /// One more than there are areas; starts with 0.
    pub offsets: Vec<u32>,
    /// The neighbours of all areas, each pair in both directions.
    pub indices: Vec<u32>,
}

impl Neighbours {
    /// The neighbours of an area, sorted; none for an index that is out of range.
    #[must_use]
    pub fn of(&self, area: usize) -> &[u32] {
        let row = || Some((*self.offsets.get(area)? as usize, *self.offsets.get(area + 1)? as usize));
        row().and_then(|(start, end)| self.indices.get(start..end)).unwrap_or(&[])
    }
}

impl Topology {
    /// The neighbours of each area.
    ///
    /// Ask the topology of the published boundaries: in a generalised one, borders that fall together can make rook
    /// neighbours of areas that are none.
    #[must_use]
    pub fn neighbours(&self, contiguity: Contiguity) -> Neighbours {
        // Areas that meet in a vertex meet at the end of an arc, or all along one and then at its ends as well. Areas
        // that share an edge are on the two sides of an arc, or on copies of it, which have the same first edge.
        let mut links = match contiguity {
            Contiguity::Queen => self.links(|places| [places.first().copied(), places.last().copied()]),
            Contiguity::Rook => self.links(|places| [edge(places)]),
        };
        links.sort_unstable();
        links.dedup();
        let mut offsets = vec![0_u32; self.len() + 1];
        for &(area, _) in &links {
            offsets[area as usize + 1] += 1;
        }
        for area in 0..self.len() {
            offsets[area + 1] += offsets[area];
        }
        Neighbours { offsets, indices: links.into_iter().map(|(_, neighbour)| neighbour).collect() }
    }

    /// Pairs, in both directions, of areas whose arcs have a key in common.
    fn links<Key: Ord, const N: usize>(&self, keys: impl Fn(&[Place]) -> [Option<Key>; N]) -> Vec<(u32, u32)> {
        let mut areas_at: Vec<(Key, u32)> = Vec::new();
        for arc in &self.arcs {
            for area in [arc.left, arc.right].into_iter().flatten() {
                areas_at.extend(keys(&arc.places).into_iter().flatten().map(|key| (key, area)));
            }
        }
        areas_at.sort_unstable();
        areas_at.dedup();
        let mut links = Vec::new();
        for meeting in areas_at.chunk_by(|one, other| one.0 == other.0) {
            for (_, area) in meeting {
                let others = meeting.iter().filter(|(_, other)| other != area);
                links.extend(others.map(|(_, other)| (*area, *other)));
            }
        }
        links
    }
}

fn edge(places: &[Place]) -> Option<(Place, Place)> {
    Some((*places.first()?, *places.get(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Shape;
    use crate::testing::{area, grid, ring};

    #[track_caller]
    fn check(shapes: &[Shape], contiguity: Contiguity, expected: &[&[u32]]) {
        let neighbours = Topology::build(shapes).neighbours(contiguity);
        let found: Vec<&[u32]> = (0..shapes.len()).map(|area| neighbours.of(area)).collect();
        assert_eq!(found, expected);
        assert_eq!(neighbours.offsets.len(), shapes.len() + 1);
    }

    #[test]
    fn queens_meet_at_corners_and_rooks_along_edges() {
        let shapes = grid(&["01", "23"]);
        check(&shapes, Contiguity::Queen, &[&[1, 2, 3], &[0, 2, 3], &[0, 1, 3], &[0, 1, 2]]);
        check(&shapes, Contiguity::Rook, &[&[1, 2], &[0, 3], &[0, 3], &[1, 2]]);
    }

    #[test]
    fn islands_have_no_neighbours_and_enclaves_have_one() {
        let shapes = grid(&["000..3", "010...", "000.22"]);
        for contiguity in [Contiguity::Queen, Contiguity::Rook] {
            check(&shapes, contiguity, &[&[1], &[0], &[], &[]]);
        }
    }

    #[test]
    fn areas_that_overlap_along_an_edge_are_neighbours() {
        let square = area(&[&ring(&[(0, 0), (2, 0), (2, 2), (0, 2)])]);
        let shapes = [square.clone(), square, Shape::default()];
        for contiguity in [Contiguity::Queen, Contiguity::Rook] {
            check(&shapes, contiguity, &[&[1], &[0], &[]]);
        }
    }

    #[test]
    fn an_area_out_of_range_has_no_neighbours() {
        assert!(Topology::build(&grid(&["01"])).neighbours(Contiguity::Queen).of(2).is_empty());
    }
}
