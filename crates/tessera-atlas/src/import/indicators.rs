//! Metadata: from the manifest's sections to checked [`Indicator`]s in an order in which each can be computed.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::{Indicator, Reference};
use crate::folder::AtlasFolder;
use crate::manifest::{
    Aggregate, Disclosure, IndicatorSection, Kind, Located, Manifest, is_identifier, read_indicator_rows,
};
use crate::problem::{Problem, Problems, did_you_mean};
use crate::table::Table;

/// Every indicator that the manifest speaks of.
pub(super) struct Indicators {
    /// Those that this edition publishes, in the manifest's order.
    pub(super) public: Vec<Indicator>,
    /// Those that are withheld because not everybody may see them.
    pub(super) withheld: BTreeSet<String>,
}

impl Indicators {
    /// Whether the manifest speaks of the indicator at all.
    pub(super) fn is_known(&self, id: &str) -> bool {
        self.withheld.contains(id) || self.position(id).is_some()
    }

    pub(super) fn position(&self, id: &str) -> Option<usize> {
        self.public.iter().position(|indicator| indicator.id == id)
    }

    fn known_ids(&self) -> impl Iterator<Item = &str> {
        self.public.iter().map(|indicator| indicator.id.as_str()).chain(self.withheld.iter().map(String::as_str))
    }

    /// A problem that names an unknown indicator and the likeliest one meant.
    pub(super) fn unknown(&self, id: &str) -> Problem {
        Problem::error("unknown-indicator", format!("there is no indicator `{id}`"))
            .maybe_cure(did_you_mean(id, self.known_ids()))
    }
}

pub(super) fn read_indicators(folder: &AtlasFolder, manifest: &Manifest, problems: &mut Problems) -> Indicators {
    let mut sections = manifest.indicators.clone();
    for file in &manifest.indicator_files {
        if let Some(table) = Table::read(folder, &file.value.file, 1, problems) {
            sections.extend(read_indicator_rows(&table, problems));
        }
    }
    refuse_duplicates(&sections, problems);
    let withheld = withheld(&sections, problems);
    let ids: BTreeSet<&str> = sections.iter().map(|section| section.value.id.as_str()).collect();
    let mut public = Vec::new();
    for section in &sections {
        let id = &section.value.id;
        check_references(section, &ids, manifest, problems);
        if withheld.contains(id) {
            continue;
        }
        check_disclosure(section, &manifest.disclosure, problems);
        public.extend(indicator(section, problems));
    }
    let indicators = Indicators { public, withheld };
    check_manifest(&indicators, manifest, problems);
    if let Some(id) = circle(&indicators.public) {
        problems.push(
            Problem::error("circular-indicators", format!("the indicator `{id}` is needed to compute itself"))
                .cure("look at `denominator` and `weight`"),
        );
    }
    indicators
}

fn refuse_duplicates(sections: &[Located<IndicatorSection>], problems: &mut Problems) {
    let mut seen: BTreeMap<&str, &Located<IndicatorSection>> = BTreeMap::new();
    for section in sections {
        let id = section.value.id.as_str();
        if let Some(first) = seen.insert(id, section) {
            let cure = format!("rename one of them (the first stands in {} on line {})", first.file, first.line);
            problems.push(
                section.problem(Problem::error("duplicate-id", "two indicators have this id").value(id).cure(cure)),
            );
        }
    }
}

/// What not everybody may see, and what would let it be worked out: an indicator whose denominators or weights are withheld.
fn withheld(sections: &[Located<IndicatorSection>], problems: &mut Problems) -> BTreeSet<String> {
    let mut withheld = BTreeSet::new();
    for section in sections {
        let groups: Vec<&str> =
            section.value.access.iter().map(String::as_str).filter(|group| *group != "public").collect();
        if !groups.is_empty() {
            withheld.insert(section.value.id.clone());
            let message = format!(
                "`{}` is withheld: it is for {} only, and there are no accounts yet",
                section.value.id,
                groups.join(", ")
            );
            problems.push(section.problem(Problem::warning("withheld", message)));
        }
    }
    loop {
        let before = withheld.len();
        for section in sections {
            let needs = [&section.value.denominator, &section.value.weight].into_iter().flatten();
            let mut needs = needs.map(|reference| reference.split('@').next().unwrap_or_default());
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
        match read_reference(text) {
            Err(problem) => problems.push(section.problem(problem.column(key))),
            Ok(reference) if !ids.contains(reference.indicator.as_str()) => {
                let problem =
                    Problem::error("unknown-indicator", format!("there is no indicator `{}`", reference.indicator))
                        .column(key)
                        .maybe_cure(did_you_mean(&reference.indicator, ids.iter().copied()));
                problems.push(section.problem(problem));
            }
            Ok(_) => {}
        }
    }
    if let Some(geography) = &section.value.opens_at
        && manifest.geography(geography).is_none()
    {
        let known = manifest.geographies.iter().map(|geography| geography.value.id.as_str());
        let problem = Problem::error("unknown-geography", format!("there is no geography `{geography}`"))
            .column("opens_at")
            .maybe_cure(did_you_mean(geography, known));
        problems.push(section.problem(problem));
    }
}

/// Refuses what would need a protection that this version cannot give: better no atlas than a leaking one.
fn check_disclosure(section: &Located<IndicatorSection>, default: &Disclosure, problems: &mut Problems) {
    let rule = section.value.disclosure.as_ref().unwrap_or(default);
    if let Disclosure::Rule { threshold, .. } = rule
        && section.value.kind.needs_disclosure_rule()
    {
        let message = format!(
            "`{}` is to be protected (counts under {threshold} hidden), which this version cannot do, so nothing is published",
            section.value.id
        );
        problems.push(section.problem(Problem::error("disclosure-not-alive", message).cure(
            "if the numbers need no protection, say why: `disclosure = { none = \"…\" }` here or `none = \"…\"` in `[disclosure]`",
        )));
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

/// Checks one section and fills in what follows from its kind.
fn indicator(located: &Located<IndicatorSection>, problems: &mut Problems) -> Option<Indicator> {
    let section = located.value.clone();
    let mut faults = Vec::new();
    if !is_identifier(&section.id) {
        faults.push(
            Problem::error("bad-id", "an indicator's `id` has 1 to 64 letters, digits, `.`, `_` and `-`")
                .value(&section.id),
        );
    }
    let denominator = section.denominator.as_deref().and_then(|text| read_reference(text).ok());
    let weight = section.weight.as_deref().and_then(|text| read_reference(text).ok());
    let aggregate = section.aggregate.unwrap_or(match section.kind {
        Kind::Count => Aggregate::Sum,
        Kind::Proportion | Kind::Rate | Kind::Ratio => Aggregate::RatioOfSums,
        Kind::Mean | Kind::Score if weight.is_some() => Aggregate::WeightedMean,
        Kind::Mean | Kind::Score | Kind::Rank | Kind::Decile | Kind::Category => Aggregate::None,
    });
    let fits = match section.kind {
        Kind::Count => matches!(aggregate, Aggregate::Sum | Aggregate::None),
        Kind::Proportion | Kind::Rate | Kind::Ratio => !matches!(aggregate, Aggregate::Sum),
        Kind::Mean | Kind::Score => {
            matches!(aggregate, Aggregate::WeightedMean | Aggregate::RatioOfSums | Aggregate::None)
        }
        Kind::Rank | Kind::Decile | Kind::Category => aggregate == Aggregate::None,
    };
    if !fits {
        let message = format!("values of kind `{}` cannot be added up by `{}`", section.kind.word(), aggregate.word());
        faults.push(
            Problem::error("bad-aggregate", message)
                .column("aggregate")
                .cure("write `aggregate = \"none\"`, or mend `kind`"),
        );
    }
    if aggregate == Aggregate::WeightedMean && weight.is_none() {
        faults.push(
            Problem::error("missing-key", "a weighted mean needs `weight`")
                .column("weight")
                .cure("name the indicator that holds the weights"),
        );
    }
    if section.kind == Kind::Rate && section.per.is_none() {
        faults.push(
            Problem::error("missing-key", "a rate needs `per`").column("per").cure("write for example `per = 1000`"),
        );
    }
    if section.per.is_some_and(|per| !(per.is_finite() && per > 0.0)) {
        faults.push(Problem::error("bad-value", "`per` is a positive number").column("per"));
    }
    if section.kind == Kind::Category && section.categories.is_empty() {
        faults.push(Problem::error("missing-key", "a category needs its `categories`").column("categories"));
    }
    let decimals = section
        .decimals
        .unwrap_or(u8::from(!matches!(section.kind, Kind::Count | Kind::Rank | Kind::Decile | Kind::Category)));
    if decimals > 9 {
        faults.push(Problem::error("bad-value", "`decimals` is 0 to 9").column("decimals"));
    }
    if let Some(url) = &section.source_url
        && !(url.starts_with("https://") || url.starts_with("http://"))
    {
        faults.push(
            Problem::error("bad-value", "`source_url` starts with https:// or http://").column("source_url").value(url),
        );
    }
    let refused = !faults.is_empty();
    for fault in faults {
        problems.push(located.problem(fault));
    }
    if refused {
        return None;
    }
    Some(Indicator {
        short: section.short.unwrap_or_else(|| section.name.clone()),
        name: section.name,
        themes: section
            .themes
            .iter()
            .map(|path| path.split(" / ").map(|part| part.trim().to_owned()).collect())
            .collect(),
        kind: section.kind,
        per: section.per.unwrap_or(if section.kind == Kind::Proportion { 100.0 } else { 1.0 }),
        denominator,
        unit: section.unit.unwrap_or_else(|| if section.kind == Kind::Proportion { "%".into() } else { "".into() }),
        decimals,
        polarity: section.polarity,
        aggregate,
        weight,
        out_of: section.out_of,
        categories: section.categories,
        base: section.base,
        definition: section.definition,
        source: section.source,
        source_url: section.source_url,
        licence: section.licence,
        caveat: section.caveat,
        updated: section.updated,
        frequency: section.frequency,
        next_due: section.next_due,
        owner: section.owner,
        opens_at: section.opens_at,
        id: section.id,
    })
}

/// What the other sections say of indicators.
fn check_manifest(indicators: &Indicators, manifest: &Manifest, problems: &mut Problems) {
    let at_manifest = |problem: Problem| problem.file(AtlasFolder::MANIFEST);
    for id in &manifest.atlas.people {
        match indicators.position(id).and_then(|position| indicators.public.get(position)) {
            Some(indicator) if indicator.kind == Kind::Count => {}
            Some(_) => problems.push(at_manifest(
                Problem::error("bad-value", format!("`people` names counts, and `{id}` is not one")).column("people"),
            )),
            None if indicators.withheld.contains(id) => problems.push(at_manifest(
                Problem::error("bad-value", format!("`people` accompany every value, so `{id}` must be public"))
                    .column("people"),
            )),
            None => problems.push(at_manifest(indicators.unknown(id).column("people"))),
        }
    }
    if let Some(id) = manifest.view.get("indicator")
        && !indicators.is_known(id)
    {
        problems.push(at_manifest(indicators.unknown(id).column("indicator")));
    }
    for breakdown in &manifest.breakdowns {
        for id in std::iter::once(&breakdown.value.total).chain(&breakdown.value.parts) {
            if !indicators.is_known(id) {
                problems.push(breakdown.problem(indicators.unknown(id)));
            }
        }
    }
}

/// An indicator that needs itself, directly or through others.
fn circle(indicators: &[Indicator]) -> Option<&str> {
    let order = computing_order(indicators);
    indicators
        .iter()
        .enumerate()
        .find(|(position, _)| !order.contains(position))
        .map(|(_, indicator)| indicator.id.as_str())
}

/// The positions of all indicators, each after those that it needs. Members of a circle are left out.
pub(super) fn computing_order(indicators: &[Indicator]) -> Vec<usize> {
    let mut done = BTreeSet::new();
    let mut order = Vec::new();
    loop {
        let before = order.len();
        for (position, indicator) in indicators.iter().enumerate() {
            let mut needs = [&indicator.denominator, &indicator.weight].into_iter().flatten();
            let ready = needs.all(|need| {
                done.contains(need.indicator.as_str()) || !indicators.iter().any(|other| other.id == need.indicator)
            });
            if ready && done.insert(indicator.id.as_str()) {
                order.push(position);
            }
        }
        if order.len() == before {
            return order;
        }
    }
}
