//! Every area of a geography against one benchmark: better, worse or no different by more than chance.

use std::collections::BTreeMap;

use serde::Serialize;
use tessera_stats::Polarity;
use tessera_stats::comparison::{Limits, Scale, Verdict, against_benchmark};
use tessera_stats::intervals::Confidence;
use utoipa::ToSchema;

use crate::catalogue::Indicator;
use crate::change::{NoChange, Pair, UNSURE};
use crate::classes::Within;
use crate::column::{Column, Numbers, number_at};
use crate::compare::{Against, PART_OF_WHOLE, Selected};
use crate::finding::{areas, hidden, with_hidden};
use crate::geography::Geography;
use crate::kinds::Kinds;
use crate::manifest::Kind;
use crate::period::Period;
use crate::significance::Certainty;
use crate::store::StoreError;
use crate::view::AtlasView;
use crate::words::{count, isolated, list, plural, with_unit};

/// The kind of an area that has a value of which nothing can be said.
const NOT_COMPARED: &str = "not-compared";

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The geography.
    pub geography: &'a Geography,
    /// The indicator.
    pub indicator: &'a Indicator,
    /// The period.
    pub period: Period,
    /// The areas that it is limited to.
    pub within: Option<Within<'a>>,
    /// What all are held against.
    pub benchmark: Against<'a>,
}

/// How each area stands to the benchmark. Lists are in the fixed order of the geography.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Verdicts {
    /// The geography's id.
    pub geography: String,
    /// The indicator's id.
    pub indicator: String,
    /// The period.
    #[schema(value_type = String)]
    pub period: Period,
    /// `GEO:CODE`, where limited.
    pub within: Option<String>,
    /// `parent`, `overall`, `target`, `GEO:CODE`, `set:NAME` or `period:P`.
    pub against: String,
    /// What that is called: "West Yorkshire", "their district", "July 2016".
    pub name: String,
    /// Its value, where it is one for all areas.
    pub benchmark: Option<f64>,
    /// Each area's benchmark.
    pub benchmarks: Numbers,
    /// `better`, `worse`, `similar`, or `higher` and `lower` where neither end is bad; `not-compared`.
    pub kinds: Kinds,
    /// Why areas with a value are not compared, and how many for each reason.
    pub not_compared: BTreeMap<String, usize>,
    /// The finding.
    pub sentence: String,
}

/// Why nothing is held against this.
#[derive(Debug, thiserror::Error)]
pub enum NoVerdicts {
    /// Such values do not differ by an amount.
    #[error("“{indicator}” is a {}: {} are not called better or worse beyond chance", .kind.word(), plural(.kind.word()))]
    Kind {
        /// The indicator's name.
        indicator: String,
        /// Its kind.
        kind: Kind,
    },
    /// A count of a part, held against that of the whole.
    #[error("“{indicator}” is a count, and that of an area is not held against that of {against}")]
    Count {
        /// The indicator's name.
        indicator: String,
        /// What the benchmark is called.
        against: String,
    },
    /// The benchmark has no value.
    #[error("there is no value to compare with for {against}")]
    NoBenchmark {
        /// What the benchmark is called.
        against: String,
    },
    /// The values of the two periods cannot be held against each other.
    #[error(transparent)]
    Period(NoChange),
    /// A column cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<NoChange> for NoVerdicts {
    fn from(error: NoChange) -> NoVerdicts {
        match error {
            NoChange::Store(error) => NoVerdicts::Store(error),
            other => NoVerdicts::Period(other),
        }
    }
}

/// A benchmark with its values.
struct Held {
    against: String,
    name: String,
    /// The values, each for an area.
    values: Numbers,
    /// The value, where it is one for all.
    one: Option<f64>,
    /// The two periods, where that is what is compared.
    pair: Option<Pair>,
}

impl Held {
    /// The value that a sentence says: the one for all, or that which all areas inside have that have one.
    fn said(&self, is_inside: impl Fn(usize) -> bool) -> Option<f64> {
        if self.pair.is_some() {
            return None;
        }
        let mut values =
            self.values.iter().enumerate().filter(|(at, _)| is_inside(*at)).filter_map(|(_, value)| *value);
        let first = values.next()?;
        self.one.or_else(|| values.all(|value| value == first).then_some(first))
    }
}

impl AtlasView {
    /// Holds all areas of a geography against a benchmark. `None` where the indicator is not published for it in the period, or
    /// not in the one that it is held against.
    ///
    /// # Errors
    /// [`NoVerdicts`].
    pub fn verdicts(&self, question: &Question<'_>) -> Result<Option<Verdicts>, NoVerdicts> {
        let Question { geography, indicator, period, within, .. } = *question;
        if !indicator.kind.has_differences() {
            return Err(NoVerdicts::Kind { indicator: indicator.name.en().to_owned(), kind: indicator.kind });
        }
        let Some(column) = self.column(geography, indicator, period)? else { return Ok(None) };
        let Some(held) = self.held(question)? else { return Ok(None) };
        if held.values.iter().all(Option::is_none) {
            return Err(NoVerdicts::NoBenchmark { against: held.name });
        }
        let mut not_compared: BTreeMap<String, usize> = BTreeMap::new();
        let mut kind_of = |position: usize| -> Option<&'static str> {
            let is_inside = within.is_none_or(|within| within.holds(geography, position));
            number_at(Some(&column.values), position).filter(|_| is_inside)?;
            Some(self.verdict(question, &column, &held, position).unwrap_or_else(|reason| {
                *not_compared.entry(reason).or_default() += 1;
                NOT_COMPARED
            }))
        };
        let of_areas: Vec<Option<&'static str>> = (0..geography.len()).map(&mut kind_of).collect();
        let (worse, better) = verdict_words(indicator);
        let mut legend = vec![worse, "similar", better];
        if !not_compared.is_empty() {
            legend.push(NOT_COMPARED);
        }
        let kinds = self.kinds(geography, legend, &of_areas)?;
        Ok(Some(Verdicts {
            geography: geography.id.clone(),
            indicator: indicator.id.clone(),
            period,
            within: within.map(|within| within.parameter()),
            sentence: sentence(question, &column, &held, &kinds, &not_compared),
            against: held.against,
            name: held.name,
            benchmark: held.one,
            benchmarks: held.values,
            kinds,
            not_compared,
        }))
    }

    /// How one area stands to its benchmark, or the reason why that is not said.
    fn verdict(
        &self,
        question: &Question<'_>,
        column: &Column,
        held: &Held,
        position: usize,
    ) -> Result<&'static str, String> {
        let indicator = question.indicator;
        if let Some(pair) = &held.pair {
            let limits = pair.limits(position).map(|inner| Limits { inner, outer: None });
            let verdict = against_benchmark(Scale::Quantity, indicator.polarity.into(), limits.as_ref(), Some(0.0));
            return verdict.map(Verdict::words).map_err(|_| UNSURE.to_owned());
        }
        let is_part = |other: Selected<'_>| Selected { geography: question.geography, position }.is_nested_with(&other);
        if indicator.kind == Kind::Count && matches!(question.benchmark, Against::Area(other) if is_part(other)) {
            return Err(PART_OF_WHOLE.to_owned());
        }
        let certainty = Certainty::of(&self.intervals(indicator), column, position, Confidence::Percent95);
        let benchmark = number_at(Some(&held.values), position);
        certainty.against(indicator, benchmark).map(|verdict| verdict.words())
    }

    /// The benchmark of each area; `None` where it is a period in which the indicator is not published.
    fn held(&self, question: &Question<'_>) -> Result<Option<Held>, NoVerdicts> {
        let Question { geography, indicator, period, .. } = *question;
        let for_all = |against: String, name: String, value: Option<f64>| Held {
            against,
            name,
            values: vec![value; geography.len()],
            one: value,
            pair: None,
        };
        let part_of_whole = |against: &str| {
            if indicator.kind == Kind::Count {
                Err(NoVerdicts::Count { indicator: indicator.name.en().to_owned(), against: against.to_owned() })
            } else {
                Ok(())
            }
        };
        Ok(Some(match question.benchmark {
            Against::Overall => {
                let name = self.scope_name(None);
                part_of_whole(&name)?;
                let column = self.overall(indicator, period)?;
                for_all("overall".to_owned(), name, column.and_then(|column| number_at(Some(&column.values), 0)))
            }
            Against::Parent => self.parents_held(question, part_of_whole)?,
            Against::Area(area) => {
                let name = isolated(area.area().shown_name()).into_owned();
                if area.geography.id != geography.id {
                    part_of_whole(&name)?;
                }
                let column = self.column(area.geography, indicator, period)?;
                let value = column.and_then(|column| number_at(Some(&column.values), area.position));
                for_all(format!("{}:{}", area.geography.id, area.area().code), name, value)
            }
            Against::Set(set) => {
                let name = isolated(set.name()).into_owned();
                part_of_whole(&name)?;
                let total = self.total(set, indicator, Some(period))?;
                for_all(format!("set:{}", set.name()), name, number_at(Some(&total.column.values), 0))
            }
            Against::Target => {
                let target = |position| {
                    self.target(Selected { geography, position }, indicator, period).map(|target| target.value)
                };
                let values: Numbers = (0..geography.len()).map(target).collect();
                Held { against: "target".to_owned(), name: "their target".to_owned(), values, one: None, pair: None }
            }
            Against::Period(from) => {
                let Some(pair) = self.comparable(geography, indicator, from, period)? else { return Ok(None) };
                let values = (0..geography.len()).map(|position| pair.earlier(position)).collect();
                Held { against: format!("period:{from}"), name: from.words(), values, one: None, pair: Some(pair) }
            }
        }))
    }

    /// Each area against the one of the broadest geography above that it lies in.
    fn parents_held(
        &self,
        question: &Question<'_>,
        part_of_whole: impl Fn(&str) -> Result<(), NoVerdicts>,
    ) -> Result<Held, NoVerdicts> {
        let Question { geography, indicator, period, .. } = *question;
        let none = || NoVerdicts::NoBenchmark { against: "larger areas".to_owned() };
        let parent = self.broadest_parent(geography).ok_or_else(none)?;
        let name = format!("their {}", parent.distinct_singular());
        part_of_whole(&name)?;
        let column = self.column(parent, indicator, period)?;
        let parents = geography.parents_in(&parent.id).ok_or_else(none)?;
        let value =
            |of: &Option<u32>| of.and_then(|of| number_at(column.as_ref().map(|column| &column.values), of as usize));
        let values = parents.of.iter().map(value).collect();
        Ok(Held { against: "parent".to_owned(), name, values, one: None, pair: None })
    }
}

/// What the two ends are called: the worse or higher one, and the better or lower one.
fn verdict_words(indicator: &Indicator) -> (&'static str, &'static str) {
    match Polarity::from(indicator.polarity) {
        Polarity::Neutral => ("higher", "lower"),
        Polarity::HighIsBad | Polarity::HighIsGood => ("worse", "better"),
    }
}

/// "Recorded crime, July 2018: 403 of the 1,388 LSOAs are worse than West Yorkshire (13.8 per 1,000 residents) and 512 better, by more than
/// chance would explain; 473 are similar."
fn sentence(
    question: &Question<'_>,
    column: &Column,
    held: &Held,
    kinds: &Kinds,
    not_compared: &BTreeMap<String, usize>,
) -> String {
    let Question { geography, indicator, period, within, .. } = *question;
    let subject = format!("{}, {}", isolated(indicator.name.en()), period.words());
    let of = |name: &str| kinds.names.iter().zip(&kinds.counts).find(|(own, _)| **own == name).map_or(0, |(_, n)| *n);
    let (worse, better) = verdict_words(indicator);
    let is_inside = |position| within.is_none_or(|within| within.holds(geography, position));
    let than = match (held.said(is_inside), &held.pair) {
        (Some(value), _) => {
            format!("{} ({})", held.name, with_unit(value, indicator.decimals, indicator.unit.en()))
        }
        (None, Some(_)) => format!("in {}", held.name),
        (None, None) => held.name.clone(),
    };
    let (below, above, alike) = (of(better), of(worse), of("similar"));
    let compared = below + above + alike;
    let rest = match not_compared.values().sum() {
        0 => String::new(),
        left => {
            let reasons: Vec<String> = not_compared.keys().map(|reason| bare(reason)).collect();
            format!(" {} {} not compared: {}.", areas(geography, left), are(left), list(&reasons))
        }
    };
    let hidden = hidden(column, geography, within);
    if compared == 0 {
        let rest = if rest.is_empty() { format!(" no {} has a value.", geography.singular.en()) } else { rest };
        return with_hidden(format!("{subject}:{rest}"), geography, hidden);
    }
    let said = format!(
        "{subject}: {} of the {} {} {worse} than {than} and {} {better}, by more than chance would explain; {} {} similar.",
        count(above),
        areas(geography, compared),
        are(above),
        count(below),
        count(alike),
        are(alike),
    );
    format!("{}{rest}", with_hidden(said, geography, hidden))
}

fn are(n: usize) -> &'static str {
    if n == 1 { "is" } else { "are" }
}

/// A reason as a part of a sentence that has said already that areas are not compared.
fn bare(reason: &str) -> String {
    reason.trim_start_matches("Not compared: ").trim_end_matches('.').to_owned()
}
