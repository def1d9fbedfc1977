// Which area each pixel of a sheet is of. Pointing at an area and painting another indicator are
// then a look into this, and no longer a matter of shapes.

import type { Indices, TileShapes } from "./decode";
import { Filler, type Samples } from "./fill";
import {
  type Placement,
  pixelsOf,
  placementOf,
  type Rectangle,
  type Sheet,
  type Tile,
} from "./sheet";

/** Areas are written as their position and 1; 0 is none. */
export interface Raster {
  width: number;
  height: number;
  /** The area of each pixel, row after row: of a shared one, the area that most of it is of. */
  pixels: Indices;
  /** The pixels that are of more than one area, which is what makes borders smooth… */
  sharedAt: Uint32Array;
  /** …and the areas of each of their four quarters. */
  shared: Indices;
  /** How many areas have a pixel or a share of one, and how many pixels are of any area. */
  areas: number;
  covered: number;
}

/** A pixel has so many samples in each direction. */
const SIDE = 2;
const QUARTERS = SIDE * SIDE;
/** How far from its place, in samples, an area may be drawn that has no other. */
const FARTHEST = 12;

/** Room for the numbers 0 to `count`. */
export function indices(length: number, count: number): Indices {
  return count < 65_536 ? new Uint16Array(length) : new Uint32Array(length);
}

/** Draws the tiles, which are all of one geography of `count` areas and of one zoom. */
export function rasterise(tiles: readonly Tile[], sheet: Sheet, count: number): Raster {
  const { width, height } = sheet;
  const pixels = indices(width * height, count);
  const filler = new Filler();
  const shared = new Shared(count);
  const quarters = new Uint32Array(count + 1);
  const seen = new Uint8Array(count + 1);
  let covered = 0;
  let room = indices(0, count);
  for (const { address, shapes } of tiles) {
    const part = pixelsOf(address, sheet);
    const [columns, rows] = [SIDE * (part.right - part.left), SIDE * (part.bottom - part.top)];
    if (columns <= 0 || rows <= 0) continue;
    if (room.length < columns * rows) room = indices(columns * rows, count);
    const samples: Samples = { width: columns, height: rows, values: room };
    samples.values.fill(0, 0, columns * rows);
    const at = inSamples(placementOf(address, sheet), part);
    for (let feature = 0; feature < shapes.areas.length; feature += 1) {
      filler.fill(shapes, feature, at, samples, (shapes.areas[feature] as number) + 1);
    }
    quarters.fill(0);
    for (let i = 0; i < columns * rows; i += 1) (quarters[room[i] as number] as number) += 1;
    enterMissing(shapes, at, samples, quarters);
    for (const area of shapes.areas) if ((quarters[area + 1] as number) > 0) seen[area + 1] = 1;
    covered += (columns * rows - (quarters[0] as number)) / QUARTERS;
    gather(samples, part, width, pixels, shared);
  }
  const areas = seen.reduce((sum, one) => sum + one, 0);
  return { width, height, pixels, ...shared.done(), areas, covered };
}

function inSamples({ scale, shiftX, shiftY }: Placement, part: Rectangle): Placement {
  return {
    scale: SIDE * scale,
    shiftX: SIDE * (shiftX - part.left),
    shiftY: SIDE * (shiftY - part.top),
  };
}

/** An area too small for any sample gets the nearest one that another can spare. */
function enterMissing(
  shapes: TileShapes,
  at: Placement,
  samples: Samples,
  quarters: Uint32Array,
): void {
  for (let feature = 0; feature < shapes.areas.length; feature += 1) {
    const value = (shapes.areas[feature] as number) + 1;
    if ((quarters[value] as number) > 0) continue;
    const [x, y] = middleOf(shapes, feature, at);
    if (x < 0 || y < 0 || x >= samples.width || y >= samples.height) continue;
    const place = spareSample(x, y, samples, quarters);
    if (place === null) continue;
    (quarters[samples.values[place] as number] as number) -= 1;
    samples.values[place] = value;
    quarters[value] = 1;
  }
}

function middleOf(shapes: TileShapes, feature: number, at: Placement): [number, number] {
  const { firstRing, firstPoint, points } = shapes;
  const ring = firstRing[feature] as number;
  const [from, to] = [firstPoint[ring] as number, firstPoint[ring + 1] as number];
  let [x, y] = [0, 0];
  for (let i = from; i < to; i += 1) {
    x += points[2 * i] as number;
    y += points[2 * i + 1] as number;
  }
  const count = to - from;
  return [
    Math.floor((x / count) * at.scale + at.shiftX),
    Math.floor((y / count) * at.scale + at.shiftY),
  ];
}

/** The sample nearest to a place that is of no area, or of one with others. */
function spareSample(
  x: number,
  y: number,
  { width, height, values }: Samples,
  quarters: Uint32Array,
): number | null {
  for (let far = 0; far <= FARTHEST; far += 1) {
    for (let row = Math.max(0, y - far); row <= Math.min(height - 1, y + far); row += 1) {
      const isEdge = Math.abs(row - y) === far;
      for (let column = x - far; column <= x + far; column += isEdge || far === 0 ? 1 : 2 * far) {
        if (column < 0 || column >= width) continue;
        const owner = values[row * width + column] as number;
        if (owner === 0 || (quarters[owner] as number) > 1) return row * width + column;
      }
    }
  }
  return null;
}

/** From four samples each to pixels. */
function gather(
  { width: columns, values }: Samples,
  part: Rectangle,
  width: number,
  pixels: Indices,
  shared: Shared,
): void {
  for (let row = part.top; row < part.bottom; row += 1) {
    let sample = SIDE * (row - part.top) * columns;
    for (let at = row * width + part.left; at < row * width + part.right; at += 1) {
      const a = values[sample] as number;
      const b = values[sample + 1] as number;
      const c = values[sample + columns] as number;
      const d = values[sample + columns + 1] as number;
      sample += SIDE;
      if (a === b && a === c && a === d) {
        pixels[at] = a;
        continue;
      }
      pixels[at] =
        a === b || a === c || a === d ? a : b === c || b === d ? b : c === d ? c : a || b;
      shared.add(at, a, b, c, d);
    }
  }
}

class Shared {
  #count = 0;
  #at = new Uint32Array(4096);
  #values: Indices;

  constructor(private readonly areas: number) {
    this.#values = indices(QUARTERS * this.#at.length, areas);
  }

  add(at: number, a: number, b: number, c: number, d: number): void {
    if (this.#count === this.#at.length) this.#grow();
    this.#at[this.#count] = at;
    const first = QUARTERS * this.#count;
    this.#values[first] = a;
    this.#values[first + 1] = b;
    this.#values[first + 2] = c;
    this.#values[first + 3] = d;
    this.#count += 1;
  }

  done(): Pick<Raster, "sharedAt" | "shared"> {
    return {
      sharedAt: this.#at.slice(0, this.#count),
      shared: this.#values.slice(0, QUARTERS * this.#count) as Indices,
    };
  }

  #grow(): void {
    const [at, values] = [this.#at, this.#values];
    this.#at = new Uint32Array(2 * at.length);
    this.#values = indices(2 * values.length, this.areas);
    this.#at.set(at);
    this.#values.set(values);
  }
}
