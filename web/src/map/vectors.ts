// The map as one SVG: sharp at any size, for print and for copying.

import type { Point } from "./spread";
import type { Tokens } from "./tokens";

export interface VectorFill {
  /** The data of a path, in pixels from `at`. */
  path: string;
  at: Point;
  fill: string | "no-data" | "hidden";
  opacity: number;
}

export interface VectorLine {
  path: string;
  at: Point;
  colour: string;
  width: number;
  opacity: number;
}

export interface VectorPin {
  text: string;
  foot: Point;
  head: Point;
  isSelected: boolean;
}

export interface VectorMap {
  width: number;
  height: number;
  fills: readonly VectorFill[];
  lines: readonly VectorLine[];
  names: readonly { text: string; at: Point }[];
  pins: readonly VectorPin[];
}

type Attributes = Record<string, string | number>;

/** Draws from the bottom up: land, areas, lines, names, pins. */
export function drawVectors(map: VectorMap, tokens: Tokens): SVGSVGElement {
  const { width, height } = map;
  const svg = element("svg", { viewBox: `0 0 ${width} ${height}`, width, height });
  svg.append(
    patterns(tokens),
    element("rect", { width, height, fill: tokens.land }),
    ...map.fills.map(({ path, at, fill, opacity }) =>
      element("path", {
        d: path,
        transform: transformOf(at),
        "fill-rule": "nonzero",
        fill: fill === "no-data" || fill === "hidden" ? `url(#${fill})` : fill,
        opacity,
      }),
    ),
    ...map.lines.map(({ path, at, colour, width, opacity }) =>
      element("path", {
        d: path,
        transform: transformOf(at),
        fill: "none",
        stroke: colour,
        "stroke-width": width,
        "stroke-linejoin": "round",
        opacity,
      }),
    ),
    ...map.names.map((name) => nameAt(name.text, name.at, tokens)),
    ...map.pins.flatMap((pin) => pinAt(pin, tokens)),
  );
  return svg;
}

const transformOf = ({ x, y }: Point) => `translate(${x} ${y})`;

/** Absence as on the screen: dots and hatching, in squares of six pixels. */
function patterns({ absent, absentInk }: Tokens): SVGElement {
  const square = (id: string, ...ink: SVGElement[]) => {
    const pattern = element("pattern", { id, width: 6, height: 6, patternUnits: "userSpaceOnUse" });
    pattern.append(element("rect", { width: 6, height: 6, fill: absent }), ...ink);
    return pattern;
  };
  const defs = element("defs", {});
  defs.append(
    square("no-data", element("circle", { cx: 3, cy: 3, r: 0.9, fill: absentInk })),
    square("hidden", element("path", { d: "M-1 1L1-1M-1 7L7-1M5 7L7 5", stroke: absentInk })),
  );
  return defs;
}

function nameAt(text: string, { x, y }: Point, { ink, halo }: Tokens): SVGElement {
  return label(text, x, y, {
    "font-size": 13,
    "font-weight": 650,
    fill: ink,
    stroke: halo,
    "stroke-width": 4,
    "stroke-linejoin": "round",
    "paint-order": "stroke",
  });
}

function pinAt({ text, foot, head, isSelected }: VectorPin, { ink, paper }: Tokens): SVGElement[] {
  const d = `M${foot.x} ${foot.y}L${head.x} ${head.y}`;
  const [ground, line] = isSelected ? [ink, paper] : [paper, ink];
  return [
    element("path", { d, stroke: paper, "stroke-width": 4 }),
    element("path", { d, stroke: ink, "stroke-width": 1.75 }),
    element("circle", {
      cx: head.x,
      cy: head.y,
      r: 11,
      fill: ground,
      stroke: line,
      "stroke-width": 2,
    }),
    label(text, head.x, head.y, { "font-size": 12, "font-weight": 700, fill: line }),
  ];
}

function label(text: string, x: number, y: number, look: Attributes): SVGElement {
  const made = element("text", {
    x,
    y,
    "text-anchor": "middle",
    "dominant-baseline": "central",
    "font-family": "sans-serif",
    ...look,
  });
  made.textContent = text;
  return made;
}

function element<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Attributes,
): SVGElementTagNameMap[Name] {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
