//! An edition: one immutable published state of an atlas, named by what it publishes.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use bytes::Bytes;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::apart::tell_apart;
use crate::by_place::{ByPlace, Columns};
use crate::canonical;
use crate::canonical::PartDigest;
use crate::catalogue::{Indicator, IndicatorList};
use crate::column::Column;
use crate::deprivation::KeptIndices;
use crate::generalised::Generalised;
use crate::geography::Geography;
use crate::hotspots::KeptHotspots;
use crate::manifest::{Basemap, Manifest};
use crate::note::Note;
use crate::packing::Packing;
use crate::period::{Period, newest};
use crate::points::PointLayer;
use crate::postcode::Postcodes;
use crate::problem::{Problem, Problems};
use crate::quartiles::Quartiles;
use crate::store::{StoreError, StoredColumns, StoredTiles};
use crate::target::Targets;
use crate::text::Text;

/// The first 16 hexadecimal digits of a SHA-256 over everything that an edition publishes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EditionId(pub(crate) String);

impl EditionId {
    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EditionId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A text that is no edition's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an edition's id is 16 hexadecimal digits")]
pub struct NoEditionId;

impl FromStr for EditionId {
    type Err = NoEditionId;

    fn from_str(text: &str) -> Result<EditionId, NoEditionId> {
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.len() == 16 && text.bytes().all(is_digit) { Ok(EditionId(text.to_owned())) } else { Err(NoEditionId) }
    }
}

impl<'de> Deserialize<'de> for EditionId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<EditionId, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl Serialize for EditionId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// What an atlas is called and who publishes it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AtlasInfo {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// The place that all its areas make up: the name of `overall`.
    pub place: Text,
    /// Who publishes it.
    pub publisher: Option<Text>,
    /// How to reach them.
    pub contact: Option<String>,
    /// Statements of source and copyright.
    pub attribution: Vec<Text>,
    /// The ids of the counts that accompany every selection and class.
    pub people: Vec<String>,
    /// Background tiles.
    pub basemap: Option<(String, String)>,
    /// The hosts that may show its pages in a frame; unset: every one may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub embed_hosts: Option<Vec<String>>,
}

/// What opens first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// The geography.
    pub geography: String,
    /// The indicator.
    pub indicator: String,
    /// The period.
    pub period: Period,
    /// Any other parameter of the view that the manifest sets.
    pub others: BTreeMap<String, String>,
}

impl Opening {
    /// Every parameter of the view that it says.
    pub fn parameters(&self) -> BTreeMap<String, String> {
        let mut parameters = self.others.clone();
        parameters.insert("geography".to_owned(), self.geography.clone());
        parameters.insert("indicator".to_owned(), self.indicator.clone());
        parameters.insert("period".to_owned(), self.period.to_string());
        parameters
    }
}

/// The columns and tiles of an edition: in memory, and not made, as long as it is only built; on a store once it is
/// published.
#[derive(Debug)]
pub(crate) enum Published {
    /// In memory.
    Built(Columns),
    /// On a store.
    Stored(StoredColumns, StoredTiles),
}

impl Published {
    /// A column of a geography, or (`None`) of the whole atlas.
    pub(crate) fn column(
        &self,
        geography: Option<usize>,
        indicator: usize,
        period: Period,
    ) -> Result<Option<Arc<Column>>, StoreError> {
        match self {
            Published::Built(columns) => Ok(columns.get(geography, indicator, period).cloned().map(Arc::new)),
            Published::Stored(columns, _) => match columns.number(geography, indicator, period) {
                Some(number) => columns.read(indicator, number),
                None => Ok(None),
            },
        }
    }

    /// The quartiles of a geography's column.
    pub(crate) fn quartiles(
        &self,
        geography: usize,
        indicator: usize,
        period: Period,
    ) -> Result<Option<Quartiles>, StoreError> {
        match self {
            Published::Built(columns) => {
                let column = columns.get(Some(geography), indicator, period);
                Ok(column.and_then(|column| Quartiles::of(&column.values)))
            }
            Published::Stored(columns, _) => match columns.number(Some(geography), indicator, period) {
                Some(number) => columns.quartiles(indicator, number),
                None => Ok(None),
            },
        }
    }

    /// A column that was made ready when the edition was built; see [`AtlasView::ready`](crate::AtlasView::ready).
    pub(crate) fn ready(
        &self,
        geography: usize,
        indicator: usize,
        period: Period,
        packing: Packing,
    ) -> Result<Option<Bytes>, StoreError> {
        let Published::Stored(columns, _) = self else { return Ok(None) };
        match columns.number(Some(geography), indicator, period) {
            Some(number) => columns.ready(indicator, number, packing),
            None => Ok(None),
        }
    }

    /// The tiles of all geographies; `None` where the edition is only built.
    pub(crate) fn tiles(&self) -> Option<&StoredTiles> {
        match self {
            Published::Built(_) => None,
            Published::Stored(_, tiles) => Some(tiles),
        }
    }

    /// The periods of an indicator for a geography (`None`: the whole atlas), in time order.
    pub(crate) fn periods(&self, geography: impl Into<Option<usize>>, indicator: usize) -> Vec<Period> {
        match self {
            Published::Built(columns) => columns.periods(geography, indicator),
            Published::Stored(columns, _) => columns.periods(geography.into(), indicator).collect(),
        }
    }
}

/// What an edition says of itself, and its id.
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) id: EditionId,
    pub(crate) info: AtlasInfo,
    pub(crate) opening: Opening,
}

impl Head {
    /// What follows from the manifest, and from what there is.
    pub(crate) fn of(
        manifest: &Manifest,
        content: &Content,
        geographies: &[PartDigest],
        columns: &ByPlace<PartDigest>,
        problems: &mut Problems,
    ) -> Head {
        let atlas = manifest.atlas.value.clone();
        let info = AtlasInfo {
            id: atlas.id,
            title: atlas.title,
            place: atlas.place.unwrap_or_else(|| "this atlas".into()),
            publisher: atlas.publisher,
            contact: atlas.contact,
            attribution: atlas.attribution,
            people: atlas.people,
            basemap: manifest.basemap.as_ref().map(|section| {
                let Basemap { url, attribution } = &section.value;
                (url.clone(), attribution.clone())
            }),
            embed_hosts: manifest.embed.as_ref().map(|section| section.value.hosts.clone()),
        };
        let opening = opening(manifest, &content.geographies, &content.indicators, columns, problems);
        let id = canonical::edition_id(&info, &opening, content, geographies, columns);
        Head { id, info, opening }
    }
}

/// One immutable published state of an atlas. It is read through an [`AtlasView`](crate::view::AtlasView), which shows it
/// as one audience may see it; nothing else gives access to its content.
#[derive(Debug)]
pub struct Edition {
    pub(crate) head: Head,
    pub(crate) content: Content,
    pub(crate) published: Published,
    pub(crate) generalised: Generalised,
    pub(crate) hotspots: KeptHotspots,
    pub(crate) indices: KeptIndices,
}

impl Content {
    /// The notes on one area: with an indicator, those on its value too.
    pub(crate) fn notes_on(
        &self,
        area_code: &str,
        indicator: Option<&Indicator>,
        period: Option<Period>,
    ) -> Vec<&Note> {
        let from = self.notes.partition_point(|note| note.area_code.as_str() < area_code);
        let id = indicator.map(|indicator| indicator.id.as_str());
        let of_area = self.notes.iter().skip(from).take_while(|note| note.area_code == area_code);
        of_area.filter(|note| note.speaks_of(area_code, id, period)).collect()
    }
}

/// What the files of an atlas say, checked and joined, but for the columns.
#[derive(Debug, Default)]
pub(crate) struct Content {
    pub(crate) geographies: Vec<Geography>,
    pub(crate) indicators: IndicatorList,
    pub(crate) notes: Vec<Note>,
    pub(crate) targets: Targets,
    pub(crate) postcodes: Postcodes,
    pub(crate) points: Vec<PointLayer>,
}

/// The digests that an id is made of: of the geographies, and of the columns.
fn digests(content: &Content, columns: &Columns) -> (Vec<PartDigest>, ByPlace<PartDigest>) {
    let geographies = content.geographies.iter().map(canonical::digest_of_geography).collect();
    let columns = columns.iter().map(|(place, column)| (place, canonical::digest_of_column(column))).collect();
    (geographies, columns)
}

impl Edition {
    /// Puts an edition together and names it.
    pub(crate) fn new(manifest: &Manifest, mut content: Content, columns: Columns, problems: &mut Problems) -> Edition {
        tell_apart(&mut content.geographies);
        let (geographies, digests) = digests(&content, &columns);
        let head = Head::of(manifest, &content, &geographies, &digests, problems);
        Edition {
            head,
            content,
            published: Published::Built(columns),
            generalised: Generalised::default(),
            hotspots: KeptHotspots::default(),
            indices: KeptIndices::default(),
        }
    }

    /// Its id.
    pub fn id(&self) -> &EditionId {
        &self.head.id
    }

    /// The id that its content has, worked out anew; for an edition on a store, from all that is stored. It is that of
    /// [`Edition::id`] unless one of them is wrong.
    ///
    /// # Errors
    /// Where a column cannot be read.
    pub fn id_of_content(&self) -> Result<EditionId, StoreError> {
        let read;
        let columns = match &self.published {
            Published::Built(columns) => columns,
            Published::Stored(stored, _) => {
                read = stored.read_all()?;
                &read
            }
        };
        let Head { info, opening, .. } = &self.head;
        let (geographies, digests) = digests(&self.content, columns);
        Ok(canonical::edition_id(info, opening, &self.content, &geographies, &digests))
    }
}

/// Resolves `[view]`: what it does not say follows from the indicator, and what it says must be published.
fn opening(
    manifest: &Manifest,
    geographies: &[Geography],
    indicators: &IndicatorList,
    columns: &ByPlace<PartDigest>,
    problems: &mut Problems,
) -> Opening {
    let mut others = manifest.view.value.clone();
    let indicator = others.remove("indicator");
    let geography = others.remove("geography");
    let period = others.remove("period");
    let mut nothing = |message: String| {
        let cure = if indicators.is_empty() || manifest.tables.is_empty() {
            "add an `[[indicator]]`, and a `[[table]]` whose columns name it"
        } else {
            "mend `[view]`, or leave the key out"
        };
        let problem = Problem::error("bad-view", message).cure(cure);
        problems.push(manifest.view.problem(problem));
        Opening { geography: String::new(), indicator: String::new(), period: Period::Year(0), others: others.clone() }
    };
    let at = |indicator: usize, id: &str| {
        (0..geographies.len()).find(|geography| geographies[*geography].id == id && columns.has(*geography, indicator))
    };
    let anywhere = |indicator: usize| (0..geographies.len()).find(|geography| columns.has(*geography, indicator));
    let opens_at = |indicator: usize| match (&geography, &indicators[indicator].opens_at) {
        (Some(id), _) => at(indicator, id),
        (None, Some(id)) => at(indicator, id).or_else(|| anywhere(indicator)),
        (None, None) => anywhere(indicator),
    };
    let position = match &indicator {
        Some(id) => indicators.position(id),
        None => (0..indicators.len()).find(|indicator| opens_at(*indicator).is_some()),
    };
    let Some(position) = position.filter(|indicator| anywhere(*indicator).is_some()) else {
        return nothing(match (indicator, geography) {
            (Some(id), _) => format!("the atlas opens with `{id}`, which has no published values"),
            (None, Some(id)) => format!("the atlas opens with `{id}`, for which no values are published"),
            (None, None) => "the atlas publishes no values".to_owned(),
        });
    };
    let indicator = &indicators[position].id;
    let Some(geography) = opens_at(position) else {
        let id = geography.unwrap_or_default();
        return nothing(format!("the atlas opens with `{indicator}` for `{id}`, for which it has no values"));
    };
    let periods = columns.periods(geography, position);
    let opens_in = match &period {
        Some(text) => {
            let asked: Option<Period> = text.parse().ok();
            asked.and_then(|asked| periods.into_iter().find(|period| period.is_written_as(&asked)))
        }
        None => newest(periods),
    };
    let Some(period) = opens_in else {
        let period = period.unwrap_or_default();
        return nothing(format!("the atlas opens with `{indicator}` in {period}, in which it has no values"));
    };
    Opening { geography: geographies[geography].id.clone(), indicator: indicator.clone(), period, others }
}
