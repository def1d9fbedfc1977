// The map with its legend as drawings; of two maps both, beside each other, with their legends below
// each other.

import { mapsOf } from "../modes/showing";
import type { Page } from "../page.svelte";
import { drawingOf, element, type Ink, type Lettering, label, paragraphs } from "./drawing";
import type { Room } from "./frame";
import { legendDrawing } from "./legend-drawing";
import { mapDrawing } from "./map-drawing";
import type { Outlines } from "./outlines";
import { layersOnMap, placeShape } from "./places-drawing";

const GAP = 12;
const NAME = 20;
const APART = 18;
/** Between the layers of places below all legends. */
const PLACES_APART = 4;

/** The room of one map: of two each has half. */
export function roomOfOne(page: Page, { width, height }: Room): Room {
  if (mapsOf(page).length < 2) return { width, height };
  return { width: (width - GAP) / 2, height: height - NAME };
}

export function mapsDrawing(page: Page, room: Room, ink: Ink, outlines: Outlines): SVGSVGElement {
  const all = mapsOf(page);
  const one = roomOfOne(page, room);
  if (all.length < 2) return mapDrawing(page, one, ink, outlines);
  const drawings = all.map((showing) => mapDrawing(page, one, ink, outlines, showing));
  const lettering: Lettering = { size: 13, weight: 650, colour: ink.ink, font: ink.font };
  const height = Math.max(...drawings.map((drawing) => Number(drawing.getAttribute("height"))));
  const whole = drawingOf(room.width, height + NAME);
  drawings.forEach((drawing, i) => {
    const x = i * (one.width + GAP);
    const scene = all[i]?.picture?.scene;
    const name = scene ? `${scene.indicator.short}, ${page.timeOf(scene)}` : "";
    drawing.setAttribute("x", String(x));
    drawing.setAttribute("y", String(NAME));
    whole.append(label(name, x, 13, lettering), drawing);
  });
  return whole;
}

export function legendsDrawing(
  page: Page,
  width: number,
  ink: Ink,
): { element: SVGGElement; height: number } {
  const group = element("g");
  let y = 0;
  for (const showing of mapsOf(page)) {
    const legend = legendDrawing(page, width, ink, showing);
    if (y > 0) y += APART;
    legend.element.setAttribute("transform", `translate(0 ${y})`);
    group.append(legend.element);
    y += legend.height;
  }
  const lettering: Lettering = { size: 13, weight: 400, colour: ink.ink, font: ink.font };
  for (const { name, shape } of layersOnMap(page)) {
    const words = paragraphs([name], { x: 24, y, width: width - 24 }, lettering);
    group.append(placeShape(shape, 1, y + 1, ink), words.element);
    y += words.height + PLACES_APART;
  }
  return { element: group, height: y };
}
