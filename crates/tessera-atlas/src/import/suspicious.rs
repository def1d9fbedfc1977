//! Columns that are well formed and yet look wrong, and indicators whose next update is overdue.

use crate::catalogue::Indicator;
use crate::column::{Column, Numbers, number_at};
use crate::geography::Geography;
use crate::manifest::{Field, Kind};
use crate::problem::Problem;
use crate::words::count;

/// How many values it takes before equal ones are suspicious.
const MANY: usize = 10;
/// At most one value in so many is few.
const FEW: usize = 10;

/// Something that looks wrong.
pub(super) struct Suspicion {
    pub(super) problem: Problem,
    /// The first cell of which it is said: a field, and the area's position.
    pub(super) cell: Option<(Field, usize)>,
}

impl From<Problem> for Suspicion {
    fn from(problem: Problem) -> Suspicion {
        Suspicion { problem, cell: None }
    }
}

/// What looks wrong with a column. `what` names it.
pub(super) fn suspicions(indicator: &Indicator, geography: &Geography, column: &Column, what: &str) -> Vec<Suspicion> {
    let mut found = Vec::new();
    let mut values = column.values.iter().flatten();
    let first = values.next();
    let same = 1 + values.clone().take_while(|value| Some(*value) == first).count();
    // Few areas may well be in one class.
    if let Some(first) = first
        && indicator.published_classes().is_none()
        && same == values.count() + 1
        && same >= MANY
    {
        let cure = "look whether the column holds what its heading says";
        let problem = match *first {
            0.0 => Problem::warning("all-zero", format!("{what}: all {} values are zero", count(same)))
                .cure("where zero stands for \"not known\", leave the cells empty"),
            // What is to be protected is not told.
            _ if indicator.rule().is_some() => {
                Problem::warning("all-equal", format!("{what}: all {} values are equal", count(same))).cure(cure)
            }
            value => {
                Problem::warning("all-equal", format!("{what}: all {} values are {value}", count(same))).cure(cure)
            }
        };
        found.push(problem.into());
    }
    found.extend(outside_range(indicator, geography, column, what));
    found.extend(negative_numerators(indicator, geography, column, what));
    found.extend(fractions(indicator, geography, column, what));
    found.extend(over_nobody(indicator, geography, column, what).map(Suspicion::from));
    found.extend(wrong_limits(geography, column, what));
    found
}

/// What is wrong with published limits: that the lower one is above the upper one, or that the value is not between them.
fn wrong_limits(geography: &Geography, column: &Column, what: &str) -> Vec<Suspicion> {
    let limits =
        |position| Some((number_at(column.lower.as_ref(), position)?, number_at(column.upper.as_ref(), position)?));
    let told = |is_wrong: fn(f64, f64, Option<f64>) -> bool, problem: fn(String) -> Problem, message: &str| {
        let is_wrong = |position: &usize| {
            let value = number_at(Some(&column.values), *position);
            limits(*position).is_some_and(|(lower, upper)| is_wrong(lower, upper, value))
        };
        let mut positions = (0..geography.len()).filter(is_wrong);
        let areas = areas_of(positions.clone(), geography)?;
        let problem = problem(format!("{what}: {message} in {areas}"));
        Some(Suspicion { problem, cell: positions.next().map(|first| (Field::Lower, first)) })
    };
    let crossed = told(
        |lower, upper, _| lower > upper,
        |message| {
            let cure = "look whether the columns of `lower` and `upper` are exchanged";
            Problem::error("crossed-limits", message).cure(cure)
        },
        "the lower limit is above the upper one",
    );
    let outside = told(
        |lower, upper, value| lower <= upper && value.is_some_and(|value| !(lower..=upper).contains(&value)),
        |message| {
            let cure = "such limits are not used; look whether they belong to another column";
            Problem::warning("outside-limits", message).cure(cure)
        },
        "the value is not between its own limits",
    );
    crossed.into_iter().chain(outside).collect()
}

/// The numbers that count somebody or something, the field that holds them and what that is called.
fn counts<'a>(indicator: &Indicator, column: &'a Column) -> Option<(&'a Numbers, Field, &'static str)> {
    match indicator.kind {
        Kind::Count => Some((&column.values, Field::Value, "count")),
        Kind::Rate | Kind::Proportion => Some((column.numerator.as_ref()?, Field::Numerator, "numerator")),
        _ => None,
    }
}

/// A problem of some cells, with the first of them. A number that is to be protected is not told: none that a count may be.
fn of_cells(
    problem: Problem,
    indicator: &Indicator,
    numbers: &Numbers,
    field: Field,
    mut positions: impl Iterator<Item = usize>,
) -> Option<Suspicion> {
    let first = positions.next()?;
    let number = number_at(Some(numbers), first)?;
    let is_told = indicator.rule().is_none() || number < 0.0;
    let problem = if is_told { problem.value(number.to_string()) } else { problem };
    Some(Suspicion { problem, cell: Some((field, first)) })
}

/// The positions that are told of: how many areas they are, and the first of them.
pub(super) fn areas_of(mut positions: impl Iterator<Item = usize>, geography: &Geography) -> Option<String> {
    let first = positions.next()?;
    let code = geography.areas().get(first).map_or("", |area| area.code.as_str());
    Some(match positions.count() {
        0 => format!("1 area, `{code}`"),
        more => format!("{} areas, the first of them `{code}`", count(1 + more)),
    })
}

/// A few counts with a fraction among whole ones. Counts that are estimated have one nearly everywhere.
fn fractions(indicator: &Indicator, geography: &Geography, column: &Column, what: &str) -> Option<Suspicion> {
    let (numbers, field, word) = counts(indicator, column)?;
    let is_fraction = |position: &usize| number_at(Some(numbers), *position).is_some_and(|own| own.fract() != 0.0);
    let positions = || (0..numbers.len()).filter(is_fraction);
    if positions().count() * FEW > numbers.iter().flatten().count() {
        return None;
    }
    let areas = areas_of(positions(), geography)?;
    let message = format!("{what}: a {word} is a whole number, and has a fraction in {areas}");
    let problem = Problem::warning("fraction", message).cure("look at these cells, and at the indicator's `kind`");
    of_cells(problem, indicator, numbers, field, positions())
}

/// Fewer than nobody, counted in a rate or a proportion.
fn negative_numerators(indicator: &Indicator, geography: &Geography, column: &Column, what: &str) -> Option<Suspicion> {
    let (numbers, field, word) = counts(indicator, column).filter(|(_, field, _)| *field == Field::Numerator)?;
    let positions = || (0..numbers.len()).filter(|position| is_negative(numbers, *position));
    let areas = areas_of(positions(), geography)?;
    let message = format!("{what}: a {word} is 0 or more, and has another value in {areas}");
    let problem = Problem::warning("outside-range", message).cure("look at these cells");
    of_cells(problem, indicator, numbers, field, positions())
}

fn is_negative(numbers: &Numbers, position: usize) -> bool {
    number_at(Some(numbers), position).is_some_and(|number| number < 0.0)
}

/// Somebody counted where there is nobody.
fn over_nobody(indicator: &Indicator, geography: &Geography, column: &Column, what: &str) -> Option<Problem> {
    if indicator.kind == Kind::Count {
        return None;
    }
    let (numerator, denominator) = (column.numerator.as_ref(), column.denominator.as_ref());
    let is_over_nobody = |position: &usize| {
        number_at(denominator, *position) == Some(0.0)
            && number_at(numerator, *position).is_some_and(|numerator| numerator != 0.0)
    };
    let areas = areas_of((0..column.values.len()).filter(is_over_nobody), geography)?;
    let message = format!("{what}: somebody is counted of nobody, a numerator over a denominator of 0, in {areas}");
    Some(Problem::warning("over-nobody", message).cure("look whether both are of the same people"))
}

/// Values that a quantity of this kind cannot have.
fn outside_range(indicator: &Indicator, geography: &Geography, column: &Column, what: &str) -> Option<Suspicion> {
    let (least, most) = range(indicator)?;
    let outside = |value: f64| value < least || value > most;
    // Of a numerator below zero its own cell is told.
    let is_told = |position: &usize| {
        number_at(Some(&column.values), *position).is_some_and(outside)
            && !column.numerator.as_ref().is_some_and(|numerator| is_negative(numerator, *position))
    };
    let positions = || (0..column.values.len()).filter(is_told);
    let areas = areas_of(positions(), geography)?;
    let range = if most.is_finite() { format!("{least} to {most}") } else { format!("{least} or more") };
    let message = format!("{what}: a {} is {range}, and has another value in {areas}", indicator.kind.word());
    let cure = "look at the indicator's `kind` and `per`, and at the column";
    let problem = Problem::warning("outside-range", message).cure(cure);
    of_cells(problem, indicator, &column.values, Field::Value, positions())
}

/// The least and the largest value of a quantity. Deciles and categories are checked cell by cell.
fn range(indicator: &Indicator) -> Option<(f64, f64)> {
    match indicator.kind {
        Kind::Count | Kind::Rate => Some((0.0, f64::INFINITY)),
        Kind::Proportion => Some((0.0, indicator.per)),
        Kind::Rank => Some((1.0, indicator.out_of.map_or(f64::INFINITY, f64::from))),
        Kind::Ratio | Kind::Mean | Kind::Score | Kind::Decile | Kind::Category => None,
    }
}

/// The update that should have come by `today` (`YYYY-MM-DD`), where one should. A month or a year that is not over is not
/// overdue.
pub(super) fn overdue(indicator: &Indicator, today: &str) -> Option<Problem> {
    let due = indicator.next_due.as_deref()?;
    let now = today.get(..due.len())?;
    (due < now).then(|| {
        let frequency = indicator.frequency.as_ref().map(|often| format!(" (it is updated: {often})"));
        let owner = indicator.owner.as_ref().map(|owner| format!(" Its owner is {owner}.")).unwrap_or_default();
        let message = format!("`{}` was to be updated by {due}{}", indicator.id, frequency.unwrap_or_default());
        Problem::warning("overdue", message)
            .value(due)
            .cure(format!("publish the new figures, or set `next_due` to the next date.{owner}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::column::Origin;
    use crate::geography::Area;
    use crate::manifest::{Aggregate, Polarity};

    fn indicator(kind: Kind) -> Indicator {
        Indicator {
            id: "x".to_owned(),
            name: "X".into(),
            short: "X".into(),
            themes: Vec::new(),
            kind,
            per: 100.0,
            denominator: None,
            unit: "".into(),
            decimals: 1,
            polarity: Polarity::Neutral,
            aggregate: Aggregate::None,
            weight: None,
            out_of: Some(10),
            worst: None,
            best: None,
            among: None,
            ordered_by: None,
            categories: Vec::new(),
            base: None,
            definition: None,
            source: None,
            source_url: None,
            licence: None,
            caveat: None,
            updated: None,
            frequency: None,
            next_due: None,
            owner: None,
            opens_at: None,
            disclosure: None,
        }
    }

    fn found(kind: Kind, values: &[f64]) -> Vec<&'static str> {
        let area =
            |position: usize| Area { code: format!("A{position}"), name: String::new(), local_name: None, place: None };
        let areas = (0..values.len()).map(area).collect();
        let geography = Geography::new("area".to_owned(), "Areas".into(), "area".into(), areas, None);
        let column = Column::of_values(values.iter().copied().map(Some).collect(), Origin::Supplied);
        let problems = suspicions(&indicator(kind), &geography, &column, "`x`");
        problems.iter().map(|suspicion| suspicion.problem.kind).collect()
    }

    #[test]
    fn equal_values_are_suspicious_when_there_are_several() {
        assert_eq!(found(Kind::Score, &[2.0; 10]), ["all-equal"]);
        assert_eq!(found(Kind::Score, &[0.0; 10]), ["all-zero"]);
        assert!(found(Kind::Score, &[2.0; 9]).is_empty());
        assert!(found(Kind::Score, &[2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 3.0]).is_empty());
        assert!(found(Kind::Score, &[]).is_empty());
    }

    #[test]
    fn values_outside_the_range_of_their_kind_are_told() {
        for (kind, values, expected) in [
            (Kind::Proportion, [1.0, 101.0], true),
            (Kind::Proportion, [0.0, 100.0], false),
            (Kind::Rate, [-1.0, 3.0], true),
            (Kind::Rate, [0.0, 3000.0], false),
            (Kind::Rank, [0.0, 3.0], true),
            (Kind::Rank, [11.0, 3.0], true),
            (Kind::Score, [-1.0, 300.0], false),
        ] {
            assert_eq!(found(kind, &values) == ["outside-range"], expected, "{kind:?} {values:?}");
        }
    }

    #[test]
    fn what_is_due_in_a_month_is_overdue_when_the_month_is_over() {
        for (due, is_overdue) in [
            ("2020-09", true),
            ("2026-10", true),
            ("2026-11", false),
            ("2026-11-21", true),
            ("2026-11-22", false),
            ("2026", false),
            ("2025", true),
        ] {
            let indicator = Indicator { next_due: Some(due.to_owned()), ..indicator(Kind::Count) };
            assert_eq!(overdue(&indicator, "2026-11-22").is_some(), is_overdue, "{due}");
        }
        assert!(overdue(&indicator(Kind::Count), "2026-11-22").is_none());
    }
}
