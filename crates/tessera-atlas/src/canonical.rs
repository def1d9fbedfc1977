//! The canonical form of what an edition publishes, and the id that follows from it.
//!
//! Only published content goes in, never raw input: a hash over hidden counts would let a reader guess and check. Nothing
//! that may differ between two readings of the same content goes in either: not the folder, not file times, not the vertex
//! at which a file begins a ring.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tessera_geo::{Place, Shape};

use crate::by_place::ByPlace;
use crate::column::{Column, Numbers};
use crate::edition::{AtlasInfo, Content, EditionId, Opening};
use crate::geography::Geography;
use crate::manifest::FORMAT;
use crate::period::Period;
use crate::postcode::Postcodes;

/// The SHA-256 of a part of an edition, from which its id is made: parts are hashed where they are made, in any order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PartDigest([u8; 32]);

/// The digest of a column.
pub(crate) fn digest_of_column(column: &Column) -> PartDigest {
    let mut canonical = Canonical(Sha256::new());
    canonical.column(column);
    PartDigest(canonical.0.finalize().into())
}

/// The digest of a geography with its names and shapes.
pub(crate) fn digest_of_geography(geography: &Geography) -> PartDigest {
    let mut canonical = Canonical(Sha256::new());
    canonical.geography(geography);
    PartDigest(canonical.0.finalize().into())
}

/// Names an edition by its content: by the digests of its geographies, in their order, and columns, and by all the rest.
pub(crate) fn edition_id(
    info: &AtlasInfo,
    opening: &Opening,
    content: &Content,
    geographies: &[PartDigest],
    columns: &ByPlace<PartDigest>,
) -> EditionId {
    let mut canonical = Canonical(Sha256::new());
    canonical.number(FORMAT as u64);
    canonical.json(info);
    canonical.json(opening);
    canonical.json(&content.notes);
    canonical.number(geographies.len() as u64);
    geographies.iter().for_each(|digest| canonical.0.update(digest.0));
    // In the catalogue's order, which is published too.
    canonical.json(&content.indicators.iter().as_slice());
    for ((geography, indicator, period), digest) in columns.iter() {
        let geography = geography.and_then(|position| content.geographies.get(position));
        canonical.text(geography.map_or("", |geography| &geography.id));
        canonical.text(content.indicators.get(indicator).map_or("", |indicator| &indicator.id));
        canonical.text(&period.to_string());
        if let Period::SplitYear(_, starts) = period {
            canonical.text(&starts.to_string());
        }
        canonical.0.update(digest.0);
    }
    canonical.number(content.targets.0.len() as u64);
    for ((indicator, geography, period, area), target) in &content.targets.0 {
        canonical.json(&(indicator, geography, period, area));
        canonical.numbers(&vec![Some(target.value), target.baseline, target.tolerance]);
    }
    canonical.postcodes(&content.postcodes);
    canonical.number(content.points.len() as u64);
    for layer in &content.points {
        canonical.json(&(&layer.id, &layer.name, layer.points.len()));
        // Layers that publish names alone keep the ids of their editions.
        if !layer.attributes.is_empty() {
            canonical.json(&layer.attributes);
        }
        for point in &layer.points {
            canonical.json(&point.name);
            if !layer.attributes.is_empty() {
                canonical.json(&point.attributes);
            }
            canonical.place(point.place);
        }
    }
    let digest = canonical.0.finalize();
    EditionId(digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}

/// Feeds a hash with values whose lengths are always said, so that no two contents look alike.
struct Canonical(Sha256);

impl Canonical {
    fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.0.update(bytes);
    }

    fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    fn number(&mut self, number: u64) {
        self.0.update(number.to_le_bytes());
    }

    fn json(&mut self, value: &impl Serialize) {
        // Our own types hold nothing that JSON cannot say; an empty text is still the same for the same content.
        self.bytes(&serde_json::to_vec(value).unwrap_or_default());
    }

    fn geography(&mut self, geography: &Geography) {
        self.text(&geography.id);
        self.json(&(&geography.name, &geography.singular));
        self.number(u64::from(geography.shape.is_some()));
        self.number(geography.len() as u64);
        for (position, area) in geography.areas().iter().enumerate() {
            self.text(&area.code);
            self.text(&area.name);
            self.text(area.local_name.as_deref().unwrap_or_default());
            if let Some(shape) = &geography.shape {
                self.shape(&shape.topology.shape(position));
            }
        }
        self.number(u64::from(geography.tiling));
        if let Some(sets) = &geography.sets {
            self.text(&sets.of);
            self.json(&sets.members);
        }
        for parents in &geography.parents {
            self.text(&parents.geography);
            self.text(parents.fit.word());
            for parent in &parents.of {
                self.number(parent.map_or(u64::MAX, u64::from));
            }
        }
    }

    /// Rings begin at their least place; holes and polygons are sorted.
    fn shape(&mut self, shape: &Shape) {
        let mut polygons: Vec<Vec<Vec<Place>>> = shape
            .polygons
            .iter()
            .map(|polygon| {
                let mut holes: Vec<Vec<Place>> = polygon.holes.iter().map(|ring| from_least(ring)).collect();
                holes.sort();
                [vec![from_least(&polygon.exterior)], holes].concat()
            })
            .collect();
        polygons.sort();
        self.number(polygons.len() as u64);
        for rings in polygons {
            self.number(rings.len() as u64);
            for ring in rings {
                self.number(ring.len() as u64);
                for place in ring {
                    self.place(place);
                }
            }
        }
    }

    fn place(&mut self, place: Place) {
        self.0.update(place.lon.to_le_bytes());
        self.0.update(place.lat.to_le_bytes());
    }

    fn postcodes(&mut self, postcodes: &Postcodes) {
        self.json(&postcodes.geographies);
        self.number(postcodes.len() as u64);
        for (postcode, found) in &postcodes.list {
            self.bytes(postcode.bytes());
            self.number(u64::from(found.place.is_some()));
            if let Some(place) = found.place {
                self.place(place);
            }
            for area in &found.areas {
                self.number(area.map_or(u64::MAX, u64::from));
            }
        }
    }

    fn column(&mut self, column: &Column) {
        self.text(column.origin.word());
        self.numbers(&column.values);
        for field in [&column.numerator, &column.denominator, &column.lower, &column.upper] {
            match field {
                Some(numbers) => self.numbers(numbers),
                None => self.number(u64::MAX),
            }
        }
        self.json(&column.status);
        self.json(&column.coverage);
    }

    fn numbers(&mut self, numbers: &Numbers) {
        self.number(numbers.len() as u64);
        // A missing number is told apart from every number that there is: no published value is this NaN.
        for some in numbers.chunks(512) {
            let mut bytes = [[0; size_of::<u64>()]; 512];
            for (own, number) in bytes.iter_mut().zip(some) {
                *own = number.map_or(u64::MAX, f64::to_bits).to_le_bytes();
            }
            self.0.update(bytes[..some.len()].as_flattened());
        }
    }
}

/// The ring's places, each once, from its least one on.
fn from_least(ring: &[Place]) -> Vec<Place> {
    let open = ring.split_last().map_or(ring, |(_, open)| open);
    let mut places = open.to_vec();
    let least = places.iter().enumerate().min_by_key(|(_, place)| **place).map_or(0, |(position, _)| position);
    places.rotate_left(least);
    places
}
