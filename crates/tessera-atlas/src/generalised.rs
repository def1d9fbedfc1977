//! Shapes for the zooms of a web map: working one out takes a hundred times as long as reading a county off it.

use std::sync::Arc;

use quick_cache::sync::Cache;
use quick_cache::{DefaultHashBuilder, OptionsBuilder, Weighter};
use tessera_geo::Topology;

use crate::geography::Geography;

/// How many places are kept, of all shapes together: a few zooms of a nation. A shape of more is worked out anew each time.
const PLACES: u64 = 2_000_000;
const EXPECTED_SHAPES: usize = 32;

/// The shapes of an edition that were asked for lately, by geography and zoom.
#[derive(Debug)]
pub(crate) struct Generalised(Cache<(String, u8), Arc<Topology>, ByPlaces>);

#[derive(Debug, Clone)]
struct ByPlaces;

impl Weighter<(String, u8), Arc<Topology>> for ByPlaces {
    fn weight(&self, _: &(String, u8), topology: &Arc<Topology>) -> u64 {
        topology.arcs().iter().map(|arc| arc.places.len() as u64).sum()
    }
}

impl Default for Generalised {
    fn default() -> Generalised {
        // One shard: of several, each would have room for a part of a nation only.
        let options =
            OptionsBuilder::new().shards(1).estimated_items_capacity(EXPECTED_SHAPES).weight_capacity(PLACES).build();
        let cache = match options {
            Ok(options) => {
                let (hasher, lifecycle) = (DefaultHashBuilder::default(), Default::default());
                Cache::with_options(options, ByPlaces, hasher, lifecycle)
            }
            Err(_) => Cache::with_weighter(EXPECTED_SHAPES, PLACES, ByPlaces),
        };
        Generalised(cache)
    }
}

impl Generalised {
    /// A geography's shape for a zoom. One that was dissolved from another is dissolved again from that one's generalised
    /// shape, so that its borders run along those of its parts. `None` where it has no shape.
    pub(crate) fn shape(&self, all: &[Geography], geography: &Geography, zoom: u8) -> Option<Arc<Topology>> {
        let shape = geography.shape.as_ref()?;
        let compute = || match &geography.sets {
            Some(sets) => {
                let of = all.iter().find(|other| other.id == sets.of)?;
                Some(sets.dissolve(self.shape(all, of, zoom)?.as_ref()))
            }
            None => Some(shape.topology.generalise(f64::from(zoom)).topology),
        };
        let key = (geography.id.clone(), zoom);
        self.0.get_or_insert_with(&key, || compute().map(Arc::new).ok_or(())).ok()
    }
}
