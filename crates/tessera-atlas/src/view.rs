//! An edition as one audience sees it: the only way to an edition's content.
//!
//! What an audience may not see does not exist for it: it is not found, not listed, not counted.

use std::collections::BTreeSet;
use std::sync::Arc;

use bytes::Bytes;
use tessera_geo::Topology;
use tessera_geo::tiles::{Form, Pyramid, TileAddress};
use tessera_stats::mean::sum;

use crate::catalogue::{Indicator, Theme, theme_trees};
use crate::column::{Column, Numbers, number_at};
use crate::compact::compact;
use crate::compare::{Against, Selected};
use crate::deprivation::KeptIndices;
use crate::edition::{AtlasInfo, Edition, EditionId, Opening};
use crate::geography::Geography;
use crate::hotspots::KeptHotspots;
use crate::manifest::Field;
use crate::note::Note;
use crate::packing::Packing;
use crate::period::{Period, newest};
use crate::points::PointLayer;
use crate::quartiles::Quartiles;
use crate::remarks::Remarks;
use crate::store::StoreError;
use crate::target::Target;
use crate::tiles;

/// For whom an edition is opened. Today there are no accounts, so there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everybody.
    Public,
}

/// An edition as one audience sees it. Cheap to clone.
#[derive(Debug, Clone)]
pub struct AtlasView {
    pub(crate) edition: Arc<Edition>,
    audience: Audience,
}

/// The number of people in each area, from one of the counts that accompany everything.
#[derive(Debug, Clone)]
pub struct People<'a> {
    /// The count.
    pub indicator: &'a Indicator,
    /// Its newest period.
    pub period: Period,
    /// Its values by position.
    pub column: Arc<Column>,
}

impl AtlasView {
    /// Opens an edition for an audience.
    pub fn open(edition: Arc<Edition>, audience: Audience) -> AtlasView {
        AtlasView { edition, audience }
    }

    /// The audience.
    pub fn audience(&self) -> Audience {
        self.audience
    }

    /// The edition's id.
    pub fn id(&self) -> &EditionId {
        &self.edition.head.id
    }

    /// What the atlas is called and who publishes it.
    pub fn info(&self) -> &AtlasInfo {
        &self.edition.head.info
    }

    /// What opens first.
    pub fn opening(&self) -> &Opening {
        &self.edition.head.opening
    }

    /// The geographies in the manifest's order.
    pub fn geographies(&self) -> &[Geography] {
        &self.edition.content.geographies
    }

    /// One geography.
    pub fn geography(&self, id: &str) -> Option<&Geography> {
        self.edition.content.geographies.iter().find(|geography| geography.id == id)
    }

    /// The indicators in the manifest's order.
    pub fn indicators(&self) -> &[Indicator] {
        &self.edition.content.indicators
    }

    /// One indicator.
    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.edition.content.indicators.named(id)
    }

    /// The theme trees.
    pub fn themes(&self) -> Vec<Theme> {
        theme_trees(self.indicators())
    }

    /// The periods in which an indicator is published for a geography, in time order.
    pub fn periods(&self, geography: &Geography, indicator: &Indicator) -> Vec<Period> {
        self.positions(geography, indicator)
            .map(|(geography, indicator)| self.edition.published.periods(geography, indicator))
            .unwrap_or_default()
    }

    /// The newest of those periods.
    pub fn newest_period(&self, geography: &Geography, indicator: &Indicator) -> Option<Period> {
        newest(self.periods(geography, indicator))
    }

    /// The periods in which an indicator is added up over all areas, in time order.
    pub(crate) fn overall_periods(&self, indicator: &Indicator) -> Vec<Period> {
        let position = self.edition.content.indicators.position(&indicator.id);
        position.map(|position| self.edition.published.periods(None, position)).unwrap_or_default()
    }

    /// A published column; `None` where there is none.
    ///
    /// # Errors
    /// Where it cannot be read from its store.
    pub fn column(
        &self,
        geography: &Geography,
        indicator: &Indicator,
        period: Period,
    ) -> Result<Option<Arc<Column>>, StoreError> {
        let Some((geography, indicator)) = self.positions(geography, indicator) else { return Ok(None) };
        self.edition.published.column(Some(geography), indicator, period)
    }

    /// The quartiles of a published column; `None` where there is none, or no value in it.
    ///
    /// # Errors
    /// Where it cannot be read from its store.
    pub(crate) fn quartiles(
        &self,
        geography: &Geography,
        indicator: &Indicator,
        period: Period,
    ) -> Result<Option<Quartiles>, StoreError> {
        let Some((geography, indicator)) = self.positions(geography, indicator) else { return Ok(None) };
        self.edition.published.quartiles(geography, indicator, period)
    }

    /// The aggregate of all areas of the atlas, as a column of one; `None` where there is none.
    ///
    /// # Errors
    /// Where it cannot be read from its store.
    pub fn overall(&self, indicator: &Indicator, period: Period) -> Result<Option<Arc<Column>>, StoreError> {
        let position = self.edition.content.indicators.position(&indicator.id);
        position.map_or(Ok(None), |position| self.edition.published.column(None, position, period))
    }

    /// The geography that an indicator opens at: the one that its metadata names, else the atlas's first, else the first
    /// that it is published for.
    pub fn opens_at(&self, indicator: &Indicator) -> Option<&Geography> {
        let published = |geography: &&Geography| !self.periods(geography, indicator).is_empty();
        let named = indicator.opens_at.as_deref().and_then(|id| self.geography(id)).filter(published);
        let first = || self.geography(&self.opening().geography).filter(published);
        named.or_else(first).or_else(|| self.geographies().iter().find(published))
    }

    /// The broadest geography that this one lies in and that has more than one area: for an LSOA its district.
    pub fn broadest_parent(&self, geography: &Geography) -> Option<&Geography> {
        let parents = geography.parents.iter().filter_map(|parents| self.geography(&parents.geography));
        parents.filter(|parent| parent.len() > 1 && parent.len() < geography.len()).min_by_key(|parent| parent.len())
    }

    /// The areas without shape, such as the country, that others are held against.
    pub fn comparators(&self) -> impl Iterator<Item = Selected<'_>> {
        let without_shape = self.geographies().iter().filter(|geography| geography.shape.is_none());
        without_shape.flat_map(|geography| (0..geography.len()).map(move |position| Selected { geography, position }))
    }

    /// A published column of a geography; without one, that of all areas of the atlas together.
    pub(crate) fn column_or_overall(
        &self,
        geography: Option<&Geography>,
        indicator: &Indicator,
        period: Period,
    ) -> Result<Option<Arc<Column>>, StoreError> {
        match geography {
            Some(geography) => self.column(geography, indicator, period),
            None => self.overall(indicator, period),
        }
    }

    /// What areas are held against where nothing is said: the first comparator that has a value, otherwise the whole.
    ///
    /// # Errors
    /// Where a column cannot be read from its store.
    pub fn usual_benchmark(&self, indicator: &Indicator, period: Period) -> Result<Against<'_>, StoreError> {
        for area in self.comparators() {
            let column = self.column(area.geography, indicator, period)?;
            if number_at(column.as_deref().map(|column| &column.values), area.position).is_some() {
                return Ok(Against::Area(area));
            }
        }
        Ok(Against::Overall)
    }

    /// A geography's shape for a zoom of a web map. One that was dissolved from another is dissolved again from that one's
    /// generalised shape, so that its borders run along those of its parts. `None` where it has no shape.
    pub fn generalised(&self, geography: &Geography, zoom: u8) -> Option<Arc<Topology>> {
        self.edition.generalised.shape(self.geographies(), geography, zoom)
    }

    /// Which vector tiles there are of a geography; `None` where it has no shape.
    ///
    /// # Errors
    /// Where they cannot be read from their store.
    pub fn pyramid(&self, geography: &Geography) -> Result<Option<Pyramid>, StoreError> {
        let stored = self.edition.published.tiles().map(|tiles| tiles.pyramid(&geography.id)).transpose()?;
        let computed = || Pyramid::of(&geography.shape.as_ref()?.topology);
        Ok(stored.flatten().or_else(computed))
    }

    /// A tile of a geography, packed with gzip; `None` where nothing is on it. Where the edition has no tiles, for it
    /// is only built and not on a store, the tiles of the whole zoom are cut to give this one.
    ///
    /// # Errors
    /// Where it cannot be read from its store.
    pub fn tile(&self, geography: &Geography, form: Form, at: TileAddress) -> Result<Option<Bytes>, StoreError> {
        if let Some(tiles) = self.edition.published.tiles()
            && tiles.pyramid(&geography.id)?.is_some()
        {
            return tiles.tile(&geography.id, form, at);
        }
        let unreadable = |error: &dyn ToString| StoreError::Unreadable {
            place: format!("the tiles of `{}`", geography.id),
            reason: error.to_string(),
        };
        let level = tiles::level(self.geographies(), geography, at.zoom).map_err(|error| unreadable(&error))?;
        let tile = level.tiles.into_iter().find(|tile| tile.address == at);
        let bytes = tile.map(|tile| match form {
            Form::Vector => tile.vector,
            Form::Lines => tile.lines,
        });
        let packed = bytes.map(|bytes| Packing::Gzip.pack(&bytes)).transpose().map_err(|error| unreadable(&error))?;
        Ok(packed.map(Bytes::from))
    }

    /// The counts that accompany everything, for the areas of a geography.
    ///
    /// # Errors
    /// Where one cannot be read from its store.
    pub fn people(&self, geography: &Geography) -> Result<Vec<People<'_>>, StoreError> {
        let mut all = Vec::new();
        for indicator in self.edition.head.info.people.iter().filter_map(|id| self.indicator(id)) {
            let Some(period) = self.newest_period(geography, indicator) else { continue };
            let column = self.column(geography, indicator, period)?;
            all.extend(column.map(|column| People { indicator, period, column }));
        }
        Ok(all)
    }

    /// How many people live in several areas of a geography together: in areas that overlap, everybody counts once. `None`
    /// where the people of any are unknown, 0 where there are no areas.
    ///
    /// # Errors
    /// Where their column cannot be read from its store.
    pub fn people_in(
        &self,
        geography: &Geography,
        people: &People<'_>,
        positions: &[usize],
    ) -> Result<Option<f64>, StoreError> {
        let sets = geography.sets.as_ref().filter(|_| !geography.tiling);
        let overlapping = sets.and_then(|sets| Some((sets, self.geography(&sets.of)?)));
        let (column, members) = match overlapping {
            Some((sets, of)) => {
                let all = positions.iter().filter_map(|position| sets.members.get(*position)).flatten();
                let once: BTreeSet<usize> = all.map(|member| *member as usize).collect();
                (self.column(of, people.indicator, people.period)?, once)
            }
            None => (Some(people.column.clone()), positions.iter().copied().collect()),
        };
        let Some(column) = column else { return Ok(None) };
        let values = members.iter().map(|member| number_at(Some(&column.values), *member).map(Some));
        Ok(match values.collect::<Option<Numbers>>() {
            Some(values) if values.is_empty() => Some(0.0),
            Some(values) => sum(&values),
            None => None,
        })
    }

    /// The target of one area, where one is set.
    pub fn target(&self, selected: Selected<'_>, indicator: &Indicator, period: Period) -> Option<&Target> {
        let (geography, indicator) = self.positions(selected.geography, indicator)?;
        self.edition.content.targets.get((indicator, geography, period, selected.position))
    }

    /// The periods for which any area has a target, in time order.
    pub fn target_periods(&self, indicator: &Indicator) -> Vec<Period> {
        let position = self.edition.content.indicators.position(&indicator.id);
        position.map(|position| self.edition.content.targets.periods(position)).unwrap_or_default()
    }

    /// The point layers in the manifest's order.
    pub fn points(&self) -> &[PointLayer] {
        &self.edition.content.points
    }

    /// The remarks on one area: with an indicator, those on its value too.
    pub fn notes(&self, area_code: &str, indicator: Option<&Indicator>, period: Option<Period>) -> Vec<&Note> {
        self.edition.content.notes_on(area_code, indicator, period)
    }

    /// Whether there are notes on areas as such.
    pub fn has_notes_on_areas(&self) -> bool {
        self.edition.content.notes.iter().any(|note| note.indicator.is_none())
    }

    /// What there is to say of a column beside its numbers.
    pub fn remarks(&self, geography: &Geography, indicator: &Indicator, period: Period, column: &Column) -> Remarks {
        Remarks::of(&self.edition.content, geography, indicator, period, column)
    }

    /// Columns in the compact form for the screen; `docs/api.md` has the layout.
    ///
    /// # Errors
    /// None in practice: it is written into memory.
    pub fn compact(
        &self,
        geography: &Geography,
        indicator: &Indicator,
        columns: &[(Period, &Column)],
        fields: &[Field],
    ) -> serde_json::Result<Vec<u8>> {
        compact(&self.edition.content, geography, indicator, columns, fields)
    }

    /// The compact form of one column without further fields, packed when the edition was built; `None` where it was not,
    /// for it is small, or the edition was only built and is not on a store.
    ///
    /// # Errors
    /// Where it cannot be read from its store.
    pub fn ready(
        &self,
        geography: &Geography,
        indicator: &Indicator,
        period: Period,
        packing: Packing,
    ) -> Result<Option<Bytes>, StoreError> {
        let Some((geography, indicator)) = self.positions(geography, indicator) else { return Ok(None) };
        self.edition.published.ready(geography, indicator, period, packing)
    }

    pub(crate) fn kept_indices(&self) -> &KeptIndices {
        &self.edition.indices
    }

    pub(crate) fn kept_hotspots(&self) -> &KeptHotspots {
        &self.edition.hotspots
    }

    /// Whether other values are held against an indicator's, or it accompanies everything.
    pub(crate) fn is_denominator(&self, indicator: &Indicator) -> bool {
        self.edition.content.indicators.is_referred_to(&indicator.id) || self.info().people.contains(&indicator.id)
    }

    fn positions(&self, geography: &Geography, indicator: &Indicator) -> Option<(usize, usize)> {
        let geography = self.edition.content.geographies.iter().position(|other| other.id == geography.id)?;
        let indicator = self.edition.content.indicators.position(&indicator.id)?;
        Some((geography, indicator))
    }
}
