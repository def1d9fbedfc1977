//! The indicators of an area by theme: each with its value, where it stands among all areas, and what it is held against.

use std::collections::{HashMap, HashSet};

use maud::{Markup, html};
use tessera_atlas::AtlasView;
use tessera_atlas::catalogue::{Indicator, Theme, theme_trees};
use tessera_atlas::cell::Status;
use tessera_atlas::compare::{Comparator, ComparedArea, Selected};
use tessera_atlas::profile::ProfileEntry;
use tessera_atlas::text::Text;
use tessera_atlas::words::{count, isolated};

use super::links::Links;
use super::shown;
use super::spine::{overall_mark, parent_mark, spine, verdict_mark};
use super::words::{say, say_with, statuses};
use crate::parameters::capitalised;

/// The verdicts, as the key lists them.
const VERDICTS: [&str; 5] = ["worse", "similar", "better", "higher", "lower"];

/// The sections of an area, and below them how to read them.
pub(super) struct Profile<'a> {
    pub(super) view: &'a AtlasView,
    pub(super) links: &'a Links,
    pub(super) selected: Selected<'a>,
    /// The larger area around it that it is held against.
    pub(super) parent: Option<&'a str>,
    /// What is larger than the atlas, such as the country.
    pub(super) larger: Vec<Selected<'a>>,
}

/// One row of a section.
struct Row<'a> {
    indicator: &'a Indicator,
    entry: &'a ProfileEntry,
    own: &'a ComparedArea,
}

/// What is said once of several figures, each with the number that stands beside them.
#[derive(Default)]
struct Footnotes(Vec<String>);

impl Footnotes {
    fn mark(&mut self, text: &str) -> Markup {
        let known = self.0.iter().position(|own| own == text);
        let number = known.unwrap_or_else(|| {
            self.0.push(text.to_owned());
            self.0.len() - 1
        }) + 1;
        html! { sup { (number) } }
    }
}

impl<'a> Row<'a> {
    fn held(&self, name: &str) -> Option<&'a Comparator> {
        self.own.against.iter().find(|held| held.against == name)
    }
}

/// Which columns a section has: those in which a row has something to say.
struct Columns<'a> {
    has_spine: bool,
    has_rank: bool,
    parent: bool,
    parent_verdict: bool,
    overall_verdict: bool,
    /// Those of what is larger than the atlas that have a value.
    larger: Vec<Larger<'a>>,
    target: bool,
}

/// A column of what is larger than the atlas.
struct Larger<'a> {
    name: &'a str,
    /// As a row is held against it: `GEO:CODE`.
    held: String,
}

impl<'a> Profile<'a> {
    /// The sections by theme, indicators without a theme last, and the key with the footnotes.
    pub(super) fn sections(&self, entries: &'a [ProfileEntry]) -> Markup {
        let by_id: HashMap<&str, Row<'a>> = entries.iter().filter_map(|entry| self.row(entry)).collect();
        let (filed, unfiled): (Vec<&Indicator>, Vec<&Indicator>) =
            self.view.indicators().iter().partition(|indicator| !indicator.themes.is_empty());
        let mut themes = Vec::new();
        flatten(&theme_trees(filed), "", &mut themes);
        // What is filed in several themes stands in the first.
        let mut known = HashSet::new();
        let mut rows = |ids: Vec<String>| {
            let own = ids.iter().filter_map(|id| by_id.get(id.as_str()));
            own.filter(|row| known.insert(row.indicator.id.as_str())).collect::<Vec<&Row<'a>>>()
        };
        let mut sections: Vec<(Option<String>, Vec<&Row<'a>>)> =
            themes.into_iter().map(|(path, ids)| (Some(path), rows(ids))).collect();
        let unfiled = unfiled.into_iter().filter_map(|indicator| by_id.get(indicator.id.as_str())).collect();
        sections.push((None, unfiled));
        sections.retain(|(_, rows)| !rows.is_empty());
        let is_only = sections.len() == 1;
        let mut notes = Footnotes::default();
        let mut markup: Vec<Markup> = Vec::new();
        for (theme, rows) in &sections {
            let heading = theme.clone().or_else(|| (!is_only).then(|| say("without-theme")));
            markup.push(self.section(heading.as_deref(), rows, &mut notes));
        }
        let shown: Vec<&Row<'a>> = sections.iter().flat_map(|(_, rows)| rows.iter().copied()).collect();
        let areas = self.selected.geography.distinct_plural();
        html! {
            @if sections.is_empty() { p { (say_with("nothing-published", &[("areas", areas.into())])) } }
            @else { @for section in &markup { (section) } (self.reading(&shown, &notes)) }
        }
    }

    fn row(&self, entry: &'a ProfileEntry) -> Option<(&'a str, Row<'a>)> {
        let own = entry.comparison.areas.first()?;
        let indicator = self.view.indicator(&entry.comparison.indicator)?;
        entry.comparison.period?;
        Some((&indicator.id, Row { indicator, entry, own }))
    }

    /// What a row is held against in the column of the larger area; another larger area has none.
    fn parent_of(&self, row: &Row<'a>) -> Option<&'a Comparator> {
        row.held("parent").filter(|_| row.entry.shown_for.is_none())
    }

    fn section(&self, heading: Option<&str>, rows: &[&Row<'a>], notes: &mut Footnotes) -> Markup {
        let has_verdict = |held: Option<&Comparator>| held.is_some_and(|held| held.significance.is_some());
        let has_value = |name: &str| rows.iter().any(|row| row.held(name).is_some_and(|held| held.value.is_some()));
        let larger = |area: &Selected<'a>| Larger {
            name: area.area().shown_name(),
            held: format!("{}:{}", area.geography.id, area.area().code),
        };
        let columns = Columns {
            has_spine: rows.iter().any(|row| row.entry.quartiles.is_some()),
            has_rank: rows.iter().any(|row| row.own.rank.is_some()),
            parent: self.parent.is_some() && rows.iter().any(|row| self.parent_of(row).is_some()),
            parent_verdict: self.parent.is_some() && rows.iter().any(|row| has_verdict(self.parent_of(row))),
            overall_verdict: rows.iter().any(|row| has_verdict(row.held("overall"))),
            larger: self.larger.iter().map(larger).filter(|larger| has_value(&larger.held)).collect(),
            target: rows.iter().any(|row| row.held("target").is_some_and(|held| held.value.is_some())),
        };
        let area = self.selected.area().shown_name();
        let theme = heading.map_or_else(|| say("indicators"), str::to_owned);
        let place = self.view.info().place.en();
        let all = say_with("among-all", &[("areas", self.selected.geography.plural().into())]);
        let mut body: Vec<Markup> = Vec::new();
        for row in rows {
            body.push(self.line(row, &columns, &all, notes));
        }
        html! {
            @if let Some(heading) = heading { h2 { (heading) } }
            div.wide {
                table.profile {
                    caption.unseen { (say_with("indicators-of", &[("theme", theme.into()), ("area", area.into())])) }
                    thead {
                        tr {
                            th scope="col" { (say("indicator")) }
                            th.number scope="col" { (say("value")) }
                            @if columns.has_spine { th.among scope="col" { (all) } }
                            @if columns.has_rank { th.rank scope="col" { (say("rank")) } }
                            @if columns.parent { th.number scope="col" { span.brief { (self.parent.unwrap_or_default()) } } }
                            @if columns.parent_verdict { th scope="col" { (self.against(self.parent.unwrap_or_default())) } }
                            th.number scope="col" { span.brief { (place) } }
                            @if columns.overall_verdict { th scope="col" { (self.against(place)) } }
                            @for larger in &columns.larger { th.number scope="col" { span.brief { (larger.name) } } }
                            @if columns.target { th.number scope="col" { (say("target")) } }
                        }
                    }
                    tbody { @for line in &body { (line) } }
                }
            }
        }
    }

    fn against(&self, name: &str) -> Markup {
        html! { span.brief { (say_with("verdict-to", &[("name", name.into())])) } }
    }

    fn line(&self, row: &Row<'a>, columns: &Columns<'_>, all: &str, notes: &mut Footnotes) -> Markup {
        let Row { indicator, entry, own } = row;
        let place = self.view.info().place.en();
        let parent = self.parent.unwrap_or_default();
        let value = self.value(row, notes);
        let held_parent = figure(indicator, self.parent_of(row).filter(|_| columns.parent), notes);
        let parent_verdict = verdict(self.parent_of(row).filter(|_| columns.parent_verdict), notes);
        let held_overall = figure(indicator, row.held("overall"), notes);
        let overall_verdict = verdict(row.held("overall").filter(|_| columns.overall_verdict), notes);
        let mut held_larger: Vec<(&str, Markup)> = Vec::new();
        for larger in &columns.larger {
            let held = row.held(&larger.held).filter(|held| held.value.is_some());
            let said = held.and_then(|held| held.significance);
            held_larger.push((
                larger.name,
                html! { (figure(indicator, held, notes)) @if said.is_some() { " " (verdict(held, notes)) } },
            ));
        }
        let period = entry.comparison.period.map(|period| period.words()).unwrap_or_default();
        // What stands here for the area is one of other areas.
        let other = entry.shown_for.as_ref().and_then(|around| self.view.geography(&around.geography));
        let others = other.map(|other| say_with("among-all", &[("areas", other.plural().into())]));
        html! {
            tr {
                th scope="row" {
                    a href=(self.way(row)) { bdi.brief { (indicator.name.en()) } }
                    span.soft { (period) }
                    @if let Some(around) = &entry.shown_for {
                        @let kind = other.map(|other| other.distinct_singular()).unwrap_or_default();
                        span.soft { (capitalised(&say_with("shown-for", &[("area", around.name.as_str().into()), ("kind", kind.into())]))) }
                    }
                    (explained(indicator))
                }
                td.number data-name=(say("value")) { (value) }
                @if columns.has_spine { td.among data-name=(all) {
                        (spine(indicator, entry))
                        @if let Some(others) = &others { span.soft { (others) } }
                    } }
                @if columns.has_rank { td data-name=(say("rank")) { @if let Some(rank) = &own.rank { span.brief { (rank.words) } } } }
                @if columns.parent { td.number data-name=(parent) { (held_parent) } }
                @if columns.parent_verdict { td data-name=(say_with("verdict-to", &[("name", parent.into())])) { (parent_verdict) } }
                td.number data-name=(place) { (held_overall) }
                @if columns.overall_verdict { td data-name=(say_with("verdict-to", &[("name", place.into())])) { (overall_verdict) } }
                @for (name, held) in &held_larger { td.number data-name=(name) { (held) } }
                @if columns.target { td.number data-name=(say("target")) { (target(indicator, row.held("target"))) } }
            }
        }
    }

    /// The map of the indicator with the area on it; of areas without boundaries the table.
    fn way(&self, row: &Row<'a>) -> String {
        let around = row.entry.shown_for.as_ref().and_then(|around| {
            let geography = self.view.geography(&around.geography)?;
            Some(Selected { geography, position: geography.position(&around.code)? })
        });
        let shown = around.unwrap_or(self.selected);
        match shown.geography.shape {
            Some(_) => self.links.on_map(&shown, Some(row.indicator)),
            None => self.links.table(shown.geography, Some(row.indicator)),
        }
    }

    /// The value with its unit, how sure it is, and what must be known of it.
    fn value(&self, row: &Row<'a>, notes: &mut Footnotes) -> Markup {
        let Row { indicator, own, .. } = row;
        let measured = &own.measured;
        // Remarks on the area as such stand above.
        let of_area: Vec<&str> = self
            .view
            .notes(&self.selected.area().code, None, None)
            .into_iter()
            .map(|note| note.text.as_str())
            .collect();
        let interval = match (measured.lower, measured.upper, measured.method) {
            (Some(lower), Some(upper), Some(method)) => {
                let ends = [("lower", indicator.words(lower).into()), ("upper", indicator.words(upper).into())];
                let mark = notes.mark(&say_with("interval-by", &[("method", method.into())]));
                html! { span.soft { (say_with("interval-between", &ends)) (mark) } }
            }
            _ => html! {},
        };
        html! {
            @if let Some(value) = measured.value { span.figure { (shown::value(indicator, value)) } }
            @if !measured.status.is_empty() { span.soft { (statuses(&measured.status)) } }
            (interval)
            @if let Some(share) = measured.coverage.filter(|_| !measured.status.contains(&Status::Suppressed)) {
                span.soft { (coverage(share, measured.value.is_some())) }
            }
            @for note in own.notes.iter().filter(|note| !of_area.contains(&note.as_str())) { span.soft { (note) } }
        }
    }

    /// What the marks mean, and what is said once of several figures.
    fn reading(&self, rows: &[&Row<'a>], notes: &Footnotes) -> Markup {
        let found = |verdict: &str| {
            rows.iter().any(|row| row.own.against.iter().any(|held| held.significance == Some(verdict)))
        };
        let called = |verdict: &str| match verdict {
            "worse" => say("key-worse"),
            "better" => say("key-better"),
            "higher" => say("key-higher"),
            "lower" => say("key-lower"),
            _ => say("key-similar"),
        };
        let verdicts: Vec<&'static str> = VERDICTS.into_iter().filter(|verdict| found(verdict)).collect();
        let has_spine = rows.iter().any(|row| row.entry.quartiles.is_some());
        let areas = self.selected.geography.plural();
        html! {
            @if has_spine || !notes.0.is_empty() {
                section.reading {
                    h2 { (say("reading")) }
                    @if has_spine {
                        ul.key {
                            @for verdict in &verdicts { li { (verdict_mark(verdict)) (called(verdict)) } }
                            li { svg width="12" height="18" aria-hidden="true" { svg x="6" overflow="visible" { (overall_mark()) } } bdi { (self.view.info().place.en()) } }
                            @if let Some(parent) = self.parent {
                                li { svg width="12" height="8" aria-hidden="true" { svg x="6" overflow="visible" { (parent_mark()) } } bdi { (parent) } }
                            }
                            li {
                                svg.spine width="18" height="6" aria-hidden="true" { rect.half width="18" height="6" {} }
                                (say_with("key-middle-half", &[("areas", areas.into())]))
                            }
                        }
                    }
                    @if !verdicts.is_empty() { p { (say("beyond-chance-note")) } }
                    @if !notes.0.is_empty() { ol.footnotes { @for note in &notes.0 { li { (note) } } } }
                }
            }
        }
    }
}

/// Each theme that has indicators of its own, by its path.
fn flatten(themes: &[Theme], above: &str, flat: &mut Vec<(String, Vec<String>)>) {
    for theme in themes {
        let path = if above.is_empty() { theme.name.clone() } else { format!("{above} / {}", theme.name) };
        if !theme.indicators.is_empty() {
            flat.push((path.clone(), theme.indicators.clone()));
        }
        flatten(&theme.themes, &path, flat);
    }
}

/// How much of its people a sum covers, or that this was too little.
fn coverage(share: f64, has_value: bool) -> String {
    let percent = |share: f64| [("share", count(share as usize).into())];
    if has_value {
        say_with("coverage", &percent((share * 100.0).round()))
    } else if share > 0.0 {
        // 79.6% is less than the 80% that are needed.
        say_with("coverage-too-little", &percent((share * 100.0).round().min(79.0)))
    } else {
        say("coverage-none")
    }
}

/// The value of a comparator, or that there is none; why stands below.
fn figure(indicator: &Indicator, held: Option<&Comparator>, notes: &mut Footnotes) -> Markup {
    let Some(held) = held else { return html! {} };
    match (held.value, &held.worst_tenth) {
        (Some(value), _) => html! {
            span { (shown::figure(indicator, value)) }
            @if !held.status.is_empty() { span.soft { (statuses(&held.status)) } }
        },
        (None, Some(tenth)) => {
            let mark = notes.mark(&format!("{}: {}.", isolated(&held.name), tenth.words));
            let share = [("n", count(tenth.areas).into()), ("of", count(tenth.of).into())];
            html! { span { (say_with("worst-tenth-of", &share)) (mark) } }
        }
        // That there is none is said by its reason; a status may say more.
        (None, None) if held.status.iter().any(|status| *status != Status::NotAvailable) => {
            html! { span.soft { (statuses(&held.status)) } }
        }
        (None, None) => {
            let mark = held.reason.as_deref().map(|reason| notes.mark(reason));
            html! { span.soft { (say("no-figure")) @if let Some(mark) = mark { (mark) } } }
        }
    }
}

/// How the area stands to a comparator, or that this cannot be said; why stands below.
fn verdict(held: Option<&Comparator>, notes: &mut Footnotes) -> Markup {
    let Some(held) = held else { return html! {} };
    match (held.significance, &held.not_compared) {
        (Some(verdict), _) => html! { span.verdict { (verdict_mark(verdict)) (capitalised(verdict)) } },
        (None, Some(reason)) if held.value.is_some() => {
            let mark = notes.mark(reason);
            html! { span.soft { (capitalised(&say("key-not-compared"))) (mark) } }
        }
        _ => html! {},
    }
}

fn target(indicator: &Indicator, held: Option<&Comparator>) -> Markup {
    let Some((held, value)) = held.and_then(|held| Some((held, held.value?))) else { return html! {} };
    let value = shown::value(indicator, value);
    match held.target.as_ref().and_then(|outcome| outcome.words) {
        Some(verdict) => {
            html! { (say_with("target-reached", &[("value", value.into()), ("verdict", verdict.into())])) }
        }
        None => html! { (value) },
    }
}

/// What is measured and whose figures they are, folded away.
fn explained(indicator: &Indicator) -> Markup {
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.en().to_owned());
    let entries = [
        (say("definition"), text(&indicator.definition)),
        (say("caveat"), text(&indicator.caveat)),
        (say("source"), text(&indicator.source).or_else(|| indicator.source_url.clone())),
        (say("licence"), indicator.licence.clone()),
        (say("updated"), indicator.updated.clone()),
    ];
    if entries.iter().all(|(_, text)| text.is_none()) {
        return html! {};
    }
    let (source, is_address) =
        (say("source"), |url: &&String| url.starts_with("https://") || url.starts_with("http://"));
    let address = indicator.source_url.as_ref().filter(is_address);
    html! {
        details {
            summary { (say("explanation")) }
            @for (name, text) in &entries {
                @if let Some(text) = text {
                    p {
                        (name) ": "
                        @match address {
                            Some(address) if *name == source => a href=(address) { bdi { (text) } },
                            _ => bdi { (text) },
                        }
                    }
                }
            }
        }
    }
}
