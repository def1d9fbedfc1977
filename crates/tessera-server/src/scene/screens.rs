//! What of a view only the page that runs shows: it changes nothing in the HTML, unless it cannot be read.

use std::collections::BTreeSet;

use tessera_atlas::AtlasView;
use tessera_atlas::manifest::is_identifier;

use super::opening::is_of_what_is_shown;
use super::written::{Written, shortened, unread};
use crate::plain::words::say_with;

/// Colours of the legend, of one scale and of two that meet.
const PALETTES: [&str; 7] = ["blue", "purple", "orange", "grey", "orange-purple", "brown-teal", "red-blue"];
/// What an embed can keep its readers from changing.
const LOCKS: [&str; 8] = ["indicator", "geography", "within", "period", "areas", "legend", "at", "mode"];

/// Parameters of a page that say nothing of what is shown, beside those of screens.
const OTHERS: [&str; 2] = ["edition", "postcode"];

/// Names that other sites and mail programs add to a link, to see who follows it: they ask for nothing.
const OF_TRACKING: [&str; 12] =
    ["mc_cid", "mc_eid", "_ga", "_gl", "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "igshid"];
const BEGINNINGS_OF_TRACKING: [&str; 3] = ["utm_", "mtm_", "pk_"];

/// A parameter, and whether what it says can be read.
type OfScreen = (&'static str, fn(&AtlasView, &str) -> bool);

const OF_SCREENS: [OfScreen; 9] = [
    ("at", |_, text| is_place(text)),
    // Welsh is a draft, and not in use.
    ("lang", |_, text| text == "en"),
    ("layers", |view, text| text.split(',').all(|id| has_layer(view, id))),
    ("lock", |_, text| text.split(',').any(|lock| LOCKS.contains(&lock))),
    ("palette", |_, text| PALETTES.contains(&text)),
    ("panel", |_, text| ["areas", "trend", "relation", "profile"].contains(&text)),
    ("reverse", |_, text| ["true", "false"].contains(&text)),
    ("sort", |_, text| ["worst", "best", "name"].contains(&text)),
    ("theme", |_, text| ["light", "dark"].contains(&text)),
];

/// Those of a query string that can be read, and so make no other page, and what stands for them: where nothing else says what is shown,
/// they make it another page than where nothing does. The order of rows is one of the table.
pub(crate) fn of_screens(view: &AtlasView, query: &str) -> (Vec<&'static str>, Option<(&'static str, &'static str)>) {
    let written = Written::of(query);
    let is_read = |(name, reads): &&OfScreen| *name != "sort" && written.get(name).is_none_or(|text| reads(view, text));
    let read: Vec<&str> = OF_SCREENS.iter().filter(is_read).map(|(name, _)| *name).collect();
    let mut speaking = written.names().filter(|name| is_of_what_is_shown(name)).peekable();
    let is_alone = speaking.peek().is_some() && speaking.all(|name| read.contains(&name));
    (read, is_alone.then_some(("panel", "areas")))
}

/// What of them could not be read, names that mean nothing here, and those that are said again, as notices.
pub(super) fn unheard(view: &AtlasView, written: &Written) -> Vec<String> {
    let wrong = OF_SCREENS.iter().filter_map(|(name, reads)| {
        let text = written.get(name)?;
        // Layers that there are not are told one by one.
        let is_read = reads(view, text) || (*name == "layers" && are_ids(text));
        (!is_read).then(|| unread(name, text))
    });
    let layers = written.get("layers").filter(|text| are_ids(text)).into_iter().flat_map(|text| text.split(','));
    let unknown_layers = layers.filter(|id| !has_layer(view, id)).map(|id| say_with("no-places", &[("id", id.into())]));
    let is_own = |name: &str| {
        OF_SCREENS.iter().any(|(own, _)| *own == name) || OTHERS.contains(&name) || is_of_what_is_shown(name)
    };
    let known = |name: &str| {
        is_own(name)
            || OF_TRACKING.contains(&name)
            || BEGINNINGS_OF_TRACKING.iter().any(|beginning| name.starts_with(beginning))
    };
    let unknown: BTreeSet<&str> = written.names().filter(|name| !known(name)).collect();
    let unknown = unknown.into_iter().map(|name| say_with("link-unknown", &[("name", shortened(name).into())]));
    // Sets are said one by one.
    let is_repeated = |name: &&str| *name != "set" && is_own(name) && written.all(name).nth(1).is_some();
    let repeated: BTreeSet<&str> = written.names().filter(is_repeated).collect();
    let repeated = repeated.into_iter().map(|name| say_with("link-repeated", &[("name", name.into())]));
    wrong.chain(unknown_layers).chain(unknown).chain(repeated).collect()
}

fn has_layer(view: &AtlasView, id: &str) -> bool {
    view.points().iter().any(|layer| layer.id == id)
}

/// `ID,…`
fn are_ids(text: &str) -> bool {
    text.split(',').all(is_identifier)
}

/// `lon,lat,zoom`
fn is_place(text: &str) -> bool {
    let numbers: Option<Vec<f64>> = text.split(',').map(|part| part.trim().parse().ok()).collect();
    let limits = [-180.0..=180.0, -85.0..=85.0, 0.0..=22.0];
    numbers.is_some_and(|numbers| {
        numbers.len() == limits.len() && numbers.iter().zip(limits).all(|(number, limit)| limit.contains(number))
    })
}

#[cfg(test)]
mod tests {
    use super::is_place;

    #[test]
    fn a_place_is_two_degrees_and_a_zoom() {
        assert!(is_place("-1.5,53.8,12") && is_place("0,0,0"));
        for text in ["", "x", "1,2", "1,2,3,4", "-181,0,1", "0,86,1", "0,0,23", "0,0,NaN"] {
            assert!(!is_place(text), "{text}");
        }
    }
}
