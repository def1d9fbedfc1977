//! Whether two indicators go together over the areas that have both.

use serde::Serialize;
use tessera_stats::intervals::{Confidence, Interval};
use tessera_stats::relation::{self, NoRelation, relation};
use utoipa::ToSchema;

use crate::catalogue::Indicator;
use crate::classes::Within;
use crate::column::Numbers;
use crate::finding::areas;
use crate::geography::Geography;
use crate::manifest::Kind;
use crate::period::Period;
use crate::store::StoreError;
use crate::view::AtlasView;
use crate::words::{isolated, number};

/// Correlations below this are weak, and those below [`STRONG`] moderate (Cohen 1988).
const MODERATE: f64 = 0.3;

/// Correlations from this on are strong (Cohen 1988).
const STRONG: f64 = 0.5;

/// A p above which chance is explanation enough.
const BY_CHANCE: f64 = 0.05;

/// Which two columns are to be held beside each other.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The geography.
    pub geography: &'a Geography,
    /// What the line goes along.
    pub x: Measure<'a>,
    /// What the line gives.
    pub y: Measure<'a>,
    /// The areas that it is limited to.
    pub within: Option<Within<'a>>,
}

/// An indicator in a period.
#[derive(Debug, Clone, Copy)]
pub struct Measure<'a> {
    /// The indicator.
    pub indicator: &'a Indicator,
    /// The period.
    pub period: Period,
}

impl Measure<'_> {
    /// Whether its values are places in an order, whose distances mean nothing.
    fn is_order_alone(&self) -> bool {
        matches!(self.indicator.kind, Kind::Rank | Kind::Decile)
    }

    /// "Recorded crime, July 2018"
    pub(crate) fn words(&self) -> String {
        format!("{}, {}", isolated(self.indicator.name.en()), self.period.words())
    }
}

/// How two columns go together.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Relation {
    /// The geography's id.
    pub geography: String,
    /// `GEO:CODE`, where limited.
    pub within: Option<String>,
    /// What the line goes along.
    pub x: Axis,
    /// What the line gives.
    pub y: Axis,
    /// How many areas have both values.
    pub n: usize,
    /// The values of the areas that have both.
    pub pairs: Pairs,
    /// Pearson's r: how close the areas lie to a straight line.
    pub pearson: Option<Correlation>,
    /// Spearman's ρ: how close the areas come to one order.
    pub spearman: Option<Correlation>,
    /// The line of least squares of y on x.
    pub line: Option<Line>,
    /// Why something is not there.
    pub note: Option<String>,
    /// The finding.
    pub sentence: String,
}

/// One of the two columns.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Axis {
    /// The indicator's id.
    pub indicator: String,
    /// Its name.
    pub name: String,
    /// The period.
    #[schema(value_type = String)]
    pub period: Period,
    /// Its unit.
    pub unit: String,
    /// Decimals shown.
    pub decimals: u8,
}

/// The values of the areas that have both, in the fixed order of the geography; `None` in both for any other area.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Pairs {
    /// Those of x.
    pub x: Numbers,
    /// Those of y.
    pub y: Numbers,
}

/// A correlation.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Correlation {
    /// From −1 to 1.
    pub coefficient: f64,
    /// The two-sided p by Student's t.
    pub p: f64,
    /// The lower end of its 95% interval (Fisher's z); `None` for three areas, and where all lie on one line.
    pub lower: Option<f64>,
    /// The upper end.
    pub upper: Option<f64>,
}

/// The straight line y = intercept + slope · x.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Line {
    /// The change of y for a change of 1 in x.
    pub slope: Limits,
    /// y where x is 0.
    pub intercept: Limits,
    /// R²: the part of the variance of y that the line accounts for.
    pub determination: f64,
    /// Of the intervals: 0.95.
    pub confidence: f64,
    /// How the intervals were computed.
    pub method: &'static str,
}

/// A number and its interval.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Limits {
    /// The number.
    pub value: f64,
    /// The lower limit.
    pub lower: f64,
    /// The upper limit.
    pub upper: f64,
}

/// Why two columns are not held beside each other.
#[derive(Debug, thiserror::Error)]
pub enum NotRelated {
    /// Categories have names and no order.
    #[error("“{indicator}” is a category: its values have names and no order")]
    Category {
        /// The indicator's name.
        indicator: String,
    },
    /// A column cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl AtlasView {
    /// Holds two columns beside each other. `None` where one of them is not published for this geography and period.
    ///
    /// Where too few areas have both values or all have the same, there is an answer without correlations, whose sentence
    /// says why. Ranks and deciles have an order alone, and so no line.
    ///
    /// # Errors
    /// [`NotRelated`].
    pub fn relate(&self, question: &Question<'_>) -> Result<Option<Relation>, NotRelated> {
        let Question { geography, x, y, within } = *question;
        if let Some(category) = [x, y].into_iter().find(|measure| measure.indicator.kind == Kind::Category) {
            return Err(NotRelated::Category { indicator: category.indicator.name.en().to_owned() });
        }
        let values = |measure: Measure<'_>| self.values_within(geography, measure.indicator, measure.period, within);
        let (Some(of_x), Some(of_y)) = (values(x)?, values(y)?) else { return Ok(None) };
        let pairs = Pairs::new(&of_x, &of_y);
        let found = relation(&pairs.x, &pairs.y, Confidence::Percent95);
        let order_alone = [x, y].into_iter().find(Measure::is_order_alone);
        let with_distances = found.as_ref().ok().filter(|_| order_alone.is_none());
        Ok(Some(Relation {
            geography: geography.id.clone(),
            within: within.map(|within| within.parameter()),
            x: Axis::new(x),
            y: Axis::new(y),
            n: pairs.x.iter().flatten().count(),
            pearson: with_distances.map(|found| found.pearson.into()),
            spearman: found.as_ref().ok().map(|found| found.spearman.into()),
            line: with_distances.map(|found| found.line.into()),
            note: order_alone.map(|measure| {
                let kind = measure.indicator.kind.word();
                format!(
                    "“{}” is a {kind}: it tells an order and no distances, so there is no line.",
                    measure.indicator.name.en()
                )
            }),
            sentence: self.relation_sentence(question, &pairs, &found),
            pairs,
        }))
    }

    /// What was found, in words that say nothing of causes.
    fn relation_sentence(
        &self,
        question: &Question<'_>,
        pairs: &Pairs,
        found: &Result<relation::Relation, NoRelation>,
    ) -> String {
        let Question { geography, x, y, within } = question;
        let (x_words, y_words) = (x.words(), y.words());
        let scope = self.scope_name(*within);
        let place = isolated(&scope);
        let n = pairs.x.iter().flatten().count();
        let them = areas(geography, n);
        let found = match found {
            Ok(found) => found,
            Err(reason) => {
                let why = match reason {
                    NoRelation::TooFew { .. } => {
                        format!("only {them} in {place} {} both, and it takes 3", if n == 1 { "has" } else { "have" })
                    }
                    NoRelation::NoVariation => format!("one of them is the same in all {them} in {place}"),
                    _ => format!("the values in {place} are too large or too small to compare"),
                };
                return format!("Nothing can be said of {x_words} and {y_words} together: {why}.");
            }
        };
        let rho = found.spearman.coefficient;
        let coefficients = match (x.is_order_alone() || y.is_order_alone(), number(rho, 2)) {
            (true, rho) => format!("Spearman's ρ {rho}"),
            (false, rho) => format!("Spearman's ρ {rho}, Pearson's r {}", number(found.pearson.coefficient, 2)),
        };
        if found.spearman.p > BY_CHANCE {
            return format!(
                "Over the {them} in {place}, {x_words} and {y_words} go together no more than chance would have it \
                 ({coefficients})."
            );
        }
        let strength = match rho.abs() {
            weak if weak < MODERATE => "weakly",
            moderate if moderate < STRONG => "moderately",
            _ => "strongly",
        };
        let direction = if rho > 0.0 { "high where the other is high" } else { "low where the other is high" };
        format!(
            "Over the {them} in {place}, {x_words} and {y_words} go together {strength}: one tends to be {direction} \
             ({coefficients}). This is about areas, not about the people in them, and does not say why."
        )
    }
}

impl Axis {
    fn new(measure: Measure<'_>) -> Axis {
        let Measure { indicator, period } = measure;
        Axis {
            indicator: indicator.id.clone(),
            name: indicator.name.en().to_owned(),
            period,
            unit: indicator.unit.en().to_owned(),
            decimals: indicator.decimals,
        }
    }
}

impl Pairs {
    fn new(x: &Numbers, y: &Numbers) -> Pairs {
        let (x, y) = x.iter().zip(y).map(|(x, y)| x.zip(*y).unzip()).unzip();
        Pairs { x, y }
    }
}

impl From<relation::Correlation> for Correlation {
    fn from(correlation: relation::Correlation) -> Correlation {
        Correlation {
            coefficient: correlation.coefficient,
            p: correlation.p,
            lower: correlation.interval.map(|interval| interval.lower),
            upper: correlation.interval.map(|interval| interval.upper),
        }
    }
}

impl From<relation::Line> for Line {
    fn from(line: relation::Line) -> Line {
        Line {
            slope: line.slope.into(),
            intercept: line.intercept.into(),
            determination: line.determination,
            confidence: line.slope.confidence.level(),
            method: line.slope.method.words(),
        }
    }
}

impl From<Interval> for Limits {
    fn from(interval: Interval) -> Limits {
        Limits { value: interval.value, lower: interval.lower, upper: interval.upper }
    }
}
