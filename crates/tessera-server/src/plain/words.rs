//! Words for readers, from the catalogue that the server shares with the page: `words/en.ftl`.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use tessera_atlas::words::isolated;
use unic_langid::LanguageIdentifier;

const CATALOGUE: &str = include_str!("../../../../words/en.ftl");

static WORDS: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| {
    let english: LanguageIdentifier = "en-GB".parse().unwrap_or_default();
    let mut words = FluentBundle::new_concurrent(vec![english]);
    // What cannot be read is left out; a test holds that there is nothing such.
    let catalogue = FluentResource::try_new(CATALOGUE.to_owned()).unwrap_or_else(|(readable, _)| readable);
    words.add_resource_overriding(catalogue);
    // Names are isolated where they need it, here as in every sentence.
    words.set_use_isolating(false);
    words
});

/// A text of the catalogue.
pub(crate) fn say(id: &str) -> String {
    say_with(id, &[])
}

/// A text of the catalogue with names and numbers in it, isolated where they would turn what is around them.
pub(crate) fn say_with<'a>(id: &'a str, arguments: &[(&'a str, FluentValue<'a>)]) -> String {
    let Some(pattern) = WORDS.get_message(id).and_then(|message| message.value()) else { return id.to_owned() };
    let as_said = |value: &FluentValue<'a>| match value {
        FluentValue::String(text) => isolated(text).into_owned().into(),
        other => other.clone(),
    };
    let arguments: FluentArgs<'_> = arguments.iter().map(|(name, value)| (*name, as_said(value))).collect();
    WORDS.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
}

/// Statuses in words: why there is no value, or what must be known of one.
pub(crate) fn statuses(statuses: &[tessera_atlas::cell::Status]) -> String {
    let words: Vec<String> = statuses.iter().map(|status| say(&format!("status-{}", status.word()))).collect();
    words.join("; ")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::*;

    /// The sources of everybody who says something, this file aside.
    fn sources(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let text = |path: &Path| match path.extension().and_then(|extension| extension.to_str()) {
            Some("rs" | "ts" | "svelte") if !path.ends_with("plain/words.rs") => {
                vec![fs::read_to_string(path).unwrap()]
            }
            _ => Vec::new(),
        };
        entries.flat_map(|path| if path.is_dir() { sources(&path) } else { text(&path) }).collect()
    }

    #[test]
    fn the_catalogue_holds_exactly_what_is_said() {
        FluentResource::try_new(CATALOGUE.to_owned()).unwrap();
        let lines = CATALOGUE.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()));
        let known: BTreeSet<&str> = lines.filter_map(|line| line.split_once(" = ")).map(|(id, _)| id).collect();
        let server = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/src");
        let sources = [sources(&server), sources(&page)].concat();
        let mut said = BTreeSet::new();
        for start in ["say(", "say_with("] {
            let calls = sources.iter().flat_map(|source| source.split(start).skip(1));
            let quoted = calls.filter_map(|rest| rest.trim_start().strip_prefix(['"', '\'']));
            said.extend(quoted.filter_map(|rest| rest.split(['"', '\'']).next()));
        }
        said.extend(known.iter().copied().filter(|id| id.starts_with("status-")));
        assert_eq!(known, said);
    }

    #[test]
    fn names_are_isolated_and_numbers_choose_the_form() {
        assert_eq!(say_with("whole", &[("place", "Leeds".into())]), "All of Leeds");
        assert_eq!(say_with("whole", &[("place", "\u{202e}x".into())]), "All of \u{2068}\u{202e}x\u{2069}");
        let caption = |n: usize| {
            let arguments =
                [("indicator", "A"), ("period", "2019"), ("area", "way"), ("areas", "ways"), ("count", "1")];
            let mut arguments: Vec<_> = arguments.into_iter().map(|(name, text)| (name, text.into())).collect();
            arguments.push(("n", n.into()));
            say_with("table-caption", &arguments)
        };
        assert_eq!((caption(1).as_str(), caption(2).as_str()), ("A, 2019: 1 way", "A, 2019: 1 ways"));
    }
}
