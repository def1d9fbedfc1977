//! What of an indicator follows from its kind and its name, where its section is silent.

use super::read_reference;
use crate::catalogue::Indicator;
use crate::manifest::{Aggregate, Disclosure, IndicatorSection, Kind, Polarity};
use crate::text::Text;

/// The indicator of a section without faults.
pub(super) fn filled_in(section: IndicatorSection, disclosure: &Disclosure) -> Indicator {
    let reference = |text: &Option<String>| text.as_deref().and_then(|text| read_reference(text).ok());
    let (aggregate, decimals, per) = (aggregate(&section), decimals(&section), per(&section));
    let disclosure =
        can_be_protected(&section).then(|| section.disclosure.clone().unwrap_or_else(|| disclosure.clone()));
    let (worst, best) = match (section.worst, section.best) {
        (None, None) if is_of_deprivation(section.kind, section.polarity, &section.name) => {
            (Some("most deprived".into()), Some("least deprived".into()))
        }
        named => named,
    };
    // A proportion of 1 is no percentage.
    let is_percentage = section.kind == Kind::Proportion && per == 100.0;
    Indicator {
        denominator: reference(&section.denominator),
        weight: reference(&section.weight),
        short: section.short.unwrap_or_else(|| section.name.clone()),
        name: section.name,
        themes: section.themes.iter().map(|path| names_of(path).map(str::to_owned).collect()).collect(),
        kind: section.kind,
        per,
        unit: section.unit.unwrap_or_else(|| if is_percentage { "%".into() } else { "".into() }),
        decimals,
        polarity: section.polarity,
        aggregate,
        out_of: section.out_of,
        worst,
        best,
        among: section.among,
        ordered_by: section.ordered_by,
        categories: section.categories,
        base: section.base,
        definition: section.definition,
        source: section.source,
        source_url: section.source_url,
        licence: section.licence,
        caveat: section.caveat,
        updated: section.updated,
        frequency: section.frequency,
        next_due: section.next_due,
        owner: section.owner,
        opens_at: section.opens_at,
        disclosure,
        id: section.id,
    }
}

/// How values of larger areas are made.
pub(super) fn aggregate(section: &IndicatorSection) -> Aggregate {
    section.aggregate.unwrap_or(match section.kind {
        Kind::Count => Aggregate::Sum,
        Kind::Proportion | Kind::Rate | Kind::Ratio => Aggregate::RatioOfSums,
        Kind::Mean | Kind::Score if has_weight(section) => Aggregate::WeightedMean,
        Kind::Mean | Kind::Score | Kind::Rank | Kind::Decile | Kind::Category => Aggregate::None,
    })
}

/// Whether the section names weights that can be read.
pub(super) fn has_weight(section: &IndicatorSection) -> bool {
    section.weight.as_deref().is_some_and(|text| read_reference(text).is_ok())
}

/// How many digits are shown after the point.
pub(super) fn decimals(section: &IndicatorSection) -> u8 {
    section.decimals.unwrap_or(match section.kind {
        Kind::Count | Kind::Rank | Kind::Decile | Kind::Category => 0,
        // Shares of 1: one decimal would tell ten of them apart.
        Kind::Proportion if section.per == Some(1.0) => 3,
        Kind::Proportion | Kind::Rate | Kind::Ratio | Kind::Mean | Kind::Score => 1,
    })
}

fn per(section: &IndicatorSection) -> f64 {
    section.per.unwrap_or(if section.kind == Kind::Proportion { 100.0 } else { 1.0 })
}

/// Whether its numbers may be of few people. A score has a rule where it is given one; the numbers of other kinds are no counts of
/// anybody.
pub(super) fn can_be_protected(section: &IndicatorSection) -> bool {
    section.kind.needs_disclosure_rule() || (section.kind == Kind::Score && section.disclosure.is_some())
}

/// The themes that a path names, from the root.
pub(super) fn names_of(path: &str) -> impl Iterator<Item = &str> {
    path.split(" / ").map(str::trim)
}

/// Whether an indicator puts areas in the order of their deprivation, so that its ends have names of their own. The indices of
/// the four nations are IMD, WIMD, SIMD and NIMDM in short, those for children and older people IDACI and IDAOPI.
fn is_of_deprivation(kind: Kind, polarity: Polarity, name: &Text) -> bool {
    let (name, lower_case) = (name.en(), name.en().to_lowercase());
    let is_spelt_out = ["deprivation", "deprived"].iter().any(|word| lower_case.contains(word));
    let is_short = ["IMD", "IDACI", "IDAOPI"].iter().any(|word| name.contains(word));
    matches!(kind, Kind::Decile | Kind::Rank | Kind::Score)
        && polarity != Polarity::Neutral
        && (is_spelt_out || is_short)
}
