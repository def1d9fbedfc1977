//! From quantities and their relations to systems of cells, and from those to what is hidden.

use std::collections::{BTreeMap, BTreeSet};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::quantities::{Quantities, Quantity};
use super::relations::{How, Relation};
use super::{Raw, unprotectable};
use crate::cell::Status;
use crate::column::number_at;
use crate::edition::Edition;
use crate::folder::AtlasFolder;
use crate::manifest::Field;
use crate::problem::{Problem, Problems, Tally};
use crate::protect::{Cell, CellId, Role, Seen, SetId, System, Why, protect as protect_system};

/// What is hidden of each quantity.
pub(super) struct Masks {
    /// By quantity and position; empty where nothing is protected.
    pub(super) why: Vec<Vec<Option<Why>>>,
    /// The totals of the sets that made most cells go, as quantity and position, with how many.
    pub(super) hard: Vec<(usize, usize, usize)>,
}

impl Masks {
    /// Why a number is hidden.
    pub(super) fn why(&self, quantity: usize, position: usize) -> Option<Why> {
        self.why[quantity].get(position).copied().flatten()
    }
}

/// Hides what must be hidden. Quantities that do not hang together are protected side by side.
pub(super) fn protect(
    raw: &Raw<'_>,
    quantities: &Quantities<'_>,
    relations: &[Relation],
    problems: &mut Problems,
) -> Masks {
    let groups = groups(quantities, relations);
    let protected: Vec<Group> =
        groups.par_iter().map(|group| Group::protected(raw, quantities, relations, group)).collect();
    let mut masks = Masks { why: vec![Vec::new(); quantities.all.len()], hard: Vec::new() };
    let mut tally = Tally::new(AtlasFolder::MANIFEST);
    for group in protected {
        for (quantity, why) in group.why {
            masks.why[quantity] = why;
        }
        masks.hard.extend(group.hard);
        for failure in group.failures {
            tally.push(failure, problems);
        }
    }
    tally.finish(problems);
    for (position, quantity) in quantities.all.iter().enumerate() {
        for area in 0..quantity.numbers.len() {
            if let Some(with) = quantity.shared_with(area) {
                let why = masks.why(with, area);
                let own = &mut masks.why[position];
                own.resize(quantity.numbers.len(), None);
                own[area] = why;
            }
        }
    }
    masks
}

/// What came of quantities that hang together.
struct Group {
    /// What is hidden of each quantity.
    why: Vec<(usize, Vec<Option<Why>>)>,
    /// See [`Masks::hard`].
    hard: Vec<(usize, usize, usize)>,
    /// What could not be protected.
    failures: Vec<Problem>,
}

impl Group {
    fn protected(raw: &Raw<'_>, quantities: &Quantities<'_>, relations: &[Relation], group: &BTreeSet<usize>) -> Group {
        let Built { system, spots } = Built::new(raw, quantities, relations, group);
        // Each set by its total; what is the same as another number, by both.
        let sets: Vec<(CellId, Option<CellId>)> =
            system.sets().map(|(total, parts)| (total, parts.first().copied().filter(|_| parts.len() == 1))).collect();
        let protected = protect_system(system);
        let failures = protected.failures.iter().map(|failure| {
            let name = |cell: CellId| spots.of(cell).map(|spot| name(raw, quantities, spot));
            let sets = failure.sets.iter().filter_map(|set| sets.get(*set as usize));
            let others = sets.flat_map(|(total, same)| [Some(*total), *same]).flatten();
            let sums: BTreeSet<String> = others.filter(|other| *other != failure.cell).filter_map(name).collect();
            let own = name(failure.cell).unwrap_or_else(|| "what is left of a number beside its part".to_owned());
            unprotectable(&own, &Vec::from_iter(sums), !raw.retained.is_empty())
        });
        let failures = failures.collect();
        let of_quantity = |(quantity, first, length): &(usize, CellId, usize)| {
            let cells = (0..).take(*length).map(|position: CellId| first + position);
            (*quantity, cells.map(|cell| protected.why(cell)).collect())
        };
        let why: Vec<(usize, Vec<Option<Why>>)> = spots.0.iter().map(of_quantity).collect();
        let mut hard: BTreeMap<SetId, usize> = BTreeMap::new();
        for why in why.iter().flat_map(|(_, why)| why).flatten() {
            if let Why::Protects(set) = why {
                *hard.entry(*set).or_default() += 1;
            }
        }
        let total = |set: SetId| spots.of(sets.get(set as usize)?.0);
        let hard = hard.into_iter().filter_map(|(set, count)| total(set).map(|(at, position)| (at, position, count)));
        Group { why, hard: hard.collect(), failures }
    }
}

/// "`crime` for `lsoa11` in 2019-02, E01017976"
pub(super) fn name(raw: &Raw<'_>, quantities: &Quantities<'_>, (quantity, position): (usize, usize)) -> String {
    let quantity = &quantities.all[quantity];
    let what = match quantity.field {
        _ if quantity.is_rest => "what is left, beside shorter periods, of ",
        Field::Denominator => "the denominator of ",
        _ => "",
    };
    let area = quantity.place.0.and_then(|geography| raw.geographies[geography].areas().get(position));
    format!("{what}{}{}", raw.name(quantity.place), area.map(|area| format!(", `{}`", area.code)).unwrap_or_default())
}

/// Protected quantities that hang together, with what they are held against.
fn groups(quantities: &Quantities<'_>, relations: &[Relation]) -> Vec<BTreeSet<usize>> {
    let mut first: Vec<usize> = (0..quantities.all.len()).collect();
    fn find(first: &mut [usize], mut of: usize) -> usize {
        while first[of] != of {
            first[of] = first[first[of]];
            of = first[of];
        }
        of
    }
    let is_protected = |position: &usize| quantities.all[*position].rule.is_some();
    let related = relations.iter().map(|relation| relation.quantities().collect());
    let held = quantities
        .all
        .iter()
        .enumerate()
        .filter_map(|(position, quantity)| Some(vec![position, quantity.denominator?.0]));
    let shared = quantities
        .all
        .iter()
        .enumerate()
        .filter_map(|(position, quantity)| Some(vec![position, quantity.shared.as_ref()?.with]));
    for together in related.chain(held).chain(shared) {
        let mut together = together.into_iter().filter(is_protected);
        if let Some(one) = together.next() {
            for other in together {
                let (one, other) = (find(&mut first, one), find(&mut first, other));
                first[one.max(other)] = one.min(other);
            }
        }
    }
    let mut groups: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for position in (0..quantities.all.len()).filter(is_protected) {
        groups.entry(find(&mut first, position)).or_default().insert(position);
    }
    groups.into_values().collect()
}

/// Where the cells of each quantity begin, and how many they are: sorted by both quantity and cell.
struct Spots(Vec<(usize, CellId, usize)>);

impl Spots {
    /// The quantity and the position of a cell.
    fn of(&self, cell: CellId) -> Option<(usize, usize)> {
        let position = self.0.partition_point(|(_, first, _)| *first <= cell).checked_sub(1)?;
        let (quantity, first, length) = self.0[position];
        let position = (cell - first) as usize;
        (position < length).then_some((quantity, position))
    }

    fn cell(&self, quantity: usize, position: usize) -> Option<CellId> {
        let found = self.0.binary_search_by_key(&quantity, |(quantity, _, _)| *quantity).ok()?;
        let (_, first, length) = self.0[found];
        if position < length { Some(first + CellId::try_from(position).ok()?) } else { None }
    }
}

struct Built {
    system: System,
    spots: Spots,
}

impl Built {
    fn new(raw: &Raw<'_>, quantities: &Quantities<'_>, relations: &[Relation], group: &BTreeSet<usize>) -> Built {
        let mut built = Built { system: System::default(), spots: Spots(Vec::new()) };
        let relations: Vec<&Relation> =
            relations.iter().filter(|relation| relation.quantities().any(|member| group.contains(&member))).collect();
        let mut all = group.clone();
        all.extend(relations.iter().flat_map(|relation| relation.quantities()));
        let denominators: Vec<usize> =
            all.iter().filter_map(|position| quantities.all[*position].denominator).map(|(below, _)| below).collect();
        all.extend(denominators);
        let shared: Vec<usize> = all
            .iter()
            .filter_map(|position| quantities.all[*position].shared.as_ref())
            .map(|shared| shared.with)
            .collect();
        all.extend(shared);
        for position in all {
            built.add_quantity(position, &quantities.all[position]);
        }
        built.hold_against(quantities);
        for relation in relations {
            built.relate(quantities, relation);
        }
        for edition in raw.retained {
            let quantities = built.spots.0.iter().map(|(quantity, ..)| (*quantity, &quantities.all[*quantity]));
            let seen: BTreeMap<usize, Vec<Option<Seen>>> =
                quantities.map(|(position, quantity)| (position, seen(raw, quantity, edition))).collect();
            let Built { system, spots } = &mut built;
            system.retain(|cell| {
                let (quantity, position) = spots.of(cell)?;
                seen.get(&quantity)?.get(position).copied().flatten()
            });
        }
        built
    }

    fn add_quantity(&mut self, position: usize, quantity: &Quantity<'_>) {
        let first = CellId::try_from(self.system.len()).unwrap_or(CellId::MAX);
        self.spots.0.push((position, first, quantity.numbers.len()));
        let role = match quantity.place.0 {
            _ if quantity.is_rest => Role::Rest,
            None => Role::Kept,
            Some(_) => Role::Open,
        };
        for (area, (number, is_hidden)) in quantity.numbers.iter().zip(&quantity.is_hidden).enumerate() {
            // What is another's number has its cell there.
            if quantity.shared_with(area).is_some() {
                self.system.add(Cell::unprotected(None));
                continue;
            }
            // What nobody knows and nobody hid needs no protection.
            let rule = quantity.rule.filter(|_| number.is_some() || *is_hidden);
            self.system.add(Cell { role, rule, ..Cell::unprotected(*number) });
        }
    }

    /// The cell of a number, which is that of another quantity where it is the same number.
    fn cell(&self, quantities: &Quantities<'_>, quantity: usize, position: usize) -> Option<CellId> {
        self.spots.cell(quantities.all[quantity].shared_with(position).unwrap_or(quantity), position)
    }

    /// Holds numerators against their denominators.
    fn hold_against(&mut self, quantities: &Quantities<'_>) {
        let held: Vec<(usize, (usize, bool))> = self
            .spots
            .0
            .iter()
            .filter_map(|(position, _, _)| Some((*position, quantities.all[*position].denominator?)))
            .collect();
        for (above, (below, is_part)) in held {
            for position in 0..quantities.all[above].numbers.len() {
                let cells = (self.cell(quantities, above, position), self.cell(quantities, below, position));
                if let (Some(numerator), Some(denominator)) = cells {
                    self.system.hold_against(numerator, denominator);
                    let is_known = quantities.all[below].number(position).is_some();
                    if is_part && is_known && quantities.all[above].rule.is_some() {
                        self.system.add_complement(numerator);
                    }
                }
            }
        }
    }

    fn relate(&mut self, quantities: &Quantities<'_>, relation: &Relation) {
        let total = &quantities.all[relation.total];
        for position in 0..total.numbers.len() {
            let Some(whole) = self.cell(quantities, relation.total, position) else { continue };
            let known = total.number(position);
            let members: Vec<(usize, usize)> = match &relation.how {
                How::Areas { members, .. } => {
                    let areas = members.get(position).map_or(&[][..], Vec::as_slice);
                    areas.iter().map(|area| (relation.parts[0], *area as usize)).collect()
                }
                How::Sum => relation.parts.iter().map(|part| (*part, position)).collect(),
            };
            let number = |(part, at): &(usize, usize)| quantities.all[*part].number(*at);
            let members: Vec<(usize, usize)> = match relation.how {
                // What was added up here holds the numbers that there are.
                How::Areas { added_up: true, .. } if known.is_none() => continue,
                How::Areas { added_up: true, .. } => members.into_iter().filter(|at| number(at).is_some()).collect(),
                _ => members,
            };
            let parts: Vec<CellId> =
                members.iter().filter_map(|(part, at)| self.cell(quantities, *part, *at)).collect();
            if parts.is_empty() || parts == [whole] || (known.is_none() && !total.is_hidden[position]) {
                continue;
            }
            self.system.add_set(whole, &parts);
        }
    }
}

/// What a retained edition shows in the place of each number of a quantity. A column that cannot be read shows nothing to
/// anybody.
fn seen(raw: &Raw<'_>, quantity: &Quantity<'_>, edition: &Edition) -> Vec<Option<Seen>> {
    if quantity.is_rest {
        return Vec::new();
    }
    let (geography, indicator, period) = quantity.place;
    let content = &edition.content;
    let id = &raw.indicators.public[indicator].id;
    let Some(indicator) = content.indicators.iter().position(|other| other.id == *id) else { return Vec::new() };
    let own = geography.map(|geography| &raw.geographies[geography]);
    let at = own.and_then(|own| content.geographies.iter().position(|other| other.id == own.id));
    if own.is_some() && at.is_none() {
        return Vec::new();
    }
    let Ok(Some(column)) = edition.published.column(at, indicator, period) else { return Vec::new() };
    let numbers = match quantity.field {
        Field::Numerator => column.numerator.as_ref(),
        Field::Denominator => column.denominator.as_ref(),
        _ => Some(&column.values),
    };
    let rule = content.indicators[indicator].rule();
    let seen = |position: usize| {
        if quantity.shared_with(position).is_some() {
            return None;
        }
        // The areas of another edition may stand in another order.
        let position = match (own, at) {
            (Some(own), Some(at)) => content.geographies[at].position(&own.areas().get(position)?.code)?,
            _ => position,
        };
        match number_at(numbers, position) {
            Some(number) => {
                let (least, most) = rule.map_or((number, number), |rule| rule.meant_by(number));
                Some(Seen::Number(least, most))
            }
            None => column.status_of(position).contains(&Status::Suppressed).then_some(Seen::Hidden),
        }
    };
    (0..quantity.numbers.len()).map(seen).collect()
}
