//! The query string of a page as it is written.

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error;

use crate::plain::words::say_with;

/// So much of what could not be read is said again, in characters.
const LONGEST_SAID: usize = 40;

/// Every parameter in its order. Of a repeated one the first counts, sets excepted.
pub(crate) struct Written(Vec<(String, String)>);

impl Written {
    pub(crate) fn of(query: &str) -> Written {
        Written(form_urlencoded::parse(query.as_bytes()).into_owned().collect())
    }

    /// Says a parameter that says nothing there.
    pub(super) fn add(&mut self, name: &str, text: &str) {
        self.0.retain(|(own, _)| own != name);
        self.0.push((name.to_owned(), text.to_owned()));
    }

    /// A parameter, unless it is empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next().filter(|text| !text.is_empty())
    }

    /// Says something else of a parameter that stands there.
    pub(super) fn set(&mut self, name: &str, text: &str) {
        if let Some((_, own)) = self.0.iter_mut().find(|(own, _)| own == name) {
            text.clone_into(own);
        }
    }

    /// Every time that a parameter stands there.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(own, _)| own == name).map(|(_, text)| text.as_str())
    }

    /// The names of all parameters that say something.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter(|(_, text)| !text.is_empty()).map(|(name, _)| name.as_str())
    }

    /// What a parameter means; one that means nothing is told.
    pub(super) fn read<'w, T>(
        &'w self,
        name: &str,
        parse: impl FnOnce(&'w str) -> Option<T>,
        notices: &mut Vec<String>,
    ) -> Option<T> {
        let text = self.get(name)?;
        let value = parse(text);
        if value.is_none() {
            notices.push(unread(name, text));
        }
        value
    }
}

/// That a parameter was left out, for it could not be read.
pub(super) fn unread(name: &str, text: &str) -> String {
    say_with("link-unread", &[("name", name.into()), ("text", shortened(text).into())])
}

/// The beginning of what a link says, for a notice.
pub(super) fn shortened(text: &str) -> String {
    let mut said: String = text.chars().take(LONGEST_SAID).collect();
    if said.len() < text.len() {
        said.push('…');
    }
    said
}

/// One of the words that a parameter may be.
pub(super) fn word<'t, T: Deserialize<'t>>(text: &'t str) -> Option<T> {
    T::deserialize(IntoDeserializer::<Error>::into_deserializer(text)).ok()
}
