//! A set that a reader draws, seen across all indicators.

use super::{AGAINST, NAMED, Profile, ProfileEntry, indicators};
use crate::catalogue::Indicator;
use crate::compare::{Confidence, Subjects, WorstTenth};
use crate::drawn::DrawnSet;
use crate::finding::areas;
use crate::manifest::Kind;
use crate::store::StoreError;
use crate::view::AtlasView;
use crate::words::{self, count, isolated, list};

impl AtlasView {
    /// A set by every indicator, each in its newest period, between the quartiles of the areas that it is made of: what it comes to is
    /// what a comparison says. What is not published for its areas, or does not add up, has no value and a reason.
    ///
    /// # Errors
    /// Where a column cannot be read from its store.
    pub fn profile_of_set(&self, set: &DrawnSet<'_>) -> Result<Profile, StoreError> {
        let entries = self.indicators().iter().map(|indicator| self.entry_of_set(set, indicator));
        let indicators: Vec<ProfileEntry> = entries.collect::<Result<_, StoreError>>()?;
        let sentence = self.set_sentence(set, &indicators);
        Ok(Profile { indicators, sentence })
    }

    fn entry_of_set(&self, set: &DrawnSet<'_>, indicator: &Indicator) -> Result<ProfileEntry, StoreError> {
        let subjects = Subjects { areas: &[], sets: std::slice::from_ref(set) };
        let comparison = self.compare(subjects, indicator, None, &AGAINST, Confidence::Percent95)?;
        let has_place = !matches!(indicator.kind, Kind::Category | Kind::Count);
        let quartiles = match comparison.period.filter(|_| has_place) {
            Some(period) => self.quartiles(set.geography(), indicator, period)?,
            None => None,
        };
        Ok(ProfileEntry { comparison, shown_for: None, quartiles })
    }

    /// How often the set differs from the whole, and how many of its areas are in the worst tenth.
    fn set_sentence(&self, set: &DrawnSet<'_>, entries: &[ProfileEntry]) -> String {
        let own = || entries.iter().filter_map(|entry| Some((entry, entry.comparison.sets.first()?)));
        let name = isolated(set.name());
        let valued = own().filter(|(_, own)| own.measured.value.is_some()).count();
        let against = own().flat_map(|(entry, own)| own.against.iter().map(move |held| (entry, held)));
        let stands = self.stands_to_the_whole(against);
        let stands = stands.map(|stands| format!("{name} is {stands}."));
        let tenths = self.in_worst_tenths(set, own().filter_map(|(_, own)| own.worst_tenth.as_ref()));
        match (stands, tenths) {
            (Some(stands), Some(tenths)) => format!("{stands} Of {tenths}"),
            (Some(stands), None) => stands,
            (None, Some(tenths)) => format!("{name}: of {tenths}"),
            (None, None) if valued == 0 => {
                format!("No indicator has a value for {name} as one; the reason stands beside each.")
            }
            (None, None) => format!("{name} has a value by {}.", indicators(valued)),
        }
    }

    /// "its 18 LSOAs, 18 are in the most deprived 10% of areas in England by Index of Multiple Deprivation, 12 by Income and 3 by
    /// Crime."; those of one place together.
    fn in_worst_tenths<'a>(&self, set: &DrawnSet<'_>, tenths: impl Iterator<Item = &'a WorstTenth>) -> Option<String> {
        let mut found: Vec<(String, Vec<(usize, &str)>)> = Vec::new();
        let mut is_partial = false;
        for tenth in tenths.filter(|tenth| tenth.areas > 0) {
            is_partial |= tenth.of < tenth.all;
            let Some(indicator) = self.indicator(&tenth.indicator) else { continue };
            let place = tenth.place(indicator);
            let own = (tenth.areas, indicator.short.en());
            match found.iter_mut().find(|(known, _)| *known == place) {
                Some((_, all)) => all.push(own),
                None => found.push((place, vec![own])),
            }
        }
        if found.is_empty() {
            return None;
        }
        // The place of most deciles first.
        found.sort_by_key(|(_, all)| std::cmp::Reverse(all.len()));
        let said: Vec<String> = found.into_iter().map(|(place, all)| in_one_place(&place, all)).collect();
        let own = if is_partial {
            format!("{} with a decile", set.geography().plural())
        } else {
            areas(set.geography(), set.positions().len())
        };
        Some(format!("its {own}, {}.", said.join("; ")))
    }
}

/// "18 are in the most deprived 10% of areas in England by Index of Multiple Deprivation, 12 by Income and 3 by Crime", the most first.
fn in_one_place(place: &str, mut all: Vec<(usize, &str)>) -> String {
    all.sort_by_key(|(areas, _)| std::cmp::Reverse(*areas));
    let (n, shown) = (all.len(), words::named(all.len(), NAMED));
    let by = |(number, (areas, short)): (usize, &(usize, &str))| {
        let verb = if *areas == 1 { "is" } else { "are" };
        let place = if number == 0 { format!(" {verb} {place}") } else { String::new() };
        format!("{}{place} by {}", count(*areas), isolated(short))
    };
    let mut said: Vec<String> = all.iter().take(shown).enumerate().map(by).collect();
    if n > shown {
        said.push(format!("some by {} more", count(n - shown)));
    }
    list(&said)
}
