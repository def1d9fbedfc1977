//! Shapes for the zooms of a web map: working one out takes a hundred times as long as reading a county off it.

use std::sync::Arc;

use quick_cache::Weighter;
use quick_cache::sync::Cache;
use tessera_geo::Topology;

use crate::cache::cache_of;
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
        Generalised(cache_of(EXPECTED_SHAPES, PLACES, ByPlaces))
    }
}

impl Generalised {
    /// A geography's shape for a zoom; `None` where it has no shape.
    pub(crate) fn shape(&self, all: &[Geography], geography: &Geography, zoom: u8) -> Option<Arc<Topology>> {
        let compute = || generalised(all, geography, f64::from(zoom), |of| self.shape(all, of, zoom)).ok_or(());
        self.0.get_or_insert_with(&(geography.id.clone(), zoom), compute).ok()
    }
}

/// A geography's shape for a zoom, worked out. One that was dissolved from another is dissolved again from that one's shape for the
/// zoom, which `shape_of` gives, so that its borders run along those of its parts. `None` where it has no shape.
pub(crate) fn generalised(
    all: &[Geography],
    geography: &Geography,
    zoom: f64,
    shape_of: impl FnOnce(&Geography) -> Option<Arc<Topology>>,
) -> Option<Arc<Topology>> {
    let shape = geography.shape.as_ref()?;
    let topology = match &geography.sets {
        Some(sets) => sets.dissolve(&*shape_of(all.iter().find(|other| other.id == sets.of)?)?),
        None => shape.topology.generalise(zoom).topology,
    };
    Some(Arc::new(topology))
}
