//! What protection costs, indicator by indicator: for those who publish.

use serde::{Deserialize, Serialize};

use super::Raw;
use super::quantities::{Quantities, counted};
use super::systems::{Masks, name};
use crate::by_place::Columns;
use crate::column::number_at;
use crate::manifest::{Disclosure, Field};
use crate::period::newest;
use crate::protect::Why;

/// How many of the hardest sets are named.
const NAMED: usize = 5;

/// How an indicator's small numbers were protected, and what that costs. It holds no number that is hidden.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Protection {
    /// The indicator's id.
    pub indicator: String,
    /// Its rule, or the reason why it has none.
    pub disclosure: Disclosure,
    /// How many values there are, hidden ones included, for all areas and periods.
    pub values: usize,
    /// How many its own publisher hid.
    pub hidden_before: usize,
    /// How many are hidden because they, what is left of them, or their denominators are small.
    pub hidden_first: usize,
    /// How many are hidden so that no others can be worked out.
    pub hidden_to_protect: usize,
    /// The share of values that is hidden.
    pub share_of_values: f64,
    /// The share of people, over areas and periods, whose value is hidden; unset where people are unknown.
    pub share_of_people: Option<f64>,
    /// The sums for which most values were hidden, the hardest first.
    pub hardest: Vec<HardSet>,
}

/// A sum whose parts were hidden so that one of them stays hidden.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct HardSet {
    /// Its total.
    pub total: String,
    /// How many values were hidden for it.
    pub hidden: usize,
}

pub(super) fn of(
    raw: &Raw<'_>,
    quantities: &Quantities<'_>,
    masks: &Masks,
    published: &Columns,
) -> Vec<(usize, Protection)> {
    let mut protections = Vec::new();
    for position in raw.own.iter().copied() {
        let indicator = &raw.indicators.public[position];
        let Some(disclosure) = &indicator.disclosure else { continue };
        let mut protection = Protection {
            indicator: indicator.id.clone(),
            disclosure: disclosure.clone(),
            values: 0,
            hidden_before: 0,
            hidden_first: 0,
            hidden_to_protect: 0,
            share_of_values: 0.0,
            share_of_people: None,
            hardest: hardest(raw, quantities, masks, position),
        };
        let (mut people, mut lost) = (0.0, 0.0);
        for (geography, period, column) in raw.columns.of_indicator(position) {
            let place = (geography, position, period);
            let fields = [counted(indicator), Field::Denominator].map(|field| quantities.at(place, field));
            for area in 0..column.values.len() {
                let whys: Vec<Why> =
                    fields.iter().flatten().filter_map(|quantity| masks.why(*quantity, area)).collect();
                if whys.is_empty() && column.values[area].is_none() {
                    continue;
                }
                protection.values += 1;
                let here = geography.and_then(|geography| people_of(raw, published, geography, area)).unwrap_or(0.0);
                people += here;
                if whys.is_empty() || disclosure.rule().is_none() {
                    continue;
                }
                lost += here;
                let is = |wanted: &[Why]| whys.iter().any(|why| wanted.contains(why));
                if is(&[Why::Before]) {
                    protection.hidden_before += 1;
                } else if is(&[Why::First]) {
                    protection.hidden_first += 1;
                } else {
                    protection.hidden_to_protect += 1;
                }
            }
        }
        let hidden = protection.hidden_before + protection.hidden_first + protection.hidden_to_protect;
        protection.share_of_values = if protection.values > 0 { hidden as f64 / protection.values as f64 } else { 0.0 };
        // Shares of published people in whole percent tell nothing of anybody.
        protection.share_of_people = (people > 0.0).then(|| (lost / people * 100.0).round() / 100.0);
        protections.push((position, protection));
    }
    protections
}

/// The published people of an area.
fn people_of(raw: &Raw<'_>, published: &Columns, geography: usize, area: usize) -> Option<f64> {
    if let Some(people) = raw.published_people {
        return number_at(people.get(&geography), area);
    }
    let people = raw.people?;
    let period = newest(published.periods(geography, people))?;
    number_at(Some(&published.get(Some(geography), people, period)?.values), area)
}

fn hardest(raw: &Raw<'_>, quantities: &Quantities<'_>, masks: &Masks, indicator: usize) -> Vec<HardSet> {
    let own = masks.hard.iter().filter(|(quantity, _, _)| quantities.all[*quantity].place.1 == indicator);
    let mut own: Vec<&(usize, usize, usize)> = own.collect();
    own.sort_by_key(|(quantity, position, hidden)| (std::cmp::Reverse(*hidden), *quantity, *position));
    let named = own.into_iter().take(NAMED);
    named
        .map(|(at, position, hidden)| HardSet { total: name(raw, quantities, (*at, *position)), hidden: *hidden })
        .collect()
}
