//! One area seen across all indicators.

mod of_set;

use serde::Serialize;
use utoipa::ToSchema;

use crate::catalogue::Indicator;
use crate::compare::{Against, Comparator, ComparedArea, Comparison, Confidence, Selected};
use crate::manifest::{Kind, Polarity};
use crate::quartiles::Quartiles;
use crate::store::StoreError;
use crate::view::AtlasView;
use crate::words::{self, count, counted, isolated, list};

/// What each value is held against.
const AGAINST: [Against<'static>; 2] = [Against::Parent, Against::Overall];

/// How many indicators the sentence names.
const NAMED: usize = 4;

/// An area, or a set that a reader draws, by all indicators of the atlas.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Profile {
    /// Every indicator, in the order of the catalogue.
    pub indicators: Vec<ProfileEntry>,
    /// What they come to.
    pub sentence: String,
}

/// One indicator of a profile.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProfileEntry {
    /// The area by this indicator, in its newest period; where the indicator is not published for the area, that of
    /// `shown_for`.
    #[serde(flatten)]
    pub comparison: Comparison,
    /// The area around it whose value stands here, for the indicator is not published for the area itself.
    pub shown_for: Option<Around>,
    /// Between which numbers the values of all areas of that geography lie; `None` where there are none, for categories, and for counts
    /// of a set, which is larger than they are.
    pub quartiles: Option<Quartiles>,
}

/// A larger area that another lies in.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Around {
    /// The geography's id.
    pub geography: String,
    /// The area's code.
    pub code: String,
    /// The area's name.
    pub name: String,
}

impl AtlasView {
    /// An area by every indicator, each in its newest period. An indicator that is not published for the area's geography is
    /// shown for the next larger area around it that has it; where there is none, without a value and a period.
    ///
    /// # Errors
    /// Where a column cannot be read from its store.
    pub fn profile(&self, selected: Selected<'_>) -> Result<Profile, StoreError> {
        self.profile_against(selected, &AGAINST)
    }

    /// The same, held against what is asked for.
    ///
    /// # Errors
    /// Where a column cannot be read from its store.
    pub fn profile_against(&self, selected: Selected<'_>, against: &[Against<'_>]) -> Result<Profile, StoreError> {
        let entries = self.indicators().iter().map(|indicator| self.entry(selected, indicator, against));
        let indicators: Vec<ProfileEntry> = entries.collect::<Result<_, StoreError>>()?;
        let sentence = self.profile_sentence(selected, &indicators);
        Ok(Profile { indicators, sentence })
    }

    fn entry(
        &self,
        selected: Selected<'_>,
        indicator: &Indicator,
        against: &[Against<'_>],
    ) -> Result<ProfileEntry, StoreError> {
        let around = self.next_published(selected, indicator);
        let shown = around.unwrap_or(selected);
        let comparison = self.compare(&[shown], indicator, None, against, Confidence::Percent95)?;
        let quartiles = match comparison.period {
            Some(period) if indicator.kind != Kind::Category => self.quartiles(shown.geography, indicator, period)?,
            _ => None,
        };
        Ok(ProfileEntry {
            comparison,
            shown_for: around.map(|around| Around {
                geography: around.geography.id.clone(),
                code: around.area().code.clone(),
                name: around.area().shown_name().to_owned(),
            }),
            quartiles,
        })
    }

    /// The smallest area around one for which an indicator is published; `None` where it is for the area itself, or for none.
    fn next_published<'a>(&'a self, selected: Selected<'_>, indicator: &Indicator) -> Option<Selected<'a>> {
        let is_published = |geography| !self.periods(geography, indicator).is_empty();
        if is_published(selected.geography) {
            return None;
        }
        let around = selected.geography.parents.iter().filter_map(|parents| {
            let position = parents.of.get(selected.position).copied().flatten()? as usize;
            Some(Selected { geography: self.geography(&parents.geography)?, position })
        });
        around.filter(|around| is_published(around.geography)).max_by_key(|around| around.geography.len())
    }

    /// Where the area is among the worst, and how often it differs from the whole.
    fn profile_sentence(&self, selected: Selected<'_>, entries: &[ProfileEntry]) -> String {
        let own: Vec<(&ProfileEntry, &ComparedArea)> = entries
            .iter()
            .filter(|entry| entry.shown_for.is_none())
            .filter_map(|entry| Some((entry, entry.comparison.areas.first()?)))
            .filter(|(_, area)| area.measured.value.is_some())
            .collect();
        let name = isolated(selected.area().shown_name());
        if own.is_empty() {
            return format!("Nothing is published for {name}.");
        }
        let against = own.iter().flat_map(|(entry, area)| area.against.iter().map(|held| (*entry, held)));
        let said =
            [self.in_worst_published_tenth(&own), in_worst_tenth(selected, &own), self.stands_to_the_whole(against)];
        let said: Vec<String> = said.into_iter().flatten().collect();
        match &said[..] {
            [] => format!("{name} has a value by {}.", indicators(own.len())),
            [first, others @ ..] => {
                let others: String = others.iter().map(|said| format!(" It is {said}.")).collect();
                format!("{name} is {first}.{others}")
            }
        }
    }

    /// "in the most deprived 10% of areas in England by the Index of Multiple Deprivation": by the publisher's own deciles.
    fn in_worst_published_tenth(&self, own: &[(&ProfileEntry, &ComparedArea)]) -> Option<String> {
        let mut tenths: Vec<(String, Vec<String>)> = Vec::new();
        for (entry, area) in own {
            let Some(indicator) = self.indicator(&entry.comparison.indicator) else { continue };
            let worst = match indicator.polarity {
                Polarity::HighIsGood => 1.0,
                Polarity::HighIsBad => 10.0,
                Polarity::Neutral => continue,
            };
            let value = area.measured.value.filter(|value| *value == worst);
            let Some(words) = value.and_then(|value| indicator.tenth_in_words(value)) else { continue };
            let short = isolated(&entry.comparison.short).into_owned();
            match tenths.iter_mut().find(|(own, _)| *own == words) {
                Some((_, names)) => names.push(short),
                None => tenths.push((words, vec![short])),
            }
        }
        let said: Vec<String> =
            tenths.into_iter().map(|(words, names)| format!("{words} by {}", some_of(names))).collect();
        (!said.is_empty()).then(|| list(&said))
    }

    /// "worse than West Yorkshire by 4 of 15 indicators that can be compared, better by 6 and similar by 5"; `None` where none can. One
    /// alone is named.
    fn stands_to_the_whole<'a>(
        &self,
        against: impl Iterator<Item = (&'a ProfileEntry, &'a Comparator)>,
    ) -> Option<String> {
        let held = against.filter(|(_, held)| held.against == "overall");
        let verdicts: Vec<(&ProfileEntry, &str)> =
            held.filter_map(|(entry, held)| Some((entry, held.significance?))).collect();
        let place = isolated(self.info().place.en());
        let link = |verdict: &str| if verdict == "similar" { "to" } else { "than" };
        if let [(entry, verdict)] = verdicts[..] {
            let short = isolated(&entry.comparison.short);
            let link = link(verdict);
            return Some(format!("{verdict} {link} {place} by the one indicator that can be compared, {short}"));
        }
        let of = |verdict: &str| verdicts.iter().filter(|(_, other)| *other == verdict).count();
        let mut parts: Vec<String> = Vec::new();
        for verdict in ["worse", "better", "higher", "lower", "similar"].into_iter().filter(|word| of(word) > 0) {
            let times = count(of(verdict));
            parts.push(match (parts.is_empty(), verdict) {
                (false, _) => format!("{verdict} by {times}"),
                (true, _) => {
                    let (link, compared) = (link(verdict), indicators(verdicts.len()));
                    format!("{verdict} {link} {place} by {times} of {compared} that can be compared")
                }
            });
        }
        (!parts.is_empty()).then(|| list(&parts))
    }
}

/// "in the worst tenth of 1,388 LSOAs by 2 of 15 indicators: Recorded crime and Burglary"; `None` where it is by none.
fn in_worst_tenth(selected: Selected<'_>, own: &[(&ProfileEntry, &ComparedArea)]) -> Option<String> {
    let tenth = |area: &ComparedArea| area.rank.as_ref().and_then(|rank| rank.tenth);
    let ranked = own.iter().filter(|(_, area)| tenth(area).is_some()).count();
    let worst = own.iter().filter(|(_, area)| tenth(area) == Some(1));
    let worst: Vec<String> = worst.map(|(entry, _)| isolated(&entry.comparison.short).into_owned()).collect();
    let (areas, all) = (selected.geography.plural(), count(selected.geography.len()));
    let by = format!("{} of {}", count(worst.len()), indicators(ranked));
    (!worst.is_empty()).then(|| format!("in the worst tenth of {all} {areas} by {by}: {}", some_of(worst)))
}

/// The first of some names, and how many more there are.
fn some_of(mut names: Vec<String>) -> String {
    let (n, shown) = (names.len(), words::named(names.len(), NAMED));
    names.truncate(shown);
    if n > shown {
        names.push(format!("{} more", count(n - shown)));
    }
    list(&names)
}

/// "1 indicator", "15 indicators"
fn indicators(n: usize) -> String {
    counted(n, "indicator")
}
