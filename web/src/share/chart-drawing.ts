// Lists with bars or spines as pictures: a row for each area or indicator, its name before and its figure behind.

import { say } from "../words";
import {
  drawingOf,
  element,
  type Ink,
  inLight,
  type Lettering,
  label,
  paragraphs,
  readInk,
} from "./drawing";

/** What stands between a name and its figure, from 0 on the left to 1 on the right. */
export interface DrawnBar {
  from: number;
  to: number;
  /** `null` is grey. */
  colour: string | null;
}

export interface DrawnRow {
  name: string;
  /** Below the name. */
  more?: string | null | undefined;
  figure: string;
  bar?: DrawnBar | null;
  /** Draws something else than a bar there, from `x` on and so wide, around the line at `y`. */
  draw?: (at: { x: number; y: number; width: number; ink: Ink }) => SVGElement[];
  /** A row that heads those below it. */
  isHeading?: boolean;
}

/** More rows than these do not fit onto a page. */
export const MOST_ROWS = 30;

/** What stands below the first rows, where there are more. */
export function restRow(n: number, count: number): DrawnRow {
  return { name: say("first-shown", { n, count }), figure: "", isHeading: true };
}

const WIDTH = 720;
const NAME = 290;
const FIGURE = 130;
const GAP = 16;
const BAR = 14;
const LEAST_HEIGHT = 26;

/** The rows below each other, in the colours of light paper. */
export function rowsDrawing(rows: readonly DrawnRow[]): SVGSVGElement {
  const ink = inLight(readInk);
  const strong: Lettering = { size: 14, weight: 600, colour: ink.ink, font: ink.font };
  const soft: Lettering = { size: 12, weight: 400, colour: ink.soft, font: ink.font };
  const room = { x: NAME + GAP, width: WIDTH - NAME - FIGURE - 2 * GAP };
  const parts: SVGElement[] = [];
  let y = 0;
  for (const row of rows) {
    const top = y + (row.isHeading ? 12 : 5);
    const lettering = row.isHeading ? { ...soft, size: 13, weight: 650 } : strong;
    const name = paragraphs(
      [row.name],
      { x: 0, y: top, width: row.isHeading ? WIDTH : NAME },
      lettering,
    );
    const more = paragraphs(
      row.more ? [row.more] : [],
      // Below the bar there is nothing.
      { x: 0, y: top + name.height, width: WIDTH - FIGURE },
      soft,
    );
    const middle = top + 9;
    const { bar } = row;
    parts.push(name.element, more.element);
    if (bar) {
      parts.push(
        element("rect", {
          x: room.x + room.width * Math.min(bar.from, bar.to),
          y: middle - BAR / 2,
          width: Math.max(1, room.width * Math.abs(bar.to - bar.from)),
          height: BAR,
          fill: bar.colour ?? ink.soft,
          stroke: ink.soft,
          "stroke-width": 0.5,
        }),
      );
    }
    parts.push(...(row.draw?.({ ...room, y: middle, ink }) ?? []));
    parts.push(label(row.figure, WIDTH, top + 14, strong, { "text-anchor": "end" }));
    y = Math.max(y + LEAST_HEIGHT, top + name.height + more.height + 4);
    parts.push(
      element("line", { x1: 0, x2: WIDTH, y1: y, y2: y, stroke: ink.line, "stroke-width": 1 }),
    );
  }
  const drawing = drawingOf(WIDTH, y + 1);
  drawing.append(...parts);
  return drawing;
}
