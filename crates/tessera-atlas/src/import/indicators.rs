//! Metadata: from the manifest's sections to checked [`Indicator`]s in an order in which each can be computed.

mod defaults;
mod faults;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use self::defaults::filled_in;

use crate::catalogue::{Indicator, Reference};
use crate::folder::AtlasFolder;
use crate::manifest::{Disclosure, IndicatorSection, Kind, Located, Manifest, PUBLIC, read_indicator_rows};
use crate::problem::{Problem, Problems, did_you_mean};
use crate::table::Table;

/// Every indicator that the manifest speaks of.
pub(super) struct Indicators {
    /// Those that this edition publishes, in the manifest's order.
    pub(super) public: Vec<Indicator>,
    positions: HashMap<String, usize>,
    /// In which file and on which line each of them stands.
    places: Vec<(String, u64)>,
    /// Those that are withheld because not everybody may see them, and those that are faulty.
    passed_over: BTreeSet<String>,
    /// Of these the withheld ones.
    withheld: BTreeSet<String>,
}

impl Indicators {
    fn new(
        public: Vec<Indicator>,
        places: Vec<(String, u64)>,
        passed_over: BTreeSet<String>,
        withheld: BTreeSet<String>,
    ) -> Indicators {
        let positions = public.iter().zip(0..).map(|(indicator, position)| (indicator.id.clone(), position)).collect();
        Indicators { public, positions, places, passed_over, withheld }
    }

    /// Whether any number is not for everybody, so that none is told that may be one of these.
    pub(super) fn hide_numbers(&self) -> bool {
        !self.withheld.is_empty() || self.public.iter().any(|indicator| indicator.rule().is_some())
    }

    /// The ids of all of them, published and not.
    pub(super) fn names(&self) -> (Vec<&str>, &BTreeSet<String>) {
        (self.public.iter().map(|indicator| indicator.id.as_str()).collect(), &self.passed_over)
    }

    /// Whether the manifest speaks of the indicator at all.
    pub(super) fn is_known(&self, id: &str) -> bool {
        self.positions.contains_key(id) || self.passed_over.contains(id)
    }

    /// Whether not everybody may see the indicator.
    pub(super) fn is_withheld(&self, id: &str) -> bool {
        self.withheld.contains(id)
    }

    /// Where a published indicator stands.
    pub(super) fn position(&self, id: &str) -> Option<usize> {
        self.positions.get(id).copied()
    }

    /// A problem of the published indicator at a position, where that stands.
    pub(super) fn located(&self, position: usize, problem: Problem) -> Problem {
        match self.places.get(position) {
            Some((file, line)) => problem.file(file).row(*line),
            None => problem,
        }
    }

    /// Names those that no table feeds.
    pub(super) fn remark_on_unfed(&self, fed: &BTreeSet<usize>, problems: &mut Problems) {
        let unfed = self.public.iter().zip(&self.places).enumerate().filter(|(position, _)| !fed.contains(position));
        for (_, (indicator, (file, line))) in unfed {
            let message = format!("no table has values of `{}`, so that it is listed and shows nothing", indicator.id);
            let problem = Problem::warning("no-values", message).file(file).row(*line);
            problems.push(problem.cure("name it in the columns of a `[[table]]`, or take it out"));
        }
    }

    /// A problem that names an unknown indicator and the likeliest one meant.
    pub(super) fn unknown(&self, id: &str) -> Problem {
        let known = self.public.iter().map(|indicator| indicator.id.as_str());
        unknown_indicator(id, known.chain(self.passed_over.iter().map(String::as_str)))
    }
}

fn unknown_indicator<'a>(id: &str, known: impl IntoIterator<Item = &'a str>) -> Problem {
    Problem::error("unknown-indicator", format!("there is no indicator `{id}`"))
        .cure(did_you_mean(id, known).unwrap_or_else(|| "mend the id, or add the indicator".to_owned()))
}

pub(super) fn read_indicators(folder: &AtlasFolder, manifest: &Manifest, problems: &mut Problems) -> Indicators {
    let mut sections = manifest.indicators.clone();
    let unread = manifest.unread.iter().filter(|(section, _)| section == "indicator");
    let mut unread: BTreeSet<String> = unread.map(|(_, id)| id.clone()).collect();
    for file in &manifest.indicator_files {
        if let Some(table) = Table::read(folder, &file.value.file, problems) {
            sections.extend(read_indicator_rows(&table, &mut unread, problems));
        }
    }
    refuse_duplicates(&sections, problems);
    let withheld = withheld(&sections, problems);
    let ids = sections.iter().map(|section| section.value.id.as_str());
    let ids: BTreeSet<&str> = ids.chain(unread.iter().map(String::as_str)).collect();
    let (mut public, mut places) = (Vec::<Indicator>::new(), Vec::new());
    for section in &sections {
        let id = &section.value.id;
        check_references(section, &ids, manifest, problems);
        if withheld.contains(id) {
            continue;
        }
        if let Some(mut indicator) = indicator(section, &manifest.disclosure, problems) {
            // Its very name is for nobody else.
            if let Some(order) = indicator.ordered_by.take_if(|order| withheld.contains(order)) {
                let message = format!("`{order}` is withheld, and puts nothing in order for readers");
                problems.push(section.problem(Problem::warning("withheld", message).column("ordered_by")));
            }
            public.push(indicator);
            places.push((section.file.clone(), section.line));
        }
    }
    let mut passed_over: BTreeSet<String> = ids.into_iter().map(str::to_owned).collect();
    for indicator in &public {
        passed_over.remove(&indicator.id);
    }
    let indicators = Indicators::new(public, places, passed_over, withheld);
    check_manifest(&indicators, manifest, problems);
    check_breakdowns(&indicators, manifest, problems);
    refuse_circles(&sections, &indicators, problems);
    indicators
}

fn refuse_duplicates(sections: &[Located<IndicatorSection>], problems: &mut Problems) {
    let mut seen: BTreeMap<&str, &Located<IndicatorSection>> = BTreeMap::new();
    for section in sections {
        let id = section.value.id.as_str();
        if let Some(first) = seen.get(id) {
            let cure = format!("rename one of them (the first stands in {} on line {})", first.file, first.line);
            let problem = Problem::error("duplicate-id", "two indicators have this id").value(id).cure(cure);
            problems.push(section.problem(problem));
        } else {
            seen.insert(id, section);
        }
    }
}

/// What not everybody may see, and what would let it be worked out: an indicator whose denominators or weights are withheld.
fn withheld(sections: &[Located<IndicatorSection>], problems: &mut Problems) -> BTreeSet<String> {
    let mut withheld = BTreeSet::new();
    for section in sections {
        let access = &section.value.access;
        if access.iter().any(|group| group != PUBLIC) || access.is_empty() {
            withheld.insert(section.value.id.clone());
            let groups: Vec<&str> = access.iter().map(String::as_str).filter(|group| *group != PUBLIC).collect();
            let whom = if groups.is_empty() { "nobody".to_owned() } else { format!("{} only", groups.join(", ")) };
            let message =
                format!("`{}` is withheld: it is for {whom}, and there are no accounts yet", section.value.id);
            problems.push(section.problem(Problem::warning("withheld", message)));
        }
    }
    loop {
        let before = withheld.len();
        for section in sections {
            let needs = [&section.value.denominator, &section.value.weight].into_iter().flatten();
            let mut needs = needs.map(|reference| reference.split('@').next().unwrap_or_default().trim());
            let Some(need) = needs.find(|need| withheld.contains(*need)) else { continue };
            let message = format!("`{}` is withheld because `{need}` is", section.value.id);
            if withheld.insert(section.value.id.clone()) {
                problems.push(section.problem(Problem::warning("withheld", message)));
            }
        }
        if withheld.len() == before {
            return withheld;
        }
    }
}

fn check_references(
    section: &Located<IndicatorSection>,
    ids: &BTreeSet<&str>,
    manifest: &Manifest,
    problems: &mut Problems,
) {
    for (key, reference) in [("denominator", &section.value.denominator), ("weight", &section.value.weight)] {
        let Some(text) = reference else { continue };
        let problem = match read_reference(text) {
            Err(problem) => problem,
            Ok(reference) if ids.contains(reference.indicator.as_str()) => continue,
            Ok(reference) => unknown_indicator(&reference.indicator, ids.iter().copied()),
        };
        problems.push(section.problem(problem.column(key)));
    }
    if let Some(order) = section.value.ordered_by.as_ref().filter(|order| !ids.contains(order.as_str())) {
        problems.push(section.problem(unknown_indicator(order, ids.iter().copied()).column("ordered_by")));
    }
    if let Some(geography) = &section.value.opens_at
        && !manifest.geography_ids().any(|known| known == geography)
    {
        problems.push(section.problem(manifest.unknown_geography(geography).column("opens_at")));
    }
}

fn read_reference(text: &str) -> Result<Reference, Problem> {
    let (indicator, period) = match text.split_once('@') {
        Some((indicator, period)) => {
            let period = period.parse().map_err(|error| Problem::error("bad-period", format!("{error}")))?;
            (indicator, Some(period))
        }
        None => (text, None),
    };
    Ok(Reference { indicator: indicator.trim().to_owned(), period })
}

/// Checks one section and fills in what follows from its kind; `None` where it has a fault.
fn indicator(located: &Located<IndicatorSection>, default: &Disclosure, problems: &mut Problems) -> Option<Indicator> {
    let faults = faults::of(&located.value);
    let is_refused = !faults.is_empty();
    for fault in faults {
        problems.push(located.problem(fault));
    }
    (!is_refused).then(|| filled_in(located.value.clone(), default))
}

/// What the other sections say of indicators.
fn check_manifest(indicators: &Indicators, manifest: &Manifest, problems: &mut Problems) {
    for id in &manifest.atlas.value.people {
        let problem = match indicators.position(id).and_then(|position| indicators.public.get(position)) {
            Some(indicator) if indicator.kind == Kind::Count => continue,
            Some(_) => Problem::error("bad-value", format!("`people` names counts, and `{id}` is not one")),
            None if indicators.is_withheld(id) => {
                Problem::error("bad-value", format!("`people` accompany every value, so `{id}` must be published"))
            }
            None if indicators.is_known(id) => continue, // It has a fault, which was named.
            None => indicators.unknown(id),
        };
        problems.push(manifest.atlas.problem(problem.column("people")));
    }
    if let Some(id) = manifest.view.value.get("indicator").filter(|id| !indicators.is_known(id)) {
        problems.push(manifest.view.problem(indicators.unknown(id).column("indicator")));
    }
}

/// The members of breakdowns must exist; and where all of a set is published but one, that one can be worked out.
fn check_breakdowns(indicators: &Indicators, manifest: &Manifest, problems: &mut Problems) {
    for breakdown in &manifest.breakdowns {
        let members = || std::iter::once(&breakdown.value.total).chain(&breakdown.value.parts);
        for id in members().filter(|id| !indicators.is_known(id)) {
            let key = if *id == breakdown.value.total { "total" } else { "parts" };
            problems.push(breakdown.problem_at(&[key], indicators.unknown(id)));
        }
        let hidden: Vec<&String> = members().filter(|id| indicators.is_withheld(id)).collect();
        if let [only] = hidden.as_slice() {
            let message = format!("`{only}` is withheld, but follows from the rest of its breakdown");
            let problem =
                Problem::error("not-withheld", message).cure("restrict `access` of the total or of a second part too");
            problems.push(breakdown.problem(problem));
        }
    }
}

/// Names an indicator that needs itself, directly or through others.
fn refuse_circles(sections: &[Located<IndicatorSection>], indicators: &Indicators, problems: &mut Problems) {
    let computable: BTreeSet<usize> = computing_order(&indicators.public).into_iter().collect();
    let in_circle = |section: &&Located<IndicatorSection>| {
        indicators.position(&section.value.id).is_some_and(|position| !computable.contains(&position))
    };
    if let Some(section) = sections.iter().find(in_circle) {
        let message = format!("the indicator `{}` is needed to compute itself", section.value.id);
        let problem = Problem::error("circular-indicators", message).cure("look at `denominator` and `weight`");
        problems.push(section.problem(problem));
    }
}

/// The positions of all indicators, each after those that it needs. Members of a circle, and what needs them, are left out.
pub(super) fn computing_order(indicators: &[Indicator]) -> Vec<usize> {
    let ids: BTreeSet<&str> = indicators.iter().map(|indicator| indicator.id.as_str()).collect();
    let mut is_placed = vec![false; indicators.len()];
    let mut done = BTreeSet::new();
    let mut order = Vec::new();
    loop {
        let before = order.len();
        for (position, indicator) in indicators.iter().enumerate() {
            let mut needs = [&indicator.denominator, &indicator.weight].into_iter().flatten();
            let is_ready = |need: &str| done.contains(need) || !ids.contains(need);
            if !is_placed[position] && needs.all(|need| is_ready(&need.indicator)) {
                is_placed[position] = true;
                done.insert(indicator.id.as_str());
                order.push(position);
            }
        }
        if order.len() == before {
            return order;
        }
    }
}
