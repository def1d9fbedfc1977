// Filling an area: each row of samples from where it enters the area to where it leaves it. No
// sample is of two areas: what is left of a border goes to one side, what is right to the other.

import type { Indices, TileShapes } from "./decode";
import type { Placement } from "./sheet";

export interface Samples {
  width: number;
  height: number;
  /** Row after row, what each sample is filled with. */
  values: Indices;
}

/** Fills with non-zero winding: rings of an area that overlap do not undo each other. */
export class Filler {
  /** Of each row, where its crossings begin. */
  #rows = new Int32Array(64);
  #crossings = new Float64Array(256);
  /** 1 where a border goes down, −1 where it goes up. */
  #turns = new Int8Array(256);

  /** Fills a feature with a value. Samples lie in the middle of their squares. */
  fill(shapes: TileShapes, feature: number, at: Placement, samples: Samples, value: number): void {
    let lowest = Number.POSITIVE_INFINITY;
    let highest = Number.NEGATIVE_INFINITY;
    eachEdge(shapes, feature, at, (_x0, y0, _x1, y1) => {
      if (y0 < lowest) lowest = y0;
      if (y1 > highest) highest = y1;
    });
    const top = Math.max(0, rowBelow(lowest));
    const bottom = Math.min(samples.height, rowBelow(highest));
    if (top >= bottom) return;
    this.#count(shapes, feature, at, top, bottom);
    this.#cross(shapes, feature, at, top, bottom);
    for (let row = top; row < bottom; row += 1) this.#fillRow(row, row - top, samples, value);
  }

  /** How many borders cross each row, as the place where those of the next row begin. */
  #count(shapes: TileShapes, feature: number, at: Placement, top: number, bottom: number): void {
    const rows = bottom - top;
    if (this.#rows.length < rows + 2) this.#rows = new Int32Array(2 * rows + 2);
    this.#rows.fill(0, 0, rows + 2);
    const counts = this.#rows;
    eachEdge(shapes, feature, at, (_x0, y0, _x1, y1) => {
      const first = Math.max(top, rowBelow(y0));
      const end = Math.min(bottom, rowBelow(y1));
      for (let row = first; row < end; row += 1) (counts[row - top + 2] as number) += 1;
    });
    for (let row = 2; row < rows + 2; row += 1) {
      (counts[row] as number) += counts[row - 1] as number;
    }
    const all = counts[rows + 1] as number;
    if (this.#crossings.length < all) {
      this.#crossings = new Float64Array(2 * all);
      this.#turns = new Int8Array(2 * all);
    }
  }

  #cross(shapes: TileShapes, feature: number, at: Placement, top: number, bottom: number): void {
    const [rows, crossings, turns] = [this.#rows, this.#crossings, this.#turns];
    eachEdge(shapes, feature, at, (x0, y0, x1, y1, turn) => {
      const first = Math.max(top, rowBelow(y0));
      const end = Math.min(bottom, rowBelow(y1));
      if (first >= end) return;
      const slope = (x1 - x0) / (y1 - y0);
      for (let row = first; row < end; row += 1) {
        const place = rows[row - top + 1] as number;
        rows[row - top + 1] = place + 1;
        crossings[place] = x0 + (row + 0.5 - y0) * slope;
        turns[place] = turn;
      }
    });
  }

  #fillRow(row: number, own: number, { width, values }: Samples, value: number): void {
    const [crossings, turns] = [this.#crossings, this.#turns];
    const from = this.#rows[own] as number;
    const to = this.#rows[own + 1] as number;
    // Few and nearly in order: each goes to its place among those before it.
    for (let i = from + 1; i < to; i += 1) {
      const crossing = crossings[i] as number;
      const turn = turns[i] as number;
      let j = i;
      for (; j > from && (crossings[j - 1] as number) > crossing; j -= 1) {
        crossings[j] = crossings[j - 1] as number;
        turns[j] = turns[j - 1] as number;
      }
      crossings[j] = crossing;
      turns[j] = turn;
    }
    let winding = 0;
    for (let i = from; i < to - 1; i += 1) {
      winding += turns[i] as number;
      if (winding === 0) continue;
      const start = Math.max(0, rowBelow(crossings[i] as number));
      const end = Math.min(width, rowBelow(crossings[i + 1] as number));
      for (let at = row * width + start; at < row * width + end; at += 1) values[at] = value;
    }
  }
}

/** The first row, or column, whose middle is not before a coordinate. */
const rowBelow = (coordinate: number) => Math.ceil(coordinate - 0.5);

/** Each edge from its upper end to its lower one, so that both sides of a border see the same. */
function eachEdge(
  { firstLine, around, firstPoint, points }: TileShapes,
  feature: number,
  { scale, shiftX, shiftY }: Placement,
  visit: (x0: number, y0: number, x1: number, y1: number, turn: 1 | -1) => void,
): void {
  const last = firstLine[feature + 1] as number;
  for (let number = firstLine[feature] as number; number < last; number += 1) {
    const sided = around[number] as number;
    const isRight = sided >= 0;
    const line = isRight ? sided : ~sided;
    const first = firstPoint[line] as number;
    const end = firstPoint[line + 1] as number;
    let beforeX = (points[2 * first] as number) * scale + shiftX;
    let beforeY = (points[2 * first + 1] as number) * scale + shiftY;
    for (let i = first + 1; i < end; i += 1) {
      const x = (points[2 * i] as number) * scale + shiftX;
      const y = (points[2 * i + 1] as number) * scale + shiftY;
      if (y > beforeY) visit(beforeX, beforeY, x, y, isRight ? 1 : -1);
      else if (y < beforeY) visit(x, y, beforeX, beforeY, isRight ? -1 : 1);
      beforeX = x;
      beforeY = y;
    }
  }
}
