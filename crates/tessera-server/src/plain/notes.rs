//! What must be known of what a mode shows; the page that runs says it below the legend.

use tessera_atlas::geography::Geography;
use tessera_atlas::words::{count, number};

use super::words::{say, say_with};
use crate::scene::{Found, Scene};

/// Below this rate of false discoveries a whole per cent would be too coarse.
const FINE_RATE: f64 = 0.01;

/// The notes on a scene.
pub(super) fn notes(scene: &Scene<'_>) -> Vec<String> {
    let areas = |n: usize| areas(scene.question.geography, n);
    match &scene.found {
        Found::Hotspots(found) if found.tested > 0 => {
            let permutations = number(found.permutations.into(), 0);
            let percent = number(100.0 * found.fdr, u8::from(found.fdr < FINE_RATE));
            let by_permutation = [("permutations", permutations.into()), ("percent", percent.into())];
            let how = || say_with("hotspots-by-permutation", &by_permutation);
            let how = found.note.clone().unwrap_or_else(how);
            let edge = (!found.edge.is_empty())
                .then(|| say_with("hotspots-edge", &[("areas", areas(found.edge.len()).into())]));
            [Some(how), edge, Some(say("neighbours-note"))].into_iter().flatten().collect()
        }
        Found::Verdicts(held) => {
            let left = held.not_compared.iter().map(|(reason, n)| {
                let arguments = [("areas", areas(*n).into()), ("reason", reason.as_str().into())];
                say_with("not-compared-because", &arguments)
            });
            left.collect()
        }
        Found::Change(change) if change.beyond_chance.iter().all(Option::is_none) => vec![say("chance-unknown")],
        _ => Vec::new(),
    }
}

/// "11 LSOAs"
pub(super) fn areas(geography: &Geography, n: usize) -> String {
    let noun = if n == 1 { geography.singular.en().to_owned() } else { geography.plural() };
    format!("{} {noun}", count(n))
}
