//! Which areas a view singles out: its sets, what passes its filter, and what is selected. What there is none of any more is left out and told.

use std::borrow::Cow;
use std::collections::HashSet;

use tessera_atlas::AtlasView;
use tessera_atlas::classes::Question;
use tessera_atlas::compare::Selected;
use tessera_atlas::drawn::{DrawnSet, MOST_MEMBERS};
use tessera_atlas::geography::Geography;
use tessera_atlas::packed;
use tessera_atlas::words::count;

use super::written::{Written, unread};
use crate::error::ApiError;
use crate::names;
use crate::plain::words::say_with;
use crate::selection::{Selecting, filter};

/// How many sets a view has; each is a row of every table.
const MOST_SETS: usize = 6;

/// So many codes are named in a notice.
const MOST_SAID: usize = 8;

/// The sets of a view, each with what the address says of it.
pub(crate) struct Sets<'a> {
    pub(crate) drawn: Vec<DrawnSet<'a>>,
    pub(crate) texts: Vec<String>,
}

/// The areas that a filter lets through.
pub(crate) struct Filtered {
    /// As it is written.
    pub(crate) text: String,
    /// Their positions.
    pub(crate) positions: HashSet<usize>,
    /// What it finds, in words.
    pub(crate) sentence: String,
}

/// The sets of a view.
///
/// # Errors
/// Where something cannot be read from its store.
pub(super) fn sets<'a>(
    view: &'a AtlasView,
    written: &Written,
    notices: &mut Vec<String>,
) -> Result<Sets<'a>, ApiError> {
    let mut sets = Sets { drawn: Vec::new(), texts: Vec::new() };
    for text in written.all("set").filter(|text| !text.is_empty()) {
        let Some(known) = without_unknown(view, text, notices) else { continue };
        let drawn = Selecting { view, geography: None, filter: None }.sets(std::slice::from_ref(&known));
        match drawn {
            Ok(drawn) => {
                let is_new = |set: &DrawnSet<'_>| sets.drawn.iter().all(|other| other.name() != set.name());
                if sets.drawn.len() == MOST_SETS || !drawn.iter().all(is_new) {
                    notices.push(unread("set", text));
                    continue;
                }
                sets.drawn.extend(drawn);
                sets.texts.push(known);
            }
            Err(refusal) => notices.push(refusal.told()?),
        }
    }
    Ok(sets)
}

/// A set as it is written, without the areas that are not there; `None` where nothing is left of it.
fn without_unknown(view: &AtlasView, text: &str, notices: &mut Vec<String>) -> Option<String> {
    let parts = text.split_once('~').and_then(|(name, areas)| Some((name, areas, areas.split_once(':')?.0)));
    let Some((name, areas, id)) = parts else {
        notices.push(unread("set", text));
        return None;
    };
    let Some(geography) = view.geography(id) else {
        notices.push(say_with("set-left-out", &[("name", name.into()), ("geography", id.into())]));
        return None;
    };
    let prefix = format!("{id}:");
    let codes = areas.split(',').map(|code| code.strip_prefix(&prefix).unwrap_or(code)).flat_map(codes_of);
    let (known, unknown): (Vec<_>, Vec<_>) = codes.partition(|code| geography.position(code).is_some());
    notices.extend(not_among(geography, &unknown));
    match (known.is_empty(), unknown.is_empty()) {
        (true, _) => None,
        (false, true) => Some(text.to_owned()),
        (false, false) => Some(format!("{name}~{prefix}{}", known.join(","))),
    }
}

/// The codes that an entry of an address stands for; what cannot be read is none of the atlas's codes either.
pub(super) fn codes_of(entry: &str) -> Vec<Cow<'_, str>> {
    packed::codes(entry).unwrap_or_else(|| vec![entry.into()])
}

/// The areas that pass the filter of a view; `None` without one, and where it is none.
///
/// # Errors
/// Where something cannot be read from its store.
pub(super) fn filtered(
    view: &AtlasView,
    written: &Written,
    question: &Question<'_>,
    notices: &mut Vec<String>,
) -> Result<Option<Filtered>, ApiError> {
    let Question { geography, within, .. } = *question;
    let Some(text) = written.get("filter") else { return Ok(None) };
    match filter(view, geography, text) {
        Ok(conditions) => {
            let positions = view.filter(geography, &conditions, within)?;
            let sentence = view.filter_sentence(geography, &conditions, within, &positions)?;
            Ok(Some(Filtered { text: text.to_owned(), positions: positions.into_iter().collect(), sentence }))
        }
        Err(refusal) => {
            notices.push(say_with("filter-not-applied", &[("why", refusal.told()?.into())]));
            Ok(None)
        }
    }
}

/// The areas that a view selects, each once: by their codes, or `class:N`, `parent:GEO:CODE` and `filter`. `classes` are those of the
/// map, by position.
pub(super) fn selected<'a>(
    view: &'a AtlasView,
    written: &Written,
    geography: &'a Geography,
    classes: &[Option<u32>],
    filtered: Option<&Filtered>,
    notices: &mut Vec<String>,
) -> Vec<Selected<'a>> {
    let parts = written.get("areas").unwrap_or_default().split(',').filter(|part| !part.is_empty());
    let mut selected: Vec<Selected<'a>> = Vec::new();
    let mut unknown: Vec<(&'a Geography, Cow<'_, str>)> = Vec::new();
    for part in parts {
        if let Some(members) = group(view, geography, classes, filtered, part) {
            // A filter that is not applied is told.
            let is_told = part == "filter" && filtered.is_none() && written.get("filter").is_some();
            if members.is_empty() && !is_told {
                notices.push(say_with("group-empty", &[("group", part.into())]));
            }
            selected.extend(members.into_iter().map(|position| Selected { geography, position }));
            continue;
        }
        let (id, code) = part.split_once(':').unwrap_or((&geography.id, part));
        match view.geography(id) {
            Some(own) => {
                for code in codes_of(code) {
                    match own.position(&code) {
                        Some(position) => selected.push(Selected { geography: own, position }),
                        None => unknown.push((own, code)),
                    }
                }
            }
            None => {
                notices.push(say_with("area-left-out", &[("geography", id.into()), ("code", code.into())]));
            }
        }
    }
    for own in view.geographies() {
        let codes: Vec<_> = unknown.iter().filter(|(of, _)| of.id == own.id).map(|(_, code)| code.clone()).collect();
        notices.extend(not_among(own, &codes));
    }
    let mut known = HashSet::new();
    selected.retain(|area| known.insert((area.geography.id.as_str(), area.position)));
    if selected.len() > MOST_MEMBERS {
        let n = selected.len();
        let figures = [("n", n.into()), ("count", count(n).into()), ("most", count(MOST_MEMBERS).into())];
        notices.push(say_with("too-many", &figures));
        selected.clear();
    }
    selected
}

/// Whether a part of a selection is a group, whatever is in it.
pub(super) fn is_group(part: &str) -> bool {
    part == "filter" || part.starts_with("class:") || part.starts_with("parent:")
}

/// The areas of a group by their positions, where a part of a selection names one.
fn group(
    view: &AtlasView,
    geography: &Geography,
    classes: &[Option<u32>],
    filtered: Option<&Filtered>,
    part: &str,
) -> Option<Vec<usize>> {
    let mut members: Vec<usize> = (0..geography.len()).collect();
    if part == "filter" {
        members.retain(|position| filtered.is_some_and(|found| found.positions.contains(position)));
    } else if let Some(number) = part.strip_prefix("class:") {
        let class: Option<u32> = number.parse::<u32>().ok().and_then(|number| number.checked_sub(1));
        members.retain(|position| class.is_some() && classes.get(*position) == Some(&class));
    } else {
        let around = names::within_of(view, geography, part.strip_prefix("parent:")?, "areas").ok();
        members.retain(|position| around.is_some_and(|around| around.holds(geography, *position)));
    }
    Some(members)
}

/// That codes are none of a geography's any more.
fn not_among(geography: &Geography, codes: &[Cow<'_, str>]) -> Option<String> {
    let mut said: Vec<&str> = codes.iter().map(AsRef::as_ref).take(MOST_SAID).collect();
    if codes.len() > said.len() {
        said.push("…");
    }
    let arguments = [("areas", geography.distinct_plural().into()), ("codes", said.join(", ").into())];
    (!codes.is_empty()).then(|| say_with("not-among", &arguments))
}
