//! What a view selects in a geography that the indicator is not published for: the areas that stand for it in the one that is shown.

use std::collections::BTreeSet;

use tessera_atlas::AtlasView;
use tessera_atlas::catalogue::Indicator;
use tessera_atlas::counterparts::Counterparts;
use tessera_atlas::geography::Geography;
use tessera_atlas::words::{count, list};

use super::chosen::{codes_of, is_group};
use super::written::Written;
use crate::plain::words::say_with;

/// So many areas are named in a notice.
const MOST_NAMED: usize = 5;

/// Writes the counterparts of such areas in their place, and tells what moved and what was let go. Bare codes are of the
/// geography that the address names.
pub(super) fn follow(
    view: &AtlasView,
    written: &mut Written,
    (shown, indicator): (&Geography, &Indicator),
    notices: &mut Vec<String>,
) {
    let Some(areas) = written.get("areas") else { return };
    let named = written.get("geography").and_then(|id| view.geography(id)).unwrap_or(shown);
    let known = view.geographies();
    let mut moving = Moving { shown, known, from: Vec::new(), to: BTreeSet::new(), dropped: Vec::new() };
    let mut parts: Vec<String> = Vec::new();
    for part in areas.split(',').filter(|part| !part.is_empty()) {
        let (id, code) = part.split_once(':').unwrap_or((&named.id, part));
        let is_left = |own: &&Geography| own.id != shown.id && view.periods(own, indicator).is_empty();
        match view.geography(id).filter(is_left).filter(|_| !is_group(part)) {
            Some(left) => parts.extend(moving.take(left, code)),
            None => parts.push(part.to_owned()),
        }
    }
    if moving.from.is_empty() && moving.dropped.is_empty() {
        return;
    }
    notices.extend(moving.notices());
    parts.extend(moving.to.into_iter().filter_map(|position| Some(shown.areas().get(position)?.code.clone())));
    written.set("areas", &parts.join(","));
}

/// Areas on their way to the geography that is shown.
struct Moving<'a> {
    shown: &'a Geography,
    known: &'a [Geography],
    /// How many went, by where they were.
    from: Vec<(&'a Geography, usize)>,
    /// The positions of those that they became.
    to: BTreeSet<usize>,
    /// The names of those without a counterpart.
    dropped: Vec<&'a str>,
}

impl<'a> Moving<'a> {
    /// Takes the areas of an entry along; the answer are the codes that are none, with their geography.
    fn take(&mut self, left: &'a Geography, entry: &str) -> Vec<String> {
        let counterparts = Counterparts::new(left, self.shown, self.known);
        let mut unknown = Vec::new();
        for code in codes_of(entry) {
            let Some(position) = left.position(&code) else {
                unknown.push(format!("{}:{code}", left.id));
                continue;
            };
            let found = counterparts.of(position);
            if found.is_empty() {
                self.dropped.extend(left.areas().get(position).map(|area| area.shown_name()));
                continue;
            }
            self.to.extend(found);
            match self.from.iter_mut().find(|(geography, _)| geography.id == left.id) {
                Some((_, n)) => *n += 1,
                None => self.from.push((left, 1)),
            }
        }
        unknown
    }

    fn notices(&self) -> Vec<String> {
        let mut notices = Vec::new();
        if !self.from.is_empty() {
            let from: Vec<String> = self.from.iter().map(|(geography, n)| counted(geography, *n)).collect();
            let to = counted(self.shown, self.to.len());
            notices.push(say_with("selection-moved", &[("from", list(&from).into()), ("to", to.into())]));
        }
        let n = self.dropped.len();
        if n > 0 {
            let mut names: Vec<String> = self.dropped.iter().take(MOST_NAMED).map(|name| (*name).to_owned()).collect();
            if n > names.len() {
                names.push(say_with("more-notices", &[("n", count(n - names.len()).into())]));
            }
            let areas = self.shown.distinct_plural();
            let arguments = [("names", list(&names).into()), ("n", n.into()), ("areas", areas.into())];
            notices.push(say_with("selection-dropped", &arguments));
        }
        notices
    }
}

/// "2 LSOAs of 2011"
fn counted(geography: &Geography, n: usize) -> String {
    let noun = if n == 1 { geography.distinct_singular() } else { geography.distinct_plural() };
    format!("{} {noun}", count(n))
}
