//! In which areas a place or a postcode lies.

use tessera_geo::Place;

use crate::compare::Selected;
use crate::geography::Geography;
use crate::postcode::Postcode;
use crate::view::AtlasView;

/// What is known of a postcode in the atlas.
#[derive(Debug, Clone)]
pub struct LocatedPostcode<'a> {
    /// The middle of its addresses, where known.
    pub place: Option<Place>,
    /// The areas that it lies in, geography by geography; several of one where areas overlap.
    pub areas: Vec<Selected<'a>>,
}

impl AtlasView {
    /// The areas that a place lies in, geography by geography; several of one where areas overlap or the place lies on a
    /// border.
    pub fn locate(&self, place: Place) -> Vec<Selected<'_>> {
        self.geographies().iter().flat_map(|geography| around(geography, place)).collect()
    }

    /// Whether the atlas knows postcodes at all.
    pub fn knows_postcodes(&self) -> bool {
        !self.edition.content.postcodes.is_empty()
    }

    /// Where a postcode is; `None` where it lies outside the atlas or is unknown.
    ///
    /// Where the directory names the area, that counts, not the place: boundaries are generalised. A geography that the
    /// directory does not speak of follows from one that it does, by lookups and clusters; the others from the place.
    pub fn locate_postcode(&self, postcode: &Postcode) -> Option<LocatedPostcode<'_>> {
        let postcodes = &self.edition.content.postcodes;
        let found = postcodes.get(postcode)?;
        let drawn = || self.geographies().iter().filter(|geography| geography.shape.is_some());
        let allocated = drawn().filter_map(|geography| {
            let position = postcodes.allocated(found, &geography.id)?;
            Some(Selected { geography, position: position as usize })
        });
        let mut known: Vec<Selected<'_>> = allocated.clone().collect();
        known.sort_by_key(|selected| std::cmp::Reverse(selected.geography.len()));
        let areas = drawn().flat_map(|geography| {
            let named = allocated.clone().find(|selected| selected.geography.id == geography.id);
            let part = known.iter().find(|selected| selected.geography.can_lie_in(geography));
            match (named, part) {
                (Some(named), _) => vec![named],
                (None, Some(part)) => {
                    let holds = |position: &usize| part.geography.lies_in(part.position, geography, *position);
                    (0..geography.len()).filter(holds).map(|position| Selected { geography, position }).collect()
                }
                _ => found.place.map(|place| around(geography, place)).unwrap_or_default(),
            }
        });
        Some(LocatedPostcode { place: found.place, areas: areas.collect() })
    }
}

fn around(geography: &Geography, place: Place) -> Vec<Selected<'_>> {
    let found = geography.shape.as_ref().map(|shape| shape.locator().locate(place)).unwrap_or_default();
    found.into_iter().map(|position| Selected { geography, position: position as usize }).collect()
}
