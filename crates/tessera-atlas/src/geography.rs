//! Geographies and their areas, in the fixed order that every column follows.

use std::collections::HashMap;
use std::sync::OnceLock;

use tessera_geo::{Bbox, Contiguity, Locator, Neighbours, Place, Topology};

use crate::bytes::is_same;
use crate::manifest::Fit;
use crate::parallel::in_parallel;
use crate::sets::Sets;
use crate::text::Text;

/// One member of a geography.
#[derive(Debug, Clone)]
pub struct Area {
    /// Its code.
    pub code: String,
    /// Its official name.
    pub name: String,
    /// The name that people there use, where one is given: it comes first on screen.
    pub local_name: Option<String>,
    /// Where it lies; `None` for comparators, and until it is to be published.
    pub place: Option<AreaPlace>,
}

impl Area {
    /// The name that comes first on screen.
    pub fn shown_name(&self) -> &str {
        self.local_name.as_deref().unwrap_or(&self.name)
    }
}

/// Where an area lies and how large it is.
#[derive(Debug, Clone, Copy)]
pub struct AreaPlace {
    /// Centre of area, longitude and latitude in degrees.
    pub centroid: (f64, f64),
    /// A point inside the area, far from its edge.
    pub label_point: Place,
    /// Its bounding box.
    pub bbox: Bbox,
    /// Its size in square kilometres.
    pub area_km2: f64,
}

impl AreaPlace {
    /// Where the area at a position lies; `None` where it has no shape.
    fn of(topology: &Topology, position: usize) -> Option<AreaPlace> {
        let shape = topology.shape(position);
        Some(AreaPlace {
            centroid: tessera_geo::centroid(&shape)?,
            label_point: tessera_geo::label_point(&shape)?,
            bbox: shape.bbox()?,
            area_km2: tessera_geo::area_km2(&shape),
        })
    }
}

/// A set of areas of one kind, sorted by code: the fixed order of every column.
#[derive(Debug)]
pub struct Geography {
    /// Its id.
    pub id: String,
    /// Its name, in the plural.
    pub name: Text,
    /// What one of its areas is called.
    pub singular: Text,
    /// Its shape; `None` for comparators.
    pub shape: Option<GeographyShape>,
    /// Of which areas of another geography its areas are made, where they are.
    pub sets: Option<Sets>,
    /// Whether each place lies in one of its areas at most. Clusters may overlap; comparators have no places.
    pub tiling: bool,
    /// The geographies that its areas lie in, in the manifest's order.
    pub parents: Vec<Parents>,
    /// What tells it from another geography whose areas are called the same; `None` where there is none.
    pub(crate) apart: Option<String>,
    areas: Vec<Area>,
    positions: HashMap<String, u32>,
}

/// The geometry of a geography, and what falls out of it: worked out when it is first asked for.
#[derive(Debug)]
pub struct GeographyShape {
    /// Shared arcs.
    pub topology: Topology,
    locator: OnceLock<Locator>,
    queen: OnceLock<Neighbours>,
    rook: OnceLock<Neighbours>,
}

impl GeographyShape {
    pub(crate) fn new(topology: Topology) -> GeographyShape {
        GeographyShape { topology, locator: OnceLock::new(), queen: OnceLock::new(), rook: OnceLock::new() }
    }

    /// Finds the area at a place.
    pub fn locator(&self) -> &Locator {
        self.locator.get_or_init(|| Locator::new(&self.topology))
    }

    /// Areas that share a vertex.
    pub fn queen(&self) -> &Neighbours {
        self.queen.get_or_init(|| self.topology.neighbours(Contiguity::Queen))
    }

    /// Areas that share a line.
    pub fn rook(&self) -> &Neighbours {
        self.rook.get_or_init(|| self.topology.neighbours(Contiguity::Rook))
    }
}

/// In which area of another geography each area lies.
#[derive(Debug, Clone)]
pub struct Parents {
    /// The id of the other geography.
    pub geography: String,
    /// Whether areas lie in their parents wholly.
    pub fit: Fit,
    /// By position, the position of the parent.
    pub of: Vec<Option<u32>>,
}

impl Geography {
    /// A geography of areas that are already sorted by code and have no code twice.
    pub(crate) fn new(
        id: String,
        name: Text,
        singular: Text,
        areas: Vec<Area>,
        shape: Option<GeographyShape>,
    ) -> Geography {
        let positions = areas.iter().zip(0..).map(|(area, position)| (area.code.clone(), position)).collect();
        let tiling = shape.is_some();
        Geography { id, name, singular, shape, sets: None, tiling, parents: Vec::new(), apart: None, areas, positions }
    }

    /// The areas in the fixed order.
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// How many areas there are.
    pub fn len(&self) -> usize {
        self.areas.len()
    }

    /// Whether there is no area.
    pub fn is_empty(&self) -> bool {
        self.areas.is_empty()
    }

    /// Where an area stands in the fixed order.
    pub fn position(&self, code: &str) -> Option<usize> {
        self.positions.get(code).map(|position| *position as usize)
    }

    /// Whether the area at `position` has this code.
    #[inline]
    pub(crate) fn has_code(&self, position: usize, code: &str) -> bool {
        self.areas.get(position).is_some_and(|area| is_same(area.code.as_bytes(), code.as_bytes()))
    }

    /// In which areas of `geography` these areas lie.
    pub fn parents_in(&self, geography: &str) -> Option<&Parents> {
        self.parents.iter().find(|parents| parents.geography == geography)
    }

    /// Whether areas of this geography can lie in areas of `whole`.
    pub fn can_lie_in(&self, whole: &Geography) -> bool {
        self.id == whole.id
            || self.parents_in(&whole.id).is_some()
            || whole.sets.as_ref().is_some_and(|sets| sets.of == self.id || self.parents_in(&sets.of).is_some())
    }

    /// Whether the area at `position` lies in the area of `whole` at `around`.
    pub fn lies_in(&self, position: usize, whole: &Geography, around: usize) -> bool {
        if self.id == whole.id {
            return position == around;
        }
        let parent = |geography: &str| self.parents_in(geography)?.of.get(position).copied().flatten();
        match &whole.sets {
            _ if self.parents_in(&whole.id).is_some() => parent(&whole.id).is_some_and(|of| of as usize == around),
            Some(sets) if sets.of == self.id => u32::try_from(position).is_ok_and(|own| sets.holds(around, own)),
            Some(sets) => parent(&sets.of).is_some_and(|member| sets.holds(around, member)),
            None => false,
        }
    }

    /// The areas of this geography that lie in each area of `whole`; `None` where they do not.
    pub fn members_of(&self, whole: &Geography) -> Option<Vec<Vec<u32>>> {
        if let Some(parents) = self.parents_in(&whole.id) {
            return Some(Sets::of_parents(&self.id, &parents.of, whole.len()).members);
        }
        let sets = whole.sets.as_ref()?;
        if sets.of == self.id {
            return Some(sets.members.clone());
        }
        let parents = self.parents_in(&sets.of)?;
        let in_set = |members: &Vec<u32>| {
            let own = parents
                .of
                .iter()
                .zip(0..)
                .filter(|(parent, _)| parent.is_some_and(|of| members.binary_search(&of).is_ok()));
            own.map(|(_, position)| position).collect()
        };
        Some(sets.members.iter().map(in_set).collect())
    }

    /// What several of its areas are called: "LSOAs", "districts", "counties".
    pub fn plural(&self) -> String {
        crate::words::plural(self.singular.en())
    }

    /// What one of its areas is called where another geography's may be called the same: "LSOA of 2021".
    pub fn distinct_singular(&self) -> String {
        self.told_apart(self.singular.en().to_owned())
    }

    /// What several of its areas are called there: "LSOAs of 2021".
    pub fn distinct_plural(&self) -> String {
        self.told_apart(self.plural())
    }

    fn told_apart(&self, noun: String) -> String {
        match &self.apart {
            Some(apart) => format!("{noun} {apart}"),
            None => noun,
        }
    }

    /// Works out where each area lies, as the shapes say.
    pub(crate) fn place_areas(&mut self) {
        let Some(shape) = &self.shape else { return };
        let places = in_parallel(self.areas.len(), |position| AreaPlace::of(&shape.topology, position));
        self.areas.iter_mut().zip(places).for_each(|(area, place)| area.place = place);
    }

    pub(crate) fn set_local_name(&mut self, position: usize, name: String) {
        if let Some(area) = self.areas.get_mut(position) {
            area.local_name = Some(name);
        }
    }
}
