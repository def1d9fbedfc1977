//! What holds for any column and any neighbours.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::num::NonZeroUsize;

use proptest::prelude::*;
use tessera_stats::smooth::{empirical_bayes, spatial_empirical_bayes};
use tessera_stats::space::{
    Local, Observations, Outcome, Permutations, Randomisation, Settings, Statistic, Weights, benjamini_hochberg,
    gi_star, global_moran, hotspots, local_moran, outcome,
};

type Column = Vec<Option<f64>>;

/// Areas with values, ties and gaps among them, and pairs of areas that touch each other.
#[derive(Debug, Clone)]
struct Map {
    column: Column,
    pairs: Vec<(usize, usize)>,
}

impl Map {
    fn weights(&self) -> Weights {
        let mut links: Vec<(usize, usize)> = self.pairs.iter().flat_map(|(a, b)| [(*a, *b), (*b, *a)]).collect();
        links.retain(|(a, b)| a != b);
        links.sort_unstable();
        links.dedup();
        let before = |area| links.partition_point(|(other, _)| *other < area) as u32;
        let offsets = (0..=self.column.len()).map(before).collect();
        Weights::from_neighbours(offsets, links.iter().map(|(_, area)| *area as u32).collect()).unwrap()
    }

    /// `None` where there is too little to judge.
    fn observations(&self) -> Option<Observations> {
        Observations::new(&self.column, &self.weights()).ok()
    }

    /// The same map with its areas in another order: `order[new]` is the old place.
    fn reordered(&self, order: &[usize]) -> Self {
        let place = |old: usize| order.iter().position(|other| *other == old).unwrap();
        Self {
            column: order.iter().map(|old| self.column[*old]).collect(),
            pairs: self.pairs.iter().map(|(a, b)| (place(*a), place(*b))).collect(),
        }
    }
}

fn maps() -> impl Strategy<Value = Map> {
    let value = prop_oneof![(0_u8..5).prop_map(f64::from), -1e3..1e3];
    (5..40_usize).prop_flat_map(move |areas| {
        let column = prop::collection::vec(prop::option::weighted(0.9, value.clone()), areas);
        let pairs = prop::collection::vec((0..areas, 0..areas), areas..4 * areas);
        (column, pairs).prop_map(|(column, pairs)| Map { column, pairs })
    })
}

fn maps_and_orders() -> impl Strategy<Value = (Map, Vec<usize>)> {
    maps().prop_flat_map(|map| {
        let order = Just((0..map.column.len()).collect::<Vec<_>>()).prop_shuffle();
        (Just(map), order)
    })
}

fn columns_of_p() -> impl Strategy<Value = Column> {
    let p = prop_oneof![0.0..1.0, 0.0..0.01, (1_u32..1000).prop_map(|m| f64::from(m) / 1000.0)];
    prop::collection::vec(prop::option::weighted(0.9, p), 0..200)
}

fn randomisation(threads: usize) -> Randomisation {
    Randomisation { permutations: Permutations::R99, seed: 5, threads: NonZeroUsize::new(threads).unwrap() }
}

fn settings(statistic: Statistic, threads: usize) -> Settings {
    Settings { statistic, randomisation: randomisation(threads), false_discovery_rate: 0.05 }
}

fn statistics() -> impl Strategy<Value = Statistic> {
    prop_oneof![Just(Statistic::GiStar), Just(Statistic::LocalMoran)]
}

fn local(statistic: Statistic, observations: &Observations) -> Vec<Option<Local>> {
    match statistic {
        Statistic::GiStar => gi_star(observations, &randomisation(1)),
        Statistic::LocalMoran => local_moran(observations, &randomisation(1)),
    }
}

fn close(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-8 * one.abs().max(1.0)
}

proptest! {
    #[test]
    fn the_order_of_the_areas_changes_no_statistic((map, order) in maps_and_orders(), statistic in statistics()) {
        let Some(observations) = map.observations() else { return Ok(()) };
        let other = map.reordered(&order).observations().unwrap();
        let (one, another) = (local(statistic, &observations), local(statistic, &other));
        for (new, old) in order.iter().enumerate() {
            prop_assert_eq!(one[*old].is_some(), another[new].is_some());
            if let (Some(one), Some(another)) = (one[*old], another[new]) {
                prop_assert!(close(one.statistic, another.statistic) && close(one.p_normal, another.p_normal));
            }
        }
        let moran = |observations| global_moran(observations, &randomisation(1)).i;
        prop_assert!(close(moran(&observations), moran(&other)));
    }

    #[test]
    fn another_unit_and_origin_change_nothing(map in maps(), statistic in statistics(), origin in -1e3..1e3, unit in 0.01..100.0) {
        let Some(observations) = map.observations() else { return Ok(()) };
        let moved = Map { column: map.column.iter().map(|value| value.map(|value| origin + unit * value)).collect(), ..map };
        // Values that rounding alone tells apart are another matter.
        let Some(moved) = moved.observations() else { return Ok(()) };
        for (one, other) in local(statistic, &observations).iter().zip(local(statistic, &moved)) {
            if let (Some(one), Some(other)) = (one, other) {
                prop_assert!(close(one.statistic, other.statistic) && close(one.p_normal, other.p_normal));
                prop_assert_eq!(one.p, other.p);
            }
        }
    }

    #[test]
    fn turning_the_values_round_turns_gi_star_round_and_leaves_moran(map in maps()) {
        let Some(observations) = map.observations() else { return Ok(()) };
        let turned = Map { column: map.column.iter().map(|value| value.map(|value| -value)).collect(), ..map };
        let turned = turned.observations().unwrap();
        for (one, other) in local(Statistic::GiStar, &observations).iter().zip(local(Statistic::GiStar, &turned)) {
            prop_assert!(one.is_none() && other.is_none() || close(one.unwrap().statistic, -other.unwrap().statistic));
        }
        for (one, other) in local(Statistic::LocalMoran, &observations).iter().zip(local(Statistic::LocalMoran, &turned)) {
            prop_assert!(one.is_none() && other.is_none() || close(one.unwrap().statistic, other.unwrap().statistic));
        }
    }

    #[test]
    fn the_number_of_threads_changes_no_bit(map in maps(), statistic in statistics()) {
        let with = |threads| hotspots(&map.column, &map.weights(), &settings(statistic, threads));
        let one = with(1);
        prop_assert_eq!(&one, &with(2));
        prop_assert_eq!(&one, &with(8));
    }

    #[test]
    fn both_kinds_of_p_are_parts_of_one(map in maps(), statistic in statistics()) {
        let Some(observations) = map.observations() else { return Ok(()) };
        for Local { p, p_normal, .. } in local(statistic, &observations).into_iter().flatten() {
            prop_assert!((Permutations::R99.smallest_p()..=1.0).contains(&p), "{}", p);
            prop_assert!((0.0..=1.0).contains(&p_normal), "{}", p_normal);
        }
    }

    #[test]
    fn the_local_morans_are_parts_of_the_global_one(map in maps()) {
        let Some(observations) = map.observations() else { return Ok(()) };
        let parts: Vec<f64> = local(Statistic::LocalMoran, &observations).iter().flatten().map(|local| local.statistic).collect();
        let n = observations.n() as f64;
        let sum = parts.iter().sum::<f64>() * n / (n - 1.0) / parts.len() as f64;
        prop_assert!(close(global_moran(&observations, &randomisation(1)).i, sum));
    }

    #[test]
    fn every_significant_area_is_in_one_group_or_a_pocket(map in maps(), statistic in statistics()) {
        let Ok(found) = hotspots(&map.column, &map.weights(), &settings(statistic, 1)) else { return Ok(()) };
        for findings in [&found.by_permutation, &found.by_normal] {
            let mut listed: Vec<u32> = findings.groups.iter().flat_map(|group| group.areas.clone()).collect();
            listed.extend(&findings.pockets);
            listed.sort_unstable();
            let significant = findings.significant.iter().enumerate().filter(|(_, significant)| **significant == Some(true));
            prop_assert_eq!(listed, significant.map(|(area, _)| area as u32).collect::<Vec<_>>());
        }
        prop_assert_eq!(found.tested, found.by_normal.significant.iter().flatten().count());
    }

    #[test]
    fn discoveries_are_the_smallest_p(p in columns_of_p(), rate in 0.001..0.5) {
        let significant = benjamini_hochberg(&p, rate);
        let with = |wanted| {
            let pairs = p.iter().zip(&significant);
            pairs.filter_map(move |(p, significant)| p.filter(|_| *significant == Some(wanted)))
        };
        let largest = with(true).fold(0.0, f64::max);
        prop_assert!(with(false).all(|p| p > largest));
        prop_assert!(p.iter().zip(&significant).all(|(p, significant)| p.is_some() == significant.is_some()));
        let (tested, found) = (p.iter().flatten().count() as f64, with(true).count() as f64);
        prop_assert!(found == 0.0 || largest * tested <= found * rate * 1.000_001);
    }

    #[test]
    fn the_number_of_permutations_that_is_needed_is_the_least_that_decides(
        areas in 1..20_usize, others in 0..2000_usize, rate in 0.01..0.2,
    ) {
        let column = |smallest: f64| [vec![Some(smallest); areas], vec![Some(1.0); others]].concat();
        let decides = |count: u64| benjamini_hochberg(&column(2.0 / (count as f64 + 1.0)), rate).contains(&Some(true));
        for permutations in Permutations::ALL {
            match outcome(&column(permutations.smallest_p()), rate, permutations) {
                Outcome::Decided => prop_assert!(decides(u64::from(permutations.count()))),
                Outcome::Undecided { areas: found, needed, offered } => {
                    prop_assert_eq!(found, areas);
                    prop_assert!(decides(needed) && !decides(needed - 1));
                    prop_assert_eq!(offered, Permutations::ALL.into_iter().find(|offered| u64::from(offered.count()) >= needed));
                }
            }
        }
    }

    #[test]
    fn a_smoothed_rate_lies_between_its_own_and_that_of_all(
        counts in prop::collection::vec((0_u16..50, 1_u16..500), 1..60),
    ) {
        let areas: Vec<_> = counts.iter().map(|(o, n)| (Some(f64::from(*o)), Some(f64::from(*n)))).collect();
        let sum = |part: fn(&(u16, u16)) -> u16| counts.iter().map(|pair| f64::from(part(pair))).sum::<f64>();
        let whole = sum(|(o, _)| *o) / sum(|(_, n)| *n);
        let everybody = Map { column: vec![None; areas.len()], pairs: (0..areas.len()).flat_map(|a| (0..a).map(move |b| (a, b))).collect() };
        let spatial = spatial_empirical_bayes(&areas, &everybody.weights()).unwrap();
        for ((smoothed, spatial), (o, n)) in empirical_bayes(&areas).iter().zip(spatial).zip(&counts) {
            let (smoothed, own) = (smoothed.unwrap(), f64::from(*o) / f64::from(*n));
            prop_assert!(own.min(whole) - 1e-12 <= smoothed && smoothed <= own.max(whole) + 1e-12);
            prop_assert!(close(smoothed, spatial.unwrap()), "where all are neighbours, the neighbourhood is the whole");
        }
    }
}
