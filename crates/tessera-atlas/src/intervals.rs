//! Intervals: how far chance alone could have moved a value. They are computed when they are asked for, from the published
//! numerators and denominators, so that they tell nothing that is not published.

use std::collections::BTreeSet;

use tessera_stats::intervals::{self, Confidence, Method};

use crate::catalogue::Indicator;
use crate::column::{Column, Numbers, number_at, quotient};
use crate::manifest::Kind;
use crate::view::AtlasView;

/// The interval of one value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub lower: f64,
    /// The upper end.
    pub upper: f64,
    /// Where it comes from.
    pub method: IntervalMethod,
}

/// Where an interval comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntervalMethod {
    /// Computed here.
    Computed(Method),
    /// Published with the value.
    Published,
}

impl IntervalMethod {
    /// What a reader is told: "Wilson score", "Byar", "exact Poisson", or "as published".
    pub fn words(self) -> &'static str {
        match self {
            IntervalMethod::Computed(method) => method.words(),
            IntervalMethod::Published => "as published",
        }
    }
}

/// How the intervals of an indicator are made.
#[derive(Debug, Clone, Copy)]
pub struct Intervals {
    rule: Rule,
    per: f64,
    /// Digits after the point that values have at least.
    decimals: u8,
}

/// Of what the values are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// A part of a whole: its parts are numerator and denominator.
    Proportion,
    /// Events per so many: likewise.
    Rate,
    /// Events.
    Count,
    /// Nothing that chance has a law for.
    Nothing,
}

impl AtlasView {
    /// How the intervals of an indicator are made: of proportions by Wilson, of counts and rates by Byar or the exact Poisson
    /// limits. Scores, ranks, deciles, categories, ratios and means have none but published ones, and neither has a count that others
    /// are held against, such as residents: a denominator is taken to be known.
    pub fn intervals(&self, indicator: &Indicator) -> Intervals {
        let rule = match indicator.kind {
            Kind::Proportion => Rule::Proportion,
            Kind::Rate => Rule::Rate,
            Kind::Count if !self.is_denominator(indicator) => Rule::Count,
            _ => Rule::Nothing,
        };
        Intervals { rule, per: indicator.per, decimals: indicator.decimals }
    }
}

impl Intervals {
    /// The interval of the value at a position. A computed one counts before a published one, unless the value is not what its
    /// parts make (a standardised rate beside crude counts); one that does not hold the value is not its own. `None` without a
    /// value, and where there is neither.
    pub fn at(&self, column: &Column, position: usize, confidence: Confidence) -> Option<Interval> {
        let value = number_at(Some(&column.values), position)?;
        let published = || {
            let lower = number_at(column.lower.as_ref(), position)?;
            let upper = number_at(column.upper.as_ref(), position)?;
            let is_own = (lower..=upper).contains(&value);
            is_own.then_some(Interval { lower, upper, method: IntervalMethod::Published })
        };
        // Published limits are those of 95%.
        let published = published();
        let asked = published.filter(|_| confidence == Confidence::Percent95);
        if published.is_some() && !self.is_made_of_parts(column, position, value) {
            return asked;
        }
        self.computed(column, position, value, confidence).or(asked)
    }

    /// Whether a value is what its numerator and denominator make, as far as it is rounded; also where it has none.
    fn is_made_of_parts(&self, column: &Column, position: usize, value: f64) -> bool {
        let part = |numbers: &Option<Numbers>| number_at(numbers.as_ref(), position);
        let (Rule::Proportion | Rule::Rate, Some(numerator), Some(denominator)) =
            (self.rule, part(&column.numerator), part(&column.denominator))
        else {
            return true;
        };
        let text = value.to_string();
        let written = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        let written = i32::try_from(written).unwrap_or(i32::MAX).max(self.decimals.into());
        let made = quotient(numerator, denominator, self.per);
        // Beyond the digits that a number holds, it differs by how it was divided.
        (value - made).abs() <= (0.5 / 10f64.powi(written)).max(made.abs() * 1e-9) * (1.0 + 1e-9)
    }

    fn computed(&self, column: &Column, position: usize, value: f64, confidence: Confidence) -> Option<Interval> {
        let parts = || {
            let numerator = number_at(column.numerator.as_ref(), position)?;
            Some((numerator, number_at(column.denominator.as_ref(), position)?))
        };
        let interval = match self.rule {
            Rule::Nothing => return None,
            Rule::Count => intervals::count(value, confidence),
            Rule::Proportion => {
                let (numerator, denominator) = parts()?;
                intervals::proportion(numerator, denominator, self.per, confidence)
            }
            Rule::Rate => {
                let (numerator, denominator) = parts()?;
                intervals::rate(numerator, denominator, self.per, confidence)
            }
        };
        // Parts that make no interval (a denominator of zero) leave the value without one.
        let interval = interval.ok().filter(|interval| interval.limits().contains(&value))?;
        let method = IntervalMethod::Computed(interval.method);
        Some(Interval { lower: interval.lower, upper: interval.upper, method })
    }

    /// A column with the 95% intervals of all its values in place of the published ones, and by which methods they are made.
    pub fn of_column(&self, column: &Column) -> (Column, Vec<Option<IntervalMethod>>) {
        let all = (0..column.values.len()).map(|position| self.at(column, position, Confidence::Percent95));
        let all: Vec<Option<Interval>> = all.collect();
        let ends = |end: fn(&Interval) -> f64| -> Option<Numbers> {
            let ends: Numbers = all.iter().map(|interval| interval.as_ref().map(end)).collect();
            ends.iter().any(Option::is_some).then_some(ends)
        };
        let (lower, upper) = (ends(|interval| interval.lower), ends(|interval| interval.upper));
        let methods = all.iter().map(|interval| interval.map(|interval| interval.method)).collect();
        (Column { lower, upper, ..column.clone() }, methods)
    }
}

/// The methods that occur, each once: "Byar, exact Poisson". `None` where none does.
pub fn methods_in_words(methods: &[Option<IntervalMethod>]) -> Option<String> {
    let words: BTreeSet<&str> = methods.iter().flatten().map(|method| method.words()).collect();
    let words: Vec<&str> = words.into_iter().collect();
    (!words.is_empty()).then(|| words.join(", "))
}
