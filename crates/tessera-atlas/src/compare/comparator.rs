//! What a value is held against.

use std::borrow::Cow;

use serde::Serialize;
use tessera_stats::{comparison, decimal};
use utoipa::ToSchema;

use super::{Against, Asked, Selected, Subject, Subjects, WorstTenth};
use crate::catalogue::Indicator;
use crate::cell::Status;
use crate::column::{Column, number_at};
use crate::compare::Confidence;
use crate::geography::Geography;
use crate::manifest::{Aggregate, Kind};
use crate::period::Period;
use crate::significance::{Certainty, in_words};
use crate::store::StoreError;
use crate::target::Verdict;
use crate::view::AtlasView;
use crate::words::isolated;

/// What a value is held against.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Comparator {
    /// `parent`, `overall`, `target`, `GEO:CODE`, `set:NAME` or `period:P`.
    pub against: String,
    /// The geography's id, where it is an area or a set.
    pub geography: Option<String>,
    /// The area's code, where it is an area.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: Option<f64>,
    /// Why there is none, or marks beside it.
    pub status: Vec<Status>,
    /// The share of people that an aggregated value covers, where that is not all of them.
    pub coverage: Option<f64>,
    /// Its 95% interval's lower end.
    pub lower: Option<f64>,
    /// Its 95% interval's upper end.
    pub upper: Option<f64>,
    /// How that was computed, or `as published`.
    pub method: Option<&'static str>,
    /// The area's value less this one, where the kind allows a difference.
    pub difference: Option<f64>,
    /// Why there is no value or no difference.
    pub reason: Option<String>,
    /// Whether the area's value differs by more than chance: `better`, `worse`, `similar`, `higher`, `lower`; at 99.8% also
    /// `much better` and so on. `None` where that is not said.
    pub significance: Option<&'static str>,
    /// How sure its value is, where that counts: that of an earlier period.
    #[serde(skip)]
    pub(super) certainty: Certainty,
    /// The same as `significance`, for the sentence.
    #[serde(skip)]
    pub(super) verdict: Option<comparison::Verdict>,
    /// The same as a person says it: "lower than Leeds, and by more than chance would explain: better".
    pub in_words: Option<String>,
    /// Why it is not said.
    pub not_compared: Option<String>,
    /// Of a decile: how many of the areas in it, of the geography in question, are in the worst tenth; `None` for what has a value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub worst_tenth: Option<WorstTenth>,
    /// Of a target: how the value stands to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<TargetOutcome>,
}

/// How a value stands to its target.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TargetOutcome {
    /// `met`, `near` or `missed`; `None` where neither end of the indicator is bad, or there is no value.
    pub verdict: Option<&'static str>,
    /// The verdict as a person says it.
    pub words: Option<&'static str>,
    /// The value from which one set out.
    pub baseline: Option<f64>,
    /// How far beside the target still counts as near it.
    pub tolerance: Option<f64>,
}

impl Comparator {
    /// The same comparator with difference and significance where the kind allows them, or the reasons why not.
    pub(super) fn hold_against(
        mut self,
        value: Option<f64>,
        certainty: &Certainty,
        indicator: &Indicator,
        (subject, against): (Subject<'_>, Against<'_>),
    ) -> Comparator {
        let is_count = indicator.kind == Kind::Count;
        let unlike = if is_count { unlike(subject, against, self.geography.as_deref()) } else { None };
        match (unlike, certainty.against(indicator, self.value)) {
            (Some(unlike), _) => self.not_compared = Some(unlike.to_owned()),
            (None, Ok(verdict)) => {
                self.significance = Some(verdict.words());
                self.verdict = Some(verdict);
                self.in_words = Some(in_words(verdict, indicator, &self.name_in_sentence()));
            }
            (None, Err(reason)) => self.not_compared = Some(reason),
        }
        let (Some(value), Some(other)) = (value, self.value) else { return self };
        if !indicator.kind.has_differences() {
            self.reason = Some(format!("A {} has no difference: both values are shown.", indicator.kind.word()));
        } else if let Some(unlike) = unlike {
            self.reason = Some(unlike.to_owned());
        } else {
            self.difference = Some(decimal::difference(value, other));
        }
        self
    }

    /// What it is called within a sentence.
    pub(super) fn name_in_sentence(&self) -> Cow<'_, str> {
        match self.against.as_str() {
            "target" => Cow::Borrowed("the target"),
            _ if self.is_earlier() => Cow::Owned(format!("its own value in {}", self.name)),
            _ => isolated(&self.name),
        }
    }

    /// Whether it is the subject itself in an earlier period.
    pub(super) fn is_earlier(&self) -> bool {
        self.against.starts_with("period:")
    }
}

/// Why the count of a part says nothing beside that of its whole.
pub(crate) const PART_OF_WHOLE: &str = "The count of a part is not held against that of the whole.";

/// Why the count of a subject says nothing beside what it is held against: that is of another kind of area, or one is a part
/// of the other.
fn unlike(subject: Subject<'_>, against: Against<'_>, geography: Option<&str>) -> Option<&'static str> {
    const SET: &str = "The count of a set is not held against that of an area.";
    let is_of = |own: &Geography| geography == Some(own.id.as_str());
    match (subject, against) {
        (_, Against::Target) => None,
        (Subject::Set(set), Against::Set(other)) => set.is_nested_with(other).then_some(PART_OF_WHOLE),
        (Subject::Area(_), Against::Set(_)) => Some(SET),
        (Subject::Set(set), _) => Some(if is_of(set.geography()) { SET } else { PART_OF_WHOLE }),
        (Subject::Area(area), _) if !is_of(area.geography) => Some(PART_OF_WHOLE),
        (Subject::Area(area), Against::Area(other)) => area.is_nested_with(&other).then_some(PART_OF_WHOLE),
        (Subject::Area(_), _) => None,
    }
}

impl<'a> Subject<'a> {
    fn geography(self) -> &'a Geography {
        match self {
            Subject::Area(area) => area.geography,
            Subject::Set(set) => set.geography(),
        }
    }

    /// The area of the broadest parent geography that it lies in.
    fn parent(self, view: &'a AtlasView) -> Option<Selected<'a>> {
        let geography = view.broadest_parent(self.geography())?;
        match self {
            Subject::Set(set) => set.inside(geography),
            Subject::Area(area) => {
                let of = area.geography.parents_in(&geography.id)?.of.get(area.position).copied().flatten()?;
                Some(Selected { geography, position: of as usize })
            }
        }
    }
}

impl AtlasView {
    /// The areas of the broadest parent geography that areas and sets lie in, in their order.
    pub(crate) fn parents_of<'a>(&'a self, subjects: Subjects<'a>) -> impl Iterator<Item = Selected<'a>> {
        let areas = subjects.areas.iter().map(|area| Subject::Area(*area));
        areas.chain(subjects.sets.iter().map(Subject::Set)).filter_map(|subject| subject.parent(self))
    }

    /// What one area or set is held against.
    pub(super) fn comparator(
        &self,
        subject: Subject<'_>,
        asked: &Asked<'_>,
        period: Option<Period>,
        against: Against<'_>,
    ) -> Result<Comparator, StoreError> {
        let held = self.comparator_with_value(subject, asked, period, against)?;
        let around = match against {
            Against::Overall => Some(None),
            Against::Parent => subject.parent(self).map(Some),
            Against::Area(area) => Some(Some(area)),
            Against::Set(_) | Against::Target | Against::Period(_) => None,
        };
        let (Some(period), Some(around), None) = (period, around, held.value) else { return Ok(held) };
        let within = around.map(|around| (around.geography.id.clone(), around.position));
        let known = (subject.geography().id.clone(), within);
        let found = asked.tenths.borrow().get(&known).cloned();
        let worst_tenth = match found {
            Some(worst_tenth) => worst_tenth,
            None => {
                let counted = self.worst_tenth_around(subject.geography(), around, asked.indicator, period)?;
                asked.tenths.borrow_mut().insert(known, counted.clone());
                counted
            }
        };
        Ok(Comparator { worst_tenth, ..held })
    }

    fn comparator_with_value(
        &self,
        subject: Subject<'_>,
        asked: &Asked<'_>,
        period: Option<Period>,
        against: Against<'_>,
    ) -> Result<Comparator, StoreError> {
        let indicator = asked.indicator;
        Ok(match against {
            Against::Overall => {
                let column = period.map_or(Ok(None), |period| self.overall(indicator, period))?;
                let reason = (indicator.aggregate == Aggregate::None)
                    .then(|| format!("{} does not add up over areas.", isolated(indicator.short.en())));
                let held = comparator("overall".to_owned(), None, self.info().place.en(), column.as_deref(), 0, reason);
                with_interval(held, asked, column.as_deref(), 0)
            }
            Against::Parent => match (subject.parent(self), subject) {
                (Some(parent), _) => self.area_comparator("parent".to_owned(), parent, asked, period)?,
                (None, Subject::Area(area)) => {
                    let reason = format!("A {} lies in no larger area here.", area.geography.singular.en());
                    comparator("parent".to_owned(), None, "no larger area", None, 0, Some(reason))
                }
                (None, Subject::Set(_)) => {
                    let reason = "This set does not lie in one larger area.".to_owned();
                    comparator("parent".to_owned(), None, "no larger area", None, 0, Some(reason))
                }
            },
            Against::Target => match subject {
                Subject::Area(area) => self.target_comparator(area, indicator, period)?,
                Subject::Set(_) => {
                    let reason = "Targets are set for areas, not for sets of them.".to_owned();
                    comparator("target".to_owned(), None, "Target", None, 0, Some(reason))
                }
            },
            Against::Area(area) => {
                let name = format!("{}:{}", area.geography.id, area.area().code);
                self.area_comparator(name, area, asked, period)?
            }
            Against::Set(set) => {
                let total = self.total(set, indicator, period)?;
                let held =
                    comparator(format!("set:{}", set.name()), None, set.name(), Some(&total.column), 0, total.reason);
                let held = Comparator { geography: Some(set.geography().id.clone()), coverage: total.coverage, ..held };
                with_interval(held, asked, Some(&total.column), 0)
            }
            Against::Period(from) => self.earlier(subject, asked, from)?,
        })
    }

    fn target_comparator(
        &self,
        selected: Selected<'_>,
        indicator: &Indicator,
        period: Option<Period>,
    ) -> Result<Comparator, StoreError> {
        let target = period.and_then(|period| self.target(selected, indicator, period));
        let reason = target.is_none().then(|| match period {
            Some(period) => {
                format!("No target is set for {} in {}.", isolated(selected.area().shown_name()), period.words())
            }
            None => "No target is set here.".to_owned(),
        });
        let held = comparator("target".to_owned(), None, "Target", None, 0, reason);
        let Some(target) = target else { return Ok(held) };
        let value = self.column_if(selected.geography, indicator, period)?;
        let value = value.and_then(|column| number_at(Some(&column.values), selected.position));
        let verdict = value.and_then(|value| target.verdict(value, indicator.polarity));
        Ok(Comparator {
            value: Some(target.value),
            status: Vec::new(),
            reason: None,
            target: Some(TargetOutcome {
                verdict: verdict.map(Verdict::word),
                words: verdict.map(Verdict::words),
                baseline: target.baseline,
                tolerance: target.tolerance,
            }),
            ..held
        })
    }

    fn area_comparator(
        &self,
        against: String,
        area: Selected<'_>,
        asked: &Asked<'_>,
        period: Option<Period>,
    ) -> Result<Comparator, StoreError> {
        let indicator = asked.indicator;
        let column = self.column_if(area.geography, indicator, period)?;
        let short = isolated(indicator.short.en());
        let reason =
            column.is_none().then(|| format!("{short} is not published for {}.", area.geography.distinct_plural()));
        let name = area.area().shown_name();
        let held = comparator(against, Some(area), name, column.as_deref(), area.position, reason);
        Ok(with_interval(held, asked, column.as_deref(), area.position))
    }
}

pub(super) fn comparator(
    against: String,
    area: Option<Selected<'_>>,
    name: &str,
    column: Option<&Column>,
    position: usize,
    reason: Option<String>,
) -> Comparator {
    let value = column.and_then(|column| number_at(Some(&column.values), position));
    let status = column.map_or_else(|| vec![Status::NotAvailable], |column| column.status_of(position).to_vec());
    Comparator {
        against,
        geography: area.map(|area| area.geography.id.clone()),
        code: area.map(|area| area.area().code.clone()),
        name: name.to_owned(),
        value,
        coverage: column.and_then(|column| column.coverage_of(position)),
        lower: None,
        upper: None,
        method: None,
        difference: None,
        significance: None,
        certainty: Certainty::default(),
        verdict: None,
        in_words: None,
        not_compared: None,
        reason: reason.or_else(|| value.is_none().then(|| absent(&status, &isolated(name)))),
        status,
        worst_tenth: None,
        target: None,
    }
}

/// Why there is no value for what is named.
pub(super) fn absent(status: &[Status], name: &str) -> String {
    if status.contains(&Status::Suppressed) {
        format!("The value for {name} is hidden to protect privacy.")
    } else {
        format!("No value is published for {name}.")
    }
}

/// The same comparator with the interval of its value.
pub(super) fn with_interval(
    held: Comparator,
    asked: &Asked<'_>,
    column: Option<&Column>,
    position: usize,
) -> Comparator {
    let interval = column.and_then(|column| asked.intervals.at(column, position, Confidence::Percent95));
    Comparator {
        lower: interval.map(|interval| interval.lower),
        upper: interval.map(|interval| interval.upper),
        method: interval.map(|interval| interval.method.words()),
        ..held
    }
}
