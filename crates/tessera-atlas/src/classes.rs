//! Classes of a map: where one colour ends and the next begins, over a stated set of areas and periods.

use std::collections::BTreeMap;

mod method;
mod note;
mod offered;
mod worst;

use serde::Serialize;
use tessera_stats::rank::{First, ranks};
use utoipa::ToSchema;

pub use method::Method;
pub use note::Crowded;
pub use offered::Offered;
pub use tessera_stats::classes::{Breaks, CLASS_COUNTS, ClassesError, custom};
pub use worst::{MostIn, WorstClass};

use self::note::Made;
use crate::catalogue::Indicator;
use crate::column::{Column, Numbers, number_at};
use crate::finding;
use crate::geography::Geography;
use crate::histogram::Histogram;
use crate::manifest::{Kind, Polarity};
use crate::period::Period;
use crate::store::StoreError;
use crate::view::{AtlasView, People};
use crate::words;

/// How many classes there are unless somebody asks for another number.
pub const DEFAULT_K: usize = 5;

/// The areas that a question is limited to: those inside one area of a parent geography.
#[derive(Debug, Clone, Copy)]
pub struct Within<'a> {
    /// The parent geography.
    pub geography: &'a Geography,
    /// The position of the area in it.
    pub position: usize,
}

impl Within<'_> {
    /// `GEO:CODE`
    pub fn parameter(&self) -> String {
        format!("{}:{}", self.geography.id, self.geography.areas()[self.position].code)
    }

    /// Whether the area at `position` of `geography` lies inside.
    pub fn holds(&self, geography: &Geography, position: usize) -> bool {
        geography.lies_in(position, self.geography, self.position)
    }
}

/// The areas whose values make the classes by which others may be coloured, too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All areas of the atlas.
    Atlas,
    /// The areas that the question is limited to.
    Within,
    /// The areas at these positions.
    Selection(Vec<usize>),
}

impl Scope {
    /// The word used in questions and answers.
    pub fn word(&self) -> &'static str {
        match self {
            Scope::Atlas => "atlas",
            Scope::Within => "within",
            Scope::Selection(_) => "selection",
        }
    }
}

/// The periods whose values make the classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// The one that is asked for.
    Period,
    /// All of them together, so that the classes are the same in every one.
    Periods,
    /// All of them together; the answer has the classes of each.
    EachPeriod,
}

/// What is to be put into classes.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    /// The geography.
    pub geography: &'a Geography,
    /// The indicator.
    pub indicator: &'a Indicator,
    /// The period that classes and ranks speak of.
    pub period: Period,
    /// The periods whose values make the classes.
    pub over: Over,
    /// How, unless the values are published in classes or `custom` says where they end.
    pub method: Method,
    /// How many classes, where the method heeds it.
    pub k: usize,
    /// Classes that somebody chose.
    pub custom: Option<Breaks>,
    /// A value at which there is to be a break, such as a benchmark or zero.
    pub centre: Option<f64>,
    /// The areas that it is limited to.
    pub within: Option<Within<'a>>,
    /// The areas whose values make the classes.
    pub scope: Scope,
}

impl<'a> Question<'a> {
    /// The question that is asked unless somebody says more: quantiles of one period, of all areas.
    pub fn new(geography: &'a Geography, indicator: &'a Indicator, period: Period) -> Question<'a> {
        let (method, k) = (Method::Quantile, DEFAULT_K);
        Question {
            geography,
            indicator,
            period,
            over: Over::Period,
            method,
            k,
            custom: None,
            centre: None,
            within: None,
            scope: Scope::Within,
        }
    }

    /// Whether other periods than the one asked for are to be read: classes that were published or chosen come from no values.
    fn reads_other_periods(&self) -> bool {
        let is_found = self.custom.is_none() && self.indicator.published_classes().is_none();
        self.over == Over::EachPeriod || self.over == Over::Periods && is_found
    }

    /// The values that make the classes, of those of a column.
    fn of_scope(&self, column: &Column) -> Numbers {
        match &self.scope {
            Scope::Atlas => column.values.clone(),
            Scope::Within => inside(column, self.geography, self.within),
            Scope::Selection(positions) => {
                positions.iter().map(|position| number_at(Some(&column.values), *position)).collect()
            }
        }
    }
}

/// Classes, ranks and the finding, in the fixed order of the geography.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Classes {
    /// The geography's id.
    pub geography: String,
    /// The indicator's id.
    pub indicator: String,
    /// How the classes were made.
    pub method: Method,
    /// How many classes were asked for.
    pub requested_k: usize,
    /// How many there are.
    pub k: usize,
    /// The period that `classes`, `counts` and `rank` speak of.
    #[schema(value_type = String)]
    pub period: Period,
    /// `GEO:CODE`, where limited.
    pub within: Option<String>,
    /// Whose values make the classes: `atlas`, `within` or `selection`.
    pub scope: &'static str,
    /// How many areas these are, those without a value left out.
    pub scope_n: usize,
    /// Whether several periods make the classes, which are then the same in every one.
    pub still: bool,
    /// How many areas have a value.
    pub n: usize,
    /// How many have none.
    pub missing: usize,
    /// How many have none for which reason.
    pub missing_by_status: BTreeMap<&'static str, usize>,
    /// The minimum, then upper bounds; a class is (lower, upper], the first closed below. Empty where no area has a value.
    pub breaks: Vec<f64>,
    /// Areas in each class.
    pub counts: Vec<usize>,
    /// People in each class.
    pub people: Vec<PeopleInClasses>,
    /// Each area's class, counted from 0.
    pub classes: Vec<Option<u32>>,
    /// The part of the squared distances from the mean that the classes account for, 0 to 1; `None` where the values are
    /// published in classes, or do not differ.
    pub goodness_of_variance_fit: Option<f64>,
    /// How many areas have which values; `None` where the values are published in classes, or there are none.
    pub histogram: Option<Histogram>,
    /// What a reader must know of these classes.
    pub note: Option<String>,
    /// Where nearly all areas are in one class, though their values differ.
    pub crowded: Option<Crowded>,
    /// What a reader's own classes begin with; `None` where the values are published in classes, or there are none.
    pub offered: Option<Offered>,
    /// Each area's place among the others.
    pub rank: Rank,
    /// Where the worst areas are.
    pub worst: Option<WorstClass>,
    /// The finding, as the page's title says it.
    pub sentence: String,
    /// With all periods: each period's classes.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub periods: BTreeMap<String, PeriodClasses>,
}

/// One of the counts that accompany everything, by class.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PeopleInClasses {
    /// The count's id.
    pub indicator: String,
    /// Its short name.
    pub name: String,
    /// Its period.
    #[schema(value_type = String)]
    pub period: Period,
    /// People in each class.
    pub values: Vec<Option<f64>>,
}

/// Ranks by position.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Rank {
    /// 1 is the worst by polarity, the highest where neither end is bad.
    pub values: Vec<Option<u32>>,
    /// How many areas have a rank.
    pub n: usize,
    /// Which end has rank 1: `highest` or `lowest`.
    pub first: &'static str,
    /// What that end is called: `highest`, `lowest`, or as the indicator names it: `most deprived`.
    pub called: String,
    /// What the other end is called.
    pub called_last: String,
    /// Among which areas.
    pub scope: String,
}

/// The classes of one period, by breaks that hold for all.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PeriodClasses {
    /// Each area's class.
    pub classes: Vec<Option<u32>>,
    /// Areas in each class.
    pub counts: Vec<usize>,
}

impl AtlasView {
    /// Puts a column into classes. `None` where the indicator is not published for this geography and period.
    ///
    /// # Errors
    /// Where a column cannot be read from its store.
    pub fn classes(&self, question: &Question<'_>) -> Result<Option<Classes>, StoreError> {
        let Question { geography, indicator, period, within, .. } = *question;
        let Some(column) = self.column(geography, indicator, period)? else { return Ok(None) };
        let values = inside(&column, geography, within);
        let own = question.of_scope(&column);
        let scope_n = own.iter().flatten().count();
        let mut pooled = own;
        let mut periods: BTreeMap<Period, Numbers> = BTreeMap::from([(period, values.clone())]);
        if question.reads_other_periods() {
            for other in self.periods(geography, indicator).into_iter().filter(|other| *other != period) {
                let Some(column) = self.column(geography, indicator, other)? else { continue };
                pooled.extend(question.of_scope(&column));
                periods.insert(other, inside(&column, geography, within));
            }
        }
        let (method, breaks) = method::breaks(question, &pooled);
        let still = periods.len() > 1 && !matches!(method, Method::Published | Method::Custom);
        let (breaks, note, crowded) = match breaks {
            Ok(breaks) => {
                let (breaks, not_centred) = centred(breaks, question.centre.filter(|_| method != Method::Published));
                let is_found = !matches!(method, Method::Published | Method::Custom);
                let reach = |breaks: Breaks| periods.values().fold(breaks, |breaks, values| breaks.reaching(values));
                let breaks = if is_found { reach(breaks) } else { breaks };
                let (note, crowded) = Made { question, method, breaks: &breaks, of: &pooled, shown: &values }.note();
                let notes: Vec<String> = [note, not_centred].into_iter().flatten().collect();
                (Some(breaks), (!notes.is_empty()).then(|| notes.join(" ")), crowded)
            }
            Err(ClassesError::NoValues) => (None, Some("No area here has a value.".to_owned()), None),
            Err(error) => (None, Some(format!("There are no classes: {error}.")), None),
        };
        let assign =
            |values: &Numbers| breaks.as_ref().map_or_else(|| vec![None; values.len()], |breaks| breaks.assign(values));
        let counts = |values: &Numbers| breaks.as_ref().map(|breaks| breaks.counts(values)).unwrap_or_default();
        let classes = assign(&values);
        let in_scope = |position: &usize| within.is_none_or(|within| within.holds(geography, *position));
        let missing_by_status = column.missing_by_status((0..geography.len()).filter(in_scope));
        let n = values.iter().flatten().count();
        let k = breaks.as_ref().map_or(0, Breaks::len);
        let is_measured = method != Method::Published;
        let rank = self.ranked(geography, indicator, period, &values, within)?;
        Ok(Some(Classes {
            geography: geography.id.clone(),
            indicator: indicator.id.clone(),
            method,
            requested_k: if method == Method::Custom { k } else { question.k },
            k,
            period,
            within: within.map(|within| within.parameter()),
            scope: if within.is_none() && question.scope == Scope::Within { "atlas" } else { question.scope.word() },
            scope_n,
            still,
            n,
            missing: missing_by_status.values().sum(),
            missing_by_status,
            breaks: breaks.as_ref().map(|breaks| breaks.bounds().to_vec()).unwrap_or_default(),
            counts: counts(&values),
            people: self.people_in_classes(geography, &classes, k)?,
            worst: self.worst_class(geography, &classes, &rank, within),
            rank,
            classes,
            goodness_of_variance_fit: breaks
                .as_ref()
                .filter(|_| is_measured)
                .and_then(|breaks| breaks.goodness_of_variance_fit(&values)),
            histogram: if is_measured { Histogram::of(&values) } else { None },
            note,
            crowded,
            offered: breaks
                .as_ref()
                .filter(|_| is_measured)
                .map(|breaks| Offered::of(breaks, method == Method::Custom, &values, indicator.decimals)),
            sentence: finding::sentence(self, question, &values)?,
            periods: if question.over == Over::EachPeriod {
                let of = |(period, values): (&Period, &Numbers)| {
                    (period.to_string(), PeriodClasses { classes: assign(values), counts: counts(values) })
                };
                periods.iter().map(of).collect()
            } else {
                BTreeMap::new()
            },
        }))
    }

    /// The values of a column, with `None` for areas outside `within`; `None` where it is not published.
    ///
    /// # Errors
    /// Where it cannot be read from its store.
    pub fn values_within(
        &self,
        geography: &Geography,
        indicator: &Indicator,
        period: Period,
        within: Option<Within<'_>>,
    ) -> Result<Option<Numbers>, StoreError> {
        let column = self.column(geography, indicator, period)?;
        Ok(column.map(|column| inside(&column, geography, within)))
    }

    /// Ranks values that are already limited to `within`.
    pub fn rank(&self, indicator: &Indicator, values: &Numbers, within: Option<Within<'_>>) -> Rank {
        // Categories have names and no order.
        let values =
            if indicator.kind == Kind::Category { vec![None; values.len()] } else { ranks(values, first(indicator)) };
        let (called, called_last) = indicator.ends_by_rank();
        Rank {
            called: called.to_owned(),
            called_last: called_last.to_owned(),
            n: values.iter().flatten().count(),
            values,
            first: first_word(indicator),
            scope: self.scope_name(within),
        }
    }

    /// What a set of areas is called: the parent's name, or the atlas's place.
    pub fn scope_name(&self, within: Option<Within<'_>>) -> String {
        match within {
            Some(within) => within.geography.areas()[within.position].shown_name().to_owned(),
            None => self.info().place.en().to_owned(),
        }
    }

    /// The counts that accompany everything, in each of `k` classes.
    ///
    /// # Errors
    /// Where a column cannot be read from its store.
    pub(crate) fn people_in_classes(
        &self,
        geography: &Geography,
        classes: &[Option<u32>],
        k: usize,
    ) -> Result<Vec<PeopleInClasses>, StoreError> {
        let of_class = |people: &People<'_>, class: usize| {
            let is_member = |own: &Option<u32>| own.is_some_and(|own| own as usize == class);
            let members = classes.iter().enumerate().filter(|(_, own)| is_member(own));
            let members: Vec<usize> = members.map(|(position, _)| position).collect();
            self.people_in(geography, people, &members)
        };
        let in_classes = |people: People<'_>| {
            Ok(PeopleInClasses {
                indicator: people.indicator.id.clone(),
                name: people.indicator.short.en().to_owned(),
                period: people.period,
                values: (0..k).map(|class| of_class(&people, class)).collect::<Result<_, _>>()?,
            })
        };
        self.people(geography)?.into_iter().map(in_classes).collect()
    }
}

/// The values of a column, with `None` for areas outside `within`.
fn inside(column: &Column, geography: &Geography, within: Option<Within<'_>>) -> Numbers {
    let is_inside = |position: usize| within.is_none_or(|within| within.holds(geography, position));
    column.values.iter().enumerate().map(|(position, value)| value.filter(|_| is_inside(position))).collect()
}

/// Which end of an indicator has rank 1: the worst by polarity, the highest where neither end is bad.
pub fn first(indicator: &Indicator) -> First {
    if indicator.polarity == Polarity::HighIsGood { First::Lowest } else { First::Highest }
}

/// The word for that end.
pub(crate) fn first_word(indicator: &Indicator) -> &'static str {
    match first(indicator) {
        First::Highest => "highest",
        First::Lowest => "lowest",
    }
}

/// The same classes with a break at a value, or what is to be said where there can be none.
fn centred(breaks: Breaks, centre: Option<f64>) -> (Breaks, Option<String>) {
    let Some(centre) = centre else { return (breaks, None) };
    match breaks.clone().centred(centre) {
        Ok(centred) => (centred, None),
        Err(_) => {
            let centre = centre.to_string().replace('-', words::MINUS);
            (breaks, Some(format!("No break is at {centre}, which lies outside these classes.")))
        }
    }
}
