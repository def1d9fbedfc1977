//! Which kind of area each is on a map of hotspots.

use tessera_stats::rank::First;
use tessera_stats::space::{self, Class, Local, highest};

use super::{EXTREMES, Question};
use crate::classes::first;
use crate::column::Numbers;
use crate::kinds::Kinds;
use crate::store::StoreError;
use crate::view::AtlasView;

/// In a group of high values: the area and its neighbours together are high beyond chance.
const HIGH_GROUP: &str = "high-group";
/// In a group of low values.
const LOW_GROUP: &str = "low-group";
/// Stands out as high, alone of its kind or unlike its neighbours.
const HIGH_POCKET: &str = "high-pocket";
/// Stands out as low, alone of its kind or unlike its neighbours.
const LOW_POCKET: &str = "low-pocket";
/// Among the highest values, where these are the worst; in no group and no pocket of high values.
const HIGHEST: &str = "highest";
/// Among the lowest values, where these are the worst; in no group and no pocket of low values.
const LOWEST: &str = "lowest";
/// Tested, and not beyond chance.
const NONE: &str = "none";
/// Not tested: no neighbour has a value.
const UNTESTED: &str = "untested";

/// The kinds that occur, those of the worse end first. What stands out with its neighbours comes before what is extreme by
/// itself, so that each area is of one kind; the lists of the answer name an area in each that it belongs to.
pub(super) fn kinds(
    view: &AtlasView,
    question: &Question<'_>,
    published: &Numbers,
    local: &[Option<Local>],
    findings: Option<&space::Findings>,
) -> Result<Kinds, StoreError> {
    let end = first(question.indicator);
    let (high, low) = ([HIGH_GROUP, HIGH_POCKET], [LOW_GROUP, LOW_POCKET]);
    let (worse, extreme, better) = match end {
        First::Highest => (high, HIGHEST, low),
        First::Lowest => (low, LOWEST, high),
    };
    let tested = |local: &Option<Local>| if local.is_some() { NONE } else { UNTESTED };
    let mut of_areas: Vec<Option<&'static str>> =
        published.iter().zip(local).map(|(value, local)| value.map(|_| tested(local))).collect();
    let mut put = |areas: &[u32], kind: &'static str| {
        for area in areas {
            if let Some(own) = of_areas.get_mut(*area as usize) {
                *own = Some(kind);
            }
        }
    };
    let extremes = highest(published, end, EXTREMES);
    put(&extremes, extreme);
    if let Some(findings) = findings {
        for pocket in &findings.pockets {
            let own = local.get(*pocket as usize).copied().flatten();
            put(&[*pocket], if own.is_some_and(is_high_itself) { HIGH_POCKET } else { LOW_POCKET });
        }
        for group in &findings.groups {
            let (kind, is_worse) = if is_high(group.class) {
                (HIGH_GROUP, end == First::Highest)
            } else {
                (LOW_GROUP, end == First::Lowest)
            };
            // One of the worst values stays that among the best ones.
            let members = group.areas.iter().copied().filter(|area| is_worse || !extremes.contains(area));
            put(&members.collect::<Vec<_>>(), kind);
        }
    }
    let order = worse.into_iter().chain([extreme]).chain(better).chain([NONE, UNTESTED]);
    let legend = order.filter(|name| of_areas.contains(&Some(*name))).collect();
    view.kinds(question.geography, legend, &of_areas)
}

/// Whether an area of this class is itself, or with its neighbours, high.
pub(super) fn is_high(class: Class) -> bool {
    matches!(class, Class::Hot | Class::HighHigh | Class::HighLow)
}

/// Whether an area is high by itself: one high value among low ones may be a neighbourhood that is low.
pub(super) fn is_high_itself(local: Local) -> bool {
    is_high(local.quadrant)
}
