//! One area seen across all indicators.

use serde::Serialize;
use utoipa::ToSchema;

use crate::catalogue::Indicator;
use crate::compare::{Against, ComparedArea, Comparison, Confidence, Selected};
use crate::manifest::Kind;
use crate::quartiles::Quartiles;
use crate::store::StoreError;
use crate::view::AtlasView;
use crate::words::{self, count, isolated, list};

/// What each value is held against.
const AGAINST: [Against<'static>; 2] = [Against::Parent, Against::Overall];

/// How many indicators the sentence names.
const NAMED: usize = 4;

/// An area by all indicators of the atlas.
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
    /// Between which numbers the values of all areas of that geography lie; `None` where there are none, and for categories.
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
        let entries = self.indicators().iter().map(|indicator| self.entry(selected, indicator));
        let indicators: Vec<ProfileEntry> = entries.collect::<Result<_, StoreError>>()?;
        let sentence = self.profile_sentence(selected, &indicators);
        Ok(Profile { indicators, sentence })
    }

    fn entry(&self, selected: Selected<'_>, indicator: &Indicator) -> Result<ProfileEntry, StoreError> {
        let around = self.next_published(selected, indicator);
        let shown = around.unwrap_or(selected);
        let comparison = self.compare(&[shown], indicator, None, &AGAINST, Confidence::Percent95)?;
        let column = match comparison.period {
            Some(period) if indicator.kind != Kind::Category => self.column(shown.geography, indicator, period)?,
            _ => None,
        };
        Ok(ProfileEntry {
            comparison,
            shown_for: around.map(|around| Around {
                geography: around.geography.id.clone(),
                code: around.area().code.clone(),
                name: around.area().shown_name().to_owned(),
            }),
            quartiles: column.and_then(|column| Quartiles::of(&column.values)),
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

    /// How often the area differs from the whole, and where it is among the worst tenth.
    fn profile_sentence(&self, selected: Selected<'_>, entries: &[ProfileEntry]) -> String {
        let own: Vec<(&ProfileEntry, &ComparedArea)> = entries
            .iter()
            .filter(|entry| entry.shown_for.is_none())
            .filter_map(|entry| Some((entry, entry.comparison.areas.first()?)))
            .filter(|(_, area)| area.measured.value.is_some())
            .collect();
        let name = isolated(selected.area().shown_name());
        let geography = selected.geography;
        if own.is_empty() {
            return format!("Nothing is published for {name}.");
        }
        let mut sentences = vec![self.stands_to_the_whole(&name, &own)];
        let worst: Vec<String> = own
            .iter()
            .filter(|(_, area)| area.rank.as_ref().is_some_and(|rank| rank.tenth == Some(1)))
            .map(|(entry, _)| isolated(&entry.comparison.short).into_owned())
            .collect();
        if !worst.is_empty() {
            let shown = words::named(worst.len(), NAMED);
            let mut named: Vec<String> = worst.iter().take(shown).cloned().collect();
            if worst.len() > shown {
                named.push(format!("{} more", count(worst.len() - shown)));
            }
            let all = count(geography.len());
            sentences.push(format!("It is in the worst tenth of {all} {} by {}.", geography.plural(), list(&named)));
        }
        sentences.join(" ")
    }

    /// "Leeds 001A is worse than West Yorkshire by 4 of 15 indicators that can be compared, better by 6 and similar by 5."
    fn stands_to_the_whole(&self, name: &str, own: &[(&ProfileEntry, &ComparedArea)]) -> String {
        let verdicts: Vec<&str> = own
            .iter()
            .flat_map(|(_, area)| &area.against)
            .filter(|held| held.against == "overall")
            .filter_map(|held| held.significance)
            .collect();
        let place = isolated(self.info().place.en());
        if verdicts.is_empty() {
            let indicators = if own.len() == 1 { "indicator" } else { "indicators" };
            return format!(
                "{name} has a value by {} {indicators}; whether it differs from {place} by more than chance cannot be said.",
                count(own.len())
            );
        }
        let of = |verdict: &str| verdicts.iter().filter(|other| **other == verdict).count();
        let mut parts: Vec<String> = Vec::new();
        for verdict in ["worse", "better", "higher", "lower", "similar"].into_iter().filter(|word| of(word) > 0) {
            let times = count(of(verdict));
            parts.push(match (parts.is_empty(), verdict) {
                (false, _) => format!("{verdict} by {times}"),
                (true, _) => {
                    let link = if verdict == "similar" { "to" } else { "than" };
                    let compared = count(verdicts.len());
                    let indicators = if verdicts.len() == 1 { "indicator" } else { "indicators" };
                    format!("{verdict} {link} {place} by {times} of {compared} {indicators} that can be compared")
                }
            });
        }
        format!("{name} is {}.", list(&parts))
    }
}
