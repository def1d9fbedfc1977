//! What was found lately: a page says it before its script asks for the same, and to find it takes longer than anything else that is asked.

use std::sync::Arc;

use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::{Hotspots, NoHotspots, Question};
use crate::cache::cache_of;

/// How many areas are kept, of all findings together: two nations. Findings of more are looked for anew each time.
const AREAS: u64 = 100_000;
const EXPECTED_FINDINGS: usize = 32;

/// What was found in an edition lately, by question.
#[derive(Debug)]
pub(crate) struct KeptHotspots(Cache<String, Arc<Hotspots>, ByAreas>);

#[derive(Debug, Clone)]
struct ByAreas;

impl Weighter<String, Arc<Hotspots>> for ByAreas {
    fn weight(&self, _: &String, found: &Arc<Hotspots>) -> u64 {
        found.class.len() as u64
    }
}

impl Default for KeptHotspots {
    fn default() -> KeptHotspots {
        KeptHotspots(cache_of(EXPECTED_FINDINGS, AREAS, ByAreas))
    }
}

impl KeptHotspots {
    /// What is kept for a question, or what `look` finds: it looks once for all who ask at the same time.
    pub(super) fn find(
        &self,
        question: &Question<'_>,
        look: impl FnOnce() -> Result<Option<Hotspots>, NoHotspots>,
    ) -> Result<Option<Hotspots>, NoHotspots> {
        let look = || match look() {
            Ok(found) => found.map(Arc::new).ok_or(None),
            Err(error) => Err(Some(error)),
        };
        match self.0.get_or_insert_with(&key(question), look) {
            Ok(found) => Ok(Some(Hotspots::clone(&found))),
            Err(None) => Ok(None),
            Err(Some(error)) => Err(error),
        }
    }
}

/// All that a question says. No id holds a space.
fn key(question: &Question<'_>) -> String {
    let Question {
        geography,
        indicator,
        period,
        within,
        statistic,
        permutations,
        seed,
        false_discovery_rate,
        smoothing,
    } = question;
    let within = within.map(|within| within.parameter());
    format!(
        "{} {} {period:?} {within:?} {statistic:?} {permutations:?} {seed} {false_discovery_rate} {smoothing:?}",
        geography.id, indicator.id
    )
}
