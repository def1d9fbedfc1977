//! What the atlas is called, who publishes it, and what it may contact or be shown in.

use serde::Deserialize;

use super::one_or_many::one_or_many;
use crate::text::Text;

/// `[atlas]`: what the atlas is called and who publishes it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a section of keys and values")]
pub struct AtlasSection {
    /// The atlas's id: `a-z 0-9 -`.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// The place that all its areas make up, as a person says it ("Worcestershire"): the name of `overall`.
    pub place: Option<Text>,
    /// Who publishes it.
    pub publisher: Option<Text>,
    /// How to reach them.
    pub contact: Option<String>,
    /// Statements of source and copyright.
    #[serde(default, deserialize_with = "one_or_many")]
    pub attribution: Vec<Text>,
    /// Indicators of kind count that every selection and class is accompanied by.
    #[serde(default, deserialize_with = "one_or_many")]
    pub people: Vec<String>,
    /// The day (`MM-DD`) on which a year such as `2018/19` starts, unless a table says otherwise.
    pub year_starts: Option<String>,
}

/// `[basemap]`: background tiles, the only thing that ever contacts another host.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a section of keys and values")]
pub struct Basemap {
    /// A template with `{z}`, `{x}` and `{y}`.
    pub url: String,
    /// Whose tiles they are.
    pub attribution: String,
}

/// `[embed]`: who may show `/embed` in a frame.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a section of keys and values")]
pub struct Embed {
    /// Origins, such as `https://www.example.org`.
    #[serde(default)]
    pub hosts: Vec<String>,
}
