//! An edition: one immutable published state of an atlas, named by what it publishes.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Serialize, Serializer};

use crate::canonical;
use crate::catalogue::Indicator;
use crate::column::Column;
use crate::geography::Geography;
use crate::manifest::{Basemap, Manifest};
use crate::note::Note;
use crate::period::{Period, newest};
use crate::points::PointLayer;
use crate::postcode::Postcodes;
use crate::problem::{Problem, Problems};
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

impl Serialize for EditionId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// What an atlas is called and who publishes it.
#[derive(Debug, Clone, Serialize)]
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub embed_hosts: Option<Vec<String>>,
}

/// What opens first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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

/// All published columns.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    by_geography: BTreeMap<(usize, usize), BTreeMap<Period, Column>>,
    overall: BTreeMap<usize, BTreeMap<Period, Column>>,
}

impl Columns {
    pub(crate) fn insert(&mut self, geography: usize, indicator: usize, period: Period, column: Column) {
        self.by_geography.entry((geography, indicator)).or_default().insert(period, column);
    }

    pub(crate) fn insert_overall(&mut self, indicator: usize, period: Period, column: Column) {
        self.overall.entry(indicator).or_default().insert(period, column);
    }

    pub(crate) fn has(&self, geography: usize, indicator: usize) -> bool {
        self.by_geography.contains_key(&(geography, indicator))
    }

    pub(crate) fn get(&self, geography: usize, indicator: usize, period: Period) -> Option<&Column> {
        in_period(self.by_geography.get(&(geography, indicator))?, period)
    }

    pub(crate) fn overall(&self, indicator: usize, period: Period) -> Option<&Column> {
        in_period(self.overall.get(&indicator)?, period)
    }

    /// The periods of an indicator for a geography, in time order.
    pub(crate) fn periods(&self, geography: usize, indicator: usize) -> Vec<Period> {
        self.by_geography
            .get(&(geography, indicator))
            .map(|periods| periods.keys().copied().collect())
            .unwrap_or_default()
    }

    /// Every column in a fixed order, those of the whole atlas last.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Option<usize>, usize, Period, &Column)> {
        let by_geography = self.by_geography.iter().flat_map(|((geography, indicator), periods)| {
            periods.iter().map(|(period, column)| (Some(*geography), *indicator, *period, column))
        });
        let overall = self.overall.iter().flat_map(|(indicator, periods)| {
            periods.iter().map(|(period, column)| (None, *indicator, *period, column))
        });
        by_geography.chain(overall)
    }
}

/// The column of a period, which may be known only as it is written.
fn in_period(columns: &BTreeMap<Period, Column>, period: Period) -> Option<&Column> {
    let written = || columns.iter().find(|(own, _)| own.is_written_as(&period)).map(|(_, column)| column);
    columns.get(&period).or_else(written)
}

/// One immutable published state of an atlas. It is read through an [`AtlasView`](crate::view::AtlasView), which shows it
/// as one audience may see it; nothing else gives access to its content.
#[derive(Debug)]
pub struct Edition {
    pub(crate) id: EditionId,
    pub(crate) info: AtlasInfo,
    pub(crate) opening: Opening,
    pub(crate) content: Content,
}

/// What the files of an atlas say, checked and joined.
#[derive(Debug, Default)]
pub(crate) struct Content {
    pub(crate) geographies: Vec<Geography>,
    pub(crate) indicators: Vec<Indicator>,
    pub(crate) columns: Columns,
    pub(crate) notes: Vec<Note>,
    pub(crate) targets: Targets,
    pub(crate) postcodes: Postcodes,
    pub(crate) points: Vec<PointLayer>,
}

impl Edition {
    /// Puts an edition together and names it.
    pub(crate) fn new(manifest: &Manifest, mut content: Content, problems: &mut Problems) -> Edition {
        content.notes.sort();
        content.notes.dedup();
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
        let Content { geographies, indicators, columns, .. } = &content;
        let opening = opening(manifest, geographies, indicators, columns, problems);
        let mut edition = Edition { id: EditionId(String::new()), info, opening, content };
        edition.id = canonical::edition_id(&edition);
        edition
    }

    /// Its id.
    pub fn id(&self) -> &EditionId {
        &self.id
    }
}

/// Resolves `[view]`: what it does not say follows from the indicator, and what it says must be published.
fn opening(
    manifest: &Manifest,
    geographies: &[Geography],
    indicators: &[Indicator],
    columns: &Columns,
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
        Some(id) => indicators.iter().position(|other| other.id == *id),
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
