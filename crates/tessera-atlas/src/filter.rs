//! Areas by what they have: "decile 2 or less, and income deprivation above a third".
//!
//! Written as `INDICATOR[@PERIOD] (<=|<|=|>|>=) NUMBER`, joined by `and`. An area without a value passes nothing.

use crate::classes::Within;
use crate::finding::areas;
use crate::geography::Geography;
use crate::relate::Measure;
use crate::store::StoreError;
use crate::view::AtlasView;
use crate::words::{count, isolated, list, number};

/// How many conditions a filter may have.
pub const MOST_CONDITIONS: usize = 12;

/// How a value is to stand to a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// `<=`
    AtMost,
    /// `>=`
    AtLeast,
    /// `<`
    Below,
    /// `>`
    Above,
    /// `=`
    Equal,
}

impl Relation {
    /// Every relation with its sign; one that begins like another stands first.
    const ALL: [(&'static str, Relation); 5] = [
        ("<=", Relation::AtMost),
        (">=", Relation::AtLeast),
        ("<", Relation::Below),
        (">", Relation::Above),
        ("=", Relation::Equal),
    ];

    /// Whether a value stands so to a bound.
    pub fn holds(self, value: f64, bound: f64) -> bool {
        match self {
            Relation::AtMost => value <= bound,
            Relation::AtLeast => value >= bound,
            Relation::Below => value < bound,
            Relation::Above => value > bound,
            Relation::Equal => value == bound,
        }
    }

    fn words(self, bound: &str) -> String {
        match self {
            Relation::AtMost => format!("{bound} or less"),
            Relation::AtLeast => format!("{bound} or more"),
            Relation::Below => format!("below {bound}"),
            Relation::Above => format!("above {bound}"),
            Relation::Equal => bound.to_owned(),
        }
    }
}

/// A condition as it is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Written<'t> {
    /// `INDICATOR[@PERIOD]`
    pub measure: &'t str,
    /// How the value is to stand to the bound.
    pub relation: Relation,
    /// The bound.
    pub bound: f64,
}

/// A condition on areas.
#[derive(Debug, Clone, Copy)]
pub struct Condition<'a> {
    /// What is looked at.
    pub measure: Measure<'a>,
    /// How it is to stand to the bound.
    pub relation: Relation,
    /// The bound.
    pub bound: f64,
}

/// Why a text is no filter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoFilter {
    /// A condition has no relation.
    #[error(
        "`{text}` is no condition: write an indicator, one of <=, <, =, >, >= and a number, such as `imd-decile<=2`"
    )]
    NoRelation {
        /// What stands there.
        text: String,
    },
    /// What an indicator is held against is no number.
    #[error("`{text}` is not a number")]
    NoNumber {
        /// What stands there.
        text: String,
    },
    /// There are too many conditions.
    #[error("a filter has {MOST_CONDITIONS} conditions at most")]
    TooLong,
}

/// The conditions of a written filter.
///
/// ```
/// use tessera_atlas::filter::{Relation, read};
///
/// let conditions = read("imd-decile <= 2 and idaci@2019>0.333")?;
/// assert_eq!((conditions[1].measure, conditions[1].relation), ("idaci@2019", Relation::Above));
/// # Ok::<(), tessera_atlas::filter::NoFilter>(())
/// ```
///
/// # Errors
/// Where the text is none, with what is wrong with it.
pub fn read(text: &str) -> Result<Vec<Written<'_>>, NoFilter> {
    let conditions: Vec<Written<'_>> = text.split(" and ").map(condition).collect::<Result<_, _>>()?;
    if conditions.len() > MOST_CONDITIONS { Err(NoFilter::TooLong) } else { Ok(conditions) }
}

fn condition(text: &str) -> Result<Written<'_>, NoFilter> {
    let no_relation = || NoFilter::NoRelation { text: text.trim().to_owned() };
    let at = text.find(['<', '>', '=']).ok_or_else(no_relation)?;
    let (measure, rest) = text.split_at(at);
    let read = |(sign, relation): (&str, Relation)| Some((relation, rest.strip_prefix(sign)?));
    let (relation, bound) = Relation::ALL.into_iter().find_map(read).ok_or_else(no_relation)?;
    let (measure, bound) = (measure.trim(), bound.trim());
    if measure.is_empty() {
        return Err(no_relation());
    }
    let number = bound.parse().ok().filter(|number: &f64| number.is_finite());
    let bound = number.ok_or_else(|| NoFilter::NoNumber { text: bound.to_owned() })?;
    Ok(Written { measure, relation, bound })
}

impl AtlasView {
    /// The positions of the areas for which all conditions hold, in the fixed order.
    ///
    /// # Errors
    /// Where a column cannot be read from its store.
    pub fn filter(
        &self,
        geography: &Geography,
        conditions: &[Condition<'_>],
        within: Option<Within<'_>>,
    ) -> Result<Vec<usize>, StoreError> {
        let is_inside = |position: &usize| within.is_none_or(|within| within.holds(geography, *position));
        let mut positions: Vec<usize> = (0..geography.len()).filter(is_inside).collect();
        for Condition { measure, relation, bound } in conditions {
            let Some(column) = self.column(geography, measure.indicator, measure.period)? else {
                return Ok(Vec::new());
            };
            let value = |position: usize| column.values.get(position).copied().flatten();
            positions.retain(|position| value(*position).is_some_and(|value| relation.holds(value, *bound)));
        }
        Ok(positions)
    }

    /// What a filter finds: "20 of the 364 LSOAs in Worcestershire have IMD decile (2019) 2 or less and IDACI (2019) above
    /// 0.333. Population, 2015, of these: 31,015."
    ///
    /// # Errors
    /// Where a column cannot be read from its store.
    pub fn filter_sentence(
        &self,
        geography: &Geography,
        conditions: &[Condition<'_>],
        within: Option<Within<'_>>,
        found: &[usize],
    ) -> Result<String, StoreError> {
        let all = self.filter(geography, &[], within)?.len();
        let conditions: Vec<String> = conditions.iter().map(condition_words).collect();
        let start = format!(
            "{} of the {} in {} {} {}.",
            count(found.len()),
            areas(geography, all),
            isolated(&self.scope_name(within)),
            if found.len() == 1 { "has" } else { "have" },
            list(&conditions)
        );
        let people = self.people(geography)?.into_iter().map(|people| {
            let total = self.people_in(geography, &people, found)?;
            let name = isolated(people.indicator.short.en());
            Ok(total.map(|total| format!("{name}, {}, of these: {}.", people.period.words(), number(total, 0))))
        });
        let people: Vec<Option<String>> = people.collect::<Result<_, StoreError>>()?;
        let said = people.into_iter().flatten().filter(|_| !found.is_empty());
        Ok(std::iter::once(start).chain(said).collect::<Vec<_>>().join(" "))
    }
}

/// "IDACI (2019) above 0.333"
fn condition_words(condition: &Condition<'_>) -> String {
    let Measure { indicator, period } = condition.measure;
    let category = indicator.categories.get((condition.bound as usize).wrapping_sub(1));
    let bound = match category {
        Some(category) => isolated(category.en()).into_owned(),
        None if indicator.unit.en() == "%" => format!("{}%", condition.bound),
        None => condition.bound.to_string(),
    };
    format!("{} ({}) {}", isolated(indicator.short.en()), period.words(), condition.relation.words(&bound))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_read_with_and_without_spaces() {
        let at = |measure, relation, bound| Written { measure, relation, bound };
        assert_eq!(
            read("a<=2 and b@2018/19 >= -1.5 and c=3 and d < 4 and e>5").unwrap(),
            [
                at("a", Relation::AtMost, 2.0),
                at("b@2018/19", Relation::AtLeast, -1.5),
                at("c", Relation::Equal, 3.0),
                at("d", Relation::Below, 4.0),
                at("e", Relation::Above, 5.0)
            ]
        );
    }

    #[test]
    fn what_is_no_filter_is_named() {
        let told = |text: &str| read(text).unwrap_err().to_string();
        assert!(told("decile 2").starts_with("`decile 2` is no condition: write an indicator"));
        assert!(told("").contains("is no condition"));
        assert!(told("a<=2 and ").contains("is no condition"));
        assert!(told("<=2").contains("is no condition"));
        assert_eq!(told("a<=two"), "`two` is not a number");
        assert_eq!(told("a<=inf"), "`inf` is not a number");
        assert_eq!(told("a=<2"), "`<2` is not a number");
        assert_eq!(told(&["a<=2"; 13].join(" and ")), "a filter has 12 conditions at most");
    }

    #[test]
    fn bounds_belong_to_at_most_and_at_least_alone() {
        let holds = |relation: Relation| [1.0, 2.0, 3.0].map(|value| relation.holds(value, 2.0));
        assert_eq!(holds(Relation::AtMost), [true, true, false]);
        assert_eq!(holds(Relation::Below), [true, false, false]);
        assert_eq!(holds(Relation::Equal), [false, true, false]);
        assert_eq!(holds(Relation::Above), [false, false, true]);
        assert_eq!(holds(Relation::AtLeast), [false, true, true]);
    }
}
