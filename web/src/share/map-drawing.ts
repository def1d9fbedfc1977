// The map as a drawing: areas in their colours, borders above, names and numbers.

import type { Shapes } from "../api";
import { nameOf } from "../areas";
import type { Bbox, LonLat } from "../contract";
import { MAX_PINS } from "../map";
import { ALL_AROUND } from "../map/giving-way";
import { isEnlarged, placeOfWorst } from "../map/inset";
import { type Point, spread } from "../map/spread";
import { DIMMED } from "../map/stepped-back";
import { channelsOf, lineOn } from "../map/tiles/edges";
import { PEAK, peaksOf } from "../modes/peaks";
import type { Showing } from "../modes/showing";
import type { Page } from "../page.svelte";
import type { Picture } from "../picture";
import { drawingOf, element, type Ink, type Lettering, label, measureWith } from "./drawing";
import { type Frame, frameOfBox, frameOfPosition, type Room } from "./frame";
import type { Outlines } from "./outlines";
import { drawPlaces } from "./places-drawing";

const PIN_ABOVE = 24;
const PIN_APART = 25;
const PIN_RADIUS = 12.5;
const NAME_HEIGHT = 14;

/** The part of the map that the page shows, redrawn for a room in pixels. */
export function mapDrawing(
  page: Page,
  room: Room,
  ink: Ink,
  outlines: Outlines,
  showing: Showing = page,
): SVGSVGElement {
  const { picture } = showing;
  if (!picture) throw new Error("nothing is shown yet");
  const frame = frameOf(page, picture, room);
  const areas = outlines.get(picture.scene.geography.id) ?? null;
  const borders = outlines.get(picture.scene.parent?.id ?? "");
  const drawing = drawingOf(frame.width, frame.height);
  drawing.append(
    patterns(ink),
    element("rect", { width: frame.width, height: frame.height, fill: ink.land }),
  );
  if (areas) drawing.append(drawAreas(page, showing, picture, areas, frame, ink));
  if (borders) drawing.append(drawBorders(borders, frame, ink));
  drawing.append(drawSelected(page, picture, areas, frame, ink));
  drawing.append(drawPlaces(page, frame, ink));
  const pins = pinsOf(page, showing, frame);
  drawing.append(drawNames(page, picture, pins, frame, ink));
  drawing.append(drawPins(pins, page.selecting.indices.length > 0, ink));
  return drawing;
}

/** The place that has most of the worst class, as the screen has it beside its map: alone, and larger than in a map of `whole`. */
export function insetDrawing(
  page: Page,
  room: Room,
  whole: Room,
  ink: Ink,
  outlines: Outlines,
): SVGSVGElement | null {
  const found = page.view.at ? null : placeOfWorst(page);
  const all = found?.geography.bbox;
  const shapes = outlines.get(found?.geography.id ?? "");
  if (!found || !all || !shapes || !isEnlarged(found.bbox, room, all, whole)) return null;
  const { most, picture } = found;
  const parents = picture.areas.columns.parents[most.geography];
  const isInside = ({ id }: Shapes["features"][number]) =>
    parents?.[picture.index.get(String(id)) ?? -1] === most.code;
  const areas = { ...shapes, features: shapes.features.filter(isInside) };
  const frame = frameOfBox(found.bbox, room, 4);
  const drawing = drawingOf(frame.width, frame.height);
  drawing.append(
    drawAreas(page, page, picture, areas, frame, ink),
    drawSelected(page, picture, areas, frame, ink),
  );
  return drawing;
}

/** The part of the world that a drawing of what is shown has. */
export function frameOf(page: Page, picture: Picture, room: Room): Frame {
  const { at } = page.view;
  const shown = document.querySelector("[role=application]")?.getBoundingClientRect();
  if (at && shown && shown.width > 0) return frameOfPosition(at, shown, room);
  const { within, geography } = picture.scene;
  const parents = picture.parentAreas;
  const place =
    within && parents?.geography === within.geography
      ? page.whereabouts.parents?.columns.bbox[parents.columns.code.indexOf(within.code)]
      : null;
  const bbox: Bbox = place ?? geography.bbox ?? page.atlas?.bbox ?? [-180, -85, 180, 85];
  return frameOfBox(bbox, room, 14);
}

function drawAreas(
  page: Page,
  showing: Showing,
  picture: Picture,
  shapes: Shapes,
  frame: Frame,
  ink: Ink,
) {
  // Faint rather than thin: programs that show PDF draw no line thinner than a pixel, and towns would be all white.
  const faint = Math.min(1, Math.max(0.25, (frame.zoom - 8) * 0.16));
  const group = element("g", { "stroke-linejoin": "round" });
  for (const { id, geometry } of shapes.features) {
    const path = pathOf(geometry, frame);
    const area = picture.index.get(String(id));
    if (!path || area === undefined) continue;
    const colour = colourOf(showing, picture, area, ink);
    const look: Record<string, string | number> = showing.overlaps
      ? { fill: "none", stroke: colour, "stroke-width": 3 }
      : {
          fill: colour,
          stroke: lineAround(colour, ink),
          "stroke-width": 1,
          "stroke-opacity": faint,
        };
    // As on the screen, what a filter leaves out steps back.
    const opacity = (page.passing?.[area] ?? true) ? 1 : DIMMED;
    group.append(element("path", { d: path, "fill-rule": "evenodd", ...look, opacity }));
  }
  return group;
}

/** Light around dark colours and dark around pale ones, as on the map. */
function lineAround(colour: string, { areaLine, areaLineDark }: Ink): string {
  if (colour.startsWith("url")) return areaLineDark;
  const [red, green, blue] = channelsOf(colour);
  const [light, dark] = [channelsOf(areaLine), channelsOf(areaLineDark)];
  return lineOn([red, green, blue], { light, dark }) === dark ? areaLineDark : areaLine;
}

/** The colour of an area's class, or what stands for its absence. */
function colourOf({ colours }: Showing, picture: Picture, area: number, ink: Ink): string {
  const { areas, classes, values, scene } = picture;
  const { within } = scene;
  const parents = within?.geography ? areas.columns.parents[within.geography] : undefined;
  if (within !== null && parents?.[area] !== within.code) return ink.land;
  const colour = colours[classes.classes[area] ?? -1];
  if (colour !== undefined) return colour;
  return `url(#${values.status[area]?.includes("suppressed") ? "hidden" : "no-data"})`;
}

function drawBorders(shapes: Shapes, frame: Frame, ink: Ink) {
  const paths = shapes.features.map(({ geometry }) => pathOf(geometry, frame)).join("");
  return element("path", { d: paths, fill: "none", stroke: ink.borderLine, "stroke-width": 1.25 });
}

function drawSelected(page: Page, picture: Picture, shapes: Shapes | null, frame: Frame, ink: Ink) {
  const group = element("g", { fill: "none", "stroke-linejoin": "round" });
  const codes = new Set(page.selecting.outlined.map((area) => picture.areas.columns.code[area]));
  for (const { id, geometry } of shapes?.features ?? []) {
    const path = codes.has(String(id)) ? pathOf(geometry, frame) : "";
    if (!path) continue;
    for (const [stroke, weight] of [
      [ink.paper, 5],
      [ink.selected, 2.5],
    ] as const) {
      group.append(element("path", { d: path, stroke, "stroke-width": weight }));
    }
  }
  return group;
}

interface DrawnPin {
  foot: Point;
  head: Point;
  text: string;
}

function pinsOf(page: Page, { worst, picture }: Showing, frame: Frame): DrawnPin[] {
  const selected = page.selecting.indices;
  // As on the page: numbers on some of many areas would say nothing of the others.
  const chosen = selected.length === 0 ? worst : selected.length > MAX_PINS ? [] : selected;
  const peaks = selected.length === 0 && picture ? peaksOf(picture) : [];
  const pins = [
    ...chosen.map((area, i) => ({ area, text: String(page.selecting.numberOf(area) || i + 1) })),
    ...peaks.map((area) => ({ area, text: PEAK })),
  ].slice(0, MAX_PINS);
  const seen = pins.flatMap(({ area, text }) => {
    const at = page.whereabouts.pointIn(area);
    const [x, y] = at ? frame.project(at) : [-1, -1];
    const isInside = x >= 0 && x <= frame.width && y >= 0 && y <= frame.height;
    return isInside ? [{ foot: { x, y }, text }] : [];
  });
  const heads = spread(
    seen.map(({ foot }) => ({ x: foot.x, y: foot.y - PIN_ABOVE })),
    PIN_APART,
    seen.map(() => ({
      from: { x: PIN_RADIUS, y: PIN_RADIUS },
      to: { x: frame.width - PIN_RADIUS, y: frame.height - PIN_RADIUS },
    })),
  );
  return seen.map((pin, i) => ({ ...pin, head: heads[i] ?? pin.foot }));
}

/** Names of the areas above, where they touch no other; they give way to pins by moving a little. */
function drawNames(
  page: Page,
  picture: Picture,
  pins: readonly DrawnPin[],
  frame: Frame,
  ink: Ink,
) {
  const group = element("g", { "text-anchor": "middle" });
  const named = picture.parentAreas;
  const lettering: Lettering = { size: 13, weight: 600, colour: ink.ink, font: ink.font };
  const measure = measureWith(lettering);
  const halo = {
    stroke: ink.paper,
    "stroke-width": 3.5,
    "stroke-linejoin": "round",
    "paint-order": "stroke",
  };
  const taken = pins.map(({ head }) => ({ ...head, half: PIN_APART / 2 }));
  named?.columns.code.forEach((_, i) => {
    const at = page.whereabouts.parents?.columns.label_point[i];
    if (!at) return;
    const text = nameOf(named, i).first;
    const [left, top] = frame.project(at);
    const half = measure(text) / 2;
    const place = ALL_AROUND.map((shift) => ({ x: left + shift.x, y: top + shift.y })).find(
      ({ x, y }) =>
        x - half >= 0 &&
        x + half <= frame.width &&
        y >= NAME_HEIGHT &&
        y <= frame.height - NAME_HEIGHT / 2 &&
        taken.every(
          (other) =>
            Math.abs(x - other.x) > half + other.half || Math.abs(y - other.y) > NAME_HEIGHT + 5,
        ),
    );
    if (!place) return;
    taken.push({ ...place, half });
    group.append(label(text, place.x, place.y + 4, lettering, halo));
  });
  return group;
}

/** As on the map: the worst on paper's colour, the selected in that of their outlines; a dark ring tells them from any class in grey, too. */
function drawPins(pins: readonly DrawnPin[], isSelected: boolean, ink: Ink) {
  const [fill, colour] = isSelected ? [ink.selected, ink.paper] : [ink.paper, ink.ink];
  const lettering: Lettering = { size: 12, weight: 700, colour, font: ink.font };
  const group = element("g", { "text-anchor": "middle" });
  // The lines below all numbers, each to a dot where its area is.
  for (const [stroke, weight, radius] of [
    [ink.paper, 4, 4],
    [ink.ink, 1.75, 2.5],
  ] as const) {
    for (const { foot, head } of pins) {
      const line = { x1: foot.x, y1: foot.y, x2: head.x, y2: head.y };
      group.append(
        element("line", { ...line, stroke, "stroke-width": weight }),
        element("circle", { cx: foot.x, cy: foot.y, r: radius, fill: stroke }),
      );
    }
  }
  for (const { head, text } of pins) {
    group.append(
      element("circle", { cx: head.x, cy: head.y, r: PIN_RADIUS, fill: ink.paper }),
      element("circle", {
        cx: head.x,
        cy: head.y,
        r: 10.5,
        fill,
        stroke: ink.ink,
        "stroke-width": 2,
      }),
      label(text, head.x, head.y + 4, lettering),
    );
  }
  return group;
}

/** What stands for the absence of a value: dots for none, hatching for what is hidden. */
export function patterns({ absent, absentInk }: Ink): SVGDefsElement {
  const tile = (id: string, mark: SVGElement) =>
    element(
      "pattern",
      { id, width: 6, height: 6, patternUnits: "userSpaceOnUse" },
      element("rect", { width: 6, height: 6, fill: absent }),
      mark,
    );
  return element(
    "defs",
    {},
    tile("no-data", element("circle", { cx: 3, cy: 3, r: 0.9, fill: absentInk })),
    tile(
      "hidden",
      element("path", { d: "M-1 7 7-1M-7 7 1-1M5 7 13-1", stroke: absentInk, "stroke-width": 1 }),
    ),
  );
}

/** The path of a shape; empty where all of it lies outside the frame. */
export function pathOf(geometry: GeoJSON.Polygon | GeoJSON.MultiPolygon, frame: Frame): string {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  let path = "";
  let isSeen = false;
  for (const ring of polygons.flat()) {
    ring.forEach((position, i) => {
      // A ring ends where it began.
      if (i === ring.length - 1) return;
      const [x, y] = frame.project(position as LonLat);
      isSeen ||=
        x > -frame.width && x < 2 * frame.width && y > -frame.height && y < 2 * frame.height;
      path += `${i === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
    });
    path += "Z";
  }
  return isSeen ? path : "";
}
