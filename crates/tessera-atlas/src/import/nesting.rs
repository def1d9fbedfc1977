//! Which areas lie in which: as the lookups say, along chains of them, and where a lookup of the parts settles it.

use std::collections::HashMap;

use super::lookups::Lookup;
use crate::geography::{Geography, Parents};
use crate::manifest::Fit;

/// Fills in which areas lie in which: as the lookups say, along chains of them, and where a lookup of the parts settles it
/// (when all LSOAs of an MSOA lie in one district, so does the MSOA).
pub(super) fn find_parents(geographies: &mut [Geography], lookups: &[Lookup]) {
    let ids: Vec<String> = geographies.iter().map(|geography| geography.id.clone()).collect();
    for lookup in lookups {
        let (Some(child), Some(parent)) = (position(&ids, &lookup.child), position(&ids, &lookup.parent)) else {
            continue;
        };
        let of = geographies[child].areas().iter().map(|area| {
            let code = lookup.parent_of.get(&area.code)?;
            geographies[parent].position(code).and_then(|position| u32::try_from(position).ok())
        });
        let of = of.collect();
        add_parents(&mut geographies[child], Parents { geography: lookup.parent.clone(), fit: lookup.fit, of });
    }
    loop {
        let found = find_chain(geographies, &ids).or_else(|| find_nesting(geographies, &ids));
        let Some((child, parents)) = found else { break };
        add_parents(&mut geographies[child], parents);
    }
    let order: HashMap<String, usize> = ids.iter().cloned().zip(0..).collect();
    for geography in geographies {
        geography.parents.sort_by_key(|parents| order.get(&parents.geography).copied());
    }
}

fn position(ids: &[String], id: &str) -> Option<usize> {
    ids.iter().position(|other| other == id)
}

fn add_parents(geography: &mut Geography, parents: Parents) {
    if geography.parents_in(&parents.geography).is_none() {
        geography.parents.push(parents);
    }
}

/// Where a parent's parents are known and the child's are not.
fn find_chain(geographies: &[Geography], ids: &[String]) -> Option<(usize, Parents)> {
    for (child, geography) in geographies.iter().enumerate() {
        for middle in &geography.parents {
            let Some(middle_geography) = position(ids, &middle.geography).and_then(|middle| geographies.get(middle))
            else {
                continue;
            };
            for upper in &middle_geography.parents {
                if upper.geography != geography.id && geography.parents_in(&upper.geography).is_none() {
                    let step = |position: &Option<u32>| {
                        position.and_then(|position| upper.of.get(position as usize).copied().flatten())
                    };
                    let of = middle.of.iter().map(step).collect();
                    return Some((
                        child,
                        Parents { geography: upper.geography.clone(), fit: weaker(middle.fit, upper.fit), of },
                    ));
                }
            }
        }
    }
    None
}

/// Where all children of each area of one parent geography lie in one area of another.
fn find_nesting(geographies: &[Geography], ids: &[String]) -> Option<(usize, Parents)> {
    for child in geographies {
        for inner in &child.parents {
            let Some(inner_position) = position(ids, &inner.geography) else { continue };
            let inner_geography = &geographies[inner_position];
            for outer in &child.parents {
                let Some(outer_geography) = position(ids, &outer.geography).and_then(|outer| geographies.get(outer))
                else {
                    continue;
                };
                let is_larger = outer_geography.len() < inner_geography.len();
                if !is_larger
                    || inner_geography.parents_in(&outer.geography).is_some()
                    || outer_geography.parents_in(&inner.geography).is_some()
                {
                    continue;
                }
                if let Some(of) = nesting(inner, outer, inner_geography.len()) {
                    return Some((
                        inner_position,
                        Parents { geography: outer.geography.clone(), fit: weaker(inner.fit, outer.fit), of },
                    ));
                }
            }
        }
    }
    None
}

fn nesting(inner: &Parents, outer: &Parents, areas: usize) -> Option<Vec<Option<u32>>> {
    let mut of = vec![None; areas];
    for (inner, outer) in inner.of.iter().zip(&outer.of) {
        let Some(inner) = inner else { continue };
        let known = of.get_mut(*inner as usize)?;
        match (*known, *outer) {
            (_, None) => return None,
            (None, outer) => *known = outer,
            (known, outer) if known == outer => {}
            _ => return None,
        }
    }
    Some(of)
}

fn weaker(a: Fit, b: Fit) -> Fit {
    if a == Fit::Exact && b == Fit::Exact { Fit::Exact } else { Fit::BestFit }
}
