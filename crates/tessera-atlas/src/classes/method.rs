//! How classes are made, and which ways make sense for which values.

use serde::{Deserialize, Serialize};
use tessera_stats::classes::{
    Breaks, ClassesError, equal_interval, head_tail, jenks, pretty, published_quantile, quantile, standard_deviation,
};
use utoipa::ToSchema;

use super::Question;
use crate::catalogue::Indicator;
use crate::column::Numbers;
use crate::manifest::Kind;

/// How values are put into classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// As many areas in each class (quantiles of type 7).
    Quantile,
    /// Classes of equal width.
    Equal,
    /// Natural breaks: values of a class as near to each other as can be.
    Jenks,
    /// At one and two standard deviations from the mean.
    Stddev,
    /// At round numbers.
    Pretty,
    /// At the mean, and again at the mean of what lies above it.
    Headtail,
    /// Where somebody says.
    Custom,
    /// The classes that the values were published in: deciles, categories.
    Published,
}

impl Method {
    /// The word used in questions and answers.
    pub fn word(self) -> &'static str {
        match self {
            Method::Quantile => "quantile",
            Method::Equal => "equal",
            Method::Jenks => "jenks",
            Method::Stddev => "stddev",
            Method::Pretty => "pretty",
            Method::Headtail => "headtail",
            Method::Custom => "custom",
            Method::Published => "published",
        }
    }

    /// The methods that say something of an indicator's values. Ranks are evenly spread, so that no break among them is natural
    /// and no mean divides them.
    pub fn on_offer(indicator: &Indicator) -> &'static [Method] {
        use Method::{Custom, Equal, Headtail, Jenks, Pretty, Published, Quantile, Stddev};
        match indicator.kind {
            Kind::Decile | Kind::Category => &[Published],
            Kind::Rank => &[Quantile, Equal, Pretty, Custom],
            _ => &[Quantile, Equal, Jenks, Stddev, Pretty, Headtail, Custom],
        }
    }
}

/// The classes of values as a question asks for them, and how they were made.
pub(super) fn breaks(question: &Question<'_>, values: &Numbers) -> (Method, Result<Breaks, ClassesError>) {
    if let Some(count) = question.indicator.published_classes() {
        return (Method::Published, published_quantile(count));
    }
    if let Some(custom) = &question.custom {
        return (Method::Custom, Ok(custom.clone()));
    }
    let breaks = match question.method {
        Method::Equal => equal_interval(values, question.k),
        Method::Jenks => jenks(values, question.k),
        Method::Stddev => standard_deviation(values),
        Method::Pretty => pretty(values, question.k),
        Method::Headtail => head_tail(values),
        Method::Quantile | Method::Custom | Method::Published => {
            return (Method::Quantile, quantile(values, question.k));
        }
    };
    (question.method, breaks)
}
