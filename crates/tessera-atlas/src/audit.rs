//! The audit of an edition: what can be worked out from its published numbers alone?
//!
//! It shares no code with what hides ([`crate::protect`]), sees no raw number, and runs at the end of every build: an edition
//! that does not pass is not published. It cannot know which hidden number was hidden first, so that it asks of each: if it
//! can only be small, may it still be any small number?

use std::collections::{BTreeMap, BTreeSet};

use microlp::{ComparisonOp, OptimizationDirection, Problem as Programme};

use crate::cell::Status;
use crate::column::{Column, Origin, number_at};
use crate::edition::Edition;
use crate::folder::AtlasFolder;
use crate::manifest::Kind;
use crate::period::Period;
use crate::problem::{Problem, Problems, Tally};
use crate::store::StoreError;

/// Differences that are but of arithmetic.
const NOTHING: f64 = 1e-6;
/// Beyond so many unknowns in a ring of sums, only what each sum says by itself is looked at.
const MOST_UNKNOWNS: usize = 150;

/// A total and its parts, by their ids, as the manifest declares them.
pub(crate) type Declared = (String, Vec<String>);

/// Names every number of an edition that can be worked out though it is hidden.
///
/// # Errors
/// Where a column cannot be read from its store.
pub(crate) fn audit(edition: &Edition, breakdowns: &[Declared], problems: &mut Problems) -> Result<(), StoreError> {
    let mut audit = Audit {
        edition,
        unknowns: BTreeMap::new(),
        least: Vec::new(),
        most: Vec::new(),
        needs: Vec::new(),
        sums: Vec::new(),
    };
    for indicator in 0..edition.content.indicators.len() {
        audit.add_areas(indicator)?;
    }
    for (total, parts) in breakdowns {
        audit.add_breakdown(total, parts)?;
    }
    audit.floors();
    audit.narrow();
    audit.solve_rings();
    let mut tally = Tally::new(AtlasFolder::MANIFEST);
    for problem in audit.found() {
        tally.push(problem, problems);
    }
    tally.finish(problems);
    Ok(())
}

/// Where a number stands: geography (none: the whole atlas), indicator, period, position.
type Spot = (Option<usize>, usize, Period, usize);

/// What may not be known of a hidden number.
#[derive(Debug, Clone, Copy)]
struct Need {
    floor: f64,
    largest_small: f64,
}

/// Unknowns with their signs, whose sum lies between two numbers.
struct Sum {
    terms: Vec<(usize, f64)>,
    least: f64,
    most: f64,
    /// The unknown that is the total of the others, if one is.
    total: Option<usize>,
}

struct Audit<'a> {
    edition: &'a Edition,
    unknowns: BTreeMap<Spot, usize>,
    least: Vec<f64>,
    most: Vec<f64>,
    needs: Vec<Need>,
    sums: Vec<Sum>,
}

/// What stands at a spot.
enum Found {
    Known(f64, f64),
    Hidden(usize),
    Nothing,
}

impl Audit<'_> {
    fn column(
        &self,
        geography: Option<usize>,
        indicator: usize,
        period: Period,
    ) -> Result<Option<std::sync::Arc<Column>>, StoreError> {
        self.edition.published.column(geography, indicator, period)
    }

    fn at(&mut self, column: &Column, spot: Spot) -> Found {
        let (_, indicator, _, position) = spot;
        let indicator = &self.edition.content.indicators[indicator];
        let numbers = if indicator.kind == Kind::Count { Some(&column.values) } else { column.numerator.as_ref() };
        let rule = indicator.rule();
        if let Some(number) = number_at(numbers, position) {
            let (least, most) = rule.map_or((number, number), |rule| rule.meant_by(number));
            return Found::Known(least, most);
        }
        if !column.status_of(position).contains(&Status::Suppressed) {
            return Found::Nothing;
        }
        let largest_small = rule.map_or(0.0, |rule| f64::from(rule.threshold) - 1.0);
        let over = (indicator.kind != Kind::Count).then(|| number_at(column.denominator.as_ref(), position));
        // Over a denominator that is hidden or small, zeros are hidden too.
        let (least, largest_small) = match over {
            None => (1.0, largest_small),
            Some(None) => (0.0, largest_small),
            Some(Some(over)) if over <= largest_small => (0.0, over),
            Some(Some(_)) => (1.0, largest_small),
        };
        let most = match over {
            Some(Some(over)) if indicator.kind == Kind::Proportion => over.max(least),
            _ => f64::INFINITY,
        };
        let next = self.least.len();
        let unknown = *self.unknowns.entry(spot).or_insert(next);
        if unknown == next {
            self.least.push(least);
            self.most.push(most);
            self.needs.push(Need { floor: least, largest_small });
        }
        Found::Hidden(unknown)
    }

    /// The sums of the areas of one indicator: each larger area is that of the largest ones that it is made of.
    fn add_areas(&mut self, indicator: usize) -> Result<(), StoreError> {
        if self.edition.content.indicators[indicator].rule().is_none() {
            return Ok(());
        }
        let geographies = &self.edition.content.geographies;
        let wholes = (0..geographies.len()).map(Some).chain([None]);
        for whole in wholes {
            let mut smaller: Vec<usize> = (0..geographies.len())
                .filter(|base| Some(*base) != whole && geographies[*base].tiling)
                .filter(|base| whole.is_none_or(|whole| geographies[whole].len() <= geographies[*base].len()))
                .collect();
            smaller.sort_by_key(|base| geographies[*base].len());
            let periods: BTreeSet<Period> =
                smaller.iter().flat_map(|base| self.edition.published.periods(*base, indicator)).collect();
            for period in periods {
                let Some(total) = self.column(whole, indicator, period)? else { continue };
                for base in &smaller {
                    let members = match whole {
                        Some(whole) => geographies[*base].members_of(&geographies[whole]),
                        None => Some(vec![(0..).take(geographies[*base].len()).collect()]),
                    };
                    let (Some(members), Some(parts)) = (members, self.column(Some(*base), indicator, period)?) else {
                        continue;
                    };
                    if self.add_wholes((whole, indicator, period), &total, *base, &parts, &members) {
                        break;
                    }
                }
            }
        }
        Ok(())
    }

    /// Adds the sums of larger areas, unless those that are published in full contradict them.
    fn add_wholes(
        &mut self,
        (whole, indicator, period): (Option<usize>, usize, Period),
        total: &Column,
        base: usize,
        parts: &Column,
        members: &[Vec<u32>],
    ) -> bool {
        let mut sums = Vec::new();
        for (position, members) in members.iter().enumerate() {
            let whole = self.at(total, (whole, indicator, period, position));
            let found = members.iter().map(|member| self.at(parts, (Some(base), indicator, period, *member as usize)));
            let found: Vec<Found> = found.collect();
            // What was added up here is made of what there is; of what others published nobody knows.
            if total.origin != Origin::Aggregated && found.iter().any(|part| matches!(part, Found::Nothing)) {
                continue;
            }
            if !found.is_empty() && !matches!(whole, Found::Nothing) {
                sums.push(Sum::of(whole, found));
            }
        }
        if sums.iter().any(Sum::is_contradicted) {
            return false;
        }
        self.sums.extend(sums.into_iter().filter(|sum| !sum.terms.is_empty()));
        true
    }

    fn add_breakdown(&mut self, total: &str, parts: &[String]) -> Result<(), StoreError> {
        let content = &self.edition.content;
        let position = |id: &str| content.indicators.iter().position(|indicator| indicator.id == id);
        let Some(total) = position(total) else { return Ok(()) };
        let Some(parts) = parts.iter().map(|id| position(id)).collect::<Option<Vec<usize>>>() else { return Ok(()) };
        for geography in (0..content.geographies.len()).map(Some).chain([None]) {
            let periods = match geography {
                Some(geography) => self.edition.published.periods(geography, total),
                None => (0..content.geographies.len())
                    .flat_map(|base| self.edition.published.periods(base, total))
                    .collect(),
            };
            for period in BTreeSet::from_iter(periods) {
                let columns = parts.iter().map(|part| self.column(geography, *part, period));
                let columns: Vec<_> = columns.collect::<Result<_, _>>()?;
                let (Some(whole), Some(columns)) =
                    (self.column(geography, total, period)?, columns.into_iter().collect::<Option<Vec<_>>>())
                else {
                    continue;
                };
                let mut sums = Vec::new();
                for area in 0..whole.values.len() {
                    let found: Vec<Found> = parts
                        .iter()
                        .zip(&columns)
                        .map(|(part, column)| self.at(column, (geography, *part, period, area)))
                        .collect();
                    let whole = self.at(&whole, (geography, total, period, area));
                    if !matches!(whole, Found::Nothing) && !found.iter().any(|part| matches!(part, Found::Nothing)) {
                        sums.push(Sum::of(whole, found));
                    }
                }
                if !sums.iter().any(Sum::is_contradicted) {
                    self.sums.extend(sums.into_iter().filter(|sum| !sum.terms.is_empty()));
                }
            }
        }
        Ok(())
    }

    /// What each unknown holds at least because zeros are shown: a total of three is 3 or more.
    fn floors(&mut self) {
        for _ in 0..8 {
            for sum in &self.sums {
                let Some(total) = sum.total else { continue };
                let parts = sum.terms.iter().filter(|(unknown, _)| *unknown != total);
                // Shown parts stand on the other side.
                let floor = parts.map(|(unknown, _)| self.needs[*unknown].floor).sum::<f64>() + (-sum.most).max(0.0);
                self.needs[total].floor = self.needs[total].floor.max(floor);
            }
        }
    }

    /// Narrows every range by every sum until nothing changes: exact where sums form no ring.
    fn narrow(&mut self) {
        loop {
            let mut has_changed = false;
            for sum in &self.sums {
                let ends = |(unknown, sign): &(usize, f64)| {
                    let (least, most) = (self.least[*unknown], self.most[*unknown]);
                    if *sign > 0.0 { (least, most) } else { (-most, -least) }
                };
                let all: Vec<(f64, f64)> = sum.terms.iter().map(ends).collect();
                for (position, (unknown, sign)) in sum.terms.iter().enumerate() {
                    let others = || all.iter().enumerate().filter(move |(other, _)| *other != position);
                    let least = sum.least - others().map(|(_, end)| end.1).sum::<f64>();
                    let most = sum.most - others().map(|(_, end)| end.0).sum::<f64>();
                    let (least, most) = if *sign > 0.0 { (least, most) } else { (-most, -least) };
                    if least > self.least[*unknown] + NOTHING && least <= self.most[*unknown] {
                        (self.least[*unknown], has_changed) = (least, true);
                    }
                    if most < self.most[*unknown] - NOTHING && most >= self.least[*unknown] {
                        (self.most[*unknown], has_changed) = (most, true);
                    }
                }
            }
            if !has_changed {
                return;
            }
        }
    }

    /// Looks at sums that form a ring together, where narrowing one by one does not see everything.
    fn solve_rings(&mut self) {
        let mut first: Vec<usize> = (0..self.least.len()).collect();
        fn find(first: &[usize], mut of: usize) -> usize {
            while first[of] != of {
                of = first[of];
            }
            of
        }
        for sum in &self.sums {
            for pair in sum.terms.windows(2) {
                let (one, other) = (find(&first, pair[0].0), find(&first, pair[1].0));
                first[one.max(other)] = one.min(other);
            }
        }
        let mut groups: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for unknown in 0..first.len() {
            groups.entry(find(&first, unknown)).or_default().0.push(unknown);
        }
        for (position, sum) in self.sums.iter().enumerate() {
            if let Some((unknown, _)) = sum.terms.first() {
                groups.entry(find(&first, *unknown)).or_default().1.push(position);
            }
        }
        for (unknowns, sums) in groups.values() {
            let links: usize = sums.iter().map(|sum| self.sums[*sum].terms.len()).sum();
            let is_ring = links >= unknowns.len() + sums.len();
            if is_ring && unknowns.len() <= MOST_UNKNOWNS {
                for unknown in unknowns {
                    // Whatever may be large needs no closer look at its other end.
                    if self.most[*unknown] > self.needs[*unknown].largest_small {
                        let most = self.end(unknowns, sums, *unknown, OptimizationDirection::Maximize);
                        self.most[*unknown] = most.unwrap_or(self.most[*unknown]);
                    }
                    if self.most[*unknown] <= self.needs[*unknown].largest_small + NOTHING {
                        let least = self.end(unknowns, sums, *unknown, OptimizationDirection::Minimize);
                        self.least[*unknown] = least.unwrap_or(self.least[*unknown]);
                    }
                }
            }
        }
    }

    fn end(&self, unknowns: &[usize], sums: &[usize], of: usize, direction: OptimizationDirection) -> Option<f64> {
        let mut programme = Programme::new(direction);
        let variables: BTreeMap<usize, microlp::Variable> = unknowns
            .iter()
            .map(|unknown| {
                let cap = if *unknown == of { self.needs[of].largest_small + 1.0 } else { f64::INFINITY };
                let most = self.most[*unknown].min(cap).max(self.least[*unknown]);
                let weight = if *unknown == of { 1.0 } else { 0.0 };
                (*unknown, programme.add_var(weight, (self.least[*unknown], most)))
            })
            .collect();
        for sum in sums.iter().map(|sum| &self.sums[*sum]) {
            let terms: Vec<_> =
                sum.terms.iter().filter_map(|(unknown, sign)| Some((*variables.get(unknown)?, *sign))).collect();
            programme.add_constraint(terms.clone(), ComparisonOp::Ge, sum.least);
            programme.add_constraint(terms, ComparisonOp::Le, sum.most);
        }
        Some(programme.solve().ok()?.into_solution().ok()?.objective())
    }

    /// Every hidden number that can only be small, and not any small number.
    fn found(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        for (spot, unknown) in &self.unknowns {
            let (least, most, need) = (self.least[*unknown], self.most[*unknown], self.needs[*unknown]);
            let is_small = most > NOTHING && most <= need.largest_small + NOTHING;
            let is_any = least <= need.floor + NOTHING && most >= need.largest_small - NOTHING;
            if self.edition.content.indicators[spot.1].rule().is_some() && is_small && !is_any {
                found.push(self.told(*spot));
            }
        }
        found
    }

    fn told(&self, (geography, indicator, period, position): Spot) -> Problem {
        let content = &self.edition.content;
        let place = match geography.and_then(|geography| content.geographies.get(geography)) {
            Some(geography) => {
                format!("`{}` of `{}`", geography.areas().get(position).map_or("", |area| &area.code), geography.id)
            }
            None => "the whole atlas".to_owned(),
        };
        let message = format!(
            "`{}` in {period} is hidden for {place}, but follows from what is published",
            content.indicators[indicator].id
        );
        let cure = "look whether published totals contradict their parts; an edition that does not pass its audit is not published";
        Problem::error("audit-failed", message).cure(cure)
    }
}

impl Sum {
    fn of(total: Found, parts: Vec<Found>) -> Sum {
        let mut sum = Sum { terms: Vec::new(), least: 0.0, most: 0.0, total: None };
        match total {
            Found::Known(least, most) => (sum.least, sum.most) = (least, most),
            Found::Hidden(unknown) => {
                sum.terms.push((unknown, -1.0));
                sum.total = Some(unknown);
            }
            Found::Nothing => {}
        }
        for part in parts {
            match part {
                Found::Known(least, most) => (sum.least, sum.most) = (sum.least - most, sum.most - least),
                Found::Hidden(unknown) => sum.terms.push((unknown, 1.0)),
                Found::Nothing => {}
            }
        }
        sum
    }

    /// Whether everything in it is published and does not add up.
    fn is_contradicted(&self) -> bool {
        self.terms.is_empty() && (self.least > NOTHING || self.most < -NOTHING)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::Disclosure;
    use crate::read_atlas;

    const MANIFEST: &str = "format = 1\n[atlas]\nid = \"a\"\ntitle = \"A\"\n[disclosure]\nnone = \"invented\"\n\
        [[geography]]\nid = \"area\"\nname = \"Areas\"\nsingular = \"area\"\nboundaries = \"a.geojson\"\ncode = \"C\"\n\
        [[geography]]\nid = \"whole\"\nname = \"Wholes\"\nsingular = \"whole\"\ndissolve = \"area\"\n\
        [[lookup]]\nchild = \"area\"\nparent = \"whole\"\nfile = \"l.csv\"\nchild_code = \"C\"\nparent_code = \"W\"\n\
        [[indicator]]\nid = \"n\"\nname = \"N\"\nkind = \"count\"\n\
        [[table]]\nfile = \"n.csv\"\ngeography = \"area\"\ncode = \"C\"\nperiod = \"2019\"\n[table.columns]\nN = \"n\"\n\
        [[table]]\nfile = \"w.csv\"\ngeography = \"whole\"\ncode = \"W\"\nperiod = \"2019\"\n[table.columns]\nN = \"n\"\n";

    /// The kinds of problems that are found where three areas are published like this, beside their whole.
    fn found(areas: [&str; 3], whole: &str, round: u32) -> Vec<&'static str> {
        let folder = tempfile::tempdir().unwrap();
        let square = |code: &str, west: u32| {
            let (west, east) = (f64::from(west) / 10.0, f64::from(west + 1) / 10.0);
            format!(
                "{{\"type\":\"Feature\",\"properties\":{{\"C\":\"{code}\"}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[[{west},52],[{east},52],[{east},52.1],[{west},52.1],[{west},52]]]}}}}"
            )
        };
        let squares =
            ["A1", "A2", "A3"].iter().zip(1..).map(|(code, west)| square(code, west)).collect::<Vec<_>>().join(",");
        for (file, text) in [
            ("atlas.toml", MANIFEST.to_owned()),
            ("a.geojson", format!("{{\"type\":\"FeatureCollection\",\"features\":[{squares}]}}")),
            ("l.csv", "C,W\nA1,W1\nA2,W1\nA3,W1\n".to_owned()),
            ("n.csv", format!("C,N\nA1,{}\nA2,{}\nA3,{}\n", areas[0], areas[1], areas[2])),
            ("w.csv", format!("W,N\nW1,{whole}\n")),
        ] {
            std::fs::write(folder.path().join(file), text).unwrap();
        }
        let (edition, report) = read_atlas(folder.path());
        let mut edition = edition.unwrap_or_else(|| panic!("{:?}", report.problems));
        edition.content.indicators[0].disclosure = Some(Disclosure::Rule { threshold: 5, round });
        let mut problems = Problems::default();
        audit(&edition, &[], &mut problems).unwrap();
        problems.iter().map(|problem| problem.kind).collect()
    }

    #[test]
    fn a_lone_hidden_number_follows_from_its_total() {
        assert_eq!(found(["*", "300", "20"], "324", 1), ["audit-failed"]);
        assert!(found(["*", "*", "20"], "325", 1).is_empty(), "two and three, under five");
        assert_eq!(found(["*", "*", "20"], "23", 1).len(), 2, "one and two, under three");
        assert!(found(["*", "*", "*"], "23", 1).is_empty());
        assert!(found(["*", "300", "20"], "325", 5).is_empty(), "the others are rounded");
        assert!(found(["*", "300", "20"], "400", 1).is_empty(), "it is large");
    }
}
