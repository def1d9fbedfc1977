//! Among which areas ranks and deciles were made: those of a country, where its codes or its comparator say so and the numbers
//! reach beyond the areas that are here.

use std::collections::BTreeSet;

use super::super::indicators::Indicators;
use super::{Fed, taken};
use crate::catalogue::Indicator;
use crate::codes::{LSOA, kind};
use crate::geography::Geography;
use crate::manifest::Kind;
use crate::problem::Problems;
use crate::text::Text;
use crate::words::count;

/// The countries by the first letter of their areas' codes, and the most LSOAs that each has had in any vintage: no more than so
/// many can have been ranked there.
///
/// LSOAs by the Office for National Statistics: 33,755 in England and 1,917 in Wales since 2021.
const COUNTRIES: [(&str, &str, u32); 5] = [
    ("E", "England", 33_755),
    ("W", "Wales", 1_917),
    ("EW", "England and Wales", 35_672),
    ("S", "Scotland", u32::MAX),
    ("N", "Northern Ireland", u32::MAX),
];

/// Says among what ranks and deciles were made; of deciles what is said of the rank that puts their areas in order.
pub(super) fn infer(
    indicators: &Indicators,
    inferred: &mut [Indicator],
    geographies: &[Geography],
    tables: &[Fed<'_>],
    problems: &mut Problems,
) {
    let comparator = comparator(geographies);
    for kind in [Kind::Rank, Kind::Decile] {
        for position in 0..inferred.len() {
            let Some(own) = inferred.get(position).filter(|own| own.kind == kind && own.among.is_none()) else {
                continue;
            };
            let feeding: Vec<&Fed<'_>> = tables.iter().filter(|table| table.indicators.contains(&position)).collect();
            let here = Here::of(&feeding);
            let reaches_beyond = match own.out_of {
                Some(ranked) => ranked as usize > here.most,
                None => feeding.iter().any(|table| table.orders.reaches_beyond(&own.id)),
            };
            if !reaches_beyond {
                continue;
            }
            let order = own.ordered_by.as_ref().and_then(|id| inferred.iter().find(|other| other.id == *id));
            let of_order = order.and_then(|order| Some((order.among.clone()?, format!("as `{}` is", order.id))));
            let of_codes =
                own.out_of.and_then(|ranked| here.country(ranked)).map(|(country, why)| (areas_in(country), why));
            let beside = comparator.filter(|(letters, _)| here.is_of(letters));
            let beside =
                beside.map(|(_, name)| (areas_in(name), "the country that areas are compared with".to_owned()));
            let Some((among, why)) = of_order.or(of_codes).or(beside) else { continue };
            let made = if kind == Kind::Rank { "ranked" } else { "in deciles" };
            let message = format!("areas of `{}` are taken to be {made} among {}: {why}", own.id, among.en());
            problems.push(indicators.located(position, taken("among", message)));
            inferred[position].among = Some(among);
        }
    }
}

fn areas_in(country: &str) -> Text {
    format!("areas in {country}").as_str().into()
}

/// The areas that an indicator speaks of.
struct Here {
    /// The first letters of their codes; nothing where any is no code of the Office for National Statistics.
    letters: Option<String>,
    are_lsoas: bool,
    /// How many there are in the geography with the most.
    most: usize,
}

impl Here {
    fn of(feeding: &[&Fed<'_>]) -> Here {
        let codes = || feeding.iter().flat_map(|table| table.geography.areas()).map(|area| area.code.as_str());
        let letters: Option<BTreeSet<&str>> = codes().map(|code| kind(code).and(code.get(..1))).collect();
        Here {
            letters: letters.map(|letters| letters.into_iter().collect()),
            are_lsoas: codes().all(|code| kind(code) == Some(LSOA)),
            most: feeding.iter().map(|table| table.geography.len()).max().unwrap_or_default(),
        }
    }

    /// The country of all codes, unless more were ranked than it has.
    fn country(&self, ranked: u32) -> Option<(&'static str, String)> {
        let letters = self.letters.as_deref()?;
        let (_, country, lsoas) = COUNTRIES.into_iter().find(|(own, ..)| *own == letters)?;
        (!self.are_lsoas || ranked <= lsoas)
            .then(|| (country, format!("all codes are of {country}, and {} were ranked", count(ranked as usize))))
    }

    /// Whether all areas may lie in the country whose areas have codes with these letters.
    fn is_of(&self, letters: &str) -> bool {
        self.letters.as_ref().is_some_and(|own| own.chars().all(|letter| letters.contains(letter)))
    }
}

/// The country that areas are compared with, where it is the only area of the only geography of countries: the letters of its
/// codes, and its name.
fn comparator(geographies: &[Geography]) -> Option<(&'static str, &str)> {
    let mut countries = geographies.iter().filter(|geography| geography.shape.is_none()).filter_map(|geography| {
        let [area] = geography.areas() else { return None };
        let letters = match area.code.get(..3)? {
            "E92" => "E",
            "W92" => "W",
            "S92" => "S",
            "N92" => "N",
            "K04" => "EW",
            _ => return None,
        };
        Some((letters, area.shown_name()))
    });
    countries.next().filter(|_| countries.next().is_none())
}
