//! Indicators with their metadata, and the theme trees that they are filed in.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Deref;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::manifest::{Aggregate, Base, Disclosure, Kind, Polarity};
use crate::period::Period;
use crate::protect::Rule;
use crate::text::Text;
use crate::words::{self, number};

/// A measured quantity with its metadata. Fields mirror the keys of `docs/atlas-format.md`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Indicator {
    /// Its id.
    pub id: String,
    /// Its full name.
    pub name: Text,
    /// Its short name (the full one where none is given).
    pub short: Text,
    /// Paths in theme trees, from the root.
    pub themes: Vec<Vec<String>>,
    /// What kind of quantity it is.
    pub kind: Kind,
    /// value = numerator / denominator × per.
    pub per: f64,
    /// Where its denominators come from, unless its own table brings them.
    pub denominator: Option<Reference>,
    /// The unit, possibly empty.
    pub unit: Text,
    /// Decimals shown.
    pub decimals: u8,
    /// Which end is bad.
    pub polarity: Polarity,
    /// How areas add up.
    pub aggregate: Aggregate,
    /// Where the weights of a weighted mean come from.
    pub weight: Option<Reference>,
    /// For ranks: how many were ranked.
    pub out_of: Option<u32>,
    /// What the bad end is called: "most deprived".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worst: Option<Text>,
    /// What the good end is called: "least deprived".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best: Option<Text>,
    /// For deciles and ranks: among what they were made: "areas in England".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub among: Option<Text>,
    /// For deciles: the id of the rank or score that puts the areas of one in order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordered_by: Option<String>,
    /// For categories: their names in order.
    pub categories: Vec<Text>,
    /// Of whom it speaks.
    pub base: Option<Base>,
    /// What exactly is measured.
    pub definition: Option<Text>,
    /// Who published it.
    pub source: Option<Text>,
    /// Where.
    pub source_url: Option<String>,
    /// Its licence.
    pub licence: Option<String>,
    /// What a reader must know before drawing a conclusion.
    pub caveat: Option<Text>,
    /// When it was last updated.
    pub updated: Option<String>,
    /// How often it is updated.
    pub frequency: Option<String>,
    /// When the next update is due.
    pub next_due: Option<String>,
    /// Who looks after it.
    pub owner: Option<String>,
    /// The geography that it opens at.
    pub opens_at: Option<String>,
    /// How its small numbers are protected, or why they are not; unset where its kind has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disclosure: Option<Disclosure>,
}

impl Indicator {
    /// A value as a person reads it, without its unit: a number with its decimals, or the name of a category.
    pub fn words(&self, value: f64) -> String {
        let named = self.categories.iter().zip(1u32..).find(|(_, position)| f64::from(*position) == value);
        named.map_or_else(|| number(value, self.decimals), |(category, _)| category.en().to_owned())
    }

    /// The same with the sign of its unit, where the rest of the unit is said elsewhere.
    pub fn figure(&self, value: f64) -> String {
        if self.categories.is_empty() { words::figure(value, self.decimals, self.unit.en()) } else { self.words(value) }
    }

    /// The rule that protects its numbers.
    pub fn rule(&self) -> Option<Rule> {
        self.disclosure.as_ref().and_then(Disclosure::rule)
    }

    /// In which ways beside its values and their classes it can be shown: `change`, `hotspots`, `significance`. Whether there is
    /// anything to show, such as a second period, is another question.
    pub fn modes(&self) -> Vec<&'static str> {
        let differs = self.kind.has_differences();
        let adds_up = !matches!(self.kind, Kind::Rank | Kind::Decile | Kind::Category);
        let all = [("change", differs), ("hotspots", adds_up), ("significance", differs)];
        all.into_iter().filter(|(_, makes_sense)| *makes_sense).map(|(mode, _)| mode).collect()
    }

    /// How many fixed classes its values come in, where it is published as quantiles.
    pub fn published_classes(&self) -> Option<usize> {
        match self.kind {
            Kind::Decile => Some(10),
            Kind::Category => Some(self.categories.len()),
            _ => None,
        }
    }
}

/// Indicators in the manifest's order, each found by its id at once, however many there are.
#[derive(Debug, Default)]
pub(crate) struct IndicatorList {
    list: Vec<Indicator>,
    positions: HashMap<String, usize>,
    /// The ids of those that values of others are held against.
    referred: HashSet<String>,
}

impl From<Vec<Indicator>> for IndicatorList {
    fn from(list: Vec<Indicator>) -> IndicatorList {
        let positions = list.iter().zip(0..).map(|(indicator, position)| (indicator.id.clone(), position)).collect();
        let references = list.iter().flat_map(|indicator| [&indicator.denominator, &indicator.weight]).flatten();
        let referred = references.map(|reference| reference.indicator.clone()).collect();
        IndicatorList { list, positions, referred }
    }
}

impl Deref for IndicatorList {
    type Target = [Indicator];

    fn deref(&self) -> &[Indicator] {
        &self.list
    }
}

impl IndicatorList {
    /// Where an indicator stands.
    pub(crate) fn position(&self, id: &str) -> Option<usize> {
        self.positions.get(id).copied()
    }

    /// The indicator of an id.
    pub(crate) fn named(&self, id: &str) -> Option<&Indicator> {
        self.list.get(self.position(id)?)
    }

    /// Whether it is the denominator or the weight of another.
    pub(crate) fn is_referred_to(&self, id: &str) -> bool {
        self.referred.contains(id)
    }
}

/// An indicator named by another: `population`, or `population@2011` for a fixed period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// The indicator's id.
    pub indicator: String,
    /// The period, where it is fixed; otherwise that of the value.
    pub period: Option<Period>,
}

impl std::fmt::Display for Reference {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.period {
            Some(period) => write!(formatter, "{}@{period}", self.indicator),
            None => formatter.write_str(&self.indicator),
        }
    }
}

/// A node of a theme tree.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, ToSchema)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// The ids of the indicators that are filed right here, in the order of the catalogue.
    pub indicators: Vec<String>,
    /// The themes below it, in the order in which they first appear.
    #[schema(no_recursion)]
    pub themes: Vec<Theme>,
}

impl Indicator {
    /// The paths of its themes; without one it is filed under "Other".
    pub fn filed_under(&self) -> Cow<'_, [Vec<String>]> {
        if self.themes.is_empty() { Cow::Owned(vec![vec!["Other".to_owned()]]) } else { Cow::Borrowed(&self.themes) }
    }
}

/// The trees that the indicators' paths make up. Indicators without a theme are filed under "Other".
pub fn theme_trees<'a>(indicators: impl IntoIterator<Item = &'a Indicator>) -> Vec<Theme> {
    let mut root = Theme::default();
    for indicator in indicators {
        for path in indicator.filed_under().iter() {
            root.file(path, &indicator.id);
        }
    }
    root.themes
}

impl Theme {
    fn file(&mut self, path: &[String], indicator: &str) {
        let Some((first, rest)) = path.split_first() else {
            self.indicators.push(indicator.to_owned());
            return;
        };
        let known = self.themes.iter().position(|theme| theme.name == *first);
        let position = known.unwrap_or_else(|| {
            self.themes.push(Theme { name: first.clone(), ..Theme::default() });
            self.themes.len() - 1
        });
        self.themes[position].file(rest, indicator);
    }
}
