//! Shapes for the zooms of a web map: working one out takes a hundred times as long as reading a county off it.

use std::sync::Arc;

use quick_cache::Weighter;
use quick_cache::sync::Cache;
use tessera_geo::{Arc as Border, ArcPolygon, ArcRef, Topology};

use crate::cache::cache_of;
use crate::geography::Geography;

/// How many bytes all shapes together take at most: six zooms of a nation. A shape of more is worked out anew each time.
const BYTES: u64 = 64 << 20;
const EXPECTED_SHAPES: usize = 32;

/// The shapes of an edition that were asked for lately, by geography and zoom.
#[derive(Debug)]
pub(crate) struct Generalised(Cache<(String, u8), Arc<Topology>, Bytewise>);

#[derive(Debug, Clone)]
struct Bytewise;

impl Weighter<(String, u8), Arc<Topology>> for Bytewise {
    fn weight(&self, _: &(String, u8), topology: &Arc<Topology>) -> u64 {
        let of_border = |border: &Border| size_of::<Border>() + size_of_val(border.places.as_slice());
        let of_polygon = |polygon: &ArcPolygon| {
            let rings = polygon.rings().map(|ring| size_of::<Vec<ArcRef>>() + size_of_val(ring));
            rings.sum::<usize>()
        };
        let borders: usize = topology.arcs().iter().map(of_border).sum();
        let polygons = (0..topology.len()).flat_map(|area| topology.polygons(area));
        (borders + polygons.map(of_polygon).sum::<usize>()) as u64
    }
}

impl Default for Generalised {
    fn default() -> Generalised {
        Generalised(cache_of(EXPECTED_SHAPES, BYTES, Bytewise))
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
