//! Invented atlases: small areas in middle ones in districts, clusters that overlap, two parts of a total, two years and both
//! together.

use proptest::prelude::*;
use tessera_atlas::protect::{Cell, CellId, Protected, Role, Rule, Seen, System};

/// An invented atlas. The cells come first that are no sums.
#[derive(Debug, Clone)]
pub(super) struct World {
    pub(super) rule: Rule,
    /// What each cell holds.
    pub(super) counts: Vec<f64>,
    /// How many cells are no sums.
    pub(super) bases: usize,
    /// Totals and parts: every part stands before its total.
    pub(super) sets: Vec<(CellId, Vec<CellId>)>,
    /// The totals of everything.
    pub(super) kept: Vec<CellId>,
}

impl World {
    /// Small areas with a count for each part and year, in groups.
    fn new(rule: Rule, areas: usize, layers: usize, counts: Vec<f64>, groups: &[Vec<usize>], kept: usize) -> World {
        let mut world = World { rule, bases: areas * layers, counts, sets: Vec::new(), kept: Vec::new() };
        let mut tables: Vec<Vec<CellId>> = Vec::new();
        for layer in 0..layers {
            let first = layer * areas;
            tables.push((first..first + areas).map(|cell| CellId::try_from(cell).unwrap()).collect());
        }
        for table in &mut tables {
            let small = table.clone();
            for (group, areas) in groups.iter().enumerate() {
                let total = world.total(areas.iter().map(|area| small[*area]).collect());
                table.push(total);
                if group == kept {
                    world.kept.push(total);
                }
            }
        }
        // Layers: a in the first year, b in the first year, a in the second, b in the second. Sums: both parts in each year,
        // each part in both years.
        let sums: &[(usize, usize)] = match layers {
            4 => &[(0, 1), (2, 3), (0, 2), (1, 3)],
            2 => &[(0, 1)],
            _ => &[],
        };
        let grand = areas + kept;
        for (one, other) in sums {
            for (place, (one, other)) in tables[*one].iter().zip(&tables[*other]).enumerate() {
                let total = world.total(vec![*one, *other]);
                if place == grand {
                    world.kept.push(total);
                }
            }
        }
        world
    }

    fn total(&mut self, parts: Vec<CellId>) -> CellId {
        let total = CellId::try_from(self.counts.len()).unwrap();
        self.counts.push(parts.iter().map(|part| self.counts[*part as usize]).sum());
        self.sets.push((total, parts));
        total
    }

    /// Gives a cell that is no sum another count.
    pub(super) fn revise(&mut self, base: usize, count: f64) {
        self.counts[base] = count;
        for (total, parts) in &self.sets {
            self.counts[*total as usize] = parts.iter().map(|part| self.counts[*part as usize]).sum();
        }
    }

    /// How many hidden cells, none of them zero, a cell is the sum of.
    pub(super) fn hidden_in(&self, cell: CellId, protected: &Protected) -> u32 {
        let parts = self.sets.iter().filter(|(total, _)| *total == cell).map(|(_, parts)| parts);
        let sums = parts.map(|parts| parts.iter().map(|part| self.hidden_in(*part, protected)).sum());
        sums.max().unwrap_or(0).max(u32::from(protected.is_hidden(cell)))
    }

    pub(super) fn system(&self) -> System {
        let mut system = System::default();
        for (id, count) in (0..).zip(&self.counts) {
            let role = if self.kept.contains(&id) { Role::Kept } else { Role::Open };
            system.add(Cell { role, ..Cell::new(Some(*count), self.rule) });
        }
        for (total, parts) in &self.sets {
            system.add_set(*total, parts);
        }
        system
    }

    /// What stands in the place of a cell.
    pub(super) fn seen(&self, protected: &Protected, cell: CellId) -> Option<Seen> {
        if protected.is_hidden(cell) {
            return Some(Seen::Hidden);
        }
        let (least, most) = self.rule.meant_by(self.rule.published(self.counts[cell as usize]));
        Some(Seen::Number(least, most))
    }
}

fn count() -> impl Strategy<Value = f64> {
    prop_oneof![2 => 0u8..6, 2 => 0u8..12, 1 => 0u8..60].prop_map(f64::from)
}

/// Worlds of four to ten small areas.
pub(super) fn worlds() -> impl Strategy<Value = World> {
    let shape = (4usize..=10, prop_oneof![Just(1usize), Just(2), Just(4)]);
    let rule = (3u32..=6, prop_oneof![3 => Just(1u32), 1 => Just(3), 1 => Just(5)]);
    (shape, rule).prop_flat_map(|((areas, layers), (threshold, round))| {
        let cluster = proptest::collection::btree_set(0..areas, 1..=areas);
        (proptest::collection::vec(count(), areas * layers), proptest::collection::vec(cluster, 0..3), 2usize..=3)
            .prop_map(move |(counts, clusters, size)| {
                let all: Vec<usize> = (0..areas).collect();
                let middle: Vec<Vec<usize>> = all.chunks(size).map(<[usize]>::to_vec).collect();
                let districts = all.chunks(size * 2).map(<[usize]>::to_vec);
                let mut groups: Vec<Vec<usize>> = middle.into_iter().chain(districts).collect();
                groups.push(all.clone());
                let kept = groups.len() - 1;
                groups.extend(clusters.into_iter().map(|cluster| cluster.into_iter().collect()));
                World::new(Rule { threshold, round }, areas, layers, counts, &groups, kept)
            })
    })
}
