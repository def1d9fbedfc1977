//! Small numbers of invented atlases: hidden, then attacked with everything that is published.

mod attacker;
mod loss;
mod world;

use proptest::prelude::*;
use tessera_atlas::protect::{Protected, Rule, protect};

use attacker::Attacker;
use world::{World, worlds};

/// What an attacker may not find out of any hidden cell.
fn assert_nothing_follows(attacker: &Attacker, world: &World, protected: &Protected) -> Result<(), TestCaseError> {
    for (cell, count) in (0..).zip(&world.counts) {
        if !protected.is_hidden(cell) {
            continue;
        }
        let (least, most) = attacker.range(cell);
        prop_assert!(
            least <= *count + 1e-6 && most >= *count - 1e-6,
            "the attacker errs: {count} is not {least} to {most}"
        );
        prop_assert!(most - least > 1.0 - 1e-6, "cell {cell} holds {count}, which follows");
        if world.rule.is_small(*count) {
            // Zeros are shown: a sum of three hidden cells is 3 or more.
            let all = world.hidden_in(cell, protected)..=world.rule.threshold - 1;
            let is_safe = least <= f64::from(*all.start()) + 1e-6 && most >= f64::from(*all.end()) - 1e-6;
            prop_assert!(is_safe, "cell {cell} holds {count}, and can only be {least} to {most}");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    /// Three levels, clusters that overlap, a breakdown, periods that overlap.
    #[test]
    fn no_hidden_cell_follows_from_what_is_published(world in worlds()) {
        let protected = protect(world.system());
        prop_assume!(protected.failures.is_empty());
        for (cell, count) in (0..).zip(&world.counts) {
            prop_assert!(protected.is_hidden(cell) || !world.rule.is_small(*count), "a small count is shown");
            prop_assert!(*count != 0.0 || !protected.is_hidden(cell), "a zero is hidden");
        }
        let mut attacker = Attacker::default();
        attacker.read(&world, &protected, |_| None);
        assert_nothing_follows(&attacker, &world, &protected)?;
    }

    /// Two editions: some counts are revised, and both can be read. Not rounded: what a revised number was before its rounding
    /// may come into several sums, of which each is looked at by itself.
    #[test]
    fn no_hidden_cell_follows_from_two_editions(world in worlds(), revised in proptest::collection::vec((any::<prop::sample::Index>(), 0u8..40), 0..4)) {
        let world = World { rule: Rule { round: 1, ..world.rule }, ..world };
        let first = protect(world.system());
        let mut second = world.clone();
        for (index, count) in revised {
            second.revise(index.index(world.bases), f64::from(count));
        }
        let mut system = second.system();
        system.retain(|cell| world.seen(&first, cell));
        let protected = protect(system);
        prop_assume!(first.failures.is_empty() && protected.failures.is_empty());
        let mut attacker = Attacker::default();
        attacker.read(&second, &protected, |_| None);
        // What is the same in both is the same for the attacker, and told apart from what is not.
        attacker.read(&world, &first, |cell| (world.counts[cell as usize] == second.counts[cell as usize]).then_some(cell));
        assert_nothing_follows(&attacker, &second, &protected)?;
    }

    #[test]
    fn the_same_is_hidden_every_time(world in worlds()) {
        let (one, other) = (protect(world.system()), protect(world.system()));
        for cell in (0..).take(world.counts.len()) {
            prop_assert_eq!(one.why(cell), other.why(cell));
        }
    }
}
