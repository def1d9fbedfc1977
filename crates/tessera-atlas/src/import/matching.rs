//! From the codes of a file to the areas of a geography, and what can be said of codes that are none.

use std::collections::BTreeSet;

use crate::codes::{self, Vintage};
use crate::geography::Geography;
use crate::problem::{Problem, Problems, Tally};
use crate::table::Table;
use crate::words::count;

/// The codes of one file on their way to the areas of one geography.
#[derive(Clone)]
pub(super) struct Matching<'a> {
    pub(super) geography: &'a Geography,
    geographies: &'a [Geography],
    /// The vintage of the geography, where its areas are LSOAs.
    vintage: Option<Vintage>,
    /// The kinds of its areas.
    kinds: BTreeSet<&'a str>,
    /// The vintage of the file: the newest of its codes.
    newest: Option<Vintage>,
    rows: usize,
    matched: usize,
    elsewhere: usize,
    seen: Vec<bool>,
    /// The codes of a later vintage than the geography's, one for each row.
    later: Vec<String>,
    unknown: BTreeSet<String>,
    in_lower_case: BTreeSet<String>,
    /// The area that was found last: rows often speak of the same one, or the next.
    last: Option<usize>,
}

/// How the codes of a file matched.
pub(super) struct Matched {
    /// Rows with a code.
    pub(super) rows: usize,
    /// Rows whose code is an area.
    pub(super) matched: usize,
    /// Rows of areas that exist, but not in this atlas.
    pub(super) elsewhere: usize,
    /// Codes that are of another vintage or unknown, sorted.
    pub(super) unmatched: Vec<String>,
}

impl<'a> Matching<'a> {
    /// Matches with the areas of the geography at a position.
    pub(super) fn new(geographies: &'a [Geography], position: usize) -> Matching<'a> {
        let geography = &geographies[position];
        let codes = || geography.areas().iter().map(|area| area.code.as_str());
        Matching {
            geography,
            geographies,
            vintage: codes::vintage_of(codes()),
            kinds: codes().filter_map(codes::kind).collect(),
            newest: None,
            rows: 0,
            matched: 0,
            elsewhere: 0,
            seen: vec![false; geography.len()],
            later: Vec::new(),
            unknown: BTreeSet::new(),
            in_lower_case: BTreeSet::new(),
            last: None,
        }
    }

    /// Adds what was found in other rows of the file.
    pub(super) fn merge(&mut self, other: Matching<'_>) {
        self.newest = self.newest.max(other.newest);
        self.rows += other.rows;
        self.matched += other.matched;
        self.elsewhere += other.elsewhere;
        self.seen.iter_mut().zip(other.seen).for_each(|(seen, other)| *seen |= other);
        self.later.extend(other.later);
        self.unknown.extend(other.unknown);
        self.in_lower_case.extend(other.in_lower_case);
    }

    /// The position of the area with this code; `None` where the code is that of an area elsewhere or of another vintage,
    /// which is counted and told at the end.
    ///
    /// # Errors
    /// When there is no code, or one that no area anywhere is known to have.
    pub(super) fn area(&mut self, code: &str) -> Result<Option<usize>, Problem> {
        if let Some(last) = self.again(code) {
            return Ok(Some(last));
        }
        if code.is_empty() {
            let problem = Problem::error("no-code", "this row has no area code");
            return Err(problem.cure("fill it in, or take the row out"));
        }
        self.rows += 1;
        let next = self.last.map_or(0, |last| last + 1);
        if self.geography.has_code(next, code) && !code.bytes().any(|byte| byte.is_ascii_lowercase()) {
            self.newest = self.newest.max(codes::vintage(code));
            return Ok(Some(self.found(next)));
        }
        let upper_case = code.to_uppercase();
        let found = self.geography.position(code).or_else(|| {
            let found = self.geography.position(&upper_case)?;
            self.in_lower_case.insert(code.to_owned());
            Some(found)
        });
        let vintage = codes::vintage(&upper_case);
        self.newest = self.newest.max(vintage);
        if let Some(position) = found {
            return Ok(Some(self.found(position)));
        }
        match (vintage, self.vintage) {
            (Some(vintage), Some(own)) if vintage > own => self.later.push(upper_case),
            (Some(_), Some(_)) => self.elsewhere += 1,
            _ if self.is_of_own_kind(&upper_case) => self.elsewhere += 1,
            _ => return Err(self.unknown(code)),
        }
        Ok(None)
    }

    /// The area that was found last, and its code.
    #[inline]
    pub(super) fn last(&self) -> Option<(usize, &'a str)> {
        let last = self.last?;
        Some((last, &self.geography.areas().get(last)?.code))
    }

    /// Counts a row of the area that was found last.
    #[inline]
    pub(super) fn count_again(&mut self) {
        self.rows += 1;
        self.matched += 1;
    }

    /// The position of the area that was asked for last, where it has this code, too.
    #[inline]
    pub(super) fn again(&mut self, code: &str) -> Option<usize> {
        let last = self.last.filter(|last| self.geography.has_code(*last, code))?;
        self.count_again();
        Some(last)
    }

    fn found(&mut self, position: usize) -> usize {
        self.matched += 1;
        self.seen[position] = true;
        self.last = Some(position);
        position
    }

    /// Whether a code looks like one of an area of the same kind. LSOAs are told by the ranges in which they were issued.
    fn is_of_own_kind(&self, code: &str) -> bool {
        codes::kind(code).is_some_and(|kind| kind != codes::LSOA && self.kinds.contains(kind))
    }

    fn unknown(&mut self, code: &str) -> Problem {
        self.unknown.insert(code.to_owned());
        let other = self.geographies.iter().find(|geography| geography.position(code).is_some());
        let cure = match other {
            Some(other) => format!("this is a code of `{}`: is that the file's geography?", other.id),
            None => "mend the code, or take the row out".to_owned(),
        };
        let message = format!("this code is no area of `{}`", self.geography.id);
        Problem::error("unknown-code", message).value(code).cure(cure)
    }

    /// Says what the codes of the table have in common that did not match. `key` is the key of the manifest by which the
    /// file's geography is named.
    pub(super) fn finish(mut self, key: &str, table: &Table, problems: &mut Problems) -> Matched {
        if let Some(first) = self.in_lower_case.first() {
            let message = format!("{} in lower case, and matched all the same", codes_are(self.in_lower_case.len()));
            problems.push(table.problem(Problem::warning("lower-case-code", message).value(first)));
        }
        self.name_other_vintage(key, table, problems);
        if self.matched == 0 && self.rows > 0 {
            let message = format!("none of the file's {} codes is an area of `{}`", self.rows, self.geography.id);
            let cure = format!("look at the column of codes, and at {key}");
            problems.push(table.problem(Problem::error("nothing-matched", message).cure(cure)));
        }
        Matched {
            rows: self.rows,
            matched: self.matched,
            elsewhere: self.elsewhere,
            unmatched: self.unknown.into_iter().collect(),
        }
    }

    /// Says where the file and the boundaries are of different releases. A file that speaks of every area is of theirs,
    /// whatever other codes it holds: some places kept all their codes when others were redrawn.
    fn name_other_vintage(&mut self, key: &str, table: &Table, problems: &mut Problems) {
        let rows = self.later.len();
        let codes: BTreeSet<String> = self.later.drain(..).collect();
        let areas = self.geography.areas().iter().zip(&self.seen);
        let unseen: Vec<&String> = areas.filter(|(_, seen)| !**seen).map(|(area, _)| &area.code).collect();
        if unseen.is_empty() {
            self.elsewhere += rows;
            return;
        }
        let Some(newest) = self.newest.filter(|newest| Some(*newest) != self.vintage) else { return };
        let is_later = |code: &&String| codes::vintage(code).is_some_and(|vintage| vintage > newest);
        let issued_later: Vec<&String> = unseen.into_iter().filter(is_later).collect();
        let (message, some) = if !codes.is_empty() {
            (
                format!("{} of {}, not of `{}`", codes_are(codes.len()), newest.words(), self.geography.id),
                codes.iter().take(Tally::NAMED).cloned().collect(),
            )
        } else if !issued_later.is_empty() && self.elsewhere > 0 {
            let message = format!(
                "the codes are of {}, and {} areas of `{}` were drawn later",
                newest.words(),
                issued_later.len(),
                self.geography.id
            );
            (message, issued_later.into_iter().take(Tally::NAMED).cloned().collect::<Vec<String>>())
        } else {
            return;
        };
        let fitting = self.geographies.iter().find(|geography| {
            codes::vintage_of(geography.areas().iter().map(|area| area.code.as_str())) == Some(newest)
        });
        let cure = match fitting {
            Some(geography) => format!("set {key} to `{}`", geography.id),
            None => format!("add a geography with the boundaries of {}, and set {key} to it", newest.words()),
        };
        problems.push(table.problem(Problem::warning("other-vintage", message).value(some.join(", ")).cure(cure)));
        self.unknown.extend(codes);
    }
}

fn codes_are(number: usize) -> String {
    if number == 1 { "1 code is".to_owned() } else { format!("{} codes are", count(number)) }
}
