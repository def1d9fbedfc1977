//! What a comparison shows, in words.

use tessera_stats::comparison::Verdict;

use super::{Comparator, Comparison, Measured, Subjects, WorstTenth};
use crate::catalogue::Indicator;
use crate::significance::in_words;
use crate::view::AtlasView;
use crate::words::{self, count, isolated, list};

/// How many areas and sets, and how many comparators, are named.
const NAMED: usize = 4;

impl AtlasView {
    /// One sentence that says what a comparison by one indicator shows, and one for each area or set that differs from what it
    /// is held against, or does not.
    pub fn comparison_sentence<'a>(&self, subjects: impl Into<Subjects<'a>>, comparison: &Comparison) -> String {
        let short = isolated(&comparison.short);
        let Some(period) = comparison.period else {
            return format!("{short} is not published for these areas.");
        };
        let indicator = self.indicator(&comparison.indicator);
        let plain = |value: f64| match indicator {
            Some(indicator) => indicator.figure(value),
            None => words::figure(value, comparison.decimals, &comparison.unit),
        };
        let compared = said(subjects.into(), comparison);
        let value = |(name, measured, _, tenth): &Said<'_>| {
            if let Some(tenth) = tenth {
                return format!("{} ({})", isolated(name), tenth.words);
            }
            let absent = || if measured.is_hidden() { "hidden to protect privacy" } else { "no value" }.to_owned();
            // Of several areas the words of each would bury their names.
            let in_tenth =
                |value: f64| indicator.and_then(|own| own.tenth_in_words(value)).filter(|_| compared.len() == 1);
            let shown = |value: f64| in_tenth(value).unwrap_or_else(|| plain(value));
            format!("{} {}", isolated(name), measured.value.map_or_else(absent, shown))
        };
        let shown = words::named(compared.len(), NAMED);
        let mut named: Vec<String> = compared.iter().take(shown).map(value).collect();
        if compared.len() > shown {
            named.push(format!("{} more", count(compared.len() - shown)));
        }
        let comparators = comparators(&compared, plain);
        let held = if comparators.is_empty() { String::new() } else { format!(", beside {}", list(&comparators)) };
        let unit = words::unit_aside(&comparison.unit);
        let values = format!("{short} in {}{unit}: {}{held}.", period.words(), list(&named));
        let verdicts = compared.iter().take(shown).filter_map(|said| verdicts(said, indicator?));
        let tenths = indicator.and_then(|indicator| worst_tenths(&compared, indicator));
        std::iter::once(values).chain(verdicts).chain(tenths).collect::<Vec<_>>().join(" ")
    }
}

/// How one area or set stands to what it is held against, where that is said: comparators of the same verdict together.
fn verdicts((name, _, against, _): &Said<'_>, indicator: &Indicator) -> Option<String> {
    let mut groups: Vec<(Verdict, Vec<String>)> = Vec::new();
    for (verdict, held) in against.iter().take(NAMED).filter_map(|held| Some((held.verdict?, held))) {
        let other = held.name_in_sentence().into_owned();
        match groups.iter_mut().find(|(known, _)| *known == verdict) {
            // A parent may be named twice, as such and by its code.
            Some((_, names)) if names.contains(&other) => {}
            Some((_, names)) => names.push(other),
            None => groups.push((verdict, vec![other])),
        }
    }
    let said = groups.iter().map(|(verdict, names)| in_words(*verdict, indicator, &list(names)));
    let said: Vec<String> = said.collect();
    (!said.is_empty()).then(|| format!("{} is {}.", isolated(name), said.join("; ")))
}

/// How many areas are in the worst tenth in what the subjects are held against, each once: "In the most deprived 10% of areas in England
/// are 8 of the 63 in Worcester and 18 of the 364 in Worcestershire."
fn worst_tenths(compared: &[Said<'_>], indicator: &Indicator) -> Option<String> {
    let held = || compared.iter().flat_map(|(_, _, against, _)| *against);
    let first = held().find_map(|held| held.worst_tenth.as_ref())?;
    let verb = if first.areas == 1 { "is" } else { "are" };
    let mut said: Vec<String> = Vec::new();
    for held in held() {
        let Some(tenth) = &held.worst_tenth else { continue };
        let words = format!("{} in {}", tenth.share(), isolated(&held.name));
        if !said.contains(&words) && said.len() < NAMED {
            said.push(words);
        }
    }
    Some(words::sentence(&format!("{} {verb} {}", first.place(indicator), list(&said))))
}

/// A subject's name, what it is measured at, what it is held against and, of the areas of a set, how many are in the worst tenth.
type Said<'a> = (&'a str, &'a Measured, &'a [Comparator], Option<&'a WorstTenth>);

/// The areas and then the sets.
fn said<'a>(subjects: Subjects<'a>, comparison: &'a Comparison) -> Vec<Said<'a>> {
    let areas = subjects.areas.iter().zip(&comparison.areas);
    let areas = areas
        .map(|(area, own)| (area.geography.areas()[area.position].shown_name(), &own.measured, &own.against[..], None));
    let sets =
        comparison.sets.iter().map(|own| (own.set.as_str(), &own.measured, &own.against[..], own.worst_tenth.as_ref()));
    areas.chain(sets).collect()
}

/// What all are held against, each once: a lone subject's own earlier value first, the parents in the order of their areas, then the whole.
fn comparators(compared: &[Said<'_>], plain: impl Fn(f64) -> String) -> Vec<String> {
    let all = || compared.iter().flat_map(|(_, _, against, _)| *against);
    let parents = all().filter(|comparator| comparator.against == "parent");
    // A target is said where all areas have the same one.
    let targets = || all().filter(|comparator| comparator.against == "target").map(|target| target.value);
    let is_one_target = targets().all(|target| Some(target) == targets().next());
    let is_said = |comparator: &&Comparator| match comparator.against.as_str() {
        "parent" => false,
        "target" => is_one_target,
        // Of several subjects each has its own.
        _ => !comparator.is_earlier() || compared.len() == 1,
    };
    let (earlier, others): (Vec<&Comparator>, Vec<&Comparator>) =
        all().filter(is_said).partition(|comparator| comparator.is_earlier());
    let mut said: Vec<String> = Vec::new();
    for comparator in earlier.into_iter().chain(parents).chain(others) {
        if let Some(value) = comparator.value {
            let words = if comparator.is_earlier() {
                format!("its own {} in {}", plain(value), comparator.name)
            } else {
                format!("{} {}", isolated(&comparator.name), plain(value))
            };
            if !said.contains(&words) && said.len() < NAMED {
                said.push(words);
            }
        }
    }
    said
}
