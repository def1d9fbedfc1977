//! Classes that a reader who makes their own is offered: those that there are, as somebody would type them, and the next steps
//! from them.

use serde::Serialize;
use tessera_stats::classes::{Breaks, CLASS_COUNTS, custom};
use utoipa::ToSchema;

use crate::column::Numbers;
use crate::words::{at_least, at_most, nearest};

/// More decimals than these, beyond those that are shown, nobody types.
const MORE_DECIMALS: u8 = 8;

/// Bounds for `breaks`, as `breaks` of the answer are.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Offered {
    /// These classes: those that were chosen as they are, others with as few decimals as leave every value in its class, and at
    /// least those that are shown.
    pub breaks: Vec<f64>,
    /// With one class more: the widest in two halves; `None` where there may be no more.
    pub more: Option<Vec<f64>>,
    /// With one class less: the two neighbours that hold the fewest areas as one; `None` where there may be no fewer.
    pub fewer: Option<Vec<f64>>,
    /// Where areas lie outside chosen classes: the same, of which the outermost reach to all of them.
    pub reaching: Option<Vec<f64>>,
}

impl Offered {
    /// What `breaks`, which somebody chose or which were found, lead to for `values` that are shown with so many `decimals`.
    pub(super) fn of(breaks: &Breaks, are_chosen: bool, values: &Numbers, decimals: u8) -> Offered {
        let rounded = || custom(&rounded(breaks.bounds(), values, decimals)).ok();
        let own = if are_chosen { None } else { rounded() }.unwrap_or_else(|| breaks.clone());
        let (bounds, counts) = (own.bounds(), own.counts(values));
        let leaves_out = counts.iter().sum::<usize>() < values.iter().flatten().count();
        let (least, most) = CLASS_COUNTS.into_inner();
        Offered {
            more: (own.len() < most).then(|| with_one_more(bounds, decimals)).flatten(),
            fewer: (own.len() > least).then(|| with_one_less(bounds, &counts)),
            reaching: leaves_out.then(|| reaching(&own, values, decimals)),
            breaks: bounds.to_vec(),
        }
    }
}

/// The ends are rounded outwards; the bounds between them only as far as every value stays in its class.
fn rounded(bounds: &[f64], values: &Numbers, decimals: u8) -> Vec<f64> {
    let last = bounds.len() - 1;
    let mut rounded: Vec<f64> = Vec::with_capacity(bounds.len());
    for (index, bound) in bounds.iter().copied().enumerate() {
        let near = match index {
            0 => at_most(bound, decimals),
            _ if index == last => at_least(bound, decimals),
            _ => between(bound, values, decimals),
        };
        // Rounding may have made two of them one, with no value between; the lowest class may hold one value alone.
        if index < 2 || rounded.last().is_none_or(|before| near > *before) {
            rounded.push(near);
        }
    }
    rounded
}

fn between(bound: f64, values: &Numbers, decimals: u8) -> f64 {
    // A class holds its upper bound.
    let keeps = |near: f64| {
        let (low, high) = (near.min(bound), near.max(bound));
        !values.iter().flatten().any(|value| *value > low && *value <= high)
    };
    let tries = (decimals..=decimals.saturating_add(MORE_DECIMALS)).map(|decimals| nearest(bound, decimals));
    tries.into_iter().find(|near| keeps(*near)).unwrap_or(bound)
}

/// The widest class is halved, at a round number where there is one; `None` where none has a width.
fn with_one_more(bounds: &[f64], decimals: u8) -> Option<Vec<f64>> {
    let pairs = bounds.windows(2).enumerate();
    // Of equally wide ones the lowest.
    let widest = pairs.rev().max_by(|(_, a), (_, b)| (a[1] - a[0]).total_cmp(&(b[1] - b[0])));
    let (at, ends) = widest.filter(|(_, ends)| ends[1] > ends[0])?;
    let middle = f64::midpoint(ends[0], ends[1]);
    let round = nearest(middle, decimals);
    let lies_between = |value: &f64| *value > ends[0] && *value < ends[1];
    let middle = [round, middle].into_iter().find(lies_between)?;
    let mut bounds = bounds.to_vec();
    bounds.insert(at + 1, middle);
    Some(bounds)
}

/// Only an end that moves is rounded.
fn reaching(breaks: &Breaks, values: &Numbers, decimals: u8) -> Vec<f64> {
    let mut bounds = breaks.bounds().to_vec();
    let reaching = breaks.clone().reaching(values);
    if let ([first, .., last], [least, .., greatest]) = (&mut bounds[..], reaching.bounds()) {
        *first = if least < first { at_most(*least, decimals) } else { *first };
        *last = if greatest > last { at_least(*greatest, decimals) } else { *last };
    }
    bounds
}

fn with_one_less(bounds: &[f64], counts: &[usize]) -> Vec<f64> {
    let neighbours = counts.windows(2).map(|pair| pair[0] + pair[1]).enumerate();
    let fewest = neighbours.min_by_key(|(_, areas)| *areas).map_or(0, |(index, _)| index);
    bounds.iter().enumerate().filter(|(index, _)| *index != fewest + 1).map(|(_, bound)| *bound).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(values: &[f64]) -> Numbers {
        values.iter().copied().map(Some).chain([None]).collect()
    }

    fn found(bounds: &[f64], values: &[f64], decimals: u8) -> Offered {
        Offered::of(&custom(bounds).unwrap(), false, &column(values), decimals)
    }

    fn chosen(bounds: &[f64], values: &[f64], decimals: u8) -> Offered {
        Offered::of(&custom(bounds).unwrap(), true, &column(values), decimals)
    }

    #[test]
    fn bounds_are_rounded_outwards_at_their_ends_and_between_as_far_as_every_value_stays_in_its_class() {
        for (bounds, values, decimals, expected) in [
            (&[0.04, 5.53, 5.54, 248.64][..], &[][..], 1, &[0.0, 5.5, 248.7][..]),
            (&[0.04, 5.53, 5.54, 248.64], &[5.53, 5.54], 1, &[0.0, 5.53, 5.54, 248.7]),
            (&[0.0, 5.53, 9.0], &[5.5, 5.6], 1, &[0.0, 5.5, 9.0]),
            (&[-0.3, 1.0, 2.0], &[], 0, &[-1.0, 1.0, 2.0]),
            (&[0.0, 1.005, 2.0], &[], 2, &[0.0, 1.01, 2.0]), // the figure that the legend shows
            (&[1.1, 2.0, 3.3], &[], 1, &[1.1, 2.0, 3.3]),
            (&[0.0, 0.0, 4.0], &[0.0], 0, &[0.0, 0.0, 4.0]),
            (&[5.0, 5.0], &[5.0], 0, &[5.0, 5.0]),
        ] {
            assert_eq!(found(bounds, values, decimals).breaks, expected, "{bounds:?}");
        }
        assert_eq!(chosen(&[0.25, 5.25, 9.75], &[], 0).breaks, [0.25, 5.25, 9.75], "what was typed stays");
    }

    #[test]
    fn one_class_more_halves_the_widest_at_a_round_number() {
        let more = |bounds: &[f64], decimals| chosen(bounds, &[], decimals).more;
        assert_eq!(more(&[0.0, 5.0, 20.0], 0), Some(vec![0.0, 5.0, 13.0, 20.0]));
        assert_eq!(more(&[0.0, 5.0, 10.0], 1), Some(vec![0.0, 2.5, 5.0, 10.0]), "the lower of two");
        assert_eq!(more(&[0.0, 1.0], 0), Some(vec![0.0, 0.5, 1.0]), "where no round number lies between");
        assert_eq!(more(&[3.0, 3.0], 0), None);
        let twelve: Vec<f64> = (0..13).map(f64::from).collect();
        assert_eq!(more(&twelve, 0), None);
    }

    #[test]
    fn one_class_less_joins_the_neighbours_with_the_fewest_areas() {
        let few = chosen(&[0.0, 5.0, 10.0, 20.0], &[1.0, 2.0, 3.0, 4.0, 6.0, 12.0], 0);
        assert_eq!(few.fewer, Some(vec![0.0, 5.0, 20.0]));
        assert_eq!(chosen(&[0.0, 5.0, 10.0], &[1.0], 0).fewer, None);
        // Two bounds that are shown as one are one: there are three classes to begin with.
        let found = found(&[0.0, 5.01, 5.02, 10.0, 20.0], &[1.0, 12.0, 13.0], 0);
        assert_eq!((found.breaks, found.fewer), (vec![0.0, 5.0, 10.0, 20.0], Some(vec![0.0, 10.0, 20.0])));
    }

    #[test]
    fn classes_that_leave_areas_out_reach_to_all_of_them() {
        let reaching = |values: &[f64]| chosen(&[2.0, 4.25, 5.0], values, 1).reaching;
        assert_eq!(reaching(&[1.24, 8.15, 4.4]), Some(vec![1.2, 4.25, 8.2]));
        assert_eq!(reaching(&[2.5, 8.15]), Some(vec![2.0, 4.25, 8.2]));
        assert_eq!(reaching(&[2.0, 4.4]), None);
    }
}
