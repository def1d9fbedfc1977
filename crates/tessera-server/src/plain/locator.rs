//! A small picture of where an area lies: its shape within the larger area around it, or within the outline of all areas.

use maud::{Markup, html};
use tessera_atlas::AtlasView;
use tessera_atlas::compare::Selected;
use tessera_geo::{Bbox, Place, Shape};

use super::words::say_with;

/// The longer side of the picture, in its own units: half a pixel each.
const SIDE: f64 = 400.0;
/// Free around everything, for borders and the ring.
const MARGIN: f64 = 12.0;
/// Places of an outline that are nearer to each other are not told apart: a coast of thousands of them would be as long as the page.
const STEP: f64 = 3.0;
/// The same for the area itself.
const OWN_STEP: f64 = 1.0;
/// An area that is smaller has a ring around it.
const SMALL: f64 = 28.0;
const RING: f64 = 26.0;

/// The picture, with a text for those who do not see it; nothing for an area without a shape.
pub(super) fn locator(view: &AtlasView, selected: &Selected<'_>) -> Markup {
    let Some(own) = shape(selected) else { return html! {} };
    let around = around(view, selected);
    let outline = around.as_ref().and_then(shape);
    let lines = match (&outline, &selected.geography.shape) {
        (None, Some(all)) => {
            let is_outer = |arc: &&tessera_geo::Arc| arc.left.is_none() || arc.right.is_none();
            all.topology.arcs().iter().filter(is_outer).map(|arc| arc.places.as_slice()).collect()
        }
        _ => Vec::new(),
    };
    let rings = outline.iter().flat_map(rings).chain(rings(&own));
    let Some(frame) = Bbox::around(rings.chain(lines.iter().copied()).flatten().copied()) else { return html! {} };
    let sheet = Sheet::of(frame);
    let name = around.as_ref().map_or_else(|| view.info().place.en(), |around| around.area().shown_name());
    let text = say_with("locator", &[("area", selected.area().shown_name().into()), ("around", name.into())]);
    let (centre, size) = sheet.extent(&own);
    html! {
        svg.locator role="img" aria-label=(text) viewBox={ "0 0 " (sheet.width.round()) " " (sheet.height.round()) } {
            @if let Some(outline) = &outline { path.around d=(sheet.path(rings_of(outline), STEP, true)) fill-rule="evenodd" {} }
            @else { path.outline d=(sheet.path(lines.into_iter(), STEP, false)) {} }
            path.own d=(sheet.path(rings_of(&own), OWN_STEP, true)) fill-rule="evenodd" {}
            @if size < SMALL { circle.ring cx=(centre.0.round()) cy=(centre.1.round()) r=(RING) {} }
        }
    }
}

/// The broadest area with a shape that this one lies in.
fn around<'a>(view: &'a AtlasView, selected: &Selected<'a>) -> Option<Selected<'a>> {
    let geography = view.broadest_parent(selected.geography)?;
    let position = selected.geography.parents_in(&geography.id)?.of.get(selected.position).copied().flatten()?;
    geography.shape.is_some().then_some(Selected { geography, position: position as usize })
}

fn shape(selected: &Selected<'_>) -> Option<Shape> {
    let shape = selected.geography.shape.as_ref()?.topology.shape(selected.position);
    (!shape.is_empty()).then_some(shape)
}

fn rings(shape: &Shape) -> Box<dyn Iterator<Item = &[Place]> + '_> {
    Box::new(shape.polygons.iter().flat_map(|polygon| polygon.rings()))
}

fn rings_of(shape: &Shape) -> impl Iterator<Item = &[Place]> {
    rings(shape)
}

/// Places on the picture: as they lie, a degree of longitude as long as it is here.
struct Sheet {
    frame: Bbox,
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

impl Sheet {
    fn of(frame: Bbox) -> Sheet {
        let [west, south, east, north] = frame.to_degrees();
        let narrow = ((south + north) / 2.0).to_radians().cos();
        let (width, height) = ((east - west) * narrow, north - south);
        let scale = (SIDE - 2.0 * MARGIN) / width.max(height).max(f64::MIN_POSITIVE);
        Sheet {
            frame,
            x: narrow * scale,
            y: scale,
            width: width * scale + 2.0 * MARGIN,
            height: height * scale + 2.0 * MARGIN,
        }
    }

    fn at(&self, place: Place) -> (f64, f64) {
        let ((lon, lat), [west, _, _, north]) = (place.to_degrees(), self.frame.to_degrees());
        (MARGIN + (lon - west) * self.x, MARGIN + (north - lat) * self.y)
    }

    /// The middle of a shape, and its longer side.
    fn extent(&self, shape: &Shape) -> ((f64, f64), f64) {
        let Some(bbox) = shape.bbox() else { return ((0.0, 0.0), SIDE) };
        let (left, bottom) = self.at(Place { lon: bbox.west, lat: bbox.south });
        let (right, top) = self.at(Place { lon: bbox.east, lat: bbox.north });
        (((left + right) / 2.0, (top + bottom) / 2.0), (right - left).max(bottom - top))
    }

    /// The path of lines, without places that are nearer to the one before than a step. Whole units, each relative to the last.
    fn path<'p>(&self, lines: impl Iterator<Item = &'p [Place]>, step: f64, is_closed: bool) -> String {
        let mut path = String::new();
        for line in lines {
            let mut kept: Vec<(i32, i32)> = Vec::new();
            for (place, index) in line.iter().zip(1..) {
                let (x, y) = self.at(*place);
                let far = kept
                    .last()
                    .is_none_or(|(own_x, own_y)| (x - f64::from(*own_x)).hypot(y - f64::from(*own_y)) >= step);
                if far || index == line.len() && !is_closed {
                    kept.push((x.round() as i32, y.round() as i32));
                }
            }
            kept.dedup();
            let [(x, y), rest @ ..] = &kept[..] else { continue };
            if rest.len() < if is_closed { 2 } else { 1 } {
                continue;
            }
            path.push_str(&format!("M{x} {y}l"));
            let mut last = (*x, *y);
            let steps: Vec<String> = rest
                .iter()
                .map(|(x, y)| {
                    let step = format!("{} {}", x - last.0, y - last.1);
                    last = (*x, *y);
                    step
                })
                .collect();
            path.push_str(&steps.join(" "));
            if is_closed {
                path.push('z');
            }
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(lon: f64, lat: f64) -> Place {
        Place::from_degrees(lon, lat).unwrap()
    }

    #[test]
    fn a_square_on_the_equator_fills_the_picture() {
        let ring = [place(0.0, -0.5), place(1.0, -0.5), place(1.0, 0.5), place(0.0, 0.5), place(0.0, -0.5)];
        let sheet = Sheet::of(Bbox::around(ring).unwrap());
        assert_eq!(sheet.path([&ring[..]].into_iter(), STEP, true), "M12 388l376 0 0 -376 -376 0 0 376z");
        assert!((sheet.width - SIDE).abs() < 1e-6 && (sheet.height - SIDE).abs() < 1e-6);
    }

    #[test]
    fn thousands_of_places_become_few() {
        let line: Vec<Place> =
            (0..10_000).map(|step| place(f64::from(step) / 10_000.0, f64::from(step % 2) / 1e5)).collect();
        let sheet = Sheet::of(Bbox::from_degrees(0.0, -0.5, 1.0, 0.5).unwrap());
        let path = sheet.path([&line[..]].into_iter(), STEP, false);
        assert!(path.len() < 1000, "{}", path.len());
        // What has no size is not drawn.
        assert_eq!(sheet.path([&[place(0.5, 0.0); 4][..]].into_iter(), OWN_STEP, true), "");
    }
}
