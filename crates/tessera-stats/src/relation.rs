//! Whether two indicators go together: correlation and the straight line through them.
//!
//! Areas without one of the two values are left out. What holds for areas need not hold for the people
//! in them, and neither indicator need be the cause of the other.

use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::intervals::{Confidence, Interval, Method, t_quantile};
use crate::rank::mid_ranks;
use crate::summation::Sum;

/// A correlation coefficient and how likely one as large would be by chance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Correlation {
    /// From −1 to 1.
    pub coefficient: f64,
    /// The two-sided p-value for no correlation, by Student's t with n − 2 degrees of freedom.
    pub p: f64,
    /// Its interval, on Fisher's z scale; `None` for three areas, and where all lie on one line.
    pub interval: Option<Interval>,
}

/// Which coefficient it is: the standard error on Fisher's z scale depends on it.
#[derive(Debug, Clone, Copy)]
enum Of {
    /// Pearson's, of values: 1/√(n − 3).
    Values,
    /// Spearman's, of ranks: √((1 + ρ²/2)/(n − 3)).
    Ranks,
}

/// The straight line y = intercept + slope·x that leaves the smallest squared distances in y.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// The change of y for a change of 1 in x, with its interval (Student's t).
    pub slope: Interval,
    /// y where x is 0, with its interval (Student's t).
    pub intercept: Interval,
    /// R²: the part of the variance of y that the line accounts for, from 0 to 1.
    pub determination: f64,
}

/// How two columns go together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Relation {
    /// The number of areas with both values.
    pub n: usize,
    /// Pearson's r: how close the areas lie to a straight line.
    pub pearson: Correlation,
    /// Spearman's ρ: Pearson's r of the ranks, ties sharing the mean of theirs. How close the areas
    /// come to one order; outliers and curves hardly move it.
    pub spearman: Correlation,
    /// The line of least squares.
    pub line: Line,
}

/// Why two columns have no relation to speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoRelation {
    /// The columns are not of the same areas.
    #[error("the two columns have {x} and {y} areas, where they must have the same")]
    Lengths {
        /// The length of the first.
        x: usize,
        /// The length of the second.
        y: usize,
    },
    /// Too few areas have both values.
    #[error("{n} areas have both values, where at least three are needed")]
    TooFew {
        /// How many.
        n: usize,
    },
    /// All values of a column are equal.
    #[error("all areas have the same value")]
    NoVariation,
    /// A value is not finite, or too large or too small to be squared.
    #[error("a value is not finite, or too large or too small to be squared")]
    NotFinite,
}

/// Pearson's and Spearman's correlation and the line of least squares of `y` on `x`, over the areas
/// that have both values.
///
/// With more than a few areas chance is soon ruled out: a small p does not make a relation strong.
/// Spearman's p is by Student's t as well (as scipy's; R's exact test for small n differs).
///
/// # Errors
///
/// [`NoRelation`].
///
/// # Example
///
/// ```
/// use tessera_stats::intervals::Confidence;
/// use tessera_stats::relation::relation;
///
/// let x = [Some(1.0), Some(2.0), Some(3.0), Some(4.0), None];
/// let y = [Some(2.0), Some(4.0), Some(5.0), Some(9.0), Some(1.0)];
/// let relation = relation(&x, &y, Confidence::Percent95)?;
/// assert_eq!(relation.n, 4);
/// assert_eq!(relation.spearman.coefficient, 1.0);
/// assert_eq!(format!("{:.1}", relation.line.slope.value), "2.2");
/// assert_eq!(format!("{:.4}", relation.pearson.coefficient), "0.9648");
/// # Ok::<(), tessera_stats::relation::NoRelation>(())
/// ```
///
/// # References
///
/// - Bonett, D. G. & Wright, T. A. (2000). Sample size requirements for estimating Pearson, Kendall and Spearman
///   correlations. *Psychometrika* 65(1), 23–28.
/// - Fisher, R. A. (1921). On the "probable error" of a coefficient of correlation deduced from a small sample. *Metron* 1,
///   3–32.
/// - Pearson, K. (1896). Mathematical contributions to the theory of evolution. III. *Philosophical
///   Transactions of the Royal Society A* 187, 253–318.
/// - Spearman, C. (1904). The proof and measurement of association between two things. *American Journal of
///   Psychology* 15(1), 72–101.
pub fn relation(x: &[Option<f64>], y: &[Option<f64>], confidence: Confidence) -> Result<Relation, NoRelation> {
    if x.len() != y.len() {
        return Err(NoRelation::Lengths { x: x.len(), y: y.len() });
    }
    let (x, y): (Vec<_>, Vec<_>) = x.iter().zip(y).filter_map(|(x, y)| x.zip(*y)).unzip();
    let moments = Moments::new(&x, &y)?;
    let ranks = |values: &[f64]| -> Vec<f64> {
        mid_ranks(&values.iter().copied().map(Some).collect::<Vec<_>>()).into_iter().flatten().collect()
    };
    Ok(Relation {
        n: x.len(),
        pearson: moments.correlation(Of::Values, confidence)?,
        spearman: Moments::new(&ranks(&x), &ranks(&y))?.correlation(Of::Ranks, confidence)?,
        line: moments.line(confidence)?,
    })
}

/// Means and sums of squares and products of the distances from them.
struct Moments {
    n: f64,
    mean_x: f64,
    mean_y: f64,
    xx: f64,
    yy: f64,
    xy: f64,
}

impl Moments {
    fn new(x: &[f64], y: &[f64]) -> Result<Self, NoRelation> {
        if x.len() < 3 {
            return Err(NoRelation::TooFew { n: x.len() });
        }
        let n = x.len() as f64;
        let mean = |values: &[f64]| sum(values.iter().copied()) / n;
        let (mean_x, mean_y) = (mean(x), mean(y));
        let pairs = || x.iter().zip(y).map(|(x, y)| (x - mean_x, y - mean_y));
        let (xx, yy) = (sum(pairs().map(|(x, _)| x * x)), sum(pairs().map(|(_, y)| y * y)));
        let xy = sum(pairs().map(|(x, y)| x * y));
        if !((xx * yy).is_finite() && xy.is_finite()) {
            return Err(NoRelation::NotFinite);
        }
        let all_equal = |values: &[f64]| values.iter().all(|value| *value == values[0]);
        if all_equal(x) || all_equal(y) || xx * yy == 0.0 {
            return Err(NoRelation::NoVariation);
        }
        Ok(Self { n, mean_x, mean_y, xx, yy, xy })
    }

    fn freedom(&self) -> f64 {
        self.n - 2.0
    }

    fn coefficient(&self) -> f64 {
        (self.xy / (self.xx * self.yy).sqrt()).clamp(-1.0, 1.0)
    }

    fn correlation(&self, of: Of, confidence: Confidence) -> Result<Correlation, NoRelation> {
        let coefficient = self.coefficient();
        let t = coefficient * (self.freedom() / ((1.0 - coefficient) * (1.0 + coefficient))).sqrt();
        let p = if t.is_finite() {
            let distribution = StudentsT::new(0.0, 1.0, self.freedom()).map_err(|_| NoRelation::NotFinite)?;
            (2.0 * distribution.sf(t.abs())).min(1.0)
        } else {
            0.0 // all areas lie on the line
        };
        Ok(Correlation { coefficient, p, interval: self.interval(coefficient, of, confidence) })
    }

    fn interval(&self, coefficient: f64, of: Of, confidence: Confidence) -> Option<Interval> {
        let variance = match of {
            Of::Values => 1.0,
            Of::Ranks => 1.0 + coefficient.powi(2) / 2.0,
        };
        let freedom = self.n - 3.0;
        let reach = confidence.z() * (variance / freedom).sqrt();
        let on_line = coefficient.abs() >= 1.0;
        (freedom > 0.0 && !on_line).then(|| Interval {
            value: coefficient,
            lower: (coefficient.atanh() - reach).tanh(),
            upper: (coefficient.atanh() + reach).tanh(),
            confidence,
            method: Method::FisherZ,
        })
    }

    fn line(&self, confidence: Confidence) -> Result<Line, NoRelation> {
        let slope = self.xy / self.xx;
        let intercept = self.mean_y - slope * self.mean_x;
        let determination = self.coefficient().powi(2);
        let variance = (self.yy - slope * self.xy).max(0.0) / self.freedom();
        let t = t_quantile(confidence, self.freedom()).ok_or(NoRelation::NotFinite)?;
        let interval = |value: f64, variance: f64| {
            let reach = t * variance.sqrt();
            let interval =
                Interval { value, lower: value - reach, upper: value + reach, confidence, method: Method::StudentT };
            interval.checked().map_err(|_| NoRelation::NotFinite)
        };
        Ok(Line {
            slope: interval(slope, variance / self.xx)?,
            intercept: interval(intercept, variance * (1.0 / self.n + self.mean_x.powi(2) / self.xx))?,
            determination,
        })
    }
}

fn sum(terms: impl Iterator<Item = f64>) -> f64 {
    let mut sum = Sum::default();
    terms.for_each(|term| sum.add(term));
    sum.value()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(x: &[f64], y: &[f64]) -> Result<Relation, NoRelation> {
        let column = |values: &[f64]| values.iter().copied().map(Some).collect::<Vec<_>>();
        relation(&column(x), &column(y), Confidence::Percent95)
    }

    #[test]
    fn anscombes_quartet_has_one_line_and_four_rank_correlations() {
        // Anscombe, F. J. (1973). Graphs in statistical analysis. The American Statistician 27(1), 17–21.
        let x = [10.0, 8.0, 13.0, 9.0, 11.0, 14.0, 6.0, 4.0, 12.0, 7.0, 5.0];
        let y1 = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
        let y2 = [9.14, 8.14, 8.74, 8.77, 9.26, 8.10, 6.13, 3.10, 9.13, 7.26, 4.74];
        let y3 = [7.46, 6.77, 12.74, 7.11, 7.81, 8.84, 6.08, 5.39, 8.15, 6.42, 5.73];
        for y in [y1, y2, y3] {
            let relation = of(&x, &y).unwrap();
            assert!((relation.line.slope.value - 0.5).abs() < 1e-3, "{relation:?}");
            assert!((relation.line.intercept.value - 3.0).abs() < 1e-2, "{relation:?}");
            assert!((relation.line.determination - 0.667).abs() < 2e-3, "{relation:?}");
        }
        // R's cor.test has these limits for the first of them.
        let interval = of(&x, &y1).unwrap().pearson.interval.unwrap();
        assert!((interval.lower - 0.424_391_2).abs() < 1e-6 && (interval.upper - 0.950_693_3).abs() < 1e-6);
        assert!((of(&x, &y1).unwrap().spearman.coefficient - 0.818_181_818).abs() < 1e-9);
        assert!((of(&x, &y3).unwrap().spearman.coefficient - 0.990_909_091).abs() < 1e-9);
    }

    #[test]
    fn areas_on_a_line_are_correlated_beyond_chance() {
        let relation = of(&[1.0, 2.0, 4.0], &[-2.0, -4.0, -8.0]).unwrap();
        assert_eq!(relation.pearson, Correlation { coefficient: -1.0, p: 0.0, interval: None });
        assert_eq!((relation.line.slope.lower, relation.line.slope.upper), (-2.0, -2.0));
    }

    #[test]
    fn the_interval_of_ranks_is_the_wider_one() {
        let relation = of(&[1.0, 2.0, 3.0, 4.0, 5.0], &[1.0, 3.0, 2.0, 5.0, 4.0]).unwrap();
        let width = |correlation: Correlation| correlation.interval.map(|interval| interval.upper - interval.lower);
        assert_eq!(relation.pearson.coefficient, relation.spearman.coefficient);
        assert!(width(relation.spearman) > width(relation.pearson));
    }

    #[test]
    fn areas_without_both_values_are_left_out() {
        let x = [Some(1.0), None, Some(2.0), Some(3.0), Some(9.0)];
        let y = [Some(1.0), Some(5.0), Some(3.0), Some(2.0), None];
        let relation = relation(&x, &y, Confidence::Percent95).unwrap();
        assert_eq!(relation.n, 3);
        assert_eq!(relation, of(&[1.0, 2.0, 3.0], &[1.0, 3.0, 2.0]).unwrap());
    }

    #[test]
    fn what_has_no_relation_says_why() {
        assert_eq!(of(&[1.0, 2.0], &[1.0, 2.0]), Err(NoRelation::TooFew { n: 2 }));
        assert_eq!(of(&[0.1, 0.1, 0.1], &[1.0, 2.0, 3.0]), Err(NoRelation::NoVariation));
        assert_eq!(of(&[1.0, 2.0, 3.0], &[1.0, 2.0]), Err(NoRelation::Lengths { x: 3, y: 2 }));
        assert_eq!(of(&[0.0, 1e-159, 2e-159], &[1.0, 2e150, 3.0]), Err(NoRelation::NotFinite));
        assert_eq!(of(&[1.0, 2.0, f64::INFINITY], &[1.0, 2.0, 3.0]), Err(NoRelation::NotFinite));
    }
}
