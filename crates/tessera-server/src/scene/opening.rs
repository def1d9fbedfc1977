//! What opens first: where an address says nothing of what is shown, it is as if it said what the atlas opens with. A link that says
//! something speaks for itself, so that it means the same whatever the atlas opens with. The page has the same rule (`web/src/view.ts`).

use tessera_atlas::AtlasView;

use super::mode::PARAMETERS_OF_MODES;
use super::written::Written;
use crate::settings::Delivery;

/// Parameters that say what is shown. Beside them stand those of how it looks, in which edition, and what its readers may change, and a
/// postcode, which is looked for.
const OF_WHAT_IS_SHOWN: [&str; 19] = [
    "geography",
    "indicator",
    "period",
    "within",
    "areas",
    "set",
    "filter",
    "method",
    "k",
    "breaks",
    "centre",
    "scope",
    "still",
    "palette",
    "reverse",
    "at",
    "layers",
    "sort",
    "panel",
];

/// What is worked out for one reader, which plain files are not.
const NEEDS_A_PROGRAM: [&str; 9] = ["within", "method", "k", "breaks", "centre", "scope", "still", "set", "filter"];

/// Whether a parameter says what is shown.
pub(super) fn is_of_what_is_shown(name: &str) -> bool {
    OF_WHAT_IS_SHOWN.contains(&name) || PARAMETERS_OF_MODES.contains(&name)
}

/// Writes what the atlas opens with, as far as it is delivered, where nothing says what is shown.
pub(super) fn open(view: &AtlasView, written: &mut Written, delivery: Delivery) {
    if written.names().any(is_of_what_is_shown) {
        return;
    }
    for (name, text) in view.opening().parameters() {
        let text = match delivery {
            Delivery::Server => Some(text),
            Delivery::Files => without_program(&name, text),
        };
        // What the address says beside it counts.
        if let Some(text) = text.filter(|_| written.get(&name).is_none()) {
            written.add(&name, &text);
        }
    }
}

/// What is left of a parameter where no program answers.
fn without_program(name: &str, text: String) -> Option<String> {
    match name {
        "areas" => Some(text.split(',').filter(|part| part.trim() != "filter").collect::<Vec<_>>().join(",")),
        "mode" => Some(text).filter(|mode| mode == "double"),
        _ => Some(text).filter(|_| !NEEDS_A_PROGRAM.contains(&name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_files_open_with_what_they_hold() {
        let left = |name: &str, text: &str| without_program(name, text.to_owned());
        assert_eq!(left("areas", "A1,filter,class:2").as_deref(), Some("A1,class:2"));
        assert_eq!(left("mode", "double").as_deref(), Some("double"));
        assert_eq!(left("period", "2019").as_deref(), Some("2019"));
        for (name, text) in [("mode", "hotspots"), ("k", "7"), ("within", "district:W"), ("set", "N~area:A1")] {
            assert_eq!(left(name, text), None, "{name}");
        }
    }

    #[test]
    fn what_says_how_it_looks_says_not_what_is_shown() {
        for name in ["theme", "lang", "edition", "lock", "postcode", "utm_source", "nonsense"] {
            assert!(!is_of_what_is_shown(name), "{name}");
        }
        for name in ["k", "mode", "sort", "second", "panel"] {
            assert!(is_of_what_is_shown(name), "{name}");
        }
    }
}
