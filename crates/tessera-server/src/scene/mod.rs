//! What the view in the query string of a page shows in this atlas: what stands in the HTML before any script says what the page says that
//! runs. What cannot be read, or the atlas does not have, is left out with a notice: a page never refuses.

mod beside;
mod chosen;
mod fitting;
mod following;
mod mode;
mod opening;
mod question;
mod screens;
mod written;

use tessera_atlas::classes::{Classes, Method, Question, Rank};
use tessera_atlas::compare::{Selected, Subjects};
use tessera_atlas::words::isolated;
use tessera_atlas::{AtlasView, EditionId};

pub(crate) use self::chosen::{Filtered, Sets};
use self::mode::PARAMETERS_OF_MODES;
pub(crate) use self::mode::{Found, possible};
pub(crate) use self::screens::of_screens;
use self::written::{Written, unread};
use crate::error::ApiError;
use crate::plain::words::{say, say_with};
use crate::settings::Delivery;

/// A view as it is shown.
pub(crate) struct Scene<'a> {
    /// Of which areas, by which indicator, when, and in which classes.
    pub(crate) question: Question<'a>,
    /// The map of values.
    pub(crate) classes: Classes,
    /// What the mode makes of it.
    pub(crate) found: Found<'a>,
    /// The sets that a reader drew.
    pub(crate) sets: Sets<'a>,
    /// What passes the filter, where there is one.
    pub(crate) filtered: Option<Filtered>,
    /// What is selected.
    pub(crate) selected: Vec<Selected<'a>>,
    /// What is not as it was asked for.
    pub(crate) notices: Vec<String>,
    /// What the address says beside the question, for other addresses to say it, too.
    pub(crate) others: Vec<(&'static str, String)>,
}

impl<'a> Scene<'a> {
    /// The scene of a query string, which opens with what the atlas opens with where it says nothing; `None` where the atlas has no values
    /// to show. `lost` is the edition that was asked for, where it is not this one.
    ///
    /// # Errors
    /// Where something cannot be read from its store.
    pub(crate) fn of(
        view: &'a AtlasView,
        query: &str,
        lost: Option<&str>,
        delivery: Delivery,
    ) -> Result<Option<Scene<'a>>, ApiError> {
        let mut written = Written::of(query);
        opening::open(view, &mut written, delivery);
        let mut notices: Vec<String> = lost.map(without_edition).into_iter().collect();
        notices.extend(screens::unheard(view, &written));
        notices.extend(mode::unheard(&written));
        let Some(mut question) = question::question(view, &mut written, &mut notices)? else { return Ok(None) };
        let Some(mut classes) = view.classes(&question)? else { return Ok(None) };
        if is_outdated(&classes) {
            question = Question { method: Method::Quantile, custom: None, ..question };
            let Some(others) = view.classes(&question)? else { return Ok(None) };
            classes = others;
            notices.push(say("breaks-outdated"));
            fitting::let_go_of_classes(&mut written, &mut notices);
        }
        let sets = chosen::sets(view, &written, &mut notices)?;
        let found = mode::found(view, &written, &question, &sets.texts, &mut notices)?;
        if is_refused(&written, &found) {
            fitting::let_go_of_classes(&mut written, &mut notices);
        }
        let filtered = chosen::filtered(view, &written, &question, &mut notices)?;
        let shown = found.classes().unwrap_or(&classes.classes);
        let selected = chosen::selected(view, &written, question.geography, shown, filtered.as_ref(), &mut notices);
        let mut scene = Scene { question, classes, found, sets, filtered, selected, notices, others: Vec::new() };
        scene.others = scene.written_again(&written);
        Ok(Some(scene))
    }

    /// What an address says beside the question, as far as it means something.
    fn written_again(&self, written: &Written) -> Vec<(&'static str, String)> {
        let said = |name: &'static str| Some((name, written.get(name)?.to_owned()));
        let is_map = matches!(self.found, Found::Values);
        let of_mode = PARAMETERS_OF_MODES.into_iter().filter(|_| !is_map).filter_map(said);
        let sets = self.sets.texts.iter().map(|text| ("set", text.clone()));
        let filter = self.filtered.iter().map(|filtered| ("filter", filtered.text.clone()));
        let areas = said("areas").filter(|_| !self.selected.is_empty());
        of_mode.chain(sets).chain(filter).chain(areas).collect()
    }

    /// Whether an area stands in the list: inside the place that the view is limited to, and not filtered out.
    pub(crate) fn lists(&self, position: usize) -> bool {
        let Question { geography, within, .. } = self.question;
        within.is_none_or(|within| within.holds(geography, position))
            && self.filtered.as_ref().is_none_or(|filtered| filtered.positions.contains(&position))
    }

    /// What the address says of the mode alone, without the sets that areas may be held against.
    pub(crate) fn of_mode(&self) -> Vec<(&'static str, &str)> {
        let is_set = |name: &str, text: &str| name == "against" && text.starts_with("set:");
        let own = self.others.iter().filter(|(name, text)| PARAMETERS_OF_MODES.contains(name) && !is_set(name, text));
        own.map(|(name, text)| (*name, text.as_str())).collect()
    }

    /// Whether some areas are looked at before the others.
    pub(crate) fn singles_out(&self) -> bool {
        self.filtered.is_some() || !self.selected.is_empty() || !self.sets.drawn.is_empty()
    }

    /// Selected areas and sets beside each other.
    pub(crate) fn subjects(&self) -> Subjects<'_> {
        Subjects { areas: &self.selected, sets: &self.sets.drawn }
    }

    /// The finding.
    pub(crate) fn sentence(&self) -> String {
        match &self.found {
            Found::Values => self.classes.sentence.clone(),
            Found::Hotspots(found) => found.sentence.clone(),
            Found::Verdicts(held) => held.sentence.clone(),
            Found::Change(change) => change.sentence.clone(),
            Found::Beside(second) => format!("{} {}", self.classes.sentence, second.classes.sentence),
        }
    }

    /// By what areas are put in order: their values, or how they changed.
    pub(crate) fn rank(&self) -> &Rank {
        match &self.found {
            Found::Change(change) => &change.rank,
            _ => &self.classes.rank,
        }
    }

    /// What both ends of that order are called, that of rank 1 first.
    pub(crate) fn ends(&self) -> (String, String) {
        let (low, high) = (say("end-lowest"), say("end-highest"));
        match (&self.found, self.rank().first) {
            (Found::Change(_), "highest") => (high, low),
            (Found::Change(_), _) => (low, high),
            _ => {
                let (worst, best) = self.question.indicator.ends_by_rank();
                (worst.to_owned(), best.to_owned())
            }
        }
    }

    /// What is shown: the indicator by its name, or the change of it.
    pub(crate) fn indicator(&self) -> String {
        let name = self.question.indicator.name.en();
        match &self.found {
            Found::Change(_) => say_with("change-of", &[("indicator", name.into())]),
            Found::Beside(second) => {
                let other = second.question.indicator.name.en();
                say_with("held-beside-other", &[("first", name.into()), ("second", other.into())])
            }
            _ => isolated(name).into_owned(),
        }
    }

    /// Of which time it speaks.
    pub(crate) fn time(&self) -> String {
        let period = self.question.period.words();
        match &self.found {
            Found::Change(change) => {
                say_with("from-to", &[("from", change.from.words().into()), ("to", period.into())])
            }
            _ => period,
        }
    }
}

/// That the edition which a link keeps to gave way to the newest.
pub(crate) fn without_edition(asked: &str) -> String {
    match asked.parse::<EditionId>() {
        Ok(id) => say_with("edition-not-held", &[("id", id.as_str().into())]),
        Err(_) => unread("edition", asked),
    }
}

/// Whether a mode with classes of its own gave way to the map of values.
fn is_refused(written: &Written, found: &Found<'_>) -> bool {
    let own = written.get("mode").filter(|mode| ["change", "hotspots", "significance"].contains(mode));
    own.is_some() && matches!(found, Found::Values)
}

/// Whether no area lies in the classes of a link any more.
fn is_outdated(classes: &Classes) -> bool {
    classes.method == Method::Custom && classes.n > 0 && classes.counts.iter().all(|count| *count == 0)
}
