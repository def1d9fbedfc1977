//! What the protection of small numbers costs, and how that grows with the number of areas.
//!
//! The areas are LSOAs in MSOAs of five, districts of twenty-two MSOAs and counties of six districts. Their counts follow from their
//! positions alone: about a third of them are small, as with police outcomes of one month. No random input, no files. The sizes
//! are the demo (1,388) and England and Wales (34,753).

use tessera_atlas::protect::{Cell, CellId, Protected, Role, Rule, System, protect};

const SIZES: [usize; 2] = [1_388, 34_753];
const RULE: Rule = Rule { threshold: 5, round: 1 };

/// How many areas of each level make up one of the next.
const LEVELS: [usize; 3] = [5, 22, 6];

fn main() {
    divan::main();
}

/// A number from 0 to below `end`, for a position and a purpose: as good as drawn, and the same every time.
fn drawn(position: usize, purpose: u64, end: u64) -> f64 {
    let mut bits = (position as u64).wrapping_add(purpose << 32).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((bits ^ (bits >> 31)) % end) as f64
}

/// A count of events: many areas have few, a few have many.
fn events(position: usize, purpose: u64) -> f64 {
    let busy = drawn(position / 5, purpose + 100, 10) + 1.0;
    drawn(position, purpose, 3) + (drawn(position, purpose + 200, 4) * busy / 2.0).floor()
}

/// Adds counts of all areas, and their sums at every level: the cells of each level, the whole last.
fn add_levels(system: &mut System, counts: Vec<f64>) -> Vec<Vec<CellId>> {
    let mut levels = vec![add_cells(system, &counts, Role::Open)];
    let mut counts = counts;
    for size in LEVELS.into_iter().chain([usize::MAX]) {
        let parts: Vec<&[f64]> = counts.chunks(size.min(counts.len())).collect();
        let sums: Vec<f64> = parts.iter().map(|part| part.iter().sum()).collect();
        let role = if size == usize::MAX { Role::Kept } else { Role::Open };
        let cells = add_cells(system, &sums, role);
        let below = levels.last().cloned().unwrap_or_default();
        for (total, parts) in cells.iter().zip(below.chunks(size.min(below.len()))) {
            system.add_set(*total, parts);
        }
        levels.push(cells);
        counts = sums;
    }
    levels
}

fn add_cells(system: &mut System, counts: &[f64], role: Role) -> Vec<CellId> {
    counts.iter().map(|count| system.add(Cell { role, ..Cell::new(Some(*count), RULE) })).collect()
}

/// One count.
fn count(areas: usize) -> System {
    let mut system = System::default();
    add_levels(&mut system, (0..areas).map(|area| events(area, 0)).collect());
    system
}

/// A proportion: sick people of all people.
fn proportion(areas: usize) -> System {
    let mut system = System::default();
    let people = add_levels(&mut system, (0..areas).map(|area| 1_000.0 + drawn(area, 1, 1_000)).collect());
    let sick = add_levels(&mut system, (0..areas).map(|area| events(area, 2)).collect());
    for (numerator, denominator) in sick.iter().flatten().zip(people.iter().flatten()) {
        system.hold_against(*numerator, *denominator);
        system.add_complement(*numerator);
    }
    system
}

/// A count in five parts, and their total.
fn breakdown(areas: usize) -> System {
    let mut system = System::default();
    let counts: Vec<Vec<f64>> = (3..8).map(|part| (0..areas).map(|area| events(area, part)).collect()).collect();
    let sums = (0..areas).map(|area| counts.iter().map(|part| part[area]).sum()).collect();
    let parts: Vec<Vec<CellId>> = counts.into_iter().map(|counts| add_levels(&mut system, counts).concat()).collect();
    for (position, total) in add_levels(&mut system, sums).concat().into_iter().enumerate() {
        let parts: Vec<CellId> = parts.iter().map(|part| part[position]).collect();
        system.add_set(total, &parts);
    }
    system
}

fn assert_protected(protected: &Protected, areas: usize) {
    assert!(protected.failures.is_empty());
    let hidden = (0..).take(areas).filter(|cell| protected.is_hidden(*cell)).count();
    assert!(hidden > 0 && hidden < areas, "{hidden} of {areas} hidden");
}

#[divan::bench(args = SIZES, sample_count = 3)]
fn a_count(bencher: divan::Bencher, areas: usize) {
    bencher.with_inputs(|| count(areas)).bench_values(|system| assert_protected(&protect(system), areas));
}

#[divan::bench(args = SIZES, sample_count = 3)]
fn a_proportion(bencher: divan::Bencher, areas: usize) {
    let cells = proportion(areas).len();
    bencher.with_inputs(|| proportion(areas)).bench_values(|system| assert_protected(&protect(system), cells));
}

#[divan::bench(args = SIZES, sample_count = 1)]
fn a_breakdown_into_five(bencher: divan::Bencher, areas: usize) {
    bencher.with_inputs(|| breakdown(areas)).bench_values(|system| assert_protected(&protect(system), areas));
}
