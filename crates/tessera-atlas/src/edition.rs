//! An edition: one immutable published state of an atlas, named by what it publishes.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Serialize, Serializer};

use crate::canonical;
use crate::catalogue::Indicator;
use crate::column::Column;
use crate::folder::AtlasFolder;
use crate::geography::Geography;
use crate::manifest::{Basemap, Manifest};
use crate::note::Note;
use crate::period::{Period, newest};
use crate::problem::{Problem, Problems};
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
        self.by_geography.get(&(geography, indicator))?.get(&period)
    }

    pub(crate) fn overall(&self, indicator: usize, period: Period) -> Option<&Column> {
        self.overall.get(&indicator)?.get(&period)
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

/// One immutable published state of an atlas. It is read through an [`AtlasView`](crate::view::AtlasView), which shows it
/// as one audience may see it; nothing else gives access to its content.
#[derive(Debug)]
pub struct Edition {
    pub(crate) id: EditionId,
    pub(crate) info: AtlasInfo,
    pub(crate) opening: Opening,
    pub(crate) geographies: Vec<Geography>,
    pub(crate) indicators: Vec<Indicator>,
    pub(crate) columns: Columns,
    pub(crate) notes: Vec<Note>,
}

impl Edition {
    /// Puts an edition together and names it.
    pub(crate) fn new(
        manifest: &Manifest,
        geographies: Vec<Geography>,
        indicators: Vec<Indicator>,
        columns: Columns,
        mut notes: Vec<Note>,
        problems: &mut Problems,
    ) -> Edition {
        notes.sort();
        notes.dedup();
        let atlas = manifest.atlas.clone();
        let info = AtlasInfo {
            id: atlas.id,
            title: atlas.title,
            place: atlas.place.unwrap_or_else(|| "the whole atlas".into()),
            publisher: atlas.publisher,
            contact: atlas.contact,
            attribution: atlas.attribution,
            people: atlas.people,
            basemap: manifest.basemap.as_ref().map(|Basemap { url, attribution }| (url.clone(), attribution.clone())),
        };
        let opening = opening(manifest, &geographies, &indicators, &columns, problems);
        let mut edition =
            Edition { id: EditionId(String::new()), info, opening, geographies, indicators, columns, notes };
        edition.id = canonical::edition_id(&edition);
        edition
    }

    /// Its id.
    pub fn id(&self) -> &EditionId {
        &self.id
    }
}

/// Resolves `[view]`: what it does not say follows from the indicator, and what it says must exist.
fn opening(
    manifest: &Manifest,
    geographies: &[Geography],
    indicators: &[Indicator],
    columns: &Columns,
    problems: &mut Problems,
) -> Opening {
    let mut fault = |message: String| {
        problems.push(
            Problem::error("bad-view", message).file(AtlasFolder::MANIFEST).cure("mend `[view]`, or leave the key out"),
        );
    };
    let has_values = |indicator: usize| (0..geographies.len()).any(|geography| columns.has(geography, indicator));
    let wanted = manifest.view.get("indicator");
    let indicator = match wanted {
        Some(id) => indicators.iter().position(|indicator| indicator.id == *id),
        None => (0..indicators.len()).find(|indicator| has_values(*indicator)),
    };
    let mut others = manifest.view.clone();
    for name in ["indicator", "geography", "period"] {
        others.remove(name);
    }
    let nothing =
        Opening { geography: String::new(), indicator: String::new(), period: Period::Year(0), others: others.clone() };
    let Some(position) = indicator.filter(|indicator| has_values(*indicator)) else {
        match wanted {
            Some(id) => fault(format!("the atlas opens with `{id}`, which has no published values")),
            None => fault("the atlas publishes no values".to_owned()),
        }
        return nothing;
    };
    let indicator = &indicators[position];
    let at = |id: &str| {
        geographies
            .iter()
            .position(|geography| geography.id == id)
            .filter(|geography| columns.has(*geography, position))
    };
    let geography = match (manifest.view.get("geography"), &indicator.opens_at) {
        (Some(id), _) | (None, Some(id)) => at(id),
        (None, None) => (0..geographies.len()).find(|geography| columns.has(*geography, position)),
    };
    let Some(geography) = geography else {
        fault(format!(
            "the atlas opens with `{}`, which has no values for the geography that it opens at",
            indicator.id
        ));
        return nothing;
    };
    let periods = columns.periods(geography, position);
    let period = match manifest.view.get("period") {
        Some(period) => period.parse().ok().filter(|period| periods.contains(period)),
        None => newest(periods),
    };
    let Some(period) = period else {
        fault(format!("the atlas opens with a period in which `{}` has no values", indicator.id));
        return nothing;
    };
    Opening { geography: geographies[geography].id.clone(), indicator: indicator.id.clone(), period, others }
}
