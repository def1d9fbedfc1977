//! How an edition is read: which of its numbers are unknown, and which sums they stand in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Declared;
use super::sums::Sum;
use super::unknowns::{Day, Found, Need, Part, Side, Spot, Unknown, Unknowns};
use crate::catalogue::{Indicator, Reference};
use crate::cell::Status;
use crate::column::{Column, Origin, number_at};
use crate::edition::Edition;
use crate::manifest::Kind;
use crate::period::Period;
use crate::protect::Rule;
use crate::store::StoreError;

/// One edition, read beside the one that is audited.
pub(super) struct Reading<'a> {
    /// The edition that is audited. Unknowns are named by its indicators and areas.
    audited: &'a Edition,
    edition: &'a Edition,
    /// 0 for the edition that is audited.
    number: usize,
    unknowns: &'a mut Unknowns,
}

/// A column, and where it stands.
#[derive(Clone, Copy)]
struct At {
    geography: Option<usize>,
    indicator: usize,
    period: Period,
}

impl<'a> Reading<'a> {
    /// Every sum of an edition in which anything is unknown.
    pub(super) fn sums(
        audited: &'a Edition,
        edition: &'a Edition,
        number: usize,
        breakdowns: &[Declared],
        unknowns: &'a mut Unknowns,
    ) -> Result<Vec<Sum>, StoreError> {
        let mut reading = Reading { audited, edition, number, unknowns };
        let mut sums = Vec::new();
        for indicator in 0..edition.content.indicators.len() {
            if edition.content.indicators[indicator].rule().is_some() {
                sums.extend(reading.of_areas(indicator, Part::Above)?);
                sums.extend(reading.of_areas(indicator, Part::Below)?);
                sums.extend(reading.of_denominators(indicator)?);
                sums.extend(reading.of_periods(indicator, Side::Above)?);
                sums.extend(reading.of_periods(indicator, Side::Below)?);
            }
        }
        for (total, parts) in breakdowns {
            sums.extend(reading.of_breakdown(total, parts, Side::Above)?);
            sums.extend(reading.of_breakdown(total, parts, Side::Below)?);
        }
        sums.retain(|sum| !sum.is_known());
        sums.iter_mut().for_each(|sum| sum.is_older = number > 0);
        Ok(sums)
    }

    fn column(&self, at: At) -> Result<Option<Arc<Column>>, StoreError> {
        self.edition.published.column(at.geography, at.indicator, at.period)
    }

    fn indicator(&self, position: usize) -> &'a Indicator {
        &self.edition.content.indicators[position]
    }

    /// The rule of a number: denominators that are those of another indicator follow that one's.
    fn rule(&self, column: &Column, at: At, part: Part, position: usize) -> Option<Rule> {
        let own = self.indicator(at.indicator);
        let named = |reference: &Reference| {
            let other = self.edition.content.indicators.position(&reference.indicator)?;
            Some(At { indicator: other, period: reference.period.unwrap_or(at.period), ..at })
        };
        let Some(named) = own.denominator.as_ref().filter(|_| part == Part::Below).and_then(named) else {
            return own.rule();
        };
        let rule = self.indicator(named.indicator).rule();
        let below = number_at(column.denominator.as_ref(), position);
        let is_exact = below.is_some() && [own.rule(), rule].iter().flatten().all(|rule| rule.round <= 1);
        if is_exact || own.rule().is_none_or(|own| Some(own) == rule) {
            return rule;
        }
        let is_same = self.column(named).ok().flatten().is_some_and(|other| {
            number_at(Some(&other.values), position) == below
                && (below.is_some() || other.status_of(position).contains(&Status::Suppressed))
        });
        if is_same { rule } else { own.rule() }
    }

    /// What stands at a place of a column.
    fn at(&mut self, column: &Column, at: At, part: Part, position: usize) -> Found {
        let indicator = self.indicator(at.indicator);
        let is_count = indicator.kind == Kind::Count;
        let numbers = match part {
            Part::Above if is_count => Some(&column.values),
            Part::Above => column.numerator.as_ref(),
            _ => column.denominator.as_ref(),
        };
        let is_suppressed = column.status_of(position).contains(&Status::Suppressed);
        // Who is not in the numerator is in no sum of denominators either.
        if part == Part::Below && !is_suppressed && number_at(column.numerator.as_ref(), position).is_none() {
            return Found::Nothing;
        }
        let rule = self.rule(column, at, part, position);
        let largest_small = rule.map_or(0.0, |rule| rule.largest_small());
        if let Some(number) = number_at(numbers, position) {
            let (least, most) = rule.map_or((number, number), |rule| rule.meant_by(number));
            let spot = self.spot(at, part, position, Some((least, most)));
            // What was rounded is the same number in every sum.
            return match spot {
                Some(spot) if least < most => self.unknowns.at(spot, Unknown { least, most, need: None }),
                _ => Found::Known(number),
            };
        }
        if !is_suppressed || numbers.is_none() {
            return Found::Nothing;
        }
        let over = (!is_count && part == Part::Above).then(|| number_at(column.denominator.as_ref(), position));
        // Over a denominator that is hidden or small, zeros are hidden too.
        let (least, largest_small) = match over {
            None => (1.0, largest_small),
            Some(None) => (0.0, largest_small),
            Some(Some(over)) if over <= largest_small => (0.0, over),
            Some(Some(_)) => (1.0, largest_small),
        };
        let need = rule.map(|_| Need { floor: least, largest_small });
        match self.spot(at, part, position, None) {
            Some(spot) => self.unknowns.at(spot, Unknown { least, most: f64::INFINITY, need }),
            None => Found::Nothing,
        }
    }

    /// By which name the unknown is known at a place: that of the edition that is audited where it may be the same there.
    fn spot(&self, at: At, part: Part, position: usize, shown: Option<(f64, f64)>) -> Option<Spot> {
        let own = &self.edition.content;
        let Some(of) = (self.number > 0).then_some(&self.audited.content) else {
            let At { geography, indicator, period } = at;
            return Some(Spot { edition: 0, geography, indicator, period, part, position });
        };
        let id = &own.indicators[at.indicator].id;
        let alone = Spot {
            edition: self.number,
            geography: at.geography,
            indicator: at.indicator,
            period: at.period,
            part,
            position,
        };
        let same = || {
            let indicator = of.indicators.position(id)?;
            let (geography, position) = match at.geography {
                None => (None, position),
                Some(geography) => {
                    let own = &own.geographies[geography];
                    let geography = of.geographies.iter().position(|other| other.id == own.id)?;
                    (Some(geography), of.geographies[geography].position(&own.areas().get(position)?.code)?)
                }
            };
            let spot = Spot { edition: 0, geography, indicator, period: at.period, part, position };
            let unknown = self.unknowns.all[*self.unknowns.spots.get(&spot)?];
            let may_be_the_same = match shown {
                // Rounded in both.
                Some((least, most)) => unknown.need.is_none() && unknown.least <= most && least <= unknown.most,
                None => unknown.need.is_some(),
            };
            may_be_the_same.then_some(spot)
        };
        Some(same().unwrap_or(alone))
    }

    /// The sums of the areas of one indicator: each larger area is that of the largest ones that it is made of, and of smaller
    /// ones where these are not parts of those.
    fn of_areas(&mut self, indicator: usize, part: Part) -> Result<Vec<Sum>, StoreError> {
        let geographies = &self.edition.content.geographies;
        let mut sums = Vec::new();
        for whole in (0..geographies.len()).map(Some).chain([None]) {
            let is_smaller = |base: &usize| {
                Some(*base) != whole
                    && geographies[*base].tiling
                    && whole.is_none_or(|whole| geographies[whole].len() <= geographies[*base].len())
            };
            let mut smaller: Vec<usize> = (0..geographies.len()).filter(is_smaller).collect();
            smaller.sort_by_key(|base| geographies[*base].len());
            let periods: BTreeSet<Period> =
                smaller.iter().flat_map(|base| self.edition.published.periods(*base, indicator)).collect();
            for period in periods {
                let at = At { geography: whole, indicator, period };
                let Some(total) = self.column(at)? else { continue };
                let mut held_against: Vec<usize> = Vec::new();
                for base in &smaller {
                    let is_part_of = |larger: &usize| geographies[*base].members_of(&geographies[*larger]).is_some();
                    if held_against.iter().any(is_part_of) {
                        continue;
                    }
                    let members = match whole {
                        Some(whole) => geographies[*base].members_of(&geographies[whole]),
                        None => Some(vec![(0..).take(geographies[*base].len()).collect()]),
                    };
                    let parts_at = At { geography: Some(*base), indicator, period };
                    let (Some(members), Some(parts)) = (members, self.column(parts_at)?) else { continue };
                    if let Some(found) = self.of_wholes((at, &total), (parts_at, &parts), part, &members) {
                        sums.extend(found);
                        held_against.push(*base);
                    }
                }
            }
        }
        Ok(sums)
    }

    /// The sums of larger areas, unless what is published contradicts them.
    fn of_wholes(
        &mut self,
        (at, total): (At, &Column),
        (parts_at, parts): (At, &Column),
        part: Part,
        members: &[Vec<u32>],
    ) -> Option<Vec<Sum>> {
        let mut sums = Vec::new();
        for (position, members) in members.iter().enumerate().filter(|(_, members)| !members.is_empty()) {
            let whole = self.at(total, at, part, position);
            let mut found: Vec<Found> =
                members.iter().map(|member| self.at(parts, parts_at, part, *member as usize)).collect();
            // What was added up here is made of what there is; of what others published nobody knows.
            if total.origin == Origin::Aggregated {
                found.retain(|found| !matches!(found, Found::Nothing));
            }
            sums.extend(Sum::of(whole, found));
        }
        self.unless_contradicted(sums)
    }

    fn unless_contradicted(&self, sums: Vec<Sum>) -> Option<Vec<Sum>> {
        let is_contradicted = sums.iter().any(|sum| sum.is_contradicted(&self.unknowns.all));
        (!is_contradicted).then_some(sums)
    }

    /// Numerators and what is left of their denominators, where they are parts of these.
    fn of_denominators(&mut self, indicator: usize) -> Result<Vec<Sum>, StoreError> {
        let mut sums = Vec::new();
        if self.indicator(indicator).kind != Kind::Proportion {
            return Ok(sums);
        }
        let largest_small = self.indicator(indicator).rule().map_or(0.0, |rule| rule.largest_small());
        for at in self.columns_of(indicator) {
            let Some(column) = self.column(at)? else { continue };
            for position in 0..column.values.len() {
                let above = self.at(&column, at, Part::Above, position);
                let below = self.at(&column, at, Part::Below, position);
                let Some(spot) = self.spot(at, Part::Left, position, None) else { continue };
                if matches!(above, Found::Unknown(_)) && !matches!(below, Found::Nothing) {
                    let need = Some(Need { floor: 0.0, largest_small });
                    let left = self.unknowns.at(spot, Unknown { least: 0.0, most: f64::INFINITY, need });
                    sums.extend(Sum::of(below, [above, left]));
                }
            }
        }
        Ok(sums)
    }

    /// Every column of an indicator.
    fn columns_of(&self, indicator: usize) -> Vec<At> {
        let geographies = 0..self.edition.content.geographies.len();
        let of = |geography: usize| self.edition.published.periods(geography, indicator);
        let everywhere: BTreeSet<Period> = geographies.clone().flat_map(of).collect();
        let of_all = everywhere.into_iter().map(|period| At { geography: None, indicator, period });
        let of_areas = geographies
            .flat_map(|geography| of(geography).into_iter().map(move |period| (Some(geography), period)))
            .map(|(geography, period)| At { geography, indicator, period });
        of_areas.chain(of_all).collect()
    }

    /// Periods that overlap, as sums of the spans between all first and last days.
    fn of_periods(&mut self, indicator: usize, side: Side) -> Result<Vec<Sum>, StoreError> {
        let mut sums = Vec::new();
        let mut of_geography: BTreeMap<Option<usize>, Vec<At>> = BTreeMap::new();
        for at in self.columns_of(indicator) {
            of_geography.entry(at.geography).or_default().push(at);
        }
        for columns in of_geography.into_values() {
            let days: BTreeSet<Day> = columns.iter().flat_map(|at| [at.period.start(), at.period.end()]).collect();
            let days: Vec<Day> = days.into_iter().collect();
            let is_within = |at: &At, days: &&[_]| at.period.start() <= days[0] && days[1] <= at.period.end();
            let mut found = Vec::new();
            for at in columns.iter().filter(|at| days.windows(2).filter(|days| is_within(at, days)).count() > 1) {
                let Some(total) = self.column(*at)? else { continue };
                let spans: Vec<_> = days.windows(2).filter(|days| is_within(at, days)).collect();
                let inner: Vec<Option<(At, Arc<Column>)>> = spans
                    .iter()
                    .map(|days| {
                        let own = columns.iter().find(|at| (at.period.start(), at.period.end()) == (days[0], days[1]));
                        own.map(|at| Ok(self.column(*at)?.map(|column| (*at, column)))).transpose().map(Option::flatten)
                    })
                    .collect::<Result<_, StoreError>>()?;
                for position in 0..total.values.len() {
                    let whole = self.at(&total, *at, side.part(), position);
                    // What lies between periods follows the rule of the period that it lies in.
                    let rule = self.rule(&total, *at, side.part(), position);
                    let mut parts = Vec::new();
                    for (days, inner) in spans.iter().zip(&inner) {
                        parts.push(match inner {
                            Some((at, column)) => self.at(column, *at, side.part(), position),
                            None => self.between(*at, columns[0].period, (side, days[0], days[1]), position, rule),
                        });
                    }
                    found.push((whole, parts));
                }
            }
            // An average of years is no sum of them.
            sums.extend(self.unless_doubtful(found, side));
        }
        Ok(sums)
    }

    /// What is counted in a span that no period is. It is named by the first period of its indicator.
    fn between(
        &mut self,
        At { geography, indicator, .. }: At,
        period: Period,
        (side, first, end): (Side, Day, Day),
        position: usize,
        rule: Option<Rule>,
    ) -> Found {
        let need = rule.map(|rule| Need { floor: 0.0, largest_small: rule.largest_small() });
        let part = Part::Between(side, first, end);
        let spot = Spot { edition: self.number, geography, indicator, period, part, position };
        self.unknowns.at(spot, Unknown { least: 0.0, most: f64::INFINITY, need })
    }

    fn of_breakdown(&mut self, total: &str, parts: &[String], side: Side) -> Result<Vec<Sum>, StoreError> {
        let mut sums = Vec::new();
        let content = &self.edition.content;
        let position = |id: &str| content.indicators.position(id);
        let Some(total) = position(total) else { return Ok(sums) };
        let Some(parts) = parts.iter().map(|id| position(id)).collect::<Option<Vec<usize>>>() else { return Ok(sums) };
        for at in self.columns_of(total) {
            let columns = parts.iter().map(|part| self.column(At { indicator: *part, ..at }));
            let columns: Vec<Option<Arc<Column>>> = columns.collect::<Result<_, _>>()?;
            let columns: Option<Vec<Arc<Column>>> = columns.into_iter().collect();
            let (Some(whole), Some(columns)) = (self.column(at)?, columns) else { continue };
            let mut found = Vec::new();
            for area in 0..whole.values.len() {
                let of_parts: Vec<Found> = parts
                    .iter()
                    .zip(&columns)
                    .map(|(part, column)| self.at(column, At { indicator: *part, ..at }, side.part(), area))
                    .collect();
                found.push((self.at(&whole, at, side.part(), area), of_parts));
            }
            sums.extend(self.unless_doubtful(found, side));
        }
        Ok(sums)
    }

    /// The sums of totals and their parts, unless what is published contradicts them. Nobody says that denominators add up (those
    /// of two years may be the same people), so that of theirs one at least must stand there whole.
    fn unless_doubtful(&self, found: Vec<(Found, Vec<Found>)>, side: Side) -> Vec<Sum> {
        let is_shown = |found: &Found| match found {
            Found::Known(_) => true,
            Found::Unknown(unknown) => self.unknowns.all[*unknown].need.is_none(),
            Found::Nothing => false,
        };
        let is_none = |found: &Found| matches!(found, Found::Known(0.0));
        let is_borne_out = side == Side::Above
            || found.iter().any(|(total, parts)| !is_none(total) && std::iter::once(total).chain(parts).all(is_shown));
        let sums = found.into_iter().filter_map(|(total, parts)| Sum::of(total, parts)).collect();
        self.unless_contradicted(sums).filter(|_| is_borne_out).unwrap_or_default()
    }
}
