//! How small numbers are protected, or why they are not.

use serde::{Deserialize, Serialize};

use crate::protect::Rule;

/// What holds where the publisher says nothing else.
const UNLESS_SAID: Rule = Rule { threshold: 5, round: 1 };

/// `[disclosure]`, or an indicator's own rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "DisclosureKeys", into = "DisclosureKeys")]
pub enum Disclosure {
    /// Counts from 1 to `threshold` − 1 are hidden; what remains is rounded to multiples of `round` (1: not at all).
    Rule {
        /// The smallest count that may be shown.
        threshold: u32,
        /// The rounding base.
        round: u32,
    },
    /// No protection, with the publisher's reason.
    None {
        /// Why these numbers need no protection.
        reason: String,
    },
}

impl Default for Disclosure {
    fn default() -> Disclosure {
        Disclosure::Rule { threshold: UNLESS_SAID.threshold, round: UNLESS_SAID.round }
    }
}

impl Disclosure {
    /// The rule, where there is one.
    pub fn rule(&self) -> Option<Rule> {
        match self {
            Disclosure::Rule { threshold, round } => Some(Rule { threshold: *threshold, round: *round }),
            Disclosure::None { .. } => None,
        }
    }
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, expecting = "{ threshold = 5, round = 1 } or { none = \"the reason\" }")]
struct DisclosureKeys {
    #[serde(skip_serializing_if = "Option::is_none")]
    threshold: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    round: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    none: Option<String>,
}

impl From<Disclosure> for DisclosureKeys {
    fn from(disclosure: Disclosure) -> DisclosureKeys {
        match disclosure {
            Disclosure::Rule { threshold, round } => {
                DisclosureKeys { threshold: Some(threshold), round: Some(round), none: None }
            }
            Disclosure::None { reason } => DisclosureKeys { threshold: None, round: None, none: Some(reason) },
        }
    }
}

impl TryFrom<DisclosureKeys> for Disclosure {
    type Error = String;

    fn try_from(keys: DisclosureKeys) -> Result<Disclosure, String> {
        match keys {
            DisclosureKeys { threshold: None, round: None, none: Some(reason) } => {
                if reason.trim().is_empty() {
                    return Err("`none` needs the reason why these numbers need no protection".to_owned());
                }
                Ok(Disclosure::None { reason })
            }
            DisclosureKeys { none: Some(_), .. } => {
                Err("`none` stands instead of `threshold` and `round`, not beside them".to_owned())
            }
            DisclosureKeys { threshold, round, none: None } => {
                let threshold = threshold.unwrap_or(UNLESS_SAID.threshold);
                let round = round.unwrap_or(UNLESS_SAID.round);
                if threshold < 2 {
                    return Err(format!("`threshold` is at least 2, not {threshold}"));
                }
                if round < 1 {
                    return Err(format!("`round` is at least 1, not {round}"));
                }
                Ok(Disclosure::Rule { threshold, round })
            }
        }
    }
}
