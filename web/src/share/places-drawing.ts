// The places of the layers that are switched on, as the map has them, and the shapes by which they are told apart.

import { formatCount } from "../format";
import { middleOf, signsOf } from "../map/group";
import type { Point } from "../map/spread";
import type { Page } from "../page.svelte";
import { shapeOf } from "../places/shapes";
import { element, type Ink, type Lettering, label, measureWith } from "./drawing";
import type { Frame } from "./frame";

/** Shapes are drawn in a box of so many pixels. */
const BOX = 14;
const SIGN_HEIGHT = 22;

/** A layer that is switched on, and its place in the catalogue. */
interface Layer {
  id: string;
  name: string;
  shape: number;
}

export function layersOnMap({ catalog, view }: Page): Layer[] {
  const all = (catalog?.points ?? []).map(({ id, name }, shape) => ({ id, name, shape }));
  return all.filter(({ id }) => view.layers.includes(id));
}

/** Markers at their places; several at one place are one, with their number. */
export function drawPlaces(page: Page, frame: Frame, ink: Ink): SVGGElement {
  const group = element("g");
  const shapes = new Map(layersOnMap(page).map(({ id, shape }) => [id, shape]));
  const places = page.shownPlaces.flatMap(({ layer, at }) => {
    const [x, y] = frame.project(at);
    const isInside = x >= 0 && x <= frame.width && y >= 0 && y <= frame.height;
    return isInside ? [{ x, y, shape: shapes.get(layer) ?? 0 }] : [];
  });
  for (const together of signsOf(places, (place) => place)) {
    const kinds = [...new Set(together.map(({ shape }) => shape))].sort((a, b) => a - b);
    group.append(sign(kinds, together.length, middleOf(together), ink));
  }
  return group;
}

function sign(shapes: readonly number[], count: number, { x, y }: Point, ink: Ink): SVGGElement {
  const [only] = shapes;
  if (count === 1 && only !== undefined)
    return element("g", {}, placeShape(only, x - BOX / 2, y - BOX / 2, ink));
  const lettering: Lettering = { size: 12, weight: 700, colour: ink.ink, font: ink.font };
  const text = formatCount(count);
  const width = shapes.length * (BOX + 2) + measureWith(lettering)(text) + 12;
  const left = x - width / 2;
  return element(
    "g",
    {},
    element("rect", {
      x: left,
      y: y - SIGN_HEIGHT / 2,
      width,
      height: SIGN_HEIGHT,
      rx: 7,
      fill: ink.paper,
      stroke: ink.ink,
      "stroke-width": 1.5,
    }),
    ...shapes.map((shape, i) => placeShape(shape, left + 5 + i * (BOX + 2), y - BOX / 2, ink)),
    label(text, left + 7 + shapes.length * (BOX + 2), y + 4, lettering),
  );
}

/** The shape of a layer in a box of 14 by 14. */
export function placeShape(shape: number, x: number, y: number, ink: Ink): SVGPathElement {
  return element("path", {
    d: shapeOf(shape),
    transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`,
    fill: ink.ink,
    stroke: ink.paper,
    "stroke-width": 3,
    "paint-order": "stroke",
  });
}
