//! Invented atlases with everything at once: small areas in middle ones in districts, clusters that overlap, two breakdowns of
//! one total, and periods that overlap within a longer one.

use proptest::prelude::*;
use tessera_atlas::protect::{Cell, CellId, Protected, Role, Rule, Seen, System};

/// The spans that periods are made of. They are in no table themselves.
const SPANS: usize = 3;
/// 2016–2018, 2017–2019 and 2016–2019, of the spans 2016, 2017–2018 and 2019.
const PERIODS: [&[usize]; 3] = [&[0, 1], &[1, 2], &[0, 1, 2]];
/// People are of two kinds by one breakdown and of two by another, so that there are four in all.
const KINDS: usize = 4;
/// The total, and the parts of both breakdowns, as the kinds that they are made of.
const LAYERS: [&[usize]; 5] = [&[0, 1, 2, 3], &[0, 1], &[2, 3], &[0, 2], &[1, 3]];
/// The layers that make up the total.
const BREAKDOWNS: [[usize; 2]; 2] = [[1, 2], [3, 4]];

/// An invented atlas: cells by layer, period and place.
#[derive(Debug, Clone)]
pub(super) struct World {
    pub(super) rule: Rule,
    /// How many people of each kind there are, by small area and span.
    people: Vec<[[f64; KINDS]; SPANS]>,
    /// The small areas of each place: first each of these, then middle areas, districts, the whole, clusters.
    places: Vec<Vec<usize>>,
    /// The place that is the whole.
    whole: usize,
    /// What each cell holds.
    pub(super) counts: Vec<f64>,
    /// Totals and parts, all of them published.
    pub(super) sets: Vec<(CellId, Vec<CellId>)>,
    /// The cells of one place and layer, a cell a period.
    series: Vec<[CellId; PERIODS.len()]>,
}

impl World {
    fn new(rule: Rule, people: Vec<[[f64; KINDS]; SPANS]>, places: Vec<Vec<usize>>, whole: usize) -> World {
        let mut world = World { rule, people, places, whole, counts: Vec::new(), sets: Vec::new(), series: Vec::new() };
        world.count();
        let cell = |layer: usize, period: usize, place: usize| world.cell(layer, period, place);
        let (areas, places) = (world.people.len(), world.places.len());
        let mut sets = Vec::new();
        for period in 0..PERIODS.len() {
            for (place, members) in world.places.iter().enumerate().skip(areas) {
                for layer in 0..LAYERS.len() {
                    let parts = members.iter().map(|area| cell(layer, period, *area)).collect();
                    sets.push((cell(layer, period, place), parts));
                }
            }
            for place in 0..places {
                for parts in BREAKDOWNS {
                    let parts = parts.map(|layer| cell(layer, period, place)).to_vec();
                    sets.push((cell(0, period, place), parts));
                }
            }
        }
        let series = (0..LAYERS.len()).flat_map(|layer| (0..places).map(move |place| (layer, place)));
        let series = series.map(|(layer, place)| [0, 1, 2].map(|period| cell(layer, period, place))).collect();
        World { sets, series, ..world }
    }

    fn cell(&self, layer: usize, period: usize, place: usize) -> CellId {
        CellId::try_from((layer * PERIODS.len() + period) * self.places.len() + place).unwrap()
    }

    /// Counts everybody anew.
    fn count(&mut self) {
        self.counts.clear();
        for kinds in LAYERS {
            for spans in PERIODS {
                for areas in &self.places {
                    let people = areas.iter().flat_map(|area| spans.iter().map(|span| self.people[*area][*span]));
                    self.counts.push(people.map(|people| kinds.iter().map(|kind| people[*kind]).sum::<f64>()).sum());
                }
            }
        }
    }

    /// Gives one kind of people in an area and a span another number.
    pub(super) fn revise(&mut self, (area, span, kind): (usize, usize, usize), people: f64) {
        let area = area % self.people.len();
        self.people[area][span][kind] = people;
        self.count();
    }

    /// The cells of one place and layer in each period.
    pub(super) fn series(&self) -> &[[CellId; PERIODS.len()]] {
        &self.series
    }

    fn is_whole(&self, cell: CellId) -> bool {
        cell as usize % self.places.len() == self.whole
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
            let role = if self.is_whole(id) { Role::Kept } else { Role::Open };
            system.add(Cell { role, ..Cell::new(Some(*count), self.rule) });
        }
        for (total, parts) in &self.sets {
            system.add_set(*total, parts);
        }
        for cells in &self.series {
            let spans = [0; SPANS].map(|_| system.add(Cell { role: Role::Rest, ..Cell::unprotected(None) }));
            for (cell, within) in cells.iter().zip(PERIODS) {
                system.add_set(*cell, &within.iter().map(|span| spans[*span]).collect::<Vec<_>>());
            }
        }
        system
    }

    /// The cells without their sums: as if nobody could add.
    pub(super) fn only_small(&self) -> System {
        let mut system = System::default();
        for count in &self.counts {
            system.add(Cell::new(Some(*count), self.rule));
        }
        system
    }

    /// What stands in the place of a cell.
    pub(super) fn seen(&self, protected: &Protected, cell: CellId) -> Option<Seen> {
        // What is in no table is in no edition.
        let count = self.counts.get(cell as usize)?;
        if protected.is_hidden(cell) {
            return Some(Seen::Hidden);
        }
        let (least, most) = self.rule.meant_by(self.rule.published(*count));
        Some(Seen::Number(least, most))
    }
}

fn people() -> impl Strategy<Value = f64> {
    prop_oneof![3 => Just(0u8), 2 => 0u8..4, 4 => 2u8..30].prop_map(f64::from)
}

/// Worlds of four to six small areas.
pub(super) fn worlds() -> impl Strategy<Value = World> {
    let rule = (3u32..=5, prop_oneof![2 => Just(1u32), 1 => Just(3), 1 => Just(5)]);
    (4usize..=6, rule).prop_flat_map(|(areas, (threshold, round))| {
        let everybody =
            proptest::collection::vec(proptest::array::uniform3(proptest::array::uniform4(people())), areas);
        // The clusters have an area in common, and none holds all.
        (everybody, 1usize..areas - 1).prop_map(move |(people, common)| {
            let all: Vec<usize> = (0..areas).collect();
            let mut places: Vec<Vec<usize>> = all.iter().map(|area| vec![*area]).collect();
            places.extend(all.chunks(2).map(<[usize]>::to_vec));
            places.extend(all.chunks(4).map(<[usize]>::to_vec).filter(|district| district.len() < areas));
            let whole = places.len();
            places.extend([all.clone(), all[..=common].to_vec(), all[common..].to_vec()]);
            World::new(Rule { threshold, round }, people, places, whole)
        })
    })
}
