//! What a link says of another map than can be shown is let go, and told: a class of that map would be other areas here, and breaks and a
//! centre are of one indicator. The page has the same rule (`web/src/scene.ts`).

use tessera_atlas::catalogue::Indicator;
use tessera_atlas::classes::Within;
use tessera_atlas::geography::Geography;
use tessera_atlas::period::Period;

use super::written::Written;
use crate::plain::words::say_with;

/// What a map is of.
pub(super) struct Ground<'a> {
    pub(super) indicator: &'a Indicator,
    pub(super) geography: &'a Geography,
    pub(super) period: Period,
    pub(super) within: Option<Within<'a>>,
}

/// Leaves out what a link says of another map than this, which is shown in its place.
pub(super) fn fit(written: &mut Written, shown: &Ground<'_>, notices: &mut Vec<String>) {
    let is = |name: &str, id: &str| written.get(name).is_none_or(|asked| asked == id);
    let is_indicator = is("indicator", &shown.indicator.id);
    let is_geography = is("geography", &shown.geography.id);
    // One that cannot be read asks for none.
    let asked = written.get("period").and_then(|text| text.parse::<Period>().ok());
    let is_period = asked.is_none_or(|asked| shown.period.is_written_as(&asked));
    let is_within = shown.within.is_some() || written.get("within").is_none_or(|text| !text.contains(':'));
    if !is_indicator {
        for name in ["breaks", "centre"] {
            if written.get(name).is_some() {
                notices.push(of_another_map(name));
                written.set(name, "");
            }
        }
        if written.get("method") == Some("custom") {
            written.set("method", "");
        }
    }
    if !(is_indicator && is_geography && is_period && is_within) {
        let_go_of_classes(written, notices);
    }
}

/// Leaves out the classes that a link selects, for they are not those of the map.
pub(super) fn let_go_of_classes(written: &mut Written, notices: &mut Vec<String>) {
    let Some(areas) = written.get("areas") else { return };
    let (classes, others): (Vec<&str>, Vec<&str>) = areas.split(',').partition(|part| part.starts_with("class:"));
    notices.extend(classes.into_iter().map(of_another_map));
    let left = others.join(",");
    written.set("areas", &left);
}

fn of_another_map(name: &str) -> String {
    say_with("of-another-map", &[("name", name.into())])
}
